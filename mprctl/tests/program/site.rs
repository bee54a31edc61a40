//! Links to other sites are nobody's sessions, by the built program. On the simulated servers of `sites.toml`, on every
//! system.

use serde_json::Value;

use crate::common::{Came, came_of, demo, rows_of, rows_of_document as rows};

fn run(arguments: &[&str]) -> Came {
    came_of(demo("sites.toml").args(arguments))
}

/// A column of the rows of NDJSON.
fn column(server: &str, name: &str, arguments: &[&str]) -> Vec<String> {
    let rows = rows_of(&run(&[&["-s", server, "-o", "ndjson"], arguments].concat()));
    rows.iter().map(|row| row[name].as_str().expect("text").to_owned()).collect()
}

/// Returns the exit code and the objects of the actions.
fn objects(arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let came = run(&[&["-s", "vpn01", "-o", "json"], arguments].concat());
    let document: Value = serde_json::from_str(&came.stdout).expect("one JSON document");
    let rows = document["rows"].as_array().cloned().unwrap_or_default();
    (came.code, rows.iter().map(|row| row["object"].as_str().expect("text").to_owned()).collect())
}

#[test]
fn sessions_are_clients_unless_asked_otherwise_and_each_says_what_it_is() {
    for (server, users) in [("vpn01", vec!["PC-042$", "anna"]), ("old", vec!["ben"])] {
        assert_eq!(column(server, "user", &["session", "list"]), users);
        let types = column(server, "type", &["session", "list"]);
        assert!(types.iter().all(|kind| kind == "client"), "{types:?}");
    }
    let types = column("vpn01", "type", &["session", "list", "--type", "all"]);
    assert_eq!(types, ["client", "client", "site-to-site"]);
    assert_eq!(column("vpn01", "interface", &["session", "list", "--type", "site"]), ["Oslo"]);
    let table = run(&["-s", "vpn01", "session", "list", "--type", "all"]).stdout;
    assert!(table.lines().next().expect("a header").contains("Type"), "{table}");
    assert_eq!(column("vpn01", "type", &["session", "show", "anna"]), ["client"]);
    assert_eq!(column("vpn01", "type", &["session", "show", "--type", "all", "oslo"]), ["site-to-site"]);
}

#[test]
fn status_counts_users_and_sites_apart_and_so_does_mprctl_alone() {
    let row = &rows_of(&run(&["-s", "vpn01", "-o", "ndjson", "status"]))[0];
    assert_eq!((&row["sessions"], &row["sites"]), (&2.into(), &1.into()));
    assert_eq!(column("vpn01", "user", &[]), ["PC-042$", "anna"]);
    let text = run(&["-s", "vpn01"]).stdout;
    assert!(text.contains("2 sessions and 1 site-to-site link connected"), "{text}");
    assert!(!text.contains("Oslo"), "{text}");
}

#[test]
fn nothing_that_names_users_ends_a_site() {
    let users = ["CORP\\PC-042$ (10.0.0.17)", "CORP\\anna (10.0.0.18)"];
    for verb in ["disconnect", "clear-stats", "unquarantine"] {
        let (code, all) = objects(&["session", verb, "--glob", "*", "--dry-run"]);
        assert_eq!((code, &all[..]), (Some(0), &users.map(str::to_owned)[..]), "{verb}");
    }
    let link = &rows_of(&run(&["-s", "vpn01", "-o", "ndjson", "site", "list", "--where", "name=Oslo"]))[0];
    let named = |name: &str| link[name].as_str().expect("text").to_owned();
    for (name, glob) in [
        ("Oslo".to_owned(), None),
        ("Osl?".to_owned(), Some("--glob")),
        (named("address"), None),
        (named("handle"), None),
        (format!("{}*", named("handle")), Some("--glob")),
        (format!("anna#{}", named("handle")), None),
    ] {
        let arguments = [&["-s", "vpn01", "session", "disconnect", &name, "--dry-run"][..], glob.as_slice()];
        let came = run(&arguments.concat());
        assert_eq!(came.code, Some(6), "{name}: {}", came.stdout);
        assert!(came.stderr.contains("mprctl site list"), "{}", came.stderr);
    }
    // The account of the link is a user's name: the user is meant.
    assert_eq!(objects(&["session", "disconnect", "CORP\\anna", "--yes"]).1, [users[1]]);
}

#[test]
fn a_port_with_a_site_on_it_has_to_be_named() {
    let ports =
        rows_of(&run(&["-s", "vpn01", "-o", "ndjson", "port", "list", "--where", "type=site-to-site"]));
    let [port] = &ports[..] else { panic!("{ports:?}") };
    let name = port["name"].as_str().expect("a name");
    assert_eq!(port["interface"], "Oslo");
    for verb in ["disconnect", "reset"] {
        for pattern in ["*", &format!("{}*", &name[..4]), port["handle"].as_str().expect("a handle")] {
            let came = run(&["-s", "vpn01", "-o", "json", "port", verb, "--glob", pattern, "--dry-run"]);
            if pattern.starts_with("0x") {
                assert_eq!(came.code, Some(0), "what is named is meant: {}", came.stderr);
                continue;
            }
            assert_eq!(came.code, Some(2), "{verb} {pattern}");
            assert!(came.stderr.contains(name) && came.stderr.contains("Oslo"), "{}", came.stderr);
            assert!(came.stderr.contains("nothing was done"), "{}", came.stderr);
        }
        let (code, said) = objects(&["port", verb, name, "--yes"]);
        assert_eq!((code, said), (Some(0), vec![format!("{name} (link to Oslo)")]), "{verb}");
    }
    assert_eq!(objects(&["port", "clear-stats", "--glob", "*", "--yes"]).0, Some(0));
}

#[test]
fn sites_are_listed_whether_they_are_up_or_not_and_ended_by_their_names() {
    let rows = rows_of(&run(&["-s", "vpn01", "-o", "ndjson", "site", "list"]));
    let short: Vec<_> = rows.iter().map(|row| (&row["name"], &row["state"], &row["user"])).collect();
    let (oslo, lyon) = ("Oslo".into(), "Lyon".into());
    let (connected, disconnected, anna) = ("connected".into(), "disconnected".into(), "anna".into());
    assert_eq!(short, [(&lyon, &disconnected, &Value::Null), (&oslo, &connected, &anna)]);
    assert_eq!(column("old", "name", &["site", "list"]), ["Bern"]);

    let (code, said) = objects(&["site", "disconnect", "oslo", "--yes"]);
    assert_eq!((code, said.len()), (Some(0), 1));
    assert!(said[0].starts_with("Oslo ("), "{said:?}");
    for wrong in ["anna", "CORP\\anna", "Osl*", "*", "Lyon", "Ethernet"] {
        let came = run(&["-s", "vpn01", "site", "disconnect", wrong, "--yes"]);
        assert_eq!(came.code, Some(6), "{wrong}: {}", came.stdout);
    }
    assert_eq!(run(&["-s", "vpn01", "site", "disconnect", "", "--yes"]).code, Some(2));
    assert_eq!(run(&["-s", "vpn01", "site", "disconnect", "--glob", "Oslo", "--yes"]).code, Some(2));
    // Without a terminal the question is an error that says what it is about.
    let came = run(&["-s", "vpn01", "site", "disconnect", "Oslo"]);
    assert!(came.code == Some(2) && came.stderr.contains("disconnect 1 site: Oslo"), "{}", came.stderr);
}

#[test]
fn watch_tells_of_a_site_and_not_of_a_user() {
    let came = run(&["-s", "vpn01", "-o", "ndjson", "watch", "--all", "--for", "300ms"]);
    let lines = rows_of(&came);
    let of = |event: &str| lines.iter().filter(|line| line["event"] == event).collect::<Vec<_>>();
    assert_eq!((&of("up")[0]["sessions"], &of("up")[0]["sites"]), (&2.into(), &1.into()));
    assert_eq!(of("there").len(), 2);
    let [site] = of("site_there")[..] else { panic!("{lines:?}") };
    assert_eq!((&site["site"]["interface"], &site["session"]), (&"Oslo".into(), &Value::Null));
    let text = run(&["-s", "vpn01", "watch", "--all", "--for", "300ms"]).stdout;
    assert!(text.contains("2 sessions and 1 site connected"), "{text}");
    assert!(text.lines().any(|line| line.contains("  site there  Oslo  ")), "{text}");
}

#[test]
fn what_is_done_to_a_user_leaves_the_site() {
    let came = run(&["-s", "vpn01", "-o", "json", "session", "disconnect", "--glob", "*", "--yes"]);
    assert_eq!((came.code, rows(&came).len()), (Some(0), 2));
}
