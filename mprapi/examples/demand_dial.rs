//! Creates a demand-dial interface to another router (IKEv2, encryption required) and connects it.
//! The password is read from standard input, so that it is in no list of processes.
//!
//! `cargo run --package mprapi --example demand_dial -- NAME HOST USER [--server NAME] [--simulated]`
//!
//! The interface stays until it is deleted, so a second run with the same name says that it exists already.

mod common;

use mprapi::{DemandDial, InterfaceCredentials};

fn main() -> Result<(), common::Failure> {
    let (mpr, server_name, arguments) = common::start()?;
    let [name, host, user] = &arguments[..] else {
        return Err(
            "usage: demand_dial NAME HOST USER, such as Lyon vpn.lyon.example dialer; it reads the password"
                .into(),
        );
    };
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    let credentials = InterfaceCredentials::new()
        .with_user_name(user)
        .with_password(password.trim_end_matches(['\r', '\n']));

    let server = mpr.connect(server_name.as_deref())?;
    let interface = server.create_interface(&DemandDial::vpn(name, host))?;
    println!("{name} is created, to dial {host} as {user}.");
    mpr.set_interface_credentials(server_name.as_deref(), name, &credentials)?;
    // It waits until the other router has answered; `begin_connect` does not.
    interface.connect()?;
    println!("{name} is {}.", interface.info()?.get().connection_state());
    Ok(())
}
