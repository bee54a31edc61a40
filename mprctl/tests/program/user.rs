//! `mprctl user`, on the simulated accounts of `routing.toml`, on every system.

use crate::common::{Came, came_of, demo};

fn mprctl(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Came { code, stdout, stderr } =
        came_of(demo("routing.toml").args(["--server", "router", "user"]).args(arguments));
    (code, stdout, stderr)
}

#[test]
fn show_tells_what_each_account_may_do() {
    let (code, stdout, stderr) = mprctl(&["show", "anna", "ben", "--output", "csv"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(
        lines,
        ["server,user,dial_in,callback,number", "router,anna,allow,none,", "router,ben,deny,number,5550100"]
    );
}

#[test]
fn set_tells_of_each_account_and_asks_before() {
    let change = ["set", "anna", "ben", "--dial-in", "policy", "--callback", "number=5550199"];
    let (code, stdout, stderr) = mprctl(&change);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("anna, ben") && stderr.contains("--yes"), "{stderr}");
    for (consent, outcome) in [("--dry-run", "would"), ("--yes", "done")] {
        let (code, stdout, stderr) = mprctl(&[&change[..], &[consent, "--output", "json"]].concat());
        assert_eq!(code, Some(0), "{stderr}");
        let answer: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        let rows = answer["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row["outcome"] == outcome), "{stdout}");
    }
}

#[test]
fn an_account_that_may_do_the_same_already_is_told_as_unchanged() {
    let cases: [(&[&str], &str, &str); 5] = [
        (&["anna", "--dial-in", "allow"], "unchanged", "unchanged"),
        (&["ben", "--callback", "number=5550100"], "unchanged", "unchanged"),
        (&["ben", "--dial-in", "deny", "--callback", "number=5550100"], "unchanged", "unchanged"),
        (&["ben", "--callback", "number=5550101"], "done", "would"),
        (&["ben", "--dial-in", "policy", "--callback", "number=5550100"], "done", "would"),
    ];
    for (change, outcome, on_a_dry_run) in cases {
        for (consent, outcome) in [("--yes", outcome), ("--dry-run", on_a_dry_run)] {
            let (code, stdout, stderr) = mprctl(&[&["set"], change, &[consent, "-o", "json"]].concat());
            assert_eq!(code, Some(0), "{stderr}");
            let answer: serde_json::Value = serde_json::from_str(&stdout).unwrap();
            assert_eq!(answer["rows"][0]["outcome"], outcome, "{change:?} {consent}");
        }
    }
}

#[test]
fn an_unknown_account_is_exit_code_6_and_nobody_is_changed() {
    let (code, stdout, stderr) = mprctl(&["set", "anna", "nobody", "--dial-in", "deny", "--yes"]);
    assert_eq!((code, stdout.as_str()), (Some(6), ""));
    assert!(stderr.contains("no user is named `nobody`"), "{stderr}");
}

#[test]
fn a_change_must_be_one_that_can_be() {
    assert_eq!(mprctl(&["set", "anna", "--yes"]).0, Some(2));
    assert_eq!(mprctl(&["set", "anna", "--yes", "--callback", "number="]).0, Some(2));
    assert_eq!(mprctl(&["set", "anna", "--yes", "--callback", "later"]).0, Some(2));
}
