//! The codes the functions answer. Those of `mprapi-sys`, and the few that only the simulator gives.

pub(crate) use mprapi_sys::{
    ERROR_ACCESS_DENIED, ERROR_DDM_NOT_RUNNING, ERROR_INTERFACE_NOT_CONNECTED, ERROR_INTERNAL_ERROR,
    ERROR_INVALID_HANDLE, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER, ERROR_MORE_DATA,
    ERROR_NO_SUCH_INTERFACE, ERROR_NOT_ENOUGH_MEMORY, ERROR_NOT_SUPPORTED, ERROR_REVISION_MISMATCH,
    ERROR_SERVICE_NOT_ACTIVE, NO_ERROR, RPC_S_INVALID_BINDING, RPC_S_SERVER_UNAVAILABLE, RPC_S_UNKNOWN_IF,
};

/// A Windows error code.
pub(crate) type Code = u32;

macro_rules! codes {
    ($($name:ident = $value:literal;)+) => { $(pub(crate) const $name: Code = $value;)+ };
}

codes! {
    ERROR_PROC_NOT_FOUND = 127;
    ERROR_MR_MID_NOT_FOUND = 317;
    ERROR_INVALID_PORT_HANDLE = 601;
    ERROR_PORT_NOT_CONNECTED = 606;
    RPC_X_NULL_REF_POINTER = 1780;
}
