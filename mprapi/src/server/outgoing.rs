//! A server's tunnel configuration on its way to the API.

use std::time::Duration;

use mprapi_sys::{
    self as sys, CRYPTOAPI_BLOB, GRE_CONFIG_PARAMS0, IKEV2_CONFIG_PARAMS, IKEV2_TUNNEL_CONFIG_PARAMS4,
    L2TP_CONFIG_PARAMS1, L2TP_TUNNEL_CONFIG_PARAMS2, MPR_CERT_EKU, MPR_SERVER_1, MPR_SERVER_2,
    MPR_SERVER_SET_CONFIG_EX0, MPR_SERVER_SET_CONFIG_EX1, MPRAPI_TUNNEL_CONFIG_PARAMS0,
    MPRAPI_TUNNEL_CONFIG_PARAMS1, PPTP_CONFIG_PARAMS, ROUTER_CUSTOM_IKEv2_POLICY0, SSTP_CERT_INFO,
    SSTP_CONFIG_PARAMS,
};

use super::configuration::{
    CertificateUsage, Encryption, Ikev2Configuration, Ikev2Tunnel, L2tpConfiguration, L2tpTunnel, Ports,
    SstpConfiguration, TunnelConfiguration, TunnelPorts,
};
use super::{Fetch as _, Keeper, ServerDetails, ServerRecord, WITHOUT_GRE};
use crate::{Error, Result, header};

/// Returns a part that a record must have even if the caller does not change it.
#[inline]
fn known<T>(function: &'static str, part: Option<T>) -> Result<T> {
    part.ok_or_else(|| Error::argument(function, "a setting is missing that the server did not report"))
}

/// As [`known`], of what the record has from the revision `first` on; the record of an older one takes zero.
#[inline]
fn known_since<T>(function: &'static str, revision: u32, first: u32, part: Option<T>) -> Result<Option<T>> {
    if revision < first { Ok(None) } else { known(function, part).map(Some) }
}

/// Sets a part that the caller left out to what it is now.
#[inline]
fn keep<T>(part: &mut Option<T>, now: Option<T>) {
    *part = part.take().or(now);
}

/// A record has all of a tunnel's settings or none of them, so where a change leaves some out, the keeper is asked what
/// they are and they are set to that again.
impl TunnelPorts {
    /// The ports to write; `None` if there are none to change.
    #[inline]
    pub(crate) fn completed<K: Keeper>(&self, keeper: &K) -> Result<Option<TunnelPorts>> {
        let mut ports = *self;
        match (ports.pptp, ports.l2tp, ports.sstp) {
            (None, None, None) => return Ok(None),
            (Some(_), Some(_), _) => {}
            _ => {
                let now = MPR_SERVER_1::fetch(keeper)?;
                keep(&mut ports.pptp, now.pptp);
                keep(&mut ports.l2tp, now.l2tp);
            }
        }
        Ok(Some(ports))
    }
}

impl TunnelConfiguration {
    /// The configuration to write, in which each tunnel has all of its settings that the record `R` of this
    /// revision has, or is `None`.
    #[inline]
    pub(crate) fn completed<R, K>(&self, keeper: &K, revision: u32) -> Result<TunnelConfiguration>
    where
        R: ServerRecord<Info = ServerDetails>,
        K: Keeper,
    {
        let mut all = self.clone();
        all.ikev2.take_if(|ikev2| *ikev2 == Ikev2Configuration::default());
        all.l2tp.take_if(|l2tp| *l2tp == L2tpConfiguration::default());
        all.sstp.take_if(|sstp| *sstp == SstpConfiguration::default());
        let sstp_lacks = |sstp: &SstpConfiguration| {
            let SstpConfiguration { ports, https, hash_algorithm, picks_certificate, certificate_hash } =
                sstp;
            ports.is_none()
                || https.is_none()
                || hash_algorithm.is_none()
                || picks_certificate.is_none()
                || certificate_hash.is_none()
        };
        let tunnel_lacks = |lifetime: Option<Duration>, encryption: Option<Encryption>| {
            revision >= 4 && lifetime.is_none() || revision >= 2 && encryption.is_none()
        };
        let ikev2_lacks = |ikev2: &Ikev2Configuration| {
            let tunnel = ikev2.tunnel.as_ref();
            ikev2.ports.is_none() || tunnel.is_some_and(|t| tunnel_lacks(t.main_mode_lifetime, t.encryption))
        };
        let l2tp_lacks = |l2tp: &L2tpConfiguration| {
            let tunnel = l2tp.tunnel.as_ref();
            l2tp.ports.is_none() || tunnel.is_some_and(|t| tunnel_lacks(t.main_mode_lifetime, t.encryption))
        };
        let lacks = all.ikev2.as_ref().is_some_and(ikev2_lacks)
            || all.l2tp.as_ref().is_some_and(l2tp_lacks)
            || all.sstp.as_ref().is_some_and(sstp_lacks);
        if !lacks {
            return Ok(all);
        }
        let now = R::fetch(keeper)?.tunnels;
        if let (Some(ikev2), Some(now)) = (&mut all.ikev2, now.ikev2) {
            keep(&mut ikev2.ports, now.ports);
            if let (Some(tunnel), Some(now)) = (&mut ikev2.tunnel, now.tunnel) {
                keep(&mut tunnel.main_mode_lifetime, now.main_mode_lifetime);
                keep(&mut tunnel.encryption, now.encryption);
            }
        }
        if let (Some(l2tp), Some(now)) = (&mut all.l2tp, now.l2tp) {
            keep(&mut l2tp.ports, now.ports);
            if let (Some(tunnel), Some(now)) = (&mut l2tp.tunnel, now.tunnel) {
                keep(&mut tunnel.main_mode_lifetime, now.main_mode_lifetime);
                keep(&mut tunnel.encryption, now.encryption);
            }
        }
        if let (Some(sstp), Some(now)) = (&mut all.sstp, now.sstp) {
            keep(&mut sstp.ports, now.ports);
            keep(&mut sstp.https, now.https);
            keep(&mut sstp.hash_algorithm, now.hash_algorithm);
            keep(&mut sstp.picks_certificate, now.picks_certificate);
            keep(&mut sstp.certificate_hash, now.certificate_hash);
        }
        Ok(all)
    }

    /// Returns an error for a setting that no record can hold, before anything is called.
    #[inline]
    pub(crate) fn check(&self, function: &'static str) -> Result<()> {
        let hash = self.sstp.as_ref().and_then(|sstp| sstp.certificate_hash.as_ref());
        if hash.is_some_and(|hash| hash.len() > sys::MAX_SSTP_HASH_SIZE as usize) {
            return Err(Error::argument(function, "the hash of SSTP's certificate is longer than 32 bytes"));
        }
        Ok(())
    }

    /// As [`check`](TunnelConfiguration::check), and for a setting that the record of an older revision lacks.
    #[inline]
    pub(crate) fn check_at(&self, function: &'static str, revision: u32) -> Result<()> {
        self.check(function)?;
        let ikev2 = self.ikev2.as_ref().and_then(|ikev2| ikev2.tunnel.as_ref());
        let l2tp = self.l2tp.as_ref().and_then(|l2tp| l2tp.tunnel.as_ref());
        let problem = if self.gre.is_some() {
            "this revision of the record has no GRE: leave `gre` out"
        } else if ikev2.is_some_and(|tunnel| tunnel.main_mode_lifetime.is_some())
            || l2tp.is_some_and(|tunnel| tunnel.main_mode_lifetime.is_some())
        {
            "this revision of the record has no main mode lifetime: leave `main_mode_lifetime` out"
        } else if revision < 3 && l2tp.is_some() {
            "this revision of the record has nothing but the ports of L2TP: leave its `tunnel` out"
        } else if revision < 3 && ikev2.is_some_and(|tunnel| !tunnel.certificate_usages.is_empty()) {
            "this revision of the record has no certificate usages: leave `certificate_usages` empty"
        } else if revision < 3 && ikev2.is_some_and(|tunnel| !tunnel.certificate_hash.is_empty()) {
            "this revision of the record has no certificate hash of IKEv2: leave `certificate_hash` empty"
        } else if revision < 2 && ikev2.is_some_and(|tunnel| !tunnel.certificate_name.is_empty()) {
            "this revision of the record has no name of the server's certificate: leave `certificate_name` empty"
        } else if revision < 2 && ikev2.is_some_and(|tunnel| tunnel.encryption.is_some()) {
            "this revision of the record has no encryption: leave `encryption` out"
        } else if revision < 2 && ikev2.is_some_and(|tunnel| tunnel.policy.is_some()) {
            "this revision of the record has no IKEv2 policy: leave `policy` out"
        } else {
            return Ok(());
        };
        Err(Error::argument(function, problem))
    }

    /// Calls `function` with what is set here as its record. Where GRE is not set the record is an
    /// `MPR_SERVER_SET_CONFIG_EX0`, and its header says so.
    ///
    /// The record and all that it points to live until `call` is over; the API only reads them.
    #[inline]
    pub(crate) fn with_raw(
        &self,
        function: &'static str,
        call: impl FnOnce(*mut MPR_SERVER_SET_CONFIG_EX1) -> Result<()>,
    ) -> Result<()> {
        const KIND: i32 = sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT;
        self.with_parts(function, WITHOUT_GRE, |protocols, tunnels| match self.gre {
            None => {
                let mut record = MPR_SERVER_SET_CONFIG_EX0 {
                    Header: header::asking_for::<MPR_SERVER_SET_CONFIG_EX0>(KIND, WITHOUT_GRE),
                    setConfigForProtocols: protocols,
                    ConfigParams: tunnels,
                };
                call((&raw mut record).cast())
            }
            Some(gre) => {
                let (ports, usage) = gre.raw();
                let mut record = MPR_SERVER_SET_CONFIG_EX1 {
                    Header: header::asking_for::<MPR_SERVER_SET_CONFIG_EX1>(
                        KIND,
                        sys::MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_5,
                    ),
                    setConfigForProtocols: protocols | sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE,
                    ConfigParams: MPRAPI_TUNNEL_CONFIG_PARAMS1 {
                        IkeConfigParams: tunnels.IkeConfigParams,
                        PptpConfigParams: tunnels.PptpConfigParams,
                        L2tpConfigParams: tunnels.L2tpConfigParams,
                        SstpConfigParams: tunnels.SstpConfigParams,
                        GREConfigParams: GRE_CONFIG_PARAMS0 { dwNumPorts: ports, dwPortFlags: usage },
                    },
                };
                call(&raw mut record)
            }
        })
    }

    /// Makes a call of `function` with the bits of the tunnels that are set, and their parameters but for GRE's, which
    /// have all that a record of `revision` has. What they point to lives until `call` is over.
    #[inline]
    pub(super) fn with_parts(
        &self,
        function: &'static str,
        revision: u32,
        call: impl FnOnce(u32, MPRAPI_TUNNEL_CONFIG_PARAMS0) -> Result<()>,
    ) -> Result<()> {
        let mut protocols = 0;

        let mut ikev2_memory = Ikev2Memory::default();
        let mut ikev2 = IKEV2_CONFIG_PARAMS::default();
        if let Some(set) = &self.ikev2 {
            protocols |= sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2;
            (ikev2.dwNumPorts, ikev2.dwPortFlags) = known(function, set.ports)?.raw();
            if let Some(tunnel) = &set.tunnel {
                ikev2.dwTunnelConfigParamFlags = sys::MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS;
                ikev2.TunnelConfigParams = ikev2_memory.fill(function, revision, tunnel)?;
            }
        }

        let mut pptp = PPTP_CONFIG_PARAMS::default();
        if let Some(set) = self.pptp {
            protocols |= sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP;
            (pptp.dwNumPorts, pptp.dwPortFlags) = set.raw();
        }

        let mut l2tp_policy = None;
        let mut l2tp = L2TP_CONFIG_PARAMS1::default();
        if let Some(set) = &self.l2tp {
            protocols |= sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP;
            (l2tp.dwNumPorts, l2tp.dwPortFlags) = known(function, set.ports)?.raw();
            if let Some(tunnel) = &set.tunnel {
                l2tp.dwTunnelConfigParamFlags = sys::MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS;
                l2tp.TunnelConfigParams = raw_l2tp(function, revision, tunnel, &mut l2tp_policy)?;
            }
        }

        let mut sstp = SSTP_CONFIG_PARAMS::default();
        if let Some(set) = &self.sstp {
            protocols |= sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP;
            sstp = raw_sstp(function, set)?;
        }

        call(
            protocols,
            MPRAPI_TUNNEL_CONFIG_PARAMS0 {
                IkeConfigParams: ikev2,
                PptpConfigParams: pptp,
                L2tpConfigParams: l2tp,
                SstpConfigParams: sstp,
            },
        )
    }
}

impl TunnelPorts {
    /// Makes a call of `function` with the ports as the record of level 1 or, with SSTP's, 2. The API only reads it.
    #[inline]
    pub(crate) fn with_raw(
        &self,
        function: &'static str,
        call: impl FnOnce(u32, sys::LPBYTE) -> Result<()>,
    ) -> Result<()> {
        let (pptp, for_pptp) = known(function, self.pptp)?.raw();
        let (l2tp, for_l2tp) = known(function, self.l2tp)?.raw();
        match self.sstp.map(Ports::raw) {
            None => {
                let mut record = MPR_SERVER_1 {
                    dwNumPptpPorts: pptp,
                    dwPptpPortFlags: for_pptp,
                    dwNumL2tpPorts: l2tp,
                    dwL2tpPortFlags: for_l2tp,
                };
                call(1, (&raw mut record).cast())
            }
            Some((sstp, for_sstp)) => {
                let mut record = MPR_SERVER_2 {
                    dwNumPptpPorts: pptp,
                    dwPptpPortFlags: for_pptp,
                    dwNumL2tpPorts: l2tp,
                    dwL2tpPortFlags: for_l2tp,
                    dwNumSstpPorts: sstp,
                    dwSstpPortFlags: for_sstp,
                };
                call(2, (&raw mut record).cast())
            }
        }
    }
}

impl Ports {
    #[inline]
    fn raw(self) -> (u32, u32) {
        (self.count, self.usage.bits())
    }
}

#[inline]
fn seconds(function: &'static str, time: Duration) -> Result<u32> {
    u32::try_from(time.as_secs())
        .map_err(|_| Error::argument(function, "a time is longer than 4294967295 seconds"))
}

/// The bytes, which the API only reads.
#[inline]
fn blob(function: &'static str, bytes: &[u8]) -> Result<CRYPTOAPI_BLOB> {
    let length = u32::try_from(bytes.len()).map_err(|_| {
        Error::argument(function, "a certificate's name or hash is longer than 4294967295 bytes")
    })?;
    // A vector without bytes has an address all the same, which leads to none.
    let first = if bytes.is_empty() { std::ptr::null_mut() } else { crate::input::only_read(bytes) };
    Ok(CRYPTOAPI_BLOB { cbData: length, pbData: first })
}

/// The memory that an `IKEV2_TUNNEL_CONFIG_PARAMS4` points to.
#[derive(Default)]
struct Ikev2Memory {
    names: Vec<CRYPTOAPI_BLOB>,
    texts: Vec<Vec<u16>>,
    usages: Vec<MPR_CERT_EKU>,
    policy: Option<Box<ROUTER_CUSTOM_IKEv2_POLICY0>>,
}

impl Ikev2Memory {
    /// The record of `tunnel`, which is good while both `self` and `tunnel` stay as they are.
    #[inline]
    fn fill(
        &mut self,
        function: &'static str,
        revision: u32,
        tunnel: &Ikev2Tunnel,
    ) -> Result<IKEV2_TUNNEL_CONFIG_PARAMS4> {
        let encryption = known_since(function, revision, 2, tunnel.encryption)?;
        let main_mode_lifetime = known_since(function, revision, 4, tunnel.main_mode_lifetime)?;
        let too_many = |_| Error::argument(function, "more than 4294967295 certificates or usages are given");
        self.names =
            tunnel.root_certificates.iter().map(|name| blob(function, name)).collect::<Result<_>>()?;
        self.texts =
            tunnel.certificate_usages.iter().map(|usage| text(function, usage)).collect::<Result<_>>()?;
        let with_text = tunnel.certificate_usages.iter().zip(&mut self.texts);
        self.usages = with_text
            .map(|(usage, text)| MPR_CERT_EKU {
                dwSize: text.len() as u32,
                IsEKUOID: usage.is_object_identifier.into(),
                pwszEKU: text.as_mut_ptr(),
            })
            .collect();
        self.policy = tunnel.policy.map(|policy| Box::new(policy.into()));
        Ok(IKEV2_TUNNEL_CONFIG_PARAMS4 {
            dwIdleTimeout: seconds(function, tunnel.idle_timeout)?,
            dwNetworkBlackoutTime: seconds(function, tunnel.network_blackout)?,
            dwSaLifeTime: seconds(function, tunnel.lifetime)?,
            dwSaDataSizeForRenegotiation: tunnel.renew_after_kilobytes,
            dwConfigOptions: 0,
            dwTotalCertificates: self.names.len().try_into().map_err(too_many)?,
            certificateNames: pointer(&mut self.names),
            machineCertificateName: blob(function, &tunnel.certificate_name)?,
            dwEncryptionType: encryption.map_or(0, u32::from),
            customPolicy: self.policy.as_deref_mut().map_or(std::ptr::null_mut(), |policy| policy),
            dwTotalEkus: self.usages.len().try_into().map_err(too_many)?,
            certificateEKUs: pointer(&mut self.usages),
            machineCertificateHash: blob(function, &tunnel.certificate_hash)?,
            dwMmSaLifeTime: seconds(function, main_mode_lifetime.unwrap_or_default())?,
        })
    }
}

/// Where the items are; null where there is none.
#[inline]
fn pointer<T>(items: &mut Vec<T>) -> *mut T {
    if items.is_empty() { std::ptr::null_mut() } else { items.as_mut_ptr() }
}

/// The usage as terminated UTF-16, with as many zeros behind it: `MPR_CERT_EKU::dwSize` counts bytes, but the protocol
/// underneath declares an array of so many characters, and a reader that goes that far must find memory.
#[inline]
fn text(function: &'static str, usage: &CertificateUsage) -> Result<Vec<u16>> {
    let usage = usage.usage.units();
    if usage.contains(&0) {
        return Err(Error::argument(function, "a certificate usage has a NUL character in it"));
    }
    let mut units = [usage, &[0]].concat();
    units.resize(2 * units.len(), 0);
    if u32::try_from(units.len()).is_err() {
        return Err(Error::argument(function, "a certificate usage is longer than 2147483646 characters"));
    }
    Ok(units)
}

#[inline]
fn raw_l2tp(
    function: &'static str,
    revision: u32,
    tunnel: &L2tpTunnel,
    memory: &mut Option<Box<ROUTER_CUSTOM_IKEv2_POLICY0>>,
) -> Result<L2TP_TUNNEL_CONFIG_PARAMS2> {
    let main_mode_lifetime = known_since(function, revision, 4, tunnel.main_mode_lifetime)?;
    *memory = tunnel.policy.map(|policy| Box::new(policy.into()));
    Ok(L2TP_TUNNEL_CONFIG_PARAMS2 {
        dwIdleTimeout: seconds(function, tunnel.idle_timeout)?,
        dwEncryptionType: known(function, tunnel.encryption)?.into(),
        dwSaLifeTime: seconds(function, tunnel.lifetime)?,
        dwSaDataSizeForRenegotiation: tunnel.renew_after_kilobytes,
        customPolicy: memory.as_deref_mut().map_or(std::ptr::null_mut(), |policy| policy),
        dwMmSaLifeTime: seconds(function, main_mode_lifetime.unwrap_or_default())?,
    })
}

#[inline]
fn raw_sstp(function: &'static str, set: &SstpConfiguration) -> Result<SSTP_CONFIG_PARAMS> {
    let (ports, usage) = known(function, set.ports)?.raw();
    Ok(SSTP_CONFIG_PARAMS {
        dwNumPorts: ports,
        dwPortFlags: usage,
        isUseHttps: known(function, set.https)?.into(),
        certAlgorithm: known(function, set.hash_algorithm)?.into(),
        sstpCertDetails: SSTP_CERT_INFO {
            isDefault: known(function, set.picks_certificate)?.into(),
            certBlob: blob(function, known(function, set.certificate_hash.as_ref())?)?,
        },
    })
}
