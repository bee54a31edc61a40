//! Who is connected.

use std::fmt;
use std::net::Ipv4Addr;
use std::time::Duration;

use bitflags::bitflags;
use mprapi_sys::{self as sys, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_EX};

use crate::enumeration::enumeration;
use crate::id::id;
use crate::list::{EVERYTHING, Record, Request, sealed};
use crate::statistics::statistics;
use crate::{List, Result, Server, Statistics, WideStr};

impl Server {
    /// Who is connected: names, domain, duration. The C function is `MprAdminConnectionEnum`, level 0.
    ///
    /// # Errors
    /// Those of any call to a server: [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), …
    pub fn connections(&self) -> Result<List<'_, RAS_CONNECTION_0>> {
        self.connections_at()
    }

    /// The connections at another level of information, named by its record:
    ///
    /// | record | what it tells | C function |
    /// |---|---|---|
    /// | [`RAS_CONNECTION_0`] | who, and for how long | `MprAdminConnectionEnum` |
    /// | [`RAS_CONNECTION_1`] | addresses and statistics | `MprAdminConnectionEnum` |
    /// | [`RAS_CONNECTION_EX`] | all of it, and the tunnel's ends; Windows Server 2008 R2 and later | `MprAdminConnectionEnumEx` |
    ///
    /// # Errors
    /// As [`connections`](Server::connections);
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) or
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) for a level that an older system lacks.
    pub fn connections_at<R: ConnectionRecord>(&self) -> Result<List<'_, R>> {
        R::enumerate(self)
    }
}

/// A record of a connection; naming it says which level of information is wanted.
pub trait ConnectionRecord: Record<Owner = Server> {
    #[doc(hidden)]
    fn enumerate(server: &Server) -> Result<List<'_, Self>>;
}

fn enumerate<R: Record<Owner = Server>>(server: &Server, level: u32) -> Result<List<'_, R>> {
    const FUNCTION: &str = "MprAdminConnectionEnum";
    let handle = server.as_raw();
    let page = |table: &sys::Mprapi, request: &mut Request<R>| {
        // SAFETY: the handle is open while `server` lives; `request` takes what is written. No buffer goes in.
        unsafe {
            table.MprAdminConnectionEnum(
                handle,
                level,
                (&raw mut request.buffer).cast(),
                EVERYTHING,
                &mut request.read,
                &mut request.total,
                &mut request.resume,
            )
        }
    };
    // SAFETY: `page` makes that one call, and `R` is the record of `level` (each caller pairs them below).
    unsafe { List::collect(server, FUNCTION, page) }
}

/// Enumerates through the `Ex` function, whose records begin with a header that must be the one asked for: records
/// of another revision may have another size.
fn enumerate_ex<R: Record<Owner = Server>>(server: &Server, revision: u8) -> Result<List<'_, R>> {
    const FUNCTION: &str = "MprAdminConnectionEnumEx";
    let handle = server.as_raw();
    let asked = sys::MPRAPI_OBJECT_HEADER {
        revision,
        type_: sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT as u8,
        size: size_of::<R>() as u16,
    };
    let page = |table: &sys::Mprapi, request: &mut Request<R>| {
        let mut header = asked;
        // SAFETY: as above; the header is one of the revision whose record is `R`.
        unsafe {
            table.MprAdminConnectionEnumEx(
                handle,
                &mut header,
                EVERYTHING,
                &mut request.read,
                &mut request.total,
                (&raw mut request.buffer).cast(),
                &mut request.resume,
            )
        }
    };
    // SAFETY: `page` makes that one call, and `R` is the record of `revision`.
    unsafe { List::collect(server, FUNCTION, page) }
}

macro_rules! records {
    ($($record:ident => $enumerate:expr;)+) => {
        $(
            impl sealed::Sealed for $record {}

            impl Record for $record {
                type Owner = Server;
                type View<'l> = Connection<'l, $record>;

                #[inline]
                fn view<'l>(server: &'l Server, record: &'l $record) -> Connection<'l, $record> {
                    Connection { server, record }
                }
            }

            impl ConnectionRecord for $record {
                fn enumerate(server: &Server) -> Result<List<'_, $record>> {
                    $enumerate(server)
                }
            }

            impl<'l> Connection<'l, $record> {
                /// What names this connection on its server.
                #[inline]
                pub fn id(&self) -> ConnectionId {
                    ConnectionId::new(self.server, self.record.hConnection)
                }
            }
        )+
    };
}

records! {
    RAS_CONNECTION_0 => |server| enumerate(server, 0);
    RAS_CONNECTION_1 => |server| enumerate(server, 1);
    RAS_CONNECTION_EX => |server| enumerate_ex(server, sys::MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1 as u8);
}

/// A connection, at one level of information: a method is there just where its level knows the answer.
///
/// It borrows the API's own record; nothing is copied.
pub struct Connection<'l, R = RAS_CONNECTION_0> {
    server: &'l Server,
    record: &'l R,
}

impl<R> Clone for Connection<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Connection<'_, R> {}

impl<R> Connection<'_, R> {
    /// The raw record.
    pub fn as_raw(&self) -> &R {
        self.record
    }
}

macro_rules! who {
    ($($record:ident)+) => {
        $(
            impl<'l> Connection<'l, $record> {
                /// The user's name, without the domain.
                #[inline]
                pub fn user_name(&self) -> &'l WideStr {
                    WideStr::from_array(&self.record.wszUserName)
                }

                /// The domain the user logged on to.
                #[inline]
                pub fn domain(&self) -> &'l WideStr {
                    WideStr::from_array(&self.record.wszLogonDomain)
                }

                /// The NetBIOS name of the user's computer.
                #[inline]
                pub fn remote_computer(&self) -> &'l WideStr {
                    WideStr::from_array(&self.record.wszRemoteComputer)
                }

                /// The name of the interface that the connection is on.
                #[inline]
                pub fn interface_name(&self) -> &'l WideStr {
                    WideStr::from_array(&self.record.wszInterfaceName)
                }

                /// What kind of interface that is: a client's, or another router's.
                #[inline]
                pub fn interface_type(&self) -> InterfaceType {
                    self.record.dwInterfaceType.into()
                }

                /// How long the connection has been up, in whole seconds.
                #[inline]
                pub fn duration(&self) -> Duration {
                    Duration::from_secs(self.record.dwConnectDuration.into())
                }

                /// What the connection is and can do.
                #[inline]
                pub fn flags(&self) -> ConnectionFlags {
                    ConnectionFlags::from_bits_retain(self.record.dwConnectionFlags)
                }
            }

            impl fmt::Debug for Connection<'_, $record> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_struct("Connection")
                        .field("id", &self.id())
                        .field("user_name", &self.user_name())
                        .field("domain", &self.domain())
                        .field("duration", &self.duration())
                        .finish_non_exhaustive()
                }
            }
        )+
    };
}

who!(RAS_CONNECTION_0 RAS_CONNECTION_EX);

macro_rules! traffic {
    ($($record:ident)+) => {
        $(
            impl Connection<'_, $record> {
                /// What went over the connection.
                #[inline]
                pub fn statistics(&self) -> Statistics {
                    statistics!(self.record)
                }
            }
        )+
    };
}

traffic!(RAS_CONNECTION_1 RAS_CONNECTION_EX);

impl Connection<'_, RAS_CONNECTION_EX> {
    /// The IPv4 address that the client has inside the tunnel, if one was negotiated.
    pub fn client_address(&self) -> Option<Ipv4Addr> {
        let projection = &self.record.ProjectionInfo;
        // Microsoft's pages on these records have it the other way round ("local client", "remote server"), words of
        // the dialling side. MS-RRASM 2.2.1.2.130 says that the fields are those of `PPP_IPCP_INFO`, whose page is
        // clear: the address is the server's, the remote address the client's.
        let address = match projection.projectionInfoType.into() {
            // SAFETY: the type says that this is the member that was written, and any bits make one.
            sys::MPRAPI_PPP_PROJECTION_INFO_TYPE => unsafe {
                &projection.__bindgen_anon_1.PppProjectionInfo.wszRemoteAddress
            },
            // SAFETY: as above.
            sys::MPRAPI_IKEV2_PROJECTION_INFO_TYPE => unsafe {
                &projection.__bindgen_anon_1.Ikev2ProjectionInfo.wszRemoteAddress
            },
            _ => return None,
        };
        WideStr::from_array(address)
            .to_string_lossy()
            .parse()
            .ok()
            .filter(|address: &Ipv4Addr| !address.is_unspecified())
    }
}

enumeration! {
    /// What an interface connects to (`ROUTER_INTERFACE_TYPE`).
    InterfaceType: sys::ROUTER_INTERFACE_TYPE {
        /// A remote access client.
        Client = sys::ROUTER_IF_TYPE_CLIENT, "client";
        /// A router in someone's home.
        HomeRouter = sys::ROUTER_IF_TYPE_HOME_ROUTER, "home router";
        /// Another router, dialled on demand.
        FullRouter = sys::ROUTER_IF_TYPE_FULL_ROUTER, "full router";
        /// A local network; always connected.
        Dedicated = sys::ROUTER_IF_TYPE_DEDICATED, "dedicated";
        /// This computer itself, seen from its remote access clients.
        Internal = sys::ROUTER_IF_TYPE_INTERNAL, "internal";
        /// The loopback interface.
        Loopback = sys::ROUTER_IF_TYPE_LOOPBACK, "loopback";
        /// An IP-in-IP tunnel.
        Tunnel = sys::ROUTER_IF_TYPE_TUNNEL1, "tunnel";
        /// Dial-out only.
        DialOut = sys::ROUTER_IF_TYPE_DIALOUT, "dial-out";
    }
}

id! {
    /// What names a connection on the server it was read from.
    ConnectionId
}

bitflags! {
    /// What a connection is and can do (`RAS_FLAGS_…`). Bits that this version does not know are kept.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct ConnectionFlags: u32 {
        /// It runs over PPP.
        const PPP = sys::RAS_FLAGS_PPP_CONNECTION;
        /// The client's messenger service can show a message.
        const MESSENGER = sys::RAS_FLAGS_MESSENGER_PRESENT;
        /// It is in quarantine.
        const QUARANTINE = sys::RAS_FLAGS_QUARANTINE_PRESENT;
        /// It runs over IKEv2.
        const IKEV2 = sys::RAS_FLAGS_IKEV2_CONNECTION;
        /// It is an IKEv2 connection whose client is out of reach for the moment.
        const DORMANT = sys::RAS_FLAGS_DORMANT;
        const _ = !0;
    }
}
