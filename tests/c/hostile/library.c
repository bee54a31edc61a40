/* The exports of mprapi.dll, in the order of the header's families, and how they are told to lie. */
#include "answers.h"

#include <string.h>

#ifdef _WIN32
void *__stdcall LocalAlloc(DWORD flags, size_t bytes);
BOOL __stdcall SetEvent(HANDLE event);

static void signal_event(HANDLE event) { SetEvent(event); }
#else
#include <unistd.h>

static void signal_event(HANDLE event)
{
    const uint64_t one = 1;
    /* One that is closed is the caller's mistake, and is seen by its wait. */
    ssize_t written = write((int)(intptr_t)event, &one, sizeof one);
    (void)written;
}
#endif

static struct {
    char function[64];
    enum lie lie;
    DWORD variant, lied;
    unsigned calls;
} told;

struct telling telling(const char *function)
{
    if (strcmp(function, told.function) != 0)
        return (struct telling){HONEST, 0, 0};
    return (struct telling){told.lie, told.variant, told.calls++};
}

int lied(void)
{
    told.lied++;
    return 1;
}

/* From now on this function lies; what is out is forgotten, and none of it may come back. */
API void hostile_tell(const char *function, DWORD lie, DWORD variant)
{
    clean();
    memset(&told, 0, sizeof told);
    strncpy(told.function, function, sizeof told.function - 1);
    told.lie = (enum lie)lie;
    told.variant = variant;
}

/* How often the lie was told. */
API DWORD hostile_lied(void) { return told.lied; }

/* A function that answers a code and nothing else. What it takes is not looked at. */
#define SAYS(name)                                                                                                     \
    API DWORD name(void) { return code(__func__); }

/* The lie about what frees: that it could not. */
#define FREES(name)                                                                                                    \
    API DWORD name(LPVOID buffer)                                                                                      \
    {                                                                                                                  \
        take_back(buffer);                                                                                             \
        return code(__func__);                                                                                         \
    }

#define CONNECTS(name)                                                                                                 \
    API DWORD name(LPWSTR server, HANDLE *out)                                                                         \
    {                                                                                                                  \
        (void)server;                                                                                                  \
        return connection(__func__, out);                                                                              \
    }

#define DISCONNECTS(name)                                                                                              \
    API void name(HANDLE server)                                                                                       \
    {                                                                                                                  \
        (void)server;                                                                                                  \
        closed();                                                                                                      \
    }

static const struct layout *at(const struct layout *layouts, DWORD most, DWORD level)
{
    return &layouts[level < most ? level : 0];
}

/* Before its outputs a function takes this and that; it is swallowed. */
#define SWALLOW(...) (void)sizeof((uintptr_t[]){__VA_ARGS__})
#define N(value) (uintptr_t)(value)

CONNECTS(MprAdminServerConnect)
DISCONNECTS(MprAdminServerDisconnect)
CONNECTS(MprConfigServerConnect)
DISCONNECTS(MprConfigServerDisconnect)
CONNECTS(MprAdminMIBServerConnect)
DISCONNECTS(MprAdminMIBServerDisconnect)

FREES(MprAdminBufferFree)
FREES(MprConfigBufferFree)
FREES(MprAdminMIBBufferFree)
FREES(MprSetupIpInIpInterfaceFriendlyNameFree)
FREES(MprInfoDelete)

SAYS(MprAdminConnectionClearStats)
SAYS(MprAdminConnectionRemoveQuarantine)
SAYS(MprAdminPortClearStats)
SAYS(MprAdminPortReset)
SAYS(MprAdminPortDisconnect)
SAYS(MprAdminUserSetInfo)
SAYS(MprAdminSendUserMessage)
SAYS(MprAdminUpdateConnection)
SAYS(MprAdminServerSetCredentials)
SAYS(MprAdminServerSetInfo)
SAYS(MprAdminServerSetInfoEx)
SAYS(MprAdminEstablishDomainRasServer)
SAYS(MprAdminTransportCreate)
SAYS(MprAdminTransportSetInfo)
SAYS(MprAdminInterfaceSetInfo)
SAYS(MprAdminInterfaceDelete)
SAYS(MprAdminInterfaceDeviceSetInfo)
SAYS(MprAdminInterfaceTransportAdd)
SAYS(MprAdminInterfaceTransportSetInfo)
SAYS(MprAdminInterfaceTransportRemove)
SAYS(MprAdminInterfaceSetCredentials)
SAYS(MprAdminInterfaceSetCredentialsEx)
SAYS(MprAdminInterfaceSetCustomInfoEx)
SAYS(MprAdminInterfaceDisconnect)
SAYS(MprAdminInterfaceUpdatePhonebookInfo)
SAYS(MprSetupIpInIpInterfaceFriendlyNameCreate)
SAYS(MprSetupIpInIpInterfaceFriendlyNameDelete)
SAYS(MprAdminDeregisterConnectionNotification)
SAYS(MprAdminMIBEntryCreate)
SAYS(MprAdminMIBEntryDelete)
SAYS(MprAdminMIBEntrySet)
SAYS(MprConfigServerInstall)
SAYS(MprConfigServerRefresh)
SAYS(MprConfigServerSetInfo)
SAYS(MprConfigServerSetInfoEx)
SAYS(MprConfigServerBackup)
SAYS(MprConfigServerRestore)
SAYS(MprConfigTransportDelete)
SAYS(MprConfigTransportSetInfo)
SAYS(MprConfigInterfaceDelete)
SAYS(MprConfigInterfaceSetInfo)
SAYS(MprConfigInterfaceSetCustomInfoEx)
SAYS(MprConfigInterfaceTransportRemove)
SAYS(MprConfigInterfaceTransportSetInfo)
SAYS(MprConfigFilterSetInfo)

API DWORD MprAdminConnectionEnum(HANDLE server, DWORD level, LPBYTE *out, DWORD longest, LPDWORD read, LPDWORD total,
                                 LPDWORD resume)
{
    SWALLOW(N(server), longest);
    return pages(__func__, at(CONNECTIONS, 5, level), out, read, total, resume);
}

API DWORD MprAdminConnectionEnumEx(HANDLE server, LPVOID header, DWORD longest, LPDWORD read, LPDWORD total, LPBYTE *out,
                                   LPDWORD resume)
{
    SWALLOW(N(server), N(header), longest);
    return pages(__func__, &CONNECTION_EX, out, read, total, resume);
}

API DWORD MprAdminConnectionGetInfo(HANDLE server, DWORD level, HANDLE thing, LPBYTE *out)
{
    SWALLOW(N(server), N(thing));
    return record(__func__, at(CONNECTIONS, 4, level), out, NULL);
}

API DWORD MprAdminConnectionGetInfoEx(HANDLE server, HANDLE thing, LPVOID out)
{
    SWALLOW(N(server), N(thing));
    return filled(__func__, &CONNECTION_EX, out);
}

API DWORD MprAdminPortEnum(HANDLE server, DWORD level, HANDLE thing, LPBYTE *out, DWORD longest, LPDWORD read,
                           LPDWORD total, LPDWORD resume)
{
    SWALLOW(N(server), level, N(thing), longest);
    return pages(__func__, &PORTS[0], out, read, total, resume);
}

API DWORD MprAdminPortGetInfo(HANDLE server, DWORD level, HANDLE thing, LPBYTE *out)
{
    SWALLOW(N(server), N(thing));
    return record(__func__, at(PORTS, 2, level), out, NULL);
}

API DWORD MprAdminDeviceEnum(HANDLE server, DWORD level, LPBYTE *out, LPDWORD total)
{
    SWALLOW(N(server));
    return pages(__func__, at(DEVICES, 2, level), out, total, NULL, NULL);
}

API DWORD MprAdminInterfaceEnum(HANDLE server, DWORD level, LPBYTE *out, DWORD longest, LPDWORD read, LPDWORD total,
                                LPDWORD resume)
{
    SWALLOW(N(server), longest);
    return pages(__func__, at(INTERFACES, 4, level), out, read, total, resume);
}

API DWORD MprAdminInterfaceGetInfo(HANDLE server, HANDLE thing, DWORD level, LPBYTE *out)
{
    SWALLOW(N(server), N(thing));
    return record(__func__, at(INTERFACES, 4, level), out, NULL);
}

API DWORD MprAdminInterfaceGetHandle(HANDLE server, LPWSTR name, HANDLE *out, BOOL clients)
{
    SWALLOW(N(server), N(name), clients);
    return handle(__func__, out);
}

API DWORD MprAdminInterfaceCreate(HANDLE server, DWORD level, LPBYTE given, HANDLE *out)
{
    SWALLOW(N(server), level, N(given));
    return handle(__func__, out);
}

API DWORD MprAdminInterfaceDeviceGetInfo(HANDLE server, HANDLE thing, DWORD index, DWORD level, LPBYTE *out)
{
    SWALLOW(N(server), N(thing), index);
    return record(__func__, at(DEVICES, 2, level), out, NULL);
}

API DWORD MprAdminInterfaceTransportGetInfo(HANDLE server, HANDLE thing, DWORD transport, LPBYTE *out, LPDWORD size)
{
    SWALLOW(N(server), N(thing), transport);
    return blocks(__func__, out, size, NULL, NULL, NULL);
}

API DWORD MprAdminTransportGetInfo(HANDLE server, DWORD transport, LPBYTE *global, LPDWORD global_size, LPBYTE *client,
                                   LPDWORD client_size)
{
    SWALLOW(N(server), transport);
    return blocks(__func__, global, global_size, client, client_size, NULL);
}

API DWORD MprAdminServerGetInfo(HANDLE server, DWORD level, LPBYTE *out)
{
    SWALLOW(N(server));
    return record(__func__, at(SERVERS, 3, level), out, NULL);
}

API DWORD MprAdminServerGetCredentials(HANDLE server, DWORD level, LPBYTE *out)
{
    SWALLOW(N(server), level);
    return record(__func__, &CREDENTIALS, out, NULL);
}

API DWORD MprAdminInterfaceGetCredentialsEx(HANDLE server, HANDLE thing, DWORD level, LPBYTE *out)
{
    SWALLOW(N(server), N(thing), level);
    return record(__func__, &CREDENTIALS, out, NULL);
}

API DWORD MprAdminUserGetInfo(LPWSTR server, LPWSTR user, DWORD level, LPBYTE out)
{
    SWALLOW(N(server), N(user));
    return filled(__func__, at(USERS, 2, level), out);
}

API DWORD MprAdminGetPDCServer(LPWSTR domain, LPWSTR server, LPWSTR out)
{
    SWALLOW(N(domain), N(server));
    return written(__func__, out, 18);
}

API BOOL MprAdminIsServiceRunning(LPWSTR server)
{
    struct telling telling_now = telling(__func__);
    SWALLOW(N(server));
    return telling_now.lie == UNKNOWN_VALUE && lied() ? 4711 : 1;
}

API DWORD MprAdminIsServiceInitialized(LPWSTR server, LPDWORD out)
{
    SWALLOW(N(server));
    return number(__func__, out, 1);
}

API DWORD MprAdminIsDomainRasServer(LPWSTR domain, LPWSTR machine, LPDWORD out)
{
    SWALLOW(N(domain), N(machine));
    return number(__func__, out, 1);
}

API DWORD MprAdminInterfaceQueryUpdateResult(HANDLE server, HANDLE thing, DWORD protocol, LPDWORD out)
{
    SWALLOW(N(server), N(thing), protocol);
    return number(__func__, out, 0);
}

API DWORD MprAdminGetErrorString(DWORD error, LPWSTR *out)
{
    struct telling now = telling(__func__);
    size_t units = now.lie == UNTERMINATED ? 70000 : 16;
    WCHAR *place;
    SWALLOW(error);
    if (now.lie == CODE || now.lie == VANISHED) {
        *out = unreadable();
        lied();
        return now.lie == CODE ? now.variant : ERROR_NOT_FOUND;
    }
    if (now.lie == NULL_WITH_SUCCESS) {
        *out = NULL;
        lied();
        return NO_ERROR;
    }
#ifdef _WIN32
    /* The page frees it by LocalFree, so it is not on our list. */
    place = LocalAlloc(0, units * 2 + 2);
#else
    place = give(units * 2 + 2, 2);
#endif
    place[units] = 'x';
    text(place, units, now.lie, 0);
    if (now.lie == UNTERMINATED || now.lie == SURROGATES)
        lied();
    if (now.lie == GARBAGE) {
        noise_bytes(place, units * 2, now.variant + 1);
        place[units - 1] = 0;
        lied();
    }
    if (now.lie == MISALIGNED) {
#ifdef _WIN32
        place = (WCHAR *)((LPBYTE)place + 1);
#else
        place = give_as(place, (LPBYTE)place + 1);
#endif
        lied();
    }
    *out = place;
    return NO_ERROR;
}

API DWORD MprAdminInterfaceGetCredentials(LPWSTR server, LPWSTR thing, LPWSTR user, LPWSTR password, LPWSTR domain)
{
    SWALLOW(N(server), N(thing));
    DWORD answer = written(__func__, user, 257);
    if (answer != NO_ERROR)
        return answer;
    /* A caller that does not want it gives none. */
    if (password != NULL)
        written(__func__, password, 257);
    return written(__func__, domain, 16);
}

/* An event is signalled though nothing has happened, or never. */
static DWORD asked(const char *function, HANDLE event)
{
    struct telling now = telling(function);
    if (now.lie == CODE && lied())
        return now.variant;
    if (now.lie == ENDLESS && lied())
        return ERROR_PENDING;
    if (now.lie == GARBAGE && event != NULL && lied()) {
        for (int times = 0; times < 3; times++)
            signal_event(event);
        return now.variant % 2 ? ERROR_PENDING : NO_ERROR;
    }
    return NO_ERROR;
}

API DWORD MprAdminInterfaceConnect(HANDLE server, HANDLE thing, HANDLE event, BOOL wait)
{
    SWALLOW(N(server), N(thing), wait);
    return asked(__func__, event);
}

API DWORD MprAdminInterfaceUpdateRoutes(HANDLE server, HANDLE thing, DWORD protocol, HANDLE event)
{
    SWALLOW(N(server), N(thing), protocol);
    return asked(__func__, event);
}

API DWORD MprAdminRegisterConnectionNotification(HANDLE server, HANDLE event)
{
    struct telling now = telling(__func__);
    SWALLOW(N(server));
    if (now.lie == CODE && lied())
        return now.variant;
    if (now.lie == GARBAGE && lied())
        signal_event(event);
    return NO_ERROR;
}

API DWORD MprSetupIpInIpInterfaceFriendlyNameEnum(LPWSTR machine, LPBYTE *out, LPDWORD read)
{
    SWALLOW(N(machine));
    return pages(__func__, &IP_IN_IP, out, read, NULL, NULL);
}

#define ASKS_MIB(name)                                                                                                 \
    API DWORD name(HANDLE server, DWORD transport, DWORD protocol, LPVOID query, DWORD query_size, LPVOID *out,        \
                   LPDWORD size)                                                                                       \
    {                                                                                                                  \
        SWALLOW(N(server), transport, protocol, query_size);                                                           \
        return mib(__func__, query, out, size);                                                                        \
    }

ASKS_MIB(MprAdminMIBEntryGet)
ASKS_MIB(MprAdminMIBEntryGetFirst)
ASKS_MIB(MprAdminMIBEntryGetNext)
ASKS_MIB(MprAdminMIBGetTrapInfo)

API DWORD MprAdminMIBSetTrapInfo(DWORD transport, DWORD protocol, HANDLE event, LPVOID input, DWORD input_size, LPVOID *out,
                                 LPDWORD size)
{
    SWALLOW(transport, protocol, input_size);
    DWORD answer = mib(__func__, input, out, size);
    if (answer == NO_ERROR)
        signal_event(event);
    return answer;
}

API DWORD MprConfigServerGetInfo(HANDLE config, DWORD level, LPBYTE *out)
{
    SWALLOW(N(config));
    return record(__func__, at(SERVERS, 3, level), out, NULL);
}

API DWORD MprConfigTransportCreate(HANDLE config, DWORD transport, LPWSTR name, LPBYTE global, DWORD global_size,
                                   LPBYTE client, DWORD client_size, LPWSTR path, HANDLE *out)
{
    SWALLOW(N(config), transport, N(name), N(global), global_size, N(client), client_size, N(path));
    return handle(__func__, out);
}

API DWORD MprConfigTransportGetHandle(HANDLE config, DWORD transport, HANDLE *out)
{
    SWALLOW(N(config), transport);
    return handle(__func__, out);
}

API DWORD MprConfigTransportGetInfo(HANDLE config, HANDLE transport, LPBYTE *global, LPDWORD global_size, LPBYTE *client,
                                    LPDWORD client_size, LPWSTR *path)
{
    SWALLOW(N(config), N(transport));
    return blocks(__func__, global, global_size, client, client_size, path);
}

API DWORD MprConfigTransportEnum(HANDLE config, DWORD level, LPBYTE *out, DWORD longest, LPDWORD read, LPDWORD total,
                                 LPDWORD resume)
{
    SWALLOW(N(config), level, longest);
    return pages(__func__, &TRANSPORT, out, read, total, resume);
}

API DWORD MprConfigInterfaceCreate(HANDLE config, DWORD level, LPBYTE given, HANDLE *out)
{
    SWALLOW(N(config), level, N(given));
    return handle(__func__, out);
}

API DWORD MprConfigInterfaceGetHandle(HANDLE config, LPWSTR name, HANDLE *out)
{
    SWALLOW(N(config), N(name));
    return handle(__func__, out);
}

API DWORD MprConfigInterfaceGetInfo(HANDLE config, HANDLE thing, DWORD level, LPBYTE *out, LPDWORD size)
{
    SWALLOW(N(config), N(thing));
    return record(__func__, at(INTERFACES, 4, level), out, size);
}

API DWORD MprConfigInterfaceEnum(HANDLE config, DWORD level, LPBYTE *out, DWORD longest, LPDWORD read, LPDWORD total,
                                 LPDWORD resume)
{
    SWALLOW(N(config), level, longest);
    return pages(__func__, &INTERFACES[0], out, read, total, resume);
}

API DWORD MprConfigInterfaceTransportAdd(HANDLE config, HANDLE thing, DWORD transport, LPWSTR name, LPBYTE info,
                                         DWORD size, HANDLE *out)
{
    SWALLOW(N(config), N(thing), transport, N(name), N(info), size);
    return handle(__func__, out);
}

API DWORD MprConfigInterfaceTransportGetHandle(HANDLE config, HANDLE thing, DWORD transport, HANDLE *out)
{
    SWALLOW(N(config), N(thing), transport);
    return handle(__func__, out);
}

API DWORD MprConfigInterfaceTransportGetInfo(HANDLE config, HANDLE thing, HANDLE transport, LPBYTE *out, LPDWORD size)
{
    SWALLOW(N(config), N(thing), N(transport));
    return blocks(__func__, out, size, NULL, NULL, NULL);
}

API DWORD MprConfigInterfaceTransportEnum(HANDLE config, HANDLE thing, DWORD level, LPBYTE *out, DWORD longest,
                                          LPDWORD read, LPDWORD total, LPDWORD resume)
{
    SWALLOW(N(config), N(thing), level, longest);
    return pages(__func__, &TRANSPORT, out, read, total, resume);
}

API DWORD MprConfigFilterGetInfo(HANDLE config, DWORD level, DWORD transport, LPVOID out)
{
    SWALLOW(N(config), level, transport);
    return filled(__func__, &FILTER, out);
}

#define LOOKS_UP(name)                                                                                                 \
    API DWORD name(HANDLE config, LPWSTR known, LPWSTR out, DWORD bytes)                                               \
    {                                                                                                                  \
        SWALLOW(N(config), N(known));                                                                                  \
        return written(__func__, out, bytes / 2);                                                                      \
    }

LOOKS_UP(MprConfigGetFriendlyName)
LOOKS_UP(MprConfigGetGuidName)

API DWORD MprInfoCreate(DWORD version, LPVOID *out)
{
    SWALLOW(version);
    return kept(__func__, NULL, out);
}

API DWORD MprInfoDuplicate(LPVOID old, LPVOID *out) { return kept(__func__, old, out); }

API DWORD MprInfoRemoveAll(LPVOID old, LPVOID *out) { return kept(__func__, old, out); }

API DWORD MprInfoBlockRemove(LPVOID old, DWORD type, LPVOID *out)
{
    SWALLOW(type);
    return kept(__func__, old, out);
}

API DWORD MprInfoBlockAdd(LPVOID old, DWORD type, DWORD size, DWORD count, LPBYTE data, LPVOID *out)
{
    SWALLOW(type, size, count, N(data));
    return kept(__func__, old, out);
}

API DWORD MprInfoBlockSet(LPVOID old, DWORD type, DWORD size, DWORD count, LPBYTE data, LPVOID *out)
{
    SWALLOW(type, size, count, N(data));
    return kept(__func__, old, out);
}

API DWORD MprInfoBlockQuerySize(LPVOID block)
{
    struct telling now = telling(__func__);
    DWORD size = (DWORD)size_given(block);
    switch (now.lie) {
    case GARBAGE: lied(); return now.variant % 2 ? 0 : 5;
    case COUNT_TOO_LARGE: lied(); return size + 1000;
    case COUNT_ENORMOUS: lied(); return now.variant % 2 ? 0xFFFFFFFF : 0x7FFFFFFF;
    default: return size;
    }
}

API DWORD MprInfoBlockFind(LPVOID block, DWORD type, LPDWORD size, LPDWORD count, LPBYTE *out)
{
    struct telling now = telling(__func__);
    SWALLOW(type);
    *size = 4;
    *count = 2;
    *out = (LPBYTE)block + 32;
    switch (now.lie) {
    case CODE: *out = unreadable(); lied(); return now.variant;
    case VANISHED: *out = unreadable(); lied(); return ERROR_NOT_FOUND;
    case NULL_WITH_SUCCESS: *out = NULL; lied(); break;
    case GARBAGE: *out = now.variant % 2 ? unreadable() : (LPBYTE)block - 8; lied(); break;
    case COUNT_TOO_LARGE: *count = 3; lied(); break;
    case COUNT_ENORMOUS: *(now.variant % 2 ? count : size) = 0xFFFFFFFF; lied(); break;
    case MISALIGNED: *out -= 1; lied(); break;
    default: break;
    }
    return NO_ERROR;
}
