//! What a package ships beside the program.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;

use crate::common::assert;

fn mprctl() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mprctl"))
}

#[test]
fn each_shell_gets_completions_that_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = assert(mprctl().args(["completions", shell])).success();
        let script = String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8");
        // (Fish writes the options without their dashes.)
        assert!(script.contains("session") && script.contains("parallel"), "{shell}: {script}");
    }
}

#[test]
fn there_is_a_man_page_for_each_command() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("man");
    fs::create_dir_all(&folder).expect("the folder of the tests can be written to");
    assert(mprctl().arg("man").arg(&folder)).success();
    for page in ["mprctl.1", "mprctl-session.1", "mprctl-session-list.1"] {
        let text = fs::read_to_string(folder.join(page)).expect(page);
        assert!(text.contains(".SH SYNOPSIS"), "{page}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let run = assert(mprctl().args(["man", "no-such-folder"])).code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr);
    assert!(stderr.contains("no-such-folder"), "{stderr}");
}
