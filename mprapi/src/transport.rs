//! The transports of a router: the network protocols that it routes.

use std::ptr;

use mprapi_sys as sys;

use crate::buffer::{Buffer, Bytes, Family};
use crate::enumeration::enumeration;
use crate::error::check;
use crate::wide::{Limit, limit};
use crate::{Error, Result, Server};

impl Server {
    /// Loads a transport and starts its router manager, the DLL at `dll_path` (at most 259 UTF-16 units).
    ///
    /// The name has at most 40 UTF-16 units. The settings are information blocks, of which at least one is needed.
    /// The C function is `MprAdminTransportCreate`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) without any settings, and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) with the codes `ERROR_PROTOCOL_ALREADY_INSTALLED` or
    /// `ERROR_UNKNOWN_PROTOCOL_ID`.
    pub fn create_transport(
        &self,
        transport: TransportId,
        name: Option<&str>,
        settings: TransportSettings<'_>,
        dll_path: &str,
    ) -> Result<()> {
        const FUNCTION: &str = "MprAdminTransportCreate";
        const NAME: Limit = limit!("the transport's name", 40);
        const DLL_PATH: Limit = limit!("the path of the router manager's DLL", 259);
        let argument = |problem| Error::argument(FUNCTION, problem);
        let name = name.map(|name| NAME.encode(name)).transpose().map_err(argument)?;
        let dll_path = DLL_PATH.encode(dll_path).map_err(argument)?;
        let (global, client) = settings.infos(FUNCTION)?;
        // SAFETY: the handle is open while `self` lives; the texts are null or terminated, the settings null or as
        // long as they say; all of it is only read.
        check(FUNCTION, unsafe {
            self.table().MprAdminTransportCreate(
                self.as_raw(),
                transport.into(),
                name.as_ref().map_or(ptr::null(), |name| name.as_ptr()).cast_mut(),
                global.first,
                global.size,
                client.first,
                client.size,
                dll_path.as_ptr().cast_mut(),
            )
        })
    }

    /// Reads a transport's settings: information blocks. The C function is `MprAdminTransportGetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a transport that
    /// the server does not have.
    pub fn transport_info(&self, transport: TransportId) -> Result<TransportInfo<'_>> {
        const FUNCTION: &str = "MprAdminTransportGetInfo";
        let table = self.table();
        let (mut global, mut global_size): (sys::LPBYTE, _) = (ptr::null_mut(), 0);
        let (mut client, mut client_size): (sys::LPBYTE, _) = (ptr::null_mut(), 0);
        // SAFETY: the handle is open while `self` lives; each of the four takes what is written.
        check(FUNCTION, unsafe {
            table.MprAdminTransportGetInfo(
                self.as_raw(),
                transport.into(),
                &mut global,
                &mut global_size,
                &mut client,
                &mut client_size,
            )
        })?;
        // SAFETY: a successful call answers a buffer of that many bytes.
        let global = unsafe { Buffer::new(table, FUNCTION, Family::Admin, global, global_size as usize) };
        // SAFETY: as above; it is another buffer.
        let client = unsafe { Buffer::new(table, FUNCTION, Family::Admin, client, client_size as usize) };
        // Both are owned by now, so that an error of one gives the other back.
        Ok(TransportInfo { global: Bytes(global?), client_interfaces: Bytes(client?) })
    }

    /// Changes a transport's settings: information blocks, of which at least one is needed.
    /// The C function is `MprAdminTransportSetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) without any settings, and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) with the code `ERROR_UNKNOWN_PROTOCOL_ID` for a transport that
    /// the server does not have.
    pub fn set_transport_info(&self, transport: TransportId, settings: TransportSettings<'_>) -> Result<()> {
        const FUNCTION: &str = "MprAdminTransportSetInfo";
        let (global, client) = settings.infos(FUNCTION)?;
        // SAFETY: the handle is open while `self` lives; the settings are null or as long as they say, and only
        // read.
        check(FUNCTION, unsafe {
            self.table().MprAdminTransportSetInfo(
                self.as_raw(),
                transport.into(),
                global.first,
                global.size,
                client.first,
                client.size,
            )
        })
    }
}

/// What [`Server::transport_info`] tells.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportInfo<'s> {
    /// The transport's global settings: an information block, or nothing.
    pub global: Bytes<'s>,
    /// What an interface of a remote access client starts with: an information block, or nothing.
    pub client_interfaces: Bytes<'s>,
}

/// The settings of a transport that are to be written; `None` leaves what is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct TransportSettings<'a> {
    /// The transport's global settings: an information block.
    pub global: Option<&'a [u8]>,
    /// What an interface of a remote access client starts with: an information block.
    pub client_interfaces: Option<&'a [u8]>,
}

impl<'a> TransportSettings<'a> {
    fn infos(&self, function: &'static str) -> Result<(Block<'a>, Block<'a>)> {
        if self.global.is_none() && self.client_interfaces.is_none() {
            return Err(Error::argument(function, "there are no settings to write"));
        }
        Ok((Block::new(function, self.global)?, Block::new(function, self.client_interfaces)?))
    }
}

/// An information block as the API takes it.
pub(crate) struct Block<'a> {
    /// Only to be read.
    pub(crate) first: sys::LPBYTE,
    pub(crate) size: sys::DWORD,
    bytes: std::marker::PhantomData<&'a [u8]>,
}

impl<'a> Block<'a> {
    /// `None` is null; `function` is the one that the block is for.
    pub(crate) fn new(function: &'static str, bytes: Option<&'a [u8]>) -> Result<Block<'a>> {
        let first = bytes.map_or(ptr::null(), <[u8]>::as_ptr).cast_mut();
        let size = bytes.map_or(0, <[u8]>::len);
        let Ok(size) = size.try_into() else {
            return Err(Error::argument(function, "the information block is 4 GiB or more"));
        };
        Ok(Block { first, size, bytes: std::marker::PhantomData })
    }
}

enumeration! {
    /// A protocol family that a router routes, by its number (`PID_…`).
    TransportId: sys::DWORD {
        /// IPv4.
        Ip = sys::PID_IP, "IP";
        /// IPv6.
        Ipv6 = sys::PID_IPV6, "IPv6";
        /// IPX, of old.
        Ipx = sys::PID_IPX, "IPX";
        /// NetBIOS frames, of old.
        Nbf = sys::PID_NBF, "NBF";
        /// AppleTalk, of old.
        AppleTalk = sys::PID_ATALK, "AppleTalk";
    }
}
