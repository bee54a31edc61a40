//! The errors of mprctl about a library that lacks a function that a command needs.
#![cfg(target_os = "linux")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tests::drop_in;

/// Returns the error that mprctl prints, with exit code 8.
fn said(arguments: &[&str]) -> Option<String> {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("old-{}.so", arguments.concat()));
    drop_in::compile(&library, &["-shared", "-fPIC", "c/old.c"].map(AsRef::as_ref))?;
    let mut mprctl = Command::new(drop_in::mprctl());
    mprctl.arg("--library").arg(library).args(arguments);
    mprctl.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut mprctl = mprctl.spawn().expect("it starts");
    // One who wants no key does not read it.
    let _ = mprctl.stdin.take().expect("a pipe").write_all(b"key\n");
    let output = mprctl.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(8));
    Some(String::from_utf8(output.stderr).expect("UTF-8"))
}

#[test]
fn an_old_mprapi_dll_is_told_from_a_new_one_by_the_windows_that_brought_the_function() {
    let Some(said) = said(&["server", "set-key", "--yes"]) else { return };
    assert_eq!(
        said,
        "mprctl: pre-shared key: the library has no MprAdminServerSetCredentials, which came with Windows Server 2003\n  \
         The library comes from an older Windows; run mprctl on a newer one.\n"
    );
}

#[test]
fn a_library_without_what_every_windows_has_is_not_mprapi_dll_or_not_a_whole_one() {
    let Some(said) = said(&["status"]) else { return };
    assert_eq!(
        said,
        "mprctl: the library has no MprAdminServerGetInfo, which came with Windows 2000 Server\n  \
         Every Mprapi.dll of Windows has this function, so this library is not one,\n  \
         or it is incomplete (as Wine's is). Run mprctl on Windows, without --library.\n"
    );
}
