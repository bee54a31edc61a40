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
                    end(link, notification.take());
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
                end(link, notification.take());
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

/// Ends a registration within the limit of the link.
fn end(link: &Link, notification: Option<Notification<'static>>) {
    // Whatever comes of it, it is over.
    let _ = link.once(move |_| {
        drop(notification);
        Ok(())
    });
}
