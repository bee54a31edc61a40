// Written by `cargo xtask bindings` from wrapper.h. Do not edit.

/** Compression algorithm: Microsoft's MPPC (RFC 2118).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub const RASCCPCA_MPPC: u32 = 6;
/** Compression algorithm: STAC option 4 (RFC 1974).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub const RASCCPCA_STAC: u32 = 5;
/// The end of the codes of `mprerror.h`; mingw's header puts it at 956, a code that newer Windows uses for [`ERROR_REMOTEACCESS_NOT_CONFIGURED`].
pub const ROUTEBASEEND: u32 = 957;
/** Transport identifier of IPX, which current Windows no longer routes.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_transport_0)*/
pub const PID_IPX: u32 = 43;
/** Transport identifier of IPv4: the value for every `dwTransportId` that means IP routing.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_transport_0)*/
pub const PID_IP: u32 = 33;
/** Transport identifier of NetBIOS frames (NetBEUI), which current Windows no longer has.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_transport_0)*/
pub const PID_NBF: u32 = 63;
/** Transport identifier of AppleTalk, which current Windows no longer has.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_transport_0)*/
pub const PID_ATALK: u32 = 41;
/** Longest name of an interface, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub const MAX_INTERFACE_NAME_LEN: u32 = 256;
/** Longest name of a transport, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_transport_0)*/
pub const MAX_TRANSPORT_NAME_LEN: u32 = 40;
/** Longest name of a port's medium, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_port_0)*/
pub const MAX_MEDIA_NAME: u32 = 16;
/** Longest name of a port, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_port_0)*/
pub const MAX_PORT_NAME: u32 = 16;
/** Longest name of a port's device, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_port_0)*/
pub const MAX_DEVICE_NAME: u32 = 128;
/** Longest callback number of a user, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_0)*/
pub const MAX_PHONE_NUMBER_LEN: u32 = 128;
/** Longest name of a port's device type, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_port_0)*/
pub const MAX_DEVICETYPE_NAME: u32 = 16;
/** No port or device is free for the interface (a bit of `fUnReachabilityReasons`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub const MPR_INTERFACE_OUT_OF_RESOURCES: u32 = 1;
/** The interface was disabled by an administrator (a bit of `fUnReachabilityReasons`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub const MPR_INTERFACE_ADMIN_DISABLED: u32 = 2;
/** The last attempt to connect failed, with the error in `dwLastError` (a bit of `fUnReachabilityReasons`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub const MPR_INTERFACE_CONNECTION_FAILURE: u32 = 4;
/** The service is paused (a bit of `fUnReachabilityReasons`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub const MPR_INTERFACE_SERVICE_PAUSED: u32 = 8;
/** The interface may not dial out at this hour (a bit of `fUnReachabilityReasons`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub const MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION: u32 = 16;
/** The network adapter has no cable or link (a bit of `fUnReachabilityReasons`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub const MPR_INTERFACE_NO_MEDIA_SENSE: u32 = 32;
/** The network adapter was removed from the computer (a bit of `fUnReachabilityReasons`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub const MPR_INTERFACE_NO_DEVICE: u32 = 64;
/** Longest device type, in UTF-16 units without the terminating null (`RAS_MaxDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_device_0)*/
pub const MPR_MaxDeviceType: u32 = 16;
/** Longest telephone number or host name to dial, in UTF-16 units without the terminating null (`RAS_MaxPhoneNumber`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_device_1)*/
pub const MPR_MaxPhoneNumber: u32 = 128;
/// Longest IPv4 address as text, in UTF-16 units without the terminating null (`RAS_MaxIpAddress`).
pub const MPR_MaxIpAddress: u32 = 15;
/// Longest IPX address as text, in UTF-16 units without the terminating null (`RAS_MaxIpxAddress`).
pub const MPR_MaxIpxAddress: u32 = 21;
/// Longest name of a phone-book entry, in UTF-16 units without the terminating null (`RAS_MaxEntryName`).
pub const MPR_MaxEntryName: u32 = 256;
/** Longest name of a device, in UTF-16 units without the terminating null (`RAS_MaxDeviceName`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_device_0)*/
pub const MPR_MaxDeviceName: u32 = 128;
/// Longest callback number, in UTF-16 units without the terminating null (`RAS_MaxCallbackNumber`).
pub const MPR_MaxCallbackNumber: u32 = 128;
/// Longest area code, in UTF-16 units without the terminating null (`RAS_MaxAreaCode`).
pub const MPR_MaxAreaCode: u32 = 10;
/** Longest X.25 PAD type, in UTF-16 units without the terminating null (`RAS_MaxPadType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_MaxPadType: u32 = 32;
/** Longest X.25 address, in UTF-16 units without the terminating null (`RAS_MaxX25Address`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_MaxX25Address: u32 = 200;
/** Longest list of X.25 facilities, in UTF-16 units without the terminating null (`RAS_MaxFacilities`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_MaxFacilities: u32 = 200;
/** Longest X.25 user data, in UTF-16 units without the terminating null (`RAS_MaxUserData`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_MaxUserData: u32 = 200;
/** Ask for the address in `ipaddr` instead of taking one that the server assigns (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_SpecificIpAddr: u32 = 2;
/** Use the DNS and WINS servers named in the record instead of those that the server assigns (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_SpecificNameServers: u32 = 4;
/** Negotiate IP header compression on PPP connections (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_IpHeaderCompression: u32 = 8;
/** While connected, send the default route through this interface (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RemoteDefaultGateway: u32 = 16;
/** Do without the LCP extensions of RFC 1570, for very old peers; callback and the like then fail (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_DisableLcpExtensions: u32 = 32;
/** Negotiate software compression by CCP; usually set (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_SwCompression: u32 = 512;
/** Never authenticate by PAP, which sends the password in clear (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireEncryptedPw: u32 = 1024;
/** Authenticate by Microsoft's schemes only: no PAP, SPAP or MD5-CHAP (a bit of `dwfOptions`). Outranks [`MPRIO_RequireEncryptedPw`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireMsEncryptedPw: u32 = 2048;
/** Drop the connection unless data encryption is negotiated (a bit of `dwfOptions`). Ignored without [`MPRIO_RequireMsEncryptedPw`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireDataEncryption: u32 = 4096;
/** Reserved (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_NetworkLogon: u32 = 8192;
/** When an alternate number connects, exchange it with the primary one (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_PromoteAlternates: u32 = 32768;
/** Before connecting, look for bindings of remote file systems and printers (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_SecureLocalFiles: u32 = 65536;
/** The peer must support EAP (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireEAP: u32 = 131072;
/** The peer must support PAP (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequirePAP: u32 = 262144;
/** The peer must support Shiva's SPAP (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireSPAP: u32 = 524288;
/** All devices of the interface share its telephone numbers (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_SharedPhoneNumbers: u32 = 8388608;
/** The peer must support CHAP with MD5 (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireCHAP: u32 = 134217728;
/** The peer must support MS-CHAP (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireMsCHAP: u32 = 268435456;
/** The peer must support MS-CHAP version 2 (a bit of `dwfOptions`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireMsCHAP2: u32 = 536870912;
/** Authenticate IPsec by the interface's pre-shared key (a bit of `dwfOptions`); the key itself is set with [`MprAdminInterfaceSetCredentialsEx`] and an [`MPR_CREDENTIALSEX_1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_IpSecPreSharedKey: u32 = 2147483648;
/** Negotiate IPX (a bit of `dwfNetProtocols`); 64-bit Windows does not have it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRNP_Ipx: u32 = 2;
/** Negotiate IPv4 (a bit of `dwfNetProtocols`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRNP_Ip: u32 = 4;
/** The entry dials a telephone line: modem, ISDN, X.25 (a value of `dwType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRET_Phone: u32 = 1;
/** The entry opens a VPN tunnel (a value of `dwType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRET_Vpn: u32 = 2;
/** The entry connects directly through a serial or parallel port (a value of `dwType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRET_Direct: u32 = 3;
/** Dial through the first subentry that is free (a value of `dwDialMode`; Microsoft's page does not explain it).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDM_DialFirst: u32 = 0;
/** Dial all multilink subentries at once (a value of `dwDialMode`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDM_DialAll: u32 = 1;
/** Dial and drop multilink subentries as the traffic needs them, by the four `Extra` fields of the record (a value of `dwDialMode`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDM_DialAsNeeded: u32 = 2;
/** Never disconnect an idle connection (a value of `dwIdleDisconnectSeconds`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIDS_Disabled: u32 = 4294967295;
/** Take the idle time from the user's preferences (a value of `dwIdleDisconnectSeconds`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIDS_UseGlobalValue: u32 = 0;
/** Do not encrypt (a value of `dwEncryptionType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_ET_None: u32 = 0;
/** Encrypt, or do not connect (a value of `dwEncryptionType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_ET_Require: u32 = 1;
/** Encrypt with the strongest keys, or do not connect (a value of `dwEncryptionType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_ET_RequireMax: u32 = 2;
/** Encrypt if the peer can (a value of `dwEncryptionType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_ET_Optional: u32 = 3;
/** Try PPTP, then L2TP, and next time begin with the one that worked (a value of `dwVpnStrategy`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_VS_Default: u32 = 0;
/** PPTP and nothing else (a value of `dwVpnStrategy`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_VS_PptpOnly: u32 = 1;
/** Always try PPTP, then L2TP (a value of `dwVpnStrategy`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_VS_PptpFirst: u32 = 2;
/** L2TP and nothing else (a value of `dwVpnStrategy`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_VS_L2tpOnly: u32 = 3;
/** Always try L2TP, then PPTP (a value of `dwVpnStrategy`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPR_VS_L2tpFirst: u32 = 4;
/** Remote access clients may use the ports (a bit of the port flags).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_1)*/
pub const MPR_ENABLE_RAS_ON_DEVICE: u32 = 1;
/** Demand-dial routing may use the ports (a bit of the port flags).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_1)*/
pub const MPR_ENABLE_ROUTING_ON_DEVICE: u32 = 2;
/** Longest IPv4 address in dotted decimal, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ipcp_info)*/
pub const IPADDRESSLEN: u32 = 15;
/** Longest IPX address as text, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ipxcp_info)*/
pub const IPXADDRESSLEN: u32 = 22;
/** Longest AppleTalk address as text, in UTF-16 units without the terminating null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_atcp_info)*/
pub const ATADDRESSLEN: u32 = 32;
/** Longest address of a tunnel's end as text, in UTF-16 units without the terminating null; room enough for IPv6. The header spells the name with one `D`.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_ex)*/
pub const MAXIPADRESSLEN: u32 = 64;
/** This side sends its IP packets with Van Jacobson header compression.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ipcp_info2)*/
pub const PPP_IPCP_VJ: u32 = 1;
/** CCP option: compression without encryption.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub const PPP_CCP_COMPRESSION: u32 = 1;
/** CCP option: MPPE with 40-bit keys, in its old form.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub const PPP_CCP_ENCRYPTION40BITOLD: u32 = 16;
/** CCP option: MPPE with 40-bit keys.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub const PPP_CCP_ENCRYPTION40BIT: u32 = 32;
/** CCP option: MPPE with 128-bit keys.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub const PPP_CCP_ENCRYPTION128BIT: u32 = 64;
/** CCP option: MPPE with 56-bit keys.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub const PPP_CCP_ENCRYPTION56BIT: u32 = 128;
/** CCP option: stateless MPPE, with a new session key for each packet; suits networks that are slow to answer or lose packets.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub const PPP_CCP_HISTORYLESS: u32 = 16777216;
/** Authentication protocol: PAP, which sends the password in clear.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub const PPP_LCP_PAP: u32 = 49187;
/** Authentication protocol: Shiva's SPAP.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub const PPP_LCP_SPAP: u32 = 49191;
/** Authentication protocol: CHAP; the algorithm is in the authentication data, as [`PPP_LCP_CHAP_MD5`], [`PPP_LCP_CHAP_MS`] or [`PPP_LCP_CHAP_MSV2`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub const PPP_LCP_CHAP: u32 = 49699;
/** Authentication protocol: EAP; the method is in the EAP type of the same record.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub const PPP_LCP_EAP: u32 = 49703;
/** Authentication data of [`PPP_LCP_CHAP`]: CHAP with MD5.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub const PPP_LCP_CHAP_MD5: u32 = 5;
/** Authentication data of [`PPP_LCP_CHAP`]: MS-CHAP.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub const PPP_LCP_CHAP_MS: u32 = 128;
/** Authentication data of [`PPP_LCP_CHAP`]: MS-CHAP version 2.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub const PPP_LCP_CHAP_MSV2: u32 = 129;
/** LCP option: the link is part of a multilink bundle.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub const PPP_LCP_MULTILINK_FRAMING: u32 = 1;
/** LCP option: protocol field compression (RFC 1172).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info)*/
pub const PPP_LCP_PFC: u32 = 2;
/** LCP option: address and control field compression (RFC 1172).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info)*/
pub const PPP_LCP_ACFC: u32 = 4;
/** LCP option: multilink headers with short sequence numbers (RFC 1990).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info)*/
pub const PPP_LCP_SSHF: u32 = 8;
/** LCP option: the connection is encrypted by DES with 56-bit keys.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info)*/
pub const PPP_LCP_DES_56: u32 = 16;
/** LCP option: the connection is encrypted by triple DES.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info)*/
pub const PPP_LCP_3_DES: u32 = 32;
/** The connection runs over PPP (a bit of `dwConnectionFlags`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_0)*/
pub const RAS_FLAGS_PPP_CONNECTION: u32 = 1;
/** The client runs the messenger service, so that [`MprAdminSendUserMessage`] reaches it (a bit of `dwConnectionFlags`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_0)*/
pub const RAS_FLAGS_MESSENGER_PRESENT: u32 = 2;
/** The connection is in quarantine, from which [`MprAdminConnectionRemoveQuarantine`] releases it (a bit of `dwConnectionFlags`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_0)*/
pub const RAS_FLAGS_QUARANTINE_PRESENT: u32 = 8;
/** The server does not call the user back (a bit of `bfPrivilege`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_0)*/
pub const RASPRIV_NoCallback: u32 = 1;
/** The server hangs up and calls the number stored in the user's account (a bit of `bfPrivilege`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_0)*/
pub const RASPRIV_AdminSetCallback: u32 = 2;
/** The caller may name a number to be called back at, or connect at once (a bit of `bfPrivilege`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_0)*/
pub const RASPRIV_CallerSetCallback: u32 = 4;
/** The user may dial in (a bit of `bfPrivilege`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_0)*/
pub const RASPRIV_DialinPrivilege: u32 = 8;
/** The remote access policies decide if the user may dial in (a bit of `bfPrivilege2`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_1)*/
pub const RASPRIV2_DialinPolicy: u32 = 1;
/** Mask of the three bits of `bfPrivilege` that say how the user is called back: [`RASPRIV_NoCallback`], [`RASPRIV_AdminSetCallback`] and [`RASPRIV_CallerSetCallback`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_0)*/
pub const RASPRIV_CallbackType: u32 = 7;
/** Revision of the header of a [`RAS_CONNECTION_EX`], and of the header that [`MprAdminConnectionEnumEx`] takes.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_object_header)*/
pub const MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1: u32 = 1;
/** Revision of the server record of Windows Server 2008 R2, whose tunnel parameters are shorter than in any structure declared here.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_object_header)*/
pub const MPRAPI_MPR_SERVER_OBJECT_REVISION_1: u32 = 1;
/** Revision of the tunnel settings of Windows Server 2008 R2, which are shorter than in any structure declared here.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_object_header)*/
pub const MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_1: u32 = 1;
/** The connection runs over AppleTalk remote access (a bit of `dwConnectionFlags`). The same bit as [`RAS_FLAGS_IKEV2_CONNECTION`], which is what current Windows means by it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_0)*/
pub const RAS_FLAGS_ARAP_CONNECTION: u32 = 16;
/** The connection runs over IKEv2 (a bit of `dwConnectionFlags`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_0)*/
pub const RAS_FLAGS_IKEV2_CONNECTION: u32 = 16;
/** The connection runs over IKEv2 and its other end cannot be reached at the moment (a bit of `dwConnectionFlags`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_0)*/
pub const RAS_FLAGS_DORMANT: u32 = 32;
/** The IKEv2 parameters beside the flag are valid (a bit of `dwTunnelConfigParamFlags`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ikev2_config_params)*/
pub const MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS: u32 = 1;
/// The first code of `mprerror.h`: router errors count from here.
pub const ROUTEBASE: u32 = 900;
/// The call succeeded (0, like `NO_ERROR`).
pub const SUCCESS: u32 = 0;
/// The router is not running.
pub const ERROR_ROUTER_STOPPED: u32 = 900;
/// The interface has a connection already.
pub const ERROR_ALREADY_CONNECTED: u32 = 901;
/// The router knows no protocol with this identifier.
pub const ERROR_UNKNOWN_PROTOCOL_ID: u32 = 902;
/// The demand-dial manager is not running, for example because the router is configured for LAN routing only: there are no ports and connections to ask for.
pub const ERROR_DDM_NOT_RUNNING: u32 = 903;
/// The router has an interface of this name already.
pub const ERROR_INTERFACE_ALREADY_EXISTS: u32 = 904;
/// The router has no such interface.
pub const ERROR_NO_SUCH_INTERFACE: u32 = 905;
/// The interface is not connected; [`MprAdminConnectionGetInfo`] also answers this for a connection that does not exist.
pub const ERROR_INTERFACE_NOT_CONNECTED: u32 = 906;
/// The protocol is just being stopped.
pub const ERROR_PROTOCOL_STOP_PENDING: u32 = 907;
/// The interface is connected and therefore cannot be deleted.
pub const ERROR_INTERFACE_CONNECTED: u32 = 908;
/// The interface has no credentials to dial with; see [`MprAdminInterfaceSetCredentials`].
pub const ERROR_NO_INTERFACE_CREDENTIALS_SET: u32 = 909;
/// The interface is being connected already.
pub const ERROR_ALREADY_CONNECTING: u32 = 910;
/// Routes are being updated over this interface already.
pub const ERROR_UPDATE_IN_PROGRESS: u32 = 911;
/// The interface's configuration is not valid, because another interface is connected to the same interface of the remote router.
pub const ERROR_INTERFACE_CONFIGURATION: u32 = 912;
/// A remote access client called on a port that is reserved for routers.
pub const ERROR_NOT_CLIENT_PORT: u32 = 913;
/// A demand-dial router called on a port that is reserved for remote access clients.
pub const ERROR_NOT_ROUTER_PORT: u32 = 914;
/// A client interface of this name exists and is connected.
pub const ERROR_CLIENT_INTERFACE_ALREADY_EXISTS: u32 = 915;
/// The interface is disabled.
pub const ERROR_INTERFACE_DISABLED: u32 = 916;
/// The remote end refused the authentication protocol.
pub const ERROR_AUTH_PROTOCOL_REJECTED: u32 = 917;
/// No authentication protocol is left to use.
pub const ERROR_NO_AUTH_PROTOCOL_AVAILABLE: u32 = 918;
/// The remote end refused to authenticate by the configured protocol, and the line was dropped.
pub const ERROR_PEER_REFUSED_AUTH: u32 = 919;
/// The remote account may not dial in.
pub const ERROR_REMOTE_NO_DIALIN_PERMISSION: u32 = 920;
/// The remote account has expired (the system's message speaks of the account, not of its password).
pub const ERROR_REMOTE_PASSWD_EXPIRED: u32 = 921;
/// The remote account is disabled.
pub const ERROR_REMOTE_ACCT_DISABLED: u32 = 922;
/// The remote account may not log on at this time of day.
pub const ERROR_REMOTE_RESTRICTED_LOGON_HOURS: u32 = 923;
/// The remote end's user name or password is wrong.
pub const ERROR_REMOTE_AUTHENTICATION_FAILURE: u32 = 924;
/// No port that is enabled for routing is free for this demand-dial interface.
pub const ERROR_INTERFACE_HAS_NO_DEVICES: u32 = 925;
/// The port was disconnected because it was idle.
pub const ERROR_IDLE_DISCONNECTED: u32 = 926;
/// The interface cannot be reached now; `fUnReachabilityReasons` of its record says why.
pub const ERROR_INTERFACE_UNREACHABLE: u32 = 927;
/// The demand-dial service is paused.
pub const ERROR_SERVICE_IS_PAUSED: u32 = 928;
/// An administrator disconnected the interface.
pub const ERROR_INTERFACE_DISCONNECTED: u32 = 929;
/// The authentication server did not answer in time.
pub const ERROR_AUTH_SERVER_TIMEOUT: u32 = 930;
/// The multilink connection has as many ports as it may have.
pub const ERROR_PORT_LIMIT_REACHED: u32 = 931;
/// The user's time limit for a connection has run out.
pub const ERROR_PPP_SESSION_TIMEOUT: u32 = 932;
/// The router has as many LAN interfaces as it supports.
pub const ERROR_MAX_LAN_INTERFACE_LIMIT: u32 = 933;
/// The router has as many demand-dial interfaces as it supports.
pub const ERROR_MAX_WAN_INTERFACE_LIMIT: u32 = 934;
/// The router has as many remote access clients as it supports.
pub const ERROR_MAX_CLIENT_INTERFACE_LIMIT: u32 = 935;
/// The bandwidth allocation protocol (BAP) policy disconnected the port.
pub const ERROR_BAP_DISCONNECTED: u32 = 936;
/// The server admits no further connection of this type, because another one is in use.
pub const ERROR_USER_LIMIT: u32 = 937;
/// No RADIUS server was found on the network.
pub const ERROR_NO_RADIUS_SERVERS: u32 = 938;
/// The RADIUS server's answer is not valid; a wrong shared secret is the usual cause.
pub const ERROR_INVALID_RADIUS_RESPONSE: u32 = 939;
/// The user may not connect at this time.
pub const ERROR_DIALIN_HOURS_RESTRICTION: u32 = 940;
/// The user may not connect through this type of device.
pub const ERROR_ALLOWED_PORT_TYPE_RESTRICTION: u32 = 941;
/// The user may not connect with this authentication protocol.
pub const ERROR_AUTH_PROTOCOL_RESTRICTION: u32 = 942;
/// The user must use the bandwidth allocation protocol (BAP).
pub const ERROR_BAP_REQUIRED: u32 = 943;
/// The interface may not dial out at this time.
pub const ERROR_DIALOUT_HOURS_RESTRICTION: u32 = 944;
/// The saved configuration does not fit this router.
pub const ERROR_ROUTER_CONFIG_INCOMPATIBLE: u32 = 945;
/// A warning: user accounts of an older format were found that are not migrated automatically.
pub const WARNING_NO_MD5_MIGRATION: u32 = 946;
/// The router has this transport already.
pub const ERROR_PROTOCOL_ALREADY_INSTALLED: u32 = 948;
/// The signature of a RADIUS packet has a wrong length.
pub const ERROR_INVALID_SIGNATURE_LENGTH: u32 = 949;
/// The signature of a RADIUS packet is wrong.
pub const ERROR_INVALID_SIGNATURE: u32 = 950;
/// A RADIUS packet came without a signature.
pub const ERROR_NO_SIGNATURE: u32 = 951;
/// A RADIUS packet has a wrong length or identifier.
pub const ERROR_INVALID_PACKET_LENGTH_OR_ID: u32 = 952;
/// A RADIUS packet has an attribute of a wrong length.
pub const ERROR_INVALID_ATTRIBUTE_LENGTH: u32 = 953;
/// A RADIUS packet is malformed.
pub const ERROR_INVALID_PACKET: u32 = 954;
/// The authenticator of a RADIUS packet does not match.
pub const ERROR_AUTHENTICATOR_MISMATCH: u32 = 955;
/** Transport identifier of IPv6, known to Windows Server 2008 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_transport_0)*/
pub const PID_IPV6: u32 = 87;
/** Negotiate IPv6 (a bit of `dwfNetProtocols`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_3)*/
pub const MPRNP_Ipv6: u32 = 8;
/// IKEv2 and nothing else (a value of `dwVpnStrategy`).
pub const MPR_VS_Ikev2Only: u32 = 7;
/// Try IKEv2 before the other tunnel protocols (a value of `dwVpnStrategy`).
pub const MPR_VS_Ikev2First: u32 = 8;
/** Authenticate IKEv2 by the computers' certificates (a bit of `dwfOptions`). Windows 8 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_RequireMachineCertificates: u32 = 16777216;
/** The initiator of the IKEv2 connection authenticates by a pre-shared key (a bit of `dwfOptions`). Windows 8 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_UsePreSharedKeyForIkev2Initiator: u32 = 33554432;
/** The responder of the IKEv2 connection authenticates by a pre-shared key (a bit of `dwfOptions`). Windows 8 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRIO_UsePreSharedKeyForIkev2Responder: u32 = 67108864;
/** LCP option: the connection is encrypted by AES with 128-bit keys.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info)*/
pub const PPP_LCP_AES_128: u32 = 64;
/** LCP option: the connection is encrypted by AES with 256-bit keys.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info)*/
pub const PPP_LCP_AES_256: u32 = 128;
/// LCP option: the connection is encrypted by AES with 192-bit keys.
pub const PPP_LCP_AES_192: u32 = 256;
/// LCP option: the connection is encrypted by AES-GCM with 128-bit keys.
pub const PPP_LCP_GCM_AES_128: u32 = 512;
/// LCP option: the connection is encrypted by AES-GCM with 192-bit keys.
pub const PPP_LCP_GCM_AES_192: u32 = 1024;
/// LCP option: the connection is encrypted by AES-GCM with 256-bit keys.
pub const PPP_LCP_GCM_AES_256: u32 = 2048;
/// A bit of `dwConnectionFlags` that Microsoft's pages do not explain.
pub const RAS_FLAGS_RAS_CONNECTION: u32 = 4;
/** IKEv2 authenticated by X.509 certificates.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ikev2_projection_info)*/
pub const MPRAPI_IKEV2_AUTH_USING_CERT: u32 = 1;
/** IKEv2 authenticated by EAP.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ikev2_projection_info)*/
pub const MPRAPI_IKEV2_AUTH_USING_EAP: u32 = 2;
/** The connection runs over PPP (PPTP, L2TP or SSTP): `PppProjectionInfo` is the valid member.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-projection_info)*/
pub const MPRAPI_PPP_PROJECTION_INFO_TYPE: u32 = 1;
/** The connection runs over IKEv2: `Ikev2ProjectionInfo` is the valid member.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-projection_info)*/
pub const MPRAPI_IKEV2_PROJECTION_INFO_TYPE: u32 = 2;
/** Revision of the header of an [`MPR_IF_CUSTOMINFOEX0`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_if_custominfoex0)*/
pub const MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_1: u32 = 1;
/// Revision of the header of an [`MPR_IF_CUSTOMINFOEX1`].
pub const MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_2: u32 = 2;
/// Revision of the header of an [`MPR_IF_CUSTOMINFOEX2`]. Microsoft documents the first two revisions only.
pub const MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3: u32 = 3;
/// Revision of the server record of Windows Server 2012, with a custom IKEv2 policy; shorter than any structure declared here.
pub const MPRAPI_MPR_SERVER_OBJECT_REVISION_2: u32 = 2;
/// Revision of the server record of Windows Server 2012 R2, with certificate usages and L2TP tunnel parameters; shorter than any structure declared here.
pub const MPRAPI_MPR_SERVER_OBJECT_REVISION_3: u32 = 3;
/// Revision of the server record with main mode lifetimes. Microsoft documents the first three revisions only; this one fits the layout of [`MPR_SERVER_EX0`].
pub const MPRAPI_MPR_SERVER_OBJECT_REVISION_4: u32 = 4;
/// Revision of the server record with GRE tunnels. Microsoft documents the first three revisions only; this one fits the layout of [`MPR_SERVER_EX1`].
pub const MPRAPI_MPR_SERVER_OBJECT_REVISION_5: u32 = 5;
/// Revision of the tunnel settings of Windows Server 2012, with a custom IKEv2 policy; shorter than any structure declared here.
pub const MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_2: u32 = 2;
/// Revision of the tunnel settings of Windows Server 2012 R2, with certificate usages and L2TP tunnel parameters; shorter than any structure declared here.
pub const MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_3: u32 = 3;
/// Revision of the tunnel settings with main mode lifetimes. Microsoft documents the first three revisions only; this one fits the layout of [`MPR_SERVER_SET_CONFIG_EX0`].
pub const MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_4: u32 = 4;
/// Revision of the tunnel settings with GRE tunnels. Microsoft documents the first three revisions only; this one fits the layout of [`MPR_SERVER_SET_CONFIG_EX1`].
pub const MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_5: u32 = 5;
/** Revision of the header of a [`RAS_UPDATE_CONNECTION`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_update_connection)*/
pub const MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1: u32 = 1;
/** The record holds a custom IKEv2 configuration (a bit of `dwFlags`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_if_custominfoex0)*/
pub const MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2: u32 = 1;
/** The L2TP tunnel parameters beside the flag are valid (a bit of `dwTunnelConfigParamFlags`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-l2tp_config_params1)*/
pub const MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS: u32 = 1;
/** Set the PPTP parameters (a bit of `setConfigForProtocols`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_set_config_ex0)*/
pub const MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP: u32 = 1;
/** Set the L2TP parameters (a bit of `setConfigForProtocols`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_set_config_ex0)*/
pub const MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP: u32 = 2;
/** Set the SSTP parameters (a bit of `setConfigForProtocols`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_set_config_ex0)*/
pub const MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP: u32 = 4;
/** Set the IKEv2 parameters (a bit of `setConfigForProtocols`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_set_config_ex0)*/
pub const MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2: u32 = 8;
/// Set the GRE parameters (a bit of `setConfigForProtocols`); only [`MPR_SERVER_SET_CONFIG_EX1`] has them.
pub const MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE: u32 = 16;
/** Size in bytes of the largest certificate hash in an [`SSTP_CERT_INFO`]: that of SHA-256.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-sstp_cert_info)*/
pub const MAX_SSTP_HASH_SIZE: u32 = 32;
/// A client may connect without authenticating itself.
pub const ALLOW_NO_AUTH: u32 = 1;
/// No client may connect without authenticating itself.
pub const DO_NOT_ALLOW_NO_AUTH: u32 = 0;
/** Revision of [`MPRAPI_ADMIN_DLL_CALLBACKS`] without the callbacks that take a [`RAS_CONNECTION_EX`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_admin_dll_callbacks)*/
pub const MPRAPI_ADMIN_DLL_VERSION_1: u32 = 1;
/** Revision of [`MPRAPI_ADMIN_DLL_CALLBACKS`] with the callbacks that take a [`RAS_CONNECTION_EX`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_admin_dll_callbacks)*/
pub const MPRAPI_ADMIN_DLL_VERSION_2: u32 = 2;
/// Remote access is not configured on this computer.
pub const ERROR_REMOTEACCESS_NOT_CONFIGURED: u32 = 956;
/// Name of the Routing and Remote Access service, as the service control manager's functions take it.
pub const RRAS_SERVICE_NAME: &[WCHAR; 13usize] = &[
    82u16, 101u16, 109u16, 111u16, 116u16, 101u16, 65u16, 99u16, 99u16, 101u16, 115u16,
    115u16, 0u16,
];
/** Device type of a modem on a COM port (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Modem: &[WCHAR; 6usize] = &[
    109u16, 111u16, 100u16, 101u16, 109u16, 0u16,
];
/** Device type of an ISDN adapter with its NDISWAN driver (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Isdn: &[WCHAR; 5usize] = &[105u16, 115u16, 100u16, 110u16, 0u16];
/** Device type of an X.25 adapter with its NDISWAN driver (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_X25: &[WCHAR; 4usize] = &[120u16, 50u16, 53u16, 0u16];
/** Device type of a VPN tunnel (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Vpn: &[WCHAR; 4usize] = &[118u16, 112u16, 110u16, 0u16];
/** Device type of an X.25 packet assembler/disassembler (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Pad: &[WCHAR; 4usize] = &[112u16, 97u16, 100u16, 0u16];
/** Device type of a device of no particular kind (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Generic: &[WCHAR; 8usize] = &[
    71u16, 69u16, 78u16, 69u16, 82u16, 73u16, 67u16, 0u16,
];
/** Device type of a direct connection through a serial port (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Serial: &[WCHAR; 7usize] = &[
    83u16, 69u16, 82u16, 73u16, 65u16, 76u16, 0u16,
];
/** Device type of a Frame Relay device (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_FrameRelay: &[WCHAR; 11usize] = &[
    70u16, 82u16, 65u16, 77u16, 69u16, 82u16, 69u16, 76u16, 65u16, 89u16, 0u16,
];
/** Device type of an asynchronous transfer mode device (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Atm: &[WCHAR; 4usize] = &[65u16, 84u16, 77u16, 0u16];
/** Device type of a SONET device (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Sonet: &[WCHAR; 6usize] = &[83u16, 79u16, 78u16, 69u16, 84u16, 0u16];
/** Device type of a switched 56K line (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_SW56: &[WCHAR; 5usize] = &[83u16, 87u16, 53u16, 54u16, 0u16];
/** Device type of an infrared (IrDA) device (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Irda: &[WCHAR; 5usize] = &[73u16, 82u16, 68u16, 65u16, 0u16];
/** Device type of a direct connection through a parallel port (a value of `szDeviceType`).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub const MPRDT_Parallel: &[WCHAR; 9usize] = &[
    80u16, 65u16, 82u16, 65u16, 76u16, 76u16, 69u16, 76u16, 0u16,
];
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
/// C's name for this type.
pub type ULONGLONG = u64;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/// A globally unique identifier, as `guiddef.h` has it: the first three fields in the machine's byte order.
pub struct GUID {
    /// The first 32 bits.
    pub Data1: u32,
    /// The next 16 bits.
    pub Data2: u16,
    /// The next 16 bits.
    pub Data3: u16,
    /// The last eight bytes, in the order in which they are written.
    pub Data4: [u8; 8usize],
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
/// A time as 100-nanosecond steps since 1 January 1601 UTC, in two halves (`minwindef.h`).
pub struct FILETIME {
    /// The low 32 bits.
    pub dwLowDateTime: DWORD,
    /// The high 32 bits.
    pub dwHighDateTime: DWORD,
}
/// C's name for this type.
pub type u_char = u8;
/// C's name for this type.
pub type u_short = u16;
/// C's name for this type.
pub type u_long = u32;
#[repr(C)]
#[derive(Copy, Clone)]
/// An IPv4 address in network byte order (`inaddr.h`).
pub struct in_addr {
    /// The address, in one of three forms.
    pub S_un: in_addr__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
/// The forms of an [`in_addr`].
pub union in_addr__bindgen_ty_1 {
    /// As four bytes.
    pub S_un_b: in_addr__bindgen_ty_1__bindgen_ty_1,
    /// As two 16-bit words.
    pub S_un_w: in_addr__bindgen_ty_1__bindgen_ty_2,
    /// As one 32-bit word.
    pub S_addr: u_long,
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
/// An IPv4 address as four bytes, the first as it is written first.
pub struct in_addr__bindgen_ty_1__bindgen_ty_1 {
    /// The first byte.
    pub s_b1: u_char,
    /// The second byte.
    pub s_b2: u_char,
    /// The third byte.
    pub s_b3: u_char,
    /// The fourth byte.
    pub s_b4: u_char,
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
/// An IPv4 address as two words in network byte order.
pub struct in_addr__bindgen_ty_1__bindgen_ty_2 {
    /// The first word.
    pub s_w1: u_short,
    /// The second word.
    pub s_w2: u_short,
}
impl Default for in_addr__bindgen_ty_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
impl Default for in_addr {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type IN_ADDR = in_addr;
#[repr(C)]
#[derive(Copy, Clone)]
/// An IPv6 address in network byte order (`in6addr.h`).
pub struct in6_addr {
    /// The address, in one of two forms.
    pub u: in6_addr__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
/// The forms of an [`in6_addr`].
pub union in6_addr__bindgen_ty_1 {
    /// As sixteen bytes.
    pub Byte: [u_char; 16usize],
    /// As eight words in network byte order.
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
#[repr(C)]
#[derive(Copy, Clone)]
/// A counted run of bytes (`wincrypt.h`).
pub struct CRYPTOAPI_BLOB {
    /// Number of bytes.
    pub cbData: DWORD,
    /// The bytes.
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
/** The interface stands for a remote access client.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_CLIENT: ROUTER_INTERFACE_TYPE = 0;
/** The interface leads to a home router.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_HOME_ROUTER: ROUTER_INTERFACE_TYPE = 1;
/** A demand-dial interface to another router: the only type that has the records of levels 1 to 3 of [`MprAdminInterfaceGetInfo`] and a custom IKEv2 configuration ([`MprAdminInterfaceGetCustomInfoEx`]).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_FULL_ROUTER: ROUTER_INTERFACE_TYPE = 2;
/** The interface is always connected: a LAN adapter or a leased line.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_DEDICATED: ROUTER_INTERFACE_TYPE = 3;
/** An interface within the router only, such as the one on which it serves its remote access clients.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_INTERNAL: ROUTER_INTERFACE_TYPE = 4;
/** The loopback interface.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_LOOPBACK: ROUTER_INTERFACE_TYPE = 5;
/** A tunnel interface; Microsoft's page lists the value without an explanation.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_TUNNEL1: ROUTER_INTERFACE_TYPE = 6;
/** A dial-out interface that connects on demand.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_DIALOUT: ROUTER_INTERFACE_TYPE = 7;
/** One more than the last type known to the header: a bound, never the type of an interface.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub const ROUTER_IF_TYPE_MAX: ROUTER_INTERFACE_TYPE = 8;
/** The kind of an interface of a router: one of the `ROUTER_IF_TYPE_` values. A newer server may send values that are not listed here.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_interface_type)*/
pub type ROUTER_INTERFACE_TYPE = i32;
/** The interface cannot be connected now; `fUnReachabilityReasons` of the same record says why.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_connection_state)*/
pub const ROUTER_IF_STATE_UNREACHABLE: ROUTER_CONNECTION_STATE = 0;
/** The interface is not connected, but can be.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_connection_state)*/
pub const ROUTER_IF_STATE_DISCONNECTED: ROUTER_CONNECTION_STATE = 1;
/** A connection attempt is under way.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_connection_state)*/
pub const ROUTER_IF_STATE_CONNECTING: ROUTER_CONNECTION_STATE = 2;
/** The interface is connected.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_connection_state)*/
pub const ROUTER_IF_STATE_CONNECTED: ROUTER_CONNECTION_STATE = 3;
/** The operational state of an interface: one of the `ROUTER_IF_STATE_` values.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-router_connection_state)*/
pub type ROUTER_CONNECTION_STATE = i32;
#[repr(C)]
#[derive(Copy, Clone)]
/** A router's interface: name, kind and state. [`MprAdminInterfaceEnum`] and [`MprConfigInterfaceEnum`] return an array of these at level 0, [`MprAdminInterfaceGetInfo`] and [`MprConfigInterfaceGetInfo`] one at level 0. Free the buffer with [`MprAdminBufferFree`] or, for the `MprConfig` calls, [`MprConfigBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_0)*/
pub struct MPR_INTERFACE_0 {
    /// Name of the interface, null-terminated, at most [`MAX_INTERFACE_NAME_LEN`] units.
    pub wszInterfaceName: [WCHAR; 257usize],
    /// Handle of the interface, for the other `MprAdminInterface` or `MprConfigInterface` calls of the same connection.
    pub hInterface: HANDLE,
    /// Nonzero if the interface is enabled, zero if an administrator disabled it.
    pub fEnabled: BOOL,
    /// Kind of the interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_FULL_ROUTER`].
    pub dwIfType: ROUTER_INTERFACE_TYPE,
    /// State of the interface: one of the `ROUTER_IF_STATE_` values, such as [`ROUTER_IF_STATE_CONNECTED`].
    pub dwConnectionState: ROUTER_CONNECTION_STATE,
    /// Why the interface is [`ROUTER_IF_STATE_UNREACHABLE`]: bits [`MPR_INTERFACE_OUT_OF_RESOURCES`], [`MPR_INTERFACE_ADMIN_DISABLED`], [`MPR_INTERFACE_CONNECTION_FAILURE`], [`MPR_INTERFACE_SERVICE_PAUSED`], [`MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION`], [`MPR_INTERFACE_NO_MEDIA_SENSE`], [`MPR_INTERFACE_NO_DEVICE`].
    pub fUnReachabilityReasons: DWORD,
    /// Error of the last failed attempt to connect, 0 if there was none.
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
/// The GUID of an IP-in-IP tunnel interface and the name that a person sees. [`MprSetupIpInIpInterfaceFriendlyNameEnum`] returns an array of these, to be freed with [`MprSetupIpInIpInterfaceFriendlyNameFree`].
pub struct MPR_IPINIP_INTERFACE_0 {
    /// Name that a person sees, null-terminated, at most [`MAX_INTERFACE_NAME_LEN`] units.
    pub wszFriendlyName: [WCHAR; 257usize],
    /// The interface's GUID.
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
/** A router's interface, with the hours at which it may dial out. [`MprAdminInterfaceGetInfo`] and [`MprConfigInterfaceGetInfo`] return it at level 1; free the buffer with [`MprAdminBufferFree`] or [`MprConfigBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_1)*/
pub struct MPR_INTERFACE_1 {
    /// Name of the interface, null-terminated, at most [`MAX_INTERFACE_NAME_LEN`] units.
    pub wszInterfaceName: [WCHAR; 257usize],
    /// Handle of the interface, for the other `MprAdminInterface` or `MprConfigInterface` calls of the same connection.
    pub hInterface: HANDLE,
    /// Nonzero if the interface is enabled, zero if an administrator disabled it.
    pub fEnabled: BOOL,
    /// Kind of the interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_FULL_ROUTER`].
    pub dwIfType: ROUTER_INTERFACE_TYPE,
    /// State of the interface: one of the `ROUTER_IF_STATE_` values, such as [`ROUTER_IF_STATE_CONNECTED`].
    pub dwConnectionState: ROUTER_CONNECTION_STATE,
    /// Why the interface is [`ROUTER_IF_STATE_UNREACHABLE`]: bits [`MPR_INTERFACE_OUT_OF_RESOURCES`], [`MPR_INTERFACE_ADMIN_DISABLED`], [`MPR_INTERFACE_CONNECTION_FAILURE`], [`MPR_INTERFACE_SERVICE_PAUSED`], [`MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION`], [`MPR_INTERFACE_NO_MEDIA_SENSE`], [`MPR_INTERFACE_NO_DEVICE`].
    pub fUnReachabilityReasons: DWORD,
    /// Error of the last failed attempt to connect, 0 if there was none.
    pub dwLastError: DWORD,
    /// Multi-string of the times for dialling out, one string for each day, the whole ended by a second null. Each is a digit from 0 for Sunday to 6 for Saturday, then ranges in 24-hour notation after a space each: `2 09:00-12:00 13:00-17:30`. In a record that was returned it points into the same buffer.
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
/** A demand-dial interface with its phone-book entry. [`MprAdminInterfaceGetInfo`] and [`MprConfigInterfaceGetInfo`] return it at level 2 for interfaces of type [`ROUTER_IF_TYPE_FULL_ROUTER`], [`MprAdminInterfaceSetInfo`] takes it; free a returned buffer with [`MprAdminBufferFree`] or [`MprConfigBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_2)*/
pub struct MPR_INTERFACE_2 {
    /// Name of the interface, null-terminated, at most [`MAX_INTERFACE_NAME_LEN`] units.
    pub wszInterfaceName: [WCHAR; 257usize],
    /// Handle of the interface, for the other `MprAdminInterface` or `MprConfigInterface` calls of the same connection.
    pub hInterface: HANDLE,
    /// Nonzero if the interface is enabled, zero if an administrator disabled it.
    pub fEnabled: BOOL,
    /// Kind of the interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_FULL_ROUTER`].
    pub dwIfType: ROUTER_INTERFACE_TYPE,
    /// State of the interface: one of the `ROUTER_IF_STATE_` values, such as [`ROUTER_IF_STATE_CONNECTED`].
    pub dwConnectionState: ROUTER_CONNECTION_STATE,
    /// Why the interface is [`ROUTER_IF_STATE_UNREACHABLE`]: bits [`MPR_INTERFACE_OUT_OF_RESOURCES`], [`MPR_INTERFACE_ADMIN_DISABLED`], [`MPR_INTERFACE_CONNECTION_FAILURE`], [`MPR_INTERFACE_SERVICE_PAUSED`], [`MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION`], [`MPR_INTERFACE_NO_MEDIA_SENSE`], [`MPR_INTERFACE_NO_DEVICE`].
    pub fUnReachabilityReasons: DWORD,
    /// Error of the last failed attempt to connect, 0 if there was none.
    pub dwLastError: DWORD,
    /// Options of the connection: the `MPRIO_` bits, such as [`MPRIO_SpecificIpAddr`] and [`MPRIO_RemoteDefaultGateway`].
    pub dwfOptions: DWORD,
    /// Telephone number, host name or address to dial, null-terminated, at most [`MPR_MaxPhoneNumber`] units.
    pub szLocalPhoneNumber: [WCHAR; 129usize],
    /// Multi-string of further numbers, each ended by a null and the whole by a second one, dialled in this order if the first fails; may be null. In a record that was returned it points into the same buffer.
    pub szAlternates: PWCHAR,
    /// IPv4 address of this end while connected, in network byte order. Ignored without [`MPRIO_SpecificIpAddr`].
    pub ipaddr: DWORD,
    /// IPv4 address of the DNS server, in network byte order. Ignored without [`MPRIO_SpecificNameServers`].
    pub ipaddrDns: DWORD,
    /// IPv4 address of the second DNS server, in network byte order. Ignored without [`MPRIO_SpecificNameServers`].
    pub ipaddrDnsAlt: DWORD,
    /// IPv4 address of the WINS server, in network byte order. Ignored without [`MPRIO_SpecificNameServers`].
    pub ipaddrWins: DWORD,
    /// IPv4 address of the second WINS server, in network byte order. Ignored without [`MPRIO_SpecificNameServers`].
    pub ipaddrWinsAlt: DWORD,
    /// Network protocols to negotiate: bits [`MPRNP_Ip`], [`MPRNP_Ipv6`], [`MPRNP_Ipx`] (the last not on 64-bit Windows).
    pub dwfNetProtocols: DWORD,
    /// Kind of the device in `szDeviceName`, null-terminated: one of the `MPRDT_` strings, such as [`MPRDT_Vpn`].
    pub szDeviceType: [WCHAR; 17usize],
    /// Name of the TAPI device to dial with, null-terminated.
    pub szDeviceName: [WCHAR; 129usize],
    /// X.25 PAD type, null-terminated; empty unless the entry dials through an X.25 PAD.
    pub szX25PadType: [WCHAR; 33usize],
    /// X.25 address to connect to, null-terminated; empty unless the entry dials through an X.25 PAD or device.
    pub szX25Address: [WCHAR; 201usize],
    /// Facilities to ask of the X.25 host, null-terminated. Ignored if `szX25Address` is empty.
    pub szX25Facilities: [WCHAR; 201usize],
    /// Further connection data for the X.25 host, null-terminated. Ignored if `szX25Address` is empty.
    pub szX25UserData: [WCHAR; 201usize],
    /// Reserved.
    pub dwChannels: DWORD,
    /// Number of the entry's multilink subentries; their devices are read with [`MprAdminInterfaceDeviceGetInfo`].
    pub dwSubEntries: DWORD,
    /// The multilink subentries to dial: [`MPRDM_DialFirst`], [`MPRDM_DialAll`] or [`MPRDM_DialAsNeeded`].
    pub dwDialMode: DWORD,
    /// With [`MPRDM_DialAsNeeded`]: percentage of the available bandwidth whose use for `dwDialExtraSampleSeconds` makes the router dial another subentry.
    pub dwDialExtraPercent: DWORD,
    /// With [`MPRDM_DialAsNeeded`]: how long the use must exceed `dwDialExtraPercent`, in seconds.
    pub dwDialExtraSampleSeconds: DWORD,
    /// With [`MPRDM_DialAsNeeded`]: percentage of the available bandwidth; use below it for `dwHangUpExtraSampleSeconds` makes the router hang up a subentry.
    pub dwHangUpExtraPercent: DWORD,
    /// With [`MPRDM_DialAsNeeded`]: how long the use must stay below `dwHangUpExtraPercent`, in seconds.
    pub dwHangUpExtraSampleSeconds: DWORD,
    /// After how many idle seconds the connection ends, or [`MPRIDS_Disabled`] or [`MPRIDS_UseGlobalValue`].
    pub dwIdleDisconnectSeconds: DWORD,
    /// Kind of the entry: [`MPRET_Phone`], [`MPRET_Vpn`] or [`MPRET_Direct`].
    pub dwType: DWORD,
    /// Encryption of the data by MPPE: [`MPR_ET_None`], [`MPR_ET_Require`], [`MPR_ET_RequireMax`] or [`MPR_ET_Optional`]. How passwords are protected depends on the authentication protocol, not on this.
    pub dwEncryptionType: DWORD,
    /// Authentication key for the EAP vendor.
    pub dwCustomAuthKey: DWORD,
    /// Size of the data at `lpbCustomAuthData`, in bytes.
    pub dwCustomAuthDataSize: DWORD,
    /// Data for EAP authentication, `dwCustomAuthDataSize` bytes; null if there are none. In a record that was returned it points into the same buffer.
    pub lpbCustomAuthData: LPBYTE,
    /// The entry's GUID; read only.
    pub guidId: GUID,
    /// The tunnel protocols that a VPN tries: [`MPR_VS_Default`], [`MPR_VS_PptpOnly`], [`MPR_VS_PptpFirst`], [`MPR_VS_L2tpOnly`], [`MPR_VS_L2tpFirst`], [`MPR_VS_Ikev2Only`] or [`MPR_VS_Ikev2First`].
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
/** A demand-dial interface with its phone-book entry and IPv6 name servers: [`MPR_INTERFACE_2`] with four more fields. [`MprAdminInterfaceGetInfo`] and [`MprConfigInterfaceGetInfo`] return it at level 3 for interfaces of type [`ROUTER_IF_TYPE_FULL_ROUTER`], [`MprAdminInterfaceSetInfo`] takes it; free a returned buffer with [`MprAdminBufferFree`] or [`MprConfigBufferFree`]. Windows Server 2008 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_interface_3)*/
pub struct MPR_INTERFACE_3 {
    /// Name of the interface, null-terminated, at most [`MAX_INTERFACE_NAME_LEN`] units.
    pub wszInterfaceName: [WCHAR; 257usize],
    /// Handle of the interface, for the other `MprAdminInterface` or `MprConfigInterface` calls of the same connection.
    pub hInterface: HANDLE,
    /// Nonzero if the interface is enabled, zero if an administrator disabled it.
    pub fEnabled: BOOL,
    /// Kind of the interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_FULL_ROUTER`].
    pub dwIfType: ROUTER_INTERFACE_TYPE,
    /// State of the interface: one of the `ROUTER_IF_STATE_` values, such as [`ROUTER_IF_STATE_CONNECTED`].
    pub dwConnectionState: ROUTER_CONNECTION_STATE,
    /// Why the interface is [`ROUTER_IF_STATE_UNREACHABLE`]: bits [`MPR_INTERFACE_OUT_OF_RESOURCES`], [`MPR_INTERFACE_ADMIN_DISABLED`], [`MPR_INTERFACE_CONNECTION_FAILURE`], [`MPR_INTERFACE_SERVICE_PAUSED`], [`MPR_INTERFACE_DIALOUT_HOURS_RESTRICTION`], [`MPR_INTERFACE_NO_MEDIA_SENSE`], [`MPR_INTERFACE_NO_DEVICE`].
    pub fUnReachabilityReasons: DWORD,
    /// Error of the last failed attempt to connect, 0 if there was none.
    pub dwLastError: DWORD,
    /// Options of the connection: the `MPRIO_` bits, such as [`MPRIO_SpecificIpAddr`] and [`MPRIO_RemoteDefaultGateway`].
    pub dwfOptions: DWORD,
    /// Telephone number, host name or address (IPv6 too) to dial, null-terminated, at most [`MPR_MaxPhoneNumber`] units.
    pub szLocalPhoneNumber: [WCHAR; 129usize],
    /// Multi-string of further numbers, each ended by a null and the whole by a second one, dialled in this order if the first fails; may be null. In a record that was returned it points into the same buffer.
    pub szAlternates: PWCHAR,
    /// IPv4 address of this end while connected, in network byte order. Ignored without [`MPRIO_SpecificIpAddr`].
    pub ipaddr: DWORD,
    /// IPv4 address of the DNS server, in network byte order. Ignored without [`MPRIO_SpecificNameServers`].
    pub ipaddrDns: DWORD,
    /// IPv4 address of the second DNS server, in network byte order. Ignored without [`MPRIO_SpecificNameServers`].
    pub ipaddrDnsAlt: DWORD,
    /// IPv4 address of the WINS server, in network byte order. Ignored without [`MPRIO_SpecificNameServers`].
    pub ipaddrWins: DWORD,
    /// IPv4 address of the second WINS server, in network byte order. Ignored without [`MPRIO_SpecificNameServers`].
    pub ipaddrWinsAlt: DWORD,
    /// Network protocols to negotiate: bits [`MPRNP_Ip`], [`MPRNP_Ipv6`], [`MPRNP_Ipx`] (the last not on 64-bit Windows).
    pub dwfNetProtocols: DWORD,
    /// Kind of the device in `szDeviceName`, null-terminated: one of the `MPRDT_` strings, such as [`MPRDT_Vpn`].
    pub szDeviceType: [WCHAR; 17usize],
    /// Name of the TAPI device to dial with, null-terminated.
    pub szDeviceName: [WCHAR; 129usize],
    /// X.25 PAD type, null-terminated; empty unless the entry dials through an X.25 PAD.
    pub szX25PadType: [WCHAR; 33usize],
    /// X.25 address to connect to, null-terminated; empty unless the entry dials through an X.25 PAD or device.
    pub szX25Address: [WCHAR; 201usize],
    /// Facilities to ask of the X.25 host, null-terminated. Ignored if `szX25Address` is empty.
    pub szX25Facilities: [WCHAR; 201usize],
    /// Further connection data for the X.25 host, null-terminated. Ignored if `szX25Address` is empty.
    pub szX25UserData: [WCHAR; 201usize],
    /// Reserved.
    pub dwChannels: DWORD,
    /// Number of the entry's multilink subentries; their devices are read with [`MprAdminInterfaceDeviceGetInfo`].
    pub dwSubEntries: DWORD,
    /// The multilink subentries to dial: [`MPRDM_DialFirst`], [`MPRDM_DialAll`] or [`MPRDM_DialAsNeeded`].
    pub dwDialMode: DWORD,
    /// With [`MPRDM_DialAsNeeded`]: percentage of the available bandwidth whose use for `dwDialExtraSampleSeconds` makes the router dial another subentry.
    pub dwDialExtraPercent: DWORD,
    /// With [`MPRDM_DialAsNeeded`]: how long the use must exceed `dwDialExtraPercent`, in seconds.
    pub dwDialExtraSampleSeconds: DWORD,
    /// With [`MPRDM_DialAsNeeded`]: percentage of the available bandwidth; use below it for `dwHangUpExtraSampleSeconds` makes the router hang up a subentry.
    pub dwHangUpExtraPercent: DWORD,
    /// With [`MPRDM_DialAsNeeded`]: how long the use must stay below `dwHangUpExtraPercent`, in seconds.
    pub dwHangUpExtraSampleSeconds: DWORD,
    /// After how many idle seconds the connection ends, or [`MPRIDS_Disabled`] or [`MPRIDS_UseGlobalValue`].
    pub dwIdleDisconnectSeconds: DWORD,
    /// Kind of the entry: [`MPRET_Phone`], [`MPRET_Vpn`] or [`MPRET_Direct`].
    pub dwType: DWORD,
    /// Encryption of the data by MPPE: [`MPR_ET_None`], [`MPR_ET_Require`], [`MPR_ET_RequireMax`] or [`MPR_ET_Optional`]. How passwords are protected depends on the authentication protocol, not on this.
    pub dwEncryptionType: DWORD,
    /// Authentication key for the EAP vendor.
    pub dwCustomAuthKey: DWORD,
    /// Size of the data at `lpbCustomAuthData`, in bytes.
    pub dwCustomAuthDataSize: DWORD,
    /// Data for EAP authentication, `dwCustomAuthDataSize` bytes; null if there are none. In a record that was returned it points into the same buffer.
    pub lpbCustomAuthData: LPBYTE,
    /// The entry's GUID; read only.
    pub guidId: GUID,
    /// The tunnel protocols that a VPN tries: [`MPR_VS_Default`], [`MPR_VS_PptpOnly`], [`MPR_VS_PptpFirst`], [`MPR_VS_L2tpOnly`], [`MPR_VS_L2tpFirst`], [`MPR_VS_Ikev2Only`] or [`MPR_VS_Ikev2First`].
    pub dwVpnStrategy: DWORD,
    /// Not used.
    pub AddressCount: ULONG,
    /// IPv6 address of the DNS server, in network byte order.
    pub ipv6addrDns: IN6_ADDR,
    /// IPv6 address of the second DNS server, in network byte order.
    pub ipv6addrDnsAlt: IN6_ADDR,
    /// Not used.
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
/** A device: its kind and name. [`MprAdminDeviceEnum`] returns an array of these for the server's RAS devices, [`MprAdminInterfaceDeviceGetInfo`] at level 0 one for a link of a multilink interface; free the buffer with [`MprAdminBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_device_0)*/
pub struct MPR_DEVICE_0 {
    /// Kind of the device, null-terminated: one of the `MPRDT_` strings, such as [`MPRDT_Modem`].
    pub szDeviceType: [WCHAR; 17usize],
    /// Name of the TAPI device, null-terminated.
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
/** A device for a link of a multilink demand-dial interface, with the numbers to dial. [`MprAdminInterfaceDeviceGetInfo`] returns it at level 1, to be freed with [`MprAdminBufferFree`]; [`MprAdminInterfaceDeviceSetInfo`] takes it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_device_1)*/
pub struct MPR_DEVICE_1 {
    /// Kind of the device, null-terminated: one of the `MPRDT_` strings, such as [`MPRDT_Modem`].
    pub szDeviceType: [WCHAR; 17usize],
    /// Name of the TAPI device, null-terminated.
    pub szDeviceName: [WCHAR; 129usize],
    /// Telephone number of the link, null-terminated; it is dialled as it stands.
    pub szLocalPhoneNumber: [WCHAR; 129usize],
    /// Multi-string of further numbers, each ended by a null and the whole by a second one, dialled in this order if the first fails. In a record that was returned it points into the same buffer.
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
/** Credentials of an interface for EAP. [`MprAdminInterfaceGetCredentialsEx`] returns it at level 0, to be freed with [`MprAdminBufferFree`]; [`MprAdminInterfaceSetCredentialsEx`] takes it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_credentialsex_0)*/
pub struct MPR_CREDENTIALSEX_0 {
    /// Size of the data at `lpbCredentialsInfo`, in bytes.
    pub dwSize: DWORD,
    /// The credentials; in a record that was returned they lie in the same buffer.
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
/** Pre-shared key of a demand-dial interface. [`MprAdminInterfaceSetCredentialsEx`] takes it at level 1; [`MprAdminInterfaceGetCredentialsEx`] returns it with the key encrypted, to be freed with [`MprAdminBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_credentialsex_1)*/
pub struct MPR_CREDENTIALSEX_1 {
    /// Size of the data at `lpbCredentialsInfo`, in bytes; 0 deletes the key.
    pub dwSize: DWORD,
    /// The pre-shared key; in a record that was returned it lies in the same buffer.
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
/** A transport of the stored configuration. [`MprConfigTransportEnum`] returns an array of these at level 0; free the buffer with [`MprConfigBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_transport_0)*/
pub struct MPR_TRANSPORT_0 {
    /// The transport: [`PID_IP`], [`PID_IPV6`] or one of the old ones, [`PID_IPX`], [`PID_NBF`], [`PID_ATALK`].
    pub dwTransportId: DWORD,
    /// Handle of the transport's configuration, for [`MprConfigTransportGetInfo`] and its siblings.
    pub hTransport: HANDLE,
    /// Name of the transport, null-terminated, at most [`MAX_TRANSPORT_NAME_LEN`] units.
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
/** A transport on an interface of the stored configuration. [`MprConfigInterfaceTransportEnum`] returns an array of these at level 0; free the buffer with [`MprConfigBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_iftransport_0)*/
pub struct MPR_IFTRANSPORT_0 {
    /// The transport: [`PID_IP`], [`PID_IPV6`] or one of the old ones, [`PID_IPX`], [`PID_NBF`], [`PID_ATALK`].
    pub dwTransportId: DWORD,
    /// Handle of the transport on this interface, for [`MprConfigInterfaceTransportGetInfo`] and its siblings.
    pub hIfTransport: HANDLE,
    /// Name of the transport, null-terminated, at most [`MAX_TRANSPORT_NAME_LEN`] units.
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
/** A router's state. [`MprAdminServerGetInfo`] and [`MprConfigServerGetInfo`] return it at level 0; free the buffer with [`MprAdminBufferFree`] or [`MprConfigBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_0)*/
pub struct MPR_SERVER_0 {
    /// Nonzero if the demand-dial manager is not running: the server routes between LANs only, and port and connection calls answer [`ERROR_DDM_NOT_RUNNING`].
    pub fLanOnlyMode: BOOL,
    /// Uptime of the server, in seconds.
    pub dwUpTime: DWORD,
    /// Number of the server's ports.
    pub dwTotalPorts: DWORD,
    /// Number of ports in use now.
    pub dwPortsInUse: DWORD,
}
/// C's name for this type.
pub type PMPR_SERVER_0 = *mut MPR_SERVER_0;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** A server's PPTP and L2TP ports. [`MprAdminServerGetInfo`] and [`MprConfigServerGetInfo`] return it at level 1, to be freed with [`MprAdminBufferFree`] or [`MprConfigBufferFree`]; [`MprAdminServerSetInfo`] and [`MprConfigServerSetInfo`] take it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_1)*/
pub struct MPR_SERVER_1 {
    /// Number of PPTP ports; not 0. Up to 1 on web, 1000 on standard and 16384 on larger editions of Windows Server; more than the registry allowed when the service started makes the set call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumPptpPorts: DWORD,
    /// The uses of the PPTP ports: bits [`MPR_ENABLE_RAS_ON_DEVICE`] and [`MPR_ENABLE_ROUTING_ON_DEVICE`].
    pub dwPptpPortFlags: DWORD,
    /// Number of L2TP ports; not 0. Up to 1 on web, 1000 on standard and 30000 on larger editions of Windows Server; more than the registry allowed when the service started makes the set call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumL2tpPorts: DWORD,
    /// The uses of the L2TP ports: bits [`MPR_ENABLE_RAS_ON_DEVICE`] and [`MPR_ENABLE_ROUTING_ON_DEVICE`].
    pub dwL2tpPortFlags: DWORD,
}
/// C's name for this type.
pub type PMPR_SERVER_1 = *mut MPR_SERVER_1;
/** The port does not work.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_port_condition)*/
pub const RAS_PORT_NON_OPERATIONAL: RAS_PORT_CONDITION = 0;
/** No call is up on the port.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_port_condition)*/
pub const RAS_PORT_DISCONNECTED: RAS_PORT_CONDITION = 1;
/** The server is calling the user back on this port.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_port_condition)*/
pub const RAS_PORT_CALLING_BACK: RAS_PORT_CONDITION = 2;
/** The port waits for an incoming call.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_port_condition)*/
pub const RAS_PORT_LISTENING: RAS_PORT_CONDITION = 3;
/** A caller is on the port and is being authenticated.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_port_condition)*/
pub const RAS_PORT_AUTHENTICATING: RAS_PORT_CONDITION = 4;
/** A caller was authenticated: the port carries a live connection, whose handle is in the port's record.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_port_condition)*/
pub const RAS_PORT_AUTHENTICATED: RAS_PORT_CONDITION = 5;
/** The port is being prepared for use.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_port_condition)*/
pub const RAS_PORT_INITIALIZING: RAS_PORT_CONDITION = 6;
/** The state of a RAS port: one of the values from [`RAS_PORT_NON_OPERATIONAL`] to [`RAS_PORT_INITIALIZING`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_port_condition)*/
pub type RAS_PORT_CONDITION = i32;
/** The device works.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_hardware_condition)*/
pub const RAS_HARDWARE_OPERATIONAL: RAS_HARDWARE_CONDITION = 0;
/** The device has failed.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_hardware_condition)*/
pub const RAS_HARDWARE_FAILURE: RAS_HARDWARE_CONDITION = 1;
/** The condition of the device behind a RAS port: [`RAS_HARDWARE_OPERATIONAL`] or [`RAS_HARDWARE_FAILURE`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_hardware_condition)*/
pub type RAS_HARDWARE_CONDITION = i32;
#[repr(C)]
#[derive(Copy, Clone)]
/** A RAS port: names, condition and connection. [`MprAdminPortEnum`] returns an array of these at level 0, [`MprAdminPortGetInfo`] one; free the buffer with [`MprAdminBufferFree`]. The service passes it to an administration DLL's link callbacks.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_port_0)*/
pub struct RAS_PORT_0 {
    /// Handle of the port, for [`MprAdminPortGetInfo`] and its siblings.
    pub hPort: HANDLE,
    /// Handle of the connection on this port; meaningful only while the port is [`RAS_PORT_AUTHENTICATED`].
    pub hConnection: HANDLE,
    /// The state of the port: a value from [`RAS_PORT_NON_OPERATIONAL`] to [`RAS_PORT_INITIALIZING`].
    pub dwPortCondition: RAS_PORT_CONDITION,
    /// Total number of calls that the port has served.
    pub dwTotalNumberOfCalls: DWORD,
    /// Duration of the connection, in seconds.
    pub dwConnectDuration: DWORD,
    /// Name of the port, null-terminated, at most [`MAX_PORT_NAME`] units.
    pub wszPortName: [WCHAR; 17usize],
    /// Name of the port's medium, null-terminated, at most [`MAX_MEDIA_NAME`] units.
    pub wszMediaName: [WCHAR; 17usize],
    /// Name of the port's device, null-terminated, at most [`MAX_DEVICE_NAME`] units.
    pub wszDeviceName: [WCHAR; 129usize],
    /// Type of the port's device, null-terminated, at most [`MAX_DEVICETYPE_NAME`] units.
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
/** A RAS port: line speed and counters. [`MprAdminPortGetInfo`] returns it at level 1, to be freed with [`MprAdminBufferFree`]; the service passes it to an administration DLL's link callbacks. [`MprAdminPortClearStats`] resets the counters.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_port_1)*/
pub struct RAS_PORT_1 {
    /// Handle of the port, for [`MprAdminPortGetInfo`] and its siblings.
    pub hPort: HANDLE,
    /// Handle of the connection on this port, for [`MprAdminConnectionGetInfo`] and its siblings; meaningful only while the port carries one.
    pub hConnection: HANDLE,
    /// The condition of the device: [`RAS_HARDWARE_OPERATIONAL`] or [`RAS_HARDWARE_FAILURE`].
    pub dwHardwareCondition: RAS_HARDWARE_CONDITION,
    /// Line speed, in bits per second.
    pub dwLineSpeed: DWORD,
    /// Bytes sent on the port, after compression; wraps around at 32 bits.
    pub dwBytesXmited: DWORD,
    /// Bytes received on the port, after compression; wraps around at 32 bits.
    pub dwBytesRcved: DWORD,
    /// Frames sent on the port.
    pub dwFramesXmited: DWORD,
    /// Frames received on the port.
    pub dwFramesRcved: DWORD,
    /// CRC errors on the port.
    pub dwCrcErr: DWORD,
    /// Time-outs on the port.
    pub dwTimeoutErr: DWORD,
    /// Alignment errors on the port.
    pub dwAlignmentErr: DWORD,
    /// Hardware overruns on the port.
    pub dwHardwareOverrunErr: DWORD,
    /// Framing errors on the port.
    pub dwFramingErr: DWORD,
    /// Buffer overruns on the port.
    pub dwBufferOverrunErr: DWORD,
    /// Compression of what was received: size compressed over size uncompressed, in percent.
    pub dwCompressionRatioIn: DWORD,
    /// Compression of what was sent: size compressed over size uncompressed, in percent.
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
/** Result of the NetBEUI negotiation of a PPP connection. Obsolete: Windows Server 2003 and later have no NetBEUI.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_nbfcp_info)*/
pub struct PPP_NBFCP_INFO {
    /// Result of the negotiation: 0, or the error that ended it.
    pub dwError: DWORD,
    /// NetBIOS name of the workstation, null-terminated.
    pub wszWksta: [WCHAR; 17usize],
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** Result of the IPv4 negotiation of a PPP connection, as the server sees it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ipcp_info)*/
pub struct PPP_IPCP_INFO {
    /// Result of the negotiation: 0, or the error that ended it.
    pub dwError: DWORD,
    /// IPv4 address of the server's end in dotted decimal, null-terminated.
    pub wszAddress: [WCHAR; 16usize],
    /// IPv4 address of the client's end in dotted decimal, null-terminated; empty if not known.
    pub wszRemoteAddress: [WCHAR; 16usize],
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** Result of the IPv4 negotiation of a PPP connection, as the server sees it, with options.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ipcp_info2)*/
pub struct PPP_IPCP_INFO2 {
    /// Result of the negotiation: 0, or the error that ended it.
    pub dwError: DWORD,
    /// IPv4 address of the server's end in dotted decimal, null-terminated.
    pub wszAddress: [WCHAR; 16usize],
    /// IPv4 address of the client's end in dotted decimal, null-terminated; empty if not known.
    pub wszRemoteAddress: [WCHAR; 16usize],
    /// Options of the server's end: [`PPP_IPCP_VJ`] or 0.
    pub dwOptions: DWORD,
    /// Options of the client's end: [`PPP_IPCP_VJ`] or 0.
    pub dwRemoteOptions: DWORD,
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** Result of the IPX negotiation of a PPP connection. Obsolete: only 32-bit Windows up to Windows Server 2003 has IPX.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ipxcp_info)*/
pub struct PPP_IPXCP_INFO {
    /// Result of the negotiation: 0, or the error that ended it.
    pub dwError: DWORD,
    /// IPX address of the client as `net.node` in hexadecimal, null-terminated.
    pub wszAddress: [WCHAR; 23usize],
}
#[repr(C)]
#[derive(Copy, Clone)]
/** Result of the AppleTalk negotiation of a PPP connection; obsolete.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_atcp_info)*/
pub struct PPP_ATCP_INFO {
    /// Result of the negotiation: 0, or the error that ended it.
    pub dwError: DWORD,
    /// AppleTalk address of the client, null-terminated.
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
/** The parameters that PPP negotiated for a connection; part of [`RAS_CONNECTION_1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_info)*/
pub struct PPP_INFO {
    /// Result of NetBEUI.
    pub nbf: PPP_NBFCP_INFO,
    /// Result of IPv4.
    pub ip: PPP_IPCP_INFO,
    /// Result of IPX.
    pub ipx: PPP_IPXCP_INFO,
    /// Result of AppleTalk.
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
/** Result of the negotiation of compression and encryption (CCP) of a PPP connection.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ccp_info)*/
pub struct PPP_CCP_INFO {
    /// Result of the negotiation: 0, or the error that ended it.
    pub dwError: DWORD,
    /// Compression algorithm of this end: [`RASCCPCA_MPPC`] or [`RASCCPCA_STAC`].
    pub dwCompressionAlgorithm: DWORD,
    /// Options of this end: bits [`PPP_CCP_COMPRESSION`], [`PPP_CCP_HISTORYLESS`], [`PPP_CCP_ENCRYPTION40BITOLD`], [`PPP_CCP_ENCRYPTION40BIT`], [`PPP_CCP_ENCRYPTION56BIT`], [`PPP_CCP_ENCRYPTION128BIT`].
    pub dwOptions: DWORD,
    /// Compression algorithm of the remote end: [`RASCCPCA_MPPC`] or [`RASCCPCA_STAC`].
    pub dwRemoteCompressionAlgorithm: DWORD,
    /// Options of the remote end, the same bits as in `dwOptions`.
    pub dwRemoteOptions: DWORD,
}
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** Result of the link negotiation (LCP) of a PPP connection: authentication and link options.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_lcp_info)*/
pub struct PPP_LCP_INFO {
    /// Result of the negotiation: 0, or the error that ended it.
    pub dwError: DWORD,
    /// Authentication of this end: [`PPP_LCP_PAP`], [`PPP_LCP_SPAP`], [`PPP_LCP_CHAP`] or [`PPP_LCP_EAP`].
    pub dwAuthenticationProtocol: DWORD,
    /// With [`PPP_LCP_CHAP`]: [`PPP_LCP_CHAP_MD5`], [`PPP_LCP_CHAP_MS`] or [`PPP_LCP_CHAP_MSV2`].
    pub dwAuthenticationData: DWORD,
    /// Authentication of the remote end, with the values of `dwAuthenticationProtocol`; the two can differ on a demand-dial connection.
    pub dwRemoteAuthenticationProtocol: DWORD,
    /// As `dwAuthenticationData`, for the remote end.
    pub dwRemoteAuthenticationData: DWORD,
    /// Always 0.
    pub dwTerminateReason: DWORD,
    /// Always 0.
    pub dwRemoteTerminateReason: DWORD,
    /// Options of this end: bits [`PPP_LCP_MULTILINK_FRAMING`], [`PPP_LCP_PFC`], [`PPP_LCP_ACFC`], [`PPP_LCP_SSHF`], [`PPP_LCP_DES_56`], [`PPP_LCP_3_DES`].
    pub dwOptions: DWORD,
    /// Options of the remote end, the same bits as in `dwOptions`.
    pub dwRemoteOptions: DWORD,
    /// EAP type that authenticated this end; valid only if `dwAuthenticationProtocol` is [`PPP_LCP_EAP`].
    pub dwEapTypeId: DWORD,
    /// EAP type that authenticated the remote end; valid only if `dwRemoteAuthenticationProtocol` is [`PPP_LCP_EAP`].
    pub dwRemoteEapTypeId: DWORD,
}
#[repr(C)]
#[derive(Copy, Clone)]
/** The parameters that PPP negotiated for a connection, with compression and link; part of [`RAS_CONNECTION_2`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_info_2)*/
pub struct PPP_INFO_2 {
    /// Result of NetBEUI.
    pub nbf: PPP_NBFCP_INFO,
    /// Result of IPv4.
    pub ip: PPP_IPCP_INFO2,
    /// Result of IPX.
    pub ipx: PPP_IPXCP_INFO,
    /// Result of AppleTalk.
    pub at: PPP_ATCP_INFO,
    /// Result of compression and encryption.
    pub ccp: PPP_CCP_INFO,
    /// Result of the link negotiation.
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
/** A connection to the server: user, computer and duration. [`MprAdminConnectionEnum`] returns an array of these at level 0, [`MprAdminConnectionGetInfo`] one; free the buffer with [`MprAdminBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_0)*/
pub struct RAS_CONNECTION_0 {
    /// Handle of the connection, for [`MprAdminConnectionGetInfo`] and its siblings.
    pub hConnection: HANDLE,
    /// Handle of the connection's interface.
    pub hInterface: HANDLE,
    /// Duration of the connection, in seconds.
    pub dwConnectDuration: DWORD,
    /// Kind of the connection's interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_CLIENT`].
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    /// The properties of the connection: bits [`RAS_FLAGS_PPP_CONNECTION`], [`RAS_FLAGS_MESSENGER_PRESENT`], [`RAS_FLAGS_QUARANTINE_PRESENT`], [`RAS_FLAGS_IKEV2_CONNECTION`], [`RAS_FLAGS_DORMANT`].
    pub dwConnectionFlags: DWORD,
    /// Name of the connection's interface, null-terminated.
    pub wszInterfaceName: [WCHAR; 257usize],
    /// Name of the connected user, null-terminated.
    pub wszUserName: [WCHAR; 257usize],
    /// Domain that authenticated the user, null-terminated.
    pub wszLogonDomain: [WCHAR; 16usize],
    /// NetBIOS name of the remote computer, null-terminated.
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
/** A connection to the server: what PPP negotiated, and counters. [`MprAdminConnectionEnum`] returns an array of these at level 1, [`MprAdminConnectionGetInfo`] one; free the buffer with [`MprAdminBufferFree`]. [`MprAdminConnectionClearStats`] resets the counters.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_1)*/
pub struct RAS_CONNECTION_1 {
    /// Handle of the connection, for [`MprAdminConnectionGetInfo`] and its siblings.
    pub hConnection: HANDLE,
    /// Handle of the connection's interface.
    pub hInterface: HANDLE,
    /// The parameters that PPP negotiated.
    pub PppInfo: PPP_INFO,
    /// Bytes sent on the connection; wraps around at 32 bits.
    pub dwBytesXmited: DWORD,
    /// Bytes received on the connection; wraps around at 32 bits.
    pub dwBytesRcved: DWORD,
    /// Frames sent on the connection.
    pub dwFramesXmited: DWORD,
    /// Frames received on the connection.
    pub dwFramesRcved: DWORD,
    /// CRC errors on the connection.
    pub dwCrcErr: DWORD,
    /// Time-outs on the connection.
    pub dwTimeoutErr: DWORD,
    /// Alignment errors on the connection.
    pub dwAlignmentErr: DWORD,
    /// Hardware overruns on the connection.
    pub dwHardwareOverrunErr: DWORD,
    /// Framing errors on the connection.
    pub dwFramingErr: DWORD,
    /// Buffer overruns on the connection.
    pub dwBufferOverrunErr: DWORD,
    /// Compression of what was received: size compressed over size uncompressed, in percent.
    pub dwCompressionRatioIn: DWORD,
    /// Compression of what was sent: size compressed over size uncompressed, in percent.
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
/** A connection to the server: user, GUID and what PPP negotiated. [`MprAdminConnectionEnum`] returns an array of these at level 2, [`MprAdminConnectionGetInfo`] one; free the buffer with [`MprAdminBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_2)*/
pub struct RAS_CONNECTION_2 {
    /// Handle of the connection, for [`MprAdminConnectionGetInfo`] and its siblings.
    pub hConnection: HANDLE,
    /// Name of the connected user, null-terminated.
    pub wszUserName: [WCHAR; 257usize],
    /// Kind of the connection's interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_CLIENT`].
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    /// The connection's GUID; that of an incoming connection lives no longer than the connection.
    pub guid: GUID,
    /// The parameters that PPP negotiated.
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
/** A user's dial-in settings. [`MprAdminUserGetInfo`] fills in one of the caller's at level 0, [`MprAdminUserSetInfo`] takes it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_0)*/
pub struct RAS_USER_0 {
    /// The rights of the user: bits [`RASPRIV_DialinPrivilege`] and one of [`RASPRIV_NoCallback`], [`RASPRIV_AdminSetCallback`], [`RASPRIV_CallerSetCallback`], which [`RASPRIV_CallbackType`] masks.
    pub bfPrivilege: BYTE,
    /// Number to call the user back at, null-terminated, at most [`MAX_PHONE_NUMBER_LEN`] units; with [`RASPRIV_CallerSetCallback`] a default that the caller may override.
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
/** A user's dial-in settings, with the choice of leaving them to policy. [`MprAdminUserGetInfo`] fills in one of the caller's at level 1, [`MprAdminUserSetInfo`] takes it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_user_1)*/
pub struct RAS_USER_1 {
    /// The rights of the user: bits [`RASPRIV_DialinPrivilege`] and one of [`RASPRIV_NoCallback`], [`RASPRIV_AdminSetCallback`], [`RASPRIV_CallerSetCallback`], which [`RASPRIV_CallbackType`] masks.
    pub bfPrivilege: BYTE,
    /// Number to call the user back at, null-terminated, at most [`MAX_PHONE_NUMBER_LEN`] units; with [`RASPRIV_CallerSetCallback`] a default that the caller may override.
    pub wszPhoneNumber: [WCHAR; 129usize],
    /// [`RASPRIV2_DialinPolicy`] if the policies decide whether the user may dial in, else 0.
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
/** Handle of a connection to a remote access server, as the functions for ports and RAS connections take it. It comes from [`MprAdminServerConnect`] and is closed by [`MprAdminServerDisconnect`]; it is the same handle as [`MPR_SERVER_HANDLE`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminserverconnect)*/
pub type RAS_SERVER_HANDLE = HANDLE;
/** Handle of a connection to a router, as the functions for interfaces, transports and the server itself take it. It comes from [`MprAdminServerConnect`] and is closed by [`MprAdminServerDisconnect`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminserverconnect)*/
pub type MPR_SERVER_HANDLE = HANDLE;
/** Handle of a connection to a router for the MIB functions. It comes from [`MprAdminMIBServerConnect`] and is closed by [`MprAdminMIBServerDisconnect`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibserverconnect)*/
pub type MIB_SERVER_HANDLE = HANDLE;
/** The connection has full access.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_quarantine_state)*/
pub const RAS_QUAR_STATE_NORMAL: RAS_QUARANTINE_STATE = 0;
/** The connection is confined to quarantine; see [`MprAdminConnectionRemoveQuarantine`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_quarantine_state)*/
pub const RAS_QUAR_STATE_QUARANTINE: RAS_QUARANTINE_STATE = 1;
/** The connection has access for a limited time and is dropped unless the client becomes compliant before it ends.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_quarantine_state)*/
pub const RAS_QUAR_STATE_PROBATION: RAS_QUARANTINE_STATE = 2;
/** The state is not known, because the client does not take part in NAP.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_quarantine_state)*/
pub const RAS_QUAR_STATE_NOT_CAPABLE: RAS_QUARANTINE_STATE = 3;
/** The access that Network Access Protection (NAP) gives a client connection: one of the `RAS_QUAR_STATE_` values. Servers since Windows Server 2016 have no NAP.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-ras_quarantine_state)*/
pub type RAS_QUARANTINE_STATE = i32;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** A server's PPTP, L2TP and SSTP ports. [`MprAdminServerGetInfo`] and [`MprConfigServerGetInfo`] return it at level 2, to be freed with [`MprAdminBufferFree`] or [`MprConfigBufferFree`]; [`MprAdminServerSetInfo`] and [`MprConfigServerSetInfo`] take it. Windows Server 2008 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_2)*/
pub struct MPR_SERVER_2 {
    /// Number of PPTP ports; not 0. Up to 1 on web, 1000 on standard and 16384 on larger editions of Windows Server; more than the registry allowed when the service started makes the set call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumPptpPorts: DWORD,
    /// The uses of the PPTP ports: bits [`MPR_ENABLE_RAS_ON_DEVICE`] and [`MPR_ENABLE_ROUTING_ON_DEVICE`].
    pub dwPptpPortFlags: DWORD,
    /// Number of L2TP ports; not 0. Up to 1 on web, 1000 on standard and 30000 on larger editions of Windows Server; more than the registry allowed when the service started makes the set call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumL2tpPorts: DWORD,
    /// The uses of the L2TP ports: bits [`MPR_ENABLE_RAS_ON_DEVICE`] and [`MPR_ENABLE_ROUTING_ON_DEVICE`].
    pub dwL2tpPortFlags: DWORD,
    /// Number of SSTP ports; not 0. Up to 1 on web, 1000 on standard and 30000 on larger editions of Windows Server; more than the registry allowed when the service started makes the set call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumSstpPorts: DWORD,
    /// The uses of the SSTP ports: [`MPR_ENABLE_RAS_ON_DEVICE`] only.
    pub dwSstpPortFlags: DWORD,
}
/// C's name for this type.
pub type PMPR_SERVER_2 = *mut MPR_SERVER_2;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** Result of the IPv6 negotiation of a PPP connection, as the server sees it. Windows Server 2008 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_ipv6_cp_info)*/
pub struct PPP_IPV6_CP_INFO {
    /// Version of this structure.
    pub dwVersion: DWORD,
    /// Size of this structure, in bytes.
    pub dwSize: DWORD,
    /// Result of the negotiation: 0, or the error that ended it.
    pub dwError: DWORD,
    /// Interface identifier (the low 64 bits of the address) of the server's end, in network byte order.
    pub bInterfaceIdentifier: [BYTE; 8usize],
    /// Interface identifier of the client's end, in network byte order.
    pub bRemoteInterfaceIdentifier: [BYTE; 8usize],
    /// Reserved, must be 0.
    pub dwOptions: DWORD,
    /// Reserved, must be 0.
    pub dwRemoteOptions: DWORD,
    /// Address prefix of the client's interface, in network byte order.
    pub bPrefix: [BYTE; 8usize],
    /// Length of the prefix, in bits.
    pub dwPrefixLength: DWORD,
}
/// C's name for this type.
pub type PPPP_IPV6_CP_INFO = *mut PPP_IPV6_CP_INFO;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** The parameters that PPP negotiated for a connection, with IPv6 instead of IPX and AppleTalk; part of [`RAS_CONNECTION_3`]. Windows Server 2008 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_info_3)*/
pub struct PPP_INFO_3 {
    /// Result of NetBEUI.
    pub nbf: PPP_NBFCP_INFO,
    /// Result of IPv4.
    pub ip: PPP_IPCP_INFO2,
    /// Result of IPv6.
    pub ipv6: PPP_IPV6_CP_INFO,
    /// Result of compression and encryption.
    pub ccp: PPP_CCP_INFO,
    /// Result of the link negotiation.
    pub lcp: PPP_LCP_INFO,
}
#[repr(C)]
#[derive(Copy, Clone)]
/** A connection to the server: user, GUID, what PPP negotiated and quarantine. [`MprAdminConnectionEnum`] returns an array of these at level 3, [`MprAdminConnectionGetInfo`] one; free the buffer with [`MprAdminBufferFree`]. Windows Server 2008 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_3)*/
pub struct RAS_CONNECTION_3 {
    /// Version of this structure.
    pub dwVersion: DWORD,
    /// Size of this structure, in bytes.
    pub dwSize: DWORD,
    /// Handle of the connection, for [`MprAdminConnectionGetInfo`] and its siblings.
    pub hConnection: HANDLE,
    /// Name of the connected user, null-terminated.
    pub wszUserName: [WCHAR; 257usize],
    /// Kind of the connection's interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_CLIENT`].
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    /// The connection's GUID; that of an incoming connection lives no longer than the connection.
    pub guid: GUID,
    /// The parameters that PPP negotiated.
    pub PppInfo3: PPP_INFO_3,
    /// The access that Network Access Protection gives the client: one of the `RAS_QUAR_STATE_` values, such as [`RAS_QUAR_STATE_NORMAL`].
    pub rasQuarState: RAS_QUARANTINE_STATE,
    /// By when the client must be out of quarantine, or the connection is dropped; valid only if `rasQuarState` is [`RAS_QUAR_STATE_PROBATION`].
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
/** The header belongs to a [`RAS_CONNECTION_EX`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-mprapi_object_type)*/
pub const MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT: MPRAPI_OBJECT_TYPE = 1;
/** The header belongs to an [`MPR_SERVER_EX0`] or [`MPR_SERVER_EX1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-mprapi_object_type)*/
pub const MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT: MPRAPI_OBJECT_TYPE = 2;
/** The header belongs to an [`MPR_SERVER_SET_CONFIG_EX0`] or [`MPR_SERVER_SET_CONFIG_EX1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-mprapi_object_type)*/
pub const MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT: MPRAPI_OBJECT_TYPE = 3;
/** The header belongs to an [`AUTH_VALIDATION_EX`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-mprapi_object_type)*/
pub const MPRAPI_OBJECT_TYPE_AUTH_VALIDATION_OBJECT: MPRAPI_OBJECT_TYPE = 4;
/** The header belongs to an [`MPR_IF_CUSTOMINFOEX0`], [`MPR_IF_CUSTOMINFOEX1`] or [`MPR_IF_CUSTOMINFOEX2`]. Windows Server 2012 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-mprapi_object_type)*/
pub const MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT: MPRAPI_OBJECT_TYPE = 6;
/** The header belongs to a [`RAS_UPDATE_CONNECTION`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-mprapi_object_type)*/
pub const MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT: MPRAPI_OBJECT_TYPE = 5;
/** The kind of structure that follows an [`MPRAPI_OBJECT_HEADER`]: one of the `MPRAPI_OBJECT_TYPE_` values. The header stores the low byte.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ne-mprapi-mprapi_object_type)*/
pub type MPRAPI_OBJECT_TYPE = i32;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** Kind, revision and size of the structure that it begins. The caller fills it in before each `Ex` call, also when the call fills the structure; [`MprAdminConnectionEnumEx`] takes it alone.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_object_header)*/
pub struct MPRAPI_OBJECT_HEADER {
    /// Revision of the structure: the `MPRAPI_` constant ending in `REVISION_` and a number that belongs to the type, such as [`MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1`].
    pub revision: UCHAR,
    /// Kind of the structure: one of the `MPRAPI_OBJECT_TYPE_` values, such as [`MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT`].
    pub type_: UCHAR,
    /// Size of the whole structure including this header, in bytes.
    pub size: USHORT,
}
/// C's name for this type.
pub type PMPRAPI_OBJECT_HEADER = *mut MPRAPI_OBJECT_HEADER;
#[repr(C)]
#[derive(Copy, Clone)]
/** The identity of an SSTP client that asks to skip PPP authentication; a [`PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX`] callback judges it. The memory is the service's; `AuthInfo` reaches beyond the structure's end.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-auth_validation_ex)*/
pub struct AUTH_VALIDATION_EX {
    /// Type [`MPRAPI_OBJECT_TYPE_AUTH_VALIDATION_OBJECT`], revision 1.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// Handle of the RAS connection that asks to skip PPP authentication.
    pub hRasConnection: HANDLE,
    /// Name of the user who logs on, null-terminated.
    pub wszUserName: [WCHAR; 257usize],
    /// Domain of the user, null-terminated.
    pub wszLogonDomain: [WCHAR; 16usize],
    /// Size of the data at `AuthInfo`, in bytes.
    pub AuthInfoSize: DWORD,
    /// First of `AuthInfoSize` bytes of authentication data.
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
/** The parameters that PPP negotiated for a PPTP, L2TP or SSTP connection; a member of [`PROJECTION_INFO`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info)*/
pub struct PPP_PROJECTION_INFO {
    /// Result of the IPv4 negotiation: 0, or the error that ended it.
    pub dwIPv4NegotiationError: DWORD,
    /// IPv4 address of the server's end in dotted decimal, null-terminated; valid only if `dwIPv4NegotiationError` is 0. (Microsoft's page has the two ends the other way round; MS-RRASM says the field is that of [`PPP_IPCP_INFO`].)
    pub wszAddress: [WCHAR; 16usize],
    /// IPv4 address of the client's end in dotted decimal, null-terminated; valid only if `dwIPv4NegotiationError` is 0, empty if not known.
    pub wszRemoteAddress: [WCHAR; 16usize],
    /// Options of the local client: [`PPP_IPCP_VJ`] or 0.
    pub dwIPv4Options: DWORD,
    /// Options of the remote server: [`PPP_IPCP_VJ`] or 0.
    pub dwIPv4RemoteOptions: DWORD,
    /// Index of the server's IPv4 subinterface for the connection.
    pub IPv4SubInterfaceIndex: ULONG64,
    /// Result of the IPv6 negotiation: 0, or the error that ended it.
    pub dwIPv6NegotiationError: DWORD,
    /// Interface identifier (the low 64 bits of the address) of the client, in network byte order; valid only if `dwIPv6NegotiationError` is 0.
    pub bInterfaceIdentifier: [BYTE; 8usize],
    /// Interface identifier of the server, in network byte order; valid only if `dwIPv6NegotiationError` is 0.
    pub bRemoteInterfaceIdentifier: [BYTE; 8usize],
    /// IPv6 prefix of the client's interface, in network byte order.
    pub bPrefix: [BYTE; 8usize],
    /// Length of the prefix, in bits.
    pub dwPrefixLength: DWORD,
    /// Index of the server's IPv6 subinterface for the connection.
    pub IPv6SubInterfaceIndex: ULONG64,
    /// Result of the link negotiation: 0, or the error that ended it.
    pub dwLcpError: DWORD,
    /// Authentication of this end: [`PPP_LCP_PAP`], [`PPP_LCP_SPAP`], [`PPP_LCP_CHAP`] or [`PPP_LCP_EAP`].
    pub dwAuthenticationProtocol: DWORD,
    /// With [`PPP_LCP_CHAP`]: [`PPP_LCP_CHAP_MD5`], [`PPP_LCP_CHAP_MS`] or [`PPP_LCP_CHAP_MSV2`].
    pub dwAuthenticationData: DWORD,
    /// Authentication of the remote end, with the values of `dwAuthenticationProtocol`; the two can differ on a demand-dial connection.
    pub dwRemoteAuthenticationProtocol: DWORD,
    /// As `dwAuthenticationData`, for the remote end.
    pub dwRemoteAuthenticationData: DWORD,
    /// Reserved, must be 0.
    pub dwLcpTerminateReason: DWORD,
    /// Reserved, must be 0.
    pub dwLcpRemoteTerminateReason: DWORD,
    /// Link options of the local client: bits [`PPP_LCP_MULTILINK_FRAMING`], [`PPP_LCP_PFC`], [`PPP_LCP_ACFC`], [`PPP_LCP_SSHF`], [`PPP_LCP_DES_56`], [`PPP_LCP_3_DES`], [`PPP_LCP_AES_128`], [`PPP_LCP_AES_192`], [`PPP_LCP_AES_256`], [`PPP_LCP_GCM_AES_128`], [`PPP_LCP_GCM_AES_192`], [`PPP_LCP_GCM_AES_256`].
    pub dwLcpOptions: DWORD,
    /// Link options of the remote server, the same bits as in `dwLcpOptions`.
    pub dwLcpRemoteOptions: DWORD,
    /// EAP type that authenticated this end; valid only if `dwAuthenticationProtocol` is [`PPP_LCP_EAP`].
    pub dwEapTypeId: DWORD,
    /// EAP type that authenticated the remote end; valid only if `dwRemoteAuthenticationProtocol` is [`PPP_LCP_EAP`].
    pub dwRemoteEapTypeId: DWORD,
    /// Result of the negotiation of compression and encryption: 0, or the error that ended it.
    pub dwCcpError: DWORD,
    /// Compression algorithm of the local client: [`RASCCPCA_MPPC`] or [`RASCCPCA_STAC`].
    pub dwCompressionAlgorithm: DWORD,
    /// Compression and encryption of the local client: bits [`PPP_CCP_COMPRESSION`], [`PPP_CCP_HISTORYLESS`], [`PPP_CCP_ENCRYPTION40BITOLD`], [`PPP_CCP_ENCRYPTION40BIT`], [`PPP_CCP_ENCRYPTION56BIT`], [`PPP_CCP_ENCRYPTION128BIT`].
    pub dwCcpOptions: DWORD,
    /// Compression algorithm of the remote server: [`RASCCPCA_MPPC`] or [`RASCCPCA_STAC`].
    pub dwRemoteCompressionAlgorithm: DWORD,
    /// Compression and encryption of the remote server, the same bits as in `dwCcpOptions`.
    pub dwCcpRemoteOptions: DWORD,
}
/// C's name for this type.
pub type PPPP_PROJECTION_INFO = *mut PPP_PROJECTION_INFO;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** The parameters that IKEv2 negotiated for a connection; a member of [`PROJECTION_INFO`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ikev2_projection_info)*/
pub struct IKEV2_PROJECTION_INFO {
    /// Result of the IPv4 negotiation: 0, or the error that ended it.
    pub dwIPv4NegotiationError: DWORD,
    /// IPv4 address of the server's end in dotted decimal, null-terminated; valid only if `dwIPv4NegotiationError` is 0. (Microsoft's page has the two ends the other way round; MS-RRASM says the field is that of [`PPP_IPCP_INFO`].)
    pub wszAddress: [WCHAR; 16usize],
    /// IPv4 address of the client's end in dotted decimal, null-terminated; valid only if `dwIPv4NegotiationError` is 0, empty if not known.
    pub wszRemoteAddress: [WCHAR; 16usize],
    /// Index of the server's IPv4 subinterface for the connection.
    pub IPv4SubInterfaceIndex: ULONG64,
    /// Result of the IPv6 negotiation: 0, or the error that ended it.
    pub dwIPv6NegotiationError: DWORD,
    /// Interface identifier (the low 64 bits of the address) of the client, in network byte order; valid only if `dwIPv6NegotiationError` is 0.
    pub bInterfaceIdentifier: [BYTE; 8usize],
    /// Interface identifier of the server, in network byte order; valid only if `dwIPv6NegotiationError` is 0.
    pub bRemoteInterfaceIdentifier: [BYTE; 8usize],
    /// IPv6 prefix of the client's interface, in network byte order.
    pub bPrefix: [BYTE; 8usize],
    /// Length of the prefix, in bits.
    pub dwPrefixLength: DWORD,
    /// Index of the server's IPv6 subinterface for the connection.
    pub IPv6SubInterfaceIndex: ULONG64,
    /// Not used.
    pub dwOptions: DWORD,
    /// Authentication of the remote end: [`MPRAPI_IKEV2_AUTH_USING_CERT`] or [`MPRAPI_IKEV2_AUTH_USING_EAP`].
    pub dwAuthenticationProtocol: DWORD,
    /// EAP type that authenticated the client; valid only if `dwAuthenticationProtocol` is [`MPRAPI_IKEV2_AUTH_USING_EAP`].
    pub dwEapTypeId: DWORD,
    /// Not used.
    pub dwCompressionAlgorithm: DWORD,
    /// Encryption of the connection: a value of `IPSEC_CIPHER_TYPE` of ipsectypes.h, from 3DES to AES-256.
    pub dwEncryptionMethod: DWORD,
}
/// C's name for this type.
pub type PIKEV2_PROJECTION_INFO = *mut IKEV2_PROJECTION_INFO;
#[repr(C)]
#[derive(Copy, Clone)]
/** The parameters that PPP or IKEv2 negotiated for a connection; part of [`RAS_CONNECTION_EX`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-projection_info)*/
pub struct PROJECTION_INFO {
    /// The valid member of the union: [`MPRAPI_PPP_PROJECTION_INFO_TYPE`] or [`MPRAPI_IKEV2_PROJECTION_INFO_TYPE`].
    pub projectionInfoType: UCHAR,
    /// The result; `projectionInfoType` says which member is valid.
    pub __bindgen_anon_1: PROJECTION_INFO__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
/** The two results that a [`PROJECTION_INFO`] can hold.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-projection_info)*/
pub union PROJECTION_INFO__bindgen_ty_1 {
    /// The parameters that IKEv2 negotiated; valid for [`MPRAPI_IKEV2_PROJECTION_INFO_TYPE`].
    pub Ikev2ProjectionInfo: IKEV2_PROJECTION_INFO,
    /// The parameters that PPP negotiated; valid for [`MPRAPI_PPP_PROJECTION_INFO_TYPE`].
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
/** A connection to the server, with all that [`RAS_CONNECTION_0`] to [`RAS_CONNECTION_3`] tell, and IKEv2. [`MprAdminConnectionEnumEx`] returns an array of these, to be freed with [`MprAdminBufferFree`]; [`MprAdminConnectionGetInfoEx`] fills in one of the caller's. Windows Server 2008 R2 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_ex)*/
pub struct RAS_CONNECTION_EX {
    /// Type [`MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT`], revision [`MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1`], size of this structure; to be filled in before a call that takes the structure.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// Duration of the connection, in seconds.
    pub dwConnectDuration: DWORD,
    /// Kind of the connection's interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_CLIENT`].
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    /// The properties of the connection: bits [`RAS_FLAGS_PPP_CONNECTION`], [`RAS_FLAGS_MESSENGER_PRESENT`], [`RAS_FLAGS_QUARANTINE_PRESENT`], [`RAS_FLAGS_IKEV2_CONNECTION`], [`RAS_FLAGS_DORMANT`].
    pub dwConnectionFlags: DWORD,
    /// Name of the connection's interface, null-terminated.
    pub wszInterfaceName: [WCHAR; 257usize],
    /// Name of the connected user, null-terminated.
    pub wszUserName: [WCHAR; 257usize],
    /// Domain that authenticated the user, null-terminated.
    pub wszLogonDomain: [WCHAR; 16usize],
    /// NetBIOS name of the remote computer, null-terminated.
    pub wszRemoteComputer: [WCHAR; 17usize],
    /// The connection's GUID; that of an incoming connection lives no longer than the connection.
    pub guid: GUID,
    /// The access that Network Access Protection gives the client: one of the `RAS_QUAR_STATE_` values, such as [`RAS_QUAR_STATE_NORMAL`].
    pub rasQuarState: RAS_QUARANTINE_STATE,
    /// By when the client must be out of quarantine, or the connection is dropped; valid only if `rasQuarState` is [`RAS_QUAR_STATE_PROBATION`].
    pub probationTime: FILETIME,
    /// Bytes sent on the connection; wraps around at 32 bits.
    pub dwBytesXmited: DWORD,
    /// Bytes received on the connection; wraps around at 32 bits.
    pub dwBytesRcved: DWORD,
    /// Frames sent on the connection.
    pub dwFramesXmited: DWORD,
    /// Frames received on the connection.
    pub dwFramesRcved: DWORD,
    /// CRC errors on the connection.
    pub dwCrcErr: DWORD,
    /// Time-outs on the connection.
    pub dwTimeoutErr: DWORD,
    /// Alignment errors on the connection.
    pub dwAlignmentErr: DWORD,
    /// Hardware overruns on the connection.
    pub dwHardwareOverrunErr: DWORD,
    /// Framing errors on the connection.
    pub dwFramingErr: DWORD,
    /// Buffer overruns on the connection.
    pub dwBufferOverrunErr: DWORD,
    /// Compression of what was received: size compressed over size uncompressed, in percent.
    pub dwCompressionRatioIn: DWORD,
    /// Compression of what was sent: size compressed over size uncompressed, in percent.
    pub dwCompressionRatioOut: DWORD,
    /// Number of times the connection's ends have moved by MOBIKE (RFC 4555); valid only with [`RAS_FLAGS_IKEV2_CONNECTION`].
    pub dwNumSwitchOvers: DWORD,
    /// IP address of the tunnel's remote end as text, null-terminated.
    pub wszRemoteEndpointAddress: [WCHAR; 65usize],
    /// IP address of the tunnel's local end as text, null-terminated.
    pub wszLocalEndpointAddress: [WCHAR; 65usize],
    /// The parameters that PPP or IKEv2 negotiated for the connection.
    pub ProjectionInfo: PROJECTION_INFO,
    /// Handle of the connection, for [`MprAdminConnectionGetInfo`] and its siblings.
    pub hConnection: HANDLE,
    /// Handle of the connection's interface.
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
/** New ends of an active connection's tunnel, for [`MprAdminUpdateConnection`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_update_connection)*/
pub struct RAS_UPDATE_CONNECTION {
    /// Type [`MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT`], revision [`MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1`], size of this structure.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// New interface index of the tunnel's end.
    pub dwIfIndex: DWORD,
    /// New IP address of this end as text, null-terminated.
    pub wszLocalEndpointAddress: [WCHAR; 65usize],
    /// New IP address of the remote end as text, null-terminated.
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
#[derive(Default, Copy, Clone)]
/** A server's PPTP ports.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-pptp_config_params)*/
pub struct PPTP_CONFIG_PARAMS {
    /// Number of ports that accept PPTP; not 0. Up to 1 on web, 1000 on standard and 30000 on larger editions of Windows Server 2008; more than the registry allowed when the service started makes the call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumPorts: DWORD,
    /// The uses of the ports: bits [`MPR_ENABLE_RAS_ON_DEVICE`] and [`MPR_ENABLE_ROUTING_ON_DEVICE`].
    pub dwPortFlags: DWORD,
}
/// C's name for this type.
pub type PPPTP_CONFIG_PARAMS = *mut PPTP_CONFIG_PARAMS;
#[repr(C)]
#[derive(Copy, Clone)]
/** The certificate that the SSTP service uses.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-sstp_cert_info)*/
pub struct SSTP_CERT_INFO {
    /// Nonzero if no administrator has chosen a certificate, so that the service picks a valid one itself; set it to zero when setting a certificate.
    pub isDefault: BOOL,
    /// Hash of the certificate, by the algorithm in `certAlgorithm` of the [`SSTP_CONFIG_PARAMS`] (SHA-256: 32 bytes). A length of 0 clears the choice.
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
/** A server's SSTP ports and certificate.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-sstp_config_params)*/
pub struct SSTP_CONFIG_PARAMS {
    /// Number of ports that accept SSTP; not 0. Up to 1 on web, 1000 on standard and 30000 on larger editions of Windows Server 2008; more than the registry allowed when the service started makes the call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumPorts: DWORD,
    /// The uses of the ports: [`MPR_ENABLE_RAS_ON_DEVICE`].
    pub dwPortFlags: DWORD,
    /// Nonzero if the service listens with HTTPS, zero for plain HTTP behind something that ends the TLS connection.
    pub isUseHttps: BOOL,
    /// Hash algorithm of the certificate hash: `CALG_SHA_256` of wincrypt.h.
    pub certAlgorithm: DWORD,
    /// The certificate.
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
/** The type of `lpfnMprAdminGetIpAddressForUser` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminGetIpAddressForUser`]: the service offers an IPv4 address for a user, which the DLL may replace. It goes together with [`PMPRADMINRELEASEIPADRESS`]'s.

 - `lpwszUserName` (in): the user's name.
 - `lpwszPortName` (in): the port on which the user connects.
 - `lpdwIpAddress` (in, out): the service's choice, or 0 when the DLL must choose.
 - `bNotifyRelease` (out): set nonzero to be told of the release, else 0.

 Return `NO_ERROR` (0); anything else ends the connection. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmingetipaddressforuser)*/
pub type PMPRADMINGETIPADDRESSFORUSER = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut WCHAR,
        arg2: *mut WCHAR,
        arg3: *mut DWORD,
        arg4: *mut BOOL,
    ) -> DWORD,
>;
/** The type of `lpfnMprAdminReleaseIpAddress` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminReleaseIpAddress`]: the service tells that a user's IPv4 address is about to be released. The misspelling is the header's. It goes together with [`PMPRADMINGETIPADDRESSFORUSER`]'s.

 - `lpszUserName` (in): the user's name.
 - `lpszPortName` (in): the port on which the user was connected.
 - `lpdwIpAddress` (in): the address.

 Returns nothing. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminreleaseipaddress)*/
pub type PMPRADMINRELEASEIPADRESS = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut WCHAR, arg2: *mut WCHAR, arg3: *mut DWORD),
>;
/** The type of `lpfnMprAdminGetIpv6AddressForUser` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminGetIpv6AddressForUser`]: the service offers an IPv6 address for a user, which the DLL may replace. It goes together with [`PMPRADMINRELEASEIPV6ADDRESSFORUSER`]'s.

 - `lpwszUserName` (in): the user's name.
 - `lpwszPortName` (in): the port on which the user connects.
 - `lpdwIpv6Address` (in, out): the service's choice, or zero when the DLL must choose; 64-bit interface identifiers only.
 - `bNotifyRelease` (out): set nonzero to be told of the release, else 0.

 Return `NO_ERROR` (0); anything else ends the connection.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmingetipv6addressforuser)*/
pub type PMPRADMINGETIPV6ADDRESSFORUSER = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut WCHAR,
        arg2: *mut WCHAR,
        arg3: *mut IN6_ADDR,
        arg4: *mut BOOL,
    ) -> DWORD,
>;
/** The type of `lpfnMprAdminReleaseIpV6AddressForUser` in [`MPRAPI_ADMIN_DLL_CALLBACKS`]: the service calls it to release a user's IPv6 address. It goes together with [`PMPRADMINGETIPV6ADDRESSFORUSER`]'s.

 - `lpwszUserName` (in): the user's name.
 - `lpwszPortName` (in): the port on which the user was connected.
 - `lpdwIpv6Address` (in): the address.

 Returns nothing, where [`MprAdminReleaseIpv6AddressForUser`] and Microsoft's page have an error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminreleaseipv6addressforuser)*/
pub type PMPRADMINRELEASEIPV6ADDRESSFORUSER = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut WCHAR, arg2: *mut WCHAR, arg3: *mut IN6_ADDR),
>;
/** The type of `lpfnRasAdminAcceptNewLink` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminAcceptNewLink`]: the service asks whether a link may be added to a connection. The struct must have this function or [`PMPRADMINLINKHANGUPNOTIFICATION`]'s.

 - `pRasPort0` (in): the link's port, as [`RAS_PORT_0`]; the service's memory.
 - `pRasPort1` (in): the link's port, as [`RAS_PORT_1`]; the service's memory.

 Return nonzero to accept, 0 to reject. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewlink)*/
pub type PMPRADMINACCEPTNEWLINK = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_PORT_0, arg2: *mut RAS_PORT_1) -> BOOL,
>;
/** The type of `lpfnRasAdminLinkHangupNotification` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminLinkHangupNotification`]: the service tells that a link of a connection is gone. The struct must have this function or [`PMPRADMINACCEPTNEWLINK`]'s.

 - `pRasPort0` (in): the link's port, as [`RAS_PORT_0`]; the service's memory.
 - `pRasPort1` (in): the link's port, as [`RAS_PORT_1`]; the service's memory.

 Returns nothing. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminlinkhangupnotification)*/
pub type PMPRADMINLINKHANGUPNOTIFICATION = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_PORT_0, arg2: *mut RAS_PORT_1),
>;
/** The type of `lpfnRasAdminTerminateDll` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminTerminateDll`]: the service shuts down and the DLL is to clean up. It takes no parameters.

 Return `NO_ERROR` (0).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminterminatedll)*/
pub type PMPRADMINTERMINATEDLL = ::core::option::Option<
    unsafe extern "system" fn() -> DWORD,
>;
/** The type of `lpfnRasAdminAcceptNewConnectionEx` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminAcceptNewConnectionEx`]: the service asks whether an authenticated user may connect. The struct must have this function or [`PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX`]'s.

 - `pRasConn` (in): the connection, as [`RAS_CONNECTION_EX`]; the service's memory.

 Return nonzero to accept, 0 to reject.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewconnectionex)*/
pub type PMPRADMINACCEPTNEWCONNECTIONEX = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX) -> BOOL,
>;
/** The type of `lpfnRasAdminAcceptReauthenticationEx` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminAcceptReauthenticationEx`]: the service asks whether a client whose quarantine state has changed may stay.

 - `pRasConn` (in): the connection, as [`RAS_CONNECTION_EX`]; the service's memory.

 Return nonzero to accept, 0 to reject.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptreauthenticationex)*/
pub type PMPRADMINACCEPTREAUTHENTICATIONEX = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX) -> BOOL,
>;
/** The type of `lpfnRasAdminConnectionHangupNotificationEx` in [`MPRAPI_ADMIN_DLL_CALLBACKS`] and of [`MprAdminConnectionHangupNotificationEx`]: the service tells that a connection's last link is gone. The struct must have this function or [`PMPRADMINACCEPTNEWCONNECTIONEX`]'s.

 - `pRasConn` (in): the connection, as [`RAS_CONNECTION_EX`]; the service's memory.

 Returns nothing.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionhangupnotificationex)*/
pub type PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX),
>;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** The state of the static packet filters of a transport: on or off. [`MprConfigFilterGetInfo`] fills it in, [`MprConfigFilterSetInfo`] takes it; the memory is the caller's. Windows Server 2008 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_filter_0)*/
pub struct MPR_FILTER_0 {
    /// Nonzero if the filters are enabled. Microsoft's page and mingw's header call the field `fEnabled`.
    pub fEnable: BOOL,
}
/// C's name for this type.
pub type PMPR_FILTER_0 = *mut MPR_FILTER_0;
#[repr(C)]
#[derive(Copy, Clone)]
/// A RAS port with names and 64-bit counters. Microsoft has no page for it, and its pages name no call that returns it. Windows Server 2012 and later.
pub struct RAS_PORT_2 {
    /// Handle of the port, for [`MprAdminPortGetInfo`] and its siblings.
    pub hPort: HANDLE,
    /// Handle of the connection on this port, for [`MprAdminConnectionGetInfo`] and its siblings; meaningful only while the port carries one.
    pub hConnection: HANDLE,
    /// State of the connection on the port; the values are not documented.
    pub dwConn_State: DWORD,
    /// Name of the port, null-terminated, at most [`MAX_PORT_NAME`] units.
    pub wszPortName: [WCHAR; 17usize],
    /// Name of the port's medium, null-terminated, at most [`MAX_MEDIA_NAME`] units.
    pub wszMediaName: [WCHAR; 17usize],
    /// Name of the port's device, null-terminated, at most [`MAX_DEVICE_NAME`] units.
    pub wszDeviceName: [WCHAR; 129usize],
    /// Type of the port's device, null-terminated, at most [`MAX_DEVICETYPE_NAME`] units.
    pub wszDeviceType: [WCHAR; 17usize],
    /// The condition of the device: [`RAS_HARDWARE_OPERATIONAL`] or [`RAS_HARDWARE_FAILURE`].
    pub dwHardwareCondition: RAS_HARDWARE_CONDITION,
    /// Line speed, in bits per second.
    pub dwLineSpeed: DWORD,
    /// CRC errors on the port.
    pub dwCrcErr: DWORD,
    /// Serial overruns on the port.
    pub dwSerialOverRunErrs: DWORD,
    /// Time-outs on the port.
    pub dwTimeoutErr: DWORD,
    /// Alignment errors on the port.
    pub dwAlignmentErr: DWORD,
    /// Hardware overruns on the port.
    pub dwHardwareOverrunErr: DWORD,
    /// Framing errors on the port.
    pub dwFramingErr: DWORD,
    /// Buffer overruns on the port.
    pub dwBufferOverrunErr: DWORD,
    /// Compression of what was received: size compressed over size uncompressed, in percent.
    pub dwCompressionRatioIn: DWORD,
    /// Compression of what was sent: size compressed over size uncompressed, in percent.
    pub dwCompressionRatioOut: DWORD,
    /// Errors of all kinds on the port.
    pub dwTotalErrors: DWORD,
    /// Bytes sent on the port.
    pub ullBytesXmited: ULONGLONG,
    /// Bytes received on the port.
    pub ullBytesRcved: ULONGLONG,
    /// Frames sent on the port.
    pub ullFramesXmited: ULONGLONG,
    /// Frames received on the port.
    pub ullFramesRcved: ULONGLONG,
    /// Bytes sent, counted before compression.
    pub ullBytesTxUncompressed: ULONGLONG,
    /// Bytes sent, counted after compression.
    pub ullBytesTxCompressed: ULONGLONG,
    /// Bytes received, counted after decompression.
    pub ullBytesRcvUncompressed: ULONGLONG,
    /// Bytes received, counted before decompression.
    pub ullBytesRcvCompressed: ULONGLONG,
}
impl Default for RAS_PORT_2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_PORT_2 = *mut RAS_PORT_2;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** The parameters that PPP negotiated for a PPTP, L2TP or SSTP connection, with the inner EAP method; a member of [`PROJECTION_INFO2`]. Windows Server 2012 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ppp_projection_info2)*/
pub struct PPP_PROJECTION_INFO2 {
    /// Result of the IPv4 negotiation: 0, or the error that ended it.
    pub dwIPv4NegotiationError: DWORD,
    /// IPv4 address of the server's end in dotted decimal, null-terminated; valid only if `dwIPv4NegotiationError` is 0. (Microsoft's page has the two ends the other way round; MS-RRASM says the field is that of [`PPP_IPCP_INFO`].)
    pub wszAddress: [WCHAR; 16usize],
    /// IPv4 address of the client's end in dotted decimal, null-terminated; valid only if `dwIPv4NegotiationError` is 0, empty if not known.
    pub wszRemoteAddress: [WCHAR; 16usize],
    /// Options of the local client: [`PPP_IPCP_VJ`] or 0.
    pub dwIPv4Options: DWORD,
    /// Options of the remote server: [`PPP_IPCP_VJ`] or 0.
    pub dwIPv4RemoteOptions: DWORD,
    /// Index of the server's IPv4 subinterface for the connection.
    pub IPv4SubInterfaceIndex: ULONG64,
    /// Result of the IPv6 negotiation: 0, or the error that ended it.
    pub dwIPv6NegotiationError: DWORD,
    /// Interface identifier (the low 64 bits of the address) of the client, in network byte order; valid only if `dwIPv6NegotiationError` is 0.
    pub bInterfaceIdentifier: [BYTE; 8usize],
    /// Interface identifier of the server, in network byte order; valid only if `dwIPv6NegotiationError` is 0.
    pub bRemoteInterfaceIdentifier: [BYTE; 8usize],
    /// IPv6 prefix of the client's interface, in network byte order.
    pub bPrefix: [BYTE; 8usize],
    /// Length of the prefix, in bits.
    pub dwPrefixLength: DWORD,
    /// Index of the server's IPv6 subinterface for the connection.
    pub IPv6SubInterfaceIndex: ULONG64,
    /// Result of the link negotiation: 0, or the error that ended it.
    pub dwLcpError: DWORD,
    /// Authentication of this end: [`PPP_LCP_PAP`], [`PPP_LCP_SPAP`], [`PPP_LCP_CHAP`] or [`PPP_LCP_EAP`].
    pub dwAuthenticationProtocol: DWORD,
    /// With [`PPP_LCP_CHAP`]: [`PPP_LCP_CHAP_MD5`], [`PPP_LCP_CHAP_MS`] or [`PPP_LCP_CHAP_MSV2`].
    pub dwAuthenticationData: DWORD,
    /// Authentication of the remote end, with the values of `dwAuthenticationProtocol`; the two can differ on a demand-dial connection.
    pub dwRemoteAuthenticationProtocol: DWORD,
    /// As `dwAuthenticationData`, for the remote end.
    pub dwRemoteAuthenticationData: DWORD,
    /// Reserved, must be 0.
    pub dwLcpTerminateReason: DWORD,
    /// Reserved, must be 0.
    pub dwLcpRemoteTerminateReason: DWORD,
    /// Link options of the local client: bits [`PPP_LCP_MULTILINK_FRAMING`], [`PPP_LCP_PFC`], [`PPP_LCP_ACFC`], [`PPP_LCP_SSHF`], [`PPP_LCP_DES_56`], [`PPP_LCP_3_DES`], [`PPP_LCP_AES_128`], [`PPP_LCP_AES_192`], [`PPP_LCP_AES_256`], [`PPP_LCP_GCM_AES_128`], [`PPP_LCP_GCM_AES_192`], [`PPP_LCP_GCM_AES_256`].
    pub dwLcpOptions: DWORD,
    /// Link options of the remote server, the same bits as in `dwLcpOptions`.
    pub dwLcpRemoteOptions: DWORD,
    /// EAP type that authenticated this end; valid only if `dwAuthenticationProtocol` is [`PPP_LCP_EAP`].
    pub dwEapTypeId: DWORD,
    /// EAP type of the inner method; valid only if `dwEapTypeId` is PEAP (25).
    pub dwEmbeddedEAPTypeId: DWORD,
    /// EAP type that authenticated the remote end; valid only if `dwRemoteAuthenticationProtocol` is [`PPP_LCP_EAP`].
    pub dwRemoteEapTypeId: DWORD,
    /// Result of the negotiation of compression and encryption: 0, or the error that ended it.
    pub dwCcpError: DWORD,
    /// Compression algorithm of the local client: [`RASCCPCA_MPPC`] or [`RASCCPCA_STAC`].
    pub dwCompressionAlgorithm: DWORD,
    /// Compression and encryption of the local client: bits [`PPP_CCP_COMPRESSION`], [`PPP_CCP_HISTORYLESS`], [`PPP_CCP_ENCRYPTION40BITOLD`], [`PPP_CCP_ENCRYPTION40BIT`], [`PPP_CCP_ENCRYPTION56BIT`], [`PPP_CCP_ENCRYPTION128BIT`].
    pub dwCcpOptions: DWORD,
    /// Compression algorithm of the remote server: [`RASCCPCA_MPPC`] or [`RASCCPCA_STAC`].
    pub dwRemoteCompressionAlgorithm: DWORD,
    /// Compression and encryption of the remote server, the same bits as in `dwCcpOptions`.
    pub dwCcpRemoteOptions: DWORD,
}
/// C's name for this type.
pub type PPPP_PROJECTION_INFO2 = *mut PPP_PROJECTION_INFO2;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** The parameters that IKEv2 negotiated for a connection, with the inner EAP method; a member of [`PROJECTION_INFO2`]. Windows Server 2012 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ikev2_projection_info2)*/
pub struct IKEV2_PROJECTION_INFO2 {
    /// Result of the IPv4 negotiation: 0, or the error that ended it.
    pub dwIPv4NegotiationError: DWORD,
    /// IPv4 address of the server's end in dotted decimal, null-terminated; valid only if `dwIPv4NegotiationError` is 0. (Microsoft's page has the two ends the other way round; MS-RRASM says the field is that of [`PPP_IPCP_INFO`].)
    pub wszAddress: [WCHAR; 16usize],
    /// IPv4 address of the client's end in dotted decimal, null-terminated; valid only if `dwIPv4NegotiationError` is 0, empty if not known.
    pub wszRemoteAddress: [WCHAR; 16usize],
    /// Index of the server's IPv4 subinterface for the connection.
    pub IPv4SubInterfaceIndex: ULONG64,
    /// Result of the IPv6 negotiation: 0, or the error that ended it.
    pub dwIPv6NegotiationError: DWORD,
    /// Interface identifier (the low 64 bits of the address) of the client, in network byte order; valid only if `dwIPv6NegotiationError` is 0.
    pub bInterfaceIdentifier: [BYTE; 8usize],
    /// Interface identifier of the server, in network byte order; valid only if `dwIPv6NegotiationError` is 0.
    pub bRemoteInterfaceIdentifier: [BYTE; 8usize],
    /// IPv6 prefix of the client's interface, in network byte order.
    pub bPrefix: [BYTE; 8usize],
    /// Length of the prefix, in bits.
    pub dwPrefixLength: DWORD,
    /// Index of the server's IPv6 subinterface for the connection.
    pub IPv6SubInterfaceIndex: ULONG64,
    /// Not used.
    pub dwOptions: DWORD,
    /// Authentication of the remote end: [`MPRAPI_IKEV2_AUTH_USING_CERT`] or [`MPRAPI_IKEV2_AUTH_USING_EAP`].
    pub dwAuthenticationProtocol: DWORD,
    /// EAP type that authenticated the client; valid only if `dwAuthenticationProtocol` is [`MPRAPI_IKEV2_AUTH_USING_EAP`].
    pub dwEapTypeId: DWORD,
    /// EAP type of the inner method; valid only if `dwEapTypeId` is PEAP (25).
    pub dwEmbeddedEAPTypeId: DWORD,
    /// Not used.
    pub dwCompressionAlgorithm: DWORD,
    /// Encryption of the connection: a value of `IPSEC_CIPHER_TYPE` of ipsectypes.h, from 3DES to AES-256.
    pub dwEncryptionMethod: DWORD,
}
/// C's name for this type.
pub type PIKEV2_PROJECTION_INFO2 = *mut IKEV2_PROJECTION_INFO2;
#[repr(C)]
#[derive(Copy, Clone)]
/** The parameters that PPP or IKEv2 negotiated for a connection; part of [`RAS_CONNECTION_4`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-projection_info2)*/
pub struct PROJECTION_INFO2 {
    /// The valid member of the union: [`MPRAPI_PPP_PROJECTION_INFO_TYPE`] or [`MPRAPI_IKEV2_PROJECTION_INFO_TYPE`].
    pub projectionInfoType: UCHAR,
    /// The result; `projectionInfoType` says which member is valid.
    pub __bindgen_anon_1: PROJECTION_INFO2__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
/** The two results that a [`PROJECTION_INFO2`] can hold.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-projection_info2)*/
pub union PROJECTION_INFO2__bindgen_ty_1 {
    /// The parameters that PPP negotiated; valid for [`MPRAPI_PPP_PROJECTION_INFO_TYPE`].
    pub PppProjectionInfo: PPP_PROJECTION_INFO2,
    /// The parameters that IKEv2 negotiated; valid for [`MPRAPI_IKEV2_PROJECTION_INFO_TYPE`].
    pub Ikev2ProjectionInfo: IKEV2_PROJECTION_INFO2,
}
impl Default for PROJECTION_INFO2__bindgen_ty_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
impl Default for PROJECTION_INFO2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PPROJECTION_INFO2 = *mut PROJECTION_INFO2;
#[repr(C)]
#[derive(Copy, Clone)]
/** A connection to the server as in [`RAS_CONNECTION_EX`], with start time, 64-bit byte counters and tunnel type. Microsoft's pages name no call that returns it. Windows Server 2012 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ras_connection_4)*/
pub struct RAS_CONNECTION_4 {
    /// Duration of the connection, in seconds.
    pub dwConnectDuration: DWORD,
    /// Kind of the connection's interface: one of the `ROUTER_IF_TYPE_` values, such as [`ROUTER_IF_TYPE_CLIENT`].
    pub dwInterfaceType: ROUTER_INTERFACE_TYPE,
    /// The properties of the connection: bits [`RAS_FLAGS_PPP_CONNECTION`], [`RAS_FLAGS_MESSENGER_PRESENT`], [`RAS_FLAGS_QUARANTINE_PRESENT`], [`RAS_FLAGS_IKEV2_CONNECTION`], [`RAS_FLAGS_DORMANT`].
    pub dwConnectionFlags: DWORD,
    /// Name of the connection's interface, null-terminated.
    pub wszInterfaceName: [WCHAR; 257usize],
    /// Name of the connected user, null-terminated.
    pub wszUserName: [WCHAR; 257usize],
    /// Domain that authenticated the user, null-terminated.
    pub wszLogonDomain: [WCHAR; 16usize],
    /// NetBIOS name of the remote computer, null-terminated.
    pub wszRemoteComputer: [WCHAR; 17usize],
    /// The connection's GUID; that of an incoming connection lives no longer than the connection.
    pub guid: GUID,
    /// The access that Network Access Protection gives the client: one of the `RAS_QUAR_STATE_` values, such as [`RAS_QUAR_STATE_NORMAL`].
    pub rasQuarState: RAS_QUARANTINE_STATE,
    /// By when the client must be out of quarantine, or the connection is dropped; valid only if `rasQuarState` is [`RAS_QUAR_STATE_PROBATION`].
    pub probationTime: FILETIME,
    /// When the connection began, in UTC.
    pub connectionStartTime: FILETIME,
    /// Bytes sent on the connection (Microsoft's page says frames).
    pub ullBytesXmited: ULONGLONG,
    /// Bytes received on the connection (Microsoft's page says frames).
    pub ullBytesRcved: ULONGLONG,
    /// Frames sent on the connection.
    pub dwFramesXmited: DWORD,
    /// Frames received on the connection.
    pub dwFramesRcved: DWORD,
    /// CRC errors on the connection.
    pub dwCrcErr: DWORD,
    /// Time-outs on the connection.
    pub dwTimeoutErr: DWORD,
    /// Alignment errors on the connection.
    pub dwAlignmentErr: DWORD,
    /// Hardware overruns on the connection.
    pub dwHardwareOverrunErr: DWORD,
    /// Framing errors on the connection.
    pub dwFramingErr: DWORD,
    /// Buffer overruns on the connection.
    pub dwBufferOverrunErr: DWORD,
    /// Compression of what was received: size compressed over size uncompressed, in percent.
    pub dwCompressionRatioIn: DWORD,
    /// Compression of what was sent: size compressed over size uncompressed, in percent.
    pub dwCompressionRatioOut: DWORD,
    /// Number of times the connection's ends have moved by MOBIKE (RFC 4555); valid only with [`RAS_FLAGS_IKEV2_CONNECTION`].
    pub dwNumSwitchOvers: DWORD,
    /// IP address of the tunnel's remote end as text, null-terminated.
    pub wszRemoteEndpointAddress: [WCHAR; 65usize],
    /// IP address of the tunnel's local end as text, null-terminated.
    pub wszLocalEndpointAddress: [WCHAR; 65usize],
    /// The parameters that PPP or IKEv2 negotiated for the connection.
    pub ProjectionInfo: PROJECTION_INFO2,
    /// Handle of the connection, for [`MprAdminConnectionGetInfo`] and its siblings.
    pub hConnection: HANDLE,
    /// Handle of the connection's interface.
    pub hInterface: HANDLE,
    /// Tunnel type, as MS-RRASM numbers its `RASDEVICETYPE`: 8 PPTP, 9 L2TP, 14 SSTP, 15 IKEv2, possibly with the class bit 0x10000 for a tunnel.
    pub dwDeviceType: DWORD,
}
impl Default for RAS_CONNECTION_4 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PRAS_CONNECTION_4 = *mut RAS_CONNECTION_4;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** Algorithms to negotiate for a tunnel's security associations: main mode and quick mode. Windows Server 2012 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-router_custom_ikev2_policy0)*/
pub struct ROUTER_CUSTOM_IKEv2_POLICY0 {
    /// Integrity algorithm of main mode: a value of `IKEEXT_INTEGRITY_TYPE` of iketypes.h.
    pub dwIntegrityMethod: DWORD,
    /// Encryption algorithm of main mode: a value of `IKEEXT_CIPHER_TYPE` of iketypes.h.
    pub dwEncryptionMethod: DWORD,
    /// Encryption algorithm of quick mode: a value of `IPSEC_CIPHER_TYPE` of ipsectypes.h.
    pub dwCipherTransformConstant: DWORD,
    /// Hash algorithm of quick mode: a value of `IPSEC_AUTH_TYPE` of ipsectypes.h.
    pub dwAuthTransformConstant: DWORD,
    /// Diffie-Hellman group for the perfect forward secrecy of quick mode: a value of `IPSEC_PFS_GROUP` of ipsectypes.h.
    pub dwPfsGroup: DWORD,
    /// Diffie-Hellman group of main mode: a value of `IKEEXT_DH_GROUP` of iketypes.h.
    pub dwDhGroup: DWORD,
}
/// C's name for this type.
pub type PROUTER_CUSTOM_IKEv2_POLICY0 = *mut ROUTER_CUSTOM_IKEv2_POLICY0;
#[repr(C)]
#[derive(Copy, Clone)]
/// One extended key usage of a certificate, by number or by name. Windows Server 2012 R2 and later.
pub struct MPR_CERT_EKU {
    /// Size of the string at `pwszEKU`, in bytes.
    pub dwSize: DWORD,
    /// Nonzero if `pwszEKU` is an object identifier such as `1.3.6.1.5.5.7.3.1`, zero if it is a name.
    pub IsEKUOID: BOOL,
    /// The key usage, as UTF-16.
    pub pwszEKU: *mut WCHAR,
}
impl Default for MPR_CERT_EKU {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_CERT_EKU = *mut MPR_CERT_EKU;
/// A range of IPv4 addresses: the member `v4` holds the address.
pub const MPR_VPN_TS_IPv4_ADDR_RANGE: MPR_VPN_TS_TYPE = 7;
/// A range of IPv6 addresses: the member `v6` holds the address.
pub const MPR_VPN_TS_IPv6_ADDR_RANGE: MPR_VPN_TS_TYPE = 8;
/// The kind of addresses in a [`VPN_TS_IP_ADDRESS`]; the numbers are those of IKEv2's traffic selector types (RFC 7296).
pub type MPR_VPN_TS_TYPE = i32;
#[repr(C)]
#[derive(Copy, Clone)]
/// An address of a traffic selector, IPv4 or IPv6. Windows Server 2016 and later.
pub struct VPN_TS_IP_ADDRESS {
    /// The member that holds the address: [`MPR_VPN_TS_IPv4_ADDR_RANGE`] or [`MPR_VPN_TS_IPv6_ADDR_RANGE`].
    pub Type: USHORT,
    /// The address; `Type` says which member is valid.
    pub __bindgen_anon_1: VPN_TS_IP_ADDRESS__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
/// The two forms of the address in a [`VPN_TS_IP_ADDRESS`].
pub union VPN_TS_IP_ADDRESS__bindgen_ty_1 {
    /// The address, if `Type` is [`MPR_VPN_TS_IPv4_ADDR_RANGE`]; in network byte order.
    pub v4: IN_ADDR,
    /// The address, if `Type` is [`MPR_VPN_TS_IPv6_ADDR_RANGE`]; in network byte order.
    pub v6: IN6_ADDR,
}
impl Default for VPN_TS_IP_ADDRESS__bindgen_ty_1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
impl Default for VPN_TS_IP_ADDRESS {
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
/// One IKEv2 traffic selector (RFC 7296): which packets go through a tunnel, by protocol, ports and addresses. Windows Server 2016 and later.
pub struct MPR_VPN_TRAFFIC_SELECTOR {
    /// Kind of the addresses: [`MPR_VPN_TS_IPv4_ADDR_RANGE`] or [`MPR_VPN_TS_IPv6_ADDR_RANGE`].
    pub type_: MPR_VPN_TS_TYPE,
    /// IP protocol number, such as 6 for TCP; 0 for all.
    pub protocolId: BYTE,
    /// First port of the range.
    pub portStart: USHORT,
    /// Last port of the range, included; 0 to 65535 is every port.
    pub portEnd: USHORT,
    /// A number that tags the selector.
    pub tsPayloadId: USHORT,
    /// First address of the range.
    pub addrStart: VPN_TS_IP_ADDRESS,
    /// Last address of the range, included.
    pub addrEnd: VPN_TS_IP_ADDRESS,
}
impl Default for MPR_VPN_TRAFFIC_SELECTOR {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_VPN_TRAFFIC_SELECTOR = *mut MPR_VPN_TRAFFIC_SELECTOR;
#[repr(C)]
#[derive(Copy, Clone)]
/// The traffic selectors of both ends of an IKEv2 tunnel. Windows Server 2016 and later.
pub struct MPR_VPN_TRAFFIC_SELECTORS {
    /// Number of entries at `tsI`.
    pub numTsi: DWORD,
    /// Number of entries at `tsR`.
    pub numTsr: DWORD,
    /// Array of `numTsi` selectors of the initiator's side.
    pub tsI: *mut MPR_VPN_TRAFFIC_SELECTOR,
    /// Array of `numTsr` selectors of the responder's side.
    pub tsR: *mut MPR_VPN_TRAFFIC_SELECTOR,
}
impl Default for MPR_VPN_TRAFFIC_SELECTORS {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_VPN_TRAFFIC_SELECTORS = *mut MPR_VPN_TRAFFIC_SELECTORS;
#[repr(C)]
#[derive(Copy, Clone)]
/** IKEv2 configuration of a demand-dial interface, as Windows Server 2012 has it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-router_ikev2_if_custom_config0)*/
pub struct ROUTER_IKEv2_IF_CUSTOM_CONFIG0 {
    /// Lifetime of a security association, in seconds: 300 to 17279999.
    pub dwSaLifeTime: DWORD,
    /// Kilobytes after which a security association is negotiated anew: at least 1024.
    pub dwSaDataSize: DWORD,
    /// X.509 name of the certificate that this end shows to its peer.
    pub certificateName: CERT_NAME_BLOB,
    /// Algorithms to negotiate instead of the default ones, or null for the default.
    pub customPolicy: *mut ROUTER_CUSTOM_IKEv2_POLICY0,
}
impl Default for ROUTER_IKEv2_IF_CUSTOM_CONFIG0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PROUTER_IKEv2_IF_CUSTOM_CONFIG0 = *mut ROUTER_IKEv2_IF_CUSTOM_CONFIG0;
#[repr(C)]
#[derive(Copy, Clone)]
/// IKEv2 configuration of a demand-dial interface: [`ROUTER_IKEv2_IF_CUSTOM_CONFIG0`] with a certificate hash. Windows Server 2012 R2 and later.
pub struct ROUTER_IKEv2_IF_CUSTOM_CONFIG1 {
    /// Lifetime of a security association, in seconds: 300 to 17279999.
    pub dwSaLifeTime: DWORD,
    /// Kilobytes after which a security association is negotiated anew: at least 1024.
    pub dwSaDataSize: DWORD,
    /// X.509 name of the certificate that this end shows to its peer.
    pub certificateName: CERT_NAME_BLOB,
    /// Algorithms to negotiate instead of the default ones, or null for the default.
    pub customPolicy: *mut ROUTER_CUSTOM_IKEv2_POLICY0,
    /// Hash of the certificate that this end shows to its peer.
    pub certificateHash: CRYPT_HASH_BLOB,
}
impl Default for ROUTER_IKEv2_IF_CUSTOM_CONFIG1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PROUTER_IKEv2_IF_CUSTOM_CONFIG1 = *mut ROUTER_IKEv2_IF_CUSTOM_CONFIG1;
#[repr(C)]
#[derive(Copy, Clone)]
/// IKEv2 configuration of a demand-dial interface: [`ROUTER_IKEv2_IF_CUSTOM_CONFIG1`] with the lifetime of main mode and traffic selectors. Windows Server 2016 and later.
pub struct ROUTER_IKEv2_IF_CUSTOM_CONFIG2 {
    /// Lifetime of a security association, in seconds: 300 to 17279999.
    pub dwSaLifeTime: DWORD,
    /// Kilobytes after which a security association is negotiated anew: at least 1024.
    pub dwSaDataSize: DWORD,
    /// X.509 name of the certificate that this end shows to its peer.
    pub certificateName: CERT_NAME_BLOB,
    /// Algorithms to negotiate instead of the default ones, or null for the default.
    pub customPolicy: *mut ROUTER_CUSTOM_IKEv2_POLICY0,
    /// Hash of the certificate that this end shows to its peer.
    pub certificateHash: CRYPT_HASH_BLOB,
    /// Lifetime of a main mode security association, in seconds.
    pub dwMmSaLifeTime: DWORD,
    /// The traffic that goes through the tunnel.
    pub vpnTrafficSelectors: MPR_VPN_TRAFFIC_SELECTORS,
}
impl Default for ROUTER_IKEv2_IF_CUSTOM_CONFIG2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PROUTER_IKEv2_IF_CUSTOM_CONFIG2 = *mut ROUTER_IKEv2_IF_CUSTOM_CONFIG2;
#[repr(C)]
#[derive(Copy, Clone)]
/** Custom tunnel configuration of a demand-dial interface ([`ROUTER_IF_TYPE_FULL_ROUTER`]), revision 1. [`MprAdminInterfaceGetCustomInfoEx`] and [`MprConfigInterfaceGetCustomInfoEx`] fill it in, and the caller frees what it points to with [`MprAdminBufferFree`] or [`MprConfigBufferFree`]; [`MprAdminInterfaceSetCustomInfoEx`] and [`MprConfigInterfaceSetCustomInfoEx`] take it. Windows Server 2012 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_if_custominfoex0)*/
pub struct MPR_IF_CUSTOMINFOEX0 {
    /// To be filled in before the call: type [`MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT`], revision [`MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_1`], size of this structure.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// [`MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2`] if there is a custom configuration; 0 if there is none, and to remove it.
    pub dwFlags: DWORD,
    /// The IKEv2 configuration.
    pub customIkev2Config: ROUTER_IKEv2_IF_CUSTOM_CONFIG0,
}
impl Default for MPR_IF_CUSTOMINFOEX0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_IF_CUSTOMINFOEX0 = *mut MPR_IF_CUSTOMINFOEX0;
#[repr(C)]
#[derive(Copy, Clone)]
/// Custom tunnel configuration of a demand-dial interface ([`ROUTER_IF_TYPE_FULL_ROUTER`]), revision 2. [`MprAdminInterfaceGetCustomInfoEx`] and [`MprConfigInterfaceGetCustomInfoEx`] fill it in, and the caller frees what it points to with [`MprAdminBufferFree`] or [`MprConfigBufferFree`]; [`MprAdminInterfaceSetCustomInfoEx`] and [`MprConfigInterfaceSetCustomInfoEx`] take it. Windows Server 2012 R2 and later.
pub struct MPR_IF_CUSTOMINFOEX1 {
    /// To be filled in before the call: type [`MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT`], revision [`MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_2`], size of this structure.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// [`MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2`] if there is a custom configuration; 0 if there is none, and to remove it.
    pub dwFlags: DWORD,
    /// The IKEv2 configuration.
    pub customIkev2Config: ROUTER_IKEv2_IF_CUSTOM_CONFIG1,
}
impl Default for MPR_IF_CUSTOMINFOEX1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_IF_CUSTOMINFOEX1 = *mut MPR_IF_CUSTOMINFOEX1;
#[repr(C)]
#[derive(Copy, Clone)]
/// Custom tunnel configuration of a demand-dial interface ([`ROUTER_IF_TYPE_FULL_ROUTER`]), revision 3. [`MprAdminInterfaceGetCustomInfoEx`] and [`MprConfigInterfaceGetCustomInfoEx`] fill it in, and the caller frees what it points to with [`MprAdminBufferFree`] or [`MprConfigBufferFree`]; [`MprAdminInterfaceSetCustomInfoEx`] and [`MprConfigInterfaceSetCustomInfoEx`] take it. Windows Server 2016 and later.
pub struct MPR_IF_CUSTOMINFOEX2 {
    /// To be filled in before the call: type [`MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT`], revision [`MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3`], size of this structure.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// [`MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2`] if there is a custom configuration; 0 if there is none, and to remove it.
    pub dwFlags: DWORD,
    /// The IKEv2 configuration.
    pub customIkev2Config: ROUTER_IKEv2_IF_CUSTOM_CONFIG2,
}
impl Default for MPR_IF_CUSTOMINFOEX2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_IF_CUSTOMINFOEX2 = *mut MPR_IF_CUSTOMINFOEX2;
#[repr(C)]
#[derive(Copy, Clone)]
/// IKEv2 tunnel parameters as Windows 7 and Windows Server 2008 R2 have them; later revisions add to this.
pub struct IKEV2_TUNNEL_CONFIG_PARAMS1 {
    /// Time that a tunnel may be idle before it ends, in seconds.
    pub dwIdleTimeout: DWORD,
    /// Time that a client may be out of reach before its tunnel ends, in seconds.
    pub dwNetworkBlackoutTime: DWORD,
    /// Lifetime of a quick-mode security association, in seconds.
    pub dwSaLifeTime: DWORD,
    /// Data that a quick-mode security association may carry before it is renewed, in megabytes.
    pub dwSaDataSizeForRenegotiation: DWORD,
    /// Reserved; zero.
    pub dwConfigOptions: DWORD,
    /// Number of entries in `certificateNames`.
    pub dwTotalCertificates: DWORD,
    /// The names of the root certificates that are accepted for authentication.
    pub certificateNames: *mut CERT_NAME_BLOB,
}
impl Default for IKEV2_TUNNEL_CONFIG_PARAMS1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PIKEV2_TUNNEL_CONFIG_PARAMS1 = *mut IKEV2_TUNNEL_CONFIG_PARAMS1;
#[repr(C)]
#[derive(Copy, Clone)]
/** Parameters of a server's IKEv2 tunnels, as Windows Server 2012 has them. Arrays belong to the caller when set; when got, they come from the API.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ikev2_tunnel_config_params2)*/
pub struct IKEV2_TUNNEL_CONFIG_PARAMS2 {
    /// After how many seconds without traffic the connection ends: 300 to 17279999.
    pub dwIdleTimeout: DWORD,
    /// Seconds that IKEv2 repeats a request without an answer before it gives up the connection: at least 120.
    pub dwNetworkBlackoutTime: DWORD,
    /// Lifetime of a security association, in seconds: 300 to 17279999.
    pub dwSaLifeTime: DWORD,
    /// Kilobytes after which a security association is negotiated anew: at least 1024.
    pub dwSaDataSizeForRenegotiation: DWORD,
    /// Not used, must be 0.
    pub dwConfigOptions: DWORD,
    /// Number of entries at `certificateNames`.
    pub dwTotalCertificates: DWORD,
    /// Array of `dwTotalCertificates` X.509 names (`CERT_NAME_BLOB`) of the root certificates that peers may use.
    pub certificateNames: *mut CERT_NAME_BLOB,
    /// X.509 name of the certificate that the server shows to its peers.
    pub machineCertificateName: CERT_NAME_BLOB,
    /// Encryption to negotiate: 0 none, 1 if the peer can, 2 required, 3 required with the strongest algorithms.
    pub dwEncryptionType: DWORD,
    /// Algorithms to negotiate instead of the default ones, or null for the default.
    pub customPolicy: *mut ROUTER_CUSTOM_IKEv2_POLICY0,
}
impl Default for IKEV2_TUNNEL_CONFIG_PARAMS2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PIKEV2_TUNNEL_CONFIG_PARAMS2 = *mut IKEV2_TUNNEL_CONFIG_PARAMS2;
#[repr(C)]
#[derive(Copy, Clone)]
/// Parameters of a server's IKEv2 tunnels: [`IKEV2_TUNNEL_CONFIG_PARAMS2`] with key usages and a certificate hash. Windows Server 2012 R2 and later. Arrays belong to the caller when set; when got, they come from the API.
pub struct IKEV2_TUNNEL_CONFIG_PARAMS3 {
    /// After how many seconds without traffic the connection ends: 300 to 17279999.
    pub dwIdleTimeout: DWORD,
    /// Seconds that IKEv2 repeats a request without an answer before it gives up the connection: at least 120.
    pub dwNetworkBlackoutTime: DWORD,
    /// Lifetime of a security association, in seconds: 300 to 17279999.
    pub dwSaLifeTime: DWORD,
    /// Kilobytes after which a security association is negotiated anew: at least 1024.
    pub dwSaDataSizeForRenegotiation: DWORD,
    /// Not used, must be 0.
    pub dwConfigOptions: DWORD,
    /// Number of entries at `certificateNames`.
    pub dwTotalCertificates: DWORD,
    /// Array of `dwTotalCertificates` X.509 names (`CERT_NAME_BLOB`) of the root certificates that peers may use.
    pub certificateNames: *mut CERT_NAME_BLOB,
    /// X.509 name of the certificate that the server shows to its peers.
    pub machineCertificateName: CERT_NAME_BLOB,
    /// Encryption to negotiate: 0 none, 1 if the peer can, 2 required, 3 required with the strongest algorithms.
    pub dwEncryptionType: DWORD,
    /// Algorithms to negotiate instead of the default ones, or null for the default.
    pub customPolicy: *mut ROUTER_CUSTOM_IKEv2_POLICY0,
    /// Number of entries at `certificateEKUs`.
    pub dwTotalEkus: DWORD,
    /// Array of `dwTotalEkus` key usages that a peer's certificate may have.
    pub certificateEKUs: *mut MPR_CERT_EKU,
    /// Hash of the certificate that the server shows to its peers.
    pub machineCertificateHash: CRYPT_HASH_BLOB,
}
impl Default for IKEV2_TUNNEL_CONFIG_PARAMS3 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PIKEV2_TUNNEL_CONFIG_PARAMS3 = *mut IKEV2_TUNNEL_CONFIG_PARAMS3;
#[repr(C)]
#[derive(Copy, Clone)]
/// Parameters of a server's IKEv2 tunnels: [`IKEV2_TUNNEL_CONFIG_PARAMS3`] with the lifetime of main mode. Arrays belong to the caller when set; when got, they come from the API.
pub struct IKEV2_TUNNEL_CONFIG_PARAMS4 {
    /// After how many seconds without traffic the connection ends: 300 to 17279999.
    pub dwIdleTimeout: DWORD,
    /// Seconds that IKEv2 repeats a request without an answer before it gives up the connection: at least 120.
    pub dwNetworkBlackoutTime: DWORD,
    /// Lifetime of a security association, in seconds: 300 to 17279999.
    pub dwSaLifeTime: DWORD,
    /// Kilobytes after which a security association is negotiated anew: at least 1024.
    pub dwSaDataSizeForRenegotiation: DWORD,
    /// Not used, must be 0.
    pub dwConfigOptions: DWORD,
    /// Number of entries at `certificateNames`.
    pub dwTotalCertificates: DWORD,
    /// Array of `dwTotalCertificates` X.509 names (`CERT_NAME_BLOB`) of the root certificates that peers may use.
    pub certificateNames: *mut CERT_NAME_BLOB,
    /// X.509 name of the certificate that the server shows to its peers.
    pub machineCertificateName: CERT_NAME_BLOB,
    /// Encryption to negotiate: 0 none, 1 if the peer can, 2 required, 3 required with the strongest algorithms.
    pub dwEncryptionType: DWORD,
    /// Algorithms to negotiate instead of the default ones, or null for the default.
    pub customPolicy: *mut ROUTER_CUSTOM_IKEv2_POLICY0,
    /// Number of entries at `certificateEKUs`.
    pub dwTotalEkus: DWORD,
    /// Array of `dwTotalEkus` key usages that a peer's certificate may have.
    pub certificateEKUs: *mut MPR_CERT_EKU,
    /// Hash of the certificate that the server shows to its peers.
    pub machineCertificateHash: CRYPT_HASH_BLOB,
    /// Lifetime of a main mode security association, in seconds.
    pub dwMmSaLifeTime: DWORD,
}
impl Default for IKEV2_TUNNEL_CONFIG_PARAMS4 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PIKEV2_TUNNEL_CONFIG_PARAMS4 = *mut IKEV2_TUNNEL_CONFIG_PARAMS4;
#[repr(C)]
#[derive(Copy, Clone)]
/** A server's IKEv2 ports and tunnel parameters.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-ikev2_config_params)*/
pub struct IKEV2_CONFIG_PARAMS {
    /// Number of ports that accept IKEv2.
    pub dwNumPorts: DWORD,
    /// The uses of the ports: [`MPR_ENABLE_RAS_ON_DEVICE`].
    pub dwPortFlags: DWORD,
    /// [`MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS`] if the other fields are valid.
    pub dwTunnelConfigParamFlags: DWORD,
    /// Lifetimes, certificates and algorithms of the tunnels.
    pub TunnelConfigParams: IKEV2_TUNNEL_CONFIG_PARAMS4,
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
#[derive(Copy, Clone)]
/// Parameters of a server's L2TP tunnels and the IPsec beneath them. Windows Server 2012 R2 and later.
pub struct L2TP_TUNNEL_CONFIG_PARAMS1 {
    /// After how many seconds without traffic the connection ends: 300 to 17279999.
    pub dwIdleTimeout: DWORD,
    /// Encryption to negotiate: 0 none, 1 if the peer can, 2 required, 3 required with the strongest algorithms.
    pub dwEncryptionType: DWORD,
    /// Lifetime of a security association, in seconds: 300 to 17279999.
    pub dwSaLifeTime: DWORD,
    /// Kilobytes after which a security association is negotiated anew: at least 1024.
    pub dwSaDataSizeForRenegotiation: DWORD,
    /// Algorithms to negotiate instead of the default ones, or null for the default.
    pub customPolicy: *mut ROUTER_CUSTOM_IKEv2_POLICY0,
}
impl Default for L2TP_TUNNEL_CONFIG_PARAMS1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PL2TP_TUNNEL_CONFIG_PARAMS1 = *mut L2TP_TUNNEL_CONFIG_PARAMS1;
#[repr(C)]
#[derive(Copy, Clone)]
/// Parameters of a server's L2TP tunnels: [`L2TP_TUNNEL_CONFIG_PARAMS1`] with the lifetime of main mode.
pub struct L2TP_TUNNEL_CONFIG_PARAMS2 {
    /// After how many seconds without traffic the connection ends: 300 to 17279999.
    pub dwIdleTimeout: DWORD,
    /// Encryption to negotiate: 0 none, 1 if the peer can, 2 required, 3 required with the strongest algorithms.
    pub dwEncryptionType: DWORD,
    /// Lifetime of a security association, in seconds: 300 to 17279999.
    pub dwSaLifeTime: DWORD,
    /// Kilobytes after which a security association is negotiated anew: at least 1024.
    pub dwSaDataSizeForRenegotiation: DWORD,
    /// Algorithms to negotiate instead of the default ones, or null for the default.
    pub customPolicy: *mut ROUTER_CUSTOM_IKEv2_POLICY0,
    /// Lifetime of a main mode security association, in seconds.
    pub dwMmSaLifeTime: DWORD,
}
impl Default for L2TP_TUNNEL_CONFIG_PARAMS2 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PL2TP_TUNNEL_CONFIG_PARAMS2 = *mut L2TP_TUNNEL_CONFIG_PARAMS2;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** A server's L2TP ports.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-l2tp_config_params0)*/
pub struct L2TP_CONFIG_PARAMS0 {
    /// Number of ports that accept L2TP; not 0. Up to 1 on web, 1000 on standard and 30000 on larger editions of Windows Server 2008; more than the registry allowed when the service started makes the call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumPorts: DWORD,
    /// The uses of the ports: bits [`MPR_ENABLE_RAS_ON_DEVICE`] and [`MPR_ENABLE_ROUTING_ON_DEVICE`].
    pub dwPortFlags: DWORD,
}
/// C's name for this type.
pub type PL2TP_CONFIG_PARAMS0 = *mut L2TP_CONFIG_PARAMS0;
#[repr(C)]
#[derive(Copy, Clone)]
/** A server's L2TP ports and tunnel parameters. Windows Server 2012 R2 and later.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-l2tp_config_params1)*/
pub struct L2TP_CONFIG_PARAMS1 {
    /// Number of ports that accept L2TP; not 0. Up to 1 on web, 1000 on standard and 30000 on larger editions of Windows Server 2008; more than the registry allowed when the service started makes the call return `ERROR_SUCCESS_REBOOT_REQUIRED`.
    pub dwNumPorts: DWORD,
    /// The uses of the ports: bits [`MPR_ENABLE_RAS_ON_DEVICE`] and [`MPR_ENABLE_ROUTING_ON_DEVICE`].
    pub dwPortFlags: DWORD,
    /// [`MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS`] when setting `TunnelConfigParams`.
    pub dwTunnelConfigParamFlags: DWORD,
    /// Lifetimes and algorithms of the tunnels.
    pub TunnelConfigParams: L2TP_TUNNEL_CONFIG_PARAMS2,
}
impl Default for L2TP_CONFIG_PARAMS1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PL2TP_CONFIG_PARAMS1 = *mut L2TP_CONFIG_PARAMS1;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/// A server's GRE tunnels.
pub struct GRE_CONFIG_PARAMS0 {
    /// Number of ports that accept GRE.
    pub dwNumPorts: DWORD,
    /// The uses of the ports: bits [`MPR_ENABLE_RAS_ON_DEVICE`] and [`MPR_ENABLE_ROUTING_ON_DEVICE`].
    pub dwPortFlags: DWORD,
}
/// C's name for this type.
pub type PGRE_CONFIG_PARAMS0 = *mut GRE_CONFIG_PARAMS0;
#[repr(C)]
#[derive(Copy, Clone)]
/** Parameters of a server's tunnel protocols, without GRE; part of [`MPR_SERVER_EX0`] and [`MPR_SERVER_SET_CONFIG_EX0`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_tunnel_config_params0)*/
pub struct MPRAPI_TUNNEL_CONFIG_PARAMS0 {
    /// Parameters of IKEv2.
    pub IkeConfigParams: IKEV2_CONFIG_PARAMS,
    /// Parameters of PPTP.
    pub PptpConfigParams: PPTP_CONFIG_PARAMS,
    /// Parameters of L2TP.
    pub L2tpConfigParams: L2TP_CONFIG_PARAMS1,
    /// Parameters of SSTP.
    pub SstpConfigParams: SSTP_CONFIG_PARAMS,
}
impl Default for MPRAPI_TUNNEL_CONFIG_PARAMS0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPRAPI_TUNNEL_CONFIG_PARAMS0 = *mut MPRAPI_TUNNEL_CONFIG_PARAMS0;
#[repr(C)]
#[derive(Copy, Clone)]
/** Parameters of a server's tunnel protocols, with GRE; part of [`MPR_SERVER_EX1`] and [`MPR_SERVER_SET_CONFIG_EX1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_tunnel_config_params1)*/
pub struct MPRAPI_TUNNEL_CONFIG_PARAMS1 {
    /// Parameters of IKEv2.
    pub IkeConfigParams: IKEV2_CONFIG_PARAMS,
    /// Parameters of PPTP.
    pub PptpConfigParams: PPTP_CONFIG_PARAMS,
    /// Parameters of L2TP.
    pub L2tpConfigParams: L2TP_CONFIG_PARAMS1,
    /// Parameters of SSTP.
    pub SstpConfigParams: SSTP_CONFIG_PARAMS,
    /// Parameters of GRE.
    pub GREConfigParams: GRE_CONFIG_PARAMS0,
}
impl Default for MPRAPI_TUNNEL_CONFIG_PARAMS1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPRAPI_TUNNEL_CONFIG_PARAMS1 = *mut MPRAPI_TUNNEL_CONFIG_PARAMS1;
#[repr(C)]
#[derive(Copy, Clone)]
/** A server's state and tunnel parameters, without GRE. [`MprAdminServerGetInfoEx`] and [`MprConfigServerGetInfoEx`] fill it in; the structure is the caller's, and the caller frees what it points to with [`MprAdminBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_ex0)*/
pub struct MPR_SERVER_EX0 {
    /// To be filled in before the call: type [`MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT`], size of this structure, revision [`MPRAPI_MPR_SERVER_OBJECT_REVISION_4`] by the layout. Microsoft's page demands [`MPRAPI_MPR_SERVER_OBJECT_REVISION_1`], which stands for the shorter record of Windows Server 2008 R2.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// Nonzero if the server routes between LANs only.
    pub fLanOnlyMode: DWORD,
    /// Uptime of the server, in seconds.
    pub dwUpTime: DWORD,
    /// Number of the server's ports.
    pub dwTotalPorts: DWORD,
    /// Number of ports in use now.
    pub dwPortsInUse: DWORD,
    /// Reserved, must be 0.
    pub Reserved: DWORD,
    /// Parameters of the server's tunnel protocols.
    pub ConfigParams: MPRAPI_TUNNEL_CONFIG_PARAMS0,
}
impl Default for MPR_SERVER_EX0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_SERVER_EX0 = *mut MPR_SERVER_EX0;
#[repr(C)]
#[derive(Copy, Clone)]
/** A server's state and tunnel parameters, with GRE. [`MprAdminServerGetInfoEx`] and [`MprConfigServerGetInfoEx`] fill it in; the structure is the caller's, and the caller frees what it points to with [`MprAdminBufferFree`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_ex1)*/
pub struct MPR_SERVER_EX1 {
    /// To be filled in before the call: type [`MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT`], size of this structure, revision [`MPRAPI_MPR_SERVER_OBJECT_REVISION_5`] by the layout. Microsoft's page demands [`MPRAPI_MPR_SERVER_OBJECT_REVISION_1`], which stands for the shorter record of Windows Server 2008 R2.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// Nonzero if the server routes between LANs only.
    pub fLanOnlyMode: DWORD,
    /// Uptime of the server, in seconds.
    pub dwUpTime: DWORD,
    /// Number of the server's ports.
    pub dwTotalPorts: DWORD,
    /// Number of ports in use now.
    pub dwPortsInUse: DWORD,
    /// Reserved, must be 0.
    pub Reserved: DWORD,
    /// Parameters of the server's tunnel protocols.
    pub ConfigParams: MPRAPI_TUNNEL_CONFIG_PARAMS1,
}
impl Default for MPR_SERVER_EX1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_SERVER_EX1 = *mut MPR_SERVER_EX1;
#[repr(C)]
#[derive(Copy, Clone)]
/** New tunnel parameters of a server, without GRE, for [`MprAdminServerSetInfoEx`] and [`MprConfigServerSetInfoEx`]. The structure and all it points to are the caller's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_set_config_ex0)*/
pub struct MPR_SERVER_SET_CONFIG_EX0 {
    /// Type [`MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT`], size of this structure, revision [`MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_4`] by the layout. Microsoft's page demands [`MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_1`], which stands for the shorter record of Windows Server 2008 R2.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// The parameters in `ConfigParams` to set: [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP`], [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP`], [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP`], [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2`].
    pub setConfigForProtocols: DWORD,
    /// The parameters; those not named in `setConfigForProtocols` are not set.
    pub ConfigParams: MPRAPI_TUNNEL_CONFIG_PARAMS0,
}
impl Default for MPR_SERVER_SET_CONFIG_EX0 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_SERVER_SET_CONFIG_EX0 = *mut MPR_SERVER_SET_CONFIG_EX0;
#[repr(C)]
#[derive(Copy, Clone)]
/** New tunnel parameters of a server, with GRE, for [`MprAdminServerSetInfoEx`] and [`MprConfigServerSetInfoEx`]. The structure and all it points to are the caller's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_set_config_ex1)*/
pub struct MPR_SERVER_SET_CONFIG_EX1 {
    /// Type [`MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT`], size of this structure, revision [`MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_5`] by the layout. Microsoft's page demands [`MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_1`], which stands for the shorter record of Windows Server 2008 R2.
    pub Header: MPRAPI_OBJECT_HEADER,
    /// The parameters in `ConfigParams` to set: [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP`], [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP`], [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP`], [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2`], [`MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE`].
    pub setConfigForProtocols: DWORD,
    /// The parameters; those not named in `setConfigForProtocols` are not set.
    pub ConfigParams: MPRAPI_TUNNEL_CONFIG_PARAMS1,
}
impl Default for MPR_SERVER_SET_CONFIG_EX1 {
    fn default() -> Self {
        let mut s = ::core::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::core::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
/// C's name for this type.
pub type PMPR_SERVER_SET_CONFIG_EX1 = *mut MPR_SERVER_SET_CONFIG_EX1;
/// The newest revision of the record of a server's IKEv2 tunnel parameters: [`IKEV2_TUNNEL_CONFIG_PARAMS4`].
pub type IKEV2_TUNNEL_CONFIG_PARAMS = IKEV2_TUNNEL_CONFIG_PARAMS4;
/// C's name for this type.
pub type PIKEV2_TUNNEL_CONFIG_PARAMS = *mut IKEV2_TUNNEL_CONFIG_PARAMS4;
/// The newest revision of the record of a server's L2TP tunnel parameters: [`L2TP_TUNNEL_CONFIG_PARAMS2`].
pub type L2TP_TUNNEL_CONFIG_PARAMS = L2TP_TUNNEL_CONFIG_PARAMS2;
/// C's name for this type.
pub type PL2TP_TUNNEL_CONFIG_PARAMS = *mut L2TP_TUNNEL_CONFIG_PARAMS2;
/** The newest revision of the record of a server's L2TP ports and tunnel parameters: [`L2TP_CONFIG_PARAMS1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-l2tp_config_params1)*/
pub type L2TP_CONFIG_PARAMS = L2TP_CONFIG_PARAMS1;
/// C's name for this type.
pub type PL2TP_CONFIG_PARAMS = *mut L2TP_CONFIG_PARAMS1;
/// The newest revision of the record of a server's GRE tunnels: [`GRE_CONFIG_PARAMS0`].
pub type GRE_CONFIG_PARAMS = GRE_CONFIG_PARAMS0;
/// C's name for this type.
pub type PGRE_CONFIG_PARAMS = *mut GRE_CONFIG_PARAMS0;
/** The newest revision of the record of a server's tunnel parameters: [`MPRAPI_TUNNEL_CONFIG_PARAMS1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_tunnel_config_params1)*/
pub type MPRAPI_TUNNEL_CONFIG_PARAMS = MPRAPI_TUNNEL_CONFIG_PARAMS1;
/// C's name for this type.
pub type PMPRAPI_TUNNEL_CONFIG_PARAMS = *mut MPRAPI_TUNNEL_CONFIG_PARAMS1;
/** The newest revision of the record of a server's state and tunnel parameters: [`MPR_SERVER_EX1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_ex1)*/
pub type MPR_SERVER_EX = MPR_SERVER_EX1;
/// C's name for this type.
pub type PMPR_SERVER_EX = *mut MPR_SERVER_EX1;
/** The newest revision of the record of new tunnel parameters of a server: [`MPR_SERVER_SET_CONFIG_EX1`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mpr_server_set_config_ex1)*/
pub type MPR_SERVER_SET_CONFIG_EX = MPR_SERVER_SET_CONFIG_EX1;
/// C's name for this type.
pub type PMPR_SERVER_SET_CONFIG_EX = *mut MPR_SERVER_SET_CONFIG_EX1;
/** The newest revision of the record of the algorithms of an IKEv2 tunnel: [`ROUTER_CUSTOM_IKEv2_POLICY0`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-router_custom_ikev2_policy0)*/
pub type ROUTER_CUSTOM_IKEv2_POLICY = ROUTER_CUSTOM_IKEv2_POLICY0;
/// C's name for this type.
pub type PROUTER_CUSTOM_IKEv2_POLICY = *mut ROUTER_CUSTOM_IKEv2_POLICY0;
/// The newest revision of the record of an interface's custom IKEv2 configuration: [`ROUTER_IKEv2_IF_CUSTOM_CONFIG2`].
pub type ROUTER_IKEv2_IF_CUSTOM_CONFIG = ROUTER_IKEv2_IF_CUSTOM_CONFIG2;
/// C's name for this type.
pub type PROUTER_IKEv2_IF_CUSTOM_CONFIG = *mut ROUTER_IKEv2_IF_CUSTOM_CONFIG2;
/// The newest revision of the record of an interface's custom tunnel configuration: [`MPR_IF_CUSTOMINFOEX2`].
pub type MPR_IF_CUSTOMINFOEX = MPR_IF_CUSTOMINFOEX2;
/// C's name for this type.
pub type PMPR_IF_CUSTOMINFOEX = *mut MPR_IF_CUSTOMINFOEX2;
/** The type of [`MprAdminAcceptNewConnection`]: the service asks an administration DLL whether an authenticated user may connect. The type names no parameters; they are, in order:

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.

 Return nonzero to accept, 0 to reject. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewconnection)*/
pub type PMPRADMINACCEPTNEWCONNECTION = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
    ) -> BOOL,
>;
/** The type of [`MprAdminAcceptNewConnection2`]: the service asks an administration DLL whether an authenticated user may connect. The type names no parameters; they are, in order:

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.

 Return nonzero to accept, 0 to reject. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewconnection2)*/
pub type PMPRADMINACCEPTNEWCONNECTION2 = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
    ) -> BOOL,
>;
/** The type of [`MprAdminAcceptNewConnection3`]: the service asks an administration DLL whether an authenticated user may connect. The type names no parameters; they are, in order:

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.
 - `pRasConnection3` (in): the connection, as [`RAS_CONNECTION_3`]; the service's memory.

 Return nonzero to accept, 0 to reject. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewconnection3)*/
pub type PMPRADMINACCEPTNEWCONNECTION3 = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
        arg4: *mut RAS_CONNECTION_3,
    ) -> BOOL,
>;
/** The type of [`MprAdminAcceptReauthentication`]: the service asks whether a client whose quarantine state has changed may stay. The type names no parameters; they are, in order:

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.
 - `pRasConnection3` (in): the connection, as [`RAS_CONNECTION_3`]; the service's memory.

 Return nonzero to accept, 0 to reject. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptreauthentication)*/
pub type PMPRADMINACCEPTREAUTHENTICATION = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
        arg4: *mut RAS_CONNECTION_3,
    ) -> BOOL,
>;
/** The type of [`MprAdminConnectionHangupNotification`]: the service tells an administration DLL that a connection's last link is gone. The type names no parameters; they are, in order:

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.

 Returns nothing. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionhangupnotification)*/
pub type PMPRADMINCONNECTIONHANGUPNOTIFICATION = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_0, arg2: *mut RAS_CONNECTION_1),
>;
/** The type of [`MprAdminConnectionHangupNotification2`]: the service tells an administration DLL that a connection's last link is gone. The type names no parameters; they are, in order:

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.

 Returns nothing. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionhangupnotification2)*/
pub type PMPRADMINCONNECTIONHANGUPNOTIFICATION2 = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
    ),
>;
/** The type of [`MprAdminConnectionHangupNotification3`]: the service tells an administration DLL that a connection's last link is gone. The type names no parameters; they are, in order:

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.
 - `pRasConnection3` (in): the connection, as [`RAS_CONNECTION_3`]; the service's memory. Copies of the SDK's header declare it by value in this type alone; the function's declaration, Microsoft's page and the SDK metadata have a pointer.

 Returns nothing. No function of the `MprAdmin` family may be called from within.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionhangupnotification3)*/
pub type PMPRADMINCONNECTIONHANGUPNOTIFICATION3 = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
        arg4: *mut RAS_CONNECTION_3,
    ),
>;
/** The type of `lpfnRasAdminAcceptEndpointChangeEx` in [`MPRAPI_ADMIN_DLL_CALLBACKS`]: by its name, the service asks whether the tunnel of a connection may move to other addresses. Microsoft leaves the field without a description; mingw's struct lacks it.

 - `pRasConn` (in): the connection, as [`RAS_CONNECTION_EX`]; the service's memory.

 Return nonzero to accept, 0 to reject, as for its siblings.*/
pub type PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX) -> BOOL,
>;
/** The type of `lpfnRASValidatePreAuthenticatedConnectionEx` in [`MPRAPI_ADMIN_DLL_CALLBACKS`]: by its name and argument, the service asks the DLL to check a client that was authenticated beforehand and skips PPP authentication over SSTP. Microsoft leaves the field without a description; mingw's struct lacks it.

 - `pAuthInfo` (in): the user and the authentication data, an [`AUTH_VALIDATION_EX`] whose `AuthInfo` goes on for `AuthInfoSize` bytes; the service's memory. The type names no parameter; this name is ours.

 Returns an error code, `NO_ERROR` (0) presumably for a valid client.*/
pub type PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut AUTH_VALIDATION_EX) -> DWORD,
>;
#[repr(C)]
#[derive(Default, Copy, Clone)]
/** The callbacks of an administration DLL, which its `MprAdminInitializeDllEx` fills in for the service. The two IPv4 address callbacks come together or not at all, and so do the two for IPv6; of the two link callbacks at least one must be there, and likewise one of the callbacks for a new connection and its hangup. Every other pointer may be null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/ns-mprapi-mprapi_admin_dll_callbacks)*/
pub struct MPRAPI_ADMIN_DLL_CALLBACKS {
    /// [`MPRAPI_ADMIN_DLL_VERSION_1`] or [`MPRAPI_ADMIN_DLL_VERSION_2`]; the callbacks that take a [`RAS_CONNECTION_EX`] need the second.
    pub revision: UCHAR,
    /// Chooses a caller's IPv4 address.
    pub lpfnMprAdminGetIpAddressForUser: PMPRADMINGETIPADDRESSFORUSER,
    /// Takes back a caller's IPv4 address.
    pub lpfnMprAdminReleaseIpAddress: PMPRADMINRELEASEIPADRESS,
    /// Chooses a caller's IPv6 address.
    pub lpfnMprAdminGetIpv6AddressForUser: PMPRADMINGETIPV6ADDRESSFORUSER,
    /// Takes back a caller's IPv6 address.
    pub lpfnMprAdminReleaseIpV6AddressForUser: PMPRADMINRELEASEIPV6ADDRESSFORUSER,
    /// Accepts or refuses a new link.
    pub lpfnRasAdminAcceptNewLink: PMPRADMINACCEPTNEWLINK,
    /// Is told that a link has ended.
    pub lpfnRasAdminLinkHangupNotification: PMPRADMINLINKHANGUPNOTIFICATION,
    /// Is called before the service unloads the DLL.
    pub lpfnRasAdminTerminateDll: PMPRADMINTERMINATEDLL,
    /// Accepts or refuses a new connection.
    pub lpfnRasAdminAcceptNewConnectionEx: PMPRADMINACCEPTNEWCONNECTIONEX,
    /// Accepts or refuses new ends of a connection's tunnel.
    pub lpfnRasAdminAcceptEndpointChangeEx: PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX,
    /// Accepts or refuses a connection whose user authenticated anew.
    pub lpfnRasAdminAcceptReauthenticationEx: PMPRADMINACCEPTREAUTHENTICATIONEX,
    /// Is told that a connection has ended.
    pub lpfnRasAdminConnectionHangupNotificationEx: PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX,
    /// Judges an SSTP client that asks to skip PPP authentication.
    pub lpfnRASValidatePreAuthenticatedConnectionEx: PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX,
}
/// C's name for this type.
pub type PMPRAPI_ADMIN_DLL_CALLBACKS = *mut MPRAPI_ADMIN_DLL_CALLBACKS;
/** An administration DLL exports this: the service calls it when it starts, for the DLL to set itself up. With several DLLs they are called in the registry's order.

 Return `NO_ERROR` (0); with any other code of winerror.h the service does not start.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininitializedll)*/
pub type MprAdminInitializeDll = ::core::option::Option<
    unsafe extern "system" fn() -> DWORD,
>;
/** An administration DLL exports this in place of [`MprAdminInitializeDll`]: the service calls it when it starts, and the DLL registers its callbacks. The two callbacks for IPv4 addresses go together, as do those for IPv6; one of the two for links and one of the two for connections must be there.

 - `pAdminCallbacks` (out): the service's struct; the DLL fills in `revision` (1 without, 2 with the callbacks that take a [`RAS_CONNECTION_EX`]) and its functions.

 Return `NO_ERROR` (0); with any other code the service does not start.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininitializedllex)*/
pub type MprAdminInitializeDllEx = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut MPRAPI_ADMIN_DLL_CALLBACKS) -> DWORD,
>;
/** An administration DLL implements this: the service calls it when it shuts down, for the DLL to clean up.

 Return `NO_ERROR` (0).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminterminatedll)*/
pub type MprAdminTerminateDll = ::core::option::Option<
    unsafe extern "system" fn() -> DWORD,
>;
/** An administration DLL implements this: the service calls it when a user has dialled in and been authenticated, and asks whether to let the user in. With several DLLs each is asked, in the registry's order, and all must accept. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.

 Return nonzero to accept, 0 to reject. Up to Windows 2000 a rejected connection is not reported to [`MprAdminConnectionHangupNotification`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewconnection)*/
pub type MprAdminAcceptNewConnection = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
    ) -> BOOL,
>;
/** An administration DLL implements this: as [`MprAdminAcceptNewConnection`], with one more description of the connection. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.

 Return nonzero to accept, 0 to reject. Up to Windows 2000 a rejected connection is not reported to [`MprAdminConnectionHangupNotification2`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewconnection2)*/
pub type MprAdminAcceptNewConnection2 = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
    ) -> BOOL,
>;
/** An administration DLL implements this: as [`MprAdminAcceptNewConnection`], with two more descriptions of the connection. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.
 - `pRasConnection3` (in): the connection, as [`RAS_CONNECTION_3`]; the service's memory.

 Return nonzero to accept, 0 to reject.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewconnection3)*/
pub type MprAdminAcceptNewConnection3 = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
        arg4: *mut RAS_CONNECTION_3,
    ) -> BOOL,
>;
/** An administration DLL implements this and names it in [`MPRAPI_ADMIN_DLL_CALLBACKS`]: the service calls it when a user has dialled in and been authenticated, and asks whether to let the user in.

 - `pRasConn` (in): the connection; the service's memory.

 Return nonzero to accept, 0 to reject. Microsoft's page says that it returns nothing, against the type [`PMPRADMINACCEPTNEWCONNECTIONEX`], which returns `BOOL`.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewconnectionex)*/
pub type MprAdminAcceptNewConnectionEx = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX) -> BOOL,
>;
/** An administration DLL implements this: the service calls it for each link of a connection, first right after [`MprAdminAcceptNewConnection`] and then for every link added. With several DLLs each is asked, in the registry's order, and all must accept. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasPort0` (in): the link's port, as [`RAS_PORT_0`]; the service's memory.
 - `pRasPort1` (in): the link's port, as [`RAS_PORT_1`]; the service's memory.

 Return nonzero to accept, 0 to reject. Up to Windows 2000 a rejected link is not reported to [`MprAdminLinkHangupNotification`].

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptnewlink)*/
pub type MprAdminAcceptNewLink = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_PORT_0, arg2: *mut RAS_PORT_1) -> BOOL,
>;
/** An administration DLL implements this: the service calls it when a client's quarantine state (`rasQuarState` of [`RAS_CONNECTION_3`]) has changed, and asks whether the user may stay. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.
 - `pRasConnection3` (in): the connection, as [`RAS_CONNECTION_3`]; the service's memory.

 Return nonzero to accept, 0 to reject.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptreauthentication)*/
pub type MprAdminAcceptReauthentication = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
        arg4: *mut RAS_CONNECTION_3,
    ) -> BOOL,
>;
/** An administration DLL implements this and names it in [`MPRAPI_ADMIN_DLL_CALLBACKS`]: the service calls it when a client's quarantine state has changed, and asks whether the user may stay.

 - `pRasConn` (in): the connection; the service's memory.

 Return nonzero to accept, 0 to reject.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminacceptreauthenticationex)*/
pub type MprAdminAcceptReauthenticationEx = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX) -> BOOL,
>;
/** An administration DLL implements this: the service calls it when the last link of a connection is gone. With several DLLs each is told, in the registry's order. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.

 Returns nothing. Up to Windows 2000 it is not called for a connection that [`MprAdminAcceptNewConnection`] rejected.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionhangupnotification)*/
pub type MprAdminConnectionHangupNotification = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_0, arg2: *mut RAS_CONNECTION_1),
>;
/** An administration DLL implements this: as [`MprAdminConnectionHangupNotification`], with one more description of the connection. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.

 Returns nothing. Up to Windows 2000 it is not called for a connection that [`MprAdminAcceptNewConnection2`] rejected.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionhangupnotification2)*/
pub type MprAdminConnectionHangupNotification2 = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
    ),
>;
/** An administration DLL implements this: as [`MprAdminConnectionHangupNotification`], with two more descriptions of the connection. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasConnection0` (in): the connection, as [`RAS_CONNECTION_0`]; the service's memory.
 - `pRasConnection1` (in): the connection, as [`RAS_CONNECTION_1`]; the service's memory.
 - `pRasConnection2` (in): the connection, as [`RAS_CONNECTION_2`]; the service's memory.
 - `pRasConnection3` (in): the connection, as [`RAS_CONNECTION_3`]; the service's memory.

 Returns nothing.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionhangupnotification3)*/
pub type MprAdminConnectionHangupNotification3 = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut RAS_CONNECTION_0,
        arg2: *mut RAS_CONNECTION_1,
        arg3: *mut RAS_CONNECTION_2,
        arg4: *mut RAS_CONNECTION_3,
    ),
>;
/** An administration DLL implements this and names it in [`MPRAPI_ADMIN_DLL_CALLBACKS`]: the service calls it when the last link of a connection is gone.

 - `pRasConn` (in): the connection; the service's memory.

 Returns nothing.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionhangupnotificationex)*/
pub type MprAdminConnectionHangupNotificationEx = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_CONNECTION_EX),
>;
/** An administration DLL implements this: the service calls it when a link of a connection is gone. With several DLLs each is told, in the registry's order. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `pRasPort0` (in): the link's port, as [`RAS_PORT_0`]; the service's memory.
 - `pRasPort1` (in): the link's port, as [`RAS_PORT_1`]; the service's memory.

 Returns nothing. Up to Windows 2000 it is not called for a link that [`MprAdminAcceptNewLink`] rejected.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminlinkhangupnotification)*/
pub type MprAdminLinkHangupNotification = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut RAS_PORT_0, arg2: *mut RAS_PORT_1),
>;
/** An administration DLL implements this: the service calls it once for each user who needs an IPv4 address, with its own choice, which the DLL may replace. Only the first DLL that has it is asked, in the registry's order. A DLL that has it must have [`MprAdminReleaseIpAddress`] too. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `lpwszUserName` (in): the user's name.
 - `lpwszPortName` (in): the port on which the user connects.
 - `lpdwIpAddress` (in, out): the service's choice, or 0 when the DLL must choose; if it stays 0, the user cannot connect.
 - `bNotifyRelease` (out): set nonzero to have [`MprAdminReleaseIpAddress`] called when the user disconnects, else 0.

 Return `NO_ERROR` (0); anything else ends the connection.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmingetipaddressforuser)*/
pub type MprAdminGetIpAddressForUser = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut WCHAR,
        arg2: *mut WCHAR,
        arg3: *mut DWORD,
        arg4: *mut BOOL,
    ) -> DWORD,
>;
/** An administration DLL implements this: the service calls it when a user has disconnected and the user's IPv4 address is about to be released. Only the first DLL that has it is called. A DLL that has it must have [`MprAdminGetIpAddressForUser`] too. No function of the `MprAdmin` family may be called from within; the call would never return.

 - `lpszUserName` (in): the user's name.
 - `lpszPortName` (in): the port on which the user was connected.
 - `lpdwIpAddress` (in): the address.

 Returns nothing. Microsoft's page describes the names as `lpwszUserName` and `lpwszPortName`.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminreleaseipaddress)*/
pub type MprAdminReleaseIpAddress = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut WCHAR, arg2: *mut WCHAR, arg3: *mut DWORD),
>;
/** An administration DLL implements this: the service calls it once for each user who needs an IPv6 address, with its own choice, which the DLL may replace. Only 64-bit interface identifiers are supported. A DLL that has it must have [`MprAdminReleaseIpv6AddressForUser`] too.

 - `lpwszUserName` (in): the user's name.
 - `lpwszPortName` (in): the port on which the user connects.
 - `lpdwIpv6Address` (in, out): the service's choice, or zero when the DLL must choose; if it stays zero, the user cannot connect.
 - `bNotifyRelease` (out): set nonzero to have [`MprAdminReleaseIpv6AddressForUser`] called when the user disconnects, else 0.

 Return `NO_ERROR` (0); anything else ends the connection.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmingetipv6addressforuser)*/
pub type MprAdminGetIpv6AddressForUser = ::core::option::Option<
    unsafe extern "system" fn(
        arg1: *mut WCHAR,
        arg2: *mut WCHAR,
        arg3: *mut IN6_ADDR,
        arg4: *mut BOOL,
    ) -> DWORD,
>;
/** An administration DLL implements this: the service calls it to release a user's IPv6 address. A DLL that has it must have [`MprAdminGetIpv6AddressForUser`] too.

 - `lpwszUserName` (in): the user's name.
 - `lpwszPortName` (in): the port on which the user was connected.
 - `lpdwIpv6Address` (in): the address.

 Return `NO_ERROR` (0). The type [`PMPRADMINRELEASEIPV6ADDRESSFORUSER`] returns nothing, so that a value counts only, if at all, for a function the DLL exports under this name.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminreleaseipv6addressforuser)*/
pub type MprAdminReleaseIpv6AddressForUser = ::core::option::Option<
    unsafe extern "system" fn(arg1: *mut WCHAR, arg2: *mut WCHAR, arg3: *mut IN6_ADDR),
>;
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
    /** Lists the connections that are up. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminConnectionEnum` and knows level 0 only.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 0: [`RAS_CONNECTION_0`]; 1: [`RAS_CONNECTION_1`]; 2: [`RAS_CONNECTION_2`]; 3, from Windows Server 2008: [`RAS_CONNECTION_3`].
 - `lplpbBuffer` (out): receives the array, allocated by the API, to be freed by [`MprAdminBufferFree`].
 - `dwPrefMaxLen` (in): the preferred size of the array in bytes; -1 (`u32::MAX`) asks for everything.
 - `lpdwEntriesRead` (out): receives the number of entries in the array.
 - `lpdwTotalEntries` (out): receives the number of entries there are, counted from the resume position.
 - `lpdwResumeHandle` (in, out, optional): 0 before the first call, then left as the call wrote it. Meaningful after success and `ERROR_MORE_DATA` only; 0 means the end. The SDK marks it as input, but the call writes it. Programs also pass null.

 Returns `NO_ERROR` (0), or `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running (a router set to LAN only does not start it); `ERROR_INVALID_LEVEL` when `dwLevel` is not 0 to 3, or is unknown to this version of Windows; `ERROR_INVALID_PARAMETER` when `lplpbBuffer`, `lpdwEntriesRead` or `lpdwTotalEntries` is null or points nowhere; `ERROR_MORE_DATA` when more entries remain; call again with the resume handle; `RPC_S_INVALID_BINDING` when `hRasServer` is null or not valid; or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionenum)*/
    pub fn MprAdminConnectionEnum(
        hRasServer: RAS_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    /** Lists the ports of one connection, or all ports that remote access uses or could use. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminPortEnum`.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 0: [`RAS_PORT_0`]; no other level is accepted.
 - `hConnection` (in): the connection, from [`MprAdminConnectionEnum`]; `INVALID_HANDLE_VALUE` (-1) means all ports.
 - `lplpbBuffer` (out): receives the array, allocated by the API, to be freed by [`MprAdminBufferFree`].
 - `dwPrefMaxLen` (in): the preferred size of the array in bytes; -1 (`u32::MAX`) asks for everything.
 - `lpdwEntriesRead` (out): receives the number of entries in the array.
 - `lpdwTotalEntries` (out): receives the number of entries there are, counted from the resume position.
 - `lpdwResumeHandle` (in, out, optional): 0 before the first call, then left as the call wrote it. Meaningful after success and `ERROR_MORE_DATA` only; 0 means the end. Programs also pass null.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running (a router set to LAN only does not start it); `ERROR_INVALID_PARAMETER` when `lplpbBuffer`, `lpdwEntriesRead` or `lpdwTotalEntries` is null or points nowhere; `ERROR_MORE_DATA` when more entries remain; call again with the resume handle; `ERROR_NOT_SUPPORTED` when `dwLevel` is not 0; `ERROR_INVALID_HANDLE` when `hConnection` is null; or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminportenum)*/
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
    /** Reads what is known of one connection. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminConnectionGetInfo` and knows level 0 only.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 0: [`RAS_CONNECTION_0`]; 1: [`RAS_CONNECTION_1`]; 2: [`RAS_CONNECTION_2`]; 3, from Windows Server 2008: [`RAS_CONNECTION_3`].
 - `hConnection` (in): the connection, from [`MprAdminConnectionEnum`].
 - `lplpbBuffer` (out): receives the struct (one, though Microsoft's page says an array), allocated by the API, to be freed by [`MprAdminBufferFree`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hRasServer` or `hConnection` is not valid; `ERROR_INVALID_LEVEL` when `dwLevel` is not 0 to 3, or is unknown to this version of Windows; `ERROR_INTERFACE_NOT_CONNECTED` when `hConnection` is not valid; `RPC_S_INVALID_BINDING` when `hRasServer` is not valid; or another code of mprerror.h, raserror.h or winerror.h. Microsoft's page gives two codes each for a bad server and a bad connection; a caller must expect either.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectiongetinfo)*/
    pub fn MprAdminConnectionGetInfo(
        hRasServer: RAS_SERVER_HANDLE,
        dwLevel: DWORD,
        hConnection: HANDLE,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    /** Reads what is known of one port. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminPortGetInfo`.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 0: [`RAS_PORT_0`]; 1: [`RAS_PORT_1`].
 - `hPort` (in): the port, from [`MprAdminPortEnum`].
 - `lplpbBuffer` (out): receives the struct of that level, allocated by the API, to be freed by [`MprAdminBufferFree`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running (a router set to LAN only does not start it); `ERROR_INVALID_PARAMETER` when `lplpbBuffer` is null or points nowhere; `ERROR_INVALID_PORT_HANDLE` when `hPort` is not valid; `ERROR_NOT_SUPPORTED` when `dwLevel` is neither 0 nor 1 (Microsoft's page says "not zero", against its own table of levels); or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminportgetinfo)*/
    pub fn MprAdminPortGetInfo(
        hRasServer: RAS_SERVER_HANDLE,
        dwLevel: DWORD,
        hPort: HANDLE,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    /** Sets the statistics counters of a connection back to zero. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminConnectionClearStats`.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `hConnection` (in): the connection, from [`MprAdminConnectionEnum`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running (a router set to LAN only does not start it); `ERROR_INVALID_PARAMETER` when `hConnection` is not valid (Microsoft's page says "the handle to the port"); `RPC_S_INVALID_BINDING` when `hRasServer` is null; or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionclearstats)*/
    pub fn MprAdminConnectionClearStats(
        hRasServer: RAS_SERVER_HANDLE,
        hConnection: HANDLE,
    ) -> DWORD;
    /** Sets the statistics counters of a port back to zero. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminPortClearStats`.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `hPort` (in): the port, from [`MprAdminPortEnum`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running (a router set to LAN only does not start it); `RPC_S_INVALID_BINDING` when `hRasServer` or `hPort` is not valid; or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminportclearstats)*/
    pub fn MprAdminPortClearStats(hRasServer: RAS_SERVER_HANDLE, hPort: HANDLE) -> DWORD;
    /** Resets the communication device behind a port. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminPortReset`.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `hPort` (in): the port, from [`MprAdminPortEnum`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running (a router set to LAN only does not start it); `ERROR_INVALID_PARAMETER` when `hRasServer` or `hPort` is not valid; or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminportreset)*/
    pub fn MprAdminPortReset(hRasServer: RAS_SERVER_HANDLE, hPort: HANDLE) -> DWORD;
    /** Ends the connection on a port. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminPortDisconnect`.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `hPort` (in): the port, from [`MprAdminPortEnum`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running (a router set to LAN only does not start it); `ERROR_INVALID_PARAMETER` when `hRasServer` or `hPort` is not valid; or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminportdisconnect)*/
    pub fn MprAdminPortDisconnect(hRasServer: RAS_SERVER_HANDLE, hPort: HANDLE) -> DWORD;
    /** Lifts the quarantine filters that network policy put on a dialled-in client. Ordinary filters that the policy holds are applied in their place.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `hRasConnection` (in): the connection, from [`MprAdminConnectionEnum`]; or, with `fIsIpAddress`, the client's IPv4 address in network byte order, as a number in place of the handle.
 - `fIsIpAddress` (in): nonzero when `hRasConnection` holds an address, 0 when it is a handle.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hRasServer` or `hRasConnection` is not valid; `ERROR_NOT_FOUND` when the client is not in quarantine; or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionremovequarantine)*/
    pub fn MprAdminConnectionRemoveQuarantine(
        hRasServer: HANDLE,
        hRasConnection: HANDLE,
        fIsIpAddress: BOOL,
    ) -> DWORD;
    /** Reads a user's remote access settings. Nothing is allocated: the caller provides the struct. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminUserGetInfo`.

 - `lpszServer` (in, optional): the server that holds the user accounts, from [`MprAdminGetPDCServer`]; null when this machine holds them itself.
 - `lpszUser` (in): the user's name.
 - `dwLevel` (in): 0: [`RAS_USER_0`]; 1: [`RAS_USER_1`].
 - `lpbBuffer` (out): the caller's struct of that level, to be filled.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_LEVEL` when `dwLevel` is neither 0 nor 1; `ERROR_INVALID_PARAMETER` when `lpbBuffer` is null; `ERROR_NO_SUCH_USER` when `lpszServer` knows no user `lpszUser`.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminusergetinfo)*/
    pub fn MprAdminUserGetInfo(
        lpszServer: *const WCHAR,
        lpszUser: *const WCHAR,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    /** Writes a user's remote access settings. On Windows NT 4.0 with the RRAS redistributable the export is called `RasAdminUserSetInfo`.

 - `lpszServer` (in, optional): the server that holds the user accounts, from [`MprAdminGetPDCServer`]; null when this machine holds them itself.
 - `lpszUser` (in): the user's name.
 - `dwLevel` (in): 0: [`RAS_USER_0`]; 1: [`RAS_USER_1`].
 - `lpbBuffer` (in): the struct of that level with the new settings.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_LEVEL` when `dwLevel` is neither 0 nor 1; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NO_SUCH_USER` when `lpszServer` knows no user `lpszUser`.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminusersetinfo)*/
    pub fn MprAdminUserSetInfo(
        lpszServer: *const WCHAR,
        lpszUser: *const WCHAR,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    /** Sends a text to the user at the other end of a connection.

 - `hMprServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `hConnection` (in): the connection, from [`MprAdminConnectionEnum`].
 - `lpwszMessage` (in): the text, UTF-16 with a terminating zero.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running (a router set to LAN only does not start it); `ERROR_INTERFACE_NOT_CONNECTED` when `hConnection` is not valid; `ERROR_INVALID_PARAMETER` when `lpwszMessage` is null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminsendusermessage)*/
    pub fn MprAdminSendUserMessage(
        hMprServer: MPR_SERVER_HANDLE,
        hConnection: HANDLE,
        lpwszMessage: LPWSTR,
    ) -> DWORD;
    /** Finds the server that holds the user accounts, for use with [`MprAdminUserGetInfo`] and [`MprAdminUserSetInfo`]. Either a domain or a server is given; one of the two may be null, not both. For a server in a domain the answer is a primary or a backup domain controller, for a stand-alone server its own name.

 - `lpszDomain` (in, optional): the domain of the remote access server; null for a server outside any domain.
 - `lpszServer` (in, optional): the remote access server, written with two leading backslashes; null when `lpszDomain` is given.
 - `lpszPDCServer` (out): a buffer of the caller's, `UNCLEN + 1` UTF-16 units long, that receives the name with two leading backslashes.

 Returns `NO_ERROR` (0), or `ERROR_NO_SUCH_DOMAIN` when the domain is not valid; `NERR_InvalidComputer` when `lpszDomain` is null and `lpszServer` is not valid. Microsoft's page describes the parameters under the older names `lpwsDomainName`, `lpwsServerName` and `lpwsPDCName`.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmingetpdcserver)*/
    pub fn MprAdminGetPDCServer(
        lpszDomain: *const WCHAR,
        lpszServer: *const WCHAR,
        lpszPDCServer: LPWSTR,
    ) -> DWORD;
    /** Tells whether the Routing and Remote Access service runs on a server and the caller has access to it. A 0 for want of privilege looks the same as a 0 for a stopped service; a call of [`MprAdminServerConnect`] beforehand tells the two apart.

 - `lpwsServerName` (in, optional): the server's name; null means this machine.

 Returns a `BOOL`, no error code: nonzero when the service runs, else 0.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminisservicerunning)*/
    pub fn MprAdminIsServiceRunning(lpwsServerName: LPWSTR) -> BOOL;
    /** Opens a handle to a router for the calls of the `MprAdmin` family. It does not ask the service whether it runs; [`MprAdminIsServiceRunning`] does. Shortly after boot it answers `RPC_S_UNKNOWN_IF` or `RPC_S_SERVER_UNAVAILABLE` until the service has initialised.

 - `lpwsServerName` (in, optional): the server's name; null means this machine.
 - `phMprServer` (out): receives the handle, to be given back by [`MprAdminServerDisconnect`]. It serves as the `RAS_SERVER_HANDLE` of the connection and port calls too.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `RPC_S_INVALID_BINDING` when `phMprServer` is null; `RPC_S_UNKNOWN_IF` when the computer does not run the Routing and Remote Access service.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminserverconnect)*/
    pub fn MprAdminServerConnect(
        lpwsServerName: LPWSTR,
        phMprServer: *mut MPR_SERVER_HANDLE,
    ) -> DWORD;
    /** Closes a handle that [`MprAdminServerConnect`] opened.

 - `hMprServer` (in): the handle itself, not its address (an example on Microsoft's pages passes the address).

 Returns nothing.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminserverdisconnect)*/
    pub fn MprAdminServerDisconnect(hMprServer: MPR_SERVER_HANDLE);
    /** Reads the pre-shared key of a server. There is one for all users.

 - `hMprServer` (in): the server, from [`MprAdminServerConnect`]. Microsoft's page names [`MprAdminMIBServerConnect`], but the type is the router's handle.
 - `dwLevel` (in): 0, which selects [`MPR_CREDENTIALSEX_1`].
 - `lplpbBuffer` (out): receives the struct, allocated by the API, to be freed by [`MprAdminBufferFree`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_PARAMETER` when `lplpbBuffer` is null; `ERROR_NOT_SUPPORTED` when `dwLevel` is not 0; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminservergetcredentials)*/
    pub fn MprAdminServerGetCredentials(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    /** Sets the pre-shared key of a server, one for all users. A struct whose `dwSize` is 0 deletes the key.

 - `hMprServer` (in): the server, from [`MprAdminServerConnect`]. Microsoft's page names [`MprAdminMIBServerConnect`], but the type is the router's handle.
 - `dwLevel` (in): 0, which selects [`MPR_CREDENTIALSEX_1`].
 - `lpbBuffer` (in): the struct with the key.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_PARAMETER` when `lpbBuffer` is null; `ERROR_NOT_SUPPORTED` when `dwLevel` is not 0; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminserversetcredentials)*/
    pub fn MprAdminServerSetCredentials(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    /** Gives back a buffer that a call of the `MprAdmin` family allocated: what the `lplpbBuffer`, `ppRasConn`, `ppInterfaceInfo` and similar parameters received. Buffers of [`MprAdminMIBBufferFree`]'s and [`MprConfigBufferFree`]'s families do not belong here.

 - `pBuffer` (in): the buffer, as it was received.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `pBuffer` is null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminbufferfree)*/
    pub fn MprAdminBufferFree(pBuffer: LPVOID) -> DWORD;
    /** Gives the text that belongs to a router error code of mprerror.h.

 - `dwError` (in): the error code.
 - `lpwsErrorString` (out): receives the text, UTF-16 with a terminating zero, allocated by the API. Microsoft's page names it `lplpwsErrorString` and has it freed by `LocalFree`, not by [`MprAdminBufferFree`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_MR_MID_NOT_FOUND` when `dwError` is no known code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmingeterrorstring)*/
    pub fn MprAdminGetErrorString(dwError: DWORD, lpwsErrorString: *mut LPWSTR) -> DWORD;
    /** Reads a server's state or its numbers of ports.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 0: [`MPR_SERVER_0`]; 1, from Windows Server 2003: [`MPR_SERVER_1`]; 2, from Windows Server 2008: [`MPR_SERVER_2`].
 - `lplpbBuffer` (out): receives the struct of that level, allocated by the API, to be freed by [`MprAdminBufferFree`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_PARAMETER` when `lplpbBuffer` is null; `RPC_S_INVALID_BINDING` when `hMprServer` is null. Microsoft's page names no code for a wrong `dwLevel`.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminservergetinfo)*/
    pub fn MprAdminServerGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    /** Sets the numbers of PPTP, L2TP and SSTP ports of a running server, and switches remote access and routing on them on or off. The values persist, so that [`MprConfigServerSetInfo`] need not follow. The change happens asynchronously.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 1: [`MPR_SERVER_1`]; 2, from Windows Server 2008: [`MPR_SERVER_2`].
 - `lpbBuffer` (in): the struct of that level.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_SUCCESS_REBOOT_REQUIRED` when the change needs a restart; set the numbers by [`MprConfigServerSetInfo`] and restart; `ERROR_INVALID_PARAMETER` when a number of ports exceeds the system's limit, the number of PPTP ports is 0, flags are not valid, or `lpbBuffer` or `hMprServer` is null; `ERROR_DDM_NOT_RUNNING` when the Routing and Remote Access service is not running on the server; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid; `ERROR_INVALID_HANDLE` when `hMprServer` is not valid; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminserversetinfo)*/
    pub fn MprAdminServerSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    /** Registers a machine in the domain as a remote access server, or withdraws the registration. Must run on a machine joined to a domain. [`MprAdminIsDomainRasServer`] reads the state.

 - `pszDomain` (in): the domain's name.
 - `pszMachine` (in): the remote access server's name.
 - `bEnable` (in): nonzero to register, 0 to withdraw.

 Returns `NO_ERROR` (0), or `ERROR_DS_SERVER_DOWN` when `pszDomain` is not valid; `ERROR_NOT_FOUND` when `pszMachine` is not valid; `ERROR_DS_OPERATIONS_ERROR` when the user is not a user of the domain; `ERROR_NO_SUCH_DOMAIN` when this machine is joined to no domain.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminestablishdomainrasserver)*/
    pub fn MprAdminEstablishDomainRasServer(
        pszDomain: PWCHAR,
        pszMachine: PWCHAR,
        bEnable: BOOL,
    ) -> DWORD;
    /** Tells whether a machine is registered in the domain as a remote access server. Must run on a machine joined to a domain. [`MprAdminEstablishDomainRasServer`] changes the state.

 - `pszDomain` (in): the domain's name.
 - `pszMachine` (in): the remote access server's name.
 - `pbIsRasServer` (out): receives nonzero when the machine is registered, else 0.

 Returns `NO_ERROR` (0), or `ERROR_DS_SERVER_DOWN` when `pszDomain` is not valid; `ERROR_NOT_FOUND` when `pszMachine` is not valid; `ERROR_DS_OPERATIONS_ERROR` when the user is not a user of the domain; `ERROR_NO_SUCH_DOMAIN` when this machine is joined to no domain.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminisdomainrasserver)*/
    pub fn MprAdminIsDomainRasServer(
        pszDomain: PWCHAR,
        pszMachine: PWCHAR,
        pbIsRasServer: PBOOL,
    ) -> DWORD;
    /** Loads a transport into a running router and starts its router manager.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `lpwsTransportName` (in, optional): the transport's name.
 - `pGlobalInfo` (in): the transport's global settings, an information header made by [`MprInfoCreate`] and its relatives.
 - `dwGlobalInfoSize` (in): its size in bytes.
 - `pClientInterfaceInfo` (in, optional): default settings of client interfaces; null sets none.
 - `dwClientInterfaceInfoSize` (in): its size in bytes.
 - `lpwsDLLPath` (in): the path of the transport's router manager DLL.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_PARAMETER` when `pGlobalInfo` and `pClientInterfaceInfo` are both null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_PROTOCOL_ALREADY_INSTALLED` when the transport already runs on the router; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwTransportId` is no transport's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmintransportcreate)*/
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
    /** Changes the global settings, the default settings of client interfaces, or both, of a transport of a running router.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `pGlobalInfo` (in, optional): the global settings, an information header; null leaves them.
 - `dwGlobalInfoSize` (in): their size in bytes.
 - `pClientInterfaceInfo` (in, optional): the client interfaces' settings; null leaves them.
 - `dwClientInterfaceInfoSize` (in): their size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_PARAMETER` when `pGlobalInfo` and `pClientInterfaceInfo` are both null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwTransportId` is no transport's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmintransportsetinfo)*/
    pub fn MprAdminTransportSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwTransportId: DWORD,
        pGlobalInfo: LPBYTE,
        dwGlobalInfoSize: DWORD,
        pClientInterfaceInfo: LPBYTE,
        dwClientInterfaceInfoSize: DWORD,
    ) -> DWORD;
    /** Reads the global settings, the default settings of client interfaces, or both, of a transport of a running router.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `ppGlobalInfo` (out, optional): receives the global settings, an information header allocated by the API, to be freed by [`MprAdminBufferFree`]; null when not wanted.
 - `lpdwGlobalInfoSize` (out, optional): receives their size in bytes.
 - `ppClientInterfaceInfo` (out, optional): receives the client interfaces' settings, allocated and freed likewise; null when not wanted.
 - `lpdwClientInterfaceInfoSize` (out, optional): receives their size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_PARAMETER` when `ppGlobalInfo` and `ppClientInterfaceInfo` are both null, or one points nowhere; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwTransportId` is no installed transport's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmintransportgetinfo)*/
    pub fn MprAdminTransportGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwTransportId: DWORD,
        ppGlobalInfo: *mut LPBYTE,
        lpdwGlobalInfoSize: LPDWORD,
        ppClientInterfaceInfo: *mut LPBYTE,
        lpdwClientInterfaceInfoSize: LPDWORD,
    ) -> DWORD;
    /** Lists the devices of the router that remote access can use and that can tell their name and type. There is no resume handle: one call returns everything.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 0: [`MPR_DEVICE_0`]; no other level exists.
 - `lplpbBuffer` (out): receives the array, allocated by the API, to be freed by [`MprAdminBufferFree`].
 - `lpdwTotalEntries` (out): receives the number of entries in the array.

 Returns `NO_ERROR` (0), or `ERROR_NOT_SUPPORTED` when `dwLevel` is not 0; `ERROR_INVALID_PARAMETER` when `lplpbBuffer` or `lpdwTotalEntries` is null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmindeviceenum)*/
    pub fn MprAdminDeviceEnum(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
        lpdwTotalEntries: LPDWORD,
    ) -> DWORD;
    /** Finds an interface of a running router by name.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `lpwsInterfaceName` (in): the interface's name.
 - `phInterface` (out): receives the interface's handle; it is not closed.
 - `fIncludeClientInterfaces` (in): 0 passes over interfaces of the type `ROUTER_IF_TYPE_CLIENT`; nonzero finds those too, and of several with that name the first.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_NO_SUCH_INTERFACE` when no interface has that name; `RPC_S_INVALID_BINDING` when `hMprServer` is null; `RPC_X_NULL_REF_POINTER` when `lpwsInterfaceName` is null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacegethandle)*/
    pub fn MprAdminInterfaceGetHandle(
        hMprServer: MPR_SERVER_HANDLE,
        lpwsInterfaceName: LPWSTR,
        phInterface: *mut HANDLE,
        fIncludeClientInterfaces: BOOL,
    ) -> DWORD;
    /** Creates an interface on a running router. It does not outlast a restart unless [`MprConfigInterfaceCreate`] stores it too, with level 0 or 1.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 0: [`MPR_INTERFACE_0`]; 1: [`MPR_INTERFACE_1`]; 2: [`MPR_INTERFACE_2`]; 3, from Windows Server 2008: [`MPR_INTERFACE_3`]. Levels 2 and 3 carry a demand-dial interface's settings.
 - `lpbBuffer` (in): the struct of that level.
 - `phInterface` (out): receives the interface's handle; it is not closed.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the type of interface needs the Demand Dial Manager and the router is set to LAN only; `ERROR_INTERFACE_ALREADY_EXISTS` when an interface of that name exists; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacecreate)*/
    pub fn MprAdminInterfaceCreate(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
        phInterface: *mut HANDLE,
    ) -> DWORD;
    /** Reads an interface's state or settings.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwLevel` (in): 0: [`MPR_INTERFACE_0`]; 1: [`MPR_INTERFACE_1`]; 2: [`MPR_INTERFACE_2`]; 3, from Windows Server 2008: [`MPR_INTERFACE_3`]. Levels above 0 are for demand-dial interfaces (`ROUTER_IF_TYPE_FULL_ROUTER`) only.
 - `lplpbBuffer` (out): receives the struct of that level, allocated by the API, to be freed by [`MprAdminBufferFree`]. Microsoft's page and the SDK metadata mark it as input, but the call writes it.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_LEVEL` when `dwLevel` is 2 and the interface's type does not have that level; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `lplpbBuffer` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacegetinfo)*/
    pub fn MprAdminInterfaceGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    /** Changes an interface of a running router. The change does not outlast a restart unless [`MprConfigInterfaceSetInfo`] stores it too, with level 0 or 1.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwLevel` (in): 0: [`MPR_INTERFACE_0`]; 1: [`MPR_INTERFACE_1`]; 2: [`MPR_INTERFACE_2`]; 3, from Windows Server 2008: [`MPR_INTERFACE_3`].
 - `lpbBuffer` (in): the struct of that level.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `lpbBuffer` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacesetinfo)*/
    pub fn MprAdminInterfaceSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    /** Deletes an interface of a running router. A connected demand-dial interface must be disconnected first.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INTERFACE_CONNECTED` when it is a demand-dial interface and connected; `ERROR_INVALID_HANDLE` when `hInterface` is not valid.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacedelete)*/
    pub fn MprAdminInterfaceDelete(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
    ) -> DWORD;
    /** Reads one of the devices of a demand-dial interface. A multilink interface has several.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceEnum`].
 - `dwIndex` (in): the device's number, counted from 1.
 - `dwLevel` (in): 0: [`MPR_DEVICE_0`]; 1: [`MPR_DEVICE_1`].
 - `lplpBuffer` (out): receives the struct of that level, allocated by the API, to be freed by [`MprAdminBufferFree`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `lplpBuffer` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacedevicegetinfo)*/
    pub fn MprAdminInterfaceDeviceGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwIndex: DWORD,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
    ) -> DWORD;
    /** Creates or changes one of the devices of a demand-dial interface.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceEnum`].
 - `dwIndex` (in): the device's number, counted from 1.
 - `dwLevel` (in): 0: [`MPR_DEVICE_0`]; 1: [`MPR_DEVICE_1`].
 - `lplpBuffer` (in): the struct of that level: a plain pointer, whatever the name says. The SDK metadata calls it `lpbBuffer`.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `lplpBuffer` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacedevicesetinfo)*/
    pub fn MprAdminInterfaceDeviceSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwIndex: DWORD,
        dwLevel: DWORD,
        lplpBuffer: LPBYTE,
    ) -> DWORD;
    /** Takes a transport off an interface of a running router.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INTERFACE_CONNECTED` when it is a demand-dial interface and connected; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_NO_SUCH_INTERFACE` when the transport does not run on the interface; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwTransportId` is no transport's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacetransportremove)*/
    pub fn MprAdminInterfaceTransportRemove(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwTransportId: DWORD,
    ) -> DWORD;
    /** Adds a transport, such as IPv4, to an interface of a running router.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `pInterfaceInfo` (in): an information header, made by [`MprInfoCreate`] and its relatives.
 - `dwInterfaceInfoSize` (in): its size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `pInterfaceInfo` is null; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwTransportId` is no transport's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacetransportadd)*/
    pub fn MprAdminInterfaceTransportAdd(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwTransportId: DWORD,
        pInterfaceInfo: LPBYTE,
        dwInterfaceInfoSize: DWORD,
    ) -> DWORD;
    /** Reads the settings of a transport on an interface.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `ppInterfaceInfo` (out): receives an information header, to be read by [`MprInfoBlockFind`]; allocated by the API, to be freed by [`MprAdminBufferFree`].
 - `lpdwpInterfaceInfoSize` (out, optional): receives its size in bytes. Microsoft's page calls it `lpdwInterfaceInfoSize`.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid or the interface is disabled; `ERROR_NO_SUCH_INTERFACE` when the transport does not run on the interface; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwTransportId` is no transport's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacetransportgetinfo)*/
    pub fn MprAdminInterfaceTransportGetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwTransportId: DWORD,
        ppInterfaceInfo: *mut LPBYTE,
        lpdwpInterfaceInfoSize: LPDWORD,
    ) -> DWORD;
    /** Changes the settings of a transport on an interface of a running router.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `pInterfaceInfo` (in): an information header, made by [`MprInfoCreate`] and its relatives.
 - `dwInterfaceInfoSize` (in): its size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `pInterfaceInfo` is null; `ERROR_NO_SUCH_INTERFACE` when the transport does not run on the interface; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwTransportId` is no transport's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacetransportsetinfo)*/
    pub fn MprAdminInterfaceTransportSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwTransportId: DWORD,
        pInterfaceInfo: LPBYTE,
        dwInterfaceInfoSize: DWORD,
    ) -> DWORD;
    /** Lists the interfaces of a running router.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `dwLevel` (in): 0: [`MPR_INTERFACE_0`]; no other level is accepted.
 - `lplpbBuffer` (out): receives the array, allocated by the API, to be freed by [`MprAdminBufferFree`].
 - `dwPrefMaxLen` (in): the preferred size of the array in bytes; -1 (`u32::MAX`) asks for everything.
 - `lpdwEntriesRead` (out): receives the number of entries in the array.
 - `lpdwTotalEntries` (out): receives the number of entries there are, counted from the resume position.
 - `lpdwResumeHandle` (in, out, optional): 0 before the first call, then left as the call wrote it; null when the enumeration need not go on. Meaningful after success and `ERROR_MORE_DATA` only; 0 means the end.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_MORE_DATA` when more entries remain; call again with the resume handle; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NOT_SUPPORTED` when `dwLevel` is not 0.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfaceenum)*/
    pub fn MprAdminInterfaceEnum(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    /** Lists the names and GUIDs of the IP-in-IP tunnel interfaces stored on a machine. Declared in the header without a version guard, but absent from the SDK metadata and from mingw's import library, and without a page of Microsoft's; what is said here follows names and signature.

 - `pwszMachineName` (in, optional): the machine's name; null presumably means this one.
 - `lplpBuffer` (out): receives an array of [`MPR_IPINIP_INTERFACE_0`], allocated by the API, to be freed by [`MprSetupIpInIpInterfaceFriendlyNameFree`].
 - `lpdwEntriesRead` (out): receives the number of entries.

 Returns `NO_ERROR` (0). No error code is documented.*/
    pub fn MprSetupIpInIpInterfaceFriendlyNameEnum(
        pwszMachineName: PWCHAR,
        lplpBuffer: *mut LPBYTE,
        lpdwEntriesRead: LPDWORD,
    ) -> DWORD;
    /** Frees an array that [`MprSetupIpInIpInterfaceFriendlyNameEnum`] allocated. Without a page of Microsoft's, and absent from the SDK metadata.

 - `lpBuffer` (in): the array.

 Returns `NO_ERROR` (0). No error code is documented.*/
    pub fn MprSetupIpInIpInterfaceFriendlyNameFree(lpBuffer: LPVOID) -> DWORD;
    /** Stores the name and GUID of an IP-in-IP tunnel interface on a machine. Without a page of Microsoft's, and absent from the SDK metadata; what is said here follows names and signature.

 - `pwszMachineName` (in, optional): the machine's name; null presumably means this one.
 - `pNameInformation` (in): the name and the GUID.

 Returns `NO_ERROR` (0). No error code is documented.*/
    pub fn MprSetupIpInIpInterfaceFriendlyNameCreate(
        pwszMachineName: PWCHAR,
        pNameInformation: PMPR_IPINIP_INTERFACE_0,
    ) -> DWORD;
    /** Deletes the stored name of an IP-in-IP tunnel interface. Without a page of Microsoft's, and absent from the SDK metadata; what is said here follows names and signature.

 - `pwszMachineName` (in, optional): the machine's name; null presumably means this one.
 - `pGuid` (in): the interface's GUID.

 Returns `NO_ERROR` (0). No error code is documented.*/
    pub fn MprSetupIpInIpInterfaceFriendlyNameDelete(
        pwszMachineName: PWCHAR,
        pGuid: *mut GUID,
    ) -> DWORD;
    /** Sets the user name, domain and password with which a demand-dial interface dials out. Here the domain precedes the password; in [`MprAdminInterfaceGetCredentials`] the password precedes the domain. A null leaves that part as it was, but all three null remove the credentials.

 - `lpwsServer` (in, optional): the router's name; null means this machine.
 - `lpwsInterfaceName` (in): the interface's name, at most `MAX_INTERFACE_NAME_LEN` UTF-16 units.
 - `lpwsUserName` (in, optional): the user name, at most `UNLEN` units.
 - `lpwsDomainName` (in, optional): the domain, at most `DNLEN` units.
 - `lpwsPassword` (in, optional): the password, at most `PWLEN` units.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `lpwsInterfaceName` is null or too long, or the user name, domain or password is too long; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacesetcredentials)*/
    pub fn MprAdminInterfaceSetCredentials(
        lpwsServer: LPWSTR,
        lpwsInterfaceName: LPWSTR,
        lpwsUserName: LPWSTR,
        lpwsDomainName: LPWSTR,
        lpwsPassword: LPWSTR,
    ) -> DWORD;
    /** Reads the user name, password and domain with which a demand-dial interface dials out. Here the password precedes the domain; in [`MprAdminInterfaceSetCredentials`] the domain precedes the password. The three buffers are the caller's; their lengths are not passed, so each must have full size.

 - `lpwsServer` (in, optional): the router's name; null means this machine.
 - `lpwsInterfaceName` (in): the interface's name, as [`MprAdminInterfaceGetInfo`] tells it.
 - `lpwsUserName` (out, optional): receives the user name; `UNLEN + 1` UTF-16 units.
 - `lpwsPassword` (out, optional): receives the password; `PWLEN + 1` UTF-16 units.
 - `lpwsDomainName` (out, optional): receives the domain; `DNLEN + 1` UTF-16 units.

 Returns `NO_ERROR` (0), or `ERROR_CANNOT_FIND_PHONEBOOK_ENTRY` when the interface has no demand-dial settings; `ERROR_INVALID_PARAMETER` when `lpwsInterfaceName` is null; or another system error code. With all three buffers null it returns `NO_ERROR` and does nothing.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacegetcredentials)*/
    pub fn MprAdminInterfaceGetCredentials(
        lpwsServer: LPWSTR,
        lpwsInterfaceName: LPWSTR,
        lpwsUserName: LPWSTR,
        lpwsPassword: LPWSTR,
        lpwsDomainName: LPWSTR,
    ) -> DWORD;
    /** Sets an interface's credentials for an extensible authentication protocol, or its pre-shared key. A struct of level 1 whose `dwSize` is 0 deletes the key (Microsoft's page names [`MprAdminInterfaceSetCredentials`] for that, which takes no struct).

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwLevel` (in): 0: [`MPR_CREDENTIALSEX_0`], the EAP data; 1, from Windows Server 2003: [`MPR_CREDENTIALSEX_1`], the pre-shared key.
 - `lpbBuffer` (in): the struct of that level.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `lpbBuffer` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacesetcredentialsex)*/
    pub fn MprAdminInterfaceSetCredentialsEx(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    /** Reads an interface's credentials for an extensible authentication protocol, or its pre-shared key.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwLevel` (in): 0: [`MPR_CREDENTIALSEX_0`], the EAP data; 1, from Windows Server 2003: [`MPR_CREDENTIALSEX_1`], the pre-shared key in encrypted form.
 - `lplpbBuffer` (out): receives the struct of that level, allocated by the API, to be freed by [`MprAdminBufferFree`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `lplpbBuffer` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacegetcredentialsex)*/
    pub fn MprAdminInterfaceGetCredentialsEx(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    /** Dials a demand-dial interface. With an event, or with `fSynchronous` 0, the call returns at once with `PENDING` and the outcome is read by [`MprAdminInterfaceGetInfo`].

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `hEvent` (in, optional): an event to be signalled when the attempt has ended; must be null for a remote router.
 - `fSynchronous` (in): with `hEvent` null, nonzero waits for the end of the attempt and 0 does not; with an event it is ignored. Microsoft's page calls it `fBlocking` in places.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_ALREADY_CONNECTING` when the interface is already being dialled; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_INTERFACE_DISABLED` when the interface is disabled; `ERROR_INTERFACE_HAS_NO_DEVICES` when no adapter is available for the interface; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_SERVICE_IS_PAUSED` when the demand-dial service is paused; `PENDING` when the attempt has begun and goes on (raserror.h's 600; no failure).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfaceconnect)*/
    pub fn MprAdminInterfaceConnect(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        hEvent: HANDLE,
        fSynchronous: BOOL,
    ) -> DWORD;
    /** Hangs up a demand-dial interface.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INTERFACE_NOT_CONNECTED` when the interface is not connected.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacedisconnect)*/
    pub fn MprAdminInterfaceDisconnect(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
    ) -> DWORD;
    /** Asks a router manager to update its routes over an interface. Without an event the call waits; with one it returns at once with `PENDING`, and [`MprAdminInterfaceQueryUpdateResult`] reads the outcome.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwProtocolId` (in): the router manager: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`. Microsoft's page describes it as `dwTransportId`.
 - `hEvent` (in, optional): an event to be signalled when the update has ended; must be null for a remote router.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INTERFACE_NOT_CONNECTED` when the interface is not connected; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_NO_SUCH_INTERFACE` when the protocol does not run on the interface; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no router manager's; `ERROR_UPDATE_IN_PROGRESS` when an update of the interface is under way; `PENDING` when the update has begun and goes on (raserror.h's 600; no failure).

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfaceupdateroutes)*/
    pub fn MprAdminInterfaceUpdateRoutes(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwProtocolId: DWORD,
        hEvent: HANDLE,
    ) -> DWORD;
    /** Reads the outcome of the last [`MprAdminInterfaceUpdateRoutes`] for an interface and a protocol.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `dwProtocolId` (in): the router manager asked: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `lpdwUpdateResult` (out): receives the outcome, an error code.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INTERFACE_NOT_CONNECTED` when the interface is not connected, so that the outcome is gone; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `lpdwUpdateResult` is null; `ERROR_NO_SUCH_INTERFACE` when the protocol does not run on the interface; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no router manager's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacequeryupdateresult)*/
    pub fn MprAdminInterfaceQueryUpdateResult(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        dwProtocolId: DWORD,
        lpdwUpdateResult: LPDWORD,
    ) -> DWORD;
    /** Makes a running router take up what was changed in a demand-dial interface's phone-book entry.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the demand-dial interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_CANNOT_LOAD_PHONEBOOK` when the phone book cannot be loaded; `ERROR_CANNOT_OPEN_PHONEBOOK` when the phone book's file cannot be found; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_INTERFACE_HAS_NO_DEVICES` when no device belongs to the interface; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfaceupdatephonebookinfo)*/
    pub fn MprAdminInterfaceUpdatePhonebookInfo(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
    ) -> DWORD;
    /** Has an event signalled whenever an interface of the router connects or disconnects. The event does not say which; [`MprAdminConnectionEnum`] or [`MprAdminInterfaceEnum`] must be asked. [`MprAdminDeregisterConnectionNotification`] ends it.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hEventNotification` (in): an event object of the caller's.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_INVALID_PARAMETER` when `hEventNotification` is null or no valid handle; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminregisterconnectionnotification)*/
    pub fn MprAdminRegisterConnectionNotification(
        hMprServer: MPR_SERVER_HANDLE,
        hEventNotification: HANDLE,
    ) -> DWORD;
    /** Ends what [`MprAdminRegisterConnectionNotification`] began: the event is no longer signalled when interfaces connect or disconnect. The event itself stays the caller's, to be closed by the caller.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hEventNotification` (in): the event given at registration.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_INVALID_PARAMETER` when `hEventNotification` is null or no valid handle; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminderegisterconnectionnotification)*/
    pub fn MprAdminDeregisterConnectionNotification(
        hMprServer: MPR_SERVER_HANDLE,
        hEventNotification: HANDLE,
    ) -> DWORD;
    /** Opens a handle to a router for the calls of the `MprAdminMIB` family.

 - `lpwsServerName` (in, optional): the server's name; null means this machine.
 - `phMibServer` (out): receives the handle, to be given back by [`MprAdminMIBServerDisconnect`].

 Returns `NO_ERROR` (0). Microsoft's page names no error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibserverconnect)*/
    pub fn MprAdminMIBServerConnect(
        lpwsServerName: LPWSTR,
        phMibServer: *mut MIB_SERVER_HANDLE,
    ) -> DWORD;
    /** Closes a handle that [`MprAdminMIBServerConnect`] opened.

 - `hMibServer` (in): the handle.

 Returns nothing.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibserverdisconnect)*/
    pub fn MprAdminMIBServerDisconnect(hMibServer: MIB_SERVER_HANDLE);
    /** Creates an entry of a management variable that a routing protocol or a router manager exports.

 - `hMibServer` (in): the router, from [`MprAdminMIBServerConnect`].
 - `dwPid` (in): the router manager, a `PID_` value. Microsoft's page describes it as `dwTransportId` and as output; it is a plain number passed in.
 - `dwRoutingPid` (in): the routing protocol.
 - `lpEntry` (in): which variable and with what value, in a layout that the serving module defines. Must not be null; what happens then is undefined.
 - `dwEntrySize` (in): the size of `lpEntry` in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_CAN_NOT_COMPLETE` when `dwRoutingPid` is no installed routing protocol's; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwPid` is no installed router manager's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibentrycreate)*/
    pub fn MprAdminMIBEntryCreate(
        hMibServer: MIB_SERVER_HANDLE,
        dwPid: DWORD,
        dwRoutingPid: DWORD,
        lpEntry: LPVOID,
        dwEntrySize: DWORD,
    ) -> DWORD;
    /** Deletes an entry of a management variable that a routing protocol or a router manager exports.

 - `hMibServer` (in): the router, from [`MprAdminMIBServerConnect`].
 - `dwProtocolId` (in): the router manager, a `PID_` value.
 - `dwRoutingPid` (in): the routing protocol.
 - `lpEntry` (in): which variable, in a layout that the serving module defines. Must not be null; what happens then is undefined.
 - `dwEntrySize` (in): the size of `lpEntry` in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_CAN_NOT_COMPLETE` when `dwRoutingPid` is no installed routing protocol's; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no installed router manager's. Microsoft's page spells the second code `ERROR_CANNOT_COMPLETE`; winerror.h does not.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibentrydelete)*/
    pub fn MprAdminMIBEntryDelete(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpEntry: LPVOID,
        dwEntrySize: DWORD,
    ) -> DWORD;
    /** Sets a management variable that a routing protocol or a router manager exports.

 - `hMibServer` (in): the router, from [`MprAdminMIBServerConnect`].
 - `dwProtocolId` (in): the router manager, a `PID_` value.
 - `dwRoutingPid` (in): the routing protocol.
 - `lpEntry` (in): which variable and with what value, in a layout that the serving module defines. Must not be null; what happens then is undefined.
 - `dwEntrySize` (in): the size of `lpEntry` in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_CAN_NOT_COMPLETE` when `dwRoutingPid` is no installed routing protocol's; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no installed router manager's. Microsoft's page spells the second code `ERROR_CANNOT_COMPLETE`; winerror.h does not.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibentryset)*/
    pub fn MprAdminMIBEntrySet(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpEntry: LPVOID,
        dwEntrySize: DWORD,
    ) -> DWORD;
    /** Reads a management variable that a routing protocol or a router manager exports.

 - `hMibServer` (in): the router, from [`MprAdminMIBServerConnect`].
 - `dwProtocolId` (in): the router manager, a `PID_` value.
 - `dwRoutingPid` (in): the routing protocol.
 - `lpInEntry` (in): which variable, in a layout that the serving module defines. Must not be null; what happens then is undefined.
 - `dwInEntrySize` (in): the size of `lpInEntry` in bytes.
 - `lplpOutEntry` (out): receives the value, in a layout that the serving module defines, allocated by the API, to be freed by [`MprAdminMIBBufferFree`].
 - `lpOutEntrySize` (out): receives its size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_CAN_NOT_COMPLETE` when `dwRoutingPid` is no installed routing protocol's; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no installed router manager's; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out. Microsoft's page spells the second code `ERROR_CANNOT_COMPLETE`; winerror.h does not.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibentryget)*/
    pub fn MprAdminMIBEntryGet(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpInEntry: LPVOID,
        dwInEntrySize: DWORD,
        lplpOutEntry: *mut LPVOID,
        lpOutEntrySize: LPDWORD,
    ) -> DWORD;
    /** Reads the first variable of a set that a routing protocol or a router manager exports; the serving module decides which is first. [`MprAdminMIBEntryGetNext`] goes on.

 - `hMibServer` (in): the router, from [`MprAdminMIBServerConnect`].
 - `dwProtocolId` (in): the router manager, a `PID_` value.
 - `dwRoutingPid` (in): the routing protocol.
 - `lpInEntry` (in): which set, in a layout that the serving module defines. Must not be null; what happens then is undefined.
 - `dwInEntrySize` (in): the size of `lpInEntry` in bytes.
 - `lplpOutEntry` (out): receives the value, in a layout that the serving module defines, allocated by the API, to be freed by [`MprAdminMIBBufferFree`].
 - `lpOutEntrySize` (out): receives its size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_CAN_NOT_COMPLETE` when `dwRoutingPid` is no installed routing protocol's; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no installed router manager's; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out. Microsoft's page spells the second code `ERROR_CANNOT_COMPLETE`; winerror.h does not.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibentrygetfirst)*/
    pub fn MprAdminMIBEntryGetFirst(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpInEntry: LPVOID,
        dwInEntrySize: DWORD,
        lplpOutEntry: *mut LPVOID,
        lpOutEntrySize: LPDWORD,
    ) -> DWORD;
    /** Reads the variable that follows another in a set that a routing protocol or a router manager exports; the serving module decides the order.

 - `hMibServer` (in): the router, from [`MprAdminMIBServerConnect`].
 - `dwProtocolId` (in): the router manager, a `PID_` value.
 - `dwRoutingPid` (in): the routing protocol.
 - `lpInEntry` (in): the variable to go on from, in a layout that the serving module defines. Must not be null; what happens then is undefined.
 - `dwInEntrySize` (in): the size of `lpInEntry` in bytes.
 - `lplpOutEntry` (out): receives the value, in a layout that the serving module defines, allocated by the API, to be freed by [`MprAdminMIBBufferFree`].
 - `lpOutEntrySize` (out): receives its size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_CAN_NOT_COMPLETE` when `dwRoutingPid` is no installed routing protocol's; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no installed router manager's; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out. Microsoft's page spells the second code `ERROR_CANNOT_COMPLETE`; winerror.h does not.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibentrygetnext)*/
    pub fn MprAdminMIBEntryGetNext(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpInEntry: LPVOID,
        dwInEntrySize: DWORD,
        lplpOutEntry: *mut LPVOID,
        lpOutEntrySize: LPDWORD,
    ) -> DWORD;
    /** Asks the module that signalled a trap event for details of the trap. Declared in the header, but absent from the SDK metadata and from mingw's and Wine's lists of exports, and Microsoft's page names no import library: mprapi.dll may well lack it, so look it up at run time.

 - `hMibServer` (in): the router, from [`MprAdminMIBServerConnect`].
 - `dwProtocolId` (in): the protocol family, a `PID_` value.
 - `dwRoutingPid` (in): the routing protocol.
 - `lpInData` (in): input, in a layout that the serving module defines.
 - `dwInDataSize` (in): the size of `lpInData` in bytes.
 - `lplpOutData` (out): receives the details. Microsoft's page does not say how to free them; [`MprAdminMIBBufferFree`] is the family's function.
 - `lpOutDataSize` (in, out): receives their size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no installed router manager's; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibgettrapinfo)*/
    pub fn MprAdminMIBGetTrapInfo(
        hMibServer: MIB_SERVER_HANDLE,
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        lpInData: LPVOID,
        dwInDataSize: DWORD,
        lplpOutData: *mut LPVOID,
        lpOutDataSize: LPDWORD,
    ) -> DWORD;
    /** Registers an event that is signalled whenever a trap is due; [`MprAdminMIBGetTrapInfo`] then gives the details. Declared in the header, but absent from the SDK metadata and from mingw's and Wine's lists of exports, and Microsoft's page names no import library: mprapi.dll may well lack it, so look it up at run time. Alone in its family it takes no server handle.

 - `dwProtocolId` (in): the protocol family, a `PID_` value.
 - `dwRoutingPid` (in): the routing protocol.
 - `hEvent` (in): the event.
 - `lpInData` (in): input, in a layout that the serving module defines.
 - `dwInDataSize` (in): the size of `lpInData` in bytes.
 - `lplpOutData` (out): receives the output. Microsoft's page does not say how to free it; [`MprAdminMIBBufferFree`] is the family's function.
 - `lpOutDataSize` (in, out): receives its size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_UNKNOWN_PROTOCOL_ID` when `dwProtocolId` is no installed router manager's; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibsettrapinfo)*/
    pub fn MprAdminMIBSetTrapInfo(
        dwProtocolId: DWORD,
        dwRoutingPid: DWORD,
        hEvent: HANDLE,
        lpInData: LPVOID,
        dwInDataSize: DWORD,
        lplpOutData: *mut LPVOID,
        lpOutDataSize: LPDWORD,
    ) -> DWORD;
    /** Gives back a buffer that [`MprAdminMIBEntryGet`], [`MprAdminMIBEntryGetFirst`] or [`MprAdminMIBEntryGetNext`] allocated.

 - `pBuffer` (in): the buffer, as it was received.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `pBuffer` is null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminmibbufferfree)*/
    pub fn MprAdminMIBBufferFree(pBuffer: LPVOID) -> DWORD;
    /** Gives the machine's Routing and Remote Access service a default configuration. The keys of router managers and interfaces are reset, the phone book is deleted, IP, router type, logging, authorisation and devices get defaults, and the router is registered in the domain. The service is neither started nor its start type set.

 - `dwLevel` (in): reserved, 0.
 - `pBuffer` (in): reserved, null.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `dwLevel` is not 0 or `pBuffer` is not null.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigserverinstall)*/
    pub fn MprConfigServerInstall(dwLevel: DWORD, pBuffer: PVOID) -> DWORD;
    /** Opens a router's stored configuration for the calls of the `MprConfig` family. The service need not run.

 - `lpwsServerName` (in, optional): the server's name; null means this machine.
 - `phMprConfig` (out): receives the handle, to be given back by [`MprConfigServerDisconnect`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `phMprConfig` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigserverconnect)*/
    pub fn MprConfigServerConnect(
        lpwsServerName: LPWSTR,
        phMprConfig: *mut HANDLE,
    ) -> DWORD;
    /** Closes a handle that [`MprConfigServerConnect`] opened.

 - `hMprConfig` (in): the handle.

 Returns nothing.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigserverdisconnect)*/
    pub fn MprConfigServerDisconnect(hMprConfig: HANDLE);
    /** Reads a router's stored configuration anew, so that later calls on the handle see what others changed. Microsoft has no page on it; the header declares it without a version guard, and this sentence follows its name and signature.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].

 Returns `NO_ERROR` (0). No error code is documented.*/
    pub fn MprConfigServerRefresh(hMprConfig: HANDLE) -> DWORD;
    /** Gives back a buffer that an enumerating or reading call of the `MprConfig` family (server, interface, transport, interface transport) allocated.

 - `pBuffer` (in): the buffer, as it was received.

 Returns `NO_ERROR` (0). Microsoft's page names no error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigbufferfree)*/
    pub fn MprConfigBufferFree(pBuffer: LPVOID) -> DWORD;
    /** Reads the server's own settings, such as its numbers of ports, from the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `dwLevel` (in): 0: [`MPR_SERVER_0`]; 1, from Windows Server 2003: [`MPR_SERVER_1`]; 2, from Windows Server 2008: [`MPR_SERVER_2`].
 - `lplpbBuffer` (out): receives the struct of that level, allocated by the API, to be freed by [`MprConfigBufferFree`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `lplpbBuffer` is null, or `dwLevel` is not valid (Microsoft's page says "not zero", against its own table of levels); `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigservergetinfo)*/
    pub fn MprConfigServerGetInfo(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        lplpbBuffer: *mut LPBYTE,
    ) -> DWORD;
    /** Sets the numbers of PPTP, L2TP and SSTP ports, and switches remote access and routing on them on or off, in the stored configuration. The service takes it up when it restarts; [`MprAdminServerSetInfo`] is for a running one.

 - `hMprServer` (in): the configuration, from [`MprConfigServerConnect`]. Name and type are the router's handle's, by a slip of the header; what belongs here is the configuration's handle.
 - `dwLevel` (in): 1: [`MPR_SERVER_1`]; 2, from Windows Server 2008: [`MPR_SERVER_2`].
 - `lpbBuffer` (in): the struct of that level.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_SUCCESS_REBOOT_REQUIRED` when the change needs a restart of the system; `ERROR_INVALID_PARAMETER` when a number of ports exceeds the system's limit, the number of PPTP ports is 0, flags are not valid, or `lpbBuffer` or `hMprServer` is null; `ERROR_NOT_SUPPORTED` when `dwLevel` is not valid; `ERROR_INVALID_HANDLE` when `hMprServer` is not valid; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigserversetinfo)*/
    pub fn MprConfigServerSetInfo(
        hMprServer: MPR_SERVER_HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    /** Writes the router managers', interfaces' and phone book's configuration into a folder, for [`MprConfigServerRestore`].

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `lpwsPath` (in): the folder, with a trailing backslash.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigserverbackup)*/
    pub fn MprConfigServerBackup(hMprConfig: HANDLE, lpwsPath: LPWSTR) -> DWORD;
    /** Puts back the router managers', interfaces' and phone book's configuration that [`MprConfigServerBackup`] wrote.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `lpwsPath` (in): the folder, with a trailing backslash.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigserverrestore)*/
    pub fn MprConfigServerRestore(hMprConfig: HANDLE, lpwsPath: LPWSTR) -> DWORD;
    /** Adds a transport to the stored configuration. A transport that is there already is changed, as by [`MprConfigTransportSetInfo`].

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `lpwsTransportName` (in, optional): the transport's name; null means the number as text.
 - `pGlobalInfo` (in): the global settings, an information header made by [`MprInfoCreate`] and its relatives.
 - `dwGlobalInfoSize` (in): their size in bytes.
 - `pClientInterfaceInfo` (in, optional): default settings of the interfaces made for client routers, an information header.
 - `dwClientInterfaceInfoSize` (in): their size in bytes; 0 with a null `pClientInterfaceInfo`.
 - `lpwsDLLPath` (in, optional): the name of the transport's router manager DLL.
 - `phRouterTransport` (out): receives the handle of the transport's configuration; it is not closed.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `phRouterTransport` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigtransportcreate)*/
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
    /** Deletes a transport from the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterTransport` (in): the transport, from [`MprConfigTransportCreate`] or [`MprConfigTransportGetHandle`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `hRouterTransport` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigtransportdelete)*/
    pub fn MprConfigTransportDelete(
        hMprConfig: HANDLE,
        hRouterTransport: HANDLE,
    ) -> DWORD;
    /** Finds a transport in the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `phRouterTransport` (out): receives the handle of the transport's configuration; it is not closed.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `phRouterTransport` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_UNKNOWN_PROTOCOL_ID` when the configuration does not have the transport; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigtransportgethandle)*/
    pub fn MprConfigTransportGetHandle(
        hMprConfig: HANDLE,
        dwTransportId: DWORD,
        phRouterTransport: *mut HANDLE,
    ) -> DWORD;
    /** Changes a transport's settings in the stored configuration: first the global ones, then those of client routers' interfaces, then the DLL's name; at the first failure it stops. With all three null it does nothing and returns `NO_ERROR`.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterTransport` (in): the transport, from [`MprConfigTransportCreate`], [`MprConfigTransportGetHandle`] or [`MprConfigTransportEnum`].
 - `pGlobalInfo` (in, optional): the global settings, an information header.
 - `dwGlobalInfoSize` (in): their size in bytes; 0 with a null `pGlobalInfo`.
 - `pClientInterfaceInfo` (in, optional): the default settings of client routers' interfaces, an information header.
 - `dwClientInterfaceInfoSize` (in): their size in bytes; 0 with a null `pClientInterfaceInfo`.
 - `lpwsDLLPath` (in, optional): the name of the transport's router manager DLL.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `hRouterTransport` is null; `ERROR_UNKNOWN_PROTOCOL_ID` when the configuration does not have the transport; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigtransportsetinfo)*/
    pub fn MprConfigTransportSetInfo(
        hMprConfig: HANDLE,
        hRouterTransport: HANDLE,
        pGlobalInfo: LPBYTE,
        dwGlobalInfoSize: DWORD,
        pClientInterfaceInfo: LPBYTE,
        dwClientInterfaceInfoSize: DWORD,
        lpwsDLLPath: LPWSTR,
    ) -> DWORD;
    /** Reads a transport's settings from the stored configuration. With `ppGlobalInfo`, `ppClientInterfaceInfo` and `lplpwsDLLPath` all null it does nothing and returns `NO_ERROR`.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterTransport` (in): the transport, from [`MprConfigTransportCreate`], [`MprConfigTransportGetHandle`] or [`MprConfigTransportEnum`].
 - `ppGlobalInfo` (out, optional): receives the global settings, an information header allocated by the API, to be freed by [`MprConfigBufferFree`].
 - `lpdwGlobalInfoSize` (out, optional): receives their size in bytes; must not be null when `ppGlobalInfo` is not.
 - `ppClientInterfaceInfo` (out, optional): receives the default settings of client routers' interfaces, allocated and freed likewise.
 - `lpdwClientInterfaceInfoSize` (out, optional): receives their size in bytes; must not be null when `ppClientInterfaceInfo` is not.
 - `lplpwsDLLPath` (out, optional): receives the name of the router manager DLL. Microsoft's page does not say how to free it; [`MprConfigBufferFree`] is the family's function.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `hRouterTransport` is null, or a size pointer is null while its data pointer is not; `ERROR_UNKNOWN_PROTOCOL_ID` when the configuration does not have the transport; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigtransportgetinfo)*/
    pub fn MprConfigTransportGetInfo(
        hMprConfig: HANDLE,
        hRouterTransport: HANDLE,
        ppGlobalInfo: *mut LPBYTE,
        lpdwGlobalInfoSize: LPDWORD,
        ppClientInterfaceInfo: *mut LPBYTE,
        lpdwClientInterfaceInfoSize: LPDWORD,
        lplpwsDLLPath: *mut LPWSTR,
    ) -> DWORD;
    /** Lists the transports of the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `dwLevel` (in): 0: [`MPR_TRANSPORT_0`]; no other level is accepted.
 - `lplpBuffer` (out): receives the array, allocated by the API, to be freed by [`MprConfigBufferFree`].
 - `dwPrefMaxLen` (in): the preferred size of the array in bytes, at least one entry's; -1 (`u32::MAX`) asks for everything.
 - `lpdwEntriesRead` (out): receives the number of entries in the array.
 - `lpdwTotalEntries` (out): receives the number of entries there are, counted from the resume position.
 - `lpdwResumeHandle` (in, out, optional): 0 before the first call, then left as the call wrote it; null when the enumeration need not go on. Not valid after an error; 0 means the end.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `lplpBuffer`, `lpdwEntriesRead` or `lpdwTotalEntries` is null, `dwLevel` is not 0, or `dwPrefMaxLen` is less than the size of one [`MPR_TRANSPORT_0`]; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NO_MORE_ITEMS` when no entry is left at the resume position; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigtransportenum)*/
    pub fn MprConfigTransportEnum(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    /** Creates an interface in the stored configuration. Microsoft's page lists levels 0 to 3 and says in its remarks that level 2 is not supported here: create a demand-dial interface by [`MprAdminInterfaceCreate`] with level 2, then store it by this call with level 0 or 1.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `dwLevel` (in): 0: [`MPR_INTERFACE_0`]; 1: [`MPR_INTERFACE_1`]; 2: [`MPR_INTERFACE_2`]; 3, from Windows Server 2008: [`MPR_INTERFACE_3`].
 - `lpbBuffer` (in): the struct of that level.
 - `phRouterInterface` (out): receives the handle of the interface's configuration; it is not closed.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `lpbBuffer` or `phRouterInterface` is null, or `dwLevel` is not 0 to 3; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacecreate)*/
    pub fn MprConfigInterfaceCreate(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
        phRouterInterface: *mut HANDLE,
    ) -> DWORD;
    /** Deletes an interface, with all its transports, from the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `hRouterInterface` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacedelete)*/
    pub fn MprConfigInterfaceDelete(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
    ) -> DWORD;
    /** Finds an interface of the stored configuration by name.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `lpwsInterfaceName` (in): the interface's name; for a LAN interface its GUID name.
 - `phRouterInterface` (out): receives the handle of the interface's configuration; it is not closed.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `lpwsInterfaceName` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NO_SUCH_INTERFACE` when the configuration has no interface of that name; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacegethandle)*/
    pub fn MprConfigInterfaceGetHandle(
        hMprConfig: HANDLE,
        lpwsInterfaceName: LPWSTR,
        phRouterInterface: *mut HANDLE,
    ) -> DWORD;
    /** Reads an interface of the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `dwLevel` (in): 0: [`MPR_INTERFACE_0`]; 1: [`MPR_INTERFACE_1`]; 2: [`MPR_INTERFACE_2`]; 3, from Windows Server 2008: [`MPR_INTERFACE_3`].
 - `lplpBuffer` (out): receives the struct of that level, allocated by the API, to be freed by [`MprConfigBufferFree`].
 - `lpdwBufferSize` (out): receives its size in bytes.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface`, `lplpBuffer` or `lpdwBufferSize` is null, or `dwLevel` is not 0 to 3; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NO_SUCH_INTERFACE` when the configuration has no such interface.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacegetinfo)*/
    pub fn MprConfigInterfaceGetInfo(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
        lpdwBufferSize: LPDWORD,
    ) -> DWORD;
    /** Changes an interface in the stored configuration. Microsoft's page lists levels 0 to 3 and says in its remarks that level 2 is not supported here: change a demand-dial interface by [`MprAdminInterfaceSetInfo`] with level 2, then store it by this call with level 0 or 1.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `dwLevel` (in): 0: [`MPR_INTERFACE_0`]; 1: [`MPR_INTERFACE_1`]; 2: [`MPR_INTERFACE_2`]; 3, from Windows Server 2008: [`MPR_INTERFACE_3`].
 - `lpbBuffer` (in): the struct of that level.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface` or `lpbBuffer` is null, `dwLevel` is not 0 to 3, or the interface is enabled and of the type `ROUTER_IF_TYPE_DEDICATED` or `ROUTER_IF_TYPE_INTERNAL`; `ERROR_NO_SUCH_INTERFACE` when the configuration has no such interface; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacesetinfo)*/
    pub fn MprConfigInterfaceSetInfo(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwLevel: DWORD,
        lpbBuffer: LPBYTE,
    ) -> DWORD;
    /** Lists the interfaces of the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `dwLevel` (in): 0: [`MPR_INTERFACE_0`]; no other level is accepted.
 - `lplpBuffer` (out): receives the array, allocated by the API, to be freed by [`MprConfigBufferFree`].
 - `dwPrefMaxLen` (in): the preferred size of the array in bytes, at least one entry's; -1 (`u32::MAX`) asks for everything.
 - `lpdwEntriesRead` (out): receives the number of entries in the array.
 - `lpdwTotalEntries` (out): receives the number of entries there are, counted from the resume position.
 - `lpdwResumeHandle` (in, out, optional): 0 before the first call, then left as the call wrote it; null when the enumeration need not go on. Not valid after an error; 0 means the end.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `lplpBuffer`, `lpdwEntriesRead` or `lpdwTotalEntries` is null, `dwLevel` is not 0, or `dwPrefMaxLen` is less than the size of one [`MPR_INTERFACE_0`]; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NO_MORE_ITEMS` when no entry is left at the resume position; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfaceenum)*/
    pub fn MprConfigInterfaceEnum(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        lplpBuffer: *mut LPBYTE,
        dwPrefMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    /** Adds a transport to an interface in the stored configuration. A transport that is there already is changed, as by [`MprConfigInterfaceTransportSetInfo`].

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `lpwsTransportName` (in, optional): the transport's name; null means "IP" or "IPX" for those two and the number as text for others.
 - `pInterfaceInfo` (in): an information header, made by [`MprInfoCreate`] and its relatives.
 - `dwInterfaceInfoSize` (in): its size in bytes.
 - `phRouterIfTransport` (out): receives the handle of the interface transport's configuration; it is not closed.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface` or `phRouterIfTransport` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacetransportadd)*/
    pub fn MprConfigInterfaceTransportAdd(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwTransportId: DWORD,
        lpwsTransportName: LPWSTR,
        pInterfaceInfo: LPBYTE,
        dwInterfaceInfoSize: DWORD,
        phRouterIfTransport: *mut HANDLE,
    ) -> DWORD;
    /** Takes a transport off an interface in the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `hRouterIfTransport` (in): the transport, from [`MprConfigInterfaceTransportAdd`], [`MprConfigInterfaceTransportGetHandle`] or [`MprConfigInterfaceTransportEnum`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface` or `hRouterIfTransport` is null; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacetransportremove)*/
    pub fn MprConfigInterfaceTransportRemove(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        hRouterIfTransport: HANDLE,
    ) -> DWORD;
    /** Finds a transport of an interface in the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6` (from Windows Server 2008), `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `phRouterIfTransport` (out): receives the handle of the interface transport's configuration; it is not closed.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface` or `phRouterIfTransport` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NO_SUCH_INTERFACE` when the configuration has no such interface, or the interface does not have the transport; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacetransportgethandle)*/
    pub fn MprConfigInterfaceTransportGetHandle(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        dwTransportId: DWORD,
        phRouterIfTransport: *mut HANDLE,
    ) -> DWORD;
    /** Reads the settings of a transport on an interface from the stored configuration. With `ppInterfaceInfo` null it does nothing and returns `NO_ERROR`.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `hRouterIfTransport` (in): the transport, from [`MprConfigInterfaceTransportAdd`], [`MprConfigInterfaceTransportGetHandle`] or [`MprConfigInterfaceTransportEnum`].
 - `ppInterfaceInfo` (out, optional): receives an information header, to be read by [`MprInfoBlockFind`]; allocated by the API, to be freed by [`MprConfigBufferFree`].
 - `lpdwInterfaceInfoSize` (out, optional): receives its size in bytes; must not be null when `ppInterfaceInfo` is not.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface` or `hRouterIfTransport` is null, or `lpdwInterfaceInfoSize` is null while `ppInterfaceInfo` is not; `ERROR_NO_SUCH_INTERFACE` when the configuration has no such interface, or the interface does not have the transport; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacetransportgetinfo)*/
    pub fn MprConfigInterfaceTransportGetInfo(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        hRouterIfTransport: HANDLE,
        ppInterfaceInfo: *mut LPBYTE,
        lpdwInterfaceInfoSize: LPDWORD,
    ) -> DWORD;
    /** Changes the settings of a transport on an interface in the stored configuration. With `pInterfaceInfo` null it does nothing and returns `NO_ERROR`.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `hRouterIfTransport` (in): the transport, from [`MprConfigInterfaceTransportAdd`], [`MprConfigInterfaceTransportGetHandle`] or [`MprConfigInterfaceTransportEnum`].
 - `pInterfaceInfo` (in, optional): an information header, made by [`MprInfoCreate`] and its relatives; the transport's router manager gives it its meaning.
 - `dwInterfaceInfoSize` (in): its size in bytes; not 0 unless `pInterfaceInfo` is null.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface` or `hRouterIfTransport` is null; `ERROR_NO_SUCH_INTERFACE` when the configuration no longer has the interface, or the interface the transport; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacetransportsetinfo)*/
    pub fn MprConfigInterfaceTransportSetInfo(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        hRouterIfTransport: HANDLE,
        pInterfaceInfo: LPBYTE,
        dwInterfaceInfoSize: DWORD,
    ) -> DWORD;
    /** Lists the transports of an interface in the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `dwLevel` (in): 0: [`MPR_IFTRANSPORT_0`]; no other level is accepted.
 - `lplpBuffer` (out): receives the array, allocated by the API, to be freed by [`MprConfigBufferFree`].
 - `dwPrefMaxLen` (in): the preferred size of the array in bytes, at least one entry's; -1 (`u32::MAX`) asks for everything.
 - `lpdwEntriesRead` (out): receives the number of entries in the array.
 - `lpdwTotalEntries` (out): receives the number of entries there are, counted from the resume position.
 - `lpdwResumeHandle` (in, out, optional): 0 before the first call, then left as the call wrote it; null when the enumeration need not go on. Not valid after an error; 0 means the end.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface`, `lplpBuffer`, `lpdwEntriesRead` or `lpdwTotalEntries` is null, `dwLevel` is not 0, or `dwPrefMaxLen` is less than the size of one [`MPR_IFTRANSPORT_0`]; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NO_MORE_ITEMS` when no entry is left at the resume position; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacetransportenum)*/
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
    /** Finds the name that a person sees for an interface whose GUID name is known. [`MprConfigGetGuidName`] goes the other way. Needs no running service.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `pszGuidName` (in): the GUID name.
 - `pszBuffer` (out): a buffer of the caller's, which receives the friendly name with a terminating zero.
 - `dwBufferSize` (in): the size of `pszBuffer` in bytes, not in UTF-16 units.

 Returns `NO_ERROR` (0), or `ERROR_BUFFER_OVERFLOW` when `pszBuffer` is too small for the friendly name; `ERROR_INVALID_PARAMETER` when `hMprConfig`, `pszGuidName` or `pszBuffer` is null; `ERROR_NOT_FOUND` when no friendly name belongs to `pszGuidName`. Microsoft's page has the two names exchanged in the first and the last condition, as copied from the sister call's.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiggetfriendlyname)*/
    pub fn MprConfigGetFriendlyName(
        hMprConfig: HANDLE,
        pszGuidName: PWCHAR,
        pszBuffer: PWCHAR,
        dwBufferSize: DWORD,
    ) -> DWORD;
    /** Finds the GUID name of an interface whose friendly name is known. [`MprConfigGetFriendlyName`] goes the other way. Needs no running service.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `pszFriendlyName` (in): the friendly name.
 - `pszBuffer` (out): a buffer of the caller's, which receives the GUID name with a terminating zero.
 - `dwBufferSize` (in): the size of `pszBuffer` in bytes, not in UTF-16 units.

 Returns `NO_ERROR` (0), or `ERROR_BUFFER_OVERFLOW` when `pszBuffer` is too small for the GUID name; `ERROR_INVALID_PARAMETER` when `hMprConfig`, `pszFriendlyName` or `pszBuffer` is null; `ERROR_NOT_FOUND` when no GUID name belongs to `pszFriendlyName`.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiggetguidname)*/
    pub fn MprConfigGetGuidName(
        hMprConfig: HANDLE,
        pszFriendlyName: PWCHAR,
        pszBuffer: PWCHAR,
        dwBufferSize: DWORD,
    ) -> DWORD;
    /** Makes an information header without blocks. [`MprInfoBlockAdd`] fills it.

 - `dwVersion` (in): `RTR_INFO_BLOCK_VERSION`, which is 1. Microsoft's page places the constant in mprapi.h; that header does not have it.
 - `lplpNewHeader` (out): receives the header, allocated by the API, to be freed by [`MprInfoDelete`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `lplpNewHeader` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinfocreate)*/
    pub fn MprInfoCreate(dwVersion: DWORD, lplpNewHeader: *mut LPVOID) -> DWORD;
    /** Frees an information header that a call of the `MprInfo` family made. Headers from [`MprAdminInterfaceTransportGetInfo`] or [`MprConfigTransportGetInfo`] and the like belong to [`MprAdminBufferFree`] or [`MprConfigBufferFree`].

 - `lpHeader` (in): the header.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `lpHeader` is null; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinfodelete)*/
    pub fn MprInfoDelete(lpHeader: LPVOID) -> DWORD;
    /** Makes a new information header that equals an old one without its blocks. The old header stays valid and is the caller's to delete.

 - `lpHeader` (in): the old header.
 - `lplpNewHeader` (out): receives the new header, allocated by the API, to be freed by [`MprInfoDelete`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `lpHeader` or `lplpNewHeader` is null; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinforemoveall)*/
    pub fn MprInfoRemoveAll(lpHeader: LPVOID, lplpNewHeader: *mut LPVOID) -> DWORD;
    /** Copies an information header.

 - `lpHeader` (in): the header to copy.
 - `lplpNewHeader` (out): receives the copy, allocated by the API, to be freed by [`MprInfoDelete`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `lplpNewHeader` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinfoduplicate)*/
    pub fn MprInfoDuplicate(lpHeader: LPVOID, lplpNewHeader: *mut LPVOID) -> DWORD;
    /** Makes a new information header that equals an old one with a block added. The old header stays valid and is the caller's to delete. [`MprInfoBlockQuerySize`] tells the new size.

 - `lpHeader` (in): the old header.
 - `dwInfoType` (in): the block's type, which depends on the transport; with `IP_ROUTE_INFO`, from Windows Server 2008, the items are `INTERFACE_ROUTE_INFO` structs.
 - `dwItemSize` (in): the size of one item in bytes.
 - `dwItemCount` (in): the number of items.
 - `lpItemData` (in): the items, `dwItemSize` times `dwItemCount` bytes, which are copied.
 - `lplpNewHeader` (out): receives the new header, allocated by the API, to be freed by [`MprInfoDelete`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `lpHeader`, `lplpNewHeader` or `lpItemData` is null, or the header has a block of that type; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinfoblockadd)*/
    pub fn MprInfoBlockAdd(
        lpHeader: LPVOID,
        dwInfoType: DWORD,
        dwItemSize: DWORD,
        dwItemCount: DWORD,
        lpItemData: LPBYTE,
        lplpNewHeader: *mut LPVOID,
    ) -> DWORD;
    /** Makes a new information header that equals an old one with a block taken out. The old header stays valid and is the caller's to delete. [`MprInfoBlockQuerySize`] tells the new size.

 - `lpHeader` (in): the old header.
 - `dwInfoType` (in): the block's type, which depends on the transport.
 - `lplpNewHeader` (out): receives the new header, allocated by the API, to be freed by [`MprInfoDelete`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `lpHeader` is null or the header has no block of that type; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinfoblockremove)*/
    pub fn MprInfoBlockRemove(
        lpHeader: LPVOID,
        dwInfoType: DWORD,
        lplpNewHeader: *mut LPVOID,
    ) -> DWORD;
    /** Makes a new information header that equals an old one with the data of a block replaced. The old header stays valid and is the caller's to delete.

 - `lpHeader` (in): the old header.
 - `dwInfoType` (in): the block's type, which depends on the transport.
 - `dwItemSize` (in): the size of one item in bytes.
 - `dwItemCount` (in): the number of items.
 - `lpItemData` (in): the items, `dwItemSize` times `dwItemCount` bytes, which are copied.
 - `lplpNewHeader` (out): receives the new header, allocated by the API, to be freed by [`MprInfoDelete`].

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when a required parameter is null or the header has no block of that type; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinfoblockset)*/
    pub fn MprInfoBlockSet(
        lpHeader: LPVOID,
        dwInfoType: DWORD,
        dwItemSize: DWORD,
        dwItemCount: DWORD,
        lpItemData: LPBYTE,
        lplpNewHeader: *mut LPVOID,
    ) -> DWORD;
    /** Finds a block in an information header. With the last three parameters null it only tells whether the block exists, which is what the C macro `MprInfoBlockExists` does.

 - `lpHeader` (in): the header.
 - `dwInfoType` (in): the block's type, which depends on the transport.
 - `lpdwItemSize` (out, optional): receives the size of one item in bytes.
 - `lpdwItemCount` (out, optional): receives the number of items.
 - `lplpItemData` (out, optional): receives a pointer to the items within the header; it is not freed and lives as long as the header.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `lpHeader` is null; `ERROR_NOT_FOUND` when the header has no block of that type; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinfoblockfind)*/
    pub fn MprInfoBlockFind(
        lpHeader: LPVOID,
        dwInfoType: DWORD,
        lpdwItemSize: LPDWORD,
        lpdwItemCount: LPDWORD,
        lplpItemData: *mut LPBYTE,
    ) -> DWORD;
    /** Tells the size of an information header with all its blocks, as the `dwInterfaceInfoSize` and similar parameters want it.

 - `lpHeader` (in): the header.

 Returns the size in bytes, no error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprinfoblockquerysize)*/
    pub fn MprInfoBlockQuerySize(lpHeader: LPVOID) -> DWORD;
    /** Reads whether static filters are enabled for a transport, from the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `dwLevel` (in): 0: [`MPR_FILTER_0`]; no other level exists.
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6`, `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `lpBuffer` (out): the caller's struct, to be filled.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `lpBuffer` is null, or `dwLevel` is not 0. Microsoft's page tells callers to free `lpBuffer` by [`MprConfigBufferFree`]; the signature is a plain pointer, so the memory is the caller's and must not be given to it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigfiltergetinfo)*/
    pub fn MprConfigFilterGetInfo(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        dwTransportId: DWORD,
        lpBuffer: LPBYTE,
    ) -> DWORD;
    /** Sets whether static filters are enabled for a transport, in the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `dwLevel` (in): 0: [`MPR_FILTER_0`]; no other level exists.
 - `dwTransportId` (in): the transport: `PID_IP`, `PID_IPV6`, `PID_IPX`, `PID_NBF` or `PID_ATALK`.
 - `lpBuffer` (in): the struct.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig` or `lpBuffer` is null, or `dwLevel` is not 0.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigfiltersetinfo)*/
    pub fn MprConfigFilterSetInfo(
        hMprConfig: HANDLE,
        dwLevel: DWORD,
        dwTransportId: DWORD,
        lpBuffer: LPBYTE,
    ) -> DWORD;
    /** Lists the connections that are up, in records that cover PPP and IKEv2 alike.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `pObjectHeader` (in): the [`MPRAPI_OBJECT_HEADER`] that names the revision, type and size of the records wanted; to be filled in before the call.
 - `dwPreferedMaxLen` (in): the preferred size of the array in bytes; -1 (`u32::MAX`) asks for everything. The misspelling is the header's.
 - `lpdwEntriesRead` (out): receives the number of entries in the array.
 - `lpdwTotalEntries` (out): receives the number of entries there are, counted from the resume position.
 - `ppRasConn` (out): receives the array of [`RAS_CONNECTION_EX`], allocated by the API, to be freed by [`MprAdminBufferFree`].
 - `lpdwResumeHandle` (in, out, optional): 0 or null for the first call, then left as the call wrote it. Meaningful after success and `ERROR_MORE_DATA` only; 0 means the end.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_MORE_DATA` when more entries remain; call again with the resume handle; `ERROR_PROC_NOT_FOUND` when the server does not know the procedure; or another code of mprerror.h, raserror.h or winerror.h.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectionenumex)*/
    pub fn MprAdminConnectionEnumEx(
        hRasServer: RAS_SERVER_HANDLE,
        pObjectHeader: PMPRAPI_OBJECT_HEADER,
        dwPreferedMaxLen: DWORD,
        lpdwEntriesRead: LPDWORD,
        lpdwTotalEntries: LPDWORD,
        ppRasConn: *mut PRAS_CONNECTION_EX,
        lpdwResumeHandle: LPDWORD,
    ) -> DWORD;
    /** Reads what is known of one connection, in the record that covers PPP and IKEv2 alike.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `hConnection` (in): the connection, from [`MprAdminConnectionEnum`] or [`MprAdminConnectionEnumEx`].
 - `pRasConnection` (in, out): the caller's [`RAS_CONNECTION_EX`], its `Header` (revision, type, size) filled in before the call.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_PROC_NOT_FOUND` when the server does not know the procedure; or another code of mprerror.h, raserror.h or winerror.h. Microsoft's page tells callers to free `pRasConnection` by [`MprAdminBufferFree`]; the signature is a pointer to a struct, not to a pointer, so the memory is the caller's and must not be given to it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminconnectiongetinfoex)*/
    pub fn MprAdminConnectionGetInfoEx(
        hRasServer: RAS_SERVER_HANDLE,
        hConnection: HANDLE,
        pRasConnection: PRAS_CONNECTION_EX,
    ) -> DWORD;
    /** Tells whether the Routing and Remote Access service of a server is up, with an error code that [`MprAdminIsServiceRunning`] cannot give.

 - `lpwsServerName` (in, optional): the server's name; null means this machine.
 - `fIsServiceInitialized` (out): receives nonzero when the service runs; 0 when it does not or the caller has no access to it. Microsoft's page and the SDK metadata mark it as input, but the call writes it.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `fIsServiceInitialized` is null; `ERROR_SERVICE_NOT_ACTIVE` when the service is not running on the server; `ERROR_ACCESS_DENIED` when the caller lacks the privilege.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminisserviceinitialized)*/
    pub fn MprAdminIsServiceInitialized(
        lpwsServerName: LPWSTR,
        fIsServiceInitialized: *mut BOOL,
    ) -> DWORD;
    /** Reads the settings of the tunnel protocols from the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `pServerInfo` (in, out): the caller's [`MPR_SERVER_EX1`] (or [`MPR_SERVER_EX0`] by its revision), its `Header` (revision, type, size) filled in before the call.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_PROC_NOT_FOUND` when the server does not know the procedure; or another system error code. Microsoft's page tells callers to free `pServerInfo` by [`MprAdminBufferFree`]; the struct is the caller's and must not be given to it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigservergetinfoex)*/
    pub fn MprConfigServerGetInfoEx(
        hMprConfig: HANDLE,
        pServerInfo: *mut MPR_SERVER_EX1,
    ) -> DWORD;
    /** Sets the tunnel protocols' ports and parameters in the stored configuration. The service takes it up when it restarts.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `pSetServerConfig` (in): the [`MPR_SERVER_SET_CONFIG_EX1`] (or [`MPR_SERVER_SET_CONFIG_EX0`] by its revision), its `Header` (revision, type, size) filled in; `setConfigForProtocols` says which protocols it sets.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_PARAMETER` when `pSetServerConfig` is null or its `Header` is wrong; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; or another system error code.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfigserversetinfoex)*/
    pub fn MprConfigServerSetInfoEx(
        hMprConfig: HANDLE,
        pSetServerConfig: *mut MPR_SERVER_SET_CONFIG_EX1,
    ) -> DWORD;
    /** Reads a server's state and the settings of its tunnel protocols.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `pServerInfo` (in, out): the caller's [`MPR_SERVER_EX1`] (or [`MPR_SERVER_EX0`] by its revision), its `Header` (revision, type, size) filled in before the call.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_PROC_NOT_FOUND` when the server does not know the procedure. Microsoft's page tells callers to free `pServerInfo` by [`MprAdminBufferFree`]; the struct is the caller's and must not be given to it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminservergetinfoex)*/
    pub fn MprAdminServerGetInfoEx(
        hMprServer: MPR_SERVER_HANDLE,
        pServerInfo: *mut MPR_SERVER_EX1,
    ) -> DWORD;
    /** Sets the tunnel protocols' ports and parameters on a server.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `pServerInfo` (in): the [`MPR_SERVER_SET_CONFIG_EX1`] (or [`MPR_SERVER_SET_CONFIG_EX0`] by its revision), its `Header` (revision, type, size) filled in; `setConfigForProtocols` says which protocols it sets.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_DDM_NOT_RUNNING` when the Demand Dial Manager is not running; `ERROR_PROC_NOT_FOUND` when the server does not know the procedure.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminserversetinfoex)*/
    pub fn MprAdminServerSetInfoEx(
        hMprServer: MPR_SERVER_HANDLE,
        pServerInfo: *mut MPR_SERVER_SET_CONFIG_EX1,
    ) -> DWORD;
    /** Tells the server that the VPN tunnel of a live connection has a new interface index and new end point addresses. Microsoft has no page on it; this follows the header and the page of [`RAS_UPDATE_CONNECTION`], whose minimum version is the one given.

 - `hRasServer` (in): the remote access server, from [`MprAdminServerConnect`].
 - `hRasConnection` (in): the connection, from [`MprAdminConnectionEnum`] or [`MprAdminConnectionEnumEx`].
 - `pRasUpdateConnection` (in): the new values; its `Header` (revision, type, size) filled in.

 Returns `NO_ERROR` (0). No error code is documented.*/
    pub fn MprAdminUpdateConnection(
        hRasServer: RAS_SERVER_HANDLE,
        hRasConnection: HANDLE,
        pRasUpdateConnection: *mut RAS_UPDATE_CONNECTION,
    ) -> DWORD;
    /** Reads the IKEv2 settings of a demand-dial interface of a running router.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `pCustomInfo` (in, out): the caller's [`MPR_IF_CUSTOMINFOEX2`] (or [`MPR_IF_CUSTOMINFOEX1`], [`MPR_IF_CUSTOMINFOEX0`] by its revision), its `Header` (revision, type, size) filled in before the call.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `hInterface` is not valid or its type is not `ROUTER_IF_TYPE_FULL_ROUTER`; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out. Microsoft's page tells callers to free `pCustomInfo` by [`MprAdminBufferFree`]; the struct itself is the caller's and must not be given to it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacegetcustominfoex)*/
    pub fn MprAdminInterfaceGetCustomInfoEx(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        pCustomInfo: *mut MPR_IF_CUSTOMINFOEX2,
    ) -> DWORD;
    /** Sets the IKEv2 settings of a demand-dial interface of a running router. `dwFlags` 0 deletes them; within `customIkev2Config` a null `customPolicy` deletes the main and quick mode policy, and a `certificateName` whose `cbData` is 0 the certificate.

 - `hMprServer` (in): the router, from [`MprAdminServerConnect`].
 - `hInterface` (in): the interface, from [`MprAdminInterfaceCreate`] or [`MprAdminInterfaceGetHandle`].
 - `pCustomInfo` (in): the [`MPR_IF_CUSTOMINFOEX2`] (or [`MPR_IF_CUSTOMINFOEX1`], [`MPR_IF_CUSTOMINFOEX0`] by its revision), its `Header` (revision, type, size) filled in.

 Returns `NO_ERROR` (0), or `ERROR_ACCESS_DENIED` when the caller lacks the privilege; `ERROR_INVALID_HANDLE` when `hInterface` is not valid; `ERROR_INVALID_PARAMETER` when `pCustomInfo` is null or the interface's type is not `ROUTER_IF_TYPE_FULL_ROUTER`; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradmininterfacesetcustominfoex)*/
    pub fn MprAdminInterfaceSetCustomInfoEx(
        hMprServer: MPR_SERVER_HANDLE,
        hInterface: HANDLE,
        pCustomInfo: *mut MPR_IF_CUSTOMINFOEX2,
    ) -> DWORD;
    /** Reads the IKEv2 settings of a demand-dial interface from the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `pCustomInfo` (in, out): the caller's [`MPR_IF_CUSTOMINFOEX2`] (or [`MPR_IF_CUSTOMINFOEX1`], [`MPR_IF_CUSTOMINFOEX0`] by its revision), its `Header` (revision, type, size) filled in before the call.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface` or `pCustomInfo` is null; `ERROR_NOT_ENOUGH_MEMORY` when memory ran out; `ERROR_NO_SUCH_INTERFACE` when the configuration has no such interface. Microsoft's page tells callers to free `pCustomInfo` by [`MprConfigBufferFree`]; the struct itself is the caller's and must not be given to it.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacegetcustominfoex)*/
    pub fn MprConfigInterfaceGetCustomInfoEx(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        pCustomInfo: *mut MPR_IF_CUSTOMINFOEX2,
    ) -> DWORD;
    /** Sets the IKEv2 settings of a demand-dial interface in the stored configuration.

 - `hMprConfig` (in): the configuration, from [`MprConfigServerConnect`].
 - `hRouterInterface` (in): the interface, from [`MprConfigInterfaceCreate`], [`MprConfigInterfaceGetHandle`] or [`MprConfigInterfaceEnum`].
 - `pCustomInfo` (in): the [`MPR_IF_CUSTOMINFOEX2`] (or [`MPR_IF_CUSTOMINFOEX1`], [`MPR_IF_CUSTOMINFOEX0`] by its revision), its `Header` (revision, type, size) filled in.

 Returns `NO_ERROR` (0), or `ERROR_INVALID_PARAMETER` when `hMprConfig`, `hRouterInterface` or `pCustomInfo` is null, or the interface's type is not `ROUTER_IF_TYPE_FULL_ROUTER`; `ERROR_NO_SUCH_INTERFACE` when the configuration has no such interface.

 [Microsoft's page](https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mprconfiginterfacesetcustominfoex)*/
    pub fn MprConfigInterfaceSetCustomInfoEx(
        hMprConfig: HANDLE,
        hRouterInterface: HANDLE,
        pCustomInfo: *mut MPR_IF_CUSTOMINFOEX2,
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
            "Windows 2000 Server" fn MprAdminConnectionEnum(hRasServer: $crate::RAS_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminPortEnum(hRasServer: $crate::RAS_SERVER_HANDLE, dwLevel: $crate::DWORD, hConnection: $crate::HANDLE, lplpbBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminConnectionGetInfo(hRasServer: $crate::RAS_SERVER_HANDLE, dwLevel: $crate::DWORD, hConnection: $crate::HANDLE, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminPortGetInfo(hRasServer: $crate::RAS_SERVER_HANDLE, dwLevel: $crate::DWORD, hPort: $crate::HANDLE, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminConnectionClearStats(hRasServer: $crate::RAS_SERVER_HANDLE, hConnection: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminPortClearStats(hRasServer: $crate::RAS_SERVER_HANDLE, hPort: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminPortReset(hRasServer: $crate::RAS_SERVER_HANDLE, hPort: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminPortDisconnect(hRasServer: $crate::RAS_SERVER_HANDLE, hPort: $crate::HANDLE) -> $crate::DWORD;
            "Windows Server 2003" fn MprAdminConnectionRemoveQuarantine(hRasServer: $crate::HANDLE, hRasConnection: $crate::HANDLE, fIsIpAddress: $crate::BOOL) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminUserGetInfo(lpszServer: *const $crate::WCHAR, lpszUser: *const $crate::WCHAR, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminUserSetInfo(lpszServer: *const $crate::WCHAR, lpszUser: *const $crate::WCHAR, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminSendUserMessage(hMprServer: $crate::MPR_SERVER_HANDLE, hConnection: $crate::HANDLE, lpwszMessage: $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminGetPDCServer(lpszDomain: *const $crate::WCHAR, lpszServer: *const $crate::WCHAR, lpszPDCServer: $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminIsServiceRunning(lpwsServerName: $crate::LPWSTR) -> $crate::BOOL;
            "Windows 2000 Server" fn MprAdminServerConnect(lpwsServerName: $crate::LPWSTR, phMprServer: *mut $crate::MPR_SERVER_HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminServerDisconnect(hMprServer: $crate::MPR_SERVER_HANDLE) -> ();
            "Windows Server 2003" fn MprAdminServerGetCredentials(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows Server 2003" fn MprAdminServerSetCredentials(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminBufferFree(pBuffer: $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminGetErrorString(dwError: $crate::DWORD, lpwsErrorString: *mut $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminServerGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows Server 2003" fn MprAdminServerSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows Server 2003" fn MprAdminEstablishDomainRasServer(pszDomain: $crate::PWCHAR, pszMachine: $crate::PWCHAR, bEnable: $crate::BOOL) -> $crate::DWORD;
            "Windows Server 2003" fn MprAdminIsDomainRasServer(pszDomain: $crate::PWCHAR, pszMachine: $crate::PWCHAR, pbIsRasServer: $crate::PBOOL) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminTransportCreate(hMprServer: $crate::MPR_SERVER_HANDLE, dwTransportId: $crate::DWORD, lpwsTransportName: $crate::LPWSTR, pGlobalInfo: $crate::LPBYTE, dwGlobalInfoSize: $crate::DWORD, pClientInterfaceInfo: $crate::LPBYTE, dwClientInterfaceInfoSize: $crate::DWORD, lpwsDLLPath: $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminTransportSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwTransportId: $crate::DWORD, pGlobalInfo: $crate::LPBYTE, dwGlobalInfoSize: $crate::DWORD, pClientInterfaceInfo: $crate::LPBYTE, dwClientInterfaceInfoSize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminTransportGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwTransportId: $crate::DWORD, ppGlobalInfo: *mut $crate::LPBYTE, lpdwGlobalInfoSize: $crate::LPDWORD, ppClientInterfaceInfo: *mut $crate::LPBYTE, lpdwClientInterfaceInfoSize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminDeviceEnum(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE, lpdwTotalEntries: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceGetHandle(hMprServer: $crate::MPR_SERVER_HANDLE, lpwsInterfaceName: $crate::LPWSTR, phInterface: *mut $crate::HANDLE, fIncludeClientInterfaces: $crate::BOOL) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceCreate(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE, phInterface: *mut $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceDelete(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceDeviceGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwIndex: $crate::DWORD, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceDeviceSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwIndex: $crate::DWORD, dwLevel: $crate::DWORD, lplpBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceTransportRemove(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwTransportId: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceTransportAdd(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, pInterfaceInfo: $crate::LPBYTE, dwInterfaceInfoSize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceTransportGetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, ppInterfaceInfo: *mut $crate::LPBYTE, lpdwpInterfaceInfoSize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceTransportSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, pInterfaceInfo: $crate::LPBYTE, dwInterfaceInfoSize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceEnum(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprSetupIpInIpInterfaceFriendlyNameEnum(pwszMachineName: $crate::PWCHAR, lplpBuffer: *mut $crate::LPBYTE, lpdwEntriesRead: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprSetupIpInIpInterfaceFriendlyNameFree(lpBuffer: $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprSetupIpInIpInterfaceFriendlyNameCreate(pwszMachineName: $crate::PWCHAR, pNameInformation: $crate::PMPR_IPINIP_INTERFACE_0) -> $crate::DWORD;
            "Windows 2000 Server" fn MprSetupIpInIpInterfaceFriendlyNameDelete(pwszMachineName: $crate::PWCHAR, pGuid: *mut $crate::GUID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceSetCredentials(lpwsServer: $crate::LPWSTR, lpwsInterfaceName: $crate::LPWSTR, lpwsUserName: $crate::LPWSTR, lpwsDomainName: $crate::LPWSTR, lpwsPassword: $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceGetCredentials(lpwsServer: $crate::LPWSTR, lpwsInterfaceName: $crate::LPWSTR, lpwsUserName: $crate::LPWSTR, lpwsPassword: $crate::LPWSTR, lpwsDomainName: $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceSetCredentialsEx(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceGetCredentialsEx(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceConnect(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, hEvent: $crate::HANDLE, fSynchronous: $crate::BOOL) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceDisconnect(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceUpdateRoutes(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwProtocolId: $crate::DWORD, hEvent: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceQueryUpdateResult(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, dwProtocolId: $crate::DWORD, lpdwUpdateResult: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminInterfaceUpdatePhonebookInfo(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminRegisterConnectionNotification(hMprServer: $crate::MPR_SERVER_HANDLE, hEventNotification: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminDeregisterConnectionNotification(hMprServer: $crate::MPR_SERVER_HANDLE, hEventNotification: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBServerConnect(lpwsServerName: $crate::LPWSTR, phMibServer: *mut $crate::MIB_SERVER_HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBServerDisconnect(hMibServer: $crate::MIB_SERVER_HANDLE) -> ();
            "Windows 2000 Server" fn MprAdminMIBEntryCreate(hMibServer: $crate::MIB_SERVER_HANDLE, dwPid: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpEntry: $crate::LPVOID, dwEntrySize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBEntryDelete(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpEntry: $crate::LPVOID, dwEntrySize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBEntrySet(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpEntry: $crate::LPVOID, dwEntrySize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBEntryGet(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpInEntry: $crate::LPVOID, dwInEntrySize: $crate::DWORD, lplpOutEntry: *mut $crate::LPVOID, lpOutEntrySize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBEntryGetFirst(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpInEntry: $crate::LPVOID, dwInEntrySize: $crate::DWORD, lplpOutEntry: *mut $crate::LPVOID, lpOutEntrySize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBEntryGetNext(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpInEntry: $crate::LPVOID, dwInEntrySize: $crate::DWORD, lplpOutEntry: *mut $crate::LPVOID, lpOutEntrySize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBGetTrapInfo(hMibServer: $crate::MIB_SERVER_HANDLE, dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, lpInData: $crate::LPVOID, dwInDataSize: $crate::DWORD, lplpOutData: *mut $crate::LPVOID, lpOutDataSize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBSetTrapInfo(dwProtocolId: $crate::DWORD, dwRoutingPid: $crate::DWORD, hEvent: $crate::HANDLE, lpInData: $crate::LPVOID, dwInDataSize: $crate::DWORD, lplpOutData: *mut $crate::LPVOID, lpOutDataSize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprAdminMIBBufferFree(pBuffer: $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigServerInstall(dwLevel: $crate::DWORD, pBuffer: $crate::PVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigServerConnect(lpwsServerName: $crate::LPWSTR, phMprConfig: *mut $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigServerDisconnect(hMprConfig: $crate::HANDLE) -> ();
            "Windows 2000 Server" fn MprConfigServerRefresh(hMprConfig: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigBufferFree(pBuffer: $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigServerGetInfo(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, lplpbBuffer: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows Server 2003" fn MprConfigServerSetInfo(hMprServer: $crate::MPR_SERVER_HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigServerBackup(hMprConfig: $crate::HANDLE, lpwsPath: $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigServerRestore(hMprConfig: $crate::HANDLE, lpwsPath: $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigTransportCreate(hMprConfig: $crate::HANDLE, dwTransportId: $crate::DWORD, lpwsTransportName: $crate::LPWSTR, pGlobalInfo: $crate::LPBYTE, dwGlobalInfoSize: $crate::DWORD, pClientInterfaceInfo: $crate::LPBYTE, dwClientInterfaceInfoSize: $crate::DWORD, lpwsDLLPath: $crate::LPWSTR, phRouterTransport: *mut $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigTransportDelete(hMprConfig: $crate::HANDLE, hRouterTransport: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigTransportGetHandle(hMprConfig: $crate::HANDLE, dwTransportId: $crate::DWORD, phRouterTransport: *mut $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigTransportSetInfo(hMprConfig: $crate::HANDLE, hRouterTransport: $crate::HANDLE, pGlobalInfo: $crate::LPBYTE, dwGlobalInfoSize: $crate::DWORD, pClientInterfaceInfo: $crate::LPBYTE, dwClientInterfaceInfoSize: $crate::DWORD, lpwsDLLPath: $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigTransportGetInfo(hMprConfig: $crate::HANDLE, hRouterTransport: $crate::HANDLE, ppGlobalInfo: *mut $crate::LPBYTE, lpdwGlobalInfoSize: $crate::LPDWORD, ppClientInterfaceInfo: *mut $crate::LPBYTE, lpdwClientInterfaceInfoSize: $crate::LPDWORD, lplpwsDLLPath: *mut $crate::LPWSTR) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigTransportEnum(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceCreate(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE, phRouterInterface: *mut $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceDelete(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceGetHandle(hMprConfig: $crate::HANDLE, lpwsInterfaceName: $crate::LPWSTR, phRouterInterface: *mut $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceGetInfo(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE, lpdwBufferSize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceSetInfo(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lpbBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceEnum(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceTransportAdd(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, lpwsTransportName: $crate::LPWSTR, pInterfaceInfo: $crate::LPBYTE, dwInterfaceInfoSize: $crate::DWORD, phRouterIfTransport: *mut $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceTransportRemove(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, hRouterIfTransport: $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceTransportGetHandle(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwTransportId: $crate::DWORD, phRouterIfTransport: *mut $crate::HANDLE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceTransportGetInfo(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, hRouterIfTransport: $crate::HANDLE, ppInterfaceInfo: *mut $crate::LPBYTE, lpdwInterfaceInfoSize: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceTransportSetInfo(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, hRouterIfTransport: $crate::HANDLE, pInterfaceInfo: $crate::LPBYTE, dwInterfaceInfoSize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigInterfaceTransportEnum(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, dwLevel: $crate::DWORD, lplpBuffer: *mut $crate::LPBYTE, dwPrefMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigGetFriendlyName(hMprConfig: $crate::HANDLE, pszGuidName: $crate::PWCHAR, pszBuffer: $crate::PWCHAR, dwBufferSize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprConfigGetGuidName(hMprConfig: $crate::HANDLE, pszFriendlyName: $crate::PWCHAR, pszBuffer: $crate::PWCHAR, dwBufferSize: $crate::DWORD) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoCreate(dwVersion: $crate::DWORD, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoDelete(lpHeader: $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoRemoveAll(lpHeader: $crate::LPVOID, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoDuplicate(lpHeader: $crate::LPVOID, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoBlockAdd(lpHeader: $crate::LPVOID, dwInfoType: $crate::DWORD, dwItemSize: $crate::DWORD, dwItemCount: $crate::DWORD, lpItemData: $crate::LPBYTE, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoBlockRemove(lpHeader: $crate::LPVOID, dwInfoType: $crate::DWORD, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoBlockSet(lpHeader: $crate::LPVOID, dwInfoType: $crate::DWORD, dwItemSize: $crate::DWORD, dwItemCount: $crate::DWORD, lpItemData: $crate::LPBYTE, lplpNewHeader: *mut $crate::LPVOID) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoBlockFind(lpHeader: $crate::LPVOID, dwInfoType: $crate::DWORD, lpdwItemSize: $crate::LPDWORD, lpdwItemCount: $crate::LPDWORD, lplpItemData: *mut $crate::LPBYTE) -> $crate::DWORD;
            "Windows 2000 Server" fn MprInfoBlockQuerySize(lpHeader: $crate::LPVOID) -> $crate::DWORD;
            "Windows Server 2008" fn MprConfigFilterGetInfo(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, dwTransportId: $crate::DWORD, lpBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows Server 2008" fn MprConfigFilterSetInfo(hMprConfig: $crate::HANDLE, dwLevel: $crate::DWORD, dwTransportId: $crate::DWORD, lpBuffer: $crate::LPBYTE) -> $crate::DWORD;
            "Windows Server 2008 R2" fn MprAdminConnectionEnumEx(hRasServer: $crate::RAS_SERVER_HANDLE, pObjectHeader: $crate::PMPRAPI_OBJECT_HEADER, dwPreferedMaxLen: $crate::DWORD, lpdwEntriesRead: $crate::LPDWORD, lpdwTotalEntries: $crate::LPDWORD, ppRasConn: *mut $crate::PRAS_CONNECTION_EX, lpdwResumeHandle: $crate::LPDWORD) -> $crate::DWORD;
            "Windows Server 2008 R2" fn MprAdminConnectionGetInfoEx(hRasServer: $crate::RAS_SERVER_HANDLE, hConnection: $crate::HANDLE, pRasConnection: $crate::PRAS_CONNECTION_EX) -> $crate::DWORD;
            "Windows Server 2008 R2" fn MprAdminIsServiceInitialized(lpwsServerName: $crate::LPWSTR, fIsServiceInitialized: *mut $crate::BOOL) -> $crate::DWORD;
            "Windows Server 2008 R2" fn MprConfigServerGetInfoEx(hMprConfig: $crate::HANDLE, pServerInfo: *mut $crate::MPR_SERVER_EX1) -> $crate::DWORD;
            "Windows Server 2008 R2" fn MprConfigServerSetInfoEx(hMprConfig: $crate::HANDLE, pSetServerConfig: *mut $crate::MPR_SERVER_SET_CONFIG_EX1) -> $crate::DWORD;
            "Windows Server 2008 R2" fn MprAdminServerGetInfoEx(hMprServer: $crate::MPR_SERVER_HANDLE, pServerInfo: *mut $crate::MPR_SERVER_EX1) -> $crate::DWORD;
            "Windows Server 2008 R2" fn MprAdminServerSetInfoEx(hMprServer: $crate::MPR_SERVER_HANDLE, pServerInfo: *mut $crate::MPR_SERVER_SET_CONFIG_EX1) -> $crate::DWORD;
            "Windows Server 2008 R2" fn MprAdminUpdateConnection(hRasServer: $crate::RAS_SERVER_HANDLE, hRasConnection: $crate::HANDLE, pRasUpdateConnection: *mut $crate::RAS_UPDATE_CONNECTION) -> $crate::DWORD;
            "Windows Server 2012" fn MprAdminInterfaceGetCustomInfoEx(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, pCustomInfo: *mut $crate::MPR_IF_CUSTOMINFOEX2) -> $crate::DWORD;
            "Windows Server 2012" fn MprAdminInterfaceSetCustomInfoEx(hMprServer: $crate::MPR_SERVER_HANDLE, hInterface: $crate::HANDLE, pCustomInfo: *mut $crate::MPR_IF_CUSTOMINFOEX2) -> $crate::DWORD;
            "Windows Server 2012" fn MprConfigInterfaceGetCustomInfoEx(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, pCustomInfo: *mut $crate::MPR_IF_CUSTOMINFOEX2) -> $crate::DWORD;
            "Windows Server 2012" fn MprConfigInterfaceSetCustomInfoEx(hMprConfig: $crate::HANDLE, hRouterInterface: $crate::HANDLE, pCustomInfo: *mut $crate::MPR_IF_CUSTOMINFOEX2) -> $crate::DWORD;
        }
    };
}
