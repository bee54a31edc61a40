//! Reading at the newest level that a server has, against the simulator.

use std::net::Ipv6Addr;

use crate::common::{EVERY_WINDOWS, assert_clean, mpr};
use mprapi::sys::{MPR_INTERFACE_3, RAS_PORT_1};
use mprapi::{
    DemandDial, DeviceSettings, Error, ErrorKind, InterfaceHandle, InterfaceSettings, InterfaceType,
    NetworkProtocols,
};
use mprapi_sim::{Failure, Interface, InterfaceKind, Router, Server, Tunnel, Windows};

const DNS: Ipv6Addr = Ipv6Addr::new(0x2001, 0xDB8, 0, 0, 0, 0, 0, 53);

/// Runs a test with a server of that Windows that has a demand-dial interface, a local one and two ports.
fn at(windows: Windows, test: impl FnOnce(&Router, &mprapi::Server)) {
    let simulation = Server::unique()
        .windows(windows)
        .ports(Tunnel::Pptp, 2)
        .interface(Interface::new("branch", InterfaceKind::FullRouter))
        .interface(Interface::new("Ethernet", InterfaceKind::Dedicated))
        .start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    test(router, &server);
    drop(server);
    assert_clean(router);
}

fn lan(server: &mprapi::Server) -> InterfaceHandle<'_> {
    let list = server.interfaces().unwrap();
    let lan = list.iter().find(|one| one.interface_type() == InterfaceType::Dedicated).unwrap();
    server.interface(lan.id()).unwrap()
}

fn calls<T>(router: &Router, work: impl FnOnce() -> T) -> (T, u64) {
    let before = router.calls("MprAdminInterfaceGetInfo");
    let answer = work();
    (answer, router.calls("MprAdminInterfaceGetInfo") - before)
}

#[test]
fn settings_are_read_from_every_windows_and_written_back_at_the_same_level() {
    for windows in EVERY_WINDOWS {
        at(windows, |router, server| {
            let branch = server.find_interface("branch").unwrap();
            let (settings, calls) = calls(router, || branch.demand_dial_settings().unwrap());
            let is_old = windows < Windows::Server2008;
            assert_eq!(calls, if is_old { 2 } else { 1 }, "{windows:?}");
            branch.set_info(&settings.destination("vpn9.example.com")).unwrap();
            let info = branch.demand_dial_info().unwrap();
            assert_eq!(info.get().destination(), "vpn9.example.com", "{windows:?}");
            // A server that has no level for them refuses settings that need it.
            let settings = branch.demand_dial_settings().unwrap().ipv6_dns_servers(DNS, None);
            let written = branch.set_info(&settings).map_err(|error| error.kind());
            assert_eq!(written, if is_old { Err(ErrorKind::Unsupported) } else { Ok(()) }, "{windows:?}");
        });
    }
}

#[test]
fn a_change_keeps_the_settings_of_ipv6() {
    at(Windows::Server2022, |_, server| {
        let settings = DemandDial::vpn("six", "2001:db8::1")
            .network_protocols(NetworkProtocols::IPV4 | NetworkProtocols::IPV6)
            .ipv6_dns_servers(DNS, None);
        let six = server.create_interface(&settings).unwrap();
        six.set_info(&six.demand_dial_settings().unwrap().destination("2001:db8::2")).unwrap();
        let info = six.info_at::<MPR_INTERFACE_3>().unwrap();
        assert_eq!(info.get().destination(), "2001:db8::2");
        assert_eq!(info.get().ipv6_dns_servers().collect::<Vec<_>>(), [DNS]);
        assert!(info.get().network_protocols().contains(NetworkProtocols::IPV6));
    });
}

#[test]
fn an_interface_that_does_not_dial_has_no_settings_hours_or_devices_of_dialling() {
    for windows in EVERY_WINDOWS {
        at(windows, |_, server| {
            let lan = lan(server);
            assert_eq!(lan.demand_dial_settings().unwrap_err().kind(), ErrorKind::Unsupported);
            assert_eq!(lan.demand_dial_info().unwrap_err().kind(), ErrorKind::Unsupported);
            assert_eq!(lan.devices().unwrap_err().kind(), ErrorKind::Unsupported);
            assert_eq!(lan.dialout_hours().unwrap(), None);
        });
    }
}

#[test]
fn an_error_that_is_not_about_the_level_comes_through_and_no_other_level_is_tried() {
    const OUT_OF_MEMORY: u32 = 8;
    at(Windows::Server2022, |router, server| {
        let branch = server.find_interface("branch").unwrap();
        let works: [&dyn Fn() -> Option<Error>; 3] =
            [&|| branch.demand_dial_settings().err(), &|| branch.dialout_hours().err(), &|| {
                branch.devices().err()
            }];
        for work in works {
            router.fail("MprAdminInterfaceGetInfo", Failure::code(OUT_OF_MEMORY).at_call(1));
            let (error, calls) = calls(router, work);
            assert_eq!((error.expect("an error").kind(), calls), (ErrorKind::OutOfMemory, 1));
        }
        // A handle that is no more is no level that is lacking.
        branch.delete().unwrap();
        assert_eq!(branch.demand_dial_settings().unwrap_err().kind(), ErrorKind::InvalidHandle);
        assert_eq!(branch.dialout_hours().unwrap_err().kind(), ErrorKind::InvalidHandle);
    });
}

#[test]
fn hours_are_any_time_or_those_that_were_set_and_unknown_where_the_server_does_not_tell() {
    const NOT_SUPPORTED: u32 = 50;
    at(Windows::Server2003, |router, server| {
        let branch = server.find_interface("branch").unwrap();
        assert_eq!(branch.dialout_hours().unwrap(), Some(Vec::new()));
        let settings = branch.info().unwrap().get().to_settings().unwrap();
        branch.set_info(&settings.dialout_hours(["1 09:00-12:00 13:00-17:30", "2 09:00-12:00"])).unwrap();
        let hours = branch.dialout_hours().unwrap().expect("hours");
        assert_eq!(hours.len(), 2);
        assert!(*hours[0] == *"1 09:00-12:00 13:00-17:30" && *hours[1] == *"2 09:00-12:00", "{hours:?}");
        router.fail("MprAdminInterfaceGetInfo", Failure::code(NOT_SUPPORTED).at_call(1));
        assert_eq!(branch.dialout_hours().unwrap(), None);
    });
}

#[test]
fn a_stored_interface_tells_its_hours_and_settings_whatever_the_windows() {
    for windows in EVERY_WINDOWS {
        let simulation = Server::unique().windows(windows).start();
        let router = &simulation.routers()[0];
        let configuration = mpr().configuration(Some(router.name())).unwrap();
        let settings = InterfaceSettings::new("branch-2", InterfaceType::FullRouter);
        let branch = configuration.create_interface(&settings.dialout_hours(["5 10:00-12:00"])).unwrap();
        let hours = branch.dialout_hours().unwrap().expect("hours");
        assert!(hours.len() == 1 && *hours[0] == *"5 10:00-12:00", "{hours:?}");
        assert_eq!(branch.demand_dial_settings().unwrap().name(), "branch-2", "{windows:?}");
        let levels = if windows < Windows::Server2008 { 2 } else { 1 };
        assert_eq!(router.calls("MprConfigInterfaceGetInfo"), 1 + levels, "{windows:?}");

        let settings = InterfaceSettings::new("Ethernet", InterfaceType::Dedicated).enabled(false);
        let lan = configuration.create_interface(&settings).unwrap();
        assert_eq!(lan.dialout_hours().unwrap(), None);
        assert_eq!(lan.demand_dial_settings().unwrap_err().kind(), ErrorKind::InvalidArgument);
        drop(configuration);
        assert_clean(router);
    }
}

#[test]
fn the_devices_of_an_interface_are_its_links_in_order() {
    at(Windows::Server2003, |_, server| {
        let branch = server.find_interface("branch").unwrap();
        branch.set_device(2, &DeviceSettings::new("modem", "Modem 1").phone_number("030 1")).unwrap();
        let devices = branch.devices().unwrap();
        assert_eq!(devices.len(), 2);
        assert_eq!(devices[0].get().name(), branch.device(1).unwrap().get().name());
        assert_eq!(devices[1].get().phone_number(), "030 1");
    });
}

#[test]
fn the_details_of_a_port_are_those_of_its_level_on_every_windows() {
    for windows in EVERY_WINDOWS {
        at(windows, |router, server| {
            let ports = server.ports().unwrap();
            for port in &ports {
                let details = port.handle().details().unwrap();
                assert_eq!(details.get().id(), port.id());
                let same = port.handle().info_at::<RAS_PORT_1>().unwrap();
                assert_eq!(details.get().line_speed(), same.get().line_speed());
            }
            const INVALID_HANDLE: u32 = 6;
            router.fail("MprAdminPortGetInfo", Failure::code(INVALID_HANDLE).at_call(1));
            let error = ports.iter().next().unwrap().handle().details().unwrap_err();
            assert!(error.is_gone(), "{error}");
        });
    }
}
