//! Sending and sharing between threads: the rules of `mprapi::threads`, type by type.

use mprapi::config::{self, Stored, StoredInterface};
use mprapi::sys::{
    MPR_DEVICE_0, MPR_DEVICE_1, MPR_INTERFACE_0, MPR_INTERFACE_1, MPR_INTERFACE_2, MPR_INTERFACE_3,
    RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4,
    RAS_CONNECTION_EX, RAS_PORT_0, RAS_PORT_1, RAS_USER_0, RAS_USER_1,
};
use mprapi::{mib, *};

/// Evaluates to two flags: the type is `Send`, the type is `Sync`. The inherent constant hides the trait's where its
/// bound holds, so that what a type is not can be asserted too.
macro_rules! send_and_sync {
    ($type:ty) => {{
        #[allow(dead_code, reason = "one of each pair hides the other")]
        trait No {
            const SEND: bool = false;
            const SYNC: bool = false;
        }
        struct Of<T: ?Sized>(std::marker::PhantomData<T>);
        impl<T: ?Sized> No for Of<T> {}
        #[allow(dead_code, reason = "as above")]
        impl<T: Send + ?Sized> Of<T> {
            const SEND: bool = true;
        }
        #[allow(dead_code, reason = "as above")]
        impl<T: Sync + ?Sized> Of<T> {
            const SYNC: bool = true;
        }
        (<Of<$type>>::SEND, <Of<$type>>::SYNC)
    }};
}

macro_rules! assert_each {
    ($expected:expr; $($type:ty)+) => {
        $(assert_eq!(send_and_sync!($type), $expected, stringify!($type));)+
    };
}

const BOTH: (bool, bool) = (true, true);
const NEITHER: (bool, bool) = (false, false);

#[test]
fn the_assertions_here_can_fail() {
    assert_eq!(send_and_sync!(u8), BOTH);
    assert_eq!(send_and_sync!(std::cell::Cell<u8>), (true, false));
    assert_eq!(send_and_sync!(std::sync::MutexGuard<'static, u8>), (false, true));
    assert_eq!(send_and_sync!(*mut u8), NEITHER);
}

#[test]
fn what_is_open_may_be_used_by_several_threads() {
    assert_each!(BOTH;
        Mpr Server MibServer Link Fleet LinkError RawHandle DisconnectError<Server> DisconnectError<MibServer>
        DisconnectError<RawHandle> HandleProblem
        Notification<'static> SessionWatch Stopper Change<'static> Wake Connecting<'static> RouteUpdate<'static>
        InfoHeader
    );
}

#[test]
fn a_configuration_may_move_to_another_thread_and_what_borrows_it_may_not() {
    assert_each!((true, false); Configuration);
    // Or `?` would not take it where an error has to be both.
    assert_each!(BOTH; DisconnectError<Configuration>);
    assert_each!(NEITHER;
        InterfaceHandle<'static, Configuration> config::TransportHandle<'static> config::InterfaceTransportHandle<'static>
        config::Transport<'static> config::InterfaceTransport<'static>
        StoredInterface<'static>
        List<'static, Stored<MPR_INTERFACE_0>> Single<'static, Stored<MPR_INTERFACE_0>>
        Iter<'static, Stored<MPR_INTERFACE_0>>
    );
    // Its data are data.
}

#[test]
fn ids_and_handles_on_a_server_may_be_used_by_several_threads() {
    assert_each!(BOTH;
        ConnectionId PortId InterfaceId TransportId
        ConnectionHandle<'static> PortHandle<'static> InterfaceHandle<'static>
    );
}

/// `Connection<'static, R>`, the list of it, and so on, for each record.
macro_rules! assert_answers {
    ($($view:ident: $($record:ty)+;)+) => {
        $($(
            assert_each!(BOTH;
                $view<'static, $record> List<'static, $record> Iter<'static, $record> Single<'static, $record>
            );
        )+)+
    };
}

#[test]
fn answers_of_a_server_may_be_read_by_several_threads() {
    assert_answers!(
        Connection: RAS_CONNECTION_0 RAS_CONNECTION_1 RAS_CONNECTION_2 RAS_CONNECTION_3 RAS_CONNECTION_4
            RAS_CONNECTION_EX;
        Port: RAS_PORT_0 RAS_PORT_1;
        Interface: MPR_INTERFACE_0 MPR_INTERFACE_1 MPR_INTERFACE_2 MPR_INTERFACE_3;
        Device: MPR_DEVICE_0 MPR_DEVICE_1;
    );
    assert_each!(BOTH; ConnectionPages<'static, RAS_CONNECTION_EX>);
    assert_each!(BOTH; Connection<'static, RAS_CONNECTION_EX, Lent> Port<'static, RAS_PORT_0, Lent>);
    // An owner that only one thread may use keeps its views there.
    assert_each!(NEITHER; Connection<'static, RAS_CONNECTION_EX, std::cell::Cell<u8>>);
    assert_each!(BOTH;
        Bytes<'static> mib::MibTable<'static, mib::InterfaceRow<'static>>
        mib::MibTableIter<'static, mib::InterfaceRow<'static>> mib::InterfaceRow<'static>
        mib::AddressRow<'static> mib::ForwardRow<'static> mib::MibModule mib::AdminStatus
        mib::OperationalStatus mib::RouteType mib::Traps
    );
}

#[test]
fn data_and_errors_go_anywhere() {
    assert_each!(BOTH;
            Error ErrorKind DialError Session SessionPort SessionEvent SessionEnd EndReason SessionTracker Account Ended ParseIdError Guid ParseEnumerationError ParseGuidError WideStr WideString WideStrings<'static> Statistics User<RAS_USER_0> User<RAS_USER_1>
            DialIn Callback
        ServerRevision1 ServerRevision2 ServerRevision3 ServerInfo ServerDetails TunnelLevel TunnelProtocol Tunnels TunnelPorts Ports PortUsage TunnelConfiguration Ikev2Configuration Ikev2Tunnel
        L2tpConfiguration L2tpTunnel SstpConfiguration CertificateHash CertificateUsage Encryption PreSharedKey
        Ikev2Policy CipherTransform PfsGroup DhGroup EncryptionMethod IntegrityMethod AuthenticationTransform
        ConnectionFlags InterfaceType TunnelType QuarantineState Projection PppProjection Ikev2Projection
        Ikev2Authentication Ipv4Ends Ipv6Ends PppLink PppLinkEnd PppLinkOptions Authentication ChapAlgorithm EapMethod
        Compression HeaderCompression CompressionEnd CompressionAlgorithm CompressionOptions NegotiationError
        HardwareCondition PortCondition
        InterfaceSettings DemandDial DialOptions DialMode DialEncryption EntryType IdleDisconnect Bandwidth
        NetworkProtocols VpnStrategy DeviceSettings ConnectionState UnreachabilityReasons InterfaceCredentials
        Secret Ikev2Settings TrafficSelector TransportSettings IpInIpName Lent
        Info<'static> InfoBlock<'static> InfoBlockBuf InfoType MalformedInfoBlock info_block::Setting<()>
        info_block::Route info_block::RoutePath info_block::Ipv4Path info_block::Ipv6Path
        info_block::RouteProtocol info_block::RouteViews info_block::Filters<info_block::Ipv4Filter>
        info_block::Ipv6Filter info_block::FilterAction info_block::FilterProtocol info_block::LateBound
        info_block::GlobalSettings info_block::LoggingLevel info_block::ProtocolPreference
        info_block::SubProtocolPreference info_block::RouterDiscovery
    );
}

/// They have no values to send.
const TRAITS: [&str; 16] = [
    "ConnectionInfoRecord",
    "ConnectionRecord",
    "DeviceRecord",
    "Disconnect",
    "Ikev2Record",
    "InterfaceInput",
    "InterfaceOwner",
    "InterfaceRecord",
    "OlderServerRecord",
    "PortRecord",
    "Record",
    "Row",
    "ServerRecord",
    "Text",
    "UserRecord",
    // The alias of std's.
    "Result",
];

#[test]
fn every_public_type_is_asserted_here() {
    let asserted = include_str!("threads.rs").split_once("const TRAITS").unwrap().0;
    let asserted = |name: &str| asserted.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
    let sources = [
        include_str!("../../src/lib.rs"),
        include_str!("../../src/config/mod.rs"),
        include_str!("../../src/mib/mod.rs"),
    ];
    let re_exports = sources.iter().flat_map(|source| source.split("\npub use ").skip(1));
    let re_exports = re_exports.map(|rest| rest.split_once(';').unwrap().0);
    let defined = sources.iter().flat_map(|source| source.split("\npub struct ").skip(1));
    let defined = defined.map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap());
    let names = re_exports.flat_map(|names| names.split(|c: char| !c.is_alphanumeric())).chain(defined);
    let types: Vec<&str> =
        names.filter(|name| name.starts_with(char::is_uppercase) && !TRAITS.contains(name)).collect();
    assert!(types.len() > 100, "{types:?}");
    let missing: Vec<_> = types.into_iter().filter(|name| !asserted(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn handles_act_from_several_threads_at_once() {
    let mpr = crate::common::mpr();
    let company = mprapi_sim::Scenario::company().into_servers().remove(0).renamed("threads");
    let simulation = company.start();
    let router = &simulation.routers()[0];
    let server = mpr.connect(Some("threads")).unwrap();
    let connections = server.connections().unwrap();
    std::thread::scope(|scope| {
        for connection in &connections {
            let handle = connection.handle();
            scope.spawn(move || {
                let info = handle.info().unwrap();
                assert_eq!(info.get().user_name(), &*connection.user_name().to_string());
            });
        }
    });
    assert_eq!(router.calls("MprAdminConnectionGetInfo"), 7);
    drop(connections);
    drop(server);
    assert!(router.outstanding().is_nothing(), "{:?}", router.outstanding());
    assert_eq!(router.violations(), []);
}
