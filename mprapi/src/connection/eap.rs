//! Methods of the Extensible Authentication Protocol (EAP).

use crate::enumeration::words;

/// An EAP method, by the number that IANA gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EapMethod(pub u32);

impl EapMethod {
    /// A challenge answered with MD5.
    pub const MD5_CHALLENGE: EapMethod = EapMethod(4);
    /// Certificates, or a smart card (RFC 5216).
    pub const TLS: EapMethod = EapMethod(13);
    /// A SIM card (RFC 4186).
    pub const SIM: EapMethod = EapMethod(18);
    /// Another method inside TLS (RFC 5281).
    pub const TTLS: EapMethod = EapMethod(21);
    /// A USIM card (RFC 4187).
    pub const AKA: EapMethod = EapMethod(23);
    /// Another EAP method inside TLS.
    pub const PEAP: EapMethod = EapMethod(25);
    /// Microsoft's second challenge and answer.
    pub const MSCHAP_V2: EapMethod = EapMethod(26);
    /// A USIM card (RFC 9048).
    pub const AKA_PRIME: EapMethod = EapMethod(50);
}

words! {
    EapMethod {
        MD5_CHALLENGE = "EAP-MD5";
        TLS = "EAP-TLS";
        SIM = "EAP-SIM";
        TTLS = "EAP-TTLS";
        AKA = "EAP-AKA";
        PEAP = "PEAP";
        MSCHAP_V2 = "EAP-MSCHAPv2";
        AKA_PRIME = "EAP-AKA'";
    }
    EapMethod(other) => format!("EAP method {other}")
}
