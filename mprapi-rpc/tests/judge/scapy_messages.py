"""Compares our encoded requests and answers with those that Scapy makes, byte for byte.

    pip install scapy scapy-rpc
    cargo run -p mprapi-rpc --example dump_messages 20 | python3 mprapi-rpc/tests/judge/scapy_messages.py

A line of the input has the bytes that a message is made from. This program makes the same message from them, with the
definitions of scapy-rpc (made from Microsoft's interface definition) and the encoder of Scapy. Neither shares code with
mprapi-rpc. Referents of pointers may be any numbers, so all are taken as the same.

scapy-rpc's definitions are corrected in these places, and used as they are elsewhere:

- The server handle is a binding handle, of which nothing is transmitted; the definition has eight bytes.
- The tag of each union is one byte; the definitions have four.
- A member of `PROJECTION_INFO_IDL_1` is a structure and no pointer to one, and `RRasAdminConnectionEnumEx` answers with a
  pointer to an array of unions and not with an array of pointers to unions.
"""

import struct
import sys
from collections import Counter

from scapy.fields import StrFixedLenField, StrFixedLenFieldUtf16
from scapy.layers.dcerpc import (
    NDRByteField,
    NDRConfFieldListField,
    NDRConfPacketListField,
    NDRConfStrLenField,
    NDRConfVarStrNullFieldUtf16,
    NDRFullEmbPointerField,
    NDRFullPointerField,
    NDRInt3264EnumField,
    NDRInt3264Field,
    NDRIntField,
    NDRLongField,
    NDRPacket,
    NDRPacketField,
    NDRShortField,
    NDRSignedIntField,
    NDRUnion,
    NDRUnionField,
)

from msrpcs import ms_rrasm as rrasm

# The operations whose answers this program compares and whose definitions it had to correct more than in the tag.
CORRECTED = {45, 46}


def correct():
    for fld in rrasm.RAS_CONNECTION_EX_1_IDL.fields_desc:
        if isinstance(fld, NDRUnionField):
            for number, (member, condition) in enumerate(fld.flds):
                if isinstance(member, NDRFullEmbPointerField):
                    fld.flds[number] = (member.fld, condition)
    seen = set()
    for cls in vars(rrasm).values():
        if isinstance(cls, type) and issubclass(cls, NDRPacket):
            for fld in cls.fields_desc:
                if isinstance(fld, NDRUnionField) and id(fld) not in seen:
                    seen.add(id(fld))
                    fld.switch_fmt = ("B", "B")
                    fld.align = (1, fld.align[1])
    answer = rrasm.RRasAdminConnectionEnumEx_Response
    element = next(f for f in rrasm.RRasAdminConnectionGetInfoEx_Response.fields_desc if f.name == "pRasConnection")
    array = NDRConfFieldListField("pRasConections", [], element, size_is=lambda pkt: pkt.lpdwEntriesRead)

    class Corrected(NDRPacket):
        fields_desc = [
            NDRFullPointerField(array) if fld.name == "pRasConections" else fld for fld in answer.fields_desc
        ]

    rrasm.RRasAdminConnectionEnumEx_Response = Corrected


class Source:
    """The counterpart of mprapi-rpc's `Source`: bytes, and zeros when there are no more."""

    def __init__(self, data):
        self.data = data
        self.shapes = Counter()

    def take(self, count):
        taken, self.data = self.data[:count], self.data[count:]
        return taken.ljust(count, b"\0")

    def number(self, fmt):
        return struct.unpack("<" + fmt, self.take(struct.calcsize(fmt)))[0]

    def is_null(self):
        null = self.number("B") < 128
        self.shapes["null" if null else "pointer"] += 1
        return null

    def count(self):
        return self.number("B") % 16


NUMBERS = [
    (NDRByteField, "B"),
    (NDRShortField, "H"),
    (NDRInt3264EnumField, "H"),
    (NDRSignedIntField, "i"),
    (NDRIntField, "I"),
    (NDRInt3264Field, "I"),
    (NDRLongField, "Q"),
]


def value(fld, source):
    """The value of a field that has no pointer and no count."""
    for cls, fmt in NUMBERS:
        if isinstance(fld, cls):
            return source.number(fmt)
    if isinstance(fld, StrFixedLenFieldUtf16):
        return source.take(fld.length_from(None)).decode("utf-16-le")
    if isinstance(fld, StrFixedLenField):
        return source.take(fld.length_from(None))
    if isinstance(fld, NDRPacketField):
        return packet(fld.cls, source)
    if isinstance(fld, NDRConfVarStrNullFieldUtf16):
        count = source.count()
        text = source.take(2 * count).decode("utf-16-le")
        # Scapy counts the bytes of UTF-8, which is right for ASCII only. The null character counts too.
        made = fld.any2i(None, text)
        varying = made.value[0] if isinstance(made.value, list) else made.value
        made.max_count = varying.actual_count = count + 1
        return made
    if isinstance(fld, NDRUnionField):
        index = source.number("B") % len(fld.flds)
        source.shapes["union"] += 1
        return NDRUnion(tag=index + 1, value=value(fld.flds[index][0], source))
    raise TypeError(f"{fld.name}: {type(fld)}")


def array(fld, source):
    """The elements of an array."""
    count = source.count()
    if isinstance(fld, NDRConfStrLenField):
        return source.take(count)
    if isinstance(fld, NDRConfPacketListField):
        return [packet(fld.cls, source) for _ in range(count)]
    if isinstance(fld, NDRConfFieldListField):
        return [value(fld.field, source) for _ in range(count)]
    raise TypeError(f"{fld.name}: {type(fld)}")


def packet(cls, source):
    """A structure or a list of parameters."""
    values = {}
    counts = {}
    for fld in cls.fields_desc:
        size_of = getattr(fld, "size_of", None)
        if fld.name == "hDimServer":
            continue
        if size_of:
            # Scapy counts the elements, if there are any.
            counts[size_of] = fld.name
        elif isinstance(fld, NDRFullPointerField):
            if source.is_null():
                values[fld.name] = None
                if fld.name in counts:
                    values[counts[fld.name]] = source.number("I")
            else:
                pointee = array(fld.fld, source) if fld.name in counts else value(fld.fld, source)
                values[fld.name] = pointee
                if fld.name in counts:
                    values[counts[fld.name]] = len(pointee)
        else:
            values[fld.name] = value(fld, source)
    made = cls(ndr64=False)
    for name, content in values.items():
        setattr(made, name, content)
    return made


def encode(kind, name, data):
    suffix = {"request": "_Request", "answer": "_Response"}[kind]
    source = Source(data)
    made = packet(getattr(rrasm, name + suffix), source)
    stub = bytes(made)
    if kind == "request":
        assert stub[:8] == bytes(8), "the handle that is not transmitted"
        stub = stub[8:]
    return stub, source.shapes


def referents(stub):
    """The stub with one number for all referents."""
    words = [stub[at : at + 4] for at in range(0, len(stub), 4)]
    first = 0x20000
    is_referent = lambda word: len(word) == 4 and first <= struct.unpack("<I", word)[0] < first + 4096
    return b"".join(struct.pack("<I", first) if is_referent(word) else word for word in words)


def main():
    correct()
    operations, shapes, compared, different = Counter(), Counter(), 0, 0
    for line in sys.stdin:
        kind, opnum, name, data, ours = line.split()
        data = bytes.fromhex(data.strip("-"))
        ours = bytes.fromhex(ours.strip("-"))
        theirs, seen = encode(kind, name, data)
        compared += 1
        operations[kind, int(opnum)] += 1
        shapes += seen
        if referents(ours) != referents(theirs):
            different += 1
            a, b = referents(ours), referents(theirs)
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            print(f"{kind} {opnum} {name}: differs at byte {at} of {len(a)} and {len(b)}", file=sys.stderr)
            print(f"  ours   {a[max(0, at - 16):at + 32].hex(' ', 4)}", file=sys.stderr)
            print(f"  Scapy  {b[max(0, at - 16):at + 32].hex(' ', 4)}", file=sys.stderr)
    missing = [(k, n) for k in ("request", "answer") for n in range(53) if not operations[k, n]]
    print(
        f"{compared} messages of {len(operations)} kinds compared, {different} differ; "
        f"{shapes['pointer']} pointers, {shapes['null']} of them null besides, {shapes['union']} unions; "
        f"{len(CORRECTED)} answers by corrected definitions"
    )
    if missing:
        print(f"no message of {missing}", file=sys.stderr)
    sys.exit(1 if different or missing or not compared else 0)


if __name__ == "__main__":
    main()
