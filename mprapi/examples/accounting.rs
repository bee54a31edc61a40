//! Writes a line of CSV for each session that ends, until COUNT have ended (without it: until Ctrl-C). It goes on after a
//! restart of the service.
//!
//! `cargo run --package mprapi --example accounting -- [COUNT] [--server NAME] [--simulated]`

mod common;

use std::sync::Arc;
use std::time::Duration;

use mprapi::{Link, SessionEnd, SessionEvent};

fn main() -> Result<(), common::Failure> {
    let (mpr, name, arguments) = common::start()?;
    let count = arguments.first().map_or(Ok(usize::MAX), |count| count.parse())?;
    let link = Arc::new(Link::new(&mpr, name.as_deref()));
    // Traffic after the last reading of a session is not counted.
    let watch = link.watch_sessions()?.with_interval(Duration::from_secs(1));
    println!("account,tunnel,address,seconds,received,sent,reason");
    let ends = watch.filter_map(|event| match event {
        Ok(SessionEvent::Ended(end)) => Some(line(&end)),
        Ok(SessionEvent::Lost(error)) => {
            eprintln!("{error}");
            None
        }
        _ => None,
    });
    ends.take(count).for_each(|line| println!("{line}"));
    Ok(())
}

fn line(SessionEnd { session, reason, .. }: &SessionEnd) -> String {
    // Users may have commas and quotes in their names.
    let account = session.account().to_string().replace('"', "\"\"");
    let address = session.ipv4.map(|address| address.to_string()).unwrap_or_default();
    let (seconds, bytes) = (session.duration.as_secs(), session.statistics);
    let (tunnel, received, sent) = (&session.tunnel, bytes.bytes_received, bytes.bytes_sent);
    format!("\"{account}\",{tunnel},{address},{seconds},{received},{sent},{reason}")
}
