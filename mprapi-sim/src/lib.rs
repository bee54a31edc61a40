// On docs.rs the front page's links lead to the same version; those in the file are for crates.io and the forge.
//! [`fail_at_exit_if_outstanding`]: fail_at_exit_if_outstanding()
//! [`Failure`]: Failure
//! [`Garbage`]: Garbage
//! [`Interface`]: Interface
//! [`Refused::code`]: Refused::code
//! [`Router`]: Router
//! [`Router::advance`]: Router::advance
//! [`Router::callouts`]: Router::callouts
//! [`Router::outstanding`]: Router::outstanding
//! [`Router::start_failure`]: Router::start_failure
//! [`Router::violations`]: Router::violations
//! [`Router::wait_for_callouts`]: Router::wait_for_callouts
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
#![expect(non_snake_case, reason = "the names are the header's")]

mod api;
mod at_exit;
mod error_code;
mod guid;
mod host;
#[forbid(unsafe_code)]
mod network;
#[forbid(unsafe_code)]
mod router;
#[forbid(unsafe_code)]
mod scenario;
mod simulation;
mod wide;

pub use api::functions::{functions, table};
pub use api::ledger::{Fault, Outstanding, Violation, outstanding, violations, without_memory};
pub use at_exit::fail_at_exit_if_outstanding;
pub use host::exports::{AdminDllExports, AdminDllFamily};
pub use router::callout::{Callout, CalloutOutcome, StartFailure};
pub use router::refused::Refused;
pub use scenario::{
    AdminDll, AdminDllRules, ByteOrder, Callback, Clock, Credentials, Failure, Garbage, Interface,
    InterfaceKind, IpProcess, PhoneBook, Preference, Quarantine, Route, Scenario, ScenarioError, Server,
    Service, Session, Transport, Tunnel, User, Windows,
};
pub use simulation::{Router, Simulation};
