//! The transports (protocol families) that the router is configured to route.

use std::fmt;
use std::ptr;

use mprapi_sys::{self as sys, MPR_TRANSPORT_0};

use super::Configuration;
use crate::buffer::{self, Family};
use crate::error::check;
use crate::input::terminated;
use crate::inside::Inside;
use crate::library::Library;
use crate::list::Record;
use crate::transport::{Argument, info_block};
use crate::walk::Request;
use crate::{InfoBlockBuf, List, Result, Text, TransportId, TransportSettings, WideStr};

impl Configuration {
    /// Lists the transports.
    /// The C function is `MprConfigTransportEnum`, level 0.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfMemory`](crate::ErrorKind::OutOfMemory), or another code of the system's.
    #[doc(alias = "MprConfigTransportEnum")]
    #[inline]
    pub fn transports(&self) -> Result<List<'_, MPR_TRANSPORT_0>> {
        const FUNCTION: &str = "MprConfigTransportEnum";
        let page = |table: &Library, request: &mut Request| {
            // SAFETY: the handle is open while `self` lives; `request` takes what is written. No buffer goes in.
            unsafe {
                table.MprConfigTransportEnum(
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

    /// Finds a transport, to read or to change.
    /// The C function is `MprConfigTransportGetHandle`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when the router is not configured to route it.
    #[doc(alias = "MprConfigTransportGetHandle")]
    #[inline]
    pub fn transport(&self, id: TransportId) -> Result<TransportHandle<'_>> {
        Ok(TransportHandle { configuration: self, handle: self.transport_handle(id)? })
    }

    #[inline]
    fn transport_handle(&self, id: TransportId) -> Result<sys::HANDLE> {
        self.handle_of("MprConfigTransportGetHandle", |table, configuration, handle| {
            // SAFETY: the handle is open while `self` lives, and `handle` takes what is written.
            unsafe { table.MprConfigTransportGetHandle(configuration, id.into(), handle) }
        })
    }

    /// Adds a transport, or changes one that exists; `None` then leaves a setting as it is. A new transport without a name is
    /// called by its number, and one without global settings has an empty block. The C functions are
    /// `MprConfigTransportGetHandle` and `MprConfigTransportCreate`.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied),
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name longer than 40 characters or a
    /// path longer than 259, or a NUL in one.
    #[doc(alias = "MprConfigTransportCreate")]
    #[inline]
    pub fn create_transport<N: Text + ?Sized>(
        &self,
        id: TransportId,
        name: Option<&N>,
        info: &TransportSettings,
    ) -> Result<TransportHandle<'_>> {
        const FUNCTION: &str = "MprConfigTransportCreate";
        let mut name = name.map(|name| terminated!(FUNCTION, name, "the transport name", 40)).transpose()?;
        let name = name.as_mut().map_or(ptr::null_mut(), |name| name.as_mut_ptr());
        // The page does not call the global settings optional, so a new transport has some; in one that is there they
        // would replace those that it has.
        let empty = match info.global {
            None if self.transport_handle(id).is_err() => Some(InfoBlockBuf::new()),
            _ => None,
        };
        let mut global = Argument::new(info.global.as_ref().or(empty.as_ref()));
        let mut client_interface = Argument::new(info.client_interface.as_ref());
        let mut dll_path = info.encoded_dll_path(FUNCTION)?;
        let dll_path = dll_path.as_mut().map_or(ptr::null_mut(), |path| path.as_mut_ptr());
        let handle = self.handle_of(FUNCTION, |table, configuration, handle| {
            // SAFETY: the handle is open while `self` lives; the texts are null or terminated, the blocks null or of
            // their sizes, all only read; `handle` takes what is written.
            unsafe {
                table.MprConfigTransportCreate(
                    configuration,
                    id.into(),
                    name,
                    global.as_mut_ptr(),
                    global.size,
                    client_interface.as_mut_ptr(),
                    client_interface.size,
                    dll_path,
                    handle,
                )
            }
        })?;
        Ok(TransportHandle { configuration: self, handle })
    }

    /// Takes a transport out.
    /// The C functions are `MprConfigTransportGetHandle` and `MprConfigTransportDelete`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when the router is not configured to route it,
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied).
    #[doc(alias = "MprConfigTransportDelete")]
    #[inline]
    pub fn delete_transport(&mut self, id: TransportId) -> Result<()> {
        let handle = self.transport_handle(id)?;
        // SAFETY: the handle was just given, and `self` is borrowed mutably: nobody has another handle of it.
        self.stored("MprConfigTransportDelete", unsafe {
            self.table().MprConfigTransportDelete(self.as_raw(), handle)
        })
    }
}
impl Record for MPR_TRANSPORT_0 {
    type Owner = Configuration;
    type View<'l> = Transport<'l>;

    #[inline]
    unsafe fn view<'l>(
        configuration: &'l Configuration,
        record: &'l MPR_TRANSPORT_0,
        _: Inside,
    ) -> Transport<'l> {
        Transport { configuration, record }
    }
}

/// A transport in a list.
///
/// It borrows the API's own record; nothing is copied.
#[derive(Clone, Copy)]
#[doc(alias("MPR_TRANSPORT_0"))]
pub struct Transport<'l> {
    configuration: &'l Configuration,
    record: &'l MPR_TRANSPORT_0,
}

impl<'l> Transport<'l> {
    /// Returns the number of the transport.
    #[inline]
    pub fn id(&self) -> TransportId {
        self.record.dwTransportId.into()
    }

    /// Returns the name of the transport.
    #[inline]
    pub fn name(&self) -> &'l WideStr {
        WideStr::from_array(&self.record.wszTransportName)
    }

    /// Returns a handle to the transport, to read or to change it.
    #[inline]
    pub fn handle(&self) -> TransportHandle<'l> {
        TransportHandle { configuration: self.configuration, handle: self.record.hTransport }
    }

    /// Returns the raw record.
    #[inline]
    pub fn as_raw(&self) -> &'l MPR_TRANSPORT_0 {
        self.record
    }
}

impl fmt::Debug for Transport<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("id", &self.id()).field("name", &self.name()).finish()
    }
}

/// A transport to read or to change.
///
/// It borrows its configuration, so it cannot be used after a disconnect, or after anything was taken out.
#[derive(Clone, Copy, Debug)]
pub struct TransportHandle<'c> {
    configuration: &'c Configuration,
    handle: sys::HANDLE,
}

impl TransportHandle<'_> {
    /// Reads the transport's settings.
    /// The C function is `MprConfigTransportGetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when the transport was taken out by someone else,
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) when a block of settings is malformed.
    #[doc(alias = "MprConfigTransportGetInfo")]
    #[inline]
    pub fn info(&self) -> Result<TransportSettings> {
        const FUNCTION: &str = "MprConfigTransportGetInfo";
        let table = self.configuration.table();
        let (mut global, mut global_size) = (ptr::null_mut(), 0);
        let (mut client, mut client_size) = (ptr::null_mut(), 0);
        let mut path: sys::LPWSTR = ptr::null_mut();
        check(
            FUNCTION,
            // SAFETY: the configuration's handle is open while it is borrowed, the transport's was given by it and nothing
            // was taken out since; the five take what is written.
            unsafe {
                table.MprConfigTransportGetInfo(
                    self.configuration.as_raw(),
                    self.handle,
                    &mut global,
                    &mut global_size,
                    &mut client,
                    &mut client_size,
                    &mut path,
                )
            },
            || self.configuration.name(),
        )?;
        // The page does not say who frees the path; a buffer that a function of this family gives goes back by the
        // family's function. (A misaligned one is no allocator's.) No unit of it is read through the buffer.
        let owned_path = if path.is_aligned() { path.cast() } else { ptr::null_mut() };
        let parts = [(global, global_size), (client, client_size), (owned_path, 0)];
        // SAFETY: a successful call leaves null or buffers of this family, as long as it says.
        let [global, client, _path] = unsafe { buffer::several(table, FUNCTION, Family::CONFIG, parts) }?;
        let dll_path = if path.is_null() {
            None
        } else {
            // SAFETY: a successful call leaves a terminated string, and `_path` still owns it.
            Some(unsafe { buffer::string(FUNCTION, path) }?)
        };
        Ok(TransportSettings {
            global: info_block(FUNCTION, &global)?,
            client_interface: info_block(FUNCTION, &client)?,
            dll_path,
        })
    }

    /// Changes the transport's settings: first the global ones, then those of client routers' interfaces, then the
    /// library's path. What is `None` is left as it is.
    /// The C function is `MprConfigTransportSetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when the transport was taken out by someone else,
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a path longer than 259 characters or one
    /// with a NUL in it. After another error the settings that come earlier may be changed.
    #[doc(alias = "MprConfigTransportSetInfo")]
    #[inline]
    pub fn set_info(&self, info: &TransportSettings) -> Result<()> {
        const FUNCTION: &str = "MprConfigTransportSetInfo";
        let mut global = Argument::new(info.global.as_ref());
        let mut client_interface = Argument::new(info.client_interface.as_ref());
        let mut dll_path = info.encoded_dll_path(FUNCTION)?;
        // SAFETY: the handles as in `info`; the path is null or terminated, the blocks null or of their sizes, all
        // only read.
        self.configuration.stored(FUNCTION, unsafe {
            self.configuration.table().MprConfigTransportSetInfo(
                self.configuration.as_raw(),
                self.handle,
                global.as_mut_ptr(),
                global.size,
                client_interface.as_mut_ptr(),
                client_interface.size,
                dll_path.as_mut().map_or(ptr::null_mut(), |path| path.as_mut_ptr()),
            )
        })
    }
}
