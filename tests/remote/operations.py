"""A call of every operation, with requests that Scapy makes and answers that it reads, by its structures of MS-RRASM (from
the specification's IDL). The router is `mprapi-sim/scenarios/everything.toml`.

All calls succeed but those of events and traps, which do not leave a machine."""

import struct
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
sys.path.append(str(Path(__file__).parents[2] / "mprapi-rpc/tests/judge"))

import scapy_messages  # noqa: E402
from msrpcs import ms_rrasm as rrasm  # noqa: E402
from scapy.layers.dcerpc import NDRUnion  # noqa: E402

import records  # noqa: E402
from records import ALL_CONNECTIONS, IPRTRMGR_PID, NO_LIMIT, PID_IP  # noqa: E402

scapy_messages.correct()

OPERATIONS = 53

# Scapy makes the handle of the server 8 bytes long; it is a binding handle, and is not transmitted.
HANDLE = 8

PID_IPX = 0x2B

ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED = 6, 50

# Types of objects (MPRAPI_OBJECT_TYPE).
RAS_CONNECTION, MPR_SERVER, SERVER_SET_CONFIG, UPDATE_CONNECTION, IF_CUSTOM_CONFIG = 1, 2, 3, 5, 6


def container(data=None):
    return rrasm.PDIM_INFORMATION_CONTAINER(ndr64=False, pBuffer=data)


def transport(interface=None, everywhere=None, wants_interface=0, wants_everywhere=0):
    """The container of a transport's two blocks: of an interface, and of all."""
    return rrasm.PDIM_INTERFACE_CONTAINER(ndr64=False, fGetInterfaceInfo=wants_interface, pInterfaceInfo=interface,
                                          fGetGlobalInfo=wants_everywhere, pGlobalInfo=everywhere)


def variable(*numbers):
    """The container of a management variable: its number and its indices."""
    return rrasm.PDIM_MIB_ENTRY_CONTAINER(ndr64=False, pMibInEntry=struct.pack(f"<{len(numbers)}I", *numbers),
                                          pMibOutEntry=None)


def header(kind, revision=1, size=0):
    return {"ndr64": False, "revision": revision, "type": kind, "size": size}


def data(pointer):
    """The bytes behind a pointer to an array."""
    while pointer is not None and not isinstance(pointer, bytes):
        pointer = pointer.value
    return pointer or b""


class Caller:
    """Makes calls and remembers their codes."""

    def __init__(self, rpc):
        self.rpc, self.codes = rpc, {}

    def call(self, opnum, expected=0, **fields):
        operation = rrasm.DIMSVC_OPNUMS[opnum]
        suffix = operation.request.__name__.removesuffix("_Request")
        response = getattr(rrasm, suffix + "_Response")
        self.rpc.call(opnum, bytes(operation.request(ndr64=False, hDimServer=0, **fields))[HANDLE:])
        stub = self.rpc.recv()
        answer = response(stub, ndr64=False)
        if answer.payload and bytes(answer.payload):
            raise AssertionError(f"{suffix}: {len(bytes(answer.payload))} bytes follow the answer")
        self.codes.setdefault(opnum, []).append(answer.status)
        records.expect(f"the code of {suffix}", answer.status, expected)
        return answer

    def list(self, opnum, size, **fields):
        """Makes the call of an enumeration, and returns its first record."""
        answer = self.call(opnum, dwLevel=0, pInfoStruct=container(), dwPreferedMaximumLength=NO_LIMIT,
                           lpdwResumeHandle=0, **fields)
        found = records.split(data(answer.pInfoStruct.pBuffer), size)
        records.expect(f"the entries of operation {opnum}", len(found), answer.lpdwEntriesRead)
        return found


def run(rpc):
    caller = Caller(rpc)
    call = caller.call
    server(call)
    connections(caller)
    interfaces(caller)
    transports(caller)
    variables(call)
    records.expect("the operations", sorted(caller.codes), list(range(OPERATIONS)))
    failed = {opnum: codes for opnum, codes in caller.codes.items() if any(codes)}
    calls = sum(map(len, caller.codes.values()))
    print(f"ok  {calls} calls of {len(caller.codes)} operations by Scapy; codes that are not 0: {failed}")


def server(call):
    call(0, dwLevel=0)
    settings = data(call(0, dwLevel=1).pInfoStruct.pBuffer)
    call(43, dwLevel=1, pInfoStruct=container(settings))
    for revision in (1, 2, 3):
        structure = getattr(rrasm, f"MPR_SERVER_EX_{revision}")
        asked = structure(ndr64=False, Header=rrasm.MPRAPI_OBJECT_HEADER_IDL(**header(MPR_SERVER, revision)))
        call(44, pServerConfig=NDRUnion(ndr64=False, tag=revision, value=asked))
        structure = getattr(rrasm, f"MPR_SERVER_SET_CONFIG_EX_{revision}")
        change = structure(ndr64=False, setConfigForProtocols=0,
                           Header=rrasm.MPRAPI_OBJECT_HEADER_IDL(**header(SERVER_SET_CONFIG, revision)))
        call(47, pServerConfig=NDRUnion(ndr64=False, tag=revision, value=change))


def connections(caller):
    call = caller.call
    found = list(records.connections(b"".join(caller.list(1, 1116))))
    connection = next(entry["connection"] for entry in found if entry["user"] == "anna")
    for level in range(4):
        call(2, dwLevel=level, hDimConnection=connection)
    call(3, hDimConnection=connection)
    asked = rrasm.PMPRAPI_OBJECT_HEADER_IDL(**header(RAS_CONNECTION))
    answer = call(45, objectHeader=asked, dwPreferedMaxLen=NO_LIMIT, lpdwResumeHandle=0)
    records.expect("the connections of operation 45", answer.lpdwEntriesRead, len(found))
    call(46, hDimConnection=connection, objectHeader=asked)
    change = rrasm.RAS_UPDATE_CONNECTION_1_IDL(
        ndr64=False, Header=rrasm.MPRAPI_OBJECT_HEADER_IDL(**header(UPDATE_CONNECTION)), dwIfIndex=1,
        wszRemoteEndpointAddress="192.0.2.99")
    call(48, hDimConnection=connection, pServerConfig=NDRUnion(ndr64=False, tag=1, value=change))
    call(42, hRasConnection=connection, fIsIpAddress=0)
    call(35, hDimConnection=connection, lpwszMessage="the router restarts at noon")
    call(34, ERROR_INVALID_HANDLE, fRegister=1, dwClientProcessId=4, hEventNotification=8)

    ports = caller.list(4, 380, hRasConnection=ALL_CONNECTIONS)
    numbers = [struct.unpack_from("<2I", port) for port in ports]
    port = next(port for port, on in numbers if on == connection)
    for level in (0, 1):
        call(5, dwLevel=level, hPort=port)
    call(6, hPort=port)
    call(8, hPort=port)
    call(7, hPort=port)


def interfaces(caller):
    call = caller.call
    there = len(caller.list(20, 540))
    branch = call(11, lpwsInterfaceName="Branch", phInterface=0, fIncludeClientInterfaces=0).phInterface
    for level in range(4):
        found = data(call(13, dwLevel=level, pInfoStruct=container(), hInterface=branch).pInfoStruct.pBuffer)
        call(14, dwLevel=level, pInfoStruct=container(found), hInterface=branch)
    record = bytearray(data(call(13, dwLevel=0, pInfoStruct=container(), hInterface=branch).pInfoStruct.pBuffer))
    record[:514] = "Second".encode("utf-16-le").ljust(514, b"\0")
    second = call(12, dwLevel=0, pInfoStruct=container(bytes(record)), phInterface=0).phInterface
    records.expect("the interfaces", len(caller.list(20, 540)), there + 1)
    call(15, hInterface=second)
    records.expect("the interfaces", len(caller.list(20, 540)), there)

    call(21, hInterface=branch, hEvent=0, fBlocking=1, dwCallersProcessId=0)
    call(23, hInterface=branch, dwTransportId=PID_IP, hEvent=0, dwClientProcessId=0)
    call(24, hInterface=branch, dwTransportId=PID_IP)
    call(22, hInterface=branch)
    call(21, ERROR_INVALID_HANDLE, hInterface=branch, hEvent=8, fBlocking=0, dwCallersProcessId=4)
    call(25, hInterface=branch)

    call(36, dwLevel=0, pInfoStruct=container(), lpdwTotalEntries=0)
    for level in (0, 1):
        device = call(38, dwLevel=level, pInfoStruct=container(), dwIndex=1, hInterface=branch)
        call(39, dwLevel=level, pInfoStruct=container(data(device.pInfoStruct.pBuffer)), dwIndex=1,
             hInterface=branch)
    call(49, lpwsInterfaceName="Branch", lpwsUserName="hub", lpwsDomainName="CORP", lpwsPassword="not a secret")
    call(50, lpwsInterfaceName="Branch")
    key = call(41, dwLevel=0, pInfoStruct=container(), hInterface=branch)
    call(40, dwLevel=0, pInfoStruct=container(data(key.pInfoStruct.pBuffer)), hInterface=branch)
    for revision in (0, 1):
        structure = getattr(rrasm, f"MPR_IF_CUSTOMINFOEX_{revision}")
        asked = structure(ndr64=False, Header=rrasm.MPRAPI_OBJECT_HEADER_IDL(**header(IF_CUSTOM_CONFIG, revision + 1)))
        for opnum in (51, 52):
            call(opnum, hInterface=branch, pIfCustomConfig=NDRUnion(ndr64=False, tag=revision + 1, value=asked))


def transports(caller):
    call = caller.call
    branch = call(11, lpwsInterfaceName="Branch", phInterface=0, fIncludeClientInterfaces=0).phInterface
    answer = call(10, dwTransportId=PID_IP, pInfoStruct=transport(wants_everywhere=1))
    call(9, dwTransportId=PID_IP, pInfoStruct=transport(everywhere=data(answer.pInfoStruct.pGlobalInfo)))
    answer = call(18, hInterface=branch, dwTransportId=PID_IP, pInfoStruct=transport(wants_interface=1))
    block = data(answer.pInfoStruct.pInterfaceInfo)
    call(17, hInterface=branch, dwTransportId=PID_IP, pInfoStruct=transport(interface=block))
    call(19, hInterface=branch, dwTransportId=PID_IP, pInfoStruct=transport(interface=block))
    call(16, hInterface=branch, dwTransportId=PID_IP)
    call(37, dwTransportId=PID_IPX, lpwsTransportName="IPX", lpwsDLLPath="ipx.dll",
         pInfoStruct=transport(interface=block, everywhere=block))


def variables(call):
    of = {"dwPid": PID_IP, "dwRoutingPid": IPRTRMGR_PID}
    # The number of interfaces, the first row of interfaces, the next one, and routes.
    count = call(29, pInfoStuct=variable(0, 0), **of)
    records.expect("the number of interfaces is there", len(data(count.pInfoStuct.pMibOutEntry)), 12)
    first = call(30, pInfoStuct=variable(2, 0), **of)
    index, = struct.unpack_from("<I", data(first.pInfoStuct.pMibOutEntry), 8 + 512)
    call(31, pInfoStuct=variable(2, index), **of)
    # A route like the first one, made, changed and deleted.
    first = call(30, pInfoStuct=variable(8, 0, 0, 0, 0), **of)
    route = list(struct.unpack("<14I", data(first.pInfoStuct.pMibOutEntry)[8:]))
    destination, policy, next_hop, protocol, metric = 0, 2, 3, 6, 9
    route[destination] = int.from_bytes(bytes([203, 0, 113, 0]), "little")
    call(26, pInfoStuct=variable(8, 0, *route), **of)
    route[metric] += 1
    call(28, pInfoStuct=variable(8, 0, *route), **of)
    row = variable(8, *(route[place] for place in (destination, protocol, policy, next_hop)))
    call(29, pInfoStuct=row, **of)
    call(27, pInfoStuct=row, **of)
    call(32, ERROR_NOT_SUPPORTED, pInfoStruct=variable(0, 0), **of)
    call(33, ERROR_NOT_SUPPORTED, hEvent=0, dwClientProcessId=0, pInfoStruct=variable(0, 0), **of)
