//! `mprctl explain`: the meaning of error codes.

use clap::Args;
use mprapi::{Error, Mpr};

use crate::advice;
use crate::codes;
use crate::context::Context;
use crate::failure::{self, Failure, Kind};
use crate::output::{Report, Value, row};

#[derive(Args)]
pub(crate) struct Codes {
    /// One or more error codes (5, -2147024891, 0x80070005, 80070005), names (ERROR_ACCESS_DENIED, access denied) or messages
    /// that contain a code ("Error 13868: …")
    #[arg(required = true, value_name = "CODE", allow_negative_numbers = true)]
    codes: Vec<String>,
}

/// Returns `true` for what stands between the words of a text.
fn is_around(letter: char) -> bool {
    !letter.is_alphanumeric() && !matches!(letter, '-' | '_')
}

/// Returns `true` for a code with a name. A 0 in a message is more likely a count than a code.
fn known(code: &u32) -> bool {
    *code != 0 && codes::name(codes::plain(*code)).is_some()
}

/// Finds the error codes in a text: the most likely one, those in a notation that is a code's alone, and those that follow one
/// directly (`691, 812 and 0x80072746`).
fn parse_all(text: &str) -> Vec<u32> {
    const BETWEEN: [&str; 5] = ["and", "or", "und", "oder", "code"];
    let Some(first) = parse(text) else { return Vec::new() };
    let (mut found, mut is_directly_after) = (vec![first], false);
    // The thousands of the first one are no codes.
    if text.trim().replace(',', "") == first.to_string() {
        return found;
    }
    for word in text.split(is_around).filter(|word| !word.is_empty()) {
        let named = || if is_name(word) { codes::named(word) } else { None };
        match number(word).or_else(named).filter(known).map(codes::plain) {
            Some(code) if code == first => is_directly_after = true,
            Some(code) if is_only_a_code(word) || is_directly_after && code > 0xFF => {
                if !found.contains(&code) {
                    found.push(code);
                }
                is_directly_after = true;
            }
            _ => is_directly_after &= BETWEEN.contains(&&*word.to_lowercase()),
        }
    }
    found
}

/// Returns `true` for a word in a notation that counts, ports and the like do not have.
fn is_only_a_code(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    is_name(word) || lower.starts_with(['-']) || lower.starts_with("0x8") || lower.starts_with("0xc")
}

/// Finds the error code in a text, which people copy from a message, a log or a header.
fn parse(text: &str) -> Option<u32> {
    let words = || text.split(is_around).filter(|word| !word.is_empty());
    let text = text.trim();
    // As some systems write numbers: `1,722`.
    let joined = || {
        let is_of_number = |letter: char| letter.is_ascii_digit() || letter == ',';
        let joined = text.chars().all(is_of_number).then(|| text.replace(',', ""));
        joined.and_then(|digits| number(&digits)).filter(known)
    };
    let numbers = || words().filter_map(number);
    let after_error = || {
        let announces = |word: &str| ["error", "fehler", "code", "hresult"].contains(&&*word.to_lowercase());
        words()
            .zip(words().skip(1))
            .filter(|(before, _)| announces(before))
            .find_map(|(_, word)| number(word))
    };
    // `error` alone is no name, though there is an ERROR_IPSEC_IKE_ERROR. No name begins with a digit or a sign.
    Some(text.trim_matches(is_around))
        .filter(|text| {
            !is_filler(text) && !text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        })
        .and_then(codes::named)
        .or_else(joined)
        .or_else(after_error)
        .or_else(|| numbers().next().filter(|_| words().count() == 1))
        // Of several numbers in a message, one that means something. Small ones are more likely counts.
        .or_else(|| numbers().find(|code| *code > 0xFF && known(code)))
        .or_else(|| numbers().find(known))
        .or_else(|| words().filter(|word| is_name(word)).find_map(codes::named))
        .or_else(|| numbers().next())
        .map(codes::plain)
}

/// Parses a number in one of the notations of codes: `13868`, `13868L`, `-2147024891`, `0x80070005`, `80070005`,
/// `8007274c`.
fn number(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['u', 'U', 'l', 'L']);
    let hexadecimal = |digits: &str| {
        let digits = digits.strip_prefix("ffffffff").filter(|rest| rest.len() == 8).unwrap_or(digits);
        u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with(['+', '-']))
    };
    let lower = word.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix("0x") {
        return hexadecimal(digits);
    }
    // An HRESULT is often written without `0x`; no code of remote access has such a decimal number.
    if lower.len() == 8 && lower.starts_with(['8', 'c']) && hexadecimal(&lower).is_some() {
        return hexadecimal(&lower);
    }
    if lower.starts_with('-') {
        return lower.parse::<i32>().ok().map(i32::cast_unsigned);
    }
    match lower.bytes().all(|byte| byte.is_ascii_digit()) {
        true => lower.parse().ok(),
        false => hexadecimal(&lower).filter(|_| lower.bytes().any(|byte| byte.is_ascii_digit())),
    }
}

/// Returns `true` for a word that looks like the name of a code: `ERROR_VPN_TIMEOUT`, `WSAECONNRESET`.
fn is_name(word: &str) -> bool {
    word.contains('_') || word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns `true` for a word that only announces a code, as in `explain error code 5`.
fn is_filler(text: &str) -> bool {
    const FILLERS: [&str; 8] = ["error", "code", "fehler", "hresult", "ras", "win32", "ike", "status"];
    let word = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word)) || word.is_empty()
}

/// Returns `true` for a word of a message, which is neither a code nor a name of one that is written wrong.
fn is_prose(text: &str) -> bool {
    let is_word =
        |text: &str| text.chars().all(|letter| letter.is_alphabetic() || ".,:;()'".contains(letter));
    is_word(text)
        && !is_filler(text)
        && !is_name(text)
        && codes::named(text.trim_matches(is_around)).is_none()
}

row! {
    /// The explanation of an error code.
    pub(crate) struct CodeRow: "code" {
        /// The code. For an HRESULT that contains a Windows code, the Windows code.
        code: u32 => Always "Code",
        /// The code as an HRESULT, in hexadecimal.
        hresult: Option<String> => Always "HRESULT",
        /// The name of the code in the Windows headers.
        name: Option<&'static str> => Always "Name",
        /// The meaning of the code.
        meaning: Option<String> => Always "Meaning",
        /// Advice on what to do.
        advice: Option<String> => Always "What to do" as lines,
        /// The exit code of mprctl for this error.
        exit_code: u8 => Always "Exit code of mprctl",
        /// The message of this machine's Windows, in its language.
        windows: Option<String> => Always "Windows says",
    }
}

fn lines(advice: &Option<String>) -> Value<'_> {
    Value::maybe(advice.as_deref(), Value::Lines)
}

pub(crate) fn run(context: &Context, Codes { codes }: &Codes) -> Result<(), Failure> {
    let (mut rows, mut unknown): (Vec<CodeRow>, Vec<&str>) = (Vec::new(), Vec::new());
    // A message that was not put in quotes comes in several arguments.
    let whole = codes.join(" ");
    let is_message = codes.iter().any(|text| is_prose(text)) && parse(&whole).is_some();
    let texts = if is_message { std::slice::from_ref(&whole) } else { codes };
    let all_fillers = texts.iter().all(|text| is_filler(text));
    for text in texts.iter().filter(|text| all_fillers || !is_filler(text)) {
        let found = parse_all(text).into_iter().map(|code| row(&context.mpr, code));
        let found: Vec<CodeRow> = found.filter(|row| row.name.is_some() || row.windows.is_some()).collect();
        if found.is_empty() {
            unknown.push(text);
        }
        rows.extend(found);
    }
    let is_partly = !rows.is_empty();
    if is_partly {
        Report::of_one(rows).print_sheets(context.style)?;
    }
    if unknown.is_empty() {
        return Ok(());
    }
    let kind = if is_partly { Kind::Partly } else { Kind::NotFound };
    let elsewhere = "`net helpmsg CODE` knows those of Windows that are none of this API.";
    let near = unknown.iter().find_map(|text| codes::nearest_name(text));
    let advice =
        near.map_or_else(|| elsewhere.to_owned(), |name| format!("Did you mean {name}?\n{elsewhere}"));
    let mut failure = Failure::new(kind, format!("no code {} is known", unknown.join(", "))).advice(advice);
    // The rows are all of the document.
    failure.is_in_output = is_partly && context.style.format.has_failures();
    Err(failure)
}

fn row(mpr: &Mpr, code: u32) -> CodeRow {
    let error = Error::new("", code);
    let name = codes::name(code);
    let meaning = name.map(|_| codes::meaning(code).map_or_else(|| failure::describe(&error), str::to_owned));
    let Failure { kind, advice, .. } = error.into();
    let advice = advice.or_else(|| advice::advice(code).map(str::to_owned));
    // NO_ERROR is no failure.
    let exit_code = if code == 0 { 0 } else { kind as u8 };
    // A library that has no text for a code says so by an error.
    let windows = mpr.error_text(code).ok().map(|text| text.to_string_lossy().trim().to_owned());
    let hresult = codes::hresult(code).map(|code| format!("{code:#010x}"));
    CodeRow { code, hresult, name, meaning, advice, exit_code, windows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_every_notation_and_out_of_its_message() {
        let cases = [
            ("5", 5),
            ("0x5", 5),
            ("0X0005", 5),
            ("5L", 5),
            ("0x80070005L", 5),
            ("0x80070005UL", 5),
            ("80070005", 5),
            ("-2147024891", 5),
            ("2147942405", 5),
            ("0xffffffff80070005", 5),
            ("(0x80070005)", 5),
            ("error code 0x80070005", 5),
            ("Access denied", 5),
            ("error_access_denied", 5),
            ("6be", 1726),
            ("13868", 13868),
            ("Error 13868: Policy match error", 13868),
            ("The error code returned on failure is 13868.", 13868),
            ("Verbindung 3: Fehler 13801", 13801),
            ("ERROR_IPSEC_IKE_NO_CERT(13806)", 13806),
            ("CoId={12AB}: failed with ERROR_IPSEC_IKE_AUTH_FAIL", 13801),
            ("8007274c", 10060),
            ("0x80092013", 0x8009_2013),
            ("-2146885613", 0x8009_2013),
            ("800B0109", 0x800B_0109),
            ("C000006D", 0xC000_006D),
        ];
        for (text, code) in cases {
            assert_eq!(parse(text), Some(code), "{text}");
        }
        for (text, codes) in [
            ("failed with 0x800B0109 and 13806", &[0x800B_0109, 13806][..]),
            ("error 691, 812 and 0x80072746", &[691, 812, 10054]),
            ("691/812", &[691, 812]),
            ("port 1723 error 800", &[800]),
            ("Error 809 after 800 seconds", &[809]),
            ("ERROR_IPSEC_IKE_NO_CERT (13806, 0x800735ee)", &[13806]),
            ("ERROR_VPN_TIMEOUT, then CERT_E_UNTRUSTEDROOT", &[809, 0x800B_0109]),
            ("1,722", &[1722]),
            ("691,812", &[691, 812]),
            ("3 of 5 failed: 691", &[691]),
        ] {
            assert_eq!(parse_all(text), codes, "{text}");
        }
        for text in ["", "no such thing", "ERROR_NO_SUCH_THING", "--", "0x", "-", "99999999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn codes_that_are_known_are_read_in_every_notation() {
        for code in (600..=900).chain(13_800..=13_910).chain(0x8009_2000..0x8009_2030) {
            if codes::name(code).is_none() {
                continue;
            }
            let hresult = codes::hresult(code).expect("it has one");
            let signed = hresult.cast_signed();
            for text in [
                code.to_string(),
                format!("{code:#x}"),
                format!("{hresult:#X}"),
                format!("{hresult:x}"),
                signed.to_string(),
            ] {
                assert_eq!(parse(&text), Some(code), "{text}");
            }
        }
    }
}
