//! The settings of a server's tunnels: ports, lifetimes, certificates, algorithms.

use std::time::Duration;

use mprapi_sys::{
    self as sys, CRYPTOAPI_BLOB, IKEV2_CONFIG_PARAMS, IKEV2_TUNNEL_CONFIG_PARAMS4, L2TP_CONFIG_PARAMS1,
    MPR_CERT_EKU, MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX1, SSTP_CONFIG_PARAMS,
};

use super::ServerInfo;
use crate::enumeration::{enumeration, flags};
use crate::pointed::Pointed;
use crate::{Ikev2Policy, Result, WideStr, WideString};

flags! {
    /// The uses of ports (`MPR_ENABLE_…_ON_DEVICE`). Bits that this version does not know are kept.
    PortUsage {
        /// Clients may connect.
        REMOTE_ACCESS = sys::MPR_ENABLE_RAS_ON_DEVICE, "remote access";
        /// Other routers may connect, and be connected to.
        ROUTING = sys::MPR_ENABLE_ROUTING_ON_DEVICE, "routing";
    }
}

/// The ports of one kind of tunnel. The number and the uses are always set
/// together. There is no `Default`, because a forgotten field would then be set to zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[doc(alias("PPTP_CONFIG_PARAMS", "GRE_CONFIG_PARAMS0"))]
pub struct Ports {
    /// The number of ports. PPTP needs at least one; the largest number depends on the edition of Windows.
    pub count: u32,
    /// The uses of the ports.
    pub usage: PortUsage,
}

/// The ports of the tunnels that the levels 1 and 2 know (`MPR_SERVER_1`, `MPR_SERVER_2`). In a change, `None` leaves the
/// ports of that tunnel as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias("MPR_SERVER_1", "MPR_SERVER_2"))]
pub struct TunnelPorts {
    /// PPTP's.
    pub pptp: Option<Ports>,
    /// L2TP's.
    pub l2tp: Option<Ports>,
    /// SSTP's, for remote access only. `None` at level 1.
    pub sstp: Option<Ports>,
}

impl From<MPR_SERVER_1> for TunnelPorts {
    #[inline]
    fn from(raw: MPR_SERVER_1) -> TunnelPorts {
        TunnelPorts {
            pptp: Some(Ports::new(raw.dwNumPptpPorts, raw.dwPptpPortFlags)),
            l2tp: Some(Ports::new(raw.dwNumL2tpPorts, raw.dwL2tpPortFlags)),
            sstp: None,
        }
    }
}

impl From<MPR_SERVER_2> for TunnelPorts {
    #[inline]
    fn from(raw: MPR_SERVER_2) -> TunnelPorts {
        TunnelPorts {
            pptp: Some(Ports::new(raw.dwNumPptpPorts, raw.dwPptpPortFlags)),
            l2tp: Some(Ports::new(raw.dwNumL2tpPorts, raw.dwL2tpPortFlags)),
            sstp: Some(Ports::new(raw.dwNumSstpPorts, raw.dwSstpPortFlags)),
        }
    }
}

impl Ports {
    #[inline]
    fn new(count: u32, usage: u32) -> Ports {
        Ports { count, usage: PortUsage::from_bits_retain(usage) }
    }
}

/// The details of a server that the `Ex` calls read (`MPR_SERVER_EX0`, `MPR_SERVER_EX1`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias("MPR_SERVER_EX0", "MPR_SERVER_EX1"))]
pub struct ServerDetails {
    /// The server's mode, its age and its ports in all.
    pub state: ServerInfo,
    /// The settings of its tunnels. `MPR_SERVER_EX1` has everything; what another record lacks is `None` or empty:
    /// `MPR_SERVER_EX0` has no GRE, and the pages of [`ServerRevision1`](crate::ServerRevision1),
    /// [`ServerRevision2`](crate::ServerRevision2) and [`ServerRevision3`](crate::ServerRevision3) list more.
    pub tunnels: TunnelConfiguration,
}

/// The configuration of a server's tunnels, or a change of it. In a change, `None` leaves a setting as it is, here and in the
/// configuration of each tunnel. So a default value changes nothing.
///
/// ```
/// let mut change = mprapi::TunnelConfiguration::default();
/// change.gre = Some(mprapi::Ports { count: 2, usage: mprapi::PortUsage::ROUTING });
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias(
    "MPR_SERVER_SET_CONFIG_EX0",
    "MPR_SERVER_SET_CONFIG_EX1",
    "MPRAPI_TUNNEL_CONFIG_PARAMS0",
    "MPRAPI_TUNNEL_CONFIG_PARAMS1"
))]
pub struct TunnelConfiguration {
    /// IKEv2.
    pub ikev2: Option<Ikev2Configuration>,
    /// PPTP.
    pub pptp: Option<Ports>,
    /// L2TP over IPsec.
    pub l2tp: Option<L2tpConfiguration>,
    /// SSTP.
    pub sstp: Option<SstpConfiguration>,
    /// GRE.
    pub gre: Option<Ports>,
}

/// The configuration of IKEv2 (`IKEV2_CONFIG_PARAMS`). In a change, `None` leaves a setting as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[doc(alias("IKEV2_CONFIG_PARAMS"))]
pub struct Ikev2Configuration {
    /// The ports of the tunnel.
    pub ports: Option<Ports>,
    /// The lifetimes, certificates and algorithms; `None` also if they are not known.
    pub tunnel: Option<Ikev2Tunnel>,
}

/// Lifetimes, certificates and algorithms of IKEv2 (`IKEV2_TUNNEL_CONFIG_PARAMS4`). Times are in whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias(
    "IKEV2_TUNNEL_CONFIG_PARAMS1",
    "IKEV2_TUNNEL_CONFIG_PARAMS2",
    "IKEV2_TUNNEL_CONFIG_PARAMS3",
    "IKEV2_TUNNEL_CONFIG_PARAMS4"
))]
pub struct Ikev2Tunnel {
    /// After how long without traffic a connection ends: 300 to 17 279 999 s.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub idle_timeout: Duration,
    /// How long a client may be out of reach before its connection is given up: at least 120 s.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub network_blackout: Duration,
    /// How long the traffic's keys last: 300 to 17 279 999 s.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub lifetime: Duration,
    /// After how many kilobytes the traffic's keys are renewed: at least 1024.
    pub renew_after_kilobytes: u32,
    /// How long the keys of the negotiation last; Windows Server 2016 and later. `None` where the record does not tell.
    /// Where it is set, `None` stays as it is.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::maybe_seconds"
        )
    )]
    pub main_mode_lifetime: Option<Duration>,
    /// The X.509 names of the root certificates that clients' may come from; none means any.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::hex_list",
            deserialize_with = "crate::deserialize::hex_list"
        )
    )]
    pub root_certificates: Vec<Vec<u8>>,
    /// The X.509 name of the certificate that the server shows.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::serialize::hex", deserialize_with = "crate::deserialize::hex")
    )]
    pub certificate_name: Vec<u8>,
    /// The hash of the certificate that the server shows.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::serialize::hex", deserialize_with = "crate::deserialize::hex")
    )]
    pub certificate_hash: Vec<u8>,
    /// The usages that a client's certificate may have; none means any.
    pub certificate_usages: Vec<CertificateUsage>,
    /// The encryption. `None` if the record does not tell it. When written, `None` leaves it as it is.
    pub encryption: Option<Encryption>,
    /// The algorithms to negotiate; `None` means the system's own choice.
    pub policy: Option<Ikev2Policy>,
}

impl Default for Ikev2Tunnel {
    /// Values that every server takes: five minutes without traffic, half an hour out of reach, keys of
    /// eight hours and 100 000 kilobytes, any certificate, encryption required. To set it sets all of it but what is
    /// `None`: to change a part, begin with what the server tells.
    #[inline]
    fn default() -> Ikev2Tunnel {
        Ikev2Tunnel {
            idle_timeout: Duration::from_secs(300),
            network_blackout: Duration::from_secs(1800),
            lifetime: Duration::from_secs(28_800),
            renew_after_kilobytes: 100_000,
            main_mode_lifetime: Some(Duration::from_secs(28_800)),
            root_certificates: Vec::new(),
            certificate_name: Vec::new(),
            certificate_hash: Vec::new(),
            certificate_usages: Vec::new(),
            encryption: Some(Encryption::Required),
            policy: None,
        }
    }
}

/// A usage that a certificate may have (`MPR_CERT_EKU`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[doc(alias("MPR_CERT_EKU"))]
pub struct CertificateUsage {
    /// The usage: an object identifier such as `1.3.6.1.5.5.7.3.2`, or a name.
    pub usage: WideString,
    /// `true` if it is an object identifier.
    pub is_object_identifier: bool,
}

/// The configuration of L2TP (`L2TP_CONFIG_PARAMS1`). In a change, `None` leaves a setting as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[doc(alias("L2TP_CONFIG_PARAMS0", "L2TP_CONFIG_PARAMS1"))]
pub struct L2tpConfiguration {
    /// The ports of the tunnel.
    pub ports: Option<Ports>,
    /// The lifetimes and algorithms; `None` also if they are not known.
    pub tunnel: Option<L2tpTunnel>,
}

/// Lifetimes and algorithms of L2TP (`L2TP_TUNNEL_CONFIG_PARAMS2`). Times are in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
#[doc(alias("L2TP_TUNNEL_CONFIG_PARAMS1", "L2TP_TUNNEL_CONFIG_PARAMS2"))]
pub struct L2tpTunnel {
    /// After how long without traffic a connection ends: 300 to 17 279 999 s.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub idle_timeout: Duration,
    /// How long the traffic's keys last: 300 to 17 279 999 s.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    pub lifetime: Duration,
    /// After how many kilobytes the traffic's keys are renewed: at least 1024.
    pub renew_after_kilobytes: u32,
    /// How long the keys of the negotiation last; Windows Server 2016 and later. `None` where the record does not tell.
    /// Where it is set, `None` stays as it is.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::maybe_seconds"
        )
    )]
    pub main_mode_lifetime: Option<Duration>,
    /// The encryption. It is always read. When written, `None` leaves it as it is.
    pub encryption: Option<Encryption>,
    /// The algorithms to negotiate; `None` means the system's own choice.
    pub policy: Option<Ikev2Policy>,
}

impl Default for L2tpTunnel {
    /// Values that every server takes: five minutes without traffic, keys of one hour and 250 000 kilobytes,
    /// encryption required. To set it sets all of it but what is `None`: to change a part, begin with what the server tells.
    #[inline]
    fn default() -> L2tpTunnel {
        L2tpTunnel {
            idle_timeout: Duration::from_secs(300),
            lifetime: Duration::from_secs(3600),
            renew_after_kilobytes: 250_000,
            main_mode_lifetime: Some(Duration::from_secs(28_800)),
            encryption: Some(Encryption::Required),
            policy: None,
        }
    }
}

/// The configuration of SSTP (`SSTP_CONFIG_PARAMS`). In a change, `None` leaves a setting as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[doc(alias("SSTP_CONFIG_PARAMS", "SSTP_CERT_INFO"))]
pub struct SstpConfiguration {
    /// The ports of the tunnel.
    pub ports: Option<Ports>,
    /// `true` if the server itself ends TLS. If not, something in front of it does, and clients reach it by plain HTTP.
    pub https: Option<bool>,
    /// How the certificate's hash is made.
    pub hash_algorithm: Option<CertificateHash>,
    /// `true` if no administrator chose a certificate, so that the service picks a valid one. Set it to `false` when you
    /// choose one.
    pub picks_certificate: Option<bool>,
    /// The hash of the certificate, at most 32 bytes. No bytes mean that none is chosen.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::maybe_hex",
            deserialize_with = "crate::deserialize::maybe_hex"
        )
    )]
    pub certificate_hash: Option<Vec<u8>>,
}

enumeration! {
    /// The encryption of a tunnel.
    Encryption: u32 {
        /// No encryption.
        None = encryption::NONE, "none";
        /// Encryption if the client supports it.
        Optional = encryption::OPTIONAL, "optional";
        /// Or there is no connection.
        Required = encryption::REQUIRED, "required";
        /// With the strongest algorithms, or there is no connection.
        Strongest = encryption::STRONGEST, "strongest";
    }
}

mod encryption {
    pub(super) const NONE: u32 = 0;
    pub(super) const OPTIONAL: u32 = 1;
    pub(super) const REQUIRED: u32 = 2;
    pub(super) const STRONGEST: u32 = 3;
}

enumeration! {
    /// The algorithm of a certificate's hash (`ALG_ID`).
    CertificateHash: u32 {
        /// None is set.
        None = NO_HASH, "none";
        /// SHA-1.
        Sha1 = CALG_SHA1, "SHA-1";
        /// SHA-256.
        Sha256 = CALG_SHA_256, "SHA-256";
    }
}

// Values of wincrypt.h.
const NO_HASH: u32 = 0;
const CALG_SHA1: u32 = 0x8004;
const CALG_SHA_256: u32 = 0x800C;

/// The most certificates or usages that are read from a record: a guard against a number that is none.
const MOST_ITEMS: u32 = 1 << 10;
/// The most bytes that are read of each.
const MOST_BYTES: u32 = 1 << 16;

impl ServerDetails {
    /// Copies what the record says, and gives back what it points to.
    ///
    /// # Safety
    /// The record must be as a successful `Ex` call left it: each pointer as [`Pointed::array`] wants it.
    #[inline]
    pub(crate) unsafe fn read(mut pointed: Pointed<'_>, record: &MPR_SERVER_EX1) -> Result<ServerDetails> {
        let state = ServerInfo::new(
            record.fLanOnlyMode != 0,
            record.dwUpTime,
            record.dwTotalPorts,
            record.dwPortsInUse,
        );
        let tunnels = &record.ConfigParams;
        // SAFETY: passed on to the caller.
        let ikev2 = unsafe { Ikev2Configuration::read(&mut pointed, &tunnels.IkeConfigParams) };
        // SAFETY: as above.
        let l2tp = unsafe { L2tpConfiguration::read(&mut pointed, &tunnels.L2tpConfigParams) };
        // SAFETY: as above.
        let sstp = unsafe { SstpConfiguration::read(&mut pointed, &tunnels.SstpConfigParams) };
        // All of it is taken over before any is looked at, so that an error of one gives the others back.
        pointed.give_back()?;
        let (pptp, gre) = (tunnels.PptpConfigParams, tunnels.GREConfigParams);
        let tunnels = TunnelConfiguration {
            ikev2: Some(ikev2?),
            pptp: Some(Ports::new(pptp.dwNumPorts, pptp.dwPortFlags)),
            l2tp: Some(l2tp?),
            sstp: Some(sstp?),
            gre: Some(Ports::new(gre.dwNumPorts, gre.dwPortFlags)),
        };
        Ok(ServerDetails { state, tunnels })
    }
}

#[inline]
fn seconds(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into())
}

impl Ikev2Configuration {
    /// # Safety
    /// As [`ServerDetails::read`].
    #[inline]
    unsafe fn read(pointed: &mut Pointed<'_>, raw: &IKEV2_CONFIG_PARAMS) -> Result<Ikev2Configuration> {
        let ports = Some(Ports::new(raw.dwNumPorts, raw.dwPortFlags));
        // SAFETY: passed on to the caller.
        let tunnel = unsafe { Ikev2Tunnel::read(pointed, &raw.TunnelConfigParams) };
        let is_told = raw.dwTunnelConfigParamFlags & sys::MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS != 0;
        Ok(Ikev2Configuration { ports, tunnel: if is_told { Some(tunnel?) } else { None } })
    }
}

impl Ikev2Tunnel {
    /// # Safety
    /// As [`ServerDetails::read`].
    #[inline]
    unsafe fn read(pointed: &mut Pointed<'_>, raw: &IKEV2_TUNNEL_CONFIG_PARAMS4) -> Result<Ikev2Tunnel> {
        // SAFETY: passed on to the caller.
        let names = unsafe { pointed.array(raw.certificateNames, raw.dwTotalCertificates, MOST_ITEMS) };
        // SAFETY: as above; the array was copied whole.
        let name = |name: &CRYPTOAPI_BLOB| unsafe { pointed.blob(*name, MOST_BYTES) };
        let root_certificates = names.map(|names| names.iter().map(name).collect::<Vec<_>>());
        // SAFETY: as above.
        let usages = unsafe { pointed.array(raw.certificateEKUs, raw.dwTotalEkus, MOST_ITEMS) };
        // SAFETY: as above.
        let usage = |usage: &MPR_CERT_EKU| unsafe { CertificateUsage::read(pointed, usage) };
        let certificate_usages = usages.map(|usages| usages.iter().map(usage).collect::<Vec<_>>());
        // SAFETY: as above.
        let certificate_name = unsafe { pointed.blob(raw.machineCertificateName, MOST_BYTES) };
        // SAFETY: as above.
        let certificate_hash = unsafe { pointed.blob(raw.machineCertificateHash, MOST_BYTES) };
        // SAFETY: as above.
        let policy = unsafe { pointed.one(raw.customPolicy) };
        Ok(Ikev2Tunnel {
            idle_timeout: seconds(raw.dwIdleTimeout),
            network_blackout: seconds(raw.dwNetworkBlackoutTime),
            lifetime: seconds(raw.dwSaLifeTime),
            renew_after_kilobytes: raw.dwSaDataSizeForRenegotiation,
            main_mode_lifetime: Some(seconds(raw.dwMmSaLifeTime)),
            root_certificates: root_certificates?.into_iter().collect::<Result<_>>()?,
            certificate_name: certificate_name?,
            certificate_hash: certificate_hash?,
            certificate_usages: certificate_usages?.into_iter().collect::<Result<_>>()?,
            encryption: Some(raw.dwEncryptionType.into()),
            policy: policy?.map(Ikev2Policy::from),
        })
    }
}

impl CertificateUsage {
    /// # Safety
    /// As [`ServerDetails::read`].
    #[inline]
    unsafe fn read(pointed: &mut Pointed<'_>, raw: &MPR_CERT_EKU) -> Result<CertificateUsage> {
        // The size is in bytes.
        // SAFETY: passed on to the caller.
        let text = unsafe { pointed.array(raw.pwszEKU, raw.dwSize / 2, MOST_BYTES / 2) }?;
        Ok(CertificateUsage {
            usage: WideStr::from_array(&text).to_owned(),
            is_object_identifier: raw.IsEKUOID != 0,
        })
    }
}

impl L2tpConfiguration {
    /// # Safety
    /// As [`ServerDetails::read`].
    #[inline]
    unsafe fn read(pointed: &mut Pointed<'_>, raw: &L2TP_CONFIG_PARAMS1) -> Result<L2tpConfiguration> {
        let ports = Some(Ports::new(raw.dwNumPorts, raw.dwPortFlags));
        let is_told = raw.dwTunnelConfigParamFlags & sys::MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS != 0;
        let raw = &raw.TunnelConfigParams;
        // SAFETY: passed on to the caller.
        let policy = unsafe { pointed.one(raw.customPolicy) };
        if !is_told {
            return Ok(L2tpConfiguration { ports, tunnel: None });
        }
        let tunnel = L2tpTunnel {
            idle_timeout: seconds(raw.dwIdleTimeout),
            lifetime: seconds(raw.dwSaLifeTime),
            renew_after_kilobytes: raw.dwSaDataSizeForRenegotiation,
            main_mode_lifetime: Some(seconds(raw.dwMmSaLifeTime)),
            encryption: Some(raw.dwEncryptionType.into()),
            policy: policy?.map(Ikev2Policy::from),
        };
        Ok(L2tpConfiguration { ports, tunnel: Some(tunnel) })
    }
}

impl SstpConfiguration {
    /// # Safety
    /// As [`ServerDetails::read`].
    #[inline]
    unsafe fn read(pointed: &mut Pointed<'_>, raw: &SSTP_CONFIG_PARAMS) -> Result<SstpConfiguration> {
        Ok(SstpConfiguration {
            ports: Some(Ports::new(raw.dwNumPorts, raw.dwPortFlags)),
            https: Some(raw.isUseHttps != 0),
            hash_algorithm: Some(raw.certAlgorithm.into()),
            picks_certificate: Some(raw.sstpCertDetails.isDefault != 0),
            // SAFETY: passed on to the caller.
            certificate_hash: Some(unsafe { pointed.blob(raw.sstpCertDetails.certBlob, MOST_BYTES) }?),
        })
    }
}
