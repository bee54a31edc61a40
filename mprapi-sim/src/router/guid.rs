//! The GUIDs that local interfaces are called by.

use mprapi_sys as sys;

/// A GUID that depends on the name alone, so that every run has the same.
pub(super) fn guid_of(name: &str) -> sys::GUID {
    // FNV-1a, twice: plenty for names of one machine.
    let hash = |seed: u64| {
        name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let (high, low) = (hash(0), hash(0x5bd1_e995));
    sys::GUID {
        Data1: (high >> 32) as u32,
        Data2: (high >> 16) as u16,
        Data3: 0x4000 | (high as u16 & 0x0FFF),
        Data4: (0x8000_0000_0000_0000 | low >> 2).to_be_bytes(),
    }
}

/// A GUID as the names of local interfaces have it.
pub(crate) fn guid_name(guid: &sys::GUID) -> String {
    let [a, b, c, d, e, f, g, h] = guid.Data4;
    format!(
        "{{{:08X}-{:04X}-{:04X}-{a:02X}{b:02X}-{c:02X}{d:02X}{e:02X}{f:02X}{g:02X}{h:02X}}}",
        guid.Data1, guid.Data2, guid.Data3
    )
}

/// A GUID that can be compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guid(u128);

impl Guid {
    pub(crate) fn of(guid: &sys::GUID) -> Guid {
        let [first, second, third] =
            [u128::from(guid.Data1) << 96, u128::from(guid.Data2) << 80, u128::from(guid.Data3) << 64];
        Guid(first | second | third | u128::from(u64::from_be_bytes(guid.Data4)))
    }

    /// The GUID in the name of an adapter, in any of the forms that programs have it in: with braces or without, in any
    /// case, and behind the path of a device as `\Device\NPF_{…}` or `\DEVICE\TCPIP_{…}`.
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

/// What may stand before a GUID: nothing, or the path of a device and the name of the driver, which ends in `_`.
fn is_path(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    let devices = [r"\device\", r"\\.\", r"\\?\", r"\??\", r"\dosdevices\", r"\\.\globalroot\device\"];
    let driver = devices.iter().filter_map(|device| lower.strip_prefix(device)).min_by_key(|rest| rest.len());
    let driver = driver.unwrap_or(&lower);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    driver.is_empty() || (driver.ends_with('_') && driver.bytes().all(is_word))
}
