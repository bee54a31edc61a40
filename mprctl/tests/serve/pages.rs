//! The contents of the pages.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::exporter::{Answer, Exporter, mprctl};
use mprctl::test_support::output;

const ALL: &[&str] = &["--server", "own", "--allow", "busy,wraps,stopped,denied,hangs", "--timeout", "60s"];

fn samples(answer: &Answer, expected: &[(&str, f64)]) {
    for (name, value) in expected {
        assert_eq!(answer.sample(name), Some(*value), "{name} in\n{}", answer.body);
    }
}

#[test]
fn metrics_tell_of_the_own_server_and_of_the_exporter() {
    let exporter = Exporter::start(ALL);
    let answer = exporter.get("/metrics");
    assert!(answer.is_good(), "{}", answer.head);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    samples(
        &answer,
        &[
            ("rras_up", 1.0),
            ("rras_sessions{tunnel=\"IKEv2\"}", 2.0),
            ("rras_sessions{tunnel=\"SSTP\"}", 1.0),
            ("rras_ports{tunnel=\"IKEv2\",condition=\"connected\"}", 2.0),
            ("rras_ports{tunnel=\"IKEv2\",condition=\"listening\"}", 2.0),
            ("rras_ports{tunnel=\"SSTP\",condition=\"non_operational\"}", 0.0),
            ("rras_interfaces{type=\"dedicated\",state=\"connected\"}", 1.0),
            ("rras_interfaces{type=\"full_router\",state=\"disabled\"}", 1.0),
            ("rras_interfaces{type=\"full_router\",state=\"unreachable\"}", 0.0),
            ("rras_interfaces{type=\"home_router\",state=\"connected\"}", 0.0),
            ("rras_received_bytes_total{tunnel=\"IKEv2\"}", 0.0),
            ("rras_errors_total{error=\"crc\"}", 0.0),
            ("rras_received_frames_total{tunnel=\"SSTP\"}", 0.0),
            ("rras_calls_total{tunnel=\"IKEv2\"}", 2.0),
            ("rras_calls_total{tunnel=\"SSTP\"}", 1.0),
            // `anna` is there twice.
            ("rras_users{type=\"user\"}", 2.0),
            ("rras_users{type=\"device\"}", 0.0),
            ("rras_sessions_peak", 3.0),
            ("rras_received_compression_ratio{tunnel=\"IKEv2\"}", 1.0),
            ("mprctl_hanging_servers", 0.0),
        ],
    );
    assert!(answer.sample("rras_scrape_duration_seconds").is_some_and(|seconds| seconds > 0.0));
    assert!(!answer.body.contains("anna"), "users are told of only when asked for");
    let again = exporter.get("/metrics");
    samples(&again, &[("mprctl_http_requests_total{code=\"200\"}", 1.0)]);
}

#[test]
fn users_are_told_of_when_asked_for_each_once() {
    let exporter = Exporter::start(&["--server", "own", "--per-user"]);
    let answer = exporter.get("/metrics");
    samples(
        &answer,
        &[
            ("rras_user_sessions{domain=\"CORP\",user=\"anna\"}", 2.0),
            ("rras_user_session_received_bytes{domain=\"CORP\",user=\"anna\"}", 1500.0),
            (r#"rras_user_sessions{domain="",user="quote \" and \\ slash"}"#, 1.0),
        ],
    );
}

#[test]
fn a_probe_tells_of_the_server_that_it_names_or_why_it_does_not_answer() {
    let exporter = Exporter::start(ALL);
    for (target, failure) in
        [("stopped", "no_service"), ("denied", "access_denied"), ("DENIED", "access_denied")]
    {
        let answer = exporter.get(&format!("/probe?target={target}"));
        assert!(answer.is_good(), "{}", answer.head);
        let failure = format!("rras_failure{{kind=\"{failure}\"}}");
        samples(&answer, &[("probe_success", 0.0), ("rras_up", 0.0), (&failure, 1.0)]);
        assert_eq!(answer.sample("rras_service_start_time_seconds"), None);
    }
    let answer = exporter.get("/probe?target=own");
    samples(&answer, &[("probe_success", 1.0), ("rras_up", 1.0), ("rras_sessions{tunnel=\"SSTP\"}", 1.0)]);
    assert!(answer.sample("rras_scrape_duration_seconds").is_some_and(|seconds| seconds > 0.0));
    assert_eq!(answer.sample("mprctl_hanging_servers"), None, "the exporter is no part of a server");
    let log = exporter.log.lock().unwrap().clone();
    assert_eq!(log.lines().count(), 2, "a line for each server that fails, not for each request: {log}");
}

#[test]
fn a_probe_takes_every_form_of_a_servers_name_that_the_command_line_takes() {
    let exporter = Exporter::start(&["--server", "own", "--allow", r"\\denied,//stopped"]);
    for target in ["own", "OWN", "own.", "%5C%5Cown", "%5C%5COwn.", "//own"] {
        let answer = exporter.get(&format!("/probe?target={target}"));
        assert!(answer.is_good(), "{target}: {}", answer.head);
        samples(&answer, &[("probe_success", 1.0)]);
    }
    for target in ["denied", "DENIED.", "%5C%5Cdenied", "stopped"] {
        let answer = exporter.get(&format!("/probe?target={target}"));
        assert!(answer.is_good(), "{target}: {}", answer.head);
        samples(&answer, &[("probe_success", 0.0)]);
    }
    for target in ["elsewhere", "own%20denied", "own,denied", "*", ".", "localhost", "own%00"] {
        let answer = exporter.get(&format!("/probe?target={target}"));
        assert!(answer.head.contains(" 403 ") || answer.head.contains(" 400 "), "{target}: {}", answer.head);
    }
}

#[test]
fn a_name_that_is_none_is_not_allowed() {
    for name in ["", " ", r"\\", "vpn*", "own,"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_mprctl"))
            .args(["--demo", "serve", "--listen", "127.0.0.1:0", "--allow", name])
            .env("MPRCTL_CONFIG", "")
            .output()
            .expect("mprctl starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name:?}: {said}");
    }
}

/// Seconds since 1970, give or take: the other clock is the simulator's, and whole seconds are rounded.
fn assert_is_ago(start: Option<f64>, seconds: f64) {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64();
    let start = start.expect("a start");
    assert!((now - seconds - start).abs() < 60.0, "{start} is not {seconds} s before {now}");
}

#[test]
fn sites_have_metrics_of_their_own_and_are_no_sessions() {
    let exporter = Exporter::start(&["--server", "branches", "--per-user"]);
    let first = exporter.get("/metrics");
    samples(
        &first,
        &[
            ("rras_sessions{tunnel=\"IKEv2\"}", 2.0),
            ("rras_received_bytes_total{tunnel=\"IKEv2\"}", 0.0),
            ("rras_user_sessions{domain=\"CORP\",user=\"PC-042$\"}", 1.0),
            (r#"rras_user_sessions{domain="CORP",user="ann\"e\\x\n𝄞"}"#, 1.0),
            ("rras_ports{tunnel=\"IKEv2\",condition=\"connected\"}", 3.0),
            ("rras_interfaces{type=\"full_router\",state=\"connected\"}", 1.0),
            ("rras_site_state{site=\"Oslo\",state=\"connected\"}", 1.0),
            ("rras_site_state{site=\"Oslo\",state=\"unreachable\"}", 0.0),
            ("rras_site_state{site=\"Lyon\",state=\"connected\"}", 0.0),
            ("rras_site_state{site=\"Lyon\",state=\"disconnected\"}", 1.0),
            ("rras_site_received_bytes_total{site=\"Lyon\"}", 0.0),
            ("rras_site_last_error{site=\"Oslo\"}", 0.0),
            ("rras_site_failures_total{site=\"Oslo\",cause=\"certificate\"}", 0.0),
            ("rras_users{type=\"device\"}", 1.0),
        ],
    );
    assert_is_ago(first.sample("rras_service_start_time_seconds"), 86_400.0);
    let device = "rras_user_session_start_time_seconds{domain=\"CORP\",user=\"PC-042$\"}";
    assert_is_ago(first.sample(device), 5_184_000.0);
    assert_is_ago(first.sample("rras_site_start_time_seconds{site=\"Oslo\"}"), 0.0);
    assert_eq!(first.sample("rras_site_start_time_seconds{site=\"Lyon\"}"), None);
    assert!(!first.body.contains("user=\"Oslo\""), "{}", first.body);
    thread::sleep(Duration::from_millis(2100));
    let second = exporter.get("/metrics");
    let moved = second.sample("rras_site_received_bytes_total{site=\"Oslo\"}").expect("a total");
    assert!(moved >= 1000.0, "{moved}");
    samples(&second, &[("rras_received_bytes_total{tunnel=\"IKEv2\"}", 0.0)]);
    for start in ["rras_service_start_time_seconds", "rras_site_start_time_seconds{site=\"Oslo\"}", device] {
        assert_eq!(second.sample(start), first.sample(start), "a start stands still");
    }
}

#[test]
fn every_state_of_every_type_is_told_and_no_word_has_a_space() {
    let exporter = Exporter::start(ALL);
    let body = exporter.get("/metrics").body;
    for kind in
        ["client", "home_router", "full_router", "dedicated", "internal", "loopback", "tunnel", "dial_out"]
    {
        let start = format!("rras_interfaces{{type=\"{kind}\",state=\"");
        assert_eq!(body.lines().filter(|line| line.starts_with(&start)).count(), 5, "{kind}");
    }
    for line in body.lines().filter(|line| !line.starts_with('#') && !line.contains("site=")) {
        assert_eq!(line.split(' ').count(), 2, "{line}");
    }
}

#[test]
fn openmetrics_is_answered_to_clients_that_accept_it() {
    let exporter = Exporter::start(ALL);
    for page in ["/metrics", "/probe?target=own", "/probe?target=stopped"] {
        let accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
        let open = exporter.request(&format!("GET {page} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\n\r\n"));
        let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        assert_eq!((open.header("content-type"), open.header("vary")), (Some(kind), Some("accept")));
        assert!(open.is_good() && open.body.ends_with("\n# EOF\n"), "{}", open.body);
        assert_eq!(open.body.matches("# EOF").count(), 1);
        let (mut family, mut seen) = (String::new(), BTreeSet::new());
        for line in open.body.lines() {
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["#", "HELP", name, ..] => {
                    assert!(seen.insert(name.to_owned()), "{name} is there twice");
                    name.clone_into(&mut family);
                }
                ["#", "TYPE", name, kind] => {
                    assert_eq!(name, family);
                    assert!(!name.ends_with("_total") && !name.ends_with("_info"), "{line}");
                    family += match kind {
                        "counter" => "_total",
                        "info" => "_info",
                        _ => "",
                    };
                }
                ["#", "EOF"] => {}
                _ => assert_eq!(line.split(['{', ' ']).next(), Some(family.as_str()), "{line}"),
            }
        }
        let text = exporter.get(page);
        assert_eq!(text.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
        assert!(!text.body.contains("# EOF"));
        assert_eq!(text.body.contains("# mprctl: "), page.ends_with("stopped"), "the sentence for people");
    }
}

#[test]
fn totals_grow_whether_the_server_counts_in_32_bits_or_in_64() {
    let exporter = Exporter::start(ALL);
    for (target, total) in [
        ("busy", "rras_received_bytes_total{tunnel=\"IKEv2\"}"),
        ("wraps", "rras_received_bytes_total{tunnel=\"SSTP\"}"),
    ] {
        let target = format!("/probe?target={target}");
        let (first, start) = (exporter.get(&target), Instant::now());
        samples(&first, &[("probe_success", 1.0), (total, 0.0)]);
        thread::sleep(Duration::from_millis(1100));
        let second = exporter.get(&target).sample(total).expect("a total");
        // A megabyte a second; nobody's clock is asked for more than the first digit.
        let most = 1_000_000.0 * start.elapsed().as_secs_f64() + 200_000.0;
        assert!((900_000.0..most).contains(&second), "{target}: {second}");
    }
}

#[test]
fn what_is_not_there_or_not_allowed_is_refused() {
    let exporter = Exporter::start(&["--server", "own"]);
    for (target, status) in [
        ("/", 200),
        ("/healthz", 200),
        ("/probe?target=busy", 403),
        ("/probe?target=", 400),
        ("/probe", 400),
        ("/probe?target=own&target=own", 400),
        ("/probe?target=%00", 400),
        ("/nothing", 404),
    ] {
        assert_eq!(exporter.get(target).status, status, "{target}");
    }
    let post = exporter.request("POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    assert_eq!((post.status, post.header("allow")), (405, Some("get, head")));
    let head = exporter.request("HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(exporter.get("/").body.contains("href=\"/probe?target=own\""));
}

#[test]
fn of_several_servers_none_is_the_own_one() {
    let exporter = Exporter::start(&["--server", "own,busy"]);
    let answer = exporter.get("/metrics");
    assert!(answer.is_good());
    assert_eq!(answer.sample("rras_up"), None);
    assert_eq!(answer.sample("mprctl_hanging_servers"), Some(0.0));
    samples(&exporter.get("/probe?target=busy"), &[("probe_success", 1.0)]);
}

#[test]
fn a_server_that_hangs_is_waited_for_once() {
    let exporter = Exporter::start(&["--server", "own", "--allow", "hangs", "--timeout", "2s"]);
    #[cfg(target_os = "linux")]
    let (threads, started) = (exporter.status("Threads"), Instant::now());
    let took = || {
        let start = Instant::now();
        let answer = exporter.get("/probe?target=hangs");
        samples(&answer, &[("probe_success", 0.0), ("rras_failure{kind=\"unreachable\"}", 1.0)]);
        start.elapsed()
    };
    let first = took();
    assert!(first >= Duration::from_secs(2), "{first:?}");
    for _ in 0..20 {
        let later = took();
        assert!(later < first / 2, "{later:?} after {first:?}");
    }
    // The failure is not remembered any more by then, but the server still hangs.
    thread::sleep(Duration::from_millis(1_100));
    let later = took();
    assert!(later < first / 2, "{later:?} after {first:?}");
    // The thread that told the last answer may take a moment to end.
    #[cfg(target_os = "linux")]
    while exporter.status("Threads") != threads + 1 {
        assert!(started.elapsed() < Duration::from_secs(60), "{} threads", exporter.status("Threads"));
        thread::sleep(Duration::from_millis(10));
    }
    samples(&exporter.get("/metrics"), &[("rras_up", 1.0), ("mprctl_hanging_servers", 1.0)]);
    assert_eq!(exporter.log.lock().unwrap().lines().count(), 1);
}

#[test]
fn an_address_that_is_taken_is_exit_code_1() {
    let exporter = Exporter::start(&["--server", "own"]);
    let address = exporter.address.to_string();
    let mut second = mprctl();
    second.args(["--server", "own", "serve", "--listen", &address]);
    let output = output(|| second.output());
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&address), "{said}");
}

#[test]
fn scrapes_that_share_a_reading_get_the_same_page() {
    let exporter = Exporter::start(ALL);
    let shared = (0..20).any(|_| {
        // An answer of before is reused for a second; then comes another.
        thread::sleep(Duration::from_millis(1_100));
        let start = Instant::now();
        let pages = thread::scope(|scope| {
            let gets = [(); 5].map(|()| scope.spawn(|| exporter.get("/probe?target=busy").body));
            gets.map(|get| get.join().expect("it is answered"))
        });
        let last = exporter.get("/probe?target=busy").body;
        // On a machine that is too busy, a second has gone by.
        start.elapsed() < Duration::from_secs(1) && {
            assert!(pages.iter().all(|page| *page == last), "{pages:?}\n{last}");
            true
        }
    });
    assert!(shared, "six scrapes never took less than a second");
}

#[test]
fn it_says_how_much_memory_it_uses_at_most_and_takes_no_less_than_it_needs() {
    let exporter = Exporter::start(&["--server", "own", "--memory", "200MB"]);
    assert!(exporter.said.ends_with("uses at most 200 MB of memory\n"), "{}", exporter.said);
    let page = exporter.get("/metrics");
    samples(&page, &[("mprctl_memory_limit_bytes", 200_000_000.0)]);
    let used = page.sample("mprctl_memory_used_bytes").expect("the sample");
    assert!((1_000.0..1_000_000.0).contains(&used), "{used} bytes for three sessions and a page");
    for (size, reason) in [("100MB", "at least 128 MB"), ("much", "a size such as 512MB")] {
        let mut small = mprctl();
        small.args(["serve", "--listen", "127.0.0.1:0", "--memory", size]);
        let output = output(|| small.output());
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(output.status.code() == Some(2) && said.contains(reason), "{size}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn it_stops_within_a_second_while_somebody_waits_for_a_server_that_hangs() {
    let mut exporter = Exporter::start(&["--server", "own", "--allow", "hangs"]);
    let waiting = exporter.connect();
    std::io::Write::write_all(&mut &waiting, b"GET /probe?target=hangs HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    // Asked for behind it, so that the other is being asked by then.
    assert!(exporter.get("/metrics").is_good());
    let start = Instant::now();
    assert_eq!(exporter.terminate(), Some(0));
    let took = start.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
}

#[cfg(unix)]
#[test]
fn a_connection_that_asks_nothing_does_not_keep_it_when_it_stops() {
    // A busy machine may hold one of them up; none was quicker than 0.7 seconds when such a connection was waited for.
    let took = (0..5).map(|_| {
        let mut exporter = Exporter::start(&["--server", "own"]);
        let _idle = exporter.connect();
        // Asked for behind it, so that the other is accepted by then.
        assert!(exporter.get("/healthz").is_good());
        let start = Instant::now();
        assert_eq!(exporter.terminate(), Some(0));
        start.elapsed()
    });
    let took: Vec<_> = took.collect();
    assert!(took.iter().min() < Some(&Duration::from_millis(500)), "{took:?}");
}

#[test]
fn dashboard_alerts_and_page_name_metrics_that_there_are() {
    let exporter = Exporter::start(&["--server", "own", "--allow", "stopped", "--per-user"]);
    let pages =
        ["/metrics", "/probe?target=own", "/probe?target=stopped"].map(|page| exporter.get(page).body);
    let types: Vec<&str> =
        pages.iter().flat_map(|page| page.lines()).filter(|line| line.starts_with("# TYPE ")).collect();
    let known: BTreeSet<&str> = types.iter().filter_map(|line| line.split(' ').nth(2)).collect();
    let dashboard = include_str!("../../monitoring/dashboard.json");
    serde_json::from_str::<serde_json::Value>(dashboard).expect("JSON");
    let guide = include_str!("../../docs/monitoring.md");
    for text in [dashboard, include_str!("../../monitoring/alerts.yml"), guide] {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let named: BTreeSet<&str> = words
            .filter(|word| ["rras_", "probe_", "mprctl_"].iter().any(|prefix| word.starts_with(prefix)))
            .collect();
        assert!(named.len() >= 5, "{named:?}");
        assert_eq!(named.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
    }
    for name in known {
        assert!(guide.contains(name), "the page leaves out {name}");
    }
}
