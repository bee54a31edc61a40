//! Scenarios from TOML files, and the errors of wrong ones.

use std::time::Duration;

use mprapi_sim::Scenario;
use mprapi_sys as sys;

use crate::harness::{connect, connections, narrow, ports, record};
use crate::{call, harness::Records};

const EXAMPLE: &str = include_str!("../../scenarios/five-servers.toml");

#[test]
fn the_scenario_of_the_front_page_can_be_read() {
    let front_page = include_str!("../../README.md");
    let blocks: Vec<_> =
        front_page.split("```toml").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty(), "it has none");
    for block in blocks {
        assert_eq!(Scenario::from_toml(block).err(), None, "{block}");
    }
}

#[test]
fn the_longer_scenario_that_the_front_page_names_runs() {
    let simulation = Scenario::from_toml(EXAMPLE).expect("valid").start();
    let main = connect("vpn01").expect("runs");
    assert_eq!(ports(main).len(), 7);
    let users: Vec<_> = connections(main).iter().map(|record| narrow(&record.wszUserName)).collect();
    assert_eq!(users, ["anna", "j.okafor", "Branch"]);
    let totals = || record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(main, 0, buffer)));
    assert_eq!(totals().map(|totals| totals.dwUpTime), Ok(86_400));
    assert_eq!(totals().err(), Some(1726), "the second call fails");
    call!(MprAdminServerDisconnect(main));
    assert_eq!(connect("vpn02"), Err(sys::RPC_S_SERVER_UNAVAILABLE));
    simulation.router("vpn02").advance(Duration::from_secs(120));
    let spare = connect("vpn02").expect("has started");
    call!(MprAdminServerDisconnect(spare));
    assert_eq!(connect("vpn03"), Err(sys::ERROR_ACCESS_DENIED));
    assert_eq!(connect("vpn04"), Err(sys::RPC_S_SERVER_UNAVAILABLE));
    assert_eq!(connect("vpn05"), Err(sys::RPC_S_UNKNOWN_IF));
}

fn wrong(text: &str) -> (usize, String) {
    let error = Scenario::from_toml(text).expect_err("wrong");
    (error.line().expect("a line"), error.to_string())
}

#[test]
fn an_unknown_word_names_its_line() {
    let (line, text) = wrong("[[server]]\nname = \"a\"\ncolour = \"red\"\n");
    assert_eq!(line, 3);
    assert!(text.contains("line 3") && text.contains("colour"), "{text}");
}

#[test]
fn a_user_without_a_free_port_names_its_line() {
    let text = "[[server]]\nname = \"a\"\n[[server.ports]]\ntunnel = \"sstp\"\ncount = 1\n\
                [[server.session]]\nuser = \"x\"\ntunnel = \"sstp\"\n\
                [[server.session]]\nuser = \"y\"\ntunnel = \"sstp\"\n";
    let (line, text) = wrong(text);
    assert!((9..=11).contains(&line), "{line}");
    assert!(text.contains("no port is free for y"), "{text}");
}

#[test]
fn an_unknown_function_names_its_line() {
    let text = "[[server]]\nname = \"a\"\n[[server.failure]]\nfunction = \"MprAdminPortEnumm\"\ncode = 5\n";
    assert_eq!(wrong(text).0, 4);
}

#[test]
fn a_failure_is_a_code_or_garbage() {
    let failure = "[[server]]\nname = \"a\"\n[[server.failure]]\nfunction = \"MprAdminPortEnum\"\n";
    assert_eq!(wrong(failure).0, 4);
    assert_eq!(wrong(&format!("{failure}code = 5\ngarbage = \"endless-resume\"\n")).0, 4);
    assert_eq!(wrong(&format!("{failure}code = 5\nat-call = 0\n")).0, 4);
    assert_eq!(wrong(&format!("{failure}garbage = \"rubbish\"\n")).0, 5);
}

#[test]
fn numbers_that_are_none_name_their_line() {
    for wrong_line in
        ["up-for = -1.0", "latency = nan", "starts-in = inf", "name = \"\"", "name = \"a\\u0000b\""]
    {
        let name = if wrong_line.starts_with("name") { "" } else { "name = \"a\"\n" };
        let (line, text) = wrong(&format!("[[server]]\n{name}{wrong_line}\n"));
        assert_eq!(line, 2, "{text}");
    }
    assert_eq!(
        wrong("[[server]]\nname = \"a\"\n[[server.ports]]\ntunnel = \"sstp\"\ncount = 1000001\n").0,
        5
    );
}

/// Found by the fuzz target: added to the clock, so long a time was beyond what a time can be.
#[test]
fn a_time_that_no_clock_reaches_names_its_line() {
    let (line, text) =
        wrong("[[server]]\nname = \"a\"\nservice = \"starting\"\nstarts-in = 1.844674407370955e19\n");
    assert_eq!(line, 2, "{text}");
    assert!(text.contains("a hundred years"), "{text}");
}

#[test]
fn a_name_given_twice_is_an_error() {
    assert!(Scenario::from_toml("[[server]]\nname = \"a\"\n[[server]]\nname = \"A\"\n").is_err());
    assert!(Scenario::from_toml("server = []").is_err());
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Scenario::from_file("no-such-scenario.toml").expect_err("not there");
    assert_eq!(error.line(), None);
    assert!(error.to_string().contains("no-such-scenario.toml"), "{error}");
}

#[test]
fn garbage_comes_from_a_file_too() {
    let name = mprapi_sim::Server::unique().name().to_owned();
    let text = format!(
        "[[server]]\nname = \"{name}\"\n[[server.ports]]\ntunnel = \"pptp\"\ncount = 2\n\
         [[server.failure]]\nfunction = \"MprAdminPortEnum\"\ngarbage = \"null-with-success\"\n"
    );
    let simulation = Scenario::from_toml(&text).expect("valid").start();
    let server = connect(simulation.routers()[0].name()).expect("answers");
    let page: Records<sys::RAS_PORT_0> = Records::of(|buffer, read, total| {
        let (all, resume) = (sys::INVALID_HANDLE_VALUE, std::ptr::null_mut());
        call!(MprAdminPortEnum(server, 0, all, buffer, u32::MAX, read, total, resume))
    });
    assert_eq!((page.code, page.read, page.list().len()), (0, 2, 0));
    call!(MprAdminServerDisconnect(server));
}

proptest::proptest! {
    #[test]
    fn no_text_is_a_reason_to_panic(text: String, cut in 0..2000usize, with in ".{0,4}") {
        let _ = Scenario::from_toml(&text);
        let mut example = EXAMPLE.to_owned();
        let at = (0..=cut.min(example.len())).rev().find(|at| example.is_char_boundary(*at)).unwrap_or(0);
        example.insert_str(at, &with);
        let _ = Scenario::from_toml(&example);
    }
}
/// Texts of scenario files, each with its error and the line of the error.
const WRONG: &[(&str, usize, &str)] = &[
    (
        "[[server.interface]]\nname = \"Branch\"\nkind = \"demand-dial\"\n[[server.interface]]\nname = \"BRANCH\"\nkind = \"demand-dial\"\nconnected = true\n",
        6,
        "two interfaces are called",
    ),
    (
        "[[server.interface]]\nname = \"LAN\"\nkind = \"lan\"\n[[server.interface]]\nname = \"lan\"\nkind = \"demand-dial\"\n",
        6,
        "two interfaces are called",
    ),
    (
        "[[server.interface]]\nname = \"Ä\"\nkind = \"lan\"\n[[server.interface]]\nname = \"ä\"\nkind = \"lan\"\n",
        6,
        "two interfaces are called",
    ),
    ("[[server.interface]]\nname = \"\"\nkind = \"demand-dial\"\n", 3, "is empty"),
    ("[[server.interface]]\nname = \"a\\u0000b\"\nkind = \"demand-dial\"\n", 3, "zero"),
    ("[[server.interface]]\nname = \"N257\"\nkind = \"demand-dial\"\n", 3, "has 257 characters"),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"demand-dial\"\nphone-number = \"N129\"\n",
        3,
        "the phone number",
    ),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"demand-dial\"\nhours = [\"Monday\"]\n",
        3,
        "not a day with its hours",
    ),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"demand-dial\"\ncredentials = { user = \"N257\", password = \"\" }\n",
        3,
        "the user's name",
    ),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"demand-dial\"\ncredentials = { user = \"\", password = \"N257\" }\n",
        3,
        "the password",
    ),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"demand-dial\"\ncredentials = { user = \"\", password = \"\", domain = \"N16\" }\n",
        3,
        "the domain",
    ),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"demand-dial\"\nconnected = true\n",
        3,
        "no port is free for a",
    ),
    ("[[server.interface]]\nname = \"a\"\nkind = \"demand-dial\"\ndial-takes = 1e10\n", 3, "a hundred years"),
    ("[[server.interface]]\nname = \"a\"\nkind = \"lan\"\nconnected = true\n", 3, "cannot be connected"),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"internal\"\naddress = \"10.0.0.1\"\n",
        3,
        "the address of a",
    ),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"internal\"\n[[server.interface]]\nname = \"b\"\nkind = \"internal\"\n",
        6,
        "one interface of this kind",
    ),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"lan\"\naddress = \"10.0.0.1\"\n[[server.interface]]\nname = \"b\"\nkind = \"lan\"\naddress = \"10.0.0.1\"\n",
        7,
        "is another's too",
    ),
    (
        "[[server.interface]]\nname = \"a\"\nkind = \"lan\"\naddress = \"10.0.0.1\"\nprefix = 33\n",
        3,
        "at most 32 bits",
    ),
    ("[[server.session]]\nuser = \"a\"\ntunnel = \"sstp\"\narrives-in = 1e-10\n", 3, "no port is free for a"),
    ("[[server.session]]\nuser = \"N257\"\ntunnel = \"sstp\"\narrives-in = 1\n", 3, "the user's name"),
    (
        "[[server.session]]\nuser = \"N250\"\ndomain = \"CORP-SE\"\ntunnel = \"sstp\"\narrives-in = 1\n",
        3,
        "the client's interface",
    ),
    (
        "[[server.session]]\nuser = \"a\"\ndomain = \"N16\"\ntunnel = \"sstp\"\narrives-in = 1\n",
        3,
        "the domain",
    ),
    ("[[server.session]]\nuser = \"a\\u0000\"\ntunnel = \"sstp\"\narrives-in = 1\n", 3, "zero"),
    (
        "[[server.session]]\nuser = \"a\"\ntunnel = \"sstp\"\narrives-in = 1\naddress = \"10.20.0.1\"\n",
        3,
        "is another's too",
    ),
    (
        "[[server.session]]\nuser = \"a\"\ntunnel = \"sstp\"\narrives-in = 1\nwithout-ipv4 = true\n",
        3,
        "no address",
    ),
    (
        "[[server.route]]\ndestination = \"198.51.100.0\"\nprefix = 24\nnext-hop = \"192.0.2.1\"\nmetric = 1\n",
        3,
        "no interface is on the network",
    ),
    (
        "[[server.route]]\ndestination = \"198.51.100.0\"\nprefix = 24\nnext-hop = \"192.0.2.1\"\nmetric = 1\ninterface = \"no\"\n",
        3,
        "no interface is named no",
    ),
    (
        "[[server.route]]\ndestination = \"198.51.100.0\"\nprefix = 33\nnext-hop = \"192.0.2.1\"\nmetric = 1\n",
        3,
        "at most 32 bits",
    ),
    ("[[server.user]]\nname = \"\"\n", 3, "is empty"),
    ("[[server.user]]\nname = \"CORP\\\\\"\n", 3, "is empty"),
    (
        "[[server.user]]\nname = \"anna\"\n[[server.user]]\nname = 'CORP\\ANNA'\n",
        5,
        "two accounts are called",
    ),
    ("[[server.user]]\nname = \"anna\"\nnumber = \"N129\"\n", 3, "the number"),
    ("[[server.failure]]\nfunction = \"MprAdminPortEnum\"\ncode = 0\n", 4, "the code of success"),
    ("[[server.admin-dll]]\npath = \"\"\n", 3, "is empty"),
    ("[[server.admin-dll]]\npath = \"a.dll\"\nip-process = \"third\"\n", 5, "third"),
    ("[server.admin-dll-rules]\nlimit = 0\n", 3, "no callout ends within 0 seconds"),
    ("[server.admin-dll-rules]\nlimit = -1\n", 3, "not a valid number of seconds"),
    ("[server.admin-dll-rules]\nlimit = 1e10\n", 3, "a hundred years"),
    ("[server.admin-dll-rules]\nbyte-order = \"middle\"\n", 4, "middle"),
    ("transports = [\"ip\", \"ip\"]\n", 2, "twice"),
    ("domain = \"\"\n", 2, "is empty"),
    ("aliases = [\"b\",\n\"\\\\\\\\A\"]\n", 4, "two servers are called"),
    ("[[server]]\nname = '\\\\A'\n", 4, "two servers are called"),
    (
        "[[server.ports]]\ntunnel = \"sstp\"\ncount = 999999\n[[server.ports]]\ntunnel = \"pptp\"\ncount = 2\n",
        8,
        "ports are more than",
    ),
];

/// Makes `N12` of a text twelve characters.
fn written_out(text: &str) -> String {
    text.split('"')
        .map(|word| match word.strip_prefix('N').and_then(|length| length.parse().ok()) {
            Some(length) => "n".repeat(length),
            None => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\"")
}

#[test]
fn what_cannot_start_is_refused_with_its_line() {
    for (text, at, reason) in WRONG {
        let text = written_out(&format!("[[server]]\nname = \"a\"\n{text}"));
        let (line, told) = wrong(&text);
        assert_eq!(line, *at, "{told}\n{text}");
        assert!(told.contains(reason), "{told}\n{text}");
    }
}

#[test]
fn an_address_that_no_machine_has_is_no_clients_and_no_interfaces() {
    let client = |field: &str| {
        wrong(&format!(
            "[[server]]\nname = \"a\"\n[[server.session]]\nuser = \"anna\"\ntunnel = \"sstp\"\narrives-in = 1\n{field}\n"
        ))
    };
    for (field, kind) in [
        ("address = \"0.0.0.0\"", "nobody"),
        ("address = \"127.0.0.1\"", "loopback"),
        ("address = \"127.255.0.9\"", "loopback"),
        ("address = \"224.0.0.1\"", "multicast"),
        ("address = \"239.1.2.3\"", "multicast"),
        ("address = \"255.255.255.255\"", "broadcast"),
        ("ipv6 = \"::\"", "nobody"),
        ("ipv6 = \"::1\"", "loopback"),
        ("ipv6 = \"ff02::1\"", "multicast"),
        ("ipv6 = \"::ffff:127.0.0.1\"", "loopback"),
        ("address = \"240.0.0.1\"", "reserved"),
        ("address = \"0.1.2.3\"", "reserved"),
        ("endpoint = \"0.0.0.0\"", "nobody"),
        ("endpoint = \"::\"", "nobody"),
        ("endpoint = \"224.0.0.1\"", "multicast"),
    ] {
        let (line, told) = client(field);
        assert_eq!(line, 3, "{told}");
        assert!(told.contains("anna cannot have") && told.contains(kind), "{field}: {told}");
    }
    let lan = "[[server]]\nname = \"a\"\n[[server.interface]]\nname = \"b\"\nkind = \"lan\"\naddress = ";
    for address in ["0.0.0.0", "127.0.0.1", "224.0.0.5", "255.255.255.255"] {
        let (line, told) = wrong(&format!("{lan}\"{address}\"\n"));
        assert_eq!(line, 3, "{told}");
        assert!(told.contains("b cannot have"), "{address}: {told}");
    }
}

#[test]
fn two_clients_have_not_the_same_ipv6_address() {
    let client = |user: &str| {
        format!(
            "[[server.session]]\nuser = \"{user}\"\ntunnel = \"sstp\"\narrives-in = 1\nipv6 = \"2001:db8::7\"\n"
        )
    };
    let (line, told) = wrong(&format!("[[server]]\nname = \"a\"\n{}{}", client("anna"), client("bo")));
    assert_eq!(line, 8, "{told}");
    assert!(told.contains("the address of bo is another's too"), "{told}");
}

#[test]
fn texts_as_long_as_their_fields_are_taken_and_come_back_whole() {
    let text = written_out(
        "[[server]]\nname = \"longest\"\n[[server.ports]]\ntunnel = \"sstp\"\ncount = 2\n\
         [[server.session]]\nuser = \"N240\"\ndomain = \"N15\"\ncomputer = \"N16\"\ntunnel = \"sstp\"\n\
         [[server.interface]]\nname = \"N256\"\nkind = \"demand-dial\"\nphone-number = \"N128\"\n\
         credentials = { user = \"N256\", password = \"N256\", domain = \"N15\" }\n\
         [[server.user]]\nname = \"N256\"\nnumber = \"N128\"\n",
    );
    let server = Scenario::from_toml(&text).expect("right").into_servers().remove(0);
    let open = crate::harness::Open::new(server.renamed(mprapi_sim::Server::unique().name()));
    let first = connections(open.server)[0];
    assert_eq!(narrow(&first.wszUserName).len(), 240);
    assert_eq!((narrow(&first.wszLogonDomain).len(), narrow(&first.wszRemoteComputer).len()), (15, 16));
    assert_eq!(narrow(&first.wszInterfaceName).len(), 256);
}

/// The builder is checked like a file, and an error leaves the process as it was.
#[test]
fn what_cannot_start_is_an_error_of_the_builder_too() {
    use mprapi_sim::{Interface, InterfaceKind, Server, Session, Tunnel};
    let link = |name: &str| Interface::new(name, InterfaceKind::FullRouter);
    let server = || Server::unique().ports(Tunnel::Ikev2, 1);
    for (server, reason) in [
        (server().interface(link("a")).interface(link("A")), "two interfaces"),
        (server().session(Session::new("a", Tunnel::Sstp)), "no port is free"),
        (server().up_for(Duration::MAX), "a hundred years"),
        (server().session(Session::new("a", Tunnel::Ikev2).stays_for(Duration::MAX)), "a hundred years"),
        (server().interface(link("a").address(([10, 0, 0, 1].into(), 33u8))), "at most 32 bits"),
        (server().ports(Tunnel::Sstp, u32::MAX), "ports are more than"),
        (server().renamed(""), "the server's name is empty"),
        (server().failure("MprAdminPortEnum", mprapi_sim::Failure::code(0)), "the code of success"),
    ] {
        let error = Scenario::new().server(server).try_start().expect_err(reason);
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(error.line(), None);
    }
    assert!(Scenario::new().try_start().is_err());
    let taken = server();
    let simulation = Scenario::new().server(taken.clone()).try_start().expect("it starts");
    let error = Scenario::new().server(taken).try_start().expect_err("its name is taken");
    assert!(error.to_string().contains("exists already"), "{error}");
    let server = connect(simulation.routers()[0].name()).expect("answers");
    call!(MprAdminServerDisconnect(server));
}

/// Connected though demand-dial is paused, outside its hours, or of a service that does not run.
#[test]
fn whatever_else_a_connected_link_is_it_starts() {
    for line in
        ["paused = true", "lan-only = true", "service = \"stopped\"", "service = \"starting\"\nstarts-in = 5"]
    {
        let text = format!(
            "[[server]]\nname = \"{}\"\n{line}\n[[server.ports]]\ntunnel = \"ikev2\"\ncount = 1\n[[server.interface]]\n\
             name = \"a\"\nkind = \"demand-dial\"\nconnected = true\nhours = [\"6 00:00-01:00\"]\n",
            mprapi_sim::Server::unique().name()
        );
        let simulation = Scenario::from_toml(&text).expect("right").try_start().expect("it starts");
        assert_eq!(simulation.routers()[0].users(), ["a"], "{line}");
    }
}

#[test]
fn no_time_is_a_reason_to_panic() {
    let open = crate::harness::Open::company();
    open.router().advance(Duration::MAX);
    open.router().connect(&mprapi_sim::Session::new("new", mprapi_sim::Tunnel::Sstp)).expect("a free port");
    open.router().advance(Duration::from_secs(u64::MAX));
    assert_eq!(connections(open.server).len(), 8);
}

/// Each part is looked at once: had each session to look at all before it, this would take minutes.
#[test]
fn a_scenario_of_a_hundred_thousand_sessions_is_checked_and_started() {
    const SESSIONS: u32 = 100_000;
    let session = |number| mprapi_sim::Session::new(format!("user-{number}"), mprapi_sim::Tunnel::Sstp);
    let server = mprapi_sim::Server::unique().ports(mprapi_sim::Tunnel::Sstp, SESSIONS);
    let simulation = (0..SESSIONS).map(session).fold(server, mprapi_sim::Server::session).start();
    assert_eq!(simulation.routers()[0].users().len(), SESSIONS as usize);
}

#[test]
fn a_library_that_cannot_be_loaded_keeps_the_service_from_starting_and_the_server_still_answers() {
    let name = mprapi_sim::Server::unique().name().to_owned();
    let text = format!("[[server]]\nname = \"{name}\"\n[[server.admin-dll]]\npath = \"no-such.dll\"\n");
    let scenario = Scenario::from_toml(&text).expect("valid");
    let servers = scenario.clone().into_servers();
    assert_eq!(servers[0].admin_dlls()[0].path(), std::path::Path::new("no-such.dll"));
    let simulation = scenario.start();
    let router = &simulation.routers()[0];
    let failure = router.start_failure().expect("the service does not start");
    assert!(failure.to_string().starts_with("no-such.dll: the file cannot be loaded: "), "{failure}");
    assert_eq!(connect(&name), Err(sys::RPC_S_UNKNOWN_IF));
    router.start_service();
    assert_eq!(router.start_failure(), Some(failure));
    router.stop_service();
    assert_eq!(connect(&name), Err(sys::RPC_S_UNKNOWN_IF));
}

#[test]
fn a_server_has_a_bounded_number_of_libraries() {
    let text =
        "[[server]]\nname = \"a\"\n".to_owned() + &"[[server.admin-dll]]\npath = \"a.dll\"\n".repeat(33);
    let (line, told) = wrong(&text);
    assert_eq!(line, 67, "{told}");
    assert!(told.contains("more than 32"), "{told}");
}
