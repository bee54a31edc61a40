//! The stored configuration of a router, which its service starts with. The service does not have to run.

use std::cell::Cell;
use std::path::Path;
use std::ptr;

use mprapi_sys as sys;
use zeroize::Zeroizing;

use crate::buffer::Family;
use crate::disconnect::{Claimable, Kind, Session};
use crate::error::check;
use crate::input::{ServerName, terminated};
use crate::library::Library;
use crate::owner::Owner;
use crate::{Disconnect, DisconnectError, Error, HandleProblem, Mpr, Result, TransportId, WideString};

mod interface;
mod interface_transport;
mod name;
mod server;
mod transport;

pub use interface::{Stored, StoredInterface};
pub use interface_transport::{InterfaceTransport, InterfaceTransportHandle};
pub use transport::{Transport, TransportHandle};

/// A router's stored configuration, opened.
///
/// It owns the handle that `MprConfigServerConnect` gave. [`disconnect`](crate::disconnect) ends it and says whether
/// that was right; dropping it ends it all the same.
///
/// Handles of what is in it ([`InterfaceHandle`](crate::InterfaceHandle), [`TransportHandle`]) borrow it, and what takes away or reads anew
/// borrows it mutably, so none of them can be used after the thing it stands for is gone. It can move between threads
/// but not be shared: no page says that these functions may be called at the same time.
///
/// ```
/// # let simulation = mprapi_sim::Server::new("doc-configuration")
/// #     .interface(mprapi_sim::Interface::new("Ethernet 2", mprapi_sim::InterfaceKind::Dedicated)).start();
/// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
/// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
/// let configuration = mpr.configuration(Some("doc-configuration"))?;
/// for interface in &configuration.interfaces()? {
///     // A network adapter is stored under its GUID.
///     let name = interface.name().to_string();
///     match configuration.friendly_name(&name) {
///         Ok(friendly_name) => println!("{name}: {friendly_name}"),
///         Err(_) => println!("{name}"),
///     }
/// }
/// # assert!(configuration.guid_name("Ethernet 2").is_ok());
/// # Ok::<(), mprapi::Error>(())
/// ```
///
/// A handle of what was taken out does not compile:
///
/// ```compile_fail,E0502
/// # fn taken_out(mut configuration: mprapi::Configuration) -> mprapi::Result<()> {
/// let branch = configuration.interface("branch-2")?;
/// configuration.delete_interface("branch-2")?;
/// branch.transports()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Configuration {
    session: Session,
    /// `true` if a change since the last look needs a restart. (The `Cell` also keeps this value to one thread at a time.)
    restart_required: Cell<bool>,
}

impl Mpr {
    /// Opens the stored configuration of `server` (`None`: this machine).
    /// The C function is `MprConfigServerConnect`.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name with a NUL in it or one that is
    /// too long.
    #[doc(alias = "MprConfigServerConnect")]
    #[inline]
    pub fn configuration(&self, server: Option<&str>) -> Result<Configuration> {
        const FUNCTION: &str = "MprConfigServerConnect";
        let name = ServerName::new(FUNCTION, server)?;
        let session = Session::open(self, server, FUNCTION, Kind::Configuration, |table| {
            let mut handle = ptr::null_mut();
            // SAFETY: `name` is null or a terminated string, only read, and `handle` takes what is written.
            check(FUNCTION, unsafe { table.MprConfigServerConnect(name.as_ptr(), &mut handle) }, || server)?;
            Ok(handle)
        })?;
        Ok(Configuration { session, restart_required: Cell::new(false) })
    }

    /// Replaces the stored configuration of this machine's service by an initial one: transports, interfaces and the phone
    /// book are reset, and the machine is registered in its domain. The service is not
    /// started.
    /// The C function is `MprConfigServerInstall`.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied), or another code of the system's.
    #[doc(alias = "MprConfigServerInstall")]
    #[inline]
    pub fn install_configuration(&self) -> Result<()> {
        check(
            "MprConfigServerInstall",
            // SAFETY: both parameters are reserved, and this is what they have to be.
            unsafe { self.table.MprConfigServerInstall(0, ptr::null_mut()) },
            || None,
        )
    }
}

impl Configuration {
    /// Ends the connection, after a check that the handle is one to disconnect: [`disconnect`](crate::disconnect) as a
    /// method.
    /// The C function is `MprConfigServerDisconnect`.
    ///
    /// # Errors
    /// [`DisconnectError`], which says what is wrong with the handle and gives it back.
    #[inline]
    pub fn disconnect(self) -> std::result::Result<(), DisconnectError<Configuration>> {
        crate::disconnect(self)
    }

    /// Sets the preferred length of a page of an enumeration, in bytes. The default, `u32::MAX`, asks for everything at once.
    ///
    /// A library gives as many records a page as fit, at least one; the lists here still have all of them, read page by page.
    /// Shorter pages keep each call short. An enumeration of more than 4,096 pages is an error. This is the parameter
    /// `dwPrefMaxLen` of the C functions.
    #[inline]
    #[must_use]
    pub fn with_preferred_length(mut self, bytes: u32) -> Self {
        self.session.set_preferred_length(bytes);
        self
    }

    /// Returns the name that [`Mpr::configuration`] was given; `None` for this machine.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.session.server()
    }

    /// Returns the raw handle. This value still owns it.
    #[inline]
    pub fn as_raw(&self) -> sys::HANDLE {
        self.session.handle()
    }

    #[inline]
    pub(crate) fn table(&self) -> &Library {
        self.session.table()
    }

    /// Returns `true` if a change that was stored through this value since the last call of this method takes effect
    /// only after a restart.
    ///
    /// Every change of the stored configuration waits for the service to start. Some wait for the server to restart
    /// as well, such as more ports than the service was started for. The system then answers
    /// `ERROR_SUCCESS_REBOOT_REQUIRED` or `ERROR_SUCCESS_RESTART_REQUIRED`: the change is stored, so the method that
    /// made it answers `Ok`, and this one tells of the condition.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-restart").ports(mprapi_sim::Tunnel::Pptp, 1).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let configuration = mpr.configuration(Some("doc-restart"))?;
    /// let ports = configuration.server_info_at::<mprapi::sys::MPR_SERVER_2>()?;
    /// configuration.set_ports(&ports)?;
    /// if configuration.take_restart_required() {
    ///     println!("stored; restart the server for it to take effect");
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    #[inline]
    pub fn take_restart_required(&self) -> bool {
        self.restart_required.take()
    }

    /// The answer of a function that stores a change: success with a condition is success, and the condition is kept.
    #[inline]
    fn stored(
        &self,
        function: &'static str,
        answer: std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<()> {
        /// `ERROR_SUCCESS_REBOOT_REQUIRED`, `ERROR_SUCCESS_RESTART_REQUIRED`: of headers that the bindings do not cover.
        const REBOOT_REQUIRED: u32 = 3010;
        const RESTART_REQUIRED: u32 = 3011;
        match answer {
            Ok(REBOOT_REQUIRED | RESTART_REQUIRED) => {
                self.restart_required.set(true);
                Ok(())
            }
            answer => check(function, answer, || self.name()),
        }
    }

    /// Writes the configuration of router managers and interfaces and the phone book into a folder of the server, for
    /// [`restore`](Configuration::restore).
    /// The C function is `MprConfigServerBackup`; the backslash that it wants at
    /// the path's end is added where it is missing.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied),
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) for a folder that is not there,
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a path that is empty, longer than
    /// Windows has them (32,766 characters), has a NUL in it, or is, on other systems than Windows, no UTF-8.
    ///
    /// A path that holds unpaired surrogates, as paths of Windows may, is made by
    /// [`WideStr::to_os_string`](crate::WideStr::to_os_string).
    #[doc(alias = "MprConfigServerBackup")]
    #[inline]
    pub fn backup<P: AsRef<Path>>(&self, folder: P) -> Result<()> {
        const FUNCTION: &str = "MprConfigServerBackup";
        let mut path = folder_path(FUNCTION, folder.as_ref())?;
        check(
            FUNCTION,
            // SAFETY: the handle is open while `self` lives; the path is a terminated string, only read.
            unsafe { self.table().MprConfigServerBackup(self.as_raw(), path.as_mut_ptr()) },
            || self.name(),
        )
    }

    /// Puts back what [`backup`](Configuration::backup) wrote.
    /// The C function is `MprConfigServerRestore`.
    ///
    /// # Errors
    /// As [`backup`](Configuration::backup).
    #[doc(alias = "MprConfigServerRestore")]
    #[inline]
    pub fn restore<P: AsRef<Path>>(&mut self, folder: P) -> Result<()> {
        const FUNCTION: &str = "MprConfigServerRestore";
        let mut path = folder_path(FUNCTION, folder.as_ref())?;
        // SAFETY: as in `backup`.
        self.stored(FUNCTION, unsafe {
            self.table().MprConfigServerRestore(self.as_raw(), path.as_mut_ptr())
        })
    }

    /// Reads the configuration anew, and so sees the changes of others.
    /// The C function is `MprConfigServerRefresh`. Microsoft has no page about it.
    ///
    /// # Errors
    /// Codes of the system's; none is documented.
    #[doc(alias = "MprConfigServerRefresh")]
    #[inline]
    pub fn refresh(&mut self) -> Result<()> {
        // SAFETY: the handle is open while `self` lives, and nothing that was read through it is still held.
        check("MprConfigServerRefresh", unsafe { self.table().MprConfigServerRefresh(self.as_raw()) }, || {
            self.name()
        })
    }

    /// Returns `true` if the static filters of a transport are in force.
    /// The C function is `MprConfigFilterGetInfo`, level 0.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) for a transport that is not there,
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) before Windows Server 2008.
    #[doc(alias = "MprConfigFilterGetInfo")]
    #[doc(alias("MPR_FILTER_0"))]
    #[inline]
    pub fn filters_enabled(&self, transport: TransportId) -> Result<bool> {
        let mut filter = sys::MPR_FILTER_0::default();
        check(
            "MprConfigFilterGetInfo",
            // SAFETY: the handle is open while `self` lives; the record is the one of level 0 and takes what is written.
            // (The page has the caller free it, and is wrong: it is the caller's own.)
            unsafe {
                self.table().MprConfigFilterGetInfo(
                    self.as_raw(),
                    0,
                    transport.into(),
                    (&raw mut filter).cast(),
                )
            },
            || self.name(),
        )?;
        Ok(filter.fEnable != 0)
    }

    /// Puts the static filters of a transport into force, or out of it.
    /// The C function is `MprConfigFilterSetInfo`,
    /// level 0.
    ///
    /// # Errors
    /// As [`filters_enabled`](Configuration::filters_enabled).
    #[doc(alias = "MprConfigFilterSetInfo")]
    #[inline]
    pub fn set_filters_enabled(&self, transport: TransportId, enabled: bool) -> Result<()> {
        let mut filter = sys::MPR_FILTER_0 { fEnable: enabled.into() };
        // SAFETY: the handle is open while `self` lives; the record is the one of level 0.
        self.stored("MprConfigFilterSetInfo", unsafe {
            self.table().MprConfigFilterSetInfo(self.as_raw(), 0, transport.into(), (&raw mut filter).cast())
        })
    }

    /// The handle that a function gave of a thing in this configuration.
    #[inline]
    fn handle_of(
        &self,
        function: &'static str,
        get: impl FnOnce(
            &Library,
            sys::HANDLE,
            &mut sys::HANDLE,
        ) -> std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<sys::HANDLE> {
        let mut handle = ptr::null_mut();
        self.stored(function, get(self.table(), self.as_raw(), &mut handle))?;
        if handle.is_null() {
            return Err(Error::answer(function, "the handle of an object that was found is null"));
        }
        Ok(handle)
    }
}

/// A folder's path as the API wants it: UTF-16, a backslash at its end, terminated.
#[inline]
fn folder_path(function: &'static str, folder: &Path) -> Result<Zeroizing<Vec<u16>>> {
    let Some(path) = WideString::from_os_str(folder.as_os_str()) else {
        return Err(Error::argument(function, "the path is not UTF-8"));
    };
    if path.is_empty() {
        return Err(Error::argument(function, "the path is empty"));
    }
    let mut units = terminated!(function, &path, "the path", 32765)?;
    let (backslash, terminator) = (u16::from(b'\\'), units.len() - 1);
    if units[terminator - 1] != backslash {
        units.insert(terminator, backslash);
    }
    Ok(units)
}

impl Owner for Configuration {
    const FAMILY: Family = Family::CONFIG;
    const CONNECT: &'static str = "MprConfigServerConnect";

    #[inline]
    fn session(&self) -> &Session {
        &self.session
    }
}

impl Disconnect for Configuration {}

impl Claimable for Configuration {
    #[inline]
    fn claim(&self) -> std::result::Result<(), HandleProblem> {
        self.session.claim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_ends_with_one_backslash() {
        let path = |path: &str| {
            let units = folder_path("F", Path::new(path)).expect("a path");
            String::from_utf16(units.strip_suffix(&[0]).expect("terminated")).expect("text")
        };
        assert_eq!(path(r"C:\Backup"), r"C:\Backup\");
        assert_eq!(path(r"C:\Backup\"), r"C:\Backup\");
        assert_eq!(path(r"\"), r"\");
        assert_eq!(path(&"x".repeat(32_765)).len(), 32_766);
    }

    #[test]
    fn a_folder_may_have_any_units_in_its_name() {
        let name: Vec<u16> = "C:\\\u{1F980}".encode_utf16().chain([0xD800, b'x'.into(), 0xDC00]).collect();
        let folder = crate::WideStr::new(&name).to_os_string();
        let units = folder_path("F", Path::new(&folder)).expect("a path");
        assert_eq!(**units, [&name[..], &[b'\\'.into(), 0]].concat());
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf_8_is_refused() {
        use std::os::unix::ffi::OsStrExt as _;
        let utf_8 = |bytes| WideString::from_os_str(std::ffi::OsStr::from_bytes(bytes)).is_some();
        assert!(utf_8(b"a\xED\xA0\x80b"), "a surrogate");
        for bad in [&b"\xFF"[..], b"\xED\xA0", b"\xC0\x80", b"a\xED\xC0\x80", b"\xF4\x90\x80\x80"] {
            assert!(!utf_8(bad), "{bad:x?}");
            let error = folder_path("F", Path::new(std::ffi::OsStr::from_bytes(bad))).expect_err("refused");
            assert_eq!(error.kind(), crate::ErrorKind::InvalidArgument);
        }
    }

    #[test]
    fn a_path_that_cannot_be_one_is_refused() {
        for bad in ["", "a\0b", &"x".repeat(32_766)] {
            let error = folder_path("F", Path::new(bad)).expect_err("refused");
            assert_eq!(error.kind(), crate::ErrorKind::InvalidArgument);
        }
    }
}
