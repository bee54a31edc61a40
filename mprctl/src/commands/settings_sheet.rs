//! The settings of mprctl itself, each with its source.

use std::path::Path;

use clap::{Subcommand, ValueEnum};

use crate::backend::Backend;
use crate::common::Common;
use crate::context::{print_each, style_of};
use crate::failure::Failure;
use crate::network::Over;
use crate::output::{Listing, Report, row};
use crate::quantity;
use crate::servers::Selection;
use crate::settings::{self, Settings};
use crate::settings_file::SettingsFile;
use crate::source::{Source, Sourced};
use crate::target::{LOCAL, Target};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show the settings in force, and where each comes from
    #[command(after_help = "\
Examples:
  mprctl settings show
  MPRCTL_FLEET=vpn mprctl settings show --where source!='built in'

For the settings of servers: mprctl server show, mprctl config show")]
    Show(Listing<SettingRow>),
}

row! {
    /// A setting of mprctl.
    pub(crate) struct SettingRow: "setting" {
        /// The name of the setting.
        setting: &'static str => Always "Setting",
        /// The value.
        value: String => Always "Value",
        /// An option, a variable of the environment, a key of the configuration file, or `built in`.
        source: String => Always "Source",
    }
}

impl SettingRow {
    fn new(setting: &'static str, value: impl Into<String>, source: &Source) -> SettingRow {
        SettingRow { setting, value: value.into(), source: source.to_string() }
    }
}

/// Runs the command. It asks no server.
pub(crate) fn run(common: &Common, file: &SettingsFile, command: Command) -> Result<(), Failure> {
    let Command::Show(listing) = command;
    let rows = rows(common, file);
    print_each(style_of(common, file), &listing, || Ok(Report::of_one(rows.clone())))
}

fn rows(common: &Common, file: &SettingsFile) -> Vec<SettingRow> {
    let Settings { selection, parallel, timeout, output, color } = Settings::of(common, file);
    let mut rows = Vec::new();
    let mut selected = |setting, names: &[Sourced<String>]| {
        if let Some(first) = names.first() {
            let names: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
            rows.push(SettingRow::new(setting, names.join(","), &first.source));
        }
    };
    selected("server", &selection.names);
    selected("fleet", &selection.fleets);
    if let Some(path) = &selection.file {
        rows.push(SettingRow::new("servers", path.display().to_string(), &Source::Option("--servers")));
    }
    if rows.is_empty() {
        let value = if common.demo { "the simulated ones" } else { LOCAL };
        rows.push(SettingRow::new("server", value, &Source::BuiltIn));
    }
    if let Some(Sourced { value, source }) = settings::file(common) {
        let state = if value.exists() { "" } else { " (not there)" };
        rows.push(SettingRow::new("config", format!("{}{state}", value.display()), &source));
    }
    let network = &common.network;
    let own_way = if cfg!(windows) { Over::Windows } else { Over::Network };
    let over = Sourced::first((network.over, "--over"), (file.defaults.over, "over"), own_way);
    let user = (network.user.clone(), "--user");
    let user = Sourced::first(user, (file.defaults.user.clone(), "user"), "(the Kerberos ticket)".to_owned());
    let ntlm = Sourced::first((network.ntlm.then_some(true), "--ntlm"), (file.defaults.ntlm, "ntlm"), false);
    let of_option = |is_given: bool, name| if is_given { Source::Option(name) } else { Source::BuiltIn };
    let library = library(common, file, &selection);
    rows.extend([
        SettingRow::new("demo", if common.demo { "yes" } else { "no" }, &of_option(common.demo, "--demo")),
        SettingRow::new("library", library, &of_option(common.library.is_some(), "--library")),
        SettingRow::new("over", word(over.value), &over.source),
        SettingRow::new("user", user.value, &user.source),
        SettingRow::new("ntlm", if ntlm.value { "yes" } else { "no" }, &ntlm.source),
        SettingRow::new("parallel", parallel.value.to_string(), &parallel.source),
        SettingRow::new("timeout", quantity::duration(timeout.value), &timeout.source),
        SettingRow::new("output", word(output.value), &output.source),
        SettingRow::new("color", word(color.value), &color.source),
    ]);
    rows
}

/// Tells what answers for the servers that are selected.
fn library(common: &Common, file: &SettingsFile, selection: &Selection) -> String {
    // Names on the standard input are not read for this; they are some.
    let is_stdin = selection.file.as_deref() == Some(Path::new("-"));
    let targets = match selection {
        selection if selection.is_none() => Ok(None),
        _ if is_stdin => Ok(Some(vec![Target::named("-")])),
        selection => selection.targets(file).map(Some),
    };
    match targets.and_then(|targets| Backend::choose(common, file, targets.as_deref())) {
        Ok(Backend::Library(path)) => path.display().to_string(),
        Ok(Backend::Own) if cfg!(windows) => "Windows' own Mprapi.dll".to_owned(),
        Ok(Backend::Own | Backend::Simulator) => "the built-in simulator".to_owned(),
        Ok(Backend::Network) => "none: the servers are asked over the network".to_owned(),
        Err(failure) => format!("none: {}", failure.message),
    }
}

/// Returns the word of an option's value.
fn word(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
