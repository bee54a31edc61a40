//! The way that a server's time moves.

/// The way that a router's time moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Clock {
    /// It moves when the test moves it ([`Router::advance`](crate::Router::advance)), from 09:00 UTC on 2 March 2026.
    /// Every run sees the same durations and counters.
    #[default]
    Stepped,
    /// It moves as the machine's clock does.
    Real,
}
