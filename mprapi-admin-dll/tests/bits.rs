//! Records with any bits: each method answers something, and none panics.

mod common;

use std::net::Ipv4Addr;

use common::{alone, ex};
use mprapi_admin_dll::{
    AddressRequest, AdminDll, Assignment, Code, Connection, Context, Ipv4Addresses, Link, Records,
    ReleasedAddress, Verdict,
};
use mprapi_sys::*;
use proptest::collection::vec;
use proptest::prelude::*;

struct Dll;

impl AdminDll for Dll {
    fn start(_: &Context) -> Result<Dll, Code> {
        Ok(Dll)
    }

    fn accept(&self, connection: &Connection<'_>) -> Verdict {
        let text = format!(
            "{connection:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            connection.account(),
            connection.remote_computer(),
            connection.interface_name(),
            connection.interface_type(),
            connection.duration(),
            connection.flags(),
            connection.statistics(),
            connection.client_address(),
            connection.ipv4(),
            connection.ipv6().map(|ends| (ends.client(), ends.server_link_local())),
            connection.remote_endpoint(),
            connection.local_endpoint(),
            connection.records(),
        );
        if let Records::Ex(record) = connection.records() {
            let _ = (
                record.projection(),
                record.quarantine_state(),
                record.probation_ends(),
                record.switch_overs(),
            );
        }
        (!text.is_empty()).into()
    }

    fn accept_link(&self, link: &Link<'_>) -> Verdict {
        let port = link.port();
        let text = format!(
            "{link:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            port.condition(),
            port.device_type(),
            port.total_calls(),
            link.duration(),
            link.statistics(),
            link.details().hardware_condition(),
            link.details(),
        );
        (!text.is_empty()).into()
    }
}

/// Answers each name with an address of its length.
struct Lengths;

impl Ipv4Addresses for Lengths {
    fn start(_: &Context) -> Result<Lengths, Code> {
        Ok(Lengths)
    }

    fn assign(&self, request: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code> {
        Ok(Assignment::of(Ipv4Addr::from_bits(1 + request.user().len() as u32)))
    }

    fn release(&self, _: &ReleasedAddress<'_, Ipv4Addr>) {}
}

mprapi_admin_dll::export_admin_dll!(Dll; ipv4 = Lengths);

unsafe extern "system" {
    fn MprAdminInitializeDllEx(table: *mut MPRAPI_ADMIN_DLL_CALLBACKS) -> DWORD;
}

fn table() -> MPRAPI_ADMIN_DLL_CALLBACKS {
    let mut table = MPRAPI_ADMIN_DLL_CALLBACKS::default();
    // SAFETY: the table is ours. A DLL that runs already keeps its state.
    assert_eq!(unsafe { MprAdminInitializeDllEx(&mut table) }, NO_ERROR);
    table
}

/// A record of these bytes.
fn of<R: Default>(bytes: &[u8]) -> R {
    let mut record = R::default();
    let length = bytes.len().min(size_of::<R>());
    // SAFETY: so many bytes are in both; the records are C structs, valid for any bits.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), (&raw mut record).cast::<u8>(), length) };
    record
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_connection_of_any_bits_is_answered(bytes in vec(any::<u8>(), size_of::<RAS_CONNECTION_EX>()), kind in 0..4_u8) {
        let _alone = alone();
        let mut record = RAS_CONNECTION_EX { Header: ex(1, "anna").Header, ..of(&bytes) };
        record.ProjectionInfo.projectionInfoType = kind;
        let accept = table().lpfnRasAdminAcceptNewConnectionEx.expect("one");
        // SAFETY: the record is there during the call.
        prop_assert_eq!(unsafe { accept(&mut record) }, 1, "a method has panicked");
    }

    #[test]
    fn a_link_of_any_bits_is_answered(bytes in vec(any::<u8>(), size_of::<RAS_PORT_0>() + size_of::<RAS_PORT_1>())) {
        let _alone = alone();
        let (port, details) = bytes.split_at(size_of::<RAS_PORT_0>());
        let accept = table().lpfnRasAdminAcceptNewLink.expect("one");
        let (mut port, mut details) = (of(port), of(details));
        // SAFETY: the records are there during the call.
        prop_assert_eq!(unsafe { accept(&mut port, &mut details) }, 1, "a method has panicked");
    }

    #[test]
    fn a_name_of_any_units_ends_with_its_nul_and_is_read_no_further(units in vec(any::<u16>(), 0..1200)) {
        let _alone = alone();
        let end = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
        let (mut name, mut port) = (units.clone(), [0]);
        name.push(0);
        // Behind the NUL there is nothing: a longer read would leave the memory.
        name.truncate(end + 1);
        name.shrink_to_fit();
        let (mut address, mut notify) = (0, 0);
        let get = table().lpfnMprAdminGetIpAddressForUser.expect("one");
        // SAFETY: the names end with a NUL, and the rest is ours.
        let code = unsafe { get(name.as_mut_ptr(), port.as_mut_ptr(), &mut address, &mut notify) };
        let expected = Ipv4Addr::from_bits(1 + end as u32);
        if end < 1024 {
            prop_assert_eq!((code, address.to_ne_bytes()), (NO_ERROR, expected.octets()));
        } else {
            prop_assert_eq!((code, address), (87, 0));
        }
    }
}
