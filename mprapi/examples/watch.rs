//! Watches who comes and who goes, until COUNT changes were seen (without it: until Ctrl-C).
//!
//! `cargo run --package mprapi --example watch -- [COUNT] [--server NAME] [--simulated]`

mod common;

use mprapi::Change;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let count = arguments.first().map_or(Ok(usize::MAX), |count| count.parse())?;
    let server = mpr.connect(server.as_deref())?;
    for change in server.watch()?.take(count) {
        match change? {
            Change::Came(connection) => println!("+ {} came", connection.get().user_name()),
            Change::Went(connection) => {
                let connection = connection.get();
                let minutes = connection.duration().as_secs() / 60;
                println!("- {} went, who had been there for {minutes} min", connection.user_name());
            }
        }
    }
    Ok(())
}
