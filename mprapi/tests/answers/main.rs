//! A library in the tests' hand: what it answers to the calls about servers, connections and ports is believed as far
//! as the API's rules go, and what it is given is whole.

mod library;
mod older;

use std::net::Ipv4Addr;
use std::ptr;
use std::time::Duration;

use library::{bytes_of, library, server};
use mprapi::sys::{
    self, MPR_CREDENTIALSEX_1, MPR_SERVER_EX0, MPR_SERVER_EX1, MPRAPI_OBJECT_HEADER, RAS_CONNECTION_0,
    RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4, RAS_CONNECTION_EX, RAS_PORT_1,
};
use mprapi::{
    AuthenticationTransform, CertificateUsage, CipherTransform, DhGroup, Encryption, EncryptionMethod,
    ErrorKind, Ikev2Configuration, Ikev2Policy, Ikev2Tunnel, IntegrityMethod, L2tpConfiguration, L2tpTunnel,
    PfsGroup, PortUsage, Ports, PreSharedKey, Server, SstpConfiguration, TunnelConfiguration,
};
use proptest::prelude::*;

fn given() -> Vec<String> {
    library(|library| std::mem::take(&mut library.given))
}

fn assert_nothing_is_out() {
    assert_eq!(library(|library| library.buffers.len()), 0, "buffers that did not come back");
}

/// A connection whose handle the library never looks at.
fn connection(server: &Server) -> mprapi::ConnectionHandle<'_> {
    library(|library| {
        let record =
            RAS_CONNECTION_0 { hConnection: ptr::without_provenance_mut(0x51), ..Default::default() };
        (library.answer, library.count) = (bytes_of(&record), 1);
    });
    let id = server.connections().unwrap().iter().next().unwrap().id();
    given();
    server.connection(id).unwrap()
}

const ASKED: MPRAPI_OBJECT_HEADER =
    MPRAPI_OBJECT_HEADER { revision: 1, type_: 1, size: size_of::<RAS_CONNECTION_EX>() as u16 };

#[test]
fn a_header_that_is_not_the_one_asked_for_is_an_error_and_the_buffer_goes_back() {
    let server = server();
    let others = [
        MPRAPI_OBJECT_HEADER { revision: 2, ..ASKED },
        MPRAPI_OBJECT_HEADER { type_: 2, ..ASKED },
        MPRAPI_OBJECT_HEADER { size: ASKED.size - 8, ..ASKED },
        MPRAPI_OBJECT_HEADER { size: 0, ..ASKED },
    ];
    for header in others {
        let record = RAS_CONNECTION_EX { Header: header, ..Default::default() };
        library(|library| {
            library.answer = [bytes_of(&record), bytes_of(&record)].concat();
            library.count = 2;
        });
        let error = server.connections_at::<RAS_CONNECTION_EX>().unwrap_err();
        assert_eq!(
            (error.kind(), error.function()),
            (ErrorKind::MalformedAnswer, "MprAdminConnectionEnumEx")
        );
        let connection = connection(&server);
        library(|library| library.header = Some(header));
        let error = connection.info_at::<RAS_CONNECTION_EX>().unwrap_err();
        assert_eq!(
            (error.kind(), error.function()),
            (ErrorKind::MalformedAnswer, "MprAdminConnectionGetInfoEx")
        );
        let error = server.info_at::<MPR_SERVER_EX1>().unwrap_err();
        assert_eq!((error.kind(), error.function()), (ErrorKind::MalformedAnswer, "MprAdminServerGetInfoEx"));
    }
    assert_nothing_is_out();
}

#[test]
fn the_headers_that_go_in_say_what_is_asked_for() {
    let server = server();
    library(|library| (library.answer, library.count) = (Vec::new(), 0));
    assert!(server.connections_at::<RAS_CONNECTION_EX>().unwrap().is_empty());
    server.info_at::<MPR_SERVER_EX0>().unwrap();
    server.info_at::<MPR_SERVER_EX1>().unwrap();
    assert_eq!(given(), [format!("1 1 {}", ASKED.size), "4 2 240".into(), "5 2 248".into()]);
}

#[test]
fn a_header_of_nothing_but_zeros_is_let_pass() {
    let server = server();
    library(|library| {
        (library.answer, library.count) = (bytes_of(&RAS_CONNECTION_EX::default()), 1);
        library.header = Some(MPRAPI_OBJECT_HEADER::default());
    });
    assert_eq!(server.connections_at::<RAS_CONNECTION_EX>().unwrap().len(), 1);
    assert!(server.info_at::<MPR_SERVER_EX1>().is_ok());
    assert_nothing_is_out();
}

#[test]
fn each_level_is_asked_for_by_its_number() {
    let server = server();
    library(|library| (library.answer, library.count) = (vec![0; 4096], 1));
    drop(server.connections_at::<RAS_CONNECTION_0>().unwrap());
    drop(server.connections_at::<RAS_CONNECTION_1>().unwrap());
    drop(server.connections_at::<RAS_CONNECTION_2>().unwrap());
    drop(server.connections_at::<RAS_CONNECTION_3>().unwrap());
    drop(server.connections_at::<RAS_CONNECTION_4>().unwrap());
    let expected: Vec<String> = (0..=4).map(|level| format!("level {level}")).collect();
    assert_eq!(given(), expected);
    let connection = connection(&server);
    library(|library| library.answer = vec![0; 4096]);
    drop(connection.info_at::<RAS_CONNECTION_0>().unwrap());
    drop(connection.info_at::<RAS_CONNECTION_1>().unwrap());
    drop(connection.info_at::<RAS_CONNECTION_2>().unwrap());
    drop(connection.info_at::<RAS_CONNECTION_3>().unwrap());
    assert_eq!(given(), expected[..4]);
    assert_nothing_is_out();
}

fn everything() -> TunnelConfiguration {
    let policy = Ikev2Policy::new(
        IntegrityMethod::Sha256,
        EncryptionMethod::Aes256,
        CipherTransform::AesGcm256,
        AuthenticationTransform::AesGcm256,
        PfsGroup::Ecp384,
        DhGroup::Group14,
    );
    let mut other_policy = policy;
    other_policy.cipher_transform = CipherTransform::Aes128;
    let usage =
        |text: &str, is_object_identifier| CertificateUsage { usage: text.into(), is_object_identifier };
    let mut everything = TunnelConfiguration::default();
    let mut tunnel = Ikev2Tunnel::default();
    tunnel.idle_timeout = Duration::from_secs(301);
    tunnel.network_blackout = Duration::from_secs(1_801);
    tunnel.lifetime = Duration::from_secs(28_801);
    tunnel.renew_after_kilobytes = 100_001;
    tunnel.main_mode_lifetime = Some(Duration::from_secs(10_800));
    tunnel.root_certificates = vec![b"root one".to_vec(), b"2".to_vec()];
    tunnel.certificate_name = b"server".to_vec();
    tunnel.certificate_hash = vec![7; 20];
    tunnel.certificate_usages = vec![usage("1.3.6.1.5.5.7.3.2", true), usage("Jürgen's", false)];
    tunnel.encryption = Some(Encryption::Strongest);
    tunnel.policy = Some(policy);
    let ports = Some(Ports { count: 128, usage: PortUsage::REMOTE_ACCESS });
    everything.ikev2 = Some(Ikev2Configuration { ports, tunnel: Some(tunnel) });
    everything.pptp = Some(Ports { count: 1, usage: PortUsage::empty() });
    let mut tunnel = L2tpTunnel::default();
    tunnel.idle_timeout = Duration::from_secs(600);
    tunnel.lifetime = Duration::from_secs(3_601);
    tunnel.renew_after_kilobytes = 250_001;
    tunnel.main_mode_lifetime = Some(Duration::from_secs(28_801));
    tunnel.encryption = Some(Encryption::Optional);
    tunnel.policy = Some(other_policy);
    let ports = Some(Ports { count: 5, usage: PortUsage::all() });
    everything.l2tp = Some(L2tpConfiguration { ports, tunnel: Some(tunnel) });
    everything.sstp = Some(SstpConfiguration {
        ports: Some(Ports { count: 64, usage: PortUsage::REMOTE_ACCESS }),
        https: Some(true),
        hash_algorithm: Some(mprapi::CertificateHash::Sha256),
        picks_certificate: Some(false),
        certificate_hash: Some(vec![0xAB; 32]),
    });
    everything.gre = Some(Ports { count: 3, usage: PortUsage::ROUTING });
    everything
}

#[test]
fn what_is_set_for_tunnels_reaches_the_library_whole_and_is_read_back_whole() {
    let server = server();
    let everything = everything();
    server.set_tunnels(&everything).unwrap();
    assert_eq!(server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels, everything);
    let mut without_gre = everything;
    without_gre.gre = None;
    server.set_tunnels(&without_gre).unwrap();
    assert_eq!(server.info_at::<MPR_SERVER_EX0>().unwrap().tunnels, without_gre);
    let nothing = TunnelConfiguration::default();
    server.set_tunnels(&nothing).unwrap();
    assert_eq!(
        given(),
        ["5 3 232 0x1f", "5 2 248", "4 3 224 0xf", "4 2 240", "4 3 224 0x0"],
        "revision, type, size, and the bits of the protocols"
    );
}

/// Returns the number of buffers that came back since the last time. Everything that was given out has to be among them.
fn came_back() -> usize {
    library(|library| {
        assert!(library.buffers.is_empty(), "not given back: {}", library.buffers.len());
        std::mem::take(&mut library.returned).len()
    })
}

#[test]
fn each_pointer_of_a_server_record_goes_back_once_and_that_of_an_error_too() {
    let server = server();
    let everything = everything();
    server.set_tunnels(&everything).unwrap();
    came_back();
    let tunnel = everything.ikev2.unwrap().tunnel.unwrap();
    // The two arrays with what is in them, name, hash and policy of IKEv2, the policy of L2TP, the hash of SSTP.
    let filled = |bytes: &Vec<u8>| usize::from(!bytes.is_empty());
    let expected = 2
        + tunnel.root_certificates.iter().map(filled).sum::<usize>()
        + tunnel.certificate_usages.len()
        + filled(&tunnel.certificate_name)
        + filled(&tunnel.certificate_hash)
        + usize::from(tunnel.policy.is_some())
        + usize::from(everything.l2tp.unwrap().tunnel.unwrap().policy.is_some())
        + 1;
    server.info_at::<MPR_SERVER_EX1>().unwrap();
    assert_eq!(came_back(), expected);
    server.info_at::<MPR_SERVER_EX0>().unwrap();
    assert_eq!(came_back(), expected);
    let sound = library(|library| library.server.unwrap());
    let mut wrong = sound;
    wrong.ConfigParams.IkeConfigParams.TunnelConfigParams.machineCertificateHash.cbData = u32::MAX;
    library(|library| library.server = Some(wrong));
    assert_eq!(server.info_at::<MPR_SERVER_EX1>().unwrap_err().kind(), ErrorKind::MalformedAnswer);
    assert_eq!(came_back(), expected);
    let mut untold = sound;
    untold.ConfigParams.IkeConfigParams.dwTunnelConfigParamFlags = 0;
    library(|library| library.server = Some(untold));
    assert_eq!(server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels.ikev2.unwrap().tunnel, None);
    assert_eq!(came_back(), expected);
}

#[test]
fn what_does_not_fit_into_a_tunnel_record_is_refused_before_anything_is_called() {
    let server = server();
    let refused = |tunnels: TunnelConfiguration, why: &str| {
        let error = server.set_tunnels(&tunnels).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert!(error.to_string().contains(why), "{error}");
    };
    let mut tunnels = everything();
    tunnels.sstp.as_mut().unwrap().certificate_hash.as_mut().unwrap().push(0);
    refused(tunnels, "longer than 32 bytes");
    let mut tunnels = everything();
    tunnels.ikev2.as_mut().unwrap().tunnel.as_mut().unwrap().lifetime = Duration::MAX;
    refused(tunnels, "longer than 4294967295 seconds");
    let mut tunnels = everything();
    tunnels.ikev2.as_mut().unwrap().tunnel.as_mut().unwrap().certificate_usages[0].usage = "a\0b".into();
    refused(tunnels, "NUL");
    assert_eq!(given(), [""; 0]);
}

#[test]
fn pointers_in_a_server_record_that_cannot_be_are_errors() {
    let server = server();
    server.set_tunnels(&everything()).unwrap();
    let sound = library(|library| library.server.unwrap());
    let wrong = |change: fn(&mut sys::MPRAPI_TUNNEL_CONFIG_PARAMS1)| {
        let mut record = sound;
        change(&mut record.ConfigParams);
        library(|library| library.server = Some(record));
        let error = server.info_at::<MPR_SERVER_EX1>().unwrap_err();
        assert_eq!((error.kind(), error.function()), (ErrorKind::MalformedAnswer, "MprAdminServerGetInfoEx"));
    };
    wrong(|all| all.IkeConfigParams.TunnelConfigParams.certificateNames = ptr::null_mut());
    wrong(|all| all.IkeConfigParams.TunnelConfigParams.dwTotalCertificates = u32::MAX);
    wrong(|all| all.IkeConfigParams.TunnelConfigParams.certificateEKUs = ptr::without_provenance_mut(3));
    wrong(|all| all.IkeConfigParams.TunnelConfigParams.machineCertificateHash.cbData = u32::MAX);
    wrong(|all| all.IkeConfigParams.TunnelConfigParams.customPolicy = ptr::without_provenance_mut(1));
    wrong(|all| all.L2tpConfigParams.TunnelConfigParams.customPolicy = ptr::without_provenance_mut(2));
    wrong(|all| all.SstpConfigParams.sstpCertDetails.certBlob.pbData = ptr::null_mut());
    // What a flag says is not set is not looked at.
    let mut record = sound;
    record.ConfigParams.IkeConfigParams.dwTunnelConfigParamFlags = 0;
    record.ConfigParams.IkeConfigParams.TunnelConfigParams.certificateNames = ptr::without_provenance_mut(1);
    library(|library| library.server = Some(record));
    let ikev2 = server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels.ikev2.unwrap();
    assert_eq!((ikev2.ports.unwrap().count, ikev2.tunnel), (128, None));
}

#[test]
fn a_pre_shared_key_is_set_read_and_removed_and_leaves_nothing_in_the_librarys_memory() {
    let server = server();
    let key = PreSharedKey::from_text("correct horse");
    server.set_pre_shared_key(&key).unwrap();
    assert_eq!(library(|library| library.key.clone()), key.as_bytes());
    let read = server.pre_shared_key().unwrap().unwrap();
    assert_eq!(read.as_bytes(), key.as_bytes());
    let returned = library(|library| library.returned.pop().unwrap());
    let after_the_record = &returned[size_of::<MPR_CREDENTIALSEX_1>() / 8..];
    assert!(after_the_record.iter().all(|word| *word == 0), "the key was still there: {returned:x?}");
    server.remove_pre_shared_key().unwrap();
    assert!(server.pre_shared_key().unwrap().is_none());
    assert_eq!(given(), ["level 0"; 4]);
    for bad in [Vec::new(), vec![1; 65_537]] {
        let error = server.set_pre_shared_key(&PreSharedKey::new(bad)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }
    assert_eq!(given(), [""; 0]);
    assert_nothing_is_out();
}

#[test]
fn what_is_done_to_a_connection_reaches_the_library_as_the_api_wants_it() {
    let server = server();
    let connection = connection(&server);
    connection.remove_quarantine().unwrap();
    server.remove_quarantine(Ipv4Addr::new(10, 20, 30, 40)).unwrap();
    let network_order = u32::from_ne_bytes([10, 20, 30, 40]);
    assert_eq!(given(), ["0x51 0".to_owned(), format!("{network_order:#x} 1")]);
    connection.send_message("Grüße 🦀").unwrap();
    connection.update(7, "192.0.2.1".parse().unwrap(), "2001:db8::1".parse().unwrap()).unwrap();
    assert_eq!(given(), ["Grüße 🦀", "1 5 268 if 7 from 192.0.2.1 to 2001:db8::1"]);
    let error = connection.send_message("a\0b").unwrap_err();
    assert_eq!((error.kind(), error.function()), (ErrorKind::InvalidArgument, "MprAdminSendUserMessage"));
    let error = server.remove_quarantine(Ipv4Addr::UNSPECIFIED).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_eq!(given(), [""; 0]);
}

/// Asks a connection everything it can be asked.
macro_rules! ask {
    ($connection:expr; $($method:ident)+) => {{
        let connection = $connection;
        let _ = format!("{connection:?}");
        $(let _ = format!("{:?}", connection.$method());)+
    }};
}

proptest! {
    /// The largest of the records has 1696 bytes.
    #[test]
    fn every_bit_pattern_of_a_record_can_be_looked_at(bytes in prop::collection::vec(any::<u8>(), 1_696)) {
        let server = server();
        library(|library| (library.answer, library.count) = (bytes.clone(), 1));
        let list = server.connections_at::<RAS_CONNECTION_0>().unwrap();
        ask!(list.iter().next().unwrap(); id handle interface user_name domain remote_computer interface_name interface_type
            duration flags);
        let list = server.connections_at::<RAS_CONNECTION_1>().unwrap();
        ask!(list.iter().next().unwrap(); statistics ipv4 client_address netbeui_name ipx_address appletalk_address);
        let list = server.connections_at::<RAS_CONNECTION_2>().unwrap();
        ask!(list.iter().next().unwrap(); user_name guid ipv4 link compression header_compression ipx_address);
        let list = server.connections_at::<RAS_CONNECTION_3>().unwrap();
        ask!(list.iter().next().unwrap(); user_name guid ipv4 ipv6 link compression quarantine_state probation_ends);
        let list = server.connections_at::<RAS_CONNECTION_4>().unwrap();
        ask!(list.iter().next().unwrap(); user_name guid statistics started_at tunnel projection client_address
            remote_endpoint local_endpoint switch_overs quarantine_state probation_ends);
        let list = server.connections_at::<RAS_CONNECTION_EX>();
        prop_assert_eq!(list.unwrap_err().kind(), ErrorKind::MalformedAnswer);
        // With the right header, and either kind of projection.
        let projection = std::mem::offset_of!(RAS_CONNECTION_EX, ProjectionInfo);
        for kind in 0..=2 {
            library(|library| {
                library.answer[..size_of::<MPRAPI_OBJECT_HEADER>()].copy_from_slice(&bytes_of(&ASKED));
                library.answer[projection] = kind;
            });
            let list = server.connections_at::<RAS_CONNECTION_EX>().unwrap();
            ask!(list.iter().next().unwrap(); user_name guid statistics projection client_address remote_endpoint
                local_endpoint switch_overs quarantine_state probation_ends flags duration);
        }
        library(|library| library.answer = bytes);
        let ports = server.ports().unwrap();
        let port = ports.iter().next().unwrap();
        ask!(port; id connection name media_name device_name device_type condition total_calls duration);
        let info = port.handle().info_at::<RAS_PORT_1>().unwrap();
        ask!(info.get(); id connection hardware_condition line_speed statistics);
        given();
    }
}
