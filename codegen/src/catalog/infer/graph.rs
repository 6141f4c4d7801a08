//! Structural sharing: equal shapes become one look, and a shape that looks like a named type becomes that type.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::Types;
use super::read::Field;
use super::shape::{Kind, Shape};
use crate::catalog::{Schema, Type};

/// A shape whose parts are shared. Equal looks have one id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Look {
    Any,
    String(Option<&'static str>),
    Integer,
    Number,
    Boolean,
    Array(Ref),
    Map(Ref),
    /// Fields by name, sorted.
    Object(Vec<(String, Ref)>),
    Named(String),
}

/// A look in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Ref {
    pub(super) look: usize,
    pub(super) nullable: bool,
}

/// Every look, once; and the fields of named types.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Looks, each with its field names in the order in which they were first seen.
    looks: IndexMap<Look, Vec<String>>,
    /// Objects that look like a named type.
    aliases: HashMap<usize, String>,
    /// Fields of the types that authors named.
    pub(super) named: IndexMap<String, Vec<(String, Ref)>>,
}

impl Graph {
    /// Takes in all types and roots; gives the roots' looks.
    pub(super) fn build(
        &mut self,
        declared: &Types<'_>,
        named: &IndexMap<String, IndexMap<String, Field>>,
        roots: &[Shape],
    ) -> Vec<Ref> {
        let declared: Vec<(&str, Shape)> = declared
            .iter()
            .filter_map(|(name, def)| Some((*name, from_schema(&def.schema)?)))
            .collect();
        // A shape that becomes a named type may make a larger shape look like another one.
        loop {
            let before = self.aliases.len();
            for (name, shape) in &declared {
                if let Kind::Object(fields) = &shape.kind {
                    let fields = self.fields(fields.iter());
                    self.alias(&fields, name);
                }
            }
            for (name, fields) in named {
                let fields = self.fields(fields.iter().map(|(key, field)| (key, &field.shape)));
                self.alias(&fields, name);
                self.named.insert(name.clone(), fields);
            }
            if self.aliases.len() == before {
                break;
            }
        }
        roots.iter().map(|shape| self.shape(shape)).collect()
    }

    /// The look of that id, and its field names in order.
    pub(super) fn look(&self, id: usize) -> (&Look, &[String]) {
        self.looks.get_index(id).map_or((&Look::Any, &[]), |(look, order)| (look, order))
    }

    fn alias(&mut self, fields: &[(String, Ref)], name: &str) {
        if !fields.is_empty() {
            let id = self.object(fields);
            self.aliases.entry(id).or_insert_with(|| name.to_owned());
        }
    }

    fn object(&mut self, fields: &[(String, Ref)]) -> usize {
        let order = fields.iter().map(|(key, _)| key.clone()).collect();
        let mut sorted = fields.to_vec();
        sorted.sort_by(|left, right| left.0.cmp(&right.0));
        self.id(Look::Object(sorted), order)
    }

    fn id(&mut self, look: Look, order: Vec<String>) -> usize {
        let entry = self.looks.entry(look);
        let id = entry.index();
        entry.or_insert(order);
        id
    }

    fn fields<'s>(
        &mut self,
        fields: impl Iterator<Item = (&'s String, &'s Shape)>,
    ) -> Vec<(String, Ref)> {
        fields.map(|(key, shape)| (key.clone(), self.shape(shape))).collect()
    }

    fn shape(&mut self, shape: &Shape) -> Ref {
        let look = match &shape.kind {
            Kind::Unknown | Kind::Any => Look::Any,
            Kind::String(format) => Look::String(*format),
            Kind::Integer => Look::Integer,
            Kind::Number => Look::Number,
            Kind::Boolean => Look::Boolean,
            Kind::Array(items) => Look::Array(self.shape(items)),
            Kind::Map(values) => Look::Map(self.shape(values)),
            Kind::Named(name) => Look::Named(name.clone()),
            Kind::Object(fields) => {
                let fields = self.fields(fields.iter());
                let id = self.object(&fields);
                match self.aliases.get(&id) {
                    Some(name) => Look::Named(name.clone()),
                    None => return Ref { look: id, nullable: shape.nullable },
                }
            }
        };
        let nullable = shape.nullable && look != Look::Any;
        Ref { look: self.id(look, Vec::new()), nullable }
    }
}

/// A declared type as a shape, unless it says more than an example can.
fn from_schema(schema: &Schema) -> Option<Shape> {
    if !schema.values.is_empty() || !schema.constraints.is_empty() {
        return None;
    }
    let kind = match &schema.ty {
        Type::Any => Kind::Any,
        Type::String => Kind::String(match schema.format.as_deref() {
            Some("date-time") => Some("date-time"),
            Some("date") => Some("date"),
            _ => None,
        }),
        Type::Integer => Kind::Integer,
        Type::Number => Kind::Number,
        Type::Boolean => Kind::Boolean,
        Type::File | Type::Union(_) => return None,
        Type::Array(items) => Kind::Array(Box::new(from_schema(items)?)),
        Type::Map(values) => Kind::Map(Box::new(from_schema(values)?)),
        Type::Named(name) => Kind::Named(name.clone()),
        Type::Object(object) => {
            let field = |property: &crate::catalog::Property| {
                Some((property.name.clone(), from_schema(&property.schema)?))
            };
            Kind::Object(object.properties.iter().map(field).collect::<Option<_>>()?)
        }
    };
    Some(Shape { kind, nullable: schema.nullable })
}
