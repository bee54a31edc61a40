//! The things that a program leaves behind when it ends: mprctl on the simulator's library, whether it does its work or fails.
//!
//! A small library is preloaded into it, which asks the ledger at the end.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tests::drop_in;

fn at_exit(test: &str) -> Option<PathBuf> {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.so"));
    let arguments = ["-shared", "-fPIC", "-I../mprapi-sim/dll/include", "c/at_exit.c", "-ldl"];
    drop_in::compile(&library, &arguments.map(AsRef::as_ref)).map(|()| library)
}

fn run(mut program: Command, at_exit: &Path) -> Output {
    let library = drop_in::path();
    program.env("LD_PRELOAD", at_exit).env("MPRAPI_SIM_LIBRARY", library).output().expect("it starts")
}

fn mprctl(arguments: &[&str]) -> Command {
    let mut mprctl = Command::new(drop_in::mprctl());
    mprctl.arg("--library").arg(drop_in::path()).args(arguments);
    mprctl
}

/// Runs mprctl, and asserts how it ends and that it leaves nothing.
fn leaves_nothing(mprctl: Command, at_exit: &Path, code: i32) {
    let output = run(mprctl, at_exit);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(said.lines().last(), Some("0 buffers, 0 handles, 0 violations"), "{said}");
}

#[test]
fn mprctl_leaves_nothing_when_it_does_its_work() {
    let Some(at_exit) = at_exit("mprctl-works") else { return };
    leaves_nothing(mprctl(&[]), &at_exit, 0);
}

#[test]
fn mprctl_leaves_nothing_when_it_fails() {
    let Some(at_exit) = at_exit("mprctl-fails") else { return };
    leaves_nothing(mprctl(&["--server", "nobody.example"]), &at_exit, 5);

    let mut full = mprctl(&[]);
    full.stdout(File::create("/dev/full").expect("Linux has it"));
    leaves_nothing(full, &at_exit, 1);

    // Each of these fails after the connect.
    let scenario = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mprctl-fails.toml");
    for (failure, code) in [
        ("function = \"MprAdminServerGetInfo\"\ncode = 1726", 1),
        ("function = \"MprAdminConnectionEnum\"\ncode = 5", 4),
        ("function = \"MprAdminPortEnum\"\ngarbage = \"null-with-success\"", 1),
        ("function = \"MprAdminPortEnum\"\ncode = 5", 4),
    ] {
        let session = "[[server.ports]]\ntunnel = \"sstp\"\ncount = 1\n[[server.session]]\nuser = \"anna\"\n\
                       tunnel = \"sstp\"\n";
        let text = format!("[[server]]\nname = \"vpn01\"\n{session}[[server.failure]]\n{failure}\n");
        fs::write(&scenario, text).expect("a folder of the tests");
        let mut failing = mprctl(&[]);
        failing.env("MPRAPI_SIM_SCENARIO", &scenario);
        leaves_nothing(failing, &at_exit, code);
    }
}

#[test]
fn a_scenario_that_the_library_cannot_use_is_wrong_usage_and_no_service_that_is_stopped() {
    let scenario = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mprctl-broken.toml");
    fs::write(&scenario, "[[server]]\nname = \"vpn01\"\nnonsense = 1\n").expect("a folder of the tests");
    let output = mprctl(&["status"]).env("MPRAPI_SIM_SCENARIO", &scenario).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    let place = format!("{}: line 3: ", scenario.display());
    assert!(said.contains(&place) && said.contains("unset MPRAPI_SIM_SCENARIO"), "{said}");
    assert!(!said.contains("Start-Service"), "{said}");
}

/// So that the tests above can fail.
#[test]
fn what_a_program_leaves_behind_is_told_at_its_end() {
    let Some(at_exit) = at_exit("script-leaves") else { return };
    let script = at_exit.with_extension("txt");
    fs::write(&script, "> connect -\n> bad-handle\n").expect("a folder of the tests");
    let mut client = Command::new(env!("CARGO_BIN_EXE_script_windows_sys"));
    client.stdin(File::open(&script).expect("the script"));
    let output = run(client, &at_exit);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "0 buffers, 1 handles, 1 violations\n");
}
