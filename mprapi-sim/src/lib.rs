#![doc = include_str!("../README.md")]

// The C functions keep the header's names, and their parameters too.
#[expect(non_snake_case, reason = "the names are the header's")]
mod buffer;
mod call;
mod clock;
mod code;
#[expect(non_snake_case, reason = "the names are the header's")]
mod connection;
#[allow(non_snake_case, reason = "the names are the header's")]
mod functions;
mod handle;
#[expect(non_snake_case, reason = "the names are the header's")]
mod interface;
mod ledger;
mod machine;
mod message;
mod page;
mod param;
#[expect(non_snake_case, reason = "the names are the header's")]
mod port;
mod router;
mod scenario;
#[expect(non_snake_case, reason = "the names are the header's")]
mod server;
mod shelf;
mod traffic;
mod wide;
mod world;

pub use clock::Clock;
pub use functions::{functions, table};
pub use ledger::{Fault, Outstanding, Violation, outstanding, violations};
pub use router::{NoFreePort, Router, Simulation};
pub use scenario::{
    Interface, InterfaceKind, Quarantine, Scenario, Server, Service, Session, Tunnel, Windows,
};
