//! Shows whether a user may dial in, or sets it.
//!
//! `cargo run --package mprapi --example dial_in -- USER [allow|deny|policy] [--server NAME] [--simulated]`
//!
//! NAME is the machine that holds the accounts, as `Mpr::pdc_server` tells it for a domain.

mod common;

use mprapi::DialIn;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let (name, wanted) = match &arguments[..] {
        [name] => (name, None),
        [name, wanted] => (name, Some(wanted.as_str())),
        _ => {
            return Err(
                "usage: dial_in USER [allow|deny|policy]; the simulated server knows anna.lindqvist".into()
            );
        }
    };
    let mut user = mpr.user(server.as_deref(), name)?;
    if let Some(wanted) = wanted {
        user.set_dial_in(match wanted {
            "allow" => DialIn::Allowed,
            "deny" => DialIn::Denied,
            "policy" => DialIn::ByPolicy,
            _ => return Err(format!("{wanted} is none of allow, deny and policy").into()),
        });
        mpr.set_user(server.as_deref(), name, &user)?;
        user = mpr.user(server.as_deref(), name)?;
    }
    let answer = match user.dial_in() {
        DialIn::Allowed => "may dial in",
        DialIn::Denied => "may not dial in",
        DialIn::ByPolicy => "may dial in where the server's policies say so",
        _ => "has a setting that this program does not know",
    };
    println!("{name} {answer}.");
    Ok(())
}
