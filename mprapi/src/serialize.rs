//! How values are written under the feature `serde`, where its derive would not do.

use std::time::{Duration, SystemTime};

use mprapi_sys::{RAS_USER_0, RAS_USER_1};
use serde::ser::{Serialize, SerializeSeq as _, SerializeStruct as _, Serializer};

use crate::list::Record;
use crate::mib::{AddressRow, ForwardRow, InterfaceRow, MibTable, Row};
use crate::{List, NegotiationError, Single, User, WideStr, WideString, config};

/// Serialises types as the text that they display.
macro_rules! as_text {
    ($($type:ty)+) => {
        $(
            impl Serialize for $type {
                #[inline]
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }
        )+
    };
}

as_text!(WideStr WideString crate::Account crate::Guid crate::ConnectionId crate::PortId crate::InterfaceId);

/// Writes an interface identifier of IPv6 as the end of an address, with the rest of it zero: `::200:5eff:fe00:5301`.
#[inline]
pub(crate) fn interface_identifier<S: Serializer>(id: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&std::net::Ipv6Addr::from(u128::from(*id)))
}

/// Flags are a list of their names; bits without a name are one more entry, a number in hexadecimal.
macro_rules! as_names {
    ($($type:ty)+) => {
        $(
            impl Serialize for $type {
                #[inline]
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut list = serializer.serialize_seq(None)?;
                    let mut names = self.iter_names();
                    for (name, _) in names.by_ref() {
                        list.serialize_element(&name.to_ascii_lowercase())?;
                    }
                    if !names.remaining().is_empty() {
                        list.serialize_element(&format!("{:#x}", names.remaining().bits()))?;
                    }
                    list.end()
                }
            }
        )+
    };
}

as_names! {
    crate::ConnectionFlags crate::UnreachabilityReasons crate::DialOptions crate::NetworkProtocols
    crate::PortUsage crate::PppLinkOptions crate::CompressionOptions crate::info_block::RouteViews
    crate::info_block::LateBound
}

/// A view, or what else keeps its fields to itself, is a map of what its methods say.
macro_rules! as_map {
    ($($type:ty { $($method:ident $(: $write:ident)?)+ })+) => {
        $(
            impl Serialize for $type {
                #[inline]
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let count = [$(stringify!($method)),+].len();
                    let mut map = serializer.serialize_struct(stringify!($type), count)?;
                    $(map.serialize_field(stringify!($method), &as_map!(self.$method() $(, $write)?))?;)+
                    map.end()
                }
            }
        )+
    };
    ($value:expr) => { $value };
    ($value:expr, $write:ident) => { $write($value) };
}

as_map! {
    User<RAS_USER_0> { dial_in callback phone_number }
    User<RAS_USER_1> { dial_in callback phone_number }
    config::Transport<'_> { id name }
    config::InterfaceTransport<'_> { id name }
    InterfaceRow<'_> {
        name description: lossy physical_address: to_hex index interface_type mtu speed admin_status
        operational_status last_change bytes_received unicast_packets_received other_packets_received
        discards_received errors_received unknown_protocols_received bytes_sent unicast_packets_sent
        other_packets_sent discards_sent errors_sent queue_length
    }
    AddressRow<'_> { address interface_index mask broadcast reassembly_size }
    ForwardRow<'_> {
        destination mask policy next_hop interface_index route_type protocol age next_hop_as metric1 metric2
        metric3 metric4 metric5
    }
}

#[inline]
fn lossy(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

#[inline]
fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl<R: Record> Serialize for List<'_, R>
where
    for<'l> R::View<'l>: Serialize,
{
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<R: Record> Serialize for Single<'_, R>
where
    for<'l> R::View<'l>: Serialize,
{
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}

impl<R: Row> Serialize for MibTable<'_, R>
where
    for<'l> R::Of<'l>: Serialize,
{
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

/// Something that is a number of seconds.
pub(crate) trait Seconds {
    fn seconds(&self) -> Option<i64>;
}

impl Seconds for Duration {
    #[inline]
    fn seconds(&self) -> Option<i64> {
        i64::try_from(self.as_secs()).ok()
    }
}

/// Since 1970 began, in UTC.
impl Seconds for SystemTime {
    #[inline]
    fn seconds(&self) -> Option<i64> {
        match self.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => after.seconds(),
            Err(before) => before.duration().seconds().map(|seconds| -seconds),
        }
    }
}

impl<T: Seconds> Seconds for Option<T> {
    #[inline]
    fn seconds(&self) -> Option<i64> {
        self.as_ref().and_then(T::seconds)
    }
}

/// Writes a duration or a time.
#[inline]
pub(crate) fn seconds<T: Seconds, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.seconds().serialize(serializer)
}

/// Writes bytes as hexadecimal text.
#[inline]
pub(crate) fn hex<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&to_hex(bytes))
}

/// As [`hex`], where there may be nothing.
#[inline]
pub(crate) fn maybe_hex<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    match bytes {
        Some(bytes) => hex(bytes, serializer),
        None => serializer.serialize_none(),
    }
}

/// Writes a list of bytes, each as hexadecimal text.
#[inline]
pub(crate) fn hex_list<S: Serializer>(list: &[Vec<u8>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(list.iter().map(|bytes| to_hex(bytes)))
}

/// Writes what was negotiated, or in its place why nothing was.
#[inline]
pub(crate) fn negotiated<T: Serialize, S: Serializer>(
    result: &Result<T, NegotiationError>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match result {
        Ok(value) => value.serialize(serializer),
        Err(error) => {
            let mut map = serializer.serialize_struct("NegotiationError", 2)?;
            map.serialize_field("error", &error.code())?;
            map.serialize_field("error_name", &error.name())?;
            map.end()
        }
    }
}

/// As [`negotiated`], where a level may not tell.
#[inline]
pub(crate) fn maybe_negotiated<T: Serialize, S: Serializer>(
    result: &Option<Result<T, NegotiationError>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match result {
        Some(result) => negotiated(result, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use mprapi_sys::PPP_PROJECTION_INFO;

    use super::*;
    use crate::PppProjection;

    #[test]
    fn what_was_not_negotiated_is_its_code_and_name() {
        let info = PPP_PROJECTION_INFO { dwIPv6NegotiationError: 720, ..Default::default() };
        let value = serde_json::to_value(PppProjection::from(&info)).expect("JSON");
        let error = serde_json::json!({"error": 720, "error_name": "ERROR_PPP_NO_PROTOCOLS_CONFIGURED"});
        assert_eq!(value["ipv6"], error);
        assert_eq!(value["ipv4"], serde_json::json!({"client": null, "server": null}));
    }

    #[test]
    fn times_before_1970_are_negative() {
        assert_eq!((SystemTime::UNIX_EPOCH - Duration::from_secs(5)).seconds(), Some(-5));
        assert_eq!((SystemTime::UNIX_EPOCH + Duration::from_secs(5)).seconds(), Some(5));
    }
}
