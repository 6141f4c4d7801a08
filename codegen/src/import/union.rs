//! Alternatives: `oneOf`, `anyOf` and lists of types.

use indexmap::IndexMap;
use serde_json::Value;

use super::document::Node;
use super::facts::Facts;
use super::rules::Rule;
use super::schema::{Place, of_type};
use super::types::Types;
use crate::spec::{Discriminator, EnumValues, Schema, TypeName};

/// Most alternatives that are looked at.
const MOST: usize = 200;

/// The type of a schema that has alternatives; `None` of one that has none.
pub(super) fn lower<'a>(types: &Types<'a>, facts: &Facts<'a>, place: &Place) -> Option<Schema> {
    if facts.types.len() > 1 {
        return Some(of_json_types(types, facts, place));
    }
    let (exactly_one, written) = facts.unions.first()?;
    let mut found = Alternatives { nodes: Vec::new(), nullable: false };
    found.take(types, written, 0);
    let shaped: Vec<Node<'a>> =
        found.nodes.iter().filter(|node| says_shape(node)).cloned().collect();
    let rest = rest_of(facts, found.nullable);
    if shaped.is_empty() {
        if !found.nodes.is_empty() {
            types.document.note(
                Rule::UnsaidKeyword,
                &facts.at,
                "alternatives that only name required properties",
            );
        }
        return Some(types.lower(&rest, place));
    }
    if let [only] = shaped.as_slice() {
        return Some(one(types, only, rest, place));
    }
    Some(several(types, &shaped, *exactly_one, rest, place))
}

struct Alternatives<'a> {
    nodes: Vec<Node<'a>>,
    nullable: bool,
}

impl<'a> Alternatives<'a> {
    /// Takes alternatives, those of nested ones included, without `null`.
    fn take(&mut self, types: &Types<'a>, written: &[Node<'a>], depth: usize) {
        for node in written {
            if self.nodes.len() >= MOST {
                return types.document.note(Rule::TooDeep, &node.at, "more than 200 alternatives");
            }
            let Some(members) = node.value.as_object() else { continue };
            let is_null = members.get("type").is_some_and(|ty| ty == "null")
                || members
                    .get("enum")
                    .and_then(Value::as_array)
                    .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
                || members.get("const").is_some_and(Value::is_null);
            if is_null {
                self.nullable = true;
                continue;
            }
            let nested = ["oneOf", "anyOf"]
                .iter()
                .find_map(|key| node.get(key))
                .filter(|_| depth < 4 && members.len() == 1);
            match nested {
                Some(inner) => self.take(types, &inner.items().collect::<Vec<_>>(), depth + 1),
                None => self.nodes.push(node.clone()),
            }
        }
    }
}

/// Whether an alternative says what a value is, and not only which properties it must have.
fn says_shape(node: &Node) -> bool {
    let silent = ["required", "not", "description", "title"];
    node.value
        .as_object()
        .is_some_and(|members| members.keys().any(|key| !silent.contains(&key.as_str())))
}

/// What stands beside the first group of alternatives.
fn rest_of<'a>(facts: &Facts<'a>, nullable: bool) -> Facts<'a> {
    Facts {
        at: facts.at.clone(),
        parts: facts.parts.clone(),
        types: facts.types.clone(),
        nullable: facts.nullable || nullable,
        properties: facts.properties.clone(),
        required: facts.required.clone(),
        additional: facts.additional.clone(),
        unions: facts.unions[1..].to_vec(),
        discriminator: facts.discriminator.clone(),
    }
}

/// One alternative holds together with what stands beside it.
fn one<'a>(types: &Types<'a>, only: &Node<'a>, rest: Facts<'a>, place: &Place) -> Schema {
    if rest.properties.is_empty() && rest.unions.is_empty() {
        let mut schema = types.schema(std::slice::from_ref(only), place);
        schema.nullable |= rest.nullable;
        if let Some(description) =
            rest.text("description").and_then(|words| super::text::short(words).text)
        {
            schema.description = Some(description);
        }
        if schema.vendor_default.is_none() && schema.example.is_none() {
            super::values::put(
                &mut schema,
                &Facts { parts: rest.parts, at: rest.at, ..Facts::default() },
                types.document,
            );
        }
        return schema;
    }
    let mut joined = Facts::of(types.document, std::slice::from_ref(only));
    for (name, nodes) in rest.properties {
        joined.properties.entry(name).or_default().extend(nodes);
    }
    joined.required.extend(rest.required);
    joined.unions.extend(rest.unions);
    joined.nullable |= rest.nullable;
    joined.at = rest.at;
    types.lower(&joined, place)
}

fn several<'a>(
    types: &Types<'a>,
    shaped: &[Node<'a>],
    exactly_one: bool,
    rest: Facts<'a>,
    place: &Place,
) -> Schema {
    let inner = Place { depth: place.depth + 1, ..place.clone() };
    let mut nodes: Vec<&Node<'a>> = Vec::new();
    let mut all: Vec<Schema> = Vec::new();
    for node in shaped {
        let schema = Schema { required: false, ..types.schema(std::slice::from_ref(node), &inner) };
        let is_known = schema.ty.as_ref().is_some_and(|ty| ty.0.starts_with(char::is_uppercase))
            && all.iter().any(|known| known.ty == schema.ty);
        if !is_known {
            nodes.push(node);
            all.push(schema);
        }
    }
    let nullable = rest.nullable || all.iter().any(|schema| schema.nullable);
    let mut schema = match of_scalars(&all) {
        Some(scalar) => scalar,
        None if place.is_text => as_text(types, &all, &rest.at),
        None if all.len() == 1 => all.remove(0),
        None if !rest.properties.is_empty() => merged(types, shaped, &rest, place),
        None => alternatives(types, &nodes, all, exactly_one, &rest),
    };
    schema.nullable = nullable;
    if let Some(words) = rest
        .text("description")
        .or(rest.text("title"))
        .and_then(|words| super::text::short(words).text)
    {
        schema.description = Some(words);
    }
    if !place.is_text || schema.ty.is_some() {
        super::values::put(
            &mut schema,
            &Facts { parts: rest.parts, at: rest.at, ..Facts::default() },
            types.document,
        );
    }
    schema
}

/// `oneOf` or `anyOf`, with what tells the alternatives apart.
fn alternatives<'a>(
    types: &Types<'a>,
    nodes: &[&Node<'a>],
    all: Vec<Schema>,
    exactly_one: bool,
    rest: &Facts<'a>,
) -> Schema {
    let discriminator = rest.discriminator.as_ref().and_then(|written| {
        let found = discriminator(types, written, nodes, &all);
        if found.is_none() {
            types.document.note(Rule::UselessDiscriminator, &written.at, "");
        }
        found
    });
    let objects = nodes.iter().filter(|node| types.is_structured(node, 0)).count();
    let overlaps = exactly_one && discriminator.is_none() && objects > 1;
    if overlaps {
        types.document.note(
            Rule::OverlappingAlternatives,
            &rest.at,
            format!("{} alternatives", all.len()),
        );
    }
    let (one_of, any_of) =
        if exactly_one && !overlaps { (all, Vec::new()) } else { (Vec::new(), all) };
    Schema { one_of, any_of, discriminator, ..Schema::default() }
}

/// A discriminator whose every value means one named alternative.
fn discriminator<'a>(
    types: &Types<'a>,
    written: &Node<'a>,
    nodes: &[&Node<'a>],
    all: &[Schema],
) -> Option<Discriminator> {
    // Version 2 and careless documents write the name alone.
    let property = written.text("propertyName").or(written.value.as_str())?;
    let mut mapping: IndexMap<String, TypeName> = IndexMap::new();
    for (value, target) in written.get("mapping").iter().flat_map(Node::members) {
        let reference = target.value.as_str()?;
        let reference = if reference.contains(['#', '/']) {
            reference.to_owned()
        } else {
            format!("#/components/schemas/{reference}")
        };
        let target = types
            .document
            .target(&reference, &target.at)
            .and_then(|target| types.document.follow(&target));
        let Some(name) =
            target.map(|target| TypeName(types.known_name(&target).unwrap_or_default()))
        else {
            continue;
        };
        if all.iter().any(|schema| schema.ty.as_ref() == Some(&name)) {
            mapping.insert(value.to_owned(), name);
        }
    }
    for (node, schema) in nodes.iter().zip(all) {
        let name = schema.ty.clone().filter(|ty| ty.0.starts_with(char::is_uppercase))?;
        if mapping.values().any(|known| *known == name) {
            continue;
        }
        for tag in own_tags(types, node, property) {
            if mapping.insert(tag, name.clone()).is_some() {
                return None;
            }
        }
    }
    let told =
        all.iter().all(|schema| mapping.values().any(|known| schema.ty.as_ref() == Some(known)));
    told.then(|| Discriminator { property_name: property.to_owned(), mapping })
}

/// The values that a type itself gives the discriminator, or else its name in the document.
fn own_tags<'a>(types: &Types<'a>, node: &Node<'a>, property: &str) -> Vec<String> {
    let facts = Facts::of(types.document, std::slice::from_ref(node));
    let stated = facts.properties.get(property).map(|nodes| Facts::of(types.document, nodes));
    let values: Vec<String> = stated
        .iter()
        .flat_map(|facts| match (facts.first("const"), facts.first("enum")) {
            (Some(constant), _) => vec![constant.clone()],
            (None, Some(Value::Array(values))) => values.clone(),
            _ => Vec::new(),
        })
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect();
    if values.is_empty() {
        let name = types.document.follow(node).map(|target| {
            crate::pointer::unescape(target.at.rsplit('/').next().unwrap_or_default())
        });
        return name.into_iter().collect();
    }
    values
}

/// One object with the properties of each alternative and those that stand beside.
fn merged<'a>(types: &Types<'a>, shaped: &[Node<'a>], rest: &Facts<'a>, place: &Place) -> Schema {
    types.document.note(Rule::MergedUnion, &rest.at, format!("{} alternatives", shaped.len()));
    let mut joined = Facts::of(types.document, shaped);
    for (name, nodes) in &rest.properties {
        joined.properties.entry(name).or_default().splice(0..0, nodes.iter().cloned());
    }
    let own = rest.required.clone();
    joined.required.clone_from(&own);
    joined.additional = None;
    joined.unions.clear();
    joined.types = vec!["object"];
    let mut schema = types.lower(&joined, place);
    schema
        .properties
        .iter_mut()
        .filter(|(name, _)| !own.contains(&name.as_str()))
        .for_each(|(_, property)| relax(property));
    schema
}

/// A property of one of several alternatives: what it must be in one, it need not be in another.
fn relax(property: &mut Schema) {
    if property.values.is_some() {
        property.open_enum = true;
    }
    property.required = false;
}

/// Scalars of one kind are that kind: with the values of all of them, or open if one has no list.
fn of_scalars(all: &[Schema]) -> Option<Schema> {
    let types: Vec<&str> =
        all.iter().filter_map(|schema| schema.ty.as_ref()).map(|ty| ty.0.as_str()).collect();
    let first = *types.first()?;
    let kind = if types.iter().all(|ty| *ty == first) {
        first
    } else if types.iter().all(|ty| matches!(*ty, "integer" | "number")) {
        "number"
    } else {
        return None;
    };
    if !matches!(kind, "string" | "integer" | "number" | "boolean") {
        return None;
    }
    let mut schema = of_type(kind);
    let mut values: Vec<Value> = Vec::new();
    let mut open = false;
    for alternative in all {
        match &alternative.values {
            Some(EnumValues::List(list)) => list.iter().for_each(|value| {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }),
            Some(EnumValues::Described(map)) => map.keys().for_each(|value| {
                if !values.iter().any(|known| known == value) {
                    values.push(Value::from(value.as_str()));
                }
            }),
            None => match &alternative.constant {
                Some(constant) if !values.contains(constant) => values.push(constant.clone()),
                Some(_) => {}
                None => open = true,
            },
        }
    }
    let format = all.first().and_then(|schema| schema.format.clone());
    if values.is_empty() && all.iter().all(|schema| schema.format == format) {
        schema.format = format;
    }
    if !values.is_empty() {
        schema.values = Some(EnumValues::List(values));
        schema.open_enum = open;
    }
    Some(schema)
}

/// Outside a body: a list where one may be given, otherwise text.
fn as_text(types: &Types, all: &[Schema], at: &str) -> Schema {
    types.document.note(Rule::TextUnion, at, "outside a body");
    let list = all.iter().find(|schema| schema.ty.as_ref().is_some_and(|ty| ty.0 == "array"));
    list.cloned().unwrap_or_else(|| of_type("string"))
}

/// A list of JSON types.
fn of_json_types<'a>(types: &Types<'a>, facts: &Facts<'a>, place: &Place) -> Schema {
    let numbers = facts.types.iter().all(|ty| matches!(*ty, "integer" | "number"));
    let alone =
        |ty: &'a str| Facts { types: vec![ty], unions: facts.unions.clone(), ..rest_of_all(facts) };
    if numbers {
        return types.lower(&alone("number"), place);
    }
    if place.is_text {
        let chosen =
            ["array", "string"].into_iter().find(|ty| facts.types.contains(ty)).unwrap_or("string");
        return types.lower(&alone(chosen), place);
    }
    let inner = Place { depth: place.depth + 1, ..place.clone() };
    let distinct: std::collections::BTreeSet<&str> = facts.types.iter().copied().collect();
    let all: Vec<Schema> = distinct
        .iter()
        .map(|ty| Schema {
            description: None,
            nullable: false,
            vendor_default: None,
            example: None,
            values: None,
            constant: None,
            deprecated: None,
            ..types.lower(&alone(ty), &inner)
        })
        .collect();
    let mut schema = if all.iter().any(|schema| schema.ty.as_ref().is_some_and(|ty| ty.0 == "any"))
    {
        of_type("any")
    } else {
        Schema { any_of: all, ..Schema::default() }
    };
    let beside = Facts { unions: Vec::new(), ..rest_of_all(facts) };
    types.annotate(&mut schema, &beside);
    super::values::put(&mut schema, &beside, types.document);
    schema
}

fn rest_of_all<'a>(facts: &Facts<'a>) -> Facts<'a> {
    Facts {
        at: facts.at.clone(),
        parts: facts.parts.clone(),
        types: facts.types.clone(),
        nullable: facts.nullable,
        properties: facts.properties.clone(),
        required: facts.required.clone(),
        additional: facts.additional.clone(),
        unions: Vec::new(),
        discriminator: facts.discriminator.clone(),
    }
}
