"""A client by Samba's own code (python3-samba): its SMB, its NTLM and Kerberos, its PDUs with signing, sealing and
verification trailers. The stubs are packed by hand."""

import argparse
import ctypes
import os
import struct
import sys
import uuid

from samba import NTSTATUSError
from samba.credentials import DONT_USE_KERBEROS, MUST_USE_KERBEROS, SMB_ENCRYPTION_REQUIRED, Credentials
from samba.dcerpc import base
from samba.param import LoadParm

import records
from records import ALL_CONNECTIONS, ERROR_ACCESS_DENIED, ERROR_MORE_DATA, ERROR_SUCCESS, INTERFACE, NO_LIMIT

LEVELS = {"none": "", "integrity": ",sign", "privacy": ",seal"}
REFERENT = 0x20000
# Samba's name for the refusal of a bind because of its token.
STATUS_LOGON_FAILURE = 0xC000006D


class Strings(ctypes.Structure):
    """`struct ndr_interface_string_array`."""

    _fields_ = [("count", ctypes.c_uint32), ("names", ctypes.POINTER(ctypes.c_char_p))]


class Table(ctypes.Structure):
    """`struct ndr_interface_table` of Samba's public header ndr.h."""

    _fields_ = [("name", ctypes.c_char_p), ("uuid", ctypes.c_uint8 * 16), ("version", ctypes.c_uint32),
                ("helpstring", ctypes.c_char_p), ("num_calls", ctypes.c_uint32), ("calls", ctypes.c_void_p),
                ("num_public_structs", ctypes.c_uint32), ("public_structs", ctypes.c_void_p),
                ("endpoints", ctypes.POINTER(Strings)), ("authservices", ctypes.POINTER(Strings))]


SERVICES = Strings(1, (ctypes.c_char_p * 1)(b"host"))
TABLE = Table(name=b"dimsvc", uuid=(ctypes.c_uint8 * 16)(*uuid.UUID(INTERFACE).bytes_le), version=0,
              endpoints=ctypes.pointer(Strings(0, None)), authservices=ctypes.pointer(SERVICES))


def client_connection(binding, parameters, credentials):
    """Makes a `ClientConnection` of the router's interface.

    Its own constructor makes a table of the interface without the name of the service, and crashes if the binding asks for
    protection. So this calls the function under it with a whole table."""
    with open("/proc/self/maps") as maps:
        library = next(line.split()[-1] for line in maps if "libsamba-python" in line)
    make = ctypes.PyDLL(library).py_dcerpc_interface_init_helper
    make.restype = ctypes.py_object
    make.argtypes = [ctypes.py_object, ctypes.py_object, ctypes.py_object, ctypes.c_void_p]
    options = {"lp_ctx": parameters, "credentials": credentials, "basis_connection": None}
    return make(base.ClientConnection, (binding,), options, ctypes.addressof(TABLE))


class Pipe:
    """The router's pipe."""

    def __init__(self, arguments):
        os.environ["SMB_CONF_PATH"] = arguments.conf
        parameters = LoadParm()
        parameters.load(arguments.conf)
        options = LEVELS[arguments.level]
        if options:
            options += f",{arguments.provider}"
        binding = rf"ncacn_np:{arguments.server}[\pipe\router,smb2{options}]"
        self.connection = client_connection(binding, parameters, credentials(arguments, parameters))

    def call(self, opnum, stub):
        return self.connection.request(opnum, stub)


def numbers(*values):
    return struct.pack(f"<{len(values)}I", *values)


EMPTY = numbers(0, 0)


class Router:
    """The router by stubs that are packed by hand."""

    def __init__(self, pipe):
        self.pipe = pipe

    @staticmethod
    def container(answer):
        """Takes a DIM_INFORMATION_CONTAINER: the size, the pointer, the array. Returns the bytes and the rest."""
        size, referent = struct.unpack_from("<2I", answer)
        if referent == 0:
            return b"", answer[8:]
        count, = struct.unpack_from("<I", answer, 8)
        records.expect("the array's size", count, size)
        end = 12 + size
        return answer[12:end], answer[end + -end % 4:]

    @staticmethod
    def code(rest, *before):
        code, = struct.unpack("<I", rest)
        records.expect("the code", code, ERROR_SUCCESS)

    def server_info(self):
        data, rest = self.container(self.pipe.call(0, numbers(0)))
        self.code(rest)
        return data

    def pages(self, opnum, head, size):
        data, resume = b"", 0
        for _ in range(100):
            tail = numbers(NO_LIMIT if size is None else size, REFERENT, resume)
            page, rest = self.container(self.pipe.call(opnum, head + EMPTY + tail))
            data += page
            _read, _total, _referent, resume, code = struct.unpack("<5I", rest)
            if code != ERROR_MORE_DATA:
                records.expect("the code", code, ERROR_SUCCESS)
                return data
        raise AssertionError("an enumeration without end")

    def connections(self, size):
        return self.pages(1, numbers(0), size)

    def ports(self, size):
        return self.pages(4, numbers(0, ALL_CONNECTIONS), size)

    def interfaces(self, size):
        return self.pages(20, numbers(0), size)

    def disconnect(self, port):
        self.code(self.pipe.call(8, numbers(port)))

    def connection_ex(self, connection):
        return self.pipe.call(46, numbers(connection) + struct.pack("<2BH", *records.CONNECTION_EX))

    def mib(self, variable):
        query = numbers(variable, 0)
        head = numbers(records.PID_IP, records.IPRTRMGR_PID)
        container = numbers(len(query), REFERENT, 0, 0, len(query)) + query
        answer = self.pipe.call(29, head + container)
        in_size, in_referent, out_size, out_referent = struct.unpack_from("<4I", answer)
        at = 16
        if in_referent:
            at += 4 + in_size + -in_size % 4
        records.expect("an answer of the MIB", out_referent != 0, True)
        count, = struct.unpack_from("<I", answer, at)
        records.expect("the array's size", count, out_size)
        end = at + 4 + out_size
        self.code(answer[end + -end % 4:])
        return answer[at + 4:end]


def credentials(arguments, parameters):
    made = Credentials()
    made.guess(parameters)
    made.set_domain(arguments.domain)
    made.set_username(arguments.user)
    made.set_password(arguments.password)
    if arguments.kerberos:
        made.set_realm(parameters.get("realm"))
    made.set_kerberos_state(MUST_USE_KERBEROS if arguments.kerberos else DONT_USE_KERBEROS)
    made.set_smb_encryption(SMB_ENCRYPTION_REQUIRED)
    return made


def denied(pipe):
    records.expect("the answer", pipe.call(0, numbers(0)), numbers(0, 0, ERROR_ACCESS_DENIED))
    records.expect("the answer", pipe.call(8, numbers(1)), numbers(ERROR_ACCESS_DENIED))
    print("ok  access denied")


def refused(arguments):
    """The bind must fail, and not the connection under it."""
    try:
        Pipe(arguments)
    except NTSTATUSError as error:
        records.expect("the status", error.args[0], STATUS_LOGON_FAILURE)
        print("ok  refused")
        return
    raise SystemExit("the server has accepted the client")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("conf", "server", "domain", "user", "password"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--level", choices=LEVELS, default="none")
    parser.add_argument("--kerberos", action="store_true")
    parser.add_argument("--provider", choices=["spnego", "krb5", "ntlm"], default="spnego")
    parser.add_argument("do", choices=["scenario", "older", "denied", "refused"])
    arguments = parser.parse_args()
    if arguments.do == "scenario":
        records.scenario(Router(Pipe(arguments)))
    elif arguments.do == "older":
        records.older(Router(Pipe(arguments)))
    elif arguments.do == "denied":
        denied(Pipe(arguments))
    else:
        refused(arguments)


if __name__ == "__main__":
    sys.exit(main())
