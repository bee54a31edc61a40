//! The settings of a router's tunnels.

use super::State;
use crate::error_code::{Code, ERROR_SUCCESS_REBOOT_REQUIRED};
use crate::router::range;
use crate::router::tunnel::Change;

impl State {
    /// Checks that the running service can have these ports.
    ///
    /// # Errors
    /// `ERROR_SUCCESS_REBOOT_REQUIRED` for more ports than it was started for.
    fn check_limit(&self, changes: &[Change]) -> Result<(), Code> {
        let is_beyond = |change: &Change| change.line.ports > self.most_ports;
        if changes.iter().any(is_beyond) { Err(ERROR_SUCCESS_REBOOT_REQUIRED) } else { Ok(()) }
    }

    /// Changes the settings of the router, and what is stored of them. A change that needs a restart is not made.
    ///
    /// # Errors
    /// As [`range::check_changes`]; `ERROR_SUCCESS_REBOOT_REQUIRED` for more ports than the service was started for.
    /// Then nothing was changed.
    pub(crate) fn set_tunnels(&mut self, changes: &[Change]) -> Result<(), Code> {
        range::check_changes(changes)?;
        self.check_limit(changes)?;
        self.tunnels.apply(changes);
        self.stored.tunnels.apply(changes);
        for change in changes {
            self.set_port_count(change.tunnel, change.line.ports);
        }
        Ok(())
    }

    /// Changes the stored settings. A change that needs a restart is made, and the answer says so.
    ///
    /// # Errors
    /// As [`range::check_changes`], and then nothing was changed; `ERROR_SUCCESS_REBOOT_REQUIRED` for more ports than
    /// the service was started for.
    pub(crate) fn store_tunnels(&mut self, changes: &[Change]) -> Result<(), Code> {
        range::check_changes(changes)?;
        self.stored.tunnels.apply(changes);
        self.check_limit(changes)
    }
}
