//! The transports of a running router, against the simulator.

use crate::common::{assert_clean, mpr};
use mprapi::{ErrorKind, Info, InfoBlockBuf, InfoType, TransportId, TransportSettings};
use mprapi_sim::{Failure, Interface, InterfaceKind, Server, Windows};

fn block(byte: u8) -> InfoBlockBuf {
    let mut block = InfoBlockBuf::new();
    block.add(Info::item(InfoType::IP_GLOBAL, &[byte; 8]).unwrap()).unwrap();
    block
}

#[test]
fn a_transport_is_loaded_read_and_changed() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let settings = TransportSettings {
        global: Some(block(1)),
        client_interface: Some(block(2)),
        dll_path: Some(r"C:\x\atalk.dll".into()),
    };
    server.create_transport(TransportId::AppleTalk, Some("AppleTalk"), &settings).unwrap();
    let expected = TransportSettings { dll_path: None, ..settings.clone() };
    assert_eq!(server.transport_info(TransportId::AppleTalk).unwrap(), expected);
    // What is left out stays.
    let global = TransportSettings { global: Some(block(3)), ..TransportSettings::default() };
    server.set_transport_info(TransportId::AppleTalk, &global).unwrap();
    let read = server.transport_info(TransportId::AppleTalk).unwrap();
    assert_eq!(read, TransportSettings { global: Some(block(3)), ..expected });
    let again = server.create_transport(TransportId::AppleTalk, None::<&str>, &settings).unwrap_err();
    assert_eq!(again.code(), Some(mprapi::sys::ERROR_PROTOCOL_ALREADY_INSTALLED));
    drop(server);
    assert_clean(router);
}

#[test]
fn what_cannot_be_is_an_error_and_nothing_is_called() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let nothing = TransportSettings::default();
    let with_dll =
        |path: &str| TransportSettings { dll_path: Some(path.into()), ..TransportSettings::default() };
    let something = |path: &str| TransportSettings { global: Some(block(1)), ..with_dll(path) };
    let without_dll = TransportSettings { dll_path: None, ..something("x") };
    let name = "x".repeat(41);
    for error in [
        server.create_transport(TransportId::Nbf, None::<&str>, &with_dll("x")).unwrap_err(),
        server.create_transport(TransportId::Nbf, None::<&str>, &without_dll).unwrap_err(),
        server.create_transport(TransportId::Nbf, Some(&name), &something("x")).unwrap_err(),
        server.create_transport(TransportId::Nbf, None::<&str>, &something("a\0b")).unwrap_err(),
        server.set_transport_info(TransportId::Nbf, &something("x")).unwrap_err(),
        server.set_transport_info(TransportId::Nbf, &nothing).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }
    assert_eq!(router.calls("MprAdminTransportCreate") + router.calls("MprAdminTransportSetInfo"), 0);
    let error = server.transport_info(TransportId::Unknown(4711)).unwrap_err();
    assert_eq!(error.code(), Some(mprapi::sys::ERROR_UNKNOWN_PROTOCOL_ID));
    drop(server);
    assert_clean(router);
}

const OUT_OF_MEMORY: u32 = 8;

#[test]
fn the_transports_that_run_are_those_of_windows_and_others_that_are_named() {
    for windows in [Windows::Server2003, Windows::Server2008, Windows::Server2022] {
        let simulation = Server::unique().windows(windows).start();
        let router = &simulation.routers()[0];
        let server = mpr().connect(Some(router.name())).unwrap();
        let settings = TransportSettings {
            global: Some(block(1)),
            client_interface: None,
            dll_path: Some(r"C:\x\atalk.dll".into()),
        };
        server.create_transport(TransportId::AppleTalk, Some("AppleTalk"), &settings).unwrap();
        let ids = |others: &[TransportId]| {
            let running = server.running_transports(others.iter().copied()).unwrap();
            running.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&[]), [TransportId::Ip], "{windows:?}");
        server.create_transport(TransportId::Ipv6, None::<&str>, &settings).unwrap();
        assert_eq!(ids(&[]), [TransportId::Ip, TransportId::Ipv6], "{windows:?}");
        let before = router.calls("MprAdminTransportGetInfo");
        let others =
            [TransportId::Unknown(4711), TransportId::Ipv6, TransportId::AppleTalk, TransportId::Ipv6];
        assert_eq!(ids(&others), [TransportId::Ipv6, TransportId::AppleTalk, TransportId::Ip]);
        assert_eq!(router.calls("MprAdminTransportGetInfo") - before, 4, "each is asked for once");
        let running = server.running_transports([TransportId::AppleTalk]).unwrap();
        assert_eq!(running[0].1, server.transport_info(TransportId::AppleTalk).unwrap());
        router.fail("MprAdminTransportGetInfo", Failure::code(OUT_OF_MEMORY).at_call(2));
        assert_eq!(server.running_transports([]).unwrap_err().kind(), ErrorKind::OutOfMemory);
        drop(server);
        assert_clean(router);
    }
}

#[test]
fn the_transports_that_run_on_an_interface_are_read_and_a_disabled_one_does_not_tell() {
    let simulation = Server::unique().interface(Interface::new("branch", InterfaceKind::FullRouter)).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let branch = server.find_interface("branch").unwrap();
    let ids = || -> Vec<_> {
        let running = branch.running_transports([TransportId::Unknown(4711)]).unwrap();
        running.into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids(), [TransportId::Ip]);
    branch.add_transport(TransportId::Ipv6, &block(1)).unwrap();
    assert_eq!(ids(), [TransportId::Ip, TransportId::Ipv6]);
    assert_eq!(branch.running_transports([]).unwrap()[1], (TransportId::Ipv6, Some(block(1))));
    router.fail("MprAdminInterfaceTransportGetInfo", Failure::code(OUT_OF_MEMORY).at_call(1));
    assert_eq!(branch.running_transports([]).unwrap_err().kind(), ErrorKind::OutOfMemory);
    branch.set_info(&branch.demand_dial_settings().unwrap().enabled(false)).unwrap();
    assert_eq!(branch.running_transports([]).unwrap_err().kind(), ErrorKind::InvalidHandle);
    drop(server);
    assert_clean(router);
}
