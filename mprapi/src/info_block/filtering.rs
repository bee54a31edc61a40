//! Switches of filtering: of fragments on an interface, and of all static filters.

use super::setting::{Built, Items, Setting, exact};
use super::wire::{Parsed, Writer};
use super::{Info, InfoType};

impl Setting<bool> {
    /// `true` if an interface drops fragments of IPv4 packets (`IP_IFFILTER_INFO`, `IFFILTER_INFO`).
    pub const FRAGMENT_CHECK: Setting<bool> = switch(InfoType::IP_INTERFACE_FILTER);
    /// `true` if an interface drops fragments of IPv6 packets (`IP_IFFILTER_INFO_V6`, `IFFILTER_INFO`).
    pub const FRAGMENT_CHECK_V6: Setting<bool> = switch(InfoType::IP_INTERFACE_FILTER_V6);
    /// `true` if the server filters IPv4 packets (`IP_FILTER_ENABLE_INFO`, `MPR_FILTER_0`).
    pub const FILTERING: Setting<bool> = switch(InfoType::IP_FILTER_ENABLE);
    /// `true` if the server filters IPv6 packets (`IP_FILTER_ENABLE_INFO_V6`, `MPR_FILTER_0`).
    pub const FILTERING_V6: Setting<bool> = switch(InfoType::IP_FILTER_ENABLE_V6);
}

#[inline]
const fn switch(info_type: InfoType) -> Setting<bool> {
    Setting::new(info_type, parse, |is_on| build(*is_on))
}

#[inline]
fn parse(info: Info<'_>) -> Parsed<Option<bool>> {
    exact(info, |reader| reader.flag())
}

#[inline]
fn build(is_on: bool) -> Built {
    let mut writer = Writer::default();
    writer.flag(is_on);
    Ok(Items::one(writer))
}
