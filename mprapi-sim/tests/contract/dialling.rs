//! Links that fail, and the hours in which they may dial.

use std::ptr::null_mut;
use std::time::Duration;

use mprapi_sim::{Interface, InterfaceKind, Server, Tunnel};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{Open, record, wide};

const DISCONNECTED: sys::ROUTER_CONNECTION_STATE = sys::ROUTER_IF_STATE_DISCONNECTED;
const UNREACHABLE: sys::ROUTER_CONNECTION_STATE = sys::ROUTER_IF_STATE_UNREACHABLE;
const CONNECTED: sys::ROUTER_CONNECTION_STATE = sys::ROUTER_IF_STATE_CONNECTED;

struct Link(Open, sys::HANDLE);

impl Link {
    fn new(interface: Interface) -> Link {
        let open = Open::new(Server::unique().ports(Tunnel::Ikev2, 2).interface(interface));
        let handle = handle(&open);
        Link(open, handle)
    }

    fn dial(&self) -> u32 {
        call!(MprAdminInterfaceConnect(self.0.server, self.1, null_mut(), 1))
    }

    fn info(&self) -> sys::MPR_INTERFACE_0 {
        record(|buffer| call!(MprAdminInterfaceGetInfo(self.0.server, self.1, 0, buffer))).expect("its state")
    }

    fn state(&self) -> sys::ROUTER_CONNECTION_STATE {
        self.info().dwConnectionState
    }

    fn minutes(&self, minutes: u64) {
        self.0.router().advance(Duration::from_secs(60 * minutes));
    }
}

fn handle(open: &Open) -> sys::HANDLE {
    let mut handle = null_mut();
    let code = call!(MprAdminInterfaceGetHandle(open.server, wide("Link").as_mut_ptr(), &raw mut handle, 0));
    assert_eq!(code, 0);
    handle
}

fn link() -> Interface {
    Interface::new("Link", InterfaceKind::FullRouter)
}

#[test]
fn after_each_failure_a_link_is_unreachable_for_twice_as_long_up_to_six_hours() {
    let link = Link::new(link().dial_error(809u32));
    assert_eq!(link.state(), DISCONNECTED);
    for minutes in [10, 20, 40, 80, 160, 320, 360, 360] {
        assert_eq!(link.dial(), 809);
        let info = link.info();
        assert_eq!((info.dwConnectionState, info.dwLastError), (UNREACHABLE, 809));
        assert_eq!(info.fUnReachabilityReasons, sys::MPR_INTERFACE_CONNECTION_FAILURE);
        link.minutes(minutes - 1);
        assert_eq!(link.state(), UNREACHABLE, "one minute less than {minutes}");
        link.minutes(1);
        let info = link.info();
        assert_eq!((info.dwConnectionState, info.fUnReachabilityReasons), (DISCONNECTED, 0), "{minutes}");
        assert_eq!(info.dwLastError, 809, "why it failed last is still known");
    }
}

#[test]
fn a_link_that_came_up_waits_ten_minutes_again_and_so_does_one_of_a_service_that_was_started_again() {
    let link = Link::new(link().dial_error(809u32));
    for _ in 0..3 {
        assert_eq!(link.dial(), 809);
    }
    link.0.router().set_dial_error("Link", 0);
    assert_eq!(link.dial(), 0, "an administrator may dial at any time");
    assert_eq!((link.state(), link.info().dwLastError), (CONNECTED, 0));
    assert_eq!(call!(MprAdminInterfaceDisconnect(link.0.server, link.1)), 0);
    link.0.router().set_dial_error("Link", 809);
    let fails_for_ten_minutes = |link: &Link| {
        assert_eq!(link.dial(), 809);
        link.minutes(9);
        assert_eq!(link.state(), UNREACHABLE);
        link.minutes(1);
        assert_eq!(link.state(), DISCONNECTED);
    };
    fails_for_ten_minutes(&link);
    assert_eq!(link.dial(), 809);
    link.0.router().restart_service();
    let handle = handle(&link.0);
    let link = Link(link.0, handle);
    assert_eq!(link.state(), DISCONNECTED);
    fails_for_ten_minutes(&link);
}

#[test]
fn a_persistent_link_dials_by_itself_when_it_is_reachable_again() {
    let link = Link::new(link().dial_error(809u32).persistent(true).dial_takes(Duration::from_secs(30)));
    assert_eq!(link.dial(), 809);
    link.minutes(10);
    assert_eq!(link.state(), sys::ROUTER_IF_STATE_CONNECTING);
    link.minutes(1);
    assert_eq!(link.state(), UNREACHABLE);
    link.0.router().set_dial_error("Link", 0);
    link.minutes(18);
    assert_eq!(link.state(), UNREACHABLE);
    link.minutes(3);
    assert_eq!(link.state(), CONNECTED);
    // Days of failing at once: every attempt has its time.
    assert_eq!(call!(MprAdminInterfaceDisconnect(link.0.server, link.1)), 0);
    link.0.router().set_dial_error("Link", 809);
    assert_eq!(link.dial(), 809);
    link.minutes(60 * 24 * 3);
    assert_eq!(link.0.router().calls("MprAdminInterfaceConnect"), 2);
}

#[test]
fn a_link_that_finds_every_port_taken_is_unreachable_and_later_reachable() {
    let open = Open::new(
        Server::unique().ports(Tunnel::Ikev2, 1).interface(link().dial_takes(Duration::from_secs(60))),
    );
    let handle = handle(&open);
    let link = Link(open, handle);
    assert_eq!(call!(MprAdminInterfaceConnect(link.0.server, link.1, null_mut(), 0)), 600);
    link.0.router().connect(&mprapi_sim::Session::new("anna", Tunnel::Ikev2)).expect("a free port");
    link.minutes(1);
    let info = link.info();
    assert_eq!(info.dwConnectionState, UNREACHABLE);
    assert_eq!(info.fUnReachabilityReasons, sys::MPR_INTERFACE_OUT_OF_RESOURCES);
    link.minutes(10);
    assert_eq!(link.state(), DISCONNECTED);
}

#[test]
fn a_disabled_link_gives_up_its_attempt_and_forgets_its_failures() {
    let link = Link::new(link().dial_takes(Duration::from_secs(60)));
    assert_eq!(call!(MprAdminInterfaceConnect(link.0.server, link.1, null_mut(), 0)), 600);
    let set = |enabled| {
        let mut info = sys::MPR_INTERFACE_0 { fEnabled: enabled, ..link.info() };
        assert_eq!(call!(MprAdminInterfaceSetInfo(link.0.server, link.1, 0, (&raw mut info).cast())), 0);
    };
    set(0);
    assert_eq!(link.info().fUnReachabilityReasons, sys::MPR_INTERFACE_ADMIN_DISABLED);
    link.minutes(2);
    assert_eq!(link.state(), UNREACHABLE);
    set(1);
    assert_eq!(link.state(), DISCONNECTED);
}

/// The clock begins on a Monday at nine.
#[test]
fn outside_its_hours_a_link_is_unreachable_and_does_not_dial() {
    let link = Link::new(link().hours(vec!["1 08:00-09:30 10:00-24:00".to_owned()]));
    assert_eq!((link.dial(), link.state()), (0, CONNECTED));
    link.minutes(31);
    assert_eq!(link.state(), CONNECTED, "what is up stays up");
    assert_eq!(call!(MprAdminInterfaceDisconnect(link.0.server, link.1)), 0);
    let info = link.info();
    assert_eq!(info.dwConnectionState, UNREACHABLE);
    assert_eq!(info.fUnReachabilityReasons, sys::MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION);
    assert_eq!(link.dial(), sys::ERROR_DIALOUT_HOURS_RESTRICTION);
    assert_eq!(link.info().dwLastError, sys::ERROR_DIALOUT_HOURS_RESTRICTION);
    link.minutes(28);
    assert_eq!(link.state(), UNREACHABLE);
    link.minutes(1);
    assert_eq!((link.state(), link.info().fUnReachabilityReasons), (DISCONNECTED, 0));
    assert_eq!(link.dial(), 0);
}

#[test]
fn hours_that_an_administrator_sets_are_kept_to() {
    let link = Link::new(link());
    let set = |hours: &str| {
        let mut hours: Vec<u16> = hours.replace('|', "\0").encode_utf16().collect();
        let mut info = sys::MPR_INTERFACE_1 {
            fEnabled: 1,
            dwIfType: sys::ROUTER_IF_TYPE_FULL_ROUTER,
            lpwsDialoutHoursRestriction: hours.as_mut_ptr(),
            ..Default::default()
        };
        info.wszInterfaceName[..4].copy_from_slice(&wide("Link")[..4]);
        call!(MprAdminInterfaceSetInfo(link.0.server, link.1, 1, (&raw mut info).cast()))
    };
    assert_eq!(set("2 09:00-12:00||"), 0);
    assert_eq!(link.dial(), sys::ERROR_DIALOUT_HOURS_RESTRICTION);
    assert_eq!(set("2 09:00-12:00|1 09:00-09:01||"), 0);
    assert_eq!(link.dial(), 0);
    for wrong in ["Monday||", "1||", "7 09:00-12:00||", "1 12:00-09:00||", "1 09:00-12:00|x||"] {
        assert_eq!(set(wrong), sys::ERROR_INVALID_PARAMETER, "{wrong:?}");
    }
    assert_eq!(set("||"), 0, "none at all");
}
