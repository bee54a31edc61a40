//! The interfaces that a client has named: presentation contexts.

use crate::pdu::{Offer, Outcome, Syntax};

/// The accepted interfaces of an association, by number.
#[derive(Debug, Default)]
pub(super) struct Interfaces {
    accepted: Vec<u16>,
}

/// The bind-time features of this server: none. A context per security and connections that outlive an orphaned call are
/// for transports other than a named pipe's single client.
const FEATURES: u16 = 0;

impl Interfaces {
    /// Answers an offer, and remembers it if it is accepted.
    pub(super) fn answer(&mut self, offer: &Offer, limit: usize) -> Outcome {
        let features = offer.transfer_syntaxes.iter().find_map(Syntax::offered_features);
        if let (Some(offered), [_]) = (features, &offer.transfer_syntaxes[..]) {
            return Outcome::negotiated((offered & u64::from(FEATURES)) as u16);
        }
        // An offer for a number in use replaces the interface.
        self.accepted.retain(|accepted| *accepted != offer.context_id);
        if offer.interface != Syntax::DIMSVC {
            return Outcome::rejected(Outcome::INTERFACE_UNKNOWN);
        }
        if !offer.transfer_syntaxes.contains(&Syntax::NDR32) {
            return Outcome::rejected(Outcome::TRANSFER_SYNTAXES_UNKNOWN);
        }
        if self.accepted.len() >= limit {
            return Outcome::rejected(Outcome::LOCAL_LIMIT_EXCEEDED);
        }
        self.accepted.push(offer.context_id);
        Outcome::accepted(Syntax::NDR32)
    }

    /// Returns `true` if a request may name the interface.
    pub(super) fn contains(&self, context_id: u16) -> bool {
        self.accepted.contains(&context_id)
    }
}
