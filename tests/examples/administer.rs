//! Administers servers over the network, for `cargo xtask remote`: a command on each line of standard input, a line of
//! standard output for each answer.
//!
//! ```text
//! account ticket                  the user's ticket
//! account ntlm|kerberos USER FILE the password in a file
//! limits CONNECT CALL             in milliseconds
//! open SERVER                     the server of the commands below, with a handle that stays open
//! close
//! sessions                        ok COUNT MILLISECONDS DOMAIN\USER …
//! interfaces                      ok COUNT MILLISECONDS
//! message USER TEXT               to the user's session, with no call but that one after `sessions`
//! end USER                        ends the user's session
//! running SERVER                  ok true|false
//! raw                             ok MILLISECONDS BYTES ROUND-TRIPS: the calls of `sessions`, whose answers are not decoded
//! memory                          ok KIBIBYTES THREADS FILES
//! ```
//!
//! A failure is `error LAYER CODE MILLISECONDS TEXT`.

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    match unix::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("administer: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(unix))]
fn main() {
    eprintln!("administer: the network's table is for Unix");
}

#[cfg(unix)]
mod unix {
    use std::error::Error;
    use std::io::{BufRead as _, Write as _};
    use std::net::TcpStream;
    use std::time::{Duration, Instant};

    use mprapi::{ConnectionId, Ended, Mpr, Server, Session};
    use mprapi_rpc::caller::Caller;
    use mprapi_rpc::network::{self, Options};
    use mprapi_rpc::security::{Account, Gssapi};
    use mprapi_rpc::smb::SmbPipe;
    use zeroize::Zeroizing;

    type Result<T> = std::result::Result<T, Box<dyn Error>>;

    pub(crate) fn run() -> Result<()> {
        // SAFETY: the table's functions keep the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(network::table()) };
        let mut desk =
            Desk { mpr, options: Options::default(), name: String::new(), server: None, known: Vec::new() };
        for line in std::io::stdin().lock().lines() {
            let line = line?;
            let start = Instant::now();
            let answer = match desk.command(&line) {
                Ok(answer) => format!("ok {answer}"),
                Err(error) => {
                    let failure = network::failure(Some(&desk.name));
                    let (layer, reason) = failure.map_or(("none", String::new()), |failure| {
                        (failure.layer.name(), format!(": {}", failure.text))
                    });
                    let code =
                        error.downcast_ref::<mprapi::Error>().and_then(mprapi::Error::code).unwrap_or(0);
                    format!("error {layer} {code} {} {error}{reason}", start.elapsed().as_millis())
                }
            };
            let mut output = std::io::stdout().lock();
            writeln!(output, "{}", answer.replace('\n', " | "))?;
            output.flush()?;
        }
        Ok(())
    }

    struct Desk {
        mpr: Mpr,
        options: Options,
        name: String,
        server: Option<Server>,
        /// The sessions that were read last.
        known: Vec<(String, ConnectionId)>,
    }

    impl Desk {
        fn command(&mut self, line: &str) -> Result<String> {
            let start = Instant::now();
            let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
            match command {
                "account" => {
                    self.options.account = account(rest)?;
                    self.set();
                }
                "limits" => {
                    let (connect, call) = rest.split_once(' ').ok_or("limits CONNECT CALL")?;
                    self.options.connect_limit = Duration::from_millis(connect.parse()?);
                    self.options.call_limit = Duration::from_millis(call.parse()?);
                    self.set();
                }
                "open" => {
                    rest.clone_into(&mut self.name);
                    self.server = None;
                    self.server = Some(self.mpr.connect(Some(rest))?);
                }
                "close" => {
                    self.server = None;
                    self.known.clear();
                }
                "sessions" => {
                    let sessions = self.server()?.sessions()?;
                    let took = start.elapsed().as_millis();
                    let users: Vec<String> =
                        sessions.iter().map(|session| session.account().to_string()).collect();
                    let user = |session: &Session| session.account().user().to_string();
                    self.known = sessions.iter().map(|session| (user(session), session.id)).collect();
                    return Ok(format!("{} {took} {}", users.len(), users.join(" ")));
                }
                "interfaces" => {
                    let count = self.server()?.interfaces()?.len();
                    return Ok(format!("{count} {}", start.elapsed().as_millis()));
                }
                "message" => {
                    let (user, text) = rest.split_once(' ').ok_or("message USER TEXT")?;
                    let found = self.known.iter().find(|(name, _)| name == user);
                    let connection = self.server()?.connection(found.ok_or("no such session")?.1)?;
                    connection.send_message(text)?;
                }
                "end" => {
                    let server = self.server()?;
                    let sessions = server.sessions()?;
                    let mut own = sessions.iter().filter(|session| *session.account().user() == *rest);
                    if server.end(own.next().ok_or("no such session")?)? == Ended::AlreadyGone {
                        return Err("the session has gone by itself".into());
                    }
                }
                "running" => {
                    rest.clone_into(&mut self.name);
                    return Ok(self.mpr.is_service_running(Some(rest))?.to_string());
                }
                "raw" => return self.raw(),
                "memory" => return memory(),
                _ => return Err(format!("{command} is not a command").into()),
            }
            Ok(String::new())
        }

        /// Makes the calls that a list of sessions takes, on a connection of its own, and decodes nothing. The round trips are the
        /// fewest in which the answers can be read: one for each fragment.
        fn raw(&self) -> Result<String> {
            const TRAILERS: usize = 24 + 8 + 16;
            let (host, port) = self.name.split_once(':').unwrap_or((&self.name, "445"));
            let until = Instant::now() + Duration::from_secs(60);
            let initiator = Gssapi::client(self.options.account.clone())?;
            let stream = TcpStream::connect((host, port.parse::<u16>()?))?;
            let pipe = SmbPipe::open(stream, host, "ROUTER", &initiator, until)?;
            let mut caller = Caller::bind(Box::new(pipe), &initiator, host, until)?;
            let fragment = usize::from(caller.fragment());
            let (start, mut bytes, mut trips) = (Instant::now(), 0, 0);
            // Level, container, preferred length, place; before the container of ports, the connection: any.
            let calls: [(u16, &[u32]); 3] = [
                (0, &[0]),
                (4, &[0, u32::MAX, 0, 0, u32::MAX, 0x2_0000, 0]),
                (1, &[4, 0, 0, u32::MAX, 0x2_0000, 0]),
            ];
            for (opnum, words) in calls {
                let stub: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
                let answer = caller.call(opnum, &stub, until).map_err(|error| format!("{error:?}"))?;
                bytes += answer.len();
                trips += answer.len().div_ceil((fragment - TRAILERS) & !15);
            }
            Ok(format!("{} {bytes} {trips}", start.elapsed().as_millis()))
        }

        fn server(&self) -> Result<&Server> {
            Ok(self.server.as_ref().ok_or("no server is open")?)
        }

        fn set(&self) {
            network::set_options(None, self.options.clone());
        }
    }

    fn account(words: &str) -> Result<Account> {
        let words: Vec<&str> = words.split(' ').collect();
        Ok(match words[..] {
            ["ticket"] => Account::Ticket,
            [kind @ ("ntlm" | "kerberos"), user, file] => {
                let bytes = Zeroizing::new(std::fs::read(file)?);
                let password = Zeroizing::new(std::str::from_utf8(&bytes)?.trim_end().to_owned());
                Account::Password { user: user.to_owned(), password, ntlm: kind == "ntlm" }
            }
            _ => return Err("account ticket, ntlm or kerberos".into()),
        })
    }

    /// Returns the resident memory in KiB, and how many threads and open files there are.
    fn memory() -> Result<String> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let number =
            |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next());
        let files = std::fs::read_dir("/proc/self/fd")?.count();
        let (resident, threads) = (number("VmRSS:").unwrap_or("0"), number("Threads:").unwrap_or("0"));
        Ok(format!("{resident} {threads} {files}"))
    }
}
