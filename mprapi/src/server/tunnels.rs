//! A server's tunnels, read and set by the newest record that the server has.

use mprapi_sys::{MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX0, MPR_SERVER_EX1};

use super::{
    Fetch as _, Ikev2Configuration, Keeper, L2tpConfiguration, Ports, Server, ServerRevision1,
    ServerRevision2, ServerRevision3, SstpConfiguration, TunnelConfiguration, TunnelPorts,
};
use crate::enumeration::words;
use crate::error::raw;
use crate::{Error, ErrorKind, Result};

/// The settings of a server's tunnels, and the record that they were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Tunnels {
    /// The record that the settings were read from. [`Server::set_tunnels_as`] sets them by the same one.
    pub level: TunnelLevel,
    /// The settings. What the record does not tell is `None`.
    pub configuration: TunnelConfiguration,
}

impl Tunnels {
    /// Creates the settings that a server of this record would answer, for programs that test without one.
    #[inline]
    pub fn new(level: TunnelLevel, configuration: TunnelConfiguration) -> Tunnels {
        Tunnels { level, configuration }
    }
}

/// The records that tell the settings of a server's tunnels, from the oldest to the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum TunnelLevel {
    /// `MPR_SERVER_1` of Windows Server 2003: the ports of PPTP and L2TP.
    Level1,
    /// `MPR_SERVER_2` of Windows Server 2008: the ports of SSTP too.
    Level2,
    /// Revision 1 of Windows Server 2008 R2 ([`ServerRevision1`]): IKEv2 too.
    Revision1,
    /// Revision 2 of Windows Server 2012 ([`ServerRevision2`]).
    Revision2,
    /// Revision 3 of Windows Server 2012 R2 ([`ServerRevision3`]).
    Revision3,
    /// Revision 4 (`MPR_SERVER_EX0`).
    Revision4,
    /// Revision 5 (`MPR_SERVER_EX1`): GRE too.
    Revision5,
}

words! {
    TunnelLevel {
        Level1 = "level 1";
        Level2 = "level 2";
        Revision1 = "revision 1";
        Revision2 = "revision 2";
        Revision3 = "revision 3";
        Revision4 = "revision 4";
        Revision5 = "revision 5";
    }
}

impl TunnelLevel {
    /// Returns `true` for the levels that have ports and nothing else.
    #[inline]
    pub fn has_only_ports(self) -> bool {
        self <= TunnelLevel::Level2
    }
}

/// A tunnel protocol of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum TunnelProtocol {
    /// IKEv2.
    Ikev2,
    /// SSTP.
    Sstp,
    /// L2TP over IPsec.
    L2tp,
    /// PPTP.
    Pptp,
    /// GRE.
    Gre,
}

words! {
    TunnelProtocol {
        Ikev2 = "IKEv2";
        Sstp = "SSTP";
        L2tp = "L2TP";
        Pptp = "PPTP";
        Gre = "GRE";
    }
}

impl TunnelConfiguration {
    /// Creates a change of the ports of one tunnel protocol.
    #[inline]
    pub fn of_ports(protocol: TunnelProtocol, ports: Ports) -> TunnelConfiguration {
        let mut change = TunnelConfiguration::default();
        let ports = Some(ports);
        match protocol {
            TunnelProtocol::Ikev2 => change.ikev2 = Some(Ikev2Configuration { ports, tunnel: None }),
            TunnelProtocol::Sstp => {
                change.sstp = Some(SstpConfiguration { ports, ..SstpConfiguration::default() });
            }
            TunnelProtocol::L2tp => change.l2tp = Some(L2tpConfiguration { ports, tunnel: None }),
            TunnelProtocol::Pptp => change.pptp = ports,
            TunnelProtocol::Gre => change.gre = ports,
        }
        change
    }

    /// Returns the ports of one tunnel protocol. `None` where the server does not tell them.
    #[inline]
    pub fn ports_of(&self, protocol: TunnelProtocol) -> Option<Ports> {
        match protocol {
            TunnelProtocol::Ikev2 => self.ikev2.as_ref()?.ports,
            TunnelProtocol::Sstp => self.sstp.as_ref()?.ports,
            TunnelProtocol::L2tp => self.l2tp?.ports,
            TunnelProtocol::Pptp => self.pptp,
            TunnelProtocol::Gre => self.gre,
        }
    }

    /// Returns the ports of one tunnel protocol, to change them. `None` where the server does not tell them.
    #[inline]
    pub fn ports_of_mut(&mut self, protocol: TunnelProtocol) -> Option<&mut Ports> {
        match protocol {
            TunnelProtocol::Ikev2 => self.ikev2.as_mut()?.ports.as_mut(),
            TunnelProtocol::Sstp => self.sstp.as_mut()?.ports.as_mut(),
            TunnelProtocol::L2tp => self.l2tp.as_mut()?.ports.as_mut(),
            TunnelProtocol::Pptp => self.pptp.as_mut(),
            TunnelProtocol::Gre => self.gre.as_mut(),
        }
    }

    /// Lists the tunnel protocols whose ports are told, with their ports.
    #[inline]
    pub fn ports(&self) -> impl Iterator<Item = (TunnelProtocol, Ports)> {
        TunnelProtocol::ALL.iter().filter_map(|&protocol| Some((protocol, self.ports_of(protocol)?)))
    }

    /// The ports that the levels 1 and 2 have.
    ///
    /// # Errors
    /// Where there is more than the level has.
    #[inline]
    pub(crate) fn only_ports(&self, function: &'static str, level: TunnelLevel) -> Result<TunnelPorts> {
        let TunnelConfiguration { pptp, l2tp, sstp, .. } = self;
        let ports = TunnelPorts {
            pptp: *pptp,
            l2tp: l2tp.and_then(|l2tp| l2tp.ports),
            sstp: sstp.as_ref().and_then(|sstp| sstp.ports),
        };
        let has_sstp = ports.sstp.is_none() || level >= TunnelLevel::Level2;
        if !has_sstp || TunnelConfiguration::from(ports) != *self {
            return Err(Error::argument(
                function,
                "a setting is given that the server's record does not have",
            ));
        }
        Ok(ports)
    }
}

/// Ports, and nothing else.
impl From<TunnelPorts> for TunnelConfiguration {
    #[inline]
    fn from(TunnelPorts { pptp, l2tp, sstp }: TunnelPorts) -> TunnelConfiguration {
        let l2tp = l2tp.map(|ports| L2tpConfiguration { ports: Some(ports), tunnel: None });
        let sstp = sstp.map(|ports| SstpConfiguration { ports: Some(ports), ..SstpConfiguration::default() });
        TunnelConfiguration { pptp, l2tp, sstp, ..TunnelConfiguration::default() }
    }
}

impl Server {
    /// Reads the settings of the server's tunnels from the newest record that the server answers: `MPR_SERVER_EX1`,
    /// `MPR_SERVER_EX0`, [`ServerRevision3`], [`ServerRevision2`], [`ServerRevision1`], `MPR_SERVER_2` or `MPR_SERVER_1`.
    ///
    /// Microsoft's pages do not say with which error a server refuses a record that it does not have, so an older one is
    /// tried after each error but those that say that the server cannot be asked at all
    /// ([`is_denied`](Error::is_denied), [`needs_reconnect`](Error::needs_reconnect),
    /// [`is_transient`](Error::is_transient)).
    /// The C functions are `MprAdminServerGetInfoEx` and `MprAdminServerGetInfo`.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-tunnels").start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let server = mpr.connect(Some("doc-tunnels"))?;
    /// for (protocol, ports) in server.tunnels()?.configuration.ports() {
    ///     println!("{protocol}: {} ports for {}", ports.count, ports.usage);
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`info_at`](Server::info_at); [`ErrorKind::NotRunning`] with the code `ERROR_DDM_NOT_RUNNING` on a server without
    /// remote access and demand dialling.
    #[inline]
    pub fn tunnels(&self) -> Result<Tunnels> {
        read(self)
    }

    /// Sets what is `Some` in `tunnels`, on a server of any version. `level` is that of the [`Tunnels`] that were read from the
    /// server: its record is used.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-set-tunnels-as").ports(mprapi_sim::Tunnel::Sstp, 1).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use mprapi::{Ports, TunnelConfiguration, TunnelProtocol};
    ///
    /// let server = mpr.connect(Some("doc-set-tunnels-as"))?;
    /// let tunnels = server.tunnels()?;
    /// if let Some(ports) = tunnels.configuration.ports_of(TunnelProtocol::Sstp) {
    ///     let more = Ports { count: ports.count + 10, ..ports };
    ///     server.set_tunnels_as(tunnels.level, &TunnelConfiguration::of_ports(TunnelProtocol::Sstp, more))?;
    /// }
    /// # assert_eq!(server.ports()?.len(), 11);
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// The C function is `MprAdminServerSetInfoEx` as in [`set_tunnels`](Server::set_tunnels) and
    /// [`set_tunnels_at`](Server::set_tunnels_at), or for a level that has only ports `MprAdminServerSetInfo` as in
    /// [`set_ports`](Server::set_ports).
    ///
    /// # Errors
    /// As those methods, and [`ErrorKind::InvalidArgument`] before anything is called for a setting that the record lacks.
    #[inline]
    pub fn set_tunnels_as(&self, level: TunnelLevel, tunnels: &TunnelConfiguration) -> Result<()> {
        match level {
            TunnelLevel::Level1 | TunnelLevel::Level2 => {
                self.set_ports(&tunnels.only_ports("MprAdminServerSetInfo", level)?)
            }
            TunnelLevel::Revision1 => self.set_tunnels_at::<ServerRevision1>(tunnels),
            TunnelLevel::Revision2 => self.set_tunnels_at::<ServerRevision2>(tunnels),
            TunnelLevel::Revision3 => self.set_tunnels_at::<ServerRevision3>(tunnels),
            TunnelLevel::Revision4 | TunnelLevel::Revision5 => self.set_tunnels(tunnels),
        }
    }
}

/// Reads one record.
type Way<K> = fn(&K) -> Result<TunnelConfiguration>;

/// Reads the settings from the newest record that the keeper has.
#[inline]
pub(crate) fn read<K: Keeper>(keeper: &K) -> Result<Tunnels> {
    let ways: [(TunnelLevel, Way<K>); 7] = [
        (TunnelLevel::Revision5, |keeper| Ok(MPR_SERVER_EX1::fetch(keeper)?.tunnels)),
        (TunnelLevel::Revision4, |keeper| Ok(MPR_SERVER_EX0::fetch(keeper)?.tunnels)),
        (TunnelLevel::Revision3, |keeper| Ok(ServerRevision3::fetch(keeper)?.tunnels)),
        (TunnelLevel::Revision2, |keeper| Ok(ServerRevision2::fetch(keeper)?.tunnels)),
        (TunnelLevel::Revision1, |keeper| Ok(ServerRevision1::fetch(keeper)?.tunnels)),
        (TunnelLevel::Level2, |keeper| Ok(MPR_SERVER_2::fetch(keeper)?.into())),
        (TunnelLevel::Level1, |keeper| Ok(MPR_SERVER_1::fetch(keeper)?.into())),
    ];
    let mut has_ex = true;
    let mut last = Error::answer(K::GET, "the server has no settings of tunnels");
    for (level, fetch) in ways {
        if !has_ex && !level.has_only_ports() {
            continue;
        }
        match fetch(keeper) {
            Ok(configuration) => return Ok(Tunnels { level, configuration }),
            // While the service is stopped, the stored ports can be read and the rest of what is stored cannot.
            Err(error) if K::IS_STORED && error.kind() == ErrorKind::NotRunning => {
                has_ex = false;
                last = error;
            }
            Err(error) if error.is_denied() || error.needs_reconnect() || error.is_transient() => {
                return Err(error);
            }
            Err(error) => {
                // The function is not there, whatever it is asked for.
                has_ex &= error.kind() != ErrorKind::MissingFunction
                    && !matches!(error.code(), Some(raw::PROC_NOT_FOUND | raw::PROCNUM_OUT_OF_RANGE));
                last = error;
            }
        }
    }
    Err(last)
}
