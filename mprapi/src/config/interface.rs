//! The interfaces that the router is configured to have.

use std::fmt;

use mprapi_sys::{self as sys, MPR_INTERFACE_0, MPR_INTERFACE_1, MPR_INTERFACE_2, MPR_INTERFACE_3, Mprapi};

use super::Configuration;
use crate::error::check;
use crate::list::{EVERYTHING, Record, Request, sealed};
use crate::wide::terminated;
use crate::{Error, InterfaceType, List, Result, Single, WideStr};

impl Configuration {
    /// The interfaces: names, kinds, whether they are enabled. The C function is `MprConfigInterfaceEnum`, whose only
    /// level is 0; [`InterfaceHandle::info_at`] knows more of one.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfMemory`](crate::ErrorKind::OutOfMemory), or another code of the system's.
    pub fn interfaces(&self) -> Result<List<'_, Stored<MPR_INTERFACE_0>>> {
        const FUNCTION: &str = "MprConfigInterfaceEnum";
        let page = |table: &Mprapi, request: &mut Request<Stored<MPR_INTERFACE_0>>| {
            // SAFETY: the handle is open while `self` lives; `request` takes what is written. No buffer goes in.
            unsafe {
                table.MprConfigInterfaceEnum(
                    self.as_raw(),
                    0,
                    (&raw mut request.buffer).cast(),
                    EVERYTHING,
                    &mut request.read,
                    &mut request.total,
                    &mut request.resume,
                )
            }
        };
        // SAFETY: `page` makes that one call, and level 0 has this record.
        unsafe { List::collect(self, FUNCTION, page) }
    }

    /// The interface of this name (of a local network's: its GUID name), to read or to change.
    /// The C function is `MprConfigInterfaceGetHandle`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface),
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name longer than 256 characters or one
    /// with a NUL in it.
    pub fn interface(&self, name: &str) -> Result<InterfaceHandle<'_>> {
        Ok(InterfaceHandle { configuration: self, handle: self.interface_handle(name)? })
    }

    pub(super) fn interface_handle(&self, name: &str) -> Result<sys::HANDLE> {
        const FUNCTION: &str = "MprConfigInterfaceGetHandle";
        let name = terminated!(FUNCTION, name, "interface name", 256)?;
        self.handle_of(FUNCTION, |table, configuration, handle| {
            // SAFETY: the handle is open while `self` lives, the name is terminated and only read, and `handle` takes
            // what is written.
            unsafe { table.MprConfigInterfaceGetHandle(configuration, name.as_ptr().cast_mut(), handle) }
        })
    }

    /// Adds an interface. The C function is `MprConfigInterfaceCreate`, level 0.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`](crate::ErrorKind::AlreadyExists),
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name longer than 256 characters or one
    /// with a NUL in it.
    pub fn create_interface(
        &self,
        name: &str,
        interface_type: InterfaceType,
        enabled: bool,
    ) -> Result<InterfaceHandle<'_>> {
        const FUNCTION: &str = "MprConfigInterfaceCreate";
        let units = terminated!(FUNCTION, name, "interface name", 256)?;
        let mut record = MPR_INTERFACE_0 {
            fEnabled: enabled.into(),
            dwIfType: interface_type.into(),
            ..MPR_INTERFACE_0::default()
        };
        record.wszInterfaceName[..units.len()].copy_from_slice(&units);
        let handle = self.handle_of(FUNCTION, |table, configuration, handle| {
            // SAFETY: the handle is open while `self` lives, the record is the one of level 0, and `handle` takes what
            // is written.
            unsafe { table.MprConfigInterfaceCreate(configuration, 0, (&raw mut record).cast(), handle) }
        })?;
        Ok(InterfaceHandle { configuration: self, handle })
    }

    /// Takes the interface of this name out, with its transports. The C functions are `MprConfigInterfaceGetHandle`
    /// and `MprConfigInterfaceDelete`.
    ///
    /// # Errors
    /// As [`interface`](Configuration::interface).
    pub fn delete_interface(&mut self, name: &str) -> Result<()> {
        let handle = self.interface_handle(name)?;
        // SAFETY: the handle was just given, and `self` is borrowed mutably: nobody has another handle of it.
        check("MprConfigInterfaceDelete", unsafe {
            self.table().MprConfigInterfaceDelete(self.as_raw(), handle)
        })
    }
}

/// A record of an interface that came from a configuration, not from a server.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Stored<R>(R);

impl<R> fmt::Debug for Stored<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored").finish_non_exhaustive()
    }
}

/// A record of an interface; naming it says which level of information is wanted.
pub trait InterfaceRecord: private::Sealed + Copy + 'static {
    #[doc(hidden)]
    const LEVEL: u32;
}

mod private {
    pub trait Sealed {}
}

macro_rules! records {
    ($($record:ident => $level:literal;)+) => {
        $(
            impl private::Sealed for $record {}

            impl InterfaceRecord for $record {
                const LEVEL: u32 = $level;
            }

            impl<'l> Interface<'l, $record> {
                /// The interface's name; of a local network's, its GUID name.
                pub fn name(&self) -> &'l WideStr {
                    WideStr::from_array(&self.record.wszInterfaceName)
                }

                /// What it connects to.
                pub fn interface_type(&self) -> InterfaceType {
                    self.record.dwIfType.into()
                }

                /// Whether an administrator left it enabled.
                pub fn is_enabled(&self) -> bool {
                    self.record.fEnabled != 0
                }

                /// The interface, to read more of it or to change it.
                pub fn handle(&self) -> InterfaceHandle<'l> {
                    InterfaceHandle { configuration: self.configuration, handle: self.record.hInterface }
                }
            }

            impl fmt::Debug for Interface<'_, $record> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_struct("Interface")
                        .field("name", &self.name())
                        .field("interface_type", &self.interface_type())
                        .field("is_enabled", &self.is_enabled())
                        .finish_non_exhaustive()
                }
            }
        )+
    };
}

records! {
    MPR_INTERFACE_0 => 0;
    MPR_INTERFACE_1 => 1;
    MPR_INTERFACE_2 => 2;
    MPR_INTERFACE_3 => 3;
}

impl<R: InterfaceRecord> sealed::Sealed for Stored<R> {}

impl<R: InterfaceRecord> Record for Stored<R> {
    type Owner = Configuration;
    type View<'l> = Interface<'l, R>;

    fn view<'l>(configuration: &'l Configuration, record: &'l Stored<R>) -> Interface<'l, R> {
        Interface { configuration, record: &record.0 }
    }
}

/// An interface of a configuration, at one level of information.
///
/// It borrows the API's own record; nothing is copied.
pub struct Interface<'l, R = MPR_INTERFACE_0> {
    configuration: &'l Configuration,
    record: &'l R,
}

impl<R> Clone for Interface<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Interface<'_, R> {}

impl<R> Interface<'_, R> {
    /// The raw record.
    pub fn as_raw(&self) -> &R {
        self.record
    }
}

/// An interface of a configuration, to read or to change.
///
/// It borrows its configuration, so it cannot be used after a disconnect, or after anything was taken out.
#[derive(Clone, Copy, Debug)]
pub struct InterfaceHandle<'c> {
    pub(super) configuration: &'c Configuration,
    pub(super) handle: sys::HANDLE,
}

impl<'c> InterfaceHandle<'c> {
    /// Name, kind, whether it is enabled. The C function is `MprConfigInterfaceGetInfo`, level 0.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when someone else took it out.
    pub fn info(&self) -> Result<Single<'c, Stored<MPR_INTERFACE_0>>> {
        self.info_at()
    }

    /// The interface at the level of information named by its record, [`MPR_INTERFACE_0`] to [`MPR_INTERFACE_3`].
    /// The C function is `MprConfigInterfaceGetInfo`.
    ///
    /// # Errors
    /// As [`info`](InterfaceHandle::info).
    pub fn info_at<R: InterfaceRecord>(&self) -> Result<Single<'c, Stored<R>>> {
        const FUNCTION: &str = "MprConfigInterfaceGetInfo";
        let mut size = 0;
        let call = |table: &Mprapi, buffer: &mut sys::LPBYTE| {
            // SAFETY: the configuration's handle is open while it is borrowed, the interface's was given by it and
            // nothing was taken out since; both take what is written.
            unsafe {
                table.MprConfigInterfaceGetInfo(
                    self.configuration.as_raw(),
                    self.handle,
                    R::LEVEL,
                    buffer,
                    &mut size,
                )
            }
        };
        // SAFETY: `call` makes that one call, and `R` is the record of its level.
        let single = unsafe { Single::fetch(self.configuration, FUNCTION, call) }?;
        if (size as usize) < size_of::<R>() {
            return Err(Error::answer(FUNCTION, "its record is shorter than those of this level"));
        }
        Ok(single)
    }

    /// Enables or disables the interface: reads its record of level 0 and writes it back.
    /// The C functions are `MprConfigInterfaceGetInfo` and `MprConfigInterfaceSetInfo`.
    ///
    /// # Errors
    /// As [`info`](InterfaceHandle::info); [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an
    /// interface to a local network, which cannot be changed while it is enabled.
    pub fn set_enabled(&self, enabled: bool) -> Result<()> {
        let mut record = *self.info()?.get().as_raw();
        record.fEnabled = enabled.into();
        // SAFETY: the handles as in `info_at`; the record is the one of level 0, which points nowhere.
        check("MprConfigInterfaceSetInfo", unsafe {
            self.configuration.table().MprConfigInterfaceSetInfo(
                self.configuration.as_raw(),
                self.handle,
                0,
                (&raw mut record).cast(),
            )
        })
    }
}
