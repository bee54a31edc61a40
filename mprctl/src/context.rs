//! The context of a command: the API, the selected servers with their limits, and the style of the output.

use std::sync::Arc;
use std::thread;

use mprapi::{Mpr, Server};

use crate::backend::Backend;
use crate::common::Common;
use crate::demo::Demo;
use crate::failure::{Failure, Kind};
use crate::fleet::{self, Answer, Limits};
use crate::network::Network;
use crate::output::{Listing, Report, Row, Style};
use crate::progress::Progress;
use crate::settings::Settings;
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
    /// The servers that the configuration file names, and the simulated ones.
    known: Vec<String>,
    /// The way to servers that are asked over the network, if they are.
    network: Option<Network>,
    /// The simulated servers of `--demo`, which live as long as this.
    _demo: Option<Demo>,
}

impl Context {
    pub(crate) fn new(common: &Common, settings: SettingsFile) -> Result<Context, Failure> {
        let own = Settings::of(common, &settings);
        let targets = if settings.has_no_servers { None } else { own.targets(&settings)? };
        let backend = Backend::choose(common, &settings, targets.as_deref())?;
        let demo = common.demo.then(Demo::start);
        let mut known = settings.server_names();
        known.extend(demo.iter().flat_map(Demo::targets).filter_map(|target| target.name));
        let all_of_demo = || demo.as_ref().map(Demo::targets).filter(|targets| !targets.is_empty());
        // The default is this machine.
        let mut targets = targets.or_else(all_of_demo).unwrap_or_else(|| vec![Target { name: None }]);
        let limits = Limits { parallel: own.parallel.value, timeout: own.timeout.value };
        let style = Style::new(own.output.value, own.color.value);
        let is_simulated = backend.is_simulated();
        let network = match backend {
            Backend::Network => {
                // Over the network this machine is a server like any other.
                targets.iter_mut().for_each(|target| {
                    target.name.get_or_insert_with(|| "localhost".to_owned());
                });
                let network = Network::new(common.network.clone(), settings, limits.timeout);
                network.add(&targets)?;
                Some(network)
            }
            _ => None,
        };
        Ok(Context {
            mpr: backend.open()?,
            targets,
            limits,
            style,
            is_simulated,
            known,
            network,
            _demo: demo,
        })
    }

    /// Returns `true` if the servers are asked over the network, without Windows.
    pub(crate) fn is_over_network(&self) -> bool {
        self.network.is_some()
    }

    /// Makes ready to ask further servers.
    ///
    /// # Errors
    /// A port or an account that cannot be used.
    pub(crate) fn add(&self, targets: &[Target]) -> Result<(), Failure> {
        self.network.as_ref().map_or(Ok(()), |network| network.add(targets))
    }

    /// Returns the names of the servers, for a question.
    pub(crate) fn servers(&self) -> String {
        self.targets.iter().map(Target::label).collect::<Vec<_>>().join(", ")
    }

    /// Makes a context of simulated servers for a test.
    #[cfg(test)]
    pub(crate) fn of_test(names: &[&str], timeout: std::time::Duration) -> Context {
        use crate::output::Format;

        Context {
            // SAFETY: the simulator keeps the contract of `mprapi.h`.
            mpr: unsafe { Mpr::from_table(mprapi_sim::table()) },
            targets: names.iter().map(|name| Target::named(name)).collect(),
            limits: Limits { parallel: 32, timeout },
            style: Style { format: Format::Table, color: false, width: None, has_headings: true },
            is_simulated: true,
            known: Vec::new(),
            network: None,
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
        let progress = Arc::new(Progress::new(targets.len()));
        let shown = Arc::clone(&progress);
        let work = move |mpr: &Mpr, name: Option<&str>| {
            let answer = work(mpr, name);
            shown.count();
            answer
        };
        let mut answers = fleet::ask(&self.mpr, targets, self.limits, work);
        progress.end();
        answers.iter_mut().for_each(|answer| self.advise(answer));
        answers
    }

    /// Adds to the failure of a server that is not there the name that was perhaps meant.
    fn advise<T>(&self, answer: &mut Answer<T>) {
        if let (Some(name), Err(failure)) = (&answer.target.name, &mut answer.result)
            && failure.kind == Kind::Unreachable
            && !failure.is_too_slow
            && !self.known.contains(name)
        {
            *failure = failure.clone().near(name, self.known.iter().map(String::as_str));
        }
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
        self.list_of(listing, move |mpr, name| fleet::with_server(mpr, name, &work))
    }

    /// As [`list`](Context::list), without a connection.
    pub(crate) fn list_of<R: Row + Send>(
        &self,
        listing: &Listing<R>,
        work: impl Fn(&Mpr, Option<&str>) -> Result<Vec<R>, Failure> + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        let work = Arc::new(work);
        print_each(self.style, listing, || {
            let work = Arc::clone(&work);
            Ok(Report::new(self.ask(move |mpr, name| work(mpr, name))))
        })
    }

    /// As [`list_of`](Context::list_of), of objects by name: those that exist are shown even if others do not.
    pub(crate) fn list_each<R: Row + Send>(
        &self,
        listing: &Listing<R>,
        work: impl Fn(&Mpr, Option<&str>) -> Result<Vec<Result<R, Failure>>, Failure> + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        let work = Arc::new(work);
        print_each(self.style, listing, || {
            let work = Arc::clone(&work);
            Ok(Report::of_each(self.ask(move |mpr, name| work(mpr, name))))
        })
    }
}

/// Prints a report, or with `--watch` one after the other. Checks the options of `listing` before the first.
pub(crate) fn print_each<R: Row>(
    style: Style,
    listing: &Listing<R>,
    mut report: impl FnMut() -> Result<Report<R>, Failure>,
) -> Result<(), Failure> {
    listing.check()?;
    let Some(interval) = listing.interval() else { return report()?.print(style, listing) };
    if style.format.is_document() && !listing.is_quiet() {
        return Err(Failure::usage("--watch cannot print one document, since it lists again and again")
            .advice("`--output ndjson` prints one JSON object per line."));
    }
    let mut style = style;
    loop {
        let answer = report();
        if style.format.is_for_people() && !listing.is_quiet() {
            terminal::clear()?;
        }
        match answer.and_then(|report| report.print(style, listing)) {
            Err(failure) if failure.is_broken_pipe || failure.kind == Kind::Usage => return Err(failure),
            // The server may answer the next time.
            Err(failure) => failure.say(),
            Ok(()) => {}
        }
        // CSV has its headings once.
        style.has_headings = style.format.is_for_people();
        thread::sleep(interval);
    }
}

/// Returns the style of the output that the command line and the configuration file ask for.
pub(crate) fn style_of(common: &Common, settings: &SettingsFile) -> Style {
    let settings = Settings::of(common, settings);
    Style::new(settings.output.value, settings.color.value)
}
