//! The table.

use mprapi_sys::{Function, Functions, Mprapi};

use super::refused::REFUSED;
use super::wire::Network;
use super::{
    connection, credentials, device, info_block, interface, mib, notification, port, server, service,
    transport,
};

/// Makes the table from the functions of each noun; those with a type in parentheses know the network.
///
/// `wired! { port () { MprAdminPortReset } server (N) { MprAdminServerConnect } }` is
///
/// ```text
/// Functions {
///     MprAdminPortReset: Some(port::MprAdminPortReset),
///     MprAdminServerConnect: Some(server::MprAdminServerConnect::<N>),
///     ..REFUSED
/// }
/// ```
macro_rules! wired {
    (@ $noun:ident $function:ident ()) => { $noun::$function };
    (@ $noun:ident $function:ident ($network:ident)) => { $noun::$function::<$network> };
    ($($noun:ident $network:tt { $($function:ident)+ })+) => {
        Functions { $($($function: Some(wired!(@ $noun $function $network)),)+)+ ..REFUSED }
    };
}

/// Returns the client's functions over a network: every one of the API. Those that the protocol does not have answer
/// `ERROR_NOT_SUPPORTED`.
pub const fn functions<N: Network>() -> Functions {
    wired! {
        server (N) { MprAdminServerConnect MprAdminMIBServerConnect }
        server () {
            MprAdminServerDisconnect MprAdminMIBServerDisconnect MprAdminBufferFree MprAdminServerGetInfo
            MprAdminServerSetInfo MprAdminServerGetInfoEx MprAdminServerSetInfoEx
        }
        connection () {
            MprAdminConnectionEnum MprAdminConnectionGetInfo MprAdminConnectionClearStats MprAdminConnectionEnumEx
            MprAdminConnectionGetInfoEx MprAdminConnectionRemoveQuarantine MprAdminSendUserMessage
            MprAdminUpdateConnection
        }
        port () {
            MprAdminPortEnum MprAdminPortGetInfo MprAdminPortClearStats MprAdminPortReset MprAdminPortDisconnect
        }
        interface () {
            MprAdminInterfaceGetHandle MprAdminInterfaceCreate MprAdminInterfaceGetInfo MprAdminInterfaceSetInfo
            MprAdminInterfaceDelete MprAdminInterfaceEnum MprAdminInterfaceConnect MprAdminInterfaceDisconnect
            MprAdminInterfaceUpdateRoutes MprAdminInterfaceQueryUpdateResult
            MprAdminInterfaceUpdatePhonebookInfo MprAdminInterfaceGetCustomInfoEx
            MprAdminInterfaceSetCustomInfoEx
        }
        transport () {
            MprAdminTransportCreate MprAdminTransportSetInfo MprAdminTransportGetInfo
            MprAdminInterfaceTransportAdd MprAdminInterfaceTransportGetInfo MprAdminInterfaceTransportSetInfo
            MprAdminInterfaceTransportRemove
        }
        device () { MprAdminDeviceEnum MprAdminInterfaceDeviceGetInfo MprAdminInterfaceDeviceSetInfo }
        credentials (N) { MprAdminInterfaceSetCredentials MprAdminInterfaceGetCredentials }
        credentials () {
            MprAdminInterfaceSetCredentialsEx MprAdminInterfaceGetCredentialsEx MprAdminServerSetCredentials
            MprAdminServerGetCredentials
        }
        service (N) { MprAdminIsServiceRunning }
        notification () {
            MprAdminRegisterConnectionNotification MprAdminDeregisterConnectionNotification
        }
        info_block () {
            MprInfoCreate MprInfoDelete MprInfoRemoveAll MprInfoDuplicate MprInfoBlockAdd MprInfoBlockRemove
            MprInfoBlockSet MprInfoBlockFind MprInfoBlockQuerySize
        }
        mib () {
            MprAdminMIBEntryCreate MprAdminMIBEntryDelete MprAdminMIBEntrySet MprAdminMIBEntryGet
            MprAdminMIBEntryGetFirst MprAdminMIBEntryGetNext MprAdminMIBGetTrapInfo MprAdminMIBBufferFree
        }
    }
}

/// Returns the client as a back end, over a network.
pub const fn table<N: Network>() -> Mprapi {
    Mprapi::from_functions(functions::<N>())
}

/// Returns `true` for a function that does nothing but refuse.
pub fn refuses<N: Network>(function: Function) -> bool {
    let (own, refused) = (table::<N>(), Mprapi::from_functions(REFUSED));
    own.address(function) == refused.address(function)
}
