//! Users' accounts.

use mprapi_sys as sys;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::scenario::User;

/// The settings of an account for remote access.
pub(crate) struct Account {
    pub(crate) privilege: u8,
    pub(crate) by_policy: u8,
    pub(crate) number: String,
}

impl Account {
    pub(crate) fn new(described: &User) -> Account {
        let dial_in = if described.may_dial_in { sys::RASPRIV_DialinPrivilege } else { 0 };
        Account {
            privilege: (dial_in | described.callback.code()) as u8,
            by_policy: if described.by_policy { sys::RASPRIV2_DialinPolicy as u8 } else { 0 },
            number: described.number.clone(),
        }
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
        *self = Account { privilege, by_policy, number };
        Ok(())
    }
}
