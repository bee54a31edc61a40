//! Settings of a server, by the built program. On the simulated servers of `session.toml`, on every system.

use assert_cmd::Command;

fn come(arguments: &[&str], stdin: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/session.toml");
    command.env("MPRAPI_SIM_SCENARIO", scenario).args(["--demo", "-s", "east,old", "server"]);
    let output = command.args(arguments).write_stdin(stdin).output().expect("mprctl starts");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).expect("UTF-8"))
}

#[test]
fn the_pre_shared_key_is_read_from_the_standard_input_and_never_printed() {
    let (code, text) = come(&["set-key", "--yes"], "open sesame\n");
    assert_eq!((code, text.matches("done").count()), (Some(0), 2), "{text}");
    assert!(!text.contains("sesame"), "{text}");
    assert_eq!(come(&["remove-key", "--yes"], "").0, Some(0));
}

#[test]
fn no_key_at_all_is_exit_code_2() {
    let (code, text) = come(&["set-key", "--yes"], "\n");
    assert_eq!(code, Some(2), "{text}");
}
