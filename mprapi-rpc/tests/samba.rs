//! The hand-over of Samba's smbd, and a pipe behind it.
#![cfg(unix)]

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use mprapi_rpc::association::{Closed, Interface};
use mprapi_rpc::pdu::{
    Bind, Fault, FaultBody, Flags, Fragment, Kind, Offer, Request, Response, Secured, Syntax, encode,
};
use mprapi_rpc::samba::{Caller, Connection, Error, LARGEST, Listener, Settings, Sid, reply};
use mprapi_rpc::security::{self, Context, Level, Message, Provider, Step};
use proptest::prelude::*;
use zeroize::Zeroizing;

/// A hand-over of Debian's Samba 4.17.12: root, on a standalone server without groups for administrators.
const OBSERVED: &[u8] = include_bytes!("data/handover-4.17.bin");

/// The place of the identifier of the group of anonymous network users, `S-1-5-2`, in it.
const NETWORK: usize = 0x108;

/// The same, as sent for an administrator: `S-1-5-2` and `S-1-5-11` are replaced by the group's longer identifier.
fn administrators() -> Vec<u8> {
    let group = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0];
    let mut bytes = OBSERVED.to_vec();
    assert_eq!(bytes[NETWORK..NETWORK + 8], [1, 1, 0, 0, 0, 0, 0, 5]);
    bytes.splice(NETWORK..NETWORK + 24, group);
    // One identifier less, and the privileges begin at a multiple of 8 again.
    bytes[0xc8] = 7;
    bytes[0xcc] = 7;
    let length = bytes.len() as u32 - 4;
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    bytes
}

/// The same in the form of level 8, without claims: five more numbers and four sizes after the rights.
fn level_8() -> Vec<u8> {
    let mut bytes = OBSERVED.to_vec();
    bytes.splice(0x164..0x164, [0; 36]);
    // The identifier of the user begins at a multiple of 8.
    let (count, rest) = (0x164 + 36, 0x164 + 36 + 4);
    assert_eq!(bytes[count], 1);
    bytes.splice(rest..rest, [0; 4]);
    bytes[8] = 8;
    bytes[12] = 8;
    let length = bytes.len() as u32 - 4;
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    bytes
}

#[test]
fn the_observed_hand_over_is_read() {
    let caller = Caller::decode(OBSERVED).unwrap();
    assert_eq!(caller.level, 7);
    assert_eq!(caller.address, "127.0.0.1");
    assert_eq!(caller.account.as_deref(), Some("root"));
    assert_eq!(caller.domain.as_deref(), Some("ROUTER1"));
    let sids: Vec<String> = caller.sids.iter().map(Sid::to_string).collect();
    assert_eq!(sids[0], "S-1-5-21-3280089726-3585360260-3754716023-1000");
    assert_eq!(sids[2..5], ["S-1-1-0", "S-1-5-2", "S-1-5-11"]);
    assert_eq!(sids.len(), 8);
    assert!(!caller.is_administrator());
}

#[test]
fn an_administrator_is_known_by_the_local_group() {
    let caller = Caller::decode(&administrators()).unwrap();
    assert_eq!(caller.account.as_deref(), Some("root"));
    assert!(caller.sids.contains(&Sid::new(5, &[32, 544])));
    assert!(caller.is_administrator());
}

#[test]
fn level_8_is_read_as_samba_describes_it() {
    let caller = Caller::decode(&level_8()).unwrap();
    assert_eq!(caller, Caller { level: 8, ..Caller::decode(OBSERVED).unwrap() });
}

#[test]
fn another_hand_over_is_an_error() {
    let changed = |offset: usize, to: u8| {
        let mut bytes = OBSERVED.to_vec();
        bytes[offset] = to;
        Caller::decode(&bytes).expect_err("a change that matters").to_string()
    };
    assert_eq!(changed(3, 0), "length at offset 0: the value 0x200 is not allowed here");
    assert_eq!(changed(4, 0), "magic at offset 4: the value 0x4d415000 is not allowed here");
    assert_eq!(changed(8, 6), "level at offset 8: the value 0x6 is not allowed here");
    assert_eq!(changed(12, 8), "level at offset 8: the value 0x7 is not allowed here");
    assert_eq!(changed(0xcb, 1), "sids at offset 204: 16777224 is more than the limit of 64");
    assert_eq!(changed(0xd0, 2), "sid revision at offset 208: the value 0x2 is not allowed here");
    assert_eq!(changed(0xd1, 16), "sid parts at offset 209: 16 is more than the limit of 15");
    for length in 0..OBSERVED.len() {
        assert!(Caller::decode(&OBSERVED[..length]).is_err(), "{length} bytes");
    }
}

proptest! {
    #[test]
    fn a_changed_hand_over_is_read_or_an_error(place in 4..OBSERVED.len(), to: u8) {
        let mut bytes = OBSERVED.to_vec();
        bytes[place] = to;
        if let Ok(caller) = Caller::decode(&bytes) {
            prop_assert!(caller.sids.len() <= OBSERVED.len() / 8);
        }
    }
}

/// An interface whose only operation, 0, answers with its stub.
struct Echo;

impl Interface for Echo {
    fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        if opnum == 0 { Ok(stub.to_vec()) } else { Err(Fault::OPERATION_UNKNOWN) }
    }
}

fn settings() -> Settings {
    Settings { minimum: Level::None, ..Settings::default() }
}

/// The other end of a pipe, as smbd uses it.
struct Smbd(UnixStream);

impl Smbd {
    /// Sends a message of the client and reads one of the server.
    fn exchange(&mut self, message: &[u8]) -> Vec<u8> {
        self.send(message);
        self.receive().expect("an answer")
    }

    fn send(&mut self, message: &[u8]) {
        self.try_send(message).unwrap();
    }

    fn try_send(&mut self, message: &[u8]) -> std::io::Result<()> {
        let length = (message.len() as u16).to_le_bytes();
        self.0.write_all(&[&length, message].concat())
    }

    fn receive(&mut self) -> std::io::Result<Vec<u8>> {
        let mut length = [0; 2];
        self.0.read_exact(&mut length)?;
        let mut message = vec![0; u16::from_le_bytes(length).into()];
        self.0.read_exact(&mut message)?;
        Ok(message)
    }

    fn hand_over(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
        let mut answer = [0; 36];
        self.0.read_exact(&mut answer).unwrap();
        assert_eq!(answer[..], reply(u32::from(bytes[8])));
    }

    fn bind(&mut self) {
        let transfer_syntaxes = vec![Syntax::NDR32];
        let offers = vec![Offer { context_id: 0, interface: Syntax::DIMSVC, transfer_syntaxes }];
        let bind = Bind { max_xmit_frag: 4280, max_recv_frag: 4280, assoc_group_id: 0, offers };
        let bind = encode(Kind::Bind, Flags::WHOLE, 1, &bind.encode().unwrap(), None).unwrap();
        let ack = self.exchange(&bind);
        assert_eq!(Fragment::decode(&ack).unwrap().header.kind, Kind::BindAck);
    }

    fn call(&mut self, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        let body = Request { alloc_hint: 0, context_id: 0, opnum: 0, object: None, stub }.encode();
        let answer = self.exchange(&encode(Kind::Request, Flags::WHOLE, 2, &body, None).unwrap());
        let fragment = Fragment::decode(&answer).unwrap();
        match fragment.header.kind {
            Kind::Response => Ok(Response::decode(fragment.body).unwrap().stub.to_vec()),
            _ => Err(FaultBody::decode(fragment.body).unwrap().status),
        }
    }
}

/// Serves one end of a pair of sockets, and returns the other and the thread with the result.
fn serve(settings: Settings) -> (Smbd, thread::JoinHandle<Result<(), Error>>) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let interface: Arc<dyn Interface> = Arc::new(Echo);
    let served = thread::spawn(move || Connection::open(theirs, interface, &settings)?.serve());
    (Smbd(ours), served)
}

#[test]
fn a_pipe_serves_an_administrator_until_it_is_closed() {
    let (mut smbd, served) = serve(settings());
    smbd.hand_over(&administrators());
    smbd.bind();
    assert_eq!(smbd.call(b"stub"), Ok(b"stub".to_vec()));
    drop(smbd);
    served.join().unwrap().unwrap();
}

#[test]
fn another_account_is_denied_access() {
    let (mut smbd, _served) = serve(settings());
    smbd.hand_over(OBSERVED);
    smbd.bind();
    // The parameters of MprAdminServerGetInfo's operation are empty, and its code is ERROR_ACCESS_DENIED.
    assert_eq!(smbd.call(b"stub"), Ok(vec![0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0]));
}

#[test]
fn each_wait_has_an_end() {
    let short = Duration::from_millis(200);
    let slow = |settings: Settings, script: fn(&mut Smbd)| {
        let (mut smbd, served) = serve(settings);
        let start = Instant::now();
        script(&mut smbd);
        let error = served.join().unwrap().unwrap_err();
        assert!(
            matches!(&error, Error::Stream(error) if error.kind() == std::io::ErrorKind::TimedOut),
            "{error}"
        );
        assert!(start.elapsed() < Duration::from_secs(5));
    };
    slow(Settings { handover: short, ..settings() }, |_| ());
    // A byte now and then does not make the time longer.
    slow(Settings { handover: short, ..settings() }, |smbd| {
        for byte in &OBSERVED[..60] {
            if smbd.0.write_all(&[*byte]).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
    });
    slow(Settings { idle: short, ..settings() }, |smbd| smbd.hand_over(OBSERVED));
    slow(Settings { message: short, ..settings() }, |smbd| {
        smbd.hand_over(OBSERVED);
        smbd.0.write_all(&[72, 0, 5]).unwrap();
    });
    // A half request does not have the time of an idle pipe.
    slow(Settings { message: short, ..settings() }, |smbd| {
        smbd.hand_over(&administrators());
        smbd.bind();
        let body = Request { alloc_hint: 0, context_id: 0, opnum: 0, object: None, stub: b"a" }.encode();
        smbd.send(&encode(Kind::Request, Flags::FIRST, 2, &body, None).unwrap());
    });
}

/// Waits for the end of a pipe that the client keeps busy, and checks that its time was over long before the client was
/// tired.
fn assert_is_over(served: thread::JoinHandle<Result<(), Error>>, start: Instant) {
    let error = served.join().unwrap().unwrap_err();
    let is_time = matches!(&error, Error::Stream(error) if error.kind() == std::io::ErrorKind::TimedOut);
    assert!(is_time, "{error}");
    assert!(start.elapsed() < TIRED - Duration::from_secs(1), "after {:?}", start.elapsed());
}

/// The time after which a client that keeps a pipe busy gives up.
const TIRED: Duration = Duration::from_secs(5);

/// Does something now and then, until it fails or the client is tired.
fn keep_busy(start: Instant, mut act: impl FnMut() -> std::io::Result<()>) {
    while start.elapsed() < TIRED && act().is_ok() {
        thread::sleep(Duration::from_millis(20));
    }
}

const SHORT: Duration = Duration::from_millis(300);

#[test]
fn a_request_has_one_time_however_many_messages_it_comes_in() {
    let (mut smbd, served) = serve(Settings { message: SHORT, ..settings() });
    smbd.hand_over(&administrators());
    smbd.bind();
    let body = Request { alloc_hint: 0, context_id: 0, opnum: 0, object: None, stub: b"a" }.encode();
    let mut flags = Flags::FIRST;
    let start = Instant::now();
    keep_busy(start, || {
        let fragment = encode(Kind::Request, flags, 2, &body, None).unwrap();
        flags = Flags::default();
        smbd.try_send(&fragment)
    });
    drop(smbd);
    assert_is_over(served, start);
    // The same for the bytes of one PDU.
    let (mut smbd, served) = serve(Settings { message: SHORT, ..settings() });
    smbd.hand_over(&administrators());
    let start = Instant::now();
    let mut header = [5, 0, 11, 3, 0x10, 0, 0, 0, 0xff, 0xff].into_iter().chain(std::iter::repeat(0));
    keep_busy(start, || smbd.try_send(&[header.next().unwrap()]));
    drop(smbd);
    assert_is_over(served, start);
}

#[test]
fn messages_that_call_nothing_do_not_make_the_idle_time_longer() {
    let cancel = encode(Kind::Cancel, Flags::WHOLE, 2, &[], None).unwrap();
    for message in [&[][..], &cancel] {
        let (mut smbd, served) = serve(Settings { idle: SHORT, ..settings() });
        smbd.hand_over(&administrators());
        smbd.bind();
        let start = Instant::now();
        keep_busy(start, || smbd.try_send(message));
        drop(smbd);
        assert_is_over(served, start);
    }
}

/// A provider whose authentications need one more token, always.
struct Endless;

impl Provider for Endless {
    fn accept(&self, _: u8) -> Option<Result<Box<dyn Context>, security::Error>> {
        Some(Ok(Box::new(Endless)))
    }
}

impl Context for Endless {
    fn step(&mut self, _: &[u8]) -> Result<Step, security::Error> {
        Ok(Step { token: b"more".to_vec(), is_complete: false })
    }

    fn peer(&self) -> Result<String, security::Error> {
        unreachable!("the authentication is never complete")
    }

    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, security::Error> {
        unreachable!("the authentication is never complete")
    }

    fn token_length(&self, _: Level, _: usize) -> Result<usize, security::Error> {
        unreachable!("the authentication is never complete")
    }

    fn protect(&mut self, _: Level, _: Message<'_>) -> Result<Vec<u8>, security::Error> {
        unreachable!("the authentication is never complete")
    }

    fn unprotect(&mut self, _: Level, _: Message<'_>, _: &[u8]) -> Result<(), security::Error> {
        unreachable!("the authentication is never complete")
    }
}

#[test]
fn half_an_authentication_does_not_have_the_time_of_an_idle_pipe() {
    let provider: Arc<dyn Provider> = Arc::new(Endless);
    let (mut smbd, served) =
        serve(Settings { message: SHORT, idle: TIRED, provider: Some(provider), ..settings() });
    smbd.hand_over(&administrators());
    let start = Instant::now();
    let offers =
        vec![Offer { context_id: 0, interface: Syntax::DIMSVC, transfer_syntaxes: vec![Syntax::NDR32] }];
    let bind = Bind { max_xmit_frag: 4280, max_recv_frag: 4280, assoc_group_id: 0, offers };
    let token = Secured { auth_type: 9, auth_level: 6, context_id: 0, token: b"begin", align: 4, from: 0 };
    let bind = encode(Kind::Bind, Flags::WHOLE, 1, &bind.encode().unwrap(), Some(&token)).unwrap();
    let ack = smbd.exchange(&bind);
    assert_eq!(Fragment::decode(&ack).unwrap().header.kind, Kind::BindAck);
    assert_is_over(served, start);
}

/// An interface whose answers are a megabyte each, and counted.
struct Generous(Arc<AtomicUsize>);

impl Interface for Generous {
    fn answer(&self, _: u16, _: &[u8]) -> Result<Vec<u8>, Fault> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(vec![0; 1 << 20])
    }
}

/// Serves [`Generous`] to a client that has bound it.
fn serve_generously() -> (Smbd, thread::JoinHandle<Result<(), Error>>, Arc<AtomicUsize>) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let calls = Arc::<AtomicUsize>::default();
    let interface: Arc<dyn Interface> = Arc::new(Generous(calls.clone()));
    let settings = Settings { message: SHORT, ..settings() };
    let served = thread::spawn(move || Connection::open(theirs, interface, &settings)?.serve());
    let mut smbd = Smbd(ours);
    smbd.hand_over(&administrators());
    smbd.bind();
    (smbd, served, calls)
}

#[test]
fn an_answer_has_one_time_however_slowly_it_is_read() {
    let (mut smbd, served, _) = serve_generously();
    let body = Request { alloc_hint: 0, context_id: 0, opnum: 0, object: None, stub: &[] }.encode();
    smbd.send(&encode(Kind::Request, Flags::WHOLE, 2, &body, None).unwrap());
    let start = Instant::now();
    keep_busy(start, || smbd.receive().map(drop));
    drop(smbd);
    assert_is_over(served, start);
}

#[test]
fn requests_of_one_message_are_answered_one_by_one() {
    let (mut smbd, served, calls) = serve_generously();
    let body = Request { alloc_hint: 0, context_id: 0, opnum: 0, object: None, stub: &[] }.encode();
    let request = encode(Kind::Request, Flags::WHOLE, 2, &body, None).unwrap();
    let start = Instant::now();
    // The client reads nothing, so the first answer does not get through.
    smbd.send(&request.repeat(200));
    assert_is_over(served, start);
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[test]
fn a_client_that_breaks_the_protocol_is_cut_off() {
    let (mut smbd, served) = serve(settings());
    smbd.hand_over(&administrators());
    smbd.send(b"GET / HTTP/1.1\r\n\r\n");
    let error = served.join().unwrap().unwrap_err();
    assert!(matches!(error, Error::Association(Closed::Pdu(_))), "{error}");
    assert!(smbd.receive().is_err());

    let (mut smbd, served) = serve(settings());
    smbd.0.write_all(&(LARGEST as u32 + 1).to_be_bytes()).unwrap();
    let error = served.join().unwrap().unwrap_err();
    assert!(matches!(error, Error::Handover(_)), "{error}");
}

/// A folder that only this user can enter.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("mprapi-rpc-{name}-{}", std::process::id()));
    fs::create_dir(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

#[test]
fn a_folder_that_others_can_enter_is_refused() {
    let folder = folder("open");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let error = Listener::bind(&folder.join("router")).map(drop).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied, "{error}");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    let listener = Listener::bind(&folder.join("router")).unwrap();
    let error = Listener::bind(&folder.join("router")).map(drop).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse, "{error}");
    drop(listener);
    assert!(!folder.join("router").exists(), "the socket goes with its listener");
    // Its owner is another user, who can enter. Only root can make such a folder.
    if std::os::unix::fs::chown(&folder, Some(1), None).is_ok() {
        let error = Listener::bind(&folder.join("router")).map(drop).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied, "{error}");
        assert!(!folder.join("router").exists(), "the socket goes too");
    }
    fs::remove_dir(folder).unwrap();
}

#[test]
fn the_number_of_open_pipes_is_bounded() {
    let folder = folder("bounded");
    let path = folder.join("router");
    let listener = Listener::bind(&path).unwrap();
    let lines: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = lines.clone();
    // It runs until the tests end.
    thread::spawn(move || {
        let interface: Arc<dyn Interface> = Arc::new(Echo);
        let settings = Settings { connections: 2, ..settings() };
        listener.run(&interface, &settings, |line| seen.lock().unwrap().push(line))
    });
    let open = || {
        let mut smbd = Smbd(UnixStream::connect(&path).unwrap());
        smbd.hand_over(&administrators());
        smbd.bind();
        smbd
    };
    let (mut first, _second) = (open(), open());
    let mut third = UnixStream::connect(&path).unwrap();
    assert_eq!(third.read(&mut [0; 1]).unwrap(), 0, "it is closed at once");
    assert_eq!(first.call(b"stub"), Ok(b"stub".to_vec()));
    drop(first);
    let deadline = Instant::now() + Duration::from_secs(10);
    while !lines.lock().unwrap().iter().any(|line| line == "root closed the pipe") {
        assert!(Instant::now() < deadline, "{lines:?}");
        thread::sleep(Duration::from_millis(5));
    }
    // The place is free once the thread that has said so is gone.
    let mut fourth = loop {
        assert!(Instant::now() < deadline, "{lines:?}");
        let mut smbd = Smbd(UnixStream::connect(&path).unwrap());
        let mut answer = [0; 36];
        if smbd.0.write_all(&administrators()).and_then(|()| smbd.0.read_exact(&mut answer)).is_ok() {
            smbd.bind();
            break smbd;
        }
    };
    assert_eq!(fourth.call(b"stub"), Ok(b"stub".to_vec()));
    assert!(lines.lock().unwrap().contains(&"refused a pipe: 2 are open".to_owned()));
    assert!(
        lines.lock().unwrap().contains(&"root at 127.0.0.1, an administrator, opened the pipe".to_owned())
    );
    fs::remove_dir_all(folder).unwrap();
}
