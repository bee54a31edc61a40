//! Output for programs: JSON and NDJSON follow the schema in the repository, and CSV has the same values. On the
//! simulated servers of `tables.toml`. Not on Windows: nothing that is printed depends on the system, and there are hundreds of
//! runs.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::common::{came_of, demo};

/// Commands that print rows, all of them together each kind of row that there is.
const COMMANDS: &[&[&str]] = &[
    &[],
    &["status"],
    &["session", "list"],
    &["session", "show", "--glob", "*"],
    &["session", "disconnect", "--glob", "*", "--dry-run"],
    &["session", "clear-stats", "--glob", "*", "--yes"],
    &["session", "unquarantine", "--glob", "*", "--yes"],
    &["site", "list"],
    &["port", "list"],
    &["port", "usage"],
    &["port", "show", "VPN1-0"],
    &["port", "reset", "VPN1-0", "--yes"],
    &["device", "list"],
    &["explain", "5", "906"],
    &["server", "show"],
    &["server", "set", "pptp.ports=2", "--yes"],
    &["server", "key"],
    &["server", "domain-controller"],
    &["server", "registration", "--domain", "CORP"],
    &["interface", "list"],
    &["interface", "show", "Closed"],
    &["interface", "connect", "支店 大阪"],
    &["interface", "transport", "list", "Closed"],
    &["interface", "transport", "add", "Closed", "IPv6", "--store"],
    &["interface", "credentials", "show", "Closed"],
    &["interface", "device", "list", "Closed"],
    &["interface", "ikev2", "show", "Closed"],
    &["interface", "update-result", "Branch office of the northern region, second line"],
    &["transport", "list"],
    &["transport", "delete", "IP", "--dry-run"],
    &["transport", "show", "IP"],
    &["user", "show", "anna", "ben"],
    &["user", "set", "anna", "--dial-in", "deny", "--yes"],
    &["config", "show"],
    &["config", "names"],
    &["mib", "interfaces"],
    &["mib", "addresses"],
    &["mib", "routes"],
    &["mib", "get", "0000000000000000"],
    &["watch", "--all", "--for", "300ms"],
];

fn schema() -> Value {
    serde_json::from_str(include_str!("../../schema/mprctl.schema.json")).expect("JSON")
}

pub(crate) fn document() -> Validator {
    jsonschema::validator_for(&schema()).expect("a schema")
}

/// Returns the validator for a line of NDJSON.
fn line() -> Validator {
    let mut schema = schema();
    let whole = schema.as_object_mut().expect("an object");
    whole.remove("oneOf");
    whole.insert("$ref".to_owned(), json!("#/$defs/Line"));
    jsonschema::validator_for(&schema).expect("a schema")
}

/// Returns the standard output, whatever the exit code: failures are not tested here.
fn stdout(servers: &str, format: &str, arguments: &[&str]) -> String {
    let came = came_of(demo("tables.toml").args(["-s", servers, "-o", format]).args(arguments));
    assert!(matches!(came.code, Some(0..=8)), "{arguments:?}: {}", came.stderr);
    came.stdout
}

pub(crate) fn assert_valid(validator: &Validator, value: &Value, arguments: &[&str]) {
    let errors = validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path()));
    let errors: Vec<String> = errors.collect();
    assert!(errors.is_empty(), "{arguments:?}: {value:#}\n{errors:#?}");
}

#[test]
fn json_of_every_command_is_of_the_schema_also_when_servers_fail() {
    let validator = document();
    let mut seen = BTreeSet::from(["failure".to_owned()]);
    for arguments in COMMANDS.iter().filter(|arguments| arguments.first() != Some(&"watch")) {
        for servers in ["hq", "hq,old,denied", "denied", "denied,nobody"] {
            let json: Value =
                serde_json::from_str(&stdout(servers, "json", arguments)).expect("one document");
            assert_valid(&validator, &json, arguments);
            if json["rows"].as_array().is_some_and(|rows| !rows.is_empty()) {
                seen.insert(json["kind"].as_str().expect("a kind").to_owned());
            }
        }
    }
    // Events come one by one, and so have no document. The simulator begins without settings of transports and without
    // IP-in-IP tunnels. Files are checked on this machine alone, by the test below, and connections only over the network.
    // Fleets and settings are mprctl's own. The service is one of Windows.
    let of_no_server =
        ["admin_dll", "check", "event", "fleet", "fleet_server", "info", "ip_in_ip", "service", "setting"];
    seen.extend(of_no_server.map(str::to_owned));
    let schema = schema();
    let kinds = schema["oneOf"].as_array().expect("documents").iter();
    let kinds =
        kinds.map(|document| document["allOf"][1]["properties"]["kind"]["const"].as_str().expect("a kind"));
    assert_eq!(
        kinds.map(str::to_owned).collect::<BTreeSet<_>>(),
        seen,
        "each kind was printed by some command"
    );
}

#[test]
fn the_check_of_a_file_is_of_the_schema_in_each_format() {
    let check = |format| {
        let program = env!("CARGO_BIN_EXE_mprctl");
        came_of(demo("tables.toml").args(["-o", format, "admin-dll", "check", program, "Cargo.toml"]))
    };
    let json: Value = serde_json::from_str(&check("json").stdout).expect("one document");
    assert_valid(&document(), &json, &["admin-dll", "check"]);
    assert_eq!((json["kind"].as_str(), json["rows"].as_array().map(Vec::len)), (Some("admin_dll"), Some(2)));
    let lines = check("ndjson").stdout;
    assert_eq!(lines.lines().count(), 2);
    for text in lines.lines() {
        assert_valid(&line(), &serde_json::from_str(text).expect("JSON"), &["admin-dll", "check"]);
    }
    assert!(check("csv").stdout.starts_with("server,order,path,status,"));
}

#[test]
fn each_line_of_ndjson_is_of_the_schema() {
    let validator = line();
    for arguments in COMMANDS {
        for servers in ["hq", "hq,old,denied", "denied"] {
            let lines = stdout(servers, "ndjson", arguments);
            assert!(!lines.is_empty() || arguments.ends_with(&["show", "IP"]), "{arguments:?}");
            for line in lines.lines() {
                assert_valid(&validator, &serde_json::from_str(line).expect("JSON"), arguments);
            }
        }
    }
}

#[test]
fn a_failure_of_the_command_line_is_of_the_schema() {
    let arguments = ["session", "list", "--sort", "nope"];
    assert_valid(
        &document(),
        &serde_json::from_str(&stdout("hq", "json", &arguments)).expect("JSON"),
        &arguments,
    );
    assert_valid(
        &line(),
        &serde_json::from_str(&stdout("hq", "ndjson", &arguments)).expect("JSON"),
        &arguments,
    );
}

/// Or what is tested would be that the schema allows everything.
#[test]
fn the_schema_refuses_what_mprctl_does_not_print() {
    let (document, line) = (document(), line());
    let json: Value = serde_json::from_str(&stdout("hq", "json", &["session", "list"])).expect("JSON");
    let changes: [fn(&mut Value); 4] = [
        |json| json["kind"] = json!("sessions"),
        |json| json["rows"][0]["bytes_in"] = json!("64.0 MB"),
        |json| drop(json["rows"][0].as_object_mut().expect("an object").remove("user")),
        |json| json["servers"][0]["ok"] = json!(null),
    ];
    for change in changes {
        let mut wrong = json.clone();
        change(&mut wrong);
        assert!(!document.is_valid(&wrong), "{wrong:#}");
    }
    let mut wrong = json["rows"][0].clone();
    wrong["user"] = json!(5);
    assert!(!line.is_valid(&wrong), "{wrong:#}");
}

/// As CSV has what JSON has.
fn exact(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(exact).collect::<Vec<_>>().join(", "),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Object(_) => panic!("{value} is no cell"),
    }
}

#[test]
fn csv_read_back_says_what_json_says_and_has_the_same_columns_for_all_servers() {
    for arguments in COMMANDS.iter().filter(|arguments| arguments.first() != Some(&"watch")) {
        let mut headers = BTreeSet::new();
        for servers in ["hq", "hq,old,denied"] {
            let json: Value =
                serde_json::from_str(&stdout(servers, "json", arguments)).expect("one document");
            let csv = stdout(servers, "csv", arguments);
            let mut csv = csv::Reader::from_reader(csv.as_bytes());
            let header = csv.headers().expect("a header").clone();
            let rows = json["rows"].as_array().expect("rows");
            let mut records = csv.records();
            for row in rows.iter().map(|row| row.as_object().expect("an object")) {
                let record = records.next().expect("a record for each row").expect("CSV");
                for (name, value) in row {
                    let place = header.iter().position(|column| column == name);
                    let place = place.unwrap_or_else(|| panic!("{arguments:?}: CSV has no {name}"));
                    if let Value::Object(failure) = value {
                        let message = failure["message"].as_str().expect("a failure");
                        assert!(record[place].starts_with(message), "{arguments:?}: {name}");
                        continue;
                    }
                    // Each run takes it from its own reading of the clock.
                    if name == "started" {
                        assert_eq!(record[place].len(), exact(value).len(), "{arguments:?}: {name}");
                        continue;
                    }
                    assert_eq!(record[place], exact(value), "{arguments:?}: {name}");
                }
                for (name, cell) in header.iter().zip(&record) {
                    assert!(row.contains_key(name) || cell.is_empty(), "{arguments:?}: JSON has no {name}");
                }
            }
            assert!(records.next().is_none(), "{arguments:?}: CSV has more rows");
            headers.insert(header.iter().map(str::to_owned).collect::<Vec<_>>());
        }
        assert_eq!(headers.len(), 1, "{arguments:?}");
    }
}
