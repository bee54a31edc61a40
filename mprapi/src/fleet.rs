//! Many servers at once.

use std::sync::Arc;
use std::time::Duration;

use crate::link::{OnServer, Place, Work, run};
use crate::{Error, Link, LinkError, Mpr, Server};

/// The number of servers at a time, unless [`Fleet::with_parallel`] sets another.
const PARALLEL: usize = 32;

/// Many servers, which are called at the same time. Each is a [`Link`], with its connection and its limit: a server that is
/// slow, hangs or was restarted holds none of the others up.
///
/// ```
/// # let simulation = mprapi_sim::Scenario::new()
/// #     .server(mprapi_sim::Server::new("doc-fleet-1")).server(mprapi_sim::Server::new("doc-fleet-2")).start();
/// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
/// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
/// use std::time::Duration;
///
/// let fleet = mprapi::Fleet::new(&mpr, ["doc-fleet-1", "doc-fleet-2"]).with_limit(Duration::from_secs(10));
/// for (name, answer) in fleet.read(|server| server.info()) {
///     match answer {
///         Ok(info) => println!("{name}: {} ports in use", info.ports_in_use()),
///         Err(error) => println!("{name}: {error}"),
///     }
/// }
/// ```
///
/// The answers are in the order of the servers, with their names; this machine's is `localhost`. A server that is given up
/// at its limit does not count towards the number of servers [at a time](Fleet::with_parallel) any more, but keeps its
/// thread until the call ends. So a fleet never has more threads than servers, however often it is called, and none between
/// calls. [`busy`](Fleet::busy) tells how many it has.
///
/// Several threads may call a fleet at the same time. Their calls to a server queue, as those of a [`Link`] do.
#[derive(Debug)]
pub struct Fleet {
    links: Vec<Link>,
    parallel: usize,
}

impl Fleet {
    /// Creates a fleet of these servers. It does not connect yet. For one with this machine, or with a limit for each server,
    /// collect [`Link`]s.
    #[inline]
    pub fn new<N: AsRef<str>>(mpr: &Mpr, servers: impl IntoIterator<Item = N>) -> Fleet {
        servers.into_iter().map(|name| Link::new(mpr, Some(name.as_ref()))).collect()
    }

    /// Sets how long each server is waited for, counted from when its call begins. The default is 30 seconds, the longest a
    /// year.
    #[inline]
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Fleet {
        self.links = self.links.into_iter().map(|link| link.with_limit(limit)).collect();
        self
    }

    /// Sets the number of servers that are called at the same time, at least one. The default is 32.
    #[inline]
    #[must_use]
    pub fn with_parallel(mut self, servers: usize) -> Fleet {
        self.parallel = servers.max(1);
        self
    }

    /// Returns the links to the servers, for calls to one of them.
    #[inline]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Returns the number of servers that a call is in. It is the number of threads of the fleet.
    #[inline]
    pub fn busy(&self) -> usize {
        self.links.iter().filter(|link| link.is_busy()).count()
    }

    /// Calls a function that only reads, for each server. As with [`Link::read`], it may be called twice for a server whose
    /// connection was dead.
    #[inline]
    pub fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&Server) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Vec<(String, Result<T, LinkError>)> {
        self.on_servers(work, Work::Read)
    }

    /// Calls a function that changes something, once for each server. As with [`Link::once`], it is never repeated.
    #[inline]
    pub fn once<T: Send + 'static>(
        &self,
        work: impl Fn(&Server) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Vec<(String, Result<T, LinkError>)> {
        self.on_servers(work, Work::Once)
    }

    /// Calls a function that connects by itself or not at all, once for each server. Limits, threads and panics are as in the
    /// other methods.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-each").start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let fleet = mprapi::Fleet::new(&mpr, ["doc-each"]);
    /// for (name, answer) in fleet.each(|mpr, server| mpr.is_service_running(server)) {
    ///     assert_eq!(answer??, true, "{name}");
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn each<T: Send + 'static>(
        &self,
        work: impl Fn(&Mpr, Option<&str>) -> T + Send + Sync + 'static,
    ) -> Vec<(String, Result<T, LinkError>)> {
        let (work, mut places) = (Arc::new(work), Vec::new());
        let ends = self.run(&mut || {
            let (work, place) = (Arc::clone(&work), Place::one_more(&mut places));
            Work::Apart(Box::new(move |mpr, name| place.put(work(mpr, name))))
        });
        answers(ends, places)
    }

    /// Calls a function on the connection to each server, as `kind` of work.
    #[inline]
    fn on_servers<T: Send + 'static>(
        &self,
        work: impl Fn(&Server) -> Result<T, Error> + Send + Sync + 'static,
        kind: fn(OnServer) -> Work,
    ) -> Vec<(String, Result<T, LinkError>)> {
        let (work, mut places) = (Arc::new(work), Vec::new());
        let ends = self.run(&mut || {
            let (work, place) = (Arc::clone(&work), Place::one_more(&mut places));
            kind(Box::new(move |server| work(server).map(|answer| place.put(answer))))
        });
        answers(ends, places)
    }

    /// Makes a call to each server. It does not depend on the type of the answers, so it is compiled once.
    #[inline]
    fn run(&self, work: &mut dyn FnMut() -> Work) -> Vec<(String, Result<(), LinkError>)> {
        let name = |link: &Link| link.name().unwrap_or("localhost").to_owned();
        let calls = self.links.iter().map(|link| link.call(work())).collect();
        self.links.iter().map(name).zip(run(calls, self.parallel)).collect()
    }
}

/// Puts the answers of calls that ended well to their ends.
#[inline]
fn answers<T>(
    ends: Vec<(String, Result<(), LinkError>)>,
    places: Vec<Place<T>>,
) -> Vec<(String, Result<T, LinkError>)> {
    let mut answers = Vec::with_capacity(ends.len());
    for ((name, end), place) in ends.into_iter().zip(places) {
        answers.push((name, end.map(|()| place.take())));
    }
    answers
}

impl FromIterator<Link> for Fleet {
    #[inline]
    fn from_iter<I: IntoIterator<Item = Link>>(links: I) -> Fleet {
        Fleet { links: links.into_iter().collect(), parallel: PARALLEL }
    }
}
