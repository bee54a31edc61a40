//! How far Network Access Protection lets a client in.

use std::time::SystemTime;

use mprapi_sys::{self as sys, FILETIME, RAS_CONNECTION_3, RAS_CONNECTION_4, RAS_CONNECTION_EX};

use super::Connection;
use crate::enumeration::enumeration;
use crate::time::system_time;

enumeration! {
    /// How far Network Access Protection lets a client in (`RAS_QUARANTINE_STATE`).
    #[doc(alias("RAS_QUARANTINE_STATE"))]
    QuarantineState: sys::RAS_QUARANTINE_STATE {
        /// All the way.
        Normal = sys::RAS_QUAR_STATE_NORMAL, "normal";
        /// To the network that is for clients in quarantine.
        Quarantine = sys::RAS_QUAR_STATE_QUARANTINE, "quarantine";
        /// All the way, until a time at which it must be out of quarantine or is disconnected.
        Probation = sys::RAS_QUAR_STATE_PROBATION, "probation";
        /// It knows nothing of Network Access Protection.
        NotCapable = sys::RAS_QUAR_STATE_NOT_CAPABLE, "not capable";
    }
}

macro_rules! quarantine {
    ($($record:ident $until:ident;)+) => {
        $(
            impl Connection<'_, $record> {
                /// How far Network Access Protection lets the client in.
                ///
                /// [`ConnectionHandle::remove_quarantine`](crate::ConnectionHandle::remove_quarantine) ends a
                /// quarantine.
                #[inline]
                pub fn quarantine_state(&self) -> QuarantineState {
                    self.record.rasQuarState.into()
                }

                /// When a client on probation is disconnected unless it has come out of quarantine. `None` for
                /// others.
                #[inline]
                pub fn probation_ends(&self) -> Option<SystemTime> {
                    probation_ends(self.quarantine_state(), self.record.$until)
                }
            }
        )+
    };
}

quarantine! {
    RAS_CONNECTION_3 timer;
    RAS_CONNECTION_4 probationTime;
    RAS_CONNECTION_EX probationTime;
}

/// The time means something on probation only.
#[inline]
fn probation_ends(state: QuarantineState, time: FILETIME) -> Option<SystemTime> {
    if state == QuarantineState::Probation { system_time(time) } else { None }
}
