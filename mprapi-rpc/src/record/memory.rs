//! The seam to the memory of C.

use mprapi_sys as sys;

/// Returns the bytes of an IPv6 address.
pub(super) fn octets(address: &sys::IN6_ADDR) -> [u8; 16] {
    // SAFETY: both members of the union are plain numbers over all its bytes.
    unsafe { address.u.Byte }
}
