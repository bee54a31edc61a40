//! The simulator as a library: where it is, and what its ledger says.

use std::fmt;

use libloading::Library;

#[cfg(not(windows))]
pub use here::{compile, example, mprctl, network, path};

#[cfg(not(windows))]
mod here {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    use std::ffi::OsStr;
    use std::io::ErrorKind;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    /// The library that `MPRAPI_SIM_LIBRARY` names. Without that, it is built.
    pub fn path() -> PathBuf {
        match std::env::var_os("MPRAPI_SIM_LIBRARY") {
            Some(path) => path.into(),
            None => build("mprapi-sim-dll", None, &format!("{DLL_PREFIX}mprapi_sim{DLL_SUFFIX}")),
        }
    }

    /// The library for servers on the network, which `MPRAPI_NETWORK_LIBRARY` names. Without that, it is built.
    pub fn network() -> PathBuf {
        let file = format!("{DLL_PREFIX}mprapi_network{DLL_SUFFIX}");
        match std::env::var_os("MPRAPI_NETWORK_LIBRARY") {
            Some(path) => path.into(),
            None => build("mprapi-rpc-dll", None, &file),
        }
    }

    /// The program `mprctl`: the one that `MPRCTL` names. Without that, it is built.
    pub fn mprctl() -> PathBuf {
        std::env::var_os("MPRCTL").map_or_else(|| build("mprctl", None, "mprctl"), PathBuf::from)
    }

    /// An example that is a library, in the folder that `EXAMPLES` names. Without that, it is built.
    pub fn example(package: &str, name: &str) -> PathBuf {
        let file = format!("{DLL_PREFIX}{name}{DLL_SUFFIX}");
        match std::env::var_os("EXAMPLES") {
            Some(folder) => Path::new(&folder).join(file),
            None => build(package, Some(name), &format!("examples/{file}")),
        }
    }

    /// Builds a package of the workspace, or one example of it, and says where a file of it is.
    fn build(package: &str, example: Option<&str>, file: &str) -> PathBuf {
        let test = std::env::current_exe().expect("a test is a program");
        // A test is in `debug/deps` of the target folder, or in `release/deps`; where the environment names a target, as
        // `cargo xtask sanitize` does, in these of a folder of its name.
        let depth = if std::env::var_os("CARGO_BUILD_TARGET").is_some() { 4 } else { 3 };
        let folder = |depth| test.ancestors().nth(depth).expect("cargo built it");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--package", package, "--target-dir"]).arg(folder(depth));
        cargo.args(example.map(|name| format!("--example={name}")));
        let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo is there");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        folder(3).join("debug").join(file)
    }

    /// Compiles C. `None`, and a word about it, where there is no compiler.
    pub fn compile(product: &Path, arguments: &[&OsStr]) -> Option<()> {
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let mut compile = Command::new(&compiler);
        compile.args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-o"]).arg(product).args(arguments);
        match compile.current_dir(env!("CARGO_MANIFEST_DIR")).output() {
            Ok(output) => {
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                Some(())
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                eprintln!("skipped: there is no C compiler {}; CC names another", compiler.display());
                None
            }
            Err(error) => panic!("{}: {error}", compiler.display()),
        }
    }
}

/// The library, loaded: System32's on Windows, which must be loaded already, else that of [`path`].
pub fn library() -> Library {
    #[cfg(windows)]
    let library = libloading::os::windows::Library::open_already_loaded("mprapi.dll").map(Library::from);
    #[cfg(not(windows))]
    // SAFETY: it is the simulator's library, which does nothing when it is loaded.
    let library = unsafe { Library::new(path()) };
    library.expect("the simulator's library")
}

/// The entries of this process's ledger, as `mprapi_sim.h` has it.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub struct Report {
    buffers: u32,
    handles: u32,
    violations: u32,
}

impl Report {
    /// Asks for it.
    pub fn ask(library: &Library) -> Report {
        type MprSimReport = unsafe extern "system" fn(*mut Report, *mut u8, u32) -> u32;
        // SAFETY: the export has this type.
        let function = unsafe { library.get::<MprSimReport>("MprSimReport") }.expect("it is the simulator's");
        let mut report = Report::default();
        // SAFETY: `report` takes what is written, and no text is asked for.
        assert_eq!(unsafe { function(&mut report, std::ptr::null_mut(), 0) }, 0);
        report
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} buffers, {} handles, {} violations", self.buffers, self.handles, self.violations)
    }
}
