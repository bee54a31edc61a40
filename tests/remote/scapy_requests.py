"""Requests of every operation, made with Scapy's structures of MS-RRASM (from the specification's IDL).

Scapy makes the first parameter 8 bytes long; it is a binding handle, of which nothing is transmitted."""

import random
import warnings

warnings.filterwarnings("ignore")

from msrpcs import ms_rrasm  # noqa: E402
from scapy.layers import dcerpc  # noqa: E402

OPERATIONS = ms_rrasm.DIMSVC_OPNUMS
HANDLE = 8

# Answers that Scapy does not read: in the union of what was negotiated, it takes IKEv2's structure for a pointer, and
# does not align the numbers of 64 bits. `records.connection_ex` reads one by hand.
OTHER_ANSWERS = {45, 46}

referents = 0


def numbered(self, packet, bytes_, value, original=dcerpc.NDRFullPointerField.addfield):
    """Gives pointers the numbers that Windows gives them."""
    global referents
    if value is not None:
        value.referent_id = 0x20000 + 4 * referents
        referents += 1
    return original(self, packet, bytes_, value)


dcerpc.NDRFullPointerField.addfield = numbered


class Filler:
    """Fills a structure with values that differ from field to field."""

    def __init__(self, seed, arm):
        self.random, self.arm = random.Random(seed), arm

    def number(self, bits):
        return self.random.getrandbits(bits)

    def text(self, most):
        letters = "".join(chr(self.random.randrange(0x20, 0x7f)) for _ in range(self.random.randrange(1, most)))
        return letters.replace("\0", " ")

    def value(self, field, owner):
        kind = type(field).__name__
        if kind in ("NDRIntField", "NDRInt3264Field", "NDRInt3264EnumField"):
            return self.number(32)
        if kind == "NDRSignedIntField":
            return self.number(31)
        if kind in ("NDRLongField", "NDRShortField", "NDRByteField"):
            return self.number({"NDRLongField": 64, "NDRShortField": 16, "NDRByteField": 8}[kind])
        if kind == "NDRFullPointerField" or kind == "NDRFullEmbPointerField":
            if self.random.random() < 0.3:
                return None
            return dcerpc.NDRPointer(ndr64=False, value=field.fld.any2i(None, self.value(field.fld, owner)))
        if kind == "NDRUnionField":
            arms = [arm[0] for arm in field.flds]
            index = self.arm % len(arms)
            return dcerpc.NDRUnion(ndr64=False, tag=index + 1, value=self.packet(self.structure(arms[index])))
        if kind == "NDRConfPacketListField":
            return [self.packet(self.structure(field)) for _ in range(self.random.randrange(1, 4))]
        if kind == "NDRConfFieldListField":
            return [self.number(16) for _ in range(self.random.randrange(1, 20))]
        if kind == "NDRPacketField":
            return self.packet(self.structure(field))
        if kind == "NDRConfVarStrNullFieldUtf16":
            return self.text(30)
        if kind == "NDRConfStrLenField":
            return self.random.randbytes(self.random.randrange(1, 90))
        if kind == "StrFixedLenFieldUtf16":
            return self.text(min(field.length_from(None) // 2, 20))
        if kind == "StrFixedLenField":
            return self.random.randbytes(field.length_from(None))
        raise SystemExit(f"{owner.__name__}.{field.name} is a {kind}, which this does not know")

    @staticmethod
    def structure(field):
        """Returns the class of a field that has a structure, in which Scapy may have wrapped it."""
        while not hasattr(field, "cls"):
            field = field.fld
        return field.cls

    def packet(self, cls):
        values = {}
        for field in cls.fields_desc:
            if getattr(field, "size_of", None):
                continue
            values[field.name] = 0 if field.name == "hDimServer" else self.value(field, cls)
        return cls(ndr64=False, **values)


def request(opnum, seed, arm):
    global referents
    referents = 0
    packet = Filler(seed, arm).packet(OPERATIONS[opnum].request)
    return bytes(packet)[HANDLE:]
