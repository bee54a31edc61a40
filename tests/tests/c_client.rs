//! A program that a C compiler made against the toolchain's own `mprapi.h`, held against the safe layer.
//!
//! Both take the `mprapi.dll` of System32. `cargo xtask windows` puts the drop-in there, under Wine.
#![cfg(all(windows, target_env = "gnu"))]

use std::process::Command;

use mprapi::Mpr;

#[test]
#[ignore = "needs an mprapi.dll whose service runs: `cargo xtask windows` has one"]
fn a_c_program_and_the_safe_layer_see_the_same_ports() {
    let client = Command::new(env!("C_CLIENT")).output().expect("the C client starts");
    assert!(client.status.success(), "{client:?}");
    let c = String::from_utf8(client.stdout).expect("the C client prints UTF-8");

    let server = Mpr::load().expect("System32 has it").connect(None).expect("the service runs");
    let ports = server.ports().expect("the ports are told");
    let rust: Vec<String> = ports
        .iter()
        .map(|port| {
            format!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                port.as_raw().dwPortCondition,
                port.total_calls(),
                port.duration().as_secs(),
                u8::from(port.connection().is_some()),
                port.name(),
                port.media_name(),
                port.device_name(),
                port.device_type()
            )
        })
        .collect();

    assert!(!rust.is_empty(), "a router without ports shows nothing");
    assert_eq!(c.lines().collect::<Vec<_>>(), rust);
}
