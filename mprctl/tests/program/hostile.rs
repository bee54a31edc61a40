//! Every command, on a terminal, with names that try to steer it: of servers, users, domains, interfaces, telephone
//! numbers, in arguments, files and the environment. (`script` makes the terminal; without it nothing is tried.)

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{beside, file, on_a_terminal};

/// The control characters in the names of `hostile.toml`, after their first letters.
const STEERS: &str = "\u{1b}[31;5m\u{1b}]0;T\u{7}\u{9b}2J\nFORGED\r\u{202e}X\u{200b}\u{2028}\u{7f}";

/// Every command with arguments that lead it to the hostile names; `U`, `I`, `L`, `S`, `D` and `X` stand for the user,
/// the interface, the local network, the server, the domain and for a name of nothing. Those that change something come
/// last.
const COMMANDS: &[(&str, &[&str])] = &[
    ("", &["", "-s S,nowhere", "-s X", "X", "--X"]),
    (
        "status",
        &[
            "",
            "-s S,X",
            "--columns X",
            "--sort X",
            "--where X",
            "--where service=X",
            "--wait X",
            "--timeout X",
        ],
    ),
    (
        "session list",
        &[
            "",
            "--type all",
            "--type X",
            "--columns all",
            "--where user=X",
            "--where X=1",
            "--where handle>X",
            "-o X",
        ],
    ),
    ("session show", &["U", "I --type site", "X", "'*' --glob", "X --glob", "U -s S,X"]),
    ("session clear-stats", &["U --dry-run", "X --yes", "'*' --glob --yes"]),
    ("session unquarantine", &["U --dry-run", "X --yes", "'*' --glob --yes"]),
    (
        "session move",
        &[
            "U --local 10.0.0.1 --remote 10.0.0.2 --interface-index 1 --dry-run",
            "X --local X --remote X --interface-index X",
        ],
    ),
    ("session message", &["U --text X", "U --text X --dry-run", "'*' --glob --text X --yes"]),
    ("site list", &["", "--columns all", "-s S,X", "--where name=X"]),
    ("site disconnect", &["I --dry-run", "I", "X --yes", "I -s S,X --dry-run"]),
    ("port list", &["", "--columns all", "-s S,X"]),
    ("port usage", &["", "--columns all", "-s S,X"]),
    ("port show", &["VPN1-0", "X", "'*' --glob"]),
    ("port reset", &["X --yes", "VPN1-7 --dry-run", "VPN1-7"]),
    ("port clear-stats", &["X --yes", "VPN1-0 --dry-run", "VPN1-0"]),
    ("user show", &["U", "X", "U -s S,X"]),
    (
        "user set",
        &[
            "U --callback X",
            "X --dial-in allow --yes",
            "U --dial-in X",
            "U --dial-in allow",
            "U --dial-in allow --yes",
        ],
    ),
    ("interface list", &["", "--columns all"]),
    ("interface show", &["I", "L", "X"]),
    ("interface create", &["X --X", "I", "X --dry-run"]),
    ("interface set", &["I --destination X", "X --enable --yes", "I --enable --dry-run"]),
    ("interface device list", &["I", "X"]),
    ("interface device set", &["I 1 --phone X --dry-run", "X 1 --phone X", "I 1 --device X", "I X"]),
    ("interface credentials show", &["I", "X"]),
    (
        "interface credentials set",
        &["I --user X --domain X --keep-password", "X --user X --keep-password --yes"],
    ),
    ("interface credentials set-key", &["I", "X --key-stdin --yes", "I --dry-run"]),
    ("interface credentials remove-key", &["I", "X --yes"]),
    ("interface credentials set-eap", &["I --data X", "I --data EMPTY"]),
    ("interface credentials remove-eap", &["I", "X --yes"]),
    ("interface credentials remove", &["I", "X --yes"]),
    ("interface ikev2 show", &["I", "X"]),
    ("interface ikev2 set", &["I --certificate-name X", "X", "I --X"]),
    ("interface ikev2 remove", &["I", "X --yes"]),
    ("interface ip-in-ip list", &[""]),
    (
        "interface ip-in-ip create",
        &["X X", "X {11111111-2222-3333-4444-555555555555}", "X 11111111-2222-3333-4444-555555555555"],
    ),
    ("interface ip-in-ip delete", &["X", "X --yes"]),
    ("interface transport list", &["I", "X"]),
    ("interface transport show", &["I IP", "X IP", "I X"]),
    ("interface transport export", &["I IP X/X", "X IP X/X", "I X X"]),
    ("interface transport import", &["I IP X", "I IP EMPTY", "X IP EMPTY"]),
    ("interface transport add", &["X IP", "I X"]),
    ("interface transport remove", &["X IP", "I X", "I IP"]),
    ("interface update-phonebook", &["I", "X"]),
    ("interface update-result", &["I", "X"]),
    ("interface update-routes", &["I", "X"]),
    ("transport list", &["", "--columns X"]),
    ("transport show", &["IP", "X"]),
    ("transport export", &["IP X/X", "X X"]),
    ("transport import", &["IP X", "IP EMPTY"]),
    ("transport filter", &["X X", "IP X"]),
    ("transport create", &["X"]),
    ("transport delete", &["X"]),
    ("device list", &["", "--where name=X"]),
    ("admin-dll list", &["", "--where X", "-s X"]),
    ("admin-dll check", &["X", "EMPTY", "EMPTY X/X", "/dev/null"]),
    ("admin-dll register", &["X", "X --yes", "EMPTY --name X --dry-run"]),
    ("admin-dll unregister", &["X", "X --yes"]),
    ("server show", &["", "-s S,X"]),
    ("server set", &["X", "X=X", "ikev2.ports=X"]),
    ("server key", &["", "-s X"]),
    ("server set-key", &["-s S", "-s S --key-stdin"]),
    ("server remove-key", &["-s S"]),
    ("server domain-controller", &["", "--domain X"]),
    ("server registration", &["--domain X", "--domain D"]),
    ("server register", &["--domain X", "--domain X --yes"]),
    ("server unregister", &["--domain X", "--domain X --yes"]),
    ("config show", &[""]),
    ("config names", &["", "X", "L"]),
    ("config backup", &["X/X", "X"]),
    ("config restore", &["X", "X --yes"]),
    ("config reset", &["-s S", "X"]),
    ("mib interfaces", &["", "--where X"]),
    ("mib addresses", &[""]),
    ("mib routes", &[""]),
    ("mib get", &["X", "--file X", "--protocol X 00"]),
    ("mib first", &["X", "--file X", "--transport X 00"]),
    ("mib next", &["X", "--file X"]),
    ("mib create", &["X", "--file X"]),
    ("mib set", &["X", "--file X"]),
    ("mib delete", &["X", "--file X"]),
    ("check", &["X", "S", "X -o X"]),
    ("watch", &["--all --for 1s", "--all --for 1s -s S,nowhere,X", "--interval X"]),
    ("explain", &["X", "5", "5 X"]),
    ("fleet list", &["", "-q", "--columns all"]),
    ("fleet show", &["X", "fleet", "X --where name=X"]),
    ("settings show", &["", "-s X", "--fleet X", "--servers X"]),
    ("ps", &["", "-q", "--where user=X,Y", "--watch=X", "--limit X"]),
    ("schema", &["", "X"]),
    ("completions", &["X", "bash", "zsh", "fish", "powershell", "elvish"]),
    ("man", &["X/X", "X --X"]),
    ("service install", &["--account X --dry-run", "--dry-run -- --listen X", "--dry-run -- -s X,X", "-s X"]),
    ("service start", &["", "-s X"]),
    ("service stop", &[""]),
    ("service status", &["", "--where X"]),
    ("service uninstall", &["", "--yes"]),
    ("serve", &["--listen X", "--listen 127.0.0.1:0 -s S,X"]),
    ("top", &["--interval X", "-o json"]),
    ("session disconnect", &["U", "X", "X --yes", "'*' --glob", "'*' --glob --dry-run", "'*' --glob --yes"]),
    ("port disconnect", &["X", "'*' --glob", "'*' --glob --yes"]),
    ("interface connect", &["I", "X"]),
    ("site list", &["", "--columns all", "-s S,X"]),
    ("site disconnect", &["I", "X", "X --yes", "I --dry-run", "I --yes"]),
    ("interface disconnect", &["I", "X --yes", "I --yes"]),
    ("interface delete", &["I", "X --yes", "I --yes"]),
];

/// Options of every command, with hostile values.
const COMMON: [&str; 9] = [
    "--config X status",
    "--servers X status",
    "--servers LIST status",
    "--servers BROKEN status",
    "--config BROKEN status",
    "--config FLEETS --fleet X status",
    "--config FLEETS --fleet hostile status",
    "--library X status",
    "--color X status",
];

/// The options of servers that are asked over the network, with hostile values. Nothing of it reaches another machine.
const NETWORK: [&str; 10] = [
    "--over network -s X status",
    "--over network -s X -o json",
    "--over network -s X watch --for 300ms",
    "check X",
    "check X X -o json",
    "--over network -s vpn01 --user X --password-file X status",
    "--over network -s vpn01 --password-file X status",
    "--over network -s vpn01 --ntlm --user X --password-file EMPTY status",
    "--over X status",
    "--over network -s X interface credentials set I --server-user X --user X --password-file EMPTY",
];

/// Returns the path of a file that no other test writes: tests that run beside each other have files of the same names.
fn own(name: &str) -> PathBuf {
    static FILES: AtomicUsize = AtomicUsize::new(0);
    file(&format!("{}-{name}", FILES.fetch_add(1, Ordering::Relaxed)))
}

/// Quotes a word for the shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The words that the letters stand for.
fn meant(arguments: &str) -> String {
    let name = |first: &str| format!("{first}{STEERS}");
    let written = |name: &str, text: &[u8]| {
        let path = own(name);
        fs::write(&path, text).expect("the folder of the tests can be written to");
        path.display().to_string()
    };
    let list = format!("s{STEERS}\nwith{STEERS}").replace("\nFORGED", "FORGED");
    let words = arguments.split(' ').map(|word| match word {
        "U" => quoted(&name("u")),
        "I" => quoted(&name("i")),
        "L" => quoted(&name("lan")),
        "D" => quoted("d\u{1b}[31;5m\nF\r\u{202e}"),
        "EMPTY" => written("hostile-empty", b""),
        "LIST" => written("hostile-list", list.as_bytes()),
        "BROKEN" => written(
            "hostile-broken",
            format!("\u{1b}[2J = [\u{202e}\n\u{9b}\n{}", STEERS.replace("\nFORGED", "FORGED")).as_bytes(),
        ),
        "FLEETS" => {
            let name = serde_json::to_string(&name("s")).expect("a text");
            let text = format!("[fleets]\nhostile = [{name}]\n{name} = [{name}]\nempty = []\n");
            written("hostile-fleets.toml", text.replace("\u{7f}", "\\u007f").as_bytes())
        }
        word => word
            .split_inclusive([',', '/', '='])
            .map(|part| match part.trim_end_matches([',', '/', '=']) {
                "X" => quoted(&part.replace('X', &name("x"))),
                "--X" => quoted(&part.replace('X', &name("x"))),
                "S" => quoted(&part.replace('S', &name("s"))),
                _ if part.ends_with(">X") => quoted(&part.replace('X', &name("x"))),
                _ if part.contains(['{', '>']) => quoted(part),
                _ => part.to_owned(),
            })
            .collect(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the output of several command lines on a terminal, each with its command.
fn shown(lines: &[String]) -> Option<Vec<(String, String)>> {
    const MARK: &str = "-- next --";
    let mut text = "stty rows 24 cols 80; exec </dev/null\n".to_owned();
    for line in lines {
        text += &format!("{line}\necho; echo '{MARK}'\n");
    }
    let path = own("hostile.sh");
    fs::write(&path, text).expect("the folder of the tests can be written to");
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command"]).arg(format!("sh {}", path.display())).arg("/dev/null");
    script.env("MPRAPI_SIM_SCENARIO", beside("hostile.toml")).env("MPRCTL_CONFIG", settings());
    script.env_remove("COLUMNS").env_remove("NO_COLOR").env("TERM", "xterm-256color").env("SHELL", "/bin/sh");
    let output = script.stdin(Stdio::null()).output().ok()?;
    // Not lossily: what is no UTF-8 is a finding too.
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let text = text.replace("\r\n", "\n");
    let texts: Vec<&str> = text.split(&format!("\n{MARK}\n")).collect();
    assert_eq!(texts.len(), lines.len() + 1, "each command ends: {text}");
    Some(lines.iter().cloned().zip(texts.into_iter().map(str::to_owned)).collect())
}

fn settings() -> PathBuf {
    let path = own("hostile-none.toml");
    fs::write(&path, "").expect("the folder of the tests can be written to");
    path
}

/// Returns what follows the bar that shows how many servers have answered, or its end, if the text behind an escape is one.
fn behind_bar(text: &str) -> Option<&str> {
    let (bar, after) = text.strip_prefix("[1G")?.split_once("\u{1b}[K")?;
    let is_of_bar = |letter: char| letter.is_ascii_digit() || "█░ ofservers".contains(letter);
    (bar.is_empty() || bar.ends_with(" servers") && bar.chars().all(is_of_bar)).then_some(after)
}

/// Finds what a name did to the terminal: any control but line ends and the colours that mprctl uses, letters that turn
/// round or hide, a line that begins as the names want it.
fn finding(text: &str) -> Option<String> {
    if let Some(line) = text.lines().find(|line| line.trim_start().starts_with("FORGED")) {
        return Some(format!("a forged line {line:?}"));
    }
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let here: String = rest.chars().take(40).collect();
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\n' => {}
            '\u{1b}' => {
                // Bold, dim, underlined and the eight colours; nothing blinks.
                let numbers = rest.strip_prefix('[').and_then(|rest| rest.split_once('m'));
                let is_ours =
                    |number: &str| matches!(number, "" | "0" | "1" | "2" | "4" | "31" | "32" | "33" | "36");
                let coloured = numbers.filter(|(numbers, _)| numbers.split(';').all(is_ours));
                match coloured.map(|(_, after)| after).or_else(|| behind_bar(rest)) {
                    Some(after) => rest = after,
                    None => return Some(format!("a sequence that is not ours in {here:?}")),
                }
            }
            letter
                if letter.is_control()
                    || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
                    || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}') =>
            {
                return Some(format!("{letter:?} in {here:?}"));
            }
            _ => {}
        }
    }
    None
}

fn assert_harmless(lines: &[String]) {
    let Some(shown) = shown(lines) else { return };
    // Of nothing, data has no line.
    let is_silent = |(line, text): &&(String, String)| text.trim().is_empty() && !line.contains("json");
    assert_eq!(shown.iter().find(is_silent), None, "each says something");
    let found = shown.iter().filter_map(|(line, text)| {
        let finding = finding(text)?;
        Some(format!("{}: {finding}", line.escape_debug().collect::<String>().split("/mprctl").last()?))
    });
    let found: Vec<String> = found.collect();
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

/// The command lines of every command with an option for the format.
fn lines(format: &str) -> Vec<String> {
    let program = env!("CARGO_BIN_EXE_mprctl");
    let of_commands =
        COMMANDS.iter().flat_map(|(command, all)| all.iter().map(move |of| format!("{command} {of}")));
    let commands = of_commands.chain(COMMON.map(str::to_owned));
    let format = if format.is_empty() { String::new() } else { format!("--output {format}") };
    commands
        .map(|command| {
            // What goes on until it is stopped; `top` and `serve` have no format.
            let is_endless = command.starts_with("serve --listen 127");
            let stop = if is_endless { "timeout --foreground --signal INT 1 " } else { "" };
            let of = if command.starts_with("serve") || command.starts_with("top") { "" } else { &format };
            let meant = meant(&command);
            format!("{stop}{program} --demo {of} {meant}").replace("--demo  ", "--demo ")
        })
        .collect()
}

#[test]
fn the_list_has_every_command_of_the_program() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile-man");
    fs::create_dir_all(&folder).expect("the folder of the tests can be written to");
    // There is a page for each command.
    let status = Command::new(env!("CARGO_BIN_EXE_mprctl")).arg("man").arg(&folder).status();
    assert!(status.is_ok_and(|status| status.success()));
    let pages = fs::read_dir(&folder).expect("pages").map(|page| page.expect("a page").file_name());
    let pages: BTreeSet<String> = pages.map(|page| page.to_string_lossy().replace(".1", "")).collect();
    let listed: BTreeSet<String> =
        COMMANDS.iter().map(|(command, _)| format!("mprctl {command}").trim().replace(' ', "-")).collect();
    let is_group = |page: &&String| listed.iter().any(|other| other.starts_with(&format!("{page}-")));
    let missing: Vec<&String> = pages.difference(&listed).filter(|page| !is_group(page)).collect();
    assert!(missing.is_empty(), "{missing:?} are not tried on hostile names");
    assert!(listed.is_subset(&pages), "no command: {:?}", listed.difference(&pages));
}

#[test]
fn no_name_steers_the_terminal_of_any_command_in_a_table() {
    assert_harmless(&lines(""));
}

#[test]
fn no_name_steers_the_terminal_of_any_command_in_json() {
    assert_harmless(&lines("json"));
}

#[test]
fn no_name_steers_the_terminal_of_any_command_in_ndjson() {
    assert_harmless(&lines("ndjson"));
}

#[test]
fn no_name_steers_the_terminal_of_any_command_in_csv() {
    assert_harmless(&lines("csv"));
}

#[test]
fn no_name_steers_the_terminal_of_any_command_in_yaml() {
    assert_harmless(&lines("yaml"));
}

#[test]
fn no_name_steers_the_terminal_over_the_network() {
    let program = env!("CARGO_BIN_EXE_mprctl");
    let mut lines = NETWORK.map(|options| format!("{program} {}", meant(options))).to_vec();
    // Names of servers in the configuration, and a name that the system's resolver is asked for.
    let name = format!("x\u{202e}{}", "x".repeat(64));
    let settings = own("hostile-servers.toml");
    let text = format!("[servers.\"{name}\"]\nuser = \"a\u{202e}b\"\nntlm = true\n");
    fs::write(&settings, text).expect("the folder of the tests can be written to");
    for options in [
        "--password-file /dev/null",
        "--user c\u{202e}d --password-file /dev/null",
        "--user e --password-file -",
    ] {
        lines.push(format!(
            "{program} --over network -s {name} {options} --config {} status",
            settings.display()
        ));
    }
    assert_harmless(&lines);
}

#[test]
fn no_environment_steers_the_terminal() {
    let program = env!("CARGO_BIN_EXE_mprctl");
    let hostile = quoted(&format!("x{STEERS}"));
    let variables = [
        "MPRCTL_CONFIG",
        "MPRCTL_FLEET",
        "MPRCTL_SERVER",
        "MPRAPI_SIM_SCENARIO",
        "COLUMNS",
        "NO_COLOR",
        "HOME",
        "XDG_CONFIG_HOME",
        "LANG",
        "TZ",
    ];
    let commands =
        ["--help", "-h", "status --help", "--demo", "--demo status", "--demo watch --all --for 300ms", "--X"];
    let lines = variables.iter().flat_map(|variable| {
        let hostile = &hostile;
        commands.iter().map(move |command| format!("{variable}={hostile} {program} {command}"))
    });
    let mut lines: Vec<String> = lines.collect();
    let scenario = file("hostile-scenario.toml");
    let text = format!("[[server]]\nname = \"a\"\n\"x\u{1b}[2J\u{202e}\" = 1 {STEERS}");
    fs::write(&scenario, text).expect("the folder of the tests can be written to");
    lines.push(format!("MPRAPI_SIM_SCENARIO={} {program} --demo status", scenario.display()));
    // The program's own name is what its caller says.
    lines.push(format!(
        "ln -sf {program} {0} && {0} --nope; {0} --help",
        quoted(&scenario.with_file_name(format!("m{STEERS}")).display().to_string())
    ));
    assert_harmless(&lines);
}

#[test]
fn no_name_steers_the_terminal_of_a_question() {
    let mut script = on_a_terminal("hostile.toml", "session disconnect --glob '*'");
    let Ok(mut script) = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else { return };
    let mut keys = script.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut keys, b"n\n").expect("it is waited for");
    let output = script.wait_with_output().expect("it ends");
    let text = String::from_utf8(output.stdout).expect("UTF-8").replace("\r\n", "\n");
    assert!(
        text.contains("disconnect ") && text.contains("sessions: ") && text.contains("nothing was done"),
        "{text}"
    );
    assert_eq!(finding(&text), None, "{text:?}");
}

#[test]
fn no_name_steers_the_terminal_of_top() {
    let program = env!("CARGO_BIN_EXE_mprctl");
    for size in ["rows 24 cols 80", "rows 50 cols 200"] {
        let server = quoted(&format!("s{STEERS}"));
        let command = format!(
            "stty {size}; timeout --foreground --signal TERM 2 {program} --demo -s {server},nowhere top --interval 300ms"
        );
        let mut script = Command::new("script");
        script
            .args(["--quiet", "--return", "--command", &command, "/dev/null"])
            .env("TERM", "xterm-256color");
        script.env("MPRAPI_SIM_SCENARIO", beside("hostile.toml")).env("MPRCTL_CONFIG", settings());
        script.env("SHELL", "/bin/sh").env_remove("COLUMNS").env_remove("NO_COLOR");
        let Ok(mut script) = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else { return };
        // The session is opened, and the question asked.
        let mut keys = script.stdin.take().expect("a pipe");
        std::thread::sleep(std::time::Duration::from_millis(900));
        for key in [b"j", b"\r", b"d"] {
            std::io::Write::write_all(&mut keys, key).expect("it is waited for");
            std::thread::sleep(std::time::Duration::from_millis(250));
        }
        let output = script.wait_with_output().expect("it ends");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(text.contains("Disconnect"), "{text:?}");
        let mut rest = text.as_str();
        while let Some(at) = rest.find(|letter: char| {
            letter.is_control() && !matches!(letter, '\r' | '\n')
                || matches!(letter, '\u{200b}' | '\u{2028}' | '\u{202e}')
        }) {
            rest = &rest[at..];
            let here: String = rest.chars().take(40).collect();
            // To a place, colours that do not blink, the other screen, the cursor, clearing.
            let own = rest.strip_prefix("\u{1b}[").and_then(|rest| {
                let end = rest.find(|letter: char| !matches!(letter, '0'..='9' | ';' | '?'))?;
                let is_ours = match &rest[end..=end] {
                    "m" => &rest[..end] != "31;5",
                    "H" | "J" | "K" => true,
                    "h" | "l" => matches!(&rest[..end], "?25" | "?1049"),
                    _ => false,
                };
                is_ours.then(|| &rest[end + 1..])
            });
            rest = own.unwrap_or_else(|| panic!("a sequence that is not ours in {here:?}"));
        }
    }
}
