/*
 * Lists the sessions of a server on the network, as a C programmer does who links libmprapi: a line for each user. Prints the
 * code and the text of an error, and exits with 1.
 *
 * Its declarations are its own, of the fields that Microsoft's pages list.
 */
#include <stdint.h>
#include <stdio.h>

typedef uint32_t DWORD;
typedef uint16_t WCHAR;
typedef uint8_t BYTE;
typedef void *HANDLE;

#include "mprapi_network.h"
#include "utf8.h"

typedef struct {
    HANDLE connection, interface;
    DWORD duration;
    int32_t interface_type;
    DWORD flags;
    WCHAR interface_name[257], user[257], domain[16], computer[17];
} CONNECTION;

DWORD MprAdminServerConnect(WCHAR *name, HANDLE *server);
void MprAdminServerDisconnect(HANDLE server);
DWORD MprAdminConnectionEnum(HANDLE server, DWORD level, BYTE **buffer, DWORD preferred, DWORD *read, DWORD *total,
                             DWORD *resume);
DWORD MprAdminBufferFree(void *buffer);

static int failed(const WCHAR *name, const char *function, DWORD code) {
    char text[1024] = "";
    MprNetworkFailure(name, text, sizeof text);
    printf("%s: %u: %s\n", function, code, text);
    return 1;
}

int main(int count, char **arguments) {
    WCHAR name[256] = {0};
    HANDLE server = NULL;
    DWORD code, resume = 0;
    if (count != 2)
        return 2;
    for (int index = 0; index < 255 && arguments[1][index]; index++)
        name[index] = (BYTE)arguments[1][index];
    code = MprAdminServerConnect(name, &server);
    if (code != 0)
        return failed(name, "MprAdminServerConnect", code);
    do {
        BYTE *buffer = NULL;
        DWORD read = 0, total = 0;
        code = MprAdminConnectionEnum(server, 0, &buffer, (DWORD)-1, &read, &total, &resume);
        if (code != 0 && code != 234) {
            failed(name, "MprAdminConnectionEnum", code);
            break;
        }
        for (DWORD index = 0; index < read; index++) {
            char user[4 * 257 + 1];
            printf("%s\n", write_utf8(user, ((CONNECTION *)buffer)[index].user));
        }
        MprAdminBufferFree(buffer);
    } while (code == 234);
    MprAdminServerDisconnect(server);
    return code != 0;
}
