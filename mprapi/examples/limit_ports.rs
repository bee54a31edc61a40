//! Limits how many can connect over a kind of tunnel: sets the number of its ports, or shows all numbers.
//!
//! `cargo run --package mprapi --example limit_ports -- [ikev2|sstp|l2tp|pptp|gre COUNT] [--server NAME] [--simulated]`
//!
//! The running server changes.

mod common;

use mprapi::{TunnelConfiguration, TunnelProtocol};

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let server = mpr.connect(server.as_deref())?;
    let mut tunnels = server.tunnels()?;
    if let [protocol, count] = &arguments[..] {
        let protocol: TunnelProtocol = protocol.parse()?;
        let ports = tunnels.configuration.ports_of_mut(protocol);
        let ports = ports.ok_or_else(|| format!("the server does not tell the ports of {protocol}"))?;
        ports.count = count.parse()?;
        let change = TunnelConfiguration::of_ports(protocol, *ports);
        server.set_tunnels_as(tunnels.level, &change)?;
        // What the server made of it; the change may come a moment later.
        tunnels = server.tunnels()?;
    }
    for (protocol, ports) in tunnels.configuration.ports() {
        println!("{protocol}: {} ports", ports.count);
    }
    Ok(())
}
