//! The phone-book entry of a demand-dial interface.

use mprapi_sys as sys;

use crate::code::Code;
use crate::wide;

macro_rules! entry {
    (numbers: $($number:ident)+; texts: $($text:ident)+;) => {
        /// A phone-book entry. The fields are those of the records of levels 2 and 3.
        #[derive(Clone, Default, PartialEq, Debug)]
        #[expect(non_snake_case, reason = "the names are the records'")]
        pub(crate) struct Entry {
            $(pub(crate) $number: u32,)+
            $(pub(crate) $text: String,)+
            /// Further numbers to dial, as texts one after the other.
            pub(crate) alternates: Vec<u16>,
            pub(crate) custom_auth: Vec<u8>,
            pub(crate) ipv6_dns: [[u8; 16]; 2],
            pub(crate) devices: Vec<Device>,
        }

        impl Entry {
            /// The numbers, for a file.
            pub(crate) fn numbers(&mut self) -> impl Iterator<Item = &mut u32> {
                [$(&mut self.$number,)+].into_iter()
            }

            /// The texts, for a file.
            pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
                [$(&mut self.$text,)+].into_iter()
            }

            /// Everything but what needs memory of its own.
            pub(crate) fn fill_2(&self, record: &mut sys::MPR_INTERFACE_2) {
                $(record.$number = self.$number;)+
                $(record.$text = wide::array(&self.$text);)+
                record.dwCustomAuthDataSize = self.custom_auth.len() as u32;
            }

            /// Everything but what needs memory of its own.
            pub(crate) fn fill_3(&self, record: &mut sys::MPR_INTERFACE_3) {
                $(record.$number = self.$number;)+
                $(record.$text = wide::array(&self.$text);)+
                record.dwCustomAuthDataSize = self.custom_auth.len() as u32;
                record.ipv6addrDns.u.Byte = self.ipv6_dns[0];
                record.ipv6addrDnsAlt.u.Byte = self.ipv6_dns[1];
            }

            /// Takes over what a caller's record has, but for what it points to.
            ///
            /// # Errors
            /// As [`wide::given`].
            pub(crate) fn take_2(&mut self, record: &sys::MPR_INTERFACE_2) -> Result<(), Code> {
                $(self.$number = record.$number;)+
                $(self.$text = wide::given(&record.$text)?;)+
                Ok(())
            }

            /// Takes over what a caller's record has, but for what it points to.
            ///
            /// # Errors
            /// As [`wide::given`].
            pub(crate) fn take_3(&mut self, record: &sys::MPR_INTERFACE_3) -> Result<(), Code> {
                $(self.$number = record.$number;)+
                $(self.$text = wide::given(&record.$text)?;)+
                // SAFETY: both members of the union are plain numbers over all its bytes.
                self.ipv6_dns[0] = unsafe { record.ipv6addrDns.u.Byte };
                // SAFETY: as above.
                self.ipv6_dns[1] = unsafe { record.ipv6addrDnsAlt.u.Byte };
                Ok(())
            }
        }
    };
}

entry! {
    numbers: dwfOptions ipaddr ipaddrDns ipaddrDnsAlt ipaddrWins ipaddrWinsAlt dwfNetProtocols dwChannels dwSubEntries
        dwDialMode dwDialExtraPercent dwDialExtraSampleSeconds dwHangUpExtraPercent dwHangUpExtraSampleSeconds
        dwIdleDisconnectSeconds dwType dwEncryptionType dwCustomAuthKey dwVpnStrategy;
    texts: szLocalPhoneNumber szDeviceType szDeviceName szX25PadType szX25Address szX25Facilities szX25UserData;
}

/// A device of the entry: one link of a multilink.
#[derive(Clone, Default, PartialEq, Debug)]
pub(crate) struct Device {
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) alternates: Vec<u16>,
}
