//! `docs/reach.md` names every function of mprapi's ledger, and only commands that are there.

use std::collections::BTreeSet;

use assert_cmd::Command;

const REACH: &str = include_str!("../../docs/reach.md");

/// The rows of a table whose first cell is a function's name, which may be a link, and the rest.
fn rows(table: &str) -> Vec<(&str, &str)> {
    let rows = table.lines().filter_map(|line| {
        let (first, rest) = line.strip_prefix("| ")?.split_once(" | ")?;
        let name = first.trim_start_matches('[').strip_prefix('`')?.split_once('`')?.0;
        Some((name, rest))
    });
    rows.filter(|(name, _)| name.starts_with("Mpr")).collect()
}

/// The ledger is of another package, which is not beside this one when it is taken from a registry.
fn ledger() -> Option<String> {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../mprapi/docs/ledger.md")).ok()
}

#[test]
fn each_function_of_the_ledger_has_its_row_in_the_ledgers_order() {
    let Some(ledger) = ledger() else { return };
    let names = |table| rows(table).into_iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&ledger).len(), mprapi::sys::Function::ALL.len());
    assert_eq!(names(REACH), names(&ledger));
}

#[test]
fn each_row_has_commands_that_are_there_or_says_why_none_is() {
    let mut are_there = BTreeSet::new();
    for (name, cell) in rows(REACH) {
        let cell = cell.trim_end_matches('|').trim();
        if let Some(why) = cell.strip_prefix("none: ") {
            assert!(why.len() > 20, "{name}: {why}");
            continue;
        }
        for command in cell.split(", ") {
            let words = command.strip_prefix("`mprctl ").and_then(|rest| rest.strip_suffix('`'));
            let words = words.unwrap_or_else(|| panic!("{name}: `{command}` is no command"));
            if !are_there.insert(words) {
                continue;
            }
            let mut help = Command::new(env!("CARGO_BIN_EXE_mprctl"));
            let came = crate::common::came_of(help.args(words.split(' ')).arg("--help"));
            assert_eq!(came.code, Some(0), "{name}: mprctl {words}");
        }
    }
}
