//! Failures that a scenario asks for.

/// The failure of a function: what it does in place of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    pub(crate) effect: Effect,
    pub(crate) only_call: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Code(u32),
    Garbage(Garbage),
}

impl Failure {
    /// Creates a failure in which every call answers this code.
    pub const fn code(code: u32) -> Failure {
        Failure { effect: Effect::Code(code), only_call: None }
    }

    /// Creates a failure in which every call succeeds and hands out garbage.
    pub const fn garbage(garbage: Garbage) -> Failure {
        Failure { effect: Effect::Garbage(garbage), only_call: None }
    }

    /// Limits the failure to the n-th call of the function, counted from 1.
    #[must_use]
    pub const fn at_call(mut self, number: u64) -> Failure {
        self.only_call = Some(number);
        self
    }
}

/// Garbage that a broken server or a broken library may hand out with success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Garbage {
    /// A null buffer, though the counts say that there are records.
    NullWithSuccess,
    /// A count of entries, or a size, that is larger than the buffer. No caller can see that, so zeroed memory lies behind
    /// the buffer for it to read, up to the count.
    CountTooLarge,
    /// Texts that fill their arrays without a terminator.
    UnterminatedStrings,
    /// An enumeration that says "more" for ever, with the same resume handle.
    EndlessResume,
    /// No answer: the function panics. The panic ends at the C boundary, as every panic of the simulator does: the
    /// caller gets `ERROR_INTERNAL_ERROR` (where the function answers a code), and the router goes on.
    Panic,
}

/// Returns `true` if a function can be made to fail for a server: it is the API's, answers something and belongs to a
/// server.
pub(crate) fn can_fail(function: &str) -> bool {
    let frees_or_closes =
        ["BufferFree", "NameFree", "ServerDisconnect"].iter().any(|end| function.ends_with(end));
    let has_no_server = function.starts_with("MprInfo")
        || matches!(function, "MprAdminGetErrorString" | "MprAdminGetPDCServer");
    let is_known = mprapi_sys::Function::ALL.iter().any(|known| known.name() == function);
    is_known && !frees_or_closes && !has_no_server
}
