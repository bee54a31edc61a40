//! The text format that Prometheus reads (version 0.0.4).

use std::fmt::{Display, Write as _};

pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

#[derive(Clone, Copy)]
pub(crate) enum Type {
    /// It only grows, but for a new start at 0.
    Counter,
    Gauge,
}

/// What is written.
#[derive(Default)]
pub(crate) struct Exposition {
    text: String,
}

/// A metric whose samples are being written.
pub(crate) struct Family<'a> {
    text: &'a mut String,
    name: &'static str,
}

impl Exposition {
    /// Begins a metric. `help` is one line without a backslash.
    pub(crate) fn family(&mut self, name: &'static str, r#type: Type, help: &'static str) -> Family<'_> {
        let r#type = match r#type {
            Type::Counter => "counter",
            Type::Gauge => "gauge",
        };
        let _ = write!(self.text, "# HELP {name} {help}\n# TYPE {name} {}\n", r#type);
        Family { text: &mut self.text, name }
    }

    /// A metric without labels.
    pub(crate) fn gauge(&mut self, name: &'static str, help: &'static str, value: impl Display) {
        self.family(name, Type::Gauge, help).sample(&[], value);
    }

    /// A line that Prometheus passes over.
    pub(crate) fn comment(&mut self, text: &str) {
        // What begins with these two words is not passed over.
        let text = text.replace(char::is_control, " ");
        let _ = writeln!(self.text, "# mprctl: {text}");
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

impl Family<'_> {
    /// A value under labels. No two samples of a metric may have the same ones.
    pub(crate) fn sample(&mut self, labels: &[(&str, &str)], value: impl Display) {
        self.text.push_str(self.name);
        for (index, (name, value)) in labels.iter().enumerate() {
            self.text.push(if index == 0 { '{' } else { ',' });
            self.text.push_str(name);
            self.text.push_str("=\"");
            escape(self.text, value);
            self.text.push('"');
        }
        if !labels.is_empty() {
            self.text.push('}');
        }
        let _ = writeln!(self.text, " {value}");
    }
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
            let text = exposition.into_text();
            prop_assert_eq!(text.matches('\n').count(), 3);
            let (value, rest) = label_of(&text);
            prop_assert_eq!(value, name);
            prop_assert_eq!(rest, "} 7");
        }

        #[test]
        fn a_comment_is_one_line_whatever_is_said(said in any::<String>()) {
            let mut exposition = Exposition::default();
            exposition.comment(&said);
            let text = exposition.into_text();
            prop_assert!(text.starts_with("# mprctl: ") && text.ends_with('\n'));
            prop_assert_eq!(text.matches('\n').count(), 1);
        }
    }

    #[test]
    fn labels_are_escaped_and_separated() {
        let mut exposition = Exposition::default();
        exposition.family("m", Type::Counter, "Help.").sample(&[("a", "x\\\"\n"), ("b", "ø")], 1.5);
        exposition.gauge("g", "More.", 0);
        assert_eq!(
            exposition.into_text(),
            "# HELP m Help.\n# TYPE m counter\nm{a=\"x\\\\\\\"\\n\",b=\"ø\"} 1.5\n\
             # HELP g More.\n# TYPE g gauge\ng 0\n"
        );
    }
}
