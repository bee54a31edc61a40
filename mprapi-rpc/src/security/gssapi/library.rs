//! The system's GSSAPI library, loaded at run time: its types and functions (RFC 2744, and MIT's functions for buffers in
//! parts).

use std::ffi::c_void;
use std::mem::ManuallyDrop;

use crate::security::Error;

/// The name by which every Linux with MIT Kerberos finds its library.
const NAME: &str = "libgssapi_krb5.so.2";

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

/// One part of a message: `gss_iov_buffer_desc`.
#[repr(C)]
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

/// An object identifier: `gss_OID_desc`.
#[repr(C)]
pub(super) struct Oid {
    pub(super) length: u32,
    pub(super) elements: *const u8,
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
    pub(super) inquire_context: InquireContext,
    pub(super) inquire_by_oid: InquireByOid,
    pub(super) wrap_iov: WrapParts,
    pub(super) wrap_iov_length: WrapParts,
    pub(super) unwrap_iov: UnwrapParts,
    pub(super) get_mic_iov_length: MicPartsLength,
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
        let failed = |error: libloading::Error| Error::new("loading the GSSAPI library", error.to_string());
        // SAFETY: MIT's library has no constructor that needs anything of the program.
        let library = unsafe { libloading::Library::new(NAME) }.map_err(failed)?;
        let library = ManuallyDrop::new(library);
        macro_rules! function {
            ($name:literal) => {{
                // SAFETY: the type of the field is that of RFC 2744 and of MIT's gssapi_ext.h for this name, which
                // the library's version 2 keeps.
                let symbol = unsafe { library.get(concat!("gss_", $name).as_bytes()) };
                *symbol.map_err(failed)?
            }};
        }
        Ok(Library {
            accept_sec_context: function!("accept_sec_context"),
            inquire_context: function!("inquire_context"),
            inquire_by_oid: function!("inquire_sec_context_by_oid"),
            wrap_iov: function!("wrap_iov"),
            wrap_iov_length: function!("wrap_iov_length"),
            unwrap_iov: function!("unwrap_iov"),
            get_mic_iov_length: function!("get_mic_iov_length"),
            get_mic: function!("get_mic"),
            verify_mic: function!("verify_mic"),
            display_name: function!("display_name"),
            display_status: function!("display_status"),
            release_buffer: function!("release_buffer"),
            release_buffer_set: function!("release_buffer_set"),
            release_name: function!("release_name"),
            delete_sec_context: function!("delete_sec_context"),
        })
    }

    /// Makes an error of the two statuses of a function that failed.
    pub(super) fn error(&self, operation: &'static str, major: u32, minor: u32) -> Error {
        const OF_GSSAPI: i32 = 1;
        const OF_MECHANISM: i32 = 2;
        let texts = [self.text(major, OF_GSSAPI), self.text(minor, OF_MECHANISM)];
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        Error::new(operation, format!("{} ({major:#x}, {minor:#x})", texts.join(": ")))
    }

    /// Returns the library's text for a status.
    fn text(&self, status: u32, kind: i32) -> String {
        let (mut minor, mut context, mut buffer) = (0, 0, Buffer::EMPTY);
        let display = self.display_status;
        // SAFETY: all pointers are to variables of this function; no mechanism means the default one.
        let major = unsafe { display(&mut minor, status, kind, std::ptr::null(), &mut context, &mut buffer) };
        let text = String::from_utf8_lossy(&self.take(&mut buffer)).into_owned();
        if major == 0 { text } else { String::new() }
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
