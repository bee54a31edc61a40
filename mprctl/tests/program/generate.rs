//! The files of a package besides the program: completions and man pages.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;

use crate::common::assert;

fn mprctl() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mprctl"))
}

#[test]
fn each_shell_gets_a_script_that_asks_mprctl() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = assert(mprctl().args(["completions", shell])).success();
        let script = String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8");
        assert!(script.contains("MPRCTL_COMPLETE") && script.contains("mprctl"), "{shell}: {script}");
    }
}

/// The completions of a line, as bash's script asks for them; `replaced` is the part of the last word that bash replaces.
fn completed_part(line: &str, replaced: &str) -> Vec<String> {
    let settings = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("completions.toml");
    let fleets = "[fleets]\neurope = [\"vpn-berlin\", \"vpn-paris\"]\neast = [\"vpn-berlin\"]\n";
    // Once: a test beside this one may be reading it.
    static WRITTEN: std::sync::Once = std::sync::Once::new();
    WRITTEN.call_once(|| fs::write(&settings, fleets).expect("a file"));
    let mut command = mprctl();
    command.env("MPRCTL_CONFIG", settings).env("MPRCTL_COMPLETE", "bash").env("_MPRCTL_REPLACED", replaced);
    command.env("MPRAPI_SIM_SCENARIO", crate::common::beside("session.toml"));
    let run = assert(command.args(["--", line])).success();
    let output = run.get_output();
    assert!(output.stderr.is_empty(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8").lines().map(str::to_owned).collect()
}

fn completed(line: &str) -> Vec<String> {
    completed_part(line, line.rsplit(' ').next().unwrap_or_default())
}

#[test]
fn commands_options_and_columns_are_completed() {
    assert_eq!(completed("mprctl ses"), ["session"]);
    assert_eq!(completed("mprctl session dis"), ["disconnect"]);
    assert_eq!(completed("mprctl session list --colu"), ["--columns"]);
    assert_eq!(completed("mprctl session list --columns us"), ["user"]);
    assert_eq!(completed("mprctl session list --columns user,add"), ["user,address"]);
    assert_eq!(completed("mprctl session list --sort=connected"), ["--sort=connected_for"]);
    assert_eq!(completed("mprctl session list --where us"), ["user="]);
    assert_eq!(completed("mprctl --output nd"), ["ndjson"]);
    // The options are read before bash has cut the word at its `=`.
    assert_eq!(completed_part("mprctl session list --sort=us", "us"), ["user"]);
}

#[test]
fn fleets_servers_and_keys_are_completed_as_they_are_configured_now() {
    assert_eq!(completed("mprctl --fleet eu"), ["europe"]);
    assert_eq!(completed("mprctl session list --server vpn"), ["vpn-berlin", "vpn-paris"]);
    assert_eq!(completed("mprctl --server vpn-paris,vpn-b"), ["vpn-paris,vpn-berlin"]);
    assert_eq!(completed("mprctl server set ikev2.port"), ["ikev2.ports="]);
}

/// Under Wine, a second program may take longer to start than a shell waits.
#[cfg(not(windows))]
#[test]
fn names_are_those_that_the_servers_tell() {
    let users = completed("mprctl --demo session disconnect ");
    assert!(users.iter().any(|user| user == "anna"), "{users:?}");
    assert_eq!(completed("mprctl --demo session show an"), ["anna"]);
    let ports = completed("mprctl --demo port show VPN");
    assert!(!ports.is_empty() && ports.iter().all(|port| port.starts_with("VPN")), "{ports:?}");
    // A server that nobody knows has none, and nobody waits for it.
    assert_eq!(completed("mprctl --demo --server no-such-server session disconnect a"), [""; 0]);
}

#[cfg(not(windows))]
#[test]
fn a_text_is_not_completed_by_the_names_of_files() {
    assert_eq!(completed("mprctl session message anna --text "), [""; 0]);
    let here = completed("mprctl --demo admin-dll check ");
    assert!(here.iter().any(|file| file.starts_with("Cargo.toml")), "{here:?}");
}

#[test]
fn an_unknown_shell_is_named() {
    let run = assert(mprctl().env("MPRCTL_COMPLETE", "csh").args(["--", "mprctl "])).code(2);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(stderr.contains("csh") && stderr.contains("zsh"), "{stderr}");
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
