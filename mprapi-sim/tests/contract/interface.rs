//! Interfaces of the running router.

use std::ptr::null_mut;
use std::time::Duration;

use mprapi_sim::{Interface, InterfaceKind, Session, Tunnel};
use mprapi_sys as sys;

use crate::call;
use crate::event::Event;
use crate::harness::{EVERYTHING, Open, Records, company, connections, narrow, record, wide};
use crate::lab::Lab;

fn handle(open: &Open, name: &str) -> sys::HANDLE {
    let mut handle = null_mut();
    let code = call!(MprAdminInterfaceGetHandle(open.server, wide(name).as_mut_ptr(), &raw mut handle, 1));
    assert_eq!(code, 0, "{name}");
    handle
}

fn state(open: &Open, interface: sys::HANDLE) -> sys::MPR_INTERFACE_0 {
    record(|buffer| call!(MprAdminInterfaceGetInfo(open.server, interface, 0, buffer))).expect("its state")
}

fn list(open: &Open) -> Vec<sys::MPR_INTERFACE_0> {
    Records::of(|buffer, read, total| {
        call!(MprAdminInterfaceEnum(open.server, 0, buffer, EVERYTHING, read, total, null_mut()))
    })
    .list()
}

#[test]
fn a_demand_dial_interface_connects_and_disconnects_everywhere() {
    let open = Open::company();
    let lyon = handle(&open, "Branch Lyon");
    assert_eq!(state(&open, lyon).dwConnectionState, sys::ROUTER_IF_STATE_DISCONNECTED);
    assert_eq!(call!(MprAdminInterfaceConnect(open.server, lyon, null_mut(), 1)), 0);
    assert_eq!(state(&open, lyon).dwConnectionState, sys::ROUTER_IF_STATE_CONNECTED);
    let connection = *connections(open.server).last().expect("the new one");
    assert_eq!(narrow(&connection.wszInterfaceName), "Branch Lyon");
    assert_eq!(narrow(&connection.wszUserName), "router-hq");
    assert_eq!(connection.dwInterfaceType, sys::ROUTER_IF_TYPE_FULL_ROUTER);
    assert_eq!(connection.hInterface, lyon);
    assert_eq!(
        call!(MprAdminInterfaceConnect(open.server, lyon, null_mut(), 1)),
        sys::ERROR_ALREADY_CONNECTED
    );
    assert_eq!(call!(MprAdminInterfaceDelete(open.server, lyon)), sys::ERROR_INTERFACE_CONNECTED);
    assert_eq!(call!(MprAdminInterfaceDisconnect(open.server, lyon)), 0);
    assert_eq!(state(&open, lyon).dwConnectionState, sys::ROUTER_IF_STATE_DISCONNECTED);
    assert_eq!(connections(open.server).len(), 7);
}

#[test]
fn disconnecting_its_port_ends_a_demand_dial_interface_too() {
    let open = Open::company();
    let lyon = handle(&open, "Branch Lyon");
    assert_eq!(call!(MprAdminInterfaceConnect(open.server, lyon, null_mut(), 1)), 0);
    let connection = connections(open.server).last().expect("the new one").hConnection;
    let port = crate::harness::ports_of(open.server, connection).expect("its port")[0].hPort;
    assert_eq!(call!(MprAdminPortDisconnect(open.server, port)), 0);
    assert_eq!(state(&open, lyon).dwConnectionState, sys::ROUTER_IF_STATE_DISCONNECTED);
}

#[test]
fn an_attempt_takes_its_time_and_waiting_moves_a_stepped_clock() {
    let dial = Interface::new("Slow", InterfaceKind::FullRouter).dial_takes(Duration::from_secs(3));
    let open = Open::new(company().interface(dial));
    let lyon = handle(&open, "Slow");
    let before = connections(open.server)[0].dwConnectDuration;
    assert_eq!(call!(MprAdminInterfaceConnect(open.server, lyon, null_mut(), 0)), 600);
    assert_eq!(state(&open, lyon).dwConnectionState, sys::ROUTER_IF_STATE_CONNECTING);
    open.router().advance(Duration::from_secs(3));
    assert_eq!(state(&open, lyon).dwConnectionState, sys::ROUTER_IF_STATE_CONNECTED);
    assert_eq!(call!(MprAdminInterfaceDisconnect(open.server, lyon)), 0);
    assert_eq!(call!(MprAdminInterfaceConnect(open.server, lyon, null_mut(), 1)), 0);
    assert_eq!(connections(open.server)[0].dwConnectDuration, before + 6);
}

#[test]
fn a_failed_attempt_leaves_the_interface_unreachable_with_its_reason() {
    let open = Open::company();
    let oslo = handle(&open, "Branch Oslo");
    let code = call!(MprAdminInterfaceConnect(open.server, oslo, null_mut(), 1));
    assert_eq!(code, sys::ERROR_REMOTE_AUTHENTICATION_FAILURE);
    let after = state(&open, oslo);
    assert_eq!(after.dwConnectionState, sys::ROUTER_IF_STATE_UNREACHABLE);
    assert_eq!(after.fUnReachabilityReasons, sys::MPR_INTERFACE_CONNECTION_FAILURE);
    assert_eq!(after.dwLastError, sys::ERROR_REMOTE_AUTHENTICATION_FAILURE);
    open.router().set_dial_error("Branch Oslo", 0);
    assert_eq!(call!(MprAdminInterfaceConnect(open.server, oslo, null_mut(), 1)), 0);
    assert_eq!(state(&open, oslo).dwLastError, 0);
}

#[test]
fn with_a_real_clock_the_event_comes_by_itself() {
    let dial = Interface::new("Slow", InterfaceKind::FullRouter).dial_takes(Duration::from_millis(30));
    let open = Open::new(company().clock(mprapi_sim::Clock::Real).interface(dial));
    let (slow, event) = (handle(&open, "Slow"), Event::new());
    assert_eq!(call!(MprAdminInterfaceConnect(open.server, slow, event.raw(), 0)), 600);
    let asked = (0..100).any(|_| event.is_signalled());
    assert!(asked, "the attempt ended unnoticed");
    assert_eq!(state(&open, slow).dwConnectionState, sys::ROUTER_IF_STATE_CONNECTED);
}

#[test]
fn notifications_fire_when_anyone_comes_or_goes_until_they_are_ended() {
    let open = Open::company();
    let event = Event::new();
    assert_eq!(call!(MprAdminRegisterConnectionNotification(open.server, event.raw())), 0);
    assert!(!event.is_signalled());
    open.router().connect(&Session::new("new", Tunnel::Sstp)).expect("a free port");
    assert!(event.is_signalled());
    assert!(open.router().drop_user("new"));
    assert!(event.is_signalled());
    assert_eq!(call!(MprAdminInterfaceConnect(open.server, handle(&open, "Branch Lyon"), null_mut(), 1)), 0);
    assert!(event.is_signalled());
    assert_eq!(call!(MprAdminDeregisterConnectionNotification(open.server, event.raw())), 0);
    open.router().connect(&Session::new("new", Tunnel::Sstp)).expect("a free port");
    assert!(!event.is_signalled());
}

#[test]
fn a_client_is_an_interface_as_long_as_it_is_connected() {
    let open = Open::company();
    let all = list(&open);
    let clients = all.iter().filter(|interface| interface.dwIfType == sys::ROUTER_IF_TYPE_CLIENT);
    assert_eq!((all.len(), clients.count()), (12, 7));
    let mut found = null_mut();
    let mut name = wide("CORP\\p.novak");
    let code = call!(MprAdminInterfaceGetHandle(open.server, name.as_mut_ptr(), &raw mut found, 0));
    assert_eq!(code, sys::ERROR_NO_SUCH_INTERFACE);
    assert_eq!(
        state(&open, handle(&open, "CORP\\p.novak")).dwConnectionState,
        sys::ROUTER_IF_STATE_CONNECTED
    );
    assert!(open.router().drop_user("p.novak"));
    assert_eq!(list(&open).len(), 11);
}

#[test]
fn an_interface_disabled_by_the_administrator_hangs_up() {
    let open = Open::company();
    let lyon = handle(&open, "Branch Lyon");
    assert_eq!(call!(MprAdminInterfaceConnect(open.server, lyon, null_mut(), 1)), 0);
    let mut settings = state(&open, lyon);
    settings.fEnabled = 0;
    assert_eq!(call!(MprAdminInterfaceSetInfo(open.server, lyon, 0, (&raw mut settings).cast())), 0);
    let after = state(&open, lyon);
    assert_eq!(after.dwConnectionState, sys::ROUTER_IF_STATE_UNREACHABLE);
    assert_eq!(after.fUnReachabilityReasons, sys::MPR_INTERFACE_ADMIN_DISABLED);
    assert_eq!(connections(open.server).len(), 7);
    settings.fEnabled = 1;
    assert_eq!(call!(MprAdminInterfaceSetInfo(open.server, lyon, 0, (&raw mut settings).cast())), 0);
    assert_eq!(state(&open, lyon).dwConnectionState, sys::ROUTER_IF_STATE_DISCONNECTED);
}

#[test]
fn an_entry_is_read_as_it_was_created() {
    let open = Open::company();
    let mut given = sys::MPR_INTERFACE_2::default();
    given.wszInterfaceName[..4].copy_from_slice(&wide("Rome")[..4]);
    given.dwIfType = sys::ROUTER_IF_TYPE_FULL_ROUTER;
    given.fEnabled = 1;
    given.dwIdleDisconnectSeconds = 77;
    given.szLocalPhoneNumber[..5].copy_from_slice(&wide("12345")[..5]);
    let mut alternates: Vec<u16> = "one\0two\0\0".encode_utf16().collect();
    given.szAlternates = alternates.as_mut_ptr();
    let mut auth = [1u8, 2, 3];
    given.lpbCustomAuthData = auth.as_mut_ptr();
    given.dwCustomAuthDataSize = 3;
    let mut rome = null_mut();
    assert_eq!(call!(MprAdminInterfaceCreate(open.server, 2, (&raw mut given).cast(), &raw mut rome)), 0);
    let mut buffer = null_mut();
    assert_eq!(call!(MprAdminInterfaceGetInfo(open.server, rome, 3, &raw mut buffer)), 0);
    // SAFETY: the call succeeded, so the record is there.
    let read = unsafe { buffer.cast::<sys::MPR_INTERFACE_3>().read() };
    assert_eq!((read.dwIdleDisconnectSeconds, narrow(&read.szLocalPhoneNumber)), (77, "12345".to_owned()));
    // SAFETY: the pieces lie behind the record.
    let pieces = unsafe { std::slice::from_raw_parts(read.szAlternates, alternates.len()) };
    assert_eq!(pieces, alternates);
    // SAFETY: as above.
    let data = unsafe { std::slice::from_raw_parts(read.lpbCustomAuthData, 3) };
    assert_eq!(data, auth);
    assert_eq!(open.router().outstanding().buffers, 1);
    assert_eq!(call!(MprAdminBufferFree(buffer.cast())), 0);
}

#[test]
fn credentials_are_read_as_they_were_set() {
    let lab = crate::lab::lab();
    let (mut machine, mut name) = (lab.machine.clone(), wide("Branch"));
    let mut password = wide("other");
    let none = null_mut();
    let code = call!(MprAdminInterfaceSetCredentials(
        machine.as_mut_ptr(),
        name.as_mut_ptr(),
        none,
        none,
        password.as_mut_ptr()
    ));
    assert_eq!(code, 0);
    let mut texts = [[0u16; 257]; 3];
    let [user, secret, domain] = texts.each_mut().map(|text| text.as_mut_ptr());
    let code =
        call!(MprAdminInterfaceGetCredentials(machine.as_mut_ptr(), name.as_mut_ptr(), user, secret, domain));
    assert_eq!(code, 0);
    assert_eq!(texts.map(|text| narrow(&text)), ["router", "other", "CORP"]);
    let code =
        call!(MprAdminInterfaceSetCredentials(machine.as_mut_ptr(), name.as_mut_ptr(), none, none, none));
    assert_eq!(code, 0);
    let code =
        call!(MprAdminInterfaceGetCredentials(machine.as_mut_ptr(), name.as_mut_ptr(), user, none, none));
    assert_eq!(code, sys::ERROR_NO_INTERFACE_CREDENTIALS_SET);
}

#[test]
fn custom_settings_are_handed_out_in_pieces_of_their_own() {
    let lab = Lab::new(|server| server);
    let mut certificate = [9u8; 5];
    let mut policy =
        sys::ROUTER_CUSTOM_IKEv2_POLICY0 { dwCipherTransformConstant: 5, dwDhGroup: 3, ..Default::default() };
    let mut info = sys::MPR_IF_CUSTOMINFOEX2 {
        Header: lab.header(
            sys::MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT,
            3,
            size_of::<sys::MPR_IF_CUSTOMINFOEX2>(),
        ),
        dwFlags: sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2,
        ..Default::default()
    };
    info.customIkev2Config.dwSaLifeTime = 600;
    info.customIkev2Config.dwSaDataSize = 1024;
    info.customIkev2Config.certificateName.cbData = 5;
    info.customIkev2Config.certificateName.pbData = certificate.as_mut_ptr();
    info.customIkev2Config.customPolicy = &raw mut policy;
    assert_eq!(call!(MprAdminInterfaceSetCustomInfoEx(lab.server, lab.branch, &raw mut info)), 0);
    let mut read = sys::MPR_IF_CUSTOMINFOEX2 { Header: info.Header, ..Default::default() };
    assert_eq!(call!(MprAdminInterfaceGetCustomInfoEx(lab.server, lab.branch, &raw mut read)), 0);
    let config = &read.customIkev2Config;
    assert_eq!((config.dwSaLifeTime, config.certificateName.cbData), (600, 5));
    // SAFETY: the pointer is not null, so the policy is there.
    assert_eq!(unsafe { *config.customPolicy }.dwDhGroup, 3);
    assert_eq!(lab.router().outstanding().buffers, 2);
    assert_eq!(call!(MprAdminBufferFree(config.certificateName.pbData.cast())), 0);
    assert_eq!(call!(MprAdminBufferFree(config.customPolicy.cast())), 0);
}
