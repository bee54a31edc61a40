//! The codes of `winerror.h` that Microsoft's pages on `mprapi.h` name.

/// `INVALID_HANDLE_VALUE`: as a connection it means "all of them" to [`MprAdminPortEnum`](crate::MprAdminPortEnum).
pub const INVALID_HANDLE_VALUE: crate::HANDLE = core::ptr::without_provenance_mut(usize::MAX);

macro_rules! codes {
    ($($(#[doc = $text:literal])+ $name:ident = $value:literal;)+) => {
        $($(#[doc = $text])+ pub const $name: crate::DWORD = $value;)+
    };
}

codes! {
    /// The call succeeded.
    NO_ERROR = 0;
    /// A file or a registry key is missing.
    ERROR_FILE_NOT_FOUND = 2;
    /// The caller may not do this.
    ERROR_ACCESS_DENIED = 5;
    /// A handle is not open, or not of this kind.
    ERROR_INVALID_HANDLE = 6;
    /// The library or the service is out of memory.
    ERROR_NOT_ENOUGH_MEMORY = 8;
    /// The data in a buffer that the caller gave is invalid.
    ERROR_INVALID_DATA = 13;
    /// The system does not support the request.
    ERROR_NOT_SUPPORTED = 50;
    /// A parameter is wrong, most often a null one.
    ERROR_INVALID_PARAMETER = 87;
    /// This system does not have the function.
    ERROR_CALL_NOT_IMPLEMENTED = 120;
    /// The caller's buffer is too small.
    ERROR_INSUFFICIENT_BUFFER = 122;
    /// A name has a wrong form.
    ERROR_INVALID_NAME = 123;
    /// The function does not know the level.
    ERROR_INVALID_LEVEL = 124;
    /// The name exists already.
    ERROR_ALREADY_EXISTS = 183;
    /// More data is available: call again with the resume handle.
    ERROR_MORE_DATA = 234;
    /// The enumeration has no more items.
    ERROR_NO_MORE_ITEMS = 259;
    /// The operation goes on in the background; an event signals its end.
    ERROR_IO_PENDING = 997;
    /// The service is not running.
    ERROR_SERVICE_NOT_ACTIVE = 1062;
    /// The thing asked for does not exist.
    ERROR_NOT_FOUND = 1168;
    /// The domain is unknown or cannot be reached.
    ERROR_NO_SUCH_DOMAIN = 1355;
    /// An internal error occurred.
    ERROR_INTERNAL_ERROR = 1359;
    /// The caller's and the library's structures are of different revisions.
    ERROR_REVISION_MISMATCH = 1306;
    /// The binding handle (a server's) is not valid.
    RPC_S_INVALID_BINDING = 1702;
    /// The server's remote procedure call interface is not there: the service is stopped, or still starting.
    RPC_S_UNKNOWN_IF = 1717;
    /// The server cannot be reached.
    RPC_S_SERVER_UNAVAILABLE = 1722;
    /// The server is too busy.
    RPC_S_SERVER_TOO_BUSY = 1723;
    /// The call was made and failed.
    RPC_S_CALL_FAILED = 1726;
    /// The server did not answer in time.
    RPC_S_CALL_CANCELLED = 1818;
    /// The user is not known (`NERR_UserNotFound`).
    NERR_UserNotFound = 2221;
}
