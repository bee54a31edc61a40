//! The state of an interface, and the reasons why it cannot be connected, in words.

use mprapi::{ConnectionState, Interface, UnreachabilityReasons};

use crate::failure::Failure;

/// Returns the state: that of the connection, or `disabled`.
pub(crate) fn state(interface: Interface<'_>) -> String {
    if interface.is_enabled() { interface.connection_state().to_string() } else { "disabled".to_owned() }
}

/// Returns the reasons why the interface cannot be reached; empty unless it is unreachable. That it is disabled is its
/// state.
pub(crate) fn reasons_besides_state(interface: Interface<'_>) -> String {
    if interface.is_enabled() { reasons(interface) } else { String::new() }
}

/// Returns the reasons why the interface cannot be reached; empty unless it is unreachable.
pub(crate) fn reasons(interface: Interface<'_>) -> String {
    let reasons = interface.unreachability_reasons();
    let is_unreachable = interface.connection_state() == ConnectionState::Unreachable;
    if is_unreachable && !reasons.is_empty() { reasons.to_string() } else { String::new() }
}

/// Returns `true` if the interface cannot be reached because it failed to connect.
pub(crate) fn has_failed(interface: Interface<'_>) -> bool {
    let is_unreachable = interface.connection_state() == ConnectionState::Unreachable;
    is_unreachable && interface.unreachability_reasons().contains(UnreachabilityReasons::CONNECTION_FAILURE)
}

/// Returns the error of the last attempt to connect.
pub(crate) fn last_error(interface: Interface<'_>) -> Option<String> {
    interface.last_error().map(|error| Failure::from(error).message)
}
