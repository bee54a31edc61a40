//! Where programs find `mprapi.dll` when someone has planted one.
//!
//! `docs/planted-library.md` has the table of what was tried and what was loaded; with `UPDATE_PLANTED=1` in the environment the test
//! writes it anew.
#![cfg(all(windows, target_env = "gnu"))]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mprctl::test_support::output;

const TABLE: &str = env!("CARGO_BIN_EXE_table");
const LINKED: &str = env!("CARGO_BIN_EXE_linked");

const SYSTEM: &str = r"c:\windows\system32\mprapi.dll";

/// A folder with a program in it, a folder that it is started from, and one that is on `PATH`.
struct Place {
    root: PathBuf,
    program: PathBuf,
}

const FOLDERS: [&str; 4] = ["program", "current", "path", "current/below"];

impl Place {
    fn new(test: &str, program: &Path) -> Place {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("planted").join(test);
        let _ = fs::remove_dir_all(&root);
        for folder in FOLDERS {
            fs::create_dir_all(root.join(folder)).expect("a folder of the tests");
        }
        let place = Place { program: root.join("program/it.exe"), root };
        fs::copy(program, &place.program).expect("the program was built");
        place
    }

    /// Asks Windows to take whatever is beside the program instead of any other library of its name.
    fn redirect(self) -> Place {
        fs::write(self.root.join("program/it.exe.local"), "").expect("a folder of the tests");
        self
    }

    fn plant(self, folders: &[&str]) -> Place {
        for folder in folders {
            let library = self.root.join(folder).join("mprapi.dll");
            fs::copy(env!("PLANTED"), library).expect("the library was built");
        }
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let paths = env::var_os("PATH").unwrap_or_default();
        let paths = [self.root.join("path")].into_iter().chain(env::split_paths(&paths));
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(self.root.join("current"));
        command.env("PATH", env::join_paths(paths).expect("folders of the tests"));
        command
    }

    /// The lines that the program prints, and its exit code.
    fn run(&self, arguments: &[&str]) -> (Vec<String>, Option<i32>) {
        let output = output(|| self.command(arguments).output());
        let text = String::from_utf8_lossy(&output.stdout);
        (text.lines().map(str::to_lowercase).collect(), output.status.code())
    }

    /// A library that is planted, as Windows names it.
    fn planted_in(&self, folder: &str) -> String {
        let path = self.root.join(folder).join("mprapi.dll").display().to_string().replace('/', r"\");
        // The drive that Wine has the whole machine on, and that the tests are started from.
        format!("z:{path}").to_lowercase()
    }

    /// The library that was loaded: of System32, the one planted in a folder, or none.
    fn named(&self, path: &str) -> String {
        if path == SYSTEM {
            return "System32's".to_owned();
        }
        match FOLDERS.iter().find(|folder| self.planted_in(folder) == path) {
            Some(folder) => format!("planted: {folder}"),
            None => path.to_owned(),
        }
    }
}

/// The libraries that were loaded, in the order in which the program names them.
fn loaded(place: &Place, arguments: &[&str]) -> String {
    let (lines, code) = place.run(arguments);
    if code != Some(0) {
        return "the program does not start".to_owned();
    }
    let said = lines.iter().map(|line| match line.split_once(": ") {
        Some(("table", path)) => place.named(path),
        Some(("before", path)) => format!("before: {}", place.named(path)),
        Some(("linked", "4711")) => "linked: planted".to_owned(),
        Some(("linked", "0")) => "linked: System32's".to_owned(),
        Some(("error", _)) => "none: an error".to_owned(),
        _ => line.clone(),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The library of `mprctl`, which does not say where it is: the planted one says that the service runs, and can no more, so
/// that it is refused where it was named.
fn loaded_by_mprctl(place: &Place, arguments: &[&str]) -> String {
    let output = output(|| place.command(arguments).output());
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(3) => "System32's".to_owned(),
        Some(1) if said.contains("cannot load ") => "none: an error".to_owned(),
        Some(1) if said.contains("has no Mpr") => "planted".to_owned(),
        Some(8) if said.contains("the library has no Mpr") => "planted, and not named".to_owned(),
        code => format!("{code:?}: {said}"),
    }
}

/// One thing tried: who loads and how, where a library was planted, what must be loaded.
type Row = (&'static str, &'static str, &'static [&'static str], String, &'static str);

const EVERYWHERE: &[&str] = &["program", "current", "path"];

/// A program that uses the table alone.
fn tables() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut number = 0;
    let mut table = |how: &'static str, arguments: &[&str], planted: &'static [&'static str], must| {
        number += 1;
        let place = Place::new(&format!("table-{number}"), Path::new(TABLE)).plant(planted);
        let planted_path = place.planted_in("program");
        let arguments: Vec<_> =
            arguments.iter().map(|word| if *word == "FULL" { planted_path.as_str() } else { word }).collect();
        rows.push(("a program on the table", how, planted, loaded(&place, &arguments), must));
    };
    let by_default = "`Mprapi::load()`";
    table(by_default, &[], &[], "System32's");
    table(by_default, &[], &["program"], "System32's");
    table(by_default, &[], &["current"], "System32's");
    table(by_default, &[], &["path"], "System32's");
    table(by_default, &[], EVERYWHERE, "System32's");
    let by_name = "`LoadLibrary(\"mprapi.dll\")` by another part of the process, then `Mprapi::load()`";
    table(by_name, &["before", "mprapi.dll"], &["program"], "before: planted: program; System32's");
    let by_path = "`LoadLibrary` of the planted one's full path, then `Mprapi::load()`";
    table(by_path, &["before", "FULL"], &["program"], "before: planted: program; System32's");
    let flag = "not by the table: `LoadLibraryEx(\"mprapi.dll\", …, LOAD_LIBRARY_SEARCH_SYSTEM32)`";
    table(flag, &["flag"], EVERYWHERE, "System32's");
    let flag = "the same, but after `LoadLibrary(\"mprapi.dll\")` by another part of the process";
    let taken = "before: planted: program; planted: program";
    table(flag, &["before-flag", "mprapi.dll"], &["program"], taken);
    let from = "`Mprapi::load_from(\"mprapi.dll\")`";
    table(from, &["from", "mprapi.dll"], &["current"], "planted: current");
    table(from, &["from", "mprapi.dll"], &["program"], "none: an error");
    table(from, &["from", "mprapi.dll"], &["path"], "none: an error");
    table(from, &["from", "mprapi.dll"], &["program", "path"], "none: an error");
    let below = r#"`Mprapi::load_from("below\\mprapi.dll")`"#;
    table(below, &["from", r"below\mprapi.dll"], &["current/below", "program"], "planted: current/below");
    let slashes = r#"`Mprapi::load_from("./below/../mprapi.dll")`"#;
    table(slashes, &["from", "./below/../mprapi.dll"], &["current", "program"], "planted: current");
    let full = "`Mprapi::load_from` of the full path";
    table(full, &["from", "FULL"], &["program", "current"], "planted: program");
    rows
}

fn redirected() -> Vec<Row> {
    let place = Place::new("redirected", Path::new(TABLE)).redirect().plant(&["program"]);
    let how = "`Mprapi::load()`, with a file `it.exe.local` beside the program";
    vec![("a program on the table", how, &["program"], loaded(&place, &[]), "System32's")]
}

/// A program that links the library.
fn linked() -> Vec<Row> {
    let row = |number: u32, planted: &'static [&'static str], must| -> Row {
        let place = Place::new(&format!("linked-{number}"), Path::new(LINKED)).plant(planted);
        ("a program that links it", "the linker, then `Mprapi::load()`", planted, loaded(&place, &[]), must)
    };
    vec![
        row(1, &[], "linked: System32's; System32's"),
        row(2, &["program"], "linked: planted; System32's"),
        row(3, &["current", "path"], "linked: System32's; System32's"),
    ]
}

fn mprctl() -> Vec<Row> {
    let built = env::current_exe().expect("a test is a program");
    let mprctl = built.ancestors().nth(2).expect("a test is in `deps`").join("mprctl.exe");
    assert!(mprctl.exists(), "{}: not built; `cargo build --package mprctl`", mprctl.display());
    let mut number = 0;
    let mut row = |how: &'static str, arguments: &[&str], planted: &'static [&'static str], must| -> Row {
        number += 1;
        let place = Place::new(&format!("mprctl-{number}"), &mprctl).plant(planted);
        ("`mprctl.exe`", how, planted, loaded_by_mprctl(&place, arguments), must)
    };
    let from = "`--library mprapi.dll`";
    vec![
        row("", &[], &[], "System32's"),
        row("", &[], &["program"], "System32's"),
        row("", &[], &["current"], "System32's"),
        row("", &[], &["path"], "System32's"),
        row("", &[], EVERYWHERE, "System32's"),
        row(from, &["--library", "mprapi.dll"], &["current"], "planted"),
        row(from, &["--library", "mprapi.dll"], &["program"], "none: an error"),
        row(from, &["--library", "mprapi.dll"], &["path"], "none: an error"),
        row(from, &["--library", "mprapi.dll"], &["program", "path"], "none: an error"),
        row(
            r"`--library below\mprapi.dll`",
            &["--library", r"below\mprapi.dll"],
            &["current/below"],
            "planted",
        ),
    ]
}

#[test]
fn only_what_is_named_is_loaded_and_without_a_name_only_what_is_in_system32() {
    let rows = [tables(), redirected(), linked(), mprctl()].concat();
    let mut table = "| program | how it loads | planted | loaded |\n|---|---|---|---|\n".to_owned();
    for (program, how, planted, loaded, must) in &rows {
        assert_eq!(loaded, must, "{program}, {how}, planted: {planted:?}");
        let places = planted.iter().map(|folder| match *folder {
            "program" => "beside the program",
            "current" => "in the current folder",
            "current/below" => "in a folder below the current one",
            _ => "on `PATH`",
        });
        let places = places.collect::<Vec<_>>().join(", ");
        writeln!(table, "| {program} | {how} | {places} | {loaded} |").expect("to a string");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/planted-library.md");
    let document = fs::read_to_string(&path).expect("the document").replace("\r\n", "\n");
    let (before, rest) =
        document.split_once("<!-- written by tests/tests/planted.rs -->\n").expect("the mark");
    let (written, after) = rest.split_once("<!-- end -->").expect("the end's mark");
    if env::var_os("UPDATE_PLANTED").is_some() {
        let mark = "<!-- written by tests/tests/planted.rs -->";
        fs::write(&path, format!("{before}{mark}\n\n{table}\n<!-- end -->{after}")).expect("the document");
        return;
    }
    assert!(
        written.trim() == table.trim(),
        "docs/planted-library.md; UPDATE_PLANTED=1 writes it anew:\n{table}"
    );
}

/// Or the planted library might not have been loaded for another reason than that nobody looked for it.
#[test]
fn a_careless_program_takes_the_library_beside_it() {
    let place = Place::new("careless", Path::new(TABLE)).plant(&["program"]);
    let (lines, _) = place.run(&["before", "mprapi.dll"]);
    assert_eq!(lines[0], format!("before: {}", place.planted_in("program")));
}

#[test]
#[ignore = "needs a Windows without mprapi.dll: `cargo xtask windows` has one"]
fn where_the_system_has_no_library_the_table_has_none_and_a_linked_program_does_not_start() {
    let missing = format!("error: cannot load {SYSTEM}");
    let place = Place::new("absent", Path::new(TABLE)).plant(EVERYWHERE);
    let (lines, _) = place.run(&["before", "mprapi.dll"]);
    assert_eq!(lines, [format!("before: {}", place.planted_in("program")), missing]);

    let place = Place::new("absent-linked", Path::new(LINKED));
    let (lines, code) = place.run(&[]);
    assert!(lines.is_empty() && code != Some(0), "{lines:?}, {code:?}");
}
