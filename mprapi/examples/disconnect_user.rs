//! Disconnects a user: every port of every connection that the user has. Links to other sites stay up, whatever the name
//! of their account.
//!
//! `cargo run --package mprapi --example disconnect_user -- USER [--server NAME] [--simulated]`

mod common;

use mprapi::InterfaceType;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let [user] = &arguments[..] else {
        return Err("usage: disconnect_user USER; on the simulated server anna.lindqvist is one".into());
    };
    let server = mpr.connect(server.as_deref())?;
    let connections = server.connections()?;
    let mut ended = 0;
    let clients =
        connections.iter().filter(|connection| connection.interface_type() == InterfaceType::Client);
    for connection in clients.filter(|connection| *connection.user_name() == **user) {
        for port in &server.ports_of(connection.id())? {
            port.handle().disconnect()?;
            println!("{user} is disconnected from {}.", port.name());
            ended += 1;
        }
    }
    if ended == 0 { Err(format!("{user} is not connected").into()) } else { Ok(()) }
}
