//! What a command works with: the API, the servers to ask and how, the style of the output.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mprapi::{Mpr, Server};

use crate::backend::Backend;
use crate::cli::Common;
use crate::demo::Demo;
use crate::failure::Failure;
use crate::fleet::{self, Answer, Limits, Target};
use crate::output::{self, Color, Format, Listing, Report, Row, Style};
use crate::settings::Settings;

pub(crate) struct Context {
    pub(crate) mpr: Mpr,
    /// At least one.
    pub(crate) targets: Vec<Target>,
    pub(crate) limits: Limits,
    pub(crate) style: Style,
    /// Whether the servers are the simulator's.
    pub(crate) is_simulated: bool,
    /// The simulated servers of `--demo`, which live as long as this.
    _demo: Option<Demo>,
}

impl Context {
    pub(crate) fn new(common: &Common) -> Result<Context, Failure> {
        let settings = Settings::read(common.config.as_deref())?;
        let mut targets = named(common, &settings)?;
        let demo = common.demo.then(Demo::start);
        if let (Some(demo), true) = (&demo, targets.is_empty()) {
            targets = demo.targets();
        }
        if targets.is_empty() {
            targets.push(Target { name: None });
        }
        let is_simulated = common.demo || common.library.is_none() && !cfg!(windows);
        let backend = match &common.library {
            Some(path) => Backend::Library(path),
            None if common.demo => Backend::Simulator,
            None => Backend::Own,
        };
        let Common { parallel, timeout, output, color, .. } = common;
        let limits = Limits {
            parallel: parallel.or(settings.defaults.parallel).map_or(32, usize::from),
            timeout: timeout.or(settings.defaults.timeout).unwrap_or(Duration::from_secs(30)),
        };
        let style = Style::new(
            output.or(settings.defaults.output).unwrap_or(Format::Table),
            color.or(settings.defaults.color).unwrap_or(Color::Auto),
        );
        Ok(Context { mpr: backend.open()?, targets, limits, style, is_simulated, _demo: demo })
    }

    /// The servers, as a question names them.
    pub(crate) fn servers(&self) -> String {
        self.targets.iter().map(Target::label).collect::<Vec<_>>().join(", ")
    }

    /// Simulated servers of a test, by their names.
    #[cfg(test)]
    pub(crate) fn of_test(names: &[&str], timeout: Duration) -> Context {
        Context {
            // SAFETY: the simulator keeps the contract of `mprapi.h`.
            mpr: unsafe { Mpr::from_table(mprapi_sim::table()) },
            targets: names.iter().map(|name| Target::named(name)).collect(),
            limits: Limits { parallel: 32, timeout },
            style: Style { format: Format::Table, color: false, width: None },
            is_simulated: true,
            _demo: None,
        }
    }

    pub(crate) fn is_fleet(&self) -> bool {
        self.targets.len() > 1
    }

    /// Asks each server, without a connection: `work` makes what it needs.
    pub(crate) fn ask<T: Send + 'static>(
        &self,
        work: impl Fn(&Mpr, Option<&str>) -> Result<T, Failure> + Send + Sync + 'static,
    ) -> Vec<Answer<T>> {
        self.ask_those(&self.targets, work)
    }

    /// Asks some of the servers.
    pub(crate) fn ask_those<T: Send + 'static>(
        &self,
        targets: &[Target],
        work: impl Fn(&Mpr, Option<&str>) -> Result<T, Failure> + Send + Sync + 'static,
    ) -> Vec<Answer<T>> {
        let bar = (targets.len() > 1).then(|| progress(targets.len()));
        let done = || bar.iter().for_each(|bar| bar.inc(1));
        let answers = fleet::ask(&self.mpr, targets, self.limits, work, done);
        bar.iter().for_each(ProgressBar::finish_and_clear);
        answers
    }

    /// Connects to each server and asks it.
    pub(crate) fn ask_servers<T: Send + 'static>(
        &self,
        work: impl Fn(&Server) -> Result<T, Failure> + Send + Sync + 'static,
    ) -> Vec<Answer<T>> {
        self.ask(move |mpr, name| fleet::with_server(mpr, name, &work))
    }

    /// Lists what each server answers. What is wrong with the words of `listing` is found before a server is asked.
    pub(crate) fn list<R: Row + Send>(
        &self,
        listing: &Listing,
        work: impl Fn(&Server) -> Result<Vec<R>, Failure> + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        listing.check::<R>()?;
        Report::new(self.ask_servers(work)).print(self.style, listing)
    }

    /// As [`list`](Context::list), without a connection.
    pub(crate) fn list_of<R: Row + Send>(
        &self,
        listing: &Listing,
        work: impl Fn(&Mpr, Option<&str>) -> Result<Vec<R>, Failure> + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        listing.check::<R>()?;
        Report::new(self.ask(work)).print(self.style, listing)
    }
}

/// The servers that the command line or the configuration names, each once.
fn named(common: &Common, settings: &Settings) -> Result<Vec<Target>, Failure> {
    let mut names = common.server.clone();
    if let Some(path) = &common.servers {
        names.extend(read_names(path)?);
    }
    let is_unsaid = names.is_empty() && !common.demo;
    let fleet = common.fleet.as_ref().or(settings.defaults.fleet.as_ref().filter(|_| is_unsaid));
    if let Some(fleet) = fleet {
        let servers = settings.fleets.get(fleet).ok_or_else(|| {
            let known: Vec<&str> = settings.fleets.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Failure::usage(format!("there is no fleet `{fleet}`; the configuration file has {known}"))
        })?;
        names.extend(servers.iter().cloned());
    }
    let mut targets: Vec<Target> = Vec::new();
    for name in names {
        let target = Target::named(name.trim());
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    Ok(targets)
}

fn read_names(path: &Path) -> Result<Vec<String>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let names: Vec<String> = lines.filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if names.is_empty() {
        return Err(Failure::usage(format!("{} names no server", path.display())));
    }
    Ok(names)
}

/// On a terminal only, and gone when all have answered.
fn progress(servers: usize) -> ProgressBar {
    if !io::stderr().is_terminal() || output::is_dumb() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:32} {pos} of {len} servers {elapsed}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(servers as u64), ProgressDrawTarget::stderr()).with_style(style)
}
