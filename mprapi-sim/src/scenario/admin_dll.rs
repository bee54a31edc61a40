//! Administration DLLs, which the simulated service loads, and the rules for what no page says about them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::setters::setters;

/// An administration DLL: a library that the service loads when it starts and asks about users, addresses and sessions.
///
/// The library runs in this process, with all that its code may do.
#[derive(Clone, Debug)]
pub struct AdminDll {
    pub(crate) path: PathBuf,
    pub(crate) ip_process: IpProcess,
}

impl AdminDll {
    /// Names the file of a library: a `.dll`, `.so` or `.dylib` for this system and processor. A relative path begins at
    /// the folder of the scenario file, or at the current folder where there is no file.
    pub fn new(path: impl Into<PathBuf>) -> AdminDll {
        AdminDll { path: path.into(), ip_process: IpProcess::default() }
    }

    setters! {
        /// Sets the process in which the address functions run. Default: a separate one, as Microsoft's page says.
        ip_process: IpProcess;
    }

    /// Returns the path of the library's file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The process in which the address functions of an administration DLL run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum IpProcess {
    /// The process of the connection functions: both share the DLL's variables.
    Same,
    /// Another process: the simulator loads a copy of the file, which has variables of its own.
    #[default]
    Separate,
}

/// The order of the bytes of an IPv4 address in the number that the address functions get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ByteOrder {
    /// The bytes lie in memory as they are written, as in `in_addr`.
    #[default]
    Network,
    /// The number 10.20.0.1 is `0x0A140001`.
    Host,
}

/// The forms of a callout that a service prefers where a DLL has several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Preference {
    /// `Ex`, then 3, then 2, then none; `MprAdminInitializeDllEx` before `MprAdminInitializeDll`.
    #[default]
    Newest,
    /// The reverse.
    Oldest,
}

/// The behaviour of a service where no page says how it treats administration DLLs. Each rule has a default; a DLL that
/// works with either value of each does not depend on a guess.
#[derive(Clone, Debug)]
pub struct AdminDllRules {
    pub(crate) byte_order: ByteOrder,
    pub(crate) prefers: Preference,
    pub(crate) reports_refused: bool,
    pub(crate) asks_all: bool,
    pub(crate) ip_process_initializes: bool,
    pub(crate) offers_addresses: bool,
    pub(crate) strict_tables: bool,
    pub(crate) unloads: bool,
    pub(crate) limit: Duration,
}

impl Default for AdminDllRules {
    fn default() -> AdminDllRules {
        AdminDllRules {
            byte_order: ByteOrder::Network,
            prefers: Preference::Newest,
            reports_refused: true,
            asks_all: false,
            ip_process_initializes: true,
            offers_addresses: true,
            strict_tables: true,
            unloads: false,
            limit: Duration::from_secs(10),
        }
    }
}

impl AdminDllRules {
    /// Creates the rules with their defaults.
    pub fn new() -> AdminDllRules {
        AdminDllRules::default()
    }

    setters! {
        /// Sets the order of the bytes of an IPv4 address. Default: network order, as a public program has it.
        byte_order: ByteOrder;
        /// Sets which forms are taken where a DLL has several. Default: the newest, for `RAS_CONNECTION_EX` alone shows
        /// IKEv2.
        prefers: Preference;
        /// Sets whether the end of a connection that was refused is reported to the DLLs that were asked. Default: it is;
        /// only Windows 2000 and earlier are said not to report it. Otherwise a DLL that refused is told nothing, and one
        /// that had accepted is told.
        reports_refused: bool;
        /// Sets whether the DLLs behind one that has refused are asked too. Default: they are not.
        asks_all: bool;
        /// Sets whether a DLL is initialised in the separate process of the address functions too. Default: it is.
        /// Otherwise only address functions that are exported by name are found there.
        ip_process_initializes: bool;
        /// Sets whether the service offers an IPv4 address and an IPv6 interface identifier. Default: it does. Otherwise it
        /// offers 0, and the DLL must choose.
        offers_addresses: bool;
        /// Sets whether a table of callbacks must have both link functions, both `Ex` connection functions and
        /// `AcceptReauthenticationEx`, unless the DLL exports them by name. Default: it must. Otherwise one link function
        /// and one connection function are enough, as the page of the table says.
        strict_tables: bool;
        /// Sets whether a DLL is unloaded when the service stops. Default: it stays loaded, with its variables, until the
        /// process ends, for a thread of its own may still run in it. A DLL in which a callout hangs stays loaded in any
        /// case.
        unloads: bool;
        /// Sets how long a callout may take, in real time whatever the clock. Default: 10 seconds. After that the client is
        /// not let in, and no other callout of the same group is made until this one returns.
        limit: Duration;
    }
}
