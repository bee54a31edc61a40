//! The owner of an answer: the open handle that it came over, borrowed or shared.

use std::fmt;
use std::ops::Deref;
use std::ptr;
use std::sync::Arc;

use crate::buffer::Family;
use crate::disconnect::Session;
use crate::library::Library;
use crate::{Error, Result};

/// An open handle that enumerations are asked of.
pub(crate) trait Owner: 'static {
    /// The family of the buffers it gives.
    const FAMILY: Family;
    /// The function that opens it.
    const CONNECT: &'static str;

    fn session(&self) -> &Session;

    #[inline]
    fn table(&self) -> &Library {
        self.session().table()
    }

    /// Returns the server's name as the program gave it; `None` for this machine.
    #[inline]
    fn server(&self) -> Option<&str> {
        self.session().server()
    }
}

/// The owner of an answer, which is open at least as long as this is there.
pub(crate) enum Held<'s, O> {
    Borrowed(&'s O),
    Shared(Arc<O>),
}

impl<O: Owner> Held<'_, O> {
    /// A share in `owner`, which must be the one that is held already.
    #[inline]
    pub(crate) fn shared<'o>(&self, owner: &Arc<O>) -> Result<Held<'o, O>> {
        if !ptr::eq(&raw const **self, Arc::as_ptr(owner)) {
            return Err(Error::argument(
                O::CONNECT,
                "an answer can be kept with a share in the connection that it came over, and this is another one",
            ));
        }
        Ok(Held::Shared(Arc::clone(owner)))
    }
}

impl<O> Deref for Held<'_, O> {
    type Target = O;

    #[inline]
    fn deref(&self) -> &O {
        match self {
            Held::Borrowed(owner) => owner,
            Held::Shared(owner) => owner,
        }
    }
}

impl<O> Clone for Held<'_, O> {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Held::Borrowed(owner) => Held::Borrowed(owner),
            Held::Shared(owner) => Held::Shared(Arc::clone(owner)),
        }
    }
}

impl<O> fmt::Debug for Held<'_, O> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Held::Borrowed(_) => "Borrowed",
            Held::Shared(_) => "Shared",
        })
    }
}
