//! The processes of a DLL, which have variables of their own.

use std::fs;
use std::net::Ipv4Addr;

use mprapi_sim::{AdminDll, AdminDllRules, IpProcess, Refused};

use super::{router, user, with};

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
fn two_servers_of_one_process_do_not_share_the_variables_of_a_dll() {
    let built = build!("ex");
    let one = with(built.same_process()).start();
    let other = with(built.same_process()).start();
    assert_eq!(one.routers()[0].connect(&user("anna")), Ok(()));
    assert_eq!(other.routers()[0].connect(&user("bert")), Ok(()));
    assert!(built.calls().contains(&"acceptEx anna".to_owned()));
    assert!(!built.calls().contains(&"acceptEx bert".to_owned()), "{:?}", built.calls());
}
