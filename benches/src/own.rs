//! Every connection as a struct of Rust strings, which outlives the buffer.

use std::hint::black_box;
use std::time::Duration;

use mprapi::sys::{RAS_CONNECTION_0, RAS_CONNECTION_4};
use mprapi::{List, owned};
use windows_sys::Win32::NetworkManagement::Rras;

use crate::session::Session;
use crate::text::until_nul;
use crate::way::{Way, forever, mpr};
use crate::windows_sys_user;

pub(crate) fn ways() -> Vec<Way> {
    let list = list();
    let records = windows_sys_user::connections();
    assert_eq!(ours(list), theirs(records));
    let of = |session: Session| [session.interface_name, session.user_name, session.domain, session.computer];
    let texts: &[[String; 4]] = forever(ours(list).into_iter().map(of).collect::<Vec<_>>());
    vec![
        Way::new("mprapi", move |times| {
            for _ in 0..times {
                black_box(ours(black_box(list)));
            }
        }),
        windows_sys(),
        Way::new("memory alone", move |times| {
            for _ in 0..times {
                black_box(memory(black_box(texts)));
            }
        }),
        #[cfg(all(windows, feature = "windows"))]
        crate::windows_user::own(),
    ]
}

/// Our own way by the crate's own type of a copy.
pub(crate) fn structs() -> Vec<Way> {
    let list = list();
    vec![
        Way::new("mprapi", move |times| {
            for _ in 0..times {
                let copies: Vec<owned::ConnectionSnapshot> =
                    black_box(list).iter().map(|connection| connection.snapshot()).collect();
                black_box(copies);
            }
        }),
        windows_sys(),
    ]
}

/// Sessions with everything, by the crate's own model, against copies of the records that they are made of.
pub(crate) fn sessions() -> Vec<Way> {
    let server = forever(forever(mpr()).connect(None).expect("a server"));
    let newest = || server.connections_at::<RAS_CONNECTION_4>().expect("its connections");
    assert_eq!(server.sessions().expect("its sessions").len(), newest().len());
    vec![
        Way::new("mprapi", move |times| {
            for _ in 0..times {
                black_box(server.sessions().expect("its sessions"));
            }
        }),
        Way::new("snapshots of connections", move |times| {
            for _ in 0..times {
                let copies: Vec<owned::ConnectionSnapshot> =
                    newest().iter().map(|connection| connection.snapshot()).collect();
                black_box(copies);
            }
        }),
    ]
}

fn list() -> &'static List<'static, RAS_CONNECTION_0> {
    let server = forever(forever(mpr()).connect(None).expect("a server"));
    forever(server.connections().expect("its connections"))
}

fn windows_sys() -> Way {
    let records = windows_sys_user::connections();
    Way::new("windows-sys", move |times| {
        for _ in 0..times {
            black_box(theirs(black_box(records)));
        }
    })
}

fn ours(connections: &List<'_, RAS_CONNECTION_0>) -> Vec<Session> {
    let session = |connection: mprapi::Connection<'_>| Session {
        connection: connection.id().as_raw().addr(),
        interface: connection.interface().as_raw().addr(),
        duration: connection.duration(),
        kind: connection.interface_type().into(),
        flags: connection.flags().bits(),
        interface_name: connection.interface_name().to_string_lossy(),
        user_name: connection.user_name().to_string_lossy(),
        domain: connection.domain().to_string_lossy(),
        computer: connection.remote_computer().to_string_lossy(),
    };
    connections.iter().map(session).collect()
}

fn theirs(records: &[Rras::RAS_CONNECTION_0]) -> Vec<Session> {
    let text = |units: &[u16]| String::from_utf16_lossy(until_nul(units));
    let session = |record: &Rras::RAS_CONNECTION_0| Session {
        connection: record.hConnection.addr(),
        interface: record.hInterface.addr(),
        duration: Duration::from_secs(record.dwConnectDuration.into()),
        kind: record.dwInterfaceType,
        flags: record.dwConnectionFlags,
        interface_name: text(&record.wszInterfaceName),
        user_name: text(&record.wszUserName),
        domain: text(&record.wszLogonDomain),
        computer: text(&record.wszRemoteComputer),
    };
    records.iter().map(session).collect()
}

/// The least that a `String` of each text costs: allocating its memory, filling it with bytes that are there, and freeing it.
fn memory(texts: &[[String; 4]]) -> Vec<[String; 4]> {
    texts.to_vec()
}
