//! The names of IP-in-IP tunnels. No page describes these functions: what they do here follows their names.

use mprapi_sys as sys;

use crate::call::{Call, Function, guard, on_machine};
use crate::code::{ERROR_ALREADY_EXISTS, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND};
use crate::handle::Handle;
use crate::interface::guid::{Guid, guid_name};
use crate::ledger::{self, Family};
use crate::page::Page;
use crate::param::Out;
use crate::wide::{self, same_name};

/// Names by GUID, in the order they were given.
#[derive(Default)]
pub(crate) struct Tunnels(Vec<(sys::GUID, String)>);

impl Tunnels {
    /// The name of the tunnel with this GUID, as text.
    pub(crate) fn name_of(&self, guid: &str) -> Option<&str> {
        let guid = Guid::in_name(guid)?;
        let found = self.0.iter().find(|(known, _)| Guid::of(known) == guid);
        found.map(|(_, name)| name.as_str())
    }

    /// The GUID, as text, of the tunnel with this name.
    pub(crate) fn guid_of(&self, name: &str) -> Option<String> {
        let found = self.0.iter().find(|(_, known)| same_name(known, name));
        found.map(|(guid, _)| guid_name(guid))
    }
}

const ENUM: Function = Function::named("MprSetupIpInIpInterfaceFriendlyNameEnum").without_service();

pub(crate) unsafe extern "system" fn MprSetupIpInIpInterfaceFriendlyNameEnum(
    pwszMachineName: sys::PWCHAR,
    lplpBuffer: *mut sys::LPBYTE,
    lpdwEntriesRead: sys::LPDWORD,
) -> sys::DWORD {
    let body = |call: &Call| {
        let mut total = 0;
        let (total, none) = (&raw mut total, std::ptr::null_mut());
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::new(lplpBuffer, u32::MAX, lpdwEntriesRead, total, none) }?;
        let state = call.state();
        // Names have no handles, and one page holds them all.
        let handle = Handle::next();
        let names = state.ip_in_ip.0.iter().map(|name| (handle, name));
        page.hand_out(call, Family::Names, names, |_, (guid, name)| sys::MPR_IPINIP_INTERFACE_0 {
            wszFriendlyName: wide::array(name),
            Guid: *guid,
        })
    };
    // SAFETY: as above.
    unsafe { on_machine(&ENUM, pwszMachineName, body) }
}

pub(crate) unsafe extern "system" fn MprSetupIpInIpInterfaceFriendlyNameFree(
    lpBuffer: sys::LPVOID,
) -> sys::DWORD {
    guard(|| ledger::free(lpBuffer.cast(), Family::Names, "MprSetupIpInIpInterfaceFriendlyNameFree"))
}

const CREATE: Function = Function::named("MprSetupIpInIpInterfaceFriendlyNameCreate").without_service();

/// A GUID or a name that is there answers `ERROR_ALREADY_EXISTS`.
pub(crate) unsafe extern "system" fn MprSetupIpInIpInterfaceFriendlyNameCreate(
    pwszMachineName: sys::PWCHAR,
    pNameInformation: sys::PMPR_IPINIP_INTERFACE_0,
) -> sys::DWORD {
    let body = |call: &Call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let record = unsafe { Out::new(pNameInformation, ERROR_INVALID_PARAMETER) }?.get();
        let name = wide::given(&record.wszFriendlyName)?;
        if name.is_empty() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let tunnels = &mut call.state().ip_in_ip;
        if tunnels.name_of(&guid_name(&record.Guid)).is_some() || tunnels.guid_of(&name).is_some() {
            return Err(ERROR_ALREADY_EXISTS);
        }
        tunnels.0.push((record.Guid, name));
        Ok(())
    };
    // SAFETY: as above.
    unsafe { on_machine(&CREATE, pwszMachineName, body) }
}

const DELETE: Function = Function::named("MprSetupIpInIpInterfaceFriendlyNameDelete").without_service();

pub(crate) unsafe extern "system" fn MprSetupIpInIpInterfaceFriendlyNameDelete(
    pwszMachineName: sys::PWCHAR,
    pGuid: *mut sys::GUID,
) -> sys::DWORD {
    let body = |call: &Call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let guid = guid_name(&unsafe { Out::new(pGuid, ERROR_INVALID_PARAMETER) }?.get());
        let tunnels = &mut call.state().ip_in_ip.0;
        let position = tunnels.iter().position(|(known, _)| guid_name(known) == guid);
        tunnels.remove(position.ok_or(ERROR_NOT_FOUND)?);
        Ok(())
    };
    // SAFETY: as above.
    unsafe { on_machine(&DELETE, pwszMachineName, body) }
}
