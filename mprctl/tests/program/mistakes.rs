//! Mistakes that people make in their first ten minutes. On the simulated servers of `session.toml` and on the built-in
//! router, on every system.

use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;

use crate::common::{Came, came_of, demo, file, rows_of, rows_of_document as rows};

fn run(arguments: &[&str]) -> Came {
    came_of(demo("session.toml").args(["-s", "east"]).args(arguments))
}

/// mprctl with a configuration file that nobody can read.
fn with_broken_settings(arguments: &[&str]) -> Came {
    let settings = file("broken.toml");
    std::fs::write(&settings, "[defaults\ntimeout = 5").expect("the folder of the tests can be written to");
    came_of(Command::new(env!("CARGO_BIN_EXE_mprctl")).env("MPRCTL_CONFIG", settings).args(arguments))
}

#[test]
fn an_empty_name_is_wrong_usage_and_never_somebody() {
    for arguments in [
        &["session", "disconnect", "", "--yes"][..],
        &["session", "disconnect", " ", "--yes"],
        &["session", "show", ""],
        &["session", "message", "anna", "--text", "", "--yes"],
        &["port", "reset", "", "--yes"],
        &["user", "show", ""],
        &["interface", "connect", ""],
        &["interface", "credentials", "set", "branch", "--user", "", "--yes"],
        &["config", "names", ""],
        &["status", "--fleet", ""],
    ] {
        let came = run(arguments);
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{arguments:?}: {}", came.stderr);
    }
    let with_no_name = run(&["-s", "west", "session", "disconnect", "--glob", "*", "--dry-run"]).stdout;
    assert!(with_no_name.contains("a user without a name ("), "{with_no_name}");
}

#[test]
fn a_pattern_disconnects_the_ports_that_somebody_is_on_and_tells_of_the_rest() {
    let came = run(&["-o", "json", "port", "disconnect", "--glob", "*", "--yes"]);
    assert_eq!(came.code, Some(0), "{}", came.stderr);
    assert_eq!(rows(&came).len(), 3);
    assert!(came.stderr.contains("1 port skipped, since nothing is connected: VPN"), "{}", came.stderr);
    let came = run(&["-s", "member", "port", "disconnect", "--glob", "VPN1-*", "--yes"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(6), ""), "{}", came.stderr);
    assert!(came.stderr.contains("; nothing was done"), "{}", came.stderr);
}

#[test]
fn show_shows_what_is_there_and_says_what_is_not() {
    for (arguments, missing) in [
        (&["session", "show", "ben", "nobody"][..], "`nobody`"),
        (&["port", "show", "VPN0-0", "VPN9-9"], "`VPN9-9`"),
        (&["interface", "show", "branch", "nowhere"], "`nowhere`"),
        (&["config", "names", "nowhere", "Ethernet"], "`nowhere`"),
        (&["user", "show", "anna", "nobody"], "`nobody`"),
        (&["interface", "credentials", "show", "branch", "nowhere"], "`nowhere`"),
        (&["interface", "ikev2", "show", "branch", "nowhere"], "`nowhere`"),
        (&["interface", "device", "list", "branch", "nowhere"], "`nowhere`"),
        (&["interface", "transport", "list", "branch", "nowhere"], "`nowhere`"),
    ] {
        let is_routing = matches!(arguments[0], "config" | "interface" | "user");
        let (scenario, server) =
            if is_routing { ("routing.toml", "router") } else { ("session.toml", "east") };
        let come =
            |format: &[&str]| came_of(demo(scenario).args(["-s", server]).args(arguments).args(format));
        let came = come(&[]);
        assert_eq!(came.code, Some(7), "{arguments:?}: {}{}", came.stdout, came.stderr);
        assert!(!came.stdout.is_empty() && came.stderr.contains(missing), "{arguments:?}: {}", came.stderr);
        let document: Value = serde_json::from_str(&come(&["-o", "json"]).stdout).expect("one document");
        assert_eq!(document["missing"].as_array().map(Vec::len), Some(1), "{document}");
        assert!(!document["rows"].as_array().expect("rows").is_empty(), "{document}");
        let lines = come(&["-o", "ndjson"]).stdout;
        let last: Value = serde_json::from_str(lines.lines().last().expect("a line")).expect("JSON");
        assert_eq!(last["error"]["kind"], "not_found", "{last}");
    }
    // Where there is nothing of any of the names, it is not in part.
    assert_eq!(run(&["session", "show", "nobody", "no-one"]).code, Some(6));
    // What changes something does all or nothing.
    let came = run(&["session", "disconnect", "ben", "nobody", "--yes"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(6), ""));
}

#[test]
fn chosen_columns_are_those_of_every_format_in_their_order() {
    let columns = ["session", "list", "--columns", "port,user,connected_for"];
    let document = run(&[&columns[..], &["-o", "json"]].concat());
    let of = |row: &Value| row.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let listed = rows(&document);
    assert_eq!(listed.len(), 3);
    assert!(
        listed.iter().all(|row| of(row).len() == 3 && row["connected_for"].is_u64()),
        "{}",
        document.stdout
    );
    let lines = run(&[&columns[..], &["-o", "ndjson"]].concat()).stdout;
    let first = lines.lines().next().expect("a line");
    assert!(first.starts_with("{\"port\":\"") && first.contains(",\"user\":\"anna\","), "{first}");
    assert!(run(&[&columns[..], &["-o", "csv"]].concat()).stdout.starts_with("port,user,connected_for\n"));
    // All of them are the whole rows. (Values are not compared: a second may begin between the two.)
    let names = |arguments: &[&str]| rows(&run(arguments)).iter().map(of).collect::<Vec<_>>();
    let all = ["session", "list", "--columns", "all", "-o", "json"];
    assert_eq!(names(&all), names(&["session", "list", "-o", "json"]));
}

#[test]
fn a_heading_names_its_column() {
    let by = |columns: &str| run(&["session", "list", "-o", "csv", "--columns", columns]);
    assert_eq!(
        by("Connected for,IPv6 address,Calls from,In").stdout,
        by("connected_for,ipv6,endpoint,bytes_in").stdout
    );
    assert_eq!(by("in").code, Some(0));
    assert_eq!(run(&["session", "list", "--sort=-In", "--where", "Calls from=*"]).code, Some(0));
}

#[test]
fn watch_prints_lines_and_no_document() {
    let came = run(&["watch", "--for", "1s", "-o", "json"]);
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("ndjson"), "{}", came.stderr);
}

#[test]
fn no_time_at_all_is_wrong_usage() {
    for arguments in [
        &["--timeout", "0", "status"][..],
        &["--timeout", "0s", "status"],
        &["watch", "--for", "0"],
        &["watch", "--count", "0"],
        &["watch", "--interval", "0"],
    ] {
        assert_eq!(run(arguments).code, Some(2), "{arguments:?}");
    }
    let settings = file("no-time.toml");
    std::fs::write(&settings, "[defaults]\ntimeout = \"0s\"\n").expect("a file");
    let came = run(&["--config", settings.to_str().expect("a path"), "status"]);
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("longer than 0, such as 10s"), "{}", came.stderr);
}

#[test]
fn a_time_that_no_clock_reaches_is_wrong_usage() {
    let settings = file("no-end.toml");
    std::fs::write(&settings, "[defaults]\ntimeout = \"18446744073709551615s\"\n").expect("a file");
    let settings = settings.to_str().expect("a path");
    for arguments in [
        &["--timeout", "18446744073709551615", "status"][..],
        &["--timeout", "500000000000years", "session", "list"],
        &["--config", settings, "status"],
        &["status", "--wait", "18446744073709551615s"],
        &["watch", "--for", "18446744073709551615s"],
        &["watch", "--interval", "18446744073709551615s", "--for", "1s"],
        &["session", "list", "--where", "longer-than=18446744073709551615s"],
    ] {
        let came = run(arguments);
        assert_eq!(came.code, Some(2), "{arguments:?}: {}", came.stderr);
    }
}

#[test]
fn a_broken_configuration_file_stops_only_what_needs_it() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("man-without-settings");
    std::fs::create_dir_all(&folder).expect("a folder");
    let folder = folder.to_str().expect("a path");
    for arguments in [
        &["explain", "5"][..],
        &["explain", "5", "-o", "json"],
        &["completions", "bash"],
        &["schema"],
        &["man", folder],
        &["--help"],
        &["--version"],
    ] {
        let came = with_broken_settings(arguments);
        assert_eq!(came.code, Some(0), "{arguments:?}: {}", came.stderr);
    }
    let came = with_broken_settings(&["--demo", "status"]);
    assert_eq!(came.code, Some(2));
    assert!(came.stderr.contains("broken.toml"), "{}", came.stderr);
}

#[test]
fn an_empty_name_of_the_configuration_file_is_none() {
    let came = came_of(demo("session.toml").env("MPRCTL_CONFIG", "").args(["-s", "east", "status"]));
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
}

#[cfg(not(windows))]
#[test]
fn the_first_line_says_whose_servers_are_shown() {
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/session.toml");
    let said = |file: &str| {
        let mut mprctl = Command::new(env!("CARGO_BIN_EXE_mprctl"));
        let mprctl = mprctl.env("MPRCTL_CONFIG", "").env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
        came_of(mprctl.env("MPRAPI_SIM_SCENARIO", file).args(["session", "list"])).stderr
    };
    let named = said(scenario);
    assert!(named.contains(scenario) && !named.contains("built-in"), "{named}");
    assert!(said("").contains("mprctl uses its built-in simulated router"));
}

#[test]
fn every_key_of_the_defaults_stands_in_the_guide() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/src/servers.md");
    // The pages are not beside this package when it is taken from a registry.
    let Ok(page) = std::fs::read_to_string(page) else { return };
    let settings = file("no-such-key.toml");
    std::fs::write(&settings, "[defaults]\nno-such-key = 1\n").expect("a file");
    let said = run(&["--config", settings.to_str().expect("a path"), "status"]).stderr;
    let expected = said.split("expected one of").nth(1).expect("the keys that there are");
    let keys: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    assert!(keys.len() >= 5, "{said}");
    for key in keys {
        assert!(page.contains(&format!("| `[defaults]` `{key}` |")), "{key}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_dumb_terminal_there_is_no_colour_and_no_screen() {
    let come = |arguments: &str| {
        let mut script = crate::common::on_a_terminal("session.toml", arguments);
        script.env("TERM", "dumb").env_remove("NO_COLOR").output().ok()
    };
    let Some(status) = come("-s east,west,asleep status") else { return };
    let screen = String::from_utf8_lossy(&status.stdout);
    assert!(
        screen.contains("asleep") && !screen.contains('\u{1b}') && !screen.contains("3 of 3 servers"),
        "{screen:?}"
    );
    let top = come("-s east top").expect("it was there before");
    let screen = String::from_utf8_lossy(&top.stdout);
    assert_eq!(top.status.code(), Some(2), "{screen}");
    assert!(
        screen.contains("TERM") && screen.contains("session list") && !screen.contains('\u{1b}'),
        "{screen:?}"
    );
}

#[test]
fn a_scenario_that_cannot_be_used_is_wrong_usage_and_names_file_and_line() {
    let server = "[[server]]\nname = \"a\"\n";
    let cases = [
        (Some(format!("{server}nonsense = 1\n")), "line 3: "),
        (Some(format!("{server}name =\n")), "line 3: "),
        // What can be read and cannot start.
        (Some(format!("{server}[[server.session]]\nuser = \"anna\"\ntunnel = \"sstp\"\n")), "line 3: "),
        (Some(format!("{server}[[server.failure]]\nfunction = \"x\"\ncode = 5\n")), "line 4: "),
        (None, "no-such-scenario.toml: "),
    ];
    for (text, place) in cases {
        let path = file("no-such-scenario.toml");
        if let Some(text) = text {
            std::fs::write(&path, text).expect("the folder of the tests can be written to");
        }
        let own = if cfg!(windows) { &[][..] } else { &[&["status"][..], &["-s", "a", "session", "list"]] };
        let demo = [&["--demo"][..], &["--demo", "-s", "a,b", "status"], &["--demo", "top"]];
        for arguments in demo.iter().chain(own) {
            let mut mprctl = Command::new(env!("CARGO_BIN_EXE_mprctl"));
            let mprctl = mprctl.env("MPRCTL_CONFIG", "").env("MPRAPI_SIM_SCENARIO", &path);
            let came = came_of(mprctl.args(*arguments));
            let said = &came.stderr;
            assert_eq!(came.code, Some(2), "{arguments:?}: {said}");
            assert_eq!(came.stdout, "", "{arguments:?}");
            assert!(said.contains(path.to_str().expect("ASCII")) && said.contains(place), "{place}: {said}");
            assert!(said.contains("MPRAPI_SIM_SCENARIO") && !said.contains("Start-Service"), "{said}");
            assert_eq!(said.lines().count(), 1, "it is told once: {said}");
        }
    }
}

#[test]
fn names_of_servers_and_a_secret_are_not_both_read_from_the_standard_input() {
    for command in [
        "interface credentials set branch --user branch --password-stdin --yes",
        "interface credentials set-key branch --key-stdin --yes",
        "server set-key --yes",
    ] {
        let mut mprctl = demo("servers.toml");
        mprctl.args(["--servers", "-"]).args(command.split(' '));
        let came = came_of(mprctl.write_stdin("hunter2\n"));
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{command}: {}", came.stderr);
        assert!(came.stderr.contains("both read the standard input"), "{command}: {}", came.stderr);
        assert!(!came.stderr.contains("hunter2"), "it may be a secret: {}", came.stderr);
    }
}

/// Where the disk is full. A pipe that is closed has had enough, which is no failure.
#[cfg(unix)]
#[test]
fn help_that_cannot_be_written_is_a_failure() {
    for arguments in [
        &["--help"][..],
        &["-V"],
        &["help"],
        &["session", "list", "--help"],
        &["schema"],
        &["man", "/dev/full/x"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("a device of Linux");
        let mut mprctl = std::process::Command::new(env!("CARGO_BIN_EXE_mprctl"));
        let output = mprctl.args(arguments).stdout(full).output().expect("mprctl starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.starts_with("mprctl: cannot "), "{arguments:?}: {said}");
    }
}

#[test]
fn a_condition_with_two_signs_or_no_column_says_what_to_write() {
    for (condition, said) in [
        ("user==anna", "use `user=anna`"),
        ("user!==anna", "the signs are =, !=, >, >=, < and <="),
        ("bytes_in=>3MB", "use `bytes_in>=3MB`"),
        ("bytes_in=<3MB", "use `bytes_in<=3MB`"),
        ("user<>anna", "use `user!=anna`"),
        ("connected_for<<2h", "is not a sign"),
        ("=anna", "has no column before `=`"),
        ("!=anna", "has no column before `!`"),
        ("user!anna", "use `user!=anna`"),
        ("user", "is not a condition"),
    ] {
        let came = came_of(demo("servers.toml").args(["session", "list", "--where", condition]));
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{condition}: {}", came.stderr);
        assert!(came.stderr.contains(said), "{condition}: {}", came.stderr);
    }
}

#[test]
fn all_in_place_of_a_name_leads_to_the_wildcard_and_the_plural_of_a_noun_is_the_noun() {
    let came = came_of(demo("servers.toml").args(["session", "disconnect", "--all"]));
    assert_eq!(came.code, Some(2), "{}", came.stderr);
    assert!(
        came.stderr.contains("tip: to select all objects by a wildcard, use --glob '*'"),
        "{}",
        came.stderr
    );
    assert!(!came.stderr.contains("--parallel"), "{}", came.stderr);
    // A command without wildcards has no use for the tip.
    let list = came_of(demo("servers.toml").args(["-s", "vpn01", "session", "list", "--all"]));
    assert_eq!(list.code, Some(2), "{}", list.stderr);
    assert!(!list.stderr.contains("--glob") && !list.stderr.contains("--parallel"), "{}", list.stderr);
    for noun in ["session", "site", "port", "interface", "transport", "device"] {
        let printed = |noun: String| came_of(demo("servers.toml").args([noun.as_str(), "list"]));
        let (one, several) = (printed(noun.to_owned()), printed(format!("{noun}s")));
        assert_eq!((one.code, one.stdout), (several.code, several.stdout), "{noun}");
    }
}

#[test]
fn a_condition_that_no_row_meets_is_told_apart_from_a_list_without_rows() {
    let listed = |arguments: &[&str]| came_of(demo("tables.toml").args(["-s", "hq"]).args(arguments));
    let came = listed(&["port", "list", "--where", "condition=conected"]);
    assert_eq!((came.code, came.stdout.as_str()), (Some(0), ""));
    assert!(came.stderr.contains("nothing to show: --where matches none of the "), "{}", came.stderr);
    let came = listed(&["interface", "ip-in-ip", "list", "--where", "name=x"]);
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), "mprctl: nothing to show\n"));
    // A program reads the empty document.
    let came = listed(&["port", "list", "--where", "condition=conected", "-o", "ndjson"]);
    assert_eq!((came.code, came.stdout.as_str(), came.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn what_is_named_twice_is_changed_once() {
    for arguments in [
        &["transport", "delete", "IP", "ip", "33"][..],
        &["interface", "credentials", "remove", "branch", "BRANCH", "branch"],
        &["interface", "credentials", "set", "branch", "BRANCH", "--user", "b", "--keep-password"],
        &["user", "set", "anna", "ANNA", "--dial-in", "deny"],
    ] {
        let came =
            came_of(demo("routing.toml").args(["-s", "router", "-o", "ndjson"]).args(arguments).arg("--yes"));
        let rows = rows_of(&came);
        assert!(rows.len() == 1 && rows[0]["outcome"] == "done", "{arguments:?}: {rows:?}");
    }
}

#[test]
fn a_wrong_word_gets_the_nearest_right_one() {
    for (line, right) in [
        ("session list --columns usr", "Did you mean `user`?"),
        ("session list --where usr=anna", "Did you mean `user`?"),
        ("session list --sort=-byts_out", "Did you mean `bytes_out`?"),
        ("sesion list", "did you mean `mprctl session`?"),
        ("disconnect anna", "did you mean `mprctl session disconnect`?"),
        ("server set ikev2.prots=5", "did you mean `ports`?"),
        ("explain ERROR_VPN_TIMOUT", "Did you mean ERROR_VPN_TIMEOUT?"),
        ("session list --colums user", "'--columns'"),
    ] {
        let came = came_of(demo("session.toml").args(line.split(' ')));
        assert!(came.stderr.contains(right), "{line}: {}", came.stderr);
        assert!(came.code != Some(0) && came.stdout.is_empty(), "{line}: {}", came.stdout);
    }
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("nearest.toml");
    std::fs::write(&file, "[fleets]\nbranches = [\"vpn01\"]\n").expect("a file");
    let came =
        came_of(demo("session.toml").env("MPRCTL_CONFIG", file).args(["--fleet", "brnches", "status"]));
    assert!(came.stderr.contains("Did you mean `branches`?"), "{}", came.stderr);
}

#[test]
fn a_wrong_name_of_an_object_gets_the_nearest_right_one() {
    for (scenario, server, line, right) in [
        ("session.toml", "east", "session show ana", "anna"),
        ("session.toml", "east,west", "session disconnect ana --yes", "anna"),
        ("session.toml", "east", "session show ben ana", "anna"),
        ("session.toml", "east", "port show VNP0-0", "VPN0-0"),
        ("sites.toml", "vpn01", "site disconnect Olso --yes", "Oslo"),
        ("sites.toml", "vpn01", "interface show Olso", "Oslo"),
        ("sites.toml", "vpn01", "interface set Olso --disable --store-only", "Oslo"),
        ("sites.toml", "vpn01", "interface show Ethrenet", "Ethernet"),
        ("sites.toml", "vpn01", "user show ana", "anna"),
        ("routing.toml", "router", "config names Ehternet", "Ethernet"),
    ] {
        let came = came_of(demo(scenario).args(["-s", server]).args(line.split(' ')));
        assert!(came.stderr.contains(&format!("Did you mean `{right}`?")), "{line}: {}", came.stderr);
        assert_ne!(came.code, Some(0), "{line}: {}", came.stdout);
    }
    // These are others' names as much as this one's.
    for line in ["session show 10.0.0.99", "session show 0x17", "port show VPN0-99"] {
        let came = came_of(demo("session.toml").args(["-s", "east"]).args(line.split(' ')));
        assert!(came.code == Some(6) && !came.stderr.contains("Did you mean"), "{line}: {}", came.stderr);
    }
}

#[test]
fn a_server_that_is_not_there_gets_the_nearest_of_the_configuration() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("nearest-server.toml");
    std::fs::write(&file, "[fleets]\nall = [\"east\", \"west\"]\n").expect("a file");
    let asked = |server: &str| {
        came_of(demo("session.toml").env("MPRCTL_CONFIG", &file).args(["-s", server, "session", "list"]))
    };
    let came = asked("eats");
    assert!(came.code == Some(5) && came.stderr.contains("Did you mean `east`?"), "{}", came.stderr);
    assert!(!asked("elsewhere").stderr.contains("Did you mean"));
}

#[test]
fn a_wrong_use_says_which_example_and_which_page_fit() {
    let came = came_of(demo("session.toml").args(["session", "show"]));
    assert!(came.stderr.contains("for example, mprctl session show anna"), "{}", came.stderr);
    assert!(came.stderr.contains("docs/guide/src/command.md"), "{}", came.stderr);
}
