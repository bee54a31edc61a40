//! Packet filters.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::network::Ipv4Network;
use super::setting::{Built, Items, Setting, single};
use super::wire::{Parsed, Reader, Writer};
use super::{Info, InfoType, MalformedInfoBlock};
use crate::enumeration::{enumeration, flags};

/// The only version of `FILTER_DESCRIPTOR` and `FILTER_DESCRIPTOR_V6`.
const VERSION: u32 = 1;
/// The sizes of `FILTER_INFO` and `FILTER_INFO_V6`.
const IPV4_SIZE: usize = 28;
const IPV6_SIZE: usize = 52;

/// The packet filters of an interface in one direction, with the action for all other packets (`FILTER_DESCRIPTOR`,
/// `FILTER_DESCRIPTOR_V6`).
///
/// ```
/// use mprapi::InfoBlockBuf;
/// use mprapi::info_block::{FilterAction, FilterProtocol, Filters, Ipv4Filter, Setting};
///
/// let mask = [255, 255, 255, 0].into();
/// let web = Ipv4Filter::new(FilterProtocol::Tcp { source: 0, destination: 443 })
///     .with_destination([192, 0, 2, 0].into(), mask);
/// let filters = Filters::new(FilterAction::Drop, vec![web]);
/// assert_eq!(filters.to_string(), "drop all but TCP from any to 192.0.2.0/24 port 443");
///
/// let mut block = InfoBlockBuf::new();
/// block.put(Setting::INPUT_FILTERS, &filters)?;
/// assert_eq!(block.get(Setting::INPUT_FILTERS)?, Some(filters));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("FILTER_DESCRIPTOR", "FILTER_DESCRIPTOR_V6"))]
pub struct Filters<F> {
    /// The action for packets that no filter matches. Packets that a filter matches get the opposite.
    pub default_action: FilterAction,
    /// The filters, at least one. To have none, remove the info.
    pub filters: Vec<F>,
}

/// A filter for IPv4 packets (`FILTER_INFO`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("FILTER_INFO"))]
pub struct Ipv4Filter {
    /// The network of the sender; 0.0.0.0 for any.
    pub source: Ipv4Addr,
    /// The mask of the sender's network.
    pub source_mask: Ipv4Addr,
    /// The network of the receiver; 0.0.0.0 for any.
    pub destination: Ipv4Addr,
    /// The mask of the receiver's network.
    pub destination_mask: Ipv4Addr,
    /// The protocol, with its ports or ICMP types.
    pub protocol: FilterProtocol,
    /// The fields that the server replaces when it applies the filter.
    pub late_bound: LateBound,
}

/// A filter for IPv6 packets (`FILTER_INFO_V6`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("FILTER_INFO_V6"))]
pub struct Ipv6Filter {
    /// The network of the sender; `::` for any.
    pub source: Ipv6Addr,
    /// The length of its prefix, at most 128; 0 for any sender.
    pub source_prefix: u8,
    /// The network of the receiver; `::` for any.
    pub destination: Ipv6Addr,
    /// The length of its prefix, at most 128; 0 for any receiver.
    pub destination_prefix: u8,
    /// The protocol, with its ports or ICMP types.
    pub protocol: FilterProtocol,
    /// The fields that the server replaces when it applies the filter.
    pub late_bound: LateBound,
}

/// The protocol of the packets that a filter matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum FilterProtocol {
    /// Every protocol.
    Any,
    /// TCP.
    Tcp {
        /// The port of the sender; 0 for any.
        source: u16,
        /// The port of the receiver; 0 for any.
        destination: u16,
    },
    /// UDP.
    Udp {
        /// The port of the sender; 0 for any.
        source: u16,
        /// The port of the receiver; 0 for any.
        destination: u16,
    },
    /// ICMP.
    Icmp {
        /// The type of the message; 255 for any.
        icmp_type: u8,
        /// The code of the message; 255 for any.
        code: u8,
    },
    /// ICMPv6.
    Icmpv6 {
        /// The type of the message; 255 for any.
        icmp_type: u8,
        /// The code of the message; 255 for any.
        code: u8,
    },
    /// Another protocol. The specification has no number for the "TCP (established)" of the administration tools, so such
    /// a filter is read as this, too.
    Other {
        /// The number of the protocol.
        number: u32,
        /// The bytes of the two fields for ports, as they are. The specification wants zeros.
        fields: [u8; 4],
    },
}

/// Values of the specification and of `fltdefs.h`.
mod raw {
    pub(super) const FORWARD: u32 = 0;
    pub(super) const DROP: u32 = 1;
    pub(super) const ANY: u32 = 0;
    pub(super) const ICMP: u32 = 1;
    pub(super) const TCP: u32 = 6;
    pub(super) const UDP: u32 = 17;
    pub(super) const ICMPV6: u32 = 58;
    pub(super) const SOURCE: u32 = 1;
    pub(super) const DESTINATION: u32 = 4;
    pub(super) const SOURCE_MASK: u32 = 0x10;
    pub(super) const DESTINATION_MASK: u32 = 0x20;
}

enumeration! {
    /// The action for a packet (`FORWARD_ACTION`).
    FilterAction: u32 {
        /// The packet passes.
        Forward = raw::FORWARD, "forward";
        /// The packet is dropped.
        Drop = raw::DROP, "drop";
    }
}

flags! {
    /// The fields of a filter that the server replaces with those of an endpoint when it applies the filter.
    LateBound {
        /// The source address.
        SOURCE = raw::SOURCE, "source";
        /// The destination address.
        DESTINATION = raw::DESTINATION, "destination";
        /// The mask of the source.
        SOURCE_MASK = raw::SOURCE_MASK, "source mask";
        /// The mask of the destination.
        DESTINATION_MASK = raw::DESTINATION_MASK, "destination mask";
    }
}

impl Setting<Filters<Ipv4Filter>> {
    /// The filters for IPv4 packets that come in (`IP_IN_FILTER_INFO`).
    pub const INPUT_FILTERS: Setting<Filters<Ipv4Filter>> = Filters::setting(InfoType::IP_IN_FILTER);
    /// The filters for IPv4 packets that go out (`IP_OUT_FILTER_INFO`).
    pub const OUTPUT_FILTERS: Setting<Filters<Ipv4Filter>> = Filters::setting(InfoType::IP_OUT_FILTER);
    /// The filters for IPv4 packets that make a demand-dial interface dial (`IP_DEMAND_DIAL_FILTER_INFO`).
    pub const DEMAND_DIAL_FILTERS: Setting<Filters<Ipv4Filter>> =
        Filters::setting(InfoType::IP_DEMAND_DIAL_FILTER);
}

impl Setting<Filters<Ipv6Filter>> {
    /// The filters for IPv6 packets that come in (`IP_IN_FILTER_INFO_V6`).
    pub const INPUT_FILTERS_V6: Setting<Filters<Ipv6Filter>> = Filters::setting(InfoType::IP_IN_FILTER_V6);
    /// The filters for IPv6 packets that go out (`IP_OUT_FILTER_INFO_V6`).
    pub const OUTPUT_FILTERS_V6: Setting<Filters<Ipv6Filter>> = Filters::setting(InfoType::IP_OUT_FILTER_V6);
    /// The filters for IPv6 packets that make a demand-dial interface dial (`IP_DEMAND_DIAL_FILTER_INFO_V6`).
    pub const DEMAND_DIAL_FILTERS_V6: Setting<Filters<Ipv6Filter>> =
        Filters::setting(InfoType::IP_DEMAND_DIAL_FILTER_V6);
}

/// A filter of one version of IP.
trait Filter: Sized {
    const SIZE: usize;

    fn parse(reader: &mut Reader<'_>) -> Parsed<Self>;

    fn build(&self, writer: &mut Writer) -> std::result::Result<(), &'static str>;
}

impl<F> Filters<F> {
    /// Makes a list of filters with the action for packets that none of them matches.
    #[inline]
    pub fn new(default_action: FilterAction, filters: Vec<F>) -> Filters<F> {
        Filters { default_action, filters }
    }
}

#[expect(private_bounds, reason = "the methods are private, too")]
impl<F: Filter> Filters<F> {
    #[inline]
    const fn setting(info_type: InfoType) -> Setting<Filters<F>> {
        Setting::new(info_type, Filters::parse, Filters::build)
    }

    /// Reads the one item. A C program may have allocated more than the filters need, so more bytes may follow.
    #[inline]
    fn parse(info: Info<'_>) -> Parsed<Option<Filters<F>>> {
        single(info, |reader| {
            // The specification calls this and the other numbers of the descriptor "network byte order", as it does those
            // of the table of contents. There a Windows has little-endian, so here, too; any other order is refused.
            if reader.u32()? != VERSION {
                return Err(MalformedInfoBlock("the version of the filters is not 1"));
            }
            let (count, default_action) = (reader.u32()?, reader.u32()?.into());
            let filters = reader.items(count, F::SIZE)?.map(|item| F::parse(&mut Reader(item)));
            Ok(Filters { default_action, filters: filters.collect::<Parsed<_>>()? })
        })
    }

    #[inline]
    fn build(&self) -> Built {
        if self.filters.is_empty() {
            return Err("there are no filters; to have none, remove the info");
        }
        let count = u32::try_from(self.filters.len()).map_err(|_| "there are too many filters")?;
        let mut writer = Writer::default();
        writer.u32(VERSION).u32(count).u32(self.default_action.into());
        for filter in &self.filters {
            filter.build(&mut writer)?;
        }
        Ok(Items::one(writer))
    }
}

impl Ipv4Filter {
    /// Makes a filter for the packets of a protocol between any addresses.
    #[inline]
    pub fn new(protocol: FilterProtocol) -> Ipv4Filter {
        let any = Ipv4Addr::UNSPECIFIED;
        Ipv4Filter {
            source: any,
            source_mask: any,
            destination: any,
            destination_mask: any,
            protocol,
            late_bound: LateBound::empty(),
        }
    }

    /// Sets the network of the sender, with its mask.
    #[inline]
    #[must_use]
    pub fn with_source(self, source: Ipv4Addr, mask: Ipv4Addr) -> Ipv4Filter {
        Ipv4Filter { source, source_mask: mask, ..self }
    }

    /// Sets the network of the receiver, with its mask.
    #[inline]
    #[must_use]
    pub fn with_destination(self, destination: Ipv4Addr, mask: Ipv4Addr) -> Ipv4Filter {
        Ipv4Filter { destination, destination_mask: mask, ..self }
    }
}

impl Ipv6Filter {
    /// Makes a filter for the packets of a protocol between any addresses.
    #[inline]
    pub fn new(protocol: FilterProtocol) -> Ipv6Filter {
        let any = Ipv6Addr::UNSPECIFIED;
        Ipv6Filter {
            source: any,
            source_prefix: 0,
            destination: any,
            destination_prefix: 0,
            protocol,
            late_bound: LateBound::empty(),
        }
    }

    /// Sets the network of the sender, with the length of its prefix.
    #[inline]
    #[must_use]
    pub fn with_source(self, source: Ipv6Addr, prefix: u8) -> Ipv6Filter {
        Ipv6Filter { source, source_prefix: prefix, ..self }
    }

    /// Sets the network of the receiver, with the length of its prefix.
    #[inline]
    #[must_use]
    pub fn with_destination(self, destination: Ipv6Addr, prefix: u8) -> Ipv6Filter {
        Ipv6Filter { destination, destination_prefix: prefix, ..self }
    }
}

impl Filter for Ipv4Filter {
    const SIZE: usize = IPV4_SIZE;

    #[inline]
    fn parse(reader: &mut Reader<'_>) -> Parsed<Ipv4Filter> {
        let (source, source_mask) = (reader.ipv4()?, reader.ipv4()?);
        let (destination, destination_mask) = (reader.ipv4()?, reader.ipv4()?);
        let (protocol, late_bound) = tail(reader)?;
        Ok(Ipv4Filter { source, source_mask, destination, destination_mask, protocol, late_bound })
    }

    #[inline]
    fn build(&self, writer: &mut Writer) -> std::result::Result<(), &'static str> {
        writer.ipv4(self.source).ipv4(self.source_mask);
        writer.ipv4(self.destination).ipv4(self.destination_mask);
        build_tail(writer, self.protocol, self.late_bound);
        Ok(())
    }
}

impl Filter for Ipv6Filter {
    const SIZE: usize = IPV6_SIZE;

    #[inline]
    fn parse(reader: &mut Reader<'_>) -> Parsed<Ipv6Filter> {
        let (source, source_prefix) = (reader.ipv6()?, reader.ipv6_prefix()?);
        let (destination, destination_prefix) = (reader.ipv6()?, reader.ipv6_prefix()?);
        let (protocol, late_bound) = tail(reader)?;
        Ok(Ipv6Filter { source, source_prefix, destination, destination_prefix, protocol, late_bound })
    }

    #[inline]
    fn build(&self, writer: &mut Writer) -> std::result::Result<(), &'static str> {
        if self.source_prefix > 128 || self.destination_prefix > 128 {
            return Err("the prefix of a filter is longer than the address");
        }
        writer.ipv6(self.source).u32(self.source_prefix.into());
        writer.ipv6(self.destination).u32(self.destination_prefix.into());
        build_tail(writer, self.protocol, self.late_bound);
        Ok(())
    }
}

/// Reads the fields behind the addresses: the protocol, the flags, and two fields whose meaning depends on the protocol.
/// Ports are in network order, ICMP types and codes are not.
#[inline]
fn tail(reader: &mut Reader<'_>) -> Parsed<(FilterProtocol, LateBound)> {
    let (number, late_bound) = (reader.u32()?, LateBound::from_bits_retain(reader.u32()?));
    let fields: [u8; 4] = reader.bytes()?;
    let [a, b, c, d] = fields;
    let (source, destination) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    let is_icmp = matches!(number, raw::ICMP | raw::ICMPV6);
    if is_icmp && (b, d) != (0, 0) {
        return Err(MalformedInfoBlock("the ICMP type or code of a filter is larger than 255"));
    }
    let (icmp_type, code) = (a, c);
    let protocol = match number {
        raw::ANY if fields == [0; 4] => FilterProtocol::Any,
        raw::TCP => FilterProtocol::Tcp { source, destination },
        raw::UDP => FilterProtocol::Udp { source, destination },
        raw::ICMP => FilterProtocol::Icmp { icmp_type, code },
        raw::ICMPV6 => FilterProtocol::Icmpv6 { icmp_type, code },
        number => FilterProtocol::Other { number, fields },
    };
    Ok((protocol, late_bound))
}

#[inline]
fn build_tail(writer: &mut Writer, protocol: FilterProtocol, late_bound: LateBound) {
    writer.u32(protocol.number()).u32(late_bound.bits());
    match protocol {
        FilterProtocol::Any => writer.u32(0),
        FilterProtocol::Tcp { source, destination } | FilterProtocol::Udp { source, destination } => {
            writer.bytes(&source.to_be_bytes()).bytes(&destination.to_be_bytes())
        }
        FilterProtocol::Icmp { icmp_type, code } | FilterProtocol::Icmpv6 { icmp_type, code } => {
            writer.u16(icmp_type.into()).u16(code.into())
        }
        FilterProtocol::Other { fields, .. } => writer.bytes(&fields),
    };
}

impl FilterProtocol {
    /// The ICMP type or code that matches every one (`FILTER_ICMP_TYPE_ANY` and `FILTER_ICMP_CODE_ANY` of `fltdefs.h`).
    pub const ANY_ICMP: u8 = 255;

    /// Returns the number of the protocol in IP headers; 0 for any protocol.
    #[inline]
    pub fn number(&self) -> u32 {
        match *self {
            FilterProtocol::Any => raw::ANY,
            FilterProtocol::Tcp { .. } => raw::TCP,
            FilterProtocol::Udp { .. } => raw::UDP,
            FilterProtocol::Icmp { .. } => raw::ICMP,
            FilterProtocol::Icmpv6 { .. } => raw::ICMPV6,
            FilterProtocol::Other { number, .. } => number,
        }
    }

    /// Returns the ports of the sender and the receiver, those that are not any.
    #[inline]
    fn ports(self) -> [Option<u16>; 2] {
        match self {
            FilterProtocol::Tcp { source, destination } | FilterProtocol::Udp { source, destination } => {
                [source, destination].map(|port| (port != 0).then_some(port))
            }
            _ => [None, None],
        }
    }
}

/// Shows the protocol without ports, which the filter shows at the addresses: `TCP`, `ICMP type 8`, `protocol 47`.
impl fmt::Display for FilterProtocol {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match *self {
            FilterProtocol::Any => "any protocol",
            FilterProtocol::Tcp { .. } => "TCP",
            FilterProtocol::Udp { .. } => "UDP",
            FilterProtocol::Icmp { .. } => "ICMP",
            FilterProtocol::Icmpv6 { .. } => "ICMPv6",
            FilterProtocol::Other { number, .. } => return write!(f, "protocol {number}"),
        };
        f.write_str(name)?;
        if let FilterProtocol::Icmp { icmp_type, code } | FilterProtocol::Icmpv6 { icmp_type, code } = *self {
            for (what, number) in [("type", icmp_type), ("code", code)] {
                if number != FilterProtocol::ANY_ICMP {
                    write!(f, " {what} {number}")?;
                }
            }
        }
        Ok(())
    }
}

/// Writes `TCP from any to 192.0.2.0/24 port 443`; a network that is not there is any.
#[inline]
fn show(
    f: &mut fmt::Formatter<'_>,
    protocol: FilterProtocol,
    networks: [Option<&dyn fmt::Display>; 2],
    late_bound: LateBound,
) -> fmt::Result {
    write!(f, "{protocol}")?;
    for ((word, network), port) in ["from", "to"].into_iter().zip(networks).zip(protocol.ports()) {
        match network {
            Some(network) => write!(f, " {word} {network}")?,
            None => write!(f, " {word} any")?,
        }
        if let Some(port) = port {
            write!(f, " port {port}")?;
        }
    }
    if late_bound.is_empty() { Ok(()) } else { write!(f, " (replaced: {late_bound})") }
}

/// Shows the filter as `TCP from any to 192.0.2.0/24 port 443`.
impl fmt::Display for Ipv4Filter {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = Ipv4Network(self.source, self.source_mask);
        let destination = Ipv4Network(self.destination, self.destination_mask);
        let shown = |network: &Ipv4Network| !network.0.is_unspecified() || !network.1.is_unspecified();
        let networks =
            [&source, &destination].map(|network| shown(network).then_some(network as &dyn fmt::Display));
        show(f, self.protocol, networks, self.late_bound)
    }
}

/// Shows the filter as `TCP from any to 2001:db8::/32 port 443`.
impl fmt::Display for Ipv6Filter {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let network = |address: Ipv6Addr, prefix: u8| {
            (!address.is_unspecified() || prefix > 0).then(|| format!("{address}/{prefix}"))
        };
        let source = network(self.source, self.source_prefix);
        let destination = network(self.destination, self.destination_prefix);
        let networks =
            [&source, &destination].map(|network| network.as_ref().map(|text| text as &dyn fmt::Display));
        show(f, self.protocol, networks, self.late_bound)
    }
}

/// Shows the filters as `drop all but UDP from any to any port 53; TCP from any to any`.
impl<F: fmt::Display> fmt::Display for Filters<F> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} all", self.default_action)?;
        for (index, filter) in self.filters.iter().enumerate() {
            write!(f, "{} {filter}", if index == 0 { " but" } else { ";" })?;
        }
        Ok(())
    }
}
