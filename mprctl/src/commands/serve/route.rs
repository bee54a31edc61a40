//! Routing: from the method and the target of a request to a page.
//!
//! This module depends on nothing else in the program, so that it can be fuzzed alone.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The longest name of a server, in bytes: that of a DNS name, and the limit of the API.
const LONGEST_NAME: usize = 255;

/// The pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page<'t> {
    /// `/`: links to the other pages.
    Index,
    /// `/healthz`: says that the exporter runs.
    Health,
    /// `/metrics`: the metrics of the exporter's own server.
    Metrics,
    /// `/probe?target=NAME`: the metrics of one of the allowed servers.
    Probe {
        /// The name, decoded: 1 to 255 bytes, without control characters.
        target: Cow<'t, str>,
    },
}

/// The reasons to refuse a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Status 400, with a message for the client.
    BadRequest(&'static str),
    /// Status 404.
    NotFound,
    /// Status 405.
    MethodNotAllowed,
}

/// Returns the page for the method of a request and its target: path and query, such as `/probe?target=vpn01`.
///
/// # Errors
/// The reason to refuse the request; its message contains nothing from the request.
pub fn route<'t>(method: &str, target: &'t str) -> Result<Page<'t>, Refusal> {
    if !matches!(method, "GET" | "HEAD") {
        return Err(Refusal::MethodNotAllowed);
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match path {
        "/" => Ok(Page::Index),
        "/healthz" => Ok(Page::Health),
        "/metrics" => Ok(Page::Metrics),
        "/probe" => Ok(Page::Probe { target: probe_target(query).map_err(Refusal::BadRequest)? }),
        _ => Err(Refusal::NotFound),
    }
}

fn probe_target(query: &str) -> Result<Cow<'_, str>, &'static str> {
    let mut target = None;
    for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if name != "target" && decode(name)? != "target" {
            return Err("unknown parameter; the only parameter of /probe is `target`");
        }
        if target.replace(decode(value)?).is_some() {
            return Err("`target` is given more than once");
        }
    }
    let target = target.ok_or("no server is given; use /probe?target=NAME")?;
    match target.len() {
        0 => Err("`target` is empty"),
        1..=LONGEST_NAME if !target.contains(char::is_control) => Ok(target),
        1..=LONGEST_NAME => Err("`target` contains a control character"),
        _ => Err("`target` is longer than 255 bytes"),
    }
}

/// Decodes percent signs, and `+` for a space, as forms and Prometheus write them.
fn decode(text: &str) -> Result<Cow<'_, str>, &'static str> {
    const NOT_UTF_8: &str = "the query is not UTF-8";
    // As most names are.
    if !text.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
        return Ok(text.into());
    }
    if text.contains('+') {
        let text = text.replace('+', " ");
        let decoded = percent_decode_str(&text).decode_utf8().map_err(|_| NOT_UTF_8)?;
        return Ok(decoded.into_owned().into());
    }
    percent_decode_str(text).decode_utf8().map_err(|_| NOT_UTF_8)
}

#[cfg(test)]
mod tests {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    fn probe(target: &str) -> Result<Page<'_>, Refusal> {
        Ok(Page::Probe { target: target.into() })
    }

    #[test]
    fn pages_are_found_whatever_their_query() {
        for (target, page) in [
            ("/", Page::Index),
            ("/healthz", Page::Health),
            ("/metrics", Page::Metrics),
            ("/metrics?x=y", Page::Metrics),
        ] {
            assert_eq!(route("GET", target), Ok(page.clone()), "{target}");
            assert_eq!(route("HEAD", target), Ok(page), "{target}");
        }
        assert_eq!(route("GET", "/probe?target=vpn01"), probe("vpn01"));
        assert_eq!(route("GET", "/probe?&target=v%70n%2001+x&"), probe("vpn 01 x"));
    }

    #[test]
    fn everything_else_is_refused_with_its_own_status() {
        for method in ["POST", "PUT", "get", "OPTIONS", ""] {
            assert_eq!(route(method, "/metrics"), Err(Refusal::MethodNotAllowed), "{method}");
        }
        for target in ["", "*", "/metrics/", "//metrics", "/Probe?target=a", "/%6detrics", "/../metrics"] {
            assert_eq!(route("GET", target), Err(Refusal::NotFound), "{target}");
        }
        let long = format!("target={}", "v".repeat(256));
        for query in [
            "",
            "target",
            "target=",
            "target=%00",
            "target=a%0Ab",
            "target=%FF",
            "target=%ED%A0%80",
            "Target=a",
            "target=a&target=a",
            "target=a&module=b",
            "=a",
            &long,
        ] {
            let target = format!("/probe?{query}");
            let answer = route("GET", &target);
            assert!(matches!(answer, Err(Refusal::BadRequest(_))), "{query}: {answer:?}");
        }
    }

    proptest! {
        #[test]
        fn a_name_that_is_encoded_is_the_name_that_is_found(name in "\\PC{1,60}") {
            let target = format!("/probe?target={}", utf8_percent_encode(&name, NON_ALPHANUMERIC));
            prop_assert_eq!(route("GET", &target), probe(&name));
        }

        #[test]
        fn nothing_panics_and_what_is_found_keeps_its_promise(method in "GET|HEAD|.*", target in "(/probe\\?)?.*") {
            if let Ok(Page::Probe { target }) = route(&method, &target) {
                prop_assert!((1..=LONGEST_NAME).contains(&target.len()));
                prop_assert!(!target.contains(char::is_control));
            }
        }
    }
}
