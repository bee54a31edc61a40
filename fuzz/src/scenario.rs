//! A scenario file is refused with its line, or its servers can be put on the net and their time can pass.

use std::time::Duration;

use mprapi_sim::{Clock, Scenario};

/// Longer files are read, and not built.
const LONG: usize = 1 << 12;

pub(crate) fn run(bytes: &[u8]) {
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
    if text.len() > LONG || many_ports(text) {
        return;
    }
    for server in servers {
        // A real clock has a thread, and the names may be those of servers that are there.
        let simulation = server.clock(Clock::Stepped).renamed("fuzzed").start();
        let router = simulation.router("fuzzed");
        let users = router.users();
        assert!(users.iter().all(|user| router.address_of(user).is_some()));
        for step in [1, 3_600, 86_400 * 365] {
            router.advance(Duration::from_secs(step));
        }
        assert!(router.outstanding().is_nothing());
    }
}

/// Whether a tunnel has thousands of ports, which is a file's right.
fn many_ports(text: &str) -> bool {
    let counts = text.split("count").skip(1);
    counts
        .map(|rest| rest.split(['\n', ',', '}']).next().unwrap_or(""))
        .any(|count| count.chars().filter(char::is_ascii_alphanumeric).count() > 3)
}
