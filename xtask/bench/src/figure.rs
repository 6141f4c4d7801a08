//! Figures, and how they are printed.

use serde_json::{Value, json};

/// One measured figure.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// The most that it may be.
    pub(crate) bar: Option<f64>,
    /// On what, and against what.
    pub(crate) on: String,
}

impl Figure {
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &'static str, on: impl Into<String>) -> Self {
        Self { name: name.into(), value, unit, bar: None, on: on.into() }
    }

    pub(crate) fn at_most(self, bar: f64) -> Self {
        Self { bar: Some(bar), ..self }
    }

    fn verdict(&self) -> &'static str {
        match self.bar {
            Some(bar) if self.value <= bar => "met",
            Some(_) => "not met",
            None => "",
        }
    }

    pub(crate) fn json(&self) -> Value {
        json!({"name": self.name, "value": self.value, "unit": self.unit, "bar": self.bar, "met": self.bar.map(|bar| self.value <= bar), "on": self.on})
    }

    /// A row of a Markdown table.
    pub(crate) fn row(&self) -> String {
        let bar = self.bar.map(|bar| format!("{bar} {}", self.unit)).unwrap_or_default();
        format!("| {} | {} {} | {bar} | {} | {} |", self.name, short(self.value), self.unit, self.verdict(), self.on)
    }
}

/// The head of the table.
pub(crate) const HEAD: &str = "| figure | measured | at most | bar | on |\n| --- | --- | --- | --- | --- |";

fn short(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.3}")
    }
}

/// The middle one of some values.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
