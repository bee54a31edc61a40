//! Reading sessions at the highest level that the server supports.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, SystemTime};

use mprapi::sys::{RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_4, RAS_CONNECTION_EX};
use mprapi::{Connection, ConnectionFlags, ConnectionId, InterfaceType, Port, Server, Statistics, WideStr};

use super::kind::Which;
use crate::failure::{self, Failure};

/// A session as its server tells of it. It borrows the API's own records.
pub(crate) enum Told<'l> {
    /// At level 4, which alone counts bytes in 64 bits.
    Wide(Connection<'l, RAS_CONNECTION_4>),
    /// At the level of Windows Server 2008 R2.
    Ex(Connection<'l, RAS_CONNECTION_EX>),
    /// At the levels of Windows 2000, in two calls: who it is, and what went over it. One who came between the calls
    /// has no traffic yet.
    Plain(Connection<'l, RAS_CONNECTION_0>, Option<Connection<'l, RAS_CONNECTION_1>>),
}

/// Makes methods for the data that all levels have.
macro_rules! told {
    ($($name:ident: $answer:ty;)+) => {
        $(
            pub(crate) fn $name(&self) -> $answer {
                match self {
                    Told::Wide(one) => one.$name(),
                    Told::Ex(one) => one.$name(),
                    Told::Plain(one, _) => one.$name(),
                }
            }
        )+
    };
}

impl<'l> Told<'l> {
    told! {
        id: ConnectionId;
        user_name: &'l WideStr;
        domain: &'l WideStr;
        remote_computer: &'l WideStr;
        interface_name: &'l WideStr;
        interface_type: InterfaceType;
        flags: ConnectionFlags;
        duration: Duration;
    }

    pub(crate) fn statistics(&self) -> Statistics {
        match self {
            Told::Wide(one) => one.statistics(),
            Told::Ex(one) => one.statistics(),
            Told::Plain(_, traffic) => traffic.map(|one| one.statistics()).unwrap_or_default(),
        }
    }

    /// Returns `true` if byte counters are 64 bits wide; otherwise they wrap at 2³².
    pub(crate) fn is_wide(&self) -> bool {
        matches!(self, Told::Wide(_))
    }

    /// The client's addresses inside the tunnel.
    pub(crate) fn addresses(&self) -> (Option<Ipv4Addr>, Option<Ipv6Addr>) {
        let projection = match self {
            Told::Wide(one) => one.projection(),
            Told::Ex(one) => one.projection(),
            Told::Plain(_, traffic) => return (traffic.and_then(|one| one.client_address()), None),
        };
        let ipv4 = projection.ipv4().ok().flatten().and_then(|ends| ends.client);
        (ipv4, projection.ipv6().ok().flatten().and_then(|ends| ends.client()))
    }

    /// When the connection began, where the level has it.
    pub(crate) fn started_at(&self) -> Option<SystemTime> {
        match self {
            Told::Wide(one) => one.started_at(),
            Told::Ex(_) | Told::Plain(..) => None,
        }
    }

    /// Where the client calls from, outside the tunnel.
    pub(crate) fn remote_endpoint(&self) -> Option<IpAddr> {
        match self {
            Told::Wide(one) => one.remote_endpoint(),
            Told::Ex(one) => one.remote_endpoint(),
            Told::Plain(..) => None,
        }
    }
}

/// Calls `make` for each of those connections of `server`, in the server's order.
///
/// It is asked at level 4, then at that of Windows Server 2008 R2, then at those of Windows 2000. No page says with
/// which error a server refuses level 4, so all have the next one asked for that do not say that it is of no use.
pub(crate) fn each<T>(
    server: &Server,
    which: Which,
    make: impl FnMut(Told<'_>) -> T,
) -> Result<Vec<T>, Failure> {
    let is_wanted = |told: &Told<'_>| which.has(told.interface_type());
    match server.connections_at::<RAS_CONNECTION_4>() {
        Ok(connections) => {
            return Ok(connections.iter().map(Told::Wide).filter(is_wanted).map(make).collect());
        }
        Err(error) if failure::is_final(&error) => return Err(error.into()),
        Err(_) => {}
    }
    match server.connections_at::<RAS_CONNECTION_EX>() {
        Ok(connections) => {
            return Ok(connections.iter().map(Told::Ex).filter(is_wanted).map(make).collect());
        }
        Err(error) if error.is_unsupported() => {}
        Err(error) => return Err(error.into()),
    }
    let traffic = server.connections_at::<RAS_CONNECTION_1>()?;
    let traffic: HashMap<ConnectionId, Connection<'_, RAS_CONNECTION_1>> =
        traffic.iter().map(|connection| (connection.id(), connection)).collect();
    let connections = server.connections()?;
    let told = connections.iter().map(|one| Told::Plain(one, traffic.get(&one.id()).copied()));
    Ok(told.filter(is_wanted).map(make).collect())
}

/// `IKEv2` of `WAN Miniport (IKEv2)`; of other devices the name of their medium.
pub(crate) fn tunnel(port: &Port<'_>) -> String {
    let device = port.device_name().to_string_lossy();
    match device.strip_prefix("WAN Miniport (").and_then(|rest| rest.strip_suffix(')')) {
        Some(tunnel) => tunnel.to_owned(),
        None => port.media_name().to_string_lossy(),
    }
}

/// Errors of all kinds.
pub(crate) fn errors(statistics: &Statistics) -> u64 {
    let errors = [
        statistics.crc_errors,
        statistics.timeout_errors,
        statistics.alignment_errors,
        statistics.hardware_overrun_errors,
        statistics.framing_errors,
        statistics.buffer_overrun_errors,
    ];
    errors.into_iter().map(u64::from).sum()
}
