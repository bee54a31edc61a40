//! The layouts that versions of the server differ in.

/// A layout of records on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The size of the fields that are pointers in `mprapi.h`, in bytes: 4 or 8.
    pub pointer: usize,
    /// The number of UTF-16 units of an IPX address: 16 or 23.
    pub ipx_units: usize,
}

impl Layout {
    /// The layout of the specification's IDL, with a 32-bit compiler.
    pub const IDL: Layout = Layout { pointer: 4, ipx_units: 16 };

    /// The layout of the IDL, with the IPX addresses of `mprapi.h`.
    pub const HEADER: Layout = Layout { pointer: 4, ipx_units: 23 };

    /// The layout of the IDL, with the pointers of a 64-bit compiler.
    pub const WIDE: Layout = Layout { pointer: 8, ipx_units: 16 };
}
