//! `start WAY`: loads the library and makes one call, as a program does once, and prints how many microseconds that took.
//! The way `nothing` does not, so that what every program takes can be subtracted.

use std::ptr::null_mut;
use std::time::Instant;

fn main() {
    let way = std::env::args().nth(1).expect("usage: start WAY");
    let start = Instant::now();
    let running = match &*way {
        "mprapi" => load().is_service_running(None).expect("the library has it"),
        "by hand" => by_hand(),
        #[cfg(all(windows, feature = "windows"))]
        "windows" => windows(),
        "nothing" => true,
        _ => panic!("there is no way {way}"),
    };
    let time = start.elapsed();
    assert!(running);
    println!("{:.1}", time.as_secs_f64() * 1e6);
}

#[cfg(not(windows))]
use benches::mpr as load;

/// Not that of `benches`, which links `mprapi.dll` for the user of `windows-sys`: then it would be loaded already.
#[cfg(windows)]
fn load() -> mprapi::Mpr {
    mprapi::Mpr::load().expect("there is a library")
}

type IsServiceRunning = unsafe extern "system" fn(*mut u16) -> i32;

/// `dlopen` and `dlsym`.
#[cfg(not(windows))]
fn by_hand() -> bool {
    use libloading::os::unix::{Library, RTLD_LAZY, RTLD_LOCAL};

    // SAFETY: it is the simulator's library, which does nothing when it is loaded.
    let library = unsafe { Library::open(Some(benches::library()), RTLD_LAZY | RTLD_LOCAL) };
    let library = std::mem::ManuallyDrop::new(library.expect("there is a library"));
    // SAFETY: it has this type.
    let function = unsafe { library.get::<IsServiceRunning>("MprAdminIsServiceRunning") };
    let function = function.expect("the library has it");
    // SAFETY: null is this machine's name.
    unsafe { function(null_mut()) != 0 }
}

/// `LoadLibraryExW` and `GetProcAddress`.
#[cfg(windows)]
fn by_hand() -> bool {
    use windows_sys::Win32::System::LibraryLoader::{
        GetProcAddress, LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExW,
    };

    let name = windows_sys::core::w!("mprapi.dll");
    // SAFETY: the name is terminated, and the library does nothing when it is loaded.
    let module = unsafe { LoadLibraryExW(name, null_mut(), LOAD_LIBRARY_SEARCH_SYSTEM32) };
    assert!(!module.is_null());
    // SAFETY: the module is loaded, and the name terminated.
    let function = unsafe { GetProcAddress(module, c"MprAdminIsServiceRunning".as_ptr().cast()) };
    // SAFETY: it has this type.
    let function = unsafe { std::mem::transmute::<_, Option<IsServiceRunning>>(function) };
    // SAFETY: null is this machine's name.
    unsafe { function.expect("the library has it")(null_mut()) != 0 }
}

/// The same through the `windows` crate.
#[cfg(all(windows, feature = "windows"))]
fn windows() -> bool {
    use windows::Win32::System::LibraryLoader::{
        GetProcAddress, LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExW,
    };
    use windows::core::{s, w};

    // SAFETY: as above.
    let module = unsafe { LoadLibraryExW(w!("mprapi.dll"), None, LOAD_LIBRARY_SEARCH_SYSTEM32) };
    // SAFETY: as above.
    let function =
        unsafe { GetProcAddress(module.expect("there is a library"), s!("MprAdminIsServiceRunning")) };
    // SAFETY: it has this type.
    let function = unsafe { std::mem::transmute::<_, Option<IsServiceRunning>>(function) };
    // SAFETY: null is this machine's name.
    unsafe { function.expect("the library has it")(null_mut()) != 0 }
}
