//! Cryptography of a tunnel, and the custom settings of an interface that uses IKEv2.

use super::certificate::CertificateBlob;
use super::header::ObjectHeader;
use crate::ndr::{ndr_struct, ndr_union};

ndr_struct! {
    /// The methods that a tunnel uses (`ROUTER_CUSTOM_IKEv2_POLICY_0`, `ROUTER_CUSTOM_L2TP_POLICY_0`).
    #[derive(Copy, Default)]
    struct CustomPolicy {
        /// The integrity check of IKE.
        dwIntegrityMethod => integrity_method: u32,
        /// The encryption of IKE.
        dwEncryptionMethod => encryption_method: u32,
        /// The cipher of ESP.
        dwCipherTransformConstant => cipher_transform: u32,
        /// The authentication of AH.
        dwAuthTransformConstant => auth_transform: u32,
        /// The group for perfect forward secrecy.
        dwPfsGroup => pfs_group: u32,
        /// The Diffie-Hellman group of IKE.
        dwDhGroup => dh_group: u32,
    }
}

ndr_struct! {
    /// The settings of an interface that uses IKEv2 (`ROUTER_IKEv2_IF_CUSTOM_CONFIG_0`).
    #[derive(Default)]
    struct Ikev2Custom0 {
        /// The lifetime of a security association, in seconds.
        dwSaLifeTime => sa_life_time: u32,
        /// The data that a security association may protect, in kilobytes.
        dwSaDataSize => sa_data_size: u32,
        /// The name of the certificate to authenticate with.
        certificateName => certificate_name: CertificateBlob,
        /// The methods, null for the standard ones.
        customPolicy => policy: Option<CustomPolicy>,
    }
}

ndr_struct! {
    /// The settings of an interface that uses IKEv2 (`ROUTER_IKEv2_IF_CUSTOM_CONFIG_1`).
    #[derive(Default)]
    struct Ikev2Custom1 {
        /// The lifetime of a security association, in seconds.
        dwSaLifeTime => sa_life_time: u32,
        /// The data that a security association may protect, in kilobytes.
        dwSaDataSize => sa_data_size: u32,
        /// The name of the certificate to authenticate with.
        certificateName => certificate_name: CertificateBlob,
        /// The methods, null for the standard ones.
        customPolicy => policy: Option<CustomPolicy>,
        /// The hash of the certificate to authenticate with.
        certificateHash => certificate_hash: CertificateBlob,
    }
}

ndr_struct! {
    /// The custom settings of an interface (`MPR_IF_CUSTOMINFOEX_0`).
    #[derive(Default)]
    struct CustomInfoEx0 {
        /// The kind and the revision of the object.
        Header => header: ObjectHeader,
        /// Flags: `MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2`.
        dwFlags => flags: u32,
        /// The settings for IKEv2.
        customIkev2Config => ikev2: Ikev2Custom0,
    }
}

ndr_struct! {
    /// The custom settings of an interface (`MPR_IF_CUSTOMINFOEX_1`).
    #[derive(Default)]
    struct CustomInfoEx1 {
        /// The kind and the revision of the object.
        Header => header: ObjectHeader,
        /// Flags: `MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2`.
        dwFlags => flags: u32,
        /// The settings for IKEv2.
        customIkev2Config => ikev2: Ikev2Custom1,
    }
}

ndr_union! {
    /// The custom settings of an interface, by their revision (`MPR_IF_CUSTOMINFOEX_IDL`).
    union CustomInfoEx(revision) {
        /// Revision 1.
        1 => Revision1(CustomInfoEx0),
        /// Revision 2.
        2 => Revision2(CustomInfoEx1),
    }
}

impl CustomInfoEx {
    /// Returns the settings as the newest revision, and what an older one lacks as null.
    pub(crate) fn newest(self) -> CustomInfoEx1 {
        match self {
            CustomInfoEx::Revision2(info) => *info,
            CustomInfoEx::Revision1(info) => CustomInfoEx1 {
                header: info.header,
                flags: info.flags,
                ikev2: Ikev2Custom1 {
                    sa_life_time: info.ikev2.sa_life_time,
                    sa_data_size: info.ikev2.sa_data_size,
                    certificate_name: info.ikev2.certificate_name,
                    policy: info.ikev2.policy,
                    certificate_hash: CertificateBlob::NULL,
                },
            },
        }
    }
}

impl CustomInfoEx1 {
    /// Returns what the first revision has of the settings.
    pub(crate) fn oldest(self) -> CustomInfoEx0 {
        CustomInfoEx0 {
            header: self.header,
            flags: self.flags,
            ikev2: Ikev2Custom0 {
                sa_life_time: self.ikev2.sa_life_time,
                sa_data_size: self.ikev2.sa_data_size,
                certificate_name: self.ikev2.certificate_name,
                policy: self.ikev2.policy,
            },
        }
    }
}
