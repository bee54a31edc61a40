//! The settings of an interface: what the running router has and what can be stored.

use mprapi_sys as sys;

use super::custom::Custom;
pub(crate) use super::entry::{Device, Entry};
use super::guid::{Guid, guid_name, guid_of};
use super::hours;
use crate::code::{Code, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED};
use crate::handle::Handle;
use crate::info_block;
use crate::param::{Out, given_bytes, multi_text};
use crate::range::check_entry;
use crate::scenario::{self, Tunnel, Windows};
use crate::wide;

/// An interface as an administrator describes it.
#[derive(Clone)]
pub(crate) struct Settings {
    /// What the API calls it: a local network's by its GUID, others as people do.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) friendly_name: String,
    pub(crate) guid: sys::GUID,
    pub(crate) kind: sys::ROUTER_INTERFACE_TYPE,
    pub(crate) enabled: bool,
    /// When it may dial out, as texts one after the other; empty when it always may.
    pub(crate) hours: Vec<u16>,
    /// A demand-dial interface's phone-book entry.
    pub(crate) entry: Option<Box<Entry>>,
    pub(crate) transports: Vec<IfTransport>,
    pub(crate) custom: Option<Box<Custom>>,
    /// A local network's address and the length of its prefix.
    pub(crate) address: Option<(std::net::Ipv4Addr, u8)>,
}

/// A transport on an interface.
#[derive(Clone)]
pub(crate) struct IfTransport {
    /// The handle that the stored configuration knows it by.
    pub(crate) handle: Handle,
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) info: Vec<u8>,
}

impl IfTransport {
    pub(crate) fn new(id: u32, info: Vec<u8>) -> IfTransport {
        IfTransport { handle: Handle::next(), id, name: default_name(id), info }
    }
}

/// What a transport is called that was given no name.
pub(crate) fn default_name(id: u32) -> String {
    match id {
        sys::PID_IP => "IP".to_owned(),
        sys::PID_IPX => "IPX".to_owned(),
        id => id.to_string(),
    }
}

impl Settings {
    fn bare(name: String, kind: sys::ROUTER_INTERFACE_TYPE) -> Settings {
        Settings {
            guid: guid_of(&name),
            friendly_name: name.clone(),
            name,
            kind,
            enabled: true,
            hours: Vec::new(),
            entry: None,
            transports: Vec::new(),
            custom: None,
            address: None,
        }
    }

    pub(crate) fn of_client(name: String) -> Settings {
        Settings::bare(name, sys::ROUTER_IF_TYPE_CLIENT)
    }

    /// What the API calls an interface.
    pub(crate) fn name_of(described: &scenario::Interface) -> String {
        match described.kind.code() {
            sys::ROUTER_IF_TYPE_DEDICATED => guid_name(&guid_of(&described.name)),
            _ => described.name.clone(),
        }
    }

    pub(crate) fn new(described: &scenario::Interface) -> Settings {
        let mut settings = Settings::bare(described.name.clone(), described.kind.code());
        settings.name = Settings::name_of(described);
        settings.enabled = !described.disabled;
        settings.address = described.address;
        if !described.hours.is_empty() {
            let texts = described.hours.iter().flat_map(|text| wide::terminated(text));
            settings.hours = texts.chain([0]).collect();
        }
        settings.transports = vec![IfTransport::new(sys::PID_IP, info_block::empty())];
        settings.with_entry(described.tunnel, &described.phone_number)
    }

    /// Gives a demand-dial interface an entry that dials a number through a tunnel.
    fn with_entry(mut self, tunnel: Tunnel, number: &str) -> Settings {
        if self.is_demand_dial() {
            let device = Device {
                kind: tunnel.device_type().to_owned(),
                name: tunnel.device().to_owned(),
                number: number.to_owned(),
                alternates: Vec::new(),
            };
            self.entry = Some(Box::new(Entry {
                dwfOptions: sys::MPRIO_RequireMsEncryptedPw | sys::MPRIO_RequireDataEncryption,
                dwfNetProtocols: sys::MPRNP_Ip,
                dwSubEntries: 1,
                dwDialMode: sys::MPRDM_DialAll,
                dwIdleDisconnectSeconds: sys::MPRIDS_Disabled,
                dwType: if tunnel == Tunnel::Modem { sys::MPRET_Phone } else { sys::MPRET_Vpn },
                dwEncryptionType: sys::MPR_ET_Require,
                dwVpnStrategy: tunnel.vpn_strategy(),
                szLocalPhoneNumber: device.number.clone(),
                szDeviceType: device.kind.clone(),
                szDeviceName: device.name.clone(),
                devices: vec![device],
                ..Entry::default()
            }));
        }
        self
    }

    /// Gives it another name; a local network's is called by its GUID, and what people call it stays.
    pub(crate) fn rename(&mut self, name: String) {
        if !self.has_guid_name() {
            self.friendly_name.clone_from(&name);
        }
        self.name = name;
    }

    /// Returns `true` if the API calls the interface by its GUID.
    pub(crate) fn has_guid_name(&self) -> bool {
        Guid::in_name(&self.name).is_some_and(|guid| guid == Guid::of(&self.guid))
    }

    pub(crate) fn is_demand_dial(&self) -> bool {
        matches!(self.kind, sys::ROUTER_IF_TYPE_FULL_ROUTER | sys::ROUTER_IF_TYPE_HOME_ROUTER)
    }

    pub(crate) fn transport(&self, id: u32) -> Option<&IfTransport> {
        self.transports.iter().find(|transport| transport.id == id)
    }
}

/// A caller's record of an interface: what all levels have, and what the level adds.
pub(crate) struct Given {
    pub(crate) name: String,
    pub(crate) kind: sys::ROUTER_INTERFACE_TYPE,
    pub(crate) enabled: bool,
    hours: Option<Vec<u16>>,
    entry: Option<GivenEntry>,
}

enum GivenEntry {
    Two(Box<sys::MPR_INTERFACE_2>),
    Three(Box<sys::MPR_INTERFACE_3>),
}

impl Given {
    /// Reads the record of a level.
    ///
    /// # Errors
    /// `wrong_level` for a level that is none; `ERROR_INVALID_PARAMETER` for null and for an empty name.
    ///
    /// # Safety
    /// The pointer must be null or that of the level's record, and what the record points to must be readable.
    pub(crate) unsafe fn read(
        level: u32,
        buffer: sys::LPBYTE,
        windows: Windows,
        wrong_level: Code,
    ) -> Result<Given, Code> {
        if level > 3 || (level == 3 && windows < Windows::Server2008) {
            return Err(wrong_level);
        }
        // SAFETY: every level's record begins with that of level 0.
        let zero = unsafe { Out::new(buffer.cast::<sys::MPR_INTERFACE_0>(), ERROR_INVALID_PARAMETER) }?.get();
        let mut given = Given {
            name: wide::given(&zero.wszInterfaceName)?,
            kind: zero.dwIfType,
            enabled: zero.fEnabled != 0,
            hours: None,
            entry: None,
        };
        if given.name.is_empty() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        match level {
            1 => {
                // SAFETY: promised by the caller.
                let one =
                    unsafe { Out::new(buffer.cast::<sys::MPR_INTERFACE_1>(), ERROR_INVALID_PARAMETER) }?;
                // SAFETY: promised by the caller.
                let texts = unsafe { multi_text(one.get().lpwsDialoutHoursRestriction) }?;
                if hours::of_week(&texts).is_none() {
                    return Err(ERROR_INVALID_PARAMETER);
                }
                given.hours = Some(texts);
            }
            2 => {
                // SAFETY: promised by the caller.
                let two =
                    unsafe { Out::new(buffer.cast::<sys::MPR_INTERFACE_2>(), ERROR_INVALID_PARAMETER) }?;
                given.entry = Some(GivenEntry::Two(Box::new(two.get())));
            }
            3 => {
                // SAFETY: promised by the caller.
                let three =
                    unsafe { Out::new(buffer.cast::<sys::MPR_INTERFACE_3>(), ERROR_INVALID_PARAMETER) }?;
                given.entry = Some(GivenEntry::Three(Box::new(three.get())));
            }
            _ => {}
        }
        Ok(given)
    }

    /// A new interface's settings.
    ///
    /// # Safety
    /// As [`Given::read`].
    pub(crate) unsafe fn settings(&self) -> Result<Settings, Code> {
        let mut settings = Settings::bare(self.name.clone(), self.kind).with_entry(Tunnel::Ikev2, "");
        // SAFETY: promised by the caller.
        unsafe { self.apply(&mut settings) }?;
        Ok(settings)
    }

    /// Changes settings as the record says. Its name and kind are those it has to be found by already.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for the entry of an interface that has none.
    ///
    /// # Safety
    /// As [`Given::read`].
    pub(crate) unsafe fn apply(&self, settings: &mut Settings) -> Result<(), Code> {
        if let Some(given) = &self.entry {
            let mut entry = settings.entry.clone().ok_or(ERROR_INVALID_PARAMETER)?;
            let (alternates, data, size) = match given {
                GivenEntry::Two(record) => {
                    entry.take_2(record)?;
                    (record.szAlternates, record.lpbCustomAuthData, record.dwCustomAuthDataSize)
                }
                GivenEntry::Three(record) => {
                    entry.take_3(record)?;
                    (record.szAlternates, record.lpbCustomAuthData, record.dwCustomAuthDataSize)
                }
            };
            // SAFETY: promised by the caller.
            entry.alternates = unsafe { multi_text(alternates) }?;
            // SAFETY: promised by the caller.
            entry.custom_auth = unsafe { given_bytes(data, size) }?;
            entry.dwSubEntries = entry.dwSubEntries.max(1);
            check_entry(&entry)?;
            // Not before all of it is known to be right.
            settings.entry = Some(entry);
        }
        if let Some(hours) = &self.hours {
            settings.hours.clone_from(hours);
        }
        settings.enabled = self.enabled;
        Ok(())
    }
}

/// The code for a level that this interface does not have.
pub(crate) fn wrong_level(level: u32) -> Code {
    if level <= 3 { ERROR_INVALID_LEVEL } else { ERROR_NOT_SUPPORTED }
}
