//! `mprctl admin-dll` on files that are none, on every system; the registry only on Windows. What it says of libraries is in
//! the workspace's tests, which have a C compiler, and in `cargo xtask windows`.

use std::fs;

use serde_json::Value;

use crate::common::{Came, came_of, demo, file, rows_of_document};

fn mprctl(arguments: &[&str]) -> Came {
    came_of(demo("watch.toml").arg("admin-dll").args(arguments))
}

/// The problems of the first row.
fn problems(came: &Came) -> Vec<String> {
    let rows = rows_of_document(came);
    let problems = rows[0]["problems"].as_array().expect("a list");
    problems.iter().map(|problem| problem.as_str().expect("a text").to_owned()).collect()
}

#[test]
fn a_file_that_is_no_library_is_bad_and_the_exit_code_says_so() {
    let path = file("no-library.dll");
    fs::write(&path, "MZ, but no more").expect("a file");
    let path = path.display().to_string();
    let came = mprctl(&["check", &path, "-o", "json"]);
    assert_eq!(came.code, Some(1), "{}", came.stderr);
    assert!(came.stderr.contains("1 of 1 files cannot be administration DLLs"), "{}", came.stderr);
    assert!(problems(&came).iter().any(|problem| problem.contains("not a library")), "{}", came.stdout);
    let came = mprctl(&["check", &path]);
    assert!(came.stdout.contains("no-library.dll") && came.stdout.contains("bad"), "{}", came.stdout);
}

#[test]
fn a_relative_path_a_folder_and_a_file_that_is_not_there_are_bad() {
    let came = mprctl(&["check", "Cargo.toml", "-o", "json"]);
    assert!(problems(&came)[0].starts_with("the path is relative"), "{}", came.stdout);
    let came = mprctl(&["check", env!("CARGO_TARGET_TMPDIR"), "-o", "json"]);
    // Under Wine, the folder's path is one of the system that built the test, and not a full one.
    assert!(problems(&came).contains(&"the path is not that of a file".to_owned()), "{}", came.stdout);
    let absent = file("absent;.dll").display().to_string();
    let came = mprctl(&["check", &absent, "-o", "json"]);
    let found = problems(&came);
    assert!(found.iter().any(|problem| problem.contains("a semicolon")), "{found:?}");
    assert!(found.iter().any(|problem| problem.starts_with("the file cannot be read")), "{found:?}");
}

#[test]
fn a_program_lacks_every_export() {
    let came = mprctl(&["check", env!("CARGO_BIN_EXE_mprctl"), "-o", "json"]);
    assert_eq!(came.code, Some(1), "{}", came.stderr);
    let row: &Value = &rows_of_document(&came)[0];
    assert_eq!(row["status"], "bad");
    assert!(row["missing"].as_array().is_some_and(|missing| missing.len() == 6), "{row:#}");
    assert!(row["format"].is_string());
}

#[test]
fn another_server_is_refused() {
    for server in [["-s", "vpn01"], ["--servers", "servers.txt"]] {
        let came = mprctl(&[&["check", "x.dll"], &server[..]].concat());
        assert_eq!(came.code, Some(2), "{}", came.stderr);
        assert!(came.stderr.contains("of no other server"), "{}", came.stderr);
    }
    assert_eq!(mprctl(&["check", "Cargo.toml", "-s", "."]).code, Some(1));
}

#[cfg(not(windows))]
#[test]
fn the_registry_needs_windows_and_the_message_says_so() {
    for command in [&["list"][..], &["register", "/x.dll", "--yes"], &["unregister", "/x.dll", "--yes"]] {
        let came = mprctl(command);
        assert_eq!((came.code, came.stdout.as_str()), (Some(8), ""), "{command:?}");
        assert!(came.stderr.contains("this is not Windows"), "{}", came.stderr);
        assert!(came.stderr.contains("admin-dll check"), "{}", came.stderr);
    }
}

/// An answer of a server whose DLL cannot be loaded: the service does not run, and the reason is told.
#[test]
fn a_simulated_service_that_does_not_start_tells_which_dll_keeps_it_from_it() {
    let scenario = file("admin-dll.toml");
    let text = "[[server]]\nname = \"vpn01\"\n[[server.admin-dll]]\npath = \"absent.dll\"\n";
    fs::write(&scenario, text).expect("a file");
    let run = |arguments: &[&str]| {
        let mut command = demo("watch.toml");
        came_of(command.env("MPRAPI_SIM_SCENARIO", &scenario).args(arguments))
    };
    let came = run(&["-s", "vpn01", "status"]);
    assert_eq!(came.code, Some(3), "{}", came.stderr);
    assert!(came.stderr.contains("vpn01: the service does not start: "), "{}", came.stderr);
    assert!(came.stderr.contains("absent.dll: the file cannot be loaded"), "{}", came.stderr);
    let came = run(&["-s", "vpn01", "-o", "ndjson", "watch", "--for", "300ms"]);
    let first: Value = serde_json::from_str(came.stdout.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["event"], "admin_dll", "{}", came.stdout);
    let outcome = first["admin_dll"]["outcome"].as_str().expect("a text");
    assert!(outcome.starts_with("the service does not start: the file cannot be loaded"), "{outcome}");
    let came = run(&["-s", "vpn01", "watch", "--for", "300ms"]);
    assert!(
        came.stdout.contains("admin dll") && came.stdout.contains("absent.dll: the service"),
        "{}",
        came.stdout
    );
}
