//! What can be done about a session.

use mprapi::{ConnectionId, ErrorKind, Server};

use super::Session;
use crate::choose::{self, Deed, Named, Thing};
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::{Answer, Target};

/// A session and what names it over one connection to its server.
pub(crate) type Found = (ConnectionId, Session);

impl Session {
    /// As a person is told of it: the user, and the tunnel's address.
    pub(crate) fn label(&self) -> String {
        let Session { user, domain, address, handle, .. } = self;
        let user = if domain.is_empty() { user.clone() } else { format!("{domain}\\{user}") };
        format!("{user} ({})", address.as_deref().unwrap_or(handle))
    }

    /// The user in each way of writing it, the tunnel's address, the handle.
    pub(super) fn names(&self) -> Vec<String> {
        let Session { user, domain, address, handle, .. } = self;
        let mut names = vec![user.clone(), handle.clone()];
        if !domain.is_empty() {
            names.extend([format!("{domain}\\{user}"), format!("{user}@{domain}")]);
        }
        names.extend(address.clone());
        names
    }
}

impl Named for Found {
    const NOUN: &'static str = "session";

    fn names(&self) -> Vec<String> {
        self.1.names()
    }
}

impl Thing for Found {
    fn label(&self) -> String {
        self.1.label()
    }

    fn is_still(&self, (_, later): &Found) -> bool {
        self.1.goes_on_as(later)
    }
}

#[derive(Clone)]
pub(super) enum SessionDeed {
    Disconnect,
    Message(String),
    ClearStats,
    Unquarantine,
}

impl Deed<Found> for SessionDeed {
    fn name(&self) -> &'static str {
        match self {
            SessionDeed::Disconnect => "disconnect",
            SessionDeed::Message(_) => "message",
            SessionDeed::ClearStats => "clear-stats",
            SessionDeed::Unquarantine => "unquarantine",
        }
    }

    fn apply(&self, server: &Server, (id, _): &Found) -> Result<(), Failure> {
        let connection = server.connection(*id)?;
        let outcome = match self {
            SessionDeed::Disconnect => return disconnect(server, *id),
            SessionDeed::Message(text) => connection.send_message(text),
            SessionDeed::ClearStats => connection.clear_statistics(),
            SessionDeed::Unquarantine => connection.remove_quarantine(),
        };
        outcome.map_err(|error| match (self, error.kind()) {
            (SessionDeed::Unquarantine, ErrorKind::NotFound) => {
                Failure { message: "the session is not in quarantine".to_owned(), ..error.into() }
            }
            _ => error.into(),
        })
    }
}

/// Ends a session that was seen on `target`, if it is there still.
pub(crate) fn end(context: &Context, target: &Target, found: Found) -> Result<(), Failure> {
    let wanted = Answer { target: target.clone(), result: Ok(vec![found]) };
    for answer in choose::carry_out(context, vec![wanted], super::find, &SessionDeed::Disconnect) {
        for action in answer.result? {
            action.error.map_or(Ok(()), Err)?;
        }
    }
    Ok(())
}

/// Ends a connection, port by port.
fn disconnect(server: &Server, id: ConnectionId) -> Result<(), Failure> {
    let ports = server.ports_of(id)?;
    let mut is_done = false;
    for port in ports.iter().filter(|port| port.connection() == Some(id)) {
        match port.handle().disconnect() {
            Ok(()) => is_done = true,
            // The other links may go with the first.
            Err(error) if is_done && error.kind() == ErrorKind::NotConnected => {}
            Err(error) => return Err(error.into()),
        }
    }
    if is_done { Ok(()) } else { Err(Failure::not_found("the session has no port any more")) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_handle_that_another_user_or_a_new_session_has_is_not_the_session_that_was_named() {
        let simulation = mprapi_sim::Server::new("session-act")
            .ports(mprapi_sim::Tunnel::Sstp, 1)
            .session(
                mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp)
                    .connected_for(Duration::from_secs(60)),
            )
            .start();
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
        let server = mpr.connect(Some("session-act")).unwrap();
        let found = super::super::find(&server).unwrap().pop().unwrap();
        let change = |change: fn(&mut Session)| {
            let mut later = found.clone();
            change(&mut later.1);
            later
        };
        assert!(found.is_still(&change(|later| later.connected_for += Duration::from_secs(5))));
        assert!(!found.is_still(&change(|later| later.user = "ben".to_owned())));
        assert!(!found.is_still(&change(|later| later.connected_for = Duration::from_secs(3))));
        drop(simulation);
    }

    #[test]
    fn only_the_very_session_that_was_seen_is_ended() {
        let session = |user: &str| mprapi_sim::Session::new(user, mprapi_sim::Tunnel::Sstp);
        let simulation = mprapi_sim::Server::unique()
            .ports(mprapi_sim::Tunnel::Sstp, 3)
            .session(session("anna").connected_for(Duration::from_secs(60)))
            .session(session("ben"))
            .start();
        let router = &simulation.routers()[0];
        let context = Context::of_test(&[router.name()], Duration::from_secs(20));
        let target = &context.targets[0];
        let found = crate::fleet::with_server(&context.mpr, Some(router.name()), crate::session::find);
        let [anna, ben] = &found.unwrap()[..] else { panic!("two sessions") };

        // As if his handle were hers by now, or she had come anew.
        let mut other = ben.clone();
        other.1.handle.clone_from(&anna.1.handle);
        let mut earlier = anna.clone();
        earlier.1.connected_for = Duration::from_secs(61);
        for (what, gone) in [("another user's", other), ("an earlier", earlier)] {
            let failure = end(&context, target, gone).expect_err(what);
            assert_eq!(failure.kind, crate::failure::Kind::NotFound, "{what}");
        }
        assert_eq!(router.users(), ["anna", "ben"]);

        end(&context, target, anna.clone()).expect("she is there");
        assert_eq!(router.users(), ["ben"]);
        assert!(end(&context, target, anna.clone()).is_err(), "she has gone");
    }
}
