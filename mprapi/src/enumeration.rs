//! Enumerations and flags of the API as Rust types that keep what they do not know, and the words that each is shown as.

use std::fmt;

/// Defines an enum over the raw values of one of the header's enumerations, with its [`words`].
///
/// `enumeration! { Answer: u32 { Yes = sys::YES, "yes"; } }` becomes
///
/// ```text
/// pub enum Answer { Yes, Unknown(u32) }
/// impl From<u32> for Answer { … }                   // sys::YES => Answer::Yes, other => Answer::Unknown(other)
/// impl From<Answer> for u32 { … }                   // the other way round
/// words! { Answer { Yes = "yes"; } Answer::Unknown(other) => format!("unknown ({other})") }
/// ```
macro_rules! enumeration {
    ($(#[$meta:meta])* $name:ident: $raw:ty { $($(#[$doc:meta])* $variant:ident = $value:path, $text:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)+
            /// A value that this version of the crate does not know.
            Unknown($raw),
        }

        impl From<$raw> for $name {
            #[inline]
            fn from(raw: $raw) -> $name {
                match raw {
                    $($value => $name::$variant,)+
                    other => $name::Unknown(other),
                }
            }
        }

        impl From<$name> for $raw {
            #[inline]
            fn from(value: $name) -> $raw {
                match value {
                    $($name::$variant => $value,)+
                    $name::Unknown(other) => other,
                }
            }
        }

        $crate::enumeration::words! {
            $name { $($variant = $text;)+ }
            $name::Unknown(other) => format!("unknown ({other})")
        }
    };
}

/// Gives an enumeration its words, one for each value: the list `ALL`, `Display` and `FromStr`. Behind them may stand how
/// values without a word are shown.
///
/// `words! { Answer { Yes = "yes"; } Answer::Unknown(other) => format!("unknown ({other})") }` becomes
///
/// ```text
/// impl Answer { pub const ALL: &'static [Answer] = &[Answer::Yes]; }
/// impl Display for Answer { … }                     // Answer::Yes => f.pad("yes"), Answer::Unknown(other) => …
/// impl FromStr for Answer { … }                     // parse("Answer", text, Answer::ALL, &["yes"])
/// ```
macro_rules! words {
    ($name:ident { $($value:ident = $text:literal;)+ } $($other:pat => $shown:expr)?) => {
        impl $name {
            /// The values that have a name, in the order of the C header. Each can be read from the text that it is
            /// displayed as.
            pub const ALL: &'static [$name] = &[$($name::$value,)+];
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match *self {
                    $($name::$value => f.pad($text),)+
                    $($other => f.pad(&$shown),)?
                }
            }
        }

        /// Reads a value from the text that it is displayed as. Case, spaces, `-` and `_` make no difference.
        impl std::str::FromStr for $name {
            type Err = $crate::ParseEnumerationError;

            #[inline]
            fn from_str(text: &str) -> std::result::Result<$name, Self::Err> {
                $crate::enumeration::parse(stringify!($name), text, $name::ALL, &[$($text,)+])
            }
        }
    };
}

/// Defines flags over the bits of one of the header's groups of constants, with the text of each.
///
/// `flags! { Uses { WORK = sys::WORK, "work"; } }` becomes
///
/// ```text
/// bitflags! { pub struct Uses: u32 { const WORK = sys::WORK; const _ = !0; } }
/// impl Display for Uses { … }                       // list(f, self.bits(), &[(sys::WORK, "work")])
/// ```
macro_rules! flags {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:ident $($is:tt)*])* $flag:ident = $value:path, $text:literal;)+ }) => {
        bitflags::bitflags! {
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
            pub struct $name: u32 {
                $($(#[$doc $($is)*])* const $flag = $value;)+
                const _ = !0;
            }
        }

        /// Lists the flags that are set, with commas between: a text for each, and one number in hexadecimal for the bits that
        /// this version does not know. No flags are `none`.
        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::enumeration::list(f, self.bits(), &[$(($value, $text),)+])
            }
        }
    };
}

pub(crate) use {enumeration, flags, words};

/// The error of a text that is no value of an enumeration.
///
/// ```
/// let error = "ROT13".parse::<mprapi::IntegrityMethod>().unwrap_err();
/// assert_eq!(error.enumeration(), "IntegrityMethod");
/// assert_eq!(error.words(), ["MD5", "SHA-1", "SHA-256", "SHA-384"]);
/// assert_eq!(error.to_string(), "unknown IntegrityMethod; use one of MD5, SHA-1, SHA-256, SHA-384");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseEnumerationError {
    enumeration: &'static str,
    words: &'static [&'static str],
}

impl ParseEnumerationError {
    /// Returns the name of the enumeration's type.
    #[inline]
    pub fn enumeration(&self) -> &'static str {
        self.enumeration
    }

    /// Returns the texts that the enumeration can be read from.
    #[inline]
    pub fn words(&self) -> &'static [&'static str] {
        self.words
    }
}

impl fmt::Display for ParseEnumerationError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {}; use one of {}", self.enumeration, self.words.join(", "))
    }
}

impl std::error::Error for ParseEnumerationError {}

/// Finds the value of `all` whose word is `text`. `words` are in the order of `all`.
#[inline]
pub(crate) fn parse<T: Copy>(
    enumeration: &'static str,
    text: &str,
    all: &[T],
    words: &'static [&'static str],
) -> Result<T, ParseEnumerationError> {
    let place = words.iter().position(|word| letters(word).eq(letters(text)));
    let value = place.and_then(|place| all.get(place));
    value.copied().ok_or(ParseEnumerationError { enumeration, words })
}

/// The part of a word that tells it from others.
#[inline]
fn letters(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|letter| !matches!(letter, ' ' | '-' | '_')).flat_map(char::to_lowercase)
}

/// Shows the flags of `bits`.
#[inline]
pub(crate) fn list(f: &mut fmt::Formatter<'_>, bits: u32, words: &[(u32, &str)]) -> fmt::Result {
    let mut unknown = bits;
    let mut text = String::new();
    let mut add = |word: &str| {
        text.push_str(if text.is_empty() { "" } else { ", " });
        text.push_str(word);
    };
    for (flag, word) in words.iter().filter(|(flag, _)| bits & flag == *flag) {
        add(word);
        unknown &= !flag;
    }
    if unknown != 0 {
        add(&format!("{unknown:#x}"));
    }
    f.pad(if text.is_empty() { "none" } else { &text })
}
