//! `cargo xtask screenshots`: the images of docs/images, of mprctl in a real terminal (tmux), with the servers of its demo.

use std::thread;
use std::time::Duration;

use anstyle_svg::{Palette, Term};
use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::{apt, sh};

/// One image.
struct Shot {
    name: &'static str,
    columns: &'static str,
    rows: &'static str,
    /// The keys that are typed, and the wait after each.
    typed: &'static [&'static str],
    wait: Duration,
    /// The text that must be seen in the end.
    seen: &'static [&'static str],
}

const SHOTS: [Shot; 2] = [
    Shot {
        name: "tables",
        columns: "100",
        rows: "50",
        typed: &[
            "mprctl --demo status",
            "mprctl --demo session list --where longer-than=3h --sort=-bytes_out",
            "mprctl --demo session disconnect anna.lindqvist till.01 --dry-run",
        ],
        wait: Duration::from_secs(2),
        seen: &["branch-gw", "Connected for", "would be done"],
    },
    Shot {
        name: "top",
        columns: "100",
        rows: "30",
        typed: &["mprctl --demo top"],
        // As long as it takes for the sparklines to have something to show.
        wait: Duration::from_secs(45),
        seen: &["vpn01", "branch-gw", "IKEv2"],
    },
];

/// Colours that can be read on a dark ground, in the order of the terminal's sixteen.
const COLORS: [u32; 16] = [
    0x484f58, 0xff7b72, 0x3fb950, 0xd29922, 0x58a6ff, 0xbc8cff, 0x39c5cf, 0xb1bac4, 0x6e7681, 0xffa198,
    0x56d364, 0xe3b341, 0x79c0ff, 0xd2a8ff, 0x56d4dd, 0xffffff,
];

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    apt::install(&sh, apt::SCREENSHOTS)?;
    let cargo = sh::cargo();
    sh::run(cmd!(sh, "{cargo} build --locked --package mprctl"))?;
    for shot in &SHOTS {
        let screen = capture(&sh, shot)?;
        for text in shot.seen {
            ensure!(screen.contains(text), "the image `{}` does not show `{text}`:\n{screen}", shot.name);
        }
        let file = format!("docs/images/{}.svg", shot.name);
        sh.write_file(&file, svg(&screen))?;
        println!("{file}");
    }
    Ok(())
}

/// The terminal's lines after all was typed, with their colours.
fn capture(sh: &Shell, shot: &Shot) -> Result<String> {
    let Shot { name, columns, rows, .. } = shot;
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", sh::target_dir().join("debug").display());
    // A server of its own, with nobody's settings; so has the shell.
    let tmux = |arguments: &[&str]| {
        let tmux = cmd!(sh, "tmux -L mprapi-screenshots -f /dev/null").args(arguments);
        tmux.env("PATH", &path).env("LC_ALL", "C.UTF-8").env_remove("NO_COLOR").quiet()
    };
    let shell = "PS1='\\n$ ' bash --norc --noprofile";
    let new = ["new-session", "-d", "-s", name, "-x", columns, "-y", rows, shell];
    tmux(&new).env_remove("MPRAPI_SIM_SCENARIO").env_remove("MPRCTL_CONFIG").run()?;
    let screen = type_into(&tmux, shot);
    tmux(&["kill-session", "-t", name]).run()?;
    screen
}

fn type_into<'a>(tmux: &impl Fn(&[&str]) -> xshell::Cmd<'a>, shot: &Shot) -> Result<String> {
    // Until the shell listens.
    thread::sleep(Duration::from_secs(1));
    for line in shot.typed {
        tmux(&["send-keys", "-t", shot.name, line, "Enter"]).run()?;
        thread::sleep(shot.wait);
    }
    Ok(tmux(&["capture-pane", "-t", shot.name, "-p", "-e"]).read()?)
}

fn svg(screen: &str) -> String {
    let color = |rgb: u32| {
        let [_, red, green, blue] = rgb.to_be_bytes();
        anstyle::RgbColor(red, green, blue)
    };
    let term = Term::new()
        .palette(Palette(COLORS.map(color)))
        .fg_color(color(0xd1d7e0).into())
        .bg_color(color(0x0d1117).into());
    // Without the prompt that waits for more, and the rest of the screen.
    let lines: Vec<&str> = screen.trim_start_matches('\n').lines().collect();
    let last = lines.iter().rposition(|line| !matches!(text_of(line).trim(), "" | "$"));
    let svg = term.render_svg(&lines[..last.map_or(0, |last| last + 1)].join("\n"));
    // Nothing hangs over at the end of a line of a file.
    svg.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A line without its colours.
fn text_of(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once('m').map_or("", |(_, text)| text));
    [first].into_iter().chain(rest).collect()
}
