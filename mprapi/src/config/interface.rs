//! The interfaces that the router is configured to have.

use std::fmt;

use mprapi_sys::{self as sys, MPR_IF_CUSTOMINFOEX2, MPR_INTERFACE_0};

use super::Configuration;
use crate::input::terminated;
use crate::inside::Inside;
use crate::interface::{CustomInfo, GetInfo};
use crate::library::Library;
use crate::list::Record;
use crate::walk::Request;
use crate::{
    Error, Interface, InterfaceHandle, InterfaceInput, InterfaceOwner, InterfaceRecord, List, Result, Single,
    Text,
};

impl Configuration {
    /// Lists the interfaces: names, kinds, whether they are enabled.
    /// The C function is `MprConfigInterfaceEnum`, whose only
    /// level is 0; [`InterfaceHandle::info_at`] knows more of one.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfMemory`](crate::ErrorKind::OutOfMemory), or another code of the system's.
    #[doc(alias = "MprConfigInterfaceEnum")]
    #[inline]
    pub fn interfaces(&self) -> Result<List<'_, Stored<MPR_INTERFACE_0>>> {
        const FUNCTION: &str = "MprConfigInterfaceEnum";
        let page = |table: &Library, request: &mut Request| {
            // SAFETY: the handle is open while `self` lives; `request` takes what is written. No buffer goes in.
            unsafe {
                table.MprConfigInterfaceEnum(
                    self.as_raw(),
                    0,
                    &mut request.buffer,
                    request.longest,
                    &mut request.read,
                    &mut request.total,
                    &mut request.resume,
                )
            }
        };
        // SAFETY: `page` makes that one call, and level 0 has this record.
        unsafe { List::collect(self, FUNCTION, page) }
    }

    /// Finds the interface of this name (of a network adapter: its GUID in braces), to read or to change.
    /// The C function is `MprConfigInterfaceGetHandle`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface),
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name longer than 256 UTF-16 units or
    /// one with a NUL in it.
    #[doc(alias = "MprConfigInterfaceGetHandle")]
    #[inline]
    pub fn interface<N: Text + ?Sized>(&self, name: &N) -> Result<InterfaceHandle<'_, Configuration>> {
        Ok(InterfaceHandle { owner: self, handle: self.interface_handle(name)? })
    }

    #[inline]
    fn interface_handle<N: Text + ?Sized>(&self, name: &N) -> Result<sys::HANDLE> {
        const FUNCTION: &str = "MprConfigInterfaceGetHandle";
        let mut name = terminated!(FUNCTION, name, "the interface's name", 256)?;
        self.handle_of(FUNCTION, |table, configuration, handle| {
            // SAFETY: the handle is open while `self` lives, the name is terminated and only read, and `handle` takes
            // what is written.
            unsafe { table.MprConfigInterfaceGetHandle(configuration, name.as_mut_ptr(), handle) }
        })
    }

    /// Stores an interface.
    /// The C function is `MprConfigInterfaceCreate`.
    ///
    /// Microsoft's page lists the levels that a [`DemandDial`](crate::DemandDial) needs, and says all the same that
    /// they are not supported here: such an interface is made on the running server
    /// ([`Server::create_interface`](crate::Server::create_interface)), which writes the phone book, and then stored
    /// by [`InterfaceSettings`](crate::InterfaceSettings) of the same name.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`](crate::ErrorKind::AlreadyExists),
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for invalid settings.
    #[doc(alias = "MprConfigInterfaceCreate")]
    #[inline]
    pub fn create_interface<S: InterfaceInput>(
        &self,
        settings: &S,
    ) -> Result<InterfaceHandle<'_, Configuration>> {
        const FUNCTION: &str = "MprConfigInterfaceCreate";
        let handle = settings.pass(FUNCTION, |level, record| {
            self.handle_of(FUNCTION, |table, configuration, handle| {
                // SAFETY: the handle is open while `self` lives, `record` is the one of `level` and only read, and
                // `handle` takes what is written.
                unsafe { table.MprConfigInterfaceCreate(configuration, level, record, handle) }
            })
        })??;
        Ok(InterfaceHandle { owner: self, handle })
    }

    /// Takes the interface of this name out, with its transports.
    /// The C functions are `MprConfigInterfaceGetHandle`
    /// and `MprConfigInterfaceDelete`.
    ///
    /// # Errors
    /// As [`interface`](Configuration::interface).
    #[doc(alias = "MprConfigInterfaceDelete")]
    #[inline]
    pub fn delete_interface<N: Text + ?Sized>(&mut self, name: &N) -> Result<()> {
        let handle = self.interface_handle(name)?;
        // SAFETY: the handle was just given, and `self` is borrowed mutably: nobody has another handle of it.
        self.stored("MprConfigInterfaceDelete", unsafe {
            self.table().MprConfigInterfaceDelete(self.as_raw(), handle)
        })
    }
}

/// An interface of a stored configuration, as [`Configuration::interfaces`] lists it.
pub type StoredInterface<'l> = Interface<'l, MPR_INTERFACE_0, Configuration>;

/// A record of an interface that came from a configuration, not from a server.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Stored<R>(R);

impl<R> fmt::Debug for Stored<R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored").finish_non_exhaustive()
    }
}
impl<R: InterfaceRecord> Record for Stored<R> {
    type Owner = Configuration;
    type View<'l> = Interface<'l, R, Configuration>;

    #[inline]
    unsafe fn view<'l>(
        configuration: &'l Configuration,
        record: &'l Stored<R>,
        _: Inside,
    ) -> Interface<'l, R, Configuration> {
        Interface::new(configuration, &record.0)
    }

    #[inline]
    unsafe fn wipe(record: Stored<R>, _: Inside) {
        // SAFETY: passed on to the caller.
        unsafe { R::wipe(record.0, Inside(())) };
    }
}

impl InterfaceOwner for Configuration {}

impl GetInfo for Configuration {
    const GET_INFO: &'static str = GET_INFO;

    #[inline]
    fn read<R: InterfaceRecord, T>(
        interface: &InterfaceHandle<'_, Configuration>,
        look: impl FnOnce(Interface<'_, R, Configuration>) -> Result<T>,
    ) -> Result<T> {
        look(interface.info_at::<R>()?.get())
    }

    /// The page of the function knows one code for a level that is not there and for a handle that is not one.
    #[inline]
    fn lacks_level(error: &Error) -> bool {
        error.is_unsupported() || error.code() == Some(sys::ERROR_INVALID_PARAMETER)
    }
}

const GET_INFO: &str = "MprConfigInterfaceGetInfo";

impl<'c> InterfaceHandle<'c, Configuration> {
    /// Reads the interface's name, type, and whether it is enabled.
    /// The C function is `MprConfigInterfaceGetInfo`, level 0.
    ///
    /// # Errors
    /// As [`info_at`](InterfaceHandle::info_at).
    #[inline]
    pub fn info(&self) -> Result<Single<'c, Stored<MPR_INTERFACE_0>>> {
        self.info_at()
    }

    /// Reads the interface at the level of information named by its record, [`MPR_INTERFACE_0`] to
    /// [`MPR_INTERFACE_3`](sys::MPR_INTERFACE_3).
    /// The C function is `MprConfigInterfaceGetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when someone else took it out,
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) when the record is shorter than the level's.
    #[doc(alias = "MprConfigInterfaceGetInfo")]
    #[inline]
    pub fn info_at<R: InterfaceRecord>(&self) -> Result<Single<'c, Stored<R>>> {
        let call = |table: &Library, buffer: &mut sys::LPBYTE, size: &mut sys::DWORD| {
            // A library that says nothing says none.
            *size = 0;
            // SAFETY: the configuration's handle is open while it is borrowed, the interface's was given by it and
            // nothing was taken out since; both take what is written.
            unsafe {
                table.MprConfigInterfaceGetInfo(self.owner.as_raw(), self.handle, R::LEVEL, buffer, size)
            }
        };
        // SAFETY: `call` makes that one call, and `R` is the record of its level.
        unsafe { Single::fetch_sized(self.owner, GET_INFO, call) }
    }

    /// Changes what is stored of the interface. Of a [`DemandDial`](crate::DemandDial) the same holds as in
    /// [`Configuration::create_interface`].
    /// The C function is `MprConfigInterfaceSetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when someone else took it out,
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for settings that cannot be, and for an
    /// interface to a local network that is enabled.
    #[doc(alias = "MprConfigInterfaceSetInfo")]
    #[inline]
    pub fn set_info<S: InterfaceInput>(&self, settings: &S) -> Result<()> {
        const FUNCTION: &str = "MprConfigInterfaceSetInfo";
        let answer = settings.pass(FUNCTION, |level, record| {
            // SAFETY: the handles as in `info_at`; `record` is the one of `level` and only read.
            unsafe {
                self.owner.table().MprConfigInterfaceSetInfo(self.owner.as_raw(), self.handle, level, record)
            }
        })?;
        self.owner.stored(FUNCTION, answer)
    }
}

impl CustomInfo for Configuration {
    const GET_CUSTOM: &'static str = "MprConfigInterfaceGetCustomInfoEx";
    const SET_CUSTOM: &'static str = "MprConfigInterfaceSetCustomInfoEx";

    #[inline]
    unsafe fn custom_info(
        &self,
        interface: sys::HANDLE,
        record: &mut MPR_IF_CUSTOMINFOEX2,
    ) -> std::result::Result<u32, sys::MissingFunction> {
        // SAFETY: the configuration's handle is open; the interface and the record are the caller's promise, and the record
        // takes what is written.
        unsafe { self.table().MprConfigInterfaceGetCustomInfoEx(self.as_raw(), interface, record) }
    }

    #[inline]
    unsafe fn set_custom_info(
        &self,
        interface: sys::HANDLE,
        record: &mut MPR_IF_CUSTOMINFOEX2,
    ) -> Result<()> {
        // SAFETY: as above; the record is only read.
        self.stored(Self::SET_CUSTOM, unsafe {
            self.table().MprConfigInterfaceSetCustomInfoEx(self.as_raw(), interface, record)
        })
    }
}
