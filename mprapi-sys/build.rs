//! Does nothing, unless the feature `bindgen` asks for bindings to the header of this machine.

#[cfg(feature = "bindgen")]
mod codegen;

#[cfg(not(feature = "bindgen"))]
fn main() {}

#[cfg(feature = "bindgen")]
fn main() {
    use std::{env, fs, path::Path, process};
    println!("cargo::rerun-if-changed=wrapper.h\ncargo::rerun-if-changed=include");
    for name in ["MPRAPI_SYS_INCLUDE", "LIBCLANG_PATH", "BINDGEN_EXTRA_CLANG_ARGS"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let include = variable("MPRAPI_SYS_INCLUDE");
    let include: Vec<_> = env::split_paths(&include).filter(|path| path.is_absolute()).collect();
    // Elsewhere than on Windows the bindings serve the simulator and its clients, and mingw-w64 has the headers.
    let target = match variable("TARGET") {
        target if target.contains("windows") => target,
        _ => format!("{}-pc-windows-gnu", variable("CARGO_CFG_TARGET_ARCH")),
    };
    let generated = codegen::generate(Path::new(&variable("CARGO_MANIFEST_DIR")), &target, &include);
    let generated = generated.unwrap_or_else(|problem| {
        println!("cargo::error=mprapi-sys, feature `bindgen`: {problem}");
        process::exit(1);
    });
    for item in &generated.undocumented {
        println!("cargo::warning=mprapi-sys has no documentation of its own for {item}");
    }
    let bindings = Path::new(&variable("OUT_DIR")).join("bindings.rs");
    fs::write(bindings, generated.source).expect("the folder for the generated bindings can be written to");
}
