//! The committed schema is the program's. (That what the program prints is of it, `documents.rs` has.)

use assert_cmd::Command;
use serde_json::Value;

#[test]
fn the_schema_in_the_repository_is_the_one_that_the_program_prints() {
    let printed = crate::common::came_of(Command::new(env!("CARGO_BIN_EXE_mprctl")).arg("schema"));
    let printed: Value = serde_json::from_str(&printed.stdout).expect("JSON");
    let kept: Value = serde_json::from_str(include_str!("../../schema/mprctl.schema.json")).expect("JSON");
    assert!(
        kept == printed,
        "write it anew, and raise VERSION if something was renamed or removed: \
         cargo run -p mprctl -- schema > mprctl/schema/mprctl.schema.json"
    );
}

/// So that no row is forgotten: each type that is one is in the schema's list.
#[test]
fn each_row_of_the_sources_is_in_the_schema() {
    fn count(folder: &std::path::Path, is_one: fn(&str) -> bool) -> usize {
        let entries =
            std::fs::read_dir(folder).expect("the sources").map(|entry| entry.expect("a file").path());
        entries
            .map(|path| {
                if path.is_dir() {
                    return count(&path, is_one);
                }
                std::fs::read_to_string(&path).expect("UTF-8").lines().filter(|line| is_one(line)).count()
            })
            .sum()
    }
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // `row!` takes `struct Name: "kind" {`; a row with more than that has its own `impl`.
    let rows = count(&sources, |line| {
        let is_described = line.starts_with("    ") && line.contains("struct ") && line.ends_with("\" {");
        is_described || line.starts_with("impl Row for ")
    });
    assert_eq!(rows, count(&sources, |line| line.starts_with("    schemas.add::<")));
}
