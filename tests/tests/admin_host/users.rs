//! Users who come and go, and the DLLs that are asked about them.

use std::time::{Duration, Instant};

use mprapi_sim::{AdminDllRules, Clock, Quarantine, Refused, Server, Session, Tunnel};

use super::{router, user, with};

#[test]
fn a_user_refused_by_a_dll_is_not_connected_and_the_dll_is_told_of_the_end() {
    let built = build!("ex");
    let simulation = with(built.same_process()).start();
    let router = router(&simulation);
    assert_eq!(router.connect(&user("refused")), Err(Refused::ByAdminDll));
    assert_eq!(router.users(), [] as [&str; 0]);
    router.wait_for_callouts();
    let expected = [
        "initialize",
        "address refused VPN1-0 10.20.0.2",
        "acceptEx refused",
        "hangupEx refused after 0 s, in 0, out 0",
        "release refused VPN1-0 10.20.0.2",
    ];
    assert_eq!(built.calls(), expected);
    // The port is free again, and so is the address.
    for _ in 0..8 {
        assert_eq!(router.connect(&user("refused")), Err(Refused::ByAdminDll));
    }
    assert_eq!(router.connect(&user("anna")), Ok(()));
}

#[test]
fn a_refused_connection_is_not_reported_where_the_rules_say_so() {
    let built = build!("ex");
    let rules = AdminDllRules::new().reports_refused(false);
    let simulation = with(built.same_process()).admin_dll_rules(rules).start();
    let router = router(&simulation);
    assert_eq!(router.connect(&user("refused")), Err(Refused::ByAdminDll));
    router.wait_for_callouts();
    assert!(!built.calls().iter().any(|line| line.starts_with("hangup")), "{:?}", built.calls());
}

#[test]
fn a_user_whose_link_is_refused_is_not_connected() {
    let built = build!("ex");
    let simulation = with(built.same_process()).start();
    let router = router(&simulation);
    assert_eq!(router.connect(&Session::new("anna", Tunnel::Pptp)), Err(Refused::ByAdminDll));
    router.wait_for_callouts();
    let calls = built.calls();
    let from = calls.iter().position(|line| line.starts_with("accept")).expect("was asked");
    assert_eq!(
        calls[from..],
        [
            "acceptEx anna",
            "link VPN3-0",
            "unlink VPN3-0",
            "hangupEx anna after 0 s, in 0, out 0",
            "release anna VPN3-0 10.20.0.2"
        ]
    );
    assert_eq!(router.users(), [] as [&str; 0]);
}

#[test]
fn every_dll_must_accept_and_those_behind_one_that_refuses_are_asked_only_by_a_rule() {
    let (first, second) = (build!("ex"), build!("no-addresses"));
    for asks_all in [false, true] {
        let rules = AdminDllRules::new().asks_all(asks_all);
        let server = with(first.same_process()).admin_dll(second.same_process()).admin_dll_rules(rules);
        let simulation = server.start();
        let router = router(&simulation);
        assert_eq!(router.connect(&user("anna")), Ok(()));
        assert_eq!(router.connect(&user("refused")), Err(Refused::ByAdminDll));
        let asked = router.callouts();
        let of_refused = asked.iter().filter(|callout| {
            callout.user == "refused" && callout.function == "MprAdminAcceptNewConnectionEx"
        });
        assert_eq!(of_refused.count(), if asks_all { 2 } else { 1 });
    }
}

#[test]
fn sessions_of_the_scenario_pass_the_dlls_too_also_those_that_arrive_later() {
    let built = build!("ex");
    let later = Duration::from_secs(600);
    let mut server = with(built.same_process());
    for (name, arrives) in
        [("anna", None), ("refused", None), ("bert", Some(later)), ("refused later", Some(later))]
    {
        let session = user(name).connected_for(Duration::from_secs(60)).stays_for(Duration::from_secs(1200));
        server = server.session(arrives.map_or(session.clone(), |arrives| session.arrives_in(arrives)));
    }
    let simulation = server.start();
    let router = router(&simulation);
    assert_eq!(router.users(), ["anna"]);
    router.advance(later);
    assert_eq!(router.users(), ["anna", "bert"]);
    // Both leave while the clock jumps; each end has its own time.
    router.advance(Duration::from_secs(86_400));
    assert_eq!(router.users(), [] as [&str; 0]);
    let calls = built.calls();
    for line in ["hangupEx anna after 1260 s, in 0, out 0", "hangupEx bert after 1260 s, in 0, out 0"] {
        assert!(calls.contains(&line.to_owned()), "{calls:?}");
    }
}

#[test]
fn users_follow_each_other_on_one_port_on_a_stepped_clock() {
    let built = build!("ex");
    let mut server = Server::unique().ports(Tunnel::Ikev2, 1).admin_dll(built.same_process());
    for hour in 1..=20 {
        let arrives = Duration::from_secs(hour * 3600);
        let session = user(&format!("user{hour}")).arrives_in(arrives);
        server = server.session(session.stays_for(Duration::from_secs(1800)));
    }
    let simulation = server.start();
    router(&simulation).advance(Duration::from_secs(86_400));
    let calls = built.calls();
    let came = calls.iter().filter(|line| line.starts_with("acceptEx")).count();
    let went = calls.iter().filter(|line| line.starts_with("hangupEx")).count();
    assert_eq!((came, went), (20, 20), "{calls:?}");
}

#[test]
fn a_client_whose_quarantine_ends_may_be_sent_away() {
    for (variant, function) in [("ex", "reauthenticateEx"), ("three", "reauthenticate")] {
        let built = build!(variant);
        let restricted = |name| user(name).quarantine(Quarantine::Restricted);
        let server = with(built.same_process()).session(restricted("anna")).session(restricted("leaver"));
        let simulation = server.start();
        let router = router(&simulation);
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
        let server = mpr.connect(Some(router.name())).expect("a server");
        for connection in &server.connections().expect("an answer") {
            connection.handle().remove_quarantine().expect("the client is in quarantine");
        }
        router.wait_for_callouts();
        assert_eq!(router.users(), ["anna"]);
        assert!(built.calls().contains(&format!("{function} leaver")), "{:?}", built.calls());
    }
}

#[test]
fn a_waiting_client_is_on_its_port_and_no_connection_yet() {
    let built = build!("ex");
    let server = with(built.same_process()).clock(Clock::Real).start();
    let router = router(&server);
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    let handle = mpr.connect(Some(router.name())).expect("a server");
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| router.connect(&user("hangs")));
        let end = Instant::now() + Duration::from_secs(8);
        while !built.calls().contains(&"acceptEx hangs".to_owned()) {
            assert!(Instant::now() < end, "the DLL is not asked");
            std::thread::sleep(Duration::from_millis(2));
        }
        // The API answers while a callout goes on.
        assert!(handle.connections().expect("an answer").is_empty());
        let ports = handle.ports().expect("an answer");
        let authenticating =
            ports.iter().filter(|port| port.condition() == mprapi::PortCondition::Authenticating);
        assert_eq!(authenticating.count(), 1);
        built.let_go();
        assert_eq!(waits.join().expect("no panic"), Ok(()));
    });
    assert_eq!(handle.connections().expect("an answer").len(), 1);
}

#[test]
fn a_hundred_threads_come_and_go_and_the_dll_sees_each_of_them_once() {
    let built = build!("ex");
    let server =
        Server::unique().clock(Clock::Real).ports(Tunnel::Ikev2, 100).admin_dll(built.same_process());
    let simulation = server.start();
    let router = router(&simulation);
    std::thread::scope(|scope| {
        for number in 0..100 {
            scope.spawn(move || {
                let name = if number % 4 == 0 { format!("refuse{number}") } else { format!("user{number}") };
                let admitted = router.connect(&user(&name)).is_ok();
                assert_eq!(admitted, number % 4 != 0);
                assert_eq!(router.drop_user(&name), admitted);
            });
        }
    });
    router.wait_for_callouts();
    let calls = built.calls();
    let count = |begin: &str| calls.iter().filter(|line| line.starts_with(begin)).count();
    assert!(!calls.contains(&"two at a time".to_owned()));
    assert_eq!((count("acceptEx"), count("hangupEx")), (100, 100));
    assert_eq!((count("link "), count("unlink")), (75, 75));
    assert_eq!((count("address"), count("release")), (100, 100));
}
