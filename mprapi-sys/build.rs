//! Does nothing, unless the feature `bindgen` asks for bindings to the header of this machine.

#[cfg(feature = "bindgen")]
#[path = "codegen.rs"]
mod codegen;

#[cfg(not(feature = "bindgen"))]
fn main() {}

#[cfg(feature = "bindgen")]
fn main() {
    use std::{env, fs, path::Path};
    println!("cargo::rerun-if-changed=wrapper.h");
    println!("cargo::rerun-if-changed=include");
    println!("cargo::rerun-if-env-changed=MPRAPI_SYS_INCLUDE");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let include: Vec<_> = env::split_paths(&variable("MPRAPI_SYS_INCLUDE")).collect();
    let dir = variable("CARGO_MANIFEST_DIR");
    match codegen::generate(Path::new(&dir), &variable("TARGET"), &include) {
        Ok(generated) => {
            fs::write(Path::new(&variable("OUT_DIR")).join("bindings.rs"), generated.source).unwrap()
        }
        Err(error) => panic!("{error}"),
    }
}
