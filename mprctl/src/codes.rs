//! Error codes of Windows that the library does not have: those of certificates, SSPI, EAP, sockets and IPsec.

use mprapi::Error;

use crate::nearest::nearest;

/// A line for each code, in order: the code in hexadecimal, its symbolic name, a sentence.
static CODES: &str = include_str!("codes.txt");

/// The upper bits of an HRESULT that contains a Windows code.
const WIN32: u32 = 0x8007_0000;

/// Returns the Windows code inside an HRESULT, or the code itself.
pub(crate) fn plain(code: u32) -> u32 {
    if code & 0xFFFF_0000 == WIN32 { code & 0xFFFF } else { code }
}

/// Returns the HRESULT for a code.
pub(crate) fn hresult(code: u32) -> Option<u32> {
    match code {
        1..=0xFFFF => Some(WIN32 | code),
        0x8000_0000.. => Some(code),
        _ => None,
    }
}

/// Returns the symbolic name of a code.
pub(crate) fn name(code: u32) -> Option<&'static str> {
    Error::new("", code).name().or_else(|| find(code).map(|(name, _)| name))
}

/// Returns the meaning of a code that the library does not know.
pub(crate) fn meaning(code: u32) -> Option<&'static str> {
    find(code).map(|(_, meaning)| meaning)
}

/// Finds the code of a symbolic name, in any spelling: `ERROR_ACCESS_DENIED`, `access denied`, `crypt e revoked`.
pub(crate) fn named(name: &str) -> Option<u32> {
    let name: String =
        name.trim().chars().map(|letter| if matches!(letter, ' ' | '-') { '_' } else { letter }).collect();
    let own =
        |name: &str| lines().find(|(_, known, _)| known.eq_ignore_ascii_case(name)).map(|(code, _, _)| code);
    ["", "ERROR_", "ERROR_IPSEC_", "ERROR_IPSEC_IKE_"].into_iter().find_map(|prefix| {
        let name = format!("{prefix}{name}");
        Error::code_named(&name).or_else(|| own(&name))
    })
}

/// Returns the name of a code that is nearest to a wrong one.
pub(crate) fn nearest_name(wrong: &str) -> Option<&'static str> {
    let codes = (0..0x10000).filter_map(|code| Error::new("", code).name());
    nearest(wrong, codes.chain(lines().map(|(_, name, _)| name)))
}

fn find(code: u32) -> Option<(&'static str, &'static str)> {
    lines().find(|(known, ..)| *known == code).map(|(_, name, meaning)| (name, meaning))
}

fn lines() -> impl Iterator<Item = (u32, &'static str, &'static str)> {
    CODES.lines().filter_map(|line| {
        let (code, rest) = line.split_once(' ')?;
        let (name, meaning) = rest.split_once(' ')?;
        Some((u32::from_str_radix(code.strip_prefix("0x")?, 16).ok()?, name, meaning))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_none_is_the_librarys_and_each_is_found_by_its_name() {
        let codes: Vec<u32> = lines().map(|line| line.0).collect();
        assert_eq!(codes.len(), CODES.lines().count(), "every line is one");
        assert!(codes.is_sorted_by(|code, next| code < next));
        for (code, known, sentence) in lines() {
            assert_eq!(Error::new("", code).name(), None, "{code:#x}");
            assert_eq!((name(code), named(&known.to_lowercase())), (Some(known), Some(code)));
            assert!(!sentence.ends_with('.') && !sentence.is_empty(), "{code:#x}");
        }
    }

    #[test]
    fn codes_of_disks_files_keys_and_of_success_are_known() {
        // 29 is what the simulator answers for a backup that is damaged.
        for code in
            [0, 19, 29, 30, 33, 80, 82, 110, 112, 161, 206, 267, 487, 1117, 1300, 1312, 1450, 0x8009_0016]
        {
            assert!(name(code).is_some(), "{code}");
        }
    }

    #[test]
    fn every_code_of_ike_is_known() {
        // The ends of the range and of its first half are no errors.
        for code in (13801..=13908).filter(|code| !matches!(code, 13880 | 13897)) {
            assert!(name(code).is_some(), "{code}");
        }
    }

    #[test]
    fn every_code_of_ike_and_of_remote_access_has_a_name() {
        let unused = [13821, 13823, 13880, 13897, 13909];
        for code in (13801..=13918).filter(|code| !unused.contains(code)).chain(600..=877).chain(1700..=1730)
        {
            assert!(name(code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for text in
            ["ERROR_IPSEC_IKE_POLICY_MATCH", "policy match", "ike policy_match", "Ipsec-IKE-Policy-Match"]
        {
            assert_eq!(named(text), Some(13868), "{text}");
        }
        assert_eq!(named("access denied"), Some(5));
        assert_eq!(named("CERT_E_UNTRUSTEDROOT"), Some(0x800B_0109));
        assert_eq!(named("no such thing"), None);
    }
}
