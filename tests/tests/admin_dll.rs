//! Administration DLLs in Rust, loaded and called by a program in C that knows only the header (`c/admin_dll/host.c`): the DLLs of
//! `examples/admin-dll`, which do what the names of users ask for, and the examples of `mprapi-admin-dll`.
//!
//! The program plays commands and prints the answers behind each:
//!
//! | command | what it does |
//! |---|---|
//! | `exports` | lists the functions of the header that the DLL exports |
//! | `initialize`, `terminate` | starts and stops the DLL; the table that it filled |
//! | `by-name` | calls the exported functions from now on, where it called those of the table |
//! | `accept N USER DOMAIN key=value…`, `again …`, `moved …`, `end …` | a connection: new, with a new quarantine state, at new addresses, ended |
//! | `link N PORT DEVICE`, `unlink N PORT DEVICE` | a link of the connection N |
//! | `address USER PORT ADDRESS`, `release …` | an IPv4 address; 0 offers none |
//! | `identifier USER PORT HEX`, `release-identifier …` | an IPv6 interface identifier |
//! | `validate USER DOMAIN DATA` | a client that skips authentication |
//! | `nulls` | null pointers for all records |
//! | `threads N ROUNDS` | N threads at once, of both groups: sessions, and addresses |
//! | `wait MILLISECONDS`, `unload` | as they say |
//!
//! The keys are `seconds`, `sent`, `received`, `type`, `from` and `ip`.

#[path = "admin_dll/entry_points.rs"]
mod entry_points;
#[path = "admin_dll/examples.rs"]
mod examples;
#[path = "admin_dll/exports.rs"]
mod exports;
#[path = "admin_dll/promises.rs"]
mod promises;
#[path = "admin_dll/simulated.rs"]
mod simulated;

#[cfg(not(windows))]
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A DLL of this package's examples.
fn own(name: &'static str) -> PathBuf {
    example("tests", name)
}

/// A DLL of a package's examples, which is built once.
#[cfg(not(windows))]
fn example(package: &'static str, name: &'static str) -> PathBuf {
    static BUILT: std::sync::Mutex<BTreeMap<&str, PathBuf>> = std::sync::Mutex::new(BTreeMap::new());
    let mut built = BUILT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    built.entry(name).or_insert_with(|| tests::drop_in::example(package, name)).clone()
}

/// The lane has built all examples.
#[cfg(windows)]
fn example(_package: &str, name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test is a program");
    test.ancestors().nth(2).expect("a test is in `deps`").join("examples").join(format!("{name}.dll"))
}

#[cfg(all(windows, target_env = "gnu"))]
fn program() -> Option<PathBuf> {
    Some(env!("ADMIN_DLL_HOST").into())
}

#[cfg(all(windows, not(target_env = "gnu")))]
fn program() -> Option<PathBuf> {
    None
}

/// The program in C, compiled once. `None` where there is no compiler.
#[cfg(not(windows))]
fn program() -> Option<PathBuf> {
    static PROGRAM: std::sync::OnceLock<Option<PathBuf>> = std::sync::OnceLock::new();
    PROGRAM
        .get_or_init(|| {
            let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("admin_dll_host");
            let arguments = ["-Ic/admin_dll", "c/admin_dll/host.c", "-pthread", "-ldl"].map(AsRef::as_ref);
            tests::drop_in::compile(&program, &arguments).map(|()| program)
        })
        .clone()
}

/// Lets the program play commands on a DLL. `None` where there is no program.
fn play(dll: &Path, variables: &[(&str, &str)], commands: &str) -> Option<String> {
    let mut program = Command::new(program()?);
    program.arg(dll).envs(variables.iter().copied()).env("RUST_BACKTRACE", "0");
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it was compiled");
    let mut input = child.stdin.take().expect("it is piped");
    for command in commands.lines().map(str::trim).filter(|line| !line.is_empty()) {
        writeln!(input, "{command}").expect("the program reads its commands");
    }
    drop(input);
    let output = child.wait_with_output().expect("it was started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", output.status);
    Some(String::from_utf8(output.stdout).expect("ASCII").replace("\r\n", "\n"))
}

/// Plays a script, in which the answers stand behind the commands, and compares.
fn check(dll: &Path, variables: &[(&str, &str)], script: &str) {
    let script: Vec<&str> = script.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let commands: String =
        script.iter().filter_map(|line| line.strip_prefix("> ")).map(|line| format!("{line}\n")).collect();
    if let Some(came) = play(dll, variables, &commands) {
        let came: Vec<&str> = came.lines().collect();
        assert!(came == script, "came\n{}\nexpected\n{}", came.join("\n"), script.join("\n"));
    }
}

#[test]
fn a_dll_of_the_form_ex_answers_each_function() {
    check(
        &own("admin_dll_ex"),
        &[],
        "> initialize
        code 0, revision 2: GetIpAddressForUser ReleaseIpAddress GetIpv6AddressForUser ReleaseIpV6AddressForUser AcceptNewLink LinkHangup Terminate AcceptNewConnectionEx AcceptEndpointChangeEx AcceptReauthenticationEx ConnectionHangupEx ValidatePreAuthenticatedEx
        > accept 1 anna CORP
        accepted
        > accept 2 ANNA corp
        rejected
        > end 2 ANNA corp
        > accept 3 anna CORP
        rejected
        > again 1 anna CORP
        accepted
        > moved 1 anna CORP
        accepted
        > link 1 VPN1-1 WAN Miniport (SSTP)
        accepted
        > link 1 VPN2-1 WAN Miniport (L2TP)
        rejected
        > unlink 1 VPN1-1 WAN Miniport (SSTP)
        > end 1 anna CORP
        > moved 1 anna CORP
        rejected
        > accept 4 anna CORP
        accepted
        > address anna VPN1-1 10.0.0.1
        code 0, 10.8.0.7, notify 1
        > release anna VPN1-1 10.8.0.7
        > address keeper VPN1-1 10.0.0.1
        code 0, 10.0.0.1, notify 0
        > address keeper VPN1-1 0
        code 738, 0.0.0.0, notify 5555
        > identifier anna VPN1-1 0
        code 0, 00000000000000000000000000000007, notify 1
        > identifier anna VPN1-1 0200000000000005
        code 0, 00000000000000000200000000000005, notify 0
        > release-identifier anna VPN1-1 7
        > validate anna CORP secret
        code 0
        > validate anna CORP guess
        code 5
        > terminate
        code 0",
    );
}

#[test]
fn a_dll_of_family_3_answers_each_function() {
    check(
        &own("admin_dll_family3"),
        &[],
        "> initialize
        code 0
        > accept 1 anna CORP
        accepted
        > accept 2 anna CORP
        rejected
        > again 1 anna CORP
        accepted
        > again 2 anna CORP
        rejected
        > link 1 VPN1-1 WAN Miniport (SSTP)
        accepted
        > link 1 VPN2-1 WAN Miniport (L2TP)
        rejected
        > unlink 1 VPN1-1 WAN Miniport (SSTP)
        > end 1 anna CORP
        > accept 2 anna CORP
        accepted
        > address anna VPN1-1 0
        code 0, 10.8.0.7, notify 1
        > release anna VPN1-1 10.8.0.7
        > nulls
        accepted
        accepted
        accepted
        code 87
        code 87
        code 87, notify 5555
        > accept 3 panic CORP
        accepted
        > terminate
        code 0",
    );
}

#[test]
fn a_panic_at_each_function_ends_in_the_dll_and_what_is_out_stays_as_it_was() {
    check(
        &own("admin_dll_ex"),
        &[],
        "> initialize
        code 0, revision 2: GetIpAddressForUser ReleaseIpAddress GetIpv6AddressForUser ReleaseIpV6AddressForUser AcceptNewLink LinkHangup Terminate AcceptNewConnectionEx AcceptEndpointChangeEx AcceptReauthenticationEx ConnectionHangupEx ValidatePreAuthenticatedEx
        > accept 1 panic CORP
        rejected
        > again 1 panic CORP
        rejected
        > moved 1 panic CORP
        rejected
        > end 1 panic CORP
        > link 1 panic WAN Miniport (SSTP)
        rejected
        > unlink 1 panic WAN Miniport (SSTP)
        > address panic VPN1-1 10.0.0.1
        code 1359, 10.0.0.1, notify 5555
        > release panic VPN1-1 10.0.0.1
        > identifier panic VPN1-1 0200000000000005
        code 1359, 00000000000000000200000000000005, notify 5555
        > release-identifier panic VPN1-1 7
        > validate panic CORP secret
        code 1359
        > nulls
        rejected
        rejected
        rejected
        code 87
        code 87
        code 87, notify 5555
        > by-name
        > accept 1 panic CORP
        rejected
        > accept 1 anna CORP
        accepted
        > terminate
        code 0",
    );
}

#[test]
fn a_start_that_fails_gives_its_code_and_a_panic_1359_and_the_macro_can_accept_all_instead() {
    let ex = own("admin_dll_ex");
    check(&ex, &[("ADMIN_DLL_START", "fail")], "> initialize\ncode 13, revision 0:");
    check(&ex, &[("ADMIN_DLL_START", "panic")], "> initialize\ncode 1359, revision 0:");
    for how in ["fail", "panic"] {
        check(
            &own("admin_dll_family3"),
            &[("ADMIN_DLL_START", how)],
            "> initialize
            code 0
            > accept 1 anna CORP
            accepted
            > accept 2 anna CORP
            accepted
            > address anna VPN1-1 10.0.0.1
            code 0, 10.0.0.1, notify 0
            > terminate
            code 0",
        );
    }
}

#[test]
fn a_stop_that_panics_is_told() {
    check(
        &own("admin_dll_family3"),
        &[("ADMIN_DLL_STOP", "panic")],
        "> initialize\ncode 0\n> terminate\ncode 1359\n> initialize\ncode 0\n> accept 1 anna CORP\naccepted",
    );
}

/// The library whose API the DLLs call: on Windows the system's, which has no router to connect to.
fn api() -> Vec<(&'static str, String)> {
    #[cfg(windows)]
    return Vec::new();
    #[cfg(not(windows))]
    vec![("ADMIN_DLL_API", tests::drop_in::path().display().to_string())]
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn a_call_of_the_api_in_a_callout_is_an_error_and_works_later_on_a_thread_of_the_dll() {
    let api = api();
    let variables: Vec<_> = api.iter().map(|(name, value)| (*name, value.as_str())).collect();
    check(
        &own("admin_dll_family3"),
        &variables,
        "> initialize
        code 0
        > accept 1 calls-api CORP
        accepted
        > accept 2 was-called CORP
        rejected
        > accept 3 later CORP
        accepted
        > wait 1500
        > accept 4 was-called CORP
        accepted
        > terminate
        code 0",
    );
}

#[test]
fn the_service_starts_again_in_the_same_process_and_the_state_is_new() {
    let run = "> initialize
        code 0
        > accept 1 anna CORP
        accepted
        > accept 2 anna CORP
        rejected
        > terminate
        code 0
        > accept 3 bob CORP
        accepted
        ";
    check(&own("admin_dll_family3"), &[], &run.repeat(20));
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn a_dll_that_is_unloaded_while_its_thread_works_stays_until_the_thread_has_ended() {
    check(
        &own("admin_dll_family3"),
        &[],
        "> initialize
        code 0
        > accept 1 later CORP
        accepted
        > terminate
        code 0
        > unload
        > wait 400",
    );
}

#[test]
fn a_hundred_threads_of_both_groups_are_all_answered() {
    for (name, table) in [("admin_dll_ex", true), ("admin_dll_family3", false)] {
        let Some(came) =
            play(&own(name), &[], "initialize\nthreads 100 100\naccept 1 anna CORP\nterminate\n")
        else {
            return;
        };
        assert_eq!(came.contains("revision 2"), table);
        let expected = "> threads 100 100\n5000 connections accepted, 5000 addresses\n\
                        > accept 1 anna CORP\naccepted\n> terminate\ncode 0\n";
        assert!(came.ends_with(expected), "{came}");
    }
}
