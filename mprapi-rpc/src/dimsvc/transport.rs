//! Operations on transports: those of the server, and those of an interface.

use super::call::operation;
use super::container::InterfaceContainer;
use crate::ndr::WideString;

operation! {
    /// Changes the global information of a transport.
    9 RRouterInterfaceTransportSetGlobalInfo(MprAdminTransportSetInfo)
        => TransportSetGlobalInfoRequest, TransportSetGlobalInfoAnswer
    {
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
        /// The information.
        [in] pInfoStruct => info: InterfaceContainer,
    }
}

operation! {
    /// Reads the global information of a transport.
    10 RRouterInterfaceTransportGetGlobalInfo(MprAdminTransportGetInfo)
        => TransportGetGlobalInfoRequest, TransportGetGlobalInfoAnswer
    {
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
        /// The information. In a request, which kinds to answer with.
        [in, out] pInfoStruct => info: InterfaceContainer,
    }
}

operation! {
    /// Removes a transport from an interface.
    16 RRouterInterfaceTransportRemove(MprAdminInterfaceTransportRemove)
        => InterfaceTransportRemoveRequest, InterfaceTransportRemoveAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
    }
}

operation! {
    /// Adds a transport to an interface.
    17 RRouterInterfaceTransportAdd(MprAdminInterfaceTransportAdd)
        => InterfaceTransportAddRequest, InterfaceTransportAddAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
        /// The information.
        [in] pInfoStruct => info: InterfaceContainer,
    }
}

operation! {
    /// Reads the information about a transport of an interface.
    18 RRouterInterfaceTransportGetInfo(MprAdminInterfaceTransportGetInfo)
        => InterfaceTransportGetInfoRequest, InterfaceTransportGetInfoAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
        /// The information. In a request, which kinds to answer with.
        [in, out] pInfoStruct => info: InterfaceContainer,
    }
}

operation! {
    /// Changes the information about a transport of an interface.
    19 RRouterInterfaceTransportSetInfo(MprAdminInterfaceTransportSetInfo)
        => InterfaceTransportSetInfoRequest, InterfaceTransportSetInfoAnswer
    {
        /// The handle of the interface.
        [in] hInterface => interface: u32,
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
        /// The information.
        [in] pInfoStruct => info: InterfaceContainer,
    }
}

operation! {
    /// Creates a transport.
    37 RRouterInterfaceTransportCreate(MprAdminTransportCreate)
        => TransportCreateRequest, TransportCreateAnswer
    {
        /// The transport: `PID_IP`, `PID_IPV6`, `PID_IPX`.
        [in] dwTransportId => transport: u32,
        /// The name of the transport.
        [in] lpwsTransportName => name: WideString,
        /// The information.
        [in] pInfoStruct => info: InterfaceContainer,
        /// The path of the library that implements the transport.
        [in] lpwsDLLPath => library: WideString,
    }
}
