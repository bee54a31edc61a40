//! What the router managers know: the IP router manager's interfaces, addresses and routes, and any variable as bytes.

mod entry;

use clap::Subcommand;
use mprapi::Mpr;
use mprapi::mib::{AdminStatus, OperationalStatus};
use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::output::{Column, Listing, Mood, Place, Row, Value};

use entry::{Verb, Which};

pub(crate) use entry::EntryRow;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lists the IP interfaces with their traffic
    #[command(after_help = "Example:\n  mprctl mib interfaces --where status=operational")]
    Interfaces(Listing),
    /// Lists the IPv4 addresses
    #[command(after_help = "Example:\n  mprctl mib addresses --output csv")]
    Addresses(Listing),
    /// Lists the IPv4 routes
    #[command(after_help = "Example:\n  mprctl mib routes --where destination=10.*")]
    Routes(Listing),
    /// Reads a variable as bytes
    #[command(after_help = "\
Examples:
  mprctl mib get 0000000000000000                    how many interfaces there are
  mprctl mib get --transport IPv6 --protocol 10000 --file query.bin --output json

What an entry looks like, the module that has the variable defines; numbers are little-endian. That of the IP router
manager is MIB_OPAQUE_QUERY: the variable's number and its indices, each of 4 bytes.")]
    Get(entry::Query),
    /// Reads the first variable of a set as bytes
    #[command(
        after_help = "Example:\n  mprctl mib first 0200000000000000                  the first interface"
    )]
    First(entry::Query),
    /// Reads the variable that follows the one that is named, as bytes; exit code 6 behind the last
    #[command(
        after_help = "Example:\n  mprctl mib next 0200000001000000                   the interface after number 1"
    )]
    Next(entry::Query),
    /// Makes a variable, after a question
    #[command(after_help = "Example:\n  mprctl mib create --file route.bin")]
    Create(entry::Change),
    /// Sets a variable, after a question
    #[command(after_help = "Example:\n  mprctl mib set --file route.bin")]
    Set(entry::Change),
    /// Deletes a variable, after a question
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

/// An IP interface. The counters have 32 bits and start again after 4,294,967,295.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct InterfaceRow {
    /// The server.
    server: String,
    /// The number that addresses and routes know it by.
    index: u32,
    /// Its name.
    name: String,
    /// Whether an administrator wants it up.
    wanted: String,
    /// Whether it is up.
    status: String,
    /// Bits per second.
    speed: u32,
    /// The largest packet in bytes.
    mtu: u32,
    /// Bytes received.
    bytes_in: u32,
    /// Bytes sent.
    bytes_out: u32,
    /// Packets received that were not sound.
    errors_in: u32,
    /// Packets that could not be sent.
    errors_out: u32,
    #[serde(skip)]
    mood: Option<Mood>,
}

impl Row for InterfaceRow {
    const KIND: &'static str = "mib_interface";
    const COLUMNS: &'static [Column<InterfaceRow>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("index", "Index", Place::Always, |row| Value::Count(row.index.into())),
        Column::new("name", "Interface", Place::Always, |row| Value::text(&row.name)),
        Column::new("wanted", "Wanted", Place::IfRoom, |row| Value::text(&row.wanted)),
        Column::new("status", "Status", Place::Always, |row| {
            Value::State(row.status.as_str().into(), row.mood.unwrap_or(Mood::Quiet))
        }),
        Column::new("speed", "Bits a second", Place::Asked, |row| Value::Count(row.speed.into())),
        Column::new("mtu", "MTU", Place::IfRoom, |row| Value::Count(row.mtu.into())),
        Column::new("bytes_in", "In", Place::Always, |row| Value::Bytes(row.bytes_in.into())),
        Column::new("bytes_out", "Out", Place::Always, |row| Value::Bytes(row.bytes_out.into())),
        Column::new("errors_in", "Errors in", Place::IfRoom, |row| Value::Count(row.errors_in.into())),
        Column::new("errors_out", "Errors out", Place::IfRoom, |row| Value::Count(row.errors_out.into())),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

fn interfaces(mpr: &Mpr, target: Option<&str>) -> Result<Vec<InterfaceRow>, Failure> {
    read(mpr, target, |mib| {
        let table = mib.interfaces()?;
        let rows = table.iter().map(|row| InterfaceRow {
            server: String::new(),
            index: row.index(),
            name: row.name().to_string_lossy(),
            wanted: row.admin_status().to_string(),
            status: row.operational_status().to_string(),
            speed: row.speed(),
            mtu: row.mtu(),
            bytes_in: row.bytes_received(),
            bytes_out: row.bytes_sent(),
            errors_in: row.errors_received(),
            errors_out: row.errors_sent(),
            mood: Some(match (row.operational_status(), row.admin_status()) {
                (OperationalStatus::Operational | OperationalStatus::Connected, _) => Mood::Good,
                (_, AdminStatus::Up) => Mood::Warn,
                _ => Mood::Quiet,
            }),
        });
        Ok(rows.collect())
    })
}

/// An IPv4 address of the router.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct AddressRow {
    /// The server.
    server: String,
    /// The address.
    address: String,
    /// The mask of its net.
    mask: String,
    /// The number of the interface that has it.
    interface: u32,
}

impl Row for AddressRow {
    const KIND: &'static str = "mib_address";
    const COLUMNS: &'static [Column<AddressRow>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("address", "Address", Place::Always, |row| Value::text(&row.address)),
        Column::new("mask", "Mask", Place::Always, |row| Value::text(&row.mask)),
        Column::new("interface", "Interface", Place::Always, |row| Value::Count(row.interface.into())),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

fn addresses(mpr: &Mpr, target: Option<&str>) -> Result<Vec<AddressRow>, Failure> {
    read(mpr, target, |mib| {
        let table = mib.addresses()?;
        let rows = table.iter().map(|row| AddressRow {
            server: String::new(),
            address: row.address().to_string(),
            mask: row.mask().to_string(),
            interface: row.interface_index(),
        });
        Ok(rows.collect())
    })
}

/// An IPv4 route.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RouteRow {
    /// The server.
    server: String,
    /// Where it leads.
    destination: String,
    /// The mask of the net where it leads.
    mask: String,
    /// The router to go by.
    next_hop: String,
    /// The number of the interface to go out by.
    interface: u32,
    /// Whether it leads to a neighbour or further.
    #[serde(rename = "type")]
    kind: String,
    /// Where it was learnt: 2 local, 3 by an administrator, 8 RIP, 13 OSPF, 14 BGP, …
    protocol: u32,
    /// How old it is, in seconds.
    age: u32,
    /// Its cost; what it means, the protocol says.
    metric: u32,
}

impl Row for RouteRow {
    const KIND: &'static str = "mib_route";
    const COLUMNS: &'static [Column<RouteRow>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("destination", "Destination", Place::Always, |row| Value::text(&row.destination)),
        Column::new("mask", "Mask", Place::Always, |row| Value::text(&row.mask)),
        Column::new("next_hop", "Next hop", Place::Always, |row| Value::text(&row.next_hop)),
        Column::new("interface", "Interface", Place::Always, |row| Value::Count(row.interface.into())),
        Column::new("type", "Type", Place::IfRoom, |row| Value::text(&row.kind)),
        Column::new("protocol", "Protocol", Place::Asked, |row| Value::Count(row.protocol.into())),
        Column::new("age", "Age", Place::Asked, |row| {
            Value::Time(std::time::Duration::from_secs(row.age.into()))
        }),
        Column::new("metric", "Metric", Place::Always, |row| Value::Count(row.metric.into())),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

fn routes(mpr: &Mpr, target: Option<&str>) -> Result<Vec<RouteRow>, Failure> {
    read(mpr, target, |mib| {
        let table = mib.routes()?;
        let rows = table.iter().map(|row| RouteRow {
            server: String::new(),
            destination: row.destination().to_string(),
            mask: row.mask().to_string(),
            next_hop: row.next_hop().to_string(),
            interface: row.interface_index(),
            kind: row.route_type().to_string(),
            protocol: row.protocol(),
            age: row.age(),
            metric: row.metric1(),
        });
        Ok(rows.collect())
    })
}
