// Written by `cargo xtask bindings` from wrapper.h. Do not edit.

pub const PID_IPX: u32 = 43;
pub const PID_IP: u32 = 33;
pub const PID_NBF: u32 = 63;
pub const PID_ATALK: u32 = 41;
pub const MAX_INTERFACE_NAME_LEN: u32 = 256;
pub const MAX_TRANSPORT_NAME_LEN: u32 = 40;
pub const MAX_MEDIA_NAME: u32 = 16;
pub const MAX_PORT_NAME: u32 = 16;
pub const MAX_DEVICE_NAME: u32 = 128;
pub const MAX_PHONE_NUMBER_LEN: u32 = 128;
pub const MAX_DEVICETYPE_NAME: u32 = 16;
pub const MPR_INTERFACE_OUT_OF_RESOURCES: u32 = 1;
pub const MPR_INTERFACE_ADMIN_DISABLED: u32 = 2;
pub const MPR_INTERFACE_CONNECTION_FAILURE: u32 = 4;
pub const MPR_INTERFACE_SERVICE_PAUSED: u32 = 8;
pub const MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION: u32 = 16;
pub const MPR_INTERFACE_NO_MEDIA_SENSE: u32 = 32;
pub const MPR_INTERFACE_NO_DEVICE: u32 = 64;
pub const MPR_MaxDeviceType: u32 = 16;
pub const MPR_MaxPhoneNumber: u32 = 128;
pub const MPR_MaxIpAddress: u32 = 15;
pub const MPR_MaxIpxAddress: u32 = 21;
pub const MPR_MaxEntryName: u32 = 256;
pub const MPR_MaxDeviceName: u32 = 128;
pub const MPR_MaxCallbackNumber: u32 = 128;
pub const MPR_MaxAreaCode: u32 = 10;
pub const MPR_MaxPadType: u32 = 32;
pub const MPR_MaxX25Address: u32 = 200;
pub const MPR_MaxFacilities: u32 = 200;
pub const MPR_MaxUserData: u32 = 200;
pub const MPRIO_SpecificIpAddr: u32 = 2;
pub const MPRIO_SpecificNameServers: u32 = 4;
pub const MPRIO_IpHeaderCompression: u32 = 8;
pub const MPRIO_RemoteDefaultGateway: u32 = 16;
pub const MPRIO_DisableLcpExtensions: u32 = 32;
pub const MPRIO_SwCompression: u32 = 512;
pub const MPRIO_RequireEncryptedPw: u32 = 1024;
pub const MPRIO_RequireMsEncryptedPw: u32 = 2048;
pub const MPRIO_RequireDataEncryption: u32 = 4096;
pub const MPRIO_NetworkLogon: u32 = 8192;
pub const MPRIO_PromoteAlternates: u32 = 32768;
pub const MPRIO_SecureLocalFiles: u32 = 65536;
pub const MPRIO_RequireEAP: u32 = 131072;
pub const MPRIO_RequirePAP: u32 = 262144;
pub const MPRIO_RequireSPAP: u32 = 524288;
pub const MPRIO_SharedPhoneNumbers: u32 = 8388608;
pub const MPRIO_RequireCHAP: u32 = 134217728;
pub const MPRIO_RequireMsCHAP: u32 = 268435456;
pub const MPRIO_RequireMsCHAP2: u32 = 536870912;
pub const MPRIO_IpSecPreSharedKey: u32 = 2147483648;
pub const MPRNP_Ipx: u32 = 2;
pub const MPRNP_Ip: u32 = 4;
pub const MPRET_Phone: u32 = 1;
pub const MPRET_Vpn: u32 = 2;
pub const MPRET_Direct: u32 = 3;
pub const MPRDM_DialFirst: u32 = 0;
pub const MPRDM_DialAll: u32 = 1;
pub const MPRDM_DialAsNeeded: u32 = 2;
pub const MPRIDS_Disabled: u32 = 4294967295;
pub const MPRIDS_UseGlobalValue: u32 = 0;
pub const MPR_ET_None: u32 = 0;
pub const MPR_ET_Require: u32 = 1;
pub const MPR_ET_RequireMax: u32 = 2;
pub const MPR_ET_Optional: u32 = 3;
pub const MPR_VS_Default: u32 = 0;
pub const MPR_VS_PptpOnly: u32 = 1;
pub const MPR_VS_PptpFirst: u32 = 2;
pub const MPR_VS_L2tpOnly: u32 = 3;
pub const MPR_VS_L2tpFirst: u32 = 4;
pub const MPR_ENABLE_RAS_ON_DEVICE: u32 = 1;
pub const MPR_ENABLE_ROUTING_ON_DEVICE: u32 = 2;
pub const IPADDRESSLEN: u32 = 15;
pub const IPXADDRESSLEN: u32 = 22;
pub const ATADDRESSLEN: u32 = 32;
pub const MAXIPADRESSLEN: u32 = 64;
pub const PPP_IPCP_VJ: u32 = 1;
pub const PPP_CCP_COMPRESSION: u32 = 1;
pub const PPP_CCP_ENCRYPTION40BITOLD: u32 = 16;
pub const PPP_CCP_ENCRYPTION40BIT: u32 = 32;
pub const PPP_CCP_ENCRYPTION128BIT: u32 = 64;
pub const PPP_CCP_ENCRYPTION56BIT: u32 = 128;
pub const PPP_CCP_HISTORYLESS: u32 = 16777216;
pub const PPP_LCP_PAP: u32 = 49187;
pub const PPP_LCP_SPAP: u32 = 49191;
pub const PPP_LCP_CHAP: u32 = 49699;
pub const PPP_LCP_EAP: u32 = 49703;
pub const PPP_LCP_CHAP_MD5: u32 = 5;
pub const PPP_LCP_CHAP_MS: u32 = 128;
pub const PPP_LCP_CHAP_MSV2: u32 = 129;
pub const PPP_LCP_MULTILINK_FRAMING: u32 = 1;
pub const PPP_LCP_PFC: u32 = 2;
pub const PPP_LCP_ACFC: u32 = 4;
pub const PPP_LCP_SSHF: u32 = 8;
pub const PPP_LCP_DES_56: u32 = 16;
pub const PPP_LCP_3_DES: u32 = 32;
pub const RAS_FLAGS_PPP_CONNECTION: u32 = 1;
pub const RAS_FLAGS_MESSENGER_PRESENT: u32 = 2;
pub const RAS_FLAGS_QUARANTINE_PRESENT: u32 = 8;
pub const RASPRIV_NoCallback: u32 = 1;
pub const RASPRIV_AdminSetCallback: u32 = 2;
pub const RASPRIV_CallerSetCallback: u32 = 4;
pub const RASPRIV_DialinPrivilege: u32 = 8;
pub const RASPRIV2_DialinPolicy: u32 = 1;
pub const RASPRIV_CallbackType: u32 = 7;
pub const MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1: u32 = 1;
pub const MPRAPI_MPR_SERVER_OBJECT_REVISION_1: u32 = 1;
pub const MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_1: u32 = 1;
pub const RAS_FLAGS_ARAP_CONNECTION: u32 = 16;
pub const RAS_FLAGS_IKEV2_CONNECTION: u32 = 16;
pub const RAS_FLAGS_DORMANT: u32 = 32;
pub const MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS: u32 = 1;
pub const ROUTEBASE: u32 = 900;
pub const SUCCESS: u32 = 0;
pub const ERROR_ROUTER_STOPPED: u32 = 900;
pub const ERROR_ALREADY_CONNECTED: u32 = 901;
pub const ERROR_UNKNOWN_PROTOCOL_ID: u32 = 902;
pub const ERROR_DDM_NOT_RUNNING: u32 = 903;
pub const ERROR_INTERFACE_ALREADY_EXISTS: u32 = 904;
pub const ERROR_NO_SUCH_INTERFACE: u32 = 905;
pub const ERROR_INTERFACE_NOT_CONNECTED: u32 = 906;
pub const ERROR_PROTOCOL_STOP_PENDING: u32 = 907;
pub const ERROR_INTERFACE_CONNECTED: u32 = 908;
pub const ERROR_NO_INTERFACE_CREDENTIALS_SET: u32 = 909;
pub const ERROR_ALREADY_CONNECTING: u32 = 910;
pub const ERROR_UPDATE_IN_PROGRESS: u32 = 911;
pub const ERROR_INTERFACE_CONFIGURATION: u32 = 912;
pub const ERROR_NOT_CLIENT_PORT: u32 = 913;
pub const ERROR_NOT_ROUTER_PORT: u32 = 914;
pub const ERROR_CLIENT_INTERFACE_ALREADY_EXISTS: u32 = 915;
pub const ERROR_INTERFACE_DISABLED: u32 = 916;
pub const ERROR_AUTH_PROTOCOL_REJECTED: u32 = 917;
pub const ERROR_NO_AUTH_PROTOCOL_AVAILABLE: u32 = 918;
pub const ERROR_PEER_REFUSED_AUTH: u32 = 919;
pub const ERROR_REMOTE_NO_DIALIN_PERMISSION: u32 = 920;
pub const ERROR_REMOTE_PASSWD_EXPIRED: u32 = 921;
pub const ERROR_REMOTE_ACCT_DISABLED: u32 = 922;
pub const ERROR_REMOTE_RESTRICTED_LOGON_HOURS: u32 = 923;
pub const ERROR_REMOTE_AUTHENTICATION_FAILURE: u32 = 924;
pub const ERROR_INTERFACE_HAS_NO_DEVICES: u32 = 925;
pub const ERROR_IDLE_DISCONNECTED: u32 = 926;
pub const ERROR_INTERFACE_UNREACHABLE: u32 = 927;
pub const ERROR_SERVICE_IS_PAUSED: u32 = 928;
pub const ERROR_INTERFACE_DISCONNECTED: u32 = 929;
pub const ERROR_AUTH_SERVER_TIMEOUT: u32 = 930;
pub const ERROR_PORT_LIMIT_REACHED: u32 = 931;
pub const ERROR_PPP_SESSION_TIMEOUT: u32 = 932;
pub const ERROR_MAX_LAN_INTERFACE_LIMIT: u32 = 933;
pub const ERROR_MAX_WAN_INTERFACE_LIMIT: u32 = 934;
pub const ERROR_MAX_CLIENT_INTERFACE_LIMIT: u32 = 935;
pub const ERROR_BAP_DISCONNECTED: u32 = 936;
pub const ERROR_USER_LIMIT: u32 = 937;
pub const ERROR_NO_RADIUS_SERVERS: u32 = 938;
pub const ERROR_INVALID_RADIUS_RESPONSE: u32 = 939;
pub const ERROR_DIALIN_HOURS_RESTRICTION: u32 = 940;
pub const ERROR_ALLOWED_PORT_TYPE_RESTRICTION: u32 = 941;
pub const ERROR_AUTH_PROTOCOL_RESTRICTION: u32 = 942;
pub const ERROR_BAP_REQUIRED: u32 = 943;
pub const ERROR_DIALOUT_HOURS_RESTRICTION: u32 = 944;
pub const ERROR_ROUTER_CONFIG_INCOMPATIBLE: u32 = 945;
pub const WARNING_NO_MD5_MIGRATION: u32 = 946;
pub const ERROR_PROTOCOL_ALREADY_INSTALLED: u32 = 948;
pub const ERROR_INVALID_SIGNATURE_LENGTH: u32 = 949;
pub const ERROR_INVALID_SIGNATURE: u32 = 950;
pub const ERROR_NO_SIGNATURE: u32 = 951;
pub const ERROR_INVALID_PACKET_LENGTH_OR_ID: u32 = 952;
pub const ERROR_INVALID_ATTRIBUTE_LENGTH: u32 = 953;
pub const ERROR_INVALID_PACKET: u32 = 954;
pub const ERROR_AUTHENTICATOR_MISMATCH: u32 = 955;
pub const ROUTEBASEEND: u32 = 956;
/// C's name for this type.
pub type wchar_t = u16;
/// C's name for this type.
pub type ULONG = u32;
/// C's name for this type.
pub type USHORT = u16;
/// C's name for this type.
pub type UCHAR = u8;
/// C's name for this type.
pub type WINBOOL = i32;
/// C's name for this type.
pub type BOOL = i32;
/// C's name for this type.
pub type PBOOL = *mut WINBOOL;
/// C's name for this type.
pub type BYTE = u8;
/// C's name for this type.
pub type DWORD = u32;
/// C's name for this type.
pub type LPBYTE = *mut BYTE;
/// C's name for this type.
pub type LPDWORD = *mut DWORD;
/// C's name for this type.
pub type LPVOID = *mut core::ffi::c_void;
/// C's name for this type.
pub type ULONG64 = u64;
/// C's name for this type.
pub type PVOID = *mut core::ffi::c_void;
/// C's name for this type.
pub type WCHAR = wchar_t;
/// C's name for this type.
pub type PWCHAR = *mut WCHAR;
/// C's name for this type.
pub type LPWSTR = *mut WCHAR;
/// C's name for this type.
pub type HANDLE = *mut core::ffi::c_void;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct GUID {
    pub Data1: u32,
    pub Data2: u16,
    pub Data3: u16,
    pub Data4: [u8; 8usize],
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct FILETIME {
    pub dwLowDateTime: DWORD,
    pub dwHighDateTime: DWORD,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct CRYPTOAPI_BLOB {
    pub cbData: DWORD,
    pub pbData: *mut BYTE,
}
impl Default for CRYPTOAPI_BLOB {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type CERT_NAME_BLOB = CRYPTOAPI_BLOB;
/// C's name for this type.
pub type CRYPT_HASH_BLOB = CRYPTOAPI_BLOB;
/// C's name for this type.
pub type u_char = u8;
/// C's name for this type.
pub type u_short = u16;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct in6_addr {
    pub u: in6_addr__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub union in6_addr__bindgen_ty_1 {
    pub Byte: [u_char; 16usize],
    pub Word: [u_short; 8usize],
}
impl Default for in6_addr__bindgen_ty_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
impl Default for in6_addr {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type IN6_ADDR = in6_addr;
pub const ROUTER_IF_TYPE_CLIENT: ROUTER_INTERFACE_TYPE = 0;
pub const ROUTER_IF_TYPE_HOME_ROUTER: ROUTER_INTERFACE_TYPE = 1;
pub const ROUTER_IF_TYPE_FULL_ROUTER: ROUTER_INTERFACE_TYPE = 2;
pub const ROUTER_IF_TYPE_DEDICATED: ROUTER_INTERFACE_TYPE = 3;
pub const ROUTER_IF_TYPE_INTERNAL: ROUTER_INTERFACE_TYPE = 4;
pub const ROUTER_IF_TYPE_LOOPBACK: ROUTER_INTERFACE_TYPE = 5;
pub const ROUTER_IF_TYPE_TUNNEL1: ROUTER_INTERFACE_TYPE = 6;
pub const ROUTER_IF_TYPE_DIALOUT: ROUTER_INTERFACE_TYPE = 7;
/// C's name for this type.
pub type ROUTER_INTERFACE_TYPE = i32;
pub const ROUTER_IF_STATE_UNREACHABLE: ROUTER_CONNECTION_STATE = 0;
pub const ROUTER_IF_STATE_DISCONNECTED: ROUTER_CONNECTION_STATE = 1;
pub const ROUTER_IF_STATE_CONNECTING: ROUTER_CONNECTION_STATE = 2;
pub const ROUTER_IF_STATE_CONNECTED: ROUTER_CONNECTION_STATE = 3;
/// C's name for this type.
pub type ROUTER_CONNECTION_STATE = i32;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_INTERFACE_0 {
    pub wszInterfaceName: [WCHAR; 257usize],
    pub hInterface: HANDLE,
    pub fEnabled: WINBOOL,
    pub dwIfType: ROUTER_INTERFACE_TYPE,
    pub dwConnectionState: ROUTER_CONNECTION_STATE,
    pub fUnReachabilityReasons: DWORD,
    pub dwLastError: DWORD,
}
impl Default for MPR_INTERFACE_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_INTERFACE_0 = *mut MPR_INTERFACE_0;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_IPINIP_INTERFACE_0 {
    pub wszFriendlyName: [WCHAR; 257usize],
    pub Guid: GUID,
}
impl Default for MPR_IPINIP_INTERFACE_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_IPINIP_INTERFACE_0 = *mut MPR_IPINIP_INTERFACE_0;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_INTERFACE_1 {
    pub wszInterfaceName: [WCHAR; 257usize],
    pub hInterface: HANDLE,
    pub fEnabled: WINBOOL,
    pub dwIfType: ROUTER_INTERFACE_TYPE,
    pub dwConnectionState: ROUTER_CONNECTION_STATE,
    pub fUnReachabilityReasons: DWORD,
    pub dwLastError: DWORD,
    pub lpwsDialoutHoursRestriction: LPWSTR,
}
impl Default for MPR_INTERFACE_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_INTERFACE_1 = *mut MPR_INTERFACE_1;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_INTERFACE_2 {
    pub wszInterfaceName: [WCHAR; 257usize],
    pub hInterface: HANDLE,
    pub fEnabled: WINBOOL,
    pub dwIfType: ROUTER_INTERFACE_TYPE,
    pub dwConnectionState: ROUTER_CONNECTION_STATE,
    pub fUnReachabilityReasons: DWORD,
    pub dwLastError: DWORD,
    pub dwfOptions: DWORD,
    pub szLocalPhoneNumber: [WCHAR; 129usize],
    pub szAlternates: PWCHAR,
    pub ipaddr: DWORD,
    pub ipaddrDns: DWORD,
    pub ipaddrDnsAlt: DWORD,
    pub ipaddrWins: DWORD,
    pub ipaddrWinsAlt: DWORD,
    pub dwfNetProtocols: DWORD,
    pub szDeviceType: [WCHAR; 17usize],
    pub szDeviceName: [WCHAR; 129usize],
    pub szX25PadType: [WCHAR; 33usize],
    pub szX25Address: [WCHAR; 201usize],
    pub szX25Facilities: [WCHAR; 201usize],
    pub szX25UserData: [WCHAR; 201usize],
    pub dwChannels: DWORD,
    pub dwSubEntries: DWORD,
    pub dwDialMode: DWORD,
    pub dwDialExtraPercent: DWORD,
    pub dwDialExtraSampleSeconds: DWORD,
    pub dwHangUpExtraPercent: DWORD,
    pub dwHangUpExtraSampleSeconds: DWORD,
    pub dwIdleDisconnectSeconds: DWORD,
    pub dwType: DWORD,
    pub dwEncryptionType: DWORD,
    pub dwCustomAuthKey: DWORD,
    pub dwCustomAuthDataSize: DWORD,
    pub lpbCustomAuthData: LPBYTE,
    pub guidId: GUID,
    pub dwVpnStrategy: DWORD,
}
impl Default for MPR_INTERFACE_2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_INTERFACE_2 = *mut MPR_INTERFACE_2;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_INTERFACE_3 {
    pub wszInterfaceName: [WCHAR; 257usize],
    pub hInterface: HANDLE,
    pub fEnabled: WINBOOL,
    pub dwIfType: ROUTER_INTERFACE_TYPE,
    pub dwConnectionState: ROUTER_CONNECTION_STATE,
    pub fUnReachabilityReasons: DWORD,
    pub dwLastError: DWORD,
    pub dwfOptions: DWORD,
    pub szLocalPhoneNumber: [WCHAR; 129usize],
    pub szAlternates: PWCHAR,
    pub ipaddr: DWORD,
    pub ipaddrDns: DWORD,
    pub ipaddrDnsAlt: DWORD,
    pub ipaddrWins: DWORD,
    pub ipaddrWinsAlt: DWORD,
    pub dwfNetProtocols: DWORD,
    pub szDeviceType: [WCHAR; 17usize],
    pub szDeviceName: [WCHAR; 129usize],
    pub szX25PadType: [WCHAR; 33usize],
    pub szX25Address: [WCHAR; 201usize],
    pub szX25Facilities: [WCHAR; 201usize],
    pub szX25UserData: [WCHAR; 201usize],
    pub dwChannels: DWORD,
    pub dwSubEntries: DWORD,
    pub dwDialMode: DWORD,
    pub dwDialExtraPercent: DWORD,
    pub dwDialExtraSampleSeconds: DWORD,
    pub dwHangUpExtraPercent: DWORD,
    pub dwHangUpExtraSampleSeconds: DWORD,
    pub dwIdleDisconnectSeconds: DWORD,
    pub dwType: DWORD,
    pub dwEncryptionType: DWORD,
    pub dwCustomAuthKey: DWORD,
    pub dwCustomAuthDataSize: DWORD,
    pub lpbCustomAuthData: LPBYTE,
    pub guidId: GUID,
    pub dwVpnStrategy: DWORD,
    pub AddressCount: ULONG,
    pub ipv6addrDns: IN6_ADDR,
    pub ipv6addrDnsAlt: IN6_ADDR,
    pub ipv6addr: *mut IN6_ADDR,
}
impl Default for MPR_INTERFACE_3 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_INTERFACE_3 = *mut MPR_INTERFACE_3;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_DEVICE_0 {
    pub szDeviceType: [WCHAR; 17usize],
    pub szDeviceName: [WCHAR; 129usize],
}
impl Default for MPR_DEVICE_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_DEVICE_0 = *mut MPR_DEVICE_0;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_DEVICE_1 {
    pub szDeviceType: [WCHAR; 17usize],
    pub szDeviceName: [WCHAR; 129usize],
    pub szLocalPhoneNumber: [WCHAR; 129usize],
    pub szAlternates: PWCHAR,
}
impl Default for MPR_DEVICE_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_DEVICE_1 = *mut MPR_DEVICE_1;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_CREDENTIALSEX_0 {
    pub dwSize: DWORD,
    pub lpbCredentialsInfo: LPBYTE,
}
impl Default for MPR_CREDENTIALSEX_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_CREDENTIALSEX_0 = *mut MPR_CREDENTIALSEX_0;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_CREDENTIALSEX_1 {
    pub dwSize: DWORD,
    pub lpbCredentialsInfo: LPBYTE,
}
impl Default for MPR_CREDENTIALSEX_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_CREDENTIALSEX_1 = *mut MPR_CREDENTIALSEX_1;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_TRANSPORT_0 {
    pub dwTransportId: DWORD,
    pub hTransport: HANDLE,
    pub wszTransportName: [WCHAR; 41usize],
}
impl Default for MPR_TRANSPORT_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_TRANSPORT_0 = *mut MPR_TRANSPORT_0;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_IFTRANSPORT_0 {
    pub dwTransportId: DWORD,
    pub hIfTransport: HANDLE,
    pub wszIfTransportName: [WCHAR; 41usize],
}
impl Default for MPR_IFTRANSPORT_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_IFTRANSPORT_0 = *mut MPR_IFTRANSPORT_0;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct MPR_SERVER_0 {
    pub fLanOnlyMode: WINBOOL,
    pub dwUpTime: DWORD,
    pub dwTotalPorts: DWORD,
    pub dwPortsInUse: DWORD,
}
/// C's name for this type.
pub type PMPR_SERVER_0 = *mut MPR_SERVER_0;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct MPR_SERVER_1 {
    pub dwNumPptpPorts: DWORD,
    pub dwPptpPortFlags: DWORD,
    pub dwNumL2tpPorts: DWORD,
    pub dwL2tpPortFlags: DWORD,
}
/// C's name for this type.
pub type PMPR_SERVER_1 = *mut MPR_SERVER_1;
pub const RAS_PORT_NON_OPERATIONAL: RAS_PORT_CONDITION = 0;
pub const RAS_PORT_DISCONNECTED: RAS_PORT_CONDITION = 1;
pub const RAS_PORT_CALLING_BACK: RAS_PORT_CONDITION = 2;
pub const RAS_PORT_LISTENING: RAS_PORT_CONDITION = 3;
pub const RAS_PORT_AUTHENTICATING: RAS_PORT_CONDITION = 4;
pub const RAS_PORT_AUTHENTICATED: RAS_PORT_CONDITION = 5;
pub const RAS_PORT_INITIALIZING: RAS_PORT_CONDITION = 6;
/// C's name for this type.
pub type RAS_PORT_CONDITION = i32;
pub const RAS_HARDWARE_OPERATIONAL: RAS_HARDWARE_CONDITION = 0;
pub const RAS_HARDWARE_FAILURE: RAS_HARDWARE_CONDITION = 1;
/// C's name for this type.
pub type RAS_HARDWARE_CONDITION = i32;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_PORT_0 {
    pub hPort: HANDLE,
    pub hConnection: HANDLE,
    pub dwPortCondition: RAS_PORT_CONDITION,
    pub dwTotalNumberOfCalls: DWORD,
    pub dwConnectDuration: DWORD,
    pub wszPortName: [WCHAR; 17usize],
    pub wszMediaName: [WCHAR; 17usize],
    pub wszDeviceName: [WCHAR; 129usize],
    pub wszDeviceType: [WCHAR; 17usize],
}
impl Default for RAS_PORT_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_PORT_0 = *mut RAS_PORT_0;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_PORT_1 {
    pub hPort: HANDLE,
    pub hConnection: HANDLE,
    pub dwHardwareCondition: RAS_HARDWARE_CONDITION,
    pub dwLineSpeed: DWORD,
    pub dwBytesXmited: DWORD,
    pub dwBytesRcved: DWORD,
    pub dwFramesXmited: DWORD,
    pub dwFramesRcved: DWORD,
    pub dwCrcErr: DWORD,
    pub dwTimeoutErr: DWORD,
    pub dwAlignmentErr: DWORD,
    pub dwHardwareOverrunErr: DWORD,
    pub dwFramingErr: DWORD,
    pub dwBufferOverrunErr: DWORD,
    pub dwCompressionRatioIn: DWORD,
    pub dwCompressionRatioOut: DWORD,
}
impl Default for RAS_PORT_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_PORT_1 = *mut RAS_PORT_1;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_NBFCP_INFO {
    pub dwError: DWORD,
    pub wszWksta: [WCHAR; 17usize],
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_IPCP_INFO {
    pub dwError: DWORD,
    pub wszAddress: [WCHAR; 16usize],
    pub wszRemoteAddress: [WCHAR; 16usize],
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_IPCP_INFO2 {
    pub dwError: DWORD,
    pub wszAddress: [WCHAR; 16usize],
    pub wszRemoteAddress: [WCHAR; 16usize],
    pub dwOptions: DWORD,
    pub dwRemoteOptions: DWORD,
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_IPXCP_INFO {
    pub dwError: DWORD,
    pub wszAddress: [WCHAR; 23usize],
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct PPP_ATCP_INFO {
    pub dwError: DWORD,
    pub wszAddress: [WCHAR; 33usize],
}
impl Default for PPP_ATCP_INFO {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct PPP_INFO {
    pub nbf: PPP_NBFCP_INFO,
    pub ip: PPP_IPCP_INFO,
    pub ipx: PPP_IPXCP_INFO,
    pub at: PPP_ATCP_INFO,
}
impl Default for PPP_INFO {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_CCP_INFO {
    pub dwError: DWORD,
    pub dwCompressionAlgorithm: DWORD,
    pub dwOptions: DWORD,
    pub dwRemoteCompressionAlgorithm: DWORD,
    pub dwRemoteOptions: DWORD,
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_LCP_INFO {
    pub dwError: DWORD,
    pub dwAuthenticationProtocol: DWORD,
    pub dwAuthenticationData: DWORD,
    pub dwRemoteAuthenticationProtocol: DWORD,
    pub dwRemoteAuthenticationData: DWORD,
    pub dwTerminateReason: DWORD,
    pub dwRemoteTerminateReason: DWORD,
    pub dwOptions: DWORD,
    pub dwRemoteOptions: DWORD,
    pub dwEapTypeId: DWORD,
    pub dwRemoteEapTypeId: DWORD,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct PPP_INFO_2 {
    pub nbf: PPP_NBFCP_INFO,
    pub ip: PPP_IPCP_INFO2,
    pub ipx: PPP_IPXCP_INFO,
    pub at: PPP_ATCP_INFO,
    pub ccp: PPP_CCP_INFO,
    pub lcp: PPP_LCP_INFO,
}
impl Default for PPP_INFO_2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_CONNECTION_0 {
    pub hConnection: HANDLE,
    pub hInterface: HANDLE,
    pub dwConnectDuration: DWORD,
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    pub dwConnectionFlags: DWORD,
    pub wszInterfaceName: [WCHAR; 257usize],
    pub wszUserName: [WCHAR; 257usize],
    pub wszLogonDomain: [WCHAR; 16usize],
    pub wszRemoteComputer: [WCHAR; 17usize],
}
impl Default for RAS_CONNECTION_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_CONNECTION_0 = *mut RAS_CONNECTION_0;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_CONNECTION_1 {
    pub hConnection: HANDLE,
    pub hInterface: HANDLE,
    pub PppInfo: PPP_INFO,
    pub dwBytesXmited: DWORD,
    pub dwBytesRcved: DWORD,
    pub dwFramesXmited: DWORD,
    pub dwFramesRcved: DWORD,
    pub dwCrcErr: DWORD,
    pub dwTimeoutErr: DWORD,
    pub dwAlignmentErr: DWORD,
    pub dwHardwareOverrunErr: DWORD,
    pub dwFramingErr: DWORD,
    pub dwBufferOverrunErr: DWORD,
    pub dwCompressionRatioIn: DWORD,
    pub dwCompressionRatioOut: DWORD,
}
impl Default for RAS_CONNECTION_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_CONNECTION_1 = *mut RAS_CONNECTION_1;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_CONNECTION_2 {
    pub hConnection: HANDLE,
    pub wszUserName: [WCHAR; 257usize],
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    pub guid: GUID,
    pub PppInfo2: PPP_INFO_2,
}
impl Default for RAS_CONNECTION_2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_CONNECTION_2 = *mut RAS_CONNECTION_2;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_USER_0 {
    pub bfPrivilege: BYTE,
    pub wszPhoneNumber: [WCHAR; 129usize],
}
impl Default for RAS_USER_0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_USER_0 = *mut RAS_USER_0;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_USER_1 {
    pub bfPrivilege: BYTE,
    pub wszPhoneNumber: [WCHAR; 129usize],
    pub bfPrivilege2: BYTE,
}
impl Default for RAS_USER_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_USER_1 = *mut RAS_USER_1;
/// C's name for this type.
pub type RAS_SERVER_HANDLE = HANDLE;
/// C's name for this type.
pub type MPR_SERVER_HANDLE = HANDLE;
/// C's name for this type.
pub type MIB_SERVER_HANDLE = HANDLE;
pub const RAS_QUAR_STATE_NORMAL: RAS_QUARANTINE_STATE = 0;
pub const RAS_QUAR_STATE_QUARANTINE: RAS_QUARANTINE_STATE = 1;
pub const RAS_QUAR_STATE_PROBATION: RAS_QUARANTINE_STATE = 2;
pub const RAS_QUAR_STATE_NOT_CAPABLE: RAS_QUARANTINE_STATE = 3;
/// C's name for this type.
pub type RAS_QUARANTINE_STATE = i32;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct MPR_FILTER_0 {
    pub fEnabled: WINBOOL,
}
/// C's name for this type.
pub type PMPR_FILTER_0 = *mut MPR_FILTER_0;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct MPR_SERVER_2 {
    pub dwNumPptpPorts: DWORD,
    pub dwPptpPortFlags: DWORD,
    pub dwNumL2tpPorts: DWORD,
    pub dwL2tpPortFlags: DWORD,
    pub dwNumSstpPorts: DWORD,
    pub dwSstpPortFlags: DWORD,
}
/// C's name for this type.
pub type PMPR_SERVER_2 = *mut MPR_SERVER_2;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_IPV6CP_INFO {
    pub dwVersion: DWORD,
    pub dwSize: DWORD,
    pub dwError: DWORD,
    pub bInterfaceIdentifier: [BYTE; 8usize],
    pub bRemoteInterfaceIdentifier: [BYTE; 8usize],
    pub dwOptions: DWORD,
    pub dwRemoteOptions: DWORD,
    pub bPrefix: [BYTE; 8usize],
    pub dwPrefixLength: DWORD,
}
/// C's name for this type.
pub type PPP_IPV6_CP_INFO = PPP_IPV6CP_INFO;
/// C's name for this type.
pub type PPPP_IPV6_CP_INFO = *mut PPP_IPV6CP_INFO;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_INFO_3 {
    pub nbf: PPP_NBFCP_INFO,
    pub ip: PPP_IPCP_INFO2,
    pub ipv6: PPP_IPV6_CP_INFO,
    pub ccp: PPP_CCP_INFO,
    pub lcp: PPP_LCP_INFO,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_CONNECTION_3 {
    pub dwVersion: DWORD,
    pub dwSize: DWORD,
    pub hConnection: HANDLE,
    pub wszUserName: [WCHAR; 257usize],
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    pub guid: GUID,
    pub PppInfo3: PPP_INFO_3,
    pub rasQuarState: RAS_QUARANTINE_STATE,
    pub timer: FILETIME,
}
impl Default for RAS_CONNECTION_3 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_CONNECTION_3 = *mut RAS_CONNECTION_3;
pub const MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT: MPRAPI_OBJECT_TYPE = 1;
pub const MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT: MPRAPI_OBJECT_TYPE = 2;
pub const MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT: MPRAPI_OBJECT_TYPE = 3;
pub const MPRAPI_OBJECT_TYPE_AUTH_VALIDATION_OBJECT: MPRAPI_OBJECT_TYPE = 4;
pub const MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT: MPRAPI_OBJECT_TYPE = 5;
/// C's name for this type.
pub type MPRAPI_OBJECT_TYPE = i32;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct MPRAPI_OBJECT_HEADER {
    pub revision: UCHAR,
    pub type_: UCHAR,
    pub size: USHORT,
}
/// C's name for this type.
pub type PMPRAPI_OBJECT_HEADER = *mut MPRAPI_OBJECT_HEADER;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct AUTH_VALIDATION_EX {
    pub Header: MPRAPI_OBJECT_HEADER,
    pub hRasConnection: HANDLE,
    pub wszUserName: [WCHAR; 257usize],
    pub wszLogonDomain: [WCHAR; 16usize],
    pub AuthInfoSize: DWORD,
    pub AuthInfo: [BYTE; 1usize],
}
impl Default for AUTH_VALIDATION_EX {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PAUTH_VALIDATION_EX = *mut AUTH_VALIDATION_EX;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPP_PROJECTION_INFO {
    pub dwIPv4NegotiationError: DWORD,
    pub wszAddress: [WCHAR; 16usize],
    pub wszRemoteAddress: [WCHAR; 16usize],
    pub dwIPv4Options: DWORD,
    pub dwIPv4RemoteOptions: DWORD,
    pub IPv4SubInterfaceIndex: ULONG64,
    pub dwIPv6NegotiationError: DWORD,
    pub bInterfaceIdentifier: [BYTE; 8usize],
    pub bRemoteInterfaceIdentifier: [BYTE; 8usize],
    pub bPrefix: [BYTE; 8usize],
    pub dwPrefixLength: DWORD,
    pub IPv6SubInterfaceIndex: ULONG64,
    pub dwLcpError: DWORD,
    pub dwAuthenticationProtocol: DWORD,
    pub dwAuthenticationData: DWORD,
    pub dwRemoteAuthenticationProtocol: DWORD,
    pub dwRemoteAuthenticationData: DWORD,
    pub dwLcpTerminateReason: DWORD,
    pub dwLcpRemoteTerminateReason: DWORD,
    pub dwLcpOptions: DWORD,
    pub dwLcpRemoteOptions: DWORD,
    pub dwEapTypeId: DWORD,
    pub dwRemoteEapTypeId: DWORD,
    pub dwCcpError: DWORD,
    pub dwCompressionAlgorithm: DWORD,
    pub dwCcpOptions: DWORD,
    pub dwRemoteCompressionAlgorithm: DWORD,
    pub dwCcpRemoteOptions: DWORD,
}
/// C's name for this type.
pub type PPPP_PROJECTION_INFO = *mut PPP_PROJECTION_INFO;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct IKEV2_PROJECTION_INFO {
    pub dwIPv4NegotiationError: DWORD,
    pub wszAddress: [WCHAR; 16usize],
    pub wszRemoteAddress: [WCHAR; 16usize],
    pub IPv4SubInterfaceIndex: ULONG64,
    pub dwIPv6NegotiationError: DWORD,
    pub bInterfaceIdentifier: [BYTE; 8usize],
    pub bRemoteInterfaceIdentifier: [BYTE; 8usize],
    pub bPrefix: [BYTE; 8usize],
    pub dwPrefixLength: DWORD,
    pub IPv6SubInterfaceIndex: ULONG64,
    pub dwOptions: DWORD,
    pub dwAuthenticationProtocol: DWORD,
    pub dwEapTypeId: DWORD,
    pub dwCompressionAlgorithm: DWORD,
    pub dwEncryptionMethod: DWORD,
}
/// C's name for this type.
pub type PIKEV2_PROJECTION_INFO = *mut IKEV2_PROJECTION_INFO;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct PROJECTION_INFO {
    pub projectionInfoType: UCHAR,
    pub __bindgen_anon_1: PROJECTION_INFO__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub union PROJECTION_INFO__bindgen_ty_1 {
    pub Ikev2ProjectionInfo: IKEV2_PROJECTION_INFO,
    pub PppProjectionInfo: PPP_PROJECTION_INFO,
}
impl Default for PROJECTION_INFO__bindgen_ty_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
impl Default for PROJECTION_INFO {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PPROJECTION_INFO = *mut PROJECTION_INFO;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_CONNECTION_EX {
    pub Header: MPRAPI_OBJECT_HEADER,
    pub dwConnectDuration: DWORD,
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    pub dwConnectionFlags: DWORD,
    pub wszInterfaceName: [WCHAR; 257usize],
    pub wszUserName: [WCHAR; 257usize],
    pub wszLogonDomain: [WCHAR; 16usize],
    pub wszRemoteComputer: [WCHAR; 17usize],
    pub guid: GUID,
    pub rasQuarState: RAS_QUARANTINE_STATE,
    pub probationTime: FILETIME,
    pub dwBytesXmited: DWORD,
    pub dwBytesRcved: DWORD,
    pub dwFramesXmited: DWORD,
    pub dwFramesRcved: DWORD,
    pub dwCrcErr: DWORD,
    pub dwTimeoutErr: DWORD,
    pub dwAlignmentErr: DWORD,
    pub dwHardwareOverrunErr: DWORD,
    pub dwFramingErr: DWORD,
    pub dwBufferOverrunErr: DWORD,
    pub dwCompressionRatioIn: DWORD,
    pub dwCompressionRatioOut: DWORD,
    pub dwNumSwitchOvers: DWORD,
    pub wszRemoteEndpointAddress: [WCHAR; 65usize],
    pub wszLocalEndpointAddress: [WCHAR; 65usize],
    pub ProjectionInfo: PROJECTION_INFO,
    pub hConnection: HANDLE,
    pub hInterface: HANDLE,
}
impl Default for RAS_CONNECTION_EX {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_CONNECTION_EX = *mut RAS_CONNECTION_EX;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct RAS_UPDATE_CONNECTION {
    pub Header: MPRAPI_OBJECT_HEADER,
    pub dwIfIndex: DWORD,
    pub wszLocalEndpointAddress: [WCHAR; 65usize],
    pub wszRemoteEndpointAddress: [WCHAR; 65usize],
}
impl Default for RAS_UPDATE_CONNECTION {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_UPDATE_CONNECTION = *mut RAS_UPDATE_CONNECTION;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct IKEV2_TUNNEL_CONFIG_PARAMS {
    pub dwIdleTimeout: DWORD,
    pub dwNetworkBlackoutTime: DWORD,
    pub dwSaLifeTime: DWORD,
    pub dwSaDataSizeForRenegotiation: DWORD,
    pub dwConfigOptions: DWORD,
    pub dwTotalCertificates: DWORD,
    pub certificateNames: *mut CERT_NAME_BLOB,
}
impl Default for IKEV2_TUNNEL_CONFIG_PARAMS {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PIKEV2_TUNNEL_CONFIG_PARAMS = *mut IKEV2_TUNNEL_CONFIG_PARAMS;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct IKEV2_CONFIG_PARAMS {
    pub dwNumPorts: DWORD,
    pub dwPortFlags: DWORD,
    pub dwTunnelConfigParamFlags: DWORD,
    pub TunnelConfigParams: IKEV2_TUNNEL_CONFIG_PARAMS,
}
impl Default for IKEV2_CONFIG_PARAMS {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PIKEV2_CONFIG_PARAMS = *mut IKEV2_CONFIG_PARAMS;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct PPTP_CONFIG_PARAMS {
    pub dwNumPorts: DWORD,
    pub dwPortFlags: DWORD,
}
/// C's name for this type.
pub type PPPTP_CONFIG_PARAMS = *mut PPTP_CONFIG_PARAMS;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct L2TP_CONFIG_PARAMS {
    pub dwNumPorts: DWORD,
    pub dwPortFlags: DWORD,
}
/// C's name for this type.
pub type PL2TP_CONFIG_PARAMS = *mut L2TP_CONFIG_PARAMS;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct SSTP_CERT_INFO {
    pub isDefault: BOOL,
    pub certBlob: CRYPT_HASH_BLOB,
}
impl Default for SSTP_CERT_INFO {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PSSTP_CERT_INFO = *mut SSTP_CERT_INFO;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct SSTP_CONFIG_PARAMS {
    pub dwNumPorts: DWORD,
    pub dwPortFlags: DWORD,
    pub isUseHttps: BOOL,
    pub certAlgorithm: DWORD,
    pub sstpCertDetails: SSTP_CERT_INFO,
}
impl Default for SSTP_CONFIG_PARAMS {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PSSTP_CONFIG_PARAMS = *mut SSTP_CONFIG_PARAMS;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPRAPI_TUNNEL_CONFIG_PARAMS {
    pub IkeConfigParams: IKEV2_CONFIG_PARAMS,
    pub PptpConfigParams: PPTP_CONFIG_PARAMS,
    pub L2tpConfigParams: L2TP_CONFIG_PARAMS,
    pub SstpConfigParams: SSTP_CONFIG_PARAMS,
}
impl Default for MPRAPI_TUNNEL_CONFIG_PARAMS {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPRAPI_TUNNEL_CONFIG_PARAMS = *mut MPRAPI_TUNNEL_CONFIG_PARAMS;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_SERVER_SET_CONFIG_EX {
    pub Header: MPRAPI_OBJECT_HEADER,
    pub setConfigForProtocols: DWORD,
    pub ConfigParams: MPRAPI_TUNNEL_CONFIG_PARAMS,
}
impl Default for MPR_SERVER_SET_CONFIG_EX {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_SERVER_SET_CONFIG_EX = *mut MPR_SERVER_SET_CONFIG_EX;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct MPR_SERVER_EX {
    pub Header: MPRAPI_OBJECT_HEADER,
    pub fLanOnlyMode: DWORD,
    pub dwUpTime: DWORD,
    pub dwTotalPorts: DWORD,
    pub dwPortsInUse: DWORD,
    pub Reserved: DWORD,
    pub ConfigParams: MPRAPI_TUNNEL_CONFIG_PARAMS,
}
impl Default for MPR_SERVER_EX {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_SERVER_EX = *mut MPR_SERVER_EX;
/// C's name for this type.
pub type PMPRADMINGETIPADDRESSFORUSER = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut WCHAR,
        arg2: *mut WCHAR,
        arg3: *mut DWORD,
        arg4: *mut WINBOOL,
    ) -> DWORD,
>;
/// C's name for this type.
pub type PMPRADMINRELEASEIPADRESS = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut WCHAR, arg2: *mut WCHAR, arg3: *mut DWORD),
>;
/// C's name for this type.
pub type PMPRADMINGETIPV6ADDRESSFORUSER = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut WCHAR,
        arg2: *mut WCHAR,
        arg3: *mut IN6_ADDR,
        arg4: *mut WINBOOL,
    ) -> DWORD,
>;
/// C's name for this type.
pub type PMPRADMINRELEASEIPV6ADDRESSFORUSER = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut WCHAR, arg2: *mut WCHAR, arg3: *mut IN6_ADDR),
>;
/// C's name for this type.
pub type PMPRADMINACCEPTNEWLINK = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_PORT_0, arg2: *mut RAS_PORT_1) -> WINBOOL,
>;
/// C's name for this type.
pub type PMPRADMINLINKHANGUPNOTIFICATION = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_PORT_0, arg2: *mut RAS_PORT_1),
>;
/// C's name for this type.
pub type PMPRADMINTERMINATEDLL = ::core::option::Option<
    unsafe extern "system" fn() -> DWORD,
>;
/// C's name for this type.
pub type PMPRADMINACCEPTNEWCONNECTIONEX = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX) -> BOOL,
>;
/// C's name for this type.
pub type PMPRADMINACCEPTREAUTHENTICATIONEX = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX) -> BOOL,
>;
/// C's name for this type.
pub type PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX),
>;
#[repr(C)]
#[derive(Default, Copy, Clone)]
pub struct MPRAPI_ADMIN_DLL_CALLBACKS {
    pub revision: UCHAR,
    pub lpfnMprAdminGetIpAddressForUser: PMPRADMINGETIPADDRESSFORUSER,
    pub lpfnMprAdminReleaseIpAddress: PMPRADMINRELEASEIPADRESS,
    pub lpfnMprAdminGetIpv6AddressForUser: PMPRADMINGETIPV6ADDRESSFORUSER,
    pub lpfnMprAdminReleaseIpV6AddressForUser: PMPRADMINRELEASEIPV6ADDRESSFORUSER,
    pub lpfnRasAdminAcceptNewLink: PMPRADMINACCEPTNEWLINK,
    pub lpfnRasAdminLinkHangupNotification: PMPRADMINLINKHANGUPNOTIFICATION,
    pub lpfnRasAdminTerminateDll: PMPRADMINTERMINATEDLL,
    pub lpfnRasAdminAcceptNewConnectionEx: PMPRADMINACCEPTNEWCONNECTIONEX,
    pub lpfnRasAdminAcceptReauthenticationEx: PMPRADMINACCEPTREAUTHENTICATIONEX,
    pub lpfnRasAdminConnectionHangupNotificationEx: PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX,
}
/// C's name for this type.
pub type PMPRAPI_ADMIN_DLL_CALLBACKS = *mut MPRAPI_ADMIN_DLL_CALLBACKS;
#[cfg_attr(
    all(windows, target_arch = "x86"),
    link(
        name = "mprapi.dll",
        kind = "raw-dylib",
        modifiers = "+verbatim",
        import_name_type = "undecorated"
    )
)]
#[cfg_attr(
    all(windows, not(target_arch = "x86")),
    link(name = "mprapi.dll", kind = "raw-dylib", modifiers = "+verbatim")
)]
unsafe extern "system" {
    pub fn MprAdminConnectionEnum(
        hRasServer: RAS_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminPortEnum(
        hRasServer: RAS_SERVER_HANDLE,
        dwLevel: DWORD,
        hConnection: HANDLE,
        lplpbBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminConnectionGetInfo(
        hRasServer: RAS_SERVER_HANDLE,
        dwLevel: DWORD,
        hConnection: HANDLE,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprAdminPortGetInfo(
        hRasServer: RAS_SERVER_HANDLE,
        dwLevel: DWORD,
        hPort: HANDLE,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprAdminConnectionClearStats(
        hRasServer: RAS_SERVER_HANDLE,
        hConnection: HANDLE,
    ) -> DWORD;
    pub fn MprAdminPortClearStats(hRasServer: RAS_SERVER_HANDLE, hPort: HANDLE) -> DWORD;
    pub fn MprAdminPortReset(hRasServer: RAS_SERVER_HANDLE, hPort: HANDLE) -> DWORD;
    pub fn MprAdminPortDisconnect(hRasServer: RAS_SERVER_HANDLE, hPort: HANDLE) -> DWORD;
    pub fn MprAdminAcceptNewConnection(
        pRasConnection0: *mut RAS_CONNECTION_0,
        pRasConnection1: *mut RAS_CONNECTION_1,
    ) -> WINBOOL;
    pub fn MprAdminAcceptNewConnection2(
        pRasConnection0: *mut RAS_CONNECTION_0,
        pRasConnection1: *mut RAS_CONNECTION_1,
        pRasConnection2: *mut RAS_CONNECTION_2,
    ) -> WINBOOL;
    pub fn MprAdminAcceptNewLink(
        pRasPort0: *mut RAS_PORT_0,
        pRasPort1: *mut RAS_PORT_1,
    ) -> WINBOOL;
    pub fn MprAdminConnectionHangupNotification(
        pRasConnection0: *mut RAS_CONNECTION_0,
        pRasConnection1: *mut RAS_CONNECTION_1,
    );
    pub fn MprAdminConnectionHangupNotification2(
        pRasConnection0: *mut RAS_CONNECTION_0,
        pRasConnection1: *mut RAS_CONNECTION_1,
        pRasConnection2: *mut RAS_CONNECTION_2,
    );
    pub fn MprAdminConnectionRemoveQuarantine(
        hRasServer: HANDLE,
        hRasConnection: HANDLE,
        fIsIpAddress: WINBOOL,
    ) -> DWORD;
    pub fn MprAdminLinkHangupNotification(
        pRasPort0: *mut RAS_PORT_0,
        pRasPort1: *mut RAS_PORT_1,
    );
    pub fn MprAdminGetIpAddressForUser(
        lpwszUserName: *mut WCHAR,
        lpwszPortName: *mut WCHAR,
        lpdwIpAddress: *mut DWORD,
        bNotifyRelease: *mut WINBOOL,
    ) -> DWORD;
    pub fn MprAdminReleaseIpAddress(
        lpszUserName: *mut WCHAR,
        lpszPortName: *mut WCHAR,
        lpdwIpAddress: *mut DWORD,
    );
    pub fn MprAdminInitializeDll() -> DWORD;
    pub fn MprAdminTerminateDll() -> DWORD;
    pub fn MprAdminUserGetInfo(
        lpszServer: *const WCHAR,
        lpszUser: *const WCHAR,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprAdminUserSetInfo(
        lpszServer: *const WCHAR,
        lpszUser: *const WCHAR,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprAdminSendUserMessage(
        hMprServer: MPR_SERVER_HANDLE,
        hConnection: HANDLE,
        lpwszMessage: LPWSTR,
    ) -> DWORD;
    pub fn MprAdminGetPDCServer(
        lpszDomain: *const WCHAR,
        lpszServer: *const WCHAR,
        lpszPDCServer: LPWSTR,
    ) -> DWORD;
    pub fn MprAdminIsServiceRunning(lpwsServerName: LPWSTR) -> WINBOOL;
    pub fn MprAdminServerConnect(
        lpwsServerName: LPWSTR,
        phMprServer: *mut MPR_SERVER_HANDLE,
    ) -> DWORD;
    pub fn MprAdminServerDisconnect(hMprServer: MPR_SERVER_HANDLE);
    pub fn MprAdminServerGetCredentials(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprAdminServerSetCredentials(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprAdminBufferFree(pBuffer: LPVOID) -> DWORD;
    pub fn MprAdminGetErrorString(dwError: DWORD, lpwsErrorString: *mut LPWSTR) -> DWORD;
    pub fn MprAdminServerGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprAdminServerSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprAdminEstablishDomainRasServer(
        pszDomain: PWCHAR,
        pszMachine: PWCHAR,
        bEnable: WINBOOL,
    ) -> DWORD;
    pub fn MprAdminIsDomainRasServer(
        pszDomain: PWCHAR,
        pszMachine: PWCHAR,
        pbIsRasServer: PBOOL,
    ) -> DWORD;
    pub fn MprAdminTransportCreate(
        hMprServer: MPR_SERVER_HANDLE,
        dwTransportId: DWORD,
        lpwsTransportName: LPWSTR,
        pGlobalInfo: LPBYTE,
        dwGlobalInfoSize: DWORD,
        pClientInterfaceInfo: LPBYTE,
        dwClientInterfaceInfoSize: DWORD,
        lpwsDLLPath: LPWSTR,
    ) -> DWORD;
    pub fn MprAdminTransportSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwTransportId: DWORD,
        pGlobalInfo: LPBYTE,
        dwGlobalInfoSize: DWORD,
        pClientInterfaceInfo: LPBYTE,
        dwClientInterfaceInfoSize: DWORD,
    ) -> DWORD;
    pub fn MprAdminTransportGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwTransportId: DWORD,
        ppGlobalInfo: *mut LPBYTE,
        lpdwGlobalInfoSize: LPDWORD,
        ppClientInterfaceInfo: *mut LPBYTE,
        lpdwClientInterfaceInfoSize: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminDeviceEnum(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
        lpdwTotalEntries: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminInterfaceGetHandle(
        hMprServer: MPR_SERVER_HANDLE,
        lpwsInterfaceName: LPWSTR,
        phInterface: *mut HANDLE,
        fIncludeClientInterfaces: WINBOOL,
    ) -> DWORD;
    pub fn MprAdminInterfaceCreate(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
        phInterface: *mut HANDLE,
    ) -> DWORD;
    pub fn MprAdminInterfaceGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprAdminInterfaceSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprAdminInterfaceDelete(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
    ) -> DWORD;
    pub fn MprAdminInterfaceDeviceGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwIndex: DWORD,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprAdminInterfaceDeviceSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwIndex: DWORD,
        dwLevel: DWORD,
        lplpBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprAdminInterfaceTransportRemove(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwTransportId: DWORD,
    ) -> DWORD;
    pub fn MprAdminInterfaceTransportAdd(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwTransportId: DWORD,
        pInterfaceInfo: LPBYTE,
        dwInterfaceInfoSize: DWORD,
    ) -> DWORD;
    pub fn MprAdminInterfaceTransportGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwTransportId: DWORD,
        ppInterfaceInfo: *mut LPBYTE,
        lpdwpInterfaceInfoSize: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminInterfaceTransportSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwTransportId: DWORD,
        pInterfaceInfo: LPBYTE,
        dwInterfaceInfoSize: DWORD,
    ) -> DWORD;
    pub fn MprAdminInterfaceEnum(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    pub fn MprSetupIpInIpInterfaceFriendlyNameEnum(
        pwszMachineName: PWCHAR,
        lplpBuffer: *mut LPBYTE,
        lpdwEntriesRead: LPDWORD,
    ) -> DWORD;
    pub fn MprSetupIpInIpInterfaceFriendlyNameFree(lpBuffer: LPVOID) -> DWORD;
    pub fn MprSetupIpInIpInterfaceFriendlyNameCreate(
        pwszMachineName: PWCHAR,
        pNameInformation: PMPR_IPINIP_INTERFACE_0,
    ) -> DWORD;
    pub fn MprSetupIpInIpInterfaceFriendlyNameDelete(
        pwszMachineName: PWCHAR,
        pGuid: *mut GUID,
    ) -> DWORD;
    pub fn MprAdminInterfaceSetCredentials(
        lpwsServer: LPWSTR,
        lpwsInterfaceName: LPWSTR,
        lpwsUserName: LPWSTR,
        lpwsDomainName: LPWSTR,
        lpwsPassword: LPWSTR,
    ) -> DWORD;
    pub fn MprAdminInterfaceGetCredentials(
        lpwsServer: LPWSTR,
        lpwsInterfaceName: LPWSTR,
        lpwsUserName: LPWSTR,
        lpwsPassword: LPWSTR,
        lpwsDomainName: LPWSTR,
    ) -> DWORD;
    pub fn MprAdminInterfaceSetCredentialsEx(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprAdminInterfaceGetCredentialsEx(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprAdminInterfaceConnect(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        hEvent: HANDLE,
        fSynchronous: WINBOOL,
    ) -> DWORD;
    pub fn MprAdminInterfaceDisconnect(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
    ) -> DWORD;
    pub fn MprAdminInterfaceUpdateRoutes(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwProtocolId: DWORD,
        hEvent: HANDLE,
    ) -> DWORD;
    pub fn MprAdminInterfaceQueryUpdateResult(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwProtocolId: DWORD,
        lpdwUpdateResult: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminInterfaceUpdatePhonebookInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
    ) -> DWORD;
    pub fn MprAdminRegisterConnectionNotification(
        hMprServer: MPR_SERVER_HANDLE,
        hEventNotification: HANDLE,
    ) -> DWORD;
    pub fn MprAdminDeregisterConnectionNotification(
        hMprServer: MPR_SERVER_HANDLE,
        hEventNotification: HANDLE,
    ) -> DWORD;
    pub fn MprAdminMIBServerConnect(
        lpwsServerName: LPWSTR,
        phMibServer: *mut MIB_SERVER_HANDLE,
    ) -> DWORD;
    pub fn MprAdminMIBServerDisconnect(hMibServer: MIB_SERVER_HANDLE);
    pub fn MprAdminMIBEntryCreate(
        hMibServer: MIB_SERVER_HANDLE,
        dwPid: DWORD,
        dwRoutingPid: DWORD,
        lpEntry: LPVOID,
        dwEntrySize: DWORD,
    ) -> DWORD;
    pub fn MprAdminMIBEntryDelete(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpEntry: LPVOID,
        dwEntrySize: DWORD,
    ) -> DWORD;
    pub fn MprAdminMIBEntrySet(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpEntry: LPVOID,
        dwEntrySize: DWORD,
    ) -> DWORD;
    pub fn MprAdminMIBEntryGet(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpInEntry: LPVOID,
        dwInEntrySize: DWORD,
        lplpOutEntry: *mut LPVOID,
        lpOutEntrySize: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminMIBEntryGetFirst(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpInEntry: LPVOID,
        dwInEntrySize: DWORD,
        lplpOutEntry: *mut LPVOID,
        lpOutEntrySize: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminMIBEntryGetNext(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpInEntry: LPVOID,
        dwInEntrySize: DWORD,
        lplpOutEntry: *mut LPVOID,
        lpOutEntrySize: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminMIBGetTrapInfo(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpInData: LPVOID,
        dwInDataSize: DWORD,
        lplpOutData: *mut LPVOID,
        lpOutDataSize: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminMIBSetTrapInfo(
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        hEvent: HANDLE,
        lpInData: LPVOID,
        dwInDataSize: DWORD,
        lplpOutData: *mut LPVOID,
        lpOutDataSize: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminMIBBufferFree(pBuffer: LPVOID) -> DWORD;
    pub fn MprConfigServerInstall(dwLevel: DWORD, pBuffer: PVOID) -> DWORD;
    pub fn MprConfigServerConnect(
        lpwsServerName: LPWSTR,
        phMprConfig: *mut HANDLE,
    ) -> DWORD;
    pub fn MprConfigServerDisconnect(hMprConfig: HANDLE);
    pub fn MprConfigServerRefresh(hMprConfig: HANDLE) -> DWORD;
    pub fn MprConfigBufferFree(pBuffer: LPVOID) -> DWORD;
    pub fn MprConfigServerGetInfo(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprConfigServerSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprConfigServerBackup(hMprConfig: HANDLE, lpwsPath: LPWSTR) -> DWORD;
    pub fn MprConfigServerRestore(hMprConfig: HANDLE, lpwsPath: LPWSTR) -> DWORD;
    pub fn MprConfigTransportCreate(
        hMprConfig: HANDLE,
        dwTransportId: DWORD,
        lpwsTransportName: LPWSTR,
        pGlobalInfo: LPBYTE,
        dwGlobalInfoSize: DWORD,
        pClientInterfaceInfo: LPBYTE,
        dwClientInterfaceInfoSize: DWORD,
        lpwsDLLPath: LPWSTR,
        phRouterTransport: *mut HANDLE,
    ) -> DWORD;
    pub fn MprConfigTransportDelete(
        hMprConfig: HANDLE,
        hRouterTransport: HANDLE,
    ) -> DWORD;
    pub fn MprConfigTransportGetHandle(
        hMprConfig: HANDLE,
        dwTransportId: DWORD,
        phRouterTransport: *mut HANDLE,
    ) -> DWORD;
    pub fn MprConfigTransportSetInfo(
        hMprConfig: HANDLE,
        hRouterTransport: HANDLE,
        pGlobalInfo: LPBYTE,
        dwGlobalInfoSize: DWORD,
        pClientInterfaceInfo: LPBYTE,
        dwClientInterfaceInfoSize: DWORD,
        lpwsDLLPath: LPWSTR,
    ) -> DWORD;
    pub fn MprConfigTransportGetInfo(
        hMprConfig: HANDLE,
        hRouterTransport: HANDLE,
        ppGlobalInfo: *mut LPBYTE,
        lpdwGlobalInfoSize: LPDWORD,
        ppClientInterfaceInfo: *mut LPBYTE,
        lpdwClientInterfaceInfoSize: LPDWORD,
        lplpwsDLLPath: *mut LPWSTR,
    ) -> DWORD;
    pub fn MprConfigTransportEnum(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    pub fn MprConfigInterfaceCreate(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
        phRouterInterface: *mut HANDLE,
    ) -> DWORD;
    pub fn MprConfigInterfaceDelete(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
    ) -> DWORD;
    pub fn MprConfigInterfaceGetHandle(
        hMprConfig: HANDLE,
        lpwsInterfaceName: LPWSTR,
        phRouterInterface: *mut HANDLE,
    ) -> DWORD;
    pub fn MprConfigInterfaceGetInfo(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
        lpdwBufferSize: LPDWORD,
    ) -> DWORD;
    pub fn MprConfigInterfaceSetInfo(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprConfigInterfaceEnum(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    pub fn MprConfigInterfaceTransportAdd(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwTransportId: DWORD,
        lpwsTransportName: LPWSTR,
        pInterfaceInfo: LPBYTE,
        dwInterfaceInfoSize: DWORD,
        phRouterIfTransport: *mut HANDLE,
    ) -> DWORD;
    pub fn MprConfigInterfaceTransportRemove(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        hRouterIfTransport: HANDLE,
    ) -> DWORD;
    pub fn MprConfigInterfaceTransportGetHandle(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwTransportId: DWORD,
        phRouterIfTransport: *mut HANDLE,
    ) -> DWORD;
    pub fn MprConfigInterfaceTransportGetInfo(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        hRouterIfTransport: HANDLE,
        ppInterfaceInfo: *mut LPBYTE,
        lpdwInterfaceInfoSize: LPDWORD,
    ) -> DWORD;
    pub fn MprConfigInterfaceTransportSetInfo(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        hRouterIfTransport: HANDLE,
        pInterfaceInfo: LPBYTE,
        dwInterfaceInfoSize: DWORD,
    ) -> DWORD;
    pub fn MprConfigInterfaceTransportEnum(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    pub fn MprConfigGetFriendlyName(
        hMprConfig: HANDLE,
        pszGuidName: PWCHAR,
        pszBuffer: PWCHAR,
        dwBufferSize: DWORD,
    ) -> DWORD;
    pub fn MprConfigGetGuidName(
        hMprConfig: HANDLE,
        pszFriendlyName: PWCHAR,
        pszBuffer: PWCHAR,
        dwBufferSize: DWORD,
    ) -> DWORD;
    pub fn MprInfoCreate(dwVersion: DWORD, lplpNewHeader: *mut LPVOID) -> DWORD;
    pub fn MprInfoDelete(lpHeader: LPVOID) -> DWORD;
    pub fn MprInfoRemoveAll(lpHeader: LPVOID, lplpNewHeader: *mut LPVOID) -> DWORD;
    pub fn MprInfoDuplicate(lpHeader: LPVOID, lplpNewHeader: *mut LPVOID) -> DWORD;
    pub fn MprInfoBlockAdd(
        lpHeader: LPVOID,
        dwInfoType: DWORD,
        dwItemSize: DWORD,
        dwItemCount: DWORD,
        lpItemData: LPBYTE,
        lplpNewHeader: *mut LPVOID,
    ) -> DWORD;
    pub fn MprInfoBlockRemove(
        lpHeader: LPVOID,
        dwInfoType: DWORD,
        lplpNewHeader: *mut LPVOID,
    ) -> DWORD;
    pub fn MprInfoBlockSet(
        lpHeader: LPVOID,
        dwInfoType: DWORD,
        dwItemSize: DWORD,
        dwItemCount: DWORD,
        lpItemData: LPBYTE,
        lplpNewHeader: *mut LPVOID,
    ) -> DWORD;
    pub fn MprInfoBlockFind(
        lpHeader: LPVOID,
        dwInfoType: DWORD,
        lpdwItemSize: LPDWORD,
        lpdwItemCount: LPDWORD,
        lplpItemData: *mut LPBYTE,
    ) -> DWORD;
    pub fn MprInfoBlockQuerySize(lpHeader: LPVOID) -> DWORD;
    pub fn MprAdminAcceptNewConnection3(
        pRasConnection0: *mut RAS_CONNECTION_0,
        pRasConnection1: *mut RAS_CONNECTION_1,
        pRasConnection2: *mut RAS_CONNECTION_2,
        pRasConnection3: *mut RAS_CONNECTION_3,
    ) -> WINBOOL;
    pub fn MprAdminAcceptReauthentication(
        pRasConnection0: *mut RAS_CONNECTION_0,
        pRasConnection1: *mut RAS_CONNECTION_1,
        pRasConnection2: *mut RAS_CONNECTION_2,
        pRasConnection3: *mut RAS_CONNECTION_3,
    ) -> WINBOOL;
    pub fn MprAdminConnectionHangupNotification3(
        pRasConnection0: *mut RAS_CONNECTION_0,
        pRasConnection1: *mut RAS_CONNECTION_1,
        pRasConnection2: *mut RAS_CONNECTION_2,
        pRasConnection3: *mut RAS_CONNECTION_3,
    );
    pub fn MprAdminGetIpv6AddressForUser(
        lpwszUserName: *mut WCHAR,
        lpwszPortName: *mut WCHAR,
        lpdwIpv6Address: *mut IN6_ADDR,
        bNotifyRelease: *mut WINBOOL,
    ) -> DWORD;
    pub fn MprAdminReleaseIpv6AddressForUser(
        lpwszUserName: *mut WCHAR,
        lpwszPortName: *mut WCHAR,
        lpdwIpv6Address: *mut IN6_ADDR,
    ) -> DWORD;
    pub fn MprConfigFilterGetInfo(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        dwTransportId: DWORD,
        lpBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprConfigFilterSetInfo(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        dwTransportId: DWORD,
        lpBuffer: LPBYTE,
    ) -> DWORD;
    pub fn MprConfigServerSetInfoEx(
        hMprConfig: HANDLE,
        pSetServerConfig: *mut MPR_SERVER_SET_CONFIG_EX,
    ) -> DWORD;
    pub fn MprConfigServerGetInfoEx(
        hMprConfig: HANDLE,
        pServerInfo: *mut MPR_SERVER_EX,
    ) -> DWORD;
    pub fn MprAdminConnectionEnumEx(
        hRasServer: RAS_SERVER_HANDLE,
        pObjectHeader: PMPRAPI_OBJECT_HEADER,
        dwPreferedMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        ppRasConn: *mut PRAS_CONNECTION_EX,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    pub fn MprAdminConnectionGetInfoEx(
        hRasServer: RAS_SERVER_HANDLE,
        hConnection: HANDLE,
        pRasConnection: PRAS_CONNECTION_EX,
    ) -> DWORD;
    pub fn MprAdminInitializeDllEx(
        pAdminCallbacks: PMPRAPI_ADMIN_DLL_CALLBACKS,
    ) -> DWORD;
    pub fn MprAdminIsServiceInitialized(
        lpwsServerName: LPWSTR,
        fIsServiceInitialized: *mut WINBOOL,
    ) -> DWORD;
    pub fn MprAdminServerGetInfoEx(
        hMprServer: MPR_SERVER_HANDLE,
        pServerInfo: *mut MPR_SERVER_EX,
    ) -> DWORD;
    pub fn MprAdminServerSetInfoEx(
        hMprServer: MPR_SERVER_HANDLE,
        pServerInfo: *mut MPR_SERVER_SET_CONFIG_EX,
    ) -> DWORD;
}

/// Calls `$callback!` with one row for each function of `mprapi.h`:
/// `since fn Name(parameter: Type, …) -> Result;`, where `since` names the first Windows that has it.
///
/// The table [`Mprapi`](crate::Mprapi) is made from this list; so can be whatever wants an item per function.
#[macro_export]
macro_rules! for_each_function {
    ($callback:ident) => {
        $callback! {
            "" fn MprAdminConnectionEnum(hRasServer: $crate::RAS_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminPortEnum(hRasServer: $crate::RAS_SERVER_HANDLE, dwLevel: $crate::DWORD, hConnection: $crate::HANDLE, lplpbBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminConnectionGetInfo(hRasServer: $crate::RAS_SERVER_HANDLE, dwLevel: $crate::DWORD, hConnection: $crate::HANDLE, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminPortGetInfo(hRasServer: $crate::RAS_SERVER_HANDLE, dwLevel: $crate::DWORD, hPort: $crate::HANDLE, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminConnectionClearStats(hRasServer: $crate::RAS_SERVER_HANDLE, hConnection: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminPortClearStats(hRasServer: $crate::RAS_SERVER_HANDLE, hPort: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminPortReset(hRasServer: $crate::RAS_SERVER_HANDLE, hPort: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminPortDisconnect(hRasServer: $crate::RAS_SERVER_HANDLE, hPort: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminAcceptNewConnection(pRasConnection0: *mut $crate::RAS_CONNECTION_0, pRasConnection1: *mut $crate::RAS_CONNECTION_1) -> $crate::WINBOOL;
            "" fn MprAdminAcceptNewConnection2(pRasConnection0: *mut $crate::RAS_CONNECTION_0, pRasConnection1: *mut $crate::RAS_CONNECTION_1, pRasConnection2: *mut $crate::RAS_CONNECTION_2) -> $crate::WINBOOL;
            "" fn MprAdminAcceptNewLink(pRasPort0: *mut $crate::RAS_PORT_0, pRasPort1: *mut $crate::RAS_PORT_1) -> $crate::WINBOOL;
            "" fn MprAdminConnectionHangupNotification(pRasConnection0: *mut $crate::RAS_CONNECTION_0, pRasConnection1: *mut $crate::RAS_CONNECTION_1) -> ();
            "" fn MprAdminConnectionHangupNotification2(pRasConnection0: *mut $crate::RAS_CONNECTION_0, pRasConnection1: *mut $crate::RAS_CONNECTION_1, pRasConnection2: *mut $crate::RAS_CONNECTION_2) -> ();
            "" fn MprAdminConnectionRemoveQuarantine(hRasServer: $crate::HANDLE, hRasConnection: $crate::HANDLE, fIsIpAddress: $crate::WINBOOL) -> $crate::DWORD;
            "" fn MprAdminLinkHangupNotification(pRasPort0: *mut $crate::RAS_PORT_0, pRasPort1: *mut $crate::RAS_PORT_1) -> ();
            "" fn MprAdminGetIpAddressForUser(lpwszUserName: *mut $crate::WCHAR, lpwszPortName: *mut $crate::WCHAR, lpdwIpAddress: *mut $crate::DWORD, bNotifyRelease: *mut $crate::WINBOOL) -> $crate::DWORD;
            "" fn MprAdminReleaseIpAddress(lpszUserName: *mut $crate::WCHAR, lpszPortName: *mut $crate::WCHAR, lpdwIpAddress: *mut $crate::DWORD) -> ();
            "" fn MprAdminInitializeDll() -> $crate::DWORD;
            "" fn MprAdminTerminateDll() -> $crate::DWORD;
            "" fn MprAdminUserGetInfo(lpszServer: *const $crate::WCHAR, lpszUser: *const $crate::WCHAR, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminUserSetInfo(lpszServer: *const $crate::WCHAR, lpszUser: *const $crate::WCHAR, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminSendUserMessage(hMprServer: $crate::MPR_SERVER_HANDLE, hConnection: $crate::HANDLE, lpwszMessage: $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprAdminGetPDCServer(lpszDomain: *const $crate::WCHAR, lpszServer: *const $crate::WCHAR, lpszPDCServer: $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprAdminIsServiceRunning(lpwsServerName: $crate::LPWSTR) -> $crate::WINBOOL;
            "" fn MprAdminServerConnect(lpwsServerName: $crate::LPWSTR, phMprServer: *mut $crate::MPR_SERVER_HANDLE) -> $crate::DWORD;
            "" fn MprAdminServerDisconnect(hMprServer: $crate::MPR_SERVER_HANDLE) -> ();
            "" fn MprAdminServerGetCredentials(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminServerSetCredentials(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminBufferFree(pBuffer: $crate::LPVOID) -> $crate::DWORD;
            "" fn MprAdminGetErrorString(dwError: $crate::DWORD, lpwsErrorString: *mut $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprAdminServerGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminServerSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminEstablishDomainRasServer(pszDomain: $crate::PWCHAR, pszMachine: $crate::PWCHAR, bEnable: $crate::WINBOOL) -> $crate::DWORD;
            "" fn MprAdminIsDomainRasServer(pszDomain: $crate::PWCHAR, pszMachine: $crate::PWCHAR, pbIsRasServer: $crate::PBOOL) -> $crate::DWORD;
            "" fn MprAdminTransportCreate(hMprServer: $crate::MPR_SERVER_HANDLE, dwTransportId: $crate::DWORD, lpwsTransportName: $crate::LPWSTR, pGlobalInfo: $crate::LPBYTE, dwGlobalInfoSize: $crate::DWORD, pClientInterfaceInfo: $crate::LPBYTE, dwClientInterfaceInfoSize: $crate::DWORD, lpwsDLLPath: $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprAdminTransportSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwTransportId: $crate::DWORD, pGlobalInfo: $crate::LPBYTE, dwGlobalInfoSize: $crate::DWORD, pClientInterfaceInfo: $crate::LPBYTE, dwClientInterfaceInfoSize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprAdminTransportGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwTransportId: $crate::DWORD, ppGlobalInfo: *mut $crate::LPBYTE, lpdwGlobalInfoSize: $crate::LPDWORD, ppClientInterfaceInfo: *mut $crate::LPBYTE, lpdwClientInterfaceInfoSize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminDeviceEnum(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE, lpdwTotalEntries: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminInterfaceGetHandle(hMprServer: $crate::MPR_SERVER_HANDLE, lpwsInterfaceName: $crate::LPWSTR, phInterface: *mut $crate::HANDLE, fIncludeClientInterfaces: $crate::WINBOOL) -> $crate::DWORD;
            "" fn MprAdminInterfaceCreate(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE, phInterface: *mut $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminInterfaceGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminInterfaceSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminInterfaceDelete(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminInterfaceDeviceGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwIndex: $crate::DWORD, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminInterfaceDeviceSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwIndex: $crate::DWORD, dwLevel: $crate::DWORD, lplpBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminInterfaceTransportRemove(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwTransportId: $crate::DWORD) -> $crate::DWORD;
            "" fn MprAdminInterfaceTransportAdd(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, pInterfaceInfo: $crate::LPBYTE, dwInterfaceInfoSize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprAdminInterfaceTransportGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, ppInterfaceInfo: *mut $crate::LPBYTE, lpdwpInterfaceInfoSize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminInterfaceTransportSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, pInterfaceInfo: $crate::LPBYTE, dwInterfaceInfoSize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprAdminInterfaceEnum(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprSetupIpInIpInterfaceFriendlyNameEnum(pwszMachineName: $crate::PWCHAR, lplpBuffer: *mut $crate::LPBYTE, lpdwEntriesRead: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprSetupIpInIpInterfaceFriendlyNameFree(lpBuffer: $crate::LPVOID) -> $crate::DWORD;
            "" fn MprSetupIpInIpInterfaceFriendlyNameCreate(pwszMachineName: $crate::PWCHAR, pNameInformation: $crate::PMPR_IPINIP_INTERFACE_0) -> $crate::DWORD;
            "" fn MprSetupIpInIpInterfaceFriendlyNameDelete(pwszMachineName: $crate::PWCHAR, pGuid: *mut $crate::GUID) -> $crate::DWORD;
            "" fn MprAdminInterfaceSetCredentials(lpwsServer: $crate::LPWSTR, lpwsInterfaceName: $crate::LPWSTR, lpwsUserName: $crate::LPWSTR, lpwsDomainName: $crate::LPWSTR, lpwsPassword: $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprAdminInterfaceGetCredentials(lpwsServer: $crate::LPWSTR, lpwsInterfaceName: $crate::LPWSTR, lpwsUserName: $crate::LPWSTR, lpwsPassword: $crate::LPWSTR, lpwsDomainName: $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprAdminInterfaceSetCredentialsEx(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminInterfaceGetCredentialsEx(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprAdminInterfaceConnect(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, hEvent: $crate::HANDLE, fSynchronous: $crate::WINBOOL) -> $crate::DWORD;
            "" fn MprAdminInterfaceDisconnect(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminInterfaceUpdateRoutes(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwProtocolId: $crate::DWORD, hEvent: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminInterfaceQueryUpdateResult(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwProtocolId: $crate::DWORD, lpdwUpdateResult: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminInterfaceUpdatePhonebookInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminRegisterConnectionNotification(hMprServer: $crate::MPR_SERVER_HANDLE, hEventNotification: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminDeregisterConnectionNotification(hMprServer: $crate::MPR_SERVER_HANDLE, hEventNotification: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprAdminMIBServerConnect(lpwsServerName: $crate::LPWSTR, phMibServer: *mut $crate::MIB_SERVER_HANDLE) -> $crate::DWORD;
            "" fn MprAdminMIBServerDisconnect(hMibServer: $crate::MIB_SERVER_HANDLE) -> ();
            "" fn MprAdminMIBEntryCreate(hMibServer: $crate::MIB_SERVER_HANDLE, dwPid: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpEntry: $crate::LPVOID, dwEntrySize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprAdminMIBEntryDelete(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpEntry: $crate::LPVOID, dwEntrySize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprAdminMIBEntrySet(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpEntry: $crate::LPVOID, dwEntrySize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprAdminMIBEntryGet(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpInEntry: $crate::LPVOID, dwInEntrySize: $crate::DWORD, lplpOutEntry: *mut $crate::LPVOID, lpOutEntrySize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminMIBEntryGetFirst(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpInEntry: $crate::LPVOID, dwInEntrySize: $crate::DWORD, lplpOutEntry: *mut $crate::LPVOID, lpOutEntrySize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminMIBEntryGetNext(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpInEntry: $crate::LPVOID, dwInEntrySize: $crate::DWORD, lplpOutEntry: *mut $crate::LPVOID, lpOutEntrySize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminMIBGetTrapInfo(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpInData: $crate::LPVOID, dwInDataSize: $crate::DWORD, lplpOutData: *mut $crate::LPVOID, lpOutDataSize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminMIBSetTrapInfo(dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, hEvent: $crate::HANDLE, lpInData: $crate::LPVOID, dwInDataSize: $crate::DWORD, lplpOutData: *mut $crate::LPVOID, lpOutDataSize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminMIBBufferFree(pBuffer: $crate::LPVOID) -> $crate::DWORD;
            "" fn MprConfigServerInstall(dwLevel: $crate::DWORD, pBuffer: $crate::PVOID) -> $crate::DWORD;
            "" fn MprConfigServerConnect(lpwsServerName: $crate::LPWSTR, phMprConfig: *mut $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigServerDisconnect(hMprConfig: $crate::HANDLE) -> ();
            "" fn MprConfigServerRefresh(hMprConfig: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigBufferFree(pBuffer: $crate::LPVOID) -> $crate::DWORD;
            "" fn MprConfigServerGetInfo(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprConfigServerSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprConfigServerBackup(hMprConfig: $crate::HANDLE, lpwsPath: $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprConfigServerRestore(hMprConfig: $crate::HANDLE, lpwsPath: $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprConfigTransportCreate(hMprConfig: $crate::HANDLE, dwTransportId: $crate::DWORD, lpwsTransportName: $crate::LPWSTR, pGlobalInfo: $crate::LPBYTE, dwGlobalInfoSize: $crate::DWORD, pClientInterfaceInfo: $crate::LPBYTE, dwClientInterfaceInfoSize: $crate::DWORD, lpwsDLLPath: $crate::LPWSTR, phRouterTransport: *mut $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigTransportDelete(hMprConfig: $crate::HANDLE, hRouterTransport: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigTransportGetHandle(hMprConfig: $crate::HANDLE, dwTransportId: $crate::DWORD, phRouterTransport: *mut $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigTransportSetInfo(hMprConfig: $crate::HANDLE, hRouterTransport: $crate::HANDLE, pGlobalInfo: $crate::LPBYTE, dwGlobalInfoSize: $crate::DWORD, pClientInterfaceInfo: $crate::LPBYTE, dwClientInterfaceInfoSize: $crate::DWORD, lpwsDLLPath: $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprConfigTransportGetInfo(hMprConfig: $crate::HANDLE, hRouterTransport: $crate::HANDLE, ppGlobalInfo: *mut $crate::LPBYTE, lpdwGlobalInfoSize: $crate::LPDWORD, ppClientInterfaceInfo: *mut $crate::LPBYTE, lpdwClientInterfaceInfoSize: $crate::LPDWORD, lplpwsDLLPath: *mut $crate::LPWSTR) -> $crate::DWORD;
            "" fn MprConfigTransportEnum(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprConfigInterfaceCreate(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE, phRouterInterface: *mut $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigInterfaceDelete(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigInterfaceGetHandle(hMprConfig: $crate::HANDLE, lpwsInterfaceName: $crate::LPWSTR, phRouterInterface: *mut $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigInterfaceGetInfo(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE, lpdwBufferSize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprConfigInterfaceSetInfo(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprConfigInterfaceEnum(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprConfigInterfaceTransportAdd(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, lpwsTransportName: $crate::LPWSTR, pInterfaceInfo: $crate::LPBYTE, dwInterfaceInfoSize: $crate::DWORD, phRouterIfTransport: *mut $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigInterfaceTransportRemove(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, hRouterIfTransport: $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigInterfaceTransportGetHandle(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, phRouterIfTransport: *mut $crate::HANDLE) -> $crate::DWORD;
            "" fn MprConfigInterfaceTransportGetInfo(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, hRouterIfTransport: $crate::HANDLE, ppInterfaceInfo: *mut $crate::LPBYTE, lpdwInterfaceInfoSize: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprConfigInterfaceTransportSetInfo(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, hRouterIfTransport: $crate::HANDLE, pInterfaceInfo: $crate::LPBYTE, dwInterfaceInfoSize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprConfigInterfaceTransportEnum(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprConfigGetFriendlyName(hMprConfig: $crate::HANDLE, pszGuidName: $crate::PWCHAR, pszBuffer: $crate::PWCHAR, dwBufferSize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprConfigGetGuidName(hMprConfig: $crate::HANDLE, pszFriendlyName: $crate::PWCHAR, pszBuffer: $crate::PWCHAR, dwBufferSize: $crate::DWORD) -> $crate::DWORD;
            "" fn MprInfoCreate(dwVersion: $crate::DWORD, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "" fn MprInfoDelete(lpHeader: $crate::LPVOID) -> $crate::DWORD;
            "" fn MprInfoRemoveAll(lpHeader: $crate::LPVOID, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "" fn MprInfoDuplicate(lpHeader: $crate::LPVOID, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "" fn MprInfoBlockAdd(lpHeader: $crate::LPVOID, dwInfoType: $crate::DWORD, dwItemSize: $crate::DWORD, dwItemCount: $crate::DWORD, lpItemData: $crate::LPBYTE, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "" fn MprInfoBlockRemove(lpHeader: $crate::LPVOID, dwInfoType: $crate::DWORD, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "" fn MprInfoBlockSet(lpHeader: $crate::LPVOID, dwInfoType: $crate::DWORD, dwItemSize: $crate::DWORD, dwItemCount: $crate::DWORD, lpItemData: $crate::LPBYTE, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "" fn MprInfoBlockFind(lpHeader: $crate::LPVOID, dwInfoType: $crate::DWORD, lpdwItemSize: $crate::LPDWORD, lpdwItemCount: $crate::LPDWORD, lplpItemData: *mut $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprInfoBlockQuerySize(lpHeader: $crate::LPVOID) -> $crate::DWORD;
            "" fn MprAdminAcceptNewConnection3(pRasConnection0: *mut $crate::RAS_CONNECTION_0, pRasConnection1: *mut $crate::RAS_CONNECTION_1, pRasConnection2: *mut $crate::RAS_CONNECTION_2, pRasConnection3: *mut $crate::RAS_CONNECTION_3) -> $crate::WINBOOL;
            "" fn MprAdminAcceptReauthentication(pRasConnection0: *mut $crate::RAS_CONNECTION_0, pRasConnection1: *mut $crate::RAS_CONNECTION_1, pRasConnection2: *mut $crate::RAS_CONNECTION_2, pRasConnection3: *mut $crate::RAS_CONNECTION_3) -> $crate::WINBOOL;
            "" fn MprAdminConnectionHangupNotification3(pRasConnection0: *mut $crate::RAS_CONNECTION_0, pRasConnection1: *mut $crate::RAS_CONNECTION_1, pRasConnection2: *mut $crate::RAS_CONNECTION_2, pRasConnection3: *mut $crate::RAS_CONNECTION_3) -> ();
            "" fn MprAdminGetIpv6AddressForUser(lpwszUserName: *mut $crate::WCHAR, lpwszPortName: *mut $crate::WCHAR, lpdwIpv6Address: *mut $crate::IN6_ADDR, bNotifyRelease: *mut $crate::WINBOOL) -> $crate::DWORD;
            "" fn MprAdminReleaseIpv6AddressForUser(lpwszUserName: *mut $crate::WCHAR, lpwszPortName: *mut $crate::WCHAR, lpdwIpv6Address: *mut $crate::IN6_ADDR) -> $crate::DWORD;
            "" fn MprConfigFilterGetInfo(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, dwTransportId: $crate::DWORD, lpBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprConfigFilterSetInfo(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, dwTransportId: $crate::DWORD, lpBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "" fn MprConfigServerSetInfoEx(hMprConfig: $crate::HANDLE, pSetServerConfig: *mut $crate::MPR_SERVER_SET_CONFIG_EX) -> $crate::DWORD;
            "" fn MprConfigServerGetInfoEx(hMprConfig: $crate::HANDLE, pServerInfo: *mut $crate::MPR_SERVER_EX) -> $crate::DWORD;
            "" fn MprAdminConnectionEnumEx(hRasServer: $crate::RAS_SERVER_HANDLE, pObjectHeader: $crate::PMPRAPI_OBJECT_HEADER, dwPreferedMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, ppRasConn: *mut $crate::PRAS_CONNECTION_EX, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "" fn MprAdminConnectionGetInfoEx(hRasServer: $crate::RAS_SERVER_HANDLE, hConnection: $crate::HANDLE, pRasConnection: $crate::PRAS_CONNECTION_EX) -> $crate::DWORD;
            "" fn MprAdminInitializeDllEx(pAdminCallbacks: $crate::PMPRAPI_ADMIN_DLL_CALLBACKS) -> $crate::DWORD;
            "" fn MprAdminIsServiceInitialized(lpwsServerName: $crate::LPWSTR, fIsServiceInitialized: *mut $crate::WINBOOL) -> $crate::DWORD;
            "" fn MprAdminServerGetInfoEx(hMprServer: $crate::MPR_SERVER_HANDLE, pServerInfo: *mut $crate::MPR_SERVER_EX) -> $crate::DWORD;
            "" fn MprAdminServerSetInfoEx(hMprServer: $crate::MPR_SERVER_HANDLE, pServerInfo: *mut $crate::MPR_SERVER_SET_CONFIG_EX) -> $crate::DWORD;
        }
    };
}
