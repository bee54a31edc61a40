//! The ranges of numbers, written down here a second time: from MS-RRASM 2.2.1.2.136, .237, .243 and .270, and Microsoft's
//! pages of the ports.

use mprapi_sys as sys;

use crate::call;
use crate::harness::wide;
use crate::lab::{Lab, lab};

/// Sets a number, in the running router and in what is stored, where both can be.
type Set = fn(&Lab, u32) -> Vec<u32>;

fn server(lab: &Lab, change: impl FnOnce(&mut sys::MPRAPI_TUNNEL_CONFIG_PARAMS1)) -> Vec<u32> {
    let size = size_of::<sys::MPR_SERVER_EX1>();
    let header = lab.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, 5, size);
    let mut now = sys::MPR_SERVER_EX1 { Header: header, ..Default::default() };
    assert_eq!(call!(MprAdminServerGetInfoEx(lab.server, &raw mut now)), 0);
    let size = size_of::<sys::MPR_SERVER_SET_CONFIG_EX1>();
    let header = lab.header(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, 5, size);
    let mut set = sys::MPR_SERVER_SET_CONFIG_EX1 {
        Header: header,
        setConfigForProtocols: 0x1F,
        ConfigParams: now.ConfigParams,
    };
    let handed_out = [
        now.ConfigParams.IkeConfigParams.TunnelConfigParams.customPolicy,
        now.ConfigParams.L2tpConfigParams.TunnelConfigParams.customPolicy,
    ];
    change(&mut set.ConfigParams);
    let set = &raw mut set;
    let answers = vec![
        call!(MprConfigServerSetInfoEx(lab.config, set)),
        call!(MprAdminServerSetInfoEx(lab.server, set)),
    ];
    for policy in handed_out.into_iter().filter(|policy| !policy.is_null()) {
        assert_eq!(call!(MprAdminBufferFree(policy.cast())), 0);
    }
    answers
}

/// Sets an algorithm of the server's policies for IKEv2 and L2TP.
fn policies(lab: &Lab, change: fn(&mut sys::ROUTER_CUSTOM_IKEv2_POLICY0, u32), number: u32) -> Vec<u32> {
    let mut policy = sys::ROUTER_CUSTOM_IKEv2_POLICY0 { dwCipherTransformConstant: 1, ..Default::default() };
    change(&mut policy, number);
    let policy = &raw mut policy;
    let ikev2 = server(lab, |all| all.IkeConfigParams.TunnelConfigParams.customPolicy = policy);
    let l2tp = server(lab, |all| all.L2tpConfigParams.TunnelConfigParams.customPolicy = policy);
    [ikev2, l2tp].concat()
}

fn custom(
    lab: &Lab,
    change: impl FnOnce(&mut sys::ROUTER_IKEv2_IF_CUSTOM_CONFIG2, &mut sys::ROUTER_CUSTOM_IKEv2_POLICY0),
) -> Vec<u32> {
    let mut info = lab.custom_ikev2();
    let mut policy = sys::ROUTER_CUSTOM_IKEv2_POLICY0 { dwCipherTransformConstant: 1, ..Default::default() };
    change(&mut info.customIkev2Config, &mut policy);
    info.customIkev2Config.customPolicy = &raw mut policy;
    let info = &raw mut info;
    vec![
        call!(MprConfigInterfaceSetCustomInfoEx(lab.config, lab.stored_interface, info)),
        call!(MprAdminInterfaceSetCustomInfoEx(lab.server, lab.branch, info)),
    ]
}

fn entry(lab: &Lab, change: impl FnOnce(&mut sys::MPR_INTERFACE_3)) -> Vec<u32> {
    let mut record =
        sys::MPR_INTERFACE_3 { dwIfType: sys::ROUTER_IF_TYPE_FULL_ROUTER, fEnabled: 1, ..Default::default() };
    record.wszInterfaceName[..6].copy_from_slice(&wide("Branch")[..6]);
    change(&mut record);
    vec![call!(MprAdminInterfaceSetInfo(lab.server, lab.branch, 3, (&raw mut record).cast()))]
}

const RANGES: &[(&str, u32, u32, Set)] = &[
    ("IKEv2's idle time-out", 300, 17_279_999, |lab, number| {
        server(lab, |all| all.IkeConfigParams.TunnelConfigParams.dwIdleTimeout = number)
    }),
    ("IKEv2's outage", 120, u32::MAX, |lab, number| {
        server(lab, |all| all.IkeConfigParams.TunnelConfigParams.dwNetworkBlackoutTime = number)
    }),
    ("IKEv2's lifetime", 300, 17_279_999, |lab, number| {
        server(lab, |all| all.IkeConfigParams.TunnelConfigParams.dwSaLifeTime = number)
    }),
    ("IKEv2's data size", 1_024, u32::MAX, |lab, number| {
        server(lab, |all| all.IkeConfigParams.TunnelConfigParams.dwSaDataSizeForRenegotiation = number)
    }),
    ("IKEv2's options", 0, 0, |lab, number| {
        server(lab, |all| all.IkeConfigParams.TunnelConfigParams.dwConfigOptions = number)
    }),
    ("IKEv2's encryption", 0, 3, |lab, number| {
        server(lab, |all| all.IkeConfigParams.TunnelConfigParams.dwEncryptionType = number)
    }),
    ("L2TP's idle time-out", 300, 17_279_999, |lab, number| {
        server(lab, |all| all.L2tpConfigParams.TunnelConfigParams.dwIdleTimeout = number)
    }),
    ("L2TP's encryption", 0, 3, |lab, number| {
        server(lab, |all| all.L2tpConfigParams.TunnelConfigParams.dwEncryptionType = number)
    }),
    ("L2TP's lifetime", 300, 17_279_999, |lab, number| {
        server(lab, |all| all.L2tpConfigParams.TunnelConfigParams.dwSaLifeTime = number)
    }),
    ("L2TP's data size", 1_024, u32::MAX, |lab, number| {
        server(lab, |all| all.L2tpConfigParams.TunnelConfigParams.dwSaDataSizeForRenegotiation = number)
    }),
    ("PPTP's ports", 1, 16_384, |lab, number| server(lab, |all| all.PptpConfigParams.dwNumPorts = number)),
    ("L2TP's ports", 0, 30_000, |lab, number| server(lab, |all| all.L2tpConfigParams.dwNumPorts = number)),
    ("SSTP's ports", 0, 30_000, |lab, number| server(lab, |all| all.SstpConfigParams.dwNumPorts = number)),
    ("IKEv2's ports", 0, 30_000, |lab, number| server(lab, |all| all.IkeConfigParams.dwNumPorts = number)),
    ("GRE's ports", 0, 30_000, |lab, number| server(lab, |all| all.GREConfigParams.dwNumPorts = number)),
    ("a port's flags", 0, 3, |lab, number| server(lab, |all| all.PptpConfigParams.dwPortFlags = number)),
    ("a link's lifetime", 300, 17_279_999, |lab, number| custom(lab, |one, _| one.dwSaLifeTime = number)),
    ("a link's data size", 1_024, u32::MAX, |lab, number| custom(lab, |one, _| one.dwSaDataSize = number)),
    ("a policy's integrity", 0, 3, |lab, number| custom(lab, |_, one| one.dwIntegrityMethod = number)),
    ("a policy's encryption", 0, 4, |lab, number| custom(lab, |_, one| one.dwEncryptionMethod = number)),
    ("a policy's cipher", 1, 8, |lab, number| custom(lab, |_, one| one.dwCipherTransformConstant = number)),
    ("a policy's hash", 0, 5, |lab, number| custom(lab, |_, one| one.dwAuthTransformConstant = number)),
    ("a policy's secrecy", 0, 7, |lab, number| custom(lab, |_, one| one.dwPfsGroup = number)),
    ("a policy's group", 0, 6, |lab, number| custom(lab, |_, one| one.dwDhGroup = number)),
    ("a server's integrity", 0, 3, |lab, number| {
        policies(lab, |one, number| one.dwIntegrityMethod = number, number)
    }),
    ("a server's cipher", 1, 8, |lab, number| {
        policies(lab, |one, number| one.dwCipherTransformConstant = number, number)
    }),
    ("a server's group", 0, 6, |lab, number| policies(lab, |one, number| one.dwDhGroup = number, number)),
    ("an entry's channels", 0, 0, |lab, number| entry(lab, |one| one.dwChannels = number)),
    ("an entry's dial mode", 0, 2, |lab, number| entry(lab, |one| one.dwDialMode = number)),
    ("an entry's encryption", 0, 3, |lab, number| entry(lab, |one| one.dwEncryptionType = number)),
    ("an entry's strategy", 0, 8, |lab, number| entry(lab, |one| one.dwVpnStrategy = number)),
];

#[test]
fn a_number_outside_its_range_is_refused_and_one_at_its_ends_is_taken() {
    let lab = Lab::new(|server| server.most_ports(30_000u32));
    for (what, least, most, set) in RANGES {
        for number in [*least, *most] {
            let answers = set(&lab, number);
            assert!(answers.iter().all(|code| *code == 0), "{what} {number}: {answers:?}");
        }
        // The running router is not to keep thousands of ports for the others.
        assert!(set(&lab, *least).iter().all(|code| *code == 0), "{what}");
        for number in [least.checked_sub(1), most.checked_add(1)].into_iter().flatten() {
            let answers = set(&lab, number);
            let refused = answers.iter().all(|code| *code == sys::ERROR_INVALID_PARAMETER);
            assert!(refused, "{what} {number}: {answers:?}");
        }
    }
}

fn stored_ports(lab: &Lab) -> u32 {
    let mut buffer = std::ptr::null_mut();
    assert_eq!(call!(MprConfigServerGetInfo(lab.config, 2, &raw mut buffer)), 0);
    // SAFETY: the call succeeded, so the record is there.
    let record = unsafe { buffer.cast::<sys::MPR_SERVER_2>().read() };
    assert_eq!(call!(MprConfigBufferFree(buffer.cast())), 0);
    record.dwNumSstpPorts
}

#[test]
fn more_ports_than_the_service_was_started_for_are_stored_for_its_next_start() {
    let lab = lab();
    let set = |ports: u32| {
        let mut record = sys::MPR_SERVER_2 {
            dwNumPptpPorts: 128,
            dwPptpPortFlags: 3,
            dwNumL2tpPorts: 128,
            dwL2tpPortFlags: 3,
            dwNumSstpPorts: ports,
            dwSstpPortFlags: 3,
        };
        call!(MprConfigServerSetInfo(lab.config, 2, (&raw mut record).cast()))
    };
    for (ports, answer) in [(1000, 0), (1001, 3010), (2000, 3010), (200, 0), (30_001, 87)] {
        let before = stored_ports(&lab);
        assert_eq!(set(ports), answer, "{ports}");
        assert_eq!(stored_ports(&lab), if answer == 87 { before } else { ports });
    }
    assert_eq!(set(2000), 3010);
    // What runs is changed on its own, and leaves what is stored beside it alone.
    let idle = server(&lab, |all| {
        all.IkeConfigParams.TunnelConfigParams.dwIdleTimeout = 700;
    });
    assert_eq!(idle[1], 0);
    let before = crate::harness::ports(lab.server).len();
    assert_eq!(set(2000), 3010);
    lab.router().restart_service();
    assert_eq!(crate::harness::ports(lab.server).len(), before + 1998 + 2 * 126);
    assert_eq!(set(2000), 0, "it was started for them");
    let more = server(&lab, |all| all.SstpConfigParams.dwNumPorts = 2001);
    assert_eq!(more, [3010, 3010]);
    assert_eq!(stored_ports(&lab), 2001);
    assert_eq!(crate::harness::ports(lab.server).len(), before + 1998 + 2 * 126, "nothing runs of it");
}
