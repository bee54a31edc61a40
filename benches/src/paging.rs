//! The library as one that answers all at once, and as one that answers in pages of its own choice; and who asks the same
//! by hand. What it hands out is counted as memory in use.

use std::ptr::{null_mut, without_provenance_mut};
use std::sync::Mutex;

use mprapi::sys::{self, DWORD, Functions, HANDLE, LPBYTE, LPDWORD, LPVOID, LPWSTR, Mprapi};
use windows_sys::Win32::Foundation::ERROR_MORE_DATA;
use windows_sys::Win32::NetworkManagement::Rras::RAS_CONNECTION_0;

use crate::counting::Counting;
use crate::read::plainly;
use crate::windows_sys_user::API;

/// The preferred length of who wants all at once.
pub const WHOLE: u32 = u32::MAX;

/// The length of a page.
pub const PAGE: u32 = 65_536;

/// A table whose library gives what it is asked for.
pub fn whole() -> Mprapi {
    Mprapi::from_functions(Functions { MprAdminConnectionEnum: Some(enumerate::<WHOLE>), ..FUNCTIONS })
}

/// A table whose library gives a page at a time, however much it is asked for.
pub fn paged() -> Mprapi {
    Mprapi::from_functions(Functions { MprAdminConnectionEnum: Some(enumerate::<PAGE>), ..FUNCTIONS })
}

const FUNCTIONS: Functions = Functions {
    MprAdminServerConnect: Some(connect),
    MprAdminServerDisconnect: Some(disconnect),
    MprAdminBufferFree: Some(free),
    ..Functions::NONE
};

unsafe extern "system" fn connect(name: LPWSTR, server: *mut HANDLE) -> DWORD {
    // SAFETY: the caller's promise; a handle is as large as a pointer.
    unsafe { (API.MprAdminServerConnect)(name, server.cast()) }
}

unsafe extern "system" fn disconnect(server: HANDLE) {
    // SAFETY: the caller's promise.
    unsafe { (API.MprAdminServerDisconnect)(server.addr() as isize) };
}

/// The buffers that are out, with their sizes. There is room for all, so that it takes no memory when it is looked at.
static BUFFERS: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());
const MOST_BUFFERS: usize = 8_192;

unsafe extern "system" fn enumerate<const LONGEST: u32>(
    server: HANDLE,
    level: DWORD,
    buffer: *mut LPBYTE,
    _longest: DWORD,
    read: LPDWORD,
    total: LPDWORD,
    resume: LPDWORD,
) -> DWORD {
    let server = server.addr() as isize;
    // SAFETY: the caller's promise.
    let code = unsafe { (API.MprAdminConnectionEnum)(server, level, buffer, LONGEST, read, total, resume) };
    // SAFETY: the function has filled both.
    let (first, records) = (unsafe { buffer.read() }, unsafe { read.read() });
    let bytes = records as usize * size_of::<sys::RAS_CONNECTION_0>();
    let mut buffers = BUFFERS.lock().expect("nobody panics with it");
    if buffers.capacity() == 0 {
        buffers.reserve_exact(MOST_BUFFERS);
    }
    assert!(buffers.len() < MOST_BUFFERS);
    buffers.push((first.addr(), bytes));
    Counting::also(bytes as isize);
    code
}

unsafe extern "system" fn free(buffer: LPVOID) -> DWORD {
    let mut buffers = BUFFERS.lock().expect("nobody panics with it");
    let place = buffers.iter().position(|(first, _)| *first == buffer.addr()).expect("it is out");
    let (_, bytes) = buffers.swap_remove(place);
    Counting::also(-(bytes as isize));
    // SAFETY: the caller's promise.
    unsafe { (API.MprAdminBufferFree)(buffer) }
}

/// Enumerates and reads as a user of `windows-sys` does, a page of this length at a time, and says how many came. Each page
/// is read and goes back before the next one comes; or all come first, and go back when all were read.
///
/// # Safety
/// The handle must be open.
///
/// # Panics
/// When the library answers with an error.
pub unsafe fn by_hand(server: isize, longest: u32, keeps: bool) -> usize {
    let enumerate = if longest == WHOLE { enumerate::<WHOLE> } else { enumerate::<PAGE> };
    let server = without_provenance_mut(server as usize);
    let (mut seen, mut resume) = (0, 0);
    let mut pages = Vec::new();
    loop {
        let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
        // SAFETY: the handle is open, and the pointers are to variables that take what is written.
        let code = unsafe { enumerate(server, 0, &mut buffer, longest, &mut read, &mut total, &mut resume) };
        assert!(code == 0 || code == ERROR_MORE_DATA);
        pages.push((buffer, read as usize));
        if !keeps || code == 0 {
            for (buffer, read) in &pages {
                // SAFETY: the library said that so many records are there.
                let records = unsafe { std::slice::from_raw_parts(buffer.cast::<RAS_CONNECTION_0>(), *read) };
                std::hint::black_box(plainly(records));
                seen += records.len();
            }
            for (buffer, _) in pages.drain(..) {
                // SAFETY: nobody uses the buffer any more.
                assert_eq!(unsafe { free(buffer.cast()) }, 0);
            }
        }
        if code == 0 {
            return seen;
        }
    }
}
