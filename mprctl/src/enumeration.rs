//! Arguments that are a value of one of the library's enumerations: its words are what help and completions offer.

use std::ffi::OsStr;
use std::fmt::Display;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};
use mprapi::ParseEnumerationError;

/// The constants of PowerShell (`Set-VpnServerConfiguration`, `Set-VpnS2SInterface`) that are written otherwise here.
const POWERSHELL: [(&str, &str); 16] = [
    ("NoEncryption", "none"),
    ("OptionalEncryption", "optional"),
    ("RequireEncryption", "required"),
    ("MaximumEncryption", "strongest"),
    ("DES3", "3DES"),
    ("GCMAES128", "AES-GCM-128"),
    ("GCMAES192", "AES-GCM-192"),
    ("GCMAES256", "AES-GCM-256"),
    ("MD596", "MD5"),
    ("SHA196", "SHA-1"),
    ("SHA256128", "SHA-256"),
    ("PFS1", "group 1"),
    ("PFS2", "group 2"),
    ("PFS2048", "group 14"),
    ("PFS24", "group 24"),
    ("PFSMM", "main mode"),
];

/// Parses a value, however it is written, or by PowerShell's name for it.
pub(crate) fn parse<T: FromStr<Err = ParseEnumerationError>>(text: &str) -> Result<T, ParseEnumerationError> {
    text.parse().or_else(|error| {
        let constant = POWERSHELL.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        constant.map_or(Err(error), |(_, word)| word.parse())
    })
}

/// Reads an argument as one of the values, however it is written.
#[derive(Clone)]
pub(crate) struct Words<T: 'static>(pub(crate) &'static [T]);

impl<T> TypedValueParser for Words<T>
where
    T: Clone + Display + FromStr<Err = ParseEnumerationError> + Send + Sync,
{
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        let parse = |text: String| {
            parse(&text)
                .map_err(|error: ParseEnumerationError| format!("use one of {}", error.words().join(", ")))
        };
        StringValueParser::new().try_map(parse).parse_ref(command, arg, value)
    }

    /// A shell would take a word with a space for two.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let word = |value: &T| PossibleValue::new(value.to_string().replace(' ', "-"));
        Some(Box::new(self.0.iter().map(word)))
    }
}

#[cfg(test)]
mod tests {
    use mprapi::{CipherTransform, DhGroup, PfsGroup};

    use super::*;

    fn parse<T: Copy + Display + FromStr<Err = ParseEnumerationError> + Send + Sync + 'static>(
        all: &'static [T],
        text: &str,
    ) -> Result<T, String> {
        let parsed = Words(all).parse_ref(&Command::new("mprctl"), None, OsStr::new(text));
        parsed.map_err(|error| error.to_string())
    }

    #[test]
    fn algorithms_are_known_however_they_are_written_and_all_are_named_where_one_is_not() {
        assert_eq!(parse(CipherTransform::ALL, "aes256"), Ok(CipherTransform::Aes256));
        assert_eq!(parse(CipherTransform::ALL, "AES-gcm-256"), Ok(CipherTransform::AesGcm256));
        assert_eq!(parse(DhGroup::ALL, "ecp 384"), Ok(DhGroup::Ecp384));
        assert_eq!(parse(PfsGroup::ALL, "None"), Ok(PfsGroup::None));
        let error = parse(mprapi::IntegrityMethod::ALL, "SHA-512").unwrap_err();
        assert!(error.contains("use one of MD5, SHA-1, SHA-256, SHA-384"), "{error}");
        assert!(!error.contains("IntegrityMethod"), "a name of Rust: {error}");
    }

    #[test]
    fn the_constants_of_powershell_are_known() {
        use mprapi::{AuthenticationTransform, Encryption, EncryptionMethod, IntegrityMethod};

        fn all<T: FromStr<Err = ParseEnumerationError> + PartialEq + std::fmt::Debug>(of: &[(&str, T)]) {
            for (text, value) in of {
                assert_eq!(super::parse::<T>(text).as_ref(), Ok(value), "{text}");
            }
        }
        all(&[
            ("NoEncryption", Encryption::None),
            ("OptionalEncryption", Encryption::Optional),
            ("RequireEncryption", Encryption::Required),
            ("MaximumEncryption", Encryption::Strongest),
        ]);
        all(&[
            ("SHA256128", AuthenticationTransform::Sha256),
            ("sha196", AuthenticationTransform::Sha1),
            ("MD596", AuthenticationTransform::Md5),
            ("GCMAES256", AuthenticationTransform::AesGcm256),
        ]);
        all(&[
            ("DES3", CipherTransform::TripleDes),
            ("AES192", CipherTransform::Aes192),
            ("GCMAES128", CipherTransform::AesGcm128),
            ("GCMAES192", CipherTransform::AesGcm192),
        ]);
        all(&[("DES3", EncryptionMethod::TripleDes), ("GCMAES256", EncryptionMethod::AesGcm256)]);
        all(&[("SHA384", IntegrityMethod::Sha384)]);
        all(&[("Group14", DhGroup::Group14), ("ECP384", DhGroup::Ecp384), ("Group24", DhGroup::Group24)]);
        all(&[
            ("PFS2048", PfsGroup::Group14),
            ("PFS1", PfsGroup::Group1),
            ("PFSMM", PfsGroup::MainMode),
            ("PFS24", PfsGroup::Group24),
            ("ECP256", PfsGroup::Ecp256),
        ]);
        assert!(super::parse::<DhGroup>("SHA256128").is_err(), "it is no group");
    }

    #[test]
    fn what_is_offered_is_read_and_has_no_spaces() {
        let words = Words(DhGroup::ALL);
        let offered: Vec<PossibleValue> = words.possible_values().expect("some").collect();
        for (offer, value) in offered.iter().zip(DhGroup::ALL) {
            assert!(!offer.get_name().contains(' '), "{offer:?}");
            assert_eq!(parse(DhGroup::ALL, offer.get_name()).as_ref(), Ok(value));
        }
        assert_eq!(offered.len(), DhGroup::ALL.len());
    }
}
