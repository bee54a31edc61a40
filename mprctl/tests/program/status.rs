//! `mprctl status` and `mprctl explain`, by the built program. On the simulated servers of `session.toml`, on every
//! system.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::{Came, came_of, demo, rows_of_document as rows};

fn run(arguments: &[&str]) -> Came {
    came_of(demo("session.toml").args(arguments))
}

#[test]
fn a_service_that_is_starting_is_told_from_one_that_is_stopped() {
    let came = run(&["-s", "oversleeping", "status"]);
    assert_eq!(came.code, Some(3));
    assert!(came.stderr.contains("still starting") && came.stderr.contains("--wait"), "{}", came.stderr);
    let came = run(&["-s", "asleep", "status"]);
    assert_eq!(came.code, Some(3));
    assert!(came.stderr.contains("is not running"), "{}", came.stderr);
}

#[test]
fn wait_waits_until_the_service_answers_longer_than_the_time_out_of_a_call() {
    let start = Instant::now();
    let came = run(&["-s", "east,waking", "--timeout", "1s", "-o", "json", "status", "--wait", "30s"]);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(rows(&came).len(), 2);
}

#[test]
fn wait_has_an_end() {
    let came = run(&["-s", "east,oversleeping", "-o", "json", "status", "--wait", "1"]);
    assert_eq!(came.code, Some(7));
    assert_eq!(rows(&came).len(), 1);
    assert!(came.stderr.contains("oversleeping: "), "{}", came.stderr);
    assert_eq!(run(&["status", "--wait", "soon"]).code, Some(2));
}

#[test]
fn a_code_is_explained_by_number_by_hresult_and_by_name() {
    let rows_of = |code: &str| rows(&run(&["-o", "json", "explain", code]));
    for code in ["5", "0x5", "0x80070005", "error_access_denied"] {
        let row = &rows_of(code)[0];
        assert_eq!((&row["code"], &row["name"]), (&5.into(), &"ERROR_ACCESS_DENIED".into()), "{code}");
        assert_eq!(row["exit_code"], 4);
        assert!(row["advice"].as_str().expect("advice").contains("group Administrators"));
        assert_eq!(row["windows"], Value::Null);
    }
    let row = &rows_of("906")[0];
    assert_eq!((&row["name"], &row["exit_code"]), (&"ERROR_INTERFACE_NOT_CONNECTED".into(), &1.into()));
    assert_eq!(row["windows"], "The interface is not connected.");
    let sheet = run(&["explain", "906", "5"]).stdout;
    assert_eq!(sheet.lines().filter(|line| line.starts_with("Meaning")).count(), 2, "{sheet}");
    assert!(sheet.contains("Windows says"), "{sheet}");
    let command = sheet.lines().find(|line| line.contains("whoami /groups")).expect("a line of its own");
    assert!(command.starts_with("                "), "{sheet}");
}

#[test]
fn a_code_that_nobody_knows_is_said_to_be_one() {
    let came = run(&["-o", "json", "explain", "5", "123456"]);
    assert_eq!(came.code, Some(6));
    assert!(came.stderr.contains("123456") && came.stderr.contains("net helpmsg"), "{}", came.stderr);
    assert_eq!(run(&["explain", "ERROR_NO_SUCH_THING"]).code, Some(2));
}
