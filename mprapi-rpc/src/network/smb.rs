//! Connections over SMB: from the server's name to its bound interface.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Instant;

use mprapi_sys::RPC_S_SERVER_UNAVAILABLE;

use super::address::{self, Address};
use super::line::{Control, Dial, Dialing};
use super::options::Options;
use super::step::Fact;
use super::tries;
use crate::caller::Caller;
use crate::failure::{Failure, Layer};
use crate::security::{Account, Initiator};
use crate::smb::{Negotiation, SmbPipe};

/// The name of the service's pipe.
const PIPE: &str = "ROUTER";

/// The way to a server's pipe.
pub(super) struct Smb {
    pub(super) address: Address,
    pub(super) options: Options,
}

impl Smb {
    /// Finds the server and connects to its port.
    fn reach(&self, dialing: &mut Dialing<'_>) -> Result<TcpStream, Failure> {
        let (host, port) = (&self.address.host, self.address.port.unwrap_or(self.options.port));
        let addresses = address::resolve(host, port)?;
        if Instant::now() >= dialing.until {
            let text = format!(
                "the address of {host} came when the time for the connection was over; see this machine's name servers, or allow more time"
            );
            return Err(Failure::new(Layer::Name, RPC_S_SERVER_UNAVAILABLE, text));
        }
        let list: Vec<_> = addresses.iter().map(|address| address.ip().to_string()).collect();
        let count =
            |is_wanted: fn(&SocketAddr) -> bool| addresses.iter().filter(|one| is_wanted(one)).count();
        let facts = vec![
            Fact::new("IPv4 addresses", count(SocketAddr::is_ipv4)),
            Fact::new("IPv6 addresses", count(SocketAddr::is_ipv6)),
        ];
        (dialing.tell)(Layer::Name, format!("{host} is {}", list.join(", ")), facts);
        let (stream, peer) = address::connect(&addresses, dialing.until)?;
        let family = Fact::new("family", if peer.is_ipv4() { "IPv4" } else { "IPv6" });
        (dialing.tell)(Layer::Route, format!("{} answers", peer.ip()), vec![family]);
        (dialing.tell)(Layer::Port, format!("port {port} is open"), vec![Fact::new("port", port)]);
        Ok(stream)
    }
}

impl Dial for Smb {
    fn dial(&self, dialing: &mut Dialing<'_>) -> Result<(Caller, Arc<dyn Control>), Failure> {
        let host = &self.address.host;
        let stream = self.reach(dialing)?;
        let system = |error: io::Error| {
            let text = format!("this machine's system refused the connection: {error}");
            Failure::new(Layer::Port, RPC_S_SERVER_UNAVAILABLE, text)
        };
        // Each message is whole, and the server answers it.
        stream.set_nodelay(true).map_err(system)?;
        let control: Arc<dyn Control> = Arc::new(stream.try_clone().map_err(system)?);
        (dialing.hold)(Arc::clone(&control))?;
        let until = dialing.until;
        let negotiation = Negotiation::start(stream, host, until)?;
        let negotiated = negotiation.negotiated();
        let facts = vec![
            Fact::new("dialect", negotiated.dialect),
            Fact::new("cipher", negotiated.cipher),
            Fact::new("signing", negotiated.signing),
        ];
        (dialing.tell)(Layer::Smb, negotiated.to_string(), facts);
        let initiator = initiator(self.options.account.clone())?;
        let log_on = || SmbPipe::open_on(negotiation, PIPE, initiator.as_ref(), until);
        // Behind one name there may be several servers, each at a port of its own: the ends of tunnels.
        let server = format!("{host}:{}", self.address.port.unwrap_or(self.options.port));
        let pipe = tries::log_on(&self.options.account, &server, until, log_on)?;
        let (mechanism, account) = match &self.options.account {
            Account::Ticket => ("Kerberos", "the ticket's account".to_owned()),
            Account::Password { user, ntlm: false, .. } => ("Kerberos", user.clone()),
            Account::Password { user, ntlm: true, .. } => ("NTLM", user.clone()),
        };
        let facts = vec![Fact::new("mechanism", mechanism)];
        (dialing.tell)(Layer::Logon, format!("{account} is logged on ({mechanism})"), facts);
        (dialing.tell)(Layer::Right, "the account may open the pipe".to_owned(), Vec::new());
        (dialing.tell)(Layer::Service, format!("the pipe {PIPE} is there"), Vec::new());
        let caller = Caller::bind(Box::new(pipe), initiator.as_ref(), host, until)?;
        let facts = vec![Fact::new("protection", "packet privacy"), Fact::new("fragment", caller.fragment())];
        (dialing.tell)(Layer::Interface, format!("bound as {} with packet privacy", caller.peer()), facts);
        Ok((caller, control))
    }
}

/// Makes the account's half of each logon.
#[cfg(unix)]
fn initiator(account: Account) -> Result<Box<dyn Initiator>, Failure> {
    match crate::security::Gssapi::client(account) {
        Ok(client) => Ok(Box::new(client)),
        Err(error) => Err(Failure::from(error)),
    }
}

/// Makes the account's half of each logon.
#[cfg(windows)]
fn initiator(account: Account) -> Result<Box<dyn Initiator>, Failure> {
    Ok(Box::new(crate::security::Sspi::client(account)))
}
