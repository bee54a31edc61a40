//! What the tests of the built program share.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// What came of running mprctl.
pub(crate) struct Came {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// mprctl on the simulated servers of a file beside the tests, whatever is configured on this machine.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn demo(scenario: &str) -> Command {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(scenario);
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    command.env("MPRAPI_SIM_SCENARIO", scenario).env_remove("MPRCTL_CONFIG").arg("--demo");
    command
}

pub(crate) fn came_of(command: &mut Command) -> Came {
    let mut output = command.output().expect("mprctl starts");
    // Wine, when the machine is busy, now and then ends a process before its `main`: with STATUS_DLL_INIT_FAILED, which
    // nothing of ours answers.
    if cfg!(windows) && output.status.code() == Some(0xC000_0142_u32 as i32) {
        output = command.output().expect("mprctl starts");
    }
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Came { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// The rows of NDJSON, of a command that succeeds.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn rows_of(came: &Came) -> Vec<Value> {
    assert_eq!(came.code, Some(0), "{}{}", came.stdout, came.stderr);
    came.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// The rows of JSON, whether or not the command succeeds.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn rows_of_document(came: &Came) -> Vec<Value> {
    let document: Value = serde_json::from_str(&came.stdout).expect("one JSON document");
    document["rows"].as_array().expect("rows").clone()
}

/// A file of a test's own, which is not there yet.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path
}
