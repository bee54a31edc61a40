//! Names of things on a server: its own handles, marked with the connection they came over.

use std::fmt;

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

impl Id {
    #[inline]
    pub(crate) fn new(server: &Server, handle: HANDLE) -> Id {
        Id { handle, session: server.serial() }
    }

    /// Returns the handle if it belongs to `server`. `function` is the call that needs it.
    #[inline]
    pub(crate) fn on(self, server: &Server, function: &'static str) -> Result<HANDLE> {
        if self.session == server.serial() {
            Ok(self.handle)
        } else {
            Err(Error::argument(function, "the id is of another server or of an earlier connection"))
        }
    }

    #[inline]
    pub(crate) fn handle(self) -> HANDLE {
        self.handle
    }
}

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

/// Defines a type of id around an [`Id`], so that the id of a port is not taken for that of a connection.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        ///
        /// It is plain data and may outlive the record. On another server, or after a new connect to the same one, it
        /// is an error: servers give out small numbers that mean something everywhere.
        ///
        /// A server may give the number of a thing that is gone to the next one, at once. The id then names that one, and
        /// nothing tells: before acting on an id that was kept, compare what the record says (user and start, or name).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(pub(crate) $crate::id::Id);

        impl $name {
            /// The server's handle, as the raw API has it.
            #[inline]
            pub fn as_raw(self) -> mprapi_sys::HANDLE {
                self.0.handle()
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
