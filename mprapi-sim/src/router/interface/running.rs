//! Interfaces of the running router.

use std::sync::Arc;
use std::time::Duration;

use mprapi_sys as sys;

use super::credentials::Credentials;
use super::settings::Settings;
use crate::error_code::PENDING;
use crate::router::event::Event;
use crate::router::handle::Handle;
use crate::router::traffic::{Meter, Traffic};
use crate::scenario::{self, Tunnel, hours};

/// An interface of the running router.
pub(crate) struct Interface {
    /// Shared with what is stored, until one of them changes.
    pub(crate) settings: Arc<Settings>,
    /// An attempt to dial is under way.
    pub(crate) is_connecting: bool,
    /// Why it cannot be reached, but for what the settings say.
    pub(crate) reasons: u32,
    pub(crate) last_error: u32,
    /// The connection that runs over it.
    pub(crate) connection: Option<Handle>,
    /// The traffic of a local network's interface.
    pub(crate) meter: Meter,
    pub(crate) dialling: Option<Box<Dialling>>,
}

/// The dialling of a demand-dial interface.
pub(crate) struct Dialling {
    pub(crate) tunnel: Tunnel,
    /// The outcome of an attempt: 0, or an error.
    pub(crate) outcome: u32,
    pub(crate) takes: Duration,
    pub(crate) has_devices: bool,
    /// `true` if the interface dials again by itself once it is reachable again.
    pub(crate) is_persistent: bool,
    /// The number of attempts that have failed since the last success.
    pub(crate) failures: u32,
    pub(crate) rate: Traffic,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) eap: Vec<u8>,
    pub(crate) key: Vec<u8>,
    /// The events of those who wait for the end of the attempt under way.
    pub(crate) waiting: Vec<Event>,
    /// The outcome of the last update of routes for a protocol; `None` while it goes on.
    pub(crate) updates: Vec<(u32, Option<u32>, Vec<Event>)>,
}

impl Default for Dialling {
    fn default() -> Dialling {
        Dialling {
            tunnel: Tunnel::Ikev2,
            outcome: 0,
            takes: Duration::ZERO,
            has_devices: true,
            is_persistent: false,
            failures: 0,
            rate: Traffic::default(),
            credentials: None,
            eap: Vec::new(),
            key: Vec::new(),
            waiting: Vec::new(),
            updates: Vec::new(),
        }
    }
}

impl Dialling {
    /// Gives an attempt up. Returns the events of those who waited for its end.
    pub(crate) fn give_up(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.waiting)
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
                is_persistent: described.persistent,
                rate,
                credentials: described.credentials.as_ref().map(Credentials::new),
                ..Dialling::default()
            };
        }
        if described.without_devices {
            interface.reasons |= sys::MPR_INTERFACE_NO_DEVICE;
        }
        interface
    }

    /// Returns the interface that a dialled-in client is.
    pub(crate) fn of_client(name: String) -> Interface {
        Interface::of_settings(Arc::new(Settings::of_client(name)))
    }

    pub(crate) fn of_settings(settings: Arc<Settings>) -> Interface {
        let is_demand_dial = settings.is_demand_dial();
        Interface {
            settings,
            is_connecting: false,
            reasons: 0,
            last_error: 0,
            connection: None,
            meter: Meter::default(),
            dialling: is_demand_dial.then(Box::default),
        }
    }

    /// Returns the settings, to be changed.
    pub(crate) fn settings_mut(&mut self) -> &mut Settings {
        Arc::make_mut(&mut self.settings)
    }

    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    pub(crate) fn kind(&self) -> sys::ROUTER_INTERFACE_TYPE {
        self.settings.kind
    }

    /// A local interface is connected as long as it is enabled.
    pub(crate) fn state(&self, now: Duration) -> sys::ROUTER_CONNECTION_STATE {
        if self.is_up() {
            sys::ROUTER_IF_STATE_CONNECTED
        } else if self.is_connecting {
            sys::ROUTER_IF_STATE_CONNECTING
        } else if self.reasons(now) != 0 {
            sys::ROUTER_IF_STATE_UNREACHABLE
        } else {
            sys::ROUTER_IF_STATE_DISCONNECTED
        }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.connection.is_some() || (self.dialling.is_none() && self.settings.enabled)
    }

    /// Returns `true` if an attempt to dial is under way.
    pub(crate) fn is_connecting(&self) -> bool {
        self.is_connecting
    }

    /// Returns the reasons why it cannot be reached; 0 if it can.
    pub(crate) fn reasons(&self, now: Duration) -> u32 {
        if self.is_up() {
            0
        } else if !self.settings.enabled {
            sys::MPR_INTERFACE_ADMIN_DISABLED
        } else if self.may_dial(now) {
            self.reasons
        } else {
            self.reasons | sys::MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION
        }
    }

    /// Returns `true` at the hours in which it may dial out.
    pub(crate) fn may_dial(&self, now: Duration) -> bool {
        hours::allow(&self.settings.hours, now)
    }

    pub(crate) fn come_up(&mut self, connection: Handle) {
        self.connection = Some(connection);
        self.is_connecting = false;
        self.become_reachable();
        self.last_error = 0;
        if let Some(dialling) = &mut self.dialling {
            dialling.failures = 0;
        }
    }

    /// Notes that the connection or the attempt has ended. Returns `true` if the interface goes with it.
    pub(crate) fn go_down(&mut self) -> bool {
        self.connection = None;
        self.is_connecting = false;
        self.kind() == sys::ROUTER_IF_TYPE_CLIENT
    }

    /// Returns the outcome of the last update of routes for a protocol: [`PENDING`] while it goes on, 0 before the
    /// first one.
    pub(crate) fn update_result(&self, protocol: u32) -> u32 {
        let mut updates = self.dialling.iter().flat_map(|dialling| &dialling.updates);
        updates.find(|update| update.0 == protocol).map_or(0, |update| update.1.unwrap_or(PENDING))
    }

    pub(crate) fn begin_dialling(&mut self) {
        self.is_connecting = true;
    }

    /// Notes that an attempt has failed. Returns for how long the interface cannot be reached.
    pub(crate) fn fail(&mut self, reason: u32, error: u32) -> Duration {
        self.is_connecting = false;
        self.reasons |= reason;
        self.last_error = error;
        let failures = self.dialling.as_mut().map_or(0, |dialling| {
            dialling.failures = dialling.failures.saturating_add(1);
            dialling.failures - 1
        });
        // Six hours are less than ten minutes doubled six times.
        (SHORTEST_WAIT * 2_u32.pow(failures.min(6))).min(LONGEST_WAIT)
    }

    /// Forgets what failed before.
    pub(crate) fn become_reachable(&mut self) {
        self.reasons &= !(sys::MPR_INTERFACE_CONNECTION_FAILURE | sys::MPR_INTERFACE_OUT_OF_RESOURCES);
    }

    /// Takes over how the interface of this name dialled before the service started anew; what failed then is
    /// forgotten.
    pub(crate) fn take_over(&mut self, before: &mut Interface) {
        self.dialling = before.dialling.take().filter(|_| self.settings.is_demand_dial());
        self.meter = before.meter;
        if let Some(dialling) = &mut self.dialling {
            dialling.failures = 0;
            if !dialling.has_devices {
                self.reasons |= sys::MPR_INTERFACE_NO_DEVICE;
            }
        }
    }
}

/// The time for which an interface cannot be reached after a failed attempt, and after many in a row. After each it is
/// twice as long as before.
const SHORTEST_WAIT: Duration = Duration::from_secs(10 * 60);
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 60 * 60);
