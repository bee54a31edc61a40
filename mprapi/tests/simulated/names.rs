//! A name that an enumeration gave, whatever its UTF-16, names the same thing again in every call that takes a name.

use crate::common::{assert_clean, mpr};
use mprapi::{
    DemandDial, DeviceSettings, InterfaceCredentials, InterfaceSettings, InterfaceType, WideStr, WideString,
};
use mprapi_sim::{Server, Tunnel};
use proptest::collection::vec;
use proptest::prelude::*;

/// Generates units of every kind but NUL; surrogates that stand alone are not rare.
fn name() -> impl Strategy<Value = Vec<u16>> {
    let unit = prop_oneof![
        6 => 0x21..0x7F_u16,
        2 => 0xD800..=0xDFFF_u16,
        1 => 0x80..0xD800_u16,
        1 => 0xE000..=0xFFFF_u16,
    ];
    vec(unit, 1..60)
}

/// The interface's name as an enumeration gives it, which is as it was made.
fn listed(name: &WideStr, names: impl Iterator<Item = WideString>) -> WideString {
    names.into_iter().find(|listed| **listed == *name).expect("the enumeration has the name as it was given")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_name_of_any_units_is_found_again_by_every_call(units in name()) {
        let name = WideStr::new(&units);
        let simulation = Server::unique().ports(Tunnel::Ikev2, 1).start();
        let router = &simulation.routers()[0];
        let (mpr, whose) = (mpr(), Some(router.name()));
        let server = mpr.connect(whose).unwrap();
        server.create_interface(&DemandDial::vpn(name, "vpn2.example.com")).unwrap();
        let found = listed(name, server.interfaces().unwrap().iter().map(|interface| interface.name().to_owned()));
        let is_it = |handle: mprapi::InterfaceHandle<'_>| *handle.info().unwrap().get().name() == *name;
        prop_assert!(is_it(server.find_interface(&found).unwrap()));
        prop_assert!(is_it(server.find_interface(&*found).unwrap()));
        prop_assert!(is_it(server.find_interface_or_client(&found).unwrap()));

        let credentials = InterfaceCredentials::new().with_user_name(name).with_password(name);
        mpr.set_interface_credentials(whose, &found, &credentials).unwrap();
        let read = mpr.interface_credentials_with_password(whose, &found).unwrap();
        prop_assert!(read.user_name().is_some_and(|user| *user == *name));
        prop_assert!(read.password().is_some_and(|password| *password == *name));
        mpr.remove_interface_credentials(whose, &found).unwrap();

        let branch = server.find_interface(&found).unwrap();
        branch.set_device(1, &DeviceSettings::new("vpn", name).phone_number(name)).unwrap();
        prop_assert!(*branch.device(1).unwrap().get().name() == *name);
        let read = branch.info_at::<mprapi::sys::MPR_INTERFACE_2>().unwrap().get().to_settings().unwrap();
        branch.set_info(&read.destination(name).alternates([name])).unwrap();
        let info = branch.info_at::<mprapi::sys::MPR_INTERFACE_2>().unwrap();
        prop_assert!(*info.get().name() == *name && *info.get().destination() == *name);
        prop_assert!(info.get().alternates().unwrap().iter().all(|alternate| *alternate == *name));
        drop(info);

        let mut stored = mpr.configuration(whose).unwrap();
        if stored.interface(name).is_err() {
            stored.create_interface(&InterfaceSettings::new(name, InterfaceType::FullRouter)).unwrap();
        }
        let found = listed(name, stored.interfaces().unwrap().iter().map(|interface| interface.name().to_owned()));
        prop_assert!(*stored.interface(&found).unwrap().info().unwrap().get().name() == *name);
        stored.delete_interface(&found).unwrap();
        prop_assert!(stored.interface(&found).is_err());
        drop(stored);

        branch.delete().unwrap();
        prop_assert!(server.find_interface(&found).is_err());
        drop(server);
        assert_clean(router);
    }

    #[test]
    fn names_that_differ_only_in_units_that_are_no_characters_name_different_things(units in name(), place in 0..60_usize) {
        let mut other = units.clone();
        let place = place % units.len();
        let mut first = units;
        (first[place], other[place]) = (0xD800, 0xD801);
        // Neither makes a pair with what comes behind it.
        if let Some(next) = first.get_mut(place + 1) {
            *next = b'x'.into();
            other[place + 1] = b'x'.into();
        }
        let simulation = Server::unique().ports(Tunnel::Ikev2, 1).start();
        let router = &simulation.routers()[0];
        let server = mpr().connect(Some(router.name())).unwrap();
        let (first, other) = (WideStr::new(&first), WideStr::new(&other));
        let one = server.create_interface(&DemandDial::vpn(first, "h")).unwrap();
        let two = server.create_interface(&DemandDial::vpn(other, "h")).unwrap();
        prop_assert!(server.find_interface(first).unwrap().id() == one.id());
        prop_assert!(server.find_interface(other).unwrap().id() == two.id());
        drop(server);
        assert_clean(router);
    }
}
