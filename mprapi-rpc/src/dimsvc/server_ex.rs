//! The server's settings as the operations 44 and 47 transmit them.

use super::header::ObjectHeader;
use super::tunnel::{TunnelConfig1, TunnelConfig2, TunnelConfig3};
use crate::ndr::{ndr_struct, ndr_union};

ndr_struct! {
    /// The state and settings of a server (`MPR_SERVER_EX_1`).
    #[derive(Default)]
    struct ServerEx1 {
        /// The kind of object and its revision.
        Header => header: ObjectHeader,
        /// Not 0 if the machine is no router for remote access.
        fLanOnlyMode => is_lan_only: u32,
        /// The time since the server started, in seconds.
        dwUpTime => up_time: u32,
        /// The number of ports.
        dwTotalPorts => total_ports: u32,
        /// The number of ports in use.
        dwPortsInUse => ports_in_use: u32,
        /// Not used, 0.
        Reserved => reserved: u32,
        /// Settings of the tunnels.
        ConfigParams => config: TunnelConfig1,
    }
}

ndr_struct! {
    /// The state and settings of a server (`MPR_SERVER_EX_2`).
    #[derive(Default)]
    struct ServerEx2 {
        /// The kind of object and its revision.
        Header => header: ObjectHeader,
        /// Not 0 if the machine is no router for remote access.
        fLanOnlyMode => is_lan_only: u32,
        /// The time since the server started, in seconds.
        dwUpTime => up_time: u32,
        /// The number of ports.
        dwTotalPorts => total_ports: u32,
        /// The number of ports in use.
        dwPortsInUse => ports_in_use: u32,
        /// Not used, 0.
        Reserved => reserved: u32,
        /// Settings of the tunnels.
        ConfigParams => config: TunnelConfig2,
    }
}

ndr_struct! {
    /// The state and settings of a server (`MPR_SERVER_EX_3`).
    #[derive(Default)]
    struct ServerEx3 {
        /// The kind of object and its revision.
        Header => header: ObjectHeader,
        /// Not 0 if the machine is no router for remote access.
        fLanOnlyMode => is_lan_only: u32,
        /// The time since the server started, in seconds.
        dwUpTime => up_time: u32,
        /// The number of ports.
        dwTotalPorts => total_ports: u32,
        /// The number of ports in use.
        dwPortsInUse => ports_in_use: u32,
        /// Not used, 0.
        Reserved => reserved: u32,
        /// Settings of the tunnels.
        ConfigParams => config: TunnelConfig3,
    }
}

ndr_union! {
    /// The state and settings of a server, by their revision (`MPR_SERVER_EX_IDL`).
    union ServerEx(revision) {
        /// Revision 1.
        1 => Revision1(ServerEx1),
        /// Revision 2.
        2 => Revision2(ServerEx2),
        /// Revision 3.
        3 => Revision3(ServerEx3),
    }
}

ndr_struct! {
    /// A change of a server's settings (`MPR_SERVER_SET_CONFIG_EX_1`).
    #[derive(Default)]
    struct ServerSetConfigEx1 {
        /// The kind of object and its revision.
        Header => header: ObjectHeader,
        /// The kinds of tunnel to change: `MPRAPI_SET_CONFIG_PROTOCOL_FOR_…`.
        setConfigForProtocols => protocols: u32,
        /// The new settings.
        ConfigParams => config: TunnelConfig1,
    }
}

ndr_struct! {
    /// A change of a server's settings (`MPR_SERVER_SET_CONFIG_EX_2`).
    #[derive(Default)]
    struct ServerSetConfigEx2 {
        /// The kind of object and its revision.
        Header => header: ObjectHeader,
        /// The kinds of tunnel to change: `MPRAPI_SET_CONFIG_PROTOCOL_FOR_…`.
        setConfigForProtocols => protocols: u32,
        /// The new settings.
        ConfigParams => config: TunnelConfig2,
    }
}

ndr_struct! {
    /// A change of a server's settings (`MPR_SERVER_SET_CONFIG_EX_3`).
    #[derive(Default)]
    struct ServerSetConfigEx3 {
        /// The kind of object and its revision.
        Header => header: ObjectHeader,
        /// The kinds of tunnel to change: `MPRAPI_SET_CONFIG_PROTOCOL_FOR_…`.
        setConfigForProtocols => protocols: u32,
        /// The new settings.
        ConfigParams => config: TunnelConfig3,
    }
}

ndr_union! {
    /// A change of a server's settings, by its revision (`MPR_SERVER_SET_CONFIG_EX_IDL`).
    union ServerSetConfigEx(revision) {
        /// Revision 1.
        1 => Revision1(ServerSetConfigEx1),
        /// Revision 2.
        2 => Revision2(ServerSetConfigEx2),
        /// Revision 3.
        3 => Revision3(ServerSetConfigEx3),
    }
}
