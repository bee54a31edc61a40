//! Every key of `mprctl top`, pressed on a pseudo-terminal. (`script` makes the terminal; without it, the test does nothing.)

use std::time::Duration;

use crate::common::screen::Top;

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";
const LEFT: &str = "\x1b[D";
const HOME: &str = "\x1b[H";
const END: &str = "\x1b[F";
const DELETE: &str = "\x1b[3~";
const PAGE_UP: &str = "\x1b[5~";
const PAGE_DOWN: &str = "\x1b[6~";
const F1: &str = "\x1bOP";
const F3: &str = "\x1bOR";
const F4: &str = "\x1bOS";
const F5: &str = "\x1b[15~";
const F6: &str = "\x1b[17~";
const F9: &str = "\x1b[20~";
const F10: &str = "\x1b[21~";
const ESCAPE: &str = "\x1b";

#[test]
fn every_key_does_what_the_help_says() {
    let Some(mut top) = Top::start(24, 80) else { return };
    top.shows("", "by traffic ▼");
    top.wait("sessions", |screen| screen.contains("IKEv2") || screen.contains("SSTP"));

    for key in ["?", "h", "H", F1] {
        top.shows(key, "not known yet");
        top.hides("x", "not known yet");
    }
    // Orders, forwards and backwards.
    for (next, back) in [("s", "S"), (">", "<"), (RIGHT, LEFT), (F6, "S"), (".", "S")] {
        top.shows(next, "by traffic in ▼");
        top.shows(back, "by traffic ▼");
    }
    for key in ["r", "I"] {
        top.shows(key, "by traffic ▲");
        top.shows(key, "by traffic ▼");
    }
    for (key, by) in [("M", "by total ▼"), ("T", "by time ▼"), ("P", "by traffic ▼")] {
        top.shows(key, by);
    }
    for key in ["p", "Z"] {
        top.shows(key, "paused");
        top.hides(key, "paused");
    }
    for key in ["+", "="] {
        top.shows(key, "every 1 s");
        top.shows("-", "every 500 ms");
    }

    // The selection moves, and its traffic is drawn.
    for (there, back) in [
        ("j", "k"),
        (DOWN, UP),
        ("G", "g"),
        (END, HOME),
        (PAGE_DOWN, PAGE_UP),
        ("f", "b"),
        (" ", "b"),
        ("\x06", "\x02"),
        ("\x16", "\x02"),
        ("\x04", "\x15"),
        ("\x0e", "\x10"),
        ("\x05", "\x19"),
    ] {
        let title = |screen: &str| {
            screen
                .lines()
                .find(|line| line.contains("Traffic of "))
                .map(|line| line.split(", at most").next().unwrap_or_default().to_owned())
        };
        // The order follows the traffic, so the user in a row changes: the table is still.
        top.shows("p", "paused");
        let first = title(&top.shows(HOME, "Traffic of "));
        // Those that go by one line go to the second user, the others further.
        let by_line = ["j", DOWN, "\x0e", "\x05"].contains(&there);
        let second = title(&{
            top.press(DOWN);
            top.wait("the second user", |screen| title(screen).is_some() && title(screen) != first)
        });
        top.press(UP);
        top.wait("the first user", |screen| title(screen) == first);
        top.press(there);
        top.wait(there, |screen| {
            let now = title(screen);
            now.is_some() && now != first && (now == second) == by_line
        });
        top.press(back);
        top.wait(back, |screen| title(screen) == first);
        top.hides("p", "paused");
        top.shows(ESCAPE, "by traffic");
        top.wait("no selection", |screen| !screen.contains("Traffic of "));
    }
    // The details, and the question, which is answered with no.
    top.shows(HOME, "Traffic of ");
    for (key, next, close) in [("\r", "j", ESCAPE), ("i", DOWN, "q"), ("i", DOWN, "i"), ("i", "k", "\r")] {
        let of = |screen: &str| screen.lines().next().unwrap_or_default().to_owned();
        let first = of(&top.shows(key, "Calls from"));
        top.press(next);
        top.wait("the details of the next session", |screen| {
            screen.contains("Calls from") && of(screen) != first
        });
        top.hides(close, "Calls from");
    }
    for (key, no) in [("d", "n"), (DELETE, "N"), (F9, "q")] {
        top.shows(key, " cancel");
        top.hides(no, " cancel");
    }
    top.hides(ESCAPE, "Traffic of ");

    for key in ["/", "\\", F3, F4] {
        top.shows(key, "Filter: ");
        top.shows("nobodyx", "No session matches");
        top.shows("\x7f", "nobody");
        top.hides("\x15", "nobody");
        top.shows("vpn01", "with “vpn01”");
        top.hides("\r", "Filter: ");
        top.hides(ESCAPE, "with “");
    }
    for key in ["t", F5] {
        top.shows(key, "▸ vpn01");
        top.press(HOME);
        top.shows("\r", "▾ ");
        top.hides(key, "▾ ");
    }
    top.shows("\t", "back to the sessions");
    top.hides("\t", "back to the sessions");
    top.shows("\x1b[Z", "back to the sessions");
    top.hides("\r", "back to the sessions");

    // Everything is drawn again, over what another program wrote.
    for key in ["\x0c", "\x12"] {
        top.forget();
        top.shows(key, "by traffic ▼");
    }

    // One session is ended, by somebody who has read the question: that of the question, though the table is in another order
    // by then.
    top.shows(HOME, "Traffic of ");
    let asked = top.shows("d", " cancel");
    let (_, name) = asked.split_once("Disconnect CORP\\").expect("a question");
    let (user, _) = name.split_once(' ').expect("a user");
    top.written_in(Duration::from_secs(2));
    top.shows("y", &format!("CORP\\{user} ("));
    top.shows("", "is disconnected.");
    top.shows("/", "Filter: ");
    top.shows(user, "No session matches");
    top.shows("\x15\r", "by traffic");
    top.press(F10);
    assert!(top.child.wait().expect("it ends").success());
}

#[test]
fn top_ends_by_each_key_for_that() {
    for key in ["q", "Q", ESCAPE, "\x03"] {
        let Some(mut top) = Top::start(24, 80) else { return };
        top.shows("", "by traffic ▼");
        top.press(key);
        assert!(top.child.wait().expect("it ends").success(), "{key:?}");
    }
}

#[test]
fn on_the_smallest_terminal_the_help_and_the_details_scroll() {
    let Some(mut top) = Top::start(10, 40) else { return };
    top.wait("sessions", |screen| screen.contains("kB") || screen.contains("MB"));
    for (key, last) in [("?", "from the clients"), ("\r", "Errors")] {
        top.shows(HOME, "select");
        top.shows(key, " 1 to 7 of ");
        top.shows(END, last);
        top.shows("g", " 1 to 7 of ");
        top.shows(" ", " 8 to 14 of ");
        top.hides(ESCAPE, " to 14 of ");
    }
}
