//! The stored configuration, and names.

use std::path::PathBuf;
use std::ptr::null_mut;

use mprapi_sim::Windows;
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

/// Makes a folder for a backup. Returns it with the text that a caller names it by.
fn folder(lab: &Lab, name: &str) -> (PathBuf, Vec<u16>) {
    let folder = std::env::temp_dir().join(format!("{}-{name}", lab.router().name()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = wide(&format!("{}\\", folder.display()));
    (folder, path)
}

#[test]
fn a_backup_brings_back_what_was_deleted() {
    let lab = lab();
    let (folder, mut path) = folder(&lab, "backup");
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

/// A selector as a C program may have it, in memory: its fields are set, and between them lies what lay there before.
fn selector(before: u8, family: sys::MPR_VPN_TS_TYPE, ends: [sys::MPR_VPN_TS_TYPE; 2]) -> Vec<u8> {
    use std::mem::offset_of;
    use sys::{MPR_VPN_TRAFFIC_SELECTOR as Selector, VPN_TS_IP_ADDRESS as Address};
    let mut memory = vec![before; size_of::<Selector>()];
    let mut set = |offset: usize, field: &[u8]| memory[offset..][..field.len()].copy_from_slice(field);
    set(offset_of!(Selector, type_), &family.to_ne_bytes());
    set(offset_of!(Selector, protocolId), &[6]);
    set(offset_of!(Selector, portStart), &80_u16.to_ne_bytes());
    set(offset_of!(Selector, portEnd), &443_u16.to_ne_bytes());
    set(offset_of!(Selector, tsPayloadId), &1_u16.to_ne_bytes());
    for (place, family) in
        [offset_of!(Selector, addrStart), offset_of!(Selector, addrEnd)].into_iter().zip(ends)
    {
        set(place + offset_of!(Address, Type), &(family as u16).to_ne_bytes());
        let address: &[u8] = if family == IPV4 { &[10, 0, 0, 1] } else { &[1; 16] };
        set(place + offset_of!(Address, __bindgen_anon_1), address);
    }
    memory
}

const IPV4: sys::MPR_VPN_TS_TYPE = sys::MPR_VPN_TS_IPv4_ADDR_RANGE;
const IPV6: sys::MPR_VPN_TS_TYPE = sys::MPR_VPN_TS_IPv6_ADDR_RANGE;

/// Stores custom settings with these selectors, for both sides of a demand-dial interface.
fn store_selectors(lab: &Lab, mut selectors: Vec<u8>) -> u32 {
    let mut branch = null_mut();
    let mut name = wide("Branch");
    assert_eq!(call!(MprConfigInterfaceGetHandle(lab.config, name.as_mut_ptr(), &raw mut branch)), 0);
    let size = size_of::<sys::MPR_IF_CUSTOMINFOEX2>();
    let mut info = sys::MPR_IF_CUSTOMINFOEX2 {
        Header: lab.header(sys::MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, 3, size),
        dwFlags: sys::MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2,
        ..Default::default()
    };
    (info.customIkev2Config.dwSaLifeTime, info.customIkev2Config.dwSaDataSize) = (600, 1_024);
    let count = (selectors.len() / size_of::<sys::MPR_VPN_TRAFFIC_SELECTOR>()) as u32;
    let first = selectors.as_mut_ptr().cast();
    info.customIkev2Config.vpnTrafficSelectors =
        sys::MPR_VPN_TRAFFIC_SELECTORS { numTsi: count, numTsr: count, tsI: first, tsR: first };
    call!(MprConfigInterfaceSetCustomInfoEx(lab.config, branch, &raw mut info))
}

#[test]
fn a_backup_has_nothing_of_what_lies_between_the_fields_of_a_callers_records() {
    let lab = lab();
    let (folder, path) = folder(&lab, "between");
    let backup = || {
        let mut path = path.clone();
        assert_eq!(call!(MprConfigServerBackup(lab.config, path.as_mut_ptr())), 0);
        std::fs::read(folder.join("router.mprsim")).expect("the backup")
    };
    let backups = [0x55, 0xAA].map(|before| {
        let both = [selector(before, IPV4, [IPV4; 2]), selector(before, IPV6, [IPV6; 2])];
        assert_eq!(store_selectors(&lab, both.concat()), 0);
        backup()
    });
    assert!(backups[0] == backups[1], "two backups of one configuration differ");
    // What was stored comes back from the file.
    assert_eq!(store_selectors(&lab, Vec::new()), 0);
    assert!(backup() != backups[0]);
    std::fs::write(folder.join("router.mprsim"), &backups[0]).expect("writes");
    assert_eq!(call!(MprConfigServerRestore(lab.config, path.clone().as_mut_ptr())), 0);
    assert!(backup() == backups[0]);
    std::fs::remove_dir_all(folder).expect("it was there");
}

#[test]
fn a_traffic_selector_of_no_family_is_refused() {
    let lab = lab();
    for (family, ends) in [(0, [IPV4; 2]), (IPV4, [IPV4, IPV6]), (IPV6, [IPV4, IPV6]), (9, [9; 2])] {
        assert_eq!(store_selectors(&lab, selector(0, family, ends)), sys::ERROR_INVALID_PARAMETER);
    }
    // An address's own type may be left out.
    assert_eq!(store_selectors(&lab, selector(0, IPV6, [0; 2])), 0);
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

#[test]
fn a_level_that_the_version_does_not_have_is_an_invalid_parameter() {
    let mut lab = Lab::new(|server| server.windows(Windows::Server2003));
    lab.level = Some(3);
    assert_eq!(lab.call("MprConfigInterfaceGetInfo"), sys::ERROR_INVALID_PARAMETER);
    assert_eq!(lab.call("MprAdminInterfaceGetInfo"), sys::ERROR_INVALID_LEVEL);
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
    // As it was, but for the old record's part.
    ike.TunnelConfigParams = before.TunnelConfigParams;
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

/// Reads the settings of tunnels, of the running router or of what is stored, with what they point to.
fn policies(lab: &Lab, is_stored: bool) -> [Option<[u32; 2]>; 2] {
    let size = size_of::<sys::MPR_SERVER_EX1>();
    let header = lab.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, 5, size);
    let mut now = sys::MPR_SERVER_EX1 { Header: header, ..Default::default() };
    let record = &raw mut now;
    assert_eq!(
        match is_stored {
            true => call!(MprConfigServerGetInfoEx(lab.config, record)),
            false => call!(MprAdminServerGetInfoEx(lab.server, record)),
        },
        0
    );
    let config = &now.ConfigParams;
    [
        config.IkeConfigParams.TunnelConfigParams.customPolicy,
        config.L2tpConfigParams.TunnelConfigParams.customPolicy,
    ]
    .map(|pointer| {
        // SAFETY: null, or a policy that the call handed out.
        let policy = *unsafe { pointer.as_ref() }?;
        // The pages of both functions name this one.
        assert_eq!(call!(MprAdminBufferFree(pointer.cast())), 0);
        Some([policy.dwCipherTransformConstant, policy.dwDhGroup])
    })
}

#[test]
fn policies_are_stored_by_themselves_and_by_the_running_router_and_removed_by_null() {
    let lab = lab();
    assert_eq!((policies(&lab, true), policies(&lab, false)), ([None, None], [None, None]));
    let set = |is_stored: bool, cipher: Option<u32>, protocols: u32| {
        let size = size_of::<sys::MPR_SERVER_SET_CONFIG_EX1>();
        let header = lab.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, 5, size);
        let known =
            lab.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, 5, size_of::<sys::MPR_SERVER_EX1>());
        let mut now = sys::MPR_SERVER_EX1 { Header: known, ..Default::default() };
        assert_eq!(call!(MprAdminServerGetInfoEx(lab.server, &raw mut now)), 0);
        let mut policy = cipher.map(|cipher| sys::ROUTER_CUSTOM_IKEv2_POLICY0 {
            dwCipherTransformConstant: cipher,
            dwDhGroup: 3,
            ..Default::default()
        });
        let mut record = sys::MPR_SERVER_SET_CONFIG_EX1 {
            Header: header,
            setConfigForProtocols: protocols,
            ConfigParams: now.ConfigParams,
        };
        let pointer = policy.as_mut().map_or(null_mut(), std::ptr::from_mut);
        let config = &mut record.ConfigParams;
        let before = [
            config.IkeConfigParams.TunnelConfigParams.customPolicy,
            config.L2tpConfigParams.TunnelConfigParams.customPolicy,
        ];
        config.IkeConfigParams.TunnelConfigParams.customPolicy = pointer;
        config.L2tpConfigParams.TunnelConfigParams.customPolicy = pointer;
        for handed_out in before.into_iter().filter(|pointer| !pointer.is_null()) {
            assert_eq!(call!(MprAdminBufferFree(handed_out.cast())), 0);
        }
        match is_stored {
            true => call!(MprConfigServerSetInfoEx(lab.config, &raw mut record)),
            false => call!(MprAdminServerSetInfoEx(lab.server, &raw mut record)),
        }
    };
    let both = sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2 | sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP;
    assert_eq!(set(true, Some(4), both), 0);
    assert_eq!(policies(&lab, true), [Some([4, 3]); 2]);
    assert_eq!(policies(&lab, false), [None, None], "the running router has it when it starts next");
    assert_eq!(set(false, Some(2), sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2), 0);
    assert_eq!(policies(&lab, false), [Some([2, 3]), None]);
    assert_eq!(policies(&lab, true), [Some([2, 3]), Some([4, 3])]);
    // A protocol that is not named is not looked at.
    assert_eq!(set(false, Some(99), sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP), 0);
    assert_eq!(set(false, Some(99), both), sys::ERROR_INVALID_PARAMETER);
    assert_eq!(set(false, None, both), 0);
    assert_eq!((policies(&lab, true), policies(&lab, false)), ([None, None], [None, None]));
}
