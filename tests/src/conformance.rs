//! mprapi-sys held against windows-sys, which is made from the Windows SDK's own metadata, while this is compiled.
//!
//! `generated.rs` names what is compared; `cargo xtask conformance` writes it from the sources of both crates.
//! Here is how: each item is an assertion of its own, so that the compiler reports every difference by its name.

use core::ffi::c_void;

/// A struct or a union that was compared, with its fields.
pub struct Record {
    /// The name in mprapi-sys.
    pub name: &'static str,
    /// The names of its fields there.
    pub fields: &'static [&'static str],
}

/// A function or a type of functions that was compared, with the number of its parameters.
pub struct Function {
    /// The name in mprapi-sys.
    pub name: &'static str,
    /// How many parameters it has.
    pub parameters: usize,
}

/// How a value of a type is passed and stored.
enum Kind {
    Void,
    Signed(usize),
    Unsigned(usize),
    /// An integer as wide as a pointer: windows-sys has some handles as one, the header as `HANDLE`.
    Word,
    Pointer(&'static Kind),
    Function(&'static [&'static Kind], &'static Kind),
    Array(&'static Kind, usize),
    /// A struct or a union, of this size and alignment.
    Record(usize, usize),
}

/// A type of a binding.
trait Abi: Sized {
    const KIND: Kind;
}

macro_rules! integers_are {
    ($($kind:ident: $($type:ty)*;)*) => {
        $($(impl Abi for $type { const KIND: Kind = Kind::$kind(size_of::<$type>()); })*)*
    };
}
integers_are! {
    Signed: i8 i16 i32 i64;
    Unsigned: u8 u16 u32 u64;
}

impl Abi for isize {
    const KIND: Kind = Kind::Word;
}

impl Abi for () {
    const KIND: Kind = Kind::Void;
}

impl Abi for c_void {
    const KIND: Kind = Kind::Void;
}

impl<T: Abi> Abi for *mut T {
    const KIND: Kind = Kind::Pointer(&T::KIND);
}

impl<T: Abi> Abi for *const T {
    const KIND: Kind = Kind::Pointer(&T::KIND);
}

impl<T: Abi, const N: usize> Abi for [T; N] {
    const KIND: Kind = Kind::Array(&T::KIND, N);
}

macro_rules! functions_of {
    ($($parameter:ident)*) => {
        // Only this convention: "C" is another on 32-bit Windows.
        impl<$($parameter: Abi,)* R: Abi> Abi for unsafe extern "system" fn($($parameter),*) -> R {
            const KIND: Kind = Kind::Function(&[$(&$parameter::KIND),*], &R::KIND);
        }
        impl<$($parameter: Abi,)* R: Abi> Abi for Option<unsafe extern "system" fn($($parameter),*) -> R> {
            const KIND: Kind = Kind::Function(&[$(&$parameter::KIND),*], &R::KIND);
        }
    };
}
functions_of!();
functions_of!(A);
functions_of!(A B);
functions_of!(A B C);
functions_of!(A B C D);
functions_of!(A B C D E);
functions_of!(A B C D E F);
functions_of!(A B C D E F G);
functions_of!(A B C D E F G H);
functions_of!(A B C D E F G H I);
functions_of!(A B C D E F G H I J);

const fn same(ours: &Kind, theirs: &Kind) -> bool {
    match (ours, theirs) {
        (Kind::Void, Kind::Void) | (Kind::Pointer(_), Kind::Word) => true,
        (Kind::Signed(ours), Kind::Signed(theirs)) | (Kind::Unsigned(ours), Kind::Unsigned(theirs)) => {
            *ours == *theirs
        }
        (Kind::Pointer(ours), Kind::Pointer(theirs)) => same(ours, theirs),
        (Kind::Array(ours, count), Kind::Array(theirs, their_count)) => {
            *count == *their_count && same(ours, theirs)
        }
        (Kind::Record(size, align), Kind::Record(their_size, their_align)) => {
            *size == *their_size && *align == *their_align
        }
        (Kind::Function(ours, result), Kind::Function(theirs, their_result)) => {
            same_parameters(ours, theirs) && same(result, their_result)
        }
        _ => false,
    }
}

const fn same_parameters(ours: &[&Kind], theirs: &[&Kind]) -> bool {
    match (ours, theirs) {
        ([], []) => true,
        ([ours, our_rest @ ..], [theirs, their_rest @ ..]) => {
            same(ours, theirs) && same_parameters(our_rest, their_rest)
        }
        _ => false,
    }
}

/// The kind of what a pointer points to, which need not be readable.
const fn pointee<T: Abi>(_: *const T) -> Kind {
    T::KIND
}

const fn size_of_pointee<T>(_: *const T) -> usize {
    size_of::<T>()
}

const fn kind_of<T: Abi + Copy>(_: T) -> Kind {
    T::KIND
}

/// Compares a text with its terminating null.
const fn same_text(ours: &[u16], theirs: *const u16) -> bool {
    let mut index = 0;
    while index < ours.len() {
        let unit = theirs.wrapping_add(index);
        // SAFETY: not past the terminating null of `theirs`: an earlier null of either has ended the loop. And a
        // read out of bounds is an error of the compilation.
        let unit = unsafe { *unit };
        if ours[index] != unit || (unit == 0) != (index + 1 == ours.len()) {
            return false;
        }
        index += 1;
    }
    index > 0
}

/// A pointer to a field of a value that is not there.
macro_rules! field {
    ($value:ident.$field:ident) => {{
        let value = $value.as_ptr();
        // SAFETY: `value` points to a whole `MaybeUninit` of the field's record; the field is not read.
        unsafe { &raw const (*value).$field }
    }};
}

/// Compares each record with its namesake: size, alignment, and of each field offset, size and type. So
///
/// ```text
/// records! { MPR_DEVICE_0 = Rras::MPR_DEVICE_0 { szDeviceType = szDeviceType } }
/// ```
///
/// becomes
///
/// ```text
/// impl Abi for mprapi_sys::MPR_DEVICE_0 {
///     const KIND: Kind = Kind::Record(size_of::<Self>(), align_of::<Self>());
/// }
///
/// impl Abi for Rras::MPR_DEVICE_0 {
///     const KIND: Kind = Kind::Record(size_of::<Self>(), align_of::<Self>());
/// }
///
/// const _: () = assert!(size_of::<mprapi_sys::MPR_DEVICE_0>() == size_of::<Rras::MPR_DEVICE_0>());
/// const _: () = assert!(align_of::<mprapi_sys::MPR_DEVICE_0>() == align_of::<Rras::MPR_DEVICE_0>());
/// const _: () = {
///     assert!(
///         offset_of!(mprapi_sys::MPR_DEVICE_0, szDeviceType) == offset_of!(Rras::MPR_DEVICE_0, szDeviceType)
///     );
///     let ours = MaybeUninit::<mprapi_sys::MPR_DEVICE_0>::uninit();
///     let theirs = MaybeUninit::<Rras::MPR_DEVICE_0>::uninit();
///     let (ours, theirs) = (field!(ours.szDeviceType), field!(theirs.szDeviceType));
///     assert!(size_of_pointee(ours) == size_of_pointee(theirs));
///     assert!(same(&pointee(ours), &pointee(theirs)));
/// };
///
/// pub const RECORDS: &[Record] = &[Record { name: "MPR_DEVICE_0", fields: &["szDeviceType"] }];
/// ```
macro_rules! records {
    ($($ours:ident = $theirs:path { $($our_field:ident = $their_field:ident)+ })+) => {
        $(
            impl $crate::conformance::Abi for mprapi_sys::$ours {
                const KIND: Kind = Kind::Record(size_of::<Self>(), align_of::<Self>());
            }
            impl $crate::conformance::Abi for $theirs {
                const KIND: Kind = Kind::Record(size_of::<Self>(), align_of::<Self>());
            }
            const _: () = assert!(
                size_of::<mprapi_sys::$ours>() == size_of::<$theirs>(),
                concat!("the size of ", stringify!($ours))
            );
            const _: () = assert!(
                align_of::<mprapi_sys::$ours>() == align_of::<$theirs>(),
                concat!("the alignment of ", stringify!($ours))
            );
            $(const _: () = {
                assert!(
                    core::mem::offset_of!(mprapi_sys::$ours, $our_field)
                        == core::mem::offset_of!($theirs, $their_field),
                    concat!("the offset of ", stringify!($ours), ".", stringify!($our_field))
                );
                let ours = core::mem::MaybeUninit::<mprapi_sys::$ours>::uninit();
                let theirs = core::mem::MaybeUninit::<$theirs>::uninit();
                let (ours, theirs) = (field!(ours.$our_field), field!(theirs.$their_field));
                assert!(
                    size_of_pointee(ours) == size_of_pointee(theirs),
                    concat!("the size of ", stringify!($ours), ".", stringify!($our_field))
                );
                assert!(
                    same(&pointee(ours), &pointee(theirs)),
                    concat!("the type of ", stringify!($ours), ".", stringify!($our_field))
                );
            };)+
        )+
        /// The structs and unions that are compared.
        pub const RECORDS: &[Record] = &[
            $(Record { name: stringify!($ours), fields: &[$(stringify!($our_field)),+] },)+
        ];
    };
}
macro_rules! functions {
    ($($ours:ident = $theirs:path, ($($parameter:tt)*);)+) => {
        $(const _: () = assert!(
            same(
                &kind_of(mprapi_sys::$ours as unsafe extern "system" fn($($parameter),*) -> _),
                &kind_of($theirs as unsafe extern "system" fn($($parameter),*) -> _)
            ),
            concat!("the signature of ", stringify!($ours))
        );)+
        /// The functions that are compared.
        pub const FUNCTIONS: &[Function] = &[
            $(Function { name: stringify!($ours), parameters: <[&str]>::len(&[$(stringify!($parameter)),*]) },)+
        ];
    };
}

macro_rules! callbacks {
    ($($ours:ident = $theirs:path, ($($parameter:tt)*);)+) => {
        $(const _: () = {
            // A type that is not this function's, of this convention, does not compile.
            let ours: mprapi_sys::$ours = None::<unsafe extern "system" fn($($parameter),*) -> _>;
            let theirs: $theirs = None::<unsafe extern "system" fn($($parameter),*) -> _>;
            assert!(same(&kind_of(ours), &kind_of(theirs)), concat!("the type ", stringify!($ours)));
        };)+
        /// The types of functions that are compared.
        pub const CALLBACKS: &[Function] = &[
            $(Function { name: stringify!($ours), parameters: <[&str]>::len(&[$(stringify!($parameter)),*]) },)+
        ];
    };
}

macro_rules! types {
    ($($ours:ident = $theirs:path;)+) => {
        $(const _: () = assert!(
            same(&<mprapi_sys::$ours as Abi>::KIND, &<$theirs as Abi>::KIND),
            concat!("the type ", stringify!($ours))
        );)+
        /// The enumerations' types that are compared.
        pub const TYPES: &[&str] = &[$(stringify!($ours)),+];
    };
}

macro_rules! integers {
    ($($ours:ident = $theirs:path;)+) => {
        $(const _: () = assert!(
            mprapi_sys::$ours as i64 == $theirs as i64 && size_of_val(&mprapi_sys::$ours) == size_of_val(&$theirs),
            concat!("the value of ", stringify!($ours))
        );)+
        /// The constants that are integers and are compared.
        pub const INTEGERS: &[&str] = &[$(stringify!($ours)),+];
    };
}

macro_rules! texts {
    ($($ours:ident = $theirs:path;)+) => {
        $(const _: () =
            assert!(same_text(mprapi_sys::$ours, $theirs), concat!("the text of ", stringify!($ours)));
        )+
        /// The constants that are texts and are compared.
        pub const TEXTS: &[&str] = &[$(stringify!($ours)),+];
    };
}

macro_rules! addresses {
    ($($ours:ident = $theirs:path, $value:literal;)+) => {
        // A pointer has no value while this is compiled, but it has a distance from null.
        $(const _: () = assert!(
            mprapi_sys::$ours.wrapping_byte_offset(-($value)).is_null()
                && $theirs.wrapping_byte_offset(-($value)).is_null(),
            concat!("the value of ", stringify!($ours))
        );)+
        /// The constants that are pointers and are compared.
        pub const ADDRESSES: &[&str] = &[$(stringify!($ours)),+];
    };
}

mod generated;

pub use generated::{ADDRESSES, CALLBACKS, FUNCTIONS, INTEGERS, RECORDS, TEXTS, TYPES};
