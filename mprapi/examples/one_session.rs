//! Leaves each user one session on a fleet, the newest, and ends the others.
//!
//! `cargo run --package mprapi --example one_session -- SERVER [SERVER …] [--simulated]`

mod common;

use std::collections::HashMap;
use std::time::Duration;

use mprapi::{Account, Fleet, Session};

fn main() -> Result<(), common::Failure> {
    let (mpr, _, servers) = common::start()?;
    if servers.is_empty() {
        return Err("usage: one_session SERVER [SERVER …]".into());
    }
    let fleet = Fleet::new(&mpr, servers).with_limit(Duration::from_secs(10));
    let mut of_account: HashMap<Account, Vec<(usize, Session)>> = HashMap::new();
    for (index, (name, answer)) in fleet.read(|server| server.sessions()).into_iter().enumerate() {
        match answer {
            // A link to another site has an account too.
            Ok(sessions) => sessions.into_iter().filter(Session::is_client).for_each(|session| {
                of_account.entry(session.account()).or_default().push((index, session));
            }),
            Err(error) => eprintln!("{name} is left out: {error}"),
        }
    }
    for (account, mut sessions) in of_account {
        sessions.sort_by_key(|(_, session)| session.duration);
        // The first is the newest.
        for (index, session) in sessions.into_iter().skip(1) {
            let link = &fleet.links()[index];
            let ended = link.once(move |server| server.end(&session));
            println!("{account} on {}: {ended:?}", link.name().unwrap_or("this machine"));
        }
    }
    Ok(())
}
