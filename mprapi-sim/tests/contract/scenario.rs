//! Scenarios from TOML files, and the errors of wrong ones.

use std::time::Duration;

use mprapi_sim::Scenario;
use mprapi_sys as sys;

use crate::harness::{connect, connections, narrow, ports, record};
use crate::{call, harness::Records};

const EXAMPLE: &str = include_str!("../../scenarios/five-servers.toml");

#[test]
fn the_scenario_of_the_front_page_can_be_read() {
    let front_page = include_str!("../../README.md");
    let blocks: Vec<_> =
        front_page.split("```toml").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty(), "it has none");
    for block in blocks {
        assert_eq!(Scenario::from_toml(block).err(), None, "{block}");
    }
}

#[test]
fn the_longer_scenario_that_the_front_page_names_runs() {
    let simulation = Scenario::from_toml(EXAMPLE).expect("valid").start();
    let main = connect("vpn01").expect("runs");
    assert_eq!(ports(main).len(), 7);
    let users: Vec<_> = connections(main).iter().map(|record| narrow(&record.wszUserName)).collect();
    assert_eq!(users, ["anna", "j.okafor", "Branch"]);
    let totals = || record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(main, 0, buffer)));
    assert_eq!(totals().map(|totals| totals.dwUpTime), Ok(86_400));
    assert_eq!(totals().err(), Some(1726), "the second call fails");
    call!(MprAdminServerDisconnect(main));
    assert_eq!(connect("vpn02"), Err(sys::RPC_S_SERVER_UNAVAILABLE));
    simulation.router("vpn02").advance(Duration::from_secs(120));
    let spare = connect("vpn02").expect("has started");
    call!(MprAdminServerDisconnect(spare));
    assert_eq!(connect("vpn03"), Err(sys::ERROR_ACCESS_DENIED));
    assert_eq!(connect("vpn04"), Err(sys::RPC_S_SERVER_UNAVAILABLE));
    assert_eq!(connect("vpn05"), Err(sys::RPC_S_UNKNOWN_IF));
}

fn wrong(text: &str) -> (usize, String) {
    let error = Scenario::from_toml(text).expect_err("wrong");
    (error.line().expect("a line"), error.to_string())
}

#[test]
fn an_unknown_word_names_its_line() {
    let (line, text) = wrong("[[server]]\nname = \"a\"\ncolour = \"red\"\n");
    assert_eq!(line, 3);
    assert!(text.contains("line 3") && text.contains("colour"), "{text}");
}

#[test]
fn a_user_without_a_free_port_names_its_line() {
    let text = "[[server]]\nname = \"a\"\n[[server.ports]]\ntunnel = \"sstp\"\ncount = 1\n\
                [[server.session]]\nuser = \"x\"\ntunnel = \"sstp\"\n\
                [[server.session]]\nuser = \"y\"\ntunnel = \"sstp\"\n";
    let (line, text) = wrong(text);
    assert!((9..=11).contains(&line), "{line}");
    assert!(text.contains("no port is free for y"), "{text}");
}

#[test]
fn an_unknown_function_names_its_line() {
    let text = "[[server]]\nname = \"a\"\n[[server.failure]]\nfunction = \"MprAdminPortEnumm\"\ncode = 5\n";
    assert_eq!(wrong(text).0, 4);
}

#[test]
fn a_failure_is_a_code_or_garbage() {
    let failure = "[[server]]\nname = \"a\"\n[[server.failure]]\nfunction = \"MprAdminPortEnum\"\n";
    assert_eq!(wrong(failure).0, 4);
    assert_eq!(wrong(&format!("{failure}code = 5\ngarbage = \"endless-resume\"\n")).0, 4);
    assert_eq!(wrong(&format!("{failure}code = 5\nat-call = 0\n")).0, 4);
    assert_eq!(wrong(&format!("{failure}garbage = \"rubbish\"\n")).0, 5);
}

#[test]
fn numbers_that_are_none_name_their_line() {
    for wrong_line in
        ["up-for = -1.0", "latency = nan", "starts-in = inf", "name = \"\"", "name = \"a\\u0000b\""]
    {
        let name = if wrong_line.starts_with("name") { "" } else { "name = \"a\"\n" };
        let (line, text) = wrong(&format!("[[server]]\n{name}{wrong_line}\n"));
        assert_eq!(line, 2, "{text}");
    }
    assert_eq!(
        wrong("[[server]]\nname = \"a\"\n[[server.ports]]\ntunnel = \"sstp\"\ncount = 1000001\n").0,
        5
    );
}

/// Found by the fuzz target: added to the clock, so long a time was beyond what a time can be.
#[test]
fn a_time_that_no_clock_reaches_names_its_line() {
    let (line, text) =
        wrong("[[server]]\nname = \"a\"\nservice = \"starting\"\nstarts-in = 1.844674407370955e19\n");
    assert_eq!(line, 2, "{text}");
    assert!(text.contains("a hundred years"), "{text}");
}

#[test]
fn a_name_given_twice_is_an_error() {
    assert!(Scenario::from_toml("[[server]]\nname = \"a\"\n[[server]]\nname = \"A\"\n").is_err());
    assert!(Scenario::from_toml("server = []").is_err());
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Scenario::from_file("no-such-scenario.toml").expect_err("not there");
    assert_eq!(error.line(), None);
    assert!(error.to_string().contains("no-such-scenario.toml"), "{error}");
}

#[test]
fn garbage_comes_from_a_file_too() {
    let name = mprapi_sim::Server::unique().name().to_owned();
    let text = format!(
        "[[server]]\nname = \"{name}\"\n[[server.ports]]\ntunnel = \"pptp\"\ncount = 2\n\
         [[server.failure]]\nfunction = \"MprAdminPortEnum\"\ngarbage = \"null-with-success\"\n"
    );
    let simulation = Scenario::from_toml(&text).expect("valid").start();
    let server = connect(simulation.routers()[0].name()).expect("answers");
    let page: Records<sys::RAS_PORT_0> = Records::of(|buffer, read, total| {
        let (all, resume) = (sys::INVALID_HANDLE_VALUE, std::ptr::null_mut());
        call!(MprAdminPortEnum(server, 0, all, buffer, u32::MAX, read, total, resume))
    });
    assert_eq!((page.code, page.read, page.list().len()), (0, 2, 0));
    call!(MprAdminServerDisconnect(server));
}

proptest::proptest! {
    #[test]
    fn no_text_is_a_reason_to_panic(text: String, cut in 0..2000usize, with in ".{0,4}") {
        let _ = Scenario::from_toml(&text);
        let mut example = EXAMPLE.to_owned();
        let at = (0..=cut.min(example.len())).rev().find(|at| example.is_char_boundary(*at)).unwrap_or(0);
        example.insert_str(at, &with);
        let _ = Scenario::from_toml(&example);
    }
}
