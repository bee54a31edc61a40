//! Phone-book entries in the records of levels 2 and 3.

use mprapi_sys as sys;

use crate::error_code::Code;
use crate::router::interface::entry::Entry;
use crate::wide;

/// Passes the fields that both records and an entry have on to another macro: the numbers, then the texts.
macro_rules! with_fields {
    ($work:ident($($argument:tt)*)) => {
        $work! {
            $($argument)*;
            dwfOptions ipaddr ipaddrDns ipaddrDnsAlt ipaddrWins ipaddrWinsAlt dwfNetProtocols dwChannels dwSubEntries
            dwDialMode dwDialExtraPercent dwDialExtraSampleSeconds dwHangUpExtraPercent dwHangUpExtraSampleSeconds
            dwIdleDisconnectSeconds dwType dwEncryptionType dwCustomAuthKey dwVpnStrategy;
            szLocalPhoneNumber szDeviceType szDeviceName szX25PadType szX25Address szX25Facilities szX25UserData
        }
    };
}

/// Copies the fields of an entry into a record: `record.ipaddr = entry.ipaddr;` and so on.
macro_rules! fill {
    ($entry:ident, $record:ident; $($number:ident)+; $($text:ident)+) => {
        $($record.$number = $entry.$number;)+
        $($record.$text = wide::array(&$entry.$text);)+
    };
}

/// Copies the fields of a record into an entry: `entry.ipaddr = record.ipaddr;` and so on.
macro_rules! take {
    ($entry:ident, $record:ident; $($number:ident)+; $($text:ident)+) => {
        $($entry.$number = $record.$number;)+
        $($entry.$text = wide::given(&$record.$text)?;)+
    };
}

/// Fills a record of level 2, but for what it points to.
pub(super) fn fill_2(entry: &Entry, record: &mut sys::MPR_INTERFACE_2) {
    with_fields!(fill(entry, record));
    record.dwCustomAuthDataSize = entry.custom_auth.len() as u32;
}

/// Fills a record of level 3, but for what it points to.
pub(super) fn fill_3(entry: &Entry, record: &mut sys::MPR_INTERFACE_3) {
    with_fields!(fill(entry, record));
    record.dwCustomAuthDataSize = entry.custom_auth.len() as u32;
    record.ipv6addrDns.u.Byte = entry.ipv6_dns[0];
    record.ipv6addrDnsAlt.u.Byte = entry.ipv6_dns[1];
}

/// Takes over a caller's record of level 2, but for what it points to.
///
/// # Errors
/// As [`wide::given`].
pub(super) fn take_2(entry: &mut Entry, record: &sys::MPR_INTERFACE_2) -> Result<(), Code> {
    with_fields!(take(entry, record));
    Ok(())
}

/// Takes over a caller's record of level 3, but for what it points to.
///
/// # Errors
/// As [`wide::given`].
pub(super) fn take_3(entry: &mut Entry, record: &sys::MPR_INTERFACE_3) -> Result<(), Code> {
    with_fields!(take(entry, record));
    // SAFETY: both members of the union are plain numbers over all its bytes.
    entry.ipv6_dns[0] = unsafe { record.ipv6addrDns.u.Byte };
    // SAFETY: as above.
    entry.ipv6_dns[1] = unsafe { record.ipv6addrDnsAlt.u.Byte };
    Ok(())
}
