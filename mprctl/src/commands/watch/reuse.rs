//! Users who come and go on a server that gives each handle again at once: each is told of by their own name.

use std::collections::HashMap;
use std::time::Duration;

use fastrand::Rng;
use mprapi::{Mpr, Notification, Wake};
use mprapi_sim::{Router, Server, Session, Tunnel};

use super::watcher::{Happening, Watcher};
use crate::commands::live::{Look, Observer, poll};
use crate::commands::session;
use crate::failure::Failure;

const USERS: usize = 1000;
/// The users, some of them always connected. They reconnect, mostly with the handle of another user.
const REGULARS: usize = 20;
const PORTS: u32 = 8;

/// A server's life, and what the watcher is to tell of it.
struct Life<'r> {
    router: &'r Router,
    rng: Rng,
    watcher: Watcher,
    /// The handles of the users who were there at the last look.
    there: HashMap<String, String>,
    /// How many of the thousand came.
    came: usize,
    reported: usize,
    /// How often a look found another user under a handle that the look before it had.
    reused: usize,
}

impl Life<'_> {
    /// A few seconds, in which some go and as many come at once.
    fn go_on(&mut self) {
        self.router.advance(Duration::from_secs(self.rng.u64(10..20)));
        let mut users = self.router.users();
        for _ in 0..self.rng.usize(1..4).min(users.len()) {
            let user = users.swap_remove(self.rng.usize(0..users.len()));
            assert!(self.router.drop_user(&user), "{user}");
        }
        for _ in self.router.users().len()..PORTS as usize {
            let regular = format!("regular{}", self.rng.usize(0..REGULARS));
            let user = if self.rng.u32(0..4) == 0 && !self.router.users().contains(&regular) {
                regular
            } else {
                self.came += 1;
                format!("user{}", self.came)
            };
            self.router.connect(&Session::new(user, Tunnel::Ikev2)).expect("a port is free");
        }
    }
}

impl Observer<session::Session> for Life<'_> {
    fn saw(&mut self, look: Result<Look, Failure>) {
        let look = look.expect("the server answers");
        let now = look.sessions.iter().map(|session| (session.user.clone(), session.handle.clone()));
        let now: HashMap<String, String> = now.collect();
        let mut users = self.router.users();
        let mut reported: HashMap<String, String> = self.there.clone();
        for happening in self.watcher.observe(Ok(look)) {
            self.reported += 1;
            match happening {
                Happening::Went(session) => {
                    assert_eq!(reported.remove(&session.user), Some(session.handle), "{} went", session.user);
                }
                Happening::Came(session) | Happening::There(session) => {
                    let before = reported.insert(session.user.clone(), session.handle);
                    assert_eq!(before, None, "{} came", session.user);
                }
                other => assert!(matches!(other, Happening::Up(..)), "{other:?}"),
            }
        }
        assert_eq!(reported, now, "the events add up to the sessions");
        let mut reported: Vec<String> = reported.into_keys().collect();
        reported.sort_unstable();
        users.sort_unstable();
        assert_eq!(reported, users);
        let before: HashMap<&String, &String> =
            self.there.iter().map(|(user, handle)| (handle, user)).collect();
        self.reused +=
            now.iter().filter(|(user, handle)| before.get(handle).is_some_and(|other| other != user)).count();
        self.there = now;
    }

    fn interval(&self) -> Duration {
        Duration::from_secs(30)
    }

    fn wait(&mut self, notification: Option<&mut Notification<'_>>, _at_most: Duration) -> Wake {
        if self.came >= USERS {
            return Wake::Stopped;
        }
        self.go_on();
        notification.map_or(Wake::TimedOut, |notification| {
            notification.wait(Some(Duration::ZERO)).expect("it can be waited for")
        })
    }
}

#[test]
fn a_thousand_users_on_a_server_that_gives_each_handle_again_come_and_go_by_their_own_names() {
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
    for listens in [true, false] {
        let server = Server::unique().ports(Tunnel::Ikev2, PORTS).reuse_handles(true);
        let simulation = server.up_for(Duration::from_secs(1000)).start();
        let router = &simulation.routers()[0];
        let mut life = Life {
            router,
            rng: Rng::with_seed(13),
            watcher: Watcher::default(),
            there: HashMap::new(),
            came: 0,
            reported: 0,
            reused: 0,
        };
        poll(&mpr, Some(router.name()), listens, session::read_all, &mut life);
        assert!(life.reported > 2 * USERS, "{}", life.reported);
        assert!(life.reused > USERS, "only {} handles were another's", life.reused);
    }
}
