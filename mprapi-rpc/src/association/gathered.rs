//! A request that arrives in fragments.

use zeroize::Zeroizing;

use super::closed::Closed;
use super::limits::Limits;
use crate::pdu::{Flags, Request};
use crate::secret;

/// A request that arrives in fragments, as far as they are there.
pub(super) struct Gathered {
    pub(super) call_id: u32,
    pub(super) context_id: u16,
    pub(super) opnum: u16,
    /// The parts so far, which may have a password.
    pub(super) stub: Zeroizing<Vec<u8>>,
    fragments: usize,
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
        (None, true) => Gathered { call_id, context_id, opnum, stub: Zeroizing::default(), fragments: 0 },
        (Some(begun), false)
            if (begun.call_id, begun.context_id, begun.opnum) == (call_id, context_id, opnum) =>
        {
            begun
        }
        _ => return Err(Closed::Mixed),
    };
    request.fragments += 1;
    if request.fragments > limits.fragments || request.stub.len() + part.stub.len() > longest {
        return Err(Closed::Request);
    }
    // The hint of the client says nothing that is relied on: the stub grows by what has arrived.
    secret::append(&mut request.stub, part.stub);
    if flags.contains(Flags::LAST) {
        return Ok(Some(request));
    }
    *pending = Some(request);
    Ok(None)
}
