//! Lists who is connected: user, computer, how long, over which tunnel, from where, how much traffic.
//!
//! `cargo run --package mprapi --example sessions [-- --server NAME] [--simulated]`

mod common;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, _) = common::start()?;
    let server = mpr.connect(server.as_deref())?;
    println!("{:<24} {:<10} {:>7}  {:<8} {:<22} {:>9}", "User", "Computer", "Time", "Tunnel", "From", "MB");
    for session in server.sessions()? {
        let minutes = session.duration.as_secs() / 60;
        let time = format!("{}:{:02}", minutes / 60, minutes % 60);
        let from = session.remote_endpoint.map_or("-".to_owned(), |address| address.to_string());
        println!(
            "{:<24} {:<10} {time:>7}  {:<8} {from:<22} {:>9.1}",
            session.account(),
            session.computer,
            session.tunnel,
            (session.statistics.bytes_sent + session.statistics.bytes_received) as f64 / 1e6,
        );
    }
    Ok(())
}
