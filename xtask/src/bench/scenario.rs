//! Scenarios of the simulated router.

use std::fmt::Write as _;

/// A server with so many sessions, each of whose calls takes so many seconds.
pub(crate) fn server(name: &str, sessions: u32, latency: f64) -> String {
    let mut text = format!("[[server]]\nname = \"{name}\"\nlatency = {latency:?}\n\n");
    let _ = writeln!(text, "[[server.ports]]\ntunnel = \"ikev2\"\ncount = {sessions}\n");
    for number in 0..sessions {
        let _ = writeln!(
            text,
            "[[server.session]]\nuser = \"user.number{number:05}\"\ntunnel = \"ikev2\"\ndomain = \"CORP\"\n\
             computer = \"PC-{number:05}\"\n"
        );
    }
    text
}
