/* A library that someone has put where a program may look for mprapi.dll. */

#include <windows.h>

/* What no real one answers. */
#define PLANTED 4711

__declspec(dllexport) BOOL APIENTRY MprAdminIsServiceRunning(LPWSTR server)
{
    (void)server;
    return PLANTED;
}

#define EXPORT(name) __declspec(dllexport) DWORD APIENTRY name(void) { return PLANTED; }

/* What tests/src/bin/linked.rs links besides. */
EXPORT(MprAdminConnectionEnumEx)
EXPORT(MprAdminConnectionGetInfoEx)
EXPORT(MprAdminInterfaceGetCustomInfoEx)
EXPORT(MprAdminInterfaceSetCustomInfoEx)
EXPORT(MprAdminIsServiceInitialized)
EXPORT(MprAdminServerGetInfoEx)
EXPORT(MprAdminServerSetInfoEx)
EXPORT(MprAdminUpdateConnection)
EXPORT(MprConfigInterfaceGetCustomInfoEx)
EXPORT(MprConfigInterfaceSetCustomInfoEx)
EXPORT(MprConfigServerGetInfoEx)
EXPORT(MprConfigServerSetInfoEx)
