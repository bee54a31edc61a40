//! Ending sessions by rule: what is selected, what never is, and what a dry run says. On the servers of `rules.toml`, on
//! every system.

use serde_json::Value;

use crate::common::{Came, came_of, demo};

fn run(servers: &str, arguments: &[&str]) -> Came {
    let start = ["-s", servers, "-o", "json", "session", "disconnect"];
    came_of(demo("rules.toml").args(start).args(arguments))
}

/// Returns the sessions that a rule ends, or would end, as `user (address): outcome`.
fn ended(servers: &str, arguments: &[&str]) -> Vec<String> {
    let came = run(servers, arguments);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    let document: Value = serde_json::from_str(&came.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let row = |row: &Value| {
        let object = text(&row["object"]);
        let (name, rest) = object.split_once("#0x").unwrap_or_else(|| panic!("no handle: {object}"));
        let (handle, place) = rest.split_once(' ').expect("an address");
        assert!(!handle.is_empty());
        format!("{name} {place}: {}", text(&row["outcome"]))
    };
    document["rows"].as_array().expect("rows").iter().map(row).collect()
}

const BOTH: &str = "vpn01,vpn02";

#[test]
fn conditions_select_what_ends_and_links_to_sites_are_never_among_it() {
    assert_eq!(
        ended(BOTH, &["--where", "longer-than=24h", "--yes"]),
        ["CORP\\anna (10.0.0.17): done", "CORP\\PC-042$ (10.0.0.19): done"]
    );
    assert_eq!(
        ended(BOTH, &["--where", "tunnel=PPTP", "--where", "address=10.0.1.0/24", "--dry-run"]),
        ["CORP\\anna (10.0.1.17): would", "CORP\\ben (10.0.1.18): would"]
    );
    assert_eq!(
        ended(BOTH, &["--where", "server=vpn02", "--where", "user=anna", "--yes"]),
        ["CORP\\anna (10.0.1.17): done"]
    );
    let all = ended("vpn01", &["--where", "user=*", "--dry-run"]);
    assert_eq!(all.len(), 3, "{all:?}");
}

#[test]
fn a_link_to_a_site_is_selected_by_its_type_alone() {
    let links = ended("vpn01", &["--type", "site", "--where", "user=anna", "--dry-run"]);
    assert!(links.len() == 1 && links[0].starts_with("Oslo"), "{links:?}");
    let links = ended("vpn01", &["--type", "site", "--where", "user=anna", "--yes"]);
    assert!(links.len() == 1 && links[0].ends_with("done"), "{links:?}");
    let came = run("vpn01", &["--type", "all", "--keep", "newest", "--dry-run"]);
    assert_eq!(came.code, Some(2), "{}", came.stderr);
}

/// A person copies what a dry run prints.
#[test]
fn each_line_of_a_dry_run_names_its_session_as_commands_take_it() {
    for arguments in [&["--where", "user=*"][..], &["--type", "all", "--where", "user=*"]] {
        let came = run(BOTH, &[arguments, &["--dry-run"]].concat());
        let document: Value = serde_json::from_str(&came.stdout).expect("JSON");
        for row in document["rows"].as_array().expect("rows") {
            let (server, object) =
                (row["server"].as_str().expect("a name"), row["object"].as_str().expect("text"));
            let (name, _) = object.split_once(" (").expect("an address");
            let one = run(server, &[name, "--type", "all", "--dry-run"]);
            let one: Value = serde_json::from_str(&one.stdout).expect("JSON");
            assert_eq!(one["rows"].as_array().map(Vec::len), Some(1), "{name}: {one}");
        }
    }
}

#[test]
fn keep_leaves_one_session_of_each_user_on_all_servers_together() {
    assert_eq!(
        ended(BOTH, &["--keep", "newest", "--yes"]),
        ["CORP\\anna (10.0.0.17): done", "CORP\\anna (10.0.1.17): done"]
    );
    assert_eq!(
        ended(BOTH, &["--keep", "oldest", "--dry-run"]),
        ["CORP\\Anna (10.0.0.18): would", "CORP\\anna (10.0.1.17): would"]
    );
    assert_eq!(
        ended(BOTH, &["--keep", "newest", "--where", "tunnel=PPTP", "--dry-run"]),
        ["CORP\\anna (10.0.1.17): would"]
    );
    assert_eq!(
        ended(BOTH, &["anna", "--keep", "newest", "--where", "server=vpn01", "--dry-run"]),
        ["CORP\\anna (10.0.0.17): would"]
    );
}

#[test]
fn sessions_without_a_byte_for_a_time_are_listed_and_ended() {
    let list =
        ["-s", "vpn01", "session", "list", "--idle-for", "1500ms", "--columns", "address", "--no-headers"];
    let came = came_of(demo("rules.toml").args(list));
    assert_eq!((came.code, came.stdout.as_str()), (Some(0), "10.0.0.17\n10.0.0.19\n"), "{}", came.stderr);
    assert_eq!(
        ended("vpn01", &["--idle-for", "1500ms", "--where", "user=anna", "--yes"]),
        ["CORP\\anna (10.0.0.17): done"]
    );
}

#[test]
fn a_rule_that_selects_nobody_is_an_error_and_so_is_no_rule() {
    let came = run(BOTH, &["--where", "user=nobody", "--yes"]);
    assert_eq!(came.code, Some(6), "{}", came.stderr);
    assert!(came.stderr.contains("no session is selected; nothing was done"), "{}", came.stderr);
    let came = run("vpn02", &["--keep", "newest", "--yes"]);
    assert_eq!(came.code, Some(6), "each has one session: {}", came.stderr);
    for wrong in [&["--yes"][..], &["--type", "all", "--yes"], &["--glob", "--yes"]] {
        assert_eq!(run(BOTH, wrong).code, Some(2), "{wrong:?}");
    }
    let came = run(BOTH, &["--where", "user=", "--where", "nothing=1", "--yes"]);
    assert_eq!(came.code, Some(2), "{}", came.stderr);
}

#[test]
fn a_server_that_does_not_answer_is_told_beside_what_was_done() {
    let came = run("vpn02,stopped", &["--where", "user=ben", "--yes"]);
    assert_eq!(came.code, Some(7), "{}", came.stderr);
    assert!(came.stderr.contains("stopped: "), "{}", came.stderr);
    let came = run("vpn02,stopped", &["--where", "user=nobody", "--yes"]);
    assert_eq!(came.code, Some(7), "{}", came.stderr);
    assert!(
        came.stderr.contains("no session is selected") && came.stderr.contains("stopped"),
        "{}",
        came.stderr
    );
    let came = run("stopped", &["--where", "user=ben", "--yes"]);
    assert_eq!(came.code, Some(3), "{}", came.stderr);
}

#[test]
fn without_a_terminal_a_rule_needs_yes_and_says_what_it_would_end() {
    let came = run(BOTH, &["--where", "user=ben"]);
    assert_eq!(came.code, Some(2));
    for part in ["disconnect 1 session: CORP\\ben#0x", " (10.0.1.18)", "on vpn02"] {
        assert!(came.stderr.contains(part), "{part}: {}", came.stderr);
    }
}
