//! Nothing is forgotten: every function is called rightly somewhere, and every documented error has its test.

use std::collections::HashSet;
use std::process::Command;

use mprapi_sys as sys;

use crate::harness::local;
use crate::lab::lab;

/// Those that free or close, which the lab does at the end of its calls.
const GIVE_BACK: [&str; 8] = [
    "MprAdminBufferFree",
    "MprConfigBufferFree",
    "MprAdminMIBBufferFree",
    "MprInfoDelete",
    "MprSetupIpInIpInterfaceFriendlyNameFree",
    "MprAdminServerDisconnect",
    "MprConfigServerDisconnect",
    "MprAdminMIBServerDisconnect",
];

#[test]
fn every_function_does_what_a_right_call_asks() {
    let _local = local();
    for function in sys::Function::ALL.iter().map(|function| function.name()) {
        if GIVE_BACK.contains(&function) {
            continue;
        }
        let mut lab = lab();
        let expected = match function {
            // Traps are not simulated.
            "MprAdminMIBGetTrapInfo" | "MprAdminMIBSetTrapInfo" => sys::ERROR_NOT_SUPPORTED,
            _ => 0,
        };
        assert_eq!(lab.call(function), expected, "{function}");
        assert_eq!(lab.router().violations(), [], "{function}");
    }
}

#[test]
fn every_documented_error_has_a_test_of_its_name() {
    let tests = std::env::current_exe().expect("this test");
    let list = Command::new(tests).arg("--list").output().expect("a list of the tests").stdout;
    let list = String::from_utf8(list).expect("UTF-8");
    let tests: HashSet<&str> =
        list.lines().filter_map(|line| line.strip_suffix(": test")?.rsplit("::").next()).collect();
    let documented = include_str!("errors.tsv").lines().filter_map(|line| {
        let mut columns = line.split('\t');
        Some(format!("{}_{}", columns.next()?, columns.next()?))
    });
    let missing: Vec<_> = documented.filter(|name| !tests.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
