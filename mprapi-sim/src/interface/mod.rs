//! Interfaces: what the router routes between.

pub(crate) mod credentials;
pub(crate) mod custom;
pub(crate) mod device;
pub(crate) mod dial;
mod entry;
pub(crate) mod info;
pub(crate) mod selector;
pub(crate) mod settings;
pub(crate) mod transport;

use std::sync::Arc;
use std::time::Duration;

use mprapi_sys as sys;

use crate::event::Event;
use crate::handle::Handle;
use crate::scenario::{self, Tunnel};
use crate::traffic::{Meter, Traffic};

pub(crate) use credentials::Credentials;
pub(crate) use settings::Settings;

/// An interface of the running router.
pub(crate) struct Interface {
    /// Shared with what is stored, until one of them changes.
    pub(crate) settings: Arc<Settings>,
    state: sys::ROUTER_CONNECTION_STATE,
    reasons: u32,
    pub(crate) last_error: u32,
    /// What runs over it.
    pub(crate) connection: Option<Handle>,
    /// What a local network's interface has carried.
    pub(crate) meter: Meter,
    pub(crate) dialling: Option<Box<Dialling>>,
}

/// What a demand-dial interface has besides.
pub(crate) struct Dialling {
    pub(crate) tunnel: Tunnel,
    /// What an attempt comes to: 0, or an error.
    pub(crate) outcome: u32,
    pub(crate) takes: Duration,
    pub(crate) has_devices: bool,
    pub(crate) rate: Traffic,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) eap: Vec<u8>,
    pub(crate) key: Vec<u8>,
    /// Who waits for the end of the attempt under way.
    waiting: Vec<Event>,
    /// How the last update of routes for a protocol went; `None` while it goes on.
    updates: Vec<(u32, Option<u32>, Vec<Event>)>,
}

impl Default for Dialling {
    fn default() -> Dialling {
        Dialling {
            tunnel: Tunnel::Ikev2,
            outcome: 0,
            takes: Duration::ZERO,
            has_devices: true,
            rate: Traffic::default(),
            credentials: None,
            eap: Vec::new(),
            key: Vec::new(),
            waiting: Vec::new(),
            updates: Vec::new(),
        }
    }
}

impl Interface {
    pub(crate) fn new(described: &scenario::Interface) -> Interface {
        let mut interface = Interface::of_settings(Arc::new(Settings::new(described)));
        let rate = Traffic { received: described.receive_rate, sent: described.send_rate };
        interface.meter = Meter::new(Traffic::default(), rate, Duration::ZERO);
        if let Some(dialling) = &mut interface.dialling {
            **dialling = Dialling {
                tunnel: described.tunnel,
                outcome: described.dial_error,
                takes: described.dial_takes,
                has_devices: !described.without_devices,
                rate,
                credentials: described.credentials.as_ref().map(Credentials::new),
                ..Dialling::default()
            };
        }
        if described.without_devices {
            interface.make_unreachable(sys::MPR_INTERFACE_NO_DEVICE, 0);
        }
        interface
    }

    /// The interface that a dialled-in client is.
    pub(crate) fn of_client(name: String) -> Interface {
        Interface::of_settings(Arc::new(Settings::of_client(name)))
    }

    pub(crate) fn of_settings(settings: Arc<Settings>) -> Interface {
        let is_demand_dial = settings.is_demand_dial();
        let mut interface = Interface {
            settings,
            state: sys::ROUTER_IF_STATE_DISCONNECTED,
            reasons: 0,
            last_error: 0,
            connection: None,
            meter: Meter::default(),
            dialling: is_demand_dial.then(Box::default),
        };
        interface.follow_enabled();
        interface
    }

    /// The settings, to be changed.
    pub(crate) fn settings_mut(&mut self) -> &mut Settings {
        Arc::make_mut(&mut self.settings)
    }

    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    pub(crate) fn kind(&self) -> sys::ROUTER_INTERFACE_TYPE {
        self.settings.kind
    }

    pub(crate) fn state(&self) -> sys::ROUTER_CONNECTION_STATE {
        self.state
    }

    pub(crate) fn reasons(&self) -> u32 {
        self.reasons
    }

    pub(crate) fn come_up(&mut self, connection: Handle) {
        self.connection = Some(connection);
        self.state = sys::ROUTER_IF_STATE_CONNECTED;
        self.reasons = 0;
        self.last_error = 0;
    }

    /// The connection has ended. True when the interface goes with it.
    pub(crate) fn go_down(&mut self) -> bool {
        self.connection = None;
        self.state = sys::ROUTER_IF_STATE_DISCONNECTED;
        self.kind() == sys::ROUTER_IF_TYPE_CLIENT
    }

    pub(crate) fn begin_dialling(&mut self) {
        self.state = sys::ROUTER_IF_STATE_CONNECTING;
    }

    pub(crate) fn make_unreachable(&mut self, reasons: u32, error: u32) {
        self.state = sys::ROUTER_IF_STATE_UNREACHABLE;
        self.reasons = reasons;
        self.last_error = error;
    }

    /// Enabled or not: the state follows. A local interface is connected as long as it is enabled.
    fn follow_enabled(&mut self) {
        if !self.settings.enabled {
            self.make_unreachable(sys::MPR_INTERFACE_ADMIN_DISABLED, self.last_error);
            return;
        }
        self.reasons &= !sys::MPR_INTERFACE_ADMIN_DISABLED;
        if self.connection.is_some() || !self.settings.is_demand_dial() {
            self.state = sys::ROUTER_IF_STATE_CONNECTED;
        } else if self.reasons == 0 && self.state == sys::ROUTER_IF_STATE_UNREACHABLE {
            self.state = sys::ROUTER_IF_STATE_DISCONNECTED;
        }
    }
}
