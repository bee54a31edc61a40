//! The bytes that `mprctl top` writes to the terminal. (`script` makes the terminal; without it, the tests do nothing.)

use std::time::Duration;

use crate::common::screen::Top;

const SERVERS: &str = "--interval 100ms -s quiet1,quiet2";

/// Waits until nothing was written in the time of 20 readings.
fn wait_until_quiet(top: &mut Top) {
    // The graphs fill for the time of 12 readings, and once a minute the ages are drawn.
    for _ in 0..20 {
        if top.written_in(Duration::from_secs(2)) == 0 {
            return;
        }
    }
    panic!("top does not stop writing, though nothing changes");
}

#[test]
fn top_writes_nothing_while_nothing_changes_and_answers_a_key_at_once() {
    let Some(mut top) = Top::start_with("quiet.toml", SERVERS, "") else { return };
    top.shows("", "3 sessions");
    wait_until_quiet(&mut top);
    // Its graph is empty, since nothing moves.
    top.shows("j", "Traffic of ");
    wait_until_quiet(&mut top);
    top.hides("\x1b", "Traffic of ");
    wait_until_quiet(&mut top);
}

#[test]
fn a_terminal_of_another_size_is_drawn_at_once_though_nothing_else_changes() {
    // As a window does that somebody makes smaller.
    let smaller = "(sleep 3; stty rows 5 cols 30 </dev/tty) &";
    let Some(mut top) = Top::start_with("quiet.toml", SERVERS, smaller) else { return };
    top.shows("", "3 sessions");
    top.shows("", "Too small for top: 30×5.");
}
