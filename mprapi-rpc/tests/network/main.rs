//! Handles whose calls go over connections: many threads, limits, restarts, and nothing that is done twice.

mod fake;
#[path = "../words/mod.rs"]
mod words;

use std::cell::RefCell;
use std::ptr::null_mut;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use fake::{Host, Mode, served};
use mprapi_rpc::association;
use mprapi_rpc::client::{self, Network, Purpose, Transport};
use mprapi_rpc::dimsvc::{Effect, Message as _, Operation, ServerGetInfoAnswer};
use mprapi_rpc::ndr::Counted;
use mprapi_rpc::network::{self, Options, Session};
use mprapi_rpc::pdu::Fault;
use mprapi_rpc::record::Layout;
use mprapi_rpc::server::Server as Served;
use mprapi_rpc::{Failure, Layer};
use mprapi_sim::{Interface, InterfaceKind, Session as Connection, Simulation, Tunnel};
use mprapi_sys::{HANDLE, MPR_INTERFACE_2, Mprapi};

/// A network on which the next connection of this thread gets the session that the test has put there.
struct Given;

thread_local! {
    static NEXT: RefCell<Option<Arc<Session>>> = const { RefCell::new(None) };
}

impl Network for Given {
    fn connect(_: Option<&[u16]>, _: Purpose) -> Result<Arc<dyn Transport>, u32> {
        let session = NEXT.take().ok_or(1722_u32)?;
        session.open().map_err(|failure| failure.code)?;
        Ok(session)
    }
}

/// A handle of the table, and that of a port of its server. Any thread may use them.
#[derive(Clone, Copy)]
struct Handle(HANDLE, HANDLE);

// SAFETY: a handle is a number that the table knows.
unsafe impl Send for Handle {}
// SAFETY: as above.
unsafe impl Sync for Handle {}

static TABLE: Mprapi = client::table::<Given>();

impl Handle {
    fn open(session: Session) -> Handle {
        Handle::try_open(session).unwrap()
    }

    fn try_open(session: Session) -> Result<Handle, u32> {
        NEXT.set(Some(Arc::new(session)));
        let mut handle = null_mut();
        // SAFETY: the place takes what is written.
        match unsafe { TABLE.MprAdminServerConnect(null_mut(), &mut handle) }.unwrap() {
            0 => Ok(Handle(handle, first_port(handle))),
            code => Err(code),
        }
    }

    fn close(self) {
        // SAFETY: any value is good.
        unsafe { TABLE.MprAdminServerDisconnect(self.0) }.unwrap();
    }

    /// Reads the server, and returns the code.
    fn read(self) -> u32 {
        let mut buffer = null_mut();
        // SAFETY: the place takes what is written.
        let code = unsafe { TABLE.MprAdminServerGetInfo(self.0, 0, &mut buffer) }.unwrap();
        free(buffer);
        code
    }

    /// Resets a port, which changes something, and returns the code.
    fn change(self) -> u32 {
        // SAFETY: handles are numbers that are checked.
        unsafe { TABLE.MprAdminPortReset(self.0, self.1) }.unwrap()
    }
}

/// Returns the handle of the server's first port; null if there is none.
fn first_port(server: HANDLE) -> HANDLE {
    let (mut buffer, mut read, mut total, all) = (null_mut(), 0, 0, mprapi_sys::INVALID_HANDLE_VALUE);
    // SAFETY: the places take what is written.
    let code = unsafe {
        TABLE.MprAdminPortEnum(server, 0, all, &mut buffer, u32::MAX, &mut read, &mut total, null_mut())
    };
    if code != Ok(0) || read == 0 {
        return null_mut();
    }
    // SAFETY: there is a record.
    let port = unsafe { buffer.cast::<mprapi_sys::RAS_PORT_0>().read() }.hPort;
    free(buffer);
    port
}

fn free(buffer: *mut u8) {
    if !buffer.is_null() {
        // SAFETY: the table knows its own.
        assert_eq!(unsafe { TABLE.MprAdminBufferFree(buffer.cast()) }, Ok(0));
    }
}

fn office() -> Simulation {
    mprapi_sim::Server::unique()
        .ports(Tunnel::Sstp, 4)
        .interface(Interface::new("Lyon", InterfaceKind::FullRouter))
        .session(Connection::new("alice", Tunnel::Sstp))
        .start()
}

fn options(call_limit: Duration) -> Options {
    let mut options = Options::default();
    options.call_limit = call_limit;
    options.poll = Duration::from_millis(20);
    options
}

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(200);

/// The operations that the tests call.
const SERVER_GET_INFO: u16 = 0;
#[cfg(unix)]
const CONNECTION_ENUM: u16 = 1;
const PORT_RESET: u16 = 7;
const INTERFACE_CREATE: u16 = 12;
const INTERFACE_GET_INFO: u16 = 13;

#[test]
fn a_read_whose_connection_fails_is_sent_once_more_over_a_new_one() {
    let (simulation, name) = (office(), "read-once-more");
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session(name, options(LONG)));
    host.set(Mode::Cut(0));
    assert_eq!(server.read(), 0);
    assert_eq!((host.arrived(SERVER_GET_INFO), host.dialled.load(Ordering::Relaxed)), (2, 2));
    assert_eq!(network::failure(Some(name)), None);
    server.close();
}

#[test]
fn a_change_that_may_have_arrived_is_never_sent_again_and_the_text_says_so() {
    let (simulation, name) = (office(), "change-once");
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session(name, options(LONG)));
    host.set(Mode::Cut(0));
    assert_eq!(server.change(), 1726);
    assert_eq!(host.arrived(PORT_RESET), 1);
    let Failure { layer, text, .. } = network::failure(Some(name)).unwrap();
    assert_eq!(layer, Layer::Call);
    assert!(text.contains("may have carried out"), "{text}");
    // The next one has a new connection.
    assert_eq!(server.change(), 0);
    assert_eq!((host.arrived(PORT_RESET), host.dialled.load(Ordering::Relaxed)), (2, 2));
    assert_eq!(network::failure(Some(name)), None);
    server.close();
}

#[test]
fn an_answer_that_is_cut_at_any_byte_is_read_once_more_and_a_change_is_made_once() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session("cut", options(LONG)));
    for kind in [SERVER_GET_INFO, PORT_RESET] {
        let call = || if kind == SERVER_GET_INFO { server.read() } else { server.change() };
        assert_eq!(call(), 0);
        let length = host.answered.load(Ordering::Relaxed);
        assert!(length > 24);
        for cut in 0..length {
            host.set(Mode::Cut(cut));
            let (before, dialled) = (host.arrived(kind), host.dialled.load(Ordering::Relaxed));
            let code = call();
            let (arrived, dialled) =
                (host.arrived(kind) - before, host.dialled.load(Ordering::Relaxed) - dialled);
            match kind {
                SERVER_GET_INFO => assert_eq!((code, arrived, dialled), (0, 2, 1), "cut at {cut}"),
                _ => {
                    assert!(code != 0 && arrived == 1, "cut at {cut}: {code}, {arrived}");
                    // Over a new connection, it can be made again by who wants to.
                    assert_eq!(call(), 0);
                }
            }
        }
    }
    assert_eq!(host.open.load(Ordering::Relaxed), 1);
    server.close();
}

#[test]
fn a_change_over_a_connection_that_is_known_to_be_dead_goes_over_a_new_one() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session("dead-before", options(LONG)));
    host.restart(None);
    assert_eq!(server.change(), 0);
    assert_eq!((host.arrived(PORT_RESET), host.dialled.load(Ordering::Relaxed)), (1, 2));
    server.close();
}

#[test]
fn before_a_change_over_a_connection_that_was_quiet_for_long_a_read_shows_if_it_is_alive() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let mut own = options(LONG);
    own.quiet = Duration::ZERO;
    let server = Handle::open(host.session("quiet", own));
    assert_eq!(server.change(), 0);
    assert_eq!((host.arrived(SERVER_GET_INFO), host.arrived(PORT_RESET)), (1, 1));
    // The connection is dead, and only the read is lost with it. (A new one is tried in the same way.)
    host.set(Mode::Cut(0));
    assert_eq!(server.change(), 0);
    assert_eq!((host.arrived(PORT_RESET), host.dialled.load(Ordering::Relaxed)), (2, 2));
    server.close();
}

#[test]
fn a_server_that_breaks_every_connection_is_an_error_after_a_second_try() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session("breaks", options(LONG)));
    host.set(Mode::Break);
    assert_eq!((server.read(), server.change()), (1726, 1726));
    assert_eq!((host.arrived(SERVER_GET_INFO), host.arrived(PORT_RESET)), (0, 0));
    assert!(host.dialled.load(Ordering::Relaxed) <= 5);
    host.set(Mode::Answer);
    assert_eq!((server.read(), server.change()), (0, 0));
    server.close();
}

#[test]
fn a_server_that_is_down_is_an_error_of_its_layer_until_it_is_back() {
    let (simulation, name) = (office(), "down");
    let host = Host::new(served(&simulation));
    host.is_down.store(true, Ordering::Relaxed);
    assert_eq!(Handle::try_open(host.session(name, options(LONG))).err(), Some(1722));
    assert_eq!(network::failure(Some(r"\\DOWN")).unwrap().layer, Layer::Route);
    host.is_down.store(false, Ordering::Relaxed);
    let server = Handle::open(host.session(name, options(LONG)));
    assert_eq!(server.read(), 0);
    host.is_down.store(true, Ordering::Relaxed);
    host.restart(None);
    assert_eq!((server.read(), server.change()), (1722, 1722));
    host.is_down.store(false, Ordering::Relaxed);
    assert_eq!((server.read(), server.change()), (0, 0));
    server.close();
}

#[test]
fn a_call_without_an_answer_ends_by_its_limit_and_so_does_its_connection() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session("hangs", options(SHORT)));
    host.set(Mode::Hang);
    let start = Instant::now();
    assert_eq!(server.read(), 1726);
    assert!(start.elapsed() >= SHORT && start.elapsed() < LONG / 2, "{:?}", start.elapsed());
    // There is no time left for a second try.
    assert_eq!((host.arrived(SERVER_GET_INFO), host.open.load(Ordering::Relaxed)), (1, 0));
    host.set(Mode::Answer);
    assert_eq!(server.read(), 0);
    server.close();
    assert_eq!(host.open.load(Ordering::Relaxed), 0);
}

#[test]
fn a_disconnect_from_another_thread_ends_the_calls_that_wait() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session("disconnected", options(LONG)));
    host.set(Mode::Hang);
    let start = Instant::now();
    std::thread::scope(|scope| {
        let reads: Vec<_> = (0..6).map(|_| scope.spawn(move || server.read())).collect();
        // As many as there are connections are under way; the others wait for one.
        while host.arrived(SERVER_GET_INFO) < 4 {
            std::thread::sleep(Duration::from_millis(1));
        }
        server.close();
        for read in reads {
            let code = read.join().unwrap();
            assert!(code == 1818 || code == 1702, "{code}");
        }
    });
    assert!(start.elapsed() < LONG / 2);
    assert_eq!((server.read(), host.open.load(Ordering::Relaxed)), (1702, 0));
}

#[test]
fn threads_that_call_at_once_get_connections_of_their_own_up_to_the_number_and_wait_then() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    host.set_delay(Duration::from_millis(5));
    let server = Handle::open(host.session("at-once", options(LONG)));
    std::thread::scope(|scope| {
        for thread in 0..12 {
            scope.spawn(move || {
                for _ in 0..20 {
                    assert_eq!(if thread % 2 == 0 { server.read() } else { server.change() }, 0);
                }
            });
        }
    });
    assert_eq!((host.arrived(SERVER_GET_INFO), host.arrived(PORT_RESET)), (120, 120));
    assert_eq!((host.dialled.load(Ordering::Relaxed), host.open.load(Ordering::Relaxed)), (4, 4));
    server.close();
    assert_eq!(host.open.load(Ordering::Relaxed), 0);
}

#[test]
fn a_call_that_finds_every_connection_busy_waits_no_longer_than_its_limit() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let mut own = options(SHORT);
    own.connections = 1;
    let server = Handle::open(host.session("busy", own));
    host.set(Mode::Hang);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(move || assert_ne!(server.read(), 0));
        }
    });
    assert!(start.elapsed() < LONG / 2);
    server.close();
}

#[test]
fn one_server_that_hangs_costs_the_others_nothing() {
    let (slow, quick) = (office(), office());
    let (slow_host, quick_host) = (Host::new(served(&slow)), Host::new(served(&quick)));
    let hanging = Handle::open(slow_host.session("hanging", options(LONG)));
    let answering = Handle::open(quick_host.session("answering", options(LONG)));
    slow_host.set(Mode::Hang);
    std::thread::scope(|scope| {
        scope.spawn(move || hanging.read());
        while slow_host.arrived(SERVER_GET_INFO) == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        let start = Instant::now();
        for _ in 0..100 {
            assert_eq!(answering.read(), 0);
        }
        assert!(start.elapsed() < LONG / 2);
        hanging.close();
    });
    answering.close();
}

/// Creates a demand-dial interface, and returns the code.
fn create(server: Handle, name: &str) -> u32 {
    let mut record = MPR_INTERFACE_2 {
        dwIfType: mprapi_sys::ROUTER_IF_TYPE_FULL_ROUTER,
        fEnabled: 1,
        ..Default::default()
    };
    for (place, unit) in record.wszInterfaceName.iter_mut().zip(name.encode_utf16()) {
        *place = unit;
    }
    let mut handle = null_mut();
    let record = (&raw mut record).cast();
    // SAFETY: the record is that of the level, and the place takes what is written.
    unsafe { TABLE.MprAdminInterfaceCreate(server.0, 2, record, &mut handle) }.unwrap()
}

#[test]
fn after_a_restart_the_layout_is_read_again_before_a_record_is_written() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session("other-version", options(LONG)));
    assert_eq!(create(server, "Paris"), 0);
    let reads = host.arrived(INTERFACE_GET_INFO);
    assert!(reads > 0);
    // The layout holds as long as the connection.
    assert_eq!(create(server, "Nice"), 0);
    assert_eq!(host.arrived(INTERFACE_GET_INFO), reads);
    // The server is back in another version, whose records have other sizes.
    host.restart(Some(served(&simulation).with_layout(Layout::WIDE)));
    assert_eq!(create(server, "Lille"), 0);
    assert!(host.arrived(INTERFACE_GET_INFO) > reads);
    assert_eq!(host.arrived(INTERFACE_CREATE), 3);
    server.close();
}

#[test]
fn a_record_of_an_unknown_size_is_refused_with_its_size_count_and_level() {
    struct Odd;
    impl association::Interface for Odd {
        fn answer(&self, _: u16, _: &[u8]) -> Result<Vec<u8>, Fault> {
            Ok(ServerGetInfoAnswer { info: Counted::Elements(vec![0; 24]), code: 0 }.encode())
        }
    }
    let host = Host::new(Odd);
    let name = "odd";
    let server = Handle::open(host.session(name, options(LONG)));
    assert_eq!(server.read(), 13);
    let failure = network::failure(Some(name)).unwrap();
    assert_eq!((failure.layer, failure.code), (Layer::Call, 13));
    for part in ["24 bytes", "1 of MPR_SERVER_0", "level 0", "16 bytes"] {
        assert!(failure.text.contains(part), "{}", failure.text);
    }
    server.close();
}

/// The number of this process's threads that look for changes.
#[cfg(target_os = "linux")]
fn polling_threads() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let name = |task: std::io::Result<std::fs::DirEntry>| {
        std::fs::read_to_string(task.ok()?.path().join("comm")).ok()
    };
    tasks.filter_map(name).filter(|name| name.trim() == "mprapi-poll").count()
}

#[cfg(unix)]
#[test]
fn a_notification_is_signalled_when_someone_comes_and_its_thread_ends_with_it() {
    use std::io::Read as _;
    use std::os::fd::AsRawFd as _;
    use std::os::unix::net::UnixStream;

    let simulation = office();
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session("notified", options(LONG)));
    let (signals, mut waits) = UnixStream::pair().unwrap();
    let event: HANDLE = std::ptr::without_provenance_mut(signals.as_raw_fd() as usize);
    // SAFETY: the event is a descriptor that is open.
    assert_eq!(unsafe { TABLE.MprAdminRegisterConnectionNotification(server.0, event) }, Ok(0));
    // It looks over a connection of its own.
    assert_eq!(host.open.load(Ordering::Relaxed), 2);
    simulation.routers()[0].connect(&Connection::new("bob", Tunnel::Sstp)).unwrap();
    waits.set_read_timeout(Some(LONG)).unwrap();
    let mut number = [0; 8];
    waits.read_exact(&mut number).unwrap();
    assert_eq!(u64::from_ne_bytes(number), 1);
    // While a look hangs, the registration ends all the same.
    host.set(Mode::Hang);
    let looks = host.arrived(CONNECTION_ENUM);
    while host.arrived(CONNECTION_ENUM) == looks {
        std::thread::sleep(Duration::from_millis(1));
    }
    // SAFETY: as above.
    assert_eq!(unsafe { TABLE.MprAdminDeregisterConnectionNotification(server.0, event) }, Ok(0));
    // SAFETY: as above.
    assert_eq!(unsafe { TABLE.MprAdminDeregisterConnectionNotification(server.0, event) }, Ok(87));
    let start = Instant::now();
    while host.open.load(Ordering::Relaxed) > 1 {
        assert!(start.elapsed() < LONG / 2);
        std::thread::sleep(Duration::from_millis(1));
    }
    host.set(Mode::Answer);
    // SAFETY: as above.
    assert_eq!(unsafe { TABLE.MprAdminRegisterConnectionNotification(server.0, event) }, Ok(0));
    server.close();
    while host.open.load(Ordering::Relaxed) > 0 {
        assert!(start.elapsed() < LONG / 2);
        std::thread::sleep(Duration::from_millis(1));
    }
    #[cfg(target_os = "linux")]
    while polling_threads() > 0 {
        assert!(start.elapsed() < LONG / 2);
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_check_tells_each_step_and_its_report_has_sizes_and_revisions_and_nothing_private() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let mut shown = Vec::new();
    let report = network::check_over(&host.dial(), &Options::default(), &mut |step| {
        shown.push((step.layer, step.failure.is_none()));
    });
    assert_eq!(shown, [(Layer::Service, true), (Layer::Call, true)]);
    assert!(report.is_good());
    let size = |operation: &str, level| {
        let found = report.sizes.iter().find(|size| (size.operation, size.level) == (operation, level));
        let size = found.unwrap_or_else(|| panic!("{operation} {level}"));
        assert!(
            size.is_known && size.known.contains(&(size.bytes / size.count.max(1))) || level > 0,
            "{size:?}"
        );
        (size.code, size.bytes, size.count)
    };
    assert_eq!(size("RMprAdminServerGetInfo", 0), (0, 16, 1));
    assert_eq!(size("RRasAdminConnectionEnum", 0), (0, 1116, 1));
    assert_eq!(size("RRasAdminConnectionEnum", 3), (0, 788, 1));
    assert_eq!(size("RRouterInterfaceGetInfo", 1), (0, 544, 1));
    let revisions: Vec<_> = report.revisions.iter().map(|one| (one.operation, one.asked, one.code)).collect();
    assert_eq!(revisions[0], ("RMprAdminServerGetInfoEx", 1, 0));
    assert_eq!(revisions.last(), Some(&("RRasAdminConnectionEnumEx", 1, 0)));
    let text = format!("{report:?}");
    assert!(!["alice", "Lyon", "vpn01", "Anna"].iter().any(|private| text.contains(private)), "{text}");
    // Nothing was changed.
    assert_eq!(host.open.load(Ordering::Relaxed), 0);
    assert!((0..53).all(|opnum| host.arrived(opnum) == 0 || Operation::effect_of(opnum) == Effect::Reads));
}

#[test]
fn a_check_ends_with_the_step_that_failed() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    host.is_down.store(true, Ordering::Relaxed);
    let report = network::check_over(&host.dial(), &Options::default(), &mut |_| {});
    assert!(!report.is_good());
    assert_eq!((report.steps.len(), report.steps[0].layer, report.steps[0].code), (1, Layer::Route, 1722));
    // A name without an address fails at the first step, and only the person at the terminal sees it.
    let mut shown = Vec::new();
    let report = network::check(Some("no-such-host.invalid"), &mut |step| shown.push(step.text.clone()));
    assert_eq!((report.steps.len(), report.steps[0].layer, report.steps[0].code), (1, Layer::Name, 1722));
    assert!(shown[0].contains("no-such-host") && !format!("{report:?}").contains("no-such-host"));
}

#[test]
fn a_listener_that_never_answers_is_an_error_by_the_limit_and_costs_the_others_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let name = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
    let mut own = Options::default();
    own.connect_limit = SHORT;
    network::set_options(Some(&name), own);
    let connect = || {
        let (table, mut server) = (network::table(), null_mut());
        let mut units: Vec<u16> = name.encode_utf16().chain([0]).collect();
        let start = Instant::now();
        // SAFETY: the name ends with a zero, and the place takes what is written.
        let code = unsafe { table.MprAdminServerConnect(units.as_mut_ptr(), &mut server) }.unwrap();
        (code, start.elapsed())
    };
    let simulation = office();
    let host = Host::new(served(&simulation));
    let other = Handle::open(host.session("beside-it", options(LONG)));
    std::thread::scope(|scope| {
        let connecting = scope.spawn(connect);
        let mut calls = 0;
        while !connecting.is_finished() || calls == 0 {
            assert_eq!(other.read(), 0);
            calls += 1;
        }
        let (code, time) = connecting.join().unwrap();
        assert_eq!(code, 1722);
        assert!(time >= SHORT && time < LONG / 2, "{time:?}");
    });
    other.close();
    assert_eq!(network::failure(Some(&name)).unwrap().layer, Layer::Smb);
    let mut steps = Vec::new();
    let report = network::check(Some(&name), &mut |step| steps.push((step.layer, step.failure.is_some())));
    let expected = [(Layer::Name, false), (Layer::Route, false), (Layer::Port, false), (Layer::Smb, true)];
    assert_eq!(steps, expected);
    assert!(!format!("{report:?}").contains("127.0.0.1"));
}

#[test]
fn the_longest_limits_are_limits_too() {
    let simulation = office();
    let host = Host::new(served(&simulation));
    let mut own = options(Duration::MAX);
    own.connect_limit = Duration::MAX;
    assert!(network::check_over(&host.dial(), &own, &mut |_| {}).is_good());
    let server = Handle::open(host.session("longest", own));
    assert_eq!((server.read(), server.change()), (0, 0));
    server.close();
}

#[test]
fn a_change_that_waits_when_the_handle_is_disconnected_may_have_been_made_and_the_text_says_so() {
    let (simulation, name) = (office(), "cancelled-change");
    let host = Host::new(served(&simulation));
    let server = Handle::open(host.session(name, options(LONG)));
    host.set(Mode::Hang);
    std::thread::scope(|scope| {
        let change = scope.spawn(move || server.change());
        while host.arrived(PORT_RESET) == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        server.close();
        assert_eq!(change.join().unwrap(), 1818);
    });
    let Failure { text, .. } = network::failure(Some(name)).unwrap();
    assert!(text.contains("may have carried out"), "{text}");
}

#[test]
fn a_fault_that_denies_access_is_a_matter_of_rights_and_says_what_to_do() {
    struct Denying;
    impl association::Interface for Denying {
        fn answer(&self, _: u16, _: &[u8]) -> Result<Vec<u8>, Fault> {
            Err(Fault::ACCESS_DENIED)
        }
    }
    let (host, name) = (Host::new(Denying), "denying");
    let server = Handle::open(host.session(name, options(LONG)));
    assert_eq!(server.read(), 5);
    let Failure { layer, text, .. } = network::failure(Some(name)).unwrap();
    assert_eq!(layer, Layer::Right);
    assert!(text.contains("Administrators"), "{text}");
    server.close();
    let report = network::check_over(&host.dial(), &Options::default(), &mut |_| {});
    let last = report.steps.last().unwrap();
    assert_eq!((last.layer, last.code), (Layer::Right, 5));
}

#[cfg(unix)]
#[test]
fn a_list_of_connections_without_an_end_is_an_error_when_somebody_registers() {
    use std::os::fd::AsRawFd as _;

    use mprapi_rpc::dimsvc::{ConnectionEnumAnswer, ConnectionEnumRequest};

    /// Answers each page with one connection, and says that there are more.
    struct Endless(Served);
    impl association::Interface for Endless {
        fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
            if opnum != CONNECTION_ENUM {
                return association::Interface::answer(&self.0, opnum, stub);
            }
            let resume = ConnectionEnumRequest::decode(stub).unwrap().resume.unwrap();
            // The simulator has nobody at a place behind the first.
            let first = ConnectionEnumRequest {
                level: 0,
                info: Counted::NULL,
                preferred_length: u32::MAX,
                resume: Some(0),
            };
            let first = association::Interface::answer(&self.0, opnum, &first.encode())?;
            let mut answer = ConnectionEnumAnswer::decode(&first).unwrap();
            (answer.code, answer.resume) = (mprapi_sys::ERROR_MORE_DATA, Some(resume + 1));
            Ok(answer.encode())
        }
    }
    let (simulation, name) = (office(), "endless");
    let host = Host::new(Endless(served(&simulation)));
    let server = Handle::open(host.session(name, options(LONG)));
    let (signals, _waits) = std::os::unix::net::UnixStream::pair().unwrap();
    let event: HANDLE = std::ptr::without_provenance_mut(signals.as_raw_fd() as usize);
    // SAFETY: the event is a descriptor that is open.
    assert_eq!(unsafe { TABLE.MprAdminRegisterConnectionNotification(server.0, event) }, Ok(13));
    let text = network::failure(Some(name)).unwrap().text;
    assert!(text.contains("without an end"), "{text}");
    server.close();
}

#[test]
fn a_server_whose_answers_cannot_be_read_is_not_asked_for_the_layout_again_and_again() {
    struct Odd(Served);
    impl association::Interface for Odd {
        fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
            match opnum {
                INTERFACE_GET_INFO => Ok(vec![7; 3]),
                _ => association::Interface::answer(&self.0, opnum, stub),
            }
        }
    }
    let (simulation, name) = (office(), "unreadable");
    let host = Host::new(Odd(served(&simulation)));
    let server = Handle::open(host.session(name, options(LONG)));
    assert_eq!(create(server, "Paris"), 1783);
    assert_eq!((host.arrived(INTERFACE_GET_INFO), host.arrived(INTERFACE_CREATE)), (1, 0));
    assert_eq!(network::failure(Some(name)).unwrap().code, 1783);
    server.close();
}
