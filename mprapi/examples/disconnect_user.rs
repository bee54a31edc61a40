//! Ends a user's sessions. Links to other sites stay up, whatever the name of their account.
//!
//! `cargo run --package mprapi --example disconnect_user -- USER [--server NAME] [--simulated]`
//!
//! USER is a name (`anna`), or a name with its domain (`CORP\anna`, `anna@CORP`).

mod common;

use mprapi::{Account, Ended, Session};

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let [user] = &arguments[..] else {
        return Err("usage: disconnect_user USER; on the simulated server anna.lindqvist is one".into());
    };
    let wanted = Account::from(user.as_str());
    let server = mpr.connect(server.as_deref())?;
    let sessions = server.sessions()?;
    let is_wanted = |session: &&Session| session.is_client() && session.account().is_meant_by(&wanted);
    let own: Vec<&Session> = sessions.iter().filter(is_wanted).collect();
    if own.is_empty() {
        return Err(format!("{user} is not connected").into());
    }
    for session in own {
        match server.end(session)? {
            Ended::Now => println!("{} is disconnected.", session.account()),
            Ended::AlreadyGone => println!("{} has just left.", session.account()),
        }
    }
    Ok(())
}
