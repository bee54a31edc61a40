//! Operations on credentials.

use super::call::operation;
use super::container::InformationContainer;
use crate::ndr::{Password, WideString};

operation! {
    /// Changes credentials of an interface, or the server's key.
    40 RRouterInterfaceSetCredentialsEx(MprAdminInterfaceSetCredentialsEx, MprAdminServerSetCredentials)
        => InterfaceSetCredentialsExRequest, InterfaceSetCredentialsExAnswer
    {
        /// The content of the record: 0 for EAP, 1 to 3 for a pre-shared key; 2 with no interface for the server's key.
        [in] dwLevel => level: u32,
        /// The record.
        [in] pInfoStruct => info: InformationContainer,
        /// The handle of the interface, 0 for the server.
        [in] hInterface => interface: u32,
    }
}

operation! {
    /// Reads credentials of an interface, or the server's key.
    41 RRouterInterfaceGetCredentialsEx(MprAdminInterfaceGetCredentialsEx, MprAdminServerGetCredentials)
        => InterfaceGetCredentialsExRequest, InterfaceGetCredentialsExAnswer
    {
        /// The content of the record: 0 for EAP, 1 to 3 for a pre-shared key; 2 with no interface for the server's key.
        [in] dwLevel => level: u32,
        /// The record. In a request, null.
        [in, out] pInfoStruct => info: InformationContainer,
        /// The handle of the interface, 0 for the server.
        [in] hInterface => interface: u32,
    }
}

operation! {
    /// Changes the user name, domain and password of an interface, on the client's own machine.
    49 RRouterInterfaceSetCredentialsLocal(MprAdminInterfaceSetCredentials)
        => InterfaceSetCredentialsLocalRequest, InterfaceSetCredentialsLocalAnswer
    {
        /// The name of the interface.
        [in] lpwsInterfaceName => interface: WideString,
        /// The name of the user.
        [in] lpwsUserName => user_name: WideString,
        /// The domain of the user.
        [in] lpwsDomainName => domain: WideString,
        /// The password of the user.
        [in] lpwsPassword => password: Password,
    }
}

operation! {
    /// Reads the user name, domain and password of an interface, on the client's own machine.
    50 RRouterInterfaceGetCredentialsLocal(MprAdminInterfaceGetCredentials)
        => InterfaceGetCredentialsLocalRequest, InterfaceGetCredentialsLocalAnswer
    {
        /// The name of the interface.
        [in] lpwsInterfaceName => interface: WideString,
        /// The name of the user.
        [out] lpwsUserName => user_name: Option<WideString>,
        /// The domain of the user.
        [out] lpwsDomainName => domain: Option<WideString>,
        /// The password of the user.
        [out] lpwsPassword => password: Option<Password>,
    }
}
