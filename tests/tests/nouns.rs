//! A reader of Microsoft's pages finds the safe home of a structure or an enumeration by a search of the documentation.

use std::fs;

use tests::sources::{root, sources};

/// Those without a home, and why.
const HOMELESS: &[(&str, &str)] = &[
    ("GUID", "a type of all of Windows: `Guid`"),
    ("FILETIME", "a type of all of Windows: the standard library's `SystemTime`"),
    ("in_addr", "a type of all of Windows: the standard library's `Ipv4Addr`"),
    ("in6_addr", "a type of all of Windows: the standard library's `Ipv6Addr`"),
    ("CRYPTOAPI_BLOB", "a type of all of Windows: bytes"),
    ("RAS_PORT_2", "no call that gives it is documented"),
    ("MPRAPI_OBJECT_HEADER", "the methods fill and check it"),
    ("MPRAPI_OBJECT_TYPE", "a part of the header"),
    ("AUTH_VALIDATION_EX", "for administration DLLs: `mprapi_admin_dll::PreAuthenticated`"),
    ("MPRAPI_ADMIN_DLL_CALLBACKS", "for administration DLLs: the macro of `mprapi-admin-dll` fills it"),
];

#[test]
fn a_search_of_the_documentation_for_a_structure_finds_its_home() {
    let bindings = fs::read_to_string(root().join("mprapi-sys/src/bindings.rs")).expect("the bindings");
    let sources: String = sources(&root().join("mprapi/src"), &["rs"])
        .iter()
        .map(|path| fs::read_to_string(path).expect("a source"))
        .collect();
    let aliases: Vec<&str> = sources
        .split("#[doc(alias(")
        .skip(1)
        .flat_map(|rest| {
            rest.split_once("))]").expect("the end of the attribute").0.split('"').skip(1).step_by(2)
        })
        .collect();

    let structs = bindings.lines().filter_map(|line| line.strip_prefix("pub struct "));
    let enums = bindings.lines().filter(|line| line.ends_with(" = i32;") && !line.contains("BOOL"));
    let enums = enums.filter_map(|line| line.strip_prefix("pub type "));
    let names = structs.chain(enums).map(|rest| rest.split([' ', '(']).next().expect("a name"));
    let names: Vec<&str> = names.filter(|name| !name.contains("__bindgen_ty_")).collect();
    assert!(names.len() > 80, "{names:?}");
    for name in names {
        let reason = HOMELESS.iter().find(|(homeless, _)| *homeless == name);
        assert!(aliases.contains(&name) != reason.is_some(), "{name}: an alias or a reason, and not both");
    }
}
