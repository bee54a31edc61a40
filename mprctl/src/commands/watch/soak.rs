//! Days of comings, goings and faults, watched: nothing may leak, and what was reported must add up to what the router has.
//!
//! The clock is the simulator's, so a day takes a few seconds. `cargo xtask soak` has it run for minutes, and writes
//! down what came of it.

use std::alloc::System;
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use fastrand::Rng;
use mprapi::{Link, Mpr, Notification, Wake};
use mprapi_sim::{Failure as Fault, Garbage, Router, Server, Session, Tunnel};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use super::watcher::{Happening, Watcher};
use crate::commands::live::{Look, Observer, poll};
use crate::commands::session::Handle;
use crate::failure::Failure;
use crate::fleet;

/// Counts what is allocated. What the system says the process has is that and how the allocator keeps house.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const DAY: Duration = Duration::from_secs(86_400);
/// How often the watcher looks at least.
const INTERVAL: Duration = Duration::from_secs(60);

/// A fault on purpose, to show that each bound can fail.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Seeded {
    Memory,
    Files,
    Buffers,
    Drift,
}

/// Each, with what is said of it.
const SEEDS: [(Seeded, &str); 4] = [
    (Seeded::Memory, "of memory"),
    (Seeded::Files, "files were open"),
    (Seeded::Buffers, "not given back"),
    (Seeded::Drift, "the replay is wrong"),
];

/// A watcher, and what its reports add up to.
#[derive(Default)]
struct Replay {
    /// `true` to miss the next disconnect.
    misses_one: bool,
    watcher: Watcher,
    /// Users by the handles of their sessions.
    there: BTreeMap<Handle, String>,
    reported: u64,
    outages: u64,
    restarts: u64,
    wrong: Vec<String>,
}

impl Replay {
    /// Adds a reading; `truth` lists the users of the router, unless the router has a fault.
    fn add(&mut self, look: Result<Look<mprapi::Session>, Failure>, truth: Option<Vec<String>>) {
        let is_seen = look.is_ok();
        for happening in self.watcher.observe(look) {
            self.reported += 1;
            if self.misses_one && matches!(happening, Happening::Went(..)) {
                self.misses_one = false;
                continue;
            }
            let wrong = match happening {
                Happening::Came(session) | Happening::There(session) => {
                    self.there.insert(session.handle, session.user).map(|user| format!("{user} came twice"))
                }
                Happening::Went(session, _) => match self.there.remove(&session.handle) {
                    Some(user) if user == session.user => None,
                    other => Some(format!("{} went and was {other:?}", session.user)),
                },
                Happening::Down(_) => {
                    self.outages += 1;
                    None
                }
                Happening::Restarted => {
                    self.restarts += 1;
                    None
                }
                Happening::Up(..) => None,
            };
            self.wrong.extend(wrong);
        }
        if let (true, Some(mut truth)) = (is_seen, truth) {
            let mut reported: Vec<String> = self.there.values().cloned().collect();
            reported.sort_unstable();
            truth.sort_unstable();
            if reported != truth {
                self.wrong.push(format!("reported {reported:?}, and there are {truth:?}"));
            }
        }
    }
}

/// The network that is watched, and time.
struct Soak<'a> {
    mpr: &'a Mpr,
    router: &'a Router,
    rng: Rng,
    seeded: Option<Seeded>,
    /// The simulated time.
    now: Duration,
    /// The part of the test that is done, by simulated and real time.
    share: &'a dyn Fn(Duration, Duration) -> f64,
    began: Instant,
    /// When a fault is over, by the simulated time.
    fault_until: Option<Duration>,
    /// Told by the server's notifications, and looking at each interval besides.
    listening: Replay,
    /// Looking now and then, connecting anew each time.
    polling: Replay,
    next_poll: Duration,
    sessions: u64,
    faults: u64,
    looks: u64,
    notified: u64,
    /// The memory after a quarter of the test.
    quarter: Option<Memory>,
}

const FUNCTIONS: [&str; 6] = [
    "MprAdminConnectionEnum",
    "MprAdminPortEnum",
    "MprAdminServerGetInfo",
    "MprAdminServerConnect",
    "MprAdminRegisterConnectionNotification",
    "MprAdminDeregisterConnectionNotification",
];

impl Soak<'_> {
    /// Returns the users of the router, or `None` while it has a fault.
    fn truth(&self) -> Option<Vec<String>> {
        self.fault_until.is_none().then(|| self.router.users())
    }

    /// A few seconds of the router's life.
    fn live(&mut self) -> Duration {
        let step = Duration::from_secs(self.rng.u64(1..15));
        self.now += step;
        self.router.advance(step);
        if self.quarter.is_none() && (self.share)(self.now, self.began.elapsed()) >= 0.25 {
            self.quarter = Some(Memory::now());
        }
        if self.seeded == Some(Seeded::Memory) {
            std::mem::forget(std::hint::black_box(vec![1_u8; 4096]));
        }
        let user = format!("user{}", self.rng.u32(0..60));
        match self.rng.u32(0..100) {
            0..20 if !self.router.users().contains(&user) => {
                let stay = Duration::from_secs(self.rng.u64(1..20_000));
                let session =
                    Session::new(user, [Tunnel::Ikev2, Tunnel::Sstp][self.rng.usize(0..2)]).stays_for(stay);
                self.sessions += u64::from(self.router.connect(&session).is_ok());
            }
            20..35 => drop(self.router.drop_user(&user)),
            35..50 => drop(self.router.set_rates(&user, self.rng.u64(0..1 << 20), self.rng.u64(0..1 << 24))),
            50 if self.fault_until.is_none() && self.rng.u32(0..20) == 0 => self.go_wrong(),
            _ => {}
        }
        if self.fault_until.is_some_and(|end| end <= self.now) {
            self.fault_until = None;
            self.router.heal();
            self.router.set_reachable(true);
            self.router.set_denies_access(false);
            self.router.start_service();
        }
        step
    }

    fn go_wrong(&mut self) {
        self.faults += 1;
        let function = FUNCTIONS[self.rng.usize(0..FUNCTIONS.len())];
        match self.rng.u32(0..6) {
            // At once over, and nothing but its age tells of it.
            0 => return self.router.restart_service(),
            1 => self.router.stop_service(),
            2 => self.router.set_reachable(false),
            3 => self.router.set_denies_access(true),
            4 => {
                self.router.fail(function, Fault::code([5, 8, 1722, 1726, 0x8000_0001][self.rng.usize(0..5)]))
            }
            _ => {
                // No count that is too large: nobody can see that one, so memory is read that may not be there.
                let garbage =
                    [Garbage::NullWithSuccess, Garbage::UnterminatedStrings, Garbage::EndlessResume];
                self.router.fail(function, Fault::garbage(garbage[self.rng.usize(0..3)]));
            }
        }
        self.fault_until = Some(self.now + Duration::from_secs(self.rng.u64(1..600)));
    }

    fn poll(&mut self) {
        let look = fleet::with_server(self.mpr, Some(self.router.name()), |server| {
            if self.seeded == Some(Seeded::Buffers) {
                std::mem::forget(server.ports());
            }
            Ok(Look::take(server, mprapi::Server::sessions)?)
        });
        if self.seeded == Some(Seeded::Files) {
            std::mem::forget(std::env::current_exe().and_then(std::fs::File::open));
        }
        let truth = self.truth();
        self.polling.add(look, truth);
        self.next_poll = self.now + Duration::from_secs(self.rng.u64(30..600));
    }
}

impl Observer<mprapi::Session> for Soak<'_> {
    fn saw(&mut self, look: Result<Look<mprapi::Session>, Failure>) {
        self.looks += 1;
        let truth = self.truth();
        self.listening.add(look, truth);
    }

    fn interval(&self) -> Duration {
        INTERVAL
    }

    fn wait(&mut self, mut notification: Option<&mut Notification<'_>>, at_most: Duration) -> Wake {
        let mut left = at_most;
        loop {
            if (self.share)(self.now, self.began.elapsed()) >= 1.0 {
                return Wake::Stopped;
            }
            let step = self.live();
            if self.next_poll <= self.now {
                self.poll();
            }
            left = left.saturating_sub(step);
            // The listening watcher is notified of changes by now.
            let wake = notification.as_mut().map(|notification| notification.wait(Some(Duration::ZERO)));
            if let Some(Ok(Wake::Changed)) = wake {
                self.notified += 1;
                return Wake::Changed;
            }
            if left.is_zero() {
                return Wake::TimedOut;
            }
        }
    }
}

/// The memory of the process, in kB.
#[derive(Clone, Copy)]
struct Memory {
    allocated: usize,
    /// Where the system says it. What is there of the program's own file grows as more of it is run, and is not counted.
    resident: Option<usize>,
}

impl Memory {
    fn now() -> Memory {
        let stats = ALLOCATOR.stats();
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let resident = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        Memory {
            allocated: (stats.bytes_allocated - stats.bytes_deallocated) / 1024,
            resident: resident.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()),
        }
    }
}

/// How many files, sockets and pipes are open, where the system says so.
fn open_files() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}

/// Set in the process that has the test to itself, so that what it counts is its own.
const ALONE: &str = "MPRCTL_SOAK_ALONE";
/// How long to go on at least, besides the simulated time.
const MINUTES: &str = "MPRCTL_SOAK_MINUTES";
/// The index of the fault in [`SEEDS`].
const SEED: &str = "MPRCTL_SOAK_SEED";
/// The simulated time at least: less may go by without a fault, however long a busy machine takes for it.
const SHORTEST: Duration = Duration::from_secs(2 * 86_400);
/// Enough for what is done wrong on purpose.
const SEEDED: Duration = Duration::from_secs(86_400 / 2);
/// Two for an event, for the one notification that could not be ended.
const MOST_FILES: usize = 2;
/// How much more may be allocated in the end than after a quarter, in kB: what is there at one moment and not at another, such
/// as an answer.
const MOST_MEMORY: usize = 128;

/// The test below, in a process of its own.
fn alone() -> Command {
    let module = module_path!().split_once("::").expect("a module of the crate").1;
    let test = "what_watch_tells_over_days_of_faults_adds_up_to_what_the_router_has_and_nothing_leaks";
    let mut alone = Command::new(std::env::current_exe().expect("the tests' own program"));
    alone.args([&format!("{module}::{test}"), "--exact", "--nocapture"]).env(ALONE, "1");
    alone
}

#[test]
fn what_watch_tells_over_days_of_faults_adds_up_to_what_the_router_has_and_nothing_leaks() {
    if std::env::var_os(ALONE).is_none() {
        assert!(alone().status().expect("it starts").success());
        return;
    }
    let seed: Option<usize> = std::env::var(SEED).ok().map(|text| text.parse().expect("a number"));
    let broken = soak(seed.map(|seed| SEEDS[seed].0));
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_leak_and_a_drift_that_are_put_there_are_found() {
    if cfg!(not(target_os = "linux")) {
        // Elsewhere what is open and what is allocated is not counted.
        return;
    }
    let start = |seed: usize| {
        let mut child = alone();
        child.env(SEED, seed.to_string()).env_remove(MINUTES).env("RUST_BACKTRACE", "0");
        child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let children: Vec<_> = (0..SEEDS.len()).map(start).collect();
    for ((seeded, said), child) in SEEDS.iter().zip(children) {
        let output = child.wait_with_output().expect("it ends");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{seeded:?} was not found");
        let found = text.lines().find(|line| line.starts_with("    ") && line.contains(said));
        let found = found.unwrap_or_else(|| panic!("{seeded:?}: {text}"));
        let found = found.trim().trim_matches([',', '"']).replace('\\', "");
        println!("seeded | {seeded:?} | {found}");
    }
}

/// Has days go by, prints what was seen, and tells which bounds it broke.
fn soak(seeded: Option<Seeded>) -> Vec<String> {
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
    let server = Server::unique().reuse_handles(true).ports(Tunnel::Ikev2, 20).ports(Tunnel::Sstp, 20);
    let simulation = server.up_for(Duration::from_secs(1000)).start();
    let router = &simulation.routers()[0];
    let minutes: Option<f64> = std::env::var(MINUTES).ok().and_then(|text| text.parse().ok());
    let at_least = if seeded.is_some() { SEEDED } else { SHORTEST };
    let share = |simulated: Duration, real: Duration| {
        let real = minutes.map_or(1.0, |minutes| real.as_secs_f64() / (minutes * 60.0));
        simulated.div_duration_f64(at_least).min(real)
    };
    let mut soak = Soak {
        mpr: &mpr,
        router,
        rng: Rng::with_seed(8),
        seeded,
        now: Duration::ZERO,
        share: &share,
        began: Instant::now(),
        fault_until: None,
        listening: Replay { misses_one: seeded == Some(Seeded::Drift), ..Replay::default() },
        polling: Replay::default(),
        next_poll: Duration::ZERO,
        sessions: 0,
        faults: 0,
        looks: 0,
        notified: 0,
        quarter: None,
    };
    let files = open_files();
    let link = Link::new(&mpr, Some(router.name()));
    poll(&link, true, mprapi::Server::sessions, &mut soak);
    drop(link);
    router.heal();
    let (files_after, last) = (open_files(), Memory::now());
    let Soak { listening, polling, .. } = &soak;
    let first = soak.quarter.expect("a quarter comes before the end");
    let kb = |kb: Option<usize>| kb.map_or("?".to_owned(), |kb| format!("{kb} kB"));
    for (what, figure) in [
        ("simulated days", (soak.now.as_secs() / DAY.as_secs()).to_string()),
        ("real seconds", soak.began.elapsed().as_secs().to_string()),
        ("sessions that came", soak.sessions.to_string()),
        ("faults", soak.faults.to_string()),
        ("looks of the listening watcher", soak.looks.to_string()),
        ("of these because it was notified", soak.notified.to_string()),
        ("events reported: listening", listening.reported.to_string()),
        ("events reported: polling", polling.reported.to_string()),
        ("outages reported: listening", listening.outages.to_string()),
        ("outages reported: polling", polling.outages.to_string()),
        ("restarts reported: listening", listening.restarts.to_string()),
        ("restarts reported: polling", polling.restarts.to_string()),
        ("looks at which the replay was wrong", (listening.wrong.len() + polling.wrong.len()).to_string()),
        ("buffers not freed", router.outstanding().buffers.to_string()),
        ("handles not closed", router.outstanding().handles.to_string()),
        ("violations in the ledger", router.violations().len().to_string()),
        ("open files before and after", format!("{} and {}", files.unwrap_or(0), files_after.unwrap_or(0))),
        ("allocated after a quarter of the days", kb(Some(first.allocated))),
        ("allocated at the end", kb(Some(last.allocated))),
        ("the process's memory after a quarter", kb(first.resident)),
        ("the process's memory at the end", kb(last.resident)),
    ] {
        println!("soak | {what} | {figure}");
    }
    let mut broken = Vec::new();
    if let Some(first) = listening.wrong.iter().chain(&polling.wrong).next() {
        broken.push(format!("the replay is wrong: {first}"));
    }
    // Per day, and there are at least two days: far fewer than really happen.
    let at_least = |days_share: u64| days_share * soak.now.as_secs() / DAY.as_secs();
    let lively =
        soak.sessions > at_least(100) && soak.faults > at_least(2) && listening.outages > at_least(1);
    if !lively && seeded.is_none() {
        broken.push("nothing happened".to_owned());
    }
    if soak.notified <= at_least(100) {
        broken.push("notifications did not come".to_owned());
    }
    if !router.outstanding().is_nothing() {
        broken.push(format!("not given back: {:?}", router.outstanding()));
    }
    if !router.violations().is_empty() {
        broken.push(format!("{:?}", router.violations()));
    }
    if let (Some(before), Some(after)) = (files, files_after)
        && after > before + MOST_FILES
    {
        broken.push(format!("{before} files were open, and {after} are"));
    }
    if last.allocated > first.allocated + MOST_MEMORY {
        broken.push(format!("{} kB of memory grew to {} kB", first.allocated, last.allocated));
    }
    broken
}
