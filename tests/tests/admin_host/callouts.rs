//! Callouts that do not return, or call what they must not.

use std::time::{Duration, Instant};

use mprapi_sim::{AdminDllRules, CalloutOutcome, Fault, Refused};

use super::{faults, outcomes, router, user, with};

#[test]
fn a_callout_that_hangs_lets_no_one_in_after_the_limit_and_no_other_server_waits() {
    let built = build!("ex");
    let other = build!("ex");
    let limit = Duration::from_millis(300);
    let rules = AdminDllRules::new().limit(limit);
    let simulation = with(built.same_process()).admin_dll_rules(rules.clone()).start();
    let untouched = with(other.same_process()).admin_dll_rules(rules).start();
    let router = router(&simulation);
    let begin = Instant::now();
    std::thread::scope(|scope| {
        let hangs = scope.spawn(|| router.connect(&user("hangs")));
        assert_eq!(untouched.routers()[0].connect(&user("anna")), Ok(()));
        assert_eq!(hangs.join().expect("no panic"), Err(Refused::NoAnswer));
    });
    assert!(begin.elapsed() >= limit);
    // The group is blocked, so others are refused at once; the address functions are another group.
    let begin = Instant::now();
    assert_eq!(router.connect(&user("anna")), Err(Refused::NoAnswer));
    assert!(begin.elapsed() < limit, "{:?}", begin.elapsed());
    assert_eq!(faults(router), [Fault::HangingCallout]);
    let last = outcomes(router).into_iter().rev().find(|(function, _)| function.contains("Accept"));
    assert_eq!(last.expect("a callout").1, CalloutOutcome::NotCalled);
    // When the callout returns, its answer counts for no one, and the group goes on.
    built.let_go();
    let end = Instant::now() + Duration::from_secs(20);
    while router.connect(&user("anna")) == Err(Refused::NoAnswer) {
        assert!(Instant::now() < end, "the group is blocked for ever");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(router.users(), ["anna"]);
    assert!(!built.calls().contains(&"two at a time".to_owned()));
}

#[test]
fn a_start_that_hangs_ends_at_the_limit() {
    let built = build!("hangs-at-start");
    let rules = AdminDllRules::new().limit(Duration::from_millis(200));
    let simulation = with(built.same_process()).admin_dll_rules(rules).start();
    let router = router(&simulation);
    let reason = router.start_failure().expect("the service does not start").reason;
    assert_eq!(reason, "MprAdminInitializeDll did not return within the limit");
    assert_eq!(faults(router), [Fault::HangingCallout]);
    built.let_go();
}

#[test]
fn a_call_of_the_api_from_inside_a_callout_is_an_error_and_a_violation() {
    let built = build!("ex");
    let simulation = with(built.same_process()).start();
    let router = router(&simulation);
    built.set_connect();
    assert_eq!(router.connect(&user("calls")), Ok(()));
    // ERROR_POSSIBLE_DEADLOCK
    assert!(built.calls().contains(&"connect answered 1131".to_owned()), "{:?}", built.calls());
    assert_eq!(faults(router), [Fault::CalledFromCallout]);
    assert_eq!(router.violations()[0].function, "MprAdminServerConnect");
    let asked =
        outcomes(router).into_iter().filter(|(function, _)| *function == "MprAdminAcceptNewConnectionEx");
    let asked: Vec<_> = asked.map(|(_, outcome)| outcome).collect();
    assert_eq!(asked, [CalloutOutcome::CalledBack("MprAdminServerConnect"), CalloutOutcome::Accepted]);
}
