//! The canonical form of spec files: model values to YAML. What belongs here: which keys are written, and how. Knows no document but specs.
//!
//! Keys stand in the model's order, and those that say what is so anyway are left out. Mappings and lists are blocks, short lists of plain
//! values one line; long texts are folded at [`WIDTH`], texts of several lines literal. What needs no quotes has none, and what some YAML reader
//! could take for another type has some. Reading the result gives the value back.

mod json;
mod layout;
mod prune;
mod scalar;

use serde::Serialize;
use serde_json::Value;

use crate::load::shape::{self, Grammar};
use crate::spec::{ActionSpec, CatalogSpec, IntegrationSpec, TriggerSpec};

/// The column that lines end before, where a text can be broken.
pub const WIDTH: usize = 120;

/// `actions/<id>.yaml`
#[must_use]
pub fn action(spec: &ActionSpec) -> String {
    write(spec, &shape::ACTION)
}

/// `integration.yaml`
#[must_use]
pub fn integration(spec: &IntegrationSpec) -> String {
    write(spec, &shape::INTEGRATION)
}

/// `triggers/<id>.yaml`
#[must_use]
pub fn trigger(spec: &TriggerSpec) -> String {
    write(spec, &shape::TRIGGER)
}

/// `catalog.yaml`
#[must_use]
pub fn catalog(spec: &CatalogSpec) -> String {
    write(spec, &shape::CATALOG)
}

/// An example as the text of its file: JSON.
#[must_use]
pub fn json(value: &Value) -> String {
    json::text(value)
}

/// Any value as YAML, nothing left out.
#[must_use]
pub fn value(value: &Value) -> String {
    layout::document(value)
}

/// One entry of a mapping as it stands in a block at this column, without a line break at its end.
#[must_use]
pub fn entry(key: &str, value: &Value, indent: usize) -> String {
    layout::entry(key, value, indent).trim_end_matches('\n').to_owned()
}

/// What an action's file says, as a tree of plain values in canonical order.
#[must_use]
pub fn action_value(spec: &ActionSpec) -> Value {
    pruned(spec, &shape::ACTION)
}

/// What an integration's file says, as a tree of plain values in canonical order.
#[must_use]
pub fn integration_value(spec: &IntegrationSpec) -> Value {
    pruned(spec, &shape::INTEGRATION)
}

fn write(spec: &impl Serialize, grammar: &Grammar) -> String {
    layout::document(&pruned(spec, grammar))
}

fn pruned(spec: &impl Serialize, grammar: &Grammar) -> Value {
    // The model serialises always: its maps have text keys, and JSON has all its types.
    let written = serde_json::to_value(spec).unwrap_or_default();
    prune::prune(&written, grammar, &grammar.root)
}

#[cfg(test)]
mod tests;
