//! Operations on credentials.

use mprapi_sys as sys;
use mprapi_sys::{ERROR_INVALID_DATA, ERROR_INVALID_PARAMETER, HANDLE, NO_ERROR};
use zeroize::Zeroizing;

use super::back_end::{BackEnd, Buffer, code, terminated};
use crate::dimsvc::{
    Call as _, InterfaceGetCredentialsExAnswer, InterfaceGetCredentialsExRequest,
    InterfaceGetCredentialsLocalAnswer, InterfaceGetCredentialsLocalRequest, InterfaceSetCredentialsExAnswer,
    InterfaceSetCredentialsExRequest, InterfaceSetCredentialsLocalAnswer,
    InterfaceSetCredentialsLocalRequest,
};
use crate::ndr::{Counted, Password, WideString};
use crate::record::credentials;
use crate::record::memory::items;

/// The one level of the functions for that key.
const KEY_LEVEL: u32 = 0;

/// The units of a user's name or a password with their zero (`UNLEN`, `PWLEN`).
const NAME: usize = 257;

/// The units of a domain's name with their zero (`DNLEN`), and one more.
const DOMAIN: usize = 17;

/// Returns the text before the first zero.
fn text(units: &[u16]) -> WideString {
    // At once: memory that grows leaves copies behind, and the text may be a password.
    WideString { units: units.split(|unit| *unit == 0).next().unwrap_or_default().to_vec() }
}

/// Returns the units of a text with a zero at the end, which are overwritten: it may be a password.
fn secret(text: &WideString) -> Zeroizing<Vec<u16>> {
    Zeroizing::new(terminated(&text.units))
}

impl BackEnd {
    /// Sets the credentials of an interface. With no interface and level 2 they are the server's own key.
    pub(super) fn set_credentials_ex(
        &self,
        request: &InterfaceSetCredentialsExRequest,
    ) -> InterfaceSetCredentialsExAnswer {
        let (level, interface) = (request.level, self.handles.widen(request.interface));
        let set = |record: *mut u8| {
            self.on_server(|table, server| {
                if interface.is_null() && level == credentials::SERVER_LEVEL {
                    // SAFETY: the handle is open, and the record is that of the level or null.
                    unsafe { table.MprAdminServerSetCredentials(server, KEY_LEVEL, record) }
                } else {
                    // SAFETY: as above; an interface's handle is a number that the back end checks.
                    unsafe { table.MprAdminInterfaceSetCredentialsEx(server, interface, level, record) }
                }
            })
        };
        if request.info.elements().is_empty() {
            return InterfaceSetCredentialsExRequest::failed(set(std::ptr::null_mut()));
        }
        let Ok(data) = credentials::read(request.info.elements(), level) else {
            return InterfaceSetCredentialsExRequest::failed(ERROR_INVALID_PARAMETER);
        };
        let mut data = Zeroizing::new(data);
        let mut record =
            sys::MPR_CREDENTIALSEX_1 { dwSize: data.len() as u32, lpbCredentialsInfo: data.as_mut_ptr() };
        InterfaceSetCredentialsExRequest::failed(set((&raw mut record).cast()))
    }

    /// Reads the credentials of an interface. With no interface and level 2 they are the server's own key.
    pub(super) fn get_credentials_ex(
        &self,
        request: &InterfaceGetCredentialsExRequest,
    ) -> InterfaceGetCredentialsExAnswer {
        let (level, interface) = (request.level, self.handles.widen(request.interface));
        let mut pointer = std::ptr::null_mut();
        let code = self.on_server(|table, server: HANDLE| {
            if interface.is_null() && level == credentials::SERVER_LEVEL {
                // SAFETY: the handle is open, and the place takes what is written.
                unsafe { table.MprAdminServerGetCredentials(server, KEY_LEVEL, &mut pointer) }
            } else {
                // SAFETY: as above; an interface's handle is a number that the back end checks.
                unsafe { table.MprAdminInterfaceGetCredentialsEx(server, interface, level, &mut pointer) }
            }
        });
        let buffer = Buffer::new(self, pointer);
        if code != NO_ERROR {
            return InterfaceGetCredentialsExRequest::failed(code);
        }
        if buffer.pointer.is_null() {
            return InterfaceGetCredentialsExRequest::failed(ERROR_INVALID_DATA);
        }
        let record = buffer.pointer.cast::<sys::MPR_CREDENTIALSEX_1>();
        // SAFETY: the back end says that the record is there; both levels' records are alike.
        let record = unsafe { record.read_unaligned() };
        // SAFETY: as above, and so are the data, for as long as the record says.
        let data = Zeroizing::new(unsafe { items(record.lpbCredentialsInfo, record.dwSize) });
        match credentials::write(&data) {
            Some(bytes) => InterfaceGetCredentialsExAnswer { info: Counted::Elements(bytes), code },
            None => InterfaceGetCredentialsExRequest::failed(ERROR_INVALID_DATA),
        }
    }

    pub(super) fn set_credentials_local(
        &self,
        request: &InterfaceSetCredentialsLocalRequest,
    ) -> InterfaceSetCredentialsLocalAnswer {
        let mut server = self.name();
        let mut interface = secret(&request.interface);
        let (mut user, mut domain) = (secret(&request.user_name), secret(&request.domain));
        let mut password = secret(&request.password.text);
        // SAFETY: each text ends with a zero; a null server is the machine itself.
        let called = unsafe {
            self.table.MprAdminInterfaceSetCredentials(
                server.as_mut().map_or(std::ptr::null_mut(), |server| server.as_mut_ptr()),
                interface.as_mut_ptr(),
                user.as_mut_ptr(),
                domain.as_mut_ptr(),
                password.as_mut_ptr(),
            )
        };
        InterfaceSetCredentialsLocalRequest::failed(code(called))
    }

    pub(super) fn get_credentials_local(
        &self,
        request: &InterfaceGetCredentialsLocalRequest,
    ) -> InterfaceGetCredentialsLocalAnswer {
        let mut server = self.name();
        let mut interface = secret(&request.interface);
        let (mut user, mut domain) = ([0_u16; NAME], [0_u16; DOMAIN]);
        let mut password = Zeroizing::new([0_u16; NAME]);
        // SAFETY: each text ends with a zero, a null server is the machine itself, and the places are as long as the page
        // asks.
        let called = unsafe {
            self.table.MprAdminInterfaceGetCredentials(
                server.as_mut().map_or(std::ptr::null_mut(), |server| server.as_mut_ptr()),
                interface.as_mut_ptr(),
                user.as_mut_ptr(),
                password.as_mut_ptr(),
                domain.as_mut_ptr(),
            )
        };
        match code(called) {
            NO_ERROR => InterfaceGetCredentialsLocalAnswer {
                user_name: Some(text(&user)),
                domain: Some(text(&domain)),
                password: Some(Password { text: text(&*password) }),
                code: NO_ERROR,
            },
            error => InterfaceGetCredentialsLocalRequest::failed(error),
        }
    }
}
