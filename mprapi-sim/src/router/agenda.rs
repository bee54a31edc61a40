//! The agenda: what will happen to a router, and when.

use std::collections::BTreeMap;
use std::time::Duration;

use super::handle::Handle;
use crate::scenario::Session;

/// Pending events by time. The sequence number keeps events of the same time in order.
pub(crate) type Agenda = BTreeMap<(Duration, u64), Due>;

/// Something that happens when its time has come.
pub(crate) enum Due {
    /// A dialling interface's attempt ends.
    Dial(Handle),
    /// An interface whose attempt failed can be reached again.
    Reachable(Handle),
    /// An update of routes over an interface ends.
    Update(Handle, u32),
    /// A user calls.
    Arrive(Box<Session>),
    /// A user hangs up.
    Leave(Handle),
    /// A client's time of probation is over.
    Probation(Handle),
}
