//! The program as a user runs it, on simulated servers. (`serve` has its own: much of it is load.)

mod common;

mod admin_dll;
mod cli;
mod config;
mod credentials;
mod dialling;
#[cfg(not(windows))]
mod documents;
mod encodings;
mod errors;
mod explain;
mod fleet;
#[cfg(target_os = "linux")]
mod garbage;
mod generate;
mod guide;
#[cfg(target_os = "linux")]
mod hostile;
mod interface;
mod interface_transport;
mod listing;
mod mib;
mod mistakes;
mod names;
#[cfg(unix)]
mod network;
#[cfg(windows)]
mod network_windows;
mod pictures;
mod port;
mod reach;
mod rules;
mod schema;
mod selection;
mod server;
mod service;
mod session;
mod site;
mod status;
mod tables;
#[cfg(target_os = "linux")]
mod terminal;
mod top;
mod top_keys;
mod top_quiet;
mod transport;
mod user;
mod watch;
mod who;
