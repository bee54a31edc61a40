"""Records of MS-RRASM as they travel (section 2.2.1), and the test of a router that both clients make with them.

The expected values are those of `mprapi-sim/scenarios/company.toml`."""

import struct

INTERFACE = "8f09f000-b7ed-11ce-bbd2-00001a181cad"

ERROR_SUCCESS, ERROR_ACCESS_DENIED, ERROR_MORE_DATA = 0, 5, 234

# An enumeration all at once, and the ports of every connection.
NO_LIMIT = 0xFFFFFFFF
ALL_CONNECTIONS = 0xFFFFFFFF

# The users of the scenario, by their sessions.
USERS = {"anna.lindqvist": "LT-0412", "j.okafor": "LT-0388", "mika.tanaka": "LT-0420", "s.haddad": "TAB-0031",
         "l.moreau": "MAC-0107", "p.novak": "WS-0009", "tillsyn": "PUMP-03"}
IKEV2 = {"anna.lindqvist", "j.okafor"}
PORTS = 16
# Beside one for each session, and one of the LAN, whose name is a GUID.
INTERFACES = {"Loopback", "Internal", "Branch Lyon", "Branch Oslo"}
UP_FOR = 792720

# PID_IP, IPRTRMGR_PID, and variables of iprtrmib.h.
PID_IP, IPRTRMGR_PID, IF_NUMBER, IP_ADDRTABLE = 0x21, 10000, 0, 4


def text(units):
    return units.decode("utf-16-le").split("\0", 1)[0]


def split(data, size):
    if len(data) % size:
        raise AssertionError(f"{len(data)} bytes are no records of {size}")
    return [data[at:at + size] for at in range(0, len(data), size)]


def connections(data):
    """RASI_CONNECTION_0."""
    names = ["connection", "interface", "duration", "type", "flags"]
    for record in split(data, 1116):
        entry = dict(zip(names, struct.unpack_from("<5I", record), strict=True))
        entry["interface_name"], entry["user"] = text(record[20:534]), text(record[534:1048])
        entry["domain"], entry["computer"] = text(record[1048:1080]), text(record[1080:1114])
        yield entry


def connections_4(data):
    """RAS_CONNECTION_4_IDL."""
    for record in split(data, 1680):
        entry = dict(zip(["duration", "type", "flags"], struct.unpack_from("<3I", record), strict=True))
        entry["interface_name"], entry["user"] = text(record[12:526]), text(record[526:1040])
        entry["domain"], entry["computer"] = text(record[1040:1072]), text(record[1072:1106])
        entry["counters"] = struct.unpack_from("<13I", record, 1144)
        entry["remote"], entry["local"] = text(record[1196:1326]), text(record[1326:1456])
        entry["connection"], entry["interface"] = struct.unpack_from("<2I", record, 1664)
        yield entry


def ports(data):
    """RASI_PORT_0."""
    names = ["port", "connection", "condition", "calls", "duration"]
    for record in split(data, 380):
        entry = dict(zip(names, struct.unpack_from("<5I", record), strict=True))
        entry["name"], entry["media"] = text(record[20:54]), text(record[54:88])
        entry["device"], entry["device_type"] = text(record[88:346]), text(record[346:380])
        yield entry


def interfaces(data):
    """MPRI_INTERFACE_0."""
    names = ["interface", "enabled", "type", "state", "reasons", "error"]
    for record in split(data, 540):
        yield {"name": text(record[:514]), **dict(zip(names, struct.unpack_from("<6I", record, 516), strict=True))}


def server(data):
    """MPR_SERVER_0."""
    return dict(zip(["lan_only", "up_time", "total", "in_use"], struct.unpack("<4I", data), strict=True))


# Revision 1 of the type connection, and the size of the structure in C.
CONNECTION_EX = (1, 1, 0)


def connection_ex(answer):
    """The answer of operation 46: RAS_CONNECTION_EX_IDL, and the code."""
    revision, = struct.unpack_from("<B", answer)
    # The tag of the inner union is a byte and not aligned. Its members are, to 8, for they have numbers of 64 bits.
    tag, = struct.unpack_from("<B", answer, 1460)
    # PPP's structure or IKEv2's, then the handles.
    end = 1464 + {1: 192, 2: 140}[tag]
    connection, _interface, code = struct.unpack("<3I", answer[end:])
    expect("the revision and the code", (revision, code), (1, ERROR_SUCCESS))
    return {"connection": connection, "user": text(answer[538:1052]), "domain": text(answer[1052:1084]),
            "computer": text(answer[1084:1118]), "tag": tag, "duration": struct.unpack_from("<I", answer, 12)[0]}


def expect(what, found, expected):
    if found != expected:
        raise AssertionError(f"{what}: {found!r} instead of {expected!r}")


def scenario(router):
    """Reads and changes a router. It has the methods server_info, connection_ex, disconnect and mib, and connections,
    ports and interfaces with the preferred size of an answer (None is no limit)."""
    info = server(router.server_info())
    expect("the ports", (info["total"], info["in_use"], info["lan_only"]), (PORTS, len(USERS), 0))
    if info["up_time"] < UP_FOR:
        raise AssertionError(f"the server is up for {info['up_time']} s")

    found = list(connections(router.connections(None)))
    expect("the sessions", {entry["user"]: entry["computer"] for entry in found}, USERS)
    expect("the domains", {entry["domain"] for entry in found}, {"CORP"})
    for entry in found:
        same = connection_ex(router.connection_ex(entry["connection"]))
        for name in ("connection", "user", "domain", "computer"):
            expect(f"the {name} of operation 46", same[name], entry[name])
        expect("the kind of tunnel", same["tag"], 2 if entry["user"] in IKEV2 else 1)
    # The same in pages of two records.
    paged = list(connections(router.connections(2 * 1116)))
    expect("the pages' sessions", [entry["user"] for entry in paged], [entry["user"] for entry in found])

    there = list(ports(router.ports(None)))
    expect("the number of ports", len(there), PORTS)
    expect("the ports' handles", len({entry["port"] for entry in there}), PORTS)
    by_connection = {entry["connection"]: entry for entry in there if entry["connection"] != 0}
    handles = {entry["connection"] for entry in found}
    expect("the ports in use", {handle for handle in by_connection if handle in handles}, handles)

    names = {entry["name"] for entry in interfaces(router.interfaces(None))}
    sessions = {rf"CORP\{user}" for user in USERS}
    others = [name for name in names - INTERFACES - sessions if not name.startswith("{")]
    expect("the interfaces", (others, INTERFACES | sessions <= names, len(names)), ([], True, 12))

    answer = router.mib(IF_NUMBER)
    expect("the variable", struct.unpack_from("<I", answer)[0], IF_NUMBER)
    count = struct.unpack_from("<I", answer, 8)[0]
    if count < 3:
        raise AssertionError(f"{count} interfaces in the MIB")
    table = router.mib(IP_ADDRTABLE)
    expect("the address of Ethernet", bytes([192, 0, 2, 10]) in table, True)

    ended = next(entry for entry in found if entry["user"] == "p.novak")
    router.disconnect(by_connection[ended["connection"]]["port"])
    left = {entry["user"] for entry in connections(router.connections(None))}
    expect("the sessions after one has ended", left, set(USERS) - {"p.novak"})
    print(f"ok  {len(found)} connections, {len(there)} ports, interfaces, server and MIB information; a connection ended")


# The router of impacket's server (`impacket_server.py`), by its sessions.
OLDER = {"inger": "PC-inger", "omar": "PC-omar", "zoë": "PC-zoë"}


def older(router):
    """Reads the router of impacket's server, by the methods that `scenario` takes."""
    expect("the ports", server(router.server_info())["in_use"], len(OLDER))
    for size in (None, 1116):
        found = list(connections(router.connections(size)))
        expect("the sessions", {entry["user"]: entry["computer"] for entry in found}, OLDER)
    there = list(ports(router.ports(None)))
    expect("the connections of the ports", [entry["connection"] for entry in there], [entry["connection"] for entry in found])
    expect("the interfaces", len(list(interfaces(router.interfaces(None)))), len(OLDER))
    print(f"ok  {len(found)} connections, {len(there)} ports, interfaces and server information of impacket's server")
