//! Lists who is connected: user, computer, how long, over which tunnel, from where, how much traffic.
//!
//! `cargo run --package mprapi --example sessions [-- --server NAME] [--simulated]`
//!
//! The record named here is known from Windows Server 2012 on; `server.connections()` works on every one and tells less.

mod common;

use mprapi::TunnelType;
use mprapi::sys::RAS_CONNECTION_4;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, _) = common::start()?;
    let server = mpr.connect(server.as_deref())?;
    println!("{:<20} {:<10} {:>7}  {:<8} {:<22} {:>9}", "User", "Computer", "Time", "Tunnel", "From", "MB");
    for connection in &server.connections_at::<RAS_CONNECTION_4>()? {
        let user = format!(r"{}\{}", connection.domain(), connection.user_name());
        let minutes = connection.duration().as_secs() / 60;
        let time = format!("{}:{:02}", minutes / 60, minutes % 60);
        let tunnel = match connection.tunnel() {
            // A modem's connection has none.
            TunnelType::Unknown(_) => "-".to_owned(),
            tunnel => tunnel.to_string(),
        };
        let from = connection.remote_endpoint().map_or("-".to_owned(), |address| address.to_string());
        let traffic = connection.statistics();
        println!(
            "{user:<20} {:<10} {time:>7}  {tunnel:<8} {from:<22} {:>9.1}",
            connection.remote_computer().to_string(),
            (traffic.bytes_sent + traffic.bytes_received) as f64 / 1e6,
        );
    }
    Ok(())
}
