//! The state that an administrator wants an interface to have.

use super::setting::{Built, Items, Setting, exact};
use super::wire::{Parsed, Writer};
use super::{Info, InfoType};
use crate::mib::AdminStatus;

impl Setting<AdminStatus> {
    /// The state that an administrator wants the interface to have for IP: up or down (`IP_INTERFACE_STATUS_INFO`,
    /// `INTERFACE_STATUS_INFO`).
    pub const INTERFACE_STATUS: Setting<AdminStatus> =
        Setting::new(InfoType::IP_INTERFACE_STATUS, parse, build);
}

#[inline]
fn parse(info: Info<'_>) -> Parsed<Option<AdminStatus>> {
    exact(info, |reader| reader.u32().map(AdminStatus::from))
}

#[inline]
fn build(status: &AdminStatus) -> Built {
    let mut writer = Writer::default();
    writer.u32((*status).into());
    Ok(Items::one(writer))
}
