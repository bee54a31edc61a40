//! Credentials.

use mprapi_sys as sys;
use zeroize::Zeroizing;

use super::binding::Binding;
use super::call::{guard, on_server};
use super::ledger::hand_out_data;
use super::out::{Out, number, text};
use super::wire::{Network, Purpose};
use crate::dimsvc::{
    InformationContainer, InterfaceGetCredentialsExRequest, InterfaceGetCredentialsLocalRequest,
    InterfaceSetCredentialsExRequest, InterfaceSetCredentialsLocalRequest,
};
use crate::ndr::{Counted, Password, WideString};
use crate::record::credentials;
use crate::record::memory::items;

/// The units of a user's name or a password with their zero (`UNLEN`, `PWLEN`).
const NAME: usize = 257;

/// The units of a domain's name with their zero (`DNLEN`).
const DOMAIN: usize = 16;

/// Writes a caller's credentials; a null record is an empty container.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for a length without data.
///
/// # Safety
/// The pointer must be null or that of the record, whose data must be readable.
unsafe fn written(record: sys::LPBYTE) -> Result<InformationContainer, u32> {
    let record = record.cast::<sys::MPR_CREDENTIALSEX_1>();
    // SAFETY: promised by the caller; both levels' records are alike.
    let Some(record) = (unsafe { Out::optional(record) }) else { return Ok(Counted::NULL) };
    let record = record.get();
    if record.lpbCredentialsInfo.is_null() && record.dwSize > 0 {
        return Err(sys::ERROR_INVALID_PARAMETER);
    }
    // SAFETY: promised by the caller.
    let data = Zeroizing::new(unsafe { items(record.lpbCredentialsInfo, record.dwSize) });
    credentials::write(&data).map(Counted::Elements).ok_or(sys::ERROR_INVALID_PARAMETER)
}

/// Returns the number of an interface.
///
/// # Errors
/// `ERROR_INVALID_HANDLE` for no interface: on the wire its credentials would be the server's own key.
fn interface(handle: sys::HANDLE) -> Result<u32, u32> {
    match number(handle)? {
        0 => Err(sys::ERROR_INVALID_HANDLE),
        number => Ok(number),
    }
}

impl Binding {
    fn set_credentials(&self, level: u32, interface: u32, info: InformationContainer) -> Result<(), u32> {
        self.tell(&InterfaceSetCredentialsExRequest { level, info, interface })
    }

    /// Asks for credentials and hands out their record.
    fn credentials(&self, level: u32, interface: u32) -> Result<*mut u8, u32> {
        let request = InterfaceGetCredentialsExRequest { level, info: Counted::NULL, interface };
        let info = self.ask(&request)?.info;
        if info.is_null() {
            return Err(sys::ERROR_INVALID_DATA);
        }
        let data = credentials::read(info.elements(), level).map_err(|_| sys::ERROR_INVALID_DATA)?;
        Ok(hand_out_data(&Zeroizing::new(data)))
    }
}

pub(super) unsafe extern "system" fn MprAdminInterfaceSetCredentialsEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { written(lpbBuffer) }?;
        server.set_credentials(dwLevel, interface(hInterface)?, info)
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceGetCredentialsEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer) }?;
        buffer.set(server.credentials(dwLevel, interface(hInterface)?)?);
        Ok(())
    })
}

/// The page has one level, 0; on the wire the key has another.
pub(super) unsafe extern "system" fn MprAdminServerSetCredentials(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        if dwLevel != 0 {
            return Err(sys::ERROR_NOT_SUPPORTED);
        }
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { written(lpbBuffer) }?;
        server.set_credentials(credentials::SERVER_LEVEL, 0, info)
    })
}

/// The page has one level, 0; on the wire the key has another.
pub(super) unsafe extern "system" fn MprAdminServerGetCredentials(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer) }?;
        if dwLevel != 0 {
            return Err(sys::ERROR_NOT_SUPPORTED);
        }
        buffer.set(server.credentials(credentials::SERVER_LEVEL, 0)?);
        Ok(())
    })
}

/// Connects to a server for one call.
///
/// # Safety
/// The name must be null or a terminated text.
unsafe fn once<N: Network>(name: sys::LPWSTR) -> Result<Binding, u32> {
    // SAFETY: promised by the caller.
    let name = unsafe { text(name) }?;
    Ok(Binding::new(N::connect(name.as_deref(), Purpose::OneCall)?, Purpose::OneCall))
}

/// The protocol transmits all three texts, so none can be left as it is, and the credentials cannot be deleted: a null text
/// is not supported.
pub(super) unsafe extern "system" fn MprAdminInterfaceSetCredentials<N: Network>(
    lpwsServer: sys::LPWSTR,
    lpwsInterfaceName: sys::LPWSTR,
    lpwsUserName: sys::LPWSTR,
    lpwsDomainName: sys::LPWSTR,
    lpwsPassword: sys::LPWSTR,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let interface = unsafe { text(lpwsInterfaceName) }?.ok_or(sys::ERROR_INVALID_PARAMETER)?;
        // SAFETY: as above.
        let user = unsafe { text(lpwsUserName) }?.ok_or(sys::ERROR_NOT_SUPPORTED)?;
        // SAFETY: as above.
        let domain = unsafe { text(lpwsDomainName) }?.ok_or(sys::ERROR_NOT_SUPPORTED)?;
        // SAFETY: as above.
        let password = unsafe { text(lpwsPassword) }?.ok_or(sys::ERROR_NOT_SUPPORTED)?;
        let password = Password { text: WideString { units: password } };
        // SAFETY: as above.
        unsafe { once::<N>(lpwsServer) }?.tell(&InterfaceSetCredentialsLocalRequest {
            interface: WideString { units: interface },
            user_name: WideString { units: user },
            domain: WideString { units: domain },
            password,
        })
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceGetCredentials<N: Network>(
    lpwsServer: sys::LPWSTR,
    lpwsInterfaceName: sys::LPWSTR,
    lpwsUserName: sys::LPWSTR,
    lpwsPassword: sys::LPWSTR,
    lpwsDomainName: sys::LPWSTR,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let units = unsafe { text(lpwsInterfaceName) }?.ok_or(sys::ERROR_INVALID_PARAMETER)?;
        let request = InterfaceGetCredentialsLocalRequest { interface: WideString { units } };
        // SAFETY: as above.
        let answer = unsafe { once::<N>(lpwsServer) }?.ask(&request)?;
        let empty = [0_u16; 0];
        let password = answer.password.as_ref().map_or(&empty[..], |password| &password.text.units);
        let user = answer.user_name.as_ref().map_or(&empty[..], |text| &text.units);
        let domain = answer.domain.as_ref().map_or(&empty[..], |text| &text.units);
        let places =
            [(lpwsUserName, NAME, user), (lpwsPassword, NAME, password), (lpwsDomainName, DOMAIN, domain)];
        if places.iter().any(|(_, room, units)| units.len() >= *room) {
            return Err(sys::ERROR_INVALID_DATA);
        }
        for (place, _, units) in places.into_iter().filter(|(place, ..)| !place.is_null()) {
            // SAFETY: the page gives the arrays these sizes, and the text with its zero fits.
            unsafe { place.copy_from_nonoverlapping(units.as_ptr(), units.len()) };
            // SAFETY: as above.
            let end = unsafe { place.add(units.len()) };
            // SAFETY: as above.
            unsafe { end.write(0) };
        }
        Ok(())
    })
}
