//! The system's GSSAPI library, loaded at run time: its types and functions (RFC 2744, RFC 5178 and RFC 5588's neighbours,
//! and MIT's functions for buffers in parts, which Heimdal has too).

use std::ffi::c_void;
use std::mem::ManuallyDrop;

use crate::security::Error;

/// The names of the library, in the order in which they are tried: MIT's, and where it may be missing the system's own.
const NAMES: &[&str] = if cfg!(target_os = "linux") {
    &["libgssapi_krb5.so.2"]
} else if cfg!(target_vendor = "apple") {
    &["/System/Library/Frameworks/GSS.framework/GSS"]
} else {
    &["libgssapi_krb5.so.2", "libgssapi.so"]
};

/// Says where the library comes from.
const ADVICE: &str = if cfg!(target_feature = "crt-static") {
    "this program is linked statically, and such a program cannot load it; use a build that is linked dynamically"
} else if cfg!(target_os = "linux") {
    "install it (Debian, Ubuntu: libgssapi-krb5-2; Fedora: krb5-libs; Alpine: krb5-libs; Arch: krb5)"
} else {
    "the library is that of MIT Kerberos, or a part of the system"
};

/// Bytes of the library or of the caller: `gss_buffer_desc`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Buffer {
    pub(super) length: usize,
    pub(super) value: *mut c_void,
}

impl Buffer {
    pub(super) const EMPTY: Buffer = Buffer { length: 0, value: std::ptr::null_mut() };

    /// Describes bytes that the library reads.
    pub(super) fn reading(bytes: &[u8]) -> Buffer {
        Buffer { length: bytes.len(), value: bytes.as_ptr().cast_mut().cast() }
    }

    /// Describes bytes that the library changes.
    pub(super) fn changing(bytes: &mut [u8]) -> Buffer {
        Buffer { length: bytes.len(), value: bytes.as_mut_ptr().cast() }
    }
}

/// One part of a message: `gss_iov_buffer_desc`. Apple's headers pack structures to two bytes on this processor.
#[cfg_attr(all(target_vendor = "apple", target_arch = "x86_64"), repr(C, packed(2)))]
#[cfg_attr(not(all(target_vendor = "apple", target_arch = "x86_64")), repr(C))]
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) kind: u32,
    pub(super) buffer: Buffer,
}

/// The kinds of a [`Part`].
pub(super) const DATA: u32 = 1;
pub(super) const HEADER: u32 = 2;
pub(super) const SIGN_ONLY: u32 = 11;
pub(super) const MIC_TOKEN: u32 = 12;

/// An object identifier: `gss_OID_desc`, packed as [`Part`].
#[cfg_attr(all(target_vendor = "apple", target_arch = "x86_64"), repr(C, packed(2)))]
#[cfg_attr(not(all(target_vendor = "apple", target_arch = "x86_64")), repr(C))]
#[derive(Clone, Copy)]
pub(super) struct Oid {
    pub(super) length: u32,
    pub(super) elements: *const u8,
}

impl Oid {
    /// Describes an identifier by its bytes.
    pub(super) const fn new(bytes: &'static [u8]) -> Oid {
        Oid { length: bytes.len() as u32, elements: bytes.as_ptr() }
    }
}

/// Several object identifiers: `gss_OID_set_desc`.
#[repr(C)]
pub(super) struct OidSet {
    pub(super) count: usize,
    pub(super) elements: *const Oid,
}

impl OidSet {
    /// Describes a set of one identifier, which must live as long as the description is used.
    pub(super) const fn of(oid: &Oid) -> OidSet {
        OidSet { count: 1, elements: oid }
    }
}

/// Several buffers: `gss_buffer_set_desc`.
#[repr(C)]
pub(super) struct BufferSet {
    pub(super) count: usize,
    pub(super) elements: *mut Buffer,
}

/// Pointers to types that only the library knows.
pub(super) type ContextHandle = *mut c_void;
pub(super) type NameHandle = *mut c_void;
pub(super) type CredentialHandle = *mut c_void;

type AcceptSecContext = unsafe extern "C" fn(
    *mut u32,
    *mut ContextHandle,
    *mut c_void,
    *mut Buffer,
    *mut c_void,
    *mut NameHandle,
    *mut *const Oid,
    *mut Buffer,
    *mut u32,
    *mut u32,
    *mut *mut c_void,
) -> u32;
type InitSecContext = unsafe extern "C" fn(
    *mut u32,
    CredentialHandle,
    *mut ContextHandle,
    NameHandle,
    *const Oid,
    u32,
    u32,
    *mut c_void,
    *mut Buffer,
    *mut *const Oid,
    *mut Buffer,
    *mut u32,
    *mut u32,
) -> u32;
type AcquireCred = unsafe extern "C" fn(
    *mut u32,
    NameHandle,
    u32,
    *const OidSet,
    i32,
    *mut CredentialHandle,
    *mut *mut OidSet,
    *mut u32,
) -> u32;
type AcquireCredWithPassword = unsafe extern "C" fn(
    *mut u32,
    NameHandle,
    *mut Buffer,
    u32,
    *const OidSet,
    i32,
    *mut CredentialHandle,
    *mut *mut OidSet,
    *mut u32,
) -> u32;
type SetNegMechs = unsafe extern "C" fn(*mut u32, CredentialHandle, *const OidSet) -> u32;
type ReleaseCred = unsafe extern "C" fn(*mut u32, *mut CredentialHandle) -> u32;
type ImportName = unsafe extern "C" fn(*mut u32, *mut Buffer, *const Oid, *mut NameHandle) -> u32;
type InquireContext = unsafe extern "C" fn(
    *mut u32,
    ContextHandle,
    *mut NameHandle,
    *mut NameHandle,
    *mut u32,
    *mut *const Oid,
    *mut u32,
    *mut i32,
    *mut i32,
) -> u32;
type WrapParts = unsafe extern "C" fn(*mut u32, ContextHandle, i32, u32, *mut i32, *mut Part, i32) -> u32;
type UnwrapParts = unsafe extern "C" fn(*mut u32, ContextHandle, *mut i32, *mut u32, *mut Part, i32) -> u32;
type MicPartsLength = unsafe extern "C" fn(*mut u32, ContextHandle, u32, *mut Part, i32) -> u32;
type GetMic = unsafe extern "C" fn(*mut u32, ContextHandle, u32, *mut Buffer, *mut Buffer) -> u32;
type VerifyMic = unsafe extern "C" fn(*mut u32, ContextHandle, *mut Buffer, *mut Buffer, *mut u32) -> u32;
type InquireByOid = unsafe extern "C" fn(*mut u32, ContextHandle, *const Oid, *mut *mut BufferSet) -> u32;
type ReleaseBufferSet = unsafe extern "C" fn(*mut u32, *mut *mut BufferSet) -> u32;
type DisplayName = unsafe extern "C" fn(*mut u32, NameHandle, *mut Buffer, *mut *const Oid) -> u32;
type DisplayStatus = unsafe extern "C" fn(*mut u32, u32, i32, *const Oid, *mut u32, *mut Buffer) -> u32;
type ReleaseBuffer = unsafe extern "C" fn(*mut u32, *mut Buffer) -> u32;
type ReleaseName = unsafe extern "C" fn(*mut u32, *mut NameHandle) -> u32;
type DeleteSecContext = unsafe extern "C" fn(*mut u32, *mut ContextHandle, *mut Buffer) -> u32;

/// The library's functions, by their names without `gss_`.
#[derive(Clone, Copy)]
pub(super) struct Library {
    pub(super) accept_sec_context: AcceptSecContext,
    pub(super) init_sec_context: InitSecContext,
    pub(super) acquire_cred: AcquireCred,
    pub(super) acquire_cred_with_password: AcquireCredWithPassword,
    pub(super) set_neg_mechs: SetNegMechs,
    pub(super) release_cred: ReleaseCred,
    pub(super) import_name: ImportName,
    pub(super) inquire_context: InquireContext,
    pub(super) inquire_by_oid: InquireByOid,
    pub(super) wrap_iov: WrapParts,
    pub(super) wrap_iov_length: WrapParts,
    pub(super) unwrap_iov: UnwrapParts,
    /// Missing in Heimdal. It measures signatures, which only a server asks for.
    pub(super) get_mic_iov_length: Option<MicPartsLength>,
    pub(super) get_mic: GetMic,
    pub(super) verify_mic: VerifyMic,
    pub(super) display_name: DisplayName,
    pub(super) display_status: DisplayStatus,
    pub(super) release_buffer: ReleaseBuffer,
    pub(super) release_buffer_set: ReleaseBufferSet,
    pub(super) release_name: ReleaseName,
    pub(super) delete_sec_context: DeleteSecContext,
}

impl Library {
    /// Loads the library. It stays loaded, since it has threads and state of its own.
    ///
    /// # Errors
    /// If the system does not have the library, or it lacks a function.
    pub(super) fn load() -> Result<Library, Error> {
        const OPERATION: &str = "loading the GSSAPI library";
        let mut reasons = Vec::new();
        let library = NAMES.iter().find_map(|name| {
            // SAFETY: MIT's library and Heimdal's have no constructor that needs anything of the program.
            let loaded = unsafe { libloading::Library::new(*name) };
            loaded.map_err(|error| reasons.push(error.to_string())).ok()
        });
        let missing = || Error::new(OPERATION, format!("{}; {ADVICE}", reasons.join("; ")));
        let library = ManuallyDrop::new(library.ok_or_else(missing)?);
        macro_rules! function {
            ($name:literal) => {{
                // SAFETY: the type of the field is that of RFC 2744 and of MIT's gssapi_ext.h for this name, which
                // the library's version 2 keeps, and Heimdal's has.
                unsafe { find(&library, $name) }
            }};
        }
        let failed = |error: libloading::Error| Error::new(OPERATION, error.to_string());
        Ok(Library {
            accept_sec_context: function!("accept_sec_context").map_err(failed)?,
            init_sec_context: function!("init_sec_context").map_err(failed)?,
            acquire_cred: function!("acquire_cred").map_err(failed)?,
            acquire_cred_with_password: function!("acquire_cred_with_password").map_err(failed)?,
            set_neg_mechs: function!("set_neg_mechs").map_err(failed)?,
            release_cred: function!("release_cred").map_err(failed)?,
            import_name: function!("import_name").map_err(failed)?,
            inquire_context: function!("inquire_context").map_err(failed)?,
            inquire_by_oid: function!("inquire_sec_context_by_oid").map_err(failed)?,
            wrap_iov: function!("wrap_iov").map_err(failed)?,
            wrap_iov_length: function!("wrap_iov_length").map_err(failed)?,
            unwrap_iov: function!("unwrap_iov").map_err(failed)?,
            get_mic_iov_length: function!("get_mic_iov_length").ok(),
            get_mic: function!("get_mic").map_err(failed)?,
            verify_mic: function!("verify_mic").map_err(failed)?,
            display_name: function!("display_name").map_err(failed)?,
            display_status: function!("display_status").map_err(failed)?,
            release_buffer: function!("release_buffer").map_err(failed)?,
            release_buffer_set: function!("release_buffer_set").map_err(failed)?,
            release_name: function!("release_name").map_err(failed)?,
            delete_sec_context: function!("delete_sec_context").map_err(failed)?,
        })
    }

    /// Makes an error of the two statuses of a function that failed. The general one is shown only if it says more than that
    /// the mechanism failed, or has no credential, and the mechanism does not say why.
    pub(super) fn error(&self, operation: &'static str, major: u32, minor: u32) -> Error {
        const OF_GSSAPI: i32 = 1;
        const OF_MECHANISM: i32 = 2;
        const FAILURE: u32 = 13 << 16;
        const NO_CREDENTIAL: u32 = 7 << 16;
        let reason = if minor == 0 { String::new() } else { self.text(minor, OF_MECHANISM) };
        let general = self.text(major, OF_GSSAPI);
        let text = match major {
            _ if reason.is_empty() || reason == "Unknown error" => general,
            FAILURE | NO_CREDENTIAL => reason,
            _ => format!("{general}: {reason}"),
        };
        Error::new(operation, format!("{text} ({major:#x}, {minor:#x})"))
    }

    /// Returns the library's text for a status.
    fn text(&self, status: u32, kind: i32) -> String {
        let (mut minor, mut context, mut buffer) = (0, 0, Buffer::EMPTY);
        let display = self.display_status;
        // SAFETY: all pointers are to variables of this function; no mechanism means the default one.
        let major = unsafe { display(&mut minor, status, kind, std::ptr::null(), &mut context, &mut buffer) };
        let text = self.take(&mut buffer);
        if major != 0 {
            return String::new();
        }
        // Some texts count their terminating null.
        let text = String::from_utf8_lossy(&text).replace(char::is_control, " ");
        text.trim_end().to_owned()
    }

    /// Copies the bytes of a buffer that the library has filled, and frees it.
    pub(super) fn take(&self, buffer: &mut Buffer) -> Vec<u8> {
        let mut bytes = Vec::new();
        if !buffer.value.is_null() && buffer.length <= isize::MAX as usize {
            // SAFETY: the library has filled the buffer: `length` bytes at `value`, which nothing has freed.
            bytes = unsafe { std::slice::from_raw_parts(buffer.value.cast::<u8>(), buffer.length) }.to_vec();
        }
        let mut minor = 0;
        let release = self.release_buffer;
        // SAFETY: the buffer is empty or filled by the library, which sets it to empty.
        unsafe { release(&mut minor, buffer) };
        bytes
    }
}

/// Finds a function by its name without `gss_`.
///
/// # Safety
/// `T` must be the type of a pointer to the function.
unsafe fn find<T: Copy>(library: &libloading::Library, name: &str) -> Result<T, libloading::Error> {
    // SAFETY: promised by the caller.
    let found = unsafe { library.get(format!("gss_{name}")) };
    found
        .or_else(|error| {
            // Apple's framework has those of its functions under this name that no header declares.
            // SAFETY: promised by the caller.
            let private = unsafe { library.get(format!("__ApplePrivate_gss_{name}")) };
            private.map_err(|_| error)
        })
        .map(|symbol| *symbol)
}
