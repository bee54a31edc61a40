//! Operations on management information bases.

use super::call::operation;
use super::container::MibEntryContainer;

operation! {
    /// Creates an entry.
    26 RMIBEntryCreate(MprAdminMIBEntryCreate) => MibEntryCreateRequest, MibEntryCreateAnswer {
        /// The transport, or another owner of variables.
        [in] dwPid => protocol: u32,
        /// The routing protocol that answers.
        [in] dwRoutingPid => routing_protocol: u32,
        /// The entry.
        [in] pInfoStuct => entry: MibEntryContainer,
    }
}

operation! {
    /// Deletes an entry.
    27 RMIBEntryDelete(MprAdminMIBEntryDelete) => MibEntryDeleteRequest, MibEntryDeleteAnswer {
        /// The transport, or another owner of variables.
        [in] dwPid => protocol: u32,
        /// The routing protocol that answers.
        [in] dwRoutingPid => routing_protocol: u32,
        /// The entry.
        [in] pInfoStuct => entry: MibEntryContainer,
    }
}

operation! {
    /// Changes an entry.
    28 RMIBEntrySet(MprAdminMIBEntrySet) => MibEntrySetRequest, MibEntrySetAnswer {
        /// The transport, or another owner of variables.
        [in] dwPid => protocol: u32,
        /// The routing protocol that answers.
        [in] dwRoutingPid => routing_protocol: u32,
        /// The entry.
        [in] pInfoStuct => entry: MibEntryContainer,
    }
}

operation! {
    /// Reads an entry.
    29 RMIBEntryGet(MprAdminMIBEntryGet) => MibEntryGetRequest, MibEntryGetAnswer {
        /// The transport, or another owner of variables.
        [in] dwPid => protocol: u32,
        /// The routing protocol that answers.
        [in] dwRoutingPid => routing_protocol: u32,
        /// The question, and in an answer the entry.
        [in, out] pInfoStuct => entry: MibEntryContainer,
    }
}

operation! {
    /// Reads the first entry.
    30 RMIBEntryGetFirst(MprAdminMIBEntryGetFirst) => MibEntryGetFirstRequest, MibEntryGetFirstAnswer {
        /// The transport, or another owner of variables.
        [in] dwPid => protocol: u32,
        /// The routing protocol that answers.
        [in] dwRoutingPid => routing_protocol: u32,
        /// The question, and in an answer the entry.
        [in, out] pInfoStuct => entry: MibEntryContainer,
    }
}

operation! {
    /// Reads the entry behind another.
    31 RMIBEntryGetNext(MprAdminMIBEntryGetNext) => MibEntryGetNextRequest, MibEntryGetNextAnswer {
        /// The transport, or another owner of variables.
        [in] dwPid => protocol: u32,
        /// The routing protocol that answers.
        [in] dwRoutingPid => routing_protocol: u32,
        /// The question, and in an answer the entry.
        [in, out] pInfoStuct => entry: MibEntryContainer,
    }
}

operation! {
    /// Reads what a trap reports.
    32 RMIBGetTrapInfo(MprAdminMIBGetTrapInfo) => MibGetTrapInfoRequest, MibGetTrapInfoAnswer {
        /// The transport, or another owner of variables.
        [in] dwPid => protocol: u32,
        /// The routing protocol that answers.
        [in] dwRoutingPid => routing_protocol: u32,
        /// The question, and in an answer the report.
        [in, out] pInfoStruct => entry: MibEntryContainer,
    }
}

operation! {
    /// Registers an event for a trap. A handle of an event means nothing on another machine, so only a client on the server's
    /// own machine can use it.
    33 RMIBSetTrapInfo(MprAdminMIBSetTrapInfo) => MibSetTrapInfoRequest, MibSetTrapInfoAnswer {
        /// The transport, or another owner of variables.
        [in] dwPid => protocol: u32,
        /// The routing protocol that answers.
        [in] dwRoutingPid => routing_protocol: u32,
        /// The handle of the event.
        [in] hEvent => event: u32,
        /// The process that the handle belongs to.
        [in] dwClientProcessId => process: u32,
        /// The variable to watch, and in an answer more about it.
        [in, out] pInfoStruct => entry: MibEntryContainer,
    }
}
