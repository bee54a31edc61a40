//! Every function of the API against libraries that lie: one in C (`c/hostile`) and the simulator with its faults. The
//! program `hostile` tries them, one case after the other; here its end is seen, and the case that ended it.
//!
//! `docs/hostile-library.md` has the tables of what came back; `UPDATE_HOSTILE=1 cargo test -p tests --test hostile` writes
//! them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use mprapi_sys::Function;
use mprctl::test_support::output;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hostile");

#[cfg(all(windows, target_env = "gnu", target_pointer_width = "64"))]
fn library(_test: &str) -> Option<PathBuf> {
    Some(env!("HOSTILE").into())
}

#[cfg(all(windows, not(all(target_env = "gnu", target_pointer_width = "64"))))]
fn library(_test: &str) -> Option<PathBuf> {
    None
}

/// The library in C. Each test has its own, so that none waits for another's compiler.
#[cfg(not(windows))]
fn library(test: &str) -> Option<PathBuf> {
    let product = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("libhostile-{test}.so"));
    let sources =
        ["answers", "library", "memory", "records", "tunnels"].map(|name| format!("c/hostile/{name}.c"));
    let mut arguments = ["-O1", "-g", "-shared", "-fPIC", "-fvisibility=hidden"].to_vec();
    arguments.extend(sources.iter().map(String::as_str));
    let arguments: Vec<_> = arguments.into_iter().map(AsRef::as_ref).collect();
    tests::drop_in::compile(&product, &arguments)?;
    Some(product)
}

/// The result of one case: the variant of the lie, a word, and the text of the error.
type Came = (u32, String, String);

/// By function and record, and by lie.
type Rows = Vec<((String, String), BTreeMap<String, Vec<Came>>)>;

/// Runs the program to the end of its cases. Where it ends early, the case is noted and it goes on behind it.
fn run(arguments: &[&str]) -> (Rows, Vec<String>) {
    let (mut rows, mut failures, mut first): (Rows, _, _) = (Vec::new(), Vec::new(), 0);
    loop {
        let output = output(|| Command::new(PROGRAM).args(arguments).arg(first.to_string()).output());
        let Some(last) = read(&output, &mut rows, &mut failures) else { return (rows, failures) };
        if failures.len() > 20 {
            return (rows, failures);
        }
        first = last + 1;
    }
}

/// Reads what the program printed. The number of the case that ended it, if one did.
fn read(output: &Output, rows: &mut Rows, failures: &mut Vec<String>) -> Option<usize> {
    let text = String::from_utf8_lossy(&output.stdout);
    let mut case = Vec::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            ["case", ..] => case = fields,
            ["came", word, said] => {
                let [_, _, function, record, lie, variant] = case[..] else {
                    panic!("{line}: before its case")
                };
                case = Vec::new();
                if word == "leaked" {
                    failures.push(format!("{function} {record}, {lie} ({variant}): leaked {said}"));
                }
                let key = (function.to_owned(), record.to_owned());
                if rows.last().is_none_or(|(last, _)| *last != key) {
                    rows.push((key, BTreeMap::new()));
                }
                let (_, lies) = rows.last_mut().expect("there is one");
                let came = (variant.parse().expect("a number"), word.to_owned(), said.to_owned());
                lies.entry(lie.to_owned()).or_default().push(came);
            }
            _ => panic!("{line}: not what the program prints"),
        }
    }
    if output.status.success() {
        return None;
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let [_, number, function, record, lie, variant] = case[..] else { panic!("{}: {said}", output.status) };
    failures.push(format!("{function} {record}, {lie} ({variant}): {} {said}", output.status));
    Some(number.parse().expect("a number"))
}

/// The text of a table's cell.
fn cell(lie: &str, came: &[Came]) -> String {
    if lie == "code" {
        return codes(came);
    }
    let words: BTreeSet<&str> = came
        .iter()
        .map(|(_, word, _)| match word.split_once(' ') {
            Some(("code", code)) if ["vanished", "honest", "panic"].contains(&lie) => code,
            Some(("code", _)) => "code",
            _ => word,
        })
        .filter(|word| *word != "not told")
        .collect();
    words.into_iter().collect::<Vec<_>>().join(", ")
}

/// Tells the codes that did not come back as themselves.
fn codes(came: &[Came]) -> String {
    let told: Vec<_> = came.iter().filter(|(_, word, _)| word != "not told").collect();
    if !told.is_empty() && told.iter().all(|(_, word, _)| word == "read") {
        return "ignored".to_owned();
    }
    let mut text = String::new();
    for (code, word, _) in told {
        if text.is_empty() {
            text.push_str("itself");
        }
        if *word != format!("code {code}") {
            write!(text, "; {code}: {word}").expect("to a string");
        }
    }
    text
}

fn table(rows: &Rows, lies: &[&str]) -> String {
    let mut text = format!("| function | record | {} |\n", lies.join(" | "));
    writeln!(text, "|---|---|{}", "---|".repeat(lies.len())).expect("to a string");
    for ((function, record), came) in rows {
        let cells = lies.iter().map(|lie| cell(lie, came.get(*lie).map_or(&[], Vec::as_slice)));
        let cells = cells.map(|cell| if cell.is_empty() { "·".to_owned() } else { cell });
        let cells = cells.collect::<Vec<_>>().join(" | ");
        let function = format!("`{function}`");
        let record = if record.contains('_') { format!("`{record}`") } else { record.clone() };
        writeln!(text, "| {function} | {record} | {cells} |").expect("to a string");
    }
    text
}

/// The errors of answers that were refused, and the lies they belong to.
fn sentences(rows: &Rows) -> String {
    let mut said: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (lie, came) in rows.iter().flat_map(|(_, lies)| lies) {
        for (_, _, sentence) in came.iter().filter(|(_, word, _)| word == "refused") {
            said.entry(sentence).or_default().insert(lie);
        }
    }
    let mut text = "| what the error says | for these lies |\n|---|---|\n".to_owned();
    for (sentence, lies) in said {
        let lies: Vec<_> = lies.into_iter().collect();
        writeln!(text, "| {sentence} | {} |", lies.join(", ")).expect("to a string");
    }
    text
}

/// Puts the run's tables between their marks in the document, or fails where they are not what stands there.
fn hold(mark: &str, tables: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/hostile-library.md");
    let document = fs::read_to_string(&path).expect("the document").replace("\r\n", "\n");
    let begin = format!("<!-- {mark}: written by tests/tests/hostile.rs -->\n");
    let (before, rest) = document.split_once(&begin).expect("the mark");
    let (written, after) = rest.split_once("<!-- end -->").expect("the end's mark");
    if std::env::var_os("UPDATE_HOSTILE").is_some() {
        fs::write(&path, format!("{before}{begin}\n{tables}\n<!-- end -->{after}")).expect("the document");
        return;
    }
    for (written, came) in written.trim().lines().zip(tables.trim().lines()) {
        assert_eq!(written, came, "docs/hostile-library.md; UPDATE_HOSTILE=1 writes it anew");
    }
    assert_eq!(written.trim().lines().count(), tables.trim().lines().count(), "docs/hostile-library.md");
}

/// Functions that answer nothing.
const WITHOUT_ANSWER: [&str; 3] =
    ["MprAdminServerDisconnect", "MprAdminMIBServerDisconnect", "MprConfigServerDisconnect"];

fn assert_every_function_is_tried(rows: &Rows) {
    let tried: BTreeSet<&str> = rows.iter().map(|((function, _), _)| function.as_str()).collect();
    let all: BTreeSet<&str> = Function::ALL.iter().map(|function| function.name()).collect();
    let answering: BTreeSet<&str> = all.into_iter().filter(|name| !WITHOUT_ANSWER.contains(name)).collect();
    let untried: Vec<_> = answering.difference(&tried).collect();
    assert!(untried.is_empty(), "no exercise of `hostile` (exercises.rs) calls {untried:?}");
    let unknown: Vec<_> = tried.difference(&answering).collect();
    assert!(unknown.is_empty(), "these answer nothing, or are none: {unknown:?}");
}

/// Every case came to an end, and every lie but those named in the document is an answer or an error of the API's.
fn assert_sound(rows: &Rows, failures: &[String]) {
    assert!(failures.is_empty(), "{} cases; these are wrong:\n{}", failures.len(), failures.join("\n"));
    for ((function, record), lies) in rows {
        for (lie, came) in lies {
            for (variant, word, said) in came {
                let sound = matches!(&**word, "read" | "refused" | "not told") || word.starts_with("code ");
                assert!(sound, "{function} {record}, {lie} ({variant}): {word}: {said}");
            }
        }
    }
}

#[test]
fn no_lie_of_the_library_in_c_crashes_hangs_leaks_or_has_anything_freed_twice() {
    const LIES: [&str; 13] = [
        "null with success",
        "garbage",
        "count too large",
        "count 2^32-1",
        "unaligned",
        "unterminated",
        "surrogates",
        "unknown value",
        "wrong header",
        "endless",
        "overlap",
        "vanished",
        "code",
    ];
    let Some(library) = library("all") else { return };
    let (rows, failures) = run(&["library", library.to_str().expect("a path of the tests")]);
    assert_sound(&rows, &failures);
    assert_every_function_is_tried(&rows);
    for ((function, record), lies) in &rows {
        let honest = &lies["honest"][0];
        assert_eq!(honest.1, "read", "{function} {record}: the truth was not believed: {}", honest.2);
        let told = LIES.iter().filter(|lie| !cell(lie, &lies[**lie]).is_empty()).count();
        let answers_no_code = ["MprAdminIsServiceRunning", "MprInfoBlockQuerySize"].contains(&&**function);
        assert!(
            told > 0 && (answers_no_code || !cell("code", &lies["code"]).is_empty()),
            "{function} {record}"
        );
    }
    hold("the library in C", &format!("{}\n{}", table(&rows, &LIES), sentences(&rows)));
}

#[test]
fn no_fault_of_the_simulator_crashes_hangs_leaks_or_has_anything_freed_twice() {
    const FAULTS: [&str; 6] =
        ["honest", "null-with-success", "unterminated-strings", "endless-resume", "panic", "code"];
    let (rows, failures) = run(&["simulator"]);
    assert_sound(&rows, &failures);
    assert_every_function_is_tried(&rows);
    hold("the simulator", &table(&rows, &FAULTS));
}

/// Or a table without a crash would mean nothing.
#[test]
fn the_library_notices_what_is_read_beyond_or_freed_twice() {
    let Some(library) = library("wrong") else { return };
    for way in ["overrun", "returned", "twice"] {
        let output = output(|| Command::new(PROGRAM).arg(way).arg(&library).output());
        assert!(!output.status.success(), "{way} went unnoticed");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{way}: {said}");
        assert!(way != "twice" || said.contains("came back twice"), "{way}: {said}");
    }
}

/// The last to be unloaded is the library: never.
#[test]
fn a_server_outlives_the_api_that_it_came_from_and_the_library_stays_loaded() {
    let Some(library) = library("unload") else { return };
    let load = || {
        // SAFETY: told nothing, the library is honest.
        let mpr = unsafe { mprapi::Mpr::load_from(&library) }.expect("the library");
        let address = mpr.table().address(Function::MprAdminServerConnect).expect("it has every function");
        (mpr, address.addr())
    };
    let (mpr, first) = load();
    let server = mpr.connect(None).expect("an honest library");
    let configuration = mpr.configuration(None).expect("an honest library");
    let ports = server.ports().expect("an honest library");
    drop(mpr);
    assert_eq!(ports.len(), 2);
    drop(ports);
    assert_eq!(server.interfaces().expect("it is still there").len(), 2);
    drop(configuration);
    mprapi::disconnect(server).expect("an open handle");
    // Loaded again it is where it was, so it was not unloaded meanwhile.
    let (_, second) = load();
    assert_eq!(first, second);
}
