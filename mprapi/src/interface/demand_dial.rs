//! The settings of a demand-dial interface.

use std::fmt;
use std::mem::offset_of;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ptr;

use mprapi_sys::{self as sys, MPR_INTERFACE_2, MPR_INTERFACE_3};
use zeroize::Zeroizing;

use super::kinds::{
    Bandwidth, DialEncryption, DialMode, DialOptions, EntryType, IdleDisconnect, NetworkProtocols,
    VpnStrategy, seconds,
};
use super::settings::{InterfaceInput, Pass, write_name};
use crate::input::{Limit, limit};
use crate::wide::WideStrings;
use crate::{EapMethod, Error, InterfaceType, Result, Text, WideStr};

/// The settings to make or change a demand-dial interface (`MPR_INTERFACE_2` or, with IPv6, `MPR_INTERFACE_3`).
///
/// [`vpn`](DemandDial::vpn) and [`phone`](DemandDial::phone) start from sound settings; what is read from an
/// interface by `to_settings` starts from that one's. What cannot be is an error where it is used.
///
/// ```
/// use std::time::Duration;
/// use mprapi::{DemandDial, IdleDisconnect, VpnStrategy};
///
/// let branch = DemandDial::vpn("branch-2", "vpn2.example.com")
///     .vpn_strategy(VpnStrategy::Ikev2Only)
///     .idle_disconnect(IdleDisconnect::After(Duration::from_secs(300)));
/// ```
#[derive(Clone)]
#[must_use = "settings do nothing before they are written to a server"]
#[doc(alias("MPR_INTERFACE_2", "MPR_INTERFACE_3"))]
pub struct DemandDial {
    /// The C record. Its pointers are null here; the fields below have their data.
    record: Box<MPR_INTERFACE_3>,
    /// As a multi-string, if there are any.
    alternates: Option<Vec<u16>>,
    /// May hold secrets.
    eap_data: Zeroizing<Vec<u8>>,
    /// 2 as long as that holds all of it, else 3.
    level: u32,
    problem: Option<&'static str>,
}

// SAFETY: the pointers in the record are null, and its handle is a number that is never looked at.
unsafe impl Send for DemandDial {}
// SAFETY: as above.
unsafe impl Sync for DemandDial {}

// A record of level 3 begins with one of level 2. (Two equal offsets at the far end leave no room for a difference
// before it: each field of the one is a field of the other.)
const _: () = {
    assert!(offset_of!(MPR_INTERFACE_2, szAlternates) == offset_of!(MPR_INTERFACE_3, szAlternates));
    assert!(offset_of!(MPR_INTERFACE_2, lpbCustomAuthData) == offset_of!(MPR_INTERFACE_3, lpbCustomAuthData));
    assert!(offset_of!(MPR_INTERFACE_2, dwVpnStrategy) == offset_of!(MPR_INTERFACE_3, dwVpnStrategy));
    assert!(size_of::<MPR_INTERFACE_2>() <= size_of::<MPR_INTERFACE_3>());
};

const DESTINATION: Limit = limit!("the host or number to dial", 128);
const ALTERNATE: Limit = limit!("an alternate host or number", 128);
const DEVICE_TYPE: Limit = limit!("the device's type", 16);
const DEVICE_NAME: Limit = limit!("the device's name", 128);
const X25_PAD_TYPE: Limit = limit!("the X.25 PAD type", 32);
const X25_ADDRESS: Limit = limit!("the X.25 address", 200);
const X25_FACILITIES: Limit = limit!("the list of X.25 facilities", 200);
const X25_USER_DATA: Limit = limit!("the X.25 user data", 200);

#[inline]
fn network_order(address: Ipv4Addr) -> u32 {
    u32::from_ne_bytes(address.octets())
}

impl DemandDial {
    /// Creates the settings of a VPN to the router `host` (a name or an address of at most 128 UTF-16 units); `name` is the
    /// interface's, of at most 256.
    ///
    /// It is enabled, tunnels IPv4 by IKEv2 and nothing else, authenticates by MS-CHAP version 2 or stronger, never
    /// connects unencrypted, and stays up when it is idle.
    #[inline]
    pub fn vpn<N: Text + ?Sized, H: Text + ?Sized>(name: &N, host: &H) -> DemandDial {
        DemandDial::new(name, host)
            .entry_type(EntryType::Vpn)
            .device("vpn", "WAN Miniport (IKEv2)")
            .vpn_strategy(VpnStrategy::Ikev2Only)
            .encryption(DialEncryption::Require)
            .idle_disconnect(IdleDisconnect::Never)
    }

    /// Creates the settings of a telephone line to `number` (at most 128 UTF-16 units) through the modem `device` (at most
    /// 128); `name` is the interface's, of at most 256.
    ///
    /// It is enabled, carries IPv4, authenticates by MS-CHAP version 2 or stronger, never connects unencrypted, and
    /// hangs up after five idle minutes.
    #[inline]
    pub fn phone<N: Text + ?Sized, T: Text + ?Sized, D: Text + ?Sized>(
        name: &N,
        number: &T,
        device: &D,
    ) -> DemandDial {
        DemandDial::new(name, number)
            .entry_type(EntryType::Phone)
            .device("modem", device)
            .encryption(DialEncryption::Require)
            .idle_disconnect(IdleDisconnect::After(std::time::Duration::from_secs(300)))
    }

    #[inline]
    fn new<N: Text + ?Sized, D: Text + ?Sized>(name: &N, destination: &D) -> DemandDial {
        let mut settings = DemandDial {
            record: Box::default(),
            alternates: None,
            eap_data: Zeroizing::default(),
            level: 2,
            problem: None,
        };
        settings.problem = write_name(name, &mut settings.record.wszInterfaceName).err();
        settings.record.fEnabled = 1;
        settings.record.dwIfType = InterfaceType::FullRouter.into();
        settings
            .destination(destination)
            .network_protocols(NetworkProtocols::IPV4)
            .dial_mode(DialMode::First)
            .options(
                DialOptions::REQUIRE_ENCRYPTED_PASSWORD
                    | DialOptions::REQUIRE_MS_ENCRYPTED_PASSWORD
                    | DialOptions::REQUIRE_MS_CHAP2
                    | DialOptions::REQUIRE_DATA_ENCRYPTION,
            )
    }

    #[inline]
    pub(super) fn from_level_2(
        raw: &MPR_INTERFACE_2,
        alternates: WideStrings<'_>,
        eap_data: &[u8],
    ) -> DemandDial {
        let mut record: Box<MPR_INTERFACE_3> = Box::default();
        let into: *mut MPR_INTERFACE_3 = &raw mut *record;
        // SAFETY: a record of level 3 begins with one of level 2 (asserted above) and is owned here.
        unsafe { into.cast::<MPR_INTERFACE_2>().write(*raw) };
        DemandDial::from_record(record, 2, alternates, eap_data)
    }

    #[inline]
    pub(super) fn from_level_3(
        raw: &MPR_INTERFACE_3,
        alternates: WideStrings<'_>,
        eap_data: &[u8],
    ) -> DemandDial {
        DemandDial::from_record(Box::new(*raw), 3, alternates, eap_data)
    }

    #[inline]
    fn from_record(
        mut record: Box<MPR_INTERFACE_3>,
        level: u32,
        alternates: WideStrings<'_>,
        eap_data: &[u8],
    ) -> DemandDial {
        // A text that the server did not terminate must not go back to one that trusts it to be.
        for text in [
            &mut record.wszInterfaceName[..],
            &mut record.szLocalPhoneNumber,
            &mut record.szDeviceType,
            &mut record.szDeviceName,
            &mut record.szX25PadType,
            &mut record.szX25Address,
            &mut record.szX25Facilities,
            &mut record.szX25UserData,
        ] {
            let last = text.len() - 1;
            text[last] = 0;
        }
        record.hInterface = ptr::null_mut();
        record.szAlternates = ptr::null_mut();
        record.lpbCustomAuthData = ptr::null_mut();
        // Not used, the header says; and the count lies where a record of level 2 ends in padding.
        record.AddressCount = 0;
        record.ipv6addr = ptr::null_mut();
        DemandDial {
            record,
            alternates: (!alternates.is_empty()).then(|| alternates.to_units()),
            eap_data: Zeroizing::new(eap_data.to_vec()),
            level,
            problem: None,
        }
    }

    /// Notes the first thing that cannot be.
    #[inline]
    fn note(mut self, result: std::result::Result<(), &'static str>) -> DemandDial {
        self.problem = self.problem.or(result.err());
        self
    }

    /// Returns the interface's name.
    #[inline]
    pub fn name(&self) -> &WideStr {
        WideStr::from_array(&self.record.wszInterfaceName)
    }

    /// Sets another name, for another interface with the same settings; at most 256 UTF-16 units.
    #[inline]
    pub fn renamed<N: Text + ?Sized>(mut self, name: &N) -> DemandDial {
        let written = write_name(name, &mut self.record.wszInterfaceName);
        self.note(written)
    }

    /// Enables or disables the interface.
    #[inline]
    pub fn enabled(mut self, enabled: bool) -> DemandDial {
        self.record.fEnabled = enabled.into();
        self
    }

    /// Sets the destination to dial: a host name, an address or a telephone number of at most 128 UTF-16 units.
    #[inline]
    pub fn destination<D: Text + ?Sized>(mut self, destination: &D) -> DemandDial {
        if destination.utf16_units().next().is_none() {
            return self.note(Err("the host or number to dial is empty"));
        }
        let written = DESTINATION.write(destination, &mut self.record.szLocalPhoneNumber);
        self.note(written)
    }

    /// Sets the destinations to try, in this order, if the first fails. Each has at most 128 UTF-16 units.
    #[inline]
    pub fn alternates<T: Text>(mut self, alternates: impl IntoIterator<Item = T>) -> DemandDial {
        match ALTERNATE.encode_all(alternates, "an alternate host or number is empty") {
            Ok(alternates) => {
                self.alternates = Some(alternates);
                self
            }
            Err(problem) => self.note(Err(problem)),
        }
    }

    /// Sets how to connect, all of it: this replaces the options that the interface starts with.
    #[inline]
    pub fn options(mut self, options: DialOptions) -> DemandDial {
        self.record.dwfOptions = options.bits();
        self
    }

    /// Turns options on or off and leaves the others.
    #[inline]
    pub fn option(mut self, option: DialOptions, on: bool) -> DemandDial {
        let mut options = DialOptions::from_bits_retain(self.record.dwfOptions);
        options.set(option, on);
        self.record.dwfOptions = options.bits();
        self
    }

    /// Authenticates both ends of an IKEv2 tunnel by a pre-shared key instead of by user name and password.
    /// The key itself is set by
    /// [`InterfaceHandle::set_pre_shared_key`](crate::InterfaceHandle::set_pre_shared_key). Windows Server 2012.
    #[inline]
    pub fn pre_shared_key(self) -> DemandDial {
        self.authenticate(
            DialOptions::PRE_SHARED_KEY_FOR_IKEV2_INITIATOR | DialOptions::PRE_SHARED_KEY_FOR_IKEV2_RESPONDER,
        )
    }

    /// Authenticates both ends of an IKEv2 tunnel by the computers' certificates instead of by user name and
    /// password. Windows Server 2012.
    #[inline]
    pub fn machine_certificates(self) -> DemandDial {
        self.authenticate(DialOptions::REQUIRE_MACHINE_CERTIFICATES)
    }

    #[inline]
    fn authenticate(self, by: DialOptions) -> DemandDial {
        self.option(
            DialOptions::REQUIRE_MACHINE_CERTIFICATES
                | DialOptions::PRE_SHARED_KEY_FOR_IKEV2_INITIATOR
                | DialOptions::PRE_SHARED_KEY_FOR_IKEV2_RESPONDER
                | DialOptions::REQUIRE_MS_CHAP2,
            false,
        )
        .option(by, true)
    }

    /// Asks for this IPv4 address instead of taking one that the peer assigns.
    #[inline]
    pub fn address(mut self, address: Ipv4Addr) -> DemandDial {
        self.record.ipaddr = network_order(address);
        self.option(DialOptions::SPECIFIC_ADDRESS, true)
    }

    /// Uses one or two DNS servers instead of those that the peer assigns.
    #[inline]
    pub fn dns_servers(mut self, first: Ipv4Addr, second: Option<Ipv4Addr>) -> DemandDial {
        self.record.ipaddrDns = network_order(first);
        self.record.ipaddrDnsAlt = second.map_or(0, network_order);
        self.option(DialOptions::SPECIFIC_NAME_SERVERS, true)
    }

    /// Uses one or two WINS servers instead of those that the peer assigns.
    #[inline]
    pub fn wins_servers(mut self, first: Ipv4Addr, second: Option<Ipv4Addr>) -> DemandDial {
        self.record.ipaddrWins = network_order(first);
        self.record.ipaddrWinsAlt = second.map_or(0, network_order);
        self.option(DialOptions::SPECIFIC_NAME_SERVERS, true)
    }

    /// Uses one or two IPv6 DNS servers. Windows Server 2008 and later.
    #[inline]
    pub fn ipv6_dns_servers(mut self, first: Ipv6Addr, second: Option<Ipv6Addr>) -> DemandDial {
        self.record.ipv6addrDns.u.Byte = first.octets();
        self.record.ipv6addrDnsAlt.u.Byte = second.unwrap_or(Ipv6Addr::UNSPECIFIED).octets();
        self.level = 3;
        self
    }

    /// Sets the network protocols to negotiate. With IPv6 among them the server must be Windows Server 2008 or later.
    #[inline]
    pub fn network_protocols(mut self, protocols: NetworkProtocols) -> DemandDial {
        self.record.dwfNetProtocols = protocols.bits();
        if protocols.contains(NetworkProtocols::IPV6) {
            self.level = 3;
        }
        self
    }

    /// Sets the device to dial with: its type, such as `vpn` or `modem` (at most 16 UTF-16 units), and its name (at most
    /// 128).
    #[inline]
    pub fn device<T: Text + ?Sized, N: Text + ?Sized>(mut self, device_type: &T, name: &N) -> DemandDial {
        let written = DEVICE_TYPE
            .write(device_type, &mut self.record.szDeviceType)
            .and_then(|()| DEVICE_NAME.write(name, &mut self.record.szDeviceName));
        self.note(written)
    }

    /// Dials through X.25: PAD type (at most 32 UTF-16 units), address, facilities and user data (at most 200 each).
    #[inline]
    pub fn x25<P, A, F, U>(mut self, pad_type: &P, address: &A, facilities: &F, user_data: &U) -> DemandDial
    where
        P: Text + ?Sized,
        A: Text + ?Sized,
        F: Text + ?Sized,
        U: Text + ?Sized,
    {
        let written = X25_PAD_TYPE
            .write(pad_type, &mut self.record.szX25PadType)
            .and_then(|()| X25_ADDRESS.write(address, &mut self.record.szX25Address))
            .and_then(|()| X25_FACILITIES.write(facilities, &mut self.record.szX25Facilities))
            .and_then(|()| X25_USER_DATA.write(user_data, &mut self.record.szX25UserData));
        self.note(written)
    }

    /// Sets the links of a multilink interface to dial.
    #[inline]
    pub fn dial_mode(mut self, mode: DialMode) -> DemandDial {
        self.record.dwDialMode = mode.into();
        self
    }

    /// Dials the links of a multilink interface as the traffic needs them.
    #[inline]
    pub fn dial_as_needed(mut self, bandwidth: Bandwidth) -> DemandDial {
        let (Some(dial), Some(hang_up)) =
            (seconds(bandwidth.dial_extra_sample), seconds(bandwidth.hang_up_extra_sample))
        else {
            return self.note(Err("the time for which bandwidth is measured is longer than 136 years"));
        };
        if bandwidth.dial_extra_percent > 100 || bandwidth.hang_up_extra_percent > 100 {
            return self.note(Err("the part of the bandwidth is more than 100 percent"));
        }
        self.record.dwDialExtraPercent = bandwidth.dial_extra_percent;
        self.record.dwDialExtraSampleSeconds = dial;
        self.record.dwHangUpExtraPercent = bandwidth.hang_up_extra_percent;
        self.record.dwHangUpExtraSampleSeconds = hang_up;
        self.dial_mode(DialMode::AsNeeded)
    }

    /// Sets when an idle connection ends.
    #[inline]
    pub fn idle_disconnect(mut self, when: IdleDisconnect) -> DemandDial {
        match when.to_raw() {
            Some(raw) => {
                self.record.dwIdleDisconnectSeconds = raw;
                self
            }
            None => self.note(Err("the idle time is not between one second and 136 years")),
        }
    }

    /// Sets the type of the phone-book entry: a telephone line, a tunnel, a port.
    #[inline]
    pub fn entry_type(mut self, entry_type: EntryType) -> DemandDial {
        self.record.dwType = entry_type.into();
        self
    }

    /// Sets the encryption of the interface's traffic.
    #[inline]
    pub fn encryption(mut self, encryption: DialEncryption) -> DemandDial {
        self.record.dwEncryptionType = encryption.into();
        let required = matches!(encryption, DialEncryption::Require | DialEncryption::RequireMax);
        self.option(DialOptions::REQUIRE_DATA_ENCRYPTION, required)
    }

    /// Authenticates by an EAP method, with settings which that method gives a meaning to.
    #[inline]
    pub fn eap(mut self, method: EapMethod, data: &[u8]) -> DemandDial {
        self.record.dwCustomAuthKey = method.0;
        self.eap_data = Zeroizing::new(data.to_vec());
        self.option(DialOptions::REQUIRE_EAP, true)
    }

    /// Sets the tunnel protocols that a VPN tries.
    #[inline]
    pub fn vpn_strategy(mut self, strategy: VpnStrategy) -> DemandDial {
        self.record.dwVpnStrategy = strategy.into();
        self
    }
}

impl InterfaceInput for DemandDial {}

impl Pass for DemandDial {
    #[inline]
    fn pass<T>(&self, function: &'static str, call: impl FnOnce(u32, sys::LPBYTE) -> T) -> Result<T> {
        if let Some(problem) = self.problem {
            return Err(Error::argument(function, problem));
        }
        let Ok(eap_data_size) = self.eap_data.len().try_into() else {
            return Err(Error::argument(function, "the EAP data are 4 GiB or more"));
        };
        let mut record = self.record.clone();
        // Copies: the header lets the library write to what it is given.
        let (mut alternates, mut eap_data) = (self.alternates.clone(), self.eap_data.clone());
        if let Some(alternates) = &mut alternates {
            record.szAlternates = alternates.as_mut_ptr();
        }
        record.dwCustomAuthDataSize = eap_data_size;
        if eap_data_size > 0 {
            record.lpbCustomAuthData = eap_data.as_mut_ptr();
        }
        Ok(call(self.level, (&raw mut *record).cast()))
    }
}

impl fmt::Debug for DemandDial {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = &self.record;
        f.debug_struct("DemandDial")
            .field("name", &self.name())
            .field("destination", &WideStr::from_array(&record.szLocalPhoneNumber))
            .field("entry_type", &EntryType::from(record.dwType))
            .field("vpn_strategy", &VpnStrategy::from(record.dwVpnStrategy))
            .field("options", &DialOptions::from_bits_retain(record.dwfOptions))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::ErrorKind;

    /// Shows the level and the record, as the library gets them, to `look`.
    fn seen<T>(settings: &DemandDial, look: impl FnOnce(u32, &MPR_INTERFACE_2) -> T) -> Result<T> {
        settings.pass("F", |level, record| {
            // SAFETY: a record of level 2 or 3 begins with one of level 2, which lives until this returns.
            look(level, unsafe { &*record.cast::<MPR_INTERFACE_2>() })
        })
    }

    #[test]
    fn a_vpn_starts_from_settings_that_never_connect_unencrypted() {
        let settings = DemandDial::vpn("branch-2", "vpn2.example.com");
        seen(&settings, |level, record| {
            assert_eq!(level, 2);
            assert_eq!(WideStr::from_array(&record.wszInterfaceName), "branch-2");
            assert_eq!(WideStr::from_array(&record.szLocalPhoneNumber), "vpn2.example.com");
            assert_eq!(WideStr::from_array(&record.szDeviceType), "vpn");
            assert_eq!(record.dwIfType, sys::ROUTER_IF_TYPE_FULL_ROUTER);
            assert_eq!(record.fEnabled, 1);
            assert_eq!(record.dwType, sys::MPRET_Vpn);
            assert_eq!(record.dwVpnStrategy, sys::MPR_VS_Ikev2Only);
            assert_eq!(record.dwEncryptionType, sys::MPR_ET_Require);
            assert_eq!(record.dwIdleDisconnectSeconds, sys::MPRIDS_Disabled);
            let required = sys::MPRIO_RequireMsEncryptedPw | sys::MPRIO_RequireDataEncryption;
            assert_eq!(record.dwfOptions & required, required);
            assert!(record.szAlternates.is_null());
            assert!(record.lpbCustomAuthData.is_null());
        })
        .unwrap();
    }

    #[test]
    fn a_number_is_dialled_with_a_modem_and_ends_when_idle() {
        seen(&DemandDial::phone("branch-2", "5550123", "Standard Modem"), |_, record| {
            assert_eq!(WideStr::from_array(&record.szLocalPhoneNumber), "5550123");
            assert_eq!(WideStr::from_array(&record.szDeviceType), "modem");
            assert_eq!(WideStr::from_array(&record.szDeviceName), "Standard Modem");
            assert_eq!(record.dwType, sys::MPRET_Phone);
            assert_eq!(record.dwEncryptionType, sys::MPR_ET_Require);
            assert_eq!(record.dwIdleDisconnectSeconds, 300);
        })
        .unwrap();
    }

    fn bandwidth() -> Bandwidth {
        Bandwidth {
            dial_extra_percent: 75,
            dial_extra_sample: Duration::from_secs(120),
            hang_up_extra_percent: 10,
            hang_up_extra_sample: Duration::from_secs(60),
        }
    }

    #[test]
    fn links_are_dialled_as_the_traffic_needs_them() {
        seen(&DemandDial::phone("b", "1", "m").dial_as_needed(bandwidth()), |_, record| {
            assert_eq!(record.dwDialMode, sys::MPRDM_DialAsNeeded);
            assert_eq!((record.dwDialExtraPercent, record.dwDialExtraSampleSeconds), (75, 120));
            assert_eq!((record.dwHangUpExtraPercent, record.dwHangUpExtraSampleSeconds), (10, 60));
        })
        .unwrap();
    }

    #[test]
    fn ipv6_needs_a_record_of_level_3() {
        let settings = DemandDial::vpn("b", "h");
        let both = settings.clone().network_protocols(NetworkProtocols::IPV4 | NetworkProtocols::IPV6);
        assert_eq!(seen(&both, |level, _| level).unwrap(), 3);
        let dns = settings.clone().ipv6_dns_servers(Ipv6Addr::LOCALHOST, None);
        assert_eq!(seen(&dns, |level, _| level).unwrap(), 3);
        assert_eq!(seen(&settings, |level, _| level).unwrap(), 2);
    }

    #[test]
    fn a_pre_shared_key_takes_the_place_of_the_password() {
        let settings = DemandDial::vpn("b", "h").pre_shared_key();
        let options = seen(&settings, |_, record| DialOptions::from_bits_retain(record.dwfOptions)).unwrap();
        assert!(options.contains(DialOptions::PRE_SHARED_KEY_FOR_IKEV2_INITIATOR));
        assert!(!options.contains(DialOptions::REQUIRE_MS_CHAP2));
        let options = seen(&settings.machine_certificates(), |_, record| record.dwfOptions).unwrap();
        let options = DialOptions::from_bits_retain(options);
        assert!(options.contains(DialOptions::REQUIRE_MACHINE_CERTIFICATES));
        assert!(!options.intersects(DialOptions::PRE_SHARED_KEY_FOR_IKEV2_INITIATOR));
    }

    #[test]
    fn lists_and_eap_data_are_passed_by_pointer() {
        let settings =
            DemandDial::vpn("b", "h").alternates(["h2", "h3"]).eap(EapMethod::MSCHAP_V2, &[1, 2, 3]);
        seen(&settings, |_, record| {
            // SAFETY: the list lives as long as `settings`.
            let alternates = unsafe { WideStrings::from_ptr("F", record.szAlternates) }.unwrap();
            assert_eq!(alternates.iter().map(WideStr::to_string_lossy).collect::<Vec<_>>(), ["h2", "h3"]);
            assert_eq!((record.dwCustomAuthKey, record.dwCustomAuthDataSize), (26, 3));
            // SAFETY: there are that many, as long as `settings` lives.
            assert_eq!(unsafe { std::slice::from_raw_parts(record.lpbCustomAuthData, 3) }, [1, 2, 3]);
        })
        .unwrap();
    }

    #[test]
    fn what_cannot_be_is_an_error_that_names_the_first_thing_wrong() {
        let vpn = || DemandDial::vpn("branch-2", "vpn2.example.com");
        let cases = [
            (DemandDial::vpn("", "h"), "name is empty"),
            (DemandDial::vpn(&"x".repeat(257), "h"), "longer than 256"),
            (DemandDial::vpn("b", ""), "host or number to dial is empty"),
            (DemandDial::vpn("b", &"x".repeat(129)), "longer than 128"),
            (DemandDial::vpn("a\0b", ""), "name has a NUL"),
            (vpn().device("a type of seventeen", "n"), "longer than 16"),
            (vpn().alternates(["a", ""]), "alternate host or number is empty"),
            (vpn().x25("", &"1".repeat(201), "", ""), "longer than 200"),
            (vpn().idle_disconnect(IdleDisconnect::After(Duration::ZERO)), "idle time"),
            (
                vpn().dial_as_needed(Bandwidth { dial_extra_sample: Duration::MAX, ..bandwidth() }),
                "136 years",
            ),
            (vpn().dial_as_needed(Bandwidth { hang_up_extra_percent: 101, ..bandwidth() }), "100 percent"),
        ];
        for (settings, part) in cases {
            let error = seen(&settings, |_, _| ()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert!(error.to_string().contains(part), "{error}");
        }
    }

    #[test]
    fn debug_shows_no_eap_data() {
        let settings = DemandDial::vpn("b", "h").eap(EapMethod::TLS, b"SECRET");
        assert!(!format!("{settings:?}").contains(&format!("{:?}", b"SECRET")));
        assert!(!format!("{settings:?}").contains("83, 69, 67"));
    }
}
