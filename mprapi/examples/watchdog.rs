//! Keeps the demand-dial links of a router up: looks every ten seconds and dials each that is down, ROUNDS times (without it:
//! until Ctrl-C).
//!
//! `cargo run --package mprapi --example watchdog -- [ROUNDS] [--server NAME] [--simulated]`

mod common;

use std::thread;
use std::time::Duration;

use mprapi::{ConnectionState, Error, Server};

fn main() -> Result<(), common::Failure> {
    let (mpr, name, arguments) = common::start()?;
    let rounds = arguments.first().map_or(Ok(usize::MAX), |rounds| rounds.parse())?;
    for round in 0..rounds {
        if round > 0 {
            thread::sleep(Duration::from_secs(10));
        }
        // A new connection each time: a restart of the service may have ended the last one.
        if let Err(error) = mpr.connect(name.as_deref()).and_then(|server| dial(&server)) {
            println!("the server cannot be asked: {error}");
        }
    }
    Ok(())
}

fn dial(server: &Server) -> Result<(), Error> {
    for link in &server.interfaces()? {
        let is_down = link.connection_state() != ConnectionState::Connected;
        if link.interface_type().is_router() && link.is_enabled() && is_down {
            match link.handle().connect_within(Duration::from_secs(30)) {
                Ok(()) => println!("{} is connected", link.name()),
                Err(error) => println!("{}: {error}", link.name()),
            }
        }
    }
    Ok(())
}
