//! The right word that is nearest to a wrong one.

use std::net::IpAddr;

use crate::terminal::visible;

/// Returns the word that was most likely meant: the one that the fewest changes of a letter lead to, if these are few for
/// its length, or else the only one that begins so. Upper and lower case are the same.
pub(crate) fn nearest<'w>(wrong: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // People do not mistype more; and the work grows with the square.
    const LONGEST: usize = 100;
    let wrong = wrong.to_lowercase();
    let length = wrong.chars().count();
    if length > LONGEST {
        return None;
    }
    let most = (length / 3).max(1);
    let near = |word: &'w str| {
        let changes = match word.chars().count().abs_diff(length) {
            more if more > most => more,
            _ => strsim::osa_distance(&wrong, &word.to_lowercase()),
        };
        (changes <= most).then_some((changes, word))
    };
    let words: Vec<&str> = words.into_iter().collect();
    let begun = || {
        let mut begun =
            words.iter().copied().filter(|word| length > 2 && word.to_lowercase().starts_with(&wrong));
        begun.next().filter(|_| begun.next().is_none())
    };
    let nearest = words.iter().copied().filter_map(near).min_by_key(|(changes, _)| *changes);
    nearest.map_or_else(begun, |(_, word)| Some(word))
}

/// Returns advice with the word that was most likely meant. It may be from a file, so it is shown without what would steer a
/// terminal.
pub(crate) fn advice<'w>(wrong: &str, words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    nearest(wrong, words).map(|word| format!("Did you mean `{}`?", visible(word)))
}

/// Returns the name of an object that was most likely meant. A name that differs in its digits alone is that of another
/// object, as is an address or a handle: none of them is nearer than the others.
pub(crate) fn name<'w>(wrong: &str, names: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let is_number = |name: &str| name.parse::<IpAddr>().is_ok() || name.starts_with("0x");
    let letters = |name: &str| name.to_lowercase().replace(|letter: char| letter.is_ascii_digit(), "");
    if is_number(wrong) {
        return None;
    }
    let without_digits = letters(wrong);
    // A name with a handle is for those who know it.
    let names = names.into_iter().filter(|name| !is_number(name) && !name.contains("#0x"));
    let is_in_another_case = |name: &str| name.to_lowercase() == wrong.to_lowercase();
    nearest(wrong, names).filter(|name| is_in_another_case(name) || letters(name) != without_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_another_object_is_not_one_that_was_meant() {
        let names = ["anna", "anna#0x17", "VPN1-10", "10.0.0.17", "0x17", "Oslo"];
        for (wrong, right) in [
            ("ana", Some("anna")),
            ("Olso", Some("Oslo")),
            ("VNP1-10", Some("VPN1-10")),
            ("VPN1-11", None),
            ("OSLO", Some("Oslo")),
            ("10.0.0.18", None),
            ("0x18", None),
            ("anna#0x18", None),
        ] {
            assert_eq!(name(wrong, names), right, "{wrong}");
        }
    }

    #[test]
    fn the_word_with_the_fewest_changes_is_nearest() {
        let words = ["user", "users", "server", "address", "bytes_out", "Zoë"];
        for (wrong, right) in [
            ("usr", Some("user")),
            ("usre", Some("user")),
            ("USER", Some("user")),
            ("bytesout", Some("bytes_out")),
            ("zoe", Some("Zoë")),
            ("addr", Some("address")),
            ("ad", None),
            ("x", None),
            ("", None),
            ("something", None),
        ] {
            assert_eq!(nearest(wrong, words), right, "{wrong}");
        }
        assert_eq!(nearest(&"a".repeat(10_000), [&*"a".repeat(9_999)]), None);
    }
}
