/* An mprapi.dll of a Windows that is too old: it connects, and has nothing more. */

#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

static int server;

EXPORT int32_t MprAdminIsServiceRunning(const void *name)
{
    (void)name;
    return 1;
}

EXPORT uint32_t MprAdminServerConnect(const void *name, void **handle)
{
    (void)name;
    *handle = &server;
    return 0;
}

EXPORT void MprAdminServerDisconnect(void *handle)
{
    (void)handle;
}
