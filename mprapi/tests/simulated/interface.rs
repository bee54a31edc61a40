//! Interfaces of a running router, against the simulator: found, read, made, changed, deleted, and all they have.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;
use std::time::Duration;

use crate::common::{assert_clean, functions, ikev2_settings, mpr, table};
use mprapi::sys::{
    HANDLE, LPBYTE, MPR_DEVICE_0, MPR_IF_CUSTOMINFOEX0, MPR_IF_CUSTOMINFOEX1, MPR_INTERFACE_1,
    MPR_INTERFACE_2, MPR_INTERFACE_3, MPR_SERVER_HANDLE, Mprapi,
};
use mprapi::{
    ConnectionState, DemandDial, DeviceSettings, DialEncryption, DialMode, DialOptions, EapMethod, EntryType,
    ErrorKind, IdleDisconnect, Ikev2Settings, Info, InfoBlockBuf, InfoType, InterfaceCredentials,
    InterfaceHandle, InterfaceSettings, InterfaceType, Mpr, NetworkProtocols, PreSharedKey, TransportId,
    TransportSettings, UnreachabilityReasons, VpnStrategy,
};
use mprapi_sim::{Failure, Garbage, Interface, InterfaceKind, Router, Server, Session, Simulation, Tunnel};

/// A router with a demand-dial interface `branch`, a local one, a client `anna`, and two ports left.
fn office() -> Simulation {
    Server::unique()
        .ports(Tunnel::Ikev2, 3)
        .session(Session::new("anna", Tunnel::Ikev2))
        .interface(Interface::new("branch", InterfaceKind::FullRouter))
        .interface(Interface::new("Ethernet", InterfaceKind::Dedicated))
        .start()
}

/// Runs a test with a server of that router, and asserts that nothing was left behind.
fn at(simulation: &Simulation, test: impl FnOnce(&Router, &mprapi::Server)) {
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    test(router, &server);
    drop(server);
    assert_clean(router);
}

fn state(interface: InterfaceHandle<'_>) -> ConnectionState {
    interface.info().unwrap().get().connection_state()
}

#[test]
fn interfaces_are_listed_with_type_and_state() {
    at(&office(), |_, server| {
        let interfaces = server.interfaces().unwrap();
        let branch = interfaces.iter().find(|interface| interface.name() == "branch").unwrap();
        assert_eq!(branch.interface_type(), InterfaceType::FullRouter);
        assert_eq!(branch.connection_state(), ConnectionState::Disconnected);
        assert!(branch.is_enabled());
        assert!(branch.last_error().is_none());
        let types: Vec<_> = interfaces.iter().map(|interface| interface.interface_type()).collect();
        assert!(
            types.contains(&InterfaceType::Dedicated) && types.contains(&InterfaceType::Client),
            "{types:?}"
        );
        assert_eq!(state(branch.handle()), ConnectionState::Disconnected);
        assert_eq!(state(server.interface(branch.id()).unwrap()), ConnectionState::Disconnected);
    });
}

#[test]
fn an_interface_is_found_by_its_name_and_a_clients_only_when_asked_for() {
    at(&office(), |_, server| {
        let branch = server.find_interface("branch").unwrap();
        assert_eq!(branch.info().unwrap().get().name(), "branch");
        assert_eq!(server.find_interface("nobody").unwrap_err().kind(), ErrorKind::NoSuchInterface);
        assert_eq!(server.find_interface("a\0b").unwrap_err().kind(), ErrorKind::InvalidArgument);
        assert_eq!(server.find_interface(&"x".repeat(257)).unwrap_err().kind(), ErrorKind::InvalidArgument);
        let list = server.interfaces().unwrap();
        let client = list.iter().find(|one| one.interface_type() == InterfaceType::Client).unwrap();
        let name = client.name().to_string();
        assert_eq!(server.find_interface(&name).unwrap_err().kind(), ErrorKind::NoSuchInterface);
        assert_eq!(server.find_interface_or_client(&name).unwrap().id(), client.id());
    });
}

#[test]
fn handles_are_equal_if_they_are_of_one_interface_over_one_connection() {
    at(&office(), |router, server| {
        let branch = server.find_interface("branch").unwrap();
        assert!(branch == server.find_interface("BRANCH").unwrap());
        assert!(branch != server.find_interface_or_client("anna").unwrap());
        let other = mpr().connect(Some(router.name())).unwrap();
        assert!(branch != other.find_interface("branch").unwrap());
    });
}

#[test]
fn an_id_of_another_server_is_an_error_and_nothing_is_called() {
    let other = office();
    at(&office(), |router, server| {
        let stranger = mpr().connect(Some(other.routers()[0].name())).unwrap();
        let id = stranger.find_interface("branch").unwrap().id();
        assert_eq!(server.interface(id).unwrap_err().kind(), ErrorKind::InvalidArgument);
        assert_eq!(router.calls("MprAdminInterfaceGetInfo"), 0);
    });
    assert_clean(&other.routers()[0]);
}

#[test]
fn levels_above_0_are_for_demand_dial_interfaces() {
    at(&office(), |_, server| {
        let list = server.interfaces().unwrap();
        let lan = list.iter().find(|one| one.interface_type() == InterfaceType::Dedicated).unwrap().handle();
        assert_eq!(lan.info_at::<MPR_INTERFACE_2>().unwrap_err().kind(), ErrorKind::Unsupported);
        let branch = server.find_interface("branch").unwrap();
        branch.info_at::<MPR_INTERFACE_1>().unwrap();
        branch.info_at::<MPR_INTERFACE_2>().unwrap();
        branch.info_at::<MPR_INTERFACE_3>().unwrap();
    });
}

#[test]
fn a_demand_dial_interface_is_made_as_it_was_asked_for() {
    at(&office(), |_, server| {
        let settings = DemandDial::vpn("branch-2", "vpn2.example.com")
            .alternates(["vpn3.example.com", "192.0.2.3"])
            .address(Ipv4Addr::new(192, 0, 2, 7))
            .dns_servers(Ipv4Addr::new(192, 0, 2, 53), None)
            .wins_servers(Ipv4Addr::new(192, 0, 2, 54), Some(Ipv4Addr::new(192, 0, 2, 55)))
            .x25("pad", "12", "f", "u")
            .dial_mode(DialMode::All)
            .idle_disconnect(IdleDisconnect::After(Duration::from_secs(90)))
            .encryption(DialEncryption::RequireMax)
            .eap(EapMethod::MSCHAP_V2, &[1, 2, 3]);
        let made = server.create_interface(&settings).unwrap();
        let info = made.info_at::<MPR_INTERFACE_2>().unwrap();
        let branch = info.get();
        assert_eq!(branch.name(), "branch-2");
        assert_eq!(branch.interface_type(), InterfaceType::FullRouter);
        assert!(branch.is_enabled());
        assert_eq!(branch.destination(), "vpn2.example.com");
        let alternates: Vec<_> = branch.alternates().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(alternates, ["vpn3.example.com", "192.0.2.3"]);
        assert_eq!(branch.address(), Some(Ipv4Addr::new(192, 0, 2, 7)));
        assert_eq!(branch.dns_servers().collect::<Vec<_>>(), [Ipv4Addr::new(192, 0, 2, 53)]);
        assert_eq!(branch.wins_servers().count(), 2);
        assert_eq!(branch.network_protocols(), NetworkProtocols::IPV4);
        assert_eq!((branch.device_type(), branch.device_name().to_string().as_str()).0, "vpn");
        assert_eq!(branch.x25_address(), "12");
        assert_eq!(branch.dial_mode(), DialMode::All);
        assert_eq!(branch.idle_disconnect(), IdleDisconnect::After(Duration::from_secs(90)));
        assert_eq!(branch.entry_type(), EntryType::Vpn);
        assert_eq!(branch.encryption(), DialEncryption::RequireMax);
        assert_eq!(branch.vpn_strategy(), VpnStrategy::Ikev2Only);
        assert!(branch.options().contains(DialOptions::REQUIRE_DATA_ENCRYPTION | DialOptions::REQUIRE_EAP));
        assert_eq!(
            (branch.eap_method(), branch.eap_data().unwrap()),
            (Some(EapMethod::MSCHAP_V2), &[1, 2, 3][..])
        );
        assert!(!branch.guid().is_nil());
    });
}

#[test]
fn ipv6_servers_are_made_and_read_at_level_3() {
    at(&office(), |_, server| {
        let dns = Ipv6Addr::new(0x2001, 0xDB8, 0, 0, 0, 0, 0, 53);
        let settings = DemandDial::vpn("six", "2001:db8::1")
            .network_protocols(NetworkProtocols::IPV4 | NetworkProtocols::IPV6)
            .ipv6_dns_servers(dns, None);
        let made = server.create_interface(&settings).unwrap();
        let info = made.info_at::<MPR_INTERFACE_3>().unwrap();
        assert_eq!(info.get().ipv6_dns_servers().collect::<Vec<_>>(), [dns]);
        assert!(info.get().network_protocols().contains(NetworkProtocols::IPV6));
    });
}

#[test]
fn what_is_read_can_be_changed_and_written_back() {
    at(&office(), |_, server| {
        let settings =
            DemandDial::vpn("branch-2", "vpn2.example.com").alternates(["a", "b"]).eap(EapMethod::TLS, &[9]);
        let made = server.create_interface(&settings).unwrap();
        let read = made.info_at::<MPR_INTERFACE_2>().unwrap().get().to_settings().unwrap();
        made.set_info(&read.destination("vpn9.example.com").vpn_strategy(VpnStrategy::Ikev2First)).unwrap();
        let info = made.info_at::<MPR_INTERFACE_3>().unwrap();
        assert_eq!(info.get().destination(), "vpn9.example.com");
        assert_eq!(info.get().vpn_strategy(), VpnStrategy::Ikev2First);
        assert_eq!(info.get().alternates().unwrap().iter().count(), 2);
        assert_eq!(info.get().eap_data().unwrap(), [9]);
        let copy = info.get().to_settings().unwrap().renamed("branch-3");
        let copy = server.create_interface(&copy).unwrap();
        assert_eq!(copy.info_at::<MPR_INTERFACE_2>().unwrap().get().destination(), "vpn9.example.com");
    });
}

#[test]
fn an_interface_is_disabled_and_given_hours() {
    at(&office(), |_, server| {
        let branch = server.find_interface("branch").unwrap();
        let read = branch.info_at::<MPR_INTERFACE_1>().unwrap().get().to_settings().unwrap();
        branch
            .set_info(&read.enabled(false).dialout_hours(["1 09:00-12:00 13:00-17:30", "2 09:00-12:00"]))
            .unwrap();
        let info = branch.info_at::<MPR_INTERFACE_1>().unwrap();
        let hours: Vec<_> = info.get().dialout_hours().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(hours, ["1 09:00-12:00 13:00-17:30", "2 09:00-12:00"]);
        assert!(!info.get().is_enabled());
        assert_eq!(info.get().connection_state(), ConnectionState::Unreachable);
        assert!(info.get().unreachability_reasons().contains(UnreachabilityReasons::ADMIN_DISABLED));
        assert_eq!(branch.connect().unwrap_err().code(), Some(mprapi::sys::ERROR_INTERFACE_DISABLED));
        let read = branch.info().unwrap().get().to_settings().unwrap();
        branch.set_info(&read.enabled(true)).unwrap();
        assert_eq!(state(branch), ConnectionState::Disconnected);
    });
}

#[test]
fn a_name_can_be_given_once() {
    at(&office(), |_, server| {
        let again = server.create_interface(&DemandDial::vpn("branch", "h")).unwrap_err();
        assert_eq!(again.kind(), ErrorKind::AlreadyExists);
        let local = InterfaceSettings::new("branch", InterfaceType::Dedicated);
        assert_eq!(server.create_interface(&local).unwrap_err().kind(), ErrorKind::AlreadyExists);
    });
}

#[test]
fn settings_that_cannot_be_are_errors_and_nothing_is_called() {
    at(&office(), |router, server| {
        let error = server.create_interface(&DemandDial::vpn(&"x".repeat(257), "h")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert!(error.to_string().contains("256"), "{error}");
        let branch = server.find_interface("branch").unwrap();
        let error = branch.set_info(&DemandDial::vpn("branch", "a\0b")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert_eq!(router.calls("MprAdminInterfaceCreate"), 0);
        assert_eq!(router.calls("MprAdminInterfaceSetInfo"), 0);
    });
}

#[test]
fn a_router_of_local_networks_makes_no_demand_dial_interface() {
    at(&Server::unique().lan_only(true).start(), |_, server| {
        let error = server.create_interface(&DemandDial::vpn("b", "h")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotRunning);
        server.create_interface(&InterfaceSettings::new("lan", InterfaceType::Dedicated)).unwrap();
    });
}

#[test]
fn an_interface_is_connected_and_disconnected() {
    at(&office(), |_, server| {
        let branch = server.find_interface("branch").unwrap();
        assert_eq!(branch.disconnect().unwrap_err().kind(), ErrorKind::NotConnected);
        branch.connect().unwrap();
        assert_eq!(state(branch), ConnectionState::Connected);
        let error = branch.delete().unwrap_err();
        assert_eq!(error.code(), Some(mprapi::sys::ERROR_INTERFACE_CONNECTED));
        branch.disconnect().unwrap();
        assert_eq!(state(branch), ConnectionState::Disconnected);
        branch.delete().unwrap();
        assert_eq!(branch.info().unwrap_err().kind(), ErrorKind::InvalidHandle);
        assert_eq!(server.find_interface("branch").unwrap_err().kind(), ErrorKind::NoSuchInterface);
    });
}

#[test]
fn transports_on_an_interface_are_added_read_changed_and_removed() {
    at(&office(), |_, server| {
        let branch = server.find_interface("branch").unwrap();
        let mut info = InfoBlockBuf::new();
        info.add(Info::item(InfoType::IP_INTERFACE_STATUS, &[1, 0, 0, 0]).unwrap()).unwrap();
        assert_eq!(branch.transport_info(TransportId::Ipv6).unwrap_err().kind(), ErrorKind::NoSuchInterface);
        branch.add_transport(TransportId::Ipv6, &info).unwrap();
        assert_eq!(branch.transport_info(TransportId::Ipv6).unwrap(), Some(info));
        let empty = InfoBlockBuf::new();
        branch.set_transport_info(TransportId::Ipv6, &empty).unwrap();
        assert_eq!(branch.transport_info(TransportId::Ipv6).unwrap(), Some(empty.clone()));
        branch.remove_transport(TransportId::Ipv6).unwrap();
        let error = branch.set_transport_info(TransportId::Ipv6, &empty).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NoSuchInterface);
        let error = branch.add_transport(TransportId::Unknown(4711), &empty).unwrap_err();
        assert_eq!(error.code(), Some(mprapi::sys::ERROR_UNKNOWN_PROTOCOL_ID));
    });
}

#[test]
fn devices_of_an_interface_are_read_and_made() {
    at(&office(), |_, server| {
        let branch = server.find_interface("branch").unwrap();
        assert_eq!(branch.device_at::<MPR_DEVICE_0>(0).unwrap_err().kind(), ErrorKind::InvalidArgument);
        let first = branch.device_at::<MPR_DEVICE_0>(1).unwrap();
        assert_eq!(first.get().device_type(), "vpn");
        let modem =
            DeviceSettings::new("modem", "Modem 1").phone_number("030 1").alternates(["030 2", "030 3"]);
        branch.set_device(2, &modem).unwrap();
        let second = branch.device(2).unwrap();
        assert_eq!(second.get().name(), "Modem 1");
        assert_eq!(second.get().phone_number(), "030 1");
        let alternates: Vec<_> = second.get().alternates().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(alternates, ["030 2", "030 3"]);
        assert_eq!(branch.info_at::<MPR_INTERFACE_2>().unwrap().get().sub_entries(), 2);
    });
}

/// As the simulator, but an interface has more links than there are ports in the world.
unsafe extern "system" fn info_of_many_links(
    server: MPR_SERVER_HANDLE,
    interface: HANDLE,
    level: u32,
    buffer: *mut LPBYTE,
) -> u32 {
    static SIMULATOR: LazyLock<Mprapi> = LazyLock::new(table);
    // SAFETY: passed on to the caller.
    let code = unsafe { SIMULATOR.MprAdminInterfaceGetInfo(server, interface, level, buffer) };
    if level == 2 {
        // SAFETY: the simulator has written where the record of the level begins.
        let record = unsafe { buffer.read() }.cast::<MPR_INTERFACE_2>();
        // SAFETY: it is one, as the level says.
        unsafe { (*record).dwSubEntries = u32::MAX };
    }
    code.expect("the simulator has the function")
}

#[test]
fn a_server_that_tells_of_too_many_devices_is_not_asked_for_each() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mut functions = functions();
    functions.MprAdminInterfaceGetInfo = Some(info_of_many_links);
    // SAFETY: the simulator keeps the contract of `mprapi.h`, with any count in a record.
    let mpr = unsafe { Mpr::from_table(Mprapi::from_functions(functions)) };
    let server = mpr.connect(Some(router.name())).unwrap();
    let error = server.find_interface("branch").unwrap().devices().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MalformedAnswer, "{error}");
    assert_eq!(router.calls("MprAdminInterfaceDeviceGetInfo"), 0);
    drop(server);
    assert_clean(router);
}

#[test]
fn devices_of_the_server_are_listed() {
    at(&office(), |_, server| {
        let devices = server.devices().unwrap();
        assert_eq!(devices.len(), 1);
        assert!(devices.iter().all(|device| device.device_type() == "vpn" && !device.name().is_empty()));
    });
}

#[test]
fn user_name_domain_and_password_come_back_each_in_its_place() {
    at(&office(), |router, _| {
        let (mpr, server) = (mpr(), Some(router.name()));
        let credentials =
            InterfaceCredentials::new().with_user_name("dialer").with_domain("CORP").with_password("pa55");
        mpr.set_interface_credentials(server, "branch", &credentials).unwrap();
        // What is left out stays.
        let password = InterfaceCredentials::new().with_password("pa56");
        mpr.set_interface_credentials(server, "branch", &password).unwrap();
        let read = mpr.interface_credentials_with_password(server, "branch").unwrap();
        assert!(read.user_name().is_some_and(|name| *name == *"dialer"));
        assert!(read.domain().is_some_and(|domain| *domain == *"CORP"));
        assert!(read.password().is_some_and(|password| *password == *"pa56"));
        let without = mpr.interface_credentials(server, "branch").unwrap();
        assert!(without.user_name().is_some_and(|name| *name == *"dialer"));
        assert!(without.password().is_none(), "nobody asked for it");
        mpr.remove_interface_credentials(server, "branch").unwrap();
        mpr.interface_credentials(server, "branch").unwrap_err();
        let error = mpr.interface_credentials(server, "nobody").unwrap_err();
        assert_eq!(error.code(), Some(623), "ERROR_CANNOT_FIND_PHONEBOOK_ENTRY");
    });
}

#[test]
fn credentials_that_cannot_be_are_errors_and_nothing_is_called() {
    at(&office(), |router, _| {
        let (mpr, server) = (mpr(), Some(router.name()));
        for credentials in [
            InterfaceCredentials::new(),
            InterfaceCredentials::new().with_user_name(&"u".repeat(257)),
            InterfaceCredentials::new().with_domain("a domain of sixteen"),
            InterfaceCredentials::new().with_password("a\0b"),
        ] {
            let error = mpr.set_interface_credentials(server, "branch", &credentials).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        }
        assert_eq!(router.calls("MprAdminInterfaceSetCredentials"), 0);
    });
}

#[test]
fn eap_credentials_and_a_pre_shared_key_are_kept_apart() {
    at(&office(), |_, server| {
        let branch = server.find_interface("branch").unwrap();
        assert!(branch.eap_credentials().unwrap().is_none());
        assert!(branch.pre_shared_key().unwrap().is_none());
        branch.set_eap_credentials(&[1, 2, 3]).unwrap();
        branch.set_pre_shared_key(&PreSharedKey::from_text("secret")).unwrap();
        assert_eq!(branch.eap_credentials().unwrap().unwrap().as_bytes(), [1, 2, 3]);
        // It comes back encrypted.
        assert_eq!(branch.pre_shared_key().unwrap().unwrap().as_bytes().len(), 12);
        branch.remove_pre_shared_key().unwrap();
        assert!(branch.pre_shared_key().unwrap().is_none());
        let error = branch.set_pre_shared_key(&PreSharedKey::new(Vec::new())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    });
}

#[test]
fn ikev2_settings_survive_the_way_to_the_server_and_back() {
    let settings = ikev2_settings();
    at(&office(), |_, server| {
        let branch = server.find_interface("branch").unwrap();
        assert_eq!(branch.ikev2_settings().unwrap(), None);
        branch.set_ikev2_settings(&settings).unwrap();
        assert_eq!(branch.ikev2_settings().unwrap().as_ref(), Some(&settings));
        // The older records tell less.
        let second = branch.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX1>().unwrap().unwrap();
        let mut older = settings.clone();
        older.main_mode_lifetime = Duration::ZERO;
        older.initiator_selectors.clear();
        older.responder_selectors.clear();
        assert_eq!(second, older);
        let first = branch.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX0>().unwrap().unwrap();
        older.certificate_hash.clear();
        assert_eq!(first, older);
        branch.remove_ikev2_settings().unwrap();
        assert_eq!(branch.ikev2_settings().unwrap(), None);
        branch.set_ikev2_settings_at::<MPR_IF_CUSTOMINFOEX0>(&Ikev2Settings::default()).unwrap();
        let read = branch.ikev2_settings().unwrap().unwrap();
        assert_eq!(read.renew_after_kilobytes, Ikev2Settings::default().renew_after_kilobytes);
    });
}

#[test]
fn a_local_interface_has_no_ikev2_settings() {
    at(&office(), |_, server| {
        let list = server.interfaces().unwrap();
        let lan = list.iter().find(|one| one.interface_type() == InterfaceType::Dedicated).unwrap().handle();
        assert_eq!(lan.ikev2_settings().unwrap_err().kind(), ErrorKind::InvalidArgument);
        assert_eq!(
            lan.set_ikev2_settings(&Ikev2Settings::default()).unwrap_err().kind(),
            ErrorKind::InvalidArgument
        );
    });
}

#[test]
fn the_phone_book_is_taken_up_anew() {
    at(&office(), |_, server| {
        server.find_interface("branch").unwrap().update_phonebook().unwrap();
    });
}

#[test]
fn routes_are_updated_over_a_connected_interface_only() {
    at(&office(), |_, server| {
        let branch = server.find_interface("branch").unwrap();
        assert_eq!(branch.update_routes(TransportId::Ip).unwrap_err().kind(), ErrorKind::NotConnected);
        assert_eq!(branch.route_update_result(TransportId::Ip).unwrap_err().kind(), ErrorKind::NotConnected);
        branch.connect().unwrap();
        branch.update_routes(TransportId::Ip).unwrap();
        branch.route_update_result(TransportId::Ip).unwrap().unwrap();
        assert_eq!(branch.update_routes(TransportId::Ipx).unwrap_err().kind(), ErrorKind::NoSuchInterface);
    });
}

/// One call of each function, and its error.
fn errors(router: &Router, server: &mprapi::Server) -> Vec<(&'static str, Option<mprapi::Error>)> {
    let branch = server.find_interface("branch").unwrap();
    let (mpr, name) = (mpr(), Some(router.name()));
    let block = InfoBlockBuf::new();
    let settings = branch.info_at::<MPR_INTERFACE_2>().unwrap().get().to_settings().unwrap();
    let transport = TransportSettings { global: Some(block.clone()), ..TransportSettings::default() };
    let credentials = InterfaceCredentials::new().with_user_name("u");
    let key = PreSharedKey::from_text("k");
    let calls: [(&str, &dyn Fn() -> mprapi::Result<()>); 24] = [
        ("MprAdminInterfaceEnum", &|| server.interfaces().map(drop)),
        ("MprAdminInterfaceGetHandle", &|| server.find_interface("branch").map(drop)),
        ("MprAdminInterfaceCreate", &|| server.create_interface(&DemandDial::vpn("b", "h")).map(drop)),
        ("MprAdminInterfaceGetInfo", &|| branch.info_at::<MPR_INTERFACE_2>().map(drop)),
        ("MprAdminInterfaceSetInfo", &|| branch.set_info(&settings)),
        ("MprAdminInterfaceDelete", &|| branch.delete()),
        ("MprAdminInterfaceConnect", &|| branch.connect_with_event().map(drop)),
        ("MprAdminInterfaceDisconnect", &|| branch.disconnect()),
        ("MprAdminInterfaceUpdatePhonebookInfo", &|| branch.update_phonebook()),
        ("MprAdminInterfaceUpdateRoutes", &|| branch.update_routes_with_event(TransportId::Ip).map(drop)),
        ("MprAdminInterfaceQueryUpdateResult", &|| branch.route_update_result(TransportId::Ip).map(drop)),
        ("MprAdminInterfaceDeviceGetInfo", &|| branch.device(1).map(drop)),
        ("MprAdminInterfaceDeviceSetInfo", &|| branch.set_device(1, &DeviceSettings::new("vpn", "x"))),
        ("MprAdminInterfaceTransportAdd", &|| branch.add_transport(TransportId::Ip, &block)),
        ("MprAdminInterfaceTransportGetInfo", &|| branch.transport_info(TransportId::Ip).map(drop)),
        ("MprAdminInterfaceTransportSetInfo", &|| branch.set_transport_info(TransportId::Ip, &block)),
        ("MprAdminInterfaceTransportRemove", &|| branch.remove_transport(TransportId::Ip)),
        ("MprAdminInterfaceGetCredentials", &|| mpr.interface_credentials(name, "branch").map(drop)),
        ("MprAdminInterfaceSetCredentials", &|| mpr.set_interface_credentials(name, "branch", &credentials)),
        ("MprAdminInterfaceGetCredentialsEx", &|| branch.pre_shared_key().map(drop)),
        ("MprAdminInterfaceSetCredentialsEx", &|| branch.set_pre_shared_key(&key)),
        ("MprAdminInterfaceGetCustomInfoEx", &|| branch.ikev2_settings().map(drop)),
        ("MprAdminInterfaceSetCustomInfoEx", &|| branch.set_ikev2_settings(&Ikev2Settings::default())),
        ("MprAdminTransportSetInfo", &|| server.set_transport_info(TransportId::Ip, &transport)),
    ];
    let fail = |(function, call): (&'static str, &dyn Fn() -> mprapi::Result<()>)| {
        const OUT_OF_MEMORY: u32 = 8;
        router.fail(function, Failure::code(OUT_OF_MEMORY).at_call(1));
        (function, call().err())
    };
    calls.into_iter().map(fail).collect()
}

#[test]
fn the_code_of_each_function_comes_through_with_its_name() {
    at(&office(), |router, server| {
        for (function, error) in errors(router, server) {
            let error = error.unwrap_or_else(|| panic!("{function} did not fail"));
            assert_eq!((error.function(), error.kind()), (function, ErrorKind::OutOfMemory));
        }
    });
}

#[test]
fn garbage_is_an_error_or_read_no_further_than_it_goes() {
    at(&office(), |router, server| {
        let branch = server.find_interface("branch").unwrap();
        let once = |function, garbage| router.fail(function, Failure::garbage(garbage).at_call(1));
        once("MprAdminInterfaceEnum", Garbage::NullWithSuccess);
        assert_eq!(server.interfaces().unwrap_err().kind(), ErrorKind::MalformedAnswer);
        once("MprAdminInterfaceGetInfo", Garbage::NullWithSuccess);
        assert_eq!(branch.info().unwrap_err().kind(), ErrorKind::MalformedAnswer);
        once("MprAdminInterfaceTransportGetInfo", Garbage::NullWithSuccess);
        let info = branch.transport_info(TransportId::Ip);
        assert_eq!(info.unwrap_err().kind(), ErrorKind::MalformedAnswer);
        once("MprAdminInterfaceGetInfo", Garbage::UnterminatedStrings);
        let info = branch.info_at::<MPR_INTERFACE_2>().unwrap();
        assert_eq!(info.get().name().len(), 257);
        assert_eq!(info.get().to_settings().unwrap().name().len(), 256);
        once("MprAdminInterfaceDeviceGetInfo", Garbage::UnterminatedStrings);
        assert_eq!(branch.device_at::<MPR_DEVICE_0>(1).unwrap().get().name().len(), 129);
    });
}
