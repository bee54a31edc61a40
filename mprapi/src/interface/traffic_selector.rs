//! The traffic that goes through a tunnel.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::RangeInclusive;

use mprapi_sys::{self as sys, MPR_VPN_TRAFFIC_SELECTOR, VPN_TS_IP_ADDRESS};

use crate::{Error, Result};

/// A selector of the traffic that goes through a tunnel (`MPR_VPN_TRAFFIC_SELECTOR`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias(
    "MPR_VPN_TRAFFIC_SELECTOR",
    "MPR_VPN_TRAFFIC_SELECTORS",
    "VPN_TS_IP_ADDRESS",
    "MPR_VPN_TS_TYPE"
))]
pub struct TrafficSelector {
    /// The addresses; the first and the last must be of one family.
    pub addresses: RangeInclusive<IpAddr>,
    /// The number of the IP protocol, such as 6 for TCP; 0 is all.
    pub protocol: u8,
    /// The ports.
    pub ports: RangeInclusive<u16>,
    /// A number that tags the selector.
    pub payload_id: u16,
}

impl TrafficSelector {
    /// Creates a selector of all traffic of these addresses.
    #[inline]
    pub fn new(addresses: RangeInclusive<IpAddr>) -> TrafficSelector {
        TrafficSelector { addresses, protocol: 0, ports: 0..=u16::MAX, payload_id: 0 }
    }

    #[inline]
    pub(super) fn to_raw(&self) -> std::result::Result<MPR_VPN_TRAFFIC_SELECTOR, &'static str> {
        let (first, last) = (*self.addresses.start(), *self.addresses.end());
        if first.is_ipv4() != last.is_ipv4() {
            return Err("a traffic selector goes from an IPv4 address to an IPv6 one");
        }
        if first > last || self.ports.is_empty() {
            return Err("a traffic selector selects nothing: its first address or port is beyond its last");
        }
        let family = if first.is_ipv4() { IPV4 } else { IPV6 };
        Ok(MPR_VPN_TRAFFIC_SELECTOR {
            type_: family,
            protocolId: self.protocol,
            portStart: *self.ports.start(),
            portEnd: *self.ports.end(),
            tsPayloadId: self.payload_id,
            addrStart: raw_address(first),
            addrEnd: raw_address(last),
        })
    }

    #[inline]
    pub(super) fn from_raw(
        function: &'static str,
        raw: &MPR_VPN_TRAFFIC_SELECTOR,
    ) -> Result<TrafficSelector> {
        Ok(TrafficSelector {
            addresses: address(function, raw.type_, &raw.addrStart)?
                ..=address(function, raw.type_, &raw.addrEnd)?,
            protocol: raw.protocolId,
            ports: raw.portStart..=raw.portEnd,
            payload_id: raw.tsPayloadId,
        })
    }
}

const IPV4: sys::MPR_VPN_TS_TYPE = sys::MPR_VPN_TS_IPv4_ADDR_RANGE;
const IPV6: sys::MPR_VPN_TS_TYPE = sys::MPR_VPN_TS_IPv6_ADDR_RANGE;

#[inline]
fn raw_address(address: IpAddr) -> VPN_TS_IP_ADDRESS {
    let mut raw = VPN_TS_IP_ADDRESS::default();
    // Both members begin where the union does; the shorter one is the first bytes of the longer.
    let mut bytes = [0; 16];
    match address {
        IpAddr::V4(address) => {
            raw.Type = IPV4 as u16;
            bytes[..4].copy_from_slice(&address.octets());
        }
        IpAddr::V6(address) => {
            raw.Type = IPV6 as u16;
            bytes = address.octets();
        }
    }
    raw.__bindgen_anon_1.v6.u.Byte = bytes;
    raw
}

/// An address of a selector of the type `family`. (The selector's type and those of its addresses say the same.)
#[inline]
fn address(function: &'static str, family: sys::MPR_VPN_TS_TYPE, raw: &VPN_TS_IP_ADDRESS) -> Result<IpAddr> {
    let bytes: *const [u8; 16] = (&raw const raw.__bindgen_anon_1).cast();
    match (family, i32::from(raw.Type)) {
        (IPV4, IPV4 | 0) => {
            // SAFETY: the union begins with these four bytes, whichever member was written.
            Ok(Ipv4Addr::from(unsafe { bytes.cast::<[u8; 4]>().read() }).into())
        }
        (IPV6, IPV6 | 0) => {
            // SAFETY: the union is these sixteen bytes. For this family all sixteen are written.
            Ok(Ipv6Addr::from(unsafe { bytes.read() }).into())
        }
        _ => Err(Error::answer(function, "the address family of a traffic selector is unknown")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn a_selector_survives_the_way_to_the_record_and_back() {
        for (first, last) in [("10.0.0.0", "10.0.0.255"), ("2001:db8::", "2001:db8::ffff")] {
            let selector = TrafficSelector {
                protocol: 6,
                ports: 80..=443,
                payload_id: 7,
                ..TrafficSelector::new(first.parse().unwrap()..=last.parse().unwrap())
            };
            assert_eq!(TrafficSelector::from_raw("F", &selector.to_raw().unwrap()).unwrap(), selector);
        }
    }

    #[test]
    fn a_selector_of_an_unknown_family_is_an_error() {
        let localhost = IpAddr::from(Ipv4Addr::LOCALHOST);
        let mut raw = TrafficSelector::new(localhost..=localhost).to_raw().unwrap();
        raw.addrEnd.Type = IPV6 as u16;
        assert_eq!(TrafficSelector::from_raw("F", &raw).unwrap_err().kind(), ErrorKind::MalformedAnswer);
        raw.type_ = 99;
        assert_eq!(TrafficSelector::from_raw("F", &raw).unwrap_err().kind(), ErrorKind::MalformedAnswer);
    }
}
