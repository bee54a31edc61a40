//! The documented errors that a right call gives when one thing is wrong: what it is stands before the functions.

use std::ptr::null_mut;

use mprapi_sim::{PhoneBook, Windows, without_memory};
use mprapi_sys as sys;

use crate::harness::wide;
use crate::lab::{Lab, bogus, lab};

/// The function that a test is named after.
fn function(test: &str) -> &str {
    test.split('_').next().expect("a name has a first part")
}

macro_rules! documented {
    ($($code:literal when |$lab:ident| $wrong:expr => $($test:ident)+;)+) => {
        $($(
            #[test]
            fn $test() {
                let mut $lab = lab();
                $wrong;
                assert_eq!($lab.call(function(stringify!($test))), $code);
            }
        )+)+
    };
}

macro_rules! documented_in {
    ($($code:literal from $lab:expr => $($test:ident)+;)+) => {
        $($(
            #[test]
            fn $test() {
                let mut lab = $lab;
                assert_eq!(lab.call(function(stringify!($test))), $code);
            }
        )+)+
    };
}

macro_rules! without_memory {
    ($($test:ident)+) => {
        $(
            #[test]
            fn $test() {
                let mut lab = lab();
                assert_eq!(without_memory(|| lab.call(function(stringify!($test)))), 8);
            }
        )+
    };
}

documented! {
    5 when |lab| lab.router().set_denies_access(true) =>
        MprAdminDeregisterConnectionNotification_ERROR_ACCESS_DENIED
        MprAdminRegisterConnectionNotification_ERROR_ACCESS_DENIED
        MprAdminSendUserMessage_ERROR_ACCESS_DENIED
        MprAdminUserGetInfo_ERROR_ACCESS_DENIED
        MprAdminUserSetInfo_ERROR_ACCESS_DENIED
        MprAdminServerGetCredentials_ERROR_ACCESS_DENIED
        MprAdminServerSetCredentials_ERROR_ACCESS_DENIED
        MprAdminServerSetInfo_ERROR_ACCESS_DENIED
        MprAdminServerSetInfoEx_ERROR_ACCESS_DENIED
        MprAdminInterfaceConnect_ERROR_ACCESS_DENIED
        MprAdminInterfaceCreate_ERROR_ACCESS_DENIED
        MprAdminInterfaceDelete_ERROR_ACCESS_DENIED
        MprAdminInterfaceDeviceGetInfo_ERROR_ACCESS_DENIED
        MprAdminInterfaceDeviceSetInfo_ERROR_ACCESS_DENIED
        MprAdminInterfaceDisconnect_ERROR_ACCESS_DENIED
        MprAdminInterfaceEnum_ERROR_ACCESS_DENIED
        MprAdminInterfaceGetCredentialsEx_ERROR_ACCESS_DENIED
        MprAdminInterfaceGetCustomInfoEx_ERROR_ACCESS_DENIED
        MprAdminInterfaceGetHandle_ERROR_ACCESS_DENIED
        MprAdminInterfaceGetInfo_ERROR_ACCESS_DENIED
        MprAdminInterfaceQueryUpdateResult_ERROR_ACCESS_DENIED
        MprAdminInterfaceSetCredentialsEx_ERROR_ACCESS_DENIED
        MprAdminInterfaceSetCustomInfoEx_ERROR_ACCESS_DENIED
        MprAdminInterfaceSetInfo_ERROR_ACCESS_DENIED
        MprAdminInterfaceTransportAdd_ERROR_ACCESS_DENIED
        MprAdminInterfaceTransportGetInfo_ERROR_ACCESS_DENIED
        MprAdminInterfaceTransportRemove_ERROR_ACCESS_DENIED
        MprAdminInterfaceTransportSetInfo_ERROR_ACCESS_DENIED
        MprAdminInterfaceUpdatePhonebookInfo_ERROR_ACCESS_DENIED
        MprAdminInterfaceUpdateRoutes_ERROR_ACCESS_DENIED
        MprAdminTransportCreate_ERROR_ACCESS_DENIED
        MprAdminTransportGetInfo_ERROR_ACCESS_DENIED
        MprAdminTransportSetInfo_ERROR_ACCESS_DENIED
        MprAdminMIBEntryCreate_ERROR_ACCESS_DENIED
        MprAdminMIBEntryDelete_ERROR_ACCESS_DENIED
        MprAdminMIBEntryGet_ERROR_ACCESS_DENIED
        MprAdminMIBEntryGetFirst_ERROR_ACCESS_DENIED
        MprAdminMIBEntryGetNext_ERROR_ACCESS_DENIED
        MprAdminMIBEntrySet_ERROR_ACCESS_DENIED
        MprAdminMIBGetTrapInfo_ERROR_ACCESS_DENIED
        MprConfigServerGetInfoEx_ERROR_ACCESS_DENIED
        MprConfigServerSetInfo_ERROR_ACCESS_DENIED
        MprConfigServerSetInfoEx_ERROR_ACCESS_DENIED;
    903 when |lab| lab.router().set_lan_only(true) =>
        MprAdminDeregisterConnectionNotification_ERROR_DDM_NOT_RUNNING
        MprAdminRegisterConnectionNotification_ERROR_DDM_NOT_RUNNING
        MprAdminSendUserMessage_ERROR_DDM_NOT_RUNNING
        MprAdminServerSetInfo_ERROR_DDM_NOT_RUNNING
        MprAdminServerSetInfoEx_ERROR_DDM_NOT_RUNNING
        MprAdminInterfaceConnect_ERROR_DDM_NOT_RUNNING
        MprAdminInterfaceCreate_ERROR_DDM_NOT_RUNNING
        MprAdminInterfaceDisconnect_ERROR_DDM_NOT_RUNNING
        MprAdminInterfaceUpdatePhonebookInfo_ERROR_DDM_NOT_RUNNING
        MprConfigServerGetInfoEx_ERROR_DDM_NOT_RUNNING
        MprConfigServerSetInfoEx_ERROR_DDM_NOT_RUNNING;
    87 when |lab| lab.event_is_null = true =>
        MprAdminDeregisterConnectionNotification_ERROR_INVALID_PARAMETER
        MprAdminRegisterConnectionNotification_ERROR_INVALID_PARAMETER;
    50 when |lab| lab.level = Some(99) =>
        MprAdminDeviceEnum_ERROR_NOT_SUPPORTED
        MprAdminServerGetCredentials_ERROR_NOT_SUPPORTED
        MprAdminServerSetCredentials_ERROR_NOT_SUPPORTED
        MprAdminServerSetInfo_ERROR_NOT_SUPPORTED
        MprAdminInterfaceCreate_ERROR_NOT_SUPPORTED
        MprAdminInterfaceDeviceGetInfo_ERROR_NOT_SUPPORTED
        MprAdminInterfaceDeviceSetInfo_ERROR_NOT_SUPPORTED
        MprAdminInterfaceEnum_ERROR_NOT_SUPPORTED
        MprAdminInterfaceGetCredentialsEx_ERROR_NOT_SUPPORTED
        MprAdminInterfaceGetInfo_ERROR_NOT_SUPPORTED
        MprAdminInterfaceSetCredentialsEx_ERROR_NOT_SUPPORTED
        MprAdminInterfaceSetInfo_ERROR_NOT_SUPPORTED
        MprConfigServerSetInfo_ERROR_NOT_SUPPORTED;
    87 when |lab| lab.null = true =>
        MprAdminDeviceEnum_ERROR_INVALID_PARAMETER
        MprAdminSendUserMessage_ERROR_INVALID_PARAMETER
        MprAdminUserGetInfo_ERROR_INVALID_PARAMETER
        MprAdminServerGetCredentials_ERROR_INVALID_PARAMETER
        MprAdminServerSetCredentials_ERROR_INVALID_PARAMETER
        MprAdminServerSetInfo_ERROR_INVALID_PARAMETER
        MprAdminInterfaceDeviceGetInfo_ERROR_INVALID_PARAMETER
        MprAdminInterfaceDeviceSetInfo_ERROR_INVALID_PARAMETER
        MprAdminInterfaceGetCredentials_ERROR_INVALID_PARAMETER
        MprAdminInterfaceGetCredentialsEx_ERROR_INVALID_PARAMETER
        MprAdminInterfaceGetCustomInfoEx_ERROR_INVALID_PARAMETER
        MprAdminInterfaceGetInfo_ERROR_INVALID_PARAMETER
        MprAdminInterfaceQueryUpdateResult_ERROR_INVALID_PARAMETER
        MprAdminInterfaceSetCredentials_ERROR_INVALID_PARAMETER
        MprAdminInterfaceSetCredentialsEx_ERROR_INVALID_PARAMETER
        MprAdminInterfaceSetCustomInfoEx_ERROR_INVALID_PARAMETER
        MprAdminInterfaceSetInfo_ERROR_INVALID_PARAMETER
        MprAdminInterfaceTransportAdd_ERROR_INVALID_PARAMETER
        MprAdminInterfaceTransportSetInfo_ERROR_INVALID_PARAMETER
        MprAdminTransportCreate_ERROR_INVALID_PARAMETER
        MprAdminTransportGetInfo_ERROR_INVALID_PARAMETER
        MprAdminTransportSetInfo_ERROR_INVALID_PARAMETER
        MprConfigFilterGetInfo_ERROR_INVALID_PARAMETER
        MprConfigFilterSetInfo_ERROR_INVALID_PARAMETER
        MprConfigGetFriendlyName_ERROR_INVALID_PARAMETER
        MprConfigGetGuidName_ERROR_INVALID_PARAMETER
        MprConfigInterfaceCreate_ERROR_INVALID_PARAMETER
        MprConfigInterfaceEnum_ERROR_INVALID_PARAMETER
        MprConfigInterfaceGetCustomInfoEx_ERROR_INVALID_PARAMETER
        MprConfigInterfaceGetHandle_ERROR_INVALID_PARAMETER
        MprConfigInterfaceGetInfo_ERROR_INVALID_PARAMETER
        MprConfigInterfaceSetCustomInfoEx_ERROR_INVALID_PARAMETER
        MprConfigInterfaceSetInfo_ERROR_INVALID_PARAMETER
        MprConfigInterfaceTransportAdd_ERROR_INVALID_PARAMETER
        MprConfigInterfaceTransportEnum_ERROR_INVALID_PARAMETER
        MprConfigInterfaceTransportGetHandle_ERROR_INVALID_PARAMETER
        MprConfigInterfaceTransportGetInfo_ERROR_INVALID_PARAMETER
        MprConfigServerBackup_ERROR_INVALID_PARAMETER
        MprConfigServerConnect_ERROR_INVALID_PARAMETER
        MprConfigServerGetInfo_ERROR_INVALID_PARAMETER
        MprConfigServerInstall_ERROR_INVALID_PARAMETER
        MprConfigServerRestore_ERROR_INVALID_PARAMETER
        MprConfigServerSetInfo_ERROR_INVALID_PARAMETER
        MprConfigServerSetInfoEx_ERROR_INVALID_PARAMETER
        MprConfigTransportCreate_ERROR_INVALID_PARAMETER
        MprConfigTransportEnum_ERROR_INVALID_PARAMETER
        MprConfigTransportGetHandle_ERROR_INVALID_PARAMETER
        MprConfigTransportGetInfo_ERROR_INVALID_PARAMETER
        MprInfoBlockAdd_ERROR_INVALID_PARAMETER
        MprInfoBlockFind_ERROR_INVALID_PARAMETER
        MprInfoBlockRemove_ERROR_INVALID_PARAMETER
        MprInfoBlockSet_ERROR_INVALID_PARAMETER
        MprInfoCreate_ERROR_INVALID_PARAMETER
        MprInfoDuplicate_ERROR_INVALID_PARAMETER
        MprInfoRemoveAll_ERROR_INVALID_PARAMETER;
    8250 when |lab| lab.domain = wide("NOWHERE") =>
        MprAdminEstablishDomainRasServer_ERROR_DS_SERVER_DOWN
        MprAdminIsDomainRasServer_ERROR_DS_SERVER_DOWN;
    1168 when |lab| lab.machine = wide("no-such-machine") =>
        MprAdminEstablishDomainRasServer_ERROR_NOT_FOUND
        MprAdminIsDomainRasServer_ERROR_NOT_FOUND;
    8224 when |lab| lab.router().set_caller_is_foreign(true) =>
        MprAdminEstablishDomainRasServer_ERROR_DS_OPERATIONS_ERROR
        MprAdminIsDomainRasServer_ERROR_DS_OPERATIONS_ERROR;
    1355 when |lab| lab.domain = wide("NOWHERE") =>
        MprAdminGetPDCServer_ERROR_NO_SUCH_DOMAIN;
    906 when |lab| lab.connection = bogus() =>
        MprAdminSendUserMessage_ERROR_INTERFACE_NOT_CONNECTED;
    124 when |lab| lab.level = Some(99) =>
        MprAdminUserGetInfo_ERROR_INVALID_LEVEL
        MprAdminUserSetInfo_ERROR_INVALID_LEVEL;
    1317 when |lab| lab.user = wide("nobody") =>
        MprAdminUserGetInfo_ERROR_NO_SUCH_USER
        MprAdminUserSetInfo_ERROR_NO_SUCH_USER;
    87 when |lab| lab.connection = bogus() =>
        MprAdminConnectionRemoveQuarantine_ERROR_INVALID_PARAMETER;
    3010 when |lab| lab.ports = 1001 =>
        MprAdminServerSetInfo_ERROR_SUCCESS_REBOOT_REQUIRED
        MprConfigServerSetInfo_ERROR_SUCCESS_REBOOT_REQUIRED;
    6 when |lab| lab.server = bogus() =>
        MprAdminServerSetInfo_ERROR_INVALID_HANDLE;
    6 when |lab| lab.branch = bogus() =>
        MprAdminInterfaceConnect_ERROR_INVALID_HANDLE
        MprAdminInterfaceDelete_ERROR_INVALID_HANDLE
        MprAdminInterfaceDeviceGetInfo_ERROR_INVALID_HANDLE
        MprAdminInterfaceDeviceSetInfo_ERROR_INVALID_HANDLE
        MprAdminInterfaceGetCredentialsEx_ERROR_INVALID_HANDLE
        MprAdminInterfaceGetCustomInfoEx_ERROR_INVALID_HANDLE
        MprAdminInterfaceGetInfo_ERROR_INVALID_HANDLE
        MprAdminInterfaceSetCredentialsEx_ERROR_INVALID_HANDLE
        MprAdminInterfaceSetCustomInfoEx_ERROR_INVALID_HANDLE
        MprAdminInterfaceSetInfo_ERROR_INVALID_HANDLE
        MprAdminInterfaceTransportAdd_ERROR_INVALID_HANDLE
        MprAdminInterfaceTransportGetInfo_ERROR_INVALID_HANDLE
        MprAdminInterfaceTransportRemove_ERROR_INVALID_HANDLE
        MprAdminInterfaceTransportSetInfo_ERROR_INVALID_HANDLE
        MprAdminInterfaceUpdatePhonebookInfo_ERROR_INVALID_HANDLE;
    928 when |lab| lab.router().set_paused(true) =>
        MprAdminInterfaceConnect_ERROR_SERVICE_IS_PAUSED;
    908 when |lab| lab.branch = lab.uplink =>
        MprAdminInterfaceDelete_ERROR_INTERFACE_CONNECTED
        MprAdminInterfaceTransportRemove_ERROR_INTERFACE_CONNECTED;
    6 when |lab| lab.uplink = bogus() =>
        MprAdminInterfaceDisconnect_ERROR_INVALID_HANDLE
        MprAdminInterfaceQueryUpdateResult_ERROR_INVALID_HANDLE
        MprAdminInterfaceUpdateRoutes_ERROR_INVALID_HANDLE;
    906 when |lab| lab.uplink = lab.branch =>
        MprAdminInterfaceDisconnect_ERROR_INTERFACE_NOT_CONNECTED
        MprAdminInterfaceQueryUpdateResult_ERROR_INTERFACE_NOT_CONNECTED
        MprAdminInterfaceUpdateRoutes_ERROR_INTERFACE_NOT_CONNECTED;
    234 when |lab| lab.longest = 1 =>
        MprAdminInterfaceEnum_ERROR_MORE_DATA;
    623 when |lab| lab.interface_name = lab.guid_name.clone() =>
        MprAdminInterfaceGetCredentials_ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
    905 when |lab| lab.interface_name = wide("none") =>
        MprAdminInterfaceGetHandle_ERROR_NO_SUCH_INTERFACE
        MprConfigInterfaceGetHandle_ERROR_NO_SUCH_INTERFACE;
    1702 when |lab| lab.server = null_mut() =>
        MprAdminInterfaceGetHandle_RPC_S_INVALID_BINDING;
    1780 when |lab| lab.null = true =>
        MprAdminInterfaceGetHandle_RPC_X_NULL_REF_POINTER;
    905 when |lab| lab.transport = sys::PID_IPX =>
        MprAdminInterfaceQueryUpdateResult_ERROR_NO_SUCH_INTERFACE
        MprAdminInterfaceTransportGetInfo_ERROR_NO_SUCH_INTERFACE
        MprAdminInterfaceTransportRemove_ERROR_NO_SUCH_INTERFACE
        MprAdminInterfaceTransportSetInfo_ERROR_NO_SUCH_INTERFACE
        MprAdminInterfaceUpdateRoutes_ERROR_NO_SUCH_INTERFACE
        MprConfigInterfaceTransportGetHandle_ERROR_NO_SUCH_INTERFACE;
    902 when |lab| lab.transport = 4711 =>
        MprAdminInterfaceQueryUpdateResult_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminInterfaceTransportAdd_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminInterfaceTransportGetInfo_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminInterfaceTransportRemove_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminInterfaceTransportSetInfo_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminInterfaceUpdateRoutes_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminTransportCreate_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminTransportGetInfo_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminTransportSetInfo_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminMIBEntryCreate_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminMIBEntryDelete_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminMIBEntryGet_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminMIBEntryGetFirst_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminMIBEntryGetNext_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminMIBEntrySet_ERROR_UNKNOWN_PROTOCOL_ID
        MprAdminMIBGetTrapInfo_ERROR_UNKNOWN_PROTOCOL_ID
        MprConfigTransportGetHandle_ERROR_UNKNOWN_PROTOCOL_ID;
    622 when |lab| lab.router().set_phone_book(PhoneBook::Damaged) =>
        MprAdminInterfaceUpdatePhonebookInfo_ERROR_CANNOT_LOAD_PHONEBOOK;
    621 when |lab| lab.router().set_phone_book(PhoneBook::Missing) =>
        MprAdminInterfaceUpdatePhonebookInfo_ERROR_CANNOT_OPEN_PHONEBOOK;
    1003 when |lab| lab.routing = 1 =>
        MprAdminMIBEntryCreate_ERROR_CAN_NOT_COMPLETE
        MprAdminMIBEntryDelete_ERROR_CAN_NOT_COMPLETE
        MprAdminMIBEntryGet_ERROR_CAN_NOT_COMPLETE
        MprAdminMIBEntryGetFirst_ERROR_CAN_NOT_COMPLETE
        MprAdminMIBEntryGetNext_ERROR_CAN_NOT_COMPLETE
        MprAdminMIBEntrySet_ERROR_CAN_NOT_COMPLETE;
    111 when |lab| lab.room = 4 =>
        MprConfigGetFriendlyName_ERROR_BUFFER_OVERFLOW
        MprConfigGetGuidName_ERROR_BUFFER_OVERFLOW;
    1168 when |lab| lab.guid_name = wide("{none}") =>
        MprConfigGetFriendlyName_ERROR_NOT_FOUND;
    1168 when |lab| lab.friendly_name = wide("none") =>
        MprConfigGetGuidName_ERROR_NOT_FOUND;
    87 when |lab| lab.stored_interface = null_mut() =>
        MprConfigInterfaceDelete_ERROR_INVALID_PARAMETER;
    259 when |lab| lab.resume = u32::MAX =>
        MprConfigInterfaceEnum_ERROR_NO_MORE_ITEMS
        MprConfigInterfaceTransportEnum_ERROR_NO_MORE_ITEMS
        MprConfigTransportEnum_ERROR_NO_MORE_ITEMS;
    905 when |lab| lab.stored_interface = bogus() =>
        MprConfigInterfaceGetCustomInfoEx_ERROR_NO_SUCH_INTERFACE
        MprConfigInterfaceGetInfo_ERROR_NO_SUCH_INTERFACE
        MprConfigInterfaceSetCustomInfoEx_ERROR_NO_SUCH_INTERFACE
        MprConfigInterfaceSetInfo_ERROR_NO_SUCH_INTERFACE;
    905 when |lab| lab.stored_if_transport = bogus() =>
        MprConfigInterfaceTransportGetInfo_ERROR_NO_SUCH_INTERFACE
        MprConfigInterfaceTransportSetInfo_ERROR_NO_SUCH_INTERFACE;
    87 when |lab| lab.stored_if_transport = null_mut() =>
        MprConfigInterfaceTransportRemove_ERROR_INVALID_PARAMETER
        MprConfigInterfaceTransportSetInfo_ERROR_INVALID_PARAMETER;
    6 when |lab| lab.config = bogus() =>
        MprConfigServerSetInfo_ERROR_INVALID_HANDLE;
    87 when |lab| lab.stored_transport = null_mut() =>
        MprConfigTransportDelete_ERROR_INVALID_PARAMETER
        MprConfigTransportSetInfo_ERROR_INVALID_PARAMETER;
    902 when |lab| lab.stored_transport = bogus() =>
        MprConfigTransportGetInfo_ERROR_UNKNOWN_PROTOCOL_ID
        MprConfigTransportSetInfo_ERROR_UNKNOWN_PROTOCOL_ID;
    1168 when |lab| lab.level = Some(9) =>
        MprInfoBlockFind_ERROR_NOT_FOUND;
}

documented_in! {
    127 from Lab::new(|server| server.windows(Windows::Server2008)) =>
        MprAdminServerSetInfoEx_ERROR_PROC_NOT_FOUND
        MprConfigServerGetInfoEx_ERROR_PROC_NOT_FOUND;
    1355 from Lab::new(|server| server.domain(None)) =>
        MprAdminEstablishDomainRasServer_ERROR_NO_SUCH_DOMAIN
        MprAdminIsDomainRasServer_ERROR_NO_SUCH_DOMAIN;
}

without_memory! {
    MprAdminUserSetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceCreate_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceDeviceGetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceDeviceSetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceEnum_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceGetCredentialsEx_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceGetCustomInfoEx_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceGetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceSetCredentials_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceSetCredentialsEx_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceSetCustomInfoEx_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceSetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceTransportGetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminInterfaceUpdatePhonebookInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminTransportCreate_ERROR_NOT_ENOUGH_MEMORY
    MprAdminTransportGetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminTransportSetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprAdminMIBEntryCreate_ERROR_NOT_ENOUGH_MEMORY
    MprAdminMIBEntryGet_ERROR_NOT_ENOUGH_MEMORY
    MprAdminMIBEntryGetFirst_ERROR_NOT_ENOUGH_MEMORY
    MprAdminMIBEntryGetNext_ERROR_NOT_ENOUGH_MEMORY
    MprAdminMIBGetTrapInfo_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceCreate_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceDelete_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceEnum_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceGetCustomInfoEx_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceGetHandle_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceGetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceTransportAdd_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceTransportEnum_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceTransportGetHandle_ERROR_NOT_ENOUGH_MEMORY
    MprConfigInterfaceTransportGetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprConfigServerBackup_ERROR_NOT_ENOUGH_MEMORY
    MprConfigServerConnect_ERROR_NOT_ENOUGH_MEMORY
    MprConfigServerGetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprConfigServerRestore_ERROR_NOT_ENOUGH_MEMORY
    MprConfigTransportCreate_ERROR_NOT_ENOUGH_MEMORY
    MprConfigTransportDelete_ERROR_NOT_ENOUGH_MEMORY
    MprConfigTransportEnum_ERROR_NOT_ENOUGH_MEMORY
    MprConfigTransportGetHandle_ERROR_NOT_ENOUGH_MEMORY
    MprConfigTransportGetInfo_ERROR_NOT_ENOUGH_MEMORY
    MprInfoBlockRemove_ERROR_NOT_ENOUGH_MEMORY
    MprInfoCreate_ERROR_NOT_ENOUGH_MEMORY
    MprInfoDuplicate_ERROR_NOT_ENOUGH_MEMORY
}
