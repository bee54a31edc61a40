//! A name of the library: a user, or a service of a host.

use std::ptr::null_mut;

use super::library::{Buffer, Library, NameHandle, Oid};
use crate::security::Error;

/// A name of the library, freed at its end.
pub(super) struct Name {
    library: Library,
    handle: NameHandle,
}

impl Name {
    /// Makes a name of its text.
    ///
    /// # Errors
    /// If the library cannot read it.
    pub(super) fn import(
        library: Library,
        operation: &'static str,
        text: &str,
        kind: &'static Oid,
    ) -> Result<Name, Error> {
        let (mut minor, mut handle, mut buffer) = (0, null_mut(), Buffer::reading(text.as_bytes()));
        let import = library.import_name;
        // SAFETY: `buffer` is borrowed for the call and only read; the kind is constant.
        let major = unsafe { import(&mut minor, &mut buffer, kind, &mut handle) };
        let name = Name { library, handle };
        if major == 0 { Ok(name) } else { Err(library.error(operation, major, minor)) }
    }

    /// Takes a name that the library has made for the caller.
    pub(super) fn owned(library: Library, handle: NameHandle) -> Name {
        Name { library, handle }
    }

    /// Returns the handle, which this name keeps.
    pub(super) fn handle(&self) -> NameHandle {
        self.handle
    }

    /// Returns the text of the name.
    pub(super) fn display(&self) -> Result<String, Error> {
        let (mut minor, mut buffer) = (0, Buffer::EMPTY);
        let display = self.library.display_name;
        // SAFETY: the library has made the name; null stands for the type of the name.
        let major = unsafe { display(&mut minor, self.handle, &mut buffer, null_mut()) };
        let text = self.library.take(&mut buffer);
        // NTLM's mechanism counts the terminating null.
        let text = String::from_utf8_lossy(text.strip_suffix(&[0]).unwrap_or(&text)).into_owned();
        if major != 0 || text.is_empty() {
            return Err(self.library.error("showing the peer's name", major, minor));
        }
        Ok(text)
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        if self.handle.is_null() {
            return;
        }
        let mut minor = 0;
        let release = self.library.release_name;
        // SAFETY: the name is this value's, and freed once.
        unsafe { release(&mut minor, &mut self.handle) };
    }
}
