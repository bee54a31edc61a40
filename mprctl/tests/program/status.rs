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
    let services: Vec<Value> = rows(&came).iter().map(|row| row["service"].clone()).collect();
    assert_eq!(services, ["running", "starting"]);
    assert!(came.stderr.contains("oversleeping: "), "{}", came.stderr);
    assert_eq!(run(&["status", "--wait", "soon"]).code, Some(2));
}

#[test]
fn when_wait_gives_up_it_says_what_is_wrong_and_exits_by_that() {
    for (server, code, service, says) in [
        ("oversleeping", 3, "starting", "is still starting, after a wait of 1 s"),
        ("asleep", 3, "stopped", "is not running, after a wait of 1 s"),
        ("nowhere", 5, "unreachable", "cannot be reached, after a wait of 1 s"),
        // No wait helps against this.
        ("closed", 4, "denied", "access is denied"),
    ] {
        let start = Instant::now();
        let came = run(&["-s", server, "-o", "json", "status", "--wait", "1s"]);
        assert_eq!(came.code, Some(code), "{server}: {}", came.stderr);
        assert_eq!(rows(&came)[0]["service"], service, "{server}");
        assert!(came.stderr.contains(says), "{server}: {}", came.stderr);
        assert_eq!(start.elapsed() >= Duration::from_secs(1), server != "closed", "{server}");
    }
    let advice = run(&["-s", "oversleeping", "status", "--wait", "1s"]).stderr;
    assert!(!advice.contains("--wait 5min"), "it has been waited for: {advice}");
    let ready = run(&["-s", "waking", "-o", "json", "status", "--wait", "30s"]);
    assert_eq!((ready.code, &rows(&ready)[0]["service"]), (Some(0), &"running".into()));
}

#[test]
fn every_server_that_was_asked_has_a_row_with_the_reason_where_it_is_down() {
    let servers = ["-s", "asleep,east,nowhere,closed,oversleeping"];
    let came = run(&[&servers[..], &["-o", "ndjson", "status"]].concat());
    assert_eq!(came.code, Some(7));
    let rows: Vec<Value> = came.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let services: Vec<(&str, &str)> =
        rows.iter().map(|row| (row["server"].as_str().unwrap(), row["service"].as_str().unwrap())).collect();
    assert_eq!(
        services,
        [
            ("asleep", "stopped"),
            ("east", "running"),
            ("nowhere", "unreachable"),
            ("closed", "denied"),
            ("oversleeping", "starting"),
        ]
    );
    assert!(rows.iter().all(|row| row["error"].is_object() != (row["server"] == "east")), "{}", came.stdout);
    assert!(rows[1]["ports"].is_u64() && rows[0]["ports"].is_null());
    let table = run(&[&servers[..], &["status"]].concat()).stdout;
    assert_eq!(table.lines().count(), 7, "{table}");
    // The reason stands in the room of what the server did not tell.
    assert!(table.contains("\nclosed        denied       access is denied\n"), "{table}");
    let down =
        run(&[&servers[..], &["-o", "csv", "status", "--where", "service!=running", "--columns", "server"]]
            .concat());
    assert_eq!(down.stdout.lines().count(), 5, "{}", down.stdout);
    // One alone has its row too.
    let one = run(&["-s", "asleep", "status"]);
    assert_eq!(one.code, Some(3));
    assert!(one.stdout.contains("stopped"), "{}", one.stdout);
}

#[test]
fn the_ports_of_each_tunnel_are_told_in_use_and_in_total() {
    let status =
        |servers: &str, more: &[&str]| came_of(demo("sites.toml").args(["-s", servers, "status"]).args(more));
    let row = &rows(&status("vpn01", &["-o", "json"]))[0];
    assert_eq!(row["tunnels"], serde_json::json!(["IKEv2 3/6", "SSTP 0/2"]), "{row}");
    let table = status("vpn01,old", &[]).stdout;
    assert!(table.contains("By tunnel") && table.contains("IKEv2 3/6, SSTP 0/2"), "{table}");
    // One that only routes between local networks has none.
    let row = &rows(&run(&["-s", "member", "-o", "json", "status"]))[0];
    assert!(row["tunnels"].is_array(), "{row}");
}

#[test]
fn sessions_without_a_byte_for_a_time_are_counted() {
    let status = |more: &[&str]| {
        came_of(demo("rules.toml").args(["-s", "vpn01,nowhere", "-o", "json", "status"]).args(more))
    };
    let came = status(&["--idle-for", "1500ms"]);
    let rows = rows(&came);
    assert_eq!((rows[0]["sessions"].as_u64(), rows[0]["silent"].as_u64()), (Some(3), Some(2)), "{}", rows[0]);
    assert!(rows[1]["silent"].is_null() && rows[1]["error"].is_object(), "{}", rows[1]);
    assert!(!status(&[]).stdout.contains("silent"));
}

#[test]
fn a_code_is_explained_by_number_by_hresult_and_by_name() {
    let rows_of = |code: &str| rows(&run(&["-o", "json", "explain", code]));
    for code in [
        "5",
        "0x5",
        "0x80070005",
        "-2147024891",
        "80070005",
        "error_access_denied",
        "Error 5: access is denied",
    ] {
        let row = &rows_of(code)[0];
        assert_eq!((&row["code"], &row["name"]), (&5.into(), &"ERROR_ACCESS_DENIED".into()), "{code}");
        assert_eq!(row["exit_code"], 4);
        assert!(row["advice"].as_str().expect("advice").contains("group Administrators"));
        assert_eq!(row["windows"], Value::Null);
    }
    assert_eq!(rows_of("0")[0]["exit_code"], 0, "what worked is no failure");
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
    assert_eq!(came.code, Some(7));
    assert!(came.stderr.contains("123456") && came.stderr.contains("net helpmsg"), "{}", came.stderr);
    assert_eq!(rows(&came)[0]["code"], 5, "what is known is explained");
    // A message that is in no quotes.
    let message =
        ["-o", "json", "explain", "The", "connection", "failed:", "error", "691,", "then", "0x800B0109."];
    let codes: Vec<u64> = rows(&run(&message)).iter().filter_map(|row| row["code"].as_u64()).collect();
    assert_eq!(codes, [691, 0x800B_0109]);
    for nothing in ["123456", "ERROR_NO_SUCH_THING", "error"] {
        let came = run(&["explain", nothing]);
        assert!(came.code == Some(6) && came.stderr.contains(nothing), "{}", came.stderr);
    }
}

#[test]
fn an_interface_that_cannot_dial_says_why_in_words() {
    let explained = |code: &str| rows(&run(&["-o", "json", "explain", "error", "code", code]))[0].clone();
    for code in
        ["13801", "13806", "13868", "0x80092013", "-2146762487", "0x80072746", "0x800B010A", "0x80070040"]
    {
        let row = explained(code);
        for field in ["name", "meaning", "advice", "hresult"] {
            assert!(row[field].as_str().is_some_and(|text| text.len() > 5), "{code} {field}: {row}");
        }
    }
    assert_eq!(explained("13868")["name"], "ERROR_IPSEC_IKE_POLICY_MATCH");
    assert_eq!(explained("13868")["hresult"], "0x8007362c");
}
