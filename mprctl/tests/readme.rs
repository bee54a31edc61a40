//! What the READMEs show of mprctl is what it prints.
#![cfg(not(windows))]

mod common;

use assert_cmd::Command;
use common::{Came, came_of};

/// What a README shows below `$ command`.
fn shown<'r>(readme: &'r str, command: &str) -> &'r str {
    let (_, rest) = readme.split_once(&format!("\n$ {command}\n")).expect("the command");
    rest.split_once("```").expect("the end of the block").0
}

/// What `mprctl` prints where there is no Windows.
fn printed() -> Came {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    let came =
        came_of(command.env_remove("MPRAPI_SIM_SCENARIO").env_remove("MPRCTL_CONFIG").env_remove("COLUMNS"));
    assert_eq!(came.code, Some(0), "{}", came.stderr);
    came
}

#[test]
fn the_sample_of_mprctls_readme_is_what_it_prints() {
    assert_eq!(shown(include_str!("../README.md"), "mprctl"), printed().stdout);
}

#[test]
fn the_sample_of_the_repositorys_readme_is_what_it_prints() {
    // It is not beside this package when that is taken from a registry.
    let Ok(readme) = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")) else {
        return;
    };
    let came = printed();
    assert_eq!(shown(&readme, "cargo run --quiet"), came.stderr + &came.stdout);
}
