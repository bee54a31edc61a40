//! The hours of accounts, and sessions that end with them.

use std::time::Duration;

use mprapi_sim::{Refused, Scenario, Server, Session, Tunnel, User};

const HOUR: Duration = Duration::from_secs(3600);

/// A server on a Monday at 9:00, with an account for Monday and Tuesday morning.
fn server() -> Server {
    let anna = User::new("anna").hours(["1 08:00-10:00", "2 08:00-10:00"].map(String::from));
    Server::unique().ports(Tunnel::Ikev2, 4).user(anna)
}

fn anna() -> Session {
    Session::new("Anna", Tunnel::Ikev2).domain("CORP")
}

#[test]
fn a_user_is_let_in_at_the_hours_of_the_account_and_refused_at_others() {
    let simulation = server().start();
    let router = &simulation.routers()[0];
    router.connect(&anna()).expect("it is nine o'clock");
    assert!(router.drop_user("Anna"));
    router.advance(HOUR);
    let refused = router.connect(&anna()).unwrap_err();
    assert_eq!((refused, refused.code()), (Refused::OutsideHours, Some(646)));
    assert!(refused.to_string().contains("646"), "{refused}");
    router.connect(&Session::new("ben", Tunnel::Ikev2)).expect("without an account there are no hours");
    router.advance(22 * HOUR);
    router.connect(&anna()).expect("it is Tuesday, eight o'clock");
}

#[test]
fn a_user_who_is_to_arrive_outside_the_hours_does_not() {
    let simulation = server().session(anna().arrives_in(2 * HOUR)).start();
    simulation.routers()[0].advance(3 * HOUR);
    assert!(simulation.routers()[0].users().is_empty());
}

#[test]
fn a_session_goes_on_after_its_hours_unless_it_is_forced_off() {
    for force in [false, true] {
        let simulation = server().session(anna()).force_logoff(force).start();
        let router = &simulation.routers()[0];
        router.advance(HOUR - Duration::from_secs(1));
        assert_eq!(router.users(), ["Anna"]);
        router.advance(Duration::from_secs(1));
        assert_eq!(router.users().is_empty(), force);
    }
}

#[test]
fn a_forced_end_of_one_session_is_not_that_of_the_next_with_its_handle() {
    let simulation = server().reuse_handles(true).force_logoff(true).session(anna()).start();
    let router = &simulation.routers()[0];
    assert!(router.drop_user("Anna"));
    router.connect(&Session::new("ben", Tunnel::Ikev2)).expect("a free port");
    router.advance(2 * HOUR);
    assert_eq!(router.users(), ["ben"]);
}

#[test]
fn without_a_free_port_nobody_tells_the_client_a_code() {
    let simulation = Server::unique().start();
    let refused = simulation.routers()[0].connect(&anna()).unwrap_err();
    assert_eq!((refused, refused.code()), (Refused::NoFreePort, None));
}

#[test]
fn a_file_has_hours_and_their_end_and_a_wrong_day_is_an_error_with_its_line() {
    let text = |hours: &str| {
        format!(
            "[[server]]\nname = \"hours\"\nforce-logoff = true\n[[server.ports]]\ntunnel = \"sstp\"\ncount = 1\n\
             [[server.session]]\nuser = \"anna\"\ntunnel = \"sstp\"\n[[server.user]]\nname = \"anna\"\nhours = [\"{hours}\"]\n"
        )
    };
    let scenario = Scenario::from_toml(&text("1 08:00-10:00")).expect("right");
    let simulation = scenario.into_servers().remove(0).renamed(Server::unique().name()).start();
    let router = &simulation.routers()[0];
    assert_eq!(router.users(), ["anna"]);
    router.advance(HOUR);
    assert!(router.users().is_empty());
    let error = Scenario::from_toml(&text("Monday")).unwrap_err().to_string();
    assert!(error.contains("line 10") && error.contains("`Monday` is not a day"), "{error}");
}
