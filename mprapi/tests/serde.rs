//! The form of serialised records. Names and forms are a promise, so they are held as text.

mod common;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::net::Ipv4Addr;
use std::time::Duration;

use common::{EVERY_WINDOWS, mpr};
use mprapi::sys::{
    MPR_INTERFACE_2, MPR_INTERFACE_3, MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX1, RAS_CONNECTION_1,
    RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4, RAS_CONNECTION_EX, RAS_PORT_1,
};
use mprapi::{
    Callback, ConnectionFlags, Encryption, IdleDisconnect, InterfaceType, Server, VpnStrategy, owned,
};
use mprapi_sim::{Interface, InterfaceKind, Quarantine, Route, Session, Simulation, Tunnel, User, Windows};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn office() -> Simulation {
    office_of(Windows::default())
}

fn office_of(windows: Windows) -> Simulation {
    mprapi_sim::Server::unique()
        .windows(windows)
        .up_for(Duration::from_secs(3_600))
        .ports(Tunnel::Ikev2, 1)
        .ports(Tunnel::Sstp, 1)
        .user(User::new("alice"))
        .session(
            Session::new("alice", Tunnel::Ikev2).domain("CONTOSO").computer("PC").bytes_received(5_000u32),
        )
        .session(Session::new("bob", Tunnel::Sstp).quarantine(Quarantine::Probation))
        .interface(Interface::new("branch", InterfaceKind::FullRouter))
        .interface(Interface::new("lan", InterfaceKind::Dedicated).address((Ipv4Addr::new(10, 1, 0, 1), 16)))
        .route(Route {
            destination: Ipv4Addr::new(192, 168, 7, 0),
            prefix: 24,
            next_hop: Ipv4Addr::new(10, 1, 0, 254),
            metric: 5,
        })
        .start()
}

fn server(simulation: &Simulation) -> Server {
    mpr().connect(Some(simulation.routers()[0].name())).unwrap()
}

fn json(value: impl Serialize) -> String {
    serde_json::to_string(&value).unwrap()
}

const STATISTICS: &str = concat!(
    r#"{"bytes_sent":0,"bytes_received":5000,"frames_sent":0,"frames_received":8,"crc_errors":0,"#,
    r#""timeout_errors":0,"alignment_errors":0,"hardware_overrun_errors":0,"framing_errors":0,"#,
    r#""buffer_overrun_errors":0,"compression_ratio_in":100,"compression_ratio_out":100}"#,
);

#[test]
fn a_connection_is_written_with_what_its_level_tells() {
    let simulation = office();
    let server = server(&simulation);
    let connections = server.connections().unwrap();
    let alice = connections.iter().next().unwrap();
    let (id, interface) = (alice.id(), alice.interface());
    let who = format!(
        concat!(
            r#""user_name":"alice","domain":"CONTOSO","remote_computer":"PC","interface":"{}","#,
            r#""interface_name":"CONTOSO\\alice","interface_type":"client","duration":0"#,
        ),
        interface
    );
    assert_eq!(json(alice), format!(r#"{{"id":"{id}",{who},"flags":["ikev2"]}}"#));
    assert_eq!(json(&connections), format!("[{},{}]", json(alice), json(connections.iter().nth(1).unwrap())));

    let connections = server.connections_at::<RAS_CONNECTION_1>().unwrap();
    let expected = format!(
        concat!(
            r#"{{"id":"{}","interface":"{}","client_address":"10.20.0.2","statistics":{},"#,
            r#""ipv4":{{"client":"10.20.0.2","server":"10.20.0.1"}}}}"#
        ),
        id, interface, STATISTICS
    );
    assert_eq!(json(connections.iter().next().unwrap()), expected);

    let connections = server.connections_at::<RAS_CONNECTION_EX>().unwrap();
    let alice = connections.iter().next().unwrap();
    let projection = concat!(
        r#"{"ikev2":{"ipv4":{"client":"10.20.0.2","server":"10.20.0.1"},"ipv4_interface_index":0,"#,
        r#""ipv6":{"client_interface_id":"::","server_interface_id":"::","prefix":"::","prefix_length":0},"#,
        r#""ipv6_interface_index":0,"authentication":"none","eap_method":null,"inner_eap_method":null,"#,
        r#""encryption":"none"}}"#,
    );
    let expected = format!(
        concat!(
            r#"{{"id":"{}","guid":"{}",{},"flags":["ikev2"],"client_address":"10.20.0.2","#,
            r#""remote_endpoint":"203.0.113.1","local_endpoint":"192.0.2.10","switch_overs":0,"#,
            r#""quarantine_state":"normal","statistics":{},"projection":{}}}"#,
        ),
        id,
        alice.guid(),
        who,
        STATISTICS,
        projection
    );
    assert_eq!(json(alice), expected);
}

#[test]
fn what_ppp_negotiated_and_a_probation_are_written() {
    let simulation = office();
    let server = server(&simulation);
    let connections = server.connections_at::<RAS_CONNECTION_3>().unwrap();
    let bob = connections.iter().nth(1).unwrap();
    let expected = format!(
        concat!(
            r#"{{"id":"{}","guid":"{}","user_name":"bob","interface_type":"client","client_address":"10.20.0.3","#,
            r#""quarantine_state":"probation","probation_ends":1772445600,"#,
            r#""ipv4":{{"client":"10.20.0.3","server":"10.20.0.1"}},"#,
            r#""ipv6":{{"client_interface_id":"::","server_interface_id":"::","prefix":"::","prefix_length":0}},"#,
            r#""link":{{"local":{{"authentication":{{"chap":"ms_chap_v2"}},"#,
            r#""options":["protocol_field_compression","address_control_compression"]}},"#,
            r#""remote":{{"authentication":"none","#,
            r#""options":["protocol_field_compression","address_control_compression"]}}}},"#,
            r#""compression":{{"local":{{"algorithm":"none","options":[]}},"#,
            r#""remote":{{"algorithm":"none","options":[]}}}}}}"#,
        ),
        bob.id(),
        bob.guid()
    );
    assert_eq!(json(bob), expected);
}

#[test]
fn ports_interfaces_devices_and_what_a_server_says_of_itself_are_written() {
    let simulation = office();
    let server = server(&simulation);
    let ports = server.ports().unwrap();
    let port = ports.iter().next().unwrap();
    let expected = format!(
        concat!(
            r#"{{"id":"{}","name":"VPN1-0","connection":"{}","condition":"authenticated","media_name":"rastapi","#,
            r#""device_name":"WAN Miniport (IKEv2)","device_type":"vpn","total_calls":1,"duration":0}}"#,
        ),
        port.id(),
        port.connection().unwrap()
    );
    assert_eq!(json(port), expected);
    let branch = server.find_interface("branch").unwrap();
    let level_0 = concat!(
        r#"{"name":"branch","is_enabled":true,"interface_type":"full_router","#,
        r#""connection_state":"disconnected","unreachability_reasons":[]}"#,
    );
    assert_eq!(json(server.interfaces().unwrap().iter().next().unwrap()), level_0);
    let level_3 = branch.info_at::<MPR_INTERFACE_3>().unwrap();
    let expected = format!(
        concat!(
            r#"{{"name":"branch","guid":"{}","is_enabled":true,"interface_type":"full_router","#,
            r#""connection_state":"disconnected","unreachability_reasons":[],"#,
            r#""options":["require_ms_encrypted_password","require_data_encryption"],"destination":"","#,
            r#""dns_servers":[],"wins_servers":[],"ipv6_dns_servers":[],"network_protocols":["ipv4"],"#,
            r#""device_type":"vpn","device_name":"WAN Miniport (IKEv2)","sub_entries":1,"dial_mode":"all","#,
            r#""bandwidth":{{"dial_extra_percent":0,"dial_extra_sample":0,"hang_up_extra_percent":0,"#,
            r#""hang_up_extra_sample":0}},"idle_disconnect":"never","entry_type":"vpn","encryption":"require","#,
            r#""vpn_strategy":"ikev2_only","x25_pad_type":"","x25_address":"","#,
            r#""x25_facilities":"","x25_user_data":""}}"#,
        ),
        level_3.get().guid()
    );
    assert_eq!(json(&level_3), expected);
    let device = r#"{"name":"WAN Miniport (IKEv2)","device_type":"vpn"}"#;
    assert_eq!(json(server.devices().unwrap().iter().next().unwrap()), device);
    let state = r#"{"is_lan_only":false,"up_time":3600,"total_ports":2,"ports_in_use":2}"#;
    assert_eq!(json(server.info().unwrap()), state);
    let details = json(server.info_at::<MPR_SERVER_EX1>().unwrap());
    assert!(details.starts_with(&format!(r#"{{"state":{state},"tunnels":{{"ikev2":{{"#)), "{details}");
    assert!(
        details.contains(r#""sstp":{"ports":{"count":1,"usage":["remote_access","routing"]}"#),
        "{details}"
    );
    let alice = mpr().user(Some(simulation.routers()[0].name()), "alice").unwrap();
    assert_eq!(json(alice), r#"{"dial_in":"allowed","callback":"no","phone_number":""}"#);
}

#[test]
fn a_copy_outlives_its_server_and_is_written_like_its_view() {
    let simulation = office();
    let (copy, text) = {
        let server = server(&simulation);
        let connections = server.connections_at::<RAS_CONNECTION_4>().unwrap();
        let alice = connections.iter().next().unwrap();
        (alice.snapshot(), json(alice))
    };
    assert_eq!(json(&copy), text);
    assert_eq!(copy.user_name.as_deref().map(ToString::to_string).as_deref(), Some("alice"));
    assert_eq!(copy.duration, Some(Duration::ZERO));
    assert_eq!(copy.probation_ends, None);
}

#[test]
fn unknown_values_bits_and_data_of_variants_are_written() {
    assert_eq!(json(InterfaceType::from(99)), r#"{"unknown":99}"#);
    assert_eq!(json([VpnStrategy::L2tpFirst, VpnStrategy::Ikev2Only]), r#"["l2tp_first","ikev2_only"]"#);
    assert_eq!(json(Encryption::from(7)), r#"{"unknown":7}"#);
    assert_eq!(json(Callback::Unknown(7)), r#"{"unknown":7}"#);
    assert_eq!(json(IdleDisconnect::After(Duration::from_secs(90))), r#"{"after":90}"#);
    let flags = ConnectionFlags::PPP | ConnectionFlags::from_bits_retain(0x8000);
    assert_eq!(json(flags), r#"["ppp","0x8000"]"#);
}

/// The names in code after the first column of the rows of the documentation's table of that type.
fn documented(name: &str) -> BTreeSet<&'static str> {
    let row = format!("| [`{name}`]");
    let line = include_str!("../docs/serde.md").lines().find(|line| line.starts_with(&row)).unwrap();
    line.rsplit('|').nth(1).unwrap().split('`').skip(1).step_by(2).collect()
}

fn assert_documented<T: Default + Debug>(name: &str) {
    // The fields of its own are indented once.
    let text = format!("{:#?}", T::default());
    let own = text.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| !line.starts_with(' '));
    let fields = own.filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
    assert_eq!(documented(name), fields, "{name}");
}

/// A session as it is once it was written and read back: its ids are of no server.
fn without_server(mut session: mprapi::Session) -> mprapi::Session {
    session.id = session.id.to_string().parse().unwrap();
    session.interface = session.interface.to_string().parse().unwrap();
    for port in &mut session.ports {
        port.id = port.id.to_string().parse().unwrap();
    }
    session
}

#[test]
fn sessions_of_each_windows_are_written_and_read_back() {
    for windows in EVERY_WINDOWS {
        let simulation = office_of(windows);
        let server = server(&simulation);
        let sessions = server.sessions().unwrap();
        assert_eq!(sessions.len(), 2);
        let read: Vec<mprapi::Session> = serde_json::from_str(&json(&sessions)).unwrap();
        let expected: Vec<_> = sessions.iter().cloned().map(without_server).collect();
        assert_eq!(read, expected, "{windows:?}");
        assert_eq!(json(&read), json(&sessions), "{windows:?}");
        assert!(sessions[0].continues_as(&read[0]) && read[0].continues_as(&sessions[0]), "{windows:?}");
        assert_eq!(
            server.end(&read[0]).unwrap_err().kind(),
            mprapi::ErrorKind::InvalidArgument,
            "{windows:?}"
        );
    }
}

#[test]
fn a_session_is_written_with_these_names_and_forms() {
    let simulation = office();
    let server = server(&simulation);
    let sessions = server.sessions().unwrap();
    let Value::Object(bob) = serde_json::to_value(&sessions[1]).unwrap() else { panic!("an object") };
    let text = |name: &str| bob[name].to_string();
    assert_eq!(text("user_name"), r#""bob""#);
    assert_eq!(text("interface_type"), r#""client""#);
    assert_eq!(text("flags"), r#"["ppp","quarantine"]"#);
    assert_eq!((text("duration"), text("probation_ends")), ("0".to_owned(), "1772445600".to_owned()));
    assert_eq!(
        (text("ipv4"), text("remote_endpoint")),
        (r#""10.20.0.3""#.to_owned(), r#""203.0.113.1""#.to_owned())
    );
    assert_eq!(
        (text("tunnel"), text("quarantine_state")),
        (r#""SSTP""#.to_owned(), r#""probation""#.to_owned())
    );
    let ports = format!(r#"[{{"id":"{}","name":"VPN0-0"}}]"#, sessions[1].ports[0].id);
    assert_eq!(text("ports"), ports);
    assert_eq!(text("has_wide_counters"), "true");
    assert!(!bob.contains_key("ipv6"), "what is not there is left out");
    assert_eq!(json(sessions[0].account()), r#""CONTOSO\\alice""#);
    assert_eq!(serde_json::from_str::<mprapi::Account>(r#""alice@contoso""#).unwrap(), sessions[0].account());
}

#[test]
fn a_session_is_read_from_little_and_not_from_what_is_none() {
    let read = serde_json::from_str::<mprapi::Session>;
    let anna = read(r#"{"user_name":"anna","flags":["ikev2","0x8000"],"is_of_a_later_version":1}"#).unwrap();
    let mut expected = mprapi::Session::default();
    expected.user_name = "anna".into();
    expected.flags = ConnectionFlags::IKEV2 | ConnectionFlags::from_bits_retain(0x8000);
    assert_eq!(anna, expected);
    assert_eq!(read("{}").unwrap(), mprapi::Session::default());
    assert_eq!(
        read(r#"{"started_at":-5}"#).unwrap().started_at,
        Some(std::time::UNIX_EPOCH - Duration::from_secs(5))
    );
    for (wrong, reason) in [
        (r#"{"id":"17"}"#, "the id of a connection"),
        (r#"{"id":17}"#, "the id of a connection"),
        (r#"{"guid":"x"}"#, "a GUID"),
        (r#"{"flags":["fast"]}"#, "the name of a flag"),
        (r#"{"flags":["0xfffffffff"]}"#, "the name of a flag"),
        (r#"{"duration":-1}"#, "u64"),
        (r#"{"interface_type":"bridge"}"#, "full_router"),
        (r#"{"ipv4":"10.0.0"}"#, "IPv4"),
    ] {
        let error = read(wrong).unwrap_err().to_string();
        assert!(error.contains(reason), "{wrong}: {error}");
    }
}

#[test]
fn the_end_of_a_session_is_written_and_read_back() {
    let mut end = mprapi::SessionEnd::default();
    end.session.user_name = "anna".into();
    (end.unseen, end.reason) = (Some(Duration::from_secs(5)), mprapi::EndReason::ServiceRestarted);
    let value = serde_json::to_value(&end).unwrap();
    assert_eq!((&value["unseen"], &value["reason"]), (&5.into(), &"service_restarted".into()));
    assert_eq!(serde_json::from_value::<mprapi::SessionEnd>(value).unwrap(), end);
    assert_eq!(serde_json::from_str::<mprapi::SessionEnd>("{}").unwrap(), mprapi::SessionEnd::default());
}

#[test]
fn the_fields_of_the_copies_are_the_documented_names() {
    assert_documented::<mprapi::Session>("Session");
    assert_documented::<mprapi::SessionPort>("SessionPort");
    assert_documented::<owned::ConnectionSnapshot>("ConnectionSnapshot");
    assert_documented::<owned::PortSnapshot>("PortSnapshot");
    assert_documented::<owned::InterfaceSnapshot>("InterfaceSnapshot");
    assert_documented::<owned::DeviceSnapshot>("DeviceSnapshot");
}

/// Every name in `value`, at any depth.
fn names(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            into.extend(map.keys().cloned());
            map.values().for_each(|value| names(value, into));
        }
        Value::Array(list) => list.iter().for_each(|value| names(value, into)),
        _ => {}
    }
}

#[test]
fn every_name_that_is_written_is_documented() {
    let simulation = office();
    let name = Some(simulation.routers()[0].name());
    let mpr = mpr();
    let server = server(&simulation);
    let branch = server.find_interface("branch").unwrap();
    let port = server.ports().unwrap().iter().next().unwrap().id();
    let mib = mpr.mib(name).unwrap();
    let configuration = mpr.configuration(name).unwrap();
    let mut found = BTreeSet::new();
    let mut look = |text: String| names(&serde_json::from_str(&text).unwrap(), &mut found);
    look(json(server.connections_at::<RAS_CONNECTION_2>().unwrap()));
    look(json(server.connections_at::<RAS_CONNECTION_4>().unwrap()));
    look(json(server.port(port).unwrap().info_at::<RAS_PORT_1>().unwrap()));
    look(json(branch.info_at::<MPR_INTERFACE_2>().unwrap()));
    look(json(server.info_at::<MPR_SERVER_1>().unwrap()));
    look(json(server.info_at::<MPR_SERVER_2>().unwrap()));
    look(json(server.info_at::<MPR_SERVER_EX1>().unwrap()));
    look(json(configuration.interfaces().unwrap()));
    look(json(configuration.transports().unwrap()));
    let rows = [
        ("mib::InterfaceRow", json(mib.interfaces().unwrap())),
        ("mib::AddressRow", json(mib.addresses().unwrap())),
        ("mib::ForwardRow", json(mib.routes().unwrap())),
    ];
    for (row, text) in rows {
        let Ok(Value::Array(list)) = serde_json::from_str(&text) else { panic!("{text}") };
        let Some(Value::Object(first)) = list.first() else { panic!("{text}") };
        assert_eq!(first.keys().map(String::as_str).collect::<BTreeSet<_>>(), documented(row), "{row}");
        look(text);
    }
    let page = include_str!("../docs/serde.md");
    for name in found {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn ikev2_settings_are_written_with_their_selectors_and_certificates_in_hexadecimal() {
    let mut settings = mprapi::Ikev2Settings::default();
    settings.certificate_hash = vec![0xAB, 1];
    settings.initiator_selectors =
        vec![mprapi::TrafficSelector::new("10.1.0.0".parse().unwrap()..="10.1.255.255".parse().unwrap())];
    assert_eq!(
        serde_json::to_string(&settings).unwrap(),
        concat!(
            r#"{"lifetime":28800,"renew_after_kilobytes":102400,"certificate_name":"","policy":null,"#,
            r#""certificate_hash":"ab01","main_mode_lifetime":28800,"initiator_selectors":["#,
            r#"{"addresses":{"start":"10.1.0.0","end":"10.1.255.255"},"protocol":0,"#,
            r#""ports":{"start":0,"end":65535},"payload_id":0}],"responder_selectors":[]}"#,
        )
    );
}

/// A value that is written as this JSON and read back from it. Its names are documented.
fn assert_round<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, expected: Value) {
    let written = serde_json::to_value(value).unwrap();
    assert_eq!(written, expected);
    assert_eq!(&serde_json::from_value::<T>(written).unwrap(), value);
    let mut found = BTreeSet::new();
    names(&expected, &mut found);
    let page = include_str!("../docs/serde.md");
    for name in found {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn settings_of_transports_are_written_and_read_back() {
    use mprapi::info_block::{
        FilterAction, FilterProtocol, Filters, GlobalSettings, Ipv4Filter, Ipv6Filter, LateBound,
        LoggingLevel, ProtocolPreference, Route, RouteProtocol, RouteViews, RouterDiscovery,
        SubProtocolPreference,
    };
    use serde_json::json;

    let mut route = Route::ipv4([10, 2, 0, 0].into(), 16, [10, 1, 0, 254].into()).unwrap().with_metric(5);
    route.views = RouteViews::UNICAST | RouteViews::from_bits_retain(0x10);
    let path = json!({"ipv4": {
        "destination": "10.2.0.0", "mask": "255.255.0.0", "policy": 0, "next_hop": "10.1.0.254", "age": 0,
        "next_hop_as": 0, "metrics": [5, null, null],
    }});
    let common = |path: Value, protocol: &str, views: Value| {
        json!({
            "path": path, "interface_index": 0, "route_type": "indirect", "protocol": protocol, "preference": 0,
            "views": views,
        })
    };
    assert_round(&route, common(path, "static", json!(["unicast", "0x10"])));
    let mut route = Route::ipv6("2001:db8::".parse().unwrap(), 32, "fe80::1".parse().unwrap()).unwrap();
    route.protocol = RouteProtocol::StaticWithoutDial;
    let path = json!({"ipv6": {
        "destination": "2001:db8::", "prefix": 32, "next_hop": "fe80::1", "valid_lifetime": null, "flags": 0,
        "metric": 1,
    }});
    assert_round(&route, common(path, "static_without_dial", json!(["unicast", "multicast"])));

    let mut web = Ipv4Filter::new(FilterProtocol::Tcp { source: 0, destination: 443 });
    web.late_bound = LateBound::SOURCE_MASK;
    let any = "0.0.0.0";
    let filter = json!({
        "source": any, "source_mask": any, "destination": any, "destination_mask": any,
        "protocol": {"tcp": {"source": 0, "destination": 443}}, "late_bound": ["source_mask"],
    });
    let filters = json!({"default_action": "drop", "filters": [filter]});
    assert_round(&Filters::new(FilterAction::Drop, vec![web]), filters);
    let protocol = FilterProtocol::Other { number: 47, fields: [0; 4] };
    let filter = json!({
        "source": "::", "source_prefix": 0, "destination": "::", "destination_prefix": 0,
        "protocol": {"other": {"number": 47, "fields": [0, 0, 0, 0]}}, "late_bound": [],
    });
    assert_round(&Ipv6Filter::new(protocol), filter);
    assert_round(&FilterProtocol::Any, json!("any"));
    let icmp = FilterProtocol::Icmpv6 { icmp_type: 128, code: 0 };
    assert_round(&icmp, json!({"icmpv6": {"icmp_type": 128, "code": 0}}));

    assert_round(&GlobalSettings::new(LoggingLevel::Errors), json!({"filtering": true, "logging": "errors"}));
    let preference = ProtocolPreference::new(RouteProtocol::Rip, 120);
    assert_round(&preference, json!({"protocol": "rip", "preference": 120}));
    let preference = SubProtocolPreference::new(RouteProtocol::Unknown(99), 2, 20);
    assert_round(&preference, json!({"protocol": {"unknown": 99}, "sub_protocol": 2, "preference": 20}));
    let discovery = json!({
        "max_interval": 600, "min_interval": 450, "lifetime": 1800, "advertise": false, "preference": 0,
    });
    assert_round(&RouterDiscovery::default(), discovery);
    let left_out: RouterDiscovery = serde_json::from_value(json!({"advertise": true})).unwrap();
    assert_eq!((left_out.advertise, left_out.max_interval), (true, 600));
}
