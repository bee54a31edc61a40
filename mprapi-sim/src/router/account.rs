//! Users' accounts.

use mprapi_sys as sys;

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
}
