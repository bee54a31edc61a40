//! The growth of a counter between two readings.

/// No frame is larger.
const LARGEST_FRAME: u64 = 1 << 16;

/// Returns the number of bytes between two readings, each a count of bytes and of frames.
///
/// A count that is lower than before was either cleared by an administrator or wrapped at 32 bits. The frames tell the
/// two apart: after a wrap, enough frames must have come to carry all those bytes.
pub(crate) fn grown(before: (u64, u32), now: (u64, u32), is_wide: bool) -> u64 {
    if is_wide {
        return now.0.checked_sub(before.0).unwrap_or(now.0);
    }
    let (old, new) = (before.0 as u32, now.0 as u32);
    let grown = u64::from(new.wrapping_sub(old));
    let frames = now.1.checked_sub(before.1);
    let is_wrapped = || frames.is_some_and(|frames| grown <= u64::from(frames) * LARGEST_FRAME);
    if new >= old || is_wrapped() { grown } else { u64::from(new) }
}
