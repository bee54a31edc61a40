//! What a demand-dial interface is told to take up anew: its routes, its entry in the phone book.

use clap::Args;
use mprapi::sys::ERROR_UNKNOWN_PROTOCOL_ID;
use mprapi::{ErrorKind, Server, TransportId};
use schemars::JsonSchema;
use serde::Serialize;

use super::find::{Names, act, find};
use crate::commands::transport::{label, parse_id};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::output::{Column, Listing, Mood, Place, Row, Value};

#[derive(Args)]
pub(crate) struct Update {
    #[command(flatten)]
    names: Names,
    /// Whose routes: IP, IPv6, IPX, or a number
    #[arg(long, value_parser = parse_id, default_value = "IP")]
    transport: TransportId,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
pub(crate) struct Query {
    #[command(flatten)]
    names: Names,
    /// Whose routes: IP, IPv6, IPX, or a number
    #[arg(long, value_parser = parse_id, default_value = "IP")]
    transport: TransportId,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args)]
pub(crate) struct PhoneBook {
    #[command(flatten)]
    names: Names,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn routes(context: &Context, update: Update) -> Result<(), Failure> {
    let Update { names, transport, dry_run } = update;
    act(context, "update-routes", names, dry_run, move |interface| {
        interface.update_routes(transport).map_err(|error| failure(error, transport))
    })
}

pub(super) fn result(context: &Context, query: Query) -> Result<(), Failure> {
    let Query { names, transport, listing } = query;
    context
        .list(&listing, move |server| names.names.iter().map(|name| read(server, name, transport)).collect())
}

pub(super) fn phone_book(context: &Context, update: PhoneBook) -> Result<(), Failure> {
    let PhoneBook { names, dry_run } = update;
    act(context, "update-phonebook", names, dry_run, |interface| Ok(interface.update_phonebook()?))
}

/// Says of which transport it is that it is not on the interface.
fn failure(error: mprapi::Error, transport: TransportId) -> Failure {
    let is_absent =
        error.kind() == ErrorKind::NoSuchInterface || error.code() == Some(ERROR_UNKNOWN_PROTOCOL_ID);
    let failure = Failure::from(error);
    if !is_absent {
        return failure;
    }
    let message = format!("{} does not run on it", label(transport));
    Failure { kind: Kind::NotFound, message, ..failure }
        .advice("`mprctl interface transport list` shows which do.")
}

/// How the last update of an interface's routes ended.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RouteUpdateRow {
    /// The server.
    server: String,
    /// The interface.
    interface: String,
    /// Whose routes.
    transport: String,
    /// `done`, `pending` or `failed`.
    state: &'static str,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

impl Row for RouteUpdateRow {
    const KIND: &'static str = "route_update";
    const COLUMNS: &'static [Column<RouteUpdateRow>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("interface", "Interface", Place::Always, |row| Value::text(&row.interface)),
        Column::new("transport", "Transport", Place::Always, |row| Value::text(&row.transport)),
        Column::new("state", "Update", Place::Always, |row| {
            let mood = match row.state {
                "done" => Mood::Good,
                "pending" => Mood::Warn,
                _ => Mood::Bad,
            };
            Value::State(row.state.into(), mood)
        }),
        Column::new("error", "Why", Place::Always, |row| {
            Value::maybe(row.error.as_ref(), |error| Value::owned(error.sentence()))
        }),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

/// `PENDING` of `raserror.h`
const PENDING: u32 = 600;

fn read(server: &Server, name: &str, transport: TransportId) -> Result<RouteUpdateRow, Failure> {
    let result = find(server, name)?.route_update_result(transport);
    let (state, error) = match result.map_err(|error| failure(error, transport))? {
        Ok(()) => ("done", None),
        Err(error) if error.code() == Some(PENDING) => ("pending", None),
        Err(error) => ("failed", Some(error.into())),
    };
    Ok(RouteUpdateRow {
        server: String::new(),
        interface: name.to_owned(),
        transport: label(transport),
        state,
        error,
    })
}
