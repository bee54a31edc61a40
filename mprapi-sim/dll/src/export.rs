//! The exports of `mprapi.dll`: a function for each of the table that the crate has as `FUNCTIONS`.

macro_rules! export {
    ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        $(
            #[doc = concat!("`", stringify!($name), "` of this library.")]
            ///
            /// # Safety
            /// The parameters must be what the function's page asks for.
            #[expect(clippy::allow_attributes, reason = "few of the functions have so many arguments")]
            #[allow(clippy::too_many_arguments, reason = "the header's functions have them")]
            #[unsafe(no_mangle)]
            pub unsafe extern "system" fn $name($($argument: $type),*) -> $result {
                const FUNCTION: unsafe extern "system" fn($($type),*) -> $result =
                    crate::FUNCTIONS.$name.expect("the table has every function");
                // SAFETY: passed on to the caller.
                unsafe { FUNCTION($($argument),*) }
            }
        )+
    };
}

mprapi_sys::for_each_function!(export);
