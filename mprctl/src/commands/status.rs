//! The status of servers: their condition, uptime and load.

use std::collections::{HashMap, HashSet};
use std::thread;
use std::time::Duration;

use clap::Args;
use mprapi::{ErrorKind, Mpr, Server};
use serde::Serialize;

use crate::commands::port::usage;
use crate::commands::session::{self, Session, Which, is_computer};
use crate::context::{Context, print_each};
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::output::{Field, Listing, Mood, Report, Row, ServerName, State, Value, row};
use crate::quantity;

#[derive(Args)]
pub(crate) struct Options {
    /// Wait up to this time until the service answers; after a restart of the machine that takes minutes
    #[arg(long, value_name = "TIME", value_parser = quantity::parse_duration)]
    wait: Option<Duration>,

    /// Wait for this time too, and count the sessions that send and receive no byte meanwhile
    #[arg(long, value_name = "TIME", value_parser = quantity::parse_limit)]
    idle_for: Option<Duration>,
    #[command(flatten)]
    listing: Listing<Status>,
}

/// The sessions of the servers that answered, by the names of the servers.
type Sessions = HashMap<Option<String>, Vec<Session>>;

pub(crate) fn run(mut context: Context, options: &Options) -> Result<(), Failure> {
    let Options { wait, idle_for, listing } = options;
    let wait = *wait;
    context.limits.timeout = context.limits.timeout.saturating_add(wait.unwrap_or_default());
    print_each(context.style, listing, || {
        let before = idle_for.map(|time| {
            let found = context.ask(move |mpr, name| ask(mpr, name, wait, session::read));
            thread::sleep(time);
            let sessions = found.into_iter().map(|answer| Some((answer.target.name, answer.result.ok()?)));
            sessions.flatten().collect::<Sessions>()
        });
        let before = before.unwrap_or_default();
        Ok(Report::new(context.ask(move |mpr, name| {
            let before = before.get(&name.map(str::to_owned));
            ask(mpr, name, wait, |server| {
                let silent = before.map(|before| silent(server, before)).transpose()?;
                Ok(vec![Status { silent, ..Status::running(read(server)?) }])
            })
        })))
    })
}

/// Connects to a server for `work`, and waits for it first if `wait` is given.
fn ask<T>(
    mpr: &Mpr,
    name: Option<&str>,
    wait: Option<Duration>,
    work: impl FnOnce(&Server) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if let Some(wait) = wait {
        wait_for(mpr, name, wait)?;
    }
    fleet::with_server(mpr, name, work)
}

/// Counts the sessions that have moved no byte since they were read.
fn silent(server: &Server, before: &[Session]) -> Result<u64, Failure> {
    let now = session::read(server)?;
    let is_silent = session::silence(&now);
    Ok(before.iter().filter(|session| is_silent(session)).count() as u64)
}

/// Waits until the service answers.
///
/// # Errors
/// The last failure when the time is over, or at once a failure that waiting cannot fix.
fn wait_for(mpr: &Mpr, name: Option<&str>, wait: Duration) -> Result<(), Failure> {
    match mpr.wait_until_ready(name, wait) {
        Ok(server) => {
            mprapi::disconnect(server).map_err(|error| Failure::new(Kind::Failed, error.to_string()))
        }
        // A service that starts and one that is stopped answer alike; there are other ways to tell them apart.
        Err(error) if matches!(error.kind(), ErrorKind::NotRunning | ErrorKind::Unreachable) => {
            Err(fleet::why_not(mpr, name).after(wait))
        }
        Err(error) => Err(error.into()),
    }
}

row! {
    /// The status of a server.
    pub(crate) struct Status {
        /// The server; `local` is this machine.
        pub(crate) server: ServerName => Always "Server",
        /// `running`, `starting` or `stopped`; `denied`, `unreachable` or `failed` if the state is not known.
        pub(crate) service: State => Always "Service",
        /// The load of a server that answers.
        #[serde(flatten)]
        pub(crate) load: Option<Load> => ..Option<Load>,
        /// The number of sessions that moved no byte in the time of `--idle-for`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) silent: Option<u64> => IfThere "Silent" after sessions,
        /// The reason why the service does not answer.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) error: Option<Failure> => Instead "Error" as message,
    }
}

/// The number of ports in use. A table shows the number of ports beside it: `6/25`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct PortsInUse {
    pub(crate) count: u64,
    #[serde(skip)]
    ports: u64,
}

impl Field for PortsInUse {
    fn value(&self) -> Value<'_> {
        Value::Part { part: self.count, whole: self.ports }
    }
}

row! {
    /// The load of a server.
    pub(crate) struct Load {
        /// The uptime of the service, in seconds.
        #[serde(serialize_with = "crate::quantity::seconds")]
        #[schemars(with = "u64")]
        pub(crate) up_for: Duration => Always "Up for",
        /// The number of users and devices that are connected.
        pub(crate) sessions: u64 => Always "Sessions",
        /// The number of different users who are connected; one with several sessions counts once.
        pub(crate) users: u64 => Asked "Users" after sessions,
        /// The number of different devices that are connected by a tunnel of their own.
        pub(crate) devices: u64 => Asked "Devices" after users,
        /// The number of links to other sites that are up.
        pub(crate) sites: u64 => IfRoom "Sites" after tunnels,
        /// The number of ports in use.
        #[schemars(with = "u64")]
        pub(crate) ports_in_use: PortsInUse => Always "In use",
        /// The number of ports.
        pub(crate) ports: u64 => Asked "Ports",
        /// `true` if the server only routes between local networks, without remote access.
        pub(crate) lan_only: bool => IfThere "LAN only" after sites,
        /// The ports in use and in total of each tunnel, such as `IKEv2 8/32`; empty if the server does not tell. `port usage` has
        /// them as numbers.
        pub(crate) tunnels: Vec<String> => IfRoom "By tunnel",
    }
}

impl Status {
    fn running(load: Load) -> Status {
        Status {
            server: ServerName::default(),
            service: State::new("running", Mood::Good),
            load: Some(load),
            silent: None,
            error: None,
        }
    }
}

/// Shows a failure by its message alone, for which a table has room.
fn message(error: &Option<Failure>) -> Value<'_> {
    Value::maybe(error.as_ref(), |error| Value::text(&error.message))
}

impl Row for Status {
    const KIND: &'static str = "status";

    fn name(&self) -> String {
        self.server.0.clone()
    }

    fn of_failed(failure: &Failure) -> Option<Status> {
        let (service, mood) = match failure.kind {
            Kind::NoService if failure.is_of_start() => ("starting", Mood::Warn),
            Kind::NoService => ("stopped", Mood::Bad),
            Kind::AccessDenied => ("denied", Mood::Bad),
            Kind::Unreachable => ("unreachable", Mood::Bad),
            _ => ("failed", Mood::Bad),
        };
        let service = State::new(service, mood);
        let error = Some(failure.clone());
        Some(Status { server: ServerName::default(), service, load: None, silent: None, error })
    }
}

/// Asks a server how busy it is.
pub(crate) fn read(server: &Server) -> Result<Load, Failure> {
    let info = server.info()?;
    let (mut sessions, mut sites) = (0, 0);
    let (mut users, mut devices) = (HashSet::new(), HashSet::new());
    let mut tunnels = Vec::new();
    // Where it routes between local networks only, there is nothing that could be asked.
    if !info.is_lan_only() {
        tunnels = tunnels_of(server)?;
        for connection in &server.connections()? {
            let is_client = Which::Client.has(connection.interface_type());
            *(if is_client { &mut sessions } else { &mut sites }) += 1;
            if is_client {
                let name = connection.user_name().to_string_lossy().to_lowercase();
                let domain = connection.domain().to_string_lossy().to_lowercase();
                let kind = if is_computer(connection.user_name()) { &mut devices } else { &mut users };
                kind.insert((domain, name));
            }
        }
    }
    let ports = info.total_ports().into();
    Ok(Load {
        up_for: info.up_time(),
        sessions,
        users: users.len() as u64,
        devices: devices.len() as u64,
        sites,
        ports_in_use: PortsInUse { count: info.ports_in_use().into(), ports },
        ports,
        lan_only: info.is_lan_only(),
        tunnels,
    })
}

/// Counts the ports of each tunnel; none if the server does not list its ports.
fn tunnels_of(server: &Server) -> Result<Vec<String>, Failure> {
    let rows = match usage::read(server) {
        Err(failure) if failure.kind == Kind::Unsupported => Vec::new(),
        rows => rows?,
    };
    Ok(rows.iter().map(|row| format!("{} {}/{}", row.tunnel, row.in_use, row.ports)).collect())
}
