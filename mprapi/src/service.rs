//! The service of a server, before one is connected to it: is it up, what do its errors say, which domain is it in.

use std::ptr;
use std::thread;
use std::time::{Duration, Instant};

use mprapi_sys as sys;

use crate::buffer;
use crate::error::check;
use crate::input::{ServerName, terminated};
use crate::{Mpr, Result, Server, Text, WideStr, WideString};

/// How long [`Mpr::wait_until_ready`] rests between two questions.
const PAUSE: Duration = Duration::from_millis(250);

impl Mpr {
    /// Returns `true` if the Routing and Remote Access service of `server` (`None`: this machine) has initialised.
    ///
    /// Unlike [`is_service_running`](Mpr::is_service_running) it says why it could not be asked.
    /// The C function is `MprAdminIsServiceInitialized`; it came with Windows Server 2008 R2.
    ///
    /// # Errors
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) where the service does not run,
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable),
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) on older systems, and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name with a NUL in it or one that is
    /// too long.
    #[doc(alias = "MprAdminIsServiceInitialized")]
    #[inline]
    pub fn is_service_initialized(&self, server: Option<&str>) -> Result<bool> {
        const FUNCTION: &str = "MprAdminIsServiceInitialized";
        let name = ServerName::new(FUNCTION, server)?;
        let mut initialized = 0;
        // SAFETY: `name` is null or a terminated string, only read; `initialized` takes what is written (the page
        // calls it an input, and is wrong).
        let answer =
            unsafe { self.table.named(server).MprAdminIsServiceInitialized(name.as_ptr(), &mut initialized) };
        check(FUNCTION, answer, || server)?;
        Ok(initialized != 0)
    }

    /// Connects to the service of `server` (`None`: this machine) when it answers, for up to `timeout`.
    ///
    /// After a start of the machine the service needs minutes until it does. Meanwhile it answers errors that are
    /// [transient](crate::Error::is_transient), such as `RPC_S_UNKNOWN_IF`, `RPC_S_SERVER_UNAVAILABLE` or
    /// `EPT_S_NOT_REGISTERED`. (So does one that is stopped and stays so.)
    /// The C functions are `MprAdminServerConnect` and, because that one does not ask the service,
    /// `MprAdminServerGetInfo`.
    ///
    /// A call that waits for an unreachable machine cannot be broken off, so the last one may end after the time.
    ///
    /// # Errors
    /// The service's last answer when the time is over, mostly [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) or
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable). An error that is not
    /// [transient](crate::Error::is_transient) ends the wait at once.
    #[inline]
    pub fn wait_until_ready(&self, server: Option<&str>, timeout: Duration) -> Result<Server> {
        let start = Instant::now();
        loop {
            let error = match self.connect(server).and_then(|server| server.info().map(|_| server)) {
                Ok(server) => return Ok(server),
                Err(error) => error,
            };
            let left = timeout.saturating_sub(start.elapsed());
            if !error.is_transient() || left.is_zero() {
                return Err(error);
            }
            thread::sleep(PAUSE.min(left));
        }
    }

    /// Returns the library's message for one of its error codes, in the language of this machine.
    ///
    /// [`Error`](crate::Error)'s text does without the library and is always in English.
    /// The C function is `MprAdminGetErrorString`.
    ///
    /// # Errors
    /// [`Error::code`](crate::Error::code) 317 (`ERROR_MR_MID_NOT_FOUND`) for a code that the library does not know.
    #[doc(alias = "MprAdminGetErrorString")]
    #[inline]
    pub fn error_text(&self, code: u32) -> Result<WideString> {
        const FUNCTION: &str = "MprAdminGetErrorString";
        let mut text = ptr::null_mut();
        // SAFETY: `text` takes what is written.
        check(FUNCTION, unsafe { self.table.MprAdminGetErrorString(code, &mut text) }, || None)?;
        // SAFETY: a successful call leaves a terminated string.
        let string = unsafe { buffer::string(FUNCTION, text) };
        // (A misaligned one is no allocator's.)
        if text.is_aligned() {
            // SAFETY: the string is the caller's to free, and nobody has it any more.
            unsafe { self.free_text(text) };
        }
        string
    }

    /// Gives back an error string. Microsoft's page says `LocalFree`, and it is the one that speaks of this string;
    /// a drop-in library for Windows can and must follow it, since the heap behind `LocalFree` is the process's.
    /// Where there is no `LocalFree`, the API's general function has its part.
    ///
    /// # Safety
    /// `text` must be null or a string that `MprAdminGetErrorString` gave and nobody freed.
    #[inline]
    unsafe fn free_text(&self, text: sys::LPWSTR) {
        #[cfg(windows)]
        {
            unsafe extern "system" {
                fn LocalFree(memory: *mut std::ffi::c_void) -> *mut std::ffi::c_void;
            }
            // SAFETY: passed on to the caller.
            let _ = unsafe { LocalFree(text.cast()) };
        }
        #[cfg(not(windows))]
        // SAFETY: passed on to the caller.
        let _ = unsafe { self.table.MprAdminBufferFree(text.cast()) };
    }

    /// Reads the name of the server that holds the user accounts for a domain or for a remote access server, with two
    /// backslashes before it: for [`user`](Mpr::user) and [`set_user`](Mpr::set_user). Either of the two may be left out,
    /// not both. For a server in a domain it is a domain controller, for one in none it is the server itself. Whether the
    /// server's name has two backslashes before it makes no difference.
    /// The C function is `MprAdminGetPDCServer`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) for an unknown domain,
    /// [`Error::code`](crate::Error::code) 2351 (`NERR_InvalidComputer`) for an unknown server, and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) when both are left out or a name has a NUL in
    /// it or is too long.
    #[doc(alias = "MprAdminGetPDCServer")]
    #[inline]
    pub fn pdc_server<D: Text + ?Sized>(
        &self,
        domain: Option<&D>,
        server: Option<&str>,
    ) -> Result<WideString> {
        const FUNCTION: &str = "MprAdminGetPDCServer";
        // The page asks for UNCLEN + 1, which is 18: two backslashes, a NetBIOS name, the terminator. The function is
        // not told the size, so there is room for any name that it might write instead.
        let mut answer = [0; 512];
        if domain.is_none() && server.is_none() {
            return Err(crate::Error::argument(FUNCTION, "neither a domain nor a server is given"));
        }
        let domain = domain.map(|name| terminated!(FUNCTION, name, "the domain name", 255)).transpose()?;
        let name = ServerName::new(FUNCTION, server)?.with_backslashes();
        let domain = domain.as_ref().map_or(ptr::null(), |domain| domain.as_ptr());
        check(
            FUNCTION,
            // SAFETY: both names are null or terminated strings, only read; `answer` has more room than the page asks for.
            unsafe {
                self.table.named(server).MprAdminGetPDCServer(domain, name.as_ptr(), answer.as_mut_ptr())
            },
            || server,
        )?;
        Ok(WideStr::from_array(&answer).to_owned())
    }

    /// Returns `true` if the machine is registered in the domain as a remote access server. Ask on a machine of a domain.
    /// The C function is `MprAdminIsDomainRasServer`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) for an unknown machine, and where this machine is in no
    /// domain; [`Error::code`](crate::Error::code) 8250 (`ERROR_DS_SERVER_DOWN`) for a domain that cannot be asked;
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for names with a NUL in them or too long.
    #[doc(alias = "MprAdminIsDomainRasServer")]
    #[inline]
    pub fn is_domain_ras_server<D: Text + ?Sized, M: Text + ?Sized>(
        &self,
        domain: &D,
        machine: &M,
    ) -> Result<bool> {
        const FUNCTION: &str = "MprAdminIsDomainRasServer";
        let mut domain = terminated!(FUNCTION, domain, "the domain name", 255)?;
        let mut machine = terminated!(FUNCTION, machine, "the machine name", 257)?;
        let mut registered = 0;
        check(
            FUNCTION,
            // SAFETY: both names are terminated strings, only read, and `registered` takes what is written.
            unsafe {
                self.table.MprAdminIsDomainRasServer(
                    domain.as_mut_ptr(),
                    machine.as_mut_ptr(),
                    &mut registered,
                )
            },
            || None,
        )?;
        Ok(registered != 0)
    }

    /// Registers the machine in the domain as a remote access server, or withdraws the registration. Call it on a
    /// machine of a domain.
    /// The C function is `MprAdminEstablishDomainRasServer`.
    ///
    /// # Errors
    /// As [`is_domain_ras_server`](Mpr::is_domain_ras_server);
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied) if the caller may not change the domain.
    #[doc(alias = "MprAdminEstablishDomainRasServer")]
    #[inline]
    pub fn establish_domain_ras_server<D: Text + ?Sized, M: Text + ?Sized>(
        &self,
        domain: &D,
        machine: &M,
        registered: bool,
    ) -> Result<()> {
        const FUNCTION: &str = "MprAdminEstablishDomainRasServer";
        let mut domain = terminated!(FUNCTION, domain, "the domain name", 255)?;
        let mut machine = terminated!(FUNCTION, machine, "the machine name", 257)?;
        check(
            FUNCTION,
            // SAFETY: both names are terminated strings, only read.
            unsafe {
                self.table.MprAdminEstablishDomainRasServer(
                    domain.as_mut_ptr(),
                    machine.as_mut_ptr(),
                    registered.into(),
                )
            },
            || None,
        )
    }
}
