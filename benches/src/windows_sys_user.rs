//! The functions and records that a user of `windows-sys` has. On Windows they are linked; elsewhere the functions come from
//! the simulator's library, at the types that `windows-sys` gives them.

#![expect(non_snake_case, reason = "the names are the header's")]

use std::ptr::{self, null};
use std::sync::LazyLock;

use windows_sys::Win32::NetworkManagement::Rras::{self, RAS_CONNECTION_0};
use windows_sys::core::PCWSTR;

#[cfg(not(windows))]
use crate::way;

macro_rules! api {
    ($(fn $name:ident($($type:ty),*) $(-> $result:ty)?;)+) => {
        pub(crate) struct Api {
            $(pub(crate) $name: unsafe extern "system" fn($($type),*) $(-> $result)?,)+
        }

        // Not one type here is other than that of windows-sys.
        $(const _: unsafe extern "system" fn($($type),*) $(-> $result)? = Rras::$name;)+

        #[cfg(windows)]
        pub(crate) static API: LazyLock<Api> = LazyLock::new(|| Api { $($name: Rras::$name),+ });

        #[cfg(not(windows))]
        pub(crate) static API: LazyLock<Api> = LazyLock::new(|| {
            // SAFETY: it is the simulator's library, which does nothing when it is loaded.
            let library = unsafe { libloading::Library::new(way::library()) };
            // The functions are there as long as the library, so for good.
            let library = way::forever(library.expect("there is a library"));
            Api {
                $(
                    // SAFETY: it has the type that the API's function has.
                    $name: *unsafe { library.get(stringify!($name)) }.expect("the library has it"),
                )+
            }
        });
    };
}

api! {
    fn MprAdminServerConnect(PCWSTR, *mut isize) -> u32;
    fn MprAdminServerDisconnect(isize);
    fn MprAdminBufferFree(*const core::ffi::c_void) -> u32;
    fn MprAdminPortClearStats(isize, *mut core::ffi::c_void) -> u32;
    fn MprAdminConnectionEnum(isize, u32, *mut *mut u8, u32, *mut u32, *mut u32, *const u32) -> u32;
}

/// All connections of this machine's server, never given back.
pub(crate) fn connections() -> &'static [RAS_CONNECTION_0] {
    let mut server = 0;
    // SAFETY: null is this machine's name, and `server` takes what is written.
    assert_eq!(unsafe { (API.MprAdminServerConnect)(null(), &mut server) }, 0);
    let (mut buffer, mut read, mut total) = (ptr::null_mut(), 0, 0);
    // SAFETY: the handle is open, and the pointers are to variables that take what is written.
    let code = unsafe {
        (API.MprAdminConnectionEnum)(server, 0, &mut buffer, u32::MAX, &mut read, &mut total, null())
    };
    assert_eq!(code, 0);
    // SAFETY: the library said that so many records are there, and nobody frees them.
    unsafe { std::slice::from_raw_parts(buffer.cast(), read as usize) }
}
