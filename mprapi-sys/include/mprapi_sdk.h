/*
 * What the mprapi.h and mprerror.h of mingw-w64 lack, or have as Windows 7 had it.
 *
 * Written for mprapi-sys. Names, member order, types and values are those of the
 * Windows SDK for Windows 10 and 11, taken from Microsoft's reference pages, the open
 * protocol document MS-RRASM, and the SDK metadata as the crate windows-sys 0.61 gives it.
 *
 * wrapper.h includes this after mingw's mprapi.h and mprerror.h, and never with the SDK's
 * own header. It relies on wrapper.h for one thing: the stale declarations have been
 * renamed away (mingw_*), so that the names are free here.
 */
#ifndef MPRAPI_SDK_H
#define MPRAPI_SDK_H

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- constants ---- */

/* Windows Vista: IPv6 as a transport, and as a protocol of an interface. */
#define PID_IPV6                                        0x00000057
#define MPRNP_Ipv6                                      0x00000008

/* Windows 7: IKEv2 as a VPN strategy of an interface. */
#define MPR_VS_Ikev2Only                                7
#define MPR_VS_Ikev2First                               8

/* Newer than mingw's header: how an IKEv2 interface authenticates (MPR_INTERFACE_2 and _3, dwfOptions). */
#define MPRIO_RequireMachineCertificates                0x01000000
#define MPRIO_UsePreSharedKeyForIkev2Initiator          0x02000000
#define MPRIO_UsePreSharedKeyForIkev2Responder          0x04000000

/* Ciphers newer than 3DES. Not in order of size: of the first three, 192 came last. */
#define PPP_LCP_AES_128                                 0x00000040
#define PPP_LCP_AES_256                                 0x00000080
#define PPP_LCP_AES_192                                 0x00000100
#define PPP_LCP_GCM_AES_128                             0x00000200
#define PPP_LCP_GCM_AES_192                             0x00000400
#define PPP_LCP_GCM_AES_256                             0x00000800

/* As old as its neighbours 1, 2 and 8; mingw skipped it. */
#define RAS_FLAGS_RAS_CONNECTION                        0x00000004

/* Windows 7: authentication of IKEv2, and which arm of PROJECTION_INFO (and PROJECTION_INFO2) is live. */
#define MPRAPI_IKEV2_AUTH_USING_CERT                    1
#define MPRAPI_IKEV2_AUTH_USING_EAP                     2
#define MPRAPI_PPP_PROJECTION_INFO_TYPE                 1
#define MPRAPI_IKEV2_PROJECTION_INFO_TYPE               2

/* Revisions for MPRAPI_OBJECT_HEADER: mingw has only Windows 7's, and not the one for RAS_UPDATE_CONNECTION. */
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_1   0x01
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_2   0x02
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3   0x03
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_2             0x02
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_3             0x03
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_4             0x04
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_5             0x05
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_2  0x02
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_3  0x03
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_4  0x04
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_5  0x05
#define MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1  0x01

/* Flags that say which part of a configuration record is meant. */
#define MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2               0x01
#define MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS            0x01
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP             0x01
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP             0x02
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP             0x04
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2            0x08
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE              0x10

/* Windows 7 brought SSTP_CERT_INFO, whose hash this bounds. The other two are values of a yes or no. */
#define MAX_SSTP_HASH_SIZE                              32
#define ALLOW_NO_AUTH                                   1
#define DO_NOT_ALLOW_NO_AUTH                            0

/* Windows 7: MPRAPI_ADMIN_DLL_CALLBACKS.revision. */
#define MPRAPI_ADMIN_DLL_VERSION_1                      0x01
#define MPRAPI_ADMIN_DLL_VERSION_2                      0x02

/* mprerror.h. The end of the range moves with it: see ROUTEBASEEND in wrapper.h. */
#define ERROR_REMOTEACCESS_NOT_CONFIGURED               (ROUTEBASE+56)

/* ---------------------------------------------------------- static filters ---- */

/* mingw calls the member fEnabled. */
typedef struct _MPR_FILTER_0 {
    BOOL fEnable;
} MPR_FILTER_0, *PMPR_FILTER_0;

/* ------------------------------------------------- ports and connections ---- */

/* Newer than mingw's header: a port's state and statistics in one, counted in 64 bits. Microsoft has no page for it. */
typedef struct _RAS_PORT_2 {
    HANDLE hPort;
    HANDLE hConnection;
    DWORD dwConn_State;
    WCHAR wszPortName[MAX_PORT_NAME + 1];
    WCHAR wszMediaName[MAX_MEDIA_NAME + 1];
    WCHAR wszDeviceName[MAX_DEVICE_NAME + 1];
    WCHAR wszDeviceType[MAX_DEVICETYPE_NAME + 1];
    RAS_HARDWARE_CONDITION dwHardwareCondition;
    DWORD dwLineSpeed;
    DWORD dwCrcErr;
    DWORD dwSerialOverRunErrs;
    DWORD dwTimeoutErr;
    DWORD dwAlignmentErr;
    DWORD dwHardwareOverrunErr;
    DWORD dwFramingErr;
    DWORD dwBufferOverrunErr;
    DWORD dwCompressionRatioIn;
    DWORD dwCompressionRatioOut;
    DWORD dwTotalErrors;
    ULONGLONG ullBytesXmited;
    ULONGLONG ullBytesRcved;
    ULONGLONG ullFramesXmited;
    ULONGLONG ullFramesRcved;
    ULONGLONG ullBytesTxUncompressed;
    ULONGLONG ullBytesTxCompressed;
    ULONGLONG ullBytesRcvUncompressed;
    ULONGLONG ullBytesRcvCompressed;
} RAS_PORT_2, *PRAS_PORT_2;

/* Windows Server 2012: as PPP_PROJECTION_INFO, with the EAP type inside a tunnelled EAP. */
typedef struct _PPP_PROJECTION_INFO2 {
    DWORD dwIPv4NegotiationError;
    WCHAR wszAddress[IPADDRESSLEN + 1];
    WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
    DWORD dwIPv4Options;
    DWORD dwIPv4RemoteOptions;
    ULONG64 IPv4SubInterfaceIndex;
    DWORD dwIPv6NegotiationError;
    BYTE bInterfaceIdentifier[8];
    BYTE bRemoteInterfaceIdentifier[8];
    BYTE bPrefix[8];
    DWORD dwPrefixLength;
    ULONG64 IPv6SubInterfaceIndex;
    DWORD dwLcpError;
    DWORD dwAuthenticationProtocol;
    DWORD dwAuthenticationData;
    DWORD dwRemoteAuthenticationProtocol;
    DWORD dwRemoteAuthenticationData;
    DWORD dwLcpTerminateReason;
    DWORD dwLcpRemoteTerminateReason;
    DWORD dwLcpOptions;
    DWORD dwLcpRemoteOptions;
    DWORD dwEapTypeId;
    DWORD dwEmbeddedEAPTypeId;
    DWORD dwRemoteEapTypeId;
    DWORD dwCcpError;
    DWORD dwCompressionAlgorithm;
    DWORD dwCcpOptions;
    DWORD dwRemoteCompressionAlgorithm;
    DWORD dwCcpRemoteOptions;
} PPP_PROJECTION_INFO2, *PPPP_PROJECTION_INFO2;

/* Windows Server 2012: likewise for IKEv2. */
typedef struct _IKEV2_PROJECTION_INFO2 {
    DWORD dwIPv4NegotiationError;
    WCHAR wszAddress[IPADDRESSLEN + 1];
    WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
    ULONG64 IPv4SubInterfaceIndex;
    DWORD dwIPv6NegotiationError;
    BYTE bInterfaceIdentifier[8];
    BYTE bRemoteInterfaceIdentifier[8];
    BYTE bPrefix[8];
    DWORD dwPrefixLength;
    ULONG64 IPv6SubInterfaceIndex;
    DWORD dwOptions;
    DWORD dwAuthenticationProtocol;
    DWORD dwEapTypeId;
    DWORD dwEmbeddedEAPTypeId;
    DWORD dwCompressionAlgorithm;
    DWORD dwEncryptionMethod;
} IKEV2_PROJECTION_INFO2, *PIKEV2_PROJECTION_INFO2;

/* Windows Server 2012: one of the two above; projectionInfoType says which. */
typedef struct _PROJECTION_INFO2 {
    UCHAR projectionInfoType;
    union {
        PPP_PROJECTION_INFO2 PppProjectionInfo;
        IKEV2_PROJECTION_INFO2 Ikev2ProjectionInfo;
    } DUMMYUNIONNAME;
} PROJECTION_INFO2, *PPROJECTION_INFO2;

/* Windows Server 2012: RAS_CONNECTION_EX without its header, with bytes in 64 bits, a start time and the device type. */
typedef struct _RAS_CONNECTION_4 {
    DWORD dwConnectDuration;
    ROUTER_INTERFACE_TYPE dwInterfaceType;
    DWORD dwConnectionFlags;
    WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
    WCHAR wszUserName[UNLEN + 1];
    WCHAR wszLogonDomain[DNLEN + 1];
    WCHAR wszRemoteComputer[NETBIOS_NAME_LEN + 1];
    GUID guid;
    RAS_QUARANTINE_STATE rasQuarState;
    FILETIME probationTime;
    FILETIME connectionStartTime;
    ULONGLONG ullBytesXmited;
    ULONGLONG ullBytesRcved;
    DWORD dwFramesXmited;
    DWORD dwFramesRcved;
    DWORD dwCrcErr;
    DWORD dwTimeoutErr;
    DWORD dwAlignmentErr;
    DWORD dwHardwareOverrunErr;
    DWORD dwFramingErr;
    DWORD dwBufferOverrunErr;
    DWORD dwCompressionRatioIn;
    DWORD dwCompressionRatioOut;
    DWORD dwNumSwitchOvers;
    WCHAR wszRemoteEndpointAddress[MAXIPADRESSLEN + 1];
    WCHAR wszLocalEndpointAddress[MAXIPADRESSLEN + 1];
    PROJECTION_INFO2 ProjectionInfo;
    HANDLE hConnection;
    HANDLE hInterface;
    DWORD dwDeviceType;
} RAS_CONNECTION_4, *PRAS_CONNECTION_4;

/* --------------------------------------------------- custom IKEv2 policies ---- */

/* Windows Server 2012: the transforms an IKEv2 or L2TP tunnel may negotiate. */
typedef struct _ROUTER_CUSTOM_IKEv2_POLICY0 {
    DWORD dwIntegrityMethod;
    DWORD dwEncryptionMethod;
    DWORD dwCipherTransformConstant;
    DWORD dwAuthTransformConstant;
    DWORD dwPfsGroup;
    DWORD dwDhGroup;
} ROUTER_CUSTOM_IKEv2_POLICY0, *PROUTER_CUSTOM_IKEv2_POLICY0;

/* After Windows Server 2012: a certificate chosen by its extended key usage. */
typedef struct _MPR_CERT_EKU {
    DWORD dwSize;
    BOOL IsEKUOID;
    WCHAR *pwszEKU;
} MPR_CERT_EKU, *PMPR_CERT_EKU;

/* Windows Server 2016: the traffic selectors that IKEv2 offers on a demand-dial interface. */
typedef enum _MPR_VPN_TS_TYPE {
    MPR_VPN_TS_IPv4_ADDR_RANGE = 7,
    MPR_VPN_TS_IPv6_ADDR_RANGE = 8
} MPR_VPN_TS_TYPE;

typedef struct _VPN_TS_IP_ADDRESS {
    USHORT Type;
    union {
        IN_ADDR v4;
        IN6_ADDR v6;
    } DUMMYUNIONNAME;
} VPN_TS_IP_ADDRESS;

typedef struct _MPR_VPN_TRAFFIC_SELECTOR {
    MPR_VPN_TS_TYPE type;
    BYTE protocolId;
    USHORT portStart;
    USHORT portEnd;
    USHORT tsPayloadId;
    VPN_TS_IP_ADDRESS addrStart;
    VPN_TS_IP_ADDRESS addrEnd;
} MPR_VPN_TRAFFIC_SELECTOR, *PMPR_VPN_TRAFFIC_SELECTOR;

typedef struct _MPR_VPN_TRAFFIC_SELECTORS {
    DWORD numTsi;
    DWORD numTsr;
    MPR_VPN_TRAFFIC_SELECTOR *tsI;
    MPR_VPN_TRAFFIC_SELECTOR *tsR;
} MPR_VPN_TRAFFIC_SELECTORS, *PMPR_VPN_TRAFFIC_SELECTORS;

/* Windows Server 2012 and two revisions since: the policy of one demand-dial interface. */
typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG0 {
    DWORD dwSaLifeTime;
    DWORD dwSaDataSize;
    CERT_NAME_BLOB certificateName;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG0, *PROUTER_IKEv2_IF_CUSTOM_CONFIG0;

typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG1 {
    DWORD dwSaLifeTime;
    DWORD dwSaDataSize;
    CERT_NAME_BLOB certificateName;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
    CRYPT_HASH_BLOB certificateHash;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG1, *PROUTER_IKEv2_IF_CUSTOM_CONFIG1;

typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG2 {
    DWORD dwSaLifeTime;
    DWORD dwSaDataSize;
    CERT_NAME_BLOB certificateName;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
    CRYPT_HASH_BLOB certificateHash;
    DWORD dwMmSaLifeTime;
    MPR_VPN_TRAFFIC_SELECTORS vpnTrafficSelectors;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG2, *PROUTER_IKEv2_IF_CUSTOM_CONFIG2;

/* What Mpr{Admin,Config}Interface{Get,Set}CustomInfoEx carry. */
typedef struct _MPR_IF_CUSTOMINFOEX0 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD dwFlags;
    ROUTER_IKEv2_IF_CUSTOM_CONFIG0 customIkev2Config;
} MPR_IF_CUSTOMINFOEX0, *PMPR_IF_CUSTOMINFOEX0;

typedef struct _MPR_IF_CUSTOMINFOEX1 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD dwFlags;
    ROUTER_IKEv2_IF_CUSTOM_CONFIG1 customIkev2Config;
} MPR_IF_CUSTOMINFOEX1, *PMPR_IF_CUSTOMINFOEX1;

typedef struct _MPR_IF_CUSTOMINFOEX2 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD dwFlags;
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 customIkev2Config;
} MPR_IF_CUSTOMINFOEX2, *PMPR_IF_CUSTOMINFOEX2;

/* ----------------------------------------------------------- tunnel settings ---- */

/* Windows 7's own (mingw has it without its number), then one revision after another that adds at the end. */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS1 {
    DWORD dwIdleTimeout;
    DWORD dwNetworkBlackoutTime;
    DWORD dwSaLifeTime;
    DWORD dwSaDataSizeForRenegotiation;
    DWORD dwConfigOptions;
    DWORD dwTotalCertificates;
    CERT_NAME_BLOB *certificateNames;
} IKEV2_TUNNEL_CONFIG_PARAMS1, *PIKEV2_TUNNEL_CONFIG_PARAMS1;

typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS2 {
    DWORD dwIdleTimeout;
    DWORD dwNetworkBlackoutTime;
    DWORD dwSaLifeTime;
    DWORD dwSaDataSizeForRenegotiation;
    DWORD dwConfigOptions;
    DWORD dwTotalCertificates;
    CERT_NAME_BLOB *certificateNames;
    CERT_NAME_BLOB machineCertificateName;
    DWORD dwEncryptionType;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
} IKEV2_TUNNEL_CONFIG_PARAMS2, *PIKEV2_TUNNEL_CONFIG_PARAMS2;

typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS3 {
    DWORD dwIdleTimeout;
    DWORD dwNetworkBlackoutTime;
    DWORD dwSaLifeTime;
    DWORD dwSaDataSizeForRenegotiation;
    DWORD dwConfigOptions;
    DWORD dwTotalCertificates;
    CERT_NAME_BLOB *certificateNames;
    CERT_NAME_BLOB machineCertificateName;
    DWORD dwEncryptionType;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
    DWORD dwTotalEkus;
    MPR_CERT_EKU *certificateEKUs;
    CRYPT_HASH_BLOB machineCertificateHash;
} IKEV2_TUNNEL_CONFIG_PARAMS3, *PIKEV2_TUNNEL_CONFIG_PARAMS3;

typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS4 {
    DWORD dwIdleTimeout;
    DWORD dwNetworkBlackoutTime;
    DWORD dwSaLifeTime;
    DWORD dwSaDataSizeForRenegotiation;
    DWORD dwConfigOptions;
    DWORD dwTotalCertificates;
    CERT_NAME_BLOB *certificateNames;
    CERT_NAME_BLOB machineCertificateName;
    DWORD dwEncryptionType;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
    DWORD dwTotalEkus;
    MPR_CERT_EKU *certificateEKUs;
    CRYPT_HASH_BLOB machineCertificateHash;
    DWORD dwMmSaLifeTime;
} IKEV2_TUNNEL_CONFIG_PARAMS4, *PIKEV2_TUNNEL_CONFIG_PARAMS4;

/* Unnumbered, but its last member is the newest of the four: 120 bytes on 64 bits where mingw's has 48. */
typedef struct _IKEV2_CONFIG_PARAMS {
    DWORD dwNumPorts;
    DWORD dwPortFlags;
    DWORD dwTunnelConfigParamFlags;
    IKEV2_TUNNEL_CONFIG_PARAMS4 TunnelConfigParams;
} IKEV2_CONFIG_PARAMS, *PIKEV2_CONFIG_PARAMS;

/* After Windows Server 2012: settings of an L2TP tunnel. */
typedef struct _L2TP_TUNNEL_CONFIG_PARAMS1 {
    DWORD dwIdleTimeout;
    DWORD dwEncryptionType;
    DWORD dwSaLifeTime;
    DWORD dwSaDataSizeForRenegotiation;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
} L2TP_TUNNEL_CONFIG_PARAMS1, *PL2TP_TUNNEL_CONFIG_PARAMS1;

typedef struct _L2TP_TUNNEL_CONFIG_PARAMS2 {
    DWORD dwIdleTimeout;
    DWORD dwEncryptionType;
    DWORD dwSaLifeTime;
    DWORD dwSaDataSizeForRenegotiation;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
    DWORD dwMmSaLifeTime;
} L2TP_TUNNEL_CONFIG_PARAMS2, *PL2TP_TUNNEL_CONFIG_PARAMS2;

/* 0 is Windows 7's, which mingw has without its number. */
typedef struct _L2TP_CONFIG_PARAMS0 {
    DWORD dwNumPorts;
    DWORD dwPortFlags;
} L2TP_CONFIG_PARAMS0, *PL2TP_CONFIG_PARAMS0;

typedef struct _L2TP_CONFIG_PARAMS1 {
    DWORD dwNumPorts;
    DWORD dwPortFlags;
    DWORD dwTunnelConfigParamFlags;
    L2TP_TUNNEL_CONFIG_PARAMS2 TunnelConfigParams;
} L2TP_CONFIG_PARAMS1, *PL2TP_CONFIG_PARAMS1;

/* Windows Server 2016: GRE. */
typedef struct _GRE_CONFIG_PARAMS0 {
    DWORD dwNumPorts;
    DWORD dwPortFlags;
} GRE_CONFIG_PARAMS0, *PGRE_CONFIG_PARAMS0;

/* ------------------------------------------------ configuration of the server ---- */

/* 0 without GRE, 1 with it. Both hold the newest IKEv2 and L2TP members, so neither is Windows 7's. */
typedef struct _MPRAPI_TUNNEL_CONFIG_PARAMS0 {
    IKEV2_CONFIG_PARAMS IkeConfigParams;
    PPTP_CONFIG_PARAMS PptpConfigParams;
    L2TP_CONFIG_PARAMS1 L2tpConfigParams;
    SSTP_CONFIG_PARAMS SstpConfigParams;
} MPRAPI_TUNNEL_CONFIG_PARAMS0, *PMPRAPI_TUNNEL_CONFIG_PARAMS0;

typedef struct _MPRAPI_TUNNEL_CONFIG_PARAMS1 {
    IKEV2_CONFIG_PARAMS IkeConfigParams;
    PPTP_CONFIG_PARAMS PptpConfigParams;
    L2TP_CONFIG_PARAMS1 L2tpConfigParams;
    SSTP_CONFIG_PARAMS SstpConfigParams;
    GRE_CONFIG_PARAMS0 GREConfigParams;
} MPRAPI_TUNNEL_CONFIG_PARAMS1, *PMPRAPI_TUNNEL_CONFIG_PARAMS1;

/* mingw has Windows 7's, without a number: too short for a current Windows. */
typedef struct _MPR_SERVER_EX0 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD fLanOnlyMode;
    DWORD dwUpTime;
    DWORD dwTotalPorts;
    DWORD dwPortsInUse;
    DWORD Reserved;
    MPRAPI_TUNNEL_CONFIG_PARAMS0 ConfigParams;
} MPR_SERVER_EX0, *PMPR_SERVER_EX0;

typedef struct _MPR_SERVER_EX1 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD fLanOnlyMode;
    DWORD dwUpTime;
    DWORD dwTotalPorts;
    DWORD dwPortsInUse;
    DWORD Reserved;
    MPRAPI_TUNNEL_CONFIG_PARAMS1 ConfigParams;
} MPR_SERVER_EX1, *PMPR_SERVER_EX1;

typedef struct _MPR_SERVER_SET_CONFIG_EX0 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD setConfigForProtocols;
    MPRAPI_TUNNEL_CONFIG_PARAMS0 ConfigParams;
} MPR_SERVER_SET_CONFIG_EX0, *PMPR_SERVER_SET_CONFIG_EX0;

typedef struct _MPR_SERVER_SET_CONFIG_EX1 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD setConfigForProtocols;
    MPRAPI_TUNNEL_CONFIG_PARAMS1 ConfigParams;
} MPR_SERVER_SET_CONFIG_EX1, *PMPR_SERVER_SET_CONFIG_EX1;

/* ------------------------------------------------------- unnumbered aliases ---- */

/*
 * In the SDK the name without a number is a macro for the newest revision of the Windows
 * one compiles for. Here they are types, because bindgen sees types and not macros.
 * (L2TP_TUNNEL_CONFIG_PARAMS stands on no page; that L2TP_CONFIG_PARAMS1 holds revision 2 shows it.)
 */
typedef IKEV2_TUNNEL_CONFIG_PARAMS4 IKEV2_TUNNEL_CONFIG_PARAMS, *PIKEV2_TUNNEL_CONFIG_PARAMS;
typedef L2TP_TUNNEL_CONFIG_PARAMS2 L2TP_TUNNEL_CONFIG_PARAMS, *PL2TP_TUNNEL_CONFIG_PARAMS;
typedef L2TP_CONFIG_PARAMS1 L2TP_CONFIG_PARAMS, *PL2TP_CONFIG_PARAMS;
typedef GRE_CONFIG_PARAMS0 GRE_CONFIG_PARAMS, *PGRE_CONFIG_PARAMS;
typedef MPRAPI_TUNNEL_CONFIG_PARAMS1 MPRAPI_TUNNEL_CONFIG_PARAMS, *PMPRAPI_TUNNEL_CONFIG_PARAMS;
typedef MPR_SERVER_EX1 MPR_SERVER_EX, *PMPR_SERVER_EX;
typedef MPR_SERVER_SET_CONFIG_EX1 MPR_SERVER_SET_CONFIG_EX, *PMPR_SERVER_SET_CONFIG_EX;
typedef ROUTER_CUSTOM_IKEv2_POLICY0 ROUTER_CUSTOM_IKEv2_POLICY, *PROUTER_CUSTOM_IKEv2_POLICY;
typedef ROUTER_IKEv2_IF_CUSTOM_CONFIG2 ROUTER_IKEv2_IF_CUSTOM_CONFIG, *PROUTER_IKEv2_IF_CUSTOM_CONFIG;
typedef MPR_IF_CUSTOMINFOEX2 MPR_IF_CUSTOMINFOEX, *PMPR_IF_CUSTOMINFOEX;

/* ------------------------------------------------------------------ functions ---- */

/* Windows 7: mingw declares them over the short structs. */
DWORD APIENTRY MprConfigServerGetInfoEx(HANDLE hMprConfig, MPR_SERVER_EX1 *pServerInfo);
DWORD APIENTRY MprConfigServerSetInfoEx(HANDLE hMprConfig, MPR_SERVER_SET_CONFIG_EX1 *pSetServerConfig);
DWORD APIENTRY MprAdminServerGetInfoEx(MPR_SERVER_HANDLE hMprServer, MPR_SERVER_EX1 *pServerInfo);
DWORD APIENTRY MprAdminServerSetInfoEx(MPR_SERVER_HANDLE hMprServer, MPR_SERVER_SET_CONFIG_EX1 *pServerInfo);

/* Windows 7: mingw has the struct and forgot the function. */
DWORD APIENTRY MprAdminUpdateConnection(RAS_SERVER_HANDLE hRasServer, HANDLE hRasConnection, RAS_UPDATE_CONNECTION *pRasUpdateConnection);

/* Windows Server 2012. */
DWORD APIENTRY MprAdminInterfaceGetCustomInfoEx(MPR_SERVER_HANDLE hMprServer, HANDLE hInterface, MPR_IF_CUSTOMINFOEX2 *pCustomInfo);
DWORD APIENTRY MprAdminInterfaceSetCustomInfoEx(MPR_SERVER_HANDLE hMprServer, HANDLE hInterface, MPR_IF_CUSTOMINFOEX2 *pCustomInfo);
DWORD APIENTRY MprConfigInterfaceGetCustomInfoEx(HANDLE hMprConfig, HANDLE hRouterInterface, MPR_IF_CUSTOMINFOEX2 *pCustomInfo);
DWORD APIENTRY MprConfigInterfaceSetCustomInfoEx(HANDLE hMprConfig, HANDLE hRouterInterface, MPR_IF_CUSTOMINFOEX2 *pCustomInfo);

/* --------------------------------- what an administration DLL implements ---- */

/* The callback types that mingw lacks: the older ones it never had, the last two are of Windows 7. */
typedef BOOL (APIENTRY *PMPRADMINACCEPTNEWCONNECTION)(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *);
typedef BOOL (APIENTRY *PMPRADMINACCEPTNEWCONNECTION2)(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *);
typedef BOOL (APIENTRY *PMPRADMINACCEPTNEWCONNECTION3)(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *, RAS_CONNECTION_3 *);
typedef BOOL (APIENTRY *PMPRADMINACCEPTREAUTHENTICATION)(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *, RAS_CONNECTION_3 *);
typedef VOID (APIENTRY *PMPRADMINCONNECTIONHANGUPNOTIFICATION)(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *);
typedef VOID (APIENTRY *PMPRADMINCONNECTIONHANGUPNOTIFICATION2)(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *);
typedef VOID (APIENTRY *PMPRADMINCONNECTIONHANGUPNOTIFICATION3)(RAS_CONNECTION_0 *, RAS_CONNECTION_1 *, RAS_CONNECTION_2 *, RAS_CONNECTION_3 *);
typedef BOOL (APIENTRY *PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX)(RAS_CONNECTION_EX *);
typedef DWORD (APIENTRY *PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX)(AUTH_VALIDATION_EX *);

/* Thirteen members; mingw's lacks the ninth callback and the last (88 bytes instead of 104 on 64 bits). */
typedef struct _MPRAPI_ADMIN_DLL_CALLBACKS {
    UCHAR revision;
    PMPRADMINGETIPADDRESSFORUSER lpfnMprAdminGetIpAddressForUser;
    PMPRADMINRELEASEIPADRESS lpfnMprAdminReleaseIpAddress;
    PMPRADMINGETIPV6ADDRESSFORUSER lpfnMprAdminGetIpv6AddressForUser;
    PMPRADMINRELEASEIPV6ADDRESSFORUSER lpfnMprAdminReleaseIpV6AddressForUser;
    PMPRADMINACCEPTNEWLINK lpfnRasAdminAcceptNewLink;
    PMPRADMINLINKHANGUPNOTIFICATION lpfnRasAdminLinkHangupNotification;
    PMPRADMINTERMINATEDLL lpfnRasAdminTerminateDll;
    PMPRADMINACCEPTNEWCONNECTIONEX lpfnRasAdminAcceptNewConnectionEx;
    PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX lpfnRasAdminAcceptEndpointChangeEx;
    PMPRADMINACCEPTREAUTHENTICATIONEX lpfnRasAdminAcceptReauthenticationEx;
    PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX lpfnRasAdminConnectionHangupNotificationEx;
    PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX lpfnRASValidatePreAuthenticatedConnectionEx;
} MPRAPI_ADMIN_DLL_CALLBACKS, *PMPRAPI_ADMIN_DLL_CALLBACKS;

/* Entry points: over the struct above, mingw's over its short one. */
DWORD APIENTRY MprAdminInitializeDllEx(MPRAPI_ADMIN_DLL_CALLBACKS *pAdminCallbacks);

/* Windows 7: the forms over RAS_CONNECTION_EX, absent from mingw. */
BOOL APIENTRY MprAdminAcceptNewConnectionEx(RAS_CONNECTION_EX *pRasConnection);
BOOL APIENTRY MprAdminAcceptReauthenticationEx(RAS_CONNECTION_EX *pRasConnection);
VOID APIENTRY MprAdminConnectionHangupNotificationEx(RAS_CONNECTION_EX *pRasConnection);

/* Returns nothing; mingw says DWORD. */
VOID APIENTRY MprAdminReleaseIpv6AddressForUser(WCHAR *lpszUserName, WCHAR *lpszPortName, IN6_ADDR *lpdwIpv6Address);

#ifdef __cplusplus
}
#endif

#endif /* MPRAPI_SDK_H */
