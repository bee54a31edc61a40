//! Memory behind a record's pointers: the seam to the memory of C.

use mprapi_sys as sys;

use super::error::Reason;
use super::field::{Fields, Visit};
use super::projection::{self, Projection};
use super::shape::{Held, Record};
use super::texts;
use super::twin::Twin;
use crate::dimsvc::Projection1;
use crate::ndr::{Counted, Ndr};

/// No texts behind a pointer are longer, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Returns the bytes of an IPv6 address.
pub(super) fn octets(address: &sys::IN6_ADDR) -> [u8; 16] {
    // SAFETY: both members of the union are plain numbers over all its bytes.
    unsafe { address.u.Byte }
}

/// Takes a record from the memory of C, with what lies behind its pointers.
///
/// # Errors
/// [`Reason::Field`] for a null pointer with a length, and for texts that do not end.
///
/// # Safety
/// The pointer must be that of a record of this type, at any alignment. What its pointers point to must be readable, for
/// as long as the field says or up to the zeroes that end it.
pub(crate) unsafe fn take<R: Record>(record: *const R) -> Result<Held<R>, Reason> {
    // SAFETY: promised by the caller; a record of C is valid for any bits.
    let record = unsafe { record.read_unaligned() };
    let mut held = Held { record, behind: R::Behind::default() };
    held.record.fields(&mut held.behind, &mut Take)?;
    Ok(held)
}

/// A visitor that copies what lies behind the pointers of a record. Only [`take`] makes one, whose caller promises that the
/// pointers can be read.
struct Take;

impl Fields for Take {
    fn texts(&mut self, field: &'static str, pointer: &mut *mut u16, behind: &mut Option<Vec<u16>>) -> Visit {
        let start = std::mem::replace(pointer, std::ptr::null_mut());
        if start.is_null() {
            return Ok(());
        }
        let unit = |index: usize| {
            // SAFETY: `collect` asks for no unit behind the end, so this one still belongs to the texts.
            let unit = unsafe { start.add(index) };
            // SAFETY: as above; `take`'s caller promised that the texts are readable.
            unsafe { unit.read_unaligned() }
        };
        *behind = texts::collect((0..LONGEST).map(unit));
        match behind {
            Some(_) => Ok(()),
            None => Err(Reason::Field { field, offset: 0, fault: texts::ENDLESS }),
        }
    }

    fn data(
        &mut self,
        field: &'static str,
        pointer: &mut *mut u8,
        length: u32,
        behind: &mut Option<Vec<u8>>,
    ) -> Visit {
        let start = std::mem::replace(pointer, std::ptr::null_mut());
        if start.is_null() && length > 0 {
            return Err(Reason::Field { field, offset: 0, fault: "is null, but its length is not 0" });
        }
        if !start.is_null() {
            // SAFETY: `take`'s caller promised as many readable bytes as the field says.
            let bytes = unsafe { items(start, length) };
            *behind = Some(bytes);
        }
        Ok(())
    }

    fn unused(&mut self, _: &'static str, count: &mut u32, pointer: &mut *mut sys::IN6_ADDR) -> Visit {
        *count = 0;
        *pointer = std::ptr::null_mut();
        Ok(())
    }

    fn projection(
        &mut self,
        _: &'static str,
        value: &mut sys::PROJECTION_INFO2,
        behind: &mut Projection,
    ) -> Visit {
        let union = &value.__bindgen_anon_1;
        *behind = match value.projectionInfoType {
            projection::PPP => {
                // SAFETY: the number before the union tells that this member is there.
                Projection::Ppp(unsafe { union.PppProjectionInfo })
            }
            projection::IKEV2 => {
                // SAFETY: as above.
                Projection::Ikev2(unsafe { union.Ikev2ProjectionInfo })
            }
            kind => Projection::Other(kind),
        };
        Ok(())
    }
}

/// Takes what PPP or IKEv2 negotiated from a connection; `None` if it is neither.
///
/// # Safety
/// The number before the union must tell which member is there.
pub(crate) unsafe fn negotiated(record: &sys::RAS_CONNECTION_EX) -> Option<Projection1> {
    let union = &record.ProjectionInfo.__bindgen_anon_1;
    match record.ProjectionInfo.projectionInfoType {
        projection::PPP => {
            // SAFETY: promised by the caller.
            let ppp = unsafe { &union.PppProjectionInfo };
            Some(Projection1::Ppp(Box::new(ppp.twin())))
        }
        projection::IKEV2 => {
            // SAFETY: promised by the caller.
            let ikev2 = unsafe { &union.Ikev2ProjectionInfo };
            Some(Projection1::Ikev2(Box::new(ikev2.twin())))
        }
        _ => None,
    }
}

/// Copies items; none for null.
///
/// # Safety
/// The pointer must be null or valid for reads of so many items, at any alignment.
pub(crate) unsafe fn items<T: Copy>(first: *const T, count: u32) -> Vec<T> {
    if first.is_null() {
        return Vec::new();
    }
    let item = |index: usize| {
        // SAFETY: promised by the caller.
        let item = unsafe { first.add(index) };
        // SAFETY: as above; an item of C is valid for any bits.
        unsafe { item.read_unaligned() }
    };
    (0..count as usize).map(item).collect()
}

/// Copies items as a message has them: a null pointer keeps its count.
///
/// # Safety
/// As [`items`].
pub(crate) unsafe fn counted<T: Copy + Ndr>(first: *const T, count: u32) -> Counted<T> {
    if first.is_null() {
        return Counted::Null(count);
    }
    // SAFETY: passed on to the caller.
    Counted::Elements(unsafe { items(first, count) })
}

/// Returns the record with its pointers to what `held` owns. It is good for as long as `held` stays where it is.
pub(crate) fn pointing<R: Record>(held: &mut Held<R>) -> R {
    struct Point;
    impl Fields for Point {
        fn texts(&mut self, _: &'static str, pointer: &mut *mut u16, behind: &mut Option<Vec<u16>>) -> Visit {
            *pointer = behind.as_mut().map_or(std::ptr::null_mut(), Vec::as_mut_ptr);
            Ok(())
        }

        fn data(
            &mut self,
            _: &'static str,
            pointer: &mut *mut u8,
            _: u32,
            behind: &mut Option<Vec<u8>>,
        ) -> Visit {
            *pointer = behind.as_mut().map_or(std::ptr::null_mut(), Vec::as_mut_ptr);
            Ok(())
        }

        fn projection(
            &mut self,
            _: &'static str,
            value: &mut sys::PROJECTION_INFO2,
            behind: &mut Projection,
        ) -> Visit {
            *value = behind.to_memory();
            Ok(())
        }
    }
    let mut record = held.record;
    let outcome = record.fields(&mut held.behind, &mut Point);
    debug_assert_eq!(outcome, Ok(()), "pointing has no errors");
    record
}

/// Returns the bytes behind the record's pointers, in the order of the fields; `None` for null.
pub(crate) fn pieces<R: Record>(held: &mut Held<R>) -> Vec<Option<Vec<u8>>> {
    struct Pieces(Vec<Option<Vec<u8>>>);
    impl Fields for Pieces {
        fn texts(&mut self, _: &'static str, _: &mut *mut u16, behind: &mut Option<Vec<u16>>) -> Visit {
            let bytes = |texts: &Vec<u16>| texts.iter().flat_map(|unit| unit.to_ne_bytes()).collect();
            self.0.push(behind.as_ref().map(bytes));
            Ok(())
        }

        fn data(&mut self, _: &'static str, _: &mut *mut u8, _: u32, behind: &mut Option<Vec<u8>>) -> Visit {
            self.0.push(behind.clone());
            Ok(())
        }
    }
    let mut pieces = Pieces(Vec::new());
    let outcome = held.record.fields(&mut held.behind, &mut pieces);
    debug_assert_eq!(outcome, Ok(()), "listing has no errors");
    pieces.0
}

/// Returns the record with its pointers set to these places, which come in the order of the fields.
pub(crate) fn pointing_to<R: Record>(held: &mut Held<R>, places: Vec<*mut u8>) -> R {
    struct To(std::vec::IntoIter<*mut u8>);
    impl To {
        fn next(&mut self) -> *mut u8 {
            self.0.next().unwrap_or(std::ptr::null_mut())
        }
    }
    impl Fields for To {
        fn texts(&mut self, _: &'static str, pointer: &mut *mut u16, _: &mut Option<Vec<u16>>) -> Visit {
            *pointer = self.next().cast();
            Ok(())
        }

        fn data(&mut self, _: &'static str, pointer: &mut *mut u8, _: u32, _: &mut Option<Vec<u8>>) -> Visit {
            *pointer = self.next();
            Ok(())
        }
    }
    let mut record = pointing(held);
    let outcome = record.fields(&mut held.behind, &mut To(places.into_iter()));
    debug_assert_eq!(outcome, Ok(()), "pointing has no errors");
    record
}
