// On docs.rs the front page's links lead to the same version; those in the file are for crates.io and the forge.
//! [`fail_at_exit_if_outstanding`]: fail_at_exit_if_outstanding()
//! [`Failure`]: Failure
//! [`Garbage`]: Garbage
//! [`Interface`]: Interface
//! [`Router`]: Router
//! [`Router::outstanding`]: Router::outstanding
//! [`Router::violations`]: Router::violations
//! [`Scenario`]: Scenario
//! [`Scenario::try_start`]: Scenario::try_start
//! [`Server`]: Server
//! [`Server::unique`]: Server::unique
//! [`Session`]: Session
//! [`Simulation`]: Simulation
//! [`table`]: table()
//! [`User`]: User
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
// The C functions keep the header's names, and their parameters and the records' fields too.
#![allow(non_snake_case, reason = "the names are the header's")]

mod at_exit;
mod buffer;
mod call;
mod clock;
mod code;
mod config;
mod connection;
mod device;
mod domain;
mod event;
mod failure;
mod functions;
mod handle;
mod header;
mod info_block;
mod interface;
mod ip_in_ip;
mod ledger;
mod machine;
mod message;
mod mib;
mod notification;
mod page;
mod param;
mod port;
mod range;
mod record;
mod router;
mod scenario;
mod server;
mod server_ex;
mod shelf;
mod traffic;
mod transport;
mod tunnel;
mod user;
mod wide;
mod world;

pub use at_exit::fail_at_exit_if_outstanding;
pub use clock::Clock;
pub use failure::{Failure, Garbage};
pub use functions::{functions, table};
pub use ledger::{Fault, Outstanding, Violation, outstanding, violations, without_memory};
pub use machine::PhoneBook;
pub use router::{NoFreePort, Router, Simulation};
pub use scenario::{
    Callback, Credentials, Interface, InterfaceKind, Quarantine, Route, Scenario, ScenarioError, Server,
    Service, Session, Transport, Tunnel, User, Windows,
};
