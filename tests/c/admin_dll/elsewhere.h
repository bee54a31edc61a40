/*
 * The part of mprapi.h that host.c needs, for systems that are not Windows. The functions of an administration DLL and the
 * service's table are those of mprapi_sdk.h.
 */
#ifndef ADMIN_DLL_ELSEWHERE_H
#define ADMIN_DLL_ELSEWHERE_H

#include "../elsewhere/mprapi.h"

/* Named by mprapi_sdk.h, and not used here. */
typedef struct {
    int unused;
} RAS_UPDATE_CONNECTION, PPTP_CONFIG_PARAMS, SSTP_CERT_INFO, SSTP_CONFIG_PARAMS;

/* The callbacks that mingw's mprapi.h has, so that mprapi_sdk.h does not. */
typedef DWORD(APIENTRY *PMPRADMINGETIPADDRESSFORUSER)(WCHAR *, WCHAR *, DWORD *, BOOL *);
typedef VOID(APIENTRY *PMPRADMINRELEASEIPADRESS)(WCHAR *, WCHAR *, DWORD *);
typedef DWORD(APIENTRY *PMPRADMINGETIPV6ADDRESSFORUSER)(WCHAR *, WCHAR *, IN6_ADDR *, BOOL *);
typedef VOID(APIENTRY *PMPRADMINRELEASEIPV6ADDRESSFORUSER)(WCHAR *, WCHAR *, IN6_ADDR *);
typedef BOOL(APIENTRY *PMPRADMINACCEPTNEWLINK)(RAS_PORT_0 *, RAS_PORT_1 *);
typedef VOID(APIENTRY *PMPRADMINLINKHANGUPNOTIFICATION)(RAS_PORT_0 *, RAS_PORT_1 *);
typedef DWORD(APIENTRY *PMPRADMINTERMINATEDLL)(void);
typedef BOOL(APIENTRY *PMPRADMINACCEPTNEWCONNECTIONEX)(RAS_CONNECTION_EX *);
typedef BOOL(APIENTRY *PMPRADMINACCEPTREAUTHENTICATIONEX)(RAS_CONNECTION_EX *);
typedef VOID(APIENTRY *PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX)(RAS_CONNECTION_EX *);

#include "../../../mprapi-sys/include/mprapi_sdk.h"

#endif
