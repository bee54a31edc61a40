//! The records of interfaces that callers give.

use mprapi_sys as sys;

use super::entry::{take_2, take_3};
use crate::api::call::Call;
use crate::api::param::{given_bytes, multi_text, record};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED};
use crate::router::interface::settings::Settings;
use crate::router::owner::Owner;
use crate::router::range::check_entry;
use crate::scenario::{Windows, hours};
use crate::wide;

/// A caller's record of an interface: the fields of all levels, and those that the level adds.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) kind: sys::ROUTER_INTERFACE_TYPE,
    pub(crate) enabled: bool,
    hours: Option<Vec<u16>>,
    entry: Option<InputEntry>,
}

enum InputEntry {
    Two(Box<sys::MPR_INTERFACE_2>),
    Three(Box<sys::MPR_INTERFACE_3>),
}

impl Input {
    /// Reads the record of a level. Levels 2 and 3 cannot be stored: the remarks of the page say so, against its table.
    ///
    /// # Errors
    /// [`Owner::unknown_level`] for a level that does not exist; `ERROR_INVALID_PARAMETER` for null and for an empty name;
    /// `ERROR_NOT_SUPPORTED` for a level that cannot be stored.
    ///
    /// # Safety
    /// The pointer must be null or that of the level's record, and what the record points to must be readable.
    pub(crate) unsafe fn read(call: &Call, level: u32, buffer: sys::LPBYTE) -> Result<Input, Code> {
        if level > 3 || (level == 3 && call.windows < Windows::Server2008) {
            return Err(call.owner.unknown_level());
        }
        // SAFETY: every level's record begins with that of level 0.
        let zero: sys::MPR_INTERFACE_0 = unsafe { record(buffer) }?;
        let mut given = Input {
            name: wide::given(&zero.wszInterfaceName)?,
            kind: zero.dwIfType,
            enabled: zero.fEnabled != 0,
            hours: None,
            entry: None,
        };
        if given.name.is_empty() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        match level {
            1 => {
                // SAFETY: promised by the caller.
                let one: sys::MPR_INTERFACE_1 = unsafe { record(buffer) }?;
                // SAFETY: promised by the caller.
                let texts = unsafe { multi_text(one.lpwsDialoutHoursRestriction) }?;
                if hours::of_week(&texts).is_none() {
                    return Err(ERROR_INVALID_PARAMETER);
                }
                given.hours = Some(texts);
            }
            2 => {
                // SAFETY: promised by the caller.
                given.entry = Some(InputEntry::Two(Box::new(unsafe { record(buffer) }?)));
            }
            3 => {
                // SAFETY: promised by the caller.
                given.entry = Some(InputEntry::Three(Box::new(unsafe { record(buffer) }?)));
            }
            _ => {}
        }
        if call.owner == Owner::Stored && level > 1 {
            return Err(ERROR_NOT_SUPPORTED);
        }
        Ok(given)
    }

    /// Returns the settings of a new interface.
    ///
    /// # Safety
    /// As [`Input::read`].
    pub(crate) unsafe fn settings(&self) -> Result<Settings, Code> {
        let mut settings = Settings::of_kind(self.name.clone(), self.kind);
        // SAFETY: promised by the caller.
        unsafe { self.apply(&mut settings) }?;
        Ok(settings)
    }

    /// Changes settings as the record says, but for the name and the kind.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for the entry of an interface that has none.
    ///
    /// # Safety
    /// As [`Input::read`].
    pub(crate) unsafe fn apply(&self, settings: &mut Settings) -> Result<(), Code> {
        if let Some(given) = &self.entry {
            let mut entry = settings.entry.clone().ok_or(ERROR_INVALID_PARAMETER)?;
            let (alternates, data, size) = match given {
                InputEntry::Two(record) => {
                    take_2(&mut entry, record)?;
                    (record.szAlternates, record.lpbCustomAuthData, record.dwCustomAuthDataSize)
                }
                InputEntry::Three(record) => {
                    take_3(&mut entry, record)?;
                    (record.szAlternates, record.lpbCustomAuthData, record.dwCustomAuthDataSize)
                }
            };
            // SAFETY: promised by the caller.
            entry.alternates = unsafe { multi_text(alternates) }?;
            // SAFETY: promised by the caller.
            entry.custom_auth = unsafe { given_bytes(data, size) }?;
            entry.dwSubEntries = entry.dwSubEntries.max(1);
            check_entry(&entry)?;
            // Not before all of it is known to be right.
            settings.entry = Some(entry);
        }
        if let Some(hours) = &self.hours {
            settings.hours.clone_from(hours);
        }
        settings.enabled = self.enabled;
        Ok(())
    }
}
