//! Questions on a terminal. (`script` makes the terminal; without it, the tests do nothing.)

use std::io::{Read as _, Write as _};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::common::{came_of, demo, on_a_terminal, rows_of};

/// Returns the output on a terminal after each question was answered, and the exit code.
fn answered(arguments: &str, answers: &[(&str, &str)]) -> Option<(String, Option<i32>)> {
    answered_after(Duration::ZERO, "session.toml", arguments, answers)
}

/// The same on other servers, by somebody who takes so long for each answer.
fn answered_after(
    pause: Duration,
    scenario: &str,
    arguments: &str,
    answers: &[(&str, &str)],
) -> Option<(String, Option<i32>)> {
    let mut script = on_a_terminal(scenario, arguments);
    let mut script = script.env("NO_COLOR", "1").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let (mut keys, mut screen) =
        (script.stdin.take().expect("a pipe"), script.stdout.take().expect("a pipe"));
    let mut shown = Vec::new();
    for (question, answer) in answers {
        while !shown.ends_with(question.as_bytes()) {
            let mut byte = [0];
            let more = screen.read(&mut byte).expect("the screen");
            assert_ne!(more, 0, "{question:?} is not asked: {}", String::from_utf8_lossy(&shown));
            shown.extend(byte);
        }
        thread::sleep(pause);
        writeln!(keys, "{answer}").expect("it is waited for");
    }
    screen.read_to_end(&mut shown).expect("the screen");
    drop(keys);
    let status = script.wait().expect("it ends");
    Some((String::from_utf8(shown).expect("UTF-8").replace("\r\n", "\n"), status.code()))
}

#[test]
fn top_gives_the_terminal_back_on_control_z_and_draws_anew_when_the_shell_goes_on() {
    let mut script = std::process::Command::new("script");
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/session.toml");
    let mprctl = env!("CARGO_BIN_EXE_mprctl");
    // A shell that has jobs, as one that is typed into has.
    let jobs = format!(
        "bash -m -c 'stty rows 24 cols 80; {mprctl} --demo -s east top; stty -a; echo shell; fg; echo over'"
    );
    script.args(["--quiet", "--return", "--command", &jobs, "/dev/null"]);
    script.env("MPRAPI_SIM_SCENARIO", scenario).env("MPRCTL_CONFIG", "").env("TERM", "xterm");
    script.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    let Ok(mut script) = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else { return };
    let (mut keys, mut screen) =
        (script.stdin.take().expect("a pipe"), script.stdout.take().expect("a pipe"));
    let mut seen = |text: &str| {
        let mut shown = Vec::new();
        while !shown.ends_with(text.as_bytes()) {
            let mut byte = [0];
            let more = screen.read(&mut byte).expect("the screen");
            assert_ne!(more, 0, "{text:?} is not shown: {}", String::from_utf8_lossy(&shown));
            shown.extend(byte);
        }
        String::from_utf8_lossy(&shown).into_owned()
    };
    seen("mprctl top");
    keys.write_all(b"\x1a").expect("it is waited for");
    let given_back = seen("shell\r\n");
    assert!(given_back.contains("\x1b[?1049l") && given_back.contains(" icanon"), "{given_back}");
    seen("\x1b[?1049h");
    seen("mprctl top");
    keys.write_all(b"q").expect("it is waited for");
    seen("over\r\n");
    assert!(script.wait().expect("it ends").success());
}

#[test]
fn an_operation_is_done_after_a_yes_and_after_nothing_else() {
    let question = "[y/N] ";
    for (answer, code, said) in
        [("y", 0, "done"), ("Yes", 0, "done"), ("", 1, "nothing was done"), ("yy", 1, "nothing was done")]
    {
        let Some((shown, came)) = answered("-s east session disconnect ben", &[(question, answer)]) else {
            return;
        };
        assert_eq!(came, Some(code), "{shown}");
        assert!(shown.contains("ben") && shown.contains(said), "{shown}");
    }
}

#[test]
fn a_secret_is_asked_for_twice_and_has_to_be_the_same() {
    for (again, code, said) in
        [("over the hills", 0, "done"), ("over the hill", 2, "differ; nothing was done")]
    {
        let keys = [("pre-shared key: ", "over the hills"), ("pre-shared key again: ", again)];
        let Some((shown, came)) = answered("-s member server set-key --yes", &keys) else { return };
        assert_eq!(came, Some(code), "{shown}");
        assert!(shown.contains(said), "{shown}");
    }
}

#[test]
fn a_session_that_goes_while_mprctl_asks_is_not_ended_in_that_of_another_with_its_handle() {
    let answer = |pause, name: &str| {
        let line = format!("-s busy session disconnect {name}");
        answered_after(pause, "reuse.toml", &line, &[("[y/N] ", "y")])
    };
    // While she is there, it is tried to end her session.
    let Some((shown, code)) = answer(Duration::ZERO, "anna") else { return };
    assert_eq!(code, Some(4), "{shown}");
    assert!(shown.contains("access is denied"), "{shown}");

    let listed = rows_of(&came_of(demo("reuse.toml").args("-s busy session list -o ndjson".split(' '))));
    let handle = listed[0]["handle"].as_str().expect("a handle");
    thread::scope(|scope| {
        let watched = scope.spawn(|| {
            let line = "-s busy watch --interval 200ms --for 7s -o ndjson";
            rows_of(&came_of(demo("reuse.toml").args(line.split(' '))))
        });
        let answers = ["anna".to_owned(), format!("anna#{handle}"), handle.to_owned()]
            .map(|name| scope.spawn(move || answer(Duration::from_secs(7), &name)));
        for answered in answers {
            let (shown, code) = answered.join().expect("no panic").expect("there is a terminal");
            assert_eq!(code, Some(6), "{shown}");
            assert!(shown.contains("anna") && shown.contains("no longer"), "{shown}");
            assert!(!shown.contains("ben") && !shown.contains("access is denied"), "{shown}");
        }
        // So it was his session that had the handle by then.
        let rows = watched.join().expect("no panic");
        let seen = |user: &str| {
            let sessions = rows.iter().map(|row| &row["session"]).filter(|session| session["user"] == user);
            sessions.map(|session| session["handle"].as_str().unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!((seen("anna"), seen("ben")), (vec![handle], vec![handle]), "{rows:?}");
    });
}

#[test]
fn the_bar_of_a_fleet_is_wiped_before_the_table() {
    let Some((shown, code)) =
        answered_after(Duration::ZERO, "fleet.toml", "-s east,west,north session list", &[])
    else {
        return;
    };
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("░ 0 of 3 servers"), "{shown:?}");
    let mut screen = vt100::Parser::new(24, 80, 0);
    screen.process(shown.replace('\n', "\r\n").as_bytes());
    let left = screen.screen().contents();
    assert!(left.starts_with("Server") && !left.contains("servers"), "{left}");
}
