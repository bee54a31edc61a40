//! The event log of Windows, where services say what other programs print.

use std::ptr::{null, null_mut};

use windows_registry::LOCAL_MACHINE;
use windows_sys::Win32::System::EventLog::{
    DeregisterEventSource, EVENTLOG_ERROR_TYPE, EVENTLOG_INFORMATION_TYPE, RegisterEventSourceW, ReportEventW,
};

use crate::terminal::Weight;

/// The name of the source.
const SOURCE: &str = "mprctl";
const KEY: &str = r"SYSTEM\CurrentControlSet\Services\EventLog\Application\mprctl";
/// A program of Windows whose messages 1 to 1000 consist of the text of the event.
const MESSAGES: &str = r"%SystemRoot%\System32\EventCreate.exe";
/// Errors, warnings and information.
const TYPES: u32 = 7;
/// The number of every event.
const EVENT: u32 = 1;
/// The longest text of an event, in units of UTF-16.
const MOST: usize = 31_839;

/// Registers the source, so that the viewer shows the text of its events.
pub(crate) fn register() -> windows_registry::Result<()> {
    let key = LOCAL_MACHINE.create(KEY)?;
    key.set_expand_string("EventMessageFile", MESSAGES)?;
    key.set_u32("TypesSupported", TYPES)
}

/// Removes the source, if it is there.
pub(crate) fn unregister() -> windows_registry::Result<()> {
    /// `ERROR_FILE_NOT_FOUND` as an HRESULT.
    const NOT_FOUND: i32 = 0x8007_0002_u32.cast_signed();
    match LOCAL_MACHINE.remove_tree(KEY) {
        Err(error) if error.code().0 == NOT_FOUND => Ok(()),
        outcome => outcome,
    }
}

/// Writes an event. If the log cannot be written, nothing happens: there is nowhere to say so.
pub(crate) fn write(weight: Weight, text: &str) {
    let wide = |text: &str, most: usize| -> Vec<u16> {
        let units = text.encode_utf16().filter(|unit| *unit != 0).take(most);
        units.chain([0]).collect()
    };
    let (source, text) = (wide(SOURCE, MOST), wide(text.trim_end(), MOST));
    let kind = match weight {
        Weight::Note => EVENTLOG_INFORMATION_TYPE,
        Weight::Trouble => EVENTLOG_ERROR_TYPE,
    };
    // SAFETY: no server, and a text that ends with a zero.
    let log = unsafe { RegisterEventSourceW(null(), source.as_ptr()) };
    if log.is_null() {
        return;
    }
    let texts = [text.as_ptr()];
    // SAFETY: the handle is of the call above; one text, which ends with a zero; no user and no data.
    unsafe { ReportEventW(log, kind, 0, EVENT, null_mut(), 1, 0, texts.as_ptr(), null()) };
    // SAFETY: the handle is of the call above, and is not used again.
    unsafe { DeregisterEventSource(log) };
}
