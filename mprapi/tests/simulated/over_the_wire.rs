//! The same tests again, with the protocol between the safe layer and the simulator.
//!
//! A call is then encoded, decoded, made by the server's half of `mprapi-rpc`, and its answer comes back the same way.
//! `MPRAPI_TESTS_OVER_THE_WIRE=1 cargo test -p mprapi --test simulated NAME` runs one test so.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::wire;

/// The tests that answer otherwise over the wire, each with the others of one reason.
const OTHERWISE: &[(&str, &[&str])] = &[
    (
        "notifications are emulated by reading the list at an interval: the test counts the registrations at the router, \
         has it refuse one, or has more happen than two readings show",
        &[
            "link::a_server_that_refuses_to_notify_is_an_error_of_the_call_and_the_link_goes_on",
            "link::a_watch_after_a_restart_is_of_the_new_connection",
            "link::a_watch_over_a_link_goes_to_another_thread_and_outlives_the_link",
            "link::a_watch_that_is_not_there_within_the_limit_timed_out_and_nothing_of_it_stays",
            "notification::a_thread_that_waits_is_woken_by_a_stop_and_the_registration_ends",
            "notification::an_iterator_yields_what_changes_while_it_waits",
            "notification::nothing_that_happens_between_registering_and_the_first_look_is_lost",
            "session_watch::a_restart_ends_the_sessions_and_the_watch_is_notified_by_the_new_service",
            "session_watch::a_thousand_users_under_the_same_handles_come_and_go_by_their_own_names",
            "session_watch::those_who_are_there_are_known_and_those_who_come_and_go_are_told_once",
        ],
    ),
    (
        "events do not leave the client's machine: a connect or an update of routes either waits or is not waited for",
        &[
            "dial::a_connect_with_an_event_goes_on_until_it_is_signalled",
            "dial::a_dropped_attempt_goes_on",
            "dial::a_wait_blocks_until_another_thread_or_the_clock_lets_it_go",
            "dial::an_attempt_that_fails_is_an_error_of_the_wait_and_of_the_call_that_waits",
            "dial::an_attempt_that_is_given_up_by_someone_is_not_a_connection",
            "dial::an_update_of_routes_goes_on_until_it_is_signalled",
            "interface::the_code_of_each_function_comes_through_with_its_name",
            "keep::a_kept_update_of_routes_is_waited_for",
            "keep::a_struct_has_a_server_and_what_came_over_it_and_goes_to_another_thread",
            "keep::an_answer_of_one_connection_is_not_kept_by_another_one_even_to_the_same_server",
            "keep::each_kept_answer_has_the_server_open_and_the_last_one_ends_it",
            "waitable::an_attempt_is_readable_from_its_end_until_a_wait_has_seen_it",
            "waitable::an_update_of_routes_is_readable_from_its_end_until_a_wait_has_seen_it",
        ],
    ),
    (
        "the counters of level 4 have 32 bits on the wire (RAS_CONNECTION_4_IDL) and 64 in mprapi.h",
        &[
            "connection::level_4_tells_the_tunnel_the_start_and_bytes_in_64_bits",
            "sessions::each_windows_tells_as_much_as_it_can_in_the_same_form",
        ],
    ),
    (
        "RAS_UPDATE_CONNECTION_1_IDL has the client's end of a tunnel alone, and the server's stays where it is",
        &["connection::a_tunnel_that_moves_says_so"],
    ),
    (
        "the protocol has revisions 1 and 2 of custom IKEv2 settings, and the tests use the third",
        &[
            "interface::a_local_interface_has_no_ikev2_settings",
            "interface::ikev2_settings_survive_the_way_to_the_server_and_back",
        ],
    ),
    (
        "the protocol's newest settings of tunnels (revision 3) have neither GRE nor the lifetime of main mode",
        &[
            "server::what_a_server_told_of_its_tunnels_is_set_by_the_same_record",
            "server::what_is_set_for_one_tunnel_leaves_the_others_as_they_are",
            "shape::what_replaces_the_settings_of_a_tunnel_begins_with_values_that_a_server_takes",
            "unchanged::what_a_change_leaves_out_of_a_tunnel_stays_and_what_it_says_is_set",
        ],
    ),
    (
        "operation 49 transmits user, domain and password and cannot say null, which leaves or removes a part",
        &[
            "interface::user_name_domain_and_password_come_back_each_in_its_place",
            "names::a_name_of_any_units_is_found_again_by_every_call",
            "unchanged::credentials_in_which_nothing_is_said_remove_none",
        ],
    ),
    (
        "the test counts the simulator's buffers: the server's half gives each back at once, and the caller's is the \
         client's",
        &[
            "keep::a_kept_list_is_read_and_freed_after_all_others_let_go_of_the_server",
            "session::who_is_connected_is_read_in_place",
        ],
    ),
    (
        "an answer that counts records and has none, or has a text without a zero, is an ERROR_INVALID_DATA of the server",
        &[
            "failed_at::an_error_of_this_machine_or_without_a_code_has_no_server",
            "interface::garbage_is_an_error_or_read_no_further_than_it_goes",
        ],
    ),
    (
        "the texts of codes are a part of Mprapi.dll, and this client has none",
        &["service::the_librarys_text_for_a_code_is_read_and_given_back"],
    ),
];

/// Tests that count on the router's own notifications too, and would wait for one for half a minute or for ever before they
/// fail.
const SKIPPED: [&str; 3] = [
    "session_watch::a_new_connection_without_a_restart_is_registered_anew",
    "session_watch::a_server_that_notifies_is_read_at_once_and_one_that_does_not_at_its_interval",
    // Its two registrations must be signalled at the same moment.
    "waitable::a_notification_is_readable_from_a_change_until_a_wait_has_seen_it",
];

/// Runs this program of tests over the wire. Returns what it printed.
fn run() -> String {
    // The time that all tests take on a busy machine, and much more: a test that waits for ever must be found too.
    const LIMIT: Duration = Duration::from_secs(600);
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(wire::VARIABLE, "1").env("RUST_BACKTRACE", "0").stdout(Stdio::piped()).stderr(Stdio::null());
    // This test holds one of the few threads, and most tests wait more than they work.
    command.args(["--format", "pretty", "--color", "never", "--test-threads", "4"]);
    command.args(SKIPPED.iter().flat_map(|test| ["--skip", test]));
    let mut child = command.spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let printed = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| String::from_utf8_lossy(&bytes).into_owned())
    });
    let end = Instant::now() + LIMIT;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            let text = printed.join().unwrap().unwrap();
            panic!("a test has not ended after {LIMIT:?}; these have:\n{text}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    printed.join().unwrap().unwrap()
}

#[test]
fn every_test_answers_the_same_through_the_protocol_apart_from_a_written_list() {
    if wire::is_asked_for() {
        return;
    }
    let text = run();
    let ended = |outcome: &str| -> BTreeSet<&str> {
        let lines = text.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(outcome));
        lines.map(|name| name.split(" - ").next().unwrap_or(name)).collect()
    };
    let (same, otherwise) = (ended(" ... ok"), ended(" ... FAILED"));
    let listed: BTreeSet<&str> = OTHERWISE.iter().flat_map(|(_, tests)| *tests).copied().collect();
    let news: Vec<_> = otherwise.difference(&listed).collect();
    assert!(news.is_empty(), "answer otherwise over the wire, and are not listed: {news:#?}\n{text}");
    let olds: Vec<_> = listed.difference(&otherwise).collect();
    assert!(olds.is_empty(), "are listed, and answer the same or are gone: {olds:#?}");
    assert!(same.len() > 4 * listed.len(), "only {} tests have run:\n{text}", same.len());
}
