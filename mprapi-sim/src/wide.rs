//! UTF-16 in the fixed arrays of the records.

/// The text, cut to fit and terminated; never half of a surrogate pair.
pub(crate) fn array<const N: usize>(text: &str) -> [u16; N] {
    let mut array = [0; N];
    let mut used = 0;
    for character in text.chars() {
        let next = used + character.len_utf16();
        if next >= N {
            break;
        }
        character.encode_utf16(&mut array[used..next]);
        used = next;
    }
    array
}

/// The text with its terminator.
pub(crate) fn terminated(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// The text up to the terminator, or the whole array when there is none.
pub(crate) fn string(array: &[u16]) -> String {
    let end = array.iter().position(|&unit| unit == 0).unwrap_or(array.len());
    String::from_utf16_lossy(&array[..end])
}

/// The bytes of UTF-16 units, as they lie in memory.
pub(crate) fn bytes(units: &[u16]) -> Vec<u8> {
    units.iter().flat_map(|unit| unit.to_ne_bytes()).collect()
}
