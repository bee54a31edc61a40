//! The servers that a command asks: each selected one, once, and never this machine if a selection is empty. On the
//! simulated servers of `fleet.toml`; the first one, east, is this machine.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;

use crate::common::{Came, came_of, file};

/// Empty names and names that no server has, each as an item of a list.
const NOBODY: [&str; 7] = ["", " ", "\t", r"\\", "*", "vpn*", "east?"];

fn written(name: &str, text: &str) -> PathBuf {
    let path = file(name);
    fs::write(&path, text).expect("the folder of the tests can be written to");
    path
}

/// On Windows the simulator is asked through `--demo` alone, which names its servers, so no default fleet comes in.
const HAS_DEFAULTS: bool = !cfg!(windows);

/// mprctl without `--demo`, which would name servers.
fn mprctl(config: &str, text: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fleet.toml");
    command.env("MPRAPI_SIM_SCENARIO", scenario).env("MPRCTL_CONFIG", written(config, text));
    // On Windows nothing else asks the simulator; there `--demo` has only the servers of the scenario.
    if cfg!(windows) {
        command.arg("--demo");
    }
    command
}

/// Asserts that no server was asked, and that the error says so and what to do.
fn is_refused(way: &str, command: &mut Command) {
    for format in ["table", "json", "csv"] {
        let came = came_of(command.args(["--output", format, "status"]));
        assert_eq!(came.code, Some(2), "{way}: {}{}", came.stdout, came.stderr);
        assert!(!came.stdout.contains("\"rows\""), "{way}: {}", came.stdout);
        assert!(format == "json" || came.stdout.is_empty(), "{way}: {}", came.stdout);
        assert!(came.stderr.starts_with("mprctl: "), "{way}: {}", came.stderr);
        assert!(came.stderr.lines().count() > 1, "{way} is not told what to do: {}", came.stderr);
        // Start again without the options that the loop adds.
        *command = again(command);
    }
}

/// The same command without the options that [`is_refused`] added.
fn again(command: &Command) -> Command {
    let mut copy = Command::new(command.get_program());
    let arguments: Vec<_> = command.get_args().collect();
    copy.args(&arguments[..arguments.len() - 3]);
    for (name, value) in command.get_envs() {
        copy.env(name, value.expect("set"));
    }
    copy
}

#[test]
fn nothing_that_was_to_select_servers_falls_back_to_this_machine() {
    for nobody in NOBODY {
        for list in
            [nobody.to_owned(), format!("{nobody},"), format!("east,{nobody}"), format!(",{nobody},west")]
        {
            is_refused(&format!("--server {list:?}"), mprctl("nobody.toml", "").arg("--server").arg(&list));
        }
        let text = format!("[fleets]\nsites = [{nobody:?}]\n").replace("\\\\", r"\\");
        is_refused(
            &format!("a fleet of {nobody:?}"),
            mprctl("nobodys.toml", &text).args(["--fleet", "sites"]),
        );
        if HAS_DEFAULTS {
            let text = format!("[defaults]\nfleet = \"sites\"\n{text}");
            is_refused(&format!("a default fleet of {nobody:?}"), &mut mprctl("default.toml", &text));
        }
    }
    for list in ["*\n", "east\nvpn*\n", "\\\\\n", "//\n", "east,west\n", "east west\n", "\"east\"\n"] {
        let path = written("patterns.txt", list);
        is_refused(&format!("a file of {list:?}"), mprctl("nobody.toml", "").arg("--servers").arg(path));
    }
    for text in ["", "\n", "\r\n \t\r\n", "# nobody\n", "#", "\u{feff}", "\u{feff}# nobody\r\n"] {
        let path = written("empty.txt", text);
        is_refused(&format!("a file of {text:?}"), mprctl("nobody.toml", "").arg("--servers").arg(path));
    }
    let (text, fleet) = ("[fleets]\nsites = []\n", "sites");
    is_refused("an empty fleet", mprctl("empty.toml", text).args(["--fleet", fleet]));
    if HAS_DEFAULTS {
        let both = format!("[defaults]\nfleet = \"{fleet}\"\n{text}");
        is_refused("an empty default", &mut mprctl("empty-default.toml", &both));
    }
    // What else is named does not make up for it.
    is_refused("an empty fleet beside", mprctl("empty.toml", text).args(["--fleet", fleet, "-s", "west"]));
}

#[test]
fn a_fleet_that_is_not_there_is_not_this_machine_either() {
    for (text, arguments) in [
        ("", &["--fleet", "sites"][..]),
        ("", &["--fleet", ""]),
        ("[fleets]\nother = [\"west\"]\n", &["--fleet", "sites"]),
        ("[defaults]\nfleet = \"sites\"\n", &[]),
        ("[defaults]\nfleet = \"\"\n", &[]),
        ("[defaults]\nfleet = \"sites\"\n[fleets]\nother = [\"west\"]\n", &[]),
    ] {
        if arguments.is_empty() && !HAS_DEFAULTS {
            continue;
        }
        let came = came_of(mprctl("unknown.toml", text).args(arguments).arg("status"));
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{text} {arguments:?}: {}", came.stderr);
        assert!(came.stderr.contains("no fleet is named"), "{}", came.stderr);
    }
}

#[test]
fn a_list_on_the_standard_input_is_read_and_an_empty_one_is_an_error() {
    let came =
        came_of(mprctl("stdin.toml", "").args(["--servers", "-", "status"]).write_stdin("west\r\nnorth"));
    assert_eq!(servers(&came), ["west", "north"]);
    for nothing in ["", "\n", "# east"] {
        let came = came_of(mprctl("stdin.toml", "").args(["--servers", "-", "status"]).write_stdin(nothing));
        assert_eq!((came.code, came.stdout.as_str()), (Some(2), ""), "{}", came.stderr);
        assert!(came.stderr.contains("the standard input names none"), "{}", came.stderr);
    }
}

/// The servers that answered a `status` in NDJSON or a table of several.
fn servers(came: &Came) -> Vec<String> {
    assert_eq!(came.code, Some(0), "{}{}", came.stdout, came.stderr);
    came.stdout.lines().skip(2).filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
}

/// The servers that are asked, by the names that JSON has.
fn asked(command: &mut Command) -> Vec<String> {
    let came = came_of(command.args(["--output", "json", "status"]));
    let answer: serde_json::Value = serde_json::from_str(&came.stdout).expect("JSON");
    let servers = answer["servers"].as_array().expect("servers").iter();
    servers.map(|server| server["server"].as_str().expect("a name").to_owned()).collect()
}

const DEFAULT: &str = "[defaults]\nfleet = \"sites\"\n[fleets]\nsites = [\"west\", \"north\"]\n";

#[test]
fn this_machine_has_names_that_go_before_a_default_fleet() {
    if HAS_DEFAULTS {
        assert_eq!(asked(&mut mprctl("sites.toml", DEFAULT)), ["west", "north"]);
    }
    let mut names =
        vec![".", "local", "Local", "localhost", "LOCALHOST", "localhost.", r"\\localhost", r"\\."];
    names.extend(["127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1"]);
    for name in names {
        assert_eq!(asked(mprctl("sites.toml", DEFAULT).args(["-s", name])), ["local"], "{name}");
    }
    let all = ".,local,LOCALHOST,127.0.0.1,::1,[::1]";
    assert_eq!(asked(mprctl("sites.toml", DEFAULT).args(["-s", all])), ["local"]);
    // Also in a file and in a fleet.
    let path = written("this.txt", ".\nwest\nlocalhost\n");
    assert_eq!(asked(mprctl("sites.toml", DEFAULT).arg("--servers").arg(path)), ["local", "west"]);
    if HAS_DEFAULTS {
        let fleet = DEFAULT.replace("\"north\"", "\"localhost\"");
        assert_eq!(asked(&mut mprctl("this.toml", &fleet)), ["west", "local"]);
    }
    // In the demo it is the simulated one.
    assert_eq!(asked(mprctl("sites.toml", DEFAULT).args(["-s", "."])), ["local"]);
}

#[cfg(target_os = "linux")]
#[test]
fn this_machine_goes_by_its_own_name_and_not_by_one_that_begins_so() {
    let own = fs::read_to_string("/proc/sys/kernel/hostname").expect("Linux says it");
    let own = own.trim();
    for name in [own.to_owned(), own.to_uppercase(), format!(r"\\{own}")] {
        assert_eq!(asked(mprctl("own.toml", DEFAULT).args(["-s", &name])), ["local"], "{name}");
    }
    let other = format!("{own}.elsewhere.example");
    assert_eq!(asked(mprctl("own.toml", DEFAULT).args(["-s", &other])), [other.as_str()]);
}

#[test]
fn a_server_is_asked_once_however_often_and_however_it_is_named() {
    let names = r"west,WEST,West,\\west,west., west ,//west,\\west\,north";
    assert_eq!(asked(mprctl("once.toml", "").args(["-s", names])), ["west", "north"]);
    assert_eq!(asked(mprctl("once.toml", "").args(["-s", r"\\West,west"])), ["West"]);
    assert_eq!(asked(mprctl("once.toml", "").args(["-s", "2001:DB8::1,[2001:db8:0::1]"])), ["2001:DB8::1"]);
    let came =
        came_of(mprctl("once.toml", DEFAULT).args(["-s", "WEST", "--fleet", "sites", "-o", "csv", "status"]));
    assert_eq!(came.stdout.lines().count(), 3, "{}", came.stdout);
}
