//! The router of `mprctl serve` finds in a request what a reading of the query byte by byte finds, or refuses it.

use mprctl::route::{Page, Refusal, route};

/// The input is a method and a target, as in the first line of a request; one without a space is the target of a GET.
pub fn run(bytes: &[u8]) {
    // A header that is no text, and a target that is none, end before this.
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (method, target) = text.split_once(' ').unwrap_or(("GET", text));
    asked(method, target);
    asked("GET", &format!("/probe?{target}"));
}

fn asked(method: &str, target: &str) {
    let found = route(method, target);
    assert_eq!(found, route(method, target), "the same each time");
    if method != "GET" && method != "HEAD" {
        return assert_eq!(found, Err(Refusal::MethodNotAllowed));
    }
    let (path, query) = target.find('?').map_or((target, ""), |end| (&target[..end], &target[end + 1..]));
    match (path, found) {
        ("/", found) => assert_eq!(found, Ok(Page::Index)),
        ("/healthz", found) => assert_eq!(found, Ok(Page::Health)),
        ("/metrics", found) => assert_eq!(found, Ok(Page::Metrics)),
        ("/probe", Ok(found)) => {
            assert_eq!(Some(found), name(query).map(|target| Page::Probe { target: target.into() }))
        }
        ("/probe", Err(refusal)) => {
            assert!(matches!(refusal, Refusal::BadRequest(sentence) if !sentence.is_empty()));
            assert_eq!(name(query), None);
        }
        (_, found) => assert_eq!(found, Err(Refusal::NotFound)),
    }
}

/// The name that a query asks for, if it asks for one and nothing else.
fn name(query: &str) -> Option<String> {
    let mut parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    let (only, None) = (parameters.next()?, parameters.next()) else { return None };
    let (name, value) = only.find('=').map(|end| (&only[..end], &only[end + 1..]))?;
    let name = decoded(value).filter(|_| decoded(name).as_deref() == Some("target"))?;
    let is_name = (1..=255).contains(&name.len()) && !name.chars().any(char::is_control);
    is_name.then_some(name)
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let hexadecimal = |digit: u8| char::from(digit).to_digit(16);
        let pair = match behind {
            [high, low, ..] => hexadecimal(*high).zip(hexadecimal(*low)),
            _ => None,
        };
        let (byte, length) = match (first, pair) {
            (b'%', Some((high, low))) => ((high * 16 + low) as u8, 3),
            (b'+', _) => (b' ', 1),
            _ => (*first, 1),
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    String::from_utf8(bytes).ok()
}
