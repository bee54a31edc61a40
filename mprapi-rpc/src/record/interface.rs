//! Records with pointers: interfaces at levels 1 to 3, and devices at level 1.

use mprapi_sys as sys;

use super::descriptions::IDL;
use super::field::{Fields, Visit, visit};
use super::layout::Layout;
use super::shape::{Record, Shape};

/// The source of a size with pointers of 64 bits.
const WIDE: &str = "the IDL of MS-RRASM, with the pointers of a 64-bit server, whose offsets have 8 bytes";

/// Returns the sizes of a record with pointers of 32 and of 64 bits.
const fn by_pointer(narrow: usize, wide: usize) -> [Shape; 2] {
    [
        Shape { size: narrow, layout: Layout::IDL, source: IDL },
        Shape { size: wide, layout: Layout::WIDE, source: WIDE },
    ]
}

/// The memory behind the pointers of an interface at levels 2 and 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Further numbers to dial: texts one after the other, each with its zero and the last with one more.
    pub alternates: Option<Vec<u16>>,
    /// The data of the authentication protocol, as many bytes as `dwCustomAuthDataSize` says.
    pub custom_auth: Option<Vec<u8>>,
}

/// The hours at which the interface must not dial lie behind the record. The specification calls the field a pointer and
/// does not say how it travels; it is taken for an offset, as at levels 2 and 3.
impl Record for sys::MPR_INTERFACE_1 {
    type Behind = Option<Vec<u16>>;
    const NAME: &'static str = "MPRI_INTERFACE_1";
    const LEVEL: u32 = 1;
    const SHAPES: &'static [Shape] = &by_pointer(544, 552);
    const HAS_TAIL: bool = true;

    fn alignment(layout: Layout) -> usize {
        layout.pointer
    }

    fn fields<F: Fields>(&mut self, behind: &mut Option<Vec<u16>>, fields: &mut F) -> Visit {
        visit! { self, fields;
            text wszInterfaceName; handle hInterface; number fEnabled dwIfType dwConnectionState;
            number fUnReachabilityReasons dwLastError
        }
        fields.texts("lpwsDialoutHoursRestriction", &mut self.lpwsDialoutHoursRestriction, behind)
    }
}

/// Visits the fields that both records of an entry have, in the order of the wire.
macro_rules! entry {
    ($record:ident, $behind:ident, $fields:ident) => {
        visit! { $record, $fields;
            text wszInterfaceName; handle hInterface; number fEnabled dwIfType dwConnectionState;
            number fUnReachabilityReasons dwLastError dwfOptions;
            text szLocalPhoneNumber
        }
        $fields.texts("szAlternates", &mut $record.szAlternates, &mut $behind.alternates)?;
        visit! { $record, $fields;
            number ipaddr ipaddrDns ipaddrDnsAlt ipaddrWins ipaddrWinsAlt dwfNetProtocols;
            text szDeviceType; text szDeviceName; text szX25PadType; text szX25Address szX25Facilities szX25UserData;
            number dwChannels dwSubEntries dwDialMode dwDialExtraPercent dwDialExtraSampleSeconds
                dwHangUpExtraPercent dwHangUpExtraSampleSeconds dwIdleDisconnectSeconds dwType dwEncryptionType
                dwCustomAuthKey dwCustomAuthDataSize
        }
        let length = $record.dwCustomAuthDataSize;
        $fields.data("lpbCustomAuthData", &mut $record.lpbCustomAuthData, length, &mut $behind.custom_auth)?;
        visit! { $record, $fields; record guidId; number dwVpnStrategy }
    };
}

impl Record for sys::MPR_INTERFACE_2 {
    type Behind = Entry;
    const NAME: &'static str = "MPRI_INTERFACE_2";
    const LEVEL: u32 = 2;
    const SHAPES: &'static [Shape] = &by_pointer(2468, 2488);
    const HAS_TAIL: bool = true;

    fn alignment(layout: Layout) -> usize {
        layout.pointer
    }

    fn fields<F: Fields>(&mut self, behind: &mut Entry, fields: &mut F) -> Visit {
        entry!(self, behind, fields);
        Ok(())
    }
}

impl Record for sys::MPR_INTERFACE_3 {
    type Behind = Entry;
    const NAME: &'static str = "MPRI_INTERFACE_3";
    const LEVEL: u32 = 3;
    const SHAPES: &'static [Shape] = &by_pointer(2508, 2528);
    const HAS_TAIL: bool = true;

    fn alignment(layout: Layout) -> usize {
        layout.pointer
    }

    fn fields<F: Fields>(&mut self, behind: &mut Entry, fields: &mut F) -> Visit {
        entry!(self, behind, fields);
        visit! { self, fields; number AddressCount; address ipv6addrDns ipv6addrDnsAlt }
        fields.unused("ipv6addr", &mut self.AddressCount, &mut self.ipv6addr)
    }
}

/// The further numbers follow the record, as those of an interface.
impl Record for sys::MPR_DEVICE_1 {
    type Behind = Option<Vec<u16>>;
    const NAME: &'static str = "MPR_DEVICE_1";
    const LEVEL: u32 = 1;
    const SHAPES: &'static [Shape] = &by_pointer(556, 560);
    const HAS_TAIL: bool = true;

    fn alignment(layout: Layout) -> usize {
        layout.pointer
    }

    fn fields<F: Fields>(&mut self, behind: &mut Option<Vec<u16>>, fields: &mut F) -> Visit {
        visit! { self, fields; text szDeviceType; text szDeviceName szLocalPhoneNumber }
        fields.texts("szAlternates", &mut self.szAlternates, behind)
    }
}
