//! The names of IP-in-IP tunnels. No page describes these functions: what they do here follows their names.

use mprapi_sys as sys;

use crate::api::call::{Call, Function, free, on_machine};
use crate::api::ledger::Family;
use crate::api::page::Page;
use crate::api::param::Out;
use crate::error_code::ERROR_INVALID_PARAMETER;
use crate::guid::Guid;
use crate::router::handle::Handle;
use crate::wide;

const ENUM: Function =
    Function::named("MprSetupIpInIpInterfaceFriendlyNameEnum").without_service().hands_out(Family::Names);

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
        let names = state.ip_in_ip.iter().map(|name| (handle, name));
        page.hand_out(call, names, |_, (guid, name)| sys::MPR_IPINIP_INTERFACE_0 {
            wszFriendlyName: wide::array(name),
            Guid: guid.raw(),
        })
    };
    // SAFETY: as above.
    unsafe { on_machine(&ENUM, pwszMachineName, body) }
}

pub(crate) unsafe extern "system" fn MprSetupIpInIpInterfaceFriendlyNameFree(
    lpBuffer: sys::LPVOID,
) -> sys::DWORD {
    free(lpBuffer.cast(), Family::Names)
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
        call.state().ip_in_ip.add(Guid::from_raw(&record.Guid), name)
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
        let guid = unsafe { Out::new(pGuid, ERROR_INVALID_PARAMETER) }?.get();
        call.state().ip_in_ip.remove(Guid::from_raw(&guid))
    };
    // SAFETY: as above.
    unsafe { on_machine(&DELETE, pwszMachineName, body) }
}
