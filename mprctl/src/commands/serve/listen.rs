//! The address that the exporter listens on, in all forms that people use.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};

use tokio::net::{TcpListener, TcpSocket};

/// The default port, outside of 9100 to 9999, which are assigned to other exporters.
const PORT: u16 = 17230;

/// A host and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listen {
    host: Host,
    port: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    /// All addresses of this machine.
    All,
    Address(IpAddr),
    /// A host name, which is resolved when the exporter starts.
    Name(String),
}

impl Listen {
    /// Reads `10.0.0.5:9185`, `[::1]:9185`, `localhost:9185`, `:9185` and `*:9185` (all addresses), `9185` (this machine
    /// alone), and an address or a name without a port.
    pub(super) fn parse(text: &str) -> Result<Listen, String> {
        let wrong =
            || format!("`{text}` is not an address; use ADDRESS:PORT, such as 127.0.0.1:{PORT} or :{PORT}");
        let port =
            |digits: &str| digits.parse().map_err(|_| format!("`{digits}` is not a port; use 0 to 65535"));
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            return Ok(Listen { host: Host::Address(Ipv4Addr::LOCALHOST.into()), port: port(text)? });
        }
        if let Ok(address) = text.parse() {
            return Ok(Listen { host: Host::Address(address), port: PORT });
        }
        let (host, digits) = match text.rsplit_once(':') {
            // The colons of an address in brackets are not those before a port.
            Some((host, digits)) if !digits.ends_with(']') => (host, Some(digits)),
            _ => (text, None),
        };
        let port = digits.map_or(Ok(PORT), port)?;
        let brackets = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let host = match (brackets, host) {
            (Some(address), _) => Host::Address(IpAddr::V6(address.parse().map_err(|_| wrong())?)),
            (None, "" | "*") if digits.is_some() => Host::All,
            (None, host) => match host.parse() {
                Ok(address) => Host::Address(IpAddr::V4(address)),
                Err(_) if is_name(host) => Host::Name(host.to_owned()),
                Err(_) => return Err(wrong()),
            },
        };
        Ok(Listen { host, port })
    }

    /// Listens on the first address that is available.
    pub(super) fn bind(&self) -> io::Result<TcpListener> {
        let addresses: Vec<SocketAddr> = match &self.host {
            Host::Address(address) => vec![(*address, self.port).into()],
            Host::Name(name) => (name.as_str(), self.port).to_socket_addrs()?.collect(),
            // Elsewhere than on Windows a socket of IPv6 takes IPv4 too.
            Host::All if cfg!(unix) => {
                vec![(Ipv6Addr::UNSPECIFIED, self.port).into(), (Ipv4Addr::UNSPECIFIED, self.port).into()]
            }
            Host::All => vec![(Ipv4Addr::UNSPECIFIED, self.port).into()],
        };
        let mut outcome = Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
        for address in addresses {
            outcome = bind(address);
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::All => write!(f, "*:{}", self.port),
            Host::Address(address) => SocketAddr::new(*address, self.port).fmt(f),
            Host::Name(name) => write!(f, "{name}:{}", self.port),
        }
    }
}

/// Returns `true` if a text may be a host name: letters, digits, `-`, `_` and `.`, but not just digits and dots, which
/// is an invalid address.
fn is_name(host: &str) -> bool {
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_');
    host.chars().all(is_of_name) && host.contains(char::is_alphabetic)
}

/// Binds with a longer queue than `TcpListener::bind` has. A client that finds the queue full tries again only after a
/// second.
fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // On Windows this would let another program have the address too.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(1024)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_read_in_every_form_that_people_write() {
        for (text, read) in [
            ("127.0.0.1:9185", "127.0.0.1:9185"),
            ("10.0.0.5", "10.0.0.5:17230"),
            ("9185", "127.0.0.1:9185"),
            (":9185", "*:9185"),
            ("*:9185", "*:9185"),
            ("[::]:9185", "[::]:9185"),
            ("[::1]", "[::1]:17230"),
            ("::1", "[::1]:17230"),
            ("localhost:9185", "localhost:9185"),
            ("vpn01.corp.example", "vpn01.corp.example:17230"),
        ] {
            assert_eq!(Listen::parse(text).map(|listen| listen.to_string()), Ok(read.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            ":",
            "*",
            "10.0.0.5:",
            "10.0.0:9185",
            "host:99999",
            "99999",
            "http://host:9185",
            "[::1",
            "a b:1",
        ] {
            assert!(Listen::parse(text).is_err(), "{text}: {:?}", Listen::parse(text));
        }
    }

    proptest! {
        #[test]
        fn what_is_said_of_an_address_is_that_address(text in "\\PC{0,20}|[0-9:.\\[\\]*a-z]{0,20}") {
            if let Ok(listen) = Listen::parse(&text) {
                prop_assert_eq!(Listen::parse(&listen.to_string()), Ok(listen));
            }
        }
    }

    #[tokio::test]
    async fn it_is_listened_on_by_name_and_on_all_addresses() {
        for text in ["localhost:0", ":0", "*:0", "0", "127.0.0.1:0"] {
            let listener = Listen::parse(text).unwrap().bind().expect(text);
            let reached = SocketAddr::from((Ipv4Addr::LOCALHOST, listener.local_addr().unwrap().port()));
            // (A name may lead to IPv6.)
            if text != "localhost:0" {
                std::net::TcpStream::connect(reached).expect(text);
            }
        }
    }
}
