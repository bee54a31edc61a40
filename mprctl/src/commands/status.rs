//! The status of servers: their condition, uptime and load.

use std::collections::HashSet;
use std::time::Duration;

use clap::Args;
use mprapi::{ErrorKind, Mpr, Server};

use crate::commands::session::{Which, is_computer};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::output::{Listing, Mood, Row, ServerName, State, Value, row};
use crate::quantity;

#[derive(Args)]
pub(crate) struct Options {
    /// Wait up to this time until the service answers; after a restart of the machine that takes minutes
    #[arg(long, value_name = "TIME", value_parser = quantity::parse_duration)]
    wait: Option<Duration>,
    #[command(flatten)]
    listing: Listing<Status>,
}

pub(crate) fn run(mut context: Context, options: &Options) -> Result<(), Failure> {
    let wait = options.wait;
    context.limits.timeout = context.limits.timeout.saturating_add(wait.unwrap_or_default());
    context.list_of(&options.listing, move |mpr, name| {
        if let Some(wait) = wait {
            wait_for(mpr, name, wait)?;
        }
        let load = fleet::with_server(mpr, name, read)?;
        Ok(vec![Status {
            server: ServerName::default(),
            service: State::new("running", Mood::Good),
            load: Some(load),
            error: None,
        }])
    })
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
        /// The reason why the service does not answer.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) error: Option<Failure> => IfThere "Error" as message,
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
        pub(crate) sites: u64 => IfRoom "Sites" after ports,
        /// The number of ports in use.
        pub(crate) ports_in_use: u64 => Always "Ports in use",
        /// The number of ports.
        pub(crate) ports: u64 => Always "Ports",
        /// `true` if the server only routes between local networks, without remote access.
        pub(crate) lan_only: bool => IfRoom "LAN only",
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
        Some(Status { server: ServerName::default(), service, load: None, error: Some(failure.clone()) })
    }
}

/// Asks a server how busy it is.
pub(crate) fn read(server: &Server) -> Result<Load, Failure> {
    let info = server.info()?;
    let (mut sessions, mut sites) = (0, 0);
    let (mut users, mut devices) = (HashSet::new(), HashSet::new());
    // Where it routes between local networks only, there is nothing that could be asked.
    if !info.is_lan_only() {
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
    Ok(Load {
        up_for: info.up_time(),
        sessions,
        users: users.len() as u64,
        devices: devices.len() as u64,
        sites,
        ports_in_use: info.ports_in_use().into(),
        ports: info.total_ports().into(),
        lan_only: info.is_lan_only(),
    })
}
