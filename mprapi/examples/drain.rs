//! Empties a server before maintenance: waits SECONDS for its users to leave, and disconnects the rest until nobody is left.
//!
//! `cargo run --package mprapi --example drain -- SECONDS [--server NAME] [--simulated]`

mod common;

use std::sync::Arc;
use std::time::{Duration, Instant};

use mprapi::{Ended, Error, Link, Server, Session, SessionEvent};

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let seconds: u32 = arguments.first().ok_or("usage: drain SECONDS")?.parse()?;
    let deadline = Instant::now() + Duration::from_secs(seconds.into());
    let link = Arc::new(Link::new(&mpr, server.as_deref()));
    let mut watch = link.watch_sessions()?;
    while Instant::now() < deadline && watch.sessions().iter().any(Session::is_client) {
        if let Some(SessionEvent::Ended(end)) =
            watch.next_within(deadline.saturating_duration_since(Instant::now()))?
        {
            println!("{} has left", end.session.account());
        }
    }
    // Some clients connect again by themselves, so one round may not be enough.
    for _ in 0..3 {
        let ended = link.once(disconnect_users)?;
        println!("{} users were still connected", ended.len());
        if ended.is_empty() {
            return Ok(());
        }
    }
    Err("users come back as soon as they are disconnected; stop the service now".into())
}

fn disconnect_users(server: &Server) -> Result<Vec<Ended>, Error> {
    let sessions = server.sessions()?;
    // Links to other sites stay up.
    sessions.iter().filter(|session| session.is_client()).map(|session| server.end(session)).collect()
}
