//! The command line about the same DLLs. (Under Wine `cargo xtask windows` runs it.)

use std::fs;
use std::path::Path;
use std::time::Duration;

use mprapi_sim::AdminDllRules;

use super::built::VARIANTS;
use super::{router, with};

/// Runs mprctl on the simulated servers of a scenario, or of none.
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
fn short() -> AdminDllRules {
    AdminDllRules::new().limit(Duration::from_millis(300))
}

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
