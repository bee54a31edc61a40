//! Sessions: a connection together with the port it is on.

mod act;
mod counted;
mod find;
mod kind;
mod row;
mod rule;
mod show;

use std::time::Duration;

use clap::{Args, Subcommand};

pub(crate) use self::act::end;
use self::act::{Ends, SessionOperation};
pub(crate) use self::counted::Counted;
pub(crate) use self::find::{read, read_those};
pub(crate) use self::kind::{Which, serialize as serialize_kind, word as kind_word};
pub(crate) use self::row::{Handle, Session, Started, is_computer};
pub(crate) use self::rule::silence;
pub(crate) use self::show::SessionDetails;
use crate::context::{Context, print_each};
use crate::failure::Failure;
use crate::output::{Listing, Report};
use crate::quantity;
use crate::select::{self, Chosen, Names};

const NAMES: &str = "\
NAME is a user (anna), a domain and user (CORP\\anna, anna@CORP), an IPv4 or IPv6 address inside
the tunnel, or a handle. Names must match in full; upper and lower case are the same.
A server reuses handles, so a handle may soon belong to another session. USER#HANDLE (anna#0x17)
matches only while the handle belongs to that user. For links to other sites use `mprctl site`.
A name that matches sessions of several people is an error that lists them with their handles.
anna@corp.example may also match a user of the domain CORP, but only if mprctl can ask: never
with --yes.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the users and devices that are connected
    #[command(after_help = "\
Examples:
  mprctl session list --where tunnel=IKEv2 --sort=-bytes_out
  mprctl session list --where longer-than=8h --output csv
  mprctl session list --type all                     includes the links to other sites")]
    List(List),

    /// Show all details of sessions
    #[command(after_help = "\
Examples:
  mprctl session show anna
  mprctl session show 10.0.0.17 --output json")]
    Show {
        #[command(flatten)]
        names: Names,

        /// The type of connections to look for
        #[arg(long = "type", value_enum, value_name = "TYPE", default_value = "client")]
        which: Which,
    },

    /// Disconnect sessions by name or by rule (asks first)
    #[command(after_help = format!("\
Examples:
  mprctl session disconnect anna 'CORP\\ben' 10.0.0.17 2001:db8:20::5
  mprctl session disconnect --glob 'guest-*' --dry-run
  mprctl session disconnect --where tunnel=PPTP --where longer-than=24h --dry-run
  mprctl session disconnect --keep newest            ends older sessions of users with several
  mprctl session disconnect --idle-for 5min          waits, and ends those without a byte meanwhile

Names and rules together select the sessions that all of them select. --keep is last: of each
user's selected sessions, on all servers that are asked, one goes on. Links to other sites are
never selected, except with --type.

{NAMES}"))]
    Disconnect(rule::Disconnect),

    /// Send users a message; not every client can show it (asks first)
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

    /// Clear the traffic counters of sessions (asks first)
    #[command(after_help = format!("Example:\n  mprctl session clear-stats anna\n\n{NAMES}"))]
    ClearStats(Chosen),

    /// Remove sessions from quarantine (asks first)
    #[command(after_help = format!("Example:\n  mprctl session unquarantine anna\n\n{NAMES}"))]
    Unquarantine(Chosen),

    /// Change the outer addresses of IKEv2 sessions, as a client does with MOBIKE (asks first)
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

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    listing: Listing<Session>,

    /// Wait for this time, and list the sessions that send and receive no byte meanwhile
    #[arg(long, value_name = "TIME", value_parser = quantity::parse_limit)]
    idle_for: Option<Duration>,

    /// The type of connections to list
    #[arg(long = "type", value_enum, value_name = "TYPE", default_value = "client")]
    which: Which,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    let act = |chosen: &Chosen, operation: SessionOperation| select::act(context, chosen, read, &operation);
    match command {
        Command::List(List { listing, idle_for, which }) => {
            // Where all are clients, that need not be said of each.
            let listing = if which == Which::Client { listing } else { listing.with_column("type") };
            let read = find::reader(which);
            print_each(context.style, &listing, || {
                let found = context.ask_servers(read);
                Ok(Report::new(match idle_for {
                    Some(time) => rule::silent(context, found, which, time),
                    None => found,
                }))
            })
        }
        Command::Show { names, which } => select::show(context, &names, find::reader(which), show::details),
        Command::Disconnect(wanted) => rule::disconnect(context, wanted),
        Command::Message { chosen, text } => act(&chosen, SessionOperation::Message(text)),
        Command::ClearStats(chosen) => act(&chosen, SessionOperation::ClearStats),
        Command::Unquarantine(chosen) => act(&chosen, SessionOperation::Unquarantine),
        Command::Move { chosen, ends } => act(&chosen, SessionOperation::Move(ends)),
    }
}
