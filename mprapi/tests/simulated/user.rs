//! Users' settings, and the domains that their accounts are in, against a simulated router.

use crate::common::{assert_clean, mpr};
use mprapi::sys::{RAS_USER_0, RAS_USER_1};
use mprapi::{Callback, DialIn, ErrorKind};
use mprapi_sim::{Server, User};

#[test]
fn a_users_settings_are_read_at_both_levels() {
    let simulation = Server::unique()
        .user(User::new("anna").by_policy(true))
        .user(
            User::new("bert")
                .may_dial_in(false)
                .callback(mprapi_sim::Callback::Administrator)
                .number("+49 30 1"),
        )
        .start();
    let router = &simulation.routers()[0];
    let (mpr, server) = (mpr(), Some(router.name()));
    assert_eq!(mpr.user(server, "anna").unwrap().dial_in(), DialIn::ByPolicy);
    let bert = mpr.user_at::<RAS_USER_0>(server, "bert").unwrap();
    assert_eq!((bert.dial_in(), bert.callback()), (DialIn::Denied, Callback::AtSetNumber));
    assert_eq!(*bert.phone_number(), "+49 30 1");
    assert_eq!(mpr.user(server, "nobody").unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(mpr.user(server, "an\0na").unwrap_err().kind(), ErrorKind::InvalidArgument);
    let long = mpr.user(server, &"x".repeat(257)).unwrap_err();
    assert!(long.to_string().contains("256"), "{long}");
    assert_clean(router);
}

#[test]
fn what_is_written_at_one_level_is_read_at_the_other() {
    let simulation = Server::unique().user(User::new("anna")).start();
    let router = &simulation.routers()[0];
    let (mpr, server) = (mpr(), Some(router.name()));
    let mut anna = mpr.user(server, "anna").unwrap();
    assert_eq!(anna.dial_in(), DialIn::Allowed);
    anna.set_dial_in(DialIn::Denied);
    anna.set_callback(Callback::AtCallersNumber);
    anna.set_phone_number("110").unwrap();
    mpr.set_user(server, "anna", &anna).unwrap();
    let read = mpr.user_at::<RAS_USER_0>(server, "anna").unwrap();
    assert_eq!((read.dial_in(), read.callback()), (DialIn::Denied, Callback::AtCallersNumber));
    assert_eq!(*read.phone_number(), "110");

    let mut older = read;
    older.set_may_dial_in(true);
    mpr.set_user(server, "anna", &older).unwrap();
    assert_eq!(mpr.user_at::<RAS_USER_1>(server, "anna").unwrap().dial_in(), DialIn::Allowed);
    assert_eq!(mpr.set_user(server, "nobody", &older).unwrap_err().kind(), ErrorKind::NotFound);
    assert_clean(router);
}

#[test]
fn the_server_that_holds_the_accounts_is_found_by_domain_and_by_server() {
    let server = Server::unique();
    let domain = format!("{}DOM", server.name());
    let simulation = server.domain(domain.clone()).domain_controller("DC1".to_owned()).start();
    let router = &simulation.routers()[0];
    let mpr = mpr();
    assert!(mpr.pdc_server(Some(&domain), None).unwrap() == r"\\DC1");
    assert!(mpr.pdc_server(None::<&str>, Some(router.name())).unwrap() == r"\\DC1");
    assert_eq!(mpr.pdc_server(Some("NOWHERE"), None).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(mpr.pdc_server(None::<&str>, Some("nobody")).unwrap_err().code(), Some(2351));
    assert_eq!(mpr.pdc_server(None::<&str>, None).unwrap_err().kind(), ErrorKind::InvalidArgument);
    assert_clean(router);
}

#[test]
fn a_server_is_registered_in_its_domain_and_withdrawn() {
    let server = Server::unique();
    let domain = format!("{}DOM", server.name());
    let simulation = server.domain(domain.clone()).start();
    let router = &simulation.routers()[0];
    let mpr = mpr();
    for registered in [true, false, true] {
        mpr.establish_domain_ras_server(&domain, router.name(), registered).unwrap();
        assert_eq!(mpr.is_domain_ras_server(&domain, router.name()).unwrap(), registered);
    }
    let unknown = mpr.is_domain_ras_server(&domain, "nobody").unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::NotFound);
    assert_eq!(mpr.is_domain_ras_server("NOWHERE", router.name()).unwrap_err().code(), Some(8250));
    assert_clean(router);
}

#[test]
fn a_machine_in_no_domain_is_not_registered_in_one() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let error = mpr().is_domain_ras_server("CORP", router.name()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_clean(router);
}

#[test]
fn a_phone_number_that_is_too_long_is_an_error_that_says_so_and_changes_nothing() {
    let mut user = mprapi::User::<mprapi::sys::RAS_USER_0>::denied();
    user.set_phone_number("110").unwrap();
    let error = user.set_phone_number(&"1".repeat(129)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    let text = "MprAdminUserSetInfo: the phone number is longer than 128 UTF-16 units";
    assert_eq!(error.to_string(), text);
    assert_eq!(*user.phone_number(), "110");
}
