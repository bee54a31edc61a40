//! Actions on sessions, with the built program. On the simulated servers of `session.toml`, on every system.

use serde_json::Value;

use crate::common::{Came, came_of, demo};

fn run(arguments: &[&str]) -> Came {
    came_of(demo("session.toml").args(arguments))
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
    assert_eq!(named("ben"), ["CORP\\ben (10.0.0.18): would"]);
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
    assert!(came.stderr.contains("no session matches `nobody`; nothing was done"), "{}", came.stderr);
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
    let came = run(&["-s", "east", "session", "disconnect", "--glob", "anna"]);
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

/// The one row of `session VERB NAME` on `server`.
fn one(server: &str, verb: &str, arguments: &[&str]) -> Value {
    let came = run(&[&["-s", server, "-o", "json", "session", verb], arguments].concat());
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    let document: Value = serde_json::from_str(&came.stdout).expect("JSON");
    let rows = document["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows[0].clone()
}

#[test]
fn bytes_are_counted_in_64_bits_where_the_server_does() {
    let west = one("west", "list", &["--where", "address=10.0.2.17"]);
    assert_eq!(
        (&west["bytes_in"], &west["bytes_out"]),
        (&5_000_000_001_u64.into(), &12_000_000_000_000_u64.into())
    );
    let shown = one("west", "show", &["10.0.2.17"]);
    assert_eq!(shown["bytes_in"], west["bytes_in"]);
    // Windows Server 2008 R2 has no such level, and one of 32 bits.
    let r2 = one("r2", "list", &[]);
    assert_eq!((&r2["bytes_in"], &r2["ipv6"]), (&705_032_705.into(), &"2001:db8:22::1".into()));
}

#[test]
fn a_level_that_fails_as_no_page_says_is_replaced_by_the_older_one() {
    assert_eq!(one("half-new", "list", &[])["user"], "jo");
}

#[test]
fn a_name_of_several_people_is_an_error_that_lists_them_with_their_handles() {
    let came = run(&["-s", "east", "session", "disconnect", "anna", "--yes"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""));
    for part in
        ["`anna`", "CORP\\anna#0x", " (10.0.0.17)", "LAB\\anna#0x", " (10.0.0.19)", "nothing was done"]
    {
        assert!(came.stderr.contains(part), "{part}: {}", came.stderr);
    }
    // One person's sessions are all meant, on however many servers.
    let came = run(&["-s", "east,west", "-o", "json", "session", "disconnect", "corp\\anna", "--yes"]);
    assert_eq!((came.code, outcomes(&came).len()), (Some(0), 3), "{}", came.stderr);
    // An address inside a tunnel is somebody else's on another server.
    let came = run(&["-s", "east,west", "session", "disconnect", "10.0.0.17", "--yes"]);
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("CORP\\anna#0x"), "{}", came.stderr);
    assert!(came.stderr.contains(" (10.0.0.17) on east; gita@lab.example"), "{}", came.stderr);
}

#[test]
fn an_ipv6_address_is_a_name_however_it_is_written() {
    let named = |name: &str| {
        let came = run(&["-s", "east", "-o", "json", "session", "disconnect", name, "--dry-run"]);
        (came.code, outcomes(&came))
    };
    for name in ["2001:db8:20::5", "2001:DB8:20:0:0::0005"] {
        assert_eq!(named(name), (Some(0), vec!["CORP\\ben (10.0.0.18): would".to_owned()]), "{name}");
    }
    let came = run(&["-s", "east", "session", "disconnect", "2001:db8:20::6", "--dry-run"]);
    assert_eq!(came.code, Some(6));
}

#[test]
fn a_users_full_name_may_mean_the_domains_short_one_but_only_where_somebody_is_asked() {
    let come =
        |name: &str, option: &str| run(&["-s", "west", "-o", "json", "session", "disconnect", name, option]);
    for name in ["hugo@lab.example", "lab.example\\hugo"] {
        let would = outcomes(&come(name, "--dry-run"));
        assert!(matches!(&would[..], [one] if one.starts_with("LAB\\hugo (")), "{would:?}");
        let came = come(name, "--yes");
        assert_eq!(came.code, Some(6), "{name}");
        assert!(came.stderr.contains("perhaps you mean LAB\\hugo"), "{}", came.stderr);
        assert!(
            came.stderr.contains("hugo#0x") && came.stderr.contains("nothing was done"),
            "{}",
            came.stderr
        );
    }
    // What the user typed is how the server has it.
    for name in ["gita@lab.example", "lab.example\\GITA", "gita"] {
        assert_eq!(outcomes(&come(name, "--yes")), ["gita@lab.example (10.0.0.17): done"], "{name}");
    }
    for name in ["hugo@example", "hugo@other.example", "lab\\hugo2", "\\", "@"] {
        assert_eq!(come(name, "--dry-run").code, Some(6), "{name}");
    }
}

#[test]
fn show_has_a_sheet_for_each_session_of_the_name() {
    let came = run(&["-s", "east", "session", "show", "anna"]);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    let titles = |title: &str| came.stdout.lines().filter(|line| line.starts_with(title)).count();
    assert_eq!((titles("User "), titles("Handle "), titles("Address ")), (2, 2, 2), "{}", came.stdout);
    assert!(came.stdout.contains("GUID") && came.stdout.contains("Quarantine"), "{}", came.stdout);
    let old = run(&["-s", "old", "session", "show", "chen"]);
    assert!(
        old.code == Some(0) && old.stdout.contains("1.23 kB") && old.stdout.contains("MS-CHAP"),
        "{}",
        old.stdout
    );
    assert_eq!(run(&["-s", "east", "session", "show", "nobody"]).code, Some(6));
}

#[test]
fn a_tunnel_is_moved_and_shows_it() {
    let ends = ["--local", "192.0.2.11", "--remote", "2001:db8::9", "--interface-index", "12"];
    let come = |server: &str, name: &str, last: &str| {
        run(&[&["-s", server, "-o", "json", "session", "move", name], &ends[..], &[last]].concat())
    };
    let came = come("r2", "iris", "--yes");
    assert_eq!((came.code, outcomes(&came)), (Some(0), vec!["CORP\\iris (10.0.3.1): done".to_owned()]));
    assert_eq!(outcomes(&come("r2", "iris", "--dry-run")), ["CORP\\iris (10.0.3.1): would"]);
    // Only IKEv2 moves.
    let came = come("east", "ben", "--yes");
    assert_eq!(came.code, Some(8));
    assert!(came.stdout.contains("MprAdminUpdateConnection"), "{}", came.stdout);
    let came = run(&["-s", "r2", "session", "move", "iris", "--local", "here", "--yes"]);
    assert_eq!(came.code, Some(2));
}
