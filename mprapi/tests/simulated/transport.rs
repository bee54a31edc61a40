//! The transports of a running router, against the simulator.

use crate::common::{assert_clean, mpr};
use mprapi::{ErrorKind, Info, InfoBlockBuf, InfoType, TransportId, TransportSettings};
use mprapi_sim::Server;

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
    assert_eq!(again.name(), Some("ERROR_PROTOCOL_ALREADY_INSTALLED"));
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
    assert_eq!(error.name(), Some("ERROR_UNKNOWN_PROTOCOL_ID"));
    drop(server);
    assert_clean(router);
}
