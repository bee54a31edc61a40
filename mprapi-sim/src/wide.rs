//! UTF-16 in the fixed arrays of the records.
//!
//! Names of Windows are units, not characters: a surrogate may stand alone. The simulator keeps names as strings, so a
//! lone surrogate is kept as one of the last 2,048 private characters, and such a character, should one be in a name,
//! as its two surrogates. What goes out has the units that came in.

use std::net::IpAddr;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER};

/// The first of the characters that stand for surrogates.
const LONE: u32 = 0x10_F800;

/// Returns the text of any units.
pub(crate) fn from_units(units: &[u16]) -> String {
    let lone =
        |unit: u16| char::from_u32(LONE + u32::from(unit) - 0xD800).unwrap_or(char::REPLACEMENT_CHARACTER);
    let mut text = String::with_capacity(units.len());
    for character in char::decode_utf16(units.iter().copied()) {
        match character {
            Ok(character) if u32::from(character) >= LONE => {
                text.extend(character.encode_utf16(&mut [0; 2]).iter().map(|unit| lone(*unit)));
            }
            Ok(character) => text.push(character),
            Err(error) => text.push(lone(error.unpaired_surrogate())),
        }
    }
    text
}

/// Returns the units of a character.
fn units_of(character: char, units: &mut [u16; 2]) -> &[u16] {
    match u32::from(character).checked_sub(LONE) {
        Some(surrogate) => {
            units[0] = 0xD800 + surrogate as u16;
            &units[..1]
        }
        None => character.encode_utf16(units),
    }
}

/// Returns the text, cut to fit and terminated; it never ends in half of a surrogate pair.
pub(crate) fn array<const N: usize>(text: &str) -> [u16; N] {
    let mut array = [0; N];
    put(&mut array, text);
    array
}

/// Writes the text, as [`array`] has it, into an array of zeroes.
pub(crate) fn put<const N: usize>(array: &mut [u16; N], text: &str) {
    // Most texts are.
    if text.is_ascii() {
        put_ascii(array, text.as_bytes());
        return;
    }
    let mut used = 0;
    for character in text.chars() {
        let mut units = [0; 2];
        let units = units_of(character, &mut units);
        let next = used + units.len();
        if next >= N {
            break;
        }
        array[used..next].copy_from_slice(units);
        used = next;
    }
}

/// Returns the text of an address, terminated.
pub(crate) fn address<const N: usize>(address: IpAddr) -> [u16; N] {
    let mut array = [0; N];
    put_address(&mut array, address);
    array
}

/// Writes the text of an address, as [`address`] has it, into an array of zeroes. Each record of a connection has several, so
/// that of IPv4 is written digit by digit: the standard library's way took a fifth of the time of listing sessions.
pub(crate) fn put_address<const N: usize>(array: &mut [u16; N], address: IpAddr) {
    let IpAddr::V4(address) = address else { return put(array, &address.to_string()) };
    let (mut text, mut used) = ([0; 15], 0);
    let mut put = |byte: u8| {
        text[used] = byte;
        used += 1;
    };
    for (index, octet) in address.octets().into_iter().enumerate() {
        if index > 0 {
            put(b'.');
        }
        if octet >= 100 {
            put(b'0' + octet / 100);
        }
        if octet >= 10 {
            put(b'0' + octet / 10 % 10);
        }
        put(b'0' + octet % 10);
    }
    put_ascii(array, &text[..used]);
}

/// Writes a text of ASCII, cut to fit, into an array of zeroes.
fn put_ascii<const N: usize>(array: &mut [u16; N], text: &[u8]) {
    array[..N - 1].iter_mut().zip(text).for_each(|(unit, byte)| *unit = (*byte).into());
}

/// Returns the text with its terminator.
pub(crate) fn terminated(text: &str) -> Vec<u16> {
    let mut units = Vec::with_capacity(text.len() + 1);
    text.chars().for_each(|character| units.extend_from_slice(units_of(character, &mut [0; 2])));
    units.push(0);
    units
}

/// Reads the text of a caller's array.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for one without its terminator, which goes on in memory that is not text.
pub(crate) fn given(array: &[u16]) -> Result<String, Code> {
    let end = array.iter().position(|&unit| unit == 0).ok_or(ERROR_INVALID_PARAMETER)?;
    Ok(from_units(&array[..end]))
}

/// Returns the number of units of a text, without its terminator.
pub(crate) fn length(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|character| units_of(character, &mut [0; 2]).len()).sum()
}

/// Returns a form of the name that is the same for all names that differ in nothing but case.
pub(crate) fn folded(name: &str) -> String {
    lower(name).collect()
}

fn lower(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(char::to_lowercase)
}

/// Returns `true` if two names differ in nothing but case.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    lower(one).eq(lower(other))
}

/// Reads the text up to the terminator, or the whole array if there is none.
pub(crate) fn string(array: &[u16]) -> String {
    let end = array.iter().position(|&unit| unit == 0).unwrap_or(array.len());
    from_units(&array[..end])
}

/// Returns the bytes of UTF-16 units, as they lie in memory.
pub(crate) fn bytes(units: &[u16]) -> Vec<u8> {
    units.iter().flat_map(|unit| unit.to_ne_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_the_standard_library_writes_it() {
        for address in ["0.0.0.0", "10.20.0.9", "99.100.9.255", "255.255.255.255", "2001:db8::51"] {
            let address: IpAddr = address.parse().unwrap();
            assert_eq!(super::address::<65>(address), array::<65>(&address.to_string()));
            assert_eq!(super::address::<8>(address), array::<8>(&address.to_string()), "cut to fit");
        }
    }

    #[test]
    fn what_goes_out_has_the_units_that_came_in() {
        let private: Vec<u16> = "\u{10F800}\u{10FFFF}\u{10F7FF}".encode_utf16().collect();
        for units in [
            &[0xD800, 0x41, 0xDC00][..],
            &[0xDC00, 0xD800],
            &[0xD83E, 0xDD80, 0xD83E],
            &[0xDFFF, 0xDBFF, 0xD7FF, 0xE000],
            &private,
        ] {
            let text = from_units(units);
            assert_eq!(terminated(&text), [units, &[0]].concat(), "{units:x?}");
            assert_eq!(array::<9>(&text)[..units.len()], *units, "{units:x?}");
            assert_eq!(string(&array::<9>(&text)), text, "{units:x?}");
        }
    }
}
