//! The kinds of fields, and the visitor that a record shows its fields to.

use mprapi_sys as sys;

use super::error::Reason;
use super::projection::Projection;
use super::shape::Record;

/// An outcome of a visit. The visitor adds the record's name and level to the reason.
pub type Visit = Result<(), Reason>;

/// A number that has the same size in memory and on the wire.
pub trait Number: Copy {
    /// The number of bytes.
    const SIZE: usize;

    /// Returns the number as its low bytes.
    fn to_wire(self) -> u64;

    /// Makes the number of its low bytes.
    fn from_wire(bits: u64) -> Self;
}

macro_rules! numbers {
    ($($number:ident)+) => {
        $(
            impl Number for $number {
                const SIZE: usize = size_of::<$number>();

                fn to_wire(self) -> u64 {
                    self as u64
                }

                fn from_wire(bits: u64) -> $number {
                    bits as $number
                }
            }
        )+
    };
}

numbers! { u8 u16 u32 i32 u64 }

/// A visitor of a record's fields, which are shown to it in the order of the wire.
///
/// A method that a visitor does not care for does nothing.
pub trait Fields {
    /// Visits a number.
    fn number<N: Number>(&mut self, _field: &'static str, _value: &mut N) -> Visit {
        Ok(())
    }

    /// Visits a counter with 64 bits in memory and 32 on the wire.
    fn counter(&mut self, _field: &'static str, _value: &mut u64) -> Visit {
        Ok(())
    }

    /// Visits a handle, a 32-bit number on the wire.
    fn handle(&mut self, _field: &'static str, _value: &mut sys::HANDLE) -> Visit {
        Ok(())
    }

    /// Visits a text, with its zeroes.
    fn text(&mut self, _field: &'static str, _units: &mut [u16]) -> Visit {
        Ok(())
    }

    /// Visits an IPX address, whose length on the wire differs between versions.
    fn ipx_text(&mut self, field: &'static str, units: &mut [u16]) -> Visit {
        self.text(field, units)
    }

    /// Visits bytes without an order.
    fn bytes(&mut self, _field: &'static str, _bytes: &mut [u8]) -> Visit {
        Ok(())
    }

    /// Visits an IPv6 address.
    fn address(&mut self, _field: &'static str, _address: &mut sys::IN6_ADDR) -> Visit {
        Ok(())
    }

    /// Visits a record that is a field. A visitor of single fields visits the fields of it.
    fn record<R: Record<Behind = ()>>(&mut self, _field: &'static str, record: &mut R) -> Visit
    where
        Self: Sized,
    {
        record.fields(&mut (), self)
    }

    /// Visits a pointer to texts one after the other, each with its zero and the last with one more.
    fn texts(
        &mut self,
        _field: &'static str,
        _pointer: &mut *mut u16,
        _behind: &mut Option<Vec<u16>>,
    ) -> Visit {
        Ok(())
    }

    /// Visits a pointer to as many bytes as another field says.
    fn data(
        &mut self,
        _field: &'static str,
        _pointer: &mut *mut u8,
        _length: u32,
        _behind: &mut Option<Vec<u8>>,
    ) -> Visit {
        Ok(())
    }

    /// Visits an array of addresses that the specification calls unused, and the number of them. Nobody sends any.
    fn unused(&mut self, _field: &'static str, _count: &mut u32, _pointer: &mut *mut sys::IN6_ADDR) -> Visit {
        Ok(())
    }

    /// Visits what PPP or IKEv2 negotiated.
    fn projection(
        &mut self,
        _field: &'static str,
        _value: &mut sys::PROJECTION_INFO2,
        _behind: &mut Projection,
    ) -> Visit {
        Ok(())
    }
}

/// Visits fields of one kind after the other: `visit!(self, fields; handle hPort; number dwA dwB)` is
///
/// ```text
/// fields.handle("hPort", &mut self.hPort)?;
/// fields.number("dwA", &mut self.dwA)?;
/// fields.number("dwB", &mut self.dwB)?;
/// ```
macro_rules! visit {
    ($record:ident, $fields:ident; $($kind:ident $($field:ident)+);+) => {
        $($($fields.$kind(stringify!($field), &mut $record.$field)?;)+)+
    };
}
pub(super) use visit;
