//! The IKEv2 settings of demand-dial interfaces: algorithms, certificate and traffic selectors.

use std::fs;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use mprapi::sys::{MPR_IF_CUSTOMINFOEX0, MPR_IF_CUSTOMINFOEX1, MPR_IF_CUSTOMINFOEX2};
use mprapi::{
    AuthenticationTransform, CipherTransform, Configuration, DhGroup, EncryptionMethod, Ikev2Policy,
    Ikev2Settings, IntegrityMethod, InterfaceHandle, Mpr, PfsGroup, TrafficSelector,
};

use super::change::{Removal, as_stored};
use super::find::{Names, Running, check_storable, checked, dials, each, find, find_stored, question};
use crate::action::{self, Outcome};
use crate::context::Context;
use crate::enumeration::Words;
use crate::failure::Failure;
use crate::output::{self, Report, ServerName, bytes, row};
use crate::range::Range;
use crate::scope::Scope;
use crate::{fleet, quantity};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show the IKEv2 settings of interfaces
    #[command(after_help = "Example:\n  mprctl interface ikev2 show branch-2")]
    Show(Show),
    /// Set the IKEv2 settings of interfaces
    #[command(
        override_usage = "mprctl interface ikev2 set <NAME>... <SETTINGS>... [OPTIONS]",
        after_help = "\
Examples:
  mprctl interface ikev2 set branch-2 --lifetime 4h --renew-after 50MB
  mprctl interface ikev2 set branch-2 --integrity SHA-256 --encryption AES-256 --cipher AES-GCM-256 \\
    --authentication AES-GCM-256 --pfs-group 'ECP 256' --dh-group 'ECP 256' --store
  mprctl interface ikev2 set branch-2 --initiator 10.1.0.0-10.1.0.255 --responder 10.2.0.0-10.2.0.255,6,443-443

Settings that are not given stay as they are. An interface without IKEv2 settings of its own starts from Windows' \
defaults. Give either all six algorithms or none."
    )]
    Set(Box<Set>),
    /// Remove the IKEv2 settings of interfaces, so that Windows' defaults apply (asks first)
    #[command(after_help = "Example:\n  mprctl interface ikev2 remove branch-2 --store")]
    Remove(Removal),
}

/// The revision of the IKEv2 settings that a server supports.
#[derive(Args, Clone, Copy)]
pub(crate) struct Revision {
    /// The revision that the server supports: 1 for Windows Server 2012, 2 (adds the hash of the certificate) for 2012 R2, 3
    /// (adds main mode's lifetime and traffic selectors) for 2016 and later
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=3))]
    revision: u8,
}

#[derive(Args)]
pub(crate) struct Show {
    #[command(flatten)]
    names: Names,
    /// Show the stored settings; works while the service is stopped
    #[arg(long)]
    store: bool,
    #[command(flatten)]
    revision: Revision,
}

#[derive(Args)]
pub(crate) struct Set {
    #[command(flatten)]
    names: Names,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    revision: Revision,
    #[command(flatten)]
    scope: Scope,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args, Clone)]
#[group(id = "change", required = true, multiple = true)]
pub(crate) struct Changes {
    /// The lifetime of a security association, at least 5min
    #[arg(long, value_name = "TIME", value_parser = |text: &str| Range::LIFETIME.time(text))]
    lifetime: Option<Duration>,
    /// The traffic after which a security association is renegotiated, at least 1.1MB
    #[arg(long, value_name = "BYTES", value_parser = |text: &str| Range::RENEW_AFTER.kilobytes(text, 1))]
    renew_after: Option<u32>,
    /// The lifetime of a security association of main mode
    #[arg(long, value_name = "TIME", value_parser = |text: &str| Range::MAIN_MODE_LIFETIME.time(text))]
    main_mode_lifetime: Option<Duration>,
    /// A file with the encoded X.509 name of the certificate that this end presents; an empty file for none
    #[arg(long, value_name = "FILE")]
    certificate_name: Option<PathBuf>,
    /// The hash of the certificate that this end presents, in hexadecimal; empty for none
    #[arg(long, value_name = "HEX", value_parser = quantity::parse_hex)]
    certificate_hash: Option<Bytes>,
    /// Integrity of the negotiation
    #[arg(long, value_name = "NAME", value_parser = Words(IntegrityMethod::ALL))]
    integrity: Option<IntegrityMethod>,
    /// Encryption of the negotiation
    #[arg(long, value_name = "NAME", value_parser = Words(EncryptionMethod::ALL))]
    encryption: Option<EncryptionMethod>,
    /// Encryption of the traffic
    #[arg(long, value_name = "NAME", value_parser = Words(CipherTransform::ALL))]
    cipher: Option<CipherTransform>,
    /// Integrity of the traffic
    #[arg(long, value_name = "NAME", value_parser = Words(AuthenticationTransform::ALL))]
    authentication: Option<AuthenticationTransform>,
    /// Key exchange when the traffic's keys are renewed
    #[arg(long, value_name = "NAME", value_parser = Words(PfsGroup::ALL))]
    pfs_group: Option<PfsGroup>,
    /// Key exchange of the negotiation
    #[arg(long, value_name = "NAME", value_parser = Words(DhGroup::ALL))]
    dh_group: Option<DhGroup>,
    /// Leave the algorithms to Windows
    #[arg(long, conflicts_with_all = ["integrity", "encryption", "cipher", "authentication", "pfs_group", "dh_group"])]
    no_policy: bool,
    /// Traffic of the initiator's side that goes through the tunnel; several are possible
    #[arg(long, value_name = "FIRST-LAST[,PROTOCOL[,PORTS]]", value_parser = parse_selector)]
    initiator: Vec<TrafficSelector>,
    /// Traffic of the responder's side that goes through the tunnel; several are possible
    #[arg(long, value_name = "FIRST-LAST[,PROTOCOL[,PORTS]]", value_parser = parse_selector)]
    responder: Vec<TrafficSelector>,
    /// Leave it to Windows which traffic goes through the tunnel
    #[arg(long, conflicts_with_all = ["initiator", "responder"])]
    no_selectors: bool,
}

/// Bytes in one argument. (A list would be several arguments to clap.)
type Bytes = std::sync::Arc<[u8]>;

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::Show(Show { names: Names { names }, store, revision }) => {
            let answers = context.ask(move |mpr, target| show(mpr, target, &names, store, revision));
            Report::of_each(answers).print_sheets(context.style)
        }
        Command::Set(set) => {
            let Set { names: Names { names }, changes, revision, scope, dry_run } = *set;
            let name_of_certificate = match &changes.certificate_name {
                Some(file) => Some(fs::read(file).map_err(|error| Failure::unreadable(file, &error))?),
                None => None,
            };
            let apply = move |before| changes.apply(before, name_of_certificate.as_deref());
            let answers = context.ask(move |mpr, target| {
                check_storable(mpr, target, scope, &names)?;
                scope.change(
                    mpr,
                    target,
                    |server| {
                        let running = Running::read(server)?;
                        // What is wrong with the changes is seen before the first interface is changed.
                        let find = |name: &str| {
                            let interface = running.find(name)?;
                            Ok((interface, apply(revision.read(interface, name)?)?))
                        };
                        each(&names, find, dry_run, "set", |(interface, settings)| {
                            Ok(revision.write(interface, &settings)?)
                        })
                    },
                    |stored| {
                        let find = |name: &str| {
                            let interface = find_stored(stored, name)?;
                            Ok((interface, apply(revision.read_stored(interface)?)?))
                        };
                        let actions = each(&names, find, dry_run, "set", |(interface, settings)| {
                            revision.write_stored(interface, &settings)?;
                            Ok(Outcome::stored(stored))
                        })?;
                        Ok(as_stored(actions))
                    },
                )
            });
            action::report(context, answers)
        }
        Command::Remove(Removal { names, scope, consent }) => {
            action::confirm(consent, &question("Remove the IKEv2 settings of", &names))?;
            let (Names { names }, dry_run) = (names, consent.dry_run);
            let answers = context.ask(move |mpr, target| {
                check_storable(mpr, target, scope, &names)?;
                scope.change(
                    mpr,
                    target,
                    |server| {
                        let running = Running::read(server)?;
                        each(
                            &names,
                            |name| running.find(name),
                            false,
                            "remove",
                            |interface| {
                                checked(dry_run, dials, interface, |interface| {
                                    Ok(interface.remove_ikev2_settings()?)
                                })
                            },
                        )
                    },
                    |stored| {
                        let find = |name: &str| find_stored(stored, name);
                        let actions = each(&names, find, dry_run, "remove", |interface| {
                            interface.remove_ikev2_settings()?;
                            Ok(Outcome::stored(stored))
                        })?;
                        Ok(as_stored(actions))
                    },
                )
            });
            action::report(context, answers)
        }
    }
}

/// Calls a method with the record of a revision.
macro_rules! at {
    ($revision:ident, $interface:ident.$method:ident($($argument:expr)?)) => {
        match $revision.revision {
            1 => $interface.$method::<MPR_IF_CUSTOMINFOEX0>($($argument)?),
            2 => $interface.$method::<MPR_IF_CUSTOMINFOEX1>($($argument)?),
            _ => $interface.$method::<MPR_IF_CUSTOMINFOEX2>($($argument)?),
        }
    };
}

impl Revision {
    /// Reads the settings of the interface that was found as `name`.
    fn read(self, interface: InterfaceHandle<'_>, name: &str) -> Result<Option<Ikev2Settings>, Failure> {
        dials(&interface).map_err(|failure| failure.of(name))?;
        Ok(at!(self, interface.ikev2_settings_at())?)
    }

    fn read_stored(
        self,
        interface: InterfaceHandle<'_, Configuration>,
    ) -> mprapi::Result<Option<Ikev2Settings>> {
        at!(self, interface.ikev2_settings_at())
    }

    fn write(self, interface: InterfaceHandle<'_>, settings: &Ikev2Settings) -> mprapi::Result<()> {
        at!(self, interface.set_ikev2_settings_at(settings))
    }

    fn write_stored(
        self,
        interface: InterfaceHandle<'_, Configuration>,
        settings: &Ikev2Settings,
    ) -> mprapi::Result<()> {
        at!(self, interface.set_ikev2_settings_at(settings))
    }
}

impl Changes {
    /// The settings with the changes.
    fn apply(
        &self,
        before: Option<Ikev2Settings>,
        certificate_name: Option<&[u8]>,
    ) -> Result<Ikev2Settings, Failure> {
        let mut settings = before.unwrap_or_default();
        settings.lifetime = self.lifetime.unwrap_or(settings.lifetime);
        settings.renew_after_kilobytes = self.renew_after.unwrap_or(settings.renew_after_kilobytes);
        settings.main_mode_lifetime = self.main_mode_lifetime.unwrap_or(settings.main_mode_lifetime);
        if let Some(name) = certificate_name {
            settings.certificate_name = name.to_vec();
        }
        if let Some(hash) = &self.certificate_hash {
            settings.certificate_hash = hash.to_vec();
        }
        settings.policy = if self.no_policy { None } else { self.policy(settings.policy)? };
        if self.no_selectors {
            settings.initiator_selectors.clear();
            settings.responder_selectors.clear();
        }
        if !self.initiator.is_empty() {
            settings.initiator_selectors.clone_from(&self.initiator);
        }
        if !self.responder.is_empty() {
            settings.responder_selectors.clone_from(&self.responder);
        }
        Ok(settings)
    }

    /// All six algorithms, or none: Windows has no choice of its own for one of them.
    fn policy(&self, before: Option<Ikev2Policy>) -> Result<Option<Ikev2Policy>, Failure> {
        let integrity = self.integrity.or(before.map(|policy| policy.integrity_method));
        let encryption = self.encryption.or(before.map(|policy| policy.encryption_method));
        let cipher = self.cipher.or(before.map(|policy| policy.cipher_transform));
        let authentication = self.authentication.or(before.map(|policy| policy.authentication_transform));
        let pfs_group = self.pfs_group.or(before.map(|policy| policy.pfs_group));
        let dh_group = self.dh_group.or(before.map(|policy| policy.dh_group));
        match (integrity, encryption, cipher, authentication, pfs_group, dh_group) {
            (None, None, None, None, None, None) => Ok(None),
            (Some(integrity), Some(encryption), Some(cipher), Some(authentication), Some(pfs), Some(dh)) => {
                Ok(Some(Ikev2Policy::new(integrity, encryption, cipher, authentication, pfs, dh)))
            }
            _ => Err(Failure::usage(
                "the interface has no algorithms of its own yet; give all of --integrity, --encryption, --cipher, \
                 --authentication, --pfs-group and --dh-group",
            )),
        }
    }
}

fn show(
    mpr: &Mpr,
    target: Option<&str>,
    names: &[String],
    store: bool,
    revision: Revision,
) -> Result<Vec<Result<Ikev2Sheet, Failure>>, Failure> {
    if store {
        return fleet::with_configuration(mpr, target, |stored| {
            let sheet =
                |name: &String| Ok(Ikev2Sheet::new(name, revision.read_stored(find_stored(stored, name)?)?));
            output::each(names, sheet)
        });
    }
    fleet::with_server(mpr, target, |server| {
        let sheet = |name: &String| Ok(Ikev2Sheet::new(name, revision.read(find(server, name)?, name)?));
        output::each(names, sheet)
    })
}

/// Parses `10.1.0.0-10.1.0.255`, `10.1.0.1,6`, `2001:db8::-2001:db8::ff,17,53`, `10.1.0.1,6,80-443`; a fourth part is the tag.
fn parse_selector(text: &str) -> Result<TrafficSelector, String> {
    let parts: Vec<&str> = text.split(',').collect();
    let selector = || -> Option<TrafficSelector> {
        let addresses = range::<IpAddr>(parts[0])?;
        let mut selector = TrafficSelector::new(addresses);
        if let Some(protocol) = parts.get(1) {
            selector.protocol = protocol.parse().ok()?;
        }
        if let Some(ports) = parts.get(2) {
            selector.ports = range(ports)?;
        }
        if let Some(tag) = parts.get(3) {
            selector.payload_id = tag.parse().ok()?;
        }
        (parts.len() <= 4).then_some(selector)
    };
    selector().ok_or_else(|| {
        "write addresses, the number of a protocol and ports: 10.1.0.0-10.1.0.255 or 10.1.0.1,6,80-443"
            .to_owned()
    })
}

fn range<T: std::str::FromStr + Copy>(text: &str) -> Option<RangeInclusive<T>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some(first.parse().ok()?..=last.parse().ok()?)
}

/// As [`parse_selector`] reads it.
fn format_selector(selector: &TrafficSelector) -> String {
    let TrafficSelector { addresses, protocol, ports, payload_id, .. } = selector;
    let mut text = format!("{}-{}", addresses.start(), addresses.end());
    if (*protocol, ports, *payload_id) != (0, &(0..=u16::MAX), 0) {
        text += &format!(",{protocol},{}-{}", ports.start(), ports.end());
    }
    if *payload_id != 0 {
        text += &format!(",{payload_id}");
    }
    text
}

row! {
    /// The IKEv2 settings of a demand-dial interface.
    #[derive(Default)]
    pub(crate) struct Ikev2Sheet: "ikev2_sheet" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The interface.
        interface: String => Always "Interface",
        /// `true` if the interface has IKEv2 settings of its own. Otherwise Windows' defaults apply, and all other members are
        /// `null`.
        own: bool => Always "Its own settings",
        /// The lifetime of a security association, in seconds.
        #[serde(serialize_with = "crate::quantity::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        lifetime: Option<Duration> => Always "Lifetime",
        /// The number of bytes after which a security association is renegotiated.
        renew_after: Option<u64> => Always "Renewed after" as bytes,
        /// The lifetime of a security association of main mode, in seconds.
        #[serde(serialize_with = "crate::quantity::maybe_seconds")]
        #[schemars(with = "Option<u64>")]
        main_mode_lifetime: Option<Duration> => Always "Main mode lifetime",
        /// The encoded X.509 name of the certificate that this end presents, in hexadecimal.
        certificate_name: Option<String> => Always "Certificate's name",
        /// The hash of the certificate that this end presents, in hexadecimal.
        certificate_hash: Option<String> => Always "Certificate's hash",
        /// Integrity of the negotiation.
        integrity: Option<String> => Always "Integrity",
        /// Encryption of the negotiation.
        encryption: Option<String> => Always "Encryption",
        /// Encryption of the traffic.
        cipher: Option<String> => Always "Traffic's encryption",
        /// Integrity of the traffic.
        authentication: Option<String> => Always "Traffic's integrity",
        /// Key exchange when the traffic's keys are renewed.
        pfs_group: Option<String> => Always "Traffic's key exchange",
        /// Key exchange of the negotiation.
        dh_group: Option<String> => Always "Key exchange",
        /// The traffic of the initiator's side that goes through the tunnel.
        initiator_selectors: Vec<String> => Always "Initiator's traffic",
        /// The traffic of the responder's side that goes through the tunnel.
        responder_selectors: Vec<String> => Always "Responder's traffic",
    }
}

impl Ikev2Sheet {
    fn new(interface: &str, settings: Option<Ikev2Settings>) -> Ikev2Sheet {
        let interface = interface.to_owned();
        let Some(settings) = settings else { return Ikev2Sheet { interface, ..Ikev2Sheet::default() } };
        let policy = settings.policy;
        Ikev2Sheet {
            server: ServerName::default(),
            interface,
            own: true,
            lifetime: Some(settings.lifetime),
            renew_after: Some(u64::from(settings.renew_after_kilobytes) * 1024),
            main_mode_lifetime: Some(settings.main_mode_lifetime).filter(|lifetime| !lifetime.is_zero()),
            certificate_name: quantity::maybe_hex(&settings.certificate_name),
            certificate_hash: quantity::maybe_hex(&settings.certificate_hash),
            integrity: policy.map(|policy| policy.integrity_method.to_string()),
            encryption: policy.map(|policy| policy.encryption_method.to_string()),
            cipher: policy.map(|policy| policy.cipher_transform.to_string()),
            authentication: policy.map(|policy| policy.authentication_transform.to_string()),
            pfs_group: policy.map(|policy| policy.pfs_group.to_string()),
            dh_group: policy.map(|policy| policy.dh_group.to_string()),
            initiator_selectors: settings.initiator_selectors.iter().map(format_selector).collect(),
            responder_selectors: settings.responder_selectors.iter().map(format_selector).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::schema::tests::assert_line;

    #[test]
    fn a_selector_is_read_as_it_is_told() {
        for text in [
            "10.1.0.0-10.1.0.255",
            "10.1.0.1-10.1.0.1,6,80-443",
            "2001:db8::-2001:db8::ff,17,53-53",
            "10.1.0.1-10.1.0.1,0,0-65535,7",
        ] {
            assert_eq!(format_selector(&parse_selector(text).unwrap()), text);
        }
        assert_eq!(
            format_selector(&parse_selector("10.1.0.1,6,443").unwrap()),
            "10.1.0.1-10.1.0.1,6,443-443"
        );
        for text in ["", "10.1.0", "10.1.0.1,tcp", "10.1.0.1,6,443-", "10.1.0.1,6,1,2,3"] {
            assert!(parse_selector(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_not_changed_stays_as_it_was() {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            changes: Changes,
        }
        let apply = |before: Option<Ikev2Settings>, line: &str| {
            let words = ["mprctl"].into_iter().chain(line.split(' '));
            let Line { changes } = clap::Parser::parse_from(words);
            changes.apply(before, None)
        };
        let policy = "--integrity sha256 --encryption aes256 --cipher aes256 --authentication sha256 --pfs-group none \
                      --dh-group group14";
        let one = apply(None, &format!("{policy} --lifetime 4h --renew-after 2MiB")).unwrap();
        assert_eq!((one.lifetime, one.renew_after_kilobytes), (Duration::from_secs(4 * 3600), 2048));
        let two = apply(Some(one.clone()), "--cipher aes-gcm-256 --certificate-hash 0a --initiator 10.0.0.1")
            .unwrap();
        assert_eq!((two.lifetime, &two.certificate_hash[..]), (one.lifetime, &[10][..]));
        assert_eq!(two.initiator_selectors, [parse_selector("10.0.0.1").unwrap()]);
        let mut policy = one.policy.unwrap();
        policy.cipher_transform = CipherTransform::AesGcm256;
        assert_eq!(two.policy, Some(policy));
        assert_line(&Ikev2Sheet::new("branch-2", Some(two.clone())));
        let three = apply(Some(two), "--no-policy --no-selectors").unwrap();
        assert_eq!(
            (three.policy, three.initiator_selectors.len(), three.certificate_hash),
            (None, 0, vec![10])
        );
    }
}
