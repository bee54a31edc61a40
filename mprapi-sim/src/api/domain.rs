//! Domains: their controllers, and which machines they know as remote access servers.

use mprapi_sys as sys;

use crate::api::call::{Call, Function, guard, on_machine};
use crate::api::param::{Out, put_text, text};
use crate::error_code::{
    Code, ERROR_DS_SERVER_DOWN, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_DOMAIN, ERROR_NOT_FOUND,
    NERR_INVALID_COMPUTER, RPC_S_SERVER_UNAVAILABLE,
};
use crate::host::inside;
use crate::network;
use crate::router::{machine::Machine, state::State};

/// The length of the caller's array, `UNCLEN + 1` (lmcons.h).
const UNC: usize = 18;

/// Returns the name of the machine that holds the accounts of this one: the domain's controller, or the machine itself.
fn controller_of(machine: &Machine, state: &State) -> String {
    match &state.domain_controller {
        Some(name) => name.clone(),
        None => machine.names().first().cloned().unwrap_or_default(),
    }
}

/// Both names null are an invalid parameter. A name that is too long for the caller's
/// array answers `NERR_InvalidComputer`.
pub(crate) unsafe extern "system" fn MprAdminGetPDCServer(
    lpszDomain: *const sys::WCHAR,
    lpszServer: *const sys::WCHAR,
    lpszPDCServer: sys::LPWSTR,
) -> sys::DWORD {
    guard(|| {
        inside::check("MprAdminGetPDCServer", lpszServer.addr())?;
        // SAFETY: the caller's promise, as the function's page asks.
        let (domain, server) = (unsafe { text(lpszDomain) }?, unsafe { text(lpszServer) }?);
        if lpszPDCServer.is_null() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let machine = match (&domain, &server) {
            (Some(domain), _) => network::find_in_domain(domain).ok_or(ERROR_NO_SUCH_DOMAIN)?,
            (None, Some(server)) => network::find(Some(server)).ok_or(NERR_INVALID_COMPUTER)?,
            (None, None) => return Err(ERROR_INVALID_PARAMETER),
        };
        machine.count("MprAdminGetPDCServer");
        let name = controller_of(&machine, &machine.lock());
        // SAFETY: the page gives the array this size.
        unsafe { put_text(lpszPDCServer, UNC, &format!("\\\\{name}"), NERR_INVALID_COMPUTER) }
    })
}

/// Runs a call on a machine that the domain must know. "This machine" of the pages is, in the simulation, the one that
/// the call names: `ERROR_NO_SUCH_DOMAIN` says that this one belongs to no domain.
///
/// # Safety
/// The names must be null or terminated texts.
unsafe fn in_domain(
    function: &'static Function,
    domain: sys::PWCHAR,
    machine: sys::PWCHAR,
    body: impl FnOnce(&mut State) -> Result<(), Code>,
) -> sys::DWORD {
    let check = |call: &Call| {
        // SAFETY: promised by the caller.
        let domain = unsafe { text(domain) }?.ok_or(ERROR_DS_SERVER_DOWN)?;
        let mut state = call.state();
        state.check_domain(&domain)?;
        body(&mut state)
    };
    if machine.is_null() {
        return ERROR_NOT_FOUND;
    }
    // SAFETY: promised by the caller.
    match unsafe { on_machine(function, machine, check) } {
        RPC_S_SERVER_UNAVAILABLE => ERROR_NOT_FOUND,
        code => code,
    }
}

const ESTABLISH: Function = Function::named("MprAdminEstablishDomainRasServer").without_service();

pub(crate) unsafe extern "system" fn MprAdminEstablishDomainRasServer(
    pszDomain: sys::PWCHAR,
    pszMachine: sys::PWCHAR,
    bEnable: sys::WINBOOL,
) -> sys::DWORD {
    let body = |state: &mut State| {
        state.is_domain_server = bEnable != 0;
        Ok(())
    };
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { in_domain(&ESTABLISH, pszDomain, pszMachine, body) }
}

const IS: Function = Function::named("MprAdminIsDomainRasServer").without_service();

pub(crate) unsafe extern "system" fn MprAdminIsDomainRasServer(
    pszDomain: sys::PWCHAR,
    pszMachine: sys::PWCHAR,
    pbIsRasServer: sys::PBOOL,
) -> sys::DWORD {
    let body = |state: &mut State| {
        // SAFETY: the caller's promise, as the function's page asks.
        let answer = unsafe { Out::new(pbIsRasServer, ERROR_INVALID_PARAMETER) }?;
        answer.set(state.is_domain_server.into());
        Ok(())
    };
    // SAFETY: as above.
    unsafe { in_domain(&IS, pszDomain, pszMachine, body) }
}
