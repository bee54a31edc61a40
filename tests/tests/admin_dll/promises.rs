//! Promises of the crate's page that no DLL can show.

use std::fs;

use tests::sources::root;

#[test]
fn a_dll_that_refuses_a_second_session_has_at_most_thirty_lines_without_unsafe() {
    let page = fs::read_to_string(root().join("mprapi-admin-dll/README.md")).expect("the page");
    // Its documentation compiles the code.
    let code =
        page.split("```rust,no_run\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the code");
    assert!(code.contains("begin_if") && code.contains("export_admin_dll!"), "{code}");
    assert!(!code.contains("unsafe"), "{code}");
    assert!(code.lines().count() <= 30, "{} lines", code.lines().count());
}

#[test]
fn the_examples_forbid_unsafe_code() {
    for name in ["session-limit", "fixed-addresses", "audit", "recorder"] {
        let source = root().join("mprapi-admin-dll/examples").join(name).join("lib.rs");
        let text = fs::read_to_string(&source).expect("the example");
        assert!(text.contains("\n#![forbid(unsafe_code)]\n"), "{name}");
    }
}

/// Compiles a DLL against the crate as it was built for this test, and returns the compiler's complaints.
#[cfg(not(windows))]
fn complaints(flags: &[&str]) -> Option<String> {
    const DLL: &str = "struct All;\n\
        impl mprapi_admin_dll::AdminDll for All {\n\
            fn start(_: &mprapi_admin_dll::Context) -> Result<All, mprapi_admin_dll::Code> { Ok(All) }\n\
        }\n\
        mprapi_admin_dll::export_admin_dll!(All);\n";
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("all.rs");
    fs::write(&source, DLL).expect("the folder is ours");
    let deps = std::env::current_exe().expect("a test is a program");
    let deps = deps.parent().expect("a test is in `deps`");
    let built = fs::read_dir(deps).expect("a folder").map(|file| file.expect("a file"));
    let built = built.filter(|file| {
        let name = file.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libmprapi_admin_dll-") && name.ends_with(".rlib")
    });
    let newest = built.max_by_key(|file| file.metadata().and_then(|data| data.modified()).ok());
    let external = format!("mprapi_admin_dll={}", newest.expect("it was built").path().display());
    // The compiler beside the cargo that built it.
    let mut rustc = std::process::Command::new(std::path::Path::new(env!("CARGO")).with_file_name("rustc"));
    rustc.args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--out-dir"]).arg(folder.path());
    rustc.args(["--extern", &external, "-L"]).arg(format!("dependency={}", deps.display()));
    let output = rustc.args(flags).arg(&source).output().expect("there is a compiler");
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

#[cfg(not(windows))]
#[test]
fn the_macro_does_not_compile_where_a_panic_aborts() {
    assert_eq!(complaints(&[]), None);
    assert_eq!(complaints(&["-Cpanic=unwind"]), None);
    let said = complaints(&["-Cpanic=abort"]).expect("an error");
    assert!(said.contains("error: a panic must unwind to be caught"), "{said}");
}
