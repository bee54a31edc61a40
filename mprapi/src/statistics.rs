//! The counters that connections and ports have in common.

use mprapi_sys::{DWORD, RAS_CONNECTION_1, RAS_CONNECTION_4, RAS_CONNECTION_EX, RAS_PORT_1};

use crate::fields::fields;

/// Traffic counters of a connection or port, since it came up or since they were last cleared.
///
/// "Sent" is from the server's side. Most records count in 32 bits, so that a counter starts again after 2³² − 1;
/// [`RAS_CONNECTION_4`](crate::sys::RAS_CONNECTION_4) alone counts bytes in 64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Statistics {
    /// Bytes sent to the peer.
    pub bytes_sent: u64,
    /// Bytes received from the peer.
    pub bytes_received: u64,
    /// Frames sent to the peer.
    pub frames_sent: u32,
    /// Frames received from the peer.
    pub frames_received: u32,
    /// Frames received with a wrong checksum.
    pub crc_errors: u32,
    /// Time-outs.
    pub timeout_errors: u32,
    /// Alignment errors.
    pub alignment_errors: u32,
    /// Overruns in the hardware.
    pub hardware_overrun_errors: u32,
    /// Framing errors.
    pub framing_errors: u32,
    /// Overruns of buffers.
    pub buffer_overrun_errors: u32,
    /// Compression of what came in, in percent.
    pub compression_ratio_in: u32,
    /// Compression of what went out, in percent.
    pub compression_ratio_out: u32,
}

fields! {
    /// Records with counters, which share the names of the fields, not their place.
    pub(crate) HasCounters {
        dwFramesXmited: DWORD, dwFramesRcved: DWORD, dwCrcErr: DWORD, dwTimeoutErr: DWORD, dwAlignmentErr: DWORD,
        dwHardwareOverrunErr: DWORD, dwFramingErr: DWORD, dwBufferOverrunErr: DWORD,
        dwCompressionRatioIn: DWORD, dwCompressionRatioOut: DWORD
    }
    of RAS_CONNECTION_1 RAS_CONNECTION_4 RAS_CONNECTION_EX RAS_PORT_1
}

impl Statistics {
    /// Returns the number of errors of all kinds.
    #[inline]
    pub fn errors(&self) -> u64 {
        let errors = [
            self.crc_errors,
            self.timeout_errors,
            self.alignment_errors,
            self.hardware_overrun_errors,
            self.framing_errors,
            self.buffer_overrun_errors,
        ];
        errors.into_iter().map(u64::from).sum()
    }

    /// Reads the counters of a record, but for those of bytes, which have 32 bits or 64.
    #[inline]
    pub(crate) fn new(record: &impl HasCounters, bytes_sent: u64, bytes_received: u64) -> Statistics {
        Statistics {
            bytes_sent,
            bytes_received,
            frames_sent: record.dwFramesXmited(),
            frames_received: record.dwFramesRcved(),
            crc_errors: record.dwCrcErr(),
            timeout_errors: record.dwTimeoutErr(),
            alignment_errors: record.dwAlignmentErr(),
            hardware_overrun_errors: record.dwHardwareOverrunErr(),
            framing_errors: record.dwFramingErr(),
            buffer_overrun_errors: record.dwBufferOverrunErr(),
            compression_ratio_in: record.dwCompressionRatioIn(),
            compression_ratio_out: record.dwCompressionRatioOut(),
        }
    }
}
