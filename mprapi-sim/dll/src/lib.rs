//! The simulator as a library that takes the place of `mprapi.dll`: one export for each function of the API, and one
//! for the ledger's report.

#![expect(non_snake_case, reason = "the names are the header's")]

macro_rules! export {
    ($($since:literal fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        $(
            #[doc = concat!("The simulator's `", stringify!($name), "`.")]
            ///
            /// # Safety
            /// The parameters must be what the function's page asks for.
            #[expect(clippy::allow_attributes, reason = "few of the functions have so many arguments")]
            #[allow(clippy::too_many_arguments, reason = "the header's functions have them")]
            #[unsafe(no_mangle)]
            pub unsafe extern "system" fn $name($($argument: $type),*) -> $result {
                const FUNCTION: unsafe extern "system" fn($($type),*) -> $result =
                    sim::functions().$name.expect("the simulator has every function");
                // SAFETY: passed on to the caller.
                unsafe { FUNCTION($($argument),*) }
            }
        )+
    };
}

mprapi_sys::for_each_function!(export);

/// How much was handed out and not given back, and how often something was done that must not be done.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub struct MPRSIM_REPORT {
    /// Buffers not freed.
    pub dwBuffers: u32,
    /// Server handles not closed.
    pub dwHandles: u32,
    /// Double frees, uses of closed handles and the like.
    pub dwViolations: u32,
}

/// Fills the report. Returns 0, or 87 (`ERROR_INVALID_PARAMETER`) when `pReport` is null.
///
/// # Safety
/// `pReport` must be null or valid for writes.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn MprSimReport(pReport: *mut MPRSIM_REPORT) -> u32 {
    if pReport.is_null() {
        return mprapi_sys::ERROR_INVALID_PARAMETER;
    }
    let outstanding = sim::outstanding();
    let report = MPRSIM_REPORT {
        dwBuffers: outstanding.buffers as u32,
        dwHandles: outstanding.handles as u32,
        dwViolations: sim::violations().len() as u32,
    };
    // SAFETY: not null, so valid for writes, which the caller promised.
    unsafe { pReport.write(report) };
    mprapi_sys::NO_ERROR
}
