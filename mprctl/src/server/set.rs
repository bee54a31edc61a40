//! Changing how a server's tunnels are set: `ikev2.ports=64`, with the names of the columns of `server show`.

use std::fmt::Display;
use std::time::Duration;

use mprapi::{
    CertificateHash, CertificateUsage, Encryption, Error, ErrorKind, Ikev2Configuration, Ikev2Policy,
    Ikev2Tunnel, L2tpConfiguration, L2tpTunnel, PortUsage, Ports, SstpConfiguration, TunnelConfiguration,
    TunnelPorts,
};

use super::tunnels::{Keeper, Settings, TunnelRow};
use crate::failure::{Failure, Kind};
use crate::output::{Row as _, Value};
use crate::{units, word};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tunnel {
    Ikev2,
    Sstp,
    L2tp,
    Pptp,
    Gre,
}

impl Tunnel {
    const ALL: [Tunnel; 5] = [Tunnel::Ikev2, Tunnel::Sstp, Tunnel::L2tp, Tunnel::Pptp, Tunnel::Gre];

    /// As `server show` has it.
    fn name(self) -> &'static str {
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
const PORTS: [&str; 3] = ["ports", "remote_access", "routing"];

/// One setting of one tunnel, as it is to be.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    tunnel: Tunnel,
    key: &'static str,
    value: String,
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
    fn apply(&self, tunnels: &mut TunnelConfiguration) -> Result<(), String> {
        let value = self.value.as_str();
        let TunnelConfiguration { ikev2, l2tp, pptp, sstp, gre, .. } = tunnels;
        let lacks = || format!("the server does not tell how its {} is set", self.tunnel.name());
        if PORTS.contains(&self.key) {
            let ports = match self.tunnel {
                Tunnel::Ikev2 => ikev2.as_mut().map(|ikev2| &mut ikev2.ports),
                Tunnel::Sstp => sstp.as_mut().map(|sstp| &mut sstp.ports),
                Tunnel::L2tp => l2tp.as_mut().map(|l2tp| &mut l2tp.ports),
                Tunnel::Pptp => pptp.as_mut(),
                Tunnel::Gre => gre.as_mut(),
            };
            return self.apply_ports(ports.ok_or_else(lacks)?);
        }
        match self.tunnel {
            Tunnel::Ikev2 => {
                let tunnel = ikev2.as_mut().and_then(|ikev2| ikev2.tunnel.as_mut()).ok_or_else(lacks)?;
                match self.key {
                    "network_outage" => tunnel.network_blackout = units::parse_duration(value)?,
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
                    "https" => sstp.https = yes(value)?,
                    "certificate_hash" => {
                        let known =
                            vec![CertificateHash::None, CertificateHash::Sha1, CertificateHash::Sha256];
                        sstp.hash_algorithm = one_of(value, known)?;
                    }
                    // That one is chosen has to be said beside it.
                    _ => {
                        sstp.certificate_hash = bytes(value)?;
                        sstp.picks_certificate = sstp.certificate_hash.is_empty();
                    }
                }
            }
            Tunnel::Pptp | Tunnel::Gre => {}
        }
        Ok(())
    }

    fn apply_ports(&self, ports: &mut Ports) -> Result<(), String> {
        let value = self.value.as_str();
        match self.key {
            "ports" => ports.count = number(value)?,
            "remote_access" => ports.usage.set(PortUsage::REMOTE_ACCESS, yes(value)?),
            _ => ports.usage.set(PortUsage::ROUTING, yes(value)?),
        }
        Ok(())
    }

    fn apply_ipsec(&self, ipsec: Ipsec<'_>) -> Result<(), String> {
        let value = self.value.as_str();
        match self.key {
            "idle_timeout" => *ipsec.idle_timeout = units::parse_duration(value)?,
            "lifetime" => *ipsec.lifetime = units::parse_duration(value)?,
            "renew_after" => *ipsec.renew_after = number(value)?,
            "main_mode_lifetime" => *ipsec.main_mode_lifetime = units::parse_duration(value)?,
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

const POLICY: [&str; 6] =
    ["integrity_method", "encryption_method", "cipher", "authentication", "pfs_group", "dh_group"];

/// What six settings are put into.
fn blank_policy() -> Ikev2Policy {
    Ikev2Policy {
        integrity_method: 0.into(),
        encryption_method: 0.into(),
        cipher_transform: 0.into(),
        authentication_transform: 0.into(),
        pfs_group: 0.into(),
        dh_group: 0.into(),
    }
}

/// A server that tells everything, which every setting can be put into.
fn anything() -> TunnelConfiguration {
    let (time, encryption) = (Duration::ZERO, Encryption::None);
    let mut all = TunnelConfiguration::default();
    all.ikev2 = Some(Ikev2Configuration {
        ports: Ports::default(),
        tunnel: Some(Ikev2Tunnel {
            idle_timeout: time,
            network_blackout: time,
            lifetime: time,
            renew_after_kilobytes: 0,
            main_mode_lifetime: time,
            root_certificates: Vec::new(),
            certificate_name: Vec::new(),
            certificate_hash: Vec::new(),
            certificate_usages: Vec::new(),
            encryption,
            policy: None,
        }),
    });
    all.l2tp = Some(L2tpConfiguration {
        ports: Ports::default(),
        tunnel: Some(L2tpTunnel {
            idle_timeout: time,
            lifetime: time,
            renew_after_kilobytes: 0,
            main_mode_lifetime: time,
            encryption,
            policy: None,
        }),
    });
    all.sstp = Some(sstp_of(Ports::default()));
    (all.pptp, all.gre) = (Some(Ports::default()), Some(Ports::default()));
    all
}

fn sstp_of(ports: Ports) -> SstpConfiguration {
    SstpConfiguration {
        ports,
        https: true,
        hash_algorithm: CertificateHash::None,
        picks_certificate: true,
        certificate_hash: Vec::new(),
    }
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{text}` is no number from 0 to {}", u32::MAX))
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
            usage: text.to_owned(),
            is_object_identifier: text.chars().all(|digit| digit.is_ascii_digit() || digit == '.'),
        }),
    }
}

/// The value that is shown as `text`.
fn one_of<T: Display>(text: &str, known: Vec<T>) -> Result<T, String> {
    word::find(text, known).map_err(|names| format!("`{text}` is none of {names}"))
}

/// What is to be set, and how it reads.
pub(super) struct Plan {
    /// `ikev2.ports: 128 → 64`, a line a setting.
    pub(super) lines: Vec<String>,
    wanted: Settings,
}

impl Plan {
    /// Puts `settings` into what `keeper` has now.
    pub(super) fn new(keeper: Keeper<'_>, settings: &[Setting]) -> Result<Plan, Failure> {
        let (mut all, has_only_ports) = match keeper.settings()? {
            Settings::All(all) => (*all, false),
            Settings::Ports(ports) => (all_of(ports), true),
        };
        let before = all.clone();
        for setting in settings {
            let is_newer =
                !PORTS.contains(&setting.key) || matches!(setting.tunnel, Tunnel::Ikev2 | Tunnel::Gre);
            if has_only_ports && is_newer {
                let message = format!("{} cannot be set there", setting.name());
                return Err(Failure::new(Kind::Unsupported, message).advice(
                    "Before Windows Server 2008 R2, and while the service is stopped, only the ports of SSTP, L2TP and \
                     PPTP and what they are for can be set.",
                ));
            }
            setting.apply(&mut all).map_err(|problem| Failure::new(Kind::Unsupported, problem))?;
        }
        check_policies(settings, &before)?;
        let lines = settings.iter().map(|setting| setting.line(&before, &all)).collect();
        let wanted = if has_only_ports {
            Settings::Ports(ports_of(&all))
        } else {
            Settings::All(Box::new(only(settings, all)))
        };
        Ok(Plan { lines, wanted })
    }

    pub(super) fn carry_out(&self, keeper: Keeper<'_>) -> Result<(), Failure> {
        let outcome = match (&self.wanted, keeper) {
            (Settings::All(tunnels), Keeper::Running(server)) => server.set_tunnels(tunnels),
            (Settings::All(tunnels), Keeper::Stored(stored)) => stored.set_tunnels(tunnels),
            (Settings::Ports(ports), Keeper::Running(server)) => server.set_ports(ports),
            (Settings::Ports(ports), Keeper::Stored(stored)) => stored.set_ports(ports),
        };
        outcome.map_err(|error| explain(error, keeper))
    }
}

fn explain(error: Error, keeper: Keeper<'_>) -> Failure {
    let needs_restart = error.name() == Some("ERROR_SUCCESS_REBOOT_REQUIRED");
    // What mprapi itself refuses says why.
    let is_invalid = error.kind() == ErrorKind::InvalidArgument && error.code().is_some();
    let failure = Failure::from(error);
    match keeper {
        Keeper::Running(_) if needs_restart => {
            let message = "the running server cannot have so many ports, and nothing was changed".to_owned();
            Failure { message, ..failure }
                .advice("Store the number with --store-only, and restart the computer of the server.")
        }
        Keeper::Stored(_) if needs_restart => failure.advice(
            "Restart the computer of the server; `server show --store` tells whether the number was stored.",
        ),
        _ if is_invalid => failure.advice(
            "PPTP has at least one port, how many ports there can be depends on the edition of Windows, and an idle \
             time-out or a lifetime is 5min or more.",
        ),
        _ => failure,
    }
}

/// What levels without the rest tell, as all is told; the rest is not looked at.
fn all_of(TunnelPorts { pptp, l2tp, sstp }: TunnelPorts) -> TunnelConfiguration {
    let mut all = TunnelConfiguration::default();
    all.pptp = Some(pptp);
    all.l2tp = Some(L2tpConfiguration { ports: l2tp, tunnel: None });
    all.sstp = sstp.map(sstp_of);
    all
}

fn ports_of(all: &TunnelConfiguration) -> TunnelPorts {
    TunnelPorts {
        pptp: all.pptp.unwrap_or_default(),
        l2tp: all.l2tp.map(|l2tp| l2tp.ports).unwrap_or_default(),
        sstp: all.sstp.as_ref().map(|sstp| sstp.ports),
    }
}

/// Of `all` what `settings` name: the rest stays as it is on the server too.
fn only(settings: &[Setting], mut all: TunnelConfiguration) -> TunnelConfiguration {
    let is_named = |tunnel: Tunnel| settings.iter().any(|setting| setting.tunnel == tunnel);
    let is_ports = |tunnel: Tunnel| {
        settings.iter().filter(|setting| setting.tunnel == tunnel).all(|setting| PORTS.contains(&setting.key))
    };
    all.ikev2 = all.ikev2.filter(|_| is_named(Tunnel::Ikev2));
    if let (Some(ikev2), true) = (&mut all.ikev2, is_ports(Tunnel::Ikev2)) {
        ikev2.tunnel = None;
    }
    all.l2tp = all.l2tp.filter(|_| is_named(Tunnel::L2tp));
    if let (Some(l2tp), true) = (&mut all.l2tp, is_ports(Tunnel::L2tp)) {
        l2tp.tunnel = None;
    }
    all.sstp = all.sstp.filter(|_| is_named(Tunnel::Sstp));
    all.pptp = all.pptp.filter(|_| is_named(Tunnel::Pptp));
    all.gre = all.gre.filter(|_| is_named(Tunnel::Gre));
    all
}

/// The record has all six algorithms or none, so where there are none, one alone cannot be set.
fn check_policies(settings: &[Setting], before: &TunnelConfiguration) -> Result<(), Failure> {
    let ikev2 = before.ikev2.as_ref().and_then(|ikev2| ikev2.tunnel.as_ref()?.policy);
    let l2tp = before.l2tp.and_then(|l2tp| l2tp.tunnel?.policy);
    for (tunnel, policy) in [(Tunnel::Ikev2, ikev2), (Tunnel::L2tp, l2tp)] {
        let is_said =
            |key: &str| settings.iter().any(|setting| setting.tunnel == tunnel && setting.key == key);
        let missing: Vec<String> =
            POLICY.into_iter().filter(|key| !is_said(key)).map(|key| key.replace('_', "-")).collect();
        if policy.is_none() && (1..POLICY.len()).contains(&missing.len()) {
            let message = format!(
                "the algorithms of {} are the system's own choice; to set one, set all: also {}",
                tunnel.name(),
                missing.join(", ")
            );
            return Err(Failure::usage(message));
        }
    }
    Ok(())
}

impl Setting {
    /// What it is and what it is to be.
    fn line(&self, before: &TunnelConfiguration, after: &TunnelConfiguration) -> String {
        let shown = |all: &TunnelConfiguration| {
            let rows = TunnelRow::all(all);
            let row = rows.iter().find(|row| row.tunnel() == self.tunnel.name());
            let column = TunnelRow::COLUMNS.iter().find(|column| column.name == self.key);
            let mut text = String::new();
            match row.zip(column).map(|(row, column)| (column.value)(row)) {
                Some(Value::Nothing) | None => text.push_str("none"),
                Some(value) => value.write_short(&mut text),
            }
            text
        };
        match self.key {
            // As a whole it is no column.
            "policy" => format!("{}: {}", self.name(), self.value),
            _ => format!("{}: {} → {}", self.name(), shown(before), shown(after)),
        }
    }
}
