//! Updating the routes of a demand-dial interface, and its entry in the phone book.

use clap::Args;
use mprapi::{Server, TransportId};

use super::find::{Names, act, dials, find};
use crate::commands::transport::{Chosen, label};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::output::{Listing, Mood, ServerName, State, each, row};

#[derive(Args)]
pub(crate) struct Update {
    #[command(flatten)]
    names: Names,
    /// The transport: IP, IPv6, IPX, a number, or the name of one that is stored
    #[arg(long, value_parser = Chosen::parse, default_value = "IP")]
    transport: Chosen,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
pub(crate) struct Query {
    #[command(flatten)]
    names: Names,
    /// The transport: IP, IPv6, IPX, a number, or the name of one that is stored
    #[arg(long, value_parser = Chosen::parse, default_value = "IP")]
    transport: Chosen,
    #[command(flatten)]
    listing: Listing<RouteUpdateRow>,
}

#[derive(Args)]
pub(crate) struct PhoneBook {
    #[command(flatten)]
    names: Names,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn routes(context: &Context, update: Update) -> Result<(), Failure> {
    let Update { names, transport, dry_run } = update;
    let transport = transport.id(context)?;
    act(context, "update-routes", names, dry_run, dials, move |interface| {
        interface.update_routes(transport).map_err(|error| failure(error, transport))
    })
}

pub(super) fn result(context: &Context, query: Query) -> Result<(), Failure> {
    let Query { names, transport, listing } = query;
    let transport = transport.id(context)?;
    context.list_each(&listing, move |mpr, target| {
        fleet::with_server(mpr, target, |server| each(&names.names, |name| read(server, name, transport)))
    })
}

pub(super) fn phone_book(context: &Context, update: PhoneBook) -> Result<(), Failure> {
    let PhoneBook { names, dry_run } = update;
    act(context, "update-phonebook", names, dry_run, dials, |interface| Ok(interface.update_phonebook()?))
}

/// Makes the failure for a transport, with a clear message if it is not on the interface.
fn failure(error: mprapi::Error, transport: TransportId) -> Failure {
    let is_absent = error.is_no_such_transport();
    let failure = Failure::from(error);
    if !is_absent {
        return failure;
    }
    let message = format!("{} does not run on the interface", label(transport));
    Failure { kind: Kind::NotFound, message, ..failure }
        .advice("To see which do: mprctl interface transport list NAME")
}

row! {
    /// The result of the last update of an interface's routes.
    pub(crate) struct RouteUpdateRow: "route_update" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The interface.
        interface: String => Always "Interface",
        /// The transport.
        transport: String => Always "Transport",
        /// `done`, `pending` or `failed`.
        state: State => Always "Update",
        /// The reason why the update failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<Failure> => Always "Why",
    }
}

/// `PENDING` of `raserror.h`
const PENDING: u32 = 600;

fn read(server: &Server, name: &str, transport: TransportId) -> Result<RouteUpdateRow, Failure> {
    let result = find(server, name)?.route_update_result(transport);
    let (state, error) = match result.map_err(|error| failure(error, transport))? {
        Ok(()) => (State::new("done", Mood::Good), None),
        Err(error) if error.code() == Some(PENDING) => (State::new("pending", Mood::Warn), None),
        Err(error) => (State::new("failed", Mood::Bad), Some(error.into())),
    };
    Ok(RouteUpdateRow {
        server: ServerName::default(),
        interface: name.to_owned(),
        transport: label(transport),
        state,
        error,
    })
}
