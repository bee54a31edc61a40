//! Advice on what to do about error codes.

use crate::codes::plain;

/// Blocks of text with an empty line between them. The first line of a block has codes and ranges of codes, the others
/// have the advice; lines that begin with spaces are commands. A block that begins with `~` is for codes of its ranges
/// that no other block has, and stands behind those.
static BLOCKS: &str = include_str!("advice.txt");

/// Returns the advice for a code, in lines. Lines that begin with spaces are commands.
pub(crate) fn advice(code: u32) -> Option<&'static str> {
    let code = plain(code);
    blocks()
        .find(|(head, _)| ranges(head).any(|(first, last)| (first..=last).contains(&code)))
        .map(|(_, text)| text)
}

fn blocks() -> impl Iterator<Item = (&'static str, &'static str)> {
    BLOCKS.trim_end().split("\n\n").filter_map(|block| block.split_once('\n'))
}

/// Reads the codes of a block's first line: `= 691 1327-1331 0x8009030C`. A code is a range of one.
fn ranges(head: &str) -> impl Iterator<Item = (u32, u32)> {
    let code = |text: &str| match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    };
    head.split(' ').skip(1).filter_map(move |word| match word.split_once('-') {
        Some((first, last)) => Some((code(first)?, code(last)?)),
        None => code(word).map(|code| (code, code)),
    })
}

/// Returns the commands of `mprctl` that the advice names.
#[cfg(test)]
pub(crate) fn commands() -> impl Iterator<Item = &'static str> {
    blocks().flat_map(|(_, text)| text.lines()).filter_map(|line| line.strip_prefix("  mprctl "))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::codes;

    #[test]
    fn each_code_of_a_block_is_known_and_in_no_other_block() {
        let mut seen = HashMap::new();
        for (head, text) in blocks() {
            assert_eq!(ranges(head).count(), head.split(' ').count() - 1, "{head}");
            assert!(!text.is_empty() && (head.starts_with("= ") || head.starts_with("~ ")), "{head}");
            if head.starts_with('~') {
                continue;
            }
            for (first, last) in ranges(head) {
                assert!(first <= last, "{head}");
                let known: Vec<u32> = (first..=last).filter(|code| codes::name(*code).is_some()).collect();
                assert!(!known.is_empty() && known[0] == first, "{head}: {first:#x}");
                for code in known {
                    assert_eq!(seen.insert(code, head), None, "{code}: {head}");
                    assert_eq!(advice(code), Some(text), "{code}");
                }
            }
        }
        assert!(seen.len() > 300, "{}", seen.len());
    }

    #[test]
    fn every_code_of_remote_access_of_the_router_and_of_ike_has_advice() {
        for code in (600..=877).chain(900..=956).chain(13801..=13918) {
            assert!(advice(code).is_some(), "{code}");
        }
        assert_eq!(advice(1), None);
        assert_eq!(advice(0x8007_0000 | 809), advice(809));
    }

    #[test]
    fn advice_fits_a_terminal() {
        for line in blocks().flat_map(|(_, text)| text.lines()) {
            assert!(line.chars().count() <= 78 && line.trim_end() == line, "{line}");
        }
    }
}
