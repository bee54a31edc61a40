//! The result of a command that changes something: one row for each object, in tables and in JSON.

use std::io::{self, BufRead as _, IsTerminal as _};

use clap::Args;
use mprapi::Configuration;
use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet::Answer;
use crate::output::{Field, Listing, Mood, Report, Row, ServerName, Value, row};
use crate::target::LOCAL;
use crate::terminal;

/// The options of commands that change something.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Consent {
    /// Do it without asking
    #[arg(long, short)]
    pub(crate) yes: bool,

    /// Print what would be done, but change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// The outcome of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// The action succeeded.
    Done,
    /// The action would be done without `--dry-run`.
    Would,
    /// The change is stored; it takes effect after the service restarts.
    Stored,
    /// The object is already as requested; nothing was changed.
    Unchanged,
    /// The action failed.
    Failed,
}

impl Outcome {
    /// Returns the outcome of a change that was just stored.
    pub(crate) fn stored(stored: &Configuration) -> Outcome {
        if stored.take_restart_required() { Outcome::Stored } else { Outcome::Done }
    }
}

impl Field for Outcome {
    fn value(&self) -> Value<'_> {
        match self {
            Outcome::Done => Value::State("done".into(), Mood::Good),
            Outcome::Would => Value::Labelled { exact: "would", short: "would be done", mood: Mood::Quiet },
            Outcome::Stored => Value::Labelled {
                exact: "stored",
                short: "stored; takes effect after the service restarts",
                mood: Mood::Warn,
            },
            Outcome::Unchanged => Value::State("unchanged".into(), Mood::Quiet),
            Outcome::Failed => Value::State("failed".into(), Mood::Bad),
        }
    }
}

impl From<()> for Outcome {
    fn from((): ()) -> Outcome {
        Outcome::Done
    }
}

row! {
    /// One action on one object, and its outcome.
    pub(crate) struct Action {
        /// The server.
        pub(crate) server: ServerName => Fleet "Server",
        /// The action: `disconnect`, `reset`, …
        pub(crate) action: &'static str => Always "Action",
        /// The object of the action, such as a session or an interface.
        pub(crate) object: String => Always "What",
        /// The outcome.
        pub(crate) outcome: Outcome => Always "Outcome",
        /// When the change takes effect, if not at once.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) note: Option<&'static str> => Asked "Note",
        /// The reason why the action failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) error: Option<Failure> => Asked "Why",
    }
}

impl Row for Action {
    const KIND: &'static str = "action";
    const NOTHING: &'static str = "nothing to do";

    fn name(&self) -> String {
        self.object.clone()
    }

    fn failure(&self) -> Option<(String, &Failure)> {
        let Action { server: ServerName(server), object, .. } = self;
        let thing = if server == LOCAL { object.clone() } else { format!("{object} on {server}") };
        Some((thing, self.error.as_ref()?))
    }
}

impl Action {
    /// Makes a row from the outcome of an action, or from its error.
    pub(crate) fn new(
        action: &'static str,
        object: impl Into<String>,
        outcome: Result<Outcome, Failure>,
    ) -> Action {
        let (outcome, error) = match outcome {
            Ok(outcome) => (outcome, None),
            Err(error) => (Outcome::Failed, Some(error)),
        };
        let note = (outcome == Outcome::Stored).then_some("takes effect after the service restarts");
        Action { server: ServerName::default(), action, object: object.into(), outcome, note, error }
    }
}

/// Does `work` unless this is a dry run.
pub(crate) fn done<W: Into<Outcome>, E: Into<Failure>>(
    dry_run: bool,
    work: impl FnOnce() -> Result<W, E>,
) -> Result<Outcome, Failure> {
    if dry_run { Ok(Outcome::Would) } else { work().map(Into::into).map_err(Into::into) }
}

/// Prints the actions and their outcomes.
///
/// # Errors
/// At least one action failed; its reason has been printed by then.
pub(crate) fn report(context: &Context, mut answers: Vec<Answer<Vec<Action>>>) -> Result<(), Failure> {
    for answer in &mut answers {
        answer.result = std::mem::replace(&mut answer.result, Ok(Vec::new())).map_err(Failure::of_change);
    }
    Report::new(answers).print(context.style, &Listing::default())
}

/// Asks on the terminal whether to go on.
///
/// # Errors
/// The answer is not yes, or the standard input is not a terminal.
pub(crate) fn confirm(consent: Consent, question: &str) -> Result<(), Failure> {
    if consent.yes || consent.dry_run {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(format!(
            "{question} Cannot ask for confirmation because standard input is not a terminal; use --yes"
        ))
        .advice("--dry-run shows what would be done."));
    }
    terminal::ask(question);
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        Ok(())
    } else {
        Err(Failure::new(Kind::Failed, "nothing was done"))
    }
}
