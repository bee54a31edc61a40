//! `mprctl interface credentials`, on the simulated routers of `routing.toml` and `servers.toml`, on every system.

use serde_json::Value;

use crate::common::{Came, came_of, demo, file, rows_of};

fn mprctl(scenario: &str, servers: &str, arguments: &[&str], stdin: &str) -> Came {
    let credentials = ["--server", servers, "interface", "credentials"];
    came_of(demo(scenario).write_stdin(stdin).args(credentials).args(arguments))
}

fn router(arguments: &[&str], stdin: &str) -> Came {
    mprctl("routing.toml", "router", arguments, stdin)
}

fn rows(arguments: &[&str], stdin: &str) -> Vec<Value> {
    rows_of(&router(&[arguments, &["--output", "ndjson"]].concat(), stdin))
}

#[test]
fn the_user_that_an_interface_dials_out_with_is_shown_and_never_its_password() {
    let shown = rows(&["show", "branch", "far"], "");
    assert_eq!((&shown[0]["user"], &shown[0]["domain"]), (&"branch-2".into(), &"CORP".into()));
    assert_eq!((&shown[1]["user"], &shown[1]["pre_shared_key"]), (&Value::Null, &false.into()));
    for format in ["table", "json", "csv", "ndjson"] {
        let came = router(&["show", "branch", "-o", format], "");
        assert!(came.stdout.contains("branch-2") && !came.stdout.contains("hunter2"), "{}", came.stdout);
    }
}

#[test]
fn the_password_comes_from_the_standard_input_and_is_never_printed() {
    let set = ["set", "branch", "far", "--user", "b", "--domain", "LAB"];
    let done = rows(&[&set[..], &["--password-stdin", "--yes"]].concat(), "open sesame\n");
    let actions: Vec<_> = done.iter().map(|row| (&row["action"], &row["object"], &row["outcome"])).collect();
    let (verb, outcome) = (Value::from("set-credentials"), Value::from("done"));
    assert_eq!(actions, [(&verb, &"branch".into(), &outcome), (&verb, &"far".into(), &outcome)]);
    let came = router(&["set", "branch", "--password-stdin", "--yes"], "open sesame");
    assert!(!(came.stdout + &came.stderr).contains("sesame"));
}

#[test]
fn nobody_to_type_a_password_and_an_empty_one_are_exit_code_2() {
    let came = router(&["set", "branch", "--user", "b", "--yes"], "secret");
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("--password-stdin"), "{}", came.stderr);
    assert_eq!(router(&["set", "branch", "--password-stdin", "--yes"], "\n").code, Some(2));
    assert_eq!(router(&["set", "branch", "--keep-password", "--yes"], "").code, Some(2), "nothing to set");
    assert_eq!(router(&["set", "branch", "--password", "x"], "").code, Some(2), "no password in an argument");
}

#[test]
fn a_secret_that_is_no_line_of_text_is_refused_with_the_way_to_save_it() {
    let wide: Vec<u8> = "hunter2\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xFF, 0xFE][..], &wide].concat();
    let come = |stdin: &[u8]| {
        let arguments = ["interface", "credentials", "set", "branch", "--password-stdin", "--yes"];
        came_of(demo("routing.toml").write_stdin(stdin).args(["--server", "router"]).args(arguments))
    };
    for (stdin, part) in [
        (&wide[..], "UTF-16 without a byte order mark at byte 1\n  Save it as UTF-8"),
        (b"hunt\xE9r", "neither UTF-8 nor UTF-16 at byte 4\n  Save it as UTF-8"),
        (b"hunter2\nhunter3\n", "more than one line"),
        (b"\xEF\xBB\xBF\r\n", "the password is empty"),
    ] {
        let came = come(stdin);
        assert!(came.code == Some(2) && came.stderr.contains(part), "{part}: {}", came.stderr);
        assert!(!(came.stdout + &came.stderr).contains("hunt"));
    }
    assert_eq!(come(&marked).code, Some(0));
}

#[test]
fn changes_ask_and_a_dry_run_reads_no_secret() {
    for (arguments, question) in [
        (&["set", "branch", "--user", "b"][..], "Set the credentials of 1 interface: branch?"),
        (&["remove", "branch"], "Remove the credentials of 1 interface: branch?"),
        (&["set-key", "branch", "--key-stdin"], "Set the pre-shared key of 1 interface: branch?"),
        (&["remove-key", "branch"], "Remove the pre-shared key of 1 interface: branch?"),
        (&["remove-eap", "branch"], "Remove the EAP data of 1 interface: branch?"),
    ] {
        let came = router(arguments, "");
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""));
        assert!(came.stderr.contains(question), "{}", came.stderr);
        assert_eq!(rows(&[arguments, &["--dry-run"]].concat(), "")[0]["outcome"], "would");
    }
    assert_eq!(rows(&["set", "branch", "--user", "b", "--keep-password", "--yes"], "")[0]["outcome"], "done");
    assert_eq!(rows(&["remove", "branch", "--yes"], "")[0]["outcome"], "done");
}

#[test]
fn a_pre_shared_key_and_eap_data_are_set_and_removed() {
    assert_eq!(rows(&["set-key", "branch", "--key-stdin", "--yes"], "key\n")[0]["outcome"], "done");
    assert_eq!(rows(&["remove-key", "branch", "--yes"], "")[0]["outcome"], "done");
    let path = file("eap.bin");
    std::fs::write(&path, [1, 2, 3]).unwrap();
    let name = path.to_str().unwrap();
    assert_eq!(rows(&["set-eap", "branch", "--data", name, "--yes"], "")[0]["outcome"], "done");
    assert_eq!(rows(&["remove-eap", "branch", "--yes"], "")[0]["outcome"], "done");
    std::fs::write(&path, []).unwrap();
    assert_eq!(router(&["set-eap", "branch", "--data", name, "--yes"], "").code, Some(2), "nothing to set");
    assert_eq!(router(&["set-eap", "branch", "--data", "no-such-file", "--yes"], "").code, Some(2));
}

#[test]
fn a_name_that_is_wrong_is_exit_code_6_and_nothing_is_done() {
    for arguments in [
        &["show", "brunch"][..],
        &["remove", "branch", "brunch", "--yes"],
        &["set", "branch", "brunch", "--password-stdin", "--yes"],
        &["remove-key", "branch", "brunch", "--yes"],
    ] {
        let came = router(arguments, "secret");
        assert_eq!((came.code, came.stdout.as_str()), (Some(6), ""), "{}", came.stderr);
        assert!(came.stderr.contains("`brunch`") && came.stderr.contains("interface list"));
    }
    assert_eq!(mprctl("servers.toml", "denied", &["show", "branch"], "").code, Some(4));
}

#[test]
fn every_command_that_takes_a_secret_reads_one_line_of_a_pipe_and_says_so() {
    for command in [
        &["interface", "credentials", "set", "branch", "--password-stdin"][..],
        &["interface", "credentials", "set-key", "branch", "--key-stdin"],
        &["server", "set-key"],
    ] {
        let come = |more: &[&str], stdin: &str| {
            let arguments = [&["--server", "router"], command, more].concat();
            came_of(demo("routing.toml").write_stdin(stdin).args(arguments))
        };
        for (stdin, code) in [("K3y\n", 0), ("K3y\r\n", 0), ("K3y", 0), ("", 2), ("\n", 2), ("K3y\nx\n", 2)] {
            let came = come(&["--yes"], stdin);
            assert_eq!(came.code, Some(code), "{command:?} {stdin:?}: {}{}", came.stdout, came.stderr);
            assert!(!(came.stdout + &came.stderr).contains("K3y"), "{command:?}");
        }
        assert_eq!(come(&["--dry-run"], "").code, Some(0), "{command:?} needs none for a dry run");
        assert!(come(&["--help"], "").stdout.contains("standard input"), "{command:?}");
    }
}
