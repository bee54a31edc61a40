/*
 * A router's client as a C programmer writes it, against the toolchain's own mprapi.h and import library.
 *
 * Prints one line for each port, its fields separated by tabs, for tests/c_client.rs to compare.
 */
#include <stdio.h>
#include <fcntl.h>
#include <io.h>
#include <winsock2.h>
#include <windows.h>
#include <mprapi.h>

static void print_wide(const WCHAR *text) {
    char utf8[1024];
    if (WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, sizeof utf8, NULL, NULL) > 0)
        fputs(utf8, stdout);
}

static int failed(const char *function, DWORD code) {
    fprintf(stderr, "%s: error %lu\n", function, code);
    return 1;
}

int main(void) {
    RAS_SERVER_HANDLE server;
    RAS_PORT_0 *ports;
    DWORD code, count, total, i;

    _setmode(_fileno(stdout), _O_BINARY);
    if (!MprAdminIsServiceRunning(NULL)) {
        fputs("the service is not running\n", stderr);
        return 3;
    }
    if ((code = MprAdminServerConnect(NULL, &server)) != NO_ERROR)
        return failed("MprAdminServerConnect", code);

    code = MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, (LPBYTE *)&ports, (DWORD)-1, &count, &total, NULL);
    if (code != NO_ERROR) {
        MprAdminServerDisconnect(server);
        return failed("MprAdminPortEnum", code);
    }
    for (i = 0; i < count; i++) {
        const RAS_PORT_0 *port = &ports[i];
        printf("%d\t%lu\t%lu\t%d\t", port->dwPortCondition, port->dwTotalNumberOfCalls, port->dwConnectDuration,
               port->hConnection != INVALID_HANDLE_VALUE && port->hConnection != NULL);
        print_wide(port->wszPortName);
        putchar('\t');
        print_wide(port->wszMediaName);
        putchar('\t');
        print_wide(port->wszDeviceName);
        putchar('\t');
        print_wide(port->wszDeviceType);
        putchar('\n');
    }
    code = MprAdminBufferFree(ports);
    MprAdminServerDisconnect(server);
    return code == NO_ERROR ? 0 : failed("MprAdminBufferFree", code);
}
