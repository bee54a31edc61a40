//! The order of names: numbers inside them by size, addresses as addresses.

use std::cmp::Ordering;
use std::net::{IpAddr, SocketAddr};

/// Compares two names in natural order: `VPN1-2` before `VPN1-10`, `10.20.0.2` before `10.20.0.10`, `a` next to `A`.
/// Addresses come before other names, those of IPv4 first.
pub(crate) fn natural(one: &str, two: &str) -> Ordering {
    match (Number::of(one), Number::of(two)) {
        (Some(one), Some(two)) => one.cmp(&two),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => words(one, two),
    }
    // Two ways of writing the same are in one order always.
    .then_with(|| one.cmp(two))
}

/// Puts things in the natural order of their names; those that are named alike stay as they were.
pub(crate) fn by_name<T>(things: &mut [T], name: impl Fn(&T) -> &str) {
    things.sort_by(|one, two| natural(name(one), name(two)));
}

/// A whole text that stands for a number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    /// With a port, or the length of a prefix.
    Address(IpAddr, u32),
    /// `0x1f`, as handles are written.
    Hexadecimal(u128),
}

impl Number {
    fn of(text: &str) -> Option<Number> {
        // Most names are none of these.
        if !text.starts_with(|first: char| first.is_ascii_digit()) && !text.contains(':') {
            return None;
        }
        if let Some(digits) = text.strip_prefix("0x") {
            return u128::from_str_radix(digits, 16).ok().map(Number::Hexadecimal);
        }
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Some(Number::Address(address.ip(), address.port().into()));
        }
        let (address, rest) = text.split_once('/').unwrap_or((text, "0"));
        Some(Number::Address(address.parse().ok()?, rest.parse().ok()?))
    }
}

/// Compares letter by letter without case, and consecutive digits as one number.
fn words(mut one: &str, mut two: &str) -> Ordering {
    loop {
        let (mut after_one, mut after_two) = (one.chars(), two.chars());
        let ordering = match (after_one.next(), after_two.next()) {
            (None, None) => return Ordering::Equal,
            (Some(first), Some(second)) if first.is_ascii_digit() && second.is_ascii_digit() => {
                let (first, second) = (digits(&mut one), digits(&mut two));
                match first.len().cmp(&second.len()).then_with(|| first.cmp(second)) {
                    Ordering::Equal => continue,
                    ordering => return ordering,
                }
            }
            (Some(first), Some(second)) if first.is_ascii() && second.is_ascii() => {
                first.to_ascii_lowercase().cmp(&second.to_ascii_lowercase())
            }
            (Some(first), Some(second)) => first.to_lowercase().cmp(second.to_lowercase()),
            (first, second) => first.is_some().cmp(&second.is_some()),
        };
        if ordering.is_ne() {
            return ordering;
        }
        (one, two) = (after_one.as_str(), after_two.as_str());
    }
}

/// Takes the digits that come next, and returns them without the zeros before them.
fn digits<'t>(text: &mut &'t str) -> &'t str {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    digits.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted<const N: usize>(mut names: [&str; N]) -> [&str; N] {
        names.reverse();
        names.sort_by(|one, two| natural(one, two));
        names
    }

    #[test]
    fn numbers_in_names_are_ordered_by_size() {
        for names in [
            ["COM1", "COM2", "COM10"],
            ["VPN1-2", "VPN1-10", "VPN2-1"],
            ["vpn2", "VPN10", "vpn10a"],
            ["a", "B", "c"],
            ["0x9", "0xa", "0x10"],
            [
                "x99999999999999999999999999999999999999999",
                "x100000000000000000000000000000000000000000",
                "y",
            ],
        ] {
            assert_eq!(sorted(names), names);
        }
    }

    #[test]
    fn addresses_are_ordered_as_addresses_and_before_names() {
        let names = [
            "9.255.255.255",
            "10.20.0.2",
            "10.20.0.10",
            "10.20.0.10:443",
            "10.20.0.10:4500",
            "192.0.2.1",
            "2001:db8::2",
            "2001:db8::10",
            "[2001:db8::10]:500",
            "fe80::1",
            "branch",
        ];
        assert_eq!(sorted(names), names);
        let prefixes = ["10.0.0.0/8", "10.0.0.0/16", "10.0.1.0/24"];
        assert_eq!(sorted(prefixes), prefixes);
    }

    proptest! {
        #[test]
        fn it_is_an_order(names in prop::collection::vec("[0-9a-cA-C:./x\\[\\]ßİ-]{0,8}|10\\.0\\.0\\.[0-9]{1,2}", 3)) {
            let [a, b, c] = &names[..] else { unreachable!() };
            prop_assert_eq!(natural(a, b), natural(b, a).reverse());
            prop_assert_eq!(natural(a, b).is_eq(), a == b);
            if natural(a, b).is_le() && natural(b, c).is_le() {
                prop_assert!(natural(a, c).is_le());
            }
        }
    }
}
