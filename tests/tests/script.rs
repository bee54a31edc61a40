//! The simulator as a library, used from outside: a C program on `mprapi.h`, a Rust program on `windows-sys` and one on
//! the safe layer play the same script, `scenarios/office.txt`, and must get the answers that stand in it. The server
//! is that of `scenarios/office.toml`.
//!
//! In a script, lines that begin with `> ` are commands, and those behind a command are its answer: what was asked for,
//! or a function and its error code. A dash for a server means this machine.
//!
//! | command | what it does |
//! |---|---|
//! | `running SERVER`, `connect SERVER`, `disconnect` | as they say; there is one connection at a time |
//! | `info`, `ports`, `connections`, `interfaces` | lists everything, at level 0 |
//! | `statistics`, `port PORT` | counters of all connections, or of one port, at level 1 |
//! | `ports-of USER` | the ports of a user's connection |
//! | `pages N` | enumerates ports with a preferred length of N records and a resume handle |
//! | `clear-port PORT`, `clear-connection USER` | sets counters to zero |
//! | `disconnect-port PORT` | ends what runs on a port |
//! | `hold USER`, `held`, `ports-of-held` | keeps a connection's handle; tells of the connection; its ports |
//! | `dial INTERFACE` | connects a demand-dial interface and waits |
//! | `error-text CODE` | the library's own words |
//! | `wrong-level N` | asks four functions for a level that they do not have |
//! | `bad-handle`, `stale-handle` | asks with `INVALID_HANDLE_VALUE`, with the handle that was open last |
//! | `free-twice` | frees a buffer and frees it again |
//! | `report` | what the ledger has outstanding, and how often something was done that must not be |
//!
//! On Windows the clients take the `mprapi.dll` of System32; `cargo xtask windows` puts the simulator there, under Wine.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use mprapi::{ErrorKind, Mpr};
use mprctl::test_support::output;
use tests::drop_in::{self, Report};

fn scenario(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(file)
}

/// Lets a program play the script, and compares.
fn play(program: &Path) {
    let script = File::open(scenario("office.txt")).expect("the script");
    let mut client = Command::new(program);
    client.stdin(script).env("MPRAPI_SIM_SCENARIO", scenario("office.toml"));
    #[cfg(not(windows))]
    client.env("MPRAPI_SIM_LIBRARY", drop_in::path());
    let output = output(|| client.output());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let came = String::from_utf8(output.stdout).expect("a client answers in UTF-8");
    let expected = include_str!("../scenarios/office.txt");
    for (number, (came, expected)) in came.lines().zip(expected.lines()).enumerate() {
        assert_eq!(came, expected, "line {} of office.txt", number + 1);
    }
    assert_eq!(came.lines().count(), expected.lines().count(), "the answers end early or late");
    assert!(came.ends_with("> report\n0 buffers, 0 handles, 3 violations\n"), "something is outstanding");
}

#[cfg_attr(windows, ignore = "needs the simulator in System32: `cargo xtask windows` has it there")]
#[test]
fn the_safe_layer_plays_the_script() {
    play(Path::new(env!("CARGO_BIN_EXE_script_safe")));
}

#[cfg_attr(windows, ignore = "needs the simulator in System32: `cargo xtask windows` has it there")]
#[test]
fn a_program_on_windows_sys_plays_the_script() {
    play(Path::new(env!("CARGO_BIN_EXE_script_windows_sys")));
}

/// The source is the same on all systems; if there is no `mprapi.h`, a small one replaces it.
#[cfg(not(windows))]
#[test]
fn a_c_program_plays_the_script() {
    let client = Path::new(env!("CARGO_TARGET_TMPDIR")).join("script");
    let library = drop_in::path();
    let arguments = ["-Ic/elsewhere", "-I../mprapi-sim/dll/include", "c/script.c"].map(AsRef::as_ref);
    if drop_in::compile(&client, &[&arguments[..], &[library.as_os_str()]].concat()).is_some() {
        play(&client);
    }
}

#[cfg(all(windows, target_env = "gnu"))]
#[ignore = "needs the simulator in System32: `cargo xtask windows` has it there"]
#[test]
fn a_c_program_plays_the_script() {
    play(Path::new(env!("C_CLIENT")));
}

/// The same in process, with users who come: `mprapi-sim/tests/contract/stress.rs`.
#[cfg_attr(windows, ignore = "needs the simulator in System32: `cargo xtask windows` has it there")]
#[test]
fn eight_threads_in_the_library_end_each_session_once_and_leave_nothing() {
    #[cfg(windows)]
    let mpr = Mpr::load();
    #[cfg(not(windows))]
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    let mpr = unsafe { Mpr::load_from(drop_in::path()) };
    let mpr = mpr.expect("the simulator's library");
    let sessions = mpr.connect(None).expect("a server").connections().expect("an answer").len();
    assert!(sessions > 0, "a server without sessions shows nothing");
    let ended = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let server = mpr.connect(None).expect("a server");
                    server.connections().expect("an answer");
                    for port in &server.ports().expect("an answer") {
                        match port.handle().disconnect() {
                            Ok(()) => drop(ended.fetch_add(1, Ordering::Relaxed)),
                            Err(error) => assert_eq!(error.kind(), ErrorKind::NotConnected, "{error}"),
                        }
                    }
                    mprapi::disconnect(server).expect("a handle to disconnect");
                }
            });
        }
    });
    assert_eq!(ended.into_inner(), sessions);
    assert_eq!(Report::ask(&drop_in::library()).to_string(), "0 buffers, 0 handles, 0 violations");
}
