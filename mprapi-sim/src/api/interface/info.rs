//! Finding, listing, reading, changing, creating and deleting interfaces.

use std::time::Duration;

use mprapi_sys as sys;

use super::entry::{fill_2, fill_3};
use super::input::{Input, wrong_level};
use crate::api::call::{Call, Function, on_router};
use crate::api::ledger::Family;
use crate::api::page::Page;
use crate::api::param::{Out, text};
use crate::error_code::{
    Code, ERROR_INTERFACE_ALREADY_EXISTS, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE,
    ERROR_NOT_SUPPORTED, RPC_X_NULL_REF_POINTER,
};
use crate::router::handle::Handle;
use crate::router::interface::{Interface, Settings};
use crate::scenario::Windows;
use crate::wide::{self, same_name};

/// The state of an interface, which the stored configuration does not have.
pub(crate) struct Live {
    pub(crate) state: sys::ROUTER_CONNECTION_STATE,
    pub(crate) reasons: u32,
    pub(crate) last_error: u32,
}

fn live(interface: &Interface, now: Duration) -> Live {
    Live { state: interface.state(now), reasons: interface.reasons(now), last_error: interface.last_error }
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
    pub(crate) fn hand_out_interface(
        &self,
        settings: &Settings,
        handle: Handle,
        live: &Live,
        level: u32,
        family: Family,
    ) -> Result<(*mut u8, usize), Code> {
        // Levels 2 and 3 point to the same two pieces.
        macro_rules! with_pieces {
            ($record:ident, $entry:ident, $fill:ident) => {{
                let mut record = head!($record, settings, handle, live);
                $fill($entry, &mut record);
                record.guidId = settings.guid.raw();
                let alternates = wide::bytes(&$entry.alternates);
                let pieces = [&alternates[..], &$entry.custom_auth];
                let buffer = self.hand_out_with(record, pieces, family, |record, [alternates, auth]| {
                    record.szAlternates = alternates.cast();
                    record.lpbCustomAuthData = auth;
                })?;
                Ok((buffer, size_of::<sys::$record>() + alternates.len() + $entry.custom_auth.len()))
            }};
        }
        let entry = settings.entry.as_deref();
        match (level, entry) {
            (0, _) => {
                let buffer = self.hand_out(level_0(settings, handle, live), family)?;
                Ok((buffer, size_of::<sys::MPR_INTERFACE_0>()))
            }
            (1, Some(_)) => {
                let record = head!(MPR_INTERFACE_1, settings, handle, live);
                let hours = wide::bytes(&settings.hours);
                let buffer = self.hand_out_with(record, [&hours], family, |record, [hours]| {
                    record.lpwsDialoutHoursRestriction = hours.cast();
                })?;
                Ok((buffer, size_of::<sys::MPR_INTERFACE_1>() + hours.len()))
            }
            (2, Some(entry)) => with_pieces!(MPR_INTERFACE_2, entry, fill_2),
            (3, Some(entry)) if self.windows >= Windows::Server2008 => {
                with_pieces!(MPR_INTERFACE_3, entry, fill_3)
            }
            (level, _) => Err(wrong_level(level)),
        }
    }
}

const GET_HANDLE: Function = Function::admin("MprAdminInterfaceGetHandle");

pub(crate) unsafe extern "system" fn MprAdminInterfaceGetHandle(
    hMprServer: sys::MPR_SERVER_HANDLE,
    lpwsInterfaceName: sys::LPWSTR,
    phInterface: *mut sys::HANDLE,
    fIncludeClientInterfaces: sys::WINBOOL,
) -> sys::DWORD {
    on_router(&GET_HANDLE, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phInterface, RPC_X_NULL_REF_POINTER) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsInterfaceName) }?.ok_or(RPC_X_NULL_REF_POINTER)?;
        let state = call.state();
        let wanted = |interface: &Interface| {
            (fIncludeClientInterfaces != 0 || interface.kind() != sys::ROUTER_IF_TYPE_CLIENT)
                && same_name(interface.name(), &name)
        };
        let found = state.interfaces.iter().find(|(_, interface)| wanted(interface));
        handle.set(found.ok_or(ERROR_NO_SUCH_INTERFACE)?.0.raw());
        Ok(())
    })
}

const ENUM: Function = Function::admin("MprAdminInterfaceEnum").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceEnum(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe {
            Page::new(lplpbBuffer, dwPrefMaxLen, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle)
        }?;
        if dwLevel != 0 {
            return Err(ERROR_NOT_SUPPORTED);
        }
        let state = call.state();
        let rest = state.interfaces.after(page.position()).iter();
        let rest = rest.map(|(handle, interface)| (*handle, &**interface));
        let now = state.now();
        let record = |handle: Handle, interface: &Interface| {
            level_0(&interface.settings, handle, &live(interface, now))
        };
        page.hand_out(call, Family::Admin, rest, record)
    })
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
        let mut state = call.state();
        let now = state.now();
        let handle = Handle::of(hInterface);
        let interface = state.interface(handle)?;
        let live = live(interface, now);
        buffer.set(call.hand_out_interface(&interface.settings, handle, &live, dwLevel, Family::Admin)?.0);
        Ok(())
    })
}

const SET_INFO: Function = Function::admin("MprAdminInterfaceSetInfo").needs_memory();

/// A record with another name renames the interface.
pub(crate) unsafe extern "system" fn MprAdminInterfaceSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let input = unsafe { Input::read(dwLevel, lpbBuffer, call.windows, ERROR_NOT_SUPPORTED) }?;
        let mut state = call.state();
        let handle = Handle::of(hInterface);
        let interface = state.interface(handle)?;
        if interface.kind() == sys::ROUTER_IF_TYPE_CLIENT {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let renamed = !same_name(interface.name(), &input.name);
        if renamed && state.interface_named(&input.name).is_some() {
            return Err(ERROR_INTERFACE_ALREADY_EXISTS);
        }
        let interface = state.interface(handle)?;
        // SAFETY: as above.
        unsafe { input.apply(interface.settings_mut()) }?;
        interface.settings_mut().rename(input.name);
        state.follow_enabled(handle);
        Ok(())
    })
}

const CREATE: Function = Function::admin("MprAdminInterfaceCreate").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceCreate(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
    phInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&CREATE, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phInterface, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let input = unsafe { Input::read(dwLevel, lpbBuffer, call.windows, ERROR_NOT_SUPPORTED) }?;
        // SAFETY: as above.
        let settings = unsafe { input.settings() }?;
        handle.set(call.state().create_interface(settings)?.raw());
        Ok(())
    })
}

const DELETE: Function = Function::admin("MprAdminInterfaceDelete");

pub(crate) unsafe extern "system" fn MprAdminInterfaceDelete(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DELETE, hMprServer, |call| call.state().delete_interface(Handle::of(hInterface)))
}
