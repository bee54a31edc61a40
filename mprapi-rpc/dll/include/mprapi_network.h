/*
 * The one export of libmprapi that mprapi.dll does not have, and the settings of the library.
 *
 * Experimental: not yet tried against Windows Server.
 *
 * Variables of the environment, which the library reads when it connects for the first time:
 *
 *   MPRAPI_USER           the account: user@REALM for Kerberos, DOMAIN\user for NTLM; without it, the user's Kerberos ticket
 *   MPRAPI_PASSWORD_FILE  a file whose first line is the account's password
 *   MPRAPI_NTLM           1 for NTLM instead of Kerberos
 *   MPRAPI_PORT           the port of SMB, if it is not 445; a server's name can have one too (vpn01:4450)
 *   MPRAPI_CONNECT_LIMIT  the longest time that a connection may take, in seconds: 15
 *   MPRAPI_CALL_LIMIT     the longest time that a call may take, in seconds: 60
 *   MPRAPI_POLL           the time from one look at the connections to the next, while the program is registered for
 *                         notifications, in seconds: 5
 */
#ifndef MPRAPI_NETWORK_H
#define MPRAPI_NETWORK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Writes the last failure of a server into the text, in UTF-8 with a terminating zero: as much as fits. The text may be null.
 * The name is that by which the server was connected to, in UTF-16. Returns the code of the failure; 0 if there is none.
 */
uint32_t MprNetworkFailure(const uint16_t *server, char *text, uint32_t room);

#ifdef __cplusplus
}
#endif

#endif
