//! Settings of a server: its pre-shared key.

use std::io::Read as _;

use clap::{Args, Subcommand};
use mprapi::PreSharedKey;

use crate::action::{self, Action, Consent, Outcome};
use crate::context::Context;
use crate::failure::{Failure, Kind};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Sets the pre-shared key of all users, which is read from the standard input
    #[command(after_help = "\
Example:
  mprctl --server vpn01 server set-key --yes < key.txt")]
    SetKey(Change),

    /// Removes the pre-shared key
    #[command(after_help = "\
Example:
  mprctl --server vpn01 server remove-key")]
    RemoveKey(Change),
}

#[derive(Args)]
pub(crate) struct Change {
    #[command(flatten)]
    consent: Consent,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    let (Change { consent }, name, key) = match command {
        Command::SetKey(change) => (change, "set-key", Some(read_key()?)),
        Command::RemoveKey(change) => (change, "remove-key", None),
    };
    let servers: Vec<&str> = context.targets.iter().map(|target| target.label()).collect();
    action::confirm(consent, &format!("{name} of {}?", servers.join(", ")))?;
    let answers = context.ask_servers(move |server| {
        let outcome = match &key {
            _ if consent.dry_run => Ok(Outcome::Would),
            Some(key) => server.set_pre_shared_key(key).map(|()| Outcome::Done),
            None => server.remove_pre_shared_key().map(|()| Outcome::Done),
        };
        Ok(vec![Action::new(name, "pre-shared key", outcome.map_err(Failure::from))])
    });
    action::report(context, answers)
}

/// The key, without the end of its line. (Not an argument: those are seen by every user of the machine.)
fn read_key() -> Result<PreSharedKey, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| Failure::new(Kind::Failed, format!("cannot read the key: {error}")))?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => Err(Failure::usage("the standard input has no key; `remove-key` removes one")),
        key => Ok(PreSharedKey::from_text(key)),
    }
}
