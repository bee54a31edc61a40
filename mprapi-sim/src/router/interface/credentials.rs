//! The credentials that an interface dials out with.

use crate::scenario;

/// The account that an interface dials out with.
#[derive(Clone, Default)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) domain: String,
    pub(crate) password: String,
}

impl Credentials {
    pub(crate) fn new(described: &scenario::Credentials) -> Credentials {
        Credentials {
            user: described.user.clone(),
            domain: described.domain.clone(),
            password: described.password.clone(),
        }
    }
}
