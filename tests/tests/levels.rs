//! The tool reads as a user's program does: by methods of the library. It names no level of information, so the knowledge of
//! levels is in the library, for every program.

use std::fs;

use tests::sources::{root, sources};

/// How the names of the records of a level begin.
const RECORDS: &[&str] = &[
    "RAS_CONNECTION_",
    "RAS_PORT_",
    "RAS_USER_",
    "MPR_INTERFACE_",
    "MPR_SERVER_",
    "MPR_DEVICE_",
    "MPR_TRANSPORT_",
    "MPR_IFTRANSPORT_",
    "MPR_IF_CUSTOMINFOEX",
];

/// The files that may name a record all the same, how its name begins, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "commands/interface/ikev2.rs",
    "MPR_IF_CUSTOMINFOEX",
    "`--revision` chooses the record: a server does not say which of them it takes",
)];

/// Lists the records that a source names, by how their names begin. Comments may cite the page of one.
fn records(source: &str) -> Vec<&'static str> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    RECORDS.iter().copied().filter(|record| code.iter().any(|line| line.contains(record))).collect()
}

#[test]
fn the_tool_names_no_record_of_a_level_without_a_reason() {
    let folder = root().join("mprctl/src");
    let mut named = Vec::new();
    let files = sources(&folder, &["rs"]);
    for path in &files {
        let file = path.strip_prefix(&folder).expect("a file of it").to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(path).expect("a source");
        named.extend(records(&source).into_iter().map(|record| (file.clone(), record)));
    }
    assert!(files.len() > 50, "only {} files were read", files.len());
    let excused = |(file, record): &(String, &str)| {
        EXCEPTIONS.iter().any(|(of, begin, reason)| of == file && begin == record && !reason.is_empty())
    };
    let bad: Vec<_> = named.iter().filter(|one| !excused(one)).collect();
    assert!(bad.is_empty(), "the library should have a method for what these do: {bad:?}");
    for (file, record, _) in EXCEPTIONS {
        assert!(
            named.iter().any(|one| one.0 == *file && one.1 == *record),
            "{file} needs no exception any more"
        );
    }
}

#[test]
fn a_record_is_found_however_it_is_named() {
    for source in [
        "use mprapi::sys::{MPR_INTERFACE_0, RAS_PORT_1};",
        "let port = handle.info_at::<mprapi::sys::RAS_PORT_1>()?;",
        "use mprapi::sys as raw;\nlet one = handle.info_at::<raw::MPR_SERVER_EX0>()?;",
    ] {
        assert!(!records(source).is_empty(), "{source}");
    }
    for source in [
        "use mprapi::sys::{ERROR_NOT_SUPPORTED, Function};",
        "    /// The limits are those of `MPR_SERVER_1`.",
    ] {
        assert!(records(source).is_empty(), "{source}");
    }
}
