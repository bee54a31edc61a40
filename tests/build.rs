//! Builds the C client where the toolchain is the one whose header it is written against: mingw-w64's.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=c/client.c");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") != "windows" || target("ENV") != "gnu" {
        return;
    }
    let client = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("client.exe");
    let mut compile = cc::Build::new().warnings(true).extra_warnings(true).get_compiler().to_command();
    compile.args(["-Werror", "c/client.c", "-lmprapi", "-o"]).arg(&client);
    let status = compile.status().unwrap_or_else(|error| panic!("{compile:?}: {error}"));
    assert!(status.success(), "{compile:?}: {status}");
    println!("cargo::rustc-env=C_CLIENT={}", client.display());
}
