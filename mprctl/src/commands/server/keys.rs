//! The settings of tunnels in one table: from a line of it come the name on the command line, its help and completion,
//! the range and the writing. What `server show` has of a setting is the column of the same name in
//! [`TunnelRow`](super::tunnels::TunnelRow).

use std::fmt::Write as _;
use std::str::FromStr;
use std::time::Duration;

use mprapi::{
    CertificateUsage, Encryption, Ikev2Policy, Ikev2Tunnel, L2tpTunnel, ParseEnumerationError, PortUsage,
    Ports, SstpConfiguration, TunnelConfiguration, TunnelProtocol,
};

use crate::range::Range;
use crate::{enumeration, quantity};

/// Lists the settings that a tunnel has.
pub(super) fn keys_of(tunnel: TunnelProtocol) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.part.tunnels().contains(&tunnel))
}

/// Returns the tunnel's name as the command line has it.
pub(super) fn argument_of(tunnel: TunnelProtocol) -> String {
    tunnel.to_string().to_lowercase()
}

/// Groups of settings that must be set together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// The algorithms: the record has all of them or none.
    Policy,
    /// The certificate of SSTP and the kind of its hash.
    Certificate,
}

/// A setting of some tunnels.
pub(super) struct Key {
    /// The name of the column; the command line has `-` for its `_`.
    pub(super) name: &'static str,
    /// The valid values, for the help text.
    values: &'static str,
    /// The range of the value, if one is documented. The range of ports depends on the tunnel.
    range: Option<Range>,
    pub(super) group: Option<Group>,
    part: Part,
}

/// The part of a configuration that has a setting, with the function that writes it.
enum Part {
    /// The ports, which every tunnel has on every Windows.
    Ports(fn(&mut Ports, Text<'_>) -> Result<(), String>),
    /// The settings that IKEv2 and L2TP have in common.
    Ipsec(fn(Ipsec<'_>, Text<'_>) -> Result<(), String>),
    /// The algorithms of IKEv2 and L2TP.
    Policy(fn(&mut Ikev2Policy, Text<'_>) -> Result<(), String>),
    Ikev2(fn(&mut Ikev2Tunnel, Text<'_>) -> Result<(), String>),
    Sstp(fn(&mut SstpConfiguration, Text<'_>) -> Result<(), String>),
}

impl Part {
    fn tunnels(&self) -> &'static [TunnelProtocol] {
        match self {
            Part::Ports(_) => TunnelProtocol::ALL,
            Part::Ipsec(_) | Part::Policy(_) => &[TunnelProtocol::Ikev2, TunnelProtocol::L2tp],
            Part::Ikev2(_) => &[TunnelProtocol::Ikev2],
            Part::Sstp(_) => &[TunnelProtocol::Sstp],
        }
    }
}

const NUMBER: &str = "a number";
const TIME: &str = "a time, such as 10min or 8h, in whole seconds";
const YES_OR_NO: &str = "yes or no";
const HEXADECIMAL: &str = "hexadecimal digits, or none";
const ALGORITHM: &str = "set all six together, or policy=default; PowerShell's constants are known";

/// All settings, in the order of the columns. A new one is an entry here, and a field of
/// [`TunnelRow`](super::tunnels::TunnelRow) with the code that fills it.
pub(super) const KEYS: &[Key] = &[
    Key::new("ports", NUMBER, Part::Ports(|ports, text| text.count().map(|count| ports.count = count))),
    Key::new(
        "remote_access",
        YES_OR_NO,
        Part::Ports(|ports, text| text.yes().map(|yes| ports.usage.set(PortUsage::REMOTE_ACCESS, yes))),
    ),
    Key::new(
        "routing",
        YES_OR_NO,
        Part::Ports(|ports, text| text.yes().map(|yes| ports.usage.set(PortUsage::ROUTING, yes))),
    ),
    Key::new(
        "idle_timeout",
        TIME,
        Part::Ipsec(|ipsec, text| text.time().map(|time| *ipsec.idle_timeout = time)),
    )
    .within(Range::IDLE_TIMEOUT),
    Key::new("lifetime", TIME, Part::Ipsec(|ipsec, text| text.time().map(|time| *ipsec.lifetime = time)))
        .within(Range::LIFETIME),
    Key::new(
        "renew_after",
        "kilobytes, or 50MB",
        Part::Ipsec(|ipsec, text| text.kilobytes().map(|kilobytes| *ipsec.renew_after = kilobytes)),
    )
    .within(Range::RENEW_AFTER),
    Key::new(
        "main_mode_lifetime",
        TIME,
        Part::Ipsec(|ipsec, text| text.time().map(|time| *ipsec.main_mode_lifetime = Some(time))),
    ),
    Key::new(
        "network_outage",
        TIME,
        Part::Ikev2(|tunnel, text| text.time().map(|time| tunnel.network_blackout = time)),
    )
    .within(Range::NETWORK_OUTAGE),
    Key::new(
        "encryption",
        "none, optional, required or strongest",
        Part::Ipsec(|ipsec, text| text.one_of().map(|encryption| *ipsec.encryption = Some(encryption))),
    ),
    Key::new("https", YES_OR_NO, Part::Sstp(|sstp, text| text.yes().map(|yes| sstp.https = Some(yes)))),
    Key::new(
        "certificate",
        HEXADECIMAL,
        Part::Ikev2(|tunnel, text| text.bytes().map(|hash| tunnel.certificate_hash = hash)),
    ),
    // The column is the one above.
    Key::new(
        "certificate",
        HEXADECIMAL,
        Part::Sstp(|sstp, text| {
            // That one is chosen has to be said beside it.
            text.bytes().map(|hash| {
                sstp.picks_certificate = Some(hash.is_empty());
                sstp.certificate_hash = Some(hash);
            })
        }),
    )
    .together(Group::Certificate),
    Key::new(
        "certificate_hash",
        "none, SHA-1 or SHA-256",
        Part::Sstp(|sstp, text| text.one_of().map(|hash| sstp.hash_algorithm = Some(hash))),
    )
    .together(Group::Certificate),
    Key::new(
        "certificate_name",
        HEXADECIMAL,
        Part::Ikev2(|tunnel, text| text.bytes().map(|name| tunnel.certificate_name = name)),
    ),
    Key::new(
        "root_certificates",
        "hexadecimal digits with commas between, or any",
        Part::Ikev2(|tunnel, text| text.list(bytes).map(|names| tunnel.root_certificates = names)),
    ),
    Key::new(
        "certificate_usages",
        "names with commas between, or any",
        Part::Ikev2(|tunnel, text| text.list(usage).map(|usages| tunnel.certificate_usages = usages)),
    ),
    // It is no column: the six below are what it has.
    Key::new(
        "policy",
        "default, the system's own choice",
        Part::Ipsec(|ipsec, text| {
            if text.text.eq_ignore_ascii_case("default") {
                *ipsec.policy = None;
                return Ok(());
            }
            Err("a policy as a whole can only be `default`, the system's own choice".to_owned())
        }),
    )
    .together(Group::Policy),
    Key::new(
        "integrity_method",
        ALGORITHM,
        Part::Policy(|policy, text| text.one_of().map(|method| policy.integrity_method = method)),
    )
    .together(Group::Policy),
    Key::new(
        "encryption_method",
        ALGORITHM,
        Part::Policy(|policy, text| text.one_of().map(|method| policy.encryption_method = method)),
    )
    .together(Group::Policy),
    Key::new(
        "cipher",
        ALGORITHM,
        Part::Policy(|policy, text| text.one_of().map(|transform| policy.cipher_transform = transform)),
    )
    .together(Group::Policy),
    Key::new(
        "authentication",
        ALGORITHM,
        Part::Policy(|policy, text| {
            text.one_of().map(|transform| policy.authentication_transform = transform)
        }),
    )
    .together(Group::Policy),
    Key::new(
        "pfs_group",
        ALGORITHM,
        Part::Policy(|policy, text| text.one_of().map(|group| policy.pfs_group = group)),
    )
    .together(Group::Policy),
    Key::new(
        "dh_group",
        ALGORITHM,
        Part::Policy(|policy, text| text.one_of().map(|group| policy.dh_group = group)),
    )
    .together(Group::Policy),
];

impl Key {
    const fn new(name: &'static str, values: &'static str, part: Part) -> Key {
        Key { name, values, range: None, group: None, part }
    }

    const fn within(self, range: Range) -> Key {
        Key { range: Some(range), ..self }
    }

    const fn together(self, group: Group) -> Key {
        Key { group: Some(group), ..self }
    }

    /// Returns the name as the command line has it.
    pub(super) fn argument(&self) -> String {
        self.name.replace('_', "-")
    }

    /// Returns `true` if it is about ports, which can be set on every Windows.
    pub(super) fn is_of_ports(&self) -> bool {
        matches!(self.part, Part::Ports(_))
    }

    /// Returns `true` if it is one of the algorithms of a policy.
    pub(super) fn is_algorithm(&self) -> bool {
        matches!(self.part, Part::Policy(_))
    }

    /// Returns the range of the values of `tunnel`, if one is documented.
    pub(super) fn range(&self, tunnel: TunnelProtocol) -> Option<Range> {
        match (self.name, tunnel) {
            ("ports", TunnelProtocol::Pptp) => Some(Range::PPTP_PORTS),
            ("ports", TunnelProtocol::L2tp | TunnelProtocol::Sstp) => Some(Range::L2TP_OR_SSTP_PORTS),
            ("ports", TunnelProtocol::Ikev2 | TunnelProtocol::Gre) => Some(Range::PORTS),
            _ => self.range,
        }
    }

    /// Parses `text` and writes the value into `tunnels`.
    ///
    /// # Errors
    /// The text is not a valid value, or the server does not report the settings of the tunnel.
    pub(super) fn write(
        &self,
        tunnel: TunnelProtocol,
        tunnels: &mut TunnelConfiguration,
        text: &str,
    ) -> Result<(), String> {
        let text = Text { text, range: self.range(tunnel) };
        let lacks = || format!("the server does not tell how its {tunnel} is set");
        let TunnelConfiguration { ikev2, l2tp, sstp, .. } = tunnels;
        match self.part {
            Part::Ports(write) => write(tunnels.ports_of_mut(tunnel).ok_or_else(lacks)?, text),
            Part::Sstp(write) => write(sstp.as_mut().ok_or_else(lacks)?, text),
            Part::Ikev2(write) => {
                let tunnel = ikev2.as_mut().and_then(|ikev2| ikev2.tunnel.as_mut());
                write(tunnel.ok_or_else(lacks)?, text)
            }
            Part::Ipsec(_) | Part::Policy(_) => {
                let ipsec = if tunnel == TunnelProtocol::L2tp {
                    l2tp.as_mut().and_then(|l2tp| l2tp.tunnel.as_mut()).map(Ipsec::from)
                } else {
                    ikev2.as_mut().and_then(|ikev2| ikev2.tunnel.as_mut()).map(Ipsec::from)
                };
                let ipsec = ipsec.ok_or_else(lacks)?;
                match self.part {
                    Part::Ipsec(write) => write(ipsec, text),
                    Part::Policy(write) => write(ipsec.policy.get_or_insert_with(blank_policy), text),
                    _ => Ok(()),
                }
            }
        }
    }
}

/// Lists the settings by the tunnels that have them, with their values.
pub(super) fn help() -> String {
    let groups: [&[TunnelProtocol]; 4] = [
        TunnelProtocol::ALL,
        &[TunnelProtocol::Ikev2, TunnelProtocol::L2tp],
        &[TunnelProtocol::Ikev2],
        &[TunnelProtocol::Sstp],
    ];
    let mut help = String::new();
    for tunnels in groups {
        let names: Vec<String> = tunnels.iter().map(|tunnel| argument_of(*tunnel)).collect();
        let _ = writeln!(help, "  of {}:", names.join(", "));
        for key in KEYS.iter().filter(|key| key.part.tunnels() == tunnels) {
            let _ = write!(help, "    {:20} {}", key.argument(), key.values);
            let _ = match key.range {
                Some(range) => writeln!(help, ": {range}"),
                None => writeln!(help),
            };
        }
    }
    help
}

/// Lists the beginnings of arguments, for completions: `ikev2.ports=`.
pub(crate) fn names() -> Vec<String> {
    let name = |tunnel: TunnelProtocol, key: &Key| format!("{}.{}=", argument_of(tunnel), key.argument());
    TunnelProtocol::ALL.iter().flat_map(|&tunnel| keys_of(tunnel).map(move |key| name(tunnel, key))).collect()
}

/// The settings that IKEv2 and L2TP have in common.
struct Ipsec<'t> {
    idle_timeout: &'t mut Duration,
    lifetime: &'t mut Duration,
    renew_after: &'t mut u32,
    main_mode_lifetime: &'t mut Option<Duration>,
    encryption: &'t mut Option<Encryption>,
    policy: &'t mut Option<Ikev2Policy>,
}

macro_rules! ipsec_from {
    ($($tunnel:ident)+) => {
        $(impl<'t> From<&'t mut $tunnel> for Ipsec<'t> {
            fn from(tunnel: &'t mut $tunnel) -> Ipsec<'t> {
                Ipsec {
                    idle_timeout: &mut tunnel.idle_timeout,
                    lifetime: &mut tunnel.lifetime,
                    renew_after: &mut tunnel.renew_after_kilobytes,
                    main_mode_lifetime: &mut tunnel.main_mode_lifetime,
                    encryption: &mut tunnel.encryption,
                    policy: &mut tunnel.policy,
                }
            }
        })+
    };
}

ipsec_from!(Ikev2Tunnel L2tpTunnel);

/// Returns the policy that has the six algorithms.
fn blank_policy() -> Ikev2Policy {
    Ikev2Policy::new(0.into(), 0.into(), 0.into(), 0.into(), 0.into(), 0.into())
}

/// A value from the command line, with its valid range.
#[derive(Clone, Copy)]
struct Text<'t> {
    text: &'t str,
    range: Option<Range>,
}

impl Text<'_> {
    fn count(self) -> Result<u32, String> {
        self.range.unwrap_or(Range::PORTS).count(self.text)
    }

    fn time(self) -> Result<Duration, String> {
        self.range.unwrap_or(Range::MAIN_MODE_LIFETIME).time(self.text)
    }

    fn kilobytes(self) -> Result<u32, String> {
        self.range.unwrap_or(Range::RENEW_AFTER).kilobytes(self.text, 1024)
    }

    fn yes(self) -> Result<bool, String> {
        match self.text {
            "yes" => Ok(true),
            "no" => Ok(false),
            text => Err(format!("`{text}` is not yes or no")),
        }
    }

    fn bytes(self) -> Result<Vec<u8>, String> {
        bytes(self.text)
    }

    /// Parses a list with commas; `any` is an empty list.
    fn list<T>(self, one: fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
        if self.text.eq_ignore_ascii_case("any") {
            return Ok(Vec::new());
        }
        self.text.split(',').map(one).collect()
    }

    /// Finds the value of an enumeration by its word.
    fn one_of<T: FromStr<Err = ParseEnumerationError>>(self) -> Result<T, String> {
        let text = self.text;
        enumeration::parse(text).map_err(|error: ParseEnumerationError| {
            format!("`{text}` is not a valid value; use one of {}", error.words().join(", "))
        })
    }
}

/// Parses hexadecimal digits, also with separators between them; `none` is an empty list.
fn bytes(text: &str) -> Result<Vec<u8>, String> {
    if text.eq_ignore_ascii_case("none") {
        return Ok(Vec::new());
    }
    let bytes = quantity::parse_hex(text).ok().filter(|bytes| !bytes.is_empty());
    bytes
        .map(|bytes| bytes.to_vec())
        .ok_or_else(|| format!("`{text}` is not valid; use hexadecimal digits, or none"))
}

fn usage(text: &str) -> Result<CertificateUsage, String> {
    match text.trim() {
        "" => Err("a usage is empty".to_owned()),
        text => Ok(CertificateUsage {
            usage: text.into(),
            is_object_identifier: text.chars().all(|digit| digit.is_ascii_digit() || digit == '.'),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::server::TunnelRow;
    use crate::output::Columns as _;

    #[test]
    fn every_setting_of_every_tunnel_is_in_the_help_and_has_one_column() {
        let help = help();
        for key in KEYS {
            assert!(help.contains(&format!("    {:20} {}", key.argument(), key.values)), "{}", key.name);
            let columns = TunnelRow::COLUMNS.iter().filter(|column| column.name == key.name).count();
            assert_eq!(columns, usize::from(key.name != "policy"), "{}", key.name);
        }
        assert_eq!(help.matches("\n    ").count(), KEYS.len());
    }

    #[test]
    fn the_help_of_an_enumeration_has_its_words() {
        fn words<T: ToString>(all: &[T]) -> String {
            let words: Vec<String> = all.iter().map(T::to_string).collect();
            let (last, others) = words.split_last().expect("a word");
            format!("{} or {last}", others.join(", "))
        }
        let values = |name| KEYS.iter().find(|key| key.name == name).expect("a setting").values;
        assert_eq!(values("encryption"), words(Encryption::ALL));
        assert_eq!(values("certificate_hash"), words(mprapi::CertificateHash::ALL));
    }

    #[test]
    fn no_tunnel_has_two_settings_of_a_name() {
        let names = names();
        let different: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(different.len(), names.len());
        assert!(names.contains(&"ikev2.idle-timeout=".to_owned()), "{names:?}");
    }
}
