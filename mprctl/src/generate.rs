//! What a package of mprctl ships beside the program: completions for shells, and man pages.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::Arguments;
use crate::failure::{Failure, Kind};
use crate::terminal::{self, Content};

#[derive(Args)]
#[command(after_help = "\
Examples:
  mprctl completions bash > ~/.local/share/bash-completion/completions/mprctl
  mprctl completions powershell >> $PROFILE")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  mprctl man /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// The folder to write them to, which must be there
    folder: PathBuf,
}

pub(crate) fn completions(Completions { shell }: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut Arguments::command(), "mprctl", &mut script);
    let mut out = terminal::output(Content::Exact);
    out.write_all(&script)?;
    Ok(out.flush()?)
}

/// Writes a page for each command.
pub(crate) fn man(Man { folder }: &Man) -> Result<(), Failure> {
    clap_mangen::generate_to(Arguments::command(), folder).map_err(|error| {
        Failure::new(Kind::Failed, format!("cannot write man pages to {}: {error}", folder.display()))
    })
}
