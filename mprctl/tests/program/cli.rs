//! The program as a user runs it. (What it does with a real library is shown by the Windows lane.)

use assert_cmd::Command;
use assert_cmd::assert::Assert;

use crate::common::assert;

fn mprctl() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mprctl"))
}

fn stdout(output: &Assert) -> String {
    String::from_utf8(output.get_output().stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Assert) -> String {
    String::from_utf8(output.get_output().stderr.clone()).expect("UTF-8")
}

#[cfg(not(windows))]
#[test]
fn without_arguments_it_shows_the_sessions_of_the_simulated_router_and_says_that_it_is_one() {
    let run = assert(&mut mprctl()).success();
    let (out, err) = (stdout(&run), stderr(&run));
    assert!(err.contains("simulated router") && err.contains("mprctl --server NAME"), "{err}");
    assert!(err.contains("experimental: not yet tried against Windows Server"), "{err}");
    assert_eq!(err.lines().count(), 1, "one line: {err}");
    let header: Vec<&str> = out.lines().nth(3).expect("a table").split_whitespace().collect();
    assert_eq!(header, ["User", "Domain", "Address", "Tunnel", "Port", "Connected", "In", "Out"]);
    let anna = out.lines().find(|line| line.contains("anna.lindqvist")).expect("a session");
    let cells: Vec<&str> = anna.split_whitespace().collect();
    assert_eq!(cells[..5], ["anna.lindqvist", "CORP", "10.20.0.2", "IKEv2", "VPN1-0"]);
    assert!(out.ends_with("\nDisconnected from this machine.\n"), "{out}");
}

#[cfg(not(windows))]
#[test]
fn it_prints_the_same_twice() {
    let (first, second) = (assert(&mut mprctl()).success(), assert(&mut mprctl()).success());
    assert_eq!(stdout(&first), stdout(&second));
}

#[cfg(not(windows))]
#[test]
fn a_server_that_cannot_be_reached_is_exit_code_5_and_what_to_check() {
    let run = assert(mprctl_with_servers().args(["--server", "nobody.example"])).code(5);
    let err = stderr(&run);
    assert!(err.contains("cannot be reached") && err.contains("RPC_S_SERVER_UNAVAILABLE"), "{err}");
    assert!(stdout(&run).is_empty());
}

/// With the servers of `servers.toml` in place of the built-in company.
#[cfg(not(windows))]
fn mprctl_with_servers() -> Command {
    let mut command = mprctl();
    command.env("MPRAPI_SIM_SCENARIO", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers.toml"));
    command
}

#[cfg(not(windows))]
#[test]
fn a_stopped_service_is_exit_code_3_and_how_to_install_it() {
    for server in [&[][..], &["--server", "stopped"]] {
        let run = assert(mprctl_with_servers().args(server)).code(3);
        let err = stderr(&run);
        assert!(
            err.contains("Start-Service RemoteAccess") && err.contains("Install-WindowsFeature"),
            "{err}"
        );
        assert!(stdout(&run).is_empty());
    }
}

#[cfg(not(windows))]
#[test]
fn a_server_that_denies_access_is_exit_code_4_and_says_who_may() {
    let run = assert(mprctl_with_servers().args(["--server", "denied"])).code(4);
    let err = stderr(&run);
    assert!(err.contains("access is denied") && err.contains("Administrators"), "{err}");
}

#[cfg(not(windows))]
#[test]
fn a_server_without_sessions_is_shown_without_a_table() {
    let run = assert(mprctl_with_servers().args(["--server", "empty"])).success();
    let out = stdout(&run);
    assert!(out.ends_with("ports in use, 0 sessions connected\n\nDisconnected from empty.\n"), "{out}");
    assert!(!stderr(&run).contains("nothing"), "{}", stderr(&run));
}

#[cfg(not(windows))]
#[test]
fn a_server_name_that_is_too_long_is_exit_code_1() {
    let run = assert(mprctl().args(["--server", &"v".repeat(300)])).code(1);
    assert!(stderr(&run).contains("255 characters"), "{}", stderr(&run));
}

#[test]
fn a_path_that_is_no_library_is_exit_code_1_and_names_the_path() {
    let run = assert(mprctl().args(["--library", "Cargo.toml"])).code(1);
    assert!(stderr(&run).contains("Cargo.toml"), "{}", stderr(&run));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    assert(mprctl().arg("--nonsense")).code(2);
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let run = assert(mprctl().arg("--help")).success();
    let help = stdout(&run);
    assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{help}");
}

#[test]
fn the_demo_is_a_company_of_several_servers_with_people_connected() {
    let run = assert(mprctl().args(["--demo", "session", "list", "--output", "csv"])).success();
    let out = stdout(&run);
    for server in ["vpn01", "vpn02", "branch-gw"] {
        assert!(out.lines().filter(|line| line.starts_with(server)).count() > 2, "{out}");
    }
}

#[test]
fn the_demo_asks_the_scenario_that_the_environment_names_and_its_first_server_is_this_machine() {
    let demo = || {
        let mut command = mprctl();
        command
            .arg("--demo")
            .env("MPRAPI_SIM_SCENARIO", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers.toml"));
        command
    };
    assert(demo().arg("status")).code(3);
    assert(demo().args(["status", "--server", "empty"])).success();
    assert(demo().args(["status", "--server", "vpn01"])).failure();
}
