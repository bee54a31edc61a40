//! The simulator's faults.

use mprapi::Mpr;
use mprapi_sim::{Failure, Garbage, Scenario, Server, Simulation};

use crate::ways::Subject;
use crate::{Case, KNOWN, Liar, all_of};

/// Not its `count-too-large`: the memory that such a count claims is not there, and reading it would be undefined.
/// The library in C tells that lie with memory.
const FAULTS: [(&str, Garbage); 4] = [
    ("null-with-success", Garbage::NullWithSuccess),
    ("unterminated-strings", Garbage::UnterminatedStrings),
    ("endless-resume", Garbage::EndlessResume),
    ("panic", Garbage::Panic),
];

pub(crate) fn cases() -> Vec<Case> {
    let lies: Vec<_> = [("honest", 1)].into_iter().chain(FAULTS.map(|(name, _)| (name, 1))).collect();
    all_of(&lies, &KNOWN)
}

/// A new router for each case, since some change it.
#[derive(Default)]
pub(crate) struct Simulator(Option<Simulation>);

/// Returns `true` if a scenario may ask this function to fail.
fn can_fail(function: &str) -> bool {
    let has_no_server = function.starts_with("MprInfo")
        || ["MprAdminGetErrorString", "MprAdminGetPDCServer", "MprAdminMIBSetTrapInfo"].contains(&function);
    !has_no_server && !function.ends_with("Free")
}

impl Liar for Simulator {
    fn arm(&mut self, case: &Case) -> Subject {
        let simulation = server().start();
        let router = &simulation.routers()[0];
        let function = case.exercise.function;
        let fault = FAULTS.iter().find(|(name, _)| *name == case.lie).map(|(_, garbage)| *garbage);
        let failure = match fault {
            Some(garbage) => Some(Failure::garbage(garbage)),
            None if case.lie == "code" => Some(Failure::code(case.variant)),
            None => None,
        };
        if let Some(failure) = failure.filter(|_| can_fail(function)) {
            router.fail(function, failure);
        }
        // SAFETY: the simulator keeps the contract of `mprapi.h` but for its faults, and no fault is armed here that
        // announces memory which is not there.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let subject = Subject::new(mpr, router.name());
        self.0 = Some(simulation);
        subject
    }

    fn end(&mut self, case: &Case) -> (bool, u32) {
        let simulation = self.0.take().expect("armed");
        let router = &simulation.routers()[0];
        let outstanding = router.outstanding();
        let out = if outstanding.is_nothing() { 0 } else { 1 } + router.violations().len();
        (case.lie == "honest" || can_fail(case.exercise.function), out as u32)
    }
}

/// Something of everything, under a name of its own.
fn server() -> Server {
    let scenario = include_str!("../../../../mprapi-sim/scenarios/everything.toml");
    let server = Scenario::from_toml(scenario).expect("valid").into_servers().pop().expect("one server");
    server.renamed(Server::unique().name())
}
