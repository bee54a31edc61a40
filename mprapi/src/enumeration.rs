//! Enumerations of the API as Rust enums that keep a value they do not know.

/// Defines an enum over the raw values of one of the header's enumerations.
macro_rules! enumeration {
    ($(#[$meta:meta])* $name:ident: $raw:ty { $($(#[$doc:meta])* $variant:ident = $value:path, $text:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
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

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $($name::$variant => f.pad($text),)+
                    $name::Unknown(other) => f.pad(&format!("unknown ({other})")),
                }
            }
        }
    };
}

pub(crate) use enumeration;
