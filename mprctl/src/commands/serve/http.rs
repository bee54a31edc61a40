//! Requests and their responses.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::buf::Chain;
use bytes::{Buf as _, Bytes};
use http_body_util::Full;
use hyper::header::{
    ACCEPT, ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Request, Response, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::budget::Budget;
use super::exposition::{Exposition, Format, Type};
use super::route::{Page, Refusal, route};
use super::target::Target;
use crate::servers;

/// The body of a response: a part that all who wait for the same answer share, and a part of its own after it.
pub(crate) type Body = Full<Chain<Bytes, Bytes>>;

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// The headers of a page of metrics, in each format. A copy costs less than to make them anew.
static OF_METRICS: LazyLock<[HeaderMap; Format::ALL.len()]> = LazyLock::new(|| {
    Format::ALL.map(|format| {
        let mut headers = headers(format.content_type());
        headers.insert(VARY, HeaderValue::from_static("accept"));
        headers
    })
});

static SCRAPE_TIMEOUT: HeaderName = HeaderName::from_static("x-prometheus-scrape-timeout-seconds");

/// The memory that the exporter takes without the servers: its code, 512 connections, and the threads that ask.
pub(crate) const OWN_MEMORY: u64 = 64_000_000;

pub(crate) struct Exporter {
    /// The server that `/metrics` reads.
    pub(crate) own: Option<Arc<Target>>,
    /// The servers that `/probe` may read, each by its [`key`].
    pub(crate) targets: BTreeMap<String, Arc<Target>>,
    /// The memory for what the servers have.
    pub(crate) budget: Arc<Budget>,
    /// The time limit for a server.
    pub(crate) timeout: Duration,
    pub(crate) started: SystemTime,
    pub(crate) connections: AtomicUsize,
    /// The number of those that have sent a request.
    pub(crate) asking: AtomicUsize,
    /// The number of requests by the status of the response.
    pub(crate) requests: Mutex<BTreeMap<u16, u64>>,
}

/// The page that a request is for.
enum Found<'e> {
    Metrics,
    Probe(&'e Arc<Target>),
    /// The answer, for which no server is asked.
    Response(Response<Body>),
}

/// Returns the form in which the name of a server is compared. This machine has none.
pub(crate) fn key(server: &crate::target::Target) -> String {
    server.key().unwrap_or_default()
}

impl Exporter {
    /// Answers a request. What is returned is small: hyper keeps it on the heap.
    pub(crate) fn respond<'e, B>(
        &'e self,
        request: &Request<B>,
    ) -> impl Future<Output = Response<Body>> + use<'e, B> {
        let limit = limit(request.headers(), self.timeout);
        let accepted = request.headers().get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let format = Format::accepted(accepted);
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let found = self.find(request.method().as_str(), target);
        async move {
            let response = match found {
                Found::Metrics => self.metrics(limit, format).await,
                Found::Probe(target) => {
                    metrics(target.ask(limit, format).await.probe(), Bytes::new(), format)
                }
                Found::Response(response) => response,
            };
            let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
            *requests.entry(response.status().as_u16()).or_default() += 1;
            response
        }
    }

    fn find(&self, method: &str, target: &str) -> Found<'_> {
        Found::Response(match route(method, target) {
            Ok(Page::Metrics) => return Found::Metrics,
            Ok(Page::Probe { target }) => match self.target(&target) {
                Some(target) => return Found::Probe(target),
                None => {
                    let why = "this server is not allowed; to allow it, start `mprctl serve --allow NAME`\n";
                    response(StatusCode::FORBIDDEN, TEXT, why)
                }
            },
            Ok(Page::Index) => response(StatusCode::OK, HTML, self.index()),
            Ok(Page::Health) => response(StatusCode::OK, TEXT, "ok\n"),
            Err(Refusal::BadRequest(why)) => response(StatusCode::BAD_REQUEST, TEXT, format!("{why}\n")),
            Err(Refusal::NotFound) => {
                response(StatusCode::NOT_FOUND, TEXT, "not found; use /, /metrics, /probe or /healthz\n")
            }
            Err(Refusal::MethodNotAllowed) => {
                let text = "this endpoint is read-only; use GET or HEAD\n";
                let mut response = response(StatusCode::METHOD_NOT_ALLOWED, TEXT, text);
                response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
                response
            }
        })
    }

    async fn metrics(&self, limit: Duration, format: Format) -> Response<Body> {
        let mut page = Bytes::new();
        if let Some(target) = &self.own {
            page = target.ask(limit, format).await.server();
        }
        let mut out = Exposition::default();
        self.write_own(&mut out);
        metrics(page, out.finish().write(format) + format.end(), format)
    }

    /// Finds the server that a name means, in any form that the command line takes.
    fn target(&self, name: &str) -> Option<&Arc<Target>> {
        // Most scrapers write it as it is compared.
        self.targets.get(name).or_else(|| self.targets.get(&key(&servers::named(name, "target").ok()?)))
    }

    /// Writes the metrics of the exporter itself.
    fn write_own(&self, out: &mut Exposition) {
        out.family("mprctl_build_info", Type::Info, "The version of mprctl; always 1.")
            .sample(&[("version", env!("CARGO_PKG_VERSION"))], 1u64);
        let started = self.started.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let help = "Start time of the exporter, in seconds since 1970.";
        out.gauge("process_start_time_seconds", help, started.as_secs_f64());
        let help = "Open connections of scrapers.";
        out.gauge("mprctl_http_connections", help, self.connections.load(Ordering::Relaxed) as u64);
        let help = "Requests answered so far, by status.";
        let family = out.family("mprctl_http_requests_total", Type::Counter, help);
        for (code, count) in &*self.requests.lock().unwrap_or_else(PoisonError::into_inner) {
            family.sample(&[("code", &code.to_string())], *count);
        }
        let hanging = self.targets.values().filter(|target| target.hangs()).count();
        let help = "Servers that have not answered within the time limit; one thread waits for each.";
        out.gauge("mprctl_hanging_servers", help, hanging as u64);
        let help = "Memory that is set aside for what the servers have.";
        out.gauge("mprctl_memory_used_bytes", help, self.budget.used());
        let help = "The most memory that the exporter uses, with all that it needs itself; --memory sets it.";
        out.gauge("mprctl_memory_limit_bytes", help, self.budget.most() + OWN_MEMORY);
    }

    fn index(&self) -> String {
        let mut page = "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>mprctl</title>\n\
            <h1>mprctl: Routing and Remote Access for Prometheus</h1>\n\
            <ul>\n<li><a href=\"/metrics\">/metrics</a>\n<li><a href=\"/healthz\">/healthz</a>\n"
            .to_owned();
        for target in self.targets.values() {
            let name = target.server.label();
            let _ = writeln!(
                page,
                "<li><a href=\"/probe?target={}\">/probe?target={}</a>",
                utf8_percent_encode(name, NON_ALPHANUMERIC),
                name.replace('&', "&amp;").replace('<', "&lt;")
            );
        }
        page + "</ul>\n"
    }
}

/// Returns the time limit for a request: half a second less than the timeout that Prometheus sends, so that the answer
/// still reaches it.
fn limit(headers: &HeaderMap, timeout: Duration) -> Duration {
    let said = || {
        let text = headers.get(&SCRAPE_TIMEOUT)?.to_str().ok()?;
        let seconds = Duration::try_from_secs_f64(text.parse().ok()?).ok()?;
        Some(seconds.saturating_sub(Duration::from_millis(500)).max(seconds / 2))
    };
    said().map_or(timeout, |said| said.min(timeout))
}

fn response(status: StatusCode, r#type: &'static str, text: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Full::new(text.into().chain(Bytes::new())));
    *response.status_mut() = status;
    *response.headers_mut() = headers(r#type);
    response
}

/// Makes a page of metrics: those of the server first, then `end`.
fn metrics(server: Bytes, end: impl Into<Bytes>, format: Format) -> Response<Body> {
    let mut response = Response::new(Full::new(server.chain(end.into())));
    response.headers_mut().clone_from(&OF_METRICS[format as usize]);
    response
}

fn headers(r#type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(r#type));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prometheus_says_how_long_it_waits_and_nobody_makes_it_longer() {
        let ours = Duration::from_secs(8);
        for (said, expected) in [
            ("5", 4.5),
            ("0.5", 0.25),
            ("60", 8.0),
            ("1e300", 8.0),
            ("inf", 8.0),
            ("NaN", 8.0),
            ("-1", 8.0),
            ("soon", 8.0),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-prometheus-scrape-timeout-seconds", HeaderValue::from_static(said));
            assert_eq!(limit(&headers, ours).as_secs_f64(), expected, "{said}");
        }
        assert_eq!(limit(&HeaderMap::new(), ours), ours);
    }
}
