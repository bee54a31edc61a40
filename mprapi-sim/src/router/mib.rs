//! Management variables (MIB): which there are, and how their rows are written.

use std::net::Ipv4Addr;

use crate::error_code::{Code, ERROR_NOT_SUPPORTED};

/// The variables that are simulated, of iprtrmib.h's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variable {
    InterfaceNumber,
    InterfaceTable,
    InterfaceRow,
    IpStatistics,
    AddressTable,
    AddressRow,
    RouteNumber,
    RouteTable,
    RouteRow,
    InterfaceStatus,
}

impl Variable {
    /// Returns the variable of a number.
    ///
    /// # Errors
    /// `ERROR_NOT_SUPPORTED` for one that is not simulated.
    pub(crate) fn of(number: u32) -> Result<Variable, Code> {
        Ok(match number {
            0 => Variable::InterfaceNumber,
            1 => Variable::InterfaceTable,
            2 => Variable::InterfaceRow,
            3 => Variable::IpStatistics,
            4 => Variable::AddressTable,
            5 => Variable::AddressRow,
            6 => Variable::RouteNumber,
            7 => Variable::RouteTable,
            8 => Variable::RouteRow,
            25 => Variable::InterfaceStatus,
            _ => return Err(ERROR_NOT_SUPPORTED),
        })
    }
}

/// The choice of one row among several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The one that the indices name.
    This,
    First,
    /// The one after it.
    Next,
}

/// Returns the bytes of a row of numbers.
pub(crate) fn bytes(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    numbers.into_iter().flat_map(u32::to_ne_bytes).collect()
}

/// Returns an address as the tables have it: its bytes in the network's order, whatever the machine's.
pub(crate) fn in_network_order(address: Ipv4Addr) -> u32 {
    u32::from_ne_bytes(address.octets())
}

/// Returns the address that a table has as this number.
pub(crate) fn from_network_order(number: u32) -> Ipv4Addr {
    Ipv4Addr::from(number.to_ne_bytes())
}
