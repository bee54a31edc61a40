//! Every function of the API that answers a code: the error names the server that was asked.
#![cfg(not(windows))]

#[macro_use]
#[path = "../src/bin/hostile/ways.rs"]
mod ways;
#[path = "../src/bin/hostile/exercises.rs"]
mod exercises;

use std::collections::BTreeSet;

use exercises::EXERCISES;
use mprapi::{ErrorKind, Mpr};
use mprapi_sim::{Failure, Scenario, Server, Simulation};
use ways::Subject;

/// `RPC_S_CALL_FAILED`: a code that no method asks again after.
const CODE: u32 = 1726;

/// Functions that take no server.
const LOCAL: [&str; 2] = ["MprAdminEstablishDomainRasServer", "MprAdminIsDomainRasServer"];

/// Functions whose code no method reports: one answers yes or no, one is called when a value is dropped.
const WITHOUT_ERROR: [&str; 2] = ["MprAdminDeregisterConnectionNotification", "MprAdminIsServiceRunning"];

/// Something of everything, under a name of its own; a new router for each exercise, since some change it.
fn start() -> Simulation {
    let scenario = include_str!("../../mprapi-sim/scenarios/everything.toml");
    let server = Scenario::from_toml(scenario).expect("valid").into_servers().pop().expect("one server");
    server.renamed(Server::unique().name()).start()
}

/// Returns `true` if a scenario may ask this function to fail.
fn can_fail(function: &str) -> bool {
    let has_no_server = function.starts_with("MprInfo")
        || [
            "MprAdminGetErrorString",
            "MprAdminGetPDCServer",
            "MprAdminMIBSetTrapInfo",
            "MprConfigServerInstall",
        ]
        .contains(&function);
    !has_no_server && !function.ends_with("Free")
}

#[test]
fn the_error_of_every_function_names_the_server_that_was_asked() {
    let mut failed = BTreeSet::new();
    for exercise in EXERCISES.iter().filter(|exercise| can_fail(exercise.function)) {
        let simulation = start();
        let router = &simulation.routers()[0];
        router.fail(exercise.function, Failure::code(CODE));
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let what = format!("{} {}", exercise.function, exercise.record);
        let Err(error) = (exercise.run)(&Subject::new(mpr, router.name())) else {
            // Those that watch sessions read at an interval instead.
            let is_expected = WITHOUT_ERROR.contains(&exercise.function) || exercise.record == "sessions";
            assert!(is_expected, "{what}: no error");
            continue;
        };
        assert_eq!((error.function(), error.code()), (exercise.function, Some(CODE)), "{what}");
        let expected = (!LOCAL.contains(&exercise.function)).then(|| router.name());
        assert_eq!(error.server(), expected, "{what}");
        failed.insert(exercise.function);
    }
    assert!(failed.len() > 80, "{}: {failed:?}", failed.len());
}

#[test]
fn an_error_without_a_code_names_no_server() {
    let simulation = start();
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
    let server = Some(simulation.routers()[0].name());
    let error = mpr.user(server, "an\0na").unwrap_err();
    assert_eq!((error.kind(), error.server()), (ErrorKind::InvalidArgument, None));
}
