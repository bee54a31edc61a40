//! All that is known of a session.

use std::net::IpAddr;

use mprapi::sys::{
    RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_EX,
};
use mprapi::{ConnectionFlags, ErrorKind, Guid, Projection, QuarantineState, Server, Single};

use super::read::{Told, errors};
use super::row::{Found, Session};
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
    #[derive(Default)]
    pub(super) struct More {
        /// The connection's own name, a GUID.
        guid: Option<String> => Always "GUID",
        /// The server's address that the client called.
        called: Option<String> => Always "Called",
        /// How often an IKEv2 client has moved to other addresses without losing the connection.
        moves: Option<u32> => Always "Moves",
        /// How the client was authenticated.
        authentication: Option<String> => Always "Authentication",
        /// How far Network Access Protection lets the client in.
        quarantine: Option<String> => Always "Quarantine",
        /// Whether the client's computer can show a message.
        shows_messages: Option<bool> => Always "Shows messages",
        /// Frames that came from the client.
        frames_in: Option<u64> => Always "Frames in",
        /// Frames that went to the client.
        frames_out: Option<u64> => Always "Frames out",
        /// Errors of all kinds.
        errors: Option<u64> => Always "Errors",
    }
}

impl More {
    pub(super) fn new(told: &Told<'_>) -> More {
        let statistics = told.statistics();
        let more = More {
            shows_messages: Some(told.flags().contains(ConnectionFlags::MESSENGER)),
            frames_in: Some(statistics.frames_received.into()),
            frames_out: Some(statistics.frames_sent.into()),
            errors: Some(errors(&statistics)),
            ..More::default()
        };
        match told {
            Told::Wide(one) => more.with(Newer {
                guid: one.guid(),
                projection: one.projection(),
                local_endpoint: one.local_endpoint(),
                switch_overs: one.switch_overs(),
                quarantine: one.quarantine_state(),
            }),
            Told::Ex(one) => more.with(Newer {
                guid: one.guid(),
                projection: one.projection(),
                local_endpoint: one.local_endpoint(),
                switch_overs: one.switch_overs(),
                quarantine: one.quarantine_state(),
            }),
            Told::Plain(..) => more,
        }
    }

    fn with(self, newer: Newer) -> More {
        let authentication = match newer.projection {
            Projection::Ikev2(ikev2) => Some(match ikev2.eap_method {
                Some(method) => method.to_string(),
                None => ikev2.authentication.to_string(),
            }),
            Projection::Ppp(ppp) => ppp.link.ok().map(|link| link.authentication().to_string()),
            _ => None,
        };
        More {
            guid: Some(newer.guid.to_string()),
            called: newer.local_endpoint.map(|address| address.to_string()),
            moves: newer.switch_overs,
            authentication,
            quarantine: Some(newer.quarantine.to_string()),
            ..self
        }
    }
}

/// What the levels from Windows Server 2008 R2 on tell.
struct Newer {
    guid: Guid,
    projection: Projection,
    local_endpoint: Option<IpAddr>,
    switch_overs: Option<u32>,
    quarantine: QuarantineState,
}

/// Asks for all that is known of one session. Counters of bytes are those of the list, which have 64 bits.
pub(super) fn details(server: &Server, (id, session): Found) -> Result<SessionDetails, Failure> {
    let connection = server.connection(id)?;
    if let Some(ex) = told(connection.info_at::<RAS_CONNECTION_EX>())? {
        return Ok(SessionDetails { session, more: More::new(&Told::Ex(ex.get())) });
    }
    let Some(plain) = told(connection.info_at::<RAS_CONNECTION_0>())? else {
        return Ok(SessionDetails { session, more: More::default() });
    };
    let traffic = told(connection.info_at::<RAS_CONNECTION_1>())?;
    let mut more = More::new(&Told::Plain(plain.get(), traffic.as_ref().map(Single::get)));
    if let Some(ppp) = told(connection.info_at::<RAS_CONNECTION_2>())? {
        let ppp = ppp.get();
        more.guid = Some(ppp.guid().to_string());
        more.authentication = ppp.link().ok().map(|link| link.authentication().to_string());
    }
    if let Some(quarantine) = told(connection.info_at::<RAS_CONNECTION_3>())? {
        more.quarantine = Some(quarantine.get().quarantine_state().to_string());
    }
    Ok(SessionDetails { session, more })
}

/// Nothing where the server is too old to tell, and of a session that has just ended.
fn told<R: mprapi::ConnectionInfoRecord>(
    answer: mprapi::Result<Single<'_, R>>,
) -> Result<Option<Single<'_, R>>, Failure> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.is_unsupported() => Ok(None),
        Err(error) => match error.kind() {
            ErrorKind::NotConnected | ErrorKind::InvalidArgument => Ok(None),
            _ => Err(error.into()),
        },
    }
}
