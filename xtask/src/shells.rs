//! `cargo xtask shells`: the completions of mprctl in real shells on a terminal (tmux), and `mandoc` on its man pages.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::{apt, sh};

/// A shell without its user's settings, and the lines that set its prompt and load the completions.
struct Kind {
    name: &'static str,
    start: &'static str,
    prompt: &'static str,
    load: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "bash",
        start: "bash --norc --noprofile -i",
        prompt: "PS1='> '",
        load: "source <(mprctl completions bash)",
    },
    Kind {
        name: "zsh",
        start: "zsh -f -i",
        prompt: "PROMPT='> '; autoload -U compinit; compinit -D -u",
        load: "source <(mprctl completions zsh)",
    },
    Kind {
        name: "fish",
        start: "fish --no-config --interactive",
        // It shows guesses by itself, which are no completions.
        prompt: "set -g fish_autosuggestion_enabled 0; function fish_prompt; echo -n '> '; end",
        load: "mprctl completions fish | source",
    },
];

/// Lines, and what they are after Tab. All are of one candidate.
const LINES: [(&str, &str); 12] = [
    ("mprctl ses", "mprctl session"),
    ("mprctl session list --colu", "mprctl session list --columns"),
    ("mprctl session list --columns us", "mprctl session list --columns user"),
    ("mprctl session list --columns user,connected", "mprctl session list --columns user,connected_for"),
    ("mprctl session list --sort=connected", "mprctl session list --sort=connected_for"),
    ("mprctl session list --where tunn", "mprctl session list --where tunnel="),
    ("mprctl --output nd", "mprctl --output ndjson"),
    ("mprctl --fleet eu", "mprctl --fleet europe"),
    ("mprctl status --server vpn-b", "mprctl status --server vpn-berlin"),
    ("mprctl server set ikev2.port", "mprctl server set ikev2.ports="),
    ("mprctl --demo session disconnect anna", "mprctl --demo session disconnect anna.lindqvist"),
    ("mprctl --demo site disconnect Branch\\ O", "mprctl --demo site disconnect Branch\\ Oslo"),
];

const SETTINGS: &str = "[fleets]\neurope = [\"vpn-berlin\", \"vpn-paris\"]\n";

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    apt::install(&sh, apt::SHELLS)?;
    let mprctl = sh::mprctl(&sh)?;
    let folder = sh::target_dir().join("shells");
    sh.remove_path(&folder)?;
    let (man, settings) = (folder.join("man"), folder.join("config.toml"));
    sh.create_dir(&man)?;
    sh.write_file(&settings, SETTINGS)?;
    cmd!(sh, "{mprctl} man {man}").quiet().run()?;
    let pages = sh.read_dir(&man)?;
    let complaints = sh::output(cmd!(sh, "mandoc -T lint -W style").args(&pages))?.stdout;
    ensure!(complaints.is_empty(), "mandoc complains of the man pages:\n{complaints}");
    ensure!(pages.len() > 50, "there are only {} man pages", pages.len());
    println!("ok      mandoc -T lint: {} man pages", pages.len());

    let path = std::env::var("PATH").unwrap_or_default();
    let programs = mprctl.parent().expect("mprctl is in a folder");
    sh.set_var("PATH", format!("{}:{path}", programs.display()));
    sh.set_var("MPRCTL_CONFIG", &settings);
    sh.set_var("LC_ALL", "C.UTF-8");
    for kind in &KINDS {
        let terminal = Terminal::start(&sh, kind)?;
        let (typed, whole) = LINES[0];
        // Without the script, the same keys must do nothing: then this test sees what it means to see.
        let line = terminal.completed(typed, whole, Duration::from_secs(1))?;
        ensure!(line == typed, "{}: `{typed}` became `{line}` before the completions were loaded", kind.name);
        terminal.enter(kind.load)?;
        for (typed, whole) in LINES {
            let line = terminal.completed(typed, whole, Duration::from_secs(20))?;
            ensure!(line == whole, "{}: `{typed}` became `{line}`, not `{whole}`", kind.name);
        }
        println!("ok      {}: {} lines are completed", kind.name, LINES.len());
    }
    Ok(())
}

/// A shell in a terminal of its own. It ends with this.
struct Terminal<'a> {
    sh: &'a Shell,
    name: &'static str,
}

impl Terminal<'_> {
    fn start<'a>(sh: &'a Shell, kind: &Kind) -> Result<Terminal<'a>> {
        let terminal = Terminal { sh, name: kind.name };
        terminal.tmux(&["new-session", "-d", "-x", "150", "-y", "50", kind.start]).run()?;
        terminal.enter(kind.prompt)?;
        terminal.wait(Duration::from_secs(20), |line| line == ">")?;
        Ok(terminal)
    }

    /// A command of a tmux server that this terminal has for itself.
    fn tmux(&self, arguments: &[&str]) -> xshell::Cmd<'_> {
        let socket = format!("mprapi-shells-{}-{}", self.name, std::process::id());
        cmd!(self.sh, "tmux -L {socket} -f /dev/null").args(arguments).quiet().ignore_stderr()
    }

    fn enter(&self, line: &str) -> Result<()> {
        self.tmux(&["send-keys", "-l", "--", line]).run()?;
        Ok(self.tmux(&["send-keys", "Enter"]).run()?)
    }

    /// Types a line and Tab, and clears it. Returns the line as it is when it is `whole`, or at the limit.
    fn completed(&self, typed: &str, whole: &str, limit: Duration) -> Result<String> {
        self.wait(Duration::from_secs(20), |line| line == ">")?;
        self.tmux(&["send-keys", "-l", "--", typed]).run()?;
        self.wait(Duration::from_secs(20), |line| line == format!("> {typed}"))?;
        self.tmux(&["send-keys", "Tab"]).run()?;
        let line = self.wait(limit, |line| line == format!("> {whole}"))?;
        self.tmux(&["send-keys", "C-u"]).run()?;
        Ok(line.trim_start_matches("> ").to_owned())
    }

    /// Waits until the terminal's last line is as it should be, and returns it, or as it is at the limit.
    fn wait(&self, limit: Duration, is_right: impl Fn(&str) -> bool) -> Result<String> {
        let end = Instant::now() + limit;
        loop {
            let screen = self.tmux(&["capture-pane", "-p"]).read()?;
            let line = screen.trim_end().lines().next_back().unwrap_or_default().trim_end().to_owned();
            if is_right(&line) || Instant::now() > end {
                return Ok(line);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.tmux(&["kill-server"]).run();
    }
}
