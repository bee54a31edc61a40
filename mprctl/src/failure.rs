//! Failures of a whole command or of one server: the message, the advice and the exit code.

mod layer;

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use mprapi::sys::{
    ERROR_ACCESS_DENIED, ERROR_CALL_NOT_IMPLEMENTED, ERROR_DDM_NOT_RUNNING, ERROR_NOT_SUPPORTED,
};
use mprapi::{DialError, Error, ErrorKind, LinkError};
use schemars::JsonSchema;
use serde::Serialize;

use crate::advice;
use crate::codes;
use crate::nearest;
use crate::network::wire;
use crate::quantity;
use crate::target::{LOCAL, Target};
use crate::terminal::{self, visible};

/// A placeholder in advice for the name of the server.
const SERVER: &str = "SERVER";

/// Exit codes, as `--help` documents them. (2, wrong usage, is also clap's.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Any other failure.
    Failed = 1,
    /// The command line is wrong: an unknown column, a missing file, an invalid value.
    Usage = 2,
    /// The Routing and Remote Access service is stopped, still starting or not installed.
    NoService = 3,
    /// The caller is not an administrator of the server, or cannot log on to it.
    AccessDenied = 4,
    /// The server does not exist, cannot be reached, or did not answer in time.
    Unreachable = 5,
    /// No session, port, interface, user … has that name.
    NotFound = 6,
    /// Some servers or some objects failed; the rest succeeded.
    Partly = 7,
    /// This version of Windows, or the server's, does not support the request, or the network's protocol does not.
    Unsupported = 8,
}

const STARTING: &str = "the Routing and Remote Access service is still starting";

pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed
  2  wrong usage
  3  the Routing and Remote Access service is stopped or not installed
  4  access denied, or the logon was refused
  5  a server is unknown, cannot be reached or did not answer in time
  6  no session, port, interface, … has that name
  7  partly done: some servers or some objects failed
  8  not supported by this version of Windows, by the server's, or over the network";

impl From<Kind> for ExitCode {
    fn from(kind: Kind) -> ExitCode {
        ExitCode::from(kind as u8)
    }
}

/// A failure, as it is printed and as JSON contains it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Failure {
    /// The kind of failure; each kind has an exit code.
    pub(crate) kind: Kind,
    /// The message, one sentence.
    pub(crate) message: String,
    /// Advice on what to do. Lines that begin with spaces are commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) advice: Option<String>,
    /// The C function that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) function: Option<&'static str>,
    /// The error code that the function returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<u32>,
    /// The code's name in the Windows headers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code_name: Option<&'static str>,
    /// The part of the connection that failed, if the server is asked over the network: `name`, `route`, `port`, `SMB`,
    /// `logon`, `right`, `service`, `interface` or `call`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) layer: Option<&'static str>,
    /// `true` if the reader of the output closed the pipe, which is not reported as an error.
    #[serde(skip)]
    pub(crate) is_broken_pipe: bool,
    /// `true` if the server did not answer in time.
    #[serde(skip)]
    pub(crate) is_too_slow: bool,
    /// `true` if the JSON, NDJSON or CSV output contains the failure already.
    #[serde(skip)]
    pub(crate) is_in_output: bool,
}

impl Failure {
    /// Returns the failure for a file of the command line that cannot be read.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Failure {
        Failure::usage(format!("cannot read {}: {error}", path.display()))
    }

    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Failure {
        Failure {
            kind,
            message: message.into(),
            advice: None,
            function: None,
            code: None,
            code_name: None,
            layer: None,
            is_broken_pipe: false,
            is_too_slow: false,
            is_in_output: false,
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Usage, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Failure {
        Failure::new(Kind::NotFound, message)
    }

    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Failure {
        self.advice = Some(advice.into());
        self
    }

    pub(crate) fn no_service() -> Failure {
        Failure::new(Kind::NoService, "the Routing and Remote Access service is not running").advice(
            "If it is installed, start it:\n  \
             Start-Service RemoteAccess\n\
             If not, install it and set it up on a Windows Server:\n  \
             Install-WindowsFeature DirectAccess-VPN, Routing -IncludeManagementTools\n  \
             Install-RemoteAccess -VpnType Vpn\n\
             Windows 10 and 11 do not have this role of Windows Server.",
        )
    }

    /// As [`no_service`](Failure::no_service), for this machine: says so if its Windows is not a Windows Server.
    pub(crate) fn no_service_here() -> Failure {
        #[cfg(windows)]
        if !windows_version::is_server() {
            return Failure::no_service().advice(
                "This Windows is not a Windows Server, and has no Routing and Remote Access\n\
                 for VPN users. To ask a server:\n  \
                 mprctl --server NAME\n\
                 To try mprctl without a server:\n  \
                 mprctl --demo",
            );
        }
        Failure::no_service()
    }

    pub(crate) fn starting() -> Failure {
        Failure::new(Kind::NoService, STARTING).advice("To wait for it: mprctl status --wait 5min")
    }

    /// Returns `true` if the failure is that the service is still starting.
    pub(crate) fn is_of_start(&self) -> bool {
        self.message.starts_with(STARTING)
    }

    /// Adds to the message that mprctl waited for so long.
    pub(crate) fn after(self, wait: Duration) -> Failure {
        let message = format!("{}, after a wait of {}", self.message, quantity::duration(wait));
        if self.is_of_start() {
            return Failure { message, ..self }.advice(
                "Wait longer, or see the reason for the delay in the server's event log:\n  \
                 Get-WinEvent -FilterHashtable @{LogName='System'; ProviderName='RemoteAccess'} -MaxEvents 20",
            );
        }
        Failure { message, ..self }
    }

    pub(crate) fn too_slow(limit: Duration) -> Failure {
        let message = format!("no answer within {}", quantity::duration(limit));
        let failure = Failure { is_too_slow: true, ..Failure::new(Kind::Unreachable, message) };
        if wire::is_used() {
            return failure.advice(format!(
                "Wait longer with --timeout 2min. If that does not help, see how far mprctl\n\
                 comes:\n  \
                 mprctl check {SERVER}"
            ));
        }
        failure.advice(format!(
            "Wait longer with --timeout 2min. If that does not help, check whether the\n\
             server can be reached at all:\n  \
             Test-NetConnection {SERVER} -Port 135"
        ))
    }

    /// Says of a change that took too long that nobody knows its outcome.
    pub(crate) fn of_change(mut self) -> Failure {
        if self.is_too_slow {
            self.message += "; the server may still do what it was asked";
        }
        self
    }

    /// Makes the failure of an attempt to connect an interface.
    pub(crate) fn of_dial(error: DialError) -> Failure {
        match error {
            DialError::Call(error) | DialError::Failed { error: Some(error), .. } => error.into(),
            DialError::TimedOut { is_aborted, .. } => {
                let end = if is_aborted { "mprctl ended the attempt" } else { "the attempt goes on" };
                Failure::no_time(&format!("no connection in time; {end}"))
            }
            error => Failure::new(Kind::Failed, error.to_string()),
        }
    }

    /// Makes the failure of one of several objects for which the time was too short.
    pub(crate) fn no_time(message: &str) -> Failure {
        Failure::new(Kind::Failed, message).advice("Wait longer with --timeout 2min.")
    }

    /// Adds to the advice the name that was most likely meant by a wrong one.
    pub(crate) fn near<'n>(mut self, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Failure {
        let Some(name) = nearest::name(wrong, names) else { return self };
        let meant = format!("Did you mean `{}`?", visible(name));
        let advice = self.advice.take().map_or(meant.clone(), |advice| format!("{meant}\n{advice}"));
        self.advice(advice)
    }

    /// Puts the name of the server or other object that failed before the message.
    pub(crate) fn of(mut self, name: &str) -> Failure {
        self.message = format!("{name}: {}", self.message);
        self.about(name)
    }

    /// Puts the name of the server into the advice. This machine has no name to put there.
    pub(crate) fn about(mut self, server: &str) -> Failure {
        if server == LOCAL {
            return self;
        }
        self.advice = self.advice.map(|advice| advice.replace(SERVER, &visible(server)));
        self
    }

    /// As [`of`](Failure::of), for a server; this machine needs no name.
    pub(crate) fn of_server(self, target: &Target) -> Failure {
        match &target.name {
            Some(name) => self.of(name),
            None => self,
        }
    }

    /// Prints each of several failures, and makes one failure of them. The same advice is printed once, with the names
    /// that it is for.
    pub(crate) fn of_several(failed: &[(String, Failure)], all: usize, what: &str) -> Failure {
        for (name, failure) in failed {
            terminal::say(&format!("{name}: {}", failure.sentence()));
        }
        let first = failed.first().map_or(Kind::Failed, |(_, failure)| failure.kind);
        let is_one_kind = failed.iter().all(|(_, failure)| failure.kind == first);
        let kind = if failed.len() == all && is_one_kind { first } else { Kind::Partly };
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, failure) in failed {
            let Some(advice) = failure.advice.as_deref() else { continue };
            match groups.iter_mut().find(|(other, _)| *other == advice) {
                Some((_, names)) => names.push(name),
                None => groups.push((advice, vec![name])),
            }
        }
        let is_for_all = groups.len() == 1 && groups[0].1.len() == failed.len();
        let advice = groups.iter().map(|(advice, names)| {
            let advice = if let [name] = names[..] {
                advice.replace(SERVER, &visible(name))
            } else {
                (*advice).to_owned()
            };
            if is_for_all {
                return advice;
            }
            let lines = advice.lines().map(|line| format!("\n  {line}"));
            format!("{}:{}", visible(&some_of(names)), lines.collect::<String>())
        });
        let advice = advice.collect::<Vec<_>>().join("\n");
        let failure = Failure::new(kind, format!("{} of {all} {what}", failed.len()));
        if advice.is_empty() { failure } else { failure.advice(advice) }
    }

    /// Returns the message with the name of the error code and the function, for people.
    pub(crate) fn sentence(&self) -> String {
        match (self.code_name, self.code, self.function) {
            (Some(name), Some(code), Some(function)) => {
                format!("{} ({name}, {code}, of {function})", self.message)
            }
            (None, _, Some(function)) if !self.message.contains(function) => {
                format!("{} ({function})", self.message)
            }
            _ => self.message.clone(),
        }
    }

    /// Returns the message and the advice in one line, for people.
    pub(crate) fn paragraph(&self) -> String {
        match &self.advice {
            Some(advice) => format!("{}. {}", self.sentence(), in_one_line(advice)),
            None => self.sentence(),
        }
    }

    /// Prints the message on standard error, and the advice below it. Each command has its own line, so that it can be
    /// copied.
    pub(crate) fn say(&self) {
        terminal::say_lines(&self.sentence(), self.advice.iter().flat_map(|advice| advice.lines()));
    }
}

/// Joins the lines of an advice, with the commands in backticks.
fn in_one_line(advice: &str) -> String {
    let lines = advice.lines().map(|line| match line.strip_prefix("  ") {
        Some(command) => format!("`{command}`."),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// Joins at most six names, and says how many more there are.
pub(crate) fn some_of(names: &[&str]) -> String {
    const MOST: usize = 6;
    match names.len().checked_sub(MOST) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..MOST].join(", ")),
    }
}

/// Returns the text of an error and of its causes in one line, without the function and the code: those are printed
/// elsewhere.
pub(crate) fn describe(error: &Error) -> String {
    let mut text = error.message().into_owned();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let _ = write!(text, ": {cause}");
        source = cause.source();
    }
    text
}

/// Returns `true` if another call to the server would fail in the same way.
pub(crate) fn is_final(error: &Error) -> bool {
    error.is_denied() || error.is_transient() || error.needs_reconnect()
}

impl From<LinkError> for Failure {
    fn from(error: LinkError) -> Failure {
        match error {
            LinkError::Call(error) => error.into(),
            LinkError::TimedOut { limit, .. } => Failure::too_slow(limit),
            LinkError::Busy { since, .. } => {
                let since = quantity::duration(since);
                Failure::new(Kind::Unreachable, format!("no answer to an earlier call for {since}"))
            }
            error => Failure::new(Kind::Failed, error.to_string()),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        // A Windows code inside an HRESULT is that code.
        if let Some(code) = error.code().filter(|code| codes::plain(*code) != *code) {
            return Failure { code: Some(code), ..Error::new(error.function(), codes::plain(code)).into() };
        }
        let broken = error.server().and_then(wire::last_failure);
        let broken = broken.filter(|broken| Some(broken.code) == error.code());
        // Over the network the server says of an operation who may not ask for it: the connection is well.
        let is_refused = wire::is_used() && error.code() == Some(ERROR_ACCESS_DENIED);
        let broken = broken.or_else(|| is_refused.then(layer::no_right));
        let failure = Failure::of_call(&error);
        match broken {
            Some(broken) => failure.at_layer(&broken),
            None => failure,
        }
    }
}

impl Failure {
    /// Makes the failure of a call, by its code. A kind that has advice has its own message too: the library's message
    /// would repeat half of the advice.
    fn of_call(error: &Error) -> Failure {
        let name = error.code().and_then(codes::name);
        let failure = match error.kind() {
            ErrorKind::NotRunning if error.code() == Some(ERROR_DDM_NOT_RUNNING) => lan_only(),
            ErrorKind::NotRunning => Failure::no_service(),
            ErrorKind::AccessDenied => Failure::new(Kind::AccessDenied, "access is denied").advice(
                "Your account must be in the group Administrators of the server.\n\
                 To see your groups:\n  \
                 whoami /groups\n\
                 On the server itself, open the terminal as administrator.\n\
                 From another machine, use a domain account: Windows refuses local accounts,\n\
                 except for the built-in Administrator.",
            ),
            ErrorKind::Unreachable => {
                Failure::new(Kind::Unreachable, "the server cannot be reached").advice(format!(
                    "Check its name, that it is up, and that its firewall allows remote\n\
                     administration (RPC):\n  \
                     Test-NetConnection {SERVER} -Port 135"
                ))
            }
            ErrorKind::Unsupported => unsupported(error),
            ErrorKind::MissingFunction => missing(error),
            ErrorKind::NoLibrary => Failure::new(Kind::Unsupported, describe(error)).advice(
                "mprctl runs on Windows; every edition except Nano Server has the remote\n\
                 access components. To try it on any system:\n  \
                 mprctl --demo",
            ),
            ErrorKind::NotFound | ErrorKind::NoSuchInterface => Failure::not_found(describe(error)),
            ErrorKind::MalformedAnswer => Failure::new(Kind::Failed, describe(error)).advice(concat!(
                "This is a bug in the library or in mprctl. If it happens again, please\n\
                 report it:\n  ",
                env!("CARGO_PKG_REPOSITORY"),
                "/issues"
            )),
            _ => match error.code() {
                Some(code) if name.is_none() => {
                    let code = written(code);
                    Failure::new(
                        Kind::Failed,
                        format!("the server returned error code {code}, which mprctl does not know"),
                    )
                    .advice(format!("To see its meaning on Windows:\n  certutil -error {code}"))
                }
                code => {
                    let meaning =
                        code.and_then(codes::meaning).map_or_else(|| describe(error), str::to_owned);
                    Failure {
                        advice: code.and_then(advice::advice).map(str::to_owned),
                        ..Failure::new(Kind::Failed, meaning)
                    }
                }
            },
        };
        Failure { function: Some(error.function()), code: error.code(), code_name: name, ..failure }
    }
}

/// Formats a code as Windows does: a status or an HRESULT in hexadecimal, any other code in decimal.
fn written(code: u32) -> String {
    if code < 0x8000_0000 { code.to_string() } else { format!("{code:#x}") }
}

/// The failure for a server whose service runs without the part that handles users and ports.
fn lan_only() -> Failure {
    let message = "the server has no remote access: its demand-dial manager is not running";
    Failure::new(Kind::NoService, message).advice(
        "The service is still starting, or it only routes between local networks.\n\
         To set up remote access on the server:\n  \
         Install-RemoteAccess -VpnType Vpn",
    )
}

/// The failure for a call that the server does not know or does not support.
fn unsupported(error: &Error) -> Failure {
    if error.code() == Some(ERROR_NOT_SUPPORTED) && wire::is_used() {
        return not_over_network(error);
    }
    if matches!(error.code(), Some(ERROR_NOT_SUPPORTED | ERROR_CALL_NOT_IMPLEMENTED)) {
        return Failure::new(Kind::Unsupported, "the server does not support this").advice(
            "Its edition of Windows lacks the feature, or remote access is not set up for\n\
             it. To see its setup, run on the server:\n  \
             Get-RemoteAccess",
        );
    }
    let failure = Failure::new(Kind::Unsupported, "the server's Windows is too old for this");
    failure.advice(match since(error) {
        Some(since) => format!("{} came with {since}.", error.function()),
        None => "A newer Windows Server supports it.".to_owned(),
    })
}

/// The failure for a call that the network's protocol does not have, or not with these values.
fn not_over_network(error: &Error) -> Failure {
    let function = error.function();
    let what = match function {
        _ if function.starts_with("MprConfig") => "the stored configuration",
        _ if function.starts_with("MprAdminUser") => "the dial-in settings of users",
        _ if function.starts_with("MprSetupIpInIp") => "IP-in-IP interfaces",
        _ if function.ends_with("ConnectionNotification") => "a notification of connections",
        "MprAdminMIBSetTrapInfo" => "a notification of the router managers",
        "MprAdminGetPDCServer" | "MprAdminEstablishDomainRasServer" | "MprAdminIsDomainRasServer" => {
            "the domain of a server"
        }
        _ => "this, or one of its values,",
    };
    Failure::new(Kind::Unsupported, format!("{what} cannot be had over the network")).advice(concat!(
        "Run mprctl on Windows for it. What else cannot be had:\n  ",
        env!("CARGO_PKG_REPOSITORY"),
        "/blob/main/mprapi-rpc/docs/not-over-the-wire.md"
    ))
}

/// The failure for a function that the library does not export: it is too old, or it is not an Mprapi.dll.
fn missing(error: &Error) -> Failure {
    let failure = Failure::new(Kind::Unsupported, describe(error));
    failure.advice(match since(error) {
        Some(_) => "The library comes from an older Windows; run mprctl on a newer one.",
        None => {
            "Every Mprapi.dll of Windows has this function, so this library is not one,\n\
             or it is incomplete (as Wine's is). Run mprctl on Windows, without --library."
        }
    })
}

/// Returns the first version of Windows with a function, or `None` if all have it.
fn since(error: &Error) -> Option<&'static str> {
    Some(error.called()?.since()).filter(|since| *since != "Windows 2000 Server")
}

/// Makes a failure of an error while writing the output. Errors while reading have their own messages.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let mut failure = Failure::new(Kind::Failed, format!("cannot write the output: {error}"));
        failure.is_broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        failure
    }
}
