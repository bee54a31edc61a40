#define _WIN32_WINNT 0x0A00
#define UNICODE
#define _UNICODE
#include <winsock2.h>
#include <windows.h>
#include <mprapi.h>
#include <mprerror.h>
