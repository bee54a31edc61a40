"""A proxy between a client and an SMB server, which an attacker or a bad network would be. It counts, and does one thing to
each connection that goes through it."""

import contextlib
import socket
import struct
import threading
import time

NEGOTIATE, SESSION_SETUP = 0, 1
REQUEST, ANSWER = "request", "answer"
SIGNED, ENCRYPT_DATA = 0x08, 0x04
ENCRYPTION_CAPABILITIES, UNKNOWN_CONTEXT = 2, 0x7777


class Ended(Exception):
    """The proxy closes both sides."""


class Proxy:
    """Listens on a port of its own. `plan` makes what is done to the next connection."""

    def __init__(self, address, plan=None):
        self.address, self.plan = address, plan or Pass
        self.connections, self.requests, self.answers, self.bytes = 0, 0, 0, [0, 0]
        # The sizes of the last connection's answers, with their frames.
        self.sizes = []
        self.open = set()
        self.lock = threading.Lock()

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()
        self.close()

    def close(self):
        """Closes all connections."""
        for stream in list(self.open):
            with contextlib.suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        self.connections += 1
        self.sizes = []
        try:
            server = socket.create_connection(self.address)
        except OSError:
            client.close()
            return
        plan = self.plan()
        plan.ended = threading.Event()
        for stream in (client, server):
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.open.add(stream)
        back = threading.Thread(target=self.pump, args=(server, client, plan, ANSWER), daemon=True)
        back.start()
        self.pump(client, server, plan, REQUEST)
        back.join()
        for stream in (client, server):
            self.open.discard(stream)
            stream.close()

    def pump(self, source, target, plan, side):
        """Carries the messages of one side, each with the 4 bytes of its length in front."""
        try:
            while (head := exactly(source, 4)) is not None:
                message = exactly(source, int.from_bytes(head[1:], "big"))
                if message is None:
                    break
                with self.lock:
                    if side == REQUEST:
                        self.requests += 1
                    else:
                        self.answers += not is_interim(message)
                        self.sizes.append(4 + len(message))
                    self.bytes[side == ANSWER] += 4 + len(message)
                for part in plan.message(side, message):
                    target.sendall(part)
        except (OSError, Ended):
            pass
        finally:
            plan.ended.set()
            for stream in (source, target):
                with contextlib.suppress(OSError):
                    stream.shutdown(socket.SHUT_RDWR)


def exactly(stream, count):
    parts = []
    while count:
        part = stream.recv(count)
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def framed(message):
    return b"\0" + len(message).to_bytes(3, "big") + message


def command(message):
    """The command of a message that is not encrypted."""
    return struct.unpack_from("<H", message, 12)[0] if message[:4] == b"\xfeSMB" else None


def is_interim(message):
    """Returns `True` for an encrypted message that has the size of one which says only that the answer takes time. A server
    sends it or not as it likes, so it has no number."""
    return message[:4] == b"\xfdSMB" and len(message) == 52 + 64 + 9


class Pass:
    """Changes nothing."""

    def message(self, side, message):
        changed = self.changed(side, message)
        return [framed(message if changed is None else bytes(changed))]

    def changed(self, side, message):
        return None


class Nth(Pass):
    """Does something to the answer or request with a number, from 0."""

    def __init__(self, side, number):
        self.side, self.number, self.count = side, number, 0

    def message(self, side, message):
        if side == self.side and not is_interim(message):
            self.count += 1
            if self.count == self.number + 1:
                return self.act(message)
        return Pass.message(self, side, message)

    def act(self, message):
        raise NotImplementedError


class Dialects(Pass):
    """Offers the server only one dialect, as if the client knew no other."""

    def __init__(self, dialect):
        self.dialect = dialect

    def changed(self, side, message):
        if side == REQUEST and command(message) == NEGOTIATE:
            count, = struct.unpack_from("<H", message, 66)
            changed = bytearray(message)
            struct.pack_into(f"<{count}H", changed, 100, *[self.dialect] * count)
            return changed
        return None


class Chosen(Pass):
    """Says that the server has chosen another dialect."""

    def __init__(self, dialect):
        self.dialect = dialect

    def changed(self, side, message):
        if side == ANSWER and command(message) == NEGOTIATE:
            changed = bytearray(message)
            struct.pack_into("<H", changed, 68, self.dialect)
            return changed
        return None


class WithoutSigning(Pass):
    """Says that the server does not sign."""

    def changed(self, side, message):
        if side == ANSWER and command(message) == NEGOTIATE:
            changed = bytearray(message)
            struct.pack_into("<H", changed, 66, 0)
            return changed
        return None


class WithoutEncryption(Pass):
    """Takes encryption out of what a side says in the negotiation."""

    def __init__(self, side):
        self.side = side

    def changed(self, side, message):
        if side != self.side or command(message) != NEGOTIATE:
            return None
        changed = bytearray(message)
        offset, count = struct.unpack_from("<IH", message, 64 + 28) if side == REQUEST else (
            struct.unpack_from("<I", message, 64 + 60)[0], struct.unpack_from("<H", message, 64 + 6)[0])
        # The capability of 3.0 and 3.0.2.
        place = 64 + (8 if side == REQUEST else 24)
        struct.pack_into("<I", changed, place, struct.unpack_from("<I", message, place)[0] & ~0x40)
        for _ in range(count):
            kind, length = struct.unpack_from("<2H", message, offset)
            if kind == ENCRYPTION_CAPABILITIES:
                struct.pack_into("<H", changed, offset, UNKNOWN_CONTEXT)
            offset += 8 + length + -length % 8
        return changed


class WithoutSignature(Pass):
    """Takes the signature off the answer that completes the session."""

    def changed(self, side, message):
        if side == ANSWER and command(message) == SESSION_SETUP and struct.unpack_from("<I", message, 8)[0] == 0:
            flags, = struct.unpack_from("<I", message, 16)
            return message[:16] + struct.pack("<I", flags & ~SIGNED) + message[20:48] + bytes(16) + message[64:]
        return None


class WithoutFlag(Pass):
    """Says, in the answer that completes the session, that the server does not want encryption."""

    def changed(self, side, message):
        if side == ANSWER and command(message) == SESSION_SETUP and struct.unpack_from("<I", message, 8)[0] == 0:
            changed = bytearray(message)
            changed[66] &= ~ENCRYPT_DATA
            return changed
        return None


class Guest(Pass):
    """Says that the session is a guest's, which is neither signed nor encrypted."""

    def changed(self, side, message):
        if side == ANSWER and command(message) == SESSION_SETUP and struct.unpack_from("<I", message, 8)[0] == 0:
            changed = bytearray(WithoutSignature.changed(self, side, message))
            changed[66] = 1
            return changed
        return None


class Flip(Nth):
    """Changes a bit of a message."""

    def __init__(self, side, number, place):
        Nth.__init__(self, side, number)
        self.place = place

    def act(self, message):
        changed = bytearray(message)
        changed[self.place % len(changed)] ^= 0x10
        return [framed(bytes(changed))]


class Again(Nth):
    """Sends a message twice."""

    def act(self, message):
        return [framed(message), framed(message)]


class Plain(Nth):
    """Answers an encrypted request with an error that nobody has encrypted or signed."""

    def __init__(self, number, status):
        Nth.__init__(self, ANSWER, number)
        self.status = status

    def act(self, message):
        # The number of the message is guessed; the session is seen.
        session = message[44:52] if message[:4] == b"\xfdSMB" else message[40:48]
        header = struct.pack("<4s2HI2H2IQ2IQ16s", b"\xfeSMB", 64, 1, self.status, 11, 1, 1, 0, self.number, 0, 1,
                             int.from_bytes(session, "little"), bytes(16))
        return [framed(header + struct.pack("<HBBIB", 9, 0, 0, 0, 0))]


class Cut(Pass):
    """Closes the connection when so many bytes of the server's have passed."""

    def __init__(self, left):
        self.left = left

    def message(self, side, message):
        data = framed(message)
        if side == REQUEST:
            return [data]
        if self.left >= len(data):
            self.left -= len(data)
            return [data]
        return self.part(data[:self.left])

    def part(self, data):
        if data:
            yield data
        raise Ended


class Drop(Nth):
    """Closes the connection when the server has answered a request: the answer is lost."""

    def __init__(self, number):
        Nth.__init__(self, ANSWER, number)

    def act(self, message):
        raise Ended


class Stall(Nth):
    """Keeps an answer for some time, or for ever."""

    def __init__(self, number, seconds=None):
        Nth.__init__(self, ANSWER, number)
        self.seconds = seconds

    def act(self, message):
        self.ended.wait(self.seconds)
        if self.seconds is None:
            raise Ended
        return [framed(message)]


class Trickle(Nth):
    """Sends an answer byte by byte, each after a moment."""

    def __init__(self, number, seconds):
        Nth.__init__(self, ANSWER, number)
        self.seconds = seconds

    def act(self, message):
        for byte in framed(message):
            yield bytes([byte])
            time.sleep(self.seconds)


class Huge(Nth):
    """Says that an answer has 16 MB, and sends no more than was there."""

    def __init__(self, number):
        Nth.__init__(self, ANSWER, number)

    def act(self, message):
        yield b"\0\xff\xff\xff" + message
        self.ended.wait()
        raise Ended
