//! Connections as the operations 45, 46 and 48 transmit them.

use super::header::{FileTime, Guid, ObjectHeader};
use crate::ndr::{Counted, Decoder, Encoder, Error, Ndr, Source, ndr_struct, ndr_union};

ndr_struct! {
    /// The parameters that PPP negotiated (`PPP_PROJECTION_INFO_1`).
    struct PppProjection1 {
        /// The error of the negotiation for IPv4, 0 if there was none.
        dwIPv4NegotiationError => ipv4_error: u32,
        /// The IPv4 address of the server, as text.
        wszAddress => address: [u16; 16],
        /// The IPv4 address of the client, as text.
        wszRemoteAddress => remote_address: [u16; 16],
        /// Options of IPCP: `PPP_IPCP_…`.
        dwIPv4Options => ipv4_options: u32,
        /// Options of IPCP that the client asked for.
        dwIPv4RemoteOptions => ipv4_remote_options: u32,
        /// The index of the interface for IPv4.
        IPv4SubInterfaceIndex => ipv4_sub_interface: u64,
        /// The error of the negotiation for IPv6, 0 if there was none.
        dwIPv6NegotiationError => ipv6_error: u32,
        /// The interface identifier of the server.
        bInterfaceIdentifier => interface_identifier: [u8; 8],
        /// The interface identifier of the client.
        bRemoteInterfaceIdentifier => remote_interface_identifier: [u8; 8],
        /// The IPv6 prefix.
        bPrefix => prefix: [u8; 8],
        /// The length of the prefix, in bits.
        dwPrefixLength => prefix_length: u32,
        /// The index of the interface for IPv6.
        IPv6SubInterfaceIndex => ipv6_sub_interface: u64,
        /// The error of LCP, 0 if there was none.
        dwLcpError => lcp_error: u32,
        /// The protocol by which the server authenticated: `PPP_LCP_…`.
        dwAuthenticationProtocol => authentication_protocol: u32,
        /// The variant of that protocol.
        dwAuthenticationData => authentication_data: u32,
        /// The protocol by which the client authenticated.
        dwRemoteAuthenticationProtocol => remote_authentication_protocol: u32,
        /// The variant of that protocol.
        dwRemoteAuthenticationData => remote_authentication_data: u32,
        /// Reserved.
        dwLcpTerminateReason => lcp_terminate_reason: u32,
        /// Reserved.
        dwLcpRemoteTerminateReason => lcp_remote_terminate_reason: u32,
        /// Options of LCP: `PPP_LCP_…`.
        dwLcpOptions => lcp_options: u32,
        /// Options of LCP that the client asked for.
        dwLcpRemoteOptions => lcp_remote_options: u32,
        /// The method of EAP by which the server authenticated.
        dwEapTypeId => eap_type: u32,
        /// The method of EAP by which the client authenticated.
        dwRemoteEapTypeId => remote_eap_type: u32,
        /// The error of CCP, 0 if there was none.
        dwCcpError => ccp_error: u32,
        /// The compression that the server uses.
        dwCompressionAlgorithm => compression_algorithm: u32,
        /// Options of that compression.
        dwCcpOptions => ccp_options: u32,
        /// The compression that the client uses.
        dwRemoteCompressionAlgorithm => remote_compression_algorithm: u32,
        /// Options of that compression.
        dwCcpRemoteOptions => ccp_remote_options: u32,
    }
}

ndr_struct! {
    /// The parameters that IKEv2 negotiated (`IKEV2_PROJECTION_INFO_1`).
    struct Ikev2Projection1 {
        /// The error of the negotiation for IPv4, 0 if there was none.
        dwIPv4NegotiationError => ipv4_error: u32,
        /// The IPv4 address of the server, as text.
        wszAddress => address: [u16; 16],
        /// The IPv4 address of the client, as text.
        wszRemoteAddress => remote_address: [u16; 16],
        /// The index of the interface for IPv4.
        IPv4SubInterfaceIndex => ipv4_sub_interface: u64,
        /// The error of the negotiation for IPv6, 0 if there was none.
        dwIPv6NegotiationError => ipv6_error: u32,
        /// The interface identifier of the server.
        bInterfaceIdentifier => interface_identifier: [u8; 8],
        /// The interface identifier of the client.
        bRemoteInterfaceIdentifier => remote_interface_identifier: [u8; 8],
        /// The IPv6 prefix.
        bPrefix => prefix: [u8; 8],
        /// The length of the prefix, in bits.
        dwPrefixLength => prefix_length: u32,
        /// The index of the interface for IPv6.
        IPv6SubInterfaceIndex => ipv6_sub_interface: u64,
        /// Not used.
        dwOptions => options: u32,
        /// 1 if the client authenticated by a certificate, 2 by EAP.
        dwAuthenticationProtocol => authentication_protocol: u32,
        /// The method of EAP.
        dwEapTypeId => eap_type: u32,
        /// Not used.
        dwCompressionAlgorithm => compression_algorithm: u32,
        /// The encryption: `IPSEC_CIPHER_TYPE_…`.
        dwEncryptionMethod => encryption_method: u32,
    }
}

ndr_union! {
    /// The parameters that were negotiated (`PROJECTION_INFO_IDL_1`).
    union Projection1(projectionInfoType) {
        /// The connection uses PPP.
        1 => Ppp(PppProjection1),
        /// The connection uses IKEv2.
        2 => Ikev2(Ikev2Projection1),
    }
}

ndr_struct! {
    /// A connection (`RAS_CONNECTION_EX_1_IDL`).
    struct ConnectionEx1 {
        /// The kind and the revision of the object.
        Header => header: ObjectHeader,
        /// The seconds since the connection began.
        dwConnectDuration => duration: u32,
        /// The type of the interface: `ROUTER_IF_TYPE_…`.
        dwInterfaceType => interface_type: u16,
        /// Flags: `RAS_FLAGS_…`.
        dwConnectionFlags => flags: u32,
        /// The name of the interface; it ends with a null character.
        wszInterfaceName => interface_name: [u16; 257],
        /// The name of the user.
        wszUserName => user_name: [u16; 257],
        /// The domain of the user.
        wszLogonDomain => logon_domain: [u16; 16],
        /// The name of the client.
        wszRemoteComputer => remote_computer: [u16; 17],
        /// The identifier of the connection.
        guid => guid: Guid,
        /// The state of quarantine: `RAS_QUAR_STATE_…`.
        rasQuarState => quarantine_state: u16,
        /// The end of the probation.
        probationTime => probation_time: FileTime,
        /// Bytes that the server sent.
        dwBytesXmited => bytes_sent: u32,
        /// Bytes that the server received.
        dwBytesRcved => bytes_received: u32,
        /// Frames that the server sent.
        dwFramesXmited => frames_sent: u32,
        /// Frames that the server received.
        dwFramesRcved => frames_received: u32,
        /// Errors of checksums.
        dwCrcErr => crc_errors: u32,
        /// Time-outs.
        dwTimeoutErr => timeout_errors: u32,
        /// Errors of alignment.
        dwAlignmentErr => alignment_errors: u32,
        /// Overruns of the hardware.
        dwHardwareOverrunErr => hardware_overrun_errors: u32,
        /// Errors of framing.
        dwFramingErr => framing_errors: u32,
        /// Overruns of buffers.
        dwBufferOverrunErr => buffer_overrun_errors: u32,
        /// The compression of received data, in per cent.
        dwCompressionRatioIn => compression_ratio_in: u32,
        /// The compression of sent data, in per cent.
        dwCompressionRatioOut => compression_ratio_out: u32,
        /// How often MOBIKE moved the connection to another address.
        dwNumSwitchOvers => switch_overs: u32,
        /// The address from which the client connects.
        wszRemoteEndpointAddress => remote_endpoint: [u16; 65],
        /// The address to which it connects.
        wszLocalEndpointAddress => local_endpoint: [u16; 65],
        /// The parameters that were negotiated.
        ProjectionInfo => projection: Projection1,
        /// The handle of the connection.
        hConnection => connection: u32,
        /// The handle of the interface.
        hInterface => interface: u32,
    }
}

ndr_union! {
    /// A connection of one of the revisions (`RAS_CONNECTION_EX_IDL`).
    union ConnectionEx(revision) {
        /// Revision 1.
        1 => Revision1(ConnectionEx1),
    }
}

ndr_struct! {
    /// The new end point of an IKEv2 connection (`RAS_UPDATE_CONNECTION_1_IDL`).
    struct UpdateConnection1 {
        /// The kind and the revision of the object.
        Header => header: ObjectHeader,
        /// The index of the local interface to which the connection moves.
        dwIfIndex => interface_index: u32,
        /// The remote address to which the connection moves, as text that ends with a null character.
        wszRemoteEndpointAddress => remote_endpoint: [u16; 65],
    }
}

ndr_union! {
    /// The new end point of a connection, by the revision of its structure (`RAS_UPDATE_CONNECTION_IDL`).
    union UpdateConnection(revision) {
        /// Revision 1.
        1 => Revision1(UpdateConnection1),
    }
}

/// The three parameters that operation 45 answers with: the number of connections, the total, and the connections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectionPage {
    /// The number of connections from the place where the enumeration began (`lpdNumTotalElements`).
    pub total: u32,
    /// The connections (`lpdwEntriesRead`, `pRasConections`).
    pub connections: Counted<ConnectionEx>,
}

// The total stands between the count and the pointer.
impl Ndr for ConnectionPage {
    const ALIGN: usize = 4;
    const SIZE: usize = 12;
    /// The count, the total and the referent.
    type Head = (u32, u32, u32);

    fn fill(source: &mut Source<'_>) -> Self {
        Self { total: Ndr::fill(source), connections: Ndr::fill(source) }
    }

    fn encode_head(&self, encoder: &mut Encoder) {
        encoder.number(self.connections.count());
        encoder.number(self.total);
        encoder.pointer(self.connections.is_null());
    }

    fn encode_tail(&self, encoder: &mut Encoder) {
        self.connections.encode_pointee(encoder);
    }

    fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self::Head, Error> {
        decoder.enter("lpdwEntriesRead");
        let count = decoder.number()?;
        decoder.enter("lpdNumTotalElements");
        let total = decoder.number()?;
        decoder.enter("pRasConections");
        Ok((count, total, decoder.number()?))
    }

    fn decode_tail((count, total, referent): Self::Head, decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        Ok(Self { total, connections: Counted::decode_pointee(count, referent, decoder)? })
    }
}
