//! A service that knows the DLL by its exported functions alone, and records as it makes them.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::ffi::c_void;
use std::panic;
use std::ptr;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use mprapi_sys::{self as sys, *};

/// A record of a connection: a number, which is its handle and its GUID, and a user.
pub(crate) fn ex(number: u32, user: &str) -> RAS_CONNECTION_EX {
    let mut record = RAS_CONNECTION_EX {
        Header: MPRAPI_OBJECT_HEADER {
            revision: MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1 as u8,
            type_: MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT as u8,
            size: size_of::<RAS_CONNECTION_EX>() as u16,
        },
        hConnection: handle(number),
        guid: guid(number),
        dwConnectDuration: 60,
        ..RAS_CONNECTION_EX::default()
    };
    put(&mut record.wszUserName, user);
    put(&mut record.wszLogonDomain, "CORP");
    record
}

/// The four records of family 3.
pub(crate) struct Family3 {
    pub(crate) level_0: RAS_CONNECTION_0,
    pub(crate) level_1: RAS_CONNECTION_1,
    pub(crate) level_2: RAS_CONNECTION_2,
    pub(crate) level_3: RAS_CONNECTION_3,
}

impl Family3 {
    pub(crate) fn new(number: u32, user: &str) -> Box<Family3> {
        let mut records = Box::new(Family3 {
            level_0: RAS_CONNECTION_0 { hConnection: handle(number), ..RAS_CONNECTION_0::default() },
            level_1: RAS_CONNECTION_1 { hConnection: handle(number), ..RAS_CONNECTION_1::default() },
            level_2: RAS_CONNECTION_2 {
                hConnection: handle(number),
                guid: guid(number),
                ..RAS_CONNECTION_2::default()
            },
            level_3: RAS_CONNECTION_3 {
                hConnection: handle(number),
                guid: guid(number),
                ..RAS_CONNECTION_3::default()
            },
        });
        put(&mut records.level_0.wszUserName, user);
        put(&mut records.level_0.wszLogonDomain, "CORP");
        put(&mut records.level_2.wszUserName, user);
        put(&mut records.level_3.wszUserName, user);
        records
    }
}

/// The records of a link.
pub(crate) fn link(number: u32, port: &str) -> (RAS_PORT_0, RAS_PORT_1) {
    let mut names =
        RAS_PORT_0 { hPort: handle(number), hConnection: handle(number), ..RAS_PORT_0::default() };
    put(&mut names.wszPortName, port);
    put(&mut names.wszDeviceName, "WAN Miniport (SSTP)");
    (names, RAS_PORT_1 { hPort: handle(number), hConnection: handle(number), ..RAS_PORT_1::default() })
}

pub(crate) fn handle(number: u32) -> *mut c_void {
    ptr::without_provenance_mut(number as usize)
}

pub(crate) fn guid(number: u32) -> sys::GUID {
    sys::GUID { Data1: number, Data2: 1, Data3: 2, Data4: [3; 8] }
}

/// Writes a text with its NUL.
pub(crate) fn put(units: &mut [u16], text: &str) {
    units.fill(0);
    for (unit, of) in units.iter_mut().zip(text.encode_utf16()) {
        *unit = of;
    }
}

/// A name as the service gives it.
pub(crate) fn name(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// Lets one test after the other have the process's one DLL. Panics that a test asks for are not printed.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_wanted = info.payload().downcast_ref::<&str>() == Some(&WANTED);
            if !is_wanted {
                print(info);
            }
        }));
    });
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The text of a panic that a test asks for.
pub(crate) const WANTED: &str = "the test asks for it";

/// Panics if the name says so.
pub(crate) fn obey(name: &mprapi::WideStr) {
    assert!(name != "panic", "the test asks for it");
}
