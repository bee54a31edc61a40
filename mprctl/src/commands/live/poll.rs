//! The loop that observes one server: connects, reads the server after each change and at each interval, and tries again
//! after failures, with longer and longer pauses.
//!
//! The loop has no clock and no thread: the caller implements waiting, so that a test can simulate days in a second.

use std::time::Duration;

use mprapi::{ErrorKind, Link, Notification, Wake};

use super::{Look, Read};
use crate::failure::Failure;
use crate::fleet;

/// The first pause after a failure; it doubles with each further failure.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// A receiver of readings, which also implements waiting.
pub(crate) trait Observer<S> {
    /// Takes a reading, or the failure to get one.
    fn saw(&mut self, look: Result<Look<S>, Failure>);

    /// Returns the longest time between two readings.
    fn interval(&self) -> Duration;

    /// Waits until the server notifies of a change, or until `at_most` has passed.
    fn wait(&mut self, notification: Option<&mut Notification<'_>>, at_most: Duration) -> Wake;
}

/// Observes a server until the observer wants to stop.
///
/// With `listens`, the server notifies of changes, and is read at once. A server that refuses notifications (on Windows
/// all other machines do) is only read at each interval.
pub(crate) fn poll<S: Send + 'static>(
    link: &Link,
    listens: bool,
    read: Read<S>,
    observer: &mut impl Observer<S>,
) {
    let (mut notification, mut is_to_register) = (None, listens);
    let (mut up_for, mut pause) = (Duration::ZERO, SHORTEST);
    loop {
        let wake = match look(link, read) {
            Ok(look) => {
                // A restart of the service ends the registration for notifications.
                is_to_register |= listens && look.up_for < up_for;
                (up_for, pause) = (look.up_for, SHORTEST);
                observer.saw(Ok(look));
                if std::mem::take(&mut is_to_register) {
                    if let Some(old) = notification.take() {
                        end(link, old);
                    }
                    notification = link.watch().ok();
                    // Somebody may have come in between.
                    if notification.is_some() {
                        continue;
                    }
                }
                let interval = observer.interval();
                observer.wait(notification.as_mut(), interval)
            }
            Err(failure) => {
                observer.saw(Err(failure));
                // The registration may have ended too. It stays until the server answers: ending it is a call, for which
                // this thread would wait.
                (is_to_register, up_for) = (listens, Duration::ZERO);
                let wake = observer.wait(None, pause);
                pause = (pause * 2).min(LONGEST);
                wake
            }
        };
        if wake == Wake::Stopped {
            return;
        }
    }
}

/// Reads the server once. If the service does not run, the failure says why.
fn look<S: Send + 'static>(link: &Link, read: Read<S>) -> Result<Look<S>, Failure> {
    link.read(move |server| match Look::take(server, read) {
        Err(error) if error.kind() == ErrorKind::NotRunning => {
            Ok(Err(fleet::why_stopped(&server.mpr(), server.name(), error)))
        }
        look => look.map(Ok),
    })?
}

/// Ends a registration on the thread of the link, which is free after a reading.
fn end(link: &Link, notification: Notification<'static>) {
    // An error changes nothing: the registration is over.
    let _ = link.once(move |_| {
        drop(notification);
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use mprapi_sim::{Router, Server};

    use super::*;
    use crate::context::Context;

    /// An observer that stops after so many failures, and never waits.
    struct Failures<'r> {
        router: &'r Router,
        began: Instant,
        /// For each failure the calls of the router by then, and the time.
        seen: Vec<(u64, Duration)>,
        most: usize,
        then: fn(&Router),
    }

    impl Observer<mprapi::Session> for Failures<'_> {
        fn saw(&mut self, look: Result<Look<mprapi::Session>, Failure>) {
            if look.is_err() {
                self.seen.push((self.router.calls("MprAdminServerConnect"), self.began.elapsed()));
            }
        }

        fn interval(&self) -> Duration {
            Duration::ZERO
        }

        fn wait(&mut self, notification: Option<&mut Notification<'_>>, _: Duration) -> Wake {
            if notification.is_some() {
                (self.then)(self.router);
            }
            if self.seen.len() < self.most { Wake::TimedOut } else { Wake::Stopped }
        }
    }

    fn failures(router: &Router, limit: Duration, most: usize, then: fn(&Router)) -> Vec<(u64, Duration)> {
        let context = Context::of_test(&[router.name()], limit);
        let link = Link::new(&context.mpr, Some(router.name())).with_limit(limit);
        let mut observer = Failures { router, began: Instant::now(), seen: Vec::new(), most, then };
        poll(&link, true, mprapi::Server::sessions, &mut observer);
        observer.seen
    }

    #[test]
    fn a_server_that_cannot_be_reached_is_called_once_for_each_attempt() {
        let simulation = Server::unique().start();
        let router = &simulation.routers()[0];
        router.set_reachable(false);
        let seen = failures(router, Duration::from_secs(60), 4, |_| {});
        let calls: Vec<u64> = seen.into_iter().map(|(calls, _)| calls).collect();
        assert_eq!(calls, [1, 2, 3, 4]);
    }

    #[test]
    fn a_server_that_hangs_does_not_hold_up_its_failures_to_end_a_registration() {
        let simulation = Server::unique().start();
        let router = &simulation.routers()[0];
        let hang = |router: &Router| router.set_latency(Duration::from_secs(4));
        let seen = failures(router, Duration::from_millis(200), 2, hang);
        assert!(seen[1].1 < Duration::from_secs(3), "{seen:?}");
    }
}
