//! Backs up a router's stored configuration into a folder of that router. The folder must be there.
//!
//! `cargo run --package mprapi --example backup -- FOLDER [--server NAME] [--simulated]`
//!
//! `Configuration::restore` puts it back.

mod common;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let [folder] = &arguments[..] else { return Err("usage: backup FOLDER, which must be there".into()) };
    let configuration = mpr.configuration(server.as_deref())?;
    configuration.backup(folder)?;
    let interfaces = configuration.interfaces()?;
    println!("The configuration, with {} interfaces, is saved in {folder}:", interfaces.len());
    for interface in &interfaces {
        println!("  {} ({})", interface.name(), interface.interface_type());
    }
    Ok(())
}
