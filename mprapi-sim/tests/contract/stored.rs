//! The stored configuration, and names.

use std::ptr::null_mut;

use mprapi_sys as sys;

use crate::call;
use crate::harness::{narrow, ports, record, wide};
use crate::lab::{Lab, lab};

fn stored_names(lab: &Lab) -> Vec<String> {
    let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
    let (read, total) = (&raw mut read, &raw mut total);
    let code =
        call!(MprConfigInterfaceEnum(lab.config, 0, &raw mut buffer, u32::MAX, read, total, null_mut()));
    assert_eq!(code, 0);
    // SAFETY: our own number.
    let count = unsafe { *read } as usize;
    // SAFETY: the call wrote so many records.
    let records = unsafe { std::slice::from_raw_parts(buffer.cast::<sys::MPR_INTERFACE_0>(), count) };
    let names = records.iter().map(|record| narrow(&record.wszInterfaceName)).collect();
    assert_eq!(call!(MprConfigBufferFree(buffer.cast())), 0);
    names
}

fn running(lab: &Lab, name: &str) -> u32 {
    let mut handle = null_mut();
    call!(MprAdminInterfaceGetHandle(lab.server, wide(name).as_mut_ptr(), &raw mut handle, 0))
}

#[test]
fn what_runs_and_what_is_stored_are_apart_until_the_service_starts_again() {
    let mut lab = lab();
    // Created in the running router alone: lost when it restarts.
    assert_eq!(lab.call("MprAdminInterfaceCreate"), 0);
    assert_eq!(running(&lab, "New"), 0);
    assert!(!stored_names(&lab).contains(&"New".to_owned()));
    lab.router().restart_service();
    assert_eq!(running(&lab, "New"), sys::ERROR_NO_SUCH_INTERFACE);
    // Stored alone: there when the service starts.
    assert_eq!(lab.call("MprConfigInterfaceCreate"), 0);
    assert_eq!(running(&lab, "New"), sys::ERROR_NO_SUCH_INTERFACE);
    lab.router().restart_service();
    assert_eq!(running(&lab, "New"), 0);
}

#[test]
fn stored_port_numbers_become_ports_when_the_service_starts_again() {
    let mut lab = lab();
    assert_eq!(ports(lab.server).len(), 14);
    lab.ports = 5;
    assert_eq!(lab.call("MprConfigServerSetInfo"), 0);
    assert_eq!(ports(lab.server).len(), 14);
    lab.router().restart_service();
    assert_eq!(ports(lab.server).len(), 8 + 5 + 5 + 5);
}

#[test]
fn port_numbers_of_a_running_server_change_at_once_and_are_stored() {
    let mut lab = lab();
    lab.ports = 1;
    assert_eq!(lab.call("MprAdminServerSetInfo"), 0);
    assert_eq!(ports(lab.server).len(), 8 + 3);
    lab.router().restart_service();
    assert_eq!(ports(lab.server).len(), 8 + 3);
}

#[test]
fn a_backup_brings_back_what_was_deleted() {
    let lab = lab();
    let folder = std::env::temp_dir().join(format!("{}-backup", lab.router().name()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut path = wide(&format!("{}\\", folder.display()));
    let before = stored_names(&lab);
    assert_eq!(call!(MprConfigServerBackup(lab.config, path.as_mut_ptr())), 0);
    assert_eq!(call!(MprConfigInterfaceDelete(lab.config, lab.stored_interface)), 0);
    assert_ne!(stored_names(&lab), before);
    assert_eq!(call!(MprConfigServerRestore(lab.config, path.as_mut_ptr())), 0);
    assert_eq!(stored_names(&lab), before);
    // Handles of before the restore are void.
    let code = call!(MprConfigInterfaceDelete(lab.config, lab.stored_interface));
    assert_eq!(code, sys::ERROR_NO_SUCH_INTERFACE);
    std::fs::write(folder.join("router.mprsim"), "no backup").expect("writes");
    assert_eq!(call!(MprConfigServerRestore(lab.config, path.as_mut_ptr())), sys::ERROR_INVALID_DATA);
    assert_eq!(stored_names(&lab), before);
    std::fs::remove_dir_all(folder).expect("it was there");
    assert_eq!(call!(MprConfigServerRestore(lab.config, path.as_mut_ptr())), sys::ERROR_FILE_NOT_FOUND);
    assert_eq!(call!(MprConfigServerBackup(lab.config, path.as_mut_ptr())), 3);
}

#[test]
fn the_stored_configuration_needs_no_running_service() {
    let lab = lab();
    lab.router().stop_service();
    assert_eq!(stored_names(&lab).len(), 4);
    let totals = record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(lab.server, 0, buffer)));
    assert_eq!(totals.err(), Some(sys::RPC_S_UNKNOWN_IF));
}

#[test]
fn a_guid_name_leads_to_the_friendly_name_and_back() {
    let mut lab = lab();
    let mut name = [0; 64];
    let code =
        call!(MprConfigGetFriendlyName(lab.config, lab.guid_name.as_mut_ptr(), name.as_mut_ptr(), 128));
    assert_eq!((code, narrow(&name)), (0, "Ethernet".to_owned()));
    assert!(narrow(&lab.guid_name).starts_with('{'));
    assert!(stored_names(&lab).contains(&narrow(&lab.guid_name)));
}

#[test]
fn a_local_interface_that_is_enabled_cannot_be_changed() {
    let mut lab = lab();
    let handle = &raw mut lab.stored_interface;
    let name = lab.guid_name.as_mut_ptr();
    assert_eq!(call!(MprConfigInterfaceGetHandle(lab.config, name, handle)), 0);
    assert_eq!(lab.call("MprConfigInterfaceSetInfo"), sys::ERROR_INVALID_PARAMETER);
}

/// The record of Windows Server 2008 R2 ends early; what it has no room for stays.
#[cfg(target_pointer_width = "64")]
#[test]
fn tunnels_are_set_by_the_oldest_layout_too() {
    let lab = lab();
    let now = || {
        let size = size_of::<sys::MPR_SERVER_EX1>();
        let header = lab.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, 5, size);
        let mut record = sys::MPR_SERVER_EX1 { Header: header, ..Default::default() };
        assert_eq!(call!(MprAdminServerGetInfoEx(lab.server, &raw mut record)), 0);
        record.ConfigParams.IkeConfigParams
    };
    let before = now();
    let header = lab.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, 1, 112);
    let mut set = sys::MPR_SERVER_SET_CONFIG_EX1 { Header: header, ..Default::default() };
    set.setConfigForProtocols = sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2;
    let ike = &mut set.ConfigParams.IkeConfigParams;
    (ike.dwNumPorts, ike.dwPortFlags) = (6, before.dwPortFlags);
    ike.dwTunnelConfigParamFlags = sys::MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
    ike.TunnelConfigParams.dwIdleTimeout = 600;
    // Behind the end of the old record.
    ike.TunnelConfigParams.dwEncryptionType = 4711;
    assert_eq!(call!(MprAdminServerSetInfoEx(lab.server, &raw mut set)), 0);
    let after = now();
    assert_eq!((after.dwNumPorts, after.TunnelConfigParams.dwIdleTimeout), (6, 600));
    assert_eq!(after.TunnelConfigParams.dwEncryptionType, before.TunnelConfigParams.dwEncryptionType);
}

#[test]
fn server_settings_have_three_layouts() {
    let lab = lab();
    let header =
        |size: usize, revision: u32| lab.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, revision, size);
    let mut newest =
        sys::MPR_SERVER_EX1 { Header: header(size_of::<sys::MPR_SERVER_EX1>(), 5), ..Default::default() };
    assert_eq!(call!(MprAdminServerGetInfoEx(lab.server, &raw mut newest)), 0);
    let mut older =
        sys::MPR_SERVER_EX0 { Header: header(size_of::<sys::MPR_SERVER_EX0>(), 4), ..Default::default() };
    assert_eq!(call!(MprAdminServerGetInfoEx(lab.server, (&raw mut older).cast())), 0);
    assert_eq!(
        older.ConfigParams.SstpConfigParams.dwNumPorts,
        newest.ConfigParams.SstpConfigParams.dwNumPorts
    );
    // Windows Server 2008 R2's record is shorter: of ours, only its length may be written.
    #[cfg(target_pointer_width = "64")]
    {
        let mut oldest = sys::MPR_SERVER_EX1 { Header: header(128, 1), ..Default::default() };
        oldest.ConfigParams.GREConfigParams.dwNumPorts = 4711;
        assert_eq!(call!(MprAdminServerGetInfoEx(lab.server, &raw mut oldest)), 0);
        assert_eq!(oldest.dwTotalPorts, newest.dwTotalPorts);
        assert_eq!(oldest.ConfigParams.IkeConfigParams.dwNumPorts, 8);
        assert_eq!(oldest.ConfigParams.GREConfigParams.dwNumPorts, 4711);
    }
}
