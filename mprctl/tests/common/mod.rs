//! What the tests of the built program share.

use assert_cmd::Command;

/// What came of running mprctl.
pub(crate) struct Came {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn came_of(command: &mut Command) -> Came {
    let output = command.output().expect("mprctl starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Came { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}
