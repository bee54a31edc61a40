//! The cost of an enumeration as connections grow, all at once and in pages of 64 KiB. Prints, a line each, what
//! `cargo xtask bench growth` wants to know. `growth WAY COUNT TIMES` does it so often, and prints nothing.
//!
//! The scenario has a server for each of [`COUNTS`], by the name of the number.

use std::hint::black_box;
use std::time::Instant;

use benches::counting::Counting;
use benches::median;
use benches::paging::{self, PAGE, WHOLE};
use mprapi::sys::RAS_CONNECTION_0;
use mprapi::{Mpr, Server};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const COUNTS: [u32; 4] = [100, 1_000, 10_000, 100_000];

/// The program is run many times, so a few are enough.
const ROUNDS: usize = 3;

fn main() {
    // SAFETY: the tables' functions are the library's, and keep its contract as it does.
    let [whole, paged] = [paging::whole(), paging::paged()].map(|table| unsafe { Mpr::from_table(table) });
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [way, count, times] = &arguments[..] else {
        compare("whole", &whole, (WHOLE, false), read);
        compare("kept", &paged, (PAGE, true), read);
        compare("paged", &paged, (PAGE, false), read_pages);
        return;
    };
    // For callgrind to count the instructions of some turns.
    let (mpr, read): (_, fn(&Server, u32)) = if way == "whole" { (whole, read) } else { (paged, read_pages) };
    let server = mpr.connect(Some(count)).expect("a server");
    for _ in 0..times.parse().expect("a number") {
        read(&server, count.parse().expect("a number"));
    }
}

fn compare(name: &str, mpr: &Mpr, (page, keeps): (u32, bool), read: fn(&Server, u32)) {
    let servers = COUNTS.map(|count| mpr.connect(Some(&count.to_string())).expect("a server"));
    let mut ours = [const { Vec::new() }; COUNTS.len()];
    let mut theirs = ours.clone();
    for round in 0..=ROUNDS {
        for (index, (server, count)) in servers.iter().zip(COUNTS).enumerate() {
            // Of the small ones more, so that each is measured about as long.
            let times = (100_000 / count).min(250);
            let our_time = seconds(times, || read(server, count));
            let their_time = seconds(times, || {
                // SAFETY: the handle is open.
                let seen = unsafe { paging::by_hand(server.as_raw().addr() as isize, page, keeps) };
                assert_eq!(seen, count as usize);
            });
            // The first round is for the caches.
            if round > 0 {
                ours[index].push(our_time);
                theirs[index].push(their_time);
            }
        }
    }
    let last = COUNTS.len() - 1;
    let ratios = ours[last].iter().zip(&theirs[last]).map(|(ours, theirs)| ours / theirs).collect();
    let (our_exponent, their_exponent) = (exponent(&ours.map(median)), exponent(&theirs.map(median)));
    println!("{name} exponent\t{our_exponent:.4}");
    println!("{name} exponent by hand\t{their_exponent:.4}");
    println!("{name} exponents\t{:.4}", our_exponent / their_exponent);
    println!("{name} ratio\t{:.4}", median(ratios));

    let server = &servers[last];
    let sent = server.connections().expect("an answer").len() * size_of::<mprapi::sys::RAS_CONNECTION_0>();
    let peak = Counting::peak(|| read(server, COUNTS[last]));
    println!("{name} memory\t{:.4}", peak as f64 / sent as f64);
}

fn read(server: &Server, count: u32) {
    let list = server.connections().expect("an answer");
    assert_eq!(list.len(), count as usize);
    black_box(benches::read(&list));
}

fn read_pages(server: &Server, count: u32) {
    let mut pages = server.connection_pages::<RAS_CONNECTION_0>();
    let mut length = 0;
    while let Some(page) = pages.next_page().expect("an answer") {
        black_box(benches::read(page));
        length += page.len();
    }
    assert_eq!(length, count as usize);
}

fn seconds(times: u32, work: impl Fn()) -> f64 {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    start.elapsed().as_secs_f64() / f64::from(times)
}

/// The slope of the line through the logarithms: 1 where twice as many take twice as long.
fn exponent(times: &[f64]) -> f64 {
    let points: Vec<(f64, f64)> =
        COUNTS.iter().zip(times).map(|(count, time)| (f64::from(*count).ln(), time.ln())).collect();
    let mean = |value: fn(&(f64, f64)) -> f64| points.iter().map(value).sum::<f64>() / points.len() as f64;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let rise: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    rise / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}
