//! Many servers at once: each thread has one of its own, all through one `Mpr`. Prints, a line each, what `cargo xtask
//! bench threads` wants to know.
//!
//! The scenario has the servers `quick0` to `quick15`, and `slow0` to `slow15`, each of whose calls takes 25 ms.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use benches::median;
use mprapi::{Mpr, Server};

const MOST: usize = 16;

/// Calls to a slow server, one after the other.
const SLOW_CALLS: u32 = 10;

const WAITS: usize = 5;

/// Each beside one of the peer and one of one thread, so that what else the machine does meets all three or none.
const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(120);

fn main() {
    let mpr = benches::mpr();
    let slow = connect_all(&mpr, "slow");
    let blocked = (0..WAITS).map(|_| wait(&slow).as_secs_f64() / wait(&slow[..1]).as_secs_f64()).collect();
    println!("blocked\t{:.3}", median(blocked));

    let quick = connect_all(&mpr, "quick");
    let ports: Vec<_> = quick.iter().map(|server| server.ports().expect("an answer")).collect();
    let ports: Vec<_> = ports.iter().map(|ports| ports.iter().next().expect("a port").handle()).collect();
    let raw: Vec<_> = quick
        .iter()
        .zip(&ports)
        .map(|(server, port)| (server.as_raw().expose_provenance(), port.id().as_raw().expose_provenance()))
        .collect();
    for threads in [1, 2, 4, 8, 16] {
        let (mut to_theirs, mut to_one) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let clear = |index: usize| ports[index].clear_statistics().expect("cleared");
            let ours = rate(threads, clear);
            let theirs = rate(threads, |index| {
                let handle = std::ptr::with_exposed_provenance_mut;
                // SAFETY: both handles are open.
                let answer =
                    unsafe { mpr.table().MprAdminPortClearStats(handle(raw[index].0), handle(raw[index].1)) };
                assert_eq!(answer.expect("the library has it"), 0);
            });
            to_theirs.push(ours / theirs);
            to_one.push(ours / rate(1, clear));
        }
        println!("throughput {threads}\t{:.3}\t{:.3}", median(to_theirs), median(to_one));
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

/// Calls a second, of all threads together.
fn rate(threads: usize, call: impl Fn(usize) + Sync) -> f64 {
    let (calls, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let barrier = Barrier::new(threads + 1);
    let mut time = Duration::ZERO;
    std::thread::scope(|scope| {
        for index in 0..threads {
            let (call, calls, stop, barrier) = (&call, &calls, &stop, &barrier);
            scope.spawn(move || {
                barrier.wait();
                let mut own = 0;
                while !stop.load(Ordering::Relaxed) {
                    // Routers of the simulator that were made one after the other have a line of the cache in common, which
                    // two threads would take from each other: the raw calls' as much as ours.
                    (0..64).for_each(|_| call(index * (MOST / threads)));
                    own += 64;
                }
                calls.fetch_add(own, Ordering::Relaxed);
            });
        }
        barrier.wait();
        let start = Instant::now();
        std::thread::sleep(ROUND);
        stop.store(true, Ordering::Relaxed);
        time = start.elapsed();
    });
    calls.into_inner() as f64 / time.as_secs_f64()
}
