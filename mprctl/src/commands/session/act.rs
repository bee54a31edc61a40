//! Actions on sessions.

use std::net::IpAddr;

use clap::Args;
use mprapi::{Ended, ErrorKind, Server};

use super::find::read;
use super::row::Session;
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::Answer;
use crate::select::{self, Operation};
use crate::target::Target;

/// The outer addresses of a tunnel.
#[derive(Args, Clone, Copy)]
pub(crate) struct Ends {
    /// The server's address
    #[arg(long, value_name = "ADDRESS")]
    local: IpAddr,

    /// The client's address
    #[arg(long, value_name = "ADDRESS")]
    remote: IpAddr,

    /// The index of the server's interface that has the address (`mprctl mib addresses`)
    #[arg(long, value_name = "N")]
    interface_index: u32,
}

#[derive(Clone)]
pub(super) enum SessionOperation {
    Disconnect,
    Message(String),
    ClearStats,
    Unquarantine,
    Move(Ends),
}

impl Operation<Session> for SessionOperation {
    fn name(&self) -> &'static str {
        match self {
            SessionOperation::Disconnect => "disconnect",
            SessionOperation::Message(_) => "message",
            SessionOperation::ClearStats => "clear-stats",
            SessionOperation::Unquarantine => "unquarantine",
            SessionOperation::Move(_) => "move",
        }
    }

    fn apply(&self, server: &Server, Session { known, .. }: &Session) -> Result<(), Failure> {
        let connection = || server.connection_of(known)?.ok_or_else(gone);
        let outcome = match self {
            SessionOperation::Disconnect => {
                return if server.end(known)? == Ended::Now { Ok(()) } else { Err(gone()) };
            }
            SessionOperation::Message(text) => connection()?.send_message(text),
            SessionOperation::ClearStats => connection()?.clear_statistics(),
            SessionOperation::Unquarantine => connection()?.remove_quarantine(),
            SessionOperation::Move(Ends { local, remote, interface_index }) => {
                connection()?.update(*interface_index, *local, *remote)
            }
        };
        outcome.map_err(|error| match (self, error.kind()) {
            (SessionOperation::Unquarantine, ErrorKind::NotFound) => {
                Failure { message: "the session is not in quarantine".to_owned(), ..error.into() }
            }
            _ => error.into(),
        })
    }
}

/// Ends a session that was seen on `target`, if it is there still.
pub(crate) fn end(context: &Context, target: &Target, found: Session) -> Result<(), Failure> {
    let wanted = Answer { target: target.clone(), result: Ok(vec![found]) };
    for answer in
        select::carry_out(context, vec![wanted], read, &SessionOperation::Disconnect, Session::label)
    {
        for action in answer.result? {
            action.error.map_or(Ok(()), Err)?;
        }
    }
    Ok(())
}

fn gone() -> Failure {
    Failure::not_found("the session is no longer connected; another may have its handle by now")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::select::Thing as _;

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
        let found = read(&server).unwrap().pop().unwrap();
        let change = |change: fn(&mut mprapi::Session)| {
            let mut later = found.clone();
            change(&mut later.known);
            later
        };
        assert!(found.is_still(&change(|later| later.duration += Duration::from_secs(5))));
        assert!(!found.is_still(&change(|later| later.user_name = "ben".into())));
        assert!(!found.is_still(&change(|later| later.interface_type = mprapi::InterfaceType::FullRouter)));
        assert!(!found.is_still(&change(|later| later.duration = Duration::from_secs(3))));
        drop(simulation);
    }

    #[test]
    fn what_is_done_is_checked_against_the_server_once_more() {
        let session = mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp);
        let simulation = mprapi_sim::Server::unique()
            .ports(mprapi_sim::Tunnel::Sstp, 1)
            .session(session.connected_for(Duration::from_secs(60)))
            .up_for(Duration::from_secs(1000))
            .start();
        let router = &simulation.routers()[0];
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
        let server = mpr.connect(Some(router.name())).unwrap();
        let found = read(&server).unwrap().pop().unwrap();
        // As if what the server has under the handle now were not what was found.
        let changes: [fn(&mut mprapi::Session); 4] = [
            |other| other.user_name = "ben".into(),
            |other| other.domain = "LAB".into(),
            |other| other.interface_type = mprapi::InterfaceType::FullRouter,
            |other| other.duration += Duration::from_secs(5),
        ];
        let operations = [
            SessionOperation::Disconnect,
            SessionOperation::Message("The server restarts at 18:00.".to_owned()),
            SessionOperation::ClearStats,
            SessionOperation::Unquarantine,
            SessionOperation::Move(Ends {
                local: [192, 0, 2, 10].into(),
                remote: [192, 0, 2, 11].into(),
                interface_index: 1,
            }),
        ];
        for change in changes {
            let mut other = found.clone();
            change(&mut other.known);
            for operation in &operations {
                let failure = operation.apply(&server, &other).expect_err(operation.name());
                assert_eq!(failure.kind, crate::failure::Kind::NotFound, "{}", operation.name());
            }
        }
        assert_eq!(router.users(), ["anna"]);
        router.advance(Duration::from_secs(30));
        SessionOperation::Disconnect.apply(&server, &found).expect("she is there still");
        assert_eq!(router.users(), [""; 0]);
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
        let found = crate::fleet::with_server(&context.mpr, Some(router.name()), read);
        let [anna, ben] = &found.unwrap()[..] else { panic!("two sessions") };

        // As if his handle were hers by now, or she had come anew.
        let mut other = ben.clone();
        other.known.id = anna.known.id;
        let mut earlier = anna.clone();
        earlier.known.duration = Duration::from_secs(61);
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
