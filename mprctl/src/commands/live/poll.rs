//! The loop that observes one server: connects, reads the server after each change and at each interval, and tries again
//! after failures, with longer and longer pauses.
//!
//! The loop has no clock and no thread: the caller implements waiting, so that a test can simulate days in a second.

use std::time::Duration;

use mprapi::{Mpr, Notification, Wake};

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
pub(crate) fn poll<S>(
    mpr: &Mpr,
    name: Option<&str>,
    listens: bool,
    read: Read<S>,
    observer: &mut impl Observer<S>,
) {
    let mut pause = SHORTEST;
    loop {
        let watched = fleet::with_server(mpr, name, |server| {
            let listen = || if listens { server.watch().ok() } else { None };
            let (mut notification, mut up_for) = (listen(), Duration::ZERO);
            loop {
                let mut look = Look::take(server, read)?;
                pause = SHORTEST;
                if look.up_for < up_for {
                    // The service was restarted, so the registration for notifications is lost.
                    drop(notification.take());
                    notification = listen();
                    look = Look::take(server, read)?;
                }
                up_for = look.up_for;
                observer.saw(Ok(look));
                let interval = observer.interval();
                if observer.wait(notification.as_mut(), interval) == Wake::Stopped {
                    return Ok(());
                }
            }
        });
        let Err(failure) = watched else { return };
        observer.saw(Err(failure));
        if observer.wait(None, pause) == Wake::Stopped {
            return;
        }
        pause = (pause * 2).min(LONGEST);
    }
}
