//! The PDUs of a call: request, response and fault.

use std::fmt;

use super::error::Result;
use super::fragment::Fragment;
use super::header::{Flags, Header};
use super::read::Reader;
use super::syntax::Uuid;
use crate::secret::Hidden;

/// The body of one fragment of a request. `Debug` does not show the stub, which may have a password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    /// The size of the whole stub, as the client estimates it. Nothing relies on it.
    pub alloc_hint: u32,
    /// The number of the interface.
    pub context_id: u16,
    /// The number of the operation.
    pub opnum: u16,
    /// The object, if the header has [`Flags::OBJECT_UUID`].
    pub object: Option<Uuid>,
    /// The part of the stub in this fragment.
    pub stub: &'a [u8],
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Request");
        shown.field("alloc_hint", &self.alloc_hint).field("context_id", &self.context_id);
        shown.field("opnum", &self.opnum).field("object", &self.object);
        shown.field("stub", &Hidden(self.stub)).finish()
    }
}

impl<'a> Request<'a> {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// If the body is shorter than its fixed fields.
    pub fn decode(fragment: &Fragment<'a>) -> Result<Request<'a>> {
        let mut reader = Reader::new(fragment.body, Header::SIZE);
        Ok(Request {
            alloc_hint: reader.u32("alloc_hint")?,
            context_id: reader.u16("p_cont_id")?,
            opnum: reader.u16("opnum")?,
            object: match fragment.header.flags.contains(Flags::OBJECT_UUID) {
                true => Some(Uuid(reader.array("object")?)),
                false => None,
            },
            stub: reader.rest(),
        })
    }

    /// Makes the body. A PDU with an object needs [`Flags::OBJECT_UUID`].
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.alloc_hint.to_le_bytes().to_vec();
        out.extend(self.context_id.to_le_bytes());
        out.extend(self.opnum.to_le_bytes());
        out.extend(self.object.iter().flat_map(|object| object.0));
        out.extend(self.stub);
        out
    }
}

/// The bytes of a PDU with a request before its stub.
pub(crate) fn before_stub(flags: Flags) -> usize {
    Header::SIZE + 8 + if flags.contains(Flags::OBJECT_UUID) { 16 } else { 0 }
}

/// The body of one fragment of a response. `Debug` does not show the stub, which may have a password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Response<'a> {
    /// The size of the stub from here to its end. Nothing relies on it.
    pub alloc_hint: u32,
    /// The number of the interface.
    pub context_id: u16,
    /// The number of cancels that the server has seen.
    pub cancel_count: u8,
    /// The part of the stub in this fragment.
    pub stub: &'a [u8],
}

impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Response");
        shown.field("alloc_hint", &self.alloc_hint).field("context_id", &self.context_id);
        shown.field("cancel_count", &self.cancel_count).field("stub", &Hidden(self.stub)).finish()
    }
}

impl<'a> Response<'a> {
    /// The bytes of a PDU with a response before its stub.
    pub const BEFORE_STUB: usize = Header::SIZE + 8;

    /// Reads the body of a response.
    ///
    /// # Errors
    /// If the body is shorter than its fixed fields.
    pub fn decode(body: &'a [u8]) -> Result<Response<'a>> {
        let mut reader = Reader::new(body, Header::SIZE);
        let (alloc_hint, context_id) = (reader.u32("alloc_hint")?, reader.u16("p_cont_id")?);
        let cancel_count = reader.u8("cancel_count")?;
        reader.u8("reserved")?;
        Ok(Response { alloc_hint, context_id, cancel_count, stub: reader.rest() })
    }

    /// Makes the body.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.alloc_hint.to_le_bytes().to_vec();
        out.extend(self.context_id.to_le_bytes());
        out.extend([self.cancel_count, 0]);
        out.extend(self.stub);
        out
    }
}

/// The body of a fault: a call that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultBody {
    /// The number of the interface.
    pub context_id: u16,
    /// The number of cancels that the server has seen.
    pub cancel_count: u8,
    /// The status.
    pub status: Fault,
}

/// Some clients insist that a fault has a hint: the bytes of its fixed part, as other servers say.
const ALLOC_HINT_OF_FAULT: u32 = 24;

impl FaultBody {
    /// Reads the body of a fault. What follows its fields (the extended error of MS-RPCE) is left unread.
    ///
    /// # Errors
    /// If the body is shorter than its fixed fields.
    pub fn decode(body: &[u8]) -> Result<FaultBody> {
        let mut reader = Reader::new(body, Header::SIZE);
        reader.u32("alloc_hint")?;
        let (context_id, cancel_count) = (reader.u16("p_cont_id")?, reader.u8("cancel_count")?);
        reader.u8("reserved")?;
        let status = Fault(reader.u32("status")?);
        reader.u32("reserved2")?;
        Ok(FaultBody { context_id, cancel_count, status })
    }

    /// Makes the body.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = ALLOC_HINT_OF_FAULT.to_le_bytes().to_vec();
        out.extend(self.context_id.to_le_bytes());
        out.extend([self.cancel_count, 0]);
        out.extend(self.status.0.to_le_bytes());
        out.extend([0; 4]);
        out
    }
}

/// The status of a fault: why a call has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fault(pub u32);

impl Fault {
    /// `nca_s_fault_access_denied`: the caller may not make the call.
    pub const ACCESS_DENIED: Fault = Fault(5);
    /// `nca_s_fault_ndr` (1783): the stub cannot be decoded.
    pub const BAD_STUB: Fault = Fault(0x6f7);
    /// `nca_s_fault_sec_pkg_error` (1825): the security provider refuses a fragment.
    pub const SECURITY: Fault = Fault(0x721);
    /// `nca_s_op_rng_error`: the interface does not have the operation.
    pub const OPERATION_UNKNOWN: Fault = Fault(0x1c01_0002);
    /// `nca_s_unk_if`: the interface was not accepted.
    pub const INTERFACE_UNKNOWN: Fault = Fault(0x1c01_0003);
    /// `nca_s_proto_error`: the client breaks the protocol.
    pub const PROTOCOL: Fault = Fault(0x1c01_000b);
    /// `nca_s_fault_remote_no_memory`: the request or the answer exceeds a limit of the server.
    pub const NO_MEMORY: Fault = Fault(0x1c00_001d);
    /// `nca_s_fault_unspec`: the server failed.
    pub const UNSPECIFIED: Fault = Fault(0x1c00_0012);
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Fault::ACCESS_DENIED => "access denied",
            Fault::BAD_STUB => "the stub cannot be decoded",
            Fault::SECURITY => "the security provider refuses the fragment",
            Fault::OPERATION_UNKNOWN => "no such operation",
            Fault::INTERFACE_UNKNOWN => "no such interface",
            Fault::PROTOCOL => "the protocol was broken",
            Fault::NO_MEMORY => "too large",
            Fault::UNSPECIFIED => "the server failed",
            _ => "fault",
        };
        write!(f, "{text} ({:#010x})", self.0)
    }
}

impl std::error::Error for Fault {}
