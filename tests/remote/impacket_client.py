"""A client by impacket: its SMB, NTLM, Kerberos, RPC and NDR."""

import argparse
import functools
import sys
import time

from impacket import ntlm
from impacket.dcerpc.v5 import transport
from impacket.dcerpc.v5.dtypes import DWORD, LPDWORD, NULL, ULONG
from impacket.dcerpc.v5.ndr import NDRCALL, NDRPOINTER, NDRSTRUCT, NDRUniConformantArray
from impacket.dcerpc.v5.rpcrt import (RPC_C_AUTHN_GSS_NEGOTIATE, RPC_C_AUTHN_LEVEL_NONE, RPC_C_AUTHN_LEVEL_PKT_INTEGRITY,
                                      RPC_C_AUTHN_LEVEL_PKT_PRIVACY, DCERPCException)
from impacket.krb5 import kerberosv5
from impacket.smbconnection import SessionError
from impacket.uuid import uuidtup_to_bin

import records
from records import ALL_CONNECTIONS, ERROR_ACCESS_DENIED, ERROR_MORE_DATA, ERROR_SUCCESS, INTERFACE, NO_LIMIT

LEVELS = {"none": RPC_C_AUTHN_LEVEL_NONE, "integrity": RPC_C_AUTHN_LEVEL_PKT_INTEGRITY,
          "privacy": RPC_C_AUTHN_LEVEL_PKT_PRIVACY}
# NTLM's version of a client: Windows 10.0, revision 15 of the protocol.
VERSION = bytes([10, 0, 0, 0, 0, 0, 0, 15])
# The fault RPC_S_SEC_PKG_ERROR, for which impacket has no name.
SECURITY_ERROR = "00000721"


class BYTES(NDRUniConformantArray):
    item = "c"


class PBYTES(NDRPOINTER):
    referent = (("Data", BYTES),)


class CONTAINER(NDRSTRUCT):
    structure = (("dwBufferSize", DWORD), ("pBuffer", PBYTES))


class MIB_CONTAINER(NDRSTRUCT):
    structure = (("dwMibInEntrySize", DWORD), ("pMibInEntry", PBYTES), ("dwMibOutEntrySize", DWORD),
                 ("pMibOutEntry", PBYTES))


class ServerGetInfo(NDRCALL):
    opnum = 0
    structure = (("dwLevel", DWORD),)


class ServerGetInfoResponse(NDRCALL):
    structure = (("pInfoStruct", CONTAINER), ("ErrorCode", ULONG))


class ConnectionEnum(NDRCALL):
    opnum = 1
    structure = (("dwLevel", DWORD), ("pInfoStruct", CONTAINER), ("dwPreferedMaximumLength", DWORD),
                 ("lpdwResumeHandle", LPDWORD))


class ConnectionEnumResponse(NDRCALL):
    structure = (("pInfoStruct", CONTAINER), ("lpdwEntriesRead", DWORD), ("lpdwTotalEntries", DWORD),
                 ("lpdwResumeHandle", LPDWORD), ("ErrorCode", ULONG))


class PortEnum(NDRCALL):
    opnum = 4
    structure = (("dwLevel", DWORD), ("hRasConnection", DWORD), ("pInfoStruct", CONTAINER),
                 ("dwPreferedMaximumLength", DWORD), ("lpdwResumeHandle", LPDWORD))


class PortEnumResponse(ConnectionEnumResponse):
    pass


class PortDisconnect(NDRCALL):
    opnum = 8
    structure = (("hPort", DWORD),)


class PortDisconnectResponse(NDRCALL):
    structure = (("ErrorCode", ULONG),)


class InterfaceEnum(ConnectionEnum):
    opnum = 20


class InterfaceEnumResponse(ConnectionEnumResponse):
    pass


class OBJECT_HEADER(NDRSTRUCT):
    structure = (("revision", "B"), ("type", "B"), ("size", "<H"))


class ConnectionGetInfoEx(NDRCALL):
    opnum = 46
    structure = (("hDimConnection", DWORD), ("objectHeader", OBJECT_HEADER))


class MIBEntryGet(NDRCALL):
    opnum = 29
    structure = (("dwPid", DWORD), ("dwRoutingPid", DWORD), ("pInfoStruct", MIB_CONTAINER))


class MIBEntryGetResponse(NDRCALL):
    structure = (("pInfoStruct", MIB_CONTAINER), ("ErrorCode", ULONG))


class Router:
    """The router by impacket's NDR."""

    def __init__(self, rpc):
        self.rpc = rpc

    def call(self, request, response):
        self.rpc.call(request.opnum, request)
        return response(self.rpc.recv())

    def checked(self, request, response):
        answer = self.call(request, response)
        records.expect(f"the code of {type(request).__name__}", answer["ErrorCode"], ERROR_SUCCESS)
        return answer

    def server_info(self):
        request = ServerGetInfo()
        request["dwLevel"] = 0
        return b"".join(self.checked(request, ServerGetInfoResponse)["pInfoStruct"]["pBuffer"])

    def page(self, request, response, size, level, resume):
        """Reads a page of an enumeration: its data, where the next begins, and the code."""
        request["dwLevel"] = level
        request["pInfoStruct"]["dwBufferSize"] = 0
        request["pInfoStruct"]["pBuffer"] = NULL
        request["dwPreferedMaximumLength"] = NO_LIMIT if size is None else size
        request["lpdwResumeHandle"] = resume
        answer = self.call(request, response)
        return b"".join(answer["pInfoStruct"]["pBuffer"]), answer["lpdwResumeHandle"], answer["ErrorCode"]

    def pages(self, request, response, size):
        """Reads all pages of an enumeration."""
        data, resume = b"", 0
        for _ in range(100):
            page, resume, code = self.page(request, response, size, 0, resume)
            data += page
            if code != ERROR_MORE_DATA:
                records.expect(f"the code of {type(request).__name__}", code, ERROR_SUCCESS)
                return data
        raise AssertionError("an enumeration without end")

    def connections(self, size):
        return self.pages(ConnectionEnum(), ConnectionEnumResponse, size)

    def ports(self, size):
        request = PortEnum()
        request["hRasConnection"] = ALL_CONNECTIONS
        return self.pages(request, PortEnumResponse, size)

    def interfaces(self, size):
        return self.pages(InterfaceEnum(), InterfaceEnumResponse, size)

    def disconnect(self, port):
        request = PortDisconnect()
        request["hPort"] = port
        self.checked(request, PortDisconnectResponse)

    def connection_ex(self, connection):
        request = ConnectionGetInfoEx()
        request["hDimConnection"] = connection
        header = request["objectHeader"]
        header["revision"], header["type"], header["size"] = records.CONNECTION_EX
        self.rpc.call(request.opnum, request)
        return self.rpc.recv()

    def mib(self, variable):
        request = MIBEntryGet()
        request["dwPid"], request["dwRoutingPid"] = records.PID_IP, records.IPRTRMGR_PID
        query = variable.to_bytes(4, "little") + bytes(4)
        container = request["pInfoStruct"]
        container["dwMibInEntrySize"], container["pMibInEntry"] = len(query), list(bytes([byte]) for byte in query)
        container["dwMibOutEntrySize"], container["pMibOutEntry"] = 0, NULL
        return b"".join(self.checked(request, MIBEntryGetResponse)["pInfoStruct"]["pMibOutEntry"])


class Unframed(kerberosv5.SPNEGO_NegTokenInit):
    """A first token as Windows and Samba make it. impacket asks for the style of DCE and frames the request all the same,
    which MIT's library refuses."""

    def __setitem__(self, key, value):
        request = b"\x6e"
        if key == "MechToken" and value[:1] == b"\x60":
            value = value[value.index(kerberosv5.KRB5_AP_REQ + request) + len(kerberosv5.KRB5_AP_REQ):]
        super().__setitem__(key, value)


def first(make, absent, *arguments, **options):
    """Makes a first token of NTLM as Windows does, without some of the flags."""
    token = make(*arguments, version=VERSION, **options)
    token["flags"] &= ~absent
    return token


def versioned(make, *arguments, **options):
    """Makes a last token of NTLM as Windows does, with the optional fields for a version and a checksum. Debian's gss-ntlmssp
    takes no first token without the one, and impacket counts the bytes of the other then. No bit says that the checksum is
    used."""
    token, key = make(*arguments, version=VERSION, **options)
    token["MIC"] = bytes(16)
    return token, key


def connect(arguments):
    pipe = transport.DCERPCTransportFactory(rf"ncacn_np:{arguments.server}[\pipe\router]")
    pipe.set_dport(arguments.port)
    if arguments.kerberos:
        # The ticket of the cache is used; the address is of the machine, the name is in the ticket.
        pipe.setRemoteHost(arguments.kerberos)
        pipe.set_credentials(arguments.user, "", arguments.realm)
        pipe.set_kerberos(True, kdcHost=arguments.kerberos)
    else:
        pipe.set_credentials(arguments.user, arguments.password, arguments.domain)
    rpc = pipe.get_dce_rpc()
    rpc.set_auth_level(LEVELS[arguments.level])
    if arguments.kerberos and arguments.level != "none":
        rpc.set_auth_type(RPC_C_AUTHN_GSS_NEGOTIATE)
    rpc.connect()
    dialect = pipe.get_smb_connection().getDialect()
    records.expect("the dialect of SMB", dialect, 0x0311)
    # Only now: SMB wants the frame.
    kerberosv5.SPNEGO_NegTokenInit = Unframed
    absent = ntlm.NTLMSSP_NEGOTIATE_128 if arguments.do == "weak" else 0
    ntlm.getNTLMSSPType1 = functools.partial(first, ntlm.getNTLMSSPType1, absent)
    ntlm.getNTLMSSPType3 = functools.partial(versioned, ntlm.getNTLMSSPType3)
    rpc.bind(uuidtup_to_bin((INTERFACE, "0.0")))
    return rpc


def denied(router):
    """Every operation answers with the code of a refusal."""
    answer = router.call(ServerGetInfo(), ServerGetInfoResponse)
    records.expect("the code", answer["ErrorCode"], ERROR_ACCESS_DENIED)
    request = PortDisconnect()
    request["hPort"] = 1
    records.expect("the code", router.call(request, PortDisconnectResponse)["ErrorCode"], ERROR_ACCESS_DENIED)
    print("ok  access denied")


def tampered(rpc):
    """A bit of the encrypted stub is changed on its way: the call is a fault."""
    pipe = rpc.get_rpc_transport()
    send = pipe.send

    def flipped(data, *arguments, **options):
        changed = bytearray(data)
        changed[24] ^= 1
        return send(bytes(changed), *arguments, **options)

    pipe.send = flipped
    try:
        Router(rpc).call(ServerGetInfo(), ServerGetInfoResponse)
    except DCERPCException as error:
        records.expect("the fault", str(error).split()[-1], SECURITY_ERROR)
        print("ok  a changed bit is a fault")
        return
    raise SystemExit("the server has taken a changed request")


def weak(rpc):
    """The server ends a connection whose keys are short. It cannot answer the last token."""
    try:
        Router(rpc).call(ServerGetInfo(), ServerGetInfoResponse)
    except SessionError:
        print("ok  short keys are refused")
        return
    raise SystemExit("the server has taken short keys")


def operations(rpc):
    """Makes a call of every operation, and of some that are none."""
    import operations

    operations.run(rpc)
    for opnum in (53, 54, 0xFFFF):
        try:
            rpc.call(opnum, b"")
            rpc.recv()
        except DCERPCException as error:
            records.expect(f"the fault of operation {opnum}", "nca_s_op_rng_error" in str(error), True)
        else:
            raise AssertionError(f"operation {opnum} has an answer")
    print("ok  operations outside the interface are a fault")


def speed(router, most):
    """Reads what a list of sessions is made of: the server's information, its ports, and its connections at level 4. At most
    so many of both, in one answer each."""
    start = time.monotonic()
    records.server(router.server_info())
    request = PortEnum()
    request["hRasConnection"] = ALL_CONNECTIONS
    ports = list(records.ports(router.page(request, PortEnumResponse, most * 380, 0, 0)[0]))
    found = list(records.connections_4(router.page(ConnectionEnum(), ConnectionEnumResponse, most * 1680, 4, 0)[0]))
    print(f"{len(found)} sessions on {len(ports)} ports in {time.monotonic() - start:.3f} seconds")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("server", "domain", "user", "password"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--port", type=int, default=445)
    parser.add_argument("--realm", default="")
    parser.add_argument("--level", choices=LEVELS, default="none")
    parser.add_argument("--most", type=int, metavar="SESSIONS")
    parser.add_argument("--kerberos", metavar="ADDRESS", help="the address of the server and its KDC")
    parser.add_argument("do", choices=["scenario", "operations", "denied", "tampered", "weak", "speed"])
    arguments = parser.parse_args()
    rpc = connect(arguments)
    {"scenario": lambda: records.scenario(Router(rpc)), "operations": lambda: operations(rpc),
     "denied": lambda: denied(Router(rpc)), "tampered": lambda: tampered(rpc),
     "weak": lambda: weak(rpc), "speed": lambda: speed(Router(rpc), arguments.most)}[arguments.do]()
    rpc.disconnect()


if __name__ == "__main__":
    sys.exit(main())
