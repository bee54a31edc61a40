//! How a server's tunnels are set: read from the running server or from its stored configuration.

use std::time::Duration;

use mprapi::sys::{MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX0, MPR_SERVER_EX1};
use mprapi::{
    Configuration, Error, ErrorKind, Ikev2Configuration, Ikev2Policy, L2tpConfiguration, PortUsage, Ports,
    Server, ServerRecord, TunnelConfiguration, TunnelPorts,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::{self, Failure};
use crate::units;

/// Who keeps the settings.
#[derive(Clone, Copy)]
pub(super) enum Keeper<'s> {
    Running(&'s Server),
    Stored(&'s Configuration),
}

/// What a server tells of its settings.
pub(super) enum Settings {
    /// All of them.
    All(Box<TunnelConfiguration>),
    /// Only ports: it is older than Windows Server 2008 R2, or is stopped.
    Ports(TunnelPorts),
}

impl Keeper<'_> {
    fn at<R: ServerRecord>(self) -> mprapi::Result<R::Info> {
        match self {
            Keeper::Running(server) => server.info_at::<R>(),
            Keeper::Stored(stored) => stored.server_info_at::<R>(),
        }
    }

    /// Reads them at the best level that there is. No page says with which error a server refuses one, so all have
    /// the next one asked for that do not say that it is of no use. While the service is stopped, its stored ports can
    /// be read, and the rest of what is stored cannot.
    pub(super) fn settings(self) -> Result<Settings, Failure> {
        let all = |details: mprapi::ServerDetails| Settings::All(Box::new(details.tunnels));
        let ways: [&dyn Fn() -> mprapi::Result<Settings>; 4] = [
            &|| self.at::<MPR_SERVER_EX1>().map(all),
            &|| self.at::<MPR_SERVER_EX0>().map(all),
            &|| self.at::<MPR_SERVER_2>().map(Settings::Ports),
            &|| self.at::<MPR_SERVER_1>().map(Settings::Ports),
        ];
        let mut last = None;
        for way in ways {
            match way() {
                Ok(settings) => return Ok(settings),
                Err(error) if self.is_final(&error) => return Err(error.into()),
                Err(error) => last = Some(error),
            }
        }
        Err(last.map_or_else(|| Failure::not_found("the server has no settings"), Failure::from))
    }

    fn is_final(self, error: &Error) -> bool {
        let is_stored = matches!(self, Keeper::Stored(_));
        failure::is_final(error) && !(is_stored && error.kind() == ErrorKind::NotRunning)
    }

    pub(super) fn rows(self) -> Result<Vec<TunnelRow>, Failure> {
        Ok(match self.settings()? {
            Settings::All(tunnels) => TunnelRow::all(&tunnels),
            Settings::Ports(TunnelPorts { pptp, l2tp, sstp, .. }) => {
                let rows = [("SSTP", sstp), ("L2TP", l2tp), ("PPTP", pptp)].into_iter();
                rows.filter_map(|(tunnel, ports)| Some(TunnelRow::new(tunnel, ports?))).collect()
            }
        })
    }
}

/// How a server's tunnels of one kind are set. What is `null` that kind does not have, or the server does not tell.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub(crate) struct TunnelRow {
    /// The server.
    pub(super) server: String,
    /// `IKEv2`, `SSTP`, `L2TP`, `PPTP` or `GRE`.
    pub(super) tunnel: &'static str,
    /// How many ports there are.
    pub(super) ports: u32,
    /// Whether clients may connect.
    pub(super) remote_access: bool,
    /// Whether other routers may connect, and be connected to.
    pub(super) routing: bool,
    /// Seconds without traffic after which a connection ends.
    #[serde(serialize_with = "units::maybe_seconds")]
    #[schemars(with = "Option<u64>")]
    pub(super) idle_timeout: Option<Duration>,
    /// Seconds that a client may be out of reach before its connection is given up.
    #[serde(serialize_with = "units::maybe_seconds")]
    #[schemars(with = "Option<u64>")]
    pub(super) network_outage: Option<Duration>,
    /// Seconds that the traffic's keys last.
    #[serde(serialize_with = "units::maybe_seconds")]
    #[schemars(with = "Option<u64>")]
    pub(super) lifetime: Option<Duration>,
    /// Kilobytes after which the traffic's keys are renewed.
    pub(super) renew_after: Option<u32>,
    /// Seconds that the keys of the negotiation last.
    #[serde(serialize_with = "units::maybe_seconds")]
    #[schemars(with = "Option<u64>")]
    pub(super) main_mode_lifetime: Option<Duration>,
    /// Whether to encrypt: `none`, `optional`, `required`, `strongest`.
    pub(super) encryption: Option<String>,
    /// Integrity of the negotiation, where it is not the system's own choice.
    pub(super) integrity_method: Option<String>,
    /// Encryption of the negotiation, where it is not the system's own choice.
    pub(super) encryption_method: Option<String>,
    /// Encryption of the traffic, where it is not the system's own choice.
    pub(super) cipher: Option<String>,
    /// Integrity of the traffic, where it is not the system's own choice.
    pub(super) authentication: Option<String>,
    /// Key exchange when the traffic's keys are renewed, where it is not the system's own choice.
    pub(super) pfs_group: Option<String>,
    /// Key exchange of the negotiation, where it is not the system's own choice.
    pub(super) dh_group: Option<String>,
    /// Whether the server itself ends TLS.
    pub(super) https: Option<bool>,
    /// The hash of the certificate that the server shows, in hexadecimal.
    pub(super) certificate: Option<String>,
    /// How that hash is made.
    pub(super) certificate_hash: Option<String>,
    /// The X.509 name of the certificate that the server shows, in hexadecimal.
    pub(super) certificate_name: Option<String>,
    /// The X.509 names of the root certificates that clients' may come from, in hexadecimal; none means any.
    pub(super) root_certificates: Vec<String>,
    /// The usages that a client's certificate may have; none means any.
    pub(super) certificate_usages: Vec<String>,
}

impl TunnelRow {
    fn new(tunnel: &'static str, Ports { count, usage }: Ports) -> TunnelRow {
        TunnelRow {
            tunnel,
            ports: count,
            remote_access: usage.contains(PortUsage::REMOTE_ACCESS),
            routing: usage.contains(PortUsage::ROUTING),
            ..TunnelRow::default()
        }
    }

    pub(super) fn tunnel(&self) -> &'static str {
        self.tunnel
    }

    pub(super) fn all(tunnels: &TunnelConfiguration) -> Vec<TunnelRow> {
        let sstp = tunnels.sstp.as_ref().and_then(|sstp| {
            Some(TunnelRow {
                https: sstp.https,
                certificate: sstp.certificate_hash.as_deref().and_then(units::maybe_hex),
                certificate_hash: sstp.hash_algorithm.map(|algorithm| algorithm.to_string()),
                ..TunnelRow::new("SSTP", sstp.ports?)
            })
        });
        let rows = [
            tunnels.ikev2.as_ref().and_then(TunnelRow::ikev2),
            sstp,
            tunnels.l2tp.as_ref().and_then(TunnelRow::l2tp),
            tunnels.pptp.map(|pptp| TunnelRow::new("PPTP", pptp)),
            tunnels.gre.map(|gre| TunnelRow::new("GRE", gre)),
        ];
        rows.into_iter().flatten().collect()
    }

    fn ikev2(ikev2: &Ikev2Configuration) -> Option<TunnelRow> {
        let row = TunnelRow::new("IKEv2", ikev2.ports?);
        let Some(tunnel) = &ikev2.tunnel else { return Some(row) };
        let usages = tunnel.certificate_usages.iter();
        let row = TunnelRow {
            idle_timeout: Some(tunnel.idle_timeout),
            network_outage: Some(tunnel.network_blackout),
            lifetime: Some(tunnel.lifetime),
            renew_after: Some(tunnel.renew_after_kilobytes),
            main_mode_lifetime: tunnel.main_mode_lifetime,
            encryption: tunnel.encryption.map(|encryption| encryption.to_string()),
            certificate: units::maybe_hex(&tunnel.certificate_hash),
            certificate_name: units::maybe_hex(&tunnel.certificate_name),
            root_certificates: tunnel.root_certificates.iter().map(|name| units::hex(name)).collect(),
            certificate_usages: usages.map(|usage| usage.usage.to_string()).collect(),
            ..row
        };
        Some(row.with_policy(tunnel.policy))
    }

    fn l2tp(l2tp: &L2tpConfiguration) -> Option<TunnelRow> {
        let row = TunnelRow::new("L2TP", l2tp.ports?);
        let Some(tunnel) = &l2tp.tunnel else { return Some(row) };
        let row = TunnelRow {
            idle_timeout: Some(tunnel.idle_timeout),
            lifetime: Some(tunnel.lifetime),
            renew_after: Some(tunnel.renew_after_kilobytes),
            main_mode_lifetime: tunnel.main_mode_lifetime,
            encryption: tunnel.encryption.map(|encryption| encryption.to_string()),
            ..row
        };
        Some(row.with_policy(tunnel.policy))
    }

    fn with_policy(self, policy: Option<Ikev2Policy>) -> TunnelRow {
        let Some(policy) = policy else { return self };
        TunnelRow {
            integrity_method: Some(policy.integrity_method.to_string()),
            encryption_method: Some(policy.encryption_method.to_string()),
            cipher: Some(policy.cipher_transform.to_string()),
            authentication: Some(policy.authentication_transform.to_string()),
            pfs_group: Some(policy.pfs_group.to_string()),
            dh_group: Some(policy.dh_group.to_string()),
            ..self
        }
    }
}
