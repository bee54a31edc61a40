//! The options that all commands have.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::network::Options;
use crate::output::{Color, Format};
use crate::quantity;

/// The options of every command.
#[derive(Args, Clone, Debug)]
pub(crate) struct Common {
    /// The servers, by name or address; `.` is this machine [env: MPRCTL_SERVER] [default: .]. Off Windows they are asked
    /// over the network (experimental, see --over), and may have a port: NAME:PORT
    #[arg(
        long,
        short,
        value_name = "NAME,…",
        value_delimiter = ',',
        global = true,
        help_heading = "Servers"
    )]
    pub(crate) server: Vec<String>,

    /// A file with names of servers, one per line (`#` starts a comment; `-` reads the standard input)
    #[arg(long, value_name = "FILE", global = true, help_heading = "Servers")]
    pub(crate) servers: Option<PathBuf>,

    /// Fleets of the configuration file: named lists of servers [env: MPRCTL_FLEET]
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', global = true, help_heading = "Servers")]
    pub(crate) fleet: Vec<String>,

    /// The number of servers to ask at the same time [default: 32]
    #[arg(long, value_name = "N", global = true, help_heading = "Servers")]
    pub(crate) parallel: Option<NonZeroUsize>,

    /// How long to wait for a server [default: 30s]
    #[arg(long, value_name = "TIME", value_parser = quantity::parse_limit, global = true, help_heading = "Servers")]
    pub(crate) timeout: Option<Duration>,

    /// Use simulated servers with live traffic instead of real ones (or those of MPRAPI_SIM_SCENARIO)
    #[arg(long, global = true, conflicts_with = "library", help_heading = "Servers")]
    pub(crate) demo: bool,

    /// A library to use instead of Windows' own Mprapi.dll
    #[arg(long, value_name = "PATH", global = true, help_heading = "Servers")]
    pub(crate) library: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) network: Options,

    /// The format of the output [default: table]
    #[arg(long, short, value_enum, value_name = "FORMAT", ignore_case = true)]
    #[arg(global = true, help_heading = "Output")]
    pub(crate) output: Option<Format>,

    /// When to use colour [default: auto]
    #[arg(long, value_enum, value_name = "WHEN", global = true, help_heading = "Output")]
    pub(crate) color: Option<Color>,

    /// A configuration file to use instead of the user's own [env: MPRCTL_CONFIG]
    #[arg(long, value_name = "FILE", global = true, help_heading = "Output")]
    pub(crate) config: Option<PathBuf>,
}
