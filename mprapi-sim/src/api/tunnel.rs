//! The settings of the tunnel protocols, as the server's records have them.

use mprapi_sys as sys;

use crate::api::policy;
use crate::router::tunnel::{Change, Ikev2, L2tp, Line, Parameters, Sstp, TunnelSettings};
use crate::scenario::Tunnel;

/// Returns the changes that [`MPR_SERVER_1`](sys::MPR_SERVER_1) asks for.
pub(crate) fn of_level_1(record: &sys::MPR_SERVER_1) -> Vec<Change> {
    vec![
        Change::of_line(Tunnel::Pptp, record.dwNumPptpPorts, record.dwPptpPortFlags),
        Change::of_line(Tunnel::L2tp, record.dwNumL2tpPorts, record.dwL2tpPortFlags),
    ]
}

/// Returns the changes that [`MPR_SERVER_2`](sys::MPR_SERVER_2) asks for.
pub(crate) fn of_level_2(record: &sys::MPR_SERVER_2) -> Vec<Change> {
    vec![
        Change::of_line(Tunnel::Pptp, record.dwNumPptpPorts, record.dwPptpPortFlags),
        Change::of_line(Tunnel::L2tp, record.dwNumL2tpPorts, record.dwL2tpPortFlags),
        Change::of_line(Tunnel::Sstp, record.dwNumSstpPorts, record.dwSstpPortFlags),
    ]
}

pub(crate) fn level_1(tunnels: &TunnelSettings) -> sys::MPR_SERVER_1 {
    let (pptp, l2tp) = (tunnels.line(Tunnel::Pptp), tunnels.line(Tunnel::L2tp));
    sys::MPR_SERVER_1 {
        dwNumPptpPorts: pptp.ports,
        dwPptpPortFlags: pptp.flags,
        dwNumL2tpPorts: l2tp.ports,
        dwL2tpPortFlags: l2tp.flags,
    }
}

pub(crate) fn level_2(tunnels: &TunnelSettings) -> sys::MPR_SERVER_2 {
    let one = level_1(tunnels);
    let sstp = tunnels.line(Tunnel::Sstp);
    sys::MPR_SERVER_2 {
        dwNumPptpPorts: one.dwNumPptpPorts,
        dwPptpPortFlags: one.dwPptpPortFlags,
        dwNumL2tpPorts: one.dwNumL2tpPorts,
        dwL2tpPortFlags: one.dwL2tpPortFlags,
        dwNumSstpPorts: sstp.ports,
        dwSstpPortFlags: sstp.flags,
    }
}

/// Pointers to the policies of IKEv2 and L2TP; null for none.
pub(crate) type Policies = [*mut sys::ROUTER_CUSTOM_IKEv2_POLICY0; 2];

/// Returns the settings as today's `Ex` records have them.
pub(crate) fn ex(tunnels: &TunnelSettings, policies: Policies) -> sys::MPRAPI_TUNNEL_CONFIG_PARAMS1 {
    let mut record = sys::MPRAPI_TUNNEL_CONFIG_PARAMS1::default();
    let pair = |tunnel| {
        let line = tunnels.line(tunnel);
        (line.ports, line.flags)
    };
    let ike = &mut record.IkeConfigParams;
    (ike.dwNumPorts, ike.dwPortFlags) = pair(Tunnel::Ikev2);
    ike.dwTunnelConfigParamFlags = sys::MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
    let (own, tunnel) = (tunnels.ikev2, &mut ike.TunnelConfigParams);
    tunnel.dwIdleTimeout = own.idle_timeout;
    tunnel.dwNetworkBlackoutTime = own.outage;
    tunnel.dwSaLifeTime = own.lifetime;
    tunnel.dwSaDataSizeForRenegotiation = own.data_size;
    tunnel.dwConfigOptions = own.options;
    tunnel.dwEncryptionType = own.encryption;
    tunnel.dwMmSaLifeTime = own.main_mode_lifetime;
    tunnel.customPolicy = policies[0];
    let pptp = &mut record.PptpConfigParams;
    (pptp.dwNumPorts, pptp.dwPortFlags) = pair(Tunnel::Pptp);
    let l2tp = &mut record.L2tpConfigParams;
    (l2tp.dwNumPorts, l2tp.dwPortFlags) = pair(Tunnel::L2tp);
    l2tp.dwTunnelConfigParamFlags = sys::MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS;
    let (own, tunnel) = (tunnels.l2tp, &mut l2tp.TunnelConfigParams);
    tunnel.dwIdleTimeout = own.idle_timeout;
    tunnel.dwEncryptionType = own.encryption;
    tunnel.dwSaLifeTime = own.lifetime;
    tunnel.dwSaDataSizeForRenegotiation = own.data_size;
    tunnel.dwMmSaLifeTime = own.main_mode_lifetime;
    tunnel.customPolicy = policies[1];
    let sstp = &mut record.SstpConfigParams;
    (sstp.dwNumPorts, sstp.dwPortFlags) = pair(Tunnel::Sstp);
    sstp.isUseHttps = tunnels.sstp.uses_https;
    sstp.certAlgorithm = tunnels.sstp.algorithm;
    sstp.sstpCertDetails.isDefault = tunnels.sstp.is_default;
    (record.GREConfigParams.dwNumPorts, record.GREConfigParams.dwPortFlags) = pair(Tunnel::Gre);
    record
}

/// Returns the changes that an `Ex` record asks for, of the protocols named by bits.
///
/// # Safety
/// The policies of the protocols that are named must be null or there.
pub(crate) unsafe fn of_ex(protocols: u32, record: &sys::MPRAPI_TUNNEL_CONFIG_PARAMS1) -> Vec<Change> {
    let is_named = |bit: u32| protocols & bit != 0;
    let (pptp, gre) = (&record.PptpConfigParams, &record.GREConfigParams);
    let mut changes = Vec::new();
    if is_named(sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP) {
        changes.push(Change::of_line(Tunnel::Pptp, pptp.dwNumPorts, pptp.dwPortFlags));
    }
    if is_named(sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP) {
        // SAFETY: promised by the caller.
        changes.push(unsafe { of_l2tp(&record.L2tpConfigParams) });
    }
    if is_named(sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP) {
        changes.push(of_sstp(&record.SstpConfigParams));
    }
    if is_named(sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2) {
        // SAFETY: promised by the caller.
        changes.push(unsafe { of_ikev2(&record.IkeConfigParams) });
    }
    if is_named(sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE) {
        changes.push(Change::of_line(Tunnel::Gre, gre.dwNumPorts, gre.dwPortFlags));
    }
    changes
}

/// # Safety
/// As [`of_ex`].
unsafe fn of_ikev2(record: &sys::IKEV2_CONFIG_PARAMS) -> Change {
    let tunnel = &record.TunnelConfigParams;
    let is_set = record.dwTunnelConfigParamFlags & sys::MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS != 0;
    // SAFETY: promised by the caller, of a record that has parameters.
    let policy = if is_set { unsafe { policy::read(tunnel.customPolicy) } } else { None };
    let parameters = Parameters::Ikev2(Ikev2 {
        idle_timeout: tunnel.dwIdleTimeout,
        outage: tunnel.dwNetworkBlackoutTime,
        lifetime: tunnel.dwSaLifeTime,
        data_size: tunnel.dwSaDataSizeForRenegotiation,
        options: tunnel.dwConfigOptions,
        encryption: tunnel.dwEncryptionType,
        main_mode_lifetime: tunnel.dwMmSaLifeTime,
        policy,
    });
    Change {
        tunnel: Tunnel::Ikev2,
        line: Line { ports: record.dwNumPorts, flags: record.dwPortFlags },
        parameters: is_set.then_some(parameters),
        asks_too_much: tunnel.dwTotalCertificates != 0
            || tunnel.machineCertificateName.cbData != 0
            || tunnel.dwTotalEkus != 0
            || tunnel.machineCertificateHash.cbData != 0,
    }
}

/// # Safety
/// As [`of_ex`].
unsafe fn of_l2tp(record: &sys::L2TP_CONFIG_PARAMS1) -> Change {
    let tunnel = &record.TunnelConfigParams;
    let is_set = record.dwTunnelConfigParamFlags & sys::MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS != 0;
    // SAFETY: promised by the caller, of a record that has parameters.
    let policy = if is_set { unsafe { policy::read(tunnel.customPolicy) } } else { None };
    let parameters = Parameters::L2tp(L2tp {
        idle_timeout: tunnel.dwIdleTimeout,
        encryption: tunnel.dwEncryptionType,
        lifetime: tunnel.dwSaLifeTime,
        data_size: tunnel.dwSaDataSizeForRenegotiation,
        main_mode_lifetime: tunnel.dwMmSaLifeTime,
        policy,
    });
    Change {
        tunnel: Tunnel::L2tp,
        line: Line { ports: record.dwNumPorts, flags: record.dwPortFlags },
        parameters: is_set.then_some(parameters),
        asks_too_much: false,
    }
}

fn of_sstp(record: &sys::SSTP_CONFIG_PARAMS) -> Change {
    let parameters = Parameters::Sstp(Sstp {
        uses_https: record.isUseHttps,
        algorithm: record.certAlgorithm,
        is_default: record.sstpCertDetails.isDefault,
    });
    Change {
        tunnel: Tunnel::Sstp,
        line: Line { ports: record.dwNumPorts, flags: record.dwPortFlags },
        parameters: Some(parameters),
        asks_too_much: record.sstpCertDetails.certBlob.cbData != 0,
    }
}
