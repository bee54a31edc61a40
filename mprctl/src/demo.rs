//! The simulated company of `--demo`: three servers with the real time, users who come and go, and traffic that moves.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use fastrand::Rng;
use mprapi_sim::{
    Clock, Interface, InterfaceKind, Route, Scenario, Server, Session, Simulation, Tunnel, User,
};

use crate::target::Target;

/// The variable that names a file with the servers the simulator begins with.
pub(crate) const SCENARIO: &str = "MPRAPI_SIM_SCENARIO";

/// How often traffic changes.
const TICK: Duration = Duration::from_millis(500);

/// The file with other simulated servers, if the environment names one.
pub(crate) fn scenario() -> Option<PathBuf> {
    std::env::var_os(SCENARIO).filter(|file| !file.is_empty()).map(PathBuf::from)
}

pub(crate) struct Demo {
    /// `None` where `MPRAPI_SIM_SCENARIO` names other servers, which the simulator has by itself.
    company: Option<Arc<Simulation>>,
}

impl Demo {
    pub(crate) fn start() -> Demo {
        if scenario().is_some() {
            return Demo { company: None };
        }
        // Every run begins alike.
        let mut rng = Rng::with_seed(1812);
        let offices = OFFICES.map(|office| (office, office.staff().collect::<Vec<_>>()));
        let servers = offices.iter().map(|(office, staff)| office.server(staff, &mut rng));
        let company = Arc::new(servers.fold(Scenario::new(), Scenario::server).start());
        let shown = Arc::downgrade(&company);
        thread::spawn(move || live(&shown, &offices, rng));
        Demo { company: Some(company) }
    }

    /// All of the company's servers; none where the environment named others, of which the first is this machine.
    pub(crate) fn targets(&self) -> Vec<Target> {
        let routers = self.company.iter().flat_map(|company| company.routers());
        routers.map(|router| Target::named(router.name())).collect()
    }
}

/// One of the company's servers.
#[derive(Clone, Copy)]
struct Office {
    name: &'static str,
    /// The addresses in its tunnels begin with 10 and this.
    network: u8,
    up_for: Duration,
    ports: &'static [(Tunnel, u32)],
    /// How many of the staff are connected at first; the numbers vary around it.
    usual: usize,
    users: &'static [&'static str],
}

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;
const KB: u64 = 1000;
const MB: u64 = 1000 * KB;

const OFFICES: [Office; 3] = [
    Office {
        name: "vpn01",
        network: 20,
        up_for: Duration::from_secs(9 * DAY + 4 * HOUR),
        ports: &[(Tunnel::Ikev2, 32), (Tunnel::Sstp, 16), (Tunnel::L2tp, 8), (Tunnel::Pptp, 4)],
        usual: 14,
        users: &[
            "anna.lindqvist",
            "j.okafor",
            "mika.tanaka",
            "s.haddad",
            "l.moreau",
            "p.novak",
            "c.oliveira",
            "ingrid.berg",
            "d.kowalski",
            "yusuf.demir",
            "m.rossi",
            "tara.singh",
            "e.papadaki",
            "o.nilsson",
            "b.fischer",
            "h.nakamura",
            "z.horvat",
            "a.mensah",
            "k.ivanova",
            "r.santos",
            "f.dubois",
            "n.chaudhry",
        ],
    },
    Office {
        name: "vpn02",
        network: 21,
        up_for: Duration::from_secs(41 * DAY + 7 * HOUR),
        ports: &[(Tunnel::Ikev2, 16), (Tunnel::Sstp, 16), (Tunnel::L2tp, 8)],
        usual: 9,
        users: &[
            "g.weber",
            "sofia.marin",
            "t.jensen",
            "w.de.vries",
            "l.zhang",
            "j.murphy",
            "noor.rahman",
            "v.popescu",
            "i.garcia",
            "m.laine",
            "e.schmidt",
            "q.tran",
            "d.cohen",
            "p.silva",
        ],
    },
    Office {
        name: "branch-gw",
        network: 22,
        up_for: Duration::from_secs(2 * DAY + 11 * HOUR),
        ports: &[(Tunnel::Ikev2, 8), (Tunnel::L2tp, 4), (Tunnel::Modem, 1)],
        usual: 4,
        users: &["till.01", "till.02", "warehouse", "u.keller", "s.ahlgren", "tillsyn"],
    },
];

/// Someone who works there, always by the same tunnel from the same place.
#[derive(Clone)]
struct Person {
    name: &'static str,
    computer: String,
    tunnel: Tunnel,
    address: Ipv4Addr,
    endpoint: IpAddr,
    /// Bytes a second to them, on the whole.
    usual_rate: u64,
}

impl Office {
    fn staff(self) -> impl Iterator<Item = Person> {
        self.users.iter().enumerate().map(move |(index, &name)| {
            let number = index as u8;
            let tunnel = match (name, index % 8) {
                ("tillsyn", _) => Tunnel::Modem,
                (_, 3 | 6) if self.network != 22 => Tunnel::Sstp,
                (_, 5) => Tunnel::L2tp,
                (_, 7) if self.network == 20 => Tunnel::Pptp,
                _ => Tunnel::Ikev2,
            };
            // Documentation addresses (RFC 5737, RFC 3849), so that nobody's real one is shown.
            let endpoint = if index % 5 == 4 {
                format!("2001:db8:{:x}::{:x}", self.network, 0x51 + index).parse().expect("an address")
            } else if index % 2 == 0 {
                IpAddr::V4(Ipv4Addr::new(203, 0, 113, self.network + 7 * number))
            } else {
                IpAddr::V4(Ipv4Addr::new(198, 51, 100, 250 - self.network - 5 * number))
            };
            Person {
                name,
                computer: format!("LT-{:04}", 400 + usize::from(self.network) * 10 + index * 7),
                tunnel,
                address: Ipv4Addr::new(10, self.network, 0, 2 + number),
                endpoint,
                usual_rate: match (tunnel, index % 4) {
                    (Tunnel::Modem, _) => 3 * KB,
                    (_, 0) => 900 * KB,
                    (_, 1) => 35 * KB,
                    (_, 2) => 260 * KB,
                    _ => 9 * KB,
                },
            }
        })
    }

    fn server(self, staff: &[Person], rng: &mut Rng) -> Server {
        let server = Server::new(self.name)
            .also_named(format!("{}.corp.example", self.name))
            .clock(Clock::Real)
            .up_for(self.up_for)
            .domain("CORP".to_owned())
            .domain_controller(OFFICES[0].name.to_owned())
            .interface(Interface::new("Loopback", InterfaceKind::Loopback))
            .interface(Interface::new("Internal", InterfaceKind::Internal))
            .interface(
                Interface::new("Ethernet", InterfaceKind::Dedicated)
                    .address((Ipv4Addr::new(192, 0, 2, self.network), 24))
                    .receive_rate(3 * MB)
                    .send_rate(2 * MB),
            )
            .interface(
                Interface::new("Branch Lyon", InterfaceKind::FullRouter)
                    .phone_number("lyon.corp.example")
                    .dial_takes(Duration::from_secs(3))
                    .receive_rate(30 * KB)
                    .send_rate(20 * KB)
                    .connected(self.name == "branch-gw"),
            )
            .interface(
                Interface::new("Branch Oslo", InterfaceKind::FullRouter)
                    .phone_number("oslo.corp.example")
                    // ERROR_REMOTE_AUTHENTICATION_FAILURE
                    .dial_error(924u32)
                    .dial_takes(Duration::from_secs(8)),
            )
            .route(Route {
                destination: Ipv4Addr::UNSPECIFIED,
                prefix: 0,
                next_hop: Ipv4Addr::new(192, 0, 2, 1),
                metric: 10,
            });
        let server = self.ports.iter().fold(server, |server, (tunnel, count)| server.ports(*tunnel, *count));
        let server = staff.iter().fold(server, |server, person| server.user(User::new(person.name)));
        staff.iter().take(self.usual).fold(server, |server, person| {
            let minutes = rng.u64(2..500);
            // Windows' counters have 32 bits, and would have wrapped around.
            let sent = (person.usual_rate * 60 * minutes * rng.u64(10..60) / 100) % (4000 * MB);
            let session = person
                .session()
                .connected_for(Duration::from_secs(minutes * 60 + rng.u64(0..60)))
                .bytes_received(sent / rng.u64(4..20))
                .bytes_sent(sent);
            server.session(session)
        })
    }
}

impl Person {
    fn session(&self) -> Session {
        Session::new(self.name, self.tunnel)
            .domain("CORP")
            .computer(self.computer.as_str())
            .address(self.address)
            .endpoint(self.endpoint)
            .receive_rate(self.usual_rate / 8)
            .send_rate(self.usual_rate)
    }
}

/// Has users come and go and their traffic rise and fall, until nobody shows the company any more.
fn live(company: &Weak<Simulation>, offices: &[(Office, Vec<Person>)], mut rng: Rng) {
    // What each does now, as a part of what is usual for them.
    let mut moods: Vec<Vec<f64>> =
        offices.iter().map(|(_, staff)| staff.iter().map(|_| rng.f64() * 1.5).collect()).collect();
    while let Some(company) = company.upgrade() {
        for (((office, staff), moods), router) in offices.iter().zip(&mut moods).zip(company.routers()) {
            let online = router.users();
            for (person, mood) in staff.iter().zip(moods) {
                // Back towards the usual, with now and then a large file.
                *mood += (0.8 - *mood) * 0.15 + (rng.f64() - 0.5) * 0.5;
                if rng.f64() < 0.01 {
                    *mood += 5.0 + 5.0 * rng.f64();
                }
                *mood = mood.max(0.0);
                let rate = person.usual_rate as f64 * *mood;
                router.set_rates(person.name, (rate / (3.0 + 10.0 * rng.f64())) as u64, rate as u64);
            }
            // Somebody comes or goes every ten seconds or so.
            if rng.f64() < 0.05 * (office.usual as f64 / 9.0) {
                let person = &staff[rng.usize(0..staff.len())];
                if !online.iter().any(|user| user == person.name) {
                    // Who finds every line busy does not come.
                    let _ = router.connect(&person.session());
                } else if online.len() > office.usual / 2 {
                    router.drop_user(person.name);
                }
            }
        }
        drop(company);
        thread::sleep(TICK);
    }
}
