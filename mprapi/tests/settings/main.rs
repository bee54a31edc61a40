//! Settings of transports as values: what is written is read back, bytes are those of the specification, and hostile bytes are
//! errors.

mod rounds;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use mprapi::info_block::{
    FilterAction, FilterProtocol, Filters, GlobalSettings, Ipv4Filter, Ipv6Filter, LateBound, LoggingLevel,
    ProtocolPreference, Route, RoutePath, RouteProtocol, RouterDiscovery, Setting, SubProtocolPreference,
};
use mprapi::mib::{AdminStatus, RouteType};
use mprapi::{ErrorKind, Info, InfoBlock, InfoBlockBuf, InfoType};

/// Counts the bytes that a thread allocates.
struct Counting;

thread_local! {
    static ALLOCATED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.set(ALLOCATED.get() + layout.size());
        // SAFETY: passed on to the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: passed on to the caller.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Numbers of 32 bits, in the byte order of Windows.
fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Writes a value and returns the bytes of its info.
fn written<T>(setting: Setting<T>, value: &T) -> Vec<u8> {
    let mut block = InfoBlockBuf::new();
    block.put(setting, value).expect("a value with a layout");
    block.find(setting.info_type()).expect("just put").data().to_vec()
}

/// Reads an info of one item.
fn read<T>(setting: Setting<T>, item: &[u8]) -> Result<Option<T>, String> {
    let info = Info::item(setting.info_type(), item).expect("one item");
    info.read(setting).map_err(|malformed| malformed.to_string())
}

/// Checks that a value is written as these bytes, and read back from them.
fn assert_layout<T: PartialEq + Debug>(setting: Setting<T>, value: &T, bytes: &[u8]) {
    assert_eq!(written(setting, value), bytes, "{value:?}");
    assert_eq!(read(setting, bytes).as_ref().map(Option::as_ref), Ok(Some(value)), "{value:?}");
}

// The expected bytes of these tests are written by hand, from the structs of MS-RRASM 2.2.1.2.

#[test]
fn an_ipv4_route_has_the_layout_of_interface_route_info() {
    let mut route = Route::ipv4([10, 2, 0, 0].into(), 16, [10, 1, 0, 254].into()).unwrap().with_metric(5);
    (route.interface_index, route.preference) = (7, 3);
    let mut bytes = vec![10, 2, 0, 0, 255, 255, 0, 0];
    bytes.extend(words(&[0]));
    bytes.extend([10, 1, 0, 254]);
    // Age, autonomous system, three metrics; then the rest of the union, which is as long as the fields of IPv6.
    bytes.extend(words(&[0, 0, 5, u32::MAX, u32::MAX, 0, 0, 0]));
    // Interface, type (indirect), protocol (MIB_IPPROTO_NT_STATIC), preference, views, bV4.
    bytes.extend(words(&[7, 4, 10_006, 3, 3, 1]));
    assert_eq!(bytes.len(), 72);
    assert_layout(Setting::ROUTES, &vec![route], &bytes);
}

#[test]
fn an_ipv6_route_has_the_layout_of_interface_route_info() {
    let hop: Ipv6Addr = "fe80::1".parse().unwrap();
    let mut route = Route::ipv6("2001:db8::".parse().unwrap(), 32, hop).unwrap();
    route.protocol = RouteProtocol::StaticWithoutDial;
    let mut bytes = vec![0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    bytes.extend(words(&[32]));
    bytes.extend([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    // Lifetime, flags, metric; interface, type, protocol, preference, views, bV4.
    bytes.extend(words(&[u32::MAX, 0, 1, 0, 4, 10_007, 0, 3, 0]));
    assert_eq!(bytes.len(), 72);
    assert_layout(Setting::ROUTES, &vec![route], &bytes);
}

#[test]
fn ipv4_filters_have_the_layout_of_filter_descriptor() {
    let web = Ipv4Filter::new(FilterProtocol::Tcp { source: 0, destination: 443 })
        .with_destination([192, 0, 2, 0].into(), [255, 255, 255, 0].into());
    let mut ping = Ipv4Filter::new(FilterProtocol::Icmp { icmp_type: 8, code: 0 })
        .with_source([198, 51, 100, 7].into(), Ipv4Addr::BROADCAST);
    ping.late_bound = LateBound::SOURCE | LateBound::DESTINATION_MASK;
    let filters = Filters::new(FilterAction::Drop, vec![web, ping]);
    let mut bytes = words(&[1, 2, 1]);
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 0, 255, 255, 255, 0]);
    bytes.extend(words(&[6, 0]));
    // A port is in network order.
    bytes.extend([0, 0, 0x01, 0xBB]);
    bytes.extend([198, 51, 100, 7, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(words(&[1, 0x21]));
    // An ICMP type is not.
    bytes.extend([8, 0, 0, 0]);
    assert_eq!(bytes.len(), 12 + 2 * 28);
    for setting in [Setting::INPUT_FILTERS, Setting::OUTPUT_FILTERS, Setting::DEMAND_DIAL_FILTERS] {
        assert_layout(setting, &filters, &bytes);
    }
    assert_eq!(
        filters.to_string(),
        "drop all but TCP from any to 192.0.2.0/24 port 443; \
         ICMP type 8 code 0 from 198.51.100.7/32 to any (replaced: source, destination mask)"
    );
}

#[test]
fn ipv6_filters_have_the_layout_of_filter_descriptor_v6() {
    let dns = Ipv6Filter::new(FilterProtocol::Udp { source: 53, destination: 0 })
        .with_source("2001:db8::".parse().unwrap(), 32);
    let gre = Ipv6Filter::new(FilterProtocol::Other { number: 47, fields: [0; 4] })
        .with_destination(Ipv6Addr::LOCALHOST, 128);
    let filters = Filters::new(FilterAction::Forward, vec![dns, gre]);
    let mut bytes = words(&[1, 2, 0]);
    bytes.extend([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(words(&[32, 0, 0, 0, 0, 0, 17, 0]));
    bytes.extend([0, 53, 0, 0]);
    bytes.extend(words(&[0, 0, 0, 0, 0]));
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    bytes.extend(words(&[128, 47, 0, 0]));
    assert_eq!(bytes.len(), 12 + 2 * 52);
    for setting in [Setting::INPUT_FILTERS_V6, Setting::OUTPUT_FILTERS_V6, Setting::DEMAND_DIAL_FILTERS_V6] {
        assert_layout(setting, &filters, &bytes);
    }
    assert_eq!(
        filters.to_string(),
        "forward all but UDP from 2001:db8::/32 port 53 to any; protocol 47 from any to ::1/128"
    );
}

#[test]
fn the_other_settings_have_the_layouts_of_their_structs() {
    for setting in [Setting::GLOBAL, Setting::GLOBAL_V6] {
        assert_layout(setting, &GlobalSettings::new(LoggingLevel::Warnings), &words(&[1, 2]));
    }
    assert_layout(Setting::INTERFACE_STATUS, &AdminStatus::Down, &words(&[2]));
    let preferences = [(RouteProtocol::Static, 3), (RouteProtocol::Ospf, 110)]
        .map(|(of, is)| ProtocolPreference::new(of, is));
    assert_layout(Setting::PROTOCOL_PREFERENCES, &preferences.to_vec(), &words(&[2, 10_006, 3, 13, 110]));
    let parts = vec![SubProtocolPreference::new(RouteProtocol::Bgp, 2, 20)];
    assert_layout(Setting::SUB_PROTOCOL_PREFERENCES, &parts, &words(&[1, 14, 2, 20]));
    for setting in
        [Setting::FRAGMENT_CHECK, Setting::FRAGMENT_CHECK_V6, Setting::FILTERING, Setting::FILTERING_V6]
    {
        assert_layout(setting, &true, &words(&[1]));
        assert_layout(setting, &false, &words(&[0]));
    }
    let mut discovery = RouterDiscovery::default();
    (discovery.advertise, discovery.preference) = (true, i32::MIN);
    // Two bytes behind the three times are a gap.
    let bytes = [0x58, 0x02, 0xC2, 0x01, 0x08, 0x07, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x80];
    assert_layout(Setting::ROUTER_DISCOVERY, &discovery, &bytes);
}

/// These are the blocks of a Windows 7 whose administrator had changed nothing, as its registry has them.
#[test]
fn the_defaults_that_a_windows_has_stored_are_read() {
    let global = words(&[
        1,
        120,
        2, // version, size, infos
        0xFFFF_0003,
        8,
        1,
        48, // GLOBAL_INFO
        0xFFFF_0006,
        52,
        1,
        56, // PRIORITY_INFO
        0,  // alignment
        0,
        1, // filtering, logging
        6,
        2,
        1,
        3,
        10,
        10_006,
        3,
        10_007,
        5,
        10_002,
        7,
        8,
        120, // preferences
        0,
        0,
        0,
    ]);
    let global = InfoBlock::parse(&global).expect("a block");
    let settings = global.get(Setting::GLOBAL).unwrap().expect("there");
    assert_eq!((settings.filtering, settings.logging), (false, LoggingLevel::Errors));
    let preferences = global.get(Setting::PROTOCOL_PREFERENCES).unwrap().expect("there");
    let preferences: Vec<_> = preferences.iter().map(|one| (one.protocol, one.preference)).collect();
    assert_eq!(
        preferences,
        [
            (RouteProtocol::Local, 1),
            (RouteProtocol::NetworkManagement, 10),
            (RouteProtocol::Static, 3),
            (RouteProtocol::StaticWithoutDial, 5),
            (RouteProtocol::AutoStatic, 7),
            (RouteProtocol::Rip, 120),
        ]
    );

    let interface = words(&[
        1,
        104,
        3, // version, size, infos
        0xFFFF_0005,
        72,
        0,
        64, // routes: none, but their size
        0xFFFF_0004,
        4,
        1,
        64, // INTERFACE_STATUS_INFO
        0xFFFF_0007,
        16,
        1,
        72, // RTR_DISC_INFO
        0,  // alignment
        1,
        0, // up; alignment
        0x01C2_0258,
        0x0708,
        0,
        0, // 600, 450, 1800, not advertised
        0,
        0,
        0,
        0,
    ]);
    let interface = InfoBlock::parse(&interface).expect("a block");
    assert_eq!(interface.get(Setting::ROUTES), Ok(Some(Vec::new())));
    assert_eq!(interface.get(Setting::INTERFACE_STATUS), Ok(Some(AdminStatus::Up)));
    assert_eq!(interface.get(Setting::ROUTER_DISCOVERY), Ok(Some(RouterDiscovery::default())));
}

#[test]
fn a_setting_that_is_not_there_is_none_and_one_without_items_is_none_or_an_empty_list() {
    let mut block = InfoBlockBuf::new();
    assert_eq!(block.get(Setting::ROUTES), Ok(None));
    assert_eq!(block.get(Setting::INPUT_FILTERS), Ok(None));
    for info_type in [InfoType::IP_ROUTE, InfoType::IP_IN_FILTER, InfoType::IP_PROTOCOL_PRIORITY] {
        block.add(Info::item(info_type, &[]).unwrap()).unwrap();
    }
    assert_eq!(block.get(Setting::ROUTES), Ok(Some(Vec::new())));
    assert_eq!(block.get(Setting::PROTOCOL_PREFERENCES), Ok(Some(Vec::new())));
    assert_eq!(block.get(Setting::INPUT_FILTERS), Ok(None));
}

#[test]
fn put_replaces_in_place_and_leaves_other_infos_alone() {
    let mut block = InfoBlockBuf::new();
    block.put(Setting::INTERFACE_STATUS, &AdminStatus::Up).unwrap();
    block.add(Info::item(InfoType(8), &[9]).unwrap()).unwrap();
    block.put(Setting::INTERFACE_STATUS, &AdminStatus::Down).unwrap();
    let infos: Vec<_> = block.iter().map(|info| (info.info_type().0, info.data().to_vec())).collect();
    assert_eq!(infos, [(0xFFFF_0004, words(&[2])), (8, vec![9])]);
    block.put(Setting::ROUTES, &Vec::new()).unwrap();
    let routes = block.find(InfoType::IP_ROUTE).expect("there");
    assert_eq!((routes.item_size(), routes.count()), (72, 0));
}

#[test]
fn values_without_a_layout_are_refused_and_change_nothing() {
    let mut block = InfoBlockBuf::new();
    let none: Filters<Ipv4Filter> = Filters::new(FilterAction::Drop, Vec::new());
    let error = block.put(Setting::INPUT_FILTERS, &none).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(error.to_string().contains("remove the info"), "{error}");
    let long = Ipv6Filter::new(FilterProtocol::Any).with_source(Ipv6Addr::UNSPECIFIED, 129);
    assert!(block.put(Setting::INPUT_FILTERS_V6, &Filters::new(FilterAction::Drop, vec![long])).is_err());
    let mut route = Route::ipv6(Ipv6Addr::UNSPECIFIED, 0, Ipv6Addr::LOCALHOST).unwrap();
    if let RoutePath::Ipv6(path) = &mut route.path {
        path.prefix = 255;
    }
    assert!(block.put(Setting::ROUTES, &vec![route]).is_err());
    assert!(block.is_empty());

    let hop = Ipv4Addr::LOCALHOST;
    assert!(Route::ipv4([10, 0, 0, 0].into(), 33, hop).is_err());
    assert!(Route::ipv4([10, 0, 0, 1].into(), 8, hop).is_err());
    assert!(Route::ipv6("2001:db8::1".parse().unwrap(), 32, Ipv6Addr::LOCALHOST).is_err());
}

#[test]
fn malformed_infos_are_errors_that_say_why() {
    let route = |size: usize| {
        let bytes = vec![0; size];
        read(Setting::ROUTES, &bytes).expect_err("no route")
    };
    assert!(route(56).contains("MIB_IPFORWARDROW"));
    assert!(route(71).contains("72 bytes"));
    let mut ipv6 = vec![0; 72];
    ipv6[16] = 129;
    assert!(read(Setting::ROUTES, &ipv6).expect_err("too long").contains("128 bits"));

    let filters = |numbers: &[u32]| read(Setting::INPUT_FILTERS, &words(numbers)).expect_err("no filters");
    assert!(filters(&[2, 0, 0]).contains("version"));
    // The other byte order is no reason to guess.
    assert!(filters(&[0x0100_0000, 0, 0]).contains("version"));
    assert!(filters(&[1, 1, 0, 0, 0, 0, 0, 0, 0]).contains("fewer items"));
    assert!(filters(&[1, 1, 0, 0, 0, 0, 0, 1, 0, 0x100]).contains("ICMP"));
    assert!(read(Setting::GLOBAL, &words(&[1, 2, 3])).expect_err("too long").contains("longer"));

    let two = Info::items(InfoType::IP_INTERFACE_STATUS, 4, &[1, 0, 0, 0, 1, 0, 0, 0]).unwrap();
    assert!(two.read(Setting::INTERFACE_STATUS).unwrap_err().to_string().contains("several"));
    assert!(two.read(Setting::GLOBAL).unwrap_err().to_string().contains("another type"));
}

#[test]
fn numbers_without_a_name_are_kept() {
    let bytes = words(&[1, 1, 9, 0, 0, 0, 0, 0x86, 0x100, 0x5000_BB01]);
    let filters = read(Setting::INPUT_FILTERS, &bytes).unwrap().expect("there");
    assert_eq!(filters.default_action, FilterAction::Unknown(9));
    assert_eq!(
        filters.filters[0].protocol,
        FilterProtocol::Other { number: 0x86, fields: [0x01, 0xBB, 0x00, 0x50] }
    );
    assert_eq!(filters.filters[0].late_bound.bits(), 0x100);
    assert_eq!(written(Setting::INPUT_FILTERS, &filters), bytes);
    assert_eq!(read(Setting::INTERFACE_STATUS, &words(&[77])), Ok(Some(AdminStatus::Unknown(77))));
}

#[test]
fn counts_that_lie_take_no_memory() {
    let allocated = |reads: &dyn Fn() -> bool| {
        let before = ALLOCATED.get();
        assert!(reads());
        ALLOCATED.get() - before
    };
    let honest = words(&[1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    let info = Info::item(InfoType::IP_IN_FILTER, &honest).unwrap();
    assert!(allocated(&|| info.read(Setting::INPUT_FILTERS).is_ok()) > 0, "what is read takes memory");
    let filters = words(&[1, u32::MAX, 0, 0, 0, 0]);
    let info = Info::item(InfoType::IP_IN_FILTER, &filters).unwrap();
    assert_eq!(allocated(&|| info.read(Setting::INPUT_FILTERS).is_err()), 0);
    let info = Info::item(InfoType::IP_IN_FILTER_V6, &filters).unwrap();
    assert_eq!(allocated(&|| info.read(Setting::INPUT_FILTERS_V6).is_err()), 0);
    let preferences = words(&[u32::MAX, 2, 1]);
    let info = Info::item(InfoType::IP_PROTOCOL_PRIORITY, &preferences).unwrap();
    assert_eq!(allocated(&|| info.read(Setting::PROTOCOL_PREFERENCES).is_err()), 0);
    let info = Info::item(InfoType::IP_PROTOCOL_PRIORITY_EX, &preferences).unwrap();
    assert_eq!(allocated(&|| info.read(Setting::SUB_PROTOCOL_PREFERENCES).is_err()), 0);
}

#[test]
fn a_route_is_shown_as_people_write_it() {
    let route = Route::ipv4(Ipv4Addr::UNSPECIFIED, 0, [192, 0, 2, 1].into()).unwrap().with_metric(10);
    assert_eq!(route.to_string(), "0.0.0.0/0 via 192.0.2.1 metric 10");
    assert_eq!((route.prefix(), route.metric()), (Some(0), Some(10)));
    let mut route = Route::ipv4([10, 7, 0, 0].into(), 16, Ipv4Addr::UNSPECIFIED).unwrap();
    assert_eq!((route.route_type, route.next_hop()), (RouteType::Direct, None));
    route.protocol = RouteProtocol::AutoStatic;
    assert_eq!(route.to_string(), "10.7.0.0/16 metric 1 (auto-static)");
    if let RoutePath::Ipv4(path) = &mut route.path {
        (path.mask, path.metrics) = ([255, 0, 255, 0].into(), [None; 3]);
    }
    assert_eq!(route.to_string(), "10.7.0.0 mask 255.0.255.0 (auto-static)");
    assert_eq!((route.prefix(), route.metric()), (None, None));
    let route = Route::ipv6("2001:db8::".parse().unwrap(), 32, "fe80::1".parse().unwrap()).unwrap();
    assert_eq!(route.to_string(), "2001:db8::/32 via fe80::1 metric 1");
    assert_eq!(route.destination(), "2001:db8::".parse::<IpAddr>().unwrap());
}
