//! The options that say how servers are reached.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Deserialize;

use crate::argument::parse_text;

/// A way to servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Over {
    /// Windows' own Mprapi.dll
    Windows,
    /// SMB and MS-RRASM, from any system (experimental: not yet tried against Windows Server)
    Network,
}

/// The options of servers that are asked over the network.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Options {
    /// How to reach the servers [default: windows on Windows, else network]
    #[arg(long, value_enum, value_name = "WAY", global = true, conflicts_with_all = ["demo", "library"], help_heading = "Network")]
    pub(crate) over: Option<Over>,

    /// The account to log on with, DOMAIN\user or user@REALM; asks for its password [default: your Kerberos ticket]
    // It has an identifier of its own: `interface credentials set` has an option of this name too.
    #[arg(long = "user", id = "account", value_name = "NAME", value_parser = parse_text, global = true, help_heading = "Network")]
    pub(crate) user: Option<String>,

    /// A file with the password of the account (`-` reads the standard input)
    #[arg(long, value_name = "FILE", global = true, help_heading = "Network")]
    pub(crate) password_file: Option<PathBuf>,

    /// Log on by NTLM, where there is no Kerberos
    #[arg(long, global = true, help_heading = "Network")]
    pub(crate) ntlm: bool,
}

impl Options {
    /// Returns the first option that says how to log on, if one is given.
    pub(crate) fn of_logon(&self) -> Option<&'static str> {
        match self {
            Options { user: Some(_), .. } => Some("--user"),
            Options { password_file: Some(_), .. } => Some("--password-file"),
            Options { ntlm: true, .. } => Some("--ntlm"),
            _ => None,
        }
    }
}
