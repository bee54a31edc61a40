//! The seam: the C ABI of `mprapi.h` as one table of functions.

use core::ffi::{CStr, c_void};
use core::fmt;
use core::sync::atomic::{AtomicPtr, Ordering};

#[cfg(feature = "loader")]
mod load_error;
#[cfg(feature = "loader")]
mod loader;

#[cfg(feature = "loader")]
pub use load_error::LoadError;

/// Makes the table of the functions that [`for_each_function!`] lists. There are more than a hundred; of one,
///
/// ```text
/// define_table! { "Windows 2000 Server" fn MprAdminBufferFree(pBuffer: LPVOID) -> DWORD; }
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
///     pub const fn since(self) -> &'static str {
///         static SINCE: [Version; Function::ALL.len()] = [Version::named("Windows 2000 Server")];
///         SINCE[self as usize].name()
///     }
/// }
///
/// static NAMES: Names = Names::new("MprAdminBufferFree\0");
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

            /// Returns the first version of Windows that has the function, as Microsoft's page says.
            pub const fn since(self) -> &'static str {
                static SINCE: [Version; Function::ALL.len()] = [$(Version::named($since),)+];
                SINCE[self as usize].name()
            }
        }

        // One for the program; a constant is copied into each object file that uses it.
        static NAMES: Names = Names::new(concat!($(stringify!($name), "\0",)+));

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

impl Function {
    /// Returns the function's name.
    // Only looking a function up and showing errors need it, so it is there once, and not in each of them.
    #[inline(never)]
    pub const fn name(self) -> &'static str {
        // SAFETY: identifiers of C are ASCII.
        unsafe { core::str::from_utf8_unchecked(self.terminated_name().to_bytes()) }
    }

    /// Returns the function's name as the system's loader takes it.
    const fn terminated_name(self) -> &'static CStr {
        let index = self as usize;
        let begin = if index == 0 { 0 } else { NAMES.ends[index - 1] as usize };
        // SAFETY: `Names::new` made each end a place in the text, and there is a name behind each but the last.
        let name = unsafe { NAMES.text.as_ptr().add(begin) };
        // SAFETY: a NUL stands behind each name.
        unsafe { CStr::from_ptr(name.cast()) }
    }
}

/// The names of the functions, a NUL behind each. A table of strings takes twice as much again in a program, for where each of
/// them is.
struct Names {
    text: &'static str,
    /// The place behind each NUL.
    ends: [u16; Function::ALL.len()],
}

impl Names {
    const fn new(text: &'static str) -> Names {
        let bytes = text.as_bytes();
        let mut ends = [0; Function::ALL.len()];
        let (mut name, mut place) = (0, 0);
        while place < bytes.len() {
            place += 1;
            if bytes[place - 1] == 0 {
                ends[name] = place as u16;
                name += 1;
            }
        }
        assert!(name == ends.len() && place <= u16::MAX as usize, "one name for each function");
        Names { text, ends }
    }
}

/// The version of Windows that a function came with. A string for each function takes 16 times as much in a program.
#[derive(Clone, Copy)]
enum Version {
    /// The function is in a newer header than this crate knows.
    Unknown,
    Windows2000,
    Server2003,
    Server2008,
    Server2008R2,
    Server2012,
}

impl Version {
    const ALL: [Version; 6] = [
        Version::Unknown,
        Version::Windows2000,
        Version::Server2003,
        Version::Server2008,
        Version::Server2008R2,
        Version::Server2012,
    ];

    const fn name(self) -> &'static str {
        match self {
            Version::Unknown => "",
            Version::Windows2000 => "Windows 2000 Server",
            Version::Server2003 => "Windows Server 2003",
            Version::Server2008 => "Windows Server 2008",
            Version::Server2008R2 => "Windows Server 2008 R2",
            Version::Server2012 => "Windows Server 2012",
        }
    }

    /// The version of this name. Another one does not compile.
    const fn named(name: &str) -> Version {
        let mut place = 0;
        while !is_same(Version::ALL[place].name().as_bytes(), name.as_bytes()) {
            place += 1;
        }
        Version::ALL[place]
    }
}

/// `==`, which a constant cannot use yet.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([first, one @ ..], [second, other @ ..]) => *first == *second && is_same(one, other),
        _ => false,
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
        if let Some(library) = &self.library
            && let Some(address) = library.get(function.terminated_name())
        {
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
