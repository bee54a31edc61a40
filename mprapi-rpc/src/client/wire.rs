//! How the client reaches a server.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::pdu::Fault;
use crate::record::Layout;

/// A way to one server, on which requests are sent.
pub trait Transport: Send + Sync {
    /// Sends a request, the number of an operation and its stub, and returns the stub of the answer.
    ///
    /// # Errors
    /// [`TransportError`] if there is no answer.
    fn call(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, TransportError>;

    /// Sends a request as [`call`](Transport::call) does, and returns the number of the session that answered beside the
    /// answer. A session is one connection to one server: after a reconnect, perhaps to another version of the server, it has
    /// another number.
    ///
    /// With `session`, the request is sent on no other. A transport whose connection never changes has one session, 0.
    ///
    /// # Errors
    /// [`TransportError::SessionOver`] if that session is over; the request was not sent.
    fn call_within(
        &self,
        _session: Option<u64>,
        opnum: u16,
        stub: &[u8],
    ) -> Result<(Vec<u8>, u64), TransportError> {
        self.call(opnum, stub).map(|answer| (answer, 0))
    }

    /// Returns the layout of the server's records, if it is known without a read of one; `None` unless a transport says
    /// more.
    fn layout(&self) -> Option<Layout> {
        None
    }

    /// Ends the way to the server: calls that wait for an answer fail, and no further one is made.
    fn close(&self) {}

    /// Takes the text of a failure that only the client notices, such as a record of an unknown size, and its code.
    fn note(&self, _code: u32, _text: String) {}

    /// Returns the time between two looks at the server's connections, by which notifications are emulated; `None` if a
    /// transport does not emulate them.
    fn poll(&self) -> Option<Duration> {
        None
    }

    /// Returns a way to the same server that can be closed by itself; `None` if this one serves for that too.
    fn another(&self) -> Option<Arc<dyn Transport>> {
        None
    }
}

/// A network: servers that can be reached by name.
///
/// The functions of a table cannot carry a value, so a network is a type.
pub trait Network: 'static {
    /// Returns the way to a server: by its name in UTF-16, without a zero at the end, or `None` for this machine.
    ///
    /// # Errors
    /// The code that the function which connects will answer.
    fn connect(server: Option<&[u16]>, purpose: Purpose) -> Result<Arc<dyn Transport>, u32>;

    /// Returns `true` if the service of a server runs: if one can connect to it, unless a network knows better.
    fn is_service_running(server: Option<&[u16]>) -> bool {
        Self::connect(server, Purpose::OneCall).is_ok()
    }
}

/// The reason for a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose {
    /// Administration, with a handle of `MprAdminServerConnect`.
    Administration,
    /// Management variables, with a handle of `MprAdminMIBServerConnect`.
    Variables,
    /// One call of a function that takes a name instead of a handle.
    OneCall,
}

/// An answer, or a request, that cannot be decoded.
pub(super) const RPC_X_BAD_STUB_DATA: u32 = 1783;

/// A request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportError {
    /// The server has refused the request.
    Fault(Fault),
    /// The network failed, with the code that callers of `mprapi.h` know for it.
    Failed {
        /// The code, such as 1722 for a server that cannot be reached.
        code: u32,
        /// The layer that failed, and why.
        text: String,
    },
    /// The session of the request is over. Nothing was sent.
    SessionOver,
}

impl TransportError {
    /// Returns the code that a function of `mprapi.h` answers.
    pub fn code(&self) -> u32 {
        const RPC_S_PROCNUM_OUT_OF_RANGE: u32 = 1745;
        const RPC_S_CALL_FAILED_DNE: u32 = 1727;
        const RPC_S_PROTOCOL_ERROR: u32 = 1728;
        match self {
            TransportError::Failed { code, .. } => *code,
            TransportError::SessionOver => RPC_S_CALL_FAILED_DNE,
            TransportError::Fault(fault) => match *fault {
                Fault::ACCESS_DENIED => mprapi_sys::ERROR_ACCESS_DENIED,
                Fault::BAD_STUB => RPC_X_BAD_STUB_DATA,
                Fault::OPERATION_UNKNOWN => RPC_S_PROCNUM_OUT_OF_RANGE,
                Fault::INTERFACE_UNKNOWN => mprapi_sys::RPC_S_UNKNOWN_IF,
                Fault::PROTOCOL => RPC_S_PROTOCOL_ERROR,
                Fault::NO_MEMORY => mprapi_sys::ERROR_NOT_ENOUGH_MEMORY,
                _ => mprapi_sys::RPC_S_CALL_FAILED,
            },
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TransportError::Fault(fault) => write!(f, "the server refused the call: {fault}"),
            TransportError::Failed { code, text } => write!(f, "{text} (error {code})"),
            TransportError::SessionOver => f.write_str("the connection has ended, and the call was not made"),
        }
    }
}

impl std::error::Error for TransportError {}

impl From<Fault> for TransportError {
    fn from(fault: Fault) -> TransportError {
        TransportError::Fault(fault)
    }
}
