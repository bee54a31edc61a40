use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

use chrono::TimeZone as _;
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::style::{Color, Modifier};
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::*;
use crate::commands::live::Look;
use crate::commands::session::{Counted, SessionDetails};
use crate::commands::top::keys::Intent;
use crate::commands::top::test_support::{Fixture, moved};
use crate::output::Columns as _;

/// The screen, at a fixed time of day.
fn screen(fixture: &mut Fixture, width: u16, height: u16, has_color: bool) -> TestBackend {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("it is drawn nowhere");
    let time = Local.with_ymd_and_hms(2026, 11, 27, 14, 5, 9).single().expect("a time");
    let mut view = View::new(has_color);
    terminal.draw(|frame| view.draw(frame, &mut fixture.state, time)).expect("it is drawn nowhere");
    terminal.backend().clone()
}

fn text(fixture: &mut Fixture, width: u16, height: u16) -> String {
    screen(fixture, width, height, false).to_string()
}

/// Holds the screen against the file of this name. (Tests run on systems without cargo, so the folder is given.)
macro_rules! assert_screen {
    ($name:literal, $text:expr) => {
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/src/commands/top/view/snapshots"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!($name, $text) });
    };
}

/// Three servers, seen for a minute: names of all kinds, one who moves much, one who moves nothing, one who is new.
fn company() -> Fixture {
    let mut fixture = Fixture::new(&["vpn01", "東京-vpn", "branch-gw"]);
    let make = |fixture: &Fixture, user: &str, handle: u8, tunnel: &str| {
        fixture.session(user, handle).with(|known| known.tunnel = tunnel.into())
    };
    let anna = make(&fixture, "anna.lindqvist", 1, "IKEv2");
    let ben = make(&fixture, "ben", 2, "SSTP");
    let long = make(&fixture, "a.name.that.does.not.end.anywhere.soon", 3, "L2TP");
    let long = long.with(|known| known.statistics.crc_errors = 12);
    let evil = make(&fixture, "evil\u{1b}[2J\u{202e}name", 4, "IKEv2");
    let tanaka = make(&fixture, "田中美香さん", 5, "SSTP");
    let till = make(&fixture, "till.01", 6, "IKEv2");
    for second in 0..30_u64 {
        let time = 3600 + 2 * second;
        // Up and down, so that there is something to see.
        let wave = 400_000 * (second + (second * second) % 7 * 5);
        fixture.see(
            0,
            &[
                moved(anna.clone(), time, wave / 8, wave),
                moved(ben.clone(), time, 9_000 * second, 150_000 * second),
                moved(long.clone(), time, 0, 2_000_000_000),
            ],
        );
        let mut sessions = vec![moved(tanaka.clone(), time, 40_000 * second, 700_000 * second)];
        if second % 10 > 4 {
            sessions.push(moved(evil.clone(), time, 5_000 * second, 0));
        }
        fixture.see(1, &sessions);
        fixture.see(2, &[moved(till.clone(), time, 1_000 * second, 20_000 * second)]);
        fixture.state.sample();
        fixture.wait(2_000);
    }
    fixture
}

#[test]
fn a_company_at_80_by_24() {
    assert_screen!("company_80x24", text(&mut company(), 80, 24));
}

#[test]
fn a_company_at_200_by_50() {
    assert_screen!("company_200x50", text(&mut company(), 200, 50));
}

#[test]
fn a_server_that_fails_and_one_that_is_silent_beside_the_rest() {
    let mut fixture = company();
    fixture.fail(1);
    fixture.wait(5_000);
    let till = fixture.session("till.01", 6);
    fixture.see(2, &[moved(till, 3700, 30_000, 600_000)]);
    assert_screen!("trouble_80x24", text(&mut fixture, 80, 24));
    assert_screen!("trouble_200x50", text(&mut fixture, 200, 50));
}

#[test]
fn all_that_is_known_of_a_session() {
    let mut fixture = company();
    fixture.press(&[Intent::Down, Intent::Inspect]);
    let Mode::Inspect(id) = fixture.state.mode else { panic!("an inspector") };
    let (_, entry) = fixture.state.find(id).expect("it is there");
    // The simulator counts through these in the order of the tests.
    let guid = SessionDetails::COLUMNS.iter().find(|column| column.name == "guid").expect("a column");
    let mut own = String::new();
    guid.value(&entry.counted.details).write_short(&mut own);
    let nobodys = "{00000000-0000-0000-0000-000000000000}";
    assert_screen!("inspect_80x24", text(&mut fixture, 80, 24).replace(&own, nobodys));
    assert_screen!("inspect_200x50", text(&mut fixture, 200, 50).replace(&own, nobodys));
}

#[test]
fn the_question_names_the_user_and_the_server() {
    let mut fixture = company();
    fixture.press(&[Intent::Down, Intent::Ask]);
    let text = text(&mut fixture, 80, 24);
    assert!(text.contains("Disconnect CORP\\anna.lindqvist (10.0.0.1) on vpn01?"), "{text}");
    assert_screen!("question_80x24", text);
}

#[test]
fn the_question_fits_the_narrowest_terminal() {
    let mut fixture = company();
    fixture.press(&[Intent::Filter]);
    fixture.type_text("anywhere");
    fixture.press(&[Intent::Keep, Intent::Down, Intent::Ask]);
    assert_screen!("question_40x10", text(&mut fixture, 40, 10));
}

#[test]
fn the_help_has_all_of_its_lines_at_80_by_24() {
    let mut fixture = company();
    fixture.press(&[Intent::Help]);
    assert_screen!("help_80x24", text(&mut fixture, 80, 24));
}

/// Scrolls what is open at 40×10, a page at a time, and returns its lines without the edges.
fn all_pages(fixture: &mut Fixture) -> String {
    let mut pages: Vec<String> = Vec::new();
    loop {
        let screen = text(fixture, 40, 10);
        assert!(
            screen.lines().last().is_some_and(|line| line.contains("close")),
            "the keys are seen: {screen}"
        );
        if pages.last() == Some(&screen) {
            return pages.concat();
        }
        pages.push(screen);
        fixture.press(&[Intent::PageDown]);
    }
}

#[test]
fn on_the_smallest_terminal_the_help_is_scrolled_to_its_end() {
    let mut fixture = company();
    fixture.press(&[Intent::Help]);
    assert_screen!("help_40x10", text(&mut fixture, 40, 10));
    let all = all_pages(&mut fixture);
    for text in ["Space b)", "Ctrl-L, Ctrl-Z", "suspend", "the clients"] {
        assert!(all.contains(text), "{text}: {all}");
    }
    // It begins at its beginning again.
    fixture.press(&[Intent::Close, Intent::Help]);
    assert!(text(&mut fixture, 40, 10).contains(" 1 to 7 of "), "{}", text(&mut fixture, 40, 10));
}

#[test]
fn on_the_smallest_terminal_the_details_are_scrolled_to_their_end_and_are_those_of_the_same_session() {
    let mut fixture = company();
    fixture.press(&[Intent::Down, Intent::Inspect]);
    let mode = fixture.state.mode;
    let all = all_pages(&mut fixture);
    for column in ["Server", "Address", "Frames out", "Errors"] {
        assert!(all.contains(column), "{column}: {all}");
    }
    assert_eq!(fixture.state.mode, mode);
    fixture.press(&[Intent::First, Intent::Down]);
    assert_ne!(fixture.state.mode, mode, "the next session");
}

#[test]
fn the_smallest_terminal_has_two_sessions_and_says_that_it_is_paused() {
    let mut fixture = company();
    let screen = text(&mut fixture, 40, 10);
    assert!(screen.contains("─ 1 to 2"), "{screen}");
    fixture.press(&[Intent::Pause]);
    for _ in 0..2 {
        let header = text(&mut fixture, 40, 10).lines().next().expect("a header").to_owned();
        assert!(header.contains("  paused") && header.contains("/s  out "), "{header}");
        // A longer header.
        (0..3).for_each(|server| fixture.fail(server));
    }
}

#[test]
fn the_graph_of_a_long_name_says_how_high_it_is() {
    let mut fixture = Fixture::new(&["vpn01"]);
    for second in 0..3 {
        let long = fixture.session(&"田中".repeat(60), 1);
        fixture.see(0, &[moved(long, 3600 + second, 0, 10_000 * second)]);
        fixture.wait(1_000);
    }
    fixture.press(&[Intent::Down]);
    let text = text(&mut fixture, 80, 24);
    assert!(text.contains("…, at most 10.0 kB/s "), "{text}");
}

#[test]
fn each_line_of_an_advice_is_a_line_of_the_panel_and_names_the_server() {
    let mut fixture = company();
    let failure = crate::failure::Failure::new(crate::failure::Kind::Unreachable, "no answer")
        .advice("See whether it is up:\n  Test-NetConnection SERVER");
    fixture.state.observe(0, Err(failure));
    let text = text(&mut fixture, 200, 50);
    assert!(text.contains("│See whether it is up: ") && text.contains("│Test-NetConnection vpn01"), "{text}");
}

#[test]
fn the_filter_is_seen_while_it_is_typed_and_says_when_nobody_matches() {
    let mut fixture = company();
    fixture.press(&[Intent::Filter]);
    fixture.type_text("nobody");
    let text = text(&mut fixture, 80, 24);
    assert!(text.contains("Filter: nobody") && text.contains("0 of 6 sessions with “nobody”"), "{text}");
    assert!(text.contains("No session matches"), "{text}");
}

#[test]
fn one_server_alone_has_no_column_of_servers() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let anna = fixture.session("anna", 1);
    fixture.see(0, &[anna]);
    assert_screen!("single_80x24", text(&mut fixture, 80, 24));
}

#[test]
fn two_hundred_servers_show_the_troubled_and_the_busiest_and_count_the_rest() {
    let names: Vec<String> = (1..=200).map(|number| format!("vpn{number:03}")).collect();
    let mut fixture = Fixture::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for second in 0..2 {
        for server in 0..200 {
            let user = fixture.session("user", 1);
            fixture.see(server, &[moved(user, 3600 + second, 0, second * server as u64 * 1_000)]);
        }
        fixture.wait(1_000);
    }
    fixture.fail(17);
    fixture.fail(99);
    assert_screen!("two_hundred_80x24", text(&mut fixture, 80, 24));
    assert!(text(&mut fixture, 200, 50).contains("and 185 more"), "{}", text(&mut fixture, 200, 50));
}

#[test]
fn forty_servers_are_gone_through_with_keys_and_each_is_seen() {
    let names: Vec<String> = (1..=40).map(|number| format!("vpn{number:02}")).collect();
    let mut fixture = Fixture::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for server in 0..40 {
        let user = fixture.session("user", 1);
        fixture.see(server, &[user]);
    }
    fixture.fail(20);
    let seen =
        |screen: &str| names.iter().filter(|name| screen.contains(&format!("● {name}"))).cloned().collect();
    assert!(text(&mut fixture, 80, 24).contains("and 33 more (Tab)"));
    fixture.press(&[Intent::Servers]);
    let mut all: Vec<String> = Vec::new();
    for page in 0..4 {
        let screen = text(&mut fixture, 80, 24);
        assert!(screen.contains("by traffic"), "the sessions are still there: {screen}");
        assert_eq!(screen.contains("cannot be reached"), page == 1, "{screen}");
        all.extend::<Vec<String>>(seen(&screen));
        fixture.press(&[Intent::PageDown]);
    }
    all.dedup();
    all.sort();
    all.dedup();
    assert_eq!(all, names, "each, in the order in which they were named");
    assert!(text(&mut fixture, 80, 24).contains("30 to 40 of 40 servers"));
    // At either end it stays.
    fixture.press(&[Intent::First, Intent::Up]);
    assert_screen!("forty_80x24", text(&mut fixture, 80, 24));
    assert!(seen(&text(&mut fixture, 200, 50)).len() > 30, "{}", text(&mut fixture, 200, 50));
    fixture.press(&[Intent::Close]);
    assert!(text(&mut fixture, 80, 24).contains("and 33 more"));
}

#[test]
fn a_reason_that_is_longer_than_the_line_is_told_in_full() {
    let mut fixture = company();
    let Some(crate::commands::top::state::Effect::Disconnect(ending)) =
        fixture.press(&[Intent::Down, Intent::Ask, Intent::Yes])
    else {
        panic!("a disconnect")
    };
    let why = crate::failure::Failure::new(crate::failure::Kind::AccessDenied, "access is denied")
        .advice("Managing it needs an account in the group Administrators of the server, and there a terminal opened as administrator.");
    fixture.state.ended(ending.id, Err(why));
    let text = text(&mut fixture, 80, 24);
    assert!(text.contains("is not disconnected: access is denied."), "{text}");
    assert!(text.contains("opened as administrator."), "{text}");
}

#[test]
fn of_a_long_filter_the_end_is_seen() {
    let mut fixture = company();
    fixture.press(&[Intent::Filter]);
    fixture.type_text(&"田x".repeat(60));
    fixture.type_text("end");
    let text = text(&mut fixture, 80, 24);
    assert!(text.contains("田xend "), "{text}");
}

#[test]
fn the_title_says_which_part_of_a_long_list_is_seen() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let sessions: Vec<Counted> = (1..=40).map(|number| fixture.session("anna", number)).collect();
    fixture.see(0, &sessions);
    let is_seen = |fixture: &mut Fixture, part: &str| text(fixture, 80, 24).contains(part);
    assert!(is_seen(&mut fixture, "─ 1 to 15"));
    fixture.press(&[Intent::Last]);
    assert!(is_seen(&mut fixture, "─ 29 to 40"));
    assert!(!text(&mut fixture, 80, 60).contains(" to "));
}

#[test]
fn columns_go_by_their_importance_as_it_gets_narrower() {
    let mut fixture = company();
    let mut header = |width| {
        let text = text(&mut fixture, width, 24);
        let line = text.lines().find(|line| line.contains("User ")).expect("a header").to_owned();
        line.trim_matches('"').split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(header(40), "User In/s Out/s");
    assert_eq!(header(60), "User Server In/s Out/s Total");
    assert_eq!(header(68), "User Server Tunnel In/s Out/s Total");
    assert_eq!(header(80), "User Server Tunnel Connected In/s Out/s Total");
    assert_eq!(header(90), "User Server Tunnel Address Connected In/s Out/s Total");
    assert_eq!(header(100), "User Server Tunnel Address Connected In/s Out/s Total Errors");
    assert!(header(200).ends_with("Errors Traffic"), "{}", header(200));
}

#[test]
fn a_terminal_that_is_too_small_says_so() {
    for (width, height) in [(39, 24), (80, 9), (3, 1)] {
        let text = text(&mut company(), width, height);
        assert!(text.contains("Too"), "{text}");
    }
}

#[test]
fn a_question_in_a_terminal_that_becomes_too_small_is_taken_back() {
    let mut fixture = company();
    fixture.press(&[Intent::Down, Intent::Ask]);
    let _ = text(&mut fixture, 30, 5);
    assert!(fixture.press(&[Intent::Yes]).is_none());
}

#[test]
fn nothing_goes_wrong_at_any_size_with_anything_open() {
    let mut fixture = company();
    fixture.press(&[Intent::Down]);
    for intent in [Intent::Close, Intent::Filter, Intent::Inspect, Intent::Ask, Intent::Help] {
        fixture.press(&[Intent::Close, Intent::Down, intent]);
        for width in [1, 40, 57, 80, 114, 200] {
            for height in [1, 10, 16, 21, 34, 60] {
                screen(&mut fixture, width, height, true);
            }
        }
    }
}

#[test]
fn no_name_steers_the_terminal() {
    let mut fixture = company();
    fixture.press(&[Intent::Filter]);
    fixture.type_text("evil\u{1b}");
    fixture.press(&[Intent::Erase, Intent::Keep, Intent::Down]);
    for intent in [Intent::Inspect, Intent::Ask] {
        fixture.press(&[intent]);
        let text = text(&mut fixture, 120, 40);
        assert!(text.contains("evil\u{fffd}[2J\u{fffd}name"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']));
        fixture.press(&[Intent::Close]);
    }
}

#[test]
fn without_colour_no_cell_has_one_and_the_selection_is_seen_all_the_same() {
    let mut fixture = company();
    fixture.fail(2);
    fixture.press(&[Intent::Down]);
    let plain = screen(&mut fixture, 120, 40, false);
    let cells = || plain.buffer().content.iter();
    assert!(cells().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    assert!(cells().any(|cell| cell.modifier.contains(Modifier::REVERSED)));
    let coloured = screen(&mut fixture, 120, 40, true);
    assert!(coloured.buffer().content.iter().any(|cell| cell.fg == Color::Red));
}

#[test]
fn a_wide_name_leaves_the_columns_after_it_in_their_places() {
    let mut fixture = company();
    let backend = screen(&mut fixture, 120, 40, false);
    let buffer = backend.buffer();
    let find = |user: &str| {
        let row = |y: u16| (0..120).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..40).find(|y| row(*y).contains(user)).expect("a row")
    };
    let cell = |x: u16, y: u16| buffer[(x, y)].symbol().to_owned();
    let (anna, tanaka) = (find("anna.lindqvist"), find("田"));
    let domain = (0..120).find(|x| cell(*x, anna) == "C" && cell(x + 1, anna) == "O").expect("CORP");
    assert_eq!((cell(domain, tanaka), cell(domain + 1, tanaka)), ("C".to_owned(), "O".to_owned()));
}

#[test]
fn ten_thousand_sessions_are_drawn_well_within_the_time_of_a_frame() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let sessions: Vec<Counted> = (0..10_000_u32)
        .map(|number| {
            let counted = fixture.session(&format!("user{number}"), 1);
            counted.with(|known| known.id = format!("{number:#x}").parse().expect("an id"))
        })
        .collect();
    fixture.see(0, &sessions);
    let began = Instant::now();
    screen(&mut fixture, 200, 50, true);
    let took = began.elapsed();
    println!("a screen of 10,000 sessions takes {} ms", took.as_millis());
    // Without optimisation and among other tests; the frames of a terminal are 100 ms apart.
    assert!(took < Duration::from_secs(2), "{took:?}");
}

/// The bytes that were written to a terminal.
#[derive(Clone, Default)]
struct Written(Rc<RefCell<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A terminal of 80 by 24 that counts the frames that are drawn on it.
struct Watched {
    terminal: Terminal<CrosstermBackend<Written>>,
    written: Written,
    view: View,
    /// Minutes after noon.
    minute: u32,
}

impl Watched {
    fn new() -> Watched {
        let written = Written::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 80, 24)) };
        let terminal = Terminal::with_options(CrosstermBackend::new(written.clone()), options);
        Watched { terminal: terminal.expect("a terminal"), written, view: View::new(true), minute: 0 }
    }

    /// Draws if that is due, as top does after each event. Returns the number of frames.
    fn look(&mut self, fixture: &mut Fixture) -> usize {
        let time = Local.with_ymd_and_hms(2026, 11, 27, 12, self.minute, 9).single().expect("a time");
        let mut frames = 0;
        while self.view.is_due(&fixture.state, time) {
            let draw = |frame: &mut Frame<'_>| self.view.draw(frame, &mut fixture.state, time);
            self.terminal.draw(draw).expect("it is drawn");
            frames += 1;
        }
        frames
    }

    /// Takes what was written since the last time.
    fn take(&mut self) -> String {
        String::from_utf8(self.written.0.take()).expect("text")
    }
}

/// 40 servers with sessions: in each round all of them are read, and a sample is taken.
struct Fleet {
    fixture: Fixture,
    watched: Watched,
    sessions: Vec<Counted>,
}

impl Fleet {
    /// Makes a fleet with so many sessions on each server.
    fn new(sessions: u8) -> Fleet {
        let names: Vec<String> = (1..=40).map(|number| format!("vpn{number:02}")).collect();
        let fixture = Fixture::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let session = |number: u8| {
            moved(fixture.session(&format!("user{number}"), number), 3600, u64::from(number) * 1_000, 0)
        };
        let sessions = (1..=sessions).map(session).collect();
        Fleet { fixture, watched: Watched::new(), sessions }
    }

    /// Reads all servers, and returns the number of frames that are drawn if top draws what is due.
    fn round(&mut self) -> usize {
        let mut frames = 0;
        for server in 0..40 {
            self.read_one(server);
            frames += self.watched.look(&mut self.fixture);
        }
        self.fixture.state.sample();
        frames += self.watched.look(&mut self.fixture);
        self.pass();
        frames
    }

    /// Reads all servers.
    fn read(&mut self) {
        (0..40).for_each(|server| self.read_one(server));
    }

    fn read_one(&mut self, server: usize) {
        let sessions = self.sessions.clone();
        let look = Look { at: self.fixture.now, up_for: self.fixture.up_for, sessions };
        self.fixture.state.observe(server, Ok(look));
    }

    /// Makes the sessions older by the time between two readings.
    fn pass(&mut self) {
        self.fixture.wait(2_000);
        for counted in &mut self.sessions {
            *counted = counted.with(|known| known.duration += Duration::from_secs(2));
        }
    }

    /// Returns a reading of each server. A third of the sessions has moved something, if anything `has_moved`.
    fn looks(&self, has_moved: bool) -> Vec<Look<Counted>> {
        let look = |server: u64| {
            let session = |(number, session): (u64, &Counted)| {
                let bytes = (server * 250 + number) * 7_919 % 1_000_000;
                let bytes = if has_moved && number % 3 == 0 { bytes } else { 0 };
                session.with(|known| known.statistics.bytes_received += bytes)
            };
            let sessions = (0..).zip(&self.sessions).map(session).collect();
            Look { at: self.fixture.now, up_for: self.fixture.up_for, sessions }
        };
        (0..40).map(look).collect()
    }

    /// Goes on until the graphs of the servers are full.
    fn settle(&mut self) {
        self.read();
        self.pass();
        self.read();
        for _ in 0..30 {
            self.fixture.state.sample();
        }
        self.watched.look(&mut self.fixture);
        self.pass();
    }
}

#[test]
fn a_frame_is_drawn_when_something_changes_and_not_otherwise() {
    let mut fleet = Fleet::new(10);
    fleet.settle();
    fleet.watched.take();
    let frames: Vec<usize> = (0..20).map(|_| fleet.round()).collect();
    assert_eq!(frames, [0; 20], "nothing has changed but ages");
    assert_eq!(fleet.watched.take(), "");
    // All ages are drawn with the clock.
    fleet.watched.minute += 1;
    assert_eq!((fleet.round(), fleet.round()), (1, 0));
    // One session of a server that moves something.
    fleet.fixture.state.servers[3].name = "vpn04 is drawn".to_owned();
    let before = fleet.sessions[7].clone();
    fleet.sessions[7] = moved(before, 3700, 5_000_000, 0);
    let look = Look { at: fleet.fixture.now, up_for: fleet.fixture.up_for, sessions: fleet.sessions.clone() };
    fleet.fixture.state.observe(3, Ok(look));
    assert_eq!(fleet.watched.look(&mut fleet.fixture), 1);
    let written = fleet.watched.take();
    assert!(written.contains("is drawn"), "{written:?}");
    // A terminal of another size, and a key.
    fleet.fixture.state.redraw();
    assert_eq!(fleet.watched.look(&mut fleet.fixture), 1);
    fleet.fixture.press(&[Intent::Down]);
    assert_eq!(fleet.watched.look(&mut fleet.fixture), 1);
}

#[test]
fn a_graph_is_drawn_until_what_it_shows_has_gone_by() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let mut watched = Watched::new();
    let mut round = |received: u64| {
        let anna = moved(fixture.session("anna", 1), 3600, received, 0);
        fixture.see(0, &[anna]);
        let frames = watched.look(&mut fixture);
        fixture.state.sample();
        fixture.wait(2_000);
        frames + watched.look(&mut fixture)
    };
    for _ in 0..40 {
        round(0);
    }
    assert_eq!(round(0), 0);
    assert!(round(10_000) > 0);
    let frames: Vec<usize> = (0..40).map(|_| round(10_000)).collect();
    let quiet = frames.iter().position(|frames| *frames == 0).expect("it gets quiet again");
    assert!((10..35).contains(&quiet), "{frames:?}");
    assert!(frames[quiet..].iter().all(|frames| *frames == 0), "{frames:?}");
}

#[test]
fn a_server_that_is_selected_has_a_graph_too() {
    let mut fixture = company();
    fixture.press(&[Intent::Fold, Intent::Down]);
    let text = text(&mut fixture, 80, 24);
    assert!(text.contains("Traffic of vpn01, at most "), "{text}");
}

#[test]
fn a_filter_on_folded_servers_says_how_many_sessions_match_on_each() {
    let mut fixture = company();
    fixture.press(&[Intent::Fold, Intent::Filter]);
    fixture.type_text("ben");
    let text = text(&mut fixture, 80, 24);
    assert!(text.contains("1 of 6 sessions with “ben”, by server, by traffic"), "{text}");
    assert!(text.contains("▸ vpn01") && text.contains(" 1 of 3 sessions "), "{text}");
}

#[test]
fn folded_servers_have_their_sums_below_the_titles_and_their_trouble() {
    let mut fixture = company();
    fixture.fail(1);
    fixture.press(&[Intent::Fold, Intent::Down, Intent::Inspect]);
    assert_screen!("folded_80x24", text(&mut fixture, 80, 24));
    let narrow = text(&mut fixture, 40, 24);
    assert!(narrow.contains("▾ vpn01 ") && narrow.contains("▸ 東京-vpn"), "{narrow}");
}

#[test]
fn the_keys_say_what_enter_does_to_a_server() {
    let mut fixture = company();
    fixture.press(&[Intent::Fold, Intent::Down]);
    assert!(text(&mut fixture, 80, 24).contains("Enter open "));
    fixture.press(&[Intent::Inspect]);
    assert!(text(&mut fixture, 80, 24).contains("Enter close "));
    fixture.press(&[Intent::Down]);
    assert!(text(&mut fixture, 80, 24).contains("Enter inspect "));
}

#[test]
fn a_server_that_is_silent_is_told_of_each_second_and_one_that_fails_again_and_again_once() {
    let mut fixture = company();
    let mut watched = Watched::new();
    watched.look(&mut fixture);
    fixture.wait(60_000);
    assert_eq!(watched.look(&mut fixture), 1);
    fixture.wait(1_000);
    assert_eq!(watched.look(&mut fixture), 1);
    fixture.wait(10);
    assert_eq!(watched.look(&mut fixture), 0);
    for server in 0..3 {
        fixture.fail(server);
    }
    assert_eq!(watched.look(&mut fixture), 1);
    fixture.fail(1);
    fixture.wait(30_000);
    assert_eq!(watched.look(&mut fixture), 0);
}

#[test]
fn details_that_are_open_have_their_age_of_each_reading() {
    let mut fleet = Fleet::new(10);
    fleet.sessions = fleet.sessions.iter().map(|session| moved(session.clone(), 90, 0, 0)).collect();
    fleet.settle();
    fleet.fixture.press(&[Intent::Down, Intent::Inspect]);
    assert!(fleet.round() > 0 && fleet.round() > 0);
    fleet.fixture.press(&[Intent::Close]);
    fleet.round();
    assert_eq!(fleet.round(), 0);
}

/// The work that `cargo xtask bench top` counts: that of the function `counted`, which callgrind finds by its name. The
/// environment tells how many sessions each of the 40 servers has; 250 are the most that top is made for.
fn worker() -> Fleet {
    let sessions = std::env::var("TOP_SESSIONS").ok().and_then(|sessions| sessions.parse().ok());
    let mut fleet = Fleet::new(sessions.unwrap_or(250));
    fleet.settle();
    fleet.watched.take();
    fleet
}

#[inline(never)]
fn counted<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[test]
#[ignore = "work for `cargo xtask bench top`, not a test"]
fn work_quiet() {
    let mut fleet = worker();
    let looks = fleet.looks(false);
    let frames = counted(|| {
        let mut frames = 0;
        for (server, look) in looks.into_iter().enumerate() {
            fleet.fixture.state.observe(server, Ok(look));
            frames += fleet.watched.look(&mut fleet.fixture);
        }
        frames
    });
    println!("\nframes\t{frames}\nbytes\t{}", fleet.watched.take().len());
}

#[test]
#[ignore = "work for `cargo xtask bench top`, not a test"]
fn work_news() {
    let mut fleet = worker();
    let looks = fleet.looks(true);
    let frames = counted(|| {
        for (server, look) in looks.into_iter().enumerate() {
            fleet.fixture.state.observe(server, Ok(look));
        }
        fleet.watched.look(&mut fleet.fixture)
    });
    assert_eq!(frames, 1);
    println!("\nframes\t{frames}\nbytes\t{}", fleet.watched.take().len());
}
