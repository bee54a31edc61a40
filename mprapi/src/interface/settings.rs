//! The settings that every type of interface has.

use mprapi_sys::{self as sys, MPR_INTERFACE_1};

#[cfg(doc)]
use super::DemandDial;
use crate::input::{Limit, limit};
use crate::wide::WideStrings;
use crate::{Error, InterfaceType, Result, Text};

/// Settings that make or change an interface: [`InterfaceSettings`] or a [`DemandDial`].
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait InterfaceInput: Pass {}

impl InterfaceInput for InterfaceSettings {}

pub(crate) trait Pass {
    /// Calls `call` with the level and the record of that level. The record is read-only, and good until `call`
    /// returns. `function` is the C function that gets it.
    fn pass<T>(&self, function: &'static str, call: impl FnOnce(u32, sys::LPBYTE) -> T) -> Result<T>;
}

/// The settings that every interface has: its name, its type, whether it is enabled, and when it may dial out
/// (`MPR_INTERFACE_0` or, with hours, `MPR_INTERFACE_1`).
///
/// A demand-dial interface has more: see [`DemandDial`].
#[derive(Clone)]
#[must_use = "settings do nothing before they are written to a server"]
#[doc(alias("MPR_INTERFACE_0", "MPR_INTERFACE_1"))]
pub struct InterfaceSettings {
    name: [u16; 257],
    enabled: bool,
    interface_type: InterfaceType,
    /// As a multi-string.
    hours: Option<Vec<u16>>,
    problem: Option<&'static str>,
}

/// The limit of an interface's name.
pub(super) const NAME: Limit = limit!("the interface's name", 256);

const HOURS: Limit = limit!("a day's dial-out hours", 1024);

impl InterfaceSettings {
    /// Creates an enabled interface with a name of at most 256 UTF-16 units. (The name of a network adapter is its GUID in
    /// braces.)
    #[inline]
    pub fn new<N: Text + ?Sized>(name: &N, interface_type: InterfaceType) -> InterfaceSettings {
        let mut settings =
            InterfaceSettings { name: [0; 257], enabled: true, interface_type, hours: None, problem: None };
        settings.problem = write_name(name, &mut settings.name).err();
        settings
    }

    pub(super) fn read(
        name: [u16; 257],
        enabled: bool,
        interface_type: InterfaceType,
        hours: Option<WideStrings<'_>>,
    ) -> InterfaceSettings {
        let hours = hours.map(WideStrings::to_units);
        InterfaceSettings { name, enabled, interface_type, hours, problem: None }
    }

    /// Enables or disables the interface.
    #[inline]
    pub fn enabled(mut self, enabled: bool) -> InterfaceSettings {
        self.enabled = enabled;
        self
    }

    /// Sets when the interface may dial out; nothing means at any time.
    ///
    /// Each text is one day's: a digit from 0 for Sunday to 6 for Saturday, then ranges of time, each after a
    /// space, as in `2 09:00-12:00 13:00-17:30`.
    #[inline]
    pub fn dialout_hours<T: Text>(mut self, days: impl IntoIterator<Item = T>) -> InterfaceSettings {
        match HOURS.encode_all(days, "a day's dial-out hours are empty") {
            Ok(hours) => self.hours = Some(hours),
            Err(problem) => self.problem = self.problem.or(Some(problem)),
        }
        self
    }
}

/// Writes the name of an interface into its record.
#[inline]
pub(super) fn write_name<N: Text + ?Sized>(
    name: &N,
    array: &mut [u16; 257],
) -> std::result::Result<(), &'static str> {
    if name.utf16_units().next().is_none() {
        return Err("the interface's name is empty");
    }
    NAME.write(name, array)
}

impl Pass for InterfaceSettings {
    #[inline]
    fn pass<T>(&self, function: &'static str, call: impl FnOnce(u32, sys::LPBYTE) -> T) -> Result<T> {
        if let Some(problem) = self.problem {
            return Err(Error::argument(function, problem));
        }
        // The record of level 0 is how this one begins.
        let mut record = MPR_INTERFACE_1 {
            wszInterfaceName: self.name,
            fEnabled: self.enabled.into(),
            dwIfType: self.interface_type.into(),
            ..MPR_INTERFACE_1::default()
        };
        // A copy: the header lets the library write to what it is given.
        let mut hours = self.hours.clone();
        if let Some(hours) = &mut hours {
            record.lpwsDialoutHoursRestriction = hours.as_mut_ptr();
        }
        Ok(call(self.hours.is_some().into(), (&raw mut record).cast()))
    }
}

impl std::fmt::Debug for InterfaceSettings {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InterfaceSettings")
            .field("name", &crate::WideStr::from_array(&self.name))
            .field("interface_type", &self.interface_type)
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorKind, WideStr};

    /// Returns the settings as the library gets them.
    fn seen(settings: &InterfaceSettings) -> Result<(u32, String, i32)> {
        settings.pass("F", |level, record| {
            // SAFETY: the record is of level 0 or begins like it.
            let record = unsafe { record.cast::<sys::MPR_INTERFACE_0>().read() };
            (level, WideStr::from_array(&record.wszInterfaceName).to_string(), record.fEnabled)
        })
    }

    #[test]
    fn settings_are_passed_at_the_lowest_level_that_holds_them() {
        let settings = InterfaceSettings::new("lan", InterfaceType::Dedicated).enabled(false);
        assert_eq!(seen(&settings).unwrap(), (0, "lan".to_owned(), 0));
        assert_eq!(seen(&settings.dialout_hours(["1 09:00-17:00"])).unwrap(), (1, "lan".to_owned(), 0));
    }

    #[test]
    fn a_name_that_cannot_be_is_an_error_that_says_how_long_it_may_be() {
        for (name, part) in [("", "empty"), ("a\0b", "NUL"), ("x".repeat(257).as_str(), "longer than 256")] {
            let error = seen(&InterfaceSettings::new(name, InterfaceType::Dedicated)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert!(error.to_string().contains(part), "{error}");
        }
        assert!(seen(&InterfaceSettings::new(&"x".repeat(256), InterfaceType::Dedicated)).is_ok());
    }
}
