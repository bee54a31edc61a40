//! Doing something to what is named: all names are checked on all servers first, and only then is anything done.

use std::collections::HashMap;

use clap::Args;
use mprapi::Server;
use wildmatch::WildMatchPattern;

use crate::action::{self, Action, Consent, Outcome};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet::{self, Answer, Target};
use crate::output::{Report, Row};

/// What is named on the command line.
#[derive(Args, Clone, Debug)]
pub(crate) struct Names {
    /// Which; several are possible
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,

    /// In names, `*` and `?` stand for any text
    #[arg(long)]
    glob: bool,
}

/// What is named, and whether to go on.
#[derive(Args, Clone, Debug)]
pub(crate) struct Chosen {
    #[command(flatten)]
    pub(crate) names: Names,

    #[command(flatten)]
    consent: Consent,
}

/// One of a server's things that can be named.
pub(crate) trait Named: Send + 'static {
    /// What it is: `session`.
    const NOUN: &'static str;

    /// The names it goes by.
    fn names(&self) -> Vec<String>;
}

/// One that something can be done to.
pub(crate) trait Thing: Named + Clone {
    /// As a person is told of it.
    fn label(&self) -> String;

    /// Whether `later`, which was read afterwards, is this still, and not another that took over its handle.
    fn is_still(&self, later: &Self) -> bool;
}

/// What is done to a thing.
pub(crate) trait Deed<T>: Clone + Send + Sync + 'static {
    /// `disconnect`, as JSON has it.
    fn name(&self) -> &'static str;

    /// Does it.
    fn apply(&self, server: &Server, thing: &T) -> Result<(), Failure>;
}

impl Names {
    /// Which of the names, by their place, are names of `thing`.
    fn of<T: Named>(&self, thing: &T) -> Vec<usize> {
        let has = thing.names().into_iter().map(|name| name.to_lowercase()).collect::<Vec<_>>();
        let is_meant = |wanted: &String| {
            let wanted = wanted.to_lowercase();
            let pattern = WildMatchPattern::<'*', '?'>::new(&wanted);
            has.iter().any(|name| if self.glob { pattern.matches(name) } else { *name == wanted })
        };
        (0..self.names.len()).filter(|&place| is_meant(&self.names[place])).collect()
    }

    /// Finds what is named, on each server.
    ///
    /// # Errors
    /// A name of nothing on any of the servers that answered; then nothing is found.
    pub(crate) fn find<T: Named>(
        &self,
        context: &Context,
        read: fn(&Server) -> Result<Vec<T>, Failure>,
    ) -> Result<Vec<Answer<Vec<T>>>, Failure> {
        let names = self.clone();
        let answers = context.ask_servers(move |server| {
            let found = read(server)?.into_iter().map(|thing| (names.of(&thing), thing));
            Ok(found.filter(|(places, _)| !places.is_empty()).collect::<Vec<_>>())
        });
        let answered: Vec<_> = answers.iter().filter_map(|answer| answer.result.as_ref().ok()).collect();
        let is_found =
            |place: usize| answered.iter().copied().flatten().any(|(places, _)| places.contains(&place));
        let missing = (0..self.names.len()).filter(|&place| !is_found(place));
        let missing: Vec<String> = missing.map(|place| format!("`{}`", self.names[place])).collect();
        // Where no server answered, nobody knows what is there.
        if !missing.is_empty() && !answered.is_empty() {
            let noun = T::NOUN;
            let mut failure = Failure::not_found(format!("there is no {noun} of {}", missing.join(", ")));
            let failed = answers.iter().filter_map(|answer| {
                let failure = answer.result.as_ref().err()?;
                Some(format!("{}: {}", answer.target.label(), failure.sentence()))
            });
            let failed: Vec<String> = failed.collect();
            if !failed.is_empty() {
                failure.kind = Kind::Partly;
                let message = failure.message;
                failure.message = format!("{message} on the servers that answered ({})", failed.join("; "));
            }
            let has_pattern = self.names.iter().any(|name| name.contains(['*', '?']));
            return Err(if has_pattern && !self.glob {
                failure.advice("With --glob, `*` and `?` stand for any text.")
            } else {
                failure.advice(format!("See what is there: mprctl {noun} list"))
            });
        }
        let things = |found: Vec<(Vec<usize>, T)>| found.into_iter().map(|(_, thing)| thing).collect();
        Ok(answers
            .into_iter()
            .map(|Answer { target, result }| Answer { target, result: result.map(things) })
            .collect())
    }
}

/// Shows all that is named, each in a sheet of its own.
pub(crate) fn show<R: Row + Named>(
    context: &Context,
    names: &Names,
    read: fn(&Server) -> Result<Vec<R>, Failure>,
) -> Result<(), Failure> {
    Report::new(names.find(context, read)?).print_sheets(context.style)
}

/// Does something to all that is named, and prints what became of each.
pub(crate) fn act<T: Thing + Sync>(
    context: &Context,
    chosen: &Chosen,
    read: fn(&Server) -> Result<Vec<T>, Failure>,
    deed: &impl Deed<T>,
) -> Result<(), Failure> {
    let found = chosen.names.find(context, read).map_err(|mut failure| {
        failure.message.push_str("; nothing was done");
        failure
    })?;
    let is_fleet = context.is_fleet();
    let labels = found.iter().flat_map(|answer| {
        let things = answer.result.iter().flatten();
        things.map(move |thing| match is_fleet {
            true => format!("{} on {}", thing.label(), answer.target.label()),
            false => thing.label(),
        })
    });
    let labels: Vec<String> = labels.collect();
    let (name, noun) = (deed.name(), T::NOUN);
    let what = crate::units::count(labels.len(), noun);
    // Nothing, where no server answered.
    if !labels.is_empty() {
        action::confirm(chosen.consent, &format!("{name} {what}: {}?", labels.join(", ")))?;
    }
    let answers = if chosen.consent.dry_run {
        let would = |thing: &T| Action::new(name, thing.label(), Ok(Outcome::Would));
        let would = |things: Vec<T>| things.iter().map(would).collect();
        let found = found.into_iter();
        found.map(|Answer { target, result }| Answer { target, result: result.map(would) }).collect()
    } else {
        carry_out(context, found, read, deed)
    };
    action::report(context, answers)
}

/// Does it, on those servers that have something of the kind.
pub(crate) fn carry_out<T: Thing + Sync>(
    context: &Context,
    found: Vec<Answer<Vec<T>>>,
    read: fn(&Server) -> Result<Vec<T>, Failure>,
    deed: &impl Deed<T>,
) -> Vec<Answer<Vec<Action>>> {
    let mut wanted: HashMap<Option<String>, Vec<T>> = HashMap::new();
    let mut answers: Vec<Answer<Vec<Action>>> = Vec::new();
    let mut targets: Vec<Target> = Vec::new();
    for Answer { target, result } in found {
        let result = result.map(|things| {
            if !things.is_empty() {
                targets.push(target.clone());
                wanted.insert(target.name.clone(), things);
            }
            Vec::new()
        });
        answers.push(Answer { target, result });
    }
    let deed = deed.clone();
    let done = context.ask_those(&targets, move |mpr, name| {
        let things = wanted.get(&name.map(str::to_owned)).map(Vec::as_slice).unwrap_or_default();
        fleet::with_server(mpr, name, |server| {
            // Who was found may be gone by now, and another may have the handle.
            let now = read(server)?;
            let outcome = |thing: &T| {
                let same = now.iter().find(|later| thing.is_still(later));
                let same = same.ok_or_else(|| {
                    Failure::not_found(format!("the {} is no longer there, or no longer the same", T::NOUN))
                })?;
                deed.apply(server, same).map(|()| Outcome::Done)
            };
            Ok(things.iter().map(|thing| Action::new(deed.name(), thing.label(), outcome(thing))).collect())
        })
    });
    for Answer { target, result } in done {
        if let Some(answer) = answers.iter_mut().find(|answer| answer.target == target) {
            answer.result = result;
        }
    }
    answers
}
