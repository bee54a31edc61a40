//! The DLLs, compiled from C.

use std::path::{Path, PathBuf};

use libloading::Library;
use mprapi_sim::{AdminDll, IpProcess};
use tempfile::TempDir;

/// The names of the variants of the DLL, with their definitions.
pub(crate) const VARIANTS: &str = include_str!("../../c/adminhost/variants.txt");

/// The file of a variant. `None` where there is no C compiler.
#[cfg(not(windows))]
fn built(variant: &str, folder: &Path) -> Option<PathBuf> {
    let flags = VARIANTS.lines().find_map(|line| line.strip_prefix(variant)?.strip_prefix(' '));
    let product = folder.join(format!("{variant}{}", std::env::consts::DLL_SUFFIX));
    let own = ["-D_GNU_SOURCE", "-Wno-unused-function", "-g", "-shared", "-fPIC", "-fvisibility=hidden"];
    let arguments = own.into_iter().chain(flags.expect("a variant").split(' ')).chain(["c/adminhost/dll.c"]);
    let arguments: Vec<_> = arguments.map(AsRef::as_ref).collect();
    tests::drop_in::compile(&product, &arguments)?;
    Some(product)
}

/// The file of a variant, which the build script has compiled: a copy, for each test has its own.
#[cfg(all(windows, target_env = "gnu"))]
fn built(variant: &str, folder: &Path) -> Option<PathBuf> {
    assert!(VARIANTS.lines().any(|line| line.starts_with(variant)));
    let product = folder.join(format!("{variant}.dll"));
    std::fs::copy(Path::new(env!("ADMIN_DLLS")).join(format!("{variant}.dll")), &product)
        .expect("it was built");
    Some(product)
}

#[cfg(all(windows, not(target_env = "gnu")))]
fn built(_: &str, _: &Path) -> Option<PathBuf> {
    None
}

/// A DLL in a folder of its own.
pub(crate) struct Built {
    pub(crate) path: PathBuf,
    _folder: TempDir,
}

/// Builds a variant, or ends the test where there is no C compiler.
macro_rules! build {
    ($variant:expr) => {
        match $crate::built::Built::of($variant) {
            Some(built) => built,
            None => return,
        }
    };
}

impl Built {
    pub(crate) fn of(variant: &str) -> Option<Built> {
        let folder = tempfile::tempdir().expect("a folder");
        Some(Built { path: built(variant, folder.path())?, _folder: folder })
    }

    pub(crate) fn same_process(&self) -> AdminDll {
        AdminDll::new(&self.path).ip_process(IpProcess::Same)
    }

    /// The module that the simulator has loaded: that of the connection functions.
    pub(crate) fn module(&self) -> Library {
        // SAFETY: it is loaded already, and does nothing when it is loaded.
        unsafe { Library::new(&self.path) }.expect("the simulator has loaded it")
    }

    /// The lines that the DLL has written down.
    pub(crate) fn lines(&self) -> Vec<String> {
        let module = self.module();
        let mut text = vec![0_u8; 1 << 16];
        // SAFETY: the export has this type.
        let log = unsafe { module.get::<unsafe extern "C" fn(*mut u8, usize)>("admin_log") };
        // SAFETY: there is so much room.
        unsafe { log.expect("the DLL's own export")(text.as_mut_ptr(), text.len()) };
        let end = text.iter().position(|&byte| byte == 0).expect("terminated");
        let text = String::from_utf8(text[..end].to_vec()).expect("UTF-8");
        text.lines().map(str::to_owned).collect()
    }

    /// The lines but for the details, which begin with spaces.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.lines().into_iter().filter(|line| !line.starts_with(' ')).collect()
    }

    /// Lets the callouts that hang return.
    pub(crate) fn let_go(&self) {
        let module = self.module();
        // SAFETY: the export has this type.
        let function =
            unsafe { module.get::<unsafe extern "C" fn()>("let_go") }.expect("the DLL's own export");
        // SAFETY: the function sets a number.
        unsafe { function() };
    }

    /// Tells the DLL how to call the simulator.
    pub(crate) fn set_connect(&self) {
        type Connect = unsafe extern "system" fn(*mut u16, *mut mprapi_sys::HANDLE) -> u32;
        let module = self.module();
        // SAFETY: the export has this type.
        let function = unsafe { module.get::<unsafe extern "C" fn(Connect)>("set_connect") };
        let connect = mprapi_sim::functions().MprAdminServerConnect.expect("the table is full");
        // SAFETY: the function keeps the pointer, to a function that stays.
        unsafe { function.expect("the DLL's own export")(connect) };
    }
}
