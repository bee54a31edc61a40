//! Round trips: values through bytes, and bytes through values.

use std::fmt::Debug;
use std::net::{Ipv4Addr, Ipv6Addr};

use mprapi::info_block::{
    FilterProtocol, Filters, GlobalSettings, Ipv4Filter, Ipv6Filter, LateBound, ProtocolPreference, Route,
    RoutePath, RouteViews, RouterDiscovery, Setting, SubProtocolPreference,
};
use mprapi::{InfoBlock, InfoBlockBuf, InfoType};
use proptest::prelude::*;

use crate::{read, words, written};

fn protocol() -> impl Strategy<Value = FilterProtocol> {
    let ports = (any::<u16>(), any::<u16>());
    let icmp = (any::<u8>(), any::<u8>());
    let known = |number: &u32| ![1, 6, 17, 58].contains(number);
    prop_oneof![
        Just(FilterProtocol::Any),
        ports.prop_map(|(source, destination)| FilterProtocol::Tcp { source, destination }),
        ports.prop_map(|(source, destination)| FilterProtocol::Udp { source, destination }),
        icmp.prop_map(|(icmp_type, code)| FilterProtocol::Icmp { icmp_type, code }),
        icmp.prop_map(|(icmp_type, code)| FilterProtocol::Icmpv6 { icmp_type, code }),
        (any::<u32>().prop_filter("another protocol", known), any::<[u8; 4]>())
            .prop_filter("any protocol", |(number, fields)| *number != 0 || *fields != [0; 4])
            .prop_map(|(number, fields)| FilterProtocol::Other { number, fields }),
    ]
}

fn filters<F: Debug>(filter: impl Strategy<Value = F>) -> impl Strategy<Value = Filters<F>> {
    (any::<u32>(), proptest::collection::vec(filter, 1..6))
        .prop_map(|(action, filters)| Filters::new(action.into(), filters))
}

fn ipv4_filters() -> impl Strategy<Value = Filters<Ipv4Filter>> {
    let filter =
        (protocol(), any::<[Ipv4Addr; 4]>(), any::<u32>()).prop_map(|(protocol, addresses, flags)| {
            let [source, source_mask, destination, destination_mask] = addresses;
            let mut filter = Ipv4Filter::new(protocol)
                .with_source(source, source_mask)
                .with_destination(destination, destination_mask);
            filter.late_bound = LateBound::from_bits_retain(flags);
            filter
        });
    filters(filter)
}

fn ipv6_filters() -> impl Strategy<Value = Filters<Ipv6Filter>> {
    let network = || (any::<Ipv6Addr>(), 0..=128_u8);
    let filter = (protocol(), network(), network(), any::<u32>()).prop_map(|(protocol, from, to, flags)| {
        let mut filter = Ipv6Filter::new(protocol).with_source(from.0, from.1).with_destination(to.0, to.1);
        filter.late_bound = LateBound::from_bits_retain(flags);
        filter
    });
    filters(filter)
}

fn route() -> impl Strategy<Value = Route> {
    let ipv4 = (any::<[Ipv4Addr; 3]>(), any::<[u32; 3]>(), any::<[Option<u32>; 3]>()).prop_map(
        |([destination, mask, hop], [policy, age, system], metrics)| {
            let mut route = Route::ipv4(Ipv4Addr::UNSPECIFIED, 0, hop).expect("the default route");
            if let RoutePath::Ipv4(path) = &mut route.path {
                (path.destination, path.mask) = (destination, mask);
                (path.policy, path.age, path.next_hop_as) = (policy, age, system);
                path.metrics = metrics.map(|metric| metric.filter(|metric| *metric != u32::MAX));
            }
            route
        },
    );
    let ipv6 = (any::<[Ipv6Addr; 2]>(), 0..=128_u8, any::<[u32; 3]>()).prop_map(
        |([destination, hop], prefix, [lifetime, flags, metric])| {
            let mut route = Route::ipv6(Ipv6Addr::UNSPECIFIED, 0, hop).expect("the default route");
            if let RoutePath::Ipv6(path) = &mut route.path {
                (path.destination, path.prefix, path.flags) = (destination, prefix, flags);
                path.valid_lifetime = Some(lifetime).filter(|seconds| *seconds != u32::MAX);
                path.metric = Some(metric).filter(|metric| *metric != u32::MAX);
            }
            route
        },
    );
    (prop_oneof![ipv4.boxed(), ipv6.boxed()], any::<[u32; 5]>()).prop_map(|(mut route, rest)| {
        let [index, route_type, protocol, preference, views] = rest;
        (route.interface_index, route.preference) = (index, preference);
        (route.route_type, route.protocol) = (route_type.into(), protocol.into());
        route.views = RouteViews::from_bits_retain(views);
        route
    })
}

fn discovery() -> impl Strategy<Value = RouterDiscovery> {
    (any::<[u16; 3]>(), any::<bool>(), any::<i32>()).prop_map(|(times, advertise, preference)| {
        let mut discovery = RouterDiscovery::default();
        [discovery.max_interval, discovery.min_interval, discovery.lifetime] = times;
        (discovery.advertise, discovery.preference) = (advertise, preference);
        discovery
    })
}

fn global() -> impl Strategy<Value = GlobalSettings> {
    (any::<bool>(), any::<u32>()).prop_map(|(filtering, logging)| {
        let mut settings = GlobalSettings::new(logging.into());
        settings.filtering = filtering;
        settings
    })
}

/// Writes a value, reads it back, and writes it again; then reads every beginning of its bytes, which is an error.
fn round<T: PartialEq + Debug>(setting: Setting<T>, value: &T) -> Result<(), TestCaseError> {
    let bytes = written(setting, value);
    let mut block = InfoBlockBuf::new();
    block.put(setting, value).expect("a value with a layout");
    let whole = block.to_bytes();
    let again = InfoBlock::parse(&whole).expect("a block").get(setting);
    let again = again.expect("written by us").expect("it has an item");
    prop_assert_eq!(&again, value);
    prop_assert_eq!(written(setting, &again), &bytes[..]);
    for end in 1..bytes.len() {
        prop_assert!(read(setting, &bytes[..end]).is_err(), "{} of {} bytes", end, bytes.len());
    }
    Ok(())
}

/// Reads any bytes. Those that are read are written again as they were, but for bytes that mean nothing.
fn reread<T: PartialEq + Debug>(setting: Setting<T>, bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(Some(value)) = read(setting, bytes) {
        // A list of filters that is empty is read, but not written.
        let mut block = InfoBlockBuf::new();
        if block.put(setting, &value).is_ok() {
            let again = block.get(setting).expect("written by us").expect("there");
            prop_assert_eq!(again, value);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn routes_are_read_back(routes in proptest::collection::vec(route(), 0..5)) {
        let mut block = InfoBlockBuf::new();
        block.put(Setting::ROUTES, &routes).expect("routes");
        let bytes = block.to_bytes();
        let block = InfoBlock::parse(&bytes).expect("a block");
        let again = block.get(Setting::ROUTES).expect("routes").expect("there");
        prop_assert_eq!(&again, &routes);
        prop_assert_eq!(written(Setting::ROUTES, &again), block.find(InfoType::IP_ROUTE).expect("there").data());
        if let [first, ..] = routes[..] {
            round(Setting::ROUTES, &vec![first])?;
        }
    }

    #[test]
    fn filters_are_read_back(ipv4 in ipv4_filters(), ipv6 in ipv6_filters()) {
        for setting in [Setting::INPUT_FILTERS, Setting::OUTPUT_FILTERS, Setting::DEMAND_DIAL_FILTERS] {
            round(setting, &ipv4)?;
        }
        for setting in [Setting::INPUT_FILTERS_V6, Setting::OUTPUT_FILTERS_V6, Setting::DEMAND_DIAL_FILTERS_V6] {
            round(setting, &ipv6)?;
        }
    }

    #[test]
    fn other_settings_are_read_back(
        global in global(),
        discovery in discovery(),
        status: u32,
        is_on: bool,
        preferences in proptest::collection::vec(any::<[u32; 3]>(), 0..9),
    ) {
        round(Setting::GLOBAL, &global)?;
        round(Setting::GLOBAL_V6, &global)?;
        round(Setting::ROUTER_DISCOVERY, &discovery)?;
        round(Setting::INTERFACE_STATUS, &status.into())?;
        round(Setting::FRAGMENT_CHECK, &is_on)?;
        round(Setting::FRAGMENT_CHECK_V6, &is_on)?;
        round(Setting::FILTERING, &is_on)?;
        round(Setting::FILTERING_V6, &is_on)?;
        let parts = preferences.iter().map(|[of, part, is]| SubProtocolPreference::new((*of).into(), *part, *is));
        round(Setting::SUB_PROTOCOL_PREFERENCES, &parts.collect())?;
        let whole = preferences.iter().map(|[of, _, is]| ProtocolPreference::new((*of).into(), *is));
        round(Setting::PROTOCOL_PREFERENCES, &whole.collect())?;
    }

    /// Bytes of an IPv4 route are written as they were read: only the end of the union means nothing.
    #[test]
    fn bytes_of_a_route_are_written_again_alike(mut bytes in proptest::collection::vec(any::<u8>(), 72), is_ipv4: bool) {
        bytes[68..].copy_from_slice(&u32::from(is_ipv4).to_le_bytes());
        if is_ipv4 {
            bytes[36..48].fill(0);
        } else {
            bytes[17..20].fill(0);
            bytes[16] &= 0x7F;
        }
        let routes = read(Setting::ROUTES, &bytes).expect("a route").expect("there");
        prop_assert_eq!(written(Setting::ROUTES, &routes), bytes);
    }

    #[test]
    fn bytes_of_filters_are_written_again_alike(
        action: u32,
        filters in proptest::collection::vec(any::<[u32; 7]>(), 1..5),
        protocol in prop_oneof![Just(0), Just(1), Just(6), Just(17), Just(58), any::<u32>()],
    ) {
        let mut bytes = words(&[1, filters.len() as u32, action]);
        for [from, from_mask, to, to_mask, _, flags, ports] in filters {
            let icmp = protocol == 1 || protocol == 58;
            let ports = if icmp { ports & 0x00FF_00FF } else { ports };
            bytes.extend(words(&[from, from_mask, to, to_mask, protocol, flags, ports]));
        }
        let filters = read(Setting::INPUT_FILTERS, &bytes).expect("filters").expect("there");
        prop_assert_eq!(written(Setting::INPUT_FILTERS, &filters), bytes);
    }

    #[test]
    fn no_bytes_make_reading_fail_other_than_by_an_error(
        start in prop_oneof![Just(vec![]), Just(vec![1, 0, 0, 0, 1, 0, 0, 0])],
        rest in proptest::collection::vec(any::<u8>(), 1..160),
    ) {
        let bytes = [start, rest].concat();
        reread(Setting::ROUTES, &bytes)?;
        reread(Setting::INPUT_FILTERS, &bytes)?;
        reread(Setting::INPUT_FILTERS_V6, &bytes)?;
        reread(Setting::GLOBAL, &bytes)?;
        reread(Setting::INTERFACE_STATUS, &bytes)?;
        reread(Setting::PROTOCOL_PREFERENCES, &bytes)?;
        reread(Setting::SUB_PROTOCOL_PREFERENCES, &bytes)?;
        reread(Setting::ROUTER_DISCOVERY, &bytes)?;
        reread(Setting::FRAGMENT_CHECK, &bytes)?;
    }
}
