//! Man pages: clap's parts of one, and the sections beside them that people look for.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use clap::Command;
use clap_mangen::roff::{Roff, bold, roman};

use crate::failure::EXIT_CODES;

const ENVIRONMENT: [(&str, &str); 5] = [
    ("MPRCTL_CONFIG", "The configuration file, unless --config is given."),
    (
        "MPRAPI_SIM_SCENARIO",
        "A scenario file with the simulated servers for --demo, and for all commands on systems other than Windows.",
    ),
    ("NO_COLOR", "If it is set and not empty, output is not coloured unless --color=always is given."),
    ("COLUMNS", "The width of tables if the output does not go to a terminal."),
    ("TERM", "If it is `dumb`, there are no colours and no progress bar, and `mprctl top` does not start."),
];

const FILES: [(&str, &str); 2] = [
    (
        "~/.config/mprctl/config.toml",
        "The configuration file. [fleets] has lists of servers by name; [defaults] has the keys fleet, parallel, \
         timeout, output and color, the default values of the options with these names.",
    ),
    ("%APPDATA%\\mprctl\\config.toml", "The same on Windows."),
];

/// Writes a page for the command and each of its subcommands.
pub(super) fn write(command: Command, folder: &Path) -> io::Result<()> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    write_all(&command, folder)
}

fn write_all(command: &Command, folder: &Path) -> io::Result<()> {
    for command in command.get_subcommands() {
        write_all(command, folder)?;
    }
    let man = clap_mangen::Man::new(command.clone());
    let mut out = BufWriter::new(File::create(folder.join(man.get_filename()))?);
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut out)?;
    }
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (examples, notes) = parts(&help);
    let exit_codes = EXIT_CODES.lines().skip(1).filter_map(|line| line.trim_start().split_once("  "));
    write_list(&mut out, "EXIT STATUS", exit_codes)?;
    write_list(&mut out, "ENVIRONMENT", ENVIRONMENT.into_iter())?;
    write_list(&mut out, "FILES", FILES.into_iter())?;
    write_as_it_is(&mut out, "NOTES", &notes)?;
    write_as_it_is(&mut out, "EXAMPLES", &examples)?;
    out.flush()
}

/// Splits a help text into its examples and the rest without the exit codes.
fn parts(help: &str) -> (String, String) {
    let (mut examples, mut notes) = (Vec::new(), Vec::new());
    for part in help.split("\n\n") {
        match part.split_once('\n') {
            Some((title, lines)) if title.starts_with("Example") => examples.push(lines),
            _ if part.trim_end() == EXIT_CODES.trim_end() => {}
            _ => notes.push(part),
        }
    }
    (examples.join("\n\n"), notes.join("\n\n"))
}

fn write_list<'t>(
    out: &mut impl Write,
    title: &str,
    entries: impl Iterator<Item = (&'t str, &'t str)>,
) -> io::Result<()> {
    let mut roff = Roff::default();
    roff.control("SH", [title]);
    for (name, text) in entries {
        roff.control("TP", []).text([bold(name)]).text([roman(text)]);
    }
    roff.to_writer(out)
}

fn write_as_it_is(out: &mut impl Write, title: &str, text: &str) -> io::Result<()> {
    if text.trim().is_empty() {
        return Ok(());
    }
    let mut roff = Roff::default();
    roff.control("SH", [title]).control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.to_writer(out)
}
