//! One security context of the GSSAPI library.

use std::cell::OnceCell;
use std::ptr::null_mut;

use zeroize::Zeroizing;

use super::library::{
    Buffer, BufferSet, ContextHandle, DATA, HEADER, Library, MIC_TOKEN, NameHandle, Oid, Part, SIGN_ONLY,
};
use super::ntlm::{self, Sealing};
use crate::security::{self, Error, Level, Message, Step};

/// The largest token of a peer, in bytes: as much as a PDU has.
const LARGEST_TOKEN: usize = u16::MAX as usize;

/// The status of an authentication that needs a further token.
const CONTINUE_NEEDED: u32 = 1;

/// The mechanism of NTLM, 1.3.6.1.4.1.311.2.2.10.
const NTLM: &[u8] = &[0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a];

/// The question for a context's session key, 1.2.840.113554.1.2.2.5.5.
const SESSION_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02, 0x05, 0x05];

/// A context that accepts a client.
pub(super) struct Accepting {
    library: Library,
    handle: ContextHandle,
    is_complete: bool,
    is_ntlm: bool,
    peer: Option<String>,
    /// The privacy of NTLM, once it has been asked for.
    sealing: OnceCell<Sealing>,
}

// SAFETY: the library lets any thread use a context, as long as one at a time does; `&mut self` and the missing `Sync` see
// to that.
unsafe impl Send for Accepting {}

impl Accepting {
    pub(super) fn new(library: Library) -> Accepting {
        Accepting {
            library,
            handle: null_mut(),
            is_complete: false,
            is_ntlm: false,
            peer: None,
            sealing: OnceCell::new(),
        }
    }

    /// Reads the peer's name and the mechanism of a complete context.
    fn inquire(&mut self) -> Result<(), Error> {
        let (mut minor, mut name, mut mechanism) =
            (0, null_mut::<std::ffi::c_void>(), std::ptr::null::<Oid>());
        let inquire = self.library.inquire_context;
        // SAFETY: the handle is a context of the library; null stands for values that are not wanted.
        let major = unsafe {
            inquire(
                &mut minor,
                self.handle,
                &mut name,
                null_mut(),
                null_mut(),
                &mut mechanism,
                null_mut(),
                null_mut(),
                null_mut(),
            )
        };
        if major != 0 {
            return Err(self.library.error("asking for the peer", major, minor));
        }
        self.is_ntlm = identifier(mechanism) == NTLM;
        self.peer = Some(self.display(name)?);
        Ok(())
    }

    /// Returns the text of a name, and frees the name.
    fn display(&self, mut name: NameHandle) -> Result<String, Error> {
        let (mut minor, mut buffer) = (0, Buffer::EMPTY);
        let display = self.library.display_name;
        // SAFETY: the library has made the name; null stands for the type of the name.
        let major = unsafe { display(&mut minor, name, &mut buffer, null_mut()) };
        let text = self.library.take(&mut buffer);
        // NTLM's mechanism counts the terminating null.
        let text = String::from_utf8_lossy(text.strip_suffix(&[0]).unwrap_or(&text)).into_owned();
        let mut other = 0;
        let release = self.library.release_name;
        // SAFETY: the name is this function's, and freed once.
        unsafe { release(&mut other, &mut name) };
        if major != 0 || text.is_empty() {
            return Err(self.library.error("showing the peer's name", major, minor));
        }
        Ok(text)
    }

    /// Returns an error if the context is not complete.
    fn complete(&self, operation: &'static str) -> Result<(), Error> {
        match self.is_complete {
            true => Ok(()),
            false => Err(Error::new(operation, "the authentication is not complete")),
        }
    }

    /// Makes sure that the privacy of NTLM is there: the library has none for a PDU's parts, but its session key.
    ///
    /// A signature of the library's gives the sequence number, which is the same for both directions: in SPNEGO each side has
    /// signed the list of mechanisms, or neither has. If our own signature of the same bytes differs, the client has
    /// negotiated weaker keys, and gets no privacy.
    fn seals(&self) -> Result<(), Error> {
        const OPERATION: &str = "preparing the privacy of NTLM";
        const PROBE: &[u8] = b"mprapi-rpc";
        if self.sealing.get().is_some() {
            return Ok(());
        }
        let key = self.key(OPERATION)?;
        let theirs = self.sign(OPERATION, PROBE)?;
        let sequence = theirs.last_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let mut probed = Sealing::new(&key, sequence);
        let ours = probed.as_mut().and_then(|sealing| sealing.seal(&mut PROBE.to_vec(), 0..0));
        let is_same = ours.is_some_and(|ours| ours[..] == theirs);
        let sealing = Sealing::new(&key, sequence).filter(|_| is_same);
        let weak =
            || Error::new(OPERATION, "the client has not negotiated a key exchange with keys of 128 bits");
        self.sealing.set(sealing.ok_or_else(weak)?).map_err(|_| weak())
    }

    /// Reads the session key.
    fn key(&self, operation: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let oid = Oid { length: SESSION_KEY.len() as u32, elements: SESSION_KEY.as_ptr() };
        let (mut minor, mut set) = (0, null_mut::<BufferSet>());
        let inquire = self.library.inquire_by_oid;
        // SAFETY: the context is complete; `oid` is borrowed for the call and only read.
        let major = unsafe { inquire(&mut minor, self.handle, &oid, &mut set) };
        let mut key = Zeroizing::default();
        // SAFETY: the library has left null or made a set, which is freed below.
        if let Some(set) = unsafe { set.as_ref() }
            && set.count > 0
        {
            // SAFETY: a set has `count` buffers at `elements`.
            let buffer = unsafe { *set.elements };
            if buffer.length <= LARGEST_TOKEN && !buffer.value.is_null() {
                // SAFETY: the buffer has `length` bytes at `value`, which nothing has freed.
                let bytes = unsafe { std::slice::from_raw_parts(buffer.value.cast::<u8>(), buffer.length) };
                key = Zeroizing::new(bytes.to_vec());
            }
        }
        let mut other = 0;
        let release = self.library.release_buffer_set;
        // SAFETY: the set is null or this function's, and freed once.
        unsafe { release(&mut other, &mut set) };
        if major != 0 { Err(self.library.error(operation, major, minor)) } else { Ok(key) }
    }

    /// Signs bytes.
    fn sign(&self, operation: &'static str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let (mut minor, mut input, mut output) = (0, Buffer::reading(bytes), Buffer::EMPTY);
        let sign = self.library.get_mic;
        // SAFETY: the context is complete; `input` is borrowed for the call and only read.
        let major = unsafe { sign(&mut minor, self.handle, 0, &mut input, &mut output) };
        let token = self.library.take(&mut output);
        if major == 0 { Ok(token) } else { Err(self.library.error(operation, major, minor)) }
    }

    /// Returns `true` if a message's header is signed. NTLM always signs the whole PDU.
    fn signs_header(&self, message: &Message<'_>) -> bool {
        message.signs_header || self.is_ntlm
    }

    /// Returns the bytes that a signature covers.
    fn signed<'a>(&self, message: &'a Message<'_>) -> &'a [u8] {
        match self.signs_header(message) {
            true => message.bytes,
            false => message.bytes.get(message.stub.clone()).unwrap_or_default(),
        }
    }
}

impl security::Context for Accepting {
    fn step(&mut self, token: &[u8]) -> Result<Step, Error> {
        const OPERATION: &str = "accepting the client";
        if self.is_complete || token.len() > LARGEST_TOKEN {
            return Err(Error::new(OPERATION, "the token is not expected"));
        }
        let (mut minor, mut input, mut output) = (0, Buffer::reading(token), Buffer::EMPTY);
        let accept = self.library.accept_sec_context;
        // SAFETY: the handle is null or the library's own of the last step; `input` is borrowed for the call and only
        // read; null stands for the default credentials, no channel bindings, and values that are not wanted.
        let major = unsafe {
            accept(
                &mut minor,
                &mut self.handle,
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
        let token = self.library.take(&mut output);
        // The high 16 bits are errors, the low ones say how it goes on.
        if major & 0xffff_0000 != 0 {
            return Err(self.library.error(OPERATION, major, minor));
        }
        let is_complete = major & CONTINUE_NEEDED == 0;
        if is_complete {
            self.inquire()?;
            self.is_complete = true;
        }
        Ok(Step { token, is_complete })
    }

    fn peer(&self) -> Result<String, Error> {
        self.peer
            .clone()
            .ok_or_else(|| Error::new("asking for the peer", "the authentication is not complete"))
    }

    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        const OPERATION: &str = "asking for the session key";
        self.complete(OPERATION)?;
        let key = self.key(OPERATION)?;
        if key.is_empty() { Err(Error::new(OPERATION, "the provider does not tell it")) } else { Ok(key) }
    }

    fn token_length(&self, level: Level, stub: usize) -> Result<usize, Error> {
        const OPERATION: &str = "measuring a token";
        self.complete(OPERATION)?;
        let (mut minor, mut is_encrypted) = (0, 0);
        if self.is_ntlm {
            if level == Level::Privacy {
                self.seals()?;
            }
            return Ok(ntlm::SIGNATURE);
        }
        let data = Buffer { length: stub, value: null_mut() };
        let kind = if level == Level::Privacy { HEADER } else { MIC_TOKEN };
        let mut parts = [Part { kind: DATA, buffer: data }, Part { kind, buffer: Buffer::EMPTY }];
        let count = parts.len() as i32;
        let major = if level == Level::Privacy {
            let measure = self.library.wrap_iov_length;
            // SAFETY: the context is complete; the library only reads lengths, and writes that of the header.
            unsafe { measure(&mut minor, self.handle, 1, 0, &mut is_encrypted, parts.as_mut_ptr(), count) }
        } else {
            let measure = self.library.get_mic_iov_length;
            // SAFETY: as above; the token has a length and no bytes.
            unsafe { measure(&mut minor, self.handle, 0, parts.as_mut_ptr(), count) }
        };
        let length = parts[1].buffer.length;
        match major {
            0 if length <= LARGEST_TOKEN => Ok(length),
            _ => Err(self.library.error(OPERATION, major, minor)),
        }
    }

    fn protect(&mut self, level: Level, message: Message<'_>) -> Result<Vec<u8>, Error> {
        const OPERATION: &str = "protecting a PDU";
        self.complete(OPERATION)?;
        if level != Level::Privacy {
            return self.sign(OPERATION, self.signed(&message));
        }
        if self.is_ntlm {
            self.seals()?;
            let signature =
                self.sealing.get_mut().and_then(|sealing| sealing.seal(message.bytes, message.stub));
            return signature.map(Vec::from).ok_or_else(|| Error::new(OPERATION, OUTSIDE));
        }
        let mut minor = 0;
        let mut token = vec![0; self.token_length(level, message.stub.len())?];
        let is_whole = self.signs_header(&message);
        let mut parts = parts(message, &mut token, is_whole)?;
        let mut is_encrypted = 0;
        let (wrap, count) = (self.library.wrap_iov, parts.len() as i32);
        // SAFETY: the context is complete; the parts are disjoint and borrowed for the call, and only those that may be
        // changed are of a kind that is.
        let major =
            unsafe { wrap(&mut minor, self.handle, 1, 0, &mut is_encrypted, parts.as_mut_ptr(), count) };
        let length = parts.last().map_or(0, |part| part.buffer.length);
        if major != 0 || is_encrypted == 0 {
            return Err(self.library.error(OPERATION, major, minor));
        }
        token.truncate(length);
        Ok(token)
    }

    fn unprotect(&mut self, level: Level, message: Message<'_>, token: &[u8]) -> Result<(), Error> {
        const OPERATION: &str = "checking a PDU";
        self.complete(OPERATION)?;
        // NTLM's mechanism reads as many bytes as a signature has.
        if self.is_ntlm && token.len() != ntlm::SIGNATURE {
            return Err(Error::new(OPERATION, "the token is no signature of NTLM"));
        }
        let mut minor = 0;
        if level != Level::Privacy {
            let (mut input, mut token) = (Buffer::reading(self.signed(&message)), Buffer::reading(token));
            let verify = self.library.verify_mic;
            // SAFETY: the context is complete; both buffers are borrowed for the call and only read.
            let major = unsafe { verify(&mut minor, self.handle, &mut input, &mut token, null_mut()) };
            return if major == 0 { Ok(()) } else { Err(self.library.error(OPERATION, major, minor)) };
        }
        if self.is_ntlm {
            self.seals()?;
            let sealing = self.sealing.get_mut();
            return sealing
                .and_then(|sealing| sealing.unseal(message.bytes, message.stub, token))
                .ok_or_else(|| Error::new(OPERATION, "the signature is not the client's of this PDU"));
        }
        // The library decrypts a part of the token in place.
        let mut token = token.to_vec();
        let is_whole = self.signs_header(&message);
        let mut parts = parts(message, &mut token, is_whole)?;
        let mut is_encrypted = 0;
        let (unwrap, count) = (self.library.unwrap_iov, parts.len() as i32);
        // SAFETY: as in `protect`.
        let major = unsafe {
            unwrap(&mut minor, self.handle, &mut is_encrypted, null_mut(), parts.as_mut_ptr(), count)
        };
        // Statuses besides errors say that a token is old or out of order.
        if major != 0 || is_encrypted == 0 {
            return Err(self.library.error(OPERATION, major, minor));
        }
        Ok(())
    }
}

/// The text for a stub that is no part of its PDU.
const OUTSIDE: &str = "the stub is outside the PDU";

/// Splits a PDU into the parts that the library signs, encrypts, and makes. The token is the last.
fn parts(message: Message<'_>, token: &mut [u8], is_whole: bool) -> Result<Vec<Part>, Error> {
    let Message { bytes, stub, .. } = message;
    let split = bytes.split_at_mut_checked(stub.end).and_then(|(before, trailer)| {
        let (header, data) = before.split_at_mut_checked(stub.start)?;
        Some((header, data, trailer))
    });
    let Some((header, data, trailer)) = split else {
        return Err(Error::new("protecting a PDU", OUTSIDE));
    };
    let mut parts = Vec::with_capacity(4);
    if is_whole {
        parts.push(Part { kind: SIGN_ONLY, buffer: Buffer::changing(header) });
    }
    parts.push(Part { kind: DATA, buffer: Buffer::changing(data) });
    if is_whole {
        parts.push(Part { kind: SIGN_ONLY, buffer: Buffer::changing(trailer) });
    }
    parts.push(Part { kind: HEADER, buffer: Buffer::changing(token) });
    Ok(parts)
}

/// Returns the bytes of an object identifier; none of a null pointer.
fn identifier<'a>(oid: *const Oid) -> &'a [u8] {
    // SAFETY: the library gives null or a pointer to an identifier of its own, which is never freed.
    let Some(oid) = (unsafe { oid.as_ref() }) else { return &[] };
    if oid.elements.is_null() {
        return &[];
    }
    // SAFETY: an identifier has `length` bytes at `elements`, as constant as itself.
    unsafe { std::slice::from_raw_parts(oid.elements, oid.length as usize) }
}

impl Drop for Accepting {
    fn drop(&mut self) {
        let mut minor = 0;
        let delete = self.library.delete_sec_context;
        // SAFETY: the handle is null or the library's own, and nothing uses it any more.
        unsafe { delete(&mut minor, &mut self.handle, null_mut()) };
    }
}
