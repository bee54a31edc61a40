//! Reading records from the wire.

use mprapi_sys as sys;

use super::error::{Reason, RecordError};
use super::field::{Fields, Number, Visit};
use super::layout::Layout;
use super::projection::{self, Projection};
use super::shape::{Held, Record, Shape};
use super::texts;

/// Records that were read, and the layout that they had.
#[derive(Clone)]
pub struct Records<R: Record> {
    /// The records.
    pub records: Vec<Held<R>>,
    /// The layout of the records; the first one if several fit.
    pub layout: Layout,
}

/// Reads records that lie one after the other.
///
/// The size divided by the count tells which layout they have.
///
/// # Errors
/// [`Reason::Size`] if the record has this size in no layout that is known, and [`Reason::Field`] if a field says what
/// cannot be, such as an offset outside the bytes or a text without a zero. An empty answer with a count of 0 is no error.
pub fn read<R: Record>(bytes: &[u8], count: usize) -> Result<Records<R>, RecordError> {
    let error = |reason| RecordError { record: R::NAME, level: R::LEVEL, reason };
    let unknown = || {
        error(Reason::Size {
            size: bytes.len(),
            count,
            known: R::SHAPES.iter().map(|shape| shape.size).collect(),
        })
    };
    if R::HAS_TAIL {
        return if count == 1 { read_with_tail(bytes, unknown()) } else { Err(unknown()) };
    }
    if count == 0 && bytes.is_empty() {
        return Ok(Records { records: Vec::new(), layout: R::SHAPES.first().ok_or_else(unknown)?.layout });
    }
    let fits = |shape: &&Shape| shape.size.checked_mul(count) == Some(bytes.len());
    let shape = R::SHAPES.iter().find(fits).ok_or_else(unknown)?;
    // Not before the bytes are known to be as many: a count alone takes no memory.
    let mut records = Vec::with_capacity(count);
    for bytes in bytes.chunks_exact(shape.size) {
        records.push(read_whole(bytes, *shape).map_err(error)?.0);
    }
    Ok(Records { records, layout: shape.layout })
}

/// Reads one record that something may follow, in the first layout in which all of it is there. A layout in which the first
/// piece begins where the record ends goes before the others.
fn read_with_tail<R: Record>(bytes: &[u8], unknown: RecordError) -> Result<Records<R>, RecordError> {
    let (mut found, mut fault) = (None, None);
    for shape in R::SHAPES.iter().filter(|shape| shape.size <= bytes.len()) {
        match read_whole(bytes, *shape) {
            Ok((record, is_exact)) => {
                if found.is_none() || is_exact {
                    found = Some(Records { records: vec![record], layout: shape.layout });
                }
                if is_exact {
                    break;
                }
            }
            Err(reason) => fault = fault.or(Some(reason)),
        }
    }
    found.ok_or(match fault {
        Some(reason @ Reason::Field { .. }) => RecordError { reason, ..unknown },
        _ => unknown,
    })
}

/// Reads one record, and all that follows it. Returns with it `true` if there is no gap between the two.
fn read_whole<R: Record>(bytes: &[u8], shape: Shape) -> Result<(Held<R>, bool), Reason> {
    let mut held = Held::<R>::default();
    let mut reader = Reader { bytes, shape, at: 0, tail: None };
    held.record.fields(&mut held.behind, &mut reader)?;
    debug_assert_eq!(reader.at.next_multiple_of(R::alignment(shape.layout)), shape.size, "{}", R::NAME);
    let (first, end) = reader.tail.unwrap_or((shape.size, shape.size));
    // A sender may round up what follows a record, but the record alone has its size.
    let most = if reader.tail.is_some() { end.next_multiple_of(8) } else { end };
    if bytes.len() < end || bytes.len() > most {
        return Err(Reason::Size { size: bytes.len(), count: 1, known: Vec::new() });
    }
    Ok((held, first == shape.size))
}

/// A visitor that fills the fields.
struct Reader<'a> {
    bytes: &'a [u8],
    shape: Shape,
    /// The end of the last field.
    at: usize,
    /// The beginning of the first piece that follows the record, and the end of the last.
    tail: Option<(usize, usize)>,
}

impl<'a> Reader<'a> {
    /// Takes the bytes of the next field.
    fn take(&mut self, field: &'static str, size: usize, alignment: usize) -> Result<&'a [u8], Reason> {
        let offset = self.at.next_multiple_of(alignment);
        self.at = offset + size;
        self.bytes.get(offset..self.at).ok_or(Reason::Field {
            field,
            offset,
            fault: "lies outside the record",
        })
    }

    fn bits(&mut self, field: &'static str, size: usize) -> Result<u64, Reason> {
        let bytes = self.take(field, size, size)?;
        Ok(bytes.iter().rev().fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
    }

    fn units(&mut self, field: &'static str, on_wire: usize, units: &mut [u16]) -> Visit {
        let (read, _) = self.take(field, 2 * on_wire, 2)?.as_chunks::<2>();
        for (unit, read) in units.iter_mut().zip(read) {
            *unit = u16::from_le_bytes(*read);
        }
        Ok(())
    }

    /// Checks that a text has a zero: programs in C would read on behind it.
    fn end(&self, field: &'static str, units: &[u16]) -> Visit {
        match units.contains(&0) {
            true => Ok(()),
            false => {
                let offset = self.at - 2 * units.len();
                Err(Reason::Field { field, offset, fault: "is a text without a zero at its end" })
            }
        }
    }

    /// Takes an offset, and returns with it the bytes from there on; `None` for an offset of 0.
    fn behind(&mut self, field: &'static str) -> Result<Option<(usize, &'a [u8])>, Reason> {
        let offset = self.bits(field, self.shape.layout.pointer)?;
        if offset == 0 {
            return Ok(None);
        }
        let start = usize::try_from(offset).ok().filter(|start| *start >= self.shape.size);
        match start.and_then(|start| Some((start, self.bytes.get(start..)?))) {
            Some(behind) => Ok(Some(behind)),
            None => Err(self.fault(field, "points into the record or past the end")),
        }
    }

    /// Notes a piece that follows the record.
    fn extend(&mut self, start: usize, end: usize) {
        let (first, last) = self.tail.unwrap_or((start, end));
        self.tail = Some((first.min(start), last.max(end)));
    }

    fn fault(&self, field: &'static str, fault: &'static str) -> Reason {
        Reason::Field { field, offset: self.at - self.shape.layout.pointer, fault }
    }
}

impl Fields for Reader<'_> {
    fn number<N: Number>(&mut self, field: &'static str, value: &mut N) -> Visit {
        *value = N::from_wire(self.bits(field, N::SIZE)?);
        Ok(())
    }

    fn counter(&mut self, field: &'static str, value: &mut u64) -> Visit {
        *value = self.bits(field, 4)?;
        Ok(())
    }

    fn handle(&mut self, field: &'static str, value: &mut sys::HANDLE) -> Visit {
        *value = std::ptr::without_provenance_mut(self.bits(field, 4)? as usize);
        Ok(())
    }

    fn text(&mut self, field: &'static str, units: &mut [u16]) -> Visit {
        self.units(field, units.len(), units)?;
        self.end(field, units)
    }

    fn ipx_text(&mut self, field: &'static str, units: &mut [u16]) -> Visit {
        self.units(field, self.shape.layout.ipx_units, units)?;
        self.end(field, units)
    }

    fn bytes(&mut self, field: &'static str, bytes: &mut [u8]) -> Visit {
        bytes.copy_from_slice(self.take(field, bytes.len(), 1)?);
        Ok(())
    }

    fn address(&mut self, field: &'static str, address: &mut sys::IN6_ADDR) -> Visit {
        let mut octets = [0; 16];
        octets.copy_from_slice(self.take(field, 16, 2)?);
        address.u.Byte = octets;
        Ok(())
    }

    fn record<R: Record<Behind = ()>>(&mut self, _: &'static str, record: &mut R) -> Visit {
        self.at = self.at.next_multiple_of(R::alignment(self.shape.layout));
        record.fields(&mut (), self)?;
        self.at = self.at.next_multiple_of(R::alignment(self.shape.layout));
        Ok(())
    }

    fn texts(&mut self, field: &'static str, pointer: &mut *mut u16, behind: &mut Option<Vec<u16>>) -> Visit {
        *pointer = std::ptr::null_mut();
        *behind = None;
        if let Some((start, bytes)) = self.behind(field)? {
            let (units, _) = bytes.as_chunks::<2>();
            let texts = texts::collect(units.iter().map(|unit| u16::from_le_bytes(*unit)));
            let texts = texts.ok_or_else(|| self.fault(field, texts::ENDLESS))?;
            self.extend(start, start + 2 * texts.len());
            *behind = Some(texts);
        }
        Ok(())
    }

    fn data(
        &mut self,
        field: &'static str,
        pointer: &mut *mut u8,
        length: u32,
        behind: &mut Option<Vec<u8>>,
    ) -> Visit {
        *pointer = std::ptr::null_mut();
        *behind = None;
        let found = self.behind(field)?;
        let length = length as usize;
        let (start, bytes) = match found {
            Some(found) => found,
            None if length == 0 => return Ok(()),
            None => return Err(self.fault(field, "is 0, but its length is not")),
        };
        let bytes = bytes.get(..length).ok_or_else(|| self.fault(field, "has a length past the end"))?;
        self.extend(start, start + length);
        *behind = Some(bytes.to_vec());
        Ok(())
    }

    fn unused(&mut self, field: &'static str, count: &mut u32, pointer: &mut *mut sys::IN6_ADDR) -> Visit {
        self.bits(field, self.shape.layout.pointer)?;
        *count = 0;
        *pointer = std::ptr::null_mut();
        Ok(())
    }

    fn projection(
        &mut self,
        field: &'static str,
        value: &mut sys::PROJECTION_INFO2,
        behind: &mut Projection,
    ) -> Visit {
        let start = self.at.next_multiple_of(projection::ALIGN);
        let kind =
            self.take(field, projection::SIZE, projection::ALIGN)?.first().copied().unwrap_or_default();
        let end = self.at;
        self.at = start + projection::UNION;
        *behind = match kind {
            projection::PPP => {
                let mut ppp = sys::PPP_PROJECTION_INFO2::default();
                self.record(field, &mut ppp)?;
                Projection::Ppp(ppp)
            }
            projection::IKEV2 => {
                let mut ikev2 = sys::IKEV2_PROJECTION_INFO2::default();
                self.record(field, &mut ikev2)?;
                Projection::Ikev2(ikev2)
            }
            kind => Projection::Other(kind),
        };
        self.at = end;
        *value = sys::PROJECTION_INFO2::default();
        Ok(())
    }
}
