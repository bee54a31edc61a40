//! Ending sessions by rule: by conditions, the older ones of each user, those that have gone silent.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use clap::{ArgGroup, Args, ValueEnum};

use super::act::SessionOperation;
use super::find::reader;
use super::kind::Which;
use super::row::{Handle, Session};
use crate::action::Consent;
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet::Answer;
use crate::output::{Columns as _, Filter};
use crate::quantity;
use crate::select::{self, Chosen, Named, Thing as _};

type Found = Vec<Answer<Vec<Session>>>;

#[derive(Args)]
#[command(group(ArgGroup::new("selection").args(["names", "conditions", "keep", "idle_for"]).required(true).multiple(true)))]
pub(crate) struct Disconnect {
    /// Users, addresses inside the tunnel or handles
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// Treat `*` and `?` in names as wildcards
    #[arg(long, requires = "names")]
    glob: bool,

    #[command(flatten)]
    filter: Filter<Session>,

    /// Keep one session of each user, and disconnect the others that are selected
    #[arg(long, value_enum, value_name = "WHICH")]
    keep: Option<Keep>,

    /// Only sessions that send and receive no byte for this time from now on
    #[arg(long, value_name = "TIME", value_parser = quantity::parse_limit)]
    idle_for: Option<Duration>,

    /// The type of connections to look for
    #[arg(long = "type", value_enum, value_name = "TYPE", default_value = "client")]
    which: Which,

    #[command(flatten)]
    consent: Consent,
}

/// The session of each user that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Keep {
    /// The one that connected last
    Newest,
    /// The one that connected first
    Oldest,
}

/// Disconnects the selected sessions.
pub(super) fn disconnect(context: &Context, wanted: Disconnect) -> Result<(), Failure> {
    let Disconnect { names, glob, filter, keep, idle_for, which, consent } = wanted;
    if keep.is_some() && which != Which::Client {
        return Err(Failure::usage("--keep is about users; it does not apply to links to other sites")
            .advice("Leave out --type."));
    }
    filter.check()?;
    let (read, operation) = (reader(which), SessionOperation::Disconnect);
    let is_rule = !filter.is_empty() || keep.is_some() || idle_for.is_some();
    let found = if names.is_empty() {
        context.ask_servers(read)
    } else {
        let chosen = Chosen::new(names, glob, consent);
        if !is_rule {
            return select::act(context, &chosen, read, &operation);
        }
        select::find(context, &chosen, read, &operation)?
    };
    let mut found = meeting(found, &filter)?;
    if let Some(time) = idle_for {
        found = silent(context, found, which, time);
    }
    if let Some(keep) = keep {
        drop_kept(&mut found, keep);
    }
    check_any(&found)?;
    select::perform(context, consent, found, read, &operation, Session::exactly)
}

/// Keeps the sessions that meet the conditions.
fn meeting(found: Found, filter: &Filter<Session>) -> Result<Found, Failure> {
    let mut kept = Vec::with_capacity(found.len());
    for Answer { target, result } in found {
        let result = match result {
            Ok(mut sessions) => {
                sessions.iter_mut().for_each(|session| session.set_server(target.label()));
                filter.retain(&mut sessions)?;
                Ok(sessions)
            }
            Err(failure) => Err(failure),
        };
        kept.push(Answer { target, result });
    }
    Ok(kept)
}

/// Waits, and keeps the sessions that are still connected and have moved no byte meanwhile.
pub(super) fn silent(context: &Context, before: Found, which: Which, time: Duration) -> Found {
    thread::sleep(time);
    let read = reader(which);
    let targets: Vec<_> = before.iter().map(|answer| answer.target.clone()).collect();
    let later = context.ask_those(&targets, move |mpr, name| crate::fleet::with_server(mpr, name, read));
    let both = before.into_iter().zip(later).map(|(before, later)| {
        let result = before.result.and_then(|mut sessions| {
            let later = later.result?;
            let is_silent = silence(&later);
            sessions.retain(is_silent);
            Ok(sessions)
        });
        Answer { target: before.target, result }
    });
    both.collect()
}

/// Returns a test for sessions that were read before `later`: if they are still connected and have moved no byte meanwhile.
pub(crate) fn silence(later: &[Session]) -> impl Fn(&Session) -> bool {
    let later: HashMap<Handle, &Session> = later.iter().map(|session| (session.handle, session)).collect();
    let traffic = |session: &Session| (session.bytes_in, session.bytes_out);
    move |session| {
        let now = later.get(&session.handle);
        now.is_some_and(|now| session.goes_on_as(now) && traffic(session) == traffic(now))
    }
}

/// Takes the session of each user that goes on out of those to end. A session without a user goes on.
fn drop_kept(found: &mut Found, keep: Keep) {
    let owner = |session: &Session| Named::owner(session).filter(|_| !session.user.is_empty());
    let mut kept: HashMap<String, (Duration, usize)> = HashMap::new();
    let mut number = 0;
    for session in found.iter().flat_map(|answer| answer.result.iter().flatten()) {
        if let Some(owner) = owner(session) {
            let time = session.connected_for;
            let best = kept.entry(owner).or_insert((time, number));
            let is_better = match keep {
                Keep::Newest => time < best.0,
                Keep::Oldest => time > best.0,
            };
            if is_better {
                *best = (time, number);
            }
        }
        number += 1;
    }
    number = 0;
    for sessions in found.iter_mut().filter_map(|answer| answer.result.as_mut().ok()) {
        sessions.retain(|session| {
            let place = number;
            number += 1;
            owner(session).is_some_and(|owner| kept.get(&owner).is_some_and(|(_, best)| *best != place))
        });
    }
}

/// Checks that the rule selects a session. Where no server answered, their failures are told instead.
fn check_any(found: &Found) -> Result<(), Failure> {
    let mut answered = found.iter().filter_map(|answer| answer.result.as_ref().ok()).peekable();
    if answered.peek().is_none() || answered.any(|sessions| !sessions.is_empty()) {
        return Ok(());
    }
    let mut failure = Failure::not_found("no session is selected; nothing was done")
        .advice("To see the sessions that a condition selects: mprctl session list --where CONDITION");
    let failed = found.iter().filter_map(|answer| {
        let failure = answer.result.as_ref().err()?;
        Some(format!("{}: {}", answer.target.label(), failure.sentence()))
    });
    let failed: Vec<String> = failed.collect();
    if !failed.is_empty() {
        failure.kind = Kind::Partly;
        failure.message += &format!(" (these did not answer: {})", failed.join("; "));
    }
    Err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Target;

    fn session(user: &str, seconds: u64) -> Session {
        let mut known = mprapi::Session::default();
        (known.user_name, known.domain) = (user.into(), "CORP".into());
        known.duration = Duration::from_secs(seconds);
        known.into()
    }

    /// The users who lose a session, with its seconds, of two servers.
    fn ended(keep: Keep) -> Vec<String> {
        let one = vec![session("anna", 100), session("ben", 5), session("Anna", 10), session("", 1)];
        let two = vec![session("anna", 50), session("cy", 7), session("", 2), session("ben", 5)];
        let answer = |(result, name)| Answer { target: Target::named(name), result: Ok(result) };
        let mut found: Found = [(one, "a"), (two, "b")].into_iter().map(answer).collect();
        drop_kept(&mut found, keep);
        let sessions = found.into_iter().flat_map(|answer| answer.result.unwrap());
        sessions.map(|session| format!("{} {}", session.user, session.connected_for.as_secs())).collect()
    }

    #[test]
    fn one_session_of_each_user_goes_on_whatever_the_server_and_the_case_of_the_name() {
        assert_eq!(ended(Keep::Newest), ["anna 100", "anna 50", "ben 5"]);
        assert_eq!(ended(Keep::Oldest), ["Anna 10", "anna 50", "ben 5"]);
    }
}
