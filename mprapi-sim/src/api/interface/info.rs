//! Reading and changing interfaces.

use std::time::Duration;

use mprapi_sys as sys;

use super::entry::{fill_2, fill_3};
use super::input::Input;
use crate::api::call::{Call, Function, on_router};
use crate::api::param::Out;
use crate::error_code::{Code, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER};
use crate::router::handle::Handle;
use crate::router::interface::{Interface, Settings};
use crate::router::owner::Owner;
use crate::scenario::Windows;
use crate::wide;

/// The state of an interface, which the stored configuration does not have.
pub(crate) struct Live {
    pub(crate) state: sys::ROUTER_CONNECTION_STATE,
    pub(crate) reasons: u32,
    pub(crate) last_error: u32,
}

impl Live {
    /// The state in the records of stored interfaces, which have none: disconnected.
    pub(crate) const STORED: Live =
        Live { state: sys::ROUTER_IF_STATE_DISCONNECTED, reasons: 0, last_error: 0 };

    pub(crate) fn of(interface: &Interface, now: Duration) -> Live {
        Live {
            state: interface.state(now),
            reasons: interface.reasons(now),
            last_error: interface.last_error,
        }
    }
}

/// Builds the record of a level, with the fields that every level has.
macro_rules! head {
    ($record:ident, $settings:expr, $handle:expr, $live:expr) => {
        sys::$record {
            wszInterfaceName: wide::array(&$settings.name),
            hInterface: $handle.raw(),
            fEnabled: $settings.enabled.into(),
            dwIfType: $settings.kind,
            dwConnectionState: $live.state,
            fUnReachabilityReasons: $live.reasons,
            dwLastError: $live.last_error,
            ..Default::default()
        }
    };
}

#[expect(clippy::needless_update, reason = "the other levels' records have more fields")]
pub(crate) fn level_0(settings: &Settings, handle: Handle, live: &Live) -> sys::MPR_INTERFACE_0 {
    head!(MPR_INTERFACE_0, settings, handle, live)
}

impl Call {
    /// Hands out the record of a level. Returns it with the length of its buffer.
    ///
    /// # Errors
    /// [`Owner::unknown_level`] for a level that this interface does not have. If other interfaces have it, the running
    /// router answers `ERROR_INVALID_LEVEL`.
    fn hand_out_interface(
        &self,
        settings: &Settings,
        handle: Handle,
        live: &Live,
        level: u32,
    ) -> Result<(*mut u8, usize), Code> {
        // Levels 2 and 3 point to the same two pieces.
        macro_rules! with_pieces {
            ($record:ident, $entry:ident, $fill:ident) => {{
                let mut record = head!($record, settings, handle, live);
                $fill($entry, &mut record);
                record.guidId = settings.guid.raw();
                let alternates = wide::bytes(&$entry.alternates);
                let pieces = [&alternates[..], &$entry.custom_auth];
                let buffer = self.hand_out_with(record, pieces, |record, [alternates, auth]| {
                    record.szAlternates = alternates.cast();
                    record.lpbCustomAuthData = auth;
                })?;
                Ok((buffer, size_of::<sys::$record>() + alternates.len() + $entry.custom_auth.len()))
            }};
        }
        let entry = settings.entry.as_deref();
        match (level, entry) {
            (0, _) => {
                let buffer = self.hand_out(level_0(settings, handle, live))?;
                Ok((buffer, size_of::<sys::MPR_INTERFACE_0>()))
            }
            (1, Some(_)) => {
                let record = head!(MPR_INTERFACE_1, settings, handle, live);
                let hours = wide::bytes(&settings.hours);
                let buffer = self.hand_out_with(record, [&hours], |record, [hours]| {
                    record.lpwsDialoutHoursRestriction = hours.cast();
                })?;
                Ok((buffer, size_of::<sys::MPR_INTERFACE_1>() + hours.len()))
            }
            (2, Some(entry)) => with_pieces!(MPR_INTERFACE_2, entry, fill_2),
            (3, Some(entry)) if self.windows >= Windows::Server2008 => {
                with_pieces!(MPR_INTERFACE_3, entry, fill_3)
            }
            (..=3, _) if self.owner == Owner::Running => Err(ERROR_INVALID_LEVEL),
            _ => Err(self.owner.unknown_level()),
        }
    }
}

/// Hands out the record of a level. Returns it with the length of its buffer.
///
/// # Errors
/// As [`State::settings`](crate::router::state::State::settings) and [`Call::hand_out_interface`].
fn get_info(call: &Call, interface: sys::HANDLE, level: u32) -> Result<(*mut u8, usize), Code> {
    let state = call.state();
    let handle = call.owner.handle(interface)?;
    let settings = state.settings(call.owner, handle)?;
    let running = state.interfaces.get(handle);
    let live = running.map_or(Live::STORED, |interface| Live::of(interface, state.now()));
    call.hand_out_interface(settings, handle, &live, level)
}

const GET_INFO: Function = Function::admin("MprAdminInterfaceGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer, ERROR_INVALID_PARAMETER) }?;
        buffer.set(get_info(call, hInterface, dwLevel)?.0);
        Ok(())
    })
}

const GET_STORED_INFO: Function = Function::config("MprConfigInterfaceGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceGetInfo(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpBuffer: *mut sys::LPBYTE,
    lpdwBufferSize: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&GET_STORED_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpBuffer, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let size = unsafe { Out::new(lpdwBufferSize, ERROR_INVALID_PARAMETER) }?;
        let (record, length) = get_info(call, hRouterInterface, dwLevel)?;
        buffer.set(record);
        size.set(call.size_said(length));
        Ok(())
    })
}

/// Changes an interface. A record with another name renames it.
///
/// # Safety
/// As [`Input::read`].
unsafe fn set_info(call: &Call, interface: sys::HANDLE, level: u32, buffer: sys::LPBYTE) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    let input = unsafe { Input::read(call, level, buffer) }?;
    let mut state = call.state();
    let handle = call.owner.handle(interface)?;
    state.check_change(call.owner, handle, &input.name)?;
    let settings = state.settings_mut(call.owner, handle)?;
    // SAFETY: promised by the caller.
    unsafe { input.apply(settings) }?;
    settings.rename(input.name);
    if call.owner == Owner::Running {
        state.follow_enabled(handle);
    }
    Ok(())
}

const SET_INFO: Function = Function::admin("MprAdminInterfaceSetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&SET_INFO, hMprServer, |call| unsafe { set_info(call, hInterface, dwLevel, lpbBuffer) })
}

const SET_STORED_INFO: Function = Function::config("MprConfigInterfaceSetInfo");

pub(crate) unsafe extern "system" fn MprConfigInterfaceSetInfo(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&SET_STORED_INFO, hMprConfig, |call| unsafe {
        set_info(call, hRouterInterface, dwLevel, lpbBuffer)
    })
}
