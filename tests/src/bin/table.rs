//! A program that calls `mprapi.dll` through the table alone. It prints where the library was found.
//!
//! With `before NAME` it first loads a library by that name or path, as another part of the process might;
//! with `from PATH` it takes the library that this path names. With `flag`, or `before-flag NAME`, it does not use the table but
//! loads by the bare name with the flag for System32, for comparison.

#[cfg(windows)]
fn main() {
    use mprapi_sys::{Function, Mprapi};

    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let table = match arguments[..] {
        // SAFETY: the tests know what they have planted.
        ["from", path] => unsafe { Mprapi::load_from(path) },
        ["before", name] => {
            say("before", tests::module::load_by_name(name));
            Mprapi::load()
        }
        ["flag"] => return say("table", tests::module::load_from_system32("mprapi.dll")),
        ["before-flag", name] => {
            say("before", tests::module::load_by_name(name));
            return say("table", tests::module::load_from_system32("mprapi.dll"));
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

#[cfg(windows)]
fn say(what: &str, path: Option<std::path::PathBuf>) {
    println!("{what}: {}", path.map_or("none".to_owned(), |path| path.display().to_string()));
}

#[cfg(not(windows))]
fn main() {}
