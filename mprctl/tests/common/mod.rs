//! What the tests of the built program share.

use assert_cmd::Command;

/// What came of running mprctl.
pub(crate) struct Came {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
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
