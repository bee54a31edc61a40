//! Ports, which users and sites connect to.

mod show;
pub(crate) mod usage;

use std::collections::HashMap;
use std::time::Duration;

use clap::Subcommand;
use mprapi::{ConnectionId, PortCondition, PortId, Server, Session};

pub(crate) use self::show::PortDetails;
pub(crate) use self::usage::UsageRow;
use crate::commands::session::kind_word;
use crate::context::Context;
use crate::failure::Failure;
use crate::order;
use crate::output::{Listing, Mood, ServerName, State, row};
use crate::select::{self, Chosen, Named, Names, Operation, Thing};

const SITES: &str = "\
A port that carries a link to another site can only be reset or disconnected by its exact name,
not by a pattern, since that takes the whole site off the network.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the ports
    #[command(after_help = "\
Example:
  mprctl port list --where condition=connected --sort=-connected_for")]
    List(Listing<PortRow>),

    /// List the number of ports in use and in total, by tunnel
    #[command(after_help = "\
Examples:
  mprctl port usage
  mprctl port usage --where percent>=80")]
    Usage(Listing<UsageRow>),

    /// Show all details of ports
    #[command(after_help = "\
Example:
  mprctl port show VPN2-4")]
    Show(Names),

    /// Reset ports, which ends their connections (asks first)
    #[command(after_help = format!("\
Example:
  mprctl port reset VPN2-4

{SITES}"))]
    Reset(Chosen),

    /// Disconnect the connections on ports (asks first)
    #[command(after_help = format!("\
Examples:
  mprctl port disconnect VPN2-4 VPN2-5
  mprctl port disconnect --glob 'VPN2-*' --dry-run

{SITES}"))]
    Disconnect(Chosen),

    /// Clear the traffic counters of ports (asks first)
    #[command(after_help = "\
Example:
  mprctl port clear-stats VPN2-4")]
    ClearStats(Chosen),
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    let act = |chosen: &Chosen, operation: PortOperation| select::act(context, chosen, find, &operation);
    match command {
        Command::List(listing) => context.list(&listing, read),
        Command::Usage(listing) => context.list(&listing, usage::read),
        Command::Show(names) => select::show(context, &names, find, show::details),
        Command::Reset(chosen) => act(&chosen, PortOperation::Reset),
        Command::Disconnect(chosen) => act(&chosen, PortOperation::Disconnect),
        Command::ClearStats(chosen) => act(&chosen, PortOperation::ClearStats),
    }
}

/// A port and what names it over one connection to its server.
type Found = (PortId, PortRow);

impl Named for Found {
    const NOUN: &'static str = "port";

    fn names(&self) -> Vec<String> {
        vec![self.1.name.clone(), self.1.handle.clone()]
    }
}

impl Thing for Found {
    const IS_ONE: bool = true;
    const WHICH: &'static str = "Name one by its handle, or all of them with --glob.";

    fn exactly(&self) -> String {
        format!("{}, handle {}", self.label(), self.1.handle)
    }

    fn label(&self) -> String {
        let PortRow { name, user, .. } = &self.1;
        match (self.1.site(), user) {
            (Some(site), _) => format!("{name} (link to {site})"),
            (None, Some(user)) if !user.is_empty() => format!("{name} ({user})"),
            (None, _) => name.clone(),
        }
    }

    fn is_still(&self, (_, later): &Found) -> bool {
        self.1.goes_on_as(later)
    }
}

#[derive(Clone, Copy)]
enum PortOperation {
    Reset,
    Disconnect,
    ClearStats,
}

impl Operation<Found> for PortOperation {
    fn name(&self) -> &'static str {
        match self {
            PortOperation::Reset => "reset",
            PortOperation::Disconnect => "disconnect",
            PortOperation::ClearStats => "clear-stats",
        }
    }

    fn needs_a_name(&self, (_, port): &Found) -> Option<String> {
        let site = port.site().filter(|_| !matches!(self, PortOperation::ClearStats))?;
        Some(format!("port {} carries the link to the site {site}", port.name))
    }

    fn is_idle(&self, (_, port): &Found) -> Option<&'static str> {
        let is_idle = matches!(self, PortOperation::Disconnect) && port.connected_for.is_none();
        is_idle.then_some("nothing is connected")
    }

    fn apply(&self, server: &Server, (id, found): &Found) -> Result<(), Failure> {
        let port = server.port(*id)?;
        let is_same = match (&found.carried, port.info()?.get().connection()) {
            (None, None) => true,
            (Some(Carried { connection, session: Some(session) }), Some(now)) if *connection == now => {
                server.connection_of(session)?.is_some()
            }
            _ => false,
        };
        if !is_same {
            return Err(Failure::not_found("the port no longer carries the same connection"));
        }
        let outcome = match self {
            PortOperation::Reset => port.reset(),
            PortOperation::Disconnect => port.disconnect(),
            PortOperation::ClearStats => port.clear_statistics(),
        };
        Ok(outcome?)
    }
}

row! {
    /// A port that users connect to.
    pub(crate) struct PortRow: "port" {
        /// The server.
        pub(crate) server: ServerName => Fleet "Server",
        /// The name.
        pub(crate) name: String => Always "Port",
        /// `IKEv2`, `SSTP`, …
        pub(crate) tunnel: String => Always "Tunnel",
        /// The condition: `connected`, `listening`, …
        pub(crate) condition: State => Always "Condition",
        /// The user who is connected.
        pub(crate) user: Option<String> => Always "User",
        /// The type of the connection: `client`, `site-to-site` or the name of the interface's type.
        pub(crate) r#type: Option<String> => Asked "Type" after handle,
        /// The interface of the connection; for a site, the demand-dial interface.
        pub(crate) interface: Option<String> => Asked "Interface" after r#type,
        /// The duration of the present connection, in seconds.
        #[serde(serialize_with = "crate::quantity::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(crate) connected_for: Option<Duration> => Always "Connected",
        /// The number of calls so far.
        pub(crate) calls: u32 => IfRoom "Calls",
        /// The device.
        pub(crate) device: String => IfRoom "Device",
        /// The server's handle of the port, in hexadecimal.
        pub(crate) handle: String => Asked "Handle",
        #[serde(skip)]
        carried: Option<Carried>,
        #[serde(skip)]
        site: Option<String>,
    }
}

/// The connection on a port. Its session is not known if it ended before the sessions were listed.
#[derive(Clone, Debug)]
struct Carried {
    connection: ConnectionId,
    session: Option<Session>,
}

impl Carried {
    /// Returns the site at the other end of the link. An unknown connection counts as a link to a site.
    fn site(&self) -> Option<String> {
        let Some(session) = &self.session else { return Some("unknown".to_owned()) };
        let name =
            if session.interface_name.is_empty() { &session.user_name } else { &session.interface_name };
        (!session.is_client()).then(|| name.to_string_lossy())
    }
}

impl PortRow {
    /// The site that the port carries the link to. A connection that could not be asked about counts as one.
    fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// Returns `true` if `later` is this port, with the same connection on it or still with none: more than what was
    /// asked about must not end.
    fn goes_on_as(&self, later: &PortRow) -> bool {
        self.handle == later.handle
            && self.name == later.name
            && self.user == later.user
            && self.r#type == later.r#type
            && self.interface == later.interface
            && self.carries_still(later.carried.as_ref())
    }

    fn carries_still(&self, later: Option<&Carried>) -> bool {
        match (&self.carried, later) {
            (None, None) => true,
            (Some(Carried { session: Some(earlier), .. }), Some(Carried { session: Some(later), .. })) => {
                earlier.continues_as(later)
            }
            _ => false,
        }
    }
}

fn read(server: &Server) -> Result<Vec<PortRow>, Failure> {
    Ok(find(server)?.into_iter().map(|(_, port)| port).collect())
}

/// Lists the ports in the natural order of their names: the server's own order is that of no number.
fn find(server: &Server) -> Result<Vec<Found>, Failure> {
    let ports = server.ports()?;
    let sessions = server.sessions_on(&ports)?.into_iter().map(|session| (session.id, session));
    let mut sessions: HashMap<ConnectionId, Session> = sessions.collect();
    let rows = ports.iter().map(|port| {
        let carried =
            port.connection().map(|connection| Carried { connection, session: sessions.remove(&connection) });
        let session = carried.as_ref().and_then(|carried| carried.session.as_ref());
        let row = PortRow {
            server: ServerName::default(),
            name: port.name().to_string_lossy(),
            tunnel: port.tunnel().to_string_lossy(),
            condition: State::new(port.condition().to_string(), mood(port.condition())),
            user: session.map(|session| session.user_name.to_string_lossy()),
            r#type: session.map(|session| kind_word(session.interface_type).into_owned()),
            interface: session.map(|session| session.interface_name.to_string_lossy()),
            site: carried.as_ref().and_then(Carried::site),
            connected_for: port.connection().map(|_| port.duration()),
            calls: port.total_calls(),
            device: port.device_name().to_string_lossy(),
            handle: port.id().to_string(),
            carried,
        };
        (port.id(), row)
    });
    let mut rows: Vec<Found> = rows.collect();
    order::by_name(&mut rows, |(_, port)| &port.name);
    Ok(rows)
}

fn mood(condition: PortCondition) -> Mood {
    match condition {
        PortCondition::Authenticated => Mood::Good,
        PortCondition::Listening | PortCondition::Disconnected => Mood::Quiet,
        PortCondition::NonOperational => Mood::Bad,
        _ => Mood::Warn,
    }
}
