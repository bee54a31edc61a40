//! What was done to a thing: a row for each, said in JSON as in a line for people.

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

    /// Only say what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// It was done.
    Done,
    /// It would be done, were this not a dry run.
    Would,
    /// It was stored, and takes effect after the service restarts.
    Stored,
    /// It is so already; nothing was changed.
    Unchanged,
    /// It was not done.
    Failed,
}

impl Outcome {
    /// The outcome of a change that was just stored.
    pub(crate) fn stored(stored: &Configuration) -> Outcome {
        if stored.take_restart_required() { Outcome::Stored } else { Outcome::Done }
    }
}

impl Field for Outcome {
    fn value(&self) -> Value<'_> {
        match self {
            Outcome::Done => Value::State("done".into(), Mood::Good),
            Outcome::Would => Value::Told { exact: "would", short: "would be done", mood: Mood::Quiet },
            Outcome::Stored => Value::Told {
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
    /// Something that was done to something.
    pub(crate) struct Action {
        /// The server.
        pub(crate) server: ServerName => Fleet "Server",
        /// What was done: `disconnect`, `reset`, …
        pub(crate) action: &'static str => Always "Action",
        /// To what.
        pub(crate) object: String => Always "What",
        /// What became of it.
        pub(crate) outcome: Outcome => Always "Outcome",
        /// The condition under which it takes effect.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) note: Option<&'static str> => Asked "Note",
        /// Why it was not done.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) error: Option<Failure> => Asked "Why",
    }
}

impl Row for Action {
    const KIND: &'static str = "action";
    const NOTHING: &'static str = "there is nothing to do";

    fn failure(&self) -> Option<(String, &Failure)> {
        let Action { server: ServerName(server), object, .. } = self;
        let thing = if server == LOCAL { object.clone() } else { format!("{object} on {server}") };
        Some((thing, self.error.as_ref()?))
    }
}

impl Action {
    /// Notes what came of `result`, or that it would have been done.
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

/// Does it, but on a dry run.
pub(crate) fn done<W: Into<Outcome>, E: Into<Failure>>(
    dry_run: bool,
    work: impl FnOnce() -> Result<W, E>,
) -> Result<Outcome, Failure> {
    if dry_run { Ok(Outcome::Would) } else { work().map(Into::into).map_err(Into::into) }
}

/// Prints what was done.
///
/// # Errors
/// That something was not done, which by then is told.
pub(crate) fn report(context: &Context, answers: Vec<Answer<Vec<Action>>>) -> Result<(), Failure> {
    Report::new(answers).print(context.style, &Listing::default())
}

/// Asks on the terminal whether to go on. Where nobody can answer, that is an error.
pub(crate) fn confirm(consent: Consent, question: &str) -> Result<(), Failure> {
    if consent.yes || consent.dry_run {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(format!("{question} Nobody is there to ask; say --yes to do it"))
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
