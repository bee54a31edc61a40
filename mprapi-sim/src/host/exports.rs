//! The entry points of an administration DLL, and the rules for which of them it must have.

use std::collections::BTreeSet;

use crate::scenario::Windows;

pub(crate) const INITIALIZE: &str = "MprAdminInitializeDll";
pub(crate) const INITIALIZE_EX: &str = "MprAdminInitializeDllEx";
pub(crate) const TERMINATE: &str = "MprAdminTerminateDll";
pub(crate) const ACCEPT_LINK: &str = "MprAdminAcceptNewLink";
pub(crate) const LINK_HANGUP: &str = "MprAdminLinkHangupNotification";
pub(crate) const REAUTHENTICATION: &str = "MprAdminAcceptReauthentication";
pub(crate) const REAUTHENTICATION_EX: &str = "MprAdminAcceptReauthenticationEx";
pub(crate) const GET_IP: &str = "MprAdminGetIpAddressForUser";
pub(crate) const RELEASE_IP: &str = "MprAdminReleaseIpAddress";
pub(crate) const GET_IPV6: &str = "MprAdminGetIpv6AddressForUser";
pub(crate) const RELEASE_IPV6: &str = "MprAdminReleaseIpv6AddressForUser";

/// A form of the connection functions: what their names end in, and with it the records that they get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AdminDllFamily {
    /// `MprAdminAcceptNewConnection`, which gets levels 0 and 1 of the connection.
    Plain,
    /// `MprAdminAcceptNewConnection2`, which also gets level 2.
    Two,
    /// `MprAdminAcceptNewConnection3`, which also gets level 3.
    Three,
    /// `MprAdminAcceptNewConnectionEx`, which gets a `RAS_CONNECTION_EX`.
    Ex,
}

impl AdminDllFamily {
    /// All forms, from the oldest to the newest.
    pub const ALL: [AdminDllFamily; 4] =
        [AdminDllFamily::Plain, AdminDllFamily::Two, AdminDllFamily::Three, AdminDllFamily::Ex];

    /// Returns the function that is asked about a connection.
    pub fn accept(self) -> &'static str {
        match self {
            AdminDllFamily::Plain => "MprAdminAcceptNewConnection",
            AdminDllFamily::Two => "MprAdminAcceptNewConnection2",
            AdminDllFamily::Three => "MprAdminAcceptNewConnection3",
            AdminDllFamily::Ex => "MprAdminAcceptNewConnectionEx",
        }
    }

    /// Returns the function that is told of the end of a connection.
    pub fn hangup(self) -> &'static str {
        match self {
            AdminDllFamily::Plain => "MprAdminConnectionHangupNotification",
            AdminDllFamily::Two => "MprAdminConnectionHangupNotification2",
            AdminDllFamily::Three => "MprAdminConnectionHangupNotification3",
            AdminDllFamily::Ex => "MprAdminConnectionHangupNotificationEx",
        }
    }

    /// Returns the suffix of the names; `none` for the form without one.
    pub fn suffix(self) -> &'static str {
        match self {
            AdminDllFamily::Plain => "none",
            AdminDllFamily::Two => "2",
            AdminDllFamily::Three => "3",
            AdminDllFamily::Ex => "Ex",
        }
    }

    /// Returns `true` if this version of Windows knows the form.
    pub(crate) fn is_known(self, windows: Windows) -> bool {
        match self {
            AdminDllFamily::Plain | AdminDllFamily::Two => true,
            AdminDllFamily::Three => windows >= Windows::Server2008,
            AdminDllFamily::Ex => windows >= Windows::Server2008R2,
        }
    }
}

/// The functions that a table of callbacks can have.
const IN_TABLE: [&str; 10] = [
    TERMINATE,
    ACCEPT_LINK,
    LINK_HANGUP,
    REAUTHENTICATION_EX,
    GET_IP,
    RELEASE_IP,
    GET_IPV6,
    RELEASE_IPV6,
    "MprAdminAcceptNewConnectionEx",
    "MprAdminConnectionHangupNotificationEx",
];

/// The entry points that an administration DLL has, and what it lacks by the rules of Microsoft's page (*RAS Administration
/// DLL Functions*).
///
/// ```
/// use mprapi_sim::AdminDllExports;
///
/// let exports = AdminDllExports::of(["MprAdminInitializeDll", "MprAdminTerminateDll", "DllMain"]);
/// assert!(exports.missing()[0].starts_with("MprAdminAcceptNewLink"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdminDllExports {
    found: BTreeSet<&'static str>,
}

impl AdminDllExports {
    /// Takes the entry points from a list of names; other names are left out.
    pub fn of<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> AdminDllExports {
        let known = |name: N| all().find(|known| *known == name.as_ref());
        AdminDllExports { found: names.into_iter().filter_map(known).collect() }
    }

    /// Returns `true` if the DLL has this entry point.
    pub fn has(&self, name: &str) -> bool {
        self.found.contains(name)
    }

    /// Lists the entry points that the DLL has, by name.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.found.iter().copied()
    }

    /// Returns `true` if the DLL fills a table of callbacks (`MprAdminInitializeDllEx`). Only the DLL's code says what is in
    /// it.
    pub fn has_table(&self) -> bool {
        self.has(INITIALIZE_EX)
    }

    /// Lists the forms whose connection functions the DLL has both, from the oldest to the newest.
    pub fn families(&self) -> Vec<AdminDllFamily> {
        let is_whole = |form: &AdminDllFamily| self.has(form.accept()) && self.has(form.hangup());
        AdminDllFamily::ALL.into_iter().filter(is_whole).collect()
    }

    /// Lists what keeps the service from starting, on a Windows that knows every entry point: the name of a missing export,
    /// with the ones that could take its place. What a table of callbacks may have is not missing. Empty if nothing is.
    pub fn missing(&self) -> Vec<String> {
        let mut whole = self.clone();
        if self.has_table() {
            // One function of a pair by its name alone is missing its other, table or not.
            let pairs = [(GET_IP, RELEASE_IP), (GET_IPV6, RELEASE_IPV6)];
            let is_half = |name: &&str| {
                let half = |pair: &(&str, &str)| {
                    self.has(pair.0) != self.has(pair.1) && (*name == pair.0 || *name == pair.1)
                };
                pairs.iter().any(half)
            };
            whole.found.extend(IN_TABLE.into_iter().filter(|name| !is_half(name)));
        }
        whole.lacks(Windows::default()).into_iter().map(|missing| missing.text).collect()
    }

    /// Lists what keeps the service of this Windows from starting.
    pub(crate) fn lacks(&self, windows: Windows) -> Vec<Missing> {
        let mut lacks = Vec::new();
        let knows_ex = AdminDllFamily::Ex.is_known(windows);
        let has_initialize = self.has(INITIALIZE) || knows_ex && self.has(INITIALIZE_EX);
        lacks.extend((!has_initialize).then(|| Missing::new(INITIALIZE, &[INITIALIZE_EX])));
        for name in [TERMINATE, ACCEPT_LINK, LINK_HANGUP] {
            lacks.extend((!self.has(name)).then(|| Missing::new(name, &[])));
        }
        let has_reauthentication = self.has(REAUTHENTICATION) || knows_ex && self.has(REAUTHENTICATION_EX);
        if windows >= Windows::Server2008 && !has_reauthentication {
            lacks.push(Missing::new(REAUTHENTICATION, &[REAUTHENTICATION_EX]));
        }
        lacks.extend(self.lacks_connection_functions(windows));
        for (get, release) in [(GET_IP, RELEASE_IP), (GET_IPV6, RELEASE_IPV6)] {
            match (self.has(get), self.has(release)) {
                (true, false) => lacks.push(Missing::half(release, get)),
                (false, true) => lacks.push(Missing::half(get, release)),
                _ => {}
            }
        }
        lacks
    }

    /// Returns the connection function that is missing, if no form is whole.
    fn lacks_connection_functions(&self, windows: Windows) -> Option<Missing> {
        let is_known = |form: &AdminDllFamily| form.is_known(windows);
        if self.families().iter().any(is_known) {
            return None;
        }
        let newest_first = || AdminDllFamily::ALL.into_iter().rev().filter(is_known);
        for form in newest_first() {
            match (self.has(form.accept()), self.has(form.hangup())) {
                (true, false) => return Some(Missing::half(form.hangup(), form.accept())),
                (false, true) => return Some(Missing::half(form.accept(), form.hangup())),
                _ => {}
            }
        }
        let name = AdminDllFamily::Plain.accept();
        let text =
            format!("{name} and {}, or both with the suffix 2, 3 or Ex", AdminDllFamily::Plain.hangup());
        Some(Missing { name, text })
    }
}

/// Lists all entry points.
fn all() -> impl Iterator<Item = &'static str> {
    let pairs = AdminDllFamily::ALL.into_iter().flat_map(|form| [form.accept(), form.hangup()]);
    let others = [INITIALIZE, INITIALIZE_EX, REAUTHENTICATION];
    others.into_iter().chain(IN_TABLE).chain(pairs)
}

/// A missing entry point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) name: &'static str,
    /// The name, and what could take its place or why it is needed.
    pub(crate) text: String,
}

impl Missing {
    fn new(name: &'static str, instead: &[&str]) -> Missing {
        let names: Vec<&str> = [name].iter().chain(instead).copied().collect();
        Missing { name, text: names.join(" or ") }
    }

    fn half(name: &'static str, other: &str) -> Missing {
        Missing { name, text: format!("{name}, which belongs to {other}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The exports of a DLL that has everything it must have, in one form.
    fn whole(form: AdminDllFamily) -> Vec<&'static str> {
        vec![INITIALIZE, TERMINATE, ACCEPT_LINK, LINK_HANGUP, REAUTHENTICATION, form.accept(), form.hangup()]
    }

    #[test]
    fn a_dll_with_any_one_pair_lacks_nothing_and_without_any_export_something() {
        for form in AdminDllFamily::ALL {
            let names = whole(form);
            assert_eq!(AdminDllExports::of(&names).missing(), [] as [&str; 0], "{form:?}");
            assert_eq!(AdminDllExports::of(&names).families(), [form]);
            for without in &names {
                let missing = AdminDllExports::of(names.iter().filter(|name| *name != without)).missing();
                assert_eq!(missing.len(), 1, "{without}: {missing:?}");
                assert!(missing[0].starts_with(without), "{without}: {missing:?}");
            }
        }
    }

    #[test]
    fn two_halves_of_different_forms_are_no_pair() {
        let mut names = whole(AdminDllFamily::Three);
        names.retain(|name| *name != AdminDllFamily::Three.hangup());
        names.push(AdminDllFamily::Two.hangup());
        let missing = AdminDllExports::of(names).missing();
        assert_eq!(
            missing,
            ["MprAdminConnectionHangupNotification3, which belongs to MprAdminAcceptNewConnection3"]
        );
    }

    #[test]
    fn an_address_function_without_its_other_is_missing_that_one() {
        for (get, release) in [(GET_IP, RELEASE_IP), (GET_IPV6, RELEASE_IPV6)] {
            for (has, lacks) in [(get, release), (release, get)] {
                for initialize in [INITIALIZE, INITIALIZE_EX] {
                    let names = whole(AdminDllFamily::Ex).into_iter().chain([has, initialize]);
                    let missing = AdminDllExports::of(names).missing();
                    assert_eq!(missing, [format!("{lacks}, which belongs to {has}")]);
                }
            }
        }
    }

    #[test]
    fn a_table_may_have_what_is_not_exported() {
        let exports = AdminDllExports::of([INITIALIZE_EX]);
        assert!(exports.has_table() && exports.families().is_empty());
        assert_eq!(exports.missing(), [] as [&str; 0]);
        assert_eq!(exports.lacks(Windows::Server2008).len(), 6, "an older Windows knows no table");
    }

    #[test]
    fn an_older_windows_takes_no_newer_form() {
        let exports = AdminDllExports::of(whole(AdminDllFamily::Three));
        assert!(exports.lacks(Windows::Server2008).is_empty());
        assert_eq!(exports.lacks(Windows::Server2003)[0].name, AdminDllFamily::Plain.accept());
    }
}
