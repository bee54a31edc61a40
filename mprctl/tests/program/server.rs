//! Settings of servers, by the built program. On the simulated servers of `session.toml`, on every system.

use assert_cmd::Command;
use serde_json::Value;

use crate::common::{Came, came_of, demo, rows_of_document};

fn mprctl(server: &str, arguments: &[&str]) -> Command {
    let mut command = demo("session.toml");
    command.env_remove("COMPUTERNAME").args(["-s", server]).args(arguments);
    command
}

fn run(server: &str, arguments: &[&str]) -> Came {
    came_of(&mut mprctl(server, &[&["server"], arguments].concat()))
}

/// The rows of JSON, of a command that succeeds.
fn rows(server: &str, arguments: &[&str]) -> Vec<Value> {
    let came = run(server, &[arguments, &["-o", "json"]].concat());
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    rows_of_document(&came)
}

/// `object: outcome` of each row.
fn outcomes(rows: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    rows.iter().map(|row| format!("{}: {}", text(&row["object"]), text(&row["outcome"]))).collect()
}

fn tunnel<'r>(rows: &'r [Value], name: &str) -> &'r Value {
    rows.iter().find(|row| row["tunnel"] == name).expect("a row")
}

#[test]
fn show_has_a_row_for_each_kind_of_tunnel() {
    let all = rows("member", &["show"]);
    let names: Vec<&Value> = all.iter().map(|row| &row["tunnel"]).collect();
    assert_eq!(names, ["IKEv2", "SSTP", "L2TP", "PPTP", "GRE"]);
    let ikev2 = tunnel(&all, "IKEv2");
    assert_eq!((&ikev2["ports"], &ikev2["remote_access"]), (&16.into(), &true.into()));
    assert_eq!((&ikev2["idle_timeout"], &ikev2["encryption"]), (&300.into(), &"strongest".into()));
    assert_eq!((&tunnel(&all, "SSTP")["https"], &ikev2["https"]), (&true.into(), &Value::Null));
    assert_eq!(tunnel(&all, "L2TP")["renew_after"], 250_000);
    let table = run("member,east", &["show", "--where", "tunnel=SSTP"]).stdout;
    assert!(table.lines().count() == 4 && table.contains("member") && table.contains("east"), "{table}");
    assert!(table.contains("Ports") && table.contains("HTTPS"), "{table}");
}

#[test]
fn a_server_that_tells_ports_alone_has_these() {
    let old = rows("old", &["show"]);
    assert_eq!(old.iter().map(|row| &row["tunnel"]).collect::<Vec<_>>(), ["SSTP", "L2TP", "PPTP"]);
    assert_eq!(tunnel(&old, "PPTP")["ports"], 2);
    assert_eq!(tunnel(&old, "L2TP")["lifetime"], Value::Null);
}

#[test]
fn what_is_stored_is_read_while_the_service_is_stopped() {
    assert_eq!(run("asleep", &["show"]).code, Some(3));
    assert_eq!(rows("member", &["show", "--store"]).len(), 5);
    // Only ports then.
    let stored = rows("asleep", &["show", "--store"]);
    assert_eq!(stored.iter().map(|row| &row["tunnel"]).collect::<Vec<_>>(), ["SSTP", "L2TP", "PPTP"]);
    let came = run("asleep", &["set", "ikev2.ports=5", "--store-only", "--yes"]);
    assert!(came.code == Some(8) && came.stderr.contains("while the service is stopped"), "{}", came.stderr);
}

#[test]
fn set_says_what_each_setting_was_and_is() {
    let settings =
        ["set", "ikev2.ports=64", "ikev2.idle-timeout=10min", "sstp.remote-access=no", "SSTP.https=no"];
    let lines = |outcome: &str| {
        [
            "ikev2.ports: 16 → 64",
            "ikev2.idle-timeout: 5 min 00 s → 10 min 00 s",
            "sstp.remote-access: yes → no",
            "sstp.https: yes → no",
        ]
        .map(|line| format!("{line}: {outcome}"))
    };
    assert_eq!(outcomes(&rows("member", &[&settings[..], &["--dry-run"]].concat())), lines("would"));
    assert_eq!(outcomes(&rows("member", &[&settings[..], &["--yes"]].concat())), lines("done"));
    let stored = rows("asleep", &["set", "l2tp.ports=7", "--store-only", "--yes"]);
    assert_eq!(outcomes(&stored), ["l2tp.ports: 0 → 7: done"]);
    assert_eq!(stored[0]["action"], "store");
    assert_eq!(outcomes(&rows("member", &["set", "gre.ports=2", "--store", "--yes"])).len(), 2);
}

#[test]
fn an_old_server_has_its_ports_set_by_the_older_call_and_nothing_else() {
    assert_eq!(outcomes(&rows("old", &["set", "pptp.ports=4", "--yes"])), ["pptp.ports: 2 → 4: done"]);
    assert_eq!(
        outcomes(&rows("old", &["set", "sstp.ports=9", "--store-only", "--yes"])),
        ["sstp.ports: 0 → 9: done"]
    );
    let came = run("old", &["set", "l2tp.lifetime=8h", "--yes"]);
    assert_eq!(came.code, Some(8));
    assert!(came.stderr.contains("l2tp.lifetime") && came.stderr.contains("2008 R2"), "{}", came.stderr);
    assert_eq!(run("old", &["set", "gre.ports=2", "--yes"]).code, Some(8));
}

#[test]
fn more_ports_than_the_service_was_started_for_need_a_restart_which_is_said() {
    let came = run("member", &["set", "ikev2.ports=101", "--yes"]);
    assert_eq!(came.code, Some(1));
    for part in ["ERROR_SUCCESS_REBOOT_REQUIRED", "nothing was changed", "--store-only"] {
        assert!(came.stderr.contains(part), "{part}: {}", came.stderr);
    }
    let long = format!("sstp.certificate={}", "ab".repeat(33));
    let came = run("member", &["set", &long, "--yes"]);
    assert!(came.code == Some(1) && came.stderr.contains("longer than 32 bytes"), "{}", came.stderr);
    assert!(!came.stderr.contains("possible"), "{}", came.stderr);
}

#[test]
fn what_is_stored_for_a_restart_is_stored_and_says_so_of_what_it_is_about() {
    // (`old` has its ports in one record, `member` in one for each tunnel.)
    for server in ["member", "old"] {
        let settings = ["set", "l2tp.ports=7", "sstp.ports=1001", "pptp.ports=3", "--store-only", "--yes"];
        let rows = rows(server, &settings);
        let outcomes: Vec<_> = rows.iter().map(|row| &row["outcome"]).collect();
        assert_eq!(outcomes, ["done", "stored", "done"], "{server}");
        assert_eq!(rows[1]["note"], "takes effect after the service restarts");
        assert_eq!(rows[0]["note"], Value::Null);
        let came = run(server, &settings);
        assert_eq!(came.code, Some(0));
        assert_eq!(came.stdout.matches("stored; takes effect after the service restarts").count(), 1);
        let came = run(server, &[&settings[..], &["-o", "csv"]].concat());
        assert_eq!(came.stdout.matches(",stored,takes effect after the service restarts").count(), 1);
    }
}

#[test]
fn a_refusal_is_told_of_the_setting_that_it_is_about_and_the_others_are_done() {
    for server in ["member", "old"] {
        let came =
            run(server, &["set", "l2tp.ports=7", "sstp.ports=1001", "pptp.ports=3", "--yes", "-o", "json"]);
        assert_eq!(came.code, Some(7), "{}", came.stderr);
        let rows = rows_of_document(&came);
        let outcomes: Vec<_> = rows.iter().map(|row| &row["outcome"]).collect();
        assert_eq!(outcomes, ["done", "failed", "done"], "{server}");
        assert_eq!(rows[1]["error"]["code"], 3010);
        assert!(came.stderr.contains("sstp.ports") && !came.stderr.contains("l2tp"), "{}", came.stderr);
    }
    let came = run("member", &["set", "l2tp.ports=7", "sstp.ports=1001", "--store", "--yes"]);
    assert_eq!(came.code, Some(7));
    assert!(came.stderr.contains("nothing was stored"), "{}", came.stderr);
    // What nobody answers is no setting's fault.
    let came = run("nobody", &["set", "ikev2.ports=5", "sstp.ports=5", "--yes"]);
    assert_eq!(came.code, Some(5));
}

#[test]
fn a_setting_that_is_so_already_is_unchanged() {
    for last in ["--yes", "--dry-run"] {
        let rows = rows("member", &["set", "ikev2.ports=16", "sstp.https=yes", "ikev2.policy=default", last]);
        assert!(rows.iter().all(|row| row["outcome"] == "unchanged"), "{rows:?}");
    }
    let rows = rows("member", &["set", "ikev2.ports=16", "sstp.ports=5", "--yes"]);
    assert_eq!(outcomes(&rows)[0], "ikev2.ports: 16 → 16: unchanged");
    assert_eq!(rows[1]["outcome"], "done");
}

#[test]
fn a_value_out_of_its_range_is_exit_code_2_and_names_the_range() {
    let seconds = "use 300 to 17,279,999 seconds";
    let cases = [
        ("ikev2.idle-timeout=60s", seconds),
        ("ikev2.idle-timeout=0", seconds),
        ("ikev2.idle-timeout=17280000s", seconds),
        ("ikev2.lifetime=299s", seconds),
        ("l2tp.lifetime=299s", seconds),
        ("l2tp.idle-timeout=201d", seconds),
        ("ikev2.idle-timeout=300s500ms", "use whole seconds"),
        ("ikev2.renew-after=1023", "use at least 1,024 kilobytes"),
        ("l2tp.renew-after=0", "use at least 1,024 kilobytes"),
        ("ikev2.network-outage=119", "use at least 120 seconds"),
        ("pptp.ports=0", "use 1 to 16,384 ports"),
        ("sstp.ports=30001", "use 0 to 30,000 ports"),
    ];
    for (setting, part) in cases {
        for place in ["--yes", "--store-only", "--dry-run"] {
            let came = run("member", &["set", setting, place]);
            assert_eq!(came.code, Some(2), "{setting}");
            assert!(came.stderr.contains(part), "{setting}: {}", came.stderr);
        }
    }
}

#[test]
fn the_algorithms_are_set_all_or_none() {
    let came = run("member", &["set", "ikev2.cipher=AES-256", "--yes"]);
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("integrity-method") && !came.stderr.contains("cipher,"), "{}", came.stderr);
    let all = [
        "set",
        "ikev2.integrity-method=sha256",
        "ikev2.encryption-method=AES-256",
        "ikev2.cipher=aes gcm 256",
        "ikev2.authentication=aes-gcm-256",
        "ikev2.pfs-group=ecp384",
        "ikev2.dh-group=group14",
        "--dry-run",
    ];
    let found = outcomes(&rows("member", &all));
    assert_eq!(found[0], "ikev2.integrity-method: none → SHA-256: would");
    assert_eq!(found[5], "ikev2.dh-group: none → group 14: would");
}

#[test]
fn certificates_and_what_they_are_for_are_given_as_lists_and_a_server_may_not_take_them() {
    let given = [
        ("ikev2.root-certificates=ab01,cd02", "ikev2.root-certificates: none → ab01, cd02"),
        (
            "ikev2.certificate-usages=Server Authentication,1.3.6.1.5.5.8.2.2",
            "ikev2.certificate-usages: none → Server Authentication, 1.3.6.1.5.5.8.2.2",
        ),
    ];
    for (setting, line) in given {
        assert_eq!(outcomes(&rows("member", &["set", setting, "--dry-run"])), [format!("{line}: would")]);
    }
    assert_eq!(run("member", &["set", "ikev2.certificate-usages=a,,b", "--dry-run"]).code, Some(2));
    // The simulator keeps no certificates of a server.
    assert_eq!(run("member", &["set", given[0].0, "--yes"]).code, Some(8));
    let kept = ["set", "sstp.certificate-hash=SHA-1", "l2tp.lifetime=8h", "--yes"];
    let kept = outcomes(&rows("member", &kept));
    assert_eq!(
        kept,
        ["sstp.certificate-hash: SHA-256 → SHA-1: done", "l2tp.lifetime: 1 h 00 min → 8 h 00 min: done"]
    );
}

#[test]
fn a_setting_that_cannot_be_is_exit_code_2_and_says_what_can() {
    let cases = [
        ("ikev2", "TUNNEL.SETTING=VALUE"),
        ("ikev3.ports=1", "is not a tunnel; use one of ikev2, sstp, l2tp, pptp, gre"),
        ("pptp.lifetime=1h", "ports, remote-access, routing"),
        ("ikev2.ports=-1", "not a number"),
        ("ikev2.routing=maybe", "not yes or no"),
        ("ikev2.encryption=some", "none, optional, required, strongest"),
        ("ikev2.pfs-group=group 3", "group 14"),
        ("sstp.certificate=xyz", "hexadecimal"),
        ("sstp.certificate=abc", "hexadecimal"),
        ("ikev2.idle-timeout=soon", "not a duration"),
        ("ikev2.policy=strong", "default"),
    ];
    for (setting, part) in cases {
        let came = run("member", &["set", setting, "--yes"]);
        assert_eq!(came.code, Some(2), "{setting}");
        assert!(came.stderr.contains(part), "{setting}: {}", came.stderr);
    }
    let twice = run("member", &["set", "ikev2.ports=1", "IKEv2.ports=2", "--yes"]);
    assert!(twice.code == Some(2) && twice.stderr.contains("twice"), "{}", twice.stderr);
}

#[test]
fn a_policy_is_set_with_the_constants_of_powershell() {
    let settings = [
        "ikev2.encryption=MaximumEncryption",
        "ikev2.integrity-method=SHA256",
        "ikev2.encryption-method=GCMAES256",
        "ikev2.cipher=GCMAES256",
        "ikev2.authentication=GCMAES256",
        "ikev2.pfs-group=PFS2048",
        "ikev2.dh-group=Group14",
    ];
    let came = run("member", &[&["set"], &settings[..], &["--dry-run", "-o", "ndjson"]].concat());
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    let lines = came.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let objects: Vec<String> = lines.map(|row| row["object"].as_str().expect("text").to_owned()).collect();
    let ends = ["strongest", "SHA-256", "AES-GCM-256", "AES-GCM-256", "AES-GCM-256", "group 14", "group 14"];
    assert_eq!(objects.len(), ends.len(), "{objects:?}");
    assert!(objects.iter().zip(ends).all(|(object, end)| object.ends_with(end)), "{objects:?}");
    // The older constants of the cmdlets, in the running server and stored.
    let policy = |tunnel: &str| {
        [
            "integrity-method=SHA256",
            "encryption-method=AES256",
            "cipher=DES3",
            "authentication=SHA256128",
            "pfs-group=PFS2048",
            "dh-group=Group14",
        ]
        .map(|setting| format!("{tunnel}.{setting}"))
    };
    for (tunnel, more) in
        [("ikev2", &[][..]), ("l2tp", &[]), ("ikev2", &["--store-only"]), ("l2tp", &["--store"])]
    {
        let settings = policy(tunnel);
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        let done = outcomes(&rows("member", &[&["set"], &settings[..], more, &["--yes"]].concat()));
        // What the running server stores by itself is there already.
        let is_set = |line: &String| line.ends_with(": done") || line.ends_with(": unchanged");
        assert!(
            done.len() >= 6 && done[0].ends_with(": done") && done.iter().all(is_set),
            "{tunnel}: {done:?}"
        );
    }
}

#[test]
fn a_change_asks_first_and_names_the_servers() {
    let came = run("member,old", &["set", "pptp.ports=3"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""));
    assert!(came.stderr.contains("Set pptp.ports=3 on member, old?"), "{}", came.stderr);
    let came = run("member", &["set", "pptp.ports=3", "--store-only"]);
    assert!(came.stderr.contains("stored configuration"), "{}", came.stderr);
    for command in [&["register", "--domain", "CORP"][..], &["set-key"], &["remove-key"]] {
        let came = came_of(mprctl("member", &[&["server"], command].concat()).write_stdin("key"));
        assert!(came.code == Some(2) && came.stderr.contains("--yes"), "{command:?}: {}", came.stderr);
    }
}

#[test]
fn access_denied_is_exit_code_4_and_the_others_are_shown() {
    for command in [&["show"][..], &["show", "--store"], &["key"], &["set", "pptp.ports=1", "--yes"]] {
        let came = run("closed", command);
        assert_eq!(came.code, Some(4), "{command:?}");
        assert!(came.stderr.contains("group Administrators"), "{}", came.stderr);
    }
    let came = run("closed,member", &["show", "-o", "json"]);
    assert_eq!((came.code, rows_of_document(&came).len()), (Some(7), 5));
}

#[test]
fn the_pre_shared_key_is_read_from_the_standard_input_and_never_printed() {
    let come = |arguments: &[&str], stdin: &str| {
        let arguments = [&["server"], arguments].concat();
        let came = came_of(mprctl("east,old", &arguments).write_stdin(stdin));
        (came.code, came.stdout + &came.stderr)
    };
    let (code, text) = come(&["set-key", "--yes"], "open sesame\n");
    assert_eq!((code, text.matches("done").count()), (Some(0), 2), "{text}");
    assert!(!text.contains("sesame"), "{text}");
    assert_eq!(come(&["remove-key", "--yes"], "").0, Some(0));
    // The question comes first: a key that is not used is not read.
    for (arguments, question) in [
        (["set-key"], "Set the pre-shared key of east, old?"),
        (["remove-key"], "Remove the pre-shared key of east, old?"),
    ] {
        let (code, text) = come(&arguments, "");
        assert!(code == Some(2) && text.contains(question) && text.contains("--yes"), "{text}");
    }
    for nothing in ["\n", ""] {
        let (code, text) = come(&["set-key", "--yes"], nothing);
        assert_eq!(code, Some(2), "{text}");
    }
}

#[test]
fn a_key_is_told_of_and_shown_only_when_asked_for() {
    let none = &rows("east", &["key"])[0];
    assert_eq!((&none["is_set"], &none["key"]), (&false.into(), &Value::Null));
}

#[test]
fn a_domain_has_a_controller_and_knows_which_servers_are_registered() {
    let controller = &rows("member", &["domain-controller"])[0];
    assert_eq!((&controller["controller"], &controller["domain"]), (&"dc01".into(), &Value::Null));
    assert_eq!(rows("east", &["domain-controller", "--domain", "corp"])[0]["controller"], "dc01");
    let came = run("east", &["domain-controller", "--domain", "NOWHERE"]);
    assert!(came.code == Some(6) && came.stderr.contains("ERROR_NO_SUCH_DOMAIN"), "{}", came.stderr);

    assert_eq!(rows("member", &["registration", "--domain", "CORP"])[0]["registered"], true);
    let outcomes_of =
        |arguments: &[&str]| outcomes(&rows("member", &[arguments, &["--domain", "CORP"]].concat()));
    assert_eq!(outcomes_of(&["register", "--yes"]), ["member in CORP, as it was: done"]);
    assert_eq!(outcomes_of(&["register", "--dry-run"]), ["member in CORP, as it was: would"]);
    assert_eq!(outcomes_of(&["unregister", "--yes"]), ["member from CORP: done"]);
    // It is in no domain.
    let came = run("east", &["register", "--domain", "CORP", "--yes"]);
    assert!(came.code == Some(6) && came.stderr.contains("ERROR_NO_SUCH_DOMAIN"), "{}", came.stderr);
    assert_eq!(run("member", &["registration", "--domain", "OTHER"]).code, Some(1));
}

#[test]
fn whose_domain_is_meant_has_to_be_said() {
    let come = |arguments: &[&str]| {
        came_of(demo("session.toml").env_remove("COMPUTERNAME").arg("server").args(arguments))
    };
    for arguments in [&["domain-controller"][..], &["registration", "--domain", "CORP"]] {
        let came = come(arguments);
        assert!(came.code == Some(2) && came.stderr.contains("--server"), "{}", came.stderr);
    }
}
