/*
 * An administration DLL for the tests of the simulator as host. What it does depends on the user's name:
 *
 *   refuse…   is not let in                     nolink…   is let in without a link
 *   hang…     is not answered until let_go()    call…     has the API called from inside the callout
 *   fixed…    gets 10.99.0.7                    looped…   gets 127.0.0.1
 *   zero…     gets no address                   error…    gets error 5
 *   shared…   is let in if the address functions share this module's variables
 *   leave…    may not stay after a quarantine
 *
 * It writes each call down; admin_log() reads that. The variants are made by these definitions:
 *
 *   FORMS     the exported forms: 1 without a suffix, 2 with 2, 4 with 3, 8 with Ex
 *   HANGUPS   the same for the hang-ups, where they are others
 *   TABLE_REVISION  the revision of the table; 0 is without one
 *   BY_NAME   0: nothing but the initialisation is exported
 *   LINKS     0: no link functions     ADDRESSES  0: none, 1: both, 2: without the release
 *   INIT      the answer of the initialisation     HANGS_AT_START  1: the initialisation waits for let_go()
 *   FAILS_AT  the initialisation that fails, by its number from 1; 0 for none
 *   HALF      1: the table has one function of each pair
 */
#include "admin.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#ifndef FORMS
#define FORMS 8
#endif
#ifndef HANGUPS
#define HANGUPS FORMS
#endif
#ifndef TABLE_REVISION
#define TABLE_REVISION 0
#endif
#ifndef BY_NAME
#define BY_NAME 1
#endif
#ifndef LINKS
#define LINKS 1
#endif
#ifndef ADDRESSES
#define ADDRESSES 1
#endif
#ifndef INIT
#define INIT 0
#endif
#ifndef FAILS_AT
#define FAILS_AT 0
#endif
#ifndef HANGS_AT_START
#define HANGS_AT_START 0
#endif
#ifndef HALF
#define HALF 0
#endif

/* A function that is not exported has another name, so that no declaration of a header says otherwise. */
#if BY_NAME
#define CALLOUT EXPORT
#define NAME(name) name
#else
#define CALLOUT static
#define NAME(name) Own##name
#endif

static char text[1 << 16];
static size_t used;
static atomic_flag lock = ATOMIC_FLAG_INIT;
static atomic_int address_calls, may_go, inside;
static DWORD(APIENTRY *connect_server)(WCHAR *, HANDLE *);

EXPORT void let_go(void) { atomic_store(&may_go, 1); }

EXPORT void set_connect(DWORD(APIENTRY *function)(WCHAR *, HANDLE *)) { connect_server = function; }

EXPORT void admin_log(char *to, size_t room) {
    while (atomic_flag_test_and_set(&lock)) PAUSE();
    size_t length = used < room - 1 ? used : room - 1;
    memcpy(to, text, length);
    to[length] = 0;
    atomic_flag_clear(&lock);
}

static void note(const char *format, ...) {
    while (atomic_flag_test_and_set(&lock)) PAUSE();
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text + used, sizeof text - used, format, arguments);
    va_end(arguments);
    if (length > 0 && used + (size_t)length < sizeof text) used += (size_t)length;
    atomic_flag_clear(&lock);
}

/* The text in ASCII; four at a time. */
static const char *narrow(const WCHAR *wide) {
    static _Thread_local char texts[4][300];
    static _Thread_local int next;
    char *to = texts[next++ % 4];
    size_t i = 0;
    while (i < 299 && wide[i] != 0) {
        to[i] = wide[i] < 128 ? (char)wide[i] : '?';
        i++;
    }
    to[i] = 0;
    return to;
}

static int begins(const WCHAR *wide, const char *with) { return strncmp(narrow(wide), with, strlen(with)) == 0; }

static BOOL may_connect(const char *function, const WCHAR *user, const WCHAR *domain) {
    note("%s %s%s%s\n", function, narrow(domain), domain[0] ? "\\" : "", narrow(user));
    if (atomic_fetch_add(&inside, 1) != 0) note("two at a time\n");
    if (begins(user, "hang")) {
        while (!atomic_load(&may_go)) PAUSE();
    }
    if (begins(user, "call") && connect_server != NULL) {
        HANDLE server = NULL;
        DWORD answer = connect_server(NULL, &server);
        note("connect answered %u\n", (unsigned)answer);
    }
    atomic_fetch_sub(&inside, 1);
    if (begins(user, "shared")) return atomic_load(&address_calls) > 0;
    return !begins(user, "refuse");
}

static int same(const GUID *one, const GUID *other) { return memcmp(one, other, sizeof *one) == 0; }

/* What levels 0 to 3 say of one connection must agree. */
static void agree(RAS_CONNECTION_0 *zero, RAS_CONNECTION_1 *one, RAS_CONNECTION_2 *two, RAS_CONNECTION_3 *three) {
    if (zero->hConnection != one->hConnection || zero->hInterface != one->hInterface) note("levels 0 and 1 differ\n");
    if (two != NULL && two->hConnection != zero->hConnection) note("levels 0 and 2 differ\n");
    if (two != NULL && memcmp(two->wszUserName, zero->wszUserName, sizeof two->wszUserName)) note("users differ\n");
    if (three != NULL && three->hConnection != zero->hConnection) note("levels 0 and 3 differ\n");
    if (three != NULL && !same(&three->guid, &two->guid)) note("GUIDs differ\n");
    if (three != NULL && three->dwSize != sizeof *three) note("level 3 has %u bytes\n", (unsigned)three->dwSize);
    note("  address %s\n", narrow(one->PppInfo.ip.wszRemoteAddress));
}

#if FORMS & 1
CALLOUT BOOL APIENTRY NAME(MprAdminAcceptNewConnection)(RAS_CONNECTION_0 *zero, RAS_CONNECTION_1 *one) {
    BOOL answer = may_connect("accept", zero->wszUserName, zero->wszLogonDomain);
    agree(zero, one, NULL, NULL);
    return answer;
}
#endif
#if HANGUPS & 1
CALLOUT VOID APIENTRY NAME(MprAdminConnectionHangupNotification)(RAS_CONNECTION_0 *zero, RAS_CONNECTION_1 *one) {
    note("hangup %s\n", narrow(zero->wszUserName));
    agree(zero, one, NULL, NULL);
}
#endif
#if FORMS & 2
CALLOUT BOOL APIENTRY NAME(MprAdminAcceptNewConnection2)(RAS_CONNECTION_0 *zero, RAS_CONNECTION_1 *one,
                                                         RAS_CONNECTION_2 *two) {
    BOOL answer = may_connect("accept2", zero->wszUserName, zero->wszLogonDomain);
    agree(zero, one, two, NULL);
    return answer;
}
#endif
#if HANGUPS & 2
CALLOUT VOID APIENTRY NAME(MprAdminConnectionHangupNotification2)(RAS_CONNECTION_0 *zero, RAS_CONNECTION_1 *one,
                                                                  RAS_CONNECTION_2 *two) {
    note("hangup2 %s\n", narrow(zero->wszUserName));
    agree(zero, one, two, NULL);
}
#endif
#if FORMS & 4
CALLOUT BOOL APIENTRY NAME(MprAdminAcceptNewConnection3)(RAS_CONNECTION_0 *zero, RAS_CONNECTION_1 *one,
                                                         RAS_CONNECTION_2 *two, RAS_CONNECTION_3 *three) {
    BOOL answer = may_connect("accept3", zero->wszUserName, zero->wszLogonDomain);
    agree(zero, one, two, three);
    return answer;
}
#endif
#if HANGUPS & 4
CALLOUT VOID APIENTRY NAME(MprAdminConnectionHangupNotification3)(RAS_CONNECTION_0 *zero, RAS_CONNECTION_1 *one,
                                                                  RAS_CONNECTION_2 *two, RAS_CONNECTION_3 *three) {
    note("hangup3 %s\n", narrow(zero->wszUserName));
    agree(zero, one, two, three);
}
#endif
#if FORMS & 8
CALLOUT BOOL APIENTRY NAME(MprAdminAcceptNewConnectionEx)(RAS_CONNECTION_EX *connection) {
    if (connection->Header.revision != 1 || connection->Header.size < sizeof *connection) note("a wrong header\n");
    BOOL answer = may_connect("acceptEx", connection->wszUserName, connection->wszLogonDomain);
    note("  from %s\n", narrow(connection->wszRemoteEndpointAddress));
    return answer;
}
CALLOUT BOOL APIENTRY NAME(MprAdminAcceptReauthenticationEx)(RAS_CONNECTION_EX *connection) {
    note("reauthenticateEx %s\n", narrow(connection->wszUserName));
    return !begins(connection->wszUserName, "leave");
}
#else
CALLOUT BOOL APIENTRY NAME(MprAdminAcceptReauthentication)(RAS_CONNECTION_0 *zero, RAS_CONNECTION_1 *one,
                                                           RAS_CONNECTION_2 *two, RAS_CONNECTION_3 *three) {
    note("reauthenticate %s\n", narrow(zero->wszUserName));
    agree(zero, one, two, three);
    return !begins(zero->wszUserName, "leave");
}
#endif
#if HANGUPS & 8
CALLOUT VOID APIENTRY NAME(MprAdminConnectionHangupNotificationEx)(RAS_CONNECTION_EX *connection) {
    note("hangupEx %s after %u s, in %u, out %u\n", narrow(connection->wszUserName),
         (unsigned)connection->dwConnectDuration, (unsigned)connection->dwBytesRcved,
         (unsigned)connection->dwBytesXmited);
}
#endif

#if LINKS
CALLOUT BOOL APIENTRY NAME(MprAdminAcceptNewLink)(RAS_PORT_0 *zero, RAS_PORT_1 *one) {
    note("link %s\n", narrow(zero->wszPortName));
    if (zero->hPort != one->hPort || zero->hConnection != one->hConnection) note("the ports differ\n");
    /* The ports of the tunnel that no one gets a link on. */
    return !begins(zero->wszPortName, "VPN3-");
}
CALLOUT VOID APIENTRY NAME(MprAdminLinkHangupNotification)(RAS_PORT_0 *zero, RAS_PORT_1 *one) {
    note("unlink %s\n", narrow(zero->wszPortName));
    if (zero->hPort != one->hPort) note("the ports differ\n");
}
#endif

#if ADDRESSES
CALLOUT DWORD APIENTRY NAME(MprAdminGetIpAddressForUser)(WCHAR *user, WCHAR *port, DWORD *address, BOOL *release) {
    unsigned char *bytes = (unsigned char *)address;
    atomic_fetch_add(&address_calls, 1);
    note("address %s %s %u.%u.%u.%u\n", narrow(user), narrow(port), bytes[0], bytes[1], bytes[2], bytes[3]);
    if (begins(user, "error")) return 5;
    if (begins(user, "fixed")) memcpy(bytes, "\x0A\x63\x00\x07", 4);
    if (begins(user, "looped")) memcpy(bytes, "\x7F\x00\x00\x01", 4);
    if (begins(user, "zero")) *address = 0;
    *release = TRUE;
    return NO_ERROR;
}
#if ADDRESSES == 1
CALLOUT VOID APIENTRY NAME(MprAdminReleaseIpAddress)(WCHAR *user, WCHAR *port, DWORD *address) {
    unsigned char *bytes = (unsigned char *)address;
    note("release %s %s %u.%u.%u.%u\n", narrow(user), narrow(port), bytes[0], bytes[1], bytes[2], bytes[3]);
}
#endif
CALLOUT DWORD APIENTRY NAME(MprAdminGetIpv6AddressForUser)(WCHAR *user, WCHAR *port, IN6_ADDR *address, BOOL *release) {
    note("identifier %s %s %02x%02x…%02x\n", narrow(user), narrow(port), address->u.Byte[0], address->u.Byte[8],
         address->u.Byte[15]);
    if (begins(user, "fixed")) {
        memset(address, 0, sizeof *address);
        address->u.Byte[15] = 7;
    }
    *release = FALSE;
    return NO_ERROR;
}
CALLOUT VOID APIENTRY NAME(MprAdminReleaseIpv6AddressForUser)(WCHAR *user, WCHAR *port, IN6_ADDR *address) {
    note("release identifier %s %s %02x\n", narrow(user), narrow(port), address->u.Byte[15]);
}
#endif

CALLOUT DWORD APIENTRY NAME(MprAdminTerminateDll)(void) {
    note("terminate\n");
    return NO_ERROR;
}

#if TABLE_REVISION
EXPORT DWORD APIENTRY MprAdminInitializeDllEx(TABLE *table) {
    note("initializeEx offered %u\n", table->revision);
    table->revision = TABLE_REVISION;
    table->accept_link = NAME(MprAdminAcceptNewLink);
    table->accept = NAME(MprAdminAcceptNewConnectionEx);
#if !HALF
    table->link_hangup = NAME(MprAdminLinkHangupNotification);
    table->hangup = NAME(MprAdminConnectionHangupNotificationEx);
    table->reauthenticate = NAME(MprAdminAcceptReauthenticationEx);
    table->terminate = NAME(MprAdminTerminateDll);
#if ADDRESSES
    table->get_ip = NAME(MprAdminGetIpAddressForUser);
    table->release_ip = NAME(MprAdminReleaseIpAddress);
    table->get_ipv6 = NAME(MprAdminGetIpv6AddressForUser);
    table->release_ipv6 = NAME(MprAdminReleaseIpv6AddressForUser);
#endif
#endif
    return INIT;
}
#else
EXPORT DWORD APIENTRY MprAdminInitializeDll(void) {
    note("initialize\n");
#if HANGS_AT_START
    while (!atomic_load(&may_go)) PAUSE();
#endif
#if FAILS_AT
    static int starts;
    if (++starts == FAILS_AT) return 31;
#endif
    return INIT;
}
#endif
