//! The records of traffic selectors.

use mprapi_sys as sys;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::router::interface::custom::Selector;

const IPV4: sys::MPR_VPN_TS_TYPE = sys::MPR_VPN_TS_IPv4_ADDR_RANGE;
const IPV6: sys::MPR_VPN_TS_TYPE = sys::MPR_VPN_TS_IPv6_ADDR_RANGE;

/// Reads a caller's selectors.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for a selector that is neither of IPv4 nor of IPv6, and for null with a count.
///
/// # Safety
/// The pointer must be null or lead to so many selectors, each with its fields set.
pub(super) unsafe fn read_all(
    first: *const sys::MPR_VPN_TRAFFIC_SELECTOR,
    count: u32,
) -> Result<Vec<Selector>, Code> {
    if first.is_null() && count > 0 {
        return Err(ERROR_INVALID_PARAMETER);
    }
    let read_one = |index| {
        // SAFETY: the caller has so many.
        let selector = unsafe { first.add(index) };
        // SAFETY: as above; a caller's odd alignment is no reason to crash.
        read(&unsafe { selector.read_unaligned() })
    };
    (0..count as usize).map(read_one).collect()
}

fn read(raw: &sys::MPR_VPN_TRAFFIC_SELECTOR) -> Result<Selector, Code> {
    let is_ipv6 = match raw.type_ {
        IPV4 => false,
        IPV6 => true,
        _ => return Err(ERROR_INVALID_PARAMETER),
    };
    Ok(Selector {
        is_ipv6,
        protocol: raw.protocolId,
        ports: [raw.portStart, raw.portEnd],
        payload_id: raw.tsPayloadId,
        addresses: [address(is_ipv6, &raw.addrStart)?, address(is_ipv6, &raw.addrEnd)?],
    })
}

/// Returns the record of a selector.
pub(super) fn raw(selector: Selector) -> sys::MPR_VPN_TRAFFIC_SELECTOR {
    let family = if selector.is_ipv6 { IPV6 } else { IPV4 };
    let [start, end] = selector.addresses.map(|bytes| {
        let mut address = sys::VPN_TS_IP_ADDRESS { Type: family as u16, ..Default::default() };
        // Both members begin where the union does.
        address.__bindgen_anon_1.v6.u.Byte = bytes;
        address
    });
    sys::MPR_VPN_TRAFFIC_SELECTOR {
        type_: family,
        protocolId: selector.protocol,
        portStart: selector.ports[0],
        portEnd: selector.ports[1],
        tsPayloadId: selector.payload_id,
        addrStart: start,
        addrEnd: end,
    }
}

/// Returns the address in a selector of this family. Its own type says the same, or nothing.
fn address(is_ipv6: bool, raw: &sys::VPN_TS_IP_ADDRESS) -> Result<[u8; 16], Code> {
    let first: *const [u8; 16] = (&raw const raw.__bindgen_anon_1).cast();
    match (is_ipv6, i32::from(raw.Type)) {
        (false, IPV4 | 0) => {
            let mut bytes = [0; 16];
            // SAFETY: the union begins with the four bytes of an IPv4 address, which its owner has set.
            bytes[..4].copy_from_slice(&unsafe { first.cast::<[u8; 4]>().read() });
            Ok(bytes)
        }
        // SAFETY: the union is the sixteen bytes of an IPv6 address, which its owner has set.
        (true, IPV6 | 0) => Ok(unsafe { first.read() }),
        _ => Err(ERROR_INVALID_PARAMETER),
    }
}
