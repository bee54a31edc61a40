//! The object identifiers that are given to the library, or come from it.

use super::library::Oid;

/// The mechanism SPNEGO, 1.3.6.1.5.5.2.
pub(super) const SPNEGO: Oid = Oid::new(&[0x2b, 0x06, 0x01, 0x05, 0x05, 0x02]);

/// The mechanism of Kerberos, 1.2.840.113554.1.2.2.
pub(super) const KERBEROS: Oid = Oid::new(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02]);

/// The mechanism of NTLM, 1.3.6.1.4.1.311.2.2.10.
pub(super) const NTLM: Oid = Oid::new(&[0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a]);

/// The question for a context's session key, 1.2.840.113554.1.2.2.5.5.
pub(super) const SESSION_KEY: Oid =
    Oid::new(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02, 0x05, 0x05]);

/// The kind of a name that is a user's, 1.2.840.113554.1.2.1.1.
pub(super) const USER: Oid = Oid::new(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x01, 0x01]);

/// The kind of a name that is a service of a host, 1.2.840.113554.1.2.1.4.
pub(super) const SERVICE_OF_HOST: Oid =
    Oid::new(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x01, 0x04]);

/// Returns the bytes of an identifier of the library; none of a null pointer.
pub(super) fn bytes<'a>(oid: *const Oid) -> &'a [u8] {
    // SAFETY: the library gives null or a pointer to an identifier of its own, which is never freed.
    let Some(&Oid { length, elements }) = (unsafe { oid.as_ref() }) else { return &[] };
    if elements.is_null() {
        return &[];
    }
    // SAFETY: an identifier has `length` bytes at `elements`, as constant as itself.
    unsafe { std::slice::from_raw_parts(elements, length as usize) }
}
