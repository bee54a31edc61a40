//! top on a pseudo-terminal, made by `script`, and the screen that it has drawn.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::beside;

/// top on a terminal whose screen is known.
pub(crate) struct Top {
    pub(crate) child: Child,
    keys: ChildStdin,
    shown: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

impl Top {
    /// Starts top with the servers of the demo. `None` without `script`.
    pub(crate) fn start(rows: u16, columns: u16) -> Option<Top> {
        Top::started(rows, columns, "", "--interval 500ms", None)
    }

    /// Starts top with the servers of a scenario beside the tests. The shell runs `before` first.
    pub(crate) fn start_with(scenario: &str, options: &str, before: &str) -> Option<Top> {
        Top::started(24, 80, before, options, Some(beside(scenario)))
    }

    fn started(
        rows: u16,
        columns: u16,
        before: &str,
        options: &str,
        scenario: Option<PathBuf>,
    ) -> Option<Top> {
        let program = env!("CARGO_BIN_EXE_mprctl");
        let line = format!("stty rows {rows} cols {columns}; {before} exec {program} --demo top {options}");
        let mut script = Command::new("script");
        script.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
        match scenario {
            Some(scenario) => script.env("MPRAPI_SIM_SCENARIO", scenario),
            None => script.env_remove("MPRAPI_SIM_SCENARIO"),
        };
        script.env("MPRCTL_CONFIG", "").env("TERM", "xterm-256color");
        script.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR")).env("SHELL", "/bin/sh");
        let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        let keys = child.stdin.take().expect("a pipe");
        let mut output = child.stdout.take().expect("a pipe");
        let (sender, shown) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                if sender.send(bytes[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        Some(Top { child, keys, shown, screen: vt100::Parser::new(rows, columns, 0) })
    }

    /// Clears the screen, as another program might that writes to the terminal.
    pub(crate) fn forget(&mut self) {
        self.screen.process(b"\x1b[2J");
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("top reads");
        self.keys.flush().expect("top reads");
    }

    /// Waits until the screen is as expected.
    pub(crate) fn wait(&mut self, what: &str, is_so: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let text = self.screen.screen().contents();
            if is_so(&text) {
                return text;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{what}:\n{text}");
            if let Ok(bytes) = self.shown.recv_timeout(Duration::from_millis(100)) {
                self.screen.process(&bytes);
            }
        }
    }

    /// Returns the number of bytes that top writes to the terminal in this time.
    pub(crate) fn written_in(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let mut written = 0;
        while let Ok(bytes) = self.shown.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.screen.process(&bytes);
            written += bytes.len();
        }
        written
    }

    /// Presses keys, and waits until a text is on the screen.
    pub(crate) fn shows(&mut self, keys: &str, text: &str) -> String {
        self.press(keys);
        self.wait(&format!("{text:?} after {keys:?}"), |screen| screen.contains(text))
    }

    /// Presses keys, and waits until a text is gone from the screen.
    pub(crate) fn hides(&mut self, keys: &str, text: &str) {
        self.press(keys);
        self.wait(&format!("no {text:?} after {keys:?}"), |screen| !screen.contains(text));
    }
}

impl Drop for Top {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
