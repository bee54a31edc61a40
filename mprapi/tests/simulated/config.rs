//! The stored configuration, against a simulated router.

use std::time::Duration;

use crate::common::{assert_clean, ikev2_settings, mpr};
use mprapi::sys::{MPR_IF_CUSTOMINFOEX2, MPR_INTERFACE_1, MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX0};
use mprapi::{
    DemandDial, ErrorKind, HandleProblem, Ikev2Settings, Info, InfoBlockBuf, InfoType, InterfaceSettings,
    InterfaceType, Ports, RawHandle, TransportId, TransportSettings, TunnelConfiguration, disconnect,
};
use mprapi_sim::{Failure, Interface, InterfaceKind, Server, Service};

fn block(bytes: &[u8]) -> InfoBlockBuf {
    let mut block = InfoBlockBuf::new();
    block.add(Info::item(InfoType::IP_GLOBAL, bytes).unwrap()).unwrap();
    block
}

#[test]
fn a_configuration_is_disconnected_exactly_once_by_its_own_function() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    // SAFETY: the value is fresh, and the configuration that owns it is only dropped afterwards.
    let raw = unsafe { RawHandle::configuration(&mpr(), configuration.as_raw()) };
    // SAFETY: as above; it is refused.
    let as_server = unsafe { RawHandle::server(&mpr(), configuration.as_raw()) };
    assert!(disconnect(as_server).is_err(), "a configuration is no server");
    disconnect(raw.clone()).unwrap();
    assert_eq!(disconnect(raw).unwrap_err().problem(), HandleProblem::AlreadyDisconnected);
    let refused = disconnect(configuration).unwrap_err();
    assert_eq!(refused.problem(), HandleProblem::AlreadyDisconnected);
    drop(refused.into_handle());
    assert_eq!(router.calls("MprConfigServerDisconnect"), 1);
    drop(mpr().configuration(Some(router.name())).unwrap());
    assert_eq!(router.calls("MprConfigServerDisconnect"), 2);
    assert_clean(router);
}

#[test]
fn the_service_need_not_run() {
    let simulation = Server::unique().service(Service::Stopped).start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    configuration.interfaces().unwrap();
    configuration.transports().unwrap();
    drop(configuration);
    assert_clean(router);
}

#[test]
fn an_interface_is_stored_found_changed_and_taken_out() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mut configuration = mpr().configuration(Some(router.name())).unwrap();
    let before = configuration.interfaces().unwrap().len();

    let settings = InterfaceSettings::new("branch-2", InterfaceType::FullRouter);
    configuration.create_interface(&settings).unwrap();
    let twice = configuration.create_interface(&settings).unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::AlreadyExists);

    let interfaces = configuration.interfaces().unwrap();
    assert_eq!(interfaces.len(), before + 1);
    let listed = interfaces.iter().find(|interface| *interface.name() == *"branch-2").expect("in the list");
    assert!(listed.is_enabled());
    assert_eq!(listed.interface_type(), InterfaceType::FullRouter);

    let handle = listed.handle();
    let hours = settings.clone().enabled(false).dialout_hours(["1 09:00-17:00", "5 10:00-12:00"]);
    handle.set_info(&hours).unwrap();
    let info = handle.info_at::<MPR_INTERFACE_1>().unwrap();
    assert!(!info.get().is_enabled());
    let texts: Vec<String> = info.get().dialout_hours().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["1 09:00-17:00", "5 10:00-12:00"]);
    assert!(!configuration.interface("BRANCH-2").unwrap().info().unwrap().get().is_enabled());

    drop(info);
    drop(interfaces);
    configuration.delete_interface("branch-2").unwrap();
    assert_eq!(configuration.delete_interface("branch-2").unwrap_err().kind(), ErrorKind::NoSuchInterface);
    assert_eq!(configuration.interface("branch-2").unwrap_err().kind(), ErrorKind::NoSuchInterface);
    assert_eq!(configuration.interfaces().unwrap().len(), before);
    drop(configuration);
    assert_clean(router);
}

#[test]
fn a_change_that_waits_for_a_restart_is_stored_and_says_so_once() {
    type Change = fn(&mut mprapi::Configuration) -> mprapi::Result<()>;
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mut configuration = mpr().configuration(Some(router.name())).unwrap();
    let settings = InterfaceSettings::new("b", InterfaceType::FullRouter);
    let interface = configuration.create_interface(&settings).unwrap();
    interface.add_transport(TransportId::Ip, None::<&str>, &block(&[1])).unwrap();
    configuration.create_transport(TransportId::Ipv6, None::<&str>, &TransportSettings::default()).unwrap();
    let changes: [(&str, Change); 11] = [
        ("MprConfigServerSetInfo", |stored| {
            stored.set_ports(&stored.server_info_at::<MPR_SERVER_2>().unwrap())
        }),
        ("MprConfigServerSetInfoEx", |stored| stored.set_tunnels(&TunnelConfiguration::default())),
        ("MprConfigInterfaceSetInfo", |stored| {
            stored.interface("b")?.set_info(&InterfaceSettings::new("b", InterfaceType::FullRouter))
        }),
        ("MprConfigInterfaceSetCustomInfoEx", |stored| {
            stored.interface("b")?.set_ikev2_settings(&Ikev2Settings::default())
        }),
        ("MprConfigInterfaceSetCustomInfoEx", |stored| stored.interface("b")?.remove_ikev2_settings()),
        ("MprConfigInterfaceTransportSetInfo", |stored| {
            stored.interface("b")?.transport(TransportId::Ip)?.set_info(&block(&[2]))
        }),
        ("MprConfigTransportSetInfo", |stored| {
            stored.transport(TransportId::Ip)?.set_info(&TransportSettings::default())
        }),
        ("MprConfigFilterSetInfo", |stored| stored.set_filters_enabled(TransportId::Ip, true)),
        ("MprConfigInterfaceTransportRemove", |stored| {
            stored.remove_interface_transport("b", TransportId::Ip)
        }),
        ("MprConfigTransportDelete", |stored| stored.delete_transport(TransportId::Ipv6)),
        ("MprConfigInterfaceDelete", |stored| stored.delete_interface("b")),
    ];
    for (function, change) in changes {
        for code in [3010, 3011] {
            router.heal();
            router.fail(function, Failure::code(code));
            change(&mut configuration).unwrap_or_else(|error| panic!("{function}: {error}"));
            assert!(configuration.take_restart_required(), "{function}");
            assert!(!configuration.take_restart_required(), "{function} twice");
        }
        router.heal();
        router.fail(function, Failure::code(5));
        assert_eq!(change(&mut configuration).unwrap_err().kind(), ErrorKind::AccessDenied, "{function}");
        router.heal();
    }
    assert!(!configuration.take_restart_required());
}

#[test]
fn an_interface_that_someone_else_took_out_is_an_error() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mine = mpr().configuration(Some(router.name())).unwrap();
    let mut theirs = mpr().configuration(Some(router.name())).unwrap();
    let handle = mine.create_interface(&InterfaceSettings::new("b", InterfaceType::FullRouter)).unwrap();
    theirs.delete_interface("b").unwrap();
    assert_eq!(handle.info().unwrap_err().kind(), ErrorKind::NoSuchInterface);
    drop((mine, theirs));
    assert_clean(router);
}

#[test]
fn dialling_settings_are_not_for_storing() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let refused = configuration.create_interface(&DemandDial::vpn("b", "vpn2.example.com")).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unsupported);
    let wrong = configuration.create_interface(&InterfaceSettings::new("", InterfaceType::FullRouter));
    assert_eq!(wrong.unwrap_err().kind(), ErrorKind::InvalidArgument);
    assert_eq!(router.calls("MprConfigInterfaceCreate"), 1, "nothing is called for what cannot be");
    drop(configuration);
    assert_clean(router);
}

#[test]
fn ikev2_settings_are_stored_and_taken_out() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let handle =
        configuration.create_interface(&InterfaceSettings::new("b", InterfaceType::FullRouter)).unwrap();
    assert_eq!(handle.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX2>().unwrap(), None);
    let mut settings = Ikev2Settings::default();
    settings.lifetime = Duration::from_secs(3600);
    settings.certificate_name = vec![0x30, 0x0B, 1, 2, 3];
    handle.set_ikev2_settings(&settings).unwrap();
    assert_eq!(handle.ikev2_settings().unwrap(), Some(settings));
    handle.remove_ikev2_settings().unwrap();
    assert_eq!(handle.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX2>().unwrap(), None);
    drop(configuration);
    assert_clean(router);
}

#[test]
fn transports_are_stored_read_changed_and_taken_out() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mut configuration = mpr().configuration(Some(router.name())).unwrap();
    let info = TransportSettings {
        global: Some(block(&[1, 2, 3])),
        client_interface: Some(block(&[4; 9])),
        dll_path: Some("iprtrmgr6.dll".into()),
    };
    configuration.create_transport(TransportId::Ipv6, Some("IPv6"), &info).unwrap();
    let transports = configuration.transports().unwrap();
    let listed =
        transports.iter().find(|transport| transport.id() == TransportId::Ipv6).expect("in the list");
    assert_eq!(*listed.name(), *"IPv6");
    assert_eq!(listed.handle().info().unwrap(), info);

    let change = TransportSettings { global: Some(block(&[7])), ..TransportSettings::default() };
    listed.handle().set_info(&change).unwrap();
    let changed = configuration.transport(TransportId::Ipv6).unwrap().info().unwrap();
    assert_eq!(changed, TransportSettings { global: change.global, ..info });

    drop(transports);
    configuration.delete_transport(TransportId::Ipv6).unwrap();
    assert_eq!(configuration.transport(TransportId::Ipv6).unwrap_err().kind(), ErrorKind::NotFound);
    drop(configuration);
    assert_clean(router);
}

#[test]
fn transports_on_an_interface_are_stored_read_changed_and_taken_off() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mut configuration = mpr().configuration(Some(router.name())).unwrap();
    let settings = InterfaceSettings::new("b", InterfaceType::FullRouter);
    let interface = configuration.create_interface(&settings).unwrap();
    let none = interface.transport(TransportId::Ip).unwrap_err();
    assert_eq!(none.kind(), ErrorKind::NoSuchInterface);
    let transport = interface.add_transport(TransportId::Ip, None::<&str>, &block(&[1, 2])).unwrap();
    assert_eq!(transport.info().unwrap(), Some(block(&[1, 2])));
    transport.set_info(&block(&[3])).unwrap();
    assert_eq!(interface.transport(TransportId::Ip).unwrap().info().unwrap(), Some(block(&[3])));
    let ids: Vec<_> = interface.transports().unwrap().iter().map(|transport| transport.id()).collect();
    assert_eq!(ids, [TransportId::Ip]);
    configuration.remove_interface_transport("b", TransportId::Ip).unwrap();
    let gone = configuration.remove_interface_transport("b", TransportId::Ip).unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NoSuchInterface);
    drop(configuration);
    assert_clean(router);
}

#[test]
fn ports_and_tunnels_are_stored_and_the_running_server_stays_as_it_is() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let server = mpr().connect(Some(router.name())).unwrap();
    let running = server.info_at::<MPR_SERVER_2>().unwrap();

    let stored = configuration.server_info_at::<MPR_SERVER_2>().unwrap();
    let pptp = Ports { count: 5, ..stored.pptp.unwrap() };
    let mut change = stored;
    change.pptp = Some(pptp);
    configuration.set_ports(&change).unwrap();
    assert_eq!(configuration.server_info_at::<MPR_SERVER_2>().unwrap().pptp, Some(pptp));
    let level_1 = configuration.server_info_at::<MPR_SERVER_1>().unwrap();
    assert_eq!((level_1.pptp, level_1.sstp), (Some(pptp), None));

    let mut tunnels = TunnelConfiguration::default();
    tunnels.pptp = Some(Ports { count: 7, ..pptp });
    configuration.set_tunnels(&tunnels).unwrap();
    let details = configuration.server_info_at::<MPR_SERVER_EX0>().unwrap();
    assert_eq!(details.tunnels.pptp.map(|ports| ports.count), Some(7));

    change.pptp = Some(Ports { count: 0, ..pptp });
    assert_eq!(configuration.set_ports(&change).unwrap_err().kind(), ErrorKind::InvalidArgument);
    assert_eq!(server.info_at::<MPR_SERVER_2>().unwrap(), running);
    drop((configuration, server));
    assert_clean(router);
}

#[test]
fn filters_are_switched_off_and_on() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    for enabled in [false, true] {
        configuration.set_filters_enabled(TransportId::Ip, enabled).unwrap();
        assert_eq!(configuration.filters_enabled(TransportId::Ip).unwrap(), enabled);
    }
    drop(configuration);
    assert_clean(router);
}

#[test]
fn what_was_backed_up_is_put_back() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let folder = std::env::temp_dir().join(format!("mprapi-{}-{}", std::process::id(), router.name()));
    std::fs::create_dir(&folder).unwrap();
    let mut configuration = mpr().configuration(Some(router.name())).unwrap();
    let ikev2 = ikev2_settings();
    configuration
        .create_interface(&InterfaceSettings::new("b", InterfaceType::FullRouter))
        .unwrap()
        .set_ikev2_settings(&ikev2)
        .unwrap();
    configuration.backup(&folder).unwrap();
    configuration.delete_interface("b").unwrap();
    configuration.restore(&folder).unwrap();
    configuration.refresh().unwrap();
    assert_eq!(configuration.interface("b").unwrap().ikev2_settings().unwrap(), Some(ikev2));
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(configuration.restore(&folder).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(configuration.backup(&folder).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(configuration.backup("").unwrap_err().kind(), ErrorKind::InvalidArgument);
    drop(configuration);
    assert_clean(router);
}

#[test]
fn an_adapters_two_names_lead_to_each_other() {
    let simulation =
        Server::unique().interface(Interface::new("Ethernet 2", InterfaceKind::Dedicated)).start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let guid = configuration.guid_name("Ethernet 2").unwrap().to_string();
    assert!(guid.starts_with('{') && guid.ends_with('}'), "{guid}");
    assert!(configuration.friendly_name(&guid).unwrap() == "Ethernet 2");
    assert!(*configuration.interface(&guid).unwrap().info().unwrap().get().name() == *guid);
    drop(configuration);
    assert_clean(router);
}

#[test]
fn a_name_that_no_adapter_has_is_not_found() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let unknown = configuration.friendly_name("{00000000-0000-0000-0000-000000000000}").unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::NotFound);
    assert_eq!(configuration.guid_name("no such adapter").unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(configuration.guid_name("a\0b").unwrap_err().kind(), ErrorKind::InvalidArgument);
    drop(configuration);
    assert_clean(router);
}
