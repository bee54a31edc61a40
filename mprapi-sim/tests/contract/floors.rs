//! The floors of the simulator: the model of a router knows nothing of C. That each floor takes from those below it alone
//! is held for every crate by the workspace's own tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Passes the code of each file of a folder on, without comments.
fn each_file(folder: &Path, work: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            each_file(&path, work);
        } else {
            let text = fs::read_to_string(&path).expect("text");
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            work(&path, &code.join("\n"));
        }
    }
}

/// Returns the names that code takes of `mprapi-sys`.
fn names_of_sys(code: &str) -> BTreeSet<&str> {
    let after = code.split("sys::").skip(1);
    after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")).collect()
}

/// Returns `true` for a constant or a name for a number.
fn is_number(bindings: &str, name: &str) -> bool {
    let is_type = |number| bindings.contains(&format!("pub type {name} = {number};"));
    bindings.contains(&format!("pub const {name}: ")) || ["i32", "u32"].into_iter().any(is_type)
}

#[test]
fn the_model_of_a_router_has_no_raw_pointer_and_no_record_of_c() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bindings = fs::read_to_string(root.join("../mprapi-sys/src/bindings.rs")).expect("the bindings");
    let table = fs::read_to_string(root.join("../mprapi-sys/src/lib.rs")).expect("the crate's root");
    let mut files = 0;
    for floor in ["src/router", "src/scenario"] {
        each_file(&root.join(floor), &mut |path, code| {
            files += 1;
            for word in ["*mut ", "*const ", "&raw ", "NonNull", "unsafe ", "ptr::", "crate::api", "extern "]
            {
                assert!(!code.contains(word), "{} has `{word}`", path.display());
            }
            for name in names_of_sys(code).into_iter().filter(|name| !name.is_empty()) {
                let is_known = is_number(&bindings, name) || is_number(&table, name) || name == "Function";
                assert!(is_known, "{} takes {name}, which is not a number", path.display());
            }
        });
    }
    assert!(files > 40, "the floors have moved");
    for (name, number) in [("RAS_PORT_LISTENING", true), ("HANDLE", false), ("MPR_SERVER_0", false)] {
        assert_eq!(is_number(&bindings, name), number, "{name}");
    }
    assert_eq!(names_of_sys("a: sys::HANDLE, b: &sys::GUID"), BTreeSet::from(["GUID", "HANDLE"]));
}
