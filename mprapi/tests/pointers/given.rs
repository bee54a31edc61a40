//! A library may write to its arguments, as the header says. If it does, the caller's values do not change.

use std::cell::RefCell;

use mprapi::sys::{
    CRYPTOAPI_BLOB, Functions, HANDLE, LPBYTE, LPWSTR, MPR_CREDENTIALSEX_1, MPR_DEVICE_1,
    MPR_IF_CUSTOMINFOEX2, MPR_INTERFACE_1, MPR_INTERFACE_2,
};
use mprapi::{
    DemandDial, DeviceSettings, EapMethod, Ikev2Settings, InterfaceCredentials, InterfaceSettings,
    InterfaceType, PreSharedKey,
};

use super::library::{FUNCTIONS, connected};

thread_local! {
    /// The bytes that the library found before it wrote there.
    static FOUND: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// # Safety
/// So many bytes must be there, if it is not null.
unsafe fn scribble(first: *mut u8, count: usize) {
    if first.is_null() {
        return;
    }
    // SAFETY: the caller's; nobody else looks at them during the call.
    let bytes = unsafe { std::slice::from_raw_parts_mut(first, count) };
    FOUND.with_borrow_mut(|found| found.push(bytes.to_vec()));
    bytes.fill(0xEE);
}

/// # Safety
/// Units must be there that end with two zeros, or `zeros`, if it is not null.
unsafe fn scribble_text(first: *mut u16, zeros: usize) {
    if first.is_null() {
        return;
    }
    let mut length = 0;
    loop {
        // SAFETY: the end has not come yet.
        let last = (0..zeros).all(|ahead| unsafe { first.wrapping_add(length + ahead).read() } == 0);
        if last {
            break;
        }
        length += 1;
    }
    // SAFETY: all of these were just read.
    unsafe { scribble(first.cast(), 2 * (length + zeros)) };
}

unsafe extern "system" fn set_interface(_: HANDLE, _: HANDLE, level: u32, record: LPBYTE) -> u32 {
    if level == 1 {
        // SAFETY: the caller's, of that level.
        let hours = unsafe { (*record.cast::<MPR_INTERFACE_1>()).lpwsDialoutHoursRestriction };
        // SAFETY: a multi-string.
        unsafe { scribble_text(hours, 2) };
        return 0;
    }
    // SAFETY: the caller's, of level 2 or one that begins like it.
    let record = unsafe { record.cast::<MPR_INTERFACE_2>().read() };
    // SAFETY: a multi-string.
    unsafe { scribble_text(record.szAlternates, 2) };
    // SAFETY: the caller's, who says how many.
    unsafe { scribble(record.lpbCustomAuthData, record.dwCustomAuthDataSize as usize) };
    0
}

unsafe extern "system" fn set_device(_: HANDLE, _: HANDLE, _: u32, _: u32, record: LPBYTE) -> u32 {
    // SAFETY: the caller's, of level 1.
    let alternates = unsafe { (*record.cast::<MPR_DEVICE_1>()).szAlternates };
    // SAFETY: a multi-string.
    unsafe { scribble_text(alternates, 2) };
    0
}

/// # Safety
/// The record must be that of credentials, with as many bytes as it says.
unsafe fn set_key(record: LPBYTE) -> u32 {
    // SAFETY: the caller's.
    let record = unsafe { record.cast::<MPR_CREDENTIALSEX_1>().read() };
    // SAFETY: the caller's, who says how many.
    unsafe { scribble(record.lpbCredentialsInfo, record.dwSize as usize) };
    0
}

unsafe extern "system" fn set_credentials_ex(_: HANDLE, _: HANDLE, _: u32, record: LPBYTE) -> u32 {
    // SAFETY: the caller's.
    unsafe { set_key(record) }
}

unsafe extern "system" fn set_server_credentials(_: HANDLE, _: u32, record: LPBYTE) -> u32 {
    // SAFETY: the caller's.
    unsafe { set_key(record) }
}

unsafe extern "system" fn set_credentials(
    _: LPWSTR,
    _: LPWSTR,
    user: LPWSTR,
    domain: LPWSTR,
    password: LPWSTR,
) -> u32 {
    for text in [user, domain, password] {
        // SAFETY: the caller's, terminated.
        unsafe { scribble_text(text, 1) };
    }
    0
}

unsafe extern "system" fn set_custom(_: HANDLE, _: HANDLE, record: *mut MPR_IF_CUSTOMINFOEX2) -> u32 {
    // SAFETY: the caller's, of the newest revision.
    let custom = unsafe { record.read() }.customIkev2Config;
    for CRYPTOAPI_BLOB { cbData, pbData } in [custom.certificateName, custom.certificateHash] {
        // SAFETY: the caller's, who says how many.
        unsafe { scribble(pbData, cbData as usize) };
    }
    0
}

const SCRIBBLING: Functions = Functions {
    MprAdminInterfaceSetInfo: Some(set_interface),
    MprAdminInterfaceDeviceSetInfo: Some(set_device),
    MprAdminInterfaceSetCredentialsEx: Some(set_credentials_ex),
    MprAdminServerSetCredentials: Some(set_server_credentials),
    MprAdminInterfaceSetCredentials: Some(set_credentials),
    MprAdminInterfaceSetCustomInfoEx: Some(set_custom),
    ..FUNCTIONS
};

/// Sets the same value twice: the library finds the same both times, though it wrote over it the first time.
#[track_caller]
fn is_found_twice(parts: usize, set: impl Fn() -> mprapi::Result<()>) {
    set().unwrap();
    let first = FOUND.take();
    set().unwrap();
    assert_eq!(first.len(), parts);
    assert_eq!(first, FOUND.take());
    assert!(first.iter().flatten().all(|byte| *byte != 0xEE));
}

#[test]
fn a_library_that_writes_to_what_it_is_given_changes_nothing_of_the_callers() {
    let (server, _) = connected(SCRIBBLING);
    let interface = server.find_interface("a").unwrap();
    let settings = InterfaceSettings::new("a", InterfaceType::FullRouter).dialout_hours(["1 09:00-12:00"]);
    is_found_twice(1, || interface.set_info(&settings));
    let settings = DemandDial::vpn("a", "5550").alternates(["5551", "5552"]).eap(EapMethod::TLS, &[1, 2, 3]);
    is_found_twice(2, || interface.set_info(&settings));
    let device = DeviceSettings::new("modem", "Modem 1").alternates(["5551"]);
    is_found_twice(1, || interface.set_device(1, &device));
    let key = PreSharedKey::new(vec![1, 2, 3]);
    is_found_twice(1, || interface.set_pre_shared_key(&key));
    is_found_twice(1, || server.set_pre_shared_key(&key));
    let data = [4, 5, 6];
    is_found_twice(1, || interface.set_eap_credentials(&data));
    let credentials = InterfaceCredentials::new().with_user_name("u").with_domain("d").with_password("p");
    is_found_twice(3, || server.mpr().set_interface_credentials(None, "a", &credentials));
    let mut ikev2 = Ikev2Settings::default();
    ikev2.certificate_name = b"name".to_vec();
    ikev2.certificate_hash = vec![7; 20];
    is_found_twice(2, || interface.set_ikev2_settings(&ikev2));
}
