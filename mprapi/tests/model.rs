//! Random sequences of calls through the safe layer, and of what happens to the router besides, held after each step
//! against a model that is a few lists.

mod common;

use std::time::Duration;

use common::{assert_clean, mpr};
use mprapi::sys::RAS_CONNECTION_EX;
use mprapi::{DemandDial, InterfaceType, Server};
use mprapi_sim::{Router, Session, Tunnel};
use proptest::prelude::*;

const TUNNELS: [(Tunnel, usize); 2] = [(Tunnel::Ikev2, 3), (Tunnel::Sstp, 2)];
const RATE: u64 = 100;

#[derive(Clone, Debug)]
enum Step {
    /// A user calls, through one of the tunnels.
    Arrive(u8, usize),
    HangUp(u8),
    /// The connection that is so far down the list, counted round.
    DisconnectPort(usize),
    ResetPort(usize),
    ClearStatistics(usize),
    Pass(u16),
    CreateInterface(u8),
    DeleteInterface(u8),
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_u8, 0..TUNNELS.len()).prop_map(|(user, tunnel)| Step::Arrive(user, tunnel)),
        1 => (0..6_u8).prop_map(Step::HangUp),
        1 => (0..5_usize).prop_map(Step::DisconnectPort),
        1 => (0..5_usize).prop_map(Step::ResetPort),
        2 => (0..5_usize).prop_map(Step::ClearStatistics),
        3 => (1..5_000_u16).prop_map(Step::Pass),
        2 => (0..3_u8).prop_map(Step::CreateInterface),
        1 => (0..3_u8).prop_map(Step::DeleteInterface),
        1 => Just(Step::Restart),
    ]
}

/// A user who is connected: by which tunnel, for how long, and with what counted.
#[derive(Clone, Debug, PartialEq)]
struct User {
    name: String,
    tunnel: usize,
    seconds: u64,
    bytes: u64,
}

#[derive(Default)]
struct Model {
    users: Vec<User>,
    interfaces: Vec<String>,
}

impl Model {
    /// The same thing done to the router and to the model, with the same outcome.
    fn take(&mut self, step: &Step, router: &Router, server: &Server) {
        match *step {
            Step::Arrive(user, tunnel) => {
                let name = format!("user{user}");
                if self.users.iter().any(|user| user.name == name) {
                    return;
                }
                let (kind, ports) = TUNNELS[tunnel];
                let free = self.users.iter().filter(|user| user.tunnel == tunnel).count() < ports;
                let session = Session::new(name.as_str(), kind).receive_rate(RATE);
                assert_eq!(router.connect(&session).is_ok(), free);
                if free {
                    self.users.push(User { name, tunnel, seconds: 0, bytes: 0 });
                }
            }
            Step::HangUp(user) => {
                let name = format!("user{user}");
                let before = self.users.len();
                self.users.retain(|user| user.name != name);
                assert_eq!(router.drop_user(&name), self.users.len() < before);
            }
            Step::DisconnectPort(index) | Step::ResetPort(index) => {
                let connections = server.connections().unwrap();
                let Some(position) = index.checked_rem(self.users.len()) else { return };
                let connection = connections.iter().nth(position).unwrap().id();
                let ports = server.ports_of(connection).unwrap();
                let port = ports.iter().next().unwrap().handle();
                if matches!(step, Step::ResetPort(_)) { port.reset() } else { port.disconnect() }.unwrap();
                assert!(port.disconnect().is_err(), "nobody is on it any more");
                self.users.remove(position);
            }
            Step::ClearStatistics(index) => {
                let connections = server.connections().unwrap();
                let Some(position) = index.checked_rem(self.users.len()) else { return };
                connections.iter().nth(position).unwrap().handle().clear_statistics().unwrap();
                self.users[position].bytes = 0;
            }
            Step::Pass(seconds) => {
                router.advance(Duration::from_secs(seconds.into()));
                for user in &mut self.users {
                    user.seconds += u64::from(seconds);
                    user.bytes += u64::from(seconds) * RATE;
                }
            }
            Step::CreateInterface(number) => {
                let name = format!("branch{number}");
                let new = !self.interfaces.contains(&name);
                let made = server.create_interface(&DemandDial::vpn(&name, "vpn.example"));
                assert_eq!(made.is_ok(), new);
                if new {
                    self.interfaces.push(name);
                }
            }
            Step::DeleteInterface(number) => {
                let name = format!("branch{number}");
                let there = self.interfaces.contains(&name);
                let deleted = server.find_interface(&name).and_then(|interface| interface.delete());
                assert_eq!(deleted.is_ok(), there);
                self.interfaces.retain(|known| *known != name);
            }
            // What was made and not stored is lost.
            Step::Restart => {
                router.restart_service();
                *self = Model::default();
            }
        }
    }

    fn compare(&self, server: &Server) {
        let list = server.connections_at::<RAS_CONNECTION_EX>().unwrap();
        let seen: Vec<(String, u64, u64)> = list
            .iter()
            .map(|c| (c.user_name().to_string(), c.duration().as_secs(), c.statistics().bytes_received))
            .collect();
        let expected: Vec<_> = self.users.iter().map(|u| (u.name.clone(), u.seconds, u.bytes)).collect();
        assert_eq!(seen, expected);
        let info = server.info().unwrap();
        let all: usize = TUNNELS.iter().map(|(_, ports)| ports).sum();
        assert_eq!((info.ports_in_use() as usize, info.total_ports() as usize), (self.users.len(), all));
        let carrying = server.ports().unwrap().iter().filter(|port| port.connection().is_some()).count();
        assert_eq!(carrying, self.users.len());
        let interfaces = server.interfaces().unwrap();
        let mut names: Vec<String> = interfaces
            .iter()
            .filter(|interface| interface.interface_type() == InterfaceType::FullRouter)
            .map(|interface| interface.name().to_string())
            .collect();
        names.sort_unstable();
        let mut expected = self.interfaces.clone();
        expected.sort_unstable();
        assert_eq!(names, expected);
    }
}

proptest! {
    #[test]
    fn the_router_is_what_a_few_lists_say_after_every_step(steps in prop::collection::vec(step(), 1..40)) {
        let mut server = mprapi_sim::Server::unique();
        for (tunnel, ports) in TUNNELS {
            server = server.ports(tunnel, ports as u32);
        }
        let simulation = server.start();
        let router = &simulation.routers()[0];
        let server = mpr().connect(Some(router.name())).unwrap();
        let mut model = Model::default();
        model.compare(&server);
        for step in &steps {
            model.take(step, router, &server);
            model.compare(&server);
        }
        mprapi::disconnect(server).unwrap();
        assert_clean(router);
    }
}
