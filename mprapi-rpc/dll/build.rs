//! The name under which programs ask for the library, and that it stays loaded.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("macos") => println!("cargo::rustc-cdylib-link-arg=-Wl,-install_name,@rpath/libmprapi.dylib"),
        Ok("windows") => {}
        // A thread that looks for changes may be in it when a program unloads it.
        _ => println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libmprapi.so,-z,nodelete"),
    }
}
