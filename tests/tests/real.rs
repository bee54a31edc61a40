//! The program for a real server, on the simulator: over each way to it, it finds the same.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

/// The way to the simulator as a library: on Windows as the system's own, where `cargo xtask windows` puts it.
fn library() -> String {
    #[cfg(windows)]
    return "system".to_owned();
    #[cfg(not(windows))]
    tests::drop_in::path().into_os_string().into_string().unwrap()
}

/// Runs the program over a way, and returns the lines that it prints and those that it writes to a file.
fn found(over: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("records.txt");
    let output = Command::new(env!("CARGO_BIN_EXE_real"))
        .env("REAL_OVER", over)
        .env("REAL_WRITES", "1")
        .env("REAL_RECORDS", &file)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{over}: {printed}{}", String::from_utf8_lossy(&output.stderr));
    let records = std::fs::read_to_string(file).unwrap();
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    (lines(&printed), lines(&records))
}

#[test]
#[cfg_attr(windows, ignore = "needs the drop-in in the place of mprapi.dll: cargo xtask windows")]
fn the_simulator_and_its_library_tell_the_same() {
    let (printed, records) = found("simulator");
    assert!(printed.len() > 20, "{printed:?}");
    assert!(records.len() > 50, "{records:?}");
    assert_eq!(found(&library()), (printed, records));
}

#[test]
fn the_protocol_tells_the_same_but_for_the_stored_configuration() {
    let (printed, records) = found("simulator");
    let (printed_by_protocol, records_by_protocol) = found("protocol");
    /// Lines about what the protocol has no operation, or no field, for.
    const OTHERWISE: [&str; 4] = ["configuration", "IKEv2 settings", "server Ex", "checks"];
    let differ = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        let differ =
            one.symmetric_difference(other).filter(|line| !OTHERWISE.iter().any(|word| line.contains(word)));
        differ.cloned().collect::<Vec<_>>()
    };
    assert_eq!(differ(&printed, &printed_by_protocol), [""; 0]);
    assert_eq!(differ(&records, &records_by_protocol), [""; 0]);
}
