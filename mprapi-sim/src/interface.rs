//! Interfaces.

use mprapi_sys as sys;

use crate::call::{Function, on_router};
use crate::code::{ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE, RPC_X_NULL_REF_POINTER};
use crate::handle::Handle;
use crate::param::{Out, text};
use crate::scenario;

/// An interface of the running router.
pub(crate) struct Interface {
    pub(crate) name: String,
    pub(crate) kind: sys::ROUTER_INTERFACE_TYPE,
    /// What runs over it.
    pub(crate) connection: Option<Handle>,
}

impl Interface {
    pub(crate) fn new(described: &scenario::Interface) -> Interface {
        Interface { name: described.name.clone(), kind: described.kind.code(), connection: None }
    }

    /// The interface that a dialled-in client is.
    pub(crate) fn of_client(name: String) -> Interface {
        Interface { name, kind: sys::ROUTER_IF_TYPE_CLIENT, connection: None }
    }
}

const GET_HANDLE: Function = Function::admin("MprAdminInterfaceGetHandle");

pub(crate) unsafe extern "system" fn MprAdminInterfaceGetHandle(
    hMprServer: sys::MPR_SERVER_HANDLE,
    lpwsInterfaceName: sys::LPWSTR,
    phInterface: *mut sys::HANDLE,
    fIncludeClientInterfaces: sys::WINBOOL,
) -> sys::DWORD {
    on_router(&GET_HANDLE, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phInterface, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsInterfaceName) }?.ok_or(RPC_X_NULL_REF_POINTER)?;
        let state = call.state();
        let wanted = |interface: &Interface| {
            (fIncludeClientInterfaces != 0 || interface.kind != sys::ROUTER_IF_TYPE_CLIENT)
                && interface.name.eq_ignore_ascii_case(&name)
        };
        let found = state.interfaces.iter().find(|(_, interface)| wanted(interface));
        handle.set(found.ok_or(ERROR_NO_SUCH_INTERFACE)?.0.raw());
        Ok(())
    })
}
