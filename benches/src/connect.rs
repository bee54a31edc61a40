//! Connecting to this machine's server, and disconnecting.

use std::ptr::{null, null_mut};

use mprapi::sys;

use crate::way::{Way, forever, mpr};
use crate::windows_sys_user::API;

pub(crate) fn ways() -> Vec<Way> {
    let mpr = forever(mpr());
    let table = mpr.table();
    let api = &*API;
    vec![
        Way::new("mprapi", move |times| {
            for _ in 0..times {
                let server = mpr.connect(None).expect("a server");
                mprapi::disconnect(server).expect("a good handle");
            }
        }),
        Way::new("raw call through the table", move |times| {
            for _ in 0..times {
                let mut handle = null_mut();
                // SAFETY: null is this machine's name, and `handle` takes what is written.
                let answer = unsafe { table.MprAdminServerConnect(null_mut(), &mut handle) };
                assert_eq!(answer.expect("the library has it"), sys::NO_ERROR);
                // SAFETY: the handle has just been opened.
                unsafe { table.MprAdminServerDisconnect(handle) }.expect("the library has it");
            }
        }),
        Way::new("windows-sys", move |times| {
            for _ in 0..times {
                let mut handle = 0;
                // SAFETY: as above.
                let code = unsafe { (api.MprAdminServerConnect)(null(), &mut handle) };
                assert_eq!(code, 0);
                // SAFETY: as above.
                unsafe { (api.MprAdminServerDisconnect)(handle) };
            }
        }),
        #[cfg(all(windows, feature = "windows"))]
        crate::windows_user::connect(),
    ]
}
