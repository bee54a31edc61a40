//! Administration DLLs written in C, which know `mprapi.h` alone, hosted by the simulator (`c/adminhost/dll.c`): they
//! decide on users, links and addresses, and fail in each way that they can. What a DLL writes down is read back from it,
//! so that the simulator does not bear witness for itself.

use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use libloading::Library;
use mprapi_sim::{
    AdminDll, AdminDllExports, AdminDllRules, ByteOrder, CalloutOutcome, Clock, Fault, IpProcess, Preference,
    Quarantine, Refused, Router, Scenario, Server, Service, Session, Simulation, Transport, Tunnel, Windows,
};
use tempfile::TempDir;

/// The names of the variants of the DLL, with their definitions.
const VARIANTS: &str = include_str!("../c/adminhost/variants.txt");

/// The file of a variant. `None` where there is no C compiler.
#[cfg(not(windows))]
fn built(variant: &str, folder: &Path) -> Option<PathBuf> {
    let flags = VARIANTS.lines().find_map(|line| line.strip_prefix(variant)?.strip_prefix(' '));
    let product = folder.join(format!("{variant}{}", std::env::consts::DLL_SUFFIX));
    let own = ["-D_GNU_SOURCE", "-Wno-unused-function", "-g", "-shared", "-fPIC", "-fvisibility=hidden"];
    let arguments = own.into_iter().chain(flags.expect("a variant").split(' ')).chain(["c/adminhost/dll.c"]);
    let arguments: Vec<_> = arguments.map(AsRef::as_ref).collect();
    tests::drop_in::compile(&product, &arguments)?;
    Some(product)
}

/// The file of a variant, which the build script has compiled: a copy, for each test has its own.
#[cfg(all(windows, target_env = "gnu"))]
fn built(variant: &str, folder: &Path) -> Option<PathBuf> {
    assert!(VARIANTS.lines().any(|line| line.starts_with(variant)));
    let product = folder.join(format!("{variant}.dll"));
    fs::copy(Path::new(env!("ADMIN_DLLS")).join(format!("{variant}.dll")), &product).expect("it was built");
    Some(product)
}

#[cfg(all(windows, not(target_env = "gnu")))]
fn built(_: &str, _: &Path) -> Option<PathBuf> {
    None
}

/// A DLL in a folder of its own.
struct Built {
    path: PathBuf,
    _folder: TempDir,
}

/// Builds a variant, or ends the test where there is no C compiler.
macro_rules! build {
    ($variant:expr) => {
        match Built::of($variant) {
            Some(built) => built,
            None => return,
        }
    };
}

impl Built {
    fn of(variant: &str) -> Option<Built> {
        let folder = tempfile::tempdir().expect("a folder");
        Some(Built { path: built(variant, folder.path())?, _folder: folder })
    }

    fn same_process(&self) -> AdminDll {
        AdminDll::new(&self.path).ip_process(IpProcess::Same)
    }

    /// The module that the simulator has loaded: that of the connection functions.
    fn module(&self) -> Library {
        // SAFETY: it is loaded already, and does nothing when it is loaded.
        unsafe { Library::new(&self.path) }.expect("the simulator has loaded it")
    }

    /// The lines that the DLL has written down.
    fn lines(&self) -> Vec<String> {
        let module = self.module();
        let mut text = vec![0_u8; 1 << 16];
        // SAFETY: the export has this type.
        let log = unsafe { module.get::<unsafe extern "C" fn(*mut u8, usize)>("admin_log") };
        // SAFETY: there is so much room.
        unsafe { log.expect("the DLL's own export")(text.as_mut_ptr(), text.len()) };
        let end = text.iter().position(|&byte| byte == 0).expect("terminated");
        let text = String::from_utf8(text[..end].to_vec()).expect("UTF-8");
        text.lines().map(str::to_owned).collect()
    }

    /// The lines but for the details, which begin with spaces.
    fn calls(&self) -> Vec<String> {
        self.lines().into_iter().filter(|line| !line.starts_with(' ')).collect()
    }

    /// Lets the callouts that hang return.
    fn let_go(&self) {
        let module = self.module();
        // SAFETY: the export has this type.
        let function =
            unsafe { module.get::<unsafe extern "C" fn()>("let_go") }.expect("the DLL's own export");
        // SAFETY: the function sets a number.
        unsafe { function() };
    }

    /// Tells the DLL how to call the simulator.
    fn set_connect(&self) {
        type Connect = unsafe extern "system" fn(*mut u16, *mut mprapi_sys::HANDLE) -> u32;
        let module = self.module();
        // SAFETY: the export has this type.
        let function = unsafe { module.get::<unsafe extern "C" fn(Connect)>("set_connect") };
        let connect = mprapi_sim::functions().MprAdminServerConnect.expect("the table is full");
        // SAFETY: the function keeps the pointer, to a function that stays.
        unsafe { function.expect("the DLL's own export")(connect) };
    }
}

/// A server with ports of each tunnel.
fn server() -> Server {
    [Tunnel::Ikev2, Tunnel::Sstp, Tunnel::Pptp]
        .into_iter()
        .fold(Server::unique(), |server, tunnel| server.ports(tunnel, 4))
}

fn with(dll: AdminDll) -> Server {
    server().admin_dll(dll)
}

fn router(simulation: &Simulation) -> &Router {
    &simulation.routers()[0]
}

fn user(name: &str) -> Session {
    Session::new(name, Tunnel::Ikev2)
}

/// The functions that were called and their outcomes, without the initialisation.
fn outcomes(router: &Router) -> Vec<(&'static str, CalloutOutcome)> {
    let callouts = router.callouts().into_iter().filter(|callout| !callout.user.is_empty());
    callouts.map(|callout| (callout.function, callout.outcome)).collect()
}

fn faults(router: &Router) -> Vec<Fault> {
    router.violations().into_iter().map(|violation| violation.fault).collect()
}

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

#[test]
fn the_address_functions_share_variables_in_the_same_process_and_not_in_another() {
    let built = build!("ex");
    for (process, outcome) in [(IpProcess::Same, Ok(())), (IpProcess::Separate, Err(Refused::ByAdminDll))] {
        let simulation = with(AdminDll::new(&built.path).ip_process(process)).start();
        let router = router(&simulation);
        assert_eq!(router.connect(&user("shared")), outcome, "{process:?}");
        let callouts = router.callouts();
        let of_ip = callouts.iter().find(|callout| callout.function == "MprAdminGetIpAddressForUser");
        assert_eq!(of_ip.expect("the DLL was asked").in_ip_process, process == IpProcess::Separate);
        let initialized = callouts.iter().filter(|callout| callout.function == "MprAdminInitializeDll");
        assert_eq!(initialized.count(), if process == IpProcess::Same { 1 } else { 2 });
    }
}

#[test]
fn the_second_process_initialises_nothing_where_the_rules_say_so_and_finds_no_table() {
    for (variant, is_asked) in [("ex", true), ("table", false)] {
        let built = build!(variant);
        let rules = AdminDllRules::new().ip_process_initializes(false);
        let simulation = with(AdminDll::new(&built.path)).admin_dll_rules(rules).start();
        let router = router(&simulation);
        assert_eq!(router.connect(&user("fixed")), Ok(()));
        let own = Ipv4Addr::new(10, 99, 0, 7);
        assert_eq!(router.address_of("fixed") == Some(own), is_asked, "{variant}");
        let callouts = router.callouts();
        let in_ip = callouts.iter().filter(|callout| callout.in_ip_process).count();
        assert_eq!(in_ip, usize::from(is_asked), "{variant}: {callouts:?}");
    }
}

#[test]
fn a_copy_is_loaded_from_the_folder_of_the_dll_and_leaves_no_file() {
    let built = build!("ex");
    let folder = built.path.parent().expect("a folder");
    let files = || fs::read_dir(folder).expect("a folder").count();
    let rules = AdminDllRules::new().unloads(true);
    let simulation = with(AdminDll::new(&built.path)).admin_dll_rules(rules).start();
    assert_eq!(router(&simulation).connect(&user("fixed")), Ok(()));
    // Windows cannot remove a file that is loaded.
    assert_eq!(files(), if cfg!(windows) { 2 } else { 1 });
    router(&simulation).stop_service();
    assert_eq!(files(), 1);
}

/// A folder that cannot be written to has no copy; the simulator takes one of its own, which is gone as well.
#[cfg(unix)]
#[test]
fn a_copy_of_a_dll_whose_folder_is_not_ours_is_loaded_from_another() {
    use std::os::unix::fs::PermissionsExt as _;

    let built = build!("ex");
    let folder = built.path.parent().expect("a folder");
    let set = |mode| fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("it is ours");
    set(0o555);
    let simulation = with(AdminDll::new(&built.path)).start();
    set(0o755);
    assert_eq!(router(&simulation).start_failure(), None);
    assert_eq!(router(&simulation).connect(&user("fixed")), Ok(()));
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 1);
}

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
fn two_servers_of_one_process_do_not_share_the_variables_of_a_dll() {
    let built = build!("ex");
    let one = with(built.same_process()).start();
    let other = with(built.same_process()).start();
    assert_eq!(one.routers()[0].connect(&user("anna")), Ok(()));
    assert_eq!(other.routers()[0].connect(&user("bert")), Ok(()));
    assert!(built.calls().contains(&"acceptEx anna".to_owned()));
    assert!(!built.calls().contains(&"acceptEx bert".to_owned()), "{:?}", built.calls());
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

/// Runs mprctl on the simulated servers of a scenario, or of none. (Under Wine `cargo xtask windows` does.)
#[cfg(not(windows))]
fn mprctl(scenario: Option<&Path>, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = std::process::Command::new(tests::drop_in::mprctl());
    command.env_remove("MPRCTL_CONFIG").env_remove("MPRAPI_SIM_SCENARIO").args(arguments);
    if let Some(scenario) = scenario {
        command.env("MPRAPI_SIM_SCENARIO", scenario);
    }
    let output = mprctl::test_support::output(|| command.output());
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[cfg(not(windows))]
#[test]
fn the_check_of_mprctl_says_of_a_file_what_the_service_says_of_the_library() {
    for line in VARIANTS.lines() {
        let variant = line.split(' ').next().expect("a name");
        let built = build!(variant);
        let path = built.path.display().to_string();
        let (code, stdout, stderr) = mprctl(None, &["admin-dll", "check", &path, "-o", "ndjson"]);
        let missing = with(built.same_process()).admin_dll_rules(short()).start();
        let missing =
            router(&missing).start_failure().is_some_and(|it| it.reason.contains("does not export"));
        assert_eq!(code, Some(i32::from(missing)), "{variant}: {stdout}{stderr}");
        assert_eq!(stdout.contains("\"missing\":[]"), !missing, "{variant}: {stdout}");
        built.let_go();
    }
}

/// A limit for what hangs on purpose.
#[cfg(not(windows))]
fn short() -> AdminDllRules {
    AdminDllRules::new().limit(Duration::from_millis(300))
}

#[cfg(not(windows))]
#[test]
fn mprctl_watch_shows_a_refusal_a_callout_that_hangs_and_an_address_that_is_taken() {
    let built = build!("ex");
    let file = built.path.with_file_name("watch.toml");
    let users = ["fixed", "fixed twice", "refused", "hangs"].iter().enumerate().map(|(number, user)| {
        let arrives = 0.5 + 0.1 * number as f64;
        format!("[[server.session]]\nuser = \"{user}\"\ntunnel = \"ikev2\"\narrives-in = {arrives}\n")
    });
    let users: String = users.collect();
    let text = format!(
        "[[server]]\nname = \"vpn01\"\nclock = \"real\"\n[[server.ports]]\ntunnel = \"ikev2\"\ncount = 8\n\
         [[server.admin-dll]]\npath = \"{}\"\n[server.admin-dll-rules]\nlimit = 0.3\n{users}",
        built.path.display()
    );
    fs::write(&file, text).expect("a file");
    let arguments = ["--demo", "-s", "vpn01", "watch", "--for", "4s", "--interval", "200ms"];
    let (code, stdout, stderr) = mprctl(Some(&file), &arguments);
    assert_eq!(code, Some(0), "{stderr}");
    let path = built.path.display();
    for line in [
        format!(
            "admin dll  fixed twice: MprAdminGetIpAddressForUser of {path} chose 10.99.0.7, which is taken"
        ),
        format!("admin dll  refused: MprAdminAcceptNewConnectionEx of {path} refused"),
        format!("admin dll  hangs: MprAdminAcceptNewConnectionEx of {path} did not return within the limit"),
    ] {
        assert!(stdout.contains(&line), "no `{line}` in\n{stdout}{stderr}");
    }
    assert!(stdout.contains("came   fixed "), "{stdout}");
}
