//! `cargo xtask ci`: the gate. It stops at the first step that fails.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::steps::Steps;
use crate::{api, apt, bench, bindgen, conformance, deny, guide, links, prometheus, remote, sh, shells};

/// The build machine ends a gate after 90 minutes, without a word about where it was.
const LIMIT: Duration = Duration::from_secs(80 * 60);

pub(crate) fn run() -> Result<()> {
    thread::spawn(give_up_after_the_limit);
    let sh = sh::shell()?;
    let cargo = sh::cargo();
    let mut steps = Steps::start();
    // Packages come from the net and go to the disk, while the first steps, which need none of them, keep the processors.
    let beside = thread::spawn(|| {
        let all = [apt::BINDGEN, apt::WINDOWS, apt::PROMETHEUS, apt::BENCH, apt::SHELLS, apt::GUIDE].concat();
        let sh = sh::shell()?;
        apt::install(&sh, &all)?;
        let lane = Beside::start(&WINDOWS)?;
        remote::install(&sh)?;
        anyhow::Ok(lane)
    });
    let first = first_steps(&sh, &mut steps);
    let lane = beside.join().expect("installing does not panic")?;
    first?;
    // The tests have built what it needs, so it waits for others' programs and seldom for a processor.
    let remote = Beside::start(&REMOTE)?;

    // `--all-features` has mprapi-sys generate its bindings, for which it takes packages.
    let clippy =
        cmd!(sh, "{cargo} clippy --locked --workspace --all-targets --all-features -- --deny warnings");
    // Each by itself: of several, one may turn on another's features.
    let bare = ["mprapi-sys", "mprapi-sim", "mprapi"].map(|name| {
        let check = cmd!(sh, "{cargo} clippy --locked --package {name} --no-default-features --all-targets");
        check.args(["--", "--deny", "warnings"])
    });
    steps.run("clippy", || {
        sh::run(clippy)?;
        bare.into_iter().try_for_each(sh::run)
    })?;
    steps.run("documentation and links", links::run)?;
    // One program for both, whose dependencies are built once.
    let generated = cmd!(sh, "{cargo} run --locked --quiet --package xtask");
    let generated = generated.args(["--features", "api,conformance", "--", "generated"]);
    steps.run("what is generated", || sh::run(generated))?;
    steps.run("the feature bindgen", bindgen::run)?;
    steps.run("prometheus", prometheus::run)?;
    steps.run("man pages and completions", shells::run)?;
    steps.run("guide", guide::book)?;
    steps.run("benchmarks", bench::quick)?;
    steps.run("dependencies", deny::run)?;
    steps.run("waiting for the remote lane", || remote.finish())?;
    steps.run("waiting for the Windows lane", || lane.finish())
}

/// Ends a gate that hangs, and prints what runs and what the lane has said.
fn give_up_after_the_limit() {
    thread::sleep(LIMIT);
    println!("the gate has not ended within {} minutes; these processes run:", LIMIT.as_secs() / 60);
    // Whatever cannot be told does not keep the gate from ending.
    let _ = Command::new("ps").args(["-e", "--forest", "-o", "pid,etime,time,args"]).status();
    for lane in [&WINDOWS, &REMOTE] {
        println!("{}", std::fs::read_to_string(lane.log()).unwrap_or_default());
        end_group(lane.process.load(Ordering::Relaxed));
    }
    std::process::exit(1);
}

/// A command that runs beside the steps.
struct Lane {
    name: &'static str,
    arguments: &'static [&'static str],
    /// 0 where none runs.
    process: AtomicU32,
}

static WINDOWS: Lane = Lane { name: "windows", arguments: &[], process: AtomicU32::new(0) };
static REMOTE: Lane = Lane { name: "remote", arguments: &["--built"], process: AtomicU32::new(0) };

impl Lane {
    /// Returns the file with what the lane prints.
    fn log(&self) -> PathBuf {
        sh::target_dir().join(format!("beside-{}.log", self.name))
    }
}

/// Ends a process with the processes that it has started.
fn end_group(process: u32) {
    if process != 0 {
        // It may end by itself just now.
        let _ = Command::new("kill").args(["-TERM", "--", &format!("-{process}")]).status();
    }
}

/// Runs the steps that a machine with only Rust can do.
fn first_steps(sh: &Shell, steps: &mut Steps) -> Result<()> {
    let cargo = sh::cargo();
    steps.run("format", || sh::run(cmd!(sh, "{cargo} fmt --all --check")))?;
    let mprctl = steps.run("tests: build", || {
        sh::run(cmd!(sh, "{cargo} test --locked --workspace --no-run"))?;
        sh::mprctl(sh)
    })?;
    // Tests that need these programs would each build them, without the rest of the workspace.
    let library = |name| format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let test = cmd!(sh, "{cargo} test --locked --workspace")
        .env("MPRAPI_SIM_LIBRARY", mprctl.with_file_name(library("mprapi_sim")))
        .env("MPRAPI_NETWORK_LIBRARY", mprctl.with_file_name(library("mprapi_network")))
        .env("EXAMPLES", mprctl.with_file_name("examples"))
        .env("MPRCTL", mprctl);
    steps.run("tests", || sh::run(test))
}

/// Holds what is committed as it was generated against what would be generated now. The bindings are held by the step of the
/// feature bindgen, which has built their generator.
pub(crate) fn generated() -> Result<()> {
    api::run(true)?;
    conformance::run(true)
}

/// A command of these that runs beside the others, since none of them keeps all processors busy. What it prints is told
/// when it has ended; it ends with this.
struct Beside {
    child: Child,
    lane: &'static Lane,
}

impl Beside {
    fn start(lane: &'static Lane) -> Result<Beside> {
        println!("$ cargo xtask {}, beside what follows", lane.name);
        let file = File::create(lane.log())?;
        // This program: cargo may have put another one into its place by now.
        let program = format!("/proc/{}/exe", std::process::id());
        // In a group of processes of its own, so that what it has started can be ended with it.
        let mut command = Command::new("setsid");
        command.arg(program).arg(lane.name).args(lane.arguments).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn()?;
        lane.process.store(child.id(), Ordering::Relaxed);
        Ok(Beside { child, lane })
    }

    fn finish(mut self) -> Result<()> {
        let status = self.child.wait()?;
        let Lane { name, process, .. } = self.lane;
        process.store(0, Ordering::Relaxed);
        let printed = std::fs::read_to_string(self.lane.log())?;
        println!("$ cargo xtask {name}, which ran beside the above\n{printed}");
        ensure!(status.success(), "cargo xtask {name} has failed");
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            end_group(self.child.id());
            let _ = self.child.wait();
        }
    }
}
