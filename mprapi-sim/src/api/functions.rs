//! The table of the C functions.

use mprapi_sys::{Functions, Mprapi};

/// The functions, from the modules of their nouns.
mod simulated {
    pub(super) use crate::api::buffer::{MprAdminBufferFree, MprAdminGetErrorString};
    pub(super) use crate::api::config::filter::{MprConfigFilterGetInfo, MprConfigFilterSetInfo};
    pub(super) use crate::api::config::name::{MprConfigGetFriendlyName, MprConfigGetGuidName};
    pub(super) use crate::api::config::server::{
        MprConfigBufferFree, MprConfigServerBackup, MprConfigServerInstall, MprConfigServerRefresh,
        MprConfigServerRestore,
    };
    pub(super) use crate::api::connection::change::{
        MprAdminConnectionClearStats, MprAdminConnectionRemoveQuarantine, MprAdminSendUserMessage,
        MprAdminUpdateConnection,
    };
    pub(super) use crate::api::connection::list::{
        MprAdminConnectionEnum, MprAdminConnectionEnumEx, MprAdminConnectionGetInfo,
        MprAdminConnectionGetInfoEx,
    };
    pub(super) use crate::api::device::MprAdminDeviceEnum;
    pub(super) use crate::api::domain::{
        MprAdminEstablishDomainRasServer, MprAdminGetPDCServer, MprAdminIsDomainRasServer,
    };
    pub(super) use crate::api::info_block::{
        MprInfoBlockAdd, MprInfoBlockFind, MprInfoBlockQuerySize, MprInfoBlockRemove, MprInfoBlockSet,
        MprInfoCreate, MprInfoDelete, MprInfoDuplicate, MprInfoRemoveAll,
    };
    pub(super) use crate::api::interface::create::{
        MprAdminInterfaceCreate, MprAdminInterfaceDelete, MprConfigInterfaceCreate, MprConfigInterfaceDelete,
    };
    pub(super) use crate::api::interface::credentials::{
        MprAdminInterfaceGetCredentials, MprAdminInterfaceGetCredentialsEx, MprAdminInterfaceSetCredentials,
        MprAdminInterfaceSetCredentialsEx, MprAdminServerGetCredentials, MprAdminServerSetCredentials,
    };
    pub(super) use crate::api::interface::custom::{
        MprAdminInterfaceGetCustomInfoEx, MprAdminInterfaceSetCustomInfoEx,
        MprConfigInterfaceGetCustomInfoEx, MprConfigInterfaceSetCustomInfoEx,
    };
    pub(super) use crate::api::interface::device::{
        MprAdminInterfaceDeviceGetInfo, MprAdminInterfaceDeviceSetInfo,
    };
    pub(super) use crate::api::interface::dial::{
        MprAdminInterfaceConnect, MprAdminInterfaceDisconnect, MprAdminInterfaceQueryUpdateResult,
        MprAdminInterfaceUpdatePhonebookInfo, MprAdminInterfaceUpdateRoutes,
    };
    pub(super) use crate::api::interface::info::{
        MprAdminInterfaceGetInfo, MprAdminInterfaceSetInfo, MprConfigInterfaceGetInfo,
        MprConfigInterfaceSetInfo,
    };
    pub(super) use crate::api::interface::list::{
        MprAdminInterfaceEnum, MprAdminInterfaceGetHandle, MprConfigInterfaceEnum,
        MprConfigInterfaceGetHandle,
    };
    pub(super) use crate::api::interface::transport::{
        MprAdminInterfaceTransportAdd, MprAdminInterfaceTransportGetInfo, MprAdminInterfaceTransportRemove,
        MprAdminInterfaceTransportSetInfo, MprConfigInterfaceTransportAdd, MprConfigInterfaceTransportEnum,
        MprConfigInterfaceTransportGetHandle, MprConfigInterfaceTransportGetInfo,
        MprConfigInterfaceTransportRemove, MprConfigInterfaceTransportSetInfo,
    };
    pub(super) use crate::api::ip_in_ip::{
        MprSetupIpInIpInterfaceFriendlyNameCreate, MprSetupIpInIpInterfaceFriendlyNameDelete,
        MprSetupIpInIpInterfaceFriendlyNameEnum, MprSetupIpInIpInterfaceFriendlyNameFree,
    };
    pub(super) use crate::api::mib::{
        MprAdminMIBBufferFree, MprAdminMIBEntryCreate, MprAdminMIBEntryDelete, MprAdminMIBEntryGet,
        MprAdminMIBEntryGetFirst, MprAdminMIBEntryGetNext, MprAdminMIBEntrySet, MprAdminMIBGetTrapInfo,
        MprAdminMIBServerConnect, MprAdminMIBServerDisconnect, MprAdminMIBSetTrapInfo,
    };
    pub(super) use crate::api::notification::{
        MprAdminDeregisterConnectionNotification, MprAdminRegisterConnectionNotification,
    };
    pub(super) use crate::api::port::{
        MprAdminPortClearStats, MprAdminPortDisconnect, MprAdminPortEnum, MprAdminPortGetInfo,
        MprAdminPortReset,
    };
    pub(super) use crate::api::server::{
        MprAdminIsServiceInitialized, MprAdminIsServiceRunning, MprAdminServerConnect,
        MprAdminServerDisconnect, MprAdminServerGetInfo, MprAdminServerGetInfoEx, MprAdminServerSetInfo,
        MprAdminServerSetInfoEx, MprConfigServerConnect, MprConfigServerDisconnect, MprConfigServerGetInfo,
        MprConfigServerGetInfoEx, MprConfigServerSetInfo, MprConfigServerSetInfoEx,
    };
    pub(super) use crate::api::transport::{
        MprAdminTransportCreate, MprAdminTransportGetInfo, MprAdminTransportSetInfo,
        MprConfigTransportCreate, MprConfigTransportDelete, MprConfigTransportEnum,
        MprConfigTransportGetHandle, MprConfigTransportGetInfo, MprConfigTransportSetInfo,
    };
    pub(super) use crate::api::user::{MprAdminUserGetInfo, MprAdminUserSetInfo};
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
