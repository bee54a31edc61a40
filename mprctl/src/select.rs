//! Commands on objects by name. All names are looked up on all servers first; only then is anything changed.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use clap::Args;
use mprapi::Server;
use wildmatch::WildMatchPattern;

use crate::action::{self, Action, Consent, Outcome};
use crate::context::Context;
use crate::failure::{Failure, Kind, some_of};
use crate::fleet::{self, Answer};
use crate::nearest;
use crate::output::{Report, Row};
use crate::target::Target;
use crate::terminal;

/// The names on the command line.
#[derive(Args, Clone, Debug)]
pub(crate) struct Names {
    /// One or more names
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,

    /// Treat `*` and `?` in names as wildcards
    #[arg(long)]
    glob: bool,
}

/// The names on the command line, with the options of commands that change something.
#[derive(Args, Clone, Debug)]
pub(crate) struct Chosen {
    #[command(flatten)]
    pub(crate) names: Names,

    #[command(flatten)]
    consent: Consent,
}

impl Chosen {
    pub(crate) fn new(names: Vec<String>, glob: bool, consent: Consent) -> Chosen {
        Chosen { names: Names { names, glob }, consent }
    }
}

/// As [`Chosen`], for commands that take no patterns.
#[derive(Args, Clone, Debug)]
pub(crate) struct Exactly {
    /// One or more names
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,

    #[command(flatten)]
    consent: Consent,
}

impl From<Exactly> for Chosen {
    fn from(Exactly { names, consent }: Exactly) -> Chosen {
        Chosen::new(names, false, consent)
    }
}

/// An object of a server that has names.
pub(crate) trait Named: Send + 'static {
    /// The noun for it: `session`.
    const NOUN: &'static str;

    /// A sentence for people who do not find it: where else it may be.
    const ELSEWHERE: &'static str = "";

    /// Returns its names.
    fn names(&self) -> Vec<String>;

    /// Returns `true` if `name` is not one of its names but may stand for it.
    fn may_be(&self, _name: &str) -> bool {
        false
    }

    /// Returns its owner, if it has one. A name that matches objects of several owners is ambiguous.
    fn owner(&self) -> Option<String> {
        None
    }
}

/// An object that commands can change.
pub(crate) trait Thing: Named + Clone {
    /// `true` if a name means one of a server's things alone. (A user has several sessions.)
    const IS_ONE: bool;

    /// How to name exactly one, where a name fits several.
    const WHICH: &'static str;

    /// Returns the text that names it in messages.
    fn label(&self) -> String;

    /// Returns the label with details that no other object has.
    fn exactly(&self) -> String {
        self.label()
    }

    /// Returns `true` if `later`, which was read afterwards, is the same object and not another with a reused handle.
    fn is_still(&self, later: &Self) -> bool;
}

/// An operation on an object.
pub(crate) trait Operation<T>: Clone + Send + Sync + 'static {
    /// Returns the name of the operation in JSON: `disconnect`.
    fn name(&self) -> &'static str;

    /// Returns the reason why there is nothing to do, if that is known beforehand.
    fn is_idle(&self, _thing: &T) -> Option<&'static str> {
        None
    }

    /// Performs the operation on one object.
    fn apply(&self, server: &Server, thing: &T) -> Result<(), Failure>;

    /// Returns the reason why the operation needs the exact name of an object, and not just a pattern that matches it.
    fn needs_a_name(&self, _thing: &T) -> Option<String> {
        None
    }
}

/// How well a name matches an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// The name is one of its names.
    Exact,
    /// The name may stand for it.
    Loose,
}

/// An object that matches, with the positions of the names that match it and how well each does.
struct Hit<T> {
    names: Vec<(usize, Fit)>,
    thing: T,
}

/// The objects that match, for each server.
type Found<T> = Vec<Answer<Vec<Hit<T>>>>;

/// Returns a name in the form in which names are compared: IP addresses in their standard form, other names in lower
/// case.
fn canonical(name: &str) -> String {
    name.parse().map_or_else(|_| name.to_lowercase(), |address: IpAddr| address.to_string())
}

impl Names {
    fn of<T: Named>(&self, thing: &T) -> Vec<(usize, Fit)> {
        let names = thing.names();
        let names: Vec<String> =
            names.iter().filter(|name| !name.is_empty()).map(|name| canonical(name)).collect();
        let fit = |wanted: &String| {
            if self.glob {
                let pattern = WildMatchPattern::<'*', '?'>::new(&wanted.to_lowercase());
                return names.iter().any(|name| pattern.matches(name)).then_some(Fit::Exact);
            }
            if names.contains(&canonical(wanted)) {
                return Some(Fit::Exact);
            }
            thing.may_be(wanted).then_some(Fit::Loose)
        };
        let fits = self.names.iter().enumerate();
        fits.filter_map(|(place, wanted)| Some((place, fit(wanted)?))).collect()
    }

    /// Checks that no pattern matches an object that needs its exact name.
    fn check_patterns<T: Named>(
        &self,
        answers: &[Answer<Vec<Hit<T>>>],
        operation: &impl Operation<T>,
    ) -> Result<(), Failure> {
        if !self.glob {
            return Ok(());
        }
        let things = answers.iter().flat_map(|answer| answer.result.iter().flatten());
        let is_named = |thing: &T| {
            let names: Vec<String> = thing.names().iter().map(|name| canonical(name)).collect();
            self.names.iter().any(|wanted| names.contains(&canonical(wanted)))
        };
        let why =
            things.filter(|hit| !is_named(&hit.thing)).filter_map(|hit| operation.needs_a_name(&hit.thing));
        let why: Vec<String> = why.collect();
        if why.is_empty() {
            return Ok(());
        }
        Err(Failure::usage(why.join("; "))
            .advice(format!("To {} it, give its exact name instead of a pattern.", operation.name())))
    }

    /// Finds the named objects on each server, and calls `detail` for each of them. A loose match counts only if no object
    /// has exactly that name. The second value is an error if a name matches nothing on any server that answered.
    fn find<T: Named, R: Send + 'static>(
        &self,
        context: &Context,
        read: fn(&Server) -> Result<Vec<T>, Failure>,
        detail: fn(&Server, T) -> Result<R, Failure>,
    ) -> (Found<R>, Result<(), Failure>) {
        let names = self.clone();
        let answers = context.ask_servers(move |server| {
            let things = read(server)?;
            let fits: Vec<_> = things.iter().map(|thing| names.of(thing)).collect();
            let near = names.near(&things, &fits);
            let found = fits.into_iter().zip(things).filter(|(names, _)| !names.is_empty());
            let hits = found.map(|(names, thing)| Ok(Hit { names, thing: detail(server, thing)? }));
            Ok((hits.collect::<Result<Vec<_>, Failure>>()?, near))
        });
        let mut near = Vec::new();
        let without_near = |Answer { target, result }| {
            let result = result.map(|(hits, more): (Vec<Hit<R>>, Vec<String>)| {
                near.extend(more);
                hits
            });
            Answer { target, result }
        };
        let mut answers: Vec<_> = answers.into_iter().map(without_near).collect();
        let outcome = self.check_found(T::NOUN, T::ELSEWHERE, &answers, &near);
        let hits = |answers: &[Answer<Vec<Hit<R>>>], fit: Fit| -> Vec<usize> {
            let hits = answers.iter().flat_map(|answer| answer.result.iter().flatten());
            let names = hits.flat_map(|hit| &hit.names);
            names.filter(|(_, other)| *other == fit).map(|(place, _)| *place).collect()
        };
        let exact = hits(&answers, Fit::Exact);
        for found in answers.iter_mut().filter_map(|answer| answer.result.as_mut().ok()) {
            for hit in &mut *found {
                hit.names.retain(|(place, fit)| *fit == Fit::Exact || !exact.contains(place));
            }
            found.retain(|hit| !hit.names.is_empty());
        }
        (answers, outcome)
    }

    /// Returns names of things that may have been meant by those that match none of them.
    fn near<T: Named>(&self, things: &[T], fits: &[Vec<(usize, Fit)>]) -> Vec<String> {
        let is_found = |place: usize| fits.iter().flatten().any(|(other, _)| *other == place);
        let wrong = (0..self.names.len()).filter(|&place| !self.glob && !is_found(place));
        let mut wrong = wrong.map(|place| &self.names[place]).peekable();
        if wrong.peek().is_none() {
            return Vec::new();
        }
        let known: Vec<String> = things.iter().flat_map(Named::names).collect();
        let near = wrong.filter_map(|wrong| nearest::name(wrong, known.iter().map(String::as_str)));
        near.map(str::to_owned).collect()
    }

    /// Checks that each name matches an object. `near` are names that may have been meant.
    fn check_found<R>(
        &self,
        noun: &str,
        elsewhere: &str,
        answers: &[Answer<Vec<Hit<R>>>],
        near: &[String],
    ) -> Result<(), Failure> {
        let answered: Vec<_> = answers.iter().filter_map(|answer| answer.result.as_ref().ok()).collect();
        let is_found = |place: usize| {
            let mut hits = answered.iter().copied().flatten();
            hits.any(|hit| hit.names.iter().any(|(other, _)| *other == place))
        };
        let missing = (0..self.names.len()).filter(|&place| !is_found(place));
        let wrong: Vec<&String> = missing.map(|place| &self.names[place]).collect();
        let missing: Vec<String> = wrong.iter().map(|name| format!("`{name}`")).collect();
        // Where no server answered, nobody knows what is there.
        if missing.is_empty() || answered.is_empty() {
            return Ok(());
        }
        let mut failure = Failure::not_found(format!("no {noun} matches {}", missing.join(", ")));
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
        if has_pattern && !self.glob {
            return Err(failure.advice("To use `*` and `?` as wildcards, add --glob."));
        }
        let failure =
            failure.advice(format!("To see the {noun}s: mprctl {noun} list\n{elsewhere}").trim_end());
        let near = || near.iter().map(String::as_str);
        Err(wrong.into_iter().rev().fold(failure, |failure, wrong| failure.near(wrong, near())))
    }

    /// Checks that no object is changed by accident: a name must match objects of one owner, and without a question it must
    /// match exactly.
    fn check_meant<T: Thing>(
        &self,
        context: &Context,
        answers: &[Answer<Vec<Hit<T>>>],
        is_asked: bool,
    ) -> Result<(), Failure> {
        if self.glob {
            return Ok(());
        }
        for (place, name) in self.names.iter().enumerate() {
            let mut owners = BTreeSet::new();
            let (mut candidates, mut is_exact, mut is_clear) = (Vec::new(), true, true);
            for answer in answers {
                let before = candidates.len();
                for hit in answer.result.iter().flatten() {
                    let Some((_, fit)) = hit.names.iter().find(|(other, _)| *other == place) else {
                        continue;
                    };
                    is_exact &= *fit == Fit::Exact;
                    owners.extend(hit.thing.owner());
                    let exactly = hit.thing.exactly();
                    candidates.push(match context.is_fleet() {
                        true => format!("{exactly} on {}", answer.target.label()),
                        false => exactly,
                    });
                }
                is_clear &= !T::IS_ONE || candidates.len() <= before + 1;
            }
            let (noun, candidates) = (T::NOUN, candidates.join("; "));
            if owners.len() > 1 || !is_clear {
                let what =
                    if T::IS_ONE { format!("several {noun}s") } else { format!("{noun}s of several people") };
                return Err(Failure::usage(format!("`{name}` matches {what}: {candidates}")).advice(T::WHICH));
            }
            if !is_exact && !is_asked {
                let message = format!("no {noun} is named exactly `{name}`; perhaps you mean {candidates}");
                return Err(Failure::not_found(message)
                    .advice("Use the exact name, or leave out --yes so that mprctl asks."));
            }
        }
        Ok(())
    }
}

/// Shows each named object in a sheet of its own. `detail` reads everything that the sheet shows.
pub(crate) fn show<T: Named, R: Row + Send>(
    context: &Context,
    names: &Names,
    read: fn(&Server) -> Result<Vec<T>, Failure>,
    detail: fn(&Server, T) -> Result<R, Failure>,
) -> Result<(), Failure> {
    let (answers, outcome) = names.find(context, read, detail);
    // What is there is shown, whatever is not.
    if answers.iter().flat_map(|answer| &answer.result).all(Vec::is_empty) {
        outcome?;
        return Report::new(answers.into_iter().map(things).collect()).print_sheets(context.style);
    }
    let report = Report::new(answers.into_iter().map(things).collect());
    report.missing(outcome.err()).print_sheets(context.style)
}

fn things<T>(Answer { target, result }: Answer<Vec<Hit<T>>>) -> Answer<Vec<T>> {
    Answer { target, result: result.map(|hits| hits.into_iter().map(|hit| hit.thing).collect()) }
}

/// Does an action on each named object, and prints the outcomes.
pub(crate) fn act<T: Thing + Sync>(
    context: &Context,
    chosen: &Chosen,
    read: fn(&Server) -> Result<Vec<T>, Failure>,
    operation: &impl Operation<T>,
) -> Result<(), Failure> {
    let found = find(context, chosen, read, operation)?;
    perform(context, chosen.consent, found, read, operation, T::label)
}

/// Finds the named objects that an action is for, and checks that no other object is meant.
///
/// # Errors
/// A name that matches nothing or too much; nothing was done by then.
pub(crate) fn find<T: Thing + Sync>(
    context: &Context,
    chosen: &Chosen,
    read: fn(&Server) -> Result<Vec<T>, Failure>,
    operation: &impl Operation<T>,
) -> Result<Vec<Answer<Vec<T>>>, Failure> {
    let find = || {
        let (found, outcome) = chosen.names.find(context, read, |_, thing| Ok(thing));
        outcome?;
        chosen.names.check_patterns(&found, operation)?;
        chosen.names.check_meant(context, &found, !chosen.consent.yes)?;
        Ok(found.into_iter().map(things).collect::<Vec<_>>())
    };
    let found = find().map_err(|mut failure: Failure| {
        failure.message.push_str("; nothing was done");
        failure
    })?;
    if chosen.names.glob { leave_idle(found, operation) } else { Ok(found) }
}

/// Asks, does an action on each object that was found, and prints the outcomes. `label` names an object.
pub(crate) fn perform<T: Thing + Sync>(
    context: &Context,
    consent: Consent,
    found: Vec<Answer<Vec<T>>>,
    read: fn(&Server) -> Result<Vec<T>, Failure>,
    operation: &impl Operation<T>,
    label: fn(&T) -> String,
) -> Result<(), Failure> {
    /// A question with more names than this is not read.
    const READABLE: usize = 20;
    let is_fleet = context.is_fleet();
    let labels = found.iter().flat_map(|answer| {
        let things = answer.result.iter().flatten();
        things.map(move |thing| match is_fleet {
            true => format!("{} on {}", label(thing), answer.target.label()),
            false => label(thing),
        })
    });
    let labels: Vec<String> = labels.collect();
    let found: Vec<_> = found.into_iter().map(only_read).collect();
    let (name, noun) = (operation.name(), T::NOUN);
    let what = crate::quantity::count(labels.len(), noun);
    // Nothing, where no server answered.
    if !labels.is_empty() {
        let named = if labels.len() > READABLE {
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            format!("{} (--dry-run lists them)", some_of(&labels))
        } else {
            labels.join(", ")
        };
        action::confirm(consent, &format!("{name} {what}: {named}?"))?;
    }
    let answers = if consent.dry_run {
        let would = |thing: &T| Action::new(name, label(thing), Ok(Outcome::Would));
        let would = |things: Vec<T>| things.iter().map(would).collect();
        let found = found.into_iter();
        found.map(|Answer { target, result }| Answer { target, result: result.map(would) }).collect()
    } else {
        carry_out(context, found, read, operation, label)
    };
    action::report(context, answers)
}

/// Takes the answer of a server that was only asked what it has. One that did not answer in time was asked for no change.
fn only_read<T>(Answer { target, result }: Answer<T>) -> Answer<T> {
    Answer { target, result: result.map_err(|failure| Failure { is_too_slow: false, ..failure }) }
}

/// Leaves out objects that match a pattern but need no action, and says so. For an object with an exact name the server
/// itself reports the error.
///
/// # Errors
/// Nothing is left.
fn leave_idle<T: Thing>(
    found: Vec<Answer<Vec<T>>>,
    operation: &impl Operation<T>,
) -> Result<Vec<Answer<Vec<T>>>, Failure> {
    let mut idle: Vec<(String, &'static str)> = Vec::new();
    let mut is_any_left = false;
    let leave = |Answer { target, result }| {
        let result = result.map(|things: Vec<T>| {
            let (left, rest): (Vec<T>, Vec<T>) =
                things.into_iter().partition(|thing| operation.is_idle(thing).is_none());
            idle.extend(rest.iter().filter_map(|thing| Some((thing.label(), operation.is_idle(thing)?))));
            is_any_left |= !left.is_empty();
            left
        });
        Answer { target, result }
    };
    let found = found.into_iter().map(leave).collect();
    let Some((_, why)) = idle.first() else { return Ok(found) };
    let what = crate::quantity::count(idle.len(), T::NOUN);
    let labels: Vec<&str> = idle.iter().map(|(label, _)| label.as_str()).collect();
    let text = format!("{what} skipped, since {why}: {}", some_of(&labels));
    if is_any_left {
        terminal::say(&text);
        return Ok(found);
    }
    Err(Failure::not_found(format!("{text}; nothing was done"))
        .advice(format!("To see the {noun}s: mprctl {noun} list", noun = T::NOUN)))
}

/// Does the action on the servers that have at least one of the objects.
pub(crate) fn carry_out<T: Thing + Sync>(
    context: &Context,
    found: Vec<Answer<Vec<T>>>,
    read: fn(&Server) -> Result<Vec<T>, Failure>,
    operation: &impl Operation<T>,
    label: fn(&T) -> String,
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
    let operation = operation.clone();
    let done = context.ask_those(&targets, move |mpr, name| {
        let things = wanted.get(&name.map(str::to_owned)).map(Vec::as_slice).unwrap_or_default();
        fleet::with_server(mpr, name, |server| {
            // The object may be gone by now, and another may have its handle.
            let now = read(server)?;
            let outcome = |thing: &T| {
                let same = now.iter().find(|later| thing.is_still(later));
                let same = same.ok_or_else(|| {
                    Failure::not_found(format!("the {} no longer exists, or is another one by now", T::NOUN))
                })?;
                operation.apply(server, same).map(|()| Outcome::Done)
            };
            Ok(things
                .iter()
                .map(|thing| Action::new(operation.name(), label(thing), outcome(thing)))
                .collect())
        })
    });
    for Answer { target, result } in done {
        if let Some(answer) = answers.iter_mut().find(|answer| answer.target == target) {
            answer.result = result;
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;
    use std::time::Duration;

    use super::*;

    /// A port, by its name and its handle.
    #[derive(Clone)]
    struct Port(&'static str, &'static str);

    impl Named for Port {
        const NOUN: &'static str = "port";

        fn names(&self) -> Vec<String> {
            vec![self.0.to_owned(), self.1.to_owned()]
        }
    }

    impl Thing for Port {
        const IS_ONE: bool = true;
        const WHICH: &'static str = "by handle";

        fn label(&self) -> String {
            format!("{}, handle {}", self.0, self.1)
        }

        fn is_still(&self, later: &Port) -> bool {
            self.1 == later.1
        }
    }

    /// Finds the ports of two servers that are meant by a name.
    fn meant(name: &str, ports: [&[Port]; 2]) -> Result<(), Failure> {
        let names = Names { names: vec![name.to_owned()], glob: false };
        let answer = |(ports, target): (&[Port], &str)| {
            let hits = ports.iter().map(|port| Hit { names: names.of(port), thing: port.clone() });
            Answer {
                target: Target::named(target),
                result: Ok(hits.filter(|hit| !hit.names.is_empty()).collect()),
            }
        };
        let answers: Vec<_> = ports.into_iter().zip(["vpn01", "vpn02"]).map(answer).collect();
        let context = Context::of_test(&["vpn01", "vpn02"], Duration::from_secs(20));
        names.check_meant(&context, &answers, false)
    }

    #[test]
    fn one_port_of_each_server_is_meant_by_a_name_and_never_two_of_one() {
        let (first, other) = (Port("VPN�", "0x1"), Port("vpn�", "0x2"));
        assert!(meant("VPN�", [from_ref(&first), from_ref(&other)]).is_ok());
        let failure = meant("VPN�", [&[first.clone(), other.clone()], &[]]).unwrap_err();
        let message = "`VPN�` matches several ports: VPN�, handle 0x1 on vpn01; vpn�, handle 0x2 on vpn01";
        assert_eq!((failure.kind, failure.message.as_str()), (Kind::Usage, message));
        assert!(meant("0x2", [&[first, other], &[]]).is_ok());
    }
}
