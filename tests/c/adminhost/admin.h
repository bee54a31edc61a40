/*
 * What an administration DLL needs of mprapi.h. On Windows mingw's header has it, but for the table of callbacks, which is
 * too short there: the page's is below. Elsewhere the records stand here, as wide as they are there.
 */
#ifndef ADMIN_H
#define ADMIN_H

#ifdef _WIN32

#undef _WIN32_WINNT
#define _WIN32_WINNT 0x0601
/* Of these, mingw's declarations are others than the page's. */
#define MprAdminInitializeDllEx NotInitializeDllEx
#define MprAdminReleaseIpv6AddressForUser NotReleaseIpv6AddressForUser
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <mprapi.h>
#undef MprAdminInitializeDllEx
#undef MprAdminReleaseIpv6AddressForUser
#define EXPORT __declspec(dllexport)
#define PAUSE() Sleep(1)

#else

#include "../elsewhere/mprapi.h"
#include <time.h>

#define APIENTRY
#define EXPORT __attribute__((visibility("default")))
#define PAUSE() nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL)

typedef uint8_t BYTE, UCHAR;
typedef uint16_t USHORT;
typedef void VOID;

typedef struct {
    uint32_t Data1;
    uint16_t Data2, Data3;
    uint8_t Data4[8];
} GUID;

typedef struct {
    DWORD dwLowDateTime, dwHighDateTime;
} FILETIME;

typedef struct {
    union {
        UCHAR Byte[16];
        USHORT Word[8];
    } u;
} IN6_ADDR;

typedef struct {
    DWORD dwError;
    WCHAR wszAddress[16];
    WCHAR wszRemoteAddress[16];
    DWORD dwOptions;
    DWORD dwRemoteOptions;
} PPP_IPCP_INFO2;

typedef struct {
    DWORD dwError;
    WCHAR wszWksta[17];
} PPP_NBFCP_INFO;

typedef struct {
    DWORD numbers[5];
} PPP_CCP_INFO;

typedef struct {
    DWORD numbers[11];
} PPP_LCP_INFO;

typedef struct {
    HANDLE hConnection;
    WCHAR wszUserName[257];
    int32_t dwInterfaceType;
    GUID guid;
    struct {
        PPP_NBFCP_INFO nbf;
        PPP_IPCP_INFO2 ip;
        struct {
            DWORD dwError;
            WCHAR wszAddress[23];
        } ipx;
        struct {
            DWORD dwError;
            WCHAR wszAddress[33];
        } at;
        PPP_CCP_INFO ccp;
        PPP_LCP_INFO lcp;
    } PppInfo2;
} RAS_CONNECTION_2;

typedef struct {
    DWORD dwVersion;
    DWORD dwSize;
    HANDLE hConnection;
    WCHAR wszUserName[257];
    int32_t dwInterfaceType;
    GUID guid;
    struct {
        PPP_NBFCP_INFO nbf;
        PPP_IPCP_INFO2 ip;
        struct {
            DWORD dwVersion, dwSize, dwError;
            BYTE bInterfaceIdentifier[8], bRemoteInterfaceIdentifier[8];
            DWORD dwOptions, dwRemoteOptions;
            BYTE bPrefix[8];
            DWORD dwPrefixLength;
        } ipv6;
        PPP_CCP_INFO ccp;
        PPP_LCP_INFO lcp;
    } PppInfo3;
    int32_t rasQuarState;
    FILETIME timer;
} RAS_CONNECTION_3;

/* As far as the end points; what follows is not read here. */
typedef struct {
    struct {
        UCHAR revision, type;
        USHORT size;
    } Header;
    DWORD dwConnectDuration;
    int32_t dwInterfaceType;
    DWORD dwConnectionFlags;
    WCHAR wszInterfaceName[257];
    WCHAR wszUserName[257];
    WCHAR wszLogonDomain[16];
    WCHAR wszRemoteComputer[17];
    GUID guid;
    int32_t rasQuarState;
    FILETIME probationTime;
    STATISTICS
    DWORD dwNumSwitchOvers;
    WCHAR wszRemoteEndpointAddress[65];
    WCHAR wszLocalEndpointAddress[65];
} RAS_CONNECTION_EX;

#endif

/* MPRAPI_ADMIN_DLL_CALLBACKS, as the page has it. */
typedef struct {
    UCHAR revision;
    DWORD(APIENTRY *get_ip)(WCHAR *, WCHAR *, DWORD *, BOOL *);
    VOID(APIENTRY *release_ip)(WCHAR *, WCHAR *, DWORD *);
    DWORD(APIENTRY *get_ipv6)(WCHAR *, WCHAR *, IN6_ADDR *, BOOL *);
    VOID(APIENTRY *release_ipv6)(WCHAR *, WCHAR *, IN6_ADDR *);
    BOOL(APIENTRY *accept_link)(RAS_PORT_0 *, RAS_PORT_1 *);
    VOID(APIENTRY *link_hangup)(RAS_PORT_0 *, RAS_PORT_1 *);
    DWORD(APIENTRY *terminate)(void);
    BOOL(APIENTRY *accept)(RAS_CONNECTION_EX *);
    BOOL(APIENTRY *accept_endpoint_change)(RAS_CONNECTION_EX *);
    BOOL(APIENTRY *reauthenticate)(RAS_CONNECTION_EX *);
    VOID(APIENTRY *hangup)(RAS_CONNECTION_EX *);
    DWORD(APIENTRY *validate)(void *);
} TABLE;

_Static_assert(sizeof(void *) != 8 || sizeof(TABLE) == 104, "the page's table has 104 bytes");

#endif
