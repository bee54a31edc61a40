//! Predicates that tell a program what to do about an error: forget, connect again, wait, or give up.

use mprapi_sys::{self as sys, Function};

use super::{Cause, Error, ErrorKind};

/// Codes of headers that the bindings do not cover.
pub(crate) mod raw {
    pub(crate) const BAD_NETPATH: u32 = 53;
    pub(crate) const NETNAME_DELETED: u32 = 64;
    pub(crate) const SEM_TIMEOUT: u32 = 121;
    pub(crate) const PROC_NOT_FOUND: u32 = 127;
    pub(crate) const BUSY: u32 = 170;
    pub(crate) const INVALID_PORT_HANDLE: u32 = 601;
    pub(crate) const PORT_NOT_CONNECTED: u32 = 606;
    pub(crate) const PORT_NOT_FOUND: u32 = 615;
    pub(crate) const NO_CONNECTION: u32 = 668;
    pub(crate) const PRIVILEGE_NOT_HELD: u32 = 1314;
    pub(crate) const LOGON_FAILURE: u32 = 1326;
    pub(crate) const TIMEOUT: u32 = 1460;
    pub(crate) const CALL_FAILED_DNE: u32 = 1727;
    /// The answer of a server to a call that came with a later Windows.
    pub(crate) const PROCNUM_OUT_OF_RANGE: u32 = 1745;
    pub(crate) const EPT_NOT_REGISTERED: u32 = 1753;
    pub(crate) const COMM_FAILURE: u32 = 1820;
}

/// The answers to "what now?". They look at the function as well as the code, because functions answer the same with
/// different codes, and different things with the same code. An error may have several of them, or none.
///
/// ```
/// use mprapi::{Error, PortId, Server};
///
/// /// Disconnects a port. One that is free already is as good.
/// fn disconnect(server: &Server, port: PortId) -> Result<(), Error> {
///     match server.port(port)?.disconnect() {
///         Err(error) if error.is_gone() => Ok(()),
///         result => result,
///     }
/// }
/// ```
impl Error {
    /// Returns `true` if the connection, the port, the interface or the interface's transport that the call was about is not
    /// there, or is not connected. A program forgets it, and has nothing left to end.
    ///
    /// Each of these codes says so, whichever function answered it: `ERROR_INVALID_PORT_HANDLE` (601),
    /// `ERROR_PORT_NOT_CONNECTED` (606), `ERROR_PORT_NOT_FOUND` (615), `ERROR_NO_CONNECTION` (668),
    /// `ERROR_NO_SUCH_INTERFACE` (905) and `ERROR_INTERFACE_NOT_CONNECTED` (906). These do for some functions only:
    ///
    /// | code | functions |
    /// |---|---|
    /// | `ERROR_INVALID_HANDLE` (6) | those that take the handle of an interface, a port or a connection, but for `MprAdminInterfaceTransportGetInfo`, which answers it for a disabled interface too |
    /// | `ERROR_INVALID_PARAMETER` (87) | `MprAdminConnectionGetInfo`, `MprAdminConnectionClearStats`, `MprAdminConnectionRemoveQuarantine`, `MprAdminPortDisconnect` and `MprAdminPortReset` |
    /// | `RPC_S_INVALID_BINDING` (1702) | `MprAdminPortClearStats`, for a bad handle of the server too: [`needs_reconnect`](Error::needs_reconnect) is `true` as well |
    /// | `ERROR_UNKNOWN_PROTOCOL_ID` (902) | `MprConfigTransportGetHandle`, `MprConfigTransportGetInfo` and `MprConfigTransportSetInfo` |
    ///
    /// A server may give the handle of a connection that ended to the next one, so the opposite does not hold: a call
    /// that succeeded may have been about another connection than the one that the handle was read of.
    #[inline]
    pub fn is_gone(&self) -> bool {
        let (Some(code), function) = (self.code(), self.called()) else { return false };
        match code {
            raw::INVALID_PORT_HANDLE
            | raw::PORT_NOT_CONNECTED
            | raw::PORT_NOT_FOUND
            | raw::NO_CONNECTION
            | sys::ERROR_NO_SUCH_INTERFACE
            | sys::ERROR_INTERFACE_NOT_CONNECTED => true,
            sys::ERROR_INVALID_HANDLE => {
                function != Some(Function::MprAdminInterfaceTransportGetInfo)
                    && function.is_some_and(takes_a_part)
            }
            sys::ERROR_INVALID_PARAMETER => matches!(
                function,
                Some(
                    Function::MprAdminConnectionGetInfo
                        | Function::MprAdminConnectionClearStats
                        | Function::MprAdminConnectionRemoveQuarantine
                        | Function::MprAdminPortDisconnect
                        | Function::MprAdminPortReset
                )
            ),
            sys::RPC_S_INVALID_BINDING => function == Some(Function::MprAdminPortClearStats),
            sys::ERROR_UNKNOWN_PROTOCOL_ID => matches!(
                function,
                Some(
                    Function::MprConfigTransportGetHandle
                        | Function::MprConfigTransportGetInfo
                        | Function::MprConfigTransportSetInfo
                )
            ),
            _ => false,
        }
    }

    /// Returns `true` if the [`Server`](crate::Server), [`Configuration`](crate::Configuration) or
    /// [`MibServer`](crate::MibServer) that the call went through may be of no use any more: the service or the machine was
    /// restarted, or the network failed. Connect again. Where the old connection would have worked again, that costs one call
    /// and loses nothing but ids, which are the old connection's.
    ///
    /// The codes are `ERROR_NETNAME_DELETED` (64), `RPC_S_INVALID_BINDING` (1702), `RPC_S_UNKNOWN_IF` (1717),
    /// `RPC_S_SERVER_UNAVAILABLE` (1722), `RPC_S_CALL_FAILED` (1726), `RPC_S_CALL_FAILED_DNE` (1727),
    /// `EPT_S_NOT_REGISTERED` (1753), `RPC_S_COMM_FAILURE` (1820), and `ERROR_INVALID_HANDLE` (6) of a function that takes no
    /// handle but the server's.
    ///
    /// After 1726 and 1820 the server may have done what it was asked: repeat the call only if doing it twice is harmless.
    #[inline]
    pub fn needs_reconnect(&self) -> bool {
        match self.code() {
            Some(sys::ERROR_INVALID_HANDLE) => self.called().is_some_and(|function| !takes_a_part(function)),
            Some(code) => matches!(
                code,
                raw::NETNAME_DELETED
                    | sys::RPC_S_INVALID_BINDING
                    | sys::RPC_S_UNKNOWN_IF
                    | sys::RPC_S_SERVER_UNAVAILABLE
                    | sys::RPC_S_CALL_FAILED
                    | raw::CALL_FAILED_DNE
                    | raw::EPT_NOT_REGISTERED
                    | raw::COMM_FAILURE
            ),
            None => false,
        }
    }

    /// Returns `true` if the same call may succeed later without a change to it: the service is stopped, paused or still
    /// starting, the server is busy, out of memory or cannot be reached.
    ///
    /// The codes are `ERROR_NOT_ENOUGH_MEMORY` (8), `ERROR_OUTOFMEMORY` (14), `ERROR_BAD_NETPATH` (53),
    /// `ERROR_NETNAME_DELETED` (64), `ERROR_SEM_TIMEOUT` (121), `ERROR_BUSY` (170), `ERROR_ROUTER_STOPPED` (900),
    /// `ERROR_DDM_NOT_RUNNING` (903), `ERROR_UPDATE_IN_PROGRESS` (911), `ERROR_SERVICE_IS_PAUSED` (928),
    /// `ERROR_SERVICE_NOT_ACTIVE` (1062), `ERROR_TIMEOUT` (1460), `RPC_S_UNKNOWN_IF` (1717),
    /// `RPC_S_SERVER_UNAVAILABLE` (1722), `RPC_S_SERVER_TOO_BUSY` (1723), `RPC_S_CALL_FAILED` (1726),
    /// `RPC_S_CALL_FAILED_DNE` (1727), `EPT_S_NOT_REGISTERED` (1753) and `RPC_S_COMM_FAILURE` (1820). It is also `true` where
    /// this crate did not begin a call because too many go on.
    ///
    /// A wait needs a limit: a server without remote access answers 903 for ever, and one that is taken out of service 1722.
    #[inline]
    pub fn is_transient(&self) -> bool {
        match self.code() {
            Some(code) => {
                matches!(
                    code,
                    raw::BAD_NETPATH
                        | raw::NETNAME_DELETED
                        | raw::SEM_TIMEOUT
                        | raw::BUSY
                        | sys::ERROR_ROUTER_STOPPED
                        | sys::ERROR_DDM_NOT_RUNNING
                        | sys::ERROR_UPDATE_IN_PROGRESS
                        | sys::ERROR_SERVICE_IS_PAUSED
                        | sys::ERROR_SERVICE_NOT_ACTIVE
                        | raw::TIMEOUT
                        | sys::RPC_S_UNKNOWN_IF
                        | sys::RPC_S_SERVER_UNAVAILABLE
                        | sys::RPC_S_SERVER_TOO_BUSY
                        | sys::RPC_S_CALL_FAILED
                        | raw::CALL_FAILED_DNE
                        | raw::EPT_NOT_REGISTERED
                        | raw::COMM_FAILURE
                ) || self.kind() == ErrorKind::OutOfMemory
            }
            None => matches!(self.0.cause, Cause::Busy(_)),
        }
    }

    /// Returns `true` if the caller is not allowed to do this. Neither waiting nor connecting again helps: an administrator of
    /// the server has to run the program, or give the account its rights.
    ///
    /// The codes are `ERROR_ACCESS_DENIED` (5), `ERROR_PRIVILEGE_NOT_HELD` (1314) and `ERROR_LOGON_FAILURE` (1326).
    #[inline]
    pub fn is_denied(&self) -> bool {
        matches!(self.code(), Some(sys::ERROR_ACCESS_DENIED | raw::PRIVILEGE_NOT_HELD | raw::LOGON_FAILURE))
    }

    /// Returns `true` if the library or the server is too old for the call, or for its level of information, or does not have
    /// what it is about. Another level may do.
    ///
    /// The [kinds](Error::kind) are [`ErrorKind::Unsupported`] and [`ErrorKind::MissingFunction`].
    #[inline]
    pub fn is_unsupported(&self) -> bool {
        matches!(self.kind(), ErrorKind::Unsupported | ErrorKind::MissingFunction)
    }

    /// Returns `true` if the router, its stored configuration or the interface does not have the transport that the call was
    /// about.
    ///
    /// The codes are `ERROR_UNKNOWN_PROTOCOL_ID` (902), and `ERROR_NO_SUCH_INTERFACE` (905) of the functions on a transport of
    /// an interface. Of a stored configuration 905 may also mean that the interface was taken out.
    ///
    /// ```
    /// use mprapi::{Error, Server, TransportId};
    ///
    /// fn routes_ipv6(server: &Server) -> Result<bool, Error> {
    ///     match server.transport_info(TransportId::Ipv6) {
    ///         Ok(_) => Ok(true),
    ///         Err(error) if error.is_no_such_transport() => Ok(false),
    ///         Err(error) => Err(error),
    ///     }
    /// }
    /// ```
    #[inline]
    pub fn is_no_such_transport(&self) -> bool {
        match self.code() {
            Some(sys::ERROR_UNKNOWN_PROTOCOL_ID) => true,
            Some(sys::ERROR_NO_SUCH_INTERFACE) => matches!(
                self.called(),
                Some(
                    Function::MprAdminInterfaceTransportGetInfo
                        | Function::MprAdminInterfaceTransportSetInfo
                        | Function::MprAdminInterfaceTransportRemove
                        | Function::MprAdminInterfaceUpdateRoutes
                        | Function::MprAdminInterfaceQueryUpdateResult
                        | Function::MprConfigInterfaceTransportGetHandle
                        | Function::MprConfigInterfaceTransportGetInfo
                        | Function::MprConfigInterfaceTransportSetInfo
                )
            ),
            _ => false,
        }
    }
}

/// Returns `true` if the function takes, besides the server's handle, that of an interface, a port or a connection.
fn takes_a_part(function: Function) -> bool {
    use Function::*;
    matches!(
        function,
        MprAdminConnectionClearStats
            | MprAdminConnectionGetInfo
            | MprAdminConnectionGetInfoEx
            | MprAdminConnectionRemoveQuarantine
            | MprAdminInterfaceConnect
            | MprAdminInterfaceDelete
            | MprAdminInterfaceDeviceGetInfo
            | MprAdminInterfaceDeviceSetInfo
            | MprAdminInterfaceDisconnect
            | MprAdminInterfaceGetCredentialsEx
            | MprAdminInterfaceGetCustomInfoEx
            | MprAdminInterfaceGetInfo
            | MprAdminInterfaceQueryUpdateResult
            | MprAdminInterfaceSetCredentialsEx
            | MprAdminInterfaceSetCustomInfoEx
            | MprAdminInterfaceSetInfo
            | MprAdminInterfaceTransportAdd
            | MprAdminInterfaceTransportGetInfo
            | MprAdminInterfaceTransportRemove
            | MprAdminInterfaceTransportSetInfo
            | MprAdminInterfaceUpdatePhonebookInfo
            | MprAdminInterfaceUpdateRoutes
            | MprAdminPortClearStats
            | MprAdminPortDisconnect
            | MprAdminPortEnum
            | MprAdminPortGetInfo
            | MprAdminPortReset
            | MprAdminSendUserMessage
            | MprAdminUpdateConnection
    )
}
