//! Failures in force.

use crate::scenario::Failure;
use crate::scenario::failure::Effect;

/// A failure in force, with the number of calls of its function since.
#[derive(Debug)]
pub(crate) struct Armed {
    pub(crate) function: String,
    pub(crate) failure: Failure,
    pub(crate) calls: u64,
}

impl Armed {
    pub(crate) fn new(function: &str, failure: Failure) -> Armed {
        Armed { function: function.to_owned(), failure, calls: 0 }
    }

    /// Counts one more call. Returns the effect if the failure strikes this call.
    pub(crate) fn strike(&mut self) -> Option<Effect> {
        self.calls += 1;
        let due = self.failure.only_call.is_none_or(|number| number == self.calls);
        due.then_some(self.failure.effect)
    }
}
