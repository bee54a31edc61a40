//! The functions and structures of Windows' `sspi.h` that are used here.

use std::ffi::c_void;
use std::mem::ManuallyDrop;

use libloading::os::windows::{LOAD_LIBRARY_SEARCH_SYSTEM32, Library};

use crate::security::Error;

/// `SecHandle`: a credential or a context.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct Handle {
    lower: usize,
    upper: usize,
}

/// `SecBuffer`.
#[repr(C)]
pub(super) struct Buffer {
    pub(super) length: u32,
    pub(super) kind: u32,
    pub(super) bytes: *mut c_void,
}

/// The bytes that are encrypted or signed.
pub(super) const DATA: u32 = 1;
/// The token.
pub(super) const TOKEN: u32 = 2;
/// Added to [`DATA`]: the bytes are signed, and not encrypted.
pub(super) const SIGN_ONLY: u32 = 0x1000_0000;

/// `SecBufferDesc`.
#[repr(C)]
pub(super) struct Buffers {
    version: u32,
    count: u32,
    first: *mut Buffer,
}

impl Buffers {
    /// Points to buffers, for as long as these live.
    pub(super) fn new(buffers: &mut [Buffer]) -> Buffers {
        // There are never more than four.
        Buffers { version: 0, count: buffers.len() as u32, first: buffers.as_mut_ptr() }
    }
}

/// `SEC_WINNT_AUTH_IDENTITY_EXW`. Lengths are in units of 16 bits.
#[repr(C)]
pub(super) struct RawIdentity {
    pub(super) version: u32,
    pub(super) size: u32,
    pub(super) user: *const u16,
    pub(super) user_length: u32,
    pub(super) domain: *const u16,
    pub(super) domain_length: u32,
    pub(super) password: *const u16,
    pub(super) password_length: u32,
    pub(super) flags: u32,
    pub(super) packages: *const u16,
    pub(super) packages_length: u32,
}

/// `SEC_WINNT_AUTH_IDENTITY_W`, which has no list of packages.
#[repr(C)]
pub(super) struct OldIdentity {
    pub(super) user: *const u16,
    pub(super) user_length: u32,
    pub(super) domain: *const u16,
    pub(super) domain_length: u32,
    pub(super) password: *const u16,
    pub(super) password_length: u32,
    pub(super) flags: u32,
}

/// `SecPkgContext_Sizes`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct Sizes {
    token: u32,
    pub(super) signature: u32,
    block: u32,
    pub(super) trailer: u32,
}

/// `SecPkgContext_SessionKey`.
#[repr(C)]
pub(super) struct SessionKey {
    pub(super) length: u32,
    pub(super) bytes: *mut u8,
}

/// `SecPkgContext_NegotiationInfoW`.
#[repr(C)]
pub(super) struct Negotiated {
    pub(super) package: *mut Package,
    pub(super) state: u32,
}

/// `SecPkgInfoW`.
#[repr(C)]
pub(super) struct Package {
    capabilities: u32,
    version: u16,
    rpc_id: u16,
    token: u32,
    pub(super) name: *const u16,
    comment: *const u16,
}

// Attributes of a context.
pub(super) const SIZES: u32 = 0;
pub(super) const SESSION_KEY: u32 = 9;
pub(super) const NEGOTIATED: u32 = 12;
pub(super) const FLAGS: u32 = 14;

/// The key function of a credential, which is never given.
type GetKey = Option<unsafe extern "system" fn()>;

type AcquireCredentials = unsafe extern "system" fn(
    principal: *const u16,
    package: *const u16,
    usage: u32,
    logon: *const c_void,
    identity: *const c_void,
    get_key: GetKey,
    get_key_argument: *const c_void,
    credential: *mut Handle,
    expiry: *mut i64,
) -> i32;
type InitializeContext = unsafe extern "system" fn(
    credential: *const Handle,
    context: *const Handle,
    target: *const u16,
    flags: u32,
    reserved: u32,
    representation: u32,
    input: *const Buffers,
    reserved_too: u32,
    new: *mut Handle,
    output: *mut Buffers,
    attributes: *mut u32,
    expiry: *mut i64,
) -> i32;
type QueryAttributes =
    unsafe extern "system" fn(context: *const Handle, attribute: u32, value: *mut c_void) -> i32;
type FreeHandle = unsafe extern "system" fn(handle: *const Handle) -> i32;
type FreeBuffer = unsafe extern "system" fn(buffer: *mut c_void) -> i32;
/// `EncryptMessage` and `MakeSignature`.
type Protect = unsafe extern "system" fn(
    context: *const Handle,
    quality: u32,
    message: *const Buffers,
    sequence: u32,
) -> i32;
/// `DecryptMessage` and `VerifySignature`.
type Check = unsafe extern "system" fn(
    context: *const Handle,
    message: *const Buffers,
    sequence: u32,
    quality: *mut u32,
) -> i32;

/// The library's functions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Functions {
    pub(super) acquire_credentials_handle: AcquireCredentials,
    pub(super) free_credentials_handle: FreeHandle,
    pub(super) initialize_security_context: InitializeContext,
    pub(super) delete_security_context: FreeHandle,
    pub(super) free_context_buffer: FreeBuffer,
    pub(super) query_context_attributes: QueryAttributes,
    pub(super) encrypt_message: Protect,
    pub(super) decrypt_message: Check,
    pub(super) make_signature: Protect,
    pub(super) verify_signature: Check,
}

impl Functions {
    /// Loads the library from the system's folder alone, where a program that imports it would take one beside itself. It
    /// stays loaded, since it has threads and state of its own.
    ///
    /// # Errors
    /// If the system does not have the library, or it lacks a function.
    pub(super) fn load() -> Result<Functions, Error> {
        let failed = |error: libloading::Error| Error::new("loading secur32.dll", error.to_string());
        // SAFETY: the system's own library, whose initialisation is the system's affair.
        let library = unsafe { Library::load_with_flags("secur32.dll", LOAD_LIBRARY_SEARCH_SYSTEM32) };
        let library = ManuallyDrop::new(library.map_err(failed)?);
        macro_rules! function {
            ($name:literal) => {{
                // SAFETY: the type of the field is that of `sspi.h` for this name.
                unsafe { library.get($name) }.map(|symbol| *symbol).map_err(failed)?
            }};
        }
        Ok(Functions {
            acquire_credentials_handle: function!("AcquireCredentialsHandleW"),
            free_credentials_handle: function!("FreeCredentialsHandle"),
            initialize_security_context: function!("InitializeSecurityContextW"),
            delete_security_context: function!("DeleteSecurityContext"),
            free_context_buffer: function!("FreeContextBuffer"),
            query_context_attributes: function!("QueryContextAttributesW"),
            encrypt_message: function!("EncryptMessage"),
            decrypt_message: function!("DecryptMessage"),
            make_signature: function!("MakeSignature"),
            verify_signature: function!("VerifySignature"),
        })
    }
}
