//! `mprctl top` where there is no terminal. (What it draws on one is tested beside the code that draws.)

use assert_cmd::Command;

use crate::common::came_of;

#[test]
fn without_a_terminal_it_is_exit_code_2_and_what_to_use_instead() {
    let came = came_of(Command::new(env!("CARGO_BIN_EXE_mprctl")).args(["--demo", "top"]));
    assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""));
    assert!(came.stderr.contains("session list") && came.stderr.contains("watch"), "{}", came.stderr);
}

#[test]
fn its_help_has_examples_and_the_keys() {
    let came = came_of(Command::new(env!("CARGO_BIN_EXE_mprctl")).args(["top", "--help"]));
    assert_eq!(came.code, Some(0));
    for text in ["mprctl --demo top", "Keys:", "disconnect", "filter", "--interval"] {
        assert!(came.stdout.contains(text), "{text}: {}", came.stdout);
    }
}

#[test]
fn an_interval_that_would_never_let_a_server_rest_is_wrong_usage() {
    let came = came_of(Command::new(env!("CARGO_BIN_EXE_mprctl")).args(["top", "--interval", "1ms"]));
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("at least 100ms"), "{}", came.stderr);
}

#[test]
fn what_prints_no_rows_has_no_output_to_choose() {
    for command in ["top", "serve"] {
        let program = &mut Command::new(env!("CARGO_BIN_EXE_mprctl"));
        let came = came_of(program.args(["--demo", command, "--output", "csv"]));
        assert_eq!(came.code, Some(2), "{command}");
        assert!(came.stderr.contains("session list"), "{}", came.stderr);
    }
}
