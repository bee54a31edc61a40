//! All that is known of a port.

use mprapi::sys::RAS_PORT_1;
use mprapi::{HardwareCondition, Server};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Found, PortRow};
use crate::failure::Failure;
use crate::output::{Column, Place, Row, Value};

/// A port, with all that is known of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct PortDetails {
    #[serde(flatten)]
    port: PortRow,
    /// Whether its hardware works.
    works: Option<bool>,
    /// The speed of its line, in bits per second.
    line_speed: Option<u32>,
    /// Bytes that came in. The counter has 32 bits and starts again after 4,294,967,295.
    bytes_in: Option<u64>,
    /// Bytes that went out. The counter has 32 bits and starts again after 4,294,967,295.
    bytes_out: Option<u64>,
    /// Frames that came in.
    frames_in: Option<u64>,
    /// Frames that went out.
    frames_out: Option<u64>,
    /// Errors of all kinds.
    errors: Option<u64>,
}

/// The N-th column of a port.
const fn of_port<const N: usize>() -> Column<PortDetails> {
    let Column { name, title, place, .. } = PortRow::COLUMNS[N];
    Column::new(name, title, place, |row| (PortRow::COLUMNS[N].value)(&row.port))
}

impl Row for PortDetails {
    const KIND: &'static str = "port_details";
    const COLUMNS: &'static [Column<PortDetails>] = &[
        of_port::<0>(),
        of_port::<1>(),
        of_port::<2>(),
        of_port::<3>(),
        of_port::<4>(),
        of_port::<5>(),
        of_port::<6>(),
        of_port::<7>(),
        of_port::<8>(),
        of_port::<9>(),
        of_port::<10>(),
        Column::new("works", "Hardware works", Place::Always, |row| Value::maybe(row.works, Value::Yes)),
        Column::new("line_speed", "Line speed (bit/s)", Place::Always, |row| {
            Value::maybe(row.line_speed, |speed| Value::Count(speed.into()))
        }),
        Column::new("bytes_in", "In", Place::Always, |row| Value::maybe(row.bytes_in, Value::Bytes)),
        Column::new("bytes_out", "Out", Place::Always, |row| Value::maybe(row.bytes_out, Value::Bytes)),
        Column::new("frames_in", "Frames in", Place::Always, |row| Value::maybe(row.frames_in, Value::Count)),
        Column::new("frames_out", "Frames out", Place::Always, |row| {
            Value::maybe(row.frames_out, Value::Count)
        }),
        Column::new("errors", "Errors", Place::Always, |row| Value::maybe(row.errors, Value::Count)),
    ];

    fn set_server(&mut self, server: &str) {
        self.port.set_server(server);
    }
}

/// Asks for what the list does not have of a port; of one that has just been taken away there is no more.
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
    let info = match server.port(id)?.info_at::<RAS_PORT_1>() {
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
        errors: Some(crate::commands::session::errors(&statistics)),
        ..nothing
    })
}
