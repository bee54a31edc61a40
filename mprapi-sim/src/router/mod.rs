//! The floor below the API: the state of simulated routers and their time, in plain Rust. It has no raw pointer and no
//! `unsafe`; handles are numbers.

pub(crate) mod account;
pub(crate) mod address;
pub(crate) mod admission;
pub(crate) mod agenda;
pub(crate) mod backup;
pub(crate) mod callout;
pub(crate) mod clock;
pub(crate) mod connection;
pub(crate) mod event;
pub(crate) mod failure;
pub(crate) mod handle;
pub(crate) mod handle_map;
pub(crate) mod info_block;
pub(crate) mod interface;
pub(crate) mod ip_in_ip;
pub(crate) mod machine;
pub(crate) mod mib;
pub(crate) mod notification;
pub(crate) mod owner;
pub(crate) mod port;
pub(crate) mod range;
pub(crate) mod refused;
pub(crate) mod route;
pub(crate) mod state;
pub(crate) mod stored;
pub(crate) mod traffic;
pub(crate) mod transport;
pub(crate) mod tunnel;
