//! A connection to act on.

use std::net::{IpAddr, Ipv4Addr};
use std::ptr;

use mprapi_sys::{
    self as sys, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_EX,
    RAS_UPDATE_CONNECTION,
};

use super::fields::HasConnection;
use super::{ConnectionId, ConnectionRecord, EX};
use crate::error::check;
use crate::id::Id;
use crate::library::Library;
use crate::list::{Level, Record};
use crate::owner::Held;
use crate::{Error, ErrorKind, Result, Server, Single, Text, header};

impl Server {
    /// Returns a handle to the connection that has this id now. Nothing is called.
    ///
    /// If the connection that the id was read from has ended, the server may have given the id to another user's.
    /// [`connection_of`](Server::connection_of) compares before it returns the handle; take this method for an id that was read
    /// just now.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an id of another server. If the connection is gone,
    /// the methods of the handle say so.
    #[inline]
    pub fn connection(&self, id: ConnectionId) -> Result<ConnectionHandle<'_>> {
        Ok(ConnectionHandle::new(self, id.0.on(self, "MprAdminConnectionGetInfo")?))
    }

    /// Lifts the quarantine of the client that has this address in its tunnel.
    /// The C function is `MprAdminConnectionRemoveQuarantine`, with an address.
    ///
    /// Filters that the network policy has besides are applied in place of those of the quarantine. Filters for
    /// IPv6 stay as they are.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when the client is not in quarantine,
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) when there is none with this address; the
    /// address `0.0.0.0` is refused before anything is called.
    #[doc(alias = "MprAdminConnectionRemoveQuarantine")]
    #[inline]
    pub fn remove_quarantine(&self, client: Ipv4Addr) -> Result<()> {
        if client.is_unspecified() {
            return Err(Error::argument(REMOVE_QUARANTINE, "0.0.0.0 is not the address of a client"));
        }
        // The address takes the handle's place, in network byte order: its first byte comes first in memory.
        let number = u32::from_ne_bytes(client.octets());
        remove_quarantine(self, ptr::without_provenance_mut(number as usize), true)
    }
}

const REMOVE_QUARANTINE: &str = "MprAdminConnectionRemoveQuarantine";

#[inline]
fn remove_quarantine(server: &Server, connection: sys::HANDLE, is_address: bool) -> Result<()> {
    check(
        REMOVE_QUARANTINE,
        // SAFETY: the server's handle is open while it is borrowed; the other is a number that the server checks.
        unsafe {
            server.table().MprAdminConnectionRemoveQuarantine(server.as_raw(), connection, is_address.into())
        },
        || server.name(),
    )
}

/// A handle to a connection.
///
/// It borrows its server, so it cannot be used after a disconnect or on another one.
///
/// It is a number of the server's, and each method acts on the connection that has the number at that moment. A server gives
/// the number of a connection that ended to the next one, at once: a handle that was kept may then read, message or end
/// another user's connection. [`Server::connection_of`] and [`Server::end`] compare first.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionHandle<'s> {
    server: &'s Server,
    handle: sys::HANDLE,
}

impl<'s> ConnectionHandle<'s> {
    #[inline]
    pub(super) fn new(server: &'s Server, handle: sys::HANDLE) -> ConnectionHandle<'s> {
        ConnectionHandle { server, handle }
    }

    /// Returns the id of this connection on its server.
    #[inline]
    pub fn id(&self) -> ConnectionId {
        ConnectionId(Id::new(self.server, self.handle))
    }

    /// Reads the user's name and domain, and the duration.
    /// The C function is `MprAdminConnectionGetInfo`, level 0.
    ///
    /// If the connection has ended and the server has given its handle to another, these are the other's.
    ///
    /// # Errors
    /// [`ErrorKind::NotConnected`](crate::ErrorKind::NotConnected) or
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a connection that is gone: Microsoft's
    /// page names both codes.
    #[inline]
    pub fn info(&self) -> Result<Single<'s, RAS_CONNECTION_0>> {
        self.info_at()
    }

    /// Reads the connection at another level of information, named by its record: [`RAS_CONNECTION_0`] to
    /// [`RAS_CONNECTION_3`] and [`RAS_CONNECTION_EX`], which tell what they tell in
    /// [`connections_at`](Server::connections_at).
    /// The C function is `MprAdminConnectionGetInfo` or `MprAdminConnectionGetInfoEx`.
    ///
    /// If the connection has ended and the server has given its handle to another, this is read of the other.
    ///
    /// # Errors
    /// As [`info`](ConnectionHandle::info); [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) or
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) for a level that an older system lacks.
    #[doc(alias = "MprAdminConnectionGetInfoEx")]
    #[doc(alias = "MprAdminConnectionGetInfo")]
    #[inline]
    pub fn info_at<R: ConnectionInfoRecord>(&self) -> Result<Single<'s, R>> {
        R::fetch(*self)
    }

    /// Ends the connection: disconnects each port that carries it. A port that is free by then is passed over, since a
    /// client may leave at any time.
    /// The C functions are `MprAdminPortEnum` and `MprAdminPortDisconnect`.
    ///
    /// If the connection has ended and the server has given its handle to another, this ends the other.
    /// [`Server::end`] compares before each port.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) for a connection that is gone, and those of
    /// [`PortHandle::disconnect`](crate::PortHandle::disconnect).
    #[inline]
    pub fn disconnect(&self) -> Result<()> {
        for port in &self.server.ports_of(self.id())? {
            match port.handle().disconnect() {
                Err(error) if !matches!(error.kind(), ErrorKind::NotConnected | ErrorKind::InvalidHandle) => {
                    return Err(error);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Sets the connection's counters to zero.
    /// The C function is `MprAdminConnectionClearStats`.
    ///
    /// If the connection has ended and the server has given its handle to another, these are the other's counters.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a connection that is gone.
    #[doc(alias = "MprAdminConnectionClearStats")]
    #[inline]
    pub fn clear_statistics(&self) -> Result<()> {
        check(
            "MprAdminConnectionClearStats",
            // SAFETY: as in `remove_quarantine`.
            unsafe { self.server.table().MprAdminConnectionClearStats(self.server.as_raw(), self.handle) },
            || self.server.name(),
        )
    }

    /// Lifts the client's quarantine.
    /// The C function is `MprAdminConnectionRemoveQuarantine`.
    ///
    /// Filters that the network policy has besides are applied in place of those of the quarantine. Filters for
    /// IPv6 stay as they are.
    ///
    /// If the connection has ended and the server has given its handle to another, the other client is let in.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when the client is not in quarantine,
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a connection that is gone.
    #[doc(alias = "MprAdminConnectionRemoveQuarantine")]
    #[inline]
    pub fn remove_quarantine(&self) -> Result<()> {
        remove_quarantine(self.server, self.handle, false)
    }

    /// Sends the user a message.
    /// The C function is `MprAdminSendUserMessage`.
    ///
    /// Only a client whose messenger service runs shows it: one with the flag
    /// [`ConnectionFlags::MESSENGER`](crate::ConnectionFlags::MESSENGER). Windows has had no such service since Windows Vista, so
    /// reach the users of newer clients in another way.
    ///
    /// If the connection has ended and the server has given its handle to another, the other user gets the message.
    ///
    /// # Errors
    /// [`ErrorKind::NotConnected`](crate::ErrorKind::NotConnected) for a connection that is gone,
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a text with a NUL in it, before anything
    /// is called.
    #[doc(alias = "MprAdminSendUserMessage")]
    #[inline]
    pub fn send_message<T: Text + ?Sized>(&self, text: &T) -> Result<()> {
        const FUNCTION: &str = "MprAdminSendUserMessage";
        let mut text: Vec<u16> = text.utf16_units().collect();
        if text.contains(&0) {
            return Err(Error::argument(FUNCTION, "the message has a NUL character in it"));
        }
        text.push(0);
        check(
            FUNCTION,
            // SAFETY: as in `remove_quarantine`; the text is terminated, lives until the call is over and is only read,
            // whatever the header's type says.
            unsafe {
                self.server.table().MprAdminSendUserMessage(
                    self.server.as_raw(),
                    self.handle,
                    text.as_mut_ptr(),
                )
            },
            || self.server.name(),
        )
    }

    /// Tells the server that the ends of an IKEv2 connection's tunnel have moved: to the interface of this index, and
    /// to these addresses of the server and of the client. The server then moves the tunnel (MOBIKE).
    /// The C function is `MprAdminUpdateConnection`.
    ///
    /// If the connection has ended and the server has given its handle to another, the other tunnel is moved.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied). Microsoft has no page on this function and
    /// documents no other code.
    #[doc(alias = "MprAdminUpdateConnection")]
    #[doc(alias("RAS_UPDATE_CONNECTION"))]
    #[inline]
    pub fn update(&self, interface_index: u32, local: IpAddr, remote: IpAddr) -> Result<()> {
        let mut update = RAS_UPDATE_CONNECTION {
            Header: header::asking_for::<RAS_UPDATE_CONNECTION>(
                sys::MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT,
                sys::MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1,
            ),
            dwIfIndex: interface_index,
            wszLocalEndpointAddress: text_of(local),
            wszRemoteEndpointAddress: text_of(remote),
        };
        check(
            "MprAdminUpdateConnection",
            // SAFETY: as in `remove_quarantine`; `update` is a whole record, and its header says so.
            unsafe {
                self.server.table().MprAdminUpdateConnection(self.server.as_raw(), self.handle, &mut update)
            },
            || self.server.name(),
        )
    }
}

/// The address as terminated text. The longest one has 45 characters.
#[inline]
fn text_of(address: IpAddr) -> [u16; 65] {
    let mut text = [0; 65];
    for (place, unit) in text.iter_mut().zip(address.to_string().encode_utf16()) {
        *place = unit;
    }
    text
}

/// A record that can be asked of one connection.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait ConnectionInfoRecord: ConnectionRecord + Fetch {}

/// How a [`ConnectionInfoRecord`] is asked for.
pub(crate) trait Fetch {
    fn fetch(connection: ConnectionHandle<'_>) -> Result<Single<'_, Self>>
    where
        Self: ConnectionInfoRecord;
}

impl ConnectionInfoRecord for RAS_CONNECTION_0 {}
impl ConnectionInfoRecord for RAS_CONNECTION_1 {}
impl ConnectionInfoRecord for RAS_CONNECTION_2 {}
impl ConnectionInfoRecord for RAS_CONNECTION_3 {}

impl<R: Record<Owner = Server> + HasConnection + Level> Fetch for R {
    #[inline]
    fn fetch(connection: ConnectionHandle<'_>) -> Result<Single<'_, R>> {
        let ConnectionHandle { server, handle } = connection;
        let call = |table: &Library, buffer: &mut sys::LPBYTE| {
            // SAFETY: the server's handle is open while it is borrowed, the connection's is a number that the server
            // checks, and `buffer` takes what is written.
            unsafe { table.MprAdminConnectionGetInfo(server.as_raw(), R::LEVEL, handle, buffer) }
        };
        // SAFETY: `call` makes that one call, and `R` is the record of its level.
        unsafe { Single::fetch(server, "MprAdminConnectionGetInfo", call) }
    }
}

impl ConnectionInfoRecord for RAS_CONNECTION_EX {}

impl Fetch for RAS_CONNECTION_EX {
    /// The record is ours, although Microsoft's page tells callers to free it: the parameter is a pointer to a record,
    /// not to a pointer.
    #[inline]
    fn fetch(connection: ConnectionHandle<'_>) -> Result<Single<'_, RAS_CONNECTION_EX>> {
        const FUNCTION: &str = "MprAdminConnectionGetInfoEx";
        let ConnectionHandle { server, handle } = connection;
        let mut record = RAS_CONNECTION_EX { Header: EX, ..Default::default() };
        check(
            FUNCTION,
            // SAFETY: as in `fetch`; `record` is as large as its header says.
            unsafe { server.table().MprAdminConnectionGetInfoEx(server.as_raw(), handle, &mut record) },
            || server.name(),
        )?;
        header::check(FUNCTION, EX, record.Header)?;
        Ok(Single::own(Held::Borrowed(server), record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_address_fits_with_its_terminator() {
        let longest: IpAddr = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff".parse().expect("an address");
        let text = text_of(longest);
        assert_eq!(String::from_utf16_lossy(&text[..39]), longest.to_string());
        assert_eq!(text[39..], [0; 26]);
    }
}
