//! Fleets: many servers at once.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::Duration;

use mprapi::{ErrorKind, Fleet, Link, LinkError, Server};
use mprapi_sim::{Scenario, Session, Simulation, Tunnel};

use crate::common::{assert_clean, mpr};

const LONG: Duration = Duration::from_secs(60);

fn start(servers: usize) -> Simulation {
    let server = || {
        let anna = Session::new("anna", Tunnel::Sstp);
        mprapi_sim::Server::unique().restart_kills_bindings(true).ports(Tunnel::Sstp, 2).session(anna)
    };
    (0..servers).fold(Scenario::new(), |scenario, _| scenario.server(server())).start()
}

fn fleet(simulation: &Simulation) -> Fleet {
    Fleet::new(&mpr(), simulation.routers().iter().map(|router| router.name())).with_limit(LONG)
}

fn sessions(server: &Server) -> mprapi::Result<usize> {
    server.sessions().map(|sessions| sessions.len())
}

#[test]
fn of_forty_servers_one_is_dead_one_hangs_one_restarts_and_the_rest_answer_in_order() {
    const DEAD: usize = 3;
    const HANGING: usize = 11;
    const RESTARTED: usize = 25;
    let simulation = start(40);
    let routers = simulation.routers();
    // One at a time: the one that hangs would hold all after it up.
    let fleet = fleet(&simulation).with_parallel(1);
    for (router, (name, answer)) in routers.iter().zip(fleet.read(sessions)) {
        assert_eq!((name.as_str(), answer), (router.name(), Ok(1)));
    }
    routers[DEAD].set_reachable(false);
    routers[RESTARTED].restart_service();
    routers[RESTARTED].connect(&Session::new("ben", Tunnel::Sstp)).unwrap();
    let (release, wait) = mpsc::channel::<()>();
    let (wait, hanging) = (Mutex::new(wait), routers[HANGING].name().to_owned());
    // Long enough for those that answer, on any machine.
    let limit = Duration::from_secs(5);
    let fleet = fleet.with_limit(limit);
    let answers = fleet.read(move |server| {
        if server.name() == Some(&hanging) {
            let _ = wait.lock().unwrap().recv();
        }
        sessions(server)
    });
    assert_eq!(answers.len(), routers.len());
    for (index, (router, (name, answer))) in routers.iter().zip(&answers).enumerate() {
        assert_eq!(name, router.name());
        match index {
            DEAD => {
                let error = answer.as_ref().unwrap_err().error().expect("a call failed");
                assert_eq!(error.kind(), ErrorKind::Unreachable);
            }
            HANGING => {
                let error = LinkError::TimedOut { server: Some(name.clone()), limit };
                assert_eq!(*answer, Err(error));
            }
            RESTARTED => {
                assert_eq!(*answer, Ok(1));
                assert_eq!(router.calls("MprAdminServerConnect"), 2);
            }
            _ => assert_eq!(*answer, Ok(1), "{name}"),
        }
    }
    // However often it is asked, the one has one thread, and no other has any.
    for _ in 0..25 {
        let answers = fleet.read(sessions);
        assert!(matches!(answers[HANGING].1, Err(LinkError::Busy { .. })));
        assert_eq!(fleet.busy(), 1);
    }
    routers[DEAD].set_reachable(true);
    drop(release);
    while fleet.busy() > 0 {
        thread::sleep(Duration::from_millis(10));
    }
    assert!(fleet.read(sessions).iter().all(|(_, answer)| *answer == Ok(1)));
    drop(fleet);
    routers.iter().for_each(assert_clean);
}

#[test]
fn as_many_as_the_limit_are_called_at_a_time_and_never_more() {
    const PARALLEL: usize = 4;
    let simulation = start(8 * PARALLEL);
    let fleet = fleet(&simulation).with_parallel(PARALLEL);
    let (now, most, all) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)), Barrier::new(PARALLEL));
    let seen = Arc::clone(&most);
    let answers = fleet.each(move |_, _| {
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        // None answers before so many are called, however slowly this machine starts threads.
        all.wait();
        now.fetch_sub(1, Ordering::SeqCst);
    });
    assert!(answers.iter().all(|(_, answer)| answer.is_ok()), "{answers:?}");
    assert_eq!(seen.load(Ordering::SeqCst), PARALLEL);
}

#[test]
fn once_is_called_once_for_each_server_and_never_repeated() {
    let simulation = start(5);
    let fleet = fleet(&simulation);
    fleet.read(sessions);
    let called = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&called);
    let answers = fleet.once(move |server| -> mprapi::Result<()> {
        log.lock().unwrap().push(server.name().map(str::to_owned));
        Err(mprapi::Error::new("MprAdminPortDisconnect", 1726))
    });
    assert!(answers.iter().all(|(_, answer)| answer.is_err()));
    let called = called.lock().unwrap();
    assert_eq!((called.len(), called.iter().collect::<HashSet<_>>().len()), (5, 5), "{called:?}");
}

#[test]
fn each_connects_to_nobody() {
    let simulation = start(2);
    let mut links: Vec<Link> =
        simulation.routers().iter().map(|router| Link::new(&mpr(), Some(router.name()))).collect();
    links.push(Link::new(&mpr(), None));
    let fleet: Fleet = links.into_iter().collect();
    assert_eq!(fleet.links().len(), 3);
    let answers = fleet.each(|_, name| name.map(str::to_owned));
    for (router, (name, answer)) in simulation.routers().iter().zip(&answers) {
        assert_eq!((name.as_str(), answer), (router.name(), &Ok(Some(router.name().to_owned()))));
        assert_eq!(router.calls("MprAdminServerConnect"), 0);
    }
    assert_eq!(answers[2], ("localhost".to_owned(), Ok(None)));
    let nobody: Fleet = std::iter::empty::<Link>().collect();
    assert!(nobody.each(|_, _| ()).is_empty());
}

#[test]
fn several_threads_may_read_a_fleet_at_the_same_time() {
    let simulation = start(6);
    let fleet = &fleet(&simulation).with_parallel(2);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                assert!(fleet.read(sessions).iter().all(|(_, answer)| *answer == Ok(1)));
            });
        }
    });
    assert!(fleet.busy() <= 6);
    for router in simulation.routers() {
        assert_eq!(router.calls("MprAdminServerConnect"), 1);
    }
}
