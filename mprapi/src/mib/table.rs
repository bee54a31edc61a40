//! The IP router manager's tables, read from the bytes that a server answered: every length is checked, and nothing
//! is taken for a pointer.

use std::fmt;
use std::marker::PhantomData;
use std::net::Ipv4Addr;

use super::{MibModule, MibServer};
use crate::buffer::Bytes;
use crate::enumeration::enumeration;
use crate::inside::Inside;
use crate::{Error, Result, WideStr, WideString};

const FUNCTION: &str = "MprAdminMIBEntryGet";

/// Variables of the IP router manager (`iprtrmib.h`).
const IF_TABLE: u32 = 1;
const IF_ROW: u32 = 2;
const IP_ADDRTABLE: u32 = 4;
const IP_FORWARDTABLE: u32 = 7;

/// Where the value begins in an answer (`MIB_OPAQUE_INFO`): behind the variable's number, at a multiple of eight.
const VALUE: usize = 8;

impl MibServer {
    /// Lists the router's interfaces, with their counters (`MIB_IFTABLE`).
    /// The C function is `MprAdminMIBEntryGet`.
    ///
    /// # Errors
    /// As [`get`](MibServer::get); [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) when the answer
    /// is not this table, or ends within it.
    #[inline]
    pub fn interfaces(&self) -> Result<MibTable<'_, InterfaceRow<'_>>> {
        self.table_of(IF_TABLE)
    }

    /// Reads the row of the interface with this index (`MIB_IFROW`), in a table of its own.
    /// The C function is `MprAdminMIBEntryGet`.
    ///
    /// # Errors
    /// As [`interfaces`](MibServer::interfaces); a code of the router manager's when there is no such interface.
    #[inline]
    pub fn interface(&self, index: u32) -> Result<MibTable<'_, InterfaceRow<'_>>> {
        let bytes = self.value_of(IF_ROW, index)?;
        MibTable::new(bytes, VALUE, 1)
    }

    /// Lists the router's IPv4 addresses (`MIB_IPADDRTABLE`).
    /// The C function is `MprAdminMIBEntryGet`.
    ///
    /// # Errors
    /// As [`interfaces`](MibServer::interfaces).
    #[inline]
    pub fn addresses(&self) -> Result<MibTable<'_, AddressRow<'_>>> {
        self.table_of(IP_ADDRTABLE)
    }

    /// Lists the rows of the router's IPv4 forwarding table (`MIB_IPFORWARDTABLE`).
    /// The C function is `MprAdminMIBEntryGet`.
    ///
    /// # Errors
    /// As [`interfaces`](MibServer::interfaces).
    #[inline]
    pub fn routes(&self) -> Result<MibTable<'_, ForwardRow<'_>>> {
        self.table_of(IP_FORWARDTABLE)
    }

    /// Asks for a variable by a `MIB_OPAQUE_QUERY`, whose C type always has room for one index.
    #[inline]
    fn value_of(&self, variable: u32, index: u32) -> Result<Bytes<'_>> {
        let query = [variable.to_ne_bytes(), index.to_ne_bytes()];
        let bytes = self.get(MibModule::IP_ROUTER_MANAGER, query.as_flattened())?;
        if bytes.len() < VALUE {
            return Err(Error::answer(FUNCTION, "the answer ends before the value"));
        }
        if word(&bytes, 0) != variable {
            return Err(Error::answer(FUNCTION, "the answer has another variable than requested"));
        }
        Ok(bytes)
    }

    #[inline]
    fn table_of<R>(&self, variable: u32) -> Result<MibTable<'_, R>>
    where
        R: Row,
    {
        let bytes = self.value_of(variable, 0)?;
        if bytes.len() < VALUE + 4 {
            return Err(Error::answer(FUNCTION, "the answer ends before the table"));
        }
        let count = word(&bytes, VALUE) as usize;
        MibTable::new(bytes, VALUE + 4, count)
    }
}

/// The 32-bit number at this offset, which must be within.
#[inline]
fn word(bytes: &[u8], offset: usize) -> u32 {
    u32::from_ne_bytes([bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]])
}

/// A row of a [`MibTable`].
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait Row: Size {
    /// The row, in the table's own bytes.
    type Of<'l>;

    /// The row over exactly as many bytes as it has.
    #[doc(hidden)]
    fn of(bytes: &[u8], _: Inside) -> Self::Of<'_>;
}

pub(crate) trait Size {
    /// The size of the C struct.
    const SIZE: usize;
}

/// A table of the MIB, in the API's own buffer. Dropping it frees the buffer.
pub struct MibTable<'s, R> {
    bytes: Bytes<'s>,
    start: usize,
    count: usize,
    rows: PhantomData<fn() -> R>,
}

impl<'s, R: Row> MibTable<'s, R> {
    /// The rows from `start`, which is within.
    #[inline]
    fn new(bytes: Bytes<'s>, start: usize, count: usize) -> Result<MibTable<'s, R>> {
        if count > (bytes.len() - start) / R::SIZE {
            return Err(Error::answer(FUNCTION, "the table has fewer rows than its count"));
        }
        Ok(MibTable { bytes, start, count, rows: PhantomData })
    }

    /// Returns the number of rows.
    #[inline]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Returns `true` if the table has no rows.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns an iterator over the rows, in the server's order.
    #[inline]
    pub fn iter(&self) -> MibTableIter<'_, R> {
        let rows = &self.bytes[self.start..][..self.count * R::SIZE];
        MibTableIter { rows: rows.chunks_exact(R::SIZE), row: PhantomData }
    }
}

impl<'l, R: Row> IntoIterator for &'l MibTable<'_, R> {
    type Item = R::Of<'l>;
    type IntoIter = MibTableIter<'l, R>;

    #[inline]
    fn into_iter(self) -> MibTableIter<'l, R> {
        self.iter()
    }
}

impl<R: Row> fmt::Debug for MibTable<'_, R>
where
    for<'l> R::Of<'l>: fmt::Debug,
{
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// The rows of a [`MibTable`], one after the other.
pub struct MibTableIter<'l, R> {
    rows: std::slice::ChunksExact<'l, u8>,
    row: PhantomData<fn() -> R>,
}

impl<'l, R: Row> Iterator for MibTableIter<'l, R> {
    type Item = R::Of<'l>;

    #[inline]
    fn next(&mut self) -> Option<R::Of<'l>> {
        self.rows.next().map(|row| R::of(row, Inside(())))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl<R: Row> ExactSizeIterator for MibTableIter<'_, R> {}

impl<R> fmt::Debug for MibTableIter<'_, R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MibTableIter").finish_non_exhaustive()
    }
}

/// Defines a row: its C struct's name and size, and its 32-bit fields by their offsets in it. (There are 38 fields.) So
///
/// ```text
/// row! {
///     /// An IPv4 address of the router (`MIB_IPADDRROW`).
///     AddressRow(24) {
///         /// The address.
///         address: Ipv4Addr = 0;
///     }
/// }
/// ```
///
/// becomes
///
/// ```text
/// /// An IPv4 address of the router (`MIB_IPADDRROW`).
/// #[derive(Clone, Copy)]
/// pub struct AddressRow<'l>(&'l [u8]);
///
/// impl Row for AddressRow<'_> {
///     type Of<'l> = AddressRow<'l>;
///
///     #[inline]
///     fn of(bytes: &[u8], _: Inside) -> AddressRow<'_> {
///         AddressRow(bytes)
///     }
/// }
///
/// impl Size for AddressRow<'_> {
///     const SIZE: usize = 24;
/// }
///
/// impl AddressRow<'_> {
///     /// The address.
///     #[inline]
///     pub fn address(&self) -> Ipv4Addr {
///         Word(word(self.0, 0)).into()
///     }
/// }
///
/// impl fmt::Debug for AddressRow<'_> {
///     #[inline]
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         f.debug_struct("AddressRow").field("address", &self.address()).finish()
///     }
/// }
/// ```
macro_rules! row {
    (
        $(#[$meta:meta])* $name:ident($size:literal) { $($(#[$doc:meta])+ $field:ident: $type:ty = $offset:literal;)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub struct $name<'l>(&'l [u8]);

        impl Row for $name<'_> {
            type Of<'l> = $name<'l>;

            #[inline]
            fn of(bytes: &[u8], _: Inside) -> $name<'_> {
                $name(bytes)
            }
        }

        impl Size for $name<'_> {
            const SIZE: usize = $size;
        }

        impl $name<'_> {
            $(
                $(#[$doc])+
                #[inline]
                pub fn $field(&self) -> $type {
                    Word(word(self.0, $offset)).into()
                }
            )+
        }

        impl fmt::Debug for $name<'_> {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field()))+.finish()
            }
        }
    };
}

/// A field's raw value, on its way into the field's type.
struct Word(u32);

impl From<Word> for u32 {
    #[inline]
    fn from(word: Word) -> u32 {
        word.0
    }
}

impl From<Word> for Ipv4Addr {
    /// The API has addresses in network byte order in memory.
    #[inline]
    fn from(word: Word) -> Ipv4Addr {
        Ipv4Addr::from(word.0.to_ne_bytes())
    }
}

macro_rules! of_word {
    ($($name:ident)+) => {
        $(
            impl From<Word> for $name {
                #[inline]
                fn from(word: Word) -> $name {
                    word.0.into()
                }
            }
        )+
    };
}

of_word!(AdminStatus OperationalStatus RouteType);

row! {
    /// An interface (`MIB_IFROW`). The counters have 32 bits and start again after 2³² − 1.
    #[doc(alias("MIB_IFROW", "MIB_IFTABLE"))]
    InterfaceRow(860) {
        /// The number that other tables know it by.
        index: u32 = 512;
        /// The type, a number of IANA's register of interface types (6: Ethernet, 23: PPP, 24: loopback, …).
        interface_type: u32 = 516;
        /// The largest packet in bytes.
        mtu: u32 = 520;
        /// The speed in bits per second.
        speed: u32 = 524;
        /// The state that an administrator wants.
        admin_status: AdminStatus = 540;
        /// The present state.
        operational_status: OperationalStatus = 544;
        /// When it last came up or went down, in hundredths of a second since the computer started.
        last_change: u32 = 548;
        /// Bytes received.
        bytes_received: u32 = 552;
        /// Packets to one receiver that were received.
        unicast_packets_received: u32 = 556;
        /// Packets to several receivers that were received.
        other_packets_received: u32 = 560;
        /// Sound packets received and thrown away.
        discards_received: u32 = 564;
        /// Packets received that were not sound.
        errors_received: u32 = 568;
        /// Packets received of a protocol that nobody knows.
        unknown_protocols_received: u32 = 572;
        /// Bytes sent.
        bytes_sent: u32 = 576;
        /// Packets to one receiver that were sent.
        unicast_packets_sent: u32 = 580;
        /// Packets to several receivers that were sent.
        other_packets_sent: u32 = 584;
        /// Sound packets that were thrown away instead of being sent.
        discards_sent: u32 = 588;
        /// Packets that could not be sent.
        errors_sent: u32 = 592;
        /// Packets that wait to be sent.
        queue_length: u32 = 596;
    }
}

impl<'l> InterfaceRow<'l> {
    /// Returns the name of the interface.
    #[inline]
    pub fn name(&self) -> WideString {
        let (units, _) = self.0[..512].as_chunks();
        let units: Vec<u16> = units.iter().map(|unit| u16::from_ne_bytes(*unit)).collect();
        WideStr::from_array(&units).to_owned()
    }

    /// Returns the hardware address, at most eight bytes.
    #[inline]
    pub fn physical_address(&self) -> &'l [u8] {
        &self.0[532..][..(word(self.0, 528) as usize).min(8)]
    }

    /// Returns the description, in the code page of the server, without a terminator.
    #[inline]
    pub fn description(&self) -> &'l [u8] {
        let description = &self.0[604..][..(word(self.0, 600) as usize).min(256)];
        let end = description.iter().position(|byte| *byte == 0).unwrap_or(description.len());
        &description[..end]
    }
}

row! {
    /// An IPv4 address of the router (`MIB_IPADDRROW`).
    #[doc(alias("MIB_IPADDRROW", "MIB_IPADDRTABLE"))]
    AddressRow(24) {
        /// The address.
        address: Ipv4Addr = 0;
        /// The interface that has it.
        interface_index: u32 = 4;
        /// The mask of its net.
        mask: Ipv4Addr = 8;
        /// The lowest bit of the broadcast address.
        broadcast: u32 = 12;
        /// The largest packet that is put together again from fragments.
        reassembly_size: u32 = 16;
    }
}

row! {
    /// An IPv4 route (`MIB_IPFORWARDROW`).
    #[doc(alias("MIB_IPFORWARDROW", "MIB_IPFORWARDTABLE"))]
    ForwardRow(56) {
        /// Where it leads.
        destination: Ipv4Addr = 0;
        /// The mask of the net where it leads.
        mask: Ipv4Addr = 4;
        /// Conditions on a path of several; 0 for none.
        policy: u32 = 8;
        /// The router to go by.
        next_hop: Ipv4Addr = 12;
        /// The interface to go out by.
        interface_index: u32 = 16;
        /// The type of the route: to a neighbour, or further.
        route_type: RouteType = 20;
        /// Where it was learnt (`MIB_IPPROTO_…`: 2 local, 3 by an administrator, 8 RIP, 13 OSPF, 14 BGP, …).
        protocol: u32 = 24;
        /// How old it is, in seconds.
        age: u32 = 28;
        /// The autonomous system of the next router; 0 where that does not matter.
        next_hop_as: u32 = 32;
        /// The cost of the route; its meaning depends on `protocol`.
        metric1: u32 = 36;
        /// A second cost; 2³² − 1 where there is none.
        metric2: u32 = 40;
        /// A third cost; 2³² − 1 where there is none.
        metric3: u32 = 44;
        /// A fourth cost; 2³² − 1 where there is none.
        metric4: u32 = 48;
        /// A fifth cost; 2³² − 1 where there is none.
        metric5: u32 = 52;
    }
}

/// Values of `ipifcons.h` and `iprtrmib.h`.
mod raw {
    pub(super) const UP: u32 = 1;
    pub(super) const DOWN: u32 = 2;
    pub(super) const TESTING: u32 = 3;
    pub(super) const NON_OPERATIONAL: u32 = 0;
    pub(super) const UNREACHABLE: u32 = 1;
    pub(super) const DISCONNECTED: u32 = 2;
    pub(super) const CONNECTING: u32 = 3;
    pub(super) const CONNECTED: u32 = 4;
    pub(super) const OPERATIONAL: u32 = 5;
    pub(super) const OTHER: u32 = 1;
    pub(super) const INVALID: u32 = 2;
    pub(super) const DIRECT: u32 = 3;
    pub(super) const INDIRECT: u32 = 4;
}

enumeration! {
    /// The state that an administrator wants an interface to have (`MIB_IF_ADMIN_STATUS_…`).
    AdminStatus: u32 {
        /// The administrator wants it up.
        Up = raw::UP, "up";
        /// The administrator wants it down.
        Down = raw::DOWN, "down";
        /// The interface is in test mode.
        Testing = raw::TESTING, "testing";
    }
}

enumeration! {
    /// The present state of an interface (`MIB_IF_OPER_STATUS_…`).
    OperationalStatus: u32 {
        /// The interface does not work.
        NonOperational = raw::NON_OPERATIONAL, "non-operational";
        /// The other end cannot be reached.
        Unreachable = raw::UNREACHABLE, "unreachable";
        /// The interface is not connected: no cable, no dialled connection.
        Disconnected = raw::DISCONNECTED, "disconnected";
        /// The interface is connecting.
        Connecting = raw::CONNECTING, "connecting";
        /// The interface is connected to a remote end.
        Connected = raw::CONNECTED, "connected";
        /// The interface is up.
        Operational = raw::OPERATIONAL, "operational";
    }
}

enumeration! {
    /// The type of a route: to a neighbour, or further (`MIB_IPROUTE_TYPE_…`).
    RouteType: u32 {
        /// Another type.
        Other = raw::OTHER, "other";
        /// The route is no longer valid.
        Invalid = raw::INVALID, "invalid";
        /// The destination is a neighbour.
        Direct = raw::DIRECT, "direct";
        /// The destination is behind another router.
        Indirect = raw::INDIRECT, "indirect";
    }
}
