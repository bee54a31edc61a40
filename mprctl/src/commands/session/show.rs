//! All that is known of a session.

use mprapi::ConnectionFlags;

use super::row::Session;
use crate::failure::Failure;
use crate::output::row;

row! {
    /// Someone who is connected, with all that is known. What is `null` the server is too old to tell.
    pub(crate) struct SessionDetails: "session_details" {
        #[serde(flatten)]
        pub(crate) session: Session => ..Session,
        #[serde(flatten)]
        pub(super) more: More => ..More,
    }
}

row! {
    #[derive(Default, PartialEq, Eq)]
    pub(super) struct More {
        /// The GUID of the connection.
        guid: Option<String> => Always "GUID",
        /// The server's address that the client connected to.
        called: Option<String> => Always "Called",
        /// The number of times that an IKEv2 client has moved to another address without losing the connection.
        moves: Option<u32> => Always "Moves",
        /// The authentication method of the client.
        authentication: Option<String> => Always "Authentication",
        /// `true` if the client's computer can show messages.
        shows_messages: Option<bool> => Always "Shows messages",
        /// Frames received from the client.
        frames_in: Option<u64> => Always "Frames in",
        /// Frames sent to the client.
        frames_out: Option<u64> => Always "Frames out",
        /// Errors of all kinds.
        errors: Option<u64> => Always "Errors",
    }
}

impl SessionDetails {
    /// Returns `true` if `later`, the same session read afterwards, has the same to show other than its age.
    pub(crate) fn looks_like(&self, later: &SessionDetails) -> bool {
        self.session.looks_like(&later.session) && self.more == later.more
    }
}

impl From<Session> for SessionDetails {
    fn from(session: Session) -> SessionDetails {
        let (known, statistics) = (&session.known, &session.known.statistics);
        let more = More {
            guid: known.guid.map(|guid| guid.to_string()),
            called: known.local_endpoint.map(|address| address.to_string()),
            moves: known.switch_overs,
            authentication: known.authentication().map(|authentication| authentication.to_string()),
            shows_messages: Some(known.flags.contains(ConnectionFlags::MESSENGER)),
            frames_in: Some(statistics.frames_received.into()),
            frames_out: Some(statistics.frames_sent.into()),
            errors: Some(statistics.errors()),
        };
        SessionDetails { session, more }
    }
}

/// Shows all that is known of one session; the list has all of it.
pub(super) fn details(_: &mprapi::Server, session: Session) -> Result<SessionDetails, Failure> {
    Ok(session.into())
}
