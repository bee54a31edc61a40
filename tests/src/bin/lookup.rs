//! Measures what it costs to find functions in a library: when each is called, all at once, and one without a table.
//!
//! `lookup LIBRARY`: a library with the exports of `mprapi.dll`. Each round loads it (again: it stays loaded), and
//! calls `MprAdminBufferFree` with null.

use std::hint::black_box;
use std::path::Path;
use std::ptr::null_mut;
use std::time::Instant;

#[cfg(unix)]
use libloading::os::unix as os;
#[cfg(windows)]
use libloading::os::windows as os;
use mprapi_sys::{DWORD, Function, LPVOID, Mprapi};

const ROUNDS: usize = 2001;

type Way = fn(&Path);

fn main() {
    let path = std::env::args().nth(1).expect("usage: lookup LIBRARY");
    let path = Path::new(&path);
    let ways: [(&str, Way); 3] =
        [("as called", as_called), ("all at once", all_at_once), ("no table", no_table)];
    for (_, way) in ways {
        way(path);
    }
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for (times, (_, way)) in times.iter_mut().zip(ways) {
            let start = Instant::now();
            way(path);
            times.push(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    for (times, (name, _)) in times.iter().zip(ways) {
        println!("{name:12} {:8.2} microseconds", median(times.iter().copied()));
    }
    let ratio = |index: usize| median(times[index].iter().zip(&times[0]).map(|(other, ours)| other / ours));
    println!("paired: all at once / as called {:.2}, no table / as called {:.2}", ratio(1), ratio(2));
}

fn table(path: &Path) -> Mprapi {
    // SAFETY: the caller of this program has named a library with these exports.
    unsafe { Mprapi::load_from(path) }.expect("there is a library")
}

fn call(table: &Mprapi) {
    // SAFETY: null is nothing to free.
    let result = unsafe { table.MprAdminBufferFree(null_mut()) };
    let _ = black_box(result);
}

fn as_called(path: &Path) {
    call(&table(path));
}

fn all_at_once(path: &Path) {
    let table = table(path);
    for function in Function::ALL {
        let _ = black_box(table.address(*function));
    }
    call(&table);
}

fn no_table(path: &Path) {
    let path = std::path::absolute(path).expect("there is a current folder");
    // SAFETY: as in `table`.
    #[cfg(unix)]
    let library = unsafe { os::Library::open(Some(path), os::RTLD_LAZY | os::RTLD_LOCAL) };
    // SAFETY: as in `table`.
    #[cfg(windows)]
    let library = unsafe {
        os::Library::load_with_flags(
            path,
            os::LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | os::LOAD_LIBRARY_SEARCH_SYSTEM32,
        )
    };
    let library = std::mem::ManuallyDrop::new(library.expect("there is a library"));
    // SAFETY: the export has this type.
    let free = unsafe { library.get::<unsafe extern "system" fn(LPVOID) -> DWORD>(b"MprAdminBufferFree\0") };
    let free = free.expect("every such library has it");
    // SAFETY: null is nothing to free.
    let result = unsafe { free(null_mut()) };
    black_box(result);
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
