//! Creating, changing and deleting interfaces, in the running router and in the stored configuration.

use clap::Args;
use mprapi::{
    Configuration, DemandDial, ErrorKind, InterfaceHandle, InterfaceSettings, InterfaceType, Mpr, Server,
    WideString,
};

use super::find::{Names, Running, check_storable, each, find_stored, question};
use crate::action::{self, Action, Consent, Outcome, done};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::scope::Scope;

#[derive(Args)]
pub(crate) struct Create {
    /// The name of the interface
    name: String,
    /// Connect to this host through an IKEv2 tunnel
    #[arg(long, value_name = "HOST", required_unless_present = "phone", conflicts_with = "phone")]
    vpn: Option<String>,
    /// Dial this telephone number
    #[arg(long, value_name = "NUMBER", requires = "device")]
    phone: Option<String>,
    /// The modem to dial with
    #[arg(long, value_name = "DEVICE", requires = "phone")]
    device: Option<String>,
    /// Create the interface disabled
    #[arg(long)]
    disabled: bool,
    /// Store the interface too, so that it exists after a restart of the service
    #[arg(long)]
    store: bool,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
#[command(group(clap::ArgGroup::new("change").required(true).multiple(true)))]
pub(crate) struct Set {
    #[command(flatten)]
    names: Names,
    /// Enable the interfaces
    #[arg(long, group = "change", conflicts_with = "disable")]
    enable: bool,
    /// Disable the interfaces
    #[arg(long, group = "change")]
    disable: bool,
    /// The host or telephone number to dial
    #[arg(long, value_name = "HOST", group = "change", conflicts_with = "store_only")]
    destination: Option<String>,
    #[command(flatten)]
    scope: Scope,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

/// The options of commands that delete or remove something.
#[derive(Args)]
pub(crate) struct Removal {
    #[command(flatten)]
    pub(super) names: Names,
    #[command(flatten)]
    pub(super) scope: Scope,
    #[command(flatten)]
    pub(super) consent: Consent,
}

pub(super) fn create(context: &Context, create: Create) -> Result<(), Failure> {
    let answers = context.ask(move |mpr, target| {
        let settings = match (&create.vpn, &create.phone, &create.device) {
            (Some(host), _, _) => DemandDial::vpn(&create.name, host),
            (None, Some(number), Some(device)) => DemandDial::phone(&create.name, number, device),
            _ => {
                return Err(Failure::usage(
                    "the destination is missing; use --vpn, or --phone with --device",
                ));
            }
        };
        let settings = settings.enabled(!create.disabled);
        let outcome = fleet::with_server(mpr, target, |server| {
            if create.dry_run {
                nothing_is_there(server.find_interface(&create.name))?;
            }
            done(create.dry_run, || server.create_interface(&settings).map(drop))
        });
        let mut actions = vec![Action::new("create", &create.name, outcome)];
        if create.store && actions[0].error.is_none() {
            actions.push(Action::new("store", &create.name, store(mpr, target, &create)));
        }
        Ok(actions)
    });
    action::report(context, answers)
}

/// Stores that the interface exists. Its destination is in the phone book, which the running service has written.
fn store(mpr: &Mpr, target: Option<&str>, create: &Create) -> Result<Outcome, Failure> {
    let settings = InterfaceSettings::new(&create.name, InterfaceType::FullRouter).enabled(!create.disabled);
    let stored = mpr.configuration(target)?;
    if create.dry_run {
        nothing_is_there(stored.interface(&create.name))?;
    }
    done(create.dry_run, || stored.create_interface(&settings).map(|_| Outcome::stored(&stored)))
}

/// Fails on a dry run as creating would: if the interface exists already.
fn nothing_is_there<H>(found: mprapi::Result<H>) -> Result<(), Failure> {
    match found {
        Ok(_) => Err(Failure::new(Kind::Failed, "an interface with that name exists already")),
        Err(error) if error.kind() == ErrorKind::NoSuchInterface => Ok(()),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn set(context: &Context, set: Set) -> Result<(), Failure> {
    let Set { names: Names { names }, enable, disable, destination, scope, dry_run } = set;
    let enabled = (enable || disable).then_some(enable);
    let answers = context.ask(move |mpr, target| {
        check_storable(mpr, target, scope, &names)?;
        scope.change(
            mpr,
            target,
            |server| {
                let running = Running::read(server)?;
                each(
                    &names,
                    |name| running.find(name),
                    false,
                    "set",
                    |interface| set_running(interface, enabled, destination.as_deref(), dry_run),
                )
            },
            |stored| set_stored(stored, &names, enabled, dry_run),
        )
    });
    action::report(context, answers)
}

pub(super) fn delete(context: &Context, delete: Removal) -> Result<(), Failure> {
    let Removal { names, scope, consent } = delete;
    action::confirm(consent, &question("Delete", &names))?;
    let (names, dry_run) = (names.names, consent.dry_run);
    let answers = context.ask(move |mpr, target| {
        check_storable(mpr, target, scope, &names)?;
        scope.change(
            mpr,
            target,
            |server: &Server| {
                let running = Running::read(server)?;
                let find = |name: &str| running.find(name);
                each(&names, find, dry_run, "delete", |interface| Ok(interface.delete()?))
            },
            |stored| {
                // The name that the API knows it by may be another than the one that was given.
                let mut found: Vec<(&String, WideString)> = Vec::new();
                for name in &names {
                    let own = find_stored(stored, name)?.info()?.get().name().to_owned();
                    if !found.iter().any(|(_, other)| *other == own) {
                        found.push((name, own));
                    }
                }
                let action = |(name, own): (&String, WideString)| {
                    let outcome =
                        done(dry_run, || stored.delete_interface(&own).map(|()| Outcome::stored(stored)));
                    Action::new("delete", stored_label(name), outcome)
                };
                Ok(found.into_iter().map(action).collect())
            },
        )
    });
    action::report(context, answers)
}

fn stored_label(name: &str) -> String {
    format!("{name} (stored)")
}

/// Marks the objects of the actions as stored.
pub(super) fn as_stored(mut actions: Vec<Action>) -> Vec<Action> {
    for action in &mut actions {
        action.object = stored_label(&action.object);
    }
    actions
}

/// Sets the values that differ from those of the interface. On a dry run, only compares them.
fn set_running(
    interface: InterfaceHandle<'_>,
    enabled: Option<bool>,
    destination: Option<&str>,
    dry_run: bool,
) -> Result<Outcome, Failure> {
    let info = interface.info()?;
    let mut is_so = enabled.is_none_or(|enabled| enabled == info.get().is_enabled());
    if info.get().interface_type() != InterfaceType::FullRouter {
        if destination.is_some() {
            return Err(Failure::usage(
                "the interface has no destination, since it is not a demand-dial interface",
            ));
        }
        if is_so {
            return Ok(Outcome::Unchanged);
        }
        let settings = info.get().to_settings()?;
        return done(dry_run, || {
            interface.set_info(&match enabled {
                Some(enabled) => settings.enabled(enabled),
                None => settings,
            })
        });
    }
    if let Some(destination) = destination {
        is_so &= *interface.demand_dial_info()?.get().destination() == *destination;
    }
    if is_so {
        return Ok(Outcome::Unchanged);
    }
    let mut settings = interface.demand_dial_settings()?;
    if let Some(enabled) = enabled {
        settings = settings.enabled(enabled);
    }
    if let Some(destination) = destination {
        settings = settings.destination(destination);
    }
    done(dry_run, || interface.set_info(&settings))
}

/// Stores whether an interface is enabled. Its destination is in the phone book, which only the running service writes.
fn set_stored(
    stored: &Configuration,
    names: &[String],
    enabled: Option<bool>,
    dry_run: bool,
) -> Result<Vec<Action>, Failure> {
    let Some(enabled) = enabled else { return Ok(Vec::new()) };
    let actions = each(
        names,
        |name| find_stored(stored, name),
        false,
        "set",
        |interface| {
            let info = interface.info()?;
            if info.get().is_enabled() == enabled {
                return Ok(Outcome::Unchanged);
            }
            let settings = info.get().to_settings()?.enabled(enabled);
            done(dry_run, || interface.set_info(&settings).map(|()| Outcome::stored(stored)))
        },
    )?;
    Ok(as_stored(actions))
}
