//! `mprctl service` where it can be run anywhere; `cargo xtask windows` installs it under Wine.

use assert_cmd::Command;

use crate::common::came_of;

#[test]
fn a_dry_run_says_what_windows_would_run() {
    let options = ["--listen", ":17230", "--servers", "list.txt"];
    let mut program = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let came = came_of(program.args(["service", "install", "--dry-run", "--"]).args(options));
    assert_eq!(came.code, Some(0), "{}", came.stderr);
    let line = "`mprctl serve --as-service --listen :17230 --servers list.txt` as LocalSystem";
    assert!(came.stderr.contains(line), "{}", came.stderr);
    assert!(came.stdout.contains("would be done"), "{}", came.stdout);
}

#[test]
fn a_service_is_not_installed_with_options_that_serve_does_not_have() {
    for (options, said) in [
        (&["--listne", ":17230"][..], "--listne"),
        (&["--listen", "nowhere at all"], "nowhere at all"),
        (&["--help"], "ask for help"),
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mprctl"));
        let came = came_of(program.args(["service", "install", "--yes", "--"]).args(options));
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{options:?}");
        assert!(came.stderr.contains(said), "{options:?}: {}", came.stderr);
    }
}

#[test]
fn servers_that_the_service_would_not_ask_are_refused() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let came = came_of(program.args(["--server", "vpn01", "service", "install", "--yes"]));
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("service install -- --server"), "{}", came.stderr);
}

#[cfg(unix)]
#[test]
fn where_there_are_no_windows_services_it_says_what_there_is_instead() {
    for command in [&["install", "--yes"][..], &["start"], &["stop"], &["status"], &["uninstall", "--yes"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mprctl"));
        let came = came_of(program.arg("service").args(command));
        assert_eq!(came.code, Some(8), "{command:?}");
        assert!(came.stderr.contains("systemd"), "{command:?}: {}", came.stderr);
    }
}
