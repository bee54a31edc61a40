//! Operations on the server as a whole.

use super::call::operation;
use super::container::InformationContainer;
use super::server_ex::{ServerEx, ServerSetConfigEx};

operation! {
    /// Reads the server's state.
    0 RMprAdminServerGetInfo(MprAdminServerGetInfo) => ServerGetInfoRequest, ServerGetInfoAnswer {
        /// The level of the record: 0 for `MPR_SERVER_0`, 1 for `MPR_SERVER_1`, 2 for `MPR_SERVER_2`.
        [in] dwLevel => level: u32,
        /// The record.
        [out] pInfoStruct => info: InformationContainer,
    }
}

operation! {
    /// Changes the numbers of ports.
    43 RMprAdminServerSetInfo(MprAdminServerSetInfo) => ServerSetInfoRequest, ServerSetInfoAnswer {
        /// The level of the record: 1 for `MPR_SERVER_1`, 2 for `MPR_SERVER_2`.
        [in] dwLevel => level: u32,
        /// The record.
        [in] pInfoStruct => info: InformationContainer,
    }
}

operation! {
    /// Reads the server's state and the settings of its tunnels.
    44 RMprAdminServerGetInfoEx(MprAdminServerGetInfoEx) => ServerGetInfoExRequest, ServerGetInfoExAnswer {
        /// The state. The request chooses the revision.
        [in, out] pServerConfig => config: ServerEx,
    }
}

operation! {
    /// Changes the settings of tunnels.
    47 RMprAdminServerSetInfoEx(MprAdminServerSetInfoEx) => ServerSetInfoExRequest, ServerSetInfoExAnswer {
        /// The change.
        [in] pServerConfig => config: ServerSetConfigEx,
    }
}
