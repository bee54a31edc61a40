//! The parameters of a PPP link: authentication, compression and encryption of its ends.

use std::fmt;

use mprapi_sys as sys;

use super::eap::EapMethod;
use crate::codes;
use crate::enumeration::{enumeration, flags};

/// The reason that a part of a negotiation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NegotiationError(u32);

impl NegotiationError {
    /// Creates the error of this code, of `raserror.h` or `winerror.h`.
    #[inline]
    pub const fn new(code: u32) -> NegotiationError {
        NegotiationError(code)
    }

    /// Returns the code that ended the negotiation: one of `raserror.h` or `winerror.h`.
    #[inline]
    pub fn code(self) -> u32 {
        self.0
    }

    /// Returns the code's symbolic name in the Windows headers, such as `ERROR_PPP_NO_PROTOCOLS_CONFIGURED`.
    #[inline]
    pub fn name(self) -> Option<&'static str> {
        codes::find(self.0).map(|(name, _)| name)
    }

    /// Returns `result`, or the error if the code is one.
    #[inline]
    pub(super) fn or<T>(code: u32, result: T) -> Result<T, NegotiationError> {
        if code == sys::NO_ERROR { Ok(result) } else { Err(NegotiationError(code)) }
    }
}

impl fmt::Display for NegotiationError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match codes::find(self.0) {
            Some((name, sentence)) => write!(f, "not negotiated: {sentence} ({name}, {})", self.0),
            None => write!(f, "not negotiated: code {}", self.0),
        }
    }
}

impl std::error::Error for NegotiationError {}

/// A PPP link, as its two ends negotiated it. "Local" and "remote" are the API's words: the server's end, and the
/// client's (or the other router's).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("PPP_LCP_INFO"))]
pub struct PppLink {
    /// The server's end.
    pub local: PppLinkEnd,
    /// The other end.
    pub remote: PppLinkEnd,
}

impl PppLink {
    /// Returns how someone was authenticated: a client authenticates to the server and not the other way round, so just one
    /// of the two ends tells. (Two routers may each authenticate; then this is what [`local`](PppLink::local) says.)
    #[inline]
    pub fn authentication(&self) -> Authentication {
        match self.local.authentication {
            Authentication::None => self.remote.authentication,
            authentication => authentication,
        }
    }
}

/// One end of a PPP link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PppLinkEnd {
    /// How this end was authenticated.
    pub authentication: Authentication,
    /// The options that were agreed on for this end.
    pub options: PppLinkOptions,
}

/// The way in which a client, or an end of a PPP link, was authenticated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Authentication {
    /// No authentication.
    #[default]
    None,
    /// By the password in clear text (PAP).
    Pap,
    /// By Shiva's protocol (SPAP).
    Spap,
    /// By challenge and answer (CHAP), with this algorithm.
    Chap(ChapAlgorithm),
    /// By an EAP method.
    Eap {
        /// The method.
        method: EapMethod,
        /// The method inside, where `method` is [`EapMethod::PEAP`] and the level of information tells it.
        inner: Option<EapMethod>,
    },
    /// By the certificate of its machine; IKEv2 alone.
    Certificate,
    /// By a protocol that this version of the crate does not know: its PPP number.
    Unknown(u32),
}

impl Authentication {
    #[inline]
    pub(super) fn new(protocol: u32, data: u32, eap: u32, inner: Option<u32>) -> Authentication {
        match protocol {
            0 => Authentication::None,
            sys::PPP_LCP_PAP => Authentication::Pap,
            sys::PPP_LCP_SPAP => Authentication::Spap,
            sys::PPP_LCP_CHAP => Authentication::Chap(data.into()),
            sys::PPP_LCP_EAP => {
                let method = EapMethod(eap);
                let inner = inner.filter(|_| method == EapMethod::PEAP).map(EapMethod);
                Authentication::Eap { method, inner }
            }
            other => Authentication::Unknown(other),
        }
    }
}

impl fmt::Display for Authentication {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Authentication::None => f.pad("none"),
            Authentication::Pap => f.pad("PAP"),
            Authentication::Spap => f.pad("SPAP"),
            Authentication::Chap(algorithm) => algorithm.fmt(f),
            Authentication::Eap { method, inner: None } => method.fmt(f),
            Authentication::Eap { method, inner: Some(inner) } => f.pad(&format!("{method} with {inner}")),
            Authentication::Certificate => f.pad("certificate"),
            Authentication::Unknown(protocol) => f.pad(&format!("unknown ({protocol:#x})")),
        }
    }
}

enumeration! {
    /// The algorithm of the answer to CHAP's challenge.
    ChapAlgorithm: u32 {
        /// With MD5 (RFC 1994).
        Md5 = sys::PPP_LCP_CHAP_MD5, "CHAP";
        /// Microsoft's first (RFC 2433).
        MsChap = sys::PPP_LCP_CHAP_MS, "MS-CHAP";
        /// Microsoft's second (RFC 2759).
        MsChapV2 = sys::PPP_LCP_CHAP_MSV2, "MS-CHAPv2";
    }
}

flags! {
    /// The options of one end of a PPP link (`PPP_LCP_…`). Bits that this version does not know are kept.
    PppLinkOptions {
        /// Several links make one.
        MULTILINK_FRAMING = sys::PPP_LCP_MULTILINK_FRAMING, "multilink framing";
        /// The protocol field is compressed.
        PROTOCOL_FIELD_COMPRESSION = sys::PPP_LCP_PFC, "protocol field compression";
        /// The address and control fields are compressed.
        ADDRESS_CONTROL_COMPRESSION = sys::PPP_LCP_ACFC, "address and control field compression";
        /// Multilink headers have short sequence numbers.
        SHORT_SEQUENCE_NUMBERS = sys::PPP_LCP_SSHF, "short sequence numbers";
        /// DES with keys of 56 bits.
        DES_56 = sys::PPP_LCP_DES_56, "DES";
        /// 3DES.
        TRIPLE_DES = sys::PPP_LCP_3_DES, "3DES";
        /// AES with keys of 128 bits.
        AES_128 = sys::PPP_LCP_AES_128, "AES-128";
        /// AES with keys of 256 bits.
        AES_256 = sys::PPP_LCP_AES_256, "AES-256";
        /// AES with keys of 192 bits.
        AES_192 = sys::PPP_LCP_AES_192, "AES-192";
        /// AES in Galois/counter mode with keys of 128 bits.
        AES_GCM_128 = sys::PPP_LCP_GCM_AES_128, "AES-GCM-128";
        /// AES in Galois/counter mode with keys of 192 bits.
        AES_GCM_192 = sys::PPP_LCP_GCM_AES_192, "AES-GCM-192";
        /// AES in Galois/counter mode with keys of 256 bits.
        AES_GCM_256 = sys::PPP_LCP_GCM_AES_256, "AES-GCM-256";
    }
}

/// The compression and encryption of a PPP connection, as its two ends negotiated them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("PPP_CCP_INFO"))]
pub struct Compression {
    /// The server's end.
    pub local: CompressionEnd,
    /// The other end.
    pub remote: CompressionEnd,
}

/// The compression and encryption of one end of a PPP connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CompressionEnd {
    /// How it compresses, if it does: the options say so.
    pub algorithm: CompressionAlgorithm,
    /// The options: compression, and the kind of encryption.
    pub options: CompressionOptions,
}

impl Default for CompressionEnd {
    /// No compression.
    #[inline]
    fn default() -> CompressionEnd {
        CompressionEnd { algorithm: 0.into(), options: CompressionOptions::default() }
    }
}

impl CompressionEnd {
    #[inline]
    pub(super) fn new(algorithm: u32, options: u32) -> CompressionEnd {
        CompressionEnd { algorithm: algorithm.into(), options: CompressionOptions::from_bits_retain(options) }
    }
}

/// The ends of a PPP connection that compress TCP/IP headers (Van Jacobson's way, RFC 1144).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct HeaderCompression {
    /// `true` if the client compresses them.
    pub client: bool,
    /// `true` if the server compresses them.
    pub server: bool,
}

impl HeaderCompression {
    /// From the options (`PPP_IPCP_…`) of the two ends.
    #[inline]
    pub(super) fn new(client: u32, server: u32) -> HeaderCompression {
        let compresses = |options| options & sys::PPP_IPCP_VJ != 0;
        HeaderCompression { client: compresses(client), server: compresses(server) }
    }
}

enumeration! {
    /// The compression of a PPP connection.
    CompressionAlgorithm: u32 {
        /// Not at all.
        None = NO_COMPRESSION, "none";
        /// Stac's (RFC 1974).
        Stac = sys::RASCCPCA_STAC, "Stac";
        /// Microsoft's (RFC 2118).
        Mppc = sys::RASCCPCA_MPPC, "MPPC";
    }
}

pub(super) const NO_COMPRESSION: u32 = 0;

flags! {
    /// The compression and encryption of one end of a PPP connection (`PPP_CCP_…`). Bits that this version does
    /// not know are kept.
    CompressionOptions {
        /// Compression.
        COMPRESSION = sys::PPP_CCP_COMPRESSION, "compression";
        /// Encryption with 40-bit keys, in the old format.
        ENCRYPTION_40_OLD = sys::PPP_CCP_ENCRYPTION40BITOLD, "40-bit encryption (old)";
        /// Encryption with 40-bit keys.
        ENCRYPTION_40 = sys::PPP_CCP_ENCRYPTION40BIT, "40-bit encryption";
        /// Encryption with 56-bit keys.
        ENCRYPTION_56 = sys::PPP_CCP_ENCRYPTION56BIT, "56-bit encryption";
        /// Encryption with 128-bit keys.
        ENCRYPTION_128 = sys::PPP_CCP_ENCRYPTION128BIT, "128-bit encryption";
        /// Each packet stands for itself.
        HISTORYLESS = sys::PPP_CCP_HISTORYLESS, "historyless";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_authentication_has_the_name_that_windows_shows() {
        let name = |protocol, data, eap, inner| Authentication::new(protocol, data, eap, inner).to_string();
        let cases = [
            (name(0, 0, 0, None), "none"),
            (name(sys::PPP_LCP_PAP, 0, 0, None), "PAP"),
            (name(sys::PPP_LCP_SPAP, 0, 0, None), "SPAP"),
            (name(sys::PPP_LCP_CHAP, sys::PPP_LCP_CHAP_MSV2, 0, None), "MS-CHAPv2"),
            (name(sys::PPP_LCP_EAP, 0, 13, None), "EAP-TLS"),
            (name(sys::PPP_LCP_EAP, 0, 25, Some(26)), "PEAP with EAP-MSCHAPv2"),
            (name(sys::PPP_LCP_EAP, 0, 13, Some(26)), "EAP-TLS"),
            (name(sys::PPP_LCP_EAP, 0, 254, None), "EAP method 254"),
            (name(0xC0DE, 0, 0, None), "unknown (0xc0de)"),
        ];
        for (came, expected) in cases {
            assert_eq!(came, expected);
        }
    }

    #[test]
    fn the_end_that_authenticated_tells_how() {
        let end = |authentication| PppLinkEnd { authentication, options: PppLinkOptions::empty() };
        let link = |local, remote| PppLink { local: end(local), remote: end(remote) };
        let (none, pap, spap) = (Authentication::None, Authentication::Pap, Authentication::Spap);
        assert_eq!(link(pap, spap).authentication(), pap);
        assert_eq!(link(none, spap).authentication(), spap);
        assert_eq!(link(none, none).authentication(), none);
    }

    #[test]
    #[cfg_attr(not(feature = "messages"), ignore = "asks for the names of errors")]
    fn why_a_part_was_not_negotiated_is_a_sentence_and_a_code() {
        assert_eq!(NegotiationError::or(0, "it"), Ok("it"));
        let error = NegotiationError::or(720, "it").unwrap_err();
        assert_eq!((error.code(), error.name()), (720, Some("ERROR_PPP_NO_PROTOCOLS_CONFIGURED")));
        assert!(error.to_string().ends_with("(ERROR_PPP_NO_PROTOCOLS_CONFIGURED, 720)"), "{error}");
        let unknown = NegotiationError::or(0xDEAD_BEEF, "it").unwrap_err();
        assert_eq!(unknown.to_string(), "not negotiated: code 3735928559");
    }
}
