//! The header says `*mut` of nearly everything that goes in, so a library may write there: what it is given must be memory
//! that may be written to. A pointer made from a shared reference is not, and the compiler does not see it; so each
//! place that makes one is listed here, with why nothing is written through it.

use tests::places;

/// The words that such a place is written with.
const WAYS: [&str; 4] = ["cast_mut", "only_read(", "as *mut", "NonNull::from("];

/// By file: how many lines have such a place.
const PLACES: &[(&str, usize, &str)] = &[
    ("mprapi/src/buffer.rs", 1, "our own table, which is only turned back into shared references"),
    ("mprapi/src/input.rs", 3, "`only_read` itself; a server's name, which is cells"),
    ("mprapi/src/info_block/header.rs", 2, "an info's data, which the page has copied into the new block"),
    (
        "mprapi/src/server/outgoing.rs",
        1,
        "a certificate's name or hash: the page has the record as input, and the protocol sends it and answers a number",
    ),
];

#[test]
fn each_pointer_that_is_made_from_what_may_not_be_written_to_is_known_to_be_only_read() {
    let why = "give the library memory that may be written to, or list why it only reads";
    assert_eq!(places::found(&["mprapi/src"], &WAYS), places::known(PLACES), "{why}");
}
