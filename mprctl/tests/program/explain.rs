//! `mprctl explain` on the codes of `docs/codes.md`, in every way in which people come to have one.

use serde_json::Value;

use crate::common::{came_of, demo, rows_of_document};

/// A row of the table: the code as it is written there, its number, its name.
struct Listed {
    text: &'static str,
    code: u32,
    name: &'static str,
}

impl Listed {
    /// The code, or the code of Windows that it contains.
    fn plain(&self) -> u32 {
        if self.code >> 16 == 0x8007 { self.code & 0xFFFF } else { self.code }
    }

    fn hresult(&self) -> u32 {
        if self.code <= 0xFFFF { 0x8007_0000 | self.code } else { self.code }
    }
}

/// The table's rows. Each must name sources that the page has.
fn listed() -> Vec<Listed> {
    let page = include_str!("../../docs/codes.md");
    let (sources, codes) = page.split_once("| code | name | sources |").expect("two tables");
    let rows = codes.lines().filter(|line| line.starts_with("| ") && !line.starts_with("|-"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [text, name, cited] = cells[..] else { panic!("{line}") };
        assert!(!cited.is_empty(), "{line}");
        for source in cited.split(' ') {
            assert!(sources.contains(&format!("\n| {source} | [")), "{line}: {source}");
        }
        let code = match text.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => text.parse(),
        };
        Listed { text, code: code.expect("a number"), name }
    })
    .collect()
}

/// Asks for all of the codes at once, each as `written` writes it.
fn explained(codes: &[Listed], written: impl Fn(&Listed) -> String) -> Vec<Value> {
    let mut command = demo("session.toml");
    let came = came_of(command.args(["--output", "json", "explain"]).args(codes.iter().map(&written)));
    assert_eq!(came.code, Some(0), "{}", came.stderr);
    let rows = rows_of_document(&came);
    assert_eq!(rows.len(), codes.len());
    for (listed, row) in codes.iter().zip(&rows) {
        let (written, text) = (written(listed), listed.text);
        assert_eq!(row["code"], listed.plain(), "{text} as `{written}`: {row}");
        assert_eq!(row["name"], listed.name, "{text} as `{written}`: {row}");
    }
    rows
}

#[test]
fn every_listed_code_has_a_meaning_and_says_what_to_do() {
    let codes = listed();
    assert!(codes.len() >= 120, "{}", codes.len());
    let is_in =
        |range: std::ops::RangeInclusive<u32>| codes.iter().filter(|code| range.contains(&code.code)).count();
    for range in [600..=877, 900..=956, 13801..=13918, 0x8007_0000..=0x8007_FFFF, 0x8009_0000..=0x8009_FFFF] {
        assert!(is_in(range.clone()) > 15, "{range:x?}");
    }
    for row in explained(&codes, |listed| listed.text.to_owned()) {
        let text = |name: &str| row[name].as_str().unwrap_or_else(|| panic!("no {name}: {row}")).to_owned();
        let meaning = text("meaning");
        // Of codes that nobody meets, there is a line made of their names.
        let is_made = ["SSPI:", "IPsec:", "socket:", "cryptography:", "trust:"]
            .iter()
            .any(|made| meaning.starts_with(made));
        assert!(!is_made && meaning.contains(' '), "{row}");
        assert!(text("advice").split_whitespace().count() >= 5, "{row}");
    }
}

#[test]
fn every_listed_code_is_found_in_every_notation() {
    let codes = listed();
    explained(&codes, |listed| listed.code.to_string());
    explained(&codes, |listed| listed.hresult().cast_signed().to_string());
    explained(&codes, |listed| format!("{:#x}", listed.code));
    explained(&codes, |listed| format!("0x{:08X}", listed.hresult()));
    explained(&codes, |listed| format!("{:x}", listed.hresult()));
}

#[test]
fn every_listed_code_is_found_by_its_name_and_within_text() {
    let codes = listed();
    explained(&codes, |listed| listed.name.to_owned());
    explained(&codes, |listed| listed.name.to_lowercase().replace('_', " "));
    explained(&codes, |listed| format!("VPN Connection: Error {}: it failed.", listed.text));
    explained(&codes, |listed| {
        let signed = listed.hresult().cast_signed();
        format!("CoId={{0F3A-77B2}}: anna dialled 2 times; the error code returned on failure is {signed}.")
    });
    explained(&codes, |listed| {
        format!("[14:05:33] Verbindung 3 (vpn01) Fehler {} ({})", listed.text, listed.name)
    });
    explained(&codes, |listed| format!("dial of Oslo on 203.0.113.9 failed with {}", listed.name));
}
