//! How much of mprapi-sys was compared with windows-sys while this was compiled.

use std::collections::BTreeSet;

use mprapi_sys::Function;
use tests::conformance::{ADDRESSES, CALLBACKS, FUNCTIONS, INTEGERS, RECORDS, TEXTS, TYPES};

/// The structs of mprapi.h that windows-sys declares; nested unions and other headers' structs come on top.
const STRUCTS: usize = 76;

/// The least numbers of comparisons. Raise them when a comparison grows; explain it when one must go down.
#[test]
fn nothing_was_dropped_from_the_comparison() {
    let fields: usize = RECORDS.iter().map(|record| record.fields.len()).sum();
    let parameters: usize = FUNCTIONS.iter().chain(CALLBACKS).map(|function| function.parameters).sum();
    assert!(RECORDS.len() >= STRUCTS + 12, "{} structs and unions", RECORDS.len());
    assert!(fields >= 624, "{fields} fields");
    assert!(FUNCTIONS.len() >= 112, "{} functions", FUNCTIONS.len());
    assert!(CALLBACKS.len() >= 36, "{} types of functions", CALLBACKS.len());
    assert!(parameters >= 504, "{parameters} parameters");
    assert!(TYPES.len() >= 7, "{} types of enumerations", TYPES.len());
    assert!(INTEGERS.len() >= 269, "{} integers", INTEGERS.len());
    assert!(TEXTS.len() >= 14, "{} texts", TEXTS.len());
    assert_eq!(ADDRESSES, ["INVALID_HANDLE_VALUE"]);
}

#[test]
fn every_struct_of_the_header_was_compared() {
    let compared: BTreeSet<_> = RECORDS.iter().map(|record| record.name).collect();
    let inner = |name: &str| name.contains("__bindgen_ty_");
    let others = ["CRYPTOAPI_BLOB", "FILETIME", "GUID", "in6_addr", "in_addr"];
    let own = compared.iter().filter(|name| !inner(name) && !others.contains(name));
    assert_eq!(own.count(), STRUCTS);
}

/// The table's own list of functions, which no generator of this comparison has read.
#[test]
fn every_function_but_six_was_compared() {
    let compared: BTreeSet<_> = FUNCTIONS.iter().map(|function| function.name).collect();
    let all = Function::ALL.iter().map(|function| function.name());
    let rest: BTreeSet<_> = all.filter(|name| !compared.contains(name)).collect();
    assert_eq!(
        rest,
        BTreeSet::from([
            "MprAdminMIBGetTrapInfo",
            "MprAdminMIBSetTrapInfo",
            "MprSetupIpInIpInterfaceFriendlyNameCreate",
            "MprSetupIpInIpInterfaceFriendlyNameDelete",
            "MprSetupIpInIpInterfaceFriendlyNameEnum",
            "MprSetupIpInIpInterfaceFriendlyNameFree",
        ]),
        "the metadata lacks these"
    );
}

#[test]
fn each_item_was_compared_once() {
    for names in [INTEGERS, TEXTS, TYPES] {
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
