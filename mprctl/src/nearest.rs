//! The right word that is nearest to a wrong one.

use crate::terminal::visible;

/// Returns the word that was most likely meant: the one that the fewest changes of a letter lead to, if these are few for
/// its length. Upper and lower case are the same.
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
    words.into_iter().filter_map(near).min_by_key(|(changes, _)| *changes).map(|(_, word)| word)
}

/// Returns advice with the word that was most likely meant. It may be from a file, so it is shown without what would steer a
/// terminal.
pub(crate) fn advice<'w>(wrong: &str, words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    nearest(wrong, words).map(|word| format!("Did you mean `{}`?", visible(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_with_the_fewest_changes_is_nearest() {
        let words = ["user", "users", "server", "address", "bytes_out", "Zoë"];
        for (wrong, right) in [
            ("usr", Some("user")),
            ("usre", Some("user")),
            ("USER", Some("user")),
            ("bytesout", Some("bytes_out")),
            ("zoe", Some("Zoë")),
            ("x", None),
            ("", None),
            ("something", None),
        ] {
            assert_eq!(nearest(wrong, words), right, "{wrong}");
        }
        assert_eq!(nearest(&"a".repeat(10_000), [&*"a".repeat(9_999)]), None);
    }
}
