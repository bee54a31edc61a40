//! The way that a server's time moves.

/// The way that a router's time moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Clock {
    /// The clock moves only when the test moves it ([`Router::advance`](crate::Router::advance)). It starts at 09:00 UTC on
    /// 2 March 2026.
    /// Every run sees the same durations and counters.
    #[default]
    Stepped,
    /// The clock moves as the machine's clock does.
    Real,
}
