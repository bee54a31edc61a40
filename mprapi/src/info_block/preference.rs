//! The preferences of routing protocols.

use super::route::RouteProtocol;
use super::setting::{Built, Items, Setting};
use super::wire::{Parsed, Reader, Writer};
use super::{Info, InfoType};

/// The sizes of `PROTOCOL_METRIC` and `PROTOCOL_METRIC_EX`.
const SIZE: usize = 8;
const SIZE_EX: usize = 12;

/// The rank of the routes of one protocol (`PROTOCOL_METRIC`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("PROTOCOL_METRIC", "PRIORITY_INFO"))]
pub struct ProtocolPreference {
    /// The protocol.
    pub protocol: RouteProtocol,
    /// The rank; the routes of the protocol with the smallest number win.
    pub preference: u32,
}

/// The rank of the routes of a part of a protocol (`PROTOCOL_METRIC_EX`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("PROTOCOL_METRIC_EX", "PRIORITY_INFO_EX"))]
pub struct SubProtocolPreference {
    /// The protocol.
    pub protocol: RouteProtocol,
    /// The part of the protocol, by its number.
    pub sub_protocol: u32,
    /// The rank; the routes with the smallest number win.
    pub preference: u32,
}

impl Setting<Vec<ProtocolPreference>> {
    /// The preferences of the routing protocols (`IP_PROT_PRIORITY_INFO`, `PRIORITY_INFO`). If a protocol is listed twice, the
    /// last one counts.
    pub const PROTOCOL_PREFERENCES: Setting<Vec<ProtocolPreference>> =
        Setting::new(InfoType::IP_PROTOCOL_PRIORITY, parse, |values| build(values));
}

impl Setting<Vec<SubProtocolPreference>> {
    /// The preferences of the parts of routing protocols (`IP_PROT_PRIORITY_INFO_EX`, `PRIORITY_INFO_EX`). If a part is
    /// listed twice, the last one counts.
    pub const SUB_PROTOCOL_PREFERENCES: Setting<Vec<SubProtocolPreference>> =
        Setting::new(InfoType::IP_PROTOCOL_PRIORITY_EX, parse_ex, |values| build_ex(values));
}

impl ProtocolPreference {
    /// Makes a preference.
    #[inline]
    pub fn new(protocol: RouteProtocol, preference: u32) -> ProtocolPreference {
        ProtocolPreference { protocol, preference }
    }
}

impl SubProtocolPreference {
    /// Makes a preference.
    #[inline]
    pub fn new(protocol: RouteProtocol, sub_protocol: u32, preference: u32) -> SubProtocolPreference {
        SubProtocolPreference { protocol, sub_protocol, preference }
    }
}

/// Reads the lists of all items, one behind the other. Behind each list may be bytes that a C program allocated.
#[inline]
fn lists<T>(
    info: Info<'_>,
    size: usize,
    mut read: impl FnMut(&mut Reader<'_>) -> Parsed<T>,
) -> Parsed<Option<Vec<T>>> {
    let mut all = Vec::new();
    for item in info {
        let mut reader = Reader(item);
        let count = reader.u32()?;
        for metric in reader.items(count, size)? {
            all.push(read(&mut Reader(metric))?);
        }
    }
    Ok(Some(all))
}

/// Writes one list.
#[inline]
fn list<T>(values: &[T], mut write: impl FnMut(&mut Writer, &T)) -> Built {
    let count = u32::try_from(values.len()).map_err(|_| "there are too many preferences")?;
    let mut writer = Writer::default();
    writer.u32(count);
    for value in values {
        write(&mut writer, value);
    }
    Ok(Items::one(writer))
}

#[inline]
fn parse(info: Info<'_>) -> Parsed<Option<Vec<ProtocolPreference>>> {
    lists(info, SIZE, |reader| {
        Ok(ProtocolPreference { protocol: reader.u32()?.into(), preference: reader.u32()? })
    })
}

#[inline]
fn build(values: &[ProtocolPreference]) -> Built {
    list(values, |writer, value| {
        writer.u32(value.protocol.into()).u32(value.preference);
    })
}

#[inline]
fn parse_ex(info: Info<'_>) -> Parsed<Option<Vec<SubProtocolPreference>>> {
    lists(info, SIZE_EX, |reader| {
        let (protocol, sub_protocol) = (reader.u32()?.into(), reader.u32()?);
        Ok(SubProtocolPreference { protocol, sub_protocol, preference: reader.u32()? })
    })
}

#[inline]
fn build_ex(values: &[SubProtocolPreference]) -> Built {
    list(values, |writer, value| {
        writer.u32(value.protocol.into()).u32(value.sub_protocol).u32(value.preference);
    })
}
