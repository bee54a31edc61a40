//! `mprctl interface transport`, on the simulated routers of `routing.toml` and `servers.toml`, on every system.

use mprapi::{Info, InfoBlockBuf, InfoType};
use serde_json::Value;

use crate::common::{Came, came_of, demo, file, rows_of};

fn mprctl(scenario: &str, servers: &str, arguments: &[&str]) -> Came {
    came_of(demo(scenario).args(["--server", servers, "interface", "transport"]).args(arguments))
}

fn router(arguments: &[&str]) -> Came {
    mprctl("routing.toml", "router", arguments)
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    rows_of(&router(&[arguments, &["--output", "ndjson"]].concat()))
}

#[test]
fn the_list_says_where_a_transport_is_on_an_interface() {
    let list = rows(&["list", "branch", "far"]);
    let names: Vec<_> = list.iter().map(|row| row["interface"].as_str().unwrap()).collect();
    assert_eq!(names, ["branch", "far"]);
    assert_eq!((&list[0]["transport"], &list[0]["running"]), (&"IP".into(), &true.into()));
    assert_eq!(list[0]["stored"], true);
    assert!(router(&["list", "branch"]).stdout.contains("Transport"));
}

#[test]
fn static_routes_are_shown_in_words() {
    for place in [&[][..], &["--store"]] {
        let shown = rows(&[&["show", "Ethernet", "IP"], place].concat());
        assert_eq!(shown.len(), 1);
        assert_eq!((&shown[0]["info"], &shown[0]["count"]), (&"static routes".into(), &1.into()));
        assert_eq!(shown[0]["settings"], serde_json::json!(["10.2.0.0/16 via 10.1.0.254 metric 5"]));
        assert!(shown[0]["data"].as_str().unwrap().starts_with("0a020000ffff0000"), "the bytes stay");
    }
    let table = router(&["show", "Ethernet", "IP"]).stdout;
    assert!(table.contains("Settings") && table.contains("10.2.0.0/16 via 10.1.0.254 metric 5"), "{table}");
}

#[test]
fn an_interface_or_a_transport_that_is_not_there_is_exit_code_6() {
    for place in [&[][..], &["--store"]] {
        let came = router(&[&["show", "brunch", "IP"], place].concat());
        assert_eq!(came.code, Some(6));
        assert!(came.stderr.contains("no interface is named `brunch`"), "{}", came.stderr);
        let came = router(&[&["show", "branch", "IPv6"], place].concat());
        assert_eq!(came.code, Some(6));
        assert!(came.stderr.contains("IPv6 does not run on `branch`"), "{}", came.stderr);
    }
    assert_eq!(router(&["list", "brunch"]).code, Some(6));
    assert_eq!(router(&["remove", "branch", "IPv6", "--dry-run", "--store"]).code, Some(6));
}

#[test]
fn settings_that_consist_of_nothing_are_told_to_people_and_a_header_to_programs() {
    let show = |format: &str| mprctl("routing.toml", "router", &["show", "branch", "IP", "--output", format]);
    let table = show("table");
    assert_eq!((table.code, table.stdout.as_str()), (Some(0), ""));
    assert_eq!(table.stderr, "mprctl: nothing to show\n");
    let csv = show("csv");
    assert_eq!((csv.stdout.lines().count(), csv.stderr.as_str()), (1, ""));
}

#[test]
fn a_running_router_says_nothing_of_a_disabled_interface_and_what_is_stored_is_named_instead() {
    let hq = |arguments: &[&str]| mprctl("tables.toml", "hq", arguments);
    let came = hq(&["show", "Closed", "IP"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(1), ""));
    assert!(
        came.stderr.contains("`Closed` is disabled") && came.stderr.contains("--store"),
        "{}",
        came.stderr
    );
    assert_eq!(hq(&["show", "Closed", "IP", "--store"]).code, Some(0));
    for change in [
        &["add", "Closed", "IPv6"][..],
        &["add", "Closed", "IPv6", "--dry-run"],
        &["remove", "Closed", "IP", "--yes"],
    ] {
        let came = hq(change);
        assert_eq!(came.code, Some(1), "{change:?}: {}", came.stdout);
        assert!(
            came.stderr.contains("`Closed` is disabled") && came.stderr.contains("--store-only"),
            "{}",
            came.stderr
        );
    }
    assert_eq!(hq(&["remove", "Closed", "IP", "--store-only", "--yes"]).code, Some(0));
}

#[test]
fn a_transport_is_added_where_it_is_not_yet() {
    let done = rows(&["add", "branch", "IPv6", "--store"]);
    assert_eq!(done[0]["object"], "IPv6 on branch");
    assert_eq!(done[1]["object"], "IPv6 on branch (stored)");
    assert!(done.iter().all(|row| row["action"] == "add" && row["outcome"] == "done"));
    assert_eq!(rows(&["add", "branch", "IPv6", "--dry-run"])[0]["outcome"], "would");
    for place in [&[][..], &["--store-only"]] {
        let came = router(&[&["add", "branch", "IP"], place].concat());
        assert_eq!(came.code, Some(1));
        assert!(came.stderr.contains("IP runs on `branch` already"), "{}", came.stderr);
    }
}

#[test]
fn a_transport_is_removed_after_a_yes() {
    let came = router(&["remove", "branch", "IP"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""));
    assert!(came.stderr.contains("Remove IP on branch?"), "{}", came.stderr);
    assert_eq!(rows(&["remove", "branch", "IP", "--dry-run"])[0]["outcome"], "would");
    assert_eq!(rows(&["remove", "branch", "IP", "--yes", "--store"]).len(), 2);
}

#[test]
fn what_is_exported_can_be_imported_and_other_files_cannot() {
    let path = file("interface.info");
    let name = path.to_str().unwrap();
    assert_eq!(rows(&["export", "branch", "IP", name])[0]["outcome"], "done");
    assert_eq!(router(&["export", "branch", "IP", name, "--store"]).code, Some(1), "it is there");
    assert_eq!(rows(&["import", "branch", "IP", name, "--yes"])[0]["action"], "keep");

    let mut block = InfoBlockBuf::new();
    block.add(Info::item(InfoType::IP_INTERFACE_STATUS, &[1, 0, 0, 0]).unwrap()).unwrap();
    std::fs::write(&path, block.to_bytes()).unwrap();
    let would = rows(&["import", "branch", "IP", name, "--dry-run", "--store"]);
    assert_eq!(would[0]["object"], "IP on branch: interface status, 1 item of 4 bytes");
    assert_eq!(would[1]["object"], "IP on branch (stored): interface status, 1 item of 4 bytes");
    assert_eq!(rows(&["import", "branch", "IP", name, "--yes"])[0]["outcome"], "done");

    let came = mprctl("servers.toml", "denied", &["add", "branch", "IPv6", "--info", name]);
    assert_eq!(came.code, Some(4), "{}", came.stderr);
    std::fs::write(&path, "no block").unwrap();
    for arguments in
        [&["import", "branch", "IP", name, "--yes"][..], &["add", "branch", "IPv6", "--info", name]]
    {
        let came = mprctl("servers.toml", "denied", arguments);
        assert_eq!(came.code, Some(2), "{}", came.stderr);
        assert!(came.stderr.contains("not an information block"), "{}", came.stderr);
    }
}
