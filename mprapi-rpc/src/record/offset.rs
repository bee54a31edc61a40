//! The places of a record's fields.

use mprapi_sys as sys;

use super::field::{Fields, Number, Visit};
use super::layout::Layout;
use super::projection::{self, Projection};
use super::shape::Record;

/// The place of a field on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// The field's name in `mprapi.h`.
    pub field: &'static str,
    /// The offset from the beginning of the record, in bytes.
    pub offset: usize,
    /// The number of bytes.
    pub size: usize,
}

/// Lists the places of a record's fields, those of records in it included.
pub fn offsets<R: Record>(layout: Layout) -> Vec<Offset> {
    measure::<R>(layout).offsets
}

/// Returns the size of a record, without what follows it.
pub fn size<R: Record>(layout: Layout) -> usize {
    measure::<R>(layout).at.next_multiple_of(R::alignment(layout))
}

fn measure<R: Record>(layout: Layout) -> Measure {
    let mut measure = Measure { layout, at: 0, offsets: Vec::new() };
    let outcome = R::default().fields(&mut R::Behind::default(), &mut measure);
    debug_assert_eq!(outcome, Ok(()), "measuring has no errors");
    measure
}

/// A visitor that notes where each field lies.
struct Measure {
    layout: Layout,
    at: usize,
    offsets: Vec<Offset>,
}

impl Measure {
    fn place(&mut self, field: &'static str, size: usize, alignment: usize) -> Visit {
        let offset = self.at.next_multiple_of(alignment);
        self.offsets.push(Offset { field, offset, size });
        self.at = offset + size;
        Ok(())
    }
}

impl Fields for Measure {
    fn number<N: Number>(&mut self, field: &'static str, _: &mut N) -> Visit {
        self.place(field, N::SIZE, N::SIZE)
    }

    fn counter(&mut self, field: &'static str, _: &mut u64) -> Visit {
        self.place(field, 4, 4)
    }

    fn handle(&mut self, field: &'static str, _: &mut sys::HANDLE) -> Visit {
        self.place(field, 4, 4)
    }

    fn text(&mut self, field: &'static str, units: &mut [u16]) -> Visit {
        self.place(field, 2 * units.len(), 2)
    }

    fn ipx_text(&mut self, field: &'static str, _: &mut [u16]) -> Visit {
        self.place(field, 2 * self.layout.ipx_units, 2)
    }

    fn bytes(&mut self, field: &'static str, bytes: &mut [u8]) -> Visit {
        self.place(field, bytes.len(), 1)
    }

    fn address(&mut self, field: &'static str, _: &mut sys::IN6_ADDR) -> Visit {
        // Eight 16-bit words are one of the two ways to see it.
        self.place(field, 16, 2)
    }

    fn record<R: Record<Behind = ()>>(&mut self, _: &'static str, record: &mut R) -> Visit {
        self.at = self.at.next_multiple_of(R::alignment(self.layout));
        record.fields(&mut (), self)?;
        self.at = self.at.next_multiple_of(R::alignment(self.layout));
        Ok(())
    }

    fn texts(&mut self, field: &'static str, _: &mut *mut u16, _: &mut Option<Vec<u16>>) -> Visit {
        self.place(field, self.layout.pointer, self.layout.pointer)
    }

    fn data(&mut self, field: &'static str, _: &mut *mut u8, _: u32, _: &mut Option<Vec<u8>>) -> Visit {
        self.place(field, self.layout.pointer, self.layout.pointer)
    }

    fn unused(&mut self, field: &'static str, _: &mut u32, _: &mut *mut sys::IN6_ADDR) -> Visit {
        self.place(field, self.layout.pointer, self.layout.pointer)
    }

    fn projection(
        &mut self,
        field: &'static str,
        _: &mut sys::PROJECTION_INFO2,
        _: &mut Projection,
    ) -> Visit {
        self.place(field, projection::SIZE, projection::ALIGN)
    }
}
