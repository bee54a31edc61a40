//! The start of the service with its DLLs, and its stop.

use std::fs;
use std::time::Duration;

use mprapi_sim::{AdminDll, AdminDllRules, CalloutOutcome, Fault, Refused, Scenario, Server, Service};

use super::{faults, router, user, with};

#[test]
fn a_dll_that_lacks_an_export_keeps_the_service_from_starting() {
    for (variant, missing) in [
        ("no-links", "MprAdminAcceptNewLink; MprAdminLinkHangupNotification"),
        ("no-release", "MprAdminReleaseIpAddress, which belongs to MprAdminGetIpAddressForUser"),
        ("half-pair", "MprAdminConnectionHangupNotification3, which belongs to MprAdminAcceptNewConnection3"),
    ] {
        let built = build!(variant);
        let simulation = with(built.same_process()).session(user("anna")).start();
        let router = router(&simulation);
        let failure = router.start_failure().expect("the service does not start");
        assert_eq!(failure.dll, built.path);
        assert_eq!(failure.reason, format!("the DLL does not export {missing}"), "{variant}");
        assert_eq!(router.users(), [] as [&str; 0]);
        assert_eq!(router.connect(&user("anna")), Err(Refused::NoFreePort));
        assert!(faults(router).iter().all(|fault| *fault == Fault::MissingExport), "{variant}");
        assert!(!faults(router).is_empty());
        assert!(router.callouts().is_empty(), "no function of such a DLL is called");
    }
}

#[test]
fn a_table_needs_both_functions_of_each_pair_unless_the_rules_say_otherwise() {
    let built = build!("half-table");
    let simulation = with(built.same_process()).start();
    let reason = router(&simulation).start_failure().expect("the service does not start").reason;
    assert!(
        reason.starts_with("the DLL neither exports nor has in its table of callbacks MprAdminTerminateDll"),
        "{reason}"
    );
    drop(simulation);
    let rules = AdminDllRules::new().strict_tables(false);
    let simulation = with(built.same_process()).admin_dll_rules(rules).start();
    assert_eq!(router(&simulation).start_failure(), None);
    assert_eq!(router(&simulation).connect(&user("anna")), Ok(()));
    assert_eq!(router(&simulation).connect(&user("refused")), Err(Refused::ByAdminDll));
}

#[test]
fn a_table_of_revision_1_has_no_functions_that_take_the_newest_record() {
    let built = build!("revision-1");
    let simulation = with(built.same_process()).start();
    // The DLL exports them by name as well.
    assert_eq!(router(&simulation).start_failure(), None);
    let built = build!("revision-3");
    let simulation = with(built.same_process()).start();
    let failure = router(&simulation).start_failure().expect("no one knows revision 3");
    assert_eq!(failure.reason, "MprAdminInitializeDllEx answered error 13");
}

#[test]
fn a_dll_that_fails_to_initialise_keeps_the_service_from_starting_and_the_others_are_told() {
    let (good, bad) = (build!("ex"), build!("fails"));
    let server = with(good.same_process()).admin_dll(bad.same_process());
    let simulation = server.start();
    let failure = router(&simulation).start_failure().expect("the service does not start");
    assert_eq!(
        (failure.dll, failure.reason.as_str()),
        (bad.path.clone(), "MprAdminInitializeDll answered error 31")
    );
    assert_eq!(good.calls(), ["initialize", "terminate"]);
}

#[test]
fn a_dll_that_failed_to_initialise_is_the_same_module_when_the_service_starts_again() {
    for unloads in [false, true] {
        let bad = build!("fails");
        let rules = AdminDllRules::new().unloads(unloads);
        let simulation = with(bad.same_process()).admin_dll_rules(rules).start();
        let router = router(&simulation);
        assert!(router.start_failure().is_some());
        router.start_service();
        assert!(router.start_failure().is_some());
        // An unloaded one has forgotten the first start; a copy would have its variables elsewhere.
        let expected: &[&str] = if unloads { &[] } else { &["initialize"; 2] };
        assert_eq!(bad.calls(), expected, "unloads: {unloads}");
    }
}

#[test]
fn a_dll_keeps_its_variables_over_a_start_that_another_one_has_failed() {
    let (fails, other) = (build!("fails-once"), build!("ex"));
    let simulation = with(fails.same_process()).admin_dll(other.same_process()).start();
    let router = router(&simulation);
    assert_eq!(router.start_failure(), None);
    router.restart_service();
    assert_eq!(router.start_failure().expect("it fails at its second start").dll, fails.path);
    router.start_service();
    assert_eq!(router.start_failure(), None);
    assert_eq!(fails.calls(), ["initialize", "terminate", "initialize", "initialize"]);
    assert_eq!(other.calls(), ["initialize", "terminate", "initialize"]);
}

#[test]
fn a_file_that_cannot_be_loaded_keeps_the_service_from_starting() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("text.dll");
    fs::write(&text, "no library").expect("a file");
    for path in [text, folder.path().join("absent.dll")] {
        let simulation = with(AdminDll::new(&path)).start();
        let failure = router(&simulation).start_failure().expect("the service does not start");
        assert!(failure.reason.starts_with("the file cannot be loaded: "), "{failure}");
        assert_eq!(failure.dll, path);
    }
}

#[test]
fn the_service_starts_again_with_the_module_and_its_variables_or_without() {
    for unloads in [false, true] {
        let built = build!("ex");
        let rules = AdminDllRules::new().unloads(unloads);
        let simulation =
            with(AdminDll::new(&built.path)).admin_dll_rules(rules).session(user("anna")).start();
        let router = router(&simulation);
        assert_eq!(router.users(), ["anna"]);
        router.restart_service();
        assert_eq!(router.users(), [] as [&str; 0], "a restart ends sessions");
        assert_eq!(router.connect(&user("bert")), Ok(()));
        let calls = built.calls();
        let starts = calls.iter().filter(|line| *line == "initialize").count();
        let ends = calls.iter().filter(|line| *line == "terminate").count();
        let expected = if unloads { (1, 0) } else { (2, 1) };
        assert_eq!((starts, ends), expected, "unloads: {unloads}, {calls:?}");
        let terminate = router.callouts().into_iter().filter(|callout| {
            callout.function == "MprAdminTerminateDll" && callout.outcome == CalloutOutcome::Done
        });
        assert_eq!(terminate.count(), 2, "one in each process");
    }
}

#[test]
fn the_end_of_a_simulation_stops_the_service() {
    let built = build!("ex");
    let simulation = with(built.same_process()).session(user("anna")).start();
    let router = router(&simulation).clone();
    drop(simulation);
    let calls = built.calls();
    assert_eq!(calls.last().map(String::as_str), Some("terminate"), "{calls:?}");
    assert!(calls.contains(&"hangupEx anna after 0 s, in 0, out 0".to_owned()));
    assert_eq!(router.users(), [] as [&str; 0]);
}

#[test]
fn a_service_that_starts_later_loads_its_dlls_then() {
    let built = build!("ex");
    let server = with(built.same_process()).service(Service::Starting).starts_in(Duration::from_secs(30));
    let simulation = server.session(user("anna")).start();
    let router = router(&simulation);
    assert!(router.callouts().is_empty());
    router.advance(Duration::from_secs(30));
    assert_eq!(router.users(), ["anna"]);
    let built = build!("ex");
    let simulation = with(built.same_process()).service(Service::Stopped).start();
    let router = &simulation.routers()[0];
    assert!(router.callouts().is_empty() && router.start_failure().is_none());
    router.start_service();
    assert_eq!(router.connect(&user("anna")), Ok(()));
}

#[test]
fn a_path_of_a_scenario_file_begins_at_its_folder() {
    let built = build!("ex");
    let folder = built.path.parent().expect("a folder");
    let name = built.path.file_name().and_then(|name| name.to_str()).expect("a name");
    let file = folder.join("scenario.toml");
    let server = Server::unique();
    let text = format!(
        "[[server]]\nname = \"{}\"\n[[server.ports]]\ntunnel = \"ikev2\"\ncount = 1\n\
         [[server.admin-dll]]\npath = \"{name}\"\nip-process = \"same\"\n\
         [server.admin-dll-rules]\nbyte-order = \"network\"\nprefers = \"newest\"\nlimit = 5\nasks-all = true\n\
         [[server.session]]\nuser = \"anna\"\ntunnel = \"ikev2\"\n",
        server.name()
    );
    fs::write(&file, text).expect("a file");
    let simulation = Scenario::from_file(&file).expect("a scenario").start();
    assert_eq!(router(&simulation).users(), ["anna"]);
    assert!(built.calls().contains(&"acceptEx anna".to_owned()));
}
