//! Figures, and how they are printed.

use std::borrow::Cow;

use serde_json::{Value, json};

/// One measured figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: String,
    /// How much; nothing if it could not be measured, and `on` says why.
    pub(crate) value: Option<f64>,
    pub(crate) unit: Cow<'static, str>,
    /// The most that it may be.
    pub(crate) bar: Option<f64>,
    /// On what, and against what.
    pub(crate) on: String,
}

impl Figure {
    pub(crate) fn new(
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        on: impl Into<String>,
    ) -> Self {
        Self { name: name.into(), value: Some(value), unit: unit.into(), bar: None, on: on.into() }
    }

    /// What could not be measured, and why: any text, of which the first line is told.
    pub(crate) fn missing(name: impl Into<String>, why: &str) -> Self {
        Self { name: name.into(), value: None, unit: "".into(), bar: None, on: first_line(why) }
    }

    pub(crate) fn at_most(self, bar: f64) -> Self {
        Self { bar: Some(bar), ..self }
    }

    fn is_met(&self) -> Option<bool> {
        Some(self.value? <= self.bar?)
    }

    fn verdict(&self) -> &'static str {
        match self.is_met() {
            Some(true) => "met",
            Some(false) => "not met",
            None if self.value.is_none() => "not measured",
            None => "",
        }
    }

    pub(crate) fn json(&self) -> Value {
        json!({"name": self.name, "value": self.value, "unit": self.unit, "bar": self.bar, "met": self.is_met(), "on": self.on})
    }

    /// A figure from its JSON.
    pub(crate) fn from_json(json: &Value) -> Option<Self> {
        let text = |key: &str| json[key].as_str().map(str::to_owned);
        Some(Self {
            name: text("name")?,
            value: json["value"].as_f64(),
            unit: text("unit")?.into(),
            bar: json["bar"].as_f64(),
            on: text("on")?,
        })
    }

    /// A row of a Markdown table.
    pub(crate) fn row(&self) -> String {
        let with_unit = |number: String| format!("{number} {}", self.unit).trim_end().to_owned();
        let value = self.value.map(|value| with_unit(short(value))).unwrap_or_default();
        let bar = self.bar.map(|bar| with_unit(short(bar))).unwrap_or_default();
        format!(
            "| {} | {value} | {bar} | {} | {} |",
            cell(&self.name),
            self.verdict(),
            cell(&self.on)
        )
    }
}

/// The head of the table.
pub(crate) const HEAD: &str =
    "| figure | measured | at most | bar | on |\n| --- | --- | --- | --- | --- |";

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The line of a program's output that says what went wrong: an error, the message of a panic, or whatever comes first.
fn first_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let error = lines.iter().position(|line| line.to_lowercase().starts_with("error"));
    let panic = lines.iter().position(|line| line.contains(" panicked at ")).map(|at| at + 1);
    let telling = error.or(panic).unwrap_or(0);
    lines.get(telling).unwrap_or(&"no word of why").chars().take(200).collect()
}

/// Three digits at least; a bar is told as it was set.
fn short(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// The middle one of some values.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How a cost grows with a number: the slope of a line through the logarithms. 1 is linear; nothing of less than two points.
pub(crate) fn exponent(growth: &[(usize, f64)]) -> Option<f64> {
    let points: Vec<(f64, f64)> =
        growth.iter().map(|(count, cost)| (number(*count).ln(), cost.ln())).collect();
    if points.len() < 2 {
        return None;
    }
    let count = number(points.len());
    let (x, y) =
        points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let (above, below) = points.iter().fold((0.0, 0.0), |(above, below), point| {
        (above + (point.0 - x) * (point.1 - y), below + (point.0 - x).powi(2))
    });
    Some(above / below)
}

/// A count to divide by.
pub(crate) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Figure, exponent, median};

    #[test]
    fn a_row_says_whether_the_bar_is_met() {
        let row = |value: f64| Figure::new("time", value, "s", "a|b").at_most(0.2).row();
        assert_eq!(row(0.15), "| time | 0.15 s | 0.2 s | met | a\\|b |");
        assert_eq!(row(12.34), "| time | 12.3 s | 0.2 s | not met | a\\|b |");
        assert_eq!(
            Figure::new("crates", 76.0, "", "a clone").row(),
            "| crates | 76.0 |  |  | a clone |"
        );
    }

    #[test]
    fn what_could_not_be_measured_says_why_in_one_line() {
        let missing =
            Figure::missing("ploidy", "Compiling peer\nerror[E0320]: overflow\nmore").at_most(0.2);
        assert_eq!(missing.row(), "| ploidy |  | 0.2 | not measured | error[E0320]: overflow |");
        let of_panic = Figure::missing(
            "progenitor",
            "thread 'main' (9) panicked at src/method.rs:1220:9:\nassertion failed: one\nnote: more",
        );
        assert_eq!(of_panic.on, "assertion failed: one");
        assert_eq!(Figure::missing("ploidy", "").on, "no word of why");
        assert_eq!(missing.json()["value"], json!(null));
        assert_eq!(missing.json()["met"], json!(null));
    }

    #[test]
    fn json_has_the_value_unrounded() {
        let json = Figure::new("time", 0.123_456, "s", "here").at_most(1.0).json();
        assert_eq!(
            Figure::from_json(&json).map(|figure| figure.row()),
            Some(Figure::new("time", 0.123_456, "s", "here").at_most(1.0).row())
        );
        assert_eq!(
            json,
            json!({"name": "time", "value": 0.123_456, "unit": "s", "bar": 1.0, "met": true, "on": "here"})
        );
    }

    #[test]
    fn the_exponent_tells_linear_from_quadratic() {
        let of = |cost: fn(f64) -> f64| {
            exponent(&[100_usize, 1_000, 10_000].map(|count| (count, cost(super::number(count)))))
                .unwrap_or(0.0)
        };
        assert!((of(|count| 3.0 * count) - 1.0).abs() < 1e-9);
        assert!((of(|count| count * count) - 2.0).abs() < 1e-9);
        assert_eq!(exponent(&[(100, 1.0)]), None);
    }

    #[test]
    fn one_slow_round_does_not_move_the_median() {
        assert!((median(vec![9.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }
}
