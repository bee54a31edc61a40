//! Every name that a list prints is accepted where a name is asked for, in whatever case and form programs write it.

use serde_json::Value;

use crate::common::{Came, came_of, demo, rows_of};

/// Runs it on a server of names in all forms; a secret is on the standard input.
fn run(arguments: &[&str]) -> Came {
    came_of(demo("names.toml").args(["-s", "vpn01"]).args(arguments).write_stdin("secret"))
}

/// Runs it on a server of the names that are no text; a secret is on the standard input.
fn odd(server: &str, arguments: &[&str]) -> Came {
    came_of(demo("surrogates.toml").args(["-s", server]).args(arguments).write_stdin("secret"))
}

/// The values of a column of a list, without those that are missing.
fn values(came: &Came, name: &str) -> Vec<String> {
    let text = |row: &Value| match &row[name] {
        Value::String(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    rows_of(came).iter().filter_map(text).collect()
}

fn column(list: &[&str], name: &str) -> Vec<String> {
    values(&run(&[&["-o", "ndjson"], list].concat()), name)
}

/// The words of a command, with a name in the place of `_`.
fn words<'w>(command: &'w str, name: &'w str) -> Vec<&'w str> {
    let word = |word| match word {
        "_" => name,
        "ROUTER" => "type=full router",
        "FILE" => concat!(env!("CARGO_TARGET_TMPDIR"), "/names.info"),
        _ => word,
    };
    command.split(' ').map(word).collect()
}

/// Lists, the column of each that has names, and the commands that take such a name.
const WALKS: [(&str, &str, &[&str]); 17] = [
    ("interface list", "name", &["interface show _", "interface transport list _"]),
    (
        "interface list",
        "friendly_name",
        &["interface show _", "config names _", "interface transport list _"],
    ),
    ("interface list", "handle", &["interface show _"]),
    ("interface list --where type=dedicated", "name", LOCAL),
    ("interface list --where type=dedicated", "friendly_name", LOCAL),
    ("site list", "name", DIALLED),
    ("site list --where state=disconnected", "name", &["interface connect _ --no-wait"]),
    (
        "site list --where state=connected",
        "name",
        &["site disconnect _ --yes", "interface disconnect _ --yes"],
    ),
    ("config show --where object=interface", "name", &["interface delete _ --store-only --dry-run"]),
    ("config names", "guid", &["config names _", "interface show _"]),
    ("session list", "user", SESSION),
    ("session list", "address", SESSION),
    ("session list", "handle", SESSION),
    ("session list", "user", &["user show _", "user set _ --dial-in allow --yes"]),
    ("port list", "name", PORT),
    ("port list", "handle", PORT),
    ("session list", "port", &["port show _", "port disconnect _ --yes"]),
];

const LOCAL: &[&str] = &[
    "interface set _ --disable --dry-run",
    "interface set _ --disable --store-only --dry-run",
    "interface delete _ --dry-run",
    "interface delete _ --store-only --yes",
    "interface transport show _ IP",
    "interface transport show _ IP --store",
    "interface transport export _ IP FILE --force",
    "interface transport add _ IPv6 --store",
    "interface transport remove _ IP --yes --store",
];

const DIALLED: &[&str] = &[
    "interface set _ --disable",
    "interface set _ --enable --destination vpn.example.com --store",
    "interface set _ --disable --store-only",
    "interface delete _ --store-only --yes",
    "interface credentials show _",
    "interface credentials set _ --user u --password-stdin --yes",
    "interface credentials remove _ --yes",
    "interface credentials set-key _ --key-stdin --yes",
    "interface credentials remove-key _ --yes",
    "interface credentials remove-eap _ --yes",
    "interface device list _",
    "interface device set _ 1 --phone 5550100",
    "interface ikev2 show _",
    "interface ikev2 show _ --store",
    "interface ikev2 set _ --lifetime 4h --store",
    "interface ikev2 remove _ --yes",
    "interface update-phonebook _",
    "interface transport remove _ IP --yes --store-only",
];

const SESSION: &[&str] = &[
    "session show _",
    "session disconnect _ --yes",
    "session message _ --text hello --yes",
    "session clear-stats _ --yes",
];

const PORT: &[&str] = &["port show _", "port reset _ --yes", "port clear-stats _ --yes"];

#[test]
fn each_name_of_each_list_is_a_name_for_the_commands_that_read_and_change() {
    for (list, name, commands) in WALKS {
        let values = column(&words(list, ""), name);
        assert!(!values.is_empty(), "{list} has no {name}");
        for value in values {
            for command in commands {
                let came = run(&words(command, &value));
                assert_eq!(came.code, Some(0), "{command} {value}: {}{}", came.stdout, came.stderr);
            }
            for form in [value.to_lowercase(), value.to_uppercase()] {
                let came = run(&words(commands[0], &form));
                assert_eq!(came.code, Some(0), "{} {form}: {}", commands[0], came.stderr);
            }
        }
    }
}

#[test]
fn each_name_of_a_transport_is_a_name_for_the_commands_that_read_and_change() {
    for name in ["transport", "id", "name"] {
        let values = column(&["transport", "list"], name);
        assert!(!values.is_empty(), "there is no {name}");
        for value in values {
            for command in [
                "transport show _",
                "transport show _ --store",
                "transport export _ FILE --force",
                "transport filter _ off --yes",
                "transport delete _ --yes",
                "interface transport show Lyon _",
                "interface update-result Lyon --transport _",
            ] {
                let came = run(&words(command, &value));
                let is_known = came.code == Some(0) || command.contains("update") && came.code == Some(1);
                assert!(is_known, "{command} {value}: {}", came.stderr);
            }
        }
    }
}

#[test]
fn a_name_that_nobody_can_type_is_found_as_it_is_printed() {
    let mut tried = 0;
    for (list, name, commands) in WALKS {
        let list = [&["-o", "ndjson"], &words(list, "")[..]].concat();
        let values = values(&odd("plain", &list), name);
        for value in values.iter().filter(|value| value.contains('\u{FFFD}')) {
            for command in commands {
                let came = odd("plain", &words(command, value));
                assert_eq!(came.code, Some(0), "{command} {value}: {}{}", came.stdout, came.stderr);
                tried += 1;
            }
        }
    }
    assert!(tried >= 60, "only {tried} commands were tried");
}

#[test]
fn a_name_that_fits_several_changes_nothing_and_the_error_lists_them_with_what_names_each() {
    let listed = |list: &str, name: &str| {
        let list = [&["-o", "ndjson"], &words(list, "")[..]].concat();
        values(&odd("alike", &list), name)
    };
    for (list, name, key, prefix, commands) in [
        ("interface list --where type=dedicated", "friendly_name", "name", "", LOCAL),
        ("config names", "friendly_name", "guid", "", &["config names _"]),
        ("site list", "name", "handle", "_#", &["site disconnect _ --yes"]),
        ("interface list --where type=dedicated", "friendly_name", "handle", "", &LOCAL[..1]),
        ("interface list --where ROUTER", "name", "handle", "", &DIALLED[..1]),
        ("interface list --where type=client", "name", "handle", "", &["interface show _"]),
        ("session list", "user", "handle", "", &SESSION[1..]),
        ("session list", "user", "handle", "_#", &SESSION[1..]),
        ("session list", "user", "handle", "_#", &["user show _", "user set _ --dial-in deny --yes"]),
    ] {
        let (names, keys) = (listed(list, name), listed(list, key));
        assert!(names.len() == 2 && names[0] == names[1], "{list}: {names:?}");
        for command in commands {
            let came = odd("alike", &words(command, &names[0]));
            let shown = format!("{command}: {}{}", came.stdout, came.stderr);
            assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{shown}");
            for key in &keys {
                assert!(came.stderr.contains(key), "{shown} has no {key}");
                let exact = format!("{}{key}", prefix.replace('_', &names[0]));
                let came = odd("alike", &words(command, &exact));
                assert_eq!(came.code, Some(0), "{command} {exact}: {}{}", came.stdout, came.stderr);
            }
        }
    }
}

#[test]
fn the_handle_of_a_running_interface_names_none_that_is_stored() {
    let handle = column(&["interface", "list", "--where", "name=Lyon"], "handle").remove(0);
    let came = run(&["interface", "set", &handle, "--disable", "--store"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{}", came.stderr);
    assert_eq!(run(&["interface", "set", &handle, "--disable"]).code, Some(0));
    assert_eq!(run(&["interface", "set", &handle, "--disable", "--store-only"]).code, Some(6));
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
        for (command, column) in [(["interface", "show"], "name"), (["config", "names"], "guid")] {
            let came = run(&[&["-o", "ndjson"], &command[..], &[form.as_str()]].concat());
            let rows = rows_of(&came);
            assert_eq!(rows[0][column], guid.as_str(), "{command:?} {form}");
            assert_eq!(rows[0]["friendly_name"], "Ethernet", "{command:?} {form}");
        }
    }
    for name in ["Ether", "{00000000-0000-0000-0000-000000000000}"] {
        for command in [["interface", "show"], ["config", "names"]] {
            let came = run(&[&command[..], &[name]].concat());
            assert_eq!(came.code, Some(6), "{command:?} {name}");
        }
    }
}

#[test]
fn show_has_the_name_that_windows_shows_as_the_list_has_it() {
    let rows = |command: &[&str]| rows_of(&run(&[&["-o", "ndjson"], command].concat()));
    for listed in rows(&["interface", "list"]) {
        let (name, shown_as) = (listed["name"].as_str().unwrap(), &listed["friendly_name"]);
        assert_eq!(rows(&["interface", "show", name])[0]["friendly_name"], *shown_as, "{name}");
        let table = run(&["interface", "show", name]).stdout;
        assert_eq!(table.contains("Shown as"), shown_as.is_string(), "{table}");
    }
}

#[test]
fn a_stored_interface_is_found_by_the_name_that_is_shown_too() {
    for name in ["Ethernet", "ETHERNET", "Lokal anslutning åäö 🦊", "Lyon"] {
        let came = run(&["interface", "delete", name, "--store-only", "--dry-run"]);
        assert_eq!(came.code, Some(0), "{name}: {}", came.stderr);
    }
}

#[test]
fn a_name_of_a_site_that_is_down_and_a_user_with_a_domain_are_refused_with_the_reason() {
    let came = run(&["site", "disconnect", "By day", "--yes"]);
    assert_eq!(came.code, Some(6));
    assert!(came.stderr.contains("is not connected"), "{}", came.stderr);
    for name in ["LAB\\bo", "bo@LAB"] {
        let came = run(&["user", "show", name]);
        assert_eq!(came.code, Some(6));
        assert!(came.stderr.contains("without the domain"), "{}", came.stderr);
    }
    assert!(!run(&["user", "show", "bo"]).stderr.contains("without the domain"));
}
