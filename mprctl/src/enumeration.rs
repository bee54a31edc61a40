//! Arguments that are a value of one of the library's enumerations: its words are what help and completions offer.

use std::ffi::OsStr;
use std::fmt::Display;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};
use mprapi::ParseEnumerationError;

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
            text.parse()
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
