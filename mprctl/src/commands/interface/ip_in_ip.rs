//! The names of the interfaces of IP-in-IP tunnels.

use clap::{Args, Subcommand};
use mprapi::{Guid, IpInIpName, Mpr};

use crate::action::{self, Action, Consent, done};
use crate::context::Context;
use crate::failure::Failure;
use crate::meant::{self, Candidate};
use crate::output::{Listing, ServerName, row};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the interfaces of IP-in-IP tunnels and their names
    #[command(after_help = "Example:\n  mprctl interface ip-in-ip list")]
    List(Listing<IpInIpRow>),
    /// Give the interface of an IP-in-IP tunnel a name
    #[command(after_help = "\
Example:
  mprctl interface ip-in-ip create 'To branch 2' '{5F2A0A3E-1C0B-4C5E-9D1F-7A0F3B5C6D7E}'")]
    Create(Create),
    /// Remove the names of interfaces of IP-in-IP tunnels (asks first)
    #[command(after_help = "Example:\n  mprctl interface ip-in-ip delete 'To branch 2'")]
    Delete(Delete),
}

#[derive(Args)]
pub(crate) struct Create {
    /// The friendly name of the interface
    name: String,
    /// The GUID of the interface
    guid: Guid,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
pub(crate) struct Delete {
    /// The friendly names or the GUIDs of the interfaces
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    consent: Consent,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::List(listing) => context.list_of(&listing, list),
        Command::Create(Create { name, guid, dry_run }) => {
            let answers = context.ask(move |mpr, target| {
                let outcome = done(dry_run, || mpr.add_ip_in_ip_name(target, &name, guid));
                Ok(vec![Action::new("create", &name, outcome)])
            });
            action::report(context, answers)
        }
        Command::Delete(Delete { names, consent }) => {
            action::confirm(
                consent,
                &format!("Take away the names of IP-in-IP tunnels: {}?", names.join(", ")),
            )?;
            let answers = context.ask(move |mpr, target| {
                let known = mpr.ip_in_ip_names(target)?;
                let found = find_all(&known, &names)?;
                let action = |tunnel: &IpInIpName| {
                    let outcome = done(consent.dry_run, || mpr.remove_ip_in_ip_name(target, tunnel.guid));
                    Action::new("delete", tunnel.friendly_name.to_string_lossy(), outcome)
                };
                Ok(found.into_iter().map(action).collect())
            });
            action::report(context, answers)
        }
    }
}

/// Finds each of the tunnels, once if it is named more than once.
fn find_all<'n>(known: &'n [IpInIpName], names: &[String]) -> Result<Vec<&'n IpInIpName>, Failure> {
    let found = meant::each_once(names, |name| find(known, name), |one, other| one.guid == other.guid)?;
    Ok(found.into_iter().map(|(_, tunnel)| tunnel).collect())
}

fn find<'n>(known: &'n [IpInIpName], name: &str) -> Result<&'n IpInIpName, Failure> {
    let candidate = |tunnel: &'n IpInIpName| {
        let (name, guid) = (tunnel.friendly_name.to_string_lossy(), tunnel.guid.to_string());
        let label = format!("{name} {guid}");
        Candidate { thing: tunnel, names: vec![name], aliases: vec![guid], label }
    };
    let found = meant::one("IP-in-IP tunnel", name, known.iter().map(candidate), "Name one by its GUID.")?;
    found.ok_or_else(|| {
        Failure::not_found(format!("no IP-in-IP tunnel is named `{name}`; nothing was done"))
            .advice("To see the names: mprctl interface ip-in-ip list")
    })
}

row! {
    /// The names of an IP-in-IP tunnel's interface.
    pub(crate) struct IpInIpRow: "ip_in_ip" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The friendly name of the interface.
        name: String => Always "Name",
        /// The GUID of the interface.
        guid: String => Always "GUID",
    }
}

fn list(mpr: &Mpr, target: Option<&str>) -> Result<Vec<IpInIpRow>, Failure> {
    let row = |tunnel: IpInIpName| IpInIpRow {
        server: ServerName::default(),
        name: tunnel.friendly_name.to_string_lossy(),
        guid: tunnel.guid.to_string(),
    };
    Ok(mpr.ip_in_ip_names(target)?.into_iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::schema::tests::assert_line;

    #[test]
    fn a_name_that_was_given_is_listed_and_found_by_name_and_guid() {
        let target = Some("mprctl-ip-in-ip");
        let _simulation = mprapi_sim::Server::new("mprctl-ip-in-ip").start();
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let guid = Guid::from_u128(0x5f2a_0a3e_1c0b_4c5e_9d1f_7a0f_3b5c_6d7e);
        mpr.add_ip_in_ip_name(target, "To branch 2", guid).unwrap();
        let rows = list(&mpr, target).unwrap();
        assert_eq!((rows.len(), rows[0].name.as_str()), (1, "To branch 2"));
        assert_line(&rows[0]);
        let known = mpr.ip_in_ip_names(target).unwrap();
        for name in ["to BRANCH 2", &rows[0].guid] {
            assert_eq!(find(&known, name).unwrap().guid, guid);
        }
        let twice = ["To branch 2".to_owned(), rows[0].guid.clone(), "to branch 2".to_owned()];
        assert_eq!(find_all(&known, &twice).unwrap().len(), 1);
        assert!(find(&known, "To branch 3").is_err());
    }
}
