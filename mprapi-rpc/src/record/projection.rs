//! The parameters that PPP or IKEv2 negotiated, at level 4: a union with a number before it.

use mprapi_sys as sys;

/// The parameters that PPP or IKEv2 negotiated.
#[derive(Clone, Copy, Default)]
pub enum Projection {
    /// Nothing that this crate knows, with the number that tells what it is.
    Other(u8),
    /// A PPP connection.
    Ppp(sys::PPP_PROJECTION_INFO2),
    /// An IKEv2 connection.
    Ikev2(sys::IKEV2_PROJECTION_INFO2),
    /// Nothing at all.
    #[default]
    None,
}

/// The offset of the union behind the number, which the 64-bit fields of both variants ask for.
pub(super) const UNION: usize = 8;

/// The size of the longer variant, which is PPP's, rounded up.
const LONGER: usize = 200;

/// The size of number and union.
pub(super) const SIZE: usize = UNION + LONGER;

/// The alignment of the union.
pub(super) const ALIGN: usize = 8;

/// The number that tells PPP.
pub(super) const PPP: u8 = sys::MPRAPI_PPP_PROJECTION_INFO_TYPE as u8;

/// The number that tells IKEv2.
pub(super) const IKEV2: u8 = sys::MPRAPI_IKEV2_PROJECTION_INFO_TYPE as u8;

impl Projection {
    /// Returns the number that tells what it is.
    pub fn kind(&self) -> u8 {
        match self {
            Projection::None => 0,
            Projection::Other(kind) => *kind,
            Projection::Ppp(_) => PPP,
            Projection::Ikev2(_) => IKEV2,
        }
    }

    /// Returns the record for memory.
    pub(crate) fn to_memory(self) -> sys::PROJECTION_INFO2 {
        let mut record = sys::PROJECTION_INFO2 { projectionInfoType: self.kind(), ..Default::default() };
        match self {
            Projection::None | Projection::Other(_) => {}
            Projection::Ppp(ppp) => record.__bindgen_anon_1.PppProjectionInfo = ppp,
            Projection::Ikev2(ikev2) => record.__bindgen_anon_1.Ikev2ProjectionInfo = ikev2,
        }
        record
    }
}
