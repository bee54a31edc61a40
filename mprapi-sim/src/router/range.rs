//! The ranges that the protocol gives to numbers (MS-RRASM 2.2.1.2.83, .136, .237, .238, .243 and .270). A number
//! outside is refused, whether it is for the running router or to be stored.

use std::ops::RangeInclusive;

use mprapi_sys as sys;

use super::interface::entry::Entry;
use super::tunnel::{Change, Ikev2, L2tp, Line, Parameters};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED};
use crate::scenario::Tunnel;

type Range = RangeInclusive<u32>;

/// Seconds without traffic after which a connection ends.
const IDLE_TIMEOUT: Range = 300..=17_279_999;
/// Seconds for which IKEv2 waits for an answer.
const OUTAGE: Range = 120..=u32::MAX;
/// Seconds that a security association lives.
const LIFETIME: Range = 300..=17_279_999;
/// Kilobytes that a security association carries.
const DATA_SIZE: Range = 1_024..=u32::MAX;
/// Numbers that are not used.
const UNUSED: Range = 0..=0;
/// From none to the strongest.
const ENCRYPTION: Range = 0..=3;
const DIAL_MODE: Range = sys::MPRDM_DialFirst..=sys::MPRDM_DialAsNeeded;
const VPN_STRATEGY: Range = sys::MPR_VS_Default..=sys::MPR_VS_Ikev2First;
/// Integrity, encryption, cipher, authentication, perfect forward secrecy and Diffie-Hellman group of a policy.
const POLICY: [Range; 6] = [0..=3, 0..=4, 1..=8, 0..=5, 0..=7, 0..=6];

/// Checks numbers against their ranges.
fn check<'a>(numbers: impl IntoIterator<Item = (u32, &'a Range)>) -> Result<(), Code> {
    let is_in = |(number, range): (u32, &Range)| range.contains(&number);
    if numbers.into_iter().all(is_in) { Ok(()) } else { Err(ERROR_INVALID_PARAMETER) }
}

/// Checks new settings of tunnels.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for a number outside its range, `ERROR_NOT_SUPPORTED` for what is not simulated.
pub(crate) fn check_changes(changes: &[Change]) -> Result<(), Code> {
    for change in changes {
        check_line(change.tunnel, change.line)?;
        match &change.parameters {
            Some(Parameters::Ikev2(ikev2)) => check_ikev2(ikev2)?,
            Some(Parameters::L2tp(l2tp)) => check_l2tp(l2tp)?,
            Some(Parameters::Sstp(_)) | None => {}
        }
        if change.asks_too_much {
            return Err(ERROR_NOT_SUPPORTED);
        }
    }
    Ok(())
}

/// Checks the ports of a tunnel, and what they are for. PPTP cannot be without any.
fn check_line(tunnel: Tunnel, line: Line) -> Result<(), Code> {
    let ports = if tunnel == Tunnel::Pptp { 1..=16_384 } else { 0..=30_000 };
    let flags = 0..=sys::MPR_ENABLE_RAS_ON_DEVICE | sys::MPR_ENABLE_ROUTING_ON_DEVICE;
    check([(line.ports, &ports), (line.flags, &flags)])
}

fn check_ikev2(ikev2: &Ikev2) -> Result<(), Code> {
    check([
        (ikev2.idle_timeout, &IDLE_TIMEOUT),
        (ikev2.outage, &OUTAGE),
        (ikev2.lifetime, &LIFETIME),
        (ikev2.data_size, &DATA_SIZE),
        (ikev2.options, &UNUSED),
        (ikev2.encryption, &ENCRYPTION),
    ])?;
    check_policy(ikev2.policy)
}

fn check_l2tp(l2tp: &L2tp) -> Result<(), Code> {
    check([
        (l2tp.idle_timeout, &IDLE_TIMEOUT),
        (l2tp.encryption, &ENCRYPTION),
        (l2tp.lifetime, &LIFETIME),
        (l2tp.data_size, &DATA_SIZE),
    ])?;
    check_policy(l2tp.policy)
}

fn check_policy(policy: Option<[u32; 6]>) -> Result<(), Code> {
    check(policy.into_iter().flatten().zip(&POLICY))
}

/// Checks the custom IKEv2 settings of an interface.
pub(crate) fn check_custom(lifetime: u32, data_size: u32, policy: Option<[u32; 6]>) -> Result<(), Code> {
    check([(lifetime, &LIFETIME), (data_size, &DATA_SIZE)])?;
    check_policy(policy)
}

/// Checks the phone-book entry of an interface.
pub(crate) fn check_entry(entry: &Entry) -> Result<(), Code> {
    check([
        (entry.dwChannels, &UNUSED),
        (entry.dwDialMode, &DIAL_MODE),
        (entry.dwEncryptionType, &ENCRYPTION),
        (entry.dwVpnStrategy, &VPN_STRATEGY),
    ])
}
