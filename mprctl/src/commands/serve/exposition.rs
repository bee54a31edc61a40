//! The two text formats that Prometheus reads: its own (version 0.0.4) and OpenMetrics (version 1.0.0).
//!
//! The official client library writes both. A page has two parts, each with an end of its own, so its end is ours.

use std::fmt::{self, Display};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{
    CounterValueEncoder, DescriptorEncoder, EncodeCounterValue, EncodeGaugeValue, GaugeValueEncoder,
    NoLabelSet, prometheus_text, text,
};
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Registry;

/// A format that a scraper can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    OpenMetrics,
}

impl Format {
    /// All of them, each at its own number.
    pub(crate) const ALL: [Format; 2] = [Format::Text, Format::OpenMetrics];

    /// Returns the end of a page.
    pub(crate) fn end(self) -> &'static str {
        match self {
            Format::Text => "",
            Format::OpenMetrics => "# EOF\n",
        }
    }

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
            let kind = parts.next().unwrap_or_default();
            let is = |known: &str| kind.eq_ignore_ascii_case(known);
            let (mut weight, mut is_known) = (1.0, true);
            for (name, value) in parts.filter_map(|part| part.split_once('=')) {
                let (name, value) = (name.trim(), value.trim());
                if name.eq_ignore_ascii_case("q") {
                    weight = value.parse().unwrap_or(0.0);
                } else if name.eq_ignore_ascii_case("version") {
                    is_known = value.trim_matches('"') == "1.0.0";
                }
            }
            if is("application/openmetrics-text") && is_known {
                open = f64::max(open, weight);
            } else if is("text/plain") || is("text/*") || is("*/*") {
                text = f64::max(text, weight);
            }
        }
        if open > 0.0 && open >= text { Format::OpenMetrics } else { Format::Text }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Type {
    /// A number that only grows or starts again at 0. The name ends with `_total`.
    Counter,
    Gauge,
    /// Facts in labels, with the value 1. The name ends with `_info`.
    Info,
}

/// The value of a sample.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Whole(u64),
    Real(f64),
}

impl From<u64> for Number {
    fn from(number: u64) -> Number {
        Number::Whole(number)
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Number {
        Number::Real(number)
    }
}

impl EncodeGaugeValue for Number {
    fn encode(&self, encoder: &mut GaugeValueEncoder<'_>) -> fmt::Result {
        match self {
            Number::Whole(number) => EncodeGaugeValue::encode(number, encoder),
            Number::Real(number) => EncodeGaugeValue::encode(number, encoder),
        }
    }
}

impl EncodeCounterValue for Number {
    fn encode(&self, encoder: &mut CounterValueEncoder<'_>) -> fmt::Result {
        match self {
            Number::Whole(number) => EncodeCounterValue::encode(number, encoder),
            Number::Real(number) => EncodeCounterValue::encode(number, encoder),
        }
    }
}

/// Metrics that are collected before a scraper asks for a format.
#[derive(Debug, Default)]
pub(crate) struct Exposition {
    families: Vec<Family>,
    comments: String,
}

/// A metric with its samples.
#[derive(Debug)]
pub(crate) struct Family {
    /// The name without the suffix of its type.
    name: &'static str,
    kind: Type,
    help: &'static str,
    samples: Vec<(Vec<(&'static str, String)>, Number)>,
}

impl Exposition {
    /// Begins a metric. `help` is one line without a backslash or a quote.
    pub(crate) fn family(&mut self, name: &'static str, kind: Type, help: &'static str) -> &mut Family {
        let suffix = match kind {
            Type::Counter => "_total",
            Type::Gauge => "",
            Type::Info => "_info",
        };
        let name = name.strip_suffix(suffix).unwrap_or(name);
        let place = self.families.len();
        self.families.push(Family { name, kind, help, samples: Vec::new() });
        &mut self.families[place]
    }

    /// Adds a metric without labels.
    pub(crate) fn gauge(&mut self, name: &'static str, help: &'static str, value: impl Into<Number>) {
        self.family(name, Type::Gauge, help).sample(&[], value);
    }

    /// Adds a comment, which Prometheus ignores. OpenMetrics has no comments.
    pub(crate) fn comment(&mut self, text: &str) {
        // What begins with these two words is not passed over.
        self.comments.extend(["# mprctl: ", &text.replace(char::is_control, " "), "\n"]);
    }

    /// Ends the collection.
    pub(crate) fn finish(mut self) -> Metrics {
        let comments = std::mem::take(&mut self.comments);
        let mut registry = Registry::default();
        registry.register_collector(Box::new(self));
        Metrics { registry, comments }
    }
}

impl Family {
    /// Adds a sample. No two samples of a metric may have the same labels.
    pub(crate) fn sample(&mut self, labels: &[(&'static str, &str)], value: impl Into<Number>) {
        let labels = labels.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.samples.push((labels, value.into()));
    }
}

impl Collector for Exposition {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        for Family { name, kind, help, samples } in &self.families {
            let r#type = match kind {
                Type::Counter => MetricType::Counter,
                Type::Gauge => MetricType::Gauge,
                Type::Info => MetricType::Info,
            };
            let mut metric = encoder.encode_descriptor(name, help, None, r#type)?;
            for (labels, value) in samples {
                match kind {
                    Type::Counter => {
                        metric.encode_family(labels)?.encode_counter::<NoLabelSet, _, f64>(value, None)?;
                    }
                    Type::Gauge => metric.encode_family(labels)?.encode_gauge(value)?,
                    Type::Info => metric.encode_info(labels)?,
                }
            }
        }
        Ok(())
    }
}

/// Metrics that have been collected.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    comments: String,
}

impl Metrics {
    /// Writes them in one format, without the end of a page.
    pub(crate) fn write(&self, format: Format) -> String {
        let mut written = String::new();
        // Only a writer can fail, and a `String` does not.
        let _ = match format {
            Format::Text => prometheus_text::encode(&mut written, &self.registry),
            Format::OpenMetrics => text::encode_registry(&mut written, &self.registry),
        };
        if format == Format::Text {
            written.push_str(&self.comments);
        }
        written
    }
}

/// Returns a word of the API as the value of a label, with `_` for spaces and hyphens.
pub(crate) fn word(text: impl Display) -> String {
    text.to_string().replace([' ', '-'], "_")
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
            exposition.family("users", Type::Gauge, "Help.").sample(&[("user", &name)], 7u64);
            let metrics = exposition.finish();
            let text = metrics.write(Format::OpenMetrics);
            prop_assert_eq!(&text, &metrics.write(Format::Text));
            prop_assert_eq!(text.matches('\n').count(), 3);
            let (value, rest) = label_of(&text);
            prop_assert_eq!(value, name);
            prop_assert_eq!(rest, "} 7");
        }

        #[test]
        fn a_comment_is_one_line_whatever_is_said(said in any::<String>()) {
            let mut exposition = Exposition::default();
            exposition.comment(&said);
            let metrics = exposition.finish();
            prop_assert_eq!(metrics.write(Format::OpenMetrics), "");
            let text = metrics.write(Format::Text);
            prop_assert!(text.starts_with("# mprctl: ") && text.ends_with('\n'));
            prop_assert_eq!(text.matches('\n').count(), 1);
        }
    }

    #[test]
    fn labels_are_escaped_and_separated() {
        let mut exposition = Exposition::default();
        let labels = [("a", "x\\\"\n"), ("b", "ø𝄞")];
        exposition.family("m_total", Type::Counter, "Help.").sample(&labels, 1.5);
        exposition.family("b_info", Type::Info, "Build.").sample(&[("version", "1")], 1u64);
        exposition.gauge("g", "More.", u64::MAX);
        let metrics = exposition.finish();
        assert_eq!(
            metrics.write(Format::Text),
            "# HELP m_total Help.\n# TYPE m_total counter\nm_total{a=\"x\\\\\\\"\\n\",b=\"ø𝄞\"} 1.5\n\
             # HELP b_info Build.\n# TYPE b_info gauge\nb_info{version=\"1\"} 1\n\
             # HELP g More.\n# TYPE g gauge\ng 18446744073709551615\n"
        );
        assert_eq!(
            metrics.write(Format::OpenMetrics),
            "# HELP m Help.\n# TYPE m counter\nm_total{a=\"x\\\\\\\"\\n\",b=\"ø𝄞\"} 1.5\n\
             # HELP b Build.\n# TYPE b info\nb_info{version=\"1\"} 1\n\
             # HELP g More.\n# TYPE g gauge\ng 18446744073709551615\n"
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
