//! Operations on ports.

use super::call::operation;
use super::container::InformationContainer;

operation! {
    /// Lists the ports of the server or of a connection.
    4 RRasAdminPortEnum(MprAdminPortEnum) => PortEnumRequest, PortEnumAnswer {
        /// The level of the records: 0 for `RASI_PORT_0`.
        [in] dwLevel => level: u32,
        /// The handle of the connection, `u32::MAX` for the ports of the server.
        [in] hRasConnection => connection: u32,
        /// The records. In a request, null.
        [in, out] pInfoStruct => info: InformationContainer,
        /// The preferred size of the answer, in bytes; `u32::MAX` for all at once.
        [in] dwPreferedMaximumLength => preferred_length: u32,
        /// The number of records.
        [out] lpdwEntriesRead => entries_read: u32,
        /// The number of ports from the place where the enumeration began.
        [out] lpdwTotalEntries => total_entries: u32,
        /// The place to go on from, 0 at the beginning.
        [in, out] lpdwResumeHandle => resume: Option<u32>,
    }
}

operation! {
    /// Reads one port.
    5 RRasAdminPortGetInfo(MprAdminPortGetInfo) => PortGetInfoRequest, PortGetInfoAnswer {
        /// The level of the record: 0 for `RASI_PORT_0`, 1 for `RASI_PORT_1`.
        [in] dwLevel => level: u32,
        /// The handle of the port.
        [in] hPort => port: u32,
        /// The record.
        [out] pInfoStruct => info: InformationContainer,
    }
}

operation! {
    /// Sets the counters of a port to 0.
    6 RRasAdminPortClearStats(MprAdminPortClearStats) => PortClearStatsRequest, PortClearStatsAnswer {
        /// The handle of the port.
        [in] hPort => port: u32,
    }
}

operation! {
    /// Resets the device of a port.
    7 RRasAdminPortReset(MprAdminPortReset) => PortResetRequest, PortResetAnswer {
        /// The handle of the port.
        [in] hPort => port: u32,
    }
}

operation! {
    /// Ends the connection of a port.
    8 RRasAdminPortDisconnect(MprAdminPortDisconnect) => PortDisconnectRequest, PortDisconnectAnswer {
        /// The handle of the port.
        [in] hPort => port: u32,
    }
}
