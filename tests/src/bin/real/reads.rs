//! Everything that reads.

use std::collections::BTreeSet;

use mprapi::sys::{
    MPR_INTERFACE_0, MPR_INTERFACE_1, MPR_INTERFACE_2, MPR_INTERFACE_3, MPR_SERVER_0, MPR_SERVER_1,
    MPR_SERVER_2, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4,
    RAS_CONNECTION_EX, RAS_PORT_0,
};
use mprapi::{List, Mpr, Result, Server, TransportId};

use crate::report::Report;

/// The server's own records.
pub(crate) fn server(server: &Server, report: &mut Report) {
    if let Some(info) = report.value("server level 0", server.info_at::<MPR_SERVER_0>()) {
        report.fact("server level 0", format_args!("{} ports", info.total_ports()));
        report.check("no more ports are in use than exist", info.ports_in_use() <= info.total_ports());
    }
    for (what, tunnels) in [
        ("server level 1", server.info_at::<MPR_SERVER_1>().map(|record| format!("{record:?}"))),
        ("server level 2", server.info_at::<MPR_SERVER_2>().map(|record| format!("{record:?}"))),
        ("server Ex", server.tunnels().map(|tunnels| format!("{tunnels:?}"))),
    ] {
        if let Some(record) = report.value(what, tunnels) {
            report.fact(what, "read");
            report.keep(what, [record]);
        }
    }
    let devices =
        server.devices().map(|devices| devices.iter().map(|device| format!("{device:?}")).collect());
    report.list("devices", devices);
}

/// The connections, at each level.
pub(crate) fn connections(server: &Server, report: &mut Report) {
    let Some(before) = report.value("connections", server.connections()) else { return };
    let ids: BTreeSet<_> = before.iter().map(|connection| connection.id().as_raw().addr()).collect();
    report.check("no connection is listed twice", ids.len() == before.len());
    // Handles are the way's own: another way to the same server may have others.
    let whose = |id: mprapi::ConnectionId| {
        let found = before.iter().find(|connection| connection.id() == id);
        found.map_or_else(String::new, |found| {
            format!("{} {} {}", found.user_name(), found.domain(), found.remote_computer())
        })
    };
    /// Lists the connections at a level, by what no time changes.
    macro_rules! at {
        ($($name:literal $level:ident;)+) => {
            [$(($name, server.connections_at::<$level>().map(|connections| {
                let line = |connection: mprapi::Connection<'_, $level>| {
                    whose(connection.id())
                };
                connections.iter().map(line).collect::<Vec<_>>()
            }))),+]
        };
    }
    let levels = at! {
        "connections level 0" RAS_CONNECTION_0;
        "connections level 1" RAS_CONNECTION_1;
        "connections level 2" RAS_CONNECTION_2;
        "connections level 3" RAS_CONNECTION_3;
        "connections level 4" RAS_CONNECTION_4;
        "connections level Ex" RAS_CONNECTION_EX;
    };
    let mut lists = Vec::new();
    for (what, list) in levels {
        if let Ok(list) = &list {
            lists.push(list.clone());
        }
        report.list(what, list);
    }
    let same = |list: &List<'_, RAS_CONNECTION_0>| {
        list.iter().map(|connection| connection.id().as_raw().addr()).collect::<BTreeSet<_>>() == ids
    };
    // Somebody may have come or gone in between.
    if server.connections().is_ok_and(|after| same(&after)) {
        report.check("all levels list the same connections", lists.windows(2).all(|two| two[0] == two[1]));
    }
    for connection in &before {
        let found = server.connection(connection.id()).and_then(|handle| handle.info());
        match found {
            Ok(found) => report.check(
                "a connection is found again by its id, with its user",
                found.get().id() == connection.id() && found.get().user_name() == connection.user_name(),
            ),
            Err(error) => report.check("a connection is found again by its id, or is gone", error.is_gone()),
        }
    }
    if let Some(sessions) = report.value("sessions", server.sessions()) {
        report.fact("sessions", format_args!("{} records", sessions.len()));
    }
}

/// The ports.
pub(crate) fn ports(server: &Server, report: &mut Report) {
    let Some(ports) = report.value("ports level 0", server.ports()) else { return };
    let line = |port: mprapi::Port<'_, RAS_PORT_0>| {
        format!("{} {} {}", port.name(), port.device_name(), port.device_type())
    };
    report.list("ports level 0", Ok(ports.iter().map(line).collect()));
    let mut details = 0;
    for port in &ports {
        match port.handle().info() {
            Ok(found) => report.check("a port is found again by its id", found.get().id() == port.id()),
            Err(error) => report.check("a port is found again by its id, or is gone", error.is_gone()),
        }
        details += usize::from(port.handle().details().is_ok());
    }
    report.fact("ports level 1", format_args!("{details} records"));
    let total = server.info_at::<MPR_SERVER_0>().map(|info| info.total_ports() as usize);
    if let Ok(total) = total {
        report.fact("ports of the server's record", total);
    }
}

/// The interfaces, each at each level.
pub(crate) fn interfaces(server: &Server, report: &mut Report) {
    let Some(interfaces) = report.value("interfaces", server.interfaces()) else { return };
    let mut found = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    for interface in &interfaces {
        let handle = interface.handle();
        report.check(
            "an interface is found again by its name",
            server.find_interface_or_client(interface.name()).is_ok_and(|found| found.id() == handle.id()),
        );
        /// Reads the interface at a level.
        macro_rules! at {
            ($($place:literal $level:ident;)+) => {
                $(match handle.info_at::<$level>() {
                    Ok(info) => {
                        let info = info.get();
                        report.check(
                            "an interface has its name at each level",
                            info.name() == interface.name(),
                        );
                        found[$place].push(format!("{} {}", info.name(), info.interface_type()));
                    }
                    Err(error) => report.code(concat!("an interface at level ", stringify!($place)), &error),
                })+
            };
        }
        at! { 0 MPR_INTERFACE_0; 1 MPR_INTERFACE_1; 2 MPR_INTERFACE_2; 3 MPR_INTERFACE_3; }
        for (what, settings) in [
            ("IKEv2 settings", handle.ikev2_settings().map(|settings| format!("{settings:?}"))),
            ("devices of an interface", handle.devices().map(|devices| format!("{}", devices.len()))),
        ] {
            match settings {
                Ok(settings) => report.keep(what, [format!("{} {settings}", interface.name())]),
                Err(error) => report.code(what, &error),
            }
        }
        for transport in TransportId::ALL {
            if let Ok(Some(block)) = handle.transport_info(*transport) {
                report.keep(
                    "transports of an interface",
                    [format!("{} {transport} {block:?}", interface.name())],
                );
            }
        }
    }
    for (level, records) in found.into_iter().enumerate() {
        report.list(&format!("interfaces level {level}"), Ok(records));
    }
}

/// The transports.
pub(crate) fn transports(server: &Server, report: &mut Report) {
    for transport in TransportId::ALL {
        let what = format!("transport {transport}");
        if let Some(settings) = report.value(&what, server.transport_info(*transport)) {
            report.fact(&what, "read");
            report.keep(&what, [format!("{settings:?}")]);
        }
    }
}

/// The management variables.
pub(crate) fn variables(mpr: &Mpr, server: Option<&str>, report: &mut Report) {
    let Some(mib) = report.value("variables", mpr.mib(server)) else { return };
    let tables: [(&str, Result<usize>); 3] = [
        ("variables: interfaces", mib.interfaces().map(|rows| rows.into_iter().count())),
        ("variables: addresses", mib.addresses().map(|rows| rows.into_iter().count())),
        ("variables: routes", mib.routes().map(|rows| rows.into_iter().count())),
    ];
    for (what, rows) in tables {
        if let Some(rows) = report.value(what, rows) {
            report.fact(what, format_args!("{rows} rows"));
        }
    }
    report.check("the handle of variables is one to disconnect", mprapi::disconnect(mib).is_ok());
}

/// The stored configuration.
pub(crate) fn configuration(mpr: &Mpr, server: Option<&str>, report: &mut Report) {
    let Some(stored) = report.value("configuration", mpr.configuration(server)) else { return };
    let names =
        stored.interfaces().map(|list| list.iter().map(|one| one.name().to_string()).collect::<Vec<_>>());
    report.list("configuration: interfaces", names);
    let transports = stored.transports().map(|list| list.iter().map(|one| format!("{one:?}")).collect());
    report.list("configuration: transports", transports);
    if let Some(record) = report.value("configuration: server", stored.server_info_at::<MPR_SERVER_2>()) {
        report.fact("configuration: server", "read");
        report.keep("configuration: server", [format!("{record:?}")]);
    }
    report.check("the configuration's handle is one to disconnect", mprapi::disconnect(stored).is_ok());
}
