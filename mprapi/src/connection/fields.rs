//! The fields that several records of a connection have.

use mprapi_sys::{
    DWORD, GUID, HANDLE, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3,
    RAS_CONNECTION_4, RAS_CONNECTION_EX, ROUTER_INTERFACE_TYPE,
};

use crate::fields::fields;

fields! {
    /// Every record of a connection.
    pub(crate) HasConnection { hConnection: HANDLE }
    of RAS_CONNECTION_0 RAS_CONNECTION_1 RAS_CONNECTION_2 RAS_CONNECTION_3 RAS_CONNECTION_4 RAS_CONNECTION_EX
}

fields! {
    /// Records that tell the user.
    pub HasUser { dwInterfaceType: ROUTER_INTERFACE_TYPE; wszUserName: [u16; 257] }
    of RAS_CONNECTION_0 RAS_CONNECTION_2 RAS_CONNECTION_3 RAS_CONNECTION_4 RAS_CONNECTION_EX
}

fields! {
    /// Records that tell where the user comes from, and for how long.
    pub HasOrigin {
        dwConnectDuration: DWORD, dwConnectionFlags: DWORD;
        wszInterfaceName: [u16; 257], wszLogonDomain: [u16; 16], wszRemoteComputer: [u16; 17]
    }
    of RAS_CONNECTION_0 RAS_CONNECTION_4 RAS_CONNECTION_EX
}

fields! {
    /// Records that tell the interface's handle.
    pub HasInterface { hInterface: HANDLE }
    of RAS_CONNECTION_0 RAS_CONNECTION_1 RAS_CONNECTION_4 RAS_CONNECTION_EX
}

fields! {
    /// Records that tell the connection's GUID.
    pub HasGuid { guid: GUID } of RAS_CONNECTION_2 RAS_CONNECTION_3 RAS_CONNECTION_4 RAS_CONNECTION_EX
}

fields! {
    /// Records that tell the addresses outside the tunnel.
    pub HasEndpoints {
        dwNumSwitchOvers: DWORD; wszRemoteEndpointAddress: [u16; 65], wszLocalEndpointAddress: [u16; 65]
    }
    of RAS_CONNECTION_4 RAS_CONNECTION_EX
}
