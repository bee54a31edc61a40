//! Changing how a server's tunnels are set: `ikev2.ports=64`, with the names of the columns of `server show`.

use std::fmt::Display;
use std::time::Duration;

use mprapi::{
    CertificateHash, CertificateUsage, Encryption, Ikev2Configuration, Ikev2Policy, Ikev2Tunnel,
    L2tpConfiguration, L2tpTunnel, PortUsage, Ports, SstpConfiguration, TunnelConfiguration,
};

use crate::range::Range;
use crate::{units, word};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tunnel {
    Ikev2,
    Sstp,
    L2tp,
    Pptp,
    Gre,
}

impl Tunnel {
    const ALL: [Tunnel; 5] = [Tunnel::Ikev2, Tunnel::Sstp, Tunnel::L2tp, Tunnel::Pptp, Tunnel::Gre];

    /// As `server show` has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Tunnel::Ikev2 => "IKEv2",
            Tunnel::Sstp => "SSTP",
            Tunnel::L2tp => "L2TP",
            Tunnel::Pptp => "PPTP",
            Tunnel::Gre => "GRE",
        }
    }

    /// What can be set of it.
    fn keys(self) -> Vec<&'static str> {
        let keys: &[&str] = match self {
            Tunnel::Ikev2 => &[
                "network_outage",
                "certificate",
                "certificate_name",
                "root_certificates",
                "certificate_usages",
            ],
            Tunnel::Sstp => &["https", "certificate", "certificate_hash"],
            Tunnel::L2tp | Tunnel::Pptp | Tunnel::Gre => &[],
        };
        let ipsec: &[&str] = match self {
            Tunnel::Ikev2 | Tunnel::L2tp => &[
                "idle_timeout",
                "lifetime",
                "renew_after",
                "main_mode_lifetime",
                "encryption",
                "policy",
                "integrity_method",
                "encryption_method",
                "cipher",
                "authentication",
                "pfs_group",
                "dh_group",
            ],
            Tunnel::Sstp | Tunnel::Pptp | Tunnel::Gre => &[],
        };
        [&PORTS, ipsec, keys].concat()
    }
}

/// What every tunnel has, on every Windows.
pub(super) const PORTS: [&str; 3] = ["ports", "remote_access", "routing"];

/// One setting of one tunnel, as it is to be.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) tunnel: Tunnel,
    pub(super) key: &'static str,
    pub(super) value: String,
}

/// What IKEv2 and L2TP have in common.
macro_rules! ipsec {
    ($tunnel:ident) => {
        Ipsec {
            idle_timeout: &mut $tunnel.idle_timeout,
            lifetime: &mut $tunnel.lifetime,
            renew_after: &mut $tunnel.renew_after_kilobytes,
            main_mode_lifetime: &mut $tunnel.main_mode_lifetime,
            encryption: &mut $tunnel.encryption,
            policy: &mut $tunnel.policy,
        }
    };
}

struct Ipsec<'t> {
    idle_timeout: &'t mut Duration,
    lifetime: &'t mut Duration,
    renew_after: &'t mut u32,
    main_mode_lifetime: &'t mut Duration,
    encryption: &'t mut Encryption,
    policy: &'t mut Option<Ikev2Policy>,
}

impl Setting {
    /// Reads `ikev2.idle-timeout=10min`. Whether the value can be one is found when it is put to use, which is tried
    /// here too.
    pub(super) fn parse(text: &str) -> Result<Setting, String> {
        let form = || "write TUNNEL.SETTING=VALUE, such as ikev2.ports=64".to_owned();
        let (name, value) = text.split_once('=').ok_or_else(form)?;
        let (tunnel, key) = name.split_once('.').ok_or_else(form)?;
        let tunnel = Tunnel::ALL
            .into_iter()
            .find(|known| known.name().eq_ignore_ascii_case(tunnel))
            .ok_or_else(|| format!("there is no tunnel `{tunnel}`: ikev2, sstp, l2tp, pptp, gre"))?;
        let wanted = key.replace('-', "_").to_lowercase();
        let keys = tunnel.keys();
        let key = keys.iter().copied().find(|known| *known == wanted).ok_or_else(|| {
            let keys: Vec<String> = keys.iter().map(|key| key.replace('_', "-")).collect();
            format!("{} has no setting `{key}`: {}", tunnel.name(), keys.join(", "))
        })?;
        let setting = Setting { tunnel, key, value: value.to_owned() };
        setting.apply(&mut anything()).map(|()| setting)
    }

    /// As it is written.
    pub(super) fn name(&self) -> String {
        format!("{}.{}", self.tunnel.name().to_lowercase(), self.key.replace('_', "-"))
    }

    pub(super) fn text(&self) -> String {
        format!("{}={}", self.name(), self.value)
    }

    /// Puts it into `tunnels`, of which the server has told everything.
    pub(super) fn apply(&self, tunnels: &mut TunnelConfiguration) -> Result<(), String> {
        let value = self.value.as_str();
        let TunnelConfiguration { ikev2, l2tp, pptp, sstp, gre, .. } = tunnels;
        let lacks = || format!("the server does not tell how its {} is set", self.tunnel.name());
        if PORTS.contains(&self.key) {
            let ports = match self.tunnel {
                Tunnel::Ikev2 => ikev2.as_mut().and_then(|ikev2| ikev2.ports.as_mut()),
                Tunnel::Sstp => sstp.as_mut().and_then(|sstp| sstp.ports.as_mut()),
                Tunnel::L2tp => l2tp.as_mut().and_then(|l2tp| l2tp.ports.as_mut()),
                Tunnel::Pptp => pptp.as_mut(),
                Tunnel::Gre => gre.as_mut(),
            };
            return self.apply_ports(ports.ok_or_else(lacks)?);
        }
        match self.tunnel {
            Tunnel::Ikev2 => {
                let tunnel = ikev2.as_mut().and_then(|ikev2| ikev2.tunnel.as_mut()).ok_or_else(lacks)?;
                match self.key {
                    "network_outage" => tunnel.network_blackout = Range::NETWORK_OUTAGE.time(value)?,
                    "certificate" => tunnel.certificate_hash = bytes(value)?,
                    "certificate_name" => tunnel.certificate_name = bytes(value)?,
                    "root_certificates" => tunnel.root_certificates = list(value, bytes)?,
                    "certificate_usages" => tunnel.certificate_usages = list(value, usage)?,
                    _ => self.apply_ipsec(ipsec!(tunnel))?,
                }
            }
            Tunnel::L2tp => {
                let tunnel = l2tp.as_mut().and_then(|l2tp| l2tp.tunnel.as_mut()).ok_or_else(lacks)?;
                self.apply_ipsec(ipsec!(tunnel))?;
            }
            Tunnel::Sstp => {
                let sstp = sstp.as_mut().ok_or_else(lacks)?;
                match self.key {
                    "https" => sstp.https = Some(yes(value)?),
                    "certificate_hash" => {
                        let known =
                            vec![CertificateHash::None, CertificateHash::Sha1, CertificateHash::Sha256];
                        sstp.hash_algorithm = Some(one_of(value, known)?);
                    }
                    // That one is chosen has to be said beside it.
                    _ => {
                        let hash = bytes(value)?;
                        sstp.picks_certificate = Some(hash.is_empty());
                        sstp.certificate_hash = Some(hash);
                    }
                }
            }
            Tunnel::Pptp | Tunnel::Gre => {}
        }
        Ok(())
    }

    /// What it can only be set together with: settings of one group make sense together alone.
    pub(super) fn group(&self) -> Option<(Tunnel, &'static str)> {
        match (self.tunnel, self.key) {
            (tunnel, key) if key == "policy" || POLICY.contains(&key) => Some((tunnel, "policy")),
            (Tunnel::Sstp, "certificate" | "certificate_hash") => Some((Tunnel::Sstp, "certificate")),
            _ => None,
        }
    }

    /// The range of its value, of settings that have one.
    pub(super) fn range(&self) -> Option<Range> {
        Some(match self.key {
            "ports" => self.port_range(),
            "idle_timeout" => Range::IDLE_TIMEOUT,
            "lifetime" => Range::LIFETIME,
            "renew_after" => Range::RENEW_AFTER,
            "network_outage" => Range::NETWORK_OUTAGE,
            _ => return None,
        })
    }

    fn port_range(&self) -> Range {
        match self.tunnel {
            Tunnel::Pptp => Range::PPTP_PORTS,
            Tunnel::L2tp | Tunnel::Sstp => Range::L2TP_OR_SSTP_PORTS,
            Tunnel::Ikev2 | Tunnel::Gre => Range::PORTS,
        }
    }

    fn apply_ports(&self, ports: &mut Ports) -> Result<(), String> {
        let value = self.value.as_str();
        match self.key {
            "ports" => ports.count = self.port_range().count(value)?,
            "remote_access" => ports.usage.set(PortUsage::REMOTE_ACCESS, yes(value)?),
            _ => ports.usage.set(PortUsage::ROUTING, yes(value)?),
        }
        Ok(())
    }

    fn apply_ipsec(&self, ipsec: Ipsec<'_>) -> Result<(), String> {
        let value = self.value.as_str();
        match self.key {
            "idle_timeout" => *ipsec.idle_timeout = Range::IDLE_TIMEOUT.time(value)?,
            "lifetime" => *ipsec.lifetime = Range::LIFETIME.time(value)?,
            "renew_after" => *ipsec.renew_after = Range::RENEW_AFTER.kilobytes(value, 1024)?,
            "main_mode_lifetime" => *ipsec.main_mode_lifetime = Range::MAIN_MODE_LIFETIME.time(value)?,
            "encryption" => *ipsec.encryption = one_of(value, word::all())?,
            "policy" if value.eq_ignore_ascii_case("default") => *ipsec.policy = None,
            "policy" => {
                return Err("a policy as a whole can only be `default`, the system's own choice".to_owned());
            }
            key => {
                let policy = ipsec.policy.get_or_insert_with(blank_policy);
                match key {
                    "integrity_method" => policy.integrity_method = one_of(value, word::all())?,
                    "encryption_method" => policy.encryption_method = one_of(value, word::all())?,
                    "cipher" => policy.cipher_transform = one_of(value, word::all())?,
                    "authentication" => policy.authentication_transform = one_of(value, word::all())?,
                    "pfs_group" => policy.pfs_group = one_of(value, word::all())?,
                    _ => policy.dh_group = one_of(value, word::all())?,
                }
            }
        }
        Ok(())
    }
}

pub(super) const POLICY: [&str; 6] =
    ["integrity_method", "encryption_method", "cipher", "authentication", "pfs_group", "dh_group"];

/// What six settings are put into.
fn blank_policy() -> Ikev2Policy {
    Ikev2Policy::new(0.into(), 0.into(), 0.into(), 0.into(), 0.into(), 0.into())
}

const NO_PORTS: Ports = Ports { count: 0, usage: PortUsage::empty() };

/// A server that tells everything, which every setting can be put into.
fn anything() -> TunnelConfiguration {
    let mut all = TunnelConfiguration::default();
    all.ikev2 = Some(Ikev2Configuration { ports: Some(NO_PORTS), tunnel: Some(Ikev2Tunnel::default()) });
    all.l2tp = Some(L2tpConfiguration { ports: Some(NO_PORTS), tunnel: Some(L2tpTunnel::default()) });
    all.sstp = Some(sstp_of(NO_PORTS));
    (all.pptp, all.gre) = (Some(NO_PORTS), Some(NO_PORTS));
    all
}

pub(super) fn sstp_of(ports: Ports) -> SstpConfiguration {
    SstpConfiguration {
        ports: Some(ports),
        https: Some(true),
        hash_algorithm: Some(CertificateHash::None),
        picks_certificate: Some(true),
        certificate_hash: Some(Vec::new()),
    }
}

fn yes(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("`{text}` is neither yes nor no")),
    }
}

/// Hexadecimal digits, with what tools put between them; `none` for none.
fn bytes(text: &str) -> Result<Vec<u8>, String> {
    if text.eq_ignore_ascii_case("none") {
        return Ok(Vec::new());
    }
    let bytes = units::parse_hex(text).ok().filter(|bytes| !bytes.is_empty());
    bytes
        .map(|bytes| bytes.to_vec())
        .ok_or_else(|| format!("`{text}` is neither hexadecimal digits nor none"))
}

/// Several, with commas between them; `any` for none.
fn list<T>(text: &str, one: fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    if text.eq_ignore_ascii_case("any") { Ok(Vec::new()) } else { text.split(',').map(one).collect() }
}

fn usage(text: &str) -> Result<CertificateUsage, String> {
    match text.trim() {
        "" => Err("a usage is empty".to_owned()),
        text => Ok(CertificateUsage {
            usage: text.into(),
            is_object_identifier: text.chars().all(|digit| digit.is_ascii_digit() || digit == '.'),
        }),
    }
}

/// The value that is shown as `text`.
fn one_of<T: Display>(text: &str, known: Vec<T>) -> Result<T, String> {
    word::find(text, known).map_err(|names| format!("`{text}` is none of {names}"))
}
