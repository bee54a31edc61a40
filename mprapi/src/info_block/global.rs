//! Settings of a whole IP transport.

use super::setting::{Built, Items, Setting, exact};
use super::wire::{Parsed, Writer};
use super::{Info, InfoType};
use crate::enumeration::enumeration;

/// The settings of a whole IP transport (`GLOBAL_INFO`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("GLOBAL_INFO"))]
pub struct GlobalSettings {
    /// `true` if the server filters packets. The specification allows only `true`; a Windows 7 has `false` stored.
    pub filtering: bool,
    /// The events that the server logs.
    pub logging: LoggingLevel,
}

/// Values of the specification.
mod raw {
    pub(super) const NOTHING: u32 = 0;
    pub(super) const ERRORS: u32 = 1;
    pub(super) const WARNINGS: u32 = 2;
    pub(super) const ALL: u32 = 3;
}

enumeration! {
    /// The events that a transport logs.
    LoggingLevel: u32 {
        /// No events.
        Nothing = raw::NOTHING, "nothing";
        /// Errors.
        Errors = raw::ERRORS, "errors";
        /// Errors and warnings.
        Warnings = raw::WARNINGS, "warnings";
        /// Errors, warnings and information.
        Information = raw::ALL, "information";
    }
}

impl Setting<GlobalSettings> {
    /// The settings of IPv4 (`IP_GLOBAL_INFO`).
    pub const GLOBAL: Setting<GlobalSettings> = Setting::new(InfoType::IP_GLOBAL, parse, build);
    /// The settings of IPv6 (`IPV6_GLOBAL_INFO`).
    pub const GLOBAL_V6: Setting<GlobalSettings> = Setting::new(InfoType::IPV6_GLOBAL, parse, build);
}

impl GlobalSettings {
    /// Makes settings with filtering on.
    #[inline]
    pub fn new(logging: LoggingLevel) -> GlobalSettings {
        GlobalSettings { filtering: true, logging }
    }
}

#[inline]
fn parse(info: Info<'_>) -> Parsed<Option<GlobalSettings>> {
    exact(info, |reader| Ok(GlobalSettings { filtering: reader.flag()?, logging: reader.u32()?.into() }))
}

#[inline]
fn build(settings: &GlobalSettings) -> Built {
    let mut writer = Writer::default();
    writer.flag(settings.filtering).u32(settings.logging.into());
    Ok(Items::one(writer))
}
