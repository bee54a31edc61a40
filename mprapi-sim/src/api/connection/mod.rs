//! Connections.

pub(crate) mod change;
mod level_4;
pub(crate) mod list;
pub(crate) mod view;
