//! UTF-16 units, many at a time. Most of what reading records costs is looking for the ends of texts, and most of what
//! owning them costs is copying texts that are ASCII.
//!
//! The instructions of x86-64 are named by hand, since the standard library's ways cost more than the benchmarks allow. For
//! 10,000 connections with four texts each, `cargo xtask bench read` and `own` count
//!
//! | work | here | by the standard library | goal |
//! |---|---|---|---|
//! | look at every field | 0.69 million instructions, 0.97 of a loop by hand | `position`: 1.79 million, 2.52 of it | 1.05 |
//! | a `String` of each text | 18.6 million, 0.45 of `from_utf16_lossy` | `fold` and `collect`: 23.2 million, 0.57 of it | 0.52 |

use std::mem::MaybeUninit;

/// How many units are looked at together.
const BLOCK: usize = 16;

/// How many units stand before the first NUL; all where there is none.
#[inline]
pub(crate) fn before_nul(units: &[u16]) -> usize {
    // Where the length of the array is known, as in every record, this becomes two straight pieces of code without a
    // check of bounds, in which nearly all names end.
    let (blocks, _) = units.as_chunks::<BLOCK>();
    if let Some(first) = blocks.first()
        && let Some(end) = first_nul(first)
    {
        return end;
    }
    if let Some(second) = blocks.get(1)
        && let Some(end) = first_nul(second)
    {
        return BLOCK + end;
    }
    let seen = blocks.len().min(2) * BLOCK;
    seen + before_nul_of_rest(&units[seen..])
}

#[cold]
#[inline(never)]
fn before_nul_of_rest(units: &[u16]) -> usize {
    let (blocks, rest) = units.as_chunks::<BLOCK>();
    for (index, block) in blocks.iter().enumerate() {
        if let Some(end) = first_nul(block) {
            return index * BLOCK + end;
        }
    }
    blocks.len() * BLOCK + rest.iter().position(|unit| *unit == 0).unwrap_or(rest.len())
}

/// The place of the first NUL.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn first_nul(block: &[u16; BLOCK]) -> Option<usize> {
    block.iter().position(|unit| *unit == 0)
}

/// The place of the first NUL. (The compiler makes no such thing of a loop: it cannot know that the units behind the
/// first NUL may be read.)
#[cfg(target_arch = "x86_64")]
#[inline]
fn first_nul(block: &[u16; BLOCK]) -> Option<usize> {
    use std::arch::x86_64::{
        _mm_cmpeq_epi16, _mm_loadu_si128, _mm_movemask_epi8, _mm_packs_epi16, _mm_setzero_si128,
    };

    /// A bit for each unit: whether it is NUL.
    #[target_feature(enable = "sse2")]
    #[inline]
    fn nuls(block: &[u16; BLOCK]) -> u32 {
        let (low, high) = block.split_at(BLOCK / 2);
        // SAFETY: half a block is as long as what is loaded, which may be unaligned.
        let low = unsafe { _mm_loadu_si128(low.as_ptr().cast()) };
        // SAFETY: as above.
        let high = unsafe { _mm_loadu_si128(high.as_ptr().cast()) };
        let nul = _mm_setzero_si128();
        let found = _mm_packs_epi16(_mm_cmpeq_epi16(low, nul), _mm_cmpeq_epi16(high, nul));
        _mm_movemask_epi8(found) as u32
    }

    // SAFETY: every x86-64 has SSE2.
    let nuls = unsafe { nuls(block) };
    (nuls != 0).then(|| nuls.trailing_zeros() as usize)
}

/// The text, if it is ASCII.
#[inline]
pub(crate) fn ascii(units: &[u16]) -> Option<String> {
    let mut text = Vec::with_capacity(units.len());
    let bytes = &mut text.spare_capacity_mut()[..units.len()];
    let is_ascii = match (units.last_chunk(), bytes.last_chunk_mut()) {
        (Some(last), Some(last_bytes)) => {
            // The last block begins within the one before it, unless the length is a whole number of blocks.
            let mut is_ascii = narrow(last, last_bytes);
            for (block, bytes) in units.as_chunks().0.iter().zip(bytes.as_chunks_mut().0) {
                is_ascii &= narrow(block, bytes);
            }
            is_ascii
        }
        _ => units.iter().zip(bytes).fold(true, |is_ascii, (unit, byte)| {
            byte.write(*unit as u8);
            is_ascii & (*unit < 0x80)
        }),
    };
    if !is_ascii {
        return None;
    }
    // SAFETY: there is room for as many bytes as units, and one was written for each.
    unsafe { text.set_len(units.len()) };
    // SAFETY: each byte was made of a unit below 0x80.
    Some(unsafe { String::from_utf8_unchecked(text) })
}

/// Makes bytes of units, and says whether all units were ASCII.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn narrow(units: &[u16; 8], bytes: &mut [MaybeUninit<u8>; 8]) -> bool {
    *bytes = units.map(|unit| MaybeUninit::new(unit as u8));
    units.iter().fold(0, |all, unit| all | unit) < 0x80
}

/// Makes bytes of units, and says whether all units were ASCII.
#[cfg(target_arch = "x86_64")]
#[inline]
fn narrow(units: &[u16; 8], bytes: &mut [MaybeUninit<u8>; 8]) -> bool {
    use std::arch::x86_64::{_mm_cvtsi128_si64, _mm_loadu_si128, _mm_movemask_epi8, _mm_packus_epi16};

    #[target_feature(enable = "sse2")]
    #[inline]
    fn narrow(units: &[u16; 8]) -> (i64, bool) {
        // SAFETY: eight units are as long as what is loaded, which may be unaligned.
        let units = unsafe { _mm_loadu_si128(units.as_ptr().cast()) };
        // What is below 0x80 is packed as it is. From there to 0x7FFF it becomes a byte with a sign, and what is above
        // has a sign itself.
        let bytes = _mm_packus_epi16(units, units);
        let signs = _mm_movemask_epi8(bytes) | _mm_movemask_epi8(units);
        (_mm_cvtsi128_si64(bytes), signs == 0)
    }

    // SAFETY: every x86-64 has SSE2.
    let (narrow, is_ascii) = unsafe { narrow(units) };
    *bytes = narrow.to_le_bytes().map(MaybeUninit::new);
    is_ascii
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::WideStr;

    /// Generates units of all kinds, the rare ones often: NUL, the ends of ASCII, surrogates of both halves.
    fn unit() -> impl Strategy<Value = u16> {
        prop_oneof![
            8 => 0x20..0x7F_u16,
            1 => Just(0),
            1 => 0x7E..0x102_u16,
            1 => 0xD7FE..0xE002_u16,
            1 => any::<u16>(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn the_first_nul_of_any_units_is_found(units in vec(unit(), 0..300), nul in 0..600_usize) {
            let mut units: Vec<u16> = units.into_iter().map(|unit| unit.max(1)).collect();
            if nul < units.len() {
                units[nul..].fill(0);
            }
            let expected = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
            prop_assert_eq!(before_nul(&units), expected);
            // Behind the first one there may be anything.
            if let Some(last) = units.last_mut() {
                *last = 1;
            }
            let expected = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
            prop_assert_eq!(before_nul(&units), expected);
        }

        #[test]
        fn any_units_become_the_text_that_the_standard_library_makes_of_them(units in vec(unit(), 0..70)) {
            let expected = String::from_utf16_lossy(&units);
            prop_assert_eq!(WideStr::new(&units).to_string_lossy(), expected);
        }

        #[test]
        fn ascii_of_any_length_becomes_text_and_one_other_unit_makes_it_none(
            units in vec(0..0x80_u16, 1..70), place in any::<prop::sample::Index>(), other in 0x80..=0xFFFF_u16,
        ) {
            prop_assert_eq!(ascii(&units), Some(String::from_utf16_lossy(&units)));
            let mut units = units;
            let place = place.index(units.len());
            units[place] = other;
            prop_assert_eq!(ascii(&units), None);
        }
    }

    #[test]
    fn no_text_is_ascii_and_ends_at_once() {
        assert_eq!(ascii(&[]).as_deref(), Some(""));
        assert_eq!(before_nul(&[]), 0);
    }
}
