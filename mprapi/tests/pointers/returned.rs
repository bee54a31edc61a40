//! Each buffer that a record from the library points to is freed once, and nothing else is.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mprapi::sys::{
    MPR_DEVICE_1, MPR_IF_CUSTOMINFOEX0, MPR_IF_CUSTOMINFOEX1, MPR_IF_CUSTOMINFOEX2, MPR_INTERFACE_1,
    MPR_INTERFACE_2, MPR_INTERFACE_3, MPR_SERVER_EX0, MPR_SERVER_EX1,
};
use mprapi::{Configuration, Result, Server};

use super::library::{Answer, FUNCTIONS, begin, connected};
use super::{EachItsOwn, OneBuffer, RECORDS};

/// Reads a record, with all that it leads to.
type Read = fn(&Server, &Configuration) -> Result<()>;

/// By record and by call that gives it: how many pointers it has.
const LINES: &[(&str, &str, usize, Read)] = &[
    ("MPR_INTERFACE_1", "MprAdminInterfaceGetInfo", 1, |server, _| {
        server.find_interface("a")?.info_at::<MPR_INTERFACE_1>()?.get().dialout_hours().map(drop)
    }),
    ("MPR_INTERFACE_1", "MprConfigInterfaceGetInfo", 1, |_, stored| {
        stored.interface("a")?.info_at::<MPR_INTERFACE_1>()?.get().dialout_hours().map(drop)
    }),
    ("MPR_INTERFACE_2", "MprAdminInterfaceGetInfo", 2, |server, _| {
        server.find_interface("a")?.info_at::<MPR_INTERFACE_2>()?.get().to_settings().map(drop)
    }),
    ("MPR_INTERFACE_2", "MprConfigInterfaceGetInfo", 2, |_, stored| {
        stored.interface("a")?.info_at::<MPR_INTERFACE_2>()?.get().to_settings().map(drop)
    }),
    ("MPR_INTERFACE_3", "MprAdminInterfaceGetInfo", 2, |server, _| {
        server.find_interface("a")?.info_at::<MPR_INTERFACE_3>()?.get().to_settings().map(drop)
    }),
    ("MPR_INTERFACE_3", "MprConfigInterfaceGetInfo", 2, |_, stored| {
        stored.interface("a")?.info_at::<MPR_INTERFACE_3>()?.get().to_settings().map(drop)
    }),
    ("MPR_DEVICE_1", "MprAdminInterfaceDeviceGetInfo", 1, |server, _| {
        server.find_interface("a")?.device_at::<MPR_DEVICE_1>(1)?.get().alternates().map(drop)
    }),
    ("MPR_CREDENTIALSEX_0", "MprAdminInterfaceGetCredentialsEx", 1, |server, _| {
        server.find_interface("a")?.eap_credentials().map(drop)
    }),
    ("MPR_CREDENTIALSEX_1", "MprAdminInterfaceGetCredentialsEx", 1, |server, _| {
        server.find_interface("a")?.pre_shared_key().map(drop)
    }),
    ("MPR_CREDENTIALSEX_1", "MprAdminServerGetCredentials", 1, |server, _| server.pre_shared_key().map(drop)),
    ("MPR_SERVER_EX0", "MprAdminServerGetInfoEx", 11, |server, _| {
        server.info_at::<MPR_SERVER_EX0>().map(drop)
    }),
    ("MPR_SERVER_EX0", "MprConfigServerGetInfoEx", 11, |_, stored| {
        stored.server_info_at::<MPR_SERVER_EX0>().map(drop)
    }),
    ("MPR_SERVER_EX1", "MprAdminServerGetInfoEx", 11, |server, _| {
        server.info_at::<MPR_SERVER_EX1>().map(drop)
    }),
    ("MPR_SERVER_EX1", "MprConfigServerGetInfoEx", 11, |_, stored| {
        stored.server_info_at::<MPR_SERVER_EX1>().map(drop)
    }),
    ("MPR_IF_CUSTOMINFOEX0", "MprAdminInterfaceGetCustomInfoEx", 2, |server, _| {
        server.find_interface("a")?.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX0>().map(drop)
    }),
    ("MPR_IF_CUSTOMINFOEX0", "MprConfigInterfaceGetCustomInfoEx", 2, |_, stored| {
        stored.interface("a")?.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX0>().map(drop)
    }),
    ("MPR_IF_CUSTOMINFOEX1", "MprAdminInterfaceGetCustomInfoEx", 3, |server, _| {
        server.find_interface("a")?.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX1>().map(drop)
    }),
    ("MPR_IF_CUSTOMINFOEX1", "MprConfigInterfaceGetCustomInfoEx", 3, |_, stored| {
        stored.interface("a")?.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX1>().map(drop)
    }),
    ("MPR_IF_CUSTOMINFOEX2", "MprAdminInterfaceGetCustomInfoEx", 5, |server, _| {
        server.find_interface("a")?.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX2>().map(drop)
    }),
    ("MPR_IF_CUSTOMINFOEX2", "MprConfigInterfaceGetCustomInfoEx", 5, |_, stored| {
        stored.interface("a")?.ikev2_settings_at::<MPR_IF_CUSTOMINFOEX2>().map(drop)
    }),
];

/// How many buffers a record with so many pointers is; one that is the caller's is none itself.
fn buffers(record: &str, pointers: usize) -> usize {
    match RECORDS.iter().find(|(name, _)| *name == record) {
        Some((_, OneBuffer)) => 1,
        Some((_, EachItsOwn)) => pointers,
        other => panic!("{record} does not come from the library: {other:?}"),
    }
}

#[test]
fn all_that_a_record_leads_to_goes_back_once_and_nothing_else_whichever_of_its_pointers_are_null() {
    let (server, stored) = connected(FUNCTIONS);
    for (record, function, pointers, read) in LINES {
        let each = (0..*pointers).map(Answer::Null);
        for answer in [Answer::Whole, Answer::Nulls, Answer::Nothing].into_iter().chain(each) {
            let line = format!("{record} of {function}, {answer:?}");
            begin(answer);
            let result = read(&server, &stored);
            let counted = begin(Answer::Nothing);
            assert_eq!(counted.called, [*function], "{line}");
            assert_eq!(counted.wrong, Vec::<String>::new(), "{line}");
            assert_eq!((counted.back, counted.out()), (counted.given, 0), "{line}");
            match answer {
                Answer::Whole => {
                    assert_eq!(result.err().map(|error| error.to_string()), None, "{line}");
                    assert_eq!(counted.pointers, *pointers, "{line}");
                    assert_eq!(counted.given, buffers(record, *pointers), "{line}");
                }
                Answer::Nothing => assert_eq!(result.err().map(|error| error.to_string()), None, "{line}"),
                // An answer or an error, as the record's docs say.
                Answer::Null(_) | Answer::Nulls => {}
            }
        }
    }
}

#[test]
fn each_record_that_comes_from_the_library_has_a_line_for_each_call_that_gives_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mprapi-sys/src/bindings.rs");
    let bindings = fs::read_to_string(path).expect("the bindings");
    let lines: BTreeSet<(&str, &str)> = LINES.iter().map(|(record, call, ..)| (*record, *call)).collect();
    assert_eq!(lines.len(), LINES.len(), "a line is there twice");
    for (record, _) in RECORDS.iter().filter(|(_, whose)| matches!(whose, OneBuffer | EachItsOwn)) {
        let (before, _) = bindings.split_once(&format!("pub struct {record} {{")).expect("the record");
        // The record's doc names the functions that give it.
        let doc = before.lines().rev().find(|line| line.contains("[`Mpr")).expect("a doc");
        let named = doc.split("[`").skip(1).filter_map(|rest| rest.split('`').next());
        let mut calls = named.filter(|name| name.starts_with("Mpr") && name.contains("Get")).peekable();
        assert!(calls.peek().is_some(), "the doc of {record} names no call that gives it");
        for call in calls {
            assert!(lines.contains(&(*record, call)), "{record} has no line for {call}");
        }
    }
}
