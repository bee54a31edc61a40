//! The server's `Ex` records in their three layouts: that of Windows Server 2008 R2, that with custom policies, and
//! that with GRE. The pages and the headers of different SDKs disagree about revisions, so the size in the caller's
//! header chooses the layout, and any revision from 1 to 5 is taken.

use mprapi_sys as sys;

use crate::api::header;
use crate::api::param::Out;
use crate::error_code::{Code, ERROR_INVALID_PARAMETER};

/// Windows Server 2008 R2's `IKEV2_CONFIG_PARAMS`.
#[repr(C)]
#[derive(Clone, Copy)]
struct IkeOf2008R2 {
    dwNumPorts: u32,
    dwPortFlags: u32,
    dwTunnelConfigParamFlags: u32,
    TunnelConfigParams: sys::IKEV2_TUNNEL_CONFIG_PARAMS1,
}

/// Windows Server 2008 R2's `MPRAPI_TUNNEL_CONFIG_PARAMS`.
#[repr(C)]
#[derive(Clone, Copy)]
struct TunnelsOf2008R2 {
    IkeConfigParams: IkeOf2008R2,
    PptpConfigParams: sys::PPTP_CONFIG_PARAMS,
    L2tpConfigParams: sys::L2TP_CONFIG_PARAMS0,
    SstpConfigParams: sys::SSTP_CONFIG_PARAMS,
}

/// Windows Server 2008 R2's `MPR_SERVER_EX`.
#[repr(C)]
#[derive(Clone, Copy)]
struct ServerOf2008R2 {
    Header: sys::MPRAPI_OBJECT_HEADER,
    fLanOnlyMode: u32,
    dwUpTime: u32,
    dwTotalPorts: u32,
    dwPortsInUse: u32,
    Reserved: u32,
    ConfigParams: TunnelsOf2008R2,
}

/// Windows Server 2008 R2's `MPR_SERVER_SET_CONFIG_EX`.
#[repr(C)]
#[derive(Clone, Copy)]
struct SetOf2008R2 {
    Header: sys::MPRAPI_OBJECT_HEADER,
    setConfigForProtocols: u32,
    ConfigParams: TunnelsOf2008R2,
}

type Tunnels = sys::MPRAPI_TUNNEL_CONFIG_PARAMS1;

impl TunnelsOf2008R2 {
    fn from_newest(newest: &Tunnels) -> TunnelsOf2008R2 {
        let ike = &newest.IkeConfigParams;
        let tunnel = &ike.TunnelConfigParams;
        TunnelsOf2008R2 {
            IkeConfigParams: IkeOf2008R2 {
                dwNumPorts: ike.dwNumPorts,
                dwPortFlags: ike.dwPortFlags,
                dwTunnelConfigParamFlags: ike.dwTunnelConfigParamFlags,
                TunnelConfigParams: sys::IKEV2_TUNNEL_CONFIG_PARAMS1 {
                    dwIdleTimeout: tunnel.dwIdleTimeout,
                    dwNetworkBlackoutTime: tunnel.dwNetworkBlackoutTime,
                    dwSaLifeTime: tunnel.dwSaLifeTime,
                    dwSaDataSizeForRenegotiation: tunnel.dwSaDataSizeForRenegotiation,
                    dwConfigOptions: tunnel.dwConfigOptions,
                    dwTotalCertificates: tunnel.dwTotalCertificates,
                    certificateNames: tunnel.certificateNames,
                },
            },
            PptpConfigParams: newest.PptpConfigParams,
            L2tpConfigParams: sys::L2TP_CONFIG_PARAMS0 {
                dwNumPorts: newest.L2tpConfigParams.dwNumPorts,
                dwPortFlags: newest.L2tpConfigParams.dwPortFlags,
            },
            SstpConfigParams: newest.SstpConfigParams,
        }
    }

    /// Returns the record in the newest layout. It takes from `before` what this layout lacks.
    fn to_newest(self, mut before: Tunnels) -> Tunnels {
        let (own, ike) = (&self.IkeConfigParams, &mut before.IkeConfigParams);
        ike.dwNumPorts = own.dwNumPorts;
        ike.dwPortFlags = own.dwPortFlags;
        ike.dwTunnelConfigParamFlags = own.dwTunnelConfigParamFlags;
        let (own, tunnel) = (&own.TunnelConfigParams, &mut ike.TunnelConfigParams);
        tunnel.dwIdleTimeout = own.dwIdleTimeout;
        tunnel.dwNetworkBlackoutTime = own.dwNetworkBlackoutTime;
        tunnel.dwSaLifeTime = own.dwSaLifeTime;
        tunnel.dwSaDataSizeForRenegotiation = own.dwSaDataSizeForRenegotiation;
        tunnel.dwConfigOptions = own.dwConfigOptions;
        tunnel.dwTotalCertificates = own.dwTotalCertificates;
        tunnel.certificateNames = own.certificateNames;
        before.PptpConfigParams = self.PptpConfigParams;
        before.L2tpConfigParams.dwNumPorts = self.L2tpConfigParams.dwNumPorts;
        before.L2tpConfigParams.dwPortFlags = self.L2tpConfigParams.dwPortFlags;
        before.L2tpConfigParams.dwTunnelConfigParamFlags = 0;
        before.SstpConfigParams = self.SstpConfigParams;
        before
    }
}

/// The record without GRE's part.
fn without_gre(newest: &Tunnels) -> sys::MPRAPI_TUNNEL_CONFIG_PARAMS0 {
    sys::MPRAPI_TUNNEL_CONFIG_PARAMS0 {
        IkeConfigParams: newest.IkeConfigParams,
        PptpConfigParams: newest.PptpConfigParams,
        L2tpConfigParams: newest.L2tpConfigParams,
        SstpConfigParams: newest.SstpConfigParams,
    }
}

/// A caller's header of this kind and a known revision.
///
/// # Safety
/// The pointer must be null or that of a header.
unsafe fn known_header(
    pointer: *mut sys::MPRAPI_OBJECT_HEADER,
    kind: sys::MPRAPI_OBJECT_TYPE,
) -> Result<sys::MPRAPI_OBJECT_HEADER, Code> {
    // SAFETY: promised by the caller.
    let header = unsafe { header::read(pointer, kind as u8) }?;
    if (1..=5).contains(&header.revision) { Ok(header) } else { Err(ERROR_INVALID_PARAMETER) }
}

/// Returns `true` if the layout that the caller's header asks for has custom policies.
///
/// # Safety
/// The pointer must be null or that of a header.
pub(crate) unsafe fn has_policies(pointer: *mut sys::MPR_SERVER_EX1) -> Result<bool, Code> {
    // SAFETY: promised by the caller.
    let header = unsafe { known_header(pointer.cast(), sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT) }?;
    Ok(usize::from(header.size) >= size_of::<sys::MPR_SERVER_EX0>())
}

/// Writes the state of a server in the layout that the caller's header asks for.
///
/// # Safety
/// The pointer must be null or that of a record as long as its header says.
pub(crate) unsafe fn write(
    pointer: *mut sys::MPR_SERVER_EX1,
    info: &sys::MPR_SERVER_EX1,
) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    let header = unsafe { known_header(pointer.cast(), sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT) }?;
    let size = usize::from(header.size);
    if size >= size_of::<sys::MPR_SERVER_EX1>() {
        // SAFETY: the header says that this record is there.
        let record = unsafe { Out::new(pointer, ERROR_INVALID_PARAMETER) }?;
        record.set(sys::MPR_SERVER_EX1 { Header: header, ..*info });
    } else if size >= size_of::<sys::MPR_SERVER_EX0>() {
        // SAFETY: the header says that this record is there.
        let record = unsafe { Out::new(pointer.cast::<sys::MPR_SERVER_EX0>(), ERROR_INVALID_PARAMETER) }?;
        record.set(sys::MPR_SERVER_EX0 {
            Header: header,
            fLanOnlyMode: info.fLanOnlyMode,
            dwUpTime: info.dwUpTime,
            dwTotalPorts: info.dwTotalPorts,
            dwPortsInUse: info.dwPortsInUse,
            Reserved: 0,
            ConfigParams: without_gre(&info.ConfigParams),
        });
    } else if size >= size_of::<ServerOf2008R2>() {
        // SAFETY: the header says that this record is there.
        let record = unsafe { Out::new(pointer.cast::<ServerOf2008R2>(), ERROR_INVALID_PARAMETER) }?;
        record.set(ServerOf2008R2 {
            Header: header,
            fLanOnlyMode: info.fLanOnlyMode,
            dwUpTime: info.dwUpTime,
            dwTotalPorts: info.dwTotalPorts,
            dwPortsInUse: info.dwPortsInUse,
            Reserved: 0,
            ConfigParams: TunnelsOf2008R2::from_newest(&info.ConfigParams),
        });
    } else {
        return Err(ERROR_INVALID_PARAMETER);
    }
    Ok(())
}

/// Reads new settings in the layout that the caller's header names: which protocols to set, and the parameters.
/// It takes from `before` what the layout lacks.
///
/// # Safety
/// The pointer must be null or that of a record as long as its header says.
pub(crate) unsafe fn read(
    pointer: *mut sys::MPR_SERVER_SET_CONFIG_EX1,
    mut before: Tunnels,
) -> Result<(u32, Tunnels), Code> {
    let kind = sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT;
    // SAFETY: promised by the caller.
    let size = usize::from(unsafe { known_header(pointer.cast(), kind) }?.size);
    if size >= size_of::<sys::MPR_SERVER_SET_CONFIG_EX1>() {
        // SAFETY: the header says that this record is there.
        let record = unsafe { Out::new(pointer, ERROR_INVALID_PARAMETER) }?.get();
        Ok((record.setConfigForProtocols, record.ConfigParams))
    } else if size >= size_of::<sys::MPR_SERVER_SET_CONFIG_EX0>() {
        let pointer = pointer.cast::<sys::MPR_SERVER_SET_CONFIG_EX0>();
        // SAFETY: the header says that this record is there.
        let record = unsafe { Out::new(pointer, ERROR_INVALID_PARAMETER) }?.get();
        before.IkeConfigParams = record.ConfigParams.IkeConfigParams;
        before.PptpConfigParams = record.ConfigParams.PptpConfigParams;
        before.L2tpConfigParams = record.ConfigParams.L2tpConfigParams;
        before.SstpConfigParams = record.ConfigParams.SstpConfigParams;
        Ok((record.setConfigForProtocols & !sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE, before))
    } else if size >= size_of::<SetOf2008R2>() {
        // SAFETY: the header says that this record is there.
        let record = unsafe { Out::new(pointer.cast::<SetOf2008R2>(), ERROR_INVALID_PARAMETER) }?.get();
        let protocols = record.setConfigForProtocols & !sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE;
        Ok((protocols, record.ConfigParams.to_newest(before)))
    } else {
        Err(ERROR_INVALID_PARAMETER)
    }
}
