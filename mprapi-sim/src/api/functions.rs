//! The table: what each C function is here.

use mprapi_sys::{Functions, Mprapi};

/// The functions, from the modules of their nouns.
mod simulated {
    pub(super) use crate::buffer::{MprAdminBufferFree, MprAdminGetErrorString};
    pub(super) use crate::config::interface::{
        MprConfigGetFriendlyName, MprConfigGetGuidName, MprConfigInterfaceCreate, MprConfigInterfaceDelete,
        MprConfigInterfaceEnum, MprConfigInterfaceGetCustomInfoEx, MprConfigInterfaceGetHandle,
        MprConfigInterfaceGetInfo, MprConfigInterfaceSetCustomInfoEx, MprConfigInterfaceSetInfo,
    };
    pub(super) use crate::config::interface_transport::{
        MprConfigInterfaceTransportAdd, MprConfigInterfaceTransportEnum,
        MprConfigInterfaceTransportGetHandle, MprConfigInterfaceTransportGetInfo,
        MprConfigInterfaceTransportRemove, MprConfigInterfaceTransportSetInfo,
    };
    pub(super) use crate::config::server::{
        MprConfigBufferFree, MprConfigServerBackup, MprConfigServerConnect, MprConfigServerDisconnect,
        MprConfigServerGetInfo, MprConfigServerGetInfoEx, MprConfigServerInstall, MprConfigServerRefresh,
        MprConfigServerRestore, MprConfigServerSetInfo, MprConfigServerSetInfoEx,
    };
    pub(super) use crate::config::transport::{
        MprConfigFilterGetInfo, MprConfigFilterSetInfo, MprConfigTransportCreate, MprConfigTransportDelete,
        MprConfigTransportEnum, MprConfigTransportGetHandle, MprConfigTransportGetInfo,
        MprConfigTransportSetInfo,
    };
    pub(super) use crate::connection::change::{
        MprAdminConnectionClearStats, MprAdminConnectionRemoveQuarantine, MprAdminSendUserMessage,
        MprAdminUpdateConnection,
    };
    pub(super) use crate::connection::{
        MprAdminConnectionEnum, MprAdminConnectionEnumEx, MprAdminConnectionGetInfo,
        MprAdminConnectionGetInfoEx,
    };
    pub(super) use crate::device::MprAdminDeviceEnum;
    pub(super) use crate::domain::{
        MprAdminEstablishDomainRasServer, MprAdminGetPDCServer, MprAdminIsDomainRasServer,
    };
    pub(super) use crate::info_block::{
        MprInfoBlockAdd, MprInfoBlockFind, MprInfoBlockQuerySize, MprInfoBlockRemove, MprInfoBlockSet,
        MprInfoCreate, MprInfoDelete, MprInfoDuplicate, MprInfoRemoveAll,
    };
    pub(super) use crate::interface::credentials::{
        MprAdminInterfaceGetCredentials, MprAdminInterfaceGetCredentialsEx, MprAdminInterfaceSetCredentials,
        MprAdminInterfaceSetCredentialsEx, MprAdminServerGetCredentials, MprAdminServerSetCredentials,
    };
    pub(super) use crate::interface::custom::{
        MprAdminInterfaceGetCustomInfoEx, MprAdminInterfaceSetCustomInfoEx,
    };
    pub(super) use crate::interface::device::{
        MprAdminInterfaceDeviceGetInfo, MprAdminInterfaceDeviceSetInfo,
    };
    pub(super) use crate::interface::dial::{
        MprAdminInterfaceConnect, MprAdminInterfaceDisconnect, MprAdminInterfaceQueryUpdateResult,
        MprAdminInterfaceUpdatePhonebookInfo, MprAdminInterfaceUpdateRoutes,
    };
    pub(super) use crate::interface::info::{
        MprAdminInterfaceCreate, MprAdminInterfaceDelete, MprAdminInterfaceEnum, MprAdminInterfaceGetHandle,
        MprAdminInterfaceGetInfo, MprAdminInterfaceSetInfo,
    };
    pub(super) use crate::interface::transport::{
        MprAdminInterfaceTransportAdd, MprAdminInterfaceTransportGetInfo, MprAdminInterfaceTransportRemove,
        MprAdminInterfaceTransportSetInfo,
    };
    pub(super) use crate::ip_in_ip::{
        MprSetupIpInIpInterfaceFriendlyNameCreate, MprSetupIpInIpInterfaceFriendlyNameDelete,
        MprSetupIpInIpInterfaceFriendlyNameEnum, MprSetupIpInIpInterfaceFriendlyNameFree,
    };
    pub(super) use crate::mib::{
        MprAdminMIBBufferFree, MprAdminMIBEntryCreate, MprAdminMIBEntryDelete, MprAdminMIBEntryGet,
        MprAdminMIBEntryGetFirst, MprAdminMIBEntryGetNext, MprAdminMIBEntrySet, MprAdminMIBGetTrapInfo,
        MprAdminMIBServerConnect, MprAdminMIBServerDisconnect, MprAdminMIBSetTrapInfo,
    };
    pub(super) use crate::notification::{
        MprAdminDeregisterConnectionNotification, MprAdminRegisterConnectionNotification,
    };
    pub(super) use crate::port::{
        MprAdminPortClearStats, MprAdminPortDisconnect, MprAdminPortEnum, MprAdminPortGetInfo,
        MprAdminPortReset,
    };
    pub(super) use crate::server::{
        MprAdminIsServiceInitialized, MprAdminIsServiceRunning, MprAdminServerConnect,
        MprAdminServerDisconnect, MprAdminServerGetInfo, MprAdminServerGetInfoEx, MprAdminServerSetInfo,
        MprAdminServerSetInfoEx,
    };
    pub(super) use crate::transport::{
        MprAdminTransportCreate, MprAdminTransportGetInfo, MprAdminTransportSetInfo,
    };
    pub(super) use crate::user::{MprAdminUserGetInfo, MprAdminUserSetInfo};
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
