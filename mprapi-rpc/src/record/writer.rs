//! Writing records to the wire.

use mprapi_sys as sys;

use super::error::{Reason, RecordError};
use super::field::{Fields, Number, Visit};
use super::layout::Layout;
use super::memory;
use super::projection::{self, Projection};
use super::shape::{Held, Record};
use super::texts;

/// Writes records one after the other.
///
/// # Errors
/// [`Reason::Field`] if a handle does not fit into 32 bits, and [`Reason::Size`] if there is not one record of a type that
/// comes alone ([`Record::HAS_TAIL`]).
pub fn write<R: Record>(records: &[Held<R>], layout: Layout) -> Result<Vec<u8>, RecordError> {
    let error = |reason| RecordError { record: R::NAME, level: R::LEVEL, reason };
    if R::HAS_TAIL && records.len() != 1 {
        return Err(error(Reason::Size { size: 0, count: records.len(), known: Vec::new() }));
    }
    let mut bytes = Vec::new();
    for held in records {
        let mut writer = Writer { start: bytes.len(), bytes: &mut bytes, layout, data: None, texts: None };
        let mut held = held.clone();
        held.record.fields(&mut held.behind, &mut writer).map_err(error)?;
        writer.finish(R::alignment(layout));
    }
    Ok(bytes)
}

/// Something that follows a record, and the place of its offset.
struct Piece {
    place: usize,
    bytes: Vec<u8>,
}

/// A visitor that appends the fields.
struct Writer<'a> {
    bytes: &'a mut Vec<u8>,
    /// The beginning of the record.
    start: usize,
    layout: Layout,
    data: Option<Piece>,
    texts: Option<Piece>,
}

impl Writer<'_> {
    fn align(&mut self, alignment: usize) {
        let length = (self.bytes.len() - self.start).next_multiple_of(alignment);
        self.bytes.resize(self.start + length, 0);
    }

    fn put(&mut self, bits: u64, size: usize) {
        self.align(size);
        self.bytes.extend_from_slice(&bits.to_le_bytes()[..size]);
    }

    fn units(&mut self, units: &[u16]) {
        self.align(2);
        self.bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    }

    /// Leaves room for an offset. Returns its place.
    fn offset(&mut self) -> usize {
        self.put(0, self.layout.pointer);
        self.bytes.len() - self.layout.pointer
    }

    fn fault(&self, field: &'static str, place: usize, fault: &'static str) -> Reason {
        Reason::Field { field, offset: place - self.start, fault }
    }

    /// Appends what follows the record: data first, and texts after it, as the specification orders them.
    fn finish(mut self, alignment: usize) {
        self.align(alignment);
        for piece in [self.data.take(), self.texts.take()].into_iter().flatten() {
            self.align(2);
            let offset = (self.bytes.len() - self.start) as u64;
            let place = &mut self.bytes[piece.place..][..self.layout.pointer];
            place.copy_from_slice(&offset.to_le_bytes()[..self.layout.pointer]);
            self.bytes.extend(piece.bytes);
        }
    }
}

impl Fields for Writer<'_> {
    fn number<N: Number>(&mut self, _: &'static str, value: &mut N) -> Visit {
        self.put(value.to_wire(), N::SIZE);
        Ok(())
    }

    /// Writes the low half: a counter of 32 bits wraps around.
    fn counter(&mut self, _: &'static str, value: &mut u64) -> Visit {
        self.put(*value, 4);
        Ok(())
    }

    fn handle(&mut self, field: &'static str, value: &mut sys::HANDLE) -> Visit {
        let offset = (self.bytes.len() - self.start).next_multiple_of(4);
        let fault = "is a handle that does not fit into 32 bits";
        let bits = u32::try_from(value.addr()).map_err(|_| Reason::Field { field, offset, fault })?;
        self.put(bits.into(), 4);
        Ok(())
    }

    fn text(&mut self, _: &'static str, units: &mut [u16]) -> Visit {
        self.units(units);
        Ok(())
    }

    /// Writes an address. One that is too long for this layout is cut, and still ends with a zero.
    fn ipx_text(&mut self, _: &'static str, units: &mut [u16]) -> Visit {
        let mut fitting: Vec<u16> = units.iter().copied().take(self.layout.ipx_units).collect();
        if let (true, Some(last)) = (fitting.len() < units.len(), fitting.last_mut()) {
            *last = 0;
        }
        fitting.resize(self.layout.ipx_units, 0);
        self.units(&fitting);
        Ok(())
    }

    fn bytes(&mut self, _: &'static str, bytes: &mut [u8]) -> Visit {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn address(&mut self, _: &'static str, address: &mut sys::IN6_ADDR) -> Visit {
        self.align(2);
        self.bytes.extend_from_slice(&memory::octets(address));
        Ok(())
    }

    fn record<R: Record<Behind = ()>>(&mut self, _: &'static str, record: &mut R) -> Visit {
        self.align(R::alignment(self.layout));
        record.fields(&mut (), self)?;
        self.align(R::alignment(self.layout));
        Ok(())
    }

    fn texts(&mut self, field: &'static str, _: &mut *mut u16, behind: &mut Option<Vec<u16>>) -> Visit {
        let place = self.offset();
        if behind.as_ref().is_some_and(|texts| !texts::is_whole(texts)) {
            return Err(self.fault(field, place, texts::ENDLESS));
        }
        self.texts = behind
            .as_ref()
            .map(|texts| Piece { place, bytes: texts.iter().flat_map(|unit| unit.to_le_bytes()).collect() });
        Ok(())
    }

    fn data(
        &mut self,
        field: &'static str,
        _: &mut *mut u8,
        length: u32,
        behind: &mut Option<Vec<u8>>,
    ) -> Visit {
        let place = self.offset();
        if behind.as_ref().map_or(0, Vec::len) != length as usize {
            return Err(self.fault(field, place, "has another length than its field says"));
        }
        self.data = behind.take().map(|bytes| Piece { place, bytes });
        Ok(())
    }

    fn unused(&mut self, _: &'static str, _: &mut u32, _: &mut *mut sys::IN6_ADDR) -> Visit {
        self.offset();
        Ok(())
    }

    fn projection(
        &mut self,
        field: &'static str,
        _: &mut sys::PROJECTION_INFO2,
        behind: &mut Projection,
    ) -> Visit {
        self.align(projection::ALIGN);
        let start = self.bytes.len();
        self.put(behind.kind().into(), 1);
        self.align(projection::UNION);
        match behind {
            Projection::None | Projection::Other(_) => {}
            Projection::Ppp(ppp) => self.record(field, ppp)?,
            Projection::Ikev2(ikev2) => self.record(field, ikev2)?,
        }
        self.bytes.resize(start + projection::SIZE, 0);
        Ok(())
    }
}
