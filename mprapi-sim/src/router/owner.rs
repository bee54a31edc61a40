//! The two owners of settings.

/// The owner of settings. Most functions on them exist twice in C, once for each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The router that runs.
    Running,
    /// The stored configuration, which a router has when its service starts.
    Stored,
}
