//! Waiting for notifications and ends of attempts among other things: by a descriptor, on Windows by a handle.

use std::thread;
use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::{Change, Connecting, Notification, RouteUpdate, TransportId, Wake};
use mprapi_sim::{Interface, InterfaceKind, Session, Tunnel};

#[cfg(unix)]
mod system {
    use std::ffi::{c_int, c_short, c_ulong};
    use std::os::fd::{AsFd, AsRawFd as _};
    use std::time::Duration;

    #[repr(C)]
    struct PollFd {
        fd: c_int,
        events: c_short,
        revents: c_short,
    }

    unsafe extern "C" {
        fn poll(fds: *mut PollFd, count: c_ulong, milliseconds: c_int) -> c_int;
    }

    const POLLIN: c_short = 1;

    /// Waits as long as is given, and says which of the two it is that is readable.
    pub(super) fn wait_for(one: &impl AsFd, two: &impl AsFd, timeout: Duration) -> (bool, bool) {
        let mut fds = [one.as_fd().as_raw_fd(), two.as_fd().as_raw_fd()].map(|fd| PollFd {
            fd,
            events: POLLIN,
            revents: 0,
        });
        // SAFETY: there are two of them, and both descriptors are open.
        let ready = unsafe { poll(fds.as_mut_ptr(), 2, timeout.as_millis().try_into().unwrap()) };
        assert!(ready >= 0, "{}", std::io::Error::last_os_error());
        let [one, two] = fds.map(|fd| fd.revents & POLLIN != 0);
        assert_eq!(ready, c_int::from(one) + c_int::from(two), "nothing but readable");
        (one, two)
    }
}

#[cfg(windows)]
mod system {
    use std::os::windows::io::{AsHandle, AsRawHandle as _, RawHandle};
    use std::time::Duration;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn WaitForMultipleObjects(count: u32, handles: *const RawHandle, all: i32, milliseconds: u32) -> u32;
        fn WaitForSingleObject(handle: RawHandle, milliseconds: u32) -> u32;
    }

    /// Waits as long as is given, and says which of the two it is that is signalled.
    pub(super) fn wait_for(one: &impl AsHandle, two: &impl AsHandle, timeout: Duration) -> (bool, bool) {
        let handles = [one.as_handle().as_raw_handle(), two.as_handle().as_raw_handle()];
        let milliseconds = timeout.as_millis().try_into().unwrap();
        // SAFETY: there are two of them, and both handles are open.
        unsafe { WaitForMultipleObjects(2, handles.as_ptr(), 0, milliseconds) };
        // SAFETY: as above. That the wait before has seen the signal does not take it.
        let [one, two] = handles.map(|handle| unsafe { WaitForSingleObject(handle, 0) } == 0);
        (one, two)
    }
}

use system::wait_for;

/// Longer than any test takes, short enough that one that hangs ends.
const LONG: Duration = Duration::from_secs(30);

fn office() -> mprapi_sim::Simulation {
    let branch = Interface::new("branch", InterfaceKind::FullRouter).dial_takes(Duration::from_secs(5));
    mprapi_sim::Server::unique().ports(Tunnel::Sstp, 8).ports(Tunnel::Ikev2, 1).interface(branch).start()
}

#[test]
fn a_notification_is_readable_from_a_change_until_a_wait_has_seen_it() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let (mut one, mut two): (Notification<'_>, Notification<'_>) =
        (server.watch().unwrap(), server.watch().unwrap());
    assert_eq!(wait_for(&one, &two, Duration::ZERO), (false, false));
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(30));
            router.connect(&Session::new("bob", Tunnel::Sstp)).unwrap();
        });
        let ready = wait_for(&one, &two, LONG);
        assert!(ready.0 || ready.1);
    });
    assert_eq!(wait_for(&one, &two, Duration::ZERO), (true, true), "to look takes nothing");
    assert_eq!(one.wait(Some(Duration::ZERO)).unwrap(), Wake::Changed);
    assert_eq!(wait_for(&one, &two, Duration::ZERO), (false, true));
    let changes = one.changes().unwrap();
    assert!(matches!(&changes[..], [Change::Came(bob)] if bob.get().user_name() == "bob"));
    assert_eq!(two.wait(Some(Duration::ZERO)).unwrap(), Wake::Changed);
    assert_eq!(wait_for(&one, &two, Duration::ZERO), (false, false));
    two.stopper().stop();
    assert_eq!(wait_for(&one, &two, LONG), (false, true), "the stop must be seen too");
    assert_eq!(two.wait(Some(Duration::ZERO)).unwrap(), Wake::Stopped);
    drop((changes, one, two));
    drop(server);
    assert_clean(router);
}

#[test]
fn an_attempt_is_readable_from_its_end_until_a_wait_has_seen_it() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let notification = server.watch().unwrap();
    let mut connecting: Connecting<'_> =
        server.find_interface("branch").unwrap().connect_with_event().unwrap();
    assert!(!connecting.wait(Some(Duration::ZERO)).unwrap());
    assert!(!wait_for(&connecting, &notification, Duration::from_millis(10)).0);
    router.advance(Duration::from_secs(5));
    assert!(wait_for(&connecting, &notification, LONG).0);
    assert!(wait_for(&connecting, &notification, Duration::ZERO).0, "to look takes nothing");
    assert!(connecting.wait(Some(Duration::ZERO)).unwrap());
    assert!(!wait_for(&connecting, &notification, Duration::ZERO).0);
    assert!(connecting.wait(Some(Duration::ZERO)).unwrap(), "what is over stays over");
    drop((connecting, notification));
    drop(server);
    assert_clean(router);
}

#[test]
fn an_update_of_routes_is_readable_from_its_end_until_a_wait_has_seen_it() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let branch = server.find_interface("branch").unwrap();
    let mut connecting = branch.connect_with_event().unwrap();
    router.advance(Duration::from_secs(5));
    assert!(connecting.wait(Some(LONG)).unwrap());
    let mut update: RouteUpdate<'_> = branch.update_routes_with_event(TransportId::Ip).unwrap();
    assert!(!update.wait(Some(Duration::ZERO)).unwrap());
    assert_eq!(wait_for(&update, &connecting, Duration::ZERO), (false, false));
    router.advance(Duration::from_secs(60));
    assert_eq!(wait_for(&update, &connecting, LONG), (true, false));
    assert!(update.wait(Some(Duration::ZERO)).unwrap());
    assert_eq!(wait_for(&update, &connecting, Duration::ZERO), (false, false));
    drop((update, connecting));
    drop(server);
    assert_clean(router);
}
