//! The loop that looks at one server: connects, looks whenever something changed or the time has come, and when the
//! server fails tries again, later and later.
//!
//! It has no clock and no thread: who runs it says what waiting is, so that a test can have days go by in a second.

use std::time::Duration;

use mprapi::{Mpr, Notification, Wake};

use super::{Look, Read};
use crate::failure::Failure;
use crate::fleet;

/// The first wait after a failure, doubled with each further one.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// Who is told what was seen, and knows how to wait.
pub(crate) trait Observer<S> {
    /// A look, or why there was none.
    fn saw(&mut self, look: Result<Look<S>, Failure>);

    /// How often to look at least.
    fn interval(&self) -> Duration;

    /// Waits until the server says that something changed, where it says so, and `at_most` so long.
    fn wait(&mut self, notification: Option<&mut Notification<'_>>, at_most: Duration) -> Wake;
}

/// Looks at a server until the observer wants to stop.
///
/// Who `listens` is told of changes as they happen, besides the look at each interval. A server that does not tell
/// (other machines refuse to, on Windows) is looked at each interval alone.
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
                    // The service was restarted, and with the old one went the promise to tell.
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
