//! A program that calls `mprapi.dll` through the table alone. It prints where the library was found.
//!
//! With `by-name` it first loads `mprapi.dll` by its bare name, as another part of the process might;
//! with `from` it takes the library that the relative path `mprapi.dll` names.

#[cfg(windows)]
fn main() {
    use mprapi_sys::{Function, Mprapi};

    let how = std::env::args().nth(1);
    if how.as_deref() == Some("by-name") {
        match tests::module::load_by_name("mprapi.dll") {
            Some(path) => println!("by name: {}", path.display()),
            None => println!("by name: none"),
        }
    }
    let table = if how.as_deref() == Some("from") {
        // SAFETY: the tests know what they have planted.
        unsafe { Mprapi::load_from("mprapi.dll") }
    } else {
        Mprapi::load()
    };
    match table {
        Err(error) => println!("error: {error}"),
        Ok(table) => {
            let address = table.address(Function::MprAdminIsServiceRunning).expect("every mprapi.dll has it");
            println!("table: {}", tests::module::path(address).expect("it is in a library").display());
        }
    }
}

#[cfg(not(windows))]
fn main() {}
