//! The options that all commands have.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::output::{Color, Format};
use crate::units;

/// The options of every command.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// The servers to ask, by name; `.` is this machine, which is asked if nothing else is said
    #[arg(
        long,
        short,
        value_name = "NAME,…",
        value_delimiter = ',',
        global = true,
        help_heading = "Servers"
    )]
    pub(crate) server: Vec<String>,

    /// A file with the servers to ask, a name a line (`#` begins a comment; `-` reads the standard input)
    #[arg(long, value_name = "FILE", global = true, help_heading = "Servers")]
    pub(crate) servers: Option<PathBuf>,

    /// The servers of a fleet that the configuration file names
    #[arg(long, value_name = "NAME", global = true, help_heading = "Servers")]
    pub(crate) fleet: Option<String>,

    /// How many servers to ask at a time [default: 32]
    #[arg(long, value_name = "N", global = true, help_heading = "Servers")]
    pub(crate) parallel: Option<NonZeroUsize>,

    /// How long to wait for a server [default: 30s]
    #[arg(long, value_name = "TIME", value_parser = units::parse_limit, global = true, help_heading = "Servers")]
    pub(crate) timeout: Option<Duration>,

    /// Ask a simulated company's servers instead, with traffic moving (or those of MPRAPI_SIM_SCENARIO)
    #[arg(long, global = true, conflicts_with = "library", help_heading = "Servers")]
    pub(crate) demo: bool,

    /// The library to ask through, instead of Windows' own Mprapi.dll
    #[arg(long, value_name = "PATH", global = true, help_heading = "Servers")]
    pub(crate) library: Option<PathBuf>,

    /// How to print the answer [default: table]
    #[arg(long, short, value_enum, value_name = "FORMAT", global = true, help_heading = "Output")]
    pub(crate) output: Option<Format>,

    /// When to colour it [default: auto]
    #[arg(long, value_enum, value_name = "WHEN", global = true, help_heading = "Output")]
    pub(crate) color: Option<Color>,

    /// The configuration file, instead of the user's own [env: MPRCTL_CONFIG]
    #[arg(long, value_name = "FILE", global = true, help_heading = "Output")]
    pub(crate) config: Option<PathBuf>,
}
