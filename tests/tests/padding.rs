//! No record with gaps between its fields is looked at as bytes: what lies in a gap was never written, and reading it is
//! undefined. The compiler does not see it, so each place where memory is taken for bytes, or for something else than it
//! was, is told of here, with why there is no gap in what lies there.

use tests::places;

/// The words that such a place is written with.
const WAYS: [&str; 7] = [
    "slice::from_raw_parts",
    "cast::<u8>()",
    "cast::<MaybeUninit<u8>>()",
    "unsafe { bytes(",
    "unsafe { given_bytes(",
    "transmute",
    "align_to",
];

/// By file: how many such places it has.
const PLACES: &[(&str, usize, &str)] = &[
    (
        "mprapi-sim/src/api/info_block.rs",
        5,
        "a caller's block, which is bytes by its contract, and addresses in one",
    ),
    ("mprapi-sim/src/api/interface/credentials.rs", 1, "a caller's key, which is bytes"),
    (
        "mprapi-sim/src/api/interface/custom.rs",
        6,
        "names and hashes, which are bytes; records, copied with their gaps",
    ),
    ("mprapi-sim/src/api/interface/input.rs", 1, "a caller's data for EAP, which are bytes"),
    ("mprapi-sim/src/api/mib.rs", 3, "numbers of a query, and a value behind its gap"),
    ("mprapi-sim/src/api/param.rs", 2, "`bytes` and `given_bytes` themselves: those who call them are here"),
    ("mprapi-sys/src/table.rs", 2, "function pointers"),
    ("mprapi/src/buffer.rs", 4, "records as records, units, and bytes that are overwritten"),
    ("mprapi/src/info_block/header.rs", 3, "the library's block, which is bytes by its contract"),
    ("mprapi/src/interface/demand_dial.rs", 1, "data for EAP, in a test"),
    ("mprapi/src/interface/view.rs", 1, "data for EAP, which are bytes"),
    ("mprapi/src/list.rs", 2, "a list and a record with another lifetime, not as bytes"),
    ("mprapi/src/notification.rs", 1, "a notification with another lifetime, not as bytes"),
    ("mprapi/src/wide.rs", 1, "units"),
];

#[test]
fn each_place_where_memory_is_taken_for_bytes_is_known_to_have_no_gaps() {
    let folders = ["mprapi/src", "mprapi-sim/src", "mprapi-sim/dll/src", "mprapi-sys/src", "mprctl/src"];
    let why = "look at each new place: may the memory have gaps between fields? Then list it";
    assert_eq!(places::found(&folders, &WAYS), places::known(PLACES), "{why}");
}
