//! Addresses for users: the two pairs of functions that a DLL may export.

use std::net::Ipv4Addr;

use mprapi::WideStr;

use crate::code::Code;
use crate::context::Context;

/// A DLL's IPv4 addresses for users (`MprAdminGetIpAddressForUser`, `MprAdminReleaseIpAddress`).
///
/// The service asks only the first of its DLLs that has these functions. So a DLL that exports them switches off those of the
/// DLLs behind it, and [`export_admin_dll!`](crate::export_admin_dll) exports them only if it is told to.
///
/// The service calls these functions in another process than those of [`AdminDll`](crate::AdminDll), so they are a type of their
/// own, with a start and a state of its own. Statics are not shared either. Whether that holds today, and whether the service
/// initialises the DLL in that process, is not documented: if the first question comes before, it starts the addresses.
pub trait Ipv4Addresses: Send + Sync + Sized + 'static {
    /// The order of the bytes in the number that stands for an address. No page tells it.
    const BYTE_ORDER: ByteOrder = ByteOrder::Network;

    /// Makes the state. `MprAdminInitializeDll` and `MprAdminInitializeDllEx` call it behind
    /// [`AdminDll::start`](crate::AdminDll::start).
    ///
    /// # Errors
    /// Any code if there can be no addresses, as for [`AdminDll::start`](crate::AdminDll::start).
    fn start(context: &Context) -> Result<Self, Code>;

    /// Chooses the address of a user who needs one. The service asks once for each.
    ///
    /// # Errors
    /// Any code if the user gets no address, which ends the connection: [`Code::NO_ADDRESSES`] if none is left.
    fn assign(&self, request: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code>;

    /// Takes an address back at the end of the connection, if [`assign`](Ipv4Addresses::assign) asked for that.
    fn release(&self, released: &ReleasedAddress<'_, Ipv4Addr>);

    /// Ends the state: the service stops.
    fn stop(&self) {}
}

/// A DLL's IPv6 interface identifiers for users (`MprAdminGetIpv6AddressForUser`, `MprAdminReleaseIpv6AddressForUser`).
///
/// An identifier is the low 64 bits of the user's addresses; the DLL cannot choose more than those. What
/// [`Ipv4Addresses`] says about processes and other DLLs holds here too, by inference: the pages say it about IPv4.
pub trait Ipv6Addresses: Send + Sync + Sized + 'static {
    /// The half of the 16 bytes that holds the identifier. No page tells it.
    const IDENTIFIER: Identifier = Identifier::LastBytes;

    /// Makes the state, as [`Ipv4Addresses::start`] does.
    ///
    /// # Errors
    /// Any code if there can be no addresses, as for [`AdminDll::start`](crate::AdminDll::start).
    fn start(context: &Context) -> Result<Self, Code>;

    /// Chooses the interface identifier of a user who needs one. The service asks once for each.
    ///
    /// # Errors
    /// Any code if the user gets no identifier, which ends the connection.
    fn assign(&self, request: &AddressRequest<'_, u64>) -> Result<Assignment<u64>, Code>;

    /// Takes an identifier back at the end of the connection, if [`assign`](Ipv6Addresses::assign) asked for that.
    fn release(&self, released: &ReleasedAddress<'_, u64>);

    /// Ends the state: the service stops.
    fn stop(&self) {}
}

/// The order of the bytes in the number that stands for an IPv4 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// The first byte in memory is the first part of the address, as in `in_addr`. A public program for RRAS has it so.
    Network,
    /// The number's highest byte is the first part of the address: `0x0A000001` is `10.0.0.1`.
    Host,
}

impl ByteOrder {
    pub(crate) fn address(self, raw: u32) -> Ipv4Addr {
        match self {
            ByteOrder::Network => Ipv4Addr::from(raw.to_ne_bytes()),
            ByteOrder::Host => Ipv4Addr::from_bits(raw),
        }
    }

    pub(crate) fn raw(self, address: Ipv4Addr) -> u32 {
        match self {
            ByteOrder::Network => u32::from_ne_bytes(address.octets()),
            ByteOrder::Host => address.to_bits(),
        }
    }
}

/// The half of an IPv6 address's 16 bytes that holds the interface identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Identifier {
    /// The last 8 bytes, where an address has it. The first 8 stay as they are.
    LastBytes,
    /// The first 8 bytes. The last 8 stay as they are.
    FirstBytes,
}

impl Identifier {
    fn half(self, bytes: &mut [u8; 16]) -> &mut [u8; 8] {
        let (halves, _) = bytes.as_chunks_mut();
        match self {
            Identifier::LastBytes => &mut halves[1],
            Identifier::FirstBytes => &mut halves[0],
        }
    }

    pub(crate) fn of(self, mut bytes: [u8; 16]) -> u64 {
        u64::from_be_bytes(*self.half(&mut bytes))
    }

    pub(crate) fn put(self, mut bytes: [u8; 16], identifier: u64) -> [u8; 16] {
        *self.half(&mut bytes) = identifier.to_be_bytes();
        bytes
    }
}

/// A user who needs an address. `A` is [`Ipv4Addr`], or `u64` for an interface identifier.
#[derive(Clone, Copy, Debug)]
pub struct AddressRequest<'a, A> {
    pub(crate) user: &'a WideStr,
    pub(crate) port: &'a WideStr,
    pub(crate) offered: Option<A>,
}

impl<'a, A: Copy> AddressRequest<'a, A> {
    /// Returns the user's name as the service gives it. Whether it has a domain is not documented.
    pub fn user(&self) -> &'a WideStr {
        self.user
    }

    /// Returns the name of the port on which the user connects.
    pub fn port(&self) -> &'a WideStr {
        self.port
    }

    /// Returns the service's own choice. `None` means that the DLL must choose, or the user cannot connect.
    pub fn offered(&self) -> Option<A> {
        self.offered
    }
}

/// An address whose user is gone. `A` is [`Ipv4Addr`], or `u64` for an interface identifier.
#[derive(Clone, Copy, Debug)]
pub struct ReleasedAddress<'a, A> {
    pub(crate) user: &'a WideStr,
    pub(crate) port: &'a WideStr,
    pub(crate) address: A,
}

impl<'a, A: Copy> ReleasedAddress<'a, A> {
    /// Returns the user's name as the service gives it.
    pub fn user(&self) -> &'a WideStr {
        self.user
    }

    /// Returns the name of the port on which the user was connected.
    pub fn port(&self) -> &'a WideStr {
        self.port
    }

    /// Returns the address.
    pub fn address(&self) -> A {
        self.address
    }
}

/// An address for a user. `A` is [`Ipv4Addr`], or `u64` for an interface identifier.
///
/// ```
/// use std::net::Ipv4Addr;
///
/// use mprapi_admin_dll::Assignment;
///
/// let fixed = Assignment::of(Ipv4Addr::new(10, 8, 0, 10)).tell_release();
/// let own: Assignment<Ipv4Addr> = Assignment::keep();
/// assert_ne!(fixed, own);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Assignment<A> {
    /// `None` keeps the service's choice.
    pub(crate) address: Option<A>,
    pub(crate) tells_release: bool,
}

impl<A> Assignment<A> {
    /// Keeps the service's own choice. If it made none, the user is refused.
    pub const fn keep() -> Assignment<A> {
        Assignment { address: None, tells_release: false }
    }

    /// Chooses an address. One of zeros means none, and refuses the user.
    pub const fn of(address: A) -> Assignment<A> {
        Assignment { address: Some(address), tells_release: false }
    }

    /// Asks the service to tell when the user is gone, by calling `release`.
    pub fn tell_release(mut self) -> Assignment<A> {
        self.tells_release = true;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_bytes_in_the_order_that_was_chosen() {
        let address = Ipv4Addr::new(10, 0, 0, 1);
        assert_eq!(ByteOrder::Network.raw(address).to_ne_bytes(), [10, 0, 0, 1]);
        assert_eq!(ByteOrder::Host.raw(address), 0x0A00_0001);
        for order in [ByteOrder::Network, ByteOrder::Host] {
            assert_eq!(order.address(order.raw(address)), address);
        }
    }

    #[test]
    fn an_identifier_is_one_half_of_the_bytes_and_leaves_the_other() {
        let bytes: [u8; 16] = std::array::from_fn(|index| index as u8);
        assert_eq!(Identifier::LastBytes.of(bytes), 0x0809_0A0B_0C0D_0E0F);
        assert_eq!(Identifier::FirstBytes.of(bytes), 0x0001_0203_0405_0607);
        let changed = Identifier::LastBytes.put(bytes, 5);
        assert_eq!(changed[..8], bytes[..8]);
        assert_eq!(changed[8..], [0, 0, 0, 0, 0, 0, 0, 5]);
        assert_eq!(Identifier::FirstBytes.put(bytes, 5)[8..], bytes[8..]);
    }
}
