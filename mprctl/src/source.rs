//! The sources of settings: the command line, the environment, the configuration file.

use std::fmt;

/// The source of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// An option of the command line.
    Option(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A key of the configuration file.
    File(&'static str),
    BuiltIn,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Option(name) | Source::Variable(name) => f.write_str(name),
            Source::File(key) => write!(f, "`{key}` of the configuration file"),
            Source::BuiltIn => f.write_str("built in"),
        }
    }
}

/// A setting with its source.
#[derive(Clone, Debug)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    pub(crate) source: Source,
}

impl<T> Sourced<T> {
    pub(crate) fn first(
        option: (Option<T>, &'static str),
        file: (Option<T>, &'static str),
        built_in: T,
    ) -> Sourced<T> {
        let of = |(value, source): (Option<T>, Source)| Some(Sourced { value: value?, source });
        of((option.0, Source::Option(option.1)))
            .or_else(|| of((file.0, Source::File(file.1))))
            .unwrap_or(Sourced { value: built_in, source: Source::BuiltIn })
    }
}
