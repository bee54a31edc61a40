//! Notifications of connections, emulated: the protocol's own tell only processes of the server's machine.
//!
//! Someone who is registered has the list of connections read at the interval of the [transport](Transport::poll), by a thread
//! that ends with the registration. The event is signalled when two readings differ. A reading that fails, after one that
//! did not, is a difference too, so that the caller looks, and finds the error.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mprapi_sys as sys;
use mprapi_sys::ERROR_MORE_DATA;

use super::binding::Binding;
use super::call::on_server;
use super::event::Event;
use super::registration::Watch;
use super::wire::Purpose;
use crate::dimsvc::ConnectionEnumRequest;
use crate::ndr::Counted;

/// A reading of the connections, in the order of their handles; or the code of the error.
type Reading = Result<Vec<Connection>, u32>;

/// The part of a connection's record by which it is known again.
struct Connection {
    handle: usize,
    interface: usize,
    interface_type: u32,
    user_name: Vec<u16>,
    domain: Vec<u16>,
    /// The seconds since it began.
    duration: u32,
}

impl Connection {
    fn new(record: &sys::RAS_CONNECTION_0) -> Connection {
        let text = |units: &[u16]| units.iter().copied().take_while(|unit| *unit != 0).collect();
        Connection {
            handle: record.hConnection.addr(),
            interface: record.hInterface.addr(),
            interface_type: record.dwInterfaceType as u32,
            user_name: text(&record.wszUserName),
            domain: text(&record.wszLogonDomain),
            duration: record.dwConnectDuration,
        }
    }

    /// Returns `true` if this is a later record of an older one's connection. The handle of one that is gone may be given to
    /// the next.
    fn continues(&self, older: &Connection) -> bool {
        (self.handle, self.interface, self.interface_type)
            == (older.handle, older.interface, older.interface_type)
            && (&self.user_name, &self.domain) == (&older.user_name, &older.domain)
            && self.duration >= older.duration
    }
}

/// Returns `true` if two readings show the same connections.
fn are_the_same(old: &Reading, new: &Reading) -> bool {
    match (old, new) {
        (Ok(old), Ok(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| new.continues(old))
        }
        // The next error is no news.
        (Err(_), Err(_)) => true,
        _ => false,
    }
}

/// The most pages and connections of a list, and the longest time that its pages may take together: a server may say without an
/// end that there are more.
const MOST_PAGES: usize = 4096;
const MOST_CONNECTIONS: usize = 1 << 18;
const LONGEST: Duration = Duration::from_secs(300);

/// Reads the connections.
fn read(server: &Binding) -> Reading {
    let start = Instant::now();
    let mut all = Vec::new();
    let mut resume = 0;
    for page in 0.. {
        if page == MOST_PAGES || all.len() > MOST_CONNECTIONS || start.elapsed() > LONGEST {
            let text = "the server lists connections without an end";
            server.transport.note(sys::ERROR_INVALID_DATA, text.to_owned());
            return Err(sys::ERROR_INVALID_DATA);
        }
        let request = ConnectionEnumRequest {
            level: 0,
            info: Counted::NULL,
            preferred_length: u32::MAX,
            resume: Some(resume),
        };
        let (answer, session) = server.page(&request)?;
        let page = server.read::<sys::RAS_CONNECTION_0>(&answer.info, answer.entries_read, session)?;
        let is_last = answer.code != ERROR_MORE_DATA || page.is_empty() || answer.resume == Some(resume);
        all.extend(page.iter().map(|held| Connection::new(&held.record)));
        match answer.resume {
            Some(next) if !is_last => resume = next,
            _ => break,
        }
    }
    all.sort_by_key(|connection| connection.handle);
    Ok(all)
}

pub(super) unsafe extern "system" fn MprAdminRegisterConnectionNotification(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hEventNotification: sys::HANDLE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        let every = server.transport.poll().ok_or(sys::ERROR_NOT_SUPPORTED)?;
        let event = Event::duplicate(hEventNotification)?;
        let own = server.transport.another();
        let transport = own.as_ref().unwrap_or(&server.transport);
        let looking = Binding::new(Arc::clone(transport), Purpose::Administration);
        let mut last: Reading = Ok(read(&looking)?);
        let look = move || {
            let next = read(&looking);
            let differs = !are_the_same(&last, &next);
            last = next;
            differs
        };
        server.registrations.start(
            hEventNotification,
            own,
            Watch { every, look, signal: move || event.signal() },
        )
    })
}

pub(super) unsafe extern "system" fn MprAdminDeregisterConnectionNotification(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hEventNotification: sys::HANDLE,
) -> sys::DWORD {
    on_server(hMprServer, |server| server.registrations.end_one(hEventNotification))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::fd::AsRawFd as _;
    use std::process::Command;
    use std::sync::mpsc::channel;

    use super::super::registration::Registrations;
    use super::*;

    #[test]
    fn a_pipe_that_nobody_reads_ends_no_program() {
        const CHILD: &str = "MPRAPI_RPC_TEST_OF_A_CLOSED_PIPE";
        if std::env::var_os(CHILD).is_none() {
            let name = "client::notification::tests::a_pipe_that_nobody_reads_ends_no_program";
            let mut child = Command::new(std::env::current_exe().unwrap());
            let status = child.args(["--exact", name, "--nocapture"]).env(CHILD, "1").status().unwrap();
            assert!(status.success(), "{status}");
            return;
        }
        // As in a program in C: those in Rust ignore the signal.
        // SAFETY: the default action runs no code of this process.
        unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let handle = std::ptr::without_provenance_mut(writer.as_raw_fd() as usize);
        let (event, registrations) = (Event::duplicate(handle).unwrap(), Registrations::default());
        let (told, is_told) = channel();
        let signal = move || {
            event.signal();
            let _ = told.send(());
        };
        let watch = Watch { every: Duration::from_millis(1), look: || true, signal };
        registrations.start(handle, None, watch).unwrap();
        for _ in 0..3 {
            is_told.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        registrations.end();
    }
}
