//! A token that keeps a function of a public trait to this crate, where a private trait cannot.

/// A parameter that no other crate can name or make, and so none can give.
pub struct Inside(pub(crate) ());
