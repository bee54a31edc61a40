//! GUIDs as C has them.

use mprapi_sys as sys;

use crate::guid::Guid;

impl Guid {
    /// Returns the GUID of C's record.
    pub(crate) fn from_raw(raw: &sys::GUID) -> Guid {
        let [first, second, third] =
            [u128::from(raw.Data1) << 96, u128::from(raw.Data2) << 80, u128::from(raw.Data3) << 64];
        Guid(first | second | third | u128::from(u64::from_be_bytes(raw.Data4)))
    }

    /// Returns the GUID as C's record.
    pub(crate) fn raw(self) -> sys::GUID {
        sys::GUID {
            Data1: (self.0 >> 96) as u32,
            Data2: (self.0 >> 80) as u16,
            Data3: (self.0 >> 64) as u16,
            Data4: (self.0 as u64).to_be_bytes(),
        }
    }
}
