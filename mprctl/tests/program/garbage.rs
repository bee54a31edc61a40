//! Every command that reads, on servers that each hand out garbage in one function: it ends by itself, with an exit code
//! and a sentence, in a gibibyte of memory.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use mprapi::sys::Function;

use crate::common::{Came, came_of, file};

/// Every command that reads. `FILE` stands for a file to write.
const READS: &[&str] = &[
    "",
    "status",
    "session list --type all --columns all",
    "session show anna",
    "session show * --glob --type all",
    "site list --columns all",
    "port list --columns all",
    "port show * --glob",
    "user show anna",
    "interface list --columns all",
    "interface show branch",
    "interface device list branch",
    "interface credentials show branch",
    "interface ikev2 show branch",
    "interface ip-in-ip list",
    "interface transport list branch",
    "interface transport show branch IP",
    "interface update-result branch",
    "transport list",
    "transport show IP",
    "device list",
    "server show",
    "server key",
    "server domain-controller",
    "server registration --domain CORP",
    "config show",
    "config names",
    "mib interfaces",
    "mib addresses",
    "mib routes",
    "mib get 0000000000000000",
    "mib first 0200000000000000",
    "mib next 0200000001000000",
    "watch --all --interval 200ms --for 500ms",
];

/// Functions that read, and those on the way to them.
fn functions() -> impl Iterator<Item = &'static str> {
    let reads = |name: &&str| {
        ["Get", "Enum", "ServerConnect", "IsService", "IsDomain", "Query"]
            .iter()
            .any(|word| name.contains(word))
    };
    // A scenario cannot make those fail that belong to no server.
    let is_of_a_server = |name: &&str| {
        !name.starts_with("MprInfo") && !matches!(*name, "MprAdminGetErrorString" | "MprAdminGetPDCServer")
    };
    Function::ALL.iter().map(|function| function.name()).filter(reads).filter(is_of_a_server)
}

/// A server for each function, one for all of them together, and a good one.
fn scenario(garbage: &str) -> (PathBuf, String) {
    let (mut text, mut names) = (String::new(), Vec::new());
    let not_on_the_way = || functions().filter(|name| !name.contains("ServerConnect"));
    let lists = functions().map(|name| vec![name]).chain([not_on_the_way().collect(), Vec::new()]);
    for (number, functions) in lists.enumerate() {
        let name = functions.first().map_or("good".to_owned(), |name| format!("{name}{number}"));
        let server = include_str!("../garbage.toml").replace("NAME", &name);
        text.push_str(&server);
        for function in functions {
            let _ = writeln!(text, "[[server.failure]]\nfunction = \"{function}\"\ngarbage = \"{garbage}\"");
        }
        names.push(name);
    }
    let path = file(&format!("garbage-{garbage}.toml"));
    fs::write(&path, text).expect("the folder of the tests can be written to");
    (path, names.join(","))
}

/// Runs mprctl in a gibibyte of addresses, which has room for a few threads, and ends it after a minute.
fn run(scenario: &PathBuf, servers: &str, line: &str) -> Came {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 1048576; exec timeout 60 \"$@\"", "sh", env!("CARGO_BIN_EXE_mprctl")]);
    command.args(["--demo", "--parallel", "4", "--server", servers]);
    command.args(line.split(' ').filter(|word| !word.is_empty()));
    command.env("MPRAPI_SIM_SCENARIO", scenario).env("MPRCTL_CONFIG", "").env("MALLOC_ARENA_MAX", "1");
    came_of(&mut command)
}

fn assert_survives(garbage: &str) {
    let (scenario, servers) = scenario(garbage);
    let wrong = |line: &&str| {
        let came = run(&scenario, &servers, line);
        let is_wrong = !matches!(came.code, Some(0 | 1 | 3..=8))
            || came.stdout.trim().is_empty() && came.stderr.trim().is_empty()
            || came.stderr.contains("no answer within")
            || garbage != "panic" && came.stderr.contains("panicked");
        let end: String = came.stderr.chars().rev().take(2000).collect();
        is_wrong.then(|| format!("{line}: {:?}\n{}", came.code, end.chars().rev().collect::<String>()))
    };
    let wrong: Vec<String> = READS.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), READS.len(), wrong.join("\n\n"));
}

#[test]
fn null_with_success_is_survived() {
    assert_survives("null-with-success");
}

#[test]
fn a_count_too_large_is_survived() {
    assert_survives("count-too-large");
}

#[test]
fn strings_without_end_are_survived() {
    assert_survives("unterminated-strings");
}

#[test]
fn a_list_without_end_is_survived() {
    assert_survives("endless-resume");
}

#[test]
fn a_panic_of_the_library_is_survived() {
    assert_survives("panic");
}

#[test]
fn every_command_that_reads_does_so_on_a_good_server() {
    let (scenario, _) = scenario("panic");
    let wrong = |line: &&str| {
        let came = run(&scenario, "good", line);
        (came.code != Some(0)).then(|| format!("{line}: {:?}\n{}", came.code, came.stderr))
    };
    let wrong: Vec<String> = READS.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_list_and_sheet_of_the_program_is_read() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("garbage-man");
    fs::create_dir_all(&folder).expect("the folder of the tests can be written to");
    // There is a page for each command.
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_mprctl")).arg("man").arg(&folder).status();
    assert!(status.is_ok_and(|status| status.success()));
    let pages = fs::read_dir(&folder).expect("pages").map(|page| page.expect("a page").file_name());
    let pages: Vec<String> = pages
        .map(|page| page.to_string_lossy().replace(".1", ""))
        .filter(|page| page.ends_with("-list") || page.ends_with("-show"))
        // The registry and mprctl's own configuration are no server.
        .filter(|page| {
            let of_no_server = ["admin-dll-list", "fleet-list", "fleet-show", "settings-show"];
            !of_no_server.iter().any(|other| page.strip_prefix("mprctl-") == Some(other))
        })
        .collect();
    let is_read = |page: &&String| {
        READS.iter().any(|line| format!("mprctl-{}", line.replace(' ', "-")).starts_with(page.as_str()))
    };
    let missing: Vec<&String> = pages.iter().filter(|page| !is_read(page)).collect();
    assert!(pages.len() > 10 && missing.is_empty(), "{missing:?} of {pages:?} are not tried on garbage");
}
