//! Interfaces by their names, and what is done to each of several.

use std::time::{Duration, Instant};

use clap::Args;
use mprapi::config::StoredInterface;
use mprapi::{
    Configuration, Error, ErrorKind, Interface, InterfaceHandle, InterfaceId, InterfaceType, Mpr, Server,
    WideString,
};

use crate::action::{self, Action, Consent, Outcome, done};
use crate::adapter::{self, FriendlyNames};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::meant::{self, Candidate};
use crate::scope::Scope;
use crate::{fleet, quantity};

#[derive(Args)]
pub(crate) struct Names {
    /// The interfaces, by name or handle; a network adapter also by the name that Windows shows
    #[arg(required = true, value_name = "NAME")]
    pub(super) names: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Ask {
    #[command(flatten)]
    pub(super) names: Names,
    #[command(flatten)]
    pub(super) consent: Consent,
}

pub(super) fn question(verb: &str, names: &Names) -> String {
    let mut named: Vec<&str> = Vec::new();
    for name in &names.names {
        if !named.contains(&name.as_str()) {
            named.push(name);
        }
    }
    format!("{verb} {}: {}?", quantity::count(named.len(), "interface"), named.join(", "))
}

/// An interface that was found by a name, perhaps with what was read of it.
pub(super) trait Found {
    /// Returns `true` if both are the same interface.
    fn is(&self, other: &Self) -> bool;
}

impl<O> Found for InterfaceHandle<'_, O> {
    fn is(&self, other: &Self) -> bool {
        self == other
    }
}

impl<F: Found, T> Found for (F, T) {
    fn is(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }
}

/// Does something to each of the interfaces that suit. All names are looked up before anything is done: a name that is wrong
/// changes nothing on that server.
pub(super) fn act(
    context: &Context,
    what: &'static str,
    names: Names,
    dry_run: bool,
    suits: fn(&InterfaceHandle<'_>) -> Result<(), Failure>,
    work: impl Fn(InterfaceHandle<'_>) -> Result<(), Failure> + Send + Sync + 'static,
) -> Result<(), Failure> {
    act_within(context, what, names, dry_run, suits, Duration::MAX, move |interface, _| work(interface))
}

/// Does something to an interface that suits, unless this is a dry run. One that does not suit fails for the same reason in
/// both cases; a server would blame its state or its handle.
pub(super) fn checked<W: Into<Outcome>>(
    dry_run: bool,
    suits: fn(&InterfaceHandle<'_>) -> Result<(), Failure>,
    interface: InterfaceHandle<'_>,
    work: impl Fn(InterfaceHandle<'_>) -> Result<W, Failure>,
) -> Result<Outcome, Failure> {
    suits(&interface)?;
    done(dry_run, || work(interface))
}

/// Fails for an interface that never dials out. One of an unknown type may.
pub(super) fn dials(interface: &InterfaceHandle<'_>) -> Result<(), Failure> {
    of_type(interface, |kind| {
        kind.is_router() || matches!(kind, InterfaceType::DialOut | InterfaceType::Unknown(_))
    })
}

/// Fails for an interface that is never disconnected. One that is not connected now may be by then.
pub(super) fn is_dialled(interface: &InterfaceHandle<'_>) -> Result<(), Failure> {
    of_type(interface, |kind| {
        !matches!(kind, InterfaceType::Dedicated | InterfaceType::Internal | InterfaceType::Loopback)
    })
}

fn of_type(interface: &InterfaceHandle<'_>, is_meant: fn(InterfaceType) -> bool) -> Result<(), Failure> {
    match interface.info()?.get().interface_type() {
        kind if is_meant(kind) => Ok(()),
        kind => Err(Failure::new(
            Kind::Failed,
            format!("the interface is not a demand-dial interface; its type is {kind}"),
        )),
    }
}

/// Does what [`act`] does, with the time that is left of `limit`, which is for all interfaces of a server.
pub(super) fn act_within(
    context: &Context,
    what: &'static str,
    Names { names }: Names,
    dry_run: bool,
    suits: fn(&InterfaceHandle<'_>) -> Result<(), Failure>,
    limit: Duration,
    work: impl Fn(InterfaceHandle<'_>, Duration) -> Result<(), Failure> + Send + Sync + 'static,
) -> Result<(), Failure> {
    let answers = context.ask_servers(move |server| {
        let began = Instant::now();
        let running = Running::read(server)?;
        let work = |interface: InterfaceHandle<'_>| match limit.saturating_sub(began.elapsed()) {
            Duration::ZERO => Err(Failure::no_time("no time was left to connect it")),
            left => work(interface, left),
        };
        each(
            &names,
            |name| running.find(name),
            false,
            what,
            |interface| checked(dry_run, suits, interface, work),
        )
    });
    action::report(context, answers)
}

const NOUN: &str = "interface";
const BY_HANDLE: &str =
    "Name one by its handle, an adapter by its GUID too: mprctl interface list --columns all";
const BY_GUID: &str = "Name an adapter by its GUID. What differs in case alone is named by writing it so. The running router tells the rest \
                       apart by their handles: mprctl interface list --columns all";

/// The interfaces of the running router, by every name that a command takes.
pub(super) struct Running<'s> {
    server: &'s Server,
    known: Vec<Known>,
}

struct Known {
    id: InterfaceId,
    name: String,
    friendly_name: Option<String>,
    kind: InterfaceType,
}

impl Known {
    fn candidate(&self) -> Candidate<InterfaceId> {
        let Known { id, name, friendly_name, kind } = self;
        Candidate {
            thing: *id,
            names: names(name, friendly_name.as_ref()),
            aliases: vec![id.to_string(), format!("{name}#{id}")],
            label: format!("{} ({kind}, handle {id})", label(name, friendly_name.as_ref())),
        }
    }
}

fn names(name: &str, friendly_name: Option<&String>) -> Vec<String> {
    [name].into_iter().chain(friendly_name.map(String::as_str)).map(str::to_owned).collect()
}

fn label(name: &str, friendly_name: Option<&String>) -> String {
    friendly_name.map_or_else(|| name.to_owned(), |shown| format!("{shown} {name}"))
}

impl<'s> Running<'s> {
    pub(super) fn read(server: &'s Server) -> Result<Running<'s>, Failure> {
        let friendly_names = FriendlyNames::new(server);
        let known = |interface: Interface<'_>| Known {
            id: interface.id(),
            name: interface.name().to_string_lossy(),
            friendly_name: friendly_names.of(interface.name()),
            kind: interface.interface_type(),
        };
        let known = server.interfaces()?.iter().map(known).collect();
        Ok(Running { server, known })
    }

    /// Finds an interface, but for those of clients, by any name that `mprctl interface list` shows, and an adapter by its
    /// GUID in whatever form programs write it.
    pub(super) fn find(&self, name: &str) -> Result<InterfaceHandle<'s>, Failure> {
        let is_client = |known: &&Known| known.kind == InterfaceType::Client;
        let known = self.known.iter().filter(|known| !is_client(known));
        match meant::one(NOUN, name, known.map(Known::candidate), BY_HANDLE)? {
            Some(id) => Ok(self.server.interface(id)?),
            None if self
                .known
                .iter()
                .filter(is_client)
                .any(|client| client.name.eq_ignore_ascii_case(name)) =>
            {
                let reason =
                    format!("`{name}` is the interface of a client: it comes and goes with the session");
                Err(Failure::new(Kind::NotFound, reason)
                    .advice("To end the session: mprctl session disconnect USER"))
            }
            // The server may compare names in another way.
            None => self.server.find_interface(name).map_err(|error| self.no_such(error, name)),
        }
    }

    /// Finds an interface to read: as [`find`](Running::find), and that of a remote access client too.
    fn find_to_read(&self, name: &str) -> Result<InterfaceHandle<'s>, Failure> {
        match meant::one(NOUN, name, self.known.iter().map(Known::candidate), BY_HANDLE)? {
            Some(id) => Ok(self.server.interface(id)?),
            None => self.server.find_interface_or_client(name).map_err(|error| self.no_such(error, name)),
        }
    }

    fn no_such(&self, error: Error, name: &str) -> Failure {
        let names = self.known.iter().flat_map(|known| [Some(&known.name), known.friendly_name.as_ref()]);
        no_such(error, name, LIST).near(name, names.flatten().map(String::as_str))
    }
}

const LIST: &str = "mprctl interface list";

/// Finds one interface, as [`Running::find`] does.
pub(super) fn find<'s>(server: &'s Server, name: &str) -> Result<InterfaceHandle<'s>, Failure> {
    Running::read(server)?.find(name)
}

/// Finds one interface to read, as [`Running::find_to_read`] does.
pub(super) fn find_to_read<'s>(server: &'s Server, name: &str) -> Result<InterfaceHandle<'s>, Failure> {
    Running::read(server)?.find_to_read(name)
}

/// Finds the name by which the API knows an interface, in the running router or, where the service does not run, as it is
/// stored, where that can be had.
pub(super) fn own_name(mpr: &Mpr, target: Option<&str>, name: &str) -> Result<WideString, Failure> {
    if fleet::is_running(mpr, target)? {
        return fleet::with_server(mpr, target, |server| {
            Ok(find(server, name)?.info()?.get().name().to_owned())
        });
    }
    fleet::with_configuration(mpr, target, |stored| stored_name(stored, name))
}

/// Finds an interface as it is stored, by the same names.
pub(super) fn find_stored<'c>(
    stored: &'c Configuration,
    name: &str,
) -> Result<InterfaceHandle<'c, Configuration>, Failure> {
    let own = stored_name(stored, name)?;
    stored.interface(&own).map_err(|error| {
        let names =
            stored.interfaces().map(|all| all.iter().map(|one| one.name().to_string_lossy()).collect());
        let names: Vec<String> = names.unwrap_or_default();
        no_such(error, name, "`mprctl config show`").near(name, names.iter().map(String::as_str))
    })
}

/// Finds the name by which the API knows a stored interface; the name that was given, if none is meant by it.
pub(super) fn stored_name(stored: &Configuration, name: &str) -> Result<WideString, Failure> {
    let interfaces = stored.interfaces()?;
    let candidate = |interface: StoredInterface<'_>| {
        let (own, kind) = (interface.name(), interface.interface_type());
        let (printed, friendly_name) = (own.to_string_lossy(), adapter::of(stored, own));
        Candidate {
            thing: own.to_owned(),
            names: names(&printed, friendly_name.as_ref()),
            aliases: Vec::new(),
            label: format!("{} ({kind})", label(&printed, friendly_name.as_ref())),
        }
    };
    let own = meant::one(NOUN, name, interfaces.iter().map(candidate), BY_GUID)?;
    // The system may compare names in another way.
    Ok(own.unwrap_or_else(|| WideString::from(name)))
}

/// Refuses the handle of a running interface where the change is stored too, before anything is done.
pub(super) fn check_storable(
    mpr: &Mpr,
    target: Option<&str>,
    scope: Scope,
    names: &[String],
) -> Result<(), Failure> {
    let is_handle = |name: &&String| {
        let digits = name.rsplit('#').next().unwrap_or(name).strip_prefix("0x");
        digits.is_some_and(|digits| usize::from_str_radix(digits, 16).is_ok())
    };
    let mut handles = names.iter().filter(is_handle).peekable();
    if !scope.store || handles.peek().is_none() {
        return Ok(());
    }
    fleet::with_configuration(mpr, target, |stored| {
        handles.try_for_each(|name| match find_stored(stored, name) {
            Err(failure) if failure.kind == Kind::NotFound => Err(Failure::usage(format!(
                "cannot store a change of `{name}`: only the running router has handles"
            ))
            .advice("Leave out --store, or give the name of the interface.")),
            found => found.map(drop),
        })
    })
}

fn no_such(error: Error, name: &str, lists_them: &str) -> Failure {
    match error.kind() {
        ErrorKind::NoSuchInterface => Failure::not_found(format!("no interface is named `{name}`"))
            .advice(format!("To see the names: {lists_them}")),
        _ => error.into(),
    }
}

/// Does something to each of the interfaces, once if it is named more than once. All are found before anything is done.
pub(super) fn each<H: Found, W: Into<Outcome>>(
    names: &[String],
    find: impl Fn(&str) -> Result<H, Failure>,
    dry_run: bool,
    what: &'static str,
    work: impl Fn(H) -> Result<W, Failure>,
) -> Result<Vec<Action>, Failure> {
    let found = meant::each_once(names, |name| find(name), H::is)?;
    let actions =
        found.into_iter().map(|(name, interface)| Action::new(what, name, done(dry_run, || work(interface))));
    Ok(actions.collect())
}
