//! Every name that a list prints is accepted where a name is asked for, in whatever case and form programs write it.

use serde_json::Value;

use crate::common::{Came, came_of, demo, rows_of};

fn run(arguments: &[&str]) -> Came {
    came_of(demo("names.toml").args(arguments))
}

/// The values of a column of a list, without those that are missing.
fn column(list: &[&str], name: &str) -> Vec<String> {
    let rows = rows_of(&run(&[&["-s", "vpn01", "-o", "ndjson"], list].concat()));
    let text = |row: &Value| match &row[name] {
        Value::String(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    rows.iter().filter_map(text).collect()
}

#[test]
fn each_name_of_each_list_is_a_name_for_the_commands_of_its_noun() {
    let walks: [(&[&str], &str, &[&str]); 13] = [
        (&["interface", "list"], "name", &["interface", "show"]),
        (&["interface", "list"], "friendly_name", &["interface", "show"]),
        (&["interface", "list"], "friendly_name", &["config", "names"]),
        (&["site", "list"], "name", &["interface", "show"]),
        (&["session", "list"], "user", &["session", "show"]),
        (&["session", "list"], "address", &["session", "show"]),
        (&["session", "list"], "handle", &["session", "show"]),
        (&["session", "list"], "port", &["port", "show"]),
        (&["port", "list"], "name", &["port", "show"]),
        (&["port", "list"], "handle", &["port", "show"]),
        (&["transport", "list"], "transport", &["transport", "show"]),
        (&["transport", "list"], "id", &["transport", "show"]),
        (&["interface", "list"], "name", &["interface", "transport", "list"]),
    ];
    for (list, name, show) in walks {
        let values = column(list, name);
        assert!(!values.is_empty() || list[0] == "transport", "{list:?} has no {name}");
        for value in values {
            for form in [value.clone(), value.to_lowercase(), value.to_uppercase()] {
                let came = run(&[&["-s", "vpn01"], show, &[form.as_str()]].concat());
                assert_eq!(came.code, Some(0), "{show:?} {form}: {}", came.stderr);
            }
        }
    }
}

#[test]
fn an_adapter_is_found_by_its_guid_in_each_form_that_programs_write() {
    let guid = column(&["interface", "list"], "name").into_iter().find(|name| name.starts_with('{')).unwrap();
    let bare = guid.trim_matches(['{', '}']);
    for form in [
        bare.to_owned(),
        bare.to_lowercase(),
        format!(r"\DEVICE\TCPIP_{guid}"),
        format!(r"\Device\{guid}"),
        format!(r"\Device\NPF_{guid}"),
    ] {
        let came = run(&["-s", "vpn01", "-o", "ndjson", "interface", "show", &form]);
        let rows = rows_of(&came);
        assert_eq!(rows[0]["name"], guid.as_str(), "{form}");
    }
    for name in ["Ether", "{00000000-0000-0000-0000-000000000000}"] {
        assert_eq!(run(&["-s", "vpn01", "interface", "show", name]).code, Some(6), "{name}");
    }
}

#[test]
fn a_stored_interface_is_found_by_the_name_that_is_shown_too() {
    for name in ["Ethernet", "ETHERNET", "Lokal anslutning åäö 🦊", "Lyon"] {
        let came = run(&["-s", "vpn01", "interface", "delete", name, "--store-only", "--dry-run"]);
        assert_eq!(came.code, Some(0), "{name}: {}", came.stderr);
    }
}
