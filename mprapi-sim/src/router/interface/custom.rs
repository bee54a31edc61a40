//! Custom IKEv2 settings of demand-dial interfaces.

/// Custom settings, with everything they point to.
#[derive(Clone, Default)]
pub(crate) struct Custom {
    pub(crate) lifetime: u32,
    pub(crate) data_size: u32,
    pub(crate) certificate: Vec<u8>,
    /// The six numbers of [`ROUTER_CUSTOM_IKEv2_POLICY0`](mprapi_sys::ROUTER_CUSTOM_IKEv2_POLICY0).
    pub(crate) policy: Option<[u32; 6]>,
    pub(crate) hash: Vec<u8>,
    pub(crate) main_mode_lifetime: u32,
    /// The traffic selectors of the initiator's and the responder's side.
    pub(crate) selectors: [Vec<Selector>; 2],
}

/// A traffic selector, field by field.
///
/// The record has gaps between its fields, and an IPv4 address leaves a part of its own unused. What a caller had there
/// is nothing of the selector's, and may be nothing at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Selector {
    pub(crate) is_ipv6: bool,
    pub(crate) protocol: u8,
    /// The first and the last.
    pub(crate) ports: [u16; 2],
    pub(crate) payload_id: u16,
    /// The first and the last; one of IPv4 is the first four bytes, the others are zero.
    pub(crate) addresses: [[u8; 16]; 2],
}
