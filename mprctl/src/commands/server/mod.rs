//! Servers: the settings of their tunnels, their pre-shared key, their domain.

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
    /// Show the settings of tunnels: ports, lifetimes, encryption, certificates
    #[command(after_help = "\
Examples:
  mprctl --server vpn01,vpn02 server show --where tunnel=IKEv2
  mprctl server show --columns tunnel,encryption,cipher,dh_group,certificate
  mprctl server show --store                         the stored settings")]
    Show(Show),

    /// Set ports, lifetimes, encryption and certificates of tunnels (asks first)
    #[command(after_help = format!("\
Examples:
  mprctl server set ikev2.ports=256 sstp.ports=128 --dry-run
  mprctl server set pptp.remote-access=no pptp.routing=no
  mprctl server set ikev2.idle-timeout=10min ikev2.encryption=strongest
  mprctl server set l2tp.ports=0 --store-only        takes effect when the service starts next

TUNNEL is ikev2, sstp, l2tp, pptp or gre. SETTING is a column of `server show`:
{}
Other settings stay as they are. If the server refuses a setting, the others are still set; mprctl
reports each one. Every Windows can set ports; the other settings need Windows Server 2008 R2 or
later. The running server also stores the change, and applies it a moment later. For more ports
than the service was started with, use --store-only and restart the server.", keys::help()))]
    Set(Set),

    /// Show whether the server has a pre-shared key, which is the same for all users
    #[command(after_help = "\
Examples:
  mprctl --server vpn01,vpn02 server key
  mprctl server key --reveal")]
    Key(key::Key),

    /// Set the pre-shared key of the server; type it, or pass it on standard input (asks first)
    #[command(after_help = "\
Examples:
  mprctl --server vpn01 server set-key
  mprctl --server vpn01,vpn02 server set-key --yes < key.txt")]
    SetKey(Change),

    /// Remove the pre-shared key of the server (asks first)
    #[command(after_help = "\
Example:
  mprctl --server vpn01 server remove-key")]
    RemoveKey(Change),

    /// Show the domain controller that has the accounts
    #[command(after_help = "\
Examples:
  mprctl --server vpn01 server domain-controller
  mprctl server domain-controller --domain CORP")]
    DomainController(domain::Controller),

    /// Show whether servers are registered in a domain for remote access
    #[command(after_help = "\
Example:
  mprctl --server vpn01,vpn02 server registration --domain CORP")]
    Registration(domain::Registration),

    /// Register servers in a domain, so that they may read the dial-in settings of its users (asks first)
    #[command(after_help = "\
Example:
  mprctl --server vpn01 server register --domain CORP

This needs an administrator of the domain, on a machine of the domain.")]
    Register(domain::Change),

    /// Unregister servers from a domain (asks first)
    #[command(after_help = "\
Example:
  mprctl --server vpn01 server unregister --domain CORP")]
    Unregister(domain::Change),
}

#[derive(Args)]
pub(crate) struct Show {
    /// Show the stored settings; works while the service is stopped
    #[arg(long)]
    store: bool,
    #[command(flatten)]
    listing: Listing<TunnelRow>,
}

#[derive(Args)]
pub(crate) struct Set {
    /// The settings to change
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
        Command::SetKey(Change { consent }) => key::set(context, consent),
        Command::RemoveKey(Change { consent }) => key::remove(context, consent),
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
