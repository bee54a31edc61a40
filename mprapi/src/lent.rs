//! Records that the service lends for the time of one call.

use crate::id::{NO_SERVER, Origin};
use crate::{Error, Result};

/// The owner of a record that the Routing and Remote Access service lends to an administration DLL for one call.
///
/// It cannot be asked as a server can: a view of such a record has no [`handle`](crate::Connection::handle), and its ids belong
/// to no server. They compare by their number, and every server refuses them.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Lent;

impl Origin for Lent {
    #[inline]
    fn serial(&self) -> u64 {
        NO_SERVER
    }
}

/// The owner of all lent records.
pub(crate) static LENT: Lent = Lent;

/// Checks the address of a record. `function` is the callout that got it.
#[inline]
pub(crate) fn check_address<R>(function: &'static str, record: *const R) -> Result<()> {
    if record.is_null() {
        return Err(Error::answer(function, "the record is null"));
    }
    if !record.is_aligned() {
        return Err(Error::answer(function, "the record is not aligned"));
    }
    Ok(())
}
