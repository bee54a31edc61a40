//! A session as a row, and the names that it goes by.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat, Utc};
use mprapi::{InterfaceType, QuarantineState, WideStr};
use serde::{Serialize, Serializer};

use super::kind;
use crate::output::{Field, Row, ServerName, Value, bytes, row};
use crate::select::{Named, Thing};

/// The server's handle of a connection. It is the same after `mprctl` has connected to the server again, which an id is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Handle(usize);

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

impl Serialize for Handle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Field for Handle {
    fn value(&self) -> Value<'_> {
        Value::owned(self.to_string())
    }
}

/// A state of quarantine, which is written only where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quarantine(QuarantineState);

impl Serialize for Quarantine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Field for Quarantine {
    fn value(&self) -> Value<'_> {
        Value::owned(self.0.to_string())
    }
}

/// The time of a connect, which is written only where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Started(pub(crate) SystemTime);

impl fmt::Display for Started {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&DateTime::<Utc>::from(self.0).to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl Serialize for Started {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Field for Started {
    fn value(&self) -> Value<'_> {
        Value::owned(self.to_string())
    }
}

row! {
    /// Someone who is connected.
    pub(crate) struct Session {
        /// The server.
        pub(crate) server: ServerName => Fleet "Server",
        /// `client`: a user or a device. `site-to-site`: another router. Others by the name of their interface's type.
        #[serde(serialize_with = "kind::serialize")]
        #[schemars(with = "String")]
        pub(crate) r#type: InterfaceType => Asked "Type" after bytes_out,
        /// `user`, or `device` for the account of a computer: its device tunnel, which needs no user.
        pub(crate) account: &'static str => Asked "Account" after r#type,
        /// The user's name, without the domain.
        pub(crate) user: String => Always "User",
        /// The domain the user logged on to.
        pub(crate) domain: String => IfRoom "Domain",
        /// The client's IPv4 address inside the tunnel.
        #[schemars(with = "Option<String>")]
        pub(crate) address: Option<Ipv4Addr> => Always "Address",
        /// The client's IPv6 address inside the tunnel.
        #[schemars(with = "Option<String>")]
        pub(crate) ipv6: Option<Ipv6Addr> => Asked "IPv6 address",
        /// `IKEv2`, `SSTP`, `L2TP`, `PPTP` …; of other ports the name of their medium.
        pub(crate) tunnel: String => Always "Tunnel",
        /// The port.
        pub(crate) port: String => IfRoom "Port",
        /// The server's handle of the connection, in hexadecimal.
        #[schemars(with = "String")]
        pub(crate) handle: Handle => Asked "Handle",
        /// The NetBIOS name of the user's computer.
        pub(crate) computer: String => Asked "Computer",
        /// Where the client calls from, outside the tunnel.
        #[schemars(with = "Option<String>")]
        pub(crate) endpoint: Option<IpAddr> => Asked "Calls from",
        /// Seconds.
        #[serde(serialize_with = "crate::quantity::seconds")]
        #[schemars(with = "u64")]
        pub(crate) connected_for: Duration => Always "Connected",
        /// The time of the connect: RFC 3339, in UTC, by the clock of this machine.
        #[schemars(with = "String")]
        pub(crate) started: Started => Asked "Since" after account,
        /// Bytes that came from the client.
        pub(crate) bytes_in: u64 => Always "In" as bytes,
        /// Bytes that went to the client.
        pub(crate) bytes_out: u64 => Always "Out" as bytes,
        /// The interface that it is on; of a site the demand-dial interface.
        pub(crate) interface: String => Asked "Interface",
        /// The quarantine state of Network Access Protection.
        #[schemars(with = "Option<String>")]
        pub(crate) quarantine: Option<Quarantine> => Asked "Quarantine" after interface,
        /// All that the server told.
        #[serde(skip)]
        pub(crate) known: mprapi::Session,
    }
}

impl Row for Session {
    const KIND: &'static str = "session";

    /// A name of this session alone: a handle may soon be another's, and a user may have several.
    fn name(&self) -> String {
        let Session { user, domain, handle, .. } = self;
        match (user.as_str(), domain.as_str()) {
            ("", _) => handle.to_string(),
            (user, "") => format!("{user}#{handle}"),
            (user, _) if user.contains(['@', '\\']) => format!("{user}#{handle}"),
            (user, domain) => format!("{user}@{domain}#{handle}"),
        }
    }
}

impl From<mprapi::Session> for Session {
    fn from(known: mprapi::Session) -> Session {
        let port = known.ports.last();
        Session {
            server: ServerName::default(),
            r#type: known.interface_type,
            account: if is_computer(&known.user_name) { "device" } else { "user" },
            user: known.user_name.to_string_lossy(),
            domain: known.domain.to_string_lossy(),
            address: known.ipv4,
            ipv6: known.ipv6,
            tunnel: known.tunnel.to_string_lossy(),
            port: port.map(|port| port.name.to_string_lossy()).unwrap_or_default(),
            handle: Handle(known.id.as_raw().addr()),
            computer: known.computer.to_string_lossy(),
            endpoint: known.remote_endpoint,
            connected_for: known.duration,
            started: Started(SystemTime::now().checked_sub(known.duration).unwrap_or(UNIX_EPOCH)),
            quarantine: known.quarantine_state.map(Quarantine),
            bytes_in: known.statistics.bytes_received,
            bytes_out: known.statistics.bytes_sent,
            interface: known.interface_name.to_string_lossy(),
            known,
        }
    }
}

impl Session {
    /// Returns `true` if `later`, which was read afterwards, is this session still.
    pub(crate) fn goes_on_as(&self, later: &Session) -> bool {
        self.known.continues_as(&later.known)
    }

    /// Returns `true` if `later`, the same session read afterwards, has the same to show other than its age.
    pub(super) fn looks_like(&self, later: &Session) -> bool {
        // All of them by name, so that a new field is thought of.
        let Session {
            server: _,
            r#type,
            account,
            user,
            domain,
            address,
            ipv6,
            tunnel,
            port,
            handle,
            computer,
            endpoint,
            connected_for: _,
            started: _,
            bytes_in,
            bytes_out,
            interface,
            quarantine,
            known: _,
        } = self;
        (bytes_in, bytes_out, handle, r#type, account)
            == (&later.bytes_in, &later.bytes_out, &later.handle, &later.r#type, &later.account)
            && (address, ipv6, endpoint, quarantine)
                == (&later.address, &later.ipv6, &later.endpoint, &later.quarantine)
            && (user, domain, computer) == (&later.user, &later.domain, &later.computer)
            && (tunnel, port, interface) == (&later.tunnel, &later.port, &later.interface)
    }

    /// Returns `true` if it is a user's or a device's, and no link to another site.
    pub(crate) fn is_client(&self) -> bool {
        self.known.is_client()
    }
}

/// Returns `true` for the account of a computer: its name ends with `$`, or EAP calls it `host/…`.
pub(crate) fn is_computer(user: &WideStr) -> bool {
    let units = user.units();
    let host = "host/".encode_utf16();
    units.last() == Some(&u16::from(b'$')) || units.len() > 5 && units.iter().copied().take(5).eq(host)
}

/// Splits the name of an account, in either notation, into user and domain. Without a domain, the second is empty.
fn account(name: &str) -> (&str, &str) {
    match (name.split_once('\\'), name.rsplit_once('@')) {
        (Some((domain, user)), _) | (None, Some((user, domain))) => (user, domain),
        (None, None) => (name, ""),
    }
}

impl Session {
    /// Returns the user, and the domains that the server knows: one may be in the name that the user typed.
    fn account(&self) -> (&str, impl Iterator<Item = &str>) {
        let (user, typed) = account(&self.user);
        (user, [self.domain.as_str(), typed].into_iter().filter(|domain| !domain.is_empty()))
    }

    /// Returns the text that names it in messages: the user, or the interface of another site, and the address in the tunnel.
    pub(crate) fn label(&self) -> String {
        self.labelled("")
    }

    /// Returns the label with `more` at the name.
    fn labelled(&self, more: &str) -> String {
        let place = self.inside().map_or_else(|| self.handle.to_string(), |address| address.to_string());
        let name = if self.is_client() { self.owner() } else { self.site() };
        let name = if name.is_empty() { "a user without a name" } else { &name };
        format!("{name}{more} ({place})")
    }

    /// Returns the address inside the tunnel: that of IPv4, or else that of IPv6.
    pub(crate) fn inside(&self) -> Option<IpAddr> {
        self.address.map(IpAddr::from).or(self.ipv6.map(IpAddr::from))
    }

    /// Returns the name of another site: that of its interface.
    pub(crate) fn site(&self) -> String {
        if self.interface.is_empty() { self.owner() } else { self.interface.clone() }
    }

    /// Returns the user's name with the domain, as messages have it.
    pub(crate) fn owner(&self) -> String {
        let Session { user, domain, .. } = self;
        if domain.is_empty() { user.clone() } else { format!("{domain}\\{user}") }
    }
}

impl Named for Session {
    const NOUN: &'static str = "session";
    const ELSEWHERE: &'static str = "To see the links to other sites: mprctl site list";

    /// The user in each way of writing it, alone and with the handle, the tunnel's addresses, the handle.
    fn names(&self) -> Vec<String> {
        let (user, domains) = self.account();
        let mut names = vec![self.user.clone(), self.owner(), user.to_owned()];
        names.extend(domains.flat_map(|domain| [format!("{domain}\\{user}"), format!("{user}@{domain}")]));
        if !self.is_client() {
            names.push(self.interface.clone());
        }
        names.retain(|name| !name.is_empty());
        let with_handle: Vec<String> = names.iter().map(|name| format!("{name}#{}", self.handle)).collect();
        names.extend(with_handle);
        names.push(self.handle.to_string());
        names.extend(self.address.iter().map(Ipv4Addr::to_string));
        names.extend(self.ipv6.iter().map(Ipv6Addr::to_string));
        names
    }

    /// A domain mostly has two names, `CORP` and `corp.example`. The server does not tell which two are of one domain.
    fn may_be(&self, name: &str) -> bool {
        let first = |domain: &str| domain.split('.').next().unwrap_or_default().to_lowercase();
        let (wanted, wanted_domain) = account(name);
        let (user, mut domains) = self.account();
        !wanted_domain.is_empty()
            && wanted.to_lowercase() == user.to_lowercase()
            && domains.any(|domain| first(domain) == first(wanted_domain))
    }

    /// Names with `�` for an invalid character may be printed alike and be those of different people.
    fn owner(&self) -> Option<String> {
        let owner = self.owner().to_lowercase();
        let is_certain = !owner.contains(char::REPLACEMENT_CHARACTER);
        Some(if is_certain { owner } else { format!("{owner}#{}", self.handle) })
    }
}

impl Thing for Session {
    const IS_ONE: bool = false;
    const WHICH: &'static str =
        "Say which: by domain and user, by handle, on one server by --server; all of them by --glob.";

    fn label(&self) -> String {
        self.label()
    }

    fn exactly(&self) -> String {
        self.labelled(&format!("#{}", self.handle))
    }

    fn is_still(&self, later: &Session) -> bool {
        self.goes_on_as(later)
    }
}
