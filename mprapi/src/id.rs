//! Names of things on a server: its own handles, marked with the connection they came over.

/// Defines a type of id.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        ///
        /// It is plain data and may outlive the record. On another server, or after a new connect to the same one, it
        /// is an error: servers give out small numbers that mean something everywhere.
        ///
        /// A server may give the number of a thing that is gone to the next one, at once. The id then names that one, and
        /// nothing tells: before acting on an id that was kept, compare what the record says (user and start, or name).
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name {
            handle: mprapi_sys::HANDLE,
            session: u64,
        }

        // SAFETY: the handle is a number that only the server gives a meaning to.
        unsafe impl Send for $name {}
        // SAFETY: as above.
        unsafe impl Sync for $name {}

        impl $name {
            #[inline]
            pub(crate) fn new(server: &$crate::Server, handle: mprapi_sys::HANDLE) -> $name {
                $name { handle, session: server.serial() }
            }

            /// Returns the handle if it belongs to `server`. `function` is the call that needs it.
            #[inline]
            pub(crate) fn on(
                self,
                server: &$crate::Server,
                function: &'static str,
            ) -> $crate::Result<mprapi_sys::HANDLE> {
                if self.session == server.serial() {
                    Ok(self.handle)
                } else {
                    Err($crate::Error::argument(function, "the id is of another server or of an earlier connection"))
                }
            }

            /// The server's handle, as the raw API has it.
            #[inline]
            pub fn as_raw(self) -> mprapi_sys::HANDLE {
                self.handle
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&format!("{:#x}", self.handle.addr()))
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

pub(crate) use id;
