//! Names for shapes that nobody named, and the types as the Catalog has them.

use std::collections::{HashMap, HashSet, VecDeque};

use actionspec_model::words::singular;
use heck::ToUpperCamelCase;

use super::graph::{Graph, Look, Ref};
use crate::catalog::{Object, Property, Schema, Type, TypeDef};

/// Names types, outermost first, so that short names go to what stands in front.
pub(super) struct Namer<'g> {
    graph: &'g Graph,
    taken: HashSet<String>,
    /// Chosen names of anonymous objects.
    names: HashMap<usize, String>,
    /// Types whose fields are still to be named.
    waiting: VecDeque<(String, Vec<(String, Ref)>)>,
    /// Types that authors named and that stand in the queue or behind it.
    queued: HashSet<String>,
    types: Vec<TypeDef>,
}

impl<'g> Namer<'g> {
    pub(super) fn new<'t>(graph: &'g Graph, taken: impl Iterator<Item = &'t str>) -> Self {
        let taken = taken.chain(["Self"]).map(str::to_owned).collect();
        let (names, queued) = (HashMap::new(), HashSet::new());
        Self { graph, taken, names, waiting: VecDeque::new(), queued, types: Vec::new() }
    }

    /// The type of a whole example.
    pub(super) fn root(&mut self, root: Ref, fallback: &str) -> Schema {
        let base = pascal(fallback);
        match self.graph.look(root.look).0 {
            Look::Array(_) | Look::Map(_) => self.schema(root, &format!("{base}Item"), ""),
            _ => self.schema(root, &base, ""),
        }
    }

    /// The types, each after the one that mentions it first.
    pub(super) fn finish(mut self) -> Vec<TypeDef> {
        self.drain();
        let graph = self.graph;
        for name in graph.named.keys() {
            self.enqueue(name);
            self.drain();
        }
        self.types
    }

    fn drain(&mut self) {
        while let Some((name, fields)) = self.waiting.pop_front() {
            let mut properties = Vec::with_capacity(fields.len());
            for (key, look) in fields {
                let schema = self.schema(look, &pascal(&key), &name);
                properties.push(Property { name: key, schema });
            }
            let additional = properties.is_empty().then(Box::default);
            let schema =
                Schema { ty: Type::Object(Object { properties, additional }), ..Schema::default() };
            self.types.push(TypeDef { name, description: None, schema });
        }
    }

    fn enqueue(&mut self, name: &str) {
        if let Some(fields) = self.graph.named.get(name)
            && self.queued.insert(name.to_owned())
        {
            self.waiting.push_back((name.to_owned(), fields.clone()));
        }
    }

    fn schema(&mut self, place: Ref, base: &str, parent: &str) -> Schema {
        let graph = self.graph;
        let (look, order) = graph.look(place.look);
        let mut format = None;
        let ty = match look {
            Look::Any => Type::Any,
            Look::String(known) => {
                format = known.map(str::to_owned);
                Type::String
            }
            Look::Integer => Type::Integer,
            Look::Number => Type::Number,
            Look::Boolean => Type::Boolean,
            Look::Array(items) => {
                Type::Array(Box::new(self.schema(*items, &singular(base), parent)))
            }
            Look::Map(values) => Type::Map(Box::new(self.schema(*values, &singular(base), parent))),
            Look::Named(name) => {
                self.enqueue(name);
                Type::Named(name.clone())
            }
            Look::Object(fields) => {
                Type::Named(self.object(place.look, fields, order, base, parent))
            }
        };
        Schema { ty, format, nullable: place.nullable, ..Schema::default() }
    }

    fn object(
        &mut self,
        id: usize,
        fields: &[(String, Ref)],
        order: &[String],
        base: &str,
        parent: &str,
    ) -> String {
        if let Some(name) = self.names.get(&id) {
            return name.clone();
        }
        let name = if self.taken.insert(base.to_owned()) {
            base.to_owned()
        } else {
            unique(&format!("{parent}{base}"), "", |name| self.taken.insert(name.to_owned()))
        };
        self.names.insert(id, name.clone());
        let find = |key: &String| {
            fields.binary_search_by(|(known, _)| known.cmp(key)).ok().map(|at| fields[at].clone())
        };
        self.waiting.push_back((name.clone(), order.iter().filter_map(find).collect()));
        name
    }
}

/// The first of `base`, `base_2`, `base_3`, … that `accept` takes.
fn unique(base: &str, separator: &str, mut accept: impl FnMut(&str) -> bool) -> String {
    let mut name = base.to_owned();
    let mut number = 1;
    while !accept(&name) {
        number += 1;
        // A name that ends with an underscore got it to be no keyword; with a number it is none anyway.
        name = format!("{}{separator}{number}", base.trim_end_matches('_'));
    }
    name
}

/// A wire name as a type name.
pub(crate) fn pascal(wire: &str) -> String {
    let ascii: String =
        wire.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { ' ' }).collect();
    let name = ascii.to_upper_camel_case();
    if name.starts_with(|first: char| first.is_ascii_uppercase()) {
        name
    } else {
        format!("Item{name}")
    }
}
