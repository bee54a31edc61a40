//! Functions that the protocol does not have: each answers `ERROR_NOT_SUPPORTED`.

use mprapi_sys::{ERROR_NOT_SUPPORTED, Functions};

/// The answer of a function that does nothing.
trait Refusal {
    fn refusal() -> Self;
}

impl Refusal for u32 {
    fn refusal() -> u32 {
        ERROR_NOT_SUPPORTED
    }
}

impl Refusal for i32 {
    /// No: the question is a predicate.
    fn refusal() -> i32 {
        0
    }
}

impl Refusal for () {
    fn refusal() {}
}

/// Makes the table of functions that do nothing. There are more than a hundred; of one,
///
/// ```text
/// refuse! { "Windows 2000" fn MprAdminBufferFree(pBuffer: LPVOID) -> DWORD; }
/// ```
///
/// it makes
///
/// ```text
/// Functions {
///     MprAdminBufferFree: Some({
///         unsafe extern "system" fn refuse(_: LPVOID) -> DWORD {
///             Refusal::refusal()
///         }
///         refuse
///     }),
/// }
/// ```
macro_rules! refuse {
    ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        Functions {
            $($name: Some({
                unsafe extern "system" fn refuse($(_: $type),*) -> $result {
                    Refusal::refusal()
                }
                refuse
            }),)+
        }
    };
}

/// Every function, as one that does nothing.
pub(super) const REFUSED: Functions = mprapi_sys::for_each_function!(refuse);
