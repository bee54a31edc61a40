//! The parameters that PPP negotiated, as the records of the levels 1 to 3 have them.

use mprapi_sys::{RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3};

use super::Connection;
use super::link::{
    Authentication, Compression, CompressionEnd, HeaderCompression, Link, LinkEnd, LinkOptions,
    NegotiationError,
};
use super::projection::{Ipv4Ends, Ipv6Ends};
use crate::WideStr;

/// The results of the control protocols, from a record of the levels 1 to 3.
macro_rules! ppp_info {
    ($($record:ident.$info:ident)+) => {
        $(
            impl<'l> Connection<'l, $record> {
                /// The IPv4 addresses of the two ends.
                ///
                /// # Errors
                /// Why IPv4 was not negotiated.
                #[inline]
                pub fn ipv4(&self) -> Result<Ipv4Ends, NegotiationError> {
                    let ip = &self.record.$info.ip;
                    NegotiationError::or(ip.dwError, Ipv4Ends::new(&ip.wszRemoteAddress, &ip.wszAddress))
                }

                /// The IPv4 address that the client has inside the tunnel, if one was negotiated.
                #[inline]
                pub fn client_address(&self) -> Option<std::net::Ipv4Addr> {
                    self.ipv4().ok()?.client
                }

                /// The NetBIOS name of the client, negotiated with NetBEUI.
                ///
                /// # Errors
                /// Why NetBEUI was not negotiated. No Windows of this century has it.
                #[doc(alias("PPP_NBFCP_INFO"))]
                #[inline]
                pub fn netbeui_name(&self) -> Result<&'l WideStr, NegotiationError> {
                    let nbf = &self.record.$info.nbf;
                    NegotiationError::or(nbf.dwError, WideStr::from_array(&nbf.wszWksta))
                }
            }
        )+
    };
}

ppp_info!(RAS_CONNECTION_1.PppInfo RAS_CONNECTION_2.PppInfo2 RAS_CONNECTION_3.PppInfo3);

macro_rules! dead_protocols {
    ($($record:ident.$info:ident)+) => {
        $(
            impl<'l> Connection<'l, $record> {
                /// The IPX address of the client, as `net.node` in hexadecimal.
                ///
                /// # Errors
                /// Why IPX was not negotiated. Windows Server 2008 and later do not have it.
                #[doc(alias("PPP_IPXCP_INFO"))]
                #[inline]
                pub fn ipx_address(&self) -> Result<&'l WideStr, NegotiationError> {
                    let ipx = &self.record.$info.ipx;
                    NegotiationError::or(ipx.dwError, WideStr::from_array(&ipx.wszAddress))
                }

                /// The AppleTalk address of the client.
                ///
                /// # Errors
                /// Why AppleTalk was not negotiated. Windows Server 2008 and later do not have it.
                #[doc(alias("PPP_ATCP_INFO"))]
                #[inline]
                pub fn appletalk_address(&self) -> Result<&'l WideStr, NegotiationError> {
                    let at = &self.record.$info.at;
                    NegotiationError::or(at.dwError, WideStr::from_array(&at.wszAddress))
                }
            }
        )+
    };
}

dead_protocols!(RAS_CONNECTION_1.PppInfo RAS_CONNECTION_2.PppInfo2);

macro_rules! link {
    ($($record:ident.$info:ident)+) => {
        $(
            impl Connection<'_, $record> {
                /// Returns the authentication and the options that PPP negotiated for the link.
                ///
                /// # Errors
                /// Why there is no link.
                #[inline]
                pub fn link(&self) -> Result<Link, NegotiationError> {
                    let lcp = &self.record.$info.lcp;
                    let end = |protocol, data, eap, options| LinkEnd {
                        authentication: Authentication::new(protocol, data, eap, None),
                        options: LinkOptions::from_bits_retain(options),
                    };
                    let link = Link {
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

                /// How PPP compresses and encrypts.
                ///
                /// # Errors
                /// Why neither was negotiated.
                #[inline]
                pub fn compression(&self) -> Result<Compression, NegotiationError> {
                    let ccp = &self.record.$info.ccp;
                    let compression = Compression {
                        local: CompressionEnd::new(ccp.dwCompressionAlgorithm, ccp.dwOptions),
                        remote: CompressionEnd::new(ccp.dwRemoteCompressionAlgorithm, ccp.dwRemoteOptions),
                    };
                    NegotiationError::or(ccp.dwError, compression)
                }

                /// Returns the ends that compress TCP/IP headers.
                #[inline]
                pub fn header_compression(&self) -> HeaderCompression {
                    let ip = &self.record.$info.ip;
                    HeaderCompression::new(ip.dwRemoteOptions, ip.dwOptions)
                }
            }
        )+
    };
}

link!(RAS_CONNECTION_2.PppInfo2 RAS_CONNECTION_3.PppInfo3);

impl Connection<'_, RAS_CONNECTION_3> {
    /// The IPv6 addresses of the two ends.
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
}
