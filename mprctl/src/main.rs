//! `mprctl`: the administrator's view of Routing and Remote Access.

mod session;
mod units;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use mprapi::{Error, ErrorKind, Mpr, Server};

/// Exit codes, as `--help` documents them. (2, wrong usage, is clap's.)
const FAILED: u8 = 1;
const NO_SERVICE: u8 = 3;

/// Shows who is connected to a Windows Routing and Remote Access (RRAS) server.
#[derive(Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the Routing and Remote Access service is not there.\n\n\
                  Examples:\n  mprctl                  this machine\n  mprctl --server vpn01   another one"
)]
struct Arguments {
    /// The server to ask, by name; this machine if left out
    #[arg(long, value_name = "NAME")]
    server: Option<String>,

    /// The library to ask it through, instead of Windows' own Mprapi.dll
    #[arg(long, value_name = "PATH")]
    library: Option<PathBuf>,
}

/// What ends the program early.
enum Failure {
    Api(Error),
    Output(std::io::Error),
    NoService,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Api(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Output(error)
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the output has had enough of it.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            let (code, text) = explain(&failure, arguments.server.as_deref());
            eprintln!("mprctl: {text}");
            ExitCode::from(code)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mpr = load(arguments)?;
    let server = arguments.server.as_deref();
    if !mpr.is_service_running(server)? {
        // Of another machine the answer does not say whether it was reached; a connect does.
        match server.map(|_| mpr.connect(server)) {
            Some(Err(error)) if error.kind() != ErrorKind::NotRunning => return Err(error.into()),
            _ => return Err(Failure::NoService),
        }
    }
    let connected = mpr.connect(server)?;
    show(&connected, server)?;
    match mprapi::disconnect(connected) {
        Ok(()) => writeln!(std::io::stdout(), "\nDisconnected from {}.", called(server))?,
        Err(error) => eprintln!("mprctl: {error}"),
    }
    Ok(())
}

fn load(arguments: &Arguments) -> Result<Mpr, Failure> {
    if let Some(path) = &arguments.library {
        // SAFETY: that the library is one of this API is what who names it says; there is no way to check.
        return Ok(unsafe { Mpr::load_from(path) }?);
    }
    if cfg!(windows) {
        return Ok(Mpr::load()?);
    }
    eprintln!(
        "mprctl: this is not Windows, so this is the simulated router built into mprctl; \
         on a Windows Server, `mprctl` or `mprctl --server NAME` shows a real one."
    );
    // SAFETY: the simulator keeps the contract of `mprapi.h`; that is what it is for.
    Ok(unsafe { Mpr::from_table(mprapi_sim::table()) })
}

fn show(server: &Server, name: Option<&str>) -> Result<(), Failure> {
    let info = server.info()?;
    let sessions = session::all(server)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "Routing and Remote Access on {}: running, up {}",
        called(name),
        units::duration(info.up_time())
    )?;
    writeln!(
        out,
        "{} of {} ports in use, {} connected\n",
        info.ports_in_use(),
        info.total_ports(),
        units::count(sessions.len(), "session")
    )?;
    if !sessions.is_empty() {
        writeln!(out, "{}", session::table(&sessions))?;
    }
    Ok(())
}

fn called(server: Option<&str>) -> &str {
    server.unwrap_or("this machine")
}

/// The exit code, and what to tell the user: what is wrong and what to do about it.
fn explain(failure: &Failure, server: Option<&str>) -> (u8, String) {
    let error = match failure {
        Failure::NoService => {
            return (
                NO_SERVICE,
                format!(
                    "the Routing and Remote Access service is not running on {}. Where it is installed, start it with \
                     `Start-Service RemoteAccess`; on a Windows Server without it, install it with \
                     `Install-WindowsFeature DirectAccess-VPN, Routing -IncludeManagementTools` and set it up with \
                     `Install-RemoteAccess -VpnType Vpn`. Windows 10 and 11 do not have it.",
                    called(server)
                ),
            );
        }
        Failure::Output(error) => return (FAILED, format!("cannot write the output: {error}")),
        Failure::Api(error) => error,
    };
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    (FAILED, text)
}
