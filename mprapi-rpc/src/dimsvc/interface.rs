//! Operations on interfaces.

use super::call::operation;
use super::container::InformationContainer;
use super::policy::CustomInfoEx;
use crate::ndr::WideString;

operation! {
    /// Finds an interface by its name.
    11 RRouterInterfaceGetHandle(MprAdminInterfaceGetHandle)
        => InterfaceGetHandleRequest, InterfaceGetHandleAnswer
    {
        /// The name of the interface.
        [in] lpwsInterfaceName => name: WideString,
        /// The handle of the interface. In a request, not used.
        [in, out] phInterface => interface: u32,
        /// Not 0 to find interfaces of clients too.
        [in] fIncludeClientInterfaces => include_clients: u32,
    }
}

operation! {
    /// Creates an interface.
    12 RRouterInterfaceCreate(MprAdminInterfaceCreate) => InterfaceCreateRequest, InterfaceCreateAnswer {
        /// The level of the record: 0 to 3 for `MPRI_INTERFACE_0` to `MPRI_INTERFACE_3`.
        [in] dwLevel => level: u32,
        /// The record.
        [in] pInfoStruct => info: InformationContainer,
        /// The handle of the interface. In a request, not used.
        [in, out] phInterface => interface: u32,
    }
}

operation! {
    /// Reads one interface.
    13 RRouterInterfaceGetInfo(MprAdminInterfaceGetInfo)
        => InterfaceGetInfoRequest, InterfaceGetInfoAnswer
    {
        /// The level of the record: 0 to 3 for `MPRI_INTERFACE_0` to `MPRI_INTERFACE_3`.
        [in] dwLevel => level: u32,
        /// The record. In a request, null.
        [in, out] pInfoStruct => info: InformationContainer,
        /// The handle of the interface.
        [in] hInterface => interface: u32,
    }
}

operation! {
    /// Changes an interface.
    14 RRouterInterfaceSetInfo(MprAdminInterfaceSetInfo)
        => InterfaceSetInfoRequest, InterfaceSetInfoAnswer
    {
        /// The level of the record: 0 to 3 for `MPRI_INTERFACE_0` to `MPRI_INTERFACE_3`.
        [in] dwLevel => level: u32,
        /// The record.
        [in] pInfoStruct => info: InformationContainer,
        /// The handle of the interface.
        [in] hInterface => interface: u32,
    }
}

operation! {
    /// Deletes an interface.
    15 RRouterInterfaceDelete(MprAdminInterfaceDelete) => InterfaceDeleteRequest, InterfaceDeleteAnswer {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
    }
}

operation! {
    /// Lists interfaces.
    20 RRouterInterfaceEnum(MprAdminInterfaceEnum) => InterfaceEnumRequest, InterfaceEnumAnswer {
        /// The level of the records: 0 for `MPRI_INTERFACE_0`.
        [in] dwLevel => level: u32,
        /// The records. In a request, null.
        [in, out] pInfoStruct => info: InformationContainer,
        /// The preferred size of the answer, in bytes; `u32::MAX` for all at once.
        [in] dwPreferedMaximumLength => preferred_length: u32,
        /// The number of records.
        [out] lpdwEntriesRead => entries_read: u32,
        /// The number of interfaces from the place where the enumeration began.
        [out] lpdwTotalEntries => total_entries: u32,
        /// The place to go on from, 0 at the beginning.
        [in, out] lpdwResumeHandle => resume: Option<u32>,
    }
}

operation! {
    /// Connects a demand-dial interface. A handle of an event means nothing on another machine, so only a client on the
    /// server's own machine can give one.
    21 RRouterInterfaceConnect(MprAdminInterfaceConnect)
        => InterfaceConnectRequest, InterfaceConnectAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The handle of an event to signal at the end, 0 for none.
        [in] hEvent => event: u32,
        /// Not 0 to answer when the attempt has ended.
        [in] fBlocking => blocking: u32,
        /// The process that the handle of the event belongs to.
        [in] dwCallersProcessId => process: u32,
    }
}

operation! {
    /// Disconnects a demand-dial interface.
    22 RRouterInterfaceDisconnect(MprAdminInterfaceDisconnect)
        => InterfaceDisconnectRequest, InterfaceDisconnectAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
    }
}

operation! {
    /// Asks the other router for its routes. A handle of an event means nothing on another machine.
    23 RRouterInterfaceUpdateRoutes(MprAdminInterfaceUpdateRoutes)
        => InterfaceUpdateRoutesRequest, InterfaceUpdateRoutesAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
        /// The handle of an event to signal at the end, 0 for none.
        [in] hEvent => event: u32,
        /// The process that the handle of the event belongs to.
        [in] dwClientProcessId => process: u32,
    }
}

operation! {
    /// Reads the result of the last update of routes.
    24 RRouterInterfaceQueryUpdateResult(MprAdminInterfaceQueryUpdateResult)
        => InterfaceQueryUpdateResultRequest, InterfaceQueryUpdateResultAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
        /// The result of the update: 0, or an error code.
        [out] pUpdateResult => update_result: u32,
    }
}

operation! {
    /// Reads the phone book of a demand-dial interface again.
    25 RRouterInterfaceUpdatePhonebookInfo(MprAdminInterfaceUpdatePhonebookInfo)
        => InterfaceUpdatePhonebookInfoRequest, InterfaceUpdatePhonebookInfoAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
    }
}

operation! {
    /// Reads the custom settings of an interface.
    51 RRouterInterfaceGetCustomInfoEx(MprAdminInterfaceGetCustomInfoEx)
        => InterfaceGetCustomInfoExRequest, InterfaceGetCustomInfoExAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The settings. The request chooses the revision.
        [in, out] pIfCustomConfig => config: CustomInfoEx,
    }
}

operation! {
    /// Changes the custom settings of an interface.
    52 RRouterInterfaceSetCustomInfoEx(MprAdminInterfaceSetCustomInfoEx)
        => InterfaceSetCustomInfoExRequest, InterfaceSetCustomInfoExAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The settings.
        [in, out] pIfCustomConfig => config: CustomInfoEx,
    }
}
