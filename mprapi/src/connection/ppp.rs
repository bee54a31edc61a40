//! The parameters that PPP negotiated, as the records of the levels 1 to 3 have them.

use std::net::{Ipv4Addr, Ipv6Addr};

use mprapi_sys::{
    PPP_ATCP_INFO, PPP_CCP_INFO, PPP_INFO, PPP_INFO_2, PPP_INFO_3, PPP_IPCP_INFO2, PPP_IPXCP_INFO,
    PPP_LCP_INFO, PPP_NBFCP_INFO, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3,
};

use super::link::{
    Authentication, Compression, CompressionEnd, HeaderCompression, NegotiationError, PppLink, PppLinkEnd,
    PppLinkOptions,
};
use super::projection::{Ipv4Ends, Ipv6Ends};
use super::{Connection, HasClientAddress};
use crate::WideStr;
use crate::fields::fields;

/// Records with the results of PPP's control protocols.
pub trait HasPpp {
    #[doc(hidden)]
    type Info;
    #[doc(hidden)]
    fn info(&self) -> &Self::Info;
    #[doc(hidden)]
    fn ipv4(&self) -> Result<Ipv4Ends, NegotiationError>;
}

impl HasPpp for RAS_CONNECTION_1 {
    type Info = PPP_INFO;

    #[inline]
    fn info(&self) -> &PPP_INFO {
        &self.PppInfo
    }

    #[inline]
    fn ipv4(&self) -> Result<Ipv4Ends, NegotiationError> {
        let ip = &self.PppInfo.ip;
        NegotiationError::or(ip.dwError, Ipv4Ends::new(&ip.wszRemoteAddress, &ip.wszAddress))
    }
}

impl HasPpp for RAS_CONNECTION_2 {
    type Info = PPP_INFO_2;

    #[inline]
    fn info(&self) -> &PPP_INFO_2 {
        &self.PppInfo2
    }

    #[inline]
    fn ipv4(&self) -> Result<Ipv4Ends, NegotiationError> {
        ipv4(&self.PppInfo2.ip)
    }
}

impl HasPpp for RAS_CONNECTION_3 {
    type Info = PPP_INFO_3;

    #[inline]
    fn info(&self) -> &PPP_INFO_3 {
        &self.PppInfo3
    }

    #[inline]
    fn ipv4(&self) -> Result<Ipv4Ends, NegotiationError> {
        ipv4(&self.PppInfo3.ip)
    }
}

#[inline]
fn ipv4(ip: &PPP_IPCP_INFO2) -> Result<Ipv4Ends, NegotiationError> {
    NegotiationError::or(ip.dwError, Ipv4Ends::new(&ip.wszRemoteAddress, &ip.wszAddress))
}

impl<R: HasPpp> HasClientAddress for R {
    #[inline]
    fn client_address(&self) -> Option<Ipv4Addr> {
        self.ipv4().ok()?.client
    }
}

fields! {
    /// Every result of PPP has that of NetBEUI.
    pub HasNbf {; nbf: PPP_NBFCP_INFO } of PPP_INFO PPP_INFO_2 PPP_INFO_3
}

fields! {
    /// Results of protocols that Windows Server 2008 and later do not have.
    pub HasDeadProtocols {; ipx: PPP_IPXCP_INFO, at: PPP_ATCP_INFO } of PPP_INFO PPP_INFO_2
}

fields! {
    /// Results that tell of the link.
    pub HasLink {; lcp: PPP_LCP_INFO, ccp: PPP_CCP_INFO, ip: PPP_IPCP_INFO2 } of PPP_INFO_2 PPP_INFO_3
}

/// Known at the levels 1 to 3 ([`RAS_CONNECTION_1`], [`RAS_CONNECTION_2`], [`RAS_CONNECTION_3`]).
impl<'l, R: HasPpp<Info: HasNbf>, O> Connection<'l, R, O> {
    /// Returns the IPv4 addresses of the two ends.
    ///
    /// # Errors
    /// Why IPv4 was not negotiated.
    #[inline]
    pub fn ipv4(&self) -> Result<Ipv4Ends, NegotiationError> {
        self.record.ipv4()
    }

    /// Returns the NetBIOS name of the client, negotiated with NetBEUI.
    ///
    /// # Errors
    /// Why NetBEUI was not negotiated. No Windows of this century has it.
    #[doc(alias("PPP_NBFCP_INFO"))]
    #[inline]
    pub fn netbeui_name(&self) -> Result<&'l WideStr, NegotiationError> {
        let nbf = self.record.info().nbf();
        NegotiationError::or(nbf.dwError, WideStr::from_array(&nbf.wszWksta))
    }
}

/// Known at the levels 1 and 2 ([`RAS_CONNECTION_1`], [`RAS_CONNECTION_2`]).
impl<'l, R: HasPpp<Info: HasDeadProtocols>, O> Connection<'l, R, O> {
    /// Returns the IPX address of the client, as `net.node` in hexadecimal.
    ///
    /// # Errors
    /// Why IPX was not negotiated. Windows Server 2008 and later do not have it.
    #[doc(alias("PPP_IPXCP_INFO"))]
    #[inline]
    pub fn ipx_address(&self) -> Result<&'l WideStr, NegotiationError> {
        let ipx = self.record.info().ipx();
        NegotiationError::or(ipx.dwError, WideStr::from_array(&ipx.wszAddress))
    }

    /// Returns the AppleTalk address of the client.
    ///
    /// # Errors
    /// Why AppleTalk was not negotiated. Windows Server 2008 and later do not have it.
    #[doc(alias("PPP_ATCP_INFO"))]
    #[inline]
    pub fn appletalk_address(&self) -> Result<&'l WideStr, NegotiationError> {
        let at = self.record.info().at();
        NegotiationError::or(at.dwError, WideStr::from_array(&at.wszAddress))
    }
}

/// Known at the levels 2 and 3 ([`RAS_CONNECTION_2`], [`RAS_CONNECTION_3`]).
impl<R: HasPpp<Info: HasLink>, O> Connection<'_, R, O> {
    /// Returns the authentication and the options that PPP negotiated for the link.
    ///
    /// # Errors
    /// Why there is no link.
    #[inline]
    pub fn link(&self) -> Result<PppLink, NegotiationError> {
        let lcp = self.record.info().lcp();
        let end = |protocol, data, eap, options| PppLinkEnd {
            authentication: Authentication::new(protocol, data, eap, None),
            options: PppLinkOptions::from_bits_retain(options),
        };
        let link = PppLink {
            local: end(
                lcp.dwAuthenticationProtocol,
                lcp.dwAuthenticationData,
                lcp.dwEapTypeId,
                lcp.dwOptions,
            ),
            remote: end(
                lcp.dwRemoteAuthenticationProtocol,
                lcp.dwRemoteAuthenticationData,
                lcp.dwRemoteEapTypeId,
                lcp.dwRemoteOptions,
            ),
        };
        NegotiationError::or(lcp.dwError, link)
    }

    /// Returns how PPP compresses and encrypts.
    ///
    /// # Errors
    /// Why neither was negotiated.
    #[inline]
    pub fn compression(&self) -> Result<Compression, NegotiationError> {
        let ccp = self.record.info().ccp();
        let compression = Compression {
            local: CompressionEnd::new(ccp.dwCompressionAlgorithm, ccp.dwOptions),
            remote: CompressionEnd::new(ccp.dwRemoteCompressionAlgorithm, ccp.dwRemoteOptions),
        };
        NegotiationError::or(ccp.dwError, compression)
    }

    /// Returns the ends that compress TCP/IP headers.
    #[inline]
    pub fn header_compression(&self) -> HeaderCompression {
        let ip = self.record.info().ip();
        HeaderCompression::new(ip.dwRemoteOptions, ip.dwOptions)
    }
}

impl<O> Connection<'_, RAS_CONNECTION_3, O> {
    /// Returns the IPv6 addresses of the two ends.
    ///
    /// # Errors
    /// Why IPv6 was not negotiated.
    #[inline]
    pub fn ipv6(&self) -> Result<Ipv6Ends, NegotiationError> {
        let ipv6 = &self.record.PppInfo3.ipv6;
        let ends = Ipv6Ends::new(
            ipv6.bRemoteInterfaceIdentifier,
            ipv6.bInterfaceIdentifier,
            ipv6.bPrefix,
            ipv6.dwPrefixLength,
        );
        NegotiationError::or(ipv6.dwError, ends)
    }

    /// Returns the IPv6 address that the client has inside the tunnel, if one was negotiated: the prefix with the client's
    /// interface identifier.
    #[inline]
    pub fn client_ipv6(&self) -> Option<Ipv6Addr> {
        self.ipv6().ok()?.client()
    }
}
