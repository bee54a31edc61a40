//! What can be done about sessions, by the built program. On the simulated servers of `session.toml`, on every system.

mod common;

use assert_cmd::Command;
use common::{Came, came_of};
use serde_json::Value;

fn run(arguments: &[&str]) -> Came {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/session.toml");
    command.env("MPRAPI_SIM_SCENARIO", scenario).arg("--demo").args(arguments);
    came_of(&mut command)
}

/// The rows of JSON as `object: outcome`.
fn outcomes(came: &Came) -> Vec<String> {
    let document: Value = serde_json::from_str(&came.stdout).expect("one JSON document");
    assert_eq!(document["kind"], "action");
    let rows = document["rows"].as_array().expect("rows");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    rows.iter().map(|row| format!("{}: {}", text(&row["object"]), text(&row["outcome"]))).collect()
}

#[test]
fn users_are_named_alone_with_their_domain_by_address_and_by_handle() {
    let named = |name: &str| {
        let came = run(&["-s", "east", "-o", "json", "session", "disconnect", name, "--dry-run"]);
        assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""), "{name}");
        outcomes(&came)
    };
    let anna = ["CORP\\anna (10.0.0.17): would"];
    assert_eq!(named("anna"), ["CORP\\anna (10.0.0.17): would", "LAB\\anna (10.0.0.19): would"]);
    assert_eq!(named("corp\\Anna"), anna);
    assert_eq!(named("anna@corp"), anna);
    assert_eq!(named("10.0.0.17"), anna);
    let list = run(&["-s", "east", "-o", "json", "session", "list"]);
    let list: Value = serde_json::from_str(&list.stdout).expect("JSON");
    assert_eq!(named(list["rows"][0]["handle"].as_str().expect("a handle")), anna);
}

#[test]
fn a_session_that_is_disconnected_is_told_of_with_a_line() {
    let came = run(&["-s", "east", "-o", "json", "session", "disconnect", "ben", "10.0.0.17", "--yes"]);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    assert_eq!(outcomes(&came), ["CORP\\anna (10.0.0.17): done", "CORP\\ben (10.0.0.18): done"]);
}

#[test]
fn a_name_of_nobody_is_exit_code_6_and_nobody_is_disconnected() {
    let came = run(&["-s", "east,old", "-o", "json", "session", "disconnect", "anna", "nobody", "--yes"]);
    assert_eq!(came.code, Some(6));
    assert!(came.stderr.contains("no session of `nobody`; nothing was done"), "{}", came.stderr);
    let document: Value = serde_json::from_str(&came.stdout).expect("one JSON document");
    assert_eq!(document["kind"], "failure");
}

#[test]
fn patterns_are_names_until_glob_says_otherwise() {
    let came = run(&["-s", "east", "session", "disconnect", "*", "--yes"]);
    assert_eq!(came.code, Some(6));
    assert!(came.stderr.contains("--glob"), "{}", came.stderr);
    let came = run(&["-s", "east", "-o", "json", "session", "disconnect", "--glob", "corp\\*", "--dry-run"]);
    assert_eq!(outcomes(&came), ["CORP\\anna (10.0.0.17): would", "CORP\\ben (10.0.0.18): would"]);
}

#[test]
fn a_name_has_to_match_on_one_of_several_servers() {
    let came = run(&["-s", "east,old", "-o", "json", "session", "disconnect", "ben", "chen", "--yes"]);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    assert_eq!(outcomes(&came), ["CORP\\ben (10.0.0.18): done", "CORP\\chen (10.0.1.5): done"]);
}

#[test]
fn without_a_terminal_the_question_is_an_error_that_lists_who_it_is_about() {
    let came = run(&["-s", "east", "session", "disconnect", "anna"]);
    assert_eq!(came.code, Some(2));
    assert!(
        came.stderr.contains("disconnect 2 sessions: CORP\\anna (10.0.0.17), LAB\\anna"),
        "{}",
        came.stderr
    );
    assert!(came.stderr.contains("--yes"), "{}", came.stderr);
}

#[test]
fn what_could_not_be_ended_is_told_beside_what_was_with_exit_code_7() {
    let came = run(&["-s", "stubborn", "-o", "json", "session", "disconnect", "dora", "emil", "--yes"]);
    assert_eq!(came.code, Some(7));
    let outcomes = outcomes(&came);
    assert!(outcomes[0].ends_with("failed") && outcomes[1].ends_with("done"), "{outcomes:?}");
    let document: Value = serde_json::from_str(&came.stdout).expect("JSON");
    assert_eq!(document["rows"][0]["error"]["function"], "MprAdminPortDisconnect");
}

#[test]
fn messages_counters_and_quarantine_are_acted_on_by_name() {
    let come = |arguments: &[&str]| {
        let came = run(&[&["-s", "east", "-o", "json", "session"], arguments, &["--yes"]].concat());
        (came.code, outcomes(&came))
    };
    assert_eq!(
        come(&["message", "corp\\anna", "--text", "It restarts at 18:00."]),
        (Some(0), vec!["CORP\\anna (10.0.0.17): done".to_owned()])
    );
    assert_eq!(come(&["clear-stats", "ben"]), (Some(0), vec!["CORP\\ben (10.0.0.18): done".to_owned()]));
    assert_eq!(come(&["unquarantine", "ben"]), (Some(0), vec!["CORP\\ben (10.0.0.18): done".to_owned()]));
    // She is in none.
    let (code, outcomes) = come(&["unquarantine", "corp\\anna"]);
    assert_eq!((code, outcomes), (Some(6), vec!["CORP\\anna (10.0.0.17): failed".to_owned()]));
}

#[test]
fn sessions_of_a_server_too_old_for_the_newest_call_are_listed_by_the_older_ones() {
    let came = run(&["-s", "old", "-o", "json", "session", "list"]);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    let document: Value = serde_json::from_str(&came.stdout).expect("JSON");
    let row = &document["rows"][0];
    assert_eq!((row["user"].as_str(), row["address"].as_str()), (Some("chen"), Some("10.0.1.5")));
    assert_eq!((row["bytes_in"].as_u64(), row["endpoint"].as_str()), (Some(1234), None));
}

#[test]
fn show_has_a_sheet_for_each_session_of_the_name() {
    let came = run(&["-s", "east", "session", "show", "anna"]);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    let titles = |title: &str| came.stdout.lines().filter(|line| line.starts_with(title)).count();
    assert_eq!((titles("User "), titles("Handle "), titles("Address ")), (2, 2, 2), "{}", came.stdout);
    assert!(came.stdout.contains("GUID") && came.stdout.contains("Quarantine"), "{}", came.stdout);
    let old = run(&["-s", "old", "session", "show", "chen"]);
    assert!(old.code == Some(0) && old.stdout.contains("1.23 kB") && !old.stdout.contains("GUID"));
    assert_eq!(run(&["-s", "east", "session", "show", "nobody"]).code, Some(6));
}
