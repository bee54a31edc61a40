//! Scenarios from TOML files.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::{
    Callback, Credentials, Interface, InterfaceKind, Quarantine, Route, Scenario, Server, Service, Session,
    Transport, Tunnel, User, Windows, text,
};
use crate::clock::Clock;
use crate::failure::{Failure, Garbage, can_fail};

/// A scenario that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    file: Option<PathBuf>,
    line: Option<usize>,
    reason: String,
}

impl ScenarioError {
    /// The line of the file that is wrong, counted from 1; `None` when the file could not be read at all.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}: ", file.display())?;
        }
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for ScenarioError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    server: Vec<ServerTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ServerTable {
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    clock: Clock,
    #[serde(default)]
    service: Service,
    #[serde(default)]
    starts_in: f64,
    #[serde(default)]
    paused: bool,
    #[serde(default)]
    unreachable: bool,
    #[serde(default)]
    denies_access: bool,
    #[serde(default)]
    latency: f64,
    #[serde(default)]
    lan_only: bool,
    #[serde(default)]
    windows: Windows,
    #[serde(default)]
    up_for: f64,
    domain: Option<String>,
    domain_controller: Option<String>,
    most_ports: Option<u32>,
    transports: Option<Vec<Transport>>,
    #[serde(default)]
    ports: Vec<PortsTable>,
    #[serde(default)]
    interface: Vec<Spanned<InterfaceTable>>,
    #[serde(default)]
    session: Vec<Spanned<SessionTable>>,
    #[serde(default)]
    user: Vec<UserTable>,
    #[serde(default)]
    route: Vec<Spanned<Route>>,
    #[serde(default)]
    failure: Vec<FailureTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PortsTable {
    tunnel: Tunnel,
    count: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct InterfaceTable {
    name: String,
    kind: InterfaceKind,
    #[serde(default)]
    disabled: bool,
    address: Option<Ipv4Addr>,
    #[serde(default = "whole_address")]
    prefix: u8,
    #[serde(default)]
    hours: Vec<String>,
    tunnel: Option<Tunnel>,
    #[serde(default)]
    phone_number: String,
    #[serde(default)]
    without_devices: bool,
    #[serde(default)]
    dial_error: u32,
    #[serde(default)]
    dial_takes: f64,
    #[serde(default)]
    connected: bool,
    credentials: Option<Credentials>,
    #[serde(default)]
    receive_rate: u64,
    #[serde(default)]
    send_rate: u64,
}

fn whole_address() -> u8 {
    32
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SessionTable {
    user: String,
    tunnel: Tunnel,
    #[serde(default)]
    domain: String,
    #[serde(default)]
    computer: String,
    address: Option<Ipv4Addr>,
    ipv6: Option<Ipv6Addr>,
    endpoint: Option<IpAddr>,
    #[serde(default)]
    connected_for: f64,
    #[serde(default)]
    bytes_received: u64,
    #[serde(default)]
    bytes_sent: u64,
    #[serde(default)]
    receive_rate: u64,
    #[serde(default)]
    send_rate: u64,
    #[serde(default)]
    quarantine: Quarantine,
    probation: Option<f64>,
    #[serde(default)]
    has_messenger: bool,
    #[serde(default)]
    arrives_in: f64,
    stays_for: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UserTable {
    name: String,
    #[serde(default = "yes")]
    may_dial_in: bool,
    #[serde(default)]
    by_policy: bool,
    #[serde(default)]
    callback: Callback,
    #[serde(default)]
    number: String,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FailureTable {
    function: Spanned<String>,
    code: Option<u32>,
    garbage: Option<Garbage>,
    at_call: Option<u64>,
}

/// Something wrong, and where.
type Wrong = (Range<usize>, String);

impl Scenario {
    /// Reads a scenario in TOML. The reference of its tables is on the crate's front page.
    ///
    /// # Errors
    /// [`ScenarioError`], which names the line.
    pub fn from_toml(text: &str) -> Result<Scenario, ScenarioError> {
        let error = |(place, reason): Wrong| ScenarioError {
            file: None,
            line: Some(text[..place.start.min(text.len())].matches('\n').count() + 1),
            reason,
        };
        let file: File = toml::from_str(text).map_err(|wrong| {
            let place = wrong.span().unwrap_or(0..0);
            error((place, wrong.message().to_owned()))
        })?;
        let mut scenario = Scenario::new();
        for table in file.server {
            let server = table.server().map_err(error)?;
            scenario = scenario.server(server);
        }
        scenario.check_names().map_err(|reason| error((0..0, reason)))?;
        Ok(scenario)
    }

    /// Reads a scenario from a file: UTF-8 with or without a byte order mark, or UTF-16 with one.
    ///
    /// # Errors
    /// [`ScenarioError`], when the file cannot be read or is wrong.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Scenario, ScenarioError> {
        let path = path.as_ref();
        let wrong = |error: ScenarioError| ScenarioError { file: Some(path.to_owned()), ..error };
        let text =
            std::fs::read(path).map_err(|error| error.to_string()).and_then(|bytes| text::decode(&bytes));
        let text = text.map_err(|reason| wrong(ScenarioError { file: None, line: None, reason }))?;
        Scenario::from_toml(&text).map_err(wrong)
    }

    fn check_names(&self) -> Result<(), String> {
        let mut names = std::collections::HashSet::new();
        let all = self.servers.iter().flat_map(|server| &server.names);
        match all.map(|name| name.to_lowercase()).find(|name| !names.insert(name.clone())) {
            Some(twice) => Err(format!("two servers are called {twice}")),
            None if self.servers.is_empty() => Err("there is no server".to_owned()),
            None => Ok(()),
        }
    }
}

/// A hundred years. What is longer is a slip of the pen, and could lead beyond what a clock can show.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 86_400);

fn seconds(seconds: f64, place: &Range<usize>) -> Result<Duration, Wrong> {
    let wrong = |what| Err((place.clone(), format!("{seconds} {what}")));
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if duration <= LONGEST => Ok(duration),
        Ok(_) => wrong("seconds are more than a hundred years"),
        Err(_) => wrong("is no number of seconds"),
    }
}

impl ServerTable {
    fn server(self) -> Result<Server, Wrong> {
        let place = self.name.span();
        let mut server = Server::new(valid_name(&self.name)?)
            .clock(self.clock)
            .service(self.service)
            .starts_in(seconds(self.starts_in, &place)?)
            .paused(self.paused)
            .unreachable(self.unreachable)
            .denies_access(self.denies_access)
            .latency(seconds(self.latency, &place)?)
            .lan_only(self.lan_only)
            .windows(self.windows)
            .up_for(seconds(self.up_for, &place)?)
            .domain(self.domain)
            .domain_controller(self.domain_controller);
        for alias in &self.aliases {
            server = server.also_named(valid_name(alias)?);
        }
        if let Some(most) = self.most_ports {
            server = server.most_ports(most);
        }
        if let Some(transports) = self.transports {
            server = server.transports(transports);
        }
        let mut free: Vec<(Tunnel, u32)> = Vec::new();
        for ports in self.ports {
            let count = *ports.count.get_ref();
            if count > MOST_PORTS {
                return Err((ports.count.span(), format!("{count} ports are more than {MOST_PORTS}")));
            }
            free.push((ports.tunnel, count));
            server = server.ports(ports.tunnel, count);
        }
        let mut take = |tunnel: Tunnel, place: Range<usize>, who: &str| match free
            .iter_mut()
            .find(|(known, left)| *known == tunnel && *left > 0)
        {
            Some((_, left)) => {
                *left -= 1;
                Ok(())
            }
            None => Err((place, format!("no port is free for {who}"))),
        };
        for session in self.session {
            let place = session.span();
            let session = session.into_inner();
            if session.arrives_in == 0.0 {
                take(session.tunnel, place.clone(), &session.user)?;
            }
            server = server.session(session.session(&place)?);
        }
        for interface in self.interface {
            let place = interface.span();
            let interface = interface.into_inner();
            if interface.connected {
                take(interface.tunnel.unwrap_or(Tunnel::Ikev2), place.clone(), &interface.name)?;
            }
            server = server.interface(interface.interface(&place)?);
        }
        for route in self.route {
            if route.get_ref().prefix > 32 {
                return Err((route.span(), "a prefix has at most 32 bits".to_owned()));
            }
            server = server.route(route.into_inner());
        }
        for user in self.user {
            let account = User::new(user.name)
                .may_dial_in(user.may_dial_in)
                .by_policy(user.by_policy)
                .callback(user.callback)
                .number(user.number);
            server = server.user(account);
        }
        for failure in self.failure {
            let function = failure.function.get_ref().clone();
            let place = failure.function.span();
            if !can_fail(&function) {
                return Err((place, format!("{function} cannot be made to fail")));
            }
            server = server.failure(&function, failure.failure(place)?);
        }
        Ok(server)
    }
}

/// More would fill the memory before anything else.
const MOST_PORTS: u32 = 1_000_000;

fn valid_name(name: &Spanned<String>) -> Result<String, Wrong> {
    let text = name.get_ref();
    if text.trim_start_matches('\\').is_empty() || text.contains('\0') {
        return Err((name.span(), "this is no server's name".to_owned()));
    }
    Ok(text.clone())
}

impl SessionTable {
    fn session(self, place: &Range<usize>) -> Result<Session, Wrong> {
        let mut session = Session::new(self.user, self.tunnel)
            .domain(self.domain)
            .computer(self.computer)
            .address(self.address)
            .ipv6(self.ipv6)
            .connected_for(seconds(self.connected_for, place)?)
            .bytes_received(self.bytes_received)
            .bytes_sent(self.bytes_sent)
            .receive_rate(self.receive_rate)
            .send_rate(self.send_rate)
            .quarantine(self.quarantine)
            .has_messenger(self.has_messenger)
            .arrives_in(seconds(self.arrives_in, place)?);
        if let Some(stay) = self.stays_for {
            session = session.stays_for(seconds(stay, place)?);
        }
        if let Some(endpoint) = self.endpoint {
            session = session.endpoint(endpoint);
        }
        if let Some(probation) = self.probation {
            session = session.probation(seconds(probation, place)?);
        }
        Ok(session)
    }
}

impl InterfaceTable {
    fn interface(self, place: &Range<usize>) -> Result<Interface, Wrong> {
        let is_demand_dial = self.kind == InterfaceKind::FullRouter;
        let refuses = self.disabled || self.without_devices || self.dial_error != 0;
        if self.connected && (!is_demand_dial || refuses) {
            return Err((place.clone(), format!("{} cannot be connected", self.name)));
        }
        if self.prefix > 32 {
            return Err((place.clone(), "a prefix has at most 32 bits".to_owned()));
        }
        Ok(Interface::new(self.name, self.kind)
            .disabled(self.disabled)
            .address(self.address.map(|address| (address, self.prefix)))
            .hours(self.hours)
            .tunnel(self.tunnel.unwrap_or(Tunnel::Ikev2))
            .phone_number(self.phone_number)
            .without_devices(self.without_devices)
            .dial_error(self.dial_error)
            .dial_takes(seconds(self.dial_takes, place)?)
            .connected(self.connected)
            .credentials(self.credentials)
            .receive_rate(self.receive_rate)
            .send_rate(self.send_rate))
    }
}

impl FailureTable {
    fn failure(self, place: Range<usize>) -> Result<Failure, Wrong> {
        let failure = match (self.code, self.garbage) {
            (Some(code), None) => Failure::code(code),
            (None, Some(garbage)) => Failure::garbage(garbage),
            _ => return Err((place, "a failure has either a code or a kind of garbage".to_owned())),
        };
        match self.at_call {
            Some(0) => Err((place, "calls are counted from 1".to_owned())),
            Some(number) => Ok(failure.at_call(number)),
            None => Ok(failure),
        }
    }
}
