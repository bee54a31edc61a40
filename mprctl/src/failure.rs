//! What ends a command early, or keeps one server out of the answer: what is wrong, what to do, the exit code.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use mprapi::sys::{ERROR_CALL_NOT_IMPLEMENTED, ERROR_DDM_NOT_RUNNING, ERROR_NOT_SUPPORTED};
use mprapi::{Error, ErrorKind};
use schemars::JsonSchema;
use serde::Serialize;

use crate::codes;
use crate::target::{LOCAL, Target};
use crate::terminal::{self, visible};
use crate::units;

/// Stands in advice for the name of the server that it is about.
const SERVER: &str = "SERVER";

/// Exit codes, as `--help` documents them. (2, wrong usage, is also clap's.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Anything that has no kind of its own.
    Failed = 1,
    /// The command line asks for what is not there: a column, a file, a value.
    Usage = 2,
    /// The Routing and Remote Access service is stopped, still starting or not installed.
    NoService = 3,
    /// The caller is no administrator of the server.
    AccessDenied = 4,
    /// There is no such server, it cannot be reached, or it did not answer in time.
    Unreachable = 5,
    /// No session, port, interface, user … of that name.
    NotFound = 6,
    /// Some of the servers failed, or some of what was asked for; the rest was done.
    Partly = 7,
    /// This Windows, or the server's, does not have what was asked for.
    Unsupported = 8,
}

const STARTING: &str = "the Routing and Remote Access service is still starting";

pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed
  2  wrong usage
  3  the Routing and Remote Access service is not there
  4  access denied
  5  a server that is unknown, cannot be reached or did not answer in time
  6  no session, port, interface, … of that name
  7  done in part: some servers or some things failed
  8  this Windows, or the server's, does not have it";

impl From<Kind> for ExitCode {
    fn from(kind: Kind) -> ExitCode {
        ExitCode::from(kind as u8)
    }
}

/// What went wrong, as it is printed and as it stands in JSON.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Failure {
    /// What kind of failure it is; each has an exit code.
    pub(crate) kind: Kind,
    /// A sentence for a person.
    pub(crate) message: String,
    /// What can be done about it: lines, of which those that begin with spaces are commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) advice: Option<String>,
    /// The C function that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) function: Option<&'static str>,
    /// The code that it answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<u32>,
    /// The code's name in the Windows headers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code_name: Option<&'static str>,
    /// Whether whoever read the output has had enough of it, which is nothing to tell.
    #[serde(skip)]
    pub(crate) is_broken_pipe: bool,
    /// Whether the output for programs has it already.
    #[serde(skip)]
    pub(crate) is_in_output: bool,
}

impl Failure {
    /// A file that the command line names cannot be read.
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
            is_broken_pipe: false,
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
            "Where it is installed, start it:\n  \
             Start-Service RemoteAccess\n\
             On a Windows Server without it, install it and set it up:\n  \
             Install-WindowsFeature DirectAccess-VPN, Routing -IncludeManagementTools\n  \
             Install-RemoteAccess -VpnType Vpn\n\
             Windows 10 and 11 do not have this role of Windows Server.",
        )
    }

    /// Of this machine, whose Windows is known.
    pub(crate) fn no_service_here() -> Failure {
        #[cfg(windows)]
        if !windows_version::is_server() {
            return Failure::no_service().advice(
                "This Windows is not a Windows Server, and has no Routing and Remote Access\n\
                 for VPN users. Name the server to look at:\n  \
                 mprctl --server NAME\n\
                 Or try it without one:\n  \
                 mprctl --demo",
            );
        }
        Failure::no_service()
    }

    pub(crate) fn starting() -> Failure {
        Failure::new(Kind::NoService, STARTING).advice("`mprctl status --wait 5min` waits for it.")
    }

    /// Returns `true` if the service is on its way.
    pub(crate) fn is_of_start(&self) -> bool {
        self.message.starts_with(STARTING)
    }

    /// Says that it is so still after so long.
    pub(crate) fn after(self, wait: Duration) -> Failure {
        let message = format!("{}, after a wait of {}", self.message, units::duration(wait));
        if self.is_of_start() {
            return Failure { message, ..self }.advice(
                "Wait longer, or see on the server what holds it up:\n  \
                 Get-WinEvent -FilterHashtable @{LogName='System'; ProviderName='RemoteAccess'} -MaxEvents 20",
            );
        }
        Failure { message, ..self }
    }

    pub(crate) fn too_slow(limit: Duration) -> Failure {
        let message = format!("no answer within {}", units::duration(limit));
        Failure::new(Kind::Unreachable, message).advice(format!(
            "Wait longer with --timeout 2min. Where that does not help, see whether it\n\
             is reached at all:\n  \
             Test-NetConnection {SERVER} -Port 135"
        ))
    }

    /// Says which server, or other thing, it is that failed.
    pub(crate) fn of(mut self, name: &str) -> Failure {
        self.message = format!("{name}: {}", self.message);
        self.about(name)
    }

    /// Has advice name the server, where that is the name it is asked by.
    pub(crate) fn about(mut self, server: &str) -> Failure {
        if server == LOCAL {
            return self;
        }
        self.advice = self.advice.map(|advice| advice.replace(SERVER, &visible(server)));
        self
    }

    /// As [`of`](Failure::of), of a server; this machine needs no name.
    pub(crate) fn of_server(self, target: &Target) -> Failure {
        match &target.name {
            Some(name) => self.of(name),
            None => self,
        }
    }

    /// Tells of what failed out of so many, and makes one failure of them. A piece of advice is said once, with whom
    /// it is for.
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

    /// For people: the sentence, with where it comes from.
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

    /// For people, where there is one line: the sentence and what to do.
    pub(crate) fn paragraph(&self) -> String {
        match &self.advice {
            Some(advice) => format!("{}. {}", self.sentence(), in_one_line(advice)),
            None => self.sentence(),
        }
    }

    /// Says the sentence on standard error, and what to do below it, each command on a line that can be copied.
    pub(crate) fn say(&self) {
        terminal::say_lines(&self.sentence(), self.advice.iter().flat_map(|advice| advice.lines()));
    }
}

/// Advice in a line, with the commands marked that have lines of their own otherwise.
fn in_one_line(advice: &str) -> String {
    let lines = advice.lines().map(|line| match line.strip_prefix("  ") {
        Some(command) => format!("`{command}`."),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// Names for a person: not all two hundred.
pub(crate) fn some_of(names: &[&str]) -> String {
    const MOST: usize = 6;
    match names.len().checked_sub(MOST) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..MOST].join(", ")),
    }
}

/// What caused an error and the error itself, in one line, without the function and the code, which stand elsewhere.
pub(crate) fn told(error: &Error) -> String {
    let mut text = error.message().into_owned();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let _ = write!(text, ": {cause}");
        source = cause.source();
    }
    text
}

/// Returns `true` if asking the server in another way is of no use either.
pub(crate) fn is_final(error: &Error) -> bool {
    error.is_denied() || error.is_transient() || error.needs_reconnect()
}

/// Each kind that has advice has a sentence of its own too: the library's would say half of the advice already.
impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        // A Windows code inside an HRESULT is that code.
        if let Some(code) = error.code().filter(|code| codes::plain(*code) != *code) {
            return Failure { code: Some(code), ..Error::new(error.function(), codes::plain(code)).into() };
        }
        let name = error.code().and_then(codes::name);
        let failure = match error.kind() {
            ErrorKind::NotRunning if error.code() == Some(ERROR_DDM_NOT_RUNNING) => lan_only(),
            ErrorKind::NotRunning => Failure::no_service(),
            ErrorKind::AccessDenied => Failure::new(Kind::AccessDenied, "access is denied").advice(
                "Your account must be in the group Administrators of the server.\n\
                 See which groups it is in:\n  \
                 whoami /groups\n\
                 On the server itself, open the terminal as administrator.\n\
                 From elsewhere use a domain account: Windows refuses local ones, but for\n\
                 the built-in Administrator.",
            ),
            ErrorKind::Unreachable => {
                Failure::new(Kind::Unreachable, "the server cannot be reached").advice(format!(
                    "Check its name, that it is up, and that its firewall lets in remote\n\
                     administration (RPC):\n  \
                     Test-NetConnection {SERVER} -Port 135"
                ))
            }
            ErrorKind::Unsupported => unsupported(&error),
            ErrorKind::MissingFunction => missing(&error),
            ErrorKind::NoLibrary => Failure::new(Kind::Unsupported, told(&error)).advice(
                "mprctl runs on Windows, where the remote access components are part of\n\
                 every edition but Nano Server. To try it anywhere:\n  \
                 mprctl --demo",
            ),
            ErrorKind::NotFound | ErrorKind::NoSuchInterface => Failure::not_found(told(&error)),
            ErrorKind::MalformedAnswer => Failure::new(Kind::Failed, told(&error)).advice(concat!(
                "That is a fault of the library or of mprctl. If it happens again, please\n\
                 tell of it:\n  ",
                env!("CARGO_PKG_REPOSITORY"),
                "/issues"
            )),
            _ => match error.code() {
                Some(code) if name.is_none() => {
                    let code = written(code);
                    Failure::new(
                        Kind::Failed,
                        format!("the server answered code {code}, which mprctl does not know"),
                    )
                    .advice(format!("On Windows this says what it means:\n  certutil -error {code}"))
                }
                code => {
                    let meaning = code.and_then(codes::meaning).map_or_else(|| told(&error), str::to_owned);
                    Failure {
                        advice: code.and_then(codes::advice).map(str::to_owned),
                        ..Failure::new(Kind::Failed, meaning)
                    }
                }
            },
        };
        Failure { function: Some(error.function()), code: error.code(), code_name: name, ..failure }
    }
}

/// A code as Windows writes those of its kind: a status or an HRESULT in hexadecimal, any other in decimal.
fn written(code: u32) -> String {
    if code < 0x8000_0000 { code.to_string() } else { format!("{code:#x}") }
}

/// The service runs, but not the part that has to do with users and their ports.
fn lan_only() -> Failure {
    let message = "the server has no remote access: its demand-dial manager is not running";
    Failure::new(Kind::NoService, message).advice(
        "The service is still starting, or set up to route between local networks only.\n\
         To set up remote access on the server:\n  \
         Install-RemoteAccess -VpnType Vpn",
    )
}

/// A server answers so to a call that it does not know yet, or does not have.
fn unsupported(error: &Error) -> Failure {
    if matches!(error.code(), Some(ERROR_NOT_SUPPORTED | ERROR_CALL_NOT_IMPLEMENTED)) {
        return Failure::new(Kind::Unsupported, "the server's Windows does not do this").advice(
            "It is of an edition that does not have it, or its remote access is set up\n\
             for other things. On the server, see for what:\n  \
             Get-RemoteAccess",
        );
    }
    let failure = Failure::new(Kind::Unsupported, "the server's Windows is too old for this");
    failure.advice(match since(error) {
        Some(since) => format!("{} came with {since}.", error.function()),
        None => "A newer Windows Server has it.".to_owned(),
    })
}

/// The library does not have a function: an older one, or not one of this API.
fn missing(error: &Error) -> Failure {
    let failure = Failure::new(Kind::Unsupported, told(error));
    failure.advice(match since(error) {
        Some(_) => "The library is of an older Windows than that; run mprctl on a newer one.",
        None => {
            "Every Mprapi.dll of Windows has it, so this is not one, or not a whole\n\
             one (Wine's is not). Run mprctl on Windows, without --library."
        }
    })
}

/// The Windows that brought a function, unless all have it.
fn since(error: &Error) -> Option<&'static str> {
    Some(error.called()?.since()).filter(|since| *since != "Windows 2000 Server")
}

/// Of what is printed; reading has its own words.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let mut failure = Failure::new(Kind::Failed, format!("cannot write the output: {error}"));
        failure.is_broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        failure
    }
}
