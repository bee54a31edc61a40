//! The settings of the tunnel protocols: numbers of ports, what they are for, and the parameters.

use mprapi_sys as sys;

use crate::scenario::Tunnel;

/// Remote access and routing are both allowed.
const BOTH: u32 = sys::MPR_ENABLE_RAS_ON_DEVICE | sys::MPR_ENABLE_ROUTING_ON_DEVICE;

/// The protocols with settings, in the order of their bits in `setConfigForProtocols`.
pub(crate) const CONFIGURED: [Tunnel; 5] =
    [Tunnel::Pptp, Tunnel::L2tp, Tunnel::Sstp, Tunnel::Ikev2, Tunnel::Gre];

/// The settings of all tunnel protocols. Certificates and EKUs are not simulated.
#[derive(Clone)]
pub(crate) struct TunnelSettings {
    /// By [`CONFIGURED`].
    pub(crate) lines: [Line; 5],
    pub(crate) ikev2: Ikev2,
    pub(crate) l2tp: L2tp,
    pub(crate) sstp: Sstp,
}

/// The ports of a protocol: how many, and what they are for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Line {
    pub(crate) ports: u32,
    pub(crate) flags: u32,
}

/// The parameters of IKEv2. Times are in seconds, sizes in kilobytes.
#[derive(Clone, Copy)]
pub(crate) struct Ikev2 {
    pub(crate) idle_timeout: u32,
    /// The longest wait for an answer.
    pub(crate) outage: u32,
    pub(crate) lifetime: u32,
    pub(crate) data_size: u32,
    pub(crate) options: u32,
    pub(crate) encryption: u32,
    pub(crate) main_mode_lifetime: u32,
    /// The algorithms; `None` for the system's own choice.
    pub(crate) policy: Option<[u32; 6]>,
}

/// The parameters of L2TP. Times are in seconds, sizes in kilobytes.
#[derive(Clone, Copy)]
pub(crate) struct L2tp {
    pub(crate) idle_timeout: u32,
    pub(crate) encryption: u32,
    pub(crate) lifetime: u32,
    pub(crate) data_size: u32,
    pub(crate) main_mode_lifetime: u32,
    /// The algorithms; `None` for the system's own choice.
    pub(crate) policy: Option<[u32; 6]>,
}

/// The parameters of SSTP.
#[derive(Clone, Copy)]
pub(crate) struct Sstp {
    pub(crate) uses_https: i32,
    pub(crate) algorithm: u32,
    pub(crate) is_default: i32,
}

/// New settings for one protocol.
pub(crate) struct Change {
    pub(crate) tunnel: Tunnel,
    pub(crate) line: Line,
    pub(crate) parameters: Option<Parameters>,
    /// `true` if it asks for something that is not simulated.
    pub(crate) asks_too_much: bool,
}

/// The parameters of one protocol.
#[derive(Clone, Copy)]
pub(crate) enum Parameters {
    Ikev2(Ikev2),
    L2tp(L2tp),
    Sstp(Sstp),
}

impl Change {
    /// New ports, and nothing else.
    pub(crate) fn of_line(tunnel: Tunnel, ports: u32, flags: u32) -> Change {
        Change { tunnel, line: Line { ports, flags }, parameters: None, asks_too_much: false }
    }
}

impl TunnelSettings {
    pub(crate) fn new() -> TunnelSettings {
        TunnelSettings {
            lines: [Line { ports: 0, flags: BOTH }; 5],
            ikev2: Ikev2 {
                idle_timeout: 300,
                outage: 1800,
                lifetime: 28_800,
                data_size: 100_000,
                options: 0,
                encryption: 3,
                main_mode_lifetime: 28_800,
                policy: None,
            },
            l2tp: L2tp {
                idle_timeout: 300,
                encryption: 3,
                lifetime: 3600,
                data_size: 250_000,
                main_mode_lifetime: 28_800,
                policy: None,
            },
            // CALG_SHA_256
            sstp: Sstp { uses_https: 1, algorithm: 0x800C, is_default: 1 },
        }
    }

    /// Returns the largest number of ports of one tunnel.
    pub(crate) fn most_ports(&self) -> u32 {
        self.lines.iter().map(|line| line.ports).max().unwrap_or(0)
    }

    pub(crate) fn line(&self, tunnel: Tunnel) -> Line {
        let place = CONFIGURED.iter().position(|known| *known == tunnel);
        place.map_or(Line::default(), |index| self.lines[index])
    }

    pub(crate) fn set_line(&mut self, tunnel: Tunnel, line: Line) {
        if let Some(index) = CONFIGURED.iter().position(|known| *known == tunnel) {
            self.lines[index] = line;
        }
    }

    /// Makes changes that were checked.
    pub(crate) fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            self.set_line(change.tunnel, change.line);
            match change.parameters {
                Some(Parameters::Ikev2(ikev2)) => self.ikev2 = ikev2,
                Some(Parameters::L2tp(l2tp)) => self.l2tp = l2tp,
                Some(Parameters::Sstp(sstp)) => self.sstp = sstp,
                None => {}
            }
        }
    }
}
