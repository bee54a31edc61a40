//! Documented errors that take more than one wrong parameter.

use std::ptr::null_mut;

use mprapi_sim::{Interface, InterfaceKind, Router, without_memory};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{local, wide};
use crate::lab::{Lab, bogus, lab};

const PENDING: u32 = 600;

/// A lab whose interface `Branch` takes a while to dial, or has no devices.
fn lab_with(interface: Interface) -> Lab {
    let mut lab = Lab::new(|server| server.interface(interface));
    let handle = &raw mut lab.branch;
    assert_eq!(call!(MprAdminInterfaceGetHandle(lab.server, wide("Special").as_mut_ptr(), handle, 0)), 0);
    lab
}

fn slow() -> Lab {
    let takes = std::time::Duration::from_secs(20);
    lab_with(Interface::new("Special", InterfaceKind::FullRouter).dial_takes(takes))
}

#[test]
fn MprAdminInterfaceConnect_PENDING() {
    let lab = slow();
    let code = call!(MprAdminInterfaceConnect(lab.server, lab.branch, lab.event.raw(), 0));
    assert_eq!(code, PENDING);
    assert!(!lab.event.is_signalled());
    lab.router().advance(std::time::Duration::from_secs(20));
    assert!(lab.event.is_signalled());
}

#[test]
fn MprAdminInterfaceConnect_ERROR_ALREADY_CONNECTING() {
    let mut lab = slow();
    assert_eq!(call!(MprAdminInterfaceConnect(lab.server, lab.branch, null_mut(), 0)), PENDING);
    assert_eq!(lab.call("MprAdminInterfaceConnect"), sys::ERROR_ALREADY_CONNECTING);
}

#[test]
fn MprAdminInterfaceConnect_ERROR_INTERFACE_DISABLED() {
    let mut lab = lab_with(Interface::new("Special", InterfaceKind::FullRouter).disabled(true));
    assert_eq!(lab.call("MprAdminInterfaceConnect"), sys::ERROR_INTERFACE_DISABLED);
}

#[test]
fn MprAdminInterfaceConnect_ERROR_INTERFACE_HAS_NO_DEVICES() {
    let mut lab = lab_with(Interface::new("Special", InterfaceKind::FullRouter).without_devices(true));
    assert_eq!(lab.call("MprAdminInterfaceConnect"), sys::ERROR_INTERFACE_HAS_NO_DEVICES);
}

#[test]
fn MprAdminInterfaceUpdatePhonebookInfo_ERROR_INTERFACE_HAS_NO_DEVICES() {
    let mut lab = lab_with(Interface::new("Special", InterfaceKind::FullRouter).without_devices(true));
    assert_eq!(lab.call("MprAdminInterfaceUpdatePhonebookInfo"), sys::ERROR_INTERFACE_HAS_NO_DEVICES);
}

#[test]
fn MprAdminInterfaceUpdateRoutes_PENDING() {
    let lab = lab();
    let event = lab.event.raw();
    assert_eq!(call!(MprAdminInterfaceUpdateRoutes(lab.server, lab.uplink, sys::PID_IP, event)), PENDING);
    lab.router().advance(std::time::Duration::from_secs(1));
    assert!(lab.event.is_signalled());
}

#[test]
fn MprAdminInterfaceUpdateRoutes_ERROR_UPDATE_IN_PROGRESS() {
    let mut lab = lab();
    let event = lab.event.raw();
    assert_eq!(call!(MprAdminInterfaceUpdateRoutes(lab.server, lab.uplink, sys::PID_IP, event)), PENDING);
    assert_eq!(lab.call("MprAdminInterfaceUpdateRoutes"), sys::ERROR_UPDATE_IN_PROGRESS);
    lab.router().advance(std::time::Duration::from_secs(1));
    assert_eq!(lab.call("MprAdminInterfaceUpdateRoutes"), 0);
}

#[test]
fn MprAdminInterfaceCreate_ERROR_INTERFACE_ALREADY_EXISTS() {
    let mut lab = lab();
    assert_eq!(lab.call("MprAdminInterfaceCreate"), 0);
    assert_eq!(lab.call("MprAdminInterfaceCreate"), sys::ERROR_INTERFACE_ALREADY_EXISTS);
}

#[test]
fn MprAdminInterfaceGetInfo_ERROR_INVALID_LEVEL() {
    let mut lab = lab();
    let handle = &raw mut lab.branch;
    assert_eq!(call!(MprAdminInterfaceGetHandle(lab.server, lab.guid_name.as_mut_ptr(), handle, 0)), 0);
    lab.level = Some(2);
    assert_eq!(lab.call("MprAdminInterfaceGetInfo"), sys::ERROR_INVALID_LEVEL);
}

#[test]
fn MprAdminTransportCreate_ERROR_PROTOCOL_ALREADY_INSTALLED() {
    let mut lab = lab();
    assert_eq!(lab.call("MprAdminTransportCreate"), 0);
    assert_eq!(lab.call("MprAdminTransportCreate"), sys::ERROR_PROTOCOL_ALREADY_INSTALLED);
}

#[test]
fn MprAdminConnectionRemoveQuarantine_ERROR_NOT_FOUND() {
    let mut lab = lab();
    assert_eq!(lab.call("MprAdminConnectionRemoveQuarantine"), 0);
    assert_eq!(lab.call("MprAdminConnectionRemoveQuarantine"), sys::ERROR_NOT_FOUND);
}

#[test]
fn MprAdminGetPDCServer_NERR_InvalidComputer() {
    let mut name = [0; 18];
    let server = wide("\\\\no-such-machine");
    let code = call!(MprAdminGetPDCServer(std::ptr::null(), server.as_ptr(), name.as_mut_ptr()));
    assert_eq!(code, 2351);
}

#[test]
fn MprInfoDelete_ERROR_INVALID_PARAMETER() {
    assert_eq!(call!(MprInfoDelete(null_mut())), sys::ERROR_INVALID_PARAMETER);
    assert_eq!(call!(MprInfoDelete(bogus())), sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn MprAdminMIBBufferFree_ERROR_INVALID_PARAMETER() {
    assert_eq!(call!(MprAdminMIBBufferFree(null_mut())), sys::ERROR_INVALID_PARAMETER);
}

/// Runs something while the local machine denies access.
fn denied<R>(body: impl FnOnce() -> R) -> R {
    let _local = local();
    Router::local().set_denies_access(true);
    let result = body();
    Router::local().set_denies_access(false);
    result
}

#[test]
fn MprAdminMIBSetTrapInfo_ERROR_ACCESS_DENIED() {
    let mut lab = lab();
    assert_eq!(denied(|| lab.call("MprAdminMIBSetTrapInfo")), sys::ERROR_ACCESS_DENIED);
}

#[test]
fn MprAdminMIBSetTrapInfo_ERROR_NOT_ENOUGH_MEMORY() {
    let (mut lab, _local) = (lab(), local());
    assert_eq!(without_memory(|| lab.call("MprAdminMIBSetTrapInfo")), sys::ERROR_NOT_ENOUGH_MEMORY);
}

#[test]
fn MprAdminMIBSetTrapInfo_ERROR_UNKNOWN_PROTOCOL_ID() {
    let (mut lab, _local) = (lab(), local());
    lab.transport = 4711;
    assert_eq!(lab.call("MprAdminMIBSetTrapInfo"), sys::ERROR_UNKNOWN_PROTOCOL_ID);
}

#[test]
fn MprAdminGetErrorString_ERROR_ACCESS_DENIED() {
    let mut lab = lab();
    assert_eq!(denied(|| lab.call("MprAdminGetErrorString")), sys::ERROR_ACCESS_DENIED);
}
