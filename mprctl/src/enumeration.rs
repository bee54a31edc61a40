//! The values of the API's enumerations, by the words that they are shown as.

use std::fmt::Display;

/// All that an enumeration can be: its values are small numbers, and those without a meaning say so.
pub(crate) fn all<T: From<u32> + Display>() -> Vec<T> {
    (0..32).map(T::from).filter(|value| !value.to_string().starts_with("unknown")).collect()
}

/// The value that is shown as `text`, however that is written: `SHA-256`, `sha256`.
///
/// # Errors
/// The words that there are.
pub(crate) fn find<T: Display>(text: &str, known: Vec<T>) -> Result<T, String> {
    let plain = |text: &str| text.to_lowercase().replace([' ', '-', '_'], "");
    let words: Vec<String> = known.iter().map(T::to_string).collect();
    let place = words.iter().position(|word| plain(word) == plain(text));
    place.and_then(|place| known.into_iter().nth(place)).ok_or_else(|| words.join(", "))
}
