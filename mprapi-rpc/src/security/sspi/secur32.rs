//! The functions and structures of Windows' `sspi.h` that are used here.

use std::ffi::c_void;

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

#[cfg_attr(
    target_arch = "x86",
    link(
        name = "secur32.dll",
        kind = "raw-dylib",
        modifiers = "+verbatim",
        import_name_type = "undecorated"
    )
)]
#[cfg_attr(not(target_arch = "x86"), link(name = "secur32.dll", kind = "raw-dylib", modifiers = "+verbatim"))]
unsafe extern "system" {
    pub(super) fn AcquireCredentialsHandleW(
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
    pub(super) fn FreeCredentialsHandle(credential: *const Handle) -> i32;
    pub(super) fn InitializeSecurityContextW(
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
    pub(super) fn DeleteSecurityContext(context: *const Handle) -> i32;
    pub(super) fn FreeContextBuffer(buffer: *mut c_void) -> i32;
    pub(super) fn QueryContextAttributesW(context: *const Handle, attribute: u32, value: *mut c_void) -> i32;
    pub(super) fn EncryptMessage(
        context: *const Handle,
        qop: u32,
        message: *const Buffers,
        sequence: u32,
    ) -> i32;
    pub(super) fn DecryptMessage(
        context: *const Handle,
        message: *const Buffers,
        sequence: u32,
        qop: *mut u32,
    ) -> i32;
    pub(super) fn MakeSignature(
        context: *const Handle,
        qop: u32,
        message: *const Buffers,
        sequence: u32,
    ) -> i32;
    pub(super) fn VerifySignature(
        context: *const Handle,
        message: *const Buffers,
        sequence: u32,
        qop: *mut u32,
    ) -> i32;
}
