//! The table of the C functions.

use mprapi_sys::{Functions, Mprapi};

/// The functions, from the modules of their nouns.
mod simulated {
    pub(super) use crate::api::buffer::*;
    pub(super) use crate::api::config::filter::*;
    pub(super) use crate::api::config::name::*;
    pub(super) use crate::api::config::server::*;
    pub(super) use crate::api::connection::change::*;
    pub(super) use crate::api::connection::list::*;
    pub(super) use crate::api::device::*;
    pub(super) use crate::api::domain::*;
    pub(super) use crate::api::info_block::*;
    pub(super) use crate::api::interface::create::*;
    pub(super) use crate::api::interface::credentials::*;
    pub(super) use crate::api::interface::custom::*;
    pub(super) use crate::api::interface::device::*;
    pub(super) use crate::api::interface::dial::*;
    pub(super) use crate::api::interface::info::*;
    pub(super) use crate::api::interface::list::*;
    pub(super) use crate::api::interface::transport::*;
    pub(super) use crate::api::ip_in_ip::*;
    pub(super) use crate::api::mib::*;
    pub(super) use crate::api::notification::*;
    pub(super) use crate::api::port::*;
    pub(super) use crate::api::server::*;
    pub(super) use crate::api::transport::*;
    pub(super) use crate::api::user::*;
}

macro_rules! fill {
    ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        Functions { $($name: Some(simulated::$name),)+ }
    };
}

const FUNCTIONS: Functions = mprapi_sys::for_each_function!(fill);

/// Returns the simulator's functions: every one of the API, `None` nowhere.
pub const fn functions() -> Functions {
    FUNCTIONS
}

/// Returns the simulator as a back end. All tables share the one network of this process.
pub const fn table() -> Mprapi {
    Mprapi::from_functions(FUNCTIONS)
}
