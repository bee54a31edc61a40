//! The settings of a server's tunnels, read from the running server or from its stored configuration.

use std::time::Duration;

use mprapi::{
    Configuration, Encryption, Ikev2Policy, Ikev2Tunnel, L2tpTunnel, PortUsage, Ports, Server,
    SstpConfiguration, TunnelConfiguration, TunnelLevel, TunnelProtocol, Tunnels,
};

use crate::failure::Failure;
use crate::output::{Mood, ServerName, State, row};
use crate::quantity;

/// The keeper of the settings: the running server or its stored configuration.
#[derive(Clone, Copy)]
pub(super) enum Keeper<'s> {
    Running(&'s Server),
    Stored(&'s Configuration),
}

impl Keeper<'_> {
    pub(super) fn tunnels(self) -> mprapi::Result<Tunnels> {
        match self {
            Keeper::Running(server) => server.tunnels(),
            Keeper::Stored(stored) => stored.tunnels(),
        }
    }

    /// Sets the fields that are `Some` in `tunnels`, with the record of `level`.
    pub(super) fn set(self, level: TunnelLevel, tunnels: &TunnelConfiguration) -> mprapi::Result<()> {
        match self {
            Keeper::Running(server) => server.set_tunnels_as(level, tunnels),
            Keeper::Stored(stored) => stored.set_tunnels_as(level, tunnels),
        }
    }

    pub(super) fn rows(self) -> Result<Vec<TunnelRow>, Failure> {
        Ok(TunnelRow::all(&self.tunnels()?.configuration))
    }
}

row! {
    /// The settings of a server's tunnels of one kind. A member is `null` if this kind does not have it, or if the server does
    /// not report it.
    #[derive(Default)]
    pub(crate) struct TunnelRow: "tunnel" {
        /// The server.
        pub(super) server: ServerName => Fleet "Server",
        /// `IKEv2`, `SSTP`, `L2TP`, `PPTP` or `GRE`.
        pub(super) tunnel: String => Always "Tunnel",
        /// How many ports there are.
        pub(super) ports: u32 => Always "Ports",
        /// `true` if clients may connect.
        pub(super) remote_access: bool => Always "Clients",
        /// `true` if the ports may be used for links to other routers.
        pub(super) routing: bool => Always "Routers",
        /// The time without traffic after which a connection ends, in seconds.
        #[serde(serialize_with = "quantity::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(super) idle_timeout: Option<Duration> => Always "Idle for",
        /// The time that a client may be out of reach before its connection ends, in seconds.
        #[serde(serialize_with = "quantity::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(super) network_outage: Option<Duration> => IfRoom "Outage" after main_mode_lifetime,
        /// The lifetime of the keys for traffic, in seconds.
        #[serde(serialize_with = "quantity::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(super) lifetime: Option<Duration> => IfRoom "Lifetime",
        /// The amount of traffic after which its keys are renewed, in kilobytes.
        pub(super) renew_after: Option<u32> => IfRoom "Renew after kB",
        /// The lifetime of the keys of the negotiation, in seconds.
        #[serde(serialize_with = "quantity::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        pub(super) main_mode_lifetime: Option<Duration> => IfRoom "Main mode",
        /// The encryption: `none`, `optional`, `required`, `strongest`.
        pub(super) encryption: Option<State> => Always "Encryption",
        /// Integrity of the negotiation; `null` for the system's default.
        pub(super) integrity_method: Option<String> => Asked "Integrity" after certificate_usages,
        /// Encryption of the negotiation; `null` for the system's default.
        pub(super) encryption_method: Option<String> => Asked "Method" after integrity_method,
        /// Encryption of the traffic; `null` for the system's default.
        pub(super) cipher: Option<String> => Asked "Cipher" after encryption_method,
        /// Integrity of the traffic; `null` for the system's default.
        pub(super) authentication: Option<String> => Asked "Authentication" after cipher,
        /// Key exchange for the renewal of the traffic's keys; `null` for the system's default.
        pub(super) pfs_group: Option<String> => Asked "PFS group" after authentication,
        /// Key exchange of the negotiation; `null` for the system's default.
        pub(super) dh_group: Option<String> => Asked "DH group" after pfs_group,
        /// `true` if the server itself terminates TLS.
        pub(super) https: Option<bool> => IfRoom "HTTPS",
        /// The hash of the certificate that the server presents, in hexadecimal.
        pub(super) certificate: Option<String> => Asked "Certificate",
        /// The algorithm of that hash.
        pub(super) certificate_hash: Option<String> => Asked "Hash",
        /// The X.509 name of the certificate that the server presents, in hexadecimal.
        pub(super) certificate_name: Option<String> => Asked "Certificate name",
        /// The X.509 names of the accepted root certificates of clients, in hexadecimal; an empty list accepts any.
        pub(super) root_certificates: Vec<String> => Asked "Root certificates",
        /// The accepted usages of a client's certificate; an empty list accepts any.
        pub(super) certificate_usages: Vec<String> => Asked "Usages",
    }
}

/// Shows the weak choices as a warning.
fn encryption(encryption: Encryption) -> State {
    let is_weak = matches!(encryption, Encryption::None | Encryption::Optional);
    State::new(encryption.to_string(), if is_weak { Mood::Warn } else { Mood::Good })
}

impl TunnelRow {
    fn new(tunnel: TunnelProtocol, Ports { count, usage }: Ports) -> TunnelRow {
        TunnelRow {
            tunnel: tunnel.to_string(),
            ports: count,
            remote_access: usage.contains(PortUsage::REMOTE_ACCESS),
            routing: usage.contains(PortUsage::ROUTING),
            ..TunnelRow::default()
        }
    }

    pub(super) fn all(tunnels: &TunnelConfiguration) -> Vec<TunnelRow> {
        let ikev2 = tunnels.ikev2.as_ref().and_then(|ikev2| ikev2.tunnel.as_ref());
        let l2tp = tunnels.l2tp.as_ref().and_then(|l2tp| l2tp.tunnel.as_ref());
        let row = |(tunnel, ports)| {
            let row = TunnelRow::new(tunnel, ports);
            match (tunnel, ikev2, l2tp, &tunnels.sstp) {
                (TunnelProtocol::Ikev2, Some(ikev2), ..) => row.with_ikev2(ikev2),
                (TunnelProtocol::L2tp, _, Some(l2tp), _) => row.with_l2tp(l2tp),
                (TunnelProtocol::Sstp, .., Some(sstp)) => row.with_sstp(sstp),
                _ => row,
            }
        };
        tunnels.ports().map(row).collect()
    }

    fn with_sstp(self, sstp: &SstpConfiguration) -> TunnelRow {
        TunnelRow {
            https: sstp.https,
            certificate: sstp.certificate_hash.as_deref().and_then(quantity::maybe_hex),
            certificate_hash: sstp.hash_algorithm.map(|algorithm| algorithm.to_string()),
            ..self
        }
    }

    fn with_ikev2(self, tunnel: &Ikev2Tunnel) -> TunnelRow {
        let usages = tunnel.certificate_usages.iter();
        let row = TunnelRow {
            idle_timeout: Some(tunnel.idle_timeout),
            network_outage: Some(tunnel.network_blackout),
            lifetime: Some(tunnel.lifetime),
            renew_after: Some(tunnel.renew_after_kilobytes),
            main_mode_lifetime: tunnel.main_mode_lifetime,
            encryption: tunnel.encryption.map(encryption),
            certificate: quantity::maybe_hex(&tunnel.certificate_hash),
            certificate_name: quantity::maybe_hex(&tunnel.certificate_name),
            root_certificates: tunnel.root_certificates.iter().map(|name| quantity::hex(name)).collect(),
            certificate_usages: usages.map(|usage| usage.usage.to_string()).collect(),
            ..self
        };
        row.with_policy(tunnel.policy)
    }

    fn with_l2tp(self, tunnel: &L2tpTunnel) -> TunnelRow {
        let row = TunnelRow {
            idle_timeout: Some(tunnel.idle_timeout),
            lifetime: Some(tunnel.lifetime),
            renew_after: Some(tunnel.renew_after_kilobytes),
            main_mode_lifetime: tunnel.main_mode_lifetime,
            encryption: tunnel.encryption.map(encryption),
            ..self
        };
        row.with_policy(tunnel.policy)
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
