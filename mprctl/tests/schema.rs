//! The committed schema is the program's, and what the program prints is of it.

use assert_cmd::Command;
use serde_json::Value;

fn run(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/session.toml");
    command.env("MPRAPI_SIM_SCENARIO", scenario).args(arguments);
    let output = command.output().expect("mprctl starts");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn the_schema_in_the_repository_is_the_one_that_the_program_prints() {
    let kept: Value = serde_json::from_str(include_str!("../schema/mprctl.schema.json")).expect("JSON");
    assert!(
        kept == run(&["schema"]),
        "write it anew, and raise VERSION if something was renamed or removed: \
         cargo run -p mprctl -- schema > mprctl/schema/mprctl.schema.json"
    );
}

#[test]
fn rows_have_what_the_schema_requires_and_nothing_that_it_does_not_know() {
    let schema = run(&["schema"]);
    let cases: [(&[&str], &str); 11] = [
        (&["explain", "5", "906"], "CodeRow"),
        (&["port", "show", "--glob", "*"], "PortDetails"),
        (&["server", "domain-controller"], "ControllerRow"),
        (&["server", "key"], "KeyRow"),
        (&["server", "show"], "TunnelRow"),
        (&["status"], "Status"),
        (&["session", "list"], "Session"),
        (&["session", "show", "ben"], "SessionDetails"),
        (&["device", "list"], "Device"),
        (&["port", "list"], "PortRow"),
        (&["session", "disconnect", "ben", "--yes"], "Action"),
    ];
    for (arguments, name) in cases {
        let document = run(&[&["--demo", "-s", "east", "-o", "json"], arguments].concat());
        let definition = &schema["$defs"][name];
        let known = definition["properties"].as_object().expect("properties");
        let required = definition["required"].as_array().expect("required");
        let rows = document["rows"].as_array().expect("rows");
        assert!(!rows.is_empty(), "{name}");
        for row in rows.iter().map(|row| row.as_object().expect("an object")) {
            assert!(row.keys().all(|key| known.contains_key(key)), "{name}: {row:?}");
            let has = |key: &Value| row.contains_key(key.as_str().expect("a name"));
            assert!(required.iter().all(has), "{name}: {row:?}");
        }
    }
}

/// So that no row is forgotten: each type that is one is in the schema's list.
#[test]
fn each_row_of_the_sources_is_in_the_schema() {
    fn count(folder: &std::path::Path, what: &str) -> usize {
        let entries =
            std::fs::read_dir(folder).expect("the sources").map(|entry| entry.expect("a file").path());
        entries
            .map(|path| {
                if path.is_dir() {
                    return count(&path, what);
                }
                std::fs::read_to_string(&path).expect("UTF-8").matches(what).count()
            })
            .sum()
    }
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(count(&sources, "\nimpl Row for "), count(&sources, "    schemas.add::<"));
}
