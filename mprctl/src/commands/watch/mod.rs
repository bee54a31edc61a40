//! `mprctl watch`: connects and disconnects of users, and the state of sites, as they happen.

mod callouts;
mod line;
mod seen;
mod sites;
mod watcher;

#[cfg(test)]
mod soak;

use std::time::{Duration, Instant};

use chrono::Utc;
use clap::Args;

use self::callouts::Callouts;
use self::line::{Memory, Printer};
use self::seen::Seen;
use self::sites::Sites;
use self::watcher::{Happening, Watcher};
use crate::commands::live::{News, Observers};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::target::Target;
use crate::{quantity, terminal};

pub(crate) use self::line::Event;

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  mprctl --fleet vpn watch\n  mprctl watch --all --output ndjson --for 1h > sessions.ndjson"
)]
pub(crate) struct Watch {
    /// The longest time between two readings of a server; a server that notifies of changes is read at once
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = quantity::parse_interval)]
    interval: Duration,

    /// First print all users and sites that are connected already
    #[arg(long)]
    all: bool,

    /// Stop after this time
    #[arg(long = "for", value_name = "TIME", value_parser = quantity::parse_limit)]
    time: Option<Duration>,

    /// Stop after so many connects and disconnects; links to other sites do not count
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
}

pub(crate) fn run(context: &Context, watch: &Watch) -> Result<(), Failure> {
    let end = watch.time.map(|time| Instant::now() + time);
    // The protocol of the network has no notifications. The client's table makes them by reading the server again and
    // again, which is what this command does by itself.
    let listens = !context.is_over_network();
    if !listens {
        let interval = quantity::duration(watch.interval);
        terminal::say(&format!(
            "over the network, servers do not notify of changes; each is read every {interval} (--interval)"
        ));
    }
    let mut observers = Observers::start(context, watch.interval, listens, sites::read);
    ctrlc::set_handler(observers.interrupter())
        .map_err(|error| Failure::new(Kind::Failed, format!("cannot listen for Ctrl-C: {error}")))?;
    let mut watchers: Vec<(Watcher, Option<Failure>)> =
        context.targets.iter().map(|_| (Watcher::default(), None)).collect();
    let mut memories: Vec<(Seen, Sites)> = context.targets.iter().map(|_| Default::default()).collect();
    let mut callouts: Vec<Callouts> = context.targets.iter().map(|_| Callouts::default()).collect();
    let mut printer = Printer::new(context, terminal::output(context.style.format.content()));
    printer.begin()?;
    let mut left = watch.count;
    let mut watching = || -> Result<(), Failure> {
        while left != Some(0) {
            let now = Instant::now();
            let wait = end.map_or(Duration::from_secs(60), |end| end.saturating_duration_since(now));
            let (index, look) = match observers.next(wait) {
                News::Seen(index, look) => (index, look),
                News::Interrupted => break,
                News::Nothing if end.is_some_and(|end| end <= Instant::now()) => break,
                News::Nothing => continue,
            };
            if context.is_simulated {
                for call in callouts[index].news(&context.targets[index]) {
                    printer.print(Event::of_call(context.targets[index].label(), call))?;
                }
            }
            let (watcher, failure) = &mut watchers[index];
            *failure = look.as_ref().err().cloned();
            let (seen, sites) = &mut memories[index];
            let label = context.targets[index].label();
            let mut states = None;
            let look = look.map(|look| {
                let parts = sites::apart(look);
                seen.look(&parts.look.sessions, parts.look.at, Utc::now());
                (states, seen.idle_timeouts) = (parts.sites, parts.idle_timeouts);
                parts.look
            });
            let at = Instant::now();
            for happening in watcher.observe(look) {
                let is_change = matches!(&happening,
                    Happening::Came(session) | Happening::Went(session, _) if session.is_client());
                let memory = Memory::new(seen, &happening, at);
                if !matches!(happening, Happening::There(_)) || watch.all {
                    printer.print(Event::new(label, happening).with(memory))?;
                }
                if is_change && let Some(left) = &mut left {
                    *left -= 1;
                    if *left == 0 {
                        break;
                    }
                }
            }
            seen.forget_ended();
            for state in states.map(|states| sites.observe(states, watch.all, Utc::now())).unwrap_or_default()
            {
                printer.print(Event::of_site(label, state))?;
            }
            // Failures that waiting does not mend.
            let is_hopeless = |(watcher, failure): &(Watcher, Option<Failure>)| {
                let hopeless = |failure: &Failure| {
                    matches!(failure.kind, Kind::AccessDenied | Kind::Unsupported | Kind::Usage)
                };
                !watcher.has_seen() && failure.as_ref().is_some_and(hopeless)
            };
            if watchers.iter().all(is_hopeless) {
                break;
            }
            if end.is_some_and(|end| end <= Instant::now()) {
                break;
            }
        }
        Ok(())
    };
    let outcome = watching();
    observers.stop();
    outcome?;
    if context.style.format.is_for_people() {
        for (target, (seen, _)) in
            context.targets.iter().zip(&memories).filter(|(_, (seen, _))| seen.peak > 0)
        {
            let (peak, users) =
                (quantity::count(seen.peak, "session"), quantity::count(seen.users(), "account"));
            let server = target.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
            terminal::say(&format!("{server}at most {peak} at a time, of {users}, since the start of watch"));
        }
    }
    verdict(&context.targets, watchers)
}

/// Fails when there are servers that were never seen.
fn verdict(targets: &[Target], watchers: Vec<(Watcher, Option<Failure>)>) -> Result<(), Failure> {
    let unseen = targets.iter().zip(watchers).filter(|(_, (watcher, _))| !watcher.has_seen());
    let unseen = unseen.filter_map(|(target, (_, failure))| Some((target, failure?)));
    let mut unseen: Vec<(&Target, Failure)> = unseen.collect();
    match unseen.len() {
        0 => Ok(()),
        1 if targets.len() == 1 => {
            Err(unseen.remove(0)).map_err(|(target, failure)| failure.of_server(target))
        }
        _ => {
            let failed = unseen.into_iter().map(|(target, failure)| (target.label().to_owned(), failure));
            let failed: Vec<(String, Failure)> = failed.collect();
            Err(Failure::of_several(&failed, targets.len(), "servers were never reached"))
        }
    }
}
