//! The simulator as a part of a test: what it costs to start routers and to list their sessions.
//!
//! `simulator WORK TIMES` does a piece of work so often, for callgrind to count its instructions. `simulator` does each
//! and prints the time that it has worked, in microseconds.

use std::fmt::Write as _;
use std::hint::black_box;
use std::ptr::null_mut;

use benches::{median, seconds};
use mprapi::sys::{HANDLE, RAS_CONNECTION_0};
use mprapi_sim::{Scenario, Server, Session, Simulation, Tunnel};

/// Sixteen ports, as the company of the simulator has them.
const PORTS: [(Tunnel, &str, u32); 5] = [
    (Tunnel::Ikev2, "ikev2", 5),
    (Tunnel::Sstp, "sstp", 4),
    (Tunnel::L2tp, "l2tp", 3),
    (Tunnel::Pptp, "pptp", 3),
    (Tunnel::Modem, "modem", 1),
];

const SESSIONS: u32 = 100_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [work, times] = &arguments[..] {
        let mut run = prepare(work);
        (0..times.parse().expect("a number")).for_each(|_: u32| run());
        return;
    }
    for (work, rounds) in [("ports", 1_001), ("ports in TOML", 1_001), ("company", 1_001)] {
        println!("{work}\t{:.2}", median(times(work, rounds)));
    }
    for work in ["100000 sessions", "100000 sessions in TOML"] {
        println!("{work}\t{:.0}", median(times(work, 1)));
    }
    compare();
}

/// Prepares a piece of work.
fn prepare(work: &str) -> Box<dyn FnMut()> {
    match work {
        "ports" => Box::new(|| drop(black_box(ports().start()))),
        "ports in TOML" => in_toml(&ports_in_toml()),
        "company" => Box::new(|| {
            let company = Scenario::company().into_servers().remove(0);
            drop(black_box(company.renamed("measured").start()));
        }),
        _ => {
            let (count, what) = work.split_once(' ').expect("a number of sessions");
            let count = count.parse().expect("a number");
            match what {
                "sessions" => Box::new(move || drop(black_box(crowd(count).start()))),
                "sessions in TOML" => in_toml(&crowd_in_toml(count)),
                _ => panic!("there is no work {work}"),
            }
        }
    }
}

/// Reads a text and starts what it describes.
fn in_toml(text: &str) -> Box<dyn FnMut()> {
    let text = text.to_owned();
    Box::new(move || drop(black_box(Scenario::from_toml(&text).expect("a scenario").start())))
}

fn ports() -> Server {
    PORTS.iter().fold(Server::unique(), |server, (tunnel, _, count)| server.ports(*tunnel, *count))
}

fn ports_in_toml() -> String {
    let mut text = "[[server]]\nname = \"measured\"\n".to_owned();
    for (_, tunnel, count) in PORTS {
        let _ = writeln!(text, "\n[[server.ports]]\ntunnel = \"{tunnel}\"\ncount = {count}");
    }
    text
}

fn user(number: u32) -> [String; 2] {
    [format!("user.number{number:06}"), format!("PC-{number:06}")]
}

fn crowd(count: u32) -> Server {
    (0..count).fold(Server::unique().ports(Tunnel::Ikev2, count), |server, number| {
        let [user, computer] = user(number);
        server.session(Session::new(user, Tunnel::Ikev2).domain("CORP").computer(computer))
    })
}

fn crowd_in_toml(count: u32) -> String {
    let mut text =
        format!("[[server]]\nname = \"measured\"\n\n[[server.ports]]\ntunnel = \"ikev2\"\ncount = {count}\n");
    for number in 0..count {
        let [user, computer] = user(number);
        let _ = writeln!(
            text,
            "\n[[server.session]]\nuser = \"{user}\"\ntunnel = \"ikev2\"\ndomain = \"CORP\"\n\
             computer = \"{computer}\""
        );
    }
    text
}

fn times(work: &str, rounds: u32) -> Vec<f64> {
    let mut run = prepare(work);
    (0..rounds).map(|_| 1e6 * seconds(&mut run)).collect()
}

/// Lists many sessions, and copies the list, by turns. Both take new memory and give it back.
fn compare() {
    let simulation = crowd(SESSIONS).start();
    let server = connect(&simulation);
    let list = enumerate(server);
    // SAFETY: the API said that so many records are there.
    let records = unsafe { std::slice::from_raw_parts(list, SESSIONS as usize) }.to_vec();
    free(list);
    let rounds = (0..5).map(|_| {
        let ours = seconds(|| free(enumerate(server)));
        ours / seconds(|| drop(black_box(records.clone())))
    });
    println!("list to copy\t{:.4}", median(rounds.collect()));
    let disconnect = mprapi_sim::functions().MprAdminServerDisconnect.expect("the table is full");
    // SAFETY: the handle is open and closed once.
    unsafe { disconnect(server) };
}

fn connect(simulation: &Simulation) -> HANDLE {
    let function = mprapi_sim::functions().MprAdminServerConnect.expect("the table is full");
    let mut name: Vec<u16> = simulation.routers()[0].name().encode_utf16().chain([0]).collect();
    let mut server = null_mut();
    // SAFETY: the name is terminated, and the handle is written to a variable of this function.
    assert_eq!(unsafe { function(name.as_mut_ptr(), &raw mut server) }, 0);
    server
}

fn enumerate(server: HANDLE) -> *mut RAS_CONNECTION_0 {
    let function = mprapi_sim::functions().MprAdminConnectionEnum.expect("the table is full");
    let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
    let (pointer, numbers) = (&raw mut buffer, (&raw mut read, &raw mut total));
    // SAFETY: the handle is open, and all pointers are to variables of this function.
    let code = unsafe { function(server, 0, pointer, u32::MAX, numbers.0, numbers.1, null_mut()) };
    assert_eq!((code, read, total), (0, SESSIONS, SESSIONS));
    buffer.cast()
}

fn free(buffer: *mut RAS_CONNECTION_0) {
    let function = mprapi_sim::functions().MprAdminBufferFree.expect("the table is full");
    // SAFETY: the buffer came from the API and is freed once.
    assert_eq!(unsafe { function(buffer.cast()) }, 0);
}
