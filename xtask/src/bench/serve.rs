//! `mprctl serve` with 100 servers of 1,000 sessions each: what a scrape costs, and how much memory is used.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use xshell::{Shell, cmd};

use super::table::Row;
use super::verdict::Goal;
use super::{scenario, tool};
use crate::sh::Running;
use crate::{apt, http, sh};

const SERVERS: usize = 100;
const SESSIONS: u32 = 1_000;
/// One of them is scraped while instructions are counted, again and again: nearly all scrapes find a page that was just
/// written.
const SCRAPES: u32 = 150;
const RUNS: usize = 3;

pub(crate) fn measure(sh: &Shell) -> Result<Vec<Row>> {
    apt::install(sh, apt::BENCH)?;
    let cargo = sh::cargo();
    let build = cmd!(sh, "{cargo} build --quiet --locked --profile user --package mprctl --package benches");
    sh::run(build.args(["--features", "benches/page"]))?;
    let few = scenario(sh, "few", |server| if server == 0 { SESSIONS } else { 1 })?;
    let mut rows = Vec::new();
    for (options, what) in [(&[][..], ""), (&["--per-user"], " with --per-user")] {
        let ours = |scrapes| least(sh, scrapes, false, || exporter(&few, options, true));
        let ((less, _), (more, body)) = (ours(SCRAPES)?, ours(2 * SCRAPES)?);
        let file = tool::write(sh, "page.txt", &body)?;
        let theirs = |scrapes: u32| {
            let command = || {
                let mut command = program("page", true);
                command.arg(&file).arg(scrapes.to_string());
                command
            };
            Ok::<_, anyhow::Error>(least(sh, scrapes, true, command)?.0)
        };
        let theirs = (theirs(2 * SCRAPES)? - theirs(SCRAPES)?) / f64::from(SCRAPES);
        let ours = (more - less) / f64::from(SCRAPES);
        let work =
            format!("a scrape of one of 100 servers of 1,000 sessions{what}: its page, without asking");
        let peer = format!("hyper, the same {} bytes from memory", body.len());
        rows.push(Row::ratio(&work, &peer, (theirs, "instr."), (ours, "instr.")).goal(Goal::AtMost(1.3)));
    }
    rows.push(memory(sh)?);
    Ok(rows)
}

fn scenario(sh: &Shell, name: &str, sessions: impl Fn(usize) -> u32) -> Result<PathBuf> {
    let servers: String =
        (0..SERVERS).map(|number| scenario::server(&name_of(number), sessions(number), 0.0)).collect();
    tool::write(sh, &format!("serve-{name}.toml"), &servers)
}

fn name_of(number: usize) -> String {
    format!("vpn{number:02}")
}

/// A program of the benchmarks, under callgrind if its instructions are counted.
fn program(name: &str, is_counted: bool) -> Command {
    let path = sh::target_dir().join("user").join(name);
    if !is_counted {
        return Command::new(path);
    }
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--separate-threads=yes"]);
    command.arg(format!("--callgrind-out-file={}", tool::folder().join("serve.callgrind").display()));
    command.arg(path);
    command
}

/// The exporter, with all servers.
fn exporter(scenario: &Path, options: &[&str], is_counted: bool) -> Command {
    let names: Vec<String> = (0..SERVERS).map(name_of).collect();
    let mut command = program("mprctl", is_counted);
    command.args(["--demo", "--server", &names.join(","), "serve", "--listen", "127.0.0.1:0"]).args(options);
    command.env("MPRAPI_SIM_SCENARIO", scenario).env("MPRCTL_CONFIG", "");
    command
}

/// Starts a program that prints the address at which it serves on standard error. Returns it with that line.
fn start(mut command: Command) -> Result<(Running, SocketAddr, String)> {
    let mut program = Running(command.stderr(Stdio::piped()).spawn()?);
    let mut stderr = BufReader::new(program.0.stderr.take().context("stderr is piped")?);
    let mut line = String::new();
    while !line.contains("serving http://") {
        line.clear();
        ensure!(stderr.read_line(&mut line)? > 0, "the program ended before it served");
    }
    let address = line.split("serving http://").nth(1).and_then(|rest| rest.split('/').next());
    let address = address.context("an address")?.parse()?;
    // Read on, so that it can go on saying things.
    thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
    Ok((program, address, line))
}

fn probe(address: SocketAddr, server: usize) -> Result<String> {
    http::get(address, &format!("/probe?target={}", name_of(server)))
}

/// Returns the least of several counts: a program writes a large page in several turns if its client reads late.
fn least(sh: &Shell, scrapes: u32, ends: bool, command: impl Fn() -> Command) -> Result<(f64, String)> {
    let counts = (0..RUNS).map(|_| count(sh, command(), scrapes, ends)).collect::<Result<Vec<_>>>()?;
    counts.into_iter().min_by(|one, other| one.0.total_cmp(&other.0)).context("no run")
}

/// Scrapes a program that runs under callgrind, as often as said. The program `ends` by itself then, or is stopped. Returns
/// the last page, and the instructions of the first thread. That thread serves; the others ask the servers, or are the
/// servers.
fn count(sh: &Shell, command: Command, scrapes: u32, ends: bool) -> Result<(f64, String)> {
    let out = tool::folder().join("serve.callgrind-01");
    sh.remove_path(&out)?;
    let (mut program, address, _) = start(command)?;
    let mut page = String::new();
    for _ in 0..scrapes {
        page = probe(address, 0)?;
    }
    if !ends {
        let id = program.0.id().to_string();
        cmd!(sh, "kill -TERM {id}").quiet().run()?;
    }
    ensure!(program.0.wait()?.success(), "a program under valgrind failed");
    let counted = sh.read_file(&out)?;
    let total = counted.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok((total.context("callgrind wrote no total")?.trim().parse()?, page))
}

/// Scrapes all servers at once, several times, and compares the most memory with what the exporter says of itself.
fn memory(sh: &Shell) -> Result<Row> {
    let all = scenario(sh, "all", |_| SESSIONS)?;
    let (program, address, said) = start(exporter(&all, &["--per-user"], false))?;
    let status = |key: &str| -> Result<f64> {
        let status = sh.read_file(format!("/proc/{}/status", program.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        let number = line.and_then(|line| line.split_whitespace().next()).context("the key is there")?;
        Ok(number.parse::<f64>()? / 1000.0)
    };
    // The simulated servers, which are in the same process, and nothing that was read of them.
    let before = status("VmRSS")?;
    let page = http::get(address, "/metrics")?;
    let limit = page.lines().find_map(|line| line.strip_prefix("mprctl_memory_limit_bytes "));
    let limit = limit.context("the limit is a metric")?.parse::<f64>()? / 1e6;
    ensure!(said.contains(&format!("at most {limit:.0} MB")), "{said} and {limit}");
    for _ in 0..5 {
        thread::scope(|scope| {
            let scrapes: Vec<_> =
                (0..SERVERS).map(|server| scope.spawn(move || probe(address, server))).collect();
            scrapes.into_iter().try_for_each(|scrape| {
                let page = scrape.join().expect("no scrape panics")?;
                ensure!(page.contains("probe_success 1"), "{page}");
                Ok(())
            })
        })?;
        thread::sleep(Duration::from_millis(1_100));
    }
    let work = "100 servers of 1,000 sessions with --per-user, all scraped at once: memory gained";
    let row =
        Row::ratio(work, "the most that it says it uses", (limit, "MB"), (status("VmHWM")? - before, "MB"));
    Ok(row.goal(Goal::AtMost(1.0)))
}
