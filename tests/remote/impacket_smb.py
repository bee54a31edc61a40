"""An SMB server by impacket with one pipe, behind which impacket's RPC server answers (`impacket_server.py`).

impacket's own server speaks SMB 2.0.2 without encryption. Here it learns 3.0, 3.0.2 and 3.1.1 from impacket's client: its
structures, its derivation of keys, AES-CMAC, and AES of pycryptodome. Commands on shares and pipes are impacket's own."""

import argparse
import hashlib
import os
import socket
import struct
import sys
import threading
from configparser import ConfigParser

from Cryptodome.Cipher import AES
from impacket import crypto, smb3structs
from impacket.nt_errors import STATUS_LOGON_FAILURE, STATUS_MORE_PROCESSING_REQUIRED, STATUS_SUCCESS
from impacket.smbserver import SMBSERVER
from impacket.spnego import SPNEGO_NegTokenInit

import impacket_server
from impacket_server import NTLM, Broken, Security

DIALECTS = {"2.0.2": 0x0202, "3.0": 0x0300, "3.0.2": 0x0302, "3.1.1": 0x0311}
CCM, GCM = 1, 2
CIPHERS = {"aes-128-ccm": CCM, "aes-128-gcm": GCM}
# The length of the nonce of each cipher.
NONCE = {CCM: 11, GCM: 12}
PREAUTH_INTEGRITY, ENCRYPTION, SHA_512 = 1, 2, 1
SIGNING_ENABLED, SIGNING_REQUIRED, CAP_ENCRYPTION, ENCRYPT_DATA, SIGNED = 1, 2, 0x40, 0x04, 0x08
VALIDATE_NEGOTIATE_INFO = 0x00140204
GUID = b"impacket made it"


class State:
    """A connection."""

    def __init__(self):
        self.preauth, self.security, self.keys, self.nonces, self.offer = bytes(64), None, None, set(), None
        self.sent = 0

    def hash(self, message):
        self.preauth = hashlib.sha512(self.preauth + message).digest()


class Server(SMBSERVER):
    """impacket's server with a newer dialect."""

    def __init__(self, address, dialect, cipher, accounts):
        config = ConfigParser()
        config["global"] = {"server_name": "ROUTER1", "server_os": "Unix", "server_domain": "ROUTER1", "log_file": "None",
                            "rpc_apis": "yes", "credentials_file": "", "challenge": "", "SMB2Support": "True"}
        config["IPC$"] = {"comment": "", "read only": "yes", "share type": "3", "path": ""}
        SMBSERVER.__init__(self, address, config_parser=config)
        self.processConfigFile()
        self.dialect, self.cipher, self.accounts, self.states = dialect, cipher, accounts, {}
        if dialect >= DIALECTS["3.0"]:
            self.hookSmb2Command(smb3structs.SMB2_NEGOTIATE, self.negotiate)
            self.hookSmb2Command(smb3structs.SMB2_SESSION_SETUP, self.session_setup)
            self.getIoctls()[VALIDATE_NEGOTIATE_INFO] = self.validate

    def removeConnection(self, name):
        self.states.pop(name, None)
        SMBSERVER.removeConnection(self, name)

    def processRequest(self, name, data):
        if self.dialect < DIALECTS["3.0"]:
            return SMBSERVER.processRequest(self, name, data)
        state = self.states.setdefault(name, State())
        is_sealed = data[:4] == b"\xfdSMB"
        if is_sealed:
            data = self.unseal(state, data)
        elif state.keys is not None:
            raise Broken("a message without encryption")
        else:
            state.hash(data)
        command, = struct.unpack_from("<H", data, 12)
        message = b"".join(part if isinstance(part, bytes) else part.getData()
                           for part in SMBSERVER.processRequest(self, name, data))
        if is_sealed:
            return [self.seal(state, message)]
        if command == smb3structs.SMB2_SESSION_SETUP and state.keys is not None:
            # The client must check the signature of the answer that completes the session.
            message = message[:16] + struct.pack("<I", struct.unpack_from("<I", message, 16)[0] | SIGNED) + message[20:48] + \
                bytes(16) + message[64:]
            signature = crypto.AES_CMAC(state.keys["sign"], message, len(message))
            return [message[:48] + signature + message[64:]]
        state.hash(message)
        return [message]

    def negotiate(self, name, _server, request, _is_smb1=False):
        state = self.states[name]
        data = request["Data"]
        count, = struct.unpack_from("<H", data, 2)
        dialects = struct.unpack_from(f"<{count}H", data, 36)
        if self.dialect not in dialects:
            raise Broken(f"the dialect {self.dialect:#x} is not in {[hex(dialect) for dialect in dialects]}")
        state.offer = (data[8:12], data[12:28], data[4:6], dialects)
        answer = smb3structs.SMB2Negotiate_Response()
        answer["SecurityMode"], answer["DialectRevision"] = SIGNING_ENABLED | SIGNING_REQUIRED, self.dialect
        answer["ServerGuid"] = GUID
        answer["Capabilities"] = CAP_ENCRYPTION if self.dialect < DIALECTS["3.1.1"] else 0
        answer["MaxTransactSize"] = answer["MaxReadSize"] = answer["MaxWriteSize"] = 65536
        offer = SPNEGO_NegTokenInit()
        offer["MechTypes"] = [NTLM]
        token = offer.getData()
        answer["SecurityBufferOffset"], answer["SecurityBufferLength"], answer["Buffer"] = 0x80, len(token), token
        answer["AlignPad"], answer["Padding"] = b"", b""
        if self.dialect == DIALECTS["3.1.1"]:
            offset, contexts = struct.unpack_from("<IH", data, 28)
            found = self.contexts(data[offset - 64:], contexts)
            ciphers = struct.unpack_from("<H", found[ENCRYPTION])[0]
            if self.cipher not in struct.unpack_from(f"<{ciphers}H", found[ENCRYPTION], 2):
                raise Broken("the cipher is not offered")
            if SHA_512 not in struct.unpack_from("<H", found[PREAUTH_INTEGRITY], 4):
                raise Broken("SHA-512 is not offered")
            salt = os.urandom(32)
            integrity = struct.pack("<3H", 1, len(salt), SHA_512) + salt
            answer["Padding"] = bytes(-len(token) % 8)
            answer["NegotiateContextCount"], answer["NegotiateContextOffset"] = 2, 0x80 + len(token) + -len(token) % 8
            answer["NegotiateContextList"] = struct.pack("<2HI", PREAUTH_INTEGRITY, len(integrity), 0) + integrity + \
                bytes(-len(integrity) % 8) + struct.pack("<2HI", ENCRYPTION, 4, 0) + struct.pack("<2H", 1, self.cipher)
        else:
            answer["NegotiateContextCount"] = answer["NegotiateContextOffset"] = 0
            answer["NegotiateContextList"] = b""
        return [answer], None, STATUS_SUCCESS

    @staticmethod
    def contexts(data, count):
        found = {}
        for _ in range(count):
            kind, length = struct.unpack_from("<2H", data)
            found[kind] = data[8:8 + length]
            data = data[8 + length + -length % 8:]
        return found

    def session_setup(self, name, _server, request):
        state, connection = self.states[name], self.getConnectionData(name, False)
        asked = smb3structs.SMB2SessionSetup(request["Data"])
        answer = smb3structs.SMB2SessionSetup_Response()
        answer["SecurityBufferOffset"], answer["SecurityBufferLength"], answer["Buffer"] = 0x48, 0, b""
        answer["SessionFlags"] = 0
        if state.security is None:
            state.security = Security(None, self.accounts)
            connection["Uid"] = int.from_bytes(os.urandom(4), "little") | 1
        try:
            token = state.security.step(asked["Buffer"])
        except Broken as broken:
            print(f"session refused: {broken}", flush=True)
            state.security = None
            return [answer], None, STATUS_LOGON_FAILURE
        answer["SecurityBufferLength"], answer["Buffer"] = len(token), token
        if not state.security.is_complete:
            return [answer], None, STATUS_MORE_PROCESSING_REQUIRED
        connection["Authenticated"], connection["SignatureEnabled"] = True, False
        answer["SessionFlags"] = ENCRYPT_DATA
        state.keys, key = {}, state.security.key
        for use, label, context, label_311 in (
                ("sign", b"SMB2AESCMAC\0", b"SmbSign\0", b"SMBSigningKey\0"),
                ("in", b"SMB2AESCCM\0", b"ServerIn \0", b"SMBC2SCipherKey\0"),
                ("out", b"SMB2AESCCM\0", b"ServerOut\0", b"SMBS2CCipherKey\0")):
            if self.dialect == DIALECTS["3.1.1"]:
                label, context = label_311, state.preauth
            state.keys[use] = crypto.KDF_CounterMode(key, label, context, 128)
        impacket_server.note(*state.keys.values())
        return [answer], None, STATUS_SUCCESS

    def validate(self, name, _server, request):
        """The client asks again what was negotiated, now that an answer is protected."""
        state, data = self.states[name], request["Buffer"]
        count, = struct.unpack_from("<H", data, 22)
        told = (data[:4], data[4:20], data[20:22], struct.unpack_from(f"<{count}H", data, 24))
        if told != state.offer:
            raise Broken(f"validated {told} instead of {state.offer}")
        print("validated", flush=True)
        mode = SIGNING_ENABLED | SIGNING_REQUIRED
        return struct.pack("<I16s2H", CAP_ENCRYPTION, GUID, mode, self.dialect), STATUS_SUCCESS

    def aes(self, key, nonce):
        if self.cipher == GCM and self.dialect == DIALECTS["3.1.1"]:
            return AES.new(key, AES.MODE_GCM, nonce[:NONCE[GCM]])
        return AES.new(key, AES.MODE_CCM, nonce[:NONCE[CCM]])

    def unseal(self, state, data):
        header = smb3structs.SMB2_TRANSFORM_HEADER(data)
        if header["Nonce"] in state.nonces:
            raise Broken("a nonce is used twice")
        state.nonces.add(header["Nonce"])
        cipher = self.aes(state.keys["in"], header["Nonce"])
        cipher.update(data[20:52])
        message = cipher.decrypt(data[52:])
        try:
            cipher.verify(header["Signature"])
        except ValueError:
            raise Broken("a message was changed") from None
        if header["OriginalMessageSize"] != len(message) or header["EncryptionAlgorithm"] != 1:
            raise Broken("the header of an encrypted message is wrong")
        return message

    def seal(self, state, message):
        header = smb3structs.SMB2_TRANSFORM_HEADER()
        state.sent += 1
        header["Nonce"] = state.sent.to_bytes(8, "little") + bytes(8)
        header["OriginalMessageSize"], header["EncryptionAlgorithm"] = len(message), 1
        header["SessionID"], = struct.unpack_from("<Q", message, 40)
        cipher = self.aes(state.keys["out"], header["Nonce"])
        cipher.update(header.getData()[20:])
        sealed = cipher.encrypt(message)
        header["Signature"] = cipher.digest()
        return header.getData() + sealed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=445)
    parser.add_argument("--dialect", choices=DIALECTS, default="3.1.1")
    parser.add_argument("--cipher", choices=CIPHERS, default="aes-128-gcm")
    parser.add_argument("--account", action="append", required=True, metavar="USER:PASSWORD")
    parser.add_argument("--keys", type=impacket_server.open_notes, metavar="FILE")
    arguments = parser.parse_args()
    accounts = dict(account.split(":", 1) for account in arguments.account)
    router = socket.socket()
    router.bind(("127.0.0.1", 0))
    serving = (router, impacket_server.Router(), accounts, impacket_server.plain)
    threading.Thread(target=impacket_server.listen, args=serving, daemon=True).start()
    server = Server(("127.0.0.1", arguments.port), DIALECTS[arguments.dialect], CIPHERS[arguments.cipher], accounts)
    server.daemon_threads = True
    # A pipe's name has no case, but impacket's have.
    for name in ("router", "ROUTER"):
        server.registerNamedPipe(name, router.getsockname())
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
