//! The lines `$ mprctl …` of the guide and the READMEs, run; what stands below one is what it prints.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::{output, started};

/// The root of the repository. Its pages are not beside this package when it is taken from a registry.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A command of a page, and what the page says that it prints (nothing: that is not shown).
struct Example {
    line: String,
    arguments: Vec<String>,
    shown: String,
}

/// The commands in a page's blocks of this kind which begin with one of `programs`.
fn examples(page: &str, kind: &str, programs: &[&str]) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let (mut is_inside, mut is_ours) = (false, false);
    for line in page.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            is_inside = !is_inside && fence == kind;
            is_ours = false;
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| is_inside) {
            let arguments = programs.iter().find_map(|program| command.strip_prefix(program));
            is_ours = arguments.is_some();
            if let Some(arguments) = arguments {
                let (line, arguments) = (command.to_owned(), words(arguments));
                examples.push(Example { line, arguments, shown: String::new() });
            }
        } else if let Some(example) = examples.last_mut().filter(|_| is_inside && is_ours) {
            example.shown += &format!("{line}\n");
        }
    }
    examples
}

/// Words as a shell reads them, where nothing but double quotes is special.
fn words(text: &str) -> Vec<String> {
    let parts = text.split('"').enumerate().map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    parts.flat_map(|words: Vec<String>| words).collect()
}

/// A folder with what the pages speak of: their servers, a list of them, a configuration file.
struct Folder(PathBuf);

impl Folder {
    fn new(fleet_page: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("servers.toml"), page("docs/guide/servers.toml").expect("the servers"))
            .expect("a file");
        std::fs::write(folder.join("empty.toml"), "").expect("a file");
        std::fs::write(folder.join("servers.txt"), "vpn01\nvpn02\n").expect("a file");
        let settings = fleet_page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        std::fs::write(folder.join("config.toml"), settings.expect("a configuration")).expect("a file");
        Folder(folder)
    }

    /// A command of a page that says which servers it needs, or of one that needs none but the built-in router.
    fn mprctl(&self, has_servers: bool, arguments: &[String]) -> Command {
        let mut mprctl = Command::new(env!("CARGO_BIN_EXE_mprctl"));
        mprctl.current_dir(&self.0).env_remove("COLUMNS").args(arguments);
        if has_servers {
            mprctl.env("MPRCTL_CONFIG", "config.toml").env("MPRAPI_SIM_SCENARIO", "servers.toml");
            // On Windows, `mprctl` by itself asks real servers.
            if cfg!(windows) {
                mprctl.arg("--demo");
            }
        } else {
            mprctl.env("MPRCTL_CONFIG", "empty.toml").env_remove("MPRAPI_SIM_SCENARIO");
        }
        mprctl
    }
}

/// Returns `true` if the command runs until it is stopped.
fn goes_on(arguments: &[String]) -> bool {
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    has("serve") || has("watch") && !has("--for") && !has("--count")
}

/// The text of a page; none where the repository is not there.
fn page(path: &str) -> Option<String> {
    Some(std::fs::read_to_string(Path::new(ROOT).join(path)).ok()?.replace("\r\n", "\n"))
}

#[test]
fn every_command_of_the_guide_does_what_the_guide_shows() {
    let Some(summary) = page("docs/guide/src/SUMMARY.md") else { return };
    let folder = Folder::new(&page("docs/guide/src/fleet.md").expect("a chapter"));
    let mut count = 0;
    for chapter in summary.lines().filter_map(|line| line.split_once("](")?.1.strip_suffix(')')) {
        let text = page(&format!("docs/guide/src/{chapter}")).expect("a chapter");
        let has_servers = text.contains("MPRAPI_SIM_SCENARIO=servers.toml");
        if cfg!(windows) && !has_servers {
            continue;
        }
        for example in examples(&text, "console", &["mprctl"]) {
            let said = format!("{chapter}: {}", example.line);
            count += 1;
            if goes_on(&example.arguments) {
                assert_it_goes_on(folder.mprctl(has_servers, &example.arguments), &example.arguments, &said);
                continue;
            }
            let output = output(|| folder.mprctl(has_servers, &example.arguments).output());
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{said}\n{stderr}");
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            if !example.shown.is_empty() {
                assert_eq!(printed, example.shown, "{said}");
            }
        }
    }
    assert!(count > if cfg!(windows) { 5 } else { 30 }, "{count} commands");
}

fn assert_it_goes_on(mut mprctl: Command, arguments: &[String], said: &str) {
    if arguments.iter().any(|argument| argument == "serve") {
        // Its own port may be taken on this machine.
        mprctl.args(["--listen", "127.0.0.1:0"]);
    }
    mprctl.stdout(Stdio::null());
    let mut child = started(|| mprctl.spawn());
    let end = Instant::now() + Duration::from_secs(1);
    while Instant::now() < end {
        let ended = child.try_wait().expect("its state");
        assert!(ended.is_none(), "{said}: {ended:?}");
        thread::sleep(Duration::from_millis(50));
    }
    child.kill().expect("it is there");
    child.wait().expect("it ends");
}

/// On Windows, `mprctl` by itself shows a real server.
#[cfg(not(windows))]
#[test]
fn the_samples_of_the_readmes_are_what_the_program_prints() {
    let own = include_str!("../../README.md").replace("\r\n", "\n");
    // The first shows what is told on the standard error too, the second leaves that out.
    let samples = [
        ("README.md", page("README.md"), "text", "cargo run --quiet", true),
        ("mprctl/README.md", Some(own), "console", "mprctl", false),
    ];
    for (file, text, kind, program, with_errors) in samples {
        let Some(text) = text else { continue };
        let examples = examples(&text, kind, &[program]);
        assert!(!examples.is_empty(), "{file} has no sample");
        for example in examples {
            let output = Command::new(env!("CARGO_BIN_EXE_mprctl"))
                .args(&example.arguments)
                .env_remove("MPRAPI_SIM_SCENARIO")
                .env_remove("MPRCTL_CONFIG")
                .env_remove("COLUMNS")
                .output()
                .expect("mprctl starts");
            assert!(output.status.success(), "{file}: {}: {}", example.line, output.status);
            let errors = if with_errors { output.stderr } else { Vec::new() };
            let printed = String::from_utf8([errors, output.stdout].concat()).expect("UTF-8");
            assert_eq!(printed, example.shown, "{file}: {}", example.line);
        }
    }
}
