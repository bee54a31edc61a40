//! The files of a package besides the program: completions and man pages.

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
fn completions_offer_the_names_of_columns_and_of_the_fleets_that_are_configured() {
    let settings = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("completions.toml");
    fs::write(&settings, "[fleets]\noffices-of-europe = [\"vpn01\"]\n").expect("a file");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = assert(mprctl().env("MPRCTL_CONFIG", &settings).args(["completions", shell])).success();
        let script = String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8");
        // (PowerShell and Elvish complete no values of options.)
        for value in ["offices-of-europe", "connected_for", "bytes_out="] {
            assert!(script.contains(value) || shell == "powershell", "{shell}: {value}");
        }
        // (Fish and PowerShell complete no values of arguments without a name.)
        assert!(script.contains("ikev2.idle-timeout=") || !["bash", "zsh"].contains(&shell), "{shell}");
        assert!(!script.contains("compgen -f") || shell != "bash" || script.contains("--servers"), "{shell}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn bash_completes_columns_and_fleets_and_no_files_in_their_place() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("completion");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("user-files.txt"), "").expect("a file");
    fs::write(folder.join("config.toml"), "[fleets]\nuser-offices = [\"vpn01\"]\n").expect("a file");
    let run = assert(mprctl().env("MPRCTL_CONFIG", folder.join("config.toml")).args(["completions", "bash"]));
    fs::write(folder.join("mprctl.bash"), &run.success().get_output().stdout).expect("a file");
    let completed = |words: &str| {
        let count = words.split(' ').count() - 1;
        let ask = format!(
            "source ./mprctl.bash; COMP_WORDS=({words}); COMP_CWORD={count}; _mprctl mprctl \"${{COMP_WORDS[{count}]}}\" \"${{COMP_WORDS[{count}-1]}}\" 2>/dev/null; echo \"${{COMPREPLY[@]}}\""
        );
        let bash = std::process::Command::new("bash").current_dir(&folder).args(["-c", &ask]).output();
        bash.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).ok()
    };
    let Some(columns) = completed("mprctl session list --columns us") else { return };
    assert_eq!(columns, "user");
    assert_eq!(completed("mprctl session list --sort us").as_deref(), Some("user"));
    assert_eq!(completed("mprctl session list --where us").as_deref(), Some("user="));
    assert_eq!(completed("mprctl session list --fleet us").as_deref(), Some("user-offices"));
    assert_eq!(completed("mprctl session disconnect --server us").as_deref(), Some("us"));
}

#[test]
fn a_man_page_has_the_sections_that_people_look_for() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("man-sections");
    fs::create_dir_all(&folder).expect("a folder");
    assert(mprctl().arg("man").arg(&folder)).success();
    let mut pages = 0;
    for page in fs::read_dir(&folder).expect("the pages") {
        let page = page.expect("a page").path();
        let text = fs::read_to_string(&page).expect("text").replace("\\-", "-");
        for section in ["OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES"] {
            let title =
                if section.contains(' ') { format!(".SH \"{section}\"") } else { format!(".SH {section}") };
            assert!(text.contains(&title), "{} has no {section}", page.display());
        }
        for word in ["MPRCTL_CONFIG", "MPRAPI_SIM_SCENARIO", "config.toml", "access denied"] {
            assert!(text.contains(word), "{}: {word}", page.display());
        }
        pages += 1;
    }
    assert!(pages > 50, "{pages}");
    let first = fs::read_to_string(folder.join("mprctl.1")).expect("a page").replace("\\-", "-");
    for command in ["mprctl session disconnect", "mprctl interface credentials set-key", "mprctl man"] {
        assert!(first.contains(&format!("\n\\fB{command}\\fR\n")), "{command} is not in mprctl(1)");
    }
    let list = fs::read_to_string(folder.join("mprctl-session-list.1")).expect("a page").replace("\\-", "-");
    let examples = list.split(".SH EXAMPLES").nth(1).expect("examples");
    assert!(examples.contains("mprctl session list --where tunnel=IKEv2 --sort=-bytes_out"), "{examples}");
}

#[test]
fn a_man_page_has_the_date_of_its_build() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("man-date");
    fs::create_dir_all(&folder).expect("a folder");
    assert(mprctl().env("SOURCE_DATE_EPOCH", "1754000000").arg("man").arg(&folder)).success();
    let page = fs::read_to_string(folder.join("mprctl-status.1")).expect("a page");
    assert!(page.contains(".TH MPRCTL\\-STATUS 1 2025-07-31 "), "{page}");
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
