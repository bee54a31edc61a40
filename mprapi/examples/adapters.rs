//! Shows the names of network adapters: the one that people see and the one that the system has.
//! With NAME, a friendly name, it tells the system's name of that one. That works on every Windows, a desktop too.
//!
//! `cargo run --package mprapi --example adapters -- [NAME] [--server NAME] [--simulated]`

mod common;

use mprapi::ErrorKind;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let configuration = mpr.configuration(server.as_deref())?;
    if let [friendly_name] = &arguments[..] {
        println!("{friendly_name} is {}", configuration.guid_name(friendly_name)?);
        return Ok(());
    }
    for interface in &configuration.interfaces()? {
        let name = interface.name().to_string();
        match configuration.friendly_name(&name) {
            Ok(friendly_name) => println!("{name} is {friendly_name}"),
            // An interface that is no adapter, such as a demand-dial one, has one name.
            Err(error) if error.kind() == ErrorKind::NotFound => println!("{name}"),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
