//! A record: its fields, and the sizes that it is known to have.

use super::field::{Fields, Visit};
use super::layout::Layout;

/// A record that has a place both in memory and on the wire.
pub trait Record: Copy + Default {
    /// The memory behind the record's pointers and the values of its unions, in safe form.
    type Behind: Clone + std::fmt::Debug + Default + PartialEq;

    /// The name that the specification gives the record on the wire.
    const NAME: &'static str;

    /// The level of the record.
    const LEVEL: u32 = 0;

    /// The sizes that the record is known to have on the wire. A record that is only a field of others has none.
    const SHAPES: &'static [Shape] = &[];

    /// `true` if what the record points to follows it on the wire. Such a record comes alone.
    const HAS_TAIL: bool = false;

    /// Returns the alignment on the wire, in bytes.
    fn alignment(_layout: Layout) -> usize {
        4
    }

    /// Shows the fields, in the order of the wire.
    ///
    /// # Errors
    /// The visitor's.
    fn fields<F: Fields>(&mut self, behind: &mut Self::Behind, fields: &mut F) -> Visit;
}

/// A size that a record is known to have on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The number of bytes, without what follows the record.
    pub size: usize,
    /// The layout that gives this size.
    pub layout: Layout,
    /// Where this size is known from.
    pub source: &'static str,
}

/// A record and the memory behind its pointers, which are null in [`Held::record`].
#[derive(Clone, Default)]
pub struct Held<R: Record> {
    /// The record.
    pub record: R,
    /// The memory behind the pointers, and the values of the unions.
    pub behind: R::Behind,
}
