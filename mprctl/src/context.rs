//! The context of a command: the API, the selected servers with their limits, and the style of the output.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mprapi::{Mpr, Server};

use crate::backend::Backend;
use crate::common::Common;
use crate::demo::Demo;
use crate::failure::Failure;
use crate::fleet::{self, Answer, Limits};
use crate::output::{Color, Format, Listing, Report, Row, Style};
use crate::servers::Selection;
use crate::settings_file::SettingsFile;
use crate::target::Target;
use crate::terminal;

pub(crate) struct Context {
    pub(crate) mpr: Mpr,
    /// At least one.
    pub(crate) targets: Vec<Target>,
    pub(crate) limits: Limits,
    pub(crate) style: Style,
    /// `true` if the servers are simulated.
    pub(crate) is_simulated: bool,
    /// The simulated servers of `--demo`, which live as long as this.
    _demo: Option<Demo>,
}

impl Context {
    pub(crate) fn new(common: &Common, settings: SettingsFile) -> Result<Context, Failure> {
        let file = common.servers.as_deref();
        let mut selection = Selection { names: &common.server, file, fleet: common.fleet.as_deref() };
        if !common.demo {
            selection = selection.or_default(&settings);
        }
        let targets = if selection.is_none() { None } else { Some(selection.targets(&settings)?) };
        let demo = common.demo.then(Demo::start);
        let all_of_demo = || demo.as_ref().map(Demo::targets).filter(|targets| !targets.is_empty());
        // The default is this machine.
        let targets = targets.or_else(all_of_demo).unwrap_or_else(|| vec![Target { name: None }]);
        let is_simulated = common.demo || common.library.is_none() && !cfg!(windows);
        let backend = match &common.library {
            Some(path) => Backend::Library(path),
            None if common.demo => Backend::Simulator,
            None => Backend::Own,
        };
        let Common { parallel, timeout, .. } = common;
        let limits = Limits {
            parallel: parallel.or(settings.defaults.parallel).map_or(32, usize::from),
            timeout: timeout.or(settings.defaults.timeout).unwrap_or(Duration::from_secs(30)),
        };
        let style = style_of(common, &settings);
        Ok(Context { mpr: backend.open()?, targets, limits, style, is_simulated, _demo: demo })
    }

    /// Returns the names of the servers, for a question.
    pub(crate) fn servers(&self) -> String {
        self.targets.iter().map(Target::label).collect::<Vec<_>>().join(", ")
    }

    /// Makes a context of simulated servers for a test.
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

    /// Asks each server. `work` connects if it has to.
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
        let bar = progress(targets.len());
        let done = bar.clone();
        let work = move |mpr: &Mpr, name: Option<&str>| {
            let answer = work(mpr, name);
            done.inc(1);
            answer
        };
        let answers = fleet::ask(&self.mpr, targets, self.limits, work);
        bar.finish_and_clear();
        answers
    }

    /// Connects to each server and asks it.
    pub(crate) fn ask_servers<T: Send + 'static>(
        &self,
        work: impl Fn(&Server) -> Result<T, Failure> + Send + Sync + 'static,
    ) -> Vec<Answer<T>> {
        self.ask(move |mpr, name| fleet::with_server(mpr, name, &work))
    }

    /// Asks each server for rows and prints them. Checks the options of `listing` before it asks a server.
    pub(crate) fn list<R: Row + Send>(
        &self,
        listing: &Listing<R>,
        work: impl Fn(&Server) -> Result<Vec<R>, Failure> + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        listing.check()?;
        Report::new(self.ask_servers(work)).print(self.style, listing)
    }

    /// As [`list`](Context::list), without a connection.
    pub(crate) fn list_of<R: Row + Send>(
        &self,
        listing: &Listing<R>,
        work: impl Fn(&Mpr, Option<&str>) -> Result<Vec<R>, Failure> + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        listing.check()?;
        Report::new(self.ask(work)).print(self.style, listing)
    }
}

/// Returns the style of the output that the command line and the configuration file ask for.
pub(crate) fn style_of(common: &Common, settings: &SettingsFile) -> Style {
    Style::new(
        common.output.or(settings.defaults.output).unwrap_or(Format::Table),
        common.color.or(settings.defaults.color).unwrap_or(Color::Auto),
    )
}

/// Makes a progress bar, which is hidden for one server, and unless standard error is a terminal.
fn progress(servers: usize) -> ProgressBar {
    if servers < 2 || !terminal::is_error_shown() || terminal::is_dumb() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:32} {pos} of {len} servers {elapsed}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(servers as u64), ProgressDrawTarget::stderr()).with_style(style)
}
