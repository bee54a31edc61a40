//! A DLL that allows each user a number of sessions, by group.
#![forbid(unsafe_code)]

mod limits;

use std::sync::Arc;
use std::time::{Duration, Instant};

use limits::Limits;
use mprapi_admin_dll::mprapi::sys::RAS_CONNECTION_EX;
use mprapi_admin_dll::mprapi::{self, Account, Guid, Mpr};
use mprapi_admin_dll::{AdminDll, Code, Connection, Context, Sessions, Verdict};

struct SessionLimit {
    context: Context,
    limits: Limits,
    sessions: Arc<Sessions<Counted>>,
}

/// A session that is counted.
struct Counted {
    account: Account,
    since: Instant,
}

/// The time after which the server surely lists a session that was accepted.
const LISTED: Duration = Duration::from_secs(60);

impl AdminDll for SessionLimit {
    fn start(context: &Context) -> Result<SessionLimit, Code> {
        let limits = Limits::read(context)?;
        Ok(SessionLimit { context: context.clone(), limits, sessions: Arc::default() })
    }

    fn accept(&self, connection: &Connection<'_>) -> Verdict {
        // A link to another site is no user's session.
        if connection.interface_type().is_router() {
            return Verdict::Accept;
        }
        let account = connection.account();
        let most = self.limits.of(&account);
        let is_below =
            |others: &[&Counted]| others.iter().filter(|other| other.account == account).count() < most;
        let counted = Counted { account: account.clone(), since: Instant::now() };
        let verdict = self.sessions.begin_if(connection.guid(), counted, is_below).into();
        if verdict == Verdict::Reject {
            self.forget_lost_sessions();
        }
        verdict
    }

    fn ended(&self, connection: &Connection<'_>) {
        self.sessions.end(connection.guid());
    }
}

impl SessionLimit {
    /// Drops the sessions that the service does not have, whose end it did not tell: those that another DLL refused, perhaps.
    /// The user who was refused may try again.
    fn forget_lost_sessions(&self) {
        let sessions = Arc::clone(&self.sessions);
        // If too much waits, one of those that wait does it.
        let _ = self.context.later(move |mpr| {
            if let Ok(present) = mpr.and_then(present) {
                sessions.retain(|guid, session| session.since.elapsed() < LISTED || present.contains(&guid));
            }
        });
    }
}

/// Lists the connections of this machine.
fn present(mpr: Mpr) -> mprapi::Result<Vec<Guid>> {
    let server = mpr.connect(None)?;
    let connections = server.connections_at::<RAS_CONNECTION_EX>()?;
    Ok(connections.iter().map(|connection| connection.guid()).collect())
}

mprapi_admin_dll::export_admin_dll!(SessionLimit; on_panic = reject);
