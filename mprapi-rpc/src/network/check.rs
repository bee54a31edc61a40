//! A check of a connection, step by step.

use std::time::{Duration, Instant};

use super::line::{Dial, Dialing};
use super::look;
use super::options::{Options, end_of};
use super::session::refused;
use super::step::{Outcome, Report, Step};
use crate::caller::{CallError, Caller};
use crate::failure::{Failure, Layer};

/// Walks the steps of a connection to a server one by one, from its name to a call, and tells each to `on_step`: those that
/// succeeded, and the one that failed, which is the last. Then reads the sizes and revisions of the server's records.
///
/// Nothing is changed on the server. The report has nothing private. A step that is not reached is not in it.
pub fn check(server: Option<&str>, on_step: &mut dyn FnMut(&Step)) -> Report {
    let options = super::options(server);
    match super::smb_to(server, options.clone()) {
        Ok(smb) => check_over(&smb, &options, on_step),
        Err(failure) => {
            let mut checking = Checking::new(on_step);
            checking.fail(failure);
            checking.report
        }
    }
}

/// A check that goes on.
struct Checking<'a> {
    on_step: &'a mut dyn FnMut(&Step),
    report: Report,
    /// The end of the last step.
    since: Instant,
}

impl<'a> Checking<'a> {
    fn new(on_step: &'a mut dyn FnMut(&Step)) -> Checking<'a> {
        let report = Report {
            version: env!("CARGO_PKG_VERSION"),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            ..Report::default()
        };
        Checking { on_step, report, since: Instant::now() }
    }

    fn step(&mut self, layer: Layer, text: String, facts: Vec<super::step::Fact>, failure: Option<Failure>) {
        let now = Instant::now();
        let took = now.duration_since(self.since);
        self.since = now;
        let code = failure.as_ref().map_or(0, |failure| failure.code);
        let milliseconds = took.as_millis().try_into().unwrap_or(u64::MAX);
        self.report.steps.push(Outcome { layer, code, facts: facts.clone(), milliseconds });
        (self.on_step)(&Step { layer, text, facts, failure, took });
    }

    fn fail(&mut self, failure: Failure) {
        self.step(failure.layer, failure.text.clone(), Vec::new(), Some(failure));
    }
}

/// Checks, as [`check`] does, the connections that a way to dial makes.
pub fn check_over(dial: &dyn Dial, options: &Options, on_step: &mut dyn FnMut(&Step)) -> Report {
    let mut checking = Checking::new(on_step);
    let dialled = dial.dial(&mut Dialing {
        until: end_of(options.connect_limit),
        hold: &mut |_| Ok(()),
        tell: &mut |layer, text, facts| checking.step(layer, text, facts, None),
    });
    match dialled {
        Ok((mut caller, _control)) => walk(&mut checking, &mut caller, options.call_limit),
        Err(failure) => checking.fail(failure),
    }
    checking.report
}

/// Makes the calls of a check. The first one that fails is the step's failure.
fn walk(checking: &mut Checking<'_>, caller: &mut Caller, limit: Duration) {
    let mut ask = |opnum: u16, stub: &[u8]| caller.call(opnum, stub, end_of(limit));
    let result = look::look(&mut ask, &mut checking.report);
    match result {
        Ok(text) => checking.step(Layer::Call, text, Vec::new(), None),
        Err(CallError::Failed { failure, .. }) => checking.fail(failure),
        Err(CallError::Fault(fault)) => checking.fail(refused(fault)),
    }
}
