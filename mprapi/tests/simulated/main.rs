//! The API against the simulator, noun by noun. One program: Cargo links each file beside this folder by itself.
//!
//! Those files need a process of their own, because of an allocator that looks at every block (`rounds`, `secrets`), because
//! they count the open files of the process (`abandoned`, `lingering`), because their own library chooses the values of
//! handles, which the registry of the process must not know yet (`answers`, `at_once`, `lies`, `pages`, `reuse`, `room`), or
//! because of a feature (`serde`, `tracing`). `examples` and `ledger` are called by name.

#[path = "../common/mod.rs"]
mod common;

mod backup;
mod config;
mod connection;
mod dial;
mod dial_within;
mod disconnect;
mod ending;
mod failed_at;
mod fleet;
mod info_header;
mod interface;
mod interposed;
mod ip_in_ip;
mod keep;
mod kinds;
mod length;
mod link;
mod mib;
mod model;
mod names;
mod newest;
#[cfg(target_os = "linux")]
mod no_wait;
mod notification;
mod over_the_wire;
mod server;
mod service;
mod session;
mod session_watch;
mod sessions;
mod shape;
mod threads;
mod transport;
mod unchanged;
mod user;
mod waitable;
