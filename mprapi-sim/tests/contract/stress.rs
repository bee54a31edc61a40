//! Several threads at once.

use std::ptr::null_mut;

use mprapi_sim::{Server, Session, Tunnel};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{EVERYTHING, Records, connect};

/// Eight threads come and go, enumerate and hang up on one router; a ninth lets users in.
#[test]
fn eight_threads_leave_an_exact_ledger() {
    const ROUNDS: usize = 60;
    let simulation = Server::unique().ports(Tunnel::Ikev2, 64).start();
    let router = &simulation.routers()[0];
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for round in 0..ROUNDS {
                    let server = connect(router.name()).expect("answers");
                    let mut resume = 0;
                    loop {
                        let longest = 5 * size_of::<sys::RAS_PORT_0>() as u32;
                        let page: Records<sys::RAS_PORT_0> = Records::of(|buffer, read, total| {
                            let all = sys::INVALID_HANDLE_VALUE;
                            call!(MprAdminPortEnum(
                                server,
                                0,
                                all,
                                buffer,
                                longest,
                                read,
                                total,
                                &raw mut resume
                            ))
                        });
                        for port in page.list().iter().filter(|port| !port.hConnection.is_null()) {
                            let code = call!(MprAdminPortDisconnect(server, port.hPort));
                            // Another thread may have been faster.
                            assert!(matches!(code, 0 | 606), "{code}");
                        }
                        if page.code == 0 {
                            break;
                        }
                        assert_eq!(page.code, sys::ERROR_MORE_DATA);
                    }
                    let connections: Records<sys::RAS_CONNECTION_1> = Records::of(|buffer, read, total| {
                        call!(MprAdminConnectionEnum(server, 1, buffer, EVERYTHING, read, total, null_mut()))
                    });
                    assert_eq!((connections.code, connections.read), (0, connections.total));
                    drop(connections);
                    call!(MprAdminServerDisconnect(server));
                    if round % 10 == 0 {
                        // The same handle again: refused, recorded, no harm.
                        call!(MprAdminServerDisconnect(server));
                    }
                }
            });
        }
        scope.spawn(|| {
            for number in 0..2000 {
                let _ = router.connect(&Session::new(format!("user{number}"), Tunnel::Ikev2));
            }
        });
    });
    assert!(router.outstanding().is_nothing(), "{:?}", router.outstanding());
    assert_eq!(router.violations().len(), 8 * ROUNDS.div_ceil(10));
    assert_eq!(router.calls("MprAdminServerConnect"), (8 * ROUNDS) as u64);
    assert_eq!(router.calls("MprAdminServerDisconnect"), (8 * (ROUNDS + ROUNDS.div_ceil(10))) as u64);
}
