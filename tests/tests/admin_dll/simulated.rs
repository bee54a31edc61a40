//! The examples of `mprapi-admin-dll`, hosted by the simulator: what they decide shows in what the router does.

use std::fs;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use mprapi_sim::{AdminDll, CalloutOutcome, IpProcess, Refused, Router, Server, Session, Simulation, Tunnel};
use tempfile::TempDir;

use super::example;

/// A router that hosts a copy of an example, with a file beside it.
struct Hosted {
    simulation: Simulation,
    folder: TempDir,
}

impl Hosted {
    fn start(name: &'static str, file: &str, text: &str) -> Hosted {
        Hosted::start_in(IpProcess::Same, name, file, text)
    }

    fn start_in(process: IpProcess, name: &'static str, file: &str, text: &str) -> Hosted {
        let folder = tempfile::tempdir().expect("a folder");
        let built = example("mprapi-admin-dll", name);
        let dll: PathBuf = folder.path().join(built.file_name().expect("a file"));
        fs::copy(&built, &dll).expect("it was built");
        fs::write(folder.path().join(file), text).expect("the folder is ours");
        let dll = AdminDll::new(dll).ip_process(process);
        let server = Server::unique().ports(Tunnel::Sstp, 4).ports(Tunnel::Ikev2, 4).admin_dll(dll);
        Hosted { simulation: server.start(), folder }
    }

    fn router(&self) -> &Router {
        &self.simulation.routers()[0]
    }

    /// Stops the service and checks that nothing went wrong in the DLL.
    fn stop(&self) {
        self.router().wait_for_callouts();
        self.router().stop_service();
        let callouts = self.router().callouts();
        let bad: Vec<_> = callouts.iter().filter(|callout| callout.outcome.is_bad()).collect();
        let is_meant = |outcome| matches!(outcome, CalloutOutcome::Refused | CalloutOutcome::Failed(717));
        assert!(bad.iter().all(|callout| is_meant(callout.outcome.clone())), "{bad:?}");
        assert_eq!(self.router().violations(), []);
    }
}

fn user(name: &str) -> Session {
    Session::new(name, Tunnel::Ikev2).domain("CORP")
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn a_users_second_session_is_refused_until_the_first_has_ended() {
    let hosted = Hosted::start("session_limit", "session-limit.toml", "sessions = 1\n");
    let router = hosted.router();
    assert_eq!(router.start_failure(), None);
    assert_eq!(router.connect(&user("anna")), Ok(()));
    assert_eq!(router.connect(&user("ANNA")), Err(Refused::ByAdminDll));
    assert_eq!(router.connect(&user("bob")), Ok(()));
    assert!(router.drop_user("anna"));
    router.wait_for_callouts();
    assert_eq!(router.connect(&user("anna")), Ok(()));
    assert_eq!(router.users().len(), 2);
    hosted.stop();
    router.start_service();
    assert_eq!(router.start_failure(), None);
    assert_eq!(router.connect(&user("anna")), Ok(()), "the sessions of the last run are forgotten");
    hosted.stop();
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn users_get_the_addresses_of_the_file_and_of_the_pool() {
    let plan = "[pool]\nfirst = \"10.99.0.128\"\nlast = \"10.99.0.129\"\n\
                [addresses]\nanna = \"10.99.0.10\"\n";
    let hosted = Hosted::start("fixed_addresses", "fixed-addresses.toml", plan);
    let router = hosted.router();
    assert_eq!(router.start_failure(), None);
    for (name, last) in [("anna", 10), ("bob", 128), ("carol", 129)] {
        assert_eq!(router.connect(&user(name)), Ok(()), "{name}");
        assert_eq!(router.address_of(name), Some(Ipv4Addr::new(10, 99, 0, last)), "{name}");
    }
    assert_eq!(router.connect(&user("dora")), Err(Refused::NoAddress), "the pool is empty");
    assert!(router.drop_user("bob"));
    router.wait_for_callouts();
    assert_eq!(router.connect(&user("dora")), Ok(()));
    assert_eq!(router.address_of("dora"), Some(Ipv4Addr::new(10, 99, 0, 128)));
    hosted.stop();
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn the_file_beside_a_dll_is_found_in_the_other_process_too() {
    let plan = "[addresses]\nanna = \"10.99.0.10\"\n";
    let hosted = Hosted::start_in(IpProcess::Separate, "fixed_addresses", "fixed-addresses.toml", plan);
    let router = hosted.router();
    assert_eq!(router.start_failure(), None);
    assert_eq!(router.connect(&user("anna")), Ok(()));
    assert_eq!(router.address_of("anna"), Some(Ipv4Addr::new(10, 99, 0, 10)));
    hosted.stop();
    let files = fs::read_dir(hosted.folder.path()).expect("a folder").count();
    assert!(files == 2 || cfg!(windows), "a copy is left");
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn each_session_has_a_line_for_its_start_and_one_for_its_end() {
    let hosted = Hosted::start("audit", "audit.toml", "");
    let router = hosted.router();
    assert_eq!(router.connect(&user("anna").endpoint(Ipv4Addr::new(198, 51, 100, 7))), Ok(()));
    assert_eq!(router.connect(&Session::new("bob", Tunnel::Sstp)), Ok(()));
    let address = router.address_of("anna").expect("she is connected").to_string();
    assert!(router.drop_user("anna"));
    hosted.stop();
    let text = fs::read_to_string(hosted.folder.path().join("audit.jsonl")).expect("the log");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<[&str; 3]> = lines
        .iter()
        .map(|line| ["event", "user", "tunnel"].map(|key| line[key].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(
        told[..3],
        [["start", "anna", "IKEv2"], ["start", "bob", "SSTP"], ["end", "anna", "IKEv2"]],
        "{text}"
    );
    assert_eq!(lines[2]["from"], "198.51.100.7");
    assert_eq!(lines[2]["ipv4"], address);
    assert_eq!(told.len(), 4, "bob's end, of one kind or the other: {text}");
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the DLL loads the Mprapi.dll of the system, where `cargo xtask windows` puts the drop-in"
)]
fn the_recorder_changes_nothing() {
    let hosted = Hosted::start("recorder", "unused", "");
    let router = hosted.router();
    assert_eq!(router.start_failure(), None);
    for name in ["anna", "bob"] {
        assert_eq!(router.connect(&user(name)), Ok(()));
    }
    assert!(router.drop_user("anna"));
    assert_eq!(router.users(), ["bob"]);
    hosted.stop();
}
