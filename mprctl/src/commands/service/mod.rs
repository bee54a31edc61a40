//! `mprctl service`: the exporter as a Windows service of this machine.

#[cfg(windows)]
mod manager;

use std::ffi::OsString;
use std::time::Duration;

use clap::{Args, Subcommand};

use crate::action::{self, Action, Consent, Outcome};
use crate::common::Common;
use crate::context::style_of;
use crate::failure::Failure;
use crate::fleet::Answer;
use crate::output::{Listing, Report, ServerName, State, Style, row};
use crate::settings_file::SettingsFile;
use crate::target::Target;
use crate::terminal;

/// The name of the service, and of its source in the event log.
pub(crate) const NAME: &str = "mprctl";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Register `mprctl serve` as a service that starts with Windows (asks first)
    #[command(after_help = r"Examples:
  mprctl service install -- --listen 10.0.0.5:17230
  mprctl service install -- --listen :17230 --servers C:\mprctl\vpn-servers.txt
  mprctl service install --account CORP\monitoring$ -- --listen :17230 --fleet europe

The service runs this program file, so put it into a folder that only administrators may change, such as
C:\Program Files\mprctl. Name files by their full paths. What `mprctl serve` prints goes to the event log
Application, source mprctl.")]
    Install(Install),
    /// Start the service, and wait until it serves
    #[command(after_help = "Example:\n  mprctl service start")]
    Start,
    /// Stop the service, and wait until it has stopped
    #[command(after_help = "Example:\n  mprctl service stop")]
    Stop,
    /// Show whether the service is installed and running
    #[command(after_help = "Examples:
  mprctl service status
  mprctl service status --output json")]
    Status(Listing<ServiceRow>),
    /// Stop and remove the service (asks first)
    #[command(after_help = "Example:\n  mprctl service uninstall --yes")]
    Uninstall(Consent),
}

#[derive(Args)]
pub(crate) struct Install {
    /// The account of the service: LocalSystem, or a group managed service account, which has no password: CORP\monitoring$
    #[arg(long, value_name = "ACCOUNT", default_value = SYSTEM)]
    account: String,

    #[command(flatten)]
    consent: Consent,

    /// The options of `mprctl serve`, and those of all commands that select servers
    #[arg(last = true, value_name = "OPTION")]
    options: Vec<String>,
}

/// The account that Windows runs a service as unless told otherwise.
const SYSTEM: &str = "LocalSystem";

row! {
    /// The service of `mprctl serve` on this machine.
    pub(crate) struct ServiceRow: "service" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The name of the service.
        name: String => Always "Service",
        /// `running`, `stopped`, `starting`, `stopping` …, or `not installed`.
        state: State => Always "State",
        /// The number of its process.
        process: Option<u32> => Always "Process",
        /// `automatic`, `manual` or `disabled`.
        start: Option<String> => Always "Start",
        /// The account that it runs as.
        account: Option<String> => IfRoom "Account",
        /// The command line that it runs.
        command: Option<String> => Always "Command",
        /// The code that it ended with, unless it runs or ended well.
        exit_code: Option<u32> => IfThere "Exit code",
    }
}

#[cfg(windows)]
impl ServiceRow {
    fn new(state: &str) -> ServiceRow {
        use crate::output::Mood;

        let mood = match state {
            "running" => Mood::Good,
            "stopped" | "not installed" => Mood::Quiet,
            _ => Mood::Warn,
        };
        ServiceRow {
            server: ServerName::default(),
            name: NAME.to_owned(),
            state: State::new(state.to_owned(), mood),
            process: None,
            start: None,
            account: None,
            command: None,
            exit_code: None,
        }
    }
}

/// The longest wait for the service to start or to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs a command. `check` checks the options of `mprctl serve`.
pub(crate) fn run(
    common: &Common,
    settings: &SettingsFile,
    command: Command,
    check: impl Fn(&[String]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    check_server(common)?;
    let style = style_of(common, settings);
    match command {
        Command::Install(install) => {
            check(&install.options)?;
            let arguments = arguments(&install.options);
            let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
            let line = format!("`mprctl {}` as {}", words.join(" "), install.account);
            action::confirm(install.consent, &format!("Have Windows run {line} whenever it starts?"))?;
            if install.consent.dry_run {
                terminal::say(&format!("Windows would run {line}"));
            }
            let account = (!install.account.eq_ignore_ascii_case(SYSTEM)).then_some(install.account);
            report("install", install.consent, style, || manager::install(account, arguments))
        }
        Command::Start => report("start", NO_QUESTION, style, || manager::start(PATIENCE)),
        Command::Stop => report("stop", NO_QUESTION, style, || manager::stop(PATIENCE)),
        Command::Status(listing) => {
            listing.check()?;
            Report::of_one(vec![manager::status()?]).print(style, &listing)
        }
        Command::Uninstall(consent) => {
            action::confirm(consent, "Stop and remove the service mprctl?")?;
            report("uninstall", consent, style, || manager::uninstall(PATIENCE))
        }
    }
}

/// Refuses servers in front of the command: they would not be those that the service asks.
fn check_server(common: &Common) -> Result<(), Failure> {
    if common.server.is_empty() && common.servers.is_none() && common.fleet.is_empty() {
        return Ok(());
    }
    Err(Failure::usage("a service is installed on this machine, and on no other server").advice(
        "Servers that the exporter asks come behind `--`:\n  mprctl service install -- --server vpn01,vpn02",
    ))
}

const NO_QUESTION: Consent = Consent { yes: true, dry_run: false };

/// Returns the arguments of the service's program.
fn arguments(options: &[String]) -> Vec<OsString> {
    let before = ["serve", "--as-service"].map(OsString::from);
    before.into_iter().chain(options.iter().map(OsString::from)).collect()
}

/// Does something to the service, unless it is a dry run, and prints what was done.
fn report(
    verb: &'static str,
    consent: Consent,
    style: Style,
    work: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let outcome = if consent.dry_run { Ok(Outcome::Would) } else { work().map(|()| Outcome::Done) };
    let answer = Answer { target: Target { name: None }, result: Ok(vec![Action::new(verb, NAME, outcome)]) };
    Report::new(vec![answer]).print(style, &Listing::default())
}

/// Elsewhere there is no such manager.
#[cfg(not(windows))]
mod manager {
    use std::ffi::OsString;
    use std::time::Duration;

    use super::ServiceRow;
    use crate::failure::{Failure, Kind};

    fn unsupported() -> Failure {
        Failure::new(Kind::Unsupported, "there are no Windows services on this system").advice(
            "With systemd, use the unit mprctl/monitoring/mprctl.service; mprctl/docs/monitoring.md says how.",
        )
    }

    pub(super) fn install(_: Option<String>, _: Vec<OsString>) -> Result<(), Failure> {
        Err(unsupported())
    }

    pub(super) fn start(_: Duration) -> Result<(), Failure> {
        Err(unsupported())
    }

    pub(super) fn stop(_: Duration) -> Result<(), Failure> {
        Err(unsupported())
    }

    pub(super) fn status() -> Result<ServiceRow, Failure> {
        Err(unsupported())
    }

    pub(super) fn uninstall(_: Duration) -> Result<(), Failure> {
        Err(unsupported())
    }
}
