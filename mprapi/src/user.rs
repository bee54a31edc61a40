//! The remote access settings of a user account.

use std::fmt;

use mprapi_sys::{self as sys, RAS_USER_0, RAS_USER_1};

use crate::enumeration::words;
use crate::error::check;
use crate::input::{ServerName, terminated};
use crate::list::Level;
use crate::{Mpr, Result, Text, WideStr};

impl Mpr {
    /// Reads a user's remote access settings, from the server that holds the accounts
    /// ([`pdc_server`](Mpr::pdc_server) names it; `None`: this machine).
    /// The C function is `MprAdminUserGetInfo`, level 1.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) for an unknown user,
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied),
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) on a system that knows [level 0](Mpr::user_at) only,
    /// and [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name with a NUL in it or one that
    /// is too long.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-user").user(mprapi_sim::User::new("alice")).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let mut alice = mpr.user(Some("doc-user"), "alice")?;
    /// alice.set_dial_in(mprapi::DialIn::Denied);
    /// mpr.set_user(Some("doc-user"), "alice", &alice)?;
    /// # assert_eq!(mpr.user(Some("doc-user"), "alice")?.dial_in(), mprapi::DialIn::Denied);
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    #[inline]
    pub fn user<N: Text + ?Sized>(&self, server: Option<&str>, name: &N) -> Result<User> {
        self.user_at(server, name)
    }

    /// Reads a user's remote access settings at the level named by its record: [`RAS_USER_0`] or [`RAS_USER_1`], which
    /// alone knows [`DialIn::ByPolicy`].
    /// The C function is `MprAdminUserGetInfo`.
    ///
    /// # Errors
    /// As [`user`](Mpr::user).
    #[doc(alias = "MprAdminUserGetInfo")]
    #[inline]
    pub fn user_at<R: UserRecord>(
        &self,
        server: Option<&str>,
        name: &(impl Text + ?Sized),
    ) -> Result<User<R>> {
        const FUNCTION: &str = "MprAdminUserGetInfo";
        let library = self.table.named(server);
        let server_name = ServerName::new(FUNCTION, server)?;
        let name = terminated!(FUNCTION, name, "the user name", 256)?;
        let mut record = R::default();
        check(
            FUNCTION,
            // SAFETY: the names are null or terminated strings, only read; `record` is the one of its level and takes what
            // is written.
            unsafe {
                library.MprAdminUserGetInfo(
                    server_name.as_ptr(),
                    name.as_ptr(),
                    R::LEVEL,
                    (&raw mut record).cast(),
                )
            },
            || server,
        )?;
        Ok(User(record))
    }

    /// Writes a user's remote access settings, at the level that they are of. Change what [`user`](Mpr::user) gave
    /// rather than start anew, or what other programs keep there is lost.
    /// The C function is `MprAdminUserSetInfo`.
    ///
    /// # Errors
    /// As [`user`](Mpr::user).
    #[doc(alias = "MprAdminUserSetInfo")]
    #[inline]
    pub fn set_user<R: UserRecord, N: Text + ?Sized>(
        &self,
        server: Option<&str>,
        name: &N,
        user: &User<R>,
    ) -> Result<()> {
        const FUNCTION: &str = "MprAdminUserSetInfo";
        let library = self.table.named(server);
        let server_name = ServerName::new(FUNCTION, server)?;
        let name = terminated!(FUNCTION, name, "the user name", 256)?;
        let mut record = user.0;
        check(
            FUNCTION,
            // SAFETY: the names are null or terminated strings, and the record is the one of its level; all are only read.
            unsafe {
                library.MprAdminUserSetInfo(
                    server_name.as_ptr(),
                    name.as_ptr(),
                    R::LEVEL,
                    (&raw mut record).cast(),
                )
            },
            || server,
        )
    }
}

/// A record of a user. Its type selects the level of information.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait UserRecord: Level + Copy + Default + HasRights {}

/// A user's remote access settings, at one level of information. The same settings may be written for several users.
#[derive(Clone, Copy)]
#[doc(alias("RAS_USER_0", "RAS_USER_1"))]
pub struct User<R = RAS_USER_1>(R);

/// A user's permission to dial in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum DialIn {
    /// Always.
    Allowed,
    /// Never.
    Denied,
    /// When the server's policies say so. Known at level 1 only.
    ByPolicy,
}

words! {
    DialIn {
        Allowed = "allow";
        Denied = "deny";
        ByPolicy = "policy";
    }
}

/// The way a server calls a user back, and the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Callback {
    /// No callback.
    No,
    /// At the number that the administrator set.
    AtSetNumber,
    /// At the number that the caller gives; the one set is a suggestion.
    AtCallersNumber,
    /// Another combination of the three bits of `RASPRIV_CallbackType`.
    Unknown(u8),
}

words! {
    Callback {
        No = "none";
        AtSetNumber = "number";
        AtCallersNumber = "caller";
    }
    Callback::Unknown(bits) => format!("unknown ({bits})")
}

const CALLBACK: u8 = sys::RASPRIV_CallbackType as u8;
const NO_CALLBACK: u8 = sys::RASPRIV_NoCallback as u8;
const AT_SET_NUMBER: u8 = sys::RASPRIV_AdminSetCallback as u8;
const AT_CALLERS_NUMBER: u8 = sys::RASPRIV_CallerSetCallback as u8;
const MAY_DIAL_IN: u8 = sys::RASPRIV_DialinPrivilege as u8;
const BY_POLICY: u8 = sys::RASPRIV2_DialinPolicy as u8;

impl UserRecord for RAS_USER_0 {}
impl UserRecord for RAS_USER_1 {}

impl Level for RAS_USER_0 {
    const LEVEL: u32 = 0;
}

impl Level for RAS_USER_1 {
    const LEVEL: u32 = 1;
}

/// The fields of both records.
pub(crate) trait HasRights {
    /// Returns `true` if the server's policies decide who may dial in.
    fn is_by_policy(&self) -> bool;
    fn parts(&self) -> (u8, &[u16; 129]);
    fn parts_mut(&mut self) -> (&mut u8, &mut [u16; 129]);
}

impl HasRights for RAS_USER_0 {
    #[inline]
    fn is_by_policy(&self) -> bool {
        false
    }

    #[inline]
    fn parts(&self) -> (u8, &[u16; 129]) {
        (self.bfPrivilege, &self.wszPhoneNumber)
    }

    #[inline]
    fn parts_mut(&mut self) -> (&mut u8, &mut [u16; 129]) {
        (&mut self.bfPrivilege, &mut self.wszPhoneNumber)
    }
}

impl HasRights for RAS_USER_1 {
    #[inline]
    fn is_by_policy(&self) -> bool {
        self.bfPrivilege2 & BY_POLICY != 0
    }

    #[inline]
    fn parts(&self) -> (u8, &[u16; 129]) {
        (self.bfPrivilege, &self.wszPhoneNumber)
    }

    #[inline]
    fn parts_mut(&mut self) -> (&mut u8, &mut [u16; 129]) {
        (&mut self.bfPrivilege, &mut self.wszPhoneNumber)
    }
}

impl<R: UserRecord> User<R> {
    /// Creates settings that allow neither dialling in nor callback. (This is no default: written for a user, it takes away
    /// what that user may do.)
    #[inline]
    pub fn denied() -> Self {
        let mut user = User(R::default());
        user.set_callback(Callback::No);
        user
    }

    /// Returns the permission to dial in: at level 0 allowed or denied, at level 1 also by policy.
    #[inline]
    pub fn dial_in(&self) -> DialIn {
        // If the policies decide, the other bit says nothing.
        if self.0.is_by_policy() {
            DialIn::ByPolicy
        } else if self.0.parts().0 & MAY_DIAL_IN != 0 {
            DialIn::Allowed
        } else {
            DialIn::Denied
        }
    }

    /// Returns the way the server calls the user back.
    #[inline]
    pub fn callback(&self) -> Callback {
        match self.0.parts().0 & CALLBACK {
            NO_CALLBACK => Callback::No,
            AT_SET_NUMBER => Callback::AtSetNumber,
            AT_CALLERS_NUMBER => Callback::AtCallersNumber,
            other => Callback::Unknown(other),
        }
    }

    /// Sets whether the server calls the user back. (Of an unknown value the three bits count.)
    #[inline]
    pub fn set_callback(&mut self, callback: Callback) {
        let bits = match callback {
            Callback::No => NO_CALLBACK,
            Callback::AtSetNumber => AT_SET_NUMBER,
            Callback::AtCallersNumber => AT_CALLERS_NUMBER,
            Callback::Unknown(bits) => bits & CALLBACK,
        };
        let (privilege, _) = self.0.parts_mut();
        *privilege = *privilege & !CALLBACK | bits;
    }

    /// Returns the number to call the user back at.
    #[inline]
    pub fn phone_number(&self) -> &WideStr {
        WideStr::from_array(self.0.parts().1)
    }

    /// Sets the number to call the user back at; at most 128 UTF-16 units. [`Mpr::set_user`] writes it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) when it is longer or has a NUL
    /// in it.
    #[inline]
    pub fn set_phone_number<N: Text + ?Sized>(&mut self, number: &N) -> Result<()> {
        let units = terminated!("MprAdminUserSetInfo", number, "the phone number", 128)?;
        let (_, phone_number) = self.0.parts_mut();
        phone_number[units.len()..].fill(0);
        phone_number[..units.len()].copy_from_slice(&units);
        Ok(())
    }
}

/// The bit of `bfPrivilege`.
#[inline]
fn with_dial_in(privilege: u8, allowed: bool) -> u8 {
    if allowed { privilege | MAY_DIAL_IN } else { privilege & !MAY_DIAL_IN }
}

impl<R> User<R> {
    /// Returns the raw record.
    #[inline]
    pub fn as_raw(&self) -> &R {
        &self.0
    }
}

impl<R: UserRecord> fmt::Debug for User<R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("dial_in", &self.dial_in())
            .field("callback", &self.callback())
            .field("phone_number", &self.phone_number())
            .finish()
    }
}

impl User<RAS_USER_0> {
    /// Sets whether the user may dial in.
    #[inline]
    pub fn set_may_dial_in(&mut self, allowed: bool) {
        self.0.bfPrivilege = with_dial_in(self.0.bfPrivilege, allowed);
    }
}

impl User<RAS_USER_1> {
    /// Sets whether the user may dial in.
    #[inline]
    pub fn set_dial_in(&mut self, dial_in: DialIn) {
        self.0.bfPrivilege = with_dial_in(self.0.bfPrivilege, dial_in == DialIn::Allowed);
        let by_policy = dial_in == DialIn::ByPolicy;
        self.0.bfPrivilege2 = self.0.bfPrivilege2 & !BY_POLICY | if by_policy { BY_POLICY } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_read_back_and_other_bits_stay() {
        for bits in 0..=u8::MAX {
            let raw = RAS_USER_1 { bfPrivilege: bits, bfPrivilege2: bits, ..RAS_USER_1::default() };
            for dial_in in [DialIn::Allowed, DialIn::Denied, DialIn::ByPolicy] {
                for callback in
                    [Callback::No, Callback::AtSetNumber, Callback::AtCallersNumber, Callback::Unknown(7)]
                {
                    let mut user = User(raw);
                    user.set_dial_in(dial_in);
                    user.set_callback(callback);
                    assert_eq!((user.dial_in(), user.callback()), (dial_in, callback));
                    assert_eq!(user.0.bfPrivilege & 0xF0, bits & 0xF0);
                    assert_eq!(user.0.bfPrivilege2 & 0xFE, bits & 0xFE);
                }
            }
        }
    }

    #[test]
    fn a_phone_number_fits_up_to_128_characters() {
        let mut user = User::<RAS_USER_0>::denied();
        user.set_phone_number(&"5".repeat(128)).expect("the longest");
        assert_eq!(user.phone_number().len(), 128);
        user.set_phone_number("1").expect("a short one");
        assert_eq!(*user.phone_number(), "1");
        let error = user.set_phone_number(&"5".repeat(129)).expect_err("too long");
        assert!(error.to_string().contains("128"), "{error}");
        assert!(user.set_phone_number("1\u{0}2").is_err());
        assert_eq!(*user.phone_number(), "1");
    }
}
