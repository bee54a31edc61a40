use std::time::Duration;

use super::*;
use crate::commands::top::test_support::{Fixture, moved};
use crate::failure::Kind;

fn narrow(counted: Counted) -> Counted {
    counted.with(|known| known.has_wide_counters = false)
}

#[test]
fn a_rate_takes_two_looks_and_is_by_the_time_between_them() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let anna = fixture.session("anna", 1);
    fixture.see(0, &[moved(anna.clone(), 60, 1_000, 50_000)]);
    assert_eq!(fixture.rate("anna"), None);
    fixture.wait(4_000);
    fixture.see(0, &[moved(anna.clone(), 64, 3_000, 90_000)]);
    assert_eq!(fixture.rate("anna"), Some((500, 10_000)));
    fixture.wait(2_000);
    fixture.see(0, &[moved(anna, 66, 3_000, 90_000)]);
    assert_eq!(fixture.rate("anna"), Some((0, 0)));
}

#[test]
fn looks_that_follow_each_other_at_once_leave_the_rate_as_it_was() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let anna = fixture.session("anna", 1);
    fixture.see(0, &[moved(anna.clone(), 60, 0, 0)]);
    fixture.wait(1_000);
    fixture.see(0, &[moved(anna.clone(), 61, 100, 1_000)]);
    fixture.wait(1);
    fixture.see(0, &[moved(anna.clone(), 61, 200, 1_001_000)]);
    assert_eq!(fixture.rate("anna"), Some((100, 1_000)));
    // What came then counts with the next look that is far enough.
    fixture.wait(999);
    fixture.see(0, &[moved(anna, 62, 200, 1_002_000)]);
    assert_eq!(fixture.rate("anna"), Some((100, 1_001_000)));
}

#[test]
fn a_count_of_32_bits_that_wraps_is_no_jump() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let anna = narrow(fixture.session("anna", 1));
    let before = moved(anna.clone(), 60, 4_294_967_000, 0);
    let before = before.with(|known| known.statistics.frames_received = 5_000_000);
    fixture.see(0, &[before]);
    fixture.wait(1_000);
    let after = moved(anna, 61, 704, 0).with(|known| known.statistics.frames_received = 5_000_010);
    fixture.see(0, &[after]);
    assert_eq!(fixture.rate("anna"), Some((1_000, 0)));
}

#[test]
fn counters_that_were_cleared_begin_again_with_32_bits_and_with_64() {
    for make in [narrow, |counted| counted] {
        let mut fixture = Fixture::new(&["vpn01"]);
        let anna = make(fixture.session("anna", 1));
        fixture.see(0, &[moved(anna.clone(), 60, 3_000_000_000, 4_000_000_000)]);
        fixture.wait(2_000);
        fixture.see(0, &[moved(anna, 62, 1_000, 2_000)]);
        assert_eq!(fixture.rate("anna"), Some((500, 1_000)));
    }
}

#[test]
fn a_server_that_counts_in_64_bits_only_now_and_then_is_no_jump() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let anna = fixture.session("anna", 1);
    let wide = (1 << 32) + 1_000;
    fixture.see(0, &[moved(anna.clone(), 60, wide, 0)]);
    fixture.wait(1_000);
    fixture.see(0, &[narrow(moved(anna.clone(), 61, 1_100, 0))]);
    assert_eq!(fixture.rate("anna"), Some((100, 0)));
    fixture.wait(1_000);
    fixture.see(0, &[moved(anna, 62, wide + 300, 0)]);
    assert_eq!(fixture.rate("anna"), Some((200, 0)));
}

#[test]
fn a_handle_that_is_given_to_the_next_has_no_rate_of_the_one_before() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let (anna, ben) = (fixture.session("anna", 1), fixture.session("ben", 1));
    fixture.see(0, &[moved(anna.clone(), 60, 1_000, 1_000)]);
    fixture.wait(1_000);
    fixture.see(0, &[moved(ben, 61, 900_000_000, 900_000_000)]);
    assert_eq!(fixture.rate("ben"), None);
    fixture.wait(1_000);
    // The same user, but her time began anew.
    fixture.see(0, &[moved(anna.clone(), 30, 1_000, 1_000)]);
    fixture.wait(1_000);
    fixture.see(0, &[moved(anna, 1, 900_000_000, 900_000_000)]);
    assert_eq!(fixture.rate("anna"), None);
}

#[test]
fn nothing_outlives_its_service() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let anna = fixture.session("anna", 1);
    fixture.see(0, &[moved(anna.clone(), 60, 1_000, 1_000)]);
    fixture.wait(1_000);
    fixture.up_for = Duration::from_secs(70);
    fixture.see(0, &[moved(anna, 65, 900_000_000, 900_000_000)]);
    assert_eq!(fixture.rate("anna"), None);
}

/// Three users; anna moves most, ben has moved most.
fn three() -> Fixture {
    let mut fixture = Fixture::new(&["vpn01", "vpn02"]);
    let (anna, ben, cy) = (fixture.session("anna", 9), fixture.session("Ben", 10), fixture.session("cy", 1));
    let all = |anna_sent: u64, later: u64| {
        [moved(anna.clone(), 100 + later, 0, anna_sent), moved(ben.clone(), 900 + later, 0, 9_000_000)]
    };
    fixture.see(0, &all(0, 0));
    fixture.see(1, &[moved(cy.clone(), 500, 0, 0)]);
    fixture.wait(2_000);
    fixture.see(0, &all(5_000, 2));
    fixture.see(1, &[moved(cy, 502, 400, 800)]);
    fixture
}

#[test]
fn sessions_are_sorted_by_traffic_first_and_by_each_column_with_keys() {
    let mut fixture = three();
    assert_eq!(fixture.users(), ["anna", "cy", "Ben"]);
    let mut orders = Vec::new();
    for _ in 0..10 {
        orders.push((fixture.state.sort.by.name(), fixture.users().join(" ")));
        fixture.press(&[Intent::NextSort]);
    }
    let expected = [
        ("traffic", "anna cy Ben"),
        ("traffic in", "cy anna Ben"),
        ("traffic out", "anna cy Ben"),
        ("total", "Ben anna cy"),
        ("errors", "anna Ben cy"),
        ("time", "Ben cy anna"),
        ("user", "anna Ben cy"),
        ("server", "anna Ben cy"),
        ("tunnel", "anna Ben cy"),
        ("address", "cy anna Ben"),
    ];
    assert_eq!(orders, expected.map(|(by, users)| (by, users.to_owned())));
    assert_eq!(fixture.state.sort.by, By::Traffic, "round and round");
    fixture.press(&[Intent::PreviousSort, Intent::Reverse]);
    assert_eq!(fixture.users(), ["Ben", "anna", "cy"]);
}

#[test]
fn who_moves_the_same_is_in_the_order_of_users_whenever_they_came() {
    let mut fixture = Fixture::new(&["vpn01", "vpn02"]);
    let (anna, ben, cy) = (fixture.session("anna", 1), fixture.session("Ben", 2), fixture.session("cy", 3));
    fixture.see(0, std::slice::from_ref(&cy));
    fixture.see(1, std::slice::from_ref(&ben));
    assert_eq!(fixture.users(), ["Ben", "cy"]);
    fixture.wait(2_000);
    // One comes while the other server does not answer.
    fixture.fail(1);
    fixture.see(0, &[cy, anna]);
    assert_eq!(fixture.users(), ["cy", "anna"], "cy has a rate");
    fixture.wait(2_000);
    fixture.see(1, &[ben]);
    fixture.press(&[Intent::SortBy(By::Total)]);
    assert_eq!(fixture.users(), ["anna", "Ben", "cy"]);
}

#[test]
fn who_has_no_rate_yet_comes_last_whichever_way_the_order_is() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let (anna, ben) = (fixture.session("anna", 1), fixture.session("ben", 2));
    fixture.see(0, std::slice::from_ref(&ben));
    fixture.wait(2_000);
    fixture.see(0, &[anna, ben]);
    assert_eq!(fixture.users(), ["ben", "anna"]);
    fixture.press(&[Intent::Reverse]);
    assert_eq!(fixture.users(), ["ben", "anna"]);
}

#[test]
fn there_is_no_order_by_server_where_there_is_one_alone() {
    let mut fixture = Fixture::new(&["vpn01"]);
    for _ in 0..12 {
        fixture.press(&[Intent::NextSort]);
        assert_ne!(fixture.state.sort.by, By::Server);
    }
}

#[test]
fn the_filter_shows_who_has_all_of_its_words_while_it_is_typed() {
    let mut fixture = three();
    fixture.press(&[Intent::Filter]);
    fixture.type_text("VPN01 b");
    assert_eq!(fixture.users(), ["Ben"]);
    fixture.press(&[Intent::Erase, Intent::Keep]);
    assert_eq!((fixture.users().len(), fixture.state.mode), (2, Mode::List));
    assert!(fixture.press(&[Intent::Close]).is_none(), "first it shows all again");
    assert_eq!(fixture.users().len(), 3);
    fixture.press(&[Intent::Filter]);
    fixture.type_text("10.0.0.10");
    assert_eq!(fixture.users(), ["Ben"]);
    fixture.press(&[Intent::Close]);
    assert_eq!((fixture.users().len(), fixture.state.mode), (3, Mode::List));
}

#[test]
fn the_filter_is_cleared_at_once_and_goes_on_being_typed() {
    let mut fixture = three();
    fixture.press(&[Intent::Filter]);
    fixture.type_text("nobody at all");
    assert_eq!(fixture.users().len(), 0);
    fixture.press(&[Intent::Clear]);
    assert_eq!((fixture.state.filter.as_str(), fixture.state.mode), ("", Mode::Filter));
    assert_eq!(fixture.users().len(), 3);
}

#[test]
fn addresses_and_names_are_ordered_by_their_numbers() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let with = |user: &str, handle, address: Option<&str>, ipv6: Option<&str>| {
        fixture.session(user, handle).with(|known| {
            known.ipv4 = address.map(|address| address.parse().expect("an address"));
            known.ipv6 = ipv6.map(|address| address.parse().expect("an address"));
        })
    };
    let sessions = [
        with("till.10", 1, Some("10.20.0.10"), None),
        with("till.2", 2, Some("10.20.0.2"), None),
        with("till.1", 3, None, Some("2001:db8::10")),
        with("till.3", 4, None, Some("2001:db8::2")),
        with("till.4", 5, None, None),
    ];
    fixture.see(0, &sessions);
    fixture.state.set_sort(Sort::by(By::User));
    fixture.press(&[Intent::Keep]);
    assert_eq!(fixture.users(), ["till.1", "till.2", "till.3", "till.4", "till.10"]);
    fixture.state.set_sort(Sort::by(By::Address));
    fixture.press(&[Intent::Keep]);
    assert_eq!(fixture.users(), ["till.2", "till.10", "till.3", "till.1", "till.4"]);
}

#[test]
fn the_selection_stays_on_its_session_when_the_order_changes() {
    let mut fixture = three();
    fixture.press(&[Intent::Down, Intent::Down]);
    assert_eq!((fixture.selected(), fixture.state.selected_row()), (Some("cy"), Some(1)));
    fixture.press(&[Intent::NextSort]);
    assert_eq!((fixture.selected(), fixture.state.selected_row()), (Some("cy"), Some(0)));
}

#[test]
fn when_the_selected_session_goes_the_next_one_in_its_place_is_selected() {
    let mut fixture = three();
    let cy = moved(fixture.session("cy", 1), 504, 400, 800);
    fixture.press(&[Intent::Down]);
    assert_eq!(fixture.selected(), Some("anna"));
    fixture.see(0, &[]);
    assert_eq!(fixture.selected(), Some("cy"));
    fixture.see(1, &[]);
    assert_eq!(fixture.selected(), None);
    fixture.see(1, &[cy]);
    assert_eq!(fixture.selected(), None);
}

#[test]
fn the_first_press_only_chooses_and_tells_what_to_do() {
    let mut fixture = three();
    fixture.press(&[Intent::Ask]);
    assert_eq!((fixture.state.mode, fixture.selected()), (Mode::List, Some("anna")));
    assert!(fixture.state.note().is_some_and(|note| note.text.contains("Select a session")));
    fixture.press(&[Intent::Ask]);
    assert!(matches!(fixture.state.mode, Mode::Ask(_)) && fixture.state.note().is_none());
}

#[test]
fn only_a_yes_disconnects_and_just_the_session_that_was_asked_about() {
    let mut fixture = three();
    fixture.press(&[Intent::Down, Intent::Ask]);
    assert!(fixture.press(&[Intent::Close]).is_none());
    assert!(fixture.press(&[Intent::Yes]).is_none(), "nothing is asked any more");
    fixture.press(&[Intent::Ask]);
    // The order changes while the question is open.
    fixture.press(&[Intent::NextSort]);
    let Some(Effect::Disconnect(ending)) = fixture.press(&[Intent::Yes]) else { panic!("a disconnect") };
    assert_eq!((ending.server, ending.found.user.as_str()), (0, "anna"));
    assert_eq!(ending.label, "CORP\\anna (10.0.0.9) on vpn01");
    fixture.press(&[Intent::Ask]);
    assert_eq!(fixture.state.mode, Mode::List, "it is being disconnected already");
    assert_eq!(fixture.state.ended(ending.id, Ok(())), Some(0));
    assert_eq!(fixture.state.note().unwrap().text, "CORP\\anna (10.0.0.9) on vpn01 is disconnected.");
}

#[test]
fn keys_that_come_faster_than_the_question_is_drawn_do_not_answer_it() {
    let mut fixture = three();
    for intent in [Intent::Down, Intent::Ask, Intent::Yes] {
        assert!(fixture.state.apply(intent).is_none());
    }
    let Mode::Ask(id) = fixture.state.mode else { panic!("the question") };
    fixture.state.see_question(id);
    assert!(matches!(fixture.state.apply(Intent::Yes), Some(Effect::Disconnect(_))));
}

#[test]
fn a_disconnect_that_fails_says_why() {
    let mut fixture = three();
    let Some(Effect::Disconnect(ending)) = fixture.press(&[Intent::Down, Intent::Ask, Intent::Yes]) else {
        panic!("a disconnect")
    };
    fixture.state.ended(ending.id, Err(Failure::new(Kind::AccessDenied, "access is denied")));
    let note = fixture.state.note().unwrap();
    assert!(note.text.contains("is not disconnected: access is denied") && note.mood == Mood::Bad);
}

#[test]
fn a_question_about_a_session_that_goes_meanwhile_is_taken_back() {
    let mut fixture = three();
    let ben = fixture.session("Ben", 10);
    fixture.press(&[Intent::Down, Intent::Ask]);
    fixture.wait(2_000);
    // Another has her handle by now.
    let other = fixture.session("dora", 9);
    fixture.see(0, &[other, moved(ben, 904, 0, 9_000_000)]);
    assert_eq!(fixture.state.mode, Mode::List);
    assert!(fixture.press(&[Intent::Yes]).is_none());
    assert!(fixture.state.note().unwrap().text.contains("anna (10.0.0.9) is no longer connected"));
}

#[test]
fn a_failing_server_shows_no_sessions_but_takes_no_question_back_and_the_rest_goes_on() {
    let mut fixture = three();
    fixture.press(&[Intent::Down, Intent::Ask]);
    fixture.fail(0);
    assert_eq!(fixture.users(), ["cy"]);
    assert!(matches!(fixture.state.mode, Mode::Ask(_)), "nobody knows whether she is still there");
    fixture.state.sample();
    assert_eq!(fixture.state.servers[0].history[0], None);
    assert!(fixture.state.servers[1].history[0].is_some_and(|sample| sample.sessions == 1));
}

#[test]
fn after_a_failure_the_rate_is_by_the_whole_time_in_between() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let anna = fixture.session("anna", 1);
    fixture.see(0, &[moved(anna.clone(), 60, 0, 0)]);
    fixture.wait(5_000);
    fixture.fail(0);
    fixture.wait(5_000);
    fixture.see(0, &[moved(anna, 70, 1_000, 10_000)]);
    assert_eq!(fixture.rate("anna"), Some((100, 1_000)));
}

#[test]
fn a_server_that_is_silent_for_longer_than_it_should_be_is_found_out() {
    let mut fixture = three();
    fixture.wait(4_000);
    assert_eq!(fixture.state.silence(&fixture.state.servers[0]), None);
    fixture.wait(2_000);
    let cy = fixture.session("cy", 1);
    fixture.see(1, &[cy]);
    assert_eq!(fixture.state.silence(&fixture.state.servers[0]), Some(Duration::from_secs(6)));
    assert_eq!(fixture.state.silence(&fixture.state.servers[1]), None);
    fixture.state.sample();
    assert_eq!(fixture.state.servers[0].history[0], None, "what is not known is not drawn");
    // One that failed is tried again later and later, and its reason is told instead.
    fixture.fail(0);
    fixture.wait(30_000);
    assert_eq!(fixture.state.silence(&fixture.state.servers[0]), None);
}

#[test]
fn a_server_that_is_always_slow_is_not_said_to_be_silent_each_time() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let anna = fixture.session("anna", 1);
    for _ in 0..3 {
        fixture.see(0, std::slice::from_ref(&anna));
        fixture.wait(8_000);
    }
    assert_eq!(fixture.state.silence(&fixture.state.servers[0]), None);
    fixture.wait(5_000);
    assert!(fixture.state.silence(&fixture.state.servers[0]).is_some());
    // Nor may it be as slow as it likes.
    fixture.see(0, std::slice::from_ref(&anna));
    fixture.wait(60_000);
    fixture.see(0, &[anna]);
    fixture.wait(20_000);
    assert!(fixture.state.silence(&fixture.state.servers[0]).is_some());
}

#[test]
fn a_pause_holds_everything_fast() {
    let mut fixture = three();
    fixture.press(&[Intent::Pause]);
    fixture.wait(60_000);
    fixture.see(0, &[]);
    fixture.fail(1);
    fixture.state.sample();
    assert_eq!(fixture.users(), ["anna", "cy", "Ben"]);
    assert!(fixture.state.servers[0].history.is_empty());
    fixture.press(&[Intent::Pause]);
    assert_eq!(fixture.state.silence(&fixture.state.servers[0]), None, "it was heard all the time");
    fixture.see(0, &[]);
    assert_eq!(fixture.users(), ["cy"]);
}

#[test]
fn the_window_moves_no_further_than_the_selection_makes_it() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let sessions: Vec<Counted> = (1..=20).map(|n| fixture.session(&format!("user{n:02}"), n)).collect();
    fixture.see(0, &sessions);
    assert_eq!(fixture.state.window(5), 0..5);
    fixture.press(&[Intent::Down, Intent::PageDown]);
    assert_eq!((fixture.state.selected_row(), fixture.state.window(5)), (Some(5), 1..6));
    fixture.press(&[Intent::Up]);
    assert_eq!(fixture.state.window(5), 1..6);
    fixture.press(&[Intent::Last]);
    assert_eq!(fixture.state.window(5), 15..20);
    assert_eq!(fixture.state.window(30), 0..20, "a larger terminal leaves no hole");
    fixture.press(&[Intent::First]);
    assert_eq!((fixture.state.selected_row(), fixture.state.window(5)), (Some(0), 0..5));
}

#[test]
fn the_interval_goes_in_steps_to_either_end() {
    let mut fixture = Fixture::new(&["vpn01"]);
    let steps = |fixture: &mut Fixture, intent| {
        let mut steps = Vec::new();
        for _ in 0..9 {
            let Some(Effect::Interval(interval)) = fixture.press(&[intent]) else { panic!("an interval") };
            steps.push(interval.as_millis());
        }
        steps.dedup();
        steps
    };
    assert_eq!(steps(&mut fixture, Intent::Shorter), [1_000, 500]);
    assert_eq!(steps(&mut fixture, Intent::Longer)[..3], [1_000, 2_000, 5_000]);
    // One that was given and is no step.
    fixture.state.interval = Duration::from_secs(300);
    assert_eq!(steps(&mut fixture, Intent::Longer), [300_000]);
    assert_eq!(steps(&mut fixture, Intent::Shorter)[..2], [60_000, 30_000]);
}

#[test]
fn escape_takes_away_the_filter_then_the_selection_then_top() {
    let mut fixture = three();
    fixture.press(&[Intent::Filter]);
    fixture.type_text("n");
    fixture.press(&[Intent::Keep, Intent::Down]);
    assert!(fixture.press(&[Intent::Close]).is_none() && fixture.state.filter.is_empty());
    assert!(fixture.press(&[Intent::Close]).is_none() && fixture.selected().is_none());
    assert!(matches!(fixture.press(&[Intent::Close]), Some(Effect::Quit)));
}

#[test]
fn the_inspector_goes_along_with_the_selection_and_closes_when_its_session_goes() {
    let mut fixture = three();
    fixture.press(&[Intent::Down, Intent::Inspect, Intent::Down]);
    let Mode::Inspect(id) = fixture.state.mode else { panic!("an inspector") };
    assert_eq!(fixture.state.find(id).unwrap().1.session().user, "cy");
    fixture.see(1, &[]);
    assert_eq!(fixture.state.mode, Mode::List);
}

#[test]
fn the_table_folds_by_server_and_enter_opens_one() {
    let mut top = Fixture::new(&["vpn01", "vpn02"]);
    let (anna, ben, carl) = (top.session("anna", 1), top.session("ben", 2), top.session("carl", 3));
    top.see(0, &[anna, ben]);
    top.see(1, &[carl]);
    top.press(&[Intent::Fold]);
    assert_eq!((top.state.row_count(), top.users().len()), (2, 0), "a row for each server");
    top.press(&[Intent::Down, Intent::Ask]);
    assert_eq!(top.state.mode, Mode::List, "a server is not disconnected");
    top.press(&[Intent::Inspect]);
    assert_eq!((top.state.row_count(), top.users().len()), (4, 2), "the sessions of vpn01");
    top.press(&[Intent::Down]);
    assert!(top.selected().is_some());
    top.press(&[Intent::Up, Intent::Inspect]);
    assert_eq!(top.state.row_count(), 2);
    top.press(&[Intent::Filter]);
    top.type_text("carl");
    assert_eq!(top.state.row_count(), 1, "servers without a session that matches are left out");
    top.press(&[Intent::Keep, Intent::Fold]);
    assert_eq!(top.users(), ["carl"]);
}

#[test]
fn a_session_keeps_the_rates_of_its_readings_latest_first() {
    let mut top = Fixture::new(&["vpn01"]);
    for (second, bytes) in [(0, 0), (1, 1_000), (2, 5_000)] {
        let anna = moved(top.session("anna", 1), 3600 + second, bytes, 0);
        top.see(0, &[anna]);
        top.wait(1_000);
    }
    let (_, entry) = top.state.row(0).expect("a row");
    assert_eq!(entry.rates, [4_000, 1_000]);
}
