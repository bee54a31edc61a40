//! `mprctl interface`, on the simulated router of `routing.toml`, on every system.

use crate::common::{Came, came_of, demo};

fn mprctl(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Came { code, stdout, stderr } =
        came_of(demo("routing.toml").args(["--server", "router", "interface"]).args(arguments));
    (code, stdout, stderr)
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let (code, stdout, stderr) = mprctl(&[arguments, &["--output", "json"]].concat());
    assert_eq!(code, Some(0), "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

/// The one thing that was done, as JSON has it.
fn action(arguments: &[&str]) -> serde_json::Value {
    json(arguments)["rows"][0].clone()
}

#[test]
fn the_list_has_each_interface_with_its_type_and_state() {
    let answer = json(&["list", "--where", "name=branch"]);
    assert_eq!(answer["kind"], "interface");
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["server"], &rows[0]["state"]), (&"router".into(), &"disconnected".into()));
    assert_eq!(rows[0]["enabled"], true);
}

#[test]
fn a_network_adapter_is_listed_with_the_name_that_windows_shows() {
    let answer = json(&["list", "--where", "friendly_name=Ethernet"]);
    let name = answer["rows"][0]["name"].as_str().expect("the adapter");
    assert!(name.starts_with('{') && name.ends_with('}'), "{name}");
}

#[test]
fn an_interface_is_made_that_dials_a_telephone_number_with_a_modem() {
    let create = ["create", "by phone", "--phone", "5550123", "--device", "Standard Modem"];
    assert_eq!(action(&create)["outcome"], "done");
    assert_eq!(mprctl(&create[..4]).0, Some(2), "a number is dialled with something");
}

/// A network adapter can be enabled and disabled, but has no destination.
#[test]
fn a_network_adapter_is_disabled_and_has_no_destination() {
    let name = json(&["list", "--where", "friendly_name=Ethernet"])["rows"][0]["name"].clone();
    let name = name.as_str().expect("the adapter");
    for (what, outcome) in [("--disable", "done"), ("--enable", "unchanged")] {
        assert_eq!(action(&["set", name, what])["outcome"], outcome, "{what}");
    }
    let (code, _, stderr) = mprctl(&["set", name, "--destination", "vpn9.example.com"]);
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("not a demand-dial interface"), "{stderr}");
}

#[test]
fn show_tells_what_a_demand_dial_interface_dials() {
    let (code, stdout, stderr) = mprctl(&["show", "branch"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let line = stdout.lines().find(|line| line.starts_with("Dials")).expect("a line for it");
    assert!(line.ends_with("vpn2.example.com"), "{line}");
}

#[test]
fn show_tells_when_an_interface_may_dial_out_in_words_and_programs_the_texts_of_each_day() {
    let show = |name: &str, output: &str| {
        let came = came_of(demo("names.toml").args(["-s", "vpn01", "-o", output, "interface", "show", name]));
        assert_eq!(came.code, Some(0), "{}", came.stderr);
        came.stdout
    };
    let dials_out = |name: &str| {
        let sheet = show(name, "table");
        sheet.lines().find_map(|line| line.strip_prefix("Dials out")).map(|words| words.trim().to_owned())
    };
    assert_eq!(dials_out("By day").as_deref(), Some("Mon–Fri 08:00–18:00; Sat 09:00–12:00, 13:00–15:30"));
    assert_eq!(dials_out("Lyon").as_deref(), Some("-"), "it may at any time");
    assert_eq!(dials_out("Ethernet"), None, "it never dials");
    let hours = |name: &str| {
        let answer: serde_json::Value = serde_json::from_str(&show(name, "json")).unwrap();
        answer["rows"][0]["dialout_hours"].clone()
    };
    let day = |day: u8| format!("{day} 08:00-18:00");
    let days = [day(1), day(2), day(3), day(4), day(5), "6 09:00-12:00 13:00-15:30".to_owned()];
    assert_eq!(hours("By day"), serde_json::json!(days));
    assert_eq!((hours("Lyon"), hours("Ethernet")), (serde_json::json!([]), serde_json::Value::Null));
}

#[test]
fn set_tells_what_is_so_already_as_unchanged_on_a_dry_run_too() {
    let cases: [(&[&str], &str, &str); 5] = [
        (&["--enable"], "unchanged", "unchanged"),
        (&["--destination", "vpn2.example.com"], "unchanged", "unchanged"),
        (&["--enable", "--destination", "vpn2.example.com"], "unchanged", "unchanged"),
        (&["--enable", "--destination", "vpn9.example.com"], "done", "would"),
        (&["--disable", "--destination", "vpn2.example.com"], "done", "would"),
    ];
    for (change, outcome, on_a_dry_run) in cases {
        let set = [&["set", "branch"], change].concat();
        assert_eq!(action(&set)["outcome"], outcome, "{change:?}");
        assert_eq!(action(&[&set[..], &["--dry-run"]].concat())["outcome"], on_a_dry_run, "{change:?}");
    }
    for (change, outcome) in [("--enable", "unchanged"), ("--disable", "done")] {
        let set = ["set", "branch", change, "--store-only"];
        assert_eq!(action(&set)["outcome"], outcome, "{change} as stored");
    }
}

#[test]
fn a_name_that_is_wrong_is_exit_code_6_and_nothing_is_done() {
    let (code, stdout, stderr) = mprctl(&["delete", "branch", "brunch", "--yes"]);
    assert_eq!((code, stdout.as_str()), (Some(6), ""));
    assert!(
        stderr.contains("no interface is named `brunch`") && stderr.contains("interface list"),
        "{stderr}"
    );
}

#[test]
fn a_dry_run_of_create_says_what_would_be_and_what_could_not() {
    let answer = json(&["create", "new", "--vpn", "vpn9.example.com", "--store", "--dry-run"]);
    let said = |row: &serde_json::Value| (row["action"].clone(), row["outcome"].clone());
    let rows: Vec<_> = answer["rows"].as_array().unwrap().iter().map(said).collect();
    assert_eq!(rows, [("create".into(), "would".into()), ("store".into(), "would".into())]);
    let (code, _, stderr) = mprctl(&["create", "branch", "--vpn", "vpn9.example.com", "--dry-run"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("an interface with that name exists already"), "{stderr}");
}

#[test]
fn what_takes_away_is_not_done_without_a_yes() {
    for verb in ["delete", "disconnect"] {
        let (code, stdout, stderr) = mprctl(&[verb, "branch"]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert!(stderr.contains("--yes") && stderr.contains("1 interface: branch"), "{stderr}");
        assert_eq!(action(&[verb, "branch", "--dry-run"])["outcome"], "would");
    }
    assert_eq!(action(&["delete", "branch", "--yes"])["outcome"], "done");
}

#[test]
fn an_interface_is_made_to_a_host_and_stored_if_asked() {
    let answer = json(&["create", "new", "--vpn", "vpn9.example.com", "--store"]);
    let done: Vec<_> = answer["rows"].as_array().unwrap().iter().map(|row| &row["action"]).collect();
    assert_eq!(done, ["create", "store"]);
    let (code, _, stderr) = mprctl(&["create", "branch", "--vpn", "vpn9.example.com"]);
    assert_eq!(code, Some(1), "a name that is taken: {stderr}");
    let (code, _, _) = mprctl(&["create", "new"]);
    assert_eq!(code, Some(2), "to where is not said");
}

#[test]
fn set_changes_a_demand_dial_interface_and_needs_something_to_change() {
    assert_eq!(action(&["set", "branch", "--disable"])["outcome"], "done");
    assert_eq!(
        action(&["set", "branch", "--enable", "--destination", "vpn4.example.com"])["outcome"],
        "done"
    );
    let (code, _, _) = mprctl(&["set", "branch"]);
    assert_eq!(code, Some(2));
    let (code, _, _) = mprctl(&["set", "branch", "--enable", "--disable"]);
    assert_eq!(code, Some(2));
}

#[test]
fn set_and_delete_change_what_is_stored_too_and_alone() {
    let objects = |arguments: &[&str]| -> Vec<String> {
        let answer = json(arguments);
        let rows = answer["rows"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["outcome"] == "done"), "{rows:?}");
        rows.iter().map(|row| row["object"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(objects(&["set", "branch", "--disable", "--store"]), ["branch", "branch (stored)"]);
    assert_eq!(objects(&["set", "branch", "--disable", "--store-only"]), ["branch (stored)"]);
    assert_eq!(objects(&["set", "branch", "--destination", "vpn4.example.com", "--store"]), ["branch"]);
    assert_eq!(
        objects(&["delete", "branch", "far", "--yes", "--store-only"]),
        ["branch (stored)", "far (stored)"]
    );
    assert_eq!(objects(&["delete", "branch", "--yes", "--store"]), ["branch", "branch (stored)"]);
    for verb in [&["set", "branch", "brunch", "--enable"][..], &["delete", "branch", "brunch", "--yes"]] {
        let (code, stdout, stderr) = mprctl(&[verb, &["--store-only"]].concat());
        assert_eq!((code, stdout.as_str()), (Some(6), ""));
        assert!(
            stderr.contains("no interface is named `brunch`") && stderr.contains("config show"),
            "{stderr}"
        );
    }
    let (code, _, _) = mprctl(&["set", "branch", "--destination", "vpn4.example.com", "--store-only"]);
    assert_eq!(code, Some(2), "the phone book is the running service's");
    assert_eq!(action(&["set", "branch", "--disable", "--dry-run"])["outcome"], "would");
}

#[test]
fn connect_waits_and_tells_why_it_failed() {
    assert_eq!(action(&["connect", "branch"])["outcome"], "done");
    assert_eq!(action(&["connect", "far", "--no-wait"])["outcome"], "done");
    let (code, stdout, _) = mprctl(&["connect", "branch", "far", "--output", "json"]);
    assert_eq!(code, Some(7));
    let answer: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&answer["rows"][0]["outcome"], &answer["rows"][1]["outcome"]),
        (&"done".into(), &"failed".into())
    );
    assert_eq!(answer["rows"][1]["error"]["code"], 868);
}

#[test]
fn an_interface_that_is_named_twice_is_changed_once() {
    let list = json(&["list"]);
    let branch = list["rows"].as_array().expect("rows").iter().find(|row| row["name"] == "branch");
    let handle = branch.expect("it is there")["handle"].as_str().expect("a handle").to_owned();
    for arguments in [
        &["delete", "branch", "BRANCH", &handle, "--yes"][..],
        &["delete", "branch", "Branch", "--store-only", "--yes"],
        &["set", "branch", "branch", &handle, "--disable"],
        &["set", "branch", "BRANCH", "--disable", "--store-only"],
        &["disconnect", "branch", "BRANCH", "--dry-run", "--yes"],
    ] {
        let (code, stdout, stderr) = mprctl(&[&["-o", "csv"], arguments].concat());
        assert_eq!(code, Some(0), "{arguments:?}: {stdout}{stderr}");
        assert_eq!(stdout.lines().count(), 2, "{arguments:?}: {stdout}");
    }
    // The question counts them so too.
    let (_, _, stderr) = mprctl(&["delete", "branch", "branch"]);
    assert!(stderr.contains("1 interface: branch?"), "{stderr}");
}

/// On the built-in router: an adapter, a link, and the interface of a client, which lives as long as the session.
#[test]
fn an_interface_that_does_not_dial_is_refused_for_the_same_reason_with_and_without_a_dry_run() {
    let run = |arguments: &[&str]| {
        let mut mprctl = assert_cmd::Command::new(env!("CARGO_BIN_EXE_mprctl"));
        mprctl.env("MPRCTL_CONFIG", "").env_remove("MPRAPI_SIM_SCENARIO").arg("--demo");
        came_of(mprctl.args(["-s", ".", "interface"]).args(arguments))
    };
    for (arguments, consent) in [
        (&["connect", "Ethernet"][..], None),
        (&["connect", "Ethernet", "--no-wait"], None),
        (&["disconnect", "Ethernet"], Some("--yes")),
        (&["disconnect", "Internal"], Some("--yes")),
        (&["ikev2", "set", "Ethernet", "--lifetime", "1h"], None),
        (&["ikev2", "remove", "Ethernet"], Some("--yes")),
        (&["update-phonebook", "Ethernet"], None),
        (&["update-routes", "Loopback"], None),
        (&["credentials", "remove-key", "Ethernet"], Some("--yes")),
        (&["credentials", "remove-eap", "Ethernet"], Some("--yes")),
    ] {
        let dry = run(&[arguments, &["--dry-run"]].concat());
        let reason = "the interface is not a demand-dial interface; its type is";
        assert!(dry.code == Some(1) && dry.stderr.contains(reason), "{arguments:?}: {}", dry.stderr);
        assert!(!dry.stdout.contains("would be done"), "{arguments:?}: {}", dry.stdout);
        let real = run(&[arguments, consent.as_slice()].concat());
        assert_eq!((real.code, real.stderr), (dry.code, dry.stderr), "{arguments:?}");
    }
    let shown = run(&["ikev2", "show", "Ethernet"]);
    assert!(shown.stderr.contains("not a demand-dial interface"), "{}", shown.stderr);
    let client = run(&["disconnect", r"CORP\anna.lindqvist", "--dry-run"]);
    assert!(
        client.code == Some(6) && client.stderr.contains("the interface of a client"),
        "{}",
        client.stderr
    );
    assert!(client.stderr.contains("mprctl session disconnect"), "{}", client.stderr);
    for arguments in [
        &["connect", "Branch Lyon"][..],
        &["connect", "Branch Lyon", "--no-wait"],
        &["disconnect", "Branch Lyon"],
        &["update-phonebook", "Branch Lyon"],
    ] {
        let dry = run(&[arguments, &["--dry-run"]].concat());
        assert_eq!(dry.code, Some(0), "{arguments:?}: {}", dry.stderr);
        assert!(dry.stdout.contains("would be done"), "{arguments:?}: {}", dry.stdout);
    }
}
