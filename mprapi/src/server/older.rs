//! The server's records of Windows Server 2008 R2, 2012 and 2012 R2: revisions 1, 2 and 3.
//!
//! The public header has their parts but, since Windows Server 2016, not the records: only those of the revisions 4 and 5
//! are left. The layouts here follow the open specification of the protocol underneath (MS-RRASM, `MPR_SERVER_EX_1` to
//! `MPR_SERVER_EX_3` and `MPR_SERVER_SET_CONFIG_EX_1` to `_3`), and revision 1 the header of mingw-w64 too, which is of
//! that time (`MPR_SERVER_EX`). No real server was ever asked.
//!
//! Each part turns into the newest one of its kind, with zeros for what it lacks, and back: all else is one code for all.

use mprapi_sys::{
    self as sys, IKEV2_CONFIG_PARAMS, IKEV2_TUNNEL_CONFIG_PARAMS1, IKEV2_TUNNEL_CONFIG_PARAMS2,
    IKEV2_TUNNEL_CONFIG_PARAMS3, IKEV2_TUNNEL_CONFIG_PARAMS4, L2TP_CONFIG_PARAMS0, L2TP_CONFIG_PARAMS1,
    L2TP_TUNNEL_CONFIG_PARAMS1, L2TP_TUNNEL_CONFIG_PARAMS2, MPR_SERVER_EX0, MPRAPI_OBJECT_HEADER,
    MPRAPI_TUNNEL_CONFIG_PARAMS0, PPTP_CONFIG_PARAMS, SSTP_CONFIG_PARAMS,
};

use super::{Fetch, Keeper, Server, ServerDetails, ServerRecord, details_without_gre};
use crate::error::check;
use crate::{Result, TunnelConfiguration, header};

/// Names the server's record of revision 1, which Windows Server 2008 R2 and later know.
///
/// It has no [`certificate_name`](crate::Ikev2Tunnel::certificate_name),
/// [`encryption`](crate::Ikev2Tunnel::encryption) and [`policy`](crate::Ikev2Tunnel::policy) of IKEv2, nor what
/// [`ServerRevision2`] lacks. The layout is that of the open specification of the protocol; it was never tried against
/// a real server.
#[derive(Clone, Copy, Debug)]
#[doc(alias("MPR_SERVER_EX", "MPRAPI_MPR_SERVER_OBJECT_REVISION_1"))]
pub enum ServerRevision1 {}

/// Names the server's record of revision 2, which Windows Server 2012 and later know.
///
/// It has no [`certificate_hash`](crate::Ikev2Tunnel::certificate_hash) and
/// [`certificate_usages`](crate::Ikev2Tunnel::certificate_usages) of IKEv2 and of L2TP nothing but the ports, nor what
/// [`ServerRevision3`] lacks. The layout is that of the open specification of the protocol; it was never tried against
/// a real server.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "MPRAPI_MPR_SERVER_OBJECT_REVISION_2")]
pub enum ServerRevision2 {}

/// Names the server's record of revision 3, which Windows Server 2012 R2 and later know.
///
/// It has no `main_mode_lifetime`, neither of [IKEv2](crate::Ikev2Tunnel::main_mode_lifetime) nor of
/// [L2TP](crate::L2tpTunnel::main_mode_lifetime), and no [GRE](TunnelConfiguration::gre). The layout is that of the open
/// specification of the protocol; it was never tried against a real server.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "MPRAPI_MPR_SERVER_OBJECT_REVISION_3")]
pub enum ServerRevision3 {}

/// A server's record of an older revision: [`ServerRevision1`], [`ServerRevision2`] or [`ServerRevision3`].
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait OlderServerRecord: ServerRecord<Info = ServerDetails> + Layout {}

/// The parts that differ between the older revisions.
pub(crate) trait Layout {
    /// The number of the revision, of `MPR_SERVER_EX` as of `MPR_SERVER_SET_CONFIG_EX`.
    const REVISION: u32;
    type Ikev2: Older<Newest = IKEV2_TUNNEL_CONFIG_PARAMS4>;
    type L2tp: Older<Newest = L2TP_CONFIG_PARAMS1>;
}

/// An older form of a part.
pub(crate) trait Older: Copy {
    type Newest;
    /// With zeros for what the older form lacks.
    fn newest(self) -> Self::Newest;
    /// Without what the older form lacks.
    fn of(newest: Self::Newest) -> Self;
}

macro_rules! older {
    ($($older:ident of $newest:ident: $($field:ident)+;)+) => {
        $(
            impl Older for $older {
                type Newest = $newest;

                #[inline]
                fn newest(self) -> $newest {
                    let $older { $($field),+ } = self;
                    $newest { $($field,)+ ..$newest::default() }
                }

                #[inline]
                fn of(newest: $newest) -> $older {
                    $older { $($field: newest.$field),+ }
                }
            }
        )+
    };
}

older! {
    IKEV2_TUNNEL_CONFIG_PARAMS1 of IKEV2_TUNNEL_CONFIG_PARAMS4:
        dwIdleTimeout dwNetworkBlackoutTime dwSaLifeTime dwSaDataSizeForRenegotiation dwConfigOptions
        dwTotalCertificates certificateNames;
    IKEV2_TUNNEL_CONFIG_PARAMS2 of IKEV2_TUNNEL_CONFIG_PARAMS4:
        dwIdleTimeout dwNetworkBlackoutTime dwSaLifeTime dwSaDataSizeForRenegotiation dwConfigOptions
        dwTotalCertificates certificateNames machineCertificateName dwEncryptionType customPolicy;
    IKEV2_TUNNEL_CONFIG_PARAMS3 of IKEV2_TUNNEL_CONFIG_PARAMS4:
        dwIdleTimeout dwNetworkBlackoutTime dwSaLifeTime dwSaDataSizeForRenegotiation dwConfigOptions
        dwTotalCertificates certificateNames machineCertificateName dwEncryptionType customPolicy
        dwTotalEkus certificateEKUs machineCertificateHash;
    L2TP_CONFIG_PARAMS0 of L2TP_CONFIG_PARAMS1: dwNumPorts dwPortFlags;
    L2TP_TUNNEL_CONFIG_PARAMS1 of L2TP_TUNNEL_CONFIG_PARAMS2:
        dwIdleTimeout dwEncryptionType dwSaLifeTime dwSaDataSizeForRenegotiation customPolicy;
}

/// A tunnel's ports before its parameters: `IKEV2_CONFIG_PARAMS` and `L2TP_CONFIG_PARAMS1` as they were.
#[repr(C)]
#[derive(Clone, Copy)]
struct PortsAnd<T> {
    ports: u32,
    usage: u32,
    parameter_flags: u32,
    parameters: T,
}

/// `L2TP_CONFIG_PARAMS1` of Windows Server 2012 R2.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub(crate) struct L2tp3(PortsAnd<L2TP_TUNNEL_CONFIG_PARAMS1>);

impl Older for L2tp3 {
    type Newest = L2TP_CONFIG_PARAMS1;

    #[inline]
    fn newest(self) -> L2TP_CONFIG_PARAMS1 {
        L2TP_CONFIG_PARAMS1 {
            dwNumPorts: self.0.ports,
            dwPortFlags: self.0.usage,
            dwTunnelConfigParamFlags: self.0.parameter_flags,
            TunnelConfigParams: self.0.parameters.newest(),
        }
    }

    #[inline]
    fn of(newest: L2TP_CONFIG_PARAMS1) -> L2tp3 {
        L2tp3(PortsAnd {
            ports: newest.dwNumPorts,
            usage: newest.dwPortFlags,
            parameter_flags: newest.dwTunnelConfigParamFlags,
            parameters: Older::of(newest.TunnelConfigParams),
        })
    }
}

/// `MPRAPI_TUNNEL_CONFIG_PARAMS` as it was.
#[repr(C)]
struct Tunnels<R: Layout> {
    ikev2: PortsAnd<R::Ikev2>,
    pptp: PPTP_CONFIG_PARAMS,
    l2tp: R::L2tp,
    sstp: SSTP_CONFIG_PARAMS,
}

// Deriving them would ask the same of `R`.
impl<R: Layout> Clone for Tunnels<R> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Layout> Copy for Tunnels<R> {}

impl<R: Layout> Tunnels<R> {
    #[inline]
    fn newest(self) -> MPRAPI_TUNNEL_CONFIG_PARAMS0 {
        MPRAPI_TUNNEL_CONFIG_PARAMS0 {
            IkeConfigParams: IKEV2_CONFIG_PARAMS {
                dwNumPorts: self.ikev2.ports,
                dwPortFlags: self.ikev2.usage,
                dwTunnelConfigParamFlags: self.ikev2.parameter_flags,
                TunnelConfigParams: self.ikev2.parameters.newest(),
            },
            PptpConfigParams: self.pptp,
            L2tpConfigParams: self.l2tp.newest(),
            SstpConfigParams: self.sstp,
        }
    }

    #[inline]
    fn of(newest: MPRAPI_TUNNEL_CONFIG_PARAMS0) -> Tunnels<R> {
        let ikev2 = newest.IkeConfigParams;
        Tunnels {
            ikev2: PortsAnd {
                ports: ikev2.dwNumPorts,
                usage: ikev2.dwPortFlags,
                parameter_flags: ikev2.dwTunnelConfigParamFlags,
                parameters: Older::of(ikev2.TunnelConfigParams),
            },
            pptp: newest.PptpConfigParams,
            l2tp: Older::of(newest.L2tpConfigParams),
            sstp: newest.SstpConfigParams,
        }
    }
}

/// `MPR_SERVER_EX` as it was.
#[repr(C)]
struct ServerEx<R: Layout> {
    header: MPRAPI_OBJECT_HEADER,
    is_lan_only: u32,
    up_time: u32,
    total_ports: u32,
    ports_in_use: u32,
    reserved: u32,
    tunnels: Tunnels<R>,
}

impl<R: Layout> Clone for ServerEx<R> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Layout> Copy for ServerEx<R> {}

/// `MPR_SERVER_SET_CONFIG_EX` as it was.
#[repr(C)]
struct SetConfigEx<R: Layout> {
    header: MPRAPI_OBJECT_HEADER,
    protocols: u32,
    tunnels: Tunnels<R>,
}

/// Asks for the record, and forgets what stands for nothing in it.
#[inline]
fn fetch<R: Layout, K: Keeper>(keeper: &K) -> Result<ServerDetails> {
    // SAFETY: the record begins with its header, and is made of numbers and pointers, which any bits make.
    let record: ServerEx<R> = unsafe { super::ask(keeper, R::REVISION) }?;
    let newer = MPR_SERVER_EX0 {
        Header: record.header,
        fLanOnlyMode: record.is_lan_only,
        dwUpTime: record.up_time,
        dwTotalPorts: record.total_ports,
        dwPortsInUse: record.ports_in_use,
        Reserved: record.reserved,
        ConfigParams: record.tunnels.newest(),
    };
    // SAFETY: the library has just filled the record; what it lacks leads nowhere.
    let mut details = unsafe { details_without_gre(keeper, &newer) }?;
    if let Some(tunnel) = details.tunnels.ikev2.as_mut().and_then(|ikev2| ikev2.tunnel.as_mut()) {
        tunnel.main_mode_lifetime = None;
        tunnel.encryption = tunnel.encryption.filter(|_| R::REVISION >= 2);
    }
    if let Some(tunnel) = details.tunnels.l2tp.as_mut().and_then(|l2tp| l2tp.tunnel.as_mut()) {
        tunnel.main_mode_lifetime = None;
    }
    Ok(details)
}

impl Server {
    /// Sets what is `Some` in `tunnels` by the record of an older revision: as [`set_tunnels`](Server::set_tunnels), for
    /// servers of Windows Server 2008 R2 ([`ServerRevision1`]), 2012 ([`ServerRevision2`]) and 2012 R2
    /// ([`ServerRevision3`]). It was never tried against a real server.
    ///
    /// The C function is `MprAdminServerSetInfoEx`. Begin with what [`info_at`](Server::info_at) tells by the same record:
    /// that has nothing which the record cannot hold.
    ///
    /// # Errors
    /// As [`set_tunnels`](Server::set_tunnels), and [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument)
    /// before anything is called for a setting that the record lacks.
    #[inline]
    pub fn set_tunnels_at<R: OlderServerRecord>(&self, tunnels: &TunnelConfiguration) -> Result<()> {
        const FUNCTION: &str = "MprAdminServerSetInfoEx";
        tunnels.check_at(FUNCTION, R::REVISION)?;
        tunnels.completed::<R, _>(self, R::REVISION)?.with_older::<R>(FUNCTION, |record| {
            // SAFETY: the handle is open while `self` lives; the record and all it points to live during the call, and
            // its header says how large it is.
            check(FUNCTION, unsafe { self.table().MprAdminServerSetInfoEx(self.as_raw(), record) }, || {
                self.name()
            })
        })
    }
}

impl TunnelConfiguration {
    /// Calls `function` with what is set here as its record of an older revision, which must have room for it.
    ///
    /// The record and all that it points to live until `call` is over; the API only reads them.
    #[inline]
    pub(crate) fn with_older<R: Layout>(
        &self,
        function: &'static str,
        call: impl FnOnce(*mut sys::MPR_SERVER_SET_CONFIG_EX1) -> Result<()>,
    ) -> Result<()> {
        self.with_parts(function, R::REVISION, |protocols, tunnels| {
            let mut record = SetConfigEx::<R> {
                header: header::asking_for::<SetConfigEx<R>>(
                    sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT,
                    R::REVISION,
                ),
                protocols,
                tunnels: Tunnels::of(tunnels),
            };
            call((&raw mut record).cast())
        })
    }
}

macro_rules! revisions {
    ($($record:ident => $server:ident, $set:ident, $ikev2:ty, $l2tp:ty;)+) => {
        $(
            impl Layout for $record {
                const REVISION: u32 = sys::$server;
                type Ikev2 = $ikev2;
                type L2tp = $l2tp;
            }

            const _: () = assert!(sys::$server == sys::$set);

            impl OlderServerRecord for $record {}

            impl ServerRecord for $record {
                type Info = ServerDetails;
            }

            impl Fetch for $record {
                #[inline]
                fn fetch<K: Keeper>(keeper: &K) -> Result<ServerDetails> {
                    fetch::<$record, K>(keeper)
                }
            }
        )+
    };
}

revisions! {
    ServerRevision1 => MPRAPI_MPR_SERVER_OBJECT_REVISION_1, MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_1,
        IKEV2_TUNNEL_CONFIG_PARAMS1, L2TP_CONFIG_PARAMS0;
    ServerRevision2 => MPRAPI_MPR_SERVER_OBJECT_REVISION_2, MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_2,
        IKEV2_TUNNEL_CONFIG_PARAMS2, L2TP_CONFIG_PARAMS0;
    ServerRevision3 => MPRAPI_MPR_SERVER_OBJECT_REVISION_3, MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_3,
        IKEV2_TUNNEL_CONFIG_PARAMS3, L2tp3;
}

/// The sizes, counted member by member as the specification lists them: numbers of four bytes, and pointers, before
/// which numbers are filled up to a whole word.
const _: () = {
    const WORD: usize = size_of::<*mut u8>();
    const fn numbers(count: usize) -> usize {
        (4 * count).next_multiple_of(WORD)
    }
    const BLOB: usize = numbers(1) + WORD;
    const PPTP: usize = numbers(2);
    const SSTP: usize = numbers(4) + numbers(1) + BLOB;
    const SERVER_EX: usize = numbers(6);
    const SET_CONFIG_EX: usize = numbers(2);

    const IKEV2_1: usize = numbers(3) + numbers(6) + WORD;
    const IKEV2_2: usize = IKEV2_1 + BLOB + numbers(1) + WORD;
    const IKEV2_3: usize = IKEV2_2 + numbers(1) + WORD + BLOB;
    const L2TP_1: usize = numbers(2);
    const L2TP_3: usize = numbers(3) + numbers(4) + WORD;

    assert!(size_of::<ServerEx<ServerRevision1>>() == SERVER_EX + IKEV2_1 + PPTP + L2TP_1 + SSTP);
    assert!(size_of::<ServerEx<ServerRevision2>>() == SERVER_EX + IKEV2_2 + PPTP + L2TP_1 + SSTP);
    assert!(size_of::<ServerEx<ServerRevision3>>() == SERVER_EX + IKEV2_3 + PPTP + L2TP_3 + SSTP);
    assert!(size_of::<SetConfigEx<ServerRevision1>>() == SET_CONFIG_EX + IKEV2_1 + PPTP + L2TP_1 + SSTP);
    assert!(size_of::<SetConfigEx<ServerRevision2>>() == SET_CONFIG_EX + IKEV2_2 + PPTP + L2TP_1 + SSTP);
    assert!(size_of::<SetConfigEx<ServerRevision3>>() == SET_CONFIG_EX + IKEV2_3 + PPTP + L2TP_3 + SSTP);
};
