//! The server's records of the revisions 1, 2 and 3, by the places that the open specification (MS-RRASM) gives their
//! members on a 64-bit system.
#![cfg(target_pointer_width = "64")]

use std::cell::RefCell;
use std::time::Duration;

use mprapi::sys::{self, CRYPTOAPI_BLOB, Functions, HANDLE, MPR_CERT_EKU, MPRAPI_OBJECT_HEADER};
use mprapi::{
    CertificateHash, CertificateUsage, Configuration, Encryption, ErrorKind, Ikev2Configuration, Ikev2Policy,
    Ikev2Tunnel, L2tpConfiguration, L2tpTunnel, Mpr, OlderServerRecord, PortUsage, Ports, Server,
    ServerRevision1, ServerRevision2, ServerRevision3, SstpConfiguration, TunnelConfiguration, TunnelLevel,
};

use super::library;

/// The room of the longest record, in bytes: an `MPR_SERVER_EX1`.
const ROOM: usize = 248;

/// A record that was set, as the library found it.
#[derive(Debug, PartialEq)]
struct Given {
    header: (u8, u8, u16),
    protocols: u32,
    numbers: Vec<u32>,
    /// The bytes that the pointers lead to, in their order.
    bytes: Vec<Vec<u8>>,
}

#[derive(Default)]
struct State {
    /// The header to answer in place of the requested one.
    header: Option<MPRAPI_OBJECT_HEADER>,
    /// The newest revision that the server has, and the code for newer ones.
    newest: Option<(u8, u32)>,
    asked: Vec<(u8, u8, u16)>,
    given: Vec<Given>,
    /// Each blob of the record that was set last: whether its pointer is null, and its size.
    blobs: Vec<(bool, u32)>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn state<T>(work: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(work)
}

/// The bytes of IKEv2's part of a revision, which is the first of the tunnels' parameters, and of L2TP's. Between them are
/// the 8 bytes of PPTP's, and SSTP's is the last.
fn ends(revision: u8) -> (usize, usize) {
    match revision {
        1 => (48, 8),
        2 => (80, 8),
        _ => (112, 40),
    }
}

/// Where the numbers are.
fn numbers_at(revision: u8) -> Vec<usize> {
    let (ikev2, l2tp) = ends(revision);
    let mut places = vec![0, 4, 8, 16, 20, 24, 28, 32, 36];
    if revision >= 2 {
        places.extend([48, 64]);
    }
    if revision >= 3 {
        places.extend([80, 96]);
    }
    let pptp = ikev2;
    places.extend([pptp, pptp + 4, pptp + 8, pptp + 12]);
    if revision >= 3 {
        places.extend([8, 16, 20, 24, 28].map(|place| pptp + 8 + place));
    }
    let sstp = pptp + 8 + l2tp;
    places.extend([0, 4, 8, 12, 16, 24].map(|place| sstp + place));
    places
}

/// The numbers in these places, of a server that has everything set.
fn numbers(revision: u8) -> Vec<u32> {
    let mut numbers = vec![128, 1, 1, 301, 1_801, 28_801, 100_001, 0, 1];
    if revision >= 2 {
        numbers.extend([6, 3]);
    }
    if revision >= 3 {
        numbers.extend([1, 20]);
    }
    numbers.extend([1, 0, 5, 3]);
    if revision >= 3 {
        numbers.extend([1, 600, 1, 3_601, 250_001]);
    }
    numbers.extend([64, 1, 1, 0x800C, 0, 32]);
    numbers
}

/// The words of a policy: integrity, encryption, cipher, authentication, perfect forward secrecy, Diffie-Hellman.
const POLICY: [u32; 6] = [0, 1, 2, 3, 4, 5];

fn policy() -> Ikev2Policy {
    Ikev2Policy::new(0.into(), 1.into(), 2.into(), 3.into(), 4.into(), 5.into())
}

fn policy_bytes() -> Vec<u8> {
    POLICY.into_iter().flat_map(u32::to_ne_bytes).collect()
}

/// `1.2`, as a server tells it.
fn usage_bytes() -> Vec<u8> {
    "1.2\0".encode_utf16().flat_map(u16::to_ne_bytes).collect()
}

/// All that a server has set, as far as the revision knows it.
fn everything(revision: u8) -> TunnelConfiguration {
    let mut tunnel = Ikev2Tunnel::default();
    tunnel.idle_timeout = Duration::from_secs(301);
    tunnel.network_blackout = Duration::from_secs(1_801);
    tunnel.lifetime = Duration::from_secs(28_801);
    tunnel.renew_after_kilobytes = 100_001;
    tunnel.main_mode_lifetime = None;
    tunnel.root_certificates = vec![b"root".to_vec()];
    tunnel.encryption = None;
    if revision >= 2 {
        tunnel.certificate_name = b"server".to_vec();
        tunnel.encryption = Some(Encryption::Strongest);
        tunnel.policy = Some(policy());
    }
    if revision >= 3 {
        tunnel.certificate_usages =
            vec![CertificateUsage { usage: "1.2".into(), is_object_identifier: true }];
        tunnel.certificate_hash = vec![7; 20];
    }
    let some = |count, usage| Some(Ports { count, usage });
    let mut all = TunnelConfiguration::default();
    all.ikev2 = Some(Ikev2Configuration { ports: some(128, PortUsage::REMOTE_ACCESS), tunnel: Some(tunnel) });
    all.pptp = some(1, PortUsage::empty());
    let mut tunnel = L2tpTunnel::default();
    tunnel.idle_timeout = Duration::from_secs(600);
    tunnel.lifetime = Duration::from_secs(3_601);
    tunnel.renew_after_kilobytes = 250_001;
    tunnel.main_mode_lifetime = None;
    tunnel.encryption = Some(Encryption::Optional);
    tunnel.policy = Some(policy());
    let ports = some(5, PortUsage::REMOTE_ACCESS | PortUsage::ROUTING);
    all.l2tp = Some(L2tpConfiguration { ports, tunnel: (revision >= 3).then_some(tunnel) });
    all.sstp = Some(SstpConfiguration {
        ports: some(64, PortUsage::REMOTE_ACCESS),
        https: Some(true),
        hash_algorithm: Some(CertificateHash::Sha256),
        picks_certificate: Some(false),
        certificate_hash: Some(vec![0xAB; 32]),
    });
    all
}

/// # Safety
/// The bytes from `base + at` must be valid for writes of a `T`, and aligned for it.
unsafe fn put<T>(base: *mut u8, at: usize, value: T) {
    // SAFETY: the caller's.
    unsafe { base.wrapping_add(at).cast::<T>().write(value) }
}

/// # Safety
/// The bytes from `base + at` must be those of a `T`, and aligned for it.
unsafe fn get<T: Copy>(base: *mut u8, at: usize) -> T {
    // SAFETY: the caller's.
    unsafe { base.wrapping_add(at).cast::<T>().read() }
}

fn triple(header: MPRAPI_OBJECT_HEADER) -> (u8, u8, u16) {
    (header.revision, header.type_, header.size)
}

/// Fills the record that is asked for. There is room for the longest, and it was zero before.
unsafe extern "system" fn get_ex(_: HANDLE, record: *mut sys::MPR_SERVER_EX1) -> u32 {
    let record: *mut u8 = record.cast();
    // SAFETY: a record begins with its header.
    let asked: MPRAPI_OBJECT_HEADER = unsafe { get(record, 0) };
    for at in size_of::<MPRAPI_OBJECT_HEADER>()..ROOM {
        // SAFETY: the caller has room for the longest record.
        assert_eq!(unsafe { get::<u8>(record, at) }, 0, "the room is there and was cleared");
    }
    let header = state(|state| {
        state.asked.push(triple(asked));
        state.header.unwrap_or(asked)
    });
    if let Some((_, code)) = state(|state| state.newest).filter(|(newest, _)| asked.revision > *newest) {
        return code;
    }
    // SAFETY: as above.
    unsafe { put(record, 0, header) };
    for (index, value) in [0_u32, 3_600, 198, 7].into_iter().enumerate() {
        // SAFETY: as above.
        unsafe { put(record, 4 * (index + 1), value) };
    }
    if triple(header) != triple(asked) {
        return 0;
    }
    let (tunnels, revision) = (record.wrapping_add(24), asked.revision);
    for (place, value) in numbers_at(revision).into_iter().zip(numbers(revision)) {
        // SAFETY: as above.
        unsafe { put(tunnels, place, value) };
    }
    let point = |at: usize, bytes: &[u8]| {
        // SAFETY: as above.
        unsafe { put(tunnels, at, library::give(bytes)) }
    };
    let names = library::give(&[0; size_of::<CRYPTOAPI_BLOB>()]);
    // SAFETY: the buffer has room for one, and is aligned for it.
    unsafe { put(names, 0, CRYPTOAPI_BLOB { cbData: 4, pbData: library::give(b"root") }) };
    // SAFETY: as above.
    unsafe { put(tunnels, 40, names) };
    let (ikev2, l2tp) = ends(revision);
    if revision >= 2 {
        point(56, b"server");
        point(72, &policy_bytes());
    }
    if revision >= 3 {
        let usages = library::give(&[0; size_of::<MPR_CERT_EKU>()]);
        let text = usage_bytes();
        let size = text.len() as u32;
        let usage = MPR_CERT_EKU { dwSize: size, IsEKUOID: 1, pwszEKU: library::give(&text).cast() };
        // SAFETY: the buffer has room for one, and is aligned for it.
        unsafe { put(usages, 0, usage) };
        // SAFETY: as above.
        unsafe { put(tunnels, 88, usages) };
        point(104, &[7; 20]);
        point(ikev2 + 8 + 32, &policy_bytes());
    }
    point(ikev2 + 8 + l2tp + 32, &[0xAB; 32]);
    0
}

/// Keeps what is set.
unsafe extern "system" fn set_ex(_: HANDLE, record: *mut sys::MPR_SERVER_SET_CONFIG_EX1) -> u32 {
    let record: *mut u8 = record.cast();
    // SAFETY: a record begins with its header.
    let header: MPRAPI_OBJECT_HEADER = unsafe { get(record, 0) };
    // SAFETY: the bits of the protocols follow.
    let protocols: u32 = unsafe { get(record, 4) };
    let tunnels = record.wrapping_add(8);
    if header.revision > 3 {
        // SAFETY: the records of these revisions begin with the same IKEv2 part.
        let ikev2: sys::IKEV2_TUNNEL_CONFIG_PARAMS4 =
            unsafe { get::<sys::IKEV2_CONFIG_PARAMS>(tunnels, 0) }.TunnelConfigParams;
        let at = std::mem::offset_of!(sys::MPRAPI_TUNNEL_CONFIG_PARAMS0, SstpConfigParams);
        // SAFETY: and have the SSTP part in the same place.
        let sstp: sys::SSTP_CONFIG_PARAMS = unsafe { get(tunnels, at) };
        let blobs =
            [ikev2.machineCertificateName, ikev2.machineCertificateHash, sstp.sstpCertDetails.certBlob];
        state(|state| state.blobs = blobs.map(|blob| (blob.pbData.is_null(), blob.cbData)).to_vec());
        return 0;
    }
    let revision = header.revision;
    // SAFETY: the record is as long as its revision is.
    let number = |at: usize| unsafe { get::<u32>(tunnels, at) };
    let bytes_at = |first: *mut u8, count: usize| match count {
        0 => {
            assert!(first.is_null());
            Vec::new()
        }
        // SAFETY: the caller's, which says how many there are.
        _ => unsafe { std::slice::from_raw_parts(first, count) }.to_vec(),
    };
    // SAFETY: as above.
    let pointer = |at: usize| unsafe { get::<*mut u8>(tunnels, at) };
    let policy_at = |at: usize| bytes_at(pointer(at), if pointer(at).is_null() { 0 } else { 24 });
    let mut bytes = Vec::new();
    if number(36) > 0 {
        // SAFETY: there is one name at least.
        let name: CRYPTOAPI_BLOB = unsafe { get(pointer(40), 0) };
        bytes.push(bytes_at(name.pbData, name.cbData as usize));
    }
    let (ikev2, l2tp) = ends(revision);
    if revision >= 2 {
        bytes.push(bytes_at(pointer(56), number(48) as usize));
        bytes.push(policy_at(72));
    }
    if revision >= 3 {
        if number(80) > 0 {
            // SAFETY: there is one usage at least.
            let usage: MPR_CERT_EKU = unsafe { get(pointer(88), 0) };
            assert_eq!(usage.IsEKUOID, 1);
            bytes.push(bytes_at(usage.pwszEKU.cast(), usage.dwSize as usize));
        }
        bytes.push(bytes_at(pointer(104), number(96) as usize));
        bytes.push(policy_at(ikev2 + 8 + 32));
    }
    let sstp = ikev2 + 8 + l2tp;
    bytes.push(bytes_at(pointer(sstp + 32), number(sstp + 24) as usize));
    let numbers = numbers_at(revision).into_iter().map(number).collect();
    state(|state| state.given.push(Given { header: triple(header), protocols, numbers, bytes }));
    0
}

fn mpr() -> Mpr {
    let functions = Functions {
        MprAdminServerConnect: Some(library::connect),
        MprAdminServerDisconnect: Some(library::disconnect),
        MprConfigServerConnect: Some(library::connect),
        MprConfigServerDisconnect: Some(library::disconnect),
        MprAdminBufferFree: Some(library::free),
        MprAdminServerGetInfoEx: Some(get_ex),
        MprAdminServerSetInfoEx: Some(set_ex),
        MprConfigServerGetInfoEx: Some(get_ex),
        MprConfigServerSetInfoEx: Some(set_ex),
        ..Functions::NONE
    };
    // SAFETY: the functions above keep the API's contract as far as this crate relies on it.
    unsafe { Mpr::from_table(sys::Mprapi::from_functions(functions)) }
}

fn server() -> Server {
    mpr().connect(None).unwrap()
}

fn configuration() -> Configuration {
    mpr().configuration(None).unwrap()
}

/// Returns the number of buffers that came back since the last time: all that were given out.
fn came_back() -> usize {
    library::library(|library| {
        assert!(library.buffers.is_empty(), "not given back: {}", library.buffers.len());
        std::mem::take(&mut library.returned).len()
    })
}

/// Each revision's number, the size of its record to get and to set, and how many pointers it has.
const REVISIONS: [(u8, u16, u16, usize); 3] = [(1, 128, 112, 3), (2, 160, 144, 5), (3, 224, 208, 9)];

fn is_read_whole<R: OlderServerRecord>((revision, get_size, _, pointers): (u8, u16, u16, usize)) {
    let (server, configuration) = (server(), configuration());
    for details in [server.info_at::<R>().unwrap(), configuration.server_info_at::<R>().unwrap()] {
        let state = details.state;
        assert_eq!((state.is_lan_only(), state.total_ports(), state.ports_in_use()), (false, 198, 7));
        assert_eq!(state.up_time(), Duration::from_secs(3_600));
        assert_eq!(details.tunnels, everything(revision));
    }
    assert_eq!(state(|state| std::mem::take(&mut state.asked)), [(revision, 2, get_size); 2]);
    assert_eq!(came_back(), 2 * pointers);
}

#[test]
fn each_older_revision_is_asked_for_by_its_number_and_size_and_read_whole() {
    is_read_whole::<ServerRevision1>(REVISIONS[0]);
    is_read_whole::<ServerRevision2>(REVISIONS[1]);
    is_read_whole::<ServerRevision3>(REVISIONS[2]);
}

#[test]
fn the_newest_revision_that_the_server_has_is_read_and_set() {
    let levels = [TunnelLevel::Revision1, TunnelLevel::Revision2, TunnelLevel::Revision3];
    for (revision, level) in (1..).zip(levels) {
        // No page says which of them it is: not supported, invalid, wrong level, wrong revision.
        for code in [50, 87, 124, 1306] {
            state(|state| state.newest = Some((revision, code)));
            let (server, configuration) = (server(), configuration());
            let tunnels = server.tunnels().unwrap();
            assert_eq!((tunnels.level, &tunnels.configuration), (level, &everything(revision)));
            assert_eq!(configuration.tunnels().unwrap(), tunnels);
            let asked: Vec<u8> = state(|state| std::mem::take(&mut state.asked))
                .iter()
                .map(|(revision, ..)| *revision)
                .collect();
            let newest_first = || (revision..=5).rev();
            assert_eq!(asked, newest_first().chain(newest_first()).collect::<Vec<_>>());
            server.set_tunnels_as(level, &tunnels.configuration).unwrap();
            configuration.set_tunnels_as(level, &tunnels.configuration).unwrap();
            let given = state(|state| std::mem::take(&mut state.given));
            assert_eq!(given.iter().map(|given| given.header.0).collect::<Vec<_>>(), [revision; 2]);
        }
    }
    came_back();
}

fn is_set_whole<R: OlderServerRecord>((revision, _, set, _): (u8, u16, u16, usize)) {
    let (server, configuration) = (server(), configuration());
    let all = everything(revision);
    server.set_tunnels_at::<R>(&all).unwrap();
    configuration.set_tunnels_at::<R>(&all).unwrap();
    let given = state(|state| std::mem::take(&mut state.given));
    let mut bytes = vec![b"root".to_vec()];
    if revision >= 2 {
        bytes.extend([b"server".to_vec(), policy_bytes()]);
    }
    if revision >= 3 {
        // The size counts bytes, and is that of the text with the zeros behind it.
        bytes.extend([usage_bytes(), vec![7; 20], policy_bytes()]);
    }
    bytes.push(vec![0xAB; 32]);
    assert_eq!(given.len(), 2);
    for given in given {
        assert_eq!((given.header, given.protocols), ((revision, 3, set), 0xF));
        assert_eq!(given.numbers, numbers(revision));
        assert_eq!(given.bytes, bytes);
    }
    assert_eq!(state(|state| state.asked.len()), 0, "nothing was missing, so nothing was asked for");
}

#[test]
fn each_older_revision_is_set_whole() {
    is_set_whole::<ServerRevision1>(REVISIONS[0]);
    is_set_whole::<ServerRevision2>(REVISIONS[1]);
    is_set_whole::<ServerRevision3>(REVISIONS[2]);
}

fn is_completed<R: OlderServerRecord>((revision, get_size, set, pointers): (u8, u16, u16, usize)) {
    let server = server();
    let mut change = TunnelConfiguration::default();
    let mut tunnel = everything(revision).ikev2.unwrap().tunnel.unwrap();
    tunnel.encryption = None;
    change.ikev2 = Some(Ikev2Configuration { ports: None, tunnel: Some(tunnel) });
    server.set_tunnels_at::<R>(&change).unwrap();
    assert_eq!(state(|state| std::mem::take(&mut state.asked)), [(revision, 2, get_size)]);
    let given = state(|state| state.given.pop()).unwrap();
    assert_eq!(
        (given.header, given.protocols),
        ((revision, 3, set), sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2)
    );
    let of_ikev2 = numbers_at(revision).iter().filter(|place| **place < ends(revision).0).count();
    assert_eq!(given.numbers[..of_ikev2], numbers(revision)[..of_ikev2]);
    assert_eq!(came_back(), pointers);
}

#[test]
fn what_a_change_leaves_out_is_asked_for_at_the_same_revision() {
    is_completed::<ServerRevision1>(REVISIONS[0]);
    is_completed::<ServerRevision2>(REVISIONS[1]);
    is_completed::<ServerRevision3>(REVISIONS[2]);
}

fn refuses_others<R: OlderServerRecord>((revision, size, ..): (u8, u16, u16, usize)) {
    let (server, configuration) = (server(), configuration());
    let own = MPRAPI_OBJECT_HEADER { revision, type_: 2, size };
    let others = (1..=5).filter(|other| *other != revision);
    let others = others.map(|revision| MPRAPI_OBJECT_HEADER { revision, ..own });
    let size = MPRAPI_OBJECT_HEADER { size: size - 8, ..own };
    let others = others.chain([size, MPRAPI_OBJECT_HEADER { type_: 3, ..own }]);
    for header in others {
        state(|state| state.header = Some(header));
        let error = server.info_at::<R>().unwrap_err();
        assert_eq!((error.kind(), error.function()), (ErrorKind::MalformedAnswer, "MprAdminServerGetInfoEx"));
        let error = configuration.server_info_at::<R>().unwrap_err();
        assert_eq!(
            (error.kind(), error.function()),
            (ErrorKind::MalformedAnswer, "MprConfigServerGetInfoEx")
        );
    }
    assert_eq!(came_back(), 0);
    state(|state| *state = State::default());
}

#[test]
fn another_revision_type_or_size_in_the_answer_is_an_error() {
    refuses_others::<ServerRevision1>(REVISIONS[0]);
    refuses_others::<ServerRevision2>(REVISIONS[1]);
    refuses_others::<ServerRevision3>(REVISIONS[2]);
}

/// A word of the refusal, and the change that is refused.
type Lack = (&'static str, fn(&mut TunnelConfiguration));

fn refuses<R: OlderServerRecord>(revision: u8, lacks: &[Lack]) {
    let (server, configuration) = (server(), configuration());
    for (what, change) in lacks {
        let mut tunnels = everything(revision);
        change(&mut tunnels);
        for error in [
            server.set_tunnels_at::<R>(&tunnels).unwrap_err(),
            configuration.set_tunnels_at::<R>(&tunnels).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{what}");
            assert!(error.to_string().contains(what), "{what}: {error}");
        }
    }
    assert!(state(|state| state.asked.is_empty() && state.given.is_empty()), "nothing was called");
}

fn ikev2(tunnels: &mut TunnelConfiguration) -> &mut Ikev2Tunnel {
    tunnels.ikev2.as_mut().unwrap().tunnel.as_mut().unwrap()
}

#[test]
fn what_an_older_revision_lacks_is_refused_by_name_before_anything_is_called() {
    let mut lacks: Vec<Lack> = vec![
        ("gre", |tunnels| tunnels.gre = tunnels.pptp),
        ("main_mode_lifetime", |tunnels| ikev2(tunnels).main_mode_lifetime = Some(Duration::from_secs(1))),
        ("main_mode_lifetime", |tunnels| {
            tunnels.l2tp.as_mut().unwrap().tunnel = Some(L2tpTunnel::default());
        }),
    ];
    refuses::<ServerRevision3>(3, &lacks);
    lacks.extend::<[Lack; 3]>([
        ("L2TP", |tunnels| {
            let tunnel = tunnels.l2tp.as_mut().unwrap().tunnel.insert(L2tpTunnel::default());
            tunnel.main_mode_lifetime = None;
        }),
        ("certificate_usages", |tunnels| {
            let usage = CertificateUsage { usage: "1.2".into(), is_object_identifier: true };
            ikev2(tunnels).certificate_usages.push(usage);
        }),
        ("certificate_hash", |tunnels| ikev2(tunnels).certificate_hash.push(7)),
    ]);
    refuses::<ServerRevision2>(2, &lacks);
    lacks.extend::<[Lack; 3]>([
        ("certificate_name", |tunnels| ikev2(tunnels).certificate_name.push(7)),
        ("encryption", |tunnels| ikev2(tunnels).encryption = Some(Encryption::Required)),
        ("policy", |tunnels| ikev2(tunnels).policy = Some(policy())),
    ]);
    refuses::<ServerRevision1>(1, &lacks);
}

#[test]
fn bytes_that_are_empty_are_given_as_null_and_none() {
    let server = server();
    let mut change = TunnelConfiguration::default();
    let ports = Some(Ports { count: 1, usage: PortUsage::REMOTE_ACCESS });
    change.ikev2 = Some(Ikev2Configuration { ports, tunnel: Some(Ikev2Tunnel::default()) });
    change.sstp = Some(SstpConfiguration {
        ports,
        https: Some(true),
        hash_algorithm: Some(CertificateHash::None),
        picks_certificate: Some(true),
        certificate_hash: Some(Vec::new()),
    });
    server.set_tunnels(&change).unwrap();
    assert_eq!(state(|state| std::mem::take(&mut state.blobs)), [(true, 0); 3]);
}
