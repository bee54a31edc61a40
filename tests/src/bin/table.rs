//! A program that calls `mprapi.dll` through the table alone. It prints where the library was found.
//!
//! With `before NAME` it first loads a library by that name or path, as another part of the process might;
//! with `from PATH` it takes the library that this path names.

#[cfg(windows)]
fn main() {
    use mprapi_sys::{Function, Mprapi};

    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let table = match arguments[..] {
        // SAFETY: the tests know what they have planted.
        ["from", path] => unsafe { Mprapi::load_from(path) },
        ["before", name] => {
            match tests::module::load_by_name(name) {
                Some(path) => println!("before: {}", path.display()),
                None => println!("before: none"),
            }
            Mprapi::load()
        }
        _ => Mprapi::load(),
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
