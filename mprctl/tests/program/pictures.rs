//! The pictures of the README are current: they show the columns and the keys that mprctl has today. `cargo xtask screenshots`
//! makes them.

use assert_cmd::Command;

use crate::common::came_of;
use crate::common::screen::Top;

/// The lines of a picture.
fn lines(svg: &str) -> Vec<String> {
    let mut text = String::new();
    for part in svg.split('<') {
        text += part.split_once('>').map_or("", |(_, text)| text);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The words of a line, whose columns are as wide as the names of today.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

const AGAIN: &str = "the picture is old; `cargo xtask screenshots` makes it again";

#[test]
fn the_picture_of_tables_has_the_columns_of_today() {
    let picture = lines(include_str!("../../../docs/images/tables.svg"));
    let typed: Vec<&String> = picture.iter().filter(|line| line.starts_with("$ mprctl --demo ")).collect();
    assert!(typed.len() >= 3, "{picture:?}");
    for line in typed {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mprctl"));
        program.args(line.split_whitespace().skip(2)).env("COLUMNS", "100").env("MPRCTL_CONFIG", "");
        let came = came_of(program.env_remove("MPRAPI_SIM_SCENARIO"));
        let title = words(came.stdout.lines().next().expect("a title"));
        assert!(picture.iter().any(|shown| words(shown) == title), "{AGAIN}: `{line}` prints {title:?}");
    }
}

#[test]
fn the_picture_of_top_has_the_columns_and_the_keys_of_today() {
    let picture = lines(include_str!("../../../docs/images/top.svg"));
    let line_of = |columns, part: &str| {
        let mut top = Top::start(30, columns)?;
        let screen = top.wait("a table", |screen| screen.contains("User ") && screen.contains("quit"));
        let line = screen.lines().find(|line| line.trim_start().starts_with(part)).expect("a line");
        Some(line.to_owned())
    };
    for part in ["Server ", "↑↓ "] {
        let Some(line) = line_of(100, part) else { return };
        assert!(picture.iter().any(|shown| words(shown) == words(&line)), "{AGAIN}: top shows {line:?}");
    }
    // The columns that fit depend on the names that are shown, and all fit into a wide terminal.
    let Some(all) = line_of(220, "User ") else { return };
    let shown = picture.iter().find(|line| line.starts_with("User ")).expect("a table");
    let gone: Vec<&str> = words(shown).into_iter().filter(|word| !words(&all).contains(word)).collect();
    assert!(gone.is_empty(), "{AGAIN}: top has no column {gone:?}");
}
