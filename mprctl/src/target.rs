//! The servers to ask, by their names.

/// This machine, as tables and JSON have it.
pub(crate) const LOCAL: &str = "local";

/// A server to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// `None` is this machine.
    pub(crate) name: Option<String>,
}

impl Target {
    pub(crate) fn named(name: &str) -> Target {
        Target { name: Some(name.to_owned()) }
    }

    /// As tables and JSON have it.
    pub(crate) fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(LOCAL)
    }
}
