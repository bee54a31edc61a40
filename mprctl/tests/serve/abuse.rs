//! Many at once, slow ones, rude ones: every good request is answered, and memory stays within a bound.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::exporter::{Answer, Exporter};

/// The memory that the process may add after the first requests: 512 connections with a buffer each, and a margin.
const MOST_GROWTH_KB: u64 = 32 * 1024;

/// The numbers of clients of each kind.
struct Size {
    scrapers: usize,
    requests_each: usize,
    rude: usize,
    /// Clients that send one byte per second.
    slow: usize,
}

#[test]
fn a_few_of_everything_do_no_harm() {
    abuse(&Size { scrapers: 20, requests_each: 5, rude: 10, slow: 30 });
}

/// More slow clients than are let in at a time.
#[test]
#[ignore = "takes a minute, and writes docs/serve-abuse.md: `cargo xtask abuse`"]
fn much_of_everything_does_no_harm() {
    let table = abuse(&Size { scrapers: 200, requests_each: 20, rude: 200, slow: 600 });
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/serve-abuse.md"), table).unwrap();
}

/// Good requests, from many threads at once.
#[derive(Clone, Default)]
struct Good {
    asked: usize,
    answered: usize,
    times: Vec<Duration>,
}

impl Good {
    fn scrape(exporter: &Exporter, scrapers: usize, requests_each: usize) -> Good {
        let (all, start) = (Mutex::new(Good::default()), Barrier::new(scrapers));
        thread::scope(|scope| {
            for scraper in 0..scrapers {
                let (all, start) = (&all, &start);
                scope.spawn(move || {
                    start.wait();
                    for request in 0..requests_each {
                        let pages = ["/metrics", "/probe?target=own", "/probe?target=busy", "/healthz"];
                        let time = Instant::now();
                        let answer = exporter.get(pages[(scraper + request) % pages.len()]);
                        let mut all = all.lock().unwrap();
                        all.asked += 1;
                        all.answered += usize::from(answer.is_good());
                        all.times.push(time.elapsed());
                    }
                });
            }
        });
        let mut all = all.into_inner().unwrap();
        assert_eq!(all.asked, scrapers * requests_each);
        assert_eq!(all.answered, all.asked, "every good request is answered");
        all.times.sort();
        all
    }

    fn text(&self) -> String {
        let at = |part: usize| self.times[(self.times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
        let (median, late, last) = (at(50), at(99), at(100));
        format!("{} of {} | {median:.0}, {late:.0}, {last:.0}", self.answered, self.asked)
    }
}

/// The responses to rude requests: a status, or a closed connection.
#[derive(Default)]
struct Came(BTreeMap<String, usize>);

impl Came {
    fn note(&mut self, what: String) {
        *self.0.entry(what).or_default() += 1;
    }

    fn text(&self) -> String {
        let each: Vec<String> = self.0.iter().map(|(what, count)| format!("{count} × {what}")).collect();
        each.join(", ")
    }
}

/// The status of an answer, or that the connection was closed without one.
fn read_status(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes);
    match Answer::parse(&String::from_utf8_lossy(&bytes)) {
        Some(answer) => answer.status.to_string(),
        None if end.is_ok() || is_reset(&end.unwrap_err()) => "closed".to_owned(),
        None => "nothing".to_owned(),
    }
}

fn is_reset(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
}

/// Sends all of `request`, or as much of it as is taken, and reads what comes.
fn send(exporter: &Exporter, request: &[u8]) -> String {
    let mut stream = exporter.connect();
    if let Err(error) = stream.write_all(request) {
        assert!(is_reset(&error), "{error}");
    }
    read_status(&mut stream)
}

fn abuse(size: &Size) -> String {
    let mut exporter =
        Exporter::start(&["--server", "own", "--allow", "busy,hangs", "--timeout", "2s", "--per-user"]);
    Good::scrape(&exporter, 4, 10);
    let before = (exporter.status("VmHWM"), exporter.status("Threads"), exporter.open_files());
    let mut rows = Vec::new();
    let row = |rows: &mut Vec<String>, exporter: &Exporter, what: String, rude: String, good: &Good| {
        let (memory, threads) = (exporter.status("VmHWM"), exporter.status("Threads"));
        rows.push(format!("{what} | {rude} | {} | {memory} | {threads}", good.text()));
    };

    let good = Good::scrape(&exporter, size.scrapers, size.requests_each);
    row(&mut rows, &exporter, format!("{} scrapers at once", size.scrapers), "-".to_owned(), &good);

    let (came, good) = slow_clients(&exporter, size);
    row(&mut rows, &exporter, format!("{} clients that send a byte a second", size.slow), came.text(), &good);
    assert_eq!(came.0.keys().collect::<Vec<_>>(), ["closed"], "none is waited for to its end");

    for (what, request, allowed) in rude_requests() {
        let (mut came, all) = (Came::default(), Mutex::new(Vec::new()));
        let good = thread::scope(|scope| {
            let rude = scope.spawn(|| {
                for _ in 0..size.rude {
                    all.lock().unwrap().push(send(&exporter, &request));
                }
            });
            let good = Good::scrape(&exporter, 4, size.requests_each);
            rude.join().unwrap();
            good
        });
        all.into_inner().unwrap().into_iter().for_each(|status| came.note(status));
        assert!(came.0.keys().all(|status| allowed.contains(&status.as_str())), "{what}: {}", came.text());
        row(&mut rows, &exporter, format!("{} × {what}", size.rude), came.text(), &good);
    }

    // Half of a request and gone; a whole one and gone; a whole one whose answer is never read.
    for (what, request) in [
        ("half a request, then gone", &b"GET /metrics HTTP/1.1\r\nHost: exp"[..]),
        ("a request, then gone", b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"),
    ] {
        let connections: Vec<TcpStream> = (0..size.rude)
            .map(|_| {
                let mut stream = exporter.connect();
                stream.write_all(request).unwrap();
                stream
            })
            .collect();
        let good = Good::scrape(&exporter, 4, size.requests_each);
        drop(connections);
        row(&mut rows, &exporter, format!("{} × {what}", size.rude), "-".to_owned(), &good);
    }

    let (came, good) = hanging_server(&exporter, size);
    row(&mut rows, &exporter, format!("{} scrapers of a server that hangs", size.rude), came.text(), &good);
    assert_eq!(came.0.keys().collect::<Vec<_>>(), ["probe_success 0"]);

    // Who was rude is gone by now, and nothing is left of them.
    let deadline = Instant::now() + Duration::from_secs(60);
    while exporter.open_files() > before.2 && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(50));
    }
    // (Fewer, where a connection of before was still closing when they were counted.)
    let open = exporter.open_files();
    assert!(open <= before.2, "{open} open files, {} before", before.2);
    let memory = exporter.status("VmHWM");
    assert!(memory <= before.0 + MOST_GROWTH_KB, "from {} to {memory} kB", before.0);
    // One waits for the server that hangs; another may be asking at this moment.
    assert!(exporter.status("Threads") <= before.1 + 2, "{} threads", exporter.status("Threads"));

    let stopped = stop_under_load(&mut exporter, size.scrapers);
    assert!(stopped < Duration::from_secs(1), "{stopped:?}");
    written(&rows, before.0, memory, stopped)
}

/// Each of them begins a request and adds a byte a second, until it is closed.
fn slow_clients(exporter: &Exporter, size: &Size) -> (Came, Good) {
    thread::scope(|scope| {
        let slow = scope.spawn(|| {
            let mut came = Came::default();
            let mut streams: Vec<TcpStream> = (0..size.slow).map(|_| exporter.connect()).collect();
            for stream in &streams {
                stream.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
            }
            let request = b"GET /metrics HTTP/1.1\r\nX-Slow: ".iter().copied().chain(std::iter::repeat(b'x'));
            // Twice the time that the exporter gives, with those that were let in late, and half a minute.
            for byte in request.take(45) {
                streams.retain_mut(|stream| {
                    let gone = stream.write_all(&[byte]).is_err() || {
                        let mut buffer = [0; 64];
                        match stream.read(&mut buffer) {
                            Ok(count) => count == 0,
                            Err(error) => is_reset(&error),
                        }
                    };
                    if gone {
                        came.note("closed".to_owned());
                    }
                    !gone
                });
                if streams.is_empty() {
                    break;
                }
                thread::sleep(Duration::from_secs(1));
            }
            streams.iter().for_each(|_| came.note("still open".to_owned()));
            came
        });
        // Into the middle of it.
        thread::sleep(Duration::from_secs(2));
        let good = Good::scrape(exporter, 4, size.requests_each);
        (slow.join().unwrap(), good)
    })
}

/// Lists rude requests and the responses that are allowed.
fn rude_requests() -> Vec<(&'static str, Vec<u8>, &'static [&'static str])> {
    let huge = "x".repeat(1 << 20);
    let many: String = (0..10_000).map(|index| format!("X-{index}: y\r\n")).collect();
    let get = |target: &str, headers: &str| format!("GET {target} HTTP/1.1\r\n{headers}\r\n").into_bytes();
    vec![
        ("a header of 1 MiB", get("/metrics", &format!("X-Huge: {huge}\r\n")), &["431", "closed"]),
        ("10,000 headers", get("/metrics", &many), &["431", "closed"]),
        ("a target of 1 MiB", get(&format!("/probe?target={huge}"), ""), &["414", "431", "closed"]),
        ("a name of 4,000 bytes", get(&format!("/probe?target={}", &huge[..4000]), ""), &["400"]),
        ("a server that is not allowed", get("/probe?target=elsewhere", ""), &["403"]),
        ("a body that never comes", get("/metrics", "Content-Length: 1000000\r\n"), &["200", "closed"]),
        (
            "bytes that are not HTTP",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \xff\xfe\r\n\r\n".to_vec(),
            &["400", "closed"],
        ),
    ]
}

fn hanging_server(exporter: &Exporter, size: &Size) -> (Came, Good) {
    let came = Mutex::new(Came::default());
    let good = thread::scope(|scope| {
        for _ in 0..size.rude {
            scope.spawn(|| {
                let answer = exporter.get("/probe?target=hangs");
                let success = answer.sample("probe_success");
                came.lock().unwrap().note(format!("probe_success {}", success.unwrap_or(f64::NAN)));
            });
        }
        Good::scrape(exporter, 4, size.requests_each)
    });
    (came.into_inner().unwrap(), good)
}

/// How long it takes to end, with scrapers at it and one waiting for the server that hangs.
fn stop_under_load(exporter: &mut Exporter, scrapers: usize) -> Duration {
    let is_over = Arc::new(AtomicBool::new(false));
    let address = exporter.address;
    let load: Vec<_> = (0..scrapers)
        .map(|scraper| {
            let is_over = Arc::clone(&is_over);
            thread::spawn(move || {
                let target = if scraper == 0 { "/probe?target=hangs" } else { "/metrics" };
                while !is_over.load(Ordering::Relaxed) {
                    let Ok(mut stream) = TcpStream::connect(address) else { break };
                    let request = format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");
                    // Cut off at the end, which is what this is about.
                    let _ = stream.write_all(request.as_bytes());
                    let _ = stream.read_to_end(&mut Vec::new());
                }
            })
        })
        .collect();
    thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    let code = exporter.terminate();
    let took = start.elapsed();
    is_over.store(true, Ordering::Relaxed);
    load.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(code, Some(0));
    took
}

fn written(rows: &[String], before: u64, after: u64, stopped: Duration) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").expect("Linux tells it");
    let load = load.split(' ').next().expect("the average of a minute");
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let mut text = format!(
        "# `mprctl serve` under load and abuse\n\n\
         Written by `cargo xtask abuse` (mprctl/tests/serve/abuse.rs); a smaller run is part of `cargo test`. The \
         exporter ({build} build) and all clients ran on one machine with {cores} cores, over the loopback interface, \
         against a simulated server. The load of the machine was {load} at the end, other programs included; on an idle \
         machine the times are shorter. Each row is one kind of abuse. During the abuse, well-behaved clients requested \
         `/metrics`, `/probe` and `/healthz`; these are the good requests. The run fails if one of them does not get a \
         complete answer.\n\n\
         | abuse | answers to the abuse | good requests answered | times of the good requests in ms: median, 99th \
         percentile, longest | `VmHWM` so far, kB | threads |\n|---|---|---|---|---|---|\n"
    );
    for row in rows {
        let _ = writeln!(text, "| {row} |");
    }
    let _ = write!(
        text,
        "\n\"Closed\" means that the exporter closed the connection. In the rows with \"-\", the clients sent good requests \
         only, or read no answer.\n\n\
         The process used {before} kB of memory at most (`VmHWM`) after the first 40 requests, and {after} kB at the end. \
         The run fails if it grows by more than {MOST_GROWTH_KB} kB. All connections were closed at the end.\n\n\
         Last, the exporter was stopped (SIGTERM) while all scrapers sent requests and one of them waited for the server \
         that hangs. It ended after {} ms with exit code 0. The run fails if that takes more than a second.\n",
        stopped.as_millis()
    );
    text
}
