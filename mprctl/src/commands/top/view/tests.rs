use std::time::{Duration, Instant};

use chrono::TimeZone as _;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier};

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

/// The largest number of sessions that top is made for, on 40 servers. The work of a frame is the sorting after news of a
/// server, and the drawing.
#[test]
#[ignore = "prints times: cargo test --release -p mprctl --lib ten_thousand -- --ignored --nocapture"]
fn a_frame_of_ten_thousand_sessions() {
    let names: Vec<String> = (1..=40).map(|number| format!("vpn{number:02}")).collect();
    let mut fixture = Fixture::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut view = View::new(true);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a terminal");
    let mut frames = Vec::new();
    for round in 0..10_u64 {
        for server in 0..names.len() {
            let session = |number: u8| {
                let bytes = round * u64::from(number) * (server as u64 + 1) * 1_000;
                moved(fixture.session(&format!("user{number}"), number), 3600 + round * 2, bytes, bytes / 3)
            };
            let sessions: Vec<Counted> = (1..=250).map(session).collect();
            let look = Look { at: fixture.now, up_for: fixture.up_for, sessions };
            fixture.state.observe(server, Ok(look));
        }
        let start = std::time::Instant::now();
        terminal.draw(|frame| view.draw(frame, &mut fixture.state, Local::now())).expect("a frame");
        frames.push(start.elapsed());
        fixture.wait(2_000);
    }
    assert_eq!(fixture.state.row_count(), 10_000);
    let start = std::time::Instant::now();
    terminal.draw(|frame| view.draw(frame, &mut fixture.state, Local::now())).expect("a frame");
    println!("a frame after news of all servers: {frames:?}; one without news: {:?}", start.elapsed());
}
