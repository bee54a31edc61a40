//! The way that a server's time moves.

/// How a router's time moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Clock {
    /// Only when the test says so ([`Router::advance`](crate::Router::advance)), from 09:00 UTC on 2 March 2026.
    /// Every run sees the same durations and counters.
    #[default]
    Stepped,
    /// As the machine's clock does.
    Real,
}
