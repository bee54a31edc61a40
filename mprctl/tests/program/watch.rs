//! `mprctl watch` as a user runs it: how it ends, and what it prints until then. On the simulated servers of
//! `watch.toml`, on every system.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::{came_of, started};

fn mprctl(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/watch.toml");
    command.env("MPRAPI_SIM_SCENARIO", scenario).arg("--demo").args(arguments);
    command
}

/// Each line as JSON.
fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// Returns each event with its user or server.
fn words(lines: &[Value]) -> Vec<String> {
    let word = |line: &Value| {
        let who = line["session"]["user"].as_str().or(line["server"].as_str()).expect("a name");
        format!("{} {who}", line["event"].as_str().expect("what happened"))
    };
    lines.iter().map(word).collect()
}

/// Runs it until it has printed a line, which it gives out with the process.
fn until_the_first_line(command: &mut Command) -> (Child, BufReader<ChildStdout>, String) {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = started(|| command.spawn());
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    out.read_line(&mut line).expect("UTF-8");
    (child, out, line)
}

/// The exit code, which has to come before it would have ended by itself.
fn exit_code(mut child: Child) -> Option<i32> {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            return status.code();
        }
        if began.elapsed() > Duration::from_secs(20) {
            child.kill().expect("it can be ended");
            panic!("it goes on after 20 seconds");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn count_ends_it_when_so_many_have_come_or_gone_and_each_line_is_json() {
    let came = came_of(
        &mut mprctl(&[
            "-s",
            "east,quiet",
            "-o",
            "ndjson",
            "watch",
            "--count",
            "2",
            "--all",
            "--interval",
            "100ms",
        ])
        .into(),
    );
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    let lines = lines(&came.stdout);
    let words = words(&lines);
    let of = |what: &str| words.iter().filter(|word| word.starts_with(what)).cloned().collect::<Vec<_>>();
    assert_eq!(of("there"), ["there anna", "there ben", "there chen"]);
    assert_eq!(of("went"), ["went anna", "went ben"]);
    assert_eq!(words.last().map(String::as_str), Some("went ben"), "nothing after what it was to wait for");
    let went = lines.iter().find(|line| line["event"] == "went").expect("somebody went");
    assert_eq!((went["server"].as_str(), went["session"]["domain"].as_str()), (Some("east"), Some("CORP")));
}

#[test]
fn people_are_told_of_each_in_a_line_with_the_servers_below_each_other() {
    let arguments = ["-s", "east,quiet,denied", "watch", "--count", "1", "--all", "--interval", "100ms"];
    let came = came_of(&mut mprctl(&arguments).into());
    assert_eq!(came.code, Some(7), "{}", came.stderr);
    // Before it stands the time of day, of eight characters.
    let mut lines: Vec<&str> = came.stdout.lines().map(|line| &line[10..]).collect();
    let last = lines.pop().expect("lines");
    assert!(last.starts_with("east    went   CORP\\anna  ") && last.ends_with("in 0 B, out 0 B"), "{last}");
    assert!(
        last.contains("  10.20.0.2  ") && last.contains("  SSTP  ") && last.contains("  after "),
        "{last}"
    );
    lines.sort_unstable();
    let starts = [
        "denied  down   access is denied (ERROR_ACCESS_DENIED, 5, of MprAdminServerConnect)",
        "east    there  CORP\\anna  ",
        "east    there  CORP\\ben  ",
        "east    there  CORP\\chen  ",
        "east    up     3 sessions connected",
        "quiet   up     0 sessions connected",
    ];
    assert_eq!(lines.len(), starts.len(), "{}", came.stdout);
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn csv_has_a_header_and_a_row_for_each() {
    let came = came_of(
        &mut mprctl(&["-s", "east", "-o", "csv", "watch", "--count", "1", "--interval", "100ms"]).into(),
    );
    assert_eq!((came.code, came.stderr.as_str()), (Some(0), ""));
    let [header, up, went] = came.stdout.lines().collect::<Vec<_>>()[..] else { panic!("{}", came.stdout) };
    assert!(header.starts_with("time,server,event,user,domain,address,"), "{header}");
    assert!(up.contains(",east,up,,,") && up.contains(",3,,,,0,,3,"), "{up}");
    assert!(went.contains(",east,went,anna,CORP,10.20.0.2,,SSTP,VPN0-0,0x"), "{went}");
    assert!(
        [up, went].iter().all(|row| row.split(',').count() == header.split(',').count()),
        "{}",
        came.stdout
    );
}

#[test]
fn for_ends_it_after_that_time_whatever_happens() {
    let began = Instant::now();
    let came = came_of(&mut mprctl(&["-s", "quiet", "-o", "ndjson", "watch", "--for", "1s"]).into());
    assert_eq!((came.code, words(&lines(&came.stdout))), (Some(0), vec!["up quiet".to_owned()]));
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
}

#[test]
fn a_server_that_is_never_reached_is_told_of_and_exit_code_7_beside_one_that_is() {
    let came = came_of(
        &mut mprctl(&["-s", "quiet,nowhere,denied", "-o", "ndjson", "watch", "--for", "500ms"]).into(),
    );
    assert_eq!(came.code, Some(7));
    let lines = lines(&came.stdout);
    let (last, events) = lines.split_last().expect("lines");
    let mut words = words(events);
    words.sort();
    assert_eq!(words, ["down denied", "down nowhere", "up quiet"]);
    assert_eq!(last["error"]["kind"], "partly", "the verdict comes last");
}

#[test]
fn what_waiting_does_not_mend_ends_it() {
    let came = came_of(&mut mprctl(&["-s", "denied", "-o", "ndjson", "watch"]).into());
    assert_eq!(came.code, Some(4));
    assert_eq!(words(&lines(&came.stdout)[..1]), ["down denied"]);
    assert!(came.stderr.contains("group Administrators"), "{}", came.stderr);
}

#[test]
fn a_stuck_server_does_not_hold_the_others() {
    let came = came_of(
        &mut mprctl(&[
            "-s",
            "slow,east",
            "--timeout",
            "300ms",
            "-o",
            "ndjson",
            "watch",
            "--count",
            "1",
            "--interval",
            "100ms",
        ])
        .into(),
    );
    assert_eq!(came.code, Some(7), "{}", came.stderr);
    let lines = lines(&came.stdout);
    let slow = lines.iter().find(|line| line["server"] == "slow").expect("the slow one is told of");
    assert_eq!(slow["error"]["message"], "no answer within 300 ms");
    assert!(words(&lines[..lines.len() - 1]).contains(&"went anna".to_owned()), "{lines:#?}");
}

#[test]
fn who_closes_the_pipe_has_had_enough_which_is_no_failure() {
    let mut command = mprctl(&["-s", "east", "-o", "ndjson", "watch", "--interval", "100ms"]);
    let (mut child, out, line) = until_the_first_line(&mut command);
    assert_eq!(words(&lines(&line)), ["up east"]);
    drop(out);
    let mut errors = BufReader::new(child.stderr.take().expect("a pipe"));
    assert_eq!(exit_code(child), Some(0));
    let mut said = String::new();
    errors.read_line(&mut said).expect("UTF-8");
    assert_eq!(said, "");
}

#[cfg(unix)]
mod signals {
    use super::*;

    fn end_with(signal: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let (child, mut out, mut text) = until_the_first_line(&mut mprctl(arguments));
        let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(kill.expect("kill is there").success());
        let code = exit_code(child);
        while out.read_line(&mut text).expect("UTF-8") > 0 {}
        (code, text)
    }

    #[test]
    fn control_c_is_how_it_is_meant_to_end() {
        for signal in ["-INT", "-TERM"] {
            let (code, text) = end_with(signal, &["-s", "quiet", "-o", "ndjson", "watch"]);
            assert_eq!((code, words(&lines(&text))), (Some(0), vec!["up quiet".to_owned()]), "{signal}");
        }
    }

    #[test]
    fn control_c_while_no_server_was_ever_reached_is_the_exit_code_of_the_failure() {
        let (code, text) = end_with("-INT", &["-s", "nowhere", "-o", "ndjson", "watch"]);
        assert_eq!(code, Some(5));
        let lines = lines(&text);
        assert_eq!((lines.len(), lines[1]["error"]["kind"].as_str()), (2, Some("unreachable")));
    }

    #[test]
    fn control_c_does_not_wait_for_a_server_that_is_stuck() {
        let began = Instant::now();
        let (code, _) = end_with("-INT", &["-s", "quiet,slow", "-o", "ndjson", "watch"]);
        assert_eq!(code, Some(0));
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    }
}
