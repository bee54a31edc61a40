/*
 * The Routing and Remote Access service as an administration DLL sees it, written against mprapi.h and nothing else.
 *
 * It loads the library of its first parameter and plays the commands on its standard input; what they do is written in
 * tests/admin_dll.rs. It calls the functions of the service's table, or those that are exported by name.
 */
#ifdef _WIN32
#include "../../../mprapi-sys/wrapper.h"
#else
#define _DEFAULT_SOURCE
#include "elsewhere.h"
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>
#endif
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER(value) ((unsigned long)(value))

/* Every function that the header lets a DLL export, in the header's order. */
#define FOR_EACH_FUNCTION(X)                                                                       \
    X(MprAdminInitializeDll)                                                                       \
    X(MprAdminInitializeDllEx)                                                                     \
    X(MprAdminTerminateDll)                                                                        \
    X(MprAdminAcceptNewConnection)                                                                 \
    X(MprAdminAcceptNewConnection2)                                                                \
    X(MprAdminAcceptNewConnection3)                                                                \
    X(MprAdminAcceptNewConnectionEx)                                                               \
    X(MprAdminAcceptNewLink)                                                                       \
    X(MprAdminAcceptReauthentication)                                                              \
    X(MprAdminAcceptReauthenticationEx)                                                            \
    X(MprAdminConnectionHangupNotification)                                                        \
    X(MprAdminConnectionHangupNotification2)                                                       \
    X(MprAdminConnectionHangupNotification3)                                                       \
    X(MprAdminConnectionHangupNotificationEx)                                                      \
    X(MprAdminLinkHangupNotification)                                                              \
    X(MprAdminGetIpAddressForUser)                                                                 \
    X(MprAdminReleaseIpAddress)                                                                    \
    X(MprAdminGetIpv6AddressForUser)                                                               \
    X(MprAdminReleaseIpv6AddressForUser)

typedef void (*function)(void);

#ifdef _WIN32
static HMODULE library;

static int load(const char *path) {
    library = LoadLibraryA(path);
    return library != NULL;
}

static function find(const char *name) {
    return (function)(void *)GetProcAddress(library, name);
}

static void unload(void) {
    FreeLibrary(library);
}

static void wait_milliseconds(unsigned long milliseconds) {
    Sleep(milliseconds);
}

typedef HANDLE thread;

static DWORD WINAPI run_thread(void *work) {
    void (*go)(unsigned) = NULL;
    void **parts = work;
    memcpy(&go, &parts[0], sizeof go);
    go((unsigned)(uintptr_t)parts[1]);
    return 0;
}

static int start(thread *started, void **parts) {
    *started = CreateThread(NULL, 0, run_thread, parts, 0, NULL);
    return *started != NULL;
}

static void join(thread started) {
    WaitForSingleObject(started, INFINITE);
    CloseHandle(started);
}

#define ADD(counter) InterlockedIncrement(&counter)
static volatile LONG accepted, addressed;
#else
static void *library;

static int load(const char *path) {
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        fprintf(stderr, "%s\n", dlerror());
    return library != NULL;
}

static function find(const char *name) {
    function found = NULL;
    void *address = dlsym(library, name);
    memcpy(&found, &address, sizeof found);
    return found;
}

static void unload(void) {
    dlclose(library);
}

static void wait_milliseconds(unsigned long milliseconds) {
    usleep(milliseconds * 1000);
}

typedef pthread_t thread;

static void *run_thread(void *work) {
    void (*go)(unsigned) = NULL;
    void **parts = work;
    memcpy(&go, &parts[0], sizeof go);
    go((unsigned)(uintptr_t)parts[1]);
    return NULL;
}

static int start(thread *started, void **parts) {
    return pthread_create(started, NULL, run_thread, parts) == 0;
}

static void join(thread started) {
    pthread_join(started, NULL);
}

#define ADD(counter) __atomic_add_fetch(&counter, 1, __ATOMIC_RELAXED)
static long accepted, addressed;
#endif

/* The functions that are called, as the service would have them: the table's where there is one. */
static MPRAPI_ADMIN_DLL_CALLBACKS table;
static PMPRADMINACCEPTNEWCONNECTION3 accept_3;
static PMPRADMINACCEPTREAUTHENTICATION accept_again_3;
static PMPRADMINCONNECTIONHANGUPNOTIFICATION3 hangup_3;

/* Takes an export as a function of its type. */
#define FIND(place, name)                                                                          \
    do {                                                                                           \
        function found = find(name);                                                               \
        memcpy(&(place), &found, sizeof found);                                                    \
    } while (0)

static void take_exports(void) {
    FIND(table.lpfnMprAdminGetIpAddressForUser, "MprAdminGetIpAddressForUser");
    FIND(table.lpfnMprAdminReleaseIpAddress, "MprAdminReleaseIpAddress");
    FIND(table.lpfnMprAdminGetIpv6AddressForUser, "MprAdminGetIpv6AddressForUser");
    FIND(table.lpfnMprAdminReleaseIpV6AddressForUser, "MprAdminReleaseIpv6AddressForUser");
    FIND(table.lpfnRasAdminAcceptNewLink, "MprAdminAcceptNewLink");
    FIND(table.lpfnRasAdminLinkHangupNotification, "MprAdminLinkHangupNotification");
    FIND(table.lpfnRasAdminTerminateDll, "MprAdminTerminateDll");
    FIND(table.lpfnRasAdminAcceptNewConnectionEx, "MprAdminAcceptNewConnectionEx");
    FIND(table.lpfnRasAdminAcceptReauthenticationEx, "MprAdminAcceptReauthenticationEx");
    FIND(table.lpfnRasAdminConnectionHangupNotificationEx, "MprAdminConnectionHangupNotificationEx");
    FIND(accept_3, "MprAdminAcceptNewConnection3");
    FIND(accept_again_3, "MprAdminAcceptReauthentication");
    FIND(hangup_3, "MprAdminConnectionHangupNotification3");
}

static void show(const char *name, int is_there) {
    if (is_there)
        printf(" %s", name);
}

static void initialize(void) {
    DWORD(APIENTRY * plain)(void);
    DWORD(APIENTRY * ex)(MPRAPI_ADMIN_DLL_CALLBACKS *);
    memset(&table, 0, sizeof table);
    FIND(ex, "MprAdminInitializeDllEx");
    FIND(plain, "MprAdminInitializeDll");
    if (ex == NULL) {
        DWORD code = plain();
        printf("code %lu\n", NUMBER(code));
        if (code == NO_ERROR)
            take_exports();
        return;
    }
    printf("code %lu", NUMBER(ex(&table)));
    printf(", revision %u:", table.revision);
    show("GetIpAddressForUser", table.lpfnMprAdminGetIpAddressForUser != NULL);
    show("ReleaseIpAddress", table.lpfnMprAdminReleaseIpAddress != NULL);
    show("GetIpv6AddressForUser", table.lpfnMprAdminGetIpv6AddressForUser != NULL);
    show("ReleaseIpV6AddressForUser", table.lpfnMprAdminReleaseIpV6AddressForUser != NULL);
    show("AcceptNewLink", table.lpfnRasAdminAcceptNewLink != NULL);
    show("LinkHangup", table.lpfnRasAdminLinkHangupNotification != NULL);
    show("Terminate", table.lpfnRasAdminTerminateDll != NULL);
    show("AcceptNewConnectionEx", table.lpfnRasAdminAcceptNewConnectionEx != NULL);
    show("AcceptEndpointChangeEx", table.lpfnRasAdminAcceptEndpointChangeEx != NULL);
    show("AcceptReauthenticationEx", table.lpfnRasAdminAcceptReauthenticationEx != NULL);
    show("ConnectionHangupEx", table.lpfnRasAdminConnectionHangupNotificationEx != NULL);
    show("ValidatePreAuthenticatedEx", table.lpfnRASValidatePreAuthenticatedConnectionEx != NULL);
    printf("\n");
}

/* ------------------------------------------------------------------------ records ---- */

/* A connection, in all its records. */
struct connection {
    RAS_CONNECTION_EX ex;
    RAS_CONNECTION_0 level_0;
    RAS_CONNECTION_1 level_1;
    RAS_CONNECTION_2 level_2;
    RAS_CONNECTION_3 level_3;
};

/* The next word of a line, or NULL. */
static char *next(char **rest) {
    char *word = *rest;
    while (word != NULL && *word == ' ')
        word++;
    if (word == NULL || *word == '\0')
        return NULL;
    *rest = strchr(word, ' ');
    if (*rest != NULL)
        *(*rest)++ = '\0';
    return word;
}

static void put(WCHAR *place, size_t room, const char *text) {
    size_t i;
    for (i = 0; i + 1 < room && text[i] != '\0'; i++)
        place[i] = (WCHAR)(unsigned char)text[i];
    place[i] = 0;
}

#define PUT(array, text) put(array, sizeof(array) / sizeof((array)[0]), text)

static HANDLE handle(unsigned long number) {
    return (HANDLE)(uintptr_t)number;
}

static GUID guid(unsigned long number) {
    GUID guid = {(DWORD)number, 1, 2, {3, 3, 3, 3, 3, 3, 3, 3}};
    return guid;
}

/* Fills the records from `NUMBER USER DOMAIN`, and what follows as `key=value`. */
static void fill(struct connection *c, char *rest) {
    char *word = next(&rest);
    unsigned long number = word == NULL ? 0 : strtoul(word, NULL, 10);
    const char *user = next(&rest), *domain = next(&rest);
    memset(c, 0, sizeof *c);
    user = user == NULL ? "" : user;
    c->ex.Header.revision = MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1;
    c->ex.Header.type = MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT;
    c->ex.Header.size = sizeof c->ex;
    c->ex.hConnection = c->level_0.hConnection = c->level_1.hConnection = handle(number);
    c->level_2.hConnection = c->level_3.hConnection = handle(number);
    c->ex.guid = c->level_2.guid = c->level_3.guid = guid(number);
    c->ex.dwConnectionFlags = c->level_0.dwConnectionFlags = RAS_FLAGS_PPP_CONNECTION;
    c->ex.ProjectionInfo.projectionInfoType = MPRAPI_PPP_PROJECTION_INFO_TYPE;
    PUT(c->ex.wszUserName, user);
    PUT(c->level_0.wszUserName, user);
    PUT(c->level_2.wszUserName, user);
    PUT(c->level_3.wszUserName, user);
    if (domain != NULL) {
        PUT(c->ex.wszLogonDomain, domain);
        PUT(c->level_0.wszLogonDomain, domain);
    }
    while ((word = next(&rest)) != NULL) {
        char *value = strchr(word, '=');
        unsigned long amount;
        if (value == NULL)
            continue;
        *value++ = '\0';
        amount = strtoul(value, NULL, 10);
        if (strcmp(word, "seconds") == 0)
            c->ex.dwConnectDuration = c->level_0.dwConnectDuration = (DWORD)amount;
        else if (strcmp(word, "sent") == 0)
            c->ex.dwBytesXmited = c->level_1.dwBytesXmited = (DWORD)amount;
        else if (strcmp(word, "received") == 0)
            c->ex.dwBytesRcved = c->level_1.dwBytesRcved = (DWORD)amount;
        else if (strcmp(word, "type") == 0)
            c->ex.dwInterfaceType = c->level_0.dwInterfaceType = (int)amount;
        else if (strcmp(word, "from") == 0)
            PUT(c->ex.wszRemoteEndpointAddress, value);
        else if (strcmp(word, "ip") == 0) {
            PUT(c->ex.ProjectionInfo.PppProjectionInfo.wszRemoteAddress, value);
            PUT(c->level_1.PppInfo.ip.wszRemoteAddress, value);
            PUT(c->level_2.PppInfo2.ip.wszRemoteAddress, value);
            PUT(c->level_3.PppInfo3.ip.wszRemoteAddress, value);
        } else
            printf("no such key: %s\n", word);
    }
}

/* A link, from `NUMBER PORT DEVICE`; the device's name may have spaces. */
static void fill_link(RAS_PORT_0 *port, RAS_PORT_1 *details, char *rest) {
    char *word = next(&rest);
    unsigned long number = word == NULL ? 0 : strtoul(word, NULL, 10);
    const char *name = next(&rest), *device = rest;
    memset(port, 0, sizeof *port);
    memset(details, 0, sizeof *details);
    port->hPort = details->hPort = handle(number + 1000);
    port->hConnection = details->hConnection = handle(number);
    port->dwPortCondition = RAS_PORT_AUTHENTICATED;
    PUT(port->wszPortName, name == NULL ? "" : name);
    PUT(port->wszMediaName, "rastapi");
    PUT(port->wszDeviceName, device == NULL ? "" : device);
    PUT(port->wszDeviceType, "vpn");
}

/* ---------------------------------------------------------------------- questions ---- */

static BOOL ask(struct connection *c) {
    if (table.lpfnRasAdminAcceptNewConnectionEx != NULL)
        return table.lpfnRasAdminAcceptNewConnectionEx(&c->ex);
    return accept_3(&c->level_0, &c->level_1, &c->level_2, &c->level_3);
}

static BOOL ask_again(struct connection *c) {
    if (table.lpfnRasAdminAcceptReauthenticationEx != NULL)
        return table.lpfnRasAdminAcceptReauthenticationEx(&c->ex);
    return accept_again_3(&c->level_0, &c->level_1, &c->level_2, &c->level_3);
}

static void tell_end(struct connection *c) {
    if (table.lpfnRasAdminConnectionHangupNotificationEx != NULL)
        table.lpfnRasAdminConnectionHangupNotificationEx(&c->ex);
    else
        hangup_3(&c->level_0, &c->level_1, &c->level_2, &c->level_3);
}

static void verdict(BOOL answer) {
    printf("%s\n", answer ? "accepted" : "rejected");
}

/* `USER PORT ADDRESS`, in dotted decimal. */
struct address_call {
    WCHAR user[257], port[17];
    union {
        DWORD number;
        BYTE bytes[4];
    } address;
    IN6_ADDR identifier;
};

static void fill_address(struct address_call *call, char *rest) {
    const char *user = next(&rest), *port = next(&rest), *address = next(&rest);
    unsigned a = 0, b = 0, c = 0, d = 0, i;
    unsigned long long identifier;
    memset(call, 0, sizeof *call);
    PUT(call->user, user == NULL ? "" : user);
    PUT(call->port, port == NULL ? "" : port);
    address = address == NULL ? "0" : address;
    if (sscanf(address, "%u.%u.%u.%u", &a, &b, &c, &d) == 4) {
        call->address.bytes[0] = (BYTE)a;
        call->address.bytes[1] = (BYTE)b;
        call->address.bytes[2] = (BYTE)c;
        call->address.bytes[3] = (BYTE)d;
    }
    identifier = strtoull(address, NULL, 16);
    for (i = 0; i < 8; i++)
        call->identifier.u.Byte[8 + i] = (UCHAR)(identifier >> (56 - 8 * i));
}

static void get_address(char *rest) {
    struct address_call call;
    BOOL notify = 0x5555;
    DWORD code;
    fill_address(&call, rest);
    code = table.lpfnMprAdminGetIpAddressForUser(call.user, call.port, &call.address.number, &notify);
    printf("code %lu, %u.%u.%u.%u, notify %lx\n", NUMBER(code), call.address.bytes[0], call.address.bytes[1],
           call.address.bytes[2], call.address.bytes[3], NUMBER(notify));
}

static void get_identifier(char *rest) {
    struct address_call call;
    BOOL notify = 0x5555;
    DWORD code;
    unsigned i;
    fill_address(&call, rest);
    code = table.lpfnMprAdminGetIpv6AddressForUser(call.user, call.port, &call.identifier, &notify);
    printf("code %lu, ", NUMBER(code));
    for (i = 0; i < 16; i++)
        printf("%02x", call.identifier.u.Byte[i]);
    printf(", notify %lx\n", NUMBER(notify));
}

static void validate(char *rest) {
    struct {
        AUTH_VALIDATION_EX record;
        BYTE more[64];
    } client;
    const char *user = next(&rest), *domain = next(&rest), *data = next(&rest);
    memset(&client, 0, sizeof client);
    client.record.Header.revision = 1;
    client.record.Header.type = MPRAPI_OBJECT_TYPE_AUTH_VALIDATION_OBJECT;
    client.record.Header.size = sizeof client.record;
    PUT(client.record.wszUserName, user == NULL ? "" : user);
    PUT(client.record.wszLogonDomain, domain == NULL ? "" : domain);
    data = data == NULL ? "" : data;
    client.record.AuthInfoSize = (DWORD)strlen(data);
    memcpy((char *)&client + offsetof(AUTH_VALIDATION_EX, AuthInfo), data, strlen(data));
    printf("code %lu\n", NUMBER(table.lpfnRASValidatePreAuthenticatedConnectionEx(&client.record)));
}

/* Null pointers everywhere. */
static void nulls(void) {
    struct address_call call;
    BOOL notify = 0x5555;
    struct connection c;
    char words[] = "1 anna CORP", names[] = "anna VPN1-1 10.0.0.1";
    fill(&c, words);
    fill_address(&call, names);
    if (table.lpfnRasAdminAcceptNewConnectionEx != NULL) {
        verdict(table.lpfnRasAdminAcceptNewConnectionEx(NULL));
        verdict(table.lpfnRasAdminAcceptReauthenticationEx(NULL));
        table.lpfnRasAdminConnectionHangupNotificationEx(NULL);
    } else {
        verdict(accept_3(NULL, &c.level_1, &c.level_2, &c.level_3));
        verdict(accept_3(&c.level_0, &c.level_1, &c.level_2, NULL));
        hangup_3(&c.level_0, NULL, &c.level_2, &c.level_3);
    }
    verdict(table.lpfnRasAdminAcceptNewLink(NULL, NULL));
    table.lpfnRasAdminLinkHangupNotification(NULL, NULL);
    if (table.lpfnMprAdminGetIpAddressForUser != NULL) {
        DWORD code = table.lpfnMprAdminGetIpAddressForUser(NULL, call.port, &call.address.number, &notify);
        printf("code %lu\n", NUMBER(code));
        code = table.lpfnMprAdminGetIpAddressForUser(call.user, call.port, NULL, &notify);
        printf("code %lu\n", NUMBER(code));
        code = table.lpfnMprAdminGetIpAddressForUser(call.user, call.port, &call.address.number, NULL);
        printf("code %lu, notify %lx\n", NUMBER(code), NUMBER(notify));
        table.lpfnMprAdminReleaseIpAddress(NULL, NULL, NULL);
    }
}

/* ------------------------------------------------------------------------ threads ---- */

static unsigned long rounds;

/* Sessions of users of their own, one after the other: connection, link, and their ends. */
static void go(unsigned number) {
    unsigned long round;
    for (round = 0; round < rounds; round++) {
        char words[64];
        struct connection c;
        RAS_PORT_0 port;
        RAS_PORT_1 details;
        if (number % 2 == 1 && table.lpfnMprAdminGetIpAddressForUser != NULL) {
            struct address_call call;
            BOOL notify = FALSE;
            char names[64];
            snprintf(names, sizeof names, "thread-%u VPN1-%u 0", number, number);
            fill_address(&call, names);
            if (table.lpfnMprAdminGetIpAddressForUser(call.user, call.port, &call.address.number, &notify) == NO_ERROR)
                ADD(addressed);
            if (notify)
                table.lpfnMprAdminReleaseIpAddress(call.user, call.port, &call.address.number);
            continue;
        }
        snprintf(words, sizeof words, "%lu thread-%u CORP", 100000UL * (number + 1) + round, number);
        fill(&c, words);
        if (ask(&c))
            ADD(accepted);
        snprintf(words, sizeof words, "%lu VPN1-%u WAN Miniport (SSTP)", 100000UL * (number + 1) + round, number);
        fill_link(&port, &details, words);
        table.lpfnRasAdminAcceptNewLink(&port, &details);
        table.lpfnRasAdminLinkHangupNotification(&port, &details);
        tell_end(&c);
    }
}

static void run_threads(char *rest) {
    static thread started[256];
    static void *parts[256][2];
    char *word = next(&rest);
    unsigned count = word == NULL ? 0 : (unsigned)strtoul(word, NULL, 10), i;
    word = next(&rest);
    rounds = word == NULL ? 1 : strtoul(word, NULL, 10);
    accepted = addressed = 0;
    for (i = 0; i < count && i < 256; i++) {
        void (*work)(unsigned) = go;
        memcpy(&parts[i][0], &work, sizeof work);
        parts[i][1] = (void *)(uintptr_t)i;
        if (!start(&started[i], parts[i])) {
            printf("no thread\n");
            exit(1);
        }
    }
    for (i = 0; i < count && i < 256; i++)
        join(started[i]);
    printf("%ld connections accepted, %ld addresses\n", (long)accepted, (long)addressed);
}

/* ----------------------------------------------------------------------- commands ---- */

static void exports(void) {
#define SHOW(name)                                                                                 \
    if (find(#name) != NULL)                                                                       \
        printf("%s\n", #name);
    FOR_EACH_FUNCTION(SHOW)
}

static void play(const char *command, char *rest) {
    struct connection c;
    RAS_PORT_0 port;
    RAS_PORT_1 details;
    struct address_call call;
    if (strcmp(command, "exports") == 0)
        exports();
    else if (strcmp(command, "initialize") == 0)
        initialize();
    else if (strcmp(command, "by-name") == 0)
        take_exports();
    else if (strcmp(command, "terminate") == 0)
        printf("code %lu\n", NUMBER(table.lpfnRasAdminTerminateDll()));
    else if (strcmp(command, "accept") == 0) {
        fill(&c, rest);
        verdict(ask(&c));
    } else if (strcmp(command, "again") == 0) {
        fill(&c, rest);
        verdict(ask_again(&c));
    } else if (strcmp(command, "moved") == 0) {
        fill(&c, rest);
        verdict(table.lpfnRasAdminAcceptEndpointChangeEx(&c.ex));
    } else if (strcmp(command, "end") == 0) {
        fill(&c, rest);
        tell_end(&c);
    } else if (strcmp(command, "link") == 0) {
        fill_link(&port, &details, rest);
        verdict(table.lpfnRasAdminAcceptNewLink(&port, &details));
    } else if (strcmp(command, "unlink") == 0) {
        fill_link(&port, &details, rest);
        table.lpfnRasAdminLinkHangupNotification(&port, &details);
    } else if (strcmp(command, "address") == 0)
        get_address(rest);
    else if (strcmp(command, "release") == 0) {
        fill_address(&call, rest);
        table.lpfnMprAdminReleaseIpAddress(call.user, call.port, &call.address.number);
    } else if (strcmp(command, "identifier") == 0)
        get_identifier(rest);
    else if (strcmp(command, "release-identifier") == 0) {
        fill_address(&call, rest);
        table.lpfnMprAdminReleaseIpV6AddressForUser(call.user, call.port, &call.identifier);
    } else if (strcmp(command, "validate") == 0)
        validate(rest);
    else if (strcmp(command, "nulls") == 0)
        nulls();
    else if (strcmp(command, "threads") == 0)
        run_threads(rest);
    else if (strcmp(command, "wait") == 0)
        wait_milliseconds(strtoul(rest, NULL, 10));
    else if (strcmp(command, "unload") == 0)
        unload();
    else
        printf("no such command\n");
}

int main(int count, char **parameters) {
    static char line[512];
#if UINTPTR_MAX > 0xFFFFFFFF
    _Static_assert(sizeof(MPRAPI_ADMIN_DLL_CALLBACKS) == 104, "the table has another size");
#endif
    if (count != 2 || !load(parameters[1])) {
        fprintf(stderr, "cannot load the library\n");
        return 1;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *rest;
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '\0')
            continue;
        printf("> %s\n", line);
        rest = strchr(line, ' ');
        if (rest != NULL)
            *rest++ = '\0';
        play(line, rest == NULL ? line + strlen(line) : rest);
        fflush(stdout);
    }
    return 0;
}
