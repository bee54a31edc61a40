//! The transports of a router.

use mprapi_sys as sys;

use super::info_block;
use crate::error_code::{Code, ERROR_UNKNOWN_PROTOCOL_ID};
use crate::scenario;

/// A transport with its global settings.
#[derive(Clone)]
pub(crate) struct Transport {
    pub(crate) id: u32,
    pub(crate) global: Vec<u8>,
    /// The default settings of client interfaces.
    pub(crate) client: Vec<u8>,
}

impl Transport {
    pub(crate) fn new(described: &scenario::Transport) -> Transport {
        Transport::of_id(described.code())
    }

    /// Returns the transport of a number, without settings.
    pub(crate) fn of_id(id: u32) -> Transport {
        Transport { id, global: info_block::empty(), client: info_block::empty() }
    }
}

/// Checks that a number is a transport's.
///
/// # Errors
/// `ERROR_UNKNOWN_PROTOCOL_ID` for what is no transport's number.
pub(crate) fn known_protocol(id: u32) -> Result<(), Code> {
    match id {
        sys::PID_IP | sys::PID_IPV6 | sys::PID_IPX | sys::PID_NBF | sys::PID_ATALK => Ok(()),
        _ => Err(ERROR_UNKNOWN_PROTOCOL_ID),
    }
}
