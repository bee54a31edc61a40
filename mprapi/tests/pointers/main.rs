//! Every record of the bindings that leads to memory is known here, with who frees what it leads to; the rule stands in
//! `src/pointed.rs`. Those that come from the library are counted back, by each call that gives them; and what is given to
//! the library may be written to.

mod given;
mod library;
mod returned;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Whose {
    /// The library allocates the record with all that it points to: one buffer.
    OneBuffer,
    /// The record is the caller's, and each pointer that the library puts in is a buffer of its own.
    EachItsOwn,
    /// Only given to the library, which reads it.
    Given,
    /// A part of other records.
    Part,
}

use Whose::{EachItsOwn, Given, OneBuffer, Part};

const RECORDS: &[(&str, Whose)] = &[
    ("MPR_INTERFACE_1", OneBuffer),
    ("MPR_INTERFACE_2", OneBuffer),
    ("MPR_INTERFACE_3", OneBuffer),
    ("MPR_DEVICE_1", OneBuffer),
    ("MPR_CREDENTIALSEX_0", OneBuffer),
    ("MPR_CREDENTIALSEX_1", OneBuffer),
    ("MPR_SERVER_EX0", EachItsOwn),
    ("MPR_SERVER_EX1", EachItsOwn),
    ("MPR_IF_CUSTOMINFOEX0", EachItsOwn),
    ("MPR_IF_CUSTOMINFOEX1", EachItsOwn),
    ("MPR_IF_CUSTOMINFOEX2", EachItsOwn),
    ("MPR_SERVER_SET_CONFIG_EX0", Given),
    ("MPR_SERVER_SET_CONFIG_EX1", Given),
    ("MPRAPI_ADMIN_DLL_CALLBACKS", Given),
    ("CRYPTOAPI_BLOB", Part),
    ("IKEV2_CONFIG_PARAMS", Part),
    ("IKEV2_TUNNEL_CONFIG_PARAMS1", Part),
    ("IKEV2_TUNNEL_CONFIG_PARAMS2", Part),
    ("IKEV2_TUNNEL_CONFIG_PARAMS3", Part),
    ("IKEV2_TUNNEL_CONFIG_PARAMS4", Part),
    ("L2TP_CONFIG_PARAMS1", Part),
    ("L2TP_TUNNEL_CONFIG_PARAMS1", Part),
    ("L2TP_TUNNEL_CONFIG_PARAMS2", Part),
    ("MPRAPI_TUNNEL_CONFIG_PARAMS0", Part),
    ("MPRAPI_TUNNEL_CONFIG_PARAMS1", Part),
    ("MPR_CERT_EKU", Part),
    ("MPR_VPN_TRAFFIC_SELECTORS", Part),
    ("ROUTER_IKEv2_IF_CUSTOM_CONFIG0", Part),
    ("ROUTER_IKEv2_IF_CUSTOM_CONFIG1", Part),
    ("ROUTER_IKEv2_IF_CUSTOM_CONFIG2", Part),
    ("SSTP_CERT_INFO", Part),
    ("SSTP_CONFIG_PARAMS", Part),
];

/// The bindings' records with the types of their fields, and their names for other types.
fn bindings() -> (BTreeMap<String, Vec<String>>, HashMap<String, String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mprapi-sys/src/bindings.rs");
    let (mut records, mut names) = (BTreeMap::<String, Vec<String>>::new(), HashMap::new());
    let mut record: Option<String> = None;
    for line in fs::read_to_string(path).expect("the bindings").lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["pub", "struct" | "union", name, "{"] => record = Some(name.to_owned()),
            ["pub", "type", name, "=", ..] => {
                let (_, named) = line.split_once(" = ").expect("an equals sign");
                names.insert(name.to_owned(), named.trim_end_matches(';').to_owned());
            }
            ["pub", field, ..] if field.ends_with(':') => {
                if let Some(record) = &record {
                    let (_, of) = line.split_once(": ").expect("a colon");
                    records.entry(record.clone()).or_default().push(of.trim_end_matches(',').to_owned());
                }
            }
            ["}"] if line == "}" => record = None,
            _ => {}
        }
    }
    (records, names)
}

/// Returns `true` if the type is, or has, a pointer to memory. Handles are numbers.
fn leads(of: &str, records: &BTreeMap<String, Vec<String>>, names: &HashMap<String, String>) -> bool {
    const HANDLES: [&str; 5] =
        ["HANDLE", "MPR_SERVER_HANDLE", "MIB_SERVER_HANDLE", "RAS_SERVER_HANDLE", "IN6_ADDR"];
    let of = of.trim_start_matches('[').split(';').next().expect("a type").trim();
    if HANDLES.contains(&of) {
        return false;
    }
    if of.starts_with('*') || of.contains("Option<") {
        return true;
    }
    if let Some(named) = names.get(of) {
        return leads(named, records, names);
    }
    records.get(of).is_some_and(|fields| fields.iter().any(|field| leads(field, records, names)))
}

#[test]
fn every_record_of_the_bindings_that_leads_to_memory_is_known_with_who_frees_it() {
    let (records, names) = bindings();
    assert!(records.len() > 50, "the bindings are written otherwise now: {} records", records.len());
    let found: BTreeSet<&str> =
        records.keys().map(String::as_str).filter(|name| leads(name, &records, &names)).collect();
    let known: BTreeSet<&str> = RECORDS.iter().map(|(name, _)| *name).collect();
    assert_eq!(found.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "not known here");
    assert_eq!(known.difference(&found).collect::<Vec<_>>(), Vec::<&&str>::new(), "no such record");
}

#[test]
fn a_part_is_a_part_of_a_record_and_whole_records_are_of_none() {
    let (records, names) = bindings();
    let is_in = |part: &str, whole: &str| {
        records[whole].iter().any(|field| {
            let field = field.trim_start_matches("*mut ").trim_start_matches("*const ");
            field == part || names.get(field).is_some_and(|named| named.ends_with(part))
        })
    };
    for (name, whose) in RECORDS {
        let held = RECORDS.iter().any(|(whole, _)| whole != name && is_in(name, whole));
        // What an older Windows had is in the bindings, but in no record of theirs.
        let is_old =
            ["IKEV2_TUNNEL_CONFIG_PARAMS1", "IKEV2_TUNNEL_CONFIG_PARAMS2", "IKEV2_TUNNEL_CONFIG_PARAMS3"]
                .contains(name)
                || *name == "L2TP_TUNNEL_CONFIG_PARAMS1";
        assert_eq!(held, *whose == Part && !is_old, "{name}");
    }
}
