//! Every enumeration has a list of its values and a word for each, and reads them back.

mod common;

use std::fmt::{Debug, Display};
use std::fs;
use std::str::FromStr;

use mprapi::ParseEnumerationError;

/// Enumerations that are no list of words, and why.
const WITHOUT_WORDS: &[&str] = &[
    // Their values have others inside.
    "Authentication",
    "Change",
    "DialError",
    "FilterProtocol",
    "IdleDisconnect",
    "LinkError",
    "Projection",
    "RoutePath",
    "SessionEvent",
    // What a call came back with; a program matches on it.
    "Ended",
    "HandleProblem",
    "Wake",
    // Names of records, without values.
    "ServerRevision1",
    "ServerRevision2",
    "ServerRevision3",
];

/// Calls a check with each enumeration: its name, the type of its raw values if it has them, and itself.
macro_rules! with_raw {
    ($check:ident) => {
        $check! {
            AuthenticationTransform: u32, CertificateHash: u32, ChapAlgorithm: u32, CipherTransform: u32,
            CompressionAlgorithm: u32, ConnectionState: i32, DhGroup: u32, DialEncryption: u32, DialMode: u32,
            Encryption: u32, EncryptionMethod: u32, EntryType: u32, HardwareCondition: i32,
            Ikev2Authentication: u32, IntegrityMethod: u32, InterfaceType: i32, PfsGroup: u32, PortCondition: i32,
            QuarantineState: i32, TransportId: u32, TunnelType: u32, VpnStrategy: u32,
            info_block::FilterAction: u32, info_block::LoggingLevel: u32, info_block::RouteProtocol: u32,
            mib::AdminStatus: u32, mib::OperationalStatus: u32, mib::RouteType: u32
        }
    };
}

macro_rules! without_raw {
    ($check:ident) => {
        $check!(Callback, DialIn, EapMethod, EndReason, ErrorKind, InfoType, TunnelLevel, TunnelProtocol)
    };
}

/// Checks the words of an enumeration.
fn check<T>(name: &str, all: &[T])
where
    T: Copy + Debug + PartialEq + Display + FromStr<Err = ParseEnumerationError>,
{
    let name = name.rsplit("::").next().expect("a name").trim();
    let words: Vec<String> = all.iter().map(T::to_string).collect();
    assert!(!words.is_empty(), "{name}");
    for (value, word) in all.iter().zip(&words) {
        assert!(!word.starts_with("unknown") && !word.is_empty(), "{name}: {value:?} is {word}");
        let ways = [
            word.clone(),
            word.to_uppercase(),
            word.to_lowercase().replace([' ', '-'], "_"),
            word.replace([' ', '-'], ""),
            word.chars().map(|letter| format!("{letter} ")).collect(),
        ];
        for way in ways {
            assert_eq!(way.parse::<T>().as_ref(), Ok(value), "{name}: {way}");
        }
    }
    for text in ["", "no such word", &words[0][1..], &format!("{}x", words[0])] {
        if words.iter().any(|word| word.eq_ignore_ascii_case(text)) {
            continue;
        }
        let error = text.parse::<T>().expect_err(name);
        assert_eq!(error.enumeration(), name);
        assert_eq!(error.words(), words, "{name}");
        assert_eq!(error.to_string(), format!("unknown {name}; use one of {}", words.join(", ")));
    }
}

#[test]
fn every_value_of_every_enumeration_is_read_back_from_its_word_however_that_is_written() {
    macro_rules! each {
        ($($($part:ident)::+: $raw:ty),+) => {
            $(check(stringify!($($part)::+), mprapi::$($part)::+::ALL);)+
        };
        ($($name:ident),+) => {
            $(check(stringify!($name), mprapi::$name::ALL);)+
        };
    }
    with_raw!(each);
    without_raw!(each);
}

#[test]
fn the_list_of_an_enumeration_has_every_value_but_the_unknown_ones() {
    macro_rules! each {
        ($($($part:ident)::+: $raw:ty),+) => {
            $({
                use mprapi::$($part)::+ as Enumeration;
                let mut known = 0;
                for raw in -0x100..0x1_0000 {
                    let value = Enumeration::from(raw as $raw);
                    let is_unknown = matches!(value, Enumeration::Unknown(_));
                    assert_ne!(Enumeration::ALL.contains(&value), is_unknown, "{value:?}");
                    assert_eq!(value.to_string() == format!("unknown ({})", raw as $raw), is_unknown, "{value:?}");
                    known += usize::from(!is_unknown);
                }
                for value in Enumeration::ALL {
                    assert_eq!(Enumeration::from(<$raw>::from(*value)), *value);
                }
                assert!(known <= Enumeration::ALL.len());
            })+
        };
    }
    with_raw!(each);
}

#[test]
fn values_without_a_word_are_shown_by_their_number() {
    assert_eq!(mprapi::EapMethod(254).to_string(), "EAP method 254");
    assert_eq!(mprapi::InfoType(0x2B).to_string(), "0x2b");
    assert_eq!(mprapi::Callback::Unknown(7).to_string(), "unknown (7)");
    assert_eq!(mprapi::TransportId::Unknown(7).to_string(), "unknown (7)");
    assert_eq!(
        format!("{:>8}|{:<8}|", mprapi::TransportId::Ip, mprapi::DialIn::Allowed),
        "      IP|allow   |"
    );
}

#[test]
fn flags_are_shown_as_a_list_of_words_with_a_number_for_the_unknown_ones() {
    use mprapi::{PortUsage, UnreachabilityReasons};
    assert_eq!(UnreachabilityReasons::empty().to_string(), "none");
    assert_eq!(PortUsage::REMOTE_ACCESS.to_string(), "remote access");
    let several = UnreachabilityReasons::NO_DEVICE | UnreachabilityReasons::ADMIN_DISABLED;
    assert_eq!(several.to_string(), "disabled, no such adapter");
    let newer = several | UnreachabilityReasons::from_bits_retain(0x8000_0000);
    assert_eq!(newer.to_string(), "disabled, no such adapter, 0x80000000");
    assert_eq!(UnreachabilityReasons::from_bits_retain(0x4000_0000).to_string(), "0x40000000");
}

#[test]
fn every_flag_has_a_word_of_its_own() {
    macro_rules! each {
        ($($($name:ident)::+),+) => {
            $({
                use mprapi::$($name)::+ as Flags;
                let mut words = Vec::new();
                for (name, flag) in Flags::all().iter_names() {
                    let word = flag.to_string();
                    assert!(!word.starts_with("0x") && !word.contains(", "), "{name}: {word}");
                    assert!(!words.contains(&word), "{name}: {word}");
                    words.push(word);
                }
                assert!(words.len() > 1, "{}", stringify!($($name)::+));
            })+
        };
    }
    each! {
        CompressionOptions, ConnectionFlags, DialOptions, PppLinkOptions, NetworkProtocols, PortUsage,
        UnreachabilityReasons, info_block::LateBound, info_block::RouteViews
    }
}

/// Lists the public enumerations of the sources: those of the macros, and those written out.
fn declared() -> Vec<String> {
    let paths = common::sources();
    let mut declared = Vec::new();
    for path in paths.iter().filter(|path| !path.ends_with("enumeration.rs")) {
        let text = fs::read_to_string(path).expect("a source");
        let mut in_macro = false;
        for line in text.lines() {
            let trimmed = line.trim();
            in_macro |= line == "enumeration! {" || line == "words! {";
            let name = if let Some(name) = trimmed.strip_prefix("pub enum ") {
                name
            } else if in_macro
                && !trimmed.starts_with(['/', '#'])
                && trimmed.ends_with('{')
                && line.starts_with("    ")
            {
                in_macro = false;
                trimmed
            } else {
                continue;
            };
            let end = name.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(name.len());
            declared.push(name[..end].to_owned());
        }
    }
    declared.sort();
    declared.dedup();
    declared
}

#[test]
fn an_enumeration_that_is_added_is_tested_here_or_says_why_not() {
    let mut expected: Vec<String> = WITHOUT_WORDS.iter().map(|name| (*name).to_owned()).collect();
    macro_rules! each {
        ($($($part:ident)::+: $raw:ty),+) => {
            expected.extend([$(stringify!($($part)::+)),+].map(|name| name.rsplit("::").next().expect("a name").trim().to_owned()));
        };
        ($($name:ident),+) => {
            expected.extend([$(stringify!($name)),+].map(str::to_owned));
        };
    }
    with_raw!(each);
    without_raw!(each);
    expected.sort();
    assert_eq!(declared(), expected);
}
