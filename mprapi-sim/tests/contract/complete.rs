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

/// A type that can be all zeroes: every parameter of the API is a number or a pointer.
fn zero<T>() -> T {
    // SAFETY: numbers and pointers may be zero.
    unsafe { std::mem::zeroed() }
}

/// The answer of a function as a code; `()` is success.
trait Answer {
    fn code(self) -> u32;
}

impl Answer for u32 {
    fn code(self) -> u32 {
        self
    }
}

impl Answer for i32 {
    fn code(self) -> u32 {
        self.cast_unsigned()
    }
}

impl Answer for () {
    fn code(self) -> u32 {
        0
    }
}

macro_rules! with_zeroes {
    ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        [$({
            let function = mprapi_sim::functions().$name.expect("the table is full");
            // SAFETY: null and zero are what is tested; no function may follow them.
            let answer = unsafe { function($(zero::<$type>()),*) };
            (stringify!($name), Answer::code(answer))
        }),+]
    };
}

#[test]
fn no_function_trips_over_null_and_zero() {
    let _local = local();
    let answers = sys::for_each_function!(with_zeroes);
    for (function, code) in answers {
        assert_ne!(code, sys::ERROR_INTERNAL_ERROR, "{function} panicked");
        // What takes a server by name found the local one, or was asked for nothing.
        let finds_local = matches!(
            function,
            "MprAdminIsServiceRunning" | "MprConfigServerInstall" | "MprInfoBlockQuerySize"
        ) || function.ends_with("Disconnect") && function.contains("Server");
        assert!(code != 0 || finds_local, "{function} succeeded");
    }
}
