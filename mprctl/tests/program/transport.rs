//! `mprctl transport`, on the simulated routers of `routing.toml` and `servers.toml`, on every system.

use std::path::PathBuf;

use mprapi::{Info, InfoBlockBuf, InfoType};
use serde_json::Value;

use crate::common::{Came, came_of, demo, file, rows_of};

fn mprctl(scenario: &str, servers: &str, arguments: &[&str]) -> Came {
    came_of(demo(scenario).args(["--server", servers, "transport"]).args(arguments))
}

fn router(arguments: &[&str]) -> Came {
    mprctl("routing.toml", "router", arguments)
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    rows_of(&router(&[arguments, &["--output", "ndjson"]].concat()))
}

fn block_file(name: &str) -> PathBuf {
    let mut block = InfoBlockBuf::new();
    block.add(Info::items(InfoType::IP_ROUTE, 4, &[7; 12]).unwrap()).unwrap();
    block.add(Info::item(InfoType(0x1234), &[1]).unwrap()).unwrap();
    let path = file(name);
    std::fs::write(&path, block.to_bytes()).unwrap();
    path
}

#[test]
fn the_list_says_what_runs_and_what_is_stored() {
    let list = rows(&["list"]);
    let ip = list.iter().find(|row| row["transport"] == "IP").expect("IP");
    assert_eq!((&ip["running"], &ip["stored"], &ip["id"]), (&true.into(), &true.into(), &33.into()));
    assert!(ip["global_bytes"].as_u64() >= Some(28) && ip["filters"] == true, "{ip}");
    let table = router(&["list"]).stdout;
    assert!(table.contains("Transport") && table.contains("Running"), "{table}");
}

#[test]
fn where_the_service_is_stopped_the_list_has_what_is_stored() {
    let came = mprctl("servers.toml", "stopped,denied", &["list", "--output", "json"]);
    assert_eq!(came.code, Some(7), "{}", came.stderr);
    let answer: Value = serde_json::from_str(&came.stdout).unwrap();
    let rows = answer["rows"].as_array().unwrap();
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row["server"] == "stopped" && row["running"] == false), "{rows:?}");
    assert_eq!(answer["servers"][1]["error"]["kind"], "access_denied");
}

#[test]
fn a_transport_that_is_not_there_is_exit_code_6_and_no_transport_at_all_is_2() {
    for arguments in [&["show", "IPX"][..], &["show", "ipx", "--store"], &["delete", "IPX", "--yes"]] {
        let came = router(arguments);
        assert_eq!(came.code, Some(6), "{}", came.stderr);
        assert!(
            came.stderr.contains("the transport IPX is not in") && came.stderr.contains("transport list")
        );
    }
    let came = router(&["show", "TCP"]);
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("AppleTalk"), "{}", came.stderr);
}

#[test]
fn what_is_exported_can_be_imported_and_no_file_is_written_over() {
    let path = file("exported.info");
    let name = path.to_str().unwrap();
    assert_eq!(rows(&["export", "IP", name])[0]["outcome"], "done");
    assert_eq!(rows(&["import", "IP", name, "--yes"])[0]["action"], "keep");

    std::fs::write(&path, "mine").unwrap();
    let came = router(&["export", "IP", name]);
    assert_eq!(came.code, Some(1));
    let text = came.stdout + &came.stderr;
    assert!(text.contains("exists already") && text.contains("--force"), "{text}");
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    assert_eq!(rows(&["export", "IP", name, "--client", "--store", "--force"])[0]["outcome"], "done");
    assert!(std::fs::read(&path).unwrap().len() >= 28);
}

#[test]
fn a_file_has_the_settings_of_one_server() {
    let path = file("fleet.info");
    let came = mprctl("routing.toml", "router,other", &["export", "IP", path.to_str().unwrap()]);
    assert_eq!(came.code, Some(2), "{}", came.stderr);
    assert!(!path.exists());
}

#[test]
fn an_import_asks_and_a_dry_run_says_info_by_info_what_it_would_change() {
    let path = block_file("routes.info");
    let name = path.to_str().unwrap();
    let came = router(&["import", "IP", name]);
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("global") && came.stderr.contains("--yes"), "{}", came.stderr);
    let would = rows(&["import", "IP", name, "--dry-run", "--store"]);
    let objects: Vec<_> = would.iter().map(|row| row["object"].as_str().unwrap()).collect();
    assert_eq!(
        objects,
        [
            "IP, global: static routes, 3 items of 4 bytes",
            "IP, global: 0x1234, 1 item of 1 byte",
            "IP, global (stored): static routes, 3 items of 4 bytes",
            "IP, global (stored): 0x1234, 1 item of 1 byte",
        ]
    );
    assert!(would.iter().all(|row| row["outcome"] == "would" && row["action"] == "add"));
}

#[test]
fn an_import_changes_several_servers_and_the_stored_configuration_alone_without_the_service() {
    let path = block_file("several.info");
    let name = path.to_str().unwrap();
    let came = mprctl("routing.toml", "router,other", &["import", "IP", name, "--yes", "-o", "json"]);
    assert_eq!(came.code, Some(0), "{}", came.stderr);
    let answer: Value = serde_json::from_str(&came.stdout).unwrap();
    assert_eq!(answer["rows"].as_array().unwrap().len(), 4);
    assert_eq!(mprctl("servers.toml", "stopped", &["import", "IP", name, "--yes"]).code, Some(3));
    let came = mprctl("servers.toml", "stopped", &["import", "IP", name, "--yes", "--store-only"]);
    assert_eq!(came.code, Some(0), "{}{}", came.stdout, came.stderr);
    assert_eq!(mprctl("servers.toml", "denied", &["import", "IP", name, "--yes"]).code, Some(4));
}

#[test]
fn a_file_that_is_no_information_block_is_found_before_a_server_is_asked() {
    let path = file("no.info");
    let name = path.to_str().unwrap();
    let came = mprctl("servers.toml", "denied", &["import", "IP", name, "--yes"]);
    assert_eq!(came.code, Some(2), "{}", came.stderr);
    let mut long = InfoBlockBuf::new().to_bytes();
    long.push(0);
    for (bytes, why) in
        [(&b"routes"[..], "ends within its header"), (&[2; 40], "version"), (&long, "after its end")]
    {
        std::fs::write(&path, bytes).unwrap();
        let came = mprctl("servers.toml", "denied", &["import", "IP", name, "--yes"]);
        assert_eq!(came.code, Some(2));
        assert!(
            came.stderr.contains("not an information block") && came.stderr.contains(why),
            "{}",
            came.stderr
        );
    }
}

#[test]
fn a_transport_is_added_to_the_running_router_and_stored() {
    let dll = "%SystemRoot%\\System32\\ipxrtmgr.dll";
    let done = rows(&["create", "IPX", "--dll", dll, "--store"]);
    assert_eq!(done.len(), 2);
    assert!(done.iter().all(|row| row["outcome"] == "done"), "{done:?}");
    assert_eq!(rows(&["create", "IPX", "--dll", dll, "--dry-run"])[0]["outcome"], "would");
    let came = router(&["create", "IP", "--store-only"]);
    assert_eq!(came.code, Some(1));
    let text = came.stdout + &came.stderr;
    assert!(text.contains("already") && text.contains("transport import"), "{text}");
    assert_eq!(router(&["create", "IPX"]).code, Some(2), "no router manager");
    assert_eq!(router(&["create", "IP", "--dll", dll]).code, Some(1), "it runs already");
    let dry = router(&["create", "IP", "--dll", dll, "--dry-run"]);
    assert_eq!(dry.code, Some(1), "{}", dry.stdout);
    assert!(dry.stderr.contains("there is a transport IP already"), "{}", dry.stderr);
}

#[test]
fn delete_and_filter_ask_and_change_what_is_stored() {
    for arguments in [&["delete", "IP"][..], &["filter", "IP", "off"]] {
        let came = router(arguments);
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""));
        assert!(came.stderr.contains("IP") && came.stderr.contains("router"), "{}", came.stderr);
        for (how, outcome) in [("--dry-run", "would"), ("--yes", "done")] {
            let row = rows(&[arguments, &[how]].concat()).remove(0);
            assert_eq!((&row["action"], &row["outcome"]), (&arguments[0].into(), &outcome.into()));
        }
    }
}
