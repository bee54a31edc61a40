//! The host of administration DLLs: it loads libraries as the service does, and asks them about the clients who wait.
//!
//! The router decides nothing about them and holds no pointer: it keeps the clients at its desk. Threads of the host take
//! the tasks from there, with the router unlocked during each call of a DLL.

mod copy;
pub(crate) mod exports;
mod group;
pub(crate) mod inside;
mod lent;
mod library;
mod run;
mod service;

pub(crate) use service::attach;
