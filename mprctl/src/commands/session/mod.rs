//! Sessions: a connection together with the port it is on.

mod act;
mod counted;
mod find;
mod kind;
mod row;
mod show;

use clap::Subcommand;
use mprapi::Server;

pub(crate) use self::act::end;
use self::act::{Ends, SessionDeed};
pub(crate) use self::counted::Counted;
pub(crate) use self::find::{read, read_all, read_those};
pub(crate) use self::kind::{Which, serialize as serialize_kind, word as kind_word};
pub(crate) use self::row::Session;
pub(crate) use self::show::SessionDetails;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Listing;
use crate::select::{self, Chosen, Names};

const NAMES: &str = "\
A session goes by its user (anna), by domain and user (CORP\\anna, anna@CORP), by the IPv4 or
IPv6 address inside the tunnel and by its handle, each compared whole and whatever its case.
A server gives a handle that is free to the next who comes; anna#0x17 means it only while it is
hers. Sessions are those of users and devices: `mprctl site` has the links to other sites.
A name that means sessions of several people is an error that lists them with their handles.
corp.example is taken for the full name of the domain CORP only where mprctl asks, never with
--yes.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lists who is connected
    #[command(after_help = "\
Examples:
  mprctl session list --where tunnel=IKEv2 --sort=-bytes_out
  mprctl session list --where longer-than=8h --output csv
  mprctl session list --type all                     with the links to other sites")]
    List {
        #[command(flatten)]
        listing: Listing<Session>,

        /// The connections to list
        #[arg(long = "type", value_enum, value_name = "TYPE", default_value = "client")]
        which: Which,
    },

    /// Shows all that is known of sessions
    #[command(after_help = "\
Examples:
  mprctl session show anna
  mprctl session show 10.0.0.17 --output json")]
    Show {
        #[command(flatten)]
        names: Names,

        /// The connections that the names may mean
        #[arg(long = "type", value_enum, value_name = "TYPE", default_value = "client")]
        which: Which,
    },

    /// Ends sessions, by user, tunnel address or handle
    #[command(after_help = format!("\
Examples:
  mprctl session disconnect anna 'CORP\\ben' 10.0.0.17 2001:db8:20::5
  mprctl session disconnect --glob 'guest-*' --dry-run

{NAMES}"))]
    Disconnect(Chosen),

    /// Sends users a message, which those see whose computer shows it
    #[command(after_help = format!("\
Example:
  mprctl session message anna --text 'The server restarts at 18:00.' --yes

{NAMES}"))]
    Message {
        #[command(flatten)]
        chosen: Chosen,

        /// The message
        #[arg(long)]
        text: String,
    },

    /// Sets the counters of sessions to zero
    #[command(after_help = format!("Example:\n  mprctl session clear-stats anna\n\n{NAMES}"))]
    ClearStats(Chosen),

    /// Lifts the quarantine of sessions
    #[command(after_help = format!("Example:\n  mprctl session unquarantine anna\n\n{NAMES}"))]
    Unquarantine(Chosen),

    /// Tells the server that an IKEv2 client is at another address now, as the client itself does (MOBIKE)
    #[command(after_help = format!("\
Example:
  mprctl session move anna --local 192.0.2.10 --remote 203.0.113.77 --interface-index 12

{NAMES}"))]
    Move {
        #[command(flatten)]
        chosen: Chosen,

        #[command(flatten)]
        ends: Ends,
    },
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    let act = |chosen: &Chosen, deed: SessionDeed| select::act(context, chosen, read, &deed);
    match command {
        Command::List { listing, which } => {
            // Where all are clients, that need not be said of each.
            let listing = if which == Which::Client { listing } else { listing.with_column("type") };
            context.list(&listing, move |server| read_those(server, which))
        }
        Command::Show { names, which } => {
            let find = match which {
                Which::Client => read,
                Which::Site => |server: &Server| read_those(server, Which::Site),
                Which::All => read_all,
            };
            select::show(context, &names, find, show::details)
        }
        Command::Disconnect(chosen) => act(&chosen, SessionDeed::Disconnect),
        Command::Message { chosen, text } => act(&chosen, SessionDeed::Message(text)),
        Command::ClearStats(chosen) => act(&chosen, SessionDeed::ClearStats),
        Command::Unquarantine(chosen) => act(&chosen, SessionDeed::Unquarantine),
        Command::Move { chosen, ends } => act(&chosen, SessionDeed::Move(ends)),
    }
}
