//! The seam: the C ABI of `mprapi.h` as one table of functions.

use core::ffi::c_void;
use core::fmt;
use core::sync::atomic::{AtomicPtr, Ordering};

/// Makes the table of the functions that [`for_each_function!`] lists. There are more than a hundred; of one,
///
/// ```text
/// define_table! { "Windows 2000" fn MprAdminBufferFree(pBuffer: LPVOID) -> DWORD; }
/// ```
///
/// it makes, beside the documentation,
///
/// ```text
/// #[derive(Clone, Copy)]
/// #[repr(C)]
/// pub struct Functions {
///     pub MprAdminBufferFree: Option<unsafe extern "system" fn(LPVOID) -> DWORD>,
/// }
///
/// impl Functions {
///     pub const NONE: Functions = Functions { MprAdminBufferFree: None };
/// }
///
/// #[repr(usize)]
/// pub enum Function {
///     MprAdminBufferFree,
/// }
///
/// impl Function {
///     pub const ALL: &[Function] = &[Function::MprAdminBufferFree];
///
///     pub const fn name(self) -> &'static str {
///         static NAMES: Texts = Texts::new("MprAdminBufferFree\n");
///         NAMES.get(self)
///     }
///
///     pub const fn since(self) -> &'static str {
///         match self {
///             Function::MprAdminBufferFree => "Windows 2000",
///         }
///     }
/// }
///
/// impl Mprapi {
///     pub unsafe fn MprAdminBufferFree(&self, pBuffer: LPVOID) -> Result<DWORD, MissingFunction> {
///         let address = self.address(Function::MprAdminBufferFree)?;
///         let function =
///             unsafe { transmute::<*mut c_void, unsafe extern "system" fn(pBuffer: LPVOID) -> DWORD>(address) };
///         Ok(unsafe { function(pBuffer) })
///     }
/// }
/// ```
macro_rules! define_table {
    ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        /// One function pointer for each function of `mprapi.h`, in the order of the header.
        ///
        /// This is what a back end fills: what it has as `Some`, the rest from [`Functions::NONE`].
        /// [`Mprapi::from_functions`] makes it callable.
        #[derive(Clone, Copy)]
        #[repr(C)]
        pub struct Functions {
            $(
                #[doc = concat!("The function [`", stringify!($name), "`](fn@crate::", stringify!($name), ").")]
                pub $name: Option<unsafe extern "system" fn($($argument: $type),*) -> $result>,
            )+
        }

        impl Functions {
            /// No function at all.
            pub const NONE: Functions = Functions { $($name: None,)+ };
        }

        /// A function of `mprapi.h`, by name.
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(usize)]
        #[non_exhaustive]
        pub enum Function {
            $(
                #[doc = concat!("The function [`", stringify!($name), "`](fn@crate::", stringify!($name), ").")]
                $name,
            )+
        }

        impl Function {
            /// Every function, in the order of the header.
            pub const ALL: &[Function] = &[$(Function::$name,)+];

            /// Returns the function's name.
            pub const fn name(self) -> &'static str {
                // One for the program; a constant is copied into each object file that uses it.
                static NAMES: Texts = Texts::new(concat!($(stringify!($name), "\n",)+));
                NAMES.get(self)
            }

            /// Returns the first version of Windows that has the function, as Microsoft's page says.
            pub const fn since(self) -> &'static str {
                match self {
                    $(Function::$name => $since,)+
                }
            }
        }

        #[expect(clippy::too_many_arguments, reason = "the header's functions have them")]
        impl Mprapi {
            $(
                #[doc = concat!(
                    "Calls [`", stringify!($name), "`](fn@crate::", stringify!($name), "), whose page says what it does."
                )]
                ///
                /// # Errors
                /// [`MissingFunction`] when the back end does not have it; then nothing was called.
                ///
                /// # Safety
                /// The parameters must be what the function's page asks for.
                #[inline]
                pub unsafe fn $name(&self, $($argument: $type),*) -> Result<$result, MissingFunction> {
                    let address = self.address(Function::$name)?;
                    // SAFETY: `address` is this function's entry: `from_functions` took it from the field of this
                    // type, `load*` from the export of this name, whose type the caller of `load*` vouched for.
                    let function = unsafe {
                        core::mem::transmute::<
                            *mut c_void,
                            unsafe extern "system" fn($($argument: $type),*) -> $result
                        >(address)
                    };
                    // SAFETY: passed on to the caller.
                    Ok(unsafe { function($($argument),*) })
                }
            )+
        }
    };
}

for_each_function!(define_table);

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text for each function, a line each. A table of strings takes twice as much again in a program, for where each of them
/// is.
struct Texts {
    lines: &'static str,
    /// The place behind each line.
    ends: [u16; Function::ALL.len()],
}

impl Texts {
    const fn new(lines: &'static str) -> Texts {
        let bytes = lines.as_bytes();
        let mut ends = [0; Function::ALL.len()];
        let (mut line, mut place) = (0, 0);
        while place < bytes.len() {
            place += 1;
            if bytes[place - 1] == b'\n' {
                ends[line] = place as u16;
                line += 1;
            }
        }
        assert!(line == ends.len() && place <= u16::MAX as usize, "one line for each function");
        Texts { lines, ends }
    }

    const fn get(&self, function: Function) -> &'static str {
        let index = function as usize;
        let begin = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        let (text, _) = self.lines.split_at(self.ends[index] as usize - 1);
        text.split_at(begin).1
    }
}

/// A back end: Windows' `Mprapi.dll`, another library with the same exports, or function pointers.
///
/// Each function of the API is a method of the same name. A function that the back end lacks is an error
/// of the call that needed it.
///
/// A library's exports are looked up at their first use: of more than a hundred functions a program calls a handful.
pub struct Mprapi {
    // Measured by tests/src/bin/lookup.rs, loading included: looking up all at once makes load and first call 11 times
    // as long on Linux (9.7 to 0.9 microseconds), 5 times under Wine (292 to 58); this is as fast as no table (0.99).
    /// Null where a function was not looked up yet or does not exist.
    addresses: [AtomicPtr<c_void>; Function::ALL.len()],
    #[cfg(feature = "loader")]
    library: Option<loader::Module>,
}

impl Mprapi {
    /// Makes a back end of function pointers.
    pub const fn from_functions(functions: Functions) -> Mprapi {
        // SAFETY: `Functions` is `repr(C)` and has COUNT fields, each an `Option` of a function pointer, which has
        // the size and validity of a nullable pointer; so has `AtomicPtr`.
        let addresses =
            unsafe { core::mem::transmute::<Functions, [AtomicPtr<c_void>; Function::ALL.len()]>(functions) };
        Mprapi {
            addresses,
            #[cfg(feature = "loader")]
            library: None,
        }
    }

    /// Returns the address of a function.
    ///
    /// Two tables of one library return the same address, so it also distinguishes libraries.
    ///
    /// # Errors
    /// [`MissingFunction`] when the back end does not have it.
    #[inline]
    pub fn address(&self, function: Function) -> Result<*mut c_void, MissingFunction> {
        // Relaxed: a code address is all there is to see, and the code was there before this table.
        let address = self.addresses[function as usize].load(Ordering::Relaxed);
        if address.is_null() { self.look_up(function) } else { Ok(address) }
    }

    #[cold]
    fn look_up(&self, function: Function) -> Result<*mut c_void, MissingFunction> {
        #[cfg(feature = "loader")]
        if let Some(address) = self.library.as_ref().and_then(|library| library.get(function.name())) {
            self.addresses[function as usize].store(address, Ordering::Relaxed);
            return Ok(address);
        }
        Err(MissingFunction(function))
    }
}

impl fmt::Debug for Mprapi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mprapi").finish_non_exhaustive()
    }
}

/// The back end does not have this function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingFunction(pub Function);

impl fmt::Display for MissingFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the library has no {}", self.0.name())?;
        match self.0.since() {
            "" => Ok(()),
            since => write!(f, ", which came with {since}"),
        }
    }
}

impl core::error::Error for MissingFunction {}

#[cfg(feature = "loader")]
pub use loader::LoadError;

#[cfg(feature = "loader")]
mod loader {
    use std::ffi::{CString, c_void};
    use std::fmt;
    use std::mem::ManuallyDrop;
    use std::path::{Path, PathBuf};

    #[cfg(unix)]
    use libloading::os::unix as os;
    #[cfg(windows)]
    use libloading::os::windows as os;

    use super::{Functions, Mprapi};

    /// A loaded library. It is never unloaded: remote procedure calls may still have threads in it.
    pub(super) struct Module(ManuallyDrop<os::Library>);

    impl Module {
        pub(super) fn get(&self, name: &str) -> Option<*mut c_void> {
            let name = CString::new(name).ok()?;
            // SAFETY: the symbol is only taken as an address here; its type is given at the call.
            let symbol = unsafe { self.0.get::<*mut c_void>(name.as_bytes_with_nul()) };
            Some(symbol.ok()?.as_raw_ptr()).filter(|address| !address.is_null())
        }
    }

    impl Mprapi {
        /// Loads Windows' own `Mprapi.dll` from the system directory and from nowhere else, by its full path. A library of
        /// that name in the current folder, beside the program or on `PATH`, or one that was loaded before, makes no
        /// difference.
        ///
        /// # Errors
        /// [`LoadError`] when it is not there (as on a Windows without the remote access components), and always
        /// on other systems.
        pub fn load() -> Result<Mprapi, LoadError> {
            #[cfg(windows)]
            {
                let path = system_directory()?.join("mprapi.dll");
                // SAFETY: the system's own library, whose initialisation is the system's affair and whose exports
                // have the types of its header.
                unsafe { Mprapi::open(&path, os::LOAD_LIBRARY_SEARCH_SYSTEM32) }
            }
            #[cfg(not(windows))]
            Err(LoadError { path: PathBuf::from("mprapi.dll"), reason: Reason::NotWindows })
        }

        /// Loads the library at `path`. A relative path is one in the current folder, never a name to search for.
        ///
        /// # Errors
        /// [`LoadError`] when there is no library.
        ///
        /// # Safety
        /// Loading a library runs code of it, and each of its exports that has the name of a function of
        /// `mprapi.h` must have that function's type and keep its contract.
        pub unsafe fn load_from(path: impl AsRef<Path>) -> Result<Mprapi, LoadError> {
            let path = path.as_ref();
            let path = std::path::absolute(path).map_err(|error| LoadError {
                path: path.to_owned(),
                reason: Reason::Path(Cause::of(&error)),
            })?;
            #[cfg(windows)]
            let flags = os::LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | os::LOAD_LIBRARY_SEARCH_SYSTEM32;
            #[cfg(unix)]
            let flags = os::RTLD_LAZY | os::RTLD_LOCAL;
            // SAFETY: passed on to the caller.
            unsafe { Mprapi::open(&path, flags) }
        }

        /// # Safety
        /// As [`Mprapi::load_from`].
        #[cfg(windows)]
        unsafe fn open(path: &Path, flags: u32) -> Result<Mprapi, LoadError> {
            // SAFETY: passed on to the caller.
            let library = unsafe { os::Library::load_with_flags(path, flags) };
            Mprapi::from_library(library, path)
        }

        /// # Safety
        /// As [`Mprapi::load_from`].
        #[cfg(unix)]
        unsafe fn open(path: &Path, flags: std::ffi::c_int) -> Result<Mprapi, LoadError> {
            // SAFETY: passed on to the caller.
            let library = unsafe { os::Library::open(Some(path), flags) };
            Mprapi::from_library(library, path)
        }

        fn from_library(
            library: Result<os::Library, libloading::Error>,
            path: &Path,
        ) -> Result<Mprapi, LoadError> {
            let library = library.map_err(|error| {
                // Not by `source`: a trait object would bring the `Debug` of these types into every program.
                let cause = match &error {
                    libloading::Error::DlOpen { source } => Cause::of(source),
                    libloading::Error::LoadLibraryExW { source } => Cause::of(source),
                    other => Cause::of(other),
                };
                LoadError { path: path.to_owned(), reason: Reason::Library(cause) }
            })?;
            let mut table = Mprapi::from_functions(Functions::NONE);
            table.library = Some(Module(ManuallyDrop::new(library)));
            Ok(table)
        }
    }

    #[cfg(windows)]
    fn system_directory() -> Result<PathBuf, LoadError> {
        use std::os::windows::ffi::OsStringExt as _;

        unsafe extern "system" {
            fn GetSystemDirectoryW(buffer: *mut u16, size: u32) -> u32;
        }
        // MAX_PATH: the system directory's path is never longer.
        let mut buffer = [0_u16; 260];
        // SAFETY: the buffer has room for as many units as it is said to have, and takes what is written.
        let length = unsafe { GetSystemDirectoryW(buffer.as_mut_ptr(), 260) } as usize;
        match buffer.get(..length) {
            Some(path) if length > 0 => Ok(PathBuf::from(std::ffi::OsString::from_wide(path))),
            _ => Err(LoadError {
                path: PathBuf::from("mprapi.dll"),
                reason: Reason::Path(Cause::of(&std::io::Error::last_os_error())),
            }),
        }
    }

    /// A library could not be loaded.
    #[derive(Debug)]
    pub struct LoadError {
        path: PathBuf,
        reason: Reason,
    }

    #[derive(Debug)]
    enum Reason {
        #[cfg_attr(windows, expect(dead_code, reason = "only other systems are not Windows"))]
        NotWindows,
        Path(Cause),
        Library(Cause),
    }

    /// The system's text for an error. (Its own types would bring 7 kB of their `Debug` into every program.)
    #[derive(Debug)]
    struct Cause(Box<str>);

    impl Cause {
        fn of(error: &impl fmt::Display) -> Cause {
            Cause(error.to_string().into())
        }
    }

    impl fmt::Display for Cause {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.0)
        }
    }

    impl std::error::Error for Cause {}

    impl LoadError {
        /// Returns the path of the library that could not be loaded.
        pub fn path(&self) -> &Path {
            &self.path
        }
    }

    impl fmt::Display for LoadError {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match &self.reason {
                Reason::NotWindows => {
                    f.write_str("Mprapi.dll is part of Windows, and this system is not Windows")
                }
                Reason::Path(_) => write!(f, "cannot find the path of {}", self.path.display()),
                Reason::Library(_) => write!(f, "cannot load {}", self.path.display()),
            }
        }
    }

    impl std::error::Error for LoadError {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            match &self.reason {
                Reason::NotWindows => None,
                Reason::Path(cause) | Reason::Library(cause) => Some(cause),
            }
        }
    }
}
