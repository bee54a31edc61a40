//! Texts behind a pointer: one after the other, each with its zero and the last with one more.

/// The fault of texts without their last zero.
pub(super) const ENDLESS: &str = "points to texts that do not end";

/// Returns `true` if these are texts up to their last zero. No text at all is one zero.
pub(super) fn is_whole(texts: &[u16]) -> bool {
    texts == [0] || texts.ends_with(&[0, 0])
}

/// Collects texts up to their last zero, and takes no unit behind it; `None` if that zero does not come.
pub(super) fn collect(units: impl Iterator<Item = u16>) -> Option<Vec<u16>> {
    let mut texts = Vec::new();
    for unit in units {
        texts.push(unit);
        if is_whole(&texts) {
            return Some(texts);
        }
    }
    None
}
