//! Many servers at once: how they are named, and what becomes of those that fail. On the simulated servers of
//! `fleet.toml`, on every system.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;

use crate::common::came_of as run;

fn mprctl() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fleet.toml");
    command.env("MPRAPI_SIM_SCENARIO", scenario).env("MPRCTL_CONFIG", file("none.toml", "")).arg("--demo");
    command
}

/// A file for one test, under the build's own folder.
fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the folder of the tests can be written to");
    path
}

/// The first cell of each line of a table's body.
fn first_cells(table: &str) -> Vec<&str> {
    table.lines().skip(2).filter_map(|line| line.split_whitespace().next()).collect()
}

#[test]
fn servers_are_named_by_list_file_and_fleet_and_each_is_asked_once() {
    let servers = file("servers.txt", "# the second site\neast\n\nwest # in the cellar\n");
    let config = file("fleets.toml", "[fleets]\nsites = [\"west\", \"north\"]\n");
    let came = run(mprctl()
        .args(["--server", "north,east", "--servers"])
        .arg(servers)
        .args(["--fleet", "sites", "--config"])
        .arg(config)
        .arg("status"));
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    assert_eq!(first_cells(&came.stdout), ["north", "east", "west"]);
}

const FLEETS: &str = "[defaults]\nfleet = \"sites\"\ntimeout = \"5s\"\n\
    [fleets]\nsites = [\"west\", \"north\"]\nhq = [\"east\", \"west\"]\nnone = []\n";

/// mprctl with these fleets and without `--demo`, which would name servers.
fn with_fleets(name: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fleet.toml");
    command.env("MPRAPI_SIM_SCENARIO", scenario).env("MPRCTL_CONFIG", file(name, FLEETS));
    command
}

#[test]
fn several_fleets_are_asked_and_each_server_once() {
    for fleets in [&["--fleet", "sites,hq"][..], &["--fleet", "sites", "--fleet", "hq"]] {
        let came = run(with_fleets("several.toml").arg("--demo").args(fleets).args(["status", "-q"]));
        assert_eq!((came.code, came.stdout.as_str()), (Some(0), "west\nnorth\neast\n"), "{}", came.stderr);
    }
    let came = run(with_fleets("several.toml").args(["--fleet", "sites,none", "status"]));
    assert_eq!(came.code, Some(2), "{}", came.stdout);
    assert!(came.stderr.contains("the fleet `none` names none"), "{}", came.stderr);
}

#[test]
#[cfg(not(windows))]
fn the_environment_names_servers_unless_the_command_line_does() {
    let asked = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = with_fleets("environment.toml");
        command.envs(variables.iter().copied()).args(arguments).args(["status", "-q"]);
        let came = run(&mut command);
        assert_eq!(came.code, Some(0), "{}", came.stderr);
        came.stdout.replace('\n', " ")
    };
    assert_eq!(asked(&[], &[]), "west north ", "the default fleet");
    assert_eq!(asked(&[("MPRCTL_SERVER", "east, north")], &[]), "east north ");
    assert_eq!(asked(&[("MPRCTL_FLEET", "hq")], &[]), "east west ");
    assert_eq!(asked(&[("MPRCTL_SERVER", "north"), ("MPRCTL_FLEET", "hq")], &[]), "north east west ");
    assert_eq!(asked(&[("MPRCTL_FLEET", "hq")], &["-s", "north"]), "north ");
    assert_eq!(asked(&[("MPRCTL_SERVER", ""), ("MPRCTL_FLEET", "")], &[]), "west north ");
    let own = asked(&[("MPRCTL_FLEET", "hq")], &["-s", "."]);
    assert_eq!(own, "local ");
    let came = run(with_fleets("environment.toml").env("MPRCTL_SERVER", "east,,west").arg("status"));
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("a name in MPRCTL_SERVER is empty"), "{}", came.stderr);
    let came = run(with_fleets("environment.toml").env("MPRCTL_FLEET", "nowhere").args(["explain", "5"]));
    assert_eq!(came.code, Some(0), "explain asks no server");
}

#[test]
fn fleets_are_listed_and_shown() {
    let came = run(with_fleets("shown.toml").args(["fleet", "list", "-o", "csv"]));
    assert_eq!(came.stdout, "fleet,servers,default\nhq,2,false\nnone,0,false\nsites,2,true\n");
    let came = run(with_fleets("shown.toml").args(["fleet", "show", "hq", "sites", "-q"]));
    assert_eq!(came.stdout, "east\nwest\nnorth\n");
    // On Windows the system's own library would be asked.
    if cfg!(not(windows)) {
        let status = ["--servers", "-", "status", "-q"];
        let came = run(with_fleets("shown.toml").args(status).write_stdin(came.stdout));
        assert_eq!((came.code, came.stdout.as_str()), (Some(0), "east\nwest\nnorth\n"), "{}", came.stderr);
    }
    let came = run(with_fleets("shown.toml").args(["fleet", "show", "hp"]));
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("no fleet is named `hp`; the configuration file has hq, none, sites"));
}

#[test]
#[cfg(not(windows))]
fn settings_are_shown_with_their_sources() {
    let shown = |command: &mut Command| {
        let came = run(command.args(["settings", "show", "-o", "csv"]));
        assert_eq!(came.code, Some(0), "{}", came.stderr);
        came.stdout
    };
    let text = shown(with_fleets("sources.toml").env("MPRCTL_SERVER", "east,west").args(["--parallel", "4"]));
    assert!(
        text.contains("\nserver,\"east,west\",MPRCTL_SERVER\n")
            || text.contains("server,\"east,west\",MPRCTL_SERVER\n"),
        "{text}"
    );
    assert!(text.contains("sources.toml,MPRCTL_CONFIG\n"), "{text}");
    assert!(text.contains("\nparallel,4,--parallel\n"), "{text}");
    assert!(text.contains("\ntimeout,5 s,`timeout` of the configuration file\n"), "{text}");
    assert!(text.contains("\noutput,csv,--output\n"), "{text}");
    assert!(text.contains("\ncolor,auto,built in\n"), "{text}");
    let text = shown(&mut with_fleets("sources.toml"));
    assert!(text.contains("fleet,sites,`fleet` of the configuration file\n"), "{text}");
    let text = shown(with_fleets("sources.toml").arg("--demo"));
    assert!(text.contains("server,the simulated ones,built in\n"), "{text}");
    // What answers for the servers depends on which are selected.
    for (arguments, library) in [
        (&["--demo"][..], "the built-in simulator,built in"),
        (&["--server", "."], "the built-in simulator,built in"),
        (&["--server", "vpn01"], "none: the servers are asked over the network,built in"),
        (&["--server", "vpn01", "--library", "x.so"], "x.so,--library"),
    ] {
        let text = shown(with_fleets("sources.toml").env_remove("MPRAPI_SIM_SCENARIO").args(arguments));
        assert!(text.contains(&format!("\nlibrary,{library}\n")), "{arguments:?}: {text}");
    }
    let text = shown(with_fleets("sources.toml").args(["--fleet", "hp"]));
    assert!(text.contains("none: no fleet is named `hp`"), "{text}");
}

#[test]
fn a_change_that_took_too_long_may_have_been_made_and_what_was_only_read_was_not() {
    let fails = |arguments: &[&str]| {
        let came = run(mprctl().args(["--timeout", "200ms", "--server", "slow"]).args(arguments));
        assert_eq!(came.code, Some(5), "{arguments:?}: {}", came.stderr);
        came.stderr.lines().next().expect("a message").to_owned()
    };
    let may_be = "no answer within 200 ms; the server may still do what it was asked";
    for change in [
        &["server", "set", "pptp.ports=3", "--yes"][..],
        &["config", "backup", "/nowhere"],
        &["user", "set", "anna", "--dial-in", "deny", "--yes"],
    ] {
        assert!(fails(change).ends_with(may_be), "{change:?}: {}", fails(change));
    }
    for read in [
        &["session", "list"][..],
        &["session", "disconnect", "anna", "--yes"],
        &["session", "disconnect", "--where", "user=anna", "--yes"],
        &["port", "reset", "VPN0-0", "--yes"],
    ] {
        assert!(fails(read).ends_with("no answer within 200 ms"), "{read:?}: {}", fails(read));
    }
}

#[test]
fn sessions_of_several_servers_are_one_table_with_a_server_column() {
    let came = run(mprctl().args(["--server", "east,west", "session", "list"]));
    assert_eq!(came.code, Some(0));
    let header: Vec<&str> = came.stdout.lines().next().expect("a table").split_whitespace().collect();
    assert_eq!(header[..3], ["Server", "User", "Domain"]);
    assert_eq!(first_cells(&came.stdout), ["east", "east", "west"]);
}

#[test]
fn a_server_that_fails_is_told_and_the_rest_is_shown_with_exit_code_7() {
    let came = run(mprctl().args(["--server", "east,nowhere,denied", "status"]));
    assert_eq!(came.code, Some(7));
    assert_eq!(first_cells(&came.stdout), ["east", "nowhere", "denied"]);
    assert!(came.stderr.contains("mprctl: nowhere: ") && came.stderr.contains("RPC_S_SERVER_UNAVAILABLE"));
    assert!(came.stderr.contains("mprctl: denied: ") && came.stderr.contains("group Administrators"));
    assert!(came.stderr.contains("2 of 3 servers failed"), "{}", came.stderr);
}

#[test]
fn servers_that_all_fail_alike_have_the_exit_code_of_that_failure() {
    let came = run(mprctl().args(["--server", "nowhere,nobody", "status"]));
    assert_eq!(came.code, Some(5), "{}", came.stderr);
    assert_eq!(first_cells(&came.stdout), ["nowhere", "nobody"]);
}

#[test]
fn a_server_that_is_too_slow_is_given_up_and_the_rest_is_shown() {
    let came = run(mprctl().args(["--server", "slow,east", "--timeout", "200ms", "status"]));
    assert_eq!(came.code, Some(7));
    assert_eq!(first_cells(&came.stdout), ["slow", "east"]);
    assert!(came.stderr.contains("mprctl: slow: no answer within 200 ms"), "{}", came.stderr);
}

#[test]
fn json_is_valid_and_names_each_server_also_when_some_fail() {
    let came = run(mprctl().args(["--server", "east,nowhere", "--output", "json", "session", "list"]));
    assert_eq!(came.code, Some(7));
    let answer: serde_json::Value = serde_json::from_str(&came.stdout).expect("valid JSON");
    assert_eq!(answer["servers"][0], serde_json::json!({"server": "east", "ok": true}));
    assert_eq!(answer["servers"][1]["ok"], false);
    assert_eq!(answer["servers"][1]["error"]["kind"], "unreachable");
    assert_eq!(answer["rows"].as_array().map(Vec::len), Some(2));
}

#[test]
fn ndjson_has_a_line_for_each_row_and_each_server_that_failed() {
    let came = run(mprctl().args(["--server", "east,nowhere", "--output", "ndjson", "session", "list"]));
    let lines: Vec<serde_json::Value> =
        came.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["user"], "anna");
    assert_eq!(lines[2]["server"], "nowhere");
    assert_eq!(lines[2]["error"]["code"], 1722);
}

#[test]
fn the_configuration_file_has_defaults_which_the_command_line_overrides() {
    let text =
        "[defaults]\nfleet = \"all\"\noutput = \"csv\"\ntimeout = \"10s\"\n[fleets]\nall = [\"east\"]\n";
    let config = file("defaults.toml", text);
    // (`--demo` names its own servers, so the fleet is asked for.)
    let by_default = run(mprctl().arg("--config").arg(&config).args(["--fleet", "all", "status"]));
    assert!(by_default.stdout.starts_with("server,service,"), "{}", by_default.stdout);
    let overridden =
        run(mprctl().arg("--config").arg(&config).args(["--fleet", "all", "--output", "ndjson", "status"]));
    assert!(overridden.stdout.starts_with("{\"server\":\"east\""), "{}", overridden.stdout);
}

#[test]
fn what_fails_before_a_server_is_asked_is_json_too_where_the_configuration_file_says_json() {
    let config = file("json.toml", "[defaults]\noutput = \"json\"\n");
    let came = run(mprctl().arg("--config").arg(config).args(["session", "list", "--where", "nope=1"]));
    assert_eq!(came.code, Some(2));
    let answer: serde_json::Value = serde_json::from_str(&came.stdout).expect("valid JSON");
    assert_eq!((&answer["kind"], &answer["error"]["kind"]), (&"failure".into(), &"usage".into()));
}

#[test]
fn a_fleet_nobody_named_and_a_file_that_is_wrong_are_exit_code_2() {
    let config = file("one.toml", "[fleets]\nsites = [\"east\"]\n");
    let came = run(mprctl().arg("--config").arg(config).args(["--fleet", "fleet", "status"]));
    assert_eq!(came.code, Some(2));
    assert!(
        came.stderr.contains("no fleet is named `fleet`") && came.stderr.contains("sites"),
        "{}",
        came.stderr
    );

    let config = file("wrong.toml", "[defaults]\ncolour = \"never\"\n");
    let came = run(mprctl().arg("--config").arg(config).arg("status"));
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("wrong.toml") && came.stderr.contains("colour"), "{}", came.stderr);

    let came = run(mprctl().args(["--servers", "no-such-file", "status"]));
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("no-such-file"), "{}", came.stderr);
}
