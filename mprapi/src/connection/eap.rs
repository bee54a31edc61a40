//! Methods of the Extensible Authentication Protocol (EAP).

use std::fmt;

/// An EAP method, by the number that IANA gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EapMethod(pub u32);

macro_rules! eap_methods {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)+) => {
        impl EapMethod {
            $($(#[$doc])* pub const $name: EapMethod = EapMethod($number);)+
        }

        impl fmt::Display for EapMethod {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match *self {
                    $(EapMethod::$name => f.pad($text),)+
                    EapMethod(other) => f.pad(&format!("EAP method {other}")),
                }
            }
        }
    };
}

eap_methods! {
    /// A challenge answered with MD5.
    MD5_CHALLENGE = 4, "EAP-MD5";
    /// Certificates, or a smart card (RFC 5216).
    TLS = 13, "EAP-TLS";
    /// A SIM card (RFC 4186).
    SIM = 18, "EAP-SIM";
    /// Another method inside TLS (RFC 5281).
    TTLS = 21, "EAP-TTLS";
    /// A USIM card (RFC 4187).
    AKA = 23, "EAP-AKA";
    /// Another EAP method inside TLS.
    PEAP = 25, "PEAP";
    /// Microsoft's second challenge and answer.
    MSCHAP_V2 = 26, "EAP-MSCHAPv2";
    /// A USIM card (RFC 9048).
    AKA_PRIME = 50, "EAP-AKA'";
}
