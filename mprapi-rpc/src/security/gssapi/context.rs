//! One security context of the GSSAPI library, of a server or of a client.

use std::cell::OnceCell;
use std::ptr::null_mut;

use zeroize::Zeroizing;

use super::library::{
    Buffer, BufferSet, ContextHandle, DATA, HEADER, Library, MIC_TOKEN, NameHandle, Oid, Part, SIGN_ONLY,
};
use super::name::Name;
use super::ntlm::{self, Sealing};
use super::oid::{self, NTLM, SESSION_KEY};
use super::side::Side;
use crate::security::{self, Error, Level, Message, Step, flags};

/// The largest token of a peer, in bytes: as much as a PDU has.
const LARGEST_TOKEN: usize = u16::MAX as usize;

/// The status of an authentication that needs a further token.
const CONTINUE_NEEDED: u32 = 1;

/// A context of the library.
pub(super) struct Context {
    library: Library,
    handle: ContextHandle,
    side: Side,
    is_complete: bool,
    is_ntlm: bool,
    flags: u32,
    peer: Option<String>,
    /// The privacy of NTLM, once it has been asked for.
    sealing: OnceCell<Sealing>,
}

// SAFETY: the library lets any thread use a context with its names and credentials, as long as one at a time does; `&mut self`
// and the missing `Sync` see to that.
unsafe impl Send for Context {}

impl Context {
    pub(super) fn new(library: Library, side: Side) -> Context {
        Context {
            library,
            handle: null_mut(),
            side,
            is_complete: false,
            is_ntlm: false,
            flags: 0,
            peer: None,
            sealing: OnceCell::new(),
        }
    }

    /// Reads the peer's name, the mechanism and the services of a complete context, and checks them.
    fn inquire(&mut self) -> Result<(), Error> {
        let operation = self.side.operation();
        let (mut minor, mut name) = (0, null_mut());
        let (mut mechanism, mut flags) = (std::ptr::null::<Oid>(), 0);
        let inquire = self.library.inquire_context;
        // NTLM's mechanism fails on the question for the own name.
        let (source, target): (*mut NameHandle, *mut NameHandle) = match self.side {
            Side::Accepting => (&mut name, null_mut()),
            Side::Initiating(_) => (null_mut(), &mut name),
        };
        // SAFETY: the handle is a context of the library; null stands for values that are not wanted.
        let major = unsafe {
            inquire(
                &mut minor,
                self.handle,
                source,
                target,
                null_mut(),
                &mut mechanism,
                &mut flags,
                null_mut(),
                null_mut(),
            )
        };
        let name = Name::owned(self.library, name);
        if major != 0 {
            return Err(self.library.error("asking for the peer", major, minor));
        }
        self.is_ntlm = self.side.is_ntlm(oid::bytes(mechanism) == oid::bytes(&NTLM))?;
        self.flags = flags;
        flags::check(operation, flags, self.side.needed(self.is_ntlm))?;
        self.peer = Some(name.display()?);
        Ok(())
    }

    /// Returns an error if the context is not complete, or does not have what a level of protection needs.
    fn ready(&self, operation: &'static str, level: Level) -> Result<(), Error> {
        match self.is_complete {
            true => flags::check(operation, self.flags, flags::of_level(level, self.is_ntlm)),
            false => Err(Error::new(operation, "the authentication is not complete")),
        }
    }

    /// Makes sure that the privacy of NTLM is there: the library has none for a PDU's parts, but its session key.
    ///
    /// A signature of the library's gives the sequence number, which is the same for both directions: in SPNEGO each side has
    /// signed the list of mechanisms, or neither has. If our own signature of the same bytes differs, the peer has
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
        let begin = || Sealing::new(&key, sequence, self.side.is_client());
        let mut probed = begin();
        let ours = probed.as_mut().and_then(|sealing| sealing.seal(&mut PROBE.to_vec(), 0..0));
        let is_same = ours.is_some_and(|ours| ours[..] == theirs);
        let sealing = begin().filter(|_| is_same);
        let weak =
            || Error::new(OPERATION, "the peer has not negotiated a key exchange with keys of 128 bits");
        self.sealing.set(sealing.ok_or_else(weak)?).map_err(|_| weak())
    }

    /// Reads the session key.
    fn key(&self, operation: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (mut minor, mut set) = (0, null_mut::<BufferSet>());
        let inquire = self.library.inquire_by_oid;
        // SAFETY: the context is complete, and the question is constant.
        let major = unsafe { inquire(&mut minor, self.handle, &SESSION_KEY, &mut set) };
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

impl security::Context for Context {
    fn step(&mut self, token: &[u8]) -> Result<Step, Error> {
        // Only a client's first step has nothing to take.
        let is_expected = !self.is_complete && token.len() <= LARGEST_TOKEN && {
            let is_first = self.handle.is_null();
            !self.side.is_client() || token.is_empty() == is_first
        };
        if !is_expected {
            return Err(Error::new(self.side.operation(), "the token is not expected"));
        }
        let taken = self.side.take(&self.library, &mut self.handle, token);
        // The high 16 bits are errors, the low ones say how it goes on.
        if taken.major & 0xffff_0000 != 0 {
            return Err(self.side.error(&self.library, &taken));
        }
        let is_complete = taken.major & CONTINUE_NEEDED == 0;
        if is_complete {
            self.inquire()?;
            self.is_complete = true;
        }
        Ok(Step { token: taken.token, is_complete })
    }

    fn peer(&self) -> Result<String, Error> {
        self.peer
            .clone()
            .ok_or_else(|| Error::new("asking for the peer", "the authentication is not complete"))
    }

    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        const OPERATION: &str = "asking for the session key";
        self.ready(OPERATION, Level::None)?;
        let key = self.key(OPERATION)?;
        if key.is_empty() { Err(Error::new(OPERATION, "the provider does not tell it")) } else { Ok(key) }
    }

    fn token_length(&self, level: Level, stub: usize) -> Result<usize, Error> {
        const OPERATION: &str = "measuring a token";
        self.ready(OPERATION, level)?;
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
            let measure = measure
                .ok_or_else(|| Error::new(OPERATION, "the system's library measures no signatures"))?;
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
        self.ready(OPERATION, level)?;
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
        self.ready(OPERATION, level)?;
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
                .ok_or_else(|| Error::new(OPERATION, "the signature is not the peer's of this PDU"));
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

impl Drop for Context {
    fn drop(&mut self) {
        let mut minor = 0;
        let delete = self.library.delete_sec_context;
        // SAFETY: the handle is null or the library's own, and nothing uses it any more.
        unsafe { delete(&mut minor, &mut self.handle, null_mut()) };
    }
}
