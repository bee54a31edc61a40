//! Networks of IPv4, which have a mask, as text.

use std::fmt;
use std::net::Ipv4Addr;

/// Returns the length of the prefix that a mask is for. `None` if it has ones behind zeros.
#[inline]
pub(super) fn prefix_of(mask: Ipv4Addr) -> Option<u8> {
    let mask = u32::from(mask);
    (mask.leading_ones() == mask.count_ones()).then_some(mask.count_ones() as u8)
}

/// A network, shown as `10.2.0.0/16`, or as `10.2.0.1 mask 255.0.0.255` if there is no such prefix.
pub(super) struct Ipv4Network(pub(super) Ipv4Addr, pub(super) Ipv4Addr);

impl fmt::Display for Ipv4Network {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ipv4Network(address, mask) = *self;
        match prefix_of(mask) {
            Some(prefix) => write!(f, "{address}/{prefix}"),
            None => write!(f, "{address} mask {mask}"),
        }
    }
}
