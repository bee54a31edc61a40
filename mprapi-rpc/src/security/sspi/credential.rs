//! The credential of an account.

use std::ptr::{null, null_mut};

use super::identity::{self, Identity, wide};
use super::secur32::{Functions, Handle};
use super::{status, wine};
use crate::security::{Account, Error};

/// A credential for clients.
const OUTBOUND: u32 = 2;

/// A credential of Windows, freed at its end.
pub(crate) struct Credential {
    functions: Functions,
    handle: Handle,
}

impl Credential {
    /// Prepares an account for SPNEGO, with Kerberos alone or NTLM alone. No domain controller is asked yet.
    ///
    /// # Errors
    /// If Windows does not have the package or the account, or its library cannot be loaded.
    pub(super) fn acquire(account: &Account) -> Result<Credential, Error> {
        Credential::of_package("Negotiate", account)
    }

    pub(super) fn of_package(package: &str, account: &Account) -> Result<Credential, Error> {
        const OPERATION: &str = "preparing the account";
        let functions = Functions::load()?;
        let (identity, package) = (Identity::new(account)?, wide(package)?);
        let (raw, mut handle, mut expiry) = (identity.raw(), Handle::default(), 0);
        // Without a list of packages it is each context that sees to the mechanism.
        let old = identity::old(&raw);
        let given = match &old {
            _ if !wine::is_here() => (&raw const raw).cast(),
            Some(old) => (&raw const *old).cast(),
            None => null(),
        };
        // SAFETY: the package's name ends with a zero, and `identity` owns all that the structure points to until after the
        // call, which copies it; null stands for the own principal, the own logon and no function for keys.
        let status = unsafe {
            (functions.acquire_credentials_handle)(
                null(),
                package.as_ptr(),
                OUTBOUND,
                null(),
                given,
                None,
                null_mut(),
                &mut handle,
                &mut expiry,
            )
        };
        if status == 0 {
            return Ok(Credential { functions, handle });
        }
        Err(status::logon(OPERATION, status, account.is_ntlm()))
    }

    /// Returns the functions of the library that has made this credential.
    pub(super) fn functions(&self) -> &Functions {
        &self.functions
    }

    /// Returns the handle, which this credential keeps.
    pub(super) fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Credential {
    fn drop(&mut self) {
        // SAFETY: the handle is this value's, and freed once. Contexts keep the credential as long as they use it.
        unsafe { (self.functions.free_credentials_handle)(&self.handle) };
    }
}
