//! Calls of the API on a thread that is in a callout of the service: errors, where the library would wait forever.

use mprapi::{ErrorKind, HandleProblem, Mpr, callout};

fn mpr() -> Mpr {
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    unsafe { Mpr::from_table(mprapi_sim::table()) }
}

#[test]
fn a_server_that_is_open_already_cannot_be_asked_and_can_again_afterwards() {
    let simulation = mprapi_sim::Server::new("callout-open").start();
    let server = mpr().connect(Some("callout-open")).expect("it is there");
    let error = callout::run(|| server.connections().map(drop)).expect("no panic").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InCallout);
    assert_eq!(error.function(), "MprAdminConnectionEnum");
    let sentence = if cfg!(feature = "messages") {
        "a call within a callout of the service would never return; call later, on another thread"
    } else {
        "in a callout"
    };
    assert_eq!(error.to_string(), format!("MprAdminConnectionEnum: {sentence}"));
    assert_eq!(std::io::Error::from(error).kind(), std::io::ErrorKind::Deadlock);
    assert!(server.connections().is_ok());
    drop(simulation);
}

#[test]
fn another_thread_can_ask_meanwhile() {
    let simulation = mprapi_sim::Server::new("callout-thread").start();
    let server = mpr().connect(Some("callout-thread")).expect("it is there");
    let asked = callout::run(|| {
        std::thread::scope(|scope| scope.spawn(|| server.connections().is_ok()).join().expect("no panic"))
    });
    assert_eq!(asked, Some(true));
    drop(simulation);
}

#[test]
fn a_handle_is_not_disconnected_and_comes_back() {
    let simulation = mprapi_sim::Server::new("callout-disconnect").start();
    let server = mpr().connect(Some("callout-disconnect")).expect("it is there");
    let error = callout::run(|| mprapi::disconnect(server)).expect("no panic").unwrap_err();
    assert_eq!(error.problem(), HandleProblem::InCallout);
    let server = error.into_handle();
    assert!(server.connections().is_ok(), "it is still open");
    assert!(mprapi::disconnect(server).is_ok());
    drop(simulation);
}

#[test]
fn every_noun_refuses() {
    let mpr = mpr();
    let kinds = callout::run(|| {
        [
            mpr.connect(None).map(drop).unwrap_err().kind(),
            mpr.configuration(None).map(drop).unwrap_err().kind(),
            mpr.mib(None).map(drop).unwrap_err().kind(),
            mpr.is_service_running(None).map(drop).unwrap_err().kind(),
            mpr.error_text(5).map(drop).unwrap_err().kind(),
        ]
    });
    assert_eq!(kinds, Some([ErrorKind::InCallout; 5]));
}
