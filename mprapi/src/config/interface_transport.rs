//! The transports that an interface is configured to carry.

use std::fmt;
use std::ptr;

use mprapi_sys::{self as sys, MPR_IFTRANSPORT_0};

use super::Configuration;
use crate::buffer::{Buffer, Family};
use crate::error::check;
use crate::input::terminated;
use crate::inside::Inside;
use crate::library::Library;
use crate::list::Record;
use crate::transport::{Argument, info_block};
use crate::walk::Request;
use crate::{InfoBlockBuf, InterfaceHandle, List, Result, Text, TransportId, WideStr};

impl<'c> InterfaceHandle<'c, Configuration> {
    /// Lists the transports on this interface.
    /// The C function is `MprConfigInterfaceTransportEnum`, level 0.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when someone else took the interface out.
    #[doc(alias = "MprConfigInterfaceTransportEnum")]
    #[inline]
    pub fn transports(&self) -> Result<List<'c, MPR_IFTRANSPORT_0>> {
        const FUNCTION: &str = "MprConfigInterfaceTransportEnum";
        let page = |table: &Library, request: &mut Request| {
            // SAFETY: the configuration's handle is open while it is borrowed, the interface's was given by it and
            // nothing was taken out since; `request` takes what is written. No buffer goes in.
            unsafe {
                table.MprConfigInterfaceTransportEnum(
                    self.owner.as_raw(),
                    self.handle,
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
        unsafe { List::collect(self.owner, FUNCTION, page) }
    }

    /// Finds a transport on this interface, to read or to change.
    /// The C function is `MprConfigInterfaceTransportGetHandle`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface), which this function also answers for an
    /// interface that does not have the transport.
    #[doc(alias = "MprConfigInterfaceTransportGetHandle")]
    #[inline]
    pub fn transport(&self, id: TransportId) -> Result<InterfaceTransportHandle<'c>> {
        let handle = self.owner.handle_of(
            "MprConfigInterfaceTransportGetHandle",
            |table, configuration, handle| {
                // SAFETY: the handles as in `transports`; `handle` takes what is written.
                unsafe {
                    table.MprConfigInterfaceTransportGetHandle(configuration, self.handle, id.into(), handle)
                }
            },
        )?;
        Ok(InterfaceTransportHandle { interface: *self, handle })
    }

    /// Adds a transport to this interface, or changes one that is there. Without a name it has the transport's.
    /// The C function is `MprConfigInterfaceTransportAdd`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name longer than 40 characters or one
    /// with a NUL in it, or another code of the system's.
    #[doc(alias = "MprConfigInterfaceTransportAdd")]
    #[inline]
    pub fn add_transport<N: Text + ?Sized>(
        &self,
        id: TransportId,
        name: Option<&N>,
        info: &InfoBlockBuf,
    ) -> Result<InterfaceTransportHandle<'c>> {
        const FUNCTION: &str = "MprConfigInterfaceTransportAdd";
        let mut name = name.map(|name| terminated!(FUNCTION, name, "the transport name", 40)).transpose()?;
        let mut info = Argument::new(Some(info));
        let handle = self.owner.handle_of(FUNCTION, |table, configuration, handle| {
            // SAFETY: the handles as in `transports`; the name is null or terminated and the block of its size, both
            // only read; `handle` takes what is written.
            unsafe {
                table.MprConfigInterfaceTransportAdd(
                    configuration,
                    self.handle,
                    id.into(),
                    name.as_mut().map_or(ptr::null_mut(), |name| name.as_mut_ptr()),
                    info.as_mut_ptr(),
                    info.size,
                    handle,
                )
            }
        })?;
        Ok(InterfaceTransportHandle { interface: *self, handle })
    }
}

impl Configuration {
    /// Takes a transport off the interface of this name.
    /// The C functions are `MprConfigInterfaceGetHandle`,
    /// `MprConfigInterfaceTransportGetHandle` and `MprConfigInterfaceTransportRemove`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface), also for an interface that does not have the
    /// transport.
    #[doc(alias = "MprConfigInterfaceTransportRemove")]
    #[inline]
    pub fn remove_interface_transport<N: Text + ?Sized>(
        &mut self,
        interface: &N,
        id: TransportId,
    ) -> Result<()> {
        let transport = self.interface(interface)?.transport(id)?;
        // SAFETY: the handles were just given, and `self` is borrowed mutably: nobody has others of them.
        self.stored("MprConfigInterfaceTransportRemove", unsafe {
            self.table().MprConfigInterfaceTransportRemove(
                self.as_raw(),
                transport.interface.handle,
                transport.handle,
            )
        })
    }
}
impl Record for MPR_IFTRANSPORT_0 {
    type Owner = Configuration;
    type View<'l> = InterfaceTransport<'l>;

    #[inline]
    unsafe fn view<'l>(
        _: &'l Configuration,
        record: &'l MPR_IFTRANSPORT_0,
        _: Inside,
    ) -> InterfaceTransport<'l> {
        InterfaceTransport { record }
    }
}

/// A transport on an interface, in a list. [`InterfaceHandle::transport`] with its [`id`](InterfaceTransport::id)
/// leads to its settings.
///
/// It borrows the API's own record; nothing is copied.
#[derive(Clone, Copy)]
#[doc(alias("MPR_IFTRANSPORT_0"))]
pub struct InterfaceTransport<'l> {
    record: &'l MPR_IFTRANSPORT_0,
}

impl<'l> InterfaceTransport<'l> {
    /// Returns the number of the transport.
    #[inline]
    pub fn id(&self) -> TransportId {
        self.record.dwTransportId.into()
    }

    /// Returns the name of the transport.
    #[inline]
    pub fn name(&self) -> &'l WideStr {
        WideStr::from_array(&self.record.wszIfTransportName)
    }

    /// Returns the raw record.
    #[inline]
    pub fn as_raw(&self) -> &'l MPR_IFTRANSPORT_0 {
        self.record
    }
}

impl fmt::Debug for InterfaceTransport<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InterfaceTransport").field("id", &self.id()).field("name", &self.name()).finish()
    }
}

/// A transport on an interface, to read or to change.
///
/// It borrows its configuration, so it cannot be used after a disconnect, or after anything was taken out.
#[derive(Clone, Copy, Debug)]
pub struct InterfaceTransportHandle<'c> {
    interface: InterfaceHandle<'c, Configuration>,
    handle: sys::HANDLE,
}

impl InterfaceTransportHandle<'_> {
    /// Reads the settings, if there are any.
    /// The C function is `MprConfigInterfaceTransportGetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when someone else took the interface or the
    /// transport out, [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) when the block is malformed.
    #[doc(alias = "MprConfigInterfaceTransportGetInfo")]
    #[inline]
    pub fn info(&self) -> Result<Option<InfoBlockBuf>> {
        const FUNCTION: &str = "MprConfigInterfaceTransportGetInfo";
        let configuration = self.interface.owner;
        let (mut info, mut size) = (ptr::null_mut(), 0);
        check(
            FUNCTION,
            // SAFETY: the configuration's handle is open while it is borrowed, the others were given by it and nothing was
            // taken out since; both take what is written.
            unsafe {
                configuration.table().MprConfigInterfaceTransportGetInfo(
                    configuration.as_raw(),
                    self.interface.handle,
                    self.handle,
                    &mut info,
                    &mut size,
                )
            },
            || configuration.name(),
        )?;
        // SAFETY: a successful call leaves null or a buffer of this family, as long as it says.
        let info =
            unsafe { Buffer::new(configuration.table(), FUNCTION, Family::CONFIG, info, size as usize) }?;
        info_block(FUNCTION, &info)
    }

    /// Changes the settings.
    /// The C function is `MprConfigInterfaceTransportSetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NoSuchInterface`](crate::ErrorKind::NoSuchInterface) when someone else took the interface or the
    /// transport out.
    #[doc(alias = "MprConfigInterfaceTransportSetInfo")]
    #[inline]
    pub fn set_info(&self, info: &InfoBlockBuf) -> Result<()> {
        let configuration = self.interface.owner;
        let mut info = Argument::new(Some(info));
        // SAFETY: the handles as in `info`; the block is of its size and only read.
        configuration.stored("MprConfigInterfaceTransportSetInfo", unsafe {
            configuration.table().MprConfigInterfaceTransportSetInfo(
                configuration.as_raw(),
                self.interface.handle,
                self.handle,
                info.as_mut_ptr(),
                info.size,
            )
        })
    }
}
