//! Servers themselves: how their tunnels are set, their pre-shared key, their domain.

mod domain;
mod key;
mod keys;
mod plan;
mod set;
mod tunnels;

use clap::{Args, Subcommand};
use mprapi::{Configuration, Server};

pub(crate) use self::domain::{ControllerRow, RegistrationRow};
pub(crate) use self::key::KeyRow;
pub(crate) use self::keys::names as setting_names;
use self::set::Setting;
use self::tunnels::Keeper;
pub(crate) use self::tunnels::TunnelRow;
use crate::action::{self, Consent};
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet;
use crate::output::Listing;
use crate::scope::Scope;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Shows how tunnels are set: ports, lifetimes, encryption, certificates
    #[command(after_help = "\
Examples:
  mprctl --server vpn01,vpn02 server show --where tunnel=IKEv2
  mprctl server show --columns tunnel,encryption,cipher,dh_group,certificate
  mprctl server show --store                         what the service begins with")]
    Show(Show),

    /// Changes how tunnels are set: their ports on every Windows, the rest from Windows Server 2008 R2 on
    #[command(after_help = format!("\
Examples:
  mprctl server set ikev2.ports=256 sstp.ports=128 --dry-run
  mprctl server set pptp.remote-access=no pptp.routing=no
  mprctl server set ikev2.idle-timeout=10min ikev2.encryption=strongest
  mprctl server set l2tp.ports=0 --store-only        when the service starts next; it need not run

TUNNEL is ikev2, sstp, l2tp, pptp or gre. SETTING is a column of `server show`:
{}
The rest stays as it is, and so does a setting that the server refuses: each is told of by
itself. A change of the running server is kept, and comes a moment later. More ports than the
service was started for need --store-only and a restart; the error says so.", keys::help()))]
    Set(Set),

    /// Says whether there is a pre-shared key, one for all users
    #[command(after_help = "\
Examples:
  mprctl --server vpn01,vpn02 server key
  mprctl server key --reveal")]
    Key(key::Key),

    /// Sets the pre-shared key of all users, which is typed unseen or read from the standard input
    #[command(after_help = "\
Examples:
  mprctl --server vpn01 server set-key
  mprctl --server vpn01,vpn02 server set-key --yes < key.txt")]
    SetKey(Change),

    /// Removes the pre-shared key
    #[command(after_help = "\
Example:
  mprctl --server vpn01 server remove-key")]
    RemoveKey(Change),

    /// Says which server holds the accounts
    #[command(after_help = "\
Examples:
  mprctl --server vpn01 server domain-controller
  mprctl server domain-controller --domain CORP")]
    DomainController(domain::Controller),

    /// Says whether servers are registered in a domain for remote access
    #[command(after_help = "\
Example:
  mprctl --server vpn01,vpn02 server registration --domain CORP")]
    Registration(domain::Registration),

    /// Registers servers in a domain, so that they may read what its users may do with remote access
    #[command(after_help = "\
Example:
  mprctl --server vpn01 server register --domain CORP

It needs an administrator of the domain, on a machine of the domain.")]
    Register(domain::Change),

    /// Withdraws the registration
    #[command(after_help = "\
Example:
  mprctl --server vpn01 server unregister --domain CORP")]
    Unregister(domain::Change),
}

#[derive(Args)]
pub(crate) struct Show {
    /// As they are stored, for which the service need not run
    #[arg(long)]
    store: bool,
    #[command(flatten)]
    listing: Listing<TunnelRow>,
}

#[derive(Args)]
pub(crate) struct Set {
    /// What to set
    #[arg(required = true, value_name = "TUNNEL.SETTING=VALUE", value_parser = Setting::parse)]
    settings: Vec<Setting>,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Args)]
pub(crate) struct Change {
    #[command(flatten)]
    consent: Consent,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::Show(Show { store: false, listing }) => {
            context.list(&listing, |server| Keeper::Running(server).rows())
        }
        Command::Show(Show { store: true, listing }) => context.list_of(&listing, |mpr, target| {
            fleet::with_configuration(mpr, target, |stored| Keeper::Stored(stored).rows())
        }),
        Command::Set(set) => change(context, set),
        Command::Key(key) => key::show(context, &key),
        Command::SetKey(Change { consent }) => {
            // What would be done needs no key.
            let key = if consent.dry_run { None } else { Some(key::ask()?) };
            key::change(context, consent, "set-key", key)
        }
        Command::RemoveKey(Change { consent }) => key::change(context, consent, "remove-key", None),
        Command::DomainController(wanted) => domain::controller(context, &wanted),
        Command::Registration(wanted) => domain::registration(context, &wanted),
        Command::Register(change) => domain::register(context, change, true),
        Command::Unregister(change) => domain::register(context, change, false),
    }
}

fn change(context: &Context, set: Set) -> Result<(), Failure> {
    let Set { settings, scope, consent } = set;
    for (index, setting) in settings.iter().enumerate() {
        if settings[..index].iter().any(|other| other.name() == setting.name()) {
            return Err(Failure::usage(format!("{} is set twice", setting.name())));
        }
    }
    let texts: Vec<String> = settings.iter().map(Setting::text).collect();
    let what = match scope {
        Scope { store_only: true, .. } => {
            " in the stored configuration, in force when the service starts next"
        }
        Scope { store: true, .. } => ", and store it",
        _ => "",
    };
    action::confirm(consent, &format!("Set {} on {}{what}?", texts.join(", "), context.servers()))?;
    let answers = context.ask(move |mpr, target| {
        let set = |name, keeper: Keeper<'_>| plan::carry_out(name, keeper, &settings, consent.dry_run);
        let running = |server: &Server| set("set", Keeper::Running(server));
        let stored = |stored: &mut Configuration| set("store", Keeper::Stored(stored));
        scope.change(mpr, target, running, stored)
    });
    action::report(context, answers)
}
