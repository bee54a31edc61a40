//! The values that panics carry, which are a program's own.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Drops what a panic carried. If that panics too, what it carries is dropped only where it is text, which cannot panic.
#[cold]
pub(crate) fn discard(payload: Box<dyn Any + Send>) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        let is_text = another.is::<&'static str>() || another.is::<String>();
        if !is_text {
            mem::forget(another);
        }
    }
}
