/*
 * A router's client as a C programmer writes it, against mprapi.h and linked to mprapi.dll.
 *
 * It plays the script on its standard input; what the commands do is written in tests/script.rs.
 */
#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <winsock2.h>
#include <windows.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mprapi.h>
#include <mprapi_sim.h>

#include "utf8.h"

#define EVERYTHING ((DWORD)-1)
#define NUMBER(value) ((unsigned long)(value))

static RAS_SERVER_HANDLE server;
static HANDLE held;

static int succeeded(const char *function, DWORD code) {
    if (code != NO_ERROR)
        printf("%s: %lu\n", function, NUMBER(code));
    return code == NO_ERROR;
}

static void give_back(void *buffer) {
    if (buffer != NULL)
        succeeded("MprAdminBufferFree", MprAdminBufferFree(buffer));
}

/* The text in UTF-8, until the fourth call from here. */
static const char *utf8(const WCHAR *text) {
    static char places[4][4 * 257];
    static unsigned next;
    return write_utf8(places[next++ % 4], text);
}

/* The name, which is ASCII in every script, until the next call; a dash is no name. */
static WCHAR *wide(const char *name) {
    static WCHAR text[257];
    size_t i = 0;
    if (strcmp(name, "-") == 0)
        return NULL;
    for (; name[i] && i < 256; i++)
        text[i] = (unsigned char)name[i];
    text[i] = 0;
    return text;
}

static DWORD ports_of(HANDLE connection, RAS_PORT_0 **ports, DWORD *count) {
    DWORD total;
    return MprAdminPortEnum(server, 0, connection, (LPBYTE *)ports, EVERYTHING, count, &total, NULL);
}

static HANDLE find_port(const char *name) {
    RAS_PORT_0 *ports;
    HANDLE found = NULL;
    DWORD count, i;
    if (!succeeded("MprAdminPortEnum", ports_of(INVALID_HANDLE_VALUE, &ports, &count)))
        return NULL;
    for (i = 0; i < count; i++)
        if (strcmp(utf8(ports[i].wszPortName), name) == 0)
            found = ports[i].hPort;
    give_back(ports);
    return found;
}

static DWORD all_connections(DWORD level, void *connections, DWORD *count) {
    DWORD total;
    return MprAdminConnectionEnum(server, level, connections, EVERYTHING, count, &total, NULL);
}

static HANDLE find_connection(const char *user) {
    RAS_CONNECTION_0 *connections;
    HANDLE found = NULL;
    DWORD count, i;
    if (!succeeded("MprAdminConnectionEnum", all_connections(0, &connections, &count)))
        return NULL;
    for (i = 0; i < count; i++)
        if (strcmp(utf8(connections[i].wszUserName), user) == 0)
            found = connections[i].hConnection;
    give_back(connections);
    return found;
}

static void is_running(const char *name) {
    puts(MprAdminIsServiceRunning(wide(name)) ? "yes" : "no");
}

static void connect_to(const char *name) {
    if (succeeded("MprAdminServerConnect", MprAdminServerConnect(wide(name), &server)))
        puts("connected");
}

/* The handle stays in its place, for `stale-handle`. */
static void disconnect(const char *nothing) {
    (void)nothing;
    MprAdminServerDisconnect(server);
    puts("disconnected");
}

static void info(const char *nothing) {
    MPR_SERVER_0 *told;
    (void)nothing;
    if (!succeeded("MprAdminServerGetInfo", MprAdminServerGetInfo(server, 0, (LPBYTE *)&told)))
        return;
    printf("lan-only %d, up %lu s, ports %lu of %lu\n", told->fLanOnlyMode != 0, NUMBER(told->dwUpTime),
           NUMBER(told->dwPortsInUse), NUMBER(told->dwTotalPorts));
    give_back(told);
}

static void show_port(const RAS_PORT_0 *port) {
    printf("%s: condition %d, calls %lu, ", utf8(port->wszPortName), (int)port->dwPortCondition,
           NUMBER(port->dwTotalNumberOfCalls));
    if (port->hConnection != NULL && port->hConnection != INVALID_HANDLE_VALUE)
        printf("busy for %lu s", NUMBER(port->dwConnectDuration));
    else
        printf("free");
    printf(", %s, %s, %s\n", utf8(port->wszMediaName), utf8(port->wszDeviceName), utf8(port->wszDeviceType));
}

static void show_ports(HANDLE connection) {
    RAS_PORT_0 *ports;
    DWORD count, i;
    if (!succeeded("MprAdminPortEnum", ports_of(connection, &ports, &count)))
        return;
    for (i = 0; i < count; i++)
        show_port(&ports[i]);
    give_back(ports);
}

static void ports(const char *nothing) {
    (void)nothing;
    show_ports(INVALID_HANDLE_VALUE);
}

static void ports_of_user(const char *user) {
    show_ports(find_connection(user));
}

static void pages(const char *records) {
    DWORD longest = (DWORD)(atoi(records) * sizeof(RAS_PORT_0)), resume = 0, code;
    do {
        RAS_PORT_0 *ports;
        DWORD count, total, i;
        code = MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, (LPBYTE *)&ports, longest, &count, &total, &resume);
        if (code != ERROR_MORE_DATA && !succeeded("MprAdminPortEnum", code))
            return;
        printf("%lu of %lu:", NUMBER(count), NUMBER(total));
        for (i = 0; i < count; i++)
            printf(" %s", utf8(ports[i].wszPortName));
        puts(code == ERROR_MORE_DATA ? ", and more" : "");
        give_back(ports);
    } while (code == ERROR_MORE_DATA);
}

#define SHOW_STATISTICS(record)                                                                                      \
    printf("sent %lu bytes in %lu frames, received %lu in %lu, errors %lu\n", NUMBER((record)->dwBytesXmited),       \
           NUMBER((record)->dwFramesXmited), NUMBER((record)->dwBytesRcved), NUMBER((record)->dwFramesRcved),        \
           NUMBER((record)->dwCrcErr + (record)->dwTimeoutErr + (record)->dwAlignmentErr +                           \
                  (record)->dwHardwareOverrunErr + (record)->dwFramingErr + (record)->dwBufferOverrunErr))

static void port(const char *name) {
    RAS_PORT_1 *told;
    if (!succeeded("MprAdminPortGetInfo", MprAdminPortGetInfo(server, 1, find_port(name), (LPBYTE *)&told)))
        return;
    printf("%d, %lu bit/s, ", (int)told->dwHardwareCondition, NUMBER(told->dwLineSpeed));
    SHOW_STATISTICS(told);
    give_back(told);
}

static void clear_port(const char *name) {
    if (succeeded("MprAdminPortClearStats", MprAdminPortClearStats(server, find_port(name))))
        puts("cleared");
}

static void disconnect_port(const char *name) {
    if (succeeded("MprAdminPortDisconnect", MprAdminPortDisconnect(server, find_port(name))))
        puts("disconnected");
}

static void show_connection(const RAS_CONNECTION_0 *connection) {
    printf("%s of %s at '%s', interface %s", utf8(connection->wszUserName), utf8(connection->wszLogonDomain),
           utf8(connection->wszRemoteComputer), utf8(connection->wszInterfaceName));
    printf(" of type %d, flags %lu, %lu s\n", (int)connection->dwInterfaceType,
           NUMBER(connection->dwConnectionFlags), NUMBER(connection->dwConnectDuration));
}

static void connections(const char *nothing) {
    RAS_CONNECTION_0 *connections;
    DWORD count, i;
    (void)nothing;
    if (!succeeded("MprAdminConnectionEnum", all_connections(0, &connections, &count)))
        return;
    for (i = 0; i < count; i++)
        show_connection(&connections[i]);
    give_back(connections);
}

static void statistics(const char *nothing) {
    RAS_CONNECTION_1 *connections;
    DWORD count, i;
    (void)nothing;
    if (!succeeded("MprAdminConnectionEnum", all_connections(1, &connections, &count)))
        return;
    for (i = 0; i < count; i++) {
        printf("%s: ", utf8(connections[i].PppInfo.ip.wszRemoteAddress));
        SHOW_STATISTICS(&connections[i]);
    }
    give_back(connections);
}

static void clear_connection(const char *user) {
    if (succeeded("MprAdminConnectionClearStats", MprAdminConnectionClearStats(server, find_connection(user))))
        puts("cleared");
}

static void hold(const char *user) {
    held = find_connection(user);
}

static void show_held(const char *nothing) {
    RAS_CONNECTION_0 *told;
    (void)nothing;
    if (!succeeded("MprAdminConnectionGetInfo", MprAdminConnectionGetInfo(server, 0, held, (LPBYTE *)&told)))
        return;
    show_connection(told);
    give_back(told);
}

static void ports_of_held(const char *nothing) {
    (void)nothing;
    show_ports(held);
}

static void interfaces(const char *nothing) {
    MPR_INTERFACE_0 *interfaces;
    DWORD count, total, i;
    (void)nothing;
    if (!succeeded("MprAdminInterfaceEnum", MprAdminInterfaceEnum(server, 0, (LPBYTE *)&interfaces, EVERYTHING,
                                                                  &count, &total, NULL)))
        return;
    for (i = 0; i < count; i++)
        printf("%s: enabled %d, type %d, state %d, unreachable %lu, last error %lu\n",
               utf8(interfaces[i].wszInterfaceName), interfaces[i].fEnabled != 0, (int)interfaces[i].dwIfType,
               (int)interfaces[i].dwConnectionState, NUMBER(interfaces[i].fUnReachabilityReasons),
               NUMBER(interfaces[i].dwLastError));
    give_back(interfaces);
}

static void dial(const char *name) {
    HANDLE handle;
    if (!succeeded("MprAdminInterfaceGetHandle", MprAdminInterfaceGetHandle(server, wide(name), &handle, FALSE)))
        return;
    if (succeeded("MprAdminInterfaceConnect", MprAdminInterfaceConnect(server, handle, NULL, TRUE)))
        puts("connected");
}

static void error_text(const char *code) {
    LPWSTR text;
    if (!succeeded("MprAdminGetErrorString", MprAdminGetErrorString((DWORD)atoi(code), &text)))
        return;
    puts(utf8(text));
#ifdef _WIN32
    LocalFree(text);
#else
    give_back(text);
#endif
}

static void wrong_level(const char *level) {
    LPBYTE buffer;
    DWORD count, total, number = (DWORD)atoi(level);
    succeeded("MprAdminServerGetInfo", MprAdminServerGetInfo(server, number, &buffer));
    succeeded("MprAdminConnectionEnum",
              MprAdminConnectionEnum(server, number, &buffer, EVERYTHING, &count, &total, NULL));
    succeeded("MprAdminPortEnum", MprAdminPortEnum(server, number, INVALID_HANDLE_VALUE, &buffer, EVERYTHING,
                                                   &count, &total, NULL));
    succeeded("MprAdminInterfaceEnum",
              MprAdminInterfaceEnum(server, number, &buffer, EVERYTHING, &count, &total, NULL));
}

static void free_twice(const char *nothing) {
    LPBYTE buffer;
    (void)nothing;
    if (!succeeded("MprAdminServerGetInfo", MprAdminServerGetInfo(server, 0, &buffer)))
        return;
    give_back(buffer);
    give_back(buffer);
}

static void bad_handle(const char *nothing) {
    RAS_SERVER_HANDLE good = server;
    server = INVALID_HANDLE_VALUE;
    info(nothing);
    server = good;
}

static void report(const char *nothing) {
    MPRSIM_REPORT told;
#ifdef _WIN32
    /* The toolchain's import library is that of Windows' own mprapi.dll. */
    uint32_t(MPRSIM_CALL * MprSimReport)(MPRSIM_REPORT *, char *, uint32_t) =
        (uint32_t(MPRSIM_CALL *)(MPRSIM_REPORT *, char *, uint32_t))(void (*)(void))GetProcAddress(
            GetModuleHandleA("mprapi.dll"), "MprSimReport");
    if (MprSimReport == NULL) {
        puts("this mprapi.dll is not the simulator's");
        return;
    }
#endif
    (void)nothing;
    if (succeeded("MprSimReport", MprSimReport(&told, NULL, 0)))
        printf("%lu buffers, %lu handles, %lu violations\n", NUMBER(told.dwBuffers), NUMBER(told.dwHandles),
               NUMBER(told.dwViolations));
}

static const struct {
    const char *name;
    void (*run)(const char *argument);
} COMMANDS[] = {
    {"running", is_running},
    {"connect", connect_to},
    {"disconnect", disconnect},
    {"info", info},
    {"ports", ports},
    {"ports-of", ports_of_user},
    {"pages", pages},
    {"port", port},
    {"clear-port", clear_port},
    {"disconnect-port", disconnect_port},
    {"connections", connections},
    {"statistics", statistics},
    {"clear-connection", clear_connection},
    {"hold", hold},
    {"held", show_held},
    {"ports-of-held", ports_of_held},
    {"interfaces", interfaces},
    {"dial", dial},
    {"error-text", error_text},
    {"wrong-level", wrong_level},
    {"free-twice", free_twice},
    {"bad-handle", bad_handle},
    {"stale-handle", info},
    {"report", report},
};

static void run(char *command) {
    char *argument = strchr(command, ' ');
    size_t i;
    if (argument != NULL)
        *argument++ = 0;
    for (i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++) {
        if (strcmp(COMMANDS[i].name, command) == 0) {
            COMMANDS[i].run(argument != NULL ? argument : "");
            return;
        }
    }
    puts("no such command");
}

int main(void) {
    char line[512];
#ifdef _WIN32
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\r\n")] = 0;
        if (strncmp(line, "> ", 2) == 0) {
            puts(line);
            run(line + 2);
        } else if (line[0] == '#' || line[0] == 0) {
            puts(line);
        }
    }
    return 0;
}
