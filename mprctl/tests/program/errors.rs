//! Error messages and exit codes. On the simulated servers of `faults.toml`, on every system.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use insta::assert_snapshot;
use serde_json::Value;

use crate::common::{Came, came_of, demo};

fn mprctl(arguments: &[&str]) -> Command {
    let mut command = demo("faults.toml");
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Came {
    came_of(&mut mprctl(arguments))
}

/// Returns the standard error of a command that prints nothing else, except the rows of `status`.
fn said(code: i32, arguments: &[&str]) -> String {
    let came = run(arguments);
    let servers = arguments[1].split(',').filter(|_| arguments.contains(&"status") && code != 2);
    let rows = came.stdout.lines().skip(2).filter_map(|row| row.split_whitespace().next());
    assert!(rows.eq(servers), "{arguments:?}: {}", came.stdout);
    assert_eq!(came.code, Some(code), "{arguments:?}: {}", came.stderr);
    let broken = came.stderr.lines().find(|line| line.starts_with(' ') && line.len() > 80);
    assert_eq!(broken, None, "a terminal would break it");
    came.stderr
}

#[test]
fn no_such_server() {
    assert_snapshot!(said(5, &["-s", "vpn99", "status"]), @r"
    mprctl: vpn99: the server cannot be reached (RPC_S_SERVER_UNAVAILABLE, 1722, of MprAdminServerConnect)
      Check its name, that it is up, and that its firewall allows remote
      administration (RPC):
        Test-NetConnection vpn99 -Port 135
    ");
}

#[test]
fn access_denied() {
    assert_snapshot!(said(4, &["-s", "denied", "status"]), @r"
    mprctl: denied: access is denied (ERROR_ACCESS_DENIED, 5, of MprAdminServerConnect)
      Your account must be in the group Administrators of the server.
      To see your groups:
        whoami /groups
      On the server itself, open the terminal as administrator.
      From another machine, use a domain account: Windows refuses local accounts,
      except for the built-in Administrator.
    ");
}

#[test]
fn a_stopped_service() {
    assert_snapshot!(said(3, &["-s", "stopped", "status"]), @r"
    mprctl: stopped: the Routing and Remote Access service is not running (RPC_S_UNKNOWN_IF, 1717, of MprAdminServerConnect)
      If it is installed, start it:
        Start-Service RemoteAccess
      If not, install it and set it up on a Windows Server:
        Install-WindowsFeature DirectAccess-VPN, Routing -IncludeManagementTools
        Install-RemoteAccess -VpnType Vpn
      Windows 10 and 11 do not have this role of Windows Server.
    ");
}

#[test]
fn a_server_that_routes_between_local_networks_only() {
    assert_snapshot!(said(3, &["-s", "lan", "session", "list"]), @r"
    mprctl: lan: the server has no remote access: its demand-dial manager is not running (ERROR_DDM_NOT_RUNNING, 903, of MprAdminPortEnum)
      The service is still starting, or it only routes between local networks.
      To set up remote access on the server:
        Install-RemoteAccess -VpnType Vpn
    ");
    let status = run(&["-s", "lan", "status", "-o", "csv", "--columns", "server,lan_only"]);
    assert_eq!((status.code, status.stdout.as_str()), (Some(0), "server,lan_only\nlan,true\n"));
}

#[test]
fn an_edition_of_windows_that_does_not_have_it() {
    assert_snapshot!(said(8, &["-s", "edition", "port", "list"]), @r"
    mprctl: edition: the server does not support this (ERROR_NOT_SUPPORTED, 50, of MprAdminPortEnum)
      Its edition of Windows lacks the feature, or remote access is not set up for
      it. To see its setup, run on the server:
        Get-RemoteAccess
    ");
}

#[test]
fn a_server_too_old_for_a_call() {
    let mut command = mprctl(&["-s", "old", "server", "set-key", "--yes"]);
    let came = came_of(command.write_stdin("key"));
    assert_eq!(came.code, Some(8));
    assert_snapshot!(came.stderr, @r"
    mprctl: pre-shared key on old: the server's Windows is too old for this (RPC_S_PROCNUM_OUT_OF_RANGE, 1745, of MprAdminServerSetCredentials)
      MprAdminServerSetCredentials came with Windows Server 2003.
    ");
}

#[test]
fn a_stuck_server() {
    assert_snapshot!(said(5, &["-s", "stuck", "--timeout", "200ms", "status"]), @r"
    mprctl: stuck: no answer within 200 ms
      Wait longer with --timeout 2min. If that does not help, check whether the
      server can be reached at all:
        Test-NetConnection stuck -Port 135
    ");
}

#[test]
fn a_code_that_nobody_has_heard_of() {
    assert_snapshot!(said(1, &["-s", "unheard-of", "port", "list"]), @r"
    mprctl: unheard-of: the server returned error code 0xc0001234, which mprctl does not know (MprAdminPortEnum)
      To see its meaning on Windows:
        certutil -error 0xc0001234
    ");
}

#[test]
fn an_answer_against_the_rules() {
    assert_snapshot!(said(1, &["-s", "liar", "status"]), @r"
    mprctl: liar: the library broke the API's rules: the pointer to the records is null (MprAdminServerGetInfo)
      This is a bug in the library or in mprctl. If it happens again, please
      report it:
        https://github.com/mprapi/mprapi/issues
    ");
}

#[test]
fn nothing_of_that_name() {
    assert_snapshot!(said(6, &["-s", "east", "session", "disconnect", "ben", "--yes"]), @r"
    mprctl: no session matches `ben`; nothing was done
      To see the sessions: mprctl session list
      To see the links to other sites: mprctl site list
    ");
    assert_snapshot!(said(6, &["-s", "east", "session", "show", "an*"]), @r"
    mprctl: no session matches `an*`
      To use `*` and `?` as wildcards, add --glob.
    ");
    // She may be on the one that did not answer.
    assert_snapshot!(said(7, &["-s", "east,denied", "session", "disconnect", "ben", "--yes"]), @r"
    mprctl: no session matches `ben` on the servers that answered (denied: access is denied (ERROR_ACCESS_DENIED, 5, of MprAdminServerConnect)); nothing was done
      To see the sessions: mprctl session list
      To see the links to other sites: mprctl site list
    ");
}

#[test]
fn an_operation_that_was_not_done() {
    let came = run(&["-s", "east", "session", "unquarantine", "anna", "--yes"]);
    assert_eq!(came.code, Some(6));
    assert_snapshot!(came.stdout, @r"
    Action        What                   Outcome
    ────────────────────────────────────────────
    unquarantine  CORP\anna (10.20.0.2)  failed
    ");
    assert_snapshot!(came.stderr, @r"mprctl: CORP\anna (10.20.0.2) on east: the session is not in quarantine (ERROR_NOT_FOUND, 1168, of MprAdminConnectionRemoveQuarantine)");
}

#[test]
fn advice_names_the_server_also_where_it_is_an_operation_that_failed() {
    let came = run(&["-s", "vpn99", "config", "backup", "C:\\Backup"]);
    assert_eq!(came.code, Some(5));
    assert!(
        came.stderr.starts_with("mprctl: C:\\Backup on vpn99: the server cannot be reached"),
        "{}",
        came.stderr
    );
    assert!(came.stderr.contains("\n    Test-NetConnection vpn99 -Port 135\n"), "{}", came.stderr);
}

#[test]
fn servers_that_fail_differently_are_each_told_of_and_advice_is_given_once_with_the_servers_it_is_for() {
    let servers = "vpn98,vpn99,denied,stopped,east";
    let came = run(&["-s", servers, "status"]);
    assert_eq!(came.code, Some(7));
    assert_eq!(came.stdout.lines().count(), 2 + servers.split(',').count(), "{}", came.stdout);
    assert_snapshot!(came.stderr, @r"
    mprctl: vpn98: the server cannot be reached (RPC_S_SERVER_UNAVAILABLE, 1722, of MprAdminServerConnect)
    mprctl: vpn99: the server cannot be reached (RPC_S_SERVER_UNAVAILABLE, 1722, of MprAdminServerConnect)
    mprctl: denied: access is denied (ERROR_ACCESS_DENIED, 5, of MprAdminServerConnect)
    mprctl: stopped: the Routing and Remote Access service is not running (RPC_S_UNKNOWN_IF, 1717, of MprAdminServerConnect)
    mprctl: 4 of 5 servers failed
      vpn98, vpn99:
        Check its name, that it is up, and that its firewall allows remote
        administration (RPC):
          Test-NetConnection SERVER -Port 135
      denied:
        Your account must be in the group Administrators of the server.
        To see your groups:
          whoami /groups
        On the server itself, open the terminal as administrator.
        From another machine, use a domain account: Windows refuses local accounts,
        except for the built-in Administrator.
      stopped:
        If it is installed, start it:
          Start-Service RemoteAccess
        If not, install it and set it up on a Windows Server:
          Install-WindowsFeature DirectAccess-VPN, Routing -IncludeManagementTools
          Install-RemoteAccess -VpnType Vpn
        Windows 10 and 11 do not have this role of Windows Server.
    ");
}

#[test]
fn of_many_servers_with_one_trouble_a_few_are_named() {
    let servers: Vec<String> = (1..=20).map(|number| format!("vpn{number:02}")).collect();
    let stderr = said(7, &["-s", &format!("{},denied", servers.join(",")), "status"]);
    assert!(stderr.contains("\n  vpn01, vpn02, vpn03, vpn04, vpn05, vpn06 and 14 more:\n"), "{stderr}");
    assert!(stderr.contains("\n  denied:\n"), "{stderr}");
}

#[test]
fn where_no_server_answers_nobody_is_said_not_to_be_there() {
    for verb in [&["disconnect", "anna", "--yes"][..], &["show", "anna"]] {
        let stderr = said(5, &[&["-s", "vpn98,vpn99", "session"], verb].concat());
        assert!(!stderr.contains("anna") && stderr.contains("2 of 2 servers failed"), "{stderr}");
    }
}

#[test]
fn a_file_that_is_not_a_library() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let came = came_of(command.args(["--library", "Cargo.toml", "status"]));
    assert_eq!(came.code, Some(1));
    assert!(came.stderr.contains("cannot load ") && came.stderr.contains("Cargo.toml: "), "{}", came.stderr);
    assert!(
        came.stderr
            .ends_with("\n  Check the path, and that it is a library for this system and processor.\n")
    );
}

#[test]
fn a_library_that_is_not_mprapi_dll() {
    let library =
        if cfg!(windows) { r"C:\windows\system32\kernel32.dll" } else { "/lib/x86_64-linux-gnu/libm.so.6" };
    if !std::path::Path::new(library).exists() {
        return;
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let came = came_of(command.args(["--library", library, "-s", "vpn01,vpn02", "status"]));
    assert_eq!(came.code, Some(1));
    let sentence = format!("mprctl: {library} is not an Mprapi.dll: it has no MprAdminServerConnect\n");
    assert!(came.stderr.starts_with(&sentence) && came.stderr.contains("--library"), "{}", came.stderr);
}

/// Every command that lists.
const LISTS: [&[&str]; 11] = [
    &["status"],
    &["session", "list"],
    &["site", "list"],
    &["port", "list"],
    &["device", "list"],
    &["interface", "list"],
    &["mib", "interfaces"],
    &["mib", "addresses"],
    &["mib", "routes"],
    &["config", "show"],
    &["config", "names"],
];

#[test]
fn a_word_that_a_list_does_not_have_is_told_before_a_server_is_asked() {
    for list in LISTS {
        for wrong in [["--where", "nope=1"], ["--where", "nope"], ["--sort", "nope"], ["--columns", "nope"]] {
            let start = Instant::now();
            let stderr = said(2, &[&["-s", "stuck"], list, &wrong].concat());
            assert!(start.elapsed() < Duration::from_secs(20), "it waited for a server");
            assert!(stderr.contains("nope"), "{list:?}: {stderr}");
        }
    }
}

#[test]
fn output_for_programs_is_whole_when_some_servers_fail_and_when_all_do() {
    for (servers, rows) in [("east,denied", 1), ("denied,vpn99", 0), ("denied", 0)] {
        let of = |format| run(&["-s", servers, "-o", format, "session", "list"]).stdout;
        let json: Value = serde_json::from_str(&of("json")).expect("JSON");
        assert_eq!(json["rows"].as_array().map(Vec::len), Some(rows));
        let asked = servers.split(',').count();
        assert_eq!(json["servers"].as_array().map(Vec::len), Some(asked));
        let lines: Vec<Value> =
            of("ndjson").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.len(), asked, "{servers}: a line for each row and each server that failed");
        let csv = of("csv");
        let mut csv = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(csv.headers().expect("a header").iter().next(), Some("server"));
        let records: Result<Vec<_>, _> = csv.records().collect();
        assert_eq!(records.expect("CSV").len(), rows);
    }
}

/// The rows of the README's table of exit codes: code, `kind` in JSON, what it means.
fn documented() -> BTreeMap<i32, (String, String)> {
    let readme = include_str!("../../README.md");
    let rows = readme.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
        let code = cells.next()?.parse().ok()?;
        Some((code, (cells.next()?.trim_matches('`').to_owned(), cells.next()?.to_owned())))
    });
    rows.collect()
}

#[test]
fn each_exit_code_of_the_readme_is_in_the_help_and_comes_with_the_kind_it_names() {
    let documented = documented();
    let help = run(&["--help"]).stdout;
    let schema = run(&["schema"]).stdout;
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let kinds = schema["$defs"]["Kind"]["oneOf"].as_array().expect("kinds").iter();
    let kinds: Vec<&str> = kinds.map(|kind| kind["const"].as_str().expect("a name")).collect();
    let named: Vec<&str> =
        documented.values().map(|(kind, _)| kind.as_str()).filter(|kind| *kind != "—").collect();
    assert_eq!(named, kinds, "the kinds of the schema, in the order of their codes");

    let cases: [&[&str]; 9] = [
        &["-s", "east", "status"],
        &["-s", "unheard-of", "port", "list"],
        &["-s", "east", "status", "--sort", "nope"],
        &["-s", "stopped", "status"],
        &["-s", "denied", "status"],
        &["-s", "vpn99", "status"],
        &["-s", "east", "session", "show", "ben"],
        &["-s", "east,denied", "status"],
        &["-s", "edition", "port", "list"],
    ];
    assert_eq!(documented.len(), cases.len());
    for ((code, (kind, meaning)), arguments) in documented.iter().zip(cases) {
        let line = format!("\n  {code}  {meaning}\n");
        assert!(format!("{help}\n").contains(&line), "the help has no line {line:?}");
        let came = run(&[arguments, &["-o", "json"]].concat());
        assert_eq!(came.code, Some(*code), "{arguments:?}: {}", came.stderr);
        let json: Value = serde_json::from_str(&came.stdout).expect("JSON");
        let failed = json["servers"]
            .as_array()
            .and_then(|servers| servers.iter().find(|server| server["ok"] == false));
        let error = failed.map_or(&json["error"], |server| &server["error"]);
        // That some failed is the command's verdict, and stands with none of the servers.
        if !matches!(code, 0 | 7) {
            assert_eq!(error["kind"], kind.as_str(), "{arguments:?}");
        }
    }
}

#[test]
fn programs_are_told_commands_that_name_the_server() {
    for format in ["json", "ndjson"] {
        for servers in ["vpn99", "east,vpn99"] {
            let came = run(&["-s", servers, "-o", format, "status"]);
            let names = |text: &str| came.stdout.contains(&format!("Test-NetConnection {text} -Port 135"));
            assert!(names("vpn99") && !names("SERVER"), "{format} of {servers}: {}", came.stdout);
        }
    }
    let came = run(&["-s", "vpn99", "-o", "ndjson", "watch", "--for", "300ms"]);
    assert!(
        came.stdout.contains("Test-NetConnection vpn99") && !came.stdout.contains("Connection SERVER"),
        "{}",
        came.stdout
    );
}
