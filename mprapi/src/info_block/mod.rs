//! Information blocks: the settings of a transport, as the API carries them.
//!
//! A block (`RTR_INFO_BLOCK_HEADER` of `rtinfo.h`) is a sequence of bytes: a version, its size, the number of infos, a
//! table, and then the items. The table has an entry for each info: its type, the size of an item, the number of items and
//! their offset. [`InfoBlock`] reads a block from any source and checks everything; [`InfoBlockBuf`] builds one. Neither
//! needs a library. [`InfoHeader`] is a block in the library's memory.
//!
//! The items of an info are bytes. A [`Setting`] reads and writes those of the IP transports as values: static routes, packet
//! filters, and others.

use std::fmt;

use crate::enumeration::words;
use crate::{Error, Result};

mod discovery;
mod filter;
mod filtering;
mod global;
mod header;
mod network;
mod preference;
mod route;
mod setting;
mod status;
mod wire;

pub use discovery::RouterDiscovery;
pub use filter::{FilterAction, FilterProtocol, Filters, Ipv4Filter, Ipv6Filter, LateBound};
pub use global::{GlobalSettings, LoggingLevel};
pub use header::InfoHeader;
pub use preference::{ProtocolPreference, SubProtocolPreference};
pub use route::{Ipv4Path, Ipv6Path, Route, RoutePath, RouteProtocol, RouteViews};
pub use setting::Setting;

/// `RTR_INFO_BLOCK_VERSION` of `rtinfo.h`, the only version.
const VERSION: u32 = 1;
/// The size of the version, the size and the number of infos.
const HEAD: usize = 12;
/// The size of an `RTR_TOC_ENTRY`: type, size of an item, number of items, offset from the start of the block.
const ENTRY: usize = 16;
/// The least size of a block. The C struct includes one entry, so an empty block has room for one: a C program may read it.
const LEAST: usize = HEAD + ENTRY;
/// The alignment of items (`ALIGN_SIZE` of `rtinfo.h`), which reading does not require.
const ALIGNMENT: usize = 8;
/// The largest block, one gibibyte. With this limit no sum exceeds 32 bits.
const LARGEST: usize = 1 << 30;

/// The type of an info: a number whose meaning depends on the transport.
///
/// The constants are those of the IP transports (`ipinfoid.h` and, from [`IPV6_GLOBAL`](InfoType::IPV6_GLOBAL) on, MS-RRASM
/// 2.2.1.2.4). An info of a routing protocol has the protocol's number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InfoType(pub u32);

impl InfoType {
    /// Filters for incoming packets.
    pub const IP_IN_FILTER: InfoType = InfoType(0xFFFF_0001);
    /// Filters for outgoing packets.
    pub const IP_OUT_FILTER: InfoType = InfoType(0xFFFF_0002);
    /// Settings of the whole transport.
    pub const IP_GLOBAL: InfoType = InfoType(0xFFFF_0003);
    /// The state of the interface for the transport: up or down.
    pub const IP_INTERFACE_STATUS: InfoType = InfoType(0xFFFF_0004);
    /// Static routes.
    pub const IP_ROUTE: InfoType = InfoType(0xFFFF_0005);
    /// The preference of the routing protocols.
    pub const IP_PROTOCOL_PRIORITY: InfoType = InfoType(0xFFFF_0006);
    /// Router discovery.
    pub const IP_ROUTER_DISCOVERY: InfoType = InfoType(0xFFFF_0007);
    /// Filters for packets that make a demand-dial interface dial.
    pub const IP_DEMAND_DIAL_FILTER: InfoType = InfoType(0xFFFF_0009);
    /// The multicast heartbeat.
    pub const IP_MULTICAST_HEARTBEAT: InfoType = InfoType(0xFFFF_000A);
    /// Multicast boundaries.
    pub const IP_MULTICAST_BOUNDARY: InfoType = InfoType(0xFFFF_000B);
    /// The ends of an IP-in-IP tunnel.
    pub const IP_IN_IP: InfoType = InfoType(0xFFFF_000C);
    /// Filtering of fragments and similar packets.
    pub const IP_INTERFACE_FILTER: InfoType = InfoType(0xFFFF_000D);
    /// Limits on multicast.
    pub const IP_MULTICAST_LIMIT: InfoType = InfoType(0xFFFF_000E);
    /// Settings of the whole IPv6 transport.
    pub const IPV6_GLOBAL: InfoType = InfoType(0xFFFF_000F);
    /// Filters for incoming IPv6 packets.
    pub const IP_IN_FILTER_V6: InfoType = InfoType(0xFFFF_0011);
    /// Filters for outgoing IPv6 packets.
    pub const IP_OUT_FILTER_V6: InfoType = InfoType(0xFFFF_0012);
    /// Filters for IPv6 packets that make a demand-dial interface dial.
    pub const IP_DEMAND_DIAL_FILTER_V6: InfoType = InfoType(0xFFFF_0013);
    /// Filtering of fragments of IPv6 packets.
    pub const IP_INTERFACE_FILTER_V6: InfoType = InfoType(0xFFFF_0014);
    /// The switch for all static filters of IPv4.
    pub const IP_FILTER_ENABLE: InfoType = InfoType(0xFFFF_0015);
    /// The switch for all static filters of IPv6.
    pub const IP_FILTER_ENABLE_V6: InfoType = InfoType(0xFFFF_0016);
    /// The preference of the parts of routing protocols.
    pub const IP_PROTOCOL_PRIORITY_EX: InfoType = InfoType(0xFFFF_0017);
}

words! {
    InfoType {
        IP_IN_FILTER = "input filters";
        IP_OUT_FILTER = "output filters";
        IP_GLOBAL = "global settings";
        IP_INTERFACE_STATUS = "interface status";
        IP_ROUTE = "static routes";
        IP_PROTOCOL_PRIORITY = "protocol priorities";
        IP_ROUTER_DISCOVERY = "router discovery";
        IP_DEMAND_DIAL_FILTER = "demand-dial filters";
        IP_MULTICAST_HEARTBEAT = "multicast heartbeat";
        IP_MULTICAST_BOUNDARY = "multicast boundaries";
        IP_IN_IP = "IP-in-IP tunnel";
        IP_INTERFACE_FILTER = "fragment filtering";
        IP_MULTICAST_LIMIT = "multicast limits";
        IPV6_GLOBAL = "IPv6 global settings";
        IP_IN_FILTER_V6 = "IPv6 input filters";
        IP_OUT_FILTER_V6 = "IPv6 output filters";
        IP_DEMAND_DIAL_FILTER_V6 = "IPv6 demand-dial filters";
        IP_INTERFACE_FILTER_V6 = "IPv6 fragment filtering";
        IP_FILTER_ENABLE = "filtering";
        IP_FILTER_ENABLE_V6 = "IPv6 filtering";
        IP_PROTOCOL_PRIORITY_EX = "sub-protocol priorities";
    }
    InfoType(other) => format!("{other:#x}")
}

impl fmt::Debug for InfoType {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InfoType({:#x})", self.0)
    }
}

/// One info of a block: items of one size.
#[derive(Clone, Copy, PartialEq, Eq)]
#[doc(alias("RTR_TOC_ENTRY"))]
pub struct Info<'b> {
    info_type: InfoType,
    item_size: u32,
    count: u32,
    data: &'b [u8],
}

impl<'b> Info<'b> {
    /// Makes an info with one item. (With an empty `data` it has no items, which clears a setting.)
    ///
    /// # Errors
    /// As [`items`](Info::items).
    #[inline]
    pub fn item(info_type: InfoType, data: &'b [u8]) -> Result<Info<'b>> {
        Info::items(info_type, data.len(), data)
    }

    /// Makes an info with all items of `item_size` bytes in `data`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if `data` ends within an item, or is larger
    /// than a gibibyte.
    #[inline]
    pub fn items(info_type: InfoType, item_size: usize, data: &'b [u8]) -> Result<Info<'b>> {
        const FUNCTION: &str = "MprInfoBlockAdd";
        if data.len() > LARGEST || item_size > LARGEST {
            return Err(Error::argument(FUNCTION, "an info cannot be larger than a gibibyte"));
        }
        if data.is_empty() {
            return Ok(Info { info_type, item_size: item_size as u32, count: 0, data });
        }
        if item_size == 0 || !data.len().is_multiple_of(item_size) {
            return Err(Error::argument(FUNCTION, "the data end within an item"));
        }
        Ok(Info { info_type, item_size: item_size as u32, count: (data.len() / item_size) as u32, data })
    }

    /// Returns the type of the info.
    #[inline]
    pub fn info_type(&self) -> InfoType {
        self.info_type
    }

    /// Returns the size of one item in bytes.
    #[inline]
    pub fn item_size(&self) -> u32 {
        self.item_size
    }

    /// Returns the number of items.
    #[inline]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Returns the bytes of all items, one after the other.
    #[inline]
    pub fn data(&self) -> &'b [u8] {
        self.data
    }

    /// Iterates over the items. (If items have no bytes, the iterator is empty.)
    #[inline]
    pub fn iter(&self) -> std::slice::ChunksExact<'b, u8> {
        self.data.chunks_exact((self.item_size as usize).max(1))
    }
}

impl<'b> IntoIterator for Info<'b> {
    type Item = &'b [u8];
    type IntoIter = std::slice::ChunksExact<'b, u8>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Info<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The data may hold a secret of the transport's; none is known to, and none is printed.
        f.debug_struct("Info")
            .field("info_type", &self.info_type)
            .field("item_size", &self.item_size)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

/// A borrowed information block for reading. All checks are done when it is parsed.
#[derive(Clone, Copy)]
#[doc(alias("RTR_INFO_BLOCK_HEADER"))]
pub struct InfoBlock<'b> {
    /// Exactly the bytes of the block.
    bytes: &'b [u8],
    table: &'b [[u8; ENTRY]],
}

/// The error for bytes that are not an information block, with the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedInfoBlock(&'static str);

impl MalformedInfoBlock {
    /// Makes an error about the answer of a C function.
    #[inline]
    pub(crate) fn answered(self, function: &'static str) -> Error {
        Error::answer(function, self.0)
    }
}

impl fmt::Display for MalformedInfoBlock {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for MalformedInfoBlock {}

impl<'b> InfoBlock<'b> {
    /// Parses the block at the start of `bytes`. Ignores bytes after its end.
    ///
    /// # Errors
    /// [`MalformedInfoBlock`] if the version is not 1, if the table or an item is outside the block, if an item overlaps the
    /// table, or if the items together are larger than the block.
    #[inline]
    pub fn parse(bytes: &'b [u8]) -> std::result::Result<InfoBlock<'b>, MalformedInfoBlock> {
        let malformed = |problem| Err(MalformedInfoBlock(problem));
        if bytes.len() < HEAD {
            return malformed("the information block ends within its header");
        }
        if word(bytes, 0) != VERSION {
            return malformed("the version of the information block is unknown");
        }
        let Some(bytes) = bytes.get(..word(bytes, 4) as usize) else {
            return malformed("the information block is shorter than its size says");
        };
        if bytes.len() > LARGEST {
            return malformed("the information block is larger than a gibibyte");
        }
        let count = if bytes.len() < HEAD { 0 } else { word(bytes, 8) as usize };
        let Some(table) = bytes.get(HEAD..).map(|rest| rest.as_chunks().0).and_then(|rest| rest.get(..count))
        else {
            return malformed("the information block ends within its table");
        };
        let table_end = HEAD + size_of_val(table);
        let block = InfoBlock { bytes, table };
        let mut room = (bytes.len() - table_end) as u64;
        for entry in table {
            let length = u64::from(word(entry, 4)) * u64::from(word(entry, 8));
            let offset = u64::from(word(entry, 12));
            if length > 0
                && (offset < table_end as u64 || length > bytes.len() as u64 - offset.min(bytes.len() as u64))
            {
                return malformed("an item of the information block is out of bounds");
            }
            // So that what is copied from a block is never much larger than the block.
            let Some(left) = room.checked_sub(length) else {
                return malformed("the items of the information block overlap");
            };
            room = left;
        }
        Ok(block)
    }

    /// Returns the bytes of the block.
    #[inline]
    pub fn as_bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// Iterates over the infos in their order.
    #[inline]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Info<'b>> + use<'b> {
        let bytes = self.bytes;
        self.table.iter().map(move |entry| {
            let (item_size, count, offset) = (word(entry, 4), word(entry, 8), word(entry, 12) as usize);
            // `parse` has seen that this is below the block's length, and in it.
            let length = (u64::from(item_size) * u64::from(count)) as usize;
            let data = if length == 0 { &[] } else { &bytes[offset..][..length] };
            Info { info_type: InfoType(word(entry, 0)), item_size, count, data }
        })
    }

    /// Finds the first info of this type.
    #[inline]
    pub fn find(&self, info_type: InfoType) -> Option<Info<'b>> {
        self.iter().find(|info| info.info_type == info_type)
    }

    /// Makes an owned copy, which can be changed.
    #[inline]
    pub fn to_buf(&self) -> InfoBlockBuf {
        InfoBlockBuf { infos: self.iter().map(OwnedInfo::new).collect() }
    }
}

impl fmt::Debug for InfoBlock<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Returns the 32-bit number at an offset, which must be in bounds. Windows is always little-endian.
#[inline]
fn word(bytes: &[u8], offset: usize) -> u32 {
    u32::from_le_bytes([bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]])
}

/// An owned information block, to build or to change.
///
/// ```
/// use mprapi::{Info, InfoBlock, InfoBlockBuf, InfoType};
///
/// let mut block = InfoBlockBuf::new();
/// block.add(Info::item(InfoType::IP_INTERFACE_STATUS, &1_u32.to_le_bytes())?)?;
/// let bytes = block.to_bytes();
/// let status = InfoBlock::parse(&bytes)?.find(InfoType::IP_INTERFACE_STATUS).expect("just added");
/// assert_eq!(status.data(), [1, 0, 0, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct InfoBlockBuf {
    infos: Vec<OwnedInfo>,
}

#[derive(Clone, PartialEq, Eq)]
struct OwnedInfo {
    info_type: InfoType,
    item_size: u32,
    count: u32,
    data: Box<[u8]>,
}

impl OwnedInfo {
    #[inline]
    fn new(info: Info<'_>) -> OwnedInfo {
        OwnedInfo {
            info_type: info.info_type,
            item_size: info.item_size,
            count: info.count,
            data: info.data.into(),
        }
    }

    #[inline]
    fn borrow(&self) -> Info<'_> {
        Info { info_type: self.info_type, item_size: self.item_size, count: self.count, data: &self.data }
    }
}

impl InfoBlockBuf {
    /// Makes an empty block.
    #[inline]
    pub fn new() -> InfoBlockBuf {
        InfoBlockBuf::default()
    }

    /// Iterates over the infos in their order.
    #[inline]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Info<'_>> {
        self.infos.iter().map(OwnedInfo::borrow)
    }

    /// Returns `true` if the block has no infos.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.infos.is_empty()
    }

    /// Finds the first info of this type.
    #[inline]
    pub fn find(&self, info_type: InfoType) -> Option<Info<'_>> {
        self.iter().find(|info| info.info_type == info_type)
    }

    /// Adds an info at the end, as `MprInfoBlockAdd` does.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if the block has an info of this type already, or
    /// would become larger than a gibibyte.
    #[inline]
    pub fn add(&mut self, info: Info<'_>) -> Result<()> {
        const FUNCTION: &str = "MprInfoBlockAdd";
        if self.find(info.info_type).is_some() {
            return Err(Error::argument(FUNCTION, "the block has an info of this type already"));
        }
        self.check_room(FUNCTION, info.data.len(), 0)?;
        self.infos.push(OwnedInfo::new(info));
        Ok(())
    }

    /// Replaces the info of the same type at its position, as `MprInfoBlockSet` does.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if the block has no info of this type, or would
    /// become larger than a gibibyte.
    #[inline]
    pub fn set(&mut self, info: Info<'_>) -> Result<()> {
        const FUNCTION: &str = "MprInfoBlockSet";
        let Some(index) = self.infos.iter().position(|old| old.info_type == info.info_type) else {
            return Err(Error::argument(FUNCTION, "the block has no info of this type"));
        };
        self.check_room(FUNCTION, info.data.len(), self.infos[index].data.len())?;
        self.infos[index] = OwnedInfo::new(info);
        Ok(())
    }

    /// Removes the info of this type, as `MprInfoBlockRemove` does. Returns `false` if the block has none.
    #[inline]
    pub fn remove(&mut self, info_type: InfoType) -> bool {
        let index = self.infos.iter().position(|old| old.info_type == info_type);
        index.is_some_and(|index| {
            self.infos.remove(index);
            true
        })
    }

    /// Removes all infos, as `MprInfoRemoveAll` does.
    #[inline]
    pub fn clear(&mut self) {
        self.infos.clear();
    }

    #[inline]
    fn check_room(&self, function: &'static str, coming: usize, going: usize) -> Result<()> {
        if self.length() - going + coming + ENTRY + ALIGNMENT > LARGEST {
            return Err(Error::argument(function, "a block cannot be larger than a gibibyte"));
        }
        Ok(())
    }

    /// Returns the largest size that the block may have, with the most padding for each info.
    #[inline]
    fn length(&self) -> usize {
        LEAST + self.infos.iter().map(|info| ENTRY + ALIGNMENT + info.data.len()).sum::<usize>()
    }

    /// Returns the bytes of the block in the API's format: the items of each info begin at a multiple of eight.
    #[inline]
    pub fn to_bytes(&self) -> Vec<u8> {
        let table_end = HEAD + self.infos.len() * ENTRY;
        let mut bytes = Vec::with_capacity(self.length());
        bytes.resize(table_end.max(LEAST), 0);
        for (index, info) in self.infos.iter().enumerate() {
            bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
            let entry = [info.info_type.0, info.item_size, info.count, bytes.len() as u32];
            put(&mut bytes, HEAD + index * ENTRY, &entry);
            bytes.extend_from_slice(&info.data);
        }
        let size = bytes.len() as u32;
        put(&mut bytes, 0, &[VERSION, size, self.infos.len() as u32]);
        bytes
    }

    /// Returns the block in aligned memory, with its size in bytes, to pass to the API. The library only reads it.
    #[inline]
    pub(crate) fn to_words(&self) -> (Vec<u64>, u32) {
        let bytes = self.to_bytes();
        let words = bytes.chunks(8).map(|chunk| {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            u64::from_ne_bytes(word)
        });
        (words.collect(), bytes.len() as u32)
    }
}

impl fmt::Debug for InfoBlockBuf {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[inline]
fn put(bytes: &mut [u8], offset: usize, words: &[u32]) {
    for (place, word) in bytes[offset..].chunks_exact_mut(4).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
}

#[cfg(test)]
mod tests;
