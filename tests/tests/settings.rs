//! Settings of IP transports as a C compiler lays them out, by the structs of MS-RRASM: the safe layer reads the same values
//! from them and writes the same bytes.
#![cfg(all(not(windows), target_endian = "little"))]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::process::Command;

use mprapi::info_block::{
    FilterAction, FilterProtocol, Filters, GlobalSettings, Ipv4Filter, Ipv6Filter, LateBound, LoggingLevel,
    ProtocolPreference, Route, RoutePath, RouteProtocol, RouteViews, RouterDiscovery, Setting,
    SubProtocolPreference,
};
use mprapi::mib::AdminStatus;
use mprapi::{Info, InfoBlockBuf};
use tests::drop_in;

/// Returns the bytes of each struct, by the name that the program gives it. `None` if there is no C compiler.
fn structs() -> Option<BTreeMap<String, Vec<u8>>> {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("settings");
    drop_in::compile(&program, &["c/settings.c".as_ref()])?;
    let output = Command::new(program).output().expect("it starts");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("ASCII");
    let bytes = |hex: &str| {
        let pairs = hex.as_bytes().as_chunks::<2>().0.iter();
        pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).expect("ASCII"), 16).expect("hex")).collect()
    };
    let line = |line: &str| line.split_once(' ').map(|(name, hex)| (name.to_owned(), bytes(hex)));
    Some(text.lines().map(|text| line(text).expect("a name and bytes")).collect())
}

fn assert_same<T: PartialEq + Debug>(setting: Setting<T>, value: &T, bytes: Vec<u8>) {
    let mut block = InfoBlockBuf::new();
    block.put(setting, value).expect("a value with a layout");
    let written = block.find(setting.info_type()).expect("just put");
    assert_eq!(written.data(), bytes, "{value:?}");
    let info = Info::item(setting.info_type(), &bytes).expect("one item");
    assert_eq!(info.read(setting).as_ref().map(Option::as_ref), Ok(Some(value)));
}

#[test]
fn a_c_compiler_lays_the_structs_out_as_the_safe_layer_does() {
    let Some(mut structs) = structs() else { return };
    let mut of = |name: &str| structs.remove(name).unwrap_or_else(|| panic!("the program prints no {name}"));

    let mut route = Route::ipv4([10, 2, 0, 0].into(), 16, [10, 1, 0, 254].into()).unwrap().with_metric(5);
    if let RoutePath::Ipv4(path) = &mut route.path {
        (path.policy, path.age, path.next_hop_as, path.metrics[2]) = (11, 12, 13, Some(15));
    }
    (route.interface_index, route.preference, route.views) = (16, 17, RouteViews::UNICAST);
    assert_same(Setting::ROUTES, &vec![route], of("route"));

    let (net, hop) = ("2001:db8::".parse().unwrap(), "fe80::1".parse().unwrap());
    let mut route = Route::ipv6(net, 32, hop).unwrap().with_metric(21);
    if let RoutePath::Ipv6(path) = &mut route.path {
        path.valid_lifetime = Some(3600);
    }
    (route.interface_index, route.preference, route.views) = (22, 23, RouteViews::MULTICAST);
    route.protocol = RouteProtocol::StaticWithoutDial;
    assert_same(Setting::ROUTES, &vec![route], of("route_v6"));

    let web = Ipv4Filter::new(FilterProtocol::Tcp { source: 1024, destination: 443 })
        .with_destination([192, 0, 2, 0].into(), [255, 255, 255, 0].into());
    let icmp = FilterProtocol::Icmp { icmp_type: 8, code: FilterProtocol::ANY_ICMP };
    let mut ping = Ipv4Filter::new(icmp).with_source([198, 51, 100, 7].into(), Ipv4Addr::BROADCAST);
    ping.late_bound = LateBound::SOURCE | LateBound::DESTINATION_MASK;
    assert_same(Setting::INPUT_FILTERS, &Filters::new(FilterAction::Drop, vec![web, ping]), of("filters"));

    let mut dns = Ipv6Filter::new(FilterProtocol::Udp { source: 53, destination: 5353 })
        .with_source(net, 32)
        .with_destination(Ipv6Addr::LOCALHOST, 128);
    dns.late_bound = LateBound::DESTINATION;
    let filters = Filters::new(FilterAction::Forward, vec![dns]);
    assert_same(Setting::OUTPUT_FILTERS_V6, &filters, of("filters_v6"));

    assert_same(Setting::GLOBAL, &GlobalSettings::new(LoggingLevel::Information), of("global"));
    let preferences = [(RouteProtocol::Static, 3), (RouteProtocol::Ospf, 110)]
        .map(|(of, is)| ProtocolPreference::new(of, is));
    assert_same(Setting::PROTOCOL_PREFERENCES, &preferences.to_vec(), of("priorities"));
    let parts = vec![SubProtocolPreference::new(RouteProtocol::Bgp, 2, 20)];
    assert_same(Setting::SUB_PROTOCOL_PREFERENCES, &parts, of("priorities_ex"));

    let mut discovery = RouterDiscovery::default();
    (discovery.max_interval, discovery.min_interval, discovery.lifetime) = (700, 500, 2000);
    (discovery.advertise, discovery.preference) = (true, -2);
    assert_same(Setting::ROUTER_DISCOVERY, &discovery, of("discovery"));
    assert_same(Setting::INTERFACE_STATUS, &AdminStatus::Down, of("status"));
    assert_same(Setting::FRAGMENT_CHECK, &true, of("fragments"));
    assert_same(Setting::FILTERING_V6, &true, of("filtering"));
    assert!(structs.is_empty(), "not compared: {:?}", structs.keys());
}
