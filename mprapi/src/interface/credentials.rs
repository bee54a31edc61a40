//! The credentials of a demand-dial interface: user name and password, EAP data, pre-shared key.

use std::fmt;
use std::ptr;

use mprapi_sys as sys;
use zeroize::Zeroizing;

use super::{InterfaceHandle, NAME};
use crate::buffer::{self, Buffer, Family};
use crate::error::check;
use crate::input::{Limit, ServerName, limit};
use crate::{Error, Mpr, PreSharedKey, Result, Text, WideStr};

/// The user name, domain and password that a demand-dial interface dials out with.
///
/// All of it is wiped when it is dropped, and `Debug` shows no password.
#[derive(Clone, Default)]
pub struct InterfaceCredentials {
    user_name: Option<Zeroizing<Vec<u16>>>,
    domain: Option<Zeroizing<Vec<u16>>>,
    password: Option<Zeroizing<Vec<u16>>>,
    problem: Option<&'static str>,
}

/// The parts' lengths are those of `lmcons.h`: `UNLEN`, `DNLEN`, `PWLEN`.
const USER_NAME: Limit = limit!("the user name", 256);
const DOMAIN: Limit = limit!("the domain", 15);
const PASSWORD: Limit = limit!("the password", 256);

impl InterfaceCredentials {
    /// Creates empty credentials. What is not added stays as it is on the server.
    #[inline]
    pub fn new() -> InterfaceCredentials {
        InterfaceCredentials::default()
    }

    #[inline]
    fn part<T: Text + ?Sized>(
        mut self,
        limit: &Limit,
        text: &T,
        part: impl FnOnce(&mut Self) -> &mut Option<Zeroizing<Vec<u16>>>,
    ) -> InterfaceCredentials {
        match limit.encode(text) {
            Ok(units) => *part(&mut self) = Some(units),
            Err(problem) => self.problem = self.problem.or(Some(problem)),
        }
        self
    }

    /// Sets the user name, of at most 256 UTF-16 units.
    #[must_use]
    #[inline]
    pub fn with_user_name<T: Text + ?Sized>(self, user_name: &T) -> InterfaceCredentials {
        self.part(&USER_NAME, user_name, |credentials| &mut credentials.user_name)
    }

    /// Sets the domain, of at most 15 UTF-16 units (its NetBIOS name).
    #[must_use]
    #[inline]
    pub fn with_domain<T: Text + ?Sized>(self, domain: &T) -> InterfaceCredentials {
        self.part(&DOMAIN, domain, |credentials| &mut credentials.domain)
    }

    /// Sets the password, of at most 256 UTF-16 units.
    #[must_use]
    #[inline]
    pub fn with_password<T: Text + ?Sized>(self, password: &T) -> InterfaceCredentials {
        self.part(&PASSWORD, password, |credentials| &mut credentials.password)
    }

    #[inline]
    fn text(part: &Option<Zeroizing<Vec<u16>>>) -> Option<&WideStr> {
        part.as_ref().map(|units| WideStr::from_array(units))
    }

    /// Returns the user name, if there is one.
    #[inline]
    pub fn user_name(&self) -> Option<&WideStr> {
        InterfaceCredentials::text(&self.user_name)
    }

    /// Returns the domain, if there is one.
    #[inline]
    pub fn domain(&self) -> Option<&WideStr> {
        InterfaceCredentials::text(&self.domain)
    }

    /// Returns the password, if there is one and it was asked for. Servers may keep the real one and answer something in
    /// its place.
    #[inline]
    pub fn password(&self) -> Option<&WideStr> {
        InterfaceCredentials::text(&self.password)
    }
}

impl fmt::Debug for InterfaceCredentials {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InterfaceCredentials")
            .field("user_name", &self.user_name())
            .field("domain", &self.domain())
            .finish_non_exhaustive()
    }
}

impl Mpr {
    /// Reads the user name and the domain with which the demand-dial interface of that name dials out. `None` is this
    /// machine. The password is not asked for and stays on the server; see
    /// [`interface_credentials_with_password`](Mpr::interface_credentials_with_password).
    /// The C function is `MprAdminInterfaceGetCredentials`, which needs no connection.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name that cannot be,
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) with the code `ERROR_CANNOT_FIND_PHONEBOOK_ENTRY` for an
    /// interface that does not dial.
    #[doc(alias = "MprAdminInterfaceGetCredentials")]
    #[inline]
    pub fn interface_credentials<N: Text + ?Sized>(
        &self,
        server: Option<&str>,
        interface: &N,
    ) -> Result<InterfaceCredentials> {
        self.read_interface_credentials(server, interface, false)
    }

    /// Reads the user name, the domain and the password with which the demand-dial interface of that name dials out.
    /// `None` is this machine.
    /// The C function is `MprAdminInterfaceGetCredentials`, which needs no connection.
    ///
    /// # Errors
    /// As [`interface_credentials`](Mpr::interface_credentials).
    #[inline]
    pub fn interface_credentials_with_password<N: Text + ?Sized>(
        &self,
        server: Option<&str>,
        interface: &N,
    ) -> Result<InterfaceCredentials> {
        self.read_interface_credentials(server, interface, true)
    }

    #[inline]
    fn read_interface_credentials<N: Text + ?Sized>(
        &self,
        server: Option<&str>,
        interface: &N,
        with_password: bool,
    ) -> Result<InterfaceCredentials> {
        const FUNCTION: &str = "MprAdminInterfaceGetCredentials";
        // The function is not told how long these are. The longest part has 256 units; all have room for that and
        // more.
        const ROOM: usize = 512;
        let library = self.table.named(server);
        let server_name = ServerName::new(FUNCTION, server)?;
        let mut interface = NAME.encode(interface).map_err(|problem| Error::argument(FUNCTION, problem))?;
        let [mut user_name, mut domain, mut password] = [(); 3].map(|()| Zeroizing::new(vec![0_u16; ROOM]));
        let password_or_null = if with_password { password.as_mut_ptr() } else { ptr::null_mut() };
        check(
            FUNCTION,
            // SAFETY: the names are null or terminated and only read; the buffers are longer than the function may fill,
            // and that of the password may be left out. Here the password comes before the domain.
            unsafe {
                library.MprAdminInterfaceGetCredentials(
                    server_name.as_ptr(),
                    interface.as_mut_ptr(),
                    user_name.as_mut_ptr(),
                    password_or_null,
                    domain.as_mut_ptr(),
                )
            },
            || server,
        )?;
        // A part that the interface does not have is an empty text.
        let part = |units: Zeroizing<Vec<u16>>| (units[0] != 0).then_some(units);
        Ok(InterfaceCredentials {
            user_name: part(user_name),
            domain: part(domain),
            password: part(password),
            problem: None,
        })
    }

    /// Sets the credentials with which the demand-dial interface of that name dials out. What is missing
    /// in `credentials` stays as it is. `None` is this machine.
    /// The C function is `MprAdminInterfaceSetCredentials`, which needs no
    /// connection.
    ///
    /// ```
    /// # use mprapi_sim::{Interface, InterfaceKind};
    /// # let simulation = mprapi_sim::Server::new("doc-credentials")
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use mprapi::InterfaceCredentials;
    ///
    /// let credentials = InterfaceCredentials::new()
    ///     .with_user_name("branch-2")
    ///     .with_domain("CORP")
    ///     .with_password("…");
    /// mpr.set_interface_credentials(Some("doc-credentials"), "branch-2", &credentials)?;
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for credentials that are too long or have a
    /// NUL in them, and for empty ones: the C function would remove those of the interface, for which there is
    /// [`remove_interface_credentials`](Mpr::remove_interface_credentials).
    #[doc(alias = "MprAdminInterfaceSetCredentials")]
    #[inline]
    pub fn set_interface_credentials<N: Text + ?Sized>(
        &self,
        server: Option<&str>,
        interface: &N,
        credentials: &InterfaceCredentials,
    ) -> Result<()> {
        let InterfaceCredentials { user_name, domain, password, problem } = credentials;
        if let Some(problem) = problem {
            return Err(Error::argument(SET_CREDENTIALS, problem));
        }
        if user_name.is_none() && domain.is_none() && password.is_none() {
            return Err(Error::argument(SET_CREDENTIALS, "no user name, domain or password is given"));
        }
        self.write_interface_credentials(server, interface, credentials)
    }

    /// Removes the credentials with which the demand-dial interface of that name dials out. `None` is this machine.
    /// The C function is `MprAdminInterfaceSetCredentials`, which needs no connection.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an invalid name.
    #[inline]
    pub fn remove_interface_credentials<N: Text + ?Sized>(
        &self,
        server: Option<&str>,
        interface: &N,
    ) -> Result<()> {
        self.write_interface_credentials(server, interface, &InterfaceCredentials::new())
    }

    #[inline]
    fn write_interface_credentials<N: Text + ?Sized>(
        &self,
        server: Option<&str>,
        interface: &N,
        credentials: &InterfaceCredentials,
    ) -> Result<()> {
        let library = self.table.named(server);
        let server_name = ServerName::new(SET_CREDENTIALS, server)?;
        let mut interface =
            NAME.encode(interface).map_err(|problem| Error::argument(SET_CREDENTIALS, problem))?;
        // A copy, which is wiped too: the header lets the library write to what it is given.
        let InterfaceCredentials { mut user_name, mut domain, mut password, .. } = credentials.clone();
        let part = |part: &mut Option<Zeroizing<Vec<u16>>>| {
            part.as_mut().map_or(ptr::null_mut(), |units| units.as_mut_ptr())
        };
        check(
            SET_CREDENTIALS,
            // SAFETY: each text is null or terminated, and ours. Here the domain comes before the password.
            unsafe {
                library.MprAdminInterfaceSetCredentials(
                    server_name.as_ptr(),
                    interface.as_mut_ptr(),
                    part(&mut user_name),
                    part(&mut domain),
                    part(&mut password),
                )
            },
            || server,
        )
    }
}

const SET_CREDENTIALS: &str = "MprAdminInterfaceSetCredentials";

/// Bytes that nobody should see: wiped when they are dropped, and not shown by `Debug`.
#[derive(Clone)]
#[doc(alias("MPR_CREDENTIALSEX_0"))]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Creates a secret of these bytes, which this value then owns.
    #[inline]
    pub fn new(bytes: Vec<u8>) -> Secret {
        Secret(Zeroizing::new(bytes))
    }

    /// Returns the bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The levels of the `CredentialsEx` functions. Their records are one and the same but for the name.
#[derive(Clone, Copy)]
enum Level {
    Eap = 0,
    PreSharedKey = 1,
}

const _: () = {
    use std::mem::offset_of;
    use sys::{MPR_CREDENTIALSEX_0 as Eap, MPR_CREDENTIALSEX_1 as PreSharedKey};
    assert!(offset_of!(Eap, dwSize) == offset_of!(PreSharedKey, dwSize));
    assert!(offset_of!(Eap, lpbCredentialsInfo) == offset_of!(PreSharedKey, lpbCredentialsInfo));
    assert!(size_of::<Eap>() == size_of::<PreSharedKey>());
};

impl InterfaceHandle<'_> {
    /// Reads the data with which the interface authenticates by EAP, which its EAP method gives a meaning to; `None` if
    /// there are none.
    /// The C function is `MprAdminInterfaceGetCredentialsEx`, level 0.
    ///
    /// # Errors
    /// Those of every call with an [`InterfaceHandle`].
    #[inline]
    pub fn eap_credentials(&self) -> Result<Option<Secret>> {
        let data = self.credentials_ex(Level::Eap)?;
        Ok((!data.is_empty()).then_some(Secret(data)))
    }

    /// Sets the data with which the interface authenticates by EAP; no bytes are none.
    /// The C function is `MprAdminInterfaceSetCredentialsEx`, level 0.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for more than a mebibyte.
    #[inline]
    pub fn set_eap_credentials(&self, data: &[u8]) -> Result<()> {
        self.set_credentials_ex(Level::Eap, data)
    }

    /// Reads the interface's pre-shared key, in the encrypted form in which servers give it out; `None` if there is none.
    /// The C function is `MprAdminInterfaceGetCredentialsEx`, level 1.
    ///
    /// # Errors
    /// Those of every call with an [`InterfaceHandle`]. Some servers answer an error where there is no key; the
    /// specification (MS-RRASM 3.1.4.42) does not say which.
    #[doc(alias = "MprAdminInterfaceGetCredentialsEx")]
    #[inline]
    pub fn pre_shared_key(&self) -> Result<Option<PreSharedKey>> {
        let mut key = self.credentials_ex(Level::PreSharedKey)?;
        Ok((!key.is_empty()).then(|| PreSharedKey::new(std::mem::take(&mut *key))))
    }

    /// Sets the interface's pre-shared key.
    /// The C function is `MprAdminInterfaceSetCredentialsEx`, level 1.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a key that is empty or longer than a
    /// mebibyte.
    #[doc(alias = "MprAdminInterfaceSetCredentialsEx")]
    #[inline]
    pub fn set_pre_shared_key(&self, key: &PreSharedKey) -> Result<()> {
        if key.as_bytes().is_empty() {
            return Err(Error::argument(SET_EX, "the key is empty; `remove_pre_shared_key` removes a key"));
        }
        self.set_credentials_ex(Level::PreSharedKey, key.as_bytes())
    }

    /// Removes the interface's pre-shared key.
    /// The C function is `MprAdminInterfaceSetCredentialsEx`, level 1, with
    /// a size of 0.
    ///
    /// # Errors
    /// Those of every call with an [`InterfaceHandle`].
    #[inline]
    pub fn remove_pre_shared_key(&self) -> Result<()> {
        self.set_credentials_ex(Level::PreSharedKey, &[])
    }

    /// None are no bytes.
    #[inline]
    fn credentials_ex(&self, level: Level) -> Result<Zeroizing<Vec<u8>>> {
        const FUNCTION: &str = "MprAdminInterfaceGetCredentialsEx";
        let table = self.owner.table();
        let mut buffer = ptr::null_mut();
        check(
            FUNCTION,
            // SAFETY: the server's handle is open while it is borrowed; an interface's handle is a number the server
            // checks. `buffer` takes what is written.
            unsafe {
                table.MprAdminInterfaceGetCredentialsEx(
                    self.owner.as_raw(),
                    self.handle,
                    level as u32,
                    &mut buffer,
                )
            },
            || self.owner.name(),
        )?;
        // SAFETY: a successful call answers one record, the same at both levels, which any bits make.
        let buffer: Buffer<'_, sys::MPR_CREDENTIALSEX_0> =
            unsafe { Buffer::one(table, FUNCTION, Family::ADMIN, buffer.cast()) }?;
        let record = buffer.record();
        // SAFETY: the bytes lie in the record's own buffer, which is there until `buffer` is dropped, and ours alone.
        unsafe { buffer::secret(FUNCTION, record.lpbCredentialsInfo, record.dwSize, LONGEST) }
    }

    #[inline]
    fn set_credentials_ex(&self, level: Level, bytes: &[u8]) -> Result<()> {
        if bytes.len() > LONGEST as usize {
            return Err(Error::argument(SET_EX, "the credentials are longer than a mebibyte"));
        }
        // A copy, which is wiped: the header lets the library write to what it is given.
        let mut copy = Zeroizing::new(bytes.to_vec());
        let mut record = sys::MPR_CREDENTIALSEX_0 {
            dwSize: bytes.len() as u32,
            lpbCredentialsInfo: if copy.is_empty() { ptr::null_mut() } else { copy.as_mut_ptr() },
        };
        check(
            SET_EX,
            // SAFETY: as in `credentials_ex`; the record is the same at both levels, and with its bytes ours.
            unsafe {
                self.owner.table().MprAdminInterfaceSetCredentialsEx(
                    self.owner.as_raw(),
                    self.handle,
                    level as u32,
                    (&raw mut record).cast(),
                )
            },
            || self.owner.name(),
        )
    }
}

/// More than any credentials: a guard against a size that is none.
const LONGEST: u32 = 1 << 20;

const SET_EX: &str = "MprAdminInterfaceSetCredentialsEx";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_password_and_no_key() {
        let credentials =
            InterfaceCredentials::new().with_user_name("u").with_domain("d").with_password("hunter2");
        assert!(credentials.password().is_some_and(|password| *password == *"hunter2"));
        assert!(!format!("{credentials:?}").contains("hunter2"));
        let secret = Secret(Zeroizing::new(vec![83, 69]));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
