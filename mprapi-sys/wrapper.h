/*
 * What bindgen reads for mprapi-sys: mprapi.h and mprerror.h of the machine that generates,
 * brought to what the Windows SDK for Windows 10 and 11 declares.
 *
 *   With the SDK's own header nothing is added and nothing replaced.
 *   With mingw-w64's, what is stale is renamed away before it is read (mingw_*; the generator
 *   blocks that prefix) and include/mprapi_sdk.h declares it anew, with all that is missing.
 *
 * Nothing is patched after generation. The generator allows by file mprapi.h, mprerror.h,
 * mprapi_sdk.h and this one (less WINVER and _WIN32_WINNT), and by name RASCCPCA_*: ras.h
 * defines those two as well, and bindgen counts a macro to the file that defines it first.
 */

#ifndef UNICODE
#define UNICODE
#endif
#ifndef _UNICODE
#define _UNICODE
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#undef WINVER
#undef _WIN32_WINNT
#define WINVER 0x0A00
#define _WIN32_WINNT 0x0A00

/* All that mprapi.h needs is read first, so that the renaming below touches mprapi.h alone. */
#include <winsock2.h>
#include <windows.h>
#include <in6addr.h>
#include <wincrypt.h>
#include <lmcons.h>
#include <ras.h>

/*
 * mingw-w64 names itself in every header it has. Should its mprapi.h be brought up to date one
 * day, say -DMPRAPI_HEADER_IS_COMPLETE; the check after the include asks for it.
 */
#if (defined(__MINGW64_VERSION_MAJOR) || defined(__MINGW32__)) && !defined(MPRAPI_HEADER_IS_COMPLETE)
#define MPRAPI_HEADER_IS_STALE
#endif

/* ------------------------------------------- renamed away, only with mingw-w64 ---- */
#ifdef MPRAPI_HEADER_IS_STALE

/* Structs of Windows 7 under the names of today's, and MPR_FILTER_0, whose member has another name. */
#define _IKEV2_TUNNEL_CONFIG_PARAMS mingw__IKEV2_TUNNEL_CONFIG_PARAMS
#define IKEV2_TUNNEL_CONFIG_PARAMS mingw_IKEV2_TUNNEL_CONFIG_PARAMS
#define PIKEV2_TUNNEL_CONFIG_PARAMS mingw_PIKEV2_TUNNEL_CONFIG_PARAMS
#define _IKEV2_CONFIG_PARAMS mingw__IKEV2_CONFIG_PARAMS
#define IKEV2_CONFIG_PARAMS mingw_IKEV2_CONFIG_PARAMS
#define PIKEV2_CONFIG_PARAMS mingw_PIKEV2_CONFIG_PARAMS
#define _L2TP_CONFIG_PARAMS mingw__L2TP_CONFIG_PARAMS
#define L2TP_CONFIG_PARAMS mingw_L2TP_CONFIG_PARAMS
#define PL2TP_CONFIG_PARAMS mingw_PL2TP_CONFIG_PARAMS
#define _MPRAPI_TUNNEL_CONFIG_PARAMS mingw__MPRAPI_TUNNEL_CONFIG_PARAMS
#define MPRAPI_TUNNEL_CONFIG_PARAMS mingw_MPRAPI_TUNNEL_CONFIG_PARAMS
#define PMPRAPI_TUNNEL_CONFIG_PARAMS mingw_PMPRAPI_TUNNEL_CONFIG_PARAMS
#define _MPR_SERVER_SET_CONFIG_EX mingw__MPR_SERVER_SET_CONFIG_EX
#define MPR_SERVER_SET_CONFIG_EX mingw_MPR_SERVER_SET_CONFIG_EX
#define PMPR_SERVER_SET_CONFIG_EX mingw_PMPR_SERVER_SET_CONFIG_EX
#define _MPR_SERVER_EX mingw__MPR_SERVER_EX
#define MPR_SERVER_EX mingw_MPR_SERVER_EX
#define PMPR_SERVER_EX mingw_PMPR_SERVER_EX
#define _MPRAPI_ADMIN_DLL_CALLBACKS mingw__MPRAPI_ADMIN_DLL_CALLBACKS
#define MPRAPI_ADMIN_DLL_CALLBACKS mingw_MPRAPI_ADMIN_DLL_CALLBACKS
#define PMPRAPI_ADMIN_DLL_CALLBACKS mingw_PMPRAPI_ADMIN_DLL_CALLBACKS
#define _MPR_FILTER_0 mingw__MPR_FILTER_0
#define MPR_FILTER_0 mingw_MPR_FILTER_0
#define PMPR_FILTER_0 mingw_PMPR_FILTER_0

/* Functions over those structs; and one entry point that returns nothing, where mingw says DWORD. */
#define MprConfigServerGetInfoEx mingw_MprConfigServerGetInfoEx
#define MprConfigServerSetInfoEx mingw_MprConfigServerSetInfoEx
#define MprAdminServerGetInfoEx mingw_MprAdminServerGetInfoEx
#define MprAdminServerSetInfoEx mingw_MprAdminServerSetInfoEx
#define MprAdminInitializeDllEx mingw_MprAdminInitializeDllEx
#define MprAdminReleaseIpv6AddressForUser mingw_MprAdminReleaseIpv6AddressForUser

/* The tag of PPP_IPV6_CP_INFO, which mingw spells otherwise. */
#define _PPP_IPV6CP_INFO _PPP_IPV6_CP_INFO

/* The enumerators that two enumerations lack, slipped in beside a neighbour. */
#define ROUTER_IF_TYPE_DIALOUT ROUTER_IF_TYPE_DIALOUT, ROUTER_IF_TYPE_MAX
#define MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT \
    MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT = 0x6, MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT

/* mingw's own name for BOOL. */
#define WINBOOL BOOL

/* mingw ends the range of error codes one too early. bindgen keeps the first definition of a macro. */
#define ROUTEBASEEND 957

#endif

/* The SDK puts the underscore of this one tag at the end. */
#define RAS_UPDATE_CONNECTION_ _RAS_UPDATE_CONNECTION

#include <mprapi.h>
#include <mprerror.h>

#undef RAS_UPDATE_CONNECTION_

#ifdef MPRAPI_HEADER_IS_STALE

#undef _IKEV2_TUNNEL_CONFIG_PARAMS
#undef IKEV2_TUNNEL_CONFIG_PARAMS
#undef PIKEV2_TUNNEL_CONFIG_PARAMS
#undef _IKEV2_CONFIG_PARAMS
#undef IKEV2_CONFIG_PARAMS
#undef PIKEV2_CONFIG_PARAMS
#undef _L2TP_CONFIG_PARAMS
#undef L2TP_CONFIG_PARAMS
#undef PL2TP_CONFIG_PARAMS
#undef _MPRAPI_TUNNEL_CONFIG_PARAMS
#undef MPRAPI_TUNNEL_CONFIG_PARAMS
#undef PMPRAPI_TUNNEL_CONFIG_PARAMS
#undef _MPR_SERVER_SET_CONFIG_EX
#undef MPR_SERVER_SET_CONFIG_EX
#undef PMPR_SERVER_SET_CONFIG_EX
#undef _MPR_SERVER_EX
#undef MPR_SERVER_EX
#undef PMPR_SERVER_EX
#undef _MPRAPI_ADMIN_DLL_CALLBACKS
#undef MPRAPI_ADMIN_DLL_CALLBACKS
#undef PMPRAPI_ADMIN_DLL_CALLBACKS
#undef _MPR_FILTER_0
#undef MPR_FILTER_0
#undef PMPR_FILTER_0
#undef MprConfigServerGetInfoEx
#undef MprConfigServerSetInfoEx
#undef MprAdminServerGetInfoEx
#undef MprAdminServerSetInfoEx
#undef MprAdminInitializeDllEx
#undef MprAdminReleaseIpv6AddressForUser
#undef _PPP_IPV6CP_INFO
#undef ROUTER_IF_TYPE_DIALOUT
#undef MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT
#undef WINBOOL
#undef ROUTEBASEEND
#define ROUTEBASEEND 957

#ifdef MPRAPI_MPR_SERVER_OBJECT_REVISION_2
#error "this mingw-w64 has an mprapi.h newer than include/mprapi_sdk.h completes: define MPRAPI_HEADER_IS_COMPLETE"
#endif

#include "include/mprapi_sdk.h"

#else

/* ----------------------------------------------- unnumbered aliases of the SDK ---- */
/* There they are macros, which bindgen does not show. Made types, as include/mprapi_sdk.h has them. */
#ifdef IKEV2_TUNNEL_CONFIG_PARAMS
#undef IKEV2_TUNNEL_CONFIG_PARAMS
typedef IKEV2_TUNNEL_CONFIG_PARAMS4 IKEV2_TUNNEL_CONFIG_PARAMS;
#endif
#ifdef PIKEV2_TUNNEL_CONFIG_PARAMS
#undef PIKEV2_TUNNEL_CONFIG_PARAMS
typedef IKEV2_TUNNEL_CONFIG_PARAMS4 *PIKEV2_TUNNEL_CONFIG_PARAMS;
#endif
#ifdef L2TP_TUNNEL_CONFIG_PARAMS
#undef L2TP_TUNNEL_CONFIG_PARAMS
typedef L2TP_TUNNEL_CONFIG_PARAMS2 L2TP_TUNNEL_CONFIG_PARAMS;
#endif
#ifdef PL2TP_TUNNEL_CONFIG_PARAMS
#undef PL2TP_TUNNEL_CONFIG_PARAMS
typedef L2TP_TUNNEL_CONFIG_PARAMS2 *PL2TP_TUNNEL_CONFIG_PARAMS;
#endif
#ifdef L2TP_CONFIG_PARAMS
#undef L2TP_CONFIG_PARAMS
typedef L2TP_CONFIG_PARAMS1 L2TP_CONFIG_PARAMS;
#endif
#ifdef PL2TP_CONFIG_PARAMS
#undef PL2TP_CONFIG_PARAMS
typedef L2TP_CONFIG_PARAMS1 *PL2TP_CONFIG_PARAMS;
#endif
#ifdef GRE_CONFIG_PARAMS
#undef GRE_CONFIG_PARAMS
typedef GRE_CONFIG_PARAMS0 GRE_CONFIG_PARAMS;
#endif
#ifdef PGRE_CONFIG_PARAMS
#undef PGRE_CONFIG_PARAMS
typedef GRE_CONFIG_PARAMS0 *PGRE_CONFIG_PARAMS;
#endif
#ifdef MPRAPI_TUNNEL_CONFIG_PARAMS
#undef MPRAPI_TUNNEL_CONFIG_PARAMS
typedef MPRAPI_TUNNEL_CONFIG_PARAMS1 MPRAPI_TUNNEL_CONFIG_PARAMS;
#endif
#ifdef PMPRAPI_TUNNEL_CONFIG_PARAMS
#undef PMPRAPI_TUNNEL_CONFIG_PARAMS
typedef MPRAPI_TUNNEL_CONFIG_PARAMS1 *PMPRAPI_TUNNEL_CONFIG_PARAMS;
#endif
#ifdef MPR_SERVER_EX
#undef MPR_SERVER_EX
typedef MPR_SERVER_EX1 MPR_SERVER_EX;
#endif
#ifdef PMPR_SERVER_EX
#undef PMPR_SERVER_EX
typedef MPR_SERVER_EX1 *PMPR_SERVER_EX;
#endif
#ifdef MPR_SERVER_SET_CONFIG_EX
#undef MPR_SERVER_SET_CONFIG_EX
typedef MPR_SERVER_SET_CONFIG_EX1 MPR_SERVER_SET_CONFIG_EX;
#endif
#ifdef PMPR_SERVER_SET_CONFIG_EX
#undef PMPR_SERVER_SET_CONFIG_EX
typedef MPR_SERVER_SET_CONFIG_EX1 *PMPR_SERVER_SET_CONFIG_EX;
#endif
#ifdef ROUTER_CUSTOM_IKEv2_POLICY
#undef ROUTER_CUSTOM_IKEv2_POLICY
typedef ROUTER_CUSTOM_IKEv2_POLICY0 ROUTER_CUSTOM_IKEv2_POLICY;
#endif
#ifdef PROUTER_CUSTOM_IKEv2_POLICY
#undef PROUTER_CUSTOM_IKEv2_POLICY
typedef ROUTER_CUSTOM_IKEv2_POLICY0 *PROUTER_CUSTOM_IKEv2_POLICY;
#endif
#ifdef ROUTER_IKEv2_IF_CUSTOM_CONFIG
#undef ROUTER_IKEv2_IF_CUSTOM_CONFIG
typedef ROUTER_IKEv2_IF_CUSTOM_CONFIG2 ROUTER_IKEv2_IF_CUSTOM_CONFIG;
#endif
#ifdef PROUTER_IKEv2_IF_CUSTOM_CONFIG
#undef PROUTER_IKEv2_IF_CUSTOM_CONFIG
typedef ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *PROUTER_IKEv2_IF_CUSTOM_CONFIG;
#endif
#ifdef MPR_IF_CUSTOMINFOEX
#undef MPR_IF_CUSTOMINFOEX
typedef MPR_IF_CUSTOMINFOEX2 MPR_IF_CUSTOMINFOEX;
#endif
#ifdef PMPR_IF_CUSTOMINFOEX
#undef PMPR_IF_CUSTOMINFOEX
typedef MPR_IF_CUSTOMINFOEX2 *PMPR_IF_CUSTOMINFOEX;
#endif

#endif

/* ------------------------------------------------------------------- strings ---- */
/*
 * TEXT("x") is a macro call and L"x" a wide literal: bindgen evaluates neither, and says nothing.
 * So each is given again as a narrow literal, which it does read; the generator turns every string
 * macro into a constant of UTF-16, which is what the API takes. (In C these would now be of the
 * wrong width: this file is for bindgen.)
 */
#undef RRAS_SERVICE_NAME
#undef MPRDT_Modem
#undef MPRDT_Isdn
#undef MPRDT_X25
#undef MPRDT_Vpn
#undef MPRDT_Pad
#undef MPRDT_Generic
#undef MPRDT_Serial
#undef MPRDT_FrameRelay
#undef MPRDT_Atm
#undef MPRDT_Sonet
#undef MPRDT_SW56
#undef MPRDT_Irda
#undef MPRDT_Parallel
#define RRAS_SERVICE_NAME "RemoteAccess"
#define MPRDT_Modem "modem"
#define MPRDT_Isdn "isdn"
#define MPRDT_X25 "x25"
#define MPRDT_Vpn "vpn"
#define MPRDT_Pad "pad"
#define MPRDT_Generic "GENERIC"
#define MPRDT_Serial "SERIAL"
#define MPRDT_FrameRelay "FRAMERELAY"
#define MPRDT_Atm "ATM"
#define MPRDT_Sonet "SONET"
#define MPRDT_SW56 "SW56"
#define MPRDT_Irda "IRDA"
#define MPRDT_Parallel "PARALLEL"

/* -------------------------------------------------------------- entry points ---- */
/*
 * Declared in mprapi.h and exported by no library: an administration DLL implements them and the
 * remote access service calls them. As functions they could only fail to link, so each becomes the
 * type to implement. The generator takes the prefix off and leaves the functions out.
 */
typedef __typeof__(MprAdminInitializeDll) *entry_MprAdminInitializeDll;
typedef __typeof__(MprAdminInitializeDllEx) *entry_MprAdminInitializeDllEx;
typedef __typeof__(MprAdminTerminateDll) *entry_MprAdminTerminateDll;
typedef __typeof__(MprAdminAcceptNewConnection) *entry_MprAdminAcceptNewConnection;
typedef __typeof__(MprAdminAcceptNewConnection2) *entry_MprAdminAcceptNewConnection2;
typedef __typeof__(MprAdminAcceptNewConnection3) *entry_MprAdminAcceptNewConnection3;
typedef __typeof__(MprAdminAcceptNewConnectionEx) *entry_MprAdminAcceptNewConnectionEx;
typedef __typeof__(MprAdminAcceptNewLink) *entry_MprAdminAcceptNewLink;
typedef __typeof__(MprAdminAcceptReauthentication) *entry_MprAdminAcceptReauthentication;
typedef __typeof__(MprAdminAcceptReauthenticationEx) *entry_MprAdminAcceptReauthenticationEx;
typedef __typeof__(MprAdminConnectionHangupNotification) *entry_MprAdminConnectionHangupNotification;
typedef __typeof__(MprAdminConnectionHangupNotification2) *entry_MprAdminConnectionHangupNotification2;
typedef __typeof__(MprAdminConnectionHangupNotification3) *entry_MprAdminConnectionHangupNotification3;
typedef __typeof__(MprAdminConnectionHangupNotificationEx) *entry_MprAdminConnectionHangupNotificationEx;
typedef __typeof__(MprAdminLinkHangupNotification) *entry_MprAdminLinkHangupNotification;
typedef __typeof__(MprAdminGetIpAddressForUser) *entry_MprAdminGetIpAddressForUser;
typedef __typeof__(MprAdminReleaseIpAddress) *entry_MprAdminReleaseIpAddress;
typedef __typeof__(MprAdminGetIpv6AddressForUser) *entry_MprAdminGetIpv6AddressForUser;
typedef __typeof__(MprAdminReleaseIpv6AddressForUser) *entry_MprAdminReleaseIpv6AddressForUser;
