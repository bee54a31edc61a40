//! The C library for servers on the network: it has every function, and C programs that link it get codes and texts.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mprapi_sys::{Function, Mprapi};
use tests::drop_in;

#[test]
fn the_library_loads_and_has_every_function_of_the_api() {
    let path = drop_in::network();
    // SAFETY: it is this workspace's library, which does nothing when it is loaded.
    let library = unsafe { libloading::Library::new(&path) }.unwrap();
    for function in Function::ALL {
        // SAFETY: only its presence matters.
        let found = unsafe { library.get::<*const ()>(function.name()) };
        assert!(found.is_ok(), "{} lacks {}", path.display(), function.name());
    }
    // SAFETY: it keeps the contract of mprapi.h.
    let table = unsafe { Mprapi::load_from(&path) }.unwrap();
    let (mut name, mut server): (Vec<u16>, _) =
        ("no-such-host.invalid\0".encode_utf16().collect(), std::ptr::null_mut());
    // SAFETY: the name ends with a zero, and the place takes what is written.
    assert_eq!(unsafe { table.MprAdminServerConnect(name.as_mut_ptr(), &mut server) }, Ok(1722));
    // SAFETY: as above.
    assert_eq!(unsafe { table.MprAdminIsServiceRunning(name.as_mut_ptr()) }, Ok(0));
}

/// Builds the C program, linked to the library by the name that it is installed under. `None` if there is no C compiler.
fn program() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("network");
    fs::create_dir_all(&folder).unwrap();
    let installed = folder.join(if cfg!(target_os = "macos") { "libmprapi.dylib" } else { "libmprapi.so" });
    fs::copy(drop_in::network(), installed).unwrap();
    let program = folder.join("sessions");
    let (search, run_path) = (format!("-L{}", folder.display()), format!("-Wl,-rpath,{}", folder.display()));
    let arguments = ["-I../mprapi-rpc/dll/include", "-Ic", "c/network.c", &search, &run_path, "-lmprapi"]
        .map(AsRef::as_ref);
    drop_in::compile(&program, &arguments).map(|()| program)
}

#[test]
fn a_c_program_that_links_the_library_gets_the_code_and_the_text_of_a_failure() {
    let Some(program) = program() else { return };
    let run = |server: &str, variables: &[(&str, &str)]| {
        let output = Command::new(&program).arg(server).envs(variables.iter().copied()).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run("no-such-host.invalid", &[]);
    assert!(
        text.starts_with("MprAdminServerConnect: 1722: name: no-such-host.invalid has no address"),
        "{text}"
    );
    // Nothing listens on the port of a listener that is gone.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let text = run(&format!("127.0.0.1:{port}"), &[]);
    assert!(text.starts_with("MprAdminServerConnect: 1722: port: "), "{text}");
    let text = run("vpn01", &[("MPRAPI_USER", "anna"), ("MPRAPI_PASSWORD_FILE", "/no/such/file")]);
    assert!(text.starts_with("MprAdminServerConnect: 87: cannot read /no/such/file"), "{text}");
    let text = run("vpn01", &[("MPRAPI_CALL_LIMIT", "soon")]);
    assert!(text.starts_with("MprAdminServerConnect: 87: MPRAPI_CALL_LIMIT is \"soon\""), "{text}");
}
