//! How values are read back under the feature `serde`, where its derive would not do: in the forms of [`crate::serialize`].

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::de::{Deserialize, Deserializer, Error as _, Unexpected, Visitor};

use crate::{Account, Guid, WideString};

/// Reads types from the text that they display.
macro_rules! from_text {
    ($($type:ty: $expected:literal)+) => {
        $(
            impl<'de> Deserialize<'de> for $type {
                #[inline]
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                    struct Text;
                    impl Visitor<'_> for Text {
                        type Value = $type;

                        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                            f.write_str($expected)
                        }

                        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                            text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
                        }
                    }
                    deserializer.deserialize_str(Text)
                }
            }
        )+
    };
}

from_text! {
    WideString: "a text"
    Account: "an account, such as CORP\\anna"
    Guid: "a GUID, such as {6b29fc40-ca47-1067-b31d-00dd010662da}"
    crate::ConnectionId: "the id of a connection, such as 0x17"
    crate::PortId: "the id of a port, such as 0x17"
    crate::InterfaceId: "the id of an interface, such as 0x17"
}

/// Reads flags from a list of their names; an entry in hexadecimal has the bits without a name.
macro_rules! from_names {
    ($($type:ty)+) => {
        $(
            impl<'de> Deserialize<'de> for $type {
                #[inline]
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                    let names = Vec::<String>::deserialize(deserializer)?;
                    let bits = |name: &String| match name.strip_prefix("0x") {
                        Some(digits) => u32::from_str_radix(digits, 16).ok(),
                        None => <$type>::from_name(&name.to_ascii_uppercase()).map(|flag| flag.bits()),
                    };
                    let mut bits = names.iter().map(|name| {
                        bits(name).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(name), &"the name of a flag"))
                    });
                    let bits = bits.try_fold(0, |all, bits| Ok(all | bits?))?;
                    Ok(<$type>::from_bits_retain(bits))
                }
            }
        )+
    };
}

from_names! {
    crate::ConnectionFlags crate::PppLinkOptions crate::CompressionOptions crate::info_block::RouteViews
    crate::info_block::LateBound
}

/// Reads a duration in whole seconds.
#[inline]
pub(crate) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    u64::deserialize(deserializer).map(Duration::from_secs)
}

/// Reads a duration that may be missing, in whole seconds.
#[inline]
pub(crate) fn maybe_seconds<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Duration>, D::Error> {
    Ok(Option::<u64>::deserialize(deserializer)?.map(Duration::from_secs))
}

/// Reads a time in whole seconds since 1970 began, in UTC; negative ones are before.
#[inline]
pub(crate) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SystemTime>, D::Error> {
    let Some(seconds) = Option::<i64>::deserialize(deserializer)? else { return Ok(None) };
    let (epoch, distance) = (SystemTime::UNIX_EPOCH, Duration::from_secs(seconds.unsigned_abs()));
    let time = if seconds < 0 { epoch.checked_sub(distance) } else { epoch.checked_add(distance) };
    time.map(Some).ok_or_else(|| {
        D::Error::invalid_value(Unexpected::Signed(seconds), &"a time that this system's clock can show")
    })
}

/// Negotiated parameters, or the error of the negotiation: `{"error": 720, …}`.
pub(crate) mod negotiated {
    use serde::{Deserialize, Deserializer};

    use crate::NegotiationError;
    pub(crate) use crate::serialize::negotiated as serialize;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Outcome<T> {
        Failed { error: u32 },
        Value(T),
    }

    #[inline]
    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Result<T, NegotiationError>, D::Error> {
        Ok(match Outcome::deserialize(deserializer)? {
            Outcome::Failed { error } => Err(NegotiationError::new(error)),
            Outcome::Value(value) => Ok(value),
        })
    }
}

/// An interface identifier of IPv6, as the end of an address: `::200:5eff:fe00:5301`.
pub(crate) mod interface_identifier {
    use std::net::Ipv6Addr;

    use serde::{Deserialize, Deserializer};

    pub(crate) use crate::serialize::interface_identifier as serialize;

    #[inline]
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let address = Ipv6Addr::deserialize(deserializer)?;
        u64::try_from(address.to_bits()).map_err(|_| {
            serde::de::Error::custom(format_args!(
                "{address} is no interface identifier, which begins with ::"
            ))
        })
    }
}
