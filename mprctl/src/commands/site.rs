//! Other sites: the demand-dial interfaces to them, and the links that are up.

use std::time::Duration;

use clap::Subcommand;
use mprapi::{ConnectionId, ConnectionState, InterfaceType, Server};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::session::{self, Session, Which};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Listing, Mood, Place, Row, Value};
use crate::select::{self, Deed, Exactly, Named, Thing};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lists the other sites and the links to them
    #[command(after_help = "\
Examples:
  mprctl site list
  mprctl site list --where state!=connected --output csv")]
    List(Listing),

    /// Ends the links to other sites, each by its exact name, after a question
    #[command(after_help = "\
Example:
  mprctl site disconnect Oslo

A site goes by the name of its interface, or by that and the handle of the link: Oslo#0x17. There
are no patterns here: whatever is behind the link is off the network with it. `mprctl interface connect` connects it again.")]
    Disconnect(Exactly),
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::List(listing) => context.list(&listing, read),
        Command::Disconnect(sites) => select::act(context, &sites.into(), find_links, &Disconnect),
    }
}

/// Another site, with the link to it if that is up.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SiteRow {
    /// The server.
    server: String,
    /// The name of the interface to it.
    name: String,
    /// `site-to-site`, or the name of the interface's type.
    #[serde(rename = "type", serialize_with = "session::serialize_kind")]
    #[schemars(with = "String")]
    kind: InterfaceType,
    /// `connected`, `disconnected`, `unreachable` …, or `disabled`.
    state: String,
    /// The account of the link.
    user: Option<String>,
    /// The domain of the account.
    domain: Option<String>,
    /// The other router's IPv4 address inside the tunnel.
    address: Option<String>,
    /// The other router's IPv6 address inside the tunnel.
    ipv6: Option<String>,
    /// `IKEv2`, `SSTP`, `L2TP`, `PPTP` …; of other ports the name of their medium.
    tunnel: Option<String>,
    /// The port.
    port: Option<String>,
    /// The server's handle of the connection, in hexadecimal.
    handle: Option<String>,
    /// The other router's address outside the tunnel.
    endpoint: Option<String>,
    /// Seconds.
    #[serde(serialize_with = "crate::units::maybe_seconds")]
    #[schemars(with = "Option<u64>")]
    connected_for: Option<Duration>,
    /// Bytes that came from the site.
    bytes_in: Option<u64>,
    /// Bytes that went to the site.
    bytes_out: Option<u64>,
}

impl SiteRow {
    fn new(name: String, kind: InterfaceType, state: String, link: Option<Session>) -> SiteRow {
        let of = |value: fn(&Session) -> &String| link.as_ref().map(|link| value(link).clone());
        SiteRow {
            server: String::new(),
            name,
            kind,
            state,
            user: of(|link| &link.user),
            domain: of(|link| &link.domain),
            tunnel: of(|link| &link.tunnel),
            port: of(|link| &link.port),
            handle: of(|link| &link.handle),
            connected_for: link.as_ref().map(|link| link.connected_for),
            bytes_in: link.as_ref().map(|link| link.bytes_in),
            bytes_out: link.as_ref().map(|link| link.bytes_out),
            address: link.as_ref().and_then(|link| link.address.clone()),
            ipv6: link.as_ref().and_then(|link| link.ipv6.clone()),
            endpoint: link.and_then(|link| link.endpoint),
        }
    }
}

/// A cell of the link, where there is one.
fn maybe(text: &Option<String>) -> Value<'_> {
    Value::maybe(text.as_deref(), Value::text)
}

impl Row for SiteRow {
    const KIND: &'static str = "site";
    const COLUMNS: &'static [Column<SiteRow>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("name", "Site", Place::Always, |row| Value::text(&row.name)),
        Column::new("type", "Type", Place::Asked, |row| {
            Value::owned(session::kind_word(row.kind).into_owned())
        }),
        Column::new("state", "State", Place::Always, |row| {
            let mood = match row.state.as_str() {
                "connected" => Mood::Good,
                "connecting" => Mood::Warn,
                "unreachable" => Mood::Bad,
                _ => Mood::Quiet,
            };
            Value::State(row.state.as_str().into(), mood)
        }),
        Column::new("user", "User", Place::IfRoom, |row| maybe(&row.user)),
        Column::new("domain", "Domain", Place::Asked, |row| maybe(&row.domain)),
        Column::new("address", "Address", Place::IfRoom, |row| maybe(&row.address)),
        Column::new("ipv6", "IPv6 address", Place::Asked, |row| maybe(&row.ipv6)),
        Column::new("tunnel", "Tunnel", Place::Always, |row| maybe(&row.tunnel)),
        Column::new("port", "Port", Place::IfRoom, |row| maybe(&row.port)),
        Column::new("handle", "Handle", Place::Asked, |row| maybe(&row.handle)),
        Column::new("endpoint", "Calls from", Place::Asked, |row| maybe(&row.endpoint)),
        Column::new("connected_for", "Connected for", Place::Always, |row| {
            Value::maybe(row.connected_for, Value::Time)
        }),
        Column::new("bytes_in", "In", Place::Always, |row| Value::maybe(row.bytes_in, Value::Bytes)),
        Column::new("bytes_out", "Out", Place::Always, |row| Value::maybe(row.bytes_out, Value::Bytes)),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

/// Lists the demand-dial interfaces, and after them links of other interfaces that are no client's.
fn read(server: &Server) -> Result<Vec<SiteRow>, Failure> {
    let mut links: Vec<Session> = find_links(server)?.into_iter().map(|Link(_, session)| session).collect();
    let mut rows = Vec::new();
    for interface in &server.interfaces()? {
        let name = interface.name().to_string_lossy();
        let kind = interface.interface_type();
        let place = links.iter().position(|link| link.interface == name && link.kind == kind);
        if !kind.is_router() && place.is_none() {
            continue;
        }
        let state =
            if interface.is_enabled() { interface.connection_state().to_string() } else { "disabled".into() };
        rows.push(SiteRow::new(name, kind, state, place.map(|place| links.remove(place))));
    }
    let connected = ConnectionState::Connected.to_string();
    rows.extend(
        links.into_iter().map(|link| SiteRow::new(link.site(), link.kind, connected.clone(), Some(link))),
    );
    Ok(rows)
}

/// A link that is up.
#[derive(Clone)]
struct Link(ConnectionId, Session);

fn find_links(server: &Server) -> Result<Vec<Link>, Failure> {
    let links = session::find_those(server, Which::Site)?.into_iter();
    Ok(links.map(|(id, session)| Link(id, session)).collect())
}

impl Named for Link {
    const NOUN: &'static str = "site";

    /// The name of its interface, alone and with the handle: what names a user must not name a site.
    fn names(&self) -> Vec<String> {
        let site = self.1.site();
        vec![format!("{site}#{}", self.1.handle), site]
    }
}

impl Thing for Link {
    const IS_ONE: bool = true;
    const WHICH: &'static str = "Name one with its handle, as in Oslo#0x17.";

    fn label(&self) -> String {
        self.1.label()
    }

    fn exactly(&self) -> String {
        format!("{}, handle {}", self.label(), self.1.handle)
    }

    fn is_still(&self, Link(_, later): &Link) -> bool {
        self.1.interface == later.interface && self.1.goes_on_as(later)
    }
}

#[derive(Clone)]
struct Disconnect;

impl Deed<Link> for Disconnect {
    fn name(&self) -> &'static str {
        "disconnect"
    }

    fn apply(&self, server: &Server, Link(id, link): &Link) -> Result<(), Failure> {
        let info = server.connection(*id)?.info()?;
        let interface = server.interface(info.get().interface())?;
        // The handles may be another's by now.
        if interface.info()?.get().name().to_string_lossy() != link.interface {
            return Err(Failure::not_found("it is no longer connected"));
        }
        Ok(interface.disconnect()?)
    }
}
