//! Links: connections for programs that run for long.

use std::error::Error as _;
use std::io;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use mprapi::{Change, Error, Fleet, Link, LinkError, Notification, Wake};
use mprapi_sim::{Failure, Router, Session, Simulation, Tunnel};

use crate::common::{assert_clean, mpr};

/// Longer than any test takes, short enough that one that hangs ends.
const LONG: Duration = Duration::from_secs(60);
/// Over before anything that hangs here goes on.
const SHORT: Duration = Duration::from_millis(20);
const CALL_FAILED: u32 = 1726;
const ACCESS_DENIED: u32 = 5;

fn start() -> Simulation {
    let anna = Session::new("anna", Tunnel::Sstp);
    mprapi_sim::Server::unique().restart_kills_bindings(true).ports(Tunnel::Sstp, 2).session(anna).start()
}

fn link(router: &Router) -> Link {
    Link::new(&mpr(), Some(router.name())).with_limit(LONG)
}

fn connects(router: &Router) -> u64 {
    router.calls("MprAdminServerConnect")
}

fn up(link: &Link) -> Result<(), LinkError> {
    link.read(|server| server.info().map(drop))
}

/// Waits until something is so.
fn soon(mut is_so: impl FnMut() -> bool) {
    for _ in 0..6_000 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("it is not so after a minute");
}

/// A call that hangs until it is let go, or until the test ends.
struct Hanging {
    has_begun: Receiver<()>,
    go: Sender<()>,
}

/// Returns the call, and the function to call.
fn hanging() -> (Hanging, impl FnMut() + Send + 'static) {
    let (begin, has_begun) = mpsc::channel();
    let (go, wait) = mpsc::channel();
    let hang = move || {
        let _ = begin.send(());
        let _ = wait.recv();
    };
    (Hanging { has_begun, go }, hang)
}

/// The threads of the calls to a server; none where there is no `/proc`.
fn threads(router: &Router) -> usize {
    let name = format!("mprapi {}", router.name());
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return 0 };
    let names = tasks.flatten().map(|task| std::fs::read_to_string(task.path().join("comm")));
    names.flatten().filter(|comm| comm.trim_end() == name).count()
}

/// Runs what panics without a message of the panic on the standard error.
fn quiet<T>(body: impl FnOnce() -> T) -> T {
    static HOOK: Mutex<()> = Mutex::new(());
    let _one = HOOK.lock();
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| ()));
    let result = body();
    panic::set_hook(hook);
    result
}

#[test]
fn links_may_be_used_from_any_thread_and_kept_anywhere() {
    const fn is<T: Send + Sync + 'static>() {}
    is::<Link>();
    is::<Fleet>();
    is::<LinkError>();
}

#[test]
fn calls_use_one_connection_which_ends_with_the_link() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    assert_eq!(connects(router), 0, "it connects when it is called");
    for _ in 0..10 {
        let sessions = link.read(|server| server.sessions()).unwrap();
        assert_eq!(sessions.len(), 1);
    }
    assert_eq!(connects(router), 1);
    assert_eq!((link.name(), link.limit(), link.is_busy()), (Some(router.name()), LONG, false));
    drop(link);
    assert_clean(router);
}

#[test]
fn a_restart_between_two_reads_costs_one_new_connection_and_no_error() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    up(&link).unwrap();
    router.restart_service();
    let called = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&called);
    let info = link.read(move |server| {
        count.fetch_add(1, Ordering::SeqCst);
        server.info()
    });
    assert_eq!(info.unwrap().total_ports(), 2);
    assert_eq!((called.load(Ordering::SeqCst), connects(router)), (2, 2));
    up(&link).unwrap();
    assert_eq!(connects(router), 2);
    drop(link);
    assert_clean(router);
}

#[test]
fn a_service_that_is_stopped_is_an_error_and_the_link_works_when_it_is_back() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    up(&link).unwrap();
    router.stop_service();
    for _ in 0..3 {
        let error = up(&link).unwrap_err();
        assert!(error.error().is_some_and(Error::is_transient), "{error}");
    }
    router.start_service();
    up(&link).unwrap();
    drop(link);
    assert_clean(router);
}

#[test]
fn a_read_that_fails_on_a_fresh_connection_or_for_another_reason_is_not_repeated() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    router.fail("MprAdminPortEnum", Failure::code(CALL_FAILED));
    let ports = || link.read(|server| server.ports().map(|ports| ports.len()));
    let error = Error::new("MprAdminPortEnum", CALL_FAILED);
    assert_eq!(ports(), Err(LinkError::Call(error)));
    assert_eq!((router.calls("MprAdminPortEnum"), connects(router)), (1, 1));
    router.heal();
    assert_eq!(ports(), Ok(2));
    assert_eq!(connects(router), 2, "the connection that failed was ended");
    router.fail("MprAdminPortEnum", Failure::code(ACCESS_DENIED));
    assert_eq!(ports().unwrap_err().error().and_then(Error::code), Some(ACCESS_DENIED));
    assert_eq!((router.calls("MprAdminPortEnum"), connects(router)), (3, 2));
}

#[test]
fn once_is_not_repeated_after_an_error_that_may_come_after_the_work() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    up(&link).unwrap();
    router.fail("MprAdminPortEnum", Failure::code(CALL_FAILED));
    let called = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&called);
    let error = link.once(move |server| {
        count.fetch_add(1, Ordering::SeqCst);
        server.ports().map(drop)
    });
    assert_eq!(error, Err(LinkError::Call(Error::new("MprAdminPortEnum", CALL_FAILED))));
    assert_eq!((called.load(Ordering::SeqCst), router.calls("MprAdminPortEnum")), (1, 1));
    router.heal();
    up(&link).unwrap();
    assert_eq!(connects(router), 2);
}

#[test]
fn once_finds_out_that_its_connection_is_dead_before_it_begins() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    up(&link).unwrap();
    router.restart_service();
    router.connect(&Session::new("ben", Tunnel::Sstp)).unwrap();
    let ended = link.once(|server| {
        let sessions = server.sessions()?;
        sessions.iter().try_for_each(|session| server.end(session).map(drop))?;
        Ok(sessions.len())
    });
    assert_eq!(ended, Ok(1));
    assert_eq!(connects(router), 2);
    assert!(router.users().is_empty());
    drop(link);
    assert_clean(router);
}

#[test]
fn a_server_that_hangs_costs_one_thread_however_often_it_is_asked_and_may_recover() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router).with_limit(SHORT);
    let (call, mut hang) = hanging();
    let server = Some(router.name().to_owned());
    let error = link.read(move |server| {
        hang();
        server.info()
    });
    let error = error.unwrap_err();
    assert_eq!(error, LinkError::TimedOut { server: server.clone(), limit: SHORT });
    assert_eq!(error.to_string(), format!("{} did not answer within 20ms: the call goes on", router.name()));
    assert!(error.error().is_none() && error.source().is_none());
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::TimedOut);
    call.has_begun.recv().unwrap();

    let called = Arc::new(AtomicUsize::new(0));
    for _ in 0..1_000 {
        let count = Arc::clone(&called);
        let error = link.read(move |_| Ok(count.fetch_add(1, Ordering::SeqCst))).unwrap_err();
        assert!(matches!(&error, LinkError::Busy { server: name, .. } if *name == server), "{error}");
        assert!(link.is_busy());
    }
    assert_eq!(called.load(Ordering::SeqCst), 0, "what is told to be busy is not called later either");
    assert!(threads(router) <= 1, "{}", threads(router));

    call.go.send(()).unwrap();
    soon(|| !link.is_busy());
    let link = link.with_limit(LONG);
    up(&link).unwrap();
    assert_eq!(connects(router), 1, "the connection is as good as before");
    soon(|| threads(router) == 0);
    drop(link);
    assert_clean(router);
}

#[test]
fn connecting_has_the_limit_too_and_holds_nobody_up() {
    let simulation = start();
    let router = &simulation.routers()[0];
    router.set_latency(Duration::from_secs(5));
    let link = link(router).with_limit(SHORT);
    assert!(matches!(up(&link), Err(LinkError::TimedOut { .. })));
    let error = up(&link).unwrap_err();
    assert!(link.is_busy(), "it was told while the call was still connecting");
    assert!(matches!(error, LinkError::Busy { .. }), "{error}");
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::ResourceBusy);
    router.set_latency(Duration::ZERO);
    let link = link.with_limit(LONG);
    soon(|| up(&link).is_ok());
    assert_eq!(connects(router), 1);
    drop(link);
    assert_clean(router);
}

#[test]
fn callers_queue_while_the_call_before_them_is_waited_for() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = &link(router);
    let (call, mut hang) = hanging();
    let order = Arc::new(Mutex::new(Vec::new()));
    thread::scope(|scope| {
        let first = Arc::clone(&order);
        scope.spawn(move || {
            let done = link.read(move |_| {
                hang();
                first.lock().unwrap().push("first");
                Ok(())
            });
            done.unwrap();
        });
        call.has_begun.recv().unwrap();
        for _ in 0..10 {
            let order = Arc::clone(&order);
            scope.spawn(move || {
                let done = link.read(move |server| {
                    order.lock().unwrap().push("later");
                    server.info().map(drop)
                });
                done.unwrap();
            });
        }
        assert!(threads(router) <= 1);
        call.go.send(()).unwrap();
    });
    let order = order.lock().unwrap();
    assert_eq!((order[0], order.len()), ("first", 11));
    assert_eq!(connects(router), 1);
}

#[test]
fn a_call_whose_turn_does_not_come_within_the_limit_is_never_made() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = &link(router).with_limit(Duration::from_millis(300));
    let called = &Arc::new(AtomicUsize::new(0));
    let (call, mut hang) = hanging();
    thread::scope(|scope| {
        let first = scope.spawn(move || {
            link.read(move |_| {
                hang();
                Ok(())
            })
        });
        call.has_begun.recv().unwrap();
        let count = Arc::clone(called);
        // It waits in the queue; on a machine that is very busy the first is given up before it comes, which is the same.
        let error = link.once(move |_| Ok(count.fetch_add(1, Ordering::SeqCst))).unwrap_err();
        assert!(matches!(error, LinkError::Busy { .. }), "{error}");
        assert!(matches!(first.join().unwrap(), Err(LinkError::TimedOut { .. })));
    });
    drop(call);
    soon(|| !link.is_busy());
    assert_eq!(called.load(Ordering::SeqCst), 0);
}

#[test]
fn a_panic_is_an_error_and_neither_the_link_nor_its_connection_suffers() {
    /// Panics when it is dropped, as an answer or what a panic carries.
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            if !thread::panicking() {
                panic!("dropped");
            }
        }
    }
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    let server = Some(router.name().to_owned());
    let panicked =
        |message: &str| LinkError::Panicked { server: server.clone(), message: message.to_owned() };
    quiet(|| {
        for _ in 0..3 {
            assert_eq!(link.read::<()>(|_| panic!("a bug")), Err(panicked("a bug")));
            assert_eq!(link.once::<()>(|_| panic!("bug {}", 2)), Err(panicked("bug 2")));
            let bomb = link.once::<()>(|_| panic::panic_any(Bomb));
            assert_eq!(bomb, Err(panicked("")));
            let error = bomb.unwrap_err();
            assert_eq!(io::Error::from(error).kind(), io::ErrorKind::Other);
        }
        // Nobody waits for this answer, so the thread drops it.
        let (call, mut hang) = hanging();
        let late = link.with_limit(SHORT);
        let error = late.read(move |_| {
            hang();
            Ok(Bomb)
        });
        assert!(matches!(error, Err(LinkError::TimedOut { .. })));
        drop(call);
        soon(|| !late.is_busy());
        up(&late.with_limit(LONG)).unwrap();
    });
    assert_eq!(connects(router), 1);
    soon(|| router.outstanding().is_nothing());
    assert_clean(router);
}

#[test]
fn a_link_that_is_dropped_during_a_call_is_disconnected_after_it() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router).with_limit(SHORT);
    let (call, mut hang) = hanging();
    let (tell, told) = mpsc::channel();
    let late = link.read(move |server| {
        hang();
        let _ = tell.send(server.info().is_ok());
        Ok(())
    });
    assert!(matches!(late, Err(LinkError::TimedOut { .. })));
    drop(link);
    call.has_begun.recv().unwrap();
    assert!(!router.outstanding().is_nothing(), "the call has the connection");
    call.go.send(()).unwrap();
    assert_eq!(told.recv(), Ok(true), "which it can use");
    soon(|| router.outstanding().is_nothing());
    assert_clean(router);
}

#[test]
fn a_server_that_cannot_be_connected_to_is_an_error_of_that_call() {
    let link = Link::new(&mpr(), Some("no\0name"));
    let error = up(&link).unwrap_err();
    let cause = error.error().expect("the call's");
    assert_eq!((cause.function(), cause.to_string()), ("MprAdminServerConnect", error.to_string()));
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::InvalidInput);
    // The longest limit is one that the clock can count to.
    assert!(up(&link.with_limit(Duration::MAX)).is_err());
}

const REGISTER: &str = "MprAdminRegisterConnectionNotification";
const DEREGISTER: &str = "MprAdminDeregisterConnectionNotification";

#[test]
fn a_watch_over_a_link_goes_to_another_thread_and_outlives_the_link() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    let mut watch: Notification<'static> = link.watch().unwrap();
    up(&link).unwrap();
    assert_eq!((connects(router), router.calls(REGISTER)), (1, 1), "it has a share in the connection");
    assert!(!link.is_busy(), "to wait for it is no call");
    drop(link);
    assert_eq!(router.calls("MprAdminServerDisconnect"), 0);
    let waiting = thread::spawn(move || {
        assert_eq!(watch.wait(Some(LONG)), Ok(Wake::Changed));
        let changes = watch.changes().unwrap();
        let [Change::Came(connection)] = &changes[..] else { panic!("{changes:?}") };
        connection.get().user_name().to_string_lossy()
    });
    router.connect(&Session::new("ben", Tunnel::Sstp)).unwrap();
    assert_eq!(waiting.join().unwrap(), "ben");
    assert_eq!((router.calls(DEREGISTER), router.calls("MprAdminServerDisconnect")), (1, 1));
    assert_clean(router);
}

#[test]
fn a_watch_after_a_restart_is_of_the_new_connection() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    up(&link).unwrap();
    router.restart_service();
    let mut watch = link.watch().unwrap();
    assert_eq!((connects(router), router.calls(REGISTER)), (2, 1));
    router.connect(&Session::new("ben", Tunnel::Sstp)).unwrap();
    assert_eq!(watch.wait(Some(LONG)), Ok(Wake::Changed));
    drop((watch, link));
    assert_clean(router);
}

#[test]
fn a_watch_that_is_not_there_within_the_limit_timed_out_and_nothing_of_it_stays() {
    let simulation = start();
    let router = &simulation.routers()[0];
    let link = link(router);
    up(&link).unwrap();
    let link = link.with_limit(SHORT);
    router.set_latency(Duration::from_millis(200));
    let error = link.watch().expect_err("it takes longer");
    assert_eq!(error, LinkError::TimedOut { server: Some(router.name().to_owned()), limit: SHORT });
    assert!(matches!(link.watch(), Err(LinkError::Busy { .. })));
    router.set_latency(Duration::ZERO);
    soon(|| !link.is_busy());
    assert_eq!((router.calls(REGISTER), router.calls(DEREGISTER)), (1, 1), "nobody has the late one");
    let watch = link.with_limit(LONG).watch().expect("it answers again");
    assert_eq!(connects(router), 1);
    drop(watch);
    soon(|| router.outstanding().is_nothing());
    assert_clean(router);
}

#[test]
fn a_server_that_refuses_to_notify_is_an_error_of_the_call_and_the_link_goes_on() {
    let simulation = start();
    let router = &simulation.routers()[0];
    // As Windows does for another machine.
    router.fail(REGISTER, Failure::code(ACCESS_DENIED));
    let link = link(router);
    let error = link.watch().expect_err("it refuses");
    let cause = error.error().expect("the call's");
    assert_eq!((cause.function(), cause.code()), (REGISTER, Some(ACCESS_DENIED)));
    up(&link).unwrap();
    assert_eq!(connects(router), 1);
    drop(link);
    assert_clean(router);
}
