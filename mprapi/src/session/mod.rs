//! Sessions: connections with all that any level of information tells of them, and what ends them safely.

mod account;
mod end;
mod model;
mod read;
mod start;
mod tracker;
mod watch;

pub use account::Account;
pub use end::Ended;
pub use model::{Session, SessionPort};
pub use tracker::{EndReason, SessionEnd, SessionEvent, SessionTracker};
pub use watch::SessionWatch;
