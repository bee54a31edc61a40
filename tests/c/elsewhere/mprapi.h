/*
 * The part of mprapi.h that script.c uses, for systems that are not Windows: the types as wide as they are there, the
 * calling convention of the place.
 */
#ifndef MPRAPI_ELSEWHERE_H
#define MPRAPI_ELSEWHERE_H

#include <stdint.h>

typedef uint8_t *LPBYTE;
typedef uint32_t DWORD, *LPDWORD;
typedef int32_t BOOL;
typedef uint16_t WCHAR, *LPWSTR;
typedef void *LPVOID, *HANDLE;
typedef HANDLE MPR_SERVER_HANDLE, RAS_SERVER_HANDLE;

#define INVALID_HANDLE_VALUE ((HANDLE)(intptr_t)-1)
#define TRUE 1
#define FALSE 0
#define NO_ERROR 0
#define ERROR_MORE_DATA 234

typedef struct {
    BOOL fLanOnlyMode;
    DWORD dwUpTime;
    DWORD dwTotalPorts;
    DWORD dwPortsInUse;
} MPR_SERVER_0;

typedef struct {
    WCHAR wszInterfaceName[257];
    HANDLE hInterface;
    BOOL fEnabled;
    int32_t dwIfType;
    int32_t dwConnectionState;
    DWORD fUnReachabilityReasons;
    DWORD dwLastError;
} MPR_INTERFACE_0;

typedef struct {
    HANDLE hPort;
    HANDLE hConnection;
    int32_t dwPortCondition;
    DWORD dwTotalNumberOfCalls;
    DWORD dwConnectDuration;
    WCHAR wszPortName[17];
    WCHAR wszMediaName[17];
    WCHAR wszDeviceName[129];
    WCHAR wszDeviceType[17];
} RAS_PORT_0;

#define STATISTICS                                                                                                   \
    DWORD dwBytesXmited, dwBytesRcved, dwFramesXmited, dwFramesRcved;                                                \
    DWORD dwCrcErr, dwTimeoutErr, dwAlignmentErr, dwHardwareOverrunErr, dwFramingErr, dwBufferOverrunErr;            \
    DWORD dwCompressionRatioIn, dwCompressionRatioOut;

typedef struct {
    HANDLE hPort;
    HANDLE hConnection;
    int32_t dwHardwareCondition;
    DWORD dwLineSpeed;
    STATISTICS
} RAS_PORT_1;

typedef struct {
    HANDLE hConnection;
    HANDLE hInterface;
    DWORD dwConnectDuration;
    int32_t dwInterfaceType;
    DWORD dwConnectionFlags;
    WCHAR wszInterfaceName[257];
    WCHAR wszUserName[257];
    WCHAR wszLogonDomain[16];
    WCHAR wszRemoteComputer[17];
} RAS_CONNECTION_0;

typedef struct {
    HANDLE hConnection;
    HANDLE hInterface;
    struct {
        struct {
            DWORD dwError;
            WCHAR wszWksta[17];
        } nbf;
        struct {
            DWORD dwError;
            WCHAR wszAddress[16];
            WCHAR wszRemoteAddress[16];
        } ip;
        struct {
            DWORD dwError;
            WCHAR wszAddress[23];
        } ipx;
        struct {
            DWORD dwError;
            WCHAR wszAddress[33];
        } at;
    } PppInfo;
    STATISTICS
} RAS_CONNECTION_1;

BOOL MprAdminIsServiceRunning(LPWSTR server);
DWORD MprAdminServerConnect(LPWSTR name, MPR_SERVER_HANDLE *server);
void MprAdminServerDisconnect(MPR_SERVER_HANDLE server);
DWORD MprAdminServerGetInfo(MPR_SERVER_HANDLE server, DWORD level, LPBYTE *buffer);
DWORD MprAdminBufferFree(LPVOID buffer);
DWORD MprAdminGetErrorString(DWORD error, LPWSTR *text);
DWORD MprAdminPortEnum(RAS_SERVER_HANDLE server, DWORD level, HANDLE connection, LPBYTE *buffer, DWORD longest,
                       LPDWORD read, LPDWORD total, LPDWORD resume);
DWORD MprAdminPortGetInfo(RAS_SERVER_HANDLE server, DWORD level, HANDLE port, LPBYTE *buffer);
DWORD MprAdminPortClearStats(RAS_SERVER_HANDLE server, HANDLE port);
DWORD MprAdminPortDisconnect(RAS_SERVER_HANDLE server, HANDLE port);
DWORD MprAdminConnectionEnum(RAS_SERVER_HANDLE server, DWORD level, LPBYTE *buffer, DWORD longest, LPDWORD read,
                             LPDWORD total, LPDWORD resume);
DWORD MprAdminConnectionGetInfo(RAS_SERVER_HANDLE server, DWORD level, HANDLE connection, LPBYTE *buffer);
DWORD MprAdminConnectionClearStats(RAS_SERVER_HANDLE server, HANDLE connection);
DWORD MprAdminInterfaceEnum(MPR_SERVER_HANDLE server, DWORD level, LPBYTE *buffer, DWORD longest, LPDWORD read,
                            LPDWORD total, LPDWORD resume);
DWORD MprAdminInterfaceGetHandle(MPR_SERVER_HANDLE server, LPWSTR name, HANDLE *interface, BOOL clients);
DWORD MprAdminInterfaceConnect(MPR_SERVER_HANDLE server, HANDLE interface, HANDLE event, BOOL wait);

#endif
