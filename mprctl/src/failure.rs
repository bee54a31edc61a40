//! What ends a command early, or keeps one server out of the answer: what is wrong, what to do, the exit code.

use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;
use std::time::Duration;

use mprapi::{Error, ErrorKind};
use schemars::JsonSchema;
use serde::Serialize;

use crate::units;

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
    /// What can be done about it.
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
            "Where it is installed, start it with `Start-Service RemoteAccess`; on a Windows Server without it, install \
             it with `Install-WindowsFeature DirectAccess-VPN, Routing -IncludeManagementTools` and set it up with \
             `Install-RemoteAccess -VpnType Vpn`. Windows 10 and 11 do not have it.",
        )
    }

    pub(crate) fn too_slow(limit: Duration) -> Failure {
        Failure::new(Kind::Unreachable, format!("no answer within {}", units::duration(limit)))
            .advice("A longer wait can be had with --timeout.")
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

    /// For people: the sentence and what to do.
    pub(crate) fn text(&self) -> String {
        let mut text = self.sentence();
        if let Some(advice) = &self.advice {
            let _ = write!(text, ". {advice}");
        }
        text
    }
}

/// What caused an error and the error itself, in one line, without the function and the code, which stand elsewhere.
fn told(error: &Error) -> String {
    let mut text = error.to_string();
    if let Some(rest) = text.strip_prefix(&format!("{}: ", error.function())) {
        text = rest.to_owned();
    }
    if let (Some(name), Some(code)) = (error.name(), error.code())
        && let Some(rest) = text.strip_suffix(&format!(" ({name}, {code})"))
    {
        text = rest.to_owned();
    }
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let _ = write!(text, ": {cause}");
        source = cause.source();
    }
    text
}

/// Whether the server or this Windows is too old for what was asked.
pub(crate) fn is_unsupported(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::MissingFunction)
}

/// Each kind that has advice has a sentence of its own too: the library's would say half of the advice already.
impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let failure = match error.kind() {
            ErrorKind::NotRunning => Failure::no_service(),
            ErrorKind::AccessDenied => Failure::new(Kind::AccessDenied, "access is denied").advice(
                "Managing it needs an account in the group Administrators of the server, and on the server itself a \
                 terminal opened as administrator.",
            ),
            ErrorKind::Unreachable => Failure::new(Kind::Unreachable, "the server cannot be reached").advice(
                "Check its name, that it is up, and that its firewall lets in remote administration (RPC): \
                 `Test-NetConnection NAME -Port 135`.",
            ),
            ErrorKind::Unsupported => too_old(),
            ErrorKind::MissingFunction => Failure::new(Kind::Unsupported, told(&error))
                .advice("This Windows is too old for it; run mprctl on a newer one."),
            ErrorKind::NoLibrary => Failure::new(Kind::Unsupported, told(&error)).advice(
                "mprctl runs on Windows, where the remote access components are part of every edition but Nano \
                 Server; to try it anywhere, `mprctl --demo`.",
            ),
            ErrorKind::NotFound | ErrorKind::NoSuchInterface => Failure::not_found(told(&error)),
            _ => Failure::new(Kind::Failed, told(&error)),
        };
        failure.of(&error)
    }
}

fn too_old() -> Failure {
    Failure::new(Kind::Unsupported, "the server does not do this").advice(
        "Its Windows is too old for it, of an edition that does not have it, or it is for other things only.",
    )
}

impl Failure {
    fn of(mut self, error: &Error) -> Failure {
        self.function = Some(error.function());
        self.code = error.code();
        self.code_name = error.name();
        self
    }
}

/// Of what is printed; reading has its own words.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let mut failure = Failure::new(Kind::Failed, format!("cannot write the output: {error}"));
        failure.is_broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        failure
    }
}
