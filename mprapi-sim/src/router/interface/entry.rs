//! The phone-book entry of a demand-dial interface.

/// A phone-book entry. The fields have the names of those in the records of levels 2 and 3.
#[derive(Clone, Default, PartialEq, Debug)]
pub(crate) struct Entry {
    pub(crate) dwfOptions: u32,
    pub(crate) ipaddr: u32,
    pub(crate) ipaddrDns: u32,
    pub(crate) ipaddrDnsAlt: u32,
    pub(crate) ipaddrWins: u32,
    pub(crate) ipaddrWinsAlt: u32,
    pub(crate) dwfNetProtocols: u32,
    pub(crate) dwChannels: u32,
    pub(crate) dwSubEntries: u32,
    pub(crate) dwDialMode: u32,
    pub(crate) dwDialExtraPercent: u32,
    pub(crate) dwDialExtraSampleSeconds: u32,
    pub(crate) dwHangUpExtraPercent: u32,
    pub(crate) dwHangUpExtraSampleSeconds: u32,
    pub(crate) dwIdleDisconnectSeconds: u32,
    pub(crate) dwType: u32,
    pub(crate) dwEncryptionType: u32,
    pub(crate) dwCustomAuthKey: u32,
    pub(crate) dwVpnStrategy: u32,
    pub(crate) szLocalPhoneNumber: String,
    pub(crate) szDeviceType: String,
    pub(crate) szDeviceName: String,
    pub(crate) szX25PadType: String,
    pub(crate) szX25Address: String,
    pub(crate) szX25Facilities: String,
    pub(crate) szX25UserData: String,
    /// Further numbers to dial, as texts one after the other.
    pub(crate) alternates: Vec<u16>,
    pub(crate) custom_auth: Vec<u8>,
    pub(crate) ipv6_dns: [[u8; 16]; 2],
    pub(crate) devices: Vec<Device>,
}

/// A device of the entry: one link of a multilink.
#[derive(Clone, Default, PartialEq, Debug)]
pub(crate) struct Device {
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) alternates: Vec<u16>,
}
