//! Small structures that others contain.

use crate::ndr::ndr_struct;

ndr_struct! {
    /// The kind and the revision of an object (`MPRAPI_OBJECT_HEADER_IDL`).
    #[derive(Copy, Default)]
    struct ObjectHeader {
        /// The revision of the object's structure.
        revision => revision: u8,
        /// The kind of object: `MPRAPI_OBJECT_TYPE_…`.
        type => kind: u8,
        /// The size of the structure in the C layout, in bytes.
        size => size: u16,
    }
}

ndr_struct! {
    /// A globally unique identifier (`GUID`).
    #[derive(Copy, Default)]
    struct Guid {
        /// The first 4 bytes as a number.
        Data1 => data1: u32,
        /// The next 2 bytes as a number.
        Data2 => data2: u16,
        /// The next 2 bytes as a number.
        Data3 => data3: u16,
        /// The last 8 bytes.
        Data4 => data4: [u8; 8],
    }
}

ndr_struct! {
    /// A time: units of 100 nanoseconds since 1601 (`FILETIME`).
    #[derive(Copy, Default)]
    struct FileTime {
        /// The low 32 bits.
        dwLowDateTime => low: u32,
        /// The high 32 bits.
        dwHighDateTime => high: u32,
    }
}
