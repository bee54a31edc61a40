//! Names of servers, and the ways to their addresses.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::Instant;

use mprapi_sys::{ERROR_INVALID_PARAMETER, RPC_S_SERVER_UNAVAILABLE};

use crate::failure::{Failure, Layer};

/// The name of this machine, for a server without a name.
const LOCAL: &str = "localhost";

/// A server's name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) host: String,
    pub(super) port: Option<u16>,
}

/// Returns a name without the two backslashes before it.
fn bare(name: &str) -> &str {
    name.strip_prefix(r"\\").unwrap_or(name)
}

/// Returns the form in which a name is remembered.
pub(super) fn key(name: Option<&str>) -> String {
    match name.map(bare) {
        Some(name) if !name.is_empty() => name.to_ascii_lowercase(),
        _ => LOCAL.to_owned(),
    }
}

/// Returns the form in which the name is remembered without its port; `None` if it is no name.
pub(super) fn host_key(name: Option<&str>) -> Option<String> {
    Address::parse(name).ok().map(|address| address.host.to_ascii_lowercase())
}

impl Address {
    /// Reads a name: `vpn01`, `\\vpn01`, `vpn01:4450`, `10.0.0.1`, `fe80::1` or `[fe80::1]:4450`.
    ///
    /// # Errors
    /// [`Failure`] if it is none of them.
    pub(super) fn parse(name: Option<&str>) -> Result<Address, Failure> {
        let name = name.map(bare).filter(|name| !name.is_empty()).unwrap_or(LOCAL);
        let wrong = || {
            let text = format!("{name:?} is no name of a server; use NAME or NAME:PORT");
            Failure::new(Layer::Name, ERROR_INVALID_PARAMETER, text)
        };
        let (host, port) = match name.strip_prefix('[') {
            Some(rest) => match rest.split_once(']').ok_or_else(wrong)? {
                (host, "") => (host, None),
                (host, port) => (host, Some(port.strip_prefix(':').ok_or_else(wrong)?)),
            },
            None => match name.split_once(':') {
                // More than one colon: an address of IPv6.
                Some((host, port)) if !port.contains(':') => (host, Some(port)),
                _ => (name, None),
            },
        };
        let is_number = |port: &&str| port.bytes().all(|digit| digit.is_ascii_digit());
        let port = match port {
            Some(port) => {
                Some(Some(port).filter(is_number).and_then(|port| port.parse().ok()).ok_or_else(wrong)?)
            }
            None => None,
        };
        let is_odd = |letter: char| letter.is_control() || letter.is_whitespace() || "/\\".contains(letter);
        if host.is_empty() || host.contains(is_odd) || port == Some(0) {
            return Err(wrong());
        }
        Ok(Address { host: host.to_owned(), port })
    }
}

/// Finds all addresses of a host.
///
/// # Errors
/// [`Failure`] if there is none. The system's resolver has limits of its own.
pub(super) fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, Failure> {
    let failed = |reason: String| {
        let advice = "check the spelling, or give the full name with its domain";
        let text = format!("{host} has no address ({reason}); {advice}");
        Failure::new(Layer::Name, RPC_S_SERVER_UNAVAILABLE, text)
    };
    let found = (host, port).to_socket_addrs().map_err(|error| failed(error.to_string()))?;
    let mut addresses: Vec<SocketAddr> = Vec::new();
    for address in found {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    if addresses.is_empty() { Err(failed("the answer is empty".to_owned())) } else { Ok(addresses) }
}

/// Connects to the first address that answers. Each has an equal share of the time that is left.
///
/// # Errors
/// [`Failure`] of the layer [`Port`](Layer::Port) if an address refused, and of [`Route`](Layer::Route) if none answered.
pub(super) fn connect(addresses: &[SocketAddr], until: Instant) -> Result<(TcpStream, SocketAddr), Failure> {
    let mut refused = false;
    let mut reasons = Vec::new();
    for (index, address) in addresses.iter().enumerate() {
        let left = until.saturating_duration_since(Instant::now()) / (addresses.len() - index) as u32;
        if left.is_zero() {
            reasons.push(format!("{address}: no time is left"));
            continue;
        }
        match TcpStream::connect_timeout(address, left) {
            Ok(stream) => return Ok((stream, *address)),
            Err(error) => {
                refused |= error.kind() == ErrorKind::ConnectionRefused;
                reasons.push(match error.kind() {
                    ErrorKind::TimedOut => format!("{address}: no answer within {:.1} s", left.as_secs_f64()),
                    _ => format!("{address}: {error}"),
                });
            }
        }
    }
    let reasons = reasons.join("; ");
    Err(if refused {
        let text = format!(
            "nothing listens on the port ({reasons}); check that file and printer sharing (SMB) is on"
        );
        Failure::new(Layer::Port, RPC_S_SERVER_UNAVAILABLE, text)
    } else {
        let text =
            format!("the server cannot be reached ({reasons}); check the network and firewalls on the way");
        Failure::new(Layer::Route, RPC_S_SERVER_UNAVAILABLE, text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str) -> Option<(String, Option<u16>)> {
        Address::parse(Some(name)).ok().map(|address| (address.host, address.port))
    }

    #[test]
    fn a_name_has_a_host_and_may_have_a_port() {
        let some = |host: &str, port| Some((host.to_owned(), port));
        assert_eq!(parts("vpn01"), some("vpn01", None));
        assert_eq!(parts(r"\\vpn01"), some("vpn01", None));
        assert_eq!(parts("vpn01:4450"), some("vpn01", Some(4450)));
        assert_eq!(parts("fe80::1"), some("fe80::1", None));
        assert_eq!(parts("[fe80::1]"), some("fe80::1", None));
        assert_eq!(parts("[fe80::1]:4450"), some("fe80::1", Some(4450)));
        assert_eq!(parts(""), some("localhost", None));
        assert_eq!(Address::parse(None).unwrap().host, "localhost");
    }

    #[test]
    fn a_name_that_is_none_is_an_error_that_says_so() {
        for name in [
            "vpn01:",
            ":445",
            "vpn01:0",
            "vpn01:65536",
            "vpn01:+5",
            "[fe80::1",
            "[::1]5",
            "a b",
            r"a\b",
            "a/b",
            "a\n",
        ] {
            let failure = Address::parse(Some(name)).unwrap_err();
            assert_eq!((failure.layer, failure.code), (Layer::Name, 87), "{name}");
        }
    }

    #[test]
    fn a_name_without_an_address_and_a_port_that_refuses_are_errors_of_their_layers() {
        let failure = resolve("no-such-host.invalid", 445).unwrap_err();
        assert_eq!((failure.layer, failure.code), (Layer::Name, 1722));
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let failure = connect(&[port], Instant::now() + std::time::Duration::from_secs(5)).unwrap_err();
        assert_eq!((failure.layer, failure.code), (Layer::Port, 1722));
        assert!(failure.text.contains("127.0.0.1"), "{}", failure.text);
    }
}
