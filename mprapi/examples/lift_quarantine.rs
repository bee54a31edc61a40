//! Lets a user out of quarantine (Network Access Protection).
//!
//! `cargo run --package mprapi --example lift_quarantine -- USER [--server NAME] [--simulated]`

mod common;

use mprapi::QuarantineState;
use mprapi::sys::RAS_CONNECTION_3;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let [user] = &arguments[..] else {
        return Err("usage: lift_quarantine USER; on the simulated server tillsyn is one".into());
    };
    let server = mpr.connect(server.as_deref())?;
    let connections = server.connections_at::<RAS_CONNECTION_3>()?;
    let mut own = connections.iter().filter(|connection| *connection.user_name() == **user).peekable();
    if own.peek().is_none() {
        return Err(format!("{user} is not connected").into());
    }
    for connection in own {
        let before = connection.quarantine_state();
        if matches!(before, QuarantineState::Quarantine | QuarantineState::Probation) {
            connection.handle().remove_quarantine()?;
        }
        let after = connection.handle().info_at::<RAS_CONNECTION_3>()?;
        println!("{user}: was {before}, is {}", after.get().quarantine_state());
    }
    Ok(())
}
