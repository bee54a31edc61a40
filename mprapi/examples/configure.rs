//! Creates and changes demand-dial interfaces until they are as the standard input says, line by line: `NAME = HOST`.
//! With `plan` it changes nothing.
//!
//! `cargo run --package mprapi --example configure [-- plan] [--server NAME] [--simulated]`

mod common;

use std::io::stdin;

use mprapi::{DemandDial, ErrorKind};

fn main() -> Result<(), common::Failure> {
    let (mpr, name, arguments) = common::start()?;
    let is_plan = arguments.first().is_some_and(|argument| argument == "plan");
    let server = mpr.connect(name.as_deref())?;
    for line in stdin().lines() {
        let line = line?;
        let Some((name, host)) = line.split_once('=') else {
            return Err(format!("no `=` in: {line}").into());
        };
        let (name, host) = (name.trim(), host.trim());
        let found = match server.find_interface(name) {
            Err(error) if error.kind() == ErrorKind::NoSuchInterface => None,
            found => Some(found?),
        };
        let done = match found {
            Some(found) if *found.demand_dial_info()?.get().destination() == *host => " already",
            _ if is_plan => ", not done",
            Some(found) => {
                found.set_info(&found.demand_dial_settings()?.destination(host)).map(|()| ", changed")?
            }
            None => server.create_interface(&DemandDial::vpn(name, host)).map(|_| ", created")?,
        };
        println!("{name}: {host}{done}");
    }
    Ok(())
}
