//! How far Network Access Protection lets a client in.

use std::time::SystemTime;

use mprapi_sys::{self as sys, FILETIME, RAS_CONNECTION_3, RAS_CONNECTION_4, RAS_CONNECTION_EX};

use super::Connection;
use crate::enumeration::enumeration;
use crate::time::system_time;

enumeration! {
    /// The extent to which Network Access Protection lets a client in (`RAS_QUARANTINE_STATE`).
    #[doc(alias("RAS_QUARANTINE_STATE"))]
    QuarantineState: sys::RAS_QUARANTINE_STATE {
        /// All the way.
        Normal = sys::RAS_QUAR_STATE_NORMAL, "normal";
        /// To the network that is for clients in quarantine.
        Quarantine = sys::RAS_QUAR_STATE_QUARANTINE, "quarantine";
        /// All the way, until a time at which it must be out of quarantine or is disconnected.
        Probation = sys::RAS_QUAR_STATE_PROBATION, "probation";
        /// The client does not support Network Access Protection.
        NotCapable = sys::RAS_QUAR_STATE_NOT_CAPABLE, "not capable";
    }
}

/// Records that tell the quarantine's state, and when a probation ends.
pub trait HasQuarantine {
    #[doc(hidden)]
    fn quarantine(&self) -> (sys::RAS_QUARANTINE_STATE, FILETIME);
}

impl HasQuarantine for RAS_CONNECTION_3 {
    #[inline]
    fn quarantine(&self) -> (sys::RAS_QUARANTINE_STATE, FILETIME) {
        (self.rasQuarState, self.timer)
    }
}

impl HasQuarantine for RAS_CONNECTION_4 {
    #[inline]
    fn quarantine(&self) -> (sys::RAS_QUARANTINE_STATE, FILETIME) {
        (self.rasQuarState, self.probationTime)
    }
}

impl HasQuarantine for RAS_CONNECTION_EX {
    #[inline]
    fn quarantine(&self) -> (sys::RAS_QUARANTINE_STATE, FILETIME) {
        (self.rasQuarState, self.probationTime)
    }
}

/// Known from level 3 on ([`RAS_CONNECTION_3`], [`RAS_CONNECTION_4`], [`RAS_CONNECTION_EX`]).
impl<R: HasQuarantine, O> Connection<'_, R, O> {
    /// Returns how far Network Access Protection lets the client in.
    ///
    /// [`ConnectionHandle::remove_quarantine`](crate::ConnectionHandle::remove_quarantine) ends a quarantine.
    #[inline]
    pub fn quarantine_state(&self) -> QuarantineState {
        self.record.quarantine().0.into()
    }

    /// Returns when a client on probation is disconnected unless it has come out of quarantine. `None` for others.
    #[inline]
    pub fn probation_ends(&self) -> Option<SystemTime> {
        let (_, time) = self.record.quarantine();
        // The time means something on probation only.
        if self.quarantine_state() == QuarantineState::Probation { system_time(time) } else { None }
    }
}
