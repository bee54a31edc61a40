//! The credentials that demand-dial interfaces dial out with. Secrets can be set but never shown.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mprapi::sys::ERROR_NO_INTERFACE_CREDENTIALS_SET;
use mprapi::{Error, InterfaceCredentials, InterfaceHandle, Mpr, PreSharedKey, WideStr, WideString};
use zeroize::Zeroizing;

use super::find::{Ask, Names, act, dials, find, own_name, question};
use crate::action::{self, Action, Consent, done};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::output::{Listing, ServerName, bytes, each, row};
use crate::{fleet, meant, secret};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show the user name and domain that interfaces dial out with; passwords are never shown
    #[command(after_help = "\
Example:
  mprctl interface credentials show branch-2

While the service is stopped, it is not known whether there are a pre-shared key and EAP data.")]
    Show(Show),
    /// Set the user name, domain and password that interfaces dial out with (asks first)
    #[command(after_help = "\
Examples:
  mprctl interface credentials set branch-2 --user branch-2 --domain CORP
  mprctl interface credentials set branch-2 --user branch-2 --password-stdin --yes < password.txt

Values that are not given stay as they are. mprctl asks for the password unless --keep-password is given.")]
    Set(Set),
    /// Remove the user name, domain and password of interfaces (asks first)
    #[command(after_help = "Example:\n  mprctl interface credentials remove branch-2")]
    Remove(Ask),
    /// Set the pre-shared key of interfaces (asks first)
    #[command(after_help = "\
Examples:
  mprctl interface credentials set-key branch-2
  mprctl interface credentials set-key branch-2 --key-stdin --yes < key.txt")]
    SetKey(SetKey),
    /// Remove the pre-shared key of interfaces (asks first)
    #[command(after_help = "Example:\n  mprctl interface credentials remove-key branch-2")]
    RemoveKey(Ask),
    /// Set the EAP data of interfaces, in the format of the EAP method (asks first)
    #[command(after_help = "Example:\n  mprctl interface credentials set-eap branch-2 --data eap.bin")]
    SetEap(SetEap),
    /// Remove the EAP data of interfaces (asks first)
    #[command(after_help = "Example:\n  mprctl interface credentials remove-eap branch-2")]
    RemoveEap(Ask),
}

#[derive(Args)]
pub(crate) struct Show {
    #[command(flatten)]
    names: Names,
    #[command(flatten)]
    listing: Listing<CredentialsRow>,
}

#[derive(Args)]
pub(crate) struct Set {
    #[command(flatten)]
    names: Names,
    /// The user name
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// The domain
    #[arg(long, value_name = "NAME")]
    domain: Option<String>,
    /// Read the password from the standard input, to its end
    #[arg(long)]
    password_stdin: bool,
    /// Leave the password as it is
    #[arg(long, conflicts_with = "password_stdin")]
    keep_password: bool,
    /// The account to log on to the server with: what --user is for the other commands
    // Options of all commands are known by their identifiers, so this one is read with them.
    #[arg(long = "server-user", id = "account", value_name = "NAME", help_heading = "Network")]
    account: Option<String>,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Args)]
pub(crate) struct SetKey {
    #[command(flatten)]
    ask: Ask,
    /// Read the key from the standard input, to its end
    #[arg(long)]
    key_stdin: bool,
}

#[derive(Args)]
pub(crate) struct SetEap {
    #[command(flatten)]
    ask: Ask,
    /// The file that has them
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::Show(Show { names, listing }) => {
            context.list_each(&listing, move |mpr, target| each(&names.names, |name| show(mpr, target, name)))
        }
        Command::Set(set) => write(context, set),
        Command::Remove(Ask { names, consent }) => {
            action::confirm(consent, &question("Remove the credentials of", &names))?;
            act_by_name(context, "remove-credentials", names, consent.dry_run, |mpr, target, name| {
                mpr.remove_interface_credentials(target, name)
            })
        }
        Command::SetKey(SetKey { ask: Ask { names, consent }, key_stdin }) => {
            action::confirm(consent, &question("Set the pre-shared key of", &names))?;
            let key = if consent.dry_run {
                None
            } else {
                Some(PreSharedKey::from_text(&secret::read("key", key_stdin, "--key-stdin")?))
            };
            act(context, "set-key", names, consent.dry_run, dials, move |interface| {
                Ok(key.as_ref().map_or(Ok(()), |key| interface.set_pre_shared_key(key))?)
            })
        }
        Command::RemoveKey(Ask { names, consent }) => {
            action::confirm(consent, &question("Remove the pre-shared key of", &names))?;
            act(context, "remove-key", names, consent.dry_run, dials, |interface| {
                Ok(interface.remove_pre_shared_key()?)
            })
        }
        Command::SetEap(SetEap { ask: Ask { names, consent }, data }) => {
            let bytes = std::fs::read(&data).map(Zeroizing::new);
            let bytes = bytes.map_err(|error| Failure::unreadable(&data, &error))?;
            if bytes.is_empty() {
                return Err(Failure::usage(format!("{} is empty; `remove-eap` removes", data.display())));
            }
            action::confirm(consent, &question("Set the EAP data of", &names))?;
            act(context, "set-eap", names, consent.dry_run, dials, move |interface| {
                Ok(interface.set_eap_credentials(&bytes)?)
            })
        }
        Command::RemoveEap(Ask { names, consent }) => {
            action::confirm(consent, &question("Remove the EAP data of", &names))?;
            act(context, "remove-eap", names, consent.dry_run, dials, |interface| {
                Ok(interface.set_eap_credentials(&[])?)
            })
        }
    }
}

fn write(context: &Context, set: Set) -> Result<(), Failure> {
    let Set { names, user, domain, password_stdin, keep_password, consent, account: _ } = set;
    if keep_password && user.is_none() && domain.is_none() {
        return Err(Failure::usage("nothing to change: with --keep-password, give --user or --domain"));
    }
    action::confirm(consent, &question("Set the credentials of", &names))?;
    let mut credentials = InterfaceCredentials::new();
    if let Some(user) = &user {
        credentials = credentials.with_user_name(user);
    }
    if let Some(domain) = &domain {
        credentials = credentials.with_domain(domain);
    }
    if !keep_password && !consent.dry_run {
        credentials =
            credentials.with_password(&secret::read("password", password_stdin, "--password-stdin")?);
    }
    act_by_name(context, "set-credentials", names, consent.dry_run, move |mpr, target, name| {
        mpr.set_interface_credentials(target, name, &credentials)
    })
}

/// Does something to each of the interfaces by its name, which needs no connection, once if it is named more than once. All
/// are found before anything is done.
fn act_by_name(
    context: &Context,
    what: &'static str,
    Names { names }: Names,
    dry_run: bool,
    work: impl Fn(&Mpr, Option<&str>, &WideStr) -> mprapi::Result<()> + Send + Sync + 'static,
) -> Result<(), Failure> {
    let answers = context.ask(move |mpr, target| {
        let find = |name: &String| {
            let own = own_name(mpr, target, name)?;
            read(mpr, target, &own)?;
            Ok(own)
        };
        let found = meant::each_once(&names, find, WideString::eq)?;
        let action = |(name, own): &(&String, WideString)| {
            Action::new(what, *name, done(dry_run, || work(mpr, target, own)))
        };
        Ok(found.iter().map(action).collect())
    });
    action::report(context, answers)
}

/// `ERROR_CANNOT_FIND_PHONEBOOK_ENTRY` of `raserror.h`
const NO_ENTRY: u32 = 623;

/// Reads the credentials of an interface; `None` if none are set.
fn read(mpr: &Mpr, target: Option<&str>, name: &WideStr) -> Result<Option<InterfaceCredentials>, Failure> {
    match mpr.interface_credentials(target, name) {
        Ok(credentials) => Ok(Some(credentials)),
        Err(error) if error.code() == Some(ERROR_NO_INTERFACE_CREDENTIALS_SET) => Ok(None),
        Err(error) if error.code() == Some(NO_ENTRY) => {
            let message = format!("no demand-dial interface is named `{name}`");
            Err(Failure { kind: Kind::NotFound, message, ..error.into() }
                .advice("To see the names: mprctl interface list"))
        }
        Err(error) => Err(error.into()),
    }
}

row! {
    /// The credentials that a demand-dial interface dials out with, without secrets.
    pub(crate) struct CredentialsRow: "credentials" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The interface.
        interface: String => Always "Interface",
        /// The user name.
        user: Option<String> => Always "User",
        /// The domain.
        domain: Option<String> => Always "Domain",
        /// `true` if the interface has a pre-shared key; `null` if that is not known.
        pre_shared_key: Option<bool> => Always "Key",
        /// The size of the EAP data in bytes; `null` if that is not known.
        eap_bytes: Option<u64> => IfRoom "EAP data" as bytes,
    }
}

/// Returns a part of the credentials, or an empty text if it is not set.
fn text(part: Option<&WideStr>) -> String {
    part.map(WideStr::to_string_lossy).unwrap_or_default()
}

fn show(mpr: &Mpr, target: Option<&str>, name: &str) -> Result<CredentialsRow, Failure> {
    let credentials = read(mpr, target, &own_name(mpr, target, name)?)?;
    let (pre_shared_key, eap_bytes) = if fleet::is_running(mpr, target)? {
        fleet::with_server(mpr, target, |server| more(find(server, name)?))?
    } else {
        (None, None)
    };
    Ok(CredentialsRow {
        server: ServerName::default(),
        interface: name.to_owned(),
        user: credentials.as_ref().map(|credentials| text(credentials.user_name())),
        domain: credentials.as_ref().map(|credentials| text(credentials.domain())),
        pre_shared_key,
        eap_bytes,
    })
}

/// Returns whether the interface has a pre-shared key, and the size of its EAP data in bytes.
fn more(interface: InterfaceHandle<'_>) -> Result<(Option<bool>, Option<u64>), Failure> {
    let key = known(interface.pre_shared_key())?.map(|key| key.is_some());
    let data = known(interface.eap_credentials())?;
    Ok((key, data.map(|data| data.map_or(0, |data| data.as_bytes().len() as u64))))
}

/// Takes an error for an unknown value: some servers answer an undocumented error code where nothing is set.
fn known<T>(answer: Result<T, Error>) -> Result<Option<T>, Failure> {
    match answer.map_err(Failure::from) {
        Ok(value) => Ok(Some(value)),
        Err(failure) if matches!(failure.kind, Kind::Failed | Kind::NotFound | Kind::Unsupported) => Ok(None),
        Err(failure) => Err(failure),
    }
}
