//! Names of things on a server: its own handles, marked with the connection they came over.

use std::fmt;
use std::ptr;
use std::str::FromStr;

use mprapi_sys::HANDLE;

use crate::{Error, Result, Server};

/// A handle of a server, and the number of the connection that it came over.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Id {
    handle: HANDLE,
    session: u64,
}

// SAFETY: the handle is a number that only the server gives a meaning to.
unsafe impl Send for Id {}
// SAFETY: as above.
unsafe impl Sync for Id {}

/// The owners of records, whose connections have numbers.
pub trait Origin {
    /// Returns the number of the connection that the record came over.
    #[doc(hidden)]
    fn serial(&self) -> u64;
}

impl Origin for Server {
    #[inline]
    fn serial(&self) -> u64 {
        Server::serial(self)
    }
}

impl Id {
    #[inline]
    pub(crate) fn new(owner: &impl Origin, handle: HANDLE) -> Id {
        Id { handle, session: owner.serial() }
    }

    /// Returns the handle if it belongs to `server`. `function` is the call that needs it.
    #[inline]
    pub(crate) fn on(self, server: &Server, function: &'static str) -> Result<HANDLE> {
        if self.session == server.serial() {
            Ok(self.handle)
        } else {
            Err(Error::argument(function, "the id belongs to another server or to an earlier connection"))
        }
    }

    #[inline]
    pub(crate) fn handle(self) -> HANDLE {
        self.handle
    }
}

/// The number of no connection: theirs begin with 1.
pub(crate) const NO_SERVER: u64 = 0;

impl Default for Id {
    #[inline]
    fn default() -> Id {
        Id { handle: ptr::null_mut(), session: NO_SERVER }
    }
}

impl FromStr for Id {
    type Err = ParseIdError;

    #[inline]
    fn from_str(text: &str) -> std::result::Result<Id, ParseIdError> {
        let digits = text.strip_prefix("0x").filter(|digits| !digits.starts_with('+'));
        let number =
            usize::from_str_radix(digits.ok_or(ParseIdError(()))?, 16).map_err(|_| ParseIdError(()))?;
        Ok(Id { handle: ptr::without_provenance_mut(number), session: NO_SERVER })
    }
}

/// A text that is no id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseIdError(());

impl fmt::Display for ParseIdError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id, which is written like 0x1d5000000e0")
    }
}

impl std::error::Error for ParseIdError {}

impl fmt::Display for Id {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:#x}", self.handle.addr()))
    }
}

impl fmt::Debug for Id {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Defines a type of id around an [`Id`], so that the id of a port is not taken for that of a connection. So
///
/// ```text
/// id! {
///     /// The id of a port on the server that it was read from.
///     PortId
/// }
/// ```
///
/// becomes, with more documentation,
///
/// ```text
/// /// The id of a port on the server that it was read from.
/// #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
/// pub struct PortId(pub(crate) Id);
///
/// impl PortId {
///     /// The server's handle, as the raw API has it.
///     #[inline]
///     pub fn as_raw(self) -> HANDLE {
///         self.0.handle()
///     }
/// }
///
/// impl FromStr for PortId {
///     type Err = ParseIdError;
///
///     #[inline]
///     fn from_str(text: &str) -> std::result::Result<PortId, ParseIdError> {
///         text.parse().map(PortId)
///     }
/// }
///
/// impl fmt::Display for PortId {
///     #[inline]
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         self.0.fmt(f)
///     }
/// }
/// ```
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        ///
        /// It is plain data and may outlive the record. It is valid for the connection to the server over which it was read:
        /// another server, or a new connection to the same one, refuses it with an error. (Servers use the same small
        /// numbers, so it could name something else there.)
        ///
        /// When an object is gone, a server may give its number to the next one at once. The id then names the next one, and no
        /// error says so. Before acting on an id that was kept, compare the record (user and start, or name).
        ///
        /// The default, and an id that was read from text, belong to no server: they can be compared, for tests and for records
        /// that are read back, but every server refuses them.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(pub(crate) $crate::id::Id);

        impl $name {
            /// Returns the server's handle, as the raw API has it.
            #[inline]
            pub fn as_raw(self) -> mprapi_sys::HANDLE {
                self.0.handle()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ParseIdError;

            #[inline]
            fn from_str(text: &str) -> std::result::Result<$name, $crate::ParseIdError> {
                text.parse().map($name)
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

pub(crate) use id;

#[cfg(test)]
mod tests {
    use crate::ConnectionId;

    #[test]
    fn an_id_reads_back_as_it_is_shown_and_other_texts_are_errors() {
        for text in ["0x0", "0x17", "0x1d5000000e0"] {
            assert_eq!(text.parse::<ConnectionId>().unwrap().to_string(), text);
        }
        for text in ["", "0x", "17", "0x+1", "0x-1", "0x1g", "0x11111111111111111", "0X17", " 0x17"] {
            let error = text.parse::<ConnectionId>().unwrap_err();
            assert!(error.to_string().contains("not an id"), "{text}");
        }
        assert_eq!(ConnectionId::default().to_string(), "0x0");
    }
}
