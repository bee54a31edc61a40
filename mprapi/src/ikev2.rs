//! The algorithms that IKEv2 and IPsec are to use, as servers and interfaces have them in common.

use mprapi_sys::ROUTER_CUSTOM_IKEv2_POLICY0;

use crate::enumeration::enumeration;

/// The algorithms to negotiate, instead of the system's own choice (`ROUTER_CUSTOM_IKEv2_POLICY0`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("ROUTER_CUSTOM_IKEv2_POLICY0"))]
pub struct Ikev2Policy {
    /// Integrity of the negotiation itself (main mode).
    pub integrity_method: IntegrityMethod,
    /// Encryption of the negotiation itself (main mode).
    pub encryption_method: EncryptionMethod,
    /// Encryption of the traffic (quick mode).
    pub cipher_transform: CipherTransform,
    /// Integrity of the traffic (quick mode).
    pub authentication_transform: AuthenticationTransform,
    /// Key exchange whenever the traffic's keys are renewed (quick mode).
    pub pfs_group: PfsGroup,
    /// Key exchange of the negotiation itself (main mode).
    pub dh_group: DhGroup,
}

impl Ikev2Policy {
    /// Creates a policy of these algorithms, in the order of the fields.
    #[inline]
    pub fn new(
        integrity_method: IntegrityMethod,
        encryption_method: EncryptionMethod,
        cipher_transform: CipherTransform,
        authentication_transform: AuthenticationTransform,
        pfs_group: PfsGroup,
        dh_group: DhGroup,
    ) -> Ikev2Policy {
        Ikev2Policy {
            integrity_method,
            encryption_method,
            cipher_transform,
            authentication_transform,
            pfs_group,
            dh_group,
        }
    }
}

impl From<ROUTER_CUSTOM_IKEv2_POLICY0> for Ikev2Policy {
    #[inline]
    fn from(raw: ROUTER_CUSTOM_IKEv2_POLICY0) -> Ikev2Policy {
        Ikev2Policy {
            integrity_method: raw.dwIntegrityMethod.into(),
            encryption_method: raw.dwEncryptionMethod.into(),
            cipher_transform: raw.dwCipherTransformConstant.into(),
            authentication_transform: raw.dwAuthTransformConstant.into(),
            pfs_group: raw.dwPfsGroup.into(),
            dh_group: raw.dwDhGroup.into(),
        }
    }
}

impl From<Ikev2Policy> for ROUTER_CUSTOM_IKEv2_POLICY0 {
    #[inline]
    fn from(policy: Ikev2Policy) -> ROUTER_CUSTOM_IKEv2_POLICY0 {
        ROUTER_CUSTOM_IKEv2_POLICY0 {
            dwIntegrityMethod: policy.integrity_method.into(),
            dwEncryptionMethod: policy.encryption_method.into(),
            dwCipherTransformConstant: policy.cipher_transform.into(),
            dwAuthTransformConstant: policy.authentication_transform.into(),
            dwPfsGroup: policy.pfs_group.into(),
            dwDhGroup: policy.dh_group.into(),
        }
    }
}

enumeration! {
    /// The algorithm that protects the negotiation against changes on its way (`IKEEXT_INTEGRITY_TYPE`).
    IntegrityMethod: u32 {
        /// MD5; broken.
        Md5 = raw::IKEEXT_INTEGRITY_MD5, "MD5";
        /// SHA-1; too weak today.
        Sha1 = raw::IKEEXT_INTEGRITY_SHA1, "SHA-1";
        /// SHA-256.
        Sha256 = raw::IKEEXT_INTEGRITY_SHA_256, "SHA-256";
        /// SHA-384.
        Sha384 = raw::IKEEXT_INTEGRITY_SHA_384, "SHA-384";
    }
}

enumeration! {
    /// The algorithm that encrypts the negotiation (`IKEEXT_CIPHER_TYPE`).
    EncryptionMethod: u32 {
        /// DES; broken.
        Des = raw::IKEEXT_CIPHER_DES, "DES";
        /// 3DES; too weak today.
        TripleDes = raw::IKEEXT_CIPHER_3DES, "3DES";
        /// AES with keys of 128 bits.
        Aes128 = raw::IKEEXT_CIPHER_AES_128, "AES-128";
        /// AES with keys of 192 bits.
        Aes192 = raw::IKEEXT_CIPHER_AES_192, "AES-192";
        /// AES with keys of 256 bits.
        Aes256 = raw::IKEEXT_CIPHER_AES_256, "AES-256";
        /// AES in Galois/counter mode with keys of 128 bits.
        AesGcm128 = raw::IKEEXT_CIPHER_AES_GCM_128_16ICV, "AES-GCM-128";
        /// AES in Galois/counter mode with keys of 256 bits.
        AesGcm256 = raw::IKEEXT_CIPHER_AES_GCM_256_16ICV, "AES-GCM-256";
    }
}

enumeration! {
    /// The algorithm that encrypts the traffic (`IPSEC_CIPHER_TYPE`, and the `IPSEC_CIPHER_CONFIG_` values beyond it).
    CipherTransform: u32 {
        /// Not at all, or not known.
        None = raw::NO_CIPHER, "none";
        /// DES; broken.
        Des = raw::IPSEC_CIPHER_TYPE_DES, "DES";
        /// 3DES; too weak today.
        TripleDes = raw::IPSEC_CIPHER_TYPE_3DES, "3DES";
        /// AES with keys of 128 bits.
        Aes128 = raw::IPSEC_CIPHER_TYPE_AES_128, "AES-128";
        /// AES with keys of 192 bits.
        Aes192 = raw::IPSEC_CIPHER_TYPE_AES_192, "AES-192";
        /// AES with keys of 256 bits.
        Aes256 = raw::IPSEC_CIPHER_TYPE_AES_256, "AES-256";
        /// AES in Galois/counter mode with keys of 128 bits.
        AesGcm128 = raw::IPSEC_CIPHER_CONFIG_GCM_AES_128, "AES-GCM-128";
        /// AES in Galois/counter mode with keys of 192 bits.
        AesGcm192 = raw::IPSEC_CIPHER_CONFIG_GCM_AES_192, "AES-GCM-192";
        /// AES in Galois/counter mode with keys of 256 bits.
        AesGcm256 = raw::IPSEC_CIPHER_CONFIG_GCM_AES_256, "AES-GCM-256";
    }
}

enumeration! {
    /// The algorithm that protects the traffic against changes on its way (`IPSEC_AUTH_TYPE`).
    AuthenticationTransform: u32 {
        /// MD5; broken.
        Md5 = raw::IPSEC_AUTH_MD5, "MD5";
        /// SHA-1; too weak today.
        Sha1 = raw::IPSEC_AUTH_SHA_1, "SHA-1";
        /// SHA-256.
        Sha256 = raw::IPSEC_AUTH_SHA_256, "SHA-256";
        /// AES in Galois/counter mode with keys of 128 bits.
        AesGcm128 = raw::IPSEC_AUTH_AES_128, "AES-GCM-128";
        /// AES in Galois/counter mode with keys of 192 bits.
        AesGcm192 = raw::IPSEC_AUTH_AES_192, "AES-GCM-192";
        /// AES in Galois/counter mode with keys of 256 bits.
        AesGcm256 = raw::IPSEC_AUTH_AES_256, "AES-GCM-256";
    }
}

enumeration! {
    /// The key exchange with which the traffic's keys are renewed (`IPSEC_PFS_GROUP`).
    PfsGroup: u32 {
        /// None: the new keys come from the old secret.
        None = raw::IPSEC_PFS_NONE, "none";
        /// Diffie-Hellman group 1; broken.
        Group1 = raw::IPSEC_PFS_1, "group 1";
        /// Diffie-Hellman group 2; too weak today.
        Group2 = raw::IPSEC_PFS_2, "group 2";
        /// Diffie-Hellman group 14, of 2048 bits.
        Group14 = raw::IPSEC_PFS_14, "group 14";
        /// The elliptic curve of 256 bits.
        Ecp256 = raw::IPSEC_PFS_ECP_256, "ECP 256";
        /// The elliptic curve of 384 bits.
        Ecp384 = raw::IPSEC_PFS_ECP_384, "ECP 384";
        /// The one of the negotiation.
        MainMode = raw::IPSEC_PFS_MM, "main mode";
        /// Diffie-Hellman group 24.
        Group24 = raw::IPSEC_PFS_24, "group 24";
    }
}

enumeration! {
    /// The key exchange of the negotiation (`IKEEXT_DH_GROUP`).
    DhGroup: u32 {
        /// None; not for IKEv2.
        None = raw::IKEEXT_DH_GROUP_NONE, "none";
        /// Diffie-Hellman group 1; broken.
        Group1 = raw::IKEEXT_DH_GROUP_1, "group 1";
        /// Diffie-Hellman group 2; too weak today.
        Group2 = raw::IKEEXT_DH_GROUP_2, "group 2";
        /// Diffie-Hellman group 14, of 2048 bits.
        Group14 = raw::IKEEXT_DH_GROUP_14, "group 14";
        /// The elliptic curve of 256 bits.
        Ecp256 = raw::IKEEXT_DH_ECP_256, "ECP 256";
        /// The elliptic curve of 384 bits.
        Ecp384 = raw::IKEEXT_DH_ECP_384, "ECP 384";
        /// Diffie-Hellman group 24.
        Group24 = raw::IKEEXT_DH_GROUP_24, "group 24";
    }
}

/// Values of `iketypes.h` and `ipsectypes.h`, which `mprapi.h` names and does not include.
mod raw {
    macro_rules! values {
        ($($name:ident = $value:literal;)+) => {
            $(pub(super) const $name: u32 = $value;)+
        };
    }

    values! {
        IKEEXT_INTEGRITY_MD5 = 0;
        IKEEXT_INTEGRITY_SHA1 = 1;
        IKEEXT_INTEGRITY_SHA_256 = 2;
        IKEEXT_INTEGRITY_SHA_384 = 3;
        IKEEXT_CIPHER_DES = 0;
        IKEEXT_CIPHER_3DES = 1;
        IKEEXT_CIPHER_AES_128 = 2;
        IKEEXT_CIPHER_AES_192 = 3;
        IKEEXT_CIPHER_AES_256 = 4;
        IKEEXT_CIPHER_AES_GCM_128_16ICV = 5;
        IKEEXT_CIPHER_AES_GCM_256_16ICV = 6;
        IKEEXT_DH_GROUP_NONE = 0;
        IKEEXT_DH_GROUP_1 = 1;
        IKEEXT_DH_GROUP_2 = 2;
        IKEEXT_DH_GROUP_14 = 3;
        IKEEXT_DH_ECP_256 = 4;
        IKEEXT_DH_ECP_384 = 5;
        IKEEXT_DH_GROUP_24 = 6;
        NO_CIPHER = 0;
        IPSEC_CIPHER_TYPE_DES = 1;
        IPSEC_CIPHER_TYPE_3DES = 2;
        IPSEC_CIPHER_TYPE_AES_128 = 3;
        IPSEC_CIPHER_TYPE_AES_192 = 4;
        IPSEC_CIPHER_TYPE_AES_256 = 5;
        IPSEC_CIPHER_CONFIG_GCM_AES_128 = 6;
        IPSEC_CIPHER_CONFIG_GCM_AES_192 = 7;
        IPSEC_CIPHER_CONFIG_GCM_AES_256 = 8;
        IPSEC_AUTH_MD5 = 0;
        IPSEC_AUTH_SHA_1 = 1;
        IPSEC_AUTH_SHA_256 = 2;
        IPSEC_AUTH_AES_128 = 3;
        IPSEC_AUTH_AES_192 = 4;
        IPSEC_AUTH_AES_256 = 5;
        IPSEC_PFS_NONE = 0;
        IPSEC_PFS_1 = 1;
        IPSEC_PFS_2 = 2;
        IPSEC_PFS_14 = 3;
        IPSEC_PFS_ECP_256 = 4;
        IPSEC_PFS_ECP_384 = 5;
        IPSEC_PFS_MM = 6;
        IPSEC_PFS_24 = 7;
    }
}
