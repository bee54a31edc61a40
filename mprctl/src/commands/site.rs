//! Other sites: the demand-dial interfaces to them, and their links.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use clap::Subcommand;
use mprapi::{ConnectionState, InterfaceType, Server};

use crate::commands::interface::trouble;
use crate::commands::session::{self, Handle, Session, Which};
use crate::context::Context;
use crate::failure::Failure;
use crate::order;
use crate::output::{Listing, Mood, ServerName, State, bytes, row};
use crate::select::{self, Exactly, Named, Operation, Thing};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the other sites and the links to them
    #[command(after_help = "\
Examples:
  mprctl site list
  mprctl site list --where state!=connected --output csv")]
    List(Listing<SiteRow>),

    /// Disconnect the links to other sites (asks first)
    #[command(after_help = "\
Example:
  mprctl site disconnect Oslo

NAME is the name of the site's interface, or that name and the handle of the link: Oslo#0x17.
Patterns are not allowed, since all machines behind the link lose the connection. To connect it
again: mprctl interface connect NAME")]
    Disconnect(Exactly),
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::List(listing) => context.list(&listing, read),
        Command::Disconnect(sites) => select::act(context, &sites.into(), find_links, &Disconnect),
    }
}

row! {
    /// Another site, with the link to it if that is up.
    pub(crate) struct SiteRow: "site" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The name of the interface to it.
        name: String => Always "Site",
        /// `site-to-site`, or the name of the interface's type.
        #[serde(serialize_with = "session::serialize_kind")]
        #[schemars(with = "String")]
        r#type: InterfaceType => Asked "Type",
        /// `connected`, `disconnected`, `unreachable` …, or `disabled`.
        state: State => Always "State",
        /// The reasons why it cannot be reached.
        reasons: Option<String> => IfThere "Because" after bytes_out,
        /// The error of the last attempt to connect.
        last_error: Option<String> => IfThere "Last error" after reasons,
        /// The account of the link.
        user: Option<String> => IfRoom "User",
        /// The domain of the account.
        domain: Option<String> => Asked "Domain",
        /// The other router's IPv4 address inside the tunnel.
        #[schemars(with = "Option<String>")]
        address: Option<Ipv4Addr> => IfRoom "Address",
        /// The other router's IPv6 address inside the tunnel.
        #[schemars(with = "Option<String>")]
        ipv6: Option<Ipv6Addr> => Asked "IPv6 address",
        /// `IKEv2`, `SSTP`, `L2TP`, `PPTP` …; of other ports the name of their medium.
        tunnel: Option<String> => Always "Tunnel",
        /// The port.
        port: Option<String> => IfRoom "Port",
        /// The server's handle of the connection, in hexadecimal.
        #[schemars(with = "Option<String>")]
        handle: Option<Handle> => Asked "Handle",
        /// The other router's address outside the tunnel.
        #[schemars(with = "Option<String>")]
        endpoint: Option<IpAddr> => Asked "Calls from",
        /// Seconds.
        #[serde(serialize_with = "crate::quantity::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        connected_for: Option<Duration> => Always "Connected",
        /// Bytes that came from the site.
        bytes_in: Option<u64> => Always "In" as bytes,
        /// Bytes that went to the site.
        bytes_out: Option<u64> => Always "Out" as bytes,
    }
}

impl SiteRow {
    fn new(name: String, r#type: InterfaceType, state: String, link: Option<Session>) -> SiteRow {
        let mood = match state.as_str() {
            "connected" => Mood::Good,
            "connecting" => Mood::Warn,
            "unreachable" => Mood::Bad,
            _ => Mood::Quiet,
        };
        let of = |value: fn(&Session) -> &String| link.as_ref().map(|link| value(link).clone());
        SiteRow {
            server: ServerName::default(),
            name,
            r#type,
            state: State::new(state, mood),
            reasons: None,
            last_error: None,
            user: of(|link| &link.user),
            domain: of(|link| &link.domain),
            tunnel: of(|link| &link.tunnel),
            port: of(|link| &link.port),
            handle: link.as_ref().map(|link| link.handle),
            connected_for: link.as_ref().map(|link| link.connected_for),
            bytes_in: link.as_ref().map(|link| link.bytes_in),
            bytes_out: link.as_ref().map(|link| link.bytes_out),
            address: link.as_ref().and_then(|link| link.address),
            ipv6: link.as_ref().and_then(|link| link.ipv6),
            endpoint: link.and_then(|link| link.endpoint),
        }
    }
}

/// Lists the demand-dial interfaces, and after them links of other interfaces that are no client's.
fn read(server: &Server) -> Result<Vec<SiteRow>, Failure> {
    let mut links: Vec<Session> = find_links(server)?.into_iter().map(|Link(session)| session).collect();
    let mut rows = Vec::new();
    for interface in &server.interfaces()? {
        let name = interface.name().to_string_lossy();
        let kind = interface.interface_type();
        let place = links.iter().position(|link| link.interface == name && link.r#type == kind);
        if !kind.is_router() && place.is_none() {
            continue;
        }
        let link = place.map(|place| links.remove(place));
        let row = SiteRow::new(name, kind, trouble::state(interface), link);
        let reasons = Some(trouble::reasons_besides_state(interface)).filter(|reasons| !reasons.is_empty());
        rows.push(SiteRow { reasons, last_error: trouble::last_error(interface), ..row });
    }
    let connected = ConnectionState::Connected.to_string();
    rows.extend(
        links.into_iter().map(|link| SiteRow::new(link.site(), link.r#type, connected.clone(), Some(link))),
    );
    order::by_name(&mut rows, |row| &row.name);
    Ok(rows)
}

/// A link that is up.
#[derive(Clone)]
struct Link(Session);

fn find_links(server: &Server) -> Result<Vec<Link>, Failure> {
    Ok(session::read_those(server, Which::Site)?.into_iter().map(Link).collect())
}

impl Named for Link {
    const NOUN: &'static str = "site";
    const ELSEWHERE: &'static str = "A site that is not connected has no link to end.";

    /// The name of its interface, alone and with the handle: what names a user must not name a site.
    fn names(&self) -> Vec<String> {
        let site = self.0.site();
        vec![format!("{site}#{}", self.0.handle), site]
    }
}

impl Thing for Link {
    const IS_ONE: bool = true;
    const WHICH: &'static str = "Name one with its handle, as in Oslo#0x17.";

    fn label(&self) -> String {
        self.0.label()
    }

    fn exactly(&self) -> String {
        format!("{}, handle {}", self.label(), self.0.handle)
    }

    fn is_still(&self, Link(later): &Link) -> bool {
        self.0.interface == later.interface && self.0.goes_on_as(later)
    }
}

#[derive(Clone)]
struct Disconnect;

impl Operation<Link> for Disconnect {
    fn name(&self) -> &'static str {
        "disconnect"
    }

    fn apply(&self, server: &Server, Link(link): &Link) -> Result<(), Failure> {
        let interface = server.interface(link.known.interface)?;
        // The handles may be another's by now.
        let is_same = interface.info()?.get().name().to_string_lossy() == link.interface
            && server.connection_of(&link.known)?.is_some();
        if !is_same {
            return Err(Failure::not_found("the link is no longer connected"));
        }
        Ok(interface.disconnect()?)
    }
}
