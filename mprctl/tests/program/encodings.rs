//! Text files as people have them: every file that mprctl reads as text, in every encoding that programs write.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

use crate::common::{Came, came_of, file};

const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fleet.toml");

/// A text in every encoding, with a name for each.
fn encoded(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (ends, text) in [("LF", text.to_owned()), ("CRLF", text.replace('\n', "\r\n"))] {
        for (end, text) in [("", text.as_str()), (" without an end", text.trim_end())] {
            let marked = format!("\u{feff}{text}");
            let utf16 = |bytes: fn(u16) -> [u8; 2]| marked.encode_utf16().flat_map(bytes).collect();
            for (encoding, bytes) in [
                ("UTF-8", text.as_bytes().to_vec()),
                ("UTF-8 with a mark", marked.as_bytes().to_vec()),
                ("UTF-16 LE", utf16(u16::to_le_bytes)),
                ("UTF-16 BE", utf16(u16::to_be_bytes)),
            ] {
                all.push((format!("{encoding}, {ends}{end}"), bytes));
            }
        }
    }
    all
}

/// A way for a text to get into mprctl, and what comes of it when it is read right.
struct Way {
    what: &'static str,
    text: &'static str,
    run: fn(&Path) -> Came,
    /// The expected parts of the output.
    shown: &'static [&'static str],
}

fn mprctl() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let none = file("no-settings.toml");
    fs::write(&none, "").expect("the folder of the tests can be written to");
    command.env("MPRAPI_SIM_SCENARIO", SCENARIO).env("MPRCTL_CONFIG", none).arg("--demo");
    command
}

fn piped(path: &Path, arguments: &[&str]) -> Came {
    came_of(mprctl().args(arguments).write_stdin(fs::read(path).expect("a file of the test")))
}

const WAYS: [Way; 6] = [
    Way {
        what: "a list of servers",
        text: "# both sites: Zürich\neast\nwest\n",
        run: |path| came_of(mprctl().arg("--servers").arg(path).args(["-o", "csv", "status"])),
        shown: &["\neast,", "\nwest,"],
    },
    Way {
        what: "a list of servers on the standard input",
        text: "# both sites: Zürich\neast\nwest\n",
        run: |path| piped(path, &["--servers", "-", "-o", "csv", "status"]),
        shown: &["\neast,", "\nwest,"],
    },
    Way {
        what: "a configuration file",
        text: "[defaults]\noutput = \"csv\"\n# Zürich\n[fleets]\n\"zürich\" = [\"west\"]\n",
        run: |path| came_of(mprctl().arg("--config").arg(path).args(["--fleet", "zürich", "status"])),
        shown: &["\nwest,"],
    },
    Way {
        what: "a configuration file that the environment names",
        text: "[defaults]\noutput = \"csv\"\n# Zürich\n[fleets]\n\"zürich\" = [\"west\"]\n",
        run: |path| came_of(mprctl().env("MPRCTL_CONFIG", path).args(["--fleet", "zürich", "status"])),
        shown: &["\nwest,"],
    },
    Way {
        what: "a scenario",
        text: "# Zürich\n[[server]]\nname = \"solo\"\n[[server.user]]\nname = \"jürg\"\n",
        run: |path| {
            came_of(
                mprctl()
                    .env("MPRAPI_SIM_SCENARIO", path)
                    .args(["-o", "csv", "-s", "solo", "user", "show", "jürg"]),
            )
        },
        shown: &["jürg"],
    },
    Way {
        what: "a key on the standard input",
        text: "über den bergen\n",
        run: |path| piped(path, &["-s", "east", "-o", "csv", "server", "set-key", "--yes"]),
        shown: &["done"],
    },
];

fn written(index: usize, bytes: &[u8]) -> PathBuf {
    let path = file(&format!("encoded-{index}"));
    fs::write(&path, bytes).expect("the folder of the tests can be written to");
    path
}

/// Returns `true` if a way is tried with this file. Under Wine, where a process takes long to start, each file is tried in one way.
fn is_tried(way: usize, file: usize) -> bool {
    !cfg!(windows) || file % WAYS.len() == way
}

#[test]
fn every_text_is_read_in_every_encoding() {
    for (index, way) in WAYS.iter().enumerate() {
        for (number, (encoding, bytes)) in encoded(way.text).into_iter().enumerate() {
            if !is_tried(index, number) {
                continue;
            }
            let came = (way.run)(&written(index, &bytes));
            assert_eq!(came.code, Some(0), "{} in {encoding}: {}{}", way.what, came.stdout, came.stderr);
            for text in way.shown {
                assert!(came.stdout.contains(text), "{} in {encoding}: {}", way.what, came.stdout);
            }
        }
    }
}

#[test]
fn a_list_of_servers_may_have_the_line_ends_of_an_old_mac() {
    let came =
        came_of(mprctl().arg("--servers").arg(written(90, b"east\rwest\r")).args(["-o", "csv", "status"]));
    assert_eq!(came.stdout.lines().count(), 3, "{}{}", came.stdout, came.stderr);
}

#[test]
fn what_is_no_text_is_an_error_that_names_the_file_and_the_offset() {
    for (index, way) in WAYS.iter().enumerate() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let mut cut = utf16(&format!("\u{feff}{}", way.text));
        cut.pop();
        let place = cut.len() - 1;
        // Two files that were joined, and a pipe that adds a mark to what has one.
        let joined = b"\xef\xbb\xbfeast\r\n\xef\xbb\xbfwest\r\n".to_vec();
        let twice = b"\xef\xbb\xbf\xef\xbb\xbfeast\n".to_vec();
        let wide = utf16("\u{feff}east\n\u{feff}west");
        let files = [
            (b"east\xe9\n".to_vec(), 4),
            (b"\xef\xbb\xbfx\xff".to_vec(), 4),
            (cut, place),
            (joined, 9),
            (twice, 3),
            (wide, 12),
        ];
        for (number, (bytes, offset)) in files.into_iter().enumerate() {
            if !is_tried(index, number) {
                continue;
            }
            let path = written(100 + index, &bytes);
            let came = (way.run)(&path);
            let offset = format!("at byte {offset}");
            assert!(came.stderr.contains(&offset), "{}: {offset}: {}", way.what, came.stderr);
            let is_named = came.stderr.contains(path.to_str().expect("ASCII"));
            assert!(
                is_named || came.stderr.contains("standard input") || way.what.starts_with("a key"),
                "{}: {}",
                way.what,
                came.stderr
            );
            assert_ne!(came.code, Some(0), "{}", way.what);
            assert!(!came.stdout.contains("done"), "{}: {}", way.what, came.stdout);
        }
    }
}
