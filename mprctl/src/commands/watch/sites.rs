//! The links to other sites that are down: changes of their state, which no session tells of.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use mprapi::{ConnectionState, Error, Server, TunnelConfiguration, TunnelProtocol};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::interface::trouble;
use crate::commands::live::Look;

/// The state of a demand-dial interface.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SiteState {
    /// The name of the interface.
    pub(super) name: String,
    /// `connected`, `disconnected`, `unreachable` …, `disabled`, or `deleted`.
    pub(super) state: String,
    /// The reasons why the site cannot be reached.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) reasons: String,
    /// The error of the last attempt to connect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_error: Option<String>,
    /// The time since when the site is not connected: RFC 3339, in UTC. Absent if `watch` has not seen it connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) down_since: Option<String>,
    /// The earliest time at which the service itself dials a site again that failed to connect: RFC 3339, in UTC. By default it
    /// waits 10 minutes after the first failure, and longer after each, up to 6 hours; no server tells how long. Absent if
    /// `watch` has not seen the failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retry_not_before: Option<String>,
    #[serde(skip)]
    pub(super) has_failed: bool,
}

/// The shortest wait of the service before it dials a site again that failed to connect, by default (Microsoft's article
/// 193834; the registry's `MinUnreachabilityInterval` changes it).
const SHORTEST_WAIT: TimeDelta = TimeDelta::minutes(10);

impl SiteState {
    /// Returns the state in words.
    pub(super) fn sentence(&self) -> String {
        let mut text = self.state.clone();
        if !self.reasons.is_empty() {
            text += &format!(", because {}", self.reasons);
        }
        if let Some(error) = &self.last_error {
            text += &format!("; last error: {error}");
        }
        if let Some(time) = &self.down_since {
            text += &format!("; not connected since {time}");
        }
        if let Some(time) = &self.retry_not_before {
            text += &format!("; the service dials again not before {time}, unless its wait was changed");
        }
        text
    }

    /// Returns `true` if the server tells the same of both.
    fn is_alike(&self, other: &SiteState) -> bool {
        self.state == other.state && self.reasons == other.reasons && self.last_error == other.last_error
    }

    /// Returns `true` if the link is up.
    fn is_up(&self) -> bool {
        self.state == ConnectionState::Connected.to_string()
    }
}

/// A part of a reading.
pub(super) enum Item {
    Session(Box<mprapi::Session>),
    Site(SiteState),
    /// The server did not tell of its interfaces.
    NoSites,
    /// The time without a byte after which the server ends connections of a tunnel.
    IdleTimeout(String, Duration),
}

/// A reading, taken apart.
pub(super) struct Parts {
    pub(super) look: Look<mprapi::Session>,
    /// `None` if the server did not tell them.
    pub(super) sites: Option<Vec<SiteState>>,
    pub(super) idle_timeouts: HashMap<String, Duration>,
}

/// Reads the sessions of a server, and the states of its demand-dial interfaces as far as it tells.
pub(super) fn read(server: &Server) -> Result<Vec<Item>, Error> {
    let sessions = server.sessions()?.into_iter().map(|session| Item::Session(Box::new(session)));
    let mut items: Vec<Item> = sessions.collect();
    match server.interfaces() {
        Ok(interfaces) => {
            let sites = interfaces.iter().filter(|interface| interface.interface_type().is_router());
            items.extend(sites.map(|interface| {
                Item::Site(SiteState {
                    name: interface.name().to_string_lossy(),
                    state: trouble::state(interface),
                    reasons: trouble::reasons_besides_state(interface),
                    last_error: trouble::last_error(interface),
                    down_since: None,
                    retry_not_before: None,
                    has_failed: trouble::has_failed(interface),
                })
            }));
        }
        Err(_) => items.push(Item::NoSites),
    }
    // An old server does not tell them, nor one that only routes.
    if let Ok(tunnels) = server.tunnels() {
        let TunnelConfiguration { ikev2, l2tp, .. } = tunnels.configuration;
        let ikev2 = ikev2.and_then(|ikev2| Some((TunnelProtocol::Ikev2, ikev2.tunnel?.idle_timeout)));
        let l2tp = l2tp.and_then(|l2tp| Some((TunnelProtocol::L2tp, l2tp.tunnel?.idle_timeout)));
        let told = ikev2.into_iter().chain(l2tp);
        items.extend(told.map(|(tunnel, time)| Item::IdleTimeout(tunnel.to_string(), time)));
    }
    Ok(items)
}

/// Takes a reading apart.
pub(super) fn apart(look: Look<Item>) -> Parts {
    let (mut sessions, mut sites) = (Vec::with_capacity(look.sessions.len()), Some(Vec::new()));
    let mut idle_timeouts = HashMap::new();
    for item in look.sessions {
        match item {
            Item::Session(session) => sessions.push(*session),
            Item::Site(site) => sites.iter_mut().for_each(|sites| sites.push(site.clone())),
            Item::NoSites => sites = None,
            Item::IdleTimeout(tunnel, time) => drop(idle_timeouts.insert(tunnel, time)),
        }
    }
    Parts { look: Look { at: look.at, up_for: look.up_for, sessions }, sites, idle_timeouts }
}

/// The states as they were last read.
#[derive(Debug, Default)]
pub(super) struct Sites {
    known: Option<BTreeMap<String, SiteState>>,
    /// Since when those that were seen connected are not.
    down: BTreeMap<String, DateTime<Utc>>,
}

impl Sites {
    /// Takes the states of a reading, and returns those that have changed. That a link comes up or goes down without an
    /// error is no change here: its session tells it. With `all`, the first reading tells of each site that is not up.
    pub(super) fn observe(&mut self, sites: Vec<SiteState>, all: bool, at: DateTime<Utc>) -> Vec<SiteState> {
        let now: BTreeMap<String, SiteState> =
            sites.into_iter().map(|site| (site.name.clone(), site)).collect();
        let Some(before) = self.known.replace(now) else {
            let known = self.known.iter().flatten().map(|(_, site)| site);
            return known.filter(|site| all && !site.is_up()).cloned().collect();
        };
        let Some(now) = &self.known else { return Vec::new() };
        for site in now.values() {
            let was_up = before.get(&site.name).is_some_and(SiteState::is_up);
            if site.is_up() {
                self.down.remove(&site.name);
            } else if was_up {
                self.down.insert(site.name.clone(), at);
            }
        }
        self.down.retain(|name, _| now.contains_key(name));
        let is_told = |site: &SiteState| match before.get(&site.name) {
            None => true,
            Some(old) if old.is_alike(site) => false,
            Some(old) => {
                let quiet = |site: &SiteState| site.reasons.is_empty() && site.last_error.is_none();
                !(site.is_up() || old.is_up() && quiet(site))
            }
        };
        let gone = before.values().filter(|site| !now.contains_key(&site.name));
        let gone = gone.map(|site| SiteState {
            state: "deleted".to_owned(),
            reasons: String::new(),
            last_error: None,
            ..site.clone()
        });
        let told = |site: &SiteState| {
            let failed_before = before.get(&site.name).is_some_and(|old| old.has_failed);
            let has_failed = site.has_failed && !failed_before;
            SiteState {
                down_since: self.down.get(&site.name).map(written),
                retry_not_before: has_failed.then(|| written(&(at + SHORTEST_WAIT))),
                ..site.clone()
            }
        };
        now.values().filter(|site| is_told(site)).map(told).chain(gone).collect()
    }
}

fn written(time: &DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str, state: &str, error: Option<&str>) -> SiteState {
        let (name, state) = (name.to_owned(), state.to_owned());
        SiteState {
            name,
            state,
            reasons: String::new(),
            last_error: error.map(str::to_owned),
            down_since: None,
            retry_not_before: None,
            has_failed: error.is_some(),
        }
    }

    #[test]
    fn a_change_that_no_session_tells_is_told_once() {
        let at = DateTime::UNIX_EPOCH;
        let mut sites = Sites::default();
        let mut see = |states: &[SiteState]| {
            let told = sites.observe(states.to_vec(), false, at);
            told.iter().map(|site| format!("{} {}", site.name, site.sentence())).collect::<Vec<_>>()
        };
        let (up, down) = (site("Oslo", "connected", None), site("Oslo", "disconnected", None));
        assert!(see(std::slice::from_ref(&down)).is_empty());
        assert!(see(std::slice::from_ref(&up)).is_empty(), "its session tells it");
        assert!(see(std::slice::from_ref(&down)).is_empty(), "its session tells it");
        let lost = site("Oslo", "unreachable", Some("no answer"));
        assert_eq!(
            see(std::slice::from_ref(&lost)),
            [
                "Oslo unreachable; last error: no answer; not connected since 1970-01-01T00:00:00Z; the service dials again \
              not before 1970-01-01T00:10:00Z, unless its wait was changed"
            ]
        );
        assert!(see(&[lost]).is_empty());
        assert_eq!(
            see(&[site("Oslo", "disabled", None)]),
            ["Oslo disabled; not connected since 1970-01-01T00:00:00Z"]
        );
        let bern = site("Bern", "disconnected", None);
        assert_eq!(see(std::slice::from_ref(&bern)), ["Bern disconnected", "Oslo deleted"]);
        assert!(see(&[bern]).is_empty());
    }

    #[test]
    fn with_all_the_sites_that_are_down_are_told_at_first() {
        let states = vec![site("Oslo", "connected", None), site("Bern", "disconnected", None)];
        let told = Sites::default().observe(states, true, DateTime::UNIX_EPOCH);
        assert_eq!(told.iter().map(|site| site.name.as_str()).collect::<Vec<_>>(), ["Bern"]);
    }
}
