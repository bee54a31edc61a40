//! The settings of a router's tunnels.

use super::State;
use crate::error_code::{Code, ERROR_SUCCESS_REBOOT_REQUIRED};
use crate::router::owner::Owner;
use crate::router::range;
use crate::router::tunnel::{Change, TunnelSettings};

impl State {
    /// Checks that the running service can have these ports.
    ///
    /// # Errors
    /// `ERROR_SUCCESS_REBOOT_REQUIRED` for more ports than it was started for.
    fn check_limit(&self, changes: &[Change]) -> Result<(), Code> {
        let is_beyond = |change: &Change| change.line.ports > self.most_ports;
        if changes.iter().any(is_beyond) { Err(ERROR_SUCCESS_REBOOT_REQUIRED) } else { Ok(()) }
    }

    /// Returns the settings.
    pub(crate) fn tunnels(&self, owner: Owner) -> &TunnelSettings {
        match owner {
            Owner::Running => &self.tunnels,
            Owner::Stored => &self.stored.tunnels,
        }
    }

    /// Changes the settings. Those of the running router are stored too.
    ///
    /// # Errors
    /// As [`range::check_changes`], and then nothing was changed; `ERROR_SUCCESS_REBOOT_REQUIRED` for more ports than
    /// the service was started for, which changes what is stored, but nothing in the running router.
    pub(crate) fn set_tunnels(&mut self, owner: Owner, changes: &[Change]) -> Result<(), Code> {
        range::check_changes(changes)?;
        let limit = self.check_limit(changes);
        if owner == Owner::Running {
            limit?;
            self.tunnels.apply(changes);
            for change in changes {
                self.set_port_count(change.tunnel, change.line.ports);
            }
        }
        self.stored.tunnels.apply(changes);
        limit
    }
}
