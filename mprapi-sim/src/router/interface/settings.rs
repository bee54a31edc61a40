//! The settings of an interface, which the running router has and which can be stored.

use mprapi_sys as sys;

use super::custom::Custom;
use super::entry::{Device, Entry};
use crate::error_code::{Code, ERROR_NO_SUCH_INTERFACE};
use crate::guid::Guid;
use crate::router::handle::Handle;
use crate::router::info_block;
use crate::router::transport::known_protocol;
use crate::scenario::{self, Tunnel};
use crate::wide;

/// An interface as an administrator describes it.
#[derive(Clone)]
pub(crate) struct Settings {
    /// The name that the API calls it by: a local network's interface by its GUID, others as people do.
    pub(crate) name: String,
    /// The name that people call it by.
    pub(crate) friendly_name: String,
    pub(crate) guid: Guid,
    pub(crate) kind: sys::ROUTER_INTERFACE_TYPE,
    pub(crate) enabled: bool,
    /// The hours at which it may dial out, as texts one after the other; empty if it always may.
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

/// The way in which a caller names a transport of an interface.
#[derive(Clone, Copy)]
pub(crate) enum TransportKey {
    /// The running router: by its number.
    Id(u32),
    /// The stored configuration: by its handle.
    Handle(Handle),
}

/// Returns the name of a transport that was given none.
pub(crate) fn default_name(id: u32) -> String {
    match id {
        sys::PID_IP => "IP".to_owned(),
        sys::PID_IPX => "IPX".to_owned(),
        id => id.to_string(),
    }
}

impl Settings {
    /// Returns the settings of an interface that is enabled and has nothing else.
    fn bare(name: String, kind: sys::ROUTER_INTERFACE_TYPE) -> Settings {
        Settings {
            guid: Guid::of_name(&name),
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

    pub(crate) fn new(described: &scenario::Interface) -> Settings {
        let mut settings = Settings::bare(described.name.clone(), described.kind.code());
        settings.name = described.api_name();
        settings.enabled = !described.disabled;
        settings.address = described.address;
        if !described.hours.is_empty() {
            let texts = described.hours.iter().flat_map(|text| wide::terminated(text));
            settings.hours = texts.chain([0]).collect();
        }
        settings.transports = vec![IfTransport::new(sys::PID_IP, info_block::empty())];
        settings.with_entry(described.tunnel, &described.phone_number)
    }

    /// Returns the settings of a new interface; a demand-dial interface has an entry that dials no number through
    /// IKEv2.
    pub(crate) fn of_kind(name: String, kind: sys::ROUTER_INTERFACE_TYPE) -> Settings {
        Settings::bare(name, kind).with_entry(Tunnel::Ikev2, "")
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
        Guid::in_name(&self.name) == Some(self.guid)
    }

    /// Returns `true` if the API or people call the interface so.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        wide::same_name(&self.friendly_name, name) || wide::same_name(&self.name, name)
    }

    pub(crate) fn is_demand_dial(&self) -> bool {
        matches!(self.kind, sys::ROUTER_IF_TYPE_FULL_ROUTER | sys::ROUTER_IF_TYPE_HOME_ROUTER)
    }

    /// Finds the transport of this number, or adds one.
    pub(crate) fn transport_or_new(&mut self, id: u32) -> &mut IfTransport {
        let known = self.transports.iter().position(|transport| transport.id == id);
        let place = known.unwrap_or_else(|| {
            self.transports.push(IfTransport::new(id, info_block::empty()));
            self.transports.len() - 1
        });
        &mut self.transports[place]
    }

    pub(crate) fn transport(&self, id: u32) -> Option<&IfTransport> {
        self.transports.iter().find(|transport| transport.id == id)
    }

    /// Returns the position of a transport among those of the interface.
    ///
    /// # Errors
    /// `ERROR_UNKNOWN_PROTOCOL_ID` for a number that is not a transport's, `ERROR_NO_SUCH_INTERFACE` for a transport
    /// that the interface does not have.
    pub(crate) fn position(&self, key: TransportKey) -> Result<usize, Code> {
        if let TransportKey::Id(id) = key {
            known_protocol(id)?;
        }
        let is_named = |transport: &IfTransport| match key {
            TransportKey::Id(id) => transport.id == id,
            TransportKey::Handle(handle) => transport.handle == handle,
        };
        self.transports.iter().position(is_named).ok_or(ERROR_NO_SUCH_INTERFACE)
    }
}
