//! Operations on connections.

use super::call::operation;
use super::connection_ex::{ConnectionEx, ConnectionPage, UpdateConnection};
use super::container::InformationContainer;
use super::header::ObjectHeader;
use crate::ndr::WideString;

operation! {
    /// Lists connections.
    1 RRasAdminConnectionEnum(MprAdminConnectionEnum) => ConnectionEnumRequest, ConnectionEnumAnswer {
        /// The level of the records: 0 to 3 for `RASI_CONNECTION_0` to `RASI_CONNECTION_3`, 4 for
        /// `RAS_CONNECTION_4_IDL`.
        [in] dwLevel => level: u32,
        /// The records. In a request, null.
        [in, out] pInfoStruct => info: InformationContainer,
        /// The preferred size of the answer, in bytes; `u32::MAX` for all at once.
        [in] dwPreferedMaximumLength => preferred_length: u32,
        /// The number of records.
        [out] lpdwEntriesRead => entries_read: u32,
        /// The number of connections from the place where the enumeration began.
        [out] lpdwTotalEntries => total_entries: u32,
        /// The place to go on from, 0 at the beginning.
        [in, out] lpdwResumeHandle => resume: Option<u32>,
    }
}

operation! {
    /// Reads one connection.
    2 RRasAdminConnectionGetInfo(MprAdminConnectionGetInfo)
        => ConnectionGetInfoRequest, ConnectionGetInfoAnswer
    {
        /// The level of the record: 0 to 3 for `RASI_CONNECTION_0` to `RASI_CONNECTION_3`.
        [in] dwLevel => level: u32,
        /// The handle of the connection.
        [in] hDimConnection => connection: u32,
        /// The record.
        [out] pInfoStruct => info: InformationContainer,
    }
}

operation! {
    /// Sets the counters of a connection to 0.
    3 RRasAdminConnectionClearStats(MprAdminConnectionClearStats)
        => ConnectionClearStatsRequest, ConnectionClearStatsAnswer
    {
        /// The handle of the connection.
        [in] hDimConnection => connection: u32,
    }
}

operation! {
    /// Registers an event for connections that begin or end. A handle of an event means nothing on another machine, so only a
    /// client on the server's own machine can use it.
    34 RRasAdminConnectionNotification(
        MprAdminRegisterConnectionNotification, MprAdminDeregisterConnectionNotification
    ) => ConnectionNotificationRequest, ConnectionNotificationAnswer {
        /// 1 to register the event, 0 to end the registration.
        [in] fRegister => register: u32,
        /// The process that the handle belongs to.
        [in] dwClientProcessId => process: u32,
        /// The handle of the event.
        [in] hEventNotification => event: u32,
    }
}

operation! {
    /// Sends a message to the user of a connection.
    35 RRasAdminSendUserMessage(MprAdminSendUserMessage) => SendUserMessageRequest, SendUserMessageAnswer {
        /// The handle of the connection.
        [in] hDimConnection => connection: u32,
        /// The message.
        [in] lpwszMessage => message: WideString,
    }
}

operation! {
    /// Ends the quarantine of a client.
    42 RRasAdminConnectionRemoveQuarantine(MprAdminConnectionRemoveQuarantine)
        => ConnectionRemoveQuarantineRequest, ConnectionRemoveQuarantineAnswer
    {
        /// The handle of the connection, or the client's IPv4 address in network byte order.
        [in] hRasConnection => connection: u32,
        /// Not 0 if `connection` is an address.
        [in] fIsIpAddress => is_address: u32,
    }
}

operation! {
    /// Lists connections with what they negotiated.
    45 RRasAdminConnectionEnumEx(MprAdminConnectionEnumEx) => ConnectionEnumExRequest, ConnectionEnumExAnswer {
        /// The kind of object and the revision to answer with.
        [in] objectHeader => header: ObjectHeader,
        /// The preferred size of the answer, in bytes; `u32::MAX` for all at once.
        [in] dwPreferedMaxLen => preferred_length: u32,
        /// The connections, and their number in all.
        [out] pRasConections => page: ConnectionPage,
        /// The place to go on from, 0 at the beginning.
        [in, out] lpdwResumeHandle => resume: Option<u32>,
    }
}

operation! {
    /// Reads one connection with what it negotiated.
    46 RRasAdminConnectionGetInfoEx(MprAdminConnectionGetInfoEx)
        => ConnectionGetInfoExRequest, ConnectionGetInfoExAnswer
    {
        /// The handle of the connection.
        [in] hDimConnection => connection: u32,
        /// The kind of object and the revision to answer with.
        [in] objectHeader => header: ObjectHeader,
        /// The connection.
        [out] pRasConnection => info: ConnectionEx,
    }
}

operation! {
    /// Moves an IKEv2 connection to another end point.
    48 RRasAdminUpdateConnection(MprAdminUpdateConnection) => UpdateConnectionRequest, UpdateConnectionAnswer {
        /// The handle of the connection.
        [in] hDimConnection => connection: u32,
        /// The new end point.
        [in] pServerConfig => update: UpdateConnection,
    }
}
