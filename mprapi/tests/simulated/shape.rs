//! The shape of the public types: each that may grow can be built by a program, and no two have one name.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use mprapi::info_block::{
    FilterProtocol, GlobalSettings, Ipv4Filter, Ipv4Path, Ipv6Filter, Ipv6Path, LateBound, LoggingLevel,
    ProtocolPreference, Route, RoutePath, RouteProtocol, RouterDiscovery, SubProtocolPreference,
};
use mprapi::owned::{ConnectionSnapshot, DeviceSnapshot, InterfaceSnapshot, PortSnapshot};
use mprapi::{
    AuthenticationTransform, CipherTransform, Compression, CompressionEnd, DhGroup, EncryptionMethod,
    EndReason, HeaderCompression, Ikev2Configuration, Ikev2Policy, Ikev2Projection, Ikev2Settings,
    Ikev2Tunnel, IntegrityMethod, IpInIpName, Ipv4Ends, Ipv6Ends, L2tpConfiguration, L2tpTunnel,
    NegotiationError, PfsGroup, PppLink, PppLinkEnd, PppProjection, ServerDetails, Session, SessionEnd,
    SessionPort, Statistics, TrafficSelector, TunnelConfiguration, TunnelLevel, TunnelPorts, Tunnels,
};

/// Builds a value of each type, gives each field a value, and lists the types that were built.
macro_rules! build {
    ($($type:ident = $begin:expr; $($field:ident: $value:expr),*;)+) => {{
        $(
            let mut value: $type = $begin;
            $(value.$field = $value;)*
            // A field that another would give its value to is no field of its own.
            $(assert_eq!(value.$field, $value, concat!(stringify!($type), ".", stringify!($field)));)*
            assert_eq!(value.clone(), value);
        )+
        [$(stringify!($type)),+]
    }};
}

const SECOND: Duration = Duration::from_secs(1);

/// Each `#[non_exhaustive]` struct of the crate, built from outside.
fn built() -> Vec<&'static str> {
    let here: std::net::IpAddr = [10, 0, 0, 1].into();
    let policy = Ikev2Policy::new(
        IntegrityMethod::Sha256,
        EncryptionMethod::Aes256,
        CipherTransform::Aes256,
        AuthenticationTransform::Sha256,
        PfsGroup::None,
        DhGroup::Group14,
    );
    let name: mprapi::WideString = "branch".into();
    let route = Route::ipv4([10, 0, 0, 0].into(), 8, [10, 0, 0, 1].into()).expect("a network");
    let RoutePath::Ipv4(ipv4_path) = route.path else { panic!("a route of IPv4") };
    let (net, host) = (std::net::Ipv6Addr::UNSPECIFIED, std::net::Ipv4Addr::LOCALHOST);
    let RoutePath::Ipv6(ipv6_path) = Route::ipv6(net, 0, net).expect("a network").path else {
        panic!("a route of IPv6")
    };
    build! {
        Ikev2Policy = policy; dh_group: DhGroup::Ecp384;
        TrafficSelector = TrafficSelector::new(here..=here); protocol: 6, ports: 443..=443, payload_id: 1;
        Ikev2Settings = Ikev2Settings::default(); lifetime: SECOND, policy: Some(policy);
        TunnelPorts = TunnelPorts::default(); pptp: None, l2tp: None, sstp: None;
        TunnelConfiguration = TunnelConfiguration::default(); ikev2: Some(Ikev2Configuration::default());
        Tunnels = Tunnels::new(TunnelLevel::Level2, TunnelConfiguration::default()); level: TunnelLevel::Revision1;
        Ikev2Tunnel = Ikev2Tunnel::default(); idle_timeout: SECOND, lifetime: SECOND, policy: Some(policy);
        L2tpTunnel = L2tpTunnel::default(); idle_timeout: SECOND, main_mode_lifetime: Some(SECOND);
        ServerDetails = ServerDetails::default(); tunnels: TunnelConfiguration::default();
        Statistics = Statistics::default(); bytes_received: 1, bytes_sent: 2;
        IpInIpName = IpInIpName::default(); friendly_name: name.clone();
        Session = Session::default(); user_name: name.clone(), duration: SECOND, ports: vec![SessionPort::default()];
        SessionPort = SessionPort::default(); name: name.clone();
        SessionEnd = SessionEnd::default(); reason: EndReason::ServiceRestarted, unseen: Some(SECOND);
        ConnectionSnapshot = ConnectionSnapshot::default(); user_name: Some(name.clone()), duration: Some(SECOND);
        PortSnapshot = PortSnapshot::default(); name: Some(name.clone());
        InterfaceSnapshot = InterfaceSnapshot::default(); name: Some(name.clone());
        DeviceSnapshot = DeviceSnapshot::default(); name: Some(name.clone());
        PppProjection = PppProjection::default(); ipv4: Ok(Ipv4Ends::default()), link: Ok(PppLink::default());
        Ikev2Projection = Ikev2Projection::default(); ipv6: Err(NegotiationError::new(720));
        Ipv4Ends = Ipv4Ends::default(); client: Some([10, 0, 0, 1].into()), server: None;
        Ipv6Ends = Ipv6Ends::default(); client_interface_id: 1, prefix_length: 64;
        PppLink = PppLink::default(); local: PppLinkEnd::default();
        PppLinkEnd = PppLinkEnd::default(); authentication: mprapi::Authentication::Pap;
        Compression = Compression::default(); remote: CompressionEnd::default();
        CompressionEnd = CompressionEnd::default(); options: mprapi::CompressionOptions::all();
        HeaderCompression = HeaderCompression::default(); client: true, server: true;
        Route = route; interface_index: 7, protocol: RouteProtocol::AutoStatic, preference: 5;
        Ipv4Path = ipv4_path; next_hop: host, metrics: [Some(5), None, None];
        Ipv6Path = ipv6_path; valid_lifetime: Some(3600), metric: None;
        Ipv4Filter = Ipv4Filter::new(FilterProtocol::Any); source: host, late_bound: LateBound::SOURCE;
        Ipv6Filter = Ipv6Filter::new(FilterProtocol::Any); destination_prefix: 64, late_bound: LateBound::DESTINATION;
        GlobalSettings = GlobalSettings::new(LoggingLevel::Errors); filtering: false, logging: LoggingLevel::Nothing;
        ProtocolPreference = ProtocolPreference::new(RouteProtocol::Rip, 120); preference: 100;
        SubProtocolPreference = SubProtocolPreference::new(RouteProtocol::Bgp, 1, 20); sub_protocol: 2;
        RouterDiscovery = RouterDiscovery::default(); advertise: true, preference: -1;
    }
    .to_vec()
}

/// The lines of the crate's sources that are no tests, with the file's name.
fn sources() -> Vec<(String, String)> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let shipped = text.split("\n#[cfg(test)]\nmod tests").next().unwrap().to_owned();
        (path.display().to_string(), shipped)
    };
    let sources: Vec<_> = crate::common::sources().into_iter().map(read).collect();
    assert!(sources.len() > 50);
    sources
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The types that a source makes public, each with the attributes before it. Those that a macro makes are named in its call,
/// behind their own documentation.
fn types(source: &str) -> Vec<(String, String)> {
    let mut types = Vec::new();
    let (mut attributes, mut in_macro) = (String::new(), false);
    for line in source.lines() {
        let trimmed = line.trim_start();
        if ["enumeration! {", "id! {", "owned! {", "row! {"].contains(&trimmed) {
            in_macro = true;
        } else if trimmed.starts_with("///") || trimmed.starts_with("#[") || trimmed.starts_with(['"', ')']) {
            attributes += trimmed;
        } else {
            let keywords = ["pub struct ", "pub enum ", "pub union ", "pub trait ", "pub type "];
            let name = keywords.iter().find_map(|keyword| trimmed.strip_prefix(keyword)).map(identifier);
            let name = name.or_else(|| in_macro.then(|| identifier(trimmed)));
            types.extend(name.filter(|name| !name.is_empty()).map(|name| (name, attributes.clone())));
            attributes.clear();
            in_macro = false;
        }
    }
    types
}

#[test]
fn each_struct_that_may_grow_can_be_built_by_a_program() {
    let built = built();
    let mut missing = Vec::new();
    for (file, source) in sources() {
        for (name, attributes) in types(&source) {
            let is_struct = source.contains(&format!("pub struct {name} {{"));
            if is_struct && attributes.contains("#[non_exhaustive]") && !built.contains(&&*name) {
                missing.push((name, file.clone()));
            }
        }
    }
    assert_eq!(missing, [], "build them above");
}

#[test]
fn no_two_public_types_have_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, source) in sources() {
        for (name, _) in types(&source) {
            places.entry(name).or_default().push(file.clone());
        }
    }
    for name in ["Server", "PortId", "PortCondition", "ConnectionSnapshot", "InterfaceRow", "Record"] {
        assert!(places.contains_key(name), "{name} is public, and was not found");
    }
    places.retain(|_, files| files.len() > 1);
    assert_eq!(places, BTreeMap::new());
}

#[test]
fn what_replaces_the_settings_of_a_tunnel_begins_with_values_that_a_server_takes() {
    let simulation = mprapi_sim::Server::unique().ports(mprapi_sim::Tunnel::Ikev2, 1).start();
    let router = &simulation.routers()[0];
    let server = crate::common::mpr().connect(Some(router.name())).unwrap();
    let mut change = TunnelConfiguration::default();
    change.ikev2.insert(Ikev2Configuration::default()).tunnel = Some(Ikev2Tunnel::default());
    change.l2tp.insert(L2tpConfiguration::default()).tunnel = Some(L2tpTunnel::default());
    server.set_tunnels(&change).unwrap();
    let after = server.info_at::<mprapi::sys::MPR_SERVER_EX1>().unwrap().tunnels;
    assert_eq!(after.ikev2.unwrap().tunnel, change.ikev2.unwrap().tunnel);
    assert_eq!(after.l2tp.unwrap().tunnel, change.l2tp.unwrap().tunnel);
    drop(server);
    crate::common::assert_clean(router);
}
