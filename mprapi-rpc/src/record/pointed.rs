//! Pieces of memory that the records of the `Ex` functions point to: certificates, policies.
//!
//! Each piece is a buffer of its own, as the pages and the protocol have it.

use std::any::Any;

use mprapi_sys as sys;

use super::memory;
use super::twin::Twin;
use crate::dimsvc::{
    CertificateBlob, CertificateEku, CustomInfoEx1, CustomPolicy, Ikev2Custom1, TunnelConfig3,
};
use crate::ndr::{Counted, Ndr};

/// A supply of memory for the pieces that a record points to.
pub(crate) trait Memory {
    /// Copies items to memory of their own. No items are a null pointer.
    fn place<T: Copy + 'static>(&mut self, items: &[T]) -> *mut T;
}

/// Memory that lasts as long as this value.
#[derive(Default)]
pub(crate) struct Lent(Vec<Box<dyn Any>>);

impl Memory for Lent {
    fn place<T: Copy + 'static>(&mut self, items: &[T]) -> *mut T {
        if items.is_empty() {
            return std::ptr::null_mut();
        }
        let mut items = items.to_vec();
        let first = items.as_mut_ptr();
        self.0.push(Box::new(items));
        first
    }
}

/// A visitor of the pieces of a record in memory, which copies each and notes its address.
#[derive(Default)]
pub(crate) struct Pieces {
    /// The addresses of the pieces, each a buffer that someone gives back.
    pub(crate) addresses: Vec<*mut u8>,
}

impl Pieces {
    /// Copies an array; `None` for null.
    ///
    /// # Safety
    /// The pointer must be null or that of as many items.
    unsafe fn array<T: Copy>(&mut self, first: *mut T, count: u32) -> Option<Vec<T>> {
        if first.is_null() {
            return None;
        }
        self.addresses.push(first.cast());
        // SAFETY: promised by the caller.
        Some(unsafe { memory::items(first, count) })
    }

    /// Copies an array that a message has in the same form.
    ///
    /// # Safety
    /// As [`Pieces::array`].
    unsafe fn counted<T: Copy + Ndr>(&mut self, first: *mut T, count: u32) -> Counted<T> {
        // SAFETY: passed on to the caller.
        unsafe { self.array(first, count) }.map_or(Counted::Null(count), Counted::Elements)
    }

    /// # Safety
    /// As [`Pieces::array`].
    unsafe fn blob(&mut self, blob: sys::CRYPTOAPI_BLOB) -> CertificateBlob {
        // SAFETY: passed on to the caller.
        unsafe { self.counted(blob.pbData, blob.cbData) }
    }

    /// # Safety
    /// The pointer must be null or that of a policy.
    unsafe fn policy(&mut self, policy: *mut sys::ROUTER_CUSTOM_IKEv2_POLICY0) -> Option<CustomPolicy> {
        // SAFETY: passed on to the caller.
        let policy = unsafe { self.array(policy, 1) }?;
        policy.first().map(Twin::twin)
    }

    /// Takes the settings of tunnels.
    ///
    /// # Safety
    /// The pointers must be null or lead to as much as the record says.
    pub(crate) unsafe fn tunnels(&mut self, record: &sys::MPRAPI_TUNNEL_CONFIG_PARAMS1) -> TunnelConfig3 {
        let mut config: TunnelConfig3 = record.twin();
        let (raw, tunnel) = (&record.IkeConfigParams.TunnelConfigParams, &mut config.ikev2.tunnel);
        // SAFETY: promised by the caller.
        tunnel.certificates = match unsafe { self.array(raw.certificateNames, raw.dwTotalCertificates) } {
            None => Counted::Null(raw.dwTotalCertificates),
            Some(names) => {
                // SAFETY: as above.
                names.into_iter().map(|name| unsafe { self.blob(name) }).collect::<Vec<_>>().into()
            }
        };
        // SAFETY: as above.
        tunnel.machine_certificate_name = unsafe { self.blob(raw.machineCertificateName) };
        // SAFETY: as above.
        tunnel.policy = unsafe { self.policy(raw.customPolicy) };
        // SAFETY: as above.
        tunnel.ekus = match unsafe { self.array(raw.certificateEKUs, raw.dwTotalEkus) } {
            None => Counted::Null(raw.dwTotalEkus),
            Some(usages) => {
                let usage = |usage: sys::MPR_CERT_EKU| CertificateEku {
                    is_oid: usage.IsEKUOID.twin(),
                    // SAFETY: as above. In memory the size is in bytes, on the wire in units.
                    text: unsafe { self.counted(usage.pwszEKU, usage.dwSize / 2) },
                };
                usages.into_iter().map(usage).collect::<Vec<_>>().into()
            }
        };
        // SAFETY: as above.
        tunnel.machine_certificate_hash = unsafe { self.blob(raw.machineCertificateHash) };
        // SAFETY: as above.
        config.l2tp.tunnel.policy =
            unsafe { self.policy(record.L2tpConfigParams.TunnelConfigParams.customPolicy) };
        // SAFETY: as above.
        config.sstp.certificate.certificate =
            unsafe { self.blob(record.SstpConfigParams.sstpCertDetails.certBlob) };
        config
    }

    /// Takes the custom settings of an interface, without traffic selectors.
    ///
    /// # Safety
    /// As [`Pieces::tunnels`].
    pub(crate) unsafe fn custom(&mut self, record: &sys::MPR_IF_CUSTOMINFOEX2) -> CustomInfoEx1 {
        let raw = &record.customIkev2Config;
        CustomInfoEx1 {
            header: record.Header.twin(),
            flags: record.dwFlags,
            ikev2: Ikev2Custom1 {
                sa_life_time: raw.dwSaLifeTime,
                sa_data_size: raw.dwSaDataSize,
                // SAFETY: promised by the caller.
                certificate_name: unsafe { self.blob(raw.certificateName) },
                // SAFETY: as above.
                policy: unsafe { self.policy(raw.customPolicy) },
                // SAFETY: as above.
                certificate_hash: unsafe { self.blob(raw.certificateHash) },
            },
        }
    }
}

/// Returns the number of elements that are there. A message may have a count and a null pointer, which C would read behind.
fn number<T: Ndr>(elements: &Counted<T>) -> u32 {
    if elements.is_null() { 0 } else { elements.count() }
}

fn blob(blob: &CertificateBlob, memory: &mut impl Memory) -> sys::CRYPTOAPI_BLOB {
    sys::CRYPTOAPI_BLOB { cbData: number(blob), pbData: memory.place(blob.elements()) }
}

fn policy(policy: Option<CustomPolicy>, memory: &mut impl Memory) -> *mut sys::ROUTER_CUSTOM_IKEv2_POLICY0 {
    let policy: Option<sys::ROUTER_CUSTOM_IKEv2_POLICY0> = policy.map(|policy| policy.twin());
    memory.place(policy.as_slice())
}

/// Makes the record of settings of tunnels. What a message lacks (GRE, the lifetimes of main mode) is zero.
pub(crate) fn tunnels(config: &TunnelConfig3, memory: &mut impl Memory) -> sys::MPRAPI_TUNNEL_CONFIG_PARAMS1 {
    let mut record: sys::MPRAPI_TUNNEL_CONFIG_PARAMS1 = config.twin();
    let (raw, tunnel) = (&mut record.IkeConfigParams.TunnelConfigParams, &config.ikev2.tunnel);
    let names: Vec<_> = tunnel.certificates.elements().iter().map(|name| blob(name, memory)).collect();
    raw.dwTotalCertificates = number(&tunnel.certificates);
    raw.certificateNames = memory.place(&names);
    raw.machineCertificateName = blob(&tunnel.machine_certificate_name, memory);
    raw.customPolicy = policy(tunnel.policy, memory);
    let usage = |usage: &CertificateEku| sys::MPR_CERT_EKU {
        dwSize: number(&usage.text).saturating_mul(2),
        IsEKUOID: usage.is_oid.twin(),
        pwszEKU: memory.place(usage.text.elements()),
    };
    let usages: Vec<_> = tunnel.ekus.elements().iter().map(usage).collect();
    raw.dwTotalEkus = number(&tunnel.ekus);
    raw.certificateEKUs = memory.place(&usages);
    raw.machineCertificateHash = blob(&tunnel.machine_certificate_hash, memory);
    record.L2tpConfigParams.TunnelConfigParams.customPolicy = policy(config.l2tp.tunnel.policy, memory);
    record.SstpConfigParams.sstpCertDetails.certBlob = blob(&config.sstp.certificate.certificate, memory);
    record
}

/// Makes the record of the custom settings of an interface, without traffic selectors.
pub(crate) fn custom(info: &CustomInfoEx1, memory: &mut impl Memory) -> sys::MPR_IF_CUSTOMINFOEX2 {
    let ikev2 = &info.ikev2;
    sys::MPR_IF_CUSTOMINFOEX2 {
        Header: info.header.twin(),
        dwFlags: info.flags,
        customIkev2Config: sys::ROUTER_IKEv2_IF_CUSTOM_CONFIG2 {
            dwSaLifeTime: ikev2.sa_life_time,
            dwSaDataSize: ikev2.sa_data_size,
            certificateName: blob(&ikev2.certificate_name, memory),
            customPolicy: policy(ikev2.policy, memory),
            certificateHash: blob(&ikev2.certificate_hash, memory),
            ..Default::default()
        },
    }
}
