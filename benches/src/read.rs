//! Looking at every field of every connection, without a copy of anything.

use std::hint::black_box;

use mprapi::sys::RAS_CONNECTION_0;
use mprapi::{InterfaceType, List};
use windows_sys::Win32::NetworkManagement::Rras::{self, ROUTER_IF_TYPE_CLIENT};

use crate::seen::Seen;
use crate::text::{length, until_nul};
use crate::way::{Way, forever, mpr};
use crate::windows_sys_user;

pub(crate) fn ways() -> Vec<Way> {
    let server = forever(forever(mpr()).connect(None).expect("a server"));
    let list = forever(server.connections().expect("its connections"));
    let records = windows_sys_user::connections();
    let ours = read(list);
    // SAFETY: the router's records are sound, and its names short.
    assert_eq!(ours, unsafe { by_hand(records) });
    vec![
        Way::new("mprapi", move |times| {
            for _ in 0..times {
                black_box(read(black_box(list)));
            }
        }),
        Way::new("unsafe loop by hand", move |times| {
            for _ in 0..times {
                // SAFETY: as above.
                black_box(unsafe { by_hand(black_box(records)) });
            }
        }),
        Way::new("windows-sys", move |times| {
            for _ in 0..times {
                black_box(plainly(black_box(records)));
            }
        }),
        #[cfg(all(windows, feature = "windows"))]
        crate::windows_user::read(),
    ]
}

/// The same with the call before it, and the buffer given back.
pub(crate) fn enumerating() -> Vec<Way> {
    let server = forever(forever(mpr()).connect(None).expect("a server"));
    vec![Way::new("mprapi", move |times| {
        for _ in 0..times {
            black_box(read(&server.connections().expect("its connections")));
        }
    })]
}

/// By the safe layer.
pub fn read(connections: &List<'_, RAS_CONNECTION_0>) -> Seen {
    let mut seen = Seen::default();
    for connection in connections {
        seen.handles ^= connection.id().as_raw().addr() ^ connection.interface().as_raw().addr();
        seen.seconds += connection.duration().as_secs();
        seen.clients += usize::from(connection.interface_type() == InterfaceType::Client);
        seen.flags |= connection.flags().bits();
        seen.units[0] += connection.interface_name().len();
        seen.units[1] += connection.user_name().len();
        seen.units[2] += connection.domain().len();
        seen.units[3] += connection.remote_computer().len();
    }
    seen
}

/// As tight as it gets: nothing is checked, and the ends of the texts are looked for sixteen units at a time.
///
/// # Safety
/// Each text must be terminated, and the sixteen units around each terminator must be of the records.
unsafe fn by_hand(records: &[Rras::RAS_CONNECTION_0]) -> Seen {
    let mut seen = Seen::default();
    for record in records {
        seen.handles ^= record.hConnection.addr() ^ record.hInterface.addr();
        seen.seconds += u64::from(record.dwConnectDuration);
        seen.clients += usize::from(record.dwInterfaceType == ROUTER_IF_TYPE_CLIENT);
        seen.flags |= record.dwConnectionFlags;
        // SAFETY: the caller's promise.
        seen.units[0] += unsafe { length(record.wszInterfaceName.as_ptr()) };
        // SAFETY: as above.
        seen.units[1] += unsafe { length(record.wszUserName.as_ptr()) };
        // SAFETY: as above.
        seen.units[2] += unsafe { length(record.wszLogonDomain.as_ptr()) };
        // SAFETY: as above.
        seen.units[3] += unsafe { length(record.wszRemoteComputer.as_ptr()) };
    }
    seen
}

/// As a user of `windows-sys` writes it who thinks of other things.
pub(crate) fn plainly(records: &[Rras::RAS_CONNECTION_0]) -> Seen {
    let mut seen = Seen::default();
    for record in records {
        seen.handles ^= record.hConnection.addr() ^ record.hInterface.addr();
        seen.seconds += u64::from(record.dwConnectDuration);
        seen.clients += usize::from(record.dwInterfaceType == ROUTER_IF_TYPE_CLIENT);
        seen.flags |= record.dwConnectionFlags;
        seen.units[0] += until_nul(&record.wszInterfaceName).len();
        seen.units[1] += until_nul(&record.wszUserName).len();
        seen.units[2] += until_nul(&record.wszLogonDomain).len();
        seen.units[3] += until_nul(&record.wszRemoteComputer).len();
    }
    seen
}
