//! A scenario file is refused with its line, or its servers start: they can be listed, dialled and disconnected, their
//! time can pass, and their service can start again.

use std::hint::black_box;
use std::time::Duration;

use mprapi::mib::MibModule;
use mprapi::sys::ERROR_ALREADY_CONNECTED;
use mprapi::{Mpr, Server};
use mprapi_sim::{Clock, Scenario};

/// More ports in all would take long to make, and are no different.
const MANY: u64 = 2_000;

thread_local! {
    // SAFETY: the simulator keeps the contract of mprapi.h.
    static MPR: Mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
}

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let scenario = match Scenario::from_toml(text) {
        Ok(scenario) => scenario,
        Err(error) => {
            let line = error.line().expect("what is wrong is somewhere");
            assert!((1..=text.matches('\n').count() + 1).contains(&line), "line {line}");
            assert!(error.to_string().len() > "line 1: ".len());
            return;
        }
    };
    let servers = scenario.into_servers();
    assert!(!servers.is_empty());
    if ports(text) > MANY {
        return;
    }
    // Whatever library a text names is not loaded.
    for server in servers.into_iter().filter(|server| server.admin_dlls().is_empty()) {
        // A real clock has a thread, calls that take long are no different, and the names may be those of servers that are
        // there.
        let server = server.clock(Clock::Stepped).latency(Duration::ZERO).renamed("fuzzed");
        let simulation = Scenario::new().server(server).try_start().expect("what was accepted starts");
        let router = simulation.router("fuzzed");
        // Garbage is no affair of this target, and a panic that was asked for is one.
        router.heal();
        for step in [1, 3_600, 86_400 * 365] {
            MPR.with(exercise);
            router.advance(Duration::from_secs(step));
        }
        router.restart_service();
        MPR.with(exercise);
        assert!(router.outstanding().is_nothing());
        assert!(router.violations().is_empty());
    }
}

/// Does to a server what an administrator does, which it may refuse.
fn exercise(mpr: &Mpr) {
    let Ok(server) = mpr.connect(Some("fuzzed")) else { return };
    let _ = server.info();
    let _ = server.ports().map(|ports| ports.iter().for_each(|port| drop(black_box(port.snapshot()))));
    let _ = server.connections().map(|all| all.iter().for_each(|one| drop(black_box(one.snapshot()))));
    dial(&server);
    let Ok(mib) = mpr.mib(Some("fuzzed")) else { return };
    for table in [1_u32, 3, 4, 7] {
        let _ = mib.get(MibModule::IP_ROUTER_MANAGER, &table.to_ne_bytes()).map(|answer| answer.len());
    }
}

fn dial(server: &Server) {
    let Ok(interfaces) = server.interfaces() else { return };
    for interface in &interfaces {
        let handle = interface.handle();
        if handle.connect().is_err_and(|error| error.code() != Some(ERROR_ALREADY_CONNECTED)) {
            continue;
        }
        let _ = handle.disconnect();
        let _ = handle.connect();
    }
}

/// How many ports the file has. What is no plain number may be any.
fn ports(text: &str) -> u64 {
    let counts = text.split("count").skip(1);
    let counts = counts.filter_map(|rest| {
        let digits: String =
            rest.chars().filter(|digit| !digit.is_whitespace() && *digit != '_').take(12).collect();
        let digits = digits.strip_prefix(['=', '"', '\''])?;
        let end = digits.find(|digit: char| !digit.is_ascii_alphanumeric()).unwrap_or(digits.len());
        Some(digits[..end].parse().unwrap_or(u64::MAX))
    });
    counts.fold(0, u64::saturating_add)
}
