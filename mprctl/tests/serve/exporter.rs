//! The program, started, and a client that can be told to be rude.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use mprctl::test_support::started;

/// Longer than anything here takes, on a machine that is busy with something else.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Exporter {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    /// The line on standard error that says that it serves.
    pub(crate) said: String,
    /// The lines on standard error since it serves.
    pub(crate) log: Arc<Mutex<String>>,
}

pub(crate) fn mprctl() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mprctl"));
    command.env("MPRAPI_SIM_SCENARIO", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/serve/servers.toml"));
    // The simulator, also on a Windows that has the real thing.
    command.arg("--demo");
    command
}

impl Exporter {
    /// On a port of the system's choice. It serves when this returns.
    pub(crate) fn start(arguments: &[&str]) -> Exporter {
        Exporter::start_with(arguments, &[])
    }

    /// The same, with variables of the environment.
    pub(crate) fn start_with(arguments: &[&str], variables: &[(&str, &OsStr)]) -> Exporter {
        let mut command = mprctl();
        command.envs(variables.iter().copied());
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments).stderr(Stdio::piped());
        let mut child = started(|| command.spawn());
        let mut stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        let (mut earlier, mut said) = (String::new(), String::new());
        let address = loop {
            earlier += &said;
            said.clear();
            assert_ne!(stderr.read_line(&mut said).expect("UTF-8"), 0, "it ended and said: {earlier}");
            if let Some((_, rest)) = said.split_once("serving http://") {
                let address = rest.split('/').next().expect("an address");
                break address.parse().expect("an address");
            }
        };
        let log = Arc::new(Mutex::new(String::new()));
        let keeps = Arc::clone(&log);
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                *keeps.lock().unwrap() += &(line + "\n");
            }
        });
        Exporter { child, address, said, log }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.request(&format!("GET {target} HTTP/1.1\r\nHost: exporter\r\n\r\n"))
    }

    pub(crate) fn request(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer in UTF-8");
        Answer::parse(&text).unwrap_or_else(|| panic!("no answer to {request:?}: {text:?}"))
    }

    /// A number that Linux tells of the process, such as its `VmHWM` in kB.
    #[cfg(target_os = "linux")]
    pub(crate) fn status(&self, key: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        let number = line.and_then(|line| line.split_whitespace().next()).expect("the key is there");
        number.parse().expect("a number")
    }

    #[cfg(target_os = "linux")]
    pub(crate) fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("it runs").count()
    }

    /// As a service manager stops it. Says with which code it ended.
    #[cfg(unix)]
    pub(crate) fn terminate(&mut self) -> Option<i32> {
        let kill = Command::new("kill").arg(self.child.id().to_string()).status().expect("there is a kill");
        assert!(kill.success());
        self.child.wait().expect("it is a child").code()
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// A whole one: as long as its head says.
    pub(crate) fn parse(text: &str) -> Option<Answer> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let head = head.to_lowercase();
        Some(Answer { status, head, body: body.to_owned() })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// Returns `true` for status 200 with a complete body.
    pub(crate) fn is_good(&self) -> bool {
        let length = self.header("content-length").and_then(|length| length.parse().ok());
        self.status == 200 && length == Some(self.body.len())
    }

    /// The value of the sample that is written so, labels included.
    pub(crate) fn sample(&self, name: &str) -> Option<f64> {
        let sample = |line: &str| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok();
        self.body.lines().find_map(sample)
    }
}
