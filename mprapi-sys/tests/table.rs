//! The table: made of function pointers, and of libraries.
#![cfg(feature = "loader")]

use std::ptr::null_mut;

use mprapi_sys::{BOOL, DWORD, Function, Functions, LPVOID, LPWSTR, MissingFunction, Mprapi};

unsafe extern "system" fn running(_server: LPWSTR) -> BOOL {
    1
}

unsafe extern "system" fn free(_buffer: LPVOID) -> DWORD {
    87
}

fn two_functions() -> Mprapi {
    Mprapi::from_functions(Functions {
        MprAdminIsServiceRunning: Some(running),
        MprAdminBufferFree: Some(free),
        ..Functions::NONE
    })
}

#[test]
fn a_table_of_function_pointers_calls_them() {
    let table = two_functions();
    // SAFETY: our function does not look at its parameter.
    assert_eq!(unsafe { table.MprAdminIsServiceRunning(null_mut()) }, Ok(1));
    // SAFETY: as above.
    assert_eq!(unsafe { table.MprAdminBufferFree(null_mut()) }, Ok(87));
}

#[test]
fn what_the_table_lacks_is_not_called() {
    // SAFETY: nothing is called.
    let result = unsafe { two_functions().MprAdminMIBBufferFree(null_mut()) };
    assert_eq!(result, Err(MissingFunction(Function::MprAdminMIBBufferFree)));
}

#[test]
fn each_entry_is_its_own() {
    let table = two_functions();
    let there: Vec<_> = Function::ALL.iter().filter(|function| table.address(**function).is_ok()).collect();
    assert_eq!(there, [&Function::MprAdminIsServiceRunning, &Function::MprAdminBufferFree]);
    assert_eq!(
        table.address(Function::MprAdminBufferFree),
        Ok(free as unsafe extern "system" fn(LPVOID) -> DWORD as *mut _)
    );
}

#[test]
fn a_missing_function_is_named_with_the_windows_that_has_it() {
    let error = MissingFunction(Function::MprAdminInterfaceGetCustomInfoEx).to_string();
    assert_eq!(
        error,
        "the library has no MprAdminInterfaceGetCustomInfoEx, which came with Windows Server 2012"
    );
    for function in Function::ALL {
        let error = MissingFunction(*function).to_string();
        assert!(error.contains(function.name()), "{error}");
        assert!(error.ends_with(function.since()), "{error}");
    }
}

#[test]
fn every_function_of_the_api_is_in_the_table() {
    assert_eq!(Function::ALL.len(), 118);
    let names: std::collections::BTreeSet<_> = Function::ALL.iter().map(|function| function.name()).collect();
    assert_eq!(names.len(), 118);
    for (index, function) in Function::ALL.iter().enumerate() {
        assert_eq!(*function as usize, index);
        assert!(function.name().starts_with("Mpr"), "{function:?}");
    }
}

#[cfg(not(windows))]
#[test]
fn there_is_no_system_library_but_on_windows() {
    let error = Mprapi::load().unwrap_err();
    assert_eq!(error.path(), std::path::Path::new("mprapi.dll"));
    assert!(error.to_string().contains("not Windows"), "{error}");
}

#[test]
fn a_file_that_is_no_library_is_not_loaded() {
    // SAFETY: it is not a library.
    let error = unsafe { Mprapi::load_from("Cargo.toml") }.unwrap_err();
    assert!(error.path().is_file() && error.path().is_absolute(), "{error}");
    let said = error.to_string();
    assert!(said.starts_with("cannot load ") && said.ends_with("Cargo.toml"), "{said}");
    assert!(std::error::Error::source(&error).is_some(), "the system's own words are kept");
}

/// `dlopen` and `LoadLibrary` look for a bare name in many places; this is none of them.
#[test]
fn a_bare_name_is_a_file_in_the_current_folder() {
    let name = if cfg!(windows) { "kernel32.dll" } else { "libm.so.6" };
    // SAFETY: it is not loaded.
    let error = unsafe { Mprapi::load_from(name) }.unwrap_err();
    assert_eq!(error.path(), std::env::current_dir().expect("there is one").join(name));
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_without_the_functions_has_none_of_them() {
    let folders = ["/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib"];
    let libm = folders.map(|folder| std::path::Path::new(folder).join("libm.so.6"));
    let libm = libm.iter().find(|path| path.exists()).expect("the C library is in one of these");
    // SAFETY: the C library's mathematics are harmless, and have no function of this API.
    let table = unsafe { Mprapi::load_from(libm) }.expect("it is a library");
    for function in Function::ALL {
        assert_eq!(table.address(*function), Err(MissingFunction(*function)));
    }
    // SAFETY: nothing is called.
    let result = unsafe { table.MprAdminIsServiceRunning(null_mut()) };
    assert_eq!(result, Err(MissingFunction(Function::MprAdminIsServiceRunning)));
}
