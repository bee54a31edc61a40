//! Calls of the administration DLLs of simulated servers. (A real server tells of them in its event log alone.)

use mprapi_sim::{Callout, Router, StartFailure};
use schemars::JsonSchema;
use serde::Serialize;

use crate::target::Target;

/// A call of an administration DLL that kept a user out, or a fault of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct DllCall {
    /// The file of the DLL.
    pub(super) dll: String,
    /// The function that was called; absent if the service does not start with the DLL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) function: Option<&'static str>,
    /// The user of the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) user: Option<String>,
    /// The outcome, or the reason why the service does not start, for people.
    pub(super) outcome: String,
}

impl DllCall {
    fn new(callout: Callout) -> DllCall {
        DllCall {
            dll: callout.dll.display().to_string(),
            function: Some(callout.function),
            user: (!callout.user.is_empty()).then_some(callout.user),
            outcome: callout.outcome.to_string(),
        }
    }

    fn of_failure(failure: &StartFailure) -> DllCall {
        let outcome = format!("the service does not start: {}", failure.reason);
        DllCall { dll: failure.dll.display().to_string(), function: None, user: None, outcome }
    }

    /// Returns the call in words.
    pub(super) fn sentence(&self) -> String {
        let user = self.user.as_ref().map(|user| format!("{user}: ")).unwrap_or_default();
        match self.function {
            Some(function) => format!("{user}{function} of {} {}", self.dll, self.outcome),
            None => format!("{}: {}", self.dll, self.outcome),
        }
    }
}

/// The calls of a server's DLLs, as far as they were printed.
#[derive(Default)]
pub(super) struct Callouts {
    next: u64,
    failure: Option<StartFailure>,
}

impl Callouts {
    /// Returns the calls that ended badly since the last time. `target` is a simulated server.
    pub(super) fn news(&mut self, target: &Target) -> Vec<DllCall> {
        let Some(router) = Router::find(target.name.as_deref()) else { return Vec::new() };
        let (callouts, next) = router.callouts_since(self.next);
        self.next = next;
        let bad = callouts.into_iter().filter(|callout| callout.outcome.is_bad());
        let mut news: Vec<DllCall> = bad.map(DllCall::new).collect();
        let failure = router.start_failure();
        if failure != self.failure {
            news.extend(failure.as_ref().map(DllCall::of_failure));
            self.failure = failure;
        }
        news
    }
}
