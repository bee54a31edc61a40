//! How values are read back under the feature `serde`, where its derive would not do: in the forms of [`crate::serialize`].

use std::fmt;
use std::time::{Duration, SystemTime};

use mprapi_sys::{RAS_USER_0, RAS_USER_1};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Unexpected, Visitor};

use crate::{Account, Callback, DialIn, Guid, NegotiationError, User, UserRecord, WideString};

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
    crate::ConnectionFlags crate::UnreachabilityReasons crate::DialOptions crate::NetworkProtocols
    crate::PortUsage crate::PppLinkOptions crate::CompressionOptions crate::info_block::RouteViews
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

/// Reads bytes from hexadecimal text.
#[inline]
pub(crate) fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    bytes(&String::deserialize(deserializer)?)
}

/// As [`hex`], where there may be nothing.
#[inline]
pub(crate) fn maybe_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
    Option::<String>::deserialize(deserializer)?.as_deref().map(bytes).transpose()
}

/// Reads a list of bytes, each from hexadecimal text.
#[inline]
pub(crate) fn hex_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u8>>, D::Error> {
    Vec::<String>::deserialize(deserializer)?.iter().map(|text| bytes(text)).collect()
}

fn bytes<E: serde::de::Error>(text: &str) -> Result<Vec<u8>, E> {
    let wrong = || E::invalid_value(Unexpected::Str(text), &"bytes in hexadecimal, such as 0fa2");
    let digit = |digit: &u8| char::from(*digit).to_digit(16).map(|digit| digit as u8).ok_or_else(wrong);
    if !text.len().is_multiple_of(2) {
        return Err(wrong());
    }
    text.as_bytes().chunks_exact(2).map(|pair| Ok(digit(&pair[0])? << 4 | digit(&pair[1])?)).collect()
}

/// Reads negotiated parameters or the error in their place, where there may be neither.
#[inline]
pub(crate) fn maybe_negotiated<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Result<T, NegotiationError>>, D::Error> {
    Ok(Option::<negotiated::Outcome<T>>::deserialize(deserializer)?.map(negotiated::Outcome::into_result))
}

/// The settings of a user, as they are written.
#[derive(Deserialize)]
struct UserForm {
    dial_in: DialIn,
    callback: Callback,
    phone_number: WideString,
}

impl UserForm {
    /// Makes a user without the permission to dial in.
    fn user<R: UserRecord, E: serde::de::Error>(&self) -> Result<User<R>, E> {
        let mut user = User::denied();
        user.set_callback(self.callback);
        user.set_phone_number(&*self.phone_number).map_err(E::custom)?;
        Ok(user)
    }
}

impl<'de> Deserialize<'de> for User<RAS_USER_0> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<User<RAS_USER_0>, D::Error> {
        let form = UserForm::deserialize(deserializer)?;
        let mut user = form.user()?;
        match form.dial_in {
            DialIn::ByPolicy => return Err(D::Error::custom("level 0 of a user knows no policy")),
            dial_in => user.set_may_dial_in(dial_in == DialIn::Allowed),
        }
        Ok(user)
    }
}

impl<'de> Deserialize<'de> for User<RAS_USER_1> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<User<RAS_USER_1>, D::Error> {
        let form = UserForm::deserialize(deserializer)?;
        let mut user = form.user()?;
        user.set_dial_in(form.dial_in);
        Ok(user)
    }
}

/// Negotiated parameters, or the error of the negotiation: `{"error": 720, …}`.
pub(crate) mod negotiated {
    use serde::{Deserialize, Deserializer};

    use crate::NegotiationError;
    pub(crate) use crate::serialize::negotiated as serialize;

    #[derive(Deserialize)]
    #[serde(untagged)]
    pub(super) enum Outcome<T> {
        Failed { error: u32 },
        Value(T),
    }

    impl<T> Outcome<T> {
        pub(super) fn into_result(self) -> Result<T, NegotiationError> {
            match self {
                Outcome::Failed { error } => Err(NegotiationError::new(error)),
                Outcome::Value(value) => Ok(value),
            }
        }
    }

    #[inline]
    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Result<T, NegotiationError>, D::Error> {
        Outcome::deserialize(deserializer).map(Outcome::into_result)
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
