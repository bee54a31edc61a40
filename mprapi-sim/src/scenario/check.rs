//! The rules for scenarios whose servers can start: the one place that refuses a description, whether it comes from a
//! file or from a program.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use super::failure::{Failure, can_fail};
use super::hours;
use super::routing::{TUNNEL_ADDRESS, same_network};
use super::server::server_key;
use super::user::account_key;
use super::{Interface, InterfaceKind, Route, Scenario, Server, Session, Transport, Tunnel, User};
use crate::wide::{folded, length};

/// A part of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Server,
    /// One of the server's names; the first is its own.
    Name(usize),
    Ports(usize),
    Session(usize),
    Interface(usize),
    Route(usize),
    User(usize),
    Failure(usize),
    AdminDll(usize),
    AdminDllRules,
}

/// A reason why a server cannot start.
type Reason = String;

/// More ports in all would fill the memory before anything else.
const MOST_PORTS: u32 = 1_000_000;

/// Each one takes a file and two threads.
const MOST_ADMIN_DLLS: usize = 32;

/// A hundred years. What is longer is a slip of the pen.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 86_400);

/// The longest names that fit the callers' arrays (lmcons.h).
pub(crate) const UNLEN: usize = 256;
pub(crate) const PWLEN: usize = 256;
pub(crate) const DNLEN: usize = 15;

/// The longest texts that the records' fields hold, in UTF-16 units.
const SERVER_NAME: usize = 255;
const INTERFACE_NAME: usize = mprapi_sys::MAX_INTERFACE_NAME_LEN as usize;
const PHONE_NUMBER: usize = 128;

impl Scenario {
    /// Finds the first part that cannot be: the number of its server, the part, and the reason.
    pub(crate) fn check(&self) -> Result<(), (usize, Part, Reason)> {
        if self.servers.is_empty() {
            return Err((0, Part::Server, "the scenario has no server".to_owned()));
        }
        let mut names = HashSet::new();
        let mut ports = 0_u32;
        for (number, server) in self.servers.iter().enumerate() {
            let wrong = |(part, reason)| (number, part, reason);
            for (place, name) in server.names.iter().enumerate() {
                let part = Part::Name(place);
                check_server_name(name).map_err(|reason| (number, part, reason))?;
                if !names.insert(server_key(name)) {
                    return Err((number, part, format!("two servers are called {name}")));
                }
            }
            server.check().map_err(wrong)?;
            for (place, own) in server.ports.iter().enumerate() {
                ports = ports.saturating_add(own.count);
                if ports > MOST_PORTS {
                    let reason = format!("{ports} ports are more than {MOST_PORTS}");
                    return Err((number, Part::Ports(place), reason));
                }
            }
        }
        Ok(())
    }
}

fn check_server_name(name: &str) -> Result<(), Reason> {
    if server_key(name).is_empty() {
        return Err("the server's name is empty".to_owned());
    }
    check_text("the server's name", name, SERVER_NAME)
}

/// A text goes through the API up to its first zero, and as far as its field is long.
fn check_text(what: &str, text: &str, longest: usize) -> Result<(), Reason> {
    if text.contains('\0') {
        return Err(format!("{what} has a zero in it, which ends a text"));
    }
    match length(text) {
        units if units > longest => Err(format!("{what} has {units} characters; it may have {longest}")),
        _ => Ok(()),
    }
}

fn check_name(what: &str, text: &str, longest: usize) -> Result<(), Reason> {
    if text.is_empty() { Err(format!("{what} is empty")) } else { check_text(what, text, longest) }
}

/// Returns the kind of an address that no machine has on a network: one of nobody, of several, or of this machine to
/// itself.
pub(crate) fn unusable(address: IpAddr) -> Option<&'static str> {
    // One of IPv4 may be written as one of IPv6.
    let host = address.to_canonical();
    match host {
        _ if host.is_unspecified() => Some("the address of nobody"),
        _ if host.is_loopback() => Some("a loopback address"),
        _ if host.is_multicast() => Some("a multicast address"),
        IpAddr::V4(Ipv4Addr::BROADCAST) => Some("the broadcast address"),
        IpAddr::V4(ipv4) if matches!(ipv4.octets()[0], 0 | 240..) => Some("a reserved address"),
        _ => None,
    }
}

/// Fails for an address that no machine has on a network.
fn check_host(whose: &str, address: IpAddr) -> Result<(), Reason> {
    match unusable(address) {
        Some(kind) => Err(format!("{whose} cannot have {address}, which is {kind}")),
        None => Ok(()),
    }
}

fn check_prefix(prefix: u8) -> Result<(), Reason> {
    if prefix > 32 { Err("a prefix has at most 32 bits".to_owned()) } else { Ok(()) }
}

fn check_time(time: Duration) -> Result<(), Reason> {
    if time > LONGEST {
        Err(format!("{} seconds are more than a hundred years", time.as_secs_f64()))
    } else {
        Ok(())
    }
}

impl Server {
    fn check(&self) -> Result<(), (Part, Reason)> {
        let server = |reason| (Part::Server, reason);
        for time in [self.starts_in, self.latency, self.up_for] {
            check_time(time).map_err(server)?;
        }
        for (what, text) in [("the domain", &self.domain), ("the domain controller", &self.domain_controller)]
        {
            text.as_ref().map_or(Ok(()), |text| check_name(what, text, SERVER_NAME)).map_err(server)?;
        }
        let mut transports = self.transports.iter().enumerate();
        if transports.any(|(place, transport)| self.transports[..place].contains(transport)) {
            return Err(server("a transport is listed twice".to_owned()));
        }
        self.check_interfaces()?;
        // Links find their ports when the users who are there from the beginning have theirs.
        let mut ports = FreePorts::of(self);
        self.check_sessions(&mut ports)?;
        self.check_links(&mut ports)?;
        for (place, (route, interface)) in self.routes.iter().enumerate() {
            self.check_route(*route, interface.as_deref()).map_err(|reason| (Part::Route(place), reason))?;
        }
        let mut accounts = HashSet::new();
        for (place, user) in self.accounts.iter().enumerate() {
            check_account(user, &mut accounts).map_err(|reason| (Part::User(place), reason))?;
        }
        for (place, (function, failure)) in self.failures.iter().enumerate() {
            check_failure(function, *failure).map_err(|reason| (Part::Failure(place), reason))?;
        }
        self.check_admin_dlls()
    }

    fn check_admin_dlls(&self) -> Result<(), (Part, Reason)> {
        if self.admin_dlls.len() > MOST_ADMIN_DLLS {
            let reason = format!("the server has more than {MOST_ADMIN_DLLS} administration DLLs");
            return Err((Part::AdminDll(MOST_ADMIN_DLLS), reason));
        }
        for (place, dll) in self.admin_dlls.iter().enumerate() {
            if dll.path.as_os_str().is_empty() {
                return Err((
                    Part::AdminDll(place),
                    "the path of the administration DLL is empty".to_owned(),
                ));
            }
        }
        let limit = self.admin_dll_rules.limit;
        let wrong = |reason| (Part::AdminDllRules, reason);
        check_time(limit).map_err(wrong)?;
        if limit.is_zero() {
            return Err(wrong("no callout ends within 0 seconds".to_owned()));
        }
        Ok(())
    }

    fn check_interfaces(&self) -> Result<(), (Part, Reason)> {
        let mut names = HashSet::new();
        let mut addresses = HashSet::from([TUNNEL_ADDRESS, Ipv4Addr::LOCALHOST]);
        for (place, interface) in self.interfaces.iter().enumerate() {
            let wrong = |reason| (Part::Interface(place), reason);
            interface.check().map_err(wrong)?;
            let is_unique = matches!(interface.kind, InterfaceKind::Internal | InterfaceKind::Loopback);
            if is_unique && self.interfaces[..place].iter().any(|other| other.kind == interface.kind) {
                return Err(wrong("a router has only one interface of this kind".to_owned()));
            }
            let own = HashSet::from([folded(&interface.name), folded(&interface.api_name())]);
            if own.into_iter().any(|name| !names.insert(name)) {
                return Err(wrong(format!("two interfaces are called {}", interface.name)));
            }
            if interface.address.is_some_and(|(address, _)| !addresses.insert(address)) {
                return Err(wrong(format!("the address of {} is another's too", interface.name)));
            }
        }
        Ok(())
    }

    fn check_sessions(&self, ports: &mut FreePorts) -> Result<(), (Part, Reason)> {
        let own = self.interfaces.iter().filter_map(|interface| interface.address);
        let mut addresses: HashSet<_> = own.map(|(address, _)| address).chain([TUNNEL_ADDRESS]).collect();
        let mut of_ipv6 = HashSet::new();
        for (place, session) in self.sessions.iter().enumerate() {
            let wrong = |reason| (Part::Session(place), reason);
            session.check().map_err(wrong)?;
            if session.address.is_some() && !self.transports.contains(&Transport::Ip) {
                return Err(wrong(format!(
                    "{} has an IPv4 address, and the server has no IPv4",
                    session.user
                )));
            }
            let has_ipv4 = !session.without_ipv4 && self.transports.contains(&Transport::Ip);
            if session.without_ipv4 && session.address.is_some() || !has_ipv4 && session.ipv6.is_none() {
                return Err(wrong(format!(
                    "{} has no address, or an IPv4 address and no IPv4",
                    session.user
                )));
            }
            let is_taken = session.address.is_some_and(|address| !addresses.insert(address))
                || session.ipv6.is_some_and(|address| !of_ipv6.insert(address));
            if is_taken {
                return Err(wrong(format!("the address of {} is another's too", session.user)));
            }
            if session.arrives_in.is_zero() && !ports.take(session.tunnel) {
                return Err(wrong(format!("no port is free for {}", session.user)));
            }
        }
        Ok(())
    }

    fn check_links(&self, ports: &mut FreePorts) -> Result<(), (Part, Reason)> {
        for (place, interface) in self.interfaces.iter().enumerate().filter(|(_, other)| other.connected) {
            if !ports.take(interface.tunnel) {
                let reason = format!("no port is free for {}", interface.name);
                return Err((Part::Interface(place), reason));
            }
        }
        Ok(())
    }

    /// The next hop must be on a local network, or at the other end of a link or a client's tunnel, which the router
    /// knows only when they are up.
    fn check_route(&self, route: Route, interface: Option<&str>) -> Result<(), Reason> {
        check_prefix(route.prefix)?;
        if let Some(name) = interface {
            let called = |interface: &Interface| folded(&interface.name) == folded(name);
            return match self.interfaces.iter().any(called) {
                true => Ok(()),
                false => Err(format!("no interface is named {name}")),
            };
        }
        let may_lead = |interface: &Interface| match (interface.kind, interface.address) {
            (InterfaceKind::Dedicated, Some((address, prefix))) => {
                same_network(address, route.next_hop, prefix)
            }
            (kind, _) => matches!(kind, InterfaceKind::FullRouter | InterfaceKind::Internal),
        };
        if self.interfaces.iter().any(may_lead) {
            Ok(())
        } else {
            Err(format!("no interface is on the network of {}", route.next_hop))
        }
    }
}

/// The ports of a server that nothing is on yet, by tunnel.
struct FreePorts(Vec<(Tunnel, u32)>);

impl FreePorts {
    fn of(server: &Server) -> FreePorts {
        FreePorts(server.ports.iter().map(|ports| (ports.tunnel, ports.count)).collect())
    }

    /// Takes a port of the tunnel, and returns `false` if none is left.
    fn take(&mut self, tunnel: Tunnel) -> bool {
        let left = self.0.iter_mut().find(|(other, left)| *other == tunnel && *left > 0);
        left.map(|(_, left)| *left -= 1).is_some()
    }
}

impl Interface {
    fn check(&self) -> Result<(), Reason> {
        check_name("the interface's name", &self.name, INTERFACE_NAME)?;
        check_text("the phone number", &self.phone_number, PHONE_NUMBER)?;
        check_time(self.dial_takes)?;
        if let Some((address, prefix)) = self.address {
            check_host(&self.name, IpAddr::V4(address))?;
            check_prefix(prefix)?;
        }
        if self.address.is_some() && matches!(self.kind, InterfaceKind::Internal | InterfaceKind::Loopback) {
            return Err(format!(
                "the address of {} cannot be set: the router gives the interface its own",
                self.name
            ));
        }
        check_hours(&self.hours)?;
        if let Some(credentials) = &self.credentials {
            check_text("the user's name", &credentials.user, UNLEN)?;
            check_text("the password", &credentials.password, PWLEN)?;
            check_text("the domain", &credentials.domain, DNLEN)?;
        }
        let refuses = self.disabled || self.without_devices || self.dial_error != 0;
        if self.connected && (self.kind != InterfaceKind::FullRouter || refuses) {
            return Err(format!("{} cannot be connected", self.name));
        }
        Ok(())
    }
}

impl Session {
    /// Checks what a session is by itself, whatever the server.
    pub(crate) fn check(&self) -> Result<(), Reason> {
        check_text("the user's name", &self.user, UNLEN)?;
        check_text("the domain", &self.domain, DNLEN)?;
        let addresses = [self.address.map(IpAddr::V4), self.ipv6.map(IpAddr::V6), Some(self.endpoint)];
        addresses.into_iter().flatten().try_for_each(|address| check_host(&self.user, address))?;
        // A client says its name as it likes, and the server takes of it what fits.
        check_text("the computer's name", &self.computer, usize::MAX)?;
        check_text("the name of the client's interface", &self.interface_name(), INTERFACE_NAME)?;
        let times = [self.connected_for, self.probation, self.arrives_in];
        times.into_iter().chain(self.stays_for).try_for_each(check_time)
    }
}

fn check_hours(days: &[String]) -> Result<(), Reason> {
    match days.iter().find(|text| hours::of_day(text).is_none()) {
        None => Ok(()),
        Some(wrong) => {
            Err(format!("`{wrong}` is not a day with its hours; write `2 09:00-12:00 13:00-17:30`"))
        }
    }
}

fn check_account(user: &User, known: &mut HashSet<String>) -> Result<(), Reason> {
    check_name("the account's name", &user.name, UNLEN)?;
    check_text("the number", &user.number, PHONE_NUMBER)?;
    check_hours(&user.hours)?;
    let key = account_key(&user.name);
    if key.is_empty() {
        Err("the account's name is empty".to_owned())
    } else if known.insert(key) {
        Ok(())
    } else {
        Err(format!("two accounts are called {}", user.name))
    }
}

fn check_failure(function: &str, failure: Failure) -> Result<(), Reason> {
    if !can_fail(function) {
        return Err(format!("{function} cannot be made to fail"));
    }
    if failure == Failure::code(0) {
        return Err("0 is the code of success".to_owned());
    }
    if failure.only_call == Some(0) {
        return Err("calls are counted from 1".to_owned());
    }
    Ok(())
}
