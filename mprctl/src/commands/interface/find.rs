//! Interfaces by their names, and what is done to each of several.

use clap::Args;
use mprapi::sys::MPR_INTERFACE_2;
use mprapi::{
    Configuration, Error, ErrorKind, InterfaceHandle, InterfaceType, Server, Single, WideStr, WideString,
};

use crate::action::{self, Action, Consent, Outcome, done};
use crate::context::Context;
use crate::failure::Failure;
use crate::units;

#[derive(Args)]
pub(crate) struct Names {
    /// The interfaces, by name (of a network adapter, the GUID in braces)
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
    format!("{verb} {}: {}?", units::count(names.names.len(), "interface"), names.names.join(", "))
}

/// Does something to each of the interfaces. All names are looked up before anything is done: a name that is wrong
/// changes nothing on that server.
pub(super) fn act(
    context: &Context,
    what: &'static str,
    Names { names }: Names,
    dry_run: bool,
    work: impl Fn(InterfaceHandle<'_>) -> Result<(), Failure> + Send + Sync + 'static,
) -> Result<(), Failure> {
    let answers =
        context.ask_servers(move |server| each(&names, |name| find(server, name), dry_run, what, &work));
    action::report(context, answers)
}

/// Finds an interface of the running router, but for those of clients, by any name that `mprctl interface list` shows, and
/// an adapter by its GUID in whatever form programs write it.
pub(super) fn find<'s>(server: &'s Server, name: &str) -> Result<InterfaceHandle<'s>, Failure> {
    let found = server.find_interface(name).or_else(|error| match error.kind() {
        ErrorKind::NoSuchInterface => {
            let stored = server.mpr().configuration(server.name()).ok();
            let adapter = stored.and_then(|stored| adapter(&stored, name));
            adapter.map_or(Err(error), |adapter| server.find_interface(&adapter))
        }
        _ => Err(error),
    });
    found.map_err(|error| no_such(error, name, "`mprctl interface list`"))
}

/// Finds an interface to read: as [`find`], and that of a remote access client too.
pub(super) fn find_to_read<'s>(server: &'s Server, name: &str) -> Result<InterfaceHandle<'s>, Failure> {
    server.find_interface_or_client(name).or_else(|_| find(server, name))
}

/// Finds the name by which the API knows an adapter (its GUID in braces), from the name that Windows shows or from its GUID.
fn adapter(stored: &Configuration, name: &str) -> Option<WideString> {
    let by_friendly_name = |name: &WideStr| stored.guid_name(name).ok();
    let shown = || stored.friendly_name(name).ok();
    by_friendly_name(&WideString::from(name)).or_else(|| by_friendly_name(&shown()?))
}

/// How a demand-dial interface dials.
pub(super) fn dialled<'s>(
    interface: InterfaceHandle<'s>,
    name: &str,
) -> Result<Single<'s, MPR_INTERFACE_2>, Failure> {
    if interface.info()?.get().interface_type() != InterfaceType::FullRouter {
        return Err(Failure::usage(format!("`{name}` is no demand-dial interface")));
    }
    Ok(interface.info_at()?)
}

pub(super) fn find_stored<'c>(
    stored: &'c Configuration,
    name: &str,
) -> Result<InterfaceHandle<'c, Configuration>, Failure> {
    let found = stored.interface(name).or_else(|error| match error.kind() {
        ErrorKind::NoSuchInterface => {
            adapter(stored, name).map_or(Err(error), |adapter| stored.interface(&adapter))
        }
        _ => Err(error),
    });
    found.map_err(|error| no_such(error, name, "`mprctl config show`"))
}

fn no_such(error: Error, name: &str, lists_them: &str) -> Failure {
    match error.kind() {
        ErrorKind::NoSuchInterface => Failure::not_found(format!("there is no interface `{name}`"))
            .advice(format!("{lists_them} shows their names.")),
        _ => error.into(),
    }
}

/// Does something to each of the interfaces. All are found before anything is done.
pub(super) fn each<H, W: Into<Outcome>>(
    names: &[String],
    find: impl Fn(&str) -> Result<H, Failure>,
    dry_run: bool,
    what: &'static str,
    work: impl Fn(H) -> Result<W, Failure>,
) -> Result<Vec<Action>, Failure> {
    let found: Vec<_> = names.iter().map(|name| find(name)).collect::<Result<_, _>>()?;
    let actions = names
        .iter()
        .zip(found)
        .map(|(name, interface)| Action::new(what, name, done(dry_run, || work(interface))));
    Ok(actions.collect())
}
