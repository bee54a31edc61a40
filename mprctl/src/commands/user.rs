//! Users: the dial-in permission and callback of accounts.

use clap::{Args, Subcommand};
use mprapi::{Callback, DialIn, ErrorKind, Mpr, User, WideStr, WideString};

use crate::action::{self, Action, Consent, Outcome, done};
use crate::context::Context;
use crate::enumeration::Words;
use crate::failure::Failure;
use crate::fleet;
use crate::meant::{self, Candidate};
use crate::output::{Mood, Report, ServerName, State, each, row};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show the dial-in permission and callback of users; --server is the server that has the accounts
    #[command(after_help = "Example:\n  mprctl user show anna ben --server dc01")]
    Show(Names),
    /// Set the dial-in permission and callback of users (asks first)
    #[command(after_help = "Examples:
  mprctl user set anna --dial-in policy
  mprctl user set ben --dial-in allow --callback number=5550100")]
    Set(Set),
}

#[derive(Args)]
pub(crate) struct Names {
    /// The accounts, without the domain
    #[arg(required = true, value_name = "USER")]
    names: Vec<String>,
}

#[derive(Args)]
#[command(group(clap::ArgGroup::new("change").required(true).multiple(true)))]
pub(crate) struct Set {
    #[command(flatten)]
    names: Names,
    /// The dial-in permission; with `policy` the server's network policies decide
    #[arg(long, value_parser = Words(DialIn::ALL), group = "change")]
    dial_in: Option<DialIn>,
    /// The callback: `none`, `caller` (at the number that the caller gives) or `number=…`
    #[arg(long, value_name = "HOW", value_parser = parse_callback, group = "change")]
    callback: Option<CallBack>,
    #[command(flatten)]
    consent: Consent,
}

/// A callback, with the number if there is one.
#[derive(Clone, Debug)]
struct CallBack {
    how: Callback,
    number: Option<String>,
}

fn parse_callback(text: &str) -> Result<CallBack, String> {
    let (how, number) = text.split_once('=').map_or((text, None), |(how, number)| (how, Some(number)));
    match (how.parse(), number) {
        (Ok(Callback::AtSetNumber), Some(number)) if !number.is_empty() => {
            Ok(CallBack { how: Callback::AtSetNumber, number: Some(number.to_owned()) })
        }
        (Ok(how), None) if how != Callback::AtSetNumber => Ok(CallBack { how, number: None }),
        _ => Err("use none, caller or number=5550100".to_owned()),
    }
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::Show(Names { names }) => {
            let answers = context.ask(move |mpr, server| {
                each(&names, |name| Ok(UserRow::new(name, &find(mpr, server, name)?.1)))
            });
            Report::of_each(answers).print_sheets(context.style)
        }
        Command::Set(Set { names: Names { names }, dial_in, callback, consent }) => {
            action::confirm(consent, &format!("Change the dial-in settings of {}?", names.join(", ")))?;
            let answers = context.ask(move |mpr, server| {
                // All are read before one is written: a name that is wrong changes nothing.
                let find = |name: &String| find(mpr, server, name);
                let users = meant::each_once(&names, find, |(one, _), (other, _)| is_same(one, other))?;
                let actions = users.into_iter().map(|(name, (own, mut user))| {
                    let mut work = || {
                        let before = user;
                        change(&mut user, dial_in, callback.as_ref())?;
                        if are_alike(&before, &user) {
                            return Ok(Outcome::Unchanged);
                        }
                        done(consent.dry_run, || mpr.set_user(server, &own, &user))
                    };
                    Action::new("set", name, work())
                });
                Ok(actions.collect())
            });
            action::report(context, answers)
        }
    }
}

/// Returns `true` if both are names of one account, which differ in case alone.
fn is_same(one: &WideStr, two: &WideStr) -> bool {
    let folded = |name: &WideStr| Some(String::from_utf16(name.units()).ok()?.to_lowercase());
    one == two || folded(one).is_some_and(|name| folded(two) == Some(name))
}

/// Finds an account, with the name that the API knows it by.
fn find(mpr: &Mpr, server: Option<&str>, name: &str) -> Result<(WideString, User), Failure> {
    let mut own = WideString::from(name);
    let mut user = mpr.user(server, &own);
    let is_missing = user.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    if is_missing
        && name.contains(char::REPLACEMENT_CHARACTER)
        && let Some(connected) = connected(mpr, server, name)?
    {
        own = connected;
        user = mpr.user(server, &own);
    }
    let user = user.map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            let connected = names_of_connected(mpr, server).unwrap_or_default();
            let failure = Failure::not_found(format!("no user is named `{name}`")).advice(
                match name.contains(['\\', '@']) {
                    true => {
                        "Give the name without the domain, and with --server the server that has the account: of a\n\
                         domain its domain controller."
                    }
                    false => "Accounts of a domain are on its domain controller: --server names it.",
                },
            );
            failure.near(name, connected.iter().map(String::as_str))
        }
        _ => error.into(),
    })?;
    Ok((own, user))
}

/// Lists the names of the users who are connected. The API has no list of accounts.
fn names_of_connected(mpr: &Mpr, server: Option<&str>) -> Result<Vec<String>, Failure> {
    if !fleet::is_running(mpr, server)? {
        return Ok(Vec::new());
    }
    fleet::with_server(mpr, server, |server| {
        Ok(server.connections()?.iter().map(|one| one.user_name().to_string_lossy()).collect())
    })
}

/// Finds the name that is printed as `name`, with `�` for what is no character, among the users who are connected. The API
/// has no list of accounts.
fn connected(mpr: &Mpr, server: Option<&str>, name: &str) -> Result<Option<WideString>, Failure> {
    if !mpr.is_service_running(server).is_ok_and(|is_running| is_running) {
        return Ok(None);
    }
    fleet::with_server(mpr, server, |server| {
        let connections = server.connections()?;
        let mut users: Vec<_> = connections.iter().map(|one| (one.user_name(), one.id())).collect();
        users.sort_by_key(|(user, _)| *user);
        // The sessions of one user are one user.
        users.dedup_by_key(|(user, _)| *user);
        let candidates = users.into_iter().map(|(user, session)| {
            let name = user.to_string_lossy();
            Candidate {
                thing: user.to_owned(),
                aliases: vec![format!("{name}#{session}")],
                label: format!("{name}#{session}"),
                names: vec![name],
            }
        });
        meant::one(
            "user",
            name,
            candidates,
            "Name one with the handle of a session of theirs, as is shown here.",
        )
    })
}

fn change(user: &mut User, dial_in: Option<DialIn>, callback: Option<&CallBack>) -> Result<(), Failure> {
    if let Some(dial_in) = dial_in {
        user.set_dial_in(dial_in);
    }
    if let Some(CallBack { how, number }) = callback {
        user.set_callback(*how);
        if let Some(number) = number {
            user.set_phone_number(number)?;
        }
    }
    Ok(())
}

/// Returns `true` if both may do the same. Bits that say nothing do not count.
fn are_alike(one: &User, two: &User) -> bool {
    one.dial_in() == two.dial_in()
        && one.callback() == two.callback()
        && one.phone_number() == two.phone_number()
}

row! {
    /// The dial-in permission and callback of an account.
    pub(crate) struct UserRow: "user" {
        /// The server that has the account.
        server: ServerName => Fleet "Server",
        /// The account.
        user: String => Always "User",
        /// The dial-in permission: `allow`, `deny`, `policy`.
        dial_in: State => Always "May dial in",
        /// The callback: `none`, `caller`, `number`, or `unknown` with its bits.
        callback: String => Always "Callback",
        /// The number to call back at.
        number: Option<String> => Always "Number",
    }
}

impl UserRow {
    fn new(name: &str, user: &User) -> UserRow {
        let number = user.phone_number().to_string_lossy();
        UserRow {
            server: ServerName::default(),
            user: name.to_owned(),
            dial_in: State::new(
                user.dial_in().to_string(),
                match user.dial_in() {
                    DialIn::Allowed => Mood::Good,
                    DialIn::Denied => Mood::Bad,
                    _ => Mood::Quiet,
                },
            ),
            callback: user.callback().to_string(),
            number: (!number.is_empty()).then_some(number),
        }
    }
}
