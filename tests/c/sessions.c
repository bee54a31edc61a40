/*
 * The peer of `mprctl session list` in the benchmarks: prints the same table, as a C programmer writes it, through
 * printf. It loads the library that it is given, and asks this machine.
 *
 * Its declarations are its own, of the fields that Microsoft's pages list.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint32_t DWORD;
typedef uint16_t WCHAR;
typedef void *HANDLE;

#include "utf8.h"

typedef struct {
    HANDLE port, connection;
    int32_t condition;
    DWORD calls, duration;
    WCHAR name[17], media[17], device[129], type[17];
} PORT;

typedef struct {
    uint8_t revision, type;
    uint16_t size;
    DWORD duration;
    int32_t interface_type;
    DWORD flags;
    WCHAR interface_name[257], user[257], domain[16], computer[17];
    uint8_t guid[16];
    int32_t quarantine;
    DWORD probation[2];
    DWORD sent, received, counters[10];
    DWORD switch_overs;
    WCHAR remote[65], local[65];
    struct {
        uint8_t type;
        union {
            /* How the results of PPP and of IKEv2 begin. */
            struct {
                DWORD error;
                WCHAR server[16], client[16];
            } ip;
            uint64_t room[24];
        } of;
    } projection;
    HANDLE connection, interface;
} CONNECTION;

_Static_assert(sizeof(PORT) == 392 && sizeof(CONNECTION) == 1672, "as on 64-bit Windows");

typedef struct {
    uint8_t revision, type;
    uint16_t size;
} HEADER;

static DWORD (*server_connect)(WCHAR *name, HANDLE *server);
static void (*server_disconnect)(HANDLE server);
static int32_t (*is_service_running)(WCHAR *name);
static DWORD (*buffer_free)(void *buffer);
static DWORD (*port_enum)(HANDLE server, DWORD level, HANDLE connection, uint8_t **buffer, DWORD longest, DWORD *read,
                          DWORD *total, DWORD *resume);
static DWORD (*connection_enum_ex)(HANDLE server, HEADER *header, DWORD longest, DWORD *read, DWORD *total,
                                   CONNECTION **buffer, DWORD *resume);

static void *function(void *library, const char *name) {
    void *found = dlsym(library, name);
    if (found == NULL) {
        fprintf(stderr, "%s is missing\n", name);
        exit(1);
    }
    return found;
}

static void check(const char *name, DWORD code) {
    if (code != 0) {
        fprintf(stderr, "%s: %u\n", name, (unsigned)code);
        exit(1);
    }
}

static void duration(char *text, unsigned long seconds) {
    unsigned long days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;
    if (days > 0)
        sprintf(text, "%lu d %lu h", days, hours);
    else if (hours > 0)
        sprintf(text, "%lu h %02lu min", hours, minutes);
    else if (minutes > 0)
        sprintf(text, "%lu min %02lu s", minutes, seconds % 60);
    else
        sprintf(text, "%lu s", seconds);
}

static void bytes(char *text, double value) {
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    int unit = 0;
    while (unit < 4 && value >= 999.5) {
        value /= 1000;
        unit++;
    }
    sprintf(text, "%.*f %s", unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2, value, units[unit]);
}

static int by_connection(const void *one, const void *two) {
    uintptr_t a = (uintptr_t)((const PORT *)one)->connection, b = (uintptr_t)((const PORT *)two)->connection;
    return (a > b) - (a < b);
}

enum { USER, DOMAIN, ADDRESS, TUNNEL, PORT_NAME, DURATION, IN, OUT, COLUMNS };
typedef struct {
    char cells[COLUMNS][32];
    char user[4 * 257];
} ROW;

int main(int argc, char **argv) {
    static const char *const titles[COLUMNS] = {"User", "Domain", "Address", "Tunnel", "Port", "Connected", "In", "Out"};
    void *library = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL;
    HANDLE server;
    PORT *ports = NULL;
    CONNECTION *connections = NULL;
    HEADER header = {1, 1, sizeof(CONNECTION)};
    DWORD port_count, count, total;
    size_t widths[COLUMNS], rule = 0;
    if (library == NULL) {
        fprintf(stderr, "usage: sessions LIBRARY\n");
        return 2;
    }
    *(void **)&server_connect = function(library, "MprAdminServerConnect");
    *(void **)&server_disconnect = function(library, "MprAdminServerDisconnect");
    *(void **)&is_service_running = function(library, "MprAdminIsServiceRunning");
    *(void **)&buffer_free = function(library, "MprAdminBufferFree");
    *(void **)&port_enum = function(library, "MprAdminPortEnum");
    *(void **)&connection_enum_ex = function(library, "MprAdminConnectionEnumEx");
    if (!is_service_running(NULL)) {
        fprintf(stderr, "the service does not run\n");
        return 3;
    }
    check("MprAdminServerConnect", server_connect(NULL, &server));
    check("MprAdminPortEnum", port_enum(server, 0, (HANDLE)(intptr_t)-1, (uint8_t **)&ports, (DWORD)-1, &port_count, &total, NULL));
    check("MprAdminConnectionEnumEx", connection_enum_ex(server, &header, (DWORD)-1, &count, &total, &connections, NULL));
    qsort(ports, port_count, sizeof(PORT), by_connection);

    ROW *rows = malloc((count + 1) * sizeof(ROW));
    for (int column = 0; column < COLUMNS; column++)
        widths[column] = strlen(titles[column]);
    for (DWORD i = 0; i < count; i++) {
        CONNECTION *connection = &connections[i];
        PORT key = {.connection = connection->connection};
        PORT *port = bsearch(&key, ports, port_count, sizeof(PORT), by_connection);
        ROW *row = &rows[i];
        char device[4 * 129], *end;
        memset(row->cells, 0, sizeof(row->cells));
        write_utf8(row->user, connection->user);
        write_utf8(row->cells[DOMAIN], connection->domain);
        if (connection->projection.of.ip.error == 0)
            write_utf8(row->cells[ADDRESS], connection->projection.of.ip.client);
        if (port != NULL) {
            write_utf8(device, port->device);
            end = strrchr(device, ')');
            if (strncmp(device, "WAN Miniport (", 14) == 0 && end != NULL)
                sprintf(row->cells[TUNNEL], "%.*s", (int)(end - device - 14), device + 14);
            else
                write_utf8(row->cells[TUNNEL], port->media);
            write_utf8(row->cells[PORT_NAME], port->name);
        }
        duration(row->cells[DURATION], connection->duration);
        bytes(row->cells[IN], connection->received);
        bytes(row->cells[OUT], connection->sent);
        for (int column = 0; column < COLUMNS; column++) {
            size_t width = strlen(column == USER ? row->user : row->cells[column]);
            if (width > widths[column])
                widths[column] = width;
        }
    }
    buffer_free(connections);
    buffer_free(ports);
    server_disconnect(server);

    for (int column = 0; column < COLUMNS; column++) {
        int width = (int)widths[column];
        printf(column == OUT ? "%*s\n" : column >= DURATION ? "%*s  " : "%-*s  ", width, titles[column]);
        rule += widths[column] + (column == OUT ? 0 : 2);
    }
    while (rule-- > 0)
        printf("─");
    printf("\n");
    for (DWORD i = 0; i < count; i++) {
        ROW *row = &rows[i];
        printf("%-*s  %-*s  %-*s  %-*s  %-*s  %*s  %*s  %*s\n", (int)widths[USER], row->user, (int)widths[DOMAIN],
               row->cells[DOMAIN], (int)widths[ADDRESS], row->cells[ADDRESS], (int)widths[TUNNEL], row->cells[TUNNEL],
               (int)widths[PORT_NAME], row->cells[PORT_NAME], (int)widths[DURATION], row->cells[DURATION],
               (int)widths[IN], row->cells[IN], (int)widths[OUT], row->cells[OUT]);
    }
    free(rows);
    return 0;
}
