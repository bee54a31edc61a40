//! The simulated company of `--demo`: three servers in real time, users who connect and disconnect, and live traffic.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use fastrand::Rng;
use mprapi_sim::{Scenario, Session, Simulation, Tunnel};
use serde::Deserialize;

use crate::target::Target;

/// The environment variable with the path of a scenario file for the simulator.
pub(crate) const SCENARIO: &str = "MPRAPI_SIM_SCENARIO";

/// The company's servers, with the users who are connected at first.
const COMPANY: &str = include_str!("../scenarios/company.toml");

/// The users who are not connected at first, by server in the order of [`COMPANY`].
const VISITORS: &str = include_str!("../scenarios/visitors.toml");

/// How often traffic changes.
pub(crate) const TICK: Duration = Duration::from_millis(500);

/// Returns the path of a scenario file, if the environment has one.
pub(crate) fn scenario() -> Option<PathBuf> {
    std::env::var_os(SCENARIO).filter(|file| !file.is_empty()).map(PathBuf::from)
}

pub(crate) struct Demo {
    /// `None` if `MPRAPI_SIM_SCENARIO` names a scenario, which the simulator reads by itself.
    company: Option<Arc<Simulation>>,
}

impl Demo {
    pub(crate) fn start() -> Demo {
        if scenario().is_some() {
            return Demo { company: None };
        }
        let company = Scenario::from_toml(COMPANY).expect("the file of the crate is a scenario");
        let company = Arc::new(company.start());
        let shown = Arc::downgrade(&company);
        thread::spawn(move || live(&shown));
        Demo { company: Some(company) }
    }

    /// All servers of the simulated company. Empty if the environment names a scenario instead; the first server of a
    /// scenario is this machine.
    pub(crate) fn targets(&self) -> Vec<Target> {
        let routers = self.company.iter().flat_map(|company| company.routers());
        routers.map(|router| Target::named(router.name())).collect()
    }
}

/// Part of a scenario file: the sessions of its servers, as the demo begins them again.
#[derive(Deserialize)]
struct Sessions {
    server: Vec<ServerSessions>,
}

#[derive(Deserialize)]
struct ServerSessions {
    session: Vec<Person>,
}

/// A user, who always connects through the same tunnel from the same place.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Person {
    user: String,
    domain: String,
    computer: String,
    tunnel: Tunnel,
    address: Ipv4Addr,
    endpoint: IpAddr,
    receive_rate: u64,
    /// The average rate of the bytes to the user, in bytes per second.
    send_rate: u64,
}

impl Person {
    fn session(&self) -> Session {
        Session::new(self.user.as_str(), self.tunnel)
            .domain(self.domain.as_str())
            .computer(self.computer.as_str())
            .address(self.address)
            .endpoint(self.endpoint)
            .receive_rate(self.receive_rate)
            .send_rate(self.send_rate)
    }
}

/// The users of one server.
struct Office {
    /// How many are connected at first; the number varies around it.
    usual: usize,
    staff: Vec<Person>,
}

/// Returns the users of each server: first those who are connected at first, then the visitors.
fn offices() -> Vec<Office> {
    let [connected, visitors] = [COMPANY, VISITORS].map(|text| {
        let sessions: Sessions = toml::from_str(text).expect("the file of the crate has sessions");
        sessions.server.into_iter().map(|server| server.session)
    });
    let office = |(connected, visitors): (Vec<Person>, Vec<Person>)| Office {
        usual: connected.len(),
        staff: connected.into_iter().chain(visitors).collect(),
    };
    connected.zip(visitors).map(office).collect()
}

/// The life of the company: users come and go, and their traffic rises and falls.
pub(crate) struct Life {
    offices: Vec<Office>,
    /// The traffic of each user now, as a part of what is usual for them.
    moods: Vec<Vec<f64>>,
    rng: Rng,
}

impl Life {
    fn new() -> Life {
        // A fixed seed, so that every run is alike.
        let mut rng = Rng::with_seed(0x1297_d257_e5c2_ecb0);
        let offices = offices();
        let moods =
            offices.iter().map(|office| office.staff.iter().map(|_| rng.f64() * 1.5).collect()).collect();
        Life { offices, moods, rng }
    }

    /// Goes on by one [`TICK`].
    pub(crate) fn go_on(&mut self, company: &Simulation) {
        let Life { offices, moods, rng } = self;
        for ((office, moods), router) in offices.iter().zip(moods).zip(company.routers()) {
            let online = router.users();
            for (person, mood) in office.staff.iter().zip(moods) {
                // Back towards the usual, with now and then a large file.
                *mood += (0.8 - *mood) * 0.15 + (rng.f64() - 0.5) * 0.5;
                if rng.f64() < 0.01 {
                    *mood += 5.0 + 5.0 * rng.f64();
                }
                *mood = mood.max(0.0);
                let rate = person.send_rate as f64 * *mood;
                router.set_rates(&person.user, (rate / (3.0 + 10.0 * rng.f64())) as u64, rate as u64);
            }
            // Somebody comes or goes every ten seconds or so.
            if rng.f64() < 0.05 * (office.usual as f64 / 9.0) {
                let person = &office.staff[rng.usize(0..office.staff.len())];
                if !online.contains(&person.user) {
                    // Who finds every line busy does not come.
                    let _ = router.connect(&person.session());
                } else if online.len() > office.usual / 2 {
                    router.drop_user(&person.user);
                }
            }
        }
    }
}

/// Lets the company live until nobody shows it any more.
fn live(company: &Weak<Simulation>) {
    let mut life = Life::new();
    while let Some(company) = company.upgrade() {
        life.go_on(&company);
        drop(company);
        thread::sleep(TICK);
    }
}

/// Starts the company with clocks that a test moves, and returns it with its life, which goes on by one [`TICK`] at a time.
#[cfg(test)]
pub(crate) fn stepped() -> (Simulation, Life) {
    let company = COMPANY.replace("clock = \"real\"", "clock = \"stepped\"");
    (Scenario::from_toml(&company).expect("the file of the crate is a scenario").start(), Life::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_user_of_the_demo_can_connect_when_the_others_have_left() {
        let servers = Scenario::from_toml(COMPANY).expect("a scenario").into_servers();
        let visited = toml::from_str::<toml::Table>(VISITORS).expect("TOML");
        let visited = visited["server"].as_array().expect("servers");
        assert_eq!((servers.len(), visited.len()), (3, 3));
        let users = offices();
        for ((server, visited), office) in servers.into_iter().zip(visited).zip(users) {
            assert_eq!(visited["name"].as_str(), Some(server.name()));
            let name = format!("demo-{}", server.name());
            let simulation = server.renamed(&name).start();
            let router = &simulation.routers()[0];
            let is_connected = |person: &Person| router.users().contains(&person.user);
            let (connected, visitors) = office.staff.split_at(office.usual);
            assert!(connected.iter().all(is_connected) && !visitors.iter().any(is_connected));
            assert!(connected.iter().all(|person| router.drop_user(&person.user)));
            for person in &office.staff {
                router.connect(&person.session()).expect("a port is free");
                assert!(is_connected(person));
                router.drop_user(&person.user);
            }
        }
    }
}
