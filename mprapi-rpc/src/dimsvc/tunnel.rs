//! Settings of the four kinds of tunnel.

use super::certificate::{CertificateBlob, CertificateEku};
use super::policy::CustomPolicy;
use crate::ndr::{Counted, ndr_struct};

ndr_struct! {
    /// Parameters of IKEv2 tunnels (`IKEV2_TUNNEL_CONFIG_PARAMS_1`).
    #[derive(Default)]
    struct Ikev2Tunnel1 {
        /// The time after which an idle connection ends, in seconds.
        dwIdleTimeout => idle_timeout: u32,
        /// The time for which the server waits for an answer before it ends the connection, in seconds.
        dwNetworkBlackoutTime => network_blackout_time: u32,
        /// The lifetime of a security association, in seconds.
        dwSaLifeTime => sa_life_time: u32,
        /// The data after which a security association is negotiated again, in kilobytes.
        dwSaDataSizeForRenegotiation => sa_data_size: u32,
        /// Not used, 0.
        dwConfigOptions => options: u32,
        /// The names of root certificates that the server accepts (`dwTotalCertificates`).
        certificateNames => certificates: Counted<CertificateBlob>,
    }
}

ndr_struct! {
    /// Parameters of IKEv2 tunnels (`IKEV2_TUNNEL_CONFIG_PARAMS_2`).
    #[derive(Default)]
    struct Ikev2Tunnel2 {
        /// The time after which an idle connection ends, in seconds.
        dwIdleTimeout => idle_timeout: u32,
        /// The time for which the server waits for an answer before it ends the connection, in seconds.
        dwNetworkBlackoutTime => network_blackout_time: u32,
        /// The lifetime of a security association, in seconds.
        dwSaLifeTime => sa_life_time: u32,
        /// The data after which a security association is negotiated again, in kilobytes.
        dwSaDataSizeForRenegotiation => sa_data_size: u32,
        /// Not used, 0.
        dwConfigOptions => options: u32,
        /// The names of root certificates that the server accepts (`dwTotalCertificates`).
        certificateNames => certificates: Counted<CertificateBlob>,
        /// The name of the server's certificate.
        machineCertificateName => machine_certificate_name: CertificateBlob,
        /// The set of methods to choose from.
        dwEncryptionType => encryption_type: u32,
        /// The methods, null for those of `encryption_type`.
        customPolicy => policy: Option<CustomPolicy>,
    }
}

ndr_struct! {
    /// Parameters of IKEv2 tunnels (`IKEV2_TUNNEL_CONFIG_PARAMS_3`).
    #[derive(Default)]
    struct Ikev2Tunnel3 {
        /// The time after which an idle connection ends, in seconds.
        dwIdleTimeout => idle_timeout: u32,
        /// The time for which the server waits for an answer before it ends the connection, in seconds.
        dwNetworkBlackoutTime => network_blackout_time: u32,
        /// The lifetime of a security association, in seconds.
        dwSaLifeTime => sa_life_time: u32,
        /// The data after which a security association is negotiated again, in kilobytes.
        dwSaDataSizeForRenegotiation => sa_data_size: u32,
        /// Not used, 0.
        dwConfigOptions => options: u32,
        /// The names of root certificates that the server accepts (`dwTotalCertificates`).
        certificateNames => certificates: Counted<CertificateBlob>,
        /// The name of the server's certificate.
        machineCertificateName => machine_certificate_name: CertificateBlob,
        /// The set of methods to choose from.
        dwEncryptionType => encryption_type: u32,
        /// The methods, null for those of `encryption_type`.
        customPolicy => policy: Option<CustomPolicy>,
        /// The extended key usages of certificates that are accepted (`dwTotalEkus`).
        certificateEKUs => ekus: Counted<CertificateEku>,
        /// The hash of the server's certificate.
        machineCertificateHash => machine_certificate_hash: CertificateBlob,
    }
}

ndr_struct! {
    /// Parameters of L2TP tunnels (`L2TP_TUNNEL_CONFIG_PARAMS_1`).
    #[derive(Default)]
    struct L2tpTunnel1 {
        /// The time after which an idle connection ends, in seconds.
        dwIdleTimeout => idle_timeout: u32,
        /// The set of methods to choose from.
        dwEncryptionType => encryption_type: u32,
        /// The lifetime of a security association, in seconds.
        dwSaLifeTime => sa_life_time: u32,
        /// The data after which a security association is negotiated again, in kilobytes.
        dwSaDataSizeForRenegotiation => sa_data_size: u32,
        /// The methods, null for those of `encryption_type`.
        customPolicy => policy: Option<CustomPolicy>,
    }
}

ndr_struct! {
    /// Settings of IKEv2 (`IKEV2_CONFIG_PARAMS_1`).
    #[derive(Default)]
    struct Ikev2Config1 {
        /// The number of ports.
        dwNumPorts => ports: u32,
        /// Flags of the ports: `MPR_ENABLE_…`.
        dwPortFlags => port_flags: u32,
        /// Flags of the tunnels.
        dwTunnelConfigParamFlags => tunnel_flags: u32,
        /// Parameters of the tunnels.
        TunnelConfigParams => tunnel: Ikev2Tunnel1,
    }
}

ndr_struct! {
    /// Settings of IKEv2 (`IKEV2_CONFIG_PARAMS_2`).
    #[derive(Default)]
    struct Ikev2Config2 {
        /// The number of ports.
        dwNumPorts => ports: u32,
        /// Flags of the ports: `MPR_ENABLE_…`.
        dwPortFlags => port_flags: u32,
        /// Flags of the tunnels.
        dwTunnelConfigParamFlags => tunnel_flags: u32,
        /// Parameters of the tunnels.
        TunnelConfigParams => tunnel: Ikev2Tunnel2,
    }
}

ndr_struct! {
    /// Settings of IKEv2 (`IKEV2_CONFIG_PARAMS_3`).
    #[derive(Default)]
    struct Ikev2Config3 {
        /// The number of ports.
        dwNumPorts => ports: u32,
        /// Flags of the ports: `MPR_ENABLE_…`.
        dwPortFlags => port_flags: u32,
        /// Flags of the tunnels.
        dwTunnelConfigParamFlags => tunnel_flags: u32,
        /// Parameters of the tunnels.
        TunnelConfigParams => tunnel: Ikev2Tunnel3,
    }
}

ndr_struct! {
    /// Settings of PPTP (`PPTP_CONFIG_PARAMS_1`).
    #[derive(Copy, Default)]
    struct PptpConfig1 {
        /// The number of ports.
        dwNumPorts => ports: u32,
        /// Flags of the ports: `MPR_ENABLE_…`.
        dwPortFlags => port_flags: u32,
    }
}

ndr_struct! {
    /// Settings of L2TP (`L2TP_CONFIG_PARAMS_1`).
    #[derive(Copy, Default)]
    struct L2tpConfig1 {
        /// The number of ports.
        dwNumPorts => ports: u32,
        /// Flags of the ports: `MPR_ENABLE_…`.
        dwPortFlags => port_flags: u32,
    }
}

ndr_struct! {
    /// Settings of L2TP (`L2TP_CONFIG_PARAMS_2`).
    #[derive(Default)]
    struct L2tpConfig2 {
        /// The number of ports.
        dwNumPorts => ports: u32,
        /// Flags of the ports: `MPR_ENABLE_…`.
        dwPortFlags => port_flags: u32,
        /// Flags of the tunnels.
        dwTunnelConfigParamFlags => tunnel_flags: u32,
        /// Parameters of the tunnels.
        TunnelConfigParams => tunnel: L2tpTunnel1,
    }
}

ndr_struct! {
    /// The certificate of SSTP (`SSTP_CERT_INFO_1`).
    #[derive(Default)]
    struct SstpCertificate1 {
        /// Not 0 if the server chooses the certificate.
        isDefault => is_default: u32,
        /// The hash of the certificate.
        certBlob => certificate: CertificateBlob,
    }
}

ndr_struct! {
    /// Settings of SSTP (`SSTP_CONFIG_PARAMS_1`).
    #[derive(Default)]
    struct SstpConfig1 {
        /// The number of ports.
        dwNumPorts => ports: u32,
        /// Flags of the ports: `MPR_ENABLE_…`.
        dwPortFlags => port_flags: u32,
        /// Not 0 to use HTTPS.
        isUseHttps => uses_https: u32,
        /// The algorithm of the certificate's hash: `CALG_SHA_256`.
        certAlgorithm => certificate_algorithm: u32,
        /// The certificate.
        sstpCertDetails => certificate: SstpCertificate1,
    }
}

ndr_struct! {
    /// Settings of all kinds of tunnel (`MPRAPI_TUNNEL_CONFIG_PARAMS_1`).
    #[derive(Default)]
    struct TunnelConfig1 {
        /// Settings of IKEv2.
        IkeConfigParams => ikev2: Ikev2Config1,
        /// Settings of PPTP.
        PptpConfigParams => pptp: PptpConfig1,
        /// Settings of L2TP.
        L2tpConfigParams => l2tp: L2tpConfig1,
        /// Settings of SSTP.
        SstpConfigParams => sstp: SstpConfig1,
    }
}

ndr_struct! {
    /// Settings of all kinds of tunnel (`MPRAPI_TUNNEL_CONFIG_PARAMS_2`).
    #[derive(Default)]
    struct TunnelConfig2 {
        /// Settings of IKEv2.
        IkeConfigParams => ikev2: Ikev2Config2,
        /// Settings of PPTP.
        PptpConfigParams => pptp: PptpConfig1,
        /// Settings of L2TP.
        L2tpConfigParams => l2tp: L2tpConfig1,
        /// Settings of SSTP.
        SstpConfigParams => sstp: SstpConfig1,
    }
}

ndr_struct! {
    /// Settings of all kinds of tunnel (`MPRAPI_TUNNEL_CONFIG_PARAMS_3`).
    #[derive(Default)]
    struct TunnelConfig3 {
        /// Settings of IKEv2.
        IkeConfigParams => ikev2: Ikev2Config3,
        /// Settings of PPTP.
        PptpConfigParams => pptp: PptpConfig1,
        /// Settings of L2TP.
        L2tpConfigParams => l2tp: L2tpConfig2,
        /// Settings of SSTP.
        SstpConfigParams => sstp: SstpConfig1,
    }
}
