//! Many servers at once: each thread has one of its own, all through one `Mpr`. Prints, a line each, what `cargo xtask
//! bench threads` wants to know.
//!
//! The scenario has the servers `quick0` to `quick15`, and `slow0` to `slow15`, each of whose calls takes 25 ms.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Barrier, Mutex};
use std::time::{Duration, Instant};

use benches::seconds;
use mprapi::{Mpr, Server};

const MOST: usize = 16;

/// Calls to a slow server, one after the other.
const SLOW_CALLS: u32 = 4;

/// How often they are made. The shortest time counts: other programs can only add to it.
const WAITS: usize = 4;

/// How long a rate is measured.
const ROUND: Duration = Duration::from_millis(60);

fn main() {
    let mpr = benches::mpr();
    let slow = connect_all(&mpr, "slow");
    let (mut all, mut one) = (Duration::MAX, Duration::MAX);
    for _ in 0..WAITS {
        all = all.min(wait(&slow));
        one = one.min(wait(&slow[..1]));
    }
    println!("blocked\t{:.3}", all.as_secs_f64() / one.as_secs_f64());

    let quick = connect_all(&mpr, "quick");
    let ports: Vec<_> = quick.iter().map(|server| server.ports().expect("an answer")).collect();
    let ports: Vec<_> = ports.iter().map(|ports| ports.iter().next().expect("a port").handle()).collect();
    let raw: Vec<_> = quick
        .iter()
        .zip(&ports)
        .map(|(server, port)| (server.as_raw().expose_provenance(), port.id().as_raw().expose_provenance()))
        .collect();
    for threads in [1, 2, 4, 8, 16] {
        let clear = |index: usize| ports[index].clear_statistics().expect("cleared");
        let ours = rate(threads, clear);
        let theirs = rate(threads, |index| {
            let handle = std::ptr::with_exposed_provenance_mut;
            // SAFETY: both handles are open.
            let answer =
                unsafe { mpr.table().MprAdminPortClearStats(handle(raw[index].0), handle(raw[index].1)) };
            assert_eq!(answer.expect("the library has it"), 0);
        });
        println!("{threads} to raw\t{:.3}", ours / theirs);
        if threads > 1 {
            println!("{threads} to one\t{:.3}", ours / rate(1, clear));
        }
    }
}

fn connect_all(mpr: &Mpr, name: &str) -> Vec<Server> {
    (0..MOST).map(|number| mpr.connect(Some(&format!("{name}{number}"))).expect("a server")).collect()
}

/// How long it takes until all threads have made their calls, each to a server that takes its time.
fn wait(servers: &[Server]) -> Duration {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for server in servers {
            scope.spawn(|| {
                for _ in 0..SLOW_CALLS {
                    server.info().expect("an answer");
                }
            });
        }
    });
    start.elapsed()
}

/// Calls a second that a thread has the processor: threads that wait for each other, or take each other's memory, need more
/// of its time for a call, and other programs have no part in it.
fn rate(threads: usize, call: impl Fn(usize) + Sync) -> f64 {
    let (calls, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let barrier = Barrier::new(threads + 1);
    let time = Mutex::new(0.0);
    std::thread::scope(|scope| {
        for index in 0..threads {
            let (call, calls, stop, barrier, time) = (&call, &calls, &stop, &barrier, &time);
            scope.spawn(move || {
                barrier.wait();
                let mut own = 0;
                let busy = seconds(|| {
                    while !stop.load(Ordering::Relaxed) {
                        // Routers of the simulator that were made one after the other have a line of the cache in common, which
                        // two threads would take from each other: the raw calls' as much as ours.
                        (0..64).for_each(|_| call(index * (MOST / threads)));
                        own += 64;
                    }
                });
                calls.fetch_add(own, Ordering::Relaxed);
                *time.lock().expect("nobody panics with it") += busy;
            });
        }
        barrier.wait();
        std::thread::sleep(ROUND);
        stop.store(true, Ordering::Relaxed);
    });
    calls.into_inner() as f64 / time.into_inner().expect("nobody panics with it")
}
