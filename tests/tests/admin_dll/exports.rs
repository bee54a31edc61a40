//! The functions that a DLL exports, against Microsoft's page `ras-admin-dll-functions`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use object::Object as _;

/// One line of the page: all functions of one of the groups must be exported.
type Alternatives = &'static [&'static [&'static str]];

/// The functions that a DLL must export, or the service does not start.
const REQUIRED: &[Alternatives] = &[
    &[&["MprAdminAcceptNewLink"]],
    &[&["MprAdminAcceptReauthentication"], &["MprAdminAcceptReauthenticationEx"]],
    &[&["MprAdminInitializeDll"], &["MprAdminInitializeDllEx"]],
    &[&["MprAdminLinkHangupNotification"]],
    &[&["MprAdminTerminateDll"]],
    &[
        &["MprAdminAcceptNewConnection", "MprAdminConnectionHangupNotification"],
        &["MprAdminAcceptNewConnection2", "MprAdminConnectionHangupNotification2"],
        &["MprAdminAcceptNewConnection3", "MprAdminConnectionHangupNotification3"],
        &["MprAdminAcceptNewConnectionEx", "MprAdminConnectionHangupNotificationEx"],
    ],
];

/// The pairs that a DLL may leave out, and never exports one of.
const OPTIONAL: &[[&str; 2]] = &[
    ["MprAdminGetIpAddressForUser", "MprAdminReleaseIpAddress"],
    ["MprAdminGetIpv6AddressForUser", "MprAdminReleaseIpv6AddressForUser"],
];

/// The names that the file exports.
pub(crate) fn read(dll: &Path) -> BTreeSet<String> {
    let file = fs::read(dll).expect("the DLL was built");
    let file = object::File::parse(&*file).expect("a library of this system");
    let exports = file.exports().expect("sound");
    // On macOS, C's names begin with an underscore.
    let name = |name: &[u8]| String::from_utf8_lossy(name).trim_start_matches('_').to_owned();
    exports.iter().map(|export| name(export.name())).collect()
}

/// Says what the page has against these exports.
fn complaints(exports: &BTreeSet<String>) -> Vec<String> {
    let has = |name: &str| exports.contains(name);
    let mut complaints = Vec::new();
    for alternatives in REQUIRED {
        let complete = alternatives.iter().filter(|group| group.iter().all(|name| has(name))).count();
        if complete == 0 {
            complaints.push(format!("none of {alternatives:?}"));
        }
        let begun = alternatives.iter().filter(|group| group.iter().any(|name| has(name))).count();
        if begun > 1 {
            complaints.push(format!("more than one of {alternatives:?}"));
        }
    }
    for pair in OPTIONAL {
        if has(pair[0]) != has(pair[1]) {
            complaints.push(format!("one of {pair:?} alone"));
        }
    }
    let known: Vec<&str> = REQUIRED
        .iter()
        .flat_map(|alternatives| alternatives.iter().flat_map(|group| group.iter()))
        .chain(OPTIONAL.iter().flatten())
        .copied()
        .collect();
    complaints.extend(
        exports.iter().filter(|name| !known.contains(&&***name)).map(|name| format!("{name} is unknown")),
    );
    complaints
}

#[test]
fn each_dll_exports_what_the_page_asks_for_and_nothing_else() {
    let dlls = [
        ("tests", "admin_dll_ex", 11),
        ("tests", "admin_dll_family3", 9),
        ("mprapi-admin-dll", "session_limit", 7),
        ("mprapi-admin-dll", "fixed_addresses", 9),
        ("mprapi-admin-dll", "audit", 7),
        ("mprapi-admin-dll", "recorder", 11),
    ];
    for (package, name, count) in dlls {
        let exports = read(&super::example(package, name));
        assert_eq!(complaints(&exports), [] as [String; 0], "{name}: {exports:?}");
        assert_eq!(exports.len(), count, "{name}: {exports:?}");
    }
}

#[test]
fn the_program_in_c_finds_the_same_functions() {
    for name in ["admin_dll_ex", "admin_dll_family3"] {
        let dll = super::own(name);
        if let Some(came) = super::play(&dll, &[], "exports\n") {
            let found: BTreeSet<String> = came.lines().skip(1).map(str::to_owned).collect();
            assert_eq!(found, read(&dll), "{name}");
        }
    }
}

#[test]
fn each_thing_that_the_page_forbids_is_found() {
    let whole = [
        "MprAdminAcceptNewLink",
        "MprAdminAcceptReauthenticationEx",
        "MprAdminInitializeDllEx",
        "MprAdminLinkHangupNotification",
        "MprAdminTerminateDll",
        "MprAdminAcceptNewConnectionEx",
        "MprAdminConnectionHangupNotificationEx",
    ];
    let of = |names: &[&str]| complaints(&names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(of(&whole), [] as [String; 0]);
    for left_out in whole {
        let rest: Vec<&str> = whole.into_iter().filter(|name| *name != left_out).collect();
        assert_eq!(of(&rest).len(), 1, "without {left_out}");
    }
    for more in ["MprAdminGetIpAddressForUser", "MprAdminInitializeDll", "rust_eh_personality"] {
        assert_eq!(of(&[&whole[..], &[more]].concat()).len(), 1, "with {more}");
    }
}
