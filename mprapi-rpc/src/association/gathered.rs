//! A request that arrives in fragments.

use super::closed::Closed;
use super::limits::Limits;
use crate::pdu::{self, Flags, Request};

/// A request that arrives in fragments, as far as they are there.
pub(super) struct Gathered {
    pub(super) call_id: u32,
    pub(super) context_id: u16,
    pub(super) opnum: u16,
    /// The parts so far.
    pub(super) stub: pdu::Gathered,
}

/// Adds a fragment to the request that is pending, which may have `longest` bytes. Returns the request when the fragment is
/// its last.
pub(super) fn gather(
    pending: &mut Option<Gathered>,
    flags: Flags,
    call_id: u32,
    part: &Request<'_>,
    limits: &Limits,
    longest: usize,
) -> Result<Option<Gathered>, Closed> {
    let &Request { context_id, opnum, .. } = part;
    let mut request = match (pending.take(), flags.contains(Flags::FIRST)) {
        (None, true) => Gathered { call_id, context_id, opnum, stub: pdu::Gathered::default() },
        (Some(begun), false)
            if (begun.call_id, begun.context_id, begun.opnum) == (call_id, context_id, opnum) =>
        {
            begun
        }
        _ => return Err(Closed::Mixed),
    };
    request.stub.append(part.stub, longest, limits.fragments).map_err(|_| Closed::Request)?;
    if flags.contains(Flags::LAST) {
        return Ok(Some(request));
    }
    *pending = Some(request);
    Ok(None)
}
