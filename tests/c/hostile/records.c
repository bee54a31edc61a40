/* The records of mprapi.h, as the pages list their members, and how to fill them with truth or with lies. */
#include "hostile.h"

#include <string.h>

typedef struct {
    DWORD a;
    WORD b, c;
    BYTE d[8];
} GUID;

#define STATISTICS DWORD statistics[12];

typedef struct {
    HANDLE hConnection, hInterface;
    DWORD dwConnectDuration, dwInterfaceType, dwConnectionFlags;
    WCHAR wszInterfaceName[257], wszUserName[257], wszLogonDomain[16], wszRemoteComputer[17];
} RAS_CONNECTION_0;

typedef struct {
    DWORD nbf_error;
    WCHAR nbf[17];
    DWORD ip_error;
    WCHAR ip[16], ip_remote[16];
    DWORD ipx_error;
    WCHAR ipx[23];
    DWORD at_error;
    WCHAR at[33];
} PPP_INFO;

typedef struct {
    HANDLE hConnection, hInterface;
    PPP_INFO PppInfo;
    STATISTICS
} RAS_CONNECTION_1;

/* Of what PPP negotiated only the lengths are of use here: 304 and 228 bytes. */
typedef struct {
    HANDLE hConnection;
    WCHAR wszUserName[257];
    DWORD dwInterfaceType;
    GUID guid;
    DWORD PppInfo2[76];
} RAS_CONNECTION_2;

typedef struct {
    DWORD dwVersion, dwSize;
    HANDLE hConnection;
    WCHAR wszUserName[257];
    DWORD dwInterfaceType;
    GUID guid;
    DWORD PppInfo3[57];
    DWORD rasQuarState;
    DWORD timer[2];
} RAS_CONNECTION_3;

typedef struct {
    DWORD dwConnectDuration, dwInterfaceType, dwConnectionFlags;
    WCHAR wszInterfaceName[257], wszUserName[257], wszLogonDomain[16], wszRemoteComputer[17];
    GUID guid;
    DWORD rasQuarState, probationTime[2], connectionStartTime[2];
    uint64_t ullBytesXmited, ullBytesRcved;
    DWORD counters[10], dwNumSwitchOvers;
    WCHAR wszRemoteEndpointAddress[65], wszLocalEndpointAddress[65];
    uint64_t ProjectionInfo[26];
    HANDLE hConnection, hInterface;
    DWORD dwDeviceType;
} RAS_CONNECTION_4;

typedef struct {
    OBJECT_HEADER Header;
    DWORD dwConnectDuration, dwInterfaceType, dwConnectionFlags;
    WCHAR wszInterfaceName[257], wszUserName[257], wszLogonDomain[16], wszRemoteComputer[17];
    GUID guid;
    DWORD rasQuarState, probationTime[2];
    STATISTICS
    DWORD dwNumSwitchOvers;
    WCHAR wszRemoteEndpointAddress[65], wszLocalEndpointAddress[65];
    uint64_t ProjectionInfo[25];
    HANDLE hConnection, hInterface;
} RAS_CONNECTION_EX;

typedef struct {
    HANDLE hPort, hConnection;
    DWORD dwPortCondition, dwTotalNumberOfCalls, dwConnectDuration;
    WCHAR wszPortName[17], wszMediaName[17], wszDeviceName[129], wszDeviceType[17];
} RAS_PORT_0;

typedef struct {
    HANDLE hPort, hConnection;
    DWORD dwHardwareCondition, dwLineSpeed;
    STATISTICS
} RAS_PORT_1;

#define INTERFACE                                                                                                      \
    WCHAR wszInterfaceName[257];                                                                                       \
    HANDLE hInterface;                                                                                                 \
    BOOL fEnabled;                                                                                                     \
    DWORD dwIfType, dwConnectionState, fUnReachabilityReasons, dwLastError;

typedef struct {
    INTERFACE
} MPR_INTERFACE_0;

typedef struct {
    INTERFACE
    LPWSTR lpwsDialoutHoursRestriction;
} MPR_INTERFACE_1;

#define DEMAND_DIAL                                                                                                    \
    INTERFACE                                                                                                          \
    DWORD dwfOptions;                                                                                                  \
    WCHAR szLocalPhoneNumber[129];                                                                                     \
    LPWSTR szAlternates;                                                                                               \
    DWORD ipaddr, ipaddrDns, ipaddrDnsAlt, ipaddrWins, ipaddrWinsAlt, dwfNetProtocols;                                 \
    WCHAR szDeviceType[17], szDeviceName[129], szX25PadType[33], szX25Address[201], szX25Facilities[201],              \
        szX25UserData[201];                                                                                            \
    DWORD dwChannels, dwSubEntries, dwDialMode, dwDialExtraPercent, dwDialExtraSampleSeconds, dwHangUpExtraPercent,    \
        dwHangUpExtraSampleSeconds, dwIdleDisconnectSeconds, dwType, dwEncryptionType, dwCustomAuthKey,                \
        dwCustomAuthDataSize;                                                                                          \
    LPBYTE lpbCustomAuthData;                                                                                          \
    GUID guidId;                                                                                                       \
    DWORD dwVpnStrategy;

typedef struct {
    DEMAND_DIAL
} MPR_INTERFACE_2;

typedef struct {
    DEMAND_DIAL
    DWORD AddressCount;
    BYTE ipv6addrDns[16], ipv6addrDnsAlt[16];
    LPVOID ipv6addr;
} MPR_INTERFACE_3;

typedef struct {
    WCHAR szDeviceType[17], szDeviceName[129];
} MPR_DEVICE_0;

typedef struct {
    WCHAR szDeviceType[17], szDeviceName[129], szLocalPhoneNumber[129];
    LPWSTR szAlternates;
} MPR_DEVICE_1;

typedef struct {
    DWORD dwTransportId;
    HANDLE hTransport;
    WCHAR wszTransportName[41];
} MPR_TRANSPORT_0;

typedef struct {
    WCHAR wszFriendlyName[257];
    GUID Guid;
} MPR_IPINIP_INTERFACE_0;

typedef struct {
    BYTE bfPrivilege;
    WCHAR wszPhoneNumber[129];
} RAS_USER_0;

typedef struct {
    BYTE bfPrivilege;
    WCHAR wszPhoneNumber[129];
    BYTE bfPrivilege2;
} RAS_USER_1;

typedef struct {
    DWORD dwSize;
    LPBYTE lpbCredentialsInfo;
} MPR_CREDENTIALSEX;

#define T(record, member) {TEXT, offsetof(record, member), sizeof(((record *)0)->member) / sizeof(WCHAR), 0}
#define H(record, member) {HANDLE_VALUE, offsetof(record, member), 0, 0}
#define L(record, member) {TEXTS, offsetof(record, member), 0, 0}
#define B(record, member, size) {BYTES, offsetof(record, member), offsetof(record, size), 0}
#define R(record, ...) {sizeof(record), _Alignof(record), {__VA_ARGS__}}

const struct layout CONNECTIONS[5] = {
    R(RAS_CONNECTION_0, H(RAS_CONNECTION_0, hConnection), H(RAS_CONNECTION_0, hInterface),
      T(RAS_CONNECTION_0, wszInterfaceName), T(RAS_CONNECTION_0, wszUserName), T(RAS_CONNECTION_0, wszLogonDomain),
      T(RAS_CONNECTION_0, wszRemoteComputer)),
    R(RAS_CONNECTION_1, H(RAS_CONNECTION_1, hConnection), H(RAS_CONNECTION_1, hInterface),
      T(RAS_CONNECTION_1, PppInfo.nbf), T(RAS_CONNECTION_1, PppInfo.ip), T(RAS_CONNECTION_1, PppInfo.ip_remote),
      T(RAS_CONNECTION_1, PppInfo.ipx), T(RAS_CONNECTION_1, PppInfo.at)),
    R(RAS_CONNECTION_2, H(RAS_CONNECTION_2, hConnection), T(RAS_CONNECTION_2, wszUserName)),
    R(RAS_CONNECTION_3, H(RAS_CONNECTION_3, hConnection), T(RAS_CONNECTION_3, wszUserName)),
    R(RAS_CONNECTION_4, H(RAS_CONNECTION_4, hConnection), H(RAS_CONNECTION_4, hInterface),
      T(RAS_CONNECTION_4, wszInterfaceName), T(RAS_CONNECTION_4, wszUserName), T(RAS_CONNECTION_4, wszLogonDomain),
      T(RAS_CONNECTION_4, wszRemoteComputer), T(RAS_CONNECTION_4, wszRemoteEndpointAddress),
      T(RAS_CONNECTION_4, wszLocalEndpointAddress))};

const struct layout CONNECTION_EX =
    R(RAS_CONNECTION_EX, {HEADER, offsetof(RAS_CONNECTION_EX, Header), 1, 1}, H(RAS_CONNECTION_EX, hConnection),
      H(RAS_CONNECTION_EX, hInterface), T(RAS_CONNECTION_EX, wszInterfaceName), T(RAS_CONNECTION_EX, wszUserName),
      T(RAS_CONNECTION_EX, wszLogonDomain), T(RAS_CONNECTION_EX, wszRemoteComputer),
      T(RAS_CONNECTION_EX, wszRemoteEndpointAddress), T(RAS_CONNECTION_EX, wszLocalEndpointAddress));

const struct layout PORTS[2] = {
    R(RAS_PORT_0, H(RAS_PORT_0, hPort), H(RAS_PORT_0, hConnection), T(RAS_PORT_0, wszPortName),
      T(RAS_PORT_0, wszMediaName), T(RAS_PORT_0, wszDeviceName), T(RAS_PORT_0, wszDeviceType)),
    R(RAS_PORT_1, H(RAS_PORT_1, hPort), H(RAS_PORT_1, hConnection))};

#define DIALS(record)                                                                                                  \
    R(record, H(record, hInterface), T(record, wszInterfaceName), T(record, szLocalPhoneNumber),                       \
      L(record, szAlternates), B(record, lpbCustomAuthData, dwCustomAuthDataSize), T(record, szDeviceType),            \
      T(record, szDeviceName), T(record, szX25PadType), T(record, szX25Address), T(record, szX25Facilities),           \
      T(record, szX25UserData))

const struct layout INTERFACES[4] = {
    R(MPR_INTERFACE_0, H(MPR_INTERFACE_0, hInterface), T(MPR_INTERFACE_0, wszInterfaceName)),
    R(MPR_INTERFACE_1, H(MPR_INTERFACE_1, hInterface), T(MPR_INTERFACE_1, wszInterfaceName),
      L(MPR_INTERFACE_1, lpwsDialoutHoursRestriction)),
    DIALS(MPR_INTERFACE_2), DIALS(MPR_INTERFACE_3)};

const struct layout DEVICES[2] = {
    R(MPR_DEVICE_0, T(MPR_DEVICE_0, szDeviceType), T(MPR_DEVICE_0, szDeviceName)),
    R(MPR_DEVICE_1, T(MPR_DEVICE_1, szDeviceType), T(MPR_DEVICE_1, szDeviceName),
      T(MPR_DEVICE_1, szLocalPhoneNumber), L(MPR_DEVICE_1, szAlternates))};

/* The record of a transport on an interface has the same members under other names. */
const struct layout TRANSPORT =
    R(MPR_TRANSPORT_0, H(MPR_TRANSPORT_0, hTransport), T(MPR_TRANSPORT_0, wszTransportName));

const struct layout IP_IN_IP = R(MPR_IPINIP_INTERFACE_0, T(MPR_IPINIP_INTERFACE_0, wszFriendlyName));

const struct layout USERS[2] = {R(RAS_USER_0, T(RAS_USER_0, wszPhoneNumber)),
                                R(RAS_USER_1, T(RAS_USER_1, wszPhoneNumber))};

/* Numbers only: MPR_SERVER_0 to _2, MPR_FILTER_0. */
const struct layout SERVERS[3] = {{16, 4, {{END, 0, 0, 0}}}, {16, 4, {{END, 0, 0, 0}}}, {24, 4, {{END, 0, 0, 0}}}};
const struct layout FILTER = {4, 4, {{END, 0, 0, 0}}};

const struct layout CREDENTIALS = R(MPR_CREDENTIALSEX, B(MPR_CREDENTIALSEX, lpbCredentialsInfo, dwSize));

DWORD noise(DWORD *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

void noise_bytes(void *place, size_t bytes, DWORD seed)
{
    DWORD state = seed * 2654435761u + 1;
    for (size_t index = 0; index < bytes; index++)
        ((LPBYTE)place)[index] = (BYTE)(noise(&state) >> 11);
}

void text(WCHAR *place, size_t room, enum lie lie, unsigned number)
{
    static const char honest[] = "honest";
    for (size_t index = 0; index < room; index++) {
        if (lie == UNTERMINATED)
            place[index] = 'x';
        else if (lie == SURROGATES)
            place[index] = index + 1 < room ? (index % 3 == 0 ? 0xDC00 : 0xD800) : 0;
        else
            place[index] = index + 1 < room && index < 6 ? (WCHAR)honest[index] : 0;
    }
    if (lie != UNTERMINATED && lie != SURROGATES && room > 8)
        place[6] = (WCHAR)('0' + number % 10);
}

int tells(const struct layout *layout, enum lie lie)
{
    int texts = 0, lists = 0, bytes = 0, header = 0;
    for (const struct field *field = layout->fields; field->kind != END; field++) {
        texts |= field->kind == TEXT;
        lists |= field->kind == TEXTS;
        bytes |= field->kind == BYTES;
        header |= field->kind == HEADER;
    }
    switch (lie) {
    case GARBAGE:
    case UNKNOWN_VALUE: return 1;
    case UNTERMINATED:
    case SURROGATES: return texts || lists;
    case WRONG_HEADER: return header;
    /* The lies of a pointer in the record, besides those of the buffer. */
    case MISALIGNED: return lists;
    case NULL_WITH_SUCCESS:
    case COUNT_TOO_LARGE:
    case COUNT_ENORMOUS: return bytes;
    default: return 0;
    }
}

static void header(BYTE *place, const struct layout *layout, const struct field *field, struct telling told)
{
    OBJECT_HEADER header = {(BYTE)field->detail, (BYTE)field->second, (WORD)layout->size};
    if (told.lie == WRONG_HEADER) {
        switch (told.variant) {
        case 0: header.revision++; break;
        case 1: header.type++; break;
        case 2: header.size -= 8; break;
        case 3: header.size = 0; break;
        case 4: header.size = 0xFFFF; break;
        default: memset(&header, 0, sizeof header); break;
        }
    }
    memcpy(place, &header, sizeof header);
}

void fill(const struct layout *layout, LPBYTE record, struct telling told, unsigned number, LPBYTE texts, LPBYTE bytes)
{
    int honest_numbers = told.lie != GARBAGE && told.lie != UNKNOWN_VALUE;
    memset(record, 0, layout->size);
    if (told.lie == GARBAGE)
        noise_bytes(record, layout->size, told.variant + number + 1);
    if (told.lie == UNKNOWN_VALUE) {
        const DWORD values[] = {4711, 0xFFFFFFFF, 0x80000000, 0x7FFFFFFF};
        for (size_t offset = 0; offset + 4 <= layout->size; offset += 4)
            memcpy(record + offset, &values[told.variant % 4], 4);
    }
    for (const struct field *field = layout->fields; field->kind != END; field++) {
        LPBYTE place = record + field->offset;
        LPVOID pointer = NULL;
        DWORD size = 8;
        switch (field->kind) {
        case TEXT:
            if (told.lie != GARBAGE)
                text((WCHAR *)(void *)place, field->detail, told.lie, number);
            break;
        case HANDLE_VALUE:
            pointer = (LPVOID)(uintptr_t)(0x1000 + number);
            if (told.lie != GARBAGE)
                memcpy(place, &pointer, sizeof pointer);
            break;
        case TEXTS:
            if (texts != NULL)
                pointer = texts + (told.lie == MISALIGNED && told.variant > 0);
            memcpy(place, &pointer, sizeof pointer);
            break;
        case BYTES:
            pointer = bytes;
            if (told.lie == NULL_WITH_SUCCESS || (told.lie == GARBAGE && told.variant % 2 == 0))
                pointer = NULL;
            if (told.lie == COUNT_TOO_LARGE)
                size = 1008;
            if (told.lie == COUNT_ENORMOUS)
                size = told.variant % 2 ? 0xFFFFFFFF : 0x7FFFFFFF;
            memcpy(place, &pointer, sizeof pointer);
            if (honest_numbers || pointer != NULL)
                memcpy(record + field->detail, &size, sizeof size);
            break;
        case HEADER: header(place, layout, field, told); break;
        case END: break;
        }
    }
}

LPBYTE records(const struct layout *layout, size_t count, struct telling told)
{
    /* No reader follows a list of texts for so long. */
    size_t units = told.lie == UNTERMINATED ? 70000 : 32;
    int lists = 0, sized = 0;
    for (const struct field *field = layout->fields; field->kind != END; field++) {
        lists |= field->kind == TEXTS;
        sized |= field->kind == BYTES;
    }
    size_t end = count * layout->size, texts = 0, bytes = 0;
    if (lists) {
        texts = end = (end + 7) / 8 * 8;
        end += units * sizeof(WCHAR) + 8;
    }
    if (sized) {
        bytes = end;
        end += told.lie == COUNT_TOO_LARGE ? 1008 : 8;
    }
    LPBYTE buffer = give(end, layout->alignment);
    if (lists) {
        WCHAR *list = (WCHAR *)(void *)(buffer + texts);
        memset(list, 0, units * sizeof(WCHAR) + 8);
        for (size_t index = 0; index < units; index++)
            list[index] = told.lie == SURROGATES ? 0xD800 : 'x';
        if (told.lie != UNTERMINATED)
            list[8] = list[units - 2] = list[units - 1] = 0;
        else
            memset(list + units, 'x', 8);
    }
    for (size_t number = 0; number < count; number++)
        fill(layout, buffer + number * layout->size, told, (unsigned)number, lists ? buffer + texts : NULL,
             sized ? buffer + bytes : NULL);
    return buffer;
}
