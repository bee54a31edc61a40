//! Tunnels.

use mprapi_sys as sys;

/// The kinds of lines that a router has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Tunnel {
    /// IKEv2
    Ikev2,
    /// SSTP
    Sstp,
    /// L2TP over IPsec
    L2tp,
    /// PPTP
    Pptp,
    /// GRE
    Gre,
    /// PPP over Ethernet
    Pppoe,
    /// A modem
    Modem,
}

impl Tunnel {
    pub(crate) fn port_name(self, number: u32) -> String {
        match self {
            Tunnel::Sstp => format!("VPN0-{number}"),
            Tunnel::Ikev2 => format!("VPN1-{number}"),
            Tunnel::L2tp => format!("VPN2-{number}"),
            Tunnel::Pptp => format!("VPN3-{number}"),
            Tunnel::Gre => format!("VPN4-{number}"),
            Tunnel::Pppoe => format!("PPPoE5-{number}"),
            Tunnel::Modem => format!("COM{}", number + 1),
        }
    }

    pub(crate) fn media(self) -> &'static str {
        match self {
            Tunnel::Modem => "serial",
            _ => "rastapi",
        }
    }

    pub(crate) fn device(self) -> &'static str {
        match self {
            Tunnel::Ikev2 => "WAN Miniport (IKEv2)",
            Tunnel::Sstp => "WAN Miniport (SSTP)",
            Tunnel::L2tp => "WAN Miniport (L2TP)",
            Tunnel::Pptp => "WAN Miniport (PPTP)",
            Tunnel::Gre => "WAN Miniport (GRE)",
            Tunnel::Pppoe => "WAN Miniport (PPPOE)",
            Tunnel::Modem => "Standard 56000 bps Modem",
        }
    }

    pub(crate) fn device_type(self) -> &'static str {
        match self {
            Tunnel::Pppoe => "PPPoE",
            Tunnel::Modem => "modem",
            _ => "vpn",
        }
    }

    /// Returns the speed of a line in bits per second.
    pub(crate) fn line_speed(self) -> u32 {
        match self {
            Tunnel::Modem => 56_000,
            _ => 1_000_000_000,
        }
    }

    /// Returns the protocol that a demand-dial interface over it tries.
    pub(crate) fn vpn_strategy(self) -> u32 {
        match self {
            Tunnel::Ikev2 => sys::MPR_VS_Ikev2Only,
            Tunnel::L2tp => sys::MPR_VS_L2tpOnly,
            Tunnel::Pptp => sys::MPR_VS_PptpOnly,
            _ => sys::MPR_VS_Default,
        }
    }
}
