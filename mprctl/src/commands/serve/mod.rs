//! `mprctl serve`: an exporter for Prometheus.

#[cfg(windows)]
mod as_service;
mod budget;
mod exposition;
mod http;
mod listen;
mod memory;
mod reading;
pub mod route;
mod site;
mod systemd;
mod target;
mod totals;
mod user;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use clap::Args;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio::time;

use self::budget::Budget;
use self::http::{Exporter, OWN_MEMORY, key};
use self::listen::Listen;
use self::target::Target;
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::{quantity, servers, terminal};

/// The number of connections at a time; further ones wait.
const MOST_CONNECTIONS: usize = 512;
/// The time for a whole request to arrive.
const HEADER_TIME: Duration = Duration::from_secs(5);
/// The largest request, in bytes; the smallest limit that hyper allows.
const HEADER_SIZE: usize = 8192;
/// The time for a client to read the response.
const ANSWER_TIME: Duration = Duration::from_secs(10);
/// The time for requests under way when the exporter stops.
const GRACE: Duration = Duration::from_millis(700);
/// The time to read requests that have arrived when the exporter stops.
const ARRIVED: Duration = Duration::from_millis(20);

#[derive(Args)]
#[command(after_help = "\
/metrics has the metrics of this machine, or of the server of --server. /probe?target=NAME has those of any server that
--server, --servers, --fleet or --allow names. mprctl/docs/monitoring.md describes the metrics and the setup of
Prometheus.

Examples:
  mprctl serve                                 this machine, for a Prometheus on this machine
  mprctl serve --listen 10.0.0.5:17230         for a Prometheus on another machine
  mprctl serve --listen :17230                 the same, on all addresses of this machine
  mprctl serve --servers vpn-servers.txt       many servers, through /probe
  mprctl --demo serve                          a simulated server")]
pub(crate) struct Options {
    /// The address and port to listen on: 10.0.0.5:17230, [::1]:17230, a host name of this machine, `:17230` for all of its
    /// addresses, or just a port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:17230", value_parser = Listen::parse)]
    listen: Listen,

    /// More servers that /probe may read
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    allow: Vec<String>,

    /// Add metrics per user: four series for each connected user
    #[arg(long)]
    per_user: bool,

    /// The most memory to use, such as 256MB or 2GB. 1,000 sessions take 3 MB, and 8 MB more while they are read; a server for
    /// which too little is left is reported as down, with the reason
    #[arg(long, value_name = "SIZE", default_value = "512MB", value_parser = parse_memory)]
    memory: u64,

    /// Run as the service of Windows that `mprctl service install` has registered
    #[cfg(windows)]
    #[arg(long, hide = true)]
    as_service: bool,
}

impl Options {
    /// Sends everything that is said to the event log too if this is a service of Windows, which has no terminal.
    pub(crate) fn use_log(&self) {
        #[cfg(windows)]
        if self.as_service {
            as_service::use_event_log();
        }
    }
}

pub(crate) fn run(context: &Context, options: &Options) -> Result<(), Failure> {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    limit_arenas();
    let limit = context.limits.timeout;
    let budget = Budget::new(options.memory - OWN_MEMORY);
    let target = |server: crate::target::Target| {
        let budget = Arc::clone(&budget);
        Arc::new(Target::new(server, context.mpr.clone(), limit, options.per_user, budget))
    };
    let mut targets: BTreeMap<_, _> =
        context.targets.iter().map(|server| (key(server), target(server.clone()))).collect();
    let own = (!context.is_fleet()).then(|| Arc::clone(&targets[&key(&context.targets[0])]));
    for name in &options.allow {
        let server = servers::named(name, "--allow")?;
        if let Entry::Vacant(place) = targets.entry(key(&server)) {
            context.add(std::slice::from_ref(&server))?;
            place.insert(target(server));
        }
    }
    let exporter = Arc::new(Exporter {
        own,
        targets,
        budget,
        timeout: context.limits.timeout,
        started: SystemTime::now(),
        connections: AtomicUsize::new(0),
        asking: AtomicUsize::new(0),
        requests: Default::default(),
    });
    #[cfg(windows)]
    if options.as_service {
        return as_service::run(exporter, options.listen.clone());
    }
    start_runtime()?.block_on(async {
        // Handled before the exporter says that it is ready, or a signal that comes then would not stop it in order.
        let stop = stop().map_err(|error| failed("cannot handle the signal to stop", &error))?;
        let stop = async {
            stop.await;
            systemd::tell_stopping();
        };
        serve(exporter, &options.listen, stop, systemd::tell_ready).await
    })
}

/// Lets the threads share two arenas of glibc. By default there are eight for each core, and memory that is free in one is not
/// used for another: 100 servers then take half as much again.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn limit_arenas() {
    // SAFETY: `mallopt` may be called by any thread at any time. If it fails, nothing has changed.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, 2) };
}

fn parse_memory(text: &str) -> Result<u64, String> {
    let bytes = quantity::parse_bytes(text).ok_or("a size such as 512MB or 2GB is expected")?;
    if bytes < 2 * OWN_MEMORY {
        return Err(format!("at least {} is needed", quantity::bytes(2 * OWN_MEMORY)));
    }
    Ok(bytes)
}

fn start_runtime() -> Result<Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| failed("cannot serve", &error))
}

/// Serves until `stop` ends. Calls `ready` when the exporter listens.
async fn serve(
    exporter: Arc<Exporter>,
    listen: &Listen,
    stop: impl Future<Output = ()> + Send + 'static,
    ready: impl FnOnce(),
) -> Result<(), Failure> {
    let cannot = |error| failed(&format!("cannot listen on {listen}"), &error);
    let listener = listen.bind().map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let servers = exporter.targets.len();
    terminal::say(&format!(
        "serving http://{address}/metrics; /probe may read {}; uses at most {} of memory",
        quantity::count(servers, "server"),
        quantity::bytes(exporter.budget.most() + OWN_MEMORY)
    ));
    ready();

    // A task of its own looks at the signals when one comes, and not at each connection.
    let mut stop = tokio::spawn(stop);
    let mut connections = JoinSet::new();
    loop {
        // Connections that have ended are removed.
        while connections.try_join_next().is_some() {}
        if connections.len() == MOST_CONNECTIONS {
            tokio::select! {
                _ = &mut stop => break,
                _ = connections.join_next() => continue,
            }
        }
        let accepted = tokio::select! {
            biased;
            accepted = listener.accept() => accepted,
            _ = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let exporter = Arc::clone(&exporter);
                connections.spawn(async move {
                    exporter.connections.fetch_add(1, Ordering::Relaxed);
                    if converse(&exporter, stream).await {
                        exporter.asking.fetch_sub(1, Ordering::Relaxed);
                    }
                    exporter.connections.fetch_sub(1, Ordering::Relaxed);
                });
            }
            // The client has gone, or the system is short of something for a while.
            Err(_) => time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    // Requests that have arrived are read. A connection without one is not waited for.
    time::sleep(ARRIVED).await;
    let is_asked = || exporter.asking.load(Ordering::Relaxed) > 0;
    let all = async { while is_asked() && connections.join_next().await.is_some() {} };
    let _ = time::timeout(GRACE, all).await;
    Ok(())
}

/// Answers one request; a scraper that comes every 15 seconds needs no connection in between. Returns `false` if none came.
async fn converse(exporter: &Arc<Exporter>, stream: TcpStream) -> bool {
    let has_asked = AtomicBool::new(false);
    let service = service_fn(|request| {
        has_asked.store(true, Ordering::Relaxed);
        exporter.asking.fetch_add(1, Ordering::Relaxed);
        let response = exporter.respond(&request);
        async move { Ok::<_, Infallible>(response.await) }
    });
    let connection = http1::Builder::new()
        .keep_alive(false)
        .max_buf_size(HEADER_SIZE)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // Whatever goes wrong between us and a client is not worth a line.
    let is_over = time::timeout(HEADER_TIME, connection.as_mut()).await.is_ok();
    let has_asked = || has_asked.load(Ordering::Relaxed);
    if !is_over && has_asked() {
        let _ = time::timeout(exporter.timeout + ANSWER_TIME, connection).await;
    }
    has_asked()
}

/// Ends when the program is to stop.
#[cfg(unix)]
fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the program is to stop: Ctrl-C, Ctrl-Break, the console's window closed, the machine going down.
#[cfg(windows)]
fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows;

    let (mut c, mut r#break) = (windows::ctrl_c()?, windows::ctrl_break()?);
    let (mut close, mut shutdown) = (windows::ctrl_close()?, windows::ctrl_shutdown()?);
    Ok(async move {
        tokio::select! {
            _ = c.recv() => {}
            _ = r#break.recv() => {}
            _ = close.recv() => {}
            _ = shutdown.recv() => {}
        }
    })
}

fn failed(what: &str, error: &io::Error) -> Failure {
    Failure::new(Kind::Failed, format!("{what}: {error}"))
}
