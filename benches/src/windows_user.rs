//! The same work, as a user of the `windows` crate writes it.

use std::ffi::c_void;
use std::hint::black_box;
use std::time::Duration;

use windows::Win32::Foundation::HANDLE;
use windows::Win32::NetworkManagement::Rras::{
    MprAdminConnectionEnum, MprAdminPortClearStats, MprAdminServerConnect, MprAdminServerDisconnect,
    RAS_CONNECTION_0, ROUTER_IF_TYPE_CLIENT,
};
use windows::core::PCWSTR;

use crate::seen::Seen;
use crate::session::Session;
use crate::text::until_nul;
use crate::way::Way;

const NAME: &str = "windows";

pub(crate) fn call(server: *mut c_void, port: *mut c_void) -> Way {
    let (server, port) = (server.addr() as isize, HANDLE(port));
    Way::new(NAME, move |times| {
        for _ in 0..times {
            // SAFETY: both handles are open.
            assert_eq!(unsafe { MprAdminPortClearStats(server, port) }, 0);
        }
    })
}

pub(crate) fn connect() -> Way {
    Way::new(NAME, move |times| {
        for _ in 0..times {
            let mut handle = 0;
            // SAFETY: null is this machine's name, and `handle` takes what is written.
            assert_eq!(unsafe { MprAdminServerConnect(PCWSTR::null(), &mut handle) }, 0);
            // SAFETY: the handle has just been opened.
            unsafe { MprAdminServerDisconnect(handle) };
        }
    })
}

pub(crate) fn read() -> Way {
    let records = connections();
    Way::new(NAME, move |times| {
        for _ in 0..times {
            let mut seen = Seen::default();
            for record in black_box(records) {
                seen.handles ^= record.hConnection.0.addr() ^ record.hInterface.0.addr();
                seen.seconds += u64::from(record.dwConnectDuration);
                seen.clients += usize::from(record.dwInterfaceType == ROUTER_IF_TYPE_CLIENT);
                seen.flags |= record.dwConnectionFlags.0;
                seen.units[0] += until_nul(&record.wszInterfaceName).len();
                seen.units[1] += until_nul(&record.wszUserName).len();
                seen.units[2] += until_nul(&record.wszLogonDomain).len();
                seen.units[3] += until_nul(&record.wszRemoteComputer).len();
            }
            black_box(seen);
        }
    })
}

pub(crate) fn own() -> Way {
    let records = connections();
    let text = |units: &[u16]| String::from_utf16_lossy(until_nul(units));
    let session = move |record: &RAS_CONNECTION_0| Session {
        connection: record.hConnection.0.addr(),
        interface: record.hInterface.0.addr(),
        duration: Duration::from_secs(record.dwConnectDuration.into()),
        kind: record.dwInterfaceType.0,
        flags: record.dwConnectionFlags.0,
        interface_name: text(&record.wszInterfaceName),
        user_name: text(&record.wszUserName),
        domain: text(&record.wszLogonDomain),
        computer: text(&record.wszRemoteComputer),
    };
    Way::new(NAME, move |times| {
        for _ in 0..times {
            let sessions: Vec<Session> = black_box(records).iter().map(session).collect();
            black_box(sessions);
        }
    })
}

/// All connections of this machine's server, never given back.
fn connections() -> &'static [RAS_CONNECTION_0] {
    let mut server = 0;
    // SAFETY: null is this machine's name, and `server` takes what is written.
    assert_eq!(unsafe { MprAdminServerConnect(PCWSTR::null(), &mut server) }, 0);
    let (mut buffer, mut read, mut total) = (std::ptr::null_mut(), 0, 0);
    // SAFETY: the handle is open, and the pointers are to variables that take what is written.
    let code =
        unsafe { MprAdminConnectionEnum(server, 0, &mut buffer, u32::MAX, &mut read, &mut total, None) };
    assert_eq!(code, 0);
    // SAFETY: the library said that so many records are there, and nobody frees them.
    unsafe { std::slice::from_raw_parts(buffer.cast(), read as usize) }
}
