//! Custom policies: the six algorithms that IKEv2 and L2TP negotiate.

use mprapi_sys as sys;

use crate::api::param::Out;

/// Reads a caller's policy; `None` for null.
///
/// # Safety
/// The pointer must be null or that of a policy.
pub(crate) unsafe fn read(pointer: *mut sys::ROUTER_CUSTOM_IKEv2_POLICY0) -> Option<[u32; 6]> {
    // SAFETY: promised by the caller.
    let policy = unsafe { Out::optional(pointer) }?.get();
    Some([
        policy.dwIntegrityMethod,
        policy.dwEncryptionMethod,
        policy.dwCipherTransformConstant,
        policy.dwAuthTransformConstant,
        policy.dwPfsGroup,
        policy.dwDhGroup,
    ])
}

/// Returns the record of a policy.
pub(crate) fn raw(policy: [u32; 6]) -> sys::ROUTER_CUSTOM_IKEv2_POLICY0 {
    let [integrity, encryption, cipher, authentication, pfs_group, dh_group] = policy;
    sys::ROUTER_CUSTOM_IKEv2_POLICY0 {
        dwIntegrityMethod: integrity,
        dwEncryptionMethod: encryption,
        dwCipherTransformConstant: cipher,
        dwAuthTransformConstant: authentication,
        dwPfsGroup: pfs_group,
        dwDhGroup: dh_group,
    }
}
