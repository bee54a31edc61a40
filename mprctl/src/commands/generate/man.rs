//! Man pages: clap's parts of one, and the sections beside them that people look for.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use chrono::{DateTime, Utc};
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::failure::EXIT_CODES;

const ENVIRONMENT: [(&str, &str); 9] = [
    ("MPRCTL_CONFIG", "The configuration file, unless --config is given."),
    ("MPRCTL_SERVER", "Servers to ask, separated by commas, if the command line names none."),
    ("MPRCTL_FLEET", "Fleets to ask, separated by commas, if the command line names no server."),
    (
        "MPRAPI_SIM_SCENARIO",
        "A scenario file with the simulated servers for --demo, and on systems other than Windows for all commands.",
    ),
    (
        "KRB5CCNAME",
        "The credential cache with the Kerberos ticket, for servers that are asked over the network, if it is not in the \
         system's own place.",
    ),
    ("NO_COLOR", "If it is set and not empty, output is not coloured unless --color=always is given."),
    ("COLUMNS", "The width of tables if the output does not go to a terminal."),
    ("TERM", "If it is `dumb`, there are no colours and no progress bar, and `mprctl top` does not start."),
    (
        "SOURCE_DATE_EPOCH",
        "The date of the man pages, in seconds since 1970, in place of today. Only `mprctl man` reads it.",
    ),
];

const FILES: [(&str, &str); 2] = [
    (
        "~/.config/mprctl/config.toml",
        "The configuration file. [fleets] has lists of servers by name; [defaults] has the keys fleet, parallel, \
         timeout, output, color, over, user and ntlm, the default values of the options with these names. \
         [servers.\"NAME\"] has user, ntlm and port for a server that is asked over the network.",
    ),
    ("%APPDATA%\\mprctl\\config.toml", "The same on Windows."),
];

/// The longest line of text in bytes: `mandoc -T lint` wants no longer one.
const WIDTH: usize = 80;

/// Writes a page for the command and each of its subcommands.
pub(super) fn write(command: Command, folder: &Path) -> io::Result<()> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    write_all(&command, folder, &date())
}

fn write_all(command: &Command, folder: &Path, date: &str) -> io::Result<()> {
    for command in command.get_subcommands() {
        write_all(command, folder, date)?;
    }
    let man = Man::new(command.clone());
    fs::write(folder.join(man.get_filename()), page(&man, command, date)?)
}

/// Returns today's date, or that of a build that is to give the same files again.
fn date() -> String {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let time = epoch.and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0)).unwrap_or_else(Utc::now);
    time.format("%Y-%m-%d").to_string()
}

fn page(man: &Man, command: &Command, date: &str) -> io::Result<String> {
    let mut out = Vec::new();
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).replace('-', "\\-");
    let version = env!("CARGO_PKG_VERSION");
    writeln!(out, ".TH {} 1 {date} \"mprctl {version}\" mprctl", name.to_uppercase())?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    let is_first = name == "mprctl";
    if is_first {
        let (names, texts) = commands(command, "").into_iter().unzip::<_, _, Vec<String>, Vec<String>>();
        let entries = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
        write_list(&mut out, "COMMANDS", entries)?;
    }
    man.render_options_section(&mut out)?;
    if command.has_subcommands() && !is_first {
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
    if !is_first {
        Roff::default()
            .control("SH", ["SEE ALSO"])
            .text([bold("mprctl"), roman("(1)")])
            .to_writer(&mut out)?;
    }
    Ok(tidy(&String::from_utf8_lossy(&out)))
}

/// Lists the commands that have none below them, each as it is typed and with what it does.
fn commands(command: &Command, path: &str) -> Vec<(String, String)> {
    let path = format!("{path} {}", command.get_name());
    if !command.has_subcommands() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        return vec![(path.trim_start().to_owned(), about)];
    }
    command.get_subcommands().flat_map(|command| commands(command, &path)).collect()
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
    out: &mut Vec<u8>,
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

fn write_as_it_is(out: &mut Vec<u8>, title: &str, text: &str) -> io::Result<()> {
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

/// Makes a page of the parts, without a complaint of `mandoc -T lint`: breaks lines between words, trims them, writes the
/// definitions that every part begins with once, and makes a request of an empty line.
fn tidy(parts: &str) -> String {
    let (mut page, mut preamble) = (String::new(), String::new());
    let (mut is_filled, mut is_tag) = (true, false);
    let parts = parts.replace("\n.br\n\n.br\n", "\n.sp\n");
    for line in parts.lines().map(str::trim_end) {
        let is_request = line.starts_with('.');
        if line.starts_with(".ie ") || line.starts_with(".el ") {
            if !preamble.contains(line) {
                preamble += &format!("{line}\n");
            }
            continue;
        }
        match line {
            ".nf" => is_filled = false,
            ".fi" => is_filled = true,
            _ => {}
        }
        if is_request || is_tag || !is_filled {
            page += &format!("{line}\n");
        } else {
            wrap(line, &mut page);
        }
        is_tag = line == ".TP";
    }
    preamble + &page
}

/// Breaks a line of text between words.
fn wrap(line: &str, page: &mut String) {
    let mut length = 0;
    for word in line.split_whitespace() {
        if length > 0 && length + 1 + word.len() > WIDTH {
            page.push('\n');
            length = 0;
        }
        if length > 0 {
            page.push(' ');
            length += 1;
        } else if word.starts_with(['.', '\'']) {
            // At the beginning of a line, these would be a request.
            page.push_str("\\&");
            length += 2;
        }
        page.push_str(word);
        length += word.len();
    }
    page.push('\n');
}
