/* The settings of IP transports as a C program has them. The structs are those of [MS-RRASM] 2.2.1.2, whose fields a C
   compiler lays out. Prints the bytes of each, in hexadecimal, after its name. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint32_t DWORD;
typedef uint32_t ULONG;
typedef int32_t LONG;
typedef int32_t BOOL;
typedef uint16_t WORD;
typedef uint8_t BYTE;
typedef struct { BYTE s6_addr[16]; } IN6_ADDR;

/* 2.2.1.2.6 */
typedef struct {
    DWORD dwSrcAddr;
    DWORD dwSrcMask;
    DWORD dwDstAddr;
    DWORD dwDstMask;
    DWORD dwProtocol;
    DWORD fLateBound;
    WORD wSrcPort;
    WORD wDstPort;
} FILTER_INFO;

/* 2.2.1.2.5 */
typedef struct {
    DWORD dwVersion;
    DWORD dwNumFilters;
    DWORD faDefaultAction;
    FILTER_INFO fiFilter[2];
} FILTER_DESCRIPTOR;

/* 2.2.1.2.8 */
typedef struct {
    BYTE ipv6SrcAddr[16];
    DWORD dwSrcPrefixLength;
    BYTE ipv6DstAddr[16];
    DWORD dwDstPrefixLength;
    DWORD dwProtocol;
    DWORD fLateBound;
    WORD wSrcPort;
    WORD wDstPort;
} FILTER_INFO_V6;

/* 2.2.1.2.7 */
typedef struct {
    DWORD dwVersion;
    DWORD dwNumFilters;
    DWORD faDefaultAction;
    FILTER_INFO_V6 fiFilter[1];
} FILTER_DESCRIPTOR_V6;

/* 2.2.1.2.9 */
typedef struct {
    BOOL bFilteringOn;
    DWORD dwLoggingLevel;
} GLOBAL_INFO;

/* 2.2.1.2.11 */
typedef struct {
    union {
        struct {
            DWORD dwRtInfoDest;
            DWORD dwRtInfoMask;
            DWORD dwRtInfoPolicy;
            DWORD dwRtInfoNextHop;
            DWORD dwRtInfoAge;
            DWORD dwRtInfoNextHopAS;
            DWORD dwRtInfoMetric1;
            DWORD dwRtInfoMetric2;
            DWORD dwRtInfoMetric3;
        };
        struct {
            IN6_ADDR DestinationPrefix;
            DWORD DestPrefixLength;
            IN6_ADDR NextHopAddress;
            ULONG ValidLifeTime;
            DWORD Flags;
            ULONG Metric;
        };
    };
    DWORD dwRtInfoIfIndex;
    DWORD dwRtInfoType;
    DWORD dwRtInfoProto;
    DWORD dwRtInfoPreference;
    DWORD dwRtInfoViewSet;
    BOOL bV4;
} INTERFACE_ROUTE_INFO;

/* 2.2.1.2.13 and 2.2.1.2.12 */
typedef struct {
    DWORD dwProtocolId;
    DWORD dwMetric;
} PROTOCOL_METRIC;

typedef struct {
    DWORD dwNumProtocols;
    PROTOCOL_METRIC ppmProtocolMetric[2];
} PRIORITY_INFO;

/* 2.2.1.2.267 and 2.2.1.2.266 */
typedef struct {
    DWORD dwProtocolId;
    DWORD dwSubProtocolId;
    DWORD dwMetric;
} PROTOCOL_METRIC_EX;

typedef struct {
    DWORD dwNumProtocols;
    PROTOCOL_METRIC_EX ppmProtocolMetric[1];
} PRIORITY_INFO_EX;

/* 2.2.1.2.14 */
typedef struct {
    WORD wMaxAdvtInterval;
    WORD wMinAdvtInterval;
    WORD wAdvtLifetime;
    BOOL bAdvertise;
    LONG lPrefLevel;
} RTR_DISC_INFO;

/* 2.2.1.2.18, 2.2.1.2.88, 2.2.1.2.89 */
typedef struct { DWORD dwAdminStatus; } INTERFACE_STATUS_INFO;
typedef struct { BOOL bEnableFragChk; } IFFILTER_INFO;
typedef struct { BOOL fEnable; } MPR_FILTER_0;

/* An IPv4 address in network order. */
static DWORD address(BYTE a, BYTE b, BYTE c, BYTE d) {
    BYTE bytes[4] = {a, b, c, d};
    DWORD number;
    memcpy(&number, bytes, sizeof number);
    return number;
}

/* A port in network order. */
static WORD port(WORD number) {
    BYTE bytes[2] = {(BYTE)(number >> 8), (BYTE)number};
    WORD swapped;
    memcpy(&swapped, bytes, sizeof swapped);
    return swapped;
}

static void print(const char *name, const void *bytes, size_t size) {
    printf("%s ", name);
    for (size_t index = 0; index < size; index++) {
        printf("%02x", ((const BYTE *)bytes)[index]);
    }
    printf("\n");
}

#define PRINT(name, value) print(name, &value, sizeof value)

int main(void) {
    /* The whole of each is zero first, so that gaps are. */
    INTERFACE_ROUTE_INFO route;
    memset(&route, 0, sizeof route);
    route.dwRtInfoDest = address(10, 2, 0, 0);
    route.dwRtInfoMask = address(255, 255, 0, 0);
    route.dwRtInfoPolicy = 11;
    route.dwRtInfoNextHop = address(10, 1, 0, 254);
    route.dwRtInfoAge = 12;
    route.dwRtInfoNextHopAS = 13;
    route.dwRtInfoMetric1 = 5;
    route.dwRtInfoMetric2 = (DWORD)-1;
    route.dwRtInfoMetric3 = 15;
    route.dwRtInfoIfIndex = 16;
    route.dwRtInfoType = 4;
    route.dwRtInfoProto = 10006;
    route.dwRtInfoPreference = 17;
    route.dwRtInfoViewSet = 1;
    route.bV4 = 1;
    PRINT("route", route);

    memset(&route, 0, sizeof route);
    memcpy(route.DestinationPrefix.s6_addr, "\x20\x01\x0d\xb8", 4);
    route.DestPrefixLength = 32;
    memcpy(route.NextHopAddress.s6_addr, "\xfe\x80", 2);
    route.NextHopAddress.s6_addr[15] = 1;
    route.ValidLifeTime = 3600;
    route.Metric = 21;
    route.dwRtInfoIfIndex = 22;
    route.dwRtInfoType = 4;
    route.dwRtInfoProto = 10007;
    route.dwRtInfoPreference = 23;
    route.dwRtInfoViewSet = 2;
    PRINT("route_v6", route);

    FILTER_DESCRIPTOR filters;
    memset(&filters, 0, sizeof filters);
    filters.dwVersion = 1;
    filters.dwNumFilters = 2;
    filters.faDefaultAction = 1;
    filters.fiFilter[0].dwDstAddr = address(192, 0, 2, 0);
    filters.fiFilter[0].dwDstMask = address(255, 255, 255, 0);
    filters.fiFilter[0].dwProtocol = 6;
    filters.fiFilter[0].wSrcPort = port(1024);
    filters.fiFilter[0].wDstPort = port(443);
    filters.fiFilter[1].dwSrcAddr = address(198, 51, 100, 7);
    filters.fiFilter[1].dwSrcMask = address(255, 255, 255, 255);
    filters.fiFilter[1].dwProtocol = 1;
    filters.fiFilter[1].fLateBound = 0x21;
    filters.fiFilter[1].wSrcPort = 8;
    filters.fiFilter[1].wDstPort = 255;
    PRINT("filters", filters);

    FILTER_DESCRIPTOR_V6 filters_v6;
    memset(&filters_v6, 0, sizeof filters_v6);
    filters_v6.dwVersion = 1;
    filters_v6.dwNumFilters = 1;
    memcpy(filters_v6.fiFilter[0].ipv6SrcAddr, "\x20\x01\x0d\xb8", 4);
    filters_v6.fiFilter[0].dwSrcPrefixLength = 32;
    filters_v6.fiFilter[0].ipv6DstAddr[15] = 1;
    filters_v6.fiFilter[0].dwDstPrefixLength = 128;
    filters_v6.fiFilter[0].dwProtocol = 17;
    filters_v6.fiFilter[0].fLateBound = 4;
    filters_v6.fiFilter[0].wSrcPort = port(53);
    filters_v6.fiFilter[0].wDstPort = port(5353);
    PRINT("filters_v6", filters_v6);

    GLOBAL_INFO global = {.bFilteringOn = 1, .dwLoggingLevel = 3};
    PRINT("global", global);

    PRIORITY_INFO priorities = {2, {{10006, 3}, {13, 110}}};
    PRINT("priorities", priorities);

    PRIORITY_INFO_EX priorities_ex = {1, {{14, 2, 20}}};
    PRINT("priorities_ex", priorities_ex);

    RTR_DISC_INFO discovery;
    memset(&discovery, 0, sizeof discovery);
    discovery.wMaxAdvtInterval = 700;
    discovery.wMinAdvtInterval = 500;
    discovery.wAdvtLifetime = 2000;
    discovery.bAdvertise = 1;
    discovery.lPrefLevel = -2;
    PRINT("discovery", discovery);

    INTERFACE_STATUS_INFO status = {.dwAdminStatus = 2};
    PRINT("status", status);
    IFFILTER_INFO fragments = {.bEnableFragChk = 1};
    PRINT("fragments", fragments);
    MPR_FILTER_0 filtering = {.fEnable = 1};
    PRINT("filtering", filtering);
    return 0;
}
