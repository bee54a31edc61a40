//! A server of SMB 3 with one pipe, which echoes. It shares no code with the client, and a plan can change each of its
//! answers: it is the hostile server too.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::crypto::{self, GMAC, Keys};

pub(crate) const NEGOTIATE: u16 = 0;
pub(crate) const SESSION_SETUP: u16 = 1;
pub(crate) const LOGOFF: u16 = 2;
pub(crate) const TREE_CONNECT: u16 = 3;
pub(crate) const CREATE: u16 = 5;
pub(crate) const CLOSE: u16 = 6;
pub(crate) const READ: u16 = 8;
pub(crate) const WRITE: u16 = 9;
pub(crate) const CONTROL: u16 = 11;

pub(crate) const MORE_PROCESSING_REQUIRED: u32 = 0xC000_0016;
pub(crate) const BUFFER_OVERFLOW: u32 = 0x8000_0005;
pub(crate) const PENDING: u32 = 0x103;

const SESSION: u64 = 0x4000_0000_0025;
const TREE: u32 = 7;
const FILE: [u8; 16] = *b"number of a pipe";
const GUID: [u8; 16] = *b"GUID of a server";

/// An answer before it is signed or encrypted.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The number of the answer in the connection, from 0.
    pub(crate) index: usize,
    pub(crate) command: u16,
    pub(crate) status: u32,
    pub(crate) credits: u16,
    pub(crate) flags: u32,
    pub(crate) next: u32,
    pub(crate) message_id: u64,
    pub(crate) tree: u64,
    pub(crate) session: u64,
    pub(crate) body: Vec<u8>,
    pub(crate) is_signed: bool,
    pub(crate) is_encrypted: bool,
    /// Answers of the same request that come first.
    pub(crate) before: Vec<Answer>,
}

impl Answer {
    /// Makes the answer a refusal.
    pub(crate) fn refuse(&mut self, status: u32) {
        self.status = status;
        self.body = vec![9, 0, 0, 0, 0, 0, 0, 0, 0];
        self.is_signed = false;
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = b"\xfeSMB\x40\0\0\0".to_vec();
        out.extend(self.status.to_le_bytes());
        out.extend(self.command.to_le_bytes());
        out.extend(self.credits.to_le_bytes());
        out.extend(self.flags.to_le_bytes());
        out.extend(self.next.to_le_bytes());
        out.extend(self.message_id.to_le_bytes());
        out.extend(self.tree.to_le_bytes());
        out.extend(self.session.to_le_bytes());
        out.extend([0; 16]);
        out.extend(&self.body);
        out
    }
}

/// The bytes of an answer, with the length before them.
pub(crate) struct Wire {
    pub(crate) index: usize,
    pub(crate) command: u16,
    pub(crate) bytes: Vec<u8>,
}

/// The way in which the bytes of an answer are sent.
pub(crate) enum Delivery {
    Whole,
    /// So many bytes, and then the end of the connection.
    Cut(usize),
    /// So many bytes, and then nothing more.
    Hang(usize),
    /// A byte at a time, with a pause after each.
    Drip(Duration),
}

type Change = Box<dyn Fn(&mut Answer) + Send>;
type Rewrite = Box<dyn Fn(&mut Wire) -> Delivery + Send>;

pub(crate) struct Plan {
    pub(crate) dialect: u16,
    pub(crate) cipher: u16,
    pub(crate) signing: Option<u16>,
    /// `false` for a server without `FSCTL_PIPE_TRANSCEIVE`.
    pub(crate) transacts: bool,
    /// The status that refuses every account.
    pub(crate) refuses: Option<u32>,
    pub(crate) change: Change,
    pub(crate) rewrite: Rewrite,
}

impl Plan {
    pub(crate) fn new(dialect: u16, cipher: u16, signing: Option<u16>) -> Plan {
        let (change, rewrite) = (Box::new(|_: &mut Answer| {}), Box::new(|_: &mut Wire| Delivery::Whole));
        Plan { dialect, cipher, signing, transacts: true, refuses: None, change, rewrite }
    }

    /// SMB 3.1.1 with AES-128-GCM and GMAC.
    pub(crate) fn usual() -> Plan {
        Plan::new(0x0311, 2, Some(GMAC))
    }

    /// Changes answers before they are signed and encrypted, and before they are hashed.
    pub(crate) fn changing(self, change: impl Fn(&mut Answer) + Send + 'static) -> Plan {
        Plan { change: Box::new(change), ..self }
    }

    /// Changes bytes on their way.
    pub(crate) fn rewriting(self, rewrite: impl Fn(&mut Wire) -> Delivery + Send + 'static) -> Plan {
        Plan { rewrite: Box::new(rewrite), ..self }
    }
}

/// A request as the server saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) command: u16,
    pub(crate) is_encrypted: bool,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Server {
    pub(crate) stream: TcpStream,
    seen: Receiver<Seen>,
    thread: JoinHandle<()>,
}

impl Server {
    /// Starts a server, and connects to it.
    pub(crate) fn start(plan: Plan) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (sender, seen) = channel();
        let thread = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut connection = Connection::new(stream, plan);
            while let Some(seen) = connection.serve() {
                let _ = sender.send(seen);
            }
        });
        Server { stream, seen, thread }
    }

    /// Starts a server for any number of connections, each with a plan of its own. Returns its name, and the commands of all
    /// requests.
    pub(crate) fn listen(plan: impl Fn() -> Plan + Send + 'static) -> (String, Receiver<u16>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let name = listener.local_addr().unwrap().to_string();
        let (sender, seen) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut connection = Connection::new(stream.unwrap(), plan());
                while let Some(seen) = connection.serve() {
                    let _ = sender.send(seen.command);
                }
            }
        });
        (name, seen)
    }

    /// Waits for the end of the connection, and returns the requests.
    pub(crate) fn seen(self) -> Vec<Seen> {
        drop(self.stream);
        self.thread.join().expect("the server was asked as it must be");
        self.seen.try_iter().collect()
    }

    /// Returns the commands of the requests.
    pub(crate) fn commands(self) -> Vec<u16> {
        self.seen().into_iter().map(|seen| seen.command).collect()
    }
}

struct Connection {
    stream: TcpStream,
    plan: Plan,
    hashed: Vec<Vec<u8>>,
    keys: Option<Keys>,
    nonces: Vec<[u8; 16]>,
    requests: u64,
    credits: u64,
    answers: usize,
    logons: usize,
    offered: Vec<u8>,
    message: Vec<u8>,
    is_over: bool,
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap())
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
}

impl Connection {
    fn new(stream: TcpStream, plan: Plan) -> Connection {
        let (hashed, nonces, offered, message) = Default::default();
        let (requests, answers, logons, credits) = (0, 0, 0, 1);
        let (keys, is_over) = (None, false);
        Connection {
            stream,
            plan,
            hashed,
            keys,
            nonces,
            requests,
            credits,
            answers,
            logons,
            offered,
            message,
            is_over,
        }
    }

    /// Answers a request. Returns `None` at the end.
    fn serve(&mut self) -> Option<Seen> {
        let mut length = [0; 4];
        if self.is_over || self.stream.read_exact(&mut length).is_err() {
            return None;
        }
        let mut bytes = vec![0; u32::from_be_bytes(length) as usize];
        self.stream.read_exact(&mut bytes).ok()?;
        let is_encrypted = bytes.starts_with(b"\xfdSMB");
        assert_eq!(
            is_encrypted,
            self.keys.is_some(),
            "all is encrypted after the logon, and nothing before it"
        );
        if let Some(keys) = &self.keys {
            let nonce = bytes[20..36].try_into().unwrap();
            assert!(!self.nonces.contains(&nonce), "no nonce is used twice");
            self.nonces.push(nonce);
            assert_eq!(u64_at(&bytes, 44), SESSION);
            bytes = crypto::decrypt(self.plan.cipher, &keys.from_client, &bytes);
        }
        assert_eq!(&bytes[..6], b"\xfeSMB\x40\0");
        assert_eq!((u32_at(&bytes, 16), u32_at(&bytes, 20)), (0, 0), "a request has no flags and no chain");
        assert_eq!(u64_at(&bytes, 24), self.requests, "requests are counted");
        self.requests += 1;
        self.credits = self.credits.checked_sub(1).expect("the client has a credit");
        let (command, body) = (u16_at(&bytes, 12), bytes[64..].to_vec());
        if self.keys.is_none() {
            self.hashed.push(bytes.clone());
        }
        let mut answer = self.answer(command, &bytes, &body);
        (self.plan.change)(&mut answer);
        for first in std::mem::take(&mut answer.before) {
            self.send(&first);
        }
        self.send(&answer);
        Some(Seen { command, is_encrypted, body })
    }

    fn send(&mut self, answer: &Answer) {
        self.credits += u64::from(answer.credits);
        let mut message = answer.encode();
        if answer.is_signed {
            let hash = crypto::hash(&self.hashed);
            let keys = crypto::keys(self.plan.dialect, self.plan.cipher, &hash);
            crypto::sign(self.plan.signing.unwrap_or(1), &keys.signing, &mut message);
            self.keys = Some(keys);
        }
        if self.keys.is_none() {
            self.hashed.push(message.clone());
        }
        if let Some(keys) = self.keys.as_ref().filter(|_| answer.is_encrypted) {
            let nonce = self.answers as u64 + (1 << 40);
            message = crypto::encrypt(self.plan.cipher, &keys.to_client, answer.session, nonce, &message);
        }
        let mut bytes = (message.len() as u32).to_be_bytes().to_vec();
        bytes.extend(message);
        let mut wire = Wire { index: self.answers, command: answer.command, bytes };
        self.answers += 1;
        let delivery = (self.plan.rewrite)(&mut wire);
        let mut write = |bytes: &[u8]| self.stream.write_all(bytes).is_ok();
        match delivery {
            Delivery::Whole => {
                write(&wire.bytes);
            }
            Delivery::Cut(length) => {
                write(&wire.bytes[..length]);
                let _ = self.stream.shutdown(std::net::Shutdown::Write);
                self.is_over = true;
            }
            Delivery::Hang(length) => {
                write(&wire.bytes[..length]);
                // Until the client has had enough.
                let _ = self.stream.read_to_end(&mut Vec::new());
                self.is_over = true;
            }
            Delivery::Drip(pause) => {
                for byte in &wire.bytes {
                    if !write(&[*byte]) {
                        break;
                    }
                    std::thread::sleep(pause);
                }
            }
        }
    }

    fn answer(&mut self, command: u16, bytes: &[u8], body: &[u8]) -> Answer {
        let mut answer = Answer {
            index: self.answers,
            command,
            status: 0,
            credits: u16_at(bytes, 14),
            flags: 1,
            next: 0,
            message_id: u64_at(bytes, 24),
            tree: u64_at(bytes, 32),
            session: u64_at(bytes, 40),
            body: Vec::new(),
            is_signed: false,
            is_encrypted: self.keys.is_some(),
            before: Vec::new(),
        };
        let at_tree = u64::from(TREE) << 32;
        let expected =
            if matches!(command, CREATE | CLOSE | READ | WRITE | CONTROL | LOGOFF) { at_tree } else { 0 };
        assert_eq!((answer.tree, answer.credits > 0), (expected, true));
        answer.body = match command {
            NEGOTIATE => self.negotiate(bytes, body),
            SESSION_SETUP => self.log_on(&mut answer, bytes, body),
            TREE_CONNECT => {
                assert_eq!(text(bytes, u16_at(body, 4), u16_at(body, 6)), r"\\server\IPC$");
                answer.tree = at_tree;
                [16_u16, 2].into_iter().flat_map(u16::to_le_bytes).chain([0; 12]).collect()
            }
            CREATE => {
                assert_eq!(text(bytes, u16_at(body, 44), u16_at(body, 46)), "ROUTER");
                assert_eq!(u32_at(body, 4), 2, "the server may impersonate the client");
                let mut out = 89_u16.to_le_bytes().to_vec();
                out.extend([0; 62]);
                out.extend(FILE);
                out.extend([0; 8]);
                out
            }
            WRITE => {
                assert_eq!(body[16..32], FILE);
                self.message = bytes[u16_at(body, 2).into()..].to_vec();
                let mut out = vec![17, 0, 0, 0];
                out.extend(u32_at(body, 4).to_le_bytes());
                out.extend([0; 8]);
                out
            }
            READ => {
                assert_eq!(body[16..32], FILE);
                let data = self.next(u32_at(body, 4), &mut answer);
                let mut out = vec![17, 0, 80, 0];
                out.extend((data.len() as u32).to_le_bytes());
                out.extend([0; 8]);
                out.extend(data);
                out
            }
            CONTROL => self.control(&mut answer, bytes, body),
            CLOSE | LOGOFF => vec![if command == CLOSE { 60 } else { 4 }, 0, 0, 0],
            other => panic!("a client of a pipe has no use for the command {other}"),
        };
        answer
    }

    /// Returns the next bytes of the message that was written.
    fn next(&mut self, most: u32, answer: &mut Answer) -> Vec<u8> {
        let most = (most as usize).min(self.message.len());
        let rest = self.message.split_off(most);
        if !rest.is_empty() {
            answer.status = BUFFER_OVERFLOW;
        }
        std::mem::replace(&mut self.message, rest)
    }

    fn capabilities(&self) -> u32 {
        if self.plan.dialect == 0x0311 { 0 } else { 0x40 }
    }

    fn negotiate(&mut self, bytes: &[u8], body: &[u8]) -> Vec<u8> {
        assert_eq!(u16_at(body, 4), 2, "signing is required");
        let count: usize = u16_at(body, 2).into();
        let dialects: Vec<u16> = (0..count).map(|at| u16_at(body, 36 + 2 * at)).collect();
        assert_eq!(dialects, [0x0300, 0x0302, 0x0311]);
        assert_eq!(u32_at(body, 28) % 8, 0);
        assert_eq!(u16_at(bytes, u32_at(body, 28) as usize), 1, "the hashes come first");
        // As the question for what was negotiated has it: bits, number, mode, count, dialects.
        self.offered = [&body[8..28], &body[4..6], &body[2..4], &body[36..36 + 2 * count]].concat();
        let mut out = Vec::new();
        let contexts =
            if self.plan.dialect == 0x0311 { 2 + u16::from(self.plan.signing.is_some()) } else { 0 };
        for number in [65, 1, self.plan.dialect, contexts] {
            out.extend(number.to_le_bytes());
        }
        out.extend(GUID);
        out.extend(self.capabilities().to_le_bytes());
        out.extend([0x10_0000_u32; 3].into_iter().flat_map(u32::to_le_bytes));
        out.extend([0; 16]);
        out.extend([128, 0, 5, 0, 136, 0, 0, 0]);
        out.extend(b"token\0\0\0");
        if contexts > 0 {
            let mut context = |kind: u16, numbers: &[u16]| {
                out.resize(out.len().next_multiple_of(8), 0);
                for number in [&[kind, numbers.len() as u16 * 2, 0, 0], numbers].concat() {
                    out.extend(number.to_le_bytes());
                }
            };
            context(1, &[1, 4, 1, 0x5a17, 0x5a17]);
            context(2, &[1, self.plan.cipher]);
            if let Some(signing) = self.plan.signing {
                context(8, &[1, signing]);
            }
        }
        out
    }

    /// Takes two tokens, as for NTLM.
    fn log_on(&mut self, answer: &mut Answer, bytes: &[u8], body: &[u8]) -> Vec<u8> {
        assert_eq!(body[3], 2, "signing is required");
        if let Some(status) = self.plan.refuses {
            answer.refuse(status);
            return answer.body.clone();
        }
        let token = &bytes[u16_at(body, 12).into()..][..u16_at(body, 14).into()];
        self.logons += 1;
        assert_eq!(token, format!("client's token {}", self.logons).as_bytes());
        assert_eq!(answer.session, if self.logons == 1 { 0 } else { SESSION });
        answer.session = SESSION;
        if self.logons == 1 {
            answer.status = MORE_PROCESSING_REQUIRED;
        } else {
            answer.is_signed = true;
            answer.flags |= 8;
        }
        let token = format!("server's token {}", self.logons);
        let mut out = vec![9, 0, 0, 0, 72, 0, token.len() as u8, 0];
        out.extend(token.bytes());
        out
    }

    fn control(&mut self, answer: &mut Answer, bytes: &[u8], body: &[u8]) -> Vec<u8> {
        let (code, most) = (u32_at(body, 4), u32_at(body, 44));
        let input = bytes[u32_at(body, 24) as usize..][..u32_at(body, 28) as usize].to_vec();
        let output = if code == 0x0014_0204 {
            assert_ne!(self.plan.dialect, 0x0311);
            assert_eq!((input, &body[8..24]), (self.offered.clone(), &[0xff; 16][..]));
            let mut output = self.capabilities().to_le_bytes().to_vec();
            output.extend(GUID);
            output.extend([1, 0]);
            output.extend(self.plan.dialect.to_le_bytes());
            output
        } else if self.plan.transacts {
            assert_eq!((code, &body[8..24]), (0x0011_C017, &FILE[..]));
            self.message = input;
            self.next(most, answer)
        } else {
            answer.refuse(0xC000_00BB);
            return answer.body.clone();
        };
        let mut out = vec![49, 0, 0, 0];
        out.extend(&body[4..24]);
        for number in [112, 0, 112, output.len() as u32, 0, 0] {
            out.extend(number.to_le_bytes());
        }
        out.extend(output);
        out
    }
}

fn text(bytes: &[u8], offset: u16, length: u16) -> String {
    let units = bytes[offset.into()..][..length.into()].chunks(2).map(|unit| u16_at(unit, 0));
    String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
}
