//! `cargo xtask prometheus`: a real Prometheus scrapes `mprctl serve`, and `promtool` looks at what ships with it.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::sh::Running;
use crate::{apt, http, sh};

/// The series that Prometheus must get from `mprapi-sim/scenarios/five-servers.toml`.
const EXPECTED: &[(&str, &str)] = &[
    ("up{job=\"rras\"}", "1"),
    ("rras_up{job=\"rras\"}", "1"),
    ("rras_sessions{job=\"rras\",tunnel=\"IKEv2\"}", "1"),
    ("rras_site_state{job=\"rras\",site=\"Branch\",state=\"connected\"}", "1"),
    ("rras_site_state{job=\"rras\",site=\"Branch\",state=\"unreachable\"}", "0"),
    ("rras_ports{job=\"rras\",tunnel=\"SSTP\",condition=\"connected\"}", "1"),
    ("min(up{job=\"rras-fleet\"})", "1"),
    ("probe_success{instance=\"vpn01\"}", "1"),
    ("rras_sessions{instance=\"vpn01\",tunnel=\"SSTP\"}", "1"),
    ("probe_success{instance=\"vpn05\"}", "0"),
    ("rras_calls_total{instance=\"vpn01\",tunnel=\"SSTP\"}", "1"),
    ("rras_users{instance=\"vpn01\",type=\"user\"}", "2"),
    ("rras_site_last_error{instance=\"vpn01\",site=\"Old office\"}", "0"),
    ("rras_failure{instance=\"vpn05\",kind=\"no_service\"}", "1"),
    ("count(ALERTS{alertname=\"RrasDown\",instance=\"vpn05\"})", "1"),
];

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    apt::install(&sh, apt::PROMETHEUS)?;
    let mprctl = sh::mprctl(&sh)?;
    let monitoring = sh::root().join("mprctl/monitoring");
    {
        let _dir = sh.push_dir(&monitoring);
        sh::run(cmd!(sh, "promtool check rules alerts.yml"))?;
        sh::run(cmd!(sh, "promtool check config prometheus.yml"))?;
        sh::run(cmd!(sh, "promtool test rules alerts.test.yml"))?;
    }

    check_unit(&sh, &mprctl)?;
    let (_exporter, address) = start_exporter(&mprctl)?;
    for page in ["/metrics", "/probe?target=vpn01", "/probe?target=vpn05"] {
        let text = http::get(address, page)?;
        let check = cmd!(sh, "promtool check metrics").stdin(text).quiet();
        check.run().with_context(|| format!("promtool check metrics of {page}"))?;
        println!("ok      promtool check metrics: {page}");
    }
    scrape(&sh, address)
}

/// Has systemd check the unit that ships, with the program that was built.
fn check_unit(sh: &Shell, mprctl: &Path) -> Result<()> {
    let unit = sh.read_file(sh::root().join("mprctl/monitoring/mprctl.service"))?;
    ensure!(unit.contains("/usr/local/bin/mprctl"), "mprctl.service runs another file");
    let file = sh::target_dir().join("prometheus-unit/mprctl.service");
    sh.write_file(&file, unit.replace("/usr/local/bin/mprctl", &mprctl.display().to_string()))?;
    // It ends well even with a key that it does not know, and says so; it also speaks of other units of the machine.
    let came = sh::output(cmd!(sh, "systemd-analyze verify {file}"))?;
    let said: Vec<&str> = came.stderr.lines().filter(|line| line.contains("mprctl")).collect();
    ensure!(came.code == Some(0) && said.is_empty(), "systemd-analyze verify: {}", came.stderr);
    println!("ok      systemd-analyze verify mprctl.service");
    Ok(())
}

fn start_exporter(mprctl: &Path) -> Result<(Running, SocketAddr)> {
    let scenario = sh::root().join("mprapi-sim/scenarios/five-servers.toml");
    let mut command = Command::new(mprctl);
    command.env("MPRAPI_SIM_SCENARIO", scenario).stderr(Stdio::piped());
    command.args(["serve", "--listen", "127.0.0.1:0", "--allow", "vpn01,vpn02,vpn05", "--per-user"]);
    let mut exporter = Running(command.spawn().context("mprctl serve")?);
    let mut stderr = BufReader::new(exporter.0.stderr.take().context("stderr is piped")?);
    let mut line = String::new();
    while !line.contains("serving http://") {
        line.clear();
        ensure!(stderr.read_line(&mut line)? > 0, "mprctl serve ended");
    }
    let address = line.split("serving http://").nth(1).and_then(|rest| rest.split('/').next());
    let address = address.context("an address")?.parse()?;
    // Read on, so that it can go on saying things.
    thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
    Ok((exporter, address))
}

/// The configuration that ships, with this exporter's address and shorter times.
fn scrape(sh: &Shell, exporter: SocketAddr) -> Result<()> {
    let folder = sh::target_dir().join("prometheus");
    sh.remove_path(&folder)?;
    let monitoring = sh::root().join("mprctl/monitoring");
    let shipped = sh.read_file(monitoring.join("prometheus.yml"))?;
    ensure!(shipped.contains("localhost:17230"), "prometheus.yml has another address");
    let global = "global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }\n";
    let config = folder.join("prometheus.yml");
    sh.write_file(&config, format!("{global}{}", shipped.replace("localhost:17230", &exporter.to_string())))?;
    sh.copy_file(monitoring.join("alerts.yml"), folder.join("alerts.yml"))?;

    let address = http::free_address()?;
    let url = format!("http://{address}");
    let mut command = Command::new("prometheus");
    command.arg(format!("--config.file={}", config.display()));
    command.arg(format!("--storage.tsdb.path={}", folder.join("data").display()));
    command.arg(format!("--web.listen-address={address}"));
    let log = std::fs::File::create(folder.join("log"))?;
    let _prometheus = Running(command.stderr(log).stdout(Stdio::null()).spawn().context("prometheus")?);

    let deadline = Instant::now() + Duration::from_secs(60);
    for (query, expected) in EXPECTED {
        loop {
            let came = sh::output(cmd!(sh, "promtool query instant {url} {query}"))?;
            // `name{labels} => value @[time]`, a line for each sample.
            let lines: Vec<&str> = came.stdout.lines().collect();
            let value = |line: &str| Some(line.rsplit_once("=> ")?.1.split(' ').next()?.to_owned());
            if matches!(lines[..], [line] if value(line).as_deref() == Some(expected)) {
                println!("ok      {query} is {expected}");
                break;
            }
            let (out, err) = (came.stdout, came.stderr);
            ensure!(Instant::now() < deadline, "{query}: expected {expected}, came {out}{err}");
            thread::sleep(Duration::from_millis(300));
        }
    }
    // An info is a type of OpenMetrics alone; in the other format it is a gauge.
    let metadata = http::get(address, "/api/v1/metadata?metric=mprctl_build")?;
    ensure!(metadata.contains("\"type\":\"info\""), "Prometheus did not ask for OpenMetrics: {metadata}");
    println!("ok      Prometheus asked for OpenMetrics");
    query_dashboard(sh, &url, deadline)
}

/// Runs each query of the dashboard. Each of its panels must have data.
fn query_dashboard(sh: &Shell, url: &str, deadline: Instant) -> Result<()> {
    let dashboard = sh.read_file(sh::root().join("mprctl/monitoring/dashboard.json"))?;
    let dashboard: Value = serde_json::from_str(&dashboard).context("dashboard.json")?;
    let panels = dashboard["panels"].as_array().context("panels")?;
    ensure!(!panels.is_empty(), "the dashboard has no panels");
    for panel in panels {
        let title = panel["title"].as_str().context("a title")?;
        for target in panel["targets"].as_array().context("targets")? {
            let query = target["expr"].as_str().context("a query")?;
            // As Grafana does when all instances are selected.
            let query = query.replace("$instance", ".*").replace("$__rate_interval", "30s");
            loop {
                let came = sh::output(cmd!(sh, "promtool query instant {url} {query}"))?;
                if came.code == Some(0) && came.stdout.contains(" => ") {
                    break;
                }
                let err = came.stderr;
                ensure!(Instant::now() < deadline, "the panel `{title}` has no data: {query}\n{err}");
                thread::sleep(Duration::from_millis(300));
            }
        }
    }
    println!("ok      each of the dashboard's {} panels has data", panels.len());
    Ok(())
}
