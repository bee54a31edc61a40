//! The forms of the functions, and the records that they get.

use std::net::Ipv4Addr;

use mprapi_sim::{AdminDllExports, AdminDllRules, Preference, Windows};

use super::{router, user, with};

#[test]
fn each_form_of_the_functions_is_called_in_the_order_of_the_pages() {
    for (variant, suffix, first) in [
        ("plain", "", "initialize"),
        ("two", "2", "initialize"),
        ("three", "3", "initialize"),
        ("ex", "Ex", "initialize"),
        ("all", "Ex", "initialize"),
        ("table", "Ex", "initializeEx offered 2"),
        ("named-table", "Ex", "initializeEx offered 2"),
    ] {
        let built = build!(variant);
        let simulation = with(built.same_process()).start();
        let router = router(&simulation);
        assert_eq!(router.start_failure(), None, "{variant}");
        router.connect(&user("anna").domain("CORP")).expect("everyone may come");
        assert_eq!(router.users(), ["anna"], "{variant}");
        assert!(router.drop_user("anna"));
        router.stop_service();
        let (address, port) = ("10.20.0.2", "VPN1-0");
        let after = if suffix == "Ex" { " after 0 s, in 0, out 0" } else { "" };
        let expected = [
            first.to_owned(),
            format!("address anna {port} {address}"),
            format!("accept{suffix} CORP\\anna"),
            format!("link {port}"),
            format!("unlink {port}"),
            format!("hangup{suffix} anna{after}"),
            format!("release anna {port} {address}"),
            "terminate".to_owned(),
        ];
        assert_eq!(built.calls(), expected, "{variant}");
        assert_eq!(router.violations(), [], "{variant}");
    }
}

#[test]
fn the_oldest_forms_are_taken_where_the_rules_prefer_them() {
    let built = build!("all");
    let rules = AdminDllRules::new().prefers(Preference::Oldest);
    let simulation = with(built.same_process()).admin_dll_rules(rules).start();
    router(&simulation).connect(&user("anna")).expect("everyone may come");
    assert!(built.calls().contains(&"accept anna".to_owned()), "{:?}", built.calls());
}

#[test]
fn an_older_windows_knows_no_newer_form() {
    let built = build!("all");
    let simulation = with(built.same_process()).windows(Windows::Server2003).start();
    router(&simulation).connect(&user("anna")).expect("everyone may come");
    assert!(built.calls().contains(&"accept2 anna".to_owned()), "{:?}", built.calls());
}

#[test]
fn the_records_have_the_address_and_the_origin_of_the_client() {
    let built = build!("ex");
    let simulation = with(built.same_process()).start();
    let session = user("anna").endpoint(Ipv4Addr::new(198, 51, 100, 7));
    router(&simulation).connect(&session).expect("everyone may come");
    assert!(built.lines().contains(&"  from 198.51.100.7".to_owned()), "{:?}", built.lines());
    let built = build!("three");
    let simulation = with(built.same_process()).start();
    router(&simulation).connect(&user("fixed")).expect("everyone may come");
    assert!(built.lines().contains(&"  address 10.99.0.7".to_owned()), "{:?}", built.lines());
}

#[test]
fn the_names_of_a_variant_satisfy_the_rules_of_the_page() {
    let built = build!("three");
    let module = {
        let simulation = with(built.same_process()).start();
        assert_eq!(router(&simulation).start_failure(), None);
        built.module()
    };
    let names = ["MprAdminInitializeDll", "MprAdminTerminateDll", "MprAdminAcceptNewLink"];
    for name in names {
        // SAFETY: nothing is called.
        assert!(unsafe { module.get::<unsafe extern "C" fn()>(name) }.is_ok(), "{name}");
    }
    assert_eq!(AdminDllExports::of(names).missing().len(), 3);
}
