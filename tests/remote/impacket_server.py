"""An RPC server by impacket: its PDUs, NDR, SPNEGO and NTLM, with records that are packed by hand. It knows nothing of this
repository's codec.

It answers as a router of Windows Server 2008: no operation for connections of newer levels, records of level 1 in the shorter
layout. It is reached behind smbd, which hands a pipe over by a socket, or behind impacket's own SMB server
(`impacket_smb.py`)."""

import argparse
import os
import socket
import struct
import sys
import threading
import time

from impacket import ntlm
from impacket.dcerpc.v5.dtypes import DWORD, NULL, WSTR
from impacket.dcerpc.v5.ndr import NDRCALL
from impacket.dcerpc.v5.rpcrt import (MSRPC_ALTERCTX, MSRPC_ALTERCTX_R, MSRPC_AUTH3, MSRPC_BIND, MSRPC_BINDACK, MSRPC_BINDNAK,
                                      MSRPC_FAULT, MSRPC_REQUEST, MSRPC_RESPONSE, PFC_FIRST_FRAG, PFC_LAST_FRAG,
                                      RPC_C_AUTHN_GSS_NEGOTIATE, RPC_C_AUTHN_LEVEL_PKT_PRIVACY, SEC_TRAILER, CtxItem,
                                      CtxItemResult, MSRPCBind, MSRPCBindAck, MSRPCHeader, MSRPCRespHeader)
from impacket.smbserver import computeNTLMv2
from impacket.spnego import ASN1_MECH_TYPE, ASN1_SEQUENCE, SPNEGO_NegTokenInit, SPNEGO_NegTokenResp, TypesMech, asn1encode
from impacket.uuid import bin_to_uuidtup, uuidtup_to_bin
from Cryptodome.Cipher import ARC4

import impacket_client as messages
from records import INTERFACE

NDR = uuidtup_to_bin(("8a885d04-1ceb-11c9-9fe8-08002b104860", "2.0"))
PFC_SUPPORT_HEADER_SIGN = 0x04
OPERATION_OUT_OF_RANGE, SECURITY_ERROR = 0x1C010002, 0x00000721
ERROR_INVALID_LEVEL, ERROR_MORE_DATA, ERROR_INTERFACE_NOT_CONNECTED = 124, 234, 906
# The largest fragment, smaller than an answer of two connections.
FRAGMENT = 2048
NTLM = TypesMech["NTLMSSP - Microsoft NTLM Security Support Provider"]


class Broken(Exception):
    """The client has broken a rule. The connection ends."""


def units(text, size):
    """A text of `size` bytes."""
    return text.encode("utf-16-le").ljust(size, b"\0")


# Users, their handles, and the bytes that they have sent.
SESSIONS = [("inger", 0x101, 4711), ("omar", 0x102, 815), ("zoë", 0x203, 42)]
UP_FOR, DURATION = 86400, 3600
ROUTER_IF_TYPE_CLIENT, RAS_FLAGS_PPP = 0, 1
RAS_PORT_AUTHENTICATED = 4


def connection(session, level):
    """RASI_CONNECTION_0 or _1 (with counters of 32 bits, 272 bytes); there are no others."""
    name, handle, sent = session
    if level == 0:
        head = struct.pack("<5I", handle, handle + 0x1000, DURATION, ROUTER_IF_TYPE_CLIENT, RAS_FLAGS_PPP)
        return head + units(rf"NORTH\{name}", 514) + units(name, 514) + units("NORTH", 32) + units("PC-" + name, 34) + \
            bytes(2)
    if level == 1:
        # PPP's parameters are 216 bytes, with the client's address at 76.
        ppp = bytes(76) + units("192.0.2.7", 32) + bytes(108)
        counters = struct.pack("<12I", sent, sent // 2, 7, 5, 0, 0, 0, 0, 0, 0, 100, 100)
        return struct.pack("<2I", handle, handle + 0x1000) + ppp + counters
    return None


def port(session):
    """RASI_PORT_0."""
    name, handle, _ = session
    head = struct.pack("<5I", handle + 0x2000, handle, RAS_PORT_AUTHENTICATED, 1, DURATION)
    return head + units("VPN3-" + str(handle % 16), 34) + units("rastapi", 34) + units("WAN Miniport (PPTP)", 258) + \
        units("vpn", 34)


def interface(session):
    """MPRI_INTERFACE_0."""
    name, handle, _ = session
    return units(rf"NORTH\{name}", 514) + bytes(2) + \
        struct.pack("<6I", handle + 0x1000, 1, ROUTER_IF_TYPE_CLIENT, 2, 0, 0)


class ConnectionGetInfo(NDRCALL):
    opnum = 2
    structure = (("dwLevel", DWORD), ("hDimConnection", DWORD))


class SendUserMessage(NDRCALL):
    opnum = 35
    structure = (("hDimConnection", DWORD), ("lpwszMessage", WSTR))


# Ways in which the server is wrong: it does not know the interface, it does not answer the token, it answers without
# protection, it answers another call, its records have an unknown size.
FAULTS = ("unknown", "bare", "unsealed", "another", "sizes")


class Router:
    """The operations. Each takes a stub and returns one, or the code of a fault."""

    def __init__(self, fault=None):
        self.calls, self.fault = [], fault
        self.sessions = list(SESSIONS)

    def __call__(self, opnum, stub):
        self.calls.append(opnum)
        operation = {0: self.server, 1: self.connections, 4: self.ports, 8: self.disconnect, 20: self.interfaces,
                     2: self.connection, 35: self.message}.get(opnum)
        return OPERATION_OUT_OF_RANGE if operation is None else operation(stub).getData()

    @staticmethod
    def filled(response, data, code):
        """Gives an answer its container and code."""
        container = response["pInfoStruct"]
        container["dwBufferSize"] = len(data)
        container["pBuffer"] = [bytes([byte]) for byte in data] if data else NULL
        response["ErrorCode"] = code
        return response

    def server(self, stub):
        request = messages.ServerGetInfo(stub)
        if request["dwLevel"] != 0:
            return self.filled(messages.ServerGetInfoResponse(), b"", ERROR_INVALID_LEVEL)
        data = struct.pack("<4I", 0, UP_FOR, 16, len(self.sessions))
        return self.filled(messages.ServerGetInfoResponse(), data, 0)

    def page(self, request, response, records):
        """Answers with as many records as the client would have, at least one."""
        size, start = request["dwPreferedMaximumLength"], request["lpdwResumeHandle"]
        answer, code = response(), 0
        if records is None:
            answer["lpdwEntriesRead"] = answer["lpdwTotalEntries"] = answer["lpdwResumeHandle"] = 0
            return self.filled(answer, b"", ERROR_INVALID_LEVEL)
        left = records[start:]
        count = len(left) if not left else max(1, min(len(left), size // len(left[0])))
        if count < len(left):
            code = ERROR_MORE_DATA
        answer["lpdwEntriesRead"], answer["lpdwTotalEntries"] = count, len(left)
        answer["lpdwResumeHandle"] = start + count if code else 0
        return self.filled(answer, b"".join(left[:count]), code)

    def connections(self, stub):
        request = messages.ConnectionEnum(stub)
        records = [connection(session, request["dwLevel"]) for session in self.sessions]
        if self.fault == "sizes" and None not in records:
            records = [record + bytes(12) for record in records]
        return self.page(request, messages.ConnectionEnumResponse, None if None in records else records)

    def connection(self, stub):
        request = ConnectionGetInfo(stub)
        found = [session for session in self.sessions if session[1] == request["hDimConnection"]]
        record = connection(found[0], request["dwLevel"]) if found else None
        code = 0 if record else ERROR_INVALID_LEVEL if found else ERROR_INTERFACE_NOT_CONNECTED
        return self.filled(messages.ServerGetInfoResponse(), record or b"", code)

    def ports(self, stub):
        request = messages.PortEnum(stub)
        only = request["hRasConnection"]
        everything = only == 0xFFFFFFFF or only == 0
        records = [port(session) for session in self.sessions if everything or session[1] == only]
        return self.page(request, messages.PortEnumResponse, records if request["dwLevel"] == 0 else None)

    def interfaces(self, stub):
        request = messages.InterfaceEnum(stub)
        records = [interface(session) for session in self.sessions]
        return self.page(request, messages.InterfaceEnumResponse, records if request["dwLevel"] == 0 else None)

    def disconnect(self, stub):
        request = messages.PortDisconnect(stub)
        left = [session for session in self.sessions if session[1] + 0x2000 != request["hPort"]]
        answer = messages.PortDisconnectResponse()
        answer["ErrorCode"] = 0 if len(left) < len(self.sessions) else 87
        self.sessions = left
        return answer


    def message(self, stub):
        request = SendUserMessage(stub)
        text = request["lpwszMessage"].rstrip("\0")
        # The lane counts these lines.
        print(f"message for {request['hDimConnection']:#x}: {text}", flush=True)
        answer = messages.PortDisconnectResponse()
        answer["ErrorCode"] = 0
        return answer


# Where the keys of the sessions are noted: the lane looks whether they are anywhere else.
notes = None


def note(*keys):
    if notes is not None:
        notes.write("".join(f"{key.hex()}\n" for key in keys))
        notes.flush()


class Security:
    """SPNEGO with NTLM by impacket, from the server's side: of RPC with the trailer of the first token, or of SMB."""

    def __init__(self, trailer, accounts):
        self.trailer, self.accounts = trailer, accounts
        self.is_complete, self.mechanisms, self.negotiate = False, None, None

    def step(self, token):
        """Takes the client's token and returns the answer to it."""
        if self.is_complete:
            raise Broken("a token after the last")
        if token[:1] == b"\x60":
            first = SPNEGO_NegTokenInit(token)
            if NTLM not in first["MechTypes"]:
                raise Broken("NTLM is not offered")
            self.mechanisms = mechanisms(first["MechTypes"])
            answer = SPNEGO_NegTokenResp()
            answer["NegState"], answer["SupportedMech"] = b"\x01", NTLM
            # A first token of the mechanism that the client would rather have is of no use here.
            if first["MechTypes"][0] == NTLM and "MechToken" in first.fields:
                answer["ResponseToken"] = self.challenge(first["MechToken"])
            return answer.getData()
        inner, mic = response(token)
        if self.negotiate is None:
            answer = SPNEGO_NegTokenResp()
            answer["NegState"], answer["SupportedMech"] = b"\x01", NTLM
            answer["ResponseToken"] = self.challenge(inner)
            return answer.getData()
        self.authenticate(inner)
        if mic is None:
            raise Broken("the list of mechanisms is not signed")
        if self.client.sign(self.mechanisms) != mic:
            raise Broken("the signature of the list of mechanisms is wrong")
        own = self.server.sign(self.mechanisms)
        # The first message begins with fresh keys; the count of messages goes on.
        self.client.begin()
        self.server.begin()
        self.is_complete = True
        state = b"\xa0\x03\x0a\x01\x00"
        return b"\xa1" + asn1encode(b"\x30" + asn1encode(state + b"\xa3" + asn1encode(b"\x04" + asn1encode(own))))

    def challenge(self, token):
        self.negotiate = ntlm.NTLMAuthNegotiate()
        self.negotiate.fromString(token)
        self.tokens = [token]
        kept = (ntlm.NTLMSSP_NEGOTIATE_56 | ntlm.NTLMSSP_NEGOTIATE_128 | ntlm.NTLMSSP_NEGOTIATE_KEY_EXCH |
                ntlm.NTLMSSP_NEGOTIATE_EXTENDED_SESSIONSECURITY | ntlm.NTLMSSP_NEGOTIATE_UNICODE |
                ntlm.NTLMSSP_NEGOTIATE_SIGN | ntlm.NTLMSSP_NEGOTIATE_SEAL | ntlm.NTLMSSP_NEGOTIATE_ALWAYS_SIGN)
        pairs = ntlm.AV_PAIRS()
        for name in (ntlm.NTLMSSP_AV_DOMAINNAME, ntlm.NTLMSSP_AV_DNS_DOMAINNAME, ntlm.NTLMSSP_AV_HOSTNAME,
                     ntlm.NTLMSSP_AV_DNS_HOSTNAME):
            pairs[name] = "ROUTER1".encode("utf-16-le")
        pairs[ntlm.NTLMSSP_AV_TIME] = struct.pack("<q", 116444736000000000 + int(time.time() * 10_000_000))
        name = "ROUTER1".encode("utf-16-le")
        made = ntlm.NTLMAuthChallenge()
        made["flags"] = (self.negotiate["flags"] & kept) | ntlm.NTLMSSP_NEGOTIATE_VERSION | \
            ntlm.NTLMSSP_NEGOTIATE_TARGET_INFO | ntlm.NTLMSSP_TARGET_TYPE_SERVER | ntlm.NTLMSSP_NEGOTIATE_NTLM | \
            ntlm.NTLMSSP_REQUEST_TARGET
        made["domain_len"] = made["domain_max_len"] = len(name)
        made["domain_offset"], made["domain_name"] = 56, name
        made["challenge"] = os.urandom(8)
        made["TargetInfoFields_len"] = made["TargetInfoFields_max_len"] = len(pairs)
        made["TargetInfoFields"], made["TargetInfoFields_offset"] = pairs, 56 + len(name)
        made["Version"], made["VersionLen"] = bytes([10, 0, 0, 0, 0, 0, 0, 15]), 8
        self.challenged = made
        self.tokens.append(made.getData())
        return self.tokens[-1]

    def authenticate(self, token):
        made = ntlm.NTLMAuthChallengeResponse()
        made.fromString(token)
        user = made["user_name"].decode("utf-16-le").lower()
        if user not in self.accounts:
            raise Broken(f"no account {user}")
        hashed = ntlm.compute_nthash(self.accounts[user])
        status, key = computeNTLMv2(user, b"", hashed, self.challenged["challenge"], made, self.challenged, self.negotiate)
        if status != 0:
            raise Broken(f"the password of {user} is wrong")
        needed = ntlm.NTLMSSP_NEGOTIATE_EXTENDED_SESSIONSECURITY | ntlm.NTLMSSP_NEGOTIATE_SIGN | ntlm.NTLMSSP_NEGOTIATE_128
        # SMB has an encryption of its own.
        if self.trailer is not None:
            needed |= ntlm.NTLMSSP_NEGOTIATE_SEAL
        if self.challenged["flags"] & needed != needed:
            raise Broken("the client has not asked for protection with keys of 128 bits")
        self.user, self.key = user, key
        note(hashed, key)
        self.client, self.server = (Direction(self.challenged["flags"], key, name) for name in ("Client", b"Server"))


class Direction:
    """The keys and the count of messages from one side."""

    def __init__(self, flags, key, name):
        self.flags, self.count = flags, 0
        self.signing, self.sealing = ntlm.SIGNKEY(flags, key, name), ntlm.SEALKEY(flags, key, name)
        note(self.signing, self.sealing)
        self.begin()

    def begin(self):
        self.cipher = ARC4.new(self.sealing).encrypt

    def sign(self, message):
        made = ntlm.MAC(self.flags, self.cipher, self.signing, self.count, message)
        self.count += 1
        return made.getData()


def mechanisms(kinds):
    """The list of mechanisms as it is signed."""
    return bytes([ASN1_SEQUENCE]) + asn1encode(b"".join(b"\x06" + asn1encode(kind) for kind in kinds))


def element(data):
    """Splits an element of DER: its tag, its content, and the rest."""
    length, at = data[1], 2
    if length & 0x80:
        at += length & 0x7F
        length = int.from_bytes(data[2:at], "big")
    return data[0], data[at:at + length], data[at + length:]


def response(token):
    """Takes the mechanism's token and the signature of a client's answer. impacket reads no signature."""
    _, sequence, _ = element(token)
    _, rest, _ = element(sequence)
    found = {}
    while rest:
        tag, content, rest = element(rest)
        found[tag] = element(content)[1]
    return found.get(0xA2), found.get(0xA3)


class Session:
    """One opened pipe. `receive` and `send` carry PDUs."""

    def __init__(self, router, accounts, receive, send):
        self.router, self.accounts, self.receive, self.send = router, accounts, receive, send
        self.security, self.fragment, self.gathered = None, FRAGMENT, b""

    def run(self):
        while (data := self.receive()) is not None:
            header = MSRPCHeader(data)
            if header["type"] in (MSRPC_BIND, MSRPC_ALTERCTX):
                self.bind(data, header)
            elif header["type"] == MSRPC_AUTH3:
                self.security.step(header["auth_data"])
            elif header["type"] == MSRPC_REQUEST:
                self.request(data, header)
            else:
                raise Broken(f"a PDU of type {header['type']}")

    def bind(self, data, header):
        bind = MSRPCBind(header["pduData"])
        made = MSRPCBindAck()
        made["type"] = MSRPC_BINDACK if header["type"] == MSRPC_BIND else MSRPC_ALTERCTX_R
        made["call_id"], made["assoc_group"] = header["call_id"], 0x1234
        made["flags"] = PFC_FIRST_FRAG | PFC_LAST_FRAG | (header["flags"] & PFC_SUPPORT_HEADER_SIGN)
        self.fragment = min(FRAGMENT, bind["max_rfrag"])
        made["max_tfrag"] = made["max_rfrag"] = self.fragment
        made["SecondaryAddr"], made["SecondaryAddrLen"] = r"\PIPE\ROUTER", len(r"\PIPE\ROUTER") + 1
        made["Pad"] = "A" * (-(made["SecondaryAddrLen"] + MSRPCBindAck._SIZE) % 4)
        items, results = bind["ctx_items"], b""
        for _ in range(bind["ctx_num"]):
            item = CtxItem(items)
            items = items[len(item):]
            result = CtxItemResult()
            known = bin_to_uuidtup(item["AbstractSyntax"]) == (INTERFACE.upper(), "0.0") and self.router.fault != "unknown"
            is_ndr = item["TransferSyntax"] == NDR
            result["Result"] = 0 if known and is_ndr else 2
            result["Reason"] = 0 if known and is_ndr else 2 if known else 1
            result["TransferSyntax"] = NDR if known and is_ndr else bytes(20)
            results += result.getData()
        made["ctx_num"], made["ctx_items"] = bind["ctx_num"], results
        made["auth_len"], made["auth_data"], made["sec_trailer"] = 0, b"", b""
        if header["auth_len"]:
            end = header["frag_len"] - header["auth_len"]
            trailer, token = SEC_TRAILER(data[end - 8:end]), data[end:]
            if self.security is None:
                if (trailer["auth_type"], trailer["auth_level"]) != (RPC_C_AUTHN_GSS_NEGOTIATE, RPC_C_AUTHN_LEVEL_PKT_PRIVACY):
                    raise Broken("the client does not ask for SPNEGO and packet privacy")
                self.security = Security(trailer, self.accounts)
            answer = self.security.step(token)
            if self.router.fault != "bare":
                trailer["auth_pad_len"] = 0
                made["auth_data"], made["auth_len"], made["sec_trailer"] = answer, len(answer), trailer.getData()
        made["frag_len"] = len(made.getData())
        self.send(made.getData())

    def request(self, data, header):
        security = self.security
        if security is None or not security.is_complete or not header["auth_len"]:
            raise Broken("a request without packet privacy")
        end = header["frag_len"] - header["auth_len"]
        trailer = SEC_TRAILER(data[end - 8:end])
        opnum, = struct.unpack_from("<H", data, 22)
        plain = security.client.cipher(data[24:end - 8])
        if security.client.sign(data[:24] + plain + data[end - 8:end]) != data[end:]:
            self.answer(header, SECURITY_ERROR)
            raise Broken("the signature of a request is wrong")
        self.gathered += plain[:len(plain) - trailer["auth_pad_len"]]
        if header["flags"] & PFC_LAST_FRAG:
            stub, self.gathered = self.gathered, b""
            self.answer(header, self.router(opnum, stub))

    def answer(self, header, stub):
        """Sends the fragments of an answer, or a fault."""
        if isinstance(stub, int):
            made = MSRPCRespHeader()
            made["type"], made["call_id"], made["pduData"] = MSRPC_FAULT, header["call_id"], struct.pack("<2I", stub, 0)
            self.send(made.get_packet())
            return
        most = (self.fragment - 24 - 8 - 16) & ~15
        for at in range(0, max(len(stub), 1), most):
            flags = (PFC_FIRST_FRAG if at == 0 else 0) | (PFC_LAST_FRAG if at + most >= len(stub) else 0)
            self.part(header, flags, len(stub) - at, stub[at:at + most])

    def part(self, header, flags, hint, stub):
        made = MSRPCRespHeader()
        made["type"], made["flags"] = MSRPC_RESPONSE, flags
        made["call_id"], made["alloc_hint"] = header["call_id"], hint
        if self.router.fault == "another":
            made["call_id"] += 1
        if self.router.fault == "unsealed":
            made["pduData"] = stub
            self.send(made.get_packet())
            return
        trailer = SEC_TRAILER(self.security.trailer.getData())
        trailer["auth_pad_len"] = -len(stub) % 16
        made["pduData"] = stub + bytes(trailer["auth_pad_len"])
        made["sec_trailer"], made["auth_data"] = trailer.getData(), bytes(16)
        whole = made.get_packet()
        made["pduData"] = self.security.server.cipher(made["pduData"])
        made["auth_data"] = self.security.server.sign(whole[:-16])
        self.send(made.get_packet())


def exactly(stream, count):
    data = b""
    while len(data) < count:
        more = stream.recv(count - len(data))
        if not more:
            return None
        data += more
    return data


def handed_over(stream):
    """Takes smbd's hand-over, answers it, and returns how PDUs are received and sent."""
    length = exactly(stream, 4)
    body = exactly(stream, int.from_bytes(length, "big"))
    level, = struct.unpack_from("<I", body, 4)
    if body[:4] != b"NPAM":
        raise Broken("no hand-over")
    answer = b"NPAM" + struct.pack("<2I2H4xQI", level, level, 2, 0x05FF, 4096, 0)
    stream.sendall(len(answer).to_bytes(4, "big") + answer)

    def receive():
        length = exactly(stream, 2)
        return None if length is None else exactly(stream, int.from_bytes(length, "little"))

    return receive, lambda data: stream.sendall(len(data).to_bytes(2, "little") + data)


def plain(stream):
    """Returns how PDUs are received and sent on a stream that has nothing else."""
    def receive():
        head = exactly(stream, 16)
        return None if head is None else head + exactly(stream, int.from_bytes(head[8:10], "little") - 16)

    return receive, stream.sendall


def serve(stream, router, accounts, opened):
    try:
        Session(router, accounts, *opened(stream)).run()
    except Broken as broken:
        print(f"cut off: {broken}", flush=True)
    except OSError as error:
        print(f"the stream has failed: {error}", flush=True)
    finally:
        print(f"calls: {router.calls}", flush=True)
        stream.close()


def listen(listener, router, accounts, opened):
    listener.listen(16)
    while True:
        stream, _ = listener.accept()
        threading.Thread(target=serve, args=(stream, router, accounts, opened), daemon=True).start()


def open_notes(file):
    global notes
    notes = open(file, "a")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", required=True)
    parser.add_argument("--account", action="append", required=True, metavar="USER:PASSWORD")
    parser.add_argument("--keys", type=open_notes, metavar="FILE")
    parser.add_argument("--fault", choices=FAULTS)
    arguments = parser.parse_args()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(arguments.socket)
    os.chmod(arguments.socket, 0o600)
    listen(listener, Router(arguments.fault), dict(account.split(":", 1) for account in arguments.account), handed_over)


if __name__ == "__main__":
    sys.exit(main())
