//! Every type that is written is read back: random values of the settings, and the copies of all records of a server.

mod common;

use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use common::{EVERY_WINDOWS, mpr};
use mprapi::owned::{ConnectionSnapshot, InterfaceSnapshot};
use mprapi::sys::{
    MPR_INTERFACE_2, MPR_SERVER_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4,
    RAS_CONNECTION_EX, RAS_PORT_1, RAS_USER_0, RAS_USER_1,
};
use mprapi::{
    Bandwidth, Callback, CertificateUsage, DialIn, Guid, IdleDisconnect, Ikev2Configuration, Ikev2Policy,
    Ikev2Settings, Ikev2Tunnel, IpInIpName, L2tpConfiguration, L2tpTunnel, PortUsage, Ports, ServerDetails,
    ServerInfo, SstpConfiguration, TrafficSelector, TunnelConfiguration, TunnelLevel, TunnelPorts,
    TunnelProtocol, Tunnels, User, WideString,
};
use mprapi_sim::{Interface, InterfaceKind, Quarantine, Session, Tunnel};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes a value as JSON and reads it back.
fn read_back<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn assert_round<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    assert_eq!(&read_back(value), value);
}

fn seconds() -> impl Strategy<Value = Duration> {
    any::<u32>().prop_map(|seconds| Duration::from_secs(seconds.into()))
}

fn ports() -> impl Strategy<Value = Ports> {
    any::<(u32, u32)>().prop_map(|(count, usage)| Ports { count, usage: PortUsage::from_bits_retain(usage) })
}

fn policy() -> impl Strategy<Value = Ikev2Policy> {
    // Of each, values that are known and one that is not.
    [0..12_u32, 0..12, 0..12, 0..12, 0..12, 0..12].prop_map(|[a, b, c, d, e, f]| {
        Ikev2Policy::new(a.into(), b.into(), c.into(), d.into(), e.into(), f.into())
    })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..20)
}

prop_compose! {
    fn ikev2()(
        times in (seconds(), seconds(), seconds(), option::of(seconds())),
        renew_after_kilobytes: u32,
        certificates in (vec(bytes(), 0..3), bytes(), bytes()),
        usages in vec((".{0,9}", any::<bool>()), 0..3),
        encryption in option::of(0..6_u32),
        policy in option::of(policy()),
    ) -> Ikev2Tunnel {
        let mut tunnel = Ikev2Tunnel::default();
        (tunnel.idle_timeout, tunnel.network_blackout, tunnel.lifetime, tunnel.main_mode_lifetime) = times;
        tunnel.renew_after_kilobytes = renew_after_kilobytes;
        (tunnel.root_certificates, tunnel.certificate_name, tunnel.certificate_hash) = certificates;
        let usage = |(usage, is_object_identifier): (String, bool)| {
            CertificateUsage { usage: usage.into(), is_object_identifier }
        };
        tunnel.certificate_usages = usages.into_iter().map(usage).collect();
        tunnel.encryption = encryption.map(Into::into);
        tunnel.policy = policy;
        tunnel
    }
}

prop_compose! {
    fn l2tp()(
        times in (seconds(), seconds(), option::of(seconds())),
        renew_after_kilobytes: u32,
        encryption in option::of(0..6_u32),
        policy in option::of(policy()),
    ) -> L2tpTunnel {
        let mut tunnel = L2tpTunnel::default();
        (tunnel.idle_timeout, tunnel.lifetime, tunnel.main_mode_lifetime) = times;
        tunnel.renew_after_kilobytes = renew_after_kilobytes;
        tunnel.encryption = encryption.map(Into::into);
        tunnel.policy = policy;
        tunnel
    }
}

prop_compose! {
    fn sstp()(
        ports in option::of(ports()),
        https: Option<bool>,
        hash in option::of(0..6_u32),
        picks_certificate: Option<bool>,
        certificate_hash in option::of(bytes()),
    ) -> SstpConfiguration {
        let hash_algorithm = hash.map(Into::into);
        SstpConfiguration { ports, https, hash_algorithm, picks_certificate, certificate_hash }
    }
}

prop_compose! {
    fn tunnels()(
        ikev2 in option::of((option::of(ports()), option::of(ikev2()))),
        l2tp in option::of((option::of(ports()), option::of(l2tp()))),
        sstp in option::of(sstp()),
        pptp in option::of(ports()),
        gre in option::of(ports()),
    ) -> TunnelConfiguration {
        let mut all = TunnelConfiguration::default();
        all.ikev2 = ikev2.map(|(ports, tunnel)| Ikev2Configuration { ports, tunnel });
        all.l2tp = l2tp.map(|(ports, tunnel)| L2tpConfiguration { ports, tunnel });
        (all.sstp, all.pptp, all.gre) = (sstp, pptp, gre);
        all
    }
}

fn selector() -> impl Strategy<Value = TrafficSelector> {
    any::<(IpAddr, IpAddr, u16, u16, u8, u16)>().prop_map(|(first, last, from, to, protocol, payload_id)| {
        let mut selector = TrafficSelector::new(first..=last);
        (selector.ports, selector.protocol, selector.payload_id) = (from..=to, protocol, payload_id);
        selector
    })
}

proptest! {
    #[test]
    fn settings_of_tunnels_are_read_back(tunnels in tunnels(), level in 0..TunnelLevel::ALL.len(), raw: [u32; 3]) {
        let mut old = TunnelPorts::default();
        (old.pptp, old.sstp) = (tunnels.pptp, tunnels.gre);
        assert_round(&old);
        let state = MPR_SERVER_0 { dwUpTime: raw[0], dwTotalPorts: raw[1], dwPortsInUse: raw[2], ..Default::default() };
        assert_round(&ServerInfo::from(state));
        let mut details = ServerDetails::default();
        (details.state, details.tunnels) = (state.into(), tunnels.clone());
        assert_round(&details);
        assert_round(&Tunnels::new(TunnelLevel::ALL[level], tunnels));
    }

    #[test]
    fn settings_of_an_interface_are_read_back(
        times in (seconds(), seconds()),
        kilobytes: u32,
        certificates in (bytes(), bytes()),
        policy in option::of(policy()),
        selectors in (vec(selector(), 0..3), vec(selector(), 0..3)),
    ) {
        let mut settings = Ikev2Settings::default();
        (settings.lifetime, settings.main_mode_lifetime) = times;
        settings.renew_after_kilobytes = kilobytes;
        (settings.certificate_name, settings.certificate_hash) = certificates;
        settings.policy = policy;
        (settings.initiator_selectors, settings.responder_selectors) = selectors;
        assert_round(&settings);
    }

    #[test]
    fn a_user_is_read_back(dial_in in 0..3_usize, callback in 0..8_u8, number in "[^\0]{0,60}") {
        let callback = match callback {
            bits @ (0 | 3 | 5..=7) => Callback::Unknown(bits),
            1 => Callback::No,
            2 => Callback::AtSetNumber,
            _ => Callback::AtCallersNumber,
        };
        let mut newer = User::<RAS_USER_1>::denied();
        newer.set_dial_in(DialIn::ALL[dial_in]);
        newer.set_callback(callback);
        newer.set_phone_number(&number).unwrap();
        let mut older = User::<RAS_USER_0>::denied();
        older.set_may_dial_in(dial_in == 0);
        older.set_callback(callback);
        older.set_phone_number(&number).unwrap();
        // They have no `Eq`, since a record has further bits.
        prop_assert_eq!(format!("{:?}", read_back(&newer)), format!("{newer:?}"));
        prop_assert_eq!(format!("{:?}", read_back(&older)), format!("{older:?}"));
    }

    #[test]
    fn a_copy_of_an_interface_is_read_back(
        names in vec(".{0,30}", 3),
        numbers: [u32; 12],
        addresses: (Ipv4Addr, Vec<Ipv4Addr>, Vec<Ipv6Addr>),
        guid: u128,
        idle in seconds(),
    ) {
        let text = |index: usize| Some(WideString::from(names[index].as_str()));
        let mut copy = InterfaceSnapshot::default();
        (copy.name, copy.destination, copy.device_name) = (text(0), text(1), text(2));
        copy.guid = Some(Guid::from_u128(guid));
        copy.interface_type = Some((numbers[0] % 12).cast_signed().into());
        copy.connection_state = Some((numbers[1] % 6).cast_signed().into());
        copy.unreachability_reasons = Some(mprapi::UnreachabilityReasons::from_bits_retain(numbers[2]));
        copy.options = Some(mprapi::DialOptions::from_bits_retain(numbers[3]));
        copy.network_protocols = Some(mprapi::NetworkProtocols::from_bits_retain(numbers[4]));
        copy.last_error = Some(numbers[5]);
        copy.dial_mode = Some((numbers[6] % 4).into());
        copy.vpn_strategy = Some((numbers[7] % 20).into());
        copy.entry_type = Some((numbers[8] % 8).into());
        copy.encryption = Some((numbers[9] % 6).into());
        copy.bandwidth = Some(Bandwidth {
            dial_extra_percent: numbers[10],
            dial_extra_sample: idle,
            hang_up_extra_percent: numbers[11],
            hang_up_extra_sample: idle,
        });
        copy.idle_disconnect = Some(IdleDisconnect::After(idle));
        (copy.address, copy.dns_servers, copy.ipv6_dns_servers) =
            (Some(addresses.0), Some(addresses.1), Some(addresses.2));
        assert_round(&copy);
        for idle in [IdleDisconnect::Never, IdleDisconnect::UserPreference] {
            assert_round(&idle);
        }
    }
}

/// Reads a copy back, which is written alike; its ids are of no server.
fn assert_alike<T: Serialize + DeserializeOwned>(copies: impl Iterator<Item = T>) {
    let mut count = 0;
    for copy in copies {
        let written = serde_json::to_value(&copy).unwrap();
        assert_eq!(serde_json::to_value(read_back(&copy)).unwrap(), written);
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn copies_of_all_records_are_read_back_on_every_windows() {
    for windows in EVERY_WINDOWS {
        let simulation = mprapi_sim::Server::unique()
            .windows(windows)
            .ports(Tunnel::Ikev2, 1)
            .ports(Tunnel::Sstp, 2)
            .session(
                Session::new("alice", Tunnel::Ikev2)
                    .domain("CONTOSO")
                    .computer("PC")
                    .bytes_received(5_000u32),
            )
            .session(Session::new("bob", Tunnel::Sstp).quarantine(Quarantine::Probation))
            .interface(Interface::new("branch", InterfaceKind::FullRouter))
            .start();
        let server = mpr().connect(Some(simulation.routers()[0].name())).unwrap();
        assert_alike(server.connections().unwrap().iter().map(|view| view.snapshot()));
        macro_rules! connections {
            ($($record:ident)+) => {
                // A Windows that does not have a record says so.
                $(if let Ok(list) = server.connections_at::<$record>() {
                    assert_alike(list.iter().map(|view| view.snapshot()));
                })+
            };
        }
        connections! { RAS_CONNECTION_1 RAS_CONNECTION_2 RAS_CONNECTION_3 RAS_CONNECTION_4 RAS_CONNECTION_EX }
        let ports = server.ports().unwrap();
        assert_alike(ports.iter().map(|port| port.snapshot()));
        let details =
            ports.iter().map(|port| server.port(port.id()).unwrap().info_at::<RAS_PORT_1>().unwrap());
        assert_alike(details.map(|port| port.get().snapshot()));
        assert_alike(server.interfaces().unwrap().iter().map(|interface| interface.snapshot()));
        let branch = server.find_interface("branch").unwrap();
        assert_alike(branch.info_at::<MPR_INTERFACE_2>().iter().map(|interface| interface.get().snapshot()));
        assert_alike(server.devices().unwrap().iter().map(|device| device.snapshot()));
    }
    let mut name = IpInIpName::default();
    (name.friendly_name, name.guid) = ("To Oslo".into(), Guid::from_u128(7));
    assert_round(&name);
    TunnelProtocol::ALL.iter().for_each(assert_round);
}

#[test]
fn what_is_left_out_is_the_default_and_what_is_wrong_is_an_error() {
    let read: Ikev2Tunnel = serde_json::from_str(r#"{"lifetime":600,"later":1}"#).unwrap();
    assert_eq!((read.lifetime, read.idle_timeout), (Duration::from_secs(600), Duration::from_secs(300)));
    let read: ConnectionSnapshot =
        serde_json::from_str(r#"{"user_name":"anna","ipv4":{"error":720}}"#).unwrap();
    assert_eq!(read.user_name.as_deref().map(String::from).as_deref(), Some("anna"));
    assert_eq!(read.ipv4.unwrap().unwrap_err().code(), 720);
    let wrong = [
        (serde_json::from_str::<Ports>(r#"{"count":1}"#).map(drop), "usage"),
        (serde_json::from_str::<Ikev2Settings>(r#"{"certificate_hash":"abc"}"#).map(drop), "hexadecimal"),
        (serde_json::from_str::<Ikev2Settings>(r#"{"certificate_hash":"xy"}"#).map(drop), "hexadecimal"),
        (serde_json::from_str::<Ikev2Settings>(r#"{"certificate_hash":"é"}"#).map(drop), "hexadecimal"),
        (serde_json::from_str::<PortUsage>(r#"["flying"]"#).map(drop), "flag"),
        (
            serde_json::from_str::<User<RAS_USER_0>>(
                r#"{"dial_in":"by_policy","callback":"no","phone_number":""}"#,
            )
            .map(drop),
            "policy",
        ),
    ];
    for (came, word) in wrong {
        let error = came.unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    }
    let long = format!(r#"{{"dial_in":"denied","callback":"no","phone_number":"{}"}}"#, "1".repeat(200));
    assert!(serde_json::from_str::<User>(&long).unwrap_err().to_string().contains("128"));
}
