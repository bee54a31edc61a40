//! The floor below the router: the description that a simulated server is made from, and the rules it must follow.

mod admin_dll;
pub(crate) mod check;
mod clock;
mod error;
pub(crate) mod failure;
#[cfg(feature = "scenario")]
mod file;
pub(crate) mod hours;
mod interface;
pub(crate) mod routing;
pub(crate) mod server;
mod session;
mod setters;
#[cfg(feature = "scenario")]
mod text;
mod tunnel;
pub(crate) mod user;

pub use admin_dll::{AdminDll, AdminDllRules, ByteOrder, IpProcess, Preference};
pub use clock::Clock;
pub use error::ScenarioError;
pub use failure::{Failure, Garbage};
pub use interface::{Credentials, Interface, InterfaceKind};
pub use routing::{Route, Transport};
pub use server::{PhoneBook, Server, Service, Windows};
pub use session::{Quarantine, Session};
pub use tunnel::Tunnel;
pub use user::{Callback, User};

/// Servers to simulate.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
    pub(crate) servers: Vec<Server>,
}

impl Scenario {
    /// Creates a scenario without servers.
    pub fn new() -> Scenario {
        Scenario::default()
    }

    /// Adds a server.
    #[must_use]
    pub fn server(mut self, server: Server) -> Scenario {
        self.servers.push(server);
        self
    }

    /// Returns its servers, for changes.
    pub fn into_servers(self) -> Vec<Server> {
        self.servers
    }
}
