//! The GUIDs that local interfaces are called by.

use std::fmt;

/// A GUID. Its digits, as it is written, are those of the number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guid(pub(crate) u128);

impl Guid {
    /// Returns the GUID of an interface, which depends on the name alone, so that every run has the same.
    pub(crate) fn of_name(name: &str) -> Guid {
        // FNV-1a, twice: plenty for names of one machine.
        let hash = |seed: u64| {
            name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
        };
        let (high, low) = (hash(0), hash(0x5bd1_e995));
        // The digits that say its version and its variant.
        let (high, low) = (high & !0xF000 | 0x4000, 0x8000_0000_0000_0000 | low >> 2);
        Guid(u128::from(high) << 64 | u128::from(low))
    }

    /// Finds the GUID in the name of an adapter, in any of the forms that programs write it in: with braces or without,
    /// in any case, and behind the path of a device as `\Device\NPF_{…}` or `\DEVICE\TCPIP_{…}`.
    pub(crate) fn in_name(name: &str) -> Option<Guid> {
        let (before, guid) = match name.strip_suffix('}') {
            Some(open) => open.rsplit_once('{')?,
            None => name.split_at_checked(name.len().checked_sub(WITHOUT_BRACES)?)?,
        };
        if is_path(before) { Guid::parse(guid) } else { None }
    }

    fn parse(text: &str) -> Option<Guid> {
        let groups: Vec<&str> = text.split('-').collect();
        let is_digits = |group: &&str| group.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) || !groups.iter().all(is_digits) {
            return None;
        }
        u128::from_str_radix(&groups.concat(), 16).ok().map(Guid)
    }
}

const WITHOUT_BRACES: usize = 36;

/// Returns `true` for a text that may stand before a GUID: nothing, or the path of a device and the name of the driver,
/// which ends in `_`.
fn is_path(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    let devices = [r"\device\", r"\\.\", r"\\?\", r"\??\", r"\dosdevices\", r"\\.\globalroot\device\"];
    let driver = devices.iter().filter_map(|device| lower.strip_prefix(device)).min_by_key(|rest| rest.len());
    let driver = driver.unwrap_or(&lower);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    driver.is_empty() || (driver.ends_with('_') && driver.bytes().all(is_word))
}

/// The form that the names of local interfaces have.
impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = |shift: u32, bits: u32| self.0 >> shift & ((1 << bits) - 1);
        let (first, second, third) = (group(96, 32), group(80, 16), group(64, 16));
        write!(f, "{{{first:08X}-{second:04X}-{third:04X}-{:04X}-{:012X}}}", group(48, 16), group(0, 48))
    }
}
