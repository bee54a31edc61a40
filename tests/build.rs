//! Builds the C programs where the toolchain is the one whose header they are written against: mingw-w64's.

#[cfg(feature = "ctest")]
mod c_header;

use std::env;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=c");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") != "windows" || target("ENV") != "gnu" {
        return;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=../mprapi-sim/dll/include");
    let client = out.join("script.exe");
    compile(&client, &["-I../mprapi-sim/dll/include", "c/script.c", "-lmprapi"]);
    println!("cargo::rustc-env=C_CLIENT={}", client.display());
    // Its records are those of 64-bit Windows, where it is run.
    if target("POINTER_WIDTH") == "64" {
        compile(&out.join("hostile.dll"), &[&["-std=c11", "-shared"], &HOSTILE[..]].concat());
        println!("cargo::rustc-env=HOSTILE={}", out.join("hostile.dll").display());
    }
    compile(&out.join("admin_dll_host.exe"), &["-std=gnu11", "c/admin_dll/host.c"]);
    println!("cargo::rustc-env=ADMIN_DLL_HOST={}", out.join("admin_dll_host.exe").display());
    compile(&out.join("planted.dll"), &["-shared", "c/planted.c"]);
    println!("cargo::rustc-env=PLANTED={}", out.join("planted.dll").display());
    for line in include_str!("c/adminhost/variants.txt").lines() {
        let mut words = line.split(' ');
        let product = out.join(format!("{}.dll", words.next().expect("a name")));
        let own = ["-std=c11", "-Wno-unused-function", "-shared", "-static-libgcc", "c/adminhost/dll.c"];
        compile(&product, &[&own[..], &words.collect::<Vec<_>>()].concat());
    }
    println!("cargo::rustc-env=ADMIN_DLLS={}", out.display());
    #[cfg(feature = "ctest")]
    c_header::build(&out);
}

/// As in `tests/hostile.rs`, which compiles them elsewhere.
const HOSTILE: [&str; 5] = [
    "c/hostile/answers.c",
    "c/hostile/library.c",
    "c/hostile/memory.c",
    "c/hostile/records.c",
    "c/hostile/tunnels.c",
];

fn compile(product: &Path, arguments: &[&str]) {
    let mut compile = cc::Build::new().warnings(true).extra_warnings(true).get_compiler().to_command();
    compile.arg("-Werror").args(arguments).arg("-o").arg(product);
    let status = compile.status().unwrap_or_else(|error| panic!("{compile:?}: {error}"));
    assert!(status.success(), "{compile:?}: {status}");
}
