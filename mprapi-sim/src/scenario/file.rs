//! Scenarios from TOML files.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::check::Part;
use super::{
    AdminDll, AdminDllRules, ByteOrder, Callback, Clock, Credentials, Failure, Garbage, Interface,
    InterfaceKind, IpProcess, Preference, Quarantine, Route, Scenario, ScenarioError, Server, Service,
    Session, Transport, Tunnel, User, Windows, text,
};

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
    #[serde(default)]
    reuse_handles: bool,
    #[serde(default)]
    restart_kills_bindings: bool,
    #[serde(default)]
    force_logoff: bool,
    transports: Option<Vec<Transport>>,
    #[serde(default)]
    ports: Vec<PortsTable>,
    #[serde(default)]
    interface: Vec<Spanned<InterfaceTable>>,
    #[serde(default)]
    session: Vec<Spanned<SessionTable>>,
    #[serde(default)]
    user: Vec<Spanned<UserTable>>,
    #[serde(default)]
    route: Vec<Spanned<RouteTable>>,
    #[serde(default)]
    failure: Vec<FailureTable>,
    #[serde(default)]
    admin_dll: Vec<Spanned<AdminDllTable>>,
    admin_dll_rules: Option<Spanned<AdminDllRulesTable>>,
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
    #[serde(default)]
    persistent: bool,
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
    #[serde(default)]
    without_ipv4: bool,
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
    #[serde(default)]
    hours: Vec<String>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RouteTable {
    destination: Ipv4Addr,
    prefix: u8,
    next_hop: Ipv4Addr,
    metric: u32,
    interface: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FailureTable {
    function: Spanned<String>,
    code: Option<u32>,
    garbage: Option<Garbage>,
    at_call: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AdminDllTable {
    path: PathBuf,
    #[serde(default)]
    ip_process: IpProcess,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AdminDllRulesTable {
    #[serde(default)]
    byte_order: ByteOrder,
    #[serde(default)]
    prefers: Preference,
    reports_refused: Option<bool>,
    asks_all: Option<bool>,
    ip_process_initializes: Option<bool>,
    offers_addresses: Option<bool>,
    strict_tables: Option<bool>,
    unloads: Option<bool>,
    limit: Option<f64>,
}

/// A place in the file, and what is wrong there.
type Wrong = (Range<usize>, String);

/// The scenario of a process that names no other.
static COMPANY: LazyLock<Scenario> = LazyLock::new(|| {
    Scenario::from_toml(include_str!("../../scenarios/company.toml"))
        .expect("the file of the crate is a scenario")
});

impl Scenario {
    /// The keys of the company's server.
    pub(crate) const COMPANY_KEYS: [&str; 2] = ["vpn.corp.example", "vpn"];

    /// Returns a small company's VPN server, `vpn.corp.example`, up for nine days: sixteen ports (five IKEv2, four
    /// SSTP, three L2TP, three PPTP, a modem), seven users, one of them in quarantine, and two branch offices to dial;
    /// Oslo refuses the password. Its clock is stepped, so that it looks the same at every run until a test advances
    /// it.
    pub fn company() -> Scenario {
        COMPANY.clone()
    }

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
        let places: Vec<Places> = file.server.iter().map(Places::of).collect();
        let mut scenario = Scenario::new();
        for table in file.server {
            let server = table.server().map_err(error)?;
            scenario = scenario.server(server);
        }
        scenario.check().map_err(|(server, part, reason)| {
            let place = places.get(server).and_then(|places| places.of_part(part));
            error((place.unwrap_or(0..0), reason))
        })?;
        Ok(scenario)
    }

    /// Reads a scenario from a file: UTF-8 with or without a byte order mark, or UTF-16 with one.
    ///
    /// # Errors
    /// [`ScenarioError`] if the file cannot be read or is wrong.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Scenario, ScenarioError> {
        let path = path.as_ref();
        let wrong = |error: ScenarioError| ScenarioError { file: Some(path.to_owned()), ..error };
        let text =
            std::fs::read(path).map_err(|error| error.to_string()).and_then(|bytes| text::decode(&bytes));
        let text = text.map_err(|reason| wrong(ScenarioError::new(reason)))?;
        let mut scenario = Scenario::from_toml(&text).map_err(wrong)?;
        // An absolute path takes the place of the folder.
        let folder = path.parent().unwrap_or(Path::new(""));
        for dll in scenario.servers.iter_mut().flat_map(|server| &mut server.admin_dlls) {
            dll.path = folder.join(&dll.path);
        }
        Ok(scenario)
    }
}

fn seconds(seconds: f64, place: &Range<usize>) -> Result<Duration, Wrong> {
    // Beyond what a duration can be, and far beyond what a scenario may ask for.
    let longest = Duration::MAX.as_secs_f64() / 2.0;
    Duration::try_from_secs_f64(seconds.min(longest))
        .map_err(|_| (place.clone(), format!("{seconds} is not a valid number of seconds")))
}

/// The places of the parts of a server in the file.
struct Places {
    names: Vec<Range<usize>>,
    ports: Vec<Range<usize>>,
    sessions: Vec<Range<usize>>,
    interfaces: Vec<Range<usize>>,
    routes: Vec<Range<usize>>,
    users: Vec<Range<usize>>,
    failures: Vec<Range<usize>>,
    admin_dlls: Vec<Range<usize>>,
    admin_dll_rules: Vec<Range<usize>>,
}

fn spans<T>(list: &[Spanned<T>]) -> Vec<Range<usize>> {
    list.iter().map(Spanned::span).collect()
}

impl Places {
    fn of(table: &ServerTable) -> Places {
        Places {
            names: [table.name.span()].into_iter().chain(spans(&table.aliases)).collect(),
            ports: table.ports.iter().map(|ports| ports.count.span()).collect(),
            sessions: spans(&table.session),
            interfaces: spans(&table.interface),
            routes: spans(&table.route),
            users: spans(&table.user),
            failures: table.failure.iter().map(|failure| failure.function.span()).collect(),
            admin_dlls: spans(&table.admin_dll),
            admin_dll_rules: table.admin_dll_rules.iter().map(Spanned::span).collect(),
        }
    }

    fn of_part(&self, part: Part) -> Option<Range<usize>> {
        let (list, number) = match part {
            Part::Server => (&self.names, 0),
            Part::Name(number) => (&self.names, number),
            Part::Ports(number) => (&self.ports, number),
            Part::Session(number) => (&self.sessions, number),
            Part::Interface(number) => (&self.interfaces, number),
            Part::Route(number) => (&self.routes, number),
            Part::User(number) => (&self.users, number),
            Part::Failure(number) => (&self.failures, number),
            Part::AdminDll(number) => (&self.admin_dlls, number),
            Part::AdminDllRules => (&self.admin_dll_rules, 0),
        };
        list.get(number).cloned()
    }
}

impl ServerTable {
    fn server(self) -> Result<Server, Wrong> {
        let place = self.name.span();
        let mut server = Server::new(self.name.into_inner())
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
            .domain_controller(self.domain_controller)
            .reuse_handles(self.reuse_handles)
            .restart_kills_bindings(self.restart_kills_bindings)
            .force_logoff(self.force_logoff);
        for alias in self.aliases {
            server = server.also_named(alias.into_inner());
        }
        if let Some(most) = self.most_ports {
            server = server.most_ports(most);
        }
        if let Some(transports) = self.transports {
            server = server.transports(transports);
        }
        for ports in self.ports {
            server = server.ports(ports.tunnel, *ports.count.get_ref());
        }
        for session in self.session {
            let place = session.span();
            server = server.session(session.into_inner().session(&place)?);
        }
        for interface in self.interface {
            let place = interface.span();
            server = server.interface(interface.into_inner().interface(&place)?);
        }
        for route in self.route {
            let RouteTable { destination, prefix, next_hop, metric, interface } = route.into_inner();
            server.routes.push((Route { destination, prefix, next_hop, metric }, interface));
        }
        for user in self.user {
            let user = user.into_inner();
            let account = User::new(user.name)
                .may_dial_in(user.may_dial_in)
                .by_policy(user.by_policy)
                .callback(user.callback)
                .number(user.number)
                .hours(user.hours);
            server = server.user(account);
        }
        for failure in self.failure {
            let function = failure.function.get_ref().clone();
            // Not by the method, which panics for a function that cannot fail: that is checked with the rest.
            server.failures.push((function, failure.failure()?));
        }
        for dll in self.admin_dll {
            let AdminDllTable { path, ip_process } = dll.into_inner();
            server = server.admin_dll(AdminDll::new(path).ip_process(ip_process));
        }
        if let Some(rules) = self.admin_dll_rules {
            let place = rules.span();
            server = server.admin_dll_rules(rules.into_inner().rules(&place)?);
        }
        Ok(server)
    }
}

impl SessionTable {
    fn session(self, place: &Range<usize>) -> Result<Session, Wrong> {
        let mut session = Session::new(self.user, self.tunnel)
            .domain(self.domain)
            .computer(self.computer)
            .address(self.address)
            .ipv6(self.ipv6)
            .without_ipv4(self.without_ipv4)
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
            .persistent(self.persistent)
            .credentials(self.credentials)
            .receive_rate(self.receive_rate)
            .send_rate(self.send_rate))
    }
}

impl FailureTable {
    fn failure(self) -> Result<Failure, Wrong> {
        let failure = match (self.code, self.garbage) {
            (Some(code), None) => Failure::code(code),
            (None, Some(garbage)) => Failure::garbage(garbage),
            _ => {
                let reason = "a failure has either a code or a kind of garbage".to_owned();
                return Err((self.function.span(), reason));
            }
        };
        Ok(self.at_call.map_or(failure, |number| failure.at_call(number)))
    }
}

impl AdminDllRulesTable {
    fn rules(self, place: &Range<usize>) -> Result<AdminDllRules, Wrong> {
        let usual = AdminDllRules::default();
        Ok(AdminDllRules {
            byte_order: self.byte_order,
            prefers: self.prefers,
            reports_refused: self.reports_refused.unwrap_or(usual.reports_refused),
            asks_all: self.asks_all.unwrap_or(usual.asks_all),
            ip_process_initializes: self.ip_process_initializes.unwrap_or(usual.ip_process_initializes),
            offers_addresses: self.offers_addresses.unwrap_or(usual.offers_addresses),
            strict_tables: self.strict_tables.unwrap_or(usual.strict_tables),
            unloads: self.unloads.unwrap_or(usual.unloads),
            limit: self.limit.map_or(Ok(usual.limit), |limit| seconds(limit, place))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::server::server_key;

    #[test]
    fn the_company_has_one_server_with_the_keys_that_the_network_keeps_for_it() {
        let [server] = &COMPANY.servers[..] else { panic!("more than one server") };
        let keys: Vec<String> = server.names.iter().map(|name| server_key(name)).collect();
        assert_eq!(keys, Scenario::COMPANY_KEYS);
    }
}
