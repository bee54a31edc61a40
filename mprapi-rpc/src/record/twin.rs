//! Values that have two forms: a field of a record in memory, and one of a message.

use mprapi_sys as sys;

use crate::dimsvc::{CustomPolicy, FileTime, Guid, ObjectHeader};

/// A value with another form.
pub(crate) trait Twin<T> {
    /// Returns the other form.
    fn twin(&self) -> T;
}

/// Makes two numbers twins; the bits are the same.
macro_rules! numbers {
    ($($one:ty = $other:ty;)+) => {
        $(
            impl Twin<$other> for $one {
                fn twin(&self) -> $other {
                    *self as $other
                }
            }
        )+
    };
}

numbers! {
    u8 = u8; u16 = u16; u32 = u32; u64 = u64;
    i32 = u32; u32 = i32;
    // An enumeration has 16 bits in NDR.
    i32 = u16; u16 = i32;
}

impl<T: Copy, const N: usize> Twin<[T; N]> for [T; N] {
    fn twin(&self) -> [T; N] {
        *self
    }
}

impl Twin<u32> for sys::HANDLE {
    /// Returns the half that travels. The sender sees to it that the other one is known.
    fn twin(&self) -> u32 {
        self.addr() as u32
    }
}

impl Twin<sys::HANDLE> for u32 {
    fn twin(&self) -> sys::HANDLE {
        std::ptr::without_provenance_mut(*self as usize)
    }
}

/// Makes a record and a message twins, field by field.
///
/// `twins! { FILETIME = FileTime { dwLowDateTime low, dwHighDateTime high } }` becomes
///
/// ```text
/// impl Twin<FileTime> for sys::FILETIME {
///     fn twin(&self) -> FileTime {
///         FileTime { low: self.dwLowDateTime.twin(), high: self.dwHighDateTime.twin() }
///     }
/// }
///
/// impl Twin<sys::FILETIME> for FileTime {
///     fn twin(&self) -> sys::FILETIME {
///         let mut record = sys::FILETIME::default();
///         record.dwLowDateTime = self.low.twin();
///         record.dwHighDateTime = self.high.twin();
///         record
///     }
/// }
/// ```
///
/// After `else` come fields of the message that the record does not have in this form: they get their default, and the
/// caller sets both sides.
macro_rules! twins {
    ($record:ident = $message:ident { $($field:ident $name:ident),+ $(; else $($rest:ident),+)? $(,)? }) => {
        impl $crate::record::twin::Twin<$message> for mprapi_sys::$record {
            fn twin(&self) -> $message {
                $message { $($name: self.$field.twin(),)+ $($($rest: Default::default(),)+)? }
            }
        }

        impl $crate::record::twin::Twin<mprapi_sys::$record> for $message {
            fn twin(&self) -> mprapi_sys::$record {
                let mut record = mprapi_sys::$record::default();
                $(record.$field = self.$name.twin();)+
                record
            }
        }
    };
}
pub(crate) use twins;

twins! { FILETIME = FileTime { dwLowDateTime low, dwHighDateTime high } }
twins! { GUID = Guid { Data1 data1, Data2 data2, Data3 data3, Data4 data4 } }
twins! { MPRAPI_OBJECT_HEADER = ObjectHeader { revision revision, type_ kind, size size } }
twins! {
    ROUTER_CUSTOM_IKEv2_POLICY0 = CustomPolicy {
        dwIntegrityMethod integrity_method, dwEncryptionMethod encryption_method,
        dwCipherTransformConstant cipher_transform, dwAuthTransformConstant auth_transform, dwPfsGroup pfs_group,
        dwDhGroup dh_group
    }
}
