//! The values that panics carry, which are a program's own.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Drops the payload of a panic. If that panics too, the second payload is dropped only if it is text, because dropping text
/// cannot panic.
#[cold]
pub(crate) fn discard(payload: Box<dyn Any + Send>) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        let is_text = another.is::<&'static str>() || another.is::<String>();
        if !is_text {
            mem::forget(another);
        }
    }
}
