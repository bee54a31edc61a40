//! Servers that are asked over the network: the choice of that way, the account, and the errors up to the first answer.
//! (What comes behind it needs an SMB server; `cargo xtask remote` has one.)

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use serde_json::Value;

use crate::common::{Came, beside, came_of, file};
use crate::documents::{assert_valid, document};

/// mprctl as it is, with this configuration.
fn mprctl(name: &str, settings: &str, arguments: &[&str]) -> Command {
    let path = file(&format!("network-{name}.toml"));
    fs::write(&path, settings).expect("the folder of the tests can be written to");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    command.env("MPRCTL_CONFIG", path).env_remove("MPRCTL_SERVER").env_remove("MPRCTL_FLEET");
    command.env_remove("MPRAPI_SIM_SCENARIO").args(arguments);
    command
}

fn run(arguments: &[&str]) -> Came {
    came_of(&mut mprctl("none", "", arguments))
}

/// A name that has no address; the system's resolver knows so without asking anyone.
fn no_name() -> String {
    format!("{}.invalid", "x".repeat(64))
}

/// A port on which nothing listens.
fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port of this machine")
}

/// A port that takes connections and answers each with these bytes, or never.
fn listener(answer: Option<&'static [u8]>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
    let address = listener.local_addr().expect("an address");
    // It ends with the tests.
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            thread::spawn(move || {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                match answer {
                    Some(answer) => drop(stream.write_all(answer)),
                    None => thread::sleep(Duration::from_secs(60)),
                }
            });
        }
    });
    address
}

/// The error of a single server in JSON.
fn error(came: &Came) -> Value {
    let answer: Value = serde_json::from_str(&came.stdout).unwrap_or_else(|_| panic!("{}", came.stderr));
    answer["servers"][0]["error"].clone()
}

#[test]
fn a_server_with_a_name_is_asked_over_the_network_and_this_machine_is_the_simulator() {
    let came = run(&["-s", &no_name(), "status", "-o", "json"]);
    assert_eq!((came.code, &error(&came)["layer"]), (Some(5), &"name".into()), "{}", came.stderr);
    for this in [&[][..], &["-s", "."], &["-s", "localhost"]] {
        let came = run(&[this, &["session", "list"]].concat());
        assert_eq!(came.code, Some(0), "{}", came.stderr);
        assert!(came.stderr.contains("simulated router") && came.stdout.contains("anna.lindqvist"));
    }
    // A default fleet is a selection.
    let fleet = format!("[defaults]\nfleet = 'all'\n[fleets]\nall = ['{}']", no_name());
    let came = came_of(&mut mprctl("fleet", &fleet, &["status", "-o", "json"]));
    assert_eq!(error(&came)["layer"], "name");
    let came = run(&["-s", &format!(".,{}", no_name()), "status"]);
    assert!(came.code == Some(2) && came.stderr.contains("this machine"), "{}", came.stderr);
}

#[test]
fn simulated_servers_and_those_of_a_library_are_asked_there_by_their_names() {
    let scenario = |arguments: &[&str]| {
        let mut command = mprctl("none", "", arguments);
        came_of(command.env("MPRAPI_SIM_SCENARIO", beside("servers.toml")))
    };
    assert_eq!(scenario(&["-s", "empty", "status"]).code, Some(0));
    assert_eq!(run(&["--demo", "-s", "vpn01", "status"]).code, Some(0));
    let came = run(&["--library", "Cargo.toml", "-s", "vpn01", "status"]);
    assert!(came.code == Some(1) && came.stderr.contains("Cargo.toml"), "{}", came.stderr);
    // What the command line says goes before the environment.
    let port = closed_port().to_string();
    let came = scenario(&["--over", "network", "-s", &port, "status", "-o", "json"]);
    assert_eq!(error(&came)["layer"], "port", "{}", came.stderr);
    // Without a port, this machine is one too then.
    let localhost = format!("[servers.localhost]\nport = {}", closed_port().port());
    let came = came_of(&mut mprctl("here", &localhost, &["--over", "network", "-s", ".", "status"]));
    assert!(came.code == Some(5) && came.stderr.contains("localhost: failed at the port"), "{}", came.stderr);
    for (wrong, reason) in [
        (&["--over", "windows", "-s", "vpn01"][..], "this is not Windows"),
        (&["--over", "network"], "no server is selected"),
        (&["--over", "network", "--demo"], "cannot be used with"),
        (&["--user", "a@B", "--demo"], "--user is for servers that are asked over the network"),
        (&["--ntlm"], "--ntlm is for servers that are asked over the network"),
    ] {
        let came = run(&[wrong, &["status"]].concat());
        assert!(came.code == Some(2) && came.stderr.contains(reason), "{wrong:?}: {}", came.stderr);
    }
}

#[test]
fn an_error_says_which_step_failed_and_what_to_do_about_it() {
    let (closed, garbage, silent) =
        (closed_port(), listener(Some(b"\x1b]0;HTTP/1.1\x07 400 Bad Request\r\n\r\n")), listener(None));
    for (server, layer, place, advice) in [
        (no_name(), "name", "failed at the name: ", "nslookup x"),
        (closed.to_string(), "port", "failed at the port: ", "Enable-NetFirewallRule"),
        (garbage.to_string(), "SMB", "failed at SMB: ", "SMB 3.0 or later"),
        (silent.to_string(), "SMB", "failed at SMB: ", "SMB 3.0 or later"),
    ] {
        let came = run(&["-s", &server, "--timeout", "2s", "status", "-o", "json"]);
        let error = error(&came);
        assert_eq!((came.code, &error["layer"]), (Some(5), &layer.into()), "{server}: {}", came.stderr);
        assert!(error["message"].as_str().is_some_and(|message| message.starts_with(place)), "{error}");
        assert_eq!((&error["code"], &error["kind"]), (&1722.into(), &"unreachable".into()));
        assert!(came.stderr.contains(place) && came.stderr.contains(advice), "{}", came.stderr);
        assert!(!came.stderr.contains('\u{1b}'), "{}", came.stderr);
    }
}

#[test]
fn a_server_that_never_answers_is_given_up_at_the_limit_and_the_others_are_not_held_up() {
    let (silent, closed) = (listener(None), closed_port());
    let began = Instant::now();
    let came = run(&["-s", &format!("{silent},{closed}"), "--timeout", "1s", "status", "-o", "json"]);
    let took = began.elapsed();
    assert_eq!(came.code, Some(5), "{}", came.stderr);
    assert!(took >= Duration::from_millis(850) && took < Duration::from_secs(10), "{took:?}");
    let answer: Value = serde_json::from_str(&came.stdout).expect("JSON");
    let layers: Vec<&Value> = answer["servers"]
        .as_array()
        .expect("servers")
        .iter()
        .map(|server| &server["error"]["layer"])
        .collect();
    assert_eq!(layers, ["SMB", "port"], "{}", came.stdout);
}

#[test]
fn a_port_stands_behind_a_name_an_address_or_brackets() {
    let port = closed_port().port();
    for server in [format!("127.0.0.1:{port}"), format!("localhost:{port}")] {
        let came = run(&["-s", &server, "status", "-o", "json"]);
        assert_eq!(error(&came)["layer"], "port", "{server}: {}", came.stderr);
        assert!(came.stdout.contains(&format!("\"server\": \"{server}\"")), "{}", came.stdout);
    }
    let came = run(&["-s", &format!("[::1]:{port}"), "status", "-o", "json"]);
    assert!(matches!(error(&came)["layer"].as_str(), Some("port" | "route")), "{}", came.stderr);
    for wrong in ["vpn01:0", "vpn01:smb", "[::1]:65536", ":445"] {
        let came = run(&["-s", wrong, "status"]);
        assert!(came.code == Some(2) && came.stderr.contains(wrong), "{wrong}: {}", came.stderr);
    }
    // The port of the configuration file.
    let settings = format!("[servers.'127.0.0.2']\nport = {port}");
    let came = came_of(&mut mprctl("port", &settings, &["--over", "network", "-s", "127.0.0.2:1", "status"]));
    assert!(came.stderr.contains("127.0.0.2:1"), "{}", came.stderr);
}

/// A file with a password, which others may read if `mode` says so.
fn password_file(name: &str, mode: u32) -> PathBuf {
    let path = file(name);
    fs::write(&path, "open sesame\n").expect("the folder of the tests can be written to");
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
    path
}

#[test]
fn a_password_comes_from_a_file_of_its_owner_alone_or_from_standard_input() {
    let server = closed_port().to_string();
    let logon = |path: &str| {
        ["-s", &server, "--user", "admin@CORP.EXAMPLE", "--password-file", path, "status"].map(str::to_owned)
    };
    let own = password_file("network-password-600", 0o600);
    let came = came_of(mprctl("none", "", &[]).args(logon(own.to_str().expect("a path"))));
    assert!(came.code == Some(5) && came.stderr.contains("failed at the port"), "{}", came.stderr);
    let came = came_of(mprctl("none", "", &[]).args(logon("-")).write_stdin("open sesame\n"));
    assert!(came.code == Some(5) && came.stderr.contains("failed at the port"), "{}", came.stderr);
    for mode in [0o644, 0o640, 0o602] {
        let open = password_file(&format!("network-password-{mode:o}"), mode);
        let came = came_of(mprctl("none", "", &[]).args(logon(open.to_str().expect("a path"))));
        assert_eq!(came.code, Some(2), "{}", came.stderr);
        assert!(
            came.stderr.contains("others may read") && came.stderr.contains("chmod 600"),
            "{}",
            came.stderr
        );
    }
    for (path, reason) in
        [("no-such-file", "cannot read no-such-file"), ("src", "cannot read src: it is a folder")]
    {
        let came = came_of(mprctl("none", "", &[]).args(logon(path)));
        assert!(came.code == Some(2) && came.stderr.contains(reason), "{}", came.stderr);
    }
    for input in ["", "Sesame\ntwo\n"] {
        let came = came_of(mprctl("none", "", &[]).args(logon("-")).write_stdin(input));
        assert!(
            came.code == Some(2) && came.stderr.contains("password of admin@CORP.EXAMPLE"),
            "{}",
            came.stderr
        );
        assert!(!came.stderr.contains("Sesame"), "{}", came.stderr);
    }
}

#[test]
fn a_user_without_a_password_and_without_a_terminal_is_told_of_the_file() {
    let came = run(&["-s", "vpn01", "--user", "admin@CORP.EXAMPLE", "status"]);
    assert!(came.code == Some(2) && came.stderr.contains("--password-file"), "{}", came.stderr);
    let came = run(&["-s", "vpn01", "--password-file", "-", "status"]);
    assert!(came.code == Some(2) && came.stderr.contains("no user is named"), "{}", came.stderr);
}

/// On a terminal, which `script` makes; without it nothing is tried.
#[cfg(target_os = "linux")]
#[test]
fn a_password_is_asked_for_once_and_not_shown() {
    use std::process::{Command, Stdio};
    let mprctl =
        format!("{} -s {} --user 'a\u{1b}[31m@B' status", env!("CARGO_BIN_EXE_mprctl"), closed_port());
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &mprctl, "/dev/null"]).env("SHELL", "/bin/sh");
    script.env("MPRCTL_CONFIG", "/dev/null").env_remove("MPRAPI_SIM_SCENARIO");
    let Ok(mut script) = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else { return };
    let (mut keys, mut screen) =
        (script.stdin.take().expect("a pipe"), script.stdout.take().expect("a pipe"));
    let (mut text, mut piece) = (Vec::new(), [0; 1024]);
    loop {
        let read = screen.read(&mut piece).expect("a screen");
        text.extend_from_slice(&piece[..read]);
        if read == 0 || String::from_utf8_lossy(&text).contains("@B: ") {
            break;
        }
    }
    // The question stands there before the terminal stops to show what is typed.
    thread::sleep(Duration::from_millis(500));
    keys.write_all(b"Sesame\n").expect("it is waited for");
    screen.read_to_end(&mut text).expect("it ends");
    script.wait().expect("it ends");
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(text.contains("failed at the port"), "{text:?}");
    assert!(!text.contains("Sesame") && text.contains("a\u{fffd}[31m@B: "), "{text:?}");
    assert_eq!(text.matches("@B: ").count(), 1, "{text:?}");
}

#[test]
fn standard_input_has_the_password_or_something_else() {
    for other in [
        &["--servers", "-", "status"][..],
        &["-s", "vpn01", "server", "set-key"],
        &["-s", "vpn01", "interface", "credentials", "set", "Lyon", "--password-stdin"],
    ] {
        let came = run(&[&["--user", "a@B", "--password-file", "-"], other].concat());
        assert!(
            came.code == Some(2) && came.stderr.contains("both read the standard input"),
            "{}",
            came.stderr
        );
    }
}

#[test]
fn the_user_of_an_interface_is_not_the_account_and_either_can_be_given() {
    let server = closed_port().to_string();
    let own = password_file("network-password-two", 0o600);
    let (own, set) =
        (own.to_str().expect("a path"), ["interface", "credentials", "set", "Lyon", "--user", "branch"]);
    let set = [&set[..], &["--keep-password", "--yes", "-s", &server]].concat();
    // Without an account it is the ticket, for which no password is asked.
    let came = run(&set);
    assert!(came.code == Some(5) && came.stderr.contains("failed at the port"), "{}", came.stderr);
    let before = run(&[&["--user", "admin@CORP.EXAMPLE", "--password-file", own], &set[..]].concat());
    let behind = run(&[&set[..], &["--server-user", "admin@CORP.EXAMPLE", "--password-file", own]].concat());
    for came in [before, behind] {
        assert!(came.code == Some(5) && came.stderr.contains("failed at the port"), "{}", came.stderr);
    }
}

#[test]
fn the_configuration_says_all_but_the_password() {
    let closed = closed_port();
    let settings = format!(
        "[defaults]\ntimeout = '2s'\n[servers.'VPN01.invalid']\nuser = 'CORP\\admin'\nntlm = true\nport = {}\n",
        closed.port()
    );
    let ask = |server: &str| came_of(&mut mprctl("servers", &settings, &["-s", server, "status"]));
    // The user of the file needs a password.
    let came = ask("vpn01.INVALID");
    assert!(came.code == Some(2) && came.stderr.contains("the password of CORP\\admin"), "{}", came.stderr);
    for (wrong, what) in [
        ("[servers.vpn01]\npassword = 'Sesame'", "password"),
        ("[servers.vpn01]\nport = 0", "line 2"),
        ("[servers.vpn01]\nport = 65536", "line 2"),
        ("[defaults]\nover = 'smb'", "unknown variant `smb`"),
        ("[defaults]\nntlm = true", "no user is named"),
    ] {
        let came = came_of(&mut mprctl("wrong", wrong, &["-s", "vpn01", "status"]));
        assert!(came.code == Some(2) && came.stderr.contains(what), "{wrong}: {}", came.stderr);
        assert!(!came.stderr.contains("Sesame"), "{}", came.stderr);
    }
}

#[test]
fn a_check_prints_each_step_and_where_to_send_the_report_and_nothing_private() {
    let closed = closed_port().to_string();
    let came = run(&["check", &closed]);
    assert_eq!(came.code, Some(5), "{}", came.stderr);
    let steps: Vec<Vec<&str>> =
        came.stdout.lines().map(|line| line.split_whitespace().take(2).collect()).take(9).collect();
    let words = steps.iter().map(|words| words.join(" ")).collect::<Vec<_>>();
    assert_eq!(words[..4], ["name ok", "route ok", "port failed", "SMB not"], "{}", came.stdout);
    assert!(came.stdout.contains("error 1722, RPC_S_SERVER_UNAVAILABLE"), "{}", came.stdout);
    assert!(came.stdout.contains("experimental: not yet tried against Windows Server"), "{}", came.stdout);
    assert!(came.stdout.trim_end().ends_with("/issues/new"), "{}", came.stdout);
    assert!(!came.stdout.contains("127.0.0.1"), "{}", came.stdout);
    assert!(came.stderr.starts_with(&format!("mprctl: {closed}: failed at the port: ")), "{}", came.stderr);
}

#[test]
fn a_check_of_several_servers_is_one_report_in_every_format() {
    let (closed, none) = (closed_port().to_string(), no_name());
    let came = run(&["-s", &closed, "check", &none, "-o", "json"]);
    assert_eq!(came.code, Some(5), "{}", came.stderr);
    let json: Value = serde_json::from_str(&came.stdout).expect("one document");
    assert_valid(&document(), &json, &["check"]);
    let servers: Vec<&Value> =
        json["servers"].as_array().expect("servers").iter().map(|one| &one["server"]).collect();
    assert_eq!(servers, ["server 1", "server 2"]);
    assert_eq!(
        (&json["servers"][0]["ok"], &json["servers"][1]["error"]["layer"]),
        (&false.into(), &"name".into())
    );
    let failed = json["rows"].as_array().expect("rows").iter().filter(|row| row["outcome"] == "failed");
    let failed: Vec<(&Value, &Value)> = failed.map(|row| (&row["step"], &row["code"])).collect();
    assert_eq!(failed, [(&"port".into(), &1722.into()), (&"name".into(), &1722.into())]);
    for format in ["json", "ndjson", "csv", "table"] {
        let came = run(&["check", &closed, &none, "-o", format]);
        assert!(
            !came.stdout.contains("127.0.0.1") && !came.stdout.contains(&none),
            "{format}: {}",
            came.stdout
        );
        assert!(came.stdout.contains("server 2"), "{format}: {}", came.stdout);
        assert!([came.stdout, came.stderr].concat().contains("/issues/new"), "{format}");
    }
}

#[test]
fn a_check_is_of_the_network_alone() {
    for wrong in [&["--demo"][..], &["--over", "windows"], &["--library", "Cargo.toml"]] {
        let came = run(&[wrong, &["check", "vpn01"]].concat());
        assert!(came.code == Some(2) && came.stderr.contains("does not apply to check"), "{}", came.stderr);
    }
    let came = run(&["check"]);
    assert!(came.code == Some(2) && came.stderr.contains("mprctl check vpn01"), "{}", came.stderr);
}

#[test]
fn watch_says_that_it_reads_the_servers_and_how_often() {
    let came = run(&["-s", &closed_port().to_string(), "watch", "--for", "300ms", "--interval", "7s"]);
    assert_eq!(came.code, Some(5), "{}", came.stderr);
    assert!(came.stderr.contains("each is read every 7 s (--interval)"), "{}", came.stderr);
}

#[test]
fn the_network_is_experimental_wherever_it_is_offered() {
    for help in [&["--help"][..], &["check", "--help"]] {
        let text = run(help).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("experimental: not yet tried against Windows Server"), "{text}");
    }
}
