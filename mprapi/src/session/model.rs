//! One session, owned, from whatever level of information the server has.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, SystemTime};

use super::account::Account;
use super::start::Started;
use crate::{
    Authentication, ConnectionFlags, ConnectionId, Guid, Ikev2Authentication, InterfaceId, InterfaceType,
    PortId, Projection, QuarantineState, Statistics, WideStr, WideString,
};

/// A connection as it was when [`Server::sessions`](crate::Server::sessions) read it: a client's session, or a link to
/// another site.
///
/// It owns its values, so it can be kept, compared, sent to other threads and, with the feature `serde`, written and read
/// back. A value that the server is too old to report is `None` or empty.
///
/// While a program keeps a session, it may end, and the server may give its id to another connection.
/// [`Server::end`](crate::Server::end) and [`Server::connection_of`](crate::Server::connection_of) compare before they act.
///
/// New versions may add fields, so a program makes one from the default, in a test for example:
///
/// ```
/// use mprapi::Session;
///
/// let mut session = Session::default();
/// session.user_name = "anna".into();
/// session.domain = "CORP".into();
/// assert!(session.is_client());
/// assert_eq!(session.account().to_string(), r"CORP\anna");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias(
    "RAS_CONNECTION_0",
    "RAS_CONNECTION_1",
    "RAS_CONNECTION_3",
    "RAS_CONNECTION_4",
    "RAS_CONNECTION_EX"
))]
pub struct Session {
    /// The id of the connection on its server. One that was read back by `serde` belongs to no server.
    pub id: ConnectionId,
    /// The user's name, mostly without the domain; [`account`](Session::account) tells both apart.
    pub user_name: WideString,
    /// The domain the user logged on to.
    pub domain: WideString,
    /// The NetBIOS name of the user's computer.
    pub computer: WideString,
    /// The id of the connection's interface on its server.
    pub interface: InterfaceId,
    /// The name of its interface; of a link to another site, the name of the demand-dial interface.
    pub interface_name: WideString,
    /// The type of its interface: a client's, or another router's.
    pub interface_type: InterfaceType,
    /// The kind and the abilities of the connection.
    pub flags: ConnectionFlags,
    /// How long it has been up, in whole seconds.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub duration: Duration,
    /// When it began, in whole seconds by the server's clock; from Windows Server 2012 on.
    #[cfg_attr(
        feature = "serde",
        serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::time"
        )
    )]
    pub started_at: Option<SystemTime>,
    /// The traffic counters.
    pub statistics: Statistics,
    /// `true` if byte counters are 64 bits wide; otherwise they wrap at 2³². Windows Server 2012 and later have wide ones.
    pub has_wide_counters: bool,
    /// The client's IPv4 address inside the tunnel.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub ipv4: Option<Ipv4Addr>,
    /// The client's IPv6 address inside the tunnel; from Windows Server 2008 on.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub ipv6: Option<Ipv6Addr>,
    /// The address that the client calls from, outside the tunnel; from Windows Server 2008 R2 on.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub remote_endpoint: Option<IpAddr>,
    /// The server's address that the client called; from Windows Server 2008 R2 on.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub local_endpoint: Option<IpAddr>,
    /// The tunnel: `IKEv2`, `SSTP`, `L2TP`, `PPTP`, …; of other ports the name of their medium. Empty if its port is not
    /// known. It is what [`Port::tunnel`](crate::Port::tunnel) returns.
    pub tunnel: WideString,
    /// The ports that carried it just before it was read: one, or several for a multilink connection. Empty if it came up
    /// since.
    pub ports: Vec<SessionPort>,
    /// The connection's own name. That of an incoming connection lives no longer than the connection.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub guid: Option<Guid>,
    /// How often an IKEv2 client has moved to other addresses without losing the connection (MOBIKE).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub switch_overs: Option<u32>,
    /// How far Network Access Protection lets the client in; from Windows Server 2008 on.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub quarantine_state: Option<QuarantineState>,
    /// When a client on probation is disconnected unless it has come out of quarantine, in whole seconds.
    #[cfg_attr(
        feature = "serde",
        serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::time"
        )
    )]
    pub probation_ends: Option<SystemTime>,
    /// The parameters that PPP or IKEv2 negotiated. Before Windows Server 2008 R2 they are those of PPP, without the indexes
    /// of interfaces.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub projection: Option<Projection>,
    /// The start by the clock of the service.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(super) started: Option<Started>,
}

/// A port that carries a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct SessionPort {
    /// The id of the port on its server.
    pub id: PortId,
    /// The name, such as `VPN2-4`.
    pub name: WideString,
}

impl Default for Session {
    /// Makes a client's session without any data.
    #[inline]
    fn default() -> Session {
        Session {
            id: ConnectionId::default(),
            user_name: WideString::default(),
            domain: WideString::default(),
            computer: WideString::default(),
            interface: InterfaceId::default(),
            interface_name: WideString::default(),
            interface_type: InterfaceType::Client,
            flags: ConnectionFlags::empty(),
            duration: Duration::ZERO,
            started_at: None,
            statistics: Statistics::default(),
            has_wide_counters: false,
            ipv4: None,
            ipv6: None,
            remote_endpoint: None,
            local_endpoint: None,
            tunnel: WideString::default(),
            ports: Vec::new(),
            guid: None,
            switch_overs: None,
            quarantine_state: None,
            probation_ends: None,
            projection: None,
            started: None,
        }
    }
}

impl Session {
    /// Returns `true` for a client: a user or a device.
    ///
    /// Returns `false` if the server does not report the type: the connection may be a link, and ending a link takes a whole
    /// site off the network.
    #[inline]
    pub fn is_client(&self) -> bool {
        self.interface_type == InterfaceType::Client
    }

    /// Returns `true` for a link to another site: the other end is a router, with a network behind it.
    #[inline]
    pub fn is_site(&self) -> bool {
        self.interface_type.is_router()
    }

    /// Returns the account: user and domain, to be compared and counted by. A domain that the user typed with the name is
    /// understood.
    #[inline]
    pub fn account(&self) -> Account {
        Account::new(self.domain.clone(), self.user_name.clone())
    }

    /// Returns how the client was authenticated, if the server tells.
    #[inline]
    pub fn authentication(&self) -> Option<Authentication> {
        match self.projection? {
            Projection::Ppp(ppp) => ppp.link.ok().map(|link| link.authentication()),
            Projection::Ikev2(ikev2) => Some(match (ikev2.authentication, ikev2.eap_method) {
                (_, Some(method)) => Authentication::Eap { method, inner: ikev2.inner_eap_method },
                (Ikev2Authentication::None, None) => Authentication::None,
                (Ikev2Authentication::Certificate, None) => Authentication::Certificate,
                (other, None) => Authentication::Unknown(other.into()),
            }),
            Projection::Unknown(_) => None,
        }
    }

    /// Returns `true` if `later`, which was read afterwards and from the same server, is the same session still.
    ///
    /// The handle alone does not tell, since a server gives the handle of a connection that ended to the next one. So type, user,
    /// domain and start must be the same too, and the duration must not have shrunk. If this returns `false`, a program that
    /// adds up values over time, such as bytes, begins again at zero.
    ///
    /// The two readings may come from different connections to the server.
    #[inline]
    pub fn continues_as(&self, later: &Session) -> bool {
        // Longer than what the server's clock is set by now and then.
        const TOLERANCE: Duration = Duration::from_secs(2);
        let is_same_time = match (self.started_at, later.started_at) {
            (Some(earlier), Some(later)) => {
                earlier.duration_since(later).unwrap_or_else(|error| error.duration()) <= TOLERANCE
            }
            _ => true,
        };
        let now = Now {
            interface_type: later.interface_type,
            user_name: &later.user_name,
            domain: &later.domain,
            duration: later.duration,
            started: later.started,
        };
        self.id.as_raw() == later.id.as_raw() && is_same_time && self.is(&now)
    }

    /// Returns `true` if `later`, which this session [`continues_as`](Session::continues_as), tells the same of it, other than
    /// that time has gone by.
    #[inline]
    pub(super) fn looks_like(&self, later: &Session) -> bool {
        // All of them by name, so that a new field is thought of.
        let Session {
            id: _,
            user_name: _,
            domain: _,
            computer,
            interface,
            interface_name,
            interface_type: _,
            flags,
            duration: _,
            started_at: _,
            statistics: _,
            has_wide_counters: _,
            ipv4,
            ipv6,
            remote_endpoint,
            local_endpoint,
            tunnel,
            ports,
            guid,
            switch_overs,
            quarantine_state,
            probation_ends,
            projection,
            started: _,
        } = self;
        // The connections to the server may be different ones: the handles count, not the whole ids.
        let same_ports = ports.len() == later.ports.len()
            && ports
                .iter()
                .zip(&later.ports)
                .all(|(one, other)| one.id.as_raw() == other.id.as_raw() && one.name == other.name);
        same_ports
            && interface.as_raw() == later.interface.as_raw()
            && (computer, interface_name, flags, tunnel)
                == (&later.computer, &later.interface_name, &later.flags, &later.tunnel)
            && (ipv4, ipv6, remote_endpoint, local_endpoint)
                == (&later.ipv4, &later.ipv6, &later.remote_endpoint, &later.local_endpoint)
            && (guid, switch_overs, quarantine_state, probation_ends)
                == (&later.guid, &later.switch_overs, &later.quarantine_state, &later.probation_ends)
            && *projection == later.projection
    }

    /// Returns `true` if the connection that has the handle now may be this session.
    #[inline]
    pub(super) fn is(&self, now: &Now<'_>) -> bool {
        let is_same_start = match (self.started, now.started) {
            (Some(earlier), Some(later)) => earlier.may_be(later),
            _ => true,
        };
        self.interface_type == now.interface_type
            && *self.user_name == *now.user_name
            && *self.domain == *now.domain
            && self.duration <= now.duration
            && is_same_start
    }
}

/// The data of a handle's present connection that tells it from the next connection with the same handle.
pub(super) struct Now<'a> {
    pub(super) interface_type: InterfaceType,
    pub(super) user_name: &'a WideStr,
    pub(super) domain: &'a WideStr,
    pub(super) duration: Duration,
    pub(super) started: Option<Started>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna() -> Session {
        Session {
            id: "0x17".parse().unwrap(),
            user_name: "anna".into(),
            domain: "CORP".into(),
            duration: Duration::from_secs(60),
            started: Some(Started::of_test(1000, 60)),
            ..Session::default()
        }
    }

    #[test]
    fn a_session_goes_on_while_its_user_its_start_and_its_handle_stay() {
        let mut later = anna();
        later.duration += Duration::from_secs(5);
        later.started = Some(Started::of_test(1005, 65));
        later.statistics.bytes_sent = 1_000;
        assert!(anna().continues_as(&later));
        assert!(anna().continues_as(&anna()));
        let changes: [fn(&mut Session); 7] = [
            |other| other.user_name = "ben".into(),
            |other| other.user_name = "Anna".into(),
            |other| other.domain = "LAB".into(),
            |other| other.interface_type = InterfaceType::FullRouter,
            |other| other.duration = Duration::from_secs(59),
            |other| other.started = Some(Started::of_test(1100, 65)),
            |other| other.id = "0x18".parse().unwrap(),
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut other = anna();
            change(&mut other);
            assert!(!anna().continues_as(&other), "{index}");
        }
    }

    #[test]
    fn the_servers_time_of_the_start_may_be_set_a_little_and_tells_sessions_of_two_days_apart() {
        let at = |seconds| {
            let started_at = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
            Session { started_at, ..anna() }
        };
        assert!(at(1_000_000).continues_as(&at(1_000_001)));
        assert!(at(1_000_001).continues_as(&at(1_000_000)));
        assert!(!at(1_000_000).continues_as(&at(1_086_400)));
        assert!(!at(1_086_400).continues_as(&at(1_000_000)));
        assert!(at(1_000_000).continues_as(&anna()), "the second look did not tell it");
    }

    #[test]
    fn only_what_is_surely_a_client_is_one_and_only_a_router_a_site() {
        for raw in -1..=12 {
            let interface_type = InterfaceType::from(raw as mprapi_sys::ROUTER_INTERFACE_TYPE);
            let session = Session { interface_type, ..Session::default() };
            assert_eq!(session.is_client(), interface_type == InterfaceType::Client, "{interface_type}");
            assert_eq!(session.is_site(), interface_type.is_router(), "{interface_type}");
        }
    }
}
