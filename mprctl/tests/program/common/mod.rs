//! Support for the tests of the built program.

pub(crate) mod screen;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;

pub(crate) use mprctl::test_support::{output, started};

/// The exit code and output of a run of mprctl.
pub(crate) struct Came {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// mprctl on the simulated servers of a file beside the tests, whatever is configured on this machine.
pub(crate) fn demo(scenario: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    command.env("MPRAPI_SIM_SCENARIO", beside(scenario)).env_remove("MPRCTL_CONFIG").arg("--demo");
    command
}

pub(crate) fn beside(scenario: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(scenario)
}

/// The same on a terminal of 24 lines and 80 columns, which `script` makes.
#[cfg(target_os = "linux")]
pub(crate) fn on_a_terminal(scenario: &str, arguments: &str) -> std::process::Command {
    let mprctl = format!("stty rows 24 cols 80; {} --demo {arguments}", env!("CARGO_BIN_EXE_mprctl"));
    let mut script = std::process::Command::new("script");
    script.args(["--quiet", "--return", "--command", &mprctl, "/dev/null"]);
    script.env("MPRAPI_SIM_SCENARIO", beside(scenario)).env_remove("MPRCTL_CONFIG").env_remove("COLUMNS");
    script
}

/// Runs mprctl to its end, and returns its exit code and output.
pub(crate) fn came_of(command: &mut Command) -> Came {
    let output = output(|| command.output());
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Came { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Runs a command, for assertions on its exit code and output.
pub(crate) fn assert(command: &mut Command) -> Assert {
    Assert::new(output(|| command.output()))
}

/// The rows of NDJSON, of a command that succeeds.
pub(crate) fn rows_of(came: &Came) -> Vec<Value> {
    assert_eq!(came.code, Some(0), "{}{}", came.stdout, came.stderr);
    came.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// The rows of JSON, whether or not the command succeeds.
pub(crate) fn rows_of_document(came: &Came) -> Vec<Value> {
    let document: Value = serde_json::from_str(&came.stdout).expect("one JSON document");
    document["rows"].as_array().expect("rows").clone()
}

/// A file of a test's own, which is not there yet.
pub(crate) fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path
}
