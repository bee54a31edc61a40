//! Handles to a server whose service is started again.

use std::ptr::null_mut;

use mprapi_sim::{Interface, InterfaceKind, Scenario, Server, Session, Tunnel};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{Open, connect, connections, ports, record, wide};

/// `RPC_S_INVALID_BINDING`.
const DEAD: u32 = 1702;

fn server() -> Server {
    let link = Interface::new("Link", InterfaceKind::FullRouter);
    Server::unique()
        .ports(Tunnel::Ikev2, 2)
        .session(Session::new("anna", Tunnel::Ikev2))
        .interface(link)
        .restart_kills_bindings(true)
}

fn up_time(server: sys::HANDLE) -> Result<u32, u32> {
    record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(server, 0, buffer)))
        .map(|info| info.dwUpTime)
}

#[test]
fn a_restart_ends_every_handle_to_the_server_and_disconnecting_them_is_right() {
    let open = Open::new(server());
    let name = open.router().name().to_owned();
    let mut mib = null_mut();
    assert_eq!(call!(MprAdminMIBServerConnect(wide(&name).as_mut_ptr(), &raw mut mib)), 0);
    let mut stored = null_mut();
    assert_eq!(call!(MprConfigServerConnect(wide(&name).as_mut_ptr(), &raw mut stored)), 0);
    open.router().restart_service();
    assert_eq!(up_time(open.server), Err(DEAD));
    // These say otherwise of a handle that never was one.
    assert_eq!(call!(MprAdminPortDisconnect(open.server, null_mut())), DEAD);
    let (mut size, mut entry) = (0, null_mut());
    let mut row = [0_u32; 2];
    let code = call!(MprAdminMIBEntryGet(
        mib,
        sys::PID_IP,
        10000,
        row.as_mut_ptr().cast(),
        size_of_val(&row) as u32,
        &raw mut entry,
        &raw mut size
    ));
    assert_eq!(code, DEAD);
    let mut handle = null_mut();
    let code = call!(MprConfigInterfaceGetHandle(stored, wide("Link").as_mut_ptr(), &raw mut handle));
    assert_eq!(code, 0, "what is stored is not the service's");
    let again = connect(&name).expect("the service runs");
    assert_eq!(up_time(again), Ok(0));
    call!(MprAdminServerDisconnect(again));
    call!(MprAdminMIBServerDisconnect(mib));
    call!(MprConfigServerDisconnect(stored));
    assert!(open.router().violations().is_empty(), "{:?}", open.router().violations());
}

#[test]
fn a_stopped_service_says_that_it_is_stopped_until_it_starts() {
    let open = Open::new(server());
    open.router().stop_service();
    assert_eq!(up_time(open.server), Err(sys::RPC_S_UNKNOWN_IF));
    open.router().start_service();
    assert_eq!(up_time(open.server), Err(DEAD));
}

#[test]
fn handles_that_were_kept_of_the_old_service_name_nothing_in_the_new_one() {
    for reuses in [false, true] {
        let open = Open::new(server().reuse_handles(reuses));
        let port = ports(open.server)[0].hPort;
        let connection = connections(open.server)[0].hConnection;
        let count = ports(open.server).len();
        open.router().restart_service();
        let again = connect(open.router().name()).expect("the service runs");
        assert_eq!(call!(MprAdminPortReset(again, port)), 87);
        assert_eq!(call!(MprAdminConnectionClearStats(again, connection)), 87);
        assert_eq!(ports(again).len(), count);
        open.router().connect(&Session::new("ben", Tunnel::Ikev2)).expect("a free port");
        assert_eq!(connections(again).len(), 1);
        call!(MprAdminServerDisconnect(again));
    }
}

#[test]
fn without_the_option_a_handle_works_again_and_a_file_asks_for_it() {
    let open = Open::new(server().restart_kills_bindings(false));
    open.router().restart_service();
    assert_eq!(up_time(open.server), Ok(0));
    let text = "[[server]]\nname = \"dead\"\nrestart-kills-bindings = true\n";
    let server = Scenario::from_toml(text).expect("right").into_servers().remove(0);
    let open = Open::new(server.renamed(Server::unique().name()));
    open.router().restart_service();
    assert_eq!(up_time(open.server), Err(DEAD));
}
