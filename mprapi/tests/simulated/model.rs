//! Random sequences of calls through the safe layer, and of what happens to the router besides, held after each step
//! against a model that is a few lists.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::sys::{MPR_INTERFACE_0, RAS_CONNECTION_EX, RAS_PORT_1};
use mprapi::{Callback, DemandDial, DialIn, ErrorKind, InterfaceType, Server};
use mprapi_sim::{Router, Session, Tunnel};
use proptest::prelude::*;

const TUNNELS: [(Tunnel, usize); 2] = [(Tunnel::Ikev2, 3), (Tunnel::Sstp, 2)];
const RATE: u64 = 100;
/// Those who have an account; whether they are connected is another matter.
const ACCOUNTS: usize = 3;
const DIAL_IN: [DialIn; 3] = [DialIn::Allowed, DialIn::Denied, DialIn::ByPolicy];
const CALLBACK: [Callback; 3] = [Callback::No, Callback::AtSetNumber, Callback::AtCallersNumber];

#[derive(Clone, Debug)]
enum Step {
    /// A user calls, through one of the tunnels.
    Arrive(u8, usize),
    HangUp(u8),
    /// The connection that is so far down the list, counted round.
    DisconnectPort(usize),
    ResetPort(usize),
    ClearStatistics(usize),
    ClearPort(usize),
    Pass(u16),
    CreateInterface(u8),
    EnableInterface(u8, bool),
    DeleteInterface(u8),
    /// An account, and what it is given.
    SetUser(usize, usize, usize),
    Restart,
    Stop,
    Start,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_u8, 0..TUNNELS.len()).prop_map(|(user, tunnel)| Step::Arrive(user, tunnel)),
        1 => (0..6_u8).prop_map(Step::HangUp),
        1 => (0..5_usize).prop_map(Step::DisconnectPort),
        1 => (0..5_usize).prop_map(Step::ResetPort),
        2 => (0..5_usize).prop_map(Step::ClearStatistics),
        2 => (0..5_usize).prop_map(Step::ClearPort),
        3 => (1..5_000_u16).prop_map(Step::Pass),
        2 => (0..3_u8).prop_map(Step::CreateInterface),
        2 => (0..3_u8, any::<bool>()).prop_map(|(branch, on)| Step::EnableInterface(branch, on)),
        1 => (0..3_u8).prop_map(Step::DeleteInterface),
        2 => (0..=ACCOUNTS, 0..DIAL_IN.len(), 0..CALLBACK.len())
            .prop_map(|(user, dial_in, callback)| Step::SetUser(user, dial_in, callback)),
        1 => Just(Step::Restart),
        1 => Just(Step::Stop),
        3 => Just(Step::Start),
    ]
}

/// A user who is connected: by which tunnel, for how long, and with what counted.
#[derive(Clone, Debug, PartialEq)]
struct User {
    name: String,
    tunnel: usize,
    seconds: u64,
    bytes: u64,
    /// The bytes that the port has counted.
    port_bytes: u64,
}

struct Model {
    running: bool,
    users: Vec<User>,
    /// Those that were made, and whether each is enabled.
    interfaces: BTreeMap<String, bool>,
    accounts: [(DialIn, Callback); ACCOUNTS],
}

impl Default for Model {
    fn default() -> Model {
        Model {
            running: true,
            users: Vec::new(),
            interfaces: BTreeMap::new(),
            accounts: [(DialIn::Allowed, Callback::No); ACCOUNTS],
        }
    }
}

impl Model {
    /// The same thing done to the router and to the model, with the same outcome.
    fn take(&mut self, step: &Step, router: &Router, server: &Server) {
        let needs_service = !matches!(
            step,
            Step::Arrive(..)
                | Step::HangUp(_)
                | Step::Pass(_)
                | Step::SetUser(..)
                | Step::Restart
                | Step::Stop
                | Step::Start
        );
        if needs_service && !self.running {
            return self.refuses(step, server);
        }
        match *step {
            Step::Arrive(user, tunnel) => {
                let name = format!("user{user}");
                if self.users.iter().any(|user| user.name == name) {
                    return;
                }
                let (kind, ports) = TUNNELS[tunnel];
                let taken = self.users.iter().filter(|user| user.tunnel == tunnel).count();
                let free = self.running && taken < ports;
                let session = Session::new(name.as_str(), kind).receive_rate(RATE);
                assert_eq!(router.connect(&session).is_ok(), free);
                if free {
                    self.users.push(User { name, tunnel, seconds: 0, bytes: 0, port_bytes: 0 });
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
            Step::ClearPort(index) => {
                let connections = server.connections().unwrap();
                let Some(position) = index.checked_rem(self.users.len()) else { return };
                let connection = connections.iter().nth(position).unwrap().id();
                let ports = server.ports_of(connection).unwrap();
                ports.iter().next().unwrap().handle().clear_statistics().unwrap();
                self.users[position].port_bytes = 0;
            }
            Step::Pass(seconds) => {
                router.advance(Duration::from_secs(seconds.into()));
                for user in &mut self.users {
                    user.seconds += u64::from(seconds);
                    user.bytes += u64::from(seconds) * RATE;
                    user.port_bytes += u64::from(seconds) * RATE;
                }
            }
            Step::CreateInterface(number) => {
                let name = format!("branch{number}");
                let new = !self.interfaces.contains_key(&name);
                let made = server.create_interface(&DemandDial::vpn(&name, "vpn.example"));
                assert_eq!(made.is_ok(), new);
                if new {
                    self.interfaces.insert(name, true);
                }
            }
            Step::EnableInterface(number, on) => {
                let name = format!("branch{number}");
                let found = server.find_interface(&name);
                let Some(enabled) = self.interfaces.get_mut(&name) else {
                    return assert_eq!(found.unwrap_err().kind(), ErrorKind::NoSuchInterface);
                };
                let interface = found.unwrap();
                let settings = interface.info_at::<MPR_INTERFACE_0>().unwrap().get().to_settings().unwrap();
                interface.set_info(&settings.enabled(on)).unwrap();
                *enabled = on;
            }
            Step::DeleteInterface(number) => {
                let name = format!("branch{number}");
                let there = self.interfaces.remove(&name).is_some();
                let deleted = server.find_interface(&name).and_then(|interface| interface.delete());
                assert_eq!(deleted.is_ok(), there);
            }
            Step::SetUser(number, dial_in, callback) => {
                let (name, on) = (format!("user{number}"), Some(router.name()));
                let read = mpr().user(on, &name);
                let Some(account) = self.accounts.get_mut(number) else {
                    return assert_eq!(read.unwrap_err().kind(), ErrorKind::NotFound);
                };
                let mut user = read.unwrap();
                *account = (DIAL_IN[dial_in], CALLBACK[callback]);
                user.set_dial_in(account.0);
                user.set_callback(account.1);
                mpr().set_user(on, &name, &user).unwrap();
            }
            Step::Restart => {
                router.restart_service();
                self.lose(true);
            }
            Step::Stop => {
                router.stop_service();
                self.lose(false);
            }
            // A service that runs goes on.
            Step::Start => {
                router.start_service();
                self.running = true;
            }
        }
    }

    /// Loses the unsaved changes, as the service does when it ends. Accounts are not the service's own.
    fn lose(&mut self, running: bool) {
        *self = Model { running, accounts: self.accounts, ..Model::default() };
    }

    /// A call to a service that does not run says so, and does nothing.
    fn refuses(&self, step: &Step, server: &Server) {
        let refused = match *step {
            Step::CreateInterface(number) => {
                server.create_interface(&DemandDial::vpn(&format!("branch{number}"), "vpn.example")).err()
            }
            Step::EnableInterface(number, _) | Step::DeleteInterface(number) => {
                server.find_interface(&format!("branch{number}")).err()
            }
            _ => server.connections().err(),
        };
        assert_eq!(refused.map(|error| error.kind()), Some(ErrorKind::NotRunning), "{step:?}");
    }

    fn compare(&self, router: &Router, server: &Server) {
        let on = Some(router.name());
        for (number, account) in self.accounts.iter().enumerate() {
            let user = mpr().user(on, &format!("user{number}")).unwrap();
            assert_eq!((user.dial_in(), user.callback()), *account);
        }
        assert_eq!(mpr().is_service_running(on).unwrap(), self.running);
        if !self.running {
            assert!(router.users().is_empty());
            for refused in [server.connections().err(), server.ports().err(), server.interfaces().err()] {
                assert_eq!(refused.map(|error| error.kind()), Some(ErrorKind::NotRunning));
            }
            return;
        }
        let list = server.connections_at::<RAS_CONNECTION_EX>().unwrap();
        let seen: Vec<(String, u64, u64)> = list
            .iter()
            .map(|c| (c.user_name().to_string(), c.duration().as_secs(), c.statistics().bytes_received))
            .collect();
        let expected: Vec<_> = self.users.iter().map(|u| (u.name.clone(), u.seconds, u.bytes)).collect();
        assert_eq!(seen, expected);
        for (connection, user) in list.iter().zip(&self.users) {
            let ports = server.ports_of(connection.id()).unwrap();
            let port = ports.iter().next().unwrap().handle().info_at::<RAS_PORT_1>().unwrap();
            assert_eq!(port.get().statistics().bytes_received, user.port_bytes);
        }
        let info = server.info().unwrap();
        let all: usize = TUNNELS.iter().map(|(_, ports)| ports).sum();
        assert_eq!((info.ports_in_use() as usize, info.total_ports() as usize), (self.users.len(), all));
        let carrying = server.ports().unwrap().iter().filter(|port| port.connection().is_some()).count();
        assert_eq!(carrying, self.users.len());
        let interfaces = server.interfaces().unwrap();
        let made: BTreeMap<String, bool> = interfaces
            .iter()
            .filter(|interface| interface.interface_type() == InterfaceType::FullRouter)
            .map(|interface| (interface.name().to_string(), interface.is_enabled()))
            .collect();
        assert_eq!(made, self.interfaces);
    }
}

proptest! {
    #[test]
    fn the_router_is_what_a_few_lists_say_after_every_step(steps in prop::collection::vec(step(), 1..40)) {
        let mut server = mprapi_sim::Server::unique();
        for (tunnel, ports) in TUNNELS {
            server = server.ports(tunnel, ports as u32);
        }
        for number in 0..ACCOUNTS {
            server = server.user(mprapi_sim::User::new(format!("user{number}")));
        }
        let simulation = server.start();
        let router = &simulation.routers()[0];
        let server = mpr().connect(Some(router.name())).unwrap();
        let mut model = Model::default();
        model.compare(router, &server);
        for step in &steps {
            model.take(step, router, &server);
            model.compare(router, &server);
        }
        mprapi::disconnect(server).unwrap();
        assert_clean(router);
    }
}
