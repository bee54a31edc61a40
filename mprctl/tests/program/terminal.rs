//! What mprctl asks a person on a terminal. (`script` makes one; without it nothing is tried.)

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use crate::common::on_a_terminal;

/// What a terminal shows when each question has been answered, and the exit code.
fn answered(arguments: &str, answers: &[(&str, &str)]) -> Option<(String, Option<i32>)> {
    let mut script = on_a_terminal("session.toml", arguments);
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
        writeln!(keys, "{answer}").expect("it is waited for");
    }
    screen.read_to_end(&mut shown).expect("the screen");
    drop(keys);
    let status = script.wait().expect("it ends");
    Some((String::from_utf8(shown).expect("UTF-8").replace("\r\n", "\n"), status.code()))
}

#[test]
fn a_deed_is_done_after_a_yes_and_after_nothing_else() {
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
    for (again, code, said) in [("over the hills", 0, "done"), ("over the hill", 2, "that was not the same")]
    {
        let keys = [("pre-shared key: ", "over the hills"), ("pre-shared key again: ", again)];
        let Some((shown, came)) = answered("-s member server set-key --yes", &keys) else { return };
        assert_eq!(came, Some(code), "{shown}");
        assert!(shown.contains(said), "{shown}");
    }
}
