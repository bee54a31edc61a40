//! The parameters that PPP or IKEv2 negotiated for a connection, and its addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use mprapi_sys::{
    self as sys, DWORD, IKEV2_PROJECTION_INFO, IKEV2_PROJECTION_INFO2, PPP_PROJECTION_INFO,
    PPP_PROJECTION_INFO2, RAS_CONNECTION_4, RAS_CONNECTION_EX, ULONG64,
};

use super::eap::EapMethod;
use super::link::{
    Authentication, Compression, CompressionEnd, HeaderCompression, NegotiationError, PppLink, PppLinkEnd,
    PppLinkOptions,
};
use super::{Connection, HasClientAddress, address};
use crate::enumeration::enumeration;
use crate::fields::fields;
use crate::ikev2::CipherTransform;

/// The parameters that PPP or IKEv2 negotiated for a connection (`PROJECTION_INFO`, `PROJECTION_INFO2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
#[doc(alias("PROJECTION_INFO", "PROJECTION_INFO2"))]
pub enum Projection {
    /// By PPP, inside PPTP, L2TP or SSTP.
    Ppp(PppProjection),
    /// By IKEv2.
    Ikev2(Ikev2Projection),
    /// By something that this version of the crate does not know, or nothing yet.
    Unknown(u8),
}

impl Projection {
    /// Reads the result of the protocol that the record names.
    #[inline]
    fn new(
        protocol: u8,
        ppp: impl FnOnce() -> PppProjection,
        ikev2: impl FnOnce() -> Ikev2Projection,
    ) -> Projection {
        match protocol.into() {
            sys::MPRAPI_PPP_PROJECTION_INFO_TYPE => Projection::Ppp(ppp()),
            sys::MPRAPI_IKEV2_PROJECTION_INFO_TYPE => Projection::Ikev2(ikev2()),
            _ => Projection::Unknown(protocol),
        }
    }

    /// Returns the IPv4 addresses of the two ends.
    ///
    /// # Errors
    /// Why IPv4 was not negotiated. `Ok(None)` where the projection is [`Unknown`](Projection::Unknown).
    #[inline]
    pub fn ipv4(&self) -> Result<Option<Ipv4Ends>, NegotiationError> {
        match self {
            Projection::Ppp(ppp) => ppp.ipv4.map(Some),
            Projection::Ikev2(ikev2) => ikev2.ipv4.map(Some),
            Projection::Unknown(_) => Ok(None),
        }
    }

    /// Returns the IPv6 addresses of the two ends.
    ///
    /// # Errors
    /// Why IPv6 was not negotiated. `Ok(None)` where the projection is [`Unknown`](Projection::Unknown).
    #[inline]
    pub fn ipv6(&self) -> Result<Option<Ipv6Ends>, NegotiationError> {
        match self {
            Projection::Ppp(ppp) => ppp.ipv6.map(Some),
            Projection::Ikev2(ikev2) => ikev2.ipv6.map(Some),
            Projection::Unknown(_) => Ok(None),
        }
    }
}

/// The parameters that PPP negotiated. Each part that failed says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("PPP_PROJECTION_INFO", "PPP_PROJECTION_INFO2"))]
pub struct PppProjection {
    /// The IPv4 addresses of the two ends.
    #[cfg_attr(feature = "serde", serde(with = "crate::deserialize::negotiated"))]
    pub ipv4: Result<Ipv4Ends, NegotiationError>,
    /// The ends that compress TCP/IP headers.
    pub header_compression: HeaderCompression,
    /// The index of the server's IPv4 sub-interface for this connection.
    pub ipv4_interface_index: u64,
    /// The IPv6 addresses of the two ends.
    #[cfg_attr(feature = "serde", serde(with = "crate::deserialize::negotiated"))]
    pub ipv6: Result<Ipv6Ends, NegotiationError>,
    /// The index of the server's IPv6 sub-interface for this connection.
    pub ipv6_interface_index: u64,
    /// The link: authentication and options.
    #[cfg_attr(feature = "serde", serde(with = "crate::deserialize::negotiated"))]
    pub link: Result<PppLink, NegotiationError>,
    /// How it compresses and encrypts.
    #[cfg_attr(feature = "serde", serde(with = "crate::deserialize::negotiated"))]
    pub compression: Result<Compression, NegotiationError>,
}

/// The error of a part that was not to be negotiated: `ERROR_PPP_NO_PROTOCOLS_CONFIGURED`, of `raserror.h`.
const NOT_CONFIGURED: NegotiationError = NegotiationError::new(720);

impl Default for PppProjection {
    /// Nothing was negotiated: each part is an error with the code `ERROR_PPP_NO_PROTOCOLS_CONFIGURED`.
    #[inline]
    fn default() -> PppProjection {
        PppProjection {
            ipv4: Err(NOT_CONFIGURED),
            header_compression: HeaderCompression::default(),
            ipv4_interface_index: 0,
            ipv6: Err(NOT_CONFIGURED),
            ipv6_interface_index: 0,
            link: Err(NOT_CONFIGURED),
            compression: Err(NOT_CONFIGURED),
        }
    }
}

/// The parameters that IKEv2 negotiated. Each part that failed says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("IKEV2_PROJECTION_INFO", "IKEV2_PROJECTION_INFO2"))]
pub struct Ikev2Projection {
    /// The IPv4 addresses of the two ends.
    #[cfg_attr(feature = "serde", serde(with = "crate::deserialize::negotiated"))]
    pub ipv4: Result<Ipv4Ends, NegotiationError>,
    /// The index of the server's IPv4 sub-interface for this connection.
    pub ipv4_interface_index: u64,
    /// The IPv6 addresses of the two ends.
    #[cfg_attr(feature = "serde", serde(with = "crate::deserialize::negotiated"))]
    pub ipv6: Result<Ipv6Ends, NegotiationError>,
    /// The index of the server's IPv6 sub-interface for this connection.
    pub ipv6_interface_index: u64,
    /// How the client was authenticated.
    pub authentication: Ikev2Authentication,
    /// The EAP method, where it was authenticated by one.
    pub eap_method: Option<EapMethod>,
    /// The method inside, where that is [`EapMethod::PEAP`] and the level of information tells it.
    pub inner_eap_method: Option<EapMethod>,
    /// How the traffic is encrypted.
    pub encryption: CipherTransform,
}

impl Default for Ikev2Projection {
    /// Nothing was negotiated: each part is an error with the code `ERROR_PPP_NO_PROTOCOLS_CONFIGURED`.
    #[inline]
    fn default() -> Ikev2Projection {
        Ikev2Projection {
            ipv4: Err(NOT_CONFIGURED),
            ipv4_interface_index: 0,
            ipv6: Err(NOT_CONFIGURED),
            ipv6_interface_index: 0,
            authentication: Ikev2Authentication::None,
            eap_method: None,
            inner_eap_method: None,
            encryption: 0.into(),
        }
    }
}

enumeration! {
    /// The way in which an IKEv2 client was authenticated.
    Ikev2Authentication: u32 {
        /// Not, or it is not known.
        None = NO_AUTHENTICATION, "none";
        /// By the certificate of its machine.
        Certificate = sys::MPRAPI_IKEV2_AUTH_USING_CERT, "certificate";
        /// By an EAP method.
        Eap = sys::MPRAPI_IKEV2_AUTH_USING_EAP, "EAP";
    }
}

const NO_AUTHENTICATION: u32 = 0;

/// The IPv4 addresses of the two ends of a connection, inside the tunnel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("PPP_IPCP_INFO", "PPP_IPCP_INFO2"))]
pub struct Ipv4Ends {
    /// The client's. `None` where the server does not say.
    pub client: Option<Ipv4Addr>,
    /// The server's. `None` where the server does not say.
    pub server: Option<Ipv4Addr>,
}

impl Ipv4Ends {
    #[inline]
    pub(super) fn new(client: &[u16], server: &[u16]) -> Ipv4Ends {
        Ipv4Ends { client: address(client), server: address(server) }
    }
}

/// The IPv6 addresses of the two ends of a connection, inside the tunnel, as PPP and IKEv2 agree on them: an interface
/// identifier for each, and a prefix for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("PPP_IPV6_CP_INFO"))]
pub struct Ipv6Ends {
    /// The client's interface identifier: the low 64 bits of its addresses. Zero means none.
    /// Serialised as an address ends with it: `::200:5eff:fe00:5301`.
    #[cfg_attr(feature = "serde", serde(with = "crate::deserialize::interface_identifier"))]
    pub client_interface_id: u64,
    /// The server's interface identifier: the low 64 bits of its addresses. Zero means none.
    /// Serialised as the client's is.
    #[cfg_attr(feature = "serde", serde(with = "crate::deserialize::interface_identifier"))]
    pub server_interface_id: u64,
    /// The prefix that the client was given, with zeros behind its length.
    pub prefix: Ipv6Addr,
    /// The length of the prefix, in bits; at most 64. Zero means that there is no prefix.
    pub prefix_length: u8,
}

impl Default for Ipv6Ends {
    /// No addresses.
    #[inline]
    fn default() -> Ipv6Ends {
        Ipv6Ends {
            client_interface_id: 0,
            server_interface_id: 0,
            prefix: Ipv6Addr::UNSPECIFIED,
            prefix_length: 0,
        }
    }
}

impl Ipv6Ends {
    #[inline]
    pub(super) fn new(client: [u8; 8], server: [u8; 8], prefix: [u8; 8], prefix_length: u32) -> Ipv6Ends {
        // The record has room for 64 bits of a prefix.
        let prefix_length = prefix_length.min(64) as u8;
        let mask = u64::MAX.checked_shl(64 - u32::from(prefix_length)).unwrap_or(0);
        Ipv6Ends {
            client_interface_id: u64::from_be_bytes(client),
            server_interface_id: u64::from_be_bytes(server),
            prefix: joined(u64::from_be_bytes(prefix) & mask, 0),
            prefix_length,
        }
    }

    /// Returns the address that the client's identifier makes with its prefix. `None` without either.
    #[inline]
    pub fn client(&self) -> Option<Ipv6Addr> {
        let prefix = (self.prefix.to_bits() >> 64) as u64;
        (self.prefix_length > 0 && self.client_interface_id != 0)
            .then(|| joined(prefix, self.client_interface_id))
    }

    /// Returns the client's link-local address. `None` without an identifier.
    #[inline]
    pub fn client_link_local(&self) -> Option<Ipv6Addr> {
        (self.client_interface_id != 0).then(|| joined(LINK_LOCAL, self.client_interface_id))
    }

    /// Returns the server's link-local address. `None` without an identifier.
    #[inline]
    pub fn server_link_local(&self) -> Option<Ipv6Addr> {
        (self.server_interface_id != 0).then(|| joined(LINK_LOCAL, self.server_interface_id))
    }
}

/// `fe80::/64`
const LINK_LOCAL: u64 = 0xFE80 << 48;

#[inline]
fn joined(prefix: u64, interface_id: u64) -> Ipv6Addr {
    Ipv6Addr::from_bits(u128::from(prefix) << 64 | u128::from(interface_id))
}

fields! {
    /// Results with the addresses of the two ends.
    HasEnds {
        dwIPv4NegotiationError: DWORD, dwIPv6NegotiationError: DWORD, bInterfaceIdentifier: [u8; 8],
        bRemoteInterfaceIdentifier: [u8; 8], bPrefix: [u8; 8], dwPrefixLength: DWORD;
        wszAddress: [u16; 16], wszRemoteAddress: [u16; 16]
    }
    of PPP_PROJECTION_INFO PPP_PROJECTION_INFO2 IKEV2_PROJECTION_INFO IKEV2_PROJECTION_INFO2
}

// Microsoft's pages on these records have it the other way round ("local client", "remote server"), words of the
// dialling side. MS-RRASM 2.2.1.2.130 says that the fields are those of `PPP_IPCP_INFO`, whose page is clear: the address
// is the server's, the remote address the client's.
impl Ipv4Ends {
    #[inline]
    fn negotiated(info: &impl HasEnds) -> Result<Ipv4Ends, NegotiationError> {
        let ends = Ipv4Ends::new(info.wszRemoteAddress(), info.wszAddress());
        NegotiationError::or(info.dwIPv4NegotiationError(), ends)
    }
}

impl Ipv6Ends {
    #[inline]
    fn negotiated(info: &impl HasEnds) -> Result<Ipv6Ends, NegotiationError> {
        let ends = Ipv6Ends::new(
            info.bRemoteInterfaceIdentifier(),
            info.bInterfaceIdentifier(),
            info.bPrefix(),
            info.dwPrefixLength(),
        );
        NegotiationError::or(info.dwIPv6NegotiationError(), ends)
    }
}

fields! {
    /// Results of PPP.
    HasPppResult {
        dwIPv4Options: DWORD, dwIPv4RemoteOptions: DWORD, IPv4SubInterfaceIndex: ULONG64,
        IPv6SubInterfaceIndex: ULONG64, dwLcpError: DWORD, dwAuthenticationProtocol: DWORD,
        dwAuthenticationData: DWORD, dwRemoteAuthenticationProtocol: DWORD, dwRemoteAuthenticationData: DWORD,
        dwLcpOptions: DWORD, dwLcpRemoteOptions: DWORD, dwEapTypeId: DWORD, dwRemoteEapTypeId: DWORD,
        dwCcpError: DWORD, dwCompressionAlgorithm: DWORD, dwCcpOptions: DWORD,
        dwRemoteCompressionAlgorithm: DWORD, dwCcpRemoteOptions: DWORD
    }
    of PPP_PROJECTION_INFO PPP_PROJECTION_INFO2
}

impl PppProjection {
    /// Reads a result of PPP; `inner` is the EAP method inside, where the record tells it.
    #[inline]
    fn new(info: &(impl HasEnds + HasPppResult), inner: Option<u32>) -> PppProjection {
        let local = PppLinkEnd {
            authentication: Authentication::new(
                info.dwAuthenticationProtocol(),
                info.dwAuthenticationData(),
                info.dwEapTypeId(),
                inner,
            ),
            options: PppLinkOptions::from_bits_retain(info.dwLcpOptions()),
        };
        let remote = PppLinkEnd {
            authentication: Authentication::new(
                info.dwRemoteAuthenticationProtocol(),
                info.dwRemoteAuthenticationData(),
                info.dwRemoteEapTypeId(),
                None,
            ),
            options: PppLinkOptions::from_bits_retain(info.dwLcpRemoteOptions()),
        };
        let compression = Compression {
            local: CompressionEnd::new(info.dwCompressionAlgorithm(), info.dwCcpOptions()),
            remote: CompressionEnd::new(info.dwRemoteCompressionAlgorithm(), info.dwCcpRemoteOptions()),
        };
        PppProjection {
            ipv4: Ipv4Ends::negotiated(info),
            header_compression: HeaderCompression::new(info.dwIPv4RemoteOptions(), info.dwIPv4Options()),
            ipv4_interface_index: info.IPv4SubInterfaceIndex(),
            ipv6: Ipv6Ends::negotiated(info),
            ipv6_interface_index: info.IPv6SubInterfaceIndex(),
            link: NegotiationError::or(info.dwLcpError(), PppLink { local, remote }),
            compression: NegotiationError::or(info.dwCcpError(), compression),
        }
    }
}

impl From<&PPP_PROJECTION_INFO> for PppProjection {
    #[inline]
    fn from(info: &PPP_PROJECTION_INFO) -> PppProjection {
        PppProjection::new(info, None)
    }
}

impl From<&PPP_PROJECTION_INFO2> for PppProjection {
    #[inline]
    fn from(info: &PPP_PROJECTION_INFO2) -> PppProjection {
        PppProjection::new(info, Some(info.dwEmbeddedEAPTypeId))
    }
}

fields! {
    /// Results of IKEv2.
    HasIkev2Result {
        IPv4SubInterfaceIndex: ULONG64, IPv6SubInterfaceIndex: ULONG64, dwAuthenticationProtocol: DWORD,
        dwEapTypeId: DWORD, dwEncryptionMethod: DWORD
    }
    of IKEV2_PROJECTION_INFO IKEV2_PROJECTION_INFO2
}

impl Ikev2Projection {
    /// Reads a result of IKEv2; `inner` is the EAP method inside, where the record tells it.
    #[inline]
    fn new(info: &(impl HasEnds + HasIkev2Result), inner: Option<u32>) -> Ikev2Projection {
        let authentication = Ikev2Authentication::from(info.dwAuthenticationProtocol());
        let eap_method =
            (authentication == Ikev2Authentication::Eap).then_some(EapMethod(info.dwEapTypeId()));
        Ikev2Projection {
            ipv4: Ipv4Ends::negotiated(info),
            ipv4_interface_index: info.IPv4SubInterfaceIndex(),
            ipv6: Ipv6Ends::negotiated(info),
            ipv6_interface_index: info.IPv6SubInterfaceIndex(),
            authentication,
            eap_method,
            inner_eap_method: inner.filter(|_| eap_method == Some(EapMethod::PEAP)).map(EapMethod),
            encryption: info.dwEncryptionMethod().into(),
        }
    }
}

impl From<&IKEV2_PROJECTION_INFO> for Ikev2Projection {
    #[inline]
    fn from(info: &IKEV2_PROJECTION_INFO) -> Ikev2Projection {
        Ikev2Projection::new(info, None)
    }
}

impl From<&IKEV2_PROJECTION_INFO2> for Ikev2Projection {
    #[inline]
    fn from(info: &IKEV2_PROJECTION_INFO2) -> Ikev2Projection {
        Ikev2Projection::new(info, Some(info.dwEmbeddedEAPTypeId))
    }
}

/// Records that tell of what was negotiated, whether by PPP or IKEv2.
pub trait HasProjection {
    #[doc(hidden)]
    fn projection(&self) -> Projection;
}

impl HasProjection for RAS_CONNECTION_4 {
    #[inline]
    fn projection(&self) -> Projection {
        let info = &self.ProjectionInfo.__bindgen_anon_1;
        // SAFETY: every member of the union is made of integers, which any bits make, and the API's records are
        // initialised throughout.
        let ppp = || unsafe { &info.PppProjectionInfo }.into();
        // SAFETY: as above.
        let ikev2 = || unsafe { &info.Ikev2ProjectionInfo }.into();
        Projection::new(self.ProjectionInfo.projectionInfoType, ppp, ikev2)
    }
}

impl HasProjection for RAS_CONNECTION_EX {
    #[inline]
    fn projection(&self) -> Projection {
        let info = &self.ProjectionInfo.__bindgen_anon_1;
        // SAFETY: as above.
        let ppp = || unsafe { &info.PppProjectionInfo }.into();
        // SAFETY: as above.
        let ikev2 = || unsafe { &info.Ikev2ProjectionInfo }.into();
        Projection::new(self.ProjectionInfo.projectionInfoType, ppp, ikev2)
    }
}

impl HasClientAddress for RAS_CONNECTION_4 {
    #[inline]
    fn client_address(&self) -> Option<Ipv4Addr> {
        self.projection().ipv4().ok()??.client
    }
}

impl HasClientAddress for RAS_CONNECTION_EX {
    #[inline]
    fn client_address(&self) -> Option<Ipv4Addr> {
        self.projection().ipv4().ok()??.client
    }
}

/// Known at the levels 4 and `Ex` ([`RAS_CONNECTION_4`], [`RAS_CONNECTION_EX`]).
impl<R: HasProjection, O> Connection<'_, R, O> {
    /// Returns the parameters that were negotiated for the connection.
    #[inline]
    pub fn projection(&self) -> Projection {
        self.record.projection()
    }

    /// Returns the IPv6 address that the client has inside the tunnel, if one was negotiated: the prefix with the client's
    /// interface identifier.
    #[inline]
    pub fn client_ipv6(&self) -> Option<Ipv6Addr> {
        self.projection().ipv6().ok()??.client()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interface_identifier_and_a_prefix_make_an_address() {
        let ends =
            Ipv6Ends::new([2, 0, 0, 0, 0, 0, 0, 5], [0; 8], [0x20, 1, 0xD, 0xB8, 0, 7, 0xFF, 0xFF], 48);
        assert_eq!(ends.client(), Some("2001:db8:7:0:200::5".parse().unwrap()));
        assert_eq!(ends.client_link_local(), Some("fe80::200:0:0:5".parse().unwrap()));
        assert_eq!(ends.server_link_local(), None);
        assert_eq!(ends.prefix, "2001:db8:7::".parse::<Ipv6Addr>().unwrap());
    }

    #[cfg(feature = "serde")]
    #[test]
    fn an_interface_identifier_is_serialised_as_text_that_reads_back_as_the_number() {
        for client in [[2, 0, 0x5E, 0xFF, 0xFE, 0, 0x53, 1], [0; 8], [0, 0, 0, 0, 0, 0, 0, 5], [0xFF; 8]] {
            let json = serde_json::to_value(Ipv6Ends::new(client, [1; 8], [0; 8], 0)).unwrap();
            let text = json["client_interface_id"].as_str().unwrap();
            let address: Ipv6Addr = text.parse().unwrap();
            assert_eq!(u128::from(address), u64::from_be_bytes(client).into(), "{text}");
            assert_eq!(json["server_interface_id"], "::101:101:101:101");
        }
    }

    #[test]
    fn without_a_prefix_there_is_no_address_but_the_link_local_one() {
        let ends = Ipv6Ends::new([0, 0, 0, 0, 0, 0, 0, 5], [0, 0, 0, 0, 0, 0, 0, 1], [0xFF; 8], 0);
        assert_eq!(ends.client(), None);
        assert_eq!(ends.prefix, Ipv6Addr::UNSPECIFIED);
        assert_eq!(ends.client_link_local(), Some("fe80::5".parse().unwrap()));
        assert_eq!(ends.server_link_local(), Some("fe80::1".parse().unwrap()));
    }

    #[test]
    fn a_prefix_length_that_cannot_be_is_as_long_as_the_prefix() {
        let ends = Ipv6Ends::new([1; 8], [1; 8], [0xFD; 8], u32::MAX);
        assert_eq!(ends.prefix_length, 64);
        assert_eq!(ends.client(), Some("fdfd:fdfd:fdfd:fdfd:101:101:101:101".parse().unwrap()));
    }

    #[test]
    fn peap_tells_its_inner_method_where_the_record_has_one() {
        let mut info = sys::PPP_PROJECTION_INFO2 {
            dwAuthenticationProtocol: sys::PPP_LCP_EAP,
            dwEapTypeId: 25,
            dwEmbeddedEAPTypeId: 26,
            dwIPv6NegotiationError: 720,
            ..Default::default()
        };
        let projection = PppProjection::from(&info);
        let authentication = projection.link.unwrap().authentication();
        let inner = Some(EapMethod::MSCHAP_V2);
        assert_eq!(authentication, Authentication::Eap { method: EapMethod::PEAP, inner });
        assert_eq!(authentication.to_string(), "PEAP with EAP-MSCHAPv2");
        assert_eq!(projection.ipv6.unwrap_err().code(), 720);
        info.dwEapTypeId = 13;
        let authentication = PppProjection::from(&info).link.unwrap().authentication();
        assert_eq!(authentication, Authentication::Eap { method: EapMethod::TLS, inner: None });
    }

    #[test]
    fn ikev2_tells_its_eap_method_only_where_eap_was_used() {
        let mut info = sys::IKEV2_PROJECTION_INFO2 {
            dwAuthenticationProtocol: sys::MPRAPI_IKEV2_AUTH_USING_CERT,
            dwEapTypeId: 25,
            dwEmbeddedEAPTypeId: 26,
            dwEncryptionMethod: 5,
            ..Default::default()
        };
        let projection = Ikev2Projection::from(&info);
        assert_eq!((projection.eap_method, projection.inner_eap_method), (None, None));
        assert_eq!(projection.encryption, CipherTransform::Aes256);
        info.dwAuthenticationProtocol = sys::MPRAPI_IKEV2_AUTH_USING_EAP;
        let projection = Ikev2Projection::from(&info);
        assert_eq!(projection.eap_method, Some(EapMethod::PEAP));
        assert_eq!(projection.inner_eap_method, Some(EapMethod::MSCHAP_V2));
    }
}
