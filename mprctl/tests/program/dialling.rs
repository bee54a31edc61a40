//! `mprctl interface`: devices, IKEv2 settings, IP-in-IP tunnels, updates of routes and of the phone book, and what is
//! stored only in part. On the simulated routers of `interface.toml`, on every system.

use serde_json::Value;

use crate::common::{Came, came_of, demo, file, rows_of};

fn mprctl(servers: &str, arguments: &[&str]) -> Came {
    came_of(demo("interface.toml").args(["--server", servers, "interface"]).args(arguments))
}

fn router(arguments: &[&str]) -> Came {
    mprctl("router", arguments)
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    rows_of(&router(&[arguments, &["--output", "ndjson"]].concat()))
}

fn failure(arguments: &[&str]) -> (Option<i32>, String) {
    let came = router(arguments);
    (came.code, came.stdout + &came.stderr)
}

#[test]
fn the_devices_of_an_interface_are_listed_changed_and_added() {
    let devices = rows(&["device", "list", "idle"]);
    assert_eq!(devices.len(), 1);
    assert_eq!((&devices[0]["index"], &devices[0]["phone"]), (&1.into(), &"vpn2.example.com".into()));
    let done = &rows(&[
        "device",
        "set",
        "idle",
        "1",
        "--phone",
        "vpn4.example.com",
        "--alternate",
        "vpn5.example.com",
    ])[0];
    assert_eq!((&done["object"], &done["outcome"]), (&"device 1 of idle".into(), &"done".into()));
    let next = ["device", "set", "idle", "2", "--type", "modem", "--device", "Modem 2"];
    assert_eq!(rows(&next)[0]["outcome"], "done");
    assert_eq!(rows(&[&next[..], &["--dry-run"]].concat())[0]["outcome"], "would");
}

#[test]
fn what_is_wrong_about_a_device_is_said() {
    let wrong: [(&[&str], i32, &str); 6] = [
        (&["device", "set", "idle", "3", "--phone", "1"], 6, "the next would be 2"),
        (&["device", "set", "idle", "2", "--phone", "1"], 2, "--type and --device"),
        (&["device", "set", "idle", "0", "--phone", "1"], 2, "0"),
        (&["device", "set", "idle", "1"], 2, "--phone"),
        (&["device", "list", "nobody"], 6, "no interface is named `nobody`"),
        (&["device", "set", "nobody", "1", "--phone", "1"], 6, "no interface is named `nobody`"),
    ];
    for (arguments, code, says) in wrong {
        let (came, text) = failure(arguments);
        assert_eq!(came, Some(code), "{text}");
        assert!(text.contains(says), "{text}");
    }
    let adapter = rows(&["list", "--where", "type=dedicated*"]);
    let adapter = adapter[0]["name"].as_str().unwrap();
    for arguments in [&["device", "list", adapter][..], &["device", "set", adapter, "1", "--phone", "1"]] {
        let (code, text) = failure(arguments);
        assert_eq!(code, Some(1), "the command line is right: {text}");
        assert!(text.contains("not a demand-dial interface"), "{text}");
    }
}

#[test]
fn what_failed_in_the_running_router_is_not_stored_and_what_was_done_there_is_told_when_it_cannot_be() {
    let outcomes = |arguments: &[&str]| {
        let came = mprctl("unstored", &[arguments, &["--store", "-o", "ndjson"]].concat());
        let rows = came.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
        let rows: Vec<Value> = rows.collect();
        let outcome = |row: &Value| format!("{} {}", row["action"], row["outcome"]).replace('"', "");
        (came.code, rows.iter().map(outcome).collect::<Vec<_>>())
    };
    let (code, rows) = outcomes(&["set", "branch", "--disable"]);
    assert_eq!((code, rows), (Some(7), vec!["set done".to_owned(), "store failed".to_owned()]));
    let (code, rows) = outcomes(&["delete", "branch", "--yes"]);
    assert_eq!((code, rows), (Some(1), vec!["delete failed".to_owned()]));
    assert_eq!(mprctl("unstored", &["set", "branch", "--disable", "--store-only"]).code, Some(4));
}

#[test]
fn routes_are_updated_over_what_is_connected_and_the_result_is_shown() {
    assert_eq!(rows(&["update-routes", "hub"])[0]["outcome"], "done");
    assert_eq!(rows(&["update-routes", "hub", "idle", "--dry-run"])[1]["outcome"], "would");
    let result = &rows(&["update-result", "hub"])[0];
    assert_eq!((&result["state"], &result["transport"]), (&"done".into(), &"IP".into()));

    let (code, text) = failure(&["update-routes", "hub", "idle"]);
    assert_eq!(code, Some(7), "{text}");
    assert!(text.contains("ERROR_INTERFACE_NOT_CONNECTED"), "{text}");
    let (code, text) = failure(&["update-routes", "hub", "--transport", "IPv6"]);
    assert_eq!(code, Some(6), "{text}");
    assert!(text.contains("IPv6 does not run on the interface"), "{text}");
    assert_eq!(failure(&["update-result", "idle"]).0, Some(1));
    assert_eq!(mprctl("failing", &["update-routes", "hub"]).code, Some(1));
    assert_eq!(mprctl("router,failing", &["update-routes", "hub"]).code, Some(7));
}

#[test]
fn the_phone_book_is_taken_up_and_why_it_is_not_is_said() {
    assert_eq!(rows(&["update-phonebook", "hub", "idle"]).len(), 2);
    let (code, text) = failure(&["update-phonebook", "bare"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("ERROR_INTERFACE_HAS_NO_DEVICES"), "{text}");
}

#[test]
fn ip_in_ip_tunnels_are_named_and_what_is_not_there_is_not_deleted() {
    let guid = "{5f2a0a3e-1c0b-4c5e-9d1f-7a0f3b5c6d7e}";
    assert_eq!(rows(&["ip-in-ip", "create", "To branch 2", guid])[0]["outcome"], "done");
    assert_eq!(rows(&["ip-in-ip", "create", "To branch 2", guid, "--dry-run"])[0]["outcome"], "would");
    assert!(rows(&["ip-in-ip", "list"]).is_empty());
    assert_eq!(failure(&["ip-in-ip", "create", "To branch 2", "no GUID"]).0, Some(2));
    let (code, text) = failure(&["ip-in-ip", "delete", "To branch 3"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("To branch 3?") && text.contains("--yes"), "{text}");
    let (code, text) = failure(&["ip-in-ip", "delete", "To branch 3", "--yes"]);
    assert_eq!(code, Some(6));
    assert!(text.contains("nothing was done") && text.contains("ip-in-ip list"), "{text}");
    assert_eq!(mprctl("failing", &["ip-in-ip", "list"]).code, Some(4));
}

#[test]
fn an_interface_without_ikev2_settings_says_so_and_is_given_some() {
    for place in [&[][..], &["--store"], &["--revision", "1"]] {
        assert_eq!(rows(&[&["ikev2", "show", "hub"], place].concat())[0]["own"], false);
    }
    let policy = [
        "--integrity",
        "sha256",
        "--encryption",
        "AES-256",
        "--cipher",
        "aes-gcm-256",
        "--authentication",
        "AES-GCM-256",
        "--pfs-group",
        "ECP 256",
        "--dh-group",
        "group 14",
    ];
    let set = ["ikev2", "set", "hub", "idle"];
    let done = rows(&[&set[..], &["--lifetime", "4h", "--renew-after", "50MB", "--store"], &policy].concat());
    let objects: Vec<_> = done.iter().map(|row| row["object"].as_str().unwrap()).collect();
    assert_eq!(objects, ["hub", "idle", "hub (stored)", "idle (stored)"]);
    assert!(done.iter().all(|row| row["outcome"] == "done"), "{done:?}");
    let more =
        ["--initiator", "10.1.0.0-10.1.0.255", "--responder", "10.2.0.1,6,443", "--certificate-hash", "0a1b"];
    assert_eq!(rows(&[&set[..], &more, &["--dry-run"]].concat())[0]["outcome"], "would");
    assert_eq!(rows(&[&set[..], &more].concat())[0]["outcome"], "done");
}

#[test]
fn ikev2_settings_that_cannot_be_change_nothing() {
    let wrong: [(&[&str], i32, &str); 8] = [
        (&["set", "hub"], 2, "--lifetime"),
        (&["set", "hub", "--cipher", "AES-256"], 2, "--pfs-group"),
        (&["set", "hub", "--cipher", "rot13"], 2, "AES-GCM-256"),
        (&["set", "hub", "--lifetime", "1s"], 2, "300 to 17,279,999 seconds"),
        (&["set", "hub", "--initiator", "everything"], 2, "10.1.0.0-10.1.0.255"),
        (&["set", "hub", "--initiator", "10.1.0.9-10.1.0.1"], 1, "selects nothing"),
        (&["set", "hub", "--initiator", "10.1.0.1", "--revision", "2"], 1, "no room"),
        (&["set", "hub", "nobody", "--lifetime", "4h"], 6, "no interface is named `nobody`"),
    ];
    for (arguments, code, says) in wrong {
        let (came, text) = failure(&[&["ikev2"], arguments].concat());
        assert_eq!(came, Some(code), "{text}");
        assert!(text.contains(says), "{text}");
    }
    let (code, text) = failure(&["ikev2", "set", "hub", "--certificate-name", "no-such-file"]);
    assert_eq!(code, Some(2), "{text}");
    let file = file("certificate-name");
    std::fs::write(&file, [0x30, 0]).unwrap();
    let done = rows(&["ikev2", "set", "hub", "--certificate-name", file.to_str().unwrap()]);
    assert_eq!(done[0]["outcome"], "done");
}

#[test]
fn ikev2_settings_are_removed_after_a_yes() {
    let (code, text) = failure(&["ikev2", "remove", "hub"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("Remove the IKEv2 settings of 1 interface: hub?"), "{text}");
    assert_eq!(rows(&["ikev2", "remove", "hub", "--dry-run"])[0]["outcome"], "would");
    let done = rows(&["ikev2", "remove", "hub", "--yes", "--store"]);
    assert!(done.len() == 2 && done.iter().all(|row| row["outcome"] == "done"), "{done:?}");
}

#[test]
fn an_interface_that_does_not_come_up_in_time_fails_by_itself_and_the_attempt_is_ended() {
    let began = std::time::Instant::now();
    let came = mprctl("slow", &["connect", "far", "near", "--timeout", "4s", "-o", "ndjson"]);
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
    let rows: Vec<Value> = came.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((came.code, rows.len()), (Some(1), 2), "{}", came.stderr);
    let message = rows[0]["error"]["message"].as_str().unwrap();
    assert_eq!(message, "no connection in time; mprctl ended the attempt");
    assert_eq!(rows[0]["object"], "far");
    // The limit is for all of the server.
    assert_eq!(rows[1]["error"]["message"], "no time was left to connect it");
    let near = rows_of(&mprctl("slow", &["connect", "near", "-o", "ndjson"]));
    assert_eq!(near[0]["outcome"], "done");
    let up = rows_of(&mprctl("slow", &["connect", "up", "-o", "ndjson"]));
    assert_eq!(up[0]["outcome"], "done", "it is connected");
}
