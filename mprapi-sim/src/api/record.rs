//! The records that are handed out.

use mprapi_sys as sys;

/// A record that C reads.
///
/// # Safety
/// Zeroed memory is a record.
pub(crate) unsafe trait Record: Copy {
    /// Fills every text to the brim, so that none is terminated.
    fn unterminate(&mut self);
}

/// Returns a new record as `fill` fills it.
pub(crate) fn filled<R: Record + Default>(fill: impl FnOnce(&mut R)) -> R {
    let mut record = R::default();
    fill(&mut record);
    record
}

macro_rules! records {
    ($($record:ident: $($text:ident)*;)+) => {
        $(
            // SAFETY: it has numbers and pointers, and unions of such.
            unsafe impl Record for sys::$record {
                fn unterminate(&mut self) {
                    $(self.$text.fill(u16::from(b'X'));)*
                }
            }
        )+
    };
}

records! {
    RAS_PORT_0: wszPortName wszMediaName wszDeviceName wszDeviceType;
    RAS_PORT_1: ;
    RAS_CONNECTION_0: wszInterfaceName wszUserName wszLogonDomain wszRemoteComputer;
    RAS_CONNECTION_1: ;
    RAS_CONNECTION_2: wszUserName;
    RAS_CONNECTION_3: wszUserName;
    RAS_CONNECTION_4: wszInterfaceName wszUserName wszLogonDomain wszRemoteComputer wszRemoteEndpointAddress
        wszLocalEndpointAddress;
    RAS_CONNECTION_EX: wszInterfaceName wszUserName wszLogonDomain wszRemoteComputer wszRemoteEndpointAddress
        wszLocalEndpointAddress;
    MPR_SERVER_0: ;
    MPR_SERVER_1: ;
    MPR_SERVER_2: ;
    MPR_DEVICE_0: szDeviceType szDeviceName;
    MPR_DEVICE_1: szDeviceType szDeviceName szLocalPhoneNumber;
    MPR_INTERFACE_0: wszInterfaceName;
    MPR_INTERFACE_1: wszInterfaceName;
    MPR_INTERFACE_2: wszInterfaceName szLocalPhoneNumber szDeviceType szDeviceName szX25PadType szX25Address
        szX25Facilities szX25UserData;
    MPR_INTERFACE_3: wszInterfaceName szLocalPhoneNumber szDeviceType szDeviceName szX25PadType szX25Address
        szX25Facilities szX25UserData;
    MPR_TRANSPORT_0: wszTransportName;
    MPR_IFTRANSPORT_0: wszIfTransportName;
    MPR_CREDENTIALSEX_0: ;
    MPR_CREDENTIALSEX_1: ;
    MPR_IPINIP_INTERFACE_0: wszFriendlyName;
}
