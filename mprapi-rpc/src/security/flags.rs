//! The services that a context gives, as bits.

use crate::security::{Error, Level};

pub(super) const MUTUAL: u32 = 2;
pub(super) const REPLAY: u32 = 4;
pub(super) const SEQUENCE: u32 = 8;
pub(super) const CONFIDENTIALITY: u32 = 16;
pub(super) const INTEGRITY: u32 = 32;
/// Messages in parts without a trailer, and a third token of Kerberos.
pub(super) const DCE_STYLE: u32 = 0x1000;

/// The names of the bits.
const NAMES: [(u32, &str); 6] = [
    (MUTUAL, "mutual authentication"),
    (REPLAY, "detection of replays"),
    (SEQUENCE, "detection of a wrong order"),
    (CONFIDENTIALITY, "encryption"),
    (INTEGRITY, "signatures"),
    (DCE_STYLE, "protection in parts"),
];

/// Returns the bits that a level of protection needs. NTLM's own protection counts messages whatever its bits say.
pub(super) fn of_level(level: Level, is_ntlm: bool) -> u32 {
    let counted = if is_ntlm { 0 } else { REPLAY | SEQUENCE };
    match level {
        Level::None | Level::Connect => 0,
        Level::Integrity => INTEGRITY | counted,
        Level::Privacy => INTEGRITY | CONFIDENTIALITY | counted,
    }
}

/// Checks that a context has all bits of `needed`.
///
/// # Errors
/// If it lacks one. The text names those that are missing.
pub(super) fn check(operation: &'static str, flags: u32, needed: u32) -> Result<(), Error> {
    let missing = needed & !flags;
    if missing == 0 {
        return Ok(());
    }
    let names: Vec<&str> =
        NAMES.iter().filter(|(bit, _)| missing & bit != 0).map(|(_, name)| *name).collect();
    Err(Error::new(operation, format!("the security context has no {}", names.join(", no "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_that_lacks_a_service_is_refused_by_its_name() {
        let all = MUTUAL | REPLAY | SEQUENCE | CONFIDENTIALITY | INTEGRITY | DCE_STYLE;
        assert_eq!(check("x", all, all), Ok(()));
        for (bit, name) in NAMES {
            let error = check("x", all & !bit, all).unwrap_err();
            assert_eq!(error.text, format!("the security context has no {name}"));
        }
        let error = check("x", CONFIDENTIALITY, of_level(Level::Integrity, false)).unwrap_err();
        assert!(
            error.text.ends_with("no detection of replays, no detection of a wrong order, no signatures")
        );
        assert_eq!(check("x", INTEGRITY, of_level(Level::Integrity, true)), Ok(()));
        assert!(check("x", INTEGRITY, of_level(Level::Privacy, true)).is_err());
        assert_eq!(check("x", 0, of_level(Level::Connect, false)), Ok(()));
    }
}
