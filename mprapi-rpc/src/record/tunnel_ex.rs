//! The settings of tunnels, in memory and as messages of three revisions.

use super::twin::twins;
use crate::dimsvc::{
    Ikev2Config1, Ikev2Config2, Ikev2Config3, Ikev2Tunnel1, Ikev2Tunnel2, Ikev2Tunnel3, L2tpConfig1,
    L2tpConfig2, L2tpTunnel1, PptpConfig1, SstpCertificate1, SstpConfig1, TunnelConfig1, TunnelConfig2,
    TunnelConfig3,
};

twins! {
    IKEV2_TUNNEL_CONFIG_PARAMS4 = Ikev2Tunnel3 {
        dwIdleTimeout idle_timeout, dwNetworkBlackoutTime network_blackout_time, dwSaLifeTime sa_life_time,
        dwSaDataSizeForRenegotiation sa_data_size, dwConfigOptions options, dwEncryptionType encryption_type;
        else certificates, machine_certificate_name, policy, ekus, machine_certificate_hash
    }
}
twins! {
    IKEV2_CONFIG_PARAMS = Ikev2Config3 {
        dwNumPorts ports, dwPortFlags port_flags, dwTunnelConfigParamFlags tunnel_flags, TunnelConfigParams tunnel
    }
}
twins! { PPTP_CONFIG_PARAMS = PptpConfig1 { dwNumPorts ports, dwPortFlags port_flags } }
twins! {
    L2TP_TUNNEL_CONFIG_PARAMS2 = L2tpTunnel1 {
        dwIdleTimeout idle_timeout, dwEncryptionType encryption_type, dwSaLifeTime sa_life_time,
        dwSaDataSizeForRenegotiation sa_data_size; else policy
    }
}
twins! {
    L2TP_CONFIG_PARAMS1 = L2tpConfig2 {
        dwNumPorts ports, dwPortFlags port_flags, dwTunnelConfigParamFlags tunnel_flags, TunnelConfigParams tunnel
    }
}
twins! { SSTP_CERT_INFO = SstpCertificate1 { isDefault is_default; else certificate } }
twins! {
    SSTP_CONFIG_PARAMS = SstpConfig1 {
        dwNumPorts ports, dwPortFlags port_flags, isUseHttps uses_https, certAlgorithm certificate_algorithm,
        sstpCertDetails certificate
    }
}
twins! {
    MPRAPI_TUNNEL_CONFIG_PARAMS1 = TunnelConfig3 {
        IkeConfigParams ikev2, PptpConfigParams pptp, L2tpConfigParams l2tp, SstpConfigParams sstp
    }
}

/// A revision of the settings that the protocol has.
pub(crate) trait Revision: Sized {
    /// Takes from the newest settings what this revision has.
    fn of(newest: TunnelConfig3) -> Self;

    /// Returns the newest settings: these, and from `before` what this revision lacks.
    fn onto(self, before: TunnelConfig3) -> TunnelConfig3;
}

impl Revision for TunnelConfig3 {
    fn of(newest: TunnelConfig3) -> TunnelConfig3 {
        newest
    }

    fn onto(self, _: TunnelConfig3) -> TunnelConfig3 {
        self
    }
}

impl Revision for TunnelConfig2 {
    fn of(newest: TunnelConfig3) -> TunnelConfig2 {
        let tunnel = newest.ikev2.tunnel;
        TunnelConfig2 {
            ikev2: Ikev2Config2 {
                ports: newest.ikev2.ports,
                port_flags: newest.ikev2.port_flags,
                tunnel_flags: newest.ikev2.tunnel_flags,
                tunnel: Ikev2Tunnel2 {
                    idle_timeout: tunnel.idle_timeout,
                    network_blackout_time: tunnel.network_blackout_time,
                    sa_life_time: tunnel.sa_life_time,
                    sa_data_size: tunnel.sa_data_size,
                    options: tunnel.options,
                    certificates: tunnel.certificates,
                    machine_certificate_name: tunnel.machine_certificate_name,
                    encryption_type: tunnel.encryption_type,
                    policy: tunnel.policy,
                },
            },
            pptp: newest.pptp,
            l2tp: L2tpConfig1 { ports: newest.l2tp.ports, port_flags: newest.l2tp.port_flags },
            sstp: newest.sstp,
        }
    }

    fn onto(self, before: TunnelConfig3) -> TunnelConfig3 {
        let (tunnel, known) = (self.ikev2.tunnel, before.ikev2.tunnel);
        TunnelConfig3 {
            ikev2: Ikev2Config3 {
                ports: self.ikev2.ports,
                port_flags: self.ikev2.port_flags,
                tunnel_flags: self.ikev2.tunnel_flags,
                tunnel: Ikev2Tunnel3 {
                    idle_timeout: tunnel.idle_timeout,
                    network_blackout_time: tunnel.network_blackout_time,
                    sa_life_time: tunnel.sa_life_time,
                    sa_data_size: tunnel.sa_data_size,
                    options: tunnel.options,
                    certificates: tunnel.certificates,
                    machine_certificate_name: tunnel.machine_certificate_name,
                    encryption_type: tunnel.encryption_type,
                    policy: tunnel.policy,
                    ekus: known.ekus,
                    machine_certificate_hash: known.machine_certificate_hash,
                },
            },
            pptp: self.pptp,
            // The parameters of this tunnel are not set at all.
            l2tp: L2tpConfig2 {
                ports: self.l2tp.ports,
                port_flags: self.l2tp.port_flags,
                tunnel_flags: 0,
                tunnel: before.l2tp.tunnel,
            },
            sstp: self.sstp,
        }
    }
}

impl Revision for TunnelConfig1 {
    fn of(newest: TunnelConfig3) -> TunnelConfig1 {
        let newer = TunnelConfig2::of(newest);
        let tunnel = newer.ikev2.tunnel;
        TunnelConfig1 {
            ikev2: Ikev2Config1 {
                ports: newer.ikev2.ports,
                port_flags: newer.ikev2.port_flags,
                tunnel_flags: newer.ikev2.tunnel_flags,
                tunnel: Ikev2Tunnel1 {
                    idle_timeout: tunnel.idle_timeout,
                    network_blackout_time: tunnel.network_blackout_time,
                    sa_life_time: tunnel.sa_life_time,
                    sa_data_size: tunnel.sa_data_size,
                    options: tunnel.options,
                    certificates: tunnel.certificates,
                },
            },
            pptp: newer.pptp,
            l2tp: newer.l2tp,
            sstp: newer.sstp,
        }
    }

    fn onto(self, before: TunnelConfig3) -> TunnelConfig3 {
        let (tunnel, known) = (self.ikev2.tunnel, before.ikev2.tunnel.clone());
        let newer = TunnelConfig2 {
            ikev2: Ikev2Config2 {
                ports: self.ikev2.ports,
                port_flags: self.ikev2.port_flags,
                tunnel_flags: self.ikev2.tunnel_flags,
                tunnel: Ikev2Tunnel2 {
                    idle_timeout: tunnel.idle_timeout,
                    network_blackout_time: tunnel.network_blackout_time,
                    sa_life_time: tunnel.sa_life_time,
                    sa_data_size: tunnel.sa_data_size,
                    options: tunnel.options,
                    certificates: tunnel.certificates,
                    machine_certificate_name: known.machine_certificate_name,
                    encryption_type: known.encryption_type,
                    policy: known.policy,
                },
            },
            pptp: self.pptp,
            l2tp: self.l2tp,
            sstp: self.sstp,
        };
        newer.onto(before)
    }
}
