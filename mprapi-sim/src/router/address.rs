//! The addresses inside the tunnels.

use std::collections::HashMap;
use std::net::Ipv4Addr;

use crate::scenario::routing::TUNNEL_ADDRESS;

/// The pool of the clients' addresses: 10.20.0.2 and on, in the order of coming, round and round.
#[derive(Default)]
pub(crate) struct Addresses {
    /// How many have each address: more than one where a scenario says so.
    taken: HashMap<Ipv4Addr, u32>,
    last: u32,
}

impl Addresses {
    /// Gives the address that is wished for, or the next one of the pool that nobody has.
    pub(crate) fn give(&mut self, wish: Option<Ipv4Addr>) -> Ipv4Addr {
        let address = wish.unwrap_or_else(|| {
            // There are more than there can be ports.
            loop {
                self.last = self.last % 0x00EB_FFFF + 1;
                let next = Ipv4Addr::from(u32::from(TUNNEL_ADDRESS) + self.last);
                if !self.taken.contains_key(&next) {
                    return next;
                }
            }
        });
        *self.taken.entry(address).or_default() += 1;
        address
    }

    /// Takes an address out of turn. Returns `false` if someone has it.
    pub(crate) fn claim(&mut self, address: Ipv4Addr) -> bool {
        let is_free = !self.taken.contains_key(&address);
        if is_free {
            self.taken.insert(address, 1);
        }
        is_free
    }

    /// Takes an address back from one of those who have it.
    pub(crate) fn take_back(&mut self, address: Ipv4Addr) {
        if let Some(count) = self.taken.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                self.taken.remove(&address);
            }
        }
    }
}
