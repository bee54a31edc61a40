//! The scope of a change: the running router, the stored configuration, or both.

use clap::Args;
use mprapi::{Configuration, Mpr, Server};

use crate::action::Action;
use crate::failure::{Failure, Kind};
use crate::fleet;

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// Change the stored configuration too, so that the change lasts after a restart of the service
    #[arg(long)]
    pub(crate) store: bool,

    /// Change only the stored configuration; works while the service is stopped
    #[arg(long, conflicts_with = "store")]
    pub(crate) store_only: bool,
}

impl Scope {
    /// Changes the running router, then the stored configuration. If a change of the running router fails, stores nothing
    /// and says so.
    pub(crate) fn change(
        self,
        mpr: &Mpr,
        target: Option<&str>,
        running: impl FnOnce(&Server) -> Result<Vec<Action>, Failure>,
        stored: impl FnOnce(&mut Configuration) -> Result<Vec<Action>, Failure>,
    ) -> Result<Vec<Action>, Failure> {
        let mut actions =
            if self.store_only { Vec::new() } else { fleet::with_server(mpr, target, running)? };
        let has_failed = actions.iter().any(|action| action.error.is_some());
        if self.store && has_failed && actions.iter().any(|action| action.error.is_none()) {
            let failure =
                Failure::new(Kind::Failed, "nothing was stored, because the running router refused a change")
                    .advice("To change only the stored configuration, use --store-only.");
            actions.push(Action::new("store", "stored configuration", Err(failure)));
        }
        if (self.store || self.store_only) && !has_failed {
            match fleet::with_configuration(mpr, target, stored) {
                Ok(more) => actions.extend(more),
                Err(failure) if actions.is_empty() => return Err(failure),
                // What was done in the running router is done, and told.
                Err(failure) => actions.push(Action::new("store", "stored configuration", Err(failure))),
            }
        }
        Ok(actions)
    }
}
