//! `mprctl service` with the service manager that Wine has.

use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::{Lane, ended};
use crate::http;
use crate::report::Report;
use crate::sh::{self, Output, Running};
use crate::wine;

impl Lane<'_> {
    /// Installs the exporter as a service, scrapes it, stops it and removes it.
    pub(super) fn check_service(&self, report: &mut Report) -> Result<()> {
        // Without a process of a user, Wine's service manager ends, and starts its services with the next one.
        let _user = self.start_user()?;
        // What a lane that was interrupted has left.
        let _ = self.service("uninstall --yes")?;
        let address = http::free_address()?;
        let installed = self.service(&format!("install --yes -- --demo --listen {address}"))?;
        report.check("service install registers the exporter", done(&installed, "done"));
        let again = self.service("install --yes")?;
        report.check("service install refuses a second time", ended(&again, 1, &["installed already"]));
        report.check(
            "service status says that it is stopped",
            done(&self.service("status -o csv")?, ",stopped,"),
        );

        let taken = TcpListener::bind(address)?;
        let refused = self.service("start")?;
        report.check(
            "a service that cannot listen does not count as started",
            ended(&refused, 1, &["event log", "Get-WinEvent"]),
        );
        drop(taken);
        report.check("service start starts it", done(&self.service("start")?, "done"));
        report.check("service status says that it runs", done(&self.service("status -o csv")?, ",running,"));
        let page = http::get(address, "/probe?target=vpn01").map_err(|error| format!("{error:#}"));
        let scraped = page.and_then(|page| match page.contains("\nrras_up 1\n") {
            true => Ok(()),
            false => Err(format!("expected rras_up 1, came\n{page}")),
        });
        report.check("the service is scraped", scraped);
        report.check("service stop stops it", done(&self.service("stop")?, "done"));
        report.check("nothing listens any more", freed(address));
        report.check("service uninstall removes it", done(&self.service("uninstall --yes")?, "done"));
        report.check("service status says so", done(&self.service("status -o csv")?, ",not installed,"));
        report.check(
            "service start says how to install it",
            ended(&self.service("start")?, 6, &["service install"]),
        );

        // Wine has no event log; it prints the text of an event.
        let program = self.built("mprctl.exe");
        let alone = self.wine.command(&program).args(["serve", "--as-service", "--demo"]);
        let alone = sh::output(alone.env("WINEDEBUG", "-all,err+eventlog,warn+eventlog,fixme+eventlog"))?;
        let said = ["service manager of Windows did not start this process"];
        report.check("a process that no manager has started says so", ended(&alone, 2, &said));
        Ok(())
    }

    /// Starts a process that runs until it is dropped, and waits until it does: the first process starts Wine's service
    /// manager, which keeps that process's output open. Of a command whose output is read, the reading would never end.
    fn start_user(&self) -> Result<Running> {
        let address = http::free_address()?;
        let mut command = Command::new(wine::LOADER);
        command.arg(self.built("mprctl.exe")).args(["--demo", "serve", "--listen", &address.to_string()]);
        command.envs(self.wine.environment()).stdout(Stdio::null()).stderr(Stdio::null());
        let user = Running(command.spawn()?);
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            ensure!(start.elapsed() < Duration::from_secs(60), "mprctl.exe does not listen on {address}");
            thread::sleep(Duration::from_millis(100));
        }
        Ok(user)
    }

    fn service(&self, line: &str) -> Result<Output> {
        sh::output(self.mprctl().arg("service").args(line.split(' ')))
    }
}

/// Checks that a command has printed a text on its standard output.
fn done(came: &Output, text: &str) -> Result<(), String> {
    ended(came, 0, &[])?;
    if came.stdout.contains(text) { Ok(()) } else { Err(format!("expected {text}, came\n{}", came.stdout)) }
}

/// Checks that an address is free, a little later at most: the process may outlive its service for a moment.
fn freed(address: std::net::SocketAddr) -> Result<(), String> {
    let start = Instant::now();
    while let Err(error) = TcpListener::bind(address) {
        if start.elapsed() > Duration::from_secs(10) {
            return Err(error.to_string());
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
