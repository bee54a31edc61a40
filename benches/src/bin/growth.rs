//! The cost of an enumeration as connections grow, all at once and in pages of 64 KiB. Prints, a line each, what
//! `cargo xtask bench growth` wants to know. `growth WAY COUNT TIMES` is for callgrind, and
//! prints nothing.
//!
//! The scenario has a server for each of [`COUNTS`], by the name of the number.

use std::hint::black_box;

use benches::counting::Counting;
use benches::paging::{self, PAGE, WHOLE};
use benches::{median, seconds};
use mprapi::sys::RAS_CONNECTION_0;
use mprapi::{Mpr, Server};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const COUNTS: [u32; 4] = [100, 1_000, 10_000, 100_000];

/// The program is run many times, so a few are enough.
const ROUNDS: usize = 3;

/// A way to enumerate, ours and that of the peer.
struct Way<'m> {
    name: &'static str,
    mpr: &'m Mpr,
    read: fn(&Server, u32),
    /// The length of the peer's pages, and whether it keeps them.
    by_hand: (u32, bool),
}

impl Way<'_> {
    fn read_by_hand(&self, server: &Server, count: u32) {
        let (page, keeps) = self.by_hand;
        // SAFETY: the handle is open.
        let seen = unsafe { paging::by_hand(server.as_raw().addr() as isize, page, keeps) };
        assert_eq!(seen, count as usize);
    }
}

fn main() {
    // SAFETY: the tables' functions are the library's, and keep its contract as it does.
    let [whole, paged] = [paging::whole(), paging::paged()].map(|table| unsafe { Mpr::from_table(table) });
    let ways = [
        Way { name: "whole", mpr: &whole, read, by_hand: (WHOLE, false) },
        Way { name: "paged", mpr: &paged, read: read_pages, by_hand: (PAGE, false) },
        Way { name: "kept", mpr: &paged, read, by_hand: (PAGE, true) },
    ];
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, count, times] = &arguments[..] else {
        ways.iter().for_each(compare);
        return;
    };
    let way = ways.iter().find(|way| way.name == name).expect("there is this way");
    let server = way.mpr.connect(Some(count)).expect("a server");
    let [count, times] = [count, times].map(|number| number.parse().expect("a number"));
    // The first time more is done, by the loader for one.
    (way.read)(&server, count);
    counted(way, &server, count, times);
}

/// Reads. Callgrind, which knows this function by its name, counts from here on.
#[inline(never)]
fn counted(way: &Way<'_>, server: &Server, count: u32, times: u32) {
    (0..times).for_each(|_| (way.read)(server, count));
}

fn compare(way: &Way<'_>) {
    let name = way.name;
    let servers = COUNTS.map(|count| way.mpr.connect(Some(&count.to_string())).expect("a server"));
    let mut ours = [const { Vec::new() }; COUNTS.len()];
    let mut theirs = ours.clone();
    for (index, (server, count)) in servers.iter().zip(COUNTS).enumerate() {
        // Of the small ones more, so that each is measured about as long.
        let times = (100_000 / count).min(250);
        let time = |read: &dyn Fn()| seconds(|| (0..times).for_each(|_| read())) / f64::from(times);
        for round in 0..=ROUNDS {
            let our_time = time(&|| (way.read)(server, count));
            let their_time = time(&|| way.read_by_hand(server, count));
            // The first round takes new memory from the system, which both use after it.
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
    let sent = server.connections().expect("an answer").len() * size_of::<RAS_CONNECTION_0>();
    let peak = Counting::peak(|| (way.read)(server, COUNTS[last]));
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

/// The slope of the line through the logarithms: 1 where twice as many take twice as long.
fn exponent(times: &[f64]) -> f64 {
    let points: Vec<(f64, f64)> =
        COUNTS.iter().zip(times).map(|(count, time)| (f64::from(*count).ln(), time.ln())).collect();
    let mean = |value: fn(&(f64, f64)) -> f64| points.iter().map(value).sum::<f64>() / points.len() as f64;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let rise: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    rise / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}
