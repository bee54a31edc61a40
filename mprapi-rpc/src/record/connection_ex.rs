//! Connections of the `Ex` functions, in memory and as messages.

use mprapi_sys as sys;

use super::twin::{Twin, twins};
use crate::dimsvc::{ConnectionEx1, Ikev2Projection1, PppProjection1, Projection1, UpdateConnection1};

twins! {
    PPP_PROJECTION_INFO = PppProjection1 {
        dwIPv4NegotiationError ipv4_error, wszAddress address, wszRemoteAddress remote_address,
        dwIPv4Options ipv4_options, dwIPv4RemoteOptions ipv4_remote_options,
        IPv4SubInterfaceIndex ipv4_sub_interface, dwIPv6NegotiationError ipv6_error,
        bInterfaceIdentifier interface_identifier, bRemoteInterfaceIdentifier remote_interface_identifier,
        bPrefix prefix, dwPrefixLength prefix_length, IPv6SubInterfaceIndex ipv6_sub_interface,
        dwLcpError lcp_error, dwAuthenticationProtocol authentication_protocol,
        dwAuthenticationData authentication_data,
        dwRemoteAuthenticationProtocol remote_authentication_protocol,
        dwRemoteAuthenticationData remote_authentication_data, dwLcpTerminateReason lcp_terminate_reason,
        dwLcpRemoteTerminateReason lcp_remote_terminate_reason, dwLcpOptions lcp_options,
        dwLcpRemoteOptions lcp_remote_options, dwEapTypeId eap_type, dwRemoteEapTypeId remote_eap_type,
        dwCcpError ccp_error, dwCompressionAlgorithm compression_algorithm, dwCcpOptions ccp_options,
        dwRemoteCompressionAlgorithm remote_compression_algorithm, dwCcpRemoteOptions ccp_remote_options
    }
}

twins! {
    IKEV2_PROJECTION_INFO = Ikev2Projection1 {
        dwIPv4NegotiationError ipv4_error, wszAddress address, wszRemoteAddress remote_address,
        IPv4SubInterfaceIndex ipv4_sub_interface, dwIPv6NegotiationError ipv6_error,
        bInterfaceIdentifier interface_identifier, bRemoteInterfaceIdentifier remote_interface_identifier,
        bPrefix prefix, dwPrefixLength prefix_length, IPv6SubInterfaceIndex ipv6_sub_interface,
        dwOptions options, dwAuthenticationProtocol authentication_protocol, dwEapTypeId eap_type,
        dwCompressionAlgorithm compression_algorithm, dwEncryptionMethod encryption_method
    }
}

impl Twin<sys::PROJECTION_INFO> for Projection1 {
    fn twin(&self) -> sys::PROJECTION_INFO {
        let mut record = sys::PROJECTION_INFO::default();
        match self {
            Projection1::Ppp(ppp) => {
                record.projectionInfoType = sys::MPRAPI_PPP_PROJECTION_INFO_TYPE as u8;
                record.__bindgen_anon_1.PppProjectionInfo = Twin::<sys::PPP_PROJECTION_INFO>::twin(&**ppp);
            }
            Projection1::Ikev2(ikev2) => {
                record.projectionInfoType = sys::MPRAPI_IKEV2_PROJECTION_INFO_TYPE as u8;
                record.__bindgen_anon_1.Ikev2ProjectionInfo =
                    Twin::<sys::IKEV2_PROJECTION_INFO>::twin(&**ikev2);
            }
        }
        record
    }
}

/// The fields of a connection but for what was negotiated: once as a message, once as a record.
macro_rules! connection {
    ($($field:ident $name:ident),+) => {
        /// Makes the message of a record, and of what was negotiated.
        pub(crate) fn message(record: &sys::RAS_CONNECTION_EX, projection: Projection1) -> ConnectionEx1 {
            ConnectionEx1 { $($name: record.$field.twin(),)+ projection }
        }

        impl Twin<sys::RAS_CONNECTION_EX> for ConnectionEx1 {
            fn twin(&self) -> sys::RAS_CONNECTION_EX {
                sys::RAS_CONNECTION_EX { $($field: self.$name.twin(),)+ ProjectionInfo: self.projection.twin() }
            }
        }
    };
}

connection! {
    Header header, dwConnectDuration duration, dwInterfaceType interface_type, dwConnectionFlags flags,
    wszInterfaceName interface_name, wszUserName user_name, wszLogonDomain logon_domain,
    wszRemoteComputer remote_computer, guid guid, rasQuarState quarantine_state, probationTime probation_time,
    dwBytesXmited bytes_sent, dwBytesRcved bytes_received, dwFramesXmited frames_sent,
    dwFramesRcved frames_received, dwCrcErr crc_errors, dwTimeoutErr timeout_errors,
    dwAlignmentErr alignment_errors, dwHardwareOverrunErr hardware_overrun_errors, dwFramingErr framing_errors,
    dwBufferOverrunErr buffer_overrun_errors, dwCompressionRatioIn compression_ratio_in,
    dwCompressionRatioOut compression_ratio_out, dwNumSwitchOvers switch_overs,
    wszRemoteEndpointAddress remote_endpoint, wszLocalEndpointAddress local_endpoint, hConnection connection,
    hInterface interface
}

twins! {
    RAS_UPDATE_CONNECTION = UpdateConnection1 {
        Header header, dwIfIndex interface_index, wszRemoteEndpointAddress remote_endpoint
    }
}
