//! The library as this crate calls it: the table of functions and, with the feature `tracing`, a span for each call.

#[cfg(not(feature = "tracing"))]
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use mprapi_sys::{Functions, Mprapi};

use crate::callout;

/// A table of functions, shared.
///
/// Without the feature `tracing` it is the table and nothing else. With it, a method of the same name stands before
/// each of the table's own, so no call of this crate can go by without its span.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    table: Arc<Mprapi>,
    /// The server that the calls go to; `None` is this machine.
    #[cfg(feature = "tracing")]
    server: Option<Arc<str>>,
}

impl From<Mprapi> for Library {
    #[inline]
    fn from(table: Mprapi) -> Library {
        Library {
            table: Arc::new(table),
            #[cfg(feature = "tracing")]
            server: None,
        }
    }
}

impl Deref for Library {
    type Target = Mprapi;

    /// Returns the table, or one without functions in a callout of the service, where a call would never return.
    #[inline]
    fn deref(&self) -> &Mprapi {
        if callout::is_inside() { &REFUSED } else { &self.table }
    }
}

/// The table of a thread that is in a callout.
static REFUSED: Mprapi = Mprapi::from_functions(Functions::NONE);

#[cfg(not(feature = "tracing"))]
impl Library {
    /// The library for calls to `server`, whose name only spans would need.
    #[inline]
    pub(crate) fn named(&self, _server: Option<&str>) -> Cow<'_, Library> {
        Cow::Borrowed(self)
    }
}

#[cfg(feature = "tracing")]
mod traced {
    use std::borrow::Cow;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;

    use mprapi_sys::{BOOL, DWORD, Function, MissingFunction, Mprapi};
    use tracing::Span;
    use tracing::span::Entered;

    use super::Library;
    use crate::panicked::discard;

    impl Library {
        /// The library for calls to `server`.
        #[inline]
        pub(crate) fn named(&self, server: Option<&str>) -> Cow<'_, Library> {
            Cow::Owned(Library { table: Arc::clone(&self.table), server: server.map(Arc::from) })
        }

        /// Makes the call in a span of its own. What is handed over or comes back beside the code may be secret and is
        /// not looked at.
        ///
        /// Whatever the subscriber does, the call is made once and its answer returned: callers note what the library
        /// gave or took back after this, and nothing may unwind past them before they have.
        #[inline]
        fn traced<T: Answer>(
            &self,
            function: Function,
            call: impl FnOnce(&Mprapi) -> Result<T, MissingFunction>,
        ) -> Result<T, MissingFunction> {
            // What is missing is not called.
            let table: &Mprapi = self;
            table.address(function)?;
            let span = contained(|| {
                tracing::debug_span!(
                    "mprapi",
                    function = function.name(),
                    server = self.server.as_deref().unwrap_or("local"),
                    code = tracing::field::Empty,
                )
            });
            let span = span.unwrap_or_else(Span::none);
            let entered = contained(|| span.enter());
            let answer = call(table);
            leave(&span, entered);
            // This one answers a size.
            if function != Function::MprInfoBlockQuerySize
                && let Some(code) = answer.as_ref().ok().and_then(Answer::code)
            {
                contained(|| {
                    span.record("code", code);
                });
            }
            contained(|| drop(span));
            answer
        }
    }

    /// Runs code of the subscriber, which is the program's and may panic. The panic ends here, where the panic hook has
    /// told of it already: the call goes on without what the subscriber would have done.
    #[inline]
    fn contained<T>(subscriber: impl FnOnce() -> T) -> Option<T> {
        catch_unwind(AssertUnwindSafe(subscriber)).map_err(discard).ok()
    }

    /// Leaves the span; `entered` is `None` if the subscriber panicked when it was entered.
    #[inline]
    fn leave(span: &Span, entered: Option<Entered<'_>>) {
        match entered {
            Some(entered) => contained(|| drop(entered)),
            // A subscriber of several layers may have entered it before one of them panicked.
            None => contained(|| {
                span.with_subscriber(|(id, subscriber)| subscriber.exit(id));
            }),
        };
    }

    /// The type that the functions answer.
    trait Answer {
        fn code(&self) -> Option<u32>;
    }

    impl Answer for DWORD {
        #[inline]
        fn code(&self) -> Option<u32> {
            Some(*self)
        }
    }

    impl Answer for BOOL {
        #[inline]
        fn code(&self) -> Option<u32> {
            None
        }
    }

    impl Answer for () {
        #[inline]
        fn code(&self) -> Option<u32> {
            None
        }
    }

    macro_rules! define_methods {
        ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
            #[expect(clippy::too_many_arguments, reason = "the header's functions have them")]
            impl Library {
                $(
                    /// # Safety
                    /// As the table's method of this name.
                    #[inline]
                    pub(crate) unsafe fn $name(
                        &self,
                        $($argument: $type),*
                    ) -> Result<$result, MissingFunction> {
                        self.traced(Function::$name, |table| {
                            // SAFETY: passed on to the caller.
                            unsafe { table.$name($($argument),*) }
                        })
                    }
                )+
            }
        };
    }

    mprapi_sys::for_each_function!(define_methods);
}
