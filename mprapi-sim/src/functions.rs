//! The table: what each C function is here.

use mprapi_sys::{Functions, Mprapi};

/// What is not simulated: says so.
mod unsupported {
    use crate::code::ERROR_NOT_SUPPORTED;

    /// The answer of a function that does nothing, as its type has it.
    trait Refuse {
        fn refuse() -> Self;
    }

    impl Refuse for u32 {
        fn refuse() -> u32 {
            ERROR_NOT_SUPPORTED
        }
    }

    impl Refuse for i32 {
        fn refuse() -> i32 {
            0
        }
    }

    impl Refuse for () {
        fn refuse() {}
    }

    macro_rules! define {
        ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
            $(
                #[allow(dead_code, reason = "not all are simulated, and not all are not")]
                pub(crate) unsafe extern "system" fn $name($(_: $type),*) -> $result {
                    <$result as Refuse>::refuse()
                }
            )+
        };
    }
    mprapi_sys::for_each_function!(define);
}

/// A name that is imported by itself is taken before the one that comes with the star.
mod simulated {
    #[allow(unused_imports, reason = "none is left when all are simulated")]
    pub(super) use super::unsupported::*;
    pub(super) use crate::buffer::{MprAdminBufferFree, MprAdminGetErrorString};
    pub(super) use crate::connection::{
        MprAdminConnectionClearStats, MprAdminConnectionEnum, MprAdminConnectionEnumEx,
        MprAdminConnectionGetInfo, MprAdminConnectionGetInfoEx,
    };
    pub(super) use crate::interface::MprAdminInterfaceGetHandle;
    pub(super) use crate::port::{
        MprAdminPortClearStats, MprAdminPortDisconnect, MprAdminPortEnum, MprAdminPortGetInfo,
        MprAdminPortReset,
    };
    pub(super) use crate::server::{
        MprAdminIsServiceInitialized, MprAdminIsServiceRunning, MprAdminServerConnect,
        MprAdminServerDisconnect, MprAdminServerGetInfo, MprAdminServerGetInfoEx,
    };
}

macro_rules! fill {
    ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        Functions { $($name: Some(simulated::$name),)+ }
    };
}

const FUNCTIONS: Functions = mprapi_sys::for_each_function!(fill);

/// The simulator's functions: every one of the API, `None` nowhere.
pub const fn functions() -> Functions {
    FUNCTIONS
}

/// The simulator as a back end. All tables share the one world of this process.
pub const fn table() -> Mprapi {
    Mprapi::from_functions(FUNCTIONS)
}
