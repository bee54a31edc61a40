//! A call of a function that takes handles and nothing else: clearing a port's statistics.

use mprapi::sys;

use crate::way::{Way, forever, mpr};
use crate::windows_sys_user::API;

pub(crate) fn ways() -> Vec<Way> {
    let mpr = forever(mpr());
    let server = forever(mpr.connect(None).expect("a server"));
    let ports = forever(server.ports().expect("its ports"));
    let port = ports.iter().next().expect("a port").handle();
    let (raw_server, raw_port) = (server.as_raw(), port.id().as_raw());
    let table = mpr.table();
    let api = &*API;
    vec![
        Way::new("mprapi", move |times| {
            for _ in 0..times {
                port.clear_statistics().expect("cleared");
            }
        }),
        Way::new("raw call through the table", move |times| {
            for _ in 0..times {
                // SAFETY: both handles are open.
                let answer = unsafe { table.MprAdminPortClearStats(raw_server, raw_port) };
                assert_eq!(answer.expect("the library has it"), sys::NO_ERROR);
            }
        }),
        Way::new("windows-sys", move |times| {
            for _ in 0..times {
                // SAFETY: both handles are open.
                let code = unsafe { (api.MprAdminPortClearStats)(raw_server.addr() as isize, raw_port) };
                assert_eq!(code, 0);
            }
        }),
        #[cfg(all(windows, feature = "windows"))]
        crate::windows_user::call(raw_server, raw_port),
    ]
}
