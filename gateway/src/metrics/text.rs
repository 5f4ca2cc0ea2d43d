//! The text format of Prometheus, version 0.0.4: comments that say what a metric is, and a line a number.

use std::fmt::{Display, Write as _};

/// What is in front of every name of ours.
const PREFIX: &str = "msnp6_gateway_";

/// What `/metrics` says it is.
pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A text that is being written.
#[derive(Debug, Default)]
pub(super) struct Text {
    text: String,
    name: String,
}

/// What a metric does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Counter,
    Gauge,
    Histogram,
}

impl Text {
    /// Begins one of our metrics.
    pub(super) fn family(&mut self, name: &str, kind: Kind, help: &str) {
        self.standard(&format!("{PREFIX}{name}"), kind, help);
    }

    /// Begins a metric that every program has, under the name that all use.
    pub(super) fn standard(&mut self, name: &str, kind: Kind, help: &str) {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let help = help.replace('\\', "\\\\").replace('\n', "\\n");
        // Writing into a string does not fail.
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        name.clone_into(&mut self.name);
    }

    /// A number of the metric that was begun last.
    pub(super) fn sample(&mut self, labels: &[(&str, &str)], value: impl Display) {
        self.part("", labels, value);
    }

    /// The same for a name with an ending.
    pub(super) fn part(&mut self, ending: &str, labels: &[(&str, &str)], value: impl Display) {
        let labels: Vec<_> = labels
            .iter()
            .map(|(label, value)| format!("{label}=\"{}\"", escape(value)))
            .collect();
        let labels = match labels.as_slice() {
            [] => String::new(),
            labels => format!("{{{}}}", labels.join(",")),
        };
        let _ = writeln!(self.text, "{}{ending}{labels} {value}", self.name);
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }
}

fn escape(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_has_help_and_type_and_its_labels_are_escaped() {
        let mut text = Text::default();
        text.family("links", Kind::Gauge, "Two\nlines \\ here.");
        text.sample(&[("server", "a\"b\\c\nd"), ("x", "y")], 7);
        text.sample(&[], 8);
        assert_eq!(
            text.into_string(),
            "# HELP msnp6_gateway_links Two\\nlines \\\\ here.\n\
             # TYPE msnp6_gateway_links gauge\n\
             msnp6_gateway_links{server=\"a\\\"b\\\\c\\nd\",x=\"y\"} 7\n\
             msnp6_gateway_links 8\n"
        );
    }
}
