//! The order of sessions.

use std::cmp::Ordering;

use super::server::Entry;
use crate::order::natural;

/// The keys to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The rate in both directions together.
    Traffic,
    Received,
    Sent,
    Total,
    Errors,
    Time,
    User,
    Server,
    Tunnel,
    Address,
}

/// All sort keys, in the order in which `s` goes through them.
const ALL: [By; 10] = [
    By::Traffic,
    By::Received,
    By::Sent,
    By::Total,
    By::Errors,
    By::Time,
    By::User,
    By::Server,
    By::Tunnel,
    By::Address,
];

impl By {
    pub(super) fn name(self) -> &'static str {
        match self {
            By::Traffic => "traffic",
            By::Received => "traffic in",
            By::Sent => "traffic out",
            By::Total => "total",
            By::Errors => "errors",
            By::Time => "time",
            By::User => "user",
            By::Server => "server",
            By::Tunnel => "tunnel",
            By::Address => "address",
        }
    }

    /// Returns the key that is `steps` further, cyclically. Skips the key for servers if there is one server only.
    pub(super) fn step(self, steps: isize, is_fleet: bool) -> By {
        let all: Vec<By> = ALL.into_iter().filter(|by| is_fleet || *by != By::Server).collect();
        let place = all.iter().position(|by| *by == self).unwrap_or(0);
        all[(place as isize + steps).rem_euclid(all.len() as isize) as usize]
    }

    /// Returns `true` if the largest comes first by default.
    pub(super) fn is_descending(self) -> bool {
        !matches!(self, By::User | By::Server | By::Tunnel | By::Address)
    }
}

/// A sort key and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    pub(super) by: By,
    pub(super) is_descending: bool,
}

impl Sort {
    pub(super) fn by(by: By) -> Sort {
        Sort { by, is_descending: by.is_descending() }
    }

    pub(super) fn reversed(self) -> Sort {
        Sort { is_descending: !self.is_descending, ..self }
    }

    /// Compares two sessions, each with the index of its server. Unknown values come last in both directions.
    pub(super) fn compare(self, one: (usize, &Entry), two: (usize, &Entry)) -> Ordering {
        let (first, second) = (one.1, two.1);
        let ordering = match self.by {
            By::Traffic => self.maybe(first, second, |entry| entry.rate.map(|rate| rate.both())),
            By::Received => self.maybe(first, second, |entry| entry.rate.map(|rate| rate.received)),
            By::Sent => self.maybe(first, second, |entry| entry.rate.map(|rate| rate.sent)),
            By::Total => self.turned(first.total().cmp(&second.total())),
            By::Errors => self.turned(first.counted.errors().cmp(&second.counted.errors())),
            By::Time => self.turned(first.session().connected_for.cmp(&second.session().connected_for)),
            By::User => self.turned(first.rank.cmp(&second.rank)),
            By::Server => self.turned(one.0.cmp(&two.0)),
            By::Tunnel => self.turned(natural(&first.session().tunnel, &second.session().tunnel)),
            By::Address => self.addresses(first, second),
        };
        // What is equal stays where it is from look to look.
        ordering.then(first.rank.cmp(&second.rank))
    }

    fn maybe<T: PartialOrd>(self, one: &Entry, two: &Entry, key: impl Fn(&Entry) -> Option<T>) -> Ordering {
        match (key(one), key(two)) {
            (Some(one), Some(two)) => self.turned(one.partial_cmp(&two).unwrap_or(Ordering::Equal)),
            (one, two) => two.is_some().cmp(&one.is_some()),
        }
    }

    /// Compares by the address inside the tunnel: the IPv4 address, or else the IPv6 address.
    fn addresses(self, one: &Entry, two: &Entry) -> Ordering {
        match (one.session().inside(), two.session().inside()) {
            (Some(one), Some(two)) => self.turned(one.cmp(&two)),
            (one, two) => two.is_some().cmp(&one.is_some()),
        }
    }

    fn turned(self, ordering: Ordering) -> Ordering {
        if self.is_descending { ordering.reverse() } else { ordering }
    }
}
