//! Each example, run as the program that it is, against the simulated router.
//!
//! `cargo test` builds the examples too; `cargo test --test examples` does not, and wants a `cargo build --examples`
//! before it.

mod common;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use crate::common::said;

/// The program of an example. Cargo builds examples for its tests, beside the folder that these are in.
fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test has a program");
    let folder = test.ancestors().nth(2).expect("a program of Cargo's is two folders deep").join("examples");
    folder.join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Runs an example with these arguments and this input, to its end.
fn run(name: &str, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(example(name));
    command.arg("--simulated").args(arguments);
    run_command(name, command, input)
}

/// Runs an example on the servers of a scenario, which is written into a file of this name.
fn with_scenario(name: &str, file: &str, scenario: &str, arguments: &[&str]) -> Output {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("example-{file}.toml"));
    let path =
        if cfg!(windows) { std::env::temp_dir().join(path.file_name().expect("a name")) } else { path };
    std::fs::write(&path, scenario).expect("a file");
    let mut command = Command::new(example(name));
    command.arg("--simulated").args(arguments).env("MPRAPI_SIM_SCENARIO", &path);
    run_command(name, command, "")
}

fn run_command(name: &str, mut command: Command, input: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Wine, on a busy machine, now and then makes no process (ERROR_INTERNAL_ERROR), which nothing of ours answers.
    let started = (0..5).find_map(|_| match command.spawn() {
        Err(error) if cfg!(windows) && error.raw_os_error() == Some(1359) => None,
        started => Some(started),
    });
    let started = started.expect("a process is made at the fifth attempt");
    let mut child = started.unwrap_or_else(|error| panic!("the example {name} is not built: {error}"));
    // It may end without having read.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("its output")
}

/// Returns the text of an example that succeeded.
fn finished(output: Output) -> String {
    let error = String::from_utf8(output.stderr).expect("text");
    assert!(output.status.success() && error.is_empty(), "{error}");
    String::from_utf8(output.stdout).expect("text")
}

/// Returns the output of an example that succeeds.
fn output_with_input(name: &str, arguments: &[&str], input: &str) -> String {
    finished(run(name, arguments, input))
}

fn output(name: &str, arguments: &[&str]) -> String {
    output_with_input(name, arguments, "")
}

/// Returns the message of an example that fails.
fn failure(name: &str, arguments: &[&str]) -> String {
    let output = run(name, arguments, "");
    assert!(!output.status.success(), "{name} {arguments:?} succeeded");
    String::from_utf8(output.stderr).expect("text")
}

/// The line about something, as its words.
fn line<'o>(output: &'o str, about: &str) -> Vec<&'o str> {
    let found = output.lines().find(|line| line.contains(about));
    found.unwrap_or_else(|| panic!("nothing about {about} in:\n{output}")).split_whitespace().collect()
}

#[test]
fn sessions_lists_who_is_connected() {
    let output = output("sessions", &[]);
    assert_eq!(output.lines().count(), 8, "{output}");
    let anna = line(&output, "anna.lindqvist");
    assert_eq!(anna[..5], [r"CORP\anna.lindqvist", "LT-0412", "4:07", "IKEv2", "203.0.113.17"]);
    assert!(anna[5].parse::<f64>().is_ok_and(|megabytes| megabytes > 1_000.0), "{anna:?}");
    assert!(line(&output, "j.okafor").contains(&"2001:db8:40:12::51"), "{output}");
    // A modem is no tunnel: its medium is told.
    assert_eq!(line(&output, "tillsyn")[3], "serial", "{output}");
}

#[test]
fn a_server_that_is_not_there_is_told_as_a_sentence() {
    let error = failure("sessions", &["--server", "nowhere"]);
    assert!(error.starts_with("Error: MprAdminServer"), "{error}");
    assert!(error.contains(said("RPC_S_SERVER_UNAVAILABLE", "code 1722 (")), "{error}");
}

#[test]
fn a_server_without_a_name_is_an_error() {
    let error = failure("sessions", &["--server"]);
    assert!(error.contains("--server needs a name"), "{error}");
}

#[test]
fn disconnect_user_ends_the_users_connection() {
    let output = output("disconnect_user", &["anna.lindqvist"]);
    assert_eq!(output, "CORP\\anna.lindqvist is disconnected.\n");
    for name in [r"corp\ANNA.Lindqvist", "Anna.Lindqvist@corp", "ANNA.LINDQVIST"] {
        assert_eq!(self::output("disconnect_user", &[name]), output, "{name}");
    }
    assert!(failure("disconnect_user", &[r"LAB\anna.lindqvist"]).contains("is not connected"));
    assert!(failure("disconnect_user", &["nobody"]).contains("nobody is not connected"));
    assert!(failure("disconnect_user", &[]).contains("usage: disconnect_user USER"));
    assert!(failure("sessions", &["--sever", "vpn01"]).contains("there is no --sever"));
}

#[test]
fn watch_tells_who_comes_and_who_goes() {
    let output = output("watch", &["4"]);
    assert_eq!(output.lines().count(), 4, "{output}");
    assert!(output.contains("+ visitor came\n"), "{output}");
    assert!(output.contains("- visitor went, who had been there for 0 min\n"), "{output}");
}

#[test]
fn accounting_writes_a_line_of_csv_for_each_session_that_ends() {
    let output = output("accounting", &["2"]);
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines.len(), 3, "{output}");
    assert_eq!(lines[0], "account,tunnel,address,seconds,received,sent,reason");
    for line in &lines[1..] {
        let fields: Vec<&str> = line.split(',').collect();
        assert_eq!((fields.len(), fields[0], fields[1]), (7, "\"visitor\"", "SSTP"), "{line}");
        assert!(fields[2].starts_with("10.") && fields[3] == "0", "{line}");
        assert_eq!(fields[4..], ["0", "4096", "not told"], "{line}");
    }
}

#[test]
fn watchdog_dials_the_links_that_are_down_and_says_why_one_cannot_be_connected() {
    let output = output("watchdog", &["1"]);
    assert_eq!(output.lines().count(), 2, "{output}");
    assert!(output.contains("Branch Lyon is connected\n"), "{output}");
    assert!(
        output.contains("Branch Oslo: cannot connect the interface: MprAdminInterfaceConnect: "),
        "{output}"
    );
    assert!(output.contains(said("(ERROR_REMOTE_AUTHENTICATION_FAILURE, 924)", "code 924 (")), "{output}");
    let output = self::output("watchdog", &["1", "--server", "nowhere"]);
    assert!(output.starts_with("the server cannot be asked: MprAdminServerConnect"), "{output}");
}

#[test]
fn one_session_ends_all_but_the_newest_session_of_a_user_on_all_servers() {
    let server = |name: &str, sessions: &[(&str, u32)]| {
        let mut text =
            format!("[[server]]\nname = '{name}'\n[[server.ports]]\ntunnel = 'ikev2'\ncount = 8\n");
        for (user, seconds) in sessions {
            text += &format!("[[server.session]]\nuser = '{user}'\ndomain = 'CORP'\ntunnel = 'ikev2'\n");
            text += &format!("connected-for = {seconds}\n");
        }
        text
    };
    let scenario = server("first", &[("anna", 7200), ("mika", 9000)]) + &server("second", &[("Anna", 3600)]);
    let output = finished(with_scenario("one_session", "one-session", &scenario, &["first", "second"]));
    assert_eq!(output, "CORP\\anna on first: Ok(Now)\n");
    let output = run("one_session", &["first", "nowhere"], "");
    assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere is left out: "), "{output:?}");
    assert!(failure("one_session", &[]).contains("usage: one_session SERVER"));
}

#[test]
fn drain_waits_for_users_to_leave_and_disconnects_the_rest_but_no_links_to_other_sites() {
    let mut scenario = "[[server]]\nname = 'vpn01'\n\
        ports = [{ tunnel = 'ikev2', count = 8 }, { tunnel = 'sstp', count = 1 }]\n\
        [[server.session]]\nuser = 'anna'\ntunnel = 'ikev2'\nstays-for = 0.3\n\
        [[server.session]]\nuser = 'ben'\ntunnel = 'ikev2'\n"
        .to_owned();
    for site in ["Lyon", "Oslo", "Turin"] {
        scenario +=
            &format!("[[server.interface]]\nname = '{site}'\nkind = 'demand-dial'\nconnected = true\n");
    }
    let output = finished(with_scenario("drain", "drain", &scenario, &["1"]));
    let lines: Vec<&str> = output.lines().collect();
    assert!(lines.contains(&"anna has left"), "{output}");
    // The visitor of the simulated server may be there too.
    let ended: Vec<usize> = lines
        .iter()
        .filter_map(|line| line.split_once(" users were still connected"))
        .map(|(count, _)| count.parse().expect("a number"))
        .collect();
    assert!(matches!(ended[..], [1 | 2, 0] | [1 | 2, 1, 0]), "{output}");
    let error = failure("drain", &[]);
    assert!(error.contains("usage: drain SECONDS"), "{error}");
}

#[test]
fn usage_adds_up_the_sessions_of_an_account_on_old_and_new_versions_of_windows() {
    for (windows, total) in
        [("server2003", "at least 3000"), ("server2008", "at least 3000"), ("server2022", "3000")]
    {
        let scenario = format!(
            "[[server]]\nname = 'old-or-new'\nwindows = '{windows}'\n\
             [[server.ports]]\ntunnel = 'pptp'\ncount = 8\n\
             [[server.session]]\nuser = 'anna'\ntunnel = 'pptp'\nbytes-sent = 1000\n\
             [[server.session]]\nuser = 'anna'\ntunnel = 'pptp'\nbytes-received = 2000\n"
        );
        let arguments = ["--server", "old-or-new"];
        let output = finished(with_scenario("usage", &format!("usage-{windows}"), &scenario, &arguments));
        assert_eq!(output, format!("anna: {total} bytes, 2 sessions\n"), "{windows}");
    }
}

#[test]
fn health_answers_by_http_whether_a_server_takes_users() {
    for (name, status, text) in [
        (&[][..], "HTTP/1.0 200 OK", "of 16 ports in use"),
        (&["--server", "nowhere"], "HTTP/1.0 503 Service Unavailable", "MprAdminServerConnect"),
    ] {
        let mut command = Command::new(example("health"));
        command.args(["--simulated", "127.0.0.1:0", "1"]).args(name).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the example is built");
        let mut url = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut url).expect("a line");
        let address = url.trim().strip_prefix("http://").expect("its address");
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with(status) && answer.contains(text), "{answer}");
        assert!(child.wait().expect("it ends").success());
    }
}

#[test]
fn configure_creates_and_changes_interfaces_and_a_plan_changes_nothing() {
    let wanted = "Branch Lyon = lyon2.corp.example\nBranch Turin = turin.corp.example\n";
    let [plan, changes, again] =
        [[", not done"; 2], [", changed", ", created"], [" already"; 2]].map(|[lyon, turin]| {
            format!("Branch Lyon: lyon2.corp.example{lyon}\nBranch Turin: turin.corp.example{turin}\n")
        });
    assert_eq!(
        output_with_input("configure", &["plan"], &format!("{wanted}{wanted}")),
        format!("{plan}{plan}")
    );
    assert_eq!(
        output_with_input("configure", &[], &format!("{wanted}{wanted}")),
        format!("{changes}{again}")
    );
    let error = run("configure", &[], "Branch Lyon\n");
    assert!(String::from_utf8_lossy(&error.stderr).contains("no `=` in: Branch Lyon"), "{error:?}");
}

#[test]
fn demand_dial_creates_an_interface_and_connects_it() {
    let arguments = ["Branch Turin", "turin.corp.example", "router-hq"];
    let output = output_with_input("demand_dial", &arguments, "not a secret\n");
    assert_eq!(
        output.lines().collect::<Vec<_>>(),
        ["Branch Turin is created, to dial turin.corp.example as router-hq.", "Branch Turin is connected."]
    );
    let error = failure("demand_dial", &["Branch Oslo", "oslo.corp.example", "router-hq"]);
    assert!(error.contains("MprAdminInterfaceCreate"), "{error}");
    assert!(error.contains(said("ERROR_INTERFACE_ALREADY_EXISTS", "code 904 (")), "{error}");
}

#[test]
fn limit_ports_shows_the_numbers_and_sets_one() {
    assert_eq!(
        output("limit_ports", &[]).lines().collect::<Vec<_>>(),
        ["IKEv2: 5 ports", "SSTP: 4 ports", "L2TP: 3 ports", "PPTP: 3 ports", "GRE: 0 ports"]
    );
    let set = output("limit_ports", &["sstp", "9"]);
    assert_eq!(
        set.lines().collect::<Vec<_>>(),
        ["IKEv2: 5 ports", "SSTP: 9 ports", "L2TP: 3 ports", "PPTP: 3 ports", "GRE: 0 ports"]
    );
    assert!(failure("limit_ports", &["carrier pigeon", "9"]).contains("IKEv2, SSTP, L2TP, PPTP, GRE"));
}

#[test]
fn backup_writes_into_the_folder() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("example-backup");
    let folder = if cfg!(windows) { std::env::temp_dir().join("mprapi-example-backup") } else { folder };
    let _ = std::fs::remove_dir_all(&folder);
    let text = folder.to_str().expect("a path that is text");
    let error = failure("backup", &[text]);
    assert!(error.contains("MprConfigServerBackup"), "{error}");
    assert!(error.contains(said("ERROR_PATH_NOT_FOUND", "code 3 (")), "{error}");
    std::fs::create_dir_all(&folder).unwrap();
    let output = output("backup", &[text]);
    assert!(output.starts_with("The configuration, with 5 interfaces, is saved in "), "{output}");
    assert!(output.contains("  Branch Lyon (full router)\n"), "{output}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "one file is the simulator's backup");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn adapters_tells_names_both_ways() {
    let all = output("adapters", &[]);
    let known = all.lines().find(|line| line.ends_with(" is Ethernet")).expect("the company's adapter");
    let guid = known.strip_suffix(" is Ethernet").unwrap();
    assert!(guid.starts_with('{') && guid.ends_with('}'), "{known}");
    assert!(all.lines().any(|line| line == "Branch Lyon"), "{all}");
    assert_eq!(output("adapters", &["Ethernet"]), format!("Ethernet is {guid}\n"));
    assert!(failure("adapters", &["Ethernet 7"]).contains("MprConfigGetGuidName"));
}

#[test]
fn interface_table_shows_counters_and_addresses() {
    let output = output("interface_table", &[]);
    let ethernet = line(&output, "192.0.2.10");
    assert_eq!(ethernet[1], "operational", "{output}");
    // Nine days of traffic, in a counter that starts again after 2³² − 1.
    assert!(ethernet[2].parse::<u32>().is_ok_and(|bytes| bytes > 0), "{output}");
    assert!(line(&output, "Branch Lyon").contains(&"disconnected"), "{output}");
}

#[test]
fn lift_quarantine_lets_a_user_out() {
    assert_eq!(output("lift_quarantine", &["s.haddad"]), "s.haddad: was quarantine, is normal\n");
    assert_eq!(output("lift_quarantine", &["p.novak"]), "p.novak: was normal, is normal\n");
    assert!(failure("lift_quarantine", &["nobody"]).contains("nobody is not connected"));
}

#[test]
fn static_routes_lists_the_routes_of_an_interface_and_adds_one() {
    assert_eq!(output("static_routes", &["Branch Lyon"]), "");
    let added = output("static_routes", &["Branch Lyon", "10.40.0.0", "16", "0.0.0.0"]);
    assert_eq!(added, "10.40.0.0/16 metric 1\n");
    let error = failure("static_routes", &["Branch Lyon", "10.40.0.1", "16", "0.0.0.0"]);
    assert!(error.contains("bits beyond its prefix"), "{error}");
    assert!(failure("static_routes", &[]).contains("usage: static_routes INTERFACE"));
}

#[test]
fn dial_in_shows_a_users_right_and_sets_it() {
    assert_eq!(output("dial_in", &["former"]), "former may not dial in.\n");
    assert_eq!(output("dial_in", &["former", "allow"]), "former may dial in.\n");
    assert_eq!(output("dial_in", &["anna.lindqvist", "deny"]), "anna.lindqvist may not dial in.\n");
    assert!(output("dial_in", &["former", "policy"]).contains("policies"));
    assert!(failure("dial_in", &["nobody"]).contains("MprAdminUserGetInfo"));
}

#[test]
fn every_example_says_how_to_run_it_and_is_on_the_front_page_and_tested_here() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples");
    let (tests, front_page) = (include_str!("examples.rs"), include_str!("../README.md"));
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(
                text.contains(&format!("//! `cargo run --package mprapi --example {name} ")),
                "{name} does not say how to run it"
            );
            assert!(front_page.contains(&format!("| `{name}` |")), "{name} is not on the front page");
            assert!(tests.contains(&format!("fn {name}_")), "{name} is not run by a test");
            count += 1;
        }
    }
    assert!(count >= 12, "{count} examples");
}
