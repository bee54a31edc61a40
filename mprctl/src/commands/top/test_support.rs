//! Support for tests: servers with invented sessions, and a clock that tests move.

use std::time::{Duration, Instant};

use super::keys::Intent;
use super::state::{Effect, Mode, State};
use crate::commands::live::Look;
use crate::commands::session::Counted;
use crate::failure::{Failure, Kind};
use crate::fleet;

pub(super) struct Fixture {
    pub(super) state: State,
    pub(super) now: Instant,
    /// How long the services have been up.
    pub(super) up_for: Duration,
    template: Counted,
}

impl Fixture {
    pub(super) fn new(names: &[&str]) -> Fixture {
        let now = Instant::now();
        let state = State::new(names.iter().copied(), Duration::from_secs(2), true, now);
        Fixture { state, now, up_for: Duration::from_secs(100_000), template: template() }
    }

    /// Time goes by.
    pub(super) fn wait(&mut self, milliseconds: u64) {
        let time = Duration::from_millis(milliseconds);
        (self.now, self.up_for) = (self.now + time, self.up_for + time);
        self.state.set_now(self.now);
    }

    /// A session that has been up for an hour, by its user and the number of its handle.
    pub(super) fn session(&self, user: &str, handle: u8) -> Counted {
        self.template.with(|known| {
            (known.user_name, known.id) = (user.into(), format!("{handle:#x}").parse().expect("an id"));
            known.ipv4 = Some([10, 0, 0, handle].into());
            known.duration = Duration::from_secs(3600);
        })
    }

    pub(super) fn see(&mut self, server: usize, sessions: &[Counted]) {
        let look = Look { at: self.now, up_for: self.up_for, sessions: sessions.to_vec() };
        self.state.observe(server, Ok(look));
        self.state.settle();
    }

    pub(super) fn fail(&mut self, server: usize) {
        let failure = Failure::new(Kind::Unreachable, "the server cannot be reached").advice(
            "Check its name, that it is up, and that its firewall lets in remote administration (RPC).",
        );
        self.state.observe(server, Err(failure));
        self.state.settle();
    }

    pub(super) fn press(&mut self, intents: &[Intent]) -> Option<Effect> {
        let press = |intent: &Intent| {
            let effect = self.state.apply(*intent);
            // As if it were drawn after each key.
            if let Mode::Ask(id) = self.state.mode {
                self.state.see_question(id);
            }
            effect
        };
        intents.iter().map(press).last().flatten()
    }

    pub(super) fn type_text(&mut self, text: &str) {
        text.chars().for_each(|letter| drop(self.state.apply(Intent::Letter(letter))));
    }

    /// The users in the table, from above.
    pub(super) fn users(&self) -> Vec<&str> {
        let rows = (0..self.state.row_count()).filter_map(|row| self.state.row(row));
        rows.map(|(_, entry)| entry.session().user.as_str()).collect()
    }

    /// The user in the row that is selected.
    pub(super) fn selected(&self) -> Option<&str> {
        let (_, entry) = self.state.row(self.state.selected_row()?)?;
        Some(&entry.session().user)
    }

    /// The rate of the user's session, in whole bytes in and out.
    pub(super) fn rate(&self, user: &str) -> Option<(u64, u64)> {
        let mut rows = (0..self.state.row_count()).filter_map(|row| self.state.row(row));
        let (_, entry) = rows.find(|(_, entry)| entry.session().user == user).expect("the user is there");
        entry.rate.map(|rate| (rate.received.round() as u64, rate.sent.round() as u64))
    }
}

/// Sets the bytes that a session has received and sent, with enough frames to carry them.
pub(super) fn moved(counted: Counted, seconds: u64, received: u64, sent: u64) -> Counted {
    counted.with(|known| {
        known.duration = Duration::from_secs(seconds);
        let statistics = &mut known.statistics;
        (statistics.bytes_received, statistics.bytes_sent) = (received, sent);
        statistics.frames_received = (received / 1000) as u32;
        statistics.frames_sent = (sent / 1000) as u32;
    })
}

/// A session as the simulator has it, with all that can be known.
fn template() -> Counted {
    let tunnel = mprapi_sim::Tunnel::Ikev2;
    let session = mprapi_sim::Session::new("anna", tunnel)
        .domain("CORP")
        .computer("LT-0400")
        .endpoint(std::net::IpAddr::from([203, 0, 113, 20]));
    let simulation = mprapi_sim::Server::unique().ports(tunnel, 1).session(session).start();
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    let name = simulation.routers()[0].name();
    let mut sessions = fleet::with_server(&mpr, Some(name), |server| Ok(Counted::read(server)?))
        .expect("the simulator answers");
    sessions.pop().expect("a session")
}
