//! Shows the router's interface table and its addresses, from its management information base (MIB).
//! Adapters are listed under the names that the system has for them; the example `adapters` tells the friendly ones.
//!
//! `cargo run --package mprapi --example interface_table [-- --server NAME] [--simulated]`

mod common;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, _) = common::start()?;
    let mib = mpr.mib(server.as_deref())?;
    let addresses = mib.addresses()?;
    println!(
        "{:>5}  {:<15} {:>12} {:>12}  {:<16} Name",
        "Index", "Status", "Bytes in", "Bytes out", "Address"
    );
    for interface in &mib.interfaces()? {
        let own = addresses.iter().filter(|address| address.interface_index() == interface.index());
        let own: Vec<String> = own.map(|address| address.address().to_string()).collect();
        println!(
            "{:>5}  {:<15} {:>12} {:>12}  {:<16} {}",
            interface.index(),
            interface.operational_status().to_string(),
            interface.bytes_received(),
            interface.bytes_sent(),
            own.join(", "),
            interface.name(),
        );
    }
    Ok(())
}
