//! Lists the static routes and the input filters of an interface, or adds a route to it.
//!
//! `cargo run --package mprapi --example static_routes -- INTERFACE [DESTINATION PREFIX NEXT-HOP] [--server NAME] [--simulated]`

mod common;

use mprapi::TransportId;
use mprapi::info_block::{Route, Setting};

fn main() -> Result<(), common::Failure> {
    let (mpr, name, arguments) = common::start()?;
    let Some((interface, route)) = arguments.split_first() else {
        return Err("usage: static_routes INTERFACE [DESTINATION PREFIX NEXT-HOP]".into());
    };
    let server = mpr.connect(name.as_deref())?;
    let interface = server.find_interface(interface)?;
    // Settings without a type of their own stay in the block as they are.
    let mut settings = interface.transport_info(TransportId::Ip)?.unwrap_or_default();
    let mut routes = settings.get(Setting::ROUTES)?.unwrap_or_default();
    if let [destination, prefix, next_hop] = route {
        routes.push(Route::ipv4(destination.parse()?, prefix.parse()?, next_hop.parse()?)?);
        settings.put(Setting::ROUTES, &routes)?;
        interface.set_transport_info(TransportId::Ip, &settings)?;
    }
    for route in routes {
        println!("{route}");
    }
    if let Some(filters) = settings.get(Setting::INPUT_FILTERS)? {
        println!("input: {filters}");
    }
    Ok(())
}
