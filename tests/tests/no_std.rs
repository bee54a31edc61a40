//! mprapi-sys without its default features: no dependency, no standard library.
#![cfg(not(windows))]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn cargo(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO"));
    let output = command.args(arguments).current_dir(folder).output().expect("cargo is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn tree(features: &[&str]) -> Vec<String> {
    let arguments = ["tree", "--offline", "--package=mprapi-sys", "--edges=normal,build", "--prefix=none"];
    let targets = ["--target=x86_64-pc-windows-msvc", "--target=x86_64-unknown-linux-gnu"];
    let output = cargo(&[&arguments[..], &targets, features].concat(), Path::new(env!("CARGO_MANIFEST_DIR")));
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| Some(line.split_once(' ')?.0.to_owned()))
        .collect()
}

#[test]
fn without_features_there_is_no_dependency() {
    // Once for each target.
    assert_eq!(tree(&["--no-default-features"]), ["mprapi-sys"; 2]);
}

#[test]
fn by_default_there_is_what_loads_libraries_and_no_generator() {
    let tree = tree(&[]);
    assert!(tree.iter().any(|name| name == "libloading"), "{tree:?}");
    assert!(!tree.iter().any(|name| name == "bindgen" || name == "syn"), "{tree:?}");
}

/// (`cargo xtask windows` shows with a target that has only `core` that the crate itself does without.)
#[test]
fn a_dependent_without_the_standard_library_fills_the_table() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_std");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("a folder of the tests");
    let sys = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("mprapi-sys");
    let manifest = format!(
        "[package]\nname = \"dependent\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\nmprapi-sys = {{ path = {sys:?}, default-features = false }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a folder of the tests");
    let source = "\
        #![no_std]\n\
        use mprapi_sys::{BOOL, Functions, LPWSTR, Mprapi};\n\
        unsafe extern \"system\" fn running(_: LPWSTR) -> BOOL { 1 }\n\
        pub static TABLE: Mprapi = Mprapi::from_functions(Functions {\n\
            MprAdminIsServiceRunning: Some(running),\n\
            ..Functions::NONE\n\
        });\n";
    fs::write(folder.join("src/lib.rs"), source).expect("a folder of the tests");
    cargo(&["build", "--offline", "--target-dir=target"], &folder);
}
