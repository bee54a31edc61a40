//! All that is known of a port.

use mprapi::{HardwareCondition, Server};

use super::{Found, PortRow};
use crate::failure::Failure;
use crate::output::{bytes, row};

row! {
    /// The details of a port.
    pub(crate) struct PortDetails: "port_details" {
        #[serde(flatten)]
        port: PortRow => ..PortRow,
        /// `true` if the hardware works.
        works: Option<bool> => Always "Hardware works",
        /// The speed of the line, in bits per second.
        line_speed: Option<u32> => Always "Line speed (bit/s)",
        /// Bytes received. The counter has 32 bits and wraps at 2³².
        bytes_in: Option<u64> => Always "In" as bytes,
        /// Bytes sent. The counter has 32 bits and wraps at 2³².
        bytes_out: Option<u64> => Always "Out" as bytes,
        /// Frames received.
        frames_in: Option<u64> => Always "Frames in",
        /// Frames sent.
        frames_out: Option<u64> => Always "Frames out",
        /// Errors of all kinds.
        errors: Option<u64> => Always "Errors",
    }
}

/// Reads the details of a port that the list does not have. For a port that is gone by now, returns the list's data only.
pub(super) fn details(server: &Server, (id, port): Found) -> Result<PortDetails, Failure> {
    let nothing = PortDetails {
        port,
        works: None,
        line_speed: None,
        bytes_in: None,
        bytes_out: None,
        frames_in: None,
        frames_out: None,
        errors: None,
    };
    let info = match server.port(id)?.details() {
        Ok(info) => info,
        Err(error) if error.is_gone() => return Ok(nothing),
        Err(error) => return Err(error.into()),
    };
    let info = info.get();
    let statistics = info.statistics();
    Ok(PortDetails {
        works: Some(info.hardware_condition() == HardwareCondition::Operational),
        line_speed: Some(info.line_speed()),
        bytes_in: Some(statistics.bytes_received),
        bytes_out: Some(statistics.bytes_sent),
        frames_in: Some(statistics.frames_received.into()),
        frames_out: Some(statistics.frames_sent.into()),
        errors: Some(statistics.errors()),
        ..nothing
    })
}
