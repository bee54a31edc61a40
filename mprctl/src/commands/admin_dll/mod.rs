//! Administration DLLs: the libraries that the service of this machine loads and asks about users, and the check of a file.

mod access;
mod check;
mod list;
mod registry;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

#[cfg(windows)]
pub(crate) use self::access::problems as access_problems;
use self::check::Checked;
use self::list::Paths;
use self::registry::Values;
use crate::action::{self, Action, Consent, Outcome};
use crate::common::Common;
use crate::context::{print_each, style_of};
use crate::failure::{Failure, Kind};
use crate::fleet::Answer;
use crate::host;
use crate::output::{Format, Listing, Mood, Report, ServerName, State, Style, Value, row};
use crate::settings_file::SettingsFile;
use crate::target::Target;
use crate::terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the administration DLLs that the service of this machine loads, in their order, and what is wrong with each
    #[command(after_help = "\
Examples:
  mprctl admin-dll list
  mprctl admin-dll list --where status=bad --columns path,problems")]
    List(Listing<AdminDllRow>),
    /// Check whether a file can be an administration DLL: its exports, read without loading it, and who may change it
    #[command(after_help = r"Example:
  mprctl admin-dll check 'C:\Program Files\Limits\limits.dll'")]
    Check(Files),
    /// Add administration DLLs behind those of this machine, after a check (asks first)
    ///
    /// The service loads them when it starts the next time. One that it cannot start with keeps it from starting, so only
    /// files that pass the check are added.
    #[command(after_help = r"Examples:
  mprctl admin-dll register 'C:\Program Files\Limits\limits.dll' --dry-run
  mprctl admin-dll register 'C:\Program Files\Limits\limits.dll' --name 'Session limits' --first")]
    Register(Register),
    /// Remove administration DLLs of this machine; others keep their order (asks first)
    #[command(after_help = r"Example:
  mprctl admin-dll unregister 'C:\Program Files\Limits\limits.dll'")]
    Unregister(Unregister),
}

#[derive(Args)]
pub(crate) struct Files {
    /// The files, with their full paths
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Register {
    #[command(flatten)]
    files: Files,
    /// The name to show for the DLLs of this machine; there is one for all [default: the present one, or the file's]
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Add them before those that are there, so that they are asked first
    #[arg(long)]
    first: bool,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Args)]
pub(crate) struct Unregister {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    consent: Consent,
}

row! {
    /// An administration DLL: a file, and what the service would say of it.
    pub(crate) struct AdminDllRow: "admin_dll" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The place in the order in which the service asks its DLLs, from 1; absent for a file that is only checked.
        order: Option<u32> => IfThere "Order",
        /// The file.
        path: String => Always "DLL",
        /// `ok`, or `bad` if the service would not start with it or should not.
        status: State => Always "Status",
        /// The format of the file and its processor, such as `PE x86-64`.
        format: Option<String> => IfRoom "Format",
        /// The forms of the connection functions that are whole: `none`, `2`, `3`, `Ex`; more may be in a table.
        forms: Vec<String> => IfRoom "Forms",
        /// `true` if the DLL fills a table of callbacks (`MprAdminInitializeDllEx`), which only its code can tell.
        table: bool => IfRoom "Table",
        /// The addresses that the DLL chooses by functions that it exports: `IPv4`, `IPv6`.
        addresses: Vec<String> => IfRoom "Addresses",
        /// The required entry points that are missing.
        missing: Vec<String> => Asked "Missing",
        /// Everything that is wrong, one sentence each.
        problems: Vec<String> => IfThere "Problems" as lines,
        /// The entry points of an administration DLL that the file exports.
        exports: Vec<String> => Asked "Exports",
        /// The name to show for the DLLs of this machine, which have one for all.
        name: Option<String> => Asked "Name",
    }
}

fn lines(problems: &[String]) -> Value<'_> {
    if problems.is_empty() { Value::Nothing } else { Value::owned(problems.join("; ")) }
}

impl AdminDllRow {
    fn new(checked: Checked, order: Option<usize>, name: Option<String>) -> AdminDllRow {
        let exports = &checked.exports;
        let status = match checked.problems.is_empty() {
            true => State::new("ok", Mood::Good),
            false => State::new("bad", Mood::Bad),
        };
        let addresses = [("IPv4", "MprAdminGetIpAddressForUser"), ("IPv6", "MprAdminGetIpv6AddressForUser")];
        AdminDllRow {
            server: ServerName::default(),
            order: order.and_then(|order| u32::try_from(order).ok()),
            path: checked.path.display().to_string(),
            status,
            forms: exports.families().into_iter().map(|form| form.suffix().to_owned()).collect(),
            table: exports.has_table(),
            addresses: addresses
                .into_iter()
                .filter(|(_, function)| exports.has(function))
                .map(|(family, _)| family.to_owned())
                .collect(),
            exports: exports.names().map(str::to_owned).collect(),
            format: checked.format,
            missing: checked.missing,
            problems: checked.problems,
            name,
        }
    }
}

/// Runs a command. It asks no server: the registry and the files are those of this machine.
pub(crate) fn run(common: &Common, settings: &SettingsFile, command: Command) -> Result<(), Failure> {
    check_server(common)?;
    let style = style_of(common, settings);
    match command {
        Command::List(listing) => {
            let read = || {
                let Values { name, paths } = registry::read()?;
                let files = Paths::of(&paths.unwrap_or_default()).files().into_iter().enumerate();
                let rows = files.map(|(place, file)| {
                    AdminDllRow::new(Checked::of(Path::new(&file)), Some(place + 1), name.clone())
                });
                Ok(Report::of_one(rows.collect()))
            };
            print_each(style, &listing, read)
        }
        Command::Check(Files { files }) => check_files(&files, style),
        Command::Register(register) => add(register, style),
        Command::Unregister(Unregister { files: Files { files }, consent }) => remove(&files, consent, style),
    }
}

/// Refuses a server that is not this machine.
fn check_server(common: &Common) -> Result<(), Failure> {
    let others = common.server.iter().filter(|name| !host::is_this(host::stripped(name)));
    if others.count() == 0 && common.servers.is_none() && common.fleet.is_empty() {
        return Ok(());
    }
    Err(Failure::usage("admin-dll reads the registry and the files of this machine, and of no other server")
        .advice("Run mprctl on the server:\n  Invoke-Command -ComputerName NAME { mprctl admin-dll list }"))
}

fn check_files(files: &[PathBuf], style: Style) -> Result<(), Failure> {
    let rows = files.iter().map(|file| AdminDllRow::new(Checked::of(file), None, None));
    let rows: Vec<AdminDllRow> = rows.collect();
    let (all, bad) = (rows.len(), rows.iter().filter(|row| !row.problems.is_empty()).count());
    Report::of_one(rows).print_sheets(style)?;
    if bad == 0 {
        return Ok(());
    }
    let kind = if bad == all { Kind::Failed } else { Kind::Partly };
    let mut failure = Failure::new(kind, format!("{bad} of {all} files cannot be administration DLLs"));
    failure.is_in_output = matches!(style.format, Format::Json | Format::Ndjson);
    Err(failure)
}

/// Says that a change is not in force yet.
const RESTART: &str = "the service loads its administration DLLs when it starts: restart it for the change to take effect \
                       (Restart-Service RemoteAccess)";

fn add(
    Register { files: Files { files }, name, first, consent }: Register,
    style: Style,
) -> Result<(), Failure> {
    registry::read()?;
    for file in &files {
        let checked = Checked::of(file);
        if !checked.problems.is_empty() {
            let problems = checked.problems.join("; ");
            return Err(Failure::new(
                Kind::Failed,
                format!("cannot register {}: {problems}", file.display()),
            )
            .advice("Nothing was registered. `mprctl admin-dll check FILE` shows the whole check."));
        }
    }
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    action::confirm(
        consent,
        &format!("Have the service load {}, and ask it about every user?", names.join(", ")),
    )?;
    // Someone else may have registered one while this was asked.
    let before = registry::read()?;
    let mut paths = Paths::of(&before.paths.unwrap_or_default());
    let is_new: Vec<bool> = match first {
        // From the last on, so that they stand in the order of the command line.
        true => {
            let mut is_new: Vec<bool> = names.iter().rev().map(|file| paths.insert_first(file)).collect();
            is_new.reverse();
            is_new
        }
        false => names.iter().map(|file| paths.push(file)).collect(),
    };
    let is_renamed = name.is_some() && name != before.name;
    let own_name = || files.first().and_then(|file| file.file_stem()).map(|stem| stem.display().to_string());
    let after = Values { name: name.or(before.name).or_else(own_name), paths: paths.text() };
    let changes = is_renamed || is_new.contains(&true);
    let written = if consent.dry_run || !changes { Ok(()) } else { registry::write(&after) };
    let outcome = |is_changed: bool| match &written {
        Err(failure) => Err(failure.clone()),
        Ok(()) if !is_changed => Ok(Outcome::Unchanged),
        Ok(()) if consent.dry_run => Ok(Outcome::Would),
        Ok(()) => Ok(Outcome::Stored),
    };
    let mut actions: Vec<Action> = names
        .iter()
        .zip(is_new)
        .map(|(file, is_new)| Action::new("register", file, outcome(is_new)))
        .collect();
    if is_renamed {
        actions.push(Action::new("rename", after.name.unwrap_or_default(), outcome(true)));
    }
    report(actions, style)
}

fn remove(files: &[PathBuf], consent: Consent, style: Style) -> Result<(), Failure> {
    let paths = Paths::of(&registry::read()?.paths.unwrap_or_default());
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let unknown: Vec<&str> = names.iter().filter(|name| !paths.has(name)).map(String::as_str).collect();
    if !unknown.is_empty() {
        let known = paths.files();
        let advice = match known.is_empty() {
            true => "No administration DLL is registered.".to_owned(),
            false => format!("Registered are:\n  {}", known.join("\n  ")),
        };
        let message = format!("{} is not registered; nothing was removed", unknown.join(", "));
        return Err(Failure::not_found(message).advice(advice));
    }
    action::confirm(consent, &format!("Remove {} from the DLLs that the service loads?", names.join(", ")))?;
    // Someone else may have registered one while this was asked.
    let before = registry::read()?;
    let mut paths = Paths::of(&before.paths.unwrap_or_default());
    names.iter().for_each(|name| paths.remove(name));
    let written = if consent.dry_run {
        Ok(())
    } else {
        registry::write(&Values { name: before.name, paths: paths.text() })
    };
    let outcome = || match &written {
        Err(failure) => Err(failure.clone()),
        Ok(()) if consent.dry_run => Ok(Outcome::Would),
        Ok(()) => Ok(Outcome::Stored),
    };
    report(names.iter().map(|name| Action::new("unregister", name, outcome())).collect(), style)
}

/// Prints the actions, and that the service must be restarted.
fn report(actions: Vec<Action>, style: Style) -> Result<(), Failure> {
    let is_stored = actions.iter().any(|action| matches!(action.outcome, Outcome::Stored | Outcome::Would));
    let target = Target { name: None };
    let printed = Report::new(vec![Answer { target, result: Ok(actions) }]).print(style, &Listing::default());
    if is_stored {
        terminal::say(RESTART);
    }
    printed
}
