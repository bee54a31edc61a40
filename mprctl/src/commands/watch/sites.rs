//! The links to other sites that are down: changes of their state, which no session tells of.

use std::collections::BTreeMap;

use mprapi::{ConnectionState, Error, Server};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::interface::trouble;
use crate::commands::live::Look;

/// The state of a demand-dial interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
}

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
        text
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
                })
            }));
        }
        Err(_) => items.push(Item::NoSites),
    }
    Ok(items)
}

/// Takes a reading apart. The states are `None` if the server did not tell them.
pub(super) fn apart(look: Look<Item>) -> (Look<mprapi::Session>, Option<Vec<SiteState>>) {
    let (mut sessions, mut sites) = (Vec::with_capacity(look.sessions.len()), Some(Vec::new()));
    for item in look.sessions {
        match item {
            Item::Session(session) => sessions.push(*session),
            Item::Site(site) => sites.iter_mut().for_each(|sites| sites.push(site.clone())),
            Item::NoSites => sites = None,
        }
    }
    (Look { at: look.at, up_for: look.up_for, sessions }, sites)
}

/// The states as they were last read.
#[derive(Debug, Default)]
pub(super) struct Sites {
    known: Option<BTreeMap<String, SiteState>>,
}

impl Sites {
    /// Takes the states of a reading, and returns those that have changed. That a link comes up or goes down without an
    /// error is no change here: its session tells it. With `all`, the first reading tells of each site that is not up.
    pub(super) fn observe(&mut self, sites: Vec<SiteState>, all: bool) -> Vec<SiteState> {
        let now: BTreeMap<String, SiteState> =
            sites.into_iter().map(|site| (site.name.clone(), site)).collect();
        let Some(before) = self.known.replace(now) else {
            let known = self.known.iter().flatten().map(|(_, site)| site);
            return known.filter(|site| all && !site.is_up()).cloned().collect();
        };
        let Some(now) = &self.known else { return Vec::new() };
        let is_told = |site: &SiteState| match before.get(&site.name) {
            None => true,
            Some(old) if old == site => false,
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
        now.values().filter(|site| is_told(site)).cloned().chain(gone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str, state: &str, error: Option<&str>) -> SiteState {
        let (name, state) = (name.to_owned(), state.to_owned());
        SiteState { name, state, reasons: String::new(), last_error: error.map(str::to_owned) }
    }

    #[test]
    fn a_change_that_no_session_tells_is_told_once() {
        let mut sites = Sites::default();
        let mut see = |states: &[SiteState]| {
            let told = sites.observe(states.to_vec(), false);
            told.iter().map(|site| format!("{} {}", site.name, site.sentence())).collect::<Vec<_>>()
        };
        let (up, down) = (site("Oslo", "connected", None), site("Oslo", "disconnected", None));
        assert!(see(std::slice::from_ref(&down)).is_empty());
        assert!(see(std::slice::from_ref(&up)).is_empty(), "its session tells it");
        assert!(see(std::slice::from_ref(&down)).is_empty(), "its session tells it");
        let lost = site("Oslo", "unreachable", Some("no answer"));
        assert_eq!(see(std::slice::from_ref(&lost)), ["Oslo unreachable; last error: no answer"]);
        assert!(see(&[lost]).is_empty());
        assert_eq!(see(&[site("Oslo", "disabled", None)]), ["Oslo disabled"]);
        let bern = site("Bern", "disconnected", None);
        assert_eq!(see(std::slice::from_ref(&bern)), ["Bern disconnected", "Oslo deleted"]);
        assert!(see(&[bern]).is_empty());
    }

    #[test]
    fn with_all_the_sites_that_are_down_are_told_at_first() {
        let states = vec![site("Oslo", "connected", None), site("Bern", "disconnected", None)];
        let told = Sites::default().observe(states, true);
        assert_eq!(told.iter().map(|site| site.name.as_str()).collect::<Vec<_>>(), ["Bern"]);
    }
}
