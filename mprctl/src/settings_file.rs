//! The configuration file: defaults and fleets.

use std::collections::BTreeMap;
use std::num::{NonZeroU16, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Deserializer};

use crate::failure::Failure;
use crate::network::Over;
use crate::output::{Color, Format};
use crate::{quantity, text_file};

/// The environment variable that names a configuration file.
pub(crate) const VARIABLE: &str = "MPRCTL_CONFIG";

/// The contents of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingsFile {
    #[serde(default)]
    pub(crate) defaults: Defaults,
    /// Names of servers, under a name for `--fleet`.
    #[serde(default)]
    pub(crate) fleets: BTreeMap<String, Vec<String>>,
    /// Settings of servers that are asked over the network, under their names.
    #[serde(default)]
    pub(crate) servers: BTreeMap<String, ServerSettings>,
    /// `true` for commands that ask no server, whatever is selected.
    #[serde(skip)]
    pub(crate) has_no_servers: bool,
}

/// The settings of a server that is asked over the network. There is none for a password: it does not belong in a file of
/// settings.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServerSettings {
    pub(crate) user: Option<String>,
    pub(crate) ntlm: Option<bool>,
    pub(crate) port: Option<NonZeroU16>,
}

/// Values for options that the command line does not set.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Defaults {
    pub(crate) fleet: Option<String>,
    pub(crate) parallel: Option<NonZeroUsize>,
    #[serde(default, deserialize_with = "limit")]
    pub(crate) timeout: Option<Duration>,
    pub(crate) output: Option<Format>,
    pub(crate) color: Option<Color>,
    pub(crate) over: Option<Over>,
    pub(crate) user: Option<String>,
    pub(crate) ntlm: Option<bool>,
}

fn limit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(deserializer)?;
    quantity::parse_limit(&text).map(Some).map_err(serde::de::Error::custom)
}

impl SettingsFile {
    /// Reads `path`, or the file that the environment names, or the user's own file if there is one.
    pub(crate) fn read(path: Option<&Path>) -> Result<SettingsFile, Failure> {
        // As with other variables of this kind, an empty one says nothing.
        let named = || std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        let (path, is_required) = match path.map(Path::to_owned).or_else(named) {
            Some(path) => (path, true),
            None => match own_file() {
                Some(path) => (path, false),
                None => return Ok(SettingsFile::default()),
            },
        };
        match std::fs::read(&path) {
            Ok(bytes) => parse(&text_file::of(&path.display().to_string(), &bytes)?).map_err(|wrong| {
                Failure::usage(format!("the configuration file {}: {wrong}", path.display()))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !is_required => {
                Ok(SettingsFile::default())
            }
            Err(error) => {
                Err(Failure::usage(format!("cannot read the configuration file {}: {error}", path.display())))
            }
        }
    }
}

/// Reads the text of a configuration file.
///
/// # Errors
/// The reason in one line, with the number of the line that is wrong.
fn parse(text: &str) -> Result<SettingsFile, String> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|place| text[..place.start.min(text.len())].matches('\n').count() + 1);
        let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
        format!("{line}{}", error.message())
    })
}

impl SettingsFile {
    /// Returns the servers of a fleet.
    ///
    /// # Errors
    /// No fleet has the name.
    pub(crate) fn fleet(&self, name: &str) -> Result<&[String], Failure> {
        self.fleets.get(name).map(Vec::as_slice).ok_or_else(|| {
            let known: Vec<&str> = self.fleets.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Failure::usage(format!("no fleet is named `{name}`; the configuration file has {known}"))
                .advice("To see the fleets: mprctl fleet list")
                .near(name, self.fleets.keys().map(String::as_str))
        })
    }

    /// Lists the servers that it names.
    pub(crate) fn server_names(&self) -> Vec<String> {
        self.fleets.values().flatten().chain(self.servers.keys()).cloned().collect()
    }

    /// For commands that ask no server.
    pub(crate) fn without_servers(mut self) -> SettingsFile {
        self.has_no_servers = true;
        self
    }
}

/// `~/.config/mprctl/config.toml`, on Windows `%APPDATA%\mprctl\config.toml`.
pub(crate) fn own_file() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("mprctl").join("config.toml"))
}
