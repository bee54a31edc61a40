//! An interface, to be looked at.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::slice;
use std::time::Duration;

use mprapi_sys::{
    self as sys, BOOL, DWORD, GUID, HANDLE, LPBYTE, MPR_IF_CUSTOMINFOEX2, MPR_INTERFACE_0, MPR_INTERFACE_1,
    MPR_INTERFACE_2, MPR_INTERFACE_3, PWCHAR, ROUTER_CONNECTION_STATE, ROUTER_INTERFACE_TYPE,
};

use super::demand_dial::DemandDial;
use super::handle::InterfaceHandle;
use super::kinds::{
    Bandwidth, ConnectionState, DialEncryption, DialMode, DialOptions, EntryType, IdleDisconnect,
    NetworkProtocols, UnreachabilityReasons, VpnStrategy,
};
use super::settings::InterfaceSettings;
use crate::fields::{fields, records};
use crate::list::{Level, Record};
use crate::owner::Owner;
use crate::wide::WideStrings;
use crate::{EapMethod, Error, Guid, InterfaceType, Result, Server, WideStr, buffer};

/// An owner of interfaces: a [`Server`], or a stored configuration.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait InterfaceOwner: Owner + GetInfo + CustomInfo {}

/// The function by which an owner of interfaces reads one of them.
pub(crate) trait GetInfo: Owner + Sized {
    /// The name of the function.
    const GET_INFO: &'static str;

    /// Reads an interface at the level of `R`, and looks at the answer.
    fn read<R: InterfaceRecord, T>(
        interface: &InterfaceHandle<'_, Self>,
        look: impl FnOnce(Interface<'_, R, Self>) -> Result<T>,
    ) -> Result<T>;

    /// Returns `true` if the error of [`read`](GetInfo::read) may mean that the owner, or the type of the interface, does not
    /// have the level.
    fn lacks_level(error: &Error) -> bool;
}

/// The functions by which an owner of interfaces reads and writes their IKEv2 settings.
pub(crate) trait CustomInfo: Owner {
    /// The function of [`custom_info`](CustomInfo::custom_info).
    const GET_CUSTOM: &'static str;
    /// The function of [`set_custom_info`](CustomInfo::set_custom_info).
    const SET_CUSTOM: &'static str;

    /// # Safety
    /// `interface` must be one of the owner's, and of a configuration one that was not taken out. The record must have
    /// room for the revision that its header says.
    unsafe fn custom_info(
        &self,
        interface: sys::HANDLE,
        record: &mut MPR_IF_CUSTOMINFOEX2,
    ) -> std::result::Result<u32, sys::MissingFunction>;

    /// # Safety
    /// As for [`custom_info`](CustomInfo::custom_info); and the record and all it points to are sound.
    unsafe fn set_custom_info(&self, interface: sys::HANDLE, record: &mut MPR_IF_CUSTOMINFOEX2)
    -> Result<()>;
}

impl InterfaceOwner for Server {}

impl GetInfo for Server {
    const GET_INFO: &'static str = "MprAdminInterfaceGetInfo";

    #[inline]
    fn read<R: InterfaceRecord, T>(
        interface: &InterfaceHandle<'_>,
        look: impl FnOnce(Interface<'_, R>) -> Result<T>,
    ) -> Result<T> {
        look(interface.info_at::<R>()?.get())
    }

    #[inline]
    fn lacks_level(error: &Error) -> bool {
        error.is_unsupported()
    }
}

/// More than any EAP method's settings: a guard against a size that is none.
const MOST_EAP_DATA: usize = 1 << 20;

/// An interface, at one level of information. It has the methods that its level supports.
///
/// It borrows the API's own record; nothing is copied. `O` is the owner of the interface: a [`Server`], or a stored
/// configuration.
#[doc(alias("MPR_INTERFACE_0", "MPR_INTERFACE_1", "MPR_INTERFACE_2", "MPR_INTERFACE_3"))]
pub struct Interface<'l, R = MPR_INTERFACE_0, O = Server> {
    pub(super) owner: &'l O,
    record: &'l R,
}

impl<R, O> Clone for Interface<'_, R, O> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, O> Copy for Interface<'_, R, O> {}

impl<'l, R, O> Interface<'l, R, O> {
    #[inline]
    pub(crate) fn new(owner: &'l O, record: &'l R) -> Interface<'l, R, O> {
        Interface { owner, record }
    }

    /// Returns the raw record.
    #[inline]
    pub fn as_raw(&self) -> &'l R {
        self.record
    }
}

/// A record of an interface. Its type selects the level of information.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait InterfaceRecord:
    for<'l> Record<Owner = Server, View<'l> = Interface<'l, Self>> + Level + HasState
{
}

records! {
    Interface, InterfaceRecord:
    MPR_INTERFACE_0 = 0;
    MPR_INTERFACE_1 = 1;
    MPR_INTERFACE_2 = 2, wiped by wipe;
    MPR_INTERFACE_3 = 3, wiped by wipe;
}

fields! {
    /// Every record of an interface.
    pub(super) HasState {
        hInterface: HANDLE, fEnabled: BOOL, dwIfType: ROUTER_INTERFACE_TYPE,
        dwConnectionState: ROUTER_CONNECTION_STATE, fUnReachabilityReasons: DWORD, dwLastError: DWORD;
        wszInterfaceName: [u16; 257]
    }
    of MPR_INTERFACE_0 MPR_INTERFACE_1 MPR_INTERFACE_2 MPR_INTERFACE_3
}

impl<'l, R: InterfaceRecord, O> Interface<'l, R, O> {
    /// Returns the interface's name: of a network adapter its GUID in braces, of a demand-dial interface the
    /// name that it was given.
    #[inline]
    pub fn name(&self) -> &'l WideStr {
        WideStr::from_array(self.record.wszInterfaceName())
    }

    /// Returns `true` if the interface is enabled.
    #[inline]
    pub fn is_enabled(&self) -> bool {
        self.record.fEnabled() != 0
    }

    /// Returns the type of the interface.
    #[inline]
    pub fn interface_type(&self) -> InterfaceType {
        self.record.dwIfType().into()
    }

    /// Returns the connection state of the interface.
    #[inline]
    pub fn connection_state(&self) -> ConnectionState {
        self.record.dwConnectionState().into()
    }

    /// Returns why the interface cannot be connected. The reasons count only in the state
    /// [`ConnectionState::Unreachable`].
    #[inline]
    pub fn unreachability_reasons(&self) -> UnreachabilityReasons {
        UnreachabilityReasons::from_bits_retain(self.record.fUnReachabilityReasons())
    }

    /// Returns why the last attempt to connect failed, if it did.
    #[inline]
    pub fn last_error(&self) -> Option<Error> {
        let code = self.record.dwLastError();
        (code != sys::NO_ERROR).then(|| Error::new("MprAdminInterfaceConnect", code))
    }
}

impl<R: InterfaceRecord, O> fmt::Debug for Interface<'_, R, O> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interface")
            .field("name", &self.name())
            .field("interface_type", &self.interface_type())
            .field("is_enabled", &self.is_enabled())
            .field("connection_state", &self.connection_state())
            .finish_non_exhaustive()
    }
}

impl<R: InterfaceRecord, O: InterfaceOwner> Interface<'_, R, O> {
    #[inline]
    fn settings(&self, dialout_hours: Option<WideStrings<'_>>) -> InterfaceSettings {
        let mut name = *self.record.wszInterfaceName();
        let length = self.name().len().min(name.len() - 1);
        name[length..].fill(0);
        InterfaceSettings::read(name, self.is_enabled(), self.interface_type(), dialout_hours)
    }
}

impl<O: InterfaceOwner> Interface<'_, MPR_INTERFACE_0, O> {
    /// Returns the settings of the interface, to change them and write them back, or to make another interface of them.
    ///
    /// # Errors
    /// Never at this level.
    #[inline]
    pub fn to_settings(&self) -> Result<InterfaceSettings> {
        Ok(self.settings(None))
    }
}

impl<'l, O: InterfaceOwner> Interface<'l, MPR_INTERFACE_1, O> {
    /// Returns the settings of the interface, to change them and write them back, or to make another interface of them.
    ///
    /// # Errors
    /// As [`dialout_hours`](Interface::dialout_hours).
    #[inline]
    pub fn to_settings(&self) -> Result<InterfaceSettings> {
        Ok(self.settings(Some(self.dialout_hours()?)))
    }

    /// Returns when the interface may dial out; nothing means at any time.
    ///
    /// Each text is one day's: a digit from 0 for Sunday to 6 for Saturday, then ranges of time, each after a
    /// space, as in `2 09:00-12:00 13:00-17:30`.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for a list that is misaligned or does not
    /// end.
    #[inline]
    pub fn dialout_hours(&self) -> Result<WideStrings<'l>> {
        // SAFETY: views are made of the API's own records, whose pointers are null or lead into the same buffer,
        // which is borrowed for `'l`.
        unsafe { WideStrings::from_ptr(O::GET_INFO, self.record.lpwsDialoutHoursRestriction) }
    }
}

/// An address of a record, in which 0 is none.
#[inline]
fn address(network_order: u32) -> Option<Ipv4Addr> {
    let address = Ipv4Addr::from(network_order.to_ne_bytes());
    (!address.is_unspecified()).then_some(address)
}

fields! {
    /// Records of an interface that dials.
    pub HasDialling {
        dwfOptions: DWORD, ipaddr: DWORD, ipaddrDns: DWORD, ipaddrDnsAlt: DWORD, ipaddrWins: DWORD,
        ipaddrWinsAlt: DWORD, dwfNetProtocols: DWORD, dwSubEntries: DWORD, dwDialMode: DWORD,
        dwDialExtraPercent: DWORD, dwDialExtraSampleSeconds: DWORD, dwHangUpExtraPercent: DWORD,
        dwHangUpExtraSampleSeconds: DWORD, dwIdleDisconnectSeconds: DWORD, dwType: DWORD,
        dwEncryptionType: DWORD, dwCustomAuthKey: DWORD, dwCustomAuthDataSize: DWORD,
        lpbCustomAuthData: LPBYTE, szAlternates: PWCHAR, guidId: GUID, dwVpnStrategy: DWORD;
        szLocalPhoneNumber: [u16; 129], szDeviceType: [u16; 17], szDeviceName: [u16; 129],
        szX25PadType: [u16; 33], szX25Address: [u16; 201], szX25Facilities: [u16; 201],
        szX25UserData: [u16; 201]
    }
    of MPR_INTERFACE_2 MPR_INTERFACE_3
}

/// Overwrites the EAP data of a record, which may be secret, before its buffer goes back.
///
/// # Safety
/// As for [`Record::wipe`](crate::Record::wipe).
#[inline]
unsafe fn wipe<R: HasDialling>(record: &R) {
    // A larger size is not believed, and nobody has read so much.
    if record.dwCustomAuthDataSize() as usize <= MOST_EAP_DATA {
        // SAFETY: passed on to the caller; what a record points to is in its buffer.
        unsafe { buffer::wipe(record.lpbCustomAuthData(), record.dwCustomAuthDataSize()) };
    }
}

/// The settings of an interface that dials: levels 2 and 3 ([`MPR_INTERFACE_2`], [`MPR_INTERFACE_3`]).
impl<'l, R: HasDialling, O: InterfaceOwner> Interface<'l, R, O> {
    /// Returns how the interface connects.
    #[inline]
    pub fn options(&self) -> DialOptions {
        DialOptions::from_bits_retain(self.record.dwfOptions())
    }

    /// Returns the destination that the interface dials: a host name, an address or a telephone number.
    #[inline]
    pub fn destination(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szLocalPhoneNumber())
    }

    /// Lists the destinations that it dials, in this order, if the first fails.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for a list that is misaligned
    /// or does not end.
    #[inline]
    pub fn alternates(&self) -> Result<WideStrings<'l>> {
        // SAFETY: views are made of the API's own records, whose pointers are null or lead into the
        // same buffer, which is borrowed for `'l`.
        unsafe { WideStrings::from_ptr(O::GET_INFO, self.record.szAlternates()) }
    }

    /// Returns the IPv4 address that the interface asks for, if it asks for one.
    #[inline]
    pub fn address(&self) -> Option<Ipv4Addr> {
        address(self.record.ipaddr()).filter(|_| self.options().contains(DialOptions::SPECIFIC_ADDRESS))
    }

    /// Lists the DNS servers of its own that the interface has.
    #[inline]
    pub fn dns_servers(&self) -> impl Iterator<Item = Ipv4Addr> + use<'l, R, O> {
        self.name_servers([self.record.ipaddrDns(), self.record.ipaddrDnsAlt()])
    }

    /// Lists the WINS servers of its own that the interface has.
    #[inline]
    pub fn wins_servers(&self) -> impl Iterator<Item = Ipv4Addr> + use<'l, R, O> {
        self.name_servers([self.record.ipaddrWins(), self.record.ipaddrWinsAlt()])
    }

    #[inline]
    fn name_servers(&self, servers: [u32; 2]) -> impl Iterator<Item = Ipv4Addr> + use<'l, R, O> {
        let specific = self.options().contains(DialOptions::SPECIFIC_NAME_SERVERS);
        servers.into_iter().filter_map(address).filter(move |_| specific)
    }

    /// Returns the network protocols that the interface negotiates.
    #[inline]
    pub fn network_protocols(&self) -> NetworkProtocols {
        NetworkProtocols::from_bits_retain(self.record.dwfNetProtocols())
    }

    /// Returns the type of the device that dials, such as `vpn`.
    #[inline]
    pub fn device_type(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szDeviceType())
    }

    /// Returns the device that dials, such as `WAN Miniport (IKEv2)`.
    #[inline]
    pub fn device_name(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szDeviceName())
    }

    /// Returns the X.25 PAD type, if the interface dials through a PAD.
    #[inline]
    pub fn x25_pad_type(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szX25PadType())
    }

    /// Returns the X.25 address, if the interface dials through X.25.
    #[inline]
    pub fn x25_address(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szX25Address())
    }

    /// Returns the facilities to ask of an X.25 host.
    #[inline]
    pub fn x25_facilities(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szX25Facilities())
    }

    /// Returns further data for an X.25 host.
    #[inline]
    pub fn x25_user_data(&self) -> &'l WideStr {
        WideStr::from_array(self.record.szX25UserData())
    }

    /// Returns the number of links of a multilink interface; see
    /// [`InterfaceHandle::device`](crate::InterfaceHandle::device).
    #[inline]
    pub fn sub_entries(&self) -> u32 {
        self.record.dwSubEntries()
    }

    /// Returns the links that are dialled.
    #[inline]
    pub fn dial_mode(&self) -> DialMode {
        self.record.dwDialMode().into()
    }

    /// Returns when another link is dialled and when one is hung up, where links are dialled as needed.
    #[inline]
    pub fn bandwidth(&self) -> Bandwidth {
        let record = self.record;
        Bandwidth {
            dial_extra_percent: record.dwDialExtraPercent(),
            dial_extra_sample: Duration::from_secs(record.dwDialExtraSampleSeconds().into()),
            hang_up_extra_percent: record.dwHangUpExtraPercent(),
            hang_up_extra_sample: Duration::from_secs(record.dwHangUpExtraSampleSeconds().into()),
        }
    }

    /// Returns when an idle connection ends.
    #[inline]
    pub fn idle_disconnect(&self) -> IdleDisconnect {
        self.record.dwIdleDisconnectSeconds().into()
    }

    /// Returns the type of the phone-book entry: a telephone line, a tunnel, a port.
    #[inline]
    pub fn entry_type(&self) -> EntryType {
        self.record.dwType().into()
    }

    /// Returns the encryption of the interface's traffic.
    #[inline]
    pub fn encryption(&self) -> DialEncryption {
        self.record.dwEncryptionType().into()
    }

    /// Returns the EAP method that the interface authenticates with, if any; see
    /// [`eap_data`](Interface::eap_data).
    #[inline]
    pub fn eap_method(&self) -> Option<EapMethod> {
        (self.record.dwCustomAuthKey() != 0).then_some(EapMethod(self.record.dwCustomAuthKey()))
    }

    /// Returns the settings of its EAP method, which that method gives a meaning to. They may hold a secret, and
    /// are overwritten before the record goes back to the library.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) where a size is announced and
    /// there is nothing, or where it is more than a mebibyte.
    #[inline]
    pub fn eap_data(&self) -> Result<&'l [u8]> {
        let size = self.record.dwCustomAuthDataSize() as usize;
        let data = self.record.lpbCustomAuthData();
        if size == 0 {
            return Ok(&[]);
        }
        if data.is_null() {
            return Err(Error::answer(O::GET_INFO, "the pointer to the EAP data is null"));
        }
        if size > MOST_EAP_DATA {
            return Err(Error::answer(O::GET_INFO, "the size of the EAP data is more than a mebibyte"));
        }
        // SAFETY: views are made of the API's own records, whose pointers lead into the same buffer,
        // which is borrowed for `'l`.
        Ok(unsafe { slice::from_raw_parts(data, size) })
    }

    /// Returns the GUID of the interface's entry in the phone book.
    #[inline]
    pub fn guid(&self) -> Guid {
        self.record.guidId().into()
    }

    /// Returns the tunnel protocols that a VPN tries.
    #[inline]
    pub fn vpn_strategy(&self) -> VpnStrategy {
        self.record.dwVpnStrategy().into()
    }
}

impl<O: InterfaceOwner> Interface<'_, MPR_INTERFACE_2, O> {
    /// Returns the settings of the interface, to change them and write them back, or to make another interface of them.
    /// Those for IPv6 are not among them: [`demand_dial_settings`](InterfaceHandle::demand_dial_settings) reads them where
    /// the server has them.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for invalid pointers in the record.
    #[inline]
    pub fn to_settings(&self) -> Result<DemandDial> {
        Ok(DemandDial::from_level_2(self.record, self.alternates()?, self.eap_data()?))
    }
}

impl<O: InterfaceOwner> Interface<'_, MPR_INTERFACE_3, O> {
    /// Returns the settings of the interface, to change them and write them back, or to make another interface of them.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for invalid pointers in the record.
    #[inline]
    pub fn to_settings(&self) -> Result<DemandDial> {
        Ok(DemandDial::from_level_3(self.record, self.alternates()?, self.eap_data()?))
    }

    /// Lists the IPv6 DNS servers of its own that the interface has.
    #[inline]
    pub fn ipv6_dns_servers(&self) -> impl Iterator<Item = Ipv6Addr> + use<O> {
        [&self.record.ipv6addrDns, &self.record.ipv6addrDnsAlt]
            .map(|server| {
                // SAFETY: any bits make sixteen bytes.
                Ipv6Addr::from(unsafe { server.u.Byte })
            })
            .into_iter()
            .filter(|server| !server.is_unspecified())
    }
}
