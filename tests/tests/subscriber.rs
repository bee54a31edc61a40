//! Every function of the API under a subscriber of `tracing` that panics: the call's answer arrives all the same, and all
//! that the library gave goes back once.
#![cfg(not(windows))]

#[macro_use]
#[path = "../src/bin/hostile/ways.rs"]
mod ways;
#[path = "../src/bin/hostile/exercises.rs"]
mod exercises;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use exercises::{EXERCISES, Exercise};
use mprapi::Mpr;
use mprapi::sys::{Function, GUID, MPR_IPINIP_INTERFACE_0};
use mprapi_sim::{Scenario, Server, Simulation};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use ways::Subject;

/// Where the subscriber panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    RegisterCallsite,
    Enabled,
    NewSpan,
    Enter,
    Exit,
    Record,
    TryClose,
    Nowhere,
}

thread_local! {
    static PLACE: Cell<Place> = const { Cell::new(Place::Nowhere) };
    static PANICS: Cell<usize> = const { Cell::new(0) };
    /// The spans that were entered and not left.
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    /// The functions that were called.
    static CALLED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    /// How many spans there were.
    static SPANS: Cell<u64> = const { Cell::new(0) };
}

fn panic_at(place: Place) {
    if PLACE.get() == place {
        PANICS.set(PANICS.get() + 1);
        panic!("the subscriber panics, as was asked for");
    }
}

/// Panics at the place, after it has done what it does there.
struct Panicking;

struct FunctionName;

impl Visit for FunctionName {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "function" {
            CALLED.with_borrow_mut(|called| called.insert(value.to_owned()));
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl Subscriber for Panicking {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        panic_at(Place::RegisterCallsite);
        // So that it is asked each time.
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        panic_at(Place::Enabled);
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut FunctionName);
        panic_at(Place::NewSpan);
        SPANS.set(SPANS.get() + 1);
        Id::from_u64(SPANS.get())
    }

    fn record(&self, _: &Id, _: &Record<'_>) {
        panic_at(Place::Record);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        panic!("the crate tells of nothing but calls: {event:?}");
    }

    fn enter(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(span.into_u64()));
        panic_at(Place::Enter);
    }

    fn exit(&self, span: &Id) {
        let left = ENTERED.with_borrow_mut(Vec::pop);
        assert_eq!(left, Some(span.into_u64()), "spans are left in their order");
        panic_at(Place::Exit);
    }

    fn try_close(&self, _: Id) -> bool {
        panic_at(Place::TryClose);
        true
    }
}

/// Something of everything, under a name of its own; a new router for each exercise, since some change it.
fn start() -> Simulation {
    let scenario = include_str!("../../mprapi-sim/scenarios/everything.toml");
    let server = Scenario::from_toml(scenario).expect("valid").into_servers().pop().expect("one server");
    server.renamed(Server::unique().name()).start()
}

/// Adds a name, so that there is a list of them to give back, by the raw table, which has no spans.
fn add_ip_in_ip_name(mpr: &Mpr, server: &str) {
    let server: Vec<u16> = server.encode_utf16().chain([0]).collect();
    let mut name =
        MPR_IPINIP_INTERFACE_0 { Guid: GUID { Data1: 9, ..GUID::default() }, ..Default::default() };
    name.wszFriendlyName[0] = u16::from(b'a');
    // SAFETY: the name is terminated, and the record is whole; both are only read.
    let added = unsafe {
        mpr.table().MprSetupIpInIpInterfaceFriendlyNameCreate(server.as_ptr().cast_mut(), &raw mut name)
    };
    assert_eq!(added, Ok(0));
}

/// The result of an exercise while the subscriber panics at this place, and the number of panics.
fn come(exercise: &Exercise, place: Place) -> (Result<(), String>, usize) {
    let simulation = start();
    let router = &simulation.routers()[0];
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
    add_ip_in_ip_name(&mpr, router.name());
    let subject = Subject::new(mpr, router.name());
    let what = || format!("{} {}, {place:?}", exercise.function, exercise.record);
    let violations = mprapi_sim::violations().len();
    PANICS.set(0);
    PLACE.set(place);
    let came = catch_unwind(AssertUnwindSafe(|| (exercise.run)(&subject)));
    PLACE.set(Place::Nowhere);
    let came = came.unwrap_or_else(|_| panic!("{}: the panic came to the caller", what()));
    assert_eq!(ENTERED.take(), [], "{}: spans that were not left", what());
    assert!(router.outstanding().is_nothing(), "{}: {:?}", what(), router.outstanding());
    assert_eq!(router.violations(), [], "{}", what());
    assert_eq!(mprapi_sim::violations().len(), violations, "{}", what());
    (came.map_err(|error| error.to_string().replace(router.name(), "")), PANICS.get())
}

#[test]
fn whatever_a_subscriber_panics_at_the_answer_arrives_and_everything_goes_back_once() {
    std::panic::set_hook(Box::new(|info| {
        if PLACE.get() == Place::Nowhere {
            eprintln!("{info}");
        }
    }));
    tracing::subscriber::with_default(Panicking, || {
        // A callsite is registered once in a program, so this comes first.
        let (came, panics) = come(&EXERCISES[0], Place::RegisterCallsite);
        assert_eq!((came, panics), (Ok(()), 1));
        for exercise in EXERCISES {
            let (honest, _) = come(exercise, Place::Nowhere);
            for place in
                [Place::Enabled, Place::NewSpan, Place::Enter, Place::Exit, Place::Record, Place::TryClose]
            {
                let (came, panics) = come(exercise, place);
                let what = format!("{} {}, {place:?}", exercise.function, exercise.record);
                assert_eq!(came, honest, "{what}");
                assert!(panics > 0 || place == Place::Record, "{what}: it did not panic");
            }
        }
    });
    let called = CALLED.take();
    let never: Vec<_> =
        Function::ALL.iter().map(|function| function.name()).filter(|name| !called.contains(*name)).collect();
    assert!(never.is_empty(), "{never:?}");
}
