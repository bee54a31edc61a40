//! How a server's tunnels are set: read from the running server or from its stored configuration.

use std::time::Duration;

use mprapi::sys::{MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX0, MPR_SERVER_EX1};
use mprapi::{
    Configuration, Encryption, Error, ErrorKind, Ikev2Configuration, Ikev2Policy, L2tpConfiguration,
    PortUsage, Ports, Server, ServerRecord, TunnelConfiguration, TunnelPorts,
};

use crate::failure::{self, Failure};
use crate::output::{Mood, ServerName, State, row};
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

row! {
    /// How a server's tunnels of one kind are set. What is `null` that kind does not have, or the server does not tell.
    #[derive(Default)]
    pub(crate) struct TunnelRow: "tunnel" {
        /// The server.
        pub(super) server: ServerName => Fleet "Server",
        /// `IKEv2`, `SSTP`, `L2TP`, `PPTP` or `GRE`.
        pub(super) tunnel: &'static str => Always "Tunnel",
        /// How many ports there are.
        pub(super) ports: u32 => Always "Ports",
        /// Whether clients may connect.
        pub(super) remote_access: bool => Always "Clients",
        /// Whether other routers may connect, and be connected to.
        pub(super) routing: bool => Always "Routers",
        /// Seconds without traffic after which a connection ends.
        #[serde(serialize_with = "units::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(super) idle_timeout: Option<Duration> => Always "Idle for",
        /// Seconds that a client may be out of reach before its connection is given up.
        #[serde(serialize_with = "units::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(super) network_outage: Option<Duration> => IfRoom "Outage" after main_mode_lifetime,
        /// Seconds that the traffic's keys last.
        #[serde(serialize_with = "units::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(super) lifetime: Option<Duration> => IfRoom "Lifetime",
        /// Kilobytes after which the traffic's keys are renewed.
        pub(super) renew_after: Option<u32> => IfRoom "Renew after kB",
        /// Seconds that the keys of the negotiation last.
        #[serde(serialize_with = "units::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(super) main_mode_lifetime: Option<Duration> => IfRoom "Main mode",
        /// Whether to encrypt: `none`, `optional`, `required`, `strongest`.
        pub(super) encryption: Option<State> => Always "Encryption",
        /// Integrity of the negotiation, where it is not the system's own choice.
        pub(super) integrity_method: Option<String> => Asked "Integrity" after certificate_usages,
        /// Encryption of the negotiation, where it is not the system's own choice.
        pub(super) encryption_method: Option<String> => Asked "Method" after integrity_method,
        /// Encryption of the traffic, where it is not the system's own choice.
        pub(super) cipher: Option<String> => Asked "Cipher" after encryption_method,
        /// Integrity of the traffic, where it is not the system's own choice.
        pub(super) authentication: Option<String> => Asked "Authentication" after cipher,
        /// Key exchange when the traffic's keys are renewed, where it is not the system's own choice.
        pub(super) pfs_group: Option<String> => Asked "PFS group" after authentication,
        /// Key exchange of the negotiation, where it is not the system's own choice.
        pub(super) dh_group: Option<String> => Asked "DH group" after pfs_group,
        /// Whether the server itself ends TLS.
        pub(super) https: Option<bool> => IfRoom "HTTPS",
        /// The hash of the certificate that the server shows, in hexadecimal.
        pub(super) certificate: Option<String> => Asked "Certificate",
        /// How that hash is made.
        pub(super) certificate_hash: Option<String> => Asked "Hash",
        /// The X.509 name of the certificate that the server shows, in hexadecimal.
        pub(super) certificate_name: Option<String> => Asked "Certificate name",
        /// The X.509 names of the root certificates that clients' may come from, in hexadecimal; none means any.
        pub(super) root_certificates: Vec<String> => Asked "Root certificates",
        /// The usages that a client's certificate may have; none means any.
        pub(super) certificate_usages: Vec<String> => Asked "Usages",
    }
}

/// Shows the weak choices as a warning.
fn encryption(encryption: Encryption) -> State {
    let is_weak = matches!(encryption, Encryption::None | Encryption::Optional);
    State::new(encryption.to_string(), if is_weak { Mood::Warn } else { Mood::Good })
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
            encryption: tunnel.encryption.map(encryption),
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
            encryption: tunnel.encryption.map(encryption),
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
