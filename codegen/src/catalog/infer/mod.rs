//! Types from examples: the example is the schema.
//!
//! Three steps: `read` turns examples into shapes and unites what authors gave one name; `graph` makes structurally equal shapes one;
//! `name` names what is left and writes the types. Knows neither YAML nor spans: what is wrong is a [`Finding`].

mod graph;
mod name;
mod pattern;
mod read;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::{Schema, TypeDef};

pub(crate) use actionspec_model::words::singular;
pub(crate) use name::pascal;

/// Types by name.
pub type Types<'a> = BTreeMap<&'a str, &'a TypeDef>;

/// One example to infer from.
#[derive(Clone, Copy, Debug)]
pub struct Example<'a> {
    /// The caller's number for it. Examples are read in this order.
    pub origin: usize,
    /// The name of the whole.
    pub root: RootName<'a>,
    /// The example.
    pub value: &'a Value,
    /// Pointer patterns to type names, `map` or `any`.
    pub names: &'a IndexMap<String, String>,
}

/// The name of a whole example.
#[derive(Clone, Copy, Debug)]
pub enum RootName<'a> {
    /// The author's choice.
    Chosen(&'a str),
    /// What to call it if nothing else names its shape.
    Fallback(&'a str),
}

/// What examples say.
#[derive(Debug)]
pub struct Inferred {
    /// The types beside the declared ones.
    pub types: Vec<TypeDef>,
    /// The type of each example, in the order given.
    pub roots: Vec<Schema>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Something wrong with an example or its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// [`Example::origin`].
    pub origin: usize,
    /// What it is.
    pub kind: FindingKind,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// The pattern points at nothing in the example.
    UnusedName {
        /// The pattern.
        pattern: String,
    },
    /// The pattern is no pointer.
    BadPattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// The name is no type name.
    BadName {
        /// The pattern; `None` for the root's name.
        pattern: Option<String>,
        /// The name.
        name: String,
    },
    /// The name is reserved.
    NameTaken {
        /// The pattern; `None` for the root's name.
        pattern: Option<String>,
        /// The name.
        name: String,
    },
    /// The value to name is no object, so it has no type of its own.
    NotAnObject {
        /// The value's place.
        pointer: String,
        /// The name it was to have.
        name: String,
        /// What stands there.
        found: String,
    },
    /// A field of one named type is of different kinds in two places.
    FieldConflict {
        /// The field's place.
        pointer: String,
        /// The origin of the first place.
        other_origin: usize,
        /// The first place.
        other_pointer: String,
        /// The kind there.
        expected: String,
        /// The kind here.
        found: String,
    },
    /// The value does not fit the declared type that its place names.
    DeclaredMismatch {
        /// The value's place.
        pointer: String,
        /// What is wrong.
        message: String,
    },
}

/// Infers the types of an integration's examples.
///
/// `reserved` are names that no type may have.
pub fn infer(declared: &[TypeDef], reserved: &[String], examples: &[Example<'_>]) -> Inferred {
    let declared: Types<'_> = declared.iter().map(|def| (def.name.as_str(), def)).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    order.sort_by_key(|&index| (examples[index].origin, index));

    let mut reader = read::Reader::new(&declared, reserved);
    let shapes: Vec<_> = order.iter().map(|&index| reader.example(&examples[index])).collect();
    let read::Reader { named, findings, .. } = reader;

    let mut graph = graph::Graph::default();
    let roots = graph.build(&declared, &named, &shapes);

    let taken = reserved
        .iter()
        .map(String::as_str)
        .chain(declared.keys().copied())
        .chain(named.keys().map(String::as_str));
    let mut namer = name::Namer::new(&graph, taken);
    let fallbacks = order.iter().map(|&index| match examples[index].root {
        RootName::Chosen(name) | RootName::Fallback(name) => name,
    });
    let mut typed: Vec<(usize, Schema)> = order
        .iter()
        .zip(roots.iter().zip(fallbacks))
        .map(|(&index, (root, fallback))| (index, namer.root(*root, fallback)))
        .collect();
    typed.sort_by_key(|(index, _)| *index);
    Inferred {
        types: namer.finish(),
        roots: typed.into_iter().map(|(_, schema)| schema).collect(),
        findings,
    }
}
