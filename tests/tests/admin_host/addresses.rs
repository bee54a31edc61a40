//! The addresses that a DLL chooses.

use std::net::{Ipv4Addr, Ipv6Addr};

use mprapi_sim::{AdminDllRules, ByteOrder, CalloutOutcome, Fault, Refused, Transport};

use super::built::Built;
use super::{faults, outcomes, router, user, with};

#[test]
fn the_dll_chooses_an_address_keeps_it_or_fails() {
    let built = build!("ex");
    let simulation = with(built.same_process()).start();
    let router = router(&simulation);
    assert_eq!(router.connect(&user("fixed")), Ok(()));
    assert_eq!(router.address_of("fixed"), Some(Ipv4Addr::new(10, 99, 0, 7)));
    assert_eq!(router.connect(&user("kept").address(Ipv4Addr::new(10, 20, 3, 4))), Ok(()));
    assert_eq!(router.address_of("kept"), Some(Ipv4Addr::new(10, 20, 3, 4)));
    for name in ["error", "zero", "looped", "fixed twice"] {
        assert_eq!(router.connect(&user(name)), Err(Refused::NoAddress), "{name}");
    }
    router.wait_for_callouts();
    let bad: Vec<_> = outcomes(router).into_iter().filter(|(_, outcome)| outcome.is_bad()).collect();
    let address = Ipv4Addr::new(10, 99, 0, 7).into();
    assert_eq!(
        bad.into_iter().map(|(_, outcome)| outcome).collect::<Vec<_>>(),
        [
            CalloutOutcome::Failed(5),
            CalloutOutcome::NoAddress,
            CalloutOutcome::AddressUnusable(Ipv4Addr::LOCALHOST.into()),
            CalloutOutcome::AddressTaken(address),
        ]
    );
    assert_eq!(faults(router), [Fault::AddressUnusable, Fault::AddressTaken]);
    // No one was asked about a client without an address.
    assert!(!built.calls().iter().any(|line| line == "acceptEx error"));
    // Two have the address given back that they chose in vain; the address is still the first one's.
    assert!(
        built.calls().contains(&"release fixed twice VPN1-2 10.99.0.7".to_owned()),
        "{:?}",
        built.calls()
    );
    assert!(router.drop_user("fixed"));
    assert_eq!(router.connect(&user("fixed twice")), Ok(()));
}

#[test]
fn a_client_who_is_refused_does_not_free_the_address_of_another() {
    let built = build!("ex");
    let simulation = with(built.same_process()).start();
    let router = router(&simulation);
    let fixed = Ipv4Addr::new(10, 99, 0, 7);
    assert_eq!(router.connect(&user("fixed-anna")), Ok(()));
    assert_eq!(router.address_of("fixed-anna"), Some(fixed));
    // The scenario has the server offer the same address to someone else.
    assert_eq!(router.connect(&user("refused").address(fixed)), Err(Refused::ByAdminDll));
    assert_eq!(router.connect(&user("fixed-bert")), Err(Refused::NoAddress), "it is anna's still");
    assert!(router.drop_user("fixed-anna"));
    router.wait_for_callouts();
    assert_eq!(router.connect(&user("fixed-bert")), Ok(()));
}

#[test]
fn a_service_that_offers_no_address_leaves_the_choice_to_the_dll() {
    let built = build!("ex");
    let rules = AdminDllRules::new().offers_addresses(false);
    let simulation = with(built.same_process()).admin_dll_rules(rules).start();
    let router = router(&simulation);
    assert_eq!(router.connect(&user("fixed")), Ok(()));
    assert_eq!(router.connect(&user("anna")), Err(Refused::NoAddress));
    assert!(built.calls().contains(&"address anna VPN1-1 0.0.0.0".to_owned()), "{:?}", built.calls());
}

#[test]
fn the_bytes_of_an_address_come_in_the_other_order_where_the_rules_say_so() {
    let built = build!("ex");
    let rules = AdminDllRules::new().byte_order(ByteOrder::Host);
    let simulation = with(built.same_process()).admin_dll_rules(rules).start();
    let router = router(&simulation);
    assert_eq!(router.connect(&user("anna")), Ok(()));
    let seen = if cfg!(target_endian = "little") { "2.0.20.10" } else { "10.20.0.2" };
    assert!(built.calls().contains(&format!("address anna VPN1-0 {seen}")), "{:?}", built.calls());
    assert_eq!(router.address_of("anna"), Some(Ipv4Addr::new(10, 20, 0, 2)));
}

#[test]
fn of_an_ipv6_address_the_dll_chooses_the_interface_identifier() {
    let built = build!("ex");
    let server = with(built.same_process()).transports([Transport::Ip, Transport::Ipv6]);
    let simulation = server.start();
    let router = router(&simulation);
    let address: Ipv6Addr = "2001:db8:1:2:aabb:0:0:11".parse().expect("an address");
    assert_eq!(router.connect(&user("fixed").ipv6(address)), Ok(()));
    assert!(built.calls().contains(&"identifier fixed VPN1-0 00aa…11".to_owned()), "{:?}", built.calls());
    let chosen = outcomes(router).into_iter().find(|(function, _)| function.contains("Ipv6"));
    let chosen = chosen.expect("the DLL was asked").1;
    assert_eq!(chosen, CalloutOutcome::Address("2001:db8:1:2::7".parse().expect("an address")));
    // Another with the same prefix cannot have it.
    let other: Ipv6Addr = "2001:db8:1:2::12".parse().expect("an address");
    router.drop_user("fixed");
    assert_eq!(
        router.connect(&user("anna").ipv6("2001:db8:1:2::7".parse::<Ipv6Addr>().expect("one"))),
        Ok(())
    );
    assert_eq!(router.connect(&user("fixed").ipv6(other)), Err(Refused::NoAddress));
    assert_eq!(faults(router), [Fault::AddressTaken]);
}

#[test]
fn the_first_dll_with_address_functions_is_asked_and_no_other() {
    let (without, first, second) = (build!("no-addresses"), build!("ex"), build!("table"));
    let server =
        with(without.same_process()).admin_dll(first.same_process()).admin_dll(second.same_process());
    let simulation = server.start();
    router(&simulation).connect(&user("anna")).expect("everyone may come");
    let asked = |built: &Built| built.calls().iter().any(|line| line.starts_with("address"));
    assert_eq!([&without, &first, &second].map(asked), [false, true, false]);
}
