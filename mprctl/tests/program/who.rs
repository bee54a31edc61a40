//! Users and devices that are connected, and sites that are not: times that only watching tells, reasons in words. On the
//! server of `who.toml`, on every system.

use serde_json::Value;

use crate::common::{Came, came_of, demo, rows_of};

fn run(arguments: &[&str]) -> Came {
    came_of(demo("who.toml").args(arguments))
}

#[test]
fn the_account_of_a_computer_is_a_device_and_accounts_are_counted_once() {
    let rows = rows_of(&run(&["-o", "ndjson", "session", "list"]));
    let of = |name: &str| rows.iter().map(|row| row[name].as_str().expect("text")).collect::<Vec<_>>();
    assert_eq!(of("account"), ["device", "user", "user"]);
    assert_eq!(of("quarantine"), ["normal", "normal", "quarantine"]);
    for row in &rows {
        let started = row["started"].as_str().expect("a time");
        let started = chrono::DateTime::parse_from_rfc3339(started).expect("RFC 3339").timestamp();
        let age = chrono::Utc::now().timestamp() - started - row["connected_for"].as_i64().expect("seconds");
        assert!((0..20).contains(&age), "{row}");
    }
    let status = &rows_of(&run(&["-o", "ndjson", "status"]))[0];
    assert_eq!(
        (&status["sessions"], &status["users"], &status["devices"]),
        (&3.into(), &1.into(), &1.into())
    );
    let devices = run(&["session", "list", "--where", "account=device", "--columns", "user", "--no-headers"]);
    assert_eq!(devices.stdout, "PC-1$\n");
}

#[test]
fn ports_are_counted_by_tunnel() {
    let usage = run(&["-o", "csv", "port", "usage"]);
    assert_eq!(usage.stdout, "server,tunnel,in_use,broken,ports,percent\nlocal,IKEv2,3,0,4,75\n");
    let full = run(&["port", "usage", "--where", "percent>=80", "-q"]);
    assert_eq!(full.stdout, "");
}

#[test]
fn a_site_that_is_down_has_its_reason_in_words() {
    let list = run(&["-o", "csv", "site", "list", "--columns", "name,state,reasons"]);
    let lines = "name,state,reasons\nBern,unreachable,not at this hour\nLyon,unreachable,no such adapter\n\
        Oslo,disconnected,\nRome,disabled,\n";
    assert_eq!((list.code, list.stdout.as_str()), (Some(0), lines));
}

#[test]
fn watch_tells_what_it_alone_can_know() {
    let came = run(&["-o", "ndjson", "watch", "--all", "--count", "1", "--interval", "100ms"]);
    let events = rows_of(&came);
    let of = |kind: &str| events.iter().filter(|event| event["event"] == kind).collect::<Vec<&Value>>();
    let sites: Vec<String> = of("site_changed")
        .iter()
        .map(|event| {
            format!("{} {}", event["site_state"]["name"], event["site_state"]["state"]).replace('"', "")
        })
        .collect();
    assert_eq!(sites, ["Bern unreachable", "Lyon unreachable", "Oslo disconnected", "Rome disabled"]);
    let [went] = of("went")[..] else { panic!("{events:?}") };
    assert_eq!(
        (&went["session"]["user"], &went["sessions"], &went["peak"]),
        (&"anna".into(), &2.into(), &3.into())
    );
    assert!(went["silent_for"].as_u64().is_some_and(|seconds| seconds >= 1), "{went}");
    assert_eq!(went.get("reason"), None, "no server tells why");
    let people = run(&["watch", "--all", "--count", "1", "--interval", "100ms"]);
    assert!(
        people.stdout.contains("site   Bern: unreachable, because not at this hour\n"),
        "{}",
        people.stdout
    );
    assert_eq!(
        people.stderr,
        "mprctl: at most 3 sessions at a time, of 2 accounts, since the start of watch\n"
    );
}
