//! Limits how many can connect over a kind of tunnel: sets the number of its ports, or shows all numbers.
//!
//! `cargo run --package mprapi --example limit_ports -- [pptp|l2tp|sstp COUNT] [--server NAME] [--simulated]`
//!
//! The running server changes. IKEv2's ports are set by `Server::set_tunnels`.

mod common;

use mprapi::sys::MPR_SERVER_2;

fn main() -> Result<(), common::Failure> {
    let (mpr, server, arguments) = common::start()?;
    let server = mpr.connect(server.as_deref())?;
    let mut ports = server.info_at::<MPR_SERVER_2>()?;
    if let [tunnel, count] = &arguments[..] {
        let tunnel = match tunnel.as_str() {
            "pptp" => ports.pptp.as_mut(),
            "l2tp" => ports.l2tp.as_mut(),
            "sstp" => ports.sstp.as_mut(),
            _ => None,
        };
        tunnel.ok_or("the tunnel is pptp, l2tp or sstp")?.count = count.parse()?;
        server.set_ports(&ports)?;
        // What the server made of it; the change may come a moment later.
        ports = server.info_at::<MPR_SERVER_2>()?;
    }
    for (tunnel, ports) in [("PPTP", ports.pptp), ("L2TP", ports.l2tp), ("SSTP", ports.sstp)] {
        println!("{tunnel}: {} ports", ports.map_or(0, |ports| ports.count));
    }
    Ok(())
}
