//! How a router with very many connections and interfaces behaves: what an enumeration costs as they grow, and how
//! much memory the router takes beside the records that it hands out.
//!
//! `cargo run --release -p mprapi-sim --example scale`

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use mprapi_sim::{Interface, InterfaceKind, Server, Session, Simulation, Tunnel};
use mprapi_sys as sys;

/// The system's allocator, with a count of what is in use.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is the system's allocator's, and the counters allocate nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = IN_USE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        // SAFETY: passed on to the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: passed on to the caller.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A page of 64 KiB, as a careful caller asks for.
const PAGE: u32 = 65_536;

fn main() {
    println!(
        "connections, level 0 ({} bytes a record; they hold what is known)",
        size_of::<sys::RAS_CONNECTION_0>()
    );
    heading();
    for count in [12_500, 25_000, 50_000, 100_000] {
        let before = IN_USE.load(Ordering::Relaxed);
        let build = Instant::now();
        let simulation = crowd(count);
        report(count, &simulation, build.elapsed(), before, size_of::<sys::RAS_CONNECTION_0>(), connections);
    }
    println!(
        "\ndemand-dial interfaces, level 0 ({} bytes a record; what is known of one is held by level 3, {} bytes)",
        size_of::<sys::MPR_INTERFACE_0>(),
        size_of::<sys::MPR_INTERFACE_3>()
    );
    heading();
    for count in [1_250, 2_500, 5_000, 10_000] {
        let before = IN_USE.load(Ordering::Relaxed);
        let build = Instant::now();
        let simulation = offices(count);
        report(count, &simulation, build.elapsed(), before, size_of::<sys::MPR_INTERFACE_3>(), interfaces);
    }
}

fn heading() {
    println!(
        "{:>8} {:>10} {:>13} {:>10} {:>13} {:>10} {:>11} {:>11} {:>11}",
        "count",
        "build",
        "all at once",
        "ns/record",
        "64 KiB pages",
        "ns/record",
        "records",
        "router",
        "peak/records"
    );
}

fn crowd(count: u32) -> Simulation {
    let server = Server::unique().ports(Tunnel::Ikev2, count);
    let session = |number: u32| {
        Session::new(format!("user{number:06}"), Tunnel::Ikev2)
            .domain("CORP")
            .computer(format!("PC{number:06}"))
    };
    (0..count).fold(server, |server, number| server.session(session(number))).start()
}

fn offices(count: u32) -> Simulation {
    let office = |number: u32| Interface::new(format!("Office {number:05}"), InterfaceKind::FullRouter);
    (0..count).fold(Server::unique(), |server, number| server.interface(office(number))).start()
}

/// One enumeration: how many bytes to ask for at a time, where to go on; the code, how many came.
type Enumerate = fn(sys::HANDLE, u32, &mut u32) -> (u32, u32);

fn connections(server: sys::HANDLE, longest: u32, resume: &mut u32) -> (u32, u32) {
    let function = mprapi_sim::functions().MprAdminConnectionEnum.expect("the table is full");
    let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
    let (pointer, read_pointer) = (&raw mut buffer, &raw mut read);
    // SAFETY: all pointers are to variables of this function.
    let code = unsafe { function(server, 0, pointer, longest, read_pointer, &raw mut total, resume) };
    free(buffer);
    (code, read)
}

fn interfaces(server: sys::HANDLE, longest: u32, resume: &mut u32) -> (u32, u32) {
    let function = mprapi_sim::functions().MprAdminInterfaceEnum.expect("the table is full");
    let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
    let (pointer, read_pointer) = (&raw mut buffer, &raw mut read);
    // SAFETY: all pointers are to variables of this function.
    let code = unsafe { function(server, 0, pointer, longest, read_pointer, &raw mut total, resume) };
    free(buffer);
    (code, read)
}

fn free(buffer: *mut u8) {
    let function = mprapi_sim::functions().MprAdminBufferFree.expect("the table is full");
    // SAFETY: the buffer came from the API and is freed once.
    assert_eq!(unsafe { function(buffer.cast()) }, 0);
}

fn report(
    count: u32,
    simulation: &Simulation,
    build: Duration,
    before: usize,
    record: usize,
    enumerate: Enumerate,
) {
    let router = IN_USE.load(Ordering::Relaxed) - before;
    let connect = mprapi_sim::functions().MprAdminServerConnect.expect("the table is full");
    let disconnect = mprapi_sim::functions().MprAdminServerDisconnect.expect("the table is full");
    let mut name: Vec<u16> = simulation.routers()[0].name().encode_utf16().chain([0]).collect();
    let mut server = null_mut();
    // SAFETY: the name is terminated, and the handle is written to a variable of this function.
    assert_eq!(unsafe { connect(name.as_mut_ptr(), &raw mut server) }, 0);

    PEAK.store(IN_USE.load(Ordering::Relaxed), Ordering::Relaxed);
    let start = Instant::now();
    assert_eq!(enumerate(server, u32::MAX, &mut 0), (0, count));
    let at_once = start.elapsed();
    let peak = PEAK.load(Ordering::Relaxed) - before;

    let start = Instant::now();
    let (mut resume, mut seen) = (0, 0);
    loop {
        let (code, read) = enumerate(server, PAGE, &mut resume);
        seen += read;
        if code == 0 {
            break;
        }
    }
    let paged = start.elapsed();
    assert_eq!(seen, count);
    // SAFETY: the handle is open and closed once.
    unsafe { disconnect(server) };

    let each = |time: Duration| time.as_nanos() / u128::from(count);
    let records = record * count as usize;
    let megabytes = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1e6);
    println!(
        "{count:>8} {:>10} {:>13} {:>10} {:>13} {:>10} {:>11} {:>11} {:>11.2}",
        format!("{build:.1?}"),
        format!("{at_once:.2?}"),
        each(at_once),
        format!("{paged:.2?}"),
        each(paged),
        megabytes(records),
        megabytes(router),
        peak as f64 / records as f64,
    );
    let ratio = peak as f64 / records as f64;
    assert!(ratio <= 2.0, "router and records take {ratio:.2} times what the records take");
}
