//! Users' accounts.

use std::ops::Range;
use std::time::Duration;

use mprapi_sys as sys;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::scenario::{User, hours};

/// The settings of an account for remote access.
pub(crate) struct Account {
    pub(crate) privilege: u8,
    pub(crate) by_policy: u8,
    pub(crate) number: String,
    /// The hours at which the user may dial in, in minutes of the week; at any time if there are none. The API does not have
    /// them.
    hours: Vec<Range<u32>>,
}

impl Account {
    pub(crate) fn new(described: &User) -> Account {
        let dial_in = if described.may_dial_in { sys::RASPRIV_DialinPrivilege } else { 0 };
        Account {
            privilege: (dial_in | described.callback.code()) as u8,
            by_policy: if described.by_policy { sys::RASPRIV2_DialinPolicy as u8 } else { 0 },
            number: described.number.clone(),
            // They are right: the scenario was checked.
            hours: described.hours.iter().filter_map(|text| hours::of_day(text)).flatten().collect(),
        }
    }

    /// Returns `true` at the hours at which the user may dial in.
    pub(crate) fn may_log_on(&self, now: Duration) -> bool {
        hours::include(&self.hours, now)
    }

    /// Returns when the hours that include this moment end, at once if none do. `None` without an end.
    pub(crate) fn hours_end(&self, now: Duration) -> Option<Duration> {
        hours::end(&self.hours, now)
    }

    /// Changes the settings.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for unknown privileges and for more than one kind of callback; then nothing was
    /// changed.
    pub(crate) fn set(&mut self, privilege: u8, by_policy: u8, number: String) -> Result<(), Code> {
        let callback = u32::from(privilege) & sys::RASPRIV_CallbackType;
        let known = sys::RASPRIV_CallbackType | sys::RASPRIV_DialinPrivilege;
        if u32::from(privilege) & !known != 0
            || callback.count_ones() > 1
            || u32::from(by_policy) & !sys::RASPRIV2_DialinPolicy != 0
        {
            return Err(ERROR_INVALID_PARAMETER);
        }
        (self.privilege, self.by_policy, self.number) = (privilege, by_policy, number);
        Ok(())
    }
}
