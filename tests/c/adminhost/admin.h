/*
 * What an administration DLL needs of mprapi.h. On Windows mingw's header has it, but for the table of callbacks, which is
 * too short there: the page's is below.
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

#define EXPORT __attribute__((visibility("default")))
#define PAUSE() nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL)

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
