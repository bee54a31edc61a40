//! Other sites: the links to them, their failures, and the metrics of both.

use std::collections::BTreeMap;
use std::sync::Arc;

use mprapi::ConnectionState;

use super::exposition::{Exposition, Type, word};
use super::totals::{Seen, Totals, Traffic};
use crate::codes;

/// The states that are reported even if no interface is in them.
pub(super) fn states() -> [String; 5] {
    let states = [
        ConnectionState::Unreachable,
        ConnectionState::Disconnected,
        ConnectionState::Connecting,
        ConnectionState::Connected,
    ];
    let [unreachable, disconnected, connecting, connected] = states.map(word);
    [unreachable, disconnected, connecting, connected, "disabled".to_owned()]
}

/// Another site.
pub(super) struct Site {
    /// The state of the link.
    pub(super) state: String,
    /// The code of the last attempt to connect it; 0 if that succeeded, or if there was none.
    pub(super) error: u32,
}

impl Site {
    /// A site without an interface of its own, whose link is up.
    pub(super) fn connected() -> Site {
        Site { state: word(ConnectionState::Connected), error: 0 }
    }
}

/// The causes of failed attempts, as labels.
const CAUSES: [&str; 2] = ["certificate", "other"];

/// The failed attempts to connect each site, by cause, since the exporter first read the server.
///
/// A server tells of the last attempt only. So a failure counts when a reading shows another code than the reading before,
/// or the same code after the link was up or was being dialled.
#[derive(Default)]
pub(crate) struct Failures {
    /// The state and the code of the last reading; `None` before the first.
    before: Option<BTreeMap<Arc<str>, (bool, u32)>>,
    counts: BTreeMap<Arc<str>, [u64; CAUSES.len()]>,
}

impl Failures {
    /// Returns the number of sites so far.
    pub(super) fn sites(&self) -> usize {
        self.counts.len()
    }

    fn update(&mut self, sites: &BTreeMap<Arc<str>, Site>) {
        let before = self.before.take();
        let mut seen = BTreeMap::new();
        for (name, Site { state, error }) in sites {
            let is_active =
                [ConnectionState::Connecting, ConnectionState::Connected].map(word).contains(state);
            let counts = self.counts.entry(Arc::clone(name)).or_default();
            // What was before the first reading does not count.
            let was = before.as_ref().map(|before| before.get(name).copied().unwrap_or((true, 0)));
            let is_new = was.is_some_and(|(was_active, code)| code != *error || was_active && !is_active);
            if *error != 0 && is_new {
                counts[usize::from(!is_about_certificates(*error))] += 1;
            }
            seen.insert(Arc::clone(name), (is_active, *error));
        }
        self.before = Some(seen);
    }
}

/// Names of codes that certificates cause, and that do not say so.
const OF_CERTIFICATES: [&str; 7] = [
    "ERROR_IPSEC_IKE_AUTH_FAIL",
    "ERROR_IPSEC_IKE_INVALID_SIGNATURE",
    "ERROR_IPSEC_IKE_NO_PRIVATE_KEY",
    "ERROR_IPSEC_IKE_NO_PUBLIC_KEY",
    "SEC_E_UNTRUSTED_ROOT",
    "SEC_E_ISSUING_CA_UNTRUSTED",
    "SEC_E_WRONG_PRINCIPAL",
];

/// Returns `true` for the code of an error that a missing, expired or untrusted certificate causes.
fn is_about_certificates(code: u32) -> bool {
    codes::name(code).is_some_and(|name| {
        let has_prefix = ["CRYPT_E_", "TRUST_E_"].iter().any(|prefix| name.starts_with(prefix));
        name.contains("CERT") || has_prefix || OF_CERTIFICATES.contains(&name)
    })
}

/// Writes the metrics of links to other sites. Sites with the same name count as one.
pub(super) fn write(
    out: &mut Exposition,
    sites: &BTreeMap<Arc<str>, Site>,
    links: Vec<Seen>,
    failures: &mut Failures,
    totals: &mut Totals,
) {
    let help = "1 for the state that the link to the site is in, 0 for the other states.";
    let family = out.family("rras_site_state", Type::Gauge, help);
    for (site, Site { state, .. }) in sites {
        let mut all: BTreeMap<String, u64> = states().map(|state| (state, 0)).into();
        all.insert(state.clone(), 1);
        for (state, is_so) in all {
            family.sample(&[("site", site), ("state", &state)], is_so);
        }
    }
    let help = "Code of the last attempt to connect the site; 0 if it succeeded or if there was none.";
    let family = out.family("rras_site_last_error", Type::Gauge, help);
    for (site, Site { error, .. }) in sites {
        family.sample(&[("site", site)], u64::from(*error));
    }
    failures.update(sites);
    let help = "Failed attempts to connect the site, by cause, since the exporter first read the server.";
    let family = out.family("rras_site_failures_total", Type::Counter, help);
    for (site, counts) in &failures.counts {
        for (cause, count) in CAUSES.into_iter().zip(counts) {
            family.sample(&[("site", site), ("cause", cause)], *count);
        }
    }
    let mut starts: BTreeMap<&str, u64> = BTreeMap::new();
    for link in &links {
        let start = starts.entry(&link.group).or_insert(link.start);
        *start = link.start.min(*start);
    }
    let help = "Start time of the link to the site, in seconds since 1970; absent while the link is down.";
    let family = out.family("rras_site_start_time_seconds", Type::Gauge, help);
    for (site, start) in starts {
        family.sample(&[("site", site)], start);
    }
    totals.know(sites.keys());
    totals.update(links);
    type Metric = (&'static str, &'static str, fn(&Traffic) -> u64);
    let metrics: [Metric; 2] = [
        (
            "rras_site_received_bytes_total",
            "Bytes received over the links to the site, past ones included, since the exporter first read the server.",
            |traffic| traffic.received,
        ),
        (
            "rras_site_sent_bytes_total",
            "Bytes sent over the links to the site, past ones included, since the exporter first read the server.",
            |traffic| traffic.sent,
        ),
    ];
    for (name, help, value) in metrics {
        let family = out.family(name, Type::Counter, help);
        for (site, traffic) in totals.traffic() {
            family.sample(&[("site", site)], value(&traffic));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_that_fails_counts_once_and_by_its_cause() {
        let mut failures = Failures::default();
        let mut see = |state: &str, error: u32| {
            let site = Site { state: state.to_owned(), error };
            failures.update(&[("Oslo".into(), site)].into());
            failures.counts["Oslo"]
        };
        assert_eq!(see("unreachable", 13806), [0, 0], "it failed before anybody looked");
        assert_eq!(see("unreachable", 13806), [0, 0]);
        assert_eq!(see("connecting", 13806), [0, 0]);
        assert_eq!(see("unreachable", 13806), [1, 0], "the second attempt failed as the first");
        assert_eq!(see("unreachable", 809), [1, 1]);
        assert_eq!(see("connected", 0), [1, 1]);
        assert_eq!(see("disconnected", 0), [1, 1], "it was ended, and did not fail");
        assert_eq!(see("unreachable", 0x800B_0101), [2, 1]);
    }

    #[test]
    fn codes_of_certificates_are_told_from_others() {
        for code in [13801, 13806, 13819, 0x800B_0109, 0x8009_0325, 0x8009_2013] {
            assert!(is_about_certificates(code), "{code} {:?}", codes::name(code));
        }
        for code in [0, 5, 691, 809, 868, 13805] {
            assert!(!is_about_certificates(code), "{code} {:?}", codes::name(code));
        }
    }
}
