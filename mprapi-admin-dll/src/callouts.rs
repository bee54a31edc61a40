//! The functions that the service calls, for any DLL. [`export_admin_dll!`](crate::export_admin_dll) exports them by name, and
//! [`initialize_ex`] puts them into the service's table.
//!
//! Each of them may be called with anything that the header's types allow. A null pointer, or one that is not aligned, is
//! answered like a panic; what else a pointer leads to is the service's word.

use std::slice;

use mprapi::{WideStr, callout};
use mprapi_sys::{
    AUTH_VALIDATION_EX, BOOL, DWORD, IN6_ADDR, MPRAPI_ADMIN_DLL_CALLBACKS, MPRAPI_ADMIN_DLL_VERSION_2,
    NO_ERROR, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_EX,
    RAS_PORT_0, RAS_PORT_1, WCHAR,
};

use crate::address::{AddressRequest, Assignment, Ipv4Addresses, Ipv6Addresses, ReleasedAddress};
use crate::code::Code;
use crate::connection::{Connection, Raw3};
use crate::dll::{AdminDll, EndpointChanges, PreAuthentication};
use crate::link::Link;
use crate::pre_authenticated::PreAuthenticated;
use crate::state::{self, Exports};
use crate::verdict::Verdict;

/// Starts the DLL and fills the service's table.
///
/// # Safety
/// The service's: `table` is null or leads to a table of the revision 2, which may be written.
pub unsafe extern "system" fn initialize_ex<E: Exports>(table: *mut MPRAPI_ADMIN_DLL_CALLBACKS) -> DWORD {
    if table.is_null() || !table.is_aligned() {
        return Code::INVALID_PARAMETER.get();
    }
    let code = number(state::start::<E>());
    if code == NO_ERROR {
        // SAFETY: it is neither null nor misaligned, and the service says that it may be written.
        unsafe { table.write(filled::<E>()) };
    }
    code
}

/// The service's table with this DLL's functions.
fn filled<E: Exports>() -> MPRAPI_ADMIN_DLL_CALLBACKS {
    let mut table = MPRAPI_ADMIN_DLL_CALLBACKS {
        revision: MPRAPI_ADMIN_DLL_VERSION_2 as u8,
        lpfnRasAdminAcceptNewLink: Some(accept_new_link::<E>),
        lpfnRasAdminLinkHangupNotification: Some(link_hangup::<E>),
        lpfnRasAdminTerminateDll: Some(terminate::<E>),
        lpfnRasAdminAcceptNewConnectionEx: Some(accept_new_connection_ex::<E>),
        lpfnRasAdminAcceptEndpointChangeEx: E::ENDPOINT_CHANGE,
        lpfnRasAdminAcceptReauthenticationEx: Some(accept_reauthentication_ex::<E>),
        lpfnRasAdminConnectionHangupNotificationEx: Some(connection_hangup_ex::<E>),
        lpfnRASValidatePreAuthenticatedConnectionEx: E::PRE_AUTHENTICATION,
        ..MPRAPI_ADMIN_DLL_CALLBACKS::default()
    };
    if E::HAS_IPV4 {
        table.lpfnMprAdminGetIpAddressForUser = Some(get_ip_address::<E>);
        table.lpfnMprAdminReleaseIpAddress = Some(release_ip_address::<E>);
    }
    if E::HAS_IPV6 {
        table.lpfnMprAdminGetIpv6AddressForUser = Some(get_ipv6_address::<E>);
        table.lpfnMprAdminReleaseIpV6AddressForUser = Some(release_ipv6_address::<E>);
    }
    table
}

/// Starts a DLL of family 3.
///
/// # Safety
/// None is needed; the type is that of the header.
pub unsafe extern "system" fn initialize<E: Exports>() -> DWORD {
    const {
        assert!(
            E::ENDPOINT_CHANGE.is_none() && E::PRE_AUTHENTICATION.is_none(),
            "family 3 has no functions for endpoint_change and pre_authentication"
        );
    }
    number(state::start::<E>())
}

/// Stops the DLL.
///
/// # Safety
/// None is needed; the type is that of the header.
pub unsafe extern "system" fn terminate<E: Exports>() -> DWORD {
    if state::stop::<E>() { NO_ERROR } else { Code::INTERNAL_ERROR.get() }
}

/// Asks about a connection.
///
/// # Safety
/// The service's: `record` is null or leads to the record, which nothing writes to during the call.
pub unsafe extern "system" fn accept_new_connection_ex<E: Exports>(record: *mut RAS_CONNECTION_EX) -> BOOL {
    verdict::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let connection = unsafe { Connection::ex("MprAdminAcceptNewConnectionEx", record) }?;
        Ok(dll.accept(&connection))
    })
}

/// Asks about a connection whose quarantine state has changed.
///
/// # Safety
/// As [`accept_new_connection_ex`].
pub unsafe extern "system" fn accept_reauthentication_ex<E: Exports>(record: *mut RAS_CONNECTION_EX) -> BOOL {
    verdict::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let connection = unsafe { Connection::ex("MprAdminAcceptReauthenticationEx", record) }?;
        Ok(dll.accept_again(&connection))
    })
}

/// Asks about a connection whose ends have moved.
///
/// # Safety
/// As [`accept_new_connection_ex`].
pub unsafe extern "system" fn accept_endpoint_change<E: Exports<Dll: EndpointChanges>>(
    record: *mut RAS_CONNECTION_EX,
) -> BOOL {
    verdict::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let connection = unsafe { Connection::ex("MprAdminAcceptEndpointChangeEx", record) }?;
        Ok(dll.accept_endpoint_change(&connection))
    })
}

/// Tells the end of a connection.
///
/// # Safety
/// As [`accept_new_connection_ex`].
pub unsafe extern "system" fn connection_hangup_ex<E: Exports>(record: *mut RAS_CONNECTION_EX) {
    tell::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let connection = unsafe { Connection::ex("MprAdminConnectionHangupNotificationEx", record) }?;
        dll.ended(&connection);
        Ok(())
    });
}

/// Asks about a connection, in family 3.
///
/// # Safety
/// As [`accept_new_connection_ex`], for each record.
pub unsafe extern "system" fn accept_new_connection_3<E: Exports>(
    level_0: *mut RAS_CONNECTION_0,
    level_1: *mut RAS_CONNECTION_1,
    level_2: *mut RAS_CONNECTION_2,
    level_3: *mut RAS_CONNECTION_3,
) -> BOOL {
    let raw = Raw3 { level_0, level_1, level_2, level_3 };
    verdict::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let connection = unsafe { Connection::family_3("MprAdminAcceptNewConnection3", raw) }?;
        Ok(dll.accept(&connection))
    })
}

/// Asks about a connection whose quarantine state has changed, in family 3.
///
/// # Safety
/// As [`accept_new_connection_3`].
pub unsafe extern "system" fn accept_reauthentication<E: Exports>(
    level_0: *mut RAS_CONNECTION_0,
    level_1: *mut RAS_CONNECTION_1,
    level_2: *mut RAS_CONNECTION_2,
    level_3: *mut RAS_CONNECTION_3,
) -> BOOL {
    let raw = Raw3 { level_0, level_1, level_2, level_3 };
    verdict::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let connection = unsafe { Connection::family_3("MprAdminAcceptReauthentication", raw) }?;
        Ok(dll.accept_again(&connection))
    })
}

/// Tells the end of a connection, in family 3.
///
/// # Safety
/// As [`accept_new_connection_3`].
pub unsafe extern "system" fn connection_hangup_3<E: Exports>(
    level_0: *mut RAS_CONNECTION_0,
    level_1: *mut RAS_CONNECTION_1,
    level_2: *mut RAS_CONNECTION_2,
    level_3: *mut RAS_CONNECTION_3,
) {
    let raw = Raw3 { level_0, level_1, level_2, level_3 };
    tell::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let connection = unsafe { Connection::family_3("MprAdminConnectionHangupNotification3", raw) }?;
        dll.ended(&connection);
        Ok(())
    });
}

/// Asks about a link.
///
/// # Safety
/// The service's: each pointer is null or leads to its record, which nothing writes to during the call.
pub unsafe extern "system" fn accept_new_link<E: Exports>(
    port: *mut RAS_PORT_0,
    details: *mut RAS_PORT_1,
) -> BOOL {
    verdict::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let link = unsafe { Link::new("MprAdminAcceptNewLink", port, details) }?;
        Ok(dll.accept_link(&link))
    })
}

/// Tells the end of a link.
///
/// # Safety
/// As [`accept_new_link`].
pub unsafe extern "system" fn link_hangup<E: Exports>(port: *mut RAS_PORT_0, details: *mut RAS_PORT_1) {
    tell::<E>(|dll| {
        // SAFETY: passed on to the caller.
        let link = unsafe { Link::new("MprAdminLinkHangupNotification", port, details) }?;
        dll.link_ended(&link);
        Ok(())
    });
}

/// Checks a client that was authenticated beforehand.
///
/// # Safety
/// The service's: `record` is null or leads to a record and the data that it counts, which nothing writes to during the call.
pub unsafe extern "system" fn validate_pre_authenticated<E: Exports<Dll: PreAuthentication>>(
    record: *mut AUTH_VALIDATION_EX,
) -> DWORD {
    let answer = callout::run(|| {
        let dll = state::dll::<E>().ok_or(Code::NOT_ACTIVE)?;
        // SAFETY: passed on to the caller.
        let client = unsafe { PreAuthenticated::new(record) }?;
        dll.validate(&client)
    });
    number(answer.unwrap_or(Err(Code::INTERNAL_ERROR)))
}

/// Asks for a user's IPv4 address.
///
/// # Safety
/// The service's: the names are null or end with a NUL, `address` and `notify` are null or may be read and written.
pub unsafe extern "system" fn get_ip_address<E: Exports>(
    user: *mut WCHAR,
    port: *mut WCHAR,
    address: *mut DWORD,
    notify: *mut BOOL,
) -> DWORD {
    let order = <E::Ipv4 as Ipv4Addresses>::BYTE_ORDER;
    let choose = |user: &WideStr, port: &WideStr, raw: DWORD| {
        let offered = (raw != 0).then(|| order.address(raw));
        let chosen = match state::ipv4::<E>() {
            Some(addresses) => addresses.assign(&AddressRequest { user, port, offered })?,
            None => kept::<E, _>()?,
        };
        let raw = chosen.address.or(offered).map_or(0, |address| order.raw(address));
        Ok((raw != 0).then_some((raw, chosen.tells_release)))
    };
    // SAFETY: passed on to the caller.
    unsafe { assign(user, port, address, notify, choose) }
}

/// Takes back a user's IPv4 address.
///
/// # Safety
/// As [`get_ip_address`].
pub unsafe extern "system" fn release_ip_address<E: Exports>(
    user: *mut WCHAR,
    port: *mut WCHAR,
    address: *mut DWORD,
) {
    let tell = |user: &WideStr, port: &WideStr, raw: DWORD| {
        let address = <E::Ipv4 as Ipv4Addresses>::BYTE_ORDER.address(raw);
        state::ipv4::<E>()?.release(&ReleasedAddress { user, port, address });
        Some(())
    };
    // SAFETY: passed on to the caller.
    unsafe { release(user, port, address, tell) }
}

/// Asks for a user's IPv6 interface identifier.
///
/// # Safety
/// As [`get_ip_address`].
pub unsafe extern "system" fn get_ipv6_address<E: Exports>(
    user: *mut WCHAR,
    port: *mut WCHAR,
    address: *mut IN6_ADDR,
    notify: *mut BOOL,
) -> DWORD {
    let half = <E::Ipv6 as Ipv6Addresses>::IDENTIFIER;
    let choose = |user: &WideStr, port: &WideStr, bytes: [u8; 16]| {
        let offered = Some(half.of(bytes)).filter(|identifier| *identifier != 0);
        let chosen = match state::ipv6::<E>() {
            Some(addresses) => addresses.assign(&AddressRequest { user, port, offered })?,
            None => kept::<E, _>()?,
        };
        let identifier = chosen.address.or(offered).filter(|identifier| *identifier != 0);
        Ok(identifier.map(|identifier| (half.put(bytes, identifier), chosen.tells_release)))
    };
    // SAFETY: passed on to the caller. An address is 16 bytes, in whichever form.
    unsafe { assign(user, port, address.cast::<[u8; 16]>(), notify, choose) }
}

/// Takes back a user's IPv6 interface identifier.
///
/// # Safety
/// As [`get_ip_address`].
pub unsafe extern "system" fn release_ipv6_address<E: Exports>(
    user: *mut WCHAR,
    port: *mut WCHAR,
    address: *mut IN6_ADDR,
) {
    let tell = |user: &WideStr, port: &WideStr, bytes: [u8; 16]| {
        let address = <E::Ipv6 as Ipv6Addresses>::IDENTIFIER.of(bytes);
        state::ipv6::<E>()?.release(&ReleasedAddress { user, port, address });
        Some(())
    };
    // SAFETY: passed on to the caller. An address is 16 bytes, in whichever form.
    unsafe { release(user, port, address.cast::<[u8; 16]>(), tell) }
}

/// The answer of addresses that do not run.
fn kept<E: Exports, A>() -> Result<Assignment<A>, Code> {
    if state::accepts_all::<E>() { Ok(Assignment::keep()) } else { Err(Code::NOT_ACTIVE) }
}

fn number(answer: Result<(), Code>) -> DWORD {
    answer.map_or_else(Code::get, |()| NO_ERROR)
}

/// Asks the DLL for a verdict. One that does not run or cannot answer gives that of its macro.
fn verdict<E: Exports>(ask: impl FnOnce(&E::Dll) -> mprapi::Result<Verdict>) -> BOOL {
    let answer = callout::run(|| ask(&*state::dll::<E>()?).ok());
    let otherwise = || if state::accepts_all::<E>() { Verdict::Accept } else { E::ON_PANIC };
    answer.flatten().unwrap_or_else(otherwise).into()
}

/// Tells the DLL something, if it runs. What it cannot read is not told.
fn tell<E: Exports>(tell: impl FnOnce(&E::Dll) -> mprapi::Result<()>) {
    let _ = callout::run(|| tell(&*state::dll::<E>()?).ok());
}

/// Asks for an address. `choose` gets the names and what the service offers, and returns the address and whether its release is
/// told, or `None` for no address. The service's memory is written only if there is one.
///
/// # Safety
/// The names must be null or end with a NUL; `address` and `notify` must be null or may be read and written.
unsafe fn assign<T: Copy>(
    user: *const WCHAR,
    port: *const WCHAR,
    address: *mut T,
    notify: *mut BOOL,
    choose: impl FnOnce(&WideStr, &WideStr, T) -> Result<Option<(T, bool)>, Code>,
) -> DWORD {
    if address.is_null() || !address.is_aligned() || notify.is_null() || !notify.is_aligned() {
        return Code::INVALID_PARAMETER.get();
    }
    let answer = callout::run(|| {
        // SAFETY: passed on to the caller.
        let user = unsafe { text(user) }?;
        // SAFETY: passed on to the caller.
        let port = unsafe { text(port) }?;
        // SAFETY: it is neither null nor misaligned; passed on to the caller.
        choose(user, port, unsafe { address.read() })?.ok_or(Code::NO_ADDRESS_ASSIGNED)
    });
    match answer {
        Some(Ok((chosen, tells_release))) => {
            // SAFETY: it is neither null nor misaligned; passed on to the caller.
            unsafe { address.write(chosen) };
            // SAFETY: as above.
            unsafe { notify.write(tells_release.into()) };
            NO_ERROR
        }
        Some(Err(code)) => code.get(),
        None => Code::INTERNAL_ERROR.get(),
    }
}

/// Tells that an address is free.
///
/// # Safety
/// As for `assign`.
unsafe fn release<T: Copy>(
    user: *const WCHAR,
    port: *const WCHAR,
    address: *const T,
    tell: impl FnOnce(&WideStr, &WideStr, T) -> Option<()>,
) {
    if address.is_null() || !address.is_aligned() {
        return;
    }
    let _ = callout::run(|| {
        // SAFETY: passed on to the caller.
        let user = unsafe { text(user) }.ok()?;
        // SAFETY: passed on to the caller.
        let port = unsafe { text(port) }.ok()?;
        // SAFETY: it is neither null nor misaligned; passed on to the caller.
        tell(user, port, unsafe { address.read() })
    });
}

/// More units than this before a NUL are an error. Names of users and ports have at most 257.
const LONGEST: usize = 1024;

/// Reads a name up to its NUL.
///
/// # Safety
/// `units` must be null or end with a NUL, and stay as it is during `'a`.
unsafe fn text<'a>(units: *const WCHAR) -> Result<&'a WideStr, Code> {
    if units.is_null() || !units.is_aligned() {
        return Err(Code::INVALID_PARAMETER);
    }
    // SAFETY: each unit before it was not the NUL, so this one is there; passed on to the caller.
    let is_end = |index: &usize| unsafe { units.wrapping_add(*index).read() } == 0;
    let length = (0..LONGEST).find(is_end).ok_or(Code::INVALID_PARAMETER)?;
    // SAFETY: so many units were just read.
    Ok(WideStr::new(unsafe { slice::from_raw_parts(units, length) }))
}
