//! `mprctl config` and `mprctl mib`, on the simulated router of `routing.toml`, on every system.

use std::path::PathBuf;

use crate::common::{Came, came_of, demo};

fn mprctl(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Came { code, stdout, stderr } =
        came_of(demo("routing.toml").args(["--server", "router"]).args(arguments));
    (code, stdout, stderr)
}

fn rows(arguments: &[&str]) -> Vec<serde_json::Value> {
    let (code, stdout, stderr) = mprctl(&[arguments, &["--output", "ndjson"]].concat());
    assert_eq!(code, Some(0), "{stderr}");
    stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn show_has_the_stored_interfaces_and_transports() {
    let rows = rows(&["config", "show"]);
    assert!(rows.iter().any(|row| row["object"] == "interface" && row["name"] == "branch"));
    assert!(rows.iter().any(|row| row["object"] == "transport"));
}

#[test]
fn names_have_the_guid_of_what_windows_shows() {
    let rows = rows(&["config", "names", "--where", "friendly_name=Ethernet"]);
    assert_eq!(rows.len(), 1);
    assert!(rows[0]["guid"].as_str().unwrap().starts_with('{'));
}

#[test]
fn either_name_of_an_adapter_leads_to_the_other() {
    let by_name = rows(&["config", "names", "Ethernet"]);
    let guid = by_name[0]["guid"].as_str().unwrap();
    assert_eq!(rows(&["config", "names", guid]), by_name);
    let (code, _, stderr) = mprctl(&["config", "names", "Ethernet 9"]);
    assert_eq!(code, Some(6));
    assert!(stderr.contains("no network adapter is named `Ethernet 9`"), "{stderr}");
}

#[test]
fn a_restore_asks_and_a_folder_without_a_backup_is_no_restore() {
    let (code, stdout, stderr) = mprctl(&["config", "restore", "C:\\Backup"]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("configuration of router") && stderr.contains("--yes"), "{stderr}");
    assert_eq!(rows(&["config", "restore", "C:\\Backup", "--dry-run"])[0]["outcome"], "would");
    assert_ne!(mprctl(&["config", "restore", "C:\\Backup", "--yes"]).0, Some(0));
}

#[test]
fn what_a_backup_wrote_can_be_restored_and_each_says_where() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("backup");
    std::fs::create_dir_all(&folder).unwrap();
    let folder = folder.to_str().unwrap();
    for verb in [&["backup", folder][..], &["restore", folder, "--yes"]] {
        let rows = rows(&[&["config"], verb].concat());
        assert_eq!((&rows[0]["action"], &rows[0]["object"]), (&verb[0].into(), &folder.into()));
        assert_eq!(rows[0]["outcome"], "done");
    }
    let (code, _, _) = mprctl(&["config", "backup", "no-such-folder"]);
    assert_eq!(code, Some(6));
}

#[test]
fn the_mib_has_the_routers_interfaces_addresses_and_routes() {
    let interfaces = rows(&["mib", "interfaces"]);
    let addresses = rows(&["mib", "addresses", "--where", "address=10.1.0.1"]);
    assert_eq!(addresses[0]["mask"], "255.255.255.0");
    assert!(interfaces.iter().any(|interface| interface["index"] == addresses[0]["interface"]));
    let routes = rows(&["mib", "routes", "--where", "destination=10.2.*"]);
    assert_eq!((&routes[0]["mask"], &routes[0]["next_hop"]), (&"255.255.0.0".into(), &"10.1.0.254".into()));
    assert_eq!(routes[0]["metric"], 5);
}

#[test]
fn a_reset_is_of_this_machine_alone_and_asks_in_words_that_cannot_be_missed() {
    let come = |arguments: &[&str]| {
        let mut command = demo("routing.toml");
        let Came { code, stdout, stderr } =
            came_of(command.args(["config", "reset", "-o", "json"]).args(arguments));
        (code, stdout, stderr)
    };
    let (code, _, stderr) = come(&[]);
    assert_eq!(code, Some(2));
    assert!(
        stderr.contains("DELETE") && stderr.contains("config restore") && stderr.contains("--yes"),
        "{stderr}"
    );
    for (consent, outcome) in [("--dry-run", "would"), ("--yes", "done")] {
        let (code, stdout, stderr) = come(&[consent]);
        assert_eq!(code, Some(0), "{stderr}");
        let answer: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!(answer["rows"][0]["outcome"], outcome);
    }
    let (code, _, stderr) = come(&["--yes", "--server", "router"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("this machine only"), "{stderr}");
}
