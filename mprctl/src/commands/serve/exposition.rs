//! The two text formats that Prometheus reads: its own (version 0.0.4) and OpenMetrics (version 1.0.0).
//!
//! Samples are the same in both. OpenMetrics names the family of a counter without `_total`, has no free comments, and
//! ends with a line that says so.

use std::fmt::{Display, Write as _};

/// A format that a scraper can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    OpenMetrics,
}

impl Format {
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Format::Text => "text/plain; version=0.0.4; charset=utf-8",
            Format::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        }
    }

    /// Selects the format by the values of `Accept`: OpenMetrics if it is listed with at least the weight of the other.
    pub(crate) fn accepted<'h>(headers: impl Iterator<Item = &'h str>) -> Format {
        let (mut text, mut open) = (0.0, 0.0);
        for range in headers.flat_map(|header| header.split(',')) {
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
            let (mut weight, mut is_known) = (1.0, true);
            for (name, value) in parts.filter_map(|part| part.split_once('=')) {
                match name.trim().to_ascii_lowercase().as_str() {
                    "q" => weight = value.trim().parse().unwrap_or(0.0),
                    "version" => is_known = value.trim().trim_matches('"') == "1.0.0",
                    _ => {}
                }
            }
            match kind.as_str() {
                "application/openmetrics-text" if is_known => open = f64::max(open, weight),
                "text/plain" | "text/*" | "*/*" => text = f64::max(text, weight),
                _ => {}
            }
        }
        if open > 0.0 && open >= text { Format::OpenMetrics } else { Format::Text }
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Type {
    /// A number that only grows or starts again at 0. The name ends with `_total`.
    Counter,
    Gauge,
    /// Facts in labels, with the value 1. The name ends with `_info`.
    Info,
}

/// The text of metrics, in both formats.
#[derive(Clone, Default)]
pub(crate) struct Exposition {
    text: String,
    open: String,
}

/// A metric whose samples are being written.
pub(crate) struct Family<'a> {
    out: &'a mut Exposition,
    name: &'static str,
}

impl Exposition {
    /// Begins a metric. `help` is one line without a backslash or a quote.
    pub(crate) fn family(&mut self, name: &'static str, r#type: Type, help: &'static str) -> Family<'_> {
        let (old, new, suffix) = match r#type {
            Type::Counter => ("counter", "counter", "_total"),
            Type::Gauge => ("gauge", "gauge", ""),
            Type::Info => ("gauge", "info", "_info"),
        };
        let _ = write!(self.text, "# HELP {name} {help}\n# TYPE {name} {old}\n");
        let family = name.strip_suffix(suffix).unwrap_or(name);
        let _ = write!(self.open, "# HELP {family} {help}\n# TYPE {family} {new}\n");
        Family { out: self, name }
    }

    /// A metric without labels.
    pub(crate) fn gauge(&mut self, name: &'static str, help: &'static str, value: impl Display) {
        self.family(name, Type::Gauge, help).sample(&[], value);
    }

    /// Writes a comment, which Prometheus ignores. OpenMetrics has no comments.
    pub(crate) fn comment(&mut self, text: &str) {
        // What begins with these two words is not passed over.
        let text = text.replace(char::is_control, " ");
        let _ = writeln!(self.text, "# mprctl: {text}");
    }

    /// Returns the metrics in one format, without the end of a page.
    pub(crate) fn as_text(&self, format: Format) -> &str {
        match format {
            Format::Text => &self.text,
            Format::OpenMetrics => &self.open,
        }
    }

    /// Returns the metrics in one format, with the end of a page.
    pub(crate) fn into_end(self, format: Format) -> String {
        match format {
            Format::Text => self.text,
            Format::OpenMetrics => self.open + "# EOF\n",
        }
    }
}

impl Family<'_> {
    /// Writes a sample. No two samples of a metric may have the same labels.
    pub(crate) fn sample(&mut self, labels: &[(&str, &str)], value: impl Display) {
        let start = self.out.text.len();
        let text = &mut self.out.text;
        text.push_str(self.name);
        for (index, (name, value)) in labels.iter().enumerate() {
            text.push(if index == 0 { '{' } else { ',' });
            text.push_str(name);
            text.push_str("=\"");
            escape(text, value);
            text.push('"');
        }
        if !labels.is_empty() {
            text.push('}');
        }
        let _ = writeln!(text, " {value}");
        self.out.open.push_str(&self.out.text[start..]);
    }
}

/// Returns a word of the API as the value of a label, with `_` for spaces and hyphens.
pub(crate) fn word(text: impl Display) -> String {
    text.to_string().replace([' ', '-'], "_")
}

fn escape(text: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '\\' => text.push_str("\\\\"),
            '"' => text.push_str("\\\""),
            '\n' => text.push_str("\\n"),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The value of the one label of the one sample, read as the format's description has it.
    fn label_of(text: &str) -> (String, &str) {
        let sample = text.split('\n').nth(2).expect("a sample after HELP and TYPE");
        let mut characters = sample.strip_prefix("users{user=\"").expect("the label").char_indices();
        let mut value = String::new();
        loop {
            match characters.next().expect("a closing quote") {
                (_, '"') => break,
                (_, '\\') => value.push(match characters.next().expect("an escaped character").1 {
                    'n' => '\n',
                    other => other,
                }),
                (_, other) => value.push(other),
            }
        }
        (value, characters.as_str())
    }

    proptest! {
        #[test]
        fn a_user_of_any_name_is_one_line_and_reads_back(units in prop::collection::vec(any::<u16>(), 0..40)) {
            let name = String::from_utf16_lossy(&units);
            let mut exposition = Exposition::default();
            exposition.family("users", Type::Gauge, "Help.").sample(&[("user", &name)], 7);
            let text = exposition.as_text(Format::OpenMetrics).to_owned();
            prop_assert_eq!(&text, exposition.as_text(Format::Text));
            prop_assert_eq!(text.matches('\n').count(), 3);
            let (value, rest) = label_of(&text);
            prop_assert_eq!(value, name);
            prop_assert_eq!(rest, "} 7");
        }

        #[test]
        fn a_comment_is_one_line_whatever_is_said(said in any::<String>()) {
            let mut exposition = Exposition::default();
            exposition.comment(&said);
            prop_assert_eq!(exposition.as_text(Format::OpenMetrics), "");
            let text = exposition.as_text(Format::Text);
            prop_assert!(text.starts_with("# mprctl: ") && text.ends_with('\n'));
            prop_assert_eq!(text.matches('\n').count(), 1);
        }
    }

    #[test]
    fn labels_are_escaped_and_separated() {
        let mut exposition = Exposition::default();
        let labels = [("a", "x\\\"\n"), ("b", "ø𝄞")];
        exposition.family("m_total", Type::Counter, "Help.").sample(&labels, 1.5);
        exposition.family("b_info", Type::Info, "Build.").sample(&[], 1);
        exposition.gauge("g", "More.", 0);
        assert_eq!(
            exposition.clone().into_end(Format::Text),
            "# HELP m_total Help.\n# TYPE m_total counter\nm_total{a=\"x\\\\\\\"\\n\",b=\"ø𝄞\"} 1.5\n\
             # HELP b_info Build.\n# TYPE b_info gauge\nb_info 1\n\
             # HELP g More.\n# TYPE g gauge\ng 0\n"
        );
        assert_eq!(
            exposition.into_end(Format::OpenMetrics),
            "# HELP m Help.\n# TYPE m counter\nm_total{a=\"x\\\\\\\"\\n\",b=\"ø𝄞\"} 1.5\n\
             # HELP b Build.\n# TYPE b info\nb_info 1\n\
             # HELP g More.\n# TYPE g gauge\ng 0\n# EOF\n"
        );
    }

    #[test]
    fn the_format_is_the_one_that_is_asked_for() {
        let prometheus = "application/openmetrics-text;version=1.0.0;q=0.6,\
            application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1";
        for (accept, format) in [
            (prometheus, Format::OpenMetrics),
            ("application/openmetrics-text", Format::OpenMetrics),
            ("Application/OpenMetrics-Text; charset=utf-8; version=\"1.0.0\"", Format::OpenMetrics),
            ("application/openmetrics-text;version=0.0.1,text/plain;q=0.5", Format::Text),
            ("application/openmetrics-text;q=0.2,text/plain", Format::Text),
            ("application/openmetrics-text;q=0", Format::Text),
            ("application/openmetrics-text;q=", Format::Text),
            ("application/openmetrics-text;q=NaN", Format::Text),
            ("*/*", Format::Text),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::accepted([accept].into_iter()), format, "{accept}");
        }
        assert_eq!(Format::accepted(prometheus.split(',')), Format::OpenMetrics, "as several headers");
        assert_eq!(Format::accepted(std::iter::empty()), Format::Text);
    }

    #[test]
    fn words_of_the_api_have_no_spaces() {
        assert_eq!((word("full router"), word("dial-out")), ("full_router".into(), "dial_out".into()));
    }
}
