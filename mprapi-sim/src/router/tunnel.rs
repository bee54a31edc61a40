//! The settings of the tunnel protocols: numbers of ports, what they are for, and the parameters.

use mprapi_sys as sys;

use crate::code::{Code, ERROR_NOT_SUPPORTED};
use crate::range::{check_ikev2, check_l2tp, check_line};
use crate::scenario::Tunnel;

/// Remote access and routing are both allowed.
const BOTH: u32 = sys::MPR_ENABLE_RAS_ON_DEVICE | sys::MPR_ENABLE_ROUTING_ON_DEVICE;

/// The protocols with settings, in the order of their bits in `setConfigForProtocols`.
pub(crate) const CONFIGURED: [Tunnel; 5] =
    [Tunnel::Pptp, Tunnel::L2tp, Tunnel::Sstp, Tunnel::Ikev2, Tunnel::Gre];

/// The settings of all tunnel protocols.
#[derive(Clone)]
pub(crate) struct TunnelSettings {
    /// Number of ports and flags, by [`CONFIGURED`].
    lines: [Line; 5],
    pub(crate) parameters: Parameters,
}

/// What a protocol's ports are.
#[derive(Clone, Copy, Default)]
pub(crate) struct Line {
    pub(crate) ports: u32,
    pub(crate) flags: u32,
}

/// Lifetimes and the like. Certificates, EKUs and custom policies are not simulated.
#[derive(Clone, Copy)]
pub(crate) struct Parameters {
    pub(crate) ike: [u32; 5],
    pub(crate) ike_encryption: u32,
    pub(crate) ike_main_mode: u32,
    pub(crate) l2tp: [u32; 4],
    pub(crate) l2tp_main_mode: u32,
    pub(crate) sstp_https: i32,
    pub(crate) sstp_algorithm: u32,
    pub(crate) sstp_is_default: i32,
}

impl TunnelSettings {
    pub(crate) fn new() -> TunnelSettings {
        TunnelSettings {
            lines: [Line { ports: 0, flags: BOTH }; 5],
            parameters: Parameters {
                // Idle time-out, network outage, lifetime and size of an association, options.
                ike: [300, 1800, 28_800, 100_000, 0],
                ike_encryption: 3,
                ike_main_mode: 28_800,
                l2tp: [300, 3, 3600, 250_000],
                l2tp_main_mode: 28_800,
                sstp_https: 1,
                // CALG_SHA_256
                sstp_algorithm: 0x800C,
                sstp_is_default: 1,
            },
        }
    }

    /// The largest number of ports of one tunnel.
    pub(crate) fn most_ports(&self) -> u32 {
        self.lines.iter().map(|line| line.ports).max().unwrap_or(0)
    }

    pub(crate) fn line(&self, tunnel: Tunnel) -> Line {
        CONFIGURED
            .iter()
            .position(|known| *known == tunnel)
            .map_or(Line::default(), |index| self.lines[index])
    }

    pub(crate) fn set_line(&mut self, tunnel: Tunnel, line: Line) {
        if let Some(index) = CONFIGURED.iter().position(|known| *known == tunnel) {
            self.lines[index] = line;
        }
    }

    /// Gives protocols their lines.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for ports that one of them cannot have; then nothing was changed.
    pub(crate) fn set_lines(&mut self, lines: &[(Tunnel, Line)]) -> Result<(), Code> {
        lines.iter().try_for_each(|(tunnel, line)| check_line(*tunnel, *line))?;
        lines.iter().for_each(|(tunnel, line)| self.set_line(*tunnel, *line));
        Ok(())
    }

    /// The lines of [`MPR_SERVER_1`](sys::MPR_SERVER_1).
    pub(crate) fn of_level_1(record: &sys::MPR_SERVER_1) -> Vec<(Tunnel, Line)> {
        vec![
            (Tunnel::Pptp, Line { ports: record.dwNumPptpPorts, flags: record.dwPptpPortFlags }),
            (Tunnel::L2tp, Line { ports: record.dwNumL2tpPorts, flags: record.dwL2tpPortFlags }),
        ]
    }

    /// The lines of [`MPR_SERVER_2`](sys::MPR_SERVER_2).
    pub(crate) fn of_level_2(record: &sys::MPR_SERVER_2) -> Vec<(Tunnel, Line)> {
        vec![
            (Tunnel::Pptp, Line { ports: record.dwNumPptpPorts, flags: record.dwPptpPortFlags }),
            (Tunnel::L2tp, Line { ports: record.dwNumL2tpPorts, flags: record.dwL2tpPortFlags }),
            (Tunnel::Sstp, Line { ports: record.dwNumSstpPorts, flags: record.dwSstpPortFlags }),
        ]
    }

    pub(crate) fn level_1(&self) -> sys::MPR_SERVER_1 {
        let (pptp, l2tp) = (self.line(Tunnel::Pptp), self.line(Tunnel::L2tp));
        sys::MPR_SERVER_1 {
            dwNumPptpPorts: pptp.ports,
            dwPptpPortFlags: pptp.flags,
            dwNumL2tpPorts: l2tp.ports,
            dwL2tpPortFlags: l2tp.flags,
        }
    }

    pub(crate) fn level_2(&self) -> sys::MPR_SERVER_2 {
        let one = self.level_1();
        let sstp = self.line(Tunnel::Sstp);
        sys::MPR_SERVER_2 {
            dwNumPptpPorts: one.dwNumPptpPorts,
            dwPptpPortFlags: one.dwPptpPortFlags,
            dwNumL2tpPorts: one.dwNumL2tpPorts,
            dwL2tpPortFlags: one.dwL2tpPortFlags,
            dwNumSstpPorts: sstp.ports,
            dwSstpPortFlags: sstp.flags,
        }
    }

    /// As today's `Ex` records have them.
    pub(crate) fn ex(&self) -> sys::MPRAPI_TUNNEL_CONFIG_PARAMS1 {
        let mut record = sys::MPRAPI_TUNNEL_CONFIG_PARAMS1::default();
        let parameters = &self.parameters;
        let ike = &mut record.IkeConfigParams;
        (ike.dwNumPorts, ike.dwPortFlags) = self.pair(Tunnel::Ikev2);
        ike.dwTunnelConfigParamFlags = sys::MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
        let tunnel = &mut ike.TunnelConfigParams;
        [
            tunnel.dwIdleTimeout,
            tunnel.dwNetworkBlackoutTime,
            tunnel.dwSaLifeTime,
            tunnel.dwSaDataSizeForRenegotiation,
            tunnel.dwConfigOptions,
        ] = parameters.ike;
        tunnel.dwEncryptionType = parameters.ike_encryption;
        tunnel.dwMmSaLifeTime = parameters.ike_main_mode;
        let pptp = &mut record.PptpConfigParams;
        (pptp.dwNumPorts, pptp.dwPortFlags) = self.pair(Tunnel::Pptp);
        let l2tp = &mut record.L2tpConfigParams;
        (l2tp.dwNumPorts, l2tp.dwPortFlags) = self.pair(Tunnel::L2tp);
        l2tp.dwTunnelConfigParamFlags = sys::MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS;
        let tunnel = &mut l2tp.TunnelConfigParams;
        [
            tunnel.dwIdleTimeout,
            tunnel.dwEncryptionType,
            tunnel.dwSaLifeTime,
            tunnel.dwSaDataSizeForRenegotiation,
        ] = parameters.l2tp;
        tunnel.dwMmSaLifeTime = parameters.l2tp_main_mode;
        let sstp = &mut record.SstpConfigParams;
        (sstp.dwNumPorts, sstp.dwPortFlags) = self.pair(Tunnel::Sstp);
        sstp.isUseHttps = parameters.sstp_https;
        sstp.certAlgorithm = parameters.sstp_algorithm;
        sstp.sstpCertDetails.isDefault = parameters.sstp_is_default;
        (record.GREConfigParams.dwNumPorts, record.GREConfigParams.dwPortFlags) = self.pair(Tunnel::Gre);
        record
    }

    fn pair(&self, tunnel: Tunnel) -> (u32, u32) {
        let line = self.line(tunnel);
        (line.ports, line.flags)
    }

    /// Takes over what the record has for the protocols of these lines.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for a number outside its range, `ERROR_NOT_SUPPORTED` for what is not simulated; then
    /// nothing was changed.
    pub(crate) fn set_ex(
        &mut self,
        lines: &[(Tunnel, Line)],
        record: &sys::MPRAPI_TUNNEL_CONFIG_PARAMS1,
    ) -> Result<(), Code> {
        let (ike, l2tp) = (&record.IkeConfigParams, &record.L2tpConfigParams);
        let sstp = &record.SstpConfigParams;
        let sets_ike = ike.dwTunnelConfigParamFlags & sys::MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS != 0;
        let sets_l2tp = l2tp.dwTunnelConfigParamFlags & sys::MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS != 0;
        for (tunnel, line) in lines {
            check_line(*tunnel, *line)?;
            match tunnel {
                Tunnel::Ikev2 if sets_ike => check_ikev2(&ike.TunnelConfigParams)?,
                Tunnel::L2tp if sets_l2tp => check_l2tp(&l2tp.TunnelConfigParams)?,
                _ => {}
            }
            let (ike, l2tp) = (&ike.TunnelConfigParams, &l2tp.TunnelConfigParams);
            let asks_too_much = match tunnel {
                Tunnel::Ikev2 => {
                    ike.dwTotalCertificates != 0
                        || ike.machineCertificateName.cbData != 0
                        || !ike.customPolicy.is_null()
                        || ike.dwTotalEkus != 0
                        || ike.machineCertificateHash.cbData != 0
                }
                Tunnel::L2tp => !l2tp.customPolicy.is_null(),
                Tunnel::Sstp => sstp.sstpCertDetails.certBlob.cbData != 0,
                _ => false,
            };
            if asks_too_much {
                return Err(ERROR_NOT_SUPPORTED);
            }
        }
        for (tunnel, line) in lines {
            self.set_line(*tunnel, *line);
            let parameters = &mut self.parameters;
            match tunnel {
                Tunnel::Ikev2 if sets_ike => {
                    let tunnel = &ike.TunnelConfigParams;
                    parameters.ike = [
                        tunnel.dwIdleTimeout,
                        tunnel.dwNetworkBlackoutTime,
                        tunnel.dwSaLifeTime,
                        tunnel.dwSaDataSizeForRenegotiation,
                        tunnel.dwConfigOptions,
                    ];
                    parameters.ike_encryption = tunnel.dwEncryptionType;
                    parameters.ike_main_mode = tunnel.dwMmSaLifeTime;
                }
                Tunnel::L2tp if sets_l2tp => {
                    let tunnel = &l2tp.TunnelConfigParams;
                    parameters.l2tp = [
                        tunnel.dwIdleTimeout,
                        tunnel.dwEncryptionType,
                        tunnel.dwSaLifeTime,
                        tunnel.dwSaDataSizeForRenegotiation,
                    ];
                    parameters.l2tp_main_mode = tunnel.dwMmSaLifeTime;
                }
                Tunnel::Sstp => {
                    parameters.sstp_https = sstp.isUseHttps;
                    parameters.sstp_algorithm = sstp.certAlgorithm;
                    parameters.sstp_is_default = sstp.sstpCertDetails.isDefault;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The lines that a record has for the protocols named by bits.
pub(crate) fn lines_of_ex(protocols: u32, record: &sys::MPRAPI_TUNNEL_CONFIG_PARAMS1) -> Vec<(Tunnel, Line)> {
    let (ike, pptp) = (&record.IkeConfigParams, &record.PptpConfigParams);
    let (l2tp, sstp) = (&record.L2tpConfigParams, &record.SstpConfigParams);
    let gre = &record.GREConfigParams;
    let given = [
        (Tunnel::Pptp, Line { ports: pptp.dwNumPorts, flags: pptp.dwPortFlags }),
        (Tunnel::L2tp, Line { ports: l2tp.dwNumPorts, flags: l2tp.dwPortFlags }),
        (Tunnel::Sstp, Line { ports: sstp.dwNumPorts, flags: sstp.dwPortFlags }),
        (Tunnel::Ikev2, Line { ports: ike.dwNumPorts, flags: ike.dwPortFlags }),
        (Tunnel::Gre, Line { ports: gre.dwNumPorts, flags: gre.dwPortFlags }),
    ];
    let named = given.into_iter().enumerate().filter(|(bit, _)| protocols & (1 << bit) != 0);
    named.map(|(_, line)| line).collect()
}
