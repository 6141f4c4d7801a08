//! Examples to shapes: names are put where patterns point, and what bears one name is united.

use std::collections::HashSet;
use std::mem;

use actionspec_model::validate::{Mode, check};
use indexmap::IndexMap;
use serde_json::Value;

use super::pattern::{Pattern, Progress};
use super::shape::{Kind, Shape, scalar};
use super::{Example, Finding, FindingKind, RootName, Types};
use crate::catalog::{Schema, Type};
use crate::pointer::escape;

/// Reads examples, one after the other.
pub(super) struct Reader<'a> {
    /// Types of `integration.yaml`, by name.
    declared: &'a Types<'a>,
    reserved: HashSet<&'a str>,
    /// Types that examples name, in the order in which they were first seen.
    pub(super) named: IndexMap<String, IndexMap<String, Field>>,
    pub(super) findings: Vec<Finding>,
}

/// A field of a named type, and where it was first seen.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) shape: Shape,
    pub(super) origin: usize,
    pointer: String,
}

/// Where a reader stands, and whose value it reads.
struct Place<'p> {
    origin: usize,
    patterns: &'p [Option<Pattern>],
    targets: &'p [&'p str],
    used: &'p mut [bool],
}

impl<'a> Reader<'a> {
    pub(super) fn new(declared: &'a Types<'a>, reserved: &'a [String]) -> Self {
        let reserved = reserved.iter().map(String::as_str).collect();
        Self { declared, reserved, named: IndexMap::new(), findings: Vec::new() }
    }

    /// The shape of one example.
    pub(super) fn example(&mut self, example: &Example<'_>) -> Shape {
        let mut patterns = Vec::with_capacity(example.names.len());
        let mut targets = Vec::with_capacity(example.names.len());
        for (text, name) in example.names {
            let parsed = Pattern::parse(text)
                .map_err(|message| self.bad_pattern(example.origin, text, message));
            let usable = self.is_usable(example.origin, Some(text), name);
            patterns.push(parsed.ok().filter(|_| usable));
            targets.push(name.as_str());
        }
        let mut used = vec![false; patterns.len()];
        let root = match example.root {
            RootName::Chosen(name) if self.is_usable(example.origin, None, name) => Some(name),
            _ => None,
        };
        let progress = Progress::start(&patterns);
        let mut place = Place {
            origin: example.origin,
            patterns: &patterns,
            targets: &targets,
            used: &mut used,
        };
        let shape = self.value(&mut place, &progress, String::new(), example.value, root);
        for ((text, _), (pattern, used)) in example.names.iter().zip(patterns.iter().zip(used)) {
            if pattern.is_some() && !used {
                self.find(example.origin, FindingKind::UnusedName { pattern: text.clone() });
            }
        }
        shape
    }

    fn find(&mut self, origin: usize, kind: FindingKind) {
        self.findings.push(Finding { origin, kind });
    }

    fn bad_pattern(&mut self, origin: usize, pattern: &str, message: &str) {
        self.find(
            origin,
            FindingKind::BadPattern { pattern: pattern.to_owned(), message: message.to_owned() },
        );
    }

    fn is_usable(&mut self, origin: usize, pattern: Option<&str>, name: &str) -> bool {
        if (pattern.is_some() && matches!(name, "map" | "any")) || self.declared.contains_key(name)
        {
            return true;
        }
        let pattern = pattern.map(str::to_owned);
        let name = name.to_owned();
        if self.reserved.contains(name.as_str()) || name == "Self" {
            self.find(origin, FindingKind::NameTaken { pattern, name });
            return false;
        }
        let valid = name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.chars().all(|char| char.is_ascii_alphanumeric());
        if !valid {
            self.find(origin, FindingKind::BadName { pattern, name });
        }
        valid
    }

    fn value(
        &mut self,
        place: &mut Place<'_>,
        progress: &Progress,
        pointer: String,
        value: &Value,
        root: Option<&str>,
    ) -> Shape {
        let matches = progress.matches(place.patterns);
        for &index in &matches {
            place.used[index] = true;
        }
        // A pattern with wildcards means the objects among what it matches; one without means exactly this value.
        let names = |&&index: &&usize| {
            let exact = place.patterns[index].as_ref().is_some_and(Pattern::is_exact);
            let name = place.targets[index];
            exact
                || value.is_object()
                || value.is_null()
                || name == "any"
                || self.declared.contains_key(name)
        };
        let target = matches.iter().find(names).map(|&index| place.targets[index]).or(root);
        if target == Some("any") {
            return Kind::Any.into();
        }
        match value {
            Value::Array(items) => self.array(place, progress, &pointer, items, target),
            Value::Object(members) => {
                let read = |(key, value): (&String, &Value)| {
                    let below = format!("{pointer}/{}", escape(key));
                    (
                        key.clone(),
                        self.value(place, &progress.step(place.patterns, key), below, value, None),
                    )
                };
                let fields: IndexMap<String, Shape> = members.iter().map(read).collect();
                self.object(place.origin, &pointer, value, fields, target)
            }
            Value::Null => match target {
                Some("map") => Kind::Map(Box::default()).into(),
                Some(name) => {
                    self.declare(name);
                    Kind::Named(name.to_owned()).into()
                }
                None => Shape { kind: Kind::Unknown, nullable: true },
            },
            _ => self.plain(place.origin, pointer, value, scalar(value), target),
        }
    }

    fn array(
        &mut self,
        place: &mut Place<'_>,
        progress: &Progress,
        pointer: &str,
        items: &[Value],
        target: Option<&str>,
    ) -> Shape {
        let mut joined = Shape::default();
        for (index, item) in items.iter().enumerate() {
            let key = index.to_string();
            let shape = self.value(
                place,
                &progress.step(place.patterns, &key),
                format!("{pointer}/{key}"),
                item,
                None,
            );
            joined = self.join(joined, shape, (place.origin, pointer), &mut None);
        }
        if items.is_empty() {
            // A pattern for the items of an empty array says what they would be.
            let shape = self.value(
                place,
                &progress.step(place.patterns, "*"),
                format!("{pointer}/*"),
                &Value::Null,
                None,
            );
            joined = Shape { nullable: false, ..shape };
        }
        let kind = Kind::Array(Box::new(joined));
        self.plain(place.origin, pointer.to_owned(), &Value::Array(Vec::new()), kind, target)
    }

    fn object(
        &mut self,
        origin: usize,
        pointer: &str,
        value: &Value,
        fields: IndexMap<String, Shape>,
        target: Option<&str>,
    ) -> Shape {
        match target {
            Some("map") => {
                let mut joined = Shape::default();
                for shape in fields.into_values() {
                    joined = self.join(joined, shape, (origin, pointer), &mut None);
                }
                Kind::Map(Box::new(joined)).into()
            }
            Some(name) if self.declared.contains_key(name) => {
                self.conform(origin, pointer, value, name)
            }
            Some(name) => {
                self.declare(name);
                self.absorb(name, fields, (origin, pointer));
                Kind::Named(name.to_owned()).into()
            }
            None if fields.is_empty() => Kind::Map(Box::default()).into(),
            None => Kind::Object(fields).into(),
        }
    }

    /// A value that is no object: only a declared type can name it.
    fn plain(
        &mut self,
        origin: usize,
        pointer: String,
        value: &Value,
        kind: Kind,
        target: Option<&str>,
    ) -> Shape {
        match target {
            None => kind.into(),
            Some(name) if self.declared.contains_key(name) => {
                self.conform(origin, &pointer, value, name)
            }
            Some(name) => {
                self.find(
                    origin,
                    FindingKind::NotAnObject {
                        pointer,
                        name: name.to_owned(),
                        found: kind.describe(),
                    },
                );
                kind.into()
            }
        }
    }

    fn conform(&mut self, origin: usize, pointer: &str, value: &Value, name: &str) -> Shape {
        let schema = Schema { ty: Type::Named(name.to_owned()), ..Schema::default() };
        for misfit in check(value, &schema, self.declared, Mode::Lenient) {
            self.find(
                origin,
                FindingKind::DeclaredMismatch {
                    pointer: format!("{pointer}{}", misfit.pointer()),
                    message: misfit.message,
                },
            );
        }
        Kind::Named(name.to_owned()).into()
    }

    fn declare(&mut self, name: &str) {
        if !self.declared.contains_key(name) && !self.named.contains_key(name) {
            self.named.insert(name.to_owned(), IndexMap::new());
        }
    }

    /// Unites a named type with the fields of one more value.
    fn absorb(&mut self, name: &str, fields: IndexMap<String, Shape>, at: (usize, &str)) {
        for (key, shape) in fields {
            let pointer = format!("{}/{}", at.1, escape(&key));
            let Some(known) = self.named.get_mut(name) else { return };
            let Some(field) = known.get_mut(&key) else {
                known.insert(key, Field { shape, origin: at.0, pointer });
                continue;
            };
            let old = mem::take(&mut field.shape);
            let mut first = Some((field.origin, field.pointer.clone()));
            let mut joined = self.join(old, shape, (at.0, &pointer), &mut first);
            // A type inside itself may have met the same field meanwhile.
            let slot = |reader: &mut Self| {
                reader
                    .named
                    .get_mut(name)
                    .and_then(|known| known.get_mut(&key))
                    .map(|field| mem::take(&mut field.shape))
            };
            if let Some(meanwhile) = slot(self).filter(|shape| *shape != Shape::default()) {
                joined = self.join(meanwhile, joined, (at.0, &pointer), &mut first);
            }
            if let Some(field) = self.named.get_mut(name).and_then(|known| known.get_mut(&key)) {
                field.shape = joined;
            }
        }
    }

    /// The look that covers both. `first` says where the left one was seen, if a conflict is worth telling.
    fn join(
        &mut self,
        left: Shape,
        right: Shape,
        at: (usize, &str),
        first: &mut Option<(usize, String)>,
    ) -> Shape {
        let nullable = left.nullable || right.nullable;
        let kind = match (left.kind, right.kind) {
            (Kind::Unknown, other) | (other, Kind::Unknown) => other,
            (Kind::Any, _) | (_, Kind::Any) => Kind::Any,
            (Kind::String(a), Kind::String(b)) => Kind::String(a.filter(|_| a == b)),
            (Kind::Integer | Kind::Number, Kind::Number) | (Kind::Number, Kind::Integer) => {
                Kind::Number
            }
            (Kind::Array(a), Kind::Array(b)) => Kind::Array(Box::new(self.join(*a, *b, at, first))),
            (Kind::Map(a), Kind::Map(b)) => Kind::Map(Box::new(self.join(*a, *b, at, first))),
            (Kind::Map(values), Kind::Object(fields))
            | (Kind::Object(fields), Kind::Map(values)) => {
                if *values == Shape::default() {
                    Kind::Object(fields)
                } else {
                    let joined = fields
                        .into_values()
                        .fold(*values, |joined, shape| self.join(joined, shape, at, first));
                    Kind::Map(Box::new(joined))
                }
            }
            (Kind::Object(a), Kind::Object(b)) => Kind::Object(self.unite(a, b, at, first)),
            (Kind::Named(name), Kind::Object(fields))
            | (Kind::Object(fields), Kind::Named(name)) => {
                self.absorb(&name, fields, at);
                Kind::Named(name)
            }
            (Kind::Named(name), Kind::Map(_)) | (Kind::Map(_), Kind::Named(name)) => {
                Kind::Named(name)
            }
            (a, b) if a == b => a,
            (a, b) => {
                if let Some((other_origin, other_pointer)) = first {
                    let kind = FindingKind::FieldConflict {
                        pointer: at.1.to_owned(),
                        other_origin: *other_origin,
                        other_pointer: other_pointer.clone(),
                        expected: a.describe(),
                        found: b.describe(),
                    };
                    self.find(at.0, kind);
                }
                Kind::Any
            }
        };
        Shape { kind, nullable }
    }

    fn unite(
        &mut self,
        mut left: IndexMap<String, Shape>,
        right: IndexMap<String, Shape>,
        at: (usize, &str),
        first: &mut Option<(usize, String)>,
    ) -> IndexMap<String, Shape> {
        for (key, shape) in right {
            let joined = match left.get_mut(&key).map(mem::take) {
                Some(known) => {
                    let segment = escape(&key);
                    let pointer = format!("{}/{segment}", at.1);
                    let mut below = first
                        .as_ref()
                        .map(|(origin, pointer)| (*origin, format!("{pointer}/{segment}")));
                    self.join(known, shape, (at.0, &pointer), &mut below)
                }
                None => shape,
            };
            left.insert(key, joined);
        }
        left
    }
}
