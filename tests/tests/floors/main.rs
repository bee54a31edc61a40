//! Arrows between the files of a crate go one way: no circle of more than two files.
//!
//! An arrow leads from a file to each file that defines something it names: in a `use`, or in a path that begins with
//! `crate`, `self`, `super` or an imported module. Re-exports are followed to the file that has the definition, so a
//! module that only hands on what its children define takes nothing from them. Code of tests is left out.

mod graph;
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use graph::Graph;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository is there")
}

/// The folder and the root file of each crate, libraries before programs.
fn crates() -> Vec<(String, PathBuf)> {
    let folders = [
        "mprapi-sys",
        "mprapi",
        "mprapi-sim",
        "mprapi-sim/dll",
        "mprapi-rpc",
        "mprapi-admin-dll",
        "mprctl",
        "tests",
        "benches",
        "fuzz",
        "xtask",
    ];
    let mut crates = Vec::new();
    for folder in folders {
        for file in ["lib.rs", "main.rs"] {
            let path = root().join(folder).join("src").join(file);
            if path.exists() {
                crates.push((format!("{folder}/src"), path));
            }
        }
    }
    crates
}

fn graph(root_file: &Path) -> Graph {
    source::read(root_file).arrows()
}

#[test]
fn no_crate_has_a_circle_of_more_than_two_files() {
    let mut found = String::new();
    for (folder, file) in crates() {
        let graph = graph(&file);
        println!("{folder}: {} files, {} arrows", graph.files().len(), graph.len());
        for circle in graph.circles().iter().filter(|circle| circle.len() > 2) {
            found += &format!("{folder}: a circle of {} files\n{}", circle.len(), graph.tell(circle));
        }
    }
    assert!(found.is_empty(), "{found}");
}

/// The page and the crates agree; `UPDATE_FLOORS=1` writes the page again. (On Windows a file outside a crate has another
/// path, and the page is the same on every system.)
#[cfg(not(windows))]
#[test]
fn the_page_on_architecture_shows_the_floors_of_each_crate() {
    const BEGIN: &str = "<!-- floors: written by `UPDATE_FLOORS=1 cargo test -p tests --test floors` -->\n";
    const END: &str = "<!-- end of floors -->\n";
    let mut floors = String::new();
    for (folder, file) in crates() {
        let graph = graph(&file);
        if graph.files().len() > 5 {
            floors += &format!("\n**`{folder}`**\n\n{}", graph.floors());
        }
    }
    print!("{floors}");
    let path = root().join("ARCHITECTURE.md");
    let page = fs::read_to_string(&path).expect("ARCHITECTURE.md is there").replace("\r\n", "\n");
    let (before, rest) = page.split_once(BEGIN).expect("the page has a place for the floors");
    let (_, after) = rest.split_once(END).expect("the place has an end");
    let now = format!("{before}{BEGIN}{floors}\n{END}{after}");
    if std::env::var_os("UPDATE_FLOORS").is_some() {
        fs::write(&path, now).expect("ARCHITECTURE.md can be written");
    } else {
        assert!(page == now, "ARCHITECTURE.md shows other floors; set UPDATE_FLOORS=1 to write it again");
    }
}

/// A crate in a folder of its own, gone at the end.
fn sample(files: &[(&str, &str)]) -> Graph {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    graph(&folder.path().join("lib.rs"))
}

#[test]
fn a_circle_of_three_files_is_found_through_uses_and_paths() {
    let graph = sample(&[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::{self, B as Other}; pub struct A;"),
        ("b.rs", "pub struct B; fn f() { super::c::go() }"),
        ("c.rs", "pub fn go() { let _ = vec![crate::a::A]; }"),
    ]);
    assert_eq!(graph.circles(), [["a.rs", "b.rs", "c.rs"]]);
    assert!(graph.tell(&graph.circles()[0]).contains("c.rs takes A from a.rs"));
}

#[test]
fn an_arrow_leads_to_the_definition_behind_a_re_export() {
    let graph = sample(&[
        ("lib.rs", "mod noun; mod user; pub use noun::Thing;"),
        ("noun/mod.rs", "mod thing; mod view; pub(crate) use thing::Thing; pub use view::*;"),
        ("noun/thing.rs", "use crate::noun::View; pub struct Thing;"),
        ("noun/view.rs", "pub struct View;"),
        ("user.rs", "use crate::Thing; use super::noun; fn f() -> noun::View { loop {} }"),
    ]);
    assert_eq!(
        graph.arrows(),
        [("noun/thing.rs", "noun/view.rs"), ("user.rs", "noun/thing.rs"), ("user.rs", "noun/view.rs")]
    );
    assert_eq!(
        graph.floors(),
        "3. `user.rs`\n2. `noun/thing.rs`\n1. `lib.rs`, `noun/mod.rs`, `noun/view.rs`\n"
    );
}

#[test]
fn a_module_that_uses_what_it_hands_on_takes_it() {
    let graph = sample(&[
        ("lib.rs", "mod a; pub use a::A; fn f() -> A { A }"),
        ("a.rs", "pub struct A; fn f() { crate::f() }"),
    ]);
    assert_eq!(graph.circles(), [["a.rs", "lib.rs"]]);
}

#[test]
fn code_of_tests_draws_no_arrow() {
    let graph = sample(&[
        ("lib.rs", "mod a; mod b; #[cfg(test)] mod tests;"),
        ("a.rs", "use crate::b::B; pub struct A; #[cfg(test)] mod tests { use crate::tests::T; }"),
        ("b.rs", "pub struct B; #[cfg(test)] fn f() { crate::a::A; }"),
        ("tests.rs", "pub struct T; use crate::a::A;"),
    ]);
    assert_eq!(graph.arrows(), [("a.rs", "b.rs")]);
}
