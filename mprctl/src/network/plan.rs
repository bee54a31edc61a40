//! The plan for a server that is asked over the network: its port and the account.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use zeroize::Zeroizing;

use super::options::Options;
use crate::failure::Failure;
use crate::settings_file::{ServerSettings, SettingsFile};
use crate::{host, secret};

/// How a server is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// The name or address, without a port.
    pub(super) host: String,
    /// `None` is SMB's own.
    pub(super) port: Option<u16>,
    /// `None` is the Kerberos ticket of the user who runs the command.
    pub(super) user: Option<String>,
    /// `true` to log on by NTLM.
    pub(super) ntlm: bool,
}

impl Route {
    /// Plans how to ask a server: as the command line says, else as the configuration file says of the server, else as it
    /// says of all.
    ///
    /// # Errors
    /// A port that is not one, NTLM without a user, a user whose name is none of Kerberos.
    pub(super) fn plan(name: &str, options: &Options, settings: &SettingsFile) -> Result<Route, Failure> {
        let (host, port) = host::with_port(name).map_err(|why| {
            Failure::usage(format!("cannot ask `{name}`: {why}")).advice(
                "A port stands behind a name or an address:\n  \
                 mprctl --server vpn01.corp.example:4455 status\n  \
                 mprctl --server '[2001:db8::1]:4455' status",
            )
        })?;
        let is_it = |known: &str| known.eq_ignore_ascii_case(name) || known.eq_ignore_ascii_case(host);
        let of_server = settings.servers.iter().find(|(known, _)| is_it(host::stripped(known)));
        let none = ServerSettings::default();
        let own = of_server.map_or(&none, |(_, own)| own);
        let defaults = &settings.defaults;
        let user = options.user.as_ref().or(own.user.as_ref()).or(defaults.user.as_ref());
        let ntlm = options.ntlm || own.ntlm.or(defaults.ntlm).unwrap_or(false);
        match user {
            None if ntlm => {
                return Err(Failure::usage(format!("cannot log on to {name} by NTLM: no user is named"))
                    .advice(
                        "Name the account:\n  mprctl --server NAME --user 'DOMAIN\\user' --ntlm status",
                    ));
            }
            Some(user) if !ntlm && user.contains('\\') => {
                return Err(Failure::usage(format!("cannot log on as {user}: this is a name for NTLM"))
                    .advice(
                        "Kerberos takes the user and the realm, the domain's DNS name in capitals:\n  \
                     mprctl --server NAME --user user@CORP.EXAMPLE status\n\
                     Where there is no Kerberos, add --ntlm.",
                    ));
            }
            _ => {}
        }
        let (host, port) = (host.to_owned(), port.or(own.port.map(Into::into)));
        Ok(Route { host, port, user: user.cloned(), ntlm })
    }
}

/// The passwords of the accounts, by user. They are wiped when this is dropped.
#[derive(Default)]
pub(super) struct Passwords(BTreeMap<String, Zeroizing<String>>);

impl Passwords {
    /// Gets the passwords of the routes' users that are not there yet: from the file, or else from the terminal.
    ///
    /// # Errors
    /// A file for no user or for several, or a password that cannot be read.
    pub(super) fn add(&mut self, routes: &[Route], file: Option<&Path>) -> Result<(), Failure> {
        for user in routes.iter().filter_map(|route| route.user.as_ref()) {
            let others: Vec<&str> = self.0.keys().map(String::as_str).filter(|other| other != user).collect();
            if let (Some(_), [other, ..]) = (file, &others[..]) {
                let message =
                    format!("--password-file has one password, and there are two users: {other}, {user}");
                return Err(Failure::usage(message).advice(
                    "Name one user for all servers with --user, or leave out --password-file to be\n\
                     asked for each password.",
                ));
            }
            if let Entry::Vacant(place) = self.0.entry(user.clone()) {
                let what = format!("password of {user}");
                place.insert(match file {
                    Some(file) => secret::from_file(file, &what)?,
                    None => secret::ask_once(&what, "--password-file")?,
                });
            }
        }
        if file.is_some() && self.0.is_empty() {
            return Err(Failure::usage("--password-file has no use: no user is named").advice(
                "Name the account:\n  mprctl --server NAME --user USER --password-file FILE status",
            ));
        }
        Ok(())
    }

    /// Returns the password of a user.
    pub(super) fn of(&self, user: &str) -> Option<&Zeroizing<String>> {
        self.0.get(user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Kind;

    fn settings(text: &str) -> SettingsFile {
        toml::from_str(text).expect("settings")
    }

    fn route(name: &str, options: &Options, settings: &SettingsFile) -> Route {
        Route::plan(name, options, settings).expect("a plan")
    }

    const SETTINGS: &str = "
        [defaults]
        user = 'all@CORP.EXAMPLE'
        [servers.'VPN01.corp.example']
        user = 'CORP\\admin'
        ntlm = true
        port = 4455
        [servers.'[2001:db8::1]']
        port = 4456
        [servers.vpn02]
        ntlm = false";

    #[test]
    fn the_command_line_goes_before_the_server_in_the_configuration_and_that_before_its_defaults() {
        let (settings, none) = (settings(SETTINGS), Options::default());
        let own = route("vpn01.corp.example", &none, &settings);
        assert_eq!((own.host.as_str(), own.port, own.ntlm), ("vpn01.corp.example", Some(4455), true));
        assert_eq!(own.user.as_deref(), Some("CORP\\admin"));
        let own = route("vpn02", &none, &settings);
        assert_eq!((own.user.as_deref(), own.port, own.ntlm), (Some("all@CORP.EXAMPLE"), None, false));
        let own = route("vpn01.corp.example:5", &none, &settings);
        assert_eq!((own.host.as_str(), own.port, own.ntlm), ("vpn01.corp.example", Some(5), true));
        assert_eq!(route("2001:db8::1", &none, &settings).port, Some(4456));
        let given = Options { user: Some("me@CORP.EXAMPLE".into()), ..Options::default() };
        assert_eq!(route("vpn02", &given, &settings).user.as_deref(), Some("me@CORP.EXAMPLE"));
        assert_eq!(route("vpn03", &none, &SettingsFile::default()).user, None);
    }

    #[test]
    fn a_name_without_its_mechanism_is_refused_before_a_password_is_asked_for() {
        let none = SettingsFile::default();
        for (user, ntlm, reason) in
            [(None, true, "no user is named"), (Some("CORP\\admin"), false, "a name for NTLM")]
        {
            let options = Options { user: user.map(str::to_owned), ntlm, ..Options::default() };
            let failure = Route::plan("vpn01", &options, &none).expect_err("refused");
            assert!(failure.kind == Kind::Usage && failure.message.contains(reason), "{}", failure.message);
        }
        let options = Options { user: Some("CORP\\admin".into()), ntlm: true, ..Options::default() };
        assert!(Route::plan("vpn01", &options, &none).is_ok());
        assert!(Route::plan("vpn01:0", &Options::default(), &none).is_err());
    }

    #[test]
    fn one_file_is_the_password_of_one_user() {
        let of = |user: Option<&str>| Route {
            host: "vpn01".into(),
            port: None,
            user: user.map(str::to_owned),
            ntlm: false,
        };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("clippy.toml");
        let refused = |routes: &[Route]| {
            let mut passwords = Passwords::default();
            passwords.0.insert("a@B".into(), Zeroizing::new("secret".into()));
            passwords.add(routes, Some(&path)).expect_err("refused").message
        };
        assert!(refused(&[of(Some("c@D"))]).contains("two users: a@B, c@D"));
        let failure = Passwords::default().add(&[of(None)], Some(&path)).expect_err("refused");
        assert!(failure.message.contains("no user is named"));
        let mut known = Passwords::default();
        known.0.insert("a@B".into(), Zeroizing::new("secret".into()));
        // It is not read twice.
        known.add(&[of(Some("a@B")), of(Some("a@B"))], Some(Path::new("no-such-file"))).expect("it is known");
        assert_eq!(known.of("a@B").map(|password| password.as_str()), Some("secret"));
    }
}
