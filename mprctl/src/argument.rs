//! Texts of the command line: which are refused, and which a shell completes.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

/// Takes any text that is not empty.
pub(crate) fn parse_text(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("the value is empty") } else { Ok(text.to_owned()) }
}

/// Takes the texts that [`parse_text`] takes, and has shells complete those that the function lists.
#[derive(Clone)]
pub(crate) struct Completed(pub(crate) fn() -> Vec<String>);

impl TypedValueParser for Completed {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, text: &OsStr) -> Result<String, Error> {
        parse_text.parse_ref(command, arg, text)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(PossibleValue::new)))
    }
}
