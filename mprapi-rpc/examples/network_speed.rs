//! Measures how fast connections are listed over the network.
//!
//! ```text
//! network_speed memory SESSIONS ROUNDS
//! network_speed NAME[:PORT] ROUNDS
//! ```
//!
//! In memory, the pipe leads to a simulated router in this process; otherwise to a server that is reached by SMB. The account
//! is that of `MPRAPI_USER` and of the password in the file that `MPRAPI_PASSWORD_FILE` names, with NTLM; without them, the
//! Kerberos ticket's. In memory, it must be in the file that `NTLM_USER_FILE` names.
//!
//! Each round makes two calls over new connections: one lists the connections, as a program does that uses the table; the
//! other reads the bytes of the same answer from the pipe, and decodes nothing. It prints the round trips beside the number of
//! the answer's fragments (a pipe gives one in a read), and the median of the rounds' ratios.

#[cfg(unix)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    unix::run()
}

#[cfg(not(unix))]
fn main() {
    eprintln!("network_speed: there is no logon over the network on this system");
}

#[cfg(unix)]
mod unix {
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::error::Error;
    use std::net::TcpStream;
    use std::ptr::null_mut;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::time::{Duration, Instant};

    use mprapi_rpc::association::{Association, Interface, Limits, Rules};
    use mprapi_rpc::caller::Caller;
    use mprapi_rpc::client::{self, Network, Purpose, Transport};
    use mprapi_rpc::dimsvc::{ConnectionEnumRequest, Message as _};
    use mprapi_rpc::ndr::Counted;
    use mprapi_rpc::network::{Control, Dial, Dialing, Options, Session};
    use mprapi_rpc::pdu::{Flags, Header, Kind};
    use mprapi_rpc::pipe::Pipe;
    use mprapi_rpc::security::{Account, Gssapi};
    use mprapi_rpc::server::Server;
    use mprapi_rpc::smb::SmbPipe;
    use mprapi_rpc::{Failure, Layer};
    use mprapi_sim::{Simulation, Tunnel};
    use zeroize::Zeroizing;

    /// The counts of a pipe.
    #[derive(Default)]
    struct Counts {
        /// The messages that were sent, and the reads that sent none.
        round_trips: AtomicUsize,
        /// The bytes that were read.
        bytes: AtomicUsize,
        /// The PDUs that were read whole.
        fragments: AtomicUsize,
        /// `true` if the next answer is read to its end and thrown away.
        drains: AtomicBool,
    }

    struct Measured<P> {
        pipe: P,
        counts: Arc<Counts>,
    }

    impl<P: Pipe> Measured<P> {
        fn count(&self, read: &[u8]) {
            self.counts.round_trips.fetch_add(1, Ordering::Relaxed);
            self.counts.bytes.fetch_add(read.len(), Ordering::Relaxed);
        }

        /// Reads an answer to its end and throws it away: the result is always an error.
        fn drain(&mut self, message: &[u8], most: usize, until: Instant) -> Result<Vec<u8>, Failure> {
            let mut read = self.pipe.transact(message, most, until)?;
            loop {
                self.count(&read);
                let header = Header::decode(&read)
                    .map_err(|error| Failure::new(Layer::Call, 1726, error.to_string()))?;
                let mut left = usize::from(header.frag_length) - read.len();
                while left > 0 {
                    let more = self.pipe.read(left, until)?;
                    self.count(&more);
                    left -= more.len();
                }
                self.counts.fragments.fetch_add(1, Ordering::Relaxed);
                if header.flags.contains(Flags::LAST) {
                    return Err(Failure::new(Layer::Call, 1726, "the answer was thrown away"));
                }
                read = self.pipe.read(most, until)?;
            }
        }
    }

    impl<P: Pipe> Pipe for Measured<P> {
        fn write(&mut self, message: &[u8], until: Instant) -> Result<(), Failure> {
            self.counts.round_trips.fetch_add(1, Ordering::Relaxed);
            self.pipe.write(message, until)
        }

        fn read(&mut self, most: usize, until: Instant) -> Result<Vec<u8>, Failure> {
            let read = self.pipe.read(most, until)?;
            self.count(&read);
            Ok(read)
        }

        fn transact(&mut self, message: &[u8], most: usize, until: Instant) -> Result<Vec<u8>, Failure> {
            let is_call = Header::decode(message).is_ok_and(|header| header.kind == Kind::Request);
            if is_call && self.counts.drains.load(Ordering::Relaxed) {
                return self.drain(message, most, until);
            }
            let read = self.pipe.transact(message, most, until)?;
            self.count(&read);
            Ok(read)
        }
    }

    /// A pipe to an association in this process.
    struct InProcess {
        association: Association,
        answers: VecDeque<Vec<u8>>,
    }

    impl Pipe for InProcess {
        fn write(&mut self, message: &[u8], _: Instant) -> Result<(), Failure> {
            self.answers.extend(self.association.receive(message).fragments);
            Ok(())
        }

        fn read(&mut self, most: usize, _: Instant) -> Result<Vec<u8>, Failure> {
            let closed = || Failure::new(Layer::Call, 1726, "the server has closed the pipe");
            let mut answer = self.answers.pop_front().ok_or_else(closed)?;
            if answer.len() > most {
                self.answers.push_front(answer.split_off(most));
            }
            Ok(answer)
        }
    }

    /// The server that is measured.
    enum Target {
        Memory(Arc<Server>),
        Smb { host: String, port: u16 },
    }

    struct Dialler {
        target: Arc<Target>,
        account: Account,
        counts: Arc<Counts>,
    }

    struct Nothing;

    impl Control for Nothing {
        fn hang_up(&self) {}

        fn is_open(&self) -> bool {
            true
        }
    }

    impl Dial for Dialler {
        fn dial(&self, dialing: &mut Dialing<'_>) -> Result<(Caller, Arc<dyn Control>), Failure> {
            let (initiator, until) = (Gssapi::client(self.account.clone())?, dialing.until);
            let counts = Arc::clone(&self.counts);
            let pipe: Box<dyn Pipe> = match &*self.target {
                Target::Memory(server) => {
                    let rules = Rules { is_administrator: true, ..Rules::default() };
                    let interface: Arc<dyn Interface> = Arc::clone(server) as _;
                    let association = Association::new(interface, Limits::default(), rules)
                        .with_provider(Arc::new(Gssapi::load()?));
                    let pipe = InProcess { association, answers: VecDeque::new() };
                    Box::new(Measured { pipe, counts })
                }
                Target::Smb { host, port } => {
                    let failed = |error: std::io::Error| Failure::new(Layer::Route, 1722, error.to_string());
                    let stream = TcpStream::connect((host.as_str(), *port)).map_err(failed)?;
                    stream.set_nodelay(true).map_err(failed)?;
                    let pipe = SmbPipe::open(stream, host, "ROUTER", &initiator, until)?;
                    Box::new(Measured { pipe, counts })
                }
            };
            let host = match &*self.target {
                Target::Memory(_) => "localhost",
                Target::Smb { host, .. } => host,
            };
            Ok((Caller::bind(pipe, &initiator, host, until)?, Arc::new(Nothing)))
        }
    }

    thread_local! {
        static NEXT: RefCell<Option<Arc<Dialler>>> = const { RefCell::new(None) };
    }

    /// The network of the server that is measured.
    struct Bench;

    impl Network for Bench {
        fn connect(_: Option<&[u16]>, _: Purpose) -> Result<Arc<dyn Transport>, u32> {
            let session = Session::new(NEXT.take().ok_or(1722_u32)?, Some("measured"), Options::default());
            session.open().map_err(|failure| {
                eprintln!("{failure}");
                failure.code
            })?;
            Ok(Arc::new(session))
        }
    }

    /// Lists the connections through the table. Returns their number and the time.
    fn list(dialler: &Arc<Dialler>) -> Result<(u32, Duration), Box<dyn Error>> {
        let (table, mut server) = (client::table::<Bench>(), null_mut());
        NEXT.set(Some(Arc::clone(dialler)));
        // SAFETY: a null name is good, and the place takes what is written.
        let code = unsafe { table.MprAdminServerConnect(null_mut(), &mut server) }?;
        if code != 0 {
            return Err(format!("cannot connect: error {code}").into());
        }
        dialler.counts.round_trips.store(0, Ordering::Relaxed);
        dialler.counts.bytes.store(0, Ordering::Relaxed);
        let start = Instant::now();
        let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
        // SAFETY: the places take what is written.
        let code = unsafe {
            table.MprAdminConnectionEnum(server, 0, &mut buffer, u32::MAX, &mut read, &mut total, null_mut())
        }?;
        let time = start.elapsed();
        if code != 0 {
            return Err(format!("cannot list the connections: error {code}").into());
        }
        // SAFETY: the table knows its own.
        unsafe { table.MprAdminBufferFree(buffer.cast()) }?;
        // SAFETY: as above.
        unsafe { table.MprAdminServerDisconnect(server) }?;
        Ok((read, time))
    }

    /// Reads the bytes of the same answer: as they come from the pipe, or unsealed. Returns the time.
    fn read(dialler: &Arc<Dialler>, drains: bool) -> Result<Duration, Box<dyn Error>> {
        let until = Instant::now() + Duration::from_secs(60);
        let dialled = dialler.dial(&mut Dialing { until, hold: &mut |_| Ok(()), tell: &mut |_, _, _| {} });
        let (mut caller, _control) = dialled?;
        let request =
            ConnectionEnumRequest { level: 0, info: Counted::NULL, preferred_length: u32::MAX, resume: None };
        dialler.counts.drains.store(drains, Ordering::Relaxed);
        dialler.counts.fragments.store(0, Ordering::Relaxed);
        let start = Instant::now();
        let answer = caller.call(1, &request.encode(), until);
        let time = start.elapsed();
        dialler.counts.drains.store(false, Ordering::Relaxed);
        if answer.is_ok() == drains {
            return Err(
                format!("the answer is not as it must be: {:?}", answer.map(|answer| answer.len())).into()
            );
        }
        Ok(time)
    }

    fn account() -> Result<Account, Box<dyn Error>> {
        let (Ok(user), Ok(file)) = (std::env::var("MPRAPI_USER"), std::env::var("MPRAPI_PASSWORD_FILE"))
        else {
            return Ok(Account::Ticket);
        };
        let text = Zeroizing::new(std::fs::read_to_string(file)?);
        let password = Zeroizing::new(text.lines().next().unwrap_or_default().to_owned());
        Ok(Account::Password { user, password, ntlm: true })
    }

    fn office(sessions: u32) -> Simulation {
        let mut server = mprapi_sim::Server::unique().ports(Tunnel::Sstp, sessions);
        for number in 0..sessions {
            server = server.session(mprapi_sim::Session::new(format!("user{number:05}"), Tunnel::Sstp));
        }
        server.start()
    }

    pub(super) fn run() -> Result<(), Box<dyn Error>> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (target, rounds, simulation) = match words[..] {
            ["memory", sessions, rounds] => {
                let simulation = office(sessions.parse()?);
                let name: Vec<u16> = simulation.routers()[0].name().encode_utf16().collect();
                let server = Server::new(mprapi_sim::table(), Some(&name));
                (Target::Memory(Arc::new(server)), rounds, Some(simulation))
            }
            [name, rounds] => {
                let (host, port) = name.split_once(':').unwrap_or((name, "445"));
                (Target::Smb { host: host.to_owned(), port: port.parse()? }, rounds, None)
            }
            _ => {
                return Err(
                    "use: network_speed memory SESSIONS ROUNDS, or network_speed NAME[:PORT] ROUNDS".into()
                );
            }
        };
        let counts = Arc::new(Counts::default());
        let dialler =
            Arc::new(Dialler { target: Arc::new(target), account: account()?, counts: Arc::clone(&counts) });
        let rounds: usize = rounds.parse()?;
        // The first of each warms what is read for the first time.
        list(&dialler)?;
        read(&dialler, true)?;
        let mut results = Vec::new();
        let mut sessions = 0;
        for round in 0..rounds {
            // Each goes first in one of three rounds.
            let mut times = [Duration::ZERO; 3];
            for turn in 0..3 {
                let which = (round + turn) % 3;
                times[which] = match which {
                    0 => {
                        let (read, time) = list(&dialler)?;
                        sessions = read;
                        time
                    }
                    which => read(&dialler, which == 2)?,
                };
            }
            results.push(times.map(|time| time.as_secs_f64() * 1e3));
        }
        list(&dialler)?;
        let trips = counts.round_trips.load(Ordering::Relaxed);
        let bytes = counts.bytes.load(Ordering::Relaxed);
        read(&dialler, true)?;
        let fragments = counts.fragments.load(Ordering::Relaxed);
        println!("{sessions} sessions, {bytes} bytes in {fragments} fragments, {trips} round trips");
        let median = |value: fn(&[f64; 3]) -> f64| {
            let mut values: Vec<f64> = results.iter().map(value).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        let (listed, unsealed, raw) = (median(|all| all[0]), median(|all| all[1]), median(|all| all[2]));
        println!(
            "listed in {listed:.1} ms; unsealed and not decoded in {unsealed:.1} ms; read alone in {raw:.1} ms"
        );
        let (of_unsealed, of_raw) = (median(|all| all[0] / all[1]), median(|all| all[0] / all[2]));
        println!("ratio to unsealed {of_unsealed:.3}, to read alone {of_raw:.3}");
        drop(simulation);
        Ok(())
    }
}
