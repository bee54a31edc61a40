//! Variables of the router managers: interfaces, addresses and routes of the IP router manager, and any other as bytes.

mod entry;

use std::time::Duration;

use clap::Subcommand;
use mprapi::Mpr;
use mprapi::mib::{AdminStatus, OperationalStatus};

use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::output::{Listing, Mood, ServerName, State, Value, bytes, row};

use entry::{Verb, Which};

pub(crate) use entry::EntryRow;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the IP interfaces with their traffic
    #[command(after_help = "Example:\n  mprctl mib interfaces --where status=operational")]
    Interfaces(Listing<InterfaceRow>),
    /// List the IPv4 addresses
    #[command(after_help = "Example:\n  mprctl mib addresses --output csv")]
    Addresses(Listing<AddressRow>),
    /// List the IPv4 routes
    #[command(after_help = "Example:\n  mprctl mib routes --where destination=10.*")]
    Routes(Listing<RouteRow>),
    /// Read a variable as bytes
    #[command(after_help = "\
Examples:
  mprctl mib get 0000000000000000                    the number of interfaces
  mprctl mib get --transport IPv6 --protocol 10000 --file query.bin --output json

The module that has the variable defines the format of its entry; numbers are little-endian. An entry of the IP router
manager is a MIB_OPAQUE_QUERY: the number of the variable and its indices, 4 bytes each.")]
    Get(entry::Query),
    /// Read the first variable of a set as bytes
    #[command(
        after_help = "Example:\n  mprctl mib first 0200000000000000                  the first interface"
    )]
    First(entry::Query),
    /// Read the variable after the given one as bytes; exit code 6 after the last one
    #[command(
        after_help = "Example:\n  mprctl mib next 0200000001000000                   the interface after number 1"
    )]
    Next(entry::Query),
    /// Create a variable (asks first)
    #[command(after_help = "Example:\n  mprctl mib create --file route.bin")]
    Create(entry::Change),
    /// Set a variable (asks first)
    #[command(after_help = "Example:\n  mprctl mib set --file route.bin")]
    Set(entry::Change),
    /// Delete a variable (asks first)
    #[command(after_help = "Example:\n  mprctl mib delete 08000000ac100000030000000000000a0a0100fd")]
    Delete(entry::Change),
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::Interfaces(listing) => context.list_of(&listing, interfaces),
        Command::Addresses(listing) => context.list_of(&listing, addresses),
        Command::Routes(listing) => context.list_of(&listing, routes),
        Command::Get(query) => entry::query(context, Which::This, query),
        Command::First(query) => entry::query(context, Which::First, query),
        Command::Next(query) => entry::query(context, Which::Next, query),
        Command::Create(change) => entry::change(context, Verb::Create, change),
        Command::Set(change) => entry::change(context, Verb::Set, change),
        Command::Delete(change) => entry::change(context, Verb::Delete, change),
    }
}

/// Opens the management information base, reads, and closes it, checked.
fn read<T>(
    mpr: &Mpr,
    target: Option<&str>,
    work: impl FnOnce(&mprapi::MibServer) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mib = mpr.mib(target)?;
    let answer = work(&mib);
    mprapi::disconnect(mib).map_err(|error| Failure::new(Kind::Failed, error.to_string()))?;
    answer
}

row! {
    /// An IP interface. The counters have 32 bits and wrap at 2³².
    pub(crate) struct InterfaceRow: "mib_interface" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The number of the interface in addresses and routes.
        index: u32 => Always "Index",
        /// The name.
        name: String => Always "Interface",
        /// The state that an administrator wants: up or down.
        wanted: String => IfRoom "Wanted",
        /// The present state.
        status: State => Always "Status",
        /// The speed in bits per second.
        speed: u32 => Asked "Bits a second",
        /// The largest packet in bytes.
        mtu: u32 => IfRoom "MTU",
        /// Bytes received.
        bytes_in: u32 => Always "In" as bytes,
        /// Bytes sent.
        bytes_out: u32 => Always "Out" as bytes,
        /// Packets received that were not sound.
        errors_in: u32 => IfRoom "Errors in",
        /// Packets that could not be sent.
        errors_out: u32 => IfRoom "Errors out",
    }
}

fn interfaces(mpr: &Mpr, target: Option<&str>) -> Result<Vec<InterfaceRow>, Failure> {
    read(mpr, target, |mib| {
        let table = mib.interfaces()?;
        let rows = table.iter().map(|row| InterfaceRow {
            server: ServerName::default(),
            index: row.index(),
            name: row.name().to_string_lossy(),
            wanted: row.admin_status().to_string(),
            status: State::new(
                row.operational_status().to_string(),
                match (row.operational_status(), row.admin_status()) {
                    (OperationalStatus::Operational | OperationalStatus::Connected, _) => Mood::Good,
                    (_, AdminStatus::Up) => Mood::Warn,
                    _ => Mood::Quiet,
                },
            ),
            speed: row.speed(),
            mtu: row.mtu(),
            bytes_in: row.bytes_received(),
            bytes_out: row.bytes_sent(),
            errors_in: row.errors_received(),
            errors_out: row.errors_sent(),
        });
        Ok(rows.collect())
    })
}

row! {
    /// An IPv4 address of the router.
    pub(crate) struct AddressRow: "mib_address" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The address.
        address: String => Always "Address",
        /// The mask of its net.
        mask: String => Always "Mask",
        /// The number of the interface that has it.
        interface: u32 => Always "Interface",
    }
}

fn addresses(mpr: &Mpr, target: Option<&str>) -> Result<Vec<AddressRow>, Failure> {
    read(mpr, target, |mib| {
        let table = mib.addresses()?;
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|row| row.address());
        let rows = rows.into_iter().map(|row| AddressRow {
            server: ServerName::default(),
            address: row.address().to_string(),
            mask: row.mask().to_string(),
            interface: row.interface_index(),
        });
        Ok(rows.collect())
    })
}

row! {
    /// An IPv4 route.
    pub(crate) struct RouteRow: "mib_route" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The destination.
        destination: String => Always "Destination",
        /// The network mask of the destination.
        mask: String => Always "Mask",
        /// The next router.
        next_hop: String => Always "Next hop",
        /// The number of the outgoing interface.
        interface: u32 => Always "Interface",
        /// `direct` for a neighbour, `indirect` for a destination behind another router.
        r#type: String => IfRoom "Type",
        /// The source of the route: 2 local, 3 administrator, 8 RIP, 13 OSPF, 14 BGP, …
        protocol: u32 => Asked "Protocol",
        /// The age in seconds.
        age: u32 => Asked "Age" as seconds,
        /// The cost; its meaning depends on the protocol.
        metric: u32 => Always "Metric",
    }
}

fn seconds(count: &u32) -> Value<'_> {
    Value::Time(Duration::from_secs((*count).into()))
}

fn routes(mpr: &Mpr, target: Option<&str>) -> Result<Vec<RouteRow>, Failure> {
    read(mpr, target, |mib| {
        let table = mib.routes()?;
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|row| (row.destination(), row.mask(), row.next_hop()));
        let rows = rows.into_iter().map(|row| RouteRow {
            server: ServerName::default(),
            destination: row.destination().to_string(),
            mask: row.mask().to_string(),
            next_hop: row.next_hop().to_string(),
            interface: row.interface_index(),
            r#type: row.route_type().to_string(),
            protocol: row.protocol(),
            age: row.age(),
            metric: row.metric1(),
        });
        Ok(rows.collect())
    })
}
