//! The options of every list: which rows, how many, in which form. On the servers of `session.toml`, on every system.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::common::{Came, beside, came_of, demo, file, started};

fn run(arguments: &[&str]) -> Came {
    came_of(demo("session.toml").args(arguments))
}

/// The users that `session list` selects on `east`, with their domains' first letters.
fn users(conditions: &[&str]) -> String {
    let mut arguments = vec!["-s", "east", "session", "list", "-o", "ndjson"];
    arguments.extend(conditions.iter().flat_map(|condition| ["--where", condition]));
    let came = run(&arguments);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""), "{conditions:?}");
    let user = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("JSON");
        format!(
            "{}/{}",
            row["user"].as_str().expect("a user"),
            &row["domain"].as_str().expect("a domain")[..1]
        )
    };
    came.stdout.lines().map(user).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_condition_takes_several_values_and_networks() {
    assert_eq!(users(&["user=anna,ben"]), "anna/C ben/C anna/L");
    assert_eq!(users(&["user=ben, nobody"]), "ben/C");
    assert_eq!(users(&["user!=ben,nobody"]), "anna/C anna/L");
    assert_eq!(users(&["address=10.0.0.16/31"]), "anna/C");
    assert_eq!(users(&["address=10.0.0.18/31,10.0.0.17"]), "anna/C ben/C anna/L");
    assert_eq!(users(&["address!=10.0.0.0/24"]), "");
    assert_eq!(users(&["ipv6=2001:DB8:20::/48"]), "ben/C");
    assert_eq!(users(&["ipv6=2001:db8:20:0:0::5"]), "ben/C", "an address is one however it is written");
    assert_eq!(users(&["user=anna", "domain=LAB,CORP", "address=10.0.0.19"]), "anna/L");
}

#[test]
fn spaces_around_the_parts_of_a_condition_and_quotes_around_a_value_are_none_of_the_value() {
    for condition in
        ["user = anna", " user=anna ", "user= anna", "user=\"anna\"", "user='anna'", "USER='anna', x"]
    {
        assert_eq!(users(&[condition]), "anna/C anna/L", "{condition}");
    }
    assert_eq!(users(&["user='anna,ben'"]), "", "a comma in quotes separates nothing");
    assert_eq!(users(&["user=o'brien,ben"]), "ben/C", "a quote within a name is a letter");
    assert_eq!(users(&["user='anna', \"ben\""]), "anna/C ben/C anna/L");
    assert_eq!(users(&["bytes_in >= 0 B", "LONGER-THAN=0s"]), users(&["bytes_in>=0", "longer-than=0"]));
}

/// Otherwise `disconnect --where user=anna,tunnel=SSTP` would end each of her sessions.
#[test]
fn a_second_condition_within_a_value_is_refused() {
    for condition in [
        "user=anna,tunnel=SSTP",
        "user=anna, tunnel = SSTP",
        "user=anna and tunnel=SSTP",
        "user=anna;tunnel!=SSTP",
        "user=anna && longer-than=2h",
        "user=anna or user=ben",
        // The quotes are letters of names, and enclose nothing.
        "user=o'brien,domain=O'Neil",
        "user=o'brien and domain=O'Neil",
    ] {
        for command in ["list", "disconnect"] {
            let came = run(&["-s", "east", "session", command, "--where", condition]);
            assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{condition}");
            assert!(came.stderr.contains("has a second condition"), "{condition}: {}", came.stderr);
            assert!(came.stderr.contains("--where user=anna --where tunnel=SSTP"), "{}", came.stderr);
        }
    }
    assert_eq!(users(&["user=\"anna,tunnel=SSTP\""]), "", "in quotes it is a value");
    assert_eq!(users(&["user=CN=anna,OU=x"]), "", "these are no columns");
}

#[test]
fn a_condition_that_cannot_be_meant_is_refused() {
    for (condition, reason) in [
        ("bytes_in=5XB", "the column has bytes, such as 90, 10MB or 1.5GB"),
        ("bytes_in!=5h", "cannot compare bytes_in with `5h`"),
        ("connected_for=10MB", "the column has times"),
        ("longer-than>2h", "takes only `=`; use longer-than=2h, or compare connected_for with >"),
        ("shorter-than!=2h", "takes only `=`"),
        ("user=!anna", "use `user!=anna`"),
        ("user=anna,", "has a comma with no value beside it"),
        ("address=10.0.0.0/33", "is not a network"),
        ("connected_for>1h,2h", "is not a number"),
    ] {
        let came = run(&["-s", "east", "session", "list", "--where", condition]);
        assert_eq!(came.code, Some(2), "{condition}");
        assert!(came.stderr.contains(reason), "{condition}: {}", came.stderr);
    }
}

#[test]
fn ports_interfaces_and_sites_are_in_natural_order_and_sessions_as_the_server_lists_them() {
    let names = |line: &str| {
        let arguments = line.split(' ').chain(["-s", "vpn01", "-o", "ndjson"]);
        let came = came_of(demo("order.toml").args(arguments));
        assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""), "{line}");
        let name = |line: &str| {
            let row: Value = serde_json::from_str(line).expect("JSON");
            row.get("user").filter(|_| row.get("domain").is_some()).unwrap_or(&row["name"]).to_string()
        };
        came.stdout.lines().map(name).collect::<Vec<_>>().join(" ").replace('"', "")
    };
    let ports = names("port list");
    assert!(ports.starts_with("VPN0-0 VPN0-1 VPN1-0 VPN1-1 VPN1-2 "), "{ports}");
    assert!(ports.ends_with(" VPN1-9 VPN1-10 VPN1-11"), "{ports}");
    let branches = "Branch-1 branch-2 branch-10";
    assert!(names("interface list --where type!=client").starts_with(branches));
    assert!(names("config show").starts_with(branches), "{}", names("config show"));
    assert_eq!(names("site list --columns name"), branches);
    assert_eq!(names("session list"), "zoe anna");
}

#[test]
fn quiet_prints_names_that_other_commands_take_and_each_once() {
    let came = run(&["-s", "east", "session", "ls", "-q"]);
    let names: Vec<&str> = came.stdout.lines().collect();
    assert_eq!((came.code, names.len()), (Some(0), 3));
    for name in names {
        let came = run(&["-s", "east", "session", "kill", name, "--dry-run", "-o", "ndjson"]);
        assert_eq!((came.code, came.stdout.lines().count()), (Some(0), 1), "{name}: {}", came.stderr);
    }
    let ports = run(&["-s", "east,west", "port", "ls", "--quiet", "-o", "json"]);
    let names: Vec<&str> = ports.stdout.lines().collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(names.len(), once.len());
    let status = run(&["-s", "east,stubborn", "status", "-q"]);
    assert_eq!(status.stdout, "east\nstubborn\n");
}

#[test]
fn headings_can_be_left_out_and_rows_limited_after_they_are_sorted() {
    let list = ["-s", "east", "session", "list", "--sort=-address", "--columns", "address"];
    let bare = |more: &[&str]| run(&[&list[..], more].concat());
    assert_eq!(bare(&["--no-headers"]).stdout, "10.0.0.19\n10.0.0.18\n10.0.0.17\n");
    assert_eq!(bare(&["--no-headers", "-o", "csv"]).stdout, "10.0.0.19\n10.0.0.18\n10.0.0.17\n");
    let limited = bare(&["--no-headers", "--limit", "2"]);
    assert_eq!(limited.stdout, "10.0.0.19\n10.0.0.18\n");
    assert_eq!(limited.stderr, "mprctl: --limit: 2 of 3 rows\n");
    assert_eq!(bare(&["-o", "csv", "--limit", "1"]).stderr, "", "programs count for themselves");
    assert_eq!(bare(&["--limit", "0"]).code, Some(2));
    assert_eq!(bare(&["-o", "CSV"]).stdout, bare(&["-o", "csv"]).stdout, "as PowerShell's users write it");
    let mut narrow = demo("session.toml");
    narrow.env("COLUMNS", "40").args(["-s", "east", "ps", "--no-headers"]);
    assert_eq!(came_of(&mut narrow).stdout.lines().count(), 3, "not a word on the columns that have no room");
}

#[test]
fn a_wide_table_has_every_column_and_no_text_is_cut() {
    let wide = run(&["-s", "east", "-o", "wide", "session", "list"]);
    let heading = wide.stdout.lines().next().expect("a heading");
    for title in ["User", "IPv6 address", "Handle", "Computer", "Calls from", "Interface"] {
        assert!(heading.contains(title), "{title}: {heading}");
    }
    assert!(!heading.contains("Server") && !wide.stdout.contains('…'), "{}", wide.stdout);
    let fleet = run(&["-s", "east,old", "-o", "wide", "ps"]);
    assert!(fleet.stdout.starts_with("Server"), "{}", fleet.stdout);
}

#[test]
fn yaml_says_what_json_says() {
    for arguments in [
        &["-s", "east", "session", "list", "--columns", "user,address,bytes_in"][..],
        &["-s", "nobody", "session", "list"],
        &["-s", "east", "session", "list", "--columns", "nothing"],
    ] {
        let json = run(&[arguments, &["-o", "json"]].concat());
        let yaml = run(&[arguments, &["-o", "yaml"]].concat());
        assert_eq!((json.code, &json.stderr), (yaml.code, &yaml.stderr));
        let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
        assert_eq!(json["version"], 1);
        let lines: Vec<&str> = yaml.stdout.lines().collect();
        assert!(lines.contains(&"version: 1"), "{}", yaml.stdout);
        let kind = format!("kind: '{}'", json["kind"].as_str().expect("a kind"));
        assert!(lines.contains(&kind.as_str()), "{}", yaml.stdout);
        for row in json["rows"].as_array().into_iter().flatten() {
            let user = format!("user: '{}'", row["user"].as_str().expect("a user"));
            assert!(yaml.stdout.contains(&user), "{user}: {}", yaml.stdout);
        }
    }
}

/// A reader of YAML 1.1 takes some texts for numbers, dates or a merge, and a spreadsheet calculates others.
#[test]
fn a_text_is_text_for_old_readers_of_yaml_and_for_spreadsheets() {
    let file = file("texts.toml");
    let mut scenario =
        "[[server]]\nname = \"s\"\n[[server.ports]]\ntunnel = \"ikev2\"\ncount = 20\n".to_owned();
    let texts =
        ["no", "1e3", "0x10", "*a", "12:30", "2026-11-29", "=", "<<", "1,000", "=1+1", "-", "+46 8", "- a"];
    for text in texts {
        scenario += &format!("[[server.session]]\nuser = \"{text}\"\ntunnel = \"ikev2\"\n");
    }
    std::fs::write(&file, scenario).expect("a file");
    let users = |format: &str| {
        let mut command = demo("session.toml");
        command.env("MPRAPI_SIM_SCENARIO", &file).args(["-s", "s", "ps", "--columns", "user", "-o", format]);
        let came = came_of(&mut command);
        assert_eq!(came.code, Some(0), "{}", came.stderr);
        came.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let yaml = users("yaml");
    assert_eq!(yaml[yaml.len() - texts.len()..], texts.map(|text| format!("- user: '{text}'")));
    let csv = [
        "no",
        "1e3",
        "0x10",
        "*a",
        "12:30",
        "2026-11-29",
        "'=",
        "<<",
        "\"1,000\"",
        "'=1+1",
        "-",
        "+46 8",
        "- a",
    ];
    assert_eq!(users("csv")[1..], csv);
}

#[test]
fn short_names_are_those_of_other_tools() {
    let same = |one: &[&str], other: &[&str]| {
        let (one, other) = (run(one), run(other));
        assert_eq!((one.code, one.stdout, one.stderr), (other.code, other.stdout, other.stderr));
    };
    same(&["-s", "east", "ps", "-q"], &["-s", "east", "session", "list", "-q"]);
    same(&["-s", "east", "port", "ls"], &["-s", "east", "port", "list"]);
    same(
        &["-s", "east", "session", "kill", "ben", "--dry-run"],
        &["-s", "east", "session", "disconnect", "ben", "--dry-run"],
    );
    same(
        &["-s", "east", "interface", "rm", "nothing", "--yes"],
        &["-s", "east", "interface", "delete", "nothing", "--yes"],
    );
}

#[test]
fn watch_lists_again_and_again_with_one_heading_of_csv() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    command.env("MPRAPI_SIM_SCENARIO", beside("session.toml")).env_remove("MPRCTL_CONFIG");
    command.args(["--demo", "-s", "east", "session", "list", "--watch=100ms", "-o", "csv"]);
    command.args(["--columns", "user", "--limit", "1"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = started(|| command.spawn());
    let out = BufReader::new(child.stdout.take().expect("a pipe"));
    let lines: Vec<String> = out.lines().take(4).map(|line| line.expect("UTF-8")).collect();
    child.kill().expect("it goes on");
    child.wait().expect("it ends");
    assert_eq!(lines, ["user", "anna", "anna", "anna"]);
    let json = run(&["-s", "east", "session", "list", "--watch", "-o", "json"]);
    assert_eq!(json.code, Some(2), "{}", json.stdout);
}
