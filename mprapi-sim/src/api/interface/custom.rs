//! The records of custom IKEv2 settings, in three revisions.

use std::mem::MaybeUninit;

use mprapi_sys as sys;

use super::selector;
use crate::api::call::{Call, Function, on_router};
use crate::api::header;
use crate::api::param::given_bytes;
use crate::api::policy;
use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::router::interface::custom::Custom;
use crate::router::interface::settings::Settings;
use crate::router::range::check_custom;

/// Returns the size of a record of a revision.
fn size_of_revision(revision: u8) -> Option<usize> {
    match u32::from(revision) {
        sys::MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_1 => Some(size_of::<sys::MPR_IF_CUSTOMINFOEX0>()),
        sys::MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_2 => Some(size_of::<sys::MPR_IF_CUSTOMINFOEX1>()),
        sys::MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3 => Some(size_of::<sys::MPR_IF_CUSTOMINFOEX2>()),
        _ => None,
    }
}

/// Checks the header of a caller's record.
///
/// # Safety
/// The pointer must be null or that of a header.
unsafe fn check(pointer: *mut sys::MPR_IF_CUSTOMINFOEX2) -> Result<sys::MPRAPI_OBJECT_HEADER, Code> {
    // SAFETY: promised by the caller.
    let header =
        unsafe { header::read(pointer.cast(), sys::MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT as u8) }?;
    let needed = size_of_revision(header.revision).ok_or(ERROR_INVALID_PARAMETER)?;
    if usize::from(header.size) >= needed { Ok(header) } else { Err(ERROR_INVALID_PARAMETER) }
}

/// Reads a caller's record; `None` if it asks for no custom settings.
///
/// # Safety
/// The pointer must be null or that of a record as its header says, and what it points to must be readable.
unsafe fn read(pointer: *mut sys::MPR_IF_CUSTOMINFOEX2) -> Result<Option<Box<Custom>>, Code> {
    // SAFETY: promised by the caller.
    let header = unsafe { check(pointer) }?;
    // Each revision begins with the one before.
    let mut record = sys::MPR_IF_CUSTOMINFOEX2::default();
    let length = size_of_revision(header.revision).ok_or(ERROR_INVALID_PARAMETER)?;
    let own = (&raw mut record).cast::<MaybeUninit<u8>>();
    // SAFETY: the revision's record is there, which the caller promised, and ours is at least as long.
    unsafe { own.copy_from_nonoverlapping(pointer.cast::<MaybeUninit<u8>>(), length) };
    if record.dwFlags & sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2 == 0 {
        return Ok(None);
    }
    let config = &record.customIkev2Config;
    // SAFETY: promised by the caller.
    let certificate = unsafe { given_bytes(config.certificateName.pbData, config.certificateName.cbData) }?;
    // SAFETY: as above.
    let hash = unsafe { given_bytes(config.certificateHash.pbData, config.certificateHash.cbData) }?;
    // SAFETY: as above.
    let policy = unsafe { policy::read(config.customPolicy) };
    let traffic = &config.vpnTrafficSelectors;
    // SAFETY: as above.
    let initiator = unsafe { selector::read_all(traffic.tsI, traffic.numTsi) }?;
    // SAFETY: as above.
    let responder = unsafe { selector::read_all(traffic.tsR, traffic.numTsr) }?;
    check_custom(config.dwSaLifeTime, config.dwSaDataSize, policy)?;
    Ok(Some(Box::new(Custom {
        lifetime: config.dwSaLifeTime,
        data_size: config.dwSaDataSize,
        certificate,
        policy,
        hash,
        main_mode_lifetime: config.dwMmSaLifeTime,
        selectors: [initiator, responder],
    })))
}

/// Fills a caller's record. What it points to is the caller's to free, each piece by itself.
///
/// # Safety
/// The pointer must be null or that of a record as its header says.
unsafe fn write(
    call: &Call,
    settings: &Settings,
    pointer: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    let header = unsafe { check(pointer) }?;
    let mut record = sys::MPR_IF_CUSTOMINFOEX2 { Header: header, ..Default::default() };
    if let Some(custom) = &settings.custom {
        let length = size_of_revision(header.revision).ok_or(ERROR_INVALID_PARAMETER)?;
        // A shorter record has no room for the pointers to the later pieces.
        let has_hash = length >= size_of::<sys::MPR_IF_CUSTOMINFOEX1>();
        let has_traffic = length >= size_of::<sys::MPR_IF_CUSTOMINFOEX2>();
        let hash = if has_hash { &custom.hash[..] } else { &[] };
        let selectors = custom.selectors.each_ref().map(|all| if has_traffic { &all[..] } else { &[] });
        let placed = [
            call.hand_out_bytes(&custom.certificate),
            call.hand_out_records(custom.policy.into_iter().map(policy::raw)),
            call.hand_out_bytes(hash),
            call.hand_out_records(selectors[0].iter().map(|selector| selector::raw(*selector))),
            call.hand_out_records(selectors[1].iter().map(|selector| selector::raw(*selector))),
        ];
        if let Some(&code) = placed.iter().find_map(|place| place.as_ref().err()) {
            for pointer in placed.into_iter().flatten().filter(|pointer| !pointer.is_null()) {
                call.take_back(pointer)?;
            }
            return Err(code);
        }
        let placed = placed.map(|place| place.unwrap_or(std::ptr::null_mut()));
        record.dwFlags = sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
        let config = &mut record.customIkev2Config;
        config.dwSaLifeTime = custom.lifetime;
        config.dwSaDataSize = custom.data_size;
        config.certificateName.cbData = custom.certificate.len() as u32;
        config.certificateName.pbData = placed[0];
        config.customPolicy = placed[1].cast();
        config.certificateHash.cbData = hash.len() as u32;
        config.certificateHash.pbData = placed[2];
        config.dwMmSaLifeTime = custom.main_mode_lifetime;
        let traffic = &mut config.vpnTrafficSelectors;
        traffic.numTsi = selectors[0].len() as u32;
        traffic.tsI = placed[3].cast();
        traffic.numTsr = selectors[1].len() as u32;
        traffic.tsR = placed[4].cast();
    }
    let length = size_of_revision(header.revision).ok_or(ERROR_INVALID_PARAMETER)?;
    let own = (&raw const record).cast::<MaybeUninit<u8>>();
    // SAFETY: the revision's record is there, which the caller promised, and ours is at least as long.
    unsafe { pointer.cast::<MaybeUninit<u8>>().copy_from_nonoverlapping(own, length) };
    Ok(())
}

/// Checks that an interface can have custom settings.
fn check_kind(settings: &Settings) -> Result<(), Code> {
    if settings.kind == sys::ROUTER_IF_TYPE_FULL_ROUTER { Ok(()) } else { Err(ERROR_INVALID_PARAMETER) }
}

/// Reads the custom settings of an interface.
///
/// # Safety
/// As [`write()`].
unsafe fn get(
    call: &Call,
    interface: sys::HANDLE,
    record: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> Result<(), Code> {
    let state = call.state();
    let settings = state.settings(call.owner, call.owner.handle(interface)?)?;
    check_kind(settings)?;
    // SAFETY: promised by the caller.
    unsafe { write(call, settings, record) }
}

/// Changes the custom settings of an interface.
///
/// # Safety
/// As [`read`].
unsafe fn set(
    call: &Call,
    interface: sys::HANDLE,
    record: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    let custom = unsafe { read(record) }?;
    let mut state = call.state();
    let settings = state.settings_mut(call.owner, call.owner.handle(interface)?)?;
    check_kind(settings)?;
    settings.custom = custom;
    Ok(())
}

const GET: Function = Function::admin("MprAdminInterfaceGetCustomInfoEx").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceGetCustomInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    pCustomInfo: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&GET, hMprServer, |call| unsafe { get(call, hInterface, pCustomInfo) })
}

const GET_STORED: Function = Function::config("MprConfigInterfaceGetCustomInfoEx").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceGetCustomInfoEx(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    pCustomInfo: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&GET_STORED, hMprConfig, |call| unsafe { get(call, hRouterInterface, pCustomInfo) })
}

const SET: Function = Function::admin("MprAdminInterfaceSetCustomInfoEx").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceSetCustomInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    pCustomInfo: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&SET, hMprServer, |call| unsafe { set(call, hInterface, pCustomInfo) })
}

const SET_STORED: Function = Function::config("MprConfigInterfaceSetCustomInfoEx");

pub(crate) unsafe extern "system" fn MprConfigInterfaceSetCustomInfoEx(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    pCustomInfo: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&SET_STORED, hMprConfig, |call| unsafe { set(call, hRouterInterface, pCustomInfo) })
}
