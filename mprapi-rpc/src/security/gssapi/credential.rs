//! A client's credential: a ticket, or a name and a password.

use std::ptr::null_mut;

use zeroize::{Zeroize as _, Zeroizing};

use super::advice::advised;
use super::library::{Buffer, CredentialHandle, Library, OidSet};
use super::name::Name;
use super::oid::{KERBEROS, NTLM, SPNEGO, USER};
use crate::security::{Account, Error};

/// The acquisition as errors name it.
const OPERATION: &str = "taking the credentials";

/// A credential of the library, freed at its end with all that belongs to it: a password and the tickets that it got are in
/// memory alone.
pub(crate) struct Credential {
    library: Library,
    handle: CredentialHandle,
}

// SAFETY: MIT and Heimdal lock the parts of a credential that change, and nothing else does.
unsafe impl Send for Credential {}
// SAFETY: as above.
unsafe impl Sync for Credential {}

impl Credential {
    /// Takes an account's credential. It is one of SPNEGO, which may negotiate one mechanism, so that no server talks a user of
    /// Kerberos down to NTLM.
    ///
    /// # Errors
    /// If the user has no ticket, the KDC refuses the password, or the system has no mechanism of the kind.
    pub(super) fn acquire(library: Library, account: &Account) -> Result<Credential, Error> {
        let mechanism = OidSet::of(if account.is_ntlm() { &NTLM } else { &KERBEROS });
        let of_spnego = || Credential::of(library, account, &OidSet::of(&SPNEGO));
        // SPNEGO says of any failure that it has no mechanism. The mechanism itself says why: with Kerberos it is asked first, so
        // that a wrong password is not tried twice.
        let credential = if account.is_ntlm() {
            of_spnego().or_else(|error| Credential::of(library, account, &mechanism).and(Err(error)))?
        } else {
            Credential::of(library, account, &mechanism)?;
            of_spnego()?
        };
        let mut minor = 0;
        let restrict = library.set_neg_mechs;
        // SAFETY: the credential is one of SPNEGO; the set is borrowed for the call and only read.
        let major = unsafe { restrict(&mut minor, credential.handle, &mechanism) };
        match major {
            0 => Ok(credential),
            _ => Err(advised(library.error(OPERATION, major, minor), account.is_ntlm())),
        }
    }

    /// Takes an account's credential of one mechanism.
    fn of(library: Library, account: &Account, mechanism: &OidSet) -> Result<Credential, Error> {
        const INITIATE: i32 = 1;
        const AS_LONG_AS_POSSIBLE: u32 = u32::MAX;
        let (mut minor, mut handle) = (0, null_mut());
        let major = match account {
            Account::Ticket => {
                let acquire = library.acquire_cred;
                // SAFETY: the set is borrowed for the call; null stands for the default name, and for values that are not
                // wanted.
                unsafe {
                    acquire(
                        &mut minor,
                        null_mut(),
                        AS_LONG_AS_POSSIBLE,
                        mechanism,
                        INITIATE,
                        &mut handle,
                        null_mut(),
                        null_mut(),
                    )
                }
            }
            Account::Password { user, password, .. } => {
                let name = Name::import(library, OPERATION, user, &USER)?;
                // gss-ntlmssp looks for a zero behind the password, whatever its length is.
                let terminated = Zeroizing::new([password.as_bytes(), &[0]].concat());
                let mut password = Buffer::reading(&terminated);
                password.length -= 1;
                let acquire = library.acquire_cred_with_password;
                // SAFETY: the name, the password and the set are borrowed for the call and only read; null stands for values
                // that are not wanted.
                unsafe {
                    acquire(
                        &mut minor,
                        name.handle(),
                        &mut password,
                        AS_LONG_AS_POSSIBLE,
                        mechanism,
                        INITIATE,
                        &mut handle,
                        null_mut(),
                        null_mut(),
                    )
                }
            }
        };
        overwrite_stack();
        let credential = Credential { library, handle };
        match major {
            0 => Ok(credential),
            _ => Err(advised(library.error(OPERATION, major, minor), account.is_ntlm())),
        }
    }

    /// Returns the handle, which this credential keeps.
    pub(super) fn handle(&self) -> CredentialHandle {
        self.handle
    }
}

/// Overwrites the stack that the library has just used. gss-ntlmssp leaves the password there, in UTF-16.
#[inline(never)]
fn overwrite_stack() {
    let mut room = [0_u8; 64 << 10];
    room.zeroize();
    std::hint::black_box(&room);
}

impl Drop for Credential {
    fn drop(&mut self) {
        if self.handle.is_null() {
            return;
        }
        let mut minor = 0;
        let release = self.library.release_cred;
        // SAFETY: the credential is this value's, and freed once.
        unsafe { release(&mut minor, &mut self.handle) };
    }
}
