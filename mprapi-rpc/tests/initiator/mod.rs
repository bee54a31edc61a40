//! A client and a server of NTLM by the system's GSSAPI: RFC 2744, without any code of the crate.

use std::ffi::c_void;
use std::mem::ManuallyDrop;
use std::ptr::null_mut;

/// `gss_buffer_desc`.
#[repr(C)]
struct Buffer {
    length: usize,
    value: *mut c_void,
}

impl Buffer {
    fn reading(bytes: &[u8]) -> Buffer {
        Buffer { length: bytes.len(), value: bytes.as_ptr().cast_mut().cast() }
    }

    fn empty() -> Buffer {
        Buffer { length: 0, value: null_mut() }
    }
}

/// `gss_OID_desc`.
#[repr(C)]
struct Oid {
    length: u32,
    elements: *const u8,
}

type ImportName = unsafe extern "C" fn(*mut u32, *mut Buffer, *const Oid, *mut *mut c_void) -> u32;
type Init = unsafe extern "C" fn(
    *mut u32,
    *mut c_void,
    *mut *mut c_void,
    *mut c_void,
    *const Oid,
    u32,
    u32,
    *mut c_void,
    *mut Buffer,
    *mut c_void,
    *mut Buffer,
    *mut u32,
    *mut u32,
) -> u32;
type Accept = unsafe extern "C" fn(
    *mut u32,
    *mut *mut c_void,
    *mut c_void,
    *mut Buffer,
    *mut c_void,
    *mut c_void,
    *mut c_void,
    *mut Buffer,
    *mut u32,
    *mut u32,
    *mut c_void,
) -> u32;
type Wrap = unsafe extern "C" fn(*mut u32, *mut c_void, i32, u32, *mut Buffer, *mut i32, *mut Buffer) -> u32;
type Unwrap =
    unsafe extern "C" fn(*mut u32, *mut c_void, *mut Buffer, *mut Buffer, *mut i32, *mut u32) -> u32;

type Release = unsafe extern "C" fn(*mut u32, *mut Buffer) -> u32;
type ReleaseName = unsafe extern "C" fn(*mut u32, *mut *mut c_void) -> u32;
type Delete = unsafe extern "C" fn(*mut u32, *mut *mut c_void, *mut Buffer) -> u32;

/// A context of a client or of a server. The library stays loaded.
pub(crate) struct Peer {
    library: ManuallyDrop<libloading::Library>,
    context: *mut c_void,
    name: *mut c_void,
}

impl Peer {
    /// Begins an authentication to the service `host` of this machine.
    pub(crate) fn initiating() -> Peer {
        const HOST_BASED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x01, 0x04];
        // SAFETY: the library has no constructor that needs anything of the program.
        let library = unsafe { libloading::Library::new("libgssapi_krb5.so.2") }.unwrap();
        // It has threads and state of its own.
        let library = ManuallyDrop::new(library);
        // SAFETY: the type is that of RFC 2744.
        let import = unsafe { library.get::<ImportName>(b"gss_import_name") }.unwrap();
        let (mut minor, mut name, mut text) = (0, null_mut(), Buffer::reading(b"host@localhost"));
        let oid = Oid { length: HOST_BASED.len() as u32, elements: HOST_BASED.as_ptr() };
        // SAFETY: all pointers are to variables of this function.
        let major = unsafe { import(&mut minor, &mut text, &oid, &mut name) };
        assert_eq!((major, minor), (0, 0));
        Peer { library, context: null_mut(), name }
    }

    /// Takes the server's token, and returns the next one.
    pub(crate) fn step(&mut self, token: &[u8]) -> Vec<u8> {
        const NTLM: &[u8] = &[0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a];
        const CONFIDENTIAL_AND_SIGNED: u32 = 16 | 32;
        // SAFETY: the type is that of RFC 2744.
        let init = unsafe { self.library.get::<Init>(b"gss_init_sec_context") }.unwrap();
        let (mut minor, mut input, mut output) = (0, Buffer::reading(token), Buffer::empty());
        let oid = Oid { length: NTLM.len() as u32, elements: NTLM.as_ptr() };
        // SAFETY: the context is null or the library's own of the last step; null stands for the default account, no channel
        // bindings, and values that are not wanted.
        let major = unsafe {
            init(
                &mut minor,
                null_mut(),
                &mut self.context,
                self.name,
                &oid,
                CONFIDENTIAL_AND_SIGNED,
                0,
                null_mut(),
                &mut input,
                null_mut(),
                &mut output,
                null_mut(),
                null_mut(),
            )
        };
        assert!(major <= 1, "{major:#x} {minor:#x}");
        self.taken(output)
    }

    /// Accepts a client that has been given nothing yet: SPNEGO or NTLM, as its tokens say.
    pub(crate) fn accepting() -> Peer {
        // The name is for clients.
        Peer::initiating()
    }

    /// Takes the client's token, and returns the next one.
    pub(crate) fn accept(&mut self, token: &[u8]) -> Vec<u8> {
        // SAFETY: the type is that of RFC 2744.
        let accept = unsafe { self.library.get::<Accept>(b"gss_accept_sec_context") }.unwrap();
        let (mut minor, mut input, mut output) = (0, Buffer::reading(token), Buffer::empty());
        // SAFETY: the context is null or the library's own of the last step; null stands for the default accounts, no channel
        // bindings, and values that are not wanted.
        let major = unsafe {
            accept(
                &mut minor,
                &mut self.context,
                null_mut(),
                &mut input,
                null_mut(),
                null_mut(),
                null_mut(),
                &mut output,
                null_mut(),
                null_mut(),
                null_mut(),
            )
        };
        assert!(major <= 1, "{major:#x} {minor:#x}");
        self.taken(output)
    }

    /// Encrypts and signs a message: the signature comes first.
    pub(crate) fn wrap(&self, message: &[u8]) -> Vec<u8> {
        // SAFETY: the type is that of RFC 2744.
        let wrap = unsafe { self.library.get::<Wrap>(b"gss_wrap") }.unwrap();
        let (mut minor, mut is_encrypted) = (0, 0);
        let (mut input, mut output) = (Buffer::reading(message), Buffer::empty());
        // SAFETY: the context is complete, and `input` is only read.
        let major =
            unsafe { wrap(&mut minor, self.context, 1, 0, &mut input, &mut is_encrypted, &mut output) };
        assert_eq!((major, is_encrypted), (0, 1), "{minor:#x}");
        self.taken(output)
    }

    /// Decrypts a message. Returns `None` if it is not the server's next one.
    pub(crate) fn unwrap(&self, message: &[u8]) -> Option<Vec<u8>> {
        // SAFETY: the type is that of RFC 2744.
        let unwrap = unsafe { self.library.get::<Unwrap>(b"gss_unwrap") }.unwrap();
        let (mut minor, mut is_encrypted) = (0, 0);
        let (mut input, mut output) = (Buffer::reading(message), Buffer::empty());
        // SAFETY: the context is complete, and `input` is only read.
        let major = unsafe {
            unwrap(&mut minor, self.context, &mut input, &mut output, &mut is_encrypted, null_mut())
        };
        (major == 0 && is_encrypted == 1).then(|| self.taken(output))
    }

    /// Copies what the library has made, and frees it.
    fn taken(&self, mut buffer: Buffer) -> Vec<u8> {
        let mut bytes = Vec::new();
        if !buffer.value.is_null() {
            // SAFETY: the library has filled the buffer: `length` bytes at `value`.
            bytes = unsafe { std::slice::from_raw_parts(buffer.value.cast::<u8>(), buffer.length) }.to_vec();
        }
        // SAFETY: the type is that of RFC 2744.
        let release = unsafe { self.library.get::<Release>(b"gss_release_buffer") }.unwrap();
        // SAFETY: the buffer is empty or filled by the library, and freed once.
        unsafe { release(&mut 0, &mut buffer) };
        bytes
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // SAFETY: the type is that of RFC 2744.
        let release = unsafe { self.library.get::<ReleaseName>(b"gss_release_name") }.unwrap();
        // SAFETY: the name is the library's own, and nothing uses it any more.
        unsafe { release(&mut 0, &mut self.name) };
        // SAFETY: the type is that of RFC 2744.
        let delete = unsafe { self.library.get::<Delete>(b"gss_delete_sec_context") }.unwrap();
        // SAFETY: the context is null or the library's own, and nothing uses it any more.
        unsafe { delete(&mut 0, &mut self.context, null_mut()) };
    }
}
